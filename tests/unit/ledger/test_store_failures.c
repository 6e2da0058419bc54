/* What can go wrong with a store: every call of a driver failed in turn, disks that are full, servers that are unfit or go away, damage. */
#include "ledger/store.h"
#include "unit/ledger/store_fixture.h"
#include "unit/test.h"
#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* -- Every call failed in turn -- */

struct injection {
    unsigned calls, fail_at; /* counted from 1; 0 = none */
    unsigned fail_from;      /* this one and all after it; 0 = none */
    char first[40];          /* that was failed */
};

static baton_code inject(void *context, const char *call) {
    struct injection *injection = context;
    injection->calls++;
    const bool fails = injection->calls == injection->fail_at ||
                       (injection->fail_from > 0 && injection->calls >= injection->fail_from);
    if (fails && injection->first[0] == '\0')
        snprintf(injection->first, sizeof injection->first, "%s", call);
    return fails ? BATON_STORE_FULL : BATON_OK;
}

static void ignore_answer(void *context, size_t i, const struct store_value *row) {
    (void)i;
    *(unsigned *)context += row != NULL;
}

/* A bit of everything in a transaction that adds the entries 0 to 79 and changes a lease. */
static baton_code work_inside(struct store *store) {
    struct store_value many[70 * 3];
    const struct store_value *row;
    int64_t changed = 0;
    unsigned answers = 0;
    TRY(store_begin(store, true));
    for (int64_t i = 0; i < 10; i++)
        TRY(store_test_entry(store, i, "entry", 5));
    TRY(store_run(store, STATEMENT_LEASE_ADD,
                  VALUES(store_int(1), store_text("h", 1), store_text("t", 1), store_int(5)),
                  &changed));
    if (changed != 1)
        return BATON_STORE_FAILED;
    TRY(store_query(store, STATEMENT_ENTRY_RANGE,
                    VALUES(store_int(1), store_int(0), store_int(5))));
    do
        TRY(store_next(store, &row));
    while (row != NULL);
    TRY(store_query_many(store, STATEMENT_ENTRY_GET, 2,
                         VALUES(store_int(1), store_int(0), store_int(1), store_int(99)),
                         ignore_answer, &answers));
    for (int64_t i = 0; i < 70; i++) {
        many[3 * i] = store_int(1);
        many[3 * i + 1] = store_int(10 + i);
        many[3 * i + 2] = store_bytes("many", 4);
    }
    TRY(store_run_many(store, STATEMENT_ENTRY_ADD, 70, many));
    return store_commit(store);
}

/* The same without a transaction around it. */
static baton_code look_outside(struct store *store) {
    const struct store_value *row;
    unsigned answers = 0;
    TRY(store_query(store, STATEMENT_ENTRY_RANGE,
                    VALUES(store_int(1), store_int(0), store_int(5))));
    TRY(store_next(store, &row));
    store_query_end(store);
    TRY(store_query_many(store, STATEMENT_ENTRY_GET, 2,
                         VALUES(store_int(1), store_int(0), store_int(1), store_int(99)),
                         ignore_answer, &answers));
    TRY(store_begin(store, false));
    TRY(store_query(store, STATEMENT_LEASE_GET, VALUES(store_int(1))));
    do
        TRY(store_next(store, &row));
    while (row != NULL);
    return store_commit(store);
}

/* Fails the n-th call (or it and all after it) of `work`; then the store has to be as good as new. False = there are not so many. */
static bool fail_one(enum store_kind kind, baton_code (*work)(struct store *store), unsigned n,
                     bool and_all_after) {
    struct store_test o;
    if (!store_test_open(&o, store_fixture_new(kind), STORE_CREATE))
        return false;
    struct injection injection = {.fail_at = n, .fail_from = and_all_after ? n : 0};
    store_inject(o.store, inject, &injection);
    const baton_code code = work(o.store);
    const bool was_failed = injection.first[0] != '\0';
    // Outside of a transaction answers that nobody wants any more may be lost.
    const bool may_pass = work == look_outside && strcmp(injection.first, "get") == 0;
    if (was_failed && code == BATON_OK && !may_pass)
        FAIL("call %u, %s: nobody noticed", n, injection.first);
    if (!was_failed)
        CHECK_OK(&o, code);
    const bool is_in_error = strstr(store_error(o.store), injection.first) != NULL;
    if (was_failed && !may_pass && (code != BATON_STORE_FULL || !is_in_error))
        FAIL("call %u, %s: %s: %s", n, injection.first, baton_code_info(code)->name,
             store_error(o.store));
    store_query_end(o.store);
    store_rollback(o.store);
    store_inject(o.store, NULL, NULL);
    const int64_t entries = store_test_entries(o.store);
    const bool may_be_there = code == BATON_OK || strcmp(injection.first, "get") == 0 ||
                              strcmp(injection.first, "sync") == 0; // the server may have committed
    if (entries != 0 && !(may_be_there && entries == 80))
        FAIL("call %u, %s: %d entries; %s", n, injection.first, (int)entries, store_error(o.store));
    if (entries == 0) {
        CHECK_OK(&o, work(o.store));
        CHECK_INT(store_test_entries(o.store), work == work_inside ? 80 : 0);
    }
    shut(&o);
    return was_failed;
}

