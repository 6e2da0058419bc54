/* A batch goes into the store: entries and rows of all its facts, contents, subtrees of the tree, one signed head. */
#include "ledger/batch.h"
#include "ledger/journal_file.h"
#include <string.h>

static struct store_value digest_value(const struct digest *digest) {
    return store_bytes(digest->byte, DIGEST_SIZE);
}

static baton_code store_entries(struct batch *batch) {
    struct store_value *value =
        arena_alloc_raw(batch->arena, batch->taken_count * 3, sizeof *value);
    const int64_t number = batch->ledger->number;
    for (size_t i = 0; i < batch->taken_count; i++) {
        const struct ready *ready = batch->taken[i];
        value[3 * i] = store_int(number);
        value[3 * i + 1] = store_int((int64_t)ready->entry.position);
        value[3 * i + 2] = store_bytes(ready->bytes, ready->size);
    }
    return store_run_many(batch->ledger->store, STATEMENT_ENTRY_ADD, batch->taken_count, value);
}

static baton_code store_rows(struct batch *batch) {
    struct store_value *value =
        arena_alloc_raw(batch->arena, batch->taken_count * 8, sizeof *value);
    size_t count = 0;
    for (size_t i = 0; i < batch->taken_count; i++) {
        const struct fact_place *row = &batch->taken[i]->row.fact;
        struct store_value *at = &value[8 * count];
        if (!batch->taken[i]->row.is_fact)
            continue;
        at[0] = store_int(batch->ledger->number);
        at[1] = store_word(row->assessment);
        at[2] = store_word(row->kind);
        at[3] = store_word(row->key);
        at[4] = store_int((int64_t)row->revision);
        at[5] = store_int((int64_t)row->position);
        at[6] = store_int((int64_t)row->first);
        at[7] = store_int(row->withdrawn);
        count++;
    }
    return count == 0 ? BATON_OK
                      : store_run_many(batch->ledger->store, STATEMENT_FACT_ADD, count, value);
}

static baton_code store_content(struct batch *batch, const struct ready_content *content,
                                uint64_t position) {
    struct store *store = batch->ledger->store;
    const struct store_value number = store_int(batch->ledger->number);
    TRY(store_run(store, STATEMENT_CONTENT_ADD,
                  (struct store_value[]){number, digest_value(&content->digest),
                                         store_bytes(content->salt, DIGEST_SIZE),
                                         digest_value(&content->plain), store_word(content->media),
                                         store_int((int64_t)content->size), store_int(0),
                                         store_int((int64_t)position)},
                  NULL));
    const char *bytes = content->bytes;
    for (size_t at = 0, part = 0; at < content->size; part++) {
        const size_t left = content->size - at;
        const size_t size = left < JOURNAL_PIECE ? left : JOURNAL_PIECE;
        TRY(store_run(store, STATEMENT_PART_ADD,
                      (struct store_value[]){number, digest_value(&content->digest),
                                             store_int((int64_t)part),
                                             store_bytes(bytes + at, size)},
                      NULL));
        at += size;
    }
    return BATON_OK;
}

static baton_code erase_content(struct batch *batch, const struct digest *digest) {
    struct store *store = batch->ledger->store;
    const struct store_value value[] = {store_int(batch->ledger->number), digest_value(digest)};
    TRY(store_run(store, STATEMENT_PART_DELETE, value, NULL));
    return store_run(store, STATEMENT_CONTENT_ERASE, value, NULL);
}

static baton_code store_contents(struct batch *batch, const struct ready *ready) {
    const struct store_value number = store_int(batch->ledger->number);
    for (size_t i = 0; i < ready->contents.count; i++)
        TRY(store_content(batch, &ready->contents.content[i], ready->entry.position));
    for (size_t i = 0; i < ready->named_count; i++)
        TRY(store_run(batch->ledger->store, STATEMENT_CONTENT_NAME,
                      (struct store_value[]){number, digest_value(&ready->named[i]),
                                             store_int((int64_t)ready->entry.position)},
                      NULL));
    return ready->row.erases ? erase_content(batch, &ready->row.erased) : BATON_OK;
}

