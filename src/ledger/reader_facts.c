/* Tables as they were known: rows in force, what became of them, schemes, proposals, roles. */
#include "ledger/reader.h"
#include "ledger/reader_parts.h"
#include "ledger/standing.h"
#include <assert.h>
#include <string.h>

#define KEYS_MAX UINT64_C(999999999999) /* of 12 digits, which are in the order of numbers */

/* Rows */

struct rows_ask {
    struct ledger_reader *reader;
    const char *key; /* of all rows; NULL = the first column has it */
    bool with_withdrawn;
    const struct store_value *row;
    struct fact_row fact;
    reader_each *each;
    void *context;
};

static baton_code parse_row(void *context) {
    struct rows_ask *ask = context;
    struct baton_arena *scratch = ask->reader->scratch;
    const struct store_value *row = ask->row;
    if (ask->key == NULL) {
        ask->fact.key = arena_text(scratch, row[0].data, row[0].size);
        row++;
    } else {
        ask->fact.key = ask->key;
    }
    ask->fact.revision = (uint64_t)row[0].number;
    ask->fact.position = (uint64_t)row[1].number;
    ask->fact.first = (uint64_t)row[2].number;
    ask->fact.withdrawn = row[3].number != 0;
    if (ask->fact.withdrawn && !ask->with_withdrawn)
        return BATON_OK;
    return reader_parse(ask->reader, scratch, ask->fact.position, &row[4], &ask->fact.entry);
}

static baton_code take_row(void *context, const struct store_value *row) {
    struct rows_ask *ask = context;
    const struct arena_mark mark = arena_mark(ask->reader->scratch);
    ask->row = row;
    baton_code code = arena_run(ask->reader->scratch, parse_row, ask);
    if (code == BATON_OK && (!ask->fact.withdrawn || ask->with_withdrawn))
        code = ask->each(ask->context, &ask->fact);
    arena_reset_to(ask->reader->scratch, mark);
    return code;
}

static baton_code rows(struct ledger_reader *reader, enum statement statement,
                       const char *assessment, enum fact_kind kind, uint64_t known,
                       struct rows_ask ask) {
    return reader_all(reader, statement,
                      (struct store_value[]){store_int(reader->number), store_word(assessment),
                                             store_word(fact_kind_info(kind)->word),
                                             store_number(known)},
                      take_row, &ask);
}

/* The newest revision of the key that is being read. Stores are asked for all revisions in their order, for that is one walk along an index; which of them is in force
 * shows when the next key comes. */
struct newest {
    struct rows_ask ask;
    bool is_held;
    struct store_value row[6]; /* key and bytes are copies */
    char *key, *bytes;
    size_t key_size, key_capacity, bytes_size, bytes_capacity;
};

static baton_code give_newest(struct newest *newest) {
    const bool is_held = newest->is_held;
    newest->is_held = false;
    return is_held ? take_row(&newest->ask, newest->row) : BATON_OK;
}

static void hold(struct newest *newest, const struct store_value *row) {
    struct baton_arena *arena = newest->ask.reader->arena;
    const size_t key = row[0].size, bytes = row[5].size;
    ARRAY_RESERVE(arena, newest->key, newest->key_size, newest->key_capacity, key + 1);
    ARRAY_RESERVE(arena, newest->bytes, newest->bytes_size, newest->bytes_capacity, bytes + 1);
    memcpy(newest->key, row[0].data, key);
    if (bytes > 0)
        memcpy(newest->bytes, row[5].data, bytes);
    memcpy(newest->row, row, sizeof newest->row);
    newest->row[0].data = newest->key;
    newest->row[5].data = newest->bytes;
    newest->key_size = key;
    newest->bytes_size = bytes;
    newest->is_held = true;
}

static baton_code take_revision(void *context, const struct store_value *row) {
    struct newest *newest = context;
    if (newest->is_held &&
        (newest->key_size != row[0].size || memcmp(newest->key, row[0].data, row[0].size) != 0))
        TRY(give_newest(newest));
    hold(newest, row);
    return BATON_OK;
}

baton_code reader_rows(struct ledger_reader *reader, const char *assessment, enum fact_kind kind,
                       uint64_t known, reader_each *each, void *context) {
    struct newest newest = {.ask = {.reader = reader, .each = each, .context = context}};
    TRY(reader_all(reader, STATEMENT_FACT_REVISIONS,
                   (struct store_value[]){store_int(reader->number), store_word(assessment),
                                          store_word(fact_kind_info(kind)->word),
                                          store_number(known)},
                   take_revision, &newest));
    return give_newest(&newest);
}

