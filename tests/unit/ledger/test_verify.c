/* Verification: a sound ledger is found sound, and each kind of damage is named, on both stores. */
#include "unit/ledger/trial.h"
#include "unit/test.h"
#include <stdio.h>
#include <string.h>

static baton_code verify(struct trial *t, struct verify_report *report) {
    return ledger_verify(t->arena, &t->place, NULL, NULL, NULL, NULL, report, &t->found);
}

static bool count_calls(void *context, uint64_t done, uint64_t of) {
    uint64_t *last = context;
    CHECK(done >= last[0] && done <= of);
    last[0] = done;
    last[1] = of;
    return true;
}

/* Ends a verification at the call that *context counts down to. */
static bool end_at(void *context, uint64_t done, uint64_t of) {
    uint64_t *const left = context;
    CHECK(done <= of);
    return --*left > 0;
}

TEST(verify_ends_where_it_is_told_to) {
    FOR_EACH_STORE(kind) {
        struct trial t;
        struct verify_report report;
        if (!trial_open(&t, kind, DIGEST_SHA256, SIGNATURE_ED25519))
            continue;
        trial_fill(&t);
        for (uint64_t calls = 1;; calls++) {
            uint64_t left = calls;
            const baton_code code =
                ledger_verify(t.arena, &t.place, NULL, NULL, end_at, &left, &report, &t.found);
            if (left > 0) { /* it had fewer steps, and is not ended behind the last */
                CHECK_INT(code, BATON_OK);
                CHECK(calls > 4); /* of entries, and of contents */
                break;
            }
            CHECK_INT(code, BATON_VERIFY_ENDED);
            CHECK_INT(t.found.count, 0);
        }
        trial_close(&t);
    }
}

TEST(verify_holds_a_sound_ledger_sound) {
    FOR_EACH_STORE(kind)
    for (int sm = 0; sm < 2; sm++) {
        struct trial t;
        struct verify_report report;
        uint64_t last[2] = {0, 0};
        if (!trial_open(&t, kind, sm ? DIGEST_SM3 : DIGEST_SHA256,
                        sm ? SIGNATURE_SM2 : SIGNATURE_ED25519))
            continue;
        trial_fill(&t);
        CHECK_CODE(
            &t, ledger_verify(t.arena, &t.place, NULL, NULL, count_calls, last, &report, &t.found),
            BATON_OK);
        CHECK_INT(report.entries, 329);
        CHECK_INT(report.facts, 324); /* without 3 decisions, a withdrawal and an erasure */
        CHECK_INT(report.contents, 8);
        CHECK_INT(report.orphans, 1);
        CHECK_INT(report.erased, 1);
        CHECK_INT(report.head.size, report.entries);
        CHECK_INT(last[0], last[1]);
        CHECK_INT(t.found.count, 0);
        trial_close(&t);
    }
}

