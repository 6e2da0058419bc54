/* Making, opening and closing a ledger. */
#include "base/civil_day.h"
#include "base/text.h"
#include "ledger/ledger_inside.h"
#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static baton_code refuse(struct baton_findings *found, baton_code code, const char *arg1,
                         const char *arg2, const char *arg3) {
    baton_findings_add(found, code, (struct baton_where){0}, arg1, arg2, arg3, NULL);
    return code;
}

static baton_code report_store(struct ledger *ledger, baton_code code,
                               struct baton_findings *found) {
    return refuse(found, code, store_error(ledger->store), NULL, NULL);
}

/* The tree */

static baton_code fetch_leaves(struct ledger *ledger, uint64_t place, size_t count,
                               struct digest *out) {
    const struct store_value *row;
    TRY(store_query(ledger->store, STATEMENT_ENTRY_RANGE,
                    (struct store_value[]){store_int(ledger->number), store_int((int64_t)place),
                                           store_int((int64_t)(place + count))}));
    for (size_t i = 0;; i++) {
        TRY(store_next(ledger->store, &row));
        if (row == NULL)
            return i == count ? BATON_OK : BATON_ENTRY_MISSING;
        if (i == count || (uint64_t)row[0].number != place + i) {
            store_query_end(ledger->store);
            return BATON_ENTRY_MISSING;
        }
        out[i] = merkle_leaf(ledger->digest, row[1].data, row[1].size);
    }
}

static baton_code fetch_nodes(struct ledger *ledger, unsigned level, uint64_t place, size_t count,
                              struct digest *out) {
    const struct store_value *row;
    TRY(store_query(ledger->store, STATEMENT_NODE_RANGE,
                    (struct store_value[]){store_int(ledger->number), store_int(level),
                                           store_int((int64_t)place),
                                           store_int((int64_t)(place + count))}));
    for (size_t i = 0;; i++) {
        TRY(store_next(ledger->store, &row));
        if (row == NULL)
            return i == count ? BATON_OK : BATON_NODE_WRONG;
        if (i == count || (uint64_t)row[0].number != place + i || row[1].size != DIGEST_SIZE) {
            store_query_end(ledger->store);
            return BATON_NODE_WRONG;
        }
        memcpy(out[i].byte, row[1].data, DIGEST_SIZE);
    }
}

static baton_code fetch(void *context, unsigned level, uint64_t place, size_t count,
                        struct digest *out) {
    return level == 0 ? fetch_leaves(context, place, count, out)
                      : fetch_nodes(context, level, place, count, out);
}

baton_code ledger_read_end(struct ledger *ledger) {
    const struct store_value *row;
    uint64_t size = 0;
    TRY(store_query(ledger->store, STATEMENT_HEAD_LAST,
                    (struct store_value[]){store_int(ledger->number)}));
    TRY(store_next(ledger->store, &row));
    if (row != NULL) {
        size = (uint64_t)row[0].number;
        ledger->last_time_utc_ms = row[1].number;
        if (row[3].size == DIGEST_SIZE)
            memcpy(ledger->key.byte, row[3].data, DIGEST_SIZE);
        store_query_end(ledger->store);
    }
    return merkle_open(ledger->digest, size, (struct merkle_source){ledger, fetch}, &ledger->tree);
}

static baton_code read_end(struct ledger *ledger, struct baton_findings *found) {
    const baton_code code = ledger_read_end(ledger);
    if (code == BATON_ENTRY_MISSING || code == BATON_NODE_WRONG)
        return refuse(found, BATON_STORE_CORRUPT, "entry, node", NULL, NULL);
    return code == BATON_OK ? BATON_OK : report_store(ledger, code, found);
}

/* The key */

static const char *key_place(struct baton_arena *arena, const struct ledger_place *place) {
    if (place->key != NULL)
        return place->key;
    return store_kind_of(place->address) == STORE_SQLITE
               ? arena_printf(arena, "%s.key", place->address)
               : NULL;
}

