/* Lint: targets (目标值). One of 0 or below, one equal to the baseline, one on the wrong side of it, one that some units lack, and
 * targets that are last year's results. What is wrong in the same way with several rows of an indicator is one finding, at
 * the first of them. */
#include "analyse/lint_year.h"
#include "engine/session.h"
#include <math.h>
#include <string.h>

/* The rows of an indicator that are wrong in one way. */
struct rows {
    const struct baton_target *first;
    uint32_t count;
};

static void add_row(struct rows *rows, const struct baton_target *row) {
    if (rows->first == NULL || row->at.row < rows->first->at.row)
        rows->first = row;
    rows->count++;
}

static void report_rows(struct lint *lint, baton_code code, const struct rows *rows,
                        const char *field) {
    if (rows->count == 0)
        return;
    const struct baton_target *row = rows->first;
    lint_report(lint, code, row->at, field, lint->scheme->node[row->node].id,
                lint_number(lint, row->target),
                isnan(row->baseline) ? NULL : lint_number(lint, row->baseline),
                rows->count > 1 ? lint_number(lint, rows->count - 1) : NULL);
}

/* What is wrong with a row by itself. */
static void look_at_rows(struct lint *lint, const struct leaf *leaf) {
    const struct baton_session *session = lint->session;
    const struct baton_method *method = leaf->method;
    struct rows zero = {0}, equal = {0}, aside = {0};
    if (method->kind != BATON_METHOD_TARGET)
        return;
    for (uint32_t i = session->target_first[leaf->node]; i < session->target_first[leaf->node + 1];
         i++) {
        const struct baton_target *row = &session->targets[i];
        if (!method->from_baseline) {
            if (row->target <= 0)
                add_row(&zero, row);
            continue;
        }
        const int order = baton_number_compare12(row->target, row->baseline);
        if (isnan(row->target) || isnan(row->baseline))
            continue;
        if (order == 0)
            add_row(&equal, row);
        else if ((order > 0) != (leaf->as->direction == BATON_UP))
            add_row(&aside, row);
    }
    report_rows(lint, BATON_LINT_TARGET_ZERO, &zero, "target");
    report_rows(lint, BATON_LINT_TARGET_IS_BASELINE, &equal, "target");
    report_rows(lint,
                leaf->as->direction == BATON_UP ? BATON_LINT_TARGET_BELOW_BASELINE
                                                : BATON_LINT_TARGET_ABOVE_BASELINE,
                &aside, "target");
}

/* ---- Targets of the period that is scored. */

/* Of each unit, [N]; NULL where the leaf asks for none. */
struct aims {
    double *target, *baseline;
};

static bool asks_target(const struct rule *rule) {
    return rule != NULL && (rule_uses(rule)->names & 1u << RULE_TARGET) != 0;
}

static struct aims aims_of(const struct lint *lint, const struct leaf *leaf) {
    struct aims aims = {NULL, NULL};
    if (leaf->needs_target || asks_target(leaf->score) || asks_target(leaf->value))
        targets_at(lint->session, lint->arena, leaf, lint->period, &aims.target, &aims.baseline);
    return aims;
}

/* Units with a figure that get no score for want of a target, or a baseline, that others have. */
static void look_at_lacking(struct lint *lint, const struct leaf *leaf, const struct aims *aims) {
    const struct baton_session *session = lint->session;
    const struct baton_method *method = leaf->method;
    const size_t row = (size_t)leaf->node * session->stride;
    uint32_t first = BATON_NONE, lacking = 0, having = 0;
    bool baseline = true;
    for (uint32_t u = 0; u < session->ranked; u++) {
        if (!has_row(session, leaf->node, u) || isnan(leaf->figures[u]))
            continue;
        const bool no_target = isnan(aims->target[u]),
                   no_baseline = method->from_baseline && isnan(aims->baseline[u]),
                   no_score = isnan(session->score[row + u]) ||
                              (session->note[row + u] & BATON_NOTE_IMPUTED) != 0;
        if (!(no_target || no_baseline) || !no_score) {
            having++;
            continue;
        }
        baseline = baseline && !no_target;
        first = first == BATON_NONE ? u : first;
        lacking++;
    }
    if (lacking == 0 || having == 0)
        return;
    lint_report(lint, baseline ? BATON_LINT_BASELINE_LACKING : BATON_LINT_TARGET_LACKING,
                leaf->as->at, "method", leaf->as->id, lint->scheme->unit[first].id,
                lint_number(lint, lacking + having),
                lacking > 1 ? lint_number(lint, lacking - 1) : NULL);
}

/* ---- Last year's results. */

/* Whether the figure, put in as many decimals as the target has, is the target. A target of 0 says nothing. */
static bool is_same(double target, double figure) {
    int decimals = 0;
    if (isnan(target) || isnan(figure) || target == 0)
        return false;
    while (decimals < 6 && baton_number_round(target, decimals, BATON_ROUND_HALF_AWAY) != target)
        decimals++;
    return baton_number_round(figure, decimals, BATON_ROUND_HALF_AWAY) == target;
}

