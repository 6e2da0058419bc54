/* What the journal says, as JSON; heads and receipts as the texts that `baton verify` takes. */
#include "server/api_journal.h"
#include "base/civil_day.h"
#include "base/json.h"
#include "flow/entry_print.h"
#include "flow/entry_words.h"
#include "ledger/head_lines.h"
#include "server/api.h"
#include "server/audit_call.h"
#include "server/listing.h"
#include "server/sight.h"
#include <inttypes.h>
#include <string.h>

/* LOOKED_MOST: entries that are looked through for a page, of which there may then be less, with a `next`. */
enum { CHUNK = 2048, LOOKED_MOST = 65536 };

/* Heads */

static void put_digest(struct json *json, const char *name, const struct digest *digest) {
    char hex[DIGEST_HEX_SIZE];
    digest_hex(digest, hex);
    json_text(json, name, hex);
}

static void put_head(struct call *call, struct json *json, const struct head *head) {
    json_object(json, "head");
    json_count(json, "size", head->size);
    json_text(json, "time", time_exact(call->arena, head->time_utc_ms));
    put_digest(json, "root", &head->root);
    put_digest(json, "key", &head->key);
    json_end(json);
}

static baton_code show_ledger(struct call *call) {
    struct writer *writer = writer_memory(call->arena);
    struct json json = json_to(writer);
    struct public_key key;
    struct head head;
    TRY(call_reader(call));
    TRY(reader_head(call->reader, call->arena, &head, &key));
    char *hex = arena_alloc_raw(call->arena, 2 * key.size + 1, 1);
    bytes_hex(key.der, key.size, hex);
    json_object(&json, NULL);
    json_text(&json, "id", reader_ledger(call->reader));
    json_text(&json, "digest", digest_word(reader_digest(call->reader)));
    json_text(&json, "signature", signature_word(reader_signature(call->reader)));
    json_text(&json, "created", time_exact(call->arena, reader_created_utc_ms(call->reader)));
    json_text(&json, "public_key", hex);
    put_head(call, &json, &head);
    json_end(&json);
    call_answer(call, form_media[FORM_JSON], writer);
    return BATON_OK;
}

void api_ledger(struct http_request *request, void *api) {
    call_run(request, api, show_ledger);
}

static baton_code show_head(struct call *call) {
    struct public_key key;
    struct head head;
    TRY(call_reader(call));
    TRY(reader_head(call->reader, call->arena, &head, &key));
    const char *text = head_text(call->arena, &head, &key);
    http_answer(call->request, 200, "text/plain", text, strlen(text));
    return BATON_OK;
}

void api_head(struct http_request *request, void *api) {
    call_run(request, api, show_head);
}

static baton_code show_consistency(struct call *call) {
    struct writer *writer = writer_memory(call->arena);
    struct json json = json_to(writer);
    struct digest proof[MERKLE_PROOF_MAX];
    struct public_key key;
    struct head head;
    uint64_t from = 0;
    size_t count;
    TRY(call_number(call, "from", http_query(call->request, "from"), &from));
    TRY(call_reader(call));
    TRY(reader_begin(call->reader));
    TRY(reader_consistency(call->reader, from, proof, &count));
    TRY(reader_head(call->reader, call->arena, &head, &key));
    json_object(&json, NULL);
    json_count(&json, "from", from);
    put_head(call, &json, &head);
    json_array(&json, "proof");
    for (size_t i = 0; i < count; i++)
        put_digest(&json, NULL, &proof[i]);
    json_end(&json);
    json_text(&json, "signed_head", head_text(call->arena, &head, &key));
    json_end(&json);
    call_answer(call, form_media[FORM_JSON], writer);
    return BATON_OK;
}

void api_consistency(struct http_request *request, void *api) {
    call_run(request, api, show_consistency);
}

/* Entries */

static baton_code take_entry(void *context, const struct fact_row *row) {
    struct list *list = context;
    const struct fact_body *body = &row->entry.body;
    if ((list->kind == NULL ? !entry_is_audit(body) : strcmp(body->kind, list->kind) == 0) &&
        (list->assessment == NULL || strcmp(body->assessment, list->assessment) == 0) &&
        (list->actor == NULL || strcmp(row->entry.actor, list->actor) == 0) &&
        sight_may(list->call, &row->entry))
        list_keep(list, row);
    return BATON_OK;
}