/* The database is made anew for each call that is failed, so the statements are prepared among them. */
TEST(every_call_may_fail) {
    baton_code (*const work[])(struct store *) = {work_inside, look_outside};
    for (size_t w = 0; w < LENGTH(work); w++)
        for (int and_all_after = 0; and_all_after <= 1; and_all_after++)
            FOR_EACH_STORE(kind) {
                unsigned n = 1;
                while (n < 1000 && fail_one(kind, work[w], n, and_all_after))
                    n += and_all_after ? 7 : 1;
                CHECK(n > 5 && n < 1000);
            }
}

/* Opening too, and with it the migrations: what is left is either nothing or a whole step, and it opens the next time. */
TEST(every_call_of_opening_may_fail) {
    FOR_EACH_STORE(kind) {
        unsigned n = 1;
        for (bool was_failed = true; was_failed && n < 1000; n++) {
            const char *address = store_fixture_new(kind);
            struct injection injection = {.fail_at = n};
            struct store_test o;
            store_inject(NULL, inject, &injection);
            const baton_code code = store_test_try(&o, address, STORE_CREATE);
            store_inject(NULL, NULL, NULL);
            was_failed = injection.first[0] != '\0';
            CHECK_INT(code, was_failed ? BATON_STORE_FULL : BATON_OK);
            CHECK_INT(o.found.errors, was_failed);
            shut(&o);
            if (store_test_open(&o, address, STORE_CREATE)) {
                unsigned schema = 0;
                CHECK_OK(&o, store_schema(o.store, &schema));
                CHECK_INT(schema, store_schema_known());
                CHECK_OK(&o, store_test_entry(o.store, 0, "a", 1));
                shut(&o);
            }
        }
        CHECK(n > 8 && n < 1000);
    }
}

/* -- SQLite -- */

/* A file whose disk is full: the usual VFS, but that writing fails while it is told so. */
static bool is_full;
static const sqlite3_io_methods *usual;
static sqlite3_io_methods full_methods;

static int full_write(sqlite3_file *file, const void *bytes, int size, sqlite3_int64 at) {
    return is_full ? SQLITE_FULL : usual->xWrite(file, bytes, size, at);
}

static int full_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out) {
    sqlite3_vfs *below = vfs->pAppData;
    const int result = below->xOpen(below, name, file, flags, out);
    if (file->pMethods != NULL && (flags & SQLITE_OPEN_WAL) != 0) { // where a commit writes
        usual = file->pMethods;
        full_methods = *usual;
        full_methods.xWrite = full_write;
        file->pMethods = &full_methods;
    }
    return result;
}

TEST(a_full_disk) {
    sqlite3_vfs full = *sqlite3_vfs_find(NULL);
    full.pAppData = sqlite3_vfs_find(NULL);
    full.zName = "full";
    full.xOpen = full_open;
    sqlite3_vfs_register(&full, 0);
    store_sqlite_vfs("full");
    struct store_test o;
    if (store_test_open(&o, store_fixture_new(STORE_SQLITE), STORE_CREATE)) {
        CHECK_OK(&o, store_test_entry(o.store, 0, "a", 1));
        is_full = true;
        CHECK_INT(store_test_entry(o.store, 1, "b", 1), BATON_STORE_FULL);
        CHECK_OK(&o, store_begin(o.store, true));
        CHECK_OK(&o, store_test_entry(o.store, 1, "b", 1));
        CHECK_INT(store_commit(o.store), BATON_STORE_FULL);
        store_rollback(o.store);
        CHECK_INT(store_test_entries(o.store), 1);
        is_full = false;
        CHECK_OK(&o, store_test_entry(o.store, 1, "b", 1));
        CHECK_INT(store_test_entries(o.store), 2);
        shut(&o);
    }
    is_full = false;
    store_sqlite_vfs(NULL);
    sqlite3_vfs_unregister(&full);
}

