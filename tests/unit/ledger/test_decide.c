/* What takes two: proposals and decisions, what is locked once it is posted, contents and their erasure, a change of key, the lease. */
#include "ledger/reader_parts.h"
#include "unit/ledger/ledger_fixture.h"
#include "unit/test.h"
#include <stdatomic.h>
#include <string.h>

static baton_code propose(struct ledger_test *test, const char *actor, const char *kind,
                          const char *assessment, const char *fields, int64_t expires,
                          uint64_t *position) {
    struct fact_body fact = ledger_test_fact(test, kind, assessment, fields);
    struct submission submission = {.actor = actor, .fact = &fact, .count = 1};
    test->found = (struct baton_findings){.arena = test->arena};
    const baton_code code =
        ledger_propose(test->ledger, test->arena, &submission, "because", expires, &test->found);
    *position = submission.first;
    return code;
}

static baton_code decide(struct ledger_test *test, const char *actor, uint64_t proposal,
                         bool accept, uint64_t *position) {
    struct submission out;
    test->found = (struct baton_findings){.arena = test->arena};
    const baton_code code = ledger_decide(test->ledger, test->arena, actor, NULL, proposal, accept,
                                          "seen", &out, &test->found);
    if (code == BATON_OK && position != NULL)
        *position = out.first;
    return code;
}

static bool make(struct ledger_test *test, enum store_kind kind) {
    return ledger_test_make(test, store_fixture_new(kind), DIGEST_SHA256, SIGNATURE_ED25519);
}

/* Posts a period of "city": proposed by one, decided by another. */
static bool post(struct ledger_test *test, const char *period) {
    uint64_t proposal;
    const char *fields = arena_printf(
        test->arena, "period=%s scheme=8 size=9 engine=1 digest=00 table:=csv", period);
    return CHECK_DONE(test, propose(test, "li.wei", "posting", "city", fields, 0, &proposal)) &&
           CHECK_DONE(test, decide(test, "wang.min", proposal, true, NULL));
}

TEST(a_decision_takes_somebody_else) {
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        uint64_t proposal, decision = 0;
        if (!make(&test, kind))
            return;
        CHECK_DONE(&test, propose(&test, "zhao.qing", "observation", "city",
                                  "unit=a element=gdp period=2021-01 value=7", 0, &proposal));
        CHECK_INT(decide(&test, "zhao.qing", proposal, true, NULL), BATON_DECISION_OWN);
        CHECK_INT(decide(&test, "nobody", proposal, true, NULL), BATON_PERSON_UNKNOWN);
        CHECK_INT(decide(&test, "li.wei", proposal + 1, true, NULL), BATON_PROPOSAL_UNKNOWN);
        CHECK_INT(decide(&test, "li.wei", 3, true, NULL), BATON_PROPOSAL_UNKNOWN);
        CHECK_DONE(&test, decide(&test, "wang.min", proposal, true, &decision));
        CHECK_INT(decision, proposal + 1);
        CHECK_INT(decide(&test, "li.wei", proposal, false, NULL), BATON_PROPOSAL_CLOSED);
        CHECK_TEXT(test.found.item[0].arg[1], "accepted");
        /* What was proposed is a fact now, by whom it was proposed. */
        CHECK_INT(ledger_test_say(&test, "li.wei", "observation", "city",
                                  "unit=a element=gdp period=2021-01 value=8", NULL),
                  BATON_FACT_EXISTS);
        CHECK_DONE(&test, propose(&test, "li.wei", "observation", "city",
                                  "unit=a element=gdp period=2021-02 value=7", 0, &proposal));
        CHECK_INT(decide(&test, "zhao.qing", proposal, true, NULL), BATON_RIGHT_LACKING);
        CHECK_INT(decide(&test, "zhao.qing", proposal, false, NULL), BATON_RIGHT_LACKING);
        CHECK_DONE(&test, decide(&test, "wang.min", proposal, false, NULL));
        CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "observation", "city",
                                          "unit=a element=gdp period=2021-02 value=8", NULL));
        ledger_test_close(&test);
    }
}

