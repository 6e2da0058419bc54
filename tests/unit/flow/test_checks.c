/* What checks say of figures that are reported: each kind that an office writes, what is not judged, what is laid over what, revisions, slips of magnitude; and what stands in the way of signing off. */
#include "engine/check.h"
#include "engine/session.h"
#include "expected_fixture.h"
#include "flow/checks.h"
#include "flow_fixture.h"
#include "unit/test.h"
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* Towns a and b of the county: output and its parts, month by month; what the statistics office has of a; b has no history. */
static const char indicators[] =
    "id,name,weight,frequency,measure\nva,增加值,1,month,亿元\nfarm,第一产业,1,month,亿元\n"
    "works,第二产业,1,month,亿元\nshops,第三产业,1,month,亿元\nrate,比率,1,month,%\nsaid,台账,1,"
    "month,\n";

static const char *observations(struct baton_arena *arena) {
    const char *text = "unit,element,period,value\n";
    for (int year = 2020; year <= 2021; year++)
        for (int month = 1; month <= (year == 2020 ? 12 : 7); month++) {
            const double grown = year == 2020 ? 1 : 1.1;
            for (int part = 0; part < 3; part++)
                text =
                    arena_printf(arena, "%sa,%s,%d-%02d,%g\n", text,
                                 (const char *const[]){"farm", "works", "shops"}[part], year, month,
                                 (const double[]){10, 30, 60}[part] * grown + 0.5 * month);
            text = arena_printf(arena, "%sa,va,%d-%02d,%g\nb,va,%d-%02d,%g\ncounty,va,%d-%02d,%g\n",
                                text, year, month, 100 * grown + 1.5 * month, year, month,
                                40 * grown + month, year, month, 140 * grown + 2.5 * month);
        }
    return arena_printf(arena, "%sa,va_bureau,2021-08,122\ncounty,va,2021-08,174\n", text);
}

struct look {
    struct flow_test ledger;
    struct expected_test scheme;
    struct checked_list list;
};

static bool begin(struct look *look, const char *checks) {
    if (!flow_begin(&look->ledger))
        return false;
    const struct expected_package package = {
        .scheme = arena_printf(look->ledger.arena, "checks:\n%s", checks),
        .indicators = indicators,
        .observations = observations(look->ledger.arena)};
    return expected_begin(&look->scheme, &package);
}

static void end(struct look *look) {
    expected_end(&look->scheme);
    flow_end(&look->ledger);
}

/* "unit element value", several separated by `; `; a fourth word is the note, a value of `na` a state. */
static size_t read_figures(struct look *look, const char *text, struct checks_figure *out) {
    struct baton_arena *const arena = look->ledger.arena;
    size_t count = 0;
    char *at = arena_text(arena, text, strlen(text)), *next;
    for (; at != NULL; at = next) {
        char *word[4] = {0};
        next = strstr(at, "; ");
        if (next != NULL) {
            *next = '\0';
            next += 2;
        }
        for (int i = 0; i < 4 && at != NULL; i++) {
            word[i] = at;
            at = strchr(at, ' ');
            if (at != NULL)
                *at++ = '\0';
        }
        if (!CHECK(word[2] != NULL))
            break;
        const bool is_state = strcmp(word[2], "na") == 0;
        out[count] =
            (struct checks_figure){.expectation = expected_find(&look->scheme, word[0], word[1]),
                                   .value = is_state ? NULL : word[2],
                                   .state = is_state ? word[2] : NULL,
                                   .note = word[3],
                                   .where = {.file = "form.xlsx", .row = (uint32_t)count + 2}};
        CHECK(out[count].expectation != NULL);
        count++;
    }
    return count;
}

