/* Signing in and changing a password; making, resetting and closing accounts. What somebody has to prove is proved in account_proof.c. */
#include "ledger/account.h"
#include "base/text.h"
#include "ledger/accounts_inside.h"
#include <sodium.h>
#include <string.h>

/* When a password is no longer good. */
static int64_t expires(const struct accounts *accounts, const struct account_row *row) {
    return row->is_first ? row->expires_utc_ms
                         : row->changed_utc_ms + (int64_t)accounts->set.password_days * DAY_MS;
}

/* -- Signing in -- */

struct signing_in {
    struct accounts *accounts;
    struct proof proof;
    struct session_new session;
    const char *hash; /* of the same password at the present cost; NULL = as it is */
    bool is_old;
};

static baton_code sign_in_inside(void *context) {
    struct signing_in *s = context;
    struct accounts *accounts = s->accounts;
    TRY(accounts_begin(accounts, true));
    s->is_old =
        s->proof.account.is_first || expires(accounts, &s->proof.account) <= s->proof.now_utc_ms;
    TRY(proof_settle(&s->proof, !s->is_old)); // the code is still good for the change
    if (s->is_old)
        return accounts_commit(accounts);
    if (s->hash != NULL)
        TRY(store_run(accounts->store, STATEMENT_ACCOUNT_REHASH,
                      (struct store_value[]){store_int(accounts->number),
                                             store_word(s->proof.person), store_word(s->hash)},
                      NULL));
    TRY(session_new_store(accounts, &s->session));
    TRY(accounts_commit(accounts));
    session_new_at_hand(accounts, &s->session);
    return BATON_OK;
}

/* What a transaction says of a proof that did not hold; what the store says has been told. */
static baton_code told(baton_code code, struct baton_findings *found) {
    return code == BATON_SIGN_IN_REFUSED ? accounts_refuse(found, code, NULL, NULL) : code;
}

/* A password that is as it was, at a cost that has been raised since. */
static baton_code hash_anew(struct signing_in *s, const struct sign_in *in,
                            char hash[PASSWORD_HASH_SIZE]) {
    struct accounts *accounts = s->accounts;
    if (password_costs(s->proof.account.password, &accounts->set.cost))
        return BATON_OK;
    TRY(password_hash(&accounts->set.cost, &accounts->world, in->password, strlen(in->password),
                      hash));
    s->hash = hash;
    return BATON_OK;
}

baton_code account_sign_in(struct accounts *accounts, const struct sign_in *in,
                           struct session_made *out, struct baton_findings *found) {
    struct signing_in s = {.accounts = accounts};
    char hash[PASSWORD_HASH_SIZE];
    TRY(proof_try(accounts, in, &s.proof, found));
    TRY(hash_anew(&s, in, hash));
    TRY(session_new(accounts, &s.proof, &s.session));
    baton_code code = accounts_work(accounts, sign_in_inside, &s, found);
    if (code == BATON_OK && !s.is_old)
        session_new_tell(&s.session, out);
    session_new_drop(&s.session);
    if (code == BATON_OK && s.is_old)
        return accounts_refuse(found, BATON_PASSWORD_OLD, NULL, NULL);
    return told(code, found);
}

/* -- Another password -- */

struct kept {
    int64_t number;
    char password[PASSWORD_HASH_SIZE];
};

struct changing {
    struct accounts *accounts;
    struct proof proof;
    struct session_new session;
    struct kept kept[PASSWORDS_KEPT];
    size_t kept_count;
    char name[PASSWORD_SIZE_MAX + 1];
    char hash[PASSWORD_HASH_SIZE];
};

