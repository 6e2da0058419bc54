/* Sessions: found in the list that is at hand; begun and ended in the store first. */
#include "ledger/session.h"
#include "base/text.h"
#include "ledger/accounts_inside.h"
#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

static struct digest digest_of(const uint8_t secret[DIGEST_SIZE]) {
    return digest_bytes(DIGEST_SHA256, secret, DIGEST_SIZE);
}

/* What forms of the session bring along: nobody can make it who does not have the secret. */
static void make_csrf(const uint8_t secret[DIGEST_SIZE], char out[CSRF_SIZE]) {
    static const uint8_t text[] = "baton csrf 1";
    uint8_t mac[DIGEST_SIZE];
    crypto_auth_hmacsha256(mac, text, sizeof text - 1, secret);
    bytes_hex(mac, sizeof mac, out);
}

static void tell(const struct accounts *accounts, const struct session_item *item,
                 struct signed_in *out) {
    const int64_t factor_days = accounts->set.factor_days;
    *out = (struct signed_in){.begun_utc_ms = item->begun_utc_ms,
                              .raised_utc_ms = item->raised_utc_ms,
                              .has_factor = item->has_factor,
                              .factor_due_utc_ms = item->made_utc_ms + factor_days * DAY_MS,
                              .roles = (UINT32_C(1) << ROLE_COUNT) - 1};
    memcpy(out->person, item->person, sizeof out->person);
    accounts_id(&item->digest, out->id);
}

/* Whether its time is not over. */
bool session_lives(const struct accounts *accounts, const struct session_item *item, int64_t now) {
    return now - item->seen_utc_ms < (int64_t)accounts->set.idle_minutes * MINUTE_MS &&
           now - item->begun_utc_ms < (int64_t)accounts->set.session_hours * HOUR_MS;
}

/* The session of a secret that lives; a copy. */
static bool find(struct accounts *accounts, const char *secret, size_t size, bool touches,
                 uint8_t bytes[DIGEST_SIZE], struct session_item *out) {
    if (size != SESSION_SECRET_SIZE - 1 || !bytes_of_hex(secret, size, bytes))
        return false;
    const struct digest digest = digest_of(bytes);
    const int64_t now = accounts_now(accounts);
    pthread_mutex_lock(&accounts->lists);
    struct session_item *const item = digest_map_find(&accounts->sessions, &digest);
    const bool is_there = item != NULL && session_lives(accounts, item, now);
    if (is_there && touches && now > item->seen_utc_ms)
        item->seen_utc_ms = now;
    if (is_there)
        *out = *item;
    pthread_mutex_unlock(&accounts->lists);
    return is_there;
}

bool session_find(struct accounts *accounts, const char *secret, size_t size, bool touches,
                  struct signed_in *out) {
    uint8_t bytes[DIGEST_SIZE];
    struct session_item item;
    if (!find(accounts, secret, size, touches, bytes, &item))
        return false;
    tell(accounts, &item, out);
    return true;
}

int64_t session_raised_until_utc_ms(const struct accounts *accounts, const struct signed_in *who) {
    return who->is_token ? 0
                         : who->raised_utc_ms + (int64_t)accounts->set.raised_minutes * MINUTE_MS;
}

bool session_is_raised(const struct accounts *accounts, const struct signed_in *who) {
    return who->is_token || accounts_now(accounts) < session_raised_until_utc_ms(accounts, who);
}

uint32_t session_factor_roles(const struct accounts *accounts, uint32_t roles) {
    return roles & accounts->set.factor_roles & ~FACTOR_NOBODY;
}

bool session_needs_factor(const struct accounts *accounts, const struct signed_in *who,
                          uint32_t roles) {
    return !who->is_token && !who->has_factor && session_factor_roles(accounts, roles) != 0 &&
           accounts_now(accounts) >= who->factor_due_utc_ms;
}

bool session_csrf(const char *secret, char out[CSRF_SIZE]) {
    uint8_t bytes[DIGEST_SIZE];
    if (strlen(secret) != SESSION_SECRET_SIZE - 1 ||
        !bytes_of_hex(secret, SESSION_SECRET_SIZE - 1, bytes))
        return false;
    make_csrf(bytes, out);
    return true;
}

bool session_holds_csrf(const char *secret, const char *text, size_t size) {
    char csrf[CSRF_SIZE];
    return size == CSRF_SIZE - 1 && session_csrf(secret, csrf) &&
           sodium_memcmp(csrf, text, size) == 0;
}

