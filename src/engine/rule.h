/* The rule language: expressions compiled once and run over columns (docs/rule-language.md).
 *
 * A column is one double for each unit of the scheme, in the scheme's order of units, ranked or
 * not; NaN = missing. A condition is 1, 0 or NaN. A text (code, grade) is its index in
 * scheme->code. What a name stands for where it is used (a figure, x, score, rank ...) comes
 * through struct rule_env, so that the language knows no step. */
#ifndef ENGINE_RULE_H
#define ENGINE_RULE_H

#include "base/arena.h"
#include "baton/score.h"

struct rule; /* compiled; lives in the arena it was compiled into */

/* Where an expression stands: which names of the place it sees. `elapsed` is seen everywhere.
 * functions.def has the places of every name and function. */
enum rule_place {
    /* `elements` of the scheme: elements only. */
    RULE_ELEMENT,
    /* A leaf's value: elements, target baseline lo hi, event() result(). */
    RULE_VALUE,
    /* A leaf's when: as RULE_VALUE and x (the leaf's value), but figures only inside functions of
       the cohort. */
    RULE_WHEN,
    /* rule, where, among: as RULE_VALUE and x, the names of `where`. */
    RULE_METHOD,
    /* points and when of items: elements, score base (both before adjustments), node() event()
       result(). */
    RULE_ADJUST,
    /* when of grades: elements, score base rank, the earlier results, node() event() result(). */
    RULE_GRADE,
    /* by and when of awards: as RULE_GRADE and grade. */
    RULE_AWARD,
    /* rule and when of checks: elements, x (the figure that is reported), was, rises. */
    RULE_CHECK
};

/* What an expression is for. */
enum rule_expects {
    RULE_ANYTHING,  /* a text too; what is checked is in rule_uses */
    RULE_NUMBER,    /* a number, or a condition, which is 1 or 0 */
    RULE_CONDITION, /* a condition, or 1 or 0 written out */
};

/* Names of places. Order as in the table of names in functions.def. */
enum rule_name {
    RULE_X,
    RULE_TARGET,
    RULE_BASELINE,
    RULE_LO,
    RULE_HI,
    RULE_ELAPSED,
    RULE_SCORE,
    RULE_BASE,
    RULE_RANK,
    RULE_GRADE_NAME,
    RULE_PREV_SCORE,
    RULE_PREV_RANK,
    RULE_PREV_GRADE, /* with how many periods back */
    RULE_WAS,
    RULE_RISES,
    RULE_NAMES
};

/* What the compiler may refer to. `scheme` gives elements, nodes, units, items, imports and codes:
 * new elements (named by an expression but without figures) and new codes (text literals) are
 * looked up by the callbacks, which add them. */
struct rule_scope {
    enum rule_place place;
    /* Anything else is an error. Of RULE_WHEN a condition is expected whatever stands here. */
    enum rule_expects expects;
    const struct baton_scheme *scheme;
    void *context;
    /* The index of an element, of a code; these never fail. */
    uint32_t (*element)(void *context, const char *id, size_t size);
    uint32_t (*code)(void *context, const char *text, size_t size);
    /* The compiled expression of a named element; NULL = a reported one. */
    const struct rule *(*named)(void *context, uint32_t element);
    /* The index of a unit, of a node; BATON_NONE where there is none. */
    uint32_t (*unit)(void *context, const char *id, size_t size);
    uint32_t (*node)(void *context, const char *id, size_t size);
    /* RULE_METHOD, RULE_WHEN: rule_uses(...)->moves of the leaf's value, which x stands for. */
    uint32_t x_moves;
    /* Names defined by `where` so far. */
    const char *const *where_name;
    const struct rule *const *where_rule;
    uint32_t where_count;
};

/* Compiles. On an error adds findings (file, row and field from source.at; column = that of the
 * offending character of the text, counted in characters from 1) and answers their code. */
baton_code rule_compile(struct baton_arena *arena, const struct rule_scope *scope,
                        struct baton_expression source, const struct rule **out,
                        struct baton_findings *found);

/* What a rule needs and is. Lists are without repetition, in order of first appearance, through
 * named elements and `where`. */
struct rule_uses {
    const uint32_t *element; /* reported ones */
    uint32_t element_count;
    const uint32_t *node; /* of node() */
    uint32_t node_count;
    uint32_t names;     /* bit 1 << enum rule_name */
    bool cohort;        /* has a function of the cohort or span() */
    bool time;          /* any function over time */
    bool units;         /* any function over units */
    bool event, result; /* has event(), result() */
    /* A function over time moves a name of a place (x, score, node() ...), or there is prev_score
     * and its like. */
    bool earlier;
    /* The rule is just this reported element (perhaps in backquotes, or under another name); else
     * BATON_NONE. */
    uint32_t bare_element;
    bool text;      /* its value is a text */
    bool condition; /* its value is a condition */
    /* The most moves that it adds to a moment, at most RULE_MOVES_OWN: see rule_run. */
    uint32_t moves;
};
const struct rule_uses *rule_uses(const struct rule *rule);

