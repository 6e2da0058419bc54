/* Submissions with a key of their submitter's: sent again, they store nothing twice. */
#include "ledger/verify.h"
#include "unit/ledger/ledger_fixture.h"
#include "unit/test.h"
#include <pthread.h>
#include <string.h>

static struct request request_of(const char *key, unsigned char what) {
    struct request request = {.key = key};
    memset(request.digest.byte, what, DIGEST_SIZE);
    return request;
}

static uint64_t size_of(struct ledger_test *test) {
    struct ledger_reader *reader;
    uint64_t size = 0;
    CHECK_DONE(test, reader_open(test->arena, &test->place, &reader, &test->found));
    CHECK_DONE(test, reader_size(reader, &size));
    reader_close(reader);
    return size;
}

/* Says a deduction, which has no key of its own: nothing but the request keeps it from being stored twice. */
static baton_code say(struct ledger_test *test, const char *actor, const struct request *request,
                      const char *points, struct submission *out) {
    struct fact_body *fact = arena_alloc(test->arena, 2, sizeof *fact);
    fact[0] = ledger_test_fact(
        test, "adjustment", "city",
        arena_printf(test->arena, "unit=a item=safety period=2021-01 points=%s", points));
    fact[1] = ledger_test_fact(
        test, "adjustment", "city",
        arena_printf(test->arena, "unit=b item=safety period=2021-01 points=%s", points));
    *out = (struct submission){
        .actor = actor, .fact = fact, .count = 2, .want_receipts = true, .request = request};
    test->found = (struct baton_findings){.arena = test->arena};
    return ledger_append(test->ledger, test->arena, out, &test->found);
}

static bool make(struct ledger_test *test, enum store_kind kind) {
    return ledger_test_make(test, store_fixture_new(kind), DIGEST_SHA256, SIGNATURE_ED25519);
}

static void check_sound(struct ledger_test *test) {
    struct verify_report report;
    CHECK_DONE(test, ledger_verify(test->arena, &test->place, NULL, NULL, NULL, NULL, &report,
                                   &test->found));
}

TEST(a_request_sent_again_stores_nothing) {
    FOR_EACH_STORE(kind) {
        const struct request one = request_of("r-1", 1), other = request_of("r-1", 2),
                             next = request_of("r-2", 1);
        struct ledger_test test;
        struct submission first, again;
        if (!make(&test, kind))
            continue;
        CHECK_DONE(&test, say(&test, "li.wei", &one, "-1", &first));
        CHECK(!first.is_repeat && first.receipt != NULL);
        const uint64_t size = size_of(&test);
        CHECK_INT(size, first.first + 2);
        for (int i = 0; i < 3; i++) {
            CHECK_DONE(&test, say(&test, "li.wei", &one, "-1", &again));
            CHECK(again.is_repeat && again.receipt == NULL);
            CHECK_INT(again.first, first.first);
        }
        CHECK_INT(size_of(&test), size);
        CHECK_INT(say(&test, "li.wei", &other, "-2", &again), BATON_REQUEST_DIFFERS);
        CHECK_TEXT(test.found.item[0].arg[0], "r-1");
        CHECK_DONE(&test,
                   say(&test, "li.wei", &next, "-1", &again)); /* another key, another fact */
        CHECK_INT(again.first, size);
        CHECK_DONE(&test,
                   say(&test, "wang.min", &one, "-1", &again)); /* keys are each person's own */
        CHECK(!again.is_repeat);
        CHECK_DONE(&test, say(&test, "li.wei", NULL, "-1", &again));
        CHECK(!again.is_repeat);
        ledger_close(test.ledger);
        check_sound(&test);
        CHECK_DONE(&test,
                   ledger_open(test.arena, &test.world, &test.place, &test.ledger, &test.found));
        CHECK_DONE(&test, say(&test, "li.wei", &one, "-1", &again)); /* and for good */
        CHECK(again.is_repeat);
        CHECK_INT(again.first, first.first);
        ledger_test_close(&test);
    }
}

