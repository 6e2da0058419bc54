/* Lint: a direction (正向、逆向) that contradicts the method of the indicator. The method decides what is scored; but the column is
 * what is printed, and whoever reads one of the two is misled. */
#include "analyse/lint_year.h"
#include "analyse/regions.h"
#include "engine/session.h"
#include <math.h>
#include <string.h>

enum {
    CONTRADICTIONS = 3, /* pairs of units, below which it may be chance */
    STEPS = 120         /* of a ladder of figures */
};

static const char *const op_text[] = {"", ">=", ">", "<=", "<", "=="};

static void look_at_pass(struct lint *lint, const struct leaf *leaf) {
    const enum baton_pass_op op = leaf->method->op;
    const bool down = leaf->as->direction == BATON_DOWN;
    const bool wants_more = op == BATON_OP_GE || op == BATON_OP_GT,
               wants_less = op == BATON_OP_LE || op == BATON_OP_LT;
    if ((wants_more && down) || (wants_less && !down))
        lint_report(lint, BATON_LINT_DIRECTION_PASS, leaf->as->at, "direction", leaf->as->id,
                    op_text[op], down ? "" : NULL, leaf->method->id);
}

static void look_at_deduct(struct lint *lint, const struct leaf *leaf) {
    if (!isnan(leaf->method->above) && leaf->as->direction == BATON_DOWN)
        lint_report(lint, BATON_LINT_DIRECTION_SHORTFALL, leaf->as->at, "direction", leaf->as->id,
                    lint_number(lint, leaf->method->above), leaf->method->id, NULL);
}

/* ---- Rules. One that asks for nothing but x and what is fixed for a unit, such as its target, is run over a ladder of x, each unit
 * with its own target. Of any other rule there is what came out. */

enum {
    /* names by which a rule depends on nothing but the figure and what is fixed for a unit */
    OWN_NAMES = 1 << RULE_X | 1 << RULE_TARGET | 1 << RULE_BASELINE | 1 << RULE_LO | 1 << RULE_HI |
                1 << RULE_ELAPSED
};

struct ladder {
    struct baton_session *session;
    const struct leaf *leaf;
    double lo, hi; /* of x */
    bool agrees, contradicts;
};

static bool is_own(const struct leaf *leaf) {
    const struct rule_uses *uses = rule_uses(leaf->score);
    return (uses->names & 1u << RULE_X) != 0 && (uses->names & ~(unsigned)OWN_NAMES) == 0 &&
           uses->element_count == 0 && uses->node_count == 0 && !uses->cohort && !uses->time &&
           !uses->event && !uses->result && leaf->treated == NULL;
}

/* Codes are compared as texts: their order is that of the alphabet. */
static bool compares_texts(struct lint *lint, const struct leaf *leaf) {
    struct regions regions = {.arena = lint->arena, .scheme = lint->scheme};
    regions_add(&regions, leaf->score->tree);
    for (size_t q = 0; q < regions.count; q++)
        if (regions.quantity[q].is_text)
            return true;
    return false;
}

static void widen(struct ladder *ladder, double value) {
    if (isnan(value))
        return;
    ladder->lo = ladder->lo <= value ? ladder->lo : value; /* false where lo is NaN */
    ladder->hi = ladder->hi >= value ? ladder->hi : value;
}

/* From the lowest to the highest figure and target, and as far again on both sides: a rule that is best in the middle shall
 * show that it is. Below 0 only where figures were. */
static void set_ends(struct ladder *ladder, const struct lint_leaf *year,
                     struct baton_arena *arena) {
    const struct baton_session *session = ladder->session;
    double *target, *baseline;
    ladder->lo = ladder->hi = NAN;
    widen(ladder, year->lowest);
    widen(ladder, year->highest);
    targets_at(session, arena, ladder->leaf, session->period, &target, &baseline);
    for (uint32_t u = 0; u < session->ranked; u++)
        if (has_row(session, ladder->leaf->node, u))
            widen(ladder, target[u]);
    const bool below_zero = ladder->lo < 0;
    double width = ladder->hi - ladder->lo;
    width = width > 0 ? width : fabs(ladder->hi);
    ladder->lo -= width;
    ladder->hi += width;
    ladder->lo = ladder->lo < 0 && !below_zero ? 0 : ladder->lo;
}

