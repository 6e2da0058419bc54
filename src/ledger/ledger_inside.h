/* The inside of a ledger that is appended to: shared by opening, batches, decisions, contents. */
#ifndef LEDGER_LEDGER_INSIDE_H
#define LEDGER_LEDGER_INSIDE_H

#include "ledger/ledger.h"
#include "ledger/ledger_list.h"
#include "ledger/projection.h"
#include "ledger/standing.h"
#include "ledger/store.h"
#include <pthread.h>
#include <stdatomic.h>

enum { TOKEN_SIZE = 33, REFUSAL_ARGUMENTS = 4, REFUSAL_SIZE = 160, LEFTOVERS_MAX = 64 };

/* A content that comes with a fact. */
struct ready_content {
    struct digest digest, plain;
    uint8_t salt[DIGEST_SIZE];
    const char *media;
    const void *bytes;
    size_t size;
};

struct ready_contents {
    struct ready_content *content;
    size_t count, capacity;
};

/* A fact made ready by the thread of its submitter. */
struct ready {
    enum fact_kind kind;
    struct entry entry; /* position and time are still to come */
    uint8_t *bytes;     /* canonical, but for these */
    size_t size;
    struct projection row; /* likewise */
    struct digest leaf;
    struct ready_contents contents;
    const struct digest *named; /* contents that it names and that are there already */
    size_t named_count;
    const struct digest *evidence; /* that it says in @evidence */
    size_t evidence_count;
    struct fact_body *proposed; /* of a proposal, as it will be read */
    size_t proposed_count;
    bool has_corrects;
    uint64_t corrects;
    struct fact_body corrected; /* what it corrects; kind NULL = not read */
    const char *corrected_actor;
    struct fact_body
        report; /* of a figure that is withdrawn: what its report says in the store; kind NULL = not read, or none */
    bool has_from; /* a figure that is taken over: @from */
    uint64_t from;
    struct entry source; /* what stands there; body.kind NULL = not read */
};

enum waiting_state { WAITING_IN_LINE, WAITING_LEADS, WAITING_DONE };

/* A submission that waits, on the stack of its submitter. What the batch finds wrong with it is kept here, and told by the submitter. */
struct waiting {
    struct submission *submission;
    struct ready *ready;
    size_t count;
    bool
        is_inner; /* made by the ledger itself: decisions and what follows from them, a change of key */
    struct signer *next_signer; /* of a change of key; NULL = it is none */
    struct digest old_key;      /* that was in force when both keys signed the change */
    _Atomic uint32_t state;     /* enum waiting_state; what its thread sleeps on */
    baton_code code;
    size_t refused; /* the number, from 1, of the fact for whose sake it is refused; 0 = for none */
    char argument[REFUSAL_ARGUMENTS][REFUSAL_SIZE];
    struct waiting *next;
};

struct ledger {
    struct baton_arena *arena; /* of whoever opened it, and for that thread only */
    struct ledger_world world;
    const char *address, *holder, *id;
    int64_t number;
    enum digest_kind digest;
    enum signature_kind signature;
    uint32_t lease_ms;

    struct store *store;
    struct baton_arena *store_arena; /* of a store that was opened anew; NULL = the first one */
    struct merkle *tree;
    struct signer *signer, *next_signer; /* next: of the last batch in which the key is changed */
    struct baton_arena *key_arena;       /* of the signers that came after the first */
    struct digest key;                   /* of the signer's public key */
    int64_t last_time_utc_ms;
    struct baton_arena *scratch;        /* of a batch */
    struct baton_arena *standing_arena; /* of `standing` */
    struct standing *standing;
    bool standing_is_old;
    unsigned careful; /* so many batches more ask whether their rows are new */

    pthread_mutex_t lock;
    pthread_cond_t idle; /* somebody stopped working on the store */
    struct waiting *first, **last;
    unsigned entering; /* how many wait in ledger_enter */
    bool is_busy;      /* somebody works on the store, the tree and the scratch */
    bool is_closing;
    bool store_is_broken; /* it is opened anew before the next batch */
    bool is_unsure;       /* `sought` is looked for before the next batch */
    struct sought sought;
    char trouble[REFUSAL_ARGUMENTS][REFUSAL_SIZE]; /* of the finding when it could not be opened */
    _Atomic int health; /* the code that the lease was last renewed with */
    baton_code dead;    /* BATON_OK, or why nothing can be appended any more */

