/* What is done for accounts now and then. In a quiet second it asks the store two numbers and writes nothing.
 *
 * When a session or token was last used is written once a minute each, all that are due in one transaction; a session whose time is over ends, in the store and at hand. A person who was
 * withdrawn from the ledger has no account from here on. */
#include "ledger/accounts_inside.h"
#include <string.h>

struct seen {
    const char *person;
    struct digest digest;
    int64_t time_utc_ms;
};

struct seen_list {
    struct seen *seen;
    size_t count, capacity;
};

struct tend {
    struct accounts *accounts;
    int64_t now_utc_ms;
    struct seen_list sessions, tokens;
    bool has_ended; /* one at least, session or token */
};

/* The store may know of a use a minute later than the list does; what is over by its reckoning is over here, too. */
static bool is_over(const struct tend *t, const struct session_item *item) {
    return !session_lives(t->accounts, item, t->now_utc_ms - MINUTE_MS);
}

/* Looking through the lists; what is due is copied first, for no allocation may fail under the lock. */

static void look_through_sessions(struct tend *t, struct seen *out, size_t *count) {
    const struct digest_map *map = &t->accounts->sessions;
    for (size_t i = 0; i < map->capacity; i++) {
        const struct session_item *item = (const struct session_item *)map->slot[i];
        if (item == NULL)
            continue;
        t->has_ended |= is_over(t, item);
        if (item->seen_utc_ms - item->stored_utc_ms < MINUTE_MS)
            continue;
        if (out != NULL)
            out[*count] = (struct seen){item->person, item->digest, item->seen_utc_ms};
        (*count)++;
    }
}

static void look_through_tokens(struct tend *t, struct seen *out, size_t *count) {
    const struct digest_map *map = &t->accounts->tokens;
    for (size_t i = 0; i < map->capacity; i++) {
        const struct token_item *item = (const struct token_item *)map->slot[i];
        if (item == NULL)
            continue;
        t->has_ended |= item->row.expires_utc_ms <= t->now_utc_ms;
        if (item->row.used_utc_ms - item->stored_utc_ms < MINUTE_MS)
            continue;
        if (out != NULL)
            out[*count] =
                (struct seen){item->row.scope.person, item->digest, item->row.used_utc_ms};
        (*count)++;
    }
}

/* Between counting and copying more may have become due; these wait for the next time. The things stay where they are, for only who holds `work` takes any away. */
static void collect(struct tend *t, struct seen_list *list,
                    void (*look)(struct tend *t, struct seen *out, size_t *count)) {
    size_t due = 0;
    pthread_mutex_lock(&t->accounts->lists);
    look(t, NULL, &due);
    pthread_mutex_unlock(&t->accounts->lists);
    if (due == 0)
        return;
    const size_t room = t->accounts->sessions.capacity + t->accounts->tokens.capacity;
    list->seen = arena_alloc(t->accounts->scratch, room, sizeof *list->seen);
    pthread_mutex_lock(&t->accounts->lists);
    look(t, list->seen, &list->count);
    pthread_mutex_unlock(&t->accounts->lists);
}

static baton_code write_seen(struct tend *t, enum statement statement,
                             const struct seen_list *list) {
    for (size_t i = 0; i < list->count; i++)
        TRY(store_run(t->accounts->store, statement,
                      (struct store_value[]){store_int(t->accounts->number),
                                             store_word(list->seen[i].person),
                                             store_bytes(list->seen[i].digest.byte, DIGEST_SIZE),
                                             store_int(list->seen[i].time_utc_ms)},
                      NULL));
    return BATON_OK;
}

static bool session_is_over(void *context, const void *thing) {
    return is_over(context, thing);
}

static bool token_is_over(void *context, const void *thing) {
    const struct tend *t = context;
    return ((const struct token_item *)thing)->row.expires_utc_ms <= t->now_utc_ms;
}

/* What the store has been told now. */
static void note(struct tend *t) {
    struct accounts *accounts = t->accounts;
    pthread_mutex_lock(&accounts->lists);
    for (size_t i = 0; i < t->sessions.count; i++) {
        struct session_item *item =
            digest_map_find(&accounts->sessions, &t->sessions.seen[i].digest);
        item->stored_utc_ms = t->sessions.seen[i].time_utc_ms;
    }
    for (size_t i = 0; i < t->tokens.count; i++) {
        struct token_item *item = digest_map_find(&accounts->tokens, &t->tokens.seen[i].digest);
        item->stored_utc_ms = t->tokens.seen[i].time_utc_ms;
    }
    if (t->has_ended) {
        digest_map_drop_all(&accounts->sessions, session_is_over, t);
        digest_map_drop_all(&accounts->tokens, token_is_over, t);
    }
    pthread_mutex_unlock(&accounts->lists);
}

