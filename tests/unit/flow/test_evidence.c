/* What the journal has of evidence: which facts name a file, in force or not, until when it is kept; also where it is read piece by piece as it grows. */
#include "base/civil_day.h"
#include "flow/evidence.h"
#include "flow_fixture.h"
#include "unit/test.h"
#include <string.h>

/* Brings a file in; its digest, in hexadecimal. */
static const char *bring(struct flow_test *t, const char *bytes) {
    struct content_stream *stream;
    struct digest *const digest = arena_alloc(t->arena, 1, sizeof *digest);
    char *const hex = arena_alloc(t->arena, DIGEST_HEX_SIZE, 1);
    CHECK_INT(ledger_content_open(t->ledger, t->arena, "text/plain", &stream), BATON_OK);
    CHECK_INT(ledger_content_put(stream, bytes, strlen(bytes)), BATON_OK);
    CHECK_INT(ledger_content_close(stream, digest), BATON_OK);
    struct field *const field = arena_alloc(t->arena, 4, sizeof *field);
    field[0] = (struct field){"content", (const char *)digest->byte, DIGEST_SIZE, 'c'};
    field[1] = text_field("media", "text/plain");
    field[2] = (struct field){"name", "a.txt", 5, 'C'};
    field[3] = text_field("size", "5");
    CHECK_INT(flow_say(t, "li", (struct fact_body){"evidence", "towns", field, 4}, NULL), BATON_OK);
    digest_hex(digest, hex);
    return hex;
}

static uint64_t figure(struct flow_test *t, const char *period, const char *evidence,
                       uint64_t corrects) {
    uint64_t position = 0;
    const char *const before = arena_printf(t->arena, "%llu", (unsigned long long)corrects);
    struct fact_body fact =
        corrects == 0 ? flow_fact(t, "observation", "towns", "unit", "a", "element", "growth",
                                  "period", period, "value", "7", "@evidence", evidence, NULL)
                      : flow_fact(t, "observation", "towns", "unit", "a", "element", "growth",
                                  "period", period, "value", "8", "@evidence", evidence,
                                  "@corrects", before, "@reason", "again", NULL);
    CHECK_INT(flow_say(t, "li", fact, &position), BATON_OK);
    return position;
}

static bool find(struct flow_test *t, struct evidence *evidence, const char *hex,
                 struct evidence_file *out) {
    struct digest digest;
    return CHECK_INT(evidence_read(evidence, t->reader), BATON_OK) &&
           CHECK(digest_of_hex(hex, strlen(hex), &digest)) &&
           CHECK(evidence_find(evidence, &digest, out));
}

static const char *until(struct flow_test *t, struct evidence *evidence,
                         const struct evidence_file *file) {
    char day[BATON_PERIOD_NAME_SIZE];
    const struct evidence_name *why;
    const int32_t last = evidence_kept_until(evidence, file, &why);
    if (last == INT32_MAX)
        return "for good";
    return arena_text(t->arena, day, baton_day_format(last, day));
}

static size_t in_force(const struct evidence_file *file) {
    size_t count = 0;
    for (size_t i = 0; i < file->name_count; i++)
        count += file->name[i].in_force;
    return count;
}

static bool begin(struct flow_test *t) {
    struct import_result result;
    return flow_begin(t) &&
           CHECK_INT(flow_import(t, flow_package(t, "towns", NULL, NULL), &result), BATON_OK);
}

TEST(evidence_is_named_by_facts_in_force_and_before) {
    struct flow_test test = {0};
    if (!begin(&test))
        return;
    struct evidence *const evidence = evidence_open(test.arena);
    struct evidence_file file;
    const char *const one = bring(&test, "one"), *const two = bring(&test, "two");
    if (find(&test, evidence, one, &file)) {
        CHECK_INT(file.brought_count, 1);
        CHECK_INT(file.name_count, 0);
        CHECK(!evidence_is_named(&file));
    }
    const uint64_t first = figure(&test, "2031-05", one, 0);
    figure(&test, "2031-06", arena_printf(test.arena, "%s %s", one, two), 0);
    if (find(&test, evidence, one, &file))
        CHECK_INT(in_force(&file), 2);
    /* The correction names another: the first file is that of what was. */
    figure(&test, "2031-05", two, first);
    if (find(&test, evidence, one, &file)) {
        CHECK_INT(in_force(&file), 1);
        CHECK_INT(file.name_count, 2);
        CHECK_TEXT(body_text(&file.name[0].body, "element"), "growth");
    }
    if (find(&test, evidence, two, &file))
        CHECK_INT(in_force(&file), 2);
    /* Brought in again it is the same file, brought in twice. */
    CHECK_TEXT(bring(&test, "one"), one);
    if (find(&test, evidence, one, &file))
        CHECK_INT(file.brought_count, 2);
    struct evidence_list list;
    evidence_all(evidence, test.arena, &list);
    CHECK_INT(list.count, 2);
    flow_end(&test);
}

