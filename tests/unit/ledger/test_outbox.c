/* The outbox: what facts write there in their own transaction, what is made once by its key, who is told first, and that a failure of the store at any call loses nothing and makes nothing twice. */
#include "ledger/outbox.h"
#include "ledger/standing.h"
#include "unit/ledger/ledger_fixture.h"
#include "unit/test.h"
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

static bool responsible(void *context, int64_t scheme, const struct fact_body *figure,
                        const char **reporter, const char **verifier, bool *is_sound,
                        bool *needs_evidence) {
    (void)context, (void)scheme, (void)figure;
    *reporter = "a";
    *verifier = "v";
    *is_sound = true;
    *needs_evidence = false;
    return true;
}

static bool make(struct ledger_test *test, enum store_kind kind) {
    static const struct standing_indicators indicators = {.responsible = responsible};
    static const char *const posts[] = {"person=clerk role=unit unit=a",
                                        "person=approver role=approver unit=a",
                                        "person=verifier role=owner unit=v"};
    static const char *const people[] = {"clerk", "approver", "verifier"};
    atomic_store(&ledger_test_now_utc_ms, INT64_C(1630800000000)); /* 2021-09-05 in China */
    if (!ledger_test_make(test, store_fixture_new(kind), DIGEST_SHA256, SIGNATURE_ED25519))
        return false;
    ledger_indicators(test->ledger, &indicators);
    for (size_t i = 0; i < LENGTH(people); i++) {
        CHECK_DONE(test,
                   ledger_test_say(test, "li.wei", "person", "",
                                   arena_printf(test->arena, "id=%s name:=x", people[i]), NULL));
        CHECK_DONE(test, ledger_test_say(test, "li.wei", "post", "",
                                         arena_printf(test->arena, "%s from=2021-01-01", posts[i]),
                                         NULL));
    }
    CHECK_DONE(test,
               ledger_test_say(test, "li.wei", "scheme", "city", "file:scheme.yaml:=x", NULL));
    CHECK_DONE(test, ledger_test_say(test, "li.wei", "period", "city",
                                     "period=2021-08 opens=2021-09-01 due=2021-09-30", NULL));
    return true;
}

static void finish(struct ledger_test *test) {
    ledger_test_close(test);
    atomic_store(&ledger_test_now_utc_ms, LEDGER_TEST_BEGINS);
}

static struct ledger_reader *reader_of(struct ledger_test *test) {
    struct ledger_reader *reader = NULL;
    CHECK_DONE(test, reader_open(test->arena, &test->place, &reader, &test->found));
    return reader;
}

static struct outbox_row *waiting(struct ledger_test *test, size_t *count) {
    struct outbox_row *row = NULL;
    *count = 0;
    struct ledger_reader *const reader = reader_of(test);
    CHECK_INT(reader_outbox_of(reader, test->arena, OUTBOX_WAITING, 1000, &row, count), BATON_OK);
    reader_close(reader);
    return row;
}

static struct outbox_notice notice(const char *key, const char *unit) {
    return (struct outbox_notice){key, "due", "city", "", "unit", unit, "{}"};
}

static uint64_t step(struct ledger_test *test, const char *who, const char *fields) {
    uint64_t at = 0;
    CHECK_DONE(test, ledger_test_say(test, who, "report", "city", fields, &at));
    return at;
}

