/* The ledgers of a database, and which one is meant. */
#include "ledger/ledger_list.h"
#include <string.h>

static baton_code refuse(struct baton_findings *found, baton_code code, const char *arg1,
                         const char *arg2, const char *arg3) {
    baton_findings_add(found, code, (struct baton_where){0}, arg1, arg2, arg3, NULL);
    return code;
}

baton_code ledger_list_next(struct baton_arena *arena, struct store *store, struct ledger_row *out,
                            bool *is_one) {
    const struct store_value *row;
    TRY(store_next(store, &row));
    *is_one = row != NULL;
    if (row == NULL)
        return BATON_OK;
    *out = (struct ledger_row){.number = row[0].number,
                               .id = arena_text(arena, row[1].data, row[1].size),
                               .created_utc_ms = row[4].number};
    if (digest_of_word(row[2].data, &out->digest) &&
        signature_of_word(row[3].data, &out->signature))
        return BATON_OK;
    store_query_end(store);
    return BATON_STORE_CORRUPT;
}

baton_code ledger_find(struct baton_arena *arena, struct store *store, const char *address,
                       const char *id, struct ledger_row *out, struct baton_findings *found) {
    const char *names = NULL;
    size_t count = 0, fitting = 0;
    struct ledger_row row = {0};
    baton_code code = store_query(store, STATEMENT_LEDGER_ALL, NULL);
    for (bool is_one = true; code == BATON_OK;) {
        code = ledger_list_next(arena, store, &row, &is_one);
        if (code != BATON_OK || !is_one)
            break;
        names =
            arena_printf(arena, "%s%s%s", count > 0 ? names : "", count > 0 ? ", " : "", row.id);
        count++;
        if (id == NULL || strcmp(row.id, id) == 0) {
            *out = row;
            fitting++;
        }
    }
    if (code != BATON_OK)
        return refuse(found, code, store_error(store)[0] != '\0' ? store_error(store) : row.id,
                      NULL, NULL);
    if (fitting == 1)
        return BATON_OK;
    return refuse(found, BATON_LEDGER_UNKNOWN, store_address_shown(arena, address), id, names);
}
