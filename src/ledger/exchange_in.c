/* A ledger made of an exported journal: the file is verified, brought into the store in one transaction, and verified there. Its tables are made by the rule that made
 * the first ones, so they are the same. */
#include "ledger/rebuild_rows.h"
#include "ledger/verify.h"
#include "ledger/verify_tables.h"
#include <string.h>

enum { ROWS = 2048 };

struct job {
    struct store *store;
    struct journal_in *in;
    struct verify_journal v;
    int64_t number;
    const char *address; /* for people */
    bool journal;        /* entries and heads are still coming */

    struct baton_arena *chunk; /* bytes of the rows that wait; used within its arena_run */
    struct store_value *entry, *head;
    size_t entry_count, head_count;

    struct journal_content content; /* the one that is read */
    bool in_content, skips;
    struct digest_stream *plain;
    struct arena_mark mark;
    int64_t part;
};

/* Entries and heads */

static baton_code flush(struct job *job) {
    const size_t entries = job->entry_count, heads = job->head_count;
    job->entry_count = job->head_count = 0;
    if (entries > 0)
        TRY(store_run_many(job->store, STATEMENT_ENTRY_ADD, entries, job->entry));
    if (heads > 0)
        TRY(store_run_many(job->store, STATEMENT_HEAD_ADD, heads, job->head));
    arena_reset_to(job->chunk, job->mark);
    return BATON_OK;
}

static struct store_value keep(struct job *job, const void *bytes, size_t size) {
    return store_bytes(arena_text(job->chunk, bytes, size), size);
}

static baton_code take_entry(struct job *job, const struct journal_item *item) {
    struct store_value *const value = &job->entry[3 * job->entry_count++];
    value[0] = store_int(job->number);
    value[1] = store_int((int64_t)job->v.count);
    value[2] = keep(job, item->bytes, item->size);
    TRY(verify_entry(&job->v, value[1].number, item->bytes, item->size));
    return job->entry_count == ROWS ? flush(job) : BATON_OK;
}

static baton_code take_head(struct job *job, const struct head *head) {
    struct store_value *const value = &job->head[6 * job->head_count++];
    value[0] = store_int(job->number);
    value[1] = store_int((int64_t)head->size);
    value[2] = store_int(head->time_utc_ms);
    value[3] = keep(job, head->root.byte, DIGEST_SIZE);
    value[4] = keep(job, head->key.byte, DIGEST_SIZE);
    value[5] = keep(job, head->signature.byte, head->signature.size);
    TRY(verify_head(&job->v, head));
    if (job->v.count - job->v.settled >= ROWS)
        TRY(verify_settle(&job->v));
    return job->head_count == ROWS ? flush(job) : BATON_OK;
}

static baton_code end_journal(struct job *job) {
    job->journal = false;
    TRY(flush(job));
    TRY(verify_ends(&job->v));
    return rebuild_rows(job->store, job->number, &job->v);
}

/* Contents */

static baton_code end_content(struct job *job) {
    const struct journal_content *const content = &job->content;
    const bool is_erased = content->erased;
    struct digest plain = {{0}};
    if (!job->in_content)
        return BATON_OK;
    job->in_content = false;
    if (!is_erased) {
        digest_add(job->plain, content->media, strlen(content->media));
        plain = digest_end(job->plain);
    }
    const baton_code code =
        store_run(job->store, STATEMENT_CONTENT_ADD,
                  (struct store_value[]){
                      store_int(job->number), store_bytes(content->digest.byte, DIGEST_SIZE),
                      store_bytes(content->salt, is_erased ? 0 : DIGEST_SIZE),
                      store_bytes(plain.byte, is_erased ? 0 : DIGEST_SIZE),
                      store_text(content->media, strlen(content->media)),
                      store_int((int64_t)content->size), store_int(is_erased),
                      store_int((int64_t)verify_named(&job->v, &content->digest)->entry)},
                  NULL);
    arena_reset_to(job->chunk, job->mark);
    return code;
}

static void begin_content(struct job *job, const struct journal_content *content) {
    const struct verify_named *const named = verify_named(&job->v, &content->digest);
    job->in_content = named != NULL && !named->only_erased;
    job->content = *content;
    job->content.media = arena_text(job->chunk, content->media, strlen(content->media));
    job->plain = digest_begin(job->chunk, job->v.ledger.digest);
    job->part = 0;
}

static baton_code take_bytes(struct job *job, const struct journal_item *item) {
    if (!job->in_content)
        return BATON_OK;
    digest_add(job->plain, item->bytes, item->size);
    return store_run(job->store, STATEMENT_PART_ADD,
                     (struct store_value[]){
                         store_int(job->number), store_bytes(job->content.digest.byte, DIGEST_SIZE),
                         store_int(job->part++), store_bytes(item->bytes, item->size)},
                     NULL);
}

/* The file */

