/* What goes to a PostgreSQL server and what comes back: libpq's pipeline mode.
 *
 * Statements are sent one after the other without waiting; each leaves an entry in a ring of what the server owes. Answers are taken in
 * that order when somebody needs one, at a commit, or when the ring is full. After an error the server skips all up to the next sync, and
 * says so of each; the first error is the one that counts. libpq reads while it waits to write, so neither side blocks the other. */
#include "ledger/store_postgres.h"
#include <assert.h>
#include <endian.h>
#include <stdlib.h>
#include <string.h>

enum { TYPE_INT8 = 20, TYPE_TEXT = 25, TYPE_BYTEA = 17 }; // as in the server's pg_type

/* -- Failures -- */

static baton_code code_of(const char *state) {
    static const struct {
        const char *state;
        baton_code code;
    } known[] = {
        {"23505", BATON_STORE_CONFLICT},  // unique violation
        {"53100", BATON_STORE_FULL},      // disk full
        {"55P03", BATON_STORE_BUSY},      // lock not available
        {"40001", BATON_STORE_BUSY},      // serialization failure
        {"40P01", BATON_STORE_BUSY},      // deadlock
        {"57014", BATON_STORE_BUSY},      // cancelled, as by a timeout
        {"53300", BATON_STORE_BUSY},      // too many connections
        {"XX001", BATON_STORE_CORRUPT},   // data corrupted
        {"XX002", BATON_STORE_CORRUPT},   // index corrupted
        {"25006", BATON_STORE_READ_ONLY}, // read-only transaction
    };
    for (size_t i = 0; state != NULL && i < LENGTH(known); i++)
        if (strcmp(state, known[i].state) == 0)
            return known[i].code;
    return BATON_STORE_FAILED;
}

baton_code postgres_refused(struct postgres *postgres, const PGresult *result) {
    const baton_code code = code_of(PQresultErrorField(result, PG_DIAG_SQLSTATE));
    const char *words = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    if (words == NULL)
        words = PQresultErrorMessage(result);
    if (words[0] == '\0')
        words = "the server skipped it after an error";
    return store_fail(&postgres->store, code, words);
}

baton_code postgres_lost(struct postgres *postgres) {
    const char *words = PQerrorMessage(postgres->connection);
    return store_fail(&postgres->store, BATON_STORE_FAILED,
                      words[0] != '\0' ? words : "the connection was lost");
}

/* -- Sending -- */

static void owe(struct postgres *postgres, enum due due, enum statement statement) {
    assert(postgres->due_count < DUE_MAX);
    const size_t at = (postgres->due_first + postgres->due_count++) % DUE_MAX;
    postgres->due[at].due = due;
    postgres->due[at].statement = statement;
}

/* Before anything is sent: a connection, in pipeline mode, and room in the ring. */
static baton_code ready(struct postgres *postgres) {
    if (UNLIKELY(postgres->connection == NULL))
        return store_fail(&postgres->store, BATON_STORE_FAILED, "the connection was lost");
    TRY(postgres_pipe(postgres));
    if (UNLIKELY(postgres->due_count + 8 > DUE_MAX))
        TRY(postgres_settle(postgres, false));
    return BATON_OK;
}

static baton_code prepare(struct postgres *postgres, enum statement statement) {
    const struct store_statement *what = &postgres->store.statement[statement];
    Oid type[STORE_VALUES_MAX];
    for (int i = 0; i < what->parameter_count; i++)
        type[i] = what->parameters[i] == 'i'   ? TYPE_INT8
                  : what->parameters[i] == 't' ? TYPE_TEXT
                                               : TYPE_BYTEA;
    TRY(store_before(&postgres->store, "prepare"));
    if (!PQsendPrepare(postgres->connection, what->name, what->text, what->parameter_count, type))
        return postgres_lost(postgres);
    postgres->is_prepared[statement] = true;
    owe(postgres, DUE_PREPARE, statement);
    return BATON_OK;
}

