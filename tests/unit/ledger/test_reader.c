/* What a reader tells of a ledger, on both stores. */
#include "ledger/rights.h"
#include "unit/ledger/trial.h"
#include "unit/test.h"
#include <stdio.h>
#include <string.h>

struct read_test {
    struct trial t;
    struct ledger_reader *reader;
};

static bool begin(struct read_test *r, enum store_kind kind) {
    if (!trial_open(&r->t, kind, DIGEST_SHA256, SIGNATURE_ED25519))
        return false;
    return true;
}

static bool read_now(struct read_test *r) {
    return CHECK_CODE(&r->t, reader_open(r->t.arena, &r->t.place, &r->reader, &r->t.found),
                      BATON_OK) &&
           CHECK_CODE(&r->t, reader_begin(r->reader), BATON_OK);
}

static void end(struct read_test *r) {
    if (r->reader != NULL)
        reader_end(r->reader);
    reader_close(r->reader);
    trial_close(&r->t);
    r->reader = NULL;
}

/* Rows as `position/revision value`, by position. */
struct list {
    struct baton_arena *arena;
    char *text[400];
    uint64_t position[400];
    size_t count;
};

static baton_code add(void *context, const struct fact_row *row) {
    struct list *list = context;
    size_t at = list->count++;
    for (; at > 0 && list->position[at - 1] > row->position; at--) {
        list->position[at] = list->position[at - 1];
        list->text[at] = list->text[at - 1];
    }
    list->position[at] = row->position;
    list->text[at] = arena_printf(list->arena, "%llu/%llu%s %s",
                                  (unsigned long long)(row->position - row->first),
                                  (unsigned long long)row->revision, row->withdrawn ? "-" : "",
                                  body_text(&row->entry.body, "value"));
    return BATON_OK;
}

static const char *listed(const struct list *list) {
    const char *text = "";
    for (size_t i = 0; i < list->count; i++)
        text = arena_printf(list->arena, "%s%s%s", text, i > 0 ? ", " : "", list->text[i]);
    return text;
}

static const char *rows_known(struct read_test *r, uint64_t known) {
    struct list list = {.arena = r->t.arena};
    CHECK_CODE(&r->t, reader_rows(r->reader, "city", FACT_OBSERVATION, known, add, &list),
               BATON_OK);
    return listed(&list);
}

TEST(reader_tells_what_was_known) {
    FOR_EACH_STORE(kind) {
        struct read_test r = {0};
        if (!begin(&r, kind))
            continue;
        struct trial *t = &r.t;
        const uint64_t a = SAY(t, "observation", "city", "unit", "u1", "element", "e", "period",
                               "2023-01", "value", "1");
        const int64_t first_day = t->now_utc_ms;
        t->now_utc_ms += 86400000;
        const uint64_t b = SAY(t, "observation", "city", "unit", "u2", "element", "e", "period",
                               "2023-01", "value", "2");
        char text[24];
        snprintf(text, sizeof text, "%llu", (unsigned long long)a);
        const uint64_t c = SAY(t, "observation", "city", "unit", "u1", "element", "e", "period",
                               "2023-01", "value", "3", "@corrects", text, "@reason", "why");
        t->now_utc_ms += 86400000;
        snprintf(text, sizeof text, "%llu", (unsigned long long)c);
        const uint64_t d = SAY(t, "observation", "city", "unit", "u1", "element", "e", "period",
                               "2023-01", "@withdrawn", "1", "@corrects", text, "@reason", "why");
        if (read_now(&r)) {
            uint64_t size, known;
            CHECK_CODE(t, reader_size(r.reader, &size), BATON_OK);
            CHECK_INT(size, d + 1);
            CHECK_TEXT(rows_known(&r, 0), "");
            CHECK_TEXT(rows_known(&r, a), "");
            CHECK_TEXT(rows_known(&r, a + 1), "0/0 1");
            CHECK_TEXT(rows_known(&r, b + 1), "0/0 1, 0/0 2");
            CHECK_TEXT(rows_known(&r, c + 1), "0/0 2, 2/1 3");
            CHECK_TEXT(rows_known(&r, size), "0/0 2");
            CHECK_CODE(t, reader_known_at(r.reader, first_day, &known), BATON_OK);
            CHECK_INT(known, a + 1);
            CHECK_CODE(t, reader_known_at(r.reader, first_day + 86400000 - 1, &known), BATON_OK);
            CHECK_INT(known, a + 1);
            CHECK_CODE(t, reader_known_at(r.reader, first_day + 86400000, &known), BATON_OK);
            CHECK_INT(known, c + 1);
            CHECK_CODE(t, reader_known_at(r.reader, INT64_MAX, &known), BATON_OK);
            CHECK_INT(known, size);
            CHECK_CODE(t, reader_known_at(r.reader, 0, &known), BATON_OK);
            CHECK_INT(known, 0);
            struct list list = {.arena = t->arena};
            CHECK_CODE(t,
                       reader_history(r.reader, "city", FACT_OBSERVATION,
                                      "u1\x1f"
                                      "e\x1f"
                                      "2023-01",
                                      add, &list),
                       BATON_OK);
            CHECK_TEXT(listed(&list), "0/0 1, 2/1 3, 3/2- ");
            list.count = 0;
            CHECK_CODE(t, reader_revised(r.reader, "city", FACT_OBSERVATION, size, add, &list),
                       BATON_OK);
            CHECK_TEXT(listed(&list), "2/1 3, 3/2- ");
            list.count = 0;
            CHECK_CODE(t, reader_revised(r.reader, "city", FACT_OBSERVATION, d, add, &list),
                       BATON_OK);
            CHECK_TEXT(listed(&list), "2/1 3");
            list.count = 0;
            CHECK_CODE(t, reader_entries(r.reader, a, d, add, &list), BATON_OK);
            CHECK_TEXT(listed(&list), "0/0 1, 0/0 2, 0/0 3");
        }
        end(&r);
    }
}

