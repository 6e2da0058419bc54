/* The journal read again. An entry is taken apart in the scratch arena, its leaf goes into a tree that starts from nothing, and what it makes of the tables is kept: a row
 * of fact is a number for its key and a revision, 8 bytes by position, the texts of a key stand once however often it was corrected.
 *
 * Heads are checked in two steps. Root, time and key at once; signatures, which take longest, some thousand at a time by all workers. */
#include "ledger/verify_journal.h"
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { PENDING_MAX = 2048, REVISION_MAX = (1 << 30) - 1 };

struct verify_pending {
    struct head head;
    size_t key; /* index */
    bool holds;
    baton_code code; /* BATON_OK = it was looked at */
};

struct verify_worker {
    struct baton_arena *arena;
    struct verifier *verifier; /* NULL = none yet */
    struct arena_mark mark;    /* behind it */
    size_t key;                /* of the verifier */
    struct verify_journal *v;
    struct verify_pending *pending;
};

baton_code verify_fail(struct verify_journal *v, baton_code code, const char *arg1,
                       const char *arg2) {
    baton_findings_add(v->found, code, (struct baton_where){0}, arg1, arg2, NULL, NULL);
    return code;
}

baton_code verify_fail_at(struct verify_journal *v, baton_code code, uint64_t number,
                          const char *arg2) {
    char text[24];
    snprintf(text, sizeof text, "%" PRIu64, number);
    return verify_fail(v, code, text, arg2);
}

baton_code verify_kept(struct baton_arena *arena, const struct journal_ledger *ledger,
                       const struct head *since, const struct public_key *key,
                       struct baton_findings *found) {
    if (since == NULL)
        return BATON_OK;
    if (strcmp(since->ledger, ledger->id) != 0 || since->digest != ledger->digest) {
        baton_findings_add(found, BATON_HEAD_OF_OTHER, (struct baton_where){0}, since->ledger,
                           ledger->id, NULL, NULL);
        return BATON_HEAD_OF_OTHER;
    }
    return head_check(arena, NULL, since, key, found);
}

/* No digest is ever fetched: the tree holds all since the last settling, and settling keeps what is complete. */
static baton_code fetch_none(void *context, unsigned level, uint64_t place, size_t count,
                             struct digest *out) {
    (void)context, (void)level, (void)place, (void)count, (void)out;
    return BATON_STORE_FAILED;
}

static void close_all(void *context) {
    struct verify_journal *v = context;
    merkle_close(v->tree);
    v->tree = NULL;
    for (unsigned i = 0; v->worker != NULL && i < parallel_threads(v->parallel); i++) {
        arena_close(v->worker[i].arena);
        v->worker[i].arena = NULL;
    }
    v->worker = NULL;
}

void verify_journal_close(struct verify_journal *v) {
    close_all(v);
}

baton_code verify_journal_open(struct verify_journal *v, uint64_t size) {
    const unsigned workers = parallel_threads(v->parallel);
    v->worker = arena_alloc(v->arena, workers, sizeof *v->worker);
    arena_on_close(v->arena, close_all, v);
    for (unsigned i = 0; i < workers; i++) {
        v->worker[i].arena = arena_open();
        if (v->worker[i].arena == NULL)
            return BATON_NO_MEMORY;
    }
    v->pending = arena_alloc_raw(v->arena, PENDING_MAX, sizeof *v->pending);
    if (!v->without_tables)
        ARRAY_RESERVE(v->arena, v->row, v->row_count, v->row_capacity, (size_t)size);
    return merkle_open(v->ledger.digest, 0, (struct merkle_source){NULL, fetch_none}, &v->tree);
}

/* Keys */

static bool signature_holds(struct verify_journal *v, const struct public_key *key,
                            const uint8_t *bytes, size_t size, const struct fact_body *body,
                            const char *field) {
    const char *const text = body_text(body, field);
    const size_t length = strlen(text);
    struct signature signature = {.size = length / 2};
    struct verifier *verifier;
    return length / 2 <= SIGNATURE_SIZE_MAX && length > 0 &&
           bytes_of_hex(text, length, signature.byte) &&
           verifier_open(v->scratch, key, &verifier) == BATON_OK &&
           verifier_holds(verifier, bytes, size, &signature);
}

