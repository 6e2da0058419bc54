/* A ledger written as an exported journal. What is written has been checked as it was read, and the file is read again from its beginning: a backup that has not been
 * verified is none. */
#include "base/writer.h"
#include "ledger/verify.h"
#include "ledger/verify_tables.h"
#include <string.h>

enum { CHUNK = 1 << 15 };

struct job {
    struct ledger_reader *reader;
    struct verify_journal v;
    struct journal_out *out;
    struct writer *writer;
    struct head *head; /* of the chunk */
    size_t head_count, head_capacity, next_head;
    const struct verify_content *begun; /* the content that is being written */
};

/* Entries and heads */

static baton_code take_head(void *context, const struct store_value *row) {
    struct job *job = context;
    struct head head;
    if (!reader_head_of(job->reader, row, &head))
        return verify_fail_at(&job->v, BATON_HEAD_SIGNATURE, (uint64_t)row[0].number, NULL);
    *ARRAY_PUSH(job->v.arena, job->head, job->head_count, job->head_capacity) = head;
    return BATON_OK;
}

static baton_code write_heads(struct job *job) {
    while (job->next_head < job->head_count && job->head[job->next_head].size <= job->v.count) {
        const struct head *const head = &job->head[job->next_head++];
        TRY(verify_head(&job->v, head));
        journal_out_head(job->out, head);
    }
    return BATON_OK;
}

static baton_code take_entry(void *context, const struct store_value *row) {
    struct job *job = context;
    TRY(verify_entry(&job->v, row[0].number, row[1].data, row[1].size));
    journal_out_entry(job->out, row[1].data, row[1].size);
    return write_heads(job);
}

static baton_code write_journal(struct job *job) {
    for (int64_t from = 0; (uint64_t)from < job->reader->size; from += CHUNK) {
        const struct store_value value[] = {store_int(job->reader->number), store_int(from),
                                            store_int(from + CHUNK)};
        job->head_count = job->next_head = 0;
        TRY(reader_all(job->reader, STATEMENT_HEAD_RANGE, value, take_head, job));
        TRY(reader_all(job->reader, STATEMENT_ENTRY_RANGE, value, take_entry, job));
        TRY(verify_settle(&job->v));
    }
    return verify_ends(&job->v);
}

/* Contents */

static void begin_content(struct job *job, const struct verify_content *content) {
    if (job->begun == content)
        return;
    struct journal_content out = {.digest = content->digest,
                                  .erased = content->erased,
                                  .media = content->media,
                                  .size = content->size};
    memcpy(out.salt, content->salt, DIGEST_SIZE);
    job->begun = content;
    journal_out_content(job->out, &out);
}

static bool is_named(struct job *job, const struct verify_content *content) {
    const struct verify_named *const named =
        content == NULL ? NULL : verify_named(&job->v, &content->digest);
    return named != NULL && !named->only_erased;
}

static baton_code write_piece(void *context, const struct verify_content *content, int64_t part,
                              const void *bytes, size_t size) {
    struct job *job = context;
    (void)part; /* the file is checked as a whole */
    if (!is_named(job, content))
        return BATON_OK;
    begin_content(job, content);
    journal_out_bytes(job->out, bytes, size);
    return BATON_OK;
}

static baton_code end_piece(void *context, const struct verify_content *content) {
    struct job *job = context;
    if (is_named(job, content))
        begin_content(job, content);
    return BATON_OK;
}

/* All of it */

static baton_code write_all(struct job *job) {
    struct verify_journal *v = &job->v;
    struct verify_tables tables = {.reader = job->reader, .v = v};
    struct entry first;
    TRY(verify_journal_open(v, 0));
    if (job->reader->size == 0)
        return verify_fail_at(v, BATON_HEAD_MISSING, 0, NULL);
    TRY(reader_entry(job->reader, v->arena, 0, &first));
    const struct journal_ledger ledger = {v->ledger.id, v->ledger.digest, v->ledger.signature,
                                          first.time_utc_ms};
    job->out = journal_out_open(v->arena, job->writer, &ledger);
    TRY(write_journal(job));
    TRY(verify_content_rows(&tables));
    TRY(verify_each_piece(&tables, (struct verify_pieces){job, write_piece, end_piece}));
    journal_out_end(job->out);
    return BATON_OK;
}

static baton_code run(void *context) {
    struct job *job = context;
    TRY(reader_begin(job->reader));
    const baton_code code = write_all(job);
    reader_end(job->reader);
    return code;
}

baton_code ledger_export(struct baton_arena *arena, const struct ledger_place *place,
                         const char *path, struct verify_report *out,
                         struct baton_findings *found) {
    struct job *job = arena_alloc(arena, 1, sizeof *job);
    memset(out, 0, sizeof *out);
    TRY(reader_open(arena, place, &job->reader, found));
    job->writer = writer_file(arena, path);
    job->v = (struct verify_journal){
        .arena = arena,
        .scratch = job->reader->scratch,
        .found = found,
        .without_tables = true,
        .ledger = {job->reader->id, job->reader->digest, job->reader->signature,
                   job->reader->created_utc_ms},
    };
    const size_t errors = found->errors;
    const baton_code code = arena_run(job->v.scratch, run, job);
    verify_journal_close(&job->v);
    if (code != BATON_OK) {
        if (found->errors == errors)
            reader_report(job->reader, code, found);
        return code; /* the writer leaves what stood there as it was */
    }
    reader_close(job->reader);
    const int error = writer_close(job->writer);
    if (error != 0) {
        baton_findings_add(found, BATON_FILE_WRITE, (struct baton_where){0}, path, strerror(error),
                           NULL, NULL);
        return BATON_FILE_WRITE;
    }
    return ledger_verify_file(arena, path, NULL, NULL, out, found);
}
