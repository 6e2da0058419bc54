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
