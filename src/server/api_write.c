/* Bodies become submissions of the ledger, which judges them; the answer is where they stand, with a receipt each. A request that was stored before is answered with what stands there. */
#include "server/api_write.h"
#include "base/json.h"
#include "flow/correction.h"
#include "flow/entry_print.h"
#include "flow/entry_words.h"
#include "flow/request_seen.h"
#include "ledger/digest.h"
#include "server/api.h"
#include "server/api_evidence.h"
#include "server/api_write_bodies.h"
#include "server/covers.h"
#include "server/grave.h"
#include "server/sight.h"
#include <assert.h>
#include <inttypes.h>
#include <string.h>

static const char *or_empty(const char *text) {
    return text != NULL ? text : "";
}

/* Answering */

static baton_code put_fact(struct call *call, struct json *json, uint64_t position,
                           const struct receipt *given) {
    struct receipt receipt;
    struct entry entry;
    if (given == NULL) {
        TRY(reader_receipt(call->reader, call->arena, position, &receipt));
        given = &receipt;
    }
    const baton_code code = entry_read(call->arena, given->entry, given->entry_size, &entry);
    assert(code == BATON_OK);
    json_object(json, NULL);
    json_count(json, "position", position);
    json_text(json, "words", entry_words(call->arena, &entry.body, call->request->language));
    json_text(json, "receipt", receipt_text(call->arena, given));
    json_end(json);
    return BATON_OK;
}

baton_code call_put_stored(struct call *call, struct json *json, uint64_t facts, uint64_t first) {
    struct receipt receipt;
    json_count(json, "facts", facts);
    if (facts == 0)
        return BATON_OK;
    TRY(reader_receipt(call->reader, call->arena, first + facts - 1, &receipt));
    json_count(json, "first", first);
    json_text(json, "receipt", receipt_text(call->arena, &receipt));
    return BATON_OK;
}

void call_answer_stored(struct call *call, bool is_repeat, struct writer *writer) {
    const char *const text = writer_text_of(writer);
    http_answer(call->request, is_repeat ? 200 : 201, form_media[FORM_JSON], text, strlen(text));
}

baton_code answer_stored(struct call *call, const struct submission *submission,
                         const struct digest *digest) {
    return answer_stored_with(call, submission, digest, NULL, NULL);
}

baton_code answer_stored_with(struct call *call, const struct submission *submission,
                              const struct digest *digest,
                              void (*put)(void *context, struct json *json), void *context) {
    struct writer *writer = writer_memory(call->arena);
    struct json json = json_to(writer);
    char hex[DIGEST_HEX_SIZE];
    if (submission->receipt == NULL) {
        TRY(call_reader(call));
        TRY(reader_begin(call->reader));
    }
    json_object(&json, NULL);
    json_count(&json, "first", submission->first);
    json_flag(&json, "repeat", submission->is_repeat);
    if (digest != NULL) {
        digest_hex(digest, hex);
        json_text(&json, "digest", hex);
    }
    json_array(&json, "items");
    for (size_t i = 0; i < submission->count; i++)
        TRY(put_fact(call, &json, submission->first + i,
                     submission->receipt != NULL ? &submission->receipt[i] : NULL));
    json_end(&json);
    if (put != NULL)
        put(context, &json);
    json_end(&json);
    http_add_header(call->request, "Location",
                    arena_printf(call->arena, "/api/v1/entries/%" PRIu64, submission->first));
    call_answer_stored(call, submission->is_repeat, writer);
    return BATON_OK;
}

baton_code answer_again_stored(struct call *call, const struct request *request, bool *is_done) {
    struct submission submission = {.actor = call_actor(call)};
    struct reader_request stored;
    TRY(request_seen(call->reader, submission.actor, request, &stored, &submission.is_repeat,
                     &call->found));
    *is_done = submission.is_repeat;
    if (!*is_done)
        return BATON_OK;
    reader_end(call->reader); /* receipts are of a state of their own */
    submission.first = stored.position;
    submission.count = stored.count;
    return answer_stored(call, &submission, NULL);
}

/* Saying */

/* An erasure names a content that is there, by its digest. */
static baton_code name_content(struct call *call, struct field *field) {
    struct digest *const digest = arena_alloc(call->arena, 1, sizeof *digest);
    if (!digest_of_hex(field->value, field->size, digest))
        return call_refuse(call, BATON_CONTENT_UNKNOWN, field->value, NULL, NULL, NULL);
    *field = (struct field){field->name, (const char *)digest->byte, DIGEST_SIZE, 'c'};
    return BATON_OK;
}

/* Fields of a body; those whose kind keeps them outside of the entry are contents. */
static baton_code put_fields(struct call *call, const char *kind_word, const struct body_map *map,
                             struct field *out, size_t *count) {
    enum fact_kind kind;
    if (!fact_kind_of(kind_word, &kind))
        return call_refuse(call, BATON_FACT_KIND, kind_word, NULL, NULL, NULL);
    for (size_t i = 0; i < map->count; i++) {
        const char *const name = map->pair[i].name;
        out[*count] = text_field(name, map->pair[i].value);
        if (fact_field_type(kind, name) == 'c') {
            if (kind == FACT_ERASURE)
                TRY(name_content(call, &out[*count]));
            else
                out[*count].type = 'C';
        }
        ++*count;
    }
    return BATON_OK;
}