/* Who is who, and who held what, is personal: that it was read is recorded, of an entry with the person, of lists without; and so is it that the auditor read the audit, as in api_audit.c. */
static void tell_read(struct call *call, const struct fact_body *body, bool is_one) {
    if (entry_is_audit(body) && (sight_roles_of_ledger(sight_of(call)) >> ROLE_AUDITOR & 1) != 0)
        call_audit_read(call, NULL, fact_kind_info(FACT_AUDIT)->word);
    const bool is_post = strcmp(body->kind, fact_kind_info(FACT_POST)->word) == 0;
    if (is_post || strcmp(body->kind, fact_kind_info(FACT_PERSON)->word) == 0)
        call_audit_read(call, is_one ? body_text(body, is_post ? "person" : "id") : NULL,
                        body->kind);
}

static void put_words(struct call *call, struct json *json, const struct entry *entry) {
    json_text(json, "words", entry_words(call->arena, &entry->body, call->request->language));
}

/* Those of a piece that may be read, the newest first, until there are enough; *to becomes the position of the last one then. */
static baton_code take_readable(struct list *list, uint64_t *to, size_t limit, struct entry **out,
                                size_t *count, size_t *capacity) {
    struct call *call = list->call;
    for (size_t i = list->count; i > 0 && *count < limit; i--) {
        bool may;
        TRY(sight_reads(call, &list->entry[i - 1], &may));
        if (!may)
            continue;
        *ARRAY_PUSH(call->arena, *out, *count, *capacity) = list->entry[i - 1];
        if (*count == limit)
            *to = list->entry[i - 1].position;
    }
    return BATON_OK;
}

/* The journal is read backwards, a piece at a time, until there are enough, or enough was looked through. */
static baton_code read_back(struct list *list, uint64_t *to, size_t limit, struct entry **out,
                            size_t *count) {
    size_t capacity = 0;
    *out = NULL;
    *count = 0;
    for (size_t looked = 0; *to > 0 && *count < limit && looked < LOOKED_MOST; looked += CHUNK) {
        const uint64_t from = *to > CHUNK ? *to - CHUNK : 0;
        list->count = 0;
        TRY(reader_entries(list->call->reader, from, *to, take_entry, list));
        *to = from;
        TRY(take_readable(list, to, limit, out, count, &capacity));
    }
    return BATON_OK;
}

/* `to` is part of where the next page begins. */
static const char *filter_of(struct call *call) {
    static const char *const names[] = {"kind", "assessment", "actor"};
    const char *query = "";
    for (size_t i = 0; i < LENGTH(names); i++)
        if (http_query(call->request, names[i]) != NULL)
            query = arena_printf(call->arena, "%s&%s=%s", query, names[i],
                                 http_query(call->request, names[i]));
    return query;
}

/* Where reading begins: behind the entries of the day that is named, and those before a number. */
static baton_code begin_at(struct call *call, uint64_t size, uint64_t *to) {
    const char *const last = http_query(call->request, "to");
    uint64_t known = size;
    int32_t day;
    *to = size;
    TRY(call_number(call, "before", http_query(call->request, "before"), to));
    if (last != NULL && baton_day_parse(last, strlen(last), &day))
        TRY(reader_known_at(call->reader, civil_day_ends_utc_ms(day), &known));
    *to = *to < known ? *to : known;
    return BATON_OK;
}

static baton_code list_entries(struct call *call) {
    struct list list = {.call = call,
                        .kind = http_query(call->request, "kind"),
                        .assessment = http_query(call->request, "assessment"),
                        .actor = http_query(call->request, "actor")};
    struct writer *writer = writer_memory(call->arena);
    struct json json = json_to(writer);
    struct entry *entry;
    size_t limit, count;
    uint64_t size, to;
    enum fact_kind kind;
    if (list.kind != NULL && !fact_kind_of(list.kind, &kind))
        return call_refuse_at(call, BATON_FACT_KIND, "kind", list.kind, NULL, NULL, NULL);
    TRY(call_limit(call, LIMIT_USUAL, LIMIT_MOST, &limit));
    TRY(call_reader(call));
    TRY(reader_begin(call->reader));
    TRY(reader_size(call->reader, &size));
    TRY(begin_at(call, size, &to));
    TRY(read_back(&list, &to, limit, &entry, &count));
    reader_end(call->reader);
    json_object(&json, NULL);
    json_array(&json, "items");
    for (size_t i = 0; i < count; i++) {
        json_object(&json, NULL);
        entry_json(&json, call_names(call), &entry[i]);
        put_words(call, &json, &entry[i]);
        tell_read(call, &entry[i].body, false);
        json_end(&json);
    }
    json_end(&json);
    json_count(&json, "size", size);
    list_next(call, &json,
              to == 0 ? NULL
                      : arena_printf(call->arena, "before=%" PRIu64 "&limit=%zu%s", to, limit,
                                     filter_of(call)));
    json_end(&json);
    call_answer(call, form_media[FORM_JSON], writer);
    return BATON_OK;
}