static baton_code read_kept(struct changing *c) {
    struct accounts *accounts = c->accounts;
    const struct store_value *row;
    TRY(store_query(
        accounts->store, STATEMENT_OLD_PASSWORD_ALL,
        (struct store_value[]){store_int(accounts->number), store_word(c->proof.person)}));
    for (;;) {
        TRY(store_next(accounts->store, &row));
        if (row == NULL)
            return BATON_OK;
        if (c->kept_count == LENGTH(c->kept) || row[1].size >= PASSWORD_HASH_SIZE)
            continue;
        struct kept *const kept = &c->kept[c->kept_count++];
        kept->number = row[0].number;
        memcpy(kept->password, row[1].data, row[1].size + 1);
    }
}

struct person_entry {
    struct baton_arena *arena;
    struct digest name;
    bool has_name;
};

static baton_code take_person(void *context, const struct fact_row *row) {
    struct person_entry *person = context;
    person->has_name = body_content(&row->entry.body, "name", &person->name);
    return BATON_OK;
}

/* The person's name, "" where it was erased. */
static baton_code read_name(struct changing *c) {
    struct accounts *accounts = c->accounts;
    struct person_entry person = {.arena = accounts->scratch};
    const char *text = "";
    size_t size = 0;
    TRY(reader_history(accounts->reader, "", FACT_PERSON, c->proof.person, take_person, &person));
    if (!person.has_name)
        return BATON_OK;
    const baton_code code =
        reader_content_text(accounts->reader, accounts->scratch, &person.name, &text, &size);
    text_keep(c->name, sizeof c->name, text);
    return code == BATON_CONTENT_ERASED ? BATON_OK : code;
}

static baton_code read_inside(void *context) {
    struct changing *c = context;
    TRY(read_kept(c));
    return read_name(c);
}

/* Whether it is one of the last ones, the present one among them. */
static baton_code was_used(const struct changing *c, const char *password, bool *used) {
    const size_t size = strlen(password);
    TRY(password_holds(c->proof.account.password, password, size, used));
    for (size_t i = 0; i < c->kept_count && i < PASSWORDS_KEPT - 1 && !*used; i++)
        TRY(password_holds(c->kept[i].password, password, size, used));
    return BATON_OK;
}

static baton_code put_password(struct changing *c) {
    struct accounts *accounts = c->accounts;
    const struct store_value number = store_int(accounts->number),
                             person = store_word(c->proof.person);
    const int64_t kept = c->kept_count > 0 ? c->kept[0].number : 0;
    TRY(store_run(accounts->store, STATEMENT_OLD_PASSWORD_ADD,
                  (struct store_value[]){number, person, store_int(kept + 1),
                                         store_word(c->proof.account.password)},
                  NULL));
    TRY(store_run(accounts->store, STATEMENT_OLD_PASSWORD_DELETE,
                  (struct store_value[]){number, person, store_int(kept + 1 - PASSWORDS_KEPT)},
                  NULL));
    TRY(store_run(accounts->store, STATEMENT_SESSION_DROP, (struct store_value[]){number, person},
                  NULL));
    return store_run(accounts->store, STATEMENT_ACCOUNT_PUT,
                     (struct store_value[]){number, person, store_word(c->hash),
                                            store_int(c->proof.now_utc_ms), store_int(0),
                                            store_int(0)},
                     NULL);
}

static baton_code change_inside(void *context) {
    struct changing *c = context;
    struct accounts *accounts = c->accounts;
    TRY(accounts_begin(accounts, true));
    TRY(proof_settle(&c->proof, true));
    TRY(put_password(c));
    TRY(session_new_store(accounts, &c->session));
    TRY(accounts_commit(accounts));
    accounts_forget_sessions(accounts, c->proof.person, NULL);
    session_new_at_hand(accounts, &c->session);
    return BATON_OK;
}

