/* A small world for the tests of the rule language: the figures of docs/rule-language.md, and
 * whatever else a name can stand for. Four ranked units a b c d below the city 320200, and the
 * streets a1 a2 below a. */
#ifndef RULE_WORLD_H
#define RULE_WORLD_H

#include "base/arena.h"
#include "base/macros.h"
#include "engine/rule.h"
#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { WORLD_UNITS = 7, WORLD_RANKED = 4 };

struct world {
    struct baton_arena *arena;
    struct baton_scheme scheme;
    struct rule_scope scope;
    struct rule_env env;
    struct baton_findings found;
    const struct rule **named; /* by element */
    uint32_t element_room, code_room;
    bool two_cohorts; /* a and c, b and d; else one */
    uint32_t absent;  /* a unit that takes no part; BATON_NONE = all do */
    uint32_t elements_read;
    uint32_t names_read_unmoved; /* names of the place, outside of functions over time */
};

struct world_figure {
    const char *element, *unit;
    int year, month; /* month 0 = a figure of the year */
    double value;
};

/* clang-format off */
static const struct world_figure world_figures[] = {
    {"gdp", "a", 2019, 0, 120}, {"gdp", "a", 2020, 0, 160}, {"gdp", "a", 2021, 0, 200},
    {"gdp", "b", 2019, 0, 80},  {"gdp", "b", 2020, 0, 100}, {"gdp", "b", 2021, 0, 90},
    {"gdp", "c", 2019, 0, 40},  {"gdp", "c", 2020, 0, -50}, {"gdp", "c", 2021, 0, 60},
                                {"gdp", "d", 2020, 0, 0},   {"gdp", "d", 2021, 0, 40},
    {"gdp", "320200", 2020, 0, 450}, {"gdp", "320200", 2021, 0, 500},
    {"gdp", "a1", 2021, 0, 30}, {"gdp", "a2", 2021, 0, 45},
    {"people", "a", 2021, 0, 4}, {"people", "b", 2021, 0, 3}, {"people", "c", 2021, 0, 2},
    {"retail", "a", 2021, 1, 1}, {"retail", "a", 2021, 2, 2}, {"retail", "a", 2021, 3, 3}, {"retail", "a", 2021, 4, 4},
    {"retail", "a", 2021, 5, 5}, {"retail", "a", 2021, 6, 6}, {"retail", "a", 2021, 7, 7}, {"retail", "a", 2021, 8, 8},
    {"retail", "a", 2021, 9, 9}, {"retail", "a", 2021, 10, 10}, {"retail", "a", 2021, 11, 11}, {"retail", "a", 2021, 12, 12},
    {"retail", "b", 2021, 12, 3}, {"retail", "c", 2020, 12, 8},
    {"census", "a", 2019, 0, 7}, {"census", "b", 2020, 0, 6}, {"census", "b", 2019, 0, 5},
    {"a-b", "a", 2021, 0, 5},
    {"nil", "a", 2021, 0, 0}, {"nil", "b", 2021, 0, 0}, {"nil", "d", 2021, 0, 2},
    {"level", "a", 2021, 0, 0}, {"level", "b", 2021, 0, 1},
};
static const struct { const char *id; enum baton_period_kind frequency; bool is_code; } world_elements[] = {
    {"gdp", BATON_YEAR, false}, {"people", BATON_YEAR, false}, {"retail", BATON_MONTH, false},
    {"census", BATON_YEAR, false}, {"a-b", BATON_YEAR, false}, {"nil", BATON_YEAR, false}, {"level", BATON_YEAR, true},
};
static const char *const world_codes[] = {"A", "B", "fair", "good", "poor", "excellent"};
/* clang-format on */
enum { CODE_A, CODE_B, CODE_FAIR, CODE_GOOD, CODE_POOR, CODE_EXCELLENT };

/* ---- What the compiler asks. */

static inline uint32_t world_element(void *context, const char *id, size_t size) {
    struct world *world = context;
    struct baton_scheme *scheme = &world->scheme;
    for (uint32_t e = 0; e < scheme->element_count; e++)
        if (strlen(scheme->element[e].id) == size && memcmp(scheme->element[e].id, id, size) == 0)
            return e;
    if (scheme->element_count == world->element_room) {
        const uint32_t room = 2 * world->element_room;
        struct baton_element *element = arena_alloc(world->arena, room, sizeof *element);
        const struct rule **named = arena_alloc(world->arena, room, sizeof *named);
        memcpy(element, scheme->element, scheme->element_count * sizeof *element);
        memcpy(named, world->named, scheme->element_count * sizeof *named);
        scheme->element = element;
        world->named = named;
        world->element_room = room;
    }
    scheme->element[scheme->element_count].id = arena_text(world->arena, id, size);
    return scheme->element_count++;
}

