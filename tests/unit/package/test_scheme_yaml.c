/* scheme.yaml: every key read as the format says, and what does not fit refused with its place. */
#include "engine/methods.h"
#include "package/scheme_yaml.h"
#include "unit/test.h"
#include <math.h>
#include <string.h>

static struct baton_arena *arena;
static struct baton_scheme scheme;
static struct baton_findings found;
static struct package_reader package;
static struct scheme_reader *reader;

/* Reads a text; the two nodes and units stand for what the tables would have given. */
static baton_code read_scheme(const char *text) {
    arena = arena_open();
    found = (struct baton_findings){.arena = arena};
    package_reader_open(&package, arena, &scheme, NULL, &found);
    baton_code code = scheme_read(&package, text, strlen(text), &reader);
    if (code != BATON_OK)
        return code;
    static const char *const nodes[] = {"total", "economy", "gdp", "safety"};
    scheme.node = arena_alloc(arena, LENGTH(nodes), sizeof(*scheme.node));
    for (uint32_t i = 0; i < LENGTH(nodes); i++) {
        scheme.node[i] = (struct baton_node){
            .id = nodes[i],
            .class = i == 3 && strstr(text, "safety:") != NULL ? BATON_GATE : BATON_MANDATORY,
            .gate_at_least = NAN,
            .gate_effect = BATON_NONE};
        if (i > 0)
            hash_add(arena, &package.node, nodes[i], strlen(nodes[i]), i);
    }
    scheme.node_count = LENGTH(nodes);
    static const char *const units[] = {"a", "b"};
    scheme.unit = arena_alloc(arena, LENGTH(units), sizeof(*scheme.unit));
    for (uint32_t i = 0; i < LENGTH(units); i++) {
        scheme.unit[i].id = units[i];
        hash_add(arena, &package.unit, units[i], 1, i);
    }
    scheme.unit_count = LENGTH(units);
    scheme_resolve(reader);
    return BATON_OK;
}

#define HEAD "baton: 1\nid: s\ntitle: {zh: 方案}\nperiod: 2021\nfrequency: year\n"

static const struct baton_method *method(const char *id) {
    uint32_t index = hash_find(&package.method, id, strlen(id));
    return index == HASH_NONE ? NULL : &scheme.method[index];
}

TEST(scheme_defaults) {
    CHECK_INT(read_scheme(HEAD), BATON_OK);
    CHECK_INT(found.count, 0);
    CHECK_TEXT(scheme.id, "s");
    CHECK_TEXT(scheme.title.zh, "方案");
    CHECK_TEXT(scheme.title.en, NULL);
    CHECK_INT(scheme.period.kind, BATON_YEAR);
    CHECK_INT(scheme.period.year, 2021);
    CHECK_INT(scheme.frequency, BATON_YEAR);
    CHECK_INT(scheme.decimals, 2);
    CHECK_INT(scheme.rounding, BATON_ROUND_HALF_AWAY);
    CHECK_INT(scheme.rank_on, BATON_RANK_ROUNDED);
    CHECK_INT(scheme.ties, BATON_TIES_MIN);
    CHECK(!scheme.round_at_node && !scheme.compare_across_years);
    CHECK_DOUBLE(scheme.present, NAN);
    CHECK_DOUBLE(scheme.total, 100);
    CHECK_DOUBLE(scheme.cap_bonus, NAN);
    CHECK_INT(scheme.due_days[BATON_MONTH], 0);
    CHECK_INT(scheme.compare, BATON_COMPARE_PREVIOUS);
    CHECK_TEXT(scheme.succeeds, NULL);
    CHECK_TEXT(package.defaults.method, NULL);
    CHECK_INT(package.defaults.missing, BATON_MISSING_REDISTRIBUTE);
    CHECK_INT(package.defaults.root_aggregate, BATON_ARITHMETIC);
    arena_close(arena);
}