TEST(requests_of_figures_and_decisions_are_known_again) {
    FOR_EACH_STORE(kind) {
        const struct request figure = request_of("f", 1), proposed = request_of("p", 1),
                             decided = request_of("d", 1), taken_back = request_of("w", 1);
        struct ledger_test test;
        struct submission out = {0};
        if (!make(&test, kind))
            continue;
        struct fact_body fact = ledger_test_fact(&test, "observation", "city",
                                                 "unit=a element=gdp period=2021-01 value=7");
        uint64_t at[4] = {0};
        for (int i = 0; i < 2; i++) {
            CASE("%d", i);
            struct submission submission = {
                .actor = "li.wei", .fact = &fact, .count = 1, .request = &figure};
            CHECK_DONE(&test, ledger_append(test.ledger, test.arena, &submission, &test.found));
            CHECK(i == 0 || submission.first == at[0]);
            at[0] = submission.first;
            struct fact_body correction =
                ledger_test_fact(&test, "observation", "city",
                                 arena_printf(test.arena,
                                              "unit=a element=gdp period=2021-01 value=8 "
                                              "@corrects=%d @reason=typo",
                                              (int)at[0]));
            submission = (struct submission){
                .actor = "li.wei", .fact = &correction, .count = 1, .request = &proposed};
            CHECK_DONE(&test,
                       ledger_propose(test.ledger, test.arena, &submission, "why", 0, &test.found));
            CHECK(i == 0 || (submission.first == at[1] && submission.is_repeat));
            at[1] = submission.first;
            CHECK_DONE(&test, ledger_decide(test.ledger, test.arena, "wang.min", &decided, at[1],
                                            true, "seen", &out, &test.found));
            CHECK(i == 0 || (out.first == at[2] && out.is_repeat));
            at[2] = out.first;
        }
        struct submission other = {.actor = "li.wei", .fact = &fact, .count = 1};
        fact = ledger_test_fact(&test, "observation", "city",
                                "unit=b element=gdp period=2021-01 value=7");
        CHECK_DONE(&test, ledger_propose(test.ledger, test.arena, &other, "why", 0, &test.found));
        for (int i = 0; i < 2; i++) {
            CHECK_DONE(&test, ledger_withdraw(test.ledger, test.arena, "li.wei", &taken_back,
                                              other.first, "no", &out, &test.found));
            CHECK(i == 0 || (out.first == at[3] && out.is_repeat));
            at[3] = out.first;
        }
        CHECK_INT(size_of(&test), at[3] + 1);
        ledger_close(test.ledger);
        check_sound(&test);
        ledger_test_close(&test);
    }
}

enum { THREADS = 12 };

struct racer {
    struct ledger_test *test;
    pthread_t thread;
    uint64_t first;
    bool is_repeat;
    baton_code code;
};

static baton_code race_body(void *context) {
    struct racer *racer = context;
    struct ledger_test own = *racer->test;
    const struct request request = request_of("race", 9);
    struct submission out = {0};
    own.arena = racer->test->arena;
    racer->code = say(&own, "li.wei", &request, "-3", &out);
    racer->first = out.first;
    racer->is_repeat = out.is_repeat;
    return BATON_OK;
}

static void *race(void *context) {
    struct racer *racer = context;
    struct ledger_test own = *racer->test;
    own.arena = arena_open();
    racer->test = &own;
    CHECK_INT(arena_run(own.arena, race_body, racer), BATON_OK);
    arena_close(own.arena);
    return NULL;
}

/* The same request by many at once, so that some of them meet in one batch: one of them stores it. */
TEST(requests_that_race_are_stored_once) {
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        struct racer racer[THREADS];
        if (!make(&test, kind))
            continue;
        const uint64_t size = size_of(&test);
        for (int i = 0; i < THREADS; i++) {
            racer[i] = (struct racer){.test = &test};
            CHECK_INT(pthread_create(&racer[i].thread, NULL, race, &racer[i]), 0);
        }
        int stored = 0;
        for (int i = 0; i < THREADS; i++) {
            pthread_join(racer[i].thread, NULL);
            CHECK_INT(racer[i].code, BATON_OK);
            CHECK_INT(racer[i].first, size);
            stored += !racer[i].is_repeat;
        }
        CHECK_INT(stored, 1);
        CHECK_INT(size_of(&test), size + 2);
        ledger_test_close(&test);
    }
}

TEST(keys_of_requests_have_a_form) {
    struct ledger_test test;
    struct submission out;
    if (!make(&test, STORE_SQLITE))
        return;
    char longest[REQUEST_KEY_MAX + 2];
    memset(longest, 'k', sizeof longest);
    longest[REQUEST_KEY_MAX + 1] = '\0';
    const char *const bad[] = {"", "a b", "键", "a\n", longest};
    for (size_t i = 0; i < LENGTH(bad); i++) {
        const struct request request = request_of(bad[i], 1);
        CASE("%s", bad[i]);
        CHECK_INT(say(&test, "li.wei", &request, "-1", &out), BATON_FACT_FIELD_BAD);
    }
    longest[REQUEST_KEY_MAX] = '\0';
    const struct request request = request_of(longest, 1);
    CHECK_DONE(&test, say(&test, "li.wei", &request, "-1", &out));
    /* Nobody says it himself. */
    CHECK_INT(ledger_test_say(&test, "li.wei", "observation", "city",
                              "unit=a element=gdp period=2021-01 value=7 @request=x", NULL),
              BATON_FACT_FIELD_UNKNOWN);
    ledger_test_close(&test);
}
