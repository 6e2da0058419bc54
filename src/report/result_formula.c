/* Formulas for points and totals.
 *
 * An expression is put together as text and worked out at the same time, with the operations that the text names, on the numbers that stand
 * in the cells. What spreadsheets add, divide and raise has the last bit as theirs may be, so numbers are compared at 12 digits. What
 * they round is the double as it is, ours the decimal of 12 digits: where the two could differ, next to the middle between two decimals,
 * the formula rounds to 9 decimals first. */
#include "report/result_formula.h"
#include "base/elementary.h"
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* An expression, and what it comes to. */
struct expression {
    char text[FORMULA_SIZE];
    size_t used; /* FORMULA_SIZE = it was too long */
    double number;
};

static void begin(struct expression *expression) {
    expression->text[0] = '\0';
    expression->used = 0;
    expression->number = NAN;
}

PRINTF_LIKE(2, 3) static void put(struct expression *expression, const char *format, ...) {
    if (expression->used >= FORMULA_SIZE)
        return;
    va_list arguments;
    va_start(arguments, format);
    const int size = vsnprintf(expression->text + expression->used, FORMULA_SIZE - expression->used,
                               format, arguments);
    va_end(arguments);
    expression->used += (size_t)size;
    if (expression->used > FORMULA_SIZE)
        expression->used = FORMULA_SIZE;
}

/* A2, BC17. */
static void put_cell(struct expression *expression, uint32_t column, uint32_t row) {
    char letters[8];
    size_t at = sizeof letters;
    letters[--at] = '\0';
    for (uint32_t left = column + 1; left > 0; left = (left - 1) / 26)
        letters[--at] = (char)('A' + (left - 1) % 26);
    put(expression, "%s%u", letters + at, row + 1);
}

static void put_number(struct expression *expression, double number) {
    char text[BATON_NUMBER_SHORTEST_SIZE];
    baton_number_shortest(number, text);
    put(expression, "%s", text);
}

static double score_of(const struct formula_unit *of, uint32_t node) {
    const struct baton_result *result = of->view->result;
    return result->score[(size_t)node * result->stride + of->unit];
}

static bool is_summed(const struct baton_node *node) {
    return node->aggregate == BATON_ARITHMETIC || node->aggregate == BATON_AGGREGATE_SUM;
}

enum { ARGUMENTS = 200 }; /* of a function; spreadsheets take 255 */

/* The sum of the children's points. Cells without a number count nothing in a spreadsheet's SUM. */
static bool sum_points(const struct formula_unit *of, uint32_t n, struct expression *out) {
    const struct baton_node *node = &of->view->scheme->node[n];
    uint32_t count = 0;
    out->number = 0;
    for (uint32_t c = 0; c < node->child_count; c++) {
        const uint32_t child = node->child[c];
        if (of->columns->points[child] == BATON_NONE)
            continue;
        put(out, count % ARGUMENTS != 0 ? "," : count == 0 ? "SUM(" : ")+SUM(");
        put_cell(out, of->columns->points[child], of->row);
        count++;
    }
    for (uint32_t c = 0; c < node->child_count; c++) {
        const uint32_t child = node->child_by_id[c];
        if (of->columns->points[child] != BATON_NONE && !isnan(of->points[child]))
            out->number += of->points[child];
    }
    put(out, ")");
    return count > 0;
}

/* Whether a child counts in the means: it has a score and a weight. */
static bool counts(const struct formula_unit *of, uint32_t child) {
    return !isnan(score_of(of, child)) && of->share[child] > 0 &&
           of->columns->score[child] != BATON_NONE && of->columns->weight[child] != BATON_NONE;
}

static void put_weights(const struct formula_unit *of, const struct baton_node *node,
                        struct expression *out) {
    const char *before = "SUM(";
    for (uint32_t c = 0; c < node->child_count; c++)
        if (counts(of, node->child[c])) {
            put(out, "%s", before);
            put_cell(out, of->columns->weight[node->child[c]], of->row);
            before = ",";
        }
    put(out, ")");
}

/* MIN(F7,I7), where weights do not matter. */
static bool least_score(const struct formula_unit *of, const struct baton_node *node,
                        struct expression *out) {
    uint32_t count = 0;
    out->number = INFINITY;
    for (uint32_t c = 0; c < node->child_count; c++) {
        const uint32_t child = node->child[c];
        const double score = score_of(of, child);
        if (of->columns->score[child] == BATON_NONE || isnan(score))
            continue;
        put(out, count++ == 0 ? "MIN(" : ",");
        put_cell(out, of->columns->score[child], of->row);
        out->number = score < out->number ? score : out->number;
    }
    put(out, ")");
    return count > 0 && count <= ARGUMENTS;
}