/* Damage, as SQL that both stores take; T0 is when the ledger begins. */
#define ONE(table, order) "SELECT " #order " FROM " #table
static const struct {
    const char *name, *sql, *want; /* the beginning of what is found */
} damage[] = {
    {"an entry stands in the place of another",
     "UPDATE entry SET bytes = (SELECT bytes FROM entry WHERE position = 6) WHERE position = 5",
     "ENTRY_MISSING 5 6"},
    {"an entry is gone", "DELETE FROM entry WHERE position = 5", "ENTRY_MISSING 5 6"},
    {"the last entry is gone",
     "DELETE FROM entry WHERE position = (SELECT MAX(position) FROM entry)", "HEAD_ROOT 329"},
    {"an entry behind the end",
     "INSERT INTO entry (ledger, position, bytes) SELECT ledger, 1000000, bytes FROM entry WHERE "
     "position = 7",
     "ENTRY_MISSING 329 1000000"},
    {"an entry before the beginning",
     "INSERT INTO entry (ledger, position, bytes) SELECT ledger, -1, bytes FROM entry WHERE "
     "position = 7",
     "ENTRY_MISSING 0 -1"},
    {"an entry without bytes",
     "UPDATE entry SET bytes = (SELECT salt FROM content WHERE erased = 1) WHERE position = 9",
     "ENTRY_BROKEN 9"},
    {"the last head is gone", "DELETE FROM head WHERE size = (SELECT MAX(size) FROM head)",
     "HEAD_MISSING 328"},
    {"a head between is gone", "DELETE FROM head WHERE time_utc_ms = 1700000001000",
     "HEAD_MISSING 305"},
    {"a root is another's",
     "UPDATE head SET root = (SELECT root FROM head WHERE size = 306) WHERE size = 305",
     "HEAD_ROOT 305"},
    {"a signature is another's",
     "UPDATE head SET signature = (SELECT signature FROM head WHERE size = 306) WHERE size = 305",
     "HEAD_SIGNATURE 305"},
    {"a head names another key",
     "UPDATE head SET key = (SELECT key FROM head WHERE size = 329) WHERE size = 305",
     "HEAD_KEY 305"},
    {"a head has another time", "UPDATE head SET time_utc_ms = 1700000000999 WHERE size = 306",
     "HEAD_MISSING 305"},
    {"a head is of another size", "UPDATE head SET size = 302 WHERE size = 305", "HEAD_ROOT 302"},
    {"a head of nothing",
     "INSERT INTO head (ledger, size, time_utc_ms, root, key, signature) SELECT ledger, 0, "
     "time_utc_ms, root, key, signature FROM head WHERE size = 305",
     "HEAD_ROOT 0"},
    {"a head without a root",
     "UPDATE head SET root = (SELECT salt FROM content WHERE erased = 1) WHERE size = 305",
     "HEAD_SIGNATURE 305"},
    {"the ledger has another digest", "UPDATE ledger SET digest = 'sm3'",
     "PROJECTION_WRONG ledger city"},
    {"the ledger has other signatures", "UPDATE ledger SET signature = 'sm2'",
     "PROJECTION_WRONG ledger city"},
    {"the ledger began later", "UPDATE ledger SET created_utc_ms = created_utc_ms + 1",
     "PROJECTION_WRONG ledger city"},
    {"a row is withdrawn", "UPDATE fact SET withdrawn = 1 WHERE position = 100",
     "PROJECTION_WRONG fact #100 city observation"},
    {"a row is gone", "DELETE FROM fact WHERE position = 100",
     "PROJECTION_WRONG fact #100 city observation u95/e0/2022-01"},
    {"a row is too many",
     "INSERT INTO fact (ledger, assessment, kind, key, revision, position, first, withdrawn) "
     "SELECT ledger, assessment, kind, key, revision + 1, position, first, withdrawn FROM fact "
     "WHERE position = 100",
     "PROJECTION_WRONG fact #100 city observation"},
    {"a row of an entry that is none", "UPDATE fact SET position = 5000000 WHERE position = 100",
     "PROJECTION_WRONG fact #5000000 city observation"},
    {"a revision", "UPDATE fact SET revision = revision + 5 WHERE position = 100",
     "PROJECTION_WRONG fact #100 "},
    {"a first position", "UPDATE fact SET first = 99 WHERE position = 100",
     "PROJECTION_WRONG fact #100 "},
    {"a key", "UPDATE fact SET key = 'u' WHERE position = 100", "PROJECTION_WRONG fact #100 "},
    {"an assessment", "UPDATE fact SET assessment = 'town' WHERE position = 100",
     "PROJECTION_WRONG fact #100 town"},
    {"a kind", "UPDATE fact SET kind = 'target' WHERE position = 100",
     "PROJECTION_WRONG fact #100 city target"},
    {"words moved from one column to the next",
     "UPDATE fact SET assessment = 'city' || substr(key, 3, 1) || 'observation', kind = 'u1', key "
     "= 'e0' WHERE position = 6",
     "PROJECTION_WRONG fact #6 "},
    {"a state", "UPDATE proposal SET state = 'accepted' WHERE state = 'refused'",
     "PROJECTION_WRONG proposal #"},
    {"a decision", "UPDATE proposal SET decided = decided + 1 WHERE state = 'refused'",
     "PROJECTION_WRONG proposal #"},
    {"a proposer", "UPDATE proposal SET proposer = 'deputy' WHERE state = 'refused'",
     "PROJECTION_WRONG proposal #"},
    {"an expiry", "UPDATE proposal SET expires_utc_ms = 1 WHERE state = 'refused'",
     "PROJECTION_WRONG proposal #"},
    {"a proposal is gone", "DELETE FROM proposal WHERE state = 'open'",
     "PROJECTION_WRONG proposal #"},
    {"the last proposal is gone",
     "DELETE FROM proposal WHERE position = (SELECT MAX(position) FROM proposal)",
     "PROJECTION_WRONG proposal #"},
    {"a proposal is too many",
     "INSERT INTO proposal (ledger, position, assessment, state, proposer, expires_utc_ms, "
     "decided) SELECT ledger, 1, assessment, state, proposer, expires_utc_ms, decided FROM "
     "proposal WHERE state = 'open'",
     "PROJECTION_WRONG proposal #1"},
    {"a subtree", "UPDATE node SET digest = (SELECT root FROM head WHERE size = 305)",
     "NODE_WRONG 8 0"},
    {"a subtree is gone", "DELETE FROM node", "NODE_WRONG 8 0"},
    {"a subtree is too many",
     "INSERT INTO node (ledger, level, place, digest) SELECT ledger, level, 1, digest FROM node",
     "NODE_WRONG 8 1"},
    {"content of another entry", "UPDATE content SET entry = 3 WHERE size = 600000",
     "PROJECTION_WRONG content "},
    {"content of nobody", "UPDATE content SET entry = -1 WHERE size = 600000",
     "PROJECTION_WRONG content "},
    {"content that is not erased", "UPDATE content SET erased = 0", "PROJECTION_WRONG content "},
    {"content that is erased", "UPDATE content SET erased = 1 WHERE size = 600000",
     "PROJECTION_WRONG content "},
    {"what is erased has a size", "UPDATE content SET size = 1 WHERE erased = 1",
     "PROJECTION_WRONG content "},
    {"what is erased has a media type", "UPDATE content SET media = 'a' WHERE erased = 1",
     "PROJECTION_WRONG content "},
    {"what is erased has salt",
     "UPDATE content SET salt = (SELECT salt FROM content WHERE size = 600000) WHERE erased = 1",
     "PROJECTION_WRONG content "},
    {"salt", "UPDATE content SET salt = plain WHERE size = 600000", "CONTENT_WRONG "},
    {"plain", "UPDATE content SET plain = salt WHERE size = 600000", "CONTENT_WRONG "},
    {"a media type", "UPDATE content SET media = 'application/pde' WHERE size = 600000",
     "CONTENT_WRONG "},
    {"a size", "UPDATE content SET size = 600001 WHERE size = 600000", "CONTENT_WRONG "},
    {"content is gone", "DELETE FROM content WHERE size = 600000", "CONTENT_MISSING "},
    {"a piece is gone", "DELETE FROM content_part WHERE part = 1", "CONTENT_WRONG "},
    {"the last piece is gone", "DELETE FROM content_part WHERE part = 2", "CONTENT_WRONG "},
    {"all pieces are gone", "DELETE FROM content_part", "CONTENT_WRONG "},
    {"a piece is another",
     "UPDATE content_part SET bytes = (SELECT root FROM head WHERE size = 305) WHERE part = 2",
     "CONTENT_WRONG "},
    {"a piece has another number", "UPDATE content_part SET part = 5 WHERE part = 2",
     "CONTENT_WRONG "},
    {"what is erased has a piece",
     "INSERT INTO content_part (ledger, digest, part, bytes) SELECT c.ledger, c.digest, 0, "
     "(SELECT root FROM head WHERE size = 305) FROM content c WHERE c.erased = 1",
     "CONTENT_WRONG "},
    {"a row of no ledger", "UPDATE fact SET ledger = 9 WHERE position = 100",
     "PROJECTION_WRONG fact ledger = 9"},
    {"a head of no ledger", "UPDATE head SET ledger = 0 WHERE size = 3",
     "PROJECTION_WRONG head ledger = 0"},
    {"a piece of no ledger", "UPDATE content_part SET ledger = 9 WHERE part = 2",
     "PROJECTION_WRONG content_part ledger = 9"},
};