TEST(scheme_example_of_the_format) {
    CHECK_INT(
        read_scheme(
            "baton: 1\n"
            "id: example-2021\n"
            "title: {zh: 示例市2021年度综合考核, en: Example city 2021}\n"
            "period: 2021-Q3\n"
            "frequency: month\n"
            "defaults: {method: efficacy, direction: down, missing: factor(0.8), aggregate: sum, "
            "root_aggregate: copeland, present: 85%}\n"
            "scoring:\n"
            "  decimals: 3\n"
            "  rounding: half_even\n"
            "  rank_on: exact\n"
            "  ties: average\n"
            "  ties_by: [economy, gdp]\n"
            "  round_at: node\n"
            "  total: 1000\n"
            "  bounds: [none, 1200]\n"
            "due: {month: 10d, quarter: 15d, half: 20d, year: 45d}\n"
            "compare: same_last_year\n"
            "compare_across_years: true\n"
            "elements: {per_capita: \"gdp / population\"}\n"
            "imports: {city: ../city-2021}\n"
            "succeeds: ../example-2020\n"
            "groups:\n"
            "  - {id: district, title: {zh: 市（县）区}, grades: standard}\n"
            "  - {id: other, total: 150, decimals: 1, ties_by: [gdp], bounds: [0, none], ratings: "
            "[]}\n"
            "ratings: [{id: good, at_least: 90, title: {zh: 好}}, {id: fair, at_least: 60}, {id: "
            "poor}]\n"
            "grades:\n"
            "  standard:\n"
            "    - {id: excellent, when: \"score >= 90\", quota: 30%, quota_ties: economy}\n"
            "    - {id: good, quota: 2, quota_ties: all}\n"
            "    - {id: poor}\n"
            "awards:\n"
            "  - {id: progress, group: district, by: \"score - prev_score\", top: 2, when: \"score "
            "> 0\"}\n"
            "  - {id: every, by: score, top: 1}\n"),
        BATON_OK);
    CHECK_INT(found.count, 0);
    CHECK_INT(scheme.period.kind, BATON_QUARTER);
    CHECK_INT(scheme.frequency, BATON_MONTH);
    CHECK_TEXT(package.defaults.method, "efficacy");
    CHECK_INT(package.defaults.method_at.row, 6);
    CHECK_INT(package.defaults.direction, BATON_DOWN);
    CHECK_INT(package.defaults.missing, BATON_MISSING_FACTOR);
    CHECK_DOUBLE(package.defaults.missing_factor, 0.8);
    CHECK_INT(package.defaults.aggregate, BATON_AGGREGATE_SUM);
    CHECK_INT(package.defaults.root_aggregate, BATON_COPELAND);
    CHECK_DOUBLE(scheme.present, 0.85);
    CHECK_INT(scheme.decimals, 3);
    CHECK_INT(scheme.rounding, BATON_ROUND_HALF_EVEN);
    CHECK_INT(scheme.rank_on, BATON_RANK_EXACT);
    CHECK_INT(scheme.ties, BATON_TIES_AVERAGE);
    CHECK(scheme.round_at_node && scheme.compare_across_years);
    CHECK_DOUBLE(scheme.total, 1000);
    CHECK_INT(scheme.due_days[BATON_MONTH], 10);
    CHECK_INT(scheme.due_days[BATON_YEAR], 45);
    CHECK_INT(scheme.due_days[BATON_WEEK], 0);
    CHECK_INT(scheme.compare, BATON_COMPARE_SAME_LAST_YEAR);
    CHECK_INT(scheme.element_count, 1);
    CHECK_TEXT(scheme.element[0].id, "per_capita");
    CHECK_TEXT(scheme.element[0].value.text, "gdp / population");
    CHECK_TEXT(scheme.element[0].value.at.field, "elements.per_capita");
    CHECK_INT(scheme.element[0].value.at.row, 19);
    CHECK_INT(scheme.element[0].value.at.column, 25);
    CHECK_INT(scheme.import_count, 1);
    CHECK_TEXT(scheme.import[0].id, "city");
    CHECK_TEXT(scheme.import[0].path, "../city-2021");
    CHECK_TEXT(scheme.succeeds, "../example-2020");
    if (CHECK_INT(scheme.group_count, 2)) {
        const struct baton_group *district = &scheme.group[0], *other = &scheme.group[1];
        CHECK_INT(district->grades, 0);
        CHECK_DOUBLE(district->total, 1000);
        CHECK_INT(district->decimals, 3);
        CHECK_DOUBLE(district->bound_lo, NAN);
        CHECK_DOUBLE(district->bound_hi, 1200);
        CHECK_INT(district->ties_by_count, 2);
        CHECK_INT(district->ties_by[0], 1);
        CHECK_INT(district->ties_by[1], 2);
        CHECK_INT(district->ratings.count, 3);
        CHECK_INT(other->grades, BATON_NONE);
        CHECK_DOUBLE(other->total, 150);
        CHECK_INT(other->decimals, 1);
        CHECK_DOUBLE(other->bound_lo, 0);
        CHECK_DOUBLE(other->bound_hi, NAN);
        CHECK_INT(other->ties_by_count, 1);
        CHECK_INT(other->ratings.count, 0);
    }
    CHECK_INT(scheme.ratings.count, 3);
    CHECK_DOUBLE(scheme.ratings.item[1].at_least, 60);
    CHECK_DOUBLE(scheme.ratings.item[2].at_least, NAN);
    if (CHECK_INT(scheme.grades_count, 1) && CHECK_INT(scheme.grades[0].count, 3)) {
        const struct baton_grade *grade = scheme.grades[0].item;
        CHECK_TEXT(grade[0].when.text, "score >= 90");
        CHECK_DOUBLE(grade[0].quota, 0.3);
        CHECK(grade[0].quota_is_share);
        CHECK_INT(grade[0].quota_ties, BATON_QUOTA_NODE);
        CHECK_INT(grade[0].quota_node, 1);
        CHECK_DOUBLE(grade[1].quota, 2);
        CHECK(!grade[1].quota_is_share);
        CHECK_INT(grade[1].quota_ties, BATON_QUOTA_ALL);
        CHECK_DOUBLE(grade[2].quota, NAN);
        CHECK_TEXT(scheme.code[grade[2].code], "poor");
    }
    if (CHECK_INT(scheme.award_count, 2)) {
        CHECK_INT(scheme.award[0].group, 0);
        CHECK_INT(scheme.award[0].top, 2);
        CHECK_TEXT(scheme.award[0].by.text, "score - prev_score");
        CHECK_INT(scheme.award[1].group, BATON_NONE);
        CHECK_TEXT(scheme.award[1].when.text, NULL);
    }
    arena_close(arena);
}