/* A change of key is signed by both. */
static bool change_holds(struct verify_journal *v, const struct fact_body *body,
                         const struct public_key *key) {
    const uint8_t *bytes;
    size_t size;
    if (v->key_count == 0)
        return false;
    const struct public_key *const before = &v->key[v->key_count - 1].key;
    projection_key_bytes(v->scratch, v->ledger.id, v->ledger.digest, before, key, &bytes, &size);
    return signature_holds(v, before, bytes, size, body, "old_signature") &&
           signature_holds(v, key, bytes, size, body, "new_signature");
}

/* The first entry says what the ledger is, and no other does. */
static bool genesis_holds(const struct verify_journal *v, const struct entry *entry) {
    return entry->position == 0 && strcmp(body_text(&entry->body, "id"), v->ledger.id) == 0 &&
           strcmp(body_text(&entry->body, "digest"), digest_word(v->ledger.digest)) == 0 &&
           strcmp(body_text(&entry->body, "signature"), signature_word(v->ledger.signature)) == 0 &&
           entry->time_utc_ms >= v->ledger.created_utc_ms;
}

static baton_code take_key(struct verify_journal *v, const struct entry *entry,
                           const struct projection *p) {
    struct verifier *verifier;
    const bool is_genesis = p->kind == FACT_LEDGER;
    if (is_genesis && !genesis_holds(v, entry))
        return verify_fail(v, BATON_PROJECTION_WRONG, "ledger", v->ledger.id);
    if (p->key_is_broken || verifier_open(v->scratch, &p->key, &verifier) != BATON_OK ||
        (!is_genesis && !change_holds(v, &entry->body, &p->key)))
        return verify_fail_at(v, BATON_ENTRY_BROKEN, entry->position, entry->body.kind);
    *ARRAY_PUSH(v->arena, v->key, v->key_count, v->key_capacity) =
        (struct verify_key){entry->position, p->key, public_key_digest(v->ledger.digest, &p->key)};
    return BATON_OK;
}

/* Index of the key that is in force for a head of that size; key_count = none. */
static size_t key_for(const struct verify_journal *v, uint64_t size) {
    size_t i = v->key_count;
    while (i > 0 && v->key[i - 1].from >= size)
        i--;
    return i > 0 ? i - 1 : v->key_count;
}

/* Rows */

/* The text of a row's key among all, in the scratch arena. */
static const char *whole_key(struct verify_journal *v, const struct fact_place *row, size_t *size) {
    const size_t assessment = strlen(row->assessment), kind = strlen(row->kind),
                 key = strlen(row->key);
    char *const text = arena_alloc_raw(v->scratch, assessment + kind + key + 3, 1);
    memcpy(text, row->assessment, assessment + 1);
    text[assessment] = '\x1f';
    memcpy(text + assessment + 1, row->kind, kind);
    text[assessment + 1 + kind] = '\x1f';
    memcpy(text + assessment + kind + 2, row->key, key + 1);
    *size = assessment + kind + key + 2;
    return text;
}

static void take_row(struct verify_journal *v, struct fact_place *row) {
    size_t size;
    const char *const text = whole_key(v, row, &size);
    uint32_t key = hash_find(&v->keys, text, size);
    struct fact_place before, *newest = NULL;
    if (key == HASH_NONE) {
        key = (uint32_t)v->keys.count;
        hash_add(v->arena, &v->keys, arena_text(v->arena, text, size), size, key);
        ARRAY_PUSH(v->arena, v->state, v->state_count, v->state_capacity);
    } else {
        before =
            (struct fact_place){.revision = v->state[key].newest, .first = v->state[key].first};
        newest = &before;
    }
    projection_revise(row, newest);
    v->state[key] = (struct verify_state){row->first, (uint32_t)row->revision};
    v->row[v->row_count - 1] =
        (struct verify_row){key, (uint32_t)row->revision & REVISION_MAX, row->withdrawn, false};
}

