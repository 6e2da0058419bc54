/* Rows are written by the one who holds the lease (ledger_aside): so two processes never tell the same row side by side. */
#include "ledger/outbox.h"
#include "base/text.h"
#include "ledger/ledger_inside.h"
#include "ledger/reader_parts.h"
#include <string.h>

const char *const outbox_state_word[OUTBOX_STATES] = {"waiting", "delivered", "given_up", "kept"};

/* Within a transaction */

/* The number of the newest one; 0 = there is none. */
static baton_code newest(struct store *store, int64_t ledger, int64_t *out) {
    const struct store_value *row;
    *out = 0;
    TRY(store_query(store, STATEMENT_OUTBOX_LAST, (struct store_value[]){store_int(ledger)}));
    TRY(store_next(store, &row));
    if (row != NULL) {
        *out = row[0].number;
        store_query_end(store);
    }
    return BATON_OK;
}

baton_code outbox_put(struct store *store, int64_t ledger, int64_t now_utc_ms,
                      const struct outbox_notice *notice, size_t count, size_t *made) {
    int64_t last;
    TRY(newest(store, ledger, &last));
    for (size_t i = 0; i < count; i++) {
        int64_t changed = 1;
        TRY(store_run(store, STATEMENT_OUTBOX_ADD,
                      (struct store_value[]){
                          store_int(ledger), store_int(last + 1), store_word(notice[i].key),
                          store_word(notice[i].kind), store_word(notice[i].assessment),
                          store_word(notice[i].person), store_word(notice[i].role),
                          store_word(notice[i].unit), store_word(notice[i].payload),
                          store_int(now_utc_ms), store_int(now_utc_ms)},
                      made == NULL ? NULL : &changed));
        last += changed > 0;
        if (made != NULL)
            *made += changed > 0;
    }
    return BATON_OK;
}

/* A transaction of its own */

struct work {
    struct ledger *ledger;
    baton_code (*body)(struct work *work);
    int64_t now_utc_ms;
    const struct outbox_notice *notice;
    size_t count, made;
    int64_t id, until_utc_ms, changed;
    enum outbox_state state;
    const char *text;
};

static baton_code transact(struct ledger *ledger, int64_t now_utc_ms, void *context) {
    struct work *const work = context;
    work->now_utc_ms = now_utc_ms;
    (void)ledger;
    return work->body(work);
}

static baton_code run(struct work *work) {
    return ledger_aside(work->ledger, transact, work);
}

static baton_code notify(struct work *work) {
    return outbox_put(work->ledger->store, work->ledger->number, work->now_utc_ms, work->notice,
                      work->count, &work->made);
}

baton_code ledger_notify(struct ledger *ledger, const struct outbox_notice *notice, size_t count,
                         size_t *made) {
    struct work work = {.ledger = ledger, .body = notify, .notice = notice, .count = count};
    const baton_code code = count == 0 ? BATON_OK : run(&work);
    if (made != NULL)
        *made = work.made;
    return code;
}

static baton_code claim(struct work *work) {
    return store_run(work->ledger->store, STATEMENT_OUTBOX_CLAIM,
                     (struct store_value[]){store_int(work->ledger->number), store_int(work->id),
                                            store_int(work->until_utc_ms)},
                     &work->changed);
}

baton_code ledger_outbox_claim(struct ledger *ledger, int64_t id, int64_t until_utc_ms,
                               bool *is_ours) {
    struct work work = {.ledger = ledger, .body = claim, .id = id, .until_utc_ms = until_utc_ms};
    const baton_code code = run(&work);
    *is_ours = code == BATON_OK && work.changed > 0;
    return code;
}

static baton_code settle(struct work *work) {
    const size_t size = strlen(work->text);
    const struct store_value error = store_text(
        work->text, text_valid_size(work->text, size < OUTBOX_ERROR_MAX ? size : OUTBOX_ERROR_MAX));
    return store_run(
        work->ledger->store, STATEMENT_OUTBOX_SETTLE,
        (struct store_value[]){store_int(work->ledger->number), store_int(work->id),
                               store_word(outbox_state_word[work->state]), error,
                               store_int(work->state == OUTBOX_WAITING ? 0 : work->now_utc_ms)},
        NULL);
}

