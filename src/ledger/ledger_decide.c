/* What takes two: a proposal holds the facts that are proposed, a decision by somebody else makes them facts; and a key changed. */
#include "base/text.h"
#include "ledger/ledger_inside.h"
#include <assert.h>
#include <stdio.h>
#include <string.h>

static baton_code refuse(struct baton_findings *found, baton_code code, const char *arg1,
                         const char *arg2) {
    baton_findings_add(found, code, (struct baton_where){0}, arg1, arg2, NULL, NULL);
    return code;
}

static const char *number(struct baton_arena *arena, uint64_t position) {
    return arena_printf(arena, "%llu", (unsigned long long)position);
}

/* Proposing */

/* The contents of what is proposed come with the proposal; its fields name them inside of the proposed facts. */
struct proposing {
    struct ledger *ledger;
    struct baton_arena *arena;
    struct ready_contents contents;
};

static baton_code propose_fact(struct proposing *p, const struct fact_body *fact, size_t index,
                               struct field *out, struct baton_findings *found) {
    struct field *field = arena_alloc_raw(p->arena, fact->field_count + 1, sizeof *field);
    const size_t own = p->contents.count;
    size_t count = fact->field_count;
    const uint8_t *bytes;
    size_t size;
    for (size_t i = 0; i < count; i++)
        field[i] = ready_field(p->ledger, p->arena, &fact->field[i], &p->contents);
    if (!fields_sort(field, &count))
        return refuse(found, BATON_FACT_FIELD_TWICE, fact->kind, NULL);
    const struct fact_body body = {fact->kind, fact->assessment, field, count};
    if (p->contents.count > own && strcmp(fact->kind, fact_kind_info(FACT_ERASURE)->word) == 0)
        return refuse(found, BATON_FACT_FIELD_TYPE, "content", NULL); /* it would be nobody's */
    TRY(fact_check(&body, found)); /* only what has its form has canonical bytes */
    body_write(p->arena, &body, &bytes, &size);
    *out = (struct field){arena_printf(p->arena, "fact:%04zu", index + 1), (const char *)bytes,
                          size, 'f'};
    return BATON_OK;
}

baton_code ledger_propose(struct ledger *ledger, struct baton_arena *arena,
                          struct submission *submission, const char *reason, int64_t expires_utc_ms,
                          struct baton_findings *found) {
    struct proposing p = {.ledger = ledger, .arena = arena};
    const size_t count = submission->count;
    if (count == 0)
        return refuse(found, BATON_SUBMISSION_EMPTY, NULL, NULL);
    if (count > ENTRY_FIELDS_MAX - 3)
        return refuse(found, BATON_FACT_TOO_LARGE, "1048576", NULL);
    struct field *field = arena_alloc_raw(arena, count + 2, sizeof *field);
    for (size_t i = 0; i < count; i++)
        TRY(propose_fact(&p, &submission->fact[i], i, &field[i], found));
    field[count] = text_field("@reason", reason);
    field[count + 1] =
        text_field("expires", expires_utc_ms > 0 ? number(arena, (uint64_t)expires_utc_ms) : "");
    struct fact_body *proposal = arena_alloc(arena, 1, sizeof *proposal);
    *proposal = (struct fact_body){"proposal", submission->fact[0].assessment, field, count + 2};
    struct submission own = {.actor = submission->actor,
                             .fact = proposal,
                             .count = 1,
                             .want_receipts = submission->want_receipts,
                             .request = submission->request};
    struct waiting waiting;
    TRY(ready_make_with(ledger, arena, &own, &p.contents, &waiting, found));
    const baton_code code = ledger_submit(ledger, &waiting, found);
    submission->first = own.first;
    submission->receipt = own.receipt;
    submission->is_repeat = own.is_repeat;
    return code;
}

/* Deciding */