/* Whether the new one may be taken, and what is kept of it. */
static baton_code choose(struct changing *c, const char *password, struct baton_findings *found) {
    struct accounts *accounts = c->accounts;
    const size_t size = strlen(password);
    bool used = false;
    const baton_code code = password_check(password, size, c->proof.person, c->name, found);
    if (code == BATON_PASSWORD_LONG)
        return code;
    if (!turns_take(&accounts->hashing))
        return accounts_refuse(found, BATON_SIGN_IN_BUSY, NULL, NULL);
    baton_code tried = was_used(c, password, &used);
    if (tried == BATON_OK && !used && code == BATON_OK)
        tried = password_hash(&accounts->set.cost, &accounts->world, password, size, c->hash);
    turns_give(&accounts->hashing);
    TRY(tried);
    if (used)
        return accounts_refuse(found, BATON_PASSWORD_USED, "5", NULL);
    return code;
}

baton_code account_change_password(struct accounts *accounts, const struct sign_in *in,
                                   const char *password, struct session_made *out,
                                   struct baton_findings *found) {
    struct changing c = {.accounts = accounts};
    TRY(proof_try(accounts, in, &c.proof, found));
    TRY(accounts_work(accounts, read_inside, &c, found));
    baton_code code = choose(&c, password, found);
    if (code != BATON_OK) {
        TRY(proof_take_back(&c.proof, found));
        return code;
    }
    TRY(session_new(accounts, &c.proof, &c.session));
    code = accounts_work(accounts, change_inside, &c, found);
    if (code == BATON_OK)
        session_new_tell(&c.session, out);
    session_new_drop(&c.session);
    return told(code, found);
}

/* -- Making, resetting, closing -- */

struct tending {
    struct accounts *accounts;
    const char *person;
    const char *hash;
    int64_t now_utc_ms;
    bool drops_factor;
};

static int64_t first_expires(const struct tending *t) {
    return t->now_utc_ms + (int64_t)t->accounts->set.first_days * DAY_MS;
}

static baton_code make_inside(void *context) {
    struct tending *t = context;
    struct accounts *accounts = t->accounts;
    struct account_row row;
    bool knows = false;
    TRY(accounts_begin(accounts, false));
    TRY(accounts_knows(accounts, t->person, &knows));
    if (!knows)
        return BATON_PERSON_UNKNOWN;
    TRY(accounts_row(accounts, t->person, &row));
    if (row.is_there)
        return BATON_ACCOUNT_THERE;
    TRY(store_run(accounts->store, STATEMENT_ACCOUNT_ADD,
                  (struct store_value[]){store_int(accounts->number), store_word(t->person),
                                         store_word(t->hash), store_int(t->now_utc_ms),
                                         store_int(t->now_utc_ms), store_int(1),
                                         store_int(first_expires(t))},
                  NULL));
    return accounts_commit(accounts);
}

/* What was refused with the person as its argument. */
static baton_code told_of(baton_code code, const char *person, struct baton_findings *found) {
    if (code == BATON_PERSON_UNKNOWN || code == BATON_ACCOUNT_THERE ||
        code == BATON_ACCOUNT_UNKNOWN)
        return accounts_refuse(found, code, person, NULL);
    return code;
}

/* A first password, and what is kept of it. */
static baton_code draw_first(struct tending *t, char first[PASSWORD_FIRST_SIZE],
                             char hash[PASSWORD_HASH_SIZE]) {
    struct accounts *accounts = t->accounts;
    t->now_utc_ms = accounts_now(accounts);
    t->hash = hash;
    password_first(&accounts->world, first);
    return password_hash(&accounts->set.cost, &accounts->world, first, strlen(first), hash);
}

static bool is_person(const char *person) {
    return text_is_identifier(person, strlen(person));
}

baton_code account_make(struct accounts *accounts, const char *person,
                        char first[PASSWORD_FIRST_SIZE], struct baton_findings *found) {
    struct tending t = {.accounts = accounts, .person = person};
    char hash[PASSWORD_HASH_SIZE];
    if (!is_person(person))
        return accounts_refuse(found, BATON_PERSON_UNKNOWN, person, NULL);
    TRY(draw_first(&t, first, hash));
    return told_of(accounts_work(accounts, make_inside, &t, found), person, found);
}

