/* Regions as people read them, and a value inside of one. */
#include "analyse/regions.h"
#include "baton/number.h"
#include <math.h>
#include <string.h>

enum { DECIMALS_MAX = 9 };

static const char *value_written(const struct regions *regions, const struct quantity *quantity,
                                 double value) {
    if (quantity->is_text)
        return arena_printf(regions->arena, "'%s'", regions->scheme->code[(size_t)value]);
    char text[BATON_NUMBER_SHORTEST_SIZE];
    baton_number_shortest(value, text);
    return arena_text(regions->arena, text, strlen(text));
}

const char *region_written(const struct regions *regions, const struct quantity *quantity,
                           int first, int last) {
    double lo, hi, unused;
    region_ends(quantity, first, &lo, &unused);
    region_ends(quantity, last, &unused, &hi);
    const char *below = isinf(lo) ? NULL : value_written(regions, quantity, lo),
               *above = isinf(hi) ? NULL : value_written(regions, quantity, hi);
    const char *text = quantity->text;
    if (first == last && first % 2 == 1)
        return arena_printf(regions->arena, "%s = %s", text, below);
    if (below == NULL && above == NULL)
        return text;
    const char *from = first % 2 == 1 ? "<=" : "<", *to = last % 2 == 1 ? "<=" : "<";
    if (below == NULL)
        return arena_printf(regions->arena, "%s %s %s", text, to, above);
    if (above == NULL)
        return arena_printf(regions->arena, "%s %s %s", text, first % 2 == 1 ? ">=" : ">", below);
    return arena_printf(regions->arena, "%s %s %s %s %s", below, from, text, to, above);
}

static int decimals_of(double value) {
    int decimals = 0;
    while (decimals < DECIMALS_MAX &&
           baton_number_compare12(baton_number_round(value, decimals, BATON_ROUND_HALF_AWAY),
                                  value) != 0)
        decimals++;
    return decimals;
}

double region_example(const struct quantity *quantity, int region) {
    if (quantity->is_text || region == region_missing(quantity))
        return NAN;
    double lo, hi;
    region_ends(quantity, region, &lo, &hi);
    if (region % 2 == 1)
        return lo;
    const struct possible *range = &quantity->range;
    const bool from_below =
        range->lo <= lo; /* the region begins behind a cut, not where the range does */
    double out;
    if (range->lo <= lo && hi <= range->hi && !isinf(lo) && !isinf(hi)) {
        const int decimals = decimals_of(lo) > decimals_of(hi) ? decimals_of(lo) : decimals_of(hi);
        const double middle = lo + (hi - lo) / 2;
        out = baton_number_round(middle, decimals < DECIMALS_MAX ? decimals + 1 : DECIMALS_MAX,
                                 BATON_ROUND_HALF_AWAY);
        out = out > lo && out < hi ? out : middle;
    } else {
        const double low = lo > range->lo ? lo : range->lo, high = hi < range->hi ? hi : range->hi;
        out = isinf(low) && isinf(high)                    ? 0
              : isinf(high) || (from_below && !isinf(low)) ? floor(low) + 1
                                                           : ceil(high) - 1;
        if (!(out >= low && out <= high && out > lo && out < hi))
            out = low + (high - low) / 2;
    }
    if (quantity->step > 0 && region_possible(quantity, region, true) &&
        !region_is_multiple(out, quantity->step)) {
        const bool within = range->lo > lo;
        const double first = within ? range->lo : lo;
        out = isinf(first) ? floor(out / quantity->step) * quantity->step
                           : region_next_multiple(first, quantity->step, !within);
    }
    return baton_number_sig12(out);
}

const char *regions_ranges(const struct regions *regions) {
    const char *out = NULL;
    for (size_t q = 0; q < regions->count; q++) {
        const struct quantity *quantity = &regions->quantity[q];
        const struct possible range = quantity->range;
        if (quantity->is_text || !possible_is_number(range) || (isinf(range.lo) && isinf(range.hi)))
            continue;
        const char *below = isinf(range.lo) ? NULL : value_written(regions, quantity, range.lo),
                   *above = isinf(range.hi) ? NULL : value_written(regions, quantity, range.hi);
        const char *text =
            below == NULL ? arena_printf(regions->arena, "%s <= %s", quantity->text, above)
            : above == NULL
                ? arena_printf(regions->arena, "%s >= %s", quantity->text, below)
                : arena_printf(regions->arena, "%s <= %s <= %s", below, quantity->text, above);
        out = out == NULL ? text : arena_printf(regions->arena, "%s, %s", out, text);
    }
    return out;
}
