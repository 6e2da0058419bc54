/* The rule language from the inside: text -> tokens -> tree -> programs, and how programs run.
 *
 * An expression becomes a tree, in which every name is then resolved and every type known. What can
 * be worked out for each unit by itself becomes a program, a list of operations on a stack;
 * whatever needs more than that (a figure, a function over time, units or the cohort) is an input
 * of the program: a column that is made before the program runs. The argument of such a function is
 * a program of its own. */
#ifndef ENGINE_RULE_TREE_H
#define ENGINE_RULE_TREE_H

#include "base/macros.h"
#include "engine/rule.h"

/* Limits; each has a code. */
enum {
    RULE_SIZE_MAX = 4096,  /* bytes of an expression */
    RULE_PARTS_MAX = 2000, /* nodes of its tree */
    RULE_DEPTH_MAX = 100,  /* brackets, functions and named elements inside each other */
    RULE_COLUMNS_MAX =
        100000, /* columns that the functions over time may read; years counted as 12 periods */
    RULE_BACK_MAX = 9999, /* periods of prev, mean_of, prev_score */
    RULE_BLOCK = 256      /* units that a program works on at a time */
};

/* ---- rule_report.c: findings that point into the text. */
struct rule_report {
    struct baton_arena *arena;
    struct baton_expression source;
    size_t size; /* bytes of source.text */
    struct baton_findings *found;
    baton_code code; /* of the first error; BATON_OK so far */
};
/* Adds a finding at byte `at` of the text; arguments may be NULL. */
void rule_report(struct rule_report *report, baton_code code, size_t at, const char *arg1,
                 const char *arg2);
void rule_report4(struct rule_report *report, baton_code code, size_t at, const char *arg1,
                  const char *arg2, const char *arg3, const char *arg4);

/* ---- rule_lex.c */
enum token_kind {
    TOKEN_END,
    TOKEN_NUMBER,
    TOKEN_NAME,   /* a letter, then letters, digits, _ and . */
    TOKEN_QUOTED, /* an identifier in backquotes */
    TOKEN_TEXT,   /* in single quotes */
    TOKEN_OPEN,
    TOKEN_CLOSE,
    TOKEN_COMMA,
    TOKEN_COLON,
    TOKEN_OPERATOR,
    TOKEN_BROKEN /* reported already */
};

enum rule_operator {
    OPERATOR_OR,
    OPERATOR_AND,
    OPERATOR_NOT,
    OPERATOR_LT,
    OPERATOR_LE,
    OPERATOR_GT,
    OPERATOR_GE,
    OPERATOR_EQ,
    OPERATOR_NE,
    OPERATOR_ADD,
    OPERATOR_SUB,
    OPERATOR_MUL,
    OPERATOR_DIV,
    OPERATOR_POW,
    OPERATOR_MINUS, /* in front of one operand */
    OPERATOR_PLUS   /* likewise; changes nothing */
};

struct token {
    enum token_kind kind;
    enum rule_operator operator;
    uint32_t at, end; /* bytes of the text */
    const char *text; /* of a name, identifier, text: without quotes; a part of the expression */
    uint32_t size;
    double number;
};

struct lexer {
    struct rule_report *report;
    uint32_t at;
};
void lex_next(struct lexer *lexer, struct token *out);
const char *operator_text(enum rule_operator operator); /* as written */

/* ---- rule_parse.c */
enum tree_kind {
    TREE_NUMBER,
    TREE_TEXT,
    TREE_NAME,   /* not yet resolved */
    TREE_QUOTED, /* likewise, an element */
    TREE_OPERATOR,
    TREE_CALL,
    TREE_ELEMENT, /* index: a reported element */
    TREE_NAMED,   /* index, rule: a named element */
    TREE_PLACE,   /* name, back: a name of the place */
    TREE_WHERE    /* rule: a name of the method's `where` */
};

enum rule_type { TYPE_NUMBER, TYPE_CONDITION, TYPE_TEXT, TYPE_BROKEN /* reported already */ };

