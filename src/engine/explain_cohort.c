/* Methods that compare a figure with those of its cohort: who is in it, its extremes, mean or places, and who set them. */
#include "engine/explain_parts.h"
#include "engine/order.h"
#include "engine/statistics.h"
#include "engine/treat.h"

/* Untreated figures of the present period among those of the others, then all treated. */
bool explain_panel(struct explaining *ex, const struct leaf *leaf, struct panel *out) {
    const uint32_t ranked = ex->session->ranked;
    struct baton_arena *scratch = ex->worker->arena;
    double *now = arena_alloc_raw(scratch, ranked, sizeof(double));
    for (uint32_t u = 0; u < ranked; u++) {
        const uint8_t state = leaf->state == NULL ? BATON_FIGURE : leaf->state[u];
        now[u] = state == BATON_FIGURE || state == BATON_EMPTY ? leaf->raw[u] : NAN;
    }
    const bool found = panel_pool(ex->session, ex->worker, leaf, now, out);
    const uint32_t whole[2] = {0, out->count * ranked};
    treat(scratch, leaf->as->treat, leaf->as->treat_a, leaf->as->treat_b,
          &(struct cohorts){whole, 1}, out->value, out->note);
    return found;
}

static uint32_t present(const struct comparing *c) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < c->count; i++)
        count += !isnan(c->value[i]);
    return count;
}

bool comparing_open(struct explaining *ex, struct explain_line *parent, const struct leaf *leaf,
                    struct comparing *out) {
    const struct baton_session *session = ex->session;
    *out = (struct comparing){.ex = ex, .leaf = leaf};
    if (leaf->pooled) {
        struct panel *panel = arena_alloc(ex->worker->arena, 1, sizeof *panel);
        if (!explain_panel(ex, leaf, panel)) {
            line_add(ex, parent, EXPLAIN_OUTSIDE_PANEL)->period = leaf->period;
            return false;
        }
        out->value = panel->value;
        out->panel = panel;
        out->count = panel->count * session->ranked;
        out->own = panel->present * session->ranked + ex->unit;
    } else {
        const uint32_t *start =
            leaf->over_all ? session->all.start : session->groups.start + ex->group;
        out->value = leaf->figures + start[0];
        out->count = start[1] - start[0];
        out->first = start[0];
        out->own = ex->unit - start[0];
    }
    out->x = out->value[out->own];
    if (leaf->method->over == BATON_OVER_FIXED && leaf->method->kind == BATON_METHOD_RANGE)
        return true;
    struct explain_line *line = line_word(ex, parent, EXPLAIN_COHORT,
                                          out->panel != NULL ? "panel"
                                          : leaf->over_all   ? "all"
                                                             : "group");
    if (out->panel == NULL && !leaf->over_all) {
        line->id = ex->scheme->group[ex->group].id;
        line->name = &ex->scheme->group[ex->group].title;
    }
    line->number[0] = present(out);
    line->at = ex->scheme->group[ex->group].at;
    if (out->panel != NULL || leaf->over_all)
        line->at = (struct baton_where){0};
    out->line = line;
    return true;
}

static uint32_t unit_at(const struct comparing *c, uint32_t i) {
    return c->panel == NULL ? c->first + i : i % c->ex->session->ranked;
}

/* The figure that set a bound: whose, of which period, and what it is made of. */
static void explain_setter(struct comparing *c, enum explain_kind kind, double bound) {
    struct explaining *ex = c->ex;
    struct explain_line *line = line_value(ex, c->line, kind, bound);
    uint32_t first = BATON_NONE, also = 0;
    for (uint32_t i = 0; i < c->count; i++) {
        if (c->value[i] != bound)
            continue;
        also += first != BATON_NONE;
        first = first == BATON_NONE || i == c->own ? i : first;
    }
    if (first == BATON_NONE)
        return;
    line->unit = unit_at(c, first);
    line->number[0] = also > 0 ? (double)also : NAN;
    struct rule_moment at = moment_now(ex->session);
    if (c->panel != NULL) {
        at = c->panel->moment[first / ex->session->ranked];
        line->period = at.period;
    }
    if (first != c->own)
        explain_value(ex, line, c->leaf, line->unit, &at)->unit = BATON_NONE;
}

static double score_line(struct comparing *c, struct explain_line *parent, double value,
                         const char *arithmetic) {
    line_value(c->ex, parent, EXPLAIN_SCORE, value)->arithmetic = arithmetic;
    return value;
}

static double same_for_all(struct comparing *c, struct explain_line *parent, enum explain_kind kind,
                           double value) {
    line_value(c->ex, parent, kind, value);
    return value;
}

/* ---- range */

static double explain_line_between(struct comparing *c, struct explain_line *parent, double lo,
                                   double hi, double x) {
    const struct baton_method *method = c->leaf->method;
    const double low = method->low, high = method->high;
    if (c->leaf->as->direction == BATON_DOWN)
        return score_line(
            c, parent, low + (high - low) * ((hi - x) / (hi - lo)),
            WITH_NUMBERS(c->ex, "# + (# - #) × (# - #) / (# - #)", low, high, low, hi, x, hi, lo));
    return score_line(
        c, parent, low + (high - low) * ((x - lo) / (hi - lo)),
        WITH_NUMBERS(c->ex, "# + (# - #) × (# - #) / (# - #)", low, high, low, x, lo, hi, lo));
}

