/* Evidence: the files that a ledger has for its figures; which facts name each, who brought it in, whether it was erased, and until when it has to be kept. Read from the journal once, entry by entry, and kept up with it.
 *
 * The term of retention is counted from the end of the year in which the period of the youngest fact lies that names it, or ever named it; of a fact without a period, and of a file that none names, from the end of the year in which it was
 * said or brought in. Without a fact of kind `term` it is EVIDENCE_TERM_YEARS. Where a file is of several assessments, the longest of their terms holds. */
#ifndef FLOW_EVIDENCE_H
#define FLOW_EVIDENCE_H

#include "base/hash.h"
#include "flow/post_reach.h"
#include "ledger/reader.h"

enum { EVIDENCE_TERM_YEARS = 30 };

/* A fact that names it: those fields of it by which it is told who may read it. */
struct evidence_name {
    uint64_t position;
    struct fact_body
        body; /* unit element indicator item period stage reporter, as far as the fact has them */
    int32_t last_day; /* of its period, else the day on which it was said */
    bool in_force;    /* no later fact has taken its place */
};

/* How it came: several may have brought the same. */
struct evidence_brought {
    uint64_t position;
    int64_t time_utc_ms;
    const char *actor, *assessment;
    struct digest name; /* of the content that holds the name of the file */
    bool has_name;
};

struct evidence_file {
    struct digest digest;
    uint64_t size;
    const char *media;
    const struct evidence_brought *brought; /* at least one, in the order of the journal */
    size_t brought_count;
    const struct evidence_name *name;
    size_t name_count;
    int64_t erased; /* position of the erasure; -1 = it is there */
    int64_t erased_utc_ms;
};

/* What evidence_all gives: a list that stays as it is while others go on reading. */
struct evidence_list {
    const struct evidence_file *file; /* in the order in which they were first brought in */
    size_t count;
    uint64_t known; /* entries of the journal that it is of */
};

struct evidence;

/* Empty; closed with the arena, when nobody uses it any more. Any number of threads may call the functions below. */
struct evidence *evidence_open(struct baton_arena *arena);

/* Reads what the journal has by now beyond what was read. What the reader answers. */
MUST_USE baton_code evidence_read(struct evidence *evidence, struct ledger_reader *reader);

/* By what was read: one file; false where there is none of that digest. The struct in *out is the caller's, what it points to lives as long as `evidence`. */
bool evidence_find(struct evidence *evidence, const struct digest *digest,
                   struct evidence_file *out);
void evidence_all(struct evidence *evidence, struct baton_arena *arena, struct evidence_list *out);

/* Which facts are asked for. */
struct evidence_wish {
    const char *unit, *period, *element; /* NULL = any */
    const struct post_reach *reach;      /* of an indicator or block; NULL = any */
};
bool evidence_wishes(const struct evidence_wish *wish, const struct fact_body *name);
/* Whether some fact in force names it. */
bool evidence_is_named(const struct evidence_file *file);

/* The last day on which it is kept; INT32_MAX = for good. *why gets the fact that decides, NULL = none names it. */
int32_t evidence_kept_until(struct evidence *evidence, const struct evidence_file *file,
                            const struct evidence_name **why);

/* Whether these facts may be proposed or decided on, on that day: erasures of evidence within its term, other than those marked `early`, may not: EVIDENCE_TERM, with a finding. */
MUST_USE baton_code evidence_check_erasures(struct evidence *evidence, struct ledger_reader *reader,
                                            struct baton_arena *arena, const struct fact_body *fact,
                                            size_t count, int32_t today,
                                            struct baton_findings *found);

#endif
