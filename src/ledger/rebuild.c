/* The tables that follow from the journal, made again. All of it is one transaction of whoever holds the lease, so nobody ever sees it half done, and nobody appends
 * meanwhile. The journal has to be sound: what is wrong with it is told as by verify, and nothing is changed. */
#include "ledger/ledger_inside.h"
#include "ledger/rebuild_rows.h"
#include "ledger/verify.h"
#include "ledger/verify_tables.h"
#include <assert.h>
#include <string.h>

struct job {
    struct ledger_reader *reader;
    struct ledger *ledger; /* as far as the lease needs one */
    struct verify_journal v;
    struct verify_tables tables;
    uint64_t *differed;
};

/* A row of content as the journal has it. Bytes that are gone cannot be made again. */
static baton_code mend_content(struct job *job, const struct verify_content *content) {
    struct store *store = job->reader->store;
    const struct verify_named *named = verify_named(&job->v, &content->digest);
    const bool is_named = named != NULL && !named->only_erased;
    const int64_t entry = is_named ? (int64_t)named->entry : -1;
    const struct store_value value[] = {store_int(job->reader->number),
                                        store_bytes(content->digest.byte, DIGEST_SIZE),
                                        store_int(entry)};
    char hex[DIGEST_HEX_SIZE];
    digest_hex(&content->digest, hex);
    if (named == NULL ? content->erased : content->erased && !named->erased)
        return verify_fail_at(&job->v, BATON_CONTENT_MISSING, 0, hex);
    if (content->entry != entry)
        TRY(store_run(store, STATEMENT_CONTENT_ENTRY, value, NULL));
    if (named == NULL || !named->erased)
        return BATON_OK;
    TRY(store_run(store, STATEMENT_PART_DELETE, value, NULL));
    return store_run(store, STATEMENT_CONTENT_ERASE, value, NULL);
}

static baton_code write_again(struct job *job) {
    struct store *store = job->reader->store;
    const struct store_value number = store_int(job->reader->number);
    TRY(store_run(store, STATEMENT_FACT_DELETE, &number, NULL));
    TRY(store_run(store, STATEMENT_PROPOSAL_DELETE, &number, NULL));
    TRY(store_run(store, STATEMENT_REQUEST_DELETE, &number, NULL));
    TRY(store_run(store, STATEMENT_NODE_DELETE, &number, NULL));
    TRY(rebuild_rows(store, job->reader->number, &job->v));
    for (size_t i = 0; i < job->tables.content_count; i++)
        TRY(mend_content(job, &job->tables.content[i]));
    return BATON_OK;
}

static baton_code run(void *context) {
    struct job *job = context;
    struct ledger_reader *reader = job->reader;
    TRY(store_begin(reader->store, true));
    TRY(lease_hold(job->ledger, job->ledger->world.now_utc_ms(job->ledger->world.context)));
    TRY(reader_size(reader, &reader->size));
    reader->in_state = true;
    TRY(verify_journal_open(&job->v, reader->size));
    TRY(verify_read(reader, &job->v, NULL, NULL));
    TRY(verify_projections(&job->tables));
    TRY(verify_content_rows(&job->tables));
    *job->differed = job->tables.differed;
    if (job->tables.differed > 0)
        TRY(write_again(job));
    return store_commit(reader->store);
}

static struct ledger *for_the_lease(struct baton_arena *arena, const struct ledger_world *world,
                                    const struct ledger_place *place,
                                    const struct ledger_reader *reader) {
    struct ledger *ledger = arena_alloc(arena, 1, sizeof *ledger);
    ledger->arena = arena;
    ledger->world = *world;
    ledger->address = place->address;
    ledger->holder = place->holder != NULL ? place->holder : "?";
    ledger->lease_ms = place->lease_ms != 0 ? place->lease_ms : LEASE_MS;
    ledger->store = reader->store;
    ledger->number = reader->number;
    ledger->id = reader->id;
    return ledger;
}

baton_code ledger_rebuild(struct baton_arena *arena, const struct ledger_world *world,
                          const struct ledger_place *place, uint64_t *differed,
                          struct baton_findings *found) {
    struct job *job = arena_alloc(arena, 1, sizeof *job);
    struct store *store;
    *differed = 0;
    TRY(store_open(arena, place->address, STORE_WRITE, &store, found));
    TRY(reader_on(arena, store, place, &job->reader, found));
    job->ledger = for_the_lease(arena, world, place, job->reader);
    TRY(lease_take(job->ledger, place->wait_ms, found));
    job->differed = differed;
    job->v = (struct verify_journal){
        .arena = arena,
        .scratch = job->reader->scratch,
        .found = found,
        .ledger = {job->reader->id, job->reader->digest, job->reader->signature,
                   job->reader->created_utc_ms},
    };
    job->tables = (struct verify_tables){.reader = job->reader, .v = &job->v, .counts_only = true};
    const size_t errors = found->errors;
    const baton_code code = arena_run(job->v.scratch, run, job);
    if (code != BATON_OK && found->errors == errors)
        reader_report(job->reader, code, found);
    if (code == BATON_LEASE_LOST)
        baton_findings_add(found, code, (struct baton_where){0}, NULL, NULL, NULL, NULL);
    verify_journal_close(&job->v);
    store_rollback(store);
    job->reader->in_state = false;
    lease_give_back(job->ledger);
    reader_close(job->reader);
    return code;
}
