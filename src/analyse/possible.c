/* Ranges of expressions: one function an operation, from the ranges of its operands. */
#include "analyse/possible.h"
#include "base/elementary.h"
#include "baton/number.h"
#include <math.h>

/* Named elements may name each other so that an expression has more parts than anyone could look at; what lies beyond so
 * many steps may be anything. */
enum { STEPS_MAX = 20000 };

struct working {
    const struct known *known;
    bool here; /* of this unit and period: known->number and known->condition may be asked */
    uint32_t steps;
};

static struct possible number(struct working *work, const struct tree *tree);
static unsigned condition(struct working *work, const struct tree *tree);

struct possible possible_anything(void) {
    return (struct possible){-INFINITY, INFINITY, true};
}

struct possible possible_between(double lo, double hi) {
    return (struct possible){lo, hi, false};
}

static struct possible nothing(void) {
    return (struct possible){INFINITY, -INFINITY, true};
}

bool possible_is_number(struct possible a) {
    return a.lo <= a.hi;
}

struct possible possible_either(struct possible a, struct possible b) {
    return (struct possible){a.lo < b.lo ? a.lo : b.lo, a.hi > b.hi ? a.hi : b.hi,
                             a.missing || b.missing};
}

static struct possible either(struct possible a, bool can_a, struct possible b, bool can_b) {
    if (can_a && can_b)
        return possible_either(a, b);
    return can_a ? a : can_b ? b : nothing();
}

/* ---- Arithmetic. */

/* Limits that are not numbers (0 times infinity, infinity less infinity) lie at `otherwise`. */
static double limit(double value, double otherwise) {
    return isnan(value) ? otherwise : value;
}

static struct possible add(struct possible a, struct possible b) {
    return (struct possible){limit(a.lo + b.lo, -INFINITY), limit(a.hi + b.hi, INFINITY), false};
}

static struct possible negative(struct possible a) {
    return (struct possible){-a.hi, -a.lo, a.missing};
}

static struct possible of_corners(const double corner[4]) {
    struct possible out = {INFINITY, -INFINITY, false};
    for (int i = 0; i < 4; i++) {
        out.lo = corner[i] < out.lo ? corner[i] : out.lo;
        out.hi = corner[i] > out.hi ? corner[i] : out.hi;
    }
    return out;
}

static struct possible multiply(struct possible a, struct possible b) {
    const double corner[] = {limit(a.lo * b.lo, 0), limit(a.lo * b.hi, 0), limit(a.hi * b.lo, 0),
                             limit(a.hi * b.hi, 0)};
    return of_corners(corner);
}

static struct possible divide(struct possible a, struct possible b) {
    if (b.lo <= 0 && b.hi >= 0) { /* by what is near to 0 it may be as large as it likes */
        struct possible out = b.lo == 0 && b.hi == 0 ? nothing() : possible_anything();
        const bool same_sign = (a.lo >= 0 && b.lo >= 0) || (a.hi <= 0 && b.hi <= 0);
        if (possible_is_number(out) && same_sign)
            out.lo = 0;
        return out;
    }
    const double corner[] = {limit(a.lo / b.lo, 0), limit(a.lo / b.hi, 0), limit(a.hi / b.lo, 0),
                             limit(a.hi / b.hi, 0)};
    return of_corners(corner);
}

static struct possible power(struct possible a, struct possible b) {
    if (b.lo == 2 && b.hi == 2) {
        const double lo = a.lo * a.lo, hi = a.hi * a.hi;
        const bool across = a.lo <= 0 && a.hi >= 0;
        return possible_between(across ? 0 : lo < hi ? lo : hi, lo > hi ? lo : hi);
    }
    return possible_anything();
}

static struct possible arithmetic(enum rule_operator operator, struct possible a,
                                  struct possible b) {
    if (!possible_is_number(a) || !possible_is_number(b))
        return nothing();
    struct possible out = operator== OPERATOR_ADD ? add(a, b) :
                          operator== OPERATOR_SUB ? add(a, negative(b))
                          :
                          operator== OPERATOR_MUL ? multiply(a, b)
                          :
                          operator== OPERATOR_DIV ? divide(a, b)
                                                  : power(a, b);
    out.missing |= a.missing || b.missing || isinf(out.lo) || isinf(out.hi);
    return out;
}