/* "unit element check state shown" of each, separated by `; `; told in a language to one who may be told what `may_show` lets. */
static const char *said_to(struct look *look, const char *period, const char *figures,
                           bool (*may_show)(void *context, const char *unit, const char *element,
                                            const struct expectation *one),
                           enum baton_language language) {
    struct baton_arena *const arena = look->ledger.arena;
    struct checks_figure *const figure = arena_alloc(arena, 16, sizeof *figure);
    const struct checks_wish wish = {.assessment = "p",
                                     .period = period,
                                     .expected = &look->scheme.all,
                                     .figure = figure,
                                     .count = read_figures(look, figures, figure),
                                     .may_show = may_show};
    const char *text = "";
    look->ledger.found = (struct baton_findings){.arena = arena};
    if (!CHECK_INT(
            checks_judge(arena, look->ledger.reader, &wish, &look->list, &look->ledger.found),
            BATON_OK))
        return text;
    for (size_t i = 0; i < look->list.count; i++) {
        const struct checked *one = &look->list.item[i];
        text = arena_printf(arena, "%s%s%s %s %s %s %s", text, i > 0 ? "; " : "",
                            one->of->expectation->unit, one->of->expectation->element, one->id,
                            checked_state_word(one->state), one->shown[language]);
    }
    return text;
}

static const char *said(struct look *look, const char *period, const char *figures) {
    return said_to(look, period, figures, NULL, BATON_EN);
}

/* Each kind of check, on the line that the documents have for it. */
static const struct {
    const char *name, *check, *figures, *said;
} kinds[] = {
    {"in range", "{id: c, for: rate, rule: \"x >= 0 and x <= 100\", severity: hard}", "a rate 98.5",
     ""},
    {"out of range", "{id: c, for: rate, rule: \"x >= 0 and x <= 100\", severity: hard}",
     "a rate 101", "a rate c failed 101 >= 0 and 101 <= 100"},
    {"a share written as a percentage is one",
     "{id: c, for: rate, rule: \"x >= 0 and x <= 100\", severity: hard}", "a rate 98.5%", ""},
    {"near the month before",
     "{id: c, for: va, rule: \"abs(x / prev(x) - 1) <= 20%\", severity: justify}", "a va 122", ""},
    {"a jump", "{id: c, for: va, rule: \"abs(x / prev(x) - 1) <= 20%\", severity: justify}",
     "a va 150", "a va c failed abs(150 / prev(120.5) - 1) <= 20%"},
    {"a jump with a note",
     "{id: c, for: va, rule: \"abs(x / prev(x) - 1) <= 20%\", severity: justify}", "a va 150 plant",
     "a va c justified abs(150 / prev(120.5) - 1) <= 20%"},
    {"a hard one is not justified",
     "{id: c, for: va, rule: \"abs(x / prev(x) - 1) <= 20%\", severity: hard}", "a va 150 plant",
     "a va c failed abs(150 / prev(120.5) - 1) <= 20%"},
    {"against last year", "{id: c, for: va, rule: \"abs(yoy(x)) <= 10%\", severity: justify}",
     "a va 130", "a va c failed abs(yoy(0.1607142857142858)) <= 10%"},
    {"no history is not judged",
     "{id: c, for: rate, rule: \"abs(x / prev(x) - 1) <= 20%\", severity: justify}", "b rate 7",
     "b rate c unjudged abs(7 / prev(—) - 1) <= 20%"},
    {"parts in one form add up",
     "{id: c, for: va, rule: \"x == farm + works + shops\", severity: hard}",
     "a farm 15; a works 37; a shops 70; a va 122", ""},
    {"or they do not", "{id: c, for: va, rule: \"x == farm + works + shops\", severity: hard}",
     "a farm 15; a works 37; a shops 71; a va 122", "a va c failed 122 == 15 + 37 + 71"},
    {"a part that is not there yet",
     "{id: c, for: va, rule: \"x == farm + works + shops\", severity: hard}",
     "a farm 15; a works 37; a va 122", "a va c unjudged 122 == 15 + 37 + —"},
    {"children add up", "{id: c, for: va, rule: \"x <= parent(x)\", severity: hard}", "a va 180",
     "a va c failed 180 <= parent(174)"},
    {"the statistics office's figure",
     "{id: c, for: va, rule: \"abs(x / va_bureau - 1) <= 1%\", severity: justify}", "a va 124",
     "a va c failed abs(124 / 122 - 1) <= 1%"},
    {"a named unit's", "{id: c, for: va, rule: \"x <= of(x, county) / 2\", severity: justify}",
     "a va 122", "a va c failed 122 <= of(174) / 2"},
    {"ten-thousandfold", "{id: c, for: va, rule: \"slip(x, prev(x)) == 0\", severity: hard}",
     "a va 1220000",
     "a va c failed slip(1220000, prev(120.5)) == 0; a va magnitude failed 1220000 ≈ 118 × 10000"},
    {"the same digits as last month",
     "{id: c, for: measure(亿元), rule: \"x != prev(x)\", severity: justify}",
     "a va 120.5; a farm 14.5",
     "a va c failed 120.5 != prev(120.5); a farm c failed 14.5 != prev(14.5)"},
    {"a round number", "{id: c, for: va, rule: \"digits(x) >= 3 or x < 100\", severity: justify}",
     "a va 120", "a va c failed digits(120) >= 3 or 120 < 100"},
    {"for all numbers", "{id: c, for: \"*\", rule: \"x > 0\", severity: hard}",
     "a va -1; a rate -2", "a va c failed -1 > 0; a rate c failed -2 > 0"},
    {"not applicable is not checked", "{id: c, for: \"*\", rule: \"x > 0\", severity: hard}",
     "a rate na", ""},
    {"only where the condition is met",
     "{id: c, for: va, rule: \"x > 1000\", when: \"elapsed < 0.1\", severity: hard}", "a va 122",
     ""},
    {"of the cohort", "{id: c, for: va, rule: \"x <= 1.2 * mean(x)\", severity: justify}",
     "a va 122; b va 50", "a va c failed 122 <= 1.2 * mean(86)"},
};

