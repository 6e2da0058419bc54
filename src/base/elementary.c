/* Logarithm, exponential and power of + - * / alone.
 *
 * Only these (and sqrt) give the same bits on every CPU, so nothing else is used: no fma, no function of the C
 * library, and the build keeps the compiler from making fmas of its own (-ffp-contract=off). What needs more than
 * the 53 bits of a double is a pair of them, hi + lo with |lo| at most half an ulp of hi (T. J. Dekker, "A
 * floating-point technique for extending the available precision", Numerische Mathematik 18, 1971; D. E. Knuth,
 * The Art of Computer Programming 2, 4.2.2, theorems B and C).
 *
 * The methods are table-driven (P. T. P. Tang, "Table-driven implementation of the exponential function" and "of
 * the logarithm function", ACM Transactions on Mathematical Software 15, 1989, and 16, 1990), carried out in pairs:
 *
 *   log   x = 2^k m with m from 0.707 to 1.414. A table holds a short c near 1/m, so that r = m c - 1 is a double
 *         exactly and |r| < 0.0059; log x = k log 2 - log c + log(1 + r), the last by its Taylor series, the
 *         terms up to r^3 in pairs. Its error is below 2^-74 of the result.
 *   exp   x = k (log 2 / 64) + r with |r| < 0.0055; e^x = 2^(k / 64) (1 + (e^r - 1)), the first from a table, the
 *         second by its Taylor series. Its error is below 2^-74 too.
 *   pow   e^(y log x) with the pair of the logarithm; |y log x| is below 2^10 for all but 0 and infinity, so
 *         that the error stays below 2^-64. Whole powers up to 64 by repeated squaring in pairs, errors below 2^-97.
 *
 * The pair is then rounded to a double once, also where that is subnormal. */
#include "base/elementary.h"
#include <assert.h>
#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

static_assert(FLT_EVAL_METHOD == 0, "doubles are computed as doubles");

/* hi + lo. */
struct pair {
    double hi, lo;
};

/* a + b exactly. */
static inline struct pair sum(double a, double b) {
    const double hi = a + b, c = hi - a;
    return (struct pair){hi, (a - (hi - c)) + (b - c)};
}

/* The same where |a| >= |b| or a is 0. */
static inline struct pair sum_ordered(double a, double b) {
    const double hi = a + b;
    return (struct pair){hi, b - (hi - a)};
}

/* a * b exactly, for sizes from 2^-400 to 2^900 and their product likewise (below, nearly so). */
static inline struct pair product(double a, double b) {
    const double splitter = 134217729.0; // 2^27 + 1
    const double a_big = a * splitter, b_big = b * splitter;
    const double a_hi = a_big - (a_big - a), b_hi = b_big - (b_big - b);
    const double a_lo = a - a_hi, b_lo = b - b_hi;
    const double hi = a * b;
    return (struct pair){hi, ((a_hi * b_hi - hi) + a_hi * b_lo + a_lo * b_hi) + a_lo * b_lo};
}

static inline struct pair pair_product(struct pair a, struct pair b) {
    const struct pair p = product(a.hi, b.hi);
    return sum_ordered(p.hi, p.lo + (a.hi * b.lo + a.lo * b.hi));
}

