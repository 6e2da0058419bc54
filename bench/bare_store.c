/* A file, SQLite and PostgreSQL without anything of a ledger. */
#include "bare_store.h"
#include <endian.h>
#include <fcntl.h>
#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { TYPE_INT8 = 20, TYPE_BYTEA = 17 }; // as in the server's pg_type

static _Noreturn void fail(const char *what, const char *why) {
    fprintf(stderr, "bench-ledger: %s: %s\n", what, why);
    exit(3);
}

double bare_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* -- A file -- */

/* The rows of each batch, one behind the other. */
static size_t gather(const struct bare_row *row, uint32_t rows, char *out) {
    size_t size = 0;
    for (uint32_t i = 0; i < rows; i++) {
        memcpy(out + size, row[i].bytes, row[i].size);
        size += row[i].size;
    }
    return size;
}

static size_t sum_of_sizes(const struct bare_batches *batches) {
    size_t size = 0;
    for (size_t i = 0; i < batches->row_count; i++)
        size += batches->row[i].size;
    return size;
}

static void write_all(int file, const char *bytes, size_t size) {
    if (write(file, bytes, size) != (ssize_t)size)
        fail("write", "not all was written");
}

double bare_file_run(const char *path, const struct bare_batches *batches, bool over) {
    const int file = open(path, O_CREAT | O_TRUNC | O_RDWR | O_CLOEXEC, 0600);
    const size_t size = sum_of_sizes(batches);
    char *bytes = calloc(size + 1, 1);
    if (file < 0 || bytes == NULL)
        fail(path, "cannot be made");
    if (over) {
        write_all(file, bytes, size);
        if (fsync(file) != 0 || lseek(file, 0, SEEK_SET) != 0)
            fail(path, "fsync");
    }
    const double from = bare_seconds();
    const struct bare_row *row = batches->row;
    for (size_t i = 0; i < batches->count; i++) {
        write_all(file, bytes, gather(row, batches->rows[i], bytes));
        row += batches->rows[i];
        if (fdatasync(file) != 0)
            fail(path, "fdatasync");
    }
    const double took = bare_seconds() - from;
    free(bytes);
    close(file);
    unlink(path);
    return took;
}

/* -- Databases -- */

struct bare_store {
    sqlite3 *sqlite;
    sqlite3_stmt *begin, *add, *commit;
    PGconn *postgres;
    int64_t position;
};

static void sqlite_do(struct bare_store *store, int result) {
    if (result != SQLITE_OK && result != SQLITE_DONE && result != SQLITE_ROW)
        fail("SQLite", sqlite3_errmsg(store->sqlite));
}

static void sqlite_step(struct bare_store *store, sqlite3_stmt *statement) {
    sqlite_do(store, sqlite3_step(statement));
    sqlite_do(store, sqlite3_reset(statement));
}

static void sqlite_begin(struct bare_store *store, const char *path) {
    sqlite_do(store, sqlite3_open(path, &store->sqlite));
    sqlite_do(store, sqlite3_exec(store->sqlite,
                                  "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                                  "PRAGMA wal_autocheckpoint = 8000; PRAGMA cache_size = -65536;"
                                  "CREATE TABLE bare (position INTEGER PRIMARY KEY, bytes BLOB NOT "
                                  "NULL) STRICT",
                                  NULL, NULL, NULL));
    sqlite_do(store, sqlite3_prepare_v2(store->sqlite, "BEGIN IMMEDIATE", -1, &store->begin, NULL));
    sqlite_do(store, sqlite3_prepare_v2(store->sqlite, "INSERT INTO bare VALUES (?1, ?2)", -1,
                                        &store->add, NULL));
    sqlite_do(store, sqlite3_prepare_v2(store->sqlite, "COMMIT", -1, &store->commit, NULL));
}