    char token[TOKEN_SIZE];
    int64_t lease_until_utc_ms;
    pthread_t renewer;
    pthread_cond_t renew;
    bool has_renewer;

    struct standing_indicators indicators;

    struct digest leftover
        [LEFTOVERS_MAX]; /* names of pieces that could not be taken out; what is beyond goes when the ledger is opened */
    size_t leftover_count;

    void (*heard)(void *context, const struct entry *entry, size_t count, uint64_t size);
    void *heard_context;
};

/* Alone with the store, the tree and the scratch, as a batch is; false once nothing can be appended any more. */
bool ledger_enter(struct ledger *ledger);
void ledger_leave(struct ledger *ledger);

/* A field as an entry has it: a text with a NUL behind it, or the digest of a content (type C), which is salted and added to `contents`. */
struct field ready_field(const struct ledger *ledger, struct baton_arena *arena,
                         const struct field *field, struct ready_contents *contents);

/* Makes a submission ready, in the arena of its submitter. */
MUST_USE baton_code ready_make(struct ledger *ledger, struct baton_arena *arena,
                               struct submission *submission, bool is_inner,
                               struct waiting *waiting, struct baton_findings *found);

/* The same for one fact of the ledger's own making, with contents that are salted already. */
MUST_USE baton_code ready_make_with(struct ledger *ledger, struct baton_arena *arena,
                                    struct submission *submission,
                                    const struct ready_contents *contents, struct waiting *waiting,
                                    struct baton_findings *found);

/* Waits in the line, and tells what became of it. */
MUST_USE baton_code ledger_submit(struct ledger *ledger, struct waiting *waiting,
                                  struct baton_findings *found);

/* One batch of what waits, up to `end`. Called alone. Sets code and arguments of each. */
void batch_run(struct ledger *ledger, struct waiting *first);

/* Whether the facts of one submission may be said; keeps what they change in the batch's mind. */
struct batch;
void batch_judge(struct batch *batch, struct waiting *waiting);

/* Nothing can be appended any more. */
void ledger_die(struct ledger *ledger, baton_code code);

/* Size, time and key of the last head, and a new tree of that size; without findings. */
MUST_USE baton_code ledger_read_end(struct ledger *ledger);

/* After a failure: see mend.c. Called alone, outside of a transaction. mend_look waits up to STORE_WAIT_MS for a store that can tell whether that head is there;
 * mend_go_on makes the ledger fit for the next batch, or answers why that cannot be yet (of STORE_OPEN and the like `trouble` has the arguments). */
MUST_USE baton_code mend_look(struct ledger *ledger, const struct sought *sought, bool *is_there);
MUST_USE baton_code mend_go_on(struct ledger *ledger);
/* Of whoever works on the store outside of a batch: what its code says of the store, for the next one to mend. */
void mend_note(struct ledger *ledger, baton_code code);

/* Refuses a submission: the code, and what is told with it. */
PRINTF_LIKE(4, 5)
void waiting_refuse(struct waiting *waiting, baton_code code, int argument, const char *format,
                    ...);

/* A transaction beside the journal, by whoever holds the lease and alone with the store: body(ledger, now, context) runs in it, in the scratch's arena; what it answers other than BATON_OK takes it back. See ledger_aside.c. */
MUST_USE baton_code ledger_aside(struct ledger *ledger,
                                 baton_code (*body)(struct ledger *ledger, int64_t now_utc_ms,
                                                    void *context),
                                 void *context);

/* The lease: see lease.c. */
MUST_USE baton_code lease_take(struct ledger *ledger, uint32_t wait_ms,
                               struct baton_findings *found);
void lease_give_back(struct ledger *ledger);
/* Within a batch's transaction: LEASE_LOST where another has it; renews it where that is due. */
MUST_USE baton_code lease_hold(struct ledger *ledger, int64_t now_utc_ms);
/* From now on a thread renews it, which enters the ledger for that: whoever opened it has to be done. NO_MEMORY where there can be no thread. */
MUST_USE baton_code lease_start_renewing(struct ledger *ledger);
void lease_stop_renewing(struct ledger *ledger);

#endif
