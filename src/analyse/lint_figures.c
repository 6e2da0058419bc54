/* Lint: what the figures of the year say of an indicator. One that nobody fed, one that tells no two units apart, one whose
 * figures never change. Where faults are counted, or passing is the rule, no difference is good news as long as it
 * lasts: that is a note. */
#include "analyse/lint_year.h"
#include "engine/session.h"
#include <math.h>

enum {
    PERIODS_ALIKE = 3, /* of figures that never change, below which that may be so by nature */
    FIGURES_ALIKE = 6, /* below which that may be chance */
    SCORES_ALIKE = 4   /* likewise of scores that are all the same */
};

/* The elements of a leaf's value that nobody ever reported, separated by commas; NULL = none. */
static const char *never_reported(struct lint *lint, const struct leaf *leaf) {
    const char *list = NULL;
    for (uint32_t i = 0; i < leaf->named_count; i++) {
        const struct baton_element *element = &lint->scheme->element[leaf->named[i]];
        if (element->frequency == BATON_PERIOD_NONE)
            list =
                list == NULL ? element->id : arena_printf(lint->arena, "%s, %s", list, element->id);
    }
    return list;
}

static const char *name_of(struct lint *lint, struct baton_period period) {
    char name[BATON_PERIOD_NAME_SIZE];
    const size_t size = baton_period_format(period, name);
    return arena_text(lint->arena, name, size);
}

/* The last period looked at, where one alone does not say which they were. */
static const char *last_of(struct lint *lint) {
    return baton_period_equal(lint->year->first, lint->year->last)
               ? NULL
               : name_of(lint, lint->year->last);
}

/* Both in one text. */
static const char *span_of(struct lint *lint) {
    const char *first = name_of(lint, lint->year->first), *last = last_of(lint);
    return last == NULL ? first : arena_printf(lint->arena, "%s..%s", first, last);
}

static double shown(double score) {
    return baton_number_round(score, 4, BATON_ROUND_HALF_AWAY);
}

/* Whoever reads the package is told already of a leaf whose own element nobody has a figure of. */
static void look_at_fed(struct lint *lint, const struct leaf *leaf, const struct lint_leaf *year) {
    const bool told = lint->misnamed[leaf->node] ||
                      (leaf->as->value.text == NULL && never_reported(lint, leaf) != NULL);
    if (year->missing == 0 || year->scores > 0 || told)
        return;
    lint_report(lint, BATON_LINT_NEVER_FED, leaf->as->at, NULL, leaf->as->id,
                name_of(lint, lint->year->first), last_of(lint), never_reported(lint, leaf));
}

/* Groups that have the indicator, and of which no unit ever had a figure, while those of others had. */
static void look_at_groups(struct lint *lint, const struct leaf *leaf,
                           const struct lint_leaf *year) {
    const struct baton_scheme *scheme = lint->scheme;
    uint32_t first = BATON_NONE, count = 0;
    if (leaf->method->kind == BATON_METHOD_RULE)
        return; /* may score without */
    for (uint32_t g = 0; g < scheme->group_count; g++) {
        if (year->figures_of[g] > 0 || year->missing_of[g] == 0)
            continue;
        first = first == BATON_NONE ? g : first;
        count++;
    }
    if (count > 0)
        lint_report(lint, BATON_LINT_GROUP_NEVER_FED, leaf->as->at, NULL, leaf->as->id,
                    scheme->group[first].id, span_of(lint),
                    count > 1 ? lint_number(lint, count) : NULL);
}

/* Indicators in which all may well have the same score, and should: a rule for what is to be kept down is one of them as long as
 * all have the whole score. */
static bool expects_no_fault(const struct leaf *leaf, const struct lint_leaf *year) {
    if (leaf->method->kind == BATON_METHOD_RULE)
        return leaf->as->direction == BATON_DOWN && year->score == 100;
    return leaf->method->kind == BATON_METHOD_DEDUCT || leaf->method->kind == BATON_METHOD_PASS ||
           leaf->as->class == BATON_GATE || leaf->as->class == BATON_CLASS_BONUS;
}

static void look_at_differences(struct lint *lint, const struct leaf *leaf,
                                const struct lint_leaf *year) {
    if (year->compared == 0 || year->differs || year->scores < SCORES_ALIKE ||
        lint->fixed[leaf->as->method])
        return;
    lint_report(lint,
                expects_no_fault(leaf, year) ? BATON_LINT_NO_FAULTS : BATON_LINT_TELLS_NOBODY_APART,
                leaf->as->at, NULL, leaf->as->id,
                isnan(year->score) ? NULL : lint_number(lint, shown(year->score)),
                name_of(lint, lint->year->first), last_of(lint));
}

/* Codes are levels, which stay as they are until somebody is assessed again; and faults, where some unit has none, are seldom
 * enough to stay as they are for long. */
static void look_at_changes(struct lint *lint, const struct leaf *leaf,
                            const struct lint_leaf *year) {
    if (year->changes || year->repeated < FIGURES_ALIKE || year->periods < PERIODS_ALIKE ||
        leaf->method->kind == BATON_METHOD_LEVELS || expects_no_fault(leaf, year) ||
        year->lowest == 0 || !year->differs)
        return;
    lint_report(lint, BATON_LINT_NEVER_CHANGES, leaf->as->at, NULL, leaf->as->id,
                lint_number(lint, year->periods), NULL, NULL);
}

/* A sum or mean over one period, the result's own: the figures are of shorter ones, and only the newest enters. */
static void look_at_accumulation(struct lint *lint, const struct leaf *leaf) {
    const enum baton_period_kind kind = lint_kind_of_elements(lint->session, leaf);
    if (leaf->as->accumulate == BATON_LAST || leaf->frequency != BATON_PERIOD_NONE ||
        kind == BATON_PERIOD_NONE || kind >= lint->period.kind)
        return;
    const bool mean = leaf->as->accumulate == BATON_MEAN;
    lint_report(lint, BATON_LINT_ACCUMULATE_IDLE, leaf->as->at, "accumulate", leaf->as->id,
                mean ? "mean" : "sum", name_of(lint, lint->period), mean ? "" : NULL);
}

void lint_figures(struct lint *lint) {
    const struct baton_session *session = lint->session;
    for (uint32_t i = 0; i < session->leaf_count; i++)
        look_at_accumulation(lint, &session->leaf[i]);
    if (lint->year->figures == 0)
        return; /* a scheme for a year to come */
    for (uint32_t i = 0; i < session->leaf_count; i++) {
        const struct leaf *leaf = &session->leaf[i];
        const struct lint_leaf *year = &lint->year->leaf[i];
        if (year->figures == 0)
            look_at_fed(lint, leaf, year);
        else {
            look_at_differences(lint, leaf, year);
            look_at_changes(lint, leaf, year);
            look_at_groups(lint, leaf, year);
        }
    }
}
