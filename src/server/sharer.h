/* Figures that are taken over from other assessments (flow/sharings.h), while the server runs: a thread of its own has them said, right after what they are taken from; when it begins, all that was left. */
#ifndef SERVER_SHARER_H
#define SERVER_SHARER_H

#include "ledger/ledger.h"

struct api;
struct sharer;

/* Begins at once. Closed with the arena, or before: it waits for what it is at. NO_MEMORY where there can be no thread. */
MUST_USE baton_code sharer_open(struct baton_arena *arena, struct api *api, struct sharer **out);
void sharer_close(struct sharer *sharer);

/* Tells of what was stored; quick, from any thread. */
void sharer_heard(struct sharer *sharer, const struct entry *entry, size_t count);

#endif