baton_code ledger_outbox_settle(struct ledger *ledger, int64_t id, enum outbox_state state,
                                const char *error) {
    struct work work = {.ledger = ledger, .body = settle, .id = id, .state = state, .text = error};
    return run(&work);
}

static baton_code keep(struct work *work) {
    return store_run(
        work->ledger->store, STATEMENT_OUTBOX_KEEP,
        (struct store_value[]){store_int(work->ledger->number), store_int(work->now_utc_ms)}, NULL);
}

baton_code ledger_outbox_keep(struct ledger *ledger) {
    return run(&(struct work){.ledger = ledger, .body = keep});
}

static baton_code prune(struct work *work) {
    return store_run(work->ledger->store, STATEMENT_OUTBOX_PRUNE,
                     (struct store_value[]){store_int(work->ledger->number),
                                            store_int(work->until_utc_ms),
                                            store_number(work->count)},
                     &work->changed);
}

baton_code ledger_outbox_prune(struct ledger *ledger, int64_t before_utc_ms, size_t most,
                               size_t *pruned) {
    struct work work = {
        .ledger = ledger, .body = prune, .until_utc_ms = before_utc_ms, .count = most};
    const baton_code code = run(&work);
    *pruned = code == BATON_OK ? (size_t)work.changed : 0;
    return code;
}

/* No further than to what there is: what comes after it was read by nobody. */
static baton_code mark(struct work *work) {
    int64_t last;
    TRY(newest(work->ledger->store, work->ledger->number, &last));
    return store_run(work->ledger->store, STATEMENT_OUTBOX_MARK,
                     (struct store_value[]){store_int(work->ledger->number), store_word(work->text),
                                            store_int(work->id < last ? work->id : last)},
                     NULL);
}

baton_code ledger_outbox_mark(struct ledger *ledger, const char *person, int64_t id) {
    return run(&(struct work){.ledger = ledger, .body = mark, .id = id, .text = person});
}

/* Reading */

struct rows {
    struct baton_arena *arena;
    struct outbox_row *row;
    size_t count, capacity;
};

static baton_code take_row(void *context, const struct store_value *row) {
    struct rows *const rows = context;
    const char *text[12];
    for (size_t i = 0; i < LENGTH(text); i++)
        text[i] = row[i].type == 't' ? arena_text(rows->arena, row[i].data, row[i].size) : NULL;
    enum outbox_state state = OUTBOX_WAITING;
    while (state < OUTBOX_KEPT && strcmp(text[11], outbox_state_word[state]) != 0)
        state++;
    *ARRAY_PUSH(rows->arena, rows->row, rows->count, rows->capacity) = (struct outbox_row){
        .id = row[0].number,
        .notice = {text[1], text[2], text[3], text[4], text[5], text[6], text[7]},
        .made_utc_ms = row[8].number,
        .attempts = (uint32_t)row[9].number,
        .error = text[10],
        .state = state};
    return BATON_OK;
}

static baton_code read_rows(struct ledger_reader *reader, struct baton_arena *arena,
                            enum statement statement, const struct store_value *value,
                            struct outbox_row **out, size_t *count) {
    struct rows rows = {.arena = arena};
    TRY(reader_all(reader, statement, value, take_row, &rows));
    *out = rows.row;
    *count = rows.count;
    return BATON_OK;
}

baton_code reader_outbox_due(struct ledger_reader *reader, struct baton_arena *arena,
                             int64_t now_utc_ms, size_t limit, struct outbox_row **out,
                             size_t *count) {
    return read_rows(reader, arena, STATEMENT_OUTBOX_DUE,
                     (struct store_value[]){store_int(reader->number), store_int(now_utc_ms),
                                            store_number(limit)},
                     out, count);
}

