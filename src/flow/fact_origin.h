/* Who said a fact and when, who verified it, what it corrected: what stands behind a row of a table that is kept in a ledger. */
#ifndef FLOW_FACT_ORIGIN_H
#define FLOW_FACT_ORIGIN_H

#include "baton/package.h"
#include "ledger/reader.h"

/* Of the entry at a position; texts in the arena. The names of persons are those that the ledger knows now. Whatever the reader answers. */
MUST_USE baton_code fact_origin(struct baton_arena *arena, struct ledger_reader *reader,
                                uint64_t position, struct baton_fact *out);

/* The name of a person; NULL where there is none, or it was erased. */
MUST_USE baton_code fact_person_name(struct baton_arena *arena, struct ledger_reader *reader,
                                     const char *person, const char **out);

#endif