void api_entries(struct http_request *request, void *api) {
    call_run(request, api, list_entries);
}

static baton_code take_position(struct call *call, uint64_t *out) {
    *out = 0;
    TRY(call_number(call, "position", http_segment(call->request, "position"), out));
    return call_reader(call);
}

static baton_code show_entry(struct call *call) {
    struct writer *writer = writer_memory(call->arena);
    struct json json = json_to(writer);
    struct entry entry;
    uint64_t position;
    TRY(take_position(call, &position));
    TRY(reader_entry(call->reader, call->arena, position, &entry));
    TRY(sight_entry(call, &entry));
    json_object(&json, NULL);
    entry_json(&json, call_names(call), &entry);
    put_words(call, &json, &entry);
    json_end(&json);
    tell_read(call, &entry.body, true);
    call_answer(call, form_media[FORM_JSON], writer);
    return BATON_OK;
}

void api_entry(struct http_request *request, void *api) {
    call_run(request, api, show_entry);
}

static baton_code show_receipt(struct call *call) {
    struct receipt receipt;
    struct entry entry;
    uint64_t position;
    TRY(take_position(call, &position));
    TRY(reader_begin(call->reader));
    TRY(reader_entry(call->reader, call->arena, position, &entry));
    TRY(sight_entry(call, &entry));
    tell_read(call, &entry.body, true);
    TRY(reader_receipt(call->reader, call->arena, position, &receipt));
    const char *text = receipt_text(call->arena, &receipt);
    http_answer(call->request, 200, "text/plain", text, strlen(text));
    return BATON_OK;
}

void api_receipt(struct http_request *request, void *api) {
    call_run(request, api, show_receipt);
}

/* Proposals */

/* Nothing of one that may not be read. */
static baton_code put_proposal(struct call *call, struct json *json,
                               const struct proposal *proposal, size_t *told) {
    struct entry entry;
    bool may;
    TRY(reader_entry(call->reader, call->arena, proposal->position, &entry));
    TRY(sight_reads(call, &entry, &may));
    if (!may)
        return BATON_OK;
    ++*told;
    json_object(json, NULL);
    json_text(json, "state", proposal->state);
    if (proposal->decided >= 0)
        json_count(json, "decided", (uint64_t)proposal->decided);
    if (proposal->expires_utc_ms != 0)
        json_text(json, "expires", time_exact(call->arena, proposal->expires_utc_ms));
    entry_json(json, call_names(call), &entry);
    put_words(call, json, &entry);
    json_end(json);
    return BATON_OK;
}

static baton_code list_proposals(struct call *call) {
    const char *const state = http_query(call->request, "state");
    const char *const assessment = http_query(call->request, "assessment");
    struct writer *writer = writer_memory(call->arena);
    struct json json = json_to(writer);
    struct proposal *proposal;
    size_t limit, count, told = 0;
    uint64_t before = UINT64_MAX, next = 0;
    TRY(call_limit(call, LIMIT_USUAL, LIMIT_MOST, &limit));
    TRY(call_number(call, "before", http_query(call->request, "before"), &before));
    TRY(call_reader(call));
    TRY(reader_begin(call->reader));
    TRY(reader_proposals(call->reader, call->arena, &proposal, &count));
    json_object(&json, NULL);
    json_array(&json, "items");
    for (size_t i = count; i > 0 && next == 0; i--) {
        const struct proposal *one = &proposal[i - 1];
        if (one->position >= before || (state != NULL && strcmp(state, one->state) != 0) ||
            (assessment != NULL && strcmp(assessment, one->assessment) != 0))
            continue;
        TRY(put_proposal(call, &json, one, &told));
        if (told == limit)
            next = one->position;
    }
    json_end(&json);
    list_next(call, &json,
              next == 0
                  ? NULL
                  : arena_printf(call->arena, "before=%" PRIu64 "&limit=%zu%s%s%s%s", next, limit,
                                 state != NULL ? "&state=" : "", state != NULL ? state : "",
                                 assessment != NULL ? "&assessment=" : "",
                                 assessment != NULL ? assessment : ""));
    json_end(&json);
    call_answer(call, form_media[FORM_JSON], writer);
    return BATON_OK;
}

void api_proposals(struct http_request *request, void *api) {
    call_run(request, api, list_proposals);
}
