/* What the parts of pages share: page.c has the document and what is no text, page_text.c the text, page_font.c the families. */
#ifndef FILES_PAGE_INSIDE_H
#define FILES_PAGE_INSIDE_H

#include "files/page.h"
#include <pango/pangocairo.h>

enum { PAGE_POINTS = 0x110000, PAGE_NO_FAMILY = 0xff };

struct page_fonts {
    PangoFontMap *map;
    PangoContext *context;
    unsigned count;
    const char *family[PAGE_FAMILIES_MOST];
    PangoFont *font[PAGE_FAMILIES_MOST];
    /* [PAGE_POINTS] 0 = not asked yet, PAGE_NO_FAMILY, else one more than the index of the first that has it */
    uint8_t *has;
};

struct page_out {
    struct baton_arena *arena;
    struct baton_findings *found;
    struct whole_file *file;
    const char *path;
    int opened; /* descriptor of what stands aside; -1 = none */
    int error;  /* errno of what went wrong first */
    char *buffer;
    size_t used;
    cairo_surface_t *surface;
    cairo_t *cairo;
    struct page_fonts fonts;
    PangoFontDescription *description;
    PangoLayout *layout;
    uint32_t pages;
    uint32_t lacks; /* characters that came and no family has */
};

/* Loads the families that are named in `families`, NULL = the usual; findings for those that are not installed. */
MUST_USE baton_code page_fonts_open(struct baton_arena *arena, struct page_fonts *fonts,
                                    const char *families, const char *language,
                                    struct baton_findings *found);
void page_fonts_close(struct page_fonts *fonts);

/* The family that gives the character, by its index; PAGE_NO_FAMILY. */
unsigned page_fonts_family(struct page_fonts *fonts, uint32_t point);

/* Leaves by the arena's way where cairo has run out of memory. */
void page_check_memory(struct page_out *out);

#endif