static const char *const tables[] = {"ledger",  "entry",        "node", "head",
                                     "content", "content_part", "fact", "proposal"};

/* Keeps all tables of a server, or puts them back. */
static bool keep_tables(struct trial *t, bool back) {
    const char *sql = back ? "" : "DROP SCHEMA IF EXISTS kept CASCADE; CREATE SCHEMA kept;";
    for (size_t i = 0; i < LENGTH(tables); i++)
        sql = back ? arena_printf(t->arena, "%sTRUNCATE %s; INSERT INTO %s TABLE kept.%s;", sql,
                                  tables[i], tables[i], tables[i])
                   : arena_printf(t->arena, "%sCREATE TABLE kept.%s AS TABLE %s;", sql, tables[i],
                                  tables[i]);
    return store_fixture_sql(t->place.address, sql);
}

/* The ledger again as it was: the tables are put back, or a file is copied. */
static bool again(struct trial *t, enum store_kind kind, const char *whole, unsigned number) {
    if (kind == STORE_POSTGRES)
        return keep_tables(t, number > 0);
    const char *const copy = arena_printf(t->arena, "%s.%u", whole, number);
    FILE *const from = fopen(whole, "rb"), *const to = fopen(copy, "wb");
    char bytes[1 << 16];
    size_t size;
    if (!CHECK(from != NULL && to != NULL))
        return false;
    while ((size = fread(bytes, 1, sizeof bytes, from)) > 0)
        CHECK_INT(fwrite(bytes, 1, size, to), size);
    fclose(from);
    CHECK_INT(fclose(to), 0);
    t->place.address = copy;
    return true;
}

