/* Appending while the store fails: at every call of the driver, once or for a while, with several threads at work. Whatever happens, what was acknowledged is there once, what was
 * refused is not, and the ledger goes on when the fault is over. */
#include "ledger/verify.h"
#include "unit/ledger/ledger_fixture.h"
#include "unit/test.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { THREADS = 4, EACH = 2, FACTS_MAX = 1 << 15, CALLS_MAX = 4096 };

/* A fault: the calls from `from` to before `until`, counted from 1, fail with `code`. */
static struct {
    _Atomic uint32_t calls, from, until;
    _Atomic int code;
    const char *name[CALLS_MAX]; /* of the first calls; they are constants of the drivers */
} fault;

static baton_code inject(void *context, const char *call) {
    (void)context;
    const uint32_t n = atomic_fetch_add(&fault.calls, 1) + 1;
    if (n < CALLS_MAX)
        fault.name[n] = call;
    return n >= fault.from && n < fault.until ? (baton_code)fault.code : BATON_OK;
}

static void set_fault(uint32_t from, uint32_t until, baton_code code) {
    fault.code = (int)code;
    fault.from = from;
    fault.until = until;
    fault.calls = 0;
}

static bool is_over(void) {
    const bool was = fault.calls >= fault.from;
    set_fault(0, 0, BATON_OK);
    return !was;
}

/* What was said, by number; 0 = nothing, SAID_UNSURE = nobody knows, else the position + 1. */
enum { SAID_UNSURE = -1 };
static _Atomic int64_t said[FACTS_MAX];

static struct fact_body figure(struct ledger_test *test, uint32_t number) {
    return ledger_test_fact(
        test, "observation", "city",
        arena_printf(test->arena, "unit=a element=e%u period=2021 value=%u", number, number));
}

static bool is_of_store(baton_code code) {
    return code == BATON_STORE_FULL || code == BATON_STORE_BUSY || code == BATON_STORE_FAILED ||
           code == BATON_STORE_OPEN || code == BATON_STORE_UNSURE;
}

/* Says one fact until it is taken. What was refused for certain may not be there at the next try. */
static baton_code say(struct ledger *ledger, uint32_t number) {
    struct ledger_test test = {.arena = arena_open(), .ledger = ledger};
    struct fact_body fact = figure(&test, number);
    baton_code code;
    bool is_unsure = false;
    do {
        struct submission submission = {.actor = "zhao.qing", .fact = &fact, .count = 1};
        test.found = (struct baton_findings){.arena = test.arena};
        code = ledger_append(ledger, test.arena, &submission, &test.found);
        if (code == BATON_OK)
            said[number] = (int64_t)submission.first + 1;
        is_unsure |= code == BATON_STORE_UNSURE;
    } while (is_of_store(code));
    if (code == BATON_FACT_EXISTS && is_unsure) {
        said[number] = SAID_UNSURE;
        code = BATON_OK;
    }
    arena_close(test.arena);
    return code;
}

struct teller {
    struct ledger *ledger;
    uint32_t first;
    baton_code code;
};

static baton_code say_some(void *context) {
    struct teller *teller = context;
    for (uint32_t i = 0; i < EACH; i++)
        TRY(say(teller->ledger, teller->first + i));
    return BATON_OK;
}

static void *tell_in_thread(void *context) {
    struct teller *teller = context;
    struct baton_arena *arena = arena_open();
    teller->code = arena_run(arena, say_some, teller);
    arena_close(arena);
    return NULL;
}

static bool say_in_threads(struct ledger *ledger, uint32_t *next) {
    pthread_t thread[THREADS];
    struct teller teller[THREADS];
    bool good = true;
    for (int i = 0; i < THREADS; i++, *next += EACH) {
        teller[i] = (struct teller){ledger, *next, BATON_OK};
        pthread_create(&thread[i], NULL, tell_in_thread, &teller[i]);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(thread[i], NULL);
        good &= CHECK_INT(teller[i].code, BATON_OK);
    }
    return good;
}

/* -- Afterwards -- */

static uint8_t times[FACTS_MAX];

static baton_code count_entry(void *context, const struct fact_row *row) {
    (void)context;
    const struct entry *entry = &row->entry;
    if (strcmp(entry->body.kind, "observation") != 0)
        return BATON_OK;
    const uint32_t number = (uint32_t)strtoul(body_text(&entry->body, "element") + 1, NULL, 10);
    if (!CHECK(number < FACTS_MAX))
        return BATON_OK;
    times[number]++;
    if (said[number] != SAID_UNSURE && said[number] != (int64_t)entry->position + 1)
        FAIL("fact %u stands at %d and was acknowledged for %d", number, (int)entry->position,
             (int)said[number] - 1);
    return BATON_OK;
}

static baton_code check_entries(void *context) {
    struct ledger_test *test = context;
    struct ledger_reader *reader;
    struct verify_report report;
    uint64_t size;
    TRY(reader_open(test->arena, &test->place, &reader, &test->found));
    TRY(reader_begin(reader));
    TRY(reader_size(reader, &size));
    TRY(reader_entries(reader, 0, size, count_entry, NULL));
    reader_close(reader);
    return ledger_verify(test->arena, &test->place, NULL, NULL, NULL, NULL, &report, &test->found);
}

static void check_all(struct ledger_test *test, uint32_t facts) {
    memset(times, 0, sizeof times);
    CHECK_DONE(test, arena_run(test->arena, check_entries, test));
    for (uint32_t i = 0; i < facts; i++)
        if (times[i] != 1)
            FAIL("fact %u is there %d times", i, times[i]);
}

