/* The figure that stands in the ledger where one is expected: what is in force, and what it was first said to be. A report says what was accepted; after that, and after the lock by two, the figure may be corrected while the
 * report stays what it was. */
#ifndef FLOW_EXPECTED_FIGURE_H
#define FLOW_EXPECTED_FIGURE_H

#include "base/json.h"
#include "flow/expected.h"
#include "ledger/reader.h"

struct expected_figure {
    bool is_there; /* false: none was said, or it was withdrawn; what it was stays to be told */
    uint64_t revisions;                         /* how often it was revised */
    uint64_t position, first;                   /* of what is in force, of the first one */
    const char *value, *state, *actor, *reason; /* "" = none */
    int64_t time_utc_ms;
    const char *first_value, *first_state;
};

/* Among the first `known` entries. In the arena. What the reader answers, told. */
MUST_USE baton_code expected_figure_read(struct baton_arena *arena, struct ledger_reader *reader,
                                         const char *assessment, uint64_t known, const char *period,
                                         const struct expectation *of, struct expected_figure *out,
                                         struct baton_findings *found);

/* A member `figure`: at, value, state, by, time, reason, and where it was revised `revision` and `first` with at, value, state; nothing where nobody ever said one. */
void expected_figure_json(struct baton_arena *arena, struct json *json,
                          const struct expected_figure *figure);

#endif
