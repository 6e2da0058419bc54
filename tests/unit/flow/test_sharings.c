/* Figures that one assessment takes over from another: what is owed after each thing that can happen there, and that it is said once. */
#include "flow/sharings.h"
#include "flow_fixture.h"
#include "unit/test.h"
#include <inttypes.h>
#include <string.h>

/* Assessment heat takes `warm`, in tens, from jobs of towns; both have towns a, b, c. */
static bool begin(struct flow_test *t) {
    static const char *const files[][2] = {
        {"scheme.yaml", "baton: 1\nid: heat\ntitle: {zh: 热, en: Heat}\nperiod: 2021\n"
                        "frequency: year\nmethods:\n  plain: {kind: direct}\ngroups:\n"
                        "  - {id: town, title: {zh: 镇, en: Towns}}\n"},
        {"units.csv", "id,name,group\na,东岭,town\nb,南桥,town\n"},
        {"indicators.csv", "id,name,weight,method\nwarm,供暖,1,plain\n"},
        {"observations.csv", "unit,element,period,value\n"},
        {"targets.csv", "unit,indicator,period,target\n"},
        {"adjustments.csv", "unit,period,item,count,reason\n"}};
    struct import_result result;
    if (!flow_begin(t) || !flow_person(t, "sun", "孙", "office"))
        return false;
    if (!CHECK_INT(flow_import(t, flow_package(t, "towns", NULL, NULL), &result), BATON_OK))
        return false;
    for (size_t i = 0; i < LENGTH(files); i++)
        flow_file(t, "heat", files[i][0], files[i][1]);
    return CHECK_INT(flow_import(t, arena_printf(t->arena, "%s/heat", test_folder()), &result),
                     BATON_OK);
}

/* Said by two: li proposes, sun decides. */
static void by_two(struct flow_test *t, struct fact_body fact) {
    struct submission proposed = {.actor = "li", .fact = &fact, .count = 1}, decided = {0};
    t->now_utc_ms += 1000;
    CHECK_INT(ledger_propose(t->ledger, t->arena, &proposed, "x", 0, &t->found), BATON_OK);
    CHECK_INT(ledger_decide(t->ledger, t->arena, "sun", NULL, proposed.first, true, "", &decided,
                            &t->found),
              BATON_OK);
}

static void share(struct flow_test *t, const char *since) {
    by_two(t, flow_fact(t, "sharing", "heat", "element", "warm", "from", "towns", "from_element",
                        "jobs", "factor", "0.1", "since", since, NULL));
}

/* The fields of what is owed stand in no order. */
static const char *owed_field(const struct fact_body *fact, const char *name) {
    for (size_t i = 0; i < fact->field_count; i++)
        if (strcmp(fact->field[i].name, name) == 0)
            return fact->field[i].value;
    return "";
}

static const char *or_dash(const char *text) {
    return text[0] == '\0' ? "-" : text;
}

/* "unit period value by whom" of each figure that is owed, or "withdrawn". */
static const char *owed_text(struct flow_test *t, const struct sharings_owed *owed) {
    const char *text = "";
    for (size_t i = 0; i < owed->count; i++) {
        const struct fact_body *const fact = &owed->fact[i];
        CHECK_TEXT(fact->assessment, "heat");
        CHECK_TEXT(owed_field(fact, "element"), "warm");
        text = arena_printf(t->arena, "%s%s%s %s %s by %s%s", text, i > 0 ? "; " : "",
                            owed_field(fact, "unit"), owed_field(fact, "period"),
                            *owed_field(fact, "@withdrawn") != '\0'
                                ? "withdrawn"
                                : or_dash(owed_field(fact, "value")),
                            owed->actor[i], *owed_field(fact, "@corrects") != '\0' ? " again" : "");
    }
    return text;
}

static const char *look(struct flow_test *t, struct sharings_owed *owed) {
    CHECK_INT(sharings_look(t->arena, t->reader, owed, &t->found), BATON_OK);
    return owed_text(t, owed);
}

static void say(struct flow_test *t, const struct sharings_owed *owed, size_t want) {
    size_t said;
    t->now_utc_ms += 1000;
    CHECK_INT(sharings_say(t->arena, t->ledger, owed, &said, &t->found), BATON_OK);
    CHECK_INT(said, want);
}

/* What is in force of a figure of towns, for a correction. */
static uint64_t position;
static baton_code take_position(void *context, const struct fact_row *row) {
    (void)context;
    position = row->position;
    return BATON_OK;
}

static const char *newest(struct flow_test *t, const char *unit) {
    CHECK_INT(reader_history(t->reader, "towns", FACT_OBSERVATION,
                             arena_printf(t->arena,
                                          "%s\x1fjobs\x1f"
                                          "2021",
                                          unit),
                             take_position, NULL),
              BATON_OK);
    return arena_printf(t->arena, "%" PRIu64, position);
}