/* ---- Conditions. */

unsigned possible_compared(struct possible a, enum rule_operator operator, struct possible b) {
    unsigned out = a.missing || b.missing ? CAN_MISS : 0;
    if (!possible_is_number(a) || !possible_is_number(b))
        return CAN_MISS;
    const bool below = baton_number_compare12(
                   a.lo, b.hi)<0, above = baton_number_compare12(a.hi, b.lo)> 0,
               equal = baton_number_compare12(a.lo, b.hi) <= 0 &&
                       baton_number_compare12(a.hi, b.lo) >= 0;
    switch (operator) {
    case OPERATOR_LT:
        return out | (below ? CAN_HOLD : 0) | (above || equal ? CAN_FAIL : 0);
    case OPERATOR_LE:
        return out | (below || equal ? CAN_HOLD : 0) | (above ? CAN_FAIL : 0);
    case OPERATOR_GT:
        return out | (above ? CAN_HOLD : 0) | (below || equal ? CAN_FAIL : 0);
    case OPERATOR_GE:
        return out | (above || equal ? CAN_HOLD : 0) | (below ? CAN_FAIL : 0);
    case OPERATOR_EQ:
        return out | (equal ? CAN_HOLD : 0) | (below || above ? CAN_FAIL : 0);
    default:
        return out | (below || above ? CAN_HOLD : 0) | (equal ? CAN_FAIL : 0);
    }
}

static unsigned negation(unsigned a) {
    return ((a & CAN_HOLD) != 0 ? CAN_FAIL : 0) | ((a & CAN_FAIL) != 0 ? CAN_HOLD : 0) |
           (a & CAN_MISS);
}

/* 0 and missing = 0: one that fails decides, else one that is missing. */
static unsigned conjunction(unsigned a, unsigned b) {
    unsigned out = (a | b) & CAN_FAIL;
    if ((a & CAN_HOLD) != 0 && (b & CAN_HOLD) != 0)
        out |= CAN_HOLD;
    if (((a & CAN_MISS) != 0 && (b & (CAN_HOLD | CAN_MISS)) != 0) ||
        ((b & CAN_MISS) != 0 && (a & (CAN_HOLD | CAN_MISS)) != 0))
        out |= CAN_MISS;
    return out;
}

static struct possible as_number(unsigned mask) {
    return (struct possible){(mask & CAN_FAIL) != 0   ? 0
                             : (mask & CAN_HOLD) != 0 ? 1
                                                      : INFINITY,
                             (mask & CAN_HOLD) != 0   ? 1
                             : (mask & CAN_FAIL) != 0 ? 0
                                                      : -INFINITY,
                             (mask & CAN_MISS) != 0};
}

static unsigned as_condition(struct possible a) {
    unsigned out = a.missing ? CAN_MISS : 0;
    if (!possible_is_number(a))
        return CAN_MISS;
    out |= a.lo != 0 || a.hi != 0 ? CAN_HOLD : 0;
    return out | (a.lo <= 0 && a.hi >= 0 ? CAN_FAIL : 0);
}

/* ---- Functions. */

/* The smallest, or greatest, of all arguments. */
static struct possible extreme(struct working *work, const struct tree *call, bool greatest) {
    struct possible out = number(work, call->arg[0]);
    for (uint32_t i = 1; i < call->count; i++) {
        const struct possible next = number(work, call->arg[i]);
        if (!possible_is_number(out) || !possible_is_number(next))
            return nothing();
        out.lo = greatest == (next.lo > out.lo) ? next.lo : out.lo;
        out.hi = greatest == (next.hi > out.hi) ? next.hi : out.hi;
        out.missing |= next.missing;
    }
    return out;
}

static struct possible clamped(struct working *work, const struct tree *call) {
    struct possible x = number(work, call->arg[0]);
    const struct possible lo = number(work, call->arg[1]), hi = number(work, call->arg[2]);
    if (!possible_is_number(x) || !possible_is_number(lo) || !possible_is_number(hi))
        return nothing();
    x.lo = x.lo < lo.lo ? lo.lo : x.lo;
    x.hi = x.hi < lo.hi ? lo.hi : x.hi;
    x.lo = x.lo > hi.lo ? hi.lo : x.lo;
    x.hi = x.hi > hi.hi ? hi.hi : x.hi;
    x.missing |= lo.missing || hi.missing;
    return x;
}

