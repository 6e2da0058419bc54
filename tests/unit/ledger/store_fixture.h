/* Stores for tests: SQLite always, PostgreSQL where BATON_TEST_POSTGRES holds the address of a database that tests may empty.
 *
 *     TEST(thing) {
 *         FOR_EACH_STORE(kind) {
 *             const char *address = store_fixture_new(kind);
 *             ...
 *         }
 *     }
 */
#ifndef STORE_FIXTURE_H
#define STORE_FIXTURE_H

#include "ledger/store.h"
#include <stdbool.h>

/* Runs what follows for each store that there is; failed checks name it. */
#define FOR_EACH_STORE(kind) \
    for (enum store_kind kind = STORE_SQLITE; store_fixture_has(kind); (kind)++)
bool store_fixture_has(enum store_kind kind);

/* The address of an empty database: a file that is not there in the test's folder, a server's database without a table. Valid
 * until the next is asked for; what was given before is another file (SQLite), or emptied (PostgreSQL). */
const char *store_fixture_new(enum store_kind kind);

/* Runs SQL past the store, on a connection of its own. False, and the test fails, when it cannot. */
bool store_fixture_sql(const char *address, const char *text);

/* A store that a test has opened, with what was found. */
struct store_test {
    struct baton_arena *arena;
    struct baton_findings found;
    struct store *store;
};
baton_code store_test_try(struct store_test *test, const char *address, enum store_mode mode);
/* It has to open: false, and the test fails with the reason, when it does not; then nothing is to be shut. */
bool store_test_open(struct store_test *test, const char *address, enum store_mode mode);
void shut(struct store_test *test);

#define VALUES(...) \
    (struct store_value[]) { \
        __VA_ARGS__ \
    }

/* Checks that a call answers BATON_OK; a failure shows the driver's words. */
#define CHECK_OK(test, call) store_test_ok((test)->store, (call), __FILE__, __LINE__, #call)
bool store_test_ok(struct store *store, baton_code code, const char *file, int line,
                   const char *call);

/* Adds an entry to the ledger 1. */
baton_code store_test_entry(struct store *store, int64_t position, const void *bytes, size_t size);
/* How many entries the ledger 1 has, which have to be 0, 1 ...; -1 = the question failed. */
int64_t store_test_entries(struct store *store);

#endif
