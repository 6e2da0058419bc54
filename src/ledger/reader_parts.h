/* What the parts of a reader share. For reader*.c, verify*.c and exchange.c only. */
#ifndef LEDGER_READER_PARTS_H
#define LEDGER_READER_PARTS_H

#include "ledger/reader.h"
#include "ledger/store.h"

enum { READER_ARG_SIZE = 200 };

struct ledger_reader {
    struct baton_arena *arena;
    struct baton_arena *scratch; /* for one row at a time; used inside arena_run only */
    struct store *store;
    int64_t number; /* of the ledger in the database */
    const char *id;
    enum digest_kind digest;
    enum signature_kind signature;
    int64_t created_utc_ms;
    bool in_state; /* between reader_begin and reader_end */
    uint64_t size; /* entries, while in_state */

    struct merkle *tree; /* of tree_size entries; NULL = none yet */
    uint64_t tree_size;

    baton_code failure; /* the last one that has words of its own: see reader_fail */
    char arg[2][READER_ARG_SIZE];
};

/* Keeps the arguments of the finding that reader_report is to add, and returns the code. NULL = no argument. */
baton_code reader_fail(struct ledger_reader *reader, baton_code code, const char *arg1,
                       const char *arg2);
/* The same with a number as first argument. */
baton_code reader_fail_at(struct ledger_reader *reader, baton_code code, uint64_t position,
                          const char *arg2);

/* A query of one row at most: each value of it is the driver's until the next call. *row NULL = none; the query has ended. Values that are to be kept
 * are copied by `take` before that. */
MUST_USE baton_code reader_one(struct ledger_reader *reader, enum statement statement,
                               const struct store_value *value,
                               void (*take)(void *context, const struct store_value *row),
                               void *context, bool *is_row);

/* Every row: take(context, row) until it answers another code. */
MUST_USE baton_code reader_all(struct ledger_reader *reader, enum statement statement,
                               const struct store_value *value,
                               baton_code (*take)(void *context, const struct store_value *row),
                               void *context);

/* Reads an entry that stands at `position` into the arena. */
MUST_USE baton_code reader_parse(struct ledger_reader *reader, struct baton_arena *arena,
                                 uint64_t position, const struct store_value *bytes,
                                 struct entry *out);

/* A row of head as the statements HEAD_... tell it; false where its values are none (a root of another size). */
bool reader_head_of(const struct ledger_reader *reader, const struct store_value *row,
                    struct head *out);

/* The part of a reader that stands on an open store; for who has one. */
MUST_USE baton_code reader_on(struct baton_arena *arena, struct store *store,
                              const struct ledger_place *place, struct ledger_reader **out,
                              struct baton_findings *found);

static inline struct store_value store_number(uint64_t number) {
    return store_int((int64_t)number);
}

#endif
