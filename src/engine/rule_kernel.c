/* One operation of the rule language on a block of units: plain loops over arrays, which compilers
 * turn into vector instructions. The operand of a loop is an array or a constant.
 *
 * A result that is not finite is missing. Comparisons are those of the operands at 12 significant
 * digits: a loop compares the doubles and says whether any two were so near that their 12 digits
 * may be equal; only those are then done again. */
#include "base/elementary.h"
#include "base/number.h"
#include "engine/rule_tree.h"
#include <assert.h>
#include <math.h>
#include <string.h>

/* r where it is finite (-0 becomes 0), NaN where it is not. */
static inline double kept(double r) {
    return r + (r - r);
}

/* out[i] = expression in x, for one operand. */
#define EACH(expression) \
    do { \
        const double *const xs = operand[0].value; \
        for (size_t i = 0; i < n; i++) { \
            const double x = xs[i]; \
            out[i] = (expression); \
        } \
    } while (0)

/* A statement in x, y and i, for two operands, of which one at least is an array. */
#define OVER_PAIR(statement) \
    do { \
        const double *const xs = operand[0].value, *const ys = operand[1].value; \
        if (xs != NULL && ys != NULL) { \
            for (size_t i = 0; i < n; i++) { \
                const double x = xs[i], y = ys[i]; \
                statement; \
            } \
        } else if (xs != NULL) { \
            const double y = operand[1].constant; \
            for (size_t i = 0; i < n; i++) { \
                const double x = xs[i]; \
                statement; \
            } \
        } else { \
            const double x = operand[0].constant; \
            for (size_t i = 0; i < n; i++) { \
                const double y = ys[i]; \
                statement; \
            } \
        } \
    } while (0)

#define EACH_PAIR(expression) OVER_PAIR(out[i] = (expression))

static inline double value_at(const struct operand *operand, size_t i) {
    return operand->value != NULL ? operand->value[i] : operand->constant;
}

static inline bool zero_at(const struct operand *operand, size_t i) {
    return operand->zero != NULL && operand->zero[i] != 0;
}

/* ---- Comparisons. */

#define NEAR 6e-12 /* of the sum of both */

/* Two numbers that differ by more than a step of the 12th digit, which is at most 1e-11 of them,
 * differ in their 12 digits as they do themselves. */
static inline bool is_near(double x, double y) {
    return fabs(x - y) <= NEAR * (fabs(x) + fabs(y)) && x != y;
}

static double compared(enum op_code code, double x, double y) {
    const int sign = baton_number_compare12(x, y);
    switch (code) {
    case OP_LESS:
        return sign < 0;
    case OP_LESS_EQUAL:
        return sign <= 0;
    case OP_GREATER:
        return sign > 0;
    case OP_GREATER_EQUAL:
        return sign >= 0;
    case OP_EQUAL:
        return sign == 0;
    default:
        return sign != 0;
    }
}

#define COMPARE(sign) EACH_PAIR(((x != x) | (y != y)) ? NAN : (x sign y) ? 1.0 : 0.0)

/* How near two numbers are to each other where that is near, else 0; the bits are 0 where no two
 * are both near and different. (Bits, as compilers make vectors of that.) */
static inline uint64_t near_bits(double x, double y) {
    const double apart = fabs(x - y), near = apart <= NEAR * (fabs(x) + fabs(y)) ? apart : 0.0;
    uint64_t bits;
    memcpy(&bits, &near, sizeof bits);
    return bits;
}

static bool any_near(const struct operand *operand, size_t n) {
    uint64_t bits = 0;
    OVER_PAIR(bits |= near_bits(x, y));
    return bits != 0;
}

static void compare(enum op_code code, const struct operand *restrict operand, size_t n,
                    double *restrict out) {
    switch (code) {
    case OP_LESS:
        COMPARE(<);
        break;
    case OP_LESS_EQUAL:
        COMPARE(<=);
        break;
    case OP_GREATER:
        COMPARE(>);
        break;
    case OP_GREATER_EQUAL:
        COMPARE(>=);
        break;
    case OP_EQUAL:
        COMPARE(==);
        break;
    default:
        COMPARE(!=);
    }
    if (!any_near(operand, n))
        return;
    for (size_t i = 0; i < n; i++) {
        const double x = value_at(&operand[0], i), y = value_at(&operand[1], i);
        if (is_near(x, y))
            out[i] = compared(code, x, y);
    }
}

static bool is_reached(double x, double bound) {
    return is_near(x, bound) ? baton_number_compare12(x, bound) >= 0 : x >= bound;
}

/* ---- Numbers. */

static double power(double x, double y) {
    if (y == 2)
        return x * x;
    return elementary_pow(x, y);
}

