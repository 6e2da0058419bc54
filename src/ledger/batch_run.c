/* One batch: a transaction from the lease to the commit, and what comes of it for those that wait. When the commit fails, the store is asked whether it happened (mend.c). */
#include "base/text.h"
#include "ledger/batch.h"
#include "ledger/outbox.h"
#include <stdio.h>
#include <string.h>

/* So many batches ask for the keys of their rows after one whose rows were not all new. */
enum { CAREFUL_BATCHES = 8 };

/* The work, as the body of an arena_run. */
struct running {
    struct batch batch;
    bool is_stored;         /* it is durable */
    bool is_mending;        /* what failed before is not mended yet */
    uint64_t appended;      /* leaves that the tree got */
    char why[REFUSAL_SIZE]; /* the store's words, "" = they are still its last ones */
};

static void keep_words(struct running *running) {
    const char *text = store_error(running->batch.ledger->store);
    snprintf(running->why, sizeof running->why, "%s", text);
    running->why[text_valid_size(running->why, strlen(running->why))] = '\0';
}

static baton_code read_standing(void *context) {
    struct ledger *ledger = context;
    return standing_read(ledger->standing_arena, ledger->store, ledger->number, &ledger->standing);
}

/* Reads the standing anew where a batch changed it. */
static baton_code refresh(struct ledger *ledger) {
    if (!ledger->standing_is_old)
        return BATON_OK;
    arena_close(ledger->standing_arena);
    ledger->standing_arena = arena_open();
    TRY(arena_run(ledger->standing_arena, read_standing, ledger));
    ledger->standing_is_old = false;
    return BATON_OK;
}

static baton_code grow_tree(struct running *running) {
    struct batch *batch = &running->batch;
    struct ledger *ledger = batch->ledger;
    for (size_t i = 0; i < batch->taken_count; i++) {
        struct ready *ready = batch->taken[i];
        ready->leaf = merkle_leaf(ledger->digest, ready->bytes, ready->size);
        TRY(merkle_append(ledger->tree, ready->leaf));
        running->appended++;
    }
    return BATON_OK;
}

/* The signer of the head: the new one when the batch changes the key. */
static struct signer *signer_of(const struct batch *batch) {
    for (const struct waiting *w = batch->first; w != NULL; w = w->next)
        if (w->code == BATON_OK && !w->submission->is_repeat && w->next_signer != NULL)
            return w->next_signer;
    return batch->ledger->signer;
}

static baton_code sign_head(struct batch *batch) {
    struct ledger *ledger = batch->ledger;
    struct signer *signer = signer_of(batch);
    const uint8_t *bytes;
    size_t size;
    if (signer != ledger->signer)
        ledger->next_signer = signer;
    batch->head = (struct head){.ledger = ledger->id,
                                .digest = ledger->digest,
                                .size = batch->size + batch->taken_count,
                                .time_utc_ms = batch->time_utc_ms,
                                .key = public_key_digest(ledger->digest, signer_public(signer))};
    TRY(merkle_root(ledger->tree, batch->head.size, &batch->head.root));
    head_bytes(batch->arena, &batch->head, &bytes, &size);
    return signer_sign(signer, bytes, size, &batch->head.signature);
}

static bool brings_units(const struct batch *batch) {
    for (size_t i = 0; i < batch->taken_count; i++)
        if (batch->taken[i]->kind == FACT_UNIT || batch->taken[i]->kind == FACT_SUCCESSION)
            return true;
    return false;
}

static bool changes_standing(const struct batch *batch) {
    for (size_t i = 0; i < batch->taken_count; i++)
        if (standing_changes(batch->taken[i]->kind))
            return true;
    return false;
}

