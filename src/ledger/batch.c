/* What a batch knows: the states of the keys, proposals and contents that its facts name, asked of the store at once and kept by hash. A batch of very many facts reads all keys of
 * the tables that it adds to instead. */
#include "ledger/batch.h"
#include "ledger/bytes.h"
#include "ledger/requests.h"
#include <assert.h>
#include <string.h>

enum { READ_ALL_KEYS_FROM = 50000 };

/* Keys */

static const char *full_key(struct baton_arena *arena, const char *assessment, const char *kind,
                            const char *key, size_t *size) {
    const size_t a = strlen(assessment), k = strlen(kind), n = strlen(key);
    char *text = arena_alloc_raw(arena, a + k + n + 3, 1);
    memcpy(text, assessment, a);
    text[a] = '\x1e';
    memcpy(text + a + 1, kind, k);
    text[a + 1 + k] = '\x1e';
    memcpy(text + a + k + 2, key, n + 1);
    *size = a + k + n + 2;
    return text;
}

static struct key_state *state_of(struct batch *batch, const char *assessment, const char *kind,
                                  const char *key, bool *is_new) {
    size_t size;
    const char *text = full_key(batch->arena, assessment, kind, key, &size);
    const uint32_t index =
        hash_add(batch->arena, &batch->keys, text, size, (uint32_t)batch->state_count);
    *is_new = index == batch->state_count;
    if (*is_new) {
        struct key_state *state = arena_alloc(batch->arena, 1, sizeof *state);
        state->place.assessment = assessment;
        state->place.kind = kind;
        state->place.key = key;
        *ARRAY_PUSH(batch->arena, batch->state, batch->state_count, batch->state_capacity) = state;
    }
    return batch->state[index];
}

struct key_state *batch_state(struct batch *batch, const struct fact_place *row) {
    bool is_new;
    return state_of(batch, row->assessment, row->kind, row->key, &is_new);
}

static void put_state(struct key_state *state, const struct store_value *row) {
    state->exists = true;
    state->place.revision = (uint64_t)row[0].number;
    state->place.position = (uint64_t)row[1].number;
    state->place.first = (uint64_t)row[2].number;
    state->place.withdrawn = row[3].number != 0;
}

/* Asking */

/* Questions of one statement, gathered. */
struct questions {
    struct batch *batch;
    struct store_value *value;
    size_t value_count, value_capacity, count;
    void **about;
    size_t about_count, about_capacity;
};

static void put_value(struct questions *q, struct store_value value) {
    *ARRAY_PUSH(q->batch->arena, q->value, q->value_count, q->value_capacity) = value;
}

static void put_question(struct questions *q, void *about) {
    *ARRAY_PUSH(q->batch->arena, q->about, q->about_count, q->about_capacity) = about;
    q->count++;
}

static void answer_state(void *context, size_t i, const struct store_value *row) {
    const struct questions *q = context;
    if (row != NULL)
        put_state(q->about[i], row);
}

/* Whether the state of its key has to be asked for. */
static bool is_asked(const struct batch *batch, const struct ready *ready) {
    const struct fact_kind_info *info = fact_kind_info(ready->kind);
    if (!ready->row.is_fact || !info->is_row)
        return false;
    return ready->has_corrects || (info->key[0] != '\0' && !batch->is_hopeful);
}

static baton_code read_all_keys(struct batch *batch, const char *assessment, const char *kind) {
    struct store *store = batch->ledger->store;
    const struct store_value *row;
    TRY(store_query(store, STATEMENT_FACT_KEYS,
                    (struct store_value[]){store_int(batch->ledger->number), store_word(assessment),
                                           store_word(kind), store_int(INT64_MAX)}));
    for (;;) {
        bool is_new;
        TRY(store_next(store, &row));
        if (row == NULL)
            return BATON_OK;
        const char *key = arena_text(batch->arena, row[0].data, row[0].size);
        put_state(state_of(batch, assessment, kind, key, &is_new), row + 1);
    }
}