TEST(checks_of_each_kind) {
    for (size_t i = 0; i < LENGTH(kinds); i++) {
        CASE("%s", kinds[i].name);
        struct look look;
        char line[400];
        snprintf(line, sizeof line, "  - %s\n", kinds[i].check);
        if (!begin(&look, line))
            continue;
        CHECK_TEXT(said(&look, "2021-08", kinds[i].figures), kinds[i].said);
        end(&look);
    }
}

TEST(checks_see_what_was_and_how_often_it_rose) {
    static const char checks[] =
        "  - {id: up, for: va, rule: \"rises < 3\", severity: justify}\n"
        "  - {id: far, for: va, rule: \"abs(x / was - 1) <= 5%\", severity: hard}\n";
    struct look look;
    if (!begin(&look, checks))
        return;
    CHECK_TEXT(said(&look, "2021-08", "a va 122"), "a va far unjudged abs(122 / — - 1) <= 5%");
    CHECK_TEXT(said(&look, "2021-07", "a va 130"), "a va far failed abs(130 / 120.5 - 1) <= 5%");
    uint64_t at = 0;
    static const char *const revision[] = {"100", "118", "119", "120.5"};
    for (size_t i = 0; i < LENGTH(revision); i++) {
        struct fact_body fact =
            i == 0 ? flow_fact(&look.ledger, "observation", "p", "element", "va", "period",
                               "2021-07", "unit", "a", "value", revision[i], NULL)
                   : flow_fact(&look.ledger, "observation", "p", "element", "va", "period",
                               "2021-07", "unit", "a", "value", revision[i], "@corrects",
                               arena_printf(look.ledger.arena, "%" PRIu64, at), "@reason", "more",
                               NULL);
        CHECK_INT(flow_say(&look.ledger, "li", fact, &at), BATON_OK);
        if (i < 2)
            CHECK_TEXT(said(&look, "2021-07", i == 0 ? "a va 121" : "a va 120.6"), "");
    }
    CHECK_TEXT(said(&look, "2021-07", "a va 121"), "a va up failed 4 < 3");
    CHECK_TEXT(said(&look, "2021-07", "a va 120"), ""); /* it falls: nothing rose in a row */
    end(&look);
}

