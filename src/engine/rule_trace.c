/* How the value of one unit came about: the expression again with values for its names, and the
 * list of what was read.
 *
 * The tree is walked in the order of the text, at the moment and for the unit that each name is
 * read at, which functions over time and over units change on the way down. */
#include "engine/rule_tree.h"
#include <assert.h>
#include <math.h>
#include <string.h>

/* The text is built by putting values in place of names. */
struct tracer {
    struct baton_arena *arena;
    const struct rule_env *env;
    struct rule_operand *operand;
    size_t count, capacity;
    const char *text; /* of the rule that is traced */
    size_t copied;    /* bytes of it that are in `written` */
    char *written;
    size_t size, room;
    double columns;  /* read so far */
    uint32_t visits; /* of parts whose values do not stand in the text */
};

/* Named elements that name each other often would make no end; beyond these what is inside of them
 * is left out. */
enum { VISITS_MAX = 10 * RULE_OPERANDS_MAX, COLUMNS_MAX = 10 * RULE_COLUMNS_MAX };

/* Where and how a part of a tree is read. */
struct reader {
    const char *text; /* of the rule that the tree belongs to */
    struct rule_moment at;
    uint32_t unit;
    const char *as; /* how the figure is called: prev(gdp); NULL = by its name */
    bool is_top;    /* the value stands for it in the text */
};

static void trace_tree(struct tracer *tracer, const struct tree *tree, const struct reader *reader);

/* ---- Values. */

/* What an input is for the unit. */
static double input_value(struct tracer *tracer, const struct input *input,
                          const struct rule_moment *at, uint32_t unit) {
    tracer->columns += input->columns;
    const struct arena_mark mark = arena_mark(tracer->env->scratch);
    struct run run;
    run_open(&run, tracer->env, false);
    double *column = run_column(&run);
    run_input(&run, input, at, column, NULL);
    const double value = column[unit] - column[unit] == 0 ? column[unit] : NAN;
    arena_reset_to(tracer->env->scratch, mark);
    return value;
}

static double program_value(struct tracer *tracer, const struct program *program,
                            const struct rule_moment *at, uint32_t unit) {
    tracer->columns += program->columns;
    const struct arena_mark mark = arena_mark(tracer->env->scratch);
    struct run run;
    run_open(&run, tracer->env, false);
    double *column = run_column(&run);
    run_program(&run, program, at, column, NULL);
    const double value = column[unit];
    arena_reset_to(tracer->env->scratch, mark);
    return value;
}

/* ---- The text with values. */

static void write_bytes(struct tracer *tracer, const char *text, size_t size) {
    ARRAY_RESERVE(tracer->arena, tracer->written, tracer->size, tracer->room,
                  tracer->size + size + 1);
    memcpy(tracer->written + tracer->size, text, size);
    tracer->size += size;
    tracer->written[tracer->size] = '\0';
}

static void write_text(struct tracer *tracer, const char *text) {
    write_bytes(tracer, text, strlen(text));
}

static const char *value_text(const struct tracer *tracer, double value, bool is_text) {
    if (isnan(value))
        return "—";
    if (is_text)
        return arena_printf(tracer->arena, "'%s'", tracer->env->scheme->code[(uint32_t)value]);
    char *number = arena_alloc(tracer->arena, BATON_NUMBER_SHORTEST_SIZE, 1);
    baton_number_shortest(value, number);
    return number;
}

/* Whether a negative number must stand in brackets: behind an operator, or in front of a power. */
static bool needs_brackets(const struct tracer *tracer, uint32_t end) {
    size_t before = tracer->size;
    while (before > 0 && tracer->written[before - 1] == ' ')
        before--;
    const char *behind = tracer->text + end;
    while (*behind == ' ')
        behind++;
    return *behind == '^' || (before > 0 && strchr("+-*/^", tracer->written[before - 1]) != NULL);
}