static baton_code ask_all_keys(struct batch *batch) {
    struct hash tables = {0};
    for (struct waiting *w = batch->first; w != NULL; w = w->next)
        for (size_t i = 0; i < w->count; i++) {
            const struct fact_place *row = &w->ready[i].row.fact;
            size_t size;
            if (!is_asked(batch, &w->ready[i]))
                continue;
            const struct arena_mark mark = arena_mark(batch->arena);
            const char *table = full_key(batch->arena, row->assessment, row->kind, "", &size);
            if (hash_find(&tables, table, size) != HASH_NONE) {
                arena_reset_to(batch->arena, mark);
                continue;
            }
            hash_add(batch->arena, &tables, table, size, 0);
            TRY(read_all_keys(batch, row->assessment, row->kind));
        }
    return BATON_OK;
}

static baton_code ask_keys(struct batch *batch, size_t facts) {
    struct questions q = {.batch = batch};
    hash_reserve(batch->arena, &batch->keys, facts);
    if (facts >= READ_ALL_KEYS_FROM)
        return ask_all_keys(batch);
    for (struct waiting *w = batch->first; w != NULL; w = w->next)
        for (size_t i = 0; i < w->count; i++) {
            const struct fact_place *row = &w->ready[i].row.fact;
            bool is_new;
            if (!is_asked(batch, &w->ready[i]))
                continue;
            struct key_state *state =
                state_of(batch, row->assessment, row->kind, row->key, &is_new);
            if (!is_new)
                continue;
            put_value(&q, store_int(batch->ledger->number));
            put_value(&q, store_word(row->assessment));
            put_value(&q, store_word(row->kind));
            put_value(&q, store_word(row->key));
            put_question(&q, state);
        }
    return q.count == 0 ? BATON_OK
                        : store_query_many(batch->ledger->store, STATEMENT_FACT_NOW, q.count,
                                           q.value, answer_state, &q);
}

/* What is corrected, to see whether anything changes. */
static void answer_corrected(void *context, size_t i, const struct store_value *row) {
    const struct questions *q = context;
    struct ready *ready = q->about[i];
    struct entry entry;
    if (row != NULL && entry_read(q->batch->arena, row[0].data, row[0].size, &entry) == BATON_OK) {
        ready->corrected = entry.body;
        ready->corrected_actor = entry.actor;
    }
}

static baton_code ask_corrected(struct batch *batch) {
    struct questions q = {.batch = batch};
    for (struct waiting *w = batch->first; w != NULL; w = w->next)
        for (size_t i = 0; i < w->count; i++) {
            struct ready *ready = &w->ready[i];
            if (!ready->has_corrects || ready->corrected.kind != NULL)
                continue;
            put_value(&q, store_int(batch->ledger->number));
            put_value(&q, store_int((int64_t)ready->corrects));
            put_question(&q, ready);
        }
    return q.count == 0 ? BATON_OK
                        : store_query_many(batch->ledger->store, STATEMENT_ENTRY_GET, q.count,
                                           q.value, answer_corrected, &q);
}

/* What figures are taken over from, and whether it is in force. */
static void answer_source(void *context, size_t i, const struct store_value *row) {
    const struct questions *q = context;
    struct ready *const ready = q->about[i];
    struct entry entry;
    if (row != NULL && entry_read(q->batch->arena, row[0].data, row[0].size, &entry) == BATON_OK)
        ready->source = entry;
}

struct fact_place batch_source(struct batch *batch, const struct ready *ready) {
    return (struct fact_place){.assessment = ready->source.body.assessment,
                               .kind = ready->source.body.kind,
                               .key = fact_key(batch->arena, &ready->source.body, ready->from)};
}

/* Puts the question how a row stands, unless it has been put before. */
static void ask_row(struct questions *q, const struct fact_place *row) {
    bool is_new;
    struct key_state *const state =
        state_of(q->batch, row->assessment, row->kind, row->key, &is_new);
    if (!is_new)
        return;
    put_value(q, store_int(q->batch->ledger->number));
    put_value(q, store_word(row->assessment));
    put_value(q, store_word(row->kind));
    put_value(q, store_word(row->key));
    put_question(q, state);
}

