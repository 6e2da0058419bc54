/* Drafts of schemes: what an office is still writing, kept beside the journal so that colleagues go on with it. Nobody has said any of it yet.
 *
 * A draft is of an assessment. It has an id at random that is never used again, a name of people's own, and a revision that counts from 1 how often it was saved. Who saves or discards it names the revision that
 * they have seen; where it is another by now nothing is done, and what is there is told instead (DRAFT_MEANWHILE):
 *
 *     struct draft_wish wish = {.actor = "li.wei", .assessment = "city", .id = id, .revision = 3, .bytes = bytes, .size = size};
 *     ledger_draft_save(ledger, arena, &wish, &draft)      draft.revision is 4 now; or, with DRAFT_MEANWHILE, that of whoever was quicker
 *
 * A save whose answer was lost and that is sent again is answered as done. The bytes are an archive of the scheme's files, for whoever calls to look at; here they are bytes. None of it follows from the journal, and it is in no
 * backup of it: a ledger that is restored begins with none. */
#ifndef LEDGER_DRAFT_H
#define LEDGER_DRAFT_H

#include "ledger/ledger.h"

struct ledger_reader;

enum {
    DRAFTS_MOST = 20,               /* of an assessment */
    DRAFT_BYTES_MOST = 8 * 1048576, /* of one */
    DRAFT_NAME_MOST = 200           /* characters, for whoever calls to see to */
};

struct draft {
    const char *id, *name;
    uint64_t revision;
    const char *made_by, *saved_by; /* persons */
    int64_t made_utc_ms, saved_utc_ms;
    uint64_t size; /* bytes */
};

/* What is to become of one. */
struct draft_wish {
    const char *actor, *assessment;
    const char *id;    /* of a new one NULL */
    const char *name;  /* NULL = it stays as it is; of a new one never NULL */
    uint64_t revision; /* that was seen; of a new one 0 */
    const void *bytes; /* at most DRAFT_BYTES_MOST (asserted) */
    size_t size;
};

/* Each in a transaction of its own, in the arena of the caller; codes without findings. Beside these LEASE_LOST, and what the store answers: whether it was done is not known then. DRAFTS_FULL. */
MUST_USE baton_code ledger_draft_add(struct ledger *ledger, struct baton_arena *arena,
                                     const struct draft_wish *wish, struct draft *out);
/* DRAFT_UNKNOWN; DRAFT_MEANWHILE, with what is there in *out. */
MUST_USE baton_code ledger_draft_save(struct ledger *ledger, struct baton_arena *arena,
                                      const struct draft_wish *wish, struct draft *out);
/* Likewise. *out gets what was there. */
MUST_USE baton_code ledger_draft_discard(struct ledger *ledger, struct baton_arena *arena,
                                         const struct draft_wish *wish, struct draft *out);

/* Those of an assessment, the last saved first. */
MUST_USE baton_code reader_drafts(struct ledger_reader *reader, struct baton_arena *arena,
                                  const char *assessment, struct draft **out, size_t *count);
/* One with its bytes, in the arena. DRAFT_UNKNOWN, without a finding. */
MUST_USE baton_code reader_draft(struct ledger_reader *reader, struct baton_arena *arena,
                                 const char *assessment, const char *id, struct draft *out,
                                 const char **bytes);

#endif