/* The keys of a page. */
static baton_code add_key(void *context, const struct fact_row *row) {
    struct list *list = context;
    list->text[list->count++] =
        arena_printf(list->arena, "%s=%s", row->key, body_text(&row->entry.body, "value"));
    return BATON_OK;
}

static const char *page(struct read_test *r, uint64_t known, const char *after, size_t limit) {
    struct list list = {.arena = r->t.arena};
    CHECK_CODE(
        &r->t,
        reader_page(r->reader, "city", FACT_OBSERVATION, known, after, limit, add_key, &list),
        BATON_OK);
    return listed(&list);
}

TEST(reader_turns_pages) {
    FOR_EACH_STORE(kind) {
        struct read_test r = {0};
        if (!begin(&r, kind))
            continue;
        struct trial *t = &r.t;
        char text[24];
        const uint64_t c = SAY(t, "observation", "city", "unit", "c", "element", "e", "period",
                               "2023-01", "value", "3");
        SAY(t, "observation", "city", "unit", "a", "element", "e", "period", "2023-01", "value",
            "1");
        const uint64_t b = SAY(t, "observation", "city", "unit", "b", "element", "e", "period",
                               "2023-01", "value", "2");
        SAY(t, "observation", "town", "unit", "aa", "element", "e", "period", "2023-01", "value",
            "9");
        snprintf(text, sizeof text, "%llu", (unsigned long long)c);
        SAY(t, "observation", "city", "unit", "c", "element", "e", "period", "2023-01", "value",
            "4", "@corrects", text, "@reason", "why");
        snprintf(text, sizeof text, "%llu", (unsigned long long)b);
        const uint64_t last =
            SAY(t, "observation", "city", "unit", "b", "element", "e", "period", "2023-01",
                "@withdrawn", "1", "@corrects", text, "@reason", "why");
        if (read_now(&r)) {
            const char *const all = "a\x1f"
                                    "e\x1f"
                                    "2023-01=1, c\x1f"
                                    "e\x1f"
                                    "2023-01=4";
            CHECK_TEXT(page(&r, last + 1, "", 10), all);
            CHECK_TEXT(page(&r, last + 1, "", 2), all);
            CHECK_TEXT(page(&r, last + 1, "", 1), "a\x1f"
                                                  "e\x1f"
                                                  "2023-01=1");
            CHECK_TEXT(page(&r, last + 1,
                            "a\x1f"
                            "e\x1f"
                            "2023-01",
                            1),
                       "c\x1f"
                       "e\x1f"
                       "2023-01=4");
            CHECK_TEXT(page(&r, last + 1,
                            "c\x1f"
                            "e\x1f"
                            "2023-01",
                            1),
                       "");
            CHECK_TEXT(page(&r, last, "b", 1), "b\x1f"
                                               "e\x1f"
                                               "2023-01=2");
            CHECK_TEXT(page(&r, c + 1, "", 9), "c\x1f"
                                               "e\x1f"
                                               "2023-01=3");
        }
        end(&r);
    }
}