/* Of which units the figures are that a rule is made of, where it is worked out for some of them: through parent(), children(), of(), share() and the functions of the
 * cohort, whatever the period. Sets are [scheme->unit_count], 1 = in it; they live in the arena or are `units` itself. */
struct rule_reads {
    const uint8_t *const *element; /* [rule_uses(rule)->element_count], a set each */
    const uint8_t *x;              /* those whose x is read; NULL = the rule has none */
};
/* cohort[u] as of rule_env; may be NULL where rule_uses(rule)->cohort is not set. Linear in what the rule and all that it names are made of. */
void rule_reads_of(struct baton_arena *arena, const struct rule *rule,
                   const struct baton_scheme *scheme, const uint8_t *units, const uint32_t *cohort,
                   struct rule_reads *out);
const char *rule_text(const struct rule *rule); /* as written */

/* Compiles the named elements of the scheme, which may name each other: rules[e] gets the rule of
 * element e, or NULL where it is reported (or was refused). scope->place and scope->named are not
 * read. Each cycle is reported once, as `a -> b -> a`, where it begins. rules[] has room for the
 * elements that there are when it is called. */
baton_code rule_compile_elements(struct baton_arena *arena, const struct rule_scope *scope,
                                 const struct rule **rules, struct baton_findings *found);

/* The time an operand is taken at: the period of the result, moved. The moves apply to the period that
 * the operand itself resolves to, outermost first. Inside of a function over time there is always a
 * move, of 0 steps for the present period: x is untreated there. */
enum rule_move_kind {
    RULE_STEPS, /* n periods of the operand's own kind later (negative: earlier) */
    RULE_YEARS, /* to the period of the same name n years later */
    RULE_NEWEST /* to the newest period that has ended, whatever its year (for last) */
};
struct rule_move {
    enum rule_move_kind kind;
    int32_t n;
};
/* A rule makes OWN moves at most: two are left for whoever runs it at a moment that is moved
 * already. */
enum { RULE_MOVES_MAX = 12, RULE_MOVES_OWN = 10 };
struct rule_moment {
    struct baton_period period;
    uint32_t move_count;
    struct rule_move move[RULE_MOVES_MAX];
};

/* One figure, for tracing. */
struct rule_figure {
    double value;
    uint8_t state;              /* enum baton_state */
    struct baton_period period; /* kind NONE = none resolved */
    uint32_t origin;            /* 0 = none */
};

/* How far back a function over time may look from a moment: from the period that it resolves to,
 * which is counted, to the first one of its year, or to the first one of observations (or to the
 * first result), which are counted. */
/* What functions over time move besides elements: names of results and elapsed, by P's kind; x, by the frequencies of the
 * elements that it stands for; target and baseline, by that of the leaf. Of a leaf that accumulates all move by P's kind. */
enum rule_moved { RULE_MOVED_RESULT = 1, RULE_MOVED_X = 2, RULE_MOVED_TARGET = 4 };
enum rule_span { RULE_TO_YEAR_START /* ytd */, RULE_TO_FIRST /* last, streak */ };

/* What the names mean, when a rule runs. Every out is [scheme->unit_count] and is filled entirely.
 */
