/* The audit by itself: what is stored when, what strangers cannot have stored, what becomes of records while the store fails. Run by tests/accounts/run. */
#include "ledger/ledger_inside.h"
#include "server/audit.h"
#include "unit/ledger/ledger_fixture.h"
#include "unit/test.h"
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { LINES = 8192, MINUTES = 60000, PATIENCE_MS = 20000 };

struct trial {
    struct ledger_test ledger;
    struct audit *audit;
    pthread_mutex_t lock;
    size_t lines;
    char last[512];
};

static void hear_line(void *context, const char *line) {
    struct trial *t = context;
    pthread_mutex_lock(&t->lock);
    t->lines++;
    strncpy(t->last, line, sizeof t->last - 1);
    pthread_mutex_unlock(&t->lock);
}

static bool begin(struct trial *t, enum store_kind kind) {
    memset(t, 0, sizeof *t);
    pthread_mutex_init(&t->lock, NULL);
    if (!ledger_test_make(&t->ledger, store_fixture_new(kind), DIGEST_SHA256, SIGNATURE_ED25519))
        return false;
    return audit_open(t->ledger.arena, &t->ledger.world, t->ledger.ledger,
                      &(struct audit_settings){hear_line, t}, &t->audit) == BATON_OK;
}

static void end(struct trial *t) {
    audit_close(t->audit);
    ledger_test_close(&t->ledger);
    pthread_mutex_destroy(&t->lock);
}

struct facts {
    size_t count, refused, lost;
    uint64_t times; /* of those that were refused */
    uint64_t lost_times;
    bool is_locked;
};

static baton_code count_fact(void *context, const struct fact_row *row) {
    struct facts *facts = context;
    const struct fact_body *body = &row->entry.body;
    uint64_t count = 1;
    (void)fact_position(body_text(body, "count"), &count);
    facts->count++;
    if (strcmp(body_text(body, "event"), "lost") == 0) {
        facts->lost++;
        facts->lost_times += count;
    }
    if (strcmp(body_text(body, "event"), "sign_in") == 0) {
        facts->refused++;
        facts->times += count;
        facts->is_locked = facts->is_locked || strcmp(body_text(body, "outcome"), "locked") == 0;
    }
    return BATON_OK;
}

static struct facts facts_of(struct trial *t) {
    struct facts facts = {0};
    struct baton_arena *arena = arena_open();
    struct baton_findings found = {.arena = arena};
    struct ledger_reader *reader;
    if (reader_open(arena, &t->ledger.place, &reader, &found) == BATON_OK)
        CHECK_INT(reader_newest(reader, "", FACT_AUDIT, INT64_MAX, 100000, count_fact, &facts),
                  BATON_OK);
    arena_close(arena);
    return facts;
}

static void rest_ms(int ms) {
    nanosleep(&(struct timespec){ms / 1000, (long)(ms % 1000) * 1000000}, NULL);
}

/* Until so many facts are stored; what there is then. */
static struct facts wait_facts(struct trial *t, size_t count) {
    struct facts facts = facts_of(t);
    for (int ms = 0; ms < PATIENCE_MS && facts.count < count; ms += 20) {
        rest_ms(20);
        facts = facts_of(t);
    }
    CHECK_INT(facts.count, count);
    return facts;
}

static const struct audit_record reading = {.event = AUDIT_READ,
                                            .outcome = AUDIT_DONE,
                                            .actor = "li.wei",
                                            .subject = "accounts",
                                            .address = "192.0.2.7"};
static const struct audit_record wrong = {
    .event = AUDIT_SIGN_IN, .outcome = AUDIT_REFUSED, .person = "zhao.qing"};

TEST(what_is_said_is_stored_soon) {
    FOR_EACH_STORE(kind) {
        struct trial t;
        if (!begin(&t, kind))
            return;
        audit_say(t.audit, &reading);
        wait_facts(&t, 1);
        audit_note(t.audit, &reading);
        for (int i = 0; i < 700; i++)
            audit_say(t.audit, &reading);
        audit_close(t.audit);
        CHECK_INT(facts_of(&t).count, 701);
        CHECK_INT(t.lines, 702);
        CHECK_TEXT(t.last, "event=read outcome=done actor=li.wei subject=\"accounts\" "
                           "address=192.0.2.7");
        end(&t);
    }
}

TEST(what_is_written_is_there) {
    FOR_EACH_STORE(kind) {
        struct trial t;
        if (!begin(&t, kind))
            return;
        CHECK_INT(audit_write(t.audit, t.ledger.arena, &reading, &t.ledger.found), BATON_OK);
        CHECK_INT(facts_of(&t).count, 1);
        end(&t);
    }
}

TEST(reading_again_is_one_fact_an_hour) {
    struct trial t;
    struct audit_record other = reading;
    if (!begin(&t, STORE_SQLITE))
        return;
    for (int i = 0; i < 1000; i++)
        audit_once(t.audit, &reading);
    other.subject = "audit";
    audit_once(t.audit, &other);
    other.actor = "wang.min";
    audit_once(t.audit, &other);
    wait_facts(&t, 3);
    ledger_test_now_utc_ms += 60 * (int64_t)MINUTES;
    audit_once(t.audit, &reading);
    wait_facts(&t, 4);
    end(&t);
    ledger_test_now_utc_ms -= 60 * (int64_t)MINUTES;
}

