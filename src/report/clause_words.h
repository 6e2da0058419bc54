/* The words of a clause, which are Markdown, as plain pieces: a paragraph, an item of a list, a row of a table. */
#ifndef REPORT_CLAUSE_WORDS_H
#define REPORT_CLAUSE_WORDS_H

#include "base/arena.h"
#include <stdbool.h>

enum clause_kind {
    CLAUSE_PARAGRAPH, /* also a heading inside of a clause, and a row of a table with `｜` or ` | ` between cells */
    CLAUSE_ITEM /* of a list without numbers; one with a number keeps it, and is a paragraph */
};
struct clause_piece {
    enum clause_kind kind;
    unsigned depth; /* of an item */
    const char *
        text; /* without marks; DOCUMENT_CODE around code, a line feed where the line is broken on purpose */
};

/* What is left to read of the words; begin with {text, text + size}. */
struct clause_reader {
    const char *next, *end;
};

/* The next piece; false at the end. Lines that are not parted by an empty line are one paragraph, joined without a blank between
 * Chinese characters. Nothing is lost but marks, comments and the addresses of links. Everything in the arena. */
bool clause_next(struct baton_arena *arena, struct clause_reader *reader, struct clause_piece *out);

/* The words as they are written, without the empty lines around them. In the arena. */
const char *clause_trimmed(struct baton_arena *arena, const char *text, size_t size);

#endif
