/* The tables that follow from the journal, held against what it says. For verify*.c, rebuild.c and exchange*.c. */
#ifndef LEDGER_VERIFY_TABLES_H
#define LEDGER_VERIFY_TABLES_H

#include "ledger/reader_parts.h"
#include "ledger/verify.h"
#include "ledger/verify_journal.h"

/* A row of content. */
struct verify_content {
    struct digest digest, plain;
    uint8_t salt[DIGEST_SIZE];
    const char *media;
    uint64_t size;
    int64_t entry; /* the first that names it, -1 = none */
    bool erased;
    size_t salt_size, plain_size;
};

struct verify_tables {
    struct ledger_reader *reader; /* in a state */
    struct verify_journal *v;     /* of which all has been read */
    bool counts_only;             /* differences are counted, not told */
    uint64_t differed;
    struct verify_content *content; /* by digest */
    size_t content_count, content_capacity;
    verify_progress *progress; /* NULL = nobody is told */
    void *context;
};

/* Reads the entries and heads of the reader's state into v (which is open). progress may be NULL: told how many entries of 2 * size; VERIFY_ENDED where it says so. */
MUST_USE baton_code verify_read(struct ledger_reader *reader, struct verify_journal *v,
                                verify_progress *progress, void *context);

/* fact, proposal, request, node: row by row, both ways. PROJECTION_WRONG, NODE_WRONG. */
MUST_USE baton_code verify_projections(struct verify_tables *t);

/* content: reads its rows, and compares what the journal says of them: which are named, by whom first, and which are erased. PROJECTION_WRONG, CONTENT_MISSING. */
MUST_USE baton_code verify_content_rows(struct verify_tables *t);
/* Their bytes: each is what its digest says. Counts into `out`. */
MUST_USE baton_code verify_content_bytes(struct verify_tables *t, struct verify_report *out);

/* Every piece of every content, in the order of digests: piece(context, content, part, bytes, size); content NULL = the piece belongs to none. content_ends(context, content) after
 * the last piece of each, also of one without. */
struct verify_pieces {
    void *context;
    baton_code (*piece)(void *context, const struct verify_content *content, int64_t part,
                        const void *bytes, size_t size);
    baton_code (*content_ends)(void *context, const struct verify_content *content);
};
MUST_USE baton_code verify_each_piece(struct verify_tables *t, struct verify_pieces pieces);

/* Rows that belong to no ledger of the database. */
MUST_USE baton_code verify_strays(struct ledger_reader *reader, struct verify_journal *v);

#endif