static baton_code end_those_over(struct tend *t) {
    struct accounts *accounts = t->accounts;
    const int64_t idle = (int64_t)accounts->set.idle_minutes * MINUTE_MS;
    const int64_t most = (int64_t)accounts->set.session_hours * HOUR_MS;
    TRY(store_run(accounts->store, STATEMENT_SESSION_EXPIRE,
                  (struct store_value[]){store_int(accounts->number),
                                         store_int(t->now_utc_ms - MINUTE_MS - idle),
                                         store_int(t->now_utc_ms - MINUTE_MS - most)},
                  NULL));
    return store_run(accounts->store, STATEMENT_TOKEN_EXPIRE,
                     (struct store_value[]){store_int(accounts->number), store_int(t->now_utc_ms)},
                     NULL);
}

static baton_code write_down(struct tend *t) {
    struct accounts *accounts = t->accounts;
    collect(t, &t->sessions, look_through_sessions);
    collect(t, &t->tokens, look_through_tokens);
    if (t->sessions.count == 0 && t->tokens.count == 0 && !t->has_ended)
        return BATON_OK;
    TRY(accounts_begin(accounts, true));
    TRY(write_seen(t, STATEMENT_SESSION_SEEN, &t->sessions));
    TRY(write_seen(t, STATEMENT_TOKEN_USED, &t->tokens));
    if (t->has_ended)
        TRY(end_those_over(t));
    TRY(accounts_commit(accounts));
    note(t);
    return BATON_OK;
}

/* -- Persons who were withdrawn -- */

struct gone {
    const char **person;
    size_t count, capacity;
};

static baton_code find_gone(struct accounts *accounts, int64_t since, struct gone *gone) {
    const struct store_value *row;
    TRY(store_query(accounts->store, STATEMENT_ACCOUNT_GONE,
                    (struct store_value[]){store_int(accounts->number), store_int(since)}));
    for (;;) {
        TRY(store_next(accounts->store, &row));
        if (row == NULL)
            return BATON_OK;
        *ARRAY_PUSH(accounts->scratch, gone->person, gone->count, gone->capacity) =
            arena_text(accounts->scratch, row[0].data, row[0].size);
    }
}

static baton_code close_gone(struct accounts *accounts, const struct gone *gone) {
    TRY(accounts_begin(accounts, true));
    for (size_t i = 0; i < gone->count; i++)
        TRY(accounts_close_person(accounts, gone->person[i]));
    TRY(accounts_commit(accounts));
    for (size_t i = 0; i < gone->count; i++) {
        accounts_forget_sessions(accounts, gone->person[i], NULL);
        accounts_forget_tokens(accounts, gone->person[i]);
    }
    return BATON_OK;
}

static baton_code follow_journal(struct accounts *accounts) {
    struct gone gone = {0};
    uint64_t size = 0;
    TRY(reader_size(accounts->reader, &size));
    if ((int64_t)size == accounts->journal_size)
        return BATON_OK;
    TRY(find_gone(accounts, accounts->journal_size, &gone));
    if (gone.count > 0)
        TRY(close_gone(accounts, &gone));
    accounts->journal_size = (int64_t)size;
    return BATON_OK;
}

/* -- All of it -- */

static void take_number(void *context, const struct store_value *row) {
    *(int64_t *)context = row[0].number;
}

static baton_code tend_inside(void *context) {
    struct tend *t = context;
    struct accounts *accounts = t->accounts;
    const struct store_value number = store_int(accounts->number);
    int64_t change = 0;
    TRY(write_down(t));
    TRY(follow_journal(accounts));
    TRY(accounts_one(accounts, STATEMENT_ACCOUNTS_CHANGE, &number, take_number, &change, NULL));
    return change == accounts->change ? BATON_OK : accounts_read_lists(accounts);
}

baton_code accounts_tend(struct accounts *accounts, struct baton_findings *found) {
    struct tend t = {.accounts = accounts, .now_utc_ms = accounts_now(accounts)};
    return accounts_work(accounts, tend_inside, &t, found);
}