TEST(reader_keeps_one_state) {
    FOR_EACH_STORE(kind) {
        struct read_test r = {0};
        if (!begin(&r, kind))
            continue;
        trial_figures(&r.t, "city", 3);
        if (read_now(&r)) {
            uint64_t before, now;
            CHECK_CODE(&r.t, reader_size(r.reader, &before), BATON_OK);
            trial_figures(&r.t, "town", 2);
            CHECK_CODE(&r.t, reader_size(r.reader, &now), BATON_OK);
            CHECK_INT(now, before);
            struct list list = {.arena = r.t.arena};
            CHECK_CODE(
                &r.t,
                reader_rows(r.reader, "town", FACT_OBSERVATION, UINT64_C(1) << 40, add, &list),
                BATON_OK);
            CHECK_INT(list.count, 0);
            struct entry entry;
            CHECK_CODE(&r.t, reader_entry(r.reader, r.t.arena, before, &entry),
                       BATON_ENTRY_UNKNOWN);
            reader_report(r.reader, BATON_ENTRY_UNKNOWN, &r.t.found);
            CHECK_TEXT(trial_found(&r.t), "ENTRY_UNKNOWN 6 5");
            reader_end(r.reader);
            CHECK_CODE(&r.t, reader_size(r.reader, &now), BATON_OK);
            CHECK_INT(now, before + 2);
            CHECK_CODE(&r.t, reader_entry(r.reader, r.t.arena, before, &entry), BATON_OK);
            CHECK_TEXT(entry.body.assessment, "town");
            CHECK_TEXT(entry.actor, "chief");
        }
        end(&r);
    }
}

static const char *scheme_of(struct read_test *r, const char *period, uint64_t known) {
    struct baton_period p = {0};
    struct entry entry;
    baton_period_parse(period, strlen(period), &p);
    const baton_code code = reader_scheme(r->reader, r->t.arena, "city", p, known, &entry);
    if (code == BATON_OK)
        return arena_printf(r->t.arena, "%llu", (unsigned long long)entry.position);
    reader_report(r->reader, code, &r->t.found);
    return trial_found(&r->t);
}

TEST(reader_finds_the_scheme_in_force) {
    FOR_EACH_STORE(kind) {
        struct read_test r = {0};
        if (!begin(&r, kind))
            continue;
        struct trial *t = &r.t;
        /* The first version without a date, then by decision. Positions 3, 5, 8: each proposal and decision is an entry too. */
        SAY(t, "scheme", "city", "!file:scheme.yaml", "a");
        if (read_now(&r)) {
            CHECK_TEXT(scheme_of(&r, "2019", 100), "3");
            CHECK_TEXT(scheme_of(&r, "", 100), "3");
            CHECK_TEXT(scheme_of(&r, "2019", 3), "SCHEME_NONE city 2019");
            CHECK_TEXT(scheme_of(&r, "", 3), "SCHEME_NONE city");
        }
        end(&r);
    }
}

