/* Trees -> programs. An operation whose operands are all constants is done at once, by the kernel
 * that would do it later, so that folding changes no bit; inputs that give the same column become
 * one. */
#include "engine/rule_tree.h"
#include <assert.h>
#include <math.h>
#include <string.h>

enum {
    INLINE_OPS =
        64, /* a named rule of no more operations is taken into the program that names it */
    PROGRAM_OPS = 8000 /* unless the program would become longer than this */
};

struct emitter {
    struct baton_arena *arena;
    struct op *op;
    size_t op_count, op_capacity;
    const struct input **input;
    size_t input_count, input_capacity;
    uint32_t stack, stack_most;
};

static void emit_tree(struct emitter *emitter, struct tree *tree);

/* ---- Equal inputs. */

static uint64_t hash_add64(uint64_t hash, uint64_t value) {
    hash = (hash ^ value) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ hash >> 29;
}

static uint64_t hash_text(uint64_t hash, const char *text) {
    for (; text != NULL && *text != '\0'; text++)
        hash = hash_add64(hash, (unsigned char)*text);
    return hash;
}

static uint64_t double_bits(double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static uint64_t program_hash(const struct program *program) {
    uint64_t hash = program->op_count;
    for (uint32_t i = 0; i < program->op_count; i++) {
        const struct op *op = &program->op[i];
        const uint64_t operand = op->code == OP_CONSTANT ? double_bits(op->constant) : op->index;
        hash = hash_add64(hash_add64(hash, (uint64_t)op->code << 16 | op->count), operand);
    }
    for (uint32_t i = 0; i < program->input_count; i++)
        hash = hash_add64(hash, program->input[i]->hash);
    return hash;
}

static uint64_t input_hash(const struct input *input) {
    uint64_t hash = hash_add64(input->kind, input->function);
    hash = hash_add64(hash_add64(hash, input->index), (uint32_t)input->back);
    hash = hash_add64(hash_add64(hash, double_bits(input->share)), input->name);
    hash = hash_add64(hash, (uint64_t)(uintptr_t)input->rule);
    hash = hash_text(hash_add64(hash_text(hash, input->unit), 1), input->node);
    hash = hash_add64(hash, input->arg != NULL ? input->arg->hash : 0);
    return hash_add64(hash, input->where != NULL ? input->where->hash : 0);
}

static bool same_text(const char *a, const char *b) {
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool same_program(const struct program *a, const struct program *b);

static bool same_input(const struct input *a, const struct input *b) {
    if (a == b)
        return true;
    return a->hash == b->hash && a->kind == b->kind && a->function == b->function &&
           a->index == b->index && a->back == b->back &&
           double_bits(a->share) == double_bits(b->share) && a->name == b->name &&
           a->rule == b->rule && same_text(a->unit, b->unit) && same_text(a->node, b->node) &&
           same_program(a->arg, b->arg) && same_program(a->where, b->where);
}

static bool same_program(const struct program *a, const struct program *b) {
    if (a == b)
        return true;
    if (a == NULL || b == NULL || a->hash != b->hash || a->op_count != b->op_count ||
        a->input_count != b->input_count)
        return false;
    for (uint32_t i = 0; i < a->op_count; i++) {
        const struct op *left = &a->op[i], *right = &b->op[i];
        if (left->code != right->code || left->count != right->count)
            return false;
        if (left->code == OP_CONSTANT ? double_bits(left->constant) != double_bits(right->constant)
                                      : left->index != right->index)
            return false;
    }
    for (uint32_t i = 0; i < a->input_count; i++)
        if (!same_input(a->input[i], b->input[i]))
            return false;
    return true;
}

/* ---- Operations. */

static struct op *push_op(struct emitter *emitter, enum op_code code, uint32_t operands) {
    assert(emitter->stack >= operands);
    emitter->stack = emitter->stack - operands + 1;
    if (emitter->stack > emitter->stack_most)
        emitter->stack_most = emitter->stack;
    struct op *op =
        ARRAY_PUSH(emitter->arena, emitter->op, emitter->op_count, emitter->op_capacity);
    *op = (struct op){.code = (uint16_t)code, .count = (uint16_t)operands};
    return op;
}

static void push_constant(struct emitter *emitter, double value) {
    push_op(emitter, OP_CONSTANT, 0)->constant = value;
}

static void push_input(struct emitter *emitter, const struct input *input) {
    size_t index = 0;
    while (index < emitter->input_count && !same_input(emitter->input[index], input))
        index++;
    if (index == emitter->input_count)
        *ARRAY_PUSH(emitter->arena, emitter->input, emitter->input_count, emitter->input_capacity) =
            input;
    push_op(emitter, OP_INPUT, 0)->index = (uint32_t)index;
}

/* Does the last operation at once if its operands are constants and it gives a value. One that
 * gives none is left, so that a division by zero is marked when it runs. */
static void fold(struct emitter *emitter) {
    const struct op *op = &emitter->op[emitter->op_count - 1];
    const uint32_t count = op->count;
    struct operand operand[16];
    if (count == 0 || count > LENGTH(operand) || emitter->op_count < (size_t)count + 1)
        return;
    for (uint32_t i = 0; i < count; i++) {
        const struct op *from = op - count + i;
        if (from->code != OP_CONSTANT)
            return;
        operand[i] = (struct operand){.constant = from->constant};
    }
    double out[1];
    const struct operand folded = kernel_run(op, operand, 1, out, NULL, false);
    const double value = folded.value != NULL ? folded.value[0] : folded.constant;
    if (isnan(value))
        return;
    emitter->op_count -= count + 1;
    emitter->stack--;
    push_constant(emitter, value);
}

static void push_folded(struct emitter *emitter, enum op_code code, uint32_t operands) {
    push_op(emitter, code, operands);
    fold(emitter);
}

/* Takes a rule's program into this one, or makes it an input where it is long. */
static void push_rule(struct emitter *emitter, struct tree *tree) {
    struct input *input = arena_alloc(emitter->arena, 1, sizeof *input);
    input->kind = INPUT_RULE;
    input->rule = tree->rule;
    input->columns = tree->rule->program->columns;
    input->hash = input_hash(input);
    tree->input = input;
    const struct program *program = tree->rule->program;
    if (program->op_count > INLINE_OPS || emitter->op_count + program->op_count > PROGRAM_OPS) {
        push_input(emitter, input);
        return;
    }
    for (uint32_t i = 0; i < program->op_count; i++) {
        const struct op *from = &program->op[i];
        if (from->code == OP_INPUT)
            push_input(emitter, program->input[from->index]);
        else if (from->code == OP_CONSTANT)
            push_constant(emitter, from->constant);
        else
            *push_op(emitter, (enum op_code)from->code, from->count) = *from;
    }
}

static const enum op_code operator_ops[] = {
    [OPERATOR_OR] = OP_OR,
    [OPERATOR_AND] = OP_AND,
    [OPERATOR_NOT] = OP_NOT,
    [OPERATOR_LT] = OP_LESS,
    [OPERATOR_LE] = OP_LESS_EQUAL,
    [OPERATOR_GT] = OP_GREATER,
    [OPERATOR_GE] = OP_GREATER_EQUAL,
    [OPERATOR_EQ] = OP_EQUAL,
    [OPERATOR_NE] = OP_UNEQUAL,
    [OPERATOR_ADD] = OP_ADD,
    [OPERATOR_SUB] = OP_SUBTRACT,
    [OPERATOR_MUL] = OP_MULTIPLY,
    [OPERATOR_DIV] = OP_DIVIDE,
    [OPERATOR_POW] = OP_POWER,
    [OPERATOR_MINUS] = OP_NEGATE,
};

static void emit_operator(struct emitter *emitter, const struct tree *tree) {
    for (uint32_t i = 0; i < tree->count; i++)
        emit_tree(emitter, tree->arg[i]);
    if (tree->operator!= OPERATOR_PLUS)
        push_folded(emitter, operator_ops[tree->operator], tree->count);
}

/* A function of two that takes any number: f(a, b, c) is f(f(a, b), c). */
static void emit_chain(struct emitter *emitter, const struct tree *call, enum op_code code) {
    emit_tree(emitter, call->arg[0]);
    for (uint32_t i = 1; i < call->count; i++) {
        emit_tree(emitter, call->arg[i]);
        push_folded(emitter, code, 2);
    }
}

static void emit_all(struct emitter *emitter, const struct tree *call, enum op_code code) {
    for (uint32_t i = 0; i < call->count; i++)
        emit_tree(emitter, call->arg[i]);
    push_folded(emitter, code, call->count);
}

static void emit_plain(struct emitter *emitter, const struct tree *call) {
    switch (call->function) {
    case FN_IF:
        emit_all(emitter, call, OP_IF);
        return;
    case FN_MIN:
        emit_chain(emitter, call, OP_MIN);
        return;
    case FN_MAX:
        emit_chain(emitter, call, OP_MAX);
        return;
    case FN_ABS:
        emit_all(emitter, call, OP_ABS);
        return;
    case FN_SQRT:
        emit_all(emitter, call, OP_SQRT);
        return;
    case FN_LOG:
        emit_all(emitter, call, OP_LOG);
        return;
    case FN_EXP:
        emit_all(emitter, call, OP_EXP);
        return;
    case FN_ROUND:
        emit_tree(emitter, call->arg[0]);
        push_op(emitter, OP_ROUND, 1)->decimals = call->back;
        fold(emitter);
        return;
    case FN_FLOOR:
        emit_all(emitter, call, OP_FLOOR);
        return;
    case FN_CLAMP:
        emit_all(emitter, call, OP_CLAMP);
        return;
    case FN_COALESCE:
        emit_chain(emitter, call, OP_COALESCE);
        return;
    case FN_PRESENT:
        emit_all(emitter, call, OP_PRESENT);
        return;
    case FN_DIGITS:
        emit_all(emitter, call, OP_DIGITS);
        return;
    case FN_SLIP:
        emit_all(emitter, call, OP_SLIP);
        return;
    default:
        assert(call->function == FN_BANDS);
        emit_all(emitter, call, OP_BANDS);
    }
}

/* The name of a place that prev_score(n) and its like stand for. */
static bool is_place_call(const struct tree *call) {
    return call->function == FN_PREV_SCORE || call->function == FN_PREV_RANK ||
           call->function == FN_PREV_GRADE;
}

static const char *identifier_of(struct emitter *emitter, const struct tree *arg) {
    return arena_text(emitter->arena, arg->text, arg->size);
}

/* How many columns a call reads: a year counts as 12 periods, and so does what there is to look
 * back on. */
static double columns_of(const struct input *input) {
    double columns = input->arg != NULL ? input->arg->columns : 1;
    if (input->where != NULL)
        columns += input->where->columns;
    if (columns < 1)
        columns = 1;
    switch (input->function) {
    case FN_YOY:
        return 2 * columns;
    case FN_MEAN_OF:
        return input->back * columns;
    case FN_YTD:
    case FN_LAST:
    case FN_STREAK:
        return 12 * columns;
    default:
        return columns;
    }
}

static void emit_call(struct emitter *emitter, struct tree *call) {
    const struct rule_function *function = function_of(call->function);
    struct input *input = arena_alloc(emitter->arena, 1, sizeof *input);
    input->kind = is_place_call(call) ? INPUT_PLACE : INPUT_CALL;
    input->function = call->function;
    input->name = call->name;
    input->index = call->index;
    input->back = call->back;
    if (call->function == FN_TRIMMED_MEAN)
        input->share = call->number;
    if (call->function == FN_RESULT) {
        input->unit = identifier_of(emitter, call->arg[1]);
        input->node = identifier_of(emitter, call->arg[2]);
    }
    if (!is_place_call(call) && function->kind != RULE_OF_RESULTS) {
        input->arg = rule_emit(emitter->arena, call->arg[0]);
        input->where = call->where == NULL ? NULL : rule_emit(emitter->arena, call->where);
        input->moved = call->moved;
        if (function->kind == RULE_OVER_TIME)
            input->element_count = rule_elements(emitter->arena, call->arg[0], &input->element);
    }
    input->columns = columns_of(input);
    if (is_place_call(call))
        input->function = 0;
    input->hash = input_hash(input);
    call->input = input;
    push_input(emitter, input);
}

static void emit_name(struct emitter *emitter, struct tree *tree) {
    struct input *input = arena_alloc(emitter->arena, 1, sizeof *input);
    input->kind = tree->kind == TREE_ELEMENT ? INPUT_ELEMENT : INPUT_PLACE;
    input->index = tree->kind == TREE_ELEMENT ? tree->index : 0;
    input->name = tree->name;
    input->back = tree->back;
    input->columns = 1;
    input->hash = input_hash(input);
    tree->input = input;
    push_input(emitter, input);
}

static void emit_tree(struct emitter *emitter, struct tree *tree) {
    switch (tree->kind) {
    case TREE_NUMBER:
    case TREE_TEXT:
        push_constant(emitter, tree->number);
        return;
    case TREE_OPERATOR:
        emit_operator(emitter, tree);
        return;
    case TREE_NAMED:
    case TREE_WHERE:
        push_rule(emitter, tree);
        return;
    case TREE_CALL:
        if (function_of(tree->function)->kind == RULE_PLAIN)
            emit_plain(emitter, tree);
        else
            emit_call(emitter, tree);
        return;
    default:
        assert(tree->kind == TREE_ELEMENT || tree->kind == TREE_PLACE);
        emit_name(emitter, tree);
    }
}

const struct program *rule_emit(struct baton_arena *arena, struct tree *tree) {
    struct emitter emitter = {.arena = arena};
    emit_tree(&emitter, tree);
    assert(emitter.stack == 1);
    struct program *program = arena_alloc(arena, 1, sizeof *program);
    program->op = emitter.op;
    program->op_count = (uint32_t)emitter.op_count;
    program->input = emitter.input;
    program->input_count = (uint32_t)emitter.input_count;
    program->stack = emitter.stack_most;
    for (uint32_t i = 0; i < program->input_count; i++)
        program->columns += program->input[i]->columns;
    program->hash = program_hash(program);
    return program;
}
