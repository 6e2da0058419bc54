/* A batch in the making: what it knows of the state of the store, and what its own facts change of it. */
#ifndef LEDGER_BATCH_H
#define LEDGER_BATCH_H

#include "base/hash.h"
#include "ledger/ledger_inside.h"

/* What is in force for the key of a row, the batch's own facts included. */
struct key_state {
    struct fact_place place;
    bool exists;
};

enum content_found { CONTENT_IS_MISSING, CONTENT_IS_THERE, CONTENT_IS_ERASED };

struct content_state {
    struct digest digest;
    enum content_found found;
};

/* A state as it was before a fact of the batch changed it. */
struct undo {
    struct key_state *key;
    struct key_state old_key;
    struct proposal *proposal;
    struct proposal old_proposal;
    struct content_state *content;
    enum content_found old_content;
};

struct batch {
    struct ledger *ledger;
    struct baton_arena *arena; /* the ledger's scratch */
    struct waiting *first;
    int64_t time_utc_ms;
    uint64_t size; /* of the journal before the batch */
    bool is_founding;
    const char
        *actor; /* whose posts are in `reach`: most facts of a batch are of few; NULL = nobody's */
    struct reach reach;
    uint32_t within; /* roles in which the submission at hand acts */
    bool
        is_hopeful; /* rows that correct none, and requests, are taken to be new; the store's keys say so when it is not */

    struct hash keys; /* assessment, kind and key to `state` */
    struct key_state **state;
    size_t state_count, state_capacity;
    struct proposal **proposal;
    size_t proposal_count, proposal_capacity;
    struct content_state **content;
    size_t content_count, content_capacity;
    struct stored_request *request;
    size_t request_count, request_capacity;
    struct undo *undo;
    size_t undo_count, undo_capacity;

    struct ready **taken; /* the facts that are stored, in order */
    size_t taken_count;
    struct head head;
};

/* A submission whose request was stored before. */
struct stored_request {
    const struct waiting *waiting;
    struct digest digest;
    uint64_t first;
};

/* What a fact corrects, and who said that: read from the store, or stored by this very batch. NULL = it corrects nothing that is known. */
const struct fact_body *batch_corrected(const struct batch *batch, const struct ready *ready,
                                        const char **actor);
/* Sets the roles within which the submission acts, before batch_knows. */
void batch_act_as(struct batch *batch, const struct waiting *waiting);
/* Sets actor and reach; false where the ledger knows no such person. */
bool batch_knows(struct batch *batch, const char *actor);

/* Asks the store for all that judging will need. */
MUST_USE baton_code batch_ask(struct batch *batch);

/* Before its row is looked at, the number of which is for those who report it: whether the scheme asks for what is drafted, and of that reporter. */
bool batch_judge_reporter(struct batch *batch, struct waiting *waiting, const struct ready *ready);
/* Whether a report may go from the stage that it is in to the one that the fact says: the `index`-th fact of a submission, whose row fits. Refuses the submission otherwise. */
bool batch_judge_report(struct batch *batch, struct waiting *waiting, size_t index);
/* Whether a figure may be said by whoever says it: where any period is opened not by those who report or own it, and until the lock not by proposing it either (is_decided); and neither corrected nor withdrawn while its report
 * is accepted. */
bool batch_judge_figure(struct batch *batch, struct waiting *waiting, const struct ready *ready,
                        bool is_decided);
/* Whether a fact is a figure that is said past the report that there may be of it: the period is opened, and it comes neither with its accepted report nor from elsewhere. */
bool batch_passes_report(const struct batch *batch, const struct waiting *waiting,
                         const struct ready *ready);
/* A figure that comes with its accepted report. */
bool batch_is_accepted_with(const struct waiting *waiting, const struct ready *ready);
/* Likewise, whether it may be proposed, by a person whose reach is at hand. */
bool batch_judge_proposed_figure(struct batch *batch, struct waiting *waiting,
                                 const struct fact_body *figure);
/* The row of a figure's report. */
struct fact_place batch_report_row(struct batch *batch, const struct fact_body *figure);
/* For both judges: PERSON_UNKNOWN, RIGHT_LACKING, RIGHT_UNIT, RIGHT_INDICATOR. */
bool batch_may(struct batch *batch, struct waiting *waiting, const char *actor, enum fact_kind kind,
               uint32_t needed, const struct fact_body *body);

/* What may be asked, and by whom it is said (requests.h): sharings, registrations, versions of schemes, opened periods, reports and figures are held to it, decided ones too. */
bool batch_judge_request(struct batch *batch, struct waiting *waiting, const struct ready *ready);
/* A figure that the ledger itself takes over from another (ledger_derive). Nobody has a right to say it; it has to say what that one says, and be locked no more than that. */
bool batch_is_derived(const struct waiting *waiting, const struct ready *ready);
bool batch_judge_derived(struct batch *batch, struct waiting *waiting, const struct ready *ready);
/* The row of what it is taken over from. */
struct fact_place batch_source(struct batch *batch, const struct ready *ready);

/* What the store has of the request of a submission; NULL = nothing, or it was not asked. */
const struct stored_request *batch_request(const struct batch *batch,
                                           const struct waiting *waiting);
struct key_state *batch_state(struct batch *batch, const struct fact_place *row);
/* NULL = there is none. */
const struct proposal *batch_proposal(struct batch *batch, uint64_t position);
enum content_found batch_content(struct batch *batch, const struct digest *digest);

/* Keeps in mind what a fact changes; goes back to where that stood. */
size_t batch_mark(const struct batch *batch);
void batch_take(struct batch *batch, struct ready *ready);
void batch_back(struct batch *batch, size_t mark);

/* Writes what was taken into the store, in its transaction: first the facts and what follows from them, then subtrees and head. */
MUST_USE baton_code batch_store_facts(struct batch *batch);
MUST_USE baton_code batch_store_head(struct batch *batch);

#endif
