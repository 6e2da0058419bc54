/* The store, on both drivers. */
#include "ledger/store.h"
#include "unit/ledger/store_fixture.h"
#include "unit/test.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct {
    const char *name, *parameters, *columns, *text;
} listed[] = {
#define X(name, parameters, columns, text) {#name, parameters, columns, text},
#include "ledger/statements.def"
#undef X
};

/* -- The list -- */

TEST(statement_lists_are_sound) {
    for (size_t i = 0; i < LENGTH(listed); i++) {
        CASE("%s", listed[i].name);
        const size_t parameters = strlen(listed[i].parameters);
        unsigned seen = 0; // a bit for each
        for (const char *at = strchr(listed[i].text, '$'); at != NULL; at = strchr(at + 1, '$'))
            seen |= 1U << strtoul(at + 1, NULL, 10);
        CHECK_INT(seen, (2U << parameters) - 2);
        CHECK_INT(strspn(listed[i].parameters, "itb"), parameters);
        CHECK_INT(strspn(listed[i].columns, "itb"), strlen(listed[i].columns));
        CHECK(parameters <= STORE_VALUES_MAX && strlen(listed[i].columns) <= STORE_VALUES_MAX);
        const bool reads = strncmp(listed[i].text, "SELECT ", 7) == 0;
        CHECK(reads == (listed[i].columns[0] != '\0'));
    }
}

static struct store_value value_of(char type) {
    return type == 'i'   ? store_int(7)
           : type == 't' ? store_text("seven", 5)
                         : store_bytes("\0seven", 6);
}

/* Every statement is run: what adds first, so that what reads and changes has a row. */
TEST(every_statement_runs) {
    FOR_EACH_STORE(kind) {
        struct store_test o;
        if (!store_test_open(&o, store_fixture_new(kind), STORE_CREATE))
            continue;
        CHECK_OK(&o, store_begin(o.store, true));
        unsigned rows = 0;
        for (size_t i = 0; i < 2 * LENGTH(listed); i++) {
            const enum statement statement = (enum statement)(i % LENGTH(listed));
            const bool adds = strncmp(listed[statement].text, "INSERT ", 7) == 0;
            if (adds != (i < LENGTH(listed)))
                continue;
            struct store_value value[STORE_VALUES_MAX];
            for (size_t p = 0; listed[statement].parameters[p] != '\0'; p++)
                value[p] = value_of(listed[statement].parameters[p]);
            if (listed[statement].columns[0] == '\0') {
                int64_t changed = -1;
                if (!store_test_ok(o.store, store_run(o.store, statement, value, &changed),
                                   __FILE__, __LINE__, listed[statement].name))
                    break;
                CHECK(!adds || changed == 1);
                continue;
            }
            if (!store_test_ok(o.store, store_query(o.store, statement, value), __FILE__, __LINE__,
                               listed[statement].name))
                break;
            const struct store_value *row = NULL;
            CHECK_OK(&o, store_next(o.store, &row));
            for (size_t c = 0; row != NULL && listed[statement].columns[c] != '\0'; c++)
                CHECK_INT(row[c].type, listed[statement].columns[c]);
            rows += row != NULL;
            store_query_end(o.store);
        }
        CHECK(rows >= 15); // most found what was added
        CHECK_OK(&o, store_commit(o.store));
        shut(&o);
    }
}

/* -- Values -- */

