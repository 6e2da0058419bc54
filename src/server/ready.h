/* Whether the server can do its work: /readyz, and what it does about it.
 *
 * Once a second it is looked whether the ledger can be read and appended to, and whether the results keep up. Entries that another process has added are taken notice of: results are
 * scored anew, watchers are told, and what was remembered of persons and posts is forgotten. Where the lease was lost and nobody has it any more, whoever runs the server is asked to
 * open it again. */
#ifndef SERVER_READY_H
#define SERVER_READY_H

#include "base/macros.h"
#include "baton/code.h"
#include <stdbool.h>
#include <stdint.h>

struct api;
struct baton_arena;
struct ready;

enum ready_state {
    READY,
    READY_STOPPING, /* asked to end */
    READY_LEASE,    /* another process appends */
    READY_STORE,    /* the store cannot be read, or not be written to */
    READY_RESULTS,  /* live results have not moved on for a while though there are new entries */
    READY_STATES
};

/* `again(context)` is called when the server should be closed and opened again; from a thread that must not wait for that. NULL = nobody does that. */
struct ready *ready_open(struct baton_arena *arena, void (*again)(void *context), void *context);

/* From any thread, at once. */
enum ready_state ready_now(const struct ready *ready);
/* Words for people. */
const char *ready_words(enum ready_state state, bool in_chinese);

/* The journal has so many entries, and those who have to know do. */
void ready_heard(struct ready *ready, uint64_t size);
/* The server ends; for good. */
void ready_stop(struct ready *ready);

/* Looks; by one thread, about once a second, in an arena of this time only. */
void ready_look(struct api *api, struct baton_arena *arena);

#endif