static baton_code ask_rows_now(struct questions *q) {
    return q->count == 0 ? BATON_OK
                         : store_query_many(q->batch->ledger->store, STATEMENT_FACT_NOW, q->count,
                                            q->value, answer_state, q);
}

static baton_code ask_sources_now(struct batch *batch) {
    struct questions q = {.batch = batch};
    for (struct waiting *w = batch->first; w != NULL; w = w->next)
        for (size_t i = 0; i < w->count; i++) {
            if (w->ready[i].source.body.kind == NULL)
                continue;
            const struct fact_place row = batch_source(batch, &w->ready[i]);
            ask_row(&q, &row);
        }
    return ask_rows_now(&q);
}

static baton_code ask_sources(struct batch *batch) {
    struct questions q = {.batch = batch};
    for (struct waiting *w = batch->first; w != NULL; w = w->next)
        for (size_t i = 0; i < w->count; i++) {
            if (!w->ready[i].has_from)
                continue;
            put_value(&q, store_int(batch->ledger->number));
            put_value(&q, store_int((int64_t)w->ready[i].from));
            put_question(&q, &w->ready[i]);
        }
    if (q.count == 0)
        return BATON_OK;
    TRY(store_query_many(batch->ledger->store, STATEMENT_ENTRY_GET, q.count, q.value, answer_source,
                         &q));
    return ask_sources_now(batch);
}

/* What the reports say of figures that are said past them. */
static baton_code ask_report_rows(struct batch *batch) {
    struct questions q = {.batch = batch};
    for (struct waiting *w = batch->first; w != NULL; w = w->next)
        for (size_t i = 0; i < w->count; i++) {
            if (!batch_passes_report(batch, w, &w->ready[i]))
                continue;
            const struct fact_place row = batch_report_row(batch, &w->ready[i].entry.body);
            ask_row(&q, &row);
        }
    return ask_rows_now(&q);
}

static void answer_report(void *context, size_t i, const struct store_value *row) {
    const struct questions *q = context;
    struct ready *const ready = q->about[i];
    struct entry entry;
    if (row != NULL && entry_read(q->batch->arena, row[0].data, row[0].size, &entry) == BATON_OK)
        ready->report = entry.body;
}

static baton_code ask_reports(struct batch *batch) {
    struct questions q = {.batch = batch};
    TRY(ask_report_rows(batch));
    for (struct waiting *w = batch->first; w != NULL; w = w->next)
        for (size_t i = 0; i < w->count; i++) {
            if (!batch_passes_report(batch, w, &w->ready[i]))
                continue;
            const struct fact_place row = batch_report_row(batch, &w->ready[i].entry.body);
            const struct key_state *const state = batch_state(batch, &row);
            if (!state->exists || state->place.withdrawn)
                continue;
            put_value(&q, store_int(batch->ledger->number));
            put_value(&q, store_int((int64_t)state->place.position));
            put_question(&q, &w->ready[i]);
        }
    return q.count == 0 ? BATON_OK
                        : store_query_many(batch->ledger->store, STATEMENT_ENTRY_GET, q.count,
                                           q.value, answer_report, &q);
}

/* Proposals */

static struct proposal *find_proposal(const struct batch *batch, uint64_t position) {
    for (size_t i = 0; i < batch->proposal_count; i++)
        if (batch->proposal[i]->position == position)
            return batch->proposal[i];
    return NULL;
}

const struct proposal *batch_proposal(struct batch *batch, uint64_t position) {
    const struct proposal *proposal = find_proposal(batch, position);
    return proposal != NULL && proposal->state != NULL ? proposal : NULL;
}

static void answer_proposal(void *context, size_t i, const struct store_value *row) {
    const struct questions *q = context;
    struct baton_arena *arena = q->batch->arena;
    struct proposal *proposal = q->about[i];
    if (row == NULL)
        return;
    proposal->assessment = arena_text(arena, row[0].data, row[0].size);
    proposal->state = arena_text(arena, row[1].data, row[1].size);
    proposal->proposer = arena_text(arena, row[2].data, row[2].size);
    proposal->expires_utc_ms = row[3].number;
    proposal->decided = row[4].number;
}

