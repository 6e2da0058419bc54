/* Ledgers for tests: made in an empty store, with a world of their own: a clock that stands still until it is moved, and chance that is none.
 *
 * The founder is li.wei; wang.min, of the office too, can decide what li.wei proposes; zhao.qing is a clerk of a unit. The assessment is "city". */
#ifndef LEDGER_FIXTURE_H
#define LEDGER_FIXTURE_H

#include "ledger/ledger.h"
#include "unit/ledger/store_fixture.h"

struct ledger_test {
    struct baton_arena *arena; /* of the ledger and of what is asked */
    struct baton_findings found;
    struct ledger_world world;
    struct ledger_place place;
    struct ledger *ledger;
};

/* 2021-08-27 00:00 UTC; the clock of every ledger_test. May be moved on; who moves it far puts it back when done. */
#define LEDGER_TEST_BEGINS INT64_C(1630022400000)
extern _Atomic int64_t ledger_test_now_utc_ms;

/* Makes a ledger at that address and opens it. False, and the test fails, when it cannot. */
bool ledger_test_make(struct ledger_test *test, const char *address, enum digest_kind digest,
                      enum signature_kind signature);
/* Opens the one that is there. */
bool ledger_test_open(struct ledger_test *test, const char *address);
void ledger_test_close(struct ledger_test *test);

/* A fact of text fields: "unit=a element=gdp period=2021-01 value=7". Values have no spaces; `name:=text` is a field of type C. Lives in test->arena. */
struct fact_body ledger_test_fact(struct ledger_test *test, const char *kind,
                                  const char *assessment, const char *fields);
/* Appends one such fact; the findings of the call are in test->found. *position may be NULL. */
baton_code ledger_test_say(struct ledger_test *test, const char *actor, const char *kind,
                           const char *assessment, const char *fields, uint64_t *position);

/* Proposes one such fact; *proposal may be NULL. Accepts what was proposed. Both as ledger_test_say. */
baton_code ledger_test_propose(struct ledger_test *test, const char *actor, const char *kind,
                               const char *assessment, const char *fields, uint64_t *proposal);
baton_code ledger_test_accept(struct ledger_test *test, const char *actor, uint64_t proposal);

/* Checks that a call is BATON_OK, and tells what was found where it is not. */
#define CHECK_DONE(test, call) ledger_test_done((test), (call), __FILE__, __LINE__, #call)
bool ledger_test_done(struct ledger_test *test, baton_code code, const char *file, int line,
                      const char *call);

#endif
