/* The part of a store that both drivers have in common: texts of statements and migrations with the driver's words in them, what a
 * caller may do when, and bringing the schema up to date. What is particular to a database stands in store_sqlite.c and
 * store_postgres*.c. */
#include "ledger/store.h"
#include "base/text.h"
#include "ledger/store_driver.h"
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const struct {
    const char *name, *parameters, *columns, *text;
} statements[STATEMENT_COUNT] = {
#define X(name, parameters, columns, text) {#name, parameters, columns, text},
#include "ledger/statements.def"
#undef X
};

static const struct {
    unsigned number;
    const char *text;
} migrations[] = {
#define X(number, ...) {number, __VA_ARGS__},
#include "ledger/migrations.def"
#undef X
};

/* Of tests: see store_inject. */
static baton_code (*before_all)(void *context, const char *call);
static void *before_all_context;

enum store_kind store_kind_of(const char *address) {
    const bool is_server = strncmp(address, "postgres://", strlen("postgres://")) == 0 ||
                           strncmp(address, "postgresql://", strlen("postgresql://")) == 0;
    return is_server ? STORE_POSTGRES : STORE_SQLITE;
}

/* Where the value of each `password=` of a query ends, or where `?` stands. */
static const char *hide_parameters(struct baton_arena *arena, const char *text) {
    static const char *const secret[] = {"password=", "sslpassword="};
    const char *shown = "";
    const char *from = text;
    while (*from != '\0') {
        size_t size = 1 + strcspn(from + 1, "?&");
        size_t keep = size;
        for (size_t i = 0; i < LENGTH(secret); i++)
            if (strncmp(from + 1, secret[i], strlen(secret[i])) == 0)
                keep = 1 + strlen(secret[i]);
        shown = arena_printf(arena, "%s%.*s%s", shown, (int)keep, from, keep < size ? "***" : "");
        from += size;
    }
    return shown;
}

const char *store_address_shown(struct baton_arena *arena, const char *address) {
    if (store_kind_of(address) != STORE_POSTGRES)
        return arena_text(arena, address, strlen(address));
    const char *const user = strstr(address, "://") + 3;
    const size_t authority = strcspn(user, "/?");
    const char *const host = memrchr(user, '@', authority);
    const char *rest = user + authority;
    const char *front = arena_text(arena, address, (size_t)(rest - address));
    if (host != NULL) {
        const size_t name = strcspn(user, ":@");
        const bool has_password = user[name] == ':' && user + name < host;
        front = arena_printf(arena, "%.*s%s%.*s", (int)(user + name - address), address,
                             has_password ? ":***" : "", (int)(rest - host), host);
    }
    const size_t path = strcspn(rest, "?");
    return arena_printf(arena, "%s%.*s%s", front, (int)path, rest,
                        hide_parameters(arena, rest + path));
}

/* A text of the lists with the driver's words in the places of {int} and the like. */
static const char *in_words(struct baton_arena *arena, const struct store_words *words,
                            const char *text) {
    const struct {
        const char *place, *word;
    } place[] = {
        {"{int}", words->number},  {"{text}", words->text}, {"{bytes}", words->bytes},
        {"{table}", words->table}, {"{heap}", words->heap}, {"{lock}", words->lock},
        {"{empty}", words->empty},
    };
    const char *open;
    while ((open = strchr(text, '{')) != NULL) {
        size_t i = 0;
        while (i < LENGTH(place) && strncmp(open, place[i].place, strlen(place[i].place)) != 0)
            i++;
        assert(i < LENGTH(place));
        text = arena_printf(arena, "%.*s%s%s", (int)(open - text), text, place[i].word,
                            open + strlen(place[i].place));
    }
    return text;
}

static const char *with_parameters(struct baton_arena *arena, const struct store_words *words,
                                   const char *text) {
    char *made = arena_text(arena, text, strlen(text));
    for (char *at = made; (at = strchr(at, '$')) != NULL; at++)
        *at = words->parameter;
    return made;
}

static const struct store_statement *statements_for(struct baton_arena *arena,
                                                    const struct store_words *words) {
    struct store_statement *made = arena_alloc(arena, STATEMENT_COUNT, sizeof *made);
    for (size_t i = 0; i < STATEMENT_COUNT; i++) {
        made[i] = (struct store_statement){
            .name = statements[i].name,
            .text = with_parameters(arena, words, in_words(arena, words, statements[i].text)),
            .parameters = statements[i].parameters,
            .columns = statements[i].columns,
            .parameter_count = (int)strlen(statements[i].parameters),
            .column_count = (int)strlen(statements[i].columns),
        };
        assert(made[i].parameter_count <= STORE_VALUES_MAX &&
               made[i].column_count <= STORE_VALUES_MAX);
    }
    return made;
}

