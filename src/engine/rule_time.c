/* Functions over time: their argument is run at other moments. */
#include "engine/rule_tree.h"
#include <assert.h>
#include <math.h>
#include <string.h>

uint32_t time_span(const struct rule_env *env, const struct input *input,
                   const struct rule_moment *at) {
    const enum rule_span span = input->function == FN_YTD ? RULE_TO_YEAR_START : RULE_TO_FIRST;
    return env->span(env->context, input->element, input->element_count, input->moved, at, span);
}

/* What one more period is read into. */
struct reading {
    double *value;
    uint8_t *zero;
};

static struct reading reading_open(struct run *run) {
    return (struct reading){run_column(run), run->flags ? run_bytes(run) : NULL};
}

static void reading_close(struct run *run, const struct reading *reading) {
    run_column_back(run, reading->value);
    run_bytes_back(run, reading->zero);
}

/* The argument at a moment moved by `back` periods. */
static bool read_back(struct run *run, const struct input *input, const struct rule_moment *at,
                      uint32_t back, double *out, uint8_t *zero) {
    const struct rule_moment moved = moment_moved(at, RULE_STEPS, -(int32_t)back);
    return run_program(run, input->arg, &moved, out, zero);
}

static bool missing_everywhere(struct run *run, double *out) {
    for (size_t u = 0; u < run->units; u++)
        out[u] = NAN;
    return false;
}

/* Sum of the last `count` periods, the earliest first, divided by `by`. */
static bool sum_back(struct run *run, const struct input *input, const struct rule_moment *at,
                     uint32_t count, double by, double *out, uint8_t *zero) {
    if (count == 0)
        return missing_everywhere(run, out);
    bool marked = read_back(run, input, at, count - 1, out, zero);
    const struct reading next = reading_open(run);
    for (uint32_t k = count - 1; k-- > 0;) {
        const bool also = read_back(run, input, at, k, next.value, next.zero);
        for (size_t u = 0; u < run->units; u++)
            out[u] += next.value[u];
        if (!also)
            continue;
        assert(zero != NULL && next.zero != NULL);
        if (marked)
            zero_add(run->units, next.zero, zero);
        else
            memcpy(zero, next.zero, run->units);
        marked = true;
    }
    for (size_t u = 0; u < run->units; u++)
        out[u] /= by;
    reading_close(run, &next);
    return marked;
}

/* Growth on the period of the same name a year before. */
static bool growth(struct run *run, const struct input *input, const struct rule_moment *at,
                   double *out, uint8_t *zero) {
    bool marked = read_back(run, input, at, 0, out, zero);
    const struct reading base = reading_open(run);
    const struct rule_moment moved = moment_moved(at, RULE_YEARS, -1);
    const bool base_marked = run_program(run, input->arg, &moved, base.value, base.zero);
    if (run->flags) {
        assert(zero != NULL && base.zero != NULL);
        for (size_t u = 0; u < run->units; u++) {
            const bool own = marked && zero[u] != 0, of_base = base_marked && base.zero[u] != 0;
            zero[u] = own || of_base || (base.value[u] == 0 && !isnan(out[u]));
        }
        marked = true;
    }
    for (size_t u = 0; u < run->units; u++)
        out[u] = base.value[u] > 0 ? out[u] / base.value[u] - 1 : NAN;
    reading_close(run, &base);
    return marked;
}

/* The newest value that is present. */
static bool newest(struct run *run, const struct input *input, const struct rule_moment *at,
                   double *out) {
    const struct rule_moment now = moment_moved(at, RULE_NEWEST, 0);
    const uint32_t count = time_span(run->env, input, &now);
    missing_everywhere(run, out);
    const struct reading next = reading_open(run);
    bool wanting = run->units > 0;
    for (uint32_t k = 0; k < count && wanting; k++) {
        read_back(run, input, &now, k, next.value, next.zero);
        size_t missing = 0;
        for (size_t u = 0; u < run->units; u++) {
            out[u] = isnan(out[u]) ? next.value[u] : out[u];
            missing += isnan(out[u]);
        }
        wanting = missing > 0;
    }
    reading_close(run, &next);
    return false;
}

/* How many periods in a row, from this one back, a condition was met. */
static bool in_a_row(struct run *run, const struct input *input, const struct rule_moment *at,
                     double *out) {
    const uint32_t count = time_span(run->env, input, at);
    const struct reading next = reading_open(run);
    bool going = run->units > 0;
    for (size_t u = 0; u < run->units; u++)
        out[u] = 0;
    for (uint32_t k = 0; k < count && going; k++) {
        read_back(run, input, at, k, next.value, next.zero);
        size_t met = 0;
        for (size_t u = 0; u < run->units; u++) {
            const bool is_met = out[u] == k && next.value[u] != 0 && !isnan(next.value[u]);
            out[u] += is_met;
            met += is_met;
        }
        going = met > 0;
    }
    reading_close(run, &next);
    return false;
}

bool run_over_time(struct run *run, const struct input *input, const struct rule_moment *at,
                   double *out, uint8_t *zero) {
    switch (input->function) {
    case FN_PREV:
        return read_back(run, input, at, (uint32_t)input->back, out, zero);
    case FN_YOY:
        return growth(run, input, at, out, zero);
    case FN_YTD:
        return sum_back(run, input, at, time_span(run->env, input, at), 1, out, zero);
    case FN_MEAN_OF:
        return sum_back(run, input, at, (uint32_t)input->back, input->back, out, zero);
    case FN_LAST:
        return newest(run, input, at, out);
    default:
        assert(input->function == FN_STREAK);
        return in_a_row(run, input, at, out);
    }
}
