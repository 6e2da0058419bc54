/* The elementary functions against those of libquadmath (113 bits), on millions of arguments of every size: prints
 * the greatest error of each in ulps and how often the nearest double was missed. Exit status 1 where an error is
 * above 0.501 ulp.
 *     against_quad COUNT SEED */
#include "base/elementary.h"
#include <math.h>
#include <quadmath.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t state;

static uint64_t next(void) {
    uint64_t z = state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

static double share(void) { // 0 to 1
    return (double)(next() >> 11) * 0x1p-53;
}

static double any_size(void) { // any finite number above 0
    double x;
    do {
        const uint64_t bits = next() >> 1;
        memcpy(&x, &bits, sizeof x);
    } while (!(x > 0 && isfinite(x)));
    return x;
}

static struct {
    const char *name;
    double worst, x, y;
    long count, missed;
} found[] = {{"log", 0, 0, 0, 0, 0}, {"exp", 0, 0, 0, 0, 0}, {"pow", 0, 0, 0, 0, 0}};
enum { LOG, EXP, POW };

static void compare(int which, double x, double y, double got, __float128 want) {
    const double nearest = (double)want;
    found[which].count++;
    found[which].missed += got != nearest;
    double error;
    if (isinf(nearest) || isinf(got)) {
        error = got == nearest ? 0 : INFINITY;
    } else {
        int exponent;
        frexp(nearest, &exponent);
        if (exponent < -1021 || nearest == 0)
            exponent = -1021; // subnormal
        error = (double)(fabsq((__float128)got - want) / scalbnq(1, exponent - 53));
    }
    if (error > found[which].worst) {
        found[which].worst = error;
        found[which].x = x;
        found[which].y = y;
    }
}

static void log_of(double x) {
    if (x > 0)
        compare(LOG, x, 0, elementary_log(x), logq(x));
}

static void exp_of(double x) {
    compare(EXP, x, 0, elementary_exp(x), expq(x));
}

static void pow_of(double x, double y) {
    if (x > 0)
        compare(POW, x, y, elementary_pow(x, y), powq(x, y));
}

int main(int count, char **arguments) {
    const long rounds = count > 1 ? strtol(arguments[1], NULL, 10) : 1000000;
    state = count > 2 ? strtoull(arguments[2], NULL, 10) : 1;
    for (long i = 0; i < rounds; i++) {
        log_of(any_size());
        log_of(1 + (share() - 0.5) * ldexp(1, -(int)(next() % 52)));
        log_of(share() * 2);
        log_of(share() * 1000);
        exp_of((share() - 0.5) * 1500);
        exp_of((share() - 0.5) * ldexp(1, -(int)(next() % 52)));
        exp_of(-708 - share() * 40);
        pow_of(share() * 200, (share() - 0.5) * 20);
        pow_of(share() * 2, (share() - 0.5) * 2000);
        pow_of(any_size(), (share() - 0.5) * 4);
        pow_of(1 + (share() - 0.5) * 1e-6, (share() - 0.5) * 1.5e9);
        pow_of(share() * 1000, (double)(next() % 140) - 70);
        pow_of(any_size(), (double)(next() % 20) - 10);
        pow_of((double)(next() % 1000), (double)(next() % 33) / 4);
    }
    int status = 0;
    for (int i = LOG; i <= POW; i++) {
        const int good = found[i].worst <= 0.501;
        printf("%s %s: %.6f ulp at (%a, %a); not the nearest %ld of %ld times\n",
               good ? "ok" : "FAIL", found[i].name, found[i].worst, found[i].x, found[i].y,
               found[i].missed, found[i].count);
        status |= !good;
    }
    return status;
}
