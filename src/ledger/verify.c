/* A ledger in a store, verified. The store checks itself by a connection and a thread of its own, while the entries are read here; what it finds is told first all the same.
 *
 * The order: entries and heads, chunk by chunk (verify_journal.c); the tables that follow from them (verify_tables.c); contents (verify_content.c). */
#include "ledger/verify.h"
#include "ledger/verify_tables.h"
#include <assert.h>
#include <pthread.h>
#include <string.h>

enum { CHUNK = 1 << 15 }; /* entries that are read before their heads are */

/* Entries and heads */

struct reading {
    struct verify_journal *v;
    struct ledger_reader *reader;
};

static baton_code take_entry(void *context, const struct store_value *row) {
    struct reading *reading = context;
    return verify_entry(reading->v, row[0].number, row[1].data, row[1].size);
}

static baton_code take_head(void *context, const struct store_value *row) {
    struct reading *reading = context;
    struct head head;
    if (!reader_head_of(reading->reader, row, &head))
        return verify_fail_at(reading->v, BATON_HEAD_SIGNATURE, (uint64_t)row[0].number, NULL);
    return verify_head(reading->v, &head);
}

/* The entries from..to-1 and the heads of sizes from+1..to. */
static baton_code read_chunk(struct reading *reading, int64_t from, int64_t to) {
    const struct store_value value[] = {store_int(reading->reader->number), store_int(from),
                                        store_int(to)};
    TRY(reader_all(reading->reader, STATEMENT_ENTRY_RANGE, value, take_entry, reading));
    TRY(reader_all(reading->reader, STATEMENT_HEAD_RANGE, value, take_head, reading));
    return verify_settle(reading->v);
}

baton_code verify_read(struct ledger_reader *reader, struct verify_journal *v,
                       verify_progress *progress, void *context) {
    struct reading reading = {.v = v, .reader = reader};
    const uint64_t of = 2 * reader->size;
    int64_t from = INT64_MIN;
    for (int64_t to = CHUNK;; to += CHUNK) {
        TRY(read_chunk(&reading, from, to));
        if (progress != NULL && !progress(context, v->count, of > v->count ? of : v->count))
            return BATON_VERIFY_ENDED;
        from = to;
        if (v->count < (uint64_t)to)
            break;
    }
    TRY(read_chunk(&reading, from, INT64_MAX)); /* what stands behind a gap */
    return verify_ends(v);
}

/* The store's own check */

struct own_check {
    pthread_t thread;
    bool is_running;
    struct baton_arena *arena; /* the thread's */
    struct baton_findings found;
    const char *address;
    baton_code code;
};

static baton_code check_store(void *context) {
    struct own_check *check = context;
    struct store *store;
    TRY(store_open(check->arena, check->address, STORE_READ, &store, &check->found));
    const baton_code code = store_check(store, &check->found);
    if (code != BATON_OK && check->found.errors == 0)
        baton_findings_add(&check->found, code, (struct baton_where){0},
                           store_error(store)[0] != '\0' ? store_error(store) : NULL, NULL, NULL,
                           NULL);
    return code;
}

static void *check_thread(void *context) {
    struct own_check *check = context;
    check->code = arena_run(check->arena, check_store, check);
    return NULL;
}

static void join(struct own_check *check) {
    if (check->is_running)
        pthread_join(check->thread, NULL);
    check->is_running = false;
}

static void close_check(void *context) {
    struct own_check *check = context;
    join(check);
    arena_close(check->arena);
    check->arena = NULL;
}

static baton_code begin_check(struct baton_arena *arena, const struct ledger_place *place,
                              struct own_check **out) {
    struct own_check *check = arena_alloc(arena, 1, sizeof *check);
    arena_on_close(arena, close_check, check);
    check->address = place->address;
    check->arena = arena_open();
    if (check->arena == NULL)
        return BATON_NO_MEMORY;
    check->found.arena = check->arena;
    check->is_running = pthread_create(&check->thread, NULL, check_thread, check) == 0;
    if (!check->is_running)
        check_thread(check);
    *out = check;
    return BATON_OK;
}

static baton_code end_check(struct own_check *check, struct baton_findings *found) {
    join(check);
    for (size_t i = 0; i < check->found.count; i++) {
        const struct baton_finding *one = &check->found.item[i];
        baton_findings_add(found, one->code, (struct baton_where){0}, one->arg[0], one->arg[1],
                           one->arg[2], one->arg[3]);
    }
    return check->code;
}

/* All of it */

struct job {
    struct baton_arena *arena;
    struct ledger_reader *reader;
    struct verify_journal v;
    verify_progress *progress;
    void *context;
    struct verify_report *out;
    bool is_told; /* what is wrong is among the findings */
};

static baton_code verify_all(struct job *job) {
    struct verify_tables tables = {
        .reader = job->reader, .v = &job->v, .progress = job->progress, .context = job->context};
    TRY(verify_journal_open(&job->v, job->reader->size));
    TRY(verify_read(job->reader, &job->v, job->progress, job->context));
    TRY(verify_strays(job->reader, &job->v));
    TRY(verify_projections(&tables));
    TRY(verify_content_rows(&tables));
    TRY(verify_content_bytes(&tables, job->out));
    if (job->progress != NULL && !job->progress(job->context, 2 * job->v.count, 2 * job->v.count))
        return BATON_VERIFY_ENDED;
    job->out->entries = job->v.count;
    job->out->heads = job->v.head_count;
    job->out->facts = job->v.fact_count;
    job->out->head = job->v.last;
    return BATON_OK;
}

static baton_code run(void *context) {
    struct job *job = context;
    TRY(reader_begin(job->reader));
    const size_t errors = job->v.found->errors;
    const baton_code code = verify_all(job);
    job->is_told = job->v.found->errors > errors;
    verify_journal_close(&job->v);
    reader_end(job->reader);
    return code;
}

static void close_threads(void *parallel) {
    parallel_close(parallel);
}

baton_code ledger_verify(struct baton_arena *arena, const struct ledger_place *place,
                         const struct head *since, const struct public_key *since_key,
                         verify_progress *progress, void *context, struct verify_report *out,
                         struct baton_findings *found) {
    struct own_check *check;
    struct job *job = arena_alloc(arena, 1, sizeof *job);
    memset(out, 0, sizeof *out);
    job->arena = arena;
    job->progress = progress;
    job->context = context;
    job->out = out;
    TRY(reader_open(arena, place, &job->reader, found));
    struct baton_findings own = {.arena = arena};
    job->v = (struct verify_journal){
        .arena = arena,
        .scratch = job->reader->scratch,
        .found = &own,
        .since = since,
        .ledger = {job->reader->id, job->reader->digest, job->reader->signature,
                   job->reader->created_utc_ms},
    };
    TRY(verify_kept(arena, &job->v.ledger, since, since_key, found));
    job->v.parallel = parallel_open(0);
    if (job->v.parallel != NULL)
        arena_on_close(arena, close_threads, job->v.parallel);
    TRY(begin_check(arena, place, &check));
    const baton_code code = arena_run(job->v.scratch, run, job);
    TRY(end_check(check, found));
    if (!job->is_told)
        reader_report(job->reader, code, found);
    for (size_t i = 0; i < own.count; i++)
        baton_findings_add(found, own.item[i].code, (struct baton_where){0}, own.item[i].arg[0],
                           own.item[i].arg[1], own.item[i].arg[2], own.item[i].arg[3]);
    reader_close(job->reader);
    return code;
}