TEST(evidence_is_kept_for_its_term) {
    struct flow_test test = {0};
    struct digest digest;
    if (!begin(&test) || !flow_person(&test, "wang", "王敏", "committee"))
        return;
    struct evidence *const evidence = evidence_open(test.arena);
    struct evidence_file file;
    const char *const one = bring(&test, "one");
    figure(&test, "2001-02", one, 0);
    if (find(&test, evidence, one, &file))
        CHECK_TEXT(until(&test, evidence, &file), "2031-12-31");
    const uint64_t young = figure(&test, "2003-02", one, 0);
    if (find(&test, evidence, one, &file))
        CHECK_TEXT(until(&test, evidence, &file), "2033-12-31");
    /* What a figure was based on is kept as long as the figure, also where it was corrected since. */
    figure(&test, "2003-02", bring(&test, "two"), young);
    if (find(&test, evidence, one, &file))
        CHECK_TEXT(until(&test, evidence, &file), "2033-12-31");
    static const char *const terms[][2] = {
        {"1y", "2004-12-31"}, {"permanent", "for good"}, {"100y", "2103-12-31"}};
    uint64_t position = 0;
    for (size_t i = 0; i < LENGTH(terms); i++) {
        struct fact_body term =
            flow_fact(&test, "term", "towns", "of", "evidence", "term", terms[i][0], NULL);
        if (i > 0)
            term = flow_fact(&test, "term", "towns", "of", "evidence", "term", terms[i][0],
                             "@corrects",
                             arena_printf(test.arena, "%llu", (unsigned long long)position),
                             "@reason", "rules", NULL);
        struct submission proposed = {.actor = "li", .fact = &term, .count = 1}, decided = {0};
        CHECK_INT(flow_say(&test, "li", term, NULL), BATON_RIGHT_LACKING); /* it takes two */
        CHECK_INT(ledger_propose(test.ledger, test.arena, &proposed, "rules", 0, &test.found),
                  BATON_OK);
        CHECK_INT(ledger_decide(test.ledger, test.arena, "wang", NULL, proposed.first, true, "",
                                &decided, &test.found),
                  BATON_OK);
        position = decided.first + 1;
        if (find(&test, evidence, one, &file))
            CHECK_TEXT(until(&test, evidence, &file), terms[i][1]);
    }
    /* An erasure is refused to the last day, unless it is one before the term. */
    CHECK(digest_of_hex(one, strlen(one), &digest));
    const struct field field[] = {{"content", (const char *)digest.byte, DIGEST_SIZE, 'c'},
                                  {"early", "asked", 5, 't'}};
    struct fact_body erasure = {"erasure", "", field, 1};
    int32_t last;
    CHECK(baton_day_parse("2103-12-31", 10, &last));
    test.found = (struct baton_findings){.arena = test.arena};
    CHECK_INT(
        evidence_check_erasures(evidence, test.reader, test.arena, &erasure, 1, last, &test.found),
        BATON_EVIDENCE_TERM);
    CHECK_TEXT(test.found.item[0].arg[1], "2103-12-31");
    CHECK_INT(evidence_check_erasures(evidence, test.reader, test.arena, &erasure, 1, last + 1,
                                      &test.found),
              BATON_OK);
    erasure.field_count = 2;
    CHECK_INT(
        evidence_check_erasures(evidence, test.reader, test.arena, &erasure, 1, 0, &test.found),
        BATON_OK);
    flow_end(&test);
}
