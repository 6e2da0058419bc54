/* Ranks of large cohorts: by counting how often each key occurs where there are few possible keys (scores of two
 * decimals), else by a radix sort from the lowest digit up, which leaves equal keys in their order. */
#include "engine/order_parts.h"
#include <string.h>

enum { LONG_DIGIT = 11, SHORT_DIGIT = 8, MANY = 4096 };

/* Bits of a digit: short ones where counters would be more than keys. */
static int digit_bits(uint32_t n) {
    return n < MANY ? SHORT_DIGIT : LONG_DIGIT;
}

static int bit_length(uint64_t x) {
    return x == 0 ? 0 : 64 - __builtin_clzll(x);
}

/* Turns how often each digit occurs into where its first one goes; true where all keys have the same digit. */
static bool places(uint32_t n, size_t digits, uint32_t *count) {
    uint32_t place = 0;
    for (size_t d = 0; d < digits; d++) {
        const uint32_t here = count[d];
        if (here == n && n > 0)
            return true;
        count[d] = place;
        place += here;
    }
    return false;
}

/* The bits of x as a whole number in the order of doubles; both zeros are one. */
static uint64_t ordered_bits(double x) {
    x += 0.0;
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits ^ ((bits >> 63) != 0 ? UINT64_MAX : (uint64_t)1 << 63);
}

/* Sorts pairs by key[0..bits), between the two arrays; returns the one in which they end. */
static struct order_pair *sort_pairs(uint32_t n, struct order_pair *from, struct order_pair *to,
                                     int bits) {
    const int width = digit_bits(n);
    const uint64_t mask = ((uint64_t)1 << width) - 1;
    for (int shift = 0; shift < bits; shift += width) {
        uint32_t count[1 << LONG_DIGIT];
        memset(count, 0, sizeof count[0] << width);
        for (uint32_t i = 0; i < n; i++)
            count[from[i].key >> shift & mask]++;
        if (places(n, (size_t)1 << width, count))
            continue;
        for (uint32_t i = 0; i < n; i++)
            to[count[from[i].key >> shift & mask]++] = from[i];
        struct order_pair *const swapped = from;
        from = to;
        to = swapped;
    }
    return from;
}

uint32_t order_sort_pairs(struct baton_arena *scratch, uint32_t n, const double *value,
                          bool descending, struct order_pair **out) {
    struct order_pair *pair = arena_alloc_raw(scratch, n, sizeof *pair);
    struct order_pair *other = arena_alloc_raw(scratch, n, sizeof *other);
    uint32_t count = 0;
    uint64_t least = UINT64_MAX, most = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (value[i] != value[i])
            continue;
        const uint64_t bits = ordered_bits(value[i]), key = descending ? ~bits : bits;
        least = key < least ? key : least;
        most = key > most ? key : most;
        pair[count++] = (struct order_pair){key, i};
    }
    for (uint32_t i = 0; i < count; i++)
        pair[i].key -= least;
    *out = count > 1 ? sort_pairs(count, pair, other, bit_length(most - least)) : pair;
    return count;
}

/* The slot of a key: that of `most` is 0, that of no key the one behind the last. */
static inline uint32_t slot_of(int32_t key, int32_t most, uint32_t slots) {
    const uint32_t at = (uint32_t)most - (uint32_t)key;
    return at < slots ? at : slots;
}

/* Ranks by how often each key occurs; slot[slots + 1]. */
static uint32_t rank_by_count(uint32_t n, int32_t *key, int32_t most, uint32_t slots,
                              uint32_t *slot, enum baton_ties ties) {
    memset(slot, 0, (slots + 1) * sizeof slot[0]);
    for (uint32_t i = 0; i < n; i++)
        slot[slot_of(key[i], most, slots)]++;
    uint32_t before = 0, distinct = 0;
    for (uint32_t s = 0; s < slots; s++) {
        const uint32_t count = slot[s];
        slot[s] = order_tied(ties, before, count, distinct);
        before += count;
        distinct += count > 0;
    }
    slot[slots] = 0;
    for (uint32_t i = 0; i < n; i++)
        key[i] = (int32_t)slot[slot_of(key[i], most, slots)];
    return before;
}

/* Ranks by sorting: a key and an index stand in one number. */
static uint32_t rank_by_sort(struct baton_arena *scratch, uint32_t n, int32_t *key, int64_t least,
                             int64_t most, enum baton_ties ties) {
    uint64_t *from = arena_alloc_raw(scratch, n, sizeof *from);
    uint64_t *to = arena_alloc_raw(scratch, n, sizeof *to);
    uint32_t present = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (key[i] != ORDER_NO_KEY)
            from[present++] = (uint64_t)(most - key[i]) << 32 | i;
        key[i] = 0;
    }
    const int width = digit_bits(present), bits = 32 + bit_length((uint64_t)(most - least));
    const uint64_t mask = ((uint64_t)1 << width) - 1;
    for (int shift = 32; shift < bits; shift += width) {
        uint32_t count[1 << LONG_DIGIT];
        memset(count, 0, sizeof count[0] << width);
        for (uint32_t i = 0; i < present; i++)
            count[from[i] >> shift & mask]++;
        if (places(present, (size_t)1 << width, count))
            continue;
        for (uint32_t i = 0; i < present; i++)
            to[count[from[i] >> shift & mask]++] = from[i];
        uint64_t *const swapped = from;
        from = to;
        to = swapped;
    }
    for (uint32_t i = 0, end, distinct = 0; i < present; i = end, distinct++) {
        for (end = i + 1; end < present && from[end] >> 32 == from[i] >> 32;)
            end++;
        for (uint32_t k = i; k < end; k++)
            key[(uint32_t)from[k]] = (int32_t)order_tied(ties, i, end - i, distinct);
    }
    return present;
}

/* The extremes of the keys; *least above *most where there is none. */
static void find_extremes(uint32_t n, const int32_t *key, int32_t *least, int32_t *most) {
    int32_t low = INT32_MAX, high = INT32_MIN;
    for (uint32_t i = 0; i < n; i++) {
        const int32_t before = (int32_t)((uint32_t)key[i] - 1); // no key is the greatest of these
        low = before < low ? before : low;
        high = key[i] > high ? key[i] : high;
    }
    *least = low == INT32_MAX ? INT32_MAX : low + 1;
    *most = high;
}

uint32_t order_rank_keys(struct baton_arena *scratch, uint32_t n, uint32_t *key_then_rank,
                         enum baton_ties ties) {
    int32_t *const key = (int32_t *)key_then_rank;
    int32_t least, most;
    find_extremes(n, key, &least, &most);
    if (least > most) {
        memset(key, 0, n * sizeof key[0]);
        return 0;
    }
    const struct arena_mark mark = arena_mark(scratch);
    const int64_t slots = (int64_t)most - least + 1;
    const uint32_t present =
        slots <= 2 * (int64_t)n
            ? rank_by_count(n, key, most, (uint32_t)slots,
                            arena_alloc_raw(scratch, (size_t)slots + 1, sizeof(uint32_t)), ties)
            : rank_by_sort(scratch, n, key, least, most, ties);
    arena_reset_to(scratch, mark);
    return present;
}