/* The functions, as in functions.def. */
enum rule_function_id {
#define FUNCTION(ID, ...) FN_##ID,
#include "engine/functions.def"
    FUNCTIONS
};

struct tree {
    enum tree_kind kind;
    enum rule_type type;
    /* Bytes of the text: of a call from its name to its bracket, of an operation from its operator.
     */
    uint32_t at, end;
    uint32_t begin; /* where it begins: of an operation the operand in front, if there is one */
    double number;  /* TREE_NUMBER; TREE_TEXT: its code */
    enum rule_operator operator;
    enum rule_function_id function;
    const char *text; /* TREE_TEXT, TREE_NAME, TREE_QUOTED, and the name of TREE_CALL */
    uint32_t size;
    uint32_t index;      /* element; of a call: the unit, node, item or import that it names */
    int32_t back;        /* periods: of prev_score and its like, prev, mean_of; decimals of round */
    enum rule_name name; /* TREE_PLACE */
    const struct rule *rule;
    struct tree **arg;
    uint32_t count;
    struct tree *where; /* rank(x, where: c) */

    /* Of the tree from here down, through named elements and `where`. */
    uint32_t moves;            /* functions over time inside each other */
    uint32_t depth;            /* columns made from columns */
    bool bare;                 /* a figure of the unit stands outside of functions of the cohort */
    uint32_t moved;            /* bits of enum rule_moved: names of the place that move */
    const struct input *input; /* what stands for it in the program, where it is one */
};

/* ---- rule_hidden.c: whether the value of a tree, for a unit, hangs on a figure that env->shows does not let be told; also where that would take too long to say. */
bool rule_is_hidden(const struct rule_env *env, const struct tree *tree, uint32_t unit);

/* The tree of the whole text, or NULL with a finding. */
struct tree *rule_parse(struct rule_report *report);

/* ---- rule_check.c: names, types, places, and what the rule uses. */
struct seen {
    uint8_t *bits;
    size_t size;
};
struct check {
    struct rule_report report;
    struct baton_arena *arena;
    const struct rule_scope *scope;
    struct rule_uses uses;
    uint32_t *element, *node;
    size_t element_count, element_capacity, node_count, node_capacity;
    struct seen seen_element, seen_node;
    bool in_cohort, in_time;
};
/* Resolves and types the tree; the code of the first error. */
baton_code rule_check(struct check *check, struct tree *tree);
/* The reported elements of a tree, through named ones. */
uint32_t rule_elements(struct baton_arena *arena, const struct tree *tree, const uint32_t **out);

/* rule_functions.c */
const struct rule_function *function_of(enum rule_function_id id);
bool function_find(const char *text, uint32_t size, enum rule_function_id *out);

/* ---- Programs. */
enum op_code {
    OP_INPUT,    /* pushes input `index` */
    OP_CONSTANT, /* pushes `constant` */
    OP_NEGATE,
    OP_ADD,
    OP_SUBTRACT,
    OP_MULTIPLY,
    OP_DIVIDE,
    OP_POWER,
    OP_LESS,
    OP_LESS_EQUAL,
    OP_GREATER,
    OP_GREATER_EQUAL,
    OP_EQUAL,
    OP_UNEQUAL,
    OP_NOT,
    OP_AND,
    OP_OR,
    OP_IF,
    OP_MIN,
    OP_MAX,
    OP_ABS,
    OP_SQRT,
    OP_LOG,
    OP_EXP,
    OP_ROUND, /* to `decimals` */
    OP_FLOOR,
    OP_CLAMP,
    OP_COALESCE, /* of two */
    OP_PRESENT,
    OP_DIGITS,
    OP_SLIP,
    OP_BANDS /* of `count` operands */
};

struct op {
    uint16_t code;
    uint16_t count; /* operands that it takes */
    union {
        double constant;
        uint32_t index;
        int32_t decimals;
    };
};

enum input_kind { INPUT_ELEMENT, INPUT_PLACE, INPUT_RULE, INPUT_CALL };