bool verify_fact_at(const struct verify_journal *v, uint64_t position, struct verify_fact *out) {
    if (position >= v->row_count || v->row[position].key == HASH_NONE)
        return false;
    const struct verify_row *const row = &v->row[position];
    const struct hash_key *const key = &v->keys.key[row->key];
    const char *const kind = (const char *)memchr(key->text, '\x1f', key->size) + 1;
    const char *const own = strchr(kind, '\x1f') + 1;
    *out = (struct verify_fact){
        .assessment = key->text,
        .assessment_size = (size_t)(kind - 1 - key->text),
        .kind = kind,
        .kind_size = (size_t)(own - 1 - kind),
        .key = own,
        .key_size = key->size - (size_t)(own - key->text),
        .revision = row->revision,
        .position = position,
        .first = v->state[row->key].first,
        .withdrawn = row->withdrawn,
    };
    return true;
}

/* Proposals */

static struct proposal *find_proposal(struct verify_journal *v, uint64_t position) {
    size_t from = 0, to = v->proposal_count;
    while (from < to) {
        const size_t middle = from + (to - from) / 2;
        if (v->proposal[middle].position == position)
            return &v->proposal[middle];
        if (v->proposal[middle].position < position)
            from = middle + 1;
        else
            to = middle;
    }
    return NULL;
}

static const char *keep(struct verify_journal *v, const char *text) {
    return arena_text(v->arena, text, strlen(text));
}

static baton_code take_proposal(struct verify_journal *v, const struct entry *entry,
                                const struct projection *p) {
    if (p->step == PROPOSAL_OPENS) {
        const struct proposal proposal = {p->proposal,       keep(v, entry->body.assessment),
                                          p->state,          keep(v, p->proposer),
                                          p->expires_utc_ms, -1};
        *ARRAY_PUSH(v->arena, v->proposal, v->proposal_count, v->proposal_capacity) = proposal;
        return BATON_OK;
    }
    struct proposal *const proposal =
        p->step == PROPOSAL_CLOSES ? find_proposal(v, p->proposal) : NULL;
    if (proposal == NULL)
        return verify_fail_at(v, BATON_ENTRY_BROKEN, entry->position, entry->body.kind);
    proposal->state = p->state;
    proposal->decided = (int64_t)entry->position;
    return BATON_OK;
}

/* Contents */

struct verify_named *verify_named(const struct verify_journal *v, const struct digest *digest) {
    const uint32_t index = hash_find(&v->contents, (const char *)digest->byte, DIGEST_SIZE);
    return index == HASH_NONE ? NULL : &v->named[index];
}

static struct verify_named *add_named(struct verify_journal *v, const struct digest *digest) {
    const char *const text = arena_text(v->arena, (const char *)digest->byte, DIGEST_SIZE);
    hash_add(v->arena, &v->contents, text, DIGEST_SIZE, (uint32_t)v->named_count);
    struct verify_named *const named =
        ARRAY_PUSH(v->arena, v->named, v->named_count, v->named_capacity);
    *named = (struct verify_named){.digest = *digest, .entry = v->count, .only_erased = true};
    return named;
}

static void name_content(void *context, const struct digest *digest) {
    struct verify_journal *v = context;
    struct verify_named *named = verify_named(v, digest);
    if (named == NULL)
        named = add_named(v, digest);
    if (named->only_erased)
        named->entry = v->count;
    named->only_erased = false;
}

static void erase_content(struct verify_journal *v, const struct digest *digest) {
    struct verify_named *named = verify_named(v, digest);
    if (named == NULL)
        named = add_named(v, digest);
    named->erased = true;
}

/* Requests: nobody uses a key twice. */
static baton_code take_request(struct verify_journal *v, const struct entry *entry,
                               const struct projection *p) {
    const char *name = arena_printf(v->arena, "%s\x1f%s", entry->actor, p->request.key);
    const uint32_t index = (uint32_t)v->request_count;
    if (hash_add(v->arena, &v->requests, name, strlen(name), index) != index)
        return verify_fail_at(v, BATON_ENTRY_BROKEN, entry->position, entry->body.kind);
    *ARRAY_PUSH(v->arena, v->request, v->request_count, v->request_capacity) =
        (struct verify_request){keep(v, entry->actor), keep(v, p->request.key), p->request.digest,
                                entry->position, p->request_count};
    return BATON_OK;
}