TEST(damage_of_a_file_is_found) {
    const char *address = store_fixture_new(STORE_SQLITE);
    struct store_test o;
    if (!store_test_open(&o, address, STORE_CREATE))
        return;
    CHECK_OK(&o, store_begin(o.store, true));
    for (int64_t i = 0; i < 10000; i++)
        CHECK_OK(&o, store_test_entry(o.store, i, "0123456789", 10));
    CHECK_OK(&o, store_commit(o.store));
    CHECK_OK(&o, store_check(o.store, &o.found));
    CHECK_INT(o.found.count, 0);
    shut(&o);
    FILE *file = fopen(address, "r+b");
    if (!CHECK(file != NULL))
        return;
    fseek(file, 0, SEEK_END);
    const long pages = ftell(file) / 4096;
    CHECK(pages > 60);
    for (long page = 40; page < pages; page++) { // behind the roots of the tables
        fseek(file, page * 4096, SEEK_SET);
        fputc(0x55, file);
    }
    fclose(file);
    if (store_test_open(&o, address, STORE_WRITE)) {
        CHECK_INT(store_check(o.store, &o.found), BATON_STORE_CORRUPT);
        CHECK(o.found.errors > 0 && o.found.item[0].code == BATON_STORE_CORRUPT);
        shut(&o);
    }
}

/* -- Settings -- */

struct told {
    unsigned count, bad;
    char names[2000];
};

static void tell_setting(void *context, const char *name, const char *value, bool is_good) {
    struct told *told = context;
    told->count++;
    told->bad += !is_good;
    const size_t used = strlen(told->names);
    snprintf(told->names + used, sizeof told->names - used, "%s=%s%s;", name, value,
             is_good ? "" : "!");
}

TEST(settings_are_told) {
    FOR_EACH_STORE(kind) {
        struct store_test o;
        if (!store_test_open(&o, store_fixture_new(kind), STORE_CREATE))
            continue;
        struct told told = {0};
        CHECK_OK(&o, store_settings(o.store, tell_setting, &told));
        CHECK(told.count >= 5);
        CHECK_INT(told.bad, 0);
        CHECK(strstr(told.names,
                     kind == STORE_SQLITE ? "journal_mode=wal;synchronous=2;" : "fsync=on;"));
        shut(&o);
    }
}

/* -- PostgreSQL -- */

static void must_be_unsafe(const char *address, const char *setting) {
    CASE("%s", setting);
    struct store_test o;
    baton_code code = BATON_OK;
    for (int i = 0; i < 100 && code == BATON_OK; i++) { // until the server has read it
        code = store_test_try(&o, address, STORE_WRITE);
        if (code == BATON_OK)
            shut(&o);
        nanosleep(&(struct timespec){.tv_nsec = 50000000}, NULL);
    }
    if (CHECK_INT(code, BATON_STORE_UNSAFE) && CHECK_INT(o.found.errors, 1)) {
        CHECK_INT(o.found.item[0].code, BATON_STORE_UNSAFE);
        CHECK_TEXT(o.found.item[0].arg[0], setting);
        shut(&o);
    }
    if (store_test_open(&o, address, STORE_READ)) { // it may be read, and doctor says what is wrong
        struct told told = {0};
        CHECK_OK(&o, store_settings(o.store, tell_setting, &told));
        CHECK_INT(told.bad, 1);
        CHECK(strstr(told.names, setting) != NULL);
        shut(&o);
    }
}

