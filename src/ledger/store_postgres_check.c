/* The check of a PostgreSQL database: amcheck where it is installed, and every row of every table read. */
#include "ledger/store_postgres.h"
#include <string.h>

static void tell(struct postgres *postgres, struct baton_findings *found, baton_code code) {
    baton_findings_add(found, code, (struct baton_where){0}, postgres->store.error, NULL, NULL,
                       NULL);
}

/* One question of the check. Damage is told, and the next question is asked; anything else ends the check. Rows are damage. */
static baton_code ask(struct postgres *postgres, const char *text, bool rows_are_damage,
                      struct baton_findings *found, baton_code *worst) {
    PGresult *result;
    const baton_code code = postgres_ask(postgres, text, PGRES_TUPLES_OK, &result);
    if (code == BATON_STORE_CORRUPT) {
        *worst = code;
        tell(postgres, found, code);
        return BATON_OK;
    }
    TRY(code);
    for (int i = 0; rows_are_damage && i < PQntuples(result); i++) {
        *worst = store_fail(&postgres->store, BATON_STORE_CORRUPT, PQgetvalue(result, i, 0));
        tell(postgres, found, *worst);
    }
    PQclear(result);
    return BATON_OK;
}

/* Where amcheck is: the schema, ready to be part of a text; "" = not installed, or not ours to use. */
static baton_code find_amcheck(struct postgres *postgres, const char **schema) {
    PGresult *result;
    TRY(postgres_ask(
        postgres,
        "SELECT quote_ident(n.nspname) FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace "
        "n ON "
        "n.oid = e.extnamespace JOIN pg_catalog.pg_proc p ON p.pronamespace = n.oid WHERE "
        "e.extname = "
        "'amcheck' AND p.proname IN ('verify_heapam', 'bt_index_check') AND "
        "has_schema_privilege(n.oid, "
        "'USAGE') GROUP BY n.nspname HAVING bool_and(has_function_privilege(p.oid, 'EXECUTE'))",
        PGRES_TUPLES_OK, &result));
    const char *name = PQntuples(result) > 0 ? PQgetvalue(result, 0, 0) : "";
    *schema = arena_text(postgres->store.arena, name, strlen(name));
    PQclear(result);
    return BATON_OK;
}

static baton_code check_structure(struct postgres *postgres, const char *schema, const char *table,
                                  struct baton_findings *found, baton_code *worst) {
    struct baton_arena *arena = postgres->store.arena;
    TRY(ask(postgres,
            arena_printf(
                arena,
                "SELECT '%s: block ' || blkno || ': ' || msg FROM %s.verify_heapam('%s'::regclass) "
                "LIMIT 1000",
                table, schema, table),
            true, found, worst));
    return ask(postgres,
               arena_printf(arena,
                            "SELECT %s.bt_index_check(indexrelid, true) FROM pg_catalog.pg_index "
                            "WHERE indrelid = '%s'::regclass",
                            schema, table),
               false, found, worst);
}

baton_code postgres_check(struct store *store, struct baton_findings *found) {
    struct postgres *postgres = postgres_of(store);
    const char *schema = "";
    TRY(find_amcheck(postgres, &schema));
    baton_code worst = BATON_OK;
    size_t count = 0;
    const char *const *table = store_tables(store->arena, &count);
    for (size_t i = 0; i < count; i++) {
        if (schema[0] != '\0')
            TRY(check_structure(postgres, schema, table[i], found, &worst));
        // A row as a text is all of its values, large ones fetched from where they stand.
        TRY(ask(postgres,
                arena_printf(store->arena, "SELECT SUM(OCTET_LENGTH(t::TEXT)) FROM %s t", table[i]),
                false, found, &worst));
    }
    return worst;
}