baton_code reader_page(struct ledger_reader *reader, const char *assessment, enum fact_kind kind,
                       uint64_t known, const char *after, size_t limit, reader_each *each,
                       void *context) {
    struct rows_ask ask = {.reader = reader, .each = each, .context = context};
    return reader_all(reader, STATEMENT_FACT_PAGE,
                      (struct store_value[]){store_int(reader->number), store_word(assessment),
                                             store_word(fact_kind_info(kind)->word),
                                             store_number(known), store_word(after),
                                             store_number(limit)},
                      take_row, &ask);
}

baton_code reader_range(struct ledger_reader *reader, const char *assessment, enum fact_kind kind,
                        uint64_t known, const char *after, const char *before, reader_each *each,
                        void *context) {
    struct rows_ask ask = {.reader = reader, .each = each, .context = context};
    return reader_all(reader, STATEMENT_FACT_RANGE,
                      (struct store_value[]){store_int(reader->number), store_word(assessment),
                                             store_word(fact_kind_info(kind)->word),
                                             store_number(known), store_word(after),
                                             store_word(before)},
                      take_row, &ask);
}

baton_code reader_newest(struct ledger_reader *reader, const char *assessment, enum fact_kind kind,
                         uint64_t before, size_t limit, reader_each *each, void *context) {
    struct rows_ask ask = {
        .reader = reader, .with_withdrawn = true, .each = each, .context = context};
    char key[FACT_POSITION_SIZE];
    assert(fact_kind_info(kind)->key[0] == '\0');
    fact_position_key(before < KEYS_MAX ? before : KEYS_MAX, key);
    return reader_all(reader, STATEMENT_FACT_NEWEST,
                      (struct store_value[]){store_int(reader->number), store_word(assessment),
                                             store_word(fact_kind_info(kind)->word),
                                             store_word(key), store_number(limit)},
                      take_row, &ask);
}

baton_code reader_between(struct ledger_reader *reader, const char *assessment, enum fact_kind kind,
                          const char *after, const char *before, reader_each *each, void *context) {
    struct rows_ask ask = {
        .reader = reader, .with_withdrawn = true, .each = each, .context = context};
    return reader_all(reader, STATEMENT_FACT_BETWEEN,
                      (struct store_value[]){store_int(reader->number), store_word(assessment),
                                             store_word(fact_kind_info(kind)->word),
                                             store_word(after), store_word(before)},
                      take_row, &ask);
}

baton_code reader_revised(struct ledger_reader *reader, const char *assessment, enum fact_kind kind,
                          uint64_t known, reader_each *each, void *context) {
    return rows(reader, STATEMENT_FACT_REVISED, assessment, kind, known,
                (struct rows_ask){
                    .reader = reader, .with_withdrawn = true, .each = each, .context = context});
}

baton_code reader_history(struct ledger_reader *reader, const char *assessment, enum fact_kind kind,
                          const char *key, reader_each *each, void *context) {
    struct rows_ask ask = {
        .reader = reader, .key = key, .with_withdrawn = true, .each = each, .context = context};
    return reader_all(reader, STATEMENT_FACT_HISTORY,
                      (struct store_value[]){store_int(reader->number), store_word(assessment),
                                             store_word(fact_kind_info(kind)->word),
                                             store_word(key)},
                      take_row, &ask);
}

/* Assessments: each is found by the one before it, so the facts between are not read. */

struct name_ask {
    struct baton_arena *arena;
    const char *name;
};

static void take_name(void *context, const struct store_value *row) {
    struct name_ask *ask = context;
    ask->name = arena_text(ask->arena, row[0].data, row[0].size);
}

baton_code reader_assessments(struct ledger_reader *reader, struct baton_arena *arena,
                              const char ***out, size_t *count) {
    struct name_ask ask = {arena, ""};
    const char **list = NULL;
    size_t used = 0, capacity = 0;
    bool is_row = true;
    for (;;) {
        TRY(reader_one(reader, STATEMENT_FACT_ASSESSMENT_NEXT,
                       (struct store_value[]){store_int(reader->number), store_word(ask.name)},
                       take_name, &ask, &is_row));
        if (!is_row)
            break;
        *ARRAY_PUSH(arena, list, used, capacity) = ask.name;
    }
    *out = list;
    *count = used;
    return BATON_OK;
}

/* The scheme in force */

struct scheme_ask {
    int32_t last_day; /* of the period; -1 with any_day: the newest version whatever its day */
    bool any_day;
    bool is_found;
    int32_t begins;    /* of the version found */
    uint64_t position; /* and where it stands */
};

static baton_code offer_scheme(void *context, const struct fact_row *row) {
    struct scheme_ask *ask = context;
    const char *const text = body_text(&row->entry.body, "in_force");
    struct baton_period period;
    int32_t begins = INT32_MIN;
    if (!ask->any_day && baton_period_parse(text, strlen(text), &period))
        begins = baton_period_first_day(period);
    if (!ask->any_day && begins > ask->last_day)
        return BATON_OK;
    if (!ask->is_found || begins > ask->begins ||
        (begins == ask->begins && row->position > ask->position))
        *ask = (struct scheme_ask){ask->last_day, ask->any_day, true, begins, row->position};
    return BATON_OK;
}

