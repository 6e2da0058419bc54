/* Appending: what is taken, what is refused and why, receipts, many threads at once, opening again. */
#include "unit/ledger/ledger_fixture.h"
#include "unit/test.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

static baton_code figure(struct ledger_test *test, const char *actor, const char *fields,
                         uint64_t *position) {
    return ledger_test_say(test, actor, "observation", "city", fields, position);
}

TEST(facts_are_taken_and_found_again) {
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        const char *address = store_fixture_new(kind);
        uint64_t first, second;
        if (!ledger_test_make(&test, address, DIGEST_SHA256, SIGNATURE_ED25519))
            return;
        CHECK_DONE(&test,
                   figure(&test, "zhao.qing", "unit=a element=gdp period=2021-01 value=7", &first));
        CHECK_INT(first, 7); /* after ledger, three persons, three posts */
        CHECK_DONE(&test,
                   figure(&test, "zhao.qing",
                          "unit=a element=gdp period=2021-01 value=8 @corrects=7 @reason=typo",
                          &second));
        CHECK_INT(second, 8);
        ledger_test_close(&test);
        if (!ledger_test_open(&test, address))
            return;
        CHECK_INT(figure(&test, "zhao.qing", "unit=a element=gdp period=2021-01 value=9", NULL),
                  BATON_FACT_EXISTS);
        CHECK_TEXT(test.found.item[0].arg[2], "8");
        CHECK_INT(figure(&test, "zhao.qing",
                         "unit=a element=gdp period=2021-01 value=9 @corrects=7 @reason=typo",
                         NULL),
                  BATON_FACT_SUPERSEDED);
        CHECK_TEXT(test.found.item[0].arg[2], "8");
        ledger_test_close(&test);
    }
}

static const struct {
    const char *name, *actor, *kind, *assessment, *fields;
    baton_code want;
} refused[] = {
    {"no such kind", "li.wei", "weather", "city", "a=1", BATON_FACT_KIND},
    {"a kind of the ledger's own", "li.wei", "decision", "city", "proposal=1 verdict=accepted",
     BATON_FACT_KIND},
    {"no such field", "li.wei", "observation", "city", "unit=a element=gdp period=2021-01 valeu=7",
     BATON_FACT_FIELD_UNKNOWN},
    {"a field that the ledger puts in", "li.wei", "observation", "city",
     "unit=a element=gdp period=2021-01 value=7 @proposal=1", BATON_FACT_FIELD_UNKNOWN},
    {"a field is missing", "li.wei", "observation", "city", "unit=a period=2021-01 value=7",
     BATON_FACT_FIELD_NEEDED},
    {"a field twice", "li.wei", "observation", "city",
     "unit=a element=gdp period=2021-01 value=7 value=8", BATON_FACT_FIELD_TWICE},
    {"a text where content is needed", "li.wei", "person", "", "id=x name=y",
     BATON_FACT_FIELD_TYPE},
    {"no period", "li.wei", "observation", "city", "unit=a element=gdp period=2021-13 value=7",
     BATON_FACT_FIELD_BAD},
    {"no role", "li.wei", "post", "", "person=li.wei role=king from=2021-01-01",
     BATON_FACT_FIELD_BAD},
    {"no assessment", "li.wei", "observation", "", "unit=a element=gdp period=2021-01 value=7",
     BATON_FACT_IDENTIFIER},
    {"no such person", "li.wie", "observation", "city", "unit=a element=gdp period=2021-01 value=7",
     BATON_PERSON_UNKNOWN},
    {"no right", "zhao.qing", "unit", "city", "id=b name=B", BATON_RIGHT_LACKING},
    {"no reason", "zhao.qing", "observation", "city",
     "unit=a element=gdp period=2021-01 value=7 @corrects=3", BATON_REASON_NEEDED},
    {"nothing to correct", "zhao.qing", "observation", "city",
     "unit=a element=gdp period=2021-01 value=7 @corrects=3 @reason=r", BATON_FACT_SUPERSEDED},
    {"no such evidence", "zhao.qing", "erasure", "", "content:=x", BATON_RIGHT_LACKING},
};

TEST(what_is_refused_changes_nothing) {
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        uint64_t position;
        if (!ledger_test_make(&test, store_fixture_new(kind), DIGEST_SM3, SIGNATURE_SM2))
            return;
        for (size_t i = 0; i < LENGTH(refused); i++) {
            CASE("%s", refused[i].name);
            CHECK_INT(ledger_test_say(&test, refused[i].actor, refused[i].kind,
                                      refused[i].assessment, refused[i].fields, NULL),
                      refused[i].want);
            CHECK(test.found.errors > 0);
        }
        CASE("afterwards");
        CHECK_DONE(&test, figure(&test, "zhao.qing", "unit=a element=gdp period=2021-01 value=7",
                                 &position));
        CHECK_INT(position, 7);
        CHECK_INT(figure(&test, "zhao.qing",
                         "unit=a element=gdp period=2021-01 value=7 @corrects=7 @reason=r", NULL),
                  BATON_FACT_SAME);
        ledger_test_close(&test);
    }
}