/* Entries */

static baton_code project(struct verify_journal *v, const struct entry *entry) {
    struct projection p;
    projection_of(v->scratch, entry, &p);
    if (!p.is_known || p.request_is_broken || (entry->position == 0) != (p.kind == FACT_LEDGER) ||
        !projection_contents(v->scratch, &entry->body, name_content, v))
        return verify_fail_at(v, BATON_ENTRY_BROKEN, entry->position, entry->body.kind);
    if (!v->without_tables) {
        *ARRAY_PUSH(v->arena, v->row, v->row_count, v->row_capacity) =
            (struct verify_row){.key = HASH_NONE};
        if (p.is_fact)
            take_row(v, &p.fact);
    }
    v->fact_count += p.is_fact;
    if (p.erases)
        erase_content(v, &p.erased);
    if (p.step != PROPOSAL_NOTHING)
        TRY(take_proposal(v, entry, &p));
    if (p.has_request)
        TRY(take_request(v, entry, &p));
    return p.changes_key ? take_key(v, entry, &p) : BATON_OK;
}

static baton_code check_place(struct verify_journal *v, int64_t position,
                              const struct entry *entry) {
    char other[24];
    if (position != (int64_t)v->count || entry->position != v->count) {
        const int64_t at = position != (int64_t)v->count ? position : (int64_t)entry->position;
        snprintf(other, sizeof other, "%" PRId64, at);
        return verify_fail_at(v, BATON_ENTRY_MISSING, v->count, other);
    }
    if (entry->time_utc_ms < v->time_utc_ms)
        return verify_fail_at(v, BATON_ENTRY_TIME, v->count, NULL);
    return BATON_OK;
}

baton_code verify_entry(struct verify_journal *v, int64_t position, const void *bytes,
                        size_t size) {
    const struct arena_mark mark = arena_mark(v->scratch);
    struct entry entry;
    if (entry_read(v->scratch, bytes, size, &entry) != BATON_OK)
        return verify_fail_at(v, BATON_ENTRY_BROKEN, (uint64_t)position, NULL);
    TRY(check_place(v, position, &entry));
    TRY(project(v, &entry));
    TRY(merkle_append(v->tree, merkle_leaf(v->ledger.digest, bytes, size)));
    *ARRAY_PUSH(v->arena, v->time, v->time_count, v->time_capacity) = entry.time_utc_ms;
    v->time_utc_ms = entry.time_utc_ms;
    if (v->count == 0)
        v->begun_utc_ms = entry.time_utc_ms;
    v->count++;
    arena_reset_to(v->scratch, mark);
    return BATON_OK;
}

/* Heads */

struct signature_job {
    struct verify_worker *worker;
    struct verify_pending *pending;
};

static baton_code check_signature(void *context) {
    struct signature_job *job = context;
    struct verify_worker *worker = job->worker;
    const struct verify_key *const key = &worker->v->key[job->pending->key];
    const uint8_t *bytes;
    size_t size;
    if (worker->verifier == NULL || worker->key != job->pending->key) {
        TRY(verifier_open(worker->arena, &key->key, &worker->verifier));
        worker->key = job->pending->key;
        worker->mark = arena_mark(worker->arena);
    }
    head_bytes(worker->arena, &job->pending->head, &bytes, &size);
    job->pending->holds =
        verifier_holds(worker->verifier, bytes, size, &job->pending->head.signature);
    arena_reset_to(worker->arena, worker->mark);
    return BATON_OK;
}

static void check_one(void *context, size_t index, unsigned worker) {
    struct verify_journal *v = context;
    struct signature_job job = {&v->worker[worker], &v->pending[index]};
    job.worker->v = v;
    job.pending->code = arena_run(job.worker->arena, check_signature, &job);
}