TEST(proposals_expire_and_are_withdrawn) {
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        struct submission out;
        uint64_t proposal;
        const int64_t hour = 3600000, now = atomic_load(&ledger_test_now_utc_ms);
        if (!make(&test, kind))
            return;
        CHECK_DONE(&test, propose(&test, "li.wei", "observation", "city",
                                  "unit=a element=gdp period=2021-01 value=7", now + 17 * hour,
                                  &proposal));
        atomic_fetch_add(&ledger_test_now_utc_ms, 17 * hour + 1);
        CHECK_INT(decide(&test, "wang.min", proposal, true, NULL), BATON_PROPOSAL_EXPIRED);
        CHECK_TEXT(test.found.item[0].arg[1], "2021-08-28"); /* in China */
        CHECK_INT(ledger_withdraw(test.ledger, test.arena, "wang.min", NULL, proposal, "no", &out,
                                  &test.found),
                  BATON_WITHDRAWAL_OTHER);
        CHECK_DONE(&test, ledger_withdraw(test.ledger, test.arena, "li.wei", NULL, proposal, "no",
                                          &out, &test.found));
        CHECK_INT(decide(&test, "wang.min", proposal, true, NULL), BATON_PROPOSAL_CLOSED);
        ledger_test_close(&test);
    }
}

TEST(what_is_posted_is_locked) {
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        uint64_t proposal;
        if (!make(&test, kind))
            return;
        CHECK_DONE(&test,
                   ledger_test_say(&test, "li.wei", "scheme", "city", "file:scheme.yaml:=x", NULL));
        CHECK_INT(ledger_test_say(&test, "li.wei", "scheme", "city",
                                  "in_force=2021-07 file:scheme.yaml:=y", NULL),
                  BATON_LOCKED);
        if (!post(&test, "2021-Q1"))
            return;
        CHECK_INT(ledger_test_say(&test, "li.wei", "observation", "city",
                                  "unit=a element=gdp period=2021-03 value=7", NULL),
                  BATON_LOCKED);
        CHECK_TEXT(test.found.item[0].arg[0], "2021-Q1");
        CHECK_INT(ledger_test_say(&test, "li.wei", "target", "city",
                                  "unit=a indicator=gdp period=2021 target=7", NULL),
                  BATON_LOCKED);
        CHECK_INT(ledger_test_say(&test, "li.wei", "adjustment", "city",
                                  "unit=a item=honour issued=2021-03-31", NULL),
                  BATON_LOCKED);
        CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "observation", "city",
                                          "unit=a element=gdp period=2021-04 value=7", NULL));
        CHECK_INT(ledger_test_say(&test, "li.wei", "unit", "city", "id=a name=A group=g", NULL),
                  BATON_LOCKED);
        CHECK_INT(ledger_test_say(&test, "li.wei", "succession", "city",
                                  "from=a to=b date=2021-05-01", NULL),
                  BATON_LOCKED);
        CHECK_DONE(&test,
                   propose(&test, "li.wei", "unit", "city", "id=a name=A group=g", 0, &proposal));
        CHECK_INT(propose(&test, "li.wei", "scheme", "city", "in_force=2021-03 file:scheme.yaml:=y",
                          0, &proposal),
                  BATON_SCHEME_IN_FORCE);
        CHECK_TEXT(test.found.item[0].arg[0], "2021-04-01");
        CHECK_DONE(&test, propose(&test, "li.wei", "observation", "city",
                                  "unit=a element=gdp period=2021-03 value=7", 0, &proposal));
        CHECK_DONE(&test, decide(&test, "wang.min", proposal, true, NULL));
        ledger_test_close(&test);
    }
}

TEST(an_adjustment_is_corrected_by_its_number) {
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        uint64_t first, second, third;
        if (!make(&test, kind))
            return;
        const char *fields = "unit=a item=honour period=2021-03 points=1 reason=r";
        CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "adjustment", "city", fields, &first));
        CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "adjustment", "city", fields, &second));
        CHECK_INT(second, first + 1);
        CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "adjustment", "city",
                                          arena_printf(test.arena,
                                                       "unit=a item=honour period=2021-03 points=2 "
                                                       "reason=r @corrects=%d @reason=x",
                                                       (int)first),
                                          &third));
        CHECK_INT(ledger_test_say(&test, "li.wei", "adjustment", "city",
                                  arena_printf(test.arena,
                                               "unit=a item=honour period=2021-03 points=3 "
                                               "reason=r @corrects=%d @reason=x",
                                               (int)first),
                                  NULL),
                  BATON_FACT_SUPERSEDED);
        CHECK_DONE(&test,
                   ledger_test_say(
                       &test, "li.wei", "adjustment", "city",
                       arena_printf(test.arena, "@withdrawn=1 @corrects=%d @reason=x", (int)third),
                       NULL));
        CHECK_INT(ledger_test_say(
                      &test, "li.wei", "adjustment", "city",
                      arena_printf(test.arena, "@withdrawn=1 @corrects=%d @reason=x", (int)third),
                      NULL),
                  BATON_FACT_SUPERSEDED);
        ledger_test_close(&test);
    }
}

/* Contents */

