/* The connection of the accounts, and the lists of sessions and tokens that are at hand.
 *
 * Every transaction that writes begins with the row of account_change, so that of all processes one is at it. It counts the changes of sessions and tokens: a process that finds the
 * number to be what it knows plus its own change has the lists as they are; any other has accounts_tend read them again.
 *
 * The order of locks: work, then the turn of the ledger, then lists. Nothing that a batch calls may come here. */
#include "base/text.h"
#include "ledger/accounts_inside.h"
#include "ledger/ledger_inside.h"
#include "ledger/reader_parts.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

baton_code accounts_refuse(struct baton_findings *found, baton_code code, const char *arg1,
                           const char *arg2) {
    baton_findings_add(found, code, (struct baton_where){0}, arg1, arg2, NULL, NULL);
    return code;
}

void accounts_id(const struct digest *digest, char out[SESSION_ID_SIZE]) {
    bytes_hex(digest->byte, (SESSION_ID_SIZE - 1) / 2, out);
}

/* -- Work -- */

struct connecting {
    struct accounts *accounts;
    struct baton_arena *arena;
    struct store *store;
    struct ledger_reader *reader;
    struct baton_findings *found;
};

static baton_code connect_it(void *context) {
    struct connecting *c = context;
    TRY(store_open(c->arena, c->accounts->place.address, STORE_WRITE, &c->store, c->found));
    return reader_on(c->arena, c->store, &c->accounts->place, &c->reader, c->found);
}

/* Opens the store, anew where it was open. */
static baton_code connect_store(struct accounts *accounts, struct baton_findings *found) {
    struct connecting c = {.accounts = accounts, .arena = arena_open(), .found = found};
    const baton_code code = arena_run(c.arena, connect_it, &c);
    if (code != BATON_OK) {
        arena_close(c.arena);
        return code;
    }
    arena_close(accounts->store_arena);
    accounts->store_arena = c.arena;
    accounts->store = c.store;
    accounts->reader = c.reader;
    accounts->number = c.reader->number;
    accounts->is_broken = false;
    return BATON_OK;
}

struct working {
    struct accounts *accounts;
    baton_code (*body)(void *context);
    void *context;
    struct accounts_words *words;
};

static void keep_words(struct accounts_words *words, const char *const word[4]) {
    words->is_there = true;
    for (int i = 0; i < 4; i++)
        if (word[i] != NULL) {
            snprintf(words->word[i], ACCOUNTS_WORD_SIZE, "%s", word[i]);
            words->word[i][text_valid_size(words->word[i], strlen(words->word[i]))] = '\0';
        }
}

static baton_code work_inside(void *context) {
    struct working *w = context;
    struct accounts *accounts = w->accounts;
    accounts->changes = false;
    if (accounts->is_broken) {
        struct baton_findings found = {.arena = accounts->scratch};
        const baton_code code = connect_store(accounts, &found);
        if (code != BATON_OK && found.count > 0)
            keep_words(w->words, found.item[0].arg);
        TRY(code);
    }
    return w->body(w->context);
}

static void give_turn_back(struct accounts *accounts) {
    if (accounts->has_turn)
        ledger_leave(accounts->beside);
    accounts->has_turn = false;
}

static void clean_up(struct accounts *accounts, struct working *w, baton_code code) {
    const bool is_of_store = baton_code_info(code)->number / 100 == 51;
    if (code == BATON_OK)
        return;
    if (!accounts->is_broken && is_of_store) {
        const char *const said = store_error(accounts->store);
        keep_words(w->words, (const char *const[4]){said[0] != '\0' ? said : NULL});
    }
    store_rollback(accounts->store);
    accounts->is_broken |= code == BATON_STORE_FAILED;
    if (accounts->changes && is_of_store)
        accounts->change = -1; // a commit may have happened without saying so
}

static const char *given(const char *text) {
    return text[0] != '\0' ? text : NULL;
}

