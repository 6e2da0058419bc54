/* A reader: a store that is open for reading, and which of its ledgers is meant. Here is what every question needs: beginning and ending a state, entries, and what
 * went wrong. Tables are read in reader_facts.c, contents in reader_content.c, heads and proofs in reader_proof.c.
 *
 * Rows are read one at a time. A row's entry is taken apart in an arena of the reader's own, which is used again for the next one, so a table of any size needs
 * the memory of its largest row. */
#include "ledger/reader.h"
#include "ledger/ledger_list.h"
#include "ledger/merkle.h"
#include "ledger/reader_parts.h"
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

baton_code reader_fail(struct ledger_reader *reader, baton_code code, const char *arg1,
                       const char *arg2) {
    reader->failure = code;
    snprintf(reader->arg[0], READER_ARG_SIZE, "%s", arg1 != NULL ? arg1 : "");
    snprintf(reader->arg[1], READER_ARG_SIZE, "%s", arg2 != NULL ? arg2 : "");
    return code;
}

baton_code reader_fail_at(struct ledger_reader *reader, baton_code code, uint64_t position,
                          const char *arg2) {
    char number[24];
    snprintf(number, sizeof number, "%" PRIu64, position);
    return reader_fail(reader, code, number, arg2);
}

static const char *given(const char *text) {
    return text[0] != '\0' ? text : NULL;
}

void reader_report(struct ledger_reader *reader, baton_code code, struct baton_findings *found) {
    const struct baton_where nowhere = {0};
    const int number = baton_code_info(code)->number;
    if (code == BATON_OK)
        return;
    if (code == reader->failure)
        baton_findings_add(found, code, nowhere, given(reader->arg[0]), given(reader->arg[1]), NULL,
                           NULL);
    else if (number / 100 == 51)
        baton_findings_add(found, code, nowhere, given(store_error(reader->store)), NULL, NULL,
                           NULL);
}

/* Which ledger */

static baton_code choose(struct ledger_reader *reader, const struct ledger_place *place,
                         struct baton_findings *found) {
    struct ledger_row row;
    TRY(ledger_find(reader->arena, reader->store, place->address, place->ledger, &row, found));
    reader->number = row.number;
    reader->id = row.id;
    reader->digest = row.digest;
    reader->signature = row.signature;
    reader->created_utc_ms = row.created_utc_ms;
    return BATON_OK;
}

static void close_reader(void *context) {
    struct ledger_reader *reader = context;
    merkle_close(reader->tree);
    reader->tree = NULL;
    arena_close(reader->scratch);
    reader->scratch = NULL;
}

baton_code reader_on(struct baton_arena *arena, struct store *store,
                     const struct ledger_place *place, struct ledger_reader **out,
                     struct baton_findings *found) {
    struct ledger_reader *reader = arena_alloc(arena, 1, sizeof *reader);
    reader->arena = arena;
    reader->store = store;
    arena_on_close(arena, close_reader, reader);
    reader->scratch = arena_open();
    if (reader->scratch == NULL)
        return BATON_NO_MEMORY;
    TRY(choose(reader, place, found));
    *out = reader;
    return BATON_OK;
}

baton_code reader_open(struct baton_arena *arena, const struct ledger_place *place,
                       struct ledger_reader **out, struct baton_findings *found) {
    struct store *store;
    TRY(store_open(arena, place->address, STORE_READ, &store, found));
    return reader_on(arena, store, place, out, found);
}

void reader_close(struct ledger_reader *reader) {
    if (reader == NULL || reader->scratch == NULL)
        return;
    close_reader(reader);
    store_close(reader->store);
}

const char *reader_ledger(const struct ledger_reader *reader) {
    return reader->id;
}

enum digest_kind reader_digest(const struct ledger_reader *reader) {
    return reader->digest;
}

enum signature_kind reader_signature(const struct ledger_reader *reader) {
    return reader->signature;
}

int64_t reader_created_utc_ms(const struct ledger_reader *reader) {
    return reader->created_utc_ms;
}

/* Questions */

baton_code reader_one(struct ledger_reader *reader, enum statement statement,
                      const struct store_value *value,
                      void (*take)(void *context, const struct store_value *row), void *context,
                      bool *is_row) {
    const struct store_value *row;
    *is_row = false;
    TRY(store_query(reader->store, statement, value));
    TRY(store_next(reader->store, &row));
    if (row == NULL)
        return BATON_OK;
    *is_row = true;
    take(context, row);
    store_query_end(reader->store);
    return BATON_OK;
}

baton_code reader_all(struct ledger_reader *reader, enum statement statement,
                      const struct store_value *value,
                      baton_code (*take)(void *context, const struct store_value *row),
                      void *context) {
    const struct store_value *row;
    TRY(store_query(reader->store, statement, value));
    for (;;) {
        TRY(store_next(reader->store, &row));
        if (row == NULL)
            return BATON_OK;
        const baton_code code = take(context, row);
        if (code != BATON_OK) {
            store_query_end(reader->store);
            return code;
        }
    }
}

static void take_number(void *context, const struct store_value *row) {
    *(int64_t *)context = row[0].number;
}

