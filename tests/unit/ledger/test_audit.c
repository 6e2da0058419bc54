/* Facts of kind audit: nobody says them but the program, and all that reads a ledger takes them as it takes others. */
#include "ledger/audit_words.h"
#include "ledger/rights.h"
#include "ledger/verify.h"
#include "unit/ledger/ledger_fixture.h"
#include "unit/test.h"
#include <string.h>

static bool make(struct ledger_test *test, enum store_kind kind) {
    return ledger_test_make(test, store_fixture_new(kind), DIGEST_SHA256, SIGNATURE_ED25519);
}

static const struct {
    const char *actor, *fields;
} said[] = {
    {"zhao.qing", "event=sign_in outcome=done address:=127.0.0.1"},
    {"", "event=sign_in outcome=locked person=zhao.qing count=7"},
    {"li.wei", "event=account_reset outcome=begun person=zhao.qing"},
    {"li.wei", "event=export outcome=done subject=city/results/2021"},
};

static baton_code audit(struct ledger_test *test, const char *actor, const char *fields) {
    struct fact_body fact = ledger_test_fact(test, "audit", "", fields);
    struct submission submission = {.fact = &fact, .count = 1, .actors = &actor};
    test->found = (struct baton_findings){.arena = test->arena};
    return ledger_audit(test->ledger, test->arena, &submission, &test->found);
}

struct seen {
    size_t count;
    uint64_t position[8];
    char actor[8][16], event[8][20];
    struct digest address;
};

static baton_code see(void *context, const struct fact_row *row) {
    struct seen *seen = context;
    const struct field *address = body_field(&row->entry.body, "address");
    CHECK(seen->count < LENGTH(seen->position));
    if (seen->count >= LENGTH(seen->position))
        return BATON_OK;
    seen->position[seen->count] = row->position;
    strncpy(seen->actor[seen->count], row->entry.actor, sizeof seen->actor[0] - 1);
    strncpy(seen->event[seen->count], body_text(&row->entry.body, "event"),
            sizeof seen->event[0] - 1);
    if (address != NULL && address->size == DIGEST_SIZE)
        memcpy(seen->address.byte, address->value, DIGEST_SIZE);
    seen->count++;
    return BATON_OK;
}

/* The newest come first, in pages. */
static void check_pages(struct ledger_test *test, struct ledger_reader *reader, uint64_t first) {
    struct seen seen = {0};
    CHECK_DONE(test, reader_newest(reader, "", FACT_AUDIT, INT64_MAX, 3, see, &seen));
    CHECK_INT(seen.count, 3);
    CHECK_INT(seen.position[0], first + 3);
    CHECK_TEXT(seen.event[0], "export");
    CHECK_TEXT(seen.actor[2], "");
    const uint64_t before = seen.position[2];
    seen.count = 0;
    CHECK_DONE(test, reader_newest(reader, "", FACT_AUDIT, before, 3, see, &seen));
    CHECK_INT(seen.count, 1);
    CHECK_TEXT(seen.actor[0], "zhao.qing");
    const char *text;
    size_t size;
    CHECK_DONE(test, reader_content_text(reader, test->arena, &seen.address, &text, &size));
    CHECK_TEXT(text, "127.0.0.1");
}

TEST(the_program_says_audit_facts) {
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        struct ledger_reader *reader;
        struct verify_report report;
        uint64_t first, differed;
        if (!make(&test, kind))
            return;
        CHECK_DONE(&test, ledger_test_say(&test, "zhao.qing", "observation", "city",
                                          "unit=a element=gdp period=2021-01 value=7", &first));
        for (size_t i = 0; i < LENGTH(said); i++)
            CHECK_DONE(&test, audit(&test, said[i].actor, said[i].fields));
        CHECK_DONE(&test, reader_open(test.arena, &test.place, &reader, &test.found));
        check_pages(&test, reader, first + 1);
        ledger_close(test.ledger);
        CHECK_DONE(&test, ledger_verify(test.arena, &test.place, NULL, NULL, NULL, NULL, &report,
                                        &test.found));
        CHECK_INT(report.entries, first + 1 + LENGTH(said));
        CHECK_DONE(&test,
                   ledger_rebuild(test.arena, &test.world, &test.place, &differed, &test.found));
        CHECK_INT(differed, 0);
        CHECK(store_fixture_sql(test.place.address, "DELETE FROM fact WHERE kind = 'audit'"));
        CHECK_DONE(&test,
                   ledger_rebuild(test.arena, &test.world, &test.place, &differed, &test.found));
        CHECK_INT(differed, LENGTH(said));
        check_pages(&test, reader, first + 1);
        arena_close(test.arena);
    }
}

TEST(nobody_else_does) {
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        if (!make(&test, kind))
            return;
        struct fact_body fact = ledger_test_fact(&test, "audit", "", said[0].fields);
        struct submission submission = {.actor = "li.wei", .fact = &fact, .count = 1};
        CHECK_INT(ledger_append(test.ledger, test.arena, &submission, &test.found),
                  BATON_FACT_KIND);
        CHECK_INT(ledger_propose(test.ledger, test.arena, &submission, "why", 0, &test.found),
                  BATON_FACT_KIND);
        for (int right = 0; right < 3; right++)
            CHECK_INT(right == 0   ? rights_to_say(FACT_AUDIT)
                      : right == 1 ? rights_to_propose(FACT_AUDIT)
                                   : rights_to_decide(FACT_AUDIT),
                      0);
        ledger_test_close(&test);
    }
}

TEST(words_are_of_the_vocabulary) {
    struct ledger_test test;
    enum audit_event event;
    enum audit_outcome outcome;
    if (!make(&test, STORE_SQLITE))
        return;
    CHECK_INT(audit(&test, "li.wei", "event=sign_in outcome=perhaps"), BATON_FACT_FIELD_BAD);
    CHECK_INT(audit(&test, "li.wei", "event=dance outcome=done"), BATON_FACT_FIELD_BAD);
    CHECK_INT(audit(&test, "li.wei", "event=sign_in"), BATON_FACT_FIELD_NEEDED);
    CHECK_INT(audit(&test, "li.wei", "event=sign_in outcome=done person=a/b"),
              BATON_FACT_FIELD_BAD);
    CHECK_INT(audit(&test, "li.wei", "event=sign_in outcome=done value=7"),
              BATON_FACT_FIELD_UNKNOWN);
    for (int i = 0; i < AUDIT_EVENTS; i++)
        CHECK(audit_event_of(audit_event_word((enum audit_event)i), &event) && (int)event == i);
    for (int i = 0; i < AUDIT_OUTCOMES; i++)
        CHECK(audit_outcome_of(audit_outcome_word((enum audit_outcome)i), &outcome) &&
              (int)outcome == i);
    CHECK_TEXT(audit_event_name("sign_in", BATON_ZH), "登录");
    CHECK_TEXT(audit_outcome_name("unheard-of", BATON_EN), "unheard-of");
    ledger_test_close(&test);
}