/* Puts a value where the tree stands in the text; of a function behind its name, in brackets. */
static void substitute(struct tracer *tracer, const struct tree *tree, uint32_t unit,
                       double value) {
    const char *text = rule_is_hidden(tracer->env, tree, unit)
                           ? tracer->env->instead
                           : value_text(tracer, value, tree->type == TYPE_TEXT);
    write_bytes(tracer, tracer->text + tracer->copied, tree->at - tracer->copied);
    tracer->copied = tree->end;
    if (tree->kind == TREE_CALL) {
        write_bytes(tracer, tree->text, tree->size);
        write_text(tracer, "(");
        write_text(tracer, text);
        write_text(tracer, ")");
        return;
    }
    const bool brackets = text[0] == '-' && needs_brackets(tracer, tree->end);
    if (brackets)
        write_text(tracer, "(");
    write_text(tracer, text);
    if (brackets)
        write_text(tracer, ")");
}

/* ---- Operands. */

static bool same_operand(const struct rule_operand *a, const struct rule_operand *b) {
    return a->kind == b->kind && a->unit == b->unit && a->element == b->element &&
           baton_period_equal(a->figure.period, b->figure.period) &&
           strcmp(a->text, b->text) == 0 &&
           (a->figure.value == b->figure.value ||
            (isnan(a->figure.value) && isnan(b->figure.value)));
}

static void add_operand(struct tracer *tracer, struct rule_operand operand) {
    if (tracer->count == RULE_OPERANDS_MAX)
        return;
    for (size_t i = 0; i < tracer->count; i++)
        if (same_operand(&tracer->operand[i], &operand))
            return;
    *ARRAY_PUSH(tracer->arena, tracer->operand, tracer->count, tracer->capacity) = operand;
}

static const char *own_text(const struct tracer *tracer, const struct tree *tree,
                            const struct reader *reader) {
    return arena_text(tracer->arena, reader->text + tree->at, tree->end - tree->at);
}

/* Adds an operand of which the value is all that is known. */
static void add_value(struct tracer *tracer, const struct tree *tree, const struct reader *reader,
                      enum rule_operand_kind kind, double value) {
    const bool is_leaf = tree->kind != TREE_CALL && reader->as != NULL;
    add_operand(tracer, (struct rule_operand){
                            .kind = kind,
                            .text = is_leaf ? reader->as : own_text(tracer, tree, reader),
                            .element = tree->kind == TREE_NAMED ? tree->index : BATON_NONE,
                            .unit = reader->unit,
                            .figure = {.value = value},
                            .is_text = tree->type == TYPE_TEXT,
                        });
}

static void trace_element(struct tracer *tracer, const struct tree *tree,
                          const struct reader *reader) {
    const struct rule_env *env = tracer->env;
    struct rule_figure figure = {.value = NAN};
    if (env->figure != NULL) {
        const struct arena_mark mark = arena_mark(env->scratch);
        env->figure(env->context, tree->index, &reader->at, reader->unit, &figure);
        arena_reset_to(env->scratch, mark);
    } else {
        figure.value = input_value(tracer, tree->input, &reader->at, reader->unit);
    }
    if (reader->is_top)
        substitute(tracer, tree, reader->unit, figure.value);
    add_operand(tracer,
                (struct rule_operand){
                    .kind = RULE_OF_ELEMENT,
                    .text = reader->as != NULL ? reader->as : own_text(tracer, tree, reader),
                    .element = tree->index,
                    .unit = reader->unit,
                    .figure = figure,
                    .is_text = tree->type == TYPE_TEXT,
                });
}

/* A named element, or a name of `where`: its value, then what it is made of. */
static void trace_rule(struct tracer *tracer, const struct tree *tree,
                       const struct reader *reader) {
    const double value = input_value(tracer, tree->input, &reader->at, reader->unit);
    if (reader->is_top)
        substitute(tracer, tree, reader->unit, value);
    add_value(tracer, tree, reader, tree->kind == TREE_NAMED ? RULE_OF_ELEMENT : RULE_OF_WHERE,
              value);
    const struct reader inside = {.text = tree->rule->text, .at = reader->at, .unit = reader->unit};
    trace_tree(tracer, tree->rule->tree, &inside);
}

/* ---- Functions. */

static void trace_moved(struct tracer *tracer, const struct tree *call, const struct reader *reader,
                        enum rule_move_kind kind, int32_t n) {
    struct reader moved = *reader;
    moved.at = moment_moved(&reader->at, kind, n);
    trace_tree(tracer, call->arg[0], &moved);
}

/* The `count` last periods, the earliest first. */
static void trace_back(struct tracer *tracer, const struct tree *call, const struct reader *reader,
                       uint32_t count) {
    while (count-- > 0 && tracer->count < RULE_OPERANDS_MAX)
        trace_moved(tracer, call, reader, RULE_STEPS, -(int32_t)count);
}

