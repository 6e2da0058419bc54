/* The store with many rows, many connections, and questions asked together; on both drivers. */
#include "base/parallel.h"
#include "ledger/store.h"
#include "unit/ledger/store_fixture.h"
#include "unit/test.h"
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MANY = 300000 };

/* `count` entries from `first` on; each is its position in digits, as often as position % 40. */
static struct store_value *make_entries(struct baton_arena *arena, int64_t first, size_t count) {
    struct store_value *value = arena_alloc(arena, count * 3, sizeof *value);
    for (size_t i = 0; i < count; i++) {
        const int64_t position = first + (int64_t)i;
        char *bytes = arena_alloc(arena, 400, 1);
        size_t size = 0;
        for (int64_t k = 0; k < position % 40; k++)
            size += (size_t)snprintf(bytes + size, 400 - size, "%d", (int)position);
        value[3 * i] = store_int(1);
        value[3 * i + 1] = store_int(position);
        value[3 * i + 2] = store_bytes(bytes, size);
    }
    return value;
}

static bool is_entry(const struct store_value *row, int64_t position,
                     const struct store_value *made) {
    const struct store_value *want = &made[3 * position + 2];
    return row[0].number == position && row[1].size == want->size &&
           memcmp(row[1].data, want->data, want->size) == 0;
}

TEST(many_rows_at_once) {
    FOR_EACH_STORE(kind) {
        struct store_test o;
        if (!store_test_open(&o, store_fixture_new(kind), STORE_CREATE))
            continue;
        const struct store_value *made = make_entries(o.arena, 0, MANY);
        CHECK_OK(&o, store_begin(o.store, true));
        CHECK_OK(&o, store_run_many(o.store, STATEMENT_ENTRY_ADD, 0, NULL));
        CHECK_OK(&o, store_run_many(o.store, STATEMENT_ENTRY_ADD, 63, made));          // one by one
        CHECK_OK(&o, store_run_many(o.store, STATEMENT_ENTRY_ADD, 64, made + 3 * 63)); // copied
        CHECK_OK(&o, store_run_many(o.store, STATEMENT_ENTRY_ADD, MANY - 127, made + 3 * 127));
        CHECK_OK(&o, store_commit(o.store));
        CHECK_OK(&o, store_query(o.store, STATEMENT_ENTRY_RANGE,
                                 VALUES(store_int(1), store_int(0), store_int(INT64_MAX))));
        const struct store_value *row;
        int64_t count = 0, wrong = 0;
        while (CHECK_OK(&o, store_next(o.store, &row)) && row != NULL && count < MANY)
            wrong += !is_entry(row, count++, made);
        CHECK_INT(count, MANY);
        CHECK_INT(wrong, 0);
        shut(&o);
    }
}