static baton_code ask_proposals(struct batch *batch) {
    struct questions q = {.batch = batch};
    for (struct waiting *w = batch->first; w != NULL; w = w->next)
        for (size_t i = 0; i < w->count; i++) {
            const struct projection *row = &w->ready[i].row;
            if (row->step != PROPOSAL_CLOSES || find_proposal(batch, row->proposal) != NULL)
                continue;
            struct proposal *proposal = arena_alloc(batch->arena, 1, sizeof *proposal);
            proposal->position = row->proposal;
            *ARRAY_PUSH(batch->arena, batch->proposal, batch->proposal_count,
                        batch->proposal_capacity) = proposal;
            put_value(&q, store_int(batch->ledger->number));
            put_value(&q, store_int((int64_t)row->proposal));
            put_question(&q, proposal);
        }
    return q.count == 0 ? BATON_OK
                        : store_query_many(batch->ledger->store, STATEMENT_PROPOSAL_GET, q.count,
                                           q.value, answer_proposal, &q);
}

/* Requests */

const struct stored_request *batch_request(const struct batch *batch,
                                           const struct waiting *waiting) {
    for (size_t i = 0; i < batch->request_count; i++)
        if (batch->request[i].waiting == waiting)
            return &batch->request[i];
    return NULL;
}

static void answer_request(void *context, size_t i, const struct store_value *row) {
    const struct questions *q = context;
    struct batch *batch = q->batch;
    struct stored_request stored = {.waiting = q->about[i]};
    if (row == NULL || row[0].size != DIGEST_SIZE)
        return;
    memcpy(stored.digest.byte, row[0].data, DIGEST_SIZE);
    stored.first = (uint64_t)row[1].number;
    *ARRAY_PUSH(batch->arena, batch->request, batch->request_count, batch->request_capacity) =
        stored;
}

static baton_code ask_requests(struct batch *batch) {
    struct questions q = {.batch = batch};
    for (struct waiting *w = batch->first; w != NULL && !batch->is_hopeful; w = w->next) {
        const struct request *request = w->submission->request;
        if (request == NULL)
            continue;
        put_value(&q, store_int(batch->ledger->number));
        put_value(&q, store_word(w->ready[0].entry.actor));
        put_value(&q, store_word(request->key));
        put_question(&q, w);
    }
    return q.count == 0 ? BATON_OK
                        : store_query_many(batch->ledger->store, STATEMENT_REQUEST_GET, q.count,
                                           q.value, answer_request, &q);
}

/* Contents */

static struct content_state *find_content(const struct batch *batch, const struct digest *digest) {
    for (size_t i = 0; i < batch->content_count; i++)
        if (digest_equal(&batch->content[i]->digest, digest))
            return batch->content[i];
    return NULL;
}

enum content_found batch_content(struct batch *batch, const struct digest *digest) {
    const struct content_state *content = find_content(batch, digest);
    return content != NULL ? content->found : CONTENT_IS_MISSING;
}

static void answer_content(void *context, size_t i, const struct store_value *row) {
    const struct questions *q = context;
    struct content_state *content = q->about[i];
    if (row != NULL)
        content->found = row[4].number != 0 ? CONTENT_IS_ERASED : CONTENT_IS_THERE;
}

static void ask_content(struct questions *q, const struct digest *digest) {
    struct batch *batch = q->batch;
    if (find_content(batch, digest) != NULL)
        return;
    struct content_state *content = arena_alloc(batch->arena, 1, sizeof *content);
    content->digest = *digest;
    *ARRAY_PUSH(batch->arena, batch->content, batch->content_count, batch->content_capacity) =
        content;
    put_value(q, store_int(batch->ledger->number));
    put_value(q, store_bytes(content->digest.byte, DIGEST_SIZE));
    put_question(q, content);
}

