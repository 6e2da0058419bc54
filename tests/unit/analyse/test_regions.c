/* Regions of conditions, against what the rule language gives: random conditions are run over random figures, and tried in
 * the box in which these lie. What comes out must be among what was said to be possible; where a condition compares
 * nothing but names with constants, nothing else may be. */
#include "analyse/regions.h"
#include "engine/rule_world.h"
#include "test.h"
#include <stdio.h>

enum { NAMES = 4, TEXT_SIZE = 2000, ROUNDS = 1500 };

/* What the names can be; the last may be missing. */
static const struct {
    const char *text;
    double lo, hi, step;
    bool missing;
} names[NAMES] = {{"score", 0, 110, 0.01, false},
                  {"rank", 1, 9, 1, false},
                  {"base", -5, 100, 0, false},
                  {"gdp", -INFINITY, INFINITY, 0, true}};

static double column[NAMES][WORLD_UNITS];

static uint64_t state;

static uint32_t below(uint32_t n) {
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)((state >> 33) % n);
}

/* ---- Random conditions. */

struct maker {
    char text[TEXT_SIZE];
    size_t size;
    bool plain; /* names are compared with constants, and nothing else */
};

static void put(struct maker *maker, const char *text) {
    const size_t size = strlen(text);
    assert(maker->size + size < TEXT_SIZE);
    memcpy(maker->text + maker->size, text, size + 1);
    maker->size += size;
}

static void put_constant(struct maker *maker) {
    static const char *const constants[] = {"90", "80", "89.5", "60",  "1",
                                            "3",  "5",  "0",    "100", "9.99"};
    put(maker, constants[below(LENGTH(constants))]);
}

static void make_condition(struct maker *maker, unsigned depth);

static void make_number(struct maker *maker, unsigned depth) {
    static const char *const forms[] = {
        "(# - #)", "(2*#)",           "(# + 3)",       "min(#, #)", "max(#, 7)",
        "abs(#)",  "clamp(#, 5, 80)", "(#/2)",         "-#",        "round(#)",
        "(#*#)",   "if(?, #, #)",     "sqrt(#)",       "floor(#)",  "bands(#, 80, 3, 60, 2, 0)",
        "(#/#)",   "(#^2)",           "coalesce(#, 5)"};
    if (maker->plain || depth == 0 || below(3) == 0) {
        put(maker, names[below(NAMES)].text);
        return;
    }
    for (const char *at = forms[below(LENGTH(forms))]; *at != '\0'; at++)
        if (*at == '#')
            make_number(maker, depth - 1);
        else if (*at == '?')
            make_condition(maker, depth - 1);
        else
            put(maker, (char[2]){*at, '\0'});
}

static void make_condition(struct maker *maker, unsigned depth) {
    static const char *const signs[] = {" < ", " <= ", " > ", " >= ", " == ", " != "};
    const uint32_t which = depth == 0 ? 3 : below(6);
    put(maker, "(");
    if (which == 0) {
        put(maker, "not ");
        make_condition(maker, depth - 1);
    } else if (which <= 2) {
        make_condition(maker, depth - 1);
        put(maker, which == 1 ? " and " : " or ");
        make_condition(maker, depth - 1);
    } else {
        const bool turned = below(3) == 0;
        if (turned)
            put_constant(maker);
        else
            make_number(maker, depth);
        put(maker, signs[below(LENGTH(signs))]);
        if (turned || (!maker->plain && below(3) == 0))
            make_number(maker, depth);
        else
            put_constant(maker);
    }
    put(maker, ")");
}

/* ---- What the names are: to the rule language, and to the regions. */

static void random_figures(void) {
    static const double figures[] = {90,  80,    89.5,  60,    1, 3,  5, 0,
                                     100, 89.51, 90.01, 59.99, 7, -4, 2};
    for (uint32_t u = 0; u < WORLD_UNITS; u++)
        for (uint32_t n = 0; n < NAMES; n++) {
            double value;
            do
                value = figures[below(LENGTH(figures))];
            while (!(value >= names[n].lo && value <= names[n].hi) ||
                   (names[n].step == 1 && value != floor(value)));
            column[n][u] = names[n].missing && below(4) == 0 ? NAN : value;
        }
}