/* Texts, flags and large values through COPY, and a key that is there. */
TEST(many_rows_of_other_kinds) {
    FOR_EACH_STORE(kind) {
        struct store_test o;
        if (!store_test_open(&o, store_fixture_new(kind), STORE_CREATE))
            continue;
        enum { FACTS = 100, PARTS = 70 };
        static char big[100000];
        memset(big, 'b', sizeof big);
        struct store_value fact[FACTS * 8], part[PARTS * 4];
        for (int i = 0; i < FACTS; i++) {
            const struct store_value one[] = {
                store_int(1), store_text("考核", 6), store_text("", 0), store_text(big, (size_t)i),
                store_int(0), store_int(-i),         store_int(i),      store_int(i % 2)};
            memcpy(&fact[i * 8], one, sizeof one);
        }
        for (int i = 0; i < PARTS; i++) {
            const struct store_value one[] = {store_int(1), store_bytes("d", 1), store_int(i),
                                              store_bytes(big, sizeof big - (size_t)i * 1400)};
            memcpy(&part[i * 4], one, sizeof one);
        }
        CHECK_OK(&o, store_begin(o.store, true));
        CHECK_OK(&o, store_run_many(o.store, STATEMENT_FACT_ADD, FACTS, fact));
        CHECK_OK(&o, store_run_many(o.store, STATEMENT_PART_ADD, PARTS, part));
        CHECK_OK(&o, store_commit(o.store));
        const struct store_value *row;
        int count = 0;
        CHECK_OK(&o, store_query(o.store, STATEMENT_FACT_ALL, VALUES(store_int(1))));
        while (CHECK_OK(&o, store_next(o.store, &row)) && row != NULL) {
            CHECK_TEXT(row[0].data, "考核");
            CHECK_INT(row[2].size, count);
            CHECK_INT(row[4].number, -count);
            CHECK_INT(row[6].number, count % 2);
            count++;
        }
        CHECK_INT(count, FACTS);
        count = 0;
        CHECK_OK(&o, store_query(o.store, STATEMENT_PART_RANGE,
                                 VALUES(store_int(1), store_bytes("d", 1))));
        while (CHECK_OK(&o, store_next(o.store, &row)) && row != NULL) {
            CHECK_INT(row[1].size, sizeof big - (size_t)count * 1400);
            CHECK_BYTES(row[1].data, big, row[1].size);
            count++;
        }
        CHECK_INT(count, PARTS);
        CHECK_OK(&o, store_begin(o.store, true));
        CHECK_INT(store_run_many(o.store, STATEMENT_FACT_ADD, FACTS, fact), BATON_STORE_CONFLICT);
        store_rollback(o.store);
        CHECK_OK(&o, store_begin(o.store, true)); // and goes on
        CHECK_OK(&o,
                 store_run_many(o.store, STATEMENT_ENTRY_ADD, 100, make_entries(o.arena, 0, 100)));
        CHECK_OK(&o, store_commit(o.store));
        CHECK_INT(store_test_entries(o.store), 100);
        shut(&o);
    }
}

struct answers {
    size_t next;
    size_t found, wrong;
    const struct store_value *made;
};

static void take_answer(void *context, size_t i, const struct store_value *row) {
    struct answers *answers = context;
    answers->wrong += i != answers->next++;
    if ((row != NULL) != (i % 3 != 2))
        answers->wrong++;
    if (row == NULL)
        return;
    const struct store_value *want = &answers->made[3 * i + 2];
    answers->found++;
    answers->wrong += row[0].size != want->size || memcmp(row[0].data, want->data, want->size) != 0;
}

TEST(many_questions_at_once) {
    enum { QUESTIONS = 3000 };
    FOR_EACH_STORE(kind) {
        struct store_test o;
        if (!store_test_open(&o, store_fixture_new(kind), STORE_CREATE))
            continue;
        const struct store_value *made = make_entries(o.arena, 0, QUESTIONS);
        struct store_value ask[QUESTIONS * 2];
        CHECK_OK(&o, store_begin(o.store, true));
        for (int64_t i = 0; i < QUESTIONS; i++) {
            ask[2 * i] = store_int(1);
            ask[2 * i + 1] = store_int(i);
            if (i % 3 != 2)
                CHECK_OK(&o, store_run(o.store, STATEMENT_ENTRY_ADD, made + 3 * i, NULL));
        }
        for (int in_transaction = 1; in_transaction >= 0; in_transaction--) {
            struct answers answers = {.made = made};
            CHECK_OK(&o, store_query_many(o.store, STATEMENT_ENTRY_GET, QUESTIONS, ask, take_answer,
                                          &answers));
            CHECK_INT(answers.next, QUESTIONS);
            CHECK_INT(answers.found, QUESTIONS / 3 * 2);
            CHECK_INT(answers.wrong, 0);
            if (in_transaction)
                CHECK_OK(&o, store_commit(o.store));
        }
        shut(&o);
    }
}

static void run_out(void *context, size_t i, const struct store_value *row) {
    (void)row;
    if (i == 1)
        arena_out_of_memory(context);
}

static baton_code ask_inside(void *context) {
    struct store_test *o = context;
    struct store_value ask[20];
    for (size_t i = 0; i < LENGTH(ask); i++)
        ask[i] = store_int((int64_t)(i % 2 == 0 ? 1 : i / 2));
    return store_query_many(o->store, STATEMENT_ENTRY_GET, LENGTH(ask) / 2, ask, run_out, o->arena);
}

