/* The store on a server: PostgreSQL, by libpq.
 *
 * The connection is in pipeline mode (store_postgres_pipe.c): in a writing transaction statements are only sent, and the first answer is
 * waited for where one is needed, at the latest at the commit, so that a transaction of any number of statements is one journey. Values
 * go in binary form both ways. Rows of a query come one at a time, never as a whole. A connection that was lost is made again at
 * the next transaction. */
#include "ledger/store_postgres.h"
#include <stdlib.h>
#include <string.h>

/* Two programs that start at once migrate one after the other. Any number that others hardly use: "baton" in ASCII. */
#define MIGRATION_LOCK "421829113710"

/* A connection that works, where no transaction depends on the old one. */
static baton_code connected(struct postgres *postgres) {
    if (LIKELY(postgres->connection != NULL && PQstatus(postgres->connection) != CONNECTION_BAD))
        return BATON_OK;
    return postgres_connect(postgres, NULL);
}

/* Before what may be a transaction of its own. */
static baton_code ready(struct store *store) {
    return store->in_transaction ? BATON_OK : connected(postgres_of(store));
}

/* After what was a transaction of its own: an error leaves nothing behind. */
static baton_code cleaned(struct store *store, baton_code code) {
    if (code != BATON_OK && !store->in_transaction)
        postgres_clean(postgres_of(store));
    return code;
}

/* -- Opening -- */

static baton_code pg_open(struct store *store, struct baton_findings *found) {
    return postgres_connect(postgres_of(store), found);
}

static void pg_close(struct store *store) {
    postgres_drop(postgres_of(store));
}

/* -- Transactions -- */

static baton_code begin(struct store *store, bool writes) {
    TRY(connected(postgres_of(store)));
    return cleaned(store,
                   postgres_send_text(postgres_of(store),
                                      writes ? "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"
                                             : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
                                      DUE_RUN));
}

static baton_code lock_schema(struct postgres *postgres) {
    static const char *const text[] = {"BEGIN", "SELECT pg_advisory_xact_lock(" MIGRATION_LOCK ")"};
    PGresult *result;
    TRY(postgres_ask(postgres, text[0], PGRES_COMMAND_OK, &result));
    PQclear(result);
    TRY(postgres_ask(postgres, text[1], PGRES_TUPLES_OK, &result));
    PQclear(result);
    return BATON_OK;
}

static baton_code begin_schema(struct store *store) {
    struct postgres *postgres = postgres_of(store);
    TRY(connected(postgres));
    const baton_code code = lock_schema(postgres);
    if (code != BATON_OK)
        postgres_drop(postgres);
    return code;
}

static baton_code commit(struct store *store) {
    struct postgres *postgres = postgres_of(store);
    TRY(postgres_send_text(postgres, "COMMIT", DUE_COMMIT));
    return postgres_settle(postgres, true);
}

static void rollback(struct store *store) {
    struct postgres *postgres = postgres_of(store);
    postgres_clean(postgres);
    if (postgres->connection == NULL)
        return;
    char words[STORE_ERROR_SIZE];
    memcpy(words, store->error, sizeof words);
    if (postgres_send_text(postgres, "ROLLBACK", DUE_RUN) != BATON_OK ||
        postgres_settle(postgres, true) != BATON_OK)
        postgres_drop(postgres);
    memcpy(store->error, words, sizeof words);
}

/* -- Statements -- */

static baton_code run_now(struct store *store, enum statement statement,
                          const struct store_value *value, int64_t *changed) {
    struct postgres *postgres = postgres_of(store);
    TRY(postgres_send(postgres, statement, value, DUE_RUN));
    if (store->in_transaction && changed == NULL)
        return BATON_OK;
    TRY(postgres_settle(postgres, !store->in_transaction));
    if (changed != NULL)
        *changed = postgres->changed;
    return BATON_OK;
}

static baton_code run(struct store *store, enum statement statement,
                      const struct store_value *value, int64_t *changed) {
    TRY(ready(store));
    return cleaned(store, run_now(store, statement, value, changed));
}

static baton_code push(struct store *store) {
    struct postgres *postgres = postgres_of(store);
    if (postgres->connection == NULL || !postgres->is_piped)
        return BATON_OK;
    TRY(store_before(store, "flush"));
    return PQflush(postgres->connection) >= 0 ? BATON_OK : postgres_lost(postgres);
}

/* Sends the question and takes what is owed before its answer. */
static baton_code ask(struct postgres *postgres, enum statement statement,
                      const struct store_value *value) {
    TRY(postgres_send(postgres, statement, value, DUE_QUERY));
    TRY(postgres_push(postgres, !postgres->store.in_transaction));
    while (postgres_next_due(postgres) != DUE_QUERY)
        TRY(postgres_take(postgres));
    TRY(store_before(&postgres->store, "single"));
    return PQsetSingleRowMode(postgres->connection) ? BATON_OK : postgres_lost(postgres);
}

static baton_code query(struct store *store, enum statement statement,
                        const struct store_value *value) {
    TRY(ready(store));
    return cleaned(store, ask(postgres_of(store), statement, value));
}

/* The next result of the query; *row NULL = there are no more rows. */
static baton_code next_result(struct postgres *postgres, PGresult **row) {
    PQclear(postgres->result);
    postgres->result = NULL;
    *row = NULL;
    TRY(store_before(&postgres->store, "get"));
    PGresult *result = postgres->result = PQgetResult(postgres->connection);
    if (result == NULL)
        return postgres_lost(postgres);
    const ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_SINGLE_TUPLE && status != PGRES_TUPLES_OK)
        return postgres_refused(postgres, result);
    if (PQntuples(result) > 0)
        *row = result;
    return BATON_OK;
}