TEST(servers_that_lose_what_they_acknowledged_are_refused) {
    static const char *const setting[] = {"fsync", "full_page_writes"};
    if (!store_fixture_has(STORE_POSTGRES))
        SKIP("there is no server");
    const char *address = store_fixture_new(STORE_POSTGRES);
    struct store_test o;
    if (store_test_open(&o, address, STORE_CREATE))
        shut(&o);
    char other[1000];
    snprintf(other, sizeof other, "%s&options=-csynchronous_commit%%3Doff", address);
    must_be_unsafe(other, "synchronous_commit");
    snprintf(other, sizeof other, "%s&options=-czero_damaged_pages%%3Don", address);
    must_be_unsafe(other, "zero_damaged_pages");
    for (size_t i = 0; i < LENGTH(setting); i++) {
        snprintf(other, sizeof other, "ALTER SYSTEM SET %s = off", setting[i]);
        store_fixture_sql(address, other);
        store_fixture_sql(address, "SELECT pg_reload_conf()");
        must_be_unsafe(address, setting[i]);
        snprintf(other, sizeof other, "ALTER SYSTEM RESET %s", setting[i]);
        store_fixture_sql(address, other);
        store_fixture_sql(address, "SELECT pg_reload_conf()");
    }
    baton_code code = BATON_STORE_UNSAFE;
    for (int i = 0; i < 100 && code != BATON_OK; i++) {
        code = store_test_try(&o, address, STORE_WRITE);
        shut(&o);
        nanosleep(&(struct timespec){.tv_nsec = 50000000}, NULL);
    }
    CHECK_INT(code, BATON_OK);
}

TEST(servers_that_cannot_be_reached) {
    static const struct {
        const char *address, *advice;
    } cases[] = {
        {"postgres://u:secret@/d?host=/nowhere", "whether the server runs"},
        {"postgres://u:secret@127.0.0.1:1/d", "whether the server runs"},
        {"postgres://u:sec@ret@127.0.0.1:1/d", "write postgres://"},
        {"postgres://u:secret@127.0.0.1:1/d?colour=red", "write postgres://"},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        CASE("%s", cases[i].address);
        struct store_test o;
        CHECK_INT(store_test_try(&o, cases[i].address, STORE_WRITE), BATON_STORE_OPEN);
        if (CHECK_INT(o.found.errors, 1)) {
            const struct baton_finding *item = &o.found.item[0];
            const char *message = baton_finding_message(o.arena, item, BATON_EN);
            CHECK(strstr(message, "secret") == NULL && strstr(message, "ret@") == NULL);
            CHECK(strstr(baton_finding_advice(o.arena, item, BATON_EN), cases[i].advice) != NULL);
            CHECK(baton_finding_advice(o.arena, item, BATON_ZH)[0] != '\0');
        }
        shut(&o);
    }
    if (!store_fixture_has(STORE_POSTGRES))
        return;
    char other[1000];
    snprintf(other, sizeof other, "%s&dbname=nothing", store_fixture_new(STORE_POSTGRES));
    struct store_test o;
    CHECK_INT(store_test_try(&o, other, STORE_WRITE), BATON_STORE_OPEN);
    if (CHECK_INT(o.found.errors, 1))
        CHECK(strstr(baton_finding_advice(o.arena, &o.found.item[0], BATON_EN), "check database"));
    shut(&o);
}

/* What the server's states mean, raised by a trigger on the way of an insert. */
TEST(states_of_a_server_have_codes) {
    static const struct {
        const char *state;
        baton_code code;
    } cases[] = {
        {"53100", BATON_STORE_FULL},     {"55P03", BATON_STORE_BUSY},
        {"40001", BATON_STORE_BUSY},     {"40P01", BATON_STORE_BUSY},
        {"XX001", BATON_STORE_CORRUPT},  {"XX002", BATON_STORE_CORRUPT},
        {"23505", BATON_STORE_CONFLICT}, {"22012", BATON_STORE_FAILED},
    };
    if (!store_fixture_has(STORE_POSTGRES))
        SKIP("there is no server");
    const char *address = store_fixture_new(STORE_POSTGRES);
    struct store_test o;
    if (!store_test_open(&o, address, STORE_CREATE))
        return;
    for (size_t i = 0; i < LENGTH(cases); i++) {
        CASE("%s", cases[i].state);
        char text[1000];
        snprintf(text, sizeof text,
                 "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                 "RAISE EXCEPTION 'no' USING ERRCODE = '%s'; END $$; CREATE OR REPLACE TRIGGER "
                 "refuse BEFORE "
                 "INSERT ON entry FOR EACH ROW EXECUTE FUNCTION refuse()",
                 cases[i].state);
        store_fixture_sql(address, text);
        CHECK_INT(store_test_entry(o.store, 0, "a", 1), cases[i].code);
        CHECK_TEXT(store_error(o.store), "no");
        CHECK_OK(&o, store_begin(o.store, true));
        CHECK_OK(&o, store_test_entry(o.store, 0, "a", 1)); // is only sent
        CHECK_OK(&o, store_test_entry(o.store, 1, "a", 1));
        CHECK_INT(store_commit(o.store), cases[i].code);
        store_rollback(o.store);
    }
    store_fixture_sql(address, "DROP TRIGGER refuse ON entry");
    CHECK_OK(&o, store_test_entry(o.store, 0, "a", 1));
    CHECK_INT(store_test_entries(o.store), 1);
    shut(&o);
}

