/* Proposals that wait for a decision which one person may make. */
#ifndef FLOW_DECIDING_H
#define FLOW_DECIDING_H

#include "ledger/reader.h"
#include "ledger/standing.h"

struct deciding_item {
    const struct proposal *proposal;
    struct entry entry; /* what is proposed, when, and why */
};
struct deciding {
    const struct deciding_item *item; /* the oldest first */
    size_t count;
};

/* The open ones of others, not expired, all of whose facts one of the person's posts of today lets them decide on; of their roles only those in `within`. As the ledger will judge, but that a post which names an
 * indicator counts for nothing that leans on one. In the arena. Codes of the reader. */
MUST_USE baton_code deciding_read(struct baton_arena *arena, struct ledger_reader *reader,
                                  const struct standing *standing, const char *person,
                                  uint32_t within, int64_t now_utc_ms, struct deciding *out);

#endif