static baton_code store_proposal(struct batch *batch, const struct ready *ready) {
    struct store *store = batch->ledger->store;
    const struct store_value number = store_int(batch->ledger->number);
    const struct projection *row = &ready->row;
    if (row->step == PROPOSAL_OPENS)
        return store_run(store, STATEMENT_PROPOSAL_ADD,
                         (struct store_value[]){number, store_int((int64_t)row->proposal),
                                                store_word(ready->entry.body.assessment),
                                                store_word(row->state), store_word(row->proposer),
                                                store_int(row->expires_utc_ms), store_int(-1)},
                         NULL);
    if (row->step == PROPOSAL_CLOSES)
        return store_run(store, STATEMENT_PROPOSAL_DECIDE,
                         (struct store_value[]){number, store_int((int64_t)row->proposal),
                                                store_word(row->state),
                                                store_int((int64_t)ready->entry.position)},
                         NULL);
    return BATON_OK;
}

static baton_code store_requests(struct batch *batch) {
    struct store_value *value =
        arena_alloc_raw(batch->arena, batch->taken_count * 6, sizeof *value);
    size_t count = 0;
    for (size_t i = 0; i < batch->taken_count; i++) {
        const struct ready *ready = batch->taken[i];
        struct store_value *at = &value[6 * count];
        if (!ready->row.has_request)
            continue;
        at[0] = store_int(batch->ledger->number);
        at[1] = store_word(ready->entry.actor);
        at[2] = store_word(ready->row.request.key);
        at[3] = digest_value(&ready->row.request.digest);
        at[4] = store_int((int64_t)ready->entry.position);
        at[5] = store_int((int64_t)ready->row.request_count);
        count++;
    }
    return count == 0 ? BATON_OK
                      : store_run_many(batch->ledger->store, STATEMENT_REQUEST_ADD, count, value);
}

/* Subtrees that the batch completed. */
struct nodes {
    struct batch *batch;
    struct store_value *value;
    size_t count, capacity;
};

static void add_node(void *context, unsigned level, uint64_t place, const struct digest *digest) {
    struct nodes *nodes = context;
    struct baton_arena *arena = nodes->batch->arena;
    struct digest *copy = arena_alloc_raw(arena, 1, sizeof *copy);
    *copy = *digest;
    *ARRAY_PUSH(arena, nodes->value, nodes->count, nodes->capacity) =
        store_int(nodes->batch->ledger->number);
    *ARRAY_PUSH(arena, nodes->value, nodes->count, nodes->capacity) = store_int(level);
    *ARRAY_PUSH(arena, nodes->value, nodes->count, nodes->capacity) = store_int((int64_t)place);
    *ARRAY_PUSH(arena, nodes->value, nodes->count, nodes->capacity) = digest_value(copy);
}

static baton_code store_nodes(struct batch *batch) {
    struct nodes nodes = {.batch = batch};
    merkle_completed(batch->ledger->tree, batch->size, add_node, &nodes);
    return nodes.count == 0 ? BATON_OK
                            : store_run_many(batch->ledger->store, STATEMENT_NODE_ADD,
                                             nodes.count / 4, nodes.value);
}

baton_code batch_store_facts(struct batch *batch) {
    TRY(store_entries(batch));
    TRY(store_rows(batch));
    TRY(store_requests(batch));
    for (size_t i = 0; i < batch->taken_count; i++) {
        const struct ready *ready = batch->taken[i];
        if (ready->contents.count > 0 || ready->named_count > 0 || ready->row.erases)
            TRY(store_contents(batch, ready));
        if (ready->row.step != PROPOSAL_NOTHING)
            TRY(store_proposal(batch, ready));
    }
    return BATON_OK;
}

baton_code batch_store_head(struct batch *batch) {
    const struct head *head = &batch->head;
    TRY(store_nodes(batch));
    return store_run(
        batch->ledger->store, STATEMENT_HEAD_ADD,
        (struct store_value[]){store_int(batch->ledger->number), store_int((int64_t)head->size),
                               store_int(head->time_utc_ms), digest_value(&head->root),
                               digest_value(&head->key),
                               store_bytes(head->signature.byte, head->signature.size)},
        NULL);
}
