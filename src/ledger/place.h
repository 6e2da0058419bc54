/* Where a ledger is, and what it takes from outside. */
#ifndef LEDGER_PLACE_H
#define LEDGER_PLACE_H

#include <stddef.h>
#include <stdint.h>

/* Time and chance. Called from any thread. */
struct ledger_world {
    void *context;
    int64_t (*now_utc_ms)(void *context);
    void (*random)(void *context, void *out, size_t size); /* unpredictable; does not fail */
};

struct ledger_place {
    const char *address; /* path of a SQLite database, or postgres://... */
    const char *ledger;  /* id of the ledger there; NULL = the only one */
    const char *
        key; /* file or URI of the private key; NULL = the path of the database with .key behind it */
    const char *holder; /* who appends, for people: "host, process 1234" */
    uint32_t wait_ms;   /* at most so long is waited for the lease of another; 0 = not at all */
    uint32_t lease_ms;  /* how long the lease lasts without being renewed; 0 = LEASE_MS */
};
enum { LEASE_MS = 6000 };

#endif
