/* A submission is made ready by the thread of its submitter, so that a batch has little left to do: fields in order, form checked, contents salted and digested, canonical
 * bytes written all but position and time. */
#include "base/text.h"
#include "ledger/ledger_inside.h"
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One fact in the making. */
struct making {
    struct ledger *ledger;
    struct baton_arena *arena;
    struct baton_findings *found;
    struct ready *ready;
    struct digest *named;
    size_t named_count, named_capacity;
    bool is_inner;
    const struct request *request; /* of the fact that is being made; NULL = none */
    size_t count;                  /* facts of the submission */
};

static baton_code refuse(const struct making *m, baton_code code, const char *arg1,
                         const char *arg2) {
    baton_findings_add(m->found, code, (struct baton_where){0}, arg1, arg2, NULL, NULL);
    return code;
}

/* Contents */

static struct field add_content(const struct ledger *ledger, struct baton_arena *arena,
                                const struct field *field, struct ready_contents *contents) {
    static const char media[] = "text/plain; charset=utf-8";
    struct ready_content *content =
        ARRAY_PUSH(arena, contents->content, contents->count, contents->capacity);
    struct digest *digest = arena_alloc_raw(arena, 1, sizeof *digest);
    *content = (struct ready_content){.media = media, .bytes = field->value, .size = field->size};
    ledger->world.random(ledger->world.context, content->salt, sizeof content->salt);
    content->plain = digest_two(ledger->digest, field->value, field->size, media, strlen(media));
    content->digest = digest_content(ledger->digest, content->salt, field->value, field->size);
    *digest = content->digest;
    return (struct field){field->name, (const char *)digest->byte, DIGEST_SIZE, 'c'};
}

struct field ready_field(const struct ledger *ledger, struct baton_arena *arena,
                         const struct field *field, struct ready_contents *contents) {
    if (field->type == 'C')
        return add_content(ledger, arena, field, contents);
    return (struct field){field->name, arena_text(arena, field->value, field->size), field->size,
                          field->type};
}

static int compare_fields(const void *left, const void *right) {
    return strcmp(((const struct field *)left)->name, ((const struct field *)right)->name);
}

static bool is_sorted(const struct field *field, size_t count) {
    for (size_t i = 1; i < count; i++)
        if (strcmp(field[i - 1].name, field[i].name) >= 0)
            return false;
    return true;
}

/* A reason, or a note for whoever decides, in which there is nothing to be read is none. */
static bool is_blank_reason(const struct field *field) {
    return field->type != 'c' &&
           (strcmp(field->name, "@reason") == 0 || strcmp(field->name, "note") == 0) &&
           text_is_blank(field->value, field->size);
}

/* The body with its fields in order, those without a value left out. A content of no bytes is a content. */
static struct fact_body make_body(struct making *m, const struct fact_body *body) {
    struct field *field = arena_alloc_raw(m->arena, body->field_count + 2, sizeof *field);
    size_t count = 0;
    if (m->request != NULL) {
        const char *text = fact_request_text(m->arena, m->request, m->count);
        field[count++] = text_field("@request", text);
    }
    for (size_t i = 0; i < body->field_count; i++)
        if ((body->field[i].size > 0 || body->field[i].type == 'C') &&
            !is_blank_reason(&body->field[i]))
            field[count++] = ready_field(m->ledger, m->arena, &body->field[i], &m->ready->contents);
    if (!is_sorted(field, count))
        qsort(field, count, sizeof *field, compare_fields);
    return (struct fact_body){body->kind, body->assessment, field, count};
}

/* Form */

/* What only the ledger itself may say. */
static baton_code check_inner(const struct making *m, const struct fact_body *body) {
    enum fact_kind kind;
    if (body_field(body, "@request") != NULL && m->request == NULL)
        return refuse(m, BATON_FACT_FIELD_UNKNOWN, body->kind, "@request");
    if (m->is_inner)
        return BATON_OK;
    if (fact_kind_of(body->kind, &kind) &&
        (kind == FACT_LEDGER || kind == FACT_KEY || kind == FACT_DECISION ||
         kind == FACT_WITHDRAWAL || kind == FACT_AUDIT))
        return refuse(m, BATON_FACT_KIND, body->kind, NULL);
    if (body_field(body, "@proposal") != NULL)
        return refuse(m, BATON_FACT_FIELD_UNKNOWN, body->kind, "@proposal");
    if (body_field(body, "@from") != NULL)
        return refuse(m, BATON_FACT_FIELD_UNKNOWN, body->kind, "@from");
    if (body_field(body, "@row") != NULL)
        return refuse(m, BATON_FACT_FIELD_UNKNOWN, body->kind, "@row");
    return BATON_OK;
}

