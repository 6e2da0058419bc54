/* The families of fonts of a document.
 *
 * fontconfig always has an answer: for a family that is not installed it gives another font, and pango takes what a font lacks
 * from any that is installed. Neither is wanted, for pages would then look different on each machine. So what was loaded is asked for its
 * names, and which family gives a character is chosen here, before pango sees the text.
 *
 * A font may also list a character and have nothing to draw for it: WenQuanYi Micro Hei has an empty glyph for ten characters of GB2312 (℃ Ⅴ Ⅹ
 * and vowels with tones). Such a font lacks it. */
#include "base/text.h"
#include "files/page_inside.h"
#include <hb.h>
#include <pango/pangofc-font.h>
#include <string.h>
#include <strings.h>

/* Whether the font that was loaded is of the family asked for, under any of its names. */
static bool is_of_family(PangoFont *font, const char *family) {
    FcPattern *pattern =
        PANGO_IS_FC_FONT(font) ? pango_fc_font_get_pattern(PANGO_FC_FONT(font)) : NULL;
    FcChar8 *name;
    for (int i = 0;
         pattern != NULL && FcPatternGetString(pattern, FC_FAMILY, i, &name) == FcResultMatch; i++)
        if (strcasecmp((const char *)name, family) == 0)
            return true;
    return false;
}

static PangoFont *load(const struct page_fonts *fonts, const char *family) {
    PangoFontDescription *description = pango_font_description_new();
    pango_font_description_set_family(description, family);
    pango_font_description_set_absolute_size(description, 10 * PANGO_SCALE);
    PangoFont *font = pango_context_load_font(fonts->context, description);
    pango_font_description_free(description);
    if (font != NULL && is_of_family(font, family))
        return font;
    if (font != NULL)
        g_object_unref(font);
    return NULL;
}

/* Widths as the font has them: nothing is rounded to dots of a device, whatever the machine's settings are. */
static void be_exact(PangoContext *context, const char *language) {
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    pango_cairo_context_set_resolution(context, 72);
    pango_context_set_round_glyph_positions(context, FALSE);
    pango_context_set_base_dir(context, PANGO_DIRECTION_LTR);
    pango_context_set_language(context, pango_language_from_string(language));
}

/* Outlines of Type 2 (CFF), of which cairo's subsets lose glyphs. */
static bool loses_glyphs(PangoFont *font) {
    hb_font_t *inside = pango_font_get_hb_font(font);
    static const hb_tag_t tables[] = {HB_TAG('C', 'F', 'F', ' '), HB_TAG('C', 'F', 'F', '2')};
    bool has = false;
    for (size_t i = 0; inside != NULL && i < LENGTH(tables); i++) {
        hb_blob_t *blob = hb_face_reference_table(hb_font_get_face(inside), tables[i]);
        has = has || hb_blob_get_length(blob) > 0;
        hb_blob_destroy(blob);
    }
    return has;
}

static void add_family(struct baton_arena *arena, struct page_fonts *fonts, const char *name,
                       size_t size, struct baton_findings *found) {
    text_trim(&name, &size);
    if (size == 0)
        return;
    const char *family = arena_text(arena, name, size);
    PangoFont *font = fonts->count < PAGE_FAMILIES_MOST ? load(fonts, family) : NULL;
    if (font == NULL || loses_glyphs(font)) {
        baton_findings_add(found, font == NULL ? BATON_FONT_MISSING : BATON_FONT_OUTLINES,
                           (struct baton_where){0}, family, PAGE_FAMILIES, NULL, NULL);
        if (font != NULL)
            g_object_unref(font);
        return;
    }
    fonts->font[fonts->count] = font;
    fonts->family[fonts->count++] = family;
}

/* For the few characters that the usual family lacks; where it is not installed, one that comes is refused. */
static void add_spare(struct baton_arena *arena, struct page_fonts *fonts) {
    PangoFont *font = load(fonts, PAGE_FAMILY_SPARE);
    if (font == NULL)
        return;
    fonts->font[fonts->count] = font;
    fonts->family[fonts->count++] = arena_text(arena, PAGE_FAMILY_SPARE, strlen(PAGE_FAMILY_SPARE));
}

baton_code page_fonts_open(struct baton_arena *arena, struct page_fonts *fonts,
                           const char *families, const char *language,
                           struct baton_findings *found) {
    const size_t errors = found->errors;
    fonts->map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    fonts->context = pango_font_map_create_context(fonts->map);
    be_exact(fonts->context, language);
    fonts->has = arena_alloc(arena, PAGE_POINTS, sizeof *fonts->has);
    for (const char *at = families != NULL ? families : PAGE_FAMILIES;; at++) {
        const size_t size = strcspn(at, ",");
        add_family(arena, fonts, at, size, found);
        at += size;
        if (*at == '\0')
            break;
    }
    if (families == NULL)
        add_spare(arena, fonts);
    if (found->errors == errors && fonts->count == 0)
        baton_findings_add(found, BATON_FONT_MISSING, (struct baton_where){0}, families,
                           PAGE_FAMILIES, NULL, NULL);
    return found->errors == errors ? BATON_OK : baton_findings_worst(found);
}

void page_fonts_close(struct page_fonts *fonts) {
    for (unsigned i = 0; i < fonts->count; i++)
        g_object_unref(fonts->font[i]);
    fonts->count = 0;
    g_clear_object(&fonts->context);
    g_clear_object(&fonts->map);
}

/* Whether the font has the character, and ink for it unless it is a blank. */
static bool has_ink(PangoFont *font, uint32_t point) {
    hb_font_t *inside = pango_font_get_hb_font(font);
    hb_codepoint_t glyph;
    hb_glyph_extents_t extents;
    if (!pango_font_has_char(font, point) || inside == NULL ||
        !hb_font_get_nominal_glyph(inside, point, &glyph))
        return false;
    if (!g_unichar_isgraph(point))
        return true;
    return hb_font_get_glyph_extents(inside, glyph, &extents) && extents.width != 0 &&
           extents.height != 0;
}

unsigned page_fonts_family(struct page_fonts *fonts, uint32_t point) {
    uint8_t *has = &fonts->has[point];
    for (unsigned i = 0; *has == 0 && i < fonts->count; i++)
        if (has_ink(fonts->font[i], point))
            *has = (uint8_t)(i + 1);
    if (*has == 0)
        *has = PAGE_NO_FAMILY;
    return *has == PAGE_NO_FAMILY ? PAGE_NO_FAMILY : *has - 1u;
}
