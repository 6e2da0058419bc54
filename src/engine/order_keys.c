/* Whole numbers for decimals: a score of 38.89 is 3889 hundredths. Whole numbers take a fraction of the room and
 * the time of doubles, to compare as well as to sort. */
#include "base/number.h"
#include "engine/lanes.h"
#include "engine/order_parts.h"
#include <assert.h>
#include <math.h>

/* Added to a number below 2^51, it rounds it to a whole number. */
#define MAGIC 6755399441055744.0 // 1.5 * 2^52

/* The nearest whole number to y = score * unit (rounded once) is the one asked for, unless the score lies as near to
 * the middle between two as 12 digits are apart from each other, at most 1e-11 of it; there the digits decide. */
#define OPEN 6e-12

/* The key of a rounded score; false where it is beyond `most`. */
static inline bool key_of(double rounded, int decimals, bool descending, int32_t most,
                          int32_t *key) {
    if (isnan(rounded)) {
        *key = ORDER_NO_KEY;
        return true;
    }
    const double units = rounded * decimal_ten[decimals]; // next to a whole number
    if (!(fabs(units) < most + 0.5))
        return false;
    const int32_t whole = (int32_t)(units < 0 ? units - 0.5 : units + 0.5);
    *key = descending ? whole : -whole;
    return true;
}

/* Half away from zero, one key. */
static bool round_one(double x, int decimals, bool descending, int32_t most, int32_t *key) {
    const double y = x * decimal_ten[decimals], whole = (y + MAGIC) - MAGIC;
    if (LIKELY(fabs(y - whole) + fabs(y) * OPEN < 0.5 && fabs(whole) <= most)) {
        *key = (int32_t)(descending ? whole : -whole);
        return true;
    }
    return key_of(baton_number_round(x, decimals, BATON_ROUND_HALF_AWAY), decimals, descending,
                  most, key);
}

/* The greatest that came by, lane by lane. */
struct greatest {
    lanes_f64 distance; // from the nearest whole number
    lanes_f64 size;     // in units
};

/* Four keys, the nearest whole numbers. */
static inline lanes_i32 round_four(const double *score, lanes_f64 unit, struct greatest *greatest) {
    const lanes_f64 a = lanes_load(score) * unit, b = lanes_load(score + LANES_F64) * unit;
    const lanes_i32 whole = lanes_whole(a, b);
    const lanes_f64 a_distance = lanes_abs(a - lanes_first(whole)),
                    b_distance = lanes_abs(b - lanes_last(whole));
    greatest->distance = lanes_max(a_distance, lanes_max(b_distance, greatest->distance));
    greatest->size = lanes_max(lanes_abs(a), lanes_max(lanes_abs(b), greatest->size));
    return whole;
}

/* Half away from zero: four at a time, again one by one where something is open. */
static bool round_half_away(size_t n, const double *score, int decimals, bool descending,
                            int32_t most, int32_t *key) {
    enum { BLOCK = 32, AT_ONCE = 4 };
    _Static_assert((int)ORDER_NO_KEY == INT32_MIN, "lanes_whole gives it for NaN");
    const lanes_f64 unit = lanes_all(decimal_ten[decimals]);
    for (size_t first = 0, end; first < n; first = end) {
        end = n - first < BLOCK ? n : first + BLOCK;
        struct greatest greatest = {{0}, {0}};
        size_t i = first;
        for (; i + AT_ONCE <= end; i += AT_ONCE) {
            const lanes_i32 whole = round_four(score + i, unit, &greatest);
            memcpy(key + i, &whole, sizeof whole);
        }
        if (!descending)
            for (size_t k = first; k < i; k++)
                key[k] = key[k] == ORDER_NO_KEY ? ORDER_NO_KEY : -key[k];
        const double size = lanes_greatest(greatest.size);
        if (UNLIKELY(lanes_greatest(greatest.distance) + size * OPEN >= 0.5 || size > most))
            i = first;
        for (; i < end; i++)
            if (!round_one(score[i], decimals, descending, most, key + i))
                return false;
    }
    return true;
}

bool order_round_keys(size_t n, const double *score, int decimals, enum baton_rounding mode,
                      bool descending, int32_t most, int32_t *key) {
    assert(decimals >= 0 && decimals <= 9 && most <= ORDER_KEY_MOST);
    if (mode == BATON_ROUND_HALF_AWAY)
        return round_half_away(n, score, decimals, descending, most, key);
    for (size_t first = 0, count; first < n; first += count) {
        double rounded[64];
        count = n - first < LENGTH(rounded) ? n - first : LENGTH(rounded);
        baton_number_round_n(count, score + first, rounded, decimals, mode);
        for (size_t i = 0; i < count; i++)
            if (!key_of(rounded[i], decimals, descending, most, key + first + i))
                return false;
    }
    return true;
}

/* Whether a value is a whole number of units of 1 / ten, and which. */
static bool key_in_units(double x, double ten, int32_t most, int32_t *key) {
    const double units = x * ten;
    *key = ORDER_NO_KEY;
    if (isnan(x))
        return true;
    if (!(fabs(units) <= most))
        return false;
    const double whole = (units + MAGIC) - MAGIC;
    *key = (int32_t)whole;
    return whole / ten == x;
}

/* Keys in units of 1 / ten; false where some value is not a whole number of them, or is beyond `most`. */
static bool keys_in_units(size_t n, const double *value, double ten, int32_t most, int32_t *key) {
    enum { BLOCK = 64, AT_ONCE = 4 };
    const lanes_f64 unit = lanes_all(ten);
    for (size_t first = 0, end; first < n; first = end) {
        end = n - first < BLOCK ? n : first + BLOCK;
        lanes_f64 off = {0}, size = {0};
        size_t i = first;
        for (; i + AT_ONCE <= end; i += AT_ONCE) {
            const lanes_f64 a = lanes_load(value + i), b = lanes_load(value + i + LANES_F64);
            const lanes_i32 whole = lanes_whole(a * unit, b * unit);
            off = lanes_max(lanes_abs(lanes_first(whole) / unit - a), off);
            off = lanes_max(lanes_abs(lanes_last(whole) / unit - b), off);
            size = lanes_max(lanes_abs(a * unit), size);
            size = lanes_max(lanes_abs(b * unit), size);
            memcpy(key + i, &whole, sizeof whole);
        }
        if (lanes_greatest(off) > 0 || lanes_greatest(size) > most)
            return false;
        for (; i < end; i++)
            if (!key_in_units(value[i], ten, most, key + i))
                return false;
    }
    return true;
}

bool order_decimal_keys(size_t n, const double *value, bool descending, int32_t most,
                        int32_t *key) {
    int decimals = 0;
    while (decimals <= 6 && !keys_in_units(n, value, decimal_ten[decimals], most, key))
        decimals++;
    if (decimals > 6)
        return false;
    for (size_t i = 0; i < n && !descending; i++)
        key[i] = key[i] == ORDER_NO_KEY ? ORDER_NO_KEY : -key[i];
    return true;
}