bool session_keeping(struct accounts *accounts, const char *secret, char out[KEEPING_SIZE]) {
    uint8_t bytes[DIGEST_SIZE];
    struct session_item item;
    if (!find(accounts, secret, strlen(secret), false, bytes, &item) || item.keeping[0] == '\0')
        return false;
    memcpy(out, item.keeping, KEEPING_SIZE);
    return true;
}

/* Puts it among the newest ones, which are in order; the oldest gives way where there is no room. */
static void put_newest(struct session_item *newest, size_t *count, size_t most,
                       const struct session_item *item) {
    size_t at = *count;
    while (at > 0 && newest[at - 1].begun_utc_ms < item->begun_utc_ms)
        at--;
    if (at == most)
        return;
    if (*count < most)
        (*count)++;
    memmove(&newest[at + 1], &newest[at], (*count - 1 - at) * sizeof *newest);
    newest[at] = *item;
}

size_t session_keeping_others(struct accounts *accounts, const char *secret,
                              char (*out)[KEEPING_SIZE], size_t most) {
    uint8_t bytes[DIGEST_SIZE];
    struct session_item own, newest[KEEPINGS_MOST];
    const int64_t now = accounts_now(accounts);
    size_t count = 0;
    assert(most <= KEEPINGS_MOST);
    if (most == 0 || !find(accounts, secret, strlen(secret), false, bytes, &own))
        return 0;
    pthread_mutex_lock(&accounts->lists);
    for (size_t i = 0; i < accounts->sessions.capacity; i++) {
        const struct session_item *item = (const struct session_item *)accounts->sessions.slot[i];
        if (item != NULL && strcmp(item->person, own.person) == 0 && item->keeping[0] != '\0' &&
            memcmp(&item->digest, &own.digest, sizeof own.digest) != 0 &&
            session_lives(accounts, item, now))
            put_newest(newest, &count, most, item);
    }
    pthread_mutex_unlock(&accounts->lists);
    for (size_t i = 0; i < count; i++)
        memcpy(out[i], newest[i].keeping, KEEPING_SIZE);
    return count;
}

/* -- Beginning -- */

static void make_keeping(struct accounts *accounts, char out[KEEPING_SIZE]) {
    uint8_t key[DIGEST_SIZE];
    accounts->world.random(accounts->world.context, key, sizeof key);
    bytes_hex(key, sizeof key, out);
    sodium_memzero(key, sizeof key);
}

baton_code session_new(struct accounts *accounts, const struct proof *proof,
                       struct session_new *out) {
    const struct sign_in *const in = proof->in;
    uint8_t former[DIGEST_SIZE];
    struct session_item *const item = calloc(1, sizeof *item);
    if (item == NULL)
        return BATON_NO_MEMORY;
    accounts->world.random(accounts->world.context, out->secret, sizeof out->secret);
    item->digest = digest_of(out->secret);
    make_keeping(accounts, item->keeping);
    text_keep(item->person, sizeof item->person, proof->person);
    text_keep(item->address, sizeof item->address, in->address);
    text_keep(item->agent, sizeof item->agent, in->agent);
    item->begun_utc_ms = item->seen_utc_ms = item->stored_utc_ms = item->raised_utc_ms =
        accounts_now(accounts);
    item->made_utc_ms = proof->account.made_utc_ms;
    item->has_factor = proof->factor.is_confirmed;
    out->item = item;
    out->has_former = in->former != NULL &&
                      find(accounts, in->former, strlen(in->former), false, former, &out->former);
    return BATON_OK;
}

/* A person's sessions in the store, the oldest first; in the scratch arena. */
static baton_code sessions_of(struct accounts *accounts, const char *person,
                              const struct digest **out, size_t *count) {
    struct digest *digest = NULL;
    size_t capacity = 0;
    const struct store_value *row;
    *count = 0;
    TRY(store_query(accounts->store, STATEMENT_SESSION_OF,
                    (struct store_value[]){store_int(accounts->number), store_word(person)}));
    for (;;) {
        TRY(store_next(accounts->store, &row));
        if (row == NULL)
            break;
        struct digest *const one = ARRAY_PUSH(accounts->scratch, digest, *count, capacity);
        memcpy(one->byte, row[0].data, row[0].size < DIGEST_SIZE ? row[0].size : DIGEST_SIZE);
    }
    *out = digest;
    return BATON_OK;
}

static baton_code delete_one(struct accounts *accounts, const char *person,
                             const struct digest *digest, int64_t *changed) {
    return store_run(accounts->store, STATEMENT_SESSION_DELETE,
                     (struct store_value[]){store_int(accounts->number), store_word(person),
                                            store_bytes(digest->byte, DIGEST_SIZE)},
                     changed);
}