TEST(values_come_back) {
    static const char nul[] = "a\0b\0";
    FOR_EACH_STORE(kind) {
        struct store_test o;
        if (!store_test_open(&o, store_fixture_new(kind), STORE_CREATE))
            continue;
        const size_t big = 5000000;
        char *bytes = arena_alloc(o.arena, big, 1);
        for (size_t i = 0; i < big; i++)
            bytes[i] = (char)(i * 131 >> 3);
        CHECK_OK(&o, store_begin(o.store, true));
        CHECK_OK(&o, store_test_entry(o.store, 0, nul, sizeof nul));
        CHECK_OK(&o, store_test_entry(o.store, 1, NULL, 0));
        CHECK_OK(&o, store_test_entry(o.store, INT64_MAX, bytes, big));
        CHECK_OK(&o, store_test_entry(o.store, INT64_MIN, "x", 1));
        CHECK_OK(&o, store_run(o.store, STATEMENT_LEASE_ADD,
                               VALUES(store_int(1), store_text("考核办", 9), store_text("", 0),
                                      store_int(-5)),
                               NULL));
        CHECK_OK(&o, store_commit(o.store));
        const struct store_value *row;
        const struct {
            int64_t position;
            const char *bytes;
            size_t size;
        } want[] = {{0, nul, sizeof nul}, {1, "", 0}, {INT64_MAX, bytes, big}, {INT64_MIN, "x", 1}};
        for (size_t i = 0; i < LENGTH(want); i++) {
            CHECK_OK(&o, store_query(o.store, STATEMENT_ENTRY_GET,
                                     VALUES(store_int(1), store_int(want[i].position))));
            CHECK_OK(&o, store_next(o.store, &row));
            if (CHECK(row != NULL) && CHECK_INT(row[0].size, want[i].size))
                CHECK_BYTES(row[0].data, want[i].bytes, want[i].size);
            CHECK_OK(&o, store_next(o.store, &row));
            CHECK(row == NULL);
        }
        CHECK_OK(&o, store_query(o.store, STATEMENT_LEASE_GET, VALUES(store_int(1))));
        CHECK_OK(&o, store_next(o.store, &row));
        if (CHECK(row != NULL)) {
            CHECK_TEXT(row[0].data, "考核办");
            CHECK_TEXT(row[1].data, "");
            CHECK_INT(row[2].number, -5);
        }
        store_query_end(o.store);
        shut(&o);
    }
}

TEST(texts_are_utf8_without_nul) {
    static const struct {
        const char *text;
        size_t size;
    } bad[] = {{"a\0b", 3}, {"\xff", 1}, {"\xc0\x80", 2}};
    FOR_EACH_STORE(kind) {
        struct store_test o;
        if (!store_test_open(&o, store_fixture_new(kind), STORE_CREATE))
            continue;
        for (size_t i = 0; i < LENGTH(bad); i++) {
            CHECK_OK(&o, store_begin(o.store, true));
            CHECK_INT(store_run(o.store, STATEMENT_LEASE_ADD,
                                VALUES(store_int(1), store_text(bad[i].text, bad[i].size),
                                       store_text("t", 1), store_int(1)),
                                NULL),
                      BATON_STORE_FAILED);
            CHECK_INT(store_commit(o.store), BATON_STORE_FAILED); // only rollback is left
            store_rollback(o.store);
        }
        shut(&o);
    }
}

/* Texts are compared byte by byte whatever the server's language is. */
TEST(texts_are_ordered_by_bytes) {
    static const char *const key[] = {"b", "a", "B", "_", "é", "中", "Z", "aa"};
    static const char *const want[] = {"B", "Z", "_", "a", "aa", "b", "é", "中"};
    FOR_EACH_STORE(kind) {
        struct store_test o;
        if (!store_test_open(&o, store_fixture_new(kind), STORE_CREATE))
            continue;
        CHECK_OK(&o, store_begin(o.store, true));
        for (size_t i = 0; i < LENGTH(key); i++)
            CHECK_OK(&o, store_run(o.store, STATEMENT_FACT_ADD,
                                   VALUES(store_int(1), store_text(key[i], strlen(key[i])),
                                          store_text("k", 1), store_text("", 0), store_int(0),
                                          store_int(i), store_int(i), store_int(0)),
                                   NULL));
        CHECK_OK(&o, store_commit(o.store));
        const struct store_value *row;
        CHECK_OK(&o, store_query(o.store, STATEMENT_FACT_ASSESSMENTS, VALUES(store_int(1))));
        for (size_t i = 0; i < LENGTH(want); i++) {
            CHECK_OK(&o, store_next(o.store, &row));
            if (!CHECK(row != NULL))
                break;
            CHECK_TEXT(row[0].data, want[i]);
        }
        store_query_end(o.store);
        shut(&o);
    }
}

/* -- Transactions -- */

