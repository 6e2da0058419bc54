/* See trial.h. */
#include "unit/ledger/trial.h"
#include "unit/test.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int64_t clock_of(void *context) {
    return ((struct trial *)context)->now_utc_ms;
}

/* splitmix64; called with the ledger's store in hand, so by one thread at a time as far as these tests go. */
static void chance_of(void *context, void *out, size_t size) {
    struct trial *t = context;
    for (size_t i = 0; i < size; i++) {
        uint64_t z = t->seed += UINT64_C(0x9e3779b97f4a7c15);
        z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
        ((uint8_t *)out)[i] = (uint8_t)((z ^ (z >> 27)) >> 32);
    }
}

bool trial_code(struct trial *t, const char *file, int line, baton_code got, baton_code want) {
    if (got == want)
        return test_check(file, line, true, "");
    return test_fail(file, line, "%s, not %s: %s", baton_code_info(got)->name,
                     baton_code_info(want)->name, trial_found(t));
}

const char *trial_found(struct trial *t) {
    const char *text = "";
    if (t->found.count > 0) {
        const struct baton_finding *const first = &t->found.item[0];
        text = baton_code_info(first->code)->name;
        for (int i = 0; i < 4 && first->arg[i] != NULL; i++)
            text = arena_printf(t->arena, "%s %s", text, first->arg[i]);
    }
    t->found = (struct baton_findings){.arena = t->arena};
    return text;
}

bool trial_wake(struct trial *t) {
    return CHECK_CODE(t, ledger_open(t->arena, &t->world, &t->place, &t->ledger, &t->found),
                      BATON_OK);
}

void trial_rest(struct trial *t) {
    ledger_close(t->ledger);
    t->ledger = NULL;
}

bool trial_begin_again(struct trial *t, enum store_kind kind) {
    const struct ledger_founder founder = {"chief", "王芳"};
    trial_rest(t);
    const char *const address = store_fixture_new(kind);
    t->place.address = arena_text(t->arena, address, strlen(address));
    return CHECK_CODE(t,
                      ledger_create(t->arena, &t->world, &t->place, t->digest, t->signature,
                                    &founder, &t->found),
                      BATON_OK) &&
           trial_wake(t);
}

bool trial_open(struct trial *t, enum store_kind kind, enum digest_kind digest,
                enum signature_kind signature) {
    static unsigned number;
    memset(t, 0, sizeof *t);
    t->arena = arena_open();
    t->found.arena = t->arena;
    t->seed = ++number;
    t->digest = digest;
    t->signature = signature;
    t->now_utc_ms = INT64_C(1000) * TRIAL_NOW;
    t->world = (struct ledger_world){t, clock_of, chance_of};
    t->place = (struct ledger_place){
        .ledger = "city",
        .key = arena_printf(t->arena, "%s/ledger-%u.key", test_folder(), number),
        .holder = "test",
    };
    if (trial_begin_again(t, kind))
        return true;
    trial_close(t);
    return false;
}

void trial_close(struct trial *t) {
    trial_rest(t);
    arena_close(t->arena);
    t->arena = NULL;
}

struct fact_body trial_fact(struct trial *t, const char *kind, const char *assessment,
                            const char *const *text) {
    size_t count = 0;
    while (text[2 * count] != NULL)
        count++;
    struct field *const field = arena_alloc(t->arena, count, sizeof *field);
    for (size_t i = 0; i < count; i++) {
        const bool is_content = text[2 * i][0] == '!';
        field[i] = (struct field){text[2 * i] + is_content, text[2 * i + 1],
                                  strlen(text[2 * i + 1]), is_content ? 'C' : 't'};
    }
    return (struct fact_body){kind, assessment, field, count};
}

