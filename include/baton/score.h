/* Scoring: scheme + facts -> result. Pure: no file, clock, locale or database.
 *
 * A session prepares a scheme once (compiles its expressions, resolves weights and targets) and then scores any
 * number of periods, which share what they can (the ranks of the month before). */
#ifndef BATON_SCORE_H
#define BATON_SCORE_H

#include "result.h"

struct baton_arena;
struct baton_session;

struct baton_options {
    int32_t as_of_day; /* days since 1970-01-01; INT32_MAX = every period has ended and is due */
    unsigned threads;  /* at most so many; 0 = one a processor. Small work stays on the caller's */
    bool full; /* ranks of every node and notes; else all scores and the rank of the total */
};

/* A result() of another package, for those who explain it. Texts are borrowed until the sessions close. */
struct baton_imported {
    const char *package; /* id of its scheme */
    const struct baton_text *title;
    /* as the scheme that reads it writes them; names are NULL where it has no such unit or node, and of the total */
    const char *unit, *node;
    const struct baton_text *unit_name, *node_name;
    struct baton_period period;
    double score;            /* as ranked; NaN = none */
    uint32_t rank_twice, of; /* in the unit's group; 0 = none */
    /* "no_unit", "no_node", "no_result" (of that period), "no_row" (it does not apply to the unit, or that takes no part),
     * "no_score"; NULL = there is a score */
    const char *why_missing;
    struct baton_where
        at; /* where the node stands; the file's path begins at the package that reads it */
};

/* Results of other packages, by which a scheme hangs together. Every member may be NULL. */
struct baton_links {
    void *context;
    /* result(IMPORT, unit, node) of period: the score as ranked; NaN where there is no such row. */
    double (*result)(void *context, uint32_t import, const char *unit, const char *node,
                     struct baton_period period);
    /* What stands behind it. Of a period of kind NONE only the names are wanted: nothing is scored for them, and
     * why_missing is "no_result" where they are right. */
    void (*about)(void *context, uint32_t import, const char *unit, const char *node,
                  struct baton_period period, struct baton_imported *out);
    /* A result of an earlier period is made, which nobody asked for, from attempt(context, true) on; attempt(context, false)
     * ends that and answers whether another package refused a result that it needed. That is reported only outside of
     * attempts; they may be nested. */
    bool (*attempt)(void *context, bool begins);
    /* The session of the scheme that this one succeeds. */
    struct baton_session *predecessor;
};

/* Compiles every expression and checks what can only be known with all of them (names, types, cycles). Findings are
 * added to `found`; answers the code of the first error, then *out is untouched. scheme, facts, links are borrowed until
 * the session closes; the session lives in `arena`. */
BATON_API baton_code baton_session_open(struct baton_arena *arena, struct baton_scheme *scheme,
                                        const struct baton_facts *facts,
                                        const struct baton_links *links,
                                        const struct baton_options *options,
                                        struct baton_session **out, struct baton_findings *found);

/* Compiles every expression of a scheme for the sake of the findings, and forgets what came of it. The scheme may be one
 * that is not sound: a reference that could not be found is BATON_NONE there, the method of a leaf too. */
BATON_API baton_code baton_scheme_check(struct baton_arena *arena, struct baton_scheme *scheme,
                                        struct baton_findings *found);

/* Scores `period`. BATON_OK: *out is valid until the next call on this session. Otherwise `found` says what is wrong
 * (a score of 0 under a geometric mean, a missing figure whose rule is `error`). Same inputs, same bits, whatever the
 * number of threads. */
BATON_API baton_code baton_score(struct baton_session *session, struct baton_period period,
                                 const struct baton_result **out, struct baton_findings *found);

/* Stops the threads; the memory goes with the arena. NULL is fine. */
BATON_API void baton_session_close(struct baton_session *session);

BATON_API const struct baton_scheme *baton_session_scheme(const struct baton_session *session);
BATON_API const struct baton_result *baton_session_result(const struct baton_session *session);
/* Bytes that the session holds, the figures themselves not counted. */
BATON_API size_t baton_session_size(const struct baton_session *session);

#endif