TEST(verify_names_what_was_changed) {
    FOR_EACH_STORE(kind) {
        struct trial t;
        struct verify_report report;
        if (!trial_open(&t, kind, DIGEST_SHA256, SIGNATURE_ED25519))
            continue;
        const char *const whole = t.place.address;
        trial_fill(&t);
        trial_rest(&t);
        for (unsigned i = 0; i < LENGTH(damage); i++) {
            CASE("%s: %s", kind == STORE_SQLITE ? "SQLite" : "PostgreSQL", damage[i].name);
            if (!again(&t, kind, whole, i) || !store_fixture_sql(t.place.address, damage[i].sql))
                continue;
            const baton_code code = verify(&t, &report);
            CHECK(code != BATON_OK);
            CHECK_INT(code, t.found.count > 0 ? t.found.item[0].code : BATON_OK);
            CHECK_INT(t.found.count, 1);
            const char *const found = trial_found(&t);
            if (strncmp(found, damage[i].want, strlen(damage[i].want)) != 0)
                FAIL("%s, not %s", found, damage[i].want);
        }
        if (kind == STORE_POSTGRES)
            store_fixture_sql(t.place.address, "DROP SCHEMA kept CASCADE");
        trial_close(&t);
    }
}

static const char *verify_since(struct trial *t, const struct head *head,
                                const struct public_key *key) {
    struct verify_report report;
    const baton_code code =
        ledger_verify(t->arena, &t->place, head, key, NULL, NULL, &report, &t->found);
    CHECK_INT(code, t->found.count > 0 ? t->found.item[0].code : BATON_OK);
    return trial_found(t);
}

TEST(verify_holds_a_kept_head_against_the_journal) {
    FOR_EACH_STORE(kind) {
        struct trial t;
        struct head old, newest, forged;
        struct public_key old_key, key;
        if (!trial_open(&t, kind, DIGEST_SHA256, SIGNATURE_ED25519))
            continue;
        const char *const first_key = t.place.key;
        trial_figures(&t, "village", 40);
        trial_head(&t, &old, &old_key);
        trial_fill(&t);
        trial_head(&t, &newest, &key);
        CHECK_TEXT(verify_since(&t, &old, &old_key), "");
        CHECK_TEXT(verify_since(&t, &newest, &key), "");
        forged = old;
        forged.root.byte[3] ^= 1;
        CHECK_TEXT(verify_since(&t, &forged, &old_key), "HEAD_SIGNATURE 43");
        forged = old;
        forged.ledger = "other";
        CHECK_TEXT(verify_since(&t, &forged, &old_key), "HEAD_OF_OTHER other city");
        /* Somebody who has the key writes another journal of that name. By itself it is sound. */
        t.place.key = first_key;
        if (trial_begin_again(&t, kind)) {
            CHECK_TEXT(verify_since(&t, NULL, NULL), "");
            CHECK_TEXT(verify_since(&t, &old, &old_key), "LEDGER_REWRITTEN 43"); /* shorter */
            trial_figures(&t, "village", 39);
            SAY(&t, "unit", "village", "id", "u1", "name", "一村");
            CHECK_TEXT(verify_since(&t, &old, &old_key), "LEDGER_REWRITTEN 43"); /* as long */
            trial_figures(&t, "town", 300);
            CHECK_TEXT(verify_since(&t, &old, &old_key), "LEDGER_REWRITTEN 43");
            CHECK_TEXT(verify_since(&t, NULL, NULL), "");
        }
        trial_close(&t);
    }
}
