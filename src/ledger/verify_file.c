/* An exported journal, verified: the same rules as of a ledger in a store, but for the tables, which a file does not have. */
#include "ledger/verify.h"
#include "ledger/verify_journal.h"
#include <inttypes.h>
#include <string.h>

enum { SETTLE_EVERY = 1 << 15 };

struct file_check {
    struct journal_in *in;
    struct verify_journal v;
    struct verify_report *out;
    struct journal_content content; /* the one that is read */
    struct digest_stream *stream;   /* of it; NULL = none, or it was erased */
    struct arena_mark mark;
};

static baton_code fail_content(struct verify_journal *v, baton_code code,
                               const struct digest *digest, const char *table) {
    char hex[DIGEST_HEX_SIZE];
    const struct verify_named *named = verify_named(v, digest);
    digest_hex(digest, hex);
    if (table != NULL)
        return verify_fail(v, code, table, hex);
    return verify_fail(v, code, hex,
                       named != NULL ? arena_printf(v->scratch, "%" PRIu64, named->entry) : "-");
}

static baton_code end_content(struct file_check *check) {
    struct verify_journal *v = &check->v;
    if (check->stream == NULL)
        return BATON_OK;
    const struct digest got = digest_end(check->stream);
    check->stream = NULL;
    arena_reset_to(v->scratch, check->mark);
    return digest_equal(&got, &check->content.digest)
               ? BATON_OK
               : fail_content(v, BATON_CONTENT_WRONG, &check->content.digest, NULL);
}

static baton_code begin_content(struct file_check *check, const struct journal_content *content) {
    struct verify_journal *v = &check->v;
    struct verify_named *named = verify_named(v, &content->digest);
    check->content = *content;
    if (named == NULL) {
        check->out->orphans++;
    } else {
        named->is_there = true;
        check->out->contents++;
        check->out->erased += content->erased;
        check->out->content_bytes += content->size;
    }
    if (content->erased != (named != NULL && named->erased))
        return fail_content(v, BATON_PROJECTION_WRONG, &content->digest, "content");
    if (content->erased)
        return BATON_OK;
    check->mark = arena_mark(v->scratch);
    check->stream = digest_content_begin(v->scratch, v->ledger.digest, content->salt);
    return BATON_OK;
}

static baton_code all_there(struct verify_journal *v) {
    for (size_t i = 0; i < v->named_count; i++)
        if (!v->named[i].is_there && !v->named[i].only_erased)
            return fail_content(v, BATON_CONTENT_MISSING, &v->named[i].digest, NULL);
    return BATON_OK;
}

static baton_code take_entry(struct file_check *check, const struct journal_item *item) {
    struct verify_journal *v = &check->v;
    TRY(verify_entry(v, (int64_t)v->count, item->bytes, item->size));
    return BATON_OK;
}

static baton_code take(struct file_check *check, const struct journal_item *item, bool *journal) {
    struct verify_journal *v = &check->v;
    if (*journal && item->type != JOURNAL_ENTRY && item->type != JOURNAL_HEAD) {
        *journal = false;
        TRY(verify_ends(v));
    }
    switch (item->type) {
    case JOURNAL_ENTRY:
        return take_entry(check, item);
    case JOURNAL_HEAD:
        TRY(verify_head(v, &item->head));
        return v->count - v->settled >= SETTLE_EVERY ? verify_settle(v) : BATON_OK;
    case JOURNAL_CONTENT:
        TRY(end_content(check));
        return begin_content(check, &item->content);
    case JOURNAL_BYTES:
        if (check->stream != NULL)
            digest_add(check->stream, item->bytes, item->size);
        return BATON_OK;
    case JOURNAL_END:
        TRY(end_content(check));
        return all_there(v);
    }
    return BATON_OK;
}

static baton_code run(void *context) {
    struct file_check *check = context;
    struct verify_journal *v = &check->v;
    struct journal_item item = {.type = JOURNAL_ENTRY};
    bool journal = true;
    TRY(verify_journal_open(v, 0));
    while (item.type != JOURNAL_END) {
        TRY(journal_in_next(check->in, &item, v->found));
        TRY(take(check, &item, &journal));
    }
    check->out->entries = v->count;
    check->out->heads = v->head_count;
    check->out->facts = v->fact_count;
    check->out->head = v->last;
    return BATON_OK;
}

static void close_scratch(void *scratch) {
    arena_close(scratch);
}

baton_code ledger_verify_file(struct baton_arena *arena, const char *path, const struct head *since,
                              const struct public_key *since_key, struct verify_report *out,
                              struct baton_findings *found) {
    struct file_check *check = arena_alloc(arena, 1, sizeof *check);
    memset(out, 0, sizeof *out);
    check->out = out;
    TRY(journal_in_open(arena, path, &check->in, found));
    const struct journal_ledger *ledger = journal_in_ledger(check->in);
    TRY(verify_kept(arena, ledger, since, since_key, found));
    struct baton_arena *const scratch = arena_open();
    if (scratch == NULL)
        return BATON_NO_MEMORY;
    arena_on_close(arena, close_scratch, scratch);
    check->v = (struct verify_journal){.arena = arena,
                                       .scratch = scratch,
                                       .found = found,
                                       .ledger = *ledger,
                                       .since = since,
                                       .without_tables = true};
    const baton_code code = arena_run(scratch, run, check);
    verify_journal_close(&check->v);
    return code;
}