static uint32_t name_of(const struct tree *tree) {
    return tree->kind == TREE_ELEMENT ? 3
           : tree->name == RULE_SCORE ? 0
           : tree->name == RULE_RANK  ? 1
                                      : 2;
}

static void give_name(void *context, enum rule_name name, int32_t back,
                      const struct rule_moment *at, double *out) {
    (void)context, (void)back, (void)at;
    memcpy(out, column[name == RULE_SCORE ? 0 : name == RULE_RANK ? 1 : 2], sizeof column[0]);
}

static void give_element(void *context, uint32_t element, const struct rule_moment *at,
                         double *out) {
    (void)context, (void)element, (void)at;
    memcpy(out, column[3], sizeof column[3]);
}

static struct possible known_name(void *context, const struct tree *tree) {
    (void)context;
    const uint32_t n = name_of(tree);
    return (struct possible){names[n].lo, names[n].hi, names[n].missing};
}

static double known_step(void *context, const struct tree *tree) {
    (void)context;
    return tree->kind == TREE_ELEMENT || tree->kind == TREE_PLACE ? names[name_of(tree)].step : 0;
}

struct trial {
    struct world world;
    struct regions regions;
    const struct rule *rule;
    double value[WORLD_UNITS]; /* of the condition */
};

static bool trial_open(struct trial *trial, const char *text) {
    world_open(&trial->world);
    trial->regions = (struct regions){.arena = trial->world.arena,
                                      .scheme = &trial->world.scheme,
                                      .known = {.name = known_name},
                                      .step = known_step};
    CASE("%s", text);
    if (!CHECK_INT(world_compile(&trial->world, RULE_GRADE, text, &trial->rule), BATON_OK))
        return false;
    trial->world.env.name = give_name;
    trial->world.env.element = give_element;
    regions_add(&trial->regions, trial->rule->tree);
    regions_close(&trial->regions);
    return true;
}

static void trial_run(struct trial *trial) {
    const struct rule_moment now = world_year(2021);
    rule_run(trial->rule, &trial->world.env, &now, trial->value, NULL);
}

/* The region in which the quantity lies, by its terms. */
static int region_of(struct trial *trial, const struct quantity *quantity, uint32_t unit) {
    double value = 0;
    for (uint32_t i = 0; i < quantity->term_count; i++) {
        const struct rule term = {.text = "", .tree = quantity->term[i].tree};
        struct rule made = term;
        double out[WORLD_UNITS];
        made.program = rule_emit(trial->world.arena, (struct tree *)quantity->term[i].tree);
        const struct rule_moment now = world_year(2021);
        rule_run(&made, &trial->world.env, &now, out, NULL);
        value += quantity->term[i].factor * out[unit];
    }
    if (isnan(value))
        return region_missing(quantity);
    int region = 0;
    for (size_t i = 0; i < quantity->cut_count; i++) {
        const int order = baton_number_compare12(value, quantity->cut[i]);
        region = order < 0 ? region : order == 0 ? 2 * (int)i + 1 : 2 * (int)i + 2;
    }
    return region;
}

static unsigned outcome(double value) {
    return isnan(value) ? CAN_MISS : value != 0 ? CAN_HOLD : CAN_FAIL;
}

static void check_unit(struct trial *trial, uint32_t unit, bool plain) {
    const struct regions *regions = &trial->regions;
    int *at = arena_alloc(trial->world.arena, regions->count, sizeof(*at));
    int *none = arena_alloc(trial->world.arena, regions->count, sizeof(*none));
    for (size_t q = 0; q < regions->count; q++) {
        none[q] = REGION_UNKNOWN;
        at[q] = region_of(trial, &regions->quantity[q], unit);
        CHECK(region_possible(&regions->quantity[q], at[q], true));
    }
    const unsigned got = outcome(trial->value[unit]);
    const unsigned here = regions_condition(regions, at, trial->rule->tree);
    CHECK((here & got) == got);
    CHECK((regions_condition(regions, none, trial->rule->tree) & got) == got);
    if (plain)
        CHECK_INT(here, got);
    if (trial->rule->tree->kind != TREE_OPERATOR || !tree_is_comparison(trial->rule->tree))
        return;
    const struct possible range = regions_number(regions, at, trial->rule->tree->arg[0]);
    struct rule made = {.text = "", .tree = trial->rule->tree->arg[0]};
    made.program = rule_emit(trial->world.arena, trial->rule->tree->arg[0]);
    double out[WORLD_UNITS];
    const struct rule_moment now = world_year(2021);
    rule_run(&made, &trial->world.env, &now, out, NULL);
    CHECK(isnan(out[unit]) ? range.missing : range.lo <= out[unit] && out[unit] <= range.hi);
}