void accounts_beside(struct accounts *accounts, struct ledger *ledger) {
    pthread_mutex_lock(&accounts->work);
    accounts->beside = ledger;
    pthread_mutex_unlock(&accounts->work);
}

baton_code accounts_work_quietly(struct accounts *accounts, baton_code (*body)(void *context),
                                 void *context, struct accounts_words *words) {
    struct working w = {.accounts = accounts, .body = body, .context = context, .words = words};
    *words = (struct accounts_words){0};
    pthread_mutex_lock(&accounts->work);
    const struct arena_mark mark = arena_mark(accounts->scratch);
    const baton_code code = arena_run(accounts->scratch, work_inside, &w);
    clean_up(accounts, &w, code);
    give_turn_back(accounts);
    arena_reset_to(accounts->scratch, mark);
    pthread_mutex_unlock(&accounts->work);
    return code;
}

baton_code accounts_tell(struct baton_findings *found, baton_code code,
                         const struct accounts_words *words) {
    if (words->is_there)
        baton_findings_add(found, code, (struct baton_where){0}, given(words->word[0]),
                           given(words->word[1]), given(words->word[2]), given(words->word[3]));
    return code;
}

baton_code accounts_work(struct accounts *accounts, baton_code (*body)(void *context),
                         void *context, struct baton_findings *found) {
    struct accounts_words words;
    const baton_code code = accounts_work_quietly(accounts, body, context, &words);
    return accounts_tell(found, code, &words);
}

baton_code accounts_begin(struct accounts *accounts, bool changes) {
    if (accounts->beside != NULL && store_kind_is(accounts->store) == STORE_SQLITE)
        accounts->has_turn = ledger_enter(accounts->beside);
    TRY(store_begin(accounts->store, true));
    accounts->changes = changes;
    return store_run(
        accounts->store, STATEMENT_ACCOUNTS_LOCK,
        (struct store_value[]){store_int(accounts->number), store_int(changes ? 1 : 0)}, NULL);
}

static void take_number(void *context, const struct store_value *row) {
    *(int64_t *)context = row[0].number;
}

baton_code accounts_commit(struct accounts *accounts) {
    const struct store_value number = store_int(accounts->number);
    int64_t change = 0;
    if (accounts->changes)
        TRY(accounts_one(accounts, STATEMENT_ACCOUNTS_CHANGE, &number, take_number, &change, NULL));
    TRY(store_commit(accounts->store));
    give_turn_back(accounts);
    if (accounts->changes && change == accounts->change + 1)
        accounts->change = change;
    accounts->changes = false;
    return BATON_OK;
}

baton_code accounts_one(struct accounts *accounts, enum statement statement,
                        const struct store_value *value,
                        void (*take)(void *context, const struct store_value *row), void *context,
                        bool *is_row) {
    const struct store_value *row;
    TRY(store_query(accounts->store, statement, value));
    TRY(store_next(accounts->store, &row));
    if (is_row != NULL)
        *is_row = row != NULL;
    if (row == NULL)
        return BATON_OK;
    take(context, row);
    store_query_end(accounts->store);
    return BATON_OK;
}

/* -- Rows -- */

static void copy(char *to, size_t room, const struct store_value *text) {
    const size_t size = text->size < room ? text->size : room - 1;
    memcpy(to, text->data, size);
    to[size] = '\0';
}

static void take_account(void *context, const struct store_value *row) {
    struct account_row *out = context;
    copy(out->password, sizeof out->password, &row[0]);
    out->made_utc_ms = row[1].number;
    out->changed_utc_ms = row[2].number;
    out->is_first = row[3].number != 0;
    out->expires_utc_ms = row[4].number;
}

baton_code accounts_row(struct accounts *accounts, const char *person, struct account_row *out) {
    *out = (struct account_row){0};
    return accounts_one(accounts, STATEMENT_ACCOUNT_GET,
                        (struct store_value[]){store_int(accounts->number), store_word(person)},
                        take_account, out, &out->is_there);
}

