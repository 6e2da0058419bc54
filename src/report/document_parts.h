/* A document from the inside, for its writers. */
#ifndef REPORT_DOCUMENT_PARTS_H
#define REPORT_DOCUMENT_PARTS_H

#include "base/macros.h"
#include "report/document.h"

enum document_part {
    PART_HEADING,
    PART_PARAGRAPH,
    PART_NUMBERED,
    PART_ITEM,
    PART_NOTE,
    PART_TABLE
};

struct document_line {
    enum document_row kind;
    unsigned depth;
    const char **cell; /* [count] of the table, none NULL */
};

struct document_table {
    struct baton_arena *arena;
    struct document_column *column;
    size_t count;
    struct document_line *row;
    size_t row_count, row_capacity;
};

struct document_block {
    enum document_part part;
    unsigned level; /* of a heading from 1; of an item its depth from 0 */
    bool quoted;
    const char *number; /* of a heading or a numbered paragraph, with what stands behind it */
    const char *text;
    const struct document_table *table;
};

struct document {
    struct baton_arena *arena;
    enum baton_language language;
    const char *above, *title, *below; /* NULL = none */
    struct document_block *block;
    size_t block_count, block_capacity;
    unsigned number[DOCUMENT_LEVELS]; /* of the last heading of each level */
    unsigned numbered;                /* paragraphs with a number since then */
};

/* A text in pieces of one kind: what lies between marks and line feeds. Begin with {.next = text}. */
enum document_piece { PIECE_END, PIECE_PLAIN, PIECE_CODE, PIECE_BREAK };
struct document_pieces {
    const char *next;
    bool in_code;
    const char *text; /* of the piece found last */
    size_t size;
};
enum document_piece document_piece(struct document_pieces *pieces);

/* Whether some column has a title. */
bool document_has_head(const struct document_table *table);

void document_text(const struct document *document, const struct document_how *how,
                   struct writer *writer);
void document_markdown(const struct document *document, struct writer *writer);
void document_html(const struct document *document, const struct document_how *how,
                   struct writer *writer);

#endif