/* The batch's place in the journal. */
static baton_code begin(struct running *running) {
    struct batch *batch = &running->batch;
    struct ledger *ledger = batch->ledger;
    if (ledger->dead != BATON_OK)
        return ledger->dead;
    running->is_mending = true;
    TRY(mend_go_on(ledger));
    running->is_mending = false;
    const int64_t now = ledger->world.now_utc_ms(ledger->world.context);
    batch->time_utc_ms = now > ledger->last_time_utc_ms ? now : ledger->last_time_utc_ms;
    batch->size = merkle_size(ledger->tree);
    batch->is_founding = batch->size == 0;
    return BATON_OK;
}

/* Everything before the commit. */
static baton_code prepare(struct running *running) {
    struct batch *batch = &running->batch;
    struct ledger *ledger = batch->ledger;
    TRY(begin(running));
    TRY(store_begin(ledger->store, true));
    TRY(lease_hold(ledger, ledger->world.now_utc_ms(ledger->world.context)));
    TRY(refresh(ledger));
    TRY(batch_ask(batch));
    for (struct waiting *w = batch->first; w != NULL; w = w->next)
        batch_judge(batch, w);
    if (batch->taken_count == 0)
        return BATON_OK;
    TRY(batch_store_facts(batch));
    TRY(batch_store_notices(batch));
    TRY(store_push(ledger->store)); /* a server works at it while the head is signed */
    TRY(grow_tree(running));
    TRY(sign_head(batch));
    return batch_store_head(batch);
}

static baton_code commit(struct running *running) {
    struct ledger *ledger = running->batch.ledger;
    const struct sought sought = {running->batch.head.size, running->batch.head.root};
    const baton_code code = store_commit(ledger->store);
    if (code == BATON_OK) {
        running->is_stored = true;
        return BATON_OK;
    }
    keep_words(running);
    store_rollback(ledger->store);
    if (code == BATON_STORE_CONFLICT)
        return code; /* the store has said that it was not stored */
    if (mend_look(ledger, &sought, &running->is_stored) != BATON_OK) {
        ledger->is_unsure = true;
        ledger->sought = sought;
        return BATON_STORE_UNSURE;
    }
    return running->is_stored ? BATON_OK : code;
}

static baton_code attempt(struct running *running) {
    TRY(prepare(running));
    if (running->batch.taken_count > 0)
        return commit(running);
    store_rollback(running->batch.ledger->store);
    return BATON_OK;
}

/* As if nothing had been tried. */
static void begin_again(struct running *running) {
    struct ledger *ledger = running->batch.ledger;
    store_rollback(ledger->store);
    merkle_back(ledger->tree, merkle_size(ledger->tree) - running->appended);
    for (struct waiting *w = running->batch.first; w != NULL; w = w->next) {
        w->code = BATON_OK;
        w->refused = 0;
        w->submission->is_repeat = false;
        memset(w->argument, 0, sizeof w->argument);
    }
    *running = (struct running){
        .batch = {.ledger = ledger, .arena = ledger->scratch, .first = running->batch.first}};
}

/* Nearly all rows are new. So the store is not asked whether they are; it refuses a key that it has, and then all of the batch is done again, with asking. */
static baton_code run(void *context) {
    struct running *running = context;
    struct ledger *ledger = running->batch.ledger;
    running->batch.is_hopeful = ledger->careful == 0;
    ledger->careful -= ledger->careful > 0;
    const baton_code code = attempt(running);
    if (code != BATON_STORE_CONFLICT || !running->batch.is_hopeful)
        return code;
    ledger->careful = CAREFUL_BATCHES;
    begin_again(running);
    return attempt(running);
}

/* After it is durable */

static baton_code give_receipts(struct batch *batch, struct waiting *waiting) {
    struct ledger *ledger = batch->ledger;
    for (size_t i = 0; i < waiting->count; i++) {
        struct receipt *receipt = &waiting->submission->receipt[i];
        const struct ready *ready = &waiting->ready[i];
        *receipt = (struct receipt){.head = batch->head,
                                    .key = *signer_public(ledger->signer),
                                    .position = ready->entry.position,
                                    .entry = ready->bytes,
                                    .entry_size = ready->size,
                                    .leaf = ready->leaf};
        TRY(merkle_inclusion(ledger->tree, receipt->position, batch->head.size, receipt->proof,
                             &receipt->proof_count));
    }
    return BATON_OK;
}