TEST(what_is_refused_is_one_fact_a_minute) {
    struct trial t;
    struct audit_record locked = wrong;
    if (!begin(&t, STORE_SQLITE))
        return;
    for (int i = 0; i < 100; i++)
        audit_refused(t.audit, &wrong);
    locked.outcome = AUDIT_LOCKED;
    audit_refused(t.audit, &locked);
    struct facts facts = wait_facts(&t, 1);
    CHECK_INT(facts.times, 1);
    CHECK(!facts.is_locked);
    ledger_test_now_utc_ms += MINUTES;
    facts = wait_facts(&t, 2);
    CHECK_INT(facts.times, 101);
    CHECK(facts.is_locked);
    CHECK_INT(t.lines, 101);
    ledger_test_now_utc_ms += MINUTES;
    rest_ms(1200);
    audit_refused(t.audit, &wrong);
    audit_refused(t.audit, &wrong);
    audit_close(t.audit); /* those that were counted are not left out */
    facts = facts_of(&t);
    CHECK_INT(facts.count, 4);
    CHECK_INT(facts.times, 103);
    end(&t);
    ledger_test_now_utc_ms -= 2 * (int64_t)MINUTES;
}

/* However many accounts are knocked at. */
TEST(more_accounts_than_there_is_room_share_one) {
    struct trial t;
    char person[16];
    struct audit_record record = wrong;
    if (!begin(&t, STORE_SQLITE))
        return;
    record.person = person;
    for (int i = 0; i < 1000; i++) {
        snprintf(person, sizeof person, "p%d", i);
        audit_refused(t.audit, &record);
    }
    struct facts facts = wait_facts(&t, 512);
    CHECK_INT(facts.times, 512);
    audit_close(t.audit);
    facts = facts_of(&t);
    CHECK_INT(facts.count, 513);
    CHECK_INT(facts.times, 1000);
    end(&t);
}

TEST(what_finds_no_room_is_counted) {
    struct trial t;
    if (!begin(&t, STORE_SQLITE))
        return;
    CHECK(ledger_enter(t.ledger.ledger)); /* nobody appends until it is left */
    for (int i = 0; i < AUDIT_LINE_MAX + 500; i++)
        audit_say(t.audit, &reading);
    CHECK_INT(audit_lost(t.audit), 500);
    ledger_leave(t.ledger.ledger);
    const struct facts facts = wait_facts(&t, AUDIT_LINE_MAX + 1);
    CHECK_INT(facts.lost, 1);
    CHECK_INT(facts.lost_times, 500);
    end(&t);
}

/* Strangers make lines, not facts: however many, what is to be stored has room. */
TEST(lines_take_no_room_from_facts) {
    struct trial t;
    if (!begin(&t, STORE_SQLITE))
        return;
    CHECK(ledger_enter(t.ledger.ledger));
    for (int i = 0; i < 2 * AUDIT_LINE_MAX; i++)
        audit_note(t.audit, &wrong);
    for (int i = 0; i < AUDIT_LINE_MAX / 2; i++)
        audit_say(t.audit, &reading);
    CHECK_INT(audit_lost(t.audit), 0);
    ledger_leave(t.ledger.ledger);
    wait_facts(&t, AUDIT_LINE_MAX / 2);
    end(&t);
}

TEST(a_store_that_fails_is_waited_for) {
    FOR_EACH_STORE(kind) {
        struct trial t;
        if (!begin(&t, kind))
            return;
        if (store_fixture_sql(t.ledger.place.address, "ALTER TABLE fact RENAME TO other")) {
            CHECK(audit_write(t.audit, t.ledger.arena, &reading, &t.ledger.found) != BATON_OK);
            audit_say(t.audit, &reading);
            audit_say(t.audit, &reading);
            rest_ms(400);
            CHECK(store_fixture_sql(t.ledger.place.address, "ALTER TABLE other RENAME TO fact"));
            wait_facts(&t, 2);
            CHECK_INT(audit_lost(t.audit), 0);
            CHECK_INT(audit_write(t.audit, t.ledger.arena, &reading, &t.ledger.found), BATON_OK);
        }
        end(&t);
    }
}

TEST(closing_does_not_wait_for_a_store_that_fails) {
    struct trial t;
    if (!begin(&t, STORE_SQLITE))
        return;
    CHECK(store_fixture_sql(t.ledger.place.address, "ALTER TABLE fact RENAME TO other"));
    audit_say(t.audit, &reading);
    audit_close(t.audit);
    CHECK_INT(t.lines, 1);
    CHECK(store_fixture_sql(t.ledger.place.address, "ALTER TABLE other RENAME TO fact"));
    CHECK_INT(facts_of(&t).count, 0);
    end(&t);
}

/* What was lost is told once, and so is that it was; neither makes more of it, and closing ends. */
TEST(without_the_lease_what_is_lost_is_told_once) {
    struct trial t;
    if (!begin(&t, STORE_SQLITE))
        return;
    CHECK(store_fixture_sql(t.ledger.place.address, "UPDATE lease SET token = 'other'"));
    for (int i = 0; i < 3; i++)
        audit_say(t.audit, &reading);
    for (int waited = 0; waited < PATIENCE_MS && audit_lost(t.audit) < 3; waited += 10)
        rest_ms(10);
    rest_ms(600); /* turns enough */
    CHECK_INT(audit_lost(t.audit), 3);
    audit_close(t.audit);
    CHECK_INT(t.lines, 4);
    CHECK_TEXT(t.last, "event=lost outcome=done count=3");
    end(&t);
}

/* Nothing that somebody calls themselves, or a thing, makes another line, or a field of it. */
TEST(a_line_is_one) {
    struct trial t;
    if (!begin(&t, STORE_SQLITE))
        return;
    audit_note(t.audit, &(struct audit_record){.event = AUDIT_READ,
                                               .outcome = AUDIT_DONE,
                                               .actor = "evil actor=li.wei",
                                               .subject = "a\"\nevent=sign_in\x7f",
                                               .address = "x\r\ny"});
    audit_close(t.audit);
    CHECK_TEXT(t.last, "event=read outcome=done subject=\"a'?event=sign_in?\" address=x??y");
    end(&t);
}
