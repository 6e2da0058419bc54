/* The lease: a row that says who appends, until when. Every batch looks at it inside of its transaction, so that whoever lost it without knowing stores nothing; the row is
 * renewed by batches, and by a thread when there are none. */
#include "base/steady.h"
#include "ledger/ledger_inside.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { LOOK_AGAIN_MS = 50 };

static void sleep_ms(uint32_t ms) {
    struct timespec left = {ms / 1000, (long)(ms % 1000) * 1000000};
    while (nanosleep(&left, &left) != 0 && errno == EINTR)
        ;
}

static void make_token(struct ledger *ledger) {
    uint8_t bytes[(TOKEN_SIZE - 1) / 2];
    ledger->world.random(ledger->world.context, bytes, sizeof bytes);
    bytes_hex(bytes, sizeof bytes, ledger->token);
}

/* Who has it, as messages say it. */
struct held {
    char holder[REFUSAL_SIZE], token[TOKEN_SIZE];
    int64_t until_utc_ms;
    bool is_there;
};

static void copy(char *to, size_t room, const struct store_value *text) {
    const size_t size = text->size < room ? text->size : room - 1;
    memcpy(to, text->data, size);
    to[size] = '\0';
}

static baton_code look(struct ledger *ledger, struct held *out) {
    const struct store_value *row;
    *out = (struct held){0};
    TRY(store_query(ledger->store, STATEMENT_LEASE_GET,
                    (struct store_value[]){store_int(ledger->number)}));
    TRY(store_next(ledger->store, &row));
    if (row == NULL)
        return BATON_OK;
    out->is_there = true;
    copy(out->holder, sizeof out->holder, &row[0]);
    copy(out->token, sizeof out->token, &row[1]);
    out->until_utc_ms = row[2].number;
    store_query_end(ledger->store);
    return BATON_OK;
}

/* Within a transaction. */
static baton_code take(struct ledger *ledger, struct held *held, int64_t now, int64_t until,
                       bool *taken) {
    int64_t changed = 0;
    baton_code code = look(ledger, held);
    if (code == BATON_OK && !held->is_there)
        code =
            store_run(ledger->store, STATEMENT_LEASE_ADD,
                      (struct store_value[]){store_int(ledger->number), store_word(ledger->holder),
                                             store_word(ledger->token), store_int(until)},
                      &changed);
    else if (code == BATON_OK && held->until_utc_ms <= now)
        code = store_run(ledger->store, STATEMENT_LEASE_TAKE,
                         (struct store_value[]){
                             store_int(ledger->number), store_word(ledger->holder),
                             store_word(ledger->token), store_int(until), store_word(held->token)},
                         &changed);
    *taken = changed == 1;
    return code;
}

/* One attempt; *taken says whether it is ours. As long as another has it nothing is written: that would be in its way. */
static baton_code attempt(struct ledger *ledger, struct held *held, bool *taken) {
    const int64_t now = ledger->world.now_utc_ms(ledger->world.context);
    const int64_t until = now + ledger->lease_ms;
    *taken = false;
    TRY(look(ledger, held));
    *taken = held->is_there && strcmp(held->token, ledger->token) == 0;
    if (*taken) /* by an attempt before, whose answer was lost */
        ledger->lease_until_utc_ms = held->until_utc_ms;
    if (*taken || (held->is_there && held->until_utc_ms > now))
        return BATON_OK;
    TRY(store_begin(ledger->store, true));
    baton_code code = take(ledger, held, now, until, taken);
    if (code == BATON_OK && *taken)
        code = store_commit(ledger->store);
    store_rollback(ledger->store); /* of what was not committed */
    *taken &= code == BATON_OK;
    if (*taken)
        ledger->lease_until_utc_ms = until;
    return code;
}

baton_code lease_take(struct ledger *ledger, uint32_t wait_ms, struct baton_findings *found) {
    const int64_t until = steady_ms() + wait_ms;
    make_token(ledger);
    for (;;) {
        struct held held;
        bool taken;
        const baton_code code = attempt(ledger, &held, &taken);
        if (code != BATON_OK && code != BATON_STORE_BUSY) {
            baton_findings_add(found, code, (struct baton_where){0}, store_error(ledger->store),
                               NULL, NULL, NULL);
            return code;
        }
        if (code == BATON_OK && taken)
            return BATON_OK;
        if (steady_ms() >= until) {
            baton_findings_add(found, BATON_LEASE_HELD, (struct baton_where){0},
                               code == BATON_OK ? held.holder : "?", NULL, NULL, NULL);
            return BATON_LEASE_HELD;
        }
        sleep_ms(LOOK_AGAIN_MS);
    }
}

