/* Logarithm, exponential and power, the same bits on every CPU and with every compiler.
 *
 * Each result is the true value rounded once, or its neighbour where the true value lies within 1/1000 of an ulp
 * of the middle between two doubles; a result that is a double is exact. (The C library's differ from CPU to CPU
 * in the last bit.) NaN in, NaN out. Nothing is set, raised or allocated. */
#ifndef BASE_ELEMENTARY_H
#define BASE_ELEMENTARY_H

/* The natural logarithm. Of 0: -infinity; of less: NaN; of +infinity: +infinity. */
double elementary_log(double x);

/* e^x. Beyond the greatest double +infinity (from 709.79 on), below the least 0 (from -745.2 on). */
double elementary_exp(double x);

/* x^y. x < 0 with a y that is not whole: NaN. 0^0 and x^0 are 1; 0^y of y < 0, a division by zero, is NaN; of y > 0
 * it is 0 (never -0). Beyond the greatest double an infinity with the sign of the result, below the least 0.
 * With infinities as the limits say: 1^inf and (-1)^inf are 1. Unlike C's pow, NaN^0 and 1^NaN are NaN: what is
 * missing stays missing. */
double elementary_pow(double x, double y);

#endif