TEST(transactions) {
    FOR_EACH_STORE(kind) {
        struct store_test o;
        if (!store_test_open(&o, store_fixture_new(kind), STORE_CREATE))
            continue;
        CHECK_OK(&o, store_begin(o.store, true));
        CHECK_OK(&o, store_test_entry(o.store, 0, "a", 1));
        CHECK_INT(store_test_entries(o.store), 1); // its own rows are seen
        store_rollback(o.store);
        store_rollback(o.store); // without a transaction it does nothing
        CHECK_INT(store_test_entries(o.store), 0);
        CHECK_OK(&o, store_begin(o.store, true));
        CHECK_OK(&o, store_test_entry(o.store, 0, "a", 1));
        CHECK_OK(&o, store_commit(o.store));
        CHECK_INT(store_test_entries(o.store), 1);
        CHECK_OK(&o, store_test_entry(o.store, 1, "b", 1)); // one of its own
        CHECK_OK(&o, store_begin(o.store, false));
        CHECK_INT(store_test_entries(o.store), 2);
        CHECK_OK(&o, store_commit(o.store));
        shut(&o);
    }
}

TEST(a_key_that_is_there_is_a_conflict) {
    FOR_EACH_STORE(kind) {
        struct store_test o;
        if (!store_test_open(&o, store_fixture_new(kind), STORE_CREATE))
            continue;
        CHECK_OK(&o, store_test_entry(o.store, 0, "a", 1));
        CHECK_INT(store_test_entry(o.store, 0, "b", 1), BATON_STORE_CONFLICT);
        CHECK(store_error(o.store)[0] != '\0');
        CHECK_OK(&o, store_begin(o.store, true));
        baton_code code = store_test_entry(o.store, 1, "b", 1);
        if (code == BATON_OK)
            code = store_test_entry(o.store, 0, "b", 1);
        if (code == BATON_OK)
            code = store_commit(o.store); // where a server tells late
        CHECK_INT(code, BATON_STORE_CONFLICT);
        CHECK_INT(store_test_entry(o.store, 2, "b", 1), BATON_STORE_CONFLICT);
        CHECK_INT(store_commit(o.store), BATON_STORE_CONFLICT);
        store_rollback(o.store);
        CHECK_INT(store_test_entries(o.store), 1);
        int64_t changed = -1; // an answer is wanted, so it is told at once
        CHECK_OK(&o, store_begin(o.store, true));
        CHECK_INT(store_run(o.store, STATEMENT_ENTRY_ADD,
                            VALUES(store_int(1), store_int(0), store_bytes("b", 1)), &changed),
                  BATON_STORE_CONFLICT);
        store_rollback(o.store);
        CHECK_OK(&o, store_test_entry(o.store, 1, "b", 1));
        CHECK_INT(store_test_entries(o.store), 2);
        shut(&o);
    }
}

TEST(readers_see_one_state) {
    FOR_EACH_STORE(kind) {
        const char *address = store_fixture_new(kind);
        struct store_test writer, reader;
        if (!store_test_open(&writer, address, STORE_CREATE))
            continue;
        if (store_test_open(&reader, address, STORE_READ)) {
            CHECK_OK(&writer, store_test_entry(writer.store, 0, "a", 1));
            CHECK_OK(&reader, store_begin(reader.store, false));
            CHECK_INT(store_test_entries(reader.store), 1);
            CHECK_OK(&writer, store_begin(writer.store, true));
            CHECK_OK(&writer, store_test_entry(writer.store, 1, "b", 1));
            CHECK_INT(store_test_entries(reader.store), 1);
            CHECK_OK(&writer, store_commit(writer.store));
            CHECK_INT(store_test_entries(reader.store), 1);
            CHECK_OK(&reader, store_commit(reader.store));
            CHECK_INT(store_test_entries(reader.store), 2);
            CHECK_INT(store_begin(reader.store, true), BATON_STORE_READ_ONLY);
            CHECK_INT(store_test_entry(reader.store, 2, "c", 1), BATON_STORE_READ_ONLY);
            shut(&reader);
        }
        shut(&writer);
    }
}

/* -- Opening -- */

static void check_refused(const char *address, enum store_mode mode, baton_code want,
                          const char *says) {
    struct store_test o;
    CHECK_INT(store_test_try(&o, address, mode), want);
    if (CHECK_INT(o.found.errors, 1) && CHECK_INT(o.found.item[0].code, want)) {
        for (enum baton_language language = BATON_EN; language <= BATON_ZH; language++)
            CHECK(baton_finding_message(o.arena, &o.found.item[0], language)[0] != '\0');
        const char *words = arena_printf(o.arena, "%s; %s",
                                         baton_finding_message(o.arena, &o.found.item[0], BATON_EN),
                                         baton_finding_advice(o.arena, &o.found.item[0], BATON_EN));
        if (strstr(words, says) == NULL)
            FAIL("it says `%s`, not `%s`", words, says);
    }
    CHECK(o.store == NULL);
    shut(&o);
}