static struct digest stream_content(struct ledger_test *test, const char *bytes, size_t size) {
    struct content_stream *stream;
    struct digest digest = {{0}};
    CHECK_DONE(test, ledger_content_open(test->ledger, test->arena, "image/png", &stream));
    for (size_t at = 0; at < size; at += 100000)
        CHECK_DONE(test,
                   ledger_content_put(stream, bytes + at, size - at < 100000 ? size - at : 100000));
    CHECK_DONE(test, ledger_content_close(stream, &digest));
    return digest;
}

static baton_code say_evidence(struct ledger_test *test, const struct digest *digest) {
    struct field field[] = {{"content", (const char *)digest->byte, DIGEST_SIZE, 'c'},
                            {"name", "photo.png", 9, 'C'},
                            {"size", "700000", 6, 't'}};
    struct fact_body fact = {"evidence", "city", field, LENGTH(field)};
    struct submission submission = {.actor = "li.wei", .fact = &fact, .count = 1};
    test->found = (struct baton_findings){.arena = test->arena};
    return ledger_append(test->ledger, test->arena, &submission, &test->found);
}

/* Evidence that is brought in and refused leaves nothing; what was there before, or is named meanwhile, stays. */
TEST(evidence_that_is_refused_is_taken_back) {
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        struct content_stream *stream, *again;
        struct digest digest, same;
        struct reader_content about;
        struct ledger_reader *reader;
        if (!make(&test, kind) ||
            !CHECK_DONE(&test, reader_open(test.arena, &test.place, &reader, &test.found)))
            return;
        for (int named = 0; named < 2; named++) {
            CHECK_DONE(&test, ledger_content_open(test.ledger, test.arena, "image/png", &stream));
            CHECK_DONE(&test, ledger_content_put(stream, "a photo", 7));
            CHECK_DONE(&test, ledger_content_close(stream, &digest));
            CHECK_DONE(&test, ledger_content_open(test.ledger, test.arena, "image/png", &again));
            CHECK_DONE(&test, ledger_content_put(again, "a photo", 7));
            CHECK_DONE(&test, ledger_content_close(again, &same));
            CHECK(digest_equal(&digest, &same));
            CHECK_DONE(&test, ledger_content_take_back(again)); /* not its own */
            CHECK_DONE(&test, reader_content(reader, &digest, &about));
            if (named == 1)
                CHECK_DONE(&test, say_evidence(&test, &digest));
            CHECK_DONE(&test, ledger_content_take_back(stream));
            CHECK_INT(reader_content(reader, &digest, &about),
                      named == 1 ? BATON_OK : BATON_CONTENT_UNKNOWN);
            CHECK_DONE(&test, ledger_content_take_back(stream)); /* once is enough */
            if (named == 0)
                CHECK_INT(say_evidence(&test, &digest), BATON_CONTENT_UNKNOWN);
        }
        ledger_test_close(&test);
    }
}

static baton_code count_owner(void *count, const struct store_value *row) {
    (void)row;
    ++*(size_t *)count;
    return BATON_OK;
}

/* How many contents have pieces, also under names by chance. */
static size_t owners(struct ledger_test *test) {
    struct ledger_reader *reader;
    size_t count = 0;
    if (CHECK_DONE(test, reader_open(test->arena, &test->place, &reader, &test->found)))
        CHECK_DONE(test, reader_all(reader, STATEMENT_PART_OWNERS,
                                    (struct store_value[]){store_int(reader->number)}, count_owner,
                                    &count));
    return count;
}

TEST(evidence_that_breaks_off_is_taken_back) {
    enum { SIZE = 700000 };
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        struct content_stream *stream, *other;
        if (!make(&test, kind))
            return;
        const char *const bytes = arena_alloc(test.arena, SIZE, 1);
        const size_t before = owners(&test);
        CHECK_DONE(&test, ledger_content_open(test.ledger, test.arena, "image/png", &other));
        CHECK_DONE(&test, ledger_content_put(other, bytes, SIZE));
        CHECK_DONE(&test, ledger_content_open(test.ledger, test.arena, "image/png", &stream));
        CHECK_DONE(&test, ledger_content_take_back(stream)); /* nothing yet */
        CHECK_DONE(&test, ledger_content_put(stream, bytes, SIZE));
        CHECK_INT(owners(&test), before + 2);
        CHECK_DONE(&test, ledger_content_take_back(stream));
        CHECK_INT(owners(&test), before + 1); /* of nobody else */
        CHECK_DONE(&test, ledger_content_take_back(other));
        CHECK_INT(owners(&test), before);
        ledger_test_close(&test);
    }
}