TEST(reader_prefers_the_version_that_began_last) {
    static const struct {
        const char *in_force;
    } version[] = {{"2022"}, {"2023-07"}, {"2023-07-01"}, {"2023-02"}};
    FOR_EACH_STORE(kind) {
        struct read_test r = {0};
        if (!begin(&r, kind))
            continue;
        struct trial *t = &r.t;
        SAY(t, "person", "", "id", "deputy", "!name", "李明");
        SAY(t, "post", "", "person", "deputy", "role", "committee", "from", "2023-01-01");
        uint64_t at[LENGTH(version)];
        for (size_t i = 0; i < LENGTH(version); i++) {
            struct fact_body fact =
                trial_fact(t, "scheme", "city",
                           (const char *const[]){"in_force", version[i].in_force,
                                                 "!file:scheme.yaml", "a", "@reason", "why", NULL});
            struct submission own = {.actor = "chief", .fact = &fact, .count = 1};
            struct submission done = {0};
            if (i == 0) {
                CHECK_CODE(t, ledger_append(t->ledger, t->arena, &own, &t->found), BATON_OK);
                at[i] = own.first;
                continue;
            }
            CHECK_CODE(t, ledger_propose(t->ledger, t->arena, &own, "why", 0, &t->found), BATON_OK);
            CHECK_CODE(t,
                       ledger_decide(t->ledger, t->arena, "deputy", NULL, own.first, true, "yes",
                                     &done, &t->found),
                       BATON_OK);
            at[i] = done.first + 1;
        }
        if (read_now(&r)) {
            const struct {
                const char *period;
                uint64_t known, want;
            } cases[] = {
                {"2022", UINT32_MAX, at[0]},    {"2023-01", UINT32_MAX, at[0]},
                {"2023-02", UINT32_MAX, at[3]}, {"2023-06", UINT32_MAX, at[3]},
                {"2023-07", UINT32_MAX, at[2]}, /* of two that begin together the later fact */
                {"2023", UINT32_MAX, at[2]},    {"2023", at[2], at[1]},
                {"", UINT32_MAX, at[3]},        {"2023-02", at[3], at[0]},
            };
            for (size_t i = 0; i < LENGTH(cases); i++) {
                CASE("%s known %llu", cases[i].period, (unsigned long long)cases[i].known);
                CHECK_TEXT(scheme_of(&r, cases[i].period, cases[i].known),
                           arena_printf(t->arena, "%llu", (unsigned long long)cases[i].want));
            }
            CHECK_TEXT(scheme_of(&r, "2021", UINT32_MAX), "SCHEME_NONE city 2021");
        }
        end(&r);
    }
}

TEST(reader_reads_contents) {
    FOR_EACH_STORE(kind) {
        struct read_test r = {0};
        if (!begin(&r, kind))
            continue;
        struct trial *t = &r.t;
        const size_t size = 700001;
        char *const bytes = arena_alloc_raw(t->arena, size, 1);
        for (size_t i = 0; i < size; i++)
            bytes[i] = (char)(i % 253);
        const struct digest digest = trial_content(t, "application/pdf", bytes, size);
        const struct digest again = trial_content(t, "application/pdf", bytes, size);
        CHECK(digest_equal(&digest, &again));
        const struct digest nothing = trial_content(t, "text/plain", "", 0);
        if (read_now(&r)) {
            struct reader_content content;
            const char *text;
            size_t length;
            CHECK_CODE(t, reader_content(r.reader, &digest, &content), BATON_OK);
            CHECK_TEXT(content.media, "application/pdf");
            CHECK_INT(content.size, size);
            CHECK(!content.erased);
            CHECK_CODE(t, reader_content_text(r.reader, t->arena, &digest, &text, &length),
                       BATON_OK);
            CHECK_INT(length, size);
            CHECK_BYTES(text, bytes, size);
            CHECK_INT(text[size], 0);
            CHECK_CODE(t, reader_content_text(r.reader, t->arena, &nothing, &text, &length),
                       BATON_OK);
            CHECK_INT(length, 0);
            struct digest other = digest;
            other.byte[0] ^= 1;
            CHECK_CODE(t, reader_content(r.reader, &other, &content), BATON_CONTENT_UNKNOWN);
            reader_report(r.reader, BATON_CONTENT_UNKNOWN, &t->found);
            char hex[DIGEST_HEX_SIZE];
            digest_hex(&other, hex);
            CHECK_TEXT(trial_found(t), arena_printf(t->arena, "CONTENT_UNKNOWN %s", hex));
        }
        end(&r);
    }
}

