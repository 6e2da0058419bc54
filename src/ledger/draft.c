/* What is there is read in the transaction that changes it, so a draft is never overwritten by whoever has not seen it. */
#include "ledger/draft.h"
#include "ledger/ledger_inside.h"
#include "ledger/reader_parts.h"
#include <assert.h>
#include <stdio.h>
#include <string.h>

/* Texts of what is told, taken before the ledger is entered: nothing of the caller's arena may be taken in there, which leaves by a jump when it is out. */
enum { ID_SIZE = 17, PERSON_SIZE = 257, NAME_SIZE = 4 * DRAFT_NAME_MOST + 1 };
struct room {
    char id[ID_SIZE], name[NAME_SIZE], made_by[PERSON_SIZE], saved_by[PERSON_SIZE];
};

static const char *put(char *to, size_t room, const struct store_value *from) {
    snprintf(to, room, "%.*s", (int)from->size, (const char *)from->data);
    return to;
}

/* name, revision, made_by, made_utc_ms, saved_by, saved_utc_ms, size: as the statements have them, from `row` on. */
static void take(struct room *room, const struct store_value *row, struct draft *out) {
    out->name = put(room->name, NAME_SIZE, &row[0]);
    out->revision = (uint64_t)row[1].number;
    out->made_by = put(room->made_by, PERSON_SIZE, &row[2]);
    out->made_utc_ms = row[3].number;
    out->saved_by = put(room->saved_by, PERSON_SIZE, &row[4]);
    out->saved_utc_ms = row[5].number;
    out->size = (uint64_t)row[6].number;
}

/* Writing */

struct work {
    const struct draft_wish *wish;
    struct room *room;
    struct draft *out;
};

/* What is there. With `same` it counts only where its bytes are those of the wish. */
static baton_code find(struct ledger *ledger, struct work *work, bool same, bool *is_there) {
    const struct draft_wish *const wish = work->wish;
    const struct store_value *row;
    *is_there = false;
    TRY(store_query(ledger->store, same ? STATEMENT_DRAFT_GET : STATEMENT_DRAFT_ABOUT,
                    (struct store_value[]){store_int(ledger->number), store_word(wish->assessment),
                                           store_word(wish->id)}));
    TRY(store_next(ledger->store, &row));
    if (row == NULL)
        return BATON_OK;
    take(work->room, row, work->out);
    work->out->id = wish->id;
    *is_there =
        !same || (row[7].size == wish->size && memcmp(row[7].data, wish->bytes, wish->size) == 0);
    store_query_end(ledger->store);
    return BATON_OK;
}

static baton_code count_of(struct ledger *ledger, const char *assessment, int64_t *out) {
    const struct store_value *row;
    TRY(store_query(ledger->store, STATEMENT_DRAFT_COUNT,
                    (struct store_value[]){store_int(ledger->number), store_word(assessment)}));
    TRY(store_next(ledger->store, &row));
    *out = row == NULL ? 0 : row[0].number;
    if (row != NULL)
        store_query_end(ledger->store);
    return BATON_OK;
}

static const char *new_id(struct ledger *ledger, char id[ID_SIZE]) {
    uint8_t chance[(ID_SIZE - 1) / 2];
    ledger->world.random(ledger->world.context, chance, sizeof chance);
    for (size_t i = 0; i < sizeof chance; i++)
        snprintf(id + 2 * i, 3, "%02x", chance[i]);
    return id;
}

static baton_code add(struct ledger *ledger, int64_t now_utc_ms, void *context) {
    struct work *const work = context;
    const struct draft_wish *const wish = work->wish;
    int64_t count;
    TRY(count_of(ledger, wish->assessment, &count));
    if (count >= DRAFTS_MOST)
        return BATON_DRAFTS_FULL;
    *work->out = (struct draft){.id = new_id(ledger, work->room->id),
                                .name = wish->name,
                                .revision = 1,
                                .made_by = wish->actor,
                                .saved_by = wish->actor,
                                .made_utc_ms = now_utc_ms,
                                .saved_utc_ms = now_utc_ms,
                                .size = wish->size};
    return store_run(ledger->store, STATEMENT_DRAFT_ADD,
                     (struct store_value[]){store_int(ledger->number), store_word(wish->assessment),
                                            store_word(work->out->id), store_word(wish->name),
                                            store_int(1), store_word(wish->actor),
                                            store_int(now_utc_ms), store_word(wish->actor),
                                            store_int(now_utc_ms), store_number(wish->size),
                                            store_bytes(wish->bytes, wish->size)},
                     NULL);
}

/* The answer to it was lost: what is there is the same, by the same person, one revision on. */
static baton_code was_saved(struct ledger *ledger, struct work *work, bool *was) {
    const struct draft_wish *const wish = work->wish;
    *was = work->out->revision == wish->revision + 1 &&
           strcmp(work->out->saved_by, wish->actor) == 0 && work->out->size == wish->size &&
           (wish->name == NULL || strcmp(work->out->name, wish->name) == 0);
    return *was ? find(ledger, work, true, was) : BATON_OK;
}

