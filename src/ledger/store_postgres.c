/* The store on a server: PostgreSQL, by libpq. */
#include "ledger/store_driver.h"

static baton_code pg_open(struct store *store, struct baton_findings *found) {
    store_fail(store, BATON_STORE_OPEN, "this program was built without PostgreSQL");
    return store_open_failed(store, found, "", "");
}

static void pg_close(struct store *store) {
    (void)store;
}

const struct store_driver store_postgres = {
    .kind = STORE_POSTGRES,
    .words = {.parameter = '$',
              .number = "BIGINT",
              .text = "TEXT COLLATE \"C\"",
              .bytes = "BYTEA",
              .table = "",
              .heap = "",
              .lock = " FOR SHARE",
              .empty = "''"},
    .size = sizeof(struct store),
    .open = pg_open,
    .close = pg_close,
};
