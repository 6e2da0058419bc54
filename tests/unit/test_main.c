/* Runs the tests that registered themselves, by file and name:
 *     unit-base [--list] [WORD]...     only those whose name or file holds one of the words
 * Prints failures and, last, "N passed, N failed"; exit status 1 if one failed or none ran. */
#include "unit/test.h"
#include <errno.h>
#include <ftw.h>
#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct test *tests;
static const struct test *running;
static char case_name[300];
static unsigned checks, failures; /* of the running test */
static const char *skipped;       /* why it was left; NULL = it was not */
static char folder[PATH_MAX];     /* "" until asked for */
static char *paths[256];          /* handed out by test_file */
static size_t path_count;

static int compare(const struct test *a, const struct test *b) {
    const int by_file = strcmp(a->file, b->file);
    return by_file != 0 ? by_file : strcmp(a->name, b->name);
}

void test_add(struct test *test) {
    struct test **at = &tests;
    while (*at != NULL && compare(*at, test) < 0)
        at = &(*at)->next;
    test->next = *at;
    *at = test;
}

void test_skip(const char *reason) {
    skipped = reason;
}

void test_case(const char *format, ...) {
    va_list values;
    va_start(values, format);
    vsnprintf(case_name, sizeof case_name, format, values);
    va_end(values);
}

bool test_fail(const char *file, int line, const char *format, ...) {
    checks++;
    if (failures++ < 20) {
        va_list values;
        va_start(values, format);
        printf("%s:%d: %s%s%s: ", file, line, running->name, case_name[0] != '\0' ? ": " : "",
               case_name);
        vprintf(format, values);
        printf("\n");
        va_end(values);
    }
    return false;
}

static bool pass(void) {
    checks++;
    return true;
}

bool test_check(const char *file, int line, bool holds, const char *condition) {
    return holds ? pass() : test_fail(file, line, "%s does not hold", condition);
}

bool test_check_int(const char *file, int line, const char *what, int64_t got, int64_t want) {
    return got == want
               ? pass()
               : test_fail(file, line, "%s is %" PRId64 ", expected %" PRId64, what, got, want);
}

bool test_check_text(const char *file, int line, const char *what, const char *got,
                     const char *want) {
    if (got == want || (got != NULL && want != NULL && strcmp(got, want) == 0))
        return pass();
    return test_fail(file, line, "%s is\n    %s\nexpected\n    %s", what,
                     got != NULL ? got : "(NULL)", want != NULL ? want : "(NULL)");
}

static bool same(double a, double b) {
    return (a == b && signbit(a) == signbit(b)) || (isnan(a) && isnan(b));
}

bool test_check_double(const char *file, int line, const char *what, double got, double want) {
    return same(got, want) ? pass()
                           : test_fail(file, line, "%s is %.17g, expected %.17g", what, got, want);
}

bool test_check_near(const char *file, int line, const char *what, double got, double want,
                     double relative) {
    if (same(got, want) || fabs(got - want) <= relative * fabs(want))
        return pass();
    return test_fail(file, line, "%s is %.17g, expected %.17g within %g", what, got, want,
                     relative);
}

bool test_check_same(const char *file, int line, const char *name, const double *got,
                     const double *want, size_t n) {
    bool all = true;
    for (size_t i = 0; i < n; i++)
        if (!same(got[i], want[i]))
            all = test_fail(file, line, "%s: [%zu] is %.17g, expected %.17g", name, i, got[i],
                            want[i]);
    return all ? pass() : false;
}

bool test_check_bytes(const char *file, int line, const char *what, const void *got,
                      const void *want, size_t size) {
    const unsigned char *a = got, *b = want;
    for (size_t i = 0; i < size; i++)
        if (a[i] != b[i])
            return test_fail(file, line, "%s: byte %zu is %02x, expected %02x", what, i, a[i],
                             b[i]);
    return pass();
}

static _Noreturn void give_up(const char *doing) {
    printf("%s: %s: %s\n", running->name, doing, strerror(errno));
    exit(1);
}

const char *test_folder(void) {
    if (folder[0] == '\0') {
        const char *above = getenv("TMPDIR");
        snprintf(folder, sizeof folder, "%s/baton-test-XXXXXX", above != NULL ? above : P_tmpdir);
        if (mkdtemp(folder) == NULL)
            give_up(folder);
    }
    return folder;
}

const char *test_file(const char *name, const void *bytes, size_t size) {
    char *path = NULL;
    if (path_count == LENGTH(paths) || asprintf(&path, "%s/%s", test_folder(), name) < 0)
        give_up("too many files");
    paths[path_count++] = path;
    for (char *slash = path + strlen(folder) + 1; (slash = strchr(slash, '/')) != NULL; slash++) {
        *slash = '\0';
        if (mkdir(path, 0777) != 0 && errno != EEXIST)
            give_up(path);
        *slash = '/';
    }
    FILE *file = fopen(path, "wb");
    if (file == NULL || fwrite(bytes, 1, size, file) != size || fclose(file) != 0)
        give_up(path);
    return path;
}

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *where) {
    (void)about, (void)kind, (void)where;
    return remove(path);
}

static void clean_up(void) {
    while (path_count > 0)
        free(paths[--path_count]);
    if (folder[0] != '\0' && nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS) != 0)
        give_up(folder);
    folder[0] = '\0';
}

static bool wanted(const struct test *test, int count, char **words) {
    for (int i = 0; i < count; i++)
        if (strstr(test->name, words[i]) != NULL || strstr(test->file, words[i]) != NULL)
            return true;
    return count == 0;
}

int main(int argc, char **argv) {
    const bool list = argc > 1 && strcmp(argv[1], "--list") == 0;
    const int skip = list ? 2 : 1;
    unsigned passed = 0, failed = 0;
    setvbuf(stdout, NULL, _IOLBF, 0);
    for (const struct test *test = tests; test != NULL; test = test->next) {
        if (!wanted(test, argc - skip, argv + skip))
            continue;
        if (list) {
            printf("%s %s\n", test->file, test->name);
            continue;
        }
        running = test;
        case_name[0] = '\0';
        checks = failures = 0;
        skipped = NULL;
        test->run();
        clean_up();
        if (skipped != NULL && failures == 0) {
            printf("skipped %s: %s\n", test->name, skipped);
            continue;
        }
        if (checks == 0)
            printf("%s: %s: made no check\n", test->file, test->name);
        if (failures > 20)
            printf("%s: %u more\n", test->name, failures - 20);
        if (checks == 0 || failures > 0)
            failed++;
        else
            passed++;
    }
    if (!list)
        printf("%u passed, %u failed\n", passed, failed);
    return !list && (failed > 0 || passed == 0);
}
