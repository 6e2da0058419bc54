/* After a failure of the store: it is opened anew, and whether the batch that was being stored is there is found out.
 *
 * A server may still be at work on a commit whose answer was lost. So the row of the lease is written before anybody looks: every batch holds that row until it has ended, one way
 * or the other, and the write waits for it. */
#include "base/steady.h"
#include "ledger/ledger_inside.h"
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { TRY_AGAIN_MS = 100 };

/* The store, opened anew */

struct opening {
    struct ledger *ledger;
    struct baton_arena *arena;
    struct store *store;
};

static void keep_words(struct ledger *ledger, const struct baton_findings *found) {
    memset(ledger->trouble, 0, sizeof ledger->trouble);
    if (found->count == 0)
        return;
    for (int i = 0; i < REFUSAL_ARGUMENTS; i++)
        if (found->item[0].arg[i] != NULL)
            snprintf(ledger->trouble[i], REFUSAL_SIZE, "%s", found->item[0].arg[i]);
}

static baton_code open_it(void *context) {
    struct opening *opening = context;
    struct ledger *ledger = opening->ledger;
    struct baton_findings found = {.arena = opening->arena};
    const baton_code code =
        store_open(opening->arena, ledger->address, STORE_WRITE, &opening->store, &found);
    if (code != BATON_OK)
        keep_words(ledger, &found);
    return code;
}

static baton_code open_again(struct ledger *ledger) {
    struct opening opening = {.ledger = ledger, .arena = arena_open()};
    const baton_code code = arena_run(opening.arena, open_it, &opening);
    if (code != BATON_OK) {
        arena_close(opening.arena);
        return code;
    }
    store_close(ledger->store);
    arena_close(ledger->store_arena);
    ledger->store = opening.store;
    ledger->store_arena = opening.arena;
    ledger->store_is_broken = false;
    memset(ledger->trouble, 0, sizeof ledger->trouble);
    return BATON_OK;
}

/* What is there */

/* Ends what the server may still do for this process; *is_ours false = another process has the lease, so that it has ended, too. */
static baton_code fence(struct ledger *ledger, bool *is_ours) {
    const int64_t until = ledger->world.now_utc_ms(ledger->world.context) + ledger->lease_ms;
    int64_t changed = 0;
    *is_ours = true;
    if (store_kind_is(ledger->store) == STORE_SQLITE)
        return BATON_OK; /* what it answers is so */
    TRY(store_run(ledger->store, STATEMENT_LEASE_RENEW,
                  (struct store_value[]){store_int(ledger->number), store_word(ledger->token),
                                         store_int(until)},
                  &changed));
    *is_ours = changed > 0;
    return BATON_OK;
}

static baton_code look_inside(struct ledger *ledger, const struct sought *sought, bool *is_there,
                              bool *is_ours) {
    const struct store_value *row;
    TRY(fence(ledger, is_ours));
    TRY(store_query(
        ledger->store, STATEMENT_HEAD_AT,
        (struct store_value[]){store_int(ledger->number), store_int((int64_t)sought->size)}));
    TRY(store_next(ledger->store, &row));
    if (row != NULL) {
        *is_there = (uint64_t)row[0].number == sought->size && row[2].size == DIGEST_SIZE &&
                    memcmp(row[2].data, sought->root.byte, DIGEST_SIZE) == 0;
        store_query_end(ledger->store);
    }
    return store_commit(ledger->store);
}

static baton_code look(struct ledger *ledger, const struct sought *sought, bool *is_there) {
    bool is_ours = true;
    *is_there = false;
    TRY(store_begin(ledger->store, true));
    const baton_code code = look_inside(ledger, sought, is_there, &is_ours);
    if (code != BATON_OK) {
        store_rollback(ledger->store);
        return code;
    }
    if (!is_ours)
        ledger_die(ledger, BATON_LEASE_LOST);
    return BATON_OK;
}

baton_code mend_look(struct ledger *ledger, const struct sought *sought, bool *is_there) {
    const int64_t until = steady_ms() + STORE_WAIT_MS;
    for (;;) {
        baton_code code = look(ledger, sought, is_there);
        if (code == BATON_OK)
            return BATON_OK;
        code = open_again(ledger);
        if (code == BATON_OK)
            code = look(ledger, sought, is_there);
        if (code == BATON_OK || steady_ms() >= until)
            return code;
        nanosleep(&(struct timespec){.tv_nsec = TRY_AGAIN_MS * 1000000}, NULL);
    }
}

/* Going on */

/* The tree, the key and the time as the store has them: a batch is there that was thought not to be. */
static baton_code read_end_again(struct ledger *ledger) {
    struct merkle *old = ledger->tree;
    const baton_code code = ledger_read_end(ledger);
    if (code != BATON_OK) {
        ledger->tree = old;
        return code;
    }
    merkle_close(old);
    if (ledger->next_signer != NULL) {
        const struct digest next =
            public_key_digest(ledger->digest, signer_public(ledger->next_signer));
        if (digest_equal(&next, &ledger->key))
            ledger->signer = ledger->next_signer;
    }
    ledger->standing_is_old = true;
    return BATON_OK;
}

baton_code mend_go_on(struct ledger *ledger) {
    bool is_there;
    if (ledger->store_is_broken)
        TRY(open_again(ledger));
    if (!ledger->is_unsure)
        return BATON_OK;
    TRY(look(ledger, &ledger->sought, &is_there));
    if (ledger->dead != BATON_OK)
        return ledger->dead;
    if (is_there)
        TRY(read_end_again(ledger));
    ledger->is_unsure = false;
    return BATON_OK;
}

void mend_note(struct ledger *ledger, baton_code code) {
    ledger->store_is_broken |= code == BATON_STORE_FAILED;
}
