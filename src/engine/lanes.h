/* Two doubles at once, in the 16 bytes that every CPU's vectors have. What compilers do not make of plain loops
 * on their own is written with these; each lane gives the bits that the plain operation gives. */
#ifndef ENGINE_LANES_H
#define ENGINE_LANES_H

#include <stdint.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

typedef double lanes_f64 __attribute__((vector_size(16)));
typedef int64_t lanes_i64
    __attribute__((vector_size(16))); // a comparison gives -1 or 0 in each lane
typedef int32_t lanes_i32 __attribute__((vector_size(16)));
typedef int16_t lanes_i16 __attribute__((vector_size(16)));
enum { LANES_F64 = 2, LANES_I16 = 8 };

static inline lanes_f64 lanes_load(const double *from) {
    lanes_f64 x;
    memcpy(&x, from, sizeof x);
    return x;
}

static inline void lanes_store(double *to, lanes_f64 x) {
    memcpy(to, &x, sizeof x);
}

static inline lanes_f64 lanes_all(double x) {
    return (lanes_f64){x, x};
}

/* `yes` where the lane of mask is -1, `no` where it is 0. */
static inline lanes_f64 lanes_select(lanes_i64 mask, lanes_f64 yes, lanes_f64 no) {
    return (lanes_f64)((mask & (lanes_i64)yes) | (~mask & (lanes_i64)no));
}

/* x < best ? x : best, and x > best ? x : best: a NaN in x leaves best. */
static inline lanes_f64 lanes_min(lanes_f64 x, lanes_f64 best) {
#ifdef __SSE2__
    return _mm_min_pd(x, best);
#else
    return lanes_select(x < best, x, best);
#endif
}

static inline lanes_f64 lanes_max(lanes_f64 x, lanes_f64 best) {
#ifdef __SSE2__
    return _mm_max_pd(x, best);
#else
    return lanes_select(x > best, x, best);
#endif
}

static inline lanes_f64 lanes_abs(lanes_f64 x) {
    return (lanes_f64)((lanes_i64)x & (lanes_i64){INT64_MAX, INT64_MAX});
}

/* The nearest whole numbers to a's and b's lanes, of two equally near the even one; INT32_MIN for NaN and for what no
 * int32_t holds. */
static inline lanes_i32 lanes_whole(lanes_f64 a, lanes_f64 b) {
#ifdef __SSE2__
    return (lanes_i32)_mm_unpacklo_epi64(_mm_cvtpd_epi32(a), _mm_cvtpd_epi32(b));
#else
    const double magic =
        6755399441055744.0; // 1.5 * 2^52: what is added to it is rounded to a whole number
    const double x[4] = {a[0], a[1], b[0], b[1]};
    lanes_i32 whole;
    for (int i = 0; i < 4; i++)
        whole[i] = x[i] > -2147483648.5 && x[i] < 2147483647.5 ? (int32_t)((x[i] + magic) - magic)
                                                               : INT32_MIN;
    return whole;
#endif
}

/* The first two, and the last two, of four whole numbers as doubles. */
static inline lanes_f64 lanes_first(lanes_i32 x) {
#ifdef __SSE2__
    return _mm_cvtepi32_pd((__m128i)x);
#else
    return (lanes_f64){x[0], x[1]};
#endif
}

static inline lanes_f64 lanes_last(lanes_i32 x) {
#ifdef __SSE2__
    return _mm_cvtepi32_pd(_mm_unpackhi_epi64((__m128i)x, (__m128i)x));
#else
    return (lanes_f64){x[2], x[3]};
#endif
}

/* Eight whole numbers as shorter ones; those that do not fit become the nearest that does. */
static inline lanes_i16 lanes_narrow(const int32_t *from) {
    lanes_i32 a, b;
    memcpy(&a, from, sizeof a);
    memcpy(&b, from + 4, sizeof b);
#ifdef __SSE2__
    return (lanes_i16)_mm_packs_epi32((__m128i)a, (__m128i)b);
#else
    lanes_i16 narrow;
    for (int i = 0; i < LANES_I16; i++) {
        const int32_t x = i < 4 ? a[i] : b[i - 4];
        narrow[i] = (int16_t)(x < INT16_MIN ? INT16_MIN : x > INT16_MAX ? INT16_MAX : x);
    }
    return narrow;
#endif
}

static inline double lanes_least(lanes_f64 x) {
    return x[1] < x[0] ? x[1] : x[0];
}

static inline double lanes_greatest(lanes_f64 x) {
    return x[1] > x[0] ? x[1] : x[0];
}

#endif