static baton_code next(struct store *store, bool *is_row) {
    PGresult *row = NULL;
    TRY(next_result(postgres_of(store), &row));
    *is_row = row != NULL;
    return row == NULL ? BATON_OK : postgres_row(postgres_of(store), row, 0);
}

/* Takes what is left of the answer. After a failure inside of a transaction it may be that the server was never asked to answer;
 * then that is for the rollback. */
static void query_end(struct store *store) {
    struct postgres *postgres = postgres_of(store);
    PQclear(postgres->result);
    postgres->result = NULL;
    if (store->in_transaction && store->failure != BATON_OK)
        return;
    char words[STORE_ERROR_SIZE];
    memcpy(words, store->error, sizeof words);
    baton_code code = BATON_OK;
    while (code == BATON_OK && postgres->due_count > 0)
        code = postgres_take(postgres);
    if (code == BATON_OK)
        memcpy(store->error, words, sizeof words);
    else if (store->in_transaction)
        store->failure = code;
    else
        postgres_clean(postgres);
}

enum { QUESTIONS = 512 }; // that are sent before the first answer is taken

static baton_code take_answers(struct postgres *postgres, size_t first, size_t count,
                               void (*answer)(void *context, size_t i,
                                              const struct store_value *row),
                               void *context) {
    for (size_t i = 0; i < count; i++) {
        while (postgres_next_due(postgres) != DUE_QUERY)
            TRY(postgres_take(postgres));
        PGresult *row = NULL;
        TRY(next_result(postgres, &row));
        if (row != NULL)
            TRY(postgres_row(postgres, row, 0));
        answer(context, first + i, row != NULL ? postgres->store.row : NULL);
        TRY(postgres_take(postgres));
    }
    return BATON_OK;
}

static baton_code ask_many(struct store *store, enum statement statement, size_t count,
                           const struct store_value *value,
                           void (*answer)(void *context, size_t i, const struct store_value *row),
                           void *context) {
    struct postgres *postgres = postgres_of(store);
    const size_t parameters = (size_t)store->statement[statement].parameter_count;
    if (postgres->due_count > QUESTIONS)
        TRY(postgres_settle(postgres, false)); // so that the ring has room for all questions
    for (size_t first = 0; first < count; first += QUESTIONS) {
        const size_t some = count - first < QUESTIONS ? count - first : QUESTIONS;
        for (size_t i = 0; i < some; i++)
            TRY(postgres_send(postgres, statement, value + (first + i) * parameters, DUE_QUERY));
        TRY(postgres_push(postgres, !store->in_transaction));
        TRY(take_answers(postgres, first, some, answer, context));
        while (postgres->due_count > 0)
            TRY(postgres_take(postgres));
    }
    return BATON_OK;
}

static baton_code query_many(struct store *store, enum statement statement, size_t count,
                             const struct store_value *value,
                             void (*answer)(void *context, size_t i, const struct store_value *row),
                             void *context) {
    TRY(ready(store));
    return cleaned(store, ask_many(store, statement, count, value, answer, context));
}

/* -- Without a list -- */

static baton_code script(struct store *store, const char *text) {
    PGresult *result;
    TRY(postgres_ask(postgres_of(store), text, PGRES_COMMAND_OK, &result));
    PQclear(result);
    return BATON_OK;
}

static baton_code number(struct store *store, const char *text, int64_t *out) {
    TRY(ready(store));
    PGresult *result;
    TRY(postgres_ask(postgres_of(store), text, PGRES_TUPLES_OK, &result));
    if (PQntuples(result) > 0)
        *out = strtoll(PQgetvalue(result, 0, 0), NULL, 10);
    PQclear(result);
    return BATON_OK;
}

static baton_code check(struct store *store, struct baton_findings *found) {
    TRY(ready(store));
    return postgres_check(store, found);
}

static baton_code settings(struct store *store,
                           void (*tell)(void *context, const char *name, const char *value,
                                        bool is_good),
                           void *context) {
    TRY(ready(store));
    return postgres_settings(store, tell, context);
}

const struct store_driver store_postgres = {
    .kind = STORE_POSTGRES,
    .words = {.parameter = '$',
              .number = "BIGINT",
              .text = "TEXT COLLATE \"C\"",
              .bytes = "BYTEA",
              .table = "",
              .heap = "",
              .lock = " FOR SHARE",
              .empty = "''"},
    .has_table = "SELECT COUNT(*) FROM pg_catalog.pg_class WHERE oid = to_regclass('migration')",
    .is_used = "SELECT COUNT(*) FROM pg_catalog.pg_class WHERE oid IN (to_regclass('ledger'), "
               "to_regclass('entry'), to_regclass('fact'))",
    .size = sizeof(struct postgres),
    .open = pg_open,
    .close = pg_close,
    .begin = begin,
    .begin_schema = begin_schema,
    .commit = commit,
    .rollback = rollback,
    .run = run,
    .push = push,
    .query = query,
    .next = next,
    .query_end = query_end,
    .query_many = query_many,
    .run_many = postgres_run_many,
    .script = script,
    .number = number,
    .check = check,
    .settings = settings,
};