/* A report that is returned, two of one submission in one notice. */
static void returned(struct ledger_test *test) {
    struct fact_body fact[2];
    size_t count;
    for (int i = 0; i < 2; i++) {
        const char *const what = arena_printf(
            test->arena, "unit=a element=e%d period=2021-08 reporter=a value=1 stage=", i);
        const uint64_t draft = step(test, "clerk", arena_printf(test->arena, "%sdraft", what));
        const uint64_t sign =
            step(test, "approver",
                 arena_printf(test->arena, "%ssigned drafter=clerk @corrects=%llu", what,
                              (unsigned long long)draft));
        const uint64_t sent =
            step(test, "clerk",
                 arena_printf(test->arena, "%ssubmitted drafter=clerk @corrects=%llu", what,
                              (unsigned long long)sign));
        fact[i] = ledger_test_fact(
            test, "report", "city",
            arena_printf(test->arena,
                         "%sreturned drafter=clerk returns=1 @reason=look @corrects=%llu", what,
                         (unsigned long long)sent));
    }
    (void)waiting(test, &count);
    CHECK_INT(count, 0);
    struct submission submission = {.actor = "verifier", .fact = fact, .count = 2};
    CHECK_DONE(test, ledger_append(test->ledger, test->arena, &submission, &test->found));
    const struct outbox_row *const row = waiting(test, &count);
    if (!CHECK_INT(count, 1))
        return;
    CHECK_TEXT(row->notice.kind, "returned");
    CHECK_TEXT(row->notice.role, "unit");
    CHECK_TEXT(row->notice.unit, "a");
    CHECK_TEXT(row->notice.assessment, "city");
    CHECK(strstr(row->notice.payload, "\"e0\"") != NULL &&
          strstr(row->notice.payload, "\"e1\"") != NULL &&
          strstr(row->notice.payload, "有 2 项数据被退回：look") != NULL);
}

TEST(outbox_of_facts) {
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        uint64_t proposal = 0, post = 0;
        size_t count;
        if (!make(&test, kind))
            continue;
        returned(&test);
        CHECK_DONE(&test, ledger_test_propose(&test, "li.wei", "exception", "city",
                                              "period=2021-08 unit=b element=* due=2021-10-08",
                                              &proposal));
        CHECK_DONE(&test, ledger_test_accept(&test, "wang.min", proposal));
        const struct outbox_row *row = waiting(&test, &count);
        if (CHECK_INT(count, 3)) {
            CHECK_TEXT(row[0].notice.kind, "exception");
            CHECK_TEXT(row[0].notice.unit, "b");
            CHECK(row[0].id > row[1].id && row[1].id > row[2].id);
            CHECK_TEXT(row[1].notice.kind, "decided");
            CHECK_TEXT(row[1].notice.person, "li.wei");
        }
        CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "post", "",
                                          "person=clerk role=unit unit=b from=2021-01-01", &post));
        CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "post", "",
                                          arena_printf(test.arena,
                                                       "person=clerk role=unit unit=b "
                                                       "from=2021-01-01 to=2021-09-30 "
                                                       "@corrects=%llu @reason=leaves",
                                                       (unsigned long long)post),
                                          NULL));
        row = waiting(&test, &count);
        if (CHECK_INT(count, 4)) {
            CHECK_TEXT(row[0].notice.kind, "vacated");
            CHECK_TEXT(row[0].notice.role, "office");
            CHECK(strstr(row[0].notice.payload, "2021-09-30") != NULL);
        }
        finish(&test);
    }
}

/* A refused submission makes none. */
TEST(outbox_not_of_what_is_refused) {
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        uint64_t proposal = 0;
        size_t count;
        if (!make(&test, kind))
            continue;
        CHECK_DONE(&test, ledger_test_propose(&test, "li.wei", "exception", "city",
                                              "period=2021-08 unit=b element=* due=2021-10-08",
                                              &proposal));
        CHECK_INT(ledger_test_accept(&test, "li.wei", proposal), BATON_DECISION_OWN);
        (void)waiting(&test, &count);
        CHECK_INT(count, 0);
        finish(&test);
    }
}

