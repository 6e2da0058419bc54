/* Ledgers for the tests of src/flow: in a file of SQLite in the test's own folder, or, where BATON_TEST_POSTGRES holds the address of a database for tests, each a ledger of its own
 * there; with a clock that the test sets. */
#ifndef FLOW_FIXTURE_H
#define FLOW_FIXTURE_H

#include "flow/package_import.h"

struct flow_test {
    struct baton_arena *arena;
    struct baton_findings found;
    struct ledger_world world;
    struct ledger_place place;
    _Atomic int64_t now_utc_ms; /* the lease is renewed beside */
    uint64_t chance;            /* state of the generator */
    struct ledger *ledger;
    struct ledger_reader *reader;
};

/* A new ledger whose founder is `li`, open for appending and for reading. False, and the test fails, when it cannot be made. */
bool flow_begin(struct flow_test *test);
void flow_end(struct flow_test *test);

/* Makes a person known who may do what the role may. */
bool flow_person(struct flow_test *test, const char *id, const char *name, const char *role);

/* A small package in a folder of the test: towns a, b, c; growth by range, jobs by target; one adjustment. `what` puts something in place of a file ("units.csv");
 * NULL = nothing. Returns its path. */
const char *flow_package(struct flow_test *test, const char *folder, const char *file,
                         const char *text);
void flow_file(struct flow_test *test, const char *folder, const char *file, const char *text);

/* Imports it as li. */
baton_code flow_import(struct flow_test *test, const char *path, struct import_result *out);
baton_code flow_import_as(struct flow_test *test, const struct import_wish *wish,
                          struct import_result *out);

/* A fact with texts: name, value, name, value ..., NULL. */
struct fact_body flow_fact(struct flow_test *test, const char *kind, const char *assessment, ...);
/* Appends it as a person; *position gets where it stands. */
baton_code flow_say(struct flow_test *test, const char *actor, struct fact_body fact,
                    uint64_t *position);

/* The findings as `CODE file:row field;...`; and forgets them. */
const char *flow_found(struct flow_test *test);

/* The result of an assessment as known by the first `known` entries (0 = all), as CSV. NULL, and the test fails, where it cannot be scored. */
const char *flow_score(struct flow_test *test, const char *assessment, uint64_t known,
                       const char *period);
/* The result of a package in files. */
const char *flow_score_package(struct flow_test *test, const char *path, const char *period);

#endif