static baton_code read_proposal(struct ledger *ledger, struct baton_arena *arena, uint64_t position,
                                struct entry *out, struct baton_findings *found) {
    const struct store_value *row = NULL;
    if (!ledger_enter(ledger))
        return refuse(found, ledger->dead, NULL, NULL);
    baton_code code = mend_go_on(ledger);
    if (code == BATON_OK)
        code = store_query(
            ledger->store, STATEMENT_ENTRY_GET,
            (struct store_value[]){store_int(ledger->number), store_int((int64_t)position)});
    if (code == BATON_OK)
        code = store_next(ledger->store, &row);
    if (code == BATON_OK && row != NULL) {
        code = entry_read(arena, row[0].data, row[0].size, out);
        store_query_end(ledger->store);
    }
    mend_note(ledger, code);
    ledger_leave(ledger);
    if (code == BATON_OK && (row == NULL || strcmp(out->body.kind, "proposal") != 0))
        return refuse(found, BATON_PROPOSAL_UNKNOWN, number(arena, position), NULL);
    return code == BATON_OK ? BATON_OK : refuse(found, code, NULL, NULL);
}

/* What was proposed, each with the number of the proposal. */
static baton_code proposed_facts(struct baton_arena *arena, const struct entry *proposal,
                                 struct fact_body **out, size_t *count) {
    const struct fact_body *body = &proposal->body;
    const char *position = number(arena, proposal->position);
    *out = arena_alloc(arena, body->field_count + 1, sizeof **out);
    *count = 0;
    for (size_t i = 0; i < body->field_count; i++) {
        struct fact_body fact;
        if (body->field[i].type != 'f')
            continue;
        TRY(body_read(arena, body->field[i].value, body->field[i].size, &fact));
        struct field *field = arena_alloc_raw(arena, fact.field_count + 1, sizeof *field);
        memcpy(field, fact.field, fact.field_count * sizeof *field);
        field[fact.field_count] = text_field("@proposal", position);
        (*out)[(*count)++] =
            (struct fact_body){fact.kind, fact.assessment, field, fact.field_count + 1};
    }
    return BATON_OK;
}

baton_code ledger_decide(struct ledger *ledger, struct baton_arena *arena, const char *actor,
                         const struct request *request, uint64_t proposal, bool accept,
                         const char *reason, struct submission *out, struct baton_findings *found) {
    struct entry entry = {0};
    struct fact_body *proposed;
    size_t count;
    if (!accept && text_is_blank(reason, strlen(reason)))
        return refuse(found, BATON_REASON_NEEDED, NULL, NULL);
    TRY(read_proposal(ledger, arena, proposal, &entry, found));
    const baton_code code = proposed_facts(arena, &entry, &proposed, &count);
    if (code != BATON_OK)
        return refuse(found, code, number(arena, proposal), NULL);
    struct field *field = arena_alloc(arena, 3, sizeof *field);
    field[0] = text_field("@reason", reason);
    field[1] = text_field("proposal", number(arena, proposal));
    field[2] = text_field("verdict", accept ? "accepted" : "refused");
    struct fact_body *fact = arena_alloc(arena, count + 1, sizeof *fact);
    const char **actors = arena_alloc(arena, count + 1, sizeof *actors);
    fact[0] = (struct fact_body){"decision", entry.body.assessment, field, 3};
    actors[0] = actor;
    for (size_t i = 0; i < count; i++) {
        fact[i + 1] = proposed[i];
        actors[i + 1] = entry.actor;
    }
    *out = (struct submission){.actor = actor,
                               .fact = fact,
                               .count = accept ? count + 1 : 1,
                               .want_receipts = true,
                               .actors = actors,
                               .request = request};
    struct waiting waiting;
    TRY(ready_make(ledger, arena, out, true, &waiting, found));
    waiting.ready[0].proposed = proposed;
    waiting.ready[0].proposed_count = count;
    return ledger_submit(ledger, &waiting, found);
}