static baton_code save(struct ledger *ledger, int64_t now_utc_ms, void *context) {
    struct work *const work = context;
    const struct draft_wish *const wish = work->wish;
    struct draft *const out = work->out;
    bool is_there, was;
    TRY(find(ledger, work, false, &is_there));
    if (!is_there)
        return BATON_DRAFT_UNKNOWN;
    if (out->revision != wish->revision) {
        TRY(was_saved(ledger, work, &was));
        return was ? BATON_OK : BATON_DRAFT_MEANWHILE;
    }
    if (wish->name != NULL)
        out->name = wish->name;
    out->revision++;
    out->saved_by = wish->actor;
    out->saved_utc_ms = now_utc_ms;
    out->size = wish->size;
    return store_run(ledger->store, STATEMENT_DRAFT_SAVE,
                     (struct store_value[]){store_int(ledger->number), store_word(wish->assessment),
                                            store_word(wish->id), store_word(out->name),
                                            store_number(wish->revision), store_word(wish->actor),
                                            store_int(now_utc_ms), store_number(wish->size),
                                            store_bytes(wish->bytes, wish->size)},
                     NULL);
}

static baton_code discard(struct ledger *ledger, int64_t now_utc_ms, void *context) {
    struct work *const work = context;
    const struct draft_wish *const wish = work->wish;
    bool is_there;
    (void)now_utc_ms;
    TRY(find(ledger, work, false, &is_there));
    if (!is_there)
        return BATON_DRAFT_UNKNOWN;
    if (work->out->revision != wish->revision)
        return BATON_DRAFT_MEANWHILE;
    return store_run(ledger->store, STATEMENT_DRAFT_DELETE,
                     (struct store_value[]){store_int(ledger->number), store_word(wish->assessment),
                                            store_word(wish->id), store_number(wish->revision)},
                     NULL);
}

static baton_code run(struct ledger *ledger, struct baton_arena *arena,
                      baton_code (*body)(struct ledger *ledger, int64_t now_utc_ms, void *context),
                      const struct draft_wish *wish, struct draft *out) {
    struct work work = {
        .wish = wish, .room = arena_alloc(arena, 1, sizeof(struct room)), .out = out};
    assert(wish->size <= DRAFT_BYTES_MOST);
    *out = (struct draft){0};
    return ledger_aside(ledger, body, &work);
}

baton_code ledger_draft_add(struct ledger *ledger, struct baton_arena *arena,
                            const struct draft_wish *wish, struct draft *out) {
    return run(ledger, arena, add, wish, out);
}

baton_code ledger_draft_save(struct ledger *ledger, struct baton_arena *arena,
                             const struct draft_wish *wish, struct draft *out) {
    return run(ledger, arena, save, wish, out);
}

baton_code ledger_draft_discard(struct ledger *ledger, struct baton_arena *arena,
                                const struct draft_wish *wish, struct draft *out) {
    return run(ledger, arena, discard, wish, out);
}

/* Reading */

struct rows {
    struct baton_arena *arena;
    struct draft *draft;
    size_t count, capacity;
};

static baton_code take_row(void *context, const struct store_value *row) {
    struct rows *const rows = context;
    struct room *const room = arena_alloc(rows->arena, 1, sizeof *room);
    struct draft *const draft = ARRAY_PUSH(rows->arena, rows->draft, rows->count, rows->capacity);
    draft->id = put(room->id, ID_SIZE, &row[0]);
    take(room, row + 1, draft);
    return BATON_OK;
}

baton_code reader_drafts(struct ledger_reader *reader, struct baton_arena *arena,
                         const char *assessment, struct draft **out, size_t *count) {
    struct rows rows = {.arena = arena};
    TRY(reader_all(reader, STATEMENT_DRAFT_ALL,
                   (struct store_value[]){store_int(reader->number), store_word(assessment)},
                   take_row, &rows));
    *out = rows.draft;
    *count = rows.count;
    return BATON_OK;
}

struct whole {
    struct baton_arena *arena;
    struct draft *draft;
    const char *bytes;
};

static void take_whole(void *context, const struct store_value *row) {
    struct whole *const whole = context;
    take(arena_alloc(whole->arena, 1, sizeof(struct room)), row, whole->draft);
    whole->draft->size = row[7].size;
    whole->bytes = arena_text(whole->arena, row[7].data, row[7].size);
}

baton_code reader_draft(struct ledger_reader *reader, struct baton_arena *arena,
                        const char *assessment, const char *id, struct draft *out,
                        const char **bytes) {
    struct whole whole = {.arena = arena, .draft = out};
    bool is_there;
    *out = (struct draft){.id = id};
    TRY(reader_one(
        reader, STATEMENT_DRAFT_GET,
        (struct store_value[]){store_int(reader->number), store_word(assessment), store_word(id)},
        take_whole, &whole, &is_there));
    *bytes = whole.bytes;
    return is_there ? BATON_OK : BATON_DRAFT_UNKNOWN;
}