/* -- Failures -- */

baton_code store_fail(struct store *store, baton_code code, const char *words) {
    size_t size = 0;
    for (const char *at = words; *at != '\0' && size < STORE_ERROR_SIZE - 1; at++) {
        const bool is_space = *at == ' ' || *at == '\n' || *at == '\t' || *at == '\r';
        if (!is_space)
            store->error[size++] = *at;
        else if (size > 0 && store->error[size - 1] != ' ')
            store->error[size++] = ' ';
    }
    size = text_valid_size(store->error, size);
    while (size > 0 && store->error[size - 1] == ' ')
        size--;
    store->error[size] = '\0';
    return code;
}

const char *store_error(const struct store *store) {
    return store->error;
}

baton_code store_open_failed(struct store *store, struct baton_findings *found,
                             const char *advice_en, const char *advice_zh) {
    if (found != NULL)
        baton_findings_add(found, BATON_STORE_OPEN, (struct baton_where){0}, store->shown,
                           store->error, advice_en[0] != '\0' ? advice_en : NULL,
                           advice_zh[0] != '\0' ? advice_zh : NULL);
    return BATON_STORE_OPEN;
}

/* Inside of a transaction a failure stays until it is rolled back. */
static baton_code after(struct store *store, baton_code code) {
    if (code != BATON_OK && store->in_transaction && store->failure == BATON_OK)
        store->failure = code;
    return code;
}

/* -- The schema -- */

const char *const *store_tables(struct baton_arena *arena, size_t *count) {
    static const char create[] = "CREATE TABLE ";
    const char **table = NULL;
    size_t tables = 0, capacity = 0;
    for (size_t i = 0; i < LENGTH(migrations); i++)
        for (const char *at = migrations[i].text; (at = strstr(at, create)) != NULL; at++) {
            const char *name = at + strlen(create);
            *ARRAY_PUSH(arena, table, tables, capacity) =
                arena_text(arena, name, strcspn(name, " "));
        }
    *count = tables;
    return table;
}

unsigned store_schema_known(void) {
    return migrations[LENGTH(migrations) - 1].number;
}

baton_code store_schema(struct store *store, unsigned *out) {
    int64_t has_table = 0, number = 0;
    TRY(after(store, store->driver->number(store, store->driver->has_table, &has_table)));
    if (has_table > 0)
        TRY(after(store, store->driver->number(
                             store, "SELECT COALESCE(MAX(number), 0) FROM migration", &number)));
    *out = (unsigned)number;
    return BATON_OK;
}

/* One step, unless another program has done it meanwhile. */
static baton_code migrate_inside(struct store *store, size_t step) {
    unsigned schema = 0;
    TRY(store_schema(store, &schema));
    if (schema >= migrations[step].number)
        return BATON_OK;
    const struct store_words *words = &store->driver->words;
    if (schema == 0)
        TRY(store->driver->script(
            store, in_words(store->arena, words,
                            "CREATE TABLE IF NOT EXISTS migration (number {int} NOT NULL PRIMARY "
                            "KEY){table}")));
    TRY(store->driver->script(store, in_words(store->arena, words, migrations[step].text)));
    return store->driver->script(
        store,
        arena_printf(store->arena, "INSERT INTO migration VALUES (%u)", migrations[step].number));
}

static baton_code migrate(struct store *store, size_t step) {
    TRY(store->driver->begin_schema(store));
    store->in_transaction = store->writes = true;
    store->failure = BATON_OK;
    const baton_code code = after(store, migrate_inside(store, step));
    if (code == BATON_OK)
        return store_commit(store);
    char words[STORE_ERROR_SIZE];
    memcpy(words, store->error, sizeof words);
    store_rollback(store);
    return store_fail(store, code, words);
}

static baton_code wrong_schema(struct store *store, baton_code code, unsigned schema,
                               struct baton_findings *found) {
    const char *of_it = arena_printf(store->arena, "%u", schema);
    const char *known = arena_printf(store->arena, "%u", store_schema_known());
    baton_findings_add(found, code, (struct baton_where){0}, store->shown, of_it, known, NULL);
    return store_fail(store, code, arena_printf(store->arena, "schema %s", of_it));
}