/* Room at hand is made before the commit, for nothing may fail after it. */
static bool make_room(struct accounts *accounts) {
    pthread_mutex_lock(&accounts->lists);
    const bool has_room = digest_map_reserve(&accounts->sessions, 1);
    pthread_mutex_unlock(&accounts->lists);
    return has_room;
}

baton_code session_new_store(struct accounts *accounts, struct session_new *session) {
    const struct session_item *item = session->item;
    const size_t room = accounts->set.sessions_max - 1;
    size_t count;
    if (session->has_former)
        TRY(delete_one(accounts, session->former.person, &session->former.digest, NULL));
    TRY(sessions_of(accounts, item->person, &session->over, &count));
    session->over_count = count > room ? count - room : 0;
    for (size_t i = 0; i < session->over_count; i++)
        TRY(delete_one(accounts, item->person, &session->over[i], NULL));
    if (!make_room(accounts))
        return BATON_NO_MEMORY;
    return store_run(
        accounts->store, STATEMENT_SESSION_ADD,
        (struct store_value[]){store_int(accounts->number), store_word(item->person),
                               store_bytes(item->digest.byte, DIGEST_SIZE),
                               store_int(item->begun_utc_ms), store_int(item->seen_utc_ms),
                               store_int(item->raised_utc_ms), store_word(item->address),
                               store_word(item->agent), store_word(item->keeping)},
        NULL);
}

void session_new_at_hand(struct accounts *accounts, struct session_new *session) {
    for (size_t i = 0; i < session->over_count; i++)
        accounts_forget(accounts, &accounts->sessions, &session->over[i]);
    if (session->has_former)
        accounts_forget(accounts, &accounts->sessions, &session->former.digest);
    pthread_mutex_lock(&accounts->lists);
    tell(accounts, session->item, &session->who);
    digest_map_put(&accounts->sessions, session->item);
    session->item = NULL;
    pthread_mutex_unlock(&accounts->lists);
}

void session_new_tell(struct session_new *session, struct session_made *out) {
    bytes_hex(session->secret, sizeof session->secret, out->secret);
    out->who = session->who;
}

void session_new_drop(struct session_new *session) {
    free(session->item);
    session->item = NULL;
    sodium_memzero(session->secret, sizeof session->secret);
}

/* -- Raising -- */

struct raising {
    struct accounts *accounts;
    struct proof proof;
    struct session_item old;
    struct session_new session;
};

static baton_code raise_inside(void *context) {
    struct raising *r = context;
    struct accounts *accounts = r->accounts;
    int64_t ended = 0;
    TRY(accounts_begin(accounts, true));
    TRY(proof_settle(&r->proof, true));
    TRY(delete_one(accounts, r->old.person, &r->old.digest, &ended));
    if (ended == 0)
        return BATON_SESSION_ENDED;
    TRY(session_new_store(accounts, &r->session));
    TRY(accounts_commit(accounts));
    accounts_forget(accounts, &accounts->sessions, &r->old.digest);
    session_new_at_hand(accounts, &r->session);
    return BATON_OK;
}

baton_code session_raise(struct accounts *accounts, const char *secret, size_t size,
                         const struct sign_in *in, struct session_made *out,
                         struct baton_findings *found) {
    struct raising r = {.accounts = accounts};
    uint8_t bytes[DIGEST_SIZE];
    if (!find(accounts, secret, size, true, bytes, &r.old))
        return accounts_refuse(found, BATON_SESSION_ENDED, NULL, NULL);
    struct sign_in by = *in;
    by.person = r.old.person;
    TRY(proof_try(accounts, &by, &r.proof, found));
    TRY(session_new(accounts, &r.proof, &r.session));
    r.session.item->begun_utc_ms = r.old.begun_utc_ms;
    memcpy(r.session.item->keeping, r.old.keeping, sizeof r.session.item->keeping);
    const baton_code code = accounts_work(accounts, raise_inside, &r, found);
    if (code == BATON_OK)
        session_new_tell(&r.session, out);
    session_new_drop(&r.session);
    if (code == BATON_SIGN_IN_REFUSED || code == BATON_SESSION_ENDED)
        return accounts_refuse(found, code, NULL, NULL);
    return code;
}

/* -- Ending -- */

struct ending {
    struct accounts *accounts;
    const char *person;
    struct digest digest; /* the one that ends, or the one that does not */
    bool has_digest;
};