/* The period whose value `last` took; nothing where there is none. */
static void trace_last(struct tracer *tracer, const struct tree *call,
                       const struct reader *reader) {
    struct reader newest = *reader;
    newest.at = moment_moved(&reader->at, RULE_NEWEST, 0);
    const uint32_t count = time_span(tracer->env, call->input, &newest.at);
    for (uint32_t k = 0; k < count; k++) {
        const struct rule_moment moved = moment_moved(&newest.at, RULE_STEPS, -(int32_t)k);
        if (isnan(program_value(tracer, call->input->arg, &moved, reader->unit)))
            continue;
        trace_moved(tracer, call, &newest, RULE_STEPS, -(int32_t)k);
        return;
    }
}

/* The periods of a streak, and the one that it ends at. */
static void trace_streak(struct tracer *tracer, const struct tree *call,
                         const struct reader *reader, double value) {
    const uint32_t count = time_span(tracer->env, call->input, &reader->at);
    const uint32_t held = (uint32_t)value;
    trace_back(tracer, call, reader, held < count ? held + 1 : count);
}

static void trace_over_time(struct tracer *tracer, const struct tree *call,
                            const struct reader *reader, double value) {
    switch (call->function) {
    case FN_PREV:
        trace_moved(tracer, call, reader, RULE_STEPS, -call->back);
        return;
    case FN_YOY:
        trace_moved(tracer, call, reader, RULE_YEARS, -1);
        trace_moved(tracer, call, reader, RULE_STEPS, 0);
        return;
    case FN_YTD:
        trace_back(tracer, call, reader, time_span(tracer->env, call->input, &reader->at));
        return;
    case FN_MEAN_OF:
        trace_back(tracer, call, reader, (uint32_t)call->back);
        return;
    case FN_LAST:
        trace_last(tracer, call, reader);
        return;
    case FN_STREAK:
        trace_streak(tracer, call, reader, value);
        return;
    default: /* prev_score(n) and its like */
        return;
    }
}

static void trace_of_unit(struct tracer *tracer, const struct tree *call,
                          const struct reader *reader, uint32_t unit) {
    struct reader other = *reader;
    other.unit = unit;
    if (unit != BATON_NONE)
        trace_tree(tracer, call->arg[0], &other);
}

static void trace_children(struct tracer *tracer, const struct tree *call,
                           const struct reader *reader) {
    const struct rule_env *env = tracer->env;
    const struct baton_scheme *scheme = env->scheme;
    uint8_t *part = arena_alloc(tracer->arena, scheme->unit_count, 1);
    env->taking_part(env->context, &reader->at, part);
    for (uint32_t u = 0; u < scheme->unit_count && tracer->count < RULE_OPERANDS_MAX; u++)
        if (scheme->unit[u].parent == reader->unit && part[u] != 0)
            trace_of_unit(tracer, call, reader, u);
}

static void trace_over_units(struct tracer *tracer, const struct tree *call,
                             const struct reader *reader) {
    const uint32_t parent = tracer->env->scheme->unit[reader->unit].parent;
    switch (call->function) {
    case FN_PARENT:
        trace_of_unit(tracer, call, reader, parent);
        return;
    case FN_CHILDREN:
        trace_children(tracer, call, reader);
        return;
    case FN_OF:
        trace_of_unit(tracer, call, reader, call->index);
        return;
    default:
        assert(call->function == FN_SHARE);
        trace_tree(tracer, call->arg[0], reader);
        trace_of_unit(tracer, call, reader, parent);
    }
}

static enum rule_operand_kind kind_of(const struct tree *call) {
    switch (call->function) {
    case FN_EVENT:
        return RULE_OF_EVENT;
    case FN_NODE:
        return RULE_OF_NODE;
    case FN_RESULT:
        return RULE_OF_RESULT;
    case FN_PREV_SCORE:
    case FN_PREV_RANK:
    case FN_PREV_GRADE:
        return RULE_OF_NAME;
    default:
        return RULE_OF_COHORT;
    }
}