static inline uint32_t world_code(void *context, const char *text, size_t size) {
    struct world *world = context;
    struct baton_scheme *scheme = &world->scheme;
    for (uint32_t c = 0; c < scheme->code_count; c++)
        if (strlen(scheme->code[c]) == size && memcmp(scheme->code[c], text, size) == 0)
            return c;
    if (scheme->code_count == world->code_room) {
        const char **code = arena_alloc(world->arena, 2 * world->code_room, sizeof *code);
        memcpy(code, scheme->code, scheme->code_count * sizeof *code);
        scheme->code = code;
        world->code_room *= 2;
    }
    scheme->code[scheme->code_count] = arena_text(world->arena, text, size);
    return scheme->code_count++;
}

static inline const struct rule *world_named(void *context, uint32_t element) {
    return ((struct world *)context)->named[element];
}

static inline uint32_t world_unit(void *context, const char *id, size_t size) {
    const struct baton_scheme *scheme = &((struct world *)context)->scheme;
    for (uint32_t u = 0; u < scheme->unit_count; u++)
        if (strlen(scheme->unit[u].id) == size && memcmp(scheme->unit[u].id, id, size) == 0)
            return u;
    return BATON_NONE;
}

static inline uint32_t world_node(void *context, const char *id, size_t size) {
    const struct baton_scheme *scheme = &((struct world *)context)->scheme;
    for (uint32_t n = 0; n < scheme->node_count; n++)
        if (strlen(scheme->node[n].id) == size && memcmp(scheme->node[n].id, id, size) == 0)
            return n;
    return BATON_NONE;
}

/* ---- What a rule asks when it runs. */

/* The period of a kind at a moment: the newest of P's year, then moved; false = none. */
static inline bool world_period(enum baton_period_kind kind, const struct rule_moment *at,
                                struct baton_period *out) {
    const int32_t end = baton_period_last_day(at->period);
    bool found = baton_period_newest(kind, at->period.year, end, out);
    for (uint32_t i = 0; i < at->move_count; i++) {
        const struct rule_move *move = &at->move[i];
        if (move->kind == RULE_NEWEST && !found)
            found = baton_period_newest(kind, at->period.year - 1, end, out);
        if (move->kind == RULE_YEARS && found)
            found = baton_period_same_name(*out, move->n, out);
        if (move->kind == RULE_STEPS && found) {
            *out = baton_period_shift(*out, move->n);
            found = out->kind != BATON_PERIOD_NONE;
        }
    }
    return found;
}

static inline double world_value(const struct world *world, uint32_t element, uint32_t unit,
                                 struct baton_period period) {
    const char *id = world->scheme.element[element].id;
    for (size_t i = 0; i < LENGTH(world_figures); i++) {
        const struct world_figure *figure = &world_figures[i];
        const int index = figure->month == 0 ? 1 : figure->month;
        const enum baton_period_kind kind = figure->month == 0 ? BATON_YEAR : BATON_MONTH;
        if (strcmp(figure->element, id) == 0 &&
            strcmp(figure->unit, world->scheme.unit[unit].id) == 0 &&
            kind == (enum baton_period_kind)period.kind && figure->year == period.year &&
            index == period.index)
            return figure->value;
    }
    return NAN;
}

static inline enum baton_period_kind world_frequency(const struct world *world, uint32_t element) {
    const enum baton_period_kind kind = world->scheme.element[element].frequency;
    return kind == BATON_PERIOD_NONE ? BATON_YEAR : kind;
}

static inline void world_element_column(void *context, uint32_t element,
                                        const struct rule_moment *at, double *out) {
    struct world *world = context;
    struct baton_period period;
    const bool found = world_period(world_frequency(world, element), at, &period);
    world->elements_read++;
    for (uint32_t u = 0; u < WORLD_UNITS; u++)
        out[u] = found ? world_value(world, element, u, period) : NAN;
}

/* How many years earlier than P a moment is; names of the place move by P's kind, which is the year
 * here. */
static inline int world_years(const struct rule_moment *at) {
    struct baton_period period;
    return world_period(BATON_YEAR, at, &period) ? 2021 - period.year : 100;
}

