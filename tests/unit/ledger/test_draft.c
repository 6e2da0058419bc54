/* Drafts of schemes: who has not seen what is there overwrites nothing, ids are not used again, and a failure of the store at any call neither loses a save nor does it twice. */
#include "ledger/draft.h"
#include "ledger/reader.h"
#include "unit/ledger/ledger_fixture.h"
#include "unit/test.h"
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

static bool make(struct ledger_test *test, enum store_kind kind) {
    return ledger_test_make(test, store_fixture_new(kind), DIGEST_SHA256, SIGNATURE_ED25519);
}

static struct ledger_reader *reader_of(struct ledger_test *test) {
    struct ledger_reader *reader = NULL;
    CHECK_DONE(test, reader_open(test->arena, &test->place, &reader, &test->found));
    return reader;
}

static struct draft_wish wish(const char *actor, const char *id, uint64_t revision,
                              const char *bytes) {
    return (struct draft_wish){.actor = actor,
                               .assessment = "city",
                               .id = id,
                               .revision = revision,
                               .bytes = bytes,
                               .size = strlen(bytes)};
}

static struct draft add(struct ledger_test *test, const char *assessment, const char *name,
                        const char *bytes) {
    struct draft_wish new = wish("li.wei", NULL, 0, bytes);
    struct draft draft;
    new.name = name;
    new.assessment = assessment;
    CHECK_INT(ledger_draft_add(test->ledger, test->arena, &new, &draft), BATON_OK);
    return draft;
}

static void check_there(struct ledger_test *test, const struct draft *want, const char *bytes) {
    struct ledger_reader *const reader = reader_of(test);
    struct draft draft;
    const char *there = NULL;
    CHECK_INT(reader_draft(reader, test->arena, "city", want->id, &draft, &there), BATON_OK);
    CHECK_TEXT(there, bytes);
    CHECK_TEXT(draft.name, want->name);
    CHECK_INT(draft.revision, want->revision);
    CHECK_TEXT(draft.saved_by, want->saved_by);
    CHECK_TEXT(draft.made_by, want->made_by);
    CHECK_INT(draft.saved_utc_ms, want->saved_utc_ms);
    CHECK_INT(draft.made_utc_ms, want->made_utc_ms);
    CHECK_INT(draft.size, strlen(bytes));
    reader_close(reader);
}

static baton_code save(struct ledger_test *test, struct draft_wish asked, struct draft *out) {
    return ledger_draft_save(test->ledger, test->arena, &asked, out);
}

static baton_code discard(struct ledger_test *test, struct draft_wish asked, struct draft *out) {
    return ledger_draft_discard(test->ledger, test->arena, &asked, out);
}

TEST(draft_is_saved_upon_what_was_seen) {
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        struct draft draft;
        if (!make(&test, kind))
            continue;
        struct draft first = add(&test, "city", "2022 年修订 <b>'\"; DROP TABLE draft", "one");
        CHECK_INT(first.revision, 1);
        CHECK_INT(strlen(first.id), 16);
        check_there(&test, &first, "one");
        ledger_test_now_utc_ms += 1000;
        CHECK_INT(save(&test, wish("wang.min", first.id, 1, "two"), &draft), BATON_OK);
        CHECK_INT(draft.revision, 2);
        CHECK_INT(draft.saved_utc_ms, first.saved_utc_ms + 1000);
        CHECK_TEXT(draft.saved_by, "wang.min");
        CHECK_TEXT(draft.made_by, "li.wei");
        CHECK_TEXT(draft.name, first.name);
        check_there(&test, &draft, "two");
        /* Upon an older one, upon one that there is not: what is there is told, and stays. */
        const struct draft second = draft;
        static const uint64_t seen[] = {0, 1, 3};
        for (size_t i = 0; i < LENGTH(seen); i++) {
            CHECK_INT(save(&test, wish("li.wei", first.id, seen[i], "three"), &draft),
                      BATON_DRAFT_MEANWHILE);
            CHECK_INT(draft.revision, 2);
            CHECK_TEXT(draft.saved_by, "wang.min");
            CHECK_INT(discard(&test, wish("li.wei", first.id, seen[i], ""), &draft),
                      BATON_DRAFT_MEANWHILE);
            CHECK_INT(draft.revision, 2);
        }
        check_there(&test, &second, "two");
        /* The same save again is answered as done; the same bytes of somebody else, or other bytes, are not it. */
        CHECK_INT(save(&test, wish("wang.min", first.id, 1, "two"), &draft), BATON_OK);
        CHECK_INT(draft.revision, 2);
        CHECK_INT(save(&test, wish("li.wei", first.id, 1, "two"), &draft), BATON_DRAFT_MEANWHILE);
        CHECK_INT(save(&test, wish("wang.min", first.id, 1, "tow"), &draft), BATON_DRAFT_MEANWHILE);
        struct draft_wish renamed = wish("wang.min", first.id, 1, "two");
        renamed.name = "another";
        CHECK_INT(save(&test, renamed, &draft), BATON_DRAFT_MEANWHILE);
        renamed.revision = 2;
        CHECK_INT(save(&test, renamed, &draft), BATON_OK);
        CHECK_TEXT(draft.name, "another");
        check_there(&test, &draft, "two");
        CHECK_INT(discard(&test, wish("li.wei", first.id, 3, ""), &draft), BATON_OK);
        CHECK_INT(save(&test, wish("li.wei", first.id, 3, "x"), &draft), BATON_DRAFT_UNKNOWN);
        CHECK_INT(discard(&test, wish("li.wei", first.id, 3, ""), &draft), BATON_DRAFT_UNKNOWN);
        ledger_test_close(&test);
        atomic_store(&ledger_test_now_utc_ms, LEDGER_TEST_BEGINS);
    }
}

