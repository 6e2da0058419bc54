/* A ledger that is appended to: facts become entries of the journal, in batches.
 *
 * Any number of threads call ledger_append. What arrives while a batch is being made durable goes into the next one together; whoever finds nobody at work does the
 * work for all that wait. A batch is one transaction: entries, what the tables say of them, contents, subtrees of the tree, one signed head. ledger_append answers when
 * that is durable, never before. Of a submission all facts are taken or none; a submission that is refused does not touch the others of its batch. */
#ifndef LEDGER_LEDGER_H
#define LEDGER_LEDGER_H

#include "ledger/reader.h"

struct ledger;

/* Who begins a ledger: the first person, with the role office from that day on. */
struct ledger_founder {
    const char *id, *name;
};

/* Makes a ledger: database (or its tables), key file unless the key is there already, the first entries. LEDGER_EXISTS where the database has one of
 * that id. `place->ledger` is needed. */
MUST_USE baton_code ledger_create(struct baton_arena *arena, const struct ledger_world *world,
                                  const struct ledger_place *place, enum digest_kind digest,
                                  enum signature_kind signature,
                                  const struct ledger_founder *founder,
                                  struct baton_findings *found);

/* Opens it for appending: takes the lease (LEASE_HELD, with who holds it, when `wait_ms` are over), opens the key (KEY_OTHER where it is not the one in force), reads the
 * end of the tree. A thread renews the lease until ledger_close. world is borrowed until then. */
MUST_USE baton_code ledger_open(struct baton_arena *arena, const struct ledger_world *world,
                                const struct ledger_place *place, struct ledger **out,
                                struct baton_findings *found);
/* Waits for those that are appending, gives the lease back. NULL is fine. Also done when the arena is closed. */
void ledger_close(struct ledger *ledger);

struct submission {
    const char *actor; /* id of the person who says it; NULL only in ledger_audit */
    /* Fields in any order; empty ones are dropped. Besides the types of entry.h: 'C' = the bytes are content, to be salted and kept outside of the entry,
     * which gets a field of type c. A proposal may hold facts of its own so too. */
    struct fact_body *fact;
    size_t count;
    bool want_receipts;
    const char *const
        *actors; /* [count], of the ledger's own submissions; NULL = `actor` for all */
    uint32_t
        roles; /* bits of the roles in which the actor acts, as a token may limit them; 0 = all that their posts give */
    const struct request *request; /* by which sending it again is known; NULL = it is not */
    const struct baton_where *
        where; /* [count]: where each fact was read, for the finding that refuses it; NULL = nowhere */

    uint64_t first;          /* out: position of fact[0]; the others follow */
    struct receipt *receipt; /* out, [count], in the arena; NULL unless wanted */
    bool
        is_repeat; /* out: the request was stored before, at `first`; nothing was stored now, and there are no receipts */
};

/* Appends all facts of the submission. From any thread; arena and findings are the caller's own. BATON_OK: they are durable. Refused (exit status 2, with findings): the form
 * (fact.h); FACT_EXISTS a row of that key is in force; FACT_SUPERSEDED @corrects is not the row in force (it tells which is); FACT_SAME a correction that changes
 * nothing; REASON_NEEDED; RIGHT_LACKING the actor has no role that may; PERSON_UNKNOWN; LOCKED it has to be proposed; SCHEME_IN_FORCE; PROPOSAL_CLOSED, PROPOSAL_EXPIRED,
 * DECISION_OWN on a decision; REQUEST_DIFFERS the actor used the key of the request for something else. LEASE_LOST: another process appends now; nothing was stored, and nothing ever will be through this ledger. A failure of the
 * store: see store.h; nothing was stored, and the ledger goes on as soon as the store does. STORE_UNSURE: the store was lost during the commit, and did not come back within
 * STORE_WAIT_MS to say what became of it; the ledger finds that out before it goes on. */
MUST_USE baton_code ledger_append(struct ledger *ledger, struct baton_arena *arena,
                                  struct submission *submission, struct baton_findings *found);

/* Appends what the program itself has seen: facts of kind audit only, each by its one of submission->actors, "" = the program; submission->actor is NULL. Nobody has a right to
 * say them, so none is asked for. Otherwise as ledger_append; submission->request counts for nothing. */