struct rule_env {
    void *context;
    const struct baton_scheme *scheme;
    /* Columns come from here; the evaluator marks it and resets it to the mark before it returns.
     */
    struct baton_arena *scratch;
    void (*element)(void *context, uint32_t element, const struct rule_moment *at, double *out);
    /* The column of an element where it exists as it is, so that nothing is copied: it stays until
     * rule_run returns. NULL: ask `element`. The member itself may be NULL. */
    const double *(*element_view)(void *context, uint32_t element, const struct rule_moment *at);
    /* back: 1 for prev_score, n for prev_score(n); nothing for other names. */
    void (*name)(void *context, enum rule_name name, int32_t back, const struct rule_moment *at,
                 double *out);
    void (*node)(void *context, uint32_t node, const struct rule_moment *at, double *out);
    void (*event)(void *context, uint32_t item, const struct rule_moment *at, double *out);
    double (*result)(void *context, uint32_t import, const char *unit, const char *node,
                     const struct rule_moment *at);
    /* The units that take part at a moment (for children()): 1 or 0. */
    void (*taking_part)(void *context, const struct rule_moment *at, uint8_t *out);
    /* The cohort of each unit at a moment, a number below *count, BATON_NONE = in no cohort. */
    void (*cohort)(void *context, const struct rule_moment *at, uint32_t *out, uint32_t *count);
    /* `over: panel`: the moments whose figures make the cohort; 0 = not a panel (the moment
     * itself). */
    uint32_t panel_count;
    const struct rule_moment *panel;
    /* span(x) uses the leaf's lo and hi. */
    bool span_fixed;
    /* How many periods there are to look back at for these elements and what else moves (bits of
     * enum rule_moved). The finest frequency decides. At least 1 unless nothing resolves (0). */
    uint32_t (*span)(void *context, const uint32_t *element, uint32_t element_count, uint32_t moved,
                     const struct rule_moment *at, enum rule_span span);
    /* For tracing only. Each may be NULL: then periods and origins stay unknown, and where a result() is from. `about` answers
     * false where nobody knows. */
    bool (*about)(void *context, uint32_t import, const char *unit, const char *node,
                  const struct rule_moment *at, struct baton_imported *out);
    void (*figure)(void *context, uint32_t element, const struct rule_moment *at, uint32_t unit,
                   struct rule_figure *out);
    /* Likewise: whether an element of a unit may be told, BATON_NONE = x. What hangs on one that may not has `instead` for its value in the text; NULL = all may. */
    bool (*shows)(void *context, uint32_t element, uint32_t unit);
    const char *instead;
};

/* Runs over all units. zero[u], where not NULL, becomes 1 where the value is missing because of a
 * division by zero (of the branch taken); otherwise it is left alone. A value that is not finite is
 * missing. Same input, same bits. The moment has room for the rule's moves: at->move_count +
 * rule_uses(rule)->moves <= RULE_MOVES_MAX. */
void rule_run(const struct rule *rule, const struct rule_env *env, const struct rule_moment *at,
              double *out, uint8_t *zero);

/* One operand of a traced expression. */
enum rule_operand_kind {
    RULE_OF_ELEMENT,
    RULE_OF_NAME,
    RULE_OF_NODE,
    RULE_OF_EVENT,
    RULE_OF_RESULT,
    RULE_OF_COHORT,
    RULE_OF_WHERE
};
struct rule_operand {
    enum rule_operand_kind kind;
    const char *text; /* as written: gdp, prev(gdp), mean(gdp) ... */
    uint32_t element; /* RULE_OF_ELEMENT; else BATON_NONE */
    uint32_t unit;    /* whose figure; differs from the one asked for under parent(), of() */
    struct rule_figure figure;             /* period and origin of reported elements only */
    bool is_text;                          /* the value is an index into scheme->code */
    const struct baton_imported *imported; /* RULE_OF_RESULT; NULL = nobody knows */
};
struct rule_traced {
    const char *text; /* as written */
    /* The same with each name replaced by its value; `—` where that is missing. */
    const char *with_values;
    double value;
    const struct rule_operand *operand;
    uint32_t operand_count;
};
/* Evaluates for one unit and tells how. Everything in `arena`, which may be env->scratch. A
 * function of the cohort, over time or over units stands in with_values with its value: prev(98.2),
 * mean(45), parent(8.5); a text stands in quotes. The operands are in the order of the text: of a
 * function over time every figure that it read, earliest first; of a function of the cohort its
 * value alone; of a named element or a name of `where` its value and then what that is made of. No
 * operand is listed twice, and none beyond RULE_OPERANDS_MAX. */
enum { RULE_OPERANDS_MAX = 1000 };
void rule_trace(struct baton_arena *arena, const struct rule *rule, const struct rule_env *env,
                const struct rule_moment *at, uint32_t unit, struct rule_traced *out);

/* The table of functions, functions.def. */
enum rule_function_kind {
    RULE_PLAIN,
    RULE_OVER_TIME,
    RULE_OVER_UNITS,
    RULE_OVER_COHORT,
    RULE_OF_RESULTS
};
struct rule_function {
    const char *name;
    uint32_t least, most; /* arguments; `most` UINT32_MAX = any number */
    enum rule_function_kind kind;
    const char *arguments; /* a letter for each, the last for all that follow: see functions.def */
    char result;           /* n number, c condition, t text, s as its arguments */
    uint32_t places;       /* bit 1 << enum rule_place: where it may stand */
    const char *usage;
    const char *formula[2], *words[2]; /* by enum baton_language */
    /* On the figures of docs/rule-language.md; expected "" = missing. */
    const char *example, *expected;
};
const struct rule_function *rule_functions(uint32_t *count); /* in the order of the table */

/* The table of names, in the order of enum rule_name. */
struct rule_name_entry {
    const char *name;
    char type; /* n number, t text */
    uint32_t places;
    const char *words[2];
};
const struct rule_name_entry *rule_names(void); /* [RULE_NAMES] */

#endif
