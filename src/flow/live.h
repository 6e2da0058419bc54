/* Live results: the results of a ledger's assessments, kept current while facts arrive.
 *
 *     live_open(arena, &place, &options, &live, &found)
 *     ledger_listen(ledger, live_heard, live)                 in the process that appends; others look every poll_ms
 *     live_watch(live, "city-2021", period)                   from now on
 *     live_result(live, "city-2021", period, &result)         at any time, from any thread
 *     ... result.session ...
 *     live_release(&result)
 *
 * A thread of its own scores again, as a whole, what a fact may have changed: the periods that are watched and end not before the figure's, of the assessment and of those that read or
 * succeed it. Facts that arrive meanwhile share the next run. A result is what `score --ledger` would give for the same entries, to the byte. */
#ifndef FLOW_LIVE_H
#define FLOW_LIVE_H

#include "baton/score.h"
#include "ledger/ledger.h"

struct live;

struct live_options {
    int32_t as_of_day; /* as in struct baton_options */
    uint32_t poll_ms;  /* looks for new entries so often; 0 = when live_heard tells of them */
};

/* Opens the ledger for reading, on connections of its own. Closed with the arena, or before. What reader_open answers. */
MUST_USE baton_code live_open(struct baton_arena *arena, const struct ledger_place *place,
                              const struct live_options *options, struct live **out,
                              struct baton_findings *found);
/* The ledger must listen no more by then, and nobody wait; results that are held stay as they are. NULL is fine. */
void live_close(struct live *live);

/* Tells that there are so many entries: the listener of a ledger, with the live results as context. */
void live_heard(void *live, const struct entry *entry, size_t count, uint64_t size);

/* Keeps a result current from now on: of a period; of kind NONE: that of the scheme's own period, and those of its frequency from the first figure to the last, at most LIVE_PERIODS of
 * them, the newest. Returns when they have been scored once, or it is known why they cannot be. What the store answers, NO_MEMORY: then it is not watched. */
enum { LIVE_PERIODS = 400 };
MUST_USE baton_code live_watch(struct live *live, const char *assessment,
                               struct baton_period period);

/* Waits until the results take in the first `size` entries; false when timeout_ms are over. */
bool live_wait(struct live *live, uint64_t size, uint32_t timeout_ms);

/* The result of a period as it was at one time. It never changes; threads may read it side by side. */
struct live_result {
    uint64_t
        size; /* entries that were seen: a scoring of these gives this result, unless `code` says otherwise */
    uint64_t scored_at; /* entries when it was scored: none since then touched it */
    uint64_t scheme;    /* position of the version of the scheme */
    const char *engine; /* version of the program that scored it */
    const struct baton_session *
        session; /* which has scored, with ranks of all nodes and notes; NULL = there never was a result */
    /* BATON_OK; or why the newest state could not be scored, and `session` is of the last that could: the assessment is not sound, the store
     * cannot be read */
    baton_code code;
    const struct baton_findings *why; /* all that is wrong; NULL = nothing */
    struct outcome *held[2];
};

/* The newest; kind NONE = that of the scheme's own period, by its newest version. Until live_release. False where it is not watched. */
bool live_result(struct live *live, const char *assessment, struct baton_period period,
                 struct live_result *out);
void live_release(struct live_result *result);
/* The same when the arena is closed. */
void live_release_with(struct baton_arena *arena, struct live_result *result);

/* What its thread has done, for whoever watches over it. From any thread. */
struct live_counts {
    uint64_t runs,
        failures; /* since the beginning; failures among them: the store could not be read, or memory was out */
    uint64_t run_us;    /* how long they took in all */
    uint64_t size;      /* entries that the results take in */
    bool is_in_trouble; /* the last run failed */
};
struct live_counts live_counts(struct live *live);

/* The periods of an assessment that are watched, without that of kind NONE, in the order of time; at most `room` are written. Returns how many there are. */
size_t live_periods(struct live *live, const char *assessment, size_t room,
                    struct baton_period *out);

#endif