/* The greatest whole number not above x; one that x equals at 12 digits counts as reached. */
static double whole_below(double x) {
    const double below = floor(x), above = below + 1;
    return is_near(x, above) && baton_number_compare12(x, above) == 0 ? above : below;
}

static double clamped(double x, double lo, double hi) {
    if (isnan(x) || isnan(lo) || isnan(hi))
        return NAN;
    const double raised = x < lo ? lo : x;
    return raised > hi ? hi : raised;
}

/* The score of the first bound that x reaches; `which` gets the operand that decides whether a
 * division by zero is behind a missing result. */
static double banded(const struct operand *operand, uint32_t count, size_t i, uint32_t *which) {
    const double x = value_at(&operand[0], i);
    *which = 0;
    if (isnan(x))
        return NAN;
    for (uint32_t k = 1; k + 1 < count; k += 2) {
        const double bound = value_at(&operand[k], i);
        *which = k;
        if (isnan(bound))
            return NAN;
        if (is_reached(x, bound)) {
            *which = k + 1;
            return value_at(&operand[k + 1], i);
        }
    }
    *which = count - 1;
    return value_at(&operand[count - 1], i);
}

static void bands(const struct operand *operand, uint32_t count, size_t n, double *out,
                  uint8_t *zero) {
    for (size_t i = 0; i < n; i++) {
        uint32_t which;
        out[i] = banded(operand, count, i, &which);
        if (zero != NULL)
            zero[i] = zero_at(&operand[which], i);
    }
}

/* How many digits there are from the first to the last one that is not 0, of 12. */
static double digits_of(double x) {
    if (isnan(x))
        return NAN;
    uint64_t digits = number_decimal12(x).digits;
    int count = 0;
    while (digits > 0 && digits % 10 == 0)
        digits /= 10;
    for (; digits > 0; digits /= 10)
        count++;
    return count;
}

/* The power of ten that x / usual is within a factor of 2 of; 0 = of none that is asked about. */
static double slip_of(double x, double usual) {
    enum { POWERS = 9 };
    const double ratio = x / usual;
    if (isnan(ratio) || x == 0 || usual == 0)
        return NAN;
    double power = 1;
    for (int k = 1; k <= POWERS && ratio > 0; k++) {
        power *= 10;
        if (ratio >= power / 2 && ratio <= power * 2)
            return k;
        if (ratio * power >= 0.5 && ratio * power <= 2)
            return -k;
    }
    return 0;
}

static void arithmetic(const struct op *op, const struct operand *restrict operand, size_t n,
                       double *restrict out) {
    switch (op->code) {
    case OP_NEGATE:
        EACH(kept(-x));
        return;
    case OP_ADD:
        EACH_PAIR(kept(x + y));
        return;
    case OP_SUBTRACT:
        EACH_PAIR(kept(x - y));
        return;
    case OP_MULTIPLY:
        EACH_PAIR(kept(x * y));
        return;
    case OP_DIVIDE:
        EACH_PAIR(kept(x / y));
        return;
    case OP_POWER:
        EACH_PAIR(kept(power(x, y)));
        return;
    case OP_MIN:
        EACH_PAIR(isnan(x) || isnan(y) ? NAN : (x < y ? x : y));
        return;
    case OP_MAX:
        EACH_PAIR(isnan(x) || isnan(y) ? NAN : (x > y ? x : y));
        return;
    case OP_ABS:
        EACH(fabs(x));
        return;
    case OP_SQRT:
        EACH(sqrt(x));
        return;
    case OP_LOG:
        EACH(kept(elementary_log(x)));
        return;
    case OP_EXP:
        EACH(kept(elementary_exp(x)));
        return;
    case OP_DIGITS:
        EACH(digits_of(x));
        return;
    case OP_SLIP:
        EACH_PAIR(slip_of(x, y));
        return;
    case OP_ROUND:
        baton_number_round_n(n, operand[0].value, out, op->decimals, BATON_ROUND_HALF_AWAY);
        return;
    default:
        assert(op->code == OP_FLOOR);
        EACH(whole_below(x));
    }
}

static void logic(const struct op *op, const struct operand *restrict operand, size_t n,
                  double *restrict out) {
    switch (op->code) {
    case OP_NOT:
        EACH(1 - x);
        return;
    case OP_AND:
        EACH_PAIR(x == 0 || y == 0 ? 0 : (isnan(x) || isnan(y) ? NAN : 1));
        return;
    case OP_OR: /* of conditions: what is neither 0 nor missing is 1 */
        EACH_PAIR(x > 0 || y > 0 ? 1 : (isnan(x) || isnan(y) ? NAN : 0));
        return;
    case OP_COALESCE:
        EACH_PAIR(isnan(x) ? y : x);
        return;
    default:
        assert(op->code == OP_PRESENT);
        EACH(isnan(x) ? 0 : 1);
    }
}

