/* What every page of HTML has in common: its frame, and texts that mean nothing but themselves.
 *
 * A page is one file in UTF-8 that needs no other and has no script. */
#ifndef REPORT_HTML_H
#define REPORT_HTML_H

#include "base/writer.h"
#include "baton/code.h"

struct html_page {
    enum baton_language language;
    const char *title; /* plain text */
    bool landscape;    /* how it lies on paper, A4 */
    bool
        sealed; /* tells the browser to fetch nothing and to run nothing, whatever should stand in the page */
    const char *margin;       /* on paper, as CSS has it: "18mm 15mm" */
    const char *const *style; /* a style sheet in parts, NULL behind the last; contains no "</" */
};

/* Everything up to the content, which stands in <main>; what ends it. */
void html_begin(struct writer *writer, const struct html_page *page);
void html_end(struct writer *writer);

/* A text as content or inside of an attribute's double quotes. Control characters, which HTML cannot hold, are dropped but for
 * line feeds and tabs. */
void html_escaped(struct writer *writer, const char *text, size_t size);
void html_text(struct writer *writer, const char *text);

#endif
