/* Where a ledger's tables stand: one interface, two drivers, SQLite and PostgreSQL.
 *
 * A store is a connection, for one thread at a time. It knows nothing of facts: it runs statements of one list
 * (statements.def), each of which has one text for both drivers, and brings the schema up to date (migrations.def).
 * Values are whole numbers, texts and bytes; there are no NULLs in the schema, nor in what is bound.
 *
 *     store_open(arena, "city.db", STORE_WRITE, &store, found);
 *     store_begin(store, true);
 *     store_run(store, STATEMENT_ENTRY_ADD, (struct store_value[]){store_int(1), store_int(7), store_bytes(b, n)});
 *     store_commit(store);                         durable when it answers BATON_OK
 *
 * What goes wrong: STORE_OPEN (no such database, no rights, no server), STORE_NEWER (its schema is that of a newer
 * program), STORE_FULL (disk full), STORE_BUSY (another connection holds it longer than STORE_WAIT_MS), STORE_CORRUPT (the
 * database is broken), STORE_CONFLICT (a key that is there already), STORE_UNSAFE (the server is set to lose what it
 * acknowledged), STORE_FAILED (anything else). The words of the driver are kept: store_error. After a failure inside of a transaction only
 * store_rollback is allowed. */
#ifndef LEDGER_STORE_H
#define LEDGER_STORE_H

#include "base/arena.h"
#include "baton/findings.h"
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

struct store;

enum store_kind { STORE_SQLITE, STORE_POSTGRES };
enum store_mode {
    STORE_READ,  /* reads; writes are refused */
    STORE_WRITE, /* the database must be there */
    STORE_CREATE /* made where it is not there (SQLite); its schema too */
};
enum { STORE_WAIT_MS = 10000, STORE_VALUES_MAX = 12 };

/* Every statement; see statements.def. */
enum statement {
#define X(name, parameters, columns, text) STATEMENT_##name,
#include "ledger/statements.def"
#undef X
    STATEMENT_COUNT
};

struct store_value {
    char type;      /* 'i' whole number, 't' text in UTF-8, 'b' bytes */
    int64_t number; /* 'i' */
    const void
        *data; /* 't', 'b'; a text may have no NUL behind it when bound, and has one when read */
    size_t size;
};

static inline struct store_value store_int(int64_t number) {
    return (struct store_value){.type = 'i', .number = number};
}
static inline struct store_value store_text(const char *text, size_t size) {
    return (struct store_value){.type = 't', .data = text, .size = size};
}
static inline struct store_value store_word(const char *text) { /* ended by a NUL */
    return store_text(text, strlen(text));
}
static inline struct store_value store_bytes(const void *data, size_t size) {
    return (struct store_value){.type = 'b', .data = data, .size = size};
}

/* Which driver an address is for: `postgres://` and `postgresql://` are servers, everything else is the path of a file. */
enum store_kind store_kind_of(const char *address);

/* The address as people and logs may see it: without a password. In the arena. */
const char *store_address_shown(struct baton_arena *arena, const char *address);

/* Opens it. STORE_CREATE and STORE_WRITE migrate: each migration in a transaction of its own, noted in the table
 * `migration`; a schema that is newer than this program is refused, and with STORE_READ an older one too. The store lives in the arena
 * and is closed with it, or before by store_close. Durable: SQLite in WAL mode with synchronous=FULL, and a server of which fsync,
 * full_page_writes or synchronous_commit is off is refused with STORE_UNSAFE, which names the setting. */
MUST_USE baton_code store_open(struct baton_arena *arena, const char *address, enum store_mode mode,
                               struct store **out, struct baton_findings *found);
void store_close(struct store *store);
enum store_kind store_kind_is(const struct store *store);

/* What the driver said of the last failure, in its own words; "" without one. Valid until the next call. */
const char *store_error(const struct store *store);

/* A transaction. Writing ones exclude each other (SQLite: BEGIN IMMEDIATE). Reading ones see one state throughout. Of STORE_POSTGRES what store_run
 * sent may fail as late as at store_commit. When store_commit answers other than BATON_OK the transaction may or may not have
 * happened (the connection was lost while it waited): look before doing it again. */
MUST_USE baton_code store_begin(struct store *store, bool writes);
MUST_USE baton_code store_commit(struct store *store);
void store_rollback(struct store *store); /* without a transaction it does nothing */

/* Runs a statement without rows, with as many values as it has parameters, copied before it returns. In a transaction PostgreSQL is sent
 * many before an answer is read; errors come from a later call then. *changed (NULL = not wanted, which is faster) gets
 * how many rows it changed. */
MUST_USE baton_code store_run(struct store *store, enum statement statement,
                              const struct store_value *value, int64_t *changed);

/* Inside of a transaction: what was sent so far is to be worked at now, not when the next answer is needed. Waits for nothing. */
MUST_USE baton_code store_push(struct store *store);

/* Rows: store_query, then store_next until *row is NULL. A row's values, as many as the statement has columns, are valid until the
 * next call. Only one query is open at a time; it ends with its last row or store_query_end. A table of any size is never
 * in memory as a whole. Also without a transaction. */
MUST_USE baton_code store_query(struct store *store, enum statement statement,
                                const struct store_value *value);
MUST_USE baton_code store_next(struct store *store, const struct store_value **row);
void store_query_end(struct store *store);

/* The same question for many sets of values: one journey to a server. answer(context, i, row) is called in the order of i, at most
 * once for each, for the first row (row NULL = there is none). value is [count][parameters of the statement]. */
MUST_USE baton_code store_query_many(
    struct store *store, enum statement statement, size_t count, const struct store_value *value,
    void (*answer)(void *context, size_t i, const struct store_value *row), void *context);

/* Many rows by one INSERT statement of the list, fast: COPY on a server (the columns are those that the statement names). value is [count][parameters].
 * Inside of a transaction. */
MUST_USE baton_code store_run_many(struct store *store, enum statement statement, size_t count,
                                   const struct store_value *value);

/* The store's own check of itself: SQLite's integrity_check; PostgreSQL's amcheck where it is installed, and reading every row of every
 * table. STORE_CORRUPT, with the driver's words in `found`. */
MUST_USE baton_code store_check(struct store *store, struct baton_findings *found);

/* Version and settings that matter, for `doctor`, one after the other: tell(context, "journal_mode", "wal", true). is_good false =
 * a ledger must not be served from it. */
MUST_USE baton_code store_settings(struct store *store,
                                   void (*tell)(void *context, const char *name, const char *value,
                                                bool is_good),
                                   void *context);

/* Number of the newest migration this program knows, and that of the database. */
unsigned store_schema_known(void);
MUST_USE baton_code store_schema(struct store *store, unsigned *out);

/* For tests: called before every call that can fail which a driver makes to its library, with what it is about to do ("step", "send" ...); an
 * answer other than BATON_OK is taken as that call's failure, and the call is not made. NULL = none. `store` NULL: for every
 * store that is opened from now on, from its first call on. */
void store_inject(struct store *store, baton_code (*before)(void *context, const char *call),
                  void *context);

/* For tests: the name of the VFS through which SQLite's files are opened from now on; NULL = the usual one. Borrowed. */
void store_sqlite_vfs(const char *name);

#endif
