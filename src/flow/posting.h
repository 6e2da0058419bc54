/* Results that were posted (公布): the table as it was, and what it was made of, so that anybody can make it again.
 *
 * A posting is a fact with the period, the position of the scheme's version, how many entries of the journal counted, the version of the program, and the table as CSV (result_csv.h, all units and
 * nodes, numbers in full): its bytes as content, and their digest by the ledger's algorithm, without salt. It is proposed by one person and accepted by another. */
#ifndef FLOW_POSTING_H
#define FLOW_POSTING_H

#include "flow/ledger_score.h"
#include "ledger/ledger.h"
#include "ledger/verify.h"

struct posting_wish {
    struct ledger_view
        view; /* which assessment and period, as known when; kind NONE = the scheme's own period */
    const char *actor, *reason;
    const char *engine; /* version of the program */
    unsigned threads;
    int64_t expires_utc_ms;        /* of the proposal; 0 = never */
    const struct request *request; /* by which sending it again is known; NULL = it is not */
};

struct posting_made {
    uint64_t proposal; /* position */
    bool is_repeat;    /* the request was stored before, there */
    uint64_t scheme;
    struct baton_period period;
    struct digest digest; /* of the table */
    const char *table;    /* the CSV, in the arena */
    size_t size;
};

/* Scores, and proposes the posting. What is wrong is told; what the ledger refuses too. */
MUST_USE baton_code posting_propose(struct baton_arena *arena, struct ledger *ledger,
                                    const struct posting_wish *wish, struct posting_made *out,
                                    struct baton_findings *found);

struct posting_report {
    uint64_t postings; /* scored again */
    uint64_t erased;   /* of which the table itself was erased: its digest was compared */
};

/* Makes every posted table again from what its posting names and compares it with what was posted. Of each that differs it tells in what: POSTING_DIGEST (the table is not what the
 * posting's digest says), POSTING_SCHEME (another version was in force), POSTING_DIFFERS (the first line that differs), POSTING_LOST (it cannot be scored any more, with what is wrong). Answers the code of the
 * first, or what the reader answers. progress (NULL = nobody) is told how far it is; VERIFY_ENDED where it says so. */
MUST_USE baton_code posting_verify(struct baton_arena *arena, struct ledger_reader *reader,
                                   const char *engine, unsigned threads, verify_progress *progress,
                                   void *context, struct posting_report *out,
                                   struct baton_findings *found);

#endif