static baton_code make_facts(struct call *call, const struct said *said, struct fact_body **out) {
    const struct fact_said *item = said->facts.item;
    struct fact_body *fact = arena_alloc(call->arena, said->facts.count, sizeof *fact);
    for (size_t i = 0; i < said->facts.count; i++) {
        struct field *field = arena_alloc(call->arena, item[i].fields.count, sizeof *field);
        size_t count = 0;
        TRY(put_fields(call, item[i].kind, &item[i].fields, field, &count));
        fact[i] = (struct fact_body){item[i].kind, or_empty(said->assessment), field, count};
    }
    *out = fact;
    return BATON_OK;
}

/* Reports go the way of collection, where they are checked. */
static baton_code refuse_reports(struct call *call, const struct said *said) {
    const struct fact_said *item = said->facts.item;
    baton_code code = BATON_OK;
    for (size_t i = 0; i < said->facts.count; i++)
        if (strcmp(item[i].kind, fact_kind_info(FACT_REPORT)->word) == 0)
            code = call_refuse_at(call, BATON_REPORT_ELSEWHERE,
                                  arena_printf(call->arena, "/facts/%zu/kind", i), NULL, NULL, NULL,
                                  NULL);
    return code;
}

/* Whether each figure says one thing. */
static baton_code refuse_contradictions(struct call *call, const struct fact_body *fact,
                                        size_t count, bool is_correction) {
    baton_code code = BATON_OK;
    for (size_t i = 0; i < count; i++) {
        const char *value, *state;
        if (figure_contradicts(&fact[i], &value, &state))
            code = call_refuse_at(call, BATON_FORM_VALUE_AND_STATE,
                                  is_correction
                                      ? "/fields/state"
                                      : arena_printf(call->arena, "/facts/%zu/fields/state", i),
                                  value, state, NULL, NULL);
    }
    return code;
}

static baton_code say(struct call *call) {
    const void *body;
    struct request request;
    TRY(call_request(call, &request));
    TRY(route_body(call->request, &body, &call->found));
    const struct said *const said = body;
    struct submission submission = {.actor = call_actor(call),
                                    .count = said->facts.count,
                                    .want_receipts = true,
                                    .roles = covers_roles(call),
                                    .request = &request};
    struct fact_body *fact;
    TRY(refuse_reports(call, said));
    TRY(make_facts(call, said, &fact));
    TRY(refuse_contradictions(call, fact, said->facts.count, false));
    submission.fact = fact;
    TRY(grave_facts(call, fact, said->facts.count));
    TRY(covers_facts(call, said->propose ? COVERS_PROPOSING : COVERS_SAYING, fact,
                     submission.count));
    TRY(call_evidence(call, fact, submission.count));
    if (said->propose) {
        TRY(ledger_propose(call->api->ledger, call->arena, &submission, or_empty(said->reason), 0,
                           &call->found));
        submission.count = 1;
    } else {
        TRY(ledger_append(call->api->ledger, call->arena, &submission, &call->found));
    }
    return answer_stored(call, &submission, NULL);
}

void api_say(struct http_request *request, void *api) {
    call_run(request, api, say);
}

/* Correcting */

struct correcting {
    struct call *call;
    const struct corrected *body;
    struct entry entry;
    struct field *field;
    size_t count;
};

static const struct body_pair *find_named(const struct body_map *map, const char *name) {
    for (size_t i = 0; i < map->count; i++)
        if (strcmp(map->pair[i].name, name) == 0)
            return &map->pair[i];
    return NULL;
}

static bool is_named(const struct body_map *map, const char *name) {
    return find_named(map, name) != NULL;
}

/* What stays of the row: everything but what the new words say, and what they make untrue. */
static void keep_fields(struct correcting *c) {
    const struct fact_body *const row = &c->entry.body;
    const bool has_value = is_named(&c->body->fields, "value");
    const struct body_pair *const state = find_named(&c->body->fields, "state");
    const bool has_state = state != NULL && *state->value != '\0';
    for (size_t i = 0; i < row->field_count; i++) {
        const struct field *field = &row->field[i];
        if (correction_keeps(field, has_value, has_state) &&
            !is_named(&c->body->fields, field->name) &&
            (!c->body->withdraw || entry_is_key(row, field->name)))
            c->field[c->count++] = *field;
    }
}