/* Sessions, tokens and attempts of a person. */
static baton_code drop_doors(struct tending *t) {
    struct store *store = t->accounts->store;
    const struct store_value key[] = {store_int(t->accounts->number), store_word(t->person)};
    TRY(store_run(store, STATEMENT_SESSION_DROP, key, NULL));
    TRY(store_run(store, STATEMENT_TOKEN_DROP, key, NULL));
    return store_run(store, STATEMENT_ATTEMPT_DELETE, key, NULL);
}

static baton_code drop_factor(struct tending *t) {
    const struct store_value key[] = {store_int(t->accounts->number), store_word(t->person)};
    TRY(store_run(t->accounts->store, STATEMENT_FACTOR_DELETE, key, NULL));
    return store_run(t->accounts->store, STATEMENT_RECOVERY_DROP, key, NULL);
}

static void forget(struct tending *t) {
    accounts_forget_sessions(t->accounts, t->person, NULL);
    accounts_forget_tokens(t->accounts, t->person);
}

/* Begins a transaction on an account that is there. */
static baton_code begin_known(struct tending *t) {
    struct account_row row;
    TRY(accounts_begin(t->accounts, true));
    TRY(accounts_row(t->accounts, t->person, &row));
    return row.is_there ? BATON_OK : BATON_ACCOUNT_UNKNOWN;
}

static baton_code reset_inside(void *context) {
    struct tending *t = context;
    struct accounts *accounts = t->accounts;
    TRY(begin_known(t));
    TRY(store_run(accounts->store, STATEMENT_ACCOUNT_PUT,
                  (struct store_value[]){store_int(accounts->number), store_word(t->person),
                                         store_word(t->hash), store_int(t->now_utc_ms),
                                         store_int(1), store_int(first_expires(t))},
                  NULL));
    TRY(drop_doors(t));
    if (t->drops_factor)
        TRY(drop_factor(t));
    TRY(accounts_commit(accounts));
    forget(t);
    return BATON_OK;
}

baton_code account_reset(struct accounts *accounts, const char *person, bool drops_factor,
                         char first[PASSWORD_FIRST_SIZE], struct baton_findings *found) {
    struct tending t = {.accounts = accounts, .person = person, .drops_factor = drops_factor};
    char hash[PASSWORD_HASH_SIZE];
    if (!is_person(person))
        return accounts_refuse(found, BATON_ACCOUNT_UNKNOWN, person, NULL);
    TRY(draw_first(&t, first, hash));
    return told_of(accounts_work(accounts, reset_inside, &t, found), person, found);
}

static baton_code close_inside(void *context) {
    struct tending *t = context;
    TRY(begin_known(t));
    TRY(accounts_close_person(t->accounts, t->person));
    TRY(accounts_commit(t->accounts));
    forget(t);
    return BATON_OK;
}

baton_code accounts_close_person(struct accounts *accounts, const char *person) {
    struct tending t = {.accounts = accounts, .person = person};
    const struct store_value key[] = {store_int(accounts->number), store_word(person)};
    TRY(drop_doors(&t));
    TRY(drop_factor(&t));
    TRY(store_run(accounts->store, STATEMENT_OLD_PASSWORD_DELETE,
                  (struct store_value[]){key[0], key[1], store_int(INT64_MAX)}, NULL));
    return store_run(accounts->store, STATEMENT_ACCOUNT_DELETE, key, NULL);
}

baton_code account_close(struct accounts *accounts, const char *person,
                         struct baton_findings *found) {
    struct tending t = {.accounts = accounts, .person = person};
    if (!is_person(person))
        return accounts_refuse(found, BATON_ACCOUNT_UNKNOWN, person, NULL);
    return told_of(accounts_work(accounts, close_inside, &t, found), person, found);
}

/* -- Looking -- */