TEST(drafts_of_an_assessment) {
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        struct draft *draft, last, one;
        const char *bytes;
        size_t count;
        if (!make(&test, kind))
            continue;
        const struct draft other = add(&test, "town", "another assessment's", "x");
        for (size_t i = 0; i < DRAFTS_MOST; i++) {
            ledger_test_now_utc_ms += 1000;
            last = add(&test, "city", arena_printf(test.arena, "no. %zu", i), "x");
        }
        struct draft_wish more = wish("li.wei", NULL, 0, "x");
        more.name = "one too many";
        CHECK_INT(ledger_draft_add(test.ledger, test.arena, &more, &one), BATON_DRAFTS_FULL);
        struct ledger_reader *const reader = reader_of(&test);
        CHECK_INT(reader_drafts(reader, test.arena, "city", &draft, &count), BATON_OK);
        if (CHECK_INT(count, DRAFTS_MOST)) {
            CHECK_TEXT(draft[0].id, last.id);
            CHECK_TEXT(draft[0].name, arena_printf(test.arena, "no. %d", DRAFTS_MOST - 1));
            for (size_t i = 1; i < count; i++) {
                CHECK(draft[i].saved_utc_ms < draft[i - 1].saved_utc_ms);
                CHECK(strcmp(draft[i].id, draft[i - 1].id) != 0);
            }
        }
        /* One of another assessment is none of this one. */
        CHECK_INT(reader_draft(reader, test.arena, "city", other.id, &one, &bytes),
                  BATON_DRAFT_UNKNOWN);
        CHECK_INT(save(&test, wish("li.wei", other.id, 1, "y"), &one), BATON_DRAFT_UNKNOWN);
        CHECK_INT(discard(&test, wish("li.wei", last.id, 1, ""), &one), BATON_OK);
        const struct draft again = add(&test, "city", "in its place", "x");
        CHECK(strcmp(again.id, last.id) != 0);
        CHECK_INT(reader_drafts(reader, test.arena, "nothing", &draft, &count), BATON_OK);
        CHECK_INT(count, 0);
        reader_close(reader);
        ledger_test_close(&test);
        atomic_store(&ledger_test_now_utc_ms, LEDGER_TEST_BEGINS);
    }
}

TEST(draft_as_large_as_may_be) {
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        struct draft draft;
        const char *there;
        if (!make(&test, kind))
            continue;
        char *const bytes = arena_alloc(test.arena, DRAFT_BYTES_MOST, 1);
        for (size_t i = 0; i < DRAFT_BYTES_MOST; i++)
            bytes[i] = (char)(i * 2654435761U >> 13);
        struct draft_wish large = wish("li.wei", NULL, 0, "");
        large.name = "as large as may be";
        large.bytes = bytes;
        large.size = DRAFT_BYTES_MOST;
        CHECK_INT(ledger_draft_add(test.ledger, test.arena, &large, &draft), BATON_OK);
        struct ledger_reader *const reader = reader_of(&test);
        CHECK_INT(reader_draft(reader, test.arena, "city", draft.id, &draft, &there), BATON_OK);
        CHECK(draft.size == DRAFT_BYTES_MOST && memcmp(there, bytes, DRAFT_BYTES_MOST) == 0);
        reader_close(reader);
        ledger_test_close(&test);
    }
}

/* That call of the driver fails. */
static _Atomic uint32_t calls, fails_at;

static baton_code inject(void *context, const char *call) {
    (void)context, (void)call;
    return atomic_fetch_add(&calls, 1) + 1 == fails_at ? BATON_STORE_FAILED : BATON_OK;
}

/* Saved again until it is answered as done, it is done once. */
TEST(draft_with_failures) {
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        struct draft draft;
        char address[512];
        uint32_t at = 1;
        if (!make(&test, kind))
            continue;
        char id[32];
        snprintf(id, sizeof id, "%s", add(&test, "city", "a draft", "0").id);
        store_inject(NULL, inject, NULL);
        snprintf(address, sizeof address, "%s", test.place.address);
        ledger_test_close(&test);
        if (!ledger_test_open(&test, address))
            break;
        uint64_t revision = 1;
        for (bool was_hit = true; was_hit && at < 200; at++, revision++) {
            const char *const bytes = arena_printf(test.arena, "%u", at);
            calls = 0;
            fails_at = at;
            while (save(&test, wish("li.wei", id, revision, bytes), &draft) != BATON_OK)
                ;
            was_hit = calls >= at;
            fails_at = 0;
            CHECK_INT(draft.revision, revision + 1);
            check_there(&test, &draft, bytes);
        }
        CHECK(at > 5 && at < 200);
        store_inject(NULL, NULL, NULL);
        ledger_test_close(&test);
    }
}