static void sqlite_batch(struct bare_store *store, const struct bare_row *row, uint32_t rows) {
    sqlite_step(store, store->begin);
    for (uint32_t i = 0; i < rows; i++) {
        sqlite_do(store, sqlite3_bind_int64(store->add, 1, store->position++));
        sqlite_do(store,
                  sqlite3_bind_blob64(store->add, 2, row[i].bytes, row[i].size, SQLITE_STATIC));
        sqlite_step(store, store->add);
    }
    sqlite_step(store, store->commit);
}

static void postgres_do(struct bare_store *store, int done) {
    if (!done)
        fail("PostgreSQL", PQerrorMessage(store->postgres));
}

static void postgres_exec(struct bare_store *store, const char *text) {
    PGresult *result = PQexec(store->postgres, text);
    postgres_do(store, PQresultStatus(result) == PGRES_COMMAND_OK);
    PQclear(result);
}

static void postgres_begin(struct bare_store *store, const char *address) {
    const Oid type[] = {TYPE_INT8, TYPE_BYTEA};
    store->postgres = PQconnectdb(address);
    postgres_do(store, PQstatus(store->postgres) == CONNECTION_OK);
    postgres_exec(store, "SET client_min_messages = warning");
    postgres_exec(store, "DROP TABLE IF EXISTS bare");
    postgres_exec(store,
                  "CREATE TABLE bare (position BIGINT NOT NULL PRIMARY KEY, bytes BYTEA NOT NULL)");
    PGresult *result =
        PQprepare(store->postgres, "add", "INSERT INTO bare VALUES ($1, $2)", 2, type);
    postgres_do(store, PQresultStatus(result) == PGRES_COMMAND_OK);
    PQclear(result);
    postgres_do(store, PQenterPipelineMode(store->postgres));
}

static void postgres_send(struct bare_store *store, const char *text) {
    postgres_do(store, PQsendQueryParams(store->postgres, text, 0, NULL, NULL, NULL, NULL, 1));
}

/* Answers up to the end of the pipeline; each statement's ends with a NULL. */
static void postgres_take(struct bare_store *store) {
    for (;;) {
        PGresult *result = PQgetResult(store->postgres);
        const ExecStatusType status = PQresultStatus(result);
        if (result == NULL)
            continue;
        PQclear(result);
        if (status == PGRES_PIPELINE_SYNC)
            return;
        postgres_do(store, status == PGRES_COMMAND_OK);
    }
}

static void postgres_batch(struct bare_store *store, const struct bare_row *row, uint32_t rows) {
    static const int binary[] = {1, 1};
    postgres_send(store, "BEGIN");
    for (uint32_t i = 0; i < rows; i++) {
        const uint64_t position = htobe64((uint64_t)store->position++);
        const char *value[] = {(const char *)&position, row[i].bytes};
        const int size[] = {sizeof position, (int)row[i].size};
        postgres_do(store, PQsendQueryPrepared(store->postgres, "add", 2, value, size, binary, 1));
    }
    postgres_send(store, "COMMIT");
    postgres_do(store, PQpipelineSync(store->postgres));
    postgres_take(store);
}

struct bare_store *bare_store_open(struct baton_arena *arena, const char *address) {
    struct bare_store *store = arena_alloc(arena, 1, sizeof *store);
    if (strncmp(address, "postgres", strlen("postgres")) == 0 && strstr(address, "://") != NULL)
        postgres_begin(store, address);
    else
        sqlite_begin(store, address);
    return store;
}

double bare_store_run(struct bare_store *store, const struct bare_batches *batches) {
    const struct bare_row *row = batches->row;
    const double from = bare_seconds();
    for (size_t i = 0; i < batches->count; i++) {
        if (store->postgres != NULL)
            postgres_batch(store, row, batches->rows[i]);
        else
            sqlite_batch(store, row, batches->rows[i]);
        row += batches->rows[i];
    }
    return bare_seconds() - from;
}

void bare_store_close(struct bare_store *store) {
    sqlite3_finalize(store->begin);
    sqlite3_finalize(store->add);
    sqlite3_finalize(store->commit);
    sqlite3_close(store->sqlite);
    PQfinish(store->postgres);
}