TEST(outbox_once_and_in_order) {
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        struct outbox_row *row;
        size_t made, count;
        bool is_ours;
        if (!make(&test, kind))
            continue;
        const struct outbox_notice many[] = {notice("1", "a"), notice("2", "a"), notice("3", "b"),
                                             notice("2", "c")};
        CHECK_INT(ledger_notify(test.ledger, many, LENGTH(many), &made), BATON_OK);
        CHECK_INT(made, 3);
        CHECK_INT(ledger_notify(test.ledger, many, LENGTH(many), &made), BATON_OK);
        CHECK_INT(made, 0);
        struct ledger_reader *const reader = reader_of(&test);
        const int64_t now = atomic_load(&ledger_test_now_utc_ms);
        /* The oldest of each addressee. */
        CHECK_INT(reader_outbox_due(reader, test.arena, now, 10, &row, &count), BATON_OK);
        if (CHECK_INT(count, 2)) {
            CHECK_TEXT(row[0].notice.key, "1");
            CHECK_TEXT(row[1].notice.key, "3");
        }
        /* One that is claimed keeps those behind it waiting, until the claim runs out. */
        const int64_t first = row[0].id;
        CHECK_INT(ledger_outbox_claim(test.ledger, first, now + 1000, &is_ours), BATON_OK);
        CHECK(is_ours);
        CHECK_INT(reader_outbox_due(reader, test.arena, now, 10, &row, &count), BATON_OK);
        if (CHECK_INT(count, 1))
            CHECK_TEXT(row[0].notice.key, "3");
        CHECK_INT(reader_outbox_due(reader, test.arena, now + 1000, 10, &row, &count), BATON_OK);
        if (CHECK_INT(count, 2))
            CHECK_INT(row[0].attempts, 1);
        CHECK_INT(ledger_outbox_settle(test.ledger, first, OUTBOX_WAITING, "no answer"), BATON_OK);
        CHECK_INT(reader_outbox_due(reader, test.arena, now + 1000, 10, &row, &count), BATON_OK);
        CHECK_TEXT(row[0].error, "no answer");
        CHECK_INT(ledger_outbox_settle(test.ledger, first, OUTBOX_DELIVERED, ""), BATON_OK);
        CHECK_INT(reader_outbox_due(reader, test.arena, now, 10, &row, &count), BATON_OK);
        if (CHECK_INT(count, 2))
            CHECK_TEXT(row[0].notice.key, "2");
        CHECK_INT(ledger_outbox_claim(test.ledger, first, now, &is_ours), BATON_OK);
        CHECK(!is_ours);
        /* What is delivered stays so. */
        CHECK_INT(ledger_outbox_settle(test.ledger, first, OUTBOX_GIVEN_UP, "late"), BATON_OK);
        uint64_t of[2];
        CHECK_INT(reader_outbox_count(reader, OUTBOX_DELIVERED, &of[0]), BATON_OK);
        CHECK_INT(ledger_outbox_keep(test.ledger), BATON_OK);
        CHECK_INT(reader_outbox_count(reader, OUTBOX_KEPT, &of[1]), BATON_OK);
        CHECK(of[0] == 1 && of[1] == 2);
        int64_t mark;
        CHECK_INT(reader_outbox_mark(reader, "clerk", &mark), BATON_OK);
        CHECK_INT(mark, 0);
        CHECK_INT(ledger_outbox_mark(test.ledger, "clerk", 2), BATON_OK);
        CHECK_INT(ledger_outbox_mark(test.ledger, "clerk", 1), BATON_OK);
        CHECK_INT(reader_outbox_mark(reader, "clerk", &mark), BATON_OK);
        CHECK_INT(mark, 2);
        bool has;
        CHECK_INT(reader_outbox_has(reader, "3", &has), BATON_OK);
        CHECK(has);
        CHECK_INT(reader_outbox_has(reader, "4", &has), BATON_OK);
        CHECK(!has);
        reader_close(reader);
        finish(&test);
    }
}

/* Failures: call `from` and those up to `until` of the driver fail. */
static _Atomic uint32_t calls, fails_from, fails_until;

static baton_code inject(void *context, const char *call) {
    (void)context, (void)call;
    const uint32_t n = atomic_fetch_add(&calls, 1) + 1;
    return n >= fails_from && n < fails_until ? BATON_STORE_FAILED : BATON_OK;
}

