/* What a careless or hostile caller may try: nothing that is stored may make a ledger unreadable, and nobody gets past the rule of two. */
#include "ledger/verify.h"
#include "unit/ledger/ledger_fixture.h"
#include "unit/test.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

static bool make(struct ledger_test *test, enum store_kind kind) {
    return ledger_test_make(test, store_fixture_new(kind), DIGEST_SHA256, SIGNATURE_ED25519);
}

static baton_code append(struct ledger_test *test, const char *actor, struct fact_body *fact,
                         size_t count, uint64_t *first) {
    struct submission submission = {.actor = actor, .fact = fact, .count = count};
    test->found = (struct baton_findings){.arena = test->arena};
    const baton_code code = ledger_append(test->ledger, test->arena, &submission, &test->found);
    if (first != NULL)
        *first = submission.first;
    return code;
}

/* The whole ledger is sound, and closed afterwards. */
static void check_sound(struct ledger_test *test) {
    struct verify_report report;
    ledger_close(test->ledger);
    test->found = (struct baton_findings){.arena = test->arena};
    CHECK_DONE(test, ledger_verify(test->arena, &test->place, NULL, NULL, NULL, NULL, &report,
                                   &test->found));
    arena_close(test->arena);
}

TEST(a_name_is_utf_8) {
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        if (!make(&test, kind))
            return;
        struct fact_body fact = ledger_test_fact(&test, "unit", "city", "id=a name=A x_\xff=1");
        CHECK_INT(append(&test, "li.wei", &fact, 1, NULL), BATON_FACT_FIELD_UNKNOWN);
        fact = ledger_test_fact(&test, "scheme", "city", "file:\xc3:=x");
        CHECK_INT(append(&test, "li.wei", &fact, 1, NULL), BATON_FACT_FIELD_UNKNOWN);
        check_sound(&test);
    }
}

TEST(what_is_proposed_has_a_kind_and_names) {
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        if (!make(&test, kind))
            return;
        struct field field = {"", "1", 1, 't'};
        struct fact_body fact[] = {{"unit", "city", &field, 1}, {"", "city", &field, 0}};
        static const baton_code want[] = {BATON_FACT_FIELD_UNKNOWN, BATON_FACT_KIND};
        for (size_t i = 0; i < LENGTH(fact); i++) {
            struct submission submission = {.actor = "li.wei", .fact = &fact[i], .count = 1};
            CHECK_INT(ledger_propose(test.ledger, test.arena, &submission, "r", 0, &test.found),
                      want[i]);
            CHECK_INT(append(&test, "li.wei", &fact[i], 1, NULL), want[i]);
        }
        check_sound(&test);
    }
}

/* It names what is gone, and so nothing would name what it brings. */
TEST(an_erasure_brings_no_content) {
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        if (!make(&test, kind))
            return;
        struct fact_body fact = ledger_test_fact(&test, "erasure", "", "content:=x");
        struct submission submission = {.actor = "li.wei", .fact = &fact, .count = 1};
        CHECK_INT(ledger_propose(test.ledger, test.arena, &submission, "r", 0, &test.found),
                  BATON_FACT_FIELD_TYPE);
        CHECK_INT(append(&test, "li.wei", &fact, 1, NULL), BATON_RIGHT_LACKING);
        check_sound(&test);
    }
}

/* An adjustment with so many columns of an office's own. */
static struct fact_body wide(struct ledger_test *test, const char *fields, size_t total) {
    const struct fact_body few = ledger_test_fact(test, "adjustment", "city", fields);
    struct field *field = arena_alloc(test->arena, total, sizeof *field);
    memcpy(field, few.field, few.field_count * sizeof *field);
    for (size_t i = few.field_count; i < total; i++)
        field[i] = (struct field){arena_printf(test->arena, "x_%zu", i), "1", 1, 't'};
    return (struct fact_body){few.kind, few.assessment, field, total};
}

TEST(the_fields_of_a_correction_are_counted_with_those_of_the_ledger) {
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        uint64_t first;
        if (!make(&test, kind))
            return;
        struct fact_body fact = wide(&test, "unit=a item=honour period=2021-03", ENTRY_FIELDS_MAX);
        CHECK_DONE(&test, append(&test, "li.wei", &fact, 1, &first));
        const char *fields = arena_printf(
            test.arena, "unit=a item=honour period=2021-04 @corrects=%d @reason=x", (int)first);
        fact = wide(&test, fields, ENTRY_FIELDS_MAX);
        CHECK_INT(append(&test, "li.wei", &fact, 1, NULL), BATON_FACT_TOO_LARGE);
        fact = wide(&test, fields, ENTRY_FIELDS_MAX - 1);
        CHECK_DONE(&test, append(&test, "li.wei", &fact, 1, NULL));
        check_sound(&test);
    }
}

