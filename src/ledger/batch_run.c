/* One batch: a transaction from the lease to the commit, and what comes of it for those that wait. When the commit fails, the store is asked whether it happened; a store whose
 * connection is gone is opened anew for that. */
#include "ledger/batch.h"
#include <assert.h>
#include <string.h>

/* The work, as the body of an arena_run. */
struct running {
    struct batch batch;
    bool is_stored;    /* it is durable */
    bool is_unknown;   /* the commit failed, and whether it happened could not be found out */
    uint64_t appended; /* leaves that the tree got */
};

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
    struct ledger *ledger = batch->ledger;
    for (size_t i = 0; i < batch->taken_count; i++)
        if (batch->taken[i]->kind == FACT_KEY)
            return ledger->next_signer;
    return ledger->signer;
}

static baton_code sign_head(struct batch *batch) {
    struct ledger *ledger = batch->ledger;
    struct signer *signer = signer_of(batch);
    const uint8_t *bytes;
    size_t size;
    batch->head = (struct head){.ledger = ledger->id,
                                .digest = ledger->digest,
                                .size = batch->size + batch->taken_count,
                                .time_utc_ms = batch->time_utc_ms,
                                .key = public_key_digest(ledger->digest, signer_public(signer))};
    TRY(merkle_root(ledger->tree, batch->head.size, &batch->head.root));
    head_bytes(batch->arena, &batch->head, &bytes, &size);
    return signer_sign(signer, bytes, size, &batch->head.signature);
}

static bool changes_standing(const struct batch *batch) {
    for (size_t i = 0; i < batch->taken_count; i++)
        if (standing_changes(batch->taken[i]->kind))
            return true;
    return false;
}

static baton_code open_again(struct ledger *ledger) {
    struct baton_findings found = {.arena = ledger->scratch};
    struct store *store;
    TRY(store_open(ledger->arena, ledger->address, STORE_WRITE, &store, &found));
    store_close(ledger->store);
    ledger->store = store;
    ledger->store_is_broken = false;
    return BATON_OK;
}

/* Everything before the commit. */
static baton_code prepare(struct running *running) {
    struct batch *batch = &running->batch;
    struct ledger *ledger = batch->ledger;
    if (ledger->dead != BATON_OK)
        return ledger->dead;
    if (ledger->store_is_broken)
        TRY(open_again(ledger));
    TRY(store_begin(ledger->store, true));
    TRY(lease_hold(ledger, batch->time_utc_ms));
    TRY(refresh(ledger));
    TRY(batch_ask(batch));
    for (struct waiting *w = batch->first; w != NULL; w = w->next)
        batch_judge(batch, w);
    if (batch->taken_count == 0)
        return BATON_OK;
    TRY(grow_tree(running));
    TRY(sign_head(batch));
    return batch_store(batch);
}

/* Whether the head that was to be stored is there. */
static baton_code look_for_head(struct ledger *ledger, const struct head *head, bool *is_there) {
    const struct store_value *row;
    *is_there = false;
    TRY(store_query(ledger->store, STATEMENT_HEAD_LAST,
                    (struct store_value[]){store_int(ledger->number)}));
    TRY(store_next(ledger->store, &row));
    if (row == NULL)
        return BATON_OK;
    *is_there = (uint64_t)row[0].number == head->size && row[2].size == DIGEST_SIZE &&
                memcmp(row[2].data, head->root.byte, DIGEST_SIZE) == 0;
    store_query_end(ledger->store);
    return BATON_OK;
}

static baton_code commit(struct running *running) {
    struct ledger *ledger = running->batch.ledger;
    const baton_code code = store_commit(ledger->store);
    if (code == BATON_OK) {
        running->is_stored = true;
        return BATON_OK;
    }
    store_rollback(ledger->store);
    if (look_for_head(ledger, &running->batch.head, &running->is_stored) != BATON_OK) {
        running->is_unknown =
            open_again(ledger) != BATON_OK ||
            look_for_head(ledger, &running->batch.head, &running->is_stored) != BATON_OK;
    }
    return running->is_stored ? BATON_OK : code;
}

static baton_code run(void *context) {
    struct running *running = context;
    TRY(prepare(running));
    if (running->batch.taken_count > 0)
        return commit(running);
    store_rollback(running->batch.ledger->store);
    return BATON_OK;
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
    if (signer_of(batch) != ledger->signer) {
        ledger->signer = ledger->next_signer;
        ledger->key = batch->head.key;
    }
    ledger->standing_is_old |= changes_standing(batch);
}

static baton_code finish(void *context) {
    struct batch *batch = context;
    struct ledger *ledger = batch->ledger;
    take_over(batch);
    for (struct waiting *w = batch->first; w != NULL; w = w->next) {
        if (w->code != BATON_OK)
            continue;
        w->submission->first = w->ready[0].entry.position;
        if (w->submission->receipt != NULL)
            w->code = give_receipts(batch, w);
    }
    merkle_settle(ledger->tree, 0);
    tell_listener(batch);
    return BATON_OK;
}

/* A batch that could not be stored: all that would have been refused for their own sake keep that, the others are told why. */
static void fail(struct running *running, baton_code code) {
    struct batch *batch = &running->batch;
    struct ledger *ledger = batch->ledger;
    char why[REFUSAL_SIZE];
    const char *text = store_error(ledger->store);
    const size_t size = strnlen(text, sizeof why - 1);
    memcpy(why, text, size);
    why[size] = '\0';
    store_rollback(ledger->store);
    merkle_back(ledger->tree, merkle_size(ledger->tree) - running->appended);
    if (running->is_unknown || code == BATON_LEASE_LOST || code == BATON_STORE_CONFLICT)
        ledger->dead = code == BATON_STORE_CONFLICT ? BATON_LEASE_LOST : code;
    ledger->standing_is_old = true;
    ledger->store_is_broken |= code == BATON_STORE_FAILED;
    for (struct waiting *w = batch->first; w != NULL; w = w->next)
        if (w->code == BATON_OK)
            waiting_refuse(w, ledger->dead != BATON_OK ? ledger->dead : code, 0, "%s", why);
}

void batch_run(struct ledger *ledger, struct waiting *first) {
    struct running running = {.batch = {.ledger = ledger,
                                        .arena = ledger->scratch,
                                        .first = first,
                                        .size = merkle_size(ledger->tree)}};
    struct batch *batch = &running.batch;
    const struct arena_mark mark = arena_mark(ledger->scratch);
    const int64_t now = ledger->world.now_utc_ms(ledger->world.context);
    batch->time_utc_ms = now > ledger->last_time_utc_ms ? now : ledger->last_time_utc_ms;
    batch->is_founding = batch->size == 0;
    const baton_code code = arena_run(ledger->scratch, run, &running);
    if (running.is_stored) {
        /* It is durable whatever happens from here on; without memory only receipts and the listener are at stake. */
        if (arena_run(ledger->scratch, finish, batch) != BATON_OK)
            ledger->dead = BATON_NO_MEMORY;
    } else if (code != BATON_OK) {
        fail(&running, code);
    }
    arena_reset_to(ledger->scratch, mark);
}