static struct possible absolute(struct possible x) {
    if (x.lo >= 0 || !possible_is_number(x))
        return x;
    const struct possible mirrored = negative(x);
    if (x.hi <= 0)
        return mirrored;
    return (struct possible){0, mirrored.hi > x.hi ? mirrored.hi : x.hi, x.missing};
}

/* Of a function that rises, and gives nothing below `from`. */
static struct possible rising(struct possible x, double (*of)(double), double from) {
    if (!possible_is_number(x) || x.hi < from)
        return nothing();
    const bool all = x.lo >= from;
    struct possible out = {of(all ? x.lo : from), of(x.hi), x.missing || !all};
    out.lo = isnan(out.lo) ? -INFINITY : out.lo;
    out.hi = isnan(out.hi) ? INFINITY : out.hi;
    out.missing |= isinf(out.lo) || isinf(out.hi);
    return out;
}

static double root(double x) {
    return sqrt(x);
}

static double whole(double x) {
    return isinf(x) ? x : floor(baton_number_sig12(x));
}

static struct possible rounded(struct possible x, int decimals) {
    if (!possible_is_number(x))
        return nothing();
    return (struct possible){baton_number_round(x.lo, decimals, BATON_ROUND_HALF_AWAY),
                             baton_number_round(x.hi, decimals, BATON_ROUND_HALF_AWAY), x.missing};
}

/* The score of the first bound that is met. */
static struct possible bands(struct working *work, const struct tree *call) {
    const struct possible x = number(work, call->arg[0]);
    struct possible out = nothing();
    out.missing = false;
    bool missing = false;
    for (uint32_t i = 1; i + 1 < call->count; i += 2) {
        const unsigned met = possible_compared(x, OPERATOR_GE, number(work, call->arg[i]));
        if ((met & CAN_HOLD) != 0)
            out = possible_either(out, number(work, call->arg[i + 1]));
        missing |= (met & CAN_MISS) != 0;
        if ((met & CAN_FAIL) == 0) {
            out.missing |= missing;
            return out;
        }
    }
    out = possible_either(out, number(work, call->arg[call->count - 1]));
    out.missing |= missing;
    return out;
}

static struct possible first_present(struct working *work, const struct tree *call) {
    struct possible out = nothing();
    for (uint32_t i = 0; i < call->count && out.missing; i++) {
        const struct possible next = number(work, call->arg[i]);
        out = (struct possible){out.lo < next.lo ? out.lo : next.lo,
                                out.hi > next.hi ? out.hi : next.hi, next.missing};
    }
    return out;
}

/* What a function of other units or periods can be. */
static struct possible elsewhere(struct working *work, const struct tree *call) {
    struct working there = {work->known, false, work->steps};
    struct possible out = possible_anything();
    switch (call->function) {
    case FN_PREV_SCORE:
    case FN_PREV_RANK:
    case FN_PREV_GRADE:
    case FN_EVENT:
    case FN_NODE:
    case FN_RESULT:
        return work->known->name(work->known->context, call);
    case FN_MEAN:
    case FN_TRIMMED_MEAN:
    case FN_MEDIAN:
    case FN_MIN_OF:
    case FN_MAX_OF:
        out = number(&there, call->arg[0]);
        out.missing = true;
        break;
    case FN_SD:
    case FN_STREAK:
    case FN_COUNT:
        out.lo = 0;
        break;
    case FN_RANK:
        out.lo = 1;
        break;
    default:
        break;
    }
    work->steps = there.steps;
    return out;
}

