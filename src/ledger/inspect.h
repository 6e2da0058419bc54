/* What `doctor` asks of a ledger besides its facts: who may append at the moment, and what a crash left. */
#ifndef LEDGER_INSPECT_H
#define LEDGER_INSPECT_H

#include "ledger/reader.h"

struct ledger_state {
    const char *holder;   /* of the lease; NULL = nobody ever had it, or it was given back */
    int64_t until_utc_ms; /* the lease ends then, unless it is renewed */
    uint64_t
        orphans; /* contents that no fact names: swept when the ledger is next opened for appending */
};

/* Texts in the arena. What the store answers. */
MUST_USE baton_code ledger_inspect(struct baton_arena *arena, struct ledger_reader *reader,
                                   struct ledger_state *out);

/* Bytes that are free on the disk of a file, and that it has; false where the system does not say. */
bool ledger_disk(const char *path, uint64_t *free_size, uint64_t *file_size);

#endif