/* Signatures of the heads that wait for it. */
static baton_code check_signatures(struct verify_journal *v) {
    const size_t count = v->pending_count;
    v->pending_count = 0;
    parallel_run(v->parallel, count, check_one, v);
    for (size_t i = 0; i < count; i++) {
        TRY(v->pending[i].code);
        if (!v->pending[i].holds)
            return verify_fail_at(v, BATON_HEAD_SIGNATURE, v->pending[i].head.size, NULL);
    }
    return BATON_OK;
}

/* What is wrong with a head is told when the signatures before it are known to hold. */
static baton_code head_fails(struct verify_journal *v, baton_code code, uint64_t number,
                             const char *arg2) {
    TRY(check_signatures(v));
    return verify_fail_at(v, code, number, arg2);
}

/* A batch has one time and one head: were a head missing, times would show it. */
static baton_code check_times(struct verify_journal *v, const struct head *head) {
    for (uint64_t at = v->covered; at < head->size; at++)
        if (v->time[at - v->time_from] != head->time_utc_ms)
            return head_fails(v, BATON_HEAD_MISSING, at, NULL);
    return BATON_OK;
}

static baton_code check_since(struct verify_journal *v, uint64_t from, uint64_t to) {
    struct digest root;
    const struct head *const since = v->since;
    if (since == NULL || since->size <= from || since->size > to)
        return BATON_OK;
    TRY(merkle_root(v->tree, since->size, &root));
    const size_t key = key_for(v, since->size);
    if (!digest_equal(&root, &since->root) || key >= v->key_count ||
        !digest_equal(&v->key[key].digest, &since->key))
        return head_fails(v, BATON_LEDGER_REWRITTEN, since->size, NULL);
    v->since_is_met = true;
    return BATON_OK;
}

baton_code verify_head(struct verify_journal *v, const struct head *head) {
    struct digest root;
    if (head->size <= v->covered || head->size > v->count)
        return head_fails(v, BATON_HEAD_ROOT, head->size, NULL);
    TRY(check_since(v, v->covered, head->size));
    TRY(merkle_root(v->tree, head->size, &root));
    if (!digest_equal(&root, &head->root))
        return head_fails(v, BATON_HEAD_ROOT, head->size, NULL);
    TRY(check_times(v, head));
    const size_t key = key_for(v, head->size);
    if (key >= v->key_count || !digest_equal(&v->key[key].digest, &head->key)) {
        char hex[DIGEST_HEX_SIZE];
        digest_hex(&head->key, hex);
        return head_fails(v, BATON_HEAD_KEY, head->size, hex);
    }
    if (v->pending_count == PENDING_MAX)
        TRY(check_signatures(v));
    v->pending[v->pending_count++] = (struct verify_pending){.head = *head, .key = key};
    v->pending[v->pending_count - 1].head.ledger = v->ledger.id;
    v->covered = head->size;
    v->last = *head;
    v->last.ledger = v->ledger.id;
    v->head_count++;
    return BATON_OK;
}

static void keep_node(void *context, unsigned level, uint64_t place, const struct digest *digest) {
    struct verify_journal *v = context;
    *ARRAY_PUSH(v->arena, v->node, v->node_count, v->node_capacity) =
        (struct verify_node){level, place, *digest};
}

baton_code verify_settle(struct verify_journal *v) {
    TRY(check_signatures(v));
    merkle_completed(v->tree, v->settled, keep_node, v);
    merkle_settle(v->tree, v->count - v->covered);
    v->settled = v->count;
    const size_t done = (size_t)(v->covered - v->time_from);
    v->time_count -= done;
    v->time_from = v->covered;
    if (done > 0)
        memmove(v->time, v->time + done, v->time_count * sizeof *v->time);
    return BATON_OK;
}

baton_code verify_ends(struct verify_journal *v) {
    TRY(verify_settle(v));
    if (v->covered < v->count || v->count == 0)
        return verify_fail_at(v, BATON_HEAD_MISSING, v->covered, NULL);
    if (v->since != NULL && v->since->size > 0 && !v->since_is_met)
        return verify_fail_at(v, BATON_LEDGER_REWRITTEN, v->since->size, NULL);
    return BATON_OK;
}
