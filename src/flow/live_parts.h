/* The inside of live results: live.c has the thread and what others ask, live_run.c finds out what new entries touch, live_load.c keeps assessments in memory,
 * live_score.c scores one period.
 *
 * Only the thread touches subjects, assessments in memory and the reader. What others see are the outcomes of the slots, under the lock. */
#ifndef FLOW_LIVE_PARTS_H
#define FLOW_LIVE_PARTS_H

#include "flow/figures.h"
#include "flow/ledger_source.h"
#include "flow/live.h"
#include <pthread.h>
#include <stdatomic.h>

/* An assessment in memory, by one version of its scheme, in an arena of its own; stays as long as an outcome holds it. */
struct loaded {
    _Atomic uint32_t holders;
    struct baton_arena *arena;
    struct subject *subject;
    uint64_t scheme;                /* position of the version */
    const struct ledger_link *link; /* those that it names, also where it is not sound */
    size_t link_count;
    baton_code
        code; /* BATON_OK, or why it cannot be scored; then only `found` and the links are of use */
    struct baton_findings found;
    struct baton_package *package;
    struct figures *figures;
    bool looks_ahead;    /* a figure may change results of periods before it */
    struct loaded *next; /* of the subject */
};

/* What came of one scoring, in an arena of its own. */
struct outcome {
    _Atomic uint32_t holders;
    struct baton_arena *arena;
    uint64_t size, scheme;
    const struct baton_session *session; /* NULL where it could not be scored */
    baton_code code;
    struct baton_findings found;
    struct outcome *next; /* among those that are given up together */
};

/* A period that is watched. */
struct slot {
    struct baton_period period; /* kind NONE = the scheme's own, by its newest version */
    bool is_old;                /* to be scored in this run */
    bool has_scheme;
    uint64_t scheme;            /* position of the version in force for it */
    struct outcome *fresh;      /* of this run, not shown yet */
    struct outcome *good, *bad; /* shown: the last result; what is wrong since, NULL = nothing */
    struct slot *next;
};

/* An assessment that is watched, or read by one that is. */
struct subject {
    const char *id;
    bool is_whole; /* watched with period NONE: all its periods */
    bool is_stale; /* to be read anew */
    int32_t
        touched_day; /* last day of the earliest period whose figures were touched in this run; INT32_MAX = none */
    bool has_newest;
    uint64_t newest; /* position of the newest version */
    bool is_seen;    /* scratch of whoever walks the links */
    struct loaded *loaded;
    struct slot *slot;
    struct subject *next;
};

/* Somebody who waits in live_watch, on the stack of whoever called it. */
struct wish {
    const char *assessment;
    struct baton_period period;
    bool is_done;
    baton_code code;
    struct wish *next;
};

struct live {
    struct baton_arena *arena; /* of the thread: subjects and slots */
    struct baton_arena *work;  /* of one run */
    struct ledger_place place;
    struct live_options options;

    struct baton_arena *reader_arena;
    struct ledger_reader *reader; /* NULL = its store failed; it is opened anew */
    uint64_t seen;                /* entries that the subjects have taken in */
    uint64_t size;                /* entries of the state that is read in this run */

    pthread_mutex_t lock;
    pthread_cond_t wake; /* of the thread */
    pthread_cond_t done; /* a run is over */
    pthread_t thread;
    bool has_thread, is_closing;
    uint64_t told;           /* entries that the listener told of */
    struct wish *wish;       /* those that came since the last run */
    struct subject *subject; /* grows at the front */
    uint64_t shown;          /* entries that the shown outcomes take in */
    baton_code trouble;      /* of the last run */
    uint64_t runs, failures, run_us;
};

/* The subject of an id; live_subject adds it where there is none. live_slot likewise of a period. */
struct subject *live_find(const struct live *live, const char *id);
struct subject *live_subject(struct live *live, const char *id);
struct slot *live_find_slot(const struct subject *subject, struct baton_period period);
struct slot *live_slot(struct live *live, struct subject *subject, struct baton_period period);

/* live_run.c: takes in the new entries and scores what they touched, up to the outcomes `fresh`. `wish` are those to be taken in. In the reader's state. */
MUST_USE baton_code live_run(struct live *live, const struct wish *wish);

/* live_load.c: the assessment in memory by the version in force for a period (kind NONE = the newest), which stands at `scheme`; read where it is not there. Its code may be another
 * than BATON_OK; what is answered is of the store, or NO_MEMORY. */
MUST_USE baton_code live_load(struct live *live, struct subject *subject,
                              struct baton_period period, uint64_t scheme, struct loaded **out);
/* By the newest version. SCHEME_NONE where there is none. */
MUST_USE baton_code live_load_newest(struct live *live, struct subject *subject,
                                     struct loaded **out);
/* The position of the version in force for a period. SCHEME_NONE. */
MUST_USE baton_code live_version(struct live *live, const struct subject *subject,
                                 struct baton_period period, uint64_t *out);
/* Gives up all that is in memory of a subject. */
void live_forget(struct subject *subject);
void loaded_release(struct loaded *loaded);

/* live_score.c: scores the period of a slot into `fresh`. What is answered is of the store or NO_MEMORY. */
MUST_USE baton_code live_score(struct live *live, struct subject *subject, struct slot *slot);
void outcome_release(struct outcome *outcome);

/* Whether a code says that the store (or memory), not the assessment, is at fault; the first such code among findings, BATON_OK without one. */
bool live_is_trouble(baton_code code);
baton_code live_trouble_among(const struct baton_findings *found);

#endif