TEST(scheme_methods) {
    CHECK_INT(read_scheme(
                  HEAD
                  "scoring: {ties: max}\n"
                  "methods:\n"
                  "  efficacy: {kind: range, over: fixed, low: 60, high: 100}\n"
                  "  z: {kind: zscore, mean: 70, sd: 10, floor: 0, cap: 100}\n"
                  "  steps: {kind: race, step: 5, ties: dense, among: \"x >= target\", else: 1}\n"
                  "  table: {kind: race, table: [100, 90, 85.5], floor: 50}\n"
                  "  done: {kind: target, cap: 120, start_at: 60%, down: mirror, from: baseline}\n"
                  "  hygiene: {kind: bands, table: [[95, 100], [90, 85]], below: 3, linear: true}\n"
                  "  codes: {kind: levels, table: {A: 100, B+: 80}}\n"
                  "  faults: {kind: deduct, above: 98, per: 0.5}\n"
                  "  more: {kind: pass, op: \">\"}\n"
                  "  to_mean: {kind: best, of: mean}\n"
                  "  to_b: {kind: best, of: b}\n"
                  "  projects: {kind: rule, where: {p: \"100*x/target\", q: p+1}, score: \"q\", "
                  "floor: 60}\n"),
              BATON_OK);
    CHECK_INT(found.count, 0);
    CHECK_INT(scheme.method_count, 12);
    CHECK_INT(method("efficacy")->over, BATON_OVER_FIXED);
    CHECK_DOUBLE(method("efficacy")->low, 60);
    CHECK_INT(method("efficacy")->ties, BATON_TIES_MAX);
    CHECK_DOUBLE(method("efficacy")->floor, NAN);
    CHECK_DOUBLE(method("z")->sd, 10);
    CHECK_DOUBLE(method("z")->cap, 100);
    CHECK_DOUBLE(method("steps")->step, 5);
    CHECK_INT(method("steps")->ties, BATON_TIES_DENSE);
    CHECK_TEXT(method("steps")->among.text, "x >= target");
    CHECK_TEXT(method("steps")->among.at.field, "methods.steps.among");
    CHECK_DOUBLE(method("steps")->otherwise, 1);
    CHECK_DOUBLE(method("steps")->floor, 0);
    CHECK(method("steps")->table == NULL);
    CHECK_INT(method("table")->table_count, 3);
    CHECK_DOUBLE(method("table")->table[2], 85.5);
    CHECK_DOUBLE(method("table")->step, NAN);
    CHECK_DOUBLE(method("done")->start_at, 60);
    CHECK(method("done")->mirror && method("done")->from_baseline);
    CHECK_DOUBLE(method("done")->floor, 0);
    CHECK_INT(method("hygiene")->table_count, 2);
    CHECK_DOUBLE(method("hygiene")->bands[1].bound, 90);
    CHECK_DOUBLE(method("hygiene")->bands[1].score, 85);
    CHECK(method("hygiene")->linear);
    CHECK_INT(method("codes")->table_count, 2);
    CHECK_TEXT(scheme.code[(uint32_t)method("codes")->bands[1].bound], "B+");
    CHECK_DOUBLE(method("codes")->bands[1].score, 80);
    CHECK_DOUBLE(method("faults")->above, 98);
    CHECK_INT(method("more")->op, BATON_OP_GT);
    CHECK_INT(method("to_mean")->of, BATON_BEST_OF_MEAN);
    CHECK_INT(method("to_b")->of, BATON_BEST_OF_UNIT);
    CHECK_INT(method("to_b")->of_unit, 1);
    CHECK_INT(method("projects")->where_count, 2);
    CHECK_TEXT(method("projects")->where_name[1], "q");
    CHECK_TEXT(method("projects")->where_value[1].text, "p+1");
    arena_close(arena);
}