static baton_code take(struct job *job, const struct journal_item *item) {
    if (job->journal && item->type != JOURNAL_ENTRY && item->type != JOURNAL_HEAD)
        TRY(end_journal(job));
    switch (item->type) {
    case JOURNAL_ENTRY:
        return take_entry(job, item);
    case JOURNAL_HEAD:
        return take_head(job, &item->head);
    case JOURNAL_CONTENT:
        TRY(end_content(job));
        begin_content(job, &item->content);
        return BATON_OK;
    case JOURNAL_BYTES:
        return take_bytes(job, item);
    case JOURNAL_END:
        return end_content(job);
    }
    return BATON_OK;
}

/* The row of the ledger, under a number that no other has. */
static baton_code add_ledger(struct job *job) {
    const struct journal_ledger *const ledger = &job->v.ledger;
    const char *const digest = digest_word(ledger->digest), *const signature =
                                                                signature_word(ledger->signature);
    const struct store_value *row;
    TRY(store_query(job->store, STATEMENT_LEDGER_ALL, NULL));
    for (;;) {
        TRY(store_next(job->store, &row));
        if (row == NULL)
            break;
        if (row[1].size == strlen(ledger->id) &&
            memcmp(row[1].data, ledger->id, row[1].size) == 0) {
            store_query_end(job->store);
            return verify_fail(&job->v, BATON_LEDGER_EXISTS, job->address, ledger->id);
        }
        job->number = row[0].number > job->number ? row[0].number : job->number;
    }
    job->number++;
    return store_run(job->store, STATEMENT_LEDGER_ADD,
                     (struct store_value[]){store_int(job->number),
                                            store_text(ledger->id, strlen(ledger->id)),
                                            store_text(digest, strlen(digest)),
                                            store_text(signature, strlen(signature)),
                                            store_int(ledger->created_utc_ms)},
                     NULL);
}

static baton_code run_chunk(void *context) {
    struct job *job = context;
    struct journal_item item = {.type = JOURNAL_ENTRY};
    job->entry = arena_alloc_raw(job->chunk, ROWS * 3, sizeof *job->entry);
    job->head = arena_alloc_raw(job->chunk, ROWS * 6, sizeof *job->head);
    job->mark = arena_mark(job->chunk);
    job->journal = true;
    TRY(store_begin(job->store, true));
    TRY(verify_journal_open(&job->v, 0));
    TRY(add_ledger(job));
    while (item.type != JOURNAL_END) {
        TRY(journal_in_next(job->in, &item, job->v.found));
        TRY(take(job, &item));
    }
    return store_commit(job->store);
}

static baton_code run(void *context) {
    struct job *job = context;
    return arena_run(job->chunk, run_chunk, job);
}

static void close_arenas(void *context) {
    struct job *job = context;
    arena_close(job->chunk);
    arena_close(job->v.scratch);
}

static baton_code bring_in(struct baton_arena *arena, const struct ledger_place *place,
                           const char *path, struct baton_findings *found) {
    struct job *job = arena_alloc(arena, 1, sizeof *job);
    job->address = store_address_shown(arena, place->address);
    arena_on_close(arena, close_arenas, job);
    job->chunk = arena_open();
    job->v.scratch = arena_open();
    if (job->chunk == NULL || job->v.scratch == NULL)
        return BATON_NO_MEMORY;
    TRY(store_open(arena, place->address, STORE_CREATE, &job->store, found));
    TRY(journal_in_open(arena, path, &job->in, found));
    job->v.arena = arena;
    job->v.found = found;
    job->v.ledger = *journal_in_ledger(job->in);
    const size_t errors = found->errors;
    const baton_code code = arena_run(job->v.scratch, run, job);
    if (code != BATON_OK && found->errors == errors && baton_code_info(code)->number / 100 == 51)
        baton_findings_add(found, code, (struct baton_where){0},
                           store_error(job->store)[0] != '\0' ? store_error(job->store) : NULL,
                           NULL, NULL, NULL);
    store_rollback(job->store);
    verify_journal_close(&job->v);
    store_close(job->store);
    return code;
}

baton_code ledger_import(struct baton_arena *arena, const struct ledger_world *world,
                         const struct ledger_place *place, const char *path,
                         struct verify_report *out, struct baton_findings *found) {
    struct ledger_place there = *place;
    (void)world;
    TRY(ledger_verify_file(arena, path, NULL, NULL, out, found));
    there.ledger = out->head.ledger;
    if (place->ledger != NULL && strcmp(place->ledger, there.ledger) != 0) {
        baton_findings_add(found, BATON_HEAD_OF_OTHER, (struct baton_where){0}, there.ledger,
                           place->ledger, NULL, NULL);
        return BATON_HEAD_OF_OTHER;
    }
    TRY(bring_in(arena, place, path, found));
    return ledger_verify(arena, &there, NULL, NULL, NULL, NULL, out, found);
}