static void take_factor(void *context, const struct store_value *row) {
    struct factor_row *out = context;
    if (row[0].size == TOTP_SECRET_SIZE)
        memcpy(out->secret, row[0].data, TOTP_SECRET_SIZE);
    out->is_confirmed = row[1].number != 0;
    out->step = row[2].number;
}

baton_code accounts_factor(struct accounts *accounts, const char *person, struct factor_row *out) {
    *out = (struct factor_row){0};
    return accounts_one(accounts, STATEMENT_FACTOR_GET,
                        (struct store_value[]){store_int(accounts->number), store_word(person)},
                        take_factor, out, &out->is_there);
}

static void take_withdrawn(void *context, const struct store_value *row) {
    *(int64_t *)context = row[3].number;
}

baton_code accounts_knows(struct accounts *accounts, const char *person, bool *knows) {
    int64_t withdrawn = 1;
    TRY(accounts_one(accounts, STATEMENT_FACT_NOW,
                     (struct store_value[]){store_int(accounts->number), store_word(""),
                                            store_word("person"), store_word(person)},
                     take_withdrawn, &withdrawn, NULL));
    *knows = withdrawn == 0;
    return BATON_OK;
}

/* -- Lists -- */

static baton_code add_session(struct digest_map *map, const struct store_value *row) {
    if (!digest_map_reserve(map, 1))
        return BATON_NO_MEMORY;
    struct session_item *const item = calloc(1, sizeof *item);
    if (item == NULL)
        return BATON_NO_MEMORY;
    copy(item->person, sizeof item->person, &row[0]);
    memcpy(item->digest.byte, row[1].data, row[1].size < DIGEST_SIZE ? row[1].size : DIGEST_SIZE);
    item->begun_utc_ms = row[2].number;
    item->seen_utc_ms = item->stored_utc_ms = row[3].number;
    item->raised_utc_ms = row[4].number;
    copy(item->address, sizeof item->address, &row[5]);
    copy(item->agent, sizeof item->agent, &row[6]);
    copy(item->keeping, sizeof item->keeping, &row[7]);
    item->made_utc_ms = row[8].number;
    item->has_factor = row[9].number != 0;
    digest_map_put(map, item);
    return BATON_OK;
}

static uint32_t roles_of(const struct store_value *words) {
    const char *at = words->data;
    uint32_t roles = 0;
    while (*at != '\0') {
        const size_t size = strcspn(at, " ");
        enum role role;
        if (role_of_word(at, size, &role))
            roles |= UINT32_C(1) << role;
        at += size;
        at += *at == ' ';
    }
    return roles;
}

static baton_code add_token(struct digest_map *map, const struct store_value *row) {
    if (!digest_map_reserve(map, 1))
        return BATON_NO_MEMORY;
    struct token_item *const item = calloc(1, sizeof *item);
    if (item == NULL)
        return BATON_NO_MEMORY;
    struct signed_in *scope = &item->row.scope;
    copy(scope->person, sizeof scope->person, &row[0]);
    memcpy(item->digest.byte, row[1].data, row[1].size < DIGEST_SIZE ? row[1].size : DIGEST_SIZE);
    accounts_id(&item->digest, scope->id);
    scope->is_token = true;
    copy(item->row.name, sizeof item->row.name, &row[2]);
    scope->roles = roles_of(&row[3]);
    copy(scope->assessment, sizeof scope->assessment, &row[4]);
    copy(scope->units, sizeof scope->units, &row[5]);
    scope->begun_utc_ms = row[6].number;
    item->row.expires_utc_ms = row[7].number;
    item->row.used_utc_ms = item->stored_utc_ms = row[8].number;
    digest_map_put(map, item);
    return BATON_OK;
}

static baton_code read_list(struct accounts *accounts, enum statement statement,
                            baton_code (*add)(struct digest_map *map,
                                              const struct store_value *row),
                            struct digest_map *map) {
    const struct store_value number = store_int(accounts->number);
    const struct store_value *row;
    TRY(store_query(accounts->store, statement, &number));
    for (;;) {
        TRY(store_next(accounts->store, &row));
        if (row == NULL)
            return BATON_OK;
        const baton_code code = add(map, row);
        if (code != BATON_OK) {
            store_query_end(accounts->store);
            return code;
        }
    }
}