/* A score of another package, with what stands behind it. */
static void add_result(struct tracer *tracer, const struct tree *call, const struct reader *reader,
                       double value) {
    const struct rule_env *env = tracer->env;
    const struct input *input = call->input;
    struct baton_imported *imported = arena_alloc(tracer->arena, 1, sizeof(*imported));
    const struct arena_mark mark = arena_mark(env->scratch);
    const bool known = env->about != NULL && env->about(env->context, input->index, input->unit,
                                                        input->node, &reader->at, imported);
    arena_reset_to(env->scratch, mark);
    add_operand(tracer,
                (struct rule_operand){
                    .kind = RULE_OF_RESULT,
                    .text = own_text(tracer, call, reader),
                    .element = BATON_NONE,
                    .unit = reader->unit,
                    .figure = {.value = value,
                               .period = known ? imported->period : (struct baton_period){0}},
                    .imported = known ? imported : NULL,
                });
}

static void trace_call(struct tracer *tracer, const struct tree *call,
                       const struct reader *reader) {
    const enum rule_function_kind kind = function_of(call->function)->kind;
    if (kind == RULE_PLAIN) {
        struct reader inside = *reader;
        inside.as = NULL;
        for (uint32_t i = 0; i < call->count; i++)
            trace_tree(tracer, call->arg[i], &inside);
        return;
    }
    const double value = input_value(tracer, call->input, &reader->at, reader->unit);
    if (reader->is_top)
        substitute(tracer, call, reader->unit, value);
    struct reader inside = *reader;
    inside.is_top = false;
    inside.as = reader->as != NULL ? reader->as : own_text(tracer, call, reader);
    if (call->count > 0 && (call->arg[0]->kind == TREE_OPERATOR || call->arg[0]->kind == TREE_CALL))
        inside.as = NULL; /* an expression: its names go by themselves */
    if (kind == RULE_OVER_TIME && kind_of(call) != RULE_OF_NAME)
        trace_over_time(tracer, call, &inside, value);
    else if (kind == RULE_OVER_UNITS)
        trace_over_units(tracer, call, &inside);
    else if (call->function == FN_RESULT)
        add_result(tracer, call, reader, value);
    else
        add_value(tracer, call, reader, kind_of(call), value);
    inside.as = NULL;
    if (call->function == FN_RANK || call->function == FN_SPAN) /* whose own figure matters */
        trace_tree(tracer, call->arg[0], &inside);
}

static void trace_tree(struct tracer *tracer, const struct tree *tree,
                       const struct reader *reader) {
    struct reader inside = *reader;
    if (!reader->is_top && (tracer->visits++ > VISITS_MAX || tracer->columns > COLUMNS_MAX ||
                            tracer->count == RULE_OPERANDS_MAX))
        return;
    switch (tree->kind) {
    case TREE_ELEMENT:
        trace_element(tracer, tree, reader);
        return;
    case TREE_NAMED:
    case TREE_WHERE:
        trace_rule(tracer, tree, reader);
        return;
    case TREE_CALL:
        trace_call(tracer, tree, reader);
        return;
    case TREE_OPERATOR:
        inside.as = NULL;
        for (uint32_t i = 0; i < tree->count; i++)
            trace_tree(tracer, tree->arg[i], &inside);
        return;
    case TREE_PLACE: {
        const double value = input_value(tracer, tree->input, &reader->at, reader->unit);
        if (reader->is_top)
            substitute(tracer, tree, reader->unit, value);
        add_value(tracer, tree, reader, RULE_OF_NAME, value);
        return;
    }
    default:
        assert(tree->kind == TREE_NUMBER || tree->kind == TREE_TEXT);
    }
}

void rule_trace(struct baton_arena *arena, const struct rule *rule, const struct rule_env *env,
                const struct rule_moment *at, uint32_t unit, struct rule_traced *out) {
    assert(unit < env->scheme->unit_count);
    struct tracer tracer = {.arena = arena, .env = env, .text = rule->text};
    const struct reader reader = {.text = rule->text, .at = *at, .unit = unit, .is_top = true};
    trace_tree(&tracer, rule->tree, &reader);
    write_text(&tracer, rule->text + tracer.copied);
    *out = (struct rule_traced){
        .text = rule->text,
        .with_values = tracer.written,
        .value = program_value(&tracer, rule->program, at, unit),
        .operand = tracer.operand,
        .operand_count = (uint32_t)tracer.count,
    };
}
