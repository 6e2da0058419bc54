/* Styles: of each style that a cell may have its number format, and nothing else. */
#include "base/hash.h"
#include "base/limits.h"
#include "files/workbook_inside.h"
#include <string.h>

enum { SHEET = 1, FORMATS, FORMAT, STYLES, STYLE };
static const struct xml_rule rules[] = {
    {0, SHEET, false, "styleSheet"},   {SHEET, FORMATS, false, "numFmts"},
    {SHEET, STYLES, false, "cellXfs"}, {FORMATS, FORMAT, false, "numFmt"},
    {STYLES, STYLE, false, "xf"},
};

struct numbered_format {
    uint32_t id;
    struct format format;
};

struct reader {
    struct workbook_inside *inside;
    struct hash index; /* from the bytes of an id to `format` */
    const struct numbered_format **format;
    size_t format_count, format_capacity;
    uint32_t *style; /* ids of formats */
    size_t style_count, style_capacity;
};

/* Formats have ids of their own; one that is given twice keeps the first. */
static const struct format *keep(struct reader *reader, uint32_t id, const char *code) {
    struct baton_arena *arena = reader->inside->arena;
    struct numbered_format *kept = arena_alloc(arena, 1, sizeof *kept);
    kept->id = id;
    kept->format = format_parse(code, strlen(code));
    const uint32_t at = (uint32_t)reader->format_count;
    const uint32_t was =
        hash_add(arena, &reader->index, (const char *)&kept->id, sizeof kept->id, at);
    if (was != at)
        return &reader->format[was]->format;
    *ARRAY_PUSH(arena, reader->format, reader->format_count, reader->format_capacity) = kept;
    return &kept->format;
}

static const struct format *format_of(struct reader *reader, uint32_t id) {
    const uint32_t at = hash_find(&reader->index, (const char *)&id, sizeof id);
    return at != HASH_NONE ? &reader->format[at]->format : keep(reader, id, format_built_in(id));
}

static baton_code too_many(struct xml *xml, const char *name) {
    const struct reader *reader = xml_context(xml);
    const char *shown = arena_printf(reader->inside->arena, "%d", LIMIT_STYLES);
    return xml_fail(xml, BATON_WORKBOOK_TOO_MANY, shown, name);
}

static baton_code begin(struct xml *xml, unsigned id, const char **attributes) {
    struct reader *reader = xml_context(xml);
    if (id != FORMAT && id != STYLE)
        return BATON_OK;
    const char *text = xml_attribute(attributes, XML_SPACE_NONE, "numFmtId");
    const char *code = xml_attribute(attributes, XML_SPACE_NONE, "formatCode");
    uint64_t number = 0;
    if (text != NULL && !xml_whole(text, UINT32_MAX, &number))
        return xml_fail(xml, BATON_WORKBOOK_VALUE_BAD, text, "numFmtId");
    if (id == STYLE) {
        if (reader->style_count >= LIMIT_STYLES)
            return too_many(xml, "xf");
        *ARRAY_PUSH(reader->inside->arena, reader->style, reader->style_count,
                    reader->style_capacity) = (uint32_t)number;
    } else if (text != NULL && code != NULL) {
        if (reader->format_count >= LIMIT_STYLES)
            return too_many(xml, "numFmt");
        keep(reader, (uint32_t)number, code);
    }
    return BATON_OK;
}

baton_code styles_read(struct workbook_inside *inside, uint32_t member,
                       struct baton_findings *found) {
    static const struct xml_how how = {
        .space = XML_SPACE_SHEET,
        .rule = rules,
        .rule_count = LENGTH(rules),
        .wrong_root = BATON_WORKBOOK_PART_WRONG,
        .size_most = LIMIT_STYLES_SIZE,
        .begin = begin,
    };
    struct reader reader = {.inside = inside};
    if (member != UINT32_MAX)
        TRY(xml_read(inside->arena, inside->archive, member, &how, &reader, found));
    if (reader.style_count == 0) /* the one that a cell has that names none */
        *ARRAY_PUSH(inside->arena, reader.style, reader.style_count, reader.style_capacity) = 0;
    const struct format **style = arena_alloc(inside->arena, reader.style_count, sizeof(*style));
    for (size_t i = 0; i < reader.style_count; i++)
        style[i] = format_of(&reader, reader.style[i]);
    inside->style = style;
    inside->style_count = (uint32_t)reader.style_count;
    return BATON_OK;
}