TEST(scheme_adjustments) {
    CHECK_INT(
        read_scheme(
            HEAD
            "grades: {s: [{id: good, when: \"score > 80\"}, {id: fair}]}\n"
            "adjustments:\n"
            "  items:\n"
            "    - {id: commended, kind: bonus, points: 0.5, cap: 2, when: \"node(economy) >= "
            "60\"}\n"
            "    - {id: honour, kind: bonus, levels: {national: 2, bureau: 0.5}, count: highest}\n"
            "    - {id: accident, kind: deduction, points: 1}\n"
            "    - {id: growth, kind: bonus, points: \"10*(growth - parent(growth))\"}\n"
            "    - {id: integrity, kind: veto, grade_at_most: fair, until: 2022}\n"
            "    - {id: cheat, kind: veto, effect: {unranked: true, bonus_void: true, node_zero: "
            "gdp}}\n"
            "  cap: {bonus: 5, deduction: 10}\n"
            "gates:\n"
            "  safety: {at_least: 60, effect: {no_award: true}}\n"),
        BATON_OK);
    CHECK_INT(found.count, 0);
    CHECK_DOUBLE(scheme.cap_bonus, 5);
    CHECK_DOUBLE(scheme.cap_deduction, 10);
    if (CHECK_INT(scheme.item_count, 6)) {
        const struct baton_item *item = scheme.item;
        CHECK_DOUBLE(item[0].points, 0.5);
        CHECK_DOUBLE(item[0].cap, 2);
        CHECK_TEXT(item[0].when.text, "node(economy) >= 60");
        CHECK_TEXT(item[0].when.at.field, "adjustments.items[0].when");
        CHECK_INT(item[0].effect, BATON_NONE);
        CHECK_INT(item[1].level_count, 2);
        CHECK_TEXT(item[1].level[1].id, "bureau");
        CHECK_DOUBLE(item[1].level[1].points, 0.5);
        CHECK_DOUBLE(item[1].points, NAN);
        CHECK(item[1].highest);
        CHECK_INT(item[2].kind, BATON_DEDUCTION);
        CHECK_TEXT(item[3].points_rule.text, "10*(growth - parent(growth))");
        CHECK_DOUBLE(item[3].points, NAN);
        CHECK_INT(item[4].until.year, 2022);
        CHECK_TEXT(scheme.code[scheme.effect[item[4].effect].grade_at_most], "fair");
        const struct baton_effect *cheat = &scheme.effect[item[5].effect];
        CHECK(cheat->unranked && cheat->bonus_void && !cheat->no_award);
        CHECK_INT(cheat->node_zero, 2);
        CHECK_INT(cheat->grade_at_most, BATON_NONE);
    }
    CHECK_DOUBLE(scheme.node[3].gate_at_least, 60);
    CHECK(scheme.effect[scheme.node[3].gate_effect].no_award);
    arena_close(arena);
}