static baton_code ask_contents(struct batch *batch) {
    struct questions q = {.batch = batch};
    for (struct waiting *w = batch->first; w != NULL; w = w->next)
        for (size_t i = 0; i < w->count; i++) {
            for (size_t n = 0; n < w->ready[i].named_count; n++)
                ask_content(&q, &w->ready[i].named[n]);
            for (size_t n = 0; n < w->ready[i].evidence_count; n++)
                ask_content(&q, &w->ready[i].evidence[n]);
            if (w->ready[i].row.erases)
                ask_content(&q, &w->ready[i].row.erased);
        }
    return q.count == 0 ? BATON_OK
                        : store_query_many(batch->ledger->store, STATEMENT_CONTENT_GET, q.count,
                                           q.value, answer_content, &q);
}

/* Units */

void batch_act_as(struct batch *batch, const struct waiting *waiting) {
    const uint32_t within =
        waiting->submission->roles != 0 ? waiting->submission->roles : UINT32_MAX;
    if (within != batch->within)
        batch->actor = NULL;
    batch->within = within;
}

bool batch_knows(struct batch *batch, const char *actor) {
    if (batch->actor != NULL && strcmp(batch->actor, actor) == 0)
        return true;
    struct reach *const reach = &batch->reach;
    const bool is_known = standing_reach(batch->ledger->standing, actor, batch->time_utc_ms, reach);
    reach->within = batch->within;
    reach->roles &= batch->within;
    reach->whole &= batch->within;
    reach->free &= batch->within;
    reach->indicators = &batch->ledger->indicators;
    batch->actor = is_known ? actor : NULL;
    return is_known;
}

static baton_code ask_unit(struct batch *batch, enum fact_kind kind, uint32_t needed,
                           const struct fact_body *body) {
    const struct ledger *ledger = batch->ledger;
    if (standing_reaches(&batch->reach, needed, kind, body) != REACHES_UNREAD)
        return BATON_OK;
    return standing_read_units(ledger->standing, ledger->store, ledger->number, body->assessment);
}

/* Of a report each act is for other roles, so that the posts of each have to be told apart; and a draft that is thrown away has its reporter in what was said before. */
static baton_code ask_reported(struct batch *batch, const struct ready *ready) {
    static const enum role roles[] = {ROLE_UNIT, ROLE_APPROVER};
    for (size_t i = 0; i < LENGTH(roles); i++) {
        TRY(ask_unit(batch, FACT_REPORT, UINT32_C(1) << roles[i], &ready->entry.body));
        if (ready->corrected.kind != NULL)
            TRY(ask_unit(batch, FACT_REPORT, UINT32_C(1) << roles[i], &ready->corrected));
    }
    return BATON_OK;
}

/* Which unit is below which, where somebody whose posts are of units may not say it otherwise. */
static baton_code ask_units(struct batch *batch) {
    for (struct waiting *w = batch->first; w != NULL && !batch->is_founding; w = w->next) {
        batch_act_as(batch, w);
        for (size_t i = 0; i < w->count; i++) {
            const struct ready *ready = &w->ready[i];
            const bool is_proposal = ready->kind == FACT_PROPOSAL;
            if ((!is_proposal && !standing_leans_on_units(ready->kind)) ||
                !batch_knows(batch, ready->entry.actor) || batch->reach.roles == batch->reach.free)
                continue;
            if (!is_proposal)
                TRY(ask_unit(batch, ready->kind, rights_to_say(ready->kind), &ready->entry.body));
            if (ready->kind == FACT_REPORT)
                TRY(ask_reported(batch, ready));
            for (size_t k = 0; k < ready->proposed_count && is_proposal; k++) {
                enum fact_kind kind;
                if (fact_kind_of(ready->proposed[k].kind, &kind) && standing_leans_on_units(kind))
                    TRY(ask_unit(batch, kind, rights_to_propose(kind), &ready->proposed[k]));
            }
        }
    }
    return BATON_OK;
}