static double explain_fixed(struct comparing *c, struct explain_line *parent) {
    const struct baton_node *as = c->leaf->as;
    struct explain_line *bounds = line_add(c->ex, parent, EXPLAIN_FIXED);
    double x = c->x;
    bounds->number[0] = as->lo;
    bounds->number[1] = as->hi;
    bounds->at = as->at;
    if (baton_number_compare12(as->lo, as->hi) == 0)
        return same_for_all(c, parent, EXPLAIN_CONSTANT, c->leaf->method->high);
    if (x < as->lo || x > as->hi) {
        x = x < as->lo ? as->lo : as->hi;
        line_change(c->ex, parent, EXPLAIN_BEYOND, c->x, x);
    }
    return explain_line_between(c, parent, as->lo, as->hi, x);
}

double explain_range(struct comparing *c, struct explain_line *parent) {
    if (c->leaf->method->over == BATON_OVER_FIXED)
        return explain_fixed(c, parent);
    double lo, hi;
    normalise_extremes(c->count, c->value, &lo, &hi);
    explain_setter(c, EXPLAIN_LOWEST, lo);
    explain_setter(c, EXPLAIN_HIGHEST, hi);
    if (baton_number_compare12(lo, hi) == 0)
        return same_for_all(c, parent, EXPLAIN_CONSTANT, c->leaf->method->high);
    return explain_line_between(c, parent, lo, hi, c->x);
}

/* ---- zscore */

double explain_zscore(struct comparing *c, struct explain_line *parent) {
    const struct baton_method *method = c->leaf->method;
    struct moments m;
    statistics_moments(c->count, c->value, &m);
    line_value(c->ex, c->line, EXPLAIN_MEAN, m.mean);
    if (m.n < 2)
        return same_for_all(c, parent, EXPLAIN_ALONE, method->mean);
    line_value(c->ex, c->line, EXPLAIN_DEVIATION, m.sd);
    if (statistics_constant(m.lo, m.hi))
        return same_for_all(c, parent, EXPLAIN_CONSTANT, method->mean);
    if (c->leaf->as->direction == BATON_DOWN)
        return score_line(c, parent, method->mean + method->sd * ((m.mean - c->x) / m.sd),
                          WITH_NUMBERS(c->ex, "# + # × (# - #) / #", method->mean, method->sd,
                                       m.mean, c->x, m.sd));
    return score_line(
        c, parent, method->mean + method->sd * ((c->x - m.mean) / m.sd),
        WITH_NUMBERS(c->ex, "# + # × (# - #) / #", method->mean, method->sd, c->x, m.mean, m.sd));
}

/* ---- Places. */

/* The place r of the figure among those that have one, by the method's ties; a line PLACE. */
static double place_of(struct comparing *c, const double *value, uint32_t *n) {
    struct baton_arena *scratch = c->ex->worker->arena;
    double *key = arena_alloc_raw(scratch, c->count, sizeof(double));
    uint32_t *twice = arena_alloc(scratch, c->count, sizeof(uint32_t));
    uint32_t alike = 0;
    for (uint32_t i = 0; i < c->count; i++)
        key[i] = baton_number_sig12(value[i]);
    *n = order_rank(scratch, c->count, key, c->leaf->as->direction == BATON_UP,
                    c->leaf->method->ties, twice);
    for (uint32_t i = 0; i < c->count; i++)
        alike += key[i] == key[c->own];
    struct explain_line *line = line_value(c->ex, c->line, EXPLAIN_PLACE, twice[c->own] / 2.0);
    line->number[0] = *n;
    line->number[1] = alike > 1 ? (double)alike : NAN;
    return line->value;
}

double explain_rank(struct comparing *c, struct explain_line *parent) {
    const double low = c->leaf->method->low, high = c->leaf->method->high;
    uint32_t n;
    const double r = place_of(c, c->value, &n);
    if (n == 1)
        return same_for_all(c, parent, EXPLAIN_ALONE, high);
    return score_line(
        c, parent, high - (r - 1) * (high - low) / (n - 1),
        WITH_NUMBERS(c->ex, "# - (# - 1) × (# - #) / (# - 1)", high, r, high, low, n));
}

static double table_score(const struct baton_method *method, uint32_t rank) {
    if (rank <= method->table_count)
        return method->table[rank - 1];
    return isnan(method->floor) ? 0 : method->floor;
}