uint64_t trial_say(struct trial *t, const char *file, int line, const char *kind,
                   const char *assessment, const char *const *field) {
    const bool has_request = strcmp(field[0], "?") == 0;
    struct fact_body fact = trial_fact(t, kind, assessment, field + (has_request ? 2 : 0));
    struct request request = {.key = field[1]};
    struct submission submission = {
        .actor = "chief", .fact = &fact, .count = 1, .request = has_request ? &request : NULL};
    memset(request.digest.byte, 7, DIGEST_SIZE);
    const baton_code code = ledger_append(t->ledger, t->arena, &submission, &t->found);
    return trial_code(t, file, line, code, BATON_OK) ? submission.first : UINT64_MAX;
}

void trial_figures(struct trial *t, const char *assessment, unsigned count) {
    struct fact_body *const fact = arena_alloc(t->arena, count, sizeof *fact);
    for (unsigned i = 0; i < count; i++)
        fact[i] = trial_fact(
            t, "observation", assessment,
            (const char *const[]){"unit", arena_printf(t->arena, "u%u", i % 100), "element",
                                  arena_printf(t->arena, "e%u", i / 1200), "period",
                                  arena_printf(t->arena, "2022-%02u", i / 100 % 12 + 1), "value",
                                  arena_printf(t->arena, "%u", i), NULL});
    struct submission submission = {.actor = "chief", .fact = fact, .count = count};
    CHECK_CODE(t, ledger_append(t->ledger, t->arena, &submission, &t->found), BATON_OK);
}

struct digest trial_content(struct trial *t, const char *media, const void *bytes, size_t size) {
    struct content_stream *stream;
    struct digest digest = {{0}};
    const size_t half = size / 2;
    CHECK_CODE(t, ledger_content_open(t->ledger, t->arena, media, &stream), BATON_OK);
    CHECK_CODE(t, ledger_content_put(stream, bytes, half), BATON_OK);
    CHECK_CODE(t, ledger_content_put(stream, (const char *)bytes + half, size - half), BATON_OK);
    CHECK_CODE(t, ledger_content_close(stream, &digest), BATON_OK);
    return digest;
}

bool trial_head(struct trial *t, struct head *head, struct public_key *key) {
    struct ledger_reader *reader;
    if (!CHECK_CODE(t, reader_open(t->arena, &t->place, &reader, &t->found), BATON_OK))
        return false;
    const bool done = CHECK_CODE(t, reader_head(reader, t->arena, head, key), BATON_OK);
    head->ledger = arena_text(t->arena, head->ledger, strlen(head->ledger));
    reader_close(reader);
    return done;
}

/* Of assessment `city`: proposes one fact as chief. */
static uint64_t propose(struct trial *t, struct fact_body fact) {
    struct submission submission = {.actor = "chief", .fact = &fact, .count = 1};
    const baton_code code =
        ledger_propose(t->ledger, t->arena, &submission, "see annex", 0, &t->found);
    return CHECK_CODE(t, code, BATON_OK) ? submission.first : UINT64_MAX;
}

static void decide(struct trial *t, uint64_t proposal, bool accept) {
    struct submission submission = {0};
    CHECK_CODE(t,
               ledger_decide(t->ledger, t->arena, "deputy", NULL, proposal, accept, "looked into",
                             &submission, &t->found),
               BATON_OK);
}

static void fill_rows(struct trial *t) {
    trial_figures(t, "city", 300);
    t->now_utc_ms += 1000;
    const uint64_t first = SAY(t, "observation", "city", "unit", "u1", "element", "gdp", "period",
                               "2023-01", "value", "5");
    t->now_utc_ms += 86400000;
    char text[24];
    snprintf(text, sizeof text, "%llu", (unsigned long long)first);
    const uint64_t second =
        SAY(t, "observation", "city", "unit", "u1", "element", "gdp", "period", "2023-01", "value",
            "6", "@corrects", text, "@reason", "counted again");
    snprintf(text, sizeof text, "%llu", (unsigned long long)second);
    SAY(t, "observation", "city", "unit", "u1", "element", "gdp", "period", "2023-01", "@corrects",
        text, "@withdrawn", "1", "@reason", "not of this unit");
    SAY(t, "observation", "city", "unit", "u1", "element", "gdp", "period", "2023-01", "value",
        "7");
    t->now_utc_ms += 86400000;
    SAY(t, "unit", "city", "?", "r-1", "id", "u1", "name", "城东区");
    const uint64_t bonus = SAY(t, "adjustment", "city", "?", "r-2", "unit", "u1", "item", "praise",
                               "points", "1", "issued", "2023-02-01");
    snprintf(text, sizeof text, "%llu", (unsigned long long)bonus);
    SAY(t, "adjustment", "city", "unit", "u1", "item", "praise", "points", "2", "issued",
        "2023-02-01", "@corrects", text, "@reason", "national");
    SAY(t, "unit", "town", "id", "t1", "name", "一镇");
}