/* towns has jobs of a 450 and of b 600, none of c; c is no unit of heat. */
TEST(sharings_follow_what_happens_there) {
    struct sharings_owed owed;
    struct flow_test t;
    if (!begin(&t))
        return;
    CHECK_TEXT(look(&t, &owed), ""); /* nothing is shared */
    share(&t, "2021");
    CHECK_TEXT(look(&t, &owed), "a 2021 45 by li; b 2021 60 by li");
    say(&t, &owed, 2);
    CHECK_TEXT(look(&t, &owed), ""); /* once */
    CHECK_INT(flow_say(&t, "sun",
                       flow_fact(&t, "observation", "towns", "unit", "a", "element", "jobs",
                                 "period", "2021", "value", "455", "@corrects", newest(&t, "a"),
                                 "@reason", "counted again", NULL),
                       NULL),
              BATON_OK);
    CHECK_TEXT(look(&t, &owed), "a 2021 45.5 by sun again"); /* in the name of whoever said it */
    if (CHECK_INT(owed.count, 1))
        CHECK_TEXT(owed_field(&owed.fact[0], "@reason"), "counted again");
    say(&t, &owed, 1);
    CHECK_INT(flow_say(&t, "li",
                       flow_fact(&t, "observation", "towns", "unit", "b", "element", "jobs",
                                 "period", "2021", "@corrects", newest(&t, "b"), "@reason", "wrong",
                                 "@withdrawn", "1", NULL),
                       NULL),
              BATON_OK);
    CHECK_TEXT(look(&t, &owed), "b 2021 withdrawn by li again");
    say(&t, &owed, 1);
    CHECK_TEXT(look(&t, &owed), "");
    CHECK_INT(flow_say(&t, "li",
                       flow_fact(&t, "observation", "towns", "unit", "c", "element", "jobs",
                                 "period", "2021", "value", "7", "@corrects", newest(&t, "c"),
                                 "@reason", "late", NULL),
                       NULL),
              BATON_OK);
    CHECK_TEXT(look(&t, &owed), ""); /* of a unit that is none of heat's */
    flow_end(&t);
}

/* What came too late is told, and no error; the same as looking at a few. */
TEST(sharings_look_at_a_few) {
    struct sharings_owed owed, again;
    struct sharings sharings;
    struct flow_test t;
    uint64_t known;
    if (!begin(&t))
        return;
    share(&t, "2021");
    CHECK_INT(reader_size(t.reader, &known), BATON_OK);
    CHECK_INT(sharings_read(t.arena, t.reader, known, &sharings), BATON_OK);
    CHECK_INT(sharings.count, 1);
    const struct sharings_touched touched[] = {{"towns", "a", "jobs", "2021"},
                                               {"towns", "a", "jobs", "2021"}, /* twice is once */
                                               {"towns", "c", "jobs", "2021"},
                                               {"towns", "a", "growth", "2021"},
                                               {"heat", "a", "warm", "2021"}};
    CHECK_INT(
        sharings_look_at(t.arena, t.reader, &sharings, touched, LENGTH(touched), &owed, &t.found),
        BATON_OK);
    CHECK_TEXT(owed_text(&t, &owed), "a 2021 45 by li");
    const struct fact_body jobs = flow_fact(&t, "observation", "towns", "element", "jobs", NULL),
                           warm = flow_fact(&t, "observation", "heat", "element", "warm", NULL);
    CHECK(sharings_touch(&sharings, &jobs));
    CHECK(!sharings_touch(&sharings, &warm));
    (void)flow_found(&t); /* what was odd when they were imported */
    /* Somebody else is faster with one of two: the other is said all the same. */
    CHECK_TEXT(look(&t, &again), "a 2021 45 by li; b 2021 60 by li");
    say(&t, &owed, 1);
    say(&t, &again, 1);
    CHECK_TEXT(flow_found(&t), "FACT_EXISTS");
    CHECK_TEXT(look(&t, &owed), "");
    flow_end(&t);
}

/* Nothing of periods before the day from which on it is shared. */
TEST(sharings_begin_with_their_day) {
    struct sharings_owed owed;
    struct flow_test t;
    if (!begin(&t))
        return;
    share(&t, "2022");
    CHECK_TEXT(look(&t, &owed), "");
    CHECK_INT(flow_say(&t, "li",
                       flow_fact(&t, "observation", "towns", "unit", "a", "element", "jobs",
                                 "period", "2022", "state", "na", NULL),
                       NULL),
              BATON_OK);
    CHECK_TEXT(look(&t, &owed), "a 2022 - by li"); /* why there is none is taken over as well */
    if (CHECK_INT(owed.count, 1))
        CHECK_TEXT(owed_field(&owed.fact[0], "state"), "na");
    say(&t, &owed, 1);
    CHECK_TEXT(look(&t, &owed), "");
    flow_end(&t);
}