static void tell_listener(struct batch *batch) {
    struct ledger *ledger = batch->ledger;
    if (ledger->heard == NULL)
        return;
    struct entry *entry = arena_alloc_raw(batch->arena, batch->taken_count, sizeof *entry);
    for (size_t i = 0; i < batch->taken_count; i++)
        entry[i] = batch->taken[i]->entry;
    ledger->heard(ledger->heard_context, entry, batch->taken_count, batch->head.size);
}

static void take_over(struct batch *batch) {
    struct ledger *ledger = batch->ledger;
    ledger->last_time_utc_ms = batch->time_utc_ms;
    ledger->signer = signer_of(batch);
    ledger->key = batch->head.key;
    ledger->standing_is_old |= changes_standing(batch);
    if (brings_units(batch)) {
        standing_forget_units(ledger->standing);
        if (ledger->indicators.units_changed != NULL)
            ledger->indicators.units_changed(ledger->indicators.context);
    }
}

static baton_code finish(void *context) {
    struct batch *batch = context;
    struct ledger *ledger = batch->ledger;
    take_over(batch);
    for (struct waiting *w = batch->first; w != NULL; w = w->next) {
        if (w->code != BATON_OK || w->submission->is_repeat)
            continue;
        w->submission->first = w->ready[0].entry.position;
        if (w->submission->receipt != NULL)
            w->code = give_receipts(batch, w);
    }
    merkle_settle(ledger->tree, 0);
    tell_listener(batch);
    return BATON_OK;
}

static void refuse(struct running *running, struct waiting *waiting, baton_code code) {
    struct ledger *ledger = running->batch.ledger;
    if (!running->is_mending || ledger->trouble[0][0] == '\0') {
        waiting_refuse(waiting, code, 0, "%s", running->why);
        return;
    }
    for (int i = 0; i < REFUSAL_ARGUMENTS; i++)
        waiting_refuse(waiting, code, i, "%s", ledger->trouble[i]);
}

/* A batch that could not be stored: all that would have been refused for their own sake keep that, the others are told why. */
static void fail(struct running *running, baton_code code) {
    struct batch *batch = &running->batch;
    struct ledger *ledger = batch->ledger;
    if (running->why[0] == '\0')
        keep_words(running);
    store_rollback(ledger->store);
    merkle_back(ledger->tree, merkle_size(ledger->tree) - running->appended);
    if (code == BATON_LEASE_LOST || code == BATON_STORE_CONFLICT)
        ledger_die(ledger, BATON_LEASE_LOST);
    ledger->standing_is_old = true;
    ledger->store_is_broken |= code == BATON_STORE_FAILED;
    const baton_code told = ledger->dead != BATON_OK ? ledger->dead : code;
    for (struct waiting *w = batch->first; w != NULL; w = w->next)
        if (w->code == BATON_OK)
            refuse(running, w, told);
}

void batch_run(struct ledger *ledger, struct waiting *first) {
    struct running running = {
        .batch = {.ledger = ledger, .arena = ledger->scratch, .first = first}};
    struct batch *batch = &running.batch;
    const struct arena_mark mark = arena_mark(ledger->scratch);
    const baton_code code = arena_run(ledger->scratch, run, &running);
    if (running.is_stored) {
        /* It is durable whatever happens from here on; without memory only receipts and the listener are at stake. */
        if (arena_run(ledger->scratch, finish, batch) != BATON_OK)
            ledger_die(ledger, BATON_NO_MEMORY);
    } else if (code != BATON_OK) {
        fail(&running, code);
    }
    arena_reset_to(ledger->scratch, mark);
}
