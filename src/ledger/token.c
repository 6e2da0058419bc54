/* Tokens of programs: found in the list that is at hand; made and revoked in the store first. */
#include "ledger/token.h"
#include "base/text.h"
#include "ledger/accounts_inside.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char alphabet[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
static const char mark[] = "bt_";

static bool is_token_text(const char *text, size_t size) {
    return size == TOKEN_TEXT_SIZE - 1 && memcmp(text, mark, sizeof mark - 1) == 0;
}

bool token_find(struct accounts *accounts, const char *text, size_t size, struct signed_in *out) {
    if (!is_token_text(text, size))
        return false;
    const struct digest digest = digest_bytes(DIGEST_SHA256, text, size);
    const int64_t now = accounts_now(accounts);
    pthread_mutex_lock(&accounts->lists);
    struct token_item *const item = digest_map_find(&accounts->tokens, &digest);
    const bool is_there = item != NULL && now < item->row.expires_utc_ms;
    if (is_there && now > item->row.used_utc_ms)
        item->row.used_utc_ms = now;
    if (is_there)
        *out = item->row.scope;
    pthread_mutex_unlock(&accounts->lists);
    return is_there;
}

/* -- Making -- */

struct making {
    struct accounts *accounts;
    struct token_item *item;
    char roles[200];
};

/* Words of the roles, as the store has them. */
static void write_roles(uint32_t roles, char *out, size_t room) {
    size_t size = 0;
    out[0] = '\0';
    for (int r = 0; r < ROLE_COUNT; r++)
        if ((roles & UINT32_C(1) << r) != 0)
            size += (size_t)snprintf(out + size, room - size, "%s%s", size > 0 ? " " : "",
                                     role_word((enum role)r));
}

static baton_code check_scope(const struct token_wish *wish, struct baton_findings *found) {
    char most[8];
    snprintf(most, sizeof most, "%d", TOKEN_UNITS_MAX);
    const char *bad = NULL;
    const char *const assessment = wish->assessment != NULL ? wish->assessment : "";
    if (wish->roles == 0 || wish->roles >> ROLE_COUNT != 0)
        bad = "-";
    else if (assessment[0] != '\0' && !text_is_identifier(assessment, strlen(assessment)))
        bad = assessment;
    else if (wish->unit_count > TOKEN_UNITS_MAX)
        bad = wish->unit[TOKEN_UNITS_MAX];
    for (size_t i = 0; i < wish->unit_count && bad == NULL; i++)
        if (!text_is_identifier(wish->unit[i], strlen(wish->unit[i])))
            bad = wish->unit[i];
    return bad == NULL ? BATON_OK : accounts_refuse(found, BATON_TOKEN_SCOPE, bad, most);
}

static baton_code check_wish(const struct token_wish *wish, int64_t now,
                             struct baton_findings *found) {
    const size_t size = strlen(wish->name);
    char limit[8];
    if (size == 0 || size > TOKEN_NAME_SIZE_MAX || text_valid_size(wish->name, size) != size) {
        snprintf(limit, sizeof limit, "%d", TOKEN_NAME_SIZE_MAX);
        return accounts_refuse(found, BATON_TOKEN_NAME, limit, NULL);
    }
    if (wish->expires_utc_ms <= now ||
        wish->expires_utc_ms > now + (int64_t)TOKEN_DAYS_MAX * DAY_MS) {
        snprintf(limit, sizeof limit, "%d", TOKEN_DAYS_MAX);
        return accounts_refuse(found, BATON_TOKEN_EXPIRY, limit, NULL);
    }
    return check_scope(wish, found);
}

static baton_code count_inside(struct making *m) {
    struct accounts *accounts = m->accounts;
    const struct store_value *row;
    size_t count = 0;
    TRY(store_query(accounts->store, STATEMENT_TOKEN_OF,
                    (struct store_value[]){store_int(accounts->number),
                                           store_word(m->item->row.scope.person)}));
    for (;;) {
        TRY(store_next(accounts->store, &row));
        if (row == NULL)
            return count < TOKENS_MAX ? BATON_OK : BATON_TOKENS_FULL;
        count++;
    }
}

static baton_code add(struct making *m) {
    const struct token_row *row = &m->item->row;
    return store_run(m->accounts->store, STATEMENT_TOKEN_ADD,
                     (struct store_value[]){
                         store_int(m->accounts->number), store_word(row->scope.person),
                         store_bytes(m->item->digest.byte, DIGEST_SIZE), store_word(row->name),
                         store_word(m->roles), store_word(row->scope.assessment),
                         store_word(row->scope.units), store_int(row->scope.begun_utc_ms),
                         store_int(row->expires_utc_ms), store_int(0)},
                     NULL);
}

static baton_code make_inside(void *context) {
    struct making *m = context;
    struct accounts *accounts = m->accounts;
    struct account_row account;
    TRY(accounts_begin(accounts, true));
    TRY(accounts_row(accounts, m->item->row.scope.person, &account));
    if (!account.is_there)
        return BATON_ACCOUNT_UNKNOWN;
    TRY(count_inside(m));
    pthread_mutex_lock(&accounts->lists);
    const bool has_room = digest_map_reserve(&accounts->tokens, 1);
    pthread_mutex_unlock(&accounts->lists);
    if (!has_room)
        return BATON_NO_MEMORY;
    TRY(add(m));
    TRY(accounts_commit(accounts));
    pthread_mutex_lock(&accounts->lists);
    digest_map_put(&accounts->tokens, m->item);
    m->item = NULL;
    pthread_mutex_unlock(&accounts->lists);
    return BATON_OK;
}