TEST(checks_stand_in_the_way) {
    static const char checks[] =
        "  - {id: least, for: va, rule: \"x > 0\", severity: hard, title: {zh: 应为正, en: above "
        "0}}\n"
        "  - {id: jump, for: va, rule: \"abs(x / prev(x) - 1) <= 20%\", severity: justify}\n";
    struct look look;
    if (!begin(&look, checks))
        return;
    struct baton_findings *const found = &look.ledger.found;
    said(&look, "2021-08", "a va 150 plant; b va 50");
    CHECK_INT(checks_refuse(look.ledger.arena, &look.list, found), BATON_OK);
    said(&look, "2021-08", "a va 150; b va -1");
    CHECK_INT(checks_refuse(look.ledger.arena, &look.list, found), BATON_CHECK_UNJUSTIFIED);
    if (CHECK_INT(found->count, 3)) { /* b both is below 0 and jumps */
        CHECK_TEXT(baton_finding_message(look.ledger.arena, &found->item[0], BATON_ZH),
                   "a va 与“jump”不符，且未作说明：abs(150 / prev(120.5) - 1) <= 20% 不成立");
        CHECK_INT(found->item[1].code, BATON_CHECK_FAILED);
        CHECK_INT(found->item[1].where.row, 3); /* of the form */
        CHECK_TEXT(baton_finding_message(look.ledger.arena, &found->item[1], BATON_EN),
                   "b va breaks the rule “above 0”: -1 > 0 does not hold");
        CHECK_TEXT(baton_finding_message(look.ledger.arena, &found->item[1], BATON_ZH),
                   "b va 不符合校验规则“应为正”：-1 > 0 不成立");
    }
    struct checks_figure bad = {.expectation = expected_find(&look.scheme, "a", "va"),
                                .value = "1,2"};
    const struct checks_wish wish = {.assessment = "p",
                                     .period = "2021-08",
                                     .expected = &look.scheme.all,
                                     .figure = &bad,
                                     .count = 1};
    CHECK_INT(checks_judge(look.ledger.arena, look.ledger.reader, &wish, &look.list, found),
              BATON_FIGURE_BAD);
    end(&look);
}

/* Whatever the scheme says; and a figure like those of its month and of last year is as usual. */
TEST(checks_find_slips_of_magnitude) {
    struct look look;
    if (!begin(&look, "  - {id: any, for: said, rule: \"x >= 0\", severity: hard}\n"))
        return;
    CHECK_TEXT(said(&look, "2021-08", "a va 122; b va 51"), "");
    CHECK_TEXT(said(&look, "2021-08", "a va 1220000; b va 51"),
               "a va magnitude failed 1220000 ≈ 118 × 10000");
    CHECK_TEXT(
        said(&look, "2021-08", "a va 12.2; b va 0.0052 note"),
        "a va magnitude failed 12.2 ≈ 118 ÷ 10; b va magnitude justified 0.0052 ≈ 52.1 ÷ 10000");
    said(&look, "2021-08", "a va 1220000");
    CHECK_INT(checks_refuse(look.ledger.arena, &look.list, &look.ledger.found),
              BATON_CHECK_UNJUSTIFIED);
    CHECK_TEXT(baton_finding_message(look.ledger.arena, &look.ledger.found.item[0], BATON_ZH),
               "a va 与“通常的数量级：1220000 ≈ 118 × 10000”不符，且未作说明");
    CHECK_TEXT(
        baton_finding_message(look.ledger.arena, &look.ledger.found.item[0], BATON_EN),
        "a va is out of line with “the usual order of magnitude: 1220000 ≈ 118 × 10000”, and "
        "no note says why");
    CHECK_TEXT(said(&look, "2021-08", "b rate 1220000"), ""); /* nothing to compare it with */
    end(&look);
}

/* Every figure of the example that is expected passes the checks of its scheme, and none of them is idle. */
TEST(checks_hold_for_the_example_city) {
    struct expected_test city;
    if (!expected_begin_path(&city, "examples/city"))
        return;
    const struct baton_scheme *const scheme = city.session->scheme;
    size_t *const judged = arena_alloc(city.arena, scheme->check_count, sizeof *judged);
    CHECK(scheme->check_count > 0);
    for (struct baton_period at = {.year = 2021, .index = 1, .kind = BATON_MONTH}; at.year == 2021;
         at = baton_period_shift(at, 1)) {
        struct check_view *const view = check_view(city.arena, city.session, at);
        for (size_t i = 0; i < city.all.count; i++) {
            const struct expectation *const one = city.all.item[i];
            const double rises = 0;
            for (uint32_t c = 0; c < scheme->check_count; c++) {
                enum check_says says = CHECK_IDLE;
                if (one->frequency != BATON_MONTH ||
                    !check_is_for(city.session, c, one->element_index))
                    continue;
                check_judge(view, c, one->element_index, &one->unit_index, &rises, 1, &says);
                CASE("%s %s %d-%02d %s", one->unit, one->element, at.year, at.index,
                     scheme->check[c].id);
                CHECK(says != CHECK_FAILS);
                judged[c] += says == CHECK_HOLDS;
            }
        }
    }
    for (uint32_t c = 0; c < scheme->check_count; c++) {
        CASE("%s", scheme->check[c].id);
        CHECK(judged[c] > 0);
    }
    expected_end(&city);
}