static void begin(void) {
    memset((void *)said, 0, sizeof said);
    set_fault(0, 0, BATON_OK);
    store_inject(NULL, inject, NULL);
}

static const baton_code codes[] = {BATON_STORE_FULL, BATON_STORE_FAILED, BATON_STORE_BUSY};

/* -- Tests -- */

TEST(appending_goes_on_after_any_call_failed) {
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        uint32_t facts = 0;
        begin();
        if (!ledger_test_make(&test, store_fixture_new(kind), DIGEST_SHA256, SIGNATURE_ED25519))
            return;
        for (uint32_t length = 1; length <= 9; length += 4)
            for (uint32_t n = 1; facts < FACTS_MAX - THREADS * EACH; n++) {
                CASE("%s, %u calls from call %u on", kind == STORE_SQLITE ? "SQLite" : "PostgreSQL",
                     length, n);
                set_fault(n, n + length, codes[(n + length) % LENGTH(codes)]);
                if (!say_in_threads(test.ledger, &facts) || is_over())
                    break;
            }
        store_inject(NULL, NULL, NULL);
        CHECK(facts > 30 * THREADS * EACH);
        check_all(&test, facts);
        ledger_test_close(&test);
    }
}

static baton_code open_and_close(void *context) {
    struct ledger_test *test = context;
    TRY(ledger_open(test->arena, &test->world, &test->place, &test->ledger, &test->found));
    ledger_close(test->ledger);
    return BATON_OK;
}

/* Opens and closes with the n-th call failed; false = there were not so many. */
static bool open_failing(const struct ledger_test *like, const char *key, uint32_t n,
                         baton_code code) {
    struct ledger_test test = {.arena = arena_open(), .world = like->world, .place = like->place};
    test.place.key = key;
    test.place.address = arena_text(test.arena, like->place.address, strlen(like->place.address));
    test.found.arena = test.arena;
    set_fault(n, n + 1, code);
    const baton_code got = arena_run(test.arena, open_and_close, &test);
    const bool is_last = is_over();
    if (got != BATON_OK && got != code && got != BATON_LEASE_HELD && got != BATON_STORE_OPEN)
        FAIL("%s", baton_code_info(got)->name);
    if (is_last || got == BATON_OK)
        CHECK(test.found.errors == 0);
    else
        CHECK(test.found.errors > 0);
    arena_close(test.arena);
    return !is_last;
}

/* However opening failed, the next one succeeds when the lease has run out, at the latest. */
TEST(opening_succeeds_after_any_call_failed) {
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        uint32_t facts = 0;
        char address[4096], key[4096];
        begin();
        snprintf(address, sizeof address, "%s", store_fixture_new(kind));
        if (!ledger_test_make(&test, address, DIGEST_SM3, SIGNATURE_SM2))
            return;
        snprintf(key, sizeof key, "%s", test.place.key);
        test.place.address = address;
        const struct ledger_test like = test;
        ledger_test_close(&test);
        for (uint32_t n = 1;; n++) {
            CASE("%s, call %u", kind == STORE_SQLITE ? "SQLite" : "PostgreSQL", n);
            const bool is_last = !open_failing(&like, key, n, codes[n % LENGTH(codes)]);
            ledger_test_now_utc_ms += LEASE_MS + 1;
            if (!ledger_test_open(&test, address))
                return;
            CHECK_INT(say(test.ledger, facts++), BATON_OK);
            ledger_test_close(&test);
            if (is_last)
                break;
        }
        store_inject(NULL, NULL, NULL);
        if (ledger_test_open(&test, address))
            check_all(&test, facts);
        ledger_test_close(&test);
    }
}

/* -- Answers that are lost -- */

/* The server commits and its answer is lost; nothing can be asked until the fault is over. */
TEST(a_commit_of_which_nobody_knows) {
    struct ledger_test test;
    if (!store_fixture_has(STORE_POSTGRES))
        SKIP("a file answers at once; there is no server");
    begin();
    const char *address = store_fixture_new(STORE_POSTGRES);
    if (!ledger_test_make(&test, address, DIGEST_SHA256, SIGNATURE_ED25519))
        return;
    for (uint32_t i = 0; i < 3; i++) /* the calls of one batch, when all is prepared */
        CHECK_INT((set_fault(0, 0, BATON_OK), say(test.ledger, i)), BATON_OK);
    uint32_t last = fault.calls;
    while (last > 1 && strcmp(fault.name[last], "sync") != 0)
        last--;
    set_fault(last + 1, UINT32_MAX, BATON_STORE_FAILED);
    struct fact_body fact = figure(&test, 3);
    struct submission submission = {.actor = "zhao.qing", .fact = &fact, .count = 1};
    CHECK_INT(ledger_append(test.ledger, test.arena, &submission, &test.found), BATON_STORE_UNSURE);
    CHECK(test.found.errors == 1);
    CHECK_INT(ledger_append(test.ledger, test.arena, &submission, &test.found), BATON_STORE_FAILED);
    set_fault(0, 0, BATON_OK);
    said[3] = SAID_UNSURE;
    CHECK_INT(ledger_append(test.ledger, test.arena, &submission, &test.found), BATON_FACT_EXISTS);
    CHECK_INT(say(test.ledger, 4), BATON_OK);
    store_inject(NULL, NULL, NULL);
    check_all(&test, 5);
    ledger_test_close(&test);
}
