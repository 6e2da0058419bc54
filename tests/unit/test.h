/* The harness of tests/unit. A file holds tests and nothing that calls them:
 *
 *     TEST(normalise_range) {
 *         for (size_t i = 0; i < LENGTH(cases); i++) {
 *             CASE("%s", cases[i].name);
 *             CHECK_INT(thing(cases[i].input), cases[i].want);
 *         }
 *     }
 *
 * A check that fails prints file, line, what was found and what was expected, and the test goes on; each
 * check is a bool as well: if (!CHECK(p != NULL)) return; A test is passed when none of its checks failed,
 * and failed too when it made none. */
#ifndef TEST_H
#define TEST_H

#include "base/macros.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TEST(name) \
    static void test_##name(void); \
    __attribute__((constructor)) static void test_add_##name(void) { \
        static struct test test = {#name, __FILE__, test_##name, NULL}; \
        test_add(&test); \
    } \
    static void test_##name(void)

/* Names, as printf does, what is checked from here on; printed with a failure, until the next or the end of
 * the test. */
#define CASE(...) test_case(__VA_ARGS__)

#define CHECK(condition) test_holds(__FILE__, __LINE__, (condition), #condition)
#define CHECK_INT(got, want) \
    test_check_int(__FILE__, __LINE__, #got, (int64_t)(got), (int64_t)(want))
#define CHECK_TEXT(got, want) \
    test_check_text(__FILE__, __LINE__, #got, (got), (want)) /* NULL equals NULL only */
/* Doubles, bit for bit; NaN equals NaN, and -0 is not 0. */
#define CHECK_DOUBLE(got, want) test_check_double(__FILE__, __LINE__, #got, (got), (want))
#define CHECK_SAME(name, got, want, n) \
    test_check_same(__FILE__, __LINE__, (name), (got), (want), (n))
/* Doubles, |got - want| <= relative * |want|; for what the rules give no exact bits. */
#define CHECK_NEAR(got, want, relative) \
    test_check_near(__FILE__, __LINE__, #got, (got), (want), (relative))
#define CHECK_BYTES(got, want, size) \
    test_check_bytes(__FILE__, __LINE__, #got, (got), (want), (size))
/* Leaves a test that cannot be made here (there is no server), with the reason. It counts neither as passed nor as failed, and is printed. */
#define SKIP(reason) \
    do { \
        test_skip(reason); \
        return; \
    } while (0)
/* Fails with a printf message. */
#define FAIL(...) test_fail(__FILE__, __LINE__, __VA_ARGS__)

/* A folder of the running test's own, empty, removed at its end. For files that a reader under test opens. */
const char *test_folder(void);
/* Writes a file of that folder (name may hold a /); returns its path, valid to the end of the test. */
const char *test_file(const char *name, const void *bytes, size_t size);

/* What the macros are made of. */
struct test {
    const char *name, *file;
    void (*run)(void);
    struct test *next;
};
void test_add(struct test *test);
void test_skip(const char *reason);
PRINTF_LIKE(1, 2) void test_case(const char *format, ...);
bool test_check(const char *file, int line, bool holds, const char *condition);
/* test_check, whose answer is seen to be the condition where it is called. */
static inline bool test_holds(const char *file, int line, bool holds, const char *text) {
    test_check(file, line, holds, text);
    return holds;
}
bool test_check_int(const char *file, int line, const char *what, int64_t got, int64_t want);
bool test_check_text(const char *file, int line, const char *what, const char *got,
                     const char *want);
bool test_check_double(const char *file, int line, const char *what, double got, double want);
bool test_check_near(const char *file, int line, const char *what, double got, double want,
                     double relative);
bool test_check_same(const char *file, int line, const char *name, const double *got,
                     const double *want, size_t n);
bool test_check_bytes(const char *file, int line, const char *what, const void *got,
                      const void *want, size_t size);
PRINTF_LIKE(3, 4) bool test_fail(const char *file, int line, const char *format, ...);

#endif