TEST(reader_hands_out_no_altered_content) {
    static const struct {
        const char *name, *sql;
        baton_code want;
    } cases[] = {
        {"a byte", "UPDATE content_part SET bytes = (SELECT salt FROM content WHERE size = 3)",
         BATON_CONTENT_WRONG},
        {"a part is gone", "DELETE FROM content_part WHERE part = 0", BATON_CONTENT_WRONG},
        {"a part is another", "UPDATE content_part SET part = 1", BATON_CONTENT_MISSING},
        {"size", "UPDATE content SET size = 4 WHERE size = 3", BATON_CONTENT_WRONG},
    };
    FOR_EACH_STORE(kind)
    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct read_test r = {0};
        CASE("%s", cases[i].name);
        if (!begin(&r, kind))
            continue;
        const struct digest digest = trial_content(&r.t, "text/plain", "abc", 3);
        const char *text;
        size_t size;
        store_fixture_sql(r.t.place.address, cases[i].sql);
        if (read_now(&r))
            CHECK_CODE(&r.t, reader_content_text(r.reader, r.t.arena, &digest, &text, &size),
                       cases[i].want);
        end(&r);
    }
}

TEST(reader_lists_what_waits) {
    FOR_EACH_STORE(kind) {
        struct read_test r = {0};
        if (!begin(&r, kind))
            continue;
        struct trial *t = &r.t;
        trial_fill(t);
        if (read_now(&r)) {
            struct proposal *list, one;
            size_t count;
            const char *text = "";
            CHECK_CODE(t, reader_proposals(r.reader, t->arena, &list, &count), BATON_OK);
            for (size_t i = 0; i < count; i++) {
                struct entry entry;
                const bool is_open = list[i].decided < 0;
                text = arena_printf(t->arena, "%s%s %s%s; ", text, list[i].state, list[i].proposer,
                                    is_open ? "" : " decided");
                if (!is_open &&
                    CHECK_CODE(t,
                               reader_entry(r.reader, t->arena, (uint64_t)list[i].decided, &entry),
                               BATON_OK))
                    CHECK_TEXT(
                        body_text(&entry.body, "proposal"),
                        arena_printf(t->arena, "%llu", (unsigned long long)list[i].position));
                CHECK_CODE(t, reader_proposal(r.reader, t->arena, list[i].position, &one),
                           BATON_OK);
                CHECK_TEXT(one.state, list[i].state);
            }
            CHECK_TEXT(text, "accepted chief decided; refused chief decided; withdrawn chief "
                             "decided; open chief; accepted chief decided; ");
            CHECK_CODE(t, reader_proposal(r.reader, t->arena, 0, &one), BATON_PROPOSAL_UNKNOWN);
            const char **assessment;
            CHECK_CODE(t, reader_assessments(r.reader, t->arena, &assessment, &count), BATON_OK);
            if (CHECK_INT(count, 2)) {
                CHECK_TEXT(assessment[0], "city");
                CHECK_TEXT(assessment[1], "town");
            }
            uint32_t roles;
            bool known;
            CHECK_CODE(t, reader_roles(r.reader, "deputy", t->now_utc_ms, &roles, &known),
                       BATON_OK);
            CHECK(known);
            CHECK_INT(roles, 1 << ROLE_COMMITTEE);
            CHECK_CODE(t, reader_roles(r.reader, "nobody", t->now_utc_ms, &roles, &known),
                       BATON_OK);
            CHECK(!known);
            CHECK_INT(roles, 0);
        }
        end(&r);
    }
}