static inline void world_name_column(void *context, enum rule_name name, int32_t back,
                                     const struct rule_moment *at, double *out) {
    static const double now[RULE_NAMES][WORLD_RANKED] = {
        [RULE_X] = {118, 90, 118, NAN},
        [RULE_TARGET] = {100, 100, 0, NAN},
        [RULE_BASELINE] = {80, 80, 80, NAN},
        [RULE_LO] = {20, 20, 20, 20},
        [RULE_HI] = {120, 120, 120, 120},
        [RULE_ELAPSED] = {0.5, 0.5, 0.5, 0.5},
        [RULE_SCORE] = {88, 77, 66, NAN},
        [RULE_BASE] = {86, 77, 68, NAN},
        [RULE_RANK] = {1, 2, 3, NAN},
        [RULE_GRADE_NAME] = {CODE_EXCELLENT, CODE_GOOD, CODE_POOR, NAN},
    };
    struct world *world = context;
    world->names_read_unmoved += at->move_count == 0;
    const int years = world_years(at);
    for (uint32_t u = 0; u < WORLD_UNITS; u++) {
        out[u] = NAN;
        if (u >= WORLD_RANKED || years > 5)
            continue;
        if (name == RULE_PREV_SCORE)
            out[u] = 90 - 5 * (years + back) - (double)u;
        else if (name == RULE_PREV_RANK)
            out[u] = 2 + back + years + (double)u;
        else if (name == RULE_PREV_GRADE)
            out[u] = back + years == 1 ? CODE_GOOD : CODE_FAIR;
        else if (name == RULE_LO || name == RULE_HI || name == RULE_ELAPSED ||
                 name == RULE_GRADE_NAME)
            out[u] = now[name][u];
        else
            out[u] = now[name][u] - 10 * years;
    }
}

static inline void world_node_column(void *context, uint32_t node, const struct rule_moment *at,
                                     double *out) {
    (void)context;
    for (uint32_t u = 0; u < WORLD_UNITS; u++)
        out[u] =
            u < WORLD_RANKED ? 75 + 5 * ((double)node - 1) - 10 * world_years(at) - (double)u : NAN;
}

static inline void world_event_column(void *context, uint32_t item, const struct rule_moment *at,
                                      double *out) {
    (void)context;
    for (uint32_t u = 0; u < WORLD_UNITS; u++)
        out[u] = item == 0 && world_years(at) == 0 && u == 0 ? 2 : 0;
}

static inline double world_result(void *context, uint32_t import, const char *unit,
                                  const char *node, const struct rule_moment *at) {
    (void)context;
    const bool known = import == 0 && strcmp(unit, "jiangnan") == 0 && strcmp(node, "total") == 0;
    return known ? 81.26 - world_years(at) : NAN;
}

static inline void world_taking_part(void *context, const struct rule_moment *at, uint8_t *out) {
    (void)at;
    const struct world *world = context;
    for (uint32_t u = 0; u < WORLD_UNITS; u++)
        out[u] = u != world->absent;
}

static inline void world_cohort(void *context, const struct rule_moment *at, uint32_t *out,
                                uint32_t *count) {
    (void)at;
    const struct world *world = context;
    for (uint32_t u = 0; u < WORLD_UNITS; u++)
        out[u] = u >= WORLD_RANKED || u == world->absent ? BATON_NONE
                 : world->two_cohorts                    ? u % 2
                                                         : 0;
    *count = world->two_cohorts ? 2 : 1;
}

static inline uint32_t world_span(void *context, const uint32_t *element, uint32_t element_count,
                                  uint32_t moved, const struct rule_moment *at,
                                  enum rule_span span) {
    const struct world *world = context;
    enum baton_period_kind finest =
        moved != 0 || element_count == 0 ? BATON_YEAR : BATON_PERIOD_NONE;
    for (uint32_t i = 0; i < element_count; i++) {
        const enum baton_period_kind kind = world_frequency(world, element[i]);
        if (finest == BATON_PERIOD_NONE || kind < finest)
            finest = kind;
    }
    struct baton_period from;
    if (!world_period(finest, at, &from))
        return 0;
    if (span == RULE_TO_YEAR_START)
        return (uint32_t)from.index;
    const int32_t first = baton_period_ordinal(baton_period_of_day(finest, 17897)); /* 2019-01-01 */
    const int32_t count = baton_period_ordinal(from) - first + 1;
    return count > 0 ? (uint32_t)count : 0;
}

static inline void world_figure(void *context, uint32_t element, const struct rule_moment *at,
                                uint32_t unit, struct rule_figure *out) {
    const struct world *world = context;
    *out = (struct rule_figure){.value = NAN};
    if (!world_period(world_frequency(world, element), at, &out->period))
        return;
    out->value = world_value(world, element, unit, out->period);
    out->origin =
        isnan(out->value) ? 0 : 1000 * element + 10 * unit + (uint32_t)(out->period.year - 2019);
}

