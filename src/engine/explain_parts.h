/* The parts of explain.c: each adds the lines of one step below a line. */
#ifndef ENGINE_EXPLAIN_PARTS_H
#define ENGINE_EXPLAIN_PARTS_H

#include "engine/explain.h"
#include "engine/session.h"
#include <math.h>

/* One explanation at work. */
struct explaining {
    struct baton_arena *arena; /* of the lines */
    struct baton_session *session;
    const struct baton_scheme *scheme;
    struct worker *worker;               /* whose arena is scratch */
    uint32_t unit, group;                /* explained */
    double *share, *points, *share_full; /* [node] of the unit */
};

/* A new line at the end of those below `parent` (NULL = on its own), saying nothing yet. */
struct explain_line *line_add(struct explaining *ex, struct explain_line *parent,
                              enum explain_kind kind);

/* A line with a value, or with a value and a number before it (a limit, a rounding). */
struct explain_line *line_value(struct explaining *ex, struct explain_line *parent,
                                enum explain_kind kind, double value);
struct explain_line *line_change(struct explaining *ex, struct explain_line *parent,
                                 enum explain_kind kind, double before, double after);
struct explain_line *line_word(struct explaining *ex, struct explain_line *parent,
                               enum explain_kind kind, const char *word);

/* A formula that is the same in both languages. */
void line_formula(struct explain_line *line, const char *formula);

/* The pattern with a number in the place of each `#`, shortest form; a negative one in brackets where an operator stands before it or
 * it would be raised to a power. In the arena. */
const char *with_numbers(struct explaining *ex, const char *pattern, const double *number);
#define WITH_NUMBERS(ex, pattern, ...) with_numbers((ex), (pattern), (const double[]){__VA_ARGS__})

/* A text that grows: terms of a sum and the like. */
struct terms {
    struct explaining *ex;
    char *text; /* NULL = nothing yet */
    size_t size, room, count;
};
/* Adds `pattern` with its numbers; `between` goes before it unless it is the first. */
void terms_add(struct terms *terms, const char *between, const char *pattern, const double *number);
#define TERMS_ADD(terms, between, pattern, ...) \
    terms_add((terms), (between), (pattern), (const double[]){__VA_ARGS__})
/* The text, or `empty` where there is none. */
const char *terms_text(const struct terms *terms, const char *empty);

/* The names of states, of places where a target was set ... as words. */
const char *state_word(uint8_t state);

/* ---- explain_value.c */

/* The derived figure of a leaf at a moment, for any unit: a line VALUE, and below it what it is made of. */
struct explain_line *explain_value(struct explaining *ex, struct explain_line *parent,
                                   const struct leaf *leaf, uint32_t unit,
                                   const struct rule_moment *at);
/* The figure of the unit for the scoring at hand: its value, the rule for missing ones, `when`, treatment. */
void explain_figure(struct explaining *ex, struct explain_line *parent, const struct leaf *leaf);
/* An expression with its values, in `line`, and a line for each of its operands below it. */
double explain_rule(struct explaining *ex, struct explain_line *line, const struct rule *rule,
                    const struct rule_env *env, const struct rule_moment *at, uint32_t unit,
                    const struct leaf *leaf);
/* A condition: a line of that kind below `parent`; whether it holds. `source` says where it was written. */
bool explain_condition(struct explaining *ex, struct explain_line *parent, enum explain_kind kind,
                       const struct rule *rule, const struct baton_expression *source,
                       const struct rule_env *env, const struct rule_moment *at, uint32_t unit,
                       const struct leaf *leaf);
/* The target of a unit for a period, or its baseline, with its row. */
void explain_target(struct explaining *ex, struct explain_line *parent, const struct leaf *leaf,
                    enum explain_kind kind, uint32_t unit, struct baton_period period);

/* ---- explain_method.c: the leaf's score. */
void explain_method(struct explaining *ex, struct explain_line *parent, const struct leaf *leaf);
/* Adds FLOOR or CAP where a limit changes the score; the score after it. */
double explain_limits(struct explaining *ex, struct explain_line *parent, double score,
                      double floor, double cap, const struct baton_where *at);

/* ---- explain_cohort.c: methods that compare. The score before limits; NaN = none. */
struct comparing {
    struct explaining *ex;
    const struct leaf *leaf;
    const double *value; /* treated figures of the cohort */
    uint32_t count, first,
        own;                   /* how many; the unit of the first; the index of the explained one */
    const struct panel *panel; /* NULL = of one period */
    double x;                  /* value[own] */
    struct explain_line *line; /* of the cohort */
};
/* False where the figure is in no cohort: its period is not among those of the panel. */
bool comparing_open(struct explaining *ex, struct explain_line *parent, const struct leaf *leaf,
                    struct comparing *out);
/* The figures of all periods as they were scored together; false where the leaf's period is none of them. */
bool explain_panel(struct explaining *ex, const struct leaf *leaf, struct panel *out);
double explain_range(struct comparing *comparing, struct explain_line *parent);
double explain_zscore(struct comparing *comparing, struct explain_line *parent);
double explain_rank(struct comparing *comparing, struct explain_line *parent);
double explain_race(struct comparing *comparing, struct explain_line *parent);
double explain_percentile(struct comparing *comparing, struct explain_line *parent);
double explain_best(struct comparing *comparing, struct explain_line *parent);

/* ---- explain_node.c: lines of nodes, weights, and aggregates. */
struct explain_line *explain_node_line(struct explaining *ex, struct explain_line *parent,
                                       uint32_t node, bool told);
void explain_weight(struct explaining *ex, struct explain_line *parent, uint32_t node);
/* How the score came about from those of the children, and what follows from it for points and what is published; answers
 * the score, of the total that before adjustments and bounds. */
double explain_aggregate(struct explaining *ex, struct explain_line *parent, uint32_t node);
/* A node's weight as shares are made of it: an empty one counts 1. */
double explain_share_weight(const struct explaining *ex, uint32_t node);
void explain_absence(struct explaining *ex, struct explain_line *parent, uint32_t node);
/* ROUNDED, unless it changes nothing. */
void explain_rounding(struct explaining *ex, struct explain_line *parent, enum explain_kind kind,
                      double exact, double rounded, int32_t decimals);
/* The veto or gate by which a node is 0, if any. */
const struct effect_at_work *explain_zeroing(const struct explaining *ex, uint32_t node);
void explain_zeroed(struct explaining *ex, struct explain_line *parent, uint32_t node,
                    double before);

/* ---- explain_total.c: adjustments, vetoes, bounds, rank, change; explain_grade.c: grade and awards. */
/* `before`: the total before adjustments and bounds. */
void explain_total(struct explaining *ex, struct explain_line *parent, double before);
void explain_grade(struct explaining *ex, struct explain_line *parent);
void explain_awards(struct explaining *ex, struct explain_line *parent);

/* Totals as ranked, [R], in scratch: after and before adjustments. */
void explain_totals(struct explaining *ex, double **total, double **base);

#endif