TEST(files_that_cannot_be_opened) {
    char path[5000];
    snprintf(path, sizeof path, "%s/nowhere/a.db", test_folder());
    check_refused(path, STORE_CREATE, BATON_STORE_OPEN, "there is no folder '");
    snprintf(path, sizeof path, "%s/nothing.db", test_folder());
    check_refused(path, STORE_WRITE, BATON_STORE_OPEN, "there is no such file");
    check_refused(path, STORE_READ, BATON_STORE_OPEN, "there is no such file");
    CHECK(access(path, F_OK) != 0); // and none is left behind
    check_refused(test_folder(), STORE_WRITE, BATON_STORE_OPEN, "it is a folder");
    static const char text[] =
        "This is a letter to the office, of more than a hundred bytes, so that it "
        "is as long as what a database begins with.";
    check_refused(test_file("letter.db", text, strlen(text)), STORE_WRITE, BATON_STORE_OPEN,
                  "it is no database");
    check_refused(test_file("empty.db", "", 0), STORE_WRITE, BATON_STORE_OPEN, "baton init");
    const char *other = test_file("other.db", "", 0);
    store_fixture_sql(other, "CREATE TABLE accounts (a)");
    check_refused(other, STORE_CREATE, BATON_STORE_OPEN, "another program");
    struct store_test o;
    snprintf(path, sizeof path, "%s/private.db", test_folder());
    if (store_test_open(&o, path, STORE_CREATE)) {
        struct stat about;
        if (CHECK(stat(path, &about) == 0))
            CHECK_INT(about.st_mode & 0777, 0600);
        shut(&o);
    }
}

TEST(addresses) {
    CHECK_INT(store_kind_of("city.db"), STORE_SQLITE);
    CHECK_INT(store_kind_of("./postgres://x"), STORE_SQLITE);
    CHECK_INT(store_kind_of("postgres://h/d"), STORE_POSTGRES);
    CHECK_INT(store_kind_of("postgresql://h/d"), STORE_POSTGRES);
    static const struct {
        const char *address, *shown;
    } cases[] = {
        {"city.db", "city.db"},
        {"postgres://h/d", "postgres://h/d"},
        {"postgres://u@h:5432/d", "postgres://u@h:5432/d"},
        {"postgres://u:secret@h/d?port=1", "postgres://u:***@h/d?port=1"},
        {"postgres://u:sec@ret@h/d", "postgres://u:***@h/d"},
        {"postgres://h:5432/d@x", "postgres://h:5432/d@x"},
        {"postgresql:///d?user=u&password=secret&host=/run/x",
         "postgresql:///d?user=u&password=***&host=/run/x"},
    };
    struct baton_arena *arena = arena_open();
    for (size_t i = 0; i < LENGTH(cases); i++)
        CHECK_TEXT(store_address_shown(arena, cases[i].address), cases[i].shown);
    arena_close(arena);
}

TEST(schemas_of_other_versions) {
    FOR_EACH_STORE(kind) {
        const char *address = store_fixture_new(kind);
        struct store_test o;
        if (!store_test_open(&o, address, STORE_CREATE))
            continue;
        unsigned schema = 0;
        CHECK_OK(&o, store_schema(o.store, &schema));
        CHECK_INT(schema, store_schema_known());
        shut(&o);
        store_fixture_sql(address, "INSERT INTO migration VALUES (999)");
        for (enum store_mode mode = STORE_READ; mode <= STORE_CREATE; mode++)
            check_refused(address, mode, BATON_STORE_NEWER, "999");
        store_fixture_sql(address, "DELETE FROM migration WHERE number = 999");
        if (store_test_open(&o, address, STORE_WRITE))
            shut(&o);
        store_fixture_sql(address, "DELETE FROM migration");
        check_refused(address, STORE_READ, BATON_STORE_OPEN, "no ledger");
    }
}
