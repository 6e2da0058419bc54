/* Tables made again from the journal. */
#include "unit/ledger/trial.h"
#include "unit/test.h"
#include <string.h>

static bool is_sound(struct trial *t) {
    struct verify_report report;
    return CHECK_CODE(
        t, ledger_verify(t->arena, &t->place, NULL, NULL, NULL, NULL, &report, &t->found),
        BATON_OK);
}

static const struct {
    const char *name, *sql;
    uint64_t want; /* rows that differ */
} damage[] = {
    {"nothing", "SELECT 1", 0},
    {"rows are gone", "DELETE FROM fact WHERE position >= 100 AND position < 110", 10},
    {"all rows are gone", "DELETE FROM fact", 324},
    {"rows are otherwise", "UPDATE fact SET withdrawn = 1 WHERE position >= 100 AND position < 103",
     3},
    {"a row of another position", "UPDATE fact SET position = 5000000 WHERE position = 100", 2},
    {"a row is too many",
     "INSERT INTO fact (ledger, assessment, kind, key, revision, position, first, withdrawn) "
     "SELECT ledger, assessment, kind, key, revision + 1, position, first, withdrawn FROM fact "
     "WHERE position = 100",
     1},
    {"proposals are otherwise", "UPDATE proposal SET state = 'open', decided = -1", 4},
    {"proposals are gone", "DELETE FROM proposal", 5},
    {"requests are gone", "DELETE FROM request", 2},
    {"requests are otherwise", "UPDATE request SET count = count + 1", 2},
    {"a request of somebody else", "UPDATE request SET actor = 'x' WHERE key = 'r-1'", 1},
    {"subtrees are gone", "DELETE FROM node", 1},
    {"a subtree is otherwise", "UPDATE node SET digest = (SELECT root FROM head WHERE size = 305)",
     1},
    {"content of other entries", "UPDATE content SET entry = entry + 1 WHERE size = 600000", 1},
    {"content of nobody", "UPDATE content SET entry = -1 WHERE size = 600000", 1},
    {"what is erased has a media type", "UPDATE content SET media = 'a' WHERE erased = 1", 1},
    {"everything",
     "DELETE FROM fact; DELETE FROM proposal; DELETE FROM node; UPDATE content SET entry = -1",
     338},
};

TEST(rebuild_makes_tables_as_they_were) {
    FOR_EACH_STORE(kind) {
        struct trial t;
        uint64_t differed;
        if (!trial_open(&t, kind, DIGEST_SHA256, SIGNATURE_ED25519))
            continue;
        trial_fill(&t);
        trial_rest(&t);
        for (size_t i = 0; i < LENGTH(damage); i++) {
            CASE("%s: %s", kind == STORE_SQLITE ? "SQLite" : "PostgreSQL", damage[i].name);
            if (!store_fixture_sql(t.place.address, damage[i].sql))
                continue;
            CHECK_CODE(&t, ledger_rebuild(t.arena, &t.world, &t.place, &differed, &t.found),
                       BATON_OK);
            CHECK_INT(differed, damage[i].want);
            CHECK_CODE(&t, ledger_rebuild(t.arena, &t.world, &t.place, &differed, &t.found),
                       BATON_OK);
            CHECK_INT(differed, 0);
            is_sound(&t);
        }
        CHECK(trial_wake(&t));
        SAY(&t, "unit", "city", "id", "u3", "name", "城北区");
        is_sound(&t);
        trial_close(&t);
    }
}

TEST(rebuild_does_nothing_with_a_broken_journal) {
    FOR_EACH_STORE(kind) {
        struct trial t;
        uint64_t differed;
        if (!trial_open(&t, kind, DIGEST_SHA256, SIGNATURE_ED25519))
            continue;
        trial_fill(&t);
        trial_rest(&t);
        store_fixture_sql(t.place.address,
                          "DELETE FROM node; DELETE FROM entry WHERE position = 5");
        CHECK_CODE(&t, ledger_rebuild(t.arena, &t.world, &t.place, &differed, &t.found),
                   BATON_ENTRY_MISSING);
        CHECK_TEXT(trial_found(&t), "ENTRY_MISSING 5 6");
        struct store_test o;
        const struct store_value *row;
        if (store_test_open(&o, t.place.address, STORE_READ)) {
            CHECK_OK(&o, store_query(o.store, STATEMENT_NODE_ALL, VALUES(store_int(1))));
            CHECK_OK(&o, store_next(o.store, &row));
            CHECK(row == NULL);
            shut(&o);
        }
        trial_close(&t);
    }
}

TEST(rebuild_needs_the_lease) {
    FOR_EACH_STORE(kind) {
        struct trial t;
        uint64_t differed;
        if (!trial_open(&t, kind, DIGEST_SHA256, SIGNATURE_ED25519))
            continue;
        CHECK_CODE(&t, ledger_rebuild(t.arena, &t.world, &t.place, &differed, &t.found),
                   BATON_LEASE_HELD);
        CHECK_TEXT(trial_found(&t), "LEASE_HELD test");
        trial_rest(&t);
        CHECK_CODE(&t, ledger_rebuild(t.arena, &t.world, &t.place, &differed, &t.found), BATON_OK);
        CHECK(trial_wake(&t)); /* it was given back */
        trial_close(&t);
    }
}
