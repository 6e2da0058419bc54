/* See store_fixture.h. */
#include "unit/ledger/store_fixture.h"
#include "unit/test.h"
#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

static void silent(void *context, const char *words) {
    (void)context, (void)words;
}

bool store_fixture_has(enum store_kind kind) {
    const bool has =
        kind == STORE_SQLITE || (kind == STORE_POSTGRES && getenv("BATON_TEST_POSTGRES") != NULL);
    if (has)
        CASE("%s", kind == STORE_SQLITE ? "SQLite" : "PostgreSQL");
    return has;
}

bool store_fixture_sql(const char *address, const char *text) {
    if (store_kind_of(address) == STORE_POSTGRES) {
        PGconn *connection = PQconnectdb(address);
        PQsetNoticeProcessor(connection, silent, NULL);
        PGresult *result = PQexec(connection, text);
        const ExecStatusType status = PQresultStatus(result);
        const bool done = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
        if (!done)
            FAIL("%s: %s", text, PQerrorMessage(connection));
        PQclear(result);
        PQfinish(connection);
        return done;
    }
    sqlite3 *database = NULL;
    const bool done = sqlite3_open(address, &database) == SQLITE_OK &&
                      sqlite3_exec(database, text, NULL, NULL, NULL) == SQLITE_OK;
    if (!done)
        FAIL("%s: %s", text, sqlite3_errmsg(database));
    sqlite3_close(database);
    return done;
}

const char *store_fixture_new(enum store_kind kind) {
    static unsigned number;
    static char path[4096];
    if (kind == STORE_SQLITE) {
        snprintf(path, sizeof path, "%s/store-%u.db", test_folder(), ++number);
        return path;
    }
    const char *address = getenv("BATON_TEST_POSTGRES");
    store_fixture_sql(address, "DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    return address;
}

/* -- Opened stores -- */

struct opening {
    struct store_test *test;
    const char *address;
    enum store_mode mode;
};

static baton_code open_inside(void *context) {
    const struct opening *opening = context;
    struct store_test *test = opening->test;
    return store_open(test->arena, opening->address, opening->mode, &test->store, &test->found);
}

baton_code store_test_try(struct store_test *test, const char *address, enum store_mode mode) {
    *test = (struct store_test){.arena = arena_open()};
    test->found.arena = test->arena;
    return arena_run(test->arena, open_inside, &(struct opening){test, address, mode});
}

void shut(struct store_test *test) {
    arena_close(test->arena);
    *test = (struct store_test){0};
}

bool store_test_open(struct store_test *test, const char *address, enum store_mode mode) {
    const baton_code code = store_test_try(test, address, mode);
    if (code == BATON_OK)
        return true;
    const char *words = test->found.count > 0
                            ? baton_finding_message(test->arena, &test->found.item[0], BATON_EN)
                            : "";
    FAIL("%s: %s: %s", address, baton_code_info(code)->name, words);
    shut(test);
    return false;
}

bool store_test_ok(struct store *store, baton_code code, const char *file, int line,
                   const char *call) {
    if (code == BATON_OK)
        return test_check(file, line, true, call);
    return test_fail(file, line, "%s: %s: %s", call, baton_code_info(code)->name,
                     store_error(store));
}

baton_code store_test_entry(struct store *store, int64_t position, const void *bytes, size_t size) {
    return store_run(store, STATEMENT_ENTRY_ADD,
                     VALUES(store_int(1), store_int(position), store_bytes(bytes, size)), NULL);
}

int64_t store_test_entries(struct store *store) {
    const struct store_value *row;
    int64_t count = 0;
    if (store_query(store, STATEMENT_ENTRY_RANGE,
                    VALUES(store_int(1), store_int(0), store_int(INT64_MAX))) != BATON_OK)
        return -1;
    for (;;) {
        if (store_next(store, &row) != BATON_OK)
            return -1;
        if (row == NULL)
            return count;
        CHECK_INT(row[0].number, count);
        count++;
    }
}
