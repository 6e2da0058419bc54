/* Random expressions: over many units they give what a plain evaluator of one unit gives, and
 * constants give the same bits folded and not folded. */
#include "base/elementary.h"
#include "rule_world.h"
#include "test.h"
#include <stdio.h>

enum { UNITS = 700, NAMES = 4, TEXT_SIZE = 4000 }; /* more than two blocks */

static uint64_t state;

static uint32_t below(uint32_t n) {
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)((state >> 33) % n);
}

/* Few different figures, so that ties, zeros and near numbers are common. */
static double random_figure(void) {
    static const double figures[] = {
        NAN, 0, 1, -1, 2, 0.5, 0.1, 0.3, 100, 1e-7, -2.5, 0.30000000000000004, 3, 1e90};
    return figures[below(LENGTH(figures))];
}

static double column[NAMES][UNITS];
static double constant[NAMES];

/* ---- The plain evaluator: an expression is written and evaluated for one unit at the same time.
 */

struct maker {
    char text[TEXT_SIZE];
    size_t size;
    bool constants; /* names are written as numbers, in full */
    uint64_t seed;
};

struct value {
    double value;
    bool zero; /* missing because of a division by zero */
};

static void put(struct maker *maker, const char *text) {
    const size_t size = strlen(text);
    assert(maker->size + size < TEXT_SIZE);
    memcpy(maker->text + maker->size, text, size + 1);
    maker->size += size;
}

static struct value number(double value, bool zero) {
    struct value out = {isfinite(value) ? value : NAN, false};
    out.zero = zero && isnan(out.value);
    return out;
}

static struct value make(struct maker *maker, size_t unit, unsigned depth);

static struct value make_name(struct maker *maker, size_t unit) {
    const uint32_t n = below(NAMES);
    char text[64];
    if (maker->constants && !isnan(constant[n])) {
        baton_number_shortest(constant[n], text);
        put(maker, text[0] == '-' ? "(" : "");
        put(maker, text);
        put(maker, text[0] == '-' ? ")" : "");
    } else {
        snprintf(text, sizeof text, "k%u", n);
        put(maker, text);
    }
    return number(column[n][unit], false);
}

static struct value arithmetic(char sign, struct value a, struct value b) {
    const bool given = a.zero || b.zero;
    if (isnan(a.value) || isnan(b.value))
        return number(NAN, given);
    switch (sign) {
    case '+':
        return number(a.value + b.value, given);
    case '-':
        return number(a.value - b.value, given);
    case '*':
        return number(a.value * b.value, given);
    case '/':
        return number(a.value / b.value, given || b.value == 0);
    default:
        return number(b.value == 2 ? a.value * a.value : elementary_pow(a.value, b.value),
                      a.value == 0 && b.value < 0);
    }
}

static struct value make_arithmetic(struct maker *maker, size_t unit, unsigned depth) {
    static const char signs[][4] = {" + ", " - ", " * ", " / ", "^"};
    const uint32_t which = below(LENGTH(signs));
    put(maker, "(");
    const struct value a = make(maker, unit, depth - 1);
    put(maker, ")");
    put(maker, signs[which]);
    put(maker, "(");
    const struct value b = make(maker, unit, depth - 1);
    put(maker, ")");
    return arithmetic("+-*/^"[which], a, b);
}

/* A condition, in brackets. */
static struct value make_condition(struct maker *maker, size_t unit, unsigned depth) {
    static const char *const signs[] = {" < ", " <= ", " > ", " >= ", " == ", " != "};
    put(maker, "(");
    struct value out;
    const uint32_t which = depth > 0 ? below(LENGTH(signs) + 3) : below(LENGTH(signs));
    if (which < LENGTH(signs)) {
        const struct value a = make(maker, unit, depth > 0 ? depth - 1 : 0);
        put(maker, signs[which]);
        const struct value b = make(maker, unit, depth > 0 ? depth - 1 : 0);
        const int order = baton_number_compare12(a.value, b.value);
        const bool holds[] = {order<0, order <= 0, order> 0, order >= 0, order == 0, order != 0};
        out = isnan(a.value) || isnan(b.value) ? number(NAN, a.zero || b.zero)
                                               : number(holds[which], false);
    } else if (which == LENGTH(signs)) {
        put(maker, "not ");
        const struct value a = make_condition(maker, unit, depth - 1);
        out = number(isnan(a.value) ? NAN : 1 - a.value, a.zero);
    } else {
        const bool is_and = which == LENGTH(signs) + 1;
        const struct value a = make_condition(maker, unit, depth - 1);
        put(maker, is_and ? " and " : " or ");
        const struct value b = make_condition(maker, unit, depth - 1);
        const double deciding = is_and ? 0 : 1;
        if (a.value == deciding || b.value == deciding)
            out = number(deciding, false);
        else
            out = isnan(a.value) || isnan(b.value) ? number(NAN, a.zero || b.zero)
                                                   : number(1 - deciding, false);
    }
    put(maker, ")");
    return out;
}

