/* Numbers: reading, printing, rounding and comparing. All of Baton does these four through here, so that
 * what is shown, what is ranked and what is read back are one and the same.
 *
 * A figure is a double; NaN = missing. Nothing here depends on the locale, the compiler or the CPU, nothing
 * allocates and nothing can fail but reading. Any thread may call anything at any time. */
#ifndef BATON_NUMBER_H
#define BATON_NUMBER_H

#include "code.h"
#include <stdbool.h>
#include <stddef.h>

/* Why a text is not a number; each asks for an advice of its own. */
enum baton_number_error {
    BATON_NUMBER_OK = 0,
    BATON_NUMBER_EMPTY,  /* no byte, or only spaces */
    BATON_NUMBER_SPACED, /* a number with spaces around it, or before its % */
    BATON_NUMBER_DASH,   /* a word for "no figure": - -- — / N/A NA null none 无 缺 ... */
    BATON_NUMBER_GROUPED, /* digits in groups: 1,234 or 1 234 or 1'234 or 1_234; or a comma for the point */
    BATON_NUMBER_FULLWIDTH, /* full-width or typographic characters: １２ ． ％ － − */
    BATON_NUMBER_HEX,       /* 0x10 */
    BATON_NUMBER_INFINITE,  /* inf, infinity, nan, with a sign or without */
    BATON_NUMBER_TOO_LARGE, /* beyond 1e100 on either side of zero */
    BATON_NUMBER_PERCENT, /* a sound number followed by % where none is allowed (percent == NULL) */
    BATON_NUMBER_TRAILING, /* a number, then something else: 12亿元, 1.2.3, 5e */
    BATON_NUMBER_NOT       /* anything else */
};

/* Reads the whole of text[0..size) as a number: an optional sign, digits with an optional point among, before
 * or behind them, an optional exponent (e or E, sign, digits), an optional % (full grammar:
 * [+-]? (D+ ('.' D*)? | '.' D+) ([eE] [+-]? D+)? '%'?). Nothing around it, not even spaces; no NUL is needed.
 *
 *   *out      the double nearest to the decimal, of two equally near the one with an even last bit, however
 *             many digits there are; +0 for every zero and for what is nearer to 0 than to any other double
 *   *percent  whether a % stands behind it; *out is then not divided (98.5% gives 98.5 and true). With NULL
 *             a % is an error
 *
 * On an error neither is touched. No byte beyond `size` is read. O(size). */
BATON_API enum baton_number_error baton_number_parse(const char *text, size_t size, double *out,
                                                     bool *percent);

/* Room for what baton_number_shortest and baton_number_fixed write, with its NUL. */
#define BATON_NUMBER_SHORTEST_SIZE 32
#define BATON_NUMBER_FIXED_SIZE 64

/* Prints x with the fewest significant digits that read back as the same double; among several such decimals
 * the one nearest to x. Plain for 1e-7 <= |x| < 1e21 (`1234.5`, `0.0000001`, integers without a point), else
 * with an exponent (`1e21`, `1.5e-9`). Either zero prints `0`; NaN (missing) nothing; infinities, which no
 * figure is, `inf` and `-inf`. Returns the length; a NUL follows. */
BATON_API size_t baton_number_shortest(double x, char out[BATON_NUMBER_SHORTEST_SIZE]);

/* Prints x rounded half away from zero (as baton_number_round does) with exactly `decimals` digits behind
 * the point, 0..9 of them: (2.5, 2) gives `2.50`; never `-0.00`. Never an exponent below 1e50; beyond that, as
 * baton_number_shortest of the number at 12 significant digits. NaN prints nothing, infinities `inf`, `-inf`.
 * Returns the length; a NUL follows. */
BATON_API size_t baton_number_fixed(double x, int decimals, char out[BATON_NUMBER_FIXED_SIZE]);

/* x at 12 significant digits: the decimal of 12 digits that is nearest to x (to its exact binary value; of two
 * equally near the one away from zero), as the double nearest to that decimal. So results that differ only by
 * rounding errors become equal doubles. Zero is +0; NaN and infinities pass through. */
BATON_API double baton_number_sig12(double x);

/* How a number is rounded when it lies between two decimals. */
enum baton_rounding {
    BATON_ROUND_HALF_AWAY, /* to the nearer; from the middle away from zero: 四舍五入 */
    BATON_ROUND_HALF_EVEN, /* to the nearer; from the middle to the even digit */
    BATON_ROUND_DOWN       /* towards zero */
};

/* Rounds the decimal that baton_number_sig12 stands for, as a person rounds a printed number: 1.005, 2.675 and
 * 38.885, none of which is a double, become 1.01, 2.68 and 38.89. The result is the double nearest to the
 * rounded decimal. `decimals` is -3..9, negative ones for tens, hundreds, thousands. Zero is +0; NaN and
 * infinities pass through. */
BATON_API double baton_number_round(double x, int decimals, enum baton_rounding mode);

/* baton_number_round of x[0..n), bit for bit, in vector operations; out may be x itself, but not overlap it
 * otherwise. About a nanosecond a number. */
BATON_API void baton_number_round_n(size_t n, const double x[], double out[], int decimals,
                                    enum baton_rounding mode);

/* Compares at 12 significant digits: -1, 0, 1 for a below, equal to, above b. For sorting NaN is equal to NaN
 * and below everything else. */
BATON_API int baton_number_compare12(double a, double b);

/* Whether both are the same bits, any NaN being the same as any other. */
BATON_API bool baton_number_equal_bits(double a, double b);

#endif