TEST(a_second_version_takes_two_in_one_submission_too) {
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        if (!make(&test, kind))
            return;
        struct fact_body fact[] = {
            ledger_test_fact(&test, "scheme", "city", "file:scheme.yaml:=x"),
            ledger_test_fact(&test, "scheme", "city", "file:scheme.yaml:=y")};
        CHECK_INT(append(&test, "li.wei", fact, 2, NULL), BATON_LOCKED);
        fact[1].assessment = "county";
        CHECK_DONE(&test, append(&test, "li.wei", fact, 2, NULL));
        check_sound(&test);
    }
}

TEST(a_posting_locks_what_is_proposed_with_it) {
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        struct submission out;
        if (!make(&test, kind))
            return;
        CHECK_DONE(&test,
                   ledger_test_say(&test, "li.wei", "scheme", "city", "file:scheme.yaml:=x", NULL));
        struct fact_body fact[] = {
            ledger_test_fact(&test, "posting", "city",
                             "period=2021-Q1 scheme=7 size=7 engine=1 digest=00 table:=csv"),
            ledger_test_fact(&test, "scheme", "city", "in_force=2021-03 file:scheme.yaml:=y")};
        struct submission submission = {.actor = "li.wei", .fact = fact, .count = 2};
        CHECK_DONE(&test,
                   ledger_propose(test.ledger, test.arena, &submission, "r", 0, &test.found));
        CHECK_INT(ledger_decide(test.ledger, test.arena, "wang.min", NULL, submission.first, true,
                                "", &out, &test.found),
                  BATON_SCHEME_IN_FORCE);
        check_sound(&test);
    }
}

TEST(who_was_withdrawn_has_no_rights) {
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        if (!make(&test, kind))
            return;
        CHECK_DONE(&test,
                   ledger_test_say(&test, "li.wei", "person", "",
                                   "id=wang.min @corrects=3 @withdrawn=1 @reason=left", NULL));
        CHECK_INT(ledger_test_say(&test, "wang.min", "observation", "city",
                                  "unit=a element=gdp period=2021-01 value=7", NULL),
                  BATON_PERSON_UNKNOWN);
        check_sound(&test);
    }
}

TEST(a_post_that_has_not_begun_takes_nothing_from_the_office) {
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        if (!make(&test, kind))
            return;
        CHECK_DONE(&test,
                   ledger_test_say(&test, "li.wei", "post", "",
                                   "person=zhao.qing role=security_admin from=2999-01-01", NULL));
        CHECK_DONE(&test,
                   ledger_test_say(&test, "li.wei", "post", "",
                                   "person=nobody role=security_admin from=2021-01-01", NULL));
        CHECK_DONE(&test,
                   ledger_test_say(&test, "li.wei", "post", "",
                                   "person=zhao.qing role=security_admin from=2021-01-01", NULL));
        CHECK_INT(ledger_test_say(&test, "li.wei", "post", "",
                                  "person=zhao.qing role=auditor from=2021-01-01", NULL),
                  BATON_RIGHT_LACKING);
        check_sound(&test);
    }
}

/* Two keys at once */

struct rotation {
    struct ledger_test *test;
    const char *actor, *path;
    baton_code code;
};

static baton_code rotate(struct ledger_test *test, struct baton_arena *arena, const char *actor,
                         const char *path) {
    struct baton_findings found = {.arena = arena};
    struct submission out;
    return ledger_rotate_key(test->ledger, arena, actor, path, "yearly", &out, &found);
}

static void *rotate_it(void *context) {
    struct rotation *rotation = context;
    struct baton_arena *arena = arena_open();
    for (int i = 0; i < 20; i++)
        rotation->code = rotate(rotation->test, arena, rotation->actor, rotation->path);
    arena_close(arena);
    return NULL;
}

TEST(keys_that_are_changed_at_once_leave_a_sound_ledger) {
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        struct rotation rotation[3];
        pthread_t thread[3];
        if (!make(&test, kind))
            return;
        for (int i = 0; i < 3; i++) {
            rotation[i] = (struct rotation){
                &test, i == 0 ? "zhao.qing" : "li.wei",
                arena_printf(test.arena, "%s/at-once-%d-%d.pem", test_folder(), (int)kind, i), 0};
            remove(rotation[i].path);
            CHECK_DONE(&test,
                       signer_create(test.arena, rotation[i].path, SIGNATURE_ED25519, &test.found));
        }
        for (int i = 0; i < 3; i++)
            pthread_create(&thread[i], NULL, rotate_it, &rotation[i]);
        for (int i = 0; i < 3; i++)
            pthread_join(thread[i], NULL);
        CHECK_INT(rotation[0].code, BATON_RIGHT_LACKING);
        check_sound(&test);
    }
}

/* Clocks */