/* EXP((G7*LN(F7)+J7*LN(I7))/SUM(G7,J7)); SUM(G7,J7)/(G7/F7+J7/I7). */
static bool mean_score(const struct formula_unit *of, const struct baton_node *node,
                       struct expression *out) {
    const bool geometric = node->aggregate == BATON_GEOMETRIC;
    uint32_t count = 0;
    double sum = 0, weights = 0;
    if (geometric) {
        put(out, "EXP((");
    } else {
        put_weights(of, node, out);
        put(out, "/(");
    }
    for (uint32_t c = 0; c < node->child_count; c++) {
        const uint32_t child = node->child[c];
        if (!counts(of, child))
            continue;
        const double score = score_of(of, child), weight = of->share[child];
        if (!(score > 0))
            return false;
        if (count++ > 0)
            put(out, "+");
        put_cell(out, of->columns->weight[child], of->row);
        put(out, geometric ? "*LN(" : "/");
        put_cell(out, of->columns->score[child], of->row);
        if (geometric)
            put(out, ")");
        sum += geometric ? weight * elementary_log(score) : weight / score;
        weights += weight;
    }
    if (geometric) {
        put(out, ")/");
        put_weights(of, node, out);
    }
    put(out, ")");
    out->number = geometric ? elementary_exp(sum / weights) : weights / sum;
    return count > 0 && count <= ARGUMENTS;
}

/* The score of a node by those of its children, where points are not simply added. */
static bool joined_score(const struct formula_unit *of, uint32_t n, struct expression *out) {
    const struct baton_node *node = &of->view->scheme->node[n];
    switch (node->aggregate) {
    case BATON_AGGREGATE_MIN:
        return least_score(of, node, out);
    case BATON_GEOMETRIC:
    case BATON_HARMONIC:
        return mean_score(of, node, out);
    case BATON_ARITHMETIC:
    case BATON_AGGREGATE_SUM:
    case BATON_COPELAND:
        break;
    }
    return false;
}

/* Whether a spreadsheet's number is ours. */
static bool is_same(double theirs, double ours) {
    const double larger = fabs(theirs) > fabs(ours) ? fabs(theirs) : fabs(ours);
    return baton_number_compare12(theirs, ours) == 0 || fabs(theirs - ours) <= 1e-12 * larger;
}

/* Whether the number is so near to where rounding changes that the last bits decide. */
static bool is_near_edge(double number, int decimals, enum baton_rounding mode) {
    double unit = 1;
    for (int i = 0; i < decimals; i++)
        unit *= 10;
    for (int i = 0; i > decimals; i--)
        unit /= 10;
    const double scaled = fabs(number) * unit, rest = scaled - floor(scaled);
    const double edge =
        mode == BATON_ROUND_DOWN ? (rest < 0.5 ? rest : 1 - rest) : fabs(rest - 0.5);
    return edge < 1e-6;
}

/* Rounds what is there so far as the scheme does. */
static void round_off(const struct formula_unit *of, struct expression *inner, int decimals,
                      struct expression *out) {
    enum { FINE = 9 };
    const enum baton_rounding mode = of->view->scheme->rounding;
    const bool fine = decimals < FINE && is_near_edge(inner->number, decimals, mode);
    const char *before = fine ? "ROUND(" : "", *behind = fine ? ",9)" : "";
    const char *function = mode == BATON_ROUND_DOWN ? "ROUNDDOWN" : "ROUND";
    const double number =
        fine ? baton_number_round(inner->number, FINE, BATON_ROUND_HALF_AWAY) : inner->number;
    if (fine && mode == BATON_ROUND_HALF_EVEN) /* 2.5 of the last decimal down, 3.5 up */
        put(out,
            "IF(MOD(ROUND(ABS(%s)*10^%d,6),2)=0.5,ROUNDDOWN(ROUND(%s,9),%d),ROUND(ROUND(%s,9),%d))",
            inner->text, decimals, inner->text, decimals, inner->text, decimals);
    else
        put(out, "%s(%s%s%s,%d)", function, before, inner->text, behind, decimals);
    if (inner->used >= FORMULA_SIZE)
        out->used = FORMULA_SIZE;
    out->number = baton_number_round(number, decimals, mode);
}

/* The expression as a formula, if it is what is wanted. */
static bool finish(const struct expression *expression, double wanted, char *out) {
    if (expression->used >= FORMULA_SIZE - 1 || isnan(wanted) ||
        !is_same(expression->number, wanted))
        return false;
    out[0] = '=';
    memcpy(out + 1, expression->text, expression->used + 1);
    return true;
}

static bool finish_rounded(const struct formula_unit *of, struct expression *expression,
                           uint32_t node, double wanted, char *out) {
    struct expression rounded;
    begin(&rounded);
    round_off(of, expression, baton_result_decimals(of->view->session, node, of->group), &rounded);
    return finish(&rounded, wanted, out);
}

/* score × weight / 100, of cells of the node itself. */
static bool product(const struct formula_unit *of, uint32_t node, struct expression *out) {
    const double score = score_of(of, node);
    if (of->columns->score[node] == BATON_NONE || of->columns->weight[node] == BATON_NONE ||
        isnan(score))
        return false;
    put_cell(out, of->columns->score[node], of->row);
    put(out, "*");
    put_cell(out, of->columns->weight[node], of->row);
    put(out, "/100");
    out->number = score * of->share[node] / 100;
    return true;
}