baton_code ledger_withdraw(struct ledger *ledger, struct baton_arena *arena, const char *actor,
                           const struct request *request, uint64_t proposal, const char *reason,
                           struct submission *out, struct baton_findings *found) {
    struct entry entry;
    TRY(read_proposal(ledger, arena, proposal, &entry, found));
    struct field *field = arena_alloc(arena, 2, sizeof *field);
    field[0] = text_field("@reason", reason);
    field[1] = text_field("proposal", number(arena, proposal));
    struct fact_body *fact = arena_alloc(arena, 1, sizeof *fact);
    *fact = (struct fact_body){"withdrawal", entry.body.assessment, field, 2};
    *out = (struct submission){
        .actor = actor, .fact = fact, .count = 1, .want_receipts = true, .request = request};
    struct waiting waiting;
    TRY(ready_make(ledger, arena, out, true, &waiting, found));
    return ledger_submit(ledger, &waiting, found);
}

/* The key */

static const char *signed_by(struct ledger *ledger, struct baton_arena *arena,
                             struct signer *signer, const struct public_key *new_key,
                             baton_code *code) {
    struct signature signature;
    const uint8_t *bytes;
    size_t size;
    projection_key_bytes(arena, ledger->id, ledger->digest, signer_public(ledger->signer), new_key,
                         &bytes, &size);
    *code = signer_sign(signer, bytes, size, &signature);
    if (*code != BATON_OK)
        return NULL;
    char *hex = arena_alloc_raw(arena, 2 * signature.size + 1, 1);
    bytes_hex(signature.byte, signature.size, hex);
    return hex;
}

/* A change of key in the making. */
struct changing {
    struct ledger *ledger;
    struct baton_arena *arena;
    const char *place;
    struct baton_findings *found;
    struct signer *signer;
    struct digest old_key;
    const char *old_signature, *new_signature;
};

static baton_code open_next(void *context) {
    struct changing *c = context;
    return signer_open(c->ledger->key_arena, c->place, &c->signer, c->found);
}

/* Opens the new key and has both sign; the ledger is entered, so that nobody else opens one or changes the one in force. */
static baton_code sign_change(struct changing *c) {
    struct ledger *ledger = c->ledger;
    baton_code code;
    if (ledger->key_arena == NULL)
        ledger->key_arena = arena_open();
    TRY(arena_run(ledger->key_arena, open_next, c));
    if (signer_kind(c->signer) != ledger->signature)
        return refuse(c->found, BATON_KEY_KIND, c->place, NULL);
    const struct public_key *key = signer_public(c->signer);
    c->old_key = ledger->key;
    c->old_signature = signed_by(ledger, c->arena, ledger->signer, key, &code);
    if (code == BATON_OK)
        c->new_signature = signed_by(ledger, c->arena, c->signer, key, &code);
    return code == BATON_OK ? BATON_OK : refuse(c->found, code, c->place, NULL);
}

baton_code ledger_rotate_key(struct ledger *ledger, struct baton_arena *arena, const char *actor,
                             const char *place, const char *reason, struct submission *out,
                             struct baton_findings *found) {
    struct changing c = {.ledger = ledger, .arena = arena, .place = place, .found = found};
    if (!ledger_enter(ledger))
        return refuse(found, ledger->dead, NULL, NULL);
    const baton_code code = sign_change(&c);
    ledger_leave(ledger);
    TRY(code);
    const struct public_key *key = signer_public(c.signer);
    char *hex = arena_alloc_raw(arena, 2 * key->size + 1, 1);
    bytes_hex(key->der, key->size, hex);
    struct field *field = arena_alloc(arena, 4, sizeof *field);
    field[0] = text_field("@reason", reason);
    field[1] = text_field("new_signature", c.new_signature);
    field[2] = text_field("old_signature", c.old_signature);
    field[3] = text_field("public_key", hex);
    struct fact_body *fact = arena_alloc(arena, 1, sizeof *fact);
    *fact = (struct fact_body){"key", "", field, 4};
    *out = (struct submission){.actor = actor, .fact = fact, .count = 1, .want_receipts = true};
    struct waiting waiting;
    TRY(ready_make(ledger, arena, out, true, &waiting, found));
    waiting.next_signer = c.signer;
    waiting.old_key = c.old_key;
    return ledger_submit(ledger, &waiting, found);
}
