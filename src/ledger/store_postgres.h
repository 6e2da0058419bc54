/* Inside of the driver for PostgreSQL: the connection and what was sent over it. For store_postgres*.c only. */
#ifndef LEDGER_STORE_POSTGRES_H
#define LEDGER_STORE_POSTGRES_H

#include "ledger/store_driver.h"
#include <libpq-fe.h>

/* What the server owes an answer for. */
enum due { DUE_PREPARE, DUE_RUN, DUE_COMMIT, DUE_QUERY, DUE_SYNC };
enum { DUE_MAX = 2048, COPY_SIZE = 1 << 16 };

struct postgres {
    struct store store; /* first: what store.c knows */
    PGconn *connection; /* NULL = none: closed, or lost */
    PGresult *result;   /* what store->row points into, or NULL */
    bool is_piped;      /* in pipeline mode, as it is but for scripts and COPY */
    bool is_copying;    /* between COPY and its end */
    int64_t changed;    /* rows that the last statement without rows changed */
    struct {
        enum due due;
        enum statement statement; /* DUE_PREPARE */
    } due[DUE_MAX]; /* a ring: due_count from due_first on, in the order in which they were sent */
    size_t due_first, due_count;
    bool is_prepared[STATEMENT_COUNT]; /* or sent to be */
    size_t copied;                     /* bytes of `copy` that are not sent yet */
    char copy[COPY_SIZE];
};

static inline struct postgres *postgres_of(struct store *store) {
    return (struct postgres *)store;
}

/* -- The connection: store_postgres_open.c -- */

/* Connects and looks whether the server is fit; findings of why not go to `found` (NULL = nowhere). */
baton_code postgres_connect(struct postgres *postgres, struct baton_findings *found);
/* Closes the connection and forgets what was sent. A transaction on it is undone by the server. */
void postgres_drop(struct postgres *postgres);
baton_code postgres_settings(struct store *store,
                             void (*tell)(void *context, const char *name, const char *value,
                                          bool is_good),
                             void *context);

/* -- Sending and taking answers: store_postgres_pipe.c -- */

/* What the server's answer, which is an error, means; its words are kept. */
baton_code postgres_refused(struct postgres *postgres, const PGresult *result);
/* A call of the library failed: the connection is of no use. */
baton_code postgres_lost(struct postgres *postgres);

/* Sends a statement, after its text where the server does not have it; what comes back is owed. */
baton_code postgres_send(struct postgres *postgres, enum statement statement,
                         const struct store_value *value, enum due due);
/* The same for a text of its own without parameters, such as BEGIN. */
baton_code postgres_send_text(struct postgres *postgres, const char *text, enum due due);
/* Asks for what is owed: with `sync` also ends what is not inside of a transaction, and clears an error. */
baton_code postgres_push(struct postgres *postgres, bool sync);
/* Takes the answer that comes next; its error is the code. */
baton_code postgres_take(struct postgres *postgres);
enum due postgres_next_due(const struct postgres *postgres);
/* Takes all that is owed. The first error is the code. */
baton_code postgres_settle(struct postgres *postgres, bool sync);
/* After a failure: takes all that is owed whatever it is. When that fails too the connection is dropped. */
void postgres_clean(struct postgres *postgres);

/* Out of the pipeline and into it again. Both do nothing where that is so already. */
baton_code postgres_unpipe(struct postgres *postgres);
baton_code postgres_pipe(struct postgres *postgres);
/* Outside of the pipeline: a text, with its answer (for PQclear, NULL after a failure), which must be `want`. */
baton_code postgres_ask(struct postgres *postgres, const char *text, ExecStatusType want,
                        PGresult **out);

/* Puts a row's values into store->row; they point into the result. */
baton_code postgres_row(struct postgres *postgres, const PGresult *result, int row);

/* -- Others -- */
baton_code postgres_run_many(struct store *store, enum statement statement, size_t count,
                             const struct store_value *value); /* store_postgres_copy.c */
void postgres_copy_stop(struct postgres *postgres);
baton_code postgres_check(struct store *store,
                          struct baton_findings *found); /* store_postgres_check.c */

#endif