static baton_code correct_row(struct correcting *c) {
    struct call *call = c->call;
    enum fact_kind kind;
    if (!fact_kind_of(c->entry.body.kind, &kind) || !fact_kind_info(kind)->is_row)
        return call_refuse(call, BATON_FACT_KIND, c->entry.body.kind, NULL, NULL, NULL);
    if (kind == FACT_REPORT)
        return call_refuse(call, BATON_REPORT_ELSEWHERE, NULL, NULL, NULL, NULL);
    c->field = arena_alloc(call->arena, c->entry.body.field_count + c->body->fields.count + 3,
                           sizeof *c->field);
    keep_fields(c);
    TRY(put_fields(call, c->entry.body.kind, &c->body->fields, c->field, &c->count));
    c->field[c->count++] =
        text_field("@corrects", arena_printf(call->arena, "%" PRIu64, c->entry.position));
    c->field[c->count++] = text_field("@reason", c->body->reason);
    if (c->body->withdraw)
        c->field[c->count++] = text_field("@withdrawn", "1");
    return BATON_OK;
}

/* Whether the new words move the row to another place: another unit, another element. */
static bool moves(const struct correcting *c) {
    const struct fact_body *const row = &c->entry.body;
    for (size_t i = 0; i < c->body->fields.count; i++) {
        const struct body_pair *const pair = &c->body->fields.pair[i];
        if (entry_is_key(row, pair->name) && strcmp(body_text(row, pair->name), pair->value) != 0)
            return true;
    }
    return false;
}

/* What stays of a row is said anew by whoever corrects it, and is read with the answer. Where the row stays in its place the ledger judges its unit and indicator; elsewhere it would judge those of another. */
static baton_code check_row(struct correcting *c) {
    enum fact_kind kind;
    const bool is_row = fact_kind_of(c->entry.body.kind, &kind) && fact_kind_info(kind)->is_row;
    return is_row && !moves(c) ? BATON_OK : sight_entry(c->call, &c->entry);
}

static baton_code correct(struct call *call) {
    struct correcting c = {.call = call};
    struct request request;
    const void *body;
    uint64_t position = 0;
    TRY(call_request(call, &request));
    TRY(route_body(call->request, &body, &call->found));
    c.body = body;
    TRY(call_number(call, "position", http_segment(call->request, "position"), &position));
    TRY(call_reader(call));
    TRY(reader_entry(call->reader, call->arena, position, &c.entry));
    TRY(check_row(&c));
    TRY(correct_row(&c));
    struct fact_body fact = {c.entry.body.kind, c.entry.body.assessment, c.field, c.count};
    TRY(refuse_contradictions(call, &fact, 1, true));
    struct submission submission = {.actor = call_actor(call),
                                    .fact = &fact,
                                    .count = 1,
                                    .want_receipts = true,
                                    .roles = covers_roles(call),
                                    .request = &request};
    TRY(grave_facts(call, &fact, 1));
    TRY(covers_facts(call, c.body->propose ? COVERS_PROPOSING : COVERS_SAYING, &fact, 1));
    TRY(call_evidence(call, &fact, 1));
    TRY(c.body->propose ? ledger_propose(call->api->ledger, call->arena, &submission,
                                         c.body->reason, 0, &call->found)
                        : ledger_append(call->api->ledger, call->arena, &submission, &call->found));
    return answer_stored(call, &submission, NULL);
}

void api_correct(struct http_request *request, void *api) {
    call_run(request, api, correct);
}

/* Deciding */

/* What both ends of a proposal begin with: the request's key, its body, which proposal. */
static baton_code take_closing(struct call *call, struct request *request, const void **body,
                               uint64_t *proposal) {
    *proposal = 0;
    TRY(call_request(call, request));
    TRY(route_body(call->request, body, &call->found));
    return call_number(call, "position", http_segment(call->request, "position"), proposal);
}

static baton_code decide(struct call *call) {
    struct submission out = {0};
    struct request request;
    const void *body;
    uint64_t proposal;
    TRY(take_closing(call, &request, &body, &proposal));
    const struct decided *const decided = body;
    TRY(covers_proposal(call, COVERS_DECIDING, proposal));
    if (strcmp(decided->verdict, "accepted") == 0)
        TRY(call_evidence_proposed(call, proposal));
    TRY(ledger_decide(call->api->ledger, call->arena, call_actor(call), &request, proposal,
                      strcmp(decided->verdict, "accepted") == 0, or_empty(decided->reason), &out,
                      &call->found));
    return answer_stored(call, &out, NULL);
}

void api_decide(struct http_request *request, void *api) {
    call_run(request, api, decide);
}

static baton_code withdraw(struct call *call) {
    struct submission out = {0};
    struct request request;
    const void *body;
    uint64_t proposal;
    TRY(take_closing(call, &request, &body, &proposal));
    const struct withdrawn *const withdrawn = body;
    TRY(covers_proposal(call, COVERS_PROPOSING, proposal));
    TRY(ledger_withdraw(call->api->ledger, call->arena, call_actor(call), &request, proposal,
                        withdrawn->reason, &out, &call->found));
    return answer_stored(call, &out, NULL);
}

void api_withdraw(struct http_request *request, void *api) {
    call_run(request, api, withdraw);
}
