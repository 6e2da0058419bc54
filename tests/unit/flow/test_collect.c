/* Steps of reports, made of what is there: the ledger asks the scheme who reports what. */
#include "flow/collect.h"
#include "flow/indicators.h"
#include "flow_fixture.h"
#include "unit/test.h"
#include <string.h>

static const struct expectation growth_of_a = {
    .unit = "a", .element = "growth", .reporter = "a", .verifier = ""};
static const struct expectation *const expectations[] = {&growth_of_a};
static struct baton_unit unit_a = {.id = "a"};
static const struct baton_scheme scheme = {.unit = &unit_a, .unit_count = 1};
static const struct expected expected = {&scheme, 1, expectations, NULL};

static baton_code act(struct flow_test *t, const char *who, enum act act,
                      const struct collect_item *item, size_t count, const char *reason,
                      uint64_t *first) {
    struct submission submission = {.actor = who};
    const struct collect_wish wish = {.assessment = "towns",
                                      .actor = who,
                                      .period = "2024",
                                      .expected = &expected,
                                      .act = act,
                                      .reason = reason,
                                      .item = item,
                                      .count = count};
    t->found = (struct baton_findings){.arena = t->arena};
    TRY(collect_make(t->arena, t->reader, &wish, &submission.fact, &submission.count, &t->found));
    TRY(ledger_append(t->ledger, t->arena, &submission, &t->found));
    *first = submission.first;
    return BATON_OK;
}

static bool begin(struct flow_test *t) {
    struct import_result result;
    if (!flow_begin(t) || !flow_person(t, "wang", "王敏", "unit") ||
        !flow_person(t, "zhao", "赵青", "approver") ||
        !CHECK_INT(flow_import(t, flow_package(t, "towns", NULL, NULL), &result), BATON_OK))
        return false;
    const struct standing_indicators indicators =
        indicators_of(indicators_open(t->arena, &t->place));
    ledger_indicators(t->ledger, &indicators);
    return CHECK_INT(flow_say(t, "li",
                              flow_fact(t, "period", "towns", "period", "2024", "opens",
                                        "2000-01-01", "due", "2999-12-31", NULL),
                              NULL),
                     BATON_OK);
}

static const char *newest(struct flow_test *t, const char *field) {
    struct entry entry;
    bool is_there;
    if (!CHECK_INT(
            collect_report(t->arena, t->reader, "towns", "2024", "a", "growth", &entry, &is_there),
            BATON_OK) ||
        !is_there)
        return NULL;
    return arena_text(t->arena, body_text(&entry.body, field),
                      strlen(body_text(&entry.body, field)));
}

TEST(collect_makes_one_step_of_the_one_before) {
    struct flow_test t;
    uint64_t at = 0, drafted = 0;
    if (!begin(&t))
        return;
    struct collect_item item = {
        .unit = "a", .element = "growth", .at = COLLECT_NEW, .value = "7.5", .source = "bulletin"};
    CHECK(newest(&t, "value") == NULL);
    CHECK_INT(act(&t, "zhao", ACT_SIGN, &item, 1, NULL, &at), BATON_STAGE_WRONG);
    CHECK_INT(act(&t, "wang", ACT_DRAFT, &item, 1, NULL, &drafted), BATON_OK);
    item = (struct collect_item){.unit = "a", .element = "growth", .at = drafted};
    CHECK_INT(act(&t, "zhao", ACT_SIGN, &item, 1, NULL, &at), BATON_OK);
    CHECK_TEXT(newest(&t, "stage"), "signed");
    CHECK_TEXT(newest(&t, "source"), "bulletin"); /* what is drafted stays */
    item.at = at;
    CHECK_INT(act(&t, "wang", ACT_SUBMIT, &item, 1, NULL, &at), BATON_OK);
    item.at = at;
    CHECK_INT(act(&t, "li", ACT_REJECT, &item, 1, "which bulletin?", &at), BATON_OK);
    CHECK_TEXT(newest(&t, "reopened"), "1");
    CHECK_TEXT(newest(&t, "drafter"), "wang");
    flow_end(&t);
}

/* All of them or none: what others have done meanwhile, what nobody asks for, what comes twice. */
TEST(collect_tells_of_every_figure_that_stands_in_the_way) {
    struct flow_test t;
    uint64_t at = 0, drafted = 0;
    if (!begin(&t))
        return;
    struct collect_item items[2] = {
        {.unit = "a", .element = "growth", .at = COLLECT_NEW, .value = "7.5"},
        {.unit = "a", .element = "nonsense", .at = COLLECT_NEW, .value = "1"}};
    CHECK_INT(act(&t, "wang", ACT_DRAFT, items, 2, NULL, &at), BATON_FIGURE_UNEXPECTED);
    CHECK(newest(&t, "value") == NULL);
    items[1] = items[0];
    CHECK_INT(act(&t, "wang", ACT_DRAFT, items, 2, NULL, &at), BATON_FIGURE_TWICE);
    CHECK_INT(act(&t, "wang", ACT_DRAFT, items, 1, NULL, &drafted), BATON_OK);
    items[0].value = "8";
    CHECK_INT(act(&t, "zhao", ACT_DRAFT, items, 1, NULL, &at), BATON_REPORT_MEANWHILE);
    CHECK_TEXT(t.found.item[0].arg[0], "a growth");
    CHECK(strncmp(t.found.item[0].arg[1], "wang, ", 6) == 0);
    CHECK_TEXT(t.found.item[0].arg[2],
               arena_printf(t.arena, "draft, no. %llu", (unsigned long long)drafted));
    CHECK_TEXT(t.found.item[0].arg[3], "7.5");
    CHECK_TEXT(newest(&t, "value"), "7.5");
    items[0].at = drafted;
    CHECK_INT(act(&t, "zhao", ACT_DRAFT, items, 1, NULL, &at), BATON_OK);
    CHECK_TEXT(newest(&t, "value"), "8");
    flow_end(&t);
}
