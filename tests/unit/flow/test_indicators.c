/* What a ledger is told of schemes: that one that is not sound is compiled once, and again only when something may have mended it. */
#include "flow/indicators.h"
#include "flow_fixture.h"
#include "unit/test.h"

static struct fact_body figure(struct flow_test *t, const char *unit) {
    return flow_fact(t, "observation", "towns", "unit", unit, "element", "growth", "period", "2023",
                     "value", "7", NULL);
}

static bool answers(struct flow_test *t, const struct standing_indicators *of) {
    const struct field field[] = {text_field("element", "growth"), text_field("period", "2024"),
                                  text_field("unit", "a"), text_field("value", "7")};
    const struct fact_body asked = {"report", "towns", field, LENGTH(field)};
    const char *reporter, *verifier;
    bool is_sound, needs_evidence;
    struct entry scheme;
    uint64_t known;
    return CHECK_INT(reader_size(t->reader, &known), BATON_OK) &&
           CHECK_INT(reader_scheme(t->reader, t->arena, "towns", (struct baton_period){0}, known,
                                   &scheme),
                     BATON_OK) &&
           of->responsible(of->context, (int64_t)scheme.position, &asked, &reporter, &verifier,
                           &is_sound, &needs_evidence);
}

TEST(indicators_compile_what_is_unsound_once) {
    struct flow_test t;
    struct import_result result;
    uint64_t position = 0;
    if (!flow_begin(&t) ||
        !CHECK_INT(flow_import(&t, flow_package(&t, "towns", NULL, NULL), &result), BATON_OK))
        return;
    struct indicators *const indicators = indicators_open(t.arena, &t.place);
    const struct standing_indicators of = indicators_of(indicators);
    CHECK(answers(&t, &of));
    CHECK_INT(indicators_compiled(indicators), 1);
    of.units_changed(of.context); /* forgets it */
    CHECK_INT(flow_say(&t, "li", figure(&t, "nowhere"), &position), BATON_OK);
    for (int i = 0; i < 5; i++)
        CHECK(!answers(&t, &of));
    CHECK_INT(indicators_compiled(indicators), 2);
    CHECK(flow_person(&t, "wang", "王敏", "unit")); /* mends nothing */
    CHECK(!answers(&t, &of));
    CHECK_INT(indicators_compiled(indicators), 2);
    CHECK_INT(flow_say(&t, "li", figure(&t, "a"), NULL), BATON_OK); /* might have */
    for (int i = 0; i < 5; i++)
        CHECK(!answers(&t, &of));
    CHECK_INT(indicators_compiled(indicators), 3);
    CHECK_INT(flow_say(&t, "li",
                       flow_fact(&t, "observation", "towns", "unit", "nowhere", "element", "growth",
                                 "period", "2023", "@corrects",
                                 arena_printf(t.arena, "%d", (int)position), "@withdrawn", "1",
                                 "@reason", "a slip", NULL),
                       NULL),
              BATON_OK);
    CHECK(answers(&t, &of)); /* has */
    CHECK(answers(&t, &of));
    CHECK_INT(indicators_compiled(indicators), 4);
    flow_end(&t);
}
