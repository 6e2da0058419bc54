/* What is written beside the journal (notices, drafts) is written as batches are: in a transaction that looks at the lease first, so that two processes never write side by side, but while the first one does not know yet that it has lost
 * the lease. */
#include "ledger/ledger_inside.h"

struct aside {
    struct ledger *ledger;
    baton_code (*body)(struct ledger *ledger, int64_t now_utc_ms, void *context);
    void *context;
};

static baton_code transact(void *context) {
    const struct aside *const aside = context;
    struct ledger *const ledger = aside->ledger;
    TRY(mend_go_on(ledger));
    const int64_t now_utc_ms = ledger->world.now_utc_ms(ledger->world.context);
    TRY(store_begin(ledger->store, true));
    TRY(lease_hold(ledger, now_utc_ms));
    TRY(aside->body(ledger, now_utc_ms, aside->context));
    return store_commit(ledger->store);
}

baton_code ledger_aside(struct ledger *ledger,
                        baton_code (*body)(struct ledger *ledger, int64_t now_utc_ms,
                                           void *context),
                        void *context) {
    if (!ledger_enter(ledger))
        return BATON_LEASE_LOST;
    struct aside aside = {.ledger = ledger, .body = body, .context = context};
    const struct arena_mark mark = arena_mark(ledger->scratch);
    const baton_code code = arena_run(ledger->scratch, transact, &aside);
    mend_note(ledger, code);
    if (code != BATON_OK)
        store_rollback(ledger->store);
    if (code == BATON_LEASE_LOST)
        ledger_die(ledger, code);
    arena_reset_to(ledger->scratch, mark);
    ledger_leave(ledger);
    return code;
}