baton_code reader_outbox_page(struct ledger_reader *reader, struct baton_arena *arena,
                              const struct outbox_addressee *addressee, int64_t before,
                              size_t limit, struct outbox_row **out, size_t *count) {
    const struct store_value ledger = store_int(reader->number), place = store_int(before),
                             most = store_number(limit), person = store_word(addressee->person),
                             role = store_word(addressee->role);
    if (addressee->person[0] != '\0')
        return read_rows(reader, arena, STATEMENT_OUTBOX_OF_PERSON,
                         (struct store_value[]){ledger, place, person, most}, out, count);
    if (addressee->unit == NULL)
        return read_rows(reader, arena, STATEMENT_OUTBOX_OF_ROLE,
                         (struct store_value[]){ledger, place, role, most}, out, count);
    return read_rows(reader, arena, STATEMENT_OUTBOX_OF_POST,
                     (struct store_value[]){ledger, place, role, store_word(addressee->unit), most},
                     out, count);
}

static baton_code take_addressee(void *context, const struct store_value *row) {
    struct rows *const rows = context;
    const char *text[5] = {0};
    for (size_t i = 1; i < LENGTH(text); i++)
        text[i] = arena_text(rows->arena, row[i].data, row[i].size);
    *ARRAY_PUSH(rows->arena, rows->row, rows->count, rows->capacity) =
        (struct outbox_row){.id = row[0].number,
                            .notice = {"", "", text[1], text[2], text[3], text[4], ""},
                            .error = ""};
    return BATON_OK;
}

baton_code reader_outbox_after(struct ledger_reader *reader, struct baton_arena *arena,
                               int64_t after, size_t limit, struct outbox_row **out,
                               size_t *count) {
    struct rows rows = {.arena = arena};
    TRY(reader_all(
        reader, STATEMENT_OUTBOX_AFTER,
        (struct store_value[]){store_int(reader->number), store_int(after), store_number(limit)},
        take_addressee, &rows));
    *out = rows.row;
    *count = rows.count;
    return BATON_OK;
}

baton_code reader_outbox_of(struct ledger_reader *reader, struct baton_arena *arena,
                            enum outbox_state state, size_t limit, struct outbox_row **out,
                            size_t *count) {
    return read_rows(reader, arena, STATEMENT_OUTBOX_ALL,
                     (struct store_value[]){store_int(reader->number),
                                            store_word(outbox_state_word[state]),
                                            store_number(limit)},
                     out, count);
}

static void take_number(void *context, const struct store_value *row) {
    *(int64_t *)context = row[0].number;
}

static baton_code one_number(struct ledger_reader *reader, enum statement statement,
                             const char *text, int64_t *out, bool *is_there) {
    return reader_one(reader, statement,
                      (struct store_value[]){store_int(reader->number), store_word(text)},
                      take_number, out, is_there);
}

baton_code reader_outbox_last(struct ledger_reader *reader, int64_t *out) {
    bool is_there;
    *out = 0;
    return reader_one(reader, STATEMENT_OUTBOX_LAST,
                      (struct store_value[]){store_int(reader->number)}, take_number, out,
                      &is_there);
}

baton_code reader_outbox_count(struct ledger_reader *reader, enum outbox_state state,
                               uint64_t *out) {
    int64_t number = 0;
    bool is_there;
    TRY(one_number(reader, STATEMENT_OUTBOX_COUNT, outbox_state_word[state], &number, &is_there));
    *out = (uint64_t)number;
    return BATON_OK;
}

baton_code reader_outbox_settled(struct ledger_reader *reader, int64_t before_utc_ms, bool *out) {
    int64_t number;
    return reader_one(reader, STATEMENT_OUTBOX_SETTLED,
                      (struct store_value[]){store_int(reader->number), store_int(before_utc_ms)},
                      take_number, &number, out);
}

baton_code reader_outbox_has(struct ledger_reader *reader, const char *key, bool *out) {
    int64_t number;
    return one_number(reader, STATEMENT_OUTBOX_KEY, key, &number, out);
}

baton_code reader_outbox_mark(struct ledger_reader *reader, const char *person, int64_t *out) {
    bool is_there;
    *out = 0;
    return one_number(reader, STATEMENT_OUTBOX_MARK_GET, person, out, &is_there);
}
