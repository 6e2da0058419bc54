/* By which factor a line's figures become those of its element: by the measures of both, and as the figures of earlier periods
 * say. Where the two contradict each other, or nothing is known, the line is left open. */
#include "package/guess_parts.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The measure that stands for the whole sheet and can be put into that of the element. */
static const char *corner_for(const struct guess *g, const char *measure) {
    int power;
    for (uint32_t i = 0; i < g->corner_count; i++)
        if (guess_measure_power(g->corner[i], measure, &power))
            return g->corner[i];
    return NULL;
}

static void by_measure(struct guess *g, struct guess_line *line) {
    const char *measure = g->scheme->element[line->element].measure;
    if (measure == NULL) {
        if (line->measure == NULL && g->corner_count == 1) {
            line->measure = g->corner[0];
            line->by_corner = true;
        }
        return;
    }
    measure = mapping_normal(g->arena, measure, true);
    if (line->measure == NULL) {
        line->measure = corner_for(g, measure);
        line->by_corner = line->measure != NULL;
    }
    if (line->measure == NULL || strcmp(line->measure, measure) == 0)
        return;
    if (!guess_measure_power(line->measure, measure, &line->power) || abs(line->power) > 12)
        line->open = OPEN_MEASURE;
    else if (line->power != 0)
        line->by = FACTOR_BY_MEASURE;
}

static double power_of_ten(int power) {
    double factor = 1;
    for (int i = 0; i < abs(power); i++)
        factor *= 10;
    return power < 0 ? 1 / factor : factor;
}

/* What earlier figures say of those of the line, times its factor. */
static enum guess_history ask(struct guess *g, const struct guess_line *line, int *power) {
    const struct baton_period period =
        g->period_as.kind != BATON_PERIOD_NONE ? g->period_as : g->period;
    uint32_t *unit = arena_alloc(g->arena, g->item_count, sizeof *unit);
    double *value = arena_alloc(g->arena, g->item_count, sizeof *value);
    size_t count = 0;
    *power = 0;
    if (period.kind == BATON_PERIOD_NONE || g->request->history == NULL)
        return GUESS_NO_HISTORY;
    for (size_t i = 0; i < g->item_count; i++) {
        const double number = guess_number(g, guess_text(g, line->index, g->item[i].index));
        if (g->item[i].unit == BATON_NONE || isnan(number))
            continue;
        unit[count] = g->item[i].unit;
        value[count++] = number * power_of_ten(line->power);
    }
    const struct guess_figures figures = {line->element, period, count, unit, value};
    return g->request->history(g->request->context, &figures, power);
}

static void by_history(struct guess *g, struct guess_line *line) {
    int power;
    const enum guess_history history = ask(g, line, &power);
    const bool known = line->measure != NULL && g->scheme->element[line->element].measure != NULL;
    if (history == GUESS_OFF && known) {
        line->open = OPEN_HISTORY;
        line->history_power = power;
    } else if (history == GUESS_OFF) {
        line->power = -power;
        line->by = FACTOR_BY_HISTORY;
    } else if (history == GUESS_AS_USUAL && line->by == FACTOR_NONE) {
        line->by = FACTOR_NONE_BY_HISTORY;
    } else if (history == GUESS_NO_HISTORY && line->measure != NULL && !known) {
        line->open = OPEN_NO_MEASURE;
    }
}

static bool is_other_kind(const struct guess *g, const struct guess_line *line) {
    const enum baton_period_kind kind = g->scheme->element[line->element].frequency;
    const struct baton_period period =
        g->period_as.kind != BATON_PERIOD_NONE ? g->period_as : g->period;
    return kind != BATON_PERIOD_NONE && period.kind != BATON_PERIOD_NONE &&
           kind != (enum baton_period_kind)period.kind;
}

void guess_factors(struct guess *g) {
    for (size_t i = 0; i < g->line_count; i++) {
        struct guess_line *line = &g->line[i];
        if (line->open != OPEN_NOT)
            continue;
        if (is_other_kind(g, line)) {
            line->open = OPEN_FREQUENCY;
            continue;
        }
        by_measure(g, line);
        if (line->open == OPEN_NOT)
            by_history(g, line);
    }
}