/* Operations of three operands. */
static void choose(const struct op *op, const struct operand *restrict operand, size_t n,
                   double *restrict out) {
    if (op->code == OP_CLAMP) {
        for (size_t i = 0; i < n; i++)
            out[i] = clamped(value_at(&operand[0], i), value_at(&operand[1], i),
                             value_at(&operand[2], i));
        return;
    }
    assert(op->code == OP_IF);
    for (size_t i = 0; i < n; i++) {
        const double c = value_at(&operand[0], i);
        out[i] = value_at(&operand[c != 0 && !isnan(c) ? 1 : 2], i);
    }
}

static void run_op(const struct op *op, const struct operand *operand, size_t n, double *out) {
    switch (op->code) {
    case OP_LESS:
    case OP_LESS_EQUAL:
    case OP_GREATER:
    case OP_GREATER_EQUAL:
    case OP_EQUAL:
    case OP_UNEQUAL:
        compare((enum op_code)op->code, operand, n, out);
        return;
    case OP_NOT:
    case OP_AND:
    case OP_OR:
    case OP_COALESCE:
    case OP_PRESENT:
        logic(op, operand, n, out);
        return;
    case OP_IF:
    case OP_CLAMP:
        choose(op, operand, n, out);
        return;
    default:
        arithmetic(op, operand, n, out);
    }
}

/* ---- Divisions by zero. */

void zero_add(size_t n, const uint8_t *from, uint8_t *to) {
    for (size_t i = 0; i < n; i++)
        to[i] |= from[i];
}

static bool any(size_t n, const uint8_t *zero) {
    uint8_t found = 0;
    for (size_t i = 0; i < n; i++)
        found |= zero[i];
    return found != 0;
}

/* Whether the operation itself divides by zero at i. */
static bool divides_by_zero(const struct op *op, const struct operand *operand, size_t i) {
    const double x = value_at(&operand[0], i), y = value_at(&operand[1], i);
    return op->code == OP_DIVIDE ? y == 0 && !isnan(x) : x == 0 && y < 0;
}

/* Whether any divisor is 0, or any base of a power. */
static bool any_zero(const struct op *op, const struct operand *operand, size_t n) {
    const struct operand *by = &operand[op->code == OP_DIVIDE ? 1 : 0];
    if (by->value == NULL)
        return by->constant == 0;
    int64_t found = 0;
    for (size_t i = 0; i < n; i++)
        found |= by->value[i] == 0 ? 1 : 0;
    return found != 0;
}

/* Marks where the result is missing because of a division by zero, here or in an operand that
 * counts; false = nowhere. */
static bool mark_zero(const struct op *op, const struct operand *operand, size_t n,
                      const double *out, uint8_t *zero) {
    const bool divides =
        (op->code == OP_DIVIDE || op->code == OP_POWER) && any_zero(op, operand, n);
    bool given = false;
    for (uint32_t k = 0; k < op->count; k++)
        given |= operand[k].zero != NULL;
    if ((!given && !divides) || op->code == OP_PRESENT)
        return false;
    for (size_t i = 0; i < n; i++) {
        bool marked = divides && divides_by_zero(op, operand, i);
        if (op->code == OP_IF) {
            const double c = value_at(&operand[0], i);
            marked = zero_at(&operand[c != 0 && !isnan(c) ? 1 : 2], i);
        } else {
            for (uint32_t k = 0; given && k < op->count; k++)
                marked |= zero_at(&operand[k], i);
        }
        zero[i] = marked && isnan(out[i]);
    }
    return any(n, zero);
}

struct operand kernel_run(const struct op *op, const struct operand *operand, size_t n, double *out,
                          uint8_t *zero, bool flags) {
    bool constant = true;
    for (uint32_t k = 0; k < op->count; k++)
        constant &= operand[k].value == NULL;
    struct operand single[3] = {{0}};
    const struct operand *operands = operand;
    double value[1] = {0};
    if (constant && op->count <= LENGTH(single)) { /* the loops want one array at least */
        for (uint32_t k = 0; k < op->count; k++)
            single[k] = operand[k];
        value[0] = operand[0].constant;
        single[0].value = value;
        operands = single;
    }
    const size_t lanes = constant ? 1 : n;
    bool marked = false;
    if (op->code == OP_BANDS) {
        bands(operands, op->count, lanes, out, flags ? zero : NULL);
        marked = flags && any(lanes, zero);
    } else {
        run_op(op, operands, lanes, out);
        marked = flags && mark_zero(op, operands, lanes, out, zero);
    }
    if (!constant)
        return (struct operand){out, 0, marked ? zero : NULL};
    if (!marked)
        return (struct operand){NULL, out[0], NULL};
    for (size_t i = 1; i < n; i++) { /* marks belong to arrays */
        out[i] = out[0];
        zero[i] = zero[0];
    }
    return (struct operand){out, 0, zero};
}