TEST(a_submission_is_taken_whole_or_not_at_all) {
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        if (!ledger_test_make(&test, store_fixture_new(kind), DIGEST_SHA256, SIGNATURE_ED25519))
            return;
        struct fact_body fact[] = {
            ledger_test_fact(&test, "observation", "city",
                             "unit=a element=gdp period=2021-01 value=1"),
            ledger_test_fact(&test, "observation", "city",
                             "unit=a element=gdp period=2021-02 value=2"),
            ledger_test_fact(&test, "observation", "city",
                             "unit=a element=gdp period=2021-01 value=3"),
        };
        struct submission submission = {.actor = "li.wei", .fact = fact, .count = 3};
        CHECK_INT(ledger_append(test.ledger, test.arena, &submission, &test.found),
                  BATON_FACT_EXISTS);
        submission.count = 2;
        CHECK_DONE(&test, ledger_append(test.ledger, test.arena, &submission, &test.found));
        CHECK_INT(submission.first, 7);
        submission.count = 0;
        CHECK_INT(ledger_append(test.ledger, test.arena, &submission, &test.found),
                  BATON_SUBMISSION_EMPTY);
        ledger_test_close(&test);
    }
}

TEST(receipts_hold) {
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        if (!ledger_test_make(&test, store_fixture_new(kind), DIGEST_SM3, SIGNATURE_SM2))
            return;
        for (int i = 0; i < 40; i++) {
            struct fact_body fact[2];
            for (int j = 0; j < 2; j++)
                fact[j] = ledger_test_fact(
                    &test, "observation", "city",
                    arena_printf(test.arena, "unit=u%d element=gdp period=2021-0%d value=7", i,
                                 j + 1));
            struct submission submission = {
                .actor = "li.wei", .fact = fact, .count = 2, .want_receipts = true};
            if (!CHECK_DONE(&test,
                            ledger_append(test.ledger, test.arena, &submission, &test.found)))
                return;
            for (int j = 0; j < 2; j++) {
                const struct receipt *receipt = &submission.receipt[j];
                CHECK_INT(receipt->position, submission.first + (uint64_t)j);
                CHECK_DONE(&test, receipt_check(test.arena, "receipt", receipt, &test.found));
            }
        }
        ledger_test_close(&test);
    }
}

/* Many threads */

enum { THREADS = 8, EACH = 40 };

struct writer {
    struct ledger *ledger;
    int number;
    _Atomic uint8_t *seen; /* by position */
    int refused;
};

static baton_code write_figures(void *context) {
    struct writer *writer = context;
    struct ledger_test test = {.arena = arena_open(), .ledger = writer->ledger};
    for (int i = 0; i < EACH; i++) {
        uint64_t position;
        char fields[128];
        snprintf(fields, sizeof fields, "unit=a element=e%d period=%d value=%d", writer->number,
                 1950 + i, i);
        if (figure(&test, "zhao.qing", fields, &position) != BATON_OK ||
            atomic_fetch_add(&writer->seen[position], 1) != 0)
            writer->refused++;
        /* What is there already is refused, also beside others that are not. */
        if (figure(&test, "zhao.qing", fields, &position) != BATON_FACT_EXISTS)
            writer->refused++;
    }
    arena_close(test.arena);
    return BATON_OK;
}

static void *write_in_thread(void *context) {
    struct baton_arena *arena = arena_open();
    if (arena_run(arena, write_figures, context) != BATON_OK)
        ((struct writer *)context)->refused++;
    arena_close(arena);
    return NULL;
}

TEST(many_threads_append_at_once) {
    FOR_EACH_STORE(kind) {
        static _Atomic uint8_t seen[7 + THREADS * EACH + 1];
        struct ledger_test test;
        const char *address = store_fixture_new(kind);
        pthread_t thread[THREADS];
        struct writer writer[THREADS];
        memset((void *)seen, 0, sizeof seen);
        if (!ledger_test_make(&test, address, DIGEST_SHA256, SIGNATURE_ED25519))
            return;
        for (int i = 0; i < THREADS; i++) {
            writer[i] = (struct writer){test.ledger, i, seen, 0};
            pthread_create(&thread[i], NULL, write_in_thread, &writer[i]);
        }
        for (int i = 0; i < THREADS; i++) {
            pthread_join(thread[i], NULL);
            CHECK_INT(writer[i].refused, 0);
        }
        ledger_test_close(&test);
        for (size_t i = 7; i < 7 + THREADS * EACH; i++)
            if (seen[i] != 1)
                FAIL("position %zu was given %d times", i, seen[i]);
        if (ledger_test_open(&test, address)) {
            uint64_t position;
            CHECK_DONE(&test, figure(&test, "zhao.qing", "unit=a element=z period=2021 value=1",
                                     &position));
            CHECK_INT(position, 7 + THREADS * EACH);
            ledger_test_close(&test);
        }
    }
}
