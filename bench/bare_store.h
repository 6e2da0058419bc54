/* The yardsticks of the ledger: what a machine's disk and a bare database do with the bytes that a ledger put into its journal, in the batches in which it did.
 *
 * A failure of any of these ends the process with exit status 3 and says what failed. */
#ifndef BARE_STORE_H
#define BARE_STORE_H

#include "base/arena.h"
#include <stdbool.h>
#include <stdint.h>

struct bare_row {
    const void *bytes;
    size_t size;
};

/* What was appended, in order. */
struct bare_batches {
    size_t count;
    uint32_t *rows; /* [count], of each batch; at least 1 */
    size_t row_count;
    struct bare_row *row; /* [row_count] */
};

double bare_seconds(void); /* of a clock that never goes back */

/* The bytes of each batch written to a file, with fdatasync after each; seconds. The file is removed. `over`: over bytes that are there already (and are on the disk), from
 * the file's beginning on; else behind its end, so that its size is made durable each time too. */
double bare_file_run(const char *path, const struct bare_batches *batches, bool over);

/* A table of bytes by position in a SQLite database (WAL, synchronous=FULL, a log as long as the ledger's) or on a PostgreSQL server (in its pipeline: one journey a batch), each batch one
 * transaction, statements prepared. Positions go on from run to run. */
struct bare_store;
struct bare_store *bare_store_open(struct baton_arena *arena, const char *address);
double bare_store_run(struct bare_store *store, const struct bare_batches *batches); /* seconds */
void bare_store_close(struct bare_store *store);

#endif