static baton_code open_key(struct ledger *ledger, const struct ledger_place *place,
                           struct baton_findings *found) {
    const char *at = key_place(ledger->arena, place);
    if (at == NULL)
        return refuse(found, BATON_KEY_UNREADABLE, "?", "--key", NULL);
    TRY(signer_open(ledger->arena, at, &ledger->signer, found));
    const struct digest key = public_key_digest(ledger->digest, signer_public(ledger->signer));
    if (merkle_size(ledger->tree) > 0 && !digest_equal(&key, &ledger->key)) {
        char hex[DIGEST_HEX_SIZE];
        digest_hex(&ledger->key, hex);
        hex[16] = '\0';
        return refuse(found, BATON_KEY_OTHER, at, hex, NULL);
    }
    ledger->key = key;
    return BATON_OK;
}

/* What a crash left: contents that no fact names. */
static baton_code sweep(struct ledger *ledger, enum statement which) {
    struct store_value number = store_int(ledger->number);
    struct digest *list = NULL;
    size_t count = 0, capacity = 0;
    const struct store_value *row;
    TRY(store_query(ledger->store, which, &number));
    for (;;) {
        TRY(store_next(ledger->store, &row));
        if (row == NULL)
            break;
        if (row[0].size == DIGEST_SIZE)
            memcpy(ARRAY_PUSH(ledger->scratch, list, count, capacity)->byte, row[0].data,
                   DIGEST_SIZE);
    }
    for (size_t i = 0; i < count; i++) {
        const struct store_value value[] = {number, store_bytes(list[i].byte, DIGEST_SIZE)};
        TRY(store_run(ledger->store, STATEMENT_PART_DELETE, value, NULL));
        TRY(store_run(ledger->store, STATEMENT_CONTENT_DELETE, value, NULL));
    }
    return BATON_OK;
}

static baton_code sweep_all(struct ledger *ledger) {
    const int64_t now = ledger->world.now_utc_ms(ledger->world.context);
    TRY(store_begin(ledger->store, true));
    TRY(lease_hold(ledger, now)); /* else it is another process whose contents no fact names yet */
    TRY(sweep(ledger, STATEMENT_CONTENT_ORPHANS));
    TRY(sweep(ledger, STATEMENT_PART_STRAY));
    return store_commit(ledger->store);
}

static baton_code sweep_body(void *context) {
    return sweep_all(context);
}

/* Opening */

void ledger_close(struct ledger *ledger) {
    if (ledger == NULL || ledger->store == NULL)
        return;
    lease_stop_renewing(ledger);
    pthread_mutex_lock(&ledger->lock);
    while (ledger->is_busy || ledger->first != NULL)
        pthread_cond_wait(&ledger->idle, &ledger->lock);
    pthread_mutex_unlock(&ledger->lock);
    if (ledger->dead != BATON_LEASE_LOST && ledger->lease_until_utc_ms != 0)
        lease_give_back(ledger);
    store_close(ledger->store);
    ledger->store = NULL;
    arena_close(ledger->store_arena);
    merkle_close(ledger->tree);
    arena_close(ledger->scratch);
    arena_close(ledger->standing_arena);
    arena_close(ledger->key_arena);
    pthread_cond_destroy(&ledger->idle);
    pthread_mutex_destroy(&ledger->lock);
}

static void close_ledger(void *context) {
    ledger_close(context);
}

static struct ledger *make(struct baton_arena *arena, const struct ledger_world *world,
                           const struct ledger_place *place) {
    struct ledger *ledger = arena_alloc(arena, 1, sizeof *ledger);
    ledger->arena = arena;
    ledger->world = *world;
    ledger->address = arena_text(arena, place->address, strlen(place->address));
    ledger->holder = arena_text(arena, place->holder != NULL ? place->holder : "?",
                                place->holder != NULL ? strlen(place->holder) : 1);
    ledger->lease_ms = place->lease_ms != 0 ? place->lease_ms : LEASE_MS;
    ledger->scratch = arena_open();
    if (ledger->scratch == NULL)
        arena_out_of_memory(arena);
    ledger->last = &ledger->first;
    ledger->standing_is_old = true;
    pthread_mutex_init(&ledger->lock, NULL);
    pthread_cond_init(&ledger->idle, NULL);
    return ledger;
}