static baton_code check_proposed(struct making *m, const struct fact_body *body) {
    size_t capacity = 0;
    struct ready *ready = m->ready;
    for (size_t i = 0; i < body->field_count; i++) {
        struct fact_body inner;
        if (body->field[i].type != 'f')
            continue;
        if (body_read(m->arena, body->field[i].value, body->field[i].size, &inner) != BATON_OK)
            return refuse(m, BATON_FACT_FIELD_TYPE, body->field[i].name, NULL);
        struct making proposed = *m;
        proposed.is_inner = false;
        proposed.request = NULL;
        TRY(check_inner(&proposed, &inner));
        if (strcmp(inner.kind, "proposal") == 0 || strcmp(inner.assessment, body->assessment) != 0)
            return refuse(m, BATON_FACT_KIND, inner.kind, NULL);
        TRY(fact_check(&inner, m->found));
        *ARRAY_PUSH(m->arena, ready->proposed, ready->proposed_count, capacity) = inner;
    }
    if (ready->proposed_count == 0)
        return refuse(m, BATON_SUBMISSION_EMPTY, NULL, NULL);
    return body_field(body, "@reason") != NULL ? BATON_OK
                                               : refuse(m, BATON_REASON_NEEDED, NULL, NULL);
}

static bool is_own_content(const struct ready *ready, const struct digest *digest) {
    for (size_t i = 0; i < ready->contents.count; i++)
        if (digest_equal(&ready->contents.content[i].digest, digest))
            return true;
    return false;
}

static void add_named(void *context, const struct digest *digest) {
    struct making *m = context;
    if (!is_own_content(m->ready, digest))
        *ARRAY_PUSH(m->arena, m->named, m->named_count, m->named_capacity) = *digest;
}

/* What @evidence says, which has the form of digests (fact_check). */
static void find_evidence(struct making *m, const struct fact_body *body) {
    size_t capacity = 0;
    struct digest *all = NULL;
    for (const char *at = body_text(body, "@evidence"); *at != '\0';) {
        const size_t size = strcspn(at, " ");
        struct digest digest;
        if (digest_of_hex(at, size, &digest))
            *ARRAY_PUSH(m->arena, all, m->ready->evidence_count, capacity) = digest;
        at += size + (at[size] == ' ');
    }
    m->ready->evidence = all;
}

/* A correction of a row without key fields says by @row which row that is: the one that the corrected entry says, or that entry itself. */
static baton_code find_row(struct making *m, struct fact_body *body) {
    struct ready *ready = m->ready;
    const struct store_value *row = NULL;
    struct entry entry;
    baton_code code;
    if (!ledger_enter(m->ledger))
        return refuse(m, m->ledger->dead, NULL, NULL);
    code = mend_go_on(m->ledger);
    if (code == BATON_OK)
        code = store_query(m->ledger->store, STATEMENT_ENTRY_GET,
                           (struct store_value[]){store_int(m->ledger->number),
                                                  store_int((int64_t)ready->corrects)});
    if (code == BATON_OK)
        code = store_next(m->ledger->store, &row);
    if (code == BATON_OK && row != NULL)
        code = entry_read(m->arena, row[0].data, row[0].size, &entry);
    if (row != NULL)
        store_query_end(m->ledger->store);
    mend_note(m->ledger, code);
    ledger_leave(m->ledger);
    if (code != BATON_OK)
        return refuse(m, code, NULL, NULL);
    const char *number = arena_printf(m->arena, "%llu", (unsigned long long)ready->corrects);
    if (row == NULL || strcmp(entry.body.kind, body->kind) != 0 ||
        strcmp(entry.body.assessment, body->assessment) != 0)
        return refuse(m, BATON_FACT_SUPERSEDED, number, body->kind);
    ready->corrected = entry.body;
    if (body_field(&entry.body, "@row") != NULL)
        number = body_text(&entry.body, "@row");
    struct field *field = (struct field *)(uintptr_t)body->field; /* has room for one more */
    field[body->field_count++] = text_field("@row", number);
    qsort(field, body->field_count, sizeof *field, compare_fields);
    return BATON_OK;
}