TEST(reader_proves_each_entry) {
    FOR_EACH_STORE(kind)
    for (int sm = 0; sm < 2; sm++) {
        struct read_test r = {0};
        if (!trial_open(&r.t, kind, sm ? DIGEST_SM3 : DIGEST_SHA256,
                        sm ? SIGNATURE_SM2 : SIGNATURE_ED25519))
            continue;
        struct trial *t = &r.t;
        trial_figures(t, "city", 700);
        struct head kept = {0};
        struct public_key kept_key;
        if (read_now(&r))
            CHECK_CODE(t, reader_head(r.reader, t->arena, &kept, &kept_key), BATON_OK);
        reader_end(r.reader);
        trial_figures(t, "town", 300);
        if (!CHECK_CODE(t, reader_begin(r.reader), BATON_OK))
            continue;
        uint64_t size;
        CHECK_CODE(t, reader_size(r.reader, &size), BATON_OK);
        struct receipt receipt;
        for (uint64_t at = 0; at < size; at += at < 300 ? 37 : 113) {
            CHECK_CODE(t, reader_receipt(r.reader, t->arena, at, &receipt), BATON_OK);
            CHECK_CODE(t, receipt_check(t->arena, "receipt", &receipt, &t->found), BATON_OK);
            CHECK_INT(receipt.position, at);
            CHECK_INT(receipt.head.size, size);
        }
        CHECK_CODE(t, reader_receipt(r.reader, t->arena, size, &receipt), BATON_ENTRY_UNKNOWN);
        struct digest proof[MERKLE_PROOF_MAX];
        size_t count;
        struct head head;
        struct public_key key;
        CHECK_CODE(t, reader_head(r.reader, t->arena, &head, &key), BATON_OK);
        CHECK_CODE(t, head_check(t->arena, "head", &head, &key, &t->found), BATON_OK);
        CHECK_CODE(t, reader_consistency(r.reader, kept.size, proof, &count), BATON_OK);
        CHECK(merkle_consistency_holds(head.digest, kept.size, head.size, &kept.root, &head.root,
                                       proof, count));
        CHECK_CODE(t, reader_consistency(r.reader, size + 1, proof, &count),
                   BATON_LEDGER_REWRITTEN);
        CHECK_CODE(t, reader_head_at(r.reader, kept.size, &head, &key), BATON_OK);
        CHECK_INT(head.size, kept.size);
        CHECK_CODE(t, reader_head_at(r.reader, kept.size + 1, &head, &key), BATON_OK);
        CHECK_INT(head.size, size);
        CHECK_CODE(t, reader_head_at(r.reader, size + 1, &head, &key), BATON_HEAD_MISSING);
        end(&r);
    }
}

TEST(reader_finds_the_key_of_each_head) {
    FOR_EACH_STORE(kind) {
        struct read_test r = {0};
        if (!begin(&r, kind))
            continue;
        struct trial *t = &r.t;
        trial_fill(t);
        if (read_now(&r)) {
            struct head head;
            struct public_key first, last;
            CHECK_CODE(t, reader_head_at(r.reader, 1, &head, &first), BATON_OK);
            CHECK_CODE(t, head_check(t->arena, "head", &head, &first, &t->found), BATON_OK);
            CHECK_CODE(t, reader_head(r.reader, t->arena, &head, &last), BATON_OK);
            CHECK_CODE(t, head_check(t->arena, "head", &head, &last, &t->found), BATON_OK);
            CHECK(first.size != last.size || memcmp(first.der, last.der, first.size) != 0);
        }
        end(&r);
    }
}

TEST(reader_asks_which_ledger) {
    FOR_EACH_STORE(kind) {
        struct read_test r = {0};
        if (!begin(&r, kind))
            continue;
        struct trial *t = &r.t;
        const struct ledger_founder founder = {"boss", "赵"};
        struct ledger_place place = t->place;
        place.ledger = NULL;
        CHECK_CODE(t, reader_open(t->arena, &place, &r.reader, &t->found), BATON_OK);
        CHECK_TEXT(reader_ledger(r.reader), "city");
        CHECK_INT(reader_digest(r.reader), DIGEST_SHA256);
        CHECK_INT(reader_signature(r.reader), SIGNATURE_ED25519);
        CHECK_INT(reader_created_utc_ms(r.reader), INT64_C(1000) * TRIAL_NOW);
        reader_close(r.reader);
        r.reader = NULL;
        place.ledger = "other";
        CHECK_CODE(t, reader_open(t->arena, &place, &r.reader, &t->found), BATON_LEDGER_UNKNOWN);
        const char *shown = store_address_shown(t->arena, place.address);
        CHECK_TEXT(trial_found(t), arena_printf(t->arena, "LEDGER_UNKNOWN %s other city", shown));
        place.key = arena_printf(t->arena, "%s.other", t->place.key);
        CHECK_CODE(t,
                   ledger_create(t->arena, &t->world, &place, DIGEST_SM3, SIGNATURE_SM2, &founder,
                                 &t->found),
                   BATON_OK);
        CHECK_CODE(t, reader_open(t->arena, &place, &r.reader, &t->found), BATON_OK);
        CHECK_INT(reader_digest(r.reader), DIGEST_SM3);
        reader_close(r.reader);
        r.reader = NULL;
        place.ledger = NULL;
        CHECK_CODE(t, reader_open(t->arena, &place, &r.reader, &t->found), BATON_LEDGER_UNKNOWN);
        end(&r);
    }
}
