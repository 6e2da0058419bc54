/* What long work is at, on a terminal: nothing in the first half second, then one line that is kept up to date and
 * taken away at the end. Not for a file or pipe. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include "base/arena.h"

struct progress;

/* Begins, on standard error; NULL where that is no terminal, which the others take. Ends with the arena at the latest. */
struct progress *progress_open(struct baton_arena *arena);

/* What is being done now; `doing` lives as long as the progress. Where `total` is not 0, *done of it is done, counted by
 * whoever does it (any thread, by atomic additions). */
void progress_say(struct progress *progress, const char *doing, _Atomic uint32_t *done,
                  uint32_t total);

/* Takes the line away. Before anything else is told. */
void progress_close(struct progress *progress);

#endif