struct input {
    enum input_kind kind;
    enum rule_function_id function;
    uint32_t index;            /* element; unit, node, item, import of a call */
    int32_t back;              /* periods back, or how many */
    double share;              /* trimmed_mean */
    enum rule_name name;       /* INPUT_PLACE */
    const struct rule *rule;   /* INPUT_RULE */
    const char *unit, *node;   /* result() */
    const struct program *arg; /* INPUT_CALL */
    const struct program *where;
    const uint32_t *element; /* elements of the argument, of functions over time */
    uint32_t element_count;
    uint32_t moved; /* bits of enum rule_moved */
    double columns; /* how many columns are read for it */
    uint64_t hash;  /* equal for inputs that give the same column */
};

struct program {
    const struct op *op;
    uint32_t op_count;
    const struct input **input;
    uint32_t input_count;
    uint32_t stack; /* the most operands at once */
    double columns;
    uint64_t hash;
};

struct rule {
    const char *text;
    struct rule_uses uses;
    const struct program *program;
    const struct tree *tree;
    uint32_t depth;
    uint32_t moved;
    bool bare;
};

/* ---- rule_emit.c: trees -> programs, constants folded. */
const struct program *rule_emit(struct baton_arena *arena, struct tree *tree);

/* ---- rule_kernel.c: one operation on a block of units. */
struct operand {
    const double *value; /* [n]; NULL: `constant` for all */
    double constant;
    /* [n] 1 where the value is missing because of a division by zero; NULL = nowhere. */
    const uint8_t *zero;
};
/* out[n] and zero[n] are room for the result, other than that of the operands. `flags` says whether
 * divisions by zero are to be marked; zero may be NULL without. */
struct operand kernel_run(const struct op *op, const struct operand *operand, size_t n, double *out,
                          uint8_t *zero, bool flags);

/* ---- rule_run.c */
struct room; /* a piece of memory to be used again */
struct run {
    const struct rule_env *env;
    struct baton_arena *arena;
    size_t units;
    bool flags; /* divisions by zero are wanted */
    struct room *columns, *bytes, *rooms[64];
    /* The cohorts of the last moment asked for. */
    struct rule_moment cohort_at;
    uint32_t *cohort;
    uint32_t cohort_count;
    bool cohort_known;
};
void run_open(struct run *run, const struct rule_env *env, bool flags);

/* Columns of doubles, of bytes, other memory: taken and given back, in any order. */
double *run_column(struct run *run);
void run_column_back(struct run *run, double *column);
uint8_t *run_bytes(struct run *run);
void run_bytes_back(struct run *run, uint8_t *bytes);
void *run_room(struct run *run, size_t size);
void run_room_back(struct run *run, void *room, size_t size);

/* Fills out[units]. True: zero[units] was filled too, and is 1 somewhere; otherwise zero is
 * untouched. zero is NULL where run->flags is not set. */
bool run_program(struct run *run, const struct program *program, const struct rule_moment *at,
                 double *out, uint8_t *zero);
bool run_input(struct run *run, const struct input *input, const struct rule_moment *at,
               double *out, uint8_t *zero);

/* rule_time.c, rule_units.c, rule_cohort.c: the functions of these kinds, in the same way. */
bool run_over_time(struct run *run, const struct input *input, const struct rule_moment *at,
                   double *out, uint8_t *zero);
bool run_over_units(struct run *run, const struct input *input, const struct rule_moment *at,
                    double *out, uint8_t *zero);
bool run_over_cohort(struct run *run, const struct input *input, const struct rule_moment *at,
                     double *out, uint8_t *zero);

/* The moment with one more move; steps behind each other are one. A step of 0 is a move too, as what
 * is read inside of a function over time is not always what it is outside. */
struct rule_moment moment_moved(const struct rule_moment *at, enum rule_move_kind kind, int32_t n);
/* How many periods a function over time looks at from a moment. */
uint32_t time_span(const struct rule_env *env, const struct input *input,
                   const struct rule_moment *at);

/* Marks to[i] where from[i] is marked. */
void zero_add(size_t n, const uint8_t *from, uint8_t *to);

#endif
