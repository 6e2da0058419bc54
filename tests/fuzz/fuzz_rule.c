/* Any bytes as an expression: what compiles runs and is traced, and gives the same value each way.
 *
 * The first byte picks the place (0 to 6); the rest is the expression and, behind each `;`, an
 * expression of the named elements n0, n1 ... */
#include "../unit/engine/rule_world.h"
#include <stdio.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Figures from nowhere, some missing, some zero, some equal: the tables of the world are slow to
 * look up. */
static void quick_column(void *context, uint32_t element, const struct rule_moment *at,
                         double *out) {
    static const double figures[] = {NAN,  0, 1, -1, 2, 100, 0.1, 0.30000000000000004,
                                     1e99, 3, 4, 5};
    const struct world *world = context;
    struct baton_period period;
    const bool found = world_period(world_frequency(world, element), at, &period);
    const uint32_t seed = found ? baton_period_key(period) * 31 + element * 7 : 0;
    for (uint32_t u = 0; u < WORLD_UNITS; u++) {
        const bool is_code = world->scheme.element[element].is_code;
        out[u] = !found    ? NAN
                 : is_code ? (seed + u) % 3
                           : figures[(seed + u * u) % LENGTH(figures)];
    }
}

static void quick_figure(void *context, uint32_t element, const struct rule_moment *at,
                         uint32_t unit, struct rule_figure *out) {
    double column[WORLD_UNITS];
    quick_column(context, element, at, column);
    *out = (struct rule_figure){.value = column[unit], .origin = 1 + unit};
}

/* A finding has words, and points into the text. */
static void check_findings(const struct world *world, size_t size) {
    for (size_t i = 0; i < world->found.count; i++) {
        const struct baton_finding *finding = &world->found.item[i];
        if (finding->where.column == 0 || finding->where.column > size + 1)
            abort();
        for (int language = BATON_EN; language <= BATON_ZH; language++)
            if (baton_finding_message(world->arena, finding, (enum baton_language)language)[0] ==
                '\0')
                abort();
    }
}

static void run_and_trace(struct world *world, const struct rule *rule) {
    double out[WORLD_UNITS], same[WORLD_UNITS];
    uint8_t zero[WORLD_UNITS] = {0};
    const struct rule_moment at = world_year(2021);
    rule_run(rule, &world->env, &at, out, zero);
    rule_run(rule, &world->env, &at, same, NULL);
    struct rule_traced traced;
    rule_trace(world->arena, rule, &world->env, &at, 1, &traced);
    if (!baton_number_equal_bits(traced.value, out[1]) || strcmp(traced.text, rule_text(rule)) != 0)
        abort();
    for (uint32_t u = 0; u < WORLD_UNITS; u++) {
        if (!baton_number_equal_bits(out[u], same[u]) || isinf(out[u]))
            abort();
        if (zero[u] != 0 && !isnan(out[u]))
            abort();
        if (rule_uses(rule)->condition && !isnan(out[u]) && out[u] != 0 && out[u] != 1)
            abort();
        if (rule_uses(rule)->text && !isnan(out[u]) &&
            !(out[u] >= 0 && out[u] < world->scheme.code_count))
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size == 0)
        return 0;
    struct world world;
    world_open(&world);
    world.env.element = quick_column;
    world.env.figure = quick_figure;
    const enum rule_place place = (enum rule_place)(data[0] % (RULE_AWARD + 1));
    char *text = arena_text(world.arena, (const char *)data + 1, size - 1);
    char *next = strchr(text, ';');
    for (unsigned n = 0; next != NULL; n++) {
        *next++ = '\0';
        world_name(&world, arena_printf(world.arena, "n%u", n), next);
        next = strchr(next, ';');
    }
    world_compile_elements(&world);
    const struct rule *rule;
    const baton_code code = world_compile(&world, place, text, &rule);
    if ((code == BATON_OK) != (rule != NULL) || (code != BATON_OK && world.found.errors == 0))
        abort();
    check_findings(&world, size);
    if (rule != NULL)
        run_and_trace(&world, rule);
    world_close(&world);
    return 0;
}
