/* From an entry to rows, without a store. */
#include "ledger/bytes.h"
#include "ledger/projection.h"
#include "unit/test.h"
#include <string.h>

/* An entry of texts: name, value ..., NULL; names in order. */
static struct entry entry_of(struct baton_arena *arena, uint64_t position, const char *kind,
                             const char *const *text) {
    size_t count = 0;
    while (text[2 * count] != NULL)
        count++;
    struct field *const field = arena_alloc(arena, count + 1, sizeof *field);
    for (size_t i = 0; i < count; i++)
        field[i] = (struct field){text[2 * i], text[2 * i + 1], strlen(text[2 * i + 1]), 't'};
    return (struct entry){.position = position,
                          .time_utc_ms = 1,
                          .actor = "chief",
                          .body = {kind, "city", field, count}};
}

#define FIELDS(...) \
    (const char *const[]) { \
        __VA_ARGS__, NULL \
    }

TEST(projection_makes_a_row_of_a_fact) {
    static const struct {
        const char *kind;
        const char *const field[9];
        bool is_fact;
        const char *key;
        bool withdrawn;
    } cases[] = {
        {"observation",
         {"element", "e", "period", "2021", "unit", "u", "value", "5", NULL},
         true,
         "u\x1f"
         "e\x1f"
         "2021",
         false},
        {"observation",
         {"@withdrawn", "1", "element", "e", "period", "2021", "unit", "u", NULL},
         true,
         "u\x1f"
         "e\x1f"
         "2021",
         true},
        {"adjustment", {"item", "praise", "unit", "u", NULL}, true, "000000000007", false},
        {"adjustment",
         {"@corrects", "5", "@row", "3", "item", "praise", "unit", "u", NULL},
         true,
         "000000000003",
         false},
        {"unit", {"id", "u", "name", "n", NULL}, true, "u", false},
        {"evidence", {"size", "5", NULL}, true, "000000000007", false},
        {"posting", {"period", "2021", NULL}, true, "000000000007", false},
        {"proposal", {"@reason", "why", NULL}, true, "000000000007", false},
        {"decision", {"proposal", "3", "verdict", "accepted", NULL}, false, NULL, false},
        {"withdrawal", {"proposal", "3", NULL}, false, NULL, false},
        {"erasure", {"@reason", "why", NULL}, false, NULL, false},
    };
    struct baton_arena *arena = arena_open();
    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct projection p;
        CASE("%s %zu", cases[i].kind, i);
        const struct entry entry = entry_of(arena, 7, cases[i].kind, cases[i].field);
        projection_of(arena, &entry, &p);
        CHECK(p.is_known);
        CHECK_INT(p.is_fact, cases[i].is_fact);
        if (!p.is_fact)
            continue;
        CHECK_TEXT(p.fact.assessment, "city");
        CHECK_TEXT(p.fact.kind, cases[i].kind);
        CHECK_TEXT(p.fact.key, cases[i].key);
        CHECK_INT(p.fact.position, 7);
        CHECK_INT(p.fact.withdrawn, cases[i].withdrawn);
    }
    struct projection p;
    const struct entry entry = entry_of(arena, 7, "weather", FIELDS("id", "u"));
    projection_of(arena, &entry, &p);
    CHECK(!p.is_known && !p.is_fact && !p.erases && !p.changes_key && p.step == PROPOSAL_NOTHING);
    arena_close(arena);
}

TEST(projection_counts_revisions) {
    struct fact_place row = {.position = 9, .first = 9};
    struct fact_place before = {.position = 5, .first = 2, .revision = 3, .withdrawn = true};
    projection_revise(&row, NULL);
    CHECK_INT(row.revision, 0);
    CHECK_INT(row.first, 9);
    projection_revise(&row, &before); /* a row said again after it was withdrawn goes on */
    CHECK_INT(row.revision, 4);
    CHECK_INT(row.first, 2);
    CHECK(!row.withdrawn);
}

TEST(projection_opens_and_closes_proposals) {
    static const struct {
        const char *kind;
        const char *const field[5];
        enum proposal_step step;
        uint64_t proposal;
        const char *state;
        int64_t expires;
    } cases[] = {
        {"proposal", {"@reason", "why", NULL}, PROPOSAL_OPENS, 7, "open", 0},
        {"proposal", {"expires", "1700000000000", NULL}, PROPOSAL_OPENS, 7, "open", 1700000000000},
        {"decision",
         {"proposal", "3", "verdict", "accepted", NULL},
         PROPOSAL_CLOSES,
         3,
         "accepted",
         0},
        {"decision",
         {"proposal", "3", "verdict", "refused", NULL},
         PROPOSAL_CLOSES,
         3,
         "refused",
         0},
        {"decision", {"proposal", "3", "verdict", "maybe", NULL}, PROPOSAL_NAMES_NONE, 0, NULL, 0},
        {"decision",
         {"proposal", "x", "verdict", "refused", NULL},
         PROPOSAL_NAMES_NONE,
         0,
         NULL,
         0},
        {"withdrawal", {"proposal", "3", NULL}, PROPOSAL_CLOSES, 3, "withdrawn", 0},
        {"withdrawal", {"@reason", "why", NULL}, PROPOSAL_NAMES_NONE, 0, NULL, 0},
        {"unit", {"id", "u", NULL}, PROPOSAL_NOTHING, 0, NULL, 0},
    };
    struct baton_arena *arena = arena_open();
    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct projection p;
        CASE("%s %zu", cases[i].kind, i);
        const struct entry entry = entry_of(arena, 7, cases[i].kind, cases[i].field);
        projection_of(arena, &entry, &p);
        CHECK_INT(p.step, cases[i].step);
        if (cases[i].state == NULL)
            continue;
        CHECK_INT(p.proposal, cases[i].proposal);
        CHECK_TEXT(p.state, cases[i].state);
        if (p.step == PROPOSAL_OPENS) {
            CHECK_TEXT(p.proposer, "chief");
            CHECK_INT(p.expires_utc_ms, cases[i].expires);
        }
    }
    arena_close(arena);
}