struct earlier {
    struct baton_session *session; /* whose figures are asked for */
    const struct leaf *leaf;
    struct baton_period period;
    struct derived derived;
};

/* Targets and the figures of the year before. */
struct same {
    uint32_t same, compared; /* units */
};

static baton_code derive_earlier(void *context) {
    struct earlier *earlier = context;
    const struct rule_moment at = {.period = earlier->period};
    derive_at(earlier->session, &earlier->session->worker[0], earlier->leaf, &at,
              &earlier->derived);
    return BATON_OK;
}

/* All that there is: nobody can ask for more. */
static bool is_whole(const struct leaf *leaf, double target) {
    const char *measure = leaf->as->measure;
    return measure != NULL && ((strcmp(measure, "%") == 0 && target == 100) ||
                               (strcmp(measure, "1") == 0 && target == 1));
}

/* Compares the targets with the figures of a session's leaf; unit_there[u] is the unit's index there (NULL: the same). */
static baton_code compare(const struct lint *lint, const struct leaf *leaf, const struct aims *aims,
                          struct earlier *earlier, const uint32_t *unit_there, struct same *out) {
    struct baton_arena *scratch = earlier->session->worker[0].arena;
    const struct arena_mark mark = arena_mark(scratch);
    *out = (struct same){0};
    TRY(arena_run(scratch, derive_earlier, earlier));
    for (uint32_t u = 0; u < lint->session->ranked; u++) {
        const uint32_t index = unit_there == NULL ? u : unit_there[u];
        if (index == BATON_NONE || !has_row(lint->session, leaf->node, u) ||
            isnan(aims->target[u]) || isnan(earlier->derived.value[index]))
            continue;
        out->compared++;
        out->same += is_same(aims->target[u], earlier->derived.value[index]) &&
                     !is_whole(leaf, aims->target[u]);
    }
    arena_reset_to(scratch, mark);
    return BATON_OK;
}

/* Nearly all, and at least three: one or two may be chance. */
static bool is_copy(const struct same *same) {
    return same->same >= 3 && 10 * same->same >= 9 * same->compared;
}

/* The first row of the file that gives the leaf a target in the period. */
static struct baton_where first_row(const struct lint *lint, const struct leaf *leaf) {
    const struct baton_session *session = lint->session;
    const struct baton_target *first = NULL;
    for (uint32_t i = session->target_first[leaf->node]; i < session->target_first[leaf->node + 1];
         i++) {
        const struct baton_target *row = &session->targets[i];
        if (baton_period_contains(row->period, lint->period) &&
            (first == NULL || row->at.row < first->at.row))
            first = row;
    }
    return first == NULL ? leaf->as->at : first->at;
}

/* By the scheme's own figures, else by those of the scheme that it succeeds. Targets may well be last year's results where what is
 * asked is not to get worse: under a method of kind pass, and of what is to be kept down. */
static baton_code look_at_last_year(struct lint *lint, const struct leaf *leaf,
                                    const struct aims *aims) {
    struct baton_session *session = lint->session, *before = lint->predecessor;
    struct earlier earlier = {.session = session, .leaf = leaf};
    struct same same;
    char period[BATON_PERIOD_NAME_SIZE];
    if (leaf->method->kind == BATON_METHOD_PASS || leaf->as->direction == BATON_DOWN ||
        !baton_period_same_name(lint->period, -1, &earlier.period))
        return BATON_OK;
    TRY(compare(lint, leaf, aims, &earlier, NULL, &same));
    const uint32_t node = before == NULL ? BATON_NONE : session->node_before[leaf->node];
    const uint32_t there = node == BATON_NONE ? BATON_NONE : before->leaf_of_node[node];
    if (same.compared == 0 && there != BATON_NONE) {
        earlier.session = before;
        earlier.leaf = &before->leaf[there];
        TRY(compare(lint, leaf, aims, &earlier, session->unit_before, &same));
    }
    if (!is_copy(&same))
        return BATON_OK;
    baton_period_format(earlier.period, period);
    lint_report(lint, BATON_LINT_TARGETS_LAST_YEAR, first_row(lint, leaf), "target", leaf->as->id,
                lint_number(lint, same.same), lint_number(lint, same.compared), period);
    return BATON_OK;
}

void lint_targets(struct lint *lint) {
    const struct baton_session *session = lint->session;
    for (uint32_t i = 0; i < session->leaf_count && lint->code == BATON_OK; i++) {
        const struct leaf *leaf = &session->leaf[i];
        const struct aims aims = aims_of(lint, leaf);
        look_at_rows(lint, leaf);
        if (aims.target == NULL)
            continue;
        look_at_lacking(lint, leaf, &aims);
        lint->code = look_at_last_year(lint, leaf, &aims);
    }
}