static void fill_contents(struct trial *t, struct digest *big, struct digest *small) {
    const size_t size = 600000;
    char *const bytes = arena_alloc_raw(t->arena, size, 1);
    for (size_t i = 0; i < size; i++)
        bytes[i] = (char)(i * i % 251);
    *big = trial_content(t, "application/pdf", bytes, size);
    *small = trial_content(t, "text/plain", "minutes", 7);
    for (int i = 0; i < 2; i++) {
        struct field field[] = {
            {"content", (const char *)(i == 0 ? big : small)->byte, DIGEST_SIZE, 'c'},
            {"name", "会议纪要.pdf", strlen("会议纪要.pdf"), 'C'},
            {"size", i == 0 ? "600000" : "7", i == 0 ? 6 : 1, 't'}};
        struct fact_body fact = {"evidence", "city", field, LENGTH(field)};
        struct submission submission = {.actor = "chief", .fact = &fact, .count = 1};
        CHECK_CODE(t, ledger_append(t->ledger, t->arena, &submission, &t->found), BATON_OK);
    }
    SAY(t, "scheme", "city", "in_force", "2023", "!file:scheme.yaml", "title: city\n");
    trial_content(t, "text/plain", "nobody names it", 15);
}

static void fill_proposals(struct trial *t, const struct digest *small) {
    const char *const adjustment[] = {"unit", "u2",     "item",       "fault", "points",
                                      "-1",   "issued", "2023-03-01", NULL};
    const uint64_t accepted = propose(t, trial_fact(t, "adjustment", "city", adjustment));
    const uint64_t refused = propose(t, trial_fact(t, "adjustment", "city", adjustment));
    const uint64_t withdrawn =
        propose(t, trial_fact(t, "scheme", "city",
                              (const char *const[]){"in_force", "2024", "!file:scheme.yaml",
                                                    "title: next\n", "@reason", "new year", NULL}));
    propose(t, trial_fact(t, "adjustment", "city", adjustment));
    decide(t, accepted, true);
    decide(t, refused, false);
    struct submission submission = {0};
    CHECK_CODE(t,
               ledger_withdraw(t->ledger, t->arena, "chief", NULL, withdrawn, "too early",
                               &submission, &t->found),
               BATON_OK);
    struct field field[] = {{"@reason", "term is over", 12, 't'},
                            {"content", (const char *)small->byte, DIGEST_SIZE, 'c'}};
    decide(t, propose(t, (struct fact_body){"erasure", "", field, LENGTH(field)}), true);
}

void trial_fill(struct trial *t) {
    struct digest big, small;
    const char *const key = arena_printf(t->arena, "%s.next", t->place.key);
    struct submission submission = {0};
    SAY(t, "person", "", "id", "deputy", "!name", "李明");
    SAY(t, "post", "", "person", "deputy", "role", "committee", "from", "2023-01-01");
    fill_rows(t);
    fill_contents(t, &big, &small);
    fill_proposals(t, &small);
    CHECK_CODE(t, signer_create(t->arena, key, t->signature, &t->found), BATON_OK);
    if (CHECK_CODE(
            t,
            ledger_rotate_key(t->ledger, t->arena, "chief", key, "yearly", &submission, &t->found),
            BATON_OK))
        t->place.key = key;
    SAY(t, "unit", "city", "id", "u2", "name", "城西区");
}
