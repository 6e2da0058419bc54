/* The reports of a period as whole entries, read in one pass: for whoever goes on from many of them. Lists that only tell how far they are have reports.h. */
#ifndef FLOW_REPORT_ENTRIES_H
#define FLOW_REPORT_ENTRIES_H

#include "base/hash.h"
#include "ledger/reader.h"

struct report_entries {
    struct hash key;            /* "unit<U+001F>element" to the place in `entry` */
    const struct entry **entry; /* [key.count]; as they are in force, none withdrawn */
};

/* Reads those that are in force; they live in the arena. `may_read` says which of them whoever asks may read, others are left out; NULL = all. What the reader answers. */
MUST_USE baton_code report_entries_read(struct baton_arena *arena, struct ledger_reader *reader,
                                        const char *assessment, const char *period,
                                        bool (*may_read)(void *context, const struct entry *report),
                                        void *context, struct report_entries *out);

/* NULL = there is none. */
const struct entry *report_entries_find(const struct report_entries *reports, const char *unit,
                                        const char *element);
/* The value of such a key in a hash; HASH_NONE = it has none. */
uint32_t report_entries_key(const struct hash *hash, const char *unit, const char *element);

#endif
