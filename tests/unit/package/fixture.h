/* For the tests of the readers of tables: a folder with files, a scheme with a few groups, methods
 * and items as scheme.yaml would give it, and what was found. */
#ifndef FIXTURE_H
#define FIXTURE_H

#include "package/package_internal.h"

struct fixture {
    struct baton_arena *arena;
    struct baton_findings found;
    struct baton_scheme scheme;
    struct package_reader reader;
    baton_code code; /* of the last read */
};

/* Groups g, h; methods low (range), grade (levels A 100, B 60); items praise (points 1), honour
 * (levels national 2, provincial 1), fault (deduction without points), accident (veto); the folder
 * is the test's own. */
void fixture_open(struct fixture *fixture);
void fixture_close(struct fixture *fixture);

/* Writes a file of the folder. */
void fixture_file(const char *name, const char *text);

/* The findings as `CODE file:row field;...`, sorted; "" where there are none. */
const char *fixture_found(struct fixture *fixture);

/* The message and the advice of the n-th finding, in English. */
const char *fixture_message(struct fixture *fixture, size_t n);
const char *fixture_advice(struct fixture *fixture, size_t n);

/* Whether the system can convert from GB18030; without, such files are refused. */
bool fixture_knows_gb18030(void);

/* Runs a reader inside an arena_run. */
void fixture_read(struct fixture *fixture, baton_code (*reader)(struct package_reader *reader));

#endif