baton_code postgres_send(struct postgres *postgres, enum statement statement,
                         const struct store_value *value, enum due due) {
    static const int binary[STORE_VALUES_MAX] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    TRY(ready(postgres));
    if (UNLIKELY(!postgres->is_prepared[statement]))
        TRY(prepare(postgres, statement));
    const struct store_statement *what = &postgres->store.statement[statement];
    uint64_t number[STORE_VALUES_MAX];
    const char *data[STORE_VALUES_MAX];
    int size[STORE_VALUES_MAX];
    for (int i = 0; i < what->parameter_count; i++) {
        if (value[i].type == 'i') {
            number[i] = htobe64((uint64_t)value[i].number);
            data[i] = (const char *)&number[i];
            size[i] = sizeof number[i];
            continue;
        }
        assert(value[i].size < INT32_MAX);
        data[i] = value[i].size > 0 ? value[i].data : "";
        size[i] = (int)value[i].size;
    }
    TRY(store_before(&postgres->store, "send"));
    if (!PQsendQueryPrepared(postgres->connection, what->name, what->parameter_count, data, size,
                             binary, 1))
        return postgres_lost(postgres);
    owe(postgres, due, statement);
    return BATON_OK;
}

baton_code postgres_send_text(struct postgres *postgres, const char *text, enum due due) {
    TRY(ready(postgres));
    TRY(store_before(&postgres->store, "send"));
    if (!PQsendQueryParams(postgres->connection, text, 0, NULL, NULL, NULL, NULL, 1))
        return postgres_lost(postgres);
    owe(postgres, due, STATEMENT_COUNT);
    return BATON_OK;
}

baton_code postgres_push(struct postgres *postgres, bool sync) {
    if (sync) {
        TRY(store_before(&postgres->store, "sync"));
        if (!PQpipelineSync(postgres->connection))
            return postgres_lost(postgres);
        owe(postgres, DUE_SYNC, STATEMENT_COUNT);
        return BATON_OK;
    }
    TRY(store_before(&postgres->store, "flush"));
    if (!PQsendFlushRequest(postgres->connection) || PQflush(postgres->connection) != 0)
        return postgres_lost(postgres);
    return BATON_OK;
}

/* -- Taking -- */

enum due postgres_next_due(const struct postgres *postgres) {
    assert(postgres->due_count > 0);
    return postgres->due[postgres->due_first].due;
}

/* What one of the results of the answer that comes next says. */
static baton_code judge(struct postgres *postgres, enum due due, const PGresult *result) {
    switch (PQresultStatus(result)) {
    case PGRES_COMMAND_OK:
        if (due == DUE_RUN)
            postgres->changed = strtoll(PQcmdTuples((PGresult *)result), NULL, 10);
        // A transaction that had failed is answered by ROLLBACK, and no error.
        if (due == DUE_COMMIT && strcmp(PQcmdStatus((PGresult *)result), "COMMIT") != 0)
            return store_fail(&postgres->store, BATON_STORE_FAILED,
                              "the server rolled the transaction back");
        return BATON_OK;
    case PGRES_TUPLES_OK:
    case PGRES_SINGLE_TUPLE:
        return BATON_OK;
    case PGRES_PIPELINE_SYNC:
        if (due == DUE_SYNC)
            return BATON_OK;
        return store_fail(&postgres->store, BATON_STORE_FAILED, "an answer came out of its order");
    default:
        return postgres_refused(postgres, result);
    }
}

baton_code postgres_take(struct postgres *postgres) {
    const enum due due = postgres_next_due(postgres);
    const enum statement statement = postgres->due[postgres->due_first].statement;
    baton_code code = BATON_OK;
    bool is_answered = due == DUE_QUERY; // of which the first results may have been taken before
    for (;;) {
        TRY(store_before(&postgres->store, "get"));
        PGresult *result = PQgetResult(postgres->connection);
        if (result == NULL)
            break;
        is_answered = true;
        const baton_code one = judge(postgres, due, result);
        PQclear(result);
        code = code == BATON_OK ? one : code;
        if (due == DUE_SYNC)
            break;
    }
    if (PQstatus(postgres->connection) == CONNECTION_BAD || !is_answered)
        return code != BATON_OK ? code : postgres_lost(postgres);
    postgres->due_first = (postgres->due_first + 1) % DUE_MAX;
    postgres->due_count--;
    if (due == DUE_PREPARE && code != BATON_OK)
        postgres->is_prepared[statement] = false;
    return code;
}

