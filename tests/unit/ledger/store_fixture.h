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
    for (enum store_kind kind = STORE_SQLITE; store_fixture_has(kind); kind++)
bool store_fixture_has(enum store_kind kind);

/* The address of an empty database: a file that is not there in the test's folder, a server's database without a table. Valid
 * to the end of the test. The one that was given before is emptied (PostgreSQL) or another (SQLite). */
const char *store_fixture_new(enum store_kind kind);

/* Runs SQL past the store, on a connection of its own. False, and the test fails, when it cannot. */
bool store_fixture_sql(const char *address, const char *text);

#endif