static struct value make_function(struct maker *maker, size_t unit, unsigned depth) {
    struct value a, b, c;
    switch (below(9)) {
    case 0:
        put(maker, "if(");
        c = make_condition(maker, unit, depth - 1);
        put(maker, ", ");
        a = make(maker, unit, depth - 1);
        put(maker, ", ");
        b = make(maker, unit, depth - 1);
        a = c.value == 1 ? a : b;
        break;
    case 1:
        put(maker, "coalesce(");
        a = make(maker, unit, depth - 1);
        put(maker, ", ");
        b = make(maker, unit, depth - 1);
        a = isnan(a.value) ? number(b.value, a.zero || b.zero) : a;
        break;
    case 2:
        put(maker, "present(");
        a = make(maker, unit, depth - 1);
        a = number(!isnan(a.value), false);
        break;
    case 3:
        put(maker, "min(");
        a = make(maker, unit, depth - 1);
        put(maker, ", ");
        b = make(maker, unit, depth - 1);
        a = number(isnan(a.value) || isnan(b.value) ? NAN
                   : a.value < b.value              ? a.value
                                                    : b.value,
                   a.zero || b.zero);
        break;
    case 4:
        put(maker, "round(");
        a = make(maker, unit, depth - 1);
        put(maker, ", 2");
        a = number(baton_number_round(a.value, 2, BATON_ROUND_HALF_AWAY), a.zero);
        break;
    case 5:
        put(maker, "bands(");
        a = make(maker, unit, depth - 1);
        put(maker, ", 1, 7, 0, ");
        b = make(maker, unit, depth - 1);
        put(maker, ", -3");
        if (!isnan(a.value)) {
            if (baton_number_compare12(a.value, 1) >= 0)
                a = number(7, false);
            else
                a = baton_number_compare12(a.value, 0) >= 0 ? b : number(-3, false);
        }
        break;
    case 6:
        put(maker, "log(");
        a = make(maker, unit, depth - 1);
        a = number(a.value > 0 ? elementary_log(a.value) : NAN, a.zero);
        break;
    case 7:
        put(maker, "abs(");
        a = make(maker, unit, depth - 1);
        a = number(fabs(a.value), a.zero);
        break;
    default:
        put(maker, "clamp(");
        a = make(maker, unit, depth - 1);
        put(maker, ", 0, 50");
        a = number(isnan(a.value) ? NAN : a.value < 0 ? 0 : a.value > 50 ? 50 : a.value, a.zero);
    }
    put(maker, ")");
    return a;
}

static struct value make(struct maker *maker, size_t unit, unsigned depth) {
    if (depth == 0)
        return make_name(maker, unit);
    switch (below(4)) {
    case 0:
        return make_name(maker, unit);
    case 1:
        return make_function(maker, unit, depth);
    case 2:
        return make_condition(maker, unit, depth - 1);
    default:
        return make_arithmetic(maker, unit, depth);
    }
}

/* The same expression again, for another unit. */
static struct value again(struct maker *maker, size_t unit) {
    maker->size = 0;
    state = maker->seed;
    return make(maker, unit, 4);
}

/* ---- The world of these tests: k0 .. k3 over many units. */

static void many_elements(void *context, uint32_t element, const struct rule_moment *at,
                          double *out) {
    const struct world *world = context;
    (void)at;
    const char *id = world->scheme.element[element].id;
    assert(id[0] == 'k');
    memcpy(out, column[id[1] - '0'], sizeof column[0]);
}

static void many_open(struct world *world) {
    world_open(world);
    world->scheme.unit_count = UNITS;
    world->scheme.unit = arena_alloc(world->arena, UNITS, sizeof *world->scheme.unit);
    world->env.element = many_elements;
}

TEST(rule_random_over_units) {
    for (uint64_t round = 0; round < 400; round++) {
        struct world world;
        many_open(&world);
        state = 1000 + round;
        for (size_t n = 0; n < NAMES; n++)
            for (size_t u = 0; u < UNITS; u++)
                column[n][u] = random_figure();
        struct maker maker = {.seed = 7 * round};
        again(&maker, 0);
        CASE("%s", maker.text);
        const struct rule *rule;
        if (!CHECK_INT(world_compile(&world, RULE_VALUE, maker.text, &rule), BATON_OK))
            return;
        static double out[UNITS], want[UNITS];
        static uint8_t zero[UNITS], want_zero[UNITS];
        memset(zero, 0, sizeof zero);
        const struct rule_moment at = world_year(2021);
        rule_run(rule, &world.env, &at, out, zero);
        for (size_t u = 0; u < UNITS; u++) {
            const struct value value = again(&maker, u);
            want[u] = value.value + 0; /* -0 or 0: see below */
            want_zero[u] = value.zero;
            out[u] += 0;
        }
        CHECK_SAME("values", out, want, UNITS);
        CHECK_BYTES(zero, want_zero, UNITS);
        world_close(&world);
    }
}

TEST(rule_folding_changes_no_bit) {
    for (uint64_t round = 0; round < 1000; round++) {
        struct world world;
        many_open(&world);
        state = 5000 + round;
        for (size_t n = 0; n < NAMES; n++) {
            constant[n] = random_figure();
            for (size_t u = 0; u < UNITS; u++)
                column[n][u] = constant[n];
        }
        struct maker names = {.seed = 13 * round},
                     numbers = {.seed = 13 * round, .constants = true};
        again(&names, 0);
        again(&numbers, 0);
        CASE("%s", numbers.text);
        const struct rule *rule;
        static double out[UNITS], folded[UNITS];
        static uint8_t zero[UNITS], folded_zero[UNITS];
        memset(zero, 0, sizeof zero);
        memset(folded_zero, 0, sizeof folded_zero);
        const struct rule_moment at = world_year(2021);
        CHECK_INT(world_compile(&world, RULE_VALUE, names.text, &rule), BATON_OK);
        rule_run(rule, &world.env, &at, out, zero);
        CHECK_INT(world_compile(&world, RULE_VALUE, numbers.text, &rule), BATON_OK);
        rule_run(rule, &world.env, &at, folded, folded_zero);
        CHECK_SAME("values", folded, out, UNITS);
        CHECK_BYTES(folded_zero, zero, UNITS);
        world_close(&world);
    }
}