/* No entry is older than the ledger, whatever the clock says by then. */
static void take_row(struct ledger *ledger, const struct ledger_row *row) {
    ledger->last_time_utc_ms = row->created_utc_ms;
    ledger->number = row->number;
    ledger->id = row->id;
    ledger->digest = row->digest;
    ledger->signature = row->signature;
}

/* From the lease on. */
static baton_code open_rest(struct ledger *ledger, const struct ledger_place *place,
                            struct baton_findings *found) {
    TRY(lease_take(ledger, place->wait_ms, found));
    TRY(read_end(ledger, found));
    TRY(open_key(ledger, place, found));
    const struct arena_mark mark = arena_mark(ledger->scratch);
    const baton_code swept = arena_run(ledger->scratch, sweep_body, ledger);
    if (swept != BATON_OK)
        store_rollback(ledger->store);
    arena_reset_to(ledger->scratch, mark);
    return swept == BATON_OK ? lease_start_renewing(ledger) : report_store(ledger, swept, found);
}

baton_code ledger_open(struct baton_arena *arena, const struct ledger_world *world,
                       const struct ledger_place *place, struct ledger **out,
                       struct baton_findings *found) {
    struct ledger_row row;
    struct store *store;
    *out = NULL;
    TRY(store_open(arena, place->address, STORE_WRITE, &store, found));
    TRY(ledger_find(arena, store, place->address, place->ledger, &row, found));
    struct ledger *ledger = make(arena, world, place);
    ledger->store = store;
    arena_on_close(arena, close_ledger, ledger);
    take_row(ledger, &row);
    const baton_code code = open_rest(ledger, place, found);
    if (code != BATON_OK) {
        ledger_close(ledger);
        return code;
    }
    *out = ledger;
    return BATON_OK;
}

/* Making */

/* The key of a new ledger: the one that is there, else a new one. */
static baton_code make_key(struct ledger *ledger, const struct ledger_place *place,
                           struct baton_findings *found) {
    const char *at = key_place(ledger->arena, place);
    if (at == NULL)
        return refuse(found, BATON_KEY_UNREADABLE, "?", "--key", NULL);
    if (strchr(at, ':') == NULL && access(at, F_OK) != 0)
        TRY(signer_create(ledger->arena, at, ledger->signature, found));
    TRY(signer_open(ledger->arena, at, &ledger->signer, found));
    if (signer_kind(ledger->signer) != ledger->signature)
        return refuse(found, BATON_KEY_KIND, at, NULL, NULL);
    ledger->key = public_key_digest(ledger->digest, signer_public(ledger->signer));
    return BATON_OK;
}

/* The first entries: what the ledger is, who began it, with which role. */
static baton_code found_it(struct ledger *ledger, const struct ledger_founder *founder,
                           struct baton_findings *found) {
    struct baton_arena *arena = ledger->arena;
    const struct public_key *key = signer_public(ledger->signer);
    char *hex = arena_alloc_raw(arena, 2 * key->size + 1, 1);
    char day[BATON_PERIOD_NAME_SIZE];
    const int64_t now = ledger->world.now_utc_ms(ledger->world.context);
    bytes_hex(key->der, key->size, hex);
    baton_day_format(civil_day(now), day);
    struct field self[] = {
        text_field("id", ledger->id), text_field("digest", digest_word(ledger->digest)),
        text_field("signature", signature_word(ledger->signature)), text_field("public_key", hex)};
    struct field person[] = {text_field("id", founder->id),
                             {"name", founder->name, strlen(founder->name), 'C'}};
    struct field post[] = {text_field("person", founder->id), text_field("role", "office"),
                           text_field("from", day)};
    struct fact_body fact[] = {{"ledger", "", self, LENGTH(self)},
                               {"person", "", person, LENGTH(person)},
                               {"post", "", post, LENGTH(post)}};
    struct submission submission = {.actor = founder->id, .fact = fact, .count = LENGTH(fact)};
    struct waiting waiting;
    TRY(ready_make(ledger, arena, &submission, true, &waiting, found));
    return ledger_submit(ledger, &waiting, found);
}