void lease_give_back(struct ledger *ledger) {
    if (store_begin(ledger->store, true) != BATON_OK)
        return; /* it runs out by itself */
    const baton_code code = store_run(
        ledger->store, STATEMENT_LEASE_RENEW,
        (struct store_value[]){store_int(ledger->number), store_word(ledger->token), store_int(0)},
        NULL);
    if (code != BATON_OK || store_commit(ledger->store) != BATON_OK)
        store_rollback(ledger->store);
}

baton_code lease_hold(struct ledger *ledger, int64_t now_utc_ms) {
    const struct store_value *row;
    TRY(store_query(ledger->store, STATEMENT_LEASE_HOLD,
                    (struct store_value[]){store_int(ledger->number), store_word(ledger->token)}));
    TRY(store_next(ledger->store, &row));
    if (row == NULL)
        return BATON_LEASE_LOST;
    const int64_t until = row[0].number;
    store_query_end(ledger->store);
    /* Further ahead than a lease is long: the clock was put back. Whoever waits goes by the clock as it is now. */
    const int64_t left = until - now_utc_ms;
    if (left > (int64_t)ledger->lease_ms * 2 / 3 && left <= (int64_t)ledger->lease_ms)
        return BATON_OK;
    ledger->lease_until_utc_ms = now_utc_ms + ledger->lease_ms;
    return store_run(ledger->store, STATEMENT_LEASE_RENEW,
                     (struct store_value[]){store_int(ledger->number), store_word(ledger->token),
                                            store_int(ledger->lease_until_utc_ms)},
                     NULL);
}

/* Renewing */

static void renew(struct ledger *ledger) {
    const int64_t now = ledger->world.now_utc_ms(ledger->world.context);
    baton_code code;
    if (!ledger_enter(ledger))
        return;
    code = mend_go_on(ledger);
    if (code == BATON_OK)
        code = store_begin(ledger->store, true);
    if (code == BATON_OK)
        code = lease_hold(ledger, now);
    if (code == BATON_OK)
        code = store_commit(ledger->store);
    mend_note(ledger, code);
    if (code != BATON_OK)
        store_rollback(ledger->store);
    if (code == BATON_LEASE_LOST)
        ledger_die(ledger, code);
    atomic_store(&ledger->health, code == BATON_STORE_BUSY ? BATON_OK : code);
    ledger_leave(ledger);
}

static void *keep_renewing(void *context) {
    struct ledger *ledger = context;
    pthread_mutex_lock(&ledger->lock);
    while (!ledger->is_closing) {
        (void)steady_wait_ms(&ledger->renew, &ledger->lock, ledger->lease_ms / 4);
        if (ledger->is_closing || ledger->dead != BATON_OK)
            continue;
        pthread_mutex_unlock(&ledger->lock);
        renew(ledger);
        pthread_mutex_lock(&ledger->lock);
    }
    pthread_mutex_unlock(&ledger->lock);
    return NULL;
}

baton_code lease_start_renewing(struct ledger *ledger) {
    steady_condition(&ledger->renew);
    ledger->has_renewer = pthread_create(&ledger->renewer, NULL, keep_renewing, ledger) == 0;
    if (ledger->has_renewer)
        return BATON_OK;
    pthread_cond_destroy(&ledger->renew);
    return BATON_NO_MEMORY;
}

void lease_stop_renewing(struct ledger *ledger) {
    if (!ledger->has_renewer)
        return;
    pthread_mutex_lock(&ledger->lock);
    ledger->is_closing = true;
    pthread_cond_broadcast(&ledger->renew);
    pthread_mutex_unlock(&ledger->lock);
    pthread_join(ledger->renewer, NULL);
    ledger->has_renewer = false;
    pthread_cond_destroy(&ledger->renew);
}