static struct possible call_number(struct working *work, const struct tree *call) {
    unsigned mask;
    switch (call->function) {
    case FN_IF:
        mask = condition(work, call->arg[0]);
        return either(number(work, call->arg[1]), (mask & CAN_HOLD) != 0,
                      number(work, call->arg[2]), (mask & (CAN_FAIL | CAN_MISS)) != 0);
    case FN_MIN:
        return extreme(work, call, false);
    case FN_MAX:
        return extreme(work, call, true);
    case FN_ABS:
        return absolute(number(work, call->arg[0]));
    case FN_SQRT:
        return rising(number(work, call->arg[0]), root, 0);
    case FN_LOG:
        return rising(number(work, call->arg[0]), elementary_log, 0);
    case FN_EXP:
        return rising(number(work, call->arg[0]), elementary_exp, -INFINITY);
    case FN_ROUND:
        return rounded(number(work, call->arg[0]), call->count > 1 ? call->back : 0);
    case FN_FLOOR:
        return rising(number(work, call->arg[0]), whole, -INFINITY);
    case FN_CLAMP:
        return clamped(work, call);
    case FN_COALESCE:
        return first_present(work, call);
    case FN_PRESENT:
        return as_number(condition(work, call));
    case FN_BANDS:
        return bands(work, call);
    default:
        return elsewhere(work, call);
    }
}

/* ---- Trees. */

static bool may_ask(const struct working *work) {
    return work->here && work->known->number != NULL;
}

static struct possible number(struct working *work, const struct tree *tree) {
    struct possible out;
    if (++work->steps > STEPS_MAX)
        return possible_anything();
    if (may_ask(work) && work->known->number(work->known->context, tree, &out))
        return out;
    switch (tree->kind) {
    case TREE_NUMBER:
    case TREE_TEXT:
        return possible_between(tree->number, tree->number);
    case TREE_NAMED:
    case TREE_WHERE:
        return tree->rule == NULL ? possible_anything() : number(work, tree->rule->tree);
    case TREE_CALL:
        return call_number(work, tree);
    case TREE_OPERATOR:
        if (tree->operator<= OPERATOR_NE)
            return as_number(condition(work, tree));
        if (tree->operator== OPERATOR_MINUS)
            return negative(number(work, tree->arg[0]));
        if (tree->operator== OPERATOR_PLUS)
            return number(work, tree->arg[0]);
        return arithmetic(tree->operator, number(work, tree->arg[0]), number(work, tree->arg[1]));
    default:
        return work->known->name(work->known->context, tree);
    }
}

static unsigned call_condition(struct working *work, const struct tree *call) {
    if (call->function == FN_PRESENT) {
        const struct possible x = number(work, call->arg[0]);
        return (possible_is_number(x) ? CAN_HOLD : 0) | (x.missing ? CAN_FAIL : 0);
    }
    if (call->function != FN_IF)
        return as_condition(number(work, call));
    const unsigned mask = condition(work, call->arg[0]);
    return ((mask & CAN_HOLD) != 0 ? condition(work, call->arg[1]) : 0) |
           ((mask & (CAN_FAIL | CAN_MISS)) != 0 ? condition(work, call->arg[2]) : 0);
}

static unsigned condition(struct working *work, const struct tree *tree) {
    unsigned out;
    if (++work->steps > STEPS_MAX)
        return CAN_ANYTHING;
    if (may_ask(work) && work->known->condition(work->known->context, tree, &out))
        return out;
    if (tree->kind == TREE_CALL)
        return call_condition(work, tree);
    if ((tree->kind == TREE_NAMED || tree->kind == TREE_WHERE) && tree->rule != NULL)
        return condition(work, tree->rule->tree);
    if (tree->kind != TREE_OPERATOR || tree->operator> OPERATOR_NE)
        return as_condition(number(work, tree));
    if (tree->operator== OPERATOR_NOT)
        return negation(condition(work, tree->arg[0]));
    if (tree->operator== OPERATOR_AND)
        return conjunction(condition(work, tree->arg[0]), condition(work, tree->arg[1]));
    if (tree->operator== OPERATOR_OR)
        return negation(conjunction(negation(condition(work, tree->arg[0])),
                                    negation(condition(work, tree->arg[1]))));
    if (tree->arg[0]->type == TYPE_TEXT && tree->arg[0]->kind != TREE_TEXT)
        return CAN_ANYTHING; /* codes have no order to reckon with */
    return possible_compared(number(work, tree->arg[0]), tree->operator,
                             number(work, tree->arg[1]));
}

struct possible possible_number(const struct known *known, const struct tree *tree) {
    return number(&(struct working){known, true, 0}, tree);
}

unsigned possible_condition(const struct known *known, const struct tree *tree) {
    return condition(&(struct working){known, true, 0}, tree);
}