static void fail(uint32_t from, uint32_t until) {
    fails_from = from;
    fails_until = until;
    calls = 0;
}

/* A submission whose fact makes a notice, a notice of time, its claim and its end, with a failure at every call in turn: done again until they answer that they are done, there is one of each. */
TEST(outbox_with_failures) {
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        size_t count;
        uint32_t at = 1;
        char address[512];
        if (!make(&test, kind))
            continue;
        store_inject(NULL, inject, NULL);
        snprintf(address, sizeof address, "%s", test.place.address);
        ledger_test_close(&test);
        if (!ledger_test_open(&test, address))
            break;
        for (bool was_hit = true; was_hit && at < 400; at += kind == STORE_SQLITE ? 1 : 13) {
            const char *const key = arena_printf(test.arena, "key%u", at);
            const struct outbox_notice made = notice(key, "a");
            baton_code code;
            bool is_ours = false;
            uint64_t proposal = 0;
            CHECK_DONE(&test,
                       ledger_test_propose(
                           &test, "li.wei", "exception", "city",
                           arena_printf(test.arena,
                                        "period=2021-08 unit=u%u element=* due=2021-10-08", at),
                           &proposal));
            fail(at, at + 1);
            do
                code = ledger_test_accept(&test, "wang.min", proposal);
            while (code != BATON_OK && code != BATON_PROPOSAL_CLOSED);
            while (ledger_notify(test.ledger, &made, 1, NULL) != BATON_OK)
                ;
            was_hit = calls >= at;
            fail(0, 0);
            struct ledger_reader *const reader = reader_of(&test);
            bool has;
            CHECK_INT(reader_outbox_has(reader, key, &has), BATON_OK);
            CHECK(has);
            reader_close(reader);
            const struct outbox_row *row = waiting(&test, &count);
            CHECK_INT(count, 3); /* decided, exception, ours: no more, no less */
            fail(at, at + 1);
            for (size_t i = 0; i < count; i++) {
                while (ledger_outbox_claim(test.ledger, row[i].id, 1, &is_ours) != BATON_OK)
                    ;
                CHECK(is_ours);
                while (ledger_outbox_settle(test.ledger, row[i].id, OUTBOX_DELIVERED, "") !=
                       BATON_OK)
                    ;
            }
            was_hit |= calls >= at;
            fail(0, 0);
            (void)waiting(&test, &count);
            CHECK_INT(count, 0);
        }
        CHECK(at > 20 && at < 413);
        store_inject(NULL, NULL, NULL);
        finish(&test);
    }
}

static size_t page(struct ledger_test *test, const char *person, const char *role, const char *unit,
                   int64_t before, int64_t *first) {
    struct outbox_row *row = NULL;
    size_t count = 0;
    CHECK_DONE(test, reader_outbox_page(reader_of(test), test->arena,
                                        &(struct outbox_addressee){person, role, unit}, before, 100,
                                        &row, &count));
    *first = count > 0 ? row[0].id : 0;
    return count;
}

TEST(notices_are_found_by_whom_they_are_for) {
    static const struct outbox_notice notice[] = {
        {"1", "due", "city", "li.wei", "", "", "{}"},   {"2", "due", "city", "", "unit", "a", "{}"},
        {"3", "due", "city", "", "unit", "b", "{}"},    {"4", "due", "city", "", "owner", "", "{}"},
        {"5", "due", "city", "", "unit", "a", "{}"},    {"6", "due", "", "wang.min", "", "", "{}"},
        {"7", "due", "city", "", "approver", "a", "{}"}};
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        int64_t first;
        if (!make(&test, kind))
            return;
        size_t made;
        CHECK_DONE(&test, ledger_notify(test.ledger, notice, LENGTH(notice), &made));
        CHECK_INT(page(&test, "", "approver", "a", INT64_MAX, &first), 1);
        const int64_t base = first - 7; /* what the making of the ledger told comes before */
        CHECK_INT(page(&test, "li.wei", "", NULL, INT64_MAX, &first), 1);
        CHECK_INT(first, base + 1);
        CHECK_INT(page(&test, "", "unit", "a", INT64_MAX, &first), 2);
        CHECK_INT(first, base + 5);
        CHECK_INT(page(&test, "", "unit", "a", base + 5, &first), 1);
        CHECK_INT(first, base + 2);
        CHECK_INT(page(&test, "", "unit", NULL, INT64_MAX, &first), 3);
        CHECK_INT(page(&test, "", "owner", "", INT64_MAX, &first), 1);
        CHECK_INT(page(&test, "", "unit", "c", INT64_MAX, &first), 0);
        finish(&test);
    }
}

