/* Audit records are read from the newest one back, as far as the time that is asked for. */
#include "ledger/access.h"
#include "base/text.h"
#include "ledger/reader_parts.h"
#include <string.h>

enum { PAGE = 1000 };

struct reading {
    struct baton_arena *arena;
    struct access *out;
    struct access_token *token;
    size_t capacity;
    int64_t since_utc_ms;
    uint64_t before; /* position of the last record that was read */
    size_t read;
    bool is_past;
};

static baton_code take_account(void *context, const struct store_value *row) {
    struct reading *const r = context;
    const char *const person = arena_text(r->arena, row[0].data, row[0].size);
    hash_add(r->arena, &r->out->account, person, row[0].size, row[3].number != 0);
    return BATON_OK;
}

static baton_code take_token(void *context, const struct store_value *row) {
    struct reading *const r = context;
    *ARRAY_PUSH(r->arena, r->token, r->out->token_count, r->capacity) =
        (struct access_token){arena_text(r->arena, row[0].data, row[0].size),
                              arena_text(r->arena, row[2].data, row[2].size),
                              arena_text(r->arena, row[5].data, row[5].size), row[7].number};
    return BATON_OK;
}

static baton_code take_audit(void *context, const struct fact_row *row) {
    struct reading *const r = context;
    const struct fact_body *const body = &row->entry.body;
    const char *const event = body_text(body, "event");
    r->read++;
    r->before = row->position;
    r->is_past = r->is_past || row->entry.time_utc_ms < r->since_utc_ms;
    if (r->is_past || row->entry.actor[0] == '\0' ||
        !text_is_word_of("sign_in password raise", event, strlen(event)) ||
        strcmp(body_text(body, "outcome"), "done") != 0)
        return BATON_OK;
    const char *const person = arena_text(r->arena, row->entry.actor, strlen(row->entry.actor));
    hash_add(r->arena, &r->out->seen, person, strlen(person), 1);
    return BATON_OK;
}

baton_code access_read(struct baton_arena *arena, struct ledger_reader *reader,
                       int64_t since_utc_ms, struct access *out) {
    struct reading r = {
        .arena = arena, .out = out, .since_utc_ms = since_utc_ms, .before = INT64_MAX};
    const struct store_value ledger = store_int(reader->number);
    *out = (struct access){.token_count = 0};
    TRY(reader_all(reader, STATEMENT_ACCOUNT_ALL, &ledger, take_account, &r));
    TRY(reader_all(reader, STATEMENT_TOKEN_ALL, &ledger, take_token, &r));
    do {
        r.read = 0;
        TRY(reader_newest(reader, "", FACT_AUDIT, r.before, PAGE, take_audit, &r));
    } while (r.read == PAGE && !r.is_past);
    out->token = r.token;
    return BATON_OK;
}