MUST_USE baton_code ledger_audit(struct ledger *ledger, struct baton_arena *arena,
                                 struct submission *submission, struct baton_findings *found);

/* Appends figures that are taken over from others (kind sharing), each with `@from`: nobody else says such. submission->actors has of each who said what it is taken from; submission->actor is NULL. Each is
 * held to its source: FIGURE_NOT_SHARED where there is no such sharing, the source is in force no more, or says something else. LOCKED where the figure is locked and the source was not decided by two.
 * Otherwise as ledger_append, and no rights are asked for. */
MUST_USE baton_code ledger_derive(struct ledger *ledger, struct baton_arena *arena,
                                  struct submission *submission, struct baton_findings *found);

/* Puts a second person's decision on a proposal: the decision, and on acceptance what was proposed, in one submission. ledger_propose wraps facts into a proposal;
 * expires_utc_ms 0 = never. Both fill in `submission` for ledger_append's answers. request may be NULL. */
MUST_USE baton_code ledger_propose(struct ledger *ledger, struct baton_arena *arena,
                                   struct submission *submission, const char *reason,
                                   int64_t expires_utc_ms, struct baton_findings *found);
MUST_USE baton_code ledger_decide(struct ledger *ledger, struct baton_arena *arena,
                                  const char *actor, const struct request *request,
                                  uint64_t proposal, bool accept, const char *reason,
                                  struct submission *out, struct baton_findings *found);
MUST_USE baton_code ledger_withdraw(struct ledger *ledger, struct baton_arena *arena,
                                    const char *actor, const struct request *request,
                                    uint64_t proposal, const char *reason, struct submission *out,
                                    struct baton_findings *found);

/* Evidence: content of any size, in pieces; then the fact of kind evidence names its digest (type c). What no fact names is swept away when the ledger is opened. The same
 * bytes again give the digest that is there already. FACT_FIELD_BAD, without a finding, where the media type is longer than 1,024 bytes or no UTF-8: no backup could hold it. */
struct content_stream;
MUST_USE baton_code ledger_content_open(struct ledger *ledger, struct baton_arena *arena,
                                        const char *media, struct content_stream **out);
MUST_USE baton_code ledger_content_put(struct content_stream *stream, const void *bytes,
                                       size_t size);
MUST_USE baton_code ledger_content_close(struct content_stream *stream, struct digest *out);
/* Whenever it goes no further, closed or not, or its fact was not stored: takes out what the stream brought in, unless a fact names it by now or the same bytes were there before. Who brought in the same bytes meanwhile,
 * and has not named them yet, is told CONTENT_UNKNOWN when they do. What cannot be taken out now goes with the next content that is brought in, or when the ledger is opened again. */
MUST_USE baton_code ledger_content_take_back(struct content_stream *stream);

/* Changes the key: makes or opens the new one at `place` and appends the fact, signed by both. */
MUST_USE baton_code ledger_rotate_key(struct ledger *ledger, struct baton_arena *arena,
                                      const char *actor, const char *place, const char *reason,
                                      struct submission *out, struct baton_findings *found);

/* Calls heard(context, entries, count, size) after each batch is durable, in order, one call at a time, before its submitters are answered: it must be quick and must not append. One listener. Of a batch that was answered with STORE_UNSURE and
 * is there all the same nothing is told: then size - count is not the size that was told before. */
void ledger_listen(struct ledger *ledger,
                   void (*heard)(void *context, const struct entry *entry, size_t count,
                                 uint64_t size),
                   void *context);

/* Whether it can be appended to, as far as is known without trying: LEASE_LOST as ledger_append answers; what the store answered when the lease was last renewed, some seconds ago at most;
 * else BATON_OK. From any thread, at once. */
MUST_USE baton_code ledger_health(struct ledger *ledger);

/* Has cover(context, ...) asked whether a post that names an indicator is for a fact (struct standing_indicators in standing.h), from the thread that makes a batch; without it such posts are for no figure and no
 * target. Before the first fact is appended. */
struct standing_indicators;
void ledger_indicators(struct ledger *ledger, const struct standing_indicators *indicators);

/* Bulk: a submission of any size is one batch; batches of more than so many facts are brought into the store by store_run_many. */
enum { LEDGER_BULK = 512 };

#endif