/* The scores of a step against the last ones before; a division by 0 is no score. */
static void compare_step(struct ladder *ladder, const double *score, const uint8_t *zero,
                         double *before) {
    const struct baton_session *session = ladder->session;
    const int better = ladder->leaf->as->direction == BATON_DOWN ? -1 : 1;
    for (uint32_t u = 0; u < session->ranked; u++) {
        if (zero[u] || !isfinite(score[u]) || !has_row(session, ladder->leaf->node, u))
            continue;
        if (!isnan(before[u])) {
            const int order = better * baton_number_compare12(score[u], before[u]);
            ladder->agrees = ladder->agrees || order > 0;
            ladder->contradicts = ladder->contradicts || order < 0;
        }
        before[u] = score[u];
    }
}

static void climb(struct ladder *ladder, struct worker *worker) {
    struct baton_session *session = ladder->session;
    const struct rule_moment now = moment_now(session);
    double *x = arena_alloc_raw(worker->arena, session->ranked + 1, sizeof(double)),
           *before = arena_alloc_raw(worker->arena, session->ranked + 1, sizeof(double)),
           *score = arena_alloc_raw(worker->arena, session->units, sizeof(double));
    uint8_t *zero = arena_alloc(worker->arena, session->units, 1);
    struct place place = {.session = session, .worker = worker, .leaf = ladder->leaf, .x = x};
    struct rule_env env;
    environment(&place, &env);
    for (uint32_t u = 0; u < session->ranked; u++)
        before[u] = NAN;
    for (int step = 0; step <= STEPS && !ladder->agrees; step++) {
        for (uint32_t u = 0; u < session->ranked; u++)
            x[u] = ladder->lo + (ladder->hi - ladder->lo) * step / STEPS;
        memset(zero, 0, session->units);
        rule_run(ladder->leaf->score, &env, &now, score, zero);
        compare_step(ladder, score, zero, before);
    }
}

struct climbing {
    struct ladder *ladder;
    const struct lint_leaf *year;
};

static baton_code climb_all(void *context) {
    const struct climbing *climbing = context;
    struct worker *worker = &climbing->ladder->session->worker[0];
    set_ends(climbing->ladder, climbing->year, worker->arena);
    if (climbing->ladder->lo < climbing->ladder->hi)
        climb(climbing->ladder, worker);
    return BATON_OK;
}

/* Whether every step up the ladder that changes a score changes it against the direction. */
static bool falls(struct lint *lint, const struct leaf *leaf, const struct lint_leaf *year) {
    struct ladder ladder = {.session = lint->session, .leaf = leaf};
    struct climbing climbing = {&ladder, year};
    struct baton_arena *scratch = lint->session->worker[0].arena;
    const struct arena_mark mark = arena_mark(scratch);
    lint->code = arena_run(scratch, climb_all, &climbing);
    if (lint->code != BATON_OK)
        return false;
    arena_reset_to(scratch, mark);
    return ladder.contradicts && !ladder.agrees;
}

static void look_at_rule(struct lint *lint, const struct leaf *leaf, const struct lint_leaf *year) {
    if (compares_texts(lint, leaf))
        return;
    const bool against = is_own(leaf) ? falls(lint, leaf, year)
                                      : !year->agrees && year->contradicts >= CONTRADICTIONS;
    if (against)
        lint_report(lint, BATON_LINT_DIRECTION_RULE, leaf->as->at, "direction", leaf->as->id,
                    leaf->method->id, leaf->as->direction == BATON_DOWN ? "" : NULL, NULL);
}

void lint_direction(struct lint *lint) {
    const struct baton_session *session = lint->session;
    for (uint32_t i = 0; i < session->leaf_count && lint->code == BATON_OK; i++) {
        const struct leaf *leaf = &session->leaf[i];
        if (leaf->method->kind == BATON_METHOD_PASS)
            look_at_pass(lint, leaf);
        else if (leaf->method->kind == BATON_METHOD_DEDUCT)
            look_at_deduct(lint, leaf);
        else if (leaf->method->kind == BATON_METHOD_RULE)
            look_at_rule(lint, leaf, &lint->year->leaf[i]);
    }
}
