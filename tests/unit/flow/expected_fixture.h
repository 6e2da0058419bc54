/* Small packages of which is asked what is expected: in a folder of the test, without a ledger. */
#ifndef EXPECTED_FIXTURE_H
#define EXPECTED_FIXTURE_H

#include "base/arena.h"
#include "flow/expected.h"

struct expected_test {
    struct baton_arena *arena;
    struct baton_findings found;
    struct baton_session *session;
    struct expected all;
};

/* The contents of the files; NULL = the ones below. scheme.yaml: after its head; without `groups`, those below follow. */
struct expected_package {
    const char *scheme, *indicators, *units, *weights, *successions, *observations;
};

/* Units of the packages, where they give none: towns a, b of a county, villages a1, a2, b1 of theirs, offices o and p. Groups town and office. */

/* Opens it and derives what is expected; false, and the test fails, where it cannot be opened. */
bool expected_begin(struct expected_test *test, const struct expected_package *package);
/* The package that is there already. */
bool expected_begin_path(struct expected_test *test, const char *path);
void expected_end(struct expected_test *test);

/* "a: gdp people; county: gdp". */
const char *expected_text(struct expected_test *test, const struct expected *of);
/* The same in a period ("2021-03"). */
const char *expected_text_in(struct expected_test *test, const char *period);
/* NULL where it is not expected. */
const struct expectation *expected_find(const struct expected_test *test, const char *unit,
                                        const char *element);

#endif