/* Memory that runs out in the middle of the answers leaves by longjmp. */
TEST(who_takes_answers_may_run_out_of_memory) {
    FOR_EACH_STORE(kind) {
        struct store_test o;
        if (!store_test_open(&o, store_fixture_new(kind), STORE_CREATE))
            continue;
        CHECK_OK(&o, store_test_entry(o.store, 0, "a", 1));
        CHECK_OK(&o, store_begin(o.store, true));
        CHECK_INT(arena_run(o.arena, ask_inside, &o), BATON_NO_MEMORY);
        store_rollback(o.store);
        CHECK_INT(arena_run(o.arena, ask_inside, &o), BATON_NO_MEMORY);
        store_query_end(o.store);
        CHECK_INT(store_test_entries(o.store), 1);
        CHECK_OK(&o, store_test_entry(o.store, 1, "b", 1));
        shut(&o);
    }
}

/* -- Several connections, each in a thread of its own -- */

enum { WRITERS = 4, TRANSACTIONS = 50, ROWS = 5 };

struct writers {
    const char *address;
    _Atomic unsigned done;
};

struct writing {
    const char *address;
    int64_t writer;
    struct baton_arena *arena;
};

static baton_code write_inside(void *context) {
    const struct writing *writing = context;
    struct store *store = NULL;
    struct baton_findings found = {.arena = writing->arena};
    TRY(store_open(writing->arena, writing->address, STORE_CREATE, &store, &found));
    for (int64_t t = 0; t < TRANSACTIONS; t++) {
        TRY(store_begin(store, true));
        for (int64_t r = 0; r < ROWS; r++)
            TRY(store_test_entry(store, (t * ROWS + r) * WRITERS + writing->writer, "x", 1));
        TRY(store_commit(store));
    }
    return BATON_OK;
}

static void write_one(void *context, size_t index, unsigned worker) {
    (void)worker;
    struct writers *writers = context;
    struct writing writing = {writers->address, (int64_t)index, arena_open()};
    if (arena_run(writing.arena, write_inside, &writing) == BATON_OK)
        atomic_fetch_add(&writers->done, 1);
    arena_close(writing.arena);
}

/* All open a database that is not there yet, so they migrate at once as well. */
TEST(connections_write_at_once) {
    FOR_EACH_STORE(kind) {
        struct writers writers = {.address = store_fixture_new(kind)};
        struct parallel *parallel = parallel_open(WRITERS);
        if (!CHECK(parallel != NULL))
            return;
        parallel_run(parallel, WRITERS, write_one, &writers);
        parallel_close(parallel);
        CHECK_INT(writers.done, WRITERS);
        struct store_test o;
        if (!store_test_open(&o, writers.address, STORE_READ))
            continue;
        CHECK_INT(store_test_entries(o.store), WRITERS * TRANSACTIONS * ROWS);
        shut(&o);
    }
}

/* A connection that holds what another needs: it waits for STORE_WAIT_MS, so this is for the longer tests only. */
TEST(who_waits_too_long_is_told_busy) {
    if (!store_fixture_has(STORE_POSTGRES))
        SKIP("the quick tests have no ten seconds for it");
    FOR_EACH_STORE(kind) {
        const char *address = store_fixture_new(kind);
        struct store_test first, second;
        if (!store_test_open(&first, address, STORE_CREATE))
            continue;
        if (store_test_open(&second, address, STORE_WRITE)) {
            int64_t changed;
            CHECK_OK(&first, store_begin(first.store, true));
            CHECK_OK(&first,
                     store_run(first.store, STATEMENT_ENTRY_ADD,
                               VALUES(store_int(1), store_int(0), store_bytes("a", 1)), &changed));
            baton_code code = store_begin(second.store, true);
            if (code == BATON_OK)
                code = store_test_entry(second.store, 0, "b", 1);
            if (code == BATON_OK)
                code = store_commit(second.store);
            CHECK_INT(code, BATON_STORE_BUSY);
            store_rollback(second.store);
            CHECK_OK(&first, store_commit(first.store));
            CHECK_OK(&second, store_test_entry(second.store, 1, "b", 1));
            shut(&second);
        }
        shut(&first);
    }
}
