/* A document for people: headings, paragraphs, lists and tables, put together once and written as text for a terminal,
 * as Markdown or as HTML.
 *
 *     struct document *document = document_open(arena, language);
 *     document_title(document, "Annex", "Example city 2021", NULL);
 *     document_heading(document, 1, "Indicators");
 *     struct document_table *table = document_table(document, columns, LENGTH(columns));
 *     document_row(table, ROW_PLAIN, 0, cells);
 *     document_write(document, &how, writer);
 *
 * Texts are plain, whatever they hold: each writer escapes what means something in its form. They may hold line feeds, which
 * break the line, and the two marks below; other control characters are dropped. All texts are borrowed until the document
 * has been written; everything else stands in the arena. Nothing here fails. */
#ifndef REPORT_DOCUMENT_H
#define REPORT_DOCUMENT_H

#include "baton/code.h"
#include "report/layout.h"

/* Around what is written in a language for machines: an expression, an id. One that is not closed ends with its text. */
#define DOCUMENT_CODE "\x0e"
#define DOCUMENT_END "\x0f"

/* The text without marks and control characters; a line feed stays. In the arena. */
const char *document_plain(struct baton_arena *arena, const char *text);

struct document;
struct document_table;

struct document *document_open(struct baton_arena *arena, enum baton_language language);

/* The head, above everything: a line before the title at the left (附件), the title, a line below. `above` and
 * `below` may be NULL. */
void document_title(struct document *document, const char *above, const char *title,
                    const char *below);

/* A heading of level 1 to DOCUMENT_LEVELS, with the next number of that level in front: 一、（一）1.（1） in Chinese, 1 1.1
 * 1.1.1 (1) in English. */
enum { DOCUMENT_LEVELS = 4 };
void document_heading(struct document *document, unsigned level, const char *text);

/* How a text refers to the heading of level 2 that is the inner-th below the section-th of level 1, both from 1: 四（一）,
 * 4.1. In the arena. */
const char *document_reference(const struct document *document, unsigned section, unsigned inner);

void document_paragraph(struct document *document, const char *text);

/* An item of a list without numbers; depth 0, or deeper inside of the item before. */
void document_item(struct document *document, unsigned depth, const char *text);

/* A paragraph with a number, from 1 below each heading: 1. 2. */
void document_numbered(struct document *document, const char *text);

/* What another text says: the same as a paragraph, an item, set off as quoted. */
void document_quote(struct document *document, const char *text);
void document_quote_item(struct document *document, unsigned depth, const char *text);

/* Small print, as below a table. */
void document_note(struct document *document, const char *text);

/* A table of `count` columns, up to DOCUMENT_COLUMNS; columns (copied) without a title are fine, and where none has
 * one there is no head. Where the lines are too narrow for it, text has each row as a block of lines instead. */
enum { DOCUMENT_COLUMNS = 16 };
struct document_column {
    const char *title; /* NULL = none */
    enum layout_align align;
    bool tree;  /* cells are indented by the depth of their row; at most one column */
    bool whole; /* cells are not broken inside of a word or number, if that can be helped */
};
struct document_table *document_table(struct document *document,
                                      const struct document_column *columns, size_t count);

/* A row: one cell for each column (NULL = empty). ROW_STRONG stands out: a sum, a node with others below it. */
enum document_row { ROW_PLAIN, ROW_STRONG };
void document_row(struct document_table *table, enum document_row kind, unsigned depth,
                  const char *const *cell);
/* Takes away the columns in which nothing stands but their titles, the first one excepted. */
void document_drop_empty(struct document_table *table);
/* How many rows it has. A table without rows is not written. */
size_t document_rows(const struct document_table *table);

enum document_format { DOCUMENT_TEXT, DOCUMENT_MARKDOWN, DOCUMENT_HTML };
struct document_how {
    enum document_format format;
    uint32_t width; /* text: columns of a line, 40 or more */
    bool colour;    /* text */
    bool landscape; /* HTML: how it lies on paper */
};

/* Text: lines are not longer than the width unless a word is. Markdown: with tables as GitHub has them, each row with as
 * many cells as columns. HTML: one file in UTF-8 that needs no other, without script, fit to be printed on A4. */
void document_write(const struct document *document, const struct document_how *how,
                    struct writer *writer);

#endif
