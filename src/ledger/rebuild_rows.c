/* Rows are brought into the store some thousand at a time. */
#include "ledger/rebuild_rows.h"
#include <stdlib.h>
#include <string.h>

enum { ROWS = 4096 };

struct rows {
    struct store *store;
    enum statement statement;
    size_t parameters, count;
    struct store_value *value; /* [ROWS * parameters] */
};

static struct rows rows_of(const struct verify_journal *v, struct store *store,
                           enum statement statement, size_t parameters) {
    return (struct rows){
        store, statement, parameters, 0,
        arena_alloc_raw(v->scratch, ROWS * parameters, sizeof(struct store_value))};
}

static baton_code flush(struct rows *rows) {
    const size_t count = rows->count;
    rows->count = 0;
    return count == 0 ? BATON_OK : store_run_many(rows->store, rows->statement, count, rows->value);
}

static baton_code add(struct rows *rows, const struct store_value *value) {
    memcpy(rows->value + rows->count * rows->parameters, value,
           rows->parameters * sizeof *rows->value);
    rows->count++;
    return rows->count == ROWS ? flush(rows) : BATON_OK;
}

/* fact */

static int by_key(const void *left, const void *right, void *context) {
    const struct verify_journal *v = context;
    const uint64_t *a = left, *b = right;
    const struct verify_row *row = &v->row[*a], *other = &v->row[*b];
    if (row->key == other->key)
        return *a < *b ? -1 : *a > *b; /* revisions rise with positions */
    const struct hash_key *key = &v->keys.key[row->key], *than = &v->keys.key[other->key];
    const size_t common = key->size < than->size ? key->size : than->size;
    const int order = memcmp(key->text, than->text, common);
    return order != 0 ? order : key->size < than->size ? -1 : 1;
}

static baton_code add_facts(struct store *store, int64_t ledger, const struct verify_journal *v) {
    struct rows rows = rows_of(v, store, STATEMENT_FACT_ADD, 8);
    uint64_t *const position = arena_alloc_raw(v->scratch, v->row_count, sizeof *position);
    size_t count = 0;
    for (uint64_t at = 0; at < v->row_count; at++)
        if (v->row[at].key != HASH_NONE)
            position[count++] = at;
    if (count > 0)
        qsort_r(position, count, sizeof *position, by_key, (void *)(uintptr_t)v);
    for (size_t i = 0; i < count; i++) {
        struct verify_fact fact;
        (void)verify_fact_at(v, position[i], &fact);
        TRY(add(&rows,
                (struct store_value[]){
                    store_int(ledger), store_text(fact.assessment, fact.assessment_size),
                    store_text(fact.kind, fact.kind_size), store_text(fact.key, fact.key_size),
                    store_int((int64_t)fact.revision), store_int((int64_t)fact.position),
                    store_int((int64_t)fact.first), store_int(fact.withdrawn)}));
    }
    return flush(&rows);
}

static baton_code add_proposals(struct store *store, int64_t ledger,
                                const struct verify_journal *v) {
    struct rows rows = rows_of(v, store, STATEMENT_PROPOSAL_ADD, 7);
    for (size_t i = 0; i < v->proposal_count; i++) {
        const struct proposal *p = &v->proposal[i];
        TRY(add(&rows, (struct store_value[]){store_int(ledger), store_int((int64_t)p->position),
                                              store_word(p->assessment), store_word(p->state),
                                              store_word(p->proposer), store_int(p->expires_utc_ms),
                                              store_int(p->decided)}));
    }
    return flush(&rows);
}

static baton_code add_requests(struct store *store, int64_t ledger,
                               const struct verify_journal *v) {
    struct rows rows = rows_of(v, store, STATEMENT_REQUEST_ADD, 6);
    for (size_t i = 0; i < v->request_count; i++) {
        const struct verify_request *r = &v->request[i];
        TRY(add(&rows, (struct store_value[]){
                           store_int(ledger), store_word(r->actor), store_word(r->key),
                           store_bytes(r->digest.byte, DIGEST_SIZE),
                           store_int((int64_t)r->position), store_int((int64_t)r->count)}));
    }
    return flush(&rows);
}

static baton_code add_nodes(struct store *store, int64_t ledger, const struct verify_journal *v) {
    struct rows rows = rows_of(v, store, STATEMENT_NODE_ADD, 4);
    for (size_t i = 0; i < v->node_count; i++)
        TRY(add(&rows,
                (struct store_value[]){store_int(ledger), store_int((int64_t)v->node[i].level),
                                       store_int((int64_t)v->node[i].place),
                                       store_bytes(v->node[i].digest.byte, DIGEST_SIZE)}));
    return flush(&rows);
}

baton_code rebuild_rows(struct store *store, int64_t ledger, const struct verify_journal *v) {
    const struct arena_mark mark = arena_mark(v->scratch);
    TRY(add_facts(store, ledger, v));
    TRY(add_proposals(store, ledger, v));
    TRY(add_requests(store, ledger, v));
    TRY(add_nodes(store, ledger, v));
    arena_reset_to(v->scratch, mark);
    return BATON_OK;
}