TEST(evidence_is_streamed_found_again_and_erased) {
    FOR_EACH_STORE(kind) {
        enum { SIZE = 700000 };
        struct ledger_test test;
        struct digest other;
        uint64_t proposal;
        struct ledger_reader *reader;
        const char *text;
        size_t size;
        if (!make(&test, kind))
            return;
        char *bytes = arena_alloc(test.arena, SIZE, 1);
        for (size_t i = 0; i < SIZE; i++)
            bytes[i] = (char)(i * i >> 7);
        const struct digest digest = stream_content(&test, bytes, SIZE);
        CHECK_DONE(&test, say_evidence(&test, &digest));
        other = stream_content(&test, bytes, SIZE);
        CHECK(digest_equal(&digest, &other)); /* the same bytes, once */
        other.byte[0] ^= 1;
        CHECK_INT(say_evidence(&test, &other), BATON_CONTENT_UNKNOWN);
        if (!CHECK_DONE(&test, reader_open(test.arena, &test.place, &reader, &test.found)))
            return;
        CHECK_DONE(&test, reader_content_text(reader, test.arena, &digest, &text, &size));
        CHECK_INT(size, SIZE);
        CHECK_BYTES(text, bytes, SIZE);
        struct field field = {"content", (const char *)digest.byte, DIGEST_SIZE, 'c'};
        struct fact_body fact = {"erasure", "", &field, 1};
        struct submission submission = {.actor = "li.wei", .fact = &fact, .count = 1};
        CHECK_INT(ledger_append(test.ledger, test.arena, &submission, &test.found),
                  BATON_RIGHT_LACKING);
        CHECK_DONE(&test, ledger_propose(test.ledger, test.arena, &submission, "term is over", 0,
                                         &test.found));
        proposal = submission.first;
        CHECK_DONE(&test, decide(&test, "wang.min", proposal, true, NULL));
        CHECK_INT(reader_content_text(reader, test.arena, &digest, &text, &size),
                  BATON_CONTENT_ERASED);
        CHECK_INT(say_evidence(&test, &digest), BATON_CONTENT_ERASED);
        ledger_test_close(&test);
    }
}

TEST(the_key_changes_and_the_old_one_appends_no_more) {
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        struct submission out;
        const char *address = store_fixture_new(kind);
        if (!ledger_test_make(&test, address, DIGEST_SHA256, SIGNATURE_ED25519))
            return;
        const char *path = arena_printf(test.arena, "%s/new-%d.pem", test_folder(), (int)kind);
        CHECK_DONE(&test, signer_create(test.arena, path, SIGNATURE_ED25519, &test.found));
        CHECK_INT(
            ledger_rotate_key(test.ledger, test.arena, "zhao.qing", path, "r", &out, &test.found),
            BATON_RIGHT_LACKING);
        CHECK_DONE(&test, ledger_rotate_key(test.ledger, test.arena, "li.wei", path, "yearly", &out,
                                            &test.found));
        CHECK_DONE(&test, receipt_check(test.arena, "receipt", &out.receipt[0], &test.found));
        CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "observation", "city",
                                          "unit=a element=gdp period=2021-01 value=7", NULL));
        struct ledger_place place = test.place;
        struct ledger *ledger;
        ledger_close(test.ledger);
        CHECK_INT(ledger_open(test.arena, &test.world, &place, &ledger, &test.found),
                  BATON_KEY_OTHER);
        place.key = path;
        test.found = (struct baton_findings){.arena = test.arena};
        CHECK_DONE(&test, ledger_open(test.arena, &test.world, &place, &ledger, &test.found));
        ledger_close(ledger);
        arena_close(test.arena);
    }
}

TEST(one_appends_at_a_time) {
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        struct ledger *other;
        if (!make(&test, kind))
            return;
        CHECK_INT(ledger_open(test.arena, &test.world, &test.place, &other, &test.found),
                  BATON_LEASE_HELD);
        CHECK_TEXT(test.found.item[test.found.count - 1].arg[0], "a test");
        /* Its lease runs out, and somebody else takes it: it stores nothing any more. */
        atomic_fetch_add(&ledger_test_now_utc_ms, 2 * LEASE_MS);
        test.found = (struct baton_findings){.arena = test.arena};
        CHECK_DONE(&test, ledger_open(test.arena, &test.world, &test.place, &other, &test.found));
        CHECK_INT(ledger_test_say(&test, "li.wei", "observation", "city",
                                  "unit=a element=gdp period=2021-01 value=7", NULL),
                  BATON_LEASE_LOST);
        struct ledger *lost = test.ledger;
        test.ledger = other;
        CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "observation", "city",
                                          "unit=a element=gdp period=2021-01 value=7", NULL));
        ledger_close(lost);
        CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "observation", "city",
                                          "unit=a element=gdp period=2021-02 value=7", NULL));
        ledger_test_close(&test);
    }
}