static baton_code last_size(struct ledger_reader *reader, uint64_t *out) {
    int64_t size = 0;
    bool is_row;
    TRY(reader_one(reader, STATEMENT_HEAD_LAST,
                   &(struct store_value){.type = 'i', .number = reader->number}, take_number, &size,
                   &is_row));
    *out = (uint64_t)size;
    return BATON_OK;
}

baton_code reader_begin(struct ledger_reader *reader) {
    assert(!reader->in_state);
    TRY(store_begin(reader->store, false));
    const baton_code code =
        last_size(reader, &reader->size); /* the state is that of this question */
    if (code != BATON_OK)
        store_rollback(reader->store);
    else
        reader->in_state = true;
    return code;
}

void reader_end(struct ledger_reader *reader) {
    if (!reader->in_state)
        return;
    reader->in_state = false;
    store_rollback(reader->store);
}

baton_code reader_size(struct ledger_reader *reader, uint64_t *out) {
    if (!reader->in_state)
        return last_size(reader, out);
    *out = reader->size;
    return BATON_OK;
}

struct stamp {
    uint64_t size;
    int64_t time_utc_ms;
};

static void take_stamp(void *context, const struct store_value *row) {
    *(struct stamp *)context = (struct stamp){(uint64_t)row[0].number, row[1].number};
}

/* Heads rise by size and by time, so the one that is looked for is found by halving. */
baton_code reader_known_at(struct ledger_reader *reader, int64_t time_utc_ms, uint64_t *out) {
    uint64_t to, known = 0;
    TRY(reader_size(reader, &to));
    for (uint64_t from = 1; from <= to;) { /* heads of sizes from..to are not looked at yet */
        const uint64_t middle = to - (to - from) / 64; /* most ask for what is not long ago */
        struct stamp stamp = {0, 0};
        bool is_row;
        TRY(reader_one(reader, STATEMENT_HEAD_AT,
                       (struct store_value[]){store_int(reader->number), store_number(middle)},
                       take_stamp, &stamp, &is_row));
        if (is_row && stamp.time_utc_ms <= time_utc_ms) {
            known = stamp.size;
            from = stamp.size + 1;
        } else {
            to = middle - 1;
        }
    }
    *out = known;
    return BATON_OK;
}

/* Entries */

baton_code reader_parse(struct ledger_reader *reader, struct baton_arena *arena, uint64_t position,
                        const struct store_value *bytes, struct entry *out) {
    char other[24];
    if (entry_read(arena, bytes->data, bytes->size, out) != BATON_OK)
        return reader_fail_at(reader, BATON_ENTRY_BROKEN, position, NULL);
    snprintf(other, sizeof other, "%" PRIu64, out->position);
    return out->position == position ? BATON_OK
                                     : reader_fail_at(reader, BATON_ENTRY_MISSING, position, other);
}

struct entry_ask {
    struct ledger_reader *reader;
    struct baton_arena *arena;
    uint64_t position;
    struct entry *out;
    baton_code code;
};

static void take_entry(void *context, const struct store_value *row) {
    struct entry_ask *ask = context;
    ask->code = reader_parse(ask->reader, ask->arena, ask->position, &row[0], ask->out);
}

baton_code reader_entry(struct ledger_reader *reader, struct baton_arena *arena, uint64_t position,
                        struct entry *out) {
    struct entry_ask ask = {reader, arena, position, out, BATON_OK};
    uint64_t size;
    bool is_row = false;
    TRY(reader_size(reader, &size));
    if (position < size)
        TRY(reader_one(reader, STATEMENT_ENTRY_GET,
                       (struct store_value[]){store_int(reader->number), store_number(position)},
                       take_entry, &ask, &is_row));
    if (is_row)
        return ask.code;
    char last[24] = "";
    if (size > 0)
        snprintf(last, sizeof last, "%" PRIu64, size - 1);
    return reader_fail_at(reader, BATON_ENTRY_UNKNOWN, position, last);
}

struct entries_ask {
    struct ledger_reader *reader;
    const struct store_value *row;
    struct fact_row fact;
    reader_each *each;
    void *context;
};

static baton_code parse_entry(void *context) {
    struct entries_ask *ask = context;
    ask->fact = (struct fact_row){.key = "", .position = (uint64_t)ask->row[0].number};
    ask->fact.first = ask->fact.position;
    return reader_parse(ask->reader, ask->reader->scratch, ask->fact.position, &ask->row[1],
                        &ask->fact.entry);
}

static baton_code take_entries(void *context, const struct store_value *row) {
    struct entries_ask *ask = context;
    const struct arena_mark mark = arena_mark(ask->reader->scratch);
    ask->row = row;
    baton_code code = arena_run(ask->reader->scratch, parse_entry, ask);
    if (code == BATON_OK)
        code = ask->each(ask->context, &ask->fact);
    arena_reset_to(ask->reader->scratch, mark);
    return code;
}

baton_code reader_entries(struct ledger_reader *reader, uint64_t from, uint64_t to,
                          reader_each *each, void *context) {
    struct entries_ask ask = {.reader = reader, .each = each, .context = context};
    return reader_all(
        reader, STATEMENT_ENTRY_RANGE,
        (struct store_value[]){store_int(reader->number), store_number(from), store_number(to)},
        take_entries, &ask);
}