/* What those see who may be told the figures of unit a, but neither those of others nor the bureau's. */
static const struct {
    const char *name, *rule, *figures, *en, *zh;
} hidden[] = {
    {"of the parent", "x <= parent(x)", "a va 180",
     "a va c failed 180 <= parent([a figure you may not read])",
     "a va c failed 180 <= parent([您无权查看的数据])"},
    {"of a named unit", "x <= of(x, county) / 2", "a va 122",
     "a va c failed 122 <= of([a figure you may not read]) / 2",
     "a va c failed 122 <= of([您无权查看的数据]) / 2"},
    {"by which a share would tell it", "share(x) <= 10%", "a va 122",
     "a va c failed share([a figure you may not read]) <= 10%",
     "a va c failed share([您无权查看的数据]) <= 10%"},
    {"of the cohort, two units of which one is one's own", "x <= 1.2 * mean(x)",
     "a va 122; b va 50", "a va c failed 122 <= 1.2 * mean([a figure you may not read])",
     "a va c failed 122 <= 1.2 * mean([您无权查看的数据])"},
    {"of one's own unit, by another", "abs(x / va_bureau - 1) <= 1%", "a va 124",
     "a va c failed abs(124 / [a figure you may not read] - 1) <= 1%",
     "a va c failed abs(124 / [您无权查看的数据] - 1) <= 1%"},
    {"earlier, of the parent", "x <= prev(parent(x))", "a va 180",
     "a va c failed 180 <= prev([a figure you may not read])",
     "a va c failed 180 <= prev([您无权查看的数据])"},
    {"of one's own unit alone", "x == farm + works + prev(shops)",
     "a farm 15; a works 37; a va 122", "a va c failed 122 == 15 + 37 + prev(69.5)",
     "a va c failed 122 == 15 + 37 + prev(69.5)"},
};

static bool is_of_a(void *context, const char *unit, const char *element,
                    const struct expectation *one) {
    (void)context;
    CHECK(one == NULL || strcmp(one->unit, unit) == 0);
    return strcmp(unit, "a") == 0 && strcmp(element, "va_bureau") != 0;
}

TEST(checks_tell_no_figure_that_one_may_not_read) {
    for (size_t i = 0; i < LENGTH(hidden); i++) {
        CASE("%s", hidden[i].name);
        struct look look;
        char line[400];
        snprintf(line, sizeof line, "  - {id: c, for: va, rule: \"%s\", severity: hard}\n",
                 hidden[i].rule);
        if (!begin(&look, line))
            continue;
        CHECK_TEXT(said_to(&look, "2021-08", hidden[i].figures, is_of_a, BATON_EN), hidden[i].en);
        CHECK_TEXT(said_to(&look, "2021-08", hidden[i].figures, is_of_a, BATON_ZH), hidden[i].zh);
        CHECK_INT(checks_refuse(look.ledger.arena, &look.list, &look.ledger.found),
                  BATON_CHECK_FAILED);
        const struct baton_finding *const told = &look.ledger.found.item[0];
        if (strcmp(hidden[i].en, hidden[i].zh) != 0) {
            CHECK(told->arg[3] == NULL);
            CHECK(strstr(told->arg[1], "[a figure you may not read]") != NULL);
            CHECK(strstr(told->arg[2], "[您无权查看的数据]") != NULL);
        } else {
            CHECK_TEXT(told->arg[3], "122 == 15 + 37 + prev(69.5)");
        }
        end(&look);
    }
}