bool formula_points(const struct formula_unit *of, uint32_t node, char *out) {
    const struct baton_node *about = &of->view->scheme->node[node];
    const bool rounds = of->view->scheme->round_at_node;
    struct expression expression;
    begin(&expression);
    if (isnan(of->points[node]))
        return false;
    if (about->child_count > 0 && is_summed(about)) {
        if (!sum_points(of, node, &expression))
            return false;
    } else if (about->child_count > 0 && rounds) { /* its score is made of its points */
        struct expression score;
        begin(&score);
        if (about->aggregate == BATON_COPELAND || of->columns->weight[node] == BATON_NONE ||
            !joined_score(of, node, &score))
            return false;
        put_cell(&expression, of->columns->weight[node], of->row);
        put(&expression, "*%s/100", score.text);
        expression.number = of->share[node] * score.number / 100;
        expression.used = score.used >= FORMULA_SIZE ? FORMULA_SIZE : expression.used;
    } else if (!product(of, node, &expression)) {
        return false;
    }
    return rounds ? finish_rounded(of, &expression, node, of->points[node], out)
                  : finish(&expression, of->points[node], out);
}

bool formula_score(const struct formula_unit *of, uint32_t node, char *out) {
    const struct baton_node *about = &of->view->scheme->node[node];
    const double wanted = score_of(of, node);
    struct expression expression;
    begin(&expression);
    if (isnan(wanted) || about->child_count == 0)
        return false;
    if (!is_summed(about) && !of->view->scheme->round_at_node)
        return joined_score(of, node, &expression) && finish(&expression, wanted, out);
    if (about->aggregate == BATON_COPELAND || !(of->share[node] > 0) ||
        of->columns->points[node] == BATON_NONE || of->columns->weight[node] == BATON_NONE)
        return false;
    put(&expression, "100*");
    put_cell(&expression, of->columns->points[node], of->row);
    put(&expression, "/");
    put_cell(&expression, of->columns->weight[node], of->row);
    expression.number = 100 * of->points[node] / of->share[node];
    return finish(&expression, wanted, out);
}

/* What the blocks come to, on the scale of the group. */
static bool join_blocks(const struct formula_unit *of, struct expression *out) {
    const struct baton_scheme *scheme = of->view->scheme;
    const double total = scheme->group[of->group].total;
    struct expression inner;
    begin(&inner);
    const bool summed = is_summed(&scheme->node[0]);
    if (!(summed ? sum_points(of, 0, &inner) : joined_score(of, 0, &inner)))
        return false;
    if (!summed && total != 100) {
        put(&inner, "*");
        put_number(&inner, total);
        put(&inner, "/100");
        inner.number *= total / 100;
    }
    if (scheme->round_at_node)
        round_off(of, &inner, baton_result_decimals(of->view->session, 0, of->group), out);
    else
        *out = inner;
    if (inner.used >= FORMULA_SIZE)
        out->used = FORMULA_SIZE;
    return true;
}

bool formula_base(const struct formula_unit *of, char *out) {
    struct expression expression;
    begin(&expression);
    return of->view->result->base != NULL && join_blocks(of, &expression) &&
           finish(&expression, of->view->result->base[of->unit], out);
}

/* MAX(0,MIN(100, ...)), as far as there are bounds. */
static void bound(const struct formula_unit *of, struct expression *inner, struct expression *out) {
    const struct baton_group *group = &of->view->scheme->group[of->group];
    const bool has_lo = !isnan(group->bound_lo), has_hi = !isnan(group->bound_hi);
    double number = inner->number;
    if (has_lo) {
        put(out, "MAX(");
        put_number(out, group->bound_lo);
        put(out, ",");
    }
    if (has_hi) {
        put(out, "MIN(");
        put_number(out, group->bound_hi);
        put(out, ",");
        number = number > group->bound_hi ? group->bound_hi : number;
    }
    if (has_lo)
        number = number < group->bound_lo ? group->bound_lo : number;
    put(out, "%s%s%s", inner->text, has_hi ? ")" : "", has_lo ? ")" : "");
    out->number = number;
    if (inner->used >= FORMULA_SIZE)
        out->used = FORMULA_SIZE;
}

bool formula_total(const struct formula_unit *of, char *out) {
    const struct result_view *view = of->view;
    int decimals;
    const double wanted = result_published(view, 0, of->unit, &decimals);
    struct expression sum, within;
    begin(&sum);
    begin(&within);
    if (isnan(wanted))
        return false;
    if (view->result->base != NULL) {
        put_cell(&sum, of->columns->base, of->row);
        put(&sum, "+");
        put_cell(&sum, of->columns->bonus, of->row);
        put(&sum, "-");
        put_cell(&sum, of->columns->deduction, of->row);
        sum.number = view->result->base[of->unit] + view->result->bonus[of->unit] -
                     view->result->deduction[of->unit];
    } else if (!join_blocks(of, &sum)) {
        return false;
    }
    bound(of, &sum, &within);
    if (!is_same(within.number, view->result->score[of->unit]))
        return false;
    return finish_rounded(of, &within, 0, wanted, out);
}