#define END_OTHERS \
    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = " \
    "'baton'"

/* A connection that is lost takes its transaction along; the next one is on a new connection. */
TEST(connections_may_be_lost) {
    if (!store_fixture_has(STORE_POSTGRES))
        SKIP("there is no server");
    const char *address = store_fixture_new(STORE_POSTGRES);
    struct store_test o;
    if (!store_test_open(&o, address, STORE_CREATE))
        return;
    int64_t changed;
    CHECK_OK(&o, store_test_entry(o.store, 0, "a", 1));
    CHECK_OK(&o, store_begin(o.store, true));
    CHECK_OK(&o, store_run(o.store, STATEMENT_ENTRY_ADD,
                           VALUES(store_int(1), store_int(1), store_bytes("a", 1)), &changed));
    store_fixture_sql(address, END_OTHERS);
    baton_code code = store_test_entry(o.store, 2, "a", 1);
    if (code == BATON_OK)
        code = store_commit(o.store);
    CHECK_INT(code, BATON_STORE_FAILED);
    CHECK(store_error(o.store)[0] != '\0');
    store_rollback(o.store);
    CHECK_INT(store_test_entries(o.store), 1);
    store_fixture_sql(address, END_OTHERS); // between transactions
    code = store_begin(o.store, true);
    if (code == BATON_OK)
        code = store_test_entry(o.store, 1, "a", 1);
    if (code == BATON_OK)
        code = store_commit(o.store);
    if (code != BATON_OK) { // it may only now have shown
        store_rollback(o.store);
        CHECK_OK(&o, store_test_entry(o.store, 1, "a", 1));
    }
    CHECK_INT(store_test_entries(o.store), 2);
    shut(&o);
}

/* The path of a relation's file; false, and the test fails, when there is none. */
static bool file_of(const char *address, const char *relation, char *path, size_t size) {
    char text[200];
    snprintf(text, sizeof text,
             "SELECT current_setting('data_directory') || '/' || pg_relation_filepath('%s')",
             relation);
    PGconn *connection = PQconnectdb(address);
    PGresult *result = PQexec(connection, text);
    const bool has = PQresultStatus(result) == PGRES_TUPLES_OK;
    snprintf(path, size, "%s", has ? PQgetvalue(result, 0, 0) : "");
    PQclear(result);
    PQfinish(connection);
    return CHECK(has);
}

TEST(damage_of_a_server_is_found) {
    if (!store_fixture_has(STORE_POSTGRES))
        SKIP("there is no server");
    const char *address = store_fixture_new(STORE_POSTGRES);
    struct store_test o;
    if (!store_test_open(&o, address, STORE_CREATE))
        return;
    for (int64_t i = 0; i < 100; i++)
        CHECK_OK(&o, store_test_entry(o.store, i, "0123456789", 10));
    CHECK_OK(&o, store_check(o.store, &o.found));
    CHECK_INT(o.found.count, 0);
    // An index that is built is written past the server's memory, so the file is what is read.
    char path[2000];
    store_fixture_sql(address, "REINDEX TABLE entry");
    store_fixture_sql(address, "CHECKPOINT");
    FILE *file = file_of(address, "entry_pkey", path, sizeof path) ? fopen(path, "r+b") : NULL;
    if (CHECK(file != NULL)) {
        fseek(file, 8192 + 100, SEEK_SET);
        fputs("damage", file);
        fclose(file);
        CHECK_INT(store_check(o.store, &o.found), BATON_STORE_CORRUPT);
        CHECK(o.found.errors > 0 && o.found.item[0].code == BATON_STORE_CORRUPT);
    }
    shut(&o);
}