static double explain_table(struct comparing *c, struct explain_line *parent, double r) {
    const struct baton_method *method = c->leaf->method;
    const uint32_t place = (uint32_t)r;
    if (r == place) {
        const double score = table_score(method, place);
        struct explain_line *line =
            line_value(c->ex, parent,
                       place <= method->table_count ? EXPLAIN_TABLE : EXPLAIN_BEYOND_TABLE, score);
        line->number[0] = place <= method->table_count ? (double)place : NAN;
        line->at = method->at;
        return score;
    }
    const double upper = table_score(method, place), lower = table_score(method, place + 1);
    return score_line(c, parent, (upper + lower) / 2,
                      WITH_NUMBERS(c->ex, "(# + #) / 2", upper, lower));
}

/* Who races, by `among`; whether the unit does. */
static bool explain_among(struct comparing *c, struct explain_line *parent) {
    const struct leaf *leaf = c->leaf;
    struct place place = {
        .session = c->ex->session, .worker = c->ex->worker, .leaf = leaf, .x = leaf->figures};
    struct rule_env env;
    const struct rule_moment now = moment_now(c->ex->session);
    environment(&place, &env);
    return explain_condition(c->ex, parent, EXPLAIN_RACES, leaf->among, &leaf->method->among, &env,
                             &now, c->ex->unit, leaf);
}

double explain_race(struct comparing *c, struct explain_line *parent) {
    const struct baton_method *method = c->leaf->method;
    const double *value = c->value;
    if (c->leaf->among != NULL) {
        double *racing = arena_alloc_raw(c->ex->worker->arena, c->count, sizeof(double));
        for (uint32_t i = 0; i < c->count; i++) {
            const double races = c->leaf->racing[c->first + i];
            racing[i] = races != 0 && !isnan(races) ? value[i] : NAN;
        }
        if (!explain_among(c, parent))
            return same_for_all(c, parent, EXPLAIN_NOT_RACING, method->otherwise);
        value = racing;
    }
    uint32_t n;
    const double r = place_of(c, value, &n);
    if (method->table != NULL)
        return explain_table(c, parent, r);
    return score_line(c, parent, method->first - method->step * (r - 1),
                      WITH_NUMBERS(c->ex, "# - # × (# - 1)", method->first, method->step, r));
}

double explain_percentile(struct comparing *c, struct explain_line *parent) {
    const bool down = c->leaf->as->direction == BATON_DOWN;
    const uint32_t n = present(c);
    uint32_t others = 0;
    for (uint32_t i = 0; i < c->count; i++) {
        const int order = isnan(c->value[i]) ? 0 : baton_number_compare12(c->value[i], c->x);
        others += down ? order > 0 : order < 0;
    }
    line_value(c->ex, c->line, EXPLAIN_OTHERS_BELOW, others)->word = down ? "above" : "below";
    if (n == 1)
        return same_for_all(c, parent, EXPLAIN_ALONE, 100);
    return score_line(c, parent, 100 * (double)others / (n - 1),
                      WITH_NUMBERS(c->ex, "100 × # / (# - 1)", others, n));
}

/* ---- best */

/* The reference, with whoever set it; NaN = there is none. */
static double explain_reference(struct comparing *c, struct explain_line *parent) {
    const struct baton_method *method = c->leaf->method;
    struct explaining *ex = c->ex;
    struct moments m;
    statistics_moments(c->count, c->value, &m);
    if (method->of == BATON_BEST_OF_BEST && m.n > 0) {
        const double best = c->leaf->as->direction == BATON_DOWN ? m.lo : m.hi;
        explain_setter(c, EXPLAIN_REFERENCE, best);
        c->line->last->word = "reference_best";
        c->line->last->number[0] = NAN;
        return best;
    }
    const double reference = method->of == BATON_BEST_OF_MEAN ? m.mean
                             : c->leaf->against == NULL       ? NAN
                                                              : c->leaf->against[0];
    if (isnan(reference)) {
        line_add(ex, parent, EXPLAIN_NO_REFERENCE)->at = method->at;
        return NAN;
    }
    struct explain_line *line = line_value(ex, c->line, EXPLAIN_REFERENCE, reference);
    line->word = method->of == BATON_BEST_OF_MEAN ? "reference_mean" : "reference_unit";
    if (method->of != BATON_BEST_OF_UNIT)
        return reference;
    const struct rule_moment now = moment_now(ex->session);
    line->unit = method->of_unit;
    if (method->of_unit != ex->unit)
        explain_value(ex, line, c->leaf, method->of_unit, &now)->unit = BATON_NONE;
    return reference;
}

double explain_best(struct comparing *c, struct explain_line *parent) {
    const bool down = c->leaf->as->direction == BATON_DOWN;
    const double best = explain_reference(c, parent), x = c->x;
    if (isnan(best))
        return NAN;
    if (baton_number_compare12(x, best) == 0)
        return same_for_all(c, parent, EXPLAIN_EQUALS_REFERENCE, 100);
    if ((down ? x : best) == 0) {
        line_add(c->ex, parent, EXPLAIN_DIVIDED_BY_ZERO);
        return NAN;
    }
    return score_line(c, parent, down ? 100 * best / x : 100 * x / best,
                      down ? WITH_NUMBERS(c->ex, "100 × # / #", best, x)
                           : WITH_NUMBERS(c->ex, "100 × # / #", x, best));
}