/* A database without a schema of ours: empty, or another program's. */
static baton_code schema_missing(struct store *store, struct baton_findings *found) {
    int64_t others = 0;
    TRY(store->driver->number(store, store->driver->is_used, &others));
    if (others == 0 && store->mode == STORE_CREATE)
        return BATON_OK;
    store_fail(store, BATON_STORE_OPEN, "there is no ledger in it");
    if (others > 0)
        return store_open_failed(store, found,
                                 "it holds tables of another program; name another database",
                                 "其中有其他程序的表，请另选数据库");
    return store_open_failed(store, found, "make one with `baton init`",
                             "请用 `baton init` 建立账本");
}

static baton_code bring_up_to_date(struct store *store, struct baton_findings *found) {
    unsigned schema = 0;
    TRY(store_schema(store, &schema));
    if (schema == 0)
        TRY(schema_missing(store, found));
    if (schema > store_schema_known())
        return wrong_schema(store, BATON_STORE_NEWER, schema, found);
    if (schema < store_schema_known() && store->mode == STORE_READ)
        return wrong_schema(store, BATON_STORE_OLDER, schema, found);
    for (size_t i = 0; i < LENGTH(migrations); i++)
        if (migrations[i].number > schema)
            TRY(migrate(store, i));
    return BATON_OK;
}

/* -- Opening -- */

static void close_store(void *context) {
    store_close(context);
}

void store_close(struct store *store) {
    if (store == NULL || !store->is_open)
        return;
    store->is_open = false;
    store->driver->close(store);
}

/* The finding of a failure that nobody has told yet. */
static void tell(struct store *store, baton_code code, size_t errors_before,
                 struct baton_findings *found) {
    if (found->errors > errors_before)
        return;
    const bool names_it = code == BATON_STORE_OPEN || code == BATON_STORE_READ_ONLY;
    baton_findings_add(found, code, (struct baton_where){0}, names_it ? store->shown : store->error,
                       names_it ? store->error : NULL, NULL, NULL);
}

baton_code store_open(struct baton_arena *arena, const char *address, enum store_mode mode,
                      struct store **out, struct baton_findings *found) {
    const struct store_driver *driver =
        store_kind_of(address) == STORE_POSTGRES ? &store_postgres : &store_sqlite;
    struct store *store = arena_alloc(arena, 1, driver->size);
    *store = (struct store){
        .driver = driver,
        .arena = arena,
        .address = arena_text(arena, address, strlen(address)),
        .shown = store_address_shown(arena, address),
        .mode = mode,
        .statement = statements_for(arena, &driver->words),
        .is_open = true,
        .before = before_all,
        .before_context = before_all_context,
    };
    arena_on_close(arena, close_store, store);
    const size_t errors = found->errors;
    baton_code code = driver->open(store, found);
    if (code == BATON_OK)
        code = bring_up_to_date(store, found);
    if (code != BATON_OK) {
        tell(store, code, errors, found);
        store_close(store);
        return code;
    }
    *out = store;
    return BATON_OK;
}

enum store_kind store_kind_is(const struct store *store) {
    return store->driver->kind;
}

/* -- Transactions -- */

static baton_code begin_call(struct store *store) {
    assert(store->is_open);
    assert(!store->is_querying); // a query is open: read it to its end, or store_query_end
    if (store->in_transaction && store->failure != BATON_OK)
        return store->failure;
    store->error[0] = '\0';
    return BATON_OK;
}

baton_code store_begin(struct store *store, bool writes) {
    assert(!store->in_transaction);
    TRY(begin_call(store));
    if (writes && store->mode == STORE_READ)
        return store_fail(store, BATON_STORE_READ_ONLY, "opened for reading only");
    TRY(store->driver->begin(store, writes));
    store->in_transaction = true;
    store->writes = writes;
    store->failure = BATON_OK;
    return BATON_OK;
}

baton_code store_commit(struct store *store) {
    assert(store->in_transaction);
    TRY(begin_call(store));
    TRY(after(store, store->driver->commit(store)));
    store->in_transaction = false;
    return BATON_OK;
}

void store_rollback(struct store *store) {
    if (store == NULL || !store->is_open)
        return;
    store_query_end(store);
    if (!store->in_transaction)
        return;
    store->driver->rollback(store);
    store->in_transaction = false;
    store->failure = BATON_OK;
}