TEST(a_clock_that_was_ahead_does_not_hold_the_lease) {
    FOR_EACH_STORE(kind) {
        enum { YEAR = 365 };
        struct ledger_test test;
        struct ledger *other;
        const int64_t day = 86400000, now = atomic_load(&ledger_test_now_utc_ms);
        if (!make(&test, kind))
            return;
        atomic_store(&ledger_test_now_utc_ms, now + YEAR * day);
        CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "observation", "city",
                                          "unit=a element=gdp period=2021-01 value=7", NULL));
        atomic_store(&ledger_test_now_utc_ms, now);
        CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "observation", "city",
                                          "unit=a element=gdp period=2021-02 value=7", NULL));
        /* As if this process had been killed. */
        atomic_store(&ledger_test_now_utc_ms, now + LEASE_MS + 1);
        CHECK_DONE(&test, ledger_open(test.arena, &test.world, &test.place, &other, &test.found));
        ledger_close(other);
        atomic_store(&ledger_test_now_utc_ms, now);
        check_sound(&test);
    }
}

/* A row of the table ledger that a crash left may be younger than the clock. */
TEST(a_ledger_begins_no_earlier_than_its_row) {
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        const char *address = store_fixture_new(kind);
        const int64_t now = atomic_load(&ledger_test_now_utc_ms);
        struct store_test store;
        struct baton_arena *arena = arena_open();
        if (!store_test_open(&store, address, STORE_CREATE))
            return;
        shut(&store);
        CHECK(store_fixture_sql(
            address, arena_printf(arena,
                                  "INSERT INTO ledger (ledger, id, digest, signature, "
                                  "created_utc_ms) VALUES (1, 'test', 'sha256', 'ed25519', %lld)",
                                  (long long)now + 60000)));
        arena_close(arena);
        if (!ledger_test_make(&test, address, DIGEST_SHA256, SIGNATURE_ED25519))
            return;
        check_sound(&test);
    }
}

TEST(a_media_type_is_one_that_a_backup_can_hold) {
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        struct content_stream *stream;
        if (!make(&test, kind))
            return;
        char *media = arena_alloc(test.arena, 1026, 1);
        memset(media, 'a', 1025);
        CHECK_INT(ledger_content_open(test.ledger, test.arena, media, &stream),
                  BATON_FACT_FIELD_BAD);
        CHECK_INT(ledger_content_open(test.ledger, test.arena, "\xe4\xb8", &stream),
                  BATON_FACT_FIELD_BAD);
        media[1024] = '\0';
        CHECK_DONE(&test, ledger_content_open(test.ledger, test.arena, media, &stream));
        check_sound(&test);
    }
}

/* Connections and leases that are lost */

TEST(decisions_and_corrections_go_on_after_the_server_came_again) {
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        struct submission out;
        uint64_t first;
        const char *address = store_fixture_new(kind);
        if (!ledger_test_make(&test, address, DIGEST_SHA256, SIGNATURE_ED25519))
            return;
        CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "adjustment", "city",
                                          "unit=a item=honour period=2021-03", &first));
        struct fact_body fact = ledger_test_fact(&test, "observation", "city",
                                                 "unit=a element=gdp period=2021-01 value=7");
        struct submission submission = {.actor = "li.wei", .fact = &fact, .count = 1};
        CHECK_DONE(&test,
                   ledger_propose(test.ledger, test.arena, &submission, "r", 0, &test.found));
        if (kind == STORE_POSTGRES)
            CHECK(store_fixture_sql(address, "SELECT pg_terminate_backend(pid) FROM "
                                             "pg_stat_activity WHERE pid <> pg_backend_pid() "
                                             "AND datname = current_database()"));
        baton_code code = BATON_STORE_FAILED;
        for (int i = 0; i < 2 && code != BATON_OK; i++)
            code = ledger_decide(test.ledger, test.arena, "wang.min", NULL, submission.first, true,
                                 "", &out, &test.found);
        CHECK_INT(code, BATON_OK);
        check_sound(&test);
    }
}

/* Another process takes the lease when the clock is asked for the second time: after it was taken, before what nobody names is swept away. */
static const char *stealing;
static _Atomic int asked;

static int64_t now_and_steal(void *context) {
    (void)context;
    if (atomic_fetch_add(&asked, 1) == 1)
        CHECK(store_fixture_sql(stealing, "UPDATE lease SET token = 'other'"));
    return atomic_load(&ledger_test_now_utc_ms);
}

TEST(nothing_is_swept_away_without_the_lease) {
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        struct ledger *ledger;
        const char *address = store_fixture_new(kind);
        if (!ledger_test_make(&test, address, DIGEST_SHA256, SIGNATURE_ED25519))
            return;
        ledger_close(test.ledger);
        stealing = arena_text(test.arena, address, strlen(address));
        atomic_store(&asked, 0);
        test.world.now_utc_ms = now_and_steal;
        CHECK_INT(ledger_open(test.arena, &test.world, &test.place, &ledger, &test.found),
                  BATON_LEASE_LOST);
        arena_close(test.arena);
    }
}
