/* A row of a table that a command names by the key of its kind: `baton log city.db yunhu gdp 2021-08`, `--kind unit yunhu`, `--kind adjustment 812`. */
#ifndef CLI_NAMED_ROW_H
#define CLI_NAMED_ROW_H

#include "cli/command.h"
#include "ledger/reader.h"

enum { NAMED_KEY_MAX = 4 };

struct named_row {
    enum fact_kind kind;
    const char *assessment;            /* "" = of the ledger */
    struct field field[NAMED_KEY_MAX]; /* of the key, in its order; none of kinds that have none */
    size_t field_count;
    const char *key;   /* as fact_key has it */
    const char *shown; /* "yunhu gdp 2021-08", for people */
    size_t operands;   /* how many were taken */
};

/* The kind that --kind says, else observation; tells what is wrong. */
MUST_USE baton_code kind_as_asked(struct invocation *invocation, enum fact_kind usual,
                                  enum fact_kind *out);

/* Takes operands from `from` on: as many as the key of the kind has fields, or the number of any revision of a kind without key. `-` is an empty one. */
MUST_USE baton_code named_row(struct invocation *invocation, struct ledger_reader *reader,
                              size_t from, struct named_row *out);

#endif