static inline uint64_t bits_of(double x) {
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static inline double double_of_bits(uint64_t bits) {
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* 2^n, for -1022 <= n <= 1023. */
static inline double power_of_2(int n) {
    return double_of_bits((uint64_t)(n + 1023) << 52);
}

/* The double nearest to (hi + lo) * 2^n, for hi from 2^-65 to 2^65 and |n| <= 1200. */
static double scaled(struct pair p, int n) {
    const struct pair value = sum_ordered(p.hi, p.lo);
    double size = value.hi;
    const int exponent = (int)(bits_of(size) >> 52) - 1023;
    if (n + exponent < -1022) {
        // Subnormal: what is added to `grid` is rounded to multiples of the least double divided by 2^n.
        const double grid = power_of_2(52 - 1074 - n);
        const struct pair on_grid = sum_ordered(grid, value.hi);
        size = (on_grid.hi + (on_grid.lo + value.lo)) - grid;
    }
    return size * power_of_2(n / 2) * power_of_2(n - n / 2);
}

/* x = 2^*k * m, with the result m from 1 to 2, for a finite x > 0. */
static inline double split_exponent(double x, int *k) {
    uint64_t bits = bits_of(x);
    int exponent = (int)(bits >> 52) - 1023;
    if (exponent == -1023) {
        bits = bits_of(x * 18014398509481984.0); // 2^54
        exponent = (int)(bits >> 52) - 1023 - 54;
    }
    *k = exponent;
    return double_of_bits((bits & (((uint64_t)1 << 52) - 1)) | (uint64_t)1023 << 52);
}

/* For m near i / 256, i = 181 .. 256, then near i / 128, i = 128 .. 181: a c of at most 8 bits for which |m c - 1| is
 * small (1 on either side of 1, so that a small logarithm keeps its precision), and -log(c) as a pair. */
// clang-format off
static const struct {
    double c, log_hi, log_lo;
} log_table[130] = {
    {0x1.6ap+0, -0x1.62c82f2b9c795p-2, -0x1.7b7af915300e5p-57},
    {0x1.68p+0, -0x1.5d1bdbf5809cap-2, -0x1.4236383dc7fe1p-56},
    {0x1.66p+0, -0x1.5767717455a6cp-2, -0x1.526adb283660cp-56},
    {0x1.64p+0, -0x1.51aad872df82dp-2, -0x1.3927ac19f55e3p-59},
    {0x1.62p+0, -0x1.4be5f957778a1p-2, 0x1.259b35b04813dp-57},
    {0x1.6p+0, -0x1.4618bc21c5ec2p-2, -0x1.f42decdeccf1dp-56},
    {0x1.5ep+0, -0x1.404308686a7e4p-2, 0x1.0bcfb6082ce6dp-56},
    {0x1.5cp+0, -0x1.3a64c556945eap-2, 0x1.c68651945f97cp-57},
    {0x1.5ap+0, -0x1.347dd9a987d55p-2, 0x1.4dd4c580919f8p-57},
    {0x1.58p+0, -0x1.2e8e2bae11d31p-2, 0x1.8f4cdb95ebdf9p-56},
    {0x1.58p+0, -0x1.2e8e2bae11d31p-2, 0x1.8f4cdb95ebdf9p-56},
    {0x1.56p+0, -0x1.2895a13de86a3p-2, -0x1.7ad24c13f040ep-56},
    {0x1.54p+0, -0x1.22941fbcf7966p-2, 0x1.76f5eb09628afp-56},
    {0x1.52p+0, -0x1.1c898c16999fbp-2, 0x1.0e5c62aff1c44p-60},
    {0x1.5p+0, -0x1.1675cababa60ep-2, -0x1.ce63eab883717p-61},
    {0x1.4ep+0, -0x1.1058bf9ae4ad5p-2, -0x1.89fa0ab4cb31dp-58},
    {0x1.4cp+0, -0x1.0a324e27390e3p-2, -0x1.7dcfde8061c03p-56},
    {0x1.4ap+0, -0x1.0402594b4d041p-2, 0x1.28ec217a5022dp-57},
    {0x1.4ap+0, -0x1.0402594b4d041p-2, 0x1.28ec217a5022dp-57},
    {0x1.48p+0, -0x1.fb9186d5e3e2bp-3, 0x1.caaae64f21acbp-57},
    {0x1.46p+0, -0x1.ef0adcbdc5936p-3, -0x1.48637950dc20dp-57},
    {0x1.44p+0, -0x1.e27076e2af2e6p-3, 0x1.61578001e0162p-59},
    {0x1.42p+0, -0x1.d5c216b4fbb91p-3, -0x1.6e443597e4d4p-57},
    {0x1.42p+0, -0x1.d5c216b4fbb91p-3, -0x1.6e443597e4d4p-57},
    {0x1.4p+0, -0x1.c8ff7c79a9a22p-3, 0x1.4f689f8434012p-57},
    {0x1.3ep+0, -0x1.bc286742d8cd6p-3, -0x1.4fce744870f55p-58},
    {0x1.3cp+0, -0x1.af3c94e80bff3p-3, 0x1.398cff3641985p-58},
    {0x1.3cp+0, -0x1.af3c94e80bff3p-3, 0x1.398cff3641985p-58},
    {0x1.3ap+0, -0x1.a23bc1fe2b563p-3, -0x1.93711b07a998cp-59},
    {0x1.38p+0, -0x1.9525a9cf456b4p-3, -0x1.d904c1d4e2e26p-57},
    {0x1.36p+0, -0x1.87fa06520c911p-3, 0x1.bf7fdbfa08d9ap-57},
    {0x1.36p+0, -0x1.87fa06520c911p-3, 0x1.bf7fdbfa08d9ap-57},
    {0x1.34p+0, -0x1.7ab890210d909p-3, -0x1.be36b2d6a0608p-59},
    {0x1.32p+0, -0x1.6d60fe719d21dp-3, 0x1.caae268ecd179p-57},
    {0x1.3p+0, -0x1.5ff3070a793d4p-3, 0x1.bc60efafc6f6ep-58},
    {0x1.3p+0, -0x1.5ff3070a793d4p-3, 0x1.bc60efafc6f6ep-58},
    {0x1.2ep+0, -0x1.526e5e3a1b438p-3, 0x1.746ff8a470d3ap-57},
    {0x1.2cp+0, -0x1.44d2b6ccb7d1ep-3, -0x1.9f4f6543e1f88p-57},
    {0x1.2cp+0, -0x1.44d2b6ccb7d1ep-3, -0x1.9f4f6543e1f88p-57},
    {0x1.2ap+0, -0x1.371fc201e8f74p-3, -0x1.de6cb62af18ap-58},
    {0x1.28p+0, -0x1.29552f81ff523p-3, -0x1.301771c407dbfp-57},
    {0x1.28p+0, -0x1.29552f81ff523p-3, -0x1.301771c407dbfp-57},
    {0x1.26p+0, -0x1.1b72ad52f67ap-3, -0x1.483023472cd74p-58},
    {0x1.24p+0, -0x1.0d77e7cd08e59p-3, -0x1.9a5dc5e9030acp-57},
    {0x1.24p+0, -0x1.0d77e7cd08e59p-3, -0x1.9a5dc5e9030acp-57},
    {0x1.22p+0, -0x1.fec9131dbeabbp-4, 0x1.5746b9981b36cp-58},
    {0x1.2p+0, -0x1.e27076e2af2e6p-4, 0x1.61578001e0162p-60},
    {0x1.2p+0, -0x1.e27076e2af2e6p-4, 0x1.61578001e0162p-60},
    {0x1.1ep+0, -0x1.c5e548f5bc743p-4, -0x1.5d617ef8161b1p-60},
    {0x1.1cp+0, -0x1.a926d3a4ad563p-4, -0x1.942f48aa70ea9p-58},
    {0x1.1cp+0, -0x1.a926d3a4ad563p-4, -0x1.942f48aa70ea9p-58},
    {0x1.1ap+0, -0x1.8c345d6319b21p-4, 0x1.4a697ab3424a9p-61},
    {0x1.1ap+0, -0x1.8c345d6319b21p-4, 0x1.4a697ab3424a9p-61},
    {0x1.18p+0, -0x1.6f0d28ae56b4cp-4, 0x1.906d99184b992p-58},
    {0x1.16p+0, -0x1.51b073f06183fp-4, -0x1.a49e39a1a8be4p-58},
    {0x1.16p+0, -0x1.51b073f06183fp-4, -0x1.a49e39a1a8be4p-58},
    {0x1.14p+0, -0x1.341d7961bd1d1p-4, 0x1.b599f227becbbp-58},
    {0x1.14p+0, -0x1.341d7961bd1d1p-4, 0x1.b599f227becbbp-58},
    {0x1.12p+0, -0x1.16536eea37ae1p-4, 0x1.79da3e8c22cdap-60},
    {0x1.12p+0, -0x1.16536eea37ae1p-4, 0x1.79da3e8c22cdap-60},
    {0x1.1p+0, -0x1.f0a30c01162a6p-5, -0x1.85f325c5bbacdp-59},
    {0x1.0ep+0, -0x1.b42dd711971bfp-5, 0x1.eb9759c130499p-60},
    {0x1.0ep+0, -0x1.b42dd711971bfp-5, 0x1.eb9759c130499p-60},
    {0x1.0cp+0, -0x1.77458f632dcfcp-5, -0x1.18d3ca87b9296p-59},
    {0x1.0cp+0, -0x1.77458f632dcfcp-5, -0x1.18d3ca87b9296p-59},
    {0x1.0ap+0, -0x1.39e87b9febd6p-5, 0x1.5bfa937f551bbp-59},
    {0x1.0ap+0, -0x1.39e87b9febd6p-5, 0x1.5bfa937f551bbp-59},
    {0x1.08p+0, -0x1.f829b0e7833p-6, -0x1.33e3f04f1ef23p-60},
    {0x1.08p+0, -0x1.f829b0e7833p-6, -0x1.33e3f04f1ef23p-60},
    {0x1.06p+0, -0x1.7b91b07d5b11bp-6, 0x1.5b602ace3a51p-60},
    {0x1.06p+0, -0x1.7b91b07d5b11bp-6, 0x1.5b602ace3a51p-60},
    {0x1.04p+0, -0x1.fc0a8b0fc03e4p-7, 0x1.83092c59642a1p-62},
    {0x1.04p+0, -0x1.fc0a8b0fc03e4p-7, 0x1.83092c59642a1p-62},
    {0x1.02p+0, -0x1.fe02a6b106789p-8, 0x1.e44b7e3711ebfp-67},
    {0x1p+0, 0, 0},
    {0x1p+0, 0, 0},
    {0x1p+0, 0, 0},
    {0x1.fcp-1, 0x1.010157588de71p-7, 0x1.46662d417cedp-62},
    {0x1.f8p-1, 0x1.0205658935847p-6, 0x1.27c8e8416e71fp-60},
    {0x1.f4p-1, 0x1.8492528c8cabfp-6, -0x1.d192d0619fa67p-60},
    {0x1.fp-1, 0x1.0415d89e74444p-5, 0x1.c05cf1d753622p-59},
    {0x1.ecp-1, 0x1.466aed42de3eap-5, -0x1.cdd6f7f4a137ep-59},
    {0x1.eap-1, 0x1.67c94f2d4bb58p-5, 0x1.0413e6505e603p-59},
    {0x1.e6p-1, 0x1.aaef2d0fb10fcp-5, 0x1.a353bb42e0addp-61},
    {0x1.e2p-1, 0x1.eea31c006b87cp-5, -0x1.3e4fc93b7b66cp-59},
    {0x1.dep-1, 0x1.1973bd1465567p-4, -0x1.7558367a6acf6p-59},
    {0x1.dap-1, 0x1.3bdf5a7d1ee64p-4, 0x1.7a976d3b5b45fp-59},
    {0x1.d8p-1, 0x1.4d3115d207eacp-4, 0x1.769f42c7842ccp-58},
    {0x1.d4p-1, 0x1.700d30aeac0e1p-4, -0x1.72566212cdd05p-61},
    {0x1.dp-1, 0x1.9335e5d594989p-4, -0x1.478a85704ccb7p-58},
    {0x1.cep-1, 0x1.a4e7640b1bc38p-4, -0x1.5b5ca203e4259p-58},
    {0x1.cap-1, 0x1.c885801bc4b23p-4, 0x1.a38cb559a6706p-58},
    {0x1.c8p-1, 0x1.da727638446a2p-4, 0x1.401fa71733019p-58},
    {0x1.c4p-1, 0x1.fe89139dbd566p-4, -0x1.ac9f4215f9393p-58},
    {0x1.cp-1, 0x1.1178e8227e47cp-3, -0x1.0e63a5f01c691p-58},
    {0x1.bep-1, 0x1.1aa2b7e23f72ap-3, -0x1.c6ef1d9b2ef7ep-59},
    {0x1.bap-1, 0x1.2d1610c86813ap-3, -0x1.499a3f25af95fp-58},
    {0x1.b8p-1, 0x1.365fcb0159016p-3, 0x1.7d411a5b944adp-58},
    {0x1.b4p-1, 0x1.4913d8333b561p-3, -0x1.0d5604930f135p-58},
    {0x1.b2p-1, 0x1.527e5e4a1b58dp-3, -0x1.71a9682395bfdp-61},
    {0x1.bp-1, 0x1.5bf406b543db2p-3, -0x1.1f5b44c0df7e7p-61},
    {0x1.acp-1, 0x1.6f0128b756abcp-3, -0x1.8de59c21e166cp-57},
    {0x1.aap-1, 0x1.7898d85444c73p-3, 0x1.ef8f6ebcfb201p-58},
    {0x1.a6p-1, 0x1.8beafeb38fe8cp-3, 0x1.55aa8b6997a4p-58},
    {0x1.a4p-1, 0x1.95a5adcf7017fp-3, 0x1.142c507fb7a3dp-58},
    {0x1.a2p-1, 0x1.9f6c407089664p-3, 0x1.35a19605e67efp-59},
    {0x1.9ep-1, 0x1.b31d8575bce3dp-3, -0x1.6353ab386a94dp-57},
    {0x1.9cp-1, 0x1.bd087383bd8adp-3, 0x1.dd355f6a516d7p-60},
    {0x1.9ap-1, 0x1.c6ffbc6f00f71p-3, -0x1.8e58b2c57a4a5p-57},
    {0x1.98p-1, 0x1.d1037f2655e7bp-3, 0x1.60629242471a2p-57},
    {0x1.94p-1, 0x1.e530effe71012p-3, 0x1.2276041f43042p-59},
    {0x1.92p-1, 0x1.ef5ade4dcffe6p-3, -0x1.08ab2ddc708ap-58},
    {0x1.9p-1, 0x1.f991c6cb3b379p-3, 0x1.f665066f980a2p-57},
    {0x1.8ep-1, 0x1.01eae5626c691p-2, -0x1.18290bd2932e2p-59},
    {0x1.8ap-1, 0x1.0c42d676162e3p-2, 0x1.162c79d5d11eep-58},
    {0x1.88p-1, 0x1.1178e8227e47cp-2, -0x1.0e63a5f01c691p-57},
    {0x1.86p-1, 0x1.16b5ccbacfb73p-2, 0x1.66fbd28b40935p-56},
    {0x1.84p-1, 0x1.1bf99635a6b95p-2, -0x1.12aeb84249223p-57},
    {0x1.82p-1, 0x1.214456d0eb8d4p-2, 0x1.f7ae91aeba60ap-57},
    {0x1.8p-1, 0x1.269621134db92p-2, 0x1.e0efadd9db02bp-56},
    {0x1.7ep-1, 0x1.2bef07cdc9354p-2, -0x1.82dad7fd86088p-56},
    {0x1.7ap-1, 0x1.36b6776be1117p-2, -0x1.324f0e883858ep-58},
    {0x1.78p-1, 0x1.3c25277333184p-2, -0x1.2ad27e50a8ec6p-56},
    {0x1.76p-1, 0x1.419b423d5e8c7p-2, 0x1.0dbb243827392p-57},
    {0x1.74p-1, 0x1.4718dc271c41bp-2, 0x1.8fb4c14c56eefp-60},
    {0x1.72p-1, 0x1.4c9e09e172c3cp-2, -0x1.123615b147a5dp-58},
    {0x1.7p-1, 0x1.522ae0738a3d8p-2, -0x1.8f7e9b38a6979p-57},
    {0x1.6ep-1, 0x1.57bf753c8d1fbp-2, -0x1.0908d15f88b63p-57},
    {0x1.6cp-1, 0x1.5d5bddf595f3p-2, -0x1.6541148cbb8a2p-56},
    {0x1.6ap-1, 0x1.630030b3aac49p-2, 0x1.dc18ce51fff99p-57},
};
// clang-format on

/* The pair of log(x) for a finite x > 0. */
static struct pair log_pair(double x) {
    const double ln2_hi = 0x1.62e42fefa4p-1,
                 ln2_lo = -0x1.8432a1b0e2634p-43; // hi of 41 bits: k * hi is exact
    const struct pair third = {0x1.5555555555555p-2, 0x1.5555555555555p-56};
    int k;
    double m = split_exponent(x, &k);
    unsigned i;
    if (m > 1.4140625) { // 181 / 128
        m *= 0.5;
        k++;
        i = (unsigned)(m * 256 + 0.5) - 181;
    } else {
        i = (unsigned)(m * 128 + 0.5) - 128 + 76;
    }
    const double c = log_table[i].c;

    // r = m c - 1, a multiple of 2^-60 below 2^-7: every step is exact.
    const double m_hi = double_of_bits(bits_of(m) & ~(uint64_t)0x7FFFFFF), m_lo = m - m_hi;
    const double r = (m_hi * c - 1) + m_lo * c;

    // log(1 + r) = r - r^2/2 + r^3/3 - r^4/4 ...
    const struct pair square = product(r, r);
    struct pair cube = product(square.hi, r);
    cube.lo += square.lo * r;
    struct pair rest = product(cube.hi, third.hi);
    rest.lo += cube.hi * third.lo + cube.lo * third.hi;
    const double s = square.hi;
    const double series = (-1.0 / 4 + r * (1.0 / 5)) +
                          s * ((-1.0 / 6 + r * (1.0 / 7)) +
                               s * ((-1.0 / 8 + r * (1.0 / 9)) + s * (-1.0 / 10 + r * (1.0 / 11))));
    const struct pair second = sum_ordered(-0.5 * square.hi, rest.hi);
    const double small = second.lo + (rest.lo - 0.5 * square.lo + s * s * series);

    // Together, the greatest first.
    const double kd = k;
    const struct pair a = sum(kd * ln2_hi, log_table[i].log_hi);
    const struct pair b = sum(a.hi, r);
    const struct pair d = sum(b.hi, second.hi);
    return sum_ordered(d.hi, d.lo + (b.lo + (a.lo + (kd * ln2_lo + log_table[i].log_lo) + small)));
}

/* 2^(j / 64) as a pair. */
// clang-format off
static const struct pair exp_table[64] = {
    {0x1p+0, 0},
    {0x1.02c9a3e778061p+0, -0x1.19083535b085dp-56},
    {0x1.059b0d3158574p+0, 0x1.d73e2a475b465p-55},
    {0x1.0874518759bc8p+0, 0x1.186be4bb284ffp-57},
    {0x1.0b5586cf9890fp+0, 0x1.8a62e4adc610bp-54},
    {0x1.0e3ec32d3d1a2p+0, 0x1.03a1727c57b53p-59},
    {0x1.11301d0125b51p+0, -0x1.6c51039449b3ap-54},
    {0x1.1429aaea92dep+0, -0x1.32fbf9af1369ep-54},
    {0x1.172b83c7d517bp+0, -0x1.19041b9d78a76p-55},
    {0x1.1a35beb6fcb75p+0, 0x1.e5b4c7b4968e4p-55},
    {0x1.1d4873168b9aap+0, 0x1.e016e00a2643cp-54},
    {0x1.2063b88628cd6p+0, 0x1.dc775814a8495p-55},
    {0x1.2387a6e756238p+0, 0x1.9b07eb6c70573p-54},
    {0x1.26b4565e27cddp+0, 0x1.2bd339940e9d9p-55},
    {0x1.29e9df51fdee1p+0, 0x1.612e8afad1255p-55},
    {0x1.2d285a6e4030bp+0, 0x1.0024754db41d5p-54},
    {0x1.306fe0a31b715p+0, 0x1.6f46ad23182e4p-55},
    {0x1.33c08b26416ffp+0, 0x1.32721843659a6p-54},
    {0x1.371a7373aa9cbp+0, -0x1.63aeabf42eae2p-54},
    {0x1.3a7db34e59ff7p+0, -0x1.5e436d661f5e3p-56},
    {0x1.3dea64c123422p+0, 0x1.ada0911f09ebcp-55},
    {0x1.4160a21f72e2ap+0, -0x1.ef3691c309278p-58},
    {0x1.44e086061892dp+0, 0x1.89b7a04ef80dp-59},
    {0x1.486a2b5c13cdp+0, 0x1.3c1a3b69062fp-56},
    {0x1.4bfdad5362a27p+0, 0x1.d4397afec42e2p-56},
    {0x1.4f9b2769d2ca7p+0, -0x1.4b309d25957e3p-54},
    {0x1.5342b569d4f82p+0, -0x1.07abe1db13cadp-55},
    {0x1.56f4736b527dap+0, 0x1.9bb2c011d93adp-54},
    {0x1.5ab07dd485429p+0, 0x1.6324c054647adp-54},
    {0x1.5e76f15ad2148p+0, 0x1.ba6f93080e65ep-54},
    {0x1.6247eb03a5585p+0, -0x1.383c17e40b497p-54},
    {0x1.6623882552225p+0, -0x1.bb60987591c34p-54},
    {0x1.6a09e667f3bcdp+0, -0x1.bdd3413b26456p-54},
    {0x1.6dfb23c651a2fp+0, -0x1.bbe3a683c88abp-57},
    {0x1.71f75e8ec5f74p+0, -0x1.16e4786887a99p-55},
    {0x1.75feb564267c9p+0, -0x1.0245957316dd3p-54},
    {0x1.7a11473eb0187p+0, -0x1.41577ee04992fp-55},
    {0x1.7e2f336cf4e62p+0, 0x1.05d02ba15797ep-56},
    {0x1.82589994cce13p+0, -0x1.d4c1dd41532d8p-54},
    {0x1.868d99b4492edp+0, -0x1.fc6f89bd4f6bap-54},
    {0x1.8ace5422aa0dbp+0, 0x1.6e9f156864b27p-54},
    {0x1.8f1ae99157736p+0, 0x1.5cc13a2e3976cp-55},
    {0x1.93737b0cdc5e5p+0, -0x1.75fc781b57ebcp-57},
    {0x1.97d829fde4e5p+0, -0x1.d185b7c1b85d1p-54},
    {0x1.9c49182a3f09p+0, 0x1.c7c46b071f2bep-56},
    {0x1.a0c667b5de565p+0, -0x1.359495d1cd533p-54},
    {0x1.a5503b23e255dp+0, -0x1.d2f6edb8d41e1p-54},
    {0x1.a9e6b5579fdbfp+0, 0x1.0fac90ef7fd31p-54},
    {0x1.ae89f995ad3adp+0, 0x1.7a1cd345dcc81p-54},
    {0x1.b33a2b84f15fbp+0, -0x1.2805e3084d708p-57},
    {0x1.b7f76f2fb5e47p+0, -0x1.5584f7e54ac3bp-56},
    {0x1.bcc1e904bc1d2p+0, 0x1.23dd07a2d9e84p-55},
    {0x1.c199bdd85529cp+0, 0x1.11065895048ddp-55},
    {0x1.c67f12e57d14bp+0, 0x1.2884dff483cadp-54},
    {0x1.cb720dcef9069p+0, 0x1.503cbd1e949dbp-56},
    {0x1.d072d4a07897cp+0, -0x1.cbc3743797a9cp-54},
    {0x1.d5818dcfba487p+0, 0x1.2ed02d75b3707p-55},
    {0x1.da9e603db3285p+0, 0x1.c2300696db532p-54},
    {0x1.dfc97337b9b5fp+0, -0x1.1a5cd4f184b5cp-54},
    {0x1.e502ee78b3ff6p+0, 0x1.39e8980a9cc8fp-55},
    {0x1.ea4afa2a490dap+0, -0x1.e9c23179c2893p-54},
    {0x1.efa1bee615a27p+0, 0x1.dc7f486a4b6bp-54},
    {0x1.f50765b6e454p+0, 0x1.9d3e12dd8a18bp-54},
    {0x1.fa7c1819e90d8p+0, 0x1.74853f3a5931ep-55},
};
// clang-format on

/* e^(x.hi + x.lo), for |x.hi| <= 800. */
static double exp_pair(struct pair x) {
    const double per_step = 0x1.71547652b82fep+6; // 64 / log 2
    const double step_hi = 0x1.62e42fefcp-7,
                 step_lo = -0x1.c610ca86c3899p-43; // hi of 35 bits: k * hi is exact
    const double magic =
        6755399441055744.0; // 1.5 * 2^52: what is added to it is rounded to a whole number
    const double kd = (x.hi * per_step + magic) - magic;
    const int k = (int)kd;
    const struct pair r = sum(x.hi - kd * step_hi, x.lo - kd * step_lo);

    // e^r - 1 = r + r^2/2 + r^3/6 ...
    const struct pair square = product(r.hi, r.hi);
    const double s = square.hi;
    const double series =
        s * r.hi *
        ((1.0 / 6 + r.hi * (1.0 / 24)) +
         s * ((1.0 / 120 + r.hi * (1.0 / 720)) + s * (1.0 / 5040 + r.hi * (1.0 / 40320))));
    const struct pair grown = sum_ordered(r.hi, 0.5 * square.hi);
    const double grown_lo = grown.lo + (r.lo + (0.5 * square.lo + r.hi * r.lo + series));

    const int j = k & 63;
    const struct pair t = exp_table[j];
    const struct pair p = product(t.hi, grown.hi);
    const struct pair whole = sum_ordered(t.hi, p.hi);
    return scaled(
        (struct pair){whole.hi, whole.lo + (p.lo + (t.hi * grown_lo + t.lo * grown.hi) + t.lo)},
        (k - j) / 64);
}

double elementary_log(double x) {
    if (isnan(x) || x < 0)
        return NAN;
    if (x == 0)
        return -INFINITY;
    if (isinf(x))
        return x;
    return log_pair(x).hi;
}

double elementary_exp(double x) {
    if (isnan(x))
        return NAN;
    if (x > 710)
        return INFINITY;
    if (x < -746)
        return 0;
    return exp_pair((struct pair){x, 0});
}

/* size^n for a finite size > 0 and 1 <= |n| <= 64. */
static double whole_power(double size, int n) {
    int k;
    struct pair factor = {split_exponent(size, &k), 0}, power = {1, 0};
    for (int rest = n < 0 ? -n : n;;) {
        if ((rest & 1) != 0)
            power = pair_product(power, factor);
        rest >>= 1;
        if (rest == 0)
            break;
        factor = pair_product(factor, factor);
    }
    if (n < 0) { // 1 / power, and what is missing of it
        const double quotient = 1 / power.hi;
        const struct pair p = product(quotient, power.hi);
        power = (struct pair){quotient, ((1 - p.hi) - p.lo - quotient * power.lo) / power.hi};
    }
    const int exponent = k * n; // at most 1074 * 64
    if (exponent > 1100)
        return INFINITY;
    if (exponent < -1200)
        return 0;
    return scaled(power, exponent);
}

/* size^y for a finite size > 0 and a finite y. */
static double power_of(double size, double y) {
    if (y == 1 ||
        size == 1) // of 1, whose logarithm is 0, products below would overflow for a huge y
        return size;
    if (y == 2)
        return size * size;
    if (y == 0.5)
        return sqrt(size);
    if (y >= -64 && y <= 64 && y == (int)y)
        return y == 0 ? 1 : whole_power(size, (int)y);
    const struct pair log = log_pair(size);
    const double about = y * log.hi;
    if (about > 710)
        return INFINITY;
    if (about < -746)
        return 0;
    struct pair exponent = product(y, log.hi);
    exponent.lo += y * log.lo;
    return exp_pair(sum_ordered(exponent.hi, exponent.lo));
}

/* size^y where one of them is infinite and neither is NaN; size >= 0. */
static double power_at_infinity(double size, double y) {
    if (y == 0 || size == 1)
        return 1;
    return (size > 1) == (y > 0) ? INFINITY : 0;
}

double elementary_pow(double x, double y) {
    if (isnan(x) || isnan(y))
        return NAN;
    if (x == 0)
        return y == 0 ? 1 : y > 0 ? 0 : NAN;
    const bool whole = fabs(y) >= 9007199254740992.0 || y == (double)(int64_t)y;
    const bool odd = whole && fabs(y) < 9007199254740992.0 && ((int64_t)y & 1) != 0;
    if (x < 0 && !whole)
        return NAN;
    const double size = fabs(x);
    const double power = isinf(size) || isinf(y) ? power_at_infinity(size, y) : power_of(size, y);
    return x < 0 && odd && power != 0 ? -power : power;
}