/* Whether lists, or who may register, hang on the units of all assessments for a fact of the kind. */
static bool asks_levels(const struct batch *batch, enum fact_kind kind) {
    const struct permits *const permits = standing_permits(batch->ledger->standing);
    return kind == FACT_REGISTRATION ||
           (permits->level.count > 0 && (kind == FACT_SCHEME || kind == FACT_PERIOD ||
                                         kind == FACT_REPORT || kind == FACT_OBSERVATION));
}

static baton_code ask_levels(struct batch *batch) {
    const struct ledger *const ledger = batch->ledger;
    for (struct waiting *w = batch->first; w != NULL && !batch->is_founding; w = w->next)
        for (size_t i = 0; i < w->count; i++)
            if (asks_levels(batch, w->ready[i].kind))
                return standing_read_levels(ledger->standing, ledger->store, ledger->number);
    return BATON_OK;
}

baton_code batch_ask(struct batch *batch) {
    size_t facts = 0;
    for (const struct waiting *w = batch->first; w != NULL; w = w->next)
        facts += w->count;
    batch->taken = arena_alloc_raw(batch->arena, facts, sizeof *batch->taken);
    TRY(ask_requests(batch));
    TRY(ask_keys(batch, facts));
    TRY(ask_corrected(batch));
    TRY(ask_sources(batch));
    TRY(ask_reports(batch));
    TRY(ask_proposals(batch));
    TRY(ask_units(batch));
    TRY(ask_levels(batch));
    return ask_contents(batch);
}

/* Taking */

size_t batch_mark(const struct batch *batch) {
    return batch->undo_count;
}

static struct undo *push_undo(struct batch *batch) {
    return ARRAY_PUSH(batch->arena, batch->undo, batch->undo_count, batch->undo_capacity);
}

static void stamp(struct ready *ready, uint64_t position, int64_t time_utc_ms) {
    ready->entry.position = position;
    ready->entry.time_utc_ms = time_utc_ms;
    put_u64(put_u64(ready->bytes + 1, position), (uint64_t)time_utc_ms); /* see entry.h */
}

/* The row of a fact; its key is its position where it has no other. */
static void take_row(struct batch *batch, struct ready *ready, struct undo *undo) {
    struct fact_place *row = &ready->row.fact;
    row->position = ready->entry.position;
    if (fact_kind_info(ready->kind)->key[0] == '\0' && !ready->has_corrects) {
        row->key = fact_key(batch->arena, &ready->entry.body, row->position);
        projection_revise(row, NULL);
        return;
    }
    undo->key = batch_state(batch, row);
    undo->old_key = *undo->key;
    projection_revise(row, undo->key->exists ? &undo->key->place : NULL);
    undo->key->place = *row;
    undo->key->exists = true;
}

void batch_take(struct batch *batch, struct ready *ready) {
    struct undo undo = {0};
    stamp(ready, batch->size + batch->taken_count, batch->time_utc_ms);
    if (ready->row.is_fact)
        take_row(batch, ready, &undo);
    if (ready->row.step == PROPOSAL_OPENS)
        ready->row.proposal = ready->entry.position;
    if (ready->row.step == PROPOSAL_CLOSES) {
        undo.proposal = find_proposal(batch, ready->row.proposal);
        assert(undo.proposal != NULL);
        undo.old_proposal = *undo.proposal;
        undo.proposal->state = ready->row.state;
    }
    if (ready->row.erases) {
        undo.content = find_content(batch, &ready->row.erased);
        assert(undo.content != NULL);
        undo.old_content = undo.content->found;
        undo.content->found = CONTENT_IS_ERASED;
    }
    *push_undo(batch) = undo;
    batch->taken[batch->taken_count++] = ready;
}

void batch_back(struct batch *batch, size_t mark) {
    while (batch->undo_count > mark) {
        const struct undo *undo = &batch->undo[--batch->undo_count];
        if (undo->key != NULL)
            *undo->key = undo->old_key;
        if (undo->proposal != NULL)
            *undo->proposal = undo->old_proposal;
        if (undo->content != NULL)
            undo->content->found = undo->old_content;
        batch->taken_count--;
    }
}