baton_code reader_scheme(struct ledger_reader *reader, struct baton_arena *arena,
                         const char *assessment, struct baton_period period, uint64_t known,
                         struct entry *out) {
    struct scheme_ask ask = {.any_day = period.kind == BATON_PERIOD_NONE};
    if (!ask.any_day)
        ask.last_day = baton_period_last_day(period);
    TRY(reader_rows(reader, assessment, FACT_SCHEME, known, offer_scheme, &ask));
    if (ask.is_found)
        return reader_entry(reader, arena, ask.position, out);
    char name[BATON_PERIOD_NAME_SIZE];
    baton_period_format(period, name);
    return reader_fail(reader, BATON_SCHEME_NONE, assessment, name);
}

/* Proposals */

struct proposals_ask {
    struct baton_arena *arena;
    struct proposal *list;
    size_t count, capacity;
};

/* `row` from the column assessment on. */
static struct proposal proposal_of(struct baton_arena *arena, uint64_t position,
                                   const struct store_value *row) {
    return (struct proposal){
        .position = position,
        .assessment = arena_text(arena, row[0].data, row[0].size),
        .state = arena_text(arena, row[1].data, row[1].size),
        .proposer = arena_text(arena, row[2].data, row[2].size),
        .expires_utc_ms = row[3].number,
        .decided = row[4].number,
    };
}

static baton_code take_proposals(void *context, const struct store_value *row) {
    struct proposals_ask *ask = context;
    const struct proposal proposal = proposal_of(ask->arena, (uint64_t)row[0].number, &row[1]);
    *ARRAY_PUSH(ask->arena, ask->list, ask->count, ask->capacity) = proposal;
    return BATON_OK;
}

baton_code reader_proposals(struct ledger_reader *reader, struct baton_arena *arena,
                            struct proposal **out, size_t *count) {
    struct proposals_ask ask = {.arena = arena};
    const struct store_value ledger = store_int(reader->number);
    TRY(reader_all(reader, STATEMENT_PROPOSAL_ALL, &ledger, take_proposals, &ask));
    *out = ask.list;
    *count = ask.count;
    return BATON_OK;
}

struct proposal_ask {
    struct baton_arena *arena;
    uint64_t position;
    struct proposal *out;
};

static void take_proposal(void *context, const struct store_value *row) {
    struct proposal_ask *ask = context;
    *ask->out = proposal_of(ask->arena, ask->position, row);
}

baton_code reader_proposal(struct ledger_reader *reader, struct baton_arena *arena,
                           uint64_t position, struct proposal *out) {
    struct proposal_ask ask = {arena, position, out};
    bool is_row;
    TRY(reader_one(reader, STATEMENT_PROPOSAL_GET,
                   (struct store_value[]){store_int(reader->number), store_number(position)},
                   take_proposal, &ask, &is_row));
    return is_row ? BATON_OK : reader_fail_at(reader, BATON_PROPOSAL_UNKNOWN, position, NULL);
}

/* Roles: the appender's rule. */
baton_code reader_roles(struct ledger_reader *reader, const char *person, int64_t time_utc_ms,
                        uint32_t *roles, bool *known) {
    const struct arena_mark mark = arena_mark(reader->arena);
    struct standing *standing;
    *roles = 0;
    *known = false;
    TRY(standing_read(reader->arena, reader->store, reader->number, &standing));
    *known = standing_roles(standing, person, time_utc_ms, roles);
    arena_reset_to(reader->arena, mark);
    return BATON_OK;
}

/* Accounts */

struct accounts_ask {
    struct baton_arena *arena;
    struct hash *out;
};

static baton_code take_account(void *context, const struct store_value *row) {
    struct accounts_ask *const ask = context;
    hash_add(ask->arena, ask->out, arena_text(ask->arena, row[0].data, row[0].size), row[0].size,
             0);
    return BATON_OK;
}

baton_code reader_accounts(struct ledger_reader *reader, struct baton_arena *arena,
                           struct hash *out) {
    struct accounts_ask ask = {arena, out};
    const struct store_value ledger = store_int(reader->number);
    *out = (struct hash){0};
    return reader_all(reader, STATEMENT_ACCOUNT_ALL, &ledger, take_account, &ask);
}

baton_code reader_standing(struct ledger_reader *reader, struct baton_arena *arena,
                           struct standing **out) {
    struct standing *standing;
    const char **name;
    size_t count;
    TRY(standing_read(arena, reader->store, reader->number, &standing));
    TRY(reader_assessments(reader, arena, &name, &count));
    for (size_t i = 0; i < count; i++)
        TRY(standing_read_units(standing, reader->store, reader->number, name[i]));
    *out = standing;
    return BATON_OK;
}