/* -- Statements -- */

/* Texts are UTF-8 without NUL in both databases; only one of them would say so. Everything else that does not fit is a bug. */
static baton_code check_values(struct store *store, enum statement statement, size_t count,
                               const struct store_value *value) {
    const struct store_statement *what = &store->statement[statement];
    for (size_t i = 0; i < count; i++)
        for (int p = 0; p < what->parameter_count; p++, value++) {
            assert(value->type == what->parameters[p]);
            if (value->type != 't' || value->size == 0)
                continue;
            if (memchr(value->data, '\0', value->size) != NULL ||
                text_valid_size(value->data, value->size) != value->size)
                return after(store, store_fail(store, BATON_STORE_FAILED,
                                               "a text is not in UTF-8, or has a NUL"));
        }
    return BATON_OK;
}

static baton_code begin_writing(struct store *store) {
    TRY(begin_call(store));
    assert(!store->in_transaction || store->writes);
    if (store->mode == STORE_READ)
        return store_fail(store, BATON_STORE_READ_ONLY, "opened for reading only");
    return BATON_OK;
}

baton_code store_run(struct store *store, enum statement statement, const struct store_value *value,
                     int64_t *changed) {
    assert(store->statement[statement].column_count == 0);
    TRY(begin_writing(store));
    TRY(check_values(store, statement, 1, value));
    return after(store, store->driver->run(store, statement, value, changed));
}

baton_code store_run_many(struct store *store, enum statement statement, size_t count,
                          const struct store_value *value) {
    assert(store->statement[statement].column_count == 0);
    assert(store->in_transaction);
    TRY(begin_writing(store));
    TRY(check_values(store, statement, count, value));
    return count == 0 ? BATON_OK
                      : after(store, store->driver->run_many(store, statement, count, value));
}

baton_code store_push(struct store *store) {
    assert(store->in_transaction);
    TRY(begin_call(store));
    return after(store, store->driver->push(store));
}

baton_code store_query(struct store *store, enum statement statement,
                       const struct store_value *value) {
    assert(store->statement[statement].column_count > 0);
    TRY(begin_call(store));
    TRY(check_values(store, statement, 1, value));
    store->querying = statement;
    store->is_querying = true;
    const baton_code code = after(store, store->driver->query(store, statement, value));
    store->is_querying = code == BATON_OK;
    return code;
}

baton_code store_next(struct store *store, const struct store_value **row) {
    *row = NULL;
    if (!store->is_querying) // ended, or failed
        return store->in_transaction ? store->failure : BATON_OK;
    bool is_row = false;
    const baton_code code = after(store, store->driver->next(store, &is_row));
    if (code == BATON_OK && is_row)
        *row = store->row;
    else
        store_query_end(store);
    return code;
}

void store_query_end(struct store *store) {
    if (!store->is_querying)
        return;
    store->driver->query_end(store);
    store->is_querying = false;
}

baton_code store_query_many(struct store *store, enum statement statement, size_t count,
                            const struct store_value *value,
                            void (*answer)(void *context, size_t i, const struct store_value *row),
                            void *context) {
    assert(store->statement[statement].column_count > 0);
    TRY(begin_call(store));
    TRY(check_values(store, statement, count, value));
    if (count == 0)
        return BATON_OK;
    store->querying = statement;
    store->is_querying = true; // answer() may leave by a failed allocation
    const baton_code code =
        after(store, store->driver->query_many(store, statement, count, value, answer, context));
    store_query_end(store);
    return code;
}

/* -- The rest -- */

baton_code store_check(struct store *store, struct baton_findings *found) {
    TRY(begin_call(store));
    const size_t errors = found->errors;
    const baton_code code = after(store, store->driver->check(store, found));
    if (code != BATON_OK)
        tell(store, code, errors, found);
    return code;
}

baton_code store_settings(struct store *store,
                          void (*tell_one)(void *context, const char *name, const char *value,
                                           bool is_good),
                          void *context) {
    TRY(begin_call(store));
    return after(store, store->driver->settings(store, tell_one, context));
}

void store_inject(struct store *store, baton_code (*before)(void *context, const char *call),
                  void *context) {
    if (store == NULL) {
        before_all = before;
        before_all_context = context;
        return;
    }
    store->before = before;
    store->before_context = context;
}