/* Of what the store has not been told yet, the lists that are at hand know better. */
static void keep_times(struct digest_map *sessions, const struct digest_map *old_sessions,
                       struct digest_map *tokens, const struct digest_map *old_tokens) {
    for (size_t i = 0; i < sessions->capacity; i++) {
        struct session_item *item = (struct session_item *)sessions->slot[i];
        const struct session_item *old =
            item != NULL ? digest_map_find(old_sessions, &item->digest) : NULL;
        if (old != NULL && old->seen_utc_ms > item->seen_utc_ms)
            item->seen_utc_ms = old->seen_utc_ms;
    }
    for (size_t i = 0; i < tokens->capacity; i++) {
        struct token_item *item = (struct token_item *)tokens->slot[i];
        const struct token_item *old =
            item != NULL ? digest_map_find(old_tokens, &item->digest) : NULL;
        if (old != NULL && old->row.used_utc_ms > item->row.used_utc_ms)
            item->row.used_utc_ms = old->row.used_utc_ms;
    }
}

static void exchange(struct accounts *accounts, struct digest_map *sessions,
                     struct digest_map *tokens) {
    const struct digest_map old_sessions = accounts->sessions, old_tokens = accounts->tokens;
    pthread_mutex_lock(&accounts->lists);
    keep_times(sessions, &old_sessions, tokens, &old_tokens);
    accounts->sessions = *sessions;
    accounts->tokens = *tokens;
    pthread_mutex_unlock(&accounts->lists);
    *sessions = old_sessions;
    *tokens = old_tokens;
}

/* The number first: what changes while the lists are read has them read again. Whoever looks at the lists meanwhile waits for nothing. */
baton_code accounts_read_lists(struct accounts *accounts) {
    const struct store_value number = store_int(accounts->number);
    struct digest_map sessions = {0}, tokens = {0};
    int64_t change = 0;
    TRY(accounts_one(accounts, STATEMENT_ACCOUNTS_CHANGE, &number, take_number, &change, NULL));
    baton_code code = read_list(accounts, STATEMENT_SESSION_ALL, add_session, &sessions);
    if (code == BATON_OK)
        code = read_list(accounts, STATEMENT_TOKEN_ALL, add_token, &tokens);
    if (code == BATON_OK) {
        exchange(accounts, &sessions, &tokens);
        accounts->change = change;
    }
    digest_map_close(&sessions);
    digest_map_close(&tokens);
    return code;
}

struct whose {
    const char *person;
    const struct digest *but;
};

static bool is_session_of(void *context, const void *thing) {
    const struct whose *whose = context;
    const struct session_item *item = thing;
    return strcmp(item->person, whose->person) == 0 &&
           (whose->but == NULL || !digest_equal(&item->digest, whose->but));
}

static bool is_token_of(void *context, const void *thing) {
    const struct whose *whose = context;
    return strcmp(((const struct token_item *)thing)->row.scope.person, whose->person) == 0;
}

void accounts_forget_sessions(struct accounts *accounts, const char *person,
                              const struct digest *but) {
    pthread_mutex_lock(&accounts->lists);
    digest_map_drop_all(&accounts->sessions, is_session_of, &(struct whose){person, but});
    pthread_mutex_unlock(&accounts->lists);
}

void accounts_forget_tokens(struct accounts *accounts, const char *person) {
    pthread_mutex_lock(&accounts->lists);
    digest_map_drop_all(&accounts->tokens, is_token_of, &(struct whose){person, NULL});
    pthread_mutex_unlock(&accounts->lists);
}