/* Numbers in use; a row of that id without entries was left by a crash and is taken up again. */
static baton_code add_row(struct ledger *ledger, const struct ledger_row *wanted,
                          struct baton_findings *found) {
    struct baton_arena *arena = ledger->arena;
    struct ledger_row row, there = {0};
    int64_t highest = 0;
    bool is_one = true, is_there = false;
    TRY(store_begin(ledger->store, true));
    TRY(store_query(ledger->store, STATEMENT_LEDGER_ALL, NULL));
    for (;;) {
        TRY(ledger_list_next(arena, ledger->store, &row, &is_one));
        if (!is_one)
            break;
        highest = row.number > highest ? row.number : highest;
        if (strcmp(row.id, wanted->id) == 0) {
            there = row;
            is_there = true;
        }
    }
    if (is_there) {
        take_row(ledger, &there);
        return store_commit(ledger->store);
    }
    row = *wanted;
    row.number = highest + 1;
    take_row(ledger, &row);
    const char *digest = digest_word(row.digest), *signature = signature_word(row.signature);
    TRY(store_run(ledger->store, STATEMENT_LEDGER_ADD,
                  (struct store_value[]){store_int(row.number), store_word(row.id),
                                         store_word(digest), store_word(signature),
                                         store_int(row.created_utc_ms)},
                  NULL));
    (void)found;
    return store_commit(ledger->store);
}

static baton_code create(struct ledger *ledger, const struct ledger_place *place,
                         const struct ledger_row *wanted, const struct ledger_founder *founder,
                         struct baton_findings *found) {
    const baton_code code = add_row(ledger, wanted, found);
    if (code != BATON_OK) {
        store_rollback(ledger->store);
        return report_store(ledger, code, found);
    }
    TRY(lease_take(ledger, place->wait_ms, found));
    TRY(read_end(ledger, found));
    if (merkle_size(ledger->tree) > 0 || ledger->digest != wanted->digest ||
        ledger->signature != wanted->signature)
        return refuse(found, BATON_LEDGER_EXISTS,
                      store_address_shown(ledger->arena, place->address), ledger->id, NULL);
    TRY(make_key(ledger, place, found));
    return found_it(ledger, founder, found);
}

baton_code ledger_create(struct baton_arena *arena, const struct ledger_world *world,
                         const struct ledger_place *place, enum digest_kind digest,
                         enum signature_kind signature, const struct ledger_founder *founder,
                         struct baton_findings *found) {
    const struct ledger_row wanted = {.id = place->ledger,
                                      .digest = digest,
                                      .signature = signature,
                                      .created_utc_ms = world->now_utc_ms(world->context)};
    struct store *store;
    if (!text_is_identifier(place->ledger, strlen(place->ledger)))
        return refuse(found, BATON_FACT_IDENTIFIER, place->ledger, NULL, NULL);
    if (!text_is_identifier(founder->id, strlen(founder->id)))
        return refuse(found, BATON_FACT_IDENTIFIER, founder->id, NULL, NULL);
    TRY(store_open(arena, place->address, STORE_CREATE, &store, found));
    struct ledger *ledger = make(arena, world, place);
    ledger->store = store;
    arena_on_close(arena, close_ledger, ledger);
    const baton_code code = create(ledger, place, &wanted, founder, found);
    ledger_close(ledger);
    return code;
}
