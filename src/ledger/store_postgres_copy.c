/* Many rows at once to a PostgreSQL server: COPY in its binary form. */
#include "ledger/store_postgres.h"
#include <assert.h>
#include <endian.h>
#include <stdio.h>
#include <string.h>

enum { COPY_FROM = 64 }; // rows from which COPY is worth its two more journeys

static baton_code put(struct postgres *postgres, const char *bytes, size_t size) {
    TRY(store_before(&postgres->store, "put"));
    return PQputCopyData(postgres->connection, bytes, (int)size) == 1 ? BATON_OK
                                                                      : postgres_lost(postgres);
}

static baton_code put_rest(struct postgres *postgres) {
    const size_t size = postgres->copied;
    postgres->copied = 0;
    return size == 0 ? BATON_OK : put(postgres, postgres->copy, size);
}

/* Pieces that are large go past the buffer. */
static baton_code add(struct postgres *postgres, const void *bytes, size_t size) {
    if (size > COPY_SIZE - postgres->copied) {
        TRY(put_rest(postgres));
        if (size > COPY_SIZE / 2)
            return put(postgres, bytes, size);
    }
    if (size > 0)
        memcpy(postgres->copy + postgres->copied, bytes, size);
    postgres->copied += size;
    return BATON_OK;
}

static baton_code add_value(struct postgres *postgres, const struct store_value *value) {
    struct __attribute__((packed)) {
        uint32_t size;
        uint64_t number;
    } number = {htobe32(sizeof(uint64_t)), htobe64((uint64_t)value->number)};
    if (value->type == 'i')
        return add(postgres, &number, sizeof number);
    assert(value->size < INT32_MAX);
    const uint32_t size = htobe32((uint32_t)value->size);
    TRY(add(postgres, &size, sizeof size));
    return add(postgres, value->data, value->size);
}

static baton_code add_rows(struct postgres *postgres, int columns, size_t count,
                           const struct store_value *value) {
    static const char begin[19] = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0"; // and 8 bytes of flags: none
    const uint16_t fields = htobe16((uint16_t)columns), end = 0xffff;
    postgres->copied = 0;
    TRY(add(postgres, begin, sizeof begin));
    for (size_t i = 0; i < count; i++) {
        TRY(add(postgres, &fields, sizeof fields));
        for (int c = 0; c < columns; c++)
            TRY(add_value(postgres, value++));
    }
    TRY(add(postgres, &end, sizeof end));
    return put_rest(postgres);
}

/* The answers up to the last; the first error is the code. */
static baton_code end_copy(struct postgres *postgres, const char *why_not) {
    TRY(store_before(&postgres->store, "put"));
    if (PQputCopyEnd(postgres->connection, why_not) != 1)
        return postgres_lost(postgres);
    TRY(store_before(&postgres->store, "get"));
    postgres->is_copying = false;
    baton_code code = BATON_OK;
    PGresult *result;
    while ((result = PQgetResult(postgres->connection)) != NULL) {
        if (PQresultStatus(result) != PGRES_COMMAND_OK && code == BATON_OK)
            code = postgres_refused(postgres, result);
        PQclear(result);
    }
    return code;
}

void postgres_copy_stop(struct postgres *postgres) {
    if (!postgres->is_copying)
        return;
    (void)end_copy(postgres, "rolled back"); // which is an error, as it is meant to be
    if (postgres->is_copying)
        postgres_drop(postgres);
}

/* "COPY entry (ledger, position, bytes) FROM STDIN (FORMAT binary)" of "INSERT INTO entry (ledger, position, bytes) VALUES ...". */
static void copy_text(const struct store_statement *what, char *text, size_t size) {
    static const char insert[] = "INSERT INTO ";
    const char *end = strstr(what->text, " VALUES (");
    assert(strncmp(what->text, insert, strlen(insert)) == 0 && end != NULL);
    const char *from = what->text + strlen(insert);
    const int length =
        snprintf(text, size, "COPY %.*s FROM STDIN (FORMAT binary)", (int)(end - from), from);
    assert(length > 0 && (size_t)length < size);
    (void)length;
}

static baton_code copy(struct postgres *postgres, const struct store_statement *what, size_t count,
                       const struct store_value *value) {
    char text[500];
    copy_text(what, text, sizeof text);
    PGresult *result;
    TRY(postgres_ask(postgres, text, PGRES_COPY_IN, &result));
    PQclear(result);
    postgres->is_copying = true;
    TRY(add_rows(postgres, what->parameter_count, count, value));
    return end_copy(postgres, NULL);
}

baton_code postgres_run_many(struct store *store, enum statement statement, size_t count,
                             const struct store_value *value) {
    struct postgres *postgres = postgres_of(store);
    const struct store_statement *what = &store->statement[statement];
    if (count >= COPY_FROM && strstr(what->text, " ON CONFLICT") == NULL)
        return copy(postgres, what, count, value);
    for (size_t i = 0; i < count; i++)
        TRY(postgres_send(postgres, statement, value + i * (size_t)what->parameter_count, DUE_RUN));
    return BATON_OK;
}