void accounts_know_factor(struct accounts *accounts, const char *person, bool is_on) {
    pthread_mutex_lock(&accounts->lists);
    for (size_t i = 0; i < accounts->sessions.capacity; i++) {
        struct session_item *const item = (struct session_item *)accounts->sessions.slot[i];
        if (item != NULL && strcmp(item->person, person) == 0)
            item->has_factor = is_on;
    }
    pthread_mutex_unlock(&accounts->lists);
}

void accounts_forget(struct accounts *accounts, struct digest_map *map,
                     const struct digest *digest) {
    pthread_mutex_lock(&accounts->lists);
    digest_map_drop(map, digest);
    pthread_mutex_unlock(&accounts->lists);
}

/* -- Opening -- */

void accounts_close(struct accounts *accounts) {
    if (accounts == NULL || accounts->scratch == NULL)
        return;
    arena_close(accounts->store_arena);
    accounts->store_arena = NULL;
    accounts->store = NULL;
    arena_close(accounts->scratch);
    accounts->scratch = NULL;
    digest_map_close(&accounts->sessions);
    digest_map_close(&accounts->tokens);
    turns_close(&accounts->hashing);
    pthread_mutex_destroy(&accounts->lists);
    pthread_mutex_destroy(&accounts->work);
}

static void close_accounts(void *context) {
    accounts_close(context);
}

/* Those who can do most harm, and see most. */
#define FACTOR_ROLES_USUAL \
    (UINT32_C(1) << ROLE_OFFICE | UINT32_C(1) << ROLE_SYSTEM_ADMIN | \
     UINT32_C(1) << ROLE_SECURITY_ADMIN | UINT32_C(1) << ROLE_AUDITOR)

static uint32_t or_usual(uint32_t given, uint32_t usual) {
    return given != 0 ? given : usual;
}

static struct accounts_settings usual(const struct accounts_settings *given) {
    return (struct accounts_settings){
        .cost = {or_usual(given->cost.memory_kib, 65536), or_usual(given->cost.passes, 3)},
        .hashes_max = or_usual(given->hashes_max, 2),
        .waiting_max = or_usual(given->waiting_max, 8),
        .password_days = or_usual(given->password_days, 90),
        .first_days = or_usual(given->first_days, 7),
        .idle_minutes = or_usual(given->idle_minutes, 30),
        .session_hours = or_usual(given->session_hours, 12),
        .sessions_max = or_usual(given->sessions_max, 3),
        .raised_minutes = or_usual(given->raised_minutes, 10),
        .factor_roles = or_usual(given->factor_roles, FACTOR_ROLES_USUAL),
        .factor_days = or_usual(given->factor_days, 7),
        .issuer = given->issuer != NULL ? given->issuer : "Baton",
    };
}

static baton_code read_all(void *context) {
    struct accounts *accounts = context;
    return accounts_read_lists(accounts);
}

baton_code accounts_open(struct baton_arena *arena, const struct ledger_world *world,
                         const struct ledger_place *place, const struct accounts_settings *settings,
                         struct accounts **out, struct baton_findings *found) {
    struct accounts *accounts = arena_alloc(arena, 1, sizeof *accounts);
    accounts->world = *world;
    accounts->set = usual(settings);
    accounts->place = *place;
    accounts->place.address = arena_text(arena, place->address, strlen(place->address));
    if (place->ledger != NULL)
        accounts->place.ledger = arena_text(arena, place->ledger, strlen(place->ledger));
    accounts->scratch = arena_open();
    if (accounts->scratch == NULL)
        return BATON_NO_MEMORY;
    pthread_mutex_init(&accounts->work, NULL);
    pthread_mutex_init(&accounts->lists, NULL);
    turns_open(&accounts->hashing, accounts->set.hashes_max, accounts->set.waiting_max);
    arena_on_close(arena, close_accounts, accounts);
    TRY(password_hash(&accounts->set.cost, world, "", 0, accounts->decoy));
    accounts->is_broken = true; // it is not open yet
    const baton_code code = accounts_work(accounts, read_all, accounts, found);
    if (code != BATON_OK) {
        accounts_close(accounts);
        return code;
    }
    *out = accounts;
    return BATON_OK;
}