/* A scheme (behind HEAD) with one thing wrong, and the finding. */
static const struct {
    const char *text;
    baton_code code;
    uint32_t row, column;
    const char *field;
} wrong[] = {
    {"scorings: {}\n", BATON_KEY_UNKNOWN, 6, 1, "scorings"},
    {"scoring: {decimal: 2}\n", BATON_KEY_UNKNOWN, 6, 11, "scoring.decimal"},
    {"scoring: [2]\n", BATON_VALUE_NOT_MAP, 6, 10, "scoring"},
    {"scoring: {decimals: 2.5}\n", BATON_NUMBER_WHOLE, 6, 21, "scoring.decimals"},
    {"scoring: {decimals: 10}\n", BATON_NUMBER_OUTSIDE, 6, 21, "scoring.decimals"},
    {"scoring: {decimals: two}\n", BATON_NUMERAL_BAD, 6, 21, "scoring.decimals"},
    {"scoring: {decimals: [2]}\n", BATON_VALUE_NOT_TEXT, 6, 21, "scoring.decimals"},
    {"scoring: {decimals: }\n", BATON_VALUE_EMPTY, 6, 11, "scoring.decimals"},
    {"scoring: {rounding: half_up}\n", BATON_WORD_BAD, 6, 21, "scoring.rounding"},
    {"scoring: {ties_by: gdp}\n", BATON_VALUE_NOT_LIST, 6, 20, "scoring.ties_by"},
    {"scoring: {ties_by: [gpd]}\n", BATON_INDICATOR_UNKNOWN, 6, 21, "scoring.ties_by[0]"},
    {"scoring: {total: 0}\n", BATON_NUMBER_OUTSIDE, 6, 18, "scoring.total"},
    {"scoring: {bounds: 100}\n", BATON_BOUNDS_FORM, 6, 19, "scoring.bounds"},
    {"scoring: {bounds: [120, 0]}\n", BATON_LOW_ABOVE_HIGH, 6, 19, "scoring.bounds"},
    {"defaults: {missing: factor}\n", BATON_ARGUMENT_BAD, 6, 21, "defaults.missing"},
    {"defaults: {missing: factor(2)}\n", BATON_NUMBER_OUTSIDE, 6, 28, "defaults.missing"},
    {"defaults: {missing: zeros}\n", BATON_WORD_BAD, 6, 21, "defaults.missing"},
    {"defaults: {present: 185%}\n", BATON_NUMBER_OUTSIDE, 6, 21, "defaults.present"},
    {"due: {month: 10}\n", BATON_DAYS_BAD, 6, 14, "due.month"},
    {"due: {month: 99999999999999999999d}\n", BATON_DAYS_BAD, 6, 14, "due.month"},
    {"compare_across_years: yes\n", BATON_WORD_BAD, 6, 23, "compare_across_years"},
    {"elements: {a b: gdp}\n", BATON_ID_BAD, 6, 12, "elements.a b"},
    {"elements: {total: gdp}\n", BATON_ID_TAKEN, 6, 12, "elements.total"},
    {"imports: {city: /city}\n", BATON_PATH_ABSOLUTE, 6, 17, "imports.city"},
    {"methods: {m: {low: 1}}\n", BATON_KEY_NEEDED, 6, 11, "methods.m"},
    {"methods: {m: {kind: ranges}}\n", BATON_METHOD_KIND_UNKNOWN, 6, 21, "methods.m.kind"},
    {"methods: {m: {kind: range, step: 1}}\n", BATON_METHOD_PARAMETER, 6, 28, "methods.m.step"},
    {"methods: {m: {kind: zscore, mean: 1}}\n", BATON_METHOD_PARAMETER_NEEDED, 6, 11, "methods.m"},
    {"methods: {m: {kind: range, ties: min}}\n", BATON_METHOD_PARAMETER_IDLE, 6, 28,
     "methods.m.ties"},
    {"methods: {m: {kind: range, floor: 100, cap: 60}}\n", BATON_LOW_ABOVE_HIGH, 6, 35,
     "methods.m.floor"},
    {"methods: {m: {kind: target, cap: 120%}}\n", BATON_PERCENT_IS_SHARE, 6, 34, "methods.m.cap"},
    {"methods: {m: {kind: target, start_at: 60}}\n", BATON_NUMBER_OUTSIDE, 6, 39,
     "methods.m.start_at"},
    {"methods: {m: {kind: race}}\n", BATON_RACE_STEP_OR_TABLE, 6, 11, "methods.m"},
    {"methods: {m: {kind: race, step: 1, table: [1]}}\n", BATON_RACE_STEP_OR_TABLE, 6, 11,
     "methods.m"},
    {"methods: {m: {kind: race, table: []}}\n", BATON_TABLE_EMPTY, 6, 34, "methods.m.table"},
    {"methods: {m: {kind: race, table: [1, 2]}}\n", BATON_TABLE_RISES, 6, 38, "methods.m.table[1]"},
    {"methods: {m: {kind: bands, table: [[1, 2], 3]}}\n", BATON_BAND_FORM, 6, 44,
     "methods.m.table[1]"},
    {"methods: {m: {kind: bands, table: [[3, 9], [1, 8], [2, 7]]}}\n", BATON_BANDS_ORDER, 6, 52,
     "methods.m.table[2]"},
    {"methods: {m: {kind: bands, table: [[3, 9], [3, 8]]}}\n", BATON_BANDS_ORDER, 6, 44,
     "methods.m.table[1]"},
    {"methods: {m: {kind: levels, table: {' A': 1}}}\n", BATON_CODE_BAD, 6, 38,
     "methods.m.table. A"},
    {"methods: {m: {kind: rule, score: x, where: {x: 1}}}\n", BATON_NAME_RESERVED, 6, 45,
     "methods.m.where.x"},
    {"methods: {m: {kind: rule, score: x, where: {a-b: 1}}}\n", BATON_NAME_BAD, 6, 45,
     "methods.m.where.a-b"},
    {"methods: {m: {kind: best, of: c}}\n", BATON_UNIT_UNKNOWN, 6, 31, "methods.m.of"},
    {"groups: [{title: {zh: x}}]\n", BATON_KEY_NEEDED, 6, 10, "groups[0]"},
    {"groups: [{id: a}, {id: a}]\n", BATON_ID_DOUBLED, 6, 24, "groups[1].id"},
    {"groups: [{id: a, title: A}]\n", BATON_TITLE_FORM, 6, 25, "groups[0].title"},
    {"groups: [{id: a, grades: s}]\n", BATON_GRADES_UNKNOWN, 6, 26, "groups[0].grades"},
    {"ratings: [{id: a}, {id: b}]\n", BATON_RATING_EDGE_MISSING, 6, 11, "ratings[0]"},
    {"ratings: [{id: a, at_least: 60}, {id: b, at_least: 60}]\n", BATON_RATINGS_ORDER, 6, 52,
     "ratings[1].at_least"},
    {"grades: {s: [{id: a, quota: 130%}]}\n", BATON_QUOTA_FORM, 6, 29, "grades.s[0].quota"},
    {"grades: {s: [{id: a, quota: 1.5}]}\n", BATON_QUOTA_FORM, 6, 29, "grades.s[0].quota"},
    {"grades: {s: [{id: a, quota: -1}]}\n", BATON_QUOTA_FORM, 6, 29, "grades.s[0].quota"},
    {"grades: {s: [{id: a, quota_ties: all}]}\n", BATON_QUOTA_TIES_IDLE, 6, 22,
     "grades.s[0].quota_ties"},
    {"grades: {s: [{id: a, quota: 1, quota_ties: sfety}]}\n", BATON_INDICATOR_UNKNOWN, 6, 44,
     "grades.s[0].quota_ties"},
    {"grades: {s: [{id: a}, {id: b}]}\n", BATON_GRADE_UNREACHED, 6, 23, "grades.s[1]"},
    {"adjustments: {items: [{id: a, kind: bonus, effect: {unranked: true}}]}\n",
     BATON_ITEM_KEY_ELSEWHERE, 6, 44, "adjustments.items[0].effect"},
    {"adjustments: {items: [{id: a, kind: veto, unranked: true, points: 1}]}\n",
     BATON_ITEM_KEY_IDLE, 6, 59, "adjustments.items[0].points"},
    {"adjustments: {items: [{id: a, kind: bonus, points: a*b, count: all}]}\n", BATON_ITEM_KEY_IDLE,
     6, 57, "adjustments.items[0].count"},
    {"adjustments: {items: [{id: a, kind: veto}]}\n", BATON_EFFECT_NEEDED, 6, 23,
     "adjustments.items[0]"},
    {"adjustments: {items: [{id: a, kind: veto, unranked: true, no_award: true}]}\n",
     BATON_EFFECT_TWICE, 6, 23, "adjustments.items[0]"},
    {"adjustments: {items: [{id: a, kind: veto, grade_at_most: fair}]}\n", BATON_GRADE_UNKNOWN, 6,
     58, "adjustments.items[0].grade_at_most"},
    {"adjustments: {items: [{id: a, kind: bonus, points: -1}]}\n", BATON_POINTS_NEGATIVE, 6, 52,
     "adjustments.items[0].points"},
    {"adjustments: {items: [{id: a, kind: bonus, points: \"1,000\"}]}\n", BATON_NUMERAL_GROUPED, 6,
     53, "adjustments.items[0].points"},
    {"gates: {gdp: {at_least: 60, effect: {unranked: true}}}\n", BATON_GATE_CLASS, 6, 9,
     "gates.gdp"},
    {"gates: {safty: {at_least: 60, effect: {unranked: true}}}\n", BATON_INDICATOR_UNKNOWN, 6, 9,
     "gates.safty"},
    {"gates: {safety: {effect: {unranked: true}}}\n", BATON_KEY_NEEDED, 6, 9, "gates.safety"},
    {"awards: [{id: a, by: score, top: 0}]\n", BATON_NUMBER_OUTSIDE, 6, 34, "awards[0].top"},
    {"awards: [{id: a, by: score, top: 1, group: z}]\n", BATON_GROUP_UNKNOWN, 6, 44,
     "awards[0].group"},
};