baton_code postgres_settle(struct postgres *postgres, bool sync) {
    TRY(postgres_push(postgres, sync));
    baton_code code = BATON_OK;
    char words[STORE_ERROR_SIZE];
    while (postgres->due_count > 0) {
        const size_t before = postgres->due_count;
        const baton_code one = postgres_take(postgres);
        if (code == BATON_OK && one != BATON_OK) {
            code = one;
            memcpy(words, postgres->store.error, sizeof words);
        }
        if (one != BATON_OK && postgres->due_count == before)
            break; // nothing more will come, or a test says so
    }
    if (code != BATON_OK)
        memcpy(postgres->store.error, words, sizeof words);
    return code;
}

void postgres_clean(struct postgres *postgres) {
    char words[STORE_ERROR_SIZE];
    memcpy(words, postgres->store.error, sizeof words);
    PQclear(postgres->result);
    postgres->result = NULL;
    if (postgres->connection != NULL) {
        postgres_copy_stop(postgres);
        if (postgres->is_piped)
            (void)postgres_settle(postgres, true); // errors are what is cleaned away
        if (postgres->due_count > 0 || PQstatus(postgres->connection) == CONNECTION_BAD)
            postgres_drop(postgres);
    }
    memcpy(postgres->store.error, words, sizeof words);
}

/* -- Outside of the pipeline -- */

baton_code postgres_pipe(struct postgres *postgres) {
    if (LIKELY(postgres->is_piped))
        return BATON_OK;
    TRY(store_before(&postgres->store, "enter"));
    if (!PQenterPipelineMode(postgres->connection))
        return postgres_lost(postgres);
    postgres->is_piped = true;
    return BATON_OK;
}

baton_code postgres_unpipe(struct postgres *postgres) {
    if (postgres->connection == NULL)
        return store_fail(&postgres->store, BATON_STORE_FAILED, "the connection was lost");
    if (!postgres->is_piped)
        return BATON_OK;
    if (postgres->due_count > 0)
        TRY(postgres_settle(postgres, true));
    TRY(store_before(&postgres->store, "exit"));
    if (!PQexitPipelineMode(postgres->connection))
        return postgres_lost(postgres);
    postgres->is_piped = false;
    return BATON_OK;
}

baton_code postgres_ask(struct postgres *postgres, const char *text, ExecStatusType want,
                        PGresult **out) {
    *out = NULL;
    TRY(postgres_unpipe(postgres));
    TRY(store_before(&postgres->store, "exec"));
    PGresult *result = PQexec(postgres->connection, text);
    if (result == NULL)
        return postgres_lost(postgres);
    if (PQresultStatus(result) == want) {
        *out = result;
        return BATON_OK;
    }
    const baton_code code = postgres_refused(postgres, result);
    PQclear(result);
    return code;
}

/* -- Rows -- */

baton_code postgres_row(struct postgres *postgres, const PGresult *result, int row) {
    struct store *store = &postgres->store;
    const struct store_statement *what = &store->statement[store->querying];
    if (PQnfields(result) != what->column_count)
        return store_fail(store, BATON_STORE_FAILED, "the server answers other columns");
    for (int i = 0; i < what->column_count; i++) {
        const char *data = PQgetvalue(result, row, i);
        const size_t size = (size_t)PQgetlength(result, row, i);
        if (PQgetisnull(result, row, i) || (what->columns[i] == 'i' && size != sizeof(uint64_t)))
            return store_fail(store, BATON_STORE_CORRUPT, "a value is not of its column's type");
        uint64_t number = 0;
        if (what->columns[i] == 'i')
            memcpy(&number, data, sizeof number);
        store->row[i] =
            what->columns[i] == 'i'
                ? store_int((int64_t)be64toh(number))
                : (struct store_value){.type = what->columns[i], .data = data, .size = size};
    }
    return BATON_OK;
}
