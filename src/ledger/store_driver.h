/* What a driver of the store gives, and what both have in common. For store*.c only. */
#ifndef LEDGER_STORE_DRIVER_H
#define LEDGER_STORE_DRIVER_H

#include "ledger/store.h"

enum { STORE_ERROR_SIZE = 1000 };

/* A statement as the driver's database takes it: {lock} and the like replaced. */
struct store_statement {
    const char *name, *text;
    const char *parameters, *columns; /* a letter each, see statements.def */
    int parameter_count, column_count;
};

/* What stands in the texts of the lists for each driver. */
struct store_words {
    char
        parameter; /* $ of $1: SQLite numbers those by their first occurrence, and ?1 as it is written */
    const char *number, *text, *bytes; /* types: {int} {text} {bytes} */
    const char *table, *heap;          /* behind a table: {table}, and {heap} with large values */
    const char *lock;                  /* {lock} */
    const char *empty;                 /* no bytes: {empty} */
};

/* What store.c has seen to before it calls: values fit the statement, no query is open where none may be,
 * a transaction that failed gets only rollback and query_end. Every function but close, rollback and query_end answers a
 * code and, when it is not BATON_OK, has called store_fail. */
struct store_driver {
    enum store_kind kind;
    struct store_words words;
    const char *has_table; /* a query for one number: whether there is a table `migration` */
    const char *is_used;   /* the same: how many other tables there are that are not of a ledger */
    size_t size;           /* of the driver's own struct, which begins with struct store */

    baton_code (*open)(struct store *store, struct baton_findings *found);
    void (*close)(struct store *store); /* also after an open that failed */
    baton_code (*begin)(struct store *store, bool writes);
    /* A writing transaction in which nobody else changes the schema. */
    baton_code (*begin_schema)(struct store *store);
    baton_code (*commit)(struct store *store);
    void (*rollback)(struct store *store);
    baton_code (*run)(struct store *store, enum statement statement,
                      const struct store_value *value, int64_t *changed);
    baton_code (*push)(struct store *store);
    /* `short_lived` values are copied. After a failure the query is not open. */
    baton_code (*query)(struct store *store, enum statement statement,
                        const struct store_value *value);
    /* Puts a row's values into store->row; *is_row false = there was none, and the query has ended. */
    baton_code (*next)(struct store *store, bool *is_row);
    void (*query_end)(struct store *store);
    baton_code (*query_many)(struct store *store, enum statement statement, size_t count,
                             const struct store_value *value,
                             void (*answer)(void *context, size_t i, const struct store_value *row),
                             void *context);
    baton_code (*run_many)(struct store *store, enum statement statement, size_t count,
                           const struct store_value *value);
    /* Statements without parameters, separated by `;`, in a transaction that is open. A query for one number. */
    baton_code (*script)(struct store *store, const char *text);
    baton_code (*number)(struct store *store, const char *text, int64_t *out);
    baton_code (*check)(struct store *store, struct baton_findings *found);
    baton_code (*settings)(struct store *store,
                           void (*tell)(void *context, const char *name, const char *value,
                                        bool is_good),
                           void *context);
};

struct store {
    const struct store_driver *driver;
    struct baton_arena *arena;
    const char *address, *shown;
    enum store_mode mode;
    const struct store_statement *statement; /* [STATEMENT_COUNT] */
    bool is_open, in_transaction, writes, is_querying;
    baton_code failure;      /* of the transaction: BATON_OK = none so far */
    enum statement querying; /* the open query's */
    struct store_value row[STORE_VALUES_MAX];
    char error[STORE_ERROR_SIZE];
    baton_code (*before)(void *context, const char *call);
    void *before_context;
};

extern const struct store_driver store_sqlite, store_postgres;

/* Names of the tables that the migrations make. */
const char *const *store_tables(struct baton_arena *arena, size_t *count);

/* Keeps the driver's words, on one line and cut where they are too long, and returns the code. `words` may be store->error. */
baton_code store_fail(struct store *store, baton_code code, const char *words);

/* The finding of an open that failed, with the words that are kept, and advice where there is some (else ""). `found` may be NULL.
 * Returns BATON_STORE_OPEN. */
baton_code store_open_failed(struct store *store, struct baton_findings *found,
                             const char *advice_en, const char *advice_zh);

/* Asks the test that has injected itself before a call. When that is to fail, the words say so. */
static inline baton_code store_before(struct store *store, const char *call) {
    const baton_code code =
        store->before == NULL ? BATON_OK : store->before(store->before_context, call);
    return LIKELY(code == BATON_OK) ? BATON_OK : store_fail(store, code, call);
}

#endif