TEST(scheme_refuses) {
    for (size_t i = 0; i < LENGTH(wrong); i++) {
        CASE("%s", wrong[i].text);
        char text[512];
        memcpy(text, HEAD, sizeof(HEAD));
        strncat(text, wrong[i].text, sizeof(text) - sizeof(HEAD));
        CHECK_INT(read_scheme(text), BATON_OK);
        if (CHECK_INT(found.count, 1)) {
            const struct baton_finding *finding = &found.item[0];
            CHECK_TEXT(baton_code_info(finding->code)->name, baton_code_info(wrong[i].code)->name);
            CHECK_INT(finding->where.row, wrong[i].row);
            CHECK_INT(finding->where.column, wrong[i].column);
            CHECK_TEXT(finding->where.field, wrong[i].field);
            CHECK_TEXT(finding->where.file, "scheme.yaml");
            for (enum baton_language language = BATON_EN; language <= BATON_ZH; language++) {
                CHECK(baton_finding_message(arena, finding, language)[0] != '\0');
                CHECK(baton_finding_advice(arena, finding, language)[0] != '\0');
            }
        }
        arena_close(arena);
    }
}

TEST(scheme_head) {
    CHECK_INT(read_scheme("{}"), BATON_OK);
    CHECK_INT(found.count, 5); /* baton, id, title, period, frequency */
    for (size_t i = 0; i < found.count; i++)
        CHECK_INT(found.item[i].code, BATON_KEY_NEEDED);
    arena_close(arena);
    CHECK_INT(read_scheme("baton: 2\nid: a b\ntitle: {de: x}\nperiod: 2021-13\nfrequency: day\n"),
              BATON_OK);
    static const baton_code want[] = {BATON_ID_BAD, BATON_KEY_UNKNOWN, BATON_PERIOD_BAD,
                                      BATON_VERSION_UNKNOWN, BATON_WORD_BAD};
    CHECK_INT(found.count, LENGTH(want));
    for (size_t i = 0; i < found.count && i < LENGTH(want); i++)
        CHECK_INT(found.item[i].code, want[i]);
    arena_close(arena);
    CHECK_INT(read_scheme("[]"), BATON_OK);
    CHECK_INT(found.item[0].code, BATON_VALUE_NOT_MAP);
    arena_close(arena);
    CHECK_INT(read_scheme("a: ["), BATON_YAML_SYNTAX);
    arena_close(arena);
}