TEST(projection_reads_keys) {
    char many[2 * PUBLIC_KEY_SIZE_MAX + 3];
    memset(many, 'a', sizeof many);
    many[sizeof many - 1] = '\0';
    const struct {
        const char *text;
        bool is_broken;
        size_t size;
    } cases[] = {{"00ff10", false, 3}, {"00ff1", true, 0}, {"00fg", true, 0}, {many, true, 0}};
    struct baton_arena *arena = arena_open();
    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct projection p;
        CASE("%zu", i);
        const struct entry entry =
            entry_of(arena, 0, "ledger", FIELDS("id", "city", "public_key", cases[i].text));
        projection_of(arena, &entry, &p);
        CHECK(p.changes_key && p.is_fact);
        CHECK_INT(p.key_is_broken, cases[i].is_broken);
        if (!p.key_is_broken) {
            CHECK_INT(p.key.size, cases[i].size);
            CHECK_BYTES(p.key.der, "\x00\xff\x10", 3);
        }
    }
    arena_close(arena);
}

struct told {
    struct digest digest[4];
    size_t count;
};

static void tell(void *context, const struct digest *digest) {
    struct told *told = context;
    told->digest[told->count++] = *digest;
}

TEST(projection_tells_every_content) {
    struct baton_arena *arena = arena_open();
    struct digest a, b, c;
    memset(&a, 1, sizeof a);
    memset(&b, 2, sizeof b);
    memset(&c, 3, sizeof c);
    const struct field inner[] = {{"file:a", (const char *)a.byte, DIGEST_SIZE, 'c'},
                                  {"file:b", (const char *)b.byte, DIGEST_SIZE, 'c'}};
    const struct field erased[] = {{"content", (const char *)c.byte, DIGEST_SIZE, 'c'}};
    const uint8_t *bytes, *erasure;
    size_t size, erasure_size;
    body_write(arena, &(struct fact_body){"scheme", "city", inner, 2}, &bytes, &size);
    body_write(arena, &(struct fact_body){"erasure", "", erased, 1}, &erasure, &erasure_size);
    const struct field outer[] = {{"fact:1", (const char *)bytes, size, 'f'},
                                  {"fact:2", (const char *)erasure, erasure_size, 'f'},
                                  {"note", (const char *)c.byte, DIGEST_SIZE, 'c'},
                                  {"text", "x", 1, 't'}};
    struct told told = {.count = 0};
    CHECK(
        projection_contents(arena, &(struct fact_body){"proposal", "city", outer, 4}, tell, &told));
    if (CHECK_INT(told.count, 3)) {
        CHECK(digest_equal(&told.digest[0], &a));
        CHECK(digest_equal(&told.digest[1], &b));
        CHECK(digest_equal(&told.digest[2], &c));
    }
    told.count = 0;
    CHECK(projection_contents(arena, &(struct fact_body){"erasure", "", erased, 1}, tell, &told));
    CHECK_INT(told.count, 0);
    const struct field broken[] = {{"fact:1", (const char *)bytes, size - 1, 'f'}};
    CHECK(!projection_contents(arena, &(struct fact_body){"proposal", "city", broken, 1}, tell,
                               &told));
    struct projection p;
    const struct entry entry = {
        .position = 4, .actor = "chief", .body = {"erasure", "", erased, 1}};
    projection_of(arena, &entry, &p);
    CHECK(p.erases && digest_equal(&p.erased, &c));
    arena_close(arena);
}

TEST(projection_says_what_keys_sign) {
    struct baton_arena *arena = arena_open();
    const struct public_key old_key = {{1, 2, 3}, 3}, new_key = {{4, 5}, 2};
    const struct digest digest = public_key_digest(DIGEST_SHA256, &old_key);
    const uint8_t *bytes;
    size_t size;
    uint8_t want[100], *to = put_u8(want, 1);
    to = put_string(to, "baton-key", 9);
    to = put_string(to, "city", 4);
    to = put_bytes(to, digest.byte, DIGEST_SIZE);
    to = put_string(to, new_key.der, 2);
    projection_key_bytes(arena, "city", DIGEST_SHA256, &old_key, &new_key, &bytes, &size);
    if (CHECK_INT(size, to - want))
        CHECK_BYTES(bytes, want, size);
    arena_close(arena);
}
