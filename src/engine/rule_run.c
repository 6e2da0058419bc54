/* Running programs over all units.
 *
 * First every input is made a column (which may mean to run other programs, at other moments), then
 * the program runs in blocks of units that stay in the cache, each operation a loop over the block.
 * Columns and other memory are given back when their program is done and used again, so that a run
 * needs a few columns however many periods it reads. */
#include "engine/rule_tree.h"
#include <assert.h>
#include <math.h>
#include <string.h>

struct room {
    struct room *next;
};

/* ---- Memory. */

static void *room_take(struct run *run, struct room **list, size_t size) {
    struct room *room = *list;
    if (room == NULL)
        return arena_alloc_raw(run->arena, 1, size < sizeof *room ? sizeof *room : size);
    *list = room->next;
    return room;
}

static void room_back(struct room **list, void *memory) {
    struct room *room = memory;
    room->next = *list;
    *list = room;
}

double *run_column(struct run *run) {
    return room_take(run, &run->columns, run->units * sizeof(double));
}

void run_column_back(struct run *run, double *column) {
    if (column != NULL)
        room_back(&run->columns, column);
}

uint8_t *run_bytes(struct run *run) {
    return room_take(run, &run->bytes, run->units);
}

void run_bytes_back(struct run *run, uint8_t *bytes) {
    if (bytes != NULL)
        room_back(&run->bytes, bytes);
}

/* Sizes are rounded up to powers of two. */
static unsigned size_class(size_t size) {
    unsigned class = 4;
    while (((size_t)1 << class) < size)
        class ++;
    return class;
}

void *run_room(struct run *run, size_t size) {
    const unsigned class = size_class(size);
    return room_take(run, &run->rooms[class], (size_t)1 << class);
}

void run_room_back(struct run *run, void *room, size_t size) {
    room_back(&run->rooms[size_class(size)], room);
}

void run_open(struct run *run, const struct rule_env *env, bool flags) {
    *run = (struct run){
        .env = env, .arena = env->scratch, .units = env->scheme->unit_count, .flags = flags};
}

/* ---- Moments. */

struct rule_moment moment_moved(const struct rule_moment *at, enum rule_move_kind kind, int32_t n) {
    struct rule_moment moved = *at;
    if (kind == RULE_STEPS && moved.move_count > 0 &&
        moved.move[moved.move_count - 1].kind == RULE_STEPS) {
        moved.move[moved.move_count - 1].n += n;
        return moved;
    }
    assert(moved.move_count < RULE_MOVES_MAX);
    moved.move[moved.move_count++] = (struct rule_move){kind, n};
    return moved;
}

/* ---- Inputs. */

/* An input of a program that runs: a column, borrowed or of its own, or a number for all units. */
struct made {
    const double *value;
    double constant;
    double *own;
    uint8_t *zero, *own_zero;
};

static double finite_or_missing(double value) {
    return value - value == 0 ? value : NAN;
}

static void fill(struct run *run, double value, double *out) {
    for (size_t u = 0; u < run->units; u++)
        out[u] = value;
}

static bool run_result(struct run *run, const struct input *input, const struct rule_moment *at,
                       double *out) {
    const struct rule_env *env = run->env;
    if (input->function == FN_EVENT)
        env->event(env->context, input->index, at, out);
    else if (input->function == FN_NODE)
        env->node(env->context, input->index, at, out);
    else
        fill(run, env->result(env->context, input->index, input->unit, input->node, at), out);
    return false;
}

static bool run_call(struct run *run, const struct input *input, const struct rule_moment *at,
                     double *out, uint8_t *zero) {
    bool marked;
    switch (function_of(input->function)->kind) {
    case RULE_OVER_TIME:
        marked = run_over_time(run, input, at, out, zero);
        break;
    case RULE_OVER_UNITS:
        marked = run_over_units(run, input, at, out, zero);
        break;
    case RULE_OVER_COHORT:
        marked = run_over_cohort(run, input, at, out, zero);
        break;
    default:
        return run_result(run, input, at, out);
    }
    for (size_t u = 0; u < run->units; u++)
        out[u] = finite_or_missing(out[u]);
    return marked;
}

bool run_input(struct run *run, const struct input *input, const struct rule_moment *at,
               double *out, uint8_t *zero) {
    const struct rule_env *env = run->env;
    switch (input->kind) {
    case INPUT_ELEMENT:
        env->element(env->context, input->index, at, out);
        return false;
    case INPUT_PLACE:
        env->name(env->context, input->name, input->back, at, out);
        return false;
    case INPUT_RULE:
        return run_program(run, input->rule->program, at, out, zero);
    default:
        return run_call(run, input, at, out, zero);
    }
}

/* Makes an input without a copy where there is something to borrow. */
static void make(struct run *run, const struct input *input, const struct rule_moment *at,
                 struct made *made) {
    const struct rule_env *env = run->env;
    *made = (struct made){0};
    if (input->kind == INPUT_ELEMENT && env->element_view != NULL)
        made->value = env->element_view(env->context, input->index, at);
    if (input->kind == INPUT_CALL && input->function == FN_RESULT)
        made->constant = env->result(env->context, input->index, input->unit, input->node, at);
    else if (made->value == NULL)
        made->own = run_column(run);
    if (made->own == NULL)
        return;
    made->value = made->own;
    const bool may_divide = run->flags && (input->kind == INPUT_CALL || input->kind == INPUT_RULE);
    made->own_zero = may_divide ? run_bytes(run) : NULL;
    if (run_input(run, input, at, made->own, made->own_zero))
        made->zero = made->own_zero;
}