TEST(scheme_suggests) {
    CHECK_INT(read_scheme(HEAD "scoring: {decimal: 2}\n"), BATON_OK);
    CHECK(strstr(baton_finding_advice(arena, &found.item[0], BATON_EN),
                 "did you mean 'decimals'?") != NULL);
    CHECK(strstr(baton_finding_advice(arena, &found.item[0], BATON_ZH), "是否应为“decimals”？") !=
          NULL);
    arena_close(arena);
    CHECK_INT(read_scheme(HEAD "gates: {safty: {at_least: 60, effect: {unranked: true}}}\n"),
              BATON_OK);
    CHECK(strstr(baton_finding_advice(arena, &found.item[0], BATON_EN), "did you mean 'safety'?") !=
          NULL);
    arena_close(arena);
}

/* Limits know where they stand, for those who find one that nothing reaches. */
TEST(scheme_limits_have_places) {
    CHECK_INT(read_scheme(HEAD "scoring:\n"
                               "  bounds: [0, 120]\n"
                               "groups:\n"
                               "  - {id: d}\n"
                               "  - id: e\n"
                               "    bounds: [10, none]\n"
                               "ratings:\n"
                               "  - {id: good, at_least: 90}\n"
                               "  - {id: poor}\n"
                               "adjustments:\n"
                               "  items:\n"
                               "    - {id: v, kind: veto, unranked: true}\n"
                               "  cap: {bonus: 5}\n"
                               "gates:\n"
                               "  safety: {at_least: 60, effect: {no_award: true}}\n"),
              BATON_OK);
    CHECK_INT(found.count, 0);
    CHECK_INT(scheme.group[0].bounds_at.row, 7);
    CHECK_INT(scheme.group[1].bounds_at.row, 11);
    CHECK_TEXT(scheme.group[1].bounds_at.field, "groups[1].bounds");
    CHECK_INT(scheme.ratings.item[1].at.row, 14);
    CHECK_INT(scheme.effect[0].at.row, 17);
    CHECK_INT(scheme.cap_at.row, 18);
    CHECK_TEXT(scheme.cap_at.field, "adjustments.cap");
    CHECK_INT(scheme.effect[1].at.row, 20);
    arena_close(arena);
}