static baton_code end_inside(void *context) {
    struct ending *e = context;
    struct accounts *accounts = e->accounts;
    TRY(accounts_begin(accounts, true));
    TRY(delete_one(accounts, e->person, &e->digest, NULL));
    TRY(accounts_commit(accounts));
    accounts_forget(accounts, &accounts->sessions, &e->digest);
    return BATON_OK;
}

baton_code session_end(struct accounts *accounts, const char *secret, size_t size,
                       struct baton_findings *found) {
    uint8_t bytes[DIGEST_SIZE];
    struct session_item item;
    if (!find(accounts, secret, size, false, bytes, &item))
        return BATON_OK; // it has ended
    struct ending e = {.accounts = accounts, .person = item.person, .digest = item.digest};
    return accounts_work(accounts, end_inside, &e, found);
}

/* The session of a person by its id. */
static bool find_id(struct accounts *accounts, const char *person, const char *id,
                    struct digest *out) {
    bool is_there = false;
    pthread_mutex_lock(&accounts->lists);
    for (size_t i = 0; i < accounts->sessions.capacity && !is_there; i++) {
        const struct session_item *item = (const struct session_item *)accounts->sessions.slot[i];
        char has[SESSION_ID_SIZE];
        if (item == NULL || strcmp(item->person, person) != 0)
            continue;
        accounts_id(&item->digest, has);
        is_there = strcmp(has, id) == 0;
        *out = item->digest;
    }
    pthread_mutex_unlock(&accounts->lists);
    return is_there;
}

baton_code session_end_one(struct accounts *accounts, const char *person, const char *id,
                           struct baton_findings *found) {
    struct ending e = {.accounts = accounts, .person = person};
    if (!find_id(accounts, person, id, &e.digest))
        return accounts_refuse(found, BATON_SESSION_UNKNOWN, id, NULL);
    return accounts_work(accounts, end_inside, &e, found);
}

/* Those of the store, which may be more than those at hand. */
static baton_code end_all_inside(void *context) {
    struct ending *e = context;
    struct accounts *accounts = e->accounts;
    const struct digest *digest;
    size_t count;
    TRY(accounts_begin(accounts, true));
    TRY(sessions_of(accounts, e->person, &digest, &count));
    for (size_t i = 0; i < count; i++)
        if (!e->has_digest || !digest_equal(&digest[i], &e->digest))
            TRY(delete_one(accounts, e->person, &digest[i], NULL));
    TRY(accounts_commit(accounts));
    accounts_forget_sessions(accounts, e->person, e->has_digest ? &e->digest : NULL);
    return BATON_OK;
}

baton_code session_end_all(struct accounts *accounts, const char *person, const char *but_id,
                           struct baton_findings *found) {
    struct ending e = {.accounts = accounts, .person = person};
    e.has_digest = but_id[0] != '\0' && find_id(accounts, person, but_id, &e.digest);
    return accounts_work(accounts, end_all_inside, &e, found);
}

/* -- Looking -- */

static void list_item(const struct session_item *item, struct session_row *row) {
    accounts_id(&item->digest, row->id);
    row->begun_utc_ms = item->begun_utc_ms;
    row->seen_utc_ms = item->seen_utc_ms;
    memcpy(row->address, item->address, sizeof row->address);
    memcpy(row->agent, item->agent, sizeof row->agent);
}

static int newest_first(const void *left, const void *right) {
    const struct session_row *a = left, *b = right;
    if (a->begun_utc_ms != b->begun_utc_ms)
        return a->begun_utc_ms > b->begun_utc_ms ? -1 : 1;
    return strcmp(a->id, b->id);
}

size_t session_list(struct accounts *accounts, const char *person, struct session_row *out,
                    size_t room) {
    const int64_t now = accounts_now(accounts);
    size_t count = 0;
    pthread_mutex_lock(&accounts->lists);
    for (size_t i = 0; i < accounts->sessions.capacity && count < room; i++) {
        const struct session_item *item = (const struct session_item *)accounts->sessions.slot[i];
        if (item != NULL && strcmp(item->person, person) == 0 && session_lives(accounts, item, now))
            list_item(item, &out[count++]);
    }
    pthread_mutex_unlock(&accounts->lists);
    qsort(out, count, sizeof *out, newest_first);
    return count;
}

size_t session_count(struct accounts *accounts) {
    pthread_mutex_lock(&accounts->lists);
    const size_t count = accounts->sessions.count;
    pthread_mutex_unlock(&accounts->lists);
    return count;
}
