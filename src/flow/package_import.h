/* A package brought into a ledger: each row of its tables becomes a fact, the files of its scheme contents of a version of it, and the packages that it names
 * assessments of their own; all of it or nothing.
 *
 * Brought in again, what is the same is left alone and what is new is added. What differs is refused row by row, with both values, or corrected where that is wished. Rows of the
 * ledger that the package does not have stay, or are withdrawn where that is wished. A scheme that differs becomes a new version, which somebody else has to
 * decide on. */
#ifndef FLOW_PACKAGE_IMPORT_H
#define FLOW_PACKAGE_IMPORT_H

#include "flow/tables.h"
#include "ledger/ledger.h"

struct import_wish {
    const char *path;  /* of the package, in any form */
    const char *actor; /* who answers for it */
    const char *reason,
        *in_force; /* of corrections, withdrawals and versions; the period from which a version is in force. NULL = not said */
    bool correct;  /* what differs is corrected */
    /* what is new of an assessment that the ledger has is only proposed, all of it together: for figures that are locked, as their result is posted. Needs a reason */
    bool propose;
    bool withdraw; /* what the package does not have is withdrawn */
    unsigned threads;

    /* Of a package that came from elsewhere. */
    const char *assessment; /* it has to be the package's; NULL = any */
    bool in_file_only;      /* see baton/package.h */
    /* by which sending it again is known: then nothing is read or compared, and the answer is where it stands; NULL = it is not */
    const struct request *request;
    /* whether the actor may say (or propose) these facts, beyond what the ledger judges; NULL = they may */
    baton_code (*may)(void *context, bool proposes, const struct fact_body *fact, size_t count);
    void *may_context;
};

struct import_count {
    uint64_t same, added, corrected, withdrawn;
    uint64_t left; /* in the ledger and not in the package, and still in force */
};

enum import_scheme {
    IMPORT_SCHEME_SAME,
    IMPORT_SCHEME_NEW,     /* the assessment's first version */
    IMPORT_SCHEME_PROPOSED /* waits for a second person */
};

/* What became of one package. */
struct imported {
    const char *assessment;
    const char *path; /* from the package that was named; "" is that one itself */
    enum import_scheme scheme;
    uint64_t proposal; /* position, where it was proposed */
    const char *
        scheme_files; /* the files that differ, where it was proposed: "indicators.csv, scheme.yaml" */
    uint64_t
        facts_proposal; /* position of the proposal of what its tables have anew; 0 = none was made */
    struct import_count table[FLOW_TABLES]; /* as flow_tables */
};

struct import_result {
    struct imported *package; /* those that others name come before them */
    size_t count;
    uint64_t first,
        facts; /* positions of what was appended: first .. first + facts - 1; facts 0 = nothing was */
    bool
        is_repeat; /* the request was stored before: there are no packages, and first and facts are of what it ended with */
};

/* Reads the package and checks it as `baton check` does, compares it with what the ledger has (read through `reader`, of the same ledger, which is not within reader_begin), and appends. What is odd is told as well. On
 * a code other than BATON_OK `found` says why and nothing was appended; but where only the proposal of a version was refused, *out tells what was appended before. */
MUST_USE baton_code package_import(struct baton_arena *arena, struct ledger *ledger,
                                   struct ledger_reader *reader, const struct import_wish *wish,
                                   struct import_result *out, struct baton_findings *found);

#endif