TEST(notices_that_were_settled_long_ago_are_taken_out) {
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        struct outbox_row *row;
        size_t count, pruned;
        bool is_any;
        if (!make(&test, kind))
            return;
        CHECK_DONE(&test, ledger_outbox_keep(test.ledger));
        for (int i = 0; i < 6; i++) {
            const struct outbox_notice notice = {
                arena_printf(test.arena, "key-%d", i), "due", "city", "li.wei", "", "", "{}"};
            CHECK_DONE(&test, ledger_notify(test.ledger, &notice, 1, NULL));
        }
        row = waiting(&test, &count);
        if (!CHECK_INT(count, 6))
            return;
        const int64_t first = row[0].id < row[5].id ? row[0].id : row[5].id,
                      now = atomic_load(&ledger_test_now_utc_ms);
        int64_t last;
        CHECK_DONE(&test, reader_outbox_last(reader_of(&test), &last));
        CHECK_INT(last, first + 5);
        CHECK_DONE(&test,
                   reader_outbox_after(reader_of(&test), test.arena, first + 2, 2, &row, &count));
        if (CHECK_INT(count, 2)) { /* the oldest first, to whom they go */
            CHECK_INT(row[0].id, first + 3);
            CHECK_INT(row[1].id, first + 4);
            CHECK(row[0].notice.person[0] != '\0' || row[0].notice.role[0] != '\0');
        }
        CHECK_DONE(&test, reader_outbox_after(reader_of(&test), test.arena, last, 2, &row, &count));
        CHECK_INT(count, 0);
        for (int i = 0; i < 4; i++) /* two go on waiting */
            CHECK_DONE(&test, ledger_outbox_settle(test.ledger, first + i, OUTBOX_DELIVERED, ""));
        CHECK_DONE(&test, ledger_outbox_settle(test.ledger, first + 5, OUTBOX_DELIVERED, ""));
        CHECK_DONE(&test, reader_outbox_settled(reader_of(&test), now, &is_any));
        CHECK(!is_any); /* not before */
        CHECK_DONE(&test, ledger_outbox_prune(test.ledger, now, 100, &pruned));
        CHECK_INT(pruned, 0);
        CHECK_DONE(&test, reader_outbox_settled(reader_of(&test), now + 1, &is_any));
        CHECK(is_any);
        CHECK_DONE(&test, ledger_outbox_prune(test.ledger, now + 1, 3, &pruned));
        CHECK_INT(pruned, 3); /* in steps */
        while (pruned > 0)
            CHECK_DONE(&test, ledger_outbox_prune(test.ledger, now + 1, 3, &pruned));
        CHECK_DONE(&test, reader_outbox_settled(reader_of(&test), now + 1, &is_any));
        CHECK(!is_any);
        CHECK_DONE(&test, reader_outbox_page(reader_of(&test), test.arena,
                                             &(struct outbox_addressee){"li.wei", "", NULL},
                                             INT64_MAX, 100, &row, &count));
        if (CHECK_INT(count, 2)) { /* the newest of all, by which numbers go on, and what waits */
            CHECK_INT(row[0].id, first + 5);
            CHECK_INT(row[1].id, first + 4);
        }
        finish(&test);
    }
}