/* ---- Opening, compiling and running. */

static inline void world_units(struct world *world) {
    static const struct {
        const char *id;
        uint32_t parent;
    } units[WORLD_UNITS] = {{"a", 4},  {"b", 4}, {"c", 4}, {"d", 4}, {"320200", BATON_NONE},
                            {"a1", 0}, {"a2", 0}};
    world->scheme.unit = arena_alloc(world->arena, WORLD_UNITS, sizeof(struct baton_unit));
    world->scheme.unit_count = WORLD_UNITS;
    world->scheme.ranked_count = WORLD_RANKED;
    for (uint32_t u = 0; u < WORLD_UNITS; u++) {
        world->scheme.unit[u].id = units[u].id;
        world->scheme.unit[u].parent = units[u].parent;
        world->scheme.unit[u].group = u < WORLD_RANKED ? 0 : BATON_NONE;
    }
}

static inline void world_lists(struct world *world) {
    static const char *const nodes[] = {"total", "economy", "a-b"};
    struct baton_scheme *scheme = &world->scheme;
    scheme->node = arena_alloc(world->arena, LENGTH(nodes), sizeof *scheme->node);
    for (uint32_t n = 0; n < LENGTH(nodes); n++)
        scheme->node[n].id = nodes[n];
    scheme->node_count = LENGTH(nodes);
    scheme->item = arena_alloc(world->arena, 1, sizeof *scheme->item);
    scheme->item[0].id = "accident";
    scheme->item_count = 1;
    scheme->import = arena_alloc(world->arena, 1, sizeof *scheme->import);
    scheme->import[0].id = "province";
    scheme->import_count = 1;
    world->element_room = 16;
    scheme->element = arena_alloc(world->arena, world->element_room, sizeof *scheme->element);
    world->named = arena_alloc(world->arena, world->element_room, sizeof *world->named);
    for (uint32_t e = 0; e < LENGTH(world_elements); e++) {
        scheme->element[e].id = world_elements[e].id;
        scheme->element[e].frequency = world_elements[e].frequency;
        scheme->element[e].is_code = world_elements[e].is_code;
    }
    scheme->element_count = LENGTH(world_elements);
    world->code_room = 16;
    scheme->code = arena_alloc(world->arena, world->code_room, sizeof *scheme->code);
    memcpy(scheme->code, world_codes, sizeof world_codes);
    scheme->code_count = LENGTH(world_codes);
}

static inline void world_open(struct world *world) {
    *world = (struct world){.arena = arena_open(), .absent = BATON_NONE};
    world->found.arena = world->arena;
    world_units(world);
    world_lists(world);
    world->scope = (struct rule_scope){.place = RULE_VALUE,
                                       .scheme = &world->scheme,
                                       .context = world,
                                       .element = world_element,
                                       .code = world_code,
                                       .named = world_named,
                                       .unit = world_unit,
                                       .node = world_node};
    world->env = (struct rule_env){.context = world,
                                   .scheme = &world->scheme,
                                   .scratch = world->arena,
                                   .element = world_element_column,
                                   .name = world_name_column,
                                   .node = world_node_column,
                                   .event = world_event_column,
                                   .result = world_result,
                                   .taking_part = world_taking_part,
                                   .cohort = world_cohort,
                                   .span = world_span,
                                   .figure = world_figure};
}

static inline void world_close(struct world *world) {
    arena_close(world->arena);
}

static inline struct rule_moment world_year(int year) {
    return (struct rule_moment){.period = {.year = (int16_t)year, .index = 1, .kind = BATON_YEAR}};
}

static inline baton_code world_compile(struct world *world, enum rule_place place, const char *text,
                                       const struct rule **out) {
    world->scope.place = place;
    const struct baton_expression source = {
        text, {.file = "indicators.csv", .row = 2, .column = 1, .field = "value"}};
    *out = NULL;
    return rule_compile(world->arena, &world->scope, source, out, &world->found);
}

/* Gives an element an expression. */
static inline void world_name(struct world *world, const char *id, const char *text) {
    const uint32_t element = world_element(world, id, strlen(id));
    world->scheme.element[element].value = (struct baton_expression){
        text, {.file = "scheme.yaml", .row = 10, .column = 1, .field = "elements"}};
}

static inline baton_code world_compile_elements(struct world *world) {
    const struct rule **rules =
        arena_alloc(world->arena, world->scheme.element_count, sizeof *rules);
    const uint32_t count = world->scheme.element_count;
    const baton_code code =
        rule_compile_elements(world->arena, &world->scope, rules, &world->found);
    memcpy(world->named, rules, count * sizeof *rules);
    return code;
}

#endif