static void unmake(struct run *run, struct made *made) {
    run_column_back(run, made->own);
    run_bytes_back(run, made->own_zero);
}

/* ---- Blocks. */

/* What a block is worked on with. The result of an operation goes where its first operand stood on
 * the stack, to the one of two buffers in which that operand does not lie, so that no loop writes
 * where it reads. */
struct bench {
    struct operand *stack;
    double *values[2];
    uint8_t *zeros[2]; /* NULL without flags */
    void *room;        /* all of it */
    size_t size;
};

static void bench_open(struct run *run, uint32_t stack, struct bench *bench) {
    const size_t places = (size_t)stack * RULE_BLOCK;
    const size_t size_values = places * sizeof(double), size_zeros = run->flags ? places : 0;
    bench->size = 2 * (size_values + size_zeros) + stack * sizeof(struct operand);
    char *room = run_room(run, bench->size);
    bench->room = room;
    bench->values[0] = (double *)(void *)room;
    bench->values[1] = (double *)(void *)(room + size_values);
    bench->stack = (struct operand *)(void *)(room + 2 * size_values);
    uint8_t *zeros = (uint8_t *)(bench->stack + stack);
    bench->zeros[0] = run->flags ? zeros : NULL;
    bench->zeros[1] = run->flags ? zeros + size_zeros : NULL;
}

/* Runs one operation on the operands on top of the stack; returns the new height of the stack. */
static uint32_t step(struct run *run, const struct op *op, struct bench *bench, uint32_t height,
                     size_t n) {
    const uint32_t first = height - op->count;
    struct operand *operand = &bench->stack[first];
    const size_t place = (size_t)first * RULE_BLOCK;
    double *out = bench->values[0] + place;
    if (operand->value == out)
        out = bench->values[1] + place;
    uint8_t *zero = NULL;
    if (run->flags) {
        zero = bench->zeros[0] + place;
        if (operand->zero == zero)
            zero = bench->zeros[1] + place;
    }
    *operand = kernel_run(op, operand, n, out, zero, run->flags);
    return first + 1;
}

/* The value of the program for units [first, first + n), which is at most a block. */
static struct operand run_block(struct run *run, const struct program *program,
                                const struct made *made, struct bench *bench, size_t first,
                                size_t n) {
    uint32_t height = 0;
    for (uint32_t i = 0; i < program->op_count; i++) {
        const struct op *op = &program->op[i];
        if (op->code == OP_CONSTANT) {
            bench->stack[height++] = (struct operand){.constant = op->constant};
        } else if (op->code == OP_INPUT) {
            const struct made *input = &made[op->index];
            bench->stack[height++] = (struct operand){
                .value = input->value == NULL ? NULL : input->value + first,
                .constant = input->constant,
                .zero = input->zero == NULL ? NULL : input->zero + first,
            };
        } else {
            height = step(run, op, bench, height, n);
        }
    }
    assert(height == 1);
    return bench->stack[0];
}

static void put_block(const struct operand *block, size_t n, double *out) {
    const double *value = block->value;
    for (size_t i = 0; value != NULL && i < n; i++)
        out[i] = finite_or_missing(value[i]);
    for (size_t i = 0; value == NULL && i < n; i++)
        out[i] = finite_or_missing(block->constant);
}

static bool run_blocks(struct run *run, const struct program *program, const struct made *made,
                       double *out, uint8_t *zero) {
    struct bench bench;
    bench_open(run, program->stack, &bench);
    bool marked = false;
    for (size_t first = 0; first < run->units; first += RULE_BLOCK) {
        const size_t left = run->units - first, n = left < RULE_BLOCK ? left : RULE_BLOCK;
        const struct operand block = run_block(run, program, made, &bench, first, n);
        put_block(&block, n, out + first);
        if (block.zero == NULL)
            continue;
        assert(zero != NULL);
        if (!marked)
            memset(zero, 0, run->units);
        marked = true;
        memcpy(zero + first, block.zero, n);
    }
    run_room_back(run, bench.room, bench.size);
    return marked;
}

bool run_program(struct run *run, const struct program *program, const struct rule_moment *at,
                 double *out, uint8_t *zero) {
    assert((zero != NULL) == run->flags);
    const size_t size = program->input_count * sizeof(struct made);
    struct made *made = run_room(run, size);
    for (uint32_t i = 0; i < program->input_count; i++)
        make(run, program->input[i], at, &made[i]);
    const bool marked = run_blocks(run, program, made, out, zero);
    for (uint32_t i = 0; i < program->input_count; i++)
        unmake(run, &made[i]);
    run_room_back(run, made, size);
    return marked;
}

void rule_run(const struct rule *rule, const struct rule_env *env, const struct rule_moment *at,
              double *out, uint8_t *zero) {
    assert(at->move_count + rule->uses.moves <= RULE_MOVES_MAX);
    const struct arena_mark mark = arena_mark(env->scratch);
    struct run run;
    run_open(&run, env, zero != NULL);
    uint8_t *marks = zero != NULL ? run_bytes(&run) : NULL;
    if (run_program(&run, rule->program, at, out, marks))
        zero_add(run.units, marks, zero);
    arena_reset_to(env->scratch, mark);
}