static void fill(struct token_item *item, const struct token_wish *wish, int64_t now) {
    struct signed_in *const scope = &item->row.scope;
    text_keep(scope->person, sizeof scope->person, wish->person);
    text_keep(scope->assessment, sizeof scope->assessment, wish->assessment);
    text_keep(item->row.name, sizeof item->row.name, wish->name);
    for (size_t i = 0, size = 0; i < wish->unit_count; i++)
        size += (size_t)snprintf(scope->units + size, sizeof scope->units - size, "%s%s",
                                 i > 0 ? " " : "", wish->unit[i]);
    scope->roles = wish->roles;
    scope->is_token = true;
    scope->begun_utc_ms = now;
    item->row.expires_utc_ms = wish->expires_utc_ms;
    accounts_id(&item->digest, scope->id);
}

baton_code token_make(struct accounts *accounts, const struct token_wish *wish,
                      char text[TOKEN_TEXT_SIZE], char id[SESSION_ID_SIZE],
                      struct baton_findings *found) {
    const int64_t now = accounts_now(accounts);
    if (!text_is_identifier(wish->person, strlen(wish->person)))
        return accounts_refuse(found, BATON_ACCOUNT_UNKNOWN, wish->person, NULL);
    TRY(check_wish(wish, now, found));
    struct making m = {.accounts = accounts, .item = calloc(1, sizeof(struct token_item))};
    if (m.item == NULL)
        return BATON_NO_MEMORY;
    memcpy(text, mark, sizeof mark - 1);
    password_draw(&accounts->world, alphabet, text + sizeof mark - 1,
                  TOKEN_TEXT_SIZE - sizeof mark);
    text[TOKEN_TEXT_SIZE - 1] = '\0';
    m.item->digest = digest_bytes(DIGEST_SHA256, text, TOKEN_TEXT_SIZE - 1);
    fill(m.item, wish, now);
    write_roles(wish->roles, m.roles, sizeof m.roles);
    memcpy(id, m.item->row.scope.id, SESSION_ID_SIZE);
    const baton_code code = accounts_work(accounts, make_inside, &m, found);
    free(m.item);
    if (code == BATON_ACCOUNT_UNKNOWN)
        return accounts_refuse(found, code, wish->person, NULL);
    return code == BATON_TOKENS_FULL ? accounts_refuse(found, code, "20", NULL) : code;
}

/* -- Revoking -- */

struct revoking {
    struct accounts *accounts;
    const char *person;
    struct digest digest;
};

static baton_code revoke_inside(void *context) {
    struct revoking *r = context;
    struct accounts *accounts = r->accounts;
    TRY(accounts_begin(accounts, true));
    TRY(store_run(accounts->store, STATEMENT_TOKEN_DELETE,
                  (struct store_value[]){store_int(accounts->number), store_word(r->person),
                                         store_bytes(r->digest.byte, DIGEST_SIZE)},
                  NULL));
    TRY(accounts_commit(accounts));
    accounts_forget(accounts, &accounts->tokens, &r->digest);
    return BATON_OK;
}

static const struct token_item *item_at(const struct accounts *accounts, size_t i,
                                        const char *person) {
    const struct token_item *const item = (const struct token_item *)accounts->tokens.slot[i];
    return item != NULL && strcmp(item->row.scope.person, person) == 0 ? item : NULL;
}

static bool find_id(struct accounts *accounts, const char *person, const char *id,
                    struct digest *out) {
    bool is_there = false;
    pthread_mutex_lock(&accounts->lists);
    for (size_t i = 0; i < accounts->tokens.capacity && !is_there; i++) {
        const struct token_item *const item = item_at(accounts, i, person);
        is_there = item != NULL && strcmp(item->row.scope.id, id) == 0;
        if (is_there)
            *out = item->digest;
    }
    pthread_mutex_unlock(&accounts->lists);
    return is_there;
}

baton_code token_revoke(struct accounts *accounts, const char *person, const char *id,
                        struct baton_findings *found) {
    struct revoking r = {.accounts = accounts, .person = person};
    if (!find_id(accounts, person, id, &r.digest))
        return accounts_refuse(found, BATON_TOKEN_UNKNOWN, id, NULL);
    return accounts_work(accounts, revoke_inside, &r, found);
}

/* -- Looking -- */

static int newest_first(const void *left, const void *right) {
    const struct token_row *a = left, *b = right;
    if (a->scope.begun_utc_ms != b->scope.begun_utc_ms)
        return a->scope.begun_utc_ms > b->scope.begun_utc_ms ? -1 : 1;
    return strcmp(a->scope.id, b->scope.id);
}

size_t token_list(struct accounts *accounts, const char *person, struct token_row *out,
                  size_t room) {
    size_t count = 0;
    pthread_mutex_lock(&accounts->lists);
    for (size_t i = 0; i < accounts->tokens.capacity && count < room; i++) {
        const struct token_item *const item = item_at(accounts, i, person);
        if (item != NULL)
            out[count++] = item->row;
    }
    pthread_mutex_unlock(&accounts->lists);
    qsort(out, count, sizeof *out, newest_first);
    return count;
}

size_t token_count(struct accounts *accounts) {
    pthread_mutex_lock(&accounts->lists);
    const size_t count = accounts->tokens.count;
    pthread_mutex_unlock(&accounts->lists);
    return count;
}