struct listing {
    struct accounts *accounts;
    struct baton_arena *scratch;
    struct account *account;
    size_t count, capacity;
};

static baton_code list_inside(void *context) {
    struct listing *l = context;
    const struct store_value number = store_int(l->accounts->number);
    const struct store_value *row;
    l->account = NULL;
    l->count = l->capacity = 0;
    TRY(store_query(l->accounts->store, STATEMENT_ACCOUNT_ALL, &number));
    for (;;) {
        TRY(store_next(l->accounts->store, &row));
        if (row == NULL)
            return BATON_OK;
        const struct account_row has = {.changed_utc_ms = row[2].number,
                                        .is_first = row[3].number != 0,
                                        .expires_utc_ms = row[4].number};
        *ARRAY_PUSH(l->scratch, l->account, l->count, l->capacity) =
            (struct account){.person = arena_text(l->scratch, row[0].data, row[0].size),
                             .made_utc_ms = row[1].number,
                             .changed_utc_ms = has.changed_utc_ms,
                             .is_first = has.is_first,
                             .expires_utc_ms = expires(l->accounts, &has)};
    }
}

static baton_code list_in_its_arena(void *context) {
    return arena_run(((struct listing *)context)->scratch, list_inside, context);
}

static void close_arena(void *arena) {
    arena_close(arena);
}

/* The list is made in an arena of its own: where the caller's has no room, no lock may be held. */
baton_code account_list(struct accounts *accounts, struct baton_arena *arena, struct account **out,
                        size_t *count, struct baton_findings *found) {
    struct listing l = {.accounts = accounts, .scratch = arena_open()};
    if (l.scratch == NULL)
        return BATON_NO_MEMORY;
    arena_on_close(arena, close_arena, l.scratch);
    TRY(accounts_work(accounts, list_in_its_arena, &l, found));
    *out = l.account;
    *count = l.count;
    return BATON_OK;
}

struct looking {
    struct accounts *accounts;
    const char *person;
    struct account_row row;
    struct factor_row factor;
    int64_t recovery_codes, failures, waits_until_utc_ms;
};

static void take_count(void *context, const struct store_value *row) {
    ((struct looking *)context)->recovery_codes = row[0].number;
}

static void take_failures(void *context, const struct store_value *row) {
    struct looking *l = context;
    l->failures = row[0].number;
    l->waits_until_utc_ms = row[1].number;
}

static baton_code look_inside(void *context) {
    struct looking *l = context;
    const struct store_value key[] = {store_int(l->accounts->number), store_word(l->person)};
    TRY(accounts_row(l->accounts, l->person, &l->row));
    if (!l->row.is_there)
        return BATON_ACCOUNT_UNKNOWN;
    TRY(accounts_factor(l->accounts, l->person, &l->factor));
    TRY(accounts_one(l->accounts, STATEMENT_RECOVERY_COUNT, key, take_count, l, NULL));
    return accounts_one(l->accounts, STATEMENT_ATTEMPT_GET, key, take_failures, l, NULL);
}

baton_code account_state(struct accounts *accounts, const char *person, struct account_state *out,
                         struct baton_findings *found) {
    struct looking l = {.accounts = accounts, .person = person};
    if (!is_person(person))
        return accounts_refuse(found, BATON_ACCOUNT_UNKNOWN, person, NULL);
    TRY(told_of(accounts_work(accounts, look_inside, &l, found), person, found));
    const bool waits = l.waits_until_utc_ms > accounts_now(accounts);
    *out = (struct account_state){
        .account = {person, l.row.made_utc_ms, l.row.changed_utc_ms, l.row.is_first,
                    expires(accounts, &l.row)},
        .has_factor = l.factor.is_confirmed,
        .recovery_codes = (uint32_t)l.recovery_codes,
        .failures = (uint32_t)l.failures,
        .waits_until_utc_ms = waits ? l.waits_until_utc_ms : 0,
    };
    return BATON_OK;
}