/* Nested facts carry contents too: their C fields become c before they are written into the proposal. See ledger_propose. */
static baton_code make(struct making *m, const struct fact_body *body, const char *actor) {
    struct ready *ready = m->ready;
    ready->entry = (struct entry){.actor = actor, .body = make_body(m, body)};
    TRY(check_inner(m, &ready->entry.body));
    TRY(fact_check(&ready->entry.body, m->found));
    (void)fact_kind_of(body->kind, &ready->kind);
    if (ready->kind == FACT_PROPOSAL)
        TRY(check_proposed(m, &ready->entry.body));
    ready->has_corrects =
        fact_position(body_text(&ready->entry.body, "@corrects"), &ready->corrects);
    ready->has_from = fact_position(body_text(&ready->entry.body, "@from"), &ready->from);
    if (ready->has_corrects && fact_kind_info(ready->kind)->key[0] == '\0')
        TRY(find_row(m, &ready->entry.body));
    if (ready->entry.body.field_count > ENTRY_FIELDS_MAX)
        return refuse(m, BATON_FACT_TOO_LARGE, "1048576", NULL);
    if (!projection_contents(m->arena, &ready->entry.body, add_named, m))
        return refuse(m, BATON_FACT_FIELD_TYPE, "fact", NULL);
    ready->named = m->named;
    ready->named_count = m->named_count;
    find_evidence(m, &ready->entry.body);
    const uint8_t *bytes;
    entry_write(m->arena, &ready->entry, &bytes, &ready->size);
    ready->bytes = (uint8_t *)(uintptr_t)bytes;
    if (ready->size > ENTRY_SIZE_MAX)
        return refuse(m, BATON_FACT_TOO_LARGE, "1048576", NULL);
    projection_of(m->arena, &ready->entry, &ready->row);
    return BATON_OK;
}

static baton_code make_all(struct making *m, struct submission *submission,
                           struct waiting *waiting) {
    struct baton_findings *found = m->found;
    const size_t errors = found->errors;
    for (size_t i = 0; i < submission->count && found->errors - errors < BATON_FINDINGS_PER_FILE;
         i++) {
        m->ready = &waiting->ready[i];
        m->named = NULL;
        m->named_count = m->named_capacity = 0;
        m->request = i == 0 ? submission->request : NULL;
        m->count = submission->count;
        const char *actor =
            submission->actors != NULL && m->is_inner ? submission->actors[i] : submission->actor;
        const baton_code code = make(m, &submission->fact[i], actor);
        if (code != BATON_OK && found->errors == errors)
            return code; /* told already, as an earlier one */
    }
    if (found->errors > errors)
        return baton_findings_worst(found);
    submission->receipt = submission->want_receipts ? arena_alloc(m->arena, submission->count,
                                                                  sizeof *submission->receipt)
                                                    : NULL;
    return BATON_OK;
}

static baton_code begin(struct making *m, struct submission *submission, struct waiting *waiting) {
    *waiting = (struct waiting){
        .submission = submission, .count = submission->count, .is_inner = m->is_inner};
    submission->is_repeat = false;
    if (submission->count == 0)
        return refuse(m, BATON_SUBMISSION_EMPTY, NULL, NULL);
    if (submission->actor != NULL &&
        !text_is_identifier(submission->actor, strlen(submission->actor)))
        return refuse(m, BATON_FACT_IDENTIFIER, submission->actor, NULL);
    waiting->ready = arena_alloc(m->arena, submission->count, sizeof *waiting->ready);
    return BATON_OK;
}

baton_code ready_make(struct ledger *ledger, struct baton_arena *arena,
                      struct submission *submission, bool is_inner, struct waiting *waiting,
                      struct baton_findings *found) {
    struct making making = {.ledger = ledger, .arena = arena, .found = found, .is_inner = is_inner};
    TRY(begin(&making, submission, waiting));
    return make_all(&making, submission, waiting);
}

baton_code ready_make_with(struct ledger *ledger, struct baton_arena *arena,
                           struct submission *submission, const struct ready_contents *contents,
                           struct waiting *waiting, struct baton_findings *found) {
    struct making making = {.ledger = ledger, .arena = arena, .found = found, .is_inner = true};
    TRY(begin(&making, submission, waiting));
    waiting->ready[0].contents = *contents;
    return make_all(&making, submission, waiting);
}