static void try_random(bool plain) {
    for (uint64_t seed = 0; seed < ROUNDS; seed++) {
        struct trial trial;
        struct maker maker = {.plain = plain};
        state = seed * 2 + plain;
        make_condition(&maker, 3);
        if (trial_open(&trial, maker.text)) {
            random_figures();
            trial_run(&trial);
            for (uint32_t u = 0; u < WORLD_RANKED; u++)
                check_unit(&trial, u, plain);
        }
        world_close(&trial.world);
    }
}

TEST(regions_of_plain_conditions_decide) {
    try_random(true);
}

TEST(regions_leave_no_outcome_out) {
    try_random(false);
}

/* Every region that can be has an example inside of it, which is a multiple of the step. */
TEST(region_examples_lie_inside) {
    for (uint64_t seed = 0; seed < 300; seed++) {
        struct trial trial;
        struct maker maker = {.plain = true};
        state = seed;
        make_condition(&maker, 4);
        if (!trial_open(&trial, maker.text))
            return;
        for (size_t q = 0; q < trial.regions.count; q++) {
            const struct quantity *quantity = &trial.regions.quantity[q];
            for (int region = 0; region < region_count(quantity); region++) {
                if (!region_possible(quantity, region, true))
                    continue;
                const double example = region_example(quantity, region);
                for (uint32_t u = 0; u < WORLD_UNITS; u++)
                    column[name_of(quantity->term[0].tree)][u] = example;
                CHECK_INT(region_of(&trial, quantity, 0), region);
                CHECK(quantity->range.lo <= example && example <= quantity->range.hi);
                if (quantity->step > 0)
                    CHECK(fabs(example / quantity->step - round(example / quantity->step)) < 1e-6);
            }
        }
        world_close(&trial.world);
    }
}

/* Quantities, their cuts, and the words for a region. */
static const struct {
    const char *text;  /* a condition */
    const char *words; /* of the regions of the first quantity that can be, without points */
    double example;    /* of the second of these */
} cases[] = {
    {"score >= 90 or score <= 89", "score < 89; 89 < score < 90; score > 90", 89.5},
    {"score - 3 >= 90 or 2*score <= 178", "score < 89; 89 < score < 93; score > 93", 91},
    {"score >= 90 or score < 89.99", "score < 89.99; score > 90", 91},
    {"rank <= 5 or rank > 6", "rank < 5; rank > 6", 7},
    {"base >= 90 or base < 89.99", "base < 89.99; 89.99 < base < 90; base > 90", 89.995},
    {"score < base or base > score + 2",
     "score - base < -2; -2 < score - base < 0; score - base > 0", -1},
    {"score > 200 or score > 100", "score < 100; 100 < score < 200", 101},
    {"min(score, 95) >= 97", "min(score, 95) < 97", NAN},
    {"gdp / people > 3 or gdp / people < 2", "gdp/people < 2; 2 < gdp/people < 3; gdp/people > 3",
     2.5},
};

TEST(regions_in_words) {
    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct trial trial;
        if (!trial_open(&trial, cases[i].text))
            continue;
        CHECK_INT(trial.regions.count, 1);
        const struct quantity *quantity = &trial.regions.quantity[0];
        const char *words = NULL;
        double example = NAN;
        for (int region = 0, n = 0; region < region_count(quantity); region += 2) {
            if (!region_possible(quantity, region, true))
                continue;
            const char *own = region_written(&trial.regions, quantity, region, region);
            words = words == NULL ? own : arena_printf(trial.world.arena, "%s; %s", words, own);
            if (++n == 2)
                example = region_example(quantity, region);
        }
        CHECK_TEXT(words, cases[i].words);
        CHECK_DOUBLE(example, cases[i].example);
        world_close(&trial.world);
    }
}
