/* The store in a file: SQLite.
 *
 * Write-ahead log with full synchronisation: a commit is one write to the log and one fdatasync. The log is copied into the
 * database every LOG_PAGES pages and then written anew from its start, over what is there, which costs the disk much less than to let a
 * file grow. Writing transactions begin IMMEDIATE, so they wait for each other at their beginning and never fail later on.
 *
 * Each statement is prepared when it is first used and kept. Pages are not mapped into memory: it brought nothing that could be
 * measured, and a failing disk would be a signal instead of an error. */
#include "ledger/store_driver.h"
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
    LOG_PAGES = 8000,
    CACHE_KIB = 65536,
    CHECK_LINES = 1000,
    APPLICATION = 0x42544f4e /* "BTON", what `file` sees */
};
enum plain { PLAIN_BEGIN, PLAIN_BEGIN_WRITING, PLAIN_COMMIT, PLAIN_COUNT };

struct sqlite {
    struct store store; /* first: what store.c knows */
    sqlite3 *database;
    sqlite3_stmt *prepared[STATEMENT_COUNT];
    sqlite3_stmt *plain[PLAIN_COUNT];
    bool is_no_database; /* SQLite said so */
};

static const char *vfs; /* of tests: see store_sqlite_vfs */

void store_sqlite_vfs(const char *name) {
    vfs = name;
}

static struct sqlite *sqlite_of(struct store *store) {
    return (struct sqlite *)store;
}

static baton_code code_of_io(sqlite3 *database) {
    const int number = sqlite3_system_errno(database);
    return number == ENOSPC || number == EDQUOT ? BATON_STORE_FULL : BATON_STORE_FAILED;
}

/* What a result of SQLite means, and its words. */
static baton_code failed(struct sqlite *sqlite, int result) {
    baton_code code = BATON_STORE_FAILED;
    switch (result & 0xff) {
    case SQLITE_FULL:
        code = BATON_STORE_FULL;
        break;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
        code = code_of_io(sqlite->database);
        break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        code = BATON_STORE_BUSY;
        break;
    case SQLITE_NOTADB:
        sqlite->is_no_database = true;
        code = BATON_STORE_CORRUPT;
        break;
    case SQLITE_CORRUPT:
        code = BATON_STORE_CORRUPT;
        break;
    case SQLITE_READONLY:
        code = BATON_STORE_READ_ONLY;
        break;
    case SQLITE_NOMEM:
        code = BATON_NO_MEMORY;
        break;
    case SQLITE_CONSTRAINT:
        result = sqlite3_extended_errcode(sqlite->database);
        if (result == SQLITE_CONSTRAINT_PRIMARYKEY || result == SQLITE_CONSTRAINT_UNIQUE ||
            result == SQLITE_CONSTRAINT_ROWID)
            code = BATON_STORE_CONFLICT;
        break;
    default:
        break;
    }
    return store_fail(&sqlite->store, code, sqlite3_errmsg(sqlite->database));
}

static baton_code answer_of(struct sqlite *sqlite, int result) {
    return LIKELY(result == SQLITE_OK) ? BATON_OK : failed(sqlite, result);
}

/* -- Calls: each may be failed by a test -- */

static baton_code prepare(struct sqlite *sqlite, const char *text, sqlite3_stmt **out) {
    if (LIKELY(*out != NULL))
        return BATON_OK;
    TRY(store_before(&sqlite->store, "prepare"));
    return answer_of(sqlite, sqlite3_prepare_v3(sqlite->database, text, -1,
                                                SQLITE_PREPARE_PERSISTENT, out, NULL));
}

static baton_code execute(struct sqlite *sqlite, const char *text) {
    TRY(store_before(&sqlite->store, "exec"));
    return answer_of(sqlite, sqlite3_exec(sqlite->database, text, NULL, NULL, NULL));
}

/* *is_row false: it is done. */
static baton_code step(struct sqlite *sqlite, sqlite3_stmt *statement, bool *is_row) {
    TRY(store_before(&sqlite->store, "step"));
    const int result = sqlite3_step(statement);
    *is_row = result == SQLITE_ROW;
    return LIKELY(result == SQLITE_ROW || result == SQLITE_DONE) ? BATON_OK
                                                                 : failed(sqlite, result);
}

/* Steps a statement without rows and makes it ready for the next time. */
static baton_code step_once(struct sqlite *sqlite, sqlite3_stmt *statement) {
    bool is_row = false;
    const baton_code code = step(sqlite, statement, &is_row);
    sqlite3_reset(statement); // says again what step said
    return code;
}

/* `keep` is SQLITE_STATIC where the values live until the statement is reset, else SQLITE_TRANSIENT. */
static baton_code bind(struct sqlite *sqlite, sqlite3_stmt *statement, int count,
                       const struct store_value *value, sqlite3_destructor_type keep) {
    TRY(store_before(&sqlite->store, "bind"));
    for (int i = 0; i < count; i++) {
        int result;
        const void *data = value[i].size > 0 ? value[i].data : "";
        if (value[i].type == 'i')
            result = sqlite3_bind_int64(statement, i + 1, value[i].number);
        else if (value[i].type == 't')
            result = sqlite3_bind_text64(statement, i + 1, data, value[i].size, keep, SQLITE_UTF8);
        else
            result = sqlite3_bind_blob64(statement, i + 1, data, value[i].size, keep);
        TRY(answer_of(sqlite, result));
    }
    return BATON_OK;
}

/* A transaction whose rollback failed is still there; nothing may become a part of it. */
static baton_code end_what_is_left(struct sqlite *sqlite) {
    return LIKELY(sqlite3_get_autocommit(sqlite->database)) ? BATON_OK
                                                            : execute(sqlite, "ROLLBACK");
}

/* The statement, ready to be stepped. */
static baton_code ready(struct sqlite *sqlite, enum statement statement,
                        const struct store_value *value, sqlite3_destructor_type keep) {
    const struct store_statement *what = &sqlite->store.statement[statement];
    if (!sqlite->store.in_transaction)
        TRY(end_what_is_left(sqlite));
    TRY(prepare(sqlite, what->text, &sqlite->prepared[statement]));
    return bind(sqlite, sqlite->prepared[statement], what->parameter_count, value, keep);
}

static baton_code plain(struct sqlite *sqlite, enum plain which) {
    static const char *const text[PLAIN_COUNT] = {"BEGIN", "BEGIN IMMEDIATE", "COMMIT"};
    TRY(prepare(sqlite, text[which], &sqlite->plain[which]));
    return step_once(sqlite, sqlite->plain[which]);
}

/* -- Opening -- */

/* Why a file could not be opened, as far as the folder above it tells. */
static baton_code not_opened(struct store *store, struct baton_findings *found) {
    const char *slash = strrchr(store->address, '/');
    const char *folder = slash == NULL             ? "."
                         : slash == store->address ? "/"
                                                   : arena_text(store->arena, store->address,
                                                                (size_t)(slash - store->address));
    struct stat about;
    if (stat(folder, &about) != 0 || !S_ISDIR(about.st_mode))
        return store_open_failed(store, found,
                                 arena_printf(store->arena, "there is no folder '%s'", folder),
                                 arena_printf(store->arena, "没有文件夹“%s”", folder));
    if (stat(store->address, &about) != 0)
        return store_open_failed(store, found, "there is no such file; make one with `baton init`",
                                 "没有这个文件；请用 `baton init` 建立账本");
    if (S_ISDIR(about.st_mode))
        return store_open_failed(store, found, "it is a folder; name a file in it",
                                 "这是文件夹，请给出其中的文件");
    return store_open_failed(store, found, "check the rights of the file and of its folder",
                             "请检查该文件及其所在文件夹的权限");
}

/* A new database is for its owner alone. SQLite would make it as it makes all files. */
static void make_private(const char *path) {
    const int file = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
    if (file >= 0)
        close(file); // any failure shows when SQLite opens it
}

static baton_code open_file(struct sqlite *sqlite, struct baton_findings *found) {
    struct store *store = &sqlite->store;
    TRY(store_before(store, "open"));
    int how = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    how |= store->mode == STORE_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    if (store->mode == STORE_CREATE) {
        how |= SQLITE_OPEN_CREATE;
        if (vfs == NULL)
            make_private(store->address);
    }
    // A name that SQLite would take for something else than a file: "", ":memory:".
    const bool is_odd = store->address[0] == ':' || store->address[0] == '\0';
    const char *path = is_odd ? arena_printf(store->arena, "./%s", store->address) : store->address;
    const int result = sqlite3_open_v2(path, &sqlite->database, how, vfs);
    if (sqlite->database == NULL)
        return BATON_NO_MEMORY;
    if (result == SQLITE_OK)
        return BATON_OK;
    failed(sqlite, result);
    return not_opened(store, found);
}

static baton_code number(struct store *store, const char *text, int64_t *out) {
    struct sqlite *sqlite = sqlite_of(store);
    sqlite3_stmt *statement = NULL;
    TRY(prepare(sqlite, text, &statement));
    bool is_row = false;
    const baton_code code = step(sqlite, statement, &is_row);
    if (code == BATON_OK && is_row)
        *out = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return code;
}

/* Changing to the write-ahead log asks for the whole file and, unlike all else, does not wait for it. */
static baton_code use_log(struct sqlite *sqlite) {
    const struct timespec pause = {.tv_nsec = 10000000};
    baton_code code = BATON_OK;
    for (int waited_ms = 0; waited_ms < STORE_WAIT_MS; waited_ms += 10) {
        code = execute(sqlite, "PRAGMA journal_mode = WAL");
        if (code != BATON_STORE_BUSY)
            return code;
        nanosleep(&pause, NULL);
    }
    return code;
}

static baton_code set_up(struct sqlite *sqlite) {
    struct store *store = &sqlite->store;
    TRY(execute(sqlite, "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;"
                        "PRAGMA synchronous = FULL"));
    TRY(execute(sqlite, arena_printf(store->arena,
                                     "PRAGMA cache_size = -%d; PRAGMA wal_autocheckpoint = %d",
                                     CACHE_KIB, LOG_PAGES)));
    int64_t tables = 0;
    TRY(number(store, "SELECT COUNT(*) FROM sqlite_schema", &tables));
    if (store->mode == STORE_READ || (tables == 0 && store->mode != STORE_CREATE))
        return BATON_OK;
    TRY(use_log(sqlite));
    return tables > 0 ? BATON_OK
                      : execute(sqlite, arena_printf(store->arena, "PRAGMA application_id = %d",
                                                     APPLICATION));
}

/* Brings the log into the file, unless others are reading: who copies the file of a ledger that nobody has open has all of it. */
static void put_log_away(struct sqlite *sqlite) {
    if (sqlite->database == NULL || sqlite->store.mode == STORE_READ)
        return;
    sqlite3_busy_timeout(sqlite->database, 0);
    (void)sqlite3_wal_checkpoint_v2(sqlite->database, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL,
                                    NULL); // what is in the log is durable as it is
}

static baton_code sqlite_open(struct store *store, struct baton_findings *found) {
    struct sqlite *sqlite = sqlite_of(store);
    TRY(open_file(sqlite, found));
    sqlite3_busy_timeout(sqlite->database, STORE_WAIT_MS);
    sqlite3_db_config(sqlite->database, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    const baton_code code = set_up(sqlite);
    if (code == BATON_STORE_CORRUPT && sqlite->is_no_database)
        return store_open_failed(store, found,
                                 "it is no database of SQLite, or its beginning is damaged",
                                 "它不是 SQLite 数据库，或文件开头已损坏");
    return code;
}

static void sqlite_close(struct store *store) {
    struct sqlite *sqlite = sqlite_of(store);
    for (size_t i = 0; i < STATEMENT_COUNT; i++)
        sqlite3_finalize(sqlite->prepared[i]);
    for (size_t i = 0; i < PLAIN_COUNT; i++)
        sqlite3_finalize(sqlite->plain[i]);
    put_log_away(sqlite);
    const int result = sqlite3_close(sqlite->database);
    assert(result == SQLITE_OK); // else a statement was forgotten
    (void)result;
    sqlite->database = NULL;
}

/* -- Transactions -- */

static void roll_back(struct sqlite *sqlite) {
    for (size_t i = 0; i < STATEMENT_COUNT; i++)
        if (sqlite->prepared[i] != NULL)
            sqlite3_reset(sqlite->prepared[i]);
    if (!sqlite3_get_autocommit(sqlite->database))
        (void)execute(sqlite,
                      "ROLLBACK"); // where it fails, it is tried again before the next call
}

static baton_code sqlite_begin(struct store *store, bool writes) {
    struct sqlite *sqlite = sqlite_of(store);
    TRY(end_what_is_left(sqlite));
    return plain(sqlite, writes ? PLAIN_BEGIN_WRITING : PLAIN_BEGIN);
}

static baton_code begin_schema(struct store *store) {
    return sqlite_begin(store, true);
}

static baton_code commit(struct store *store) {
    return plain(sqlite_of(store), PLAIN_COMMIT);
}

static void rollback(struct store *store) {
    char words[STORE_ERROR_SIZE];
    memcpy(words, store->error, sizeof words);
    roll_back(sqlite_of(store));
    memcpy(store->error, words, sizeof words);
}

/* -- Statements -- */

static baton_code run(struct store *store, enum statement statement,
                      const struct store_value *value, int64_t *changed) {
    struct sqlite *sqlite = sqlite_of(store);
    TRY(ready(sqlite, statement, value, SQLITE_STATIC));
    TRY(step_once(sqlite, sqlite->prepared[statement]));
    if (changed != NULL)
        *changed = sqlite3_changes64(sqlite->database);
    return BATON_OK;
}

/* Nothing is put off. */
static baton_code push(struct store *store) {
    (void)store;
    return BATON_OK;
}

static baton_code run_many(struct store *store, enum statement statement, size_t count,
                           const struct store_value *value) {
    const int parameters = store->statement[statement].parameter_count;
    for (size_t i = 0; i < count; i++)
        TRY(run(store, statement, value + i * (size_t)parameters, NULL));
    return BATON_OK;
}

static baton_code query(struct store *store, enum statement statement,
                        const struct store_value *value) {
    return ready(sqlite_of(store), statement, value, SQLITE_TRANSIENT);
}

/* The types are those of the list; in a table that is STRICT nothing else can stand but by damage. */
static baton_code read_row(struct sqlite *sqlite, const struct store_statement *what,
                           sqlite3_stmt *statement) {
    struct store *store = &sqlite->store;
    for (int i = 0; i < what->column_count; i++) {
        const char type = what->columns[i];
        const int stored = sqlite3_column_type(statement, i);
        if (stored != (type == 'i' ? SQLITE_INTEGER : type == 't' ? SQLITE_TEXT : SQLITE_BLOB))
            return store_fail(store, BATON_STORE_CORRUPT, "a value is not of its column's type");
        if (type == 'i') {
            store->row[i] = store_int(sqlite3_column_int64(statement, i));
            continue;
        }
        const void *data = type == 't' ? (const void *)sqlite3_column_text(statement, i)
                                       : sqlite3_column_blob(statement, i);
        const int size = sqlite3_column_bytes(statement, i);
        if (data == NULL && (size > 0 || type == 't'))
            return BATON_NO_MEMORY;
        store->row[i] = (struct store_value){
            .type = type, .data = data != NULL ? data : "", .size = (size_t)size};
    }
    return BATON_OK;
}

static baton_code next(struct store *store, bool *is_row) {
    struct sqlite *sqlite = sqlite_of(store);
    sqlite3_stmt *statement = sqlite->prepared[store->querying];
    TRY(step(sqlite, statement, is_row));
    return *is_row ? read_row(sqlite, &store->statement[store->querying], statement) : BATON_OK;
}

static void query_end(struct store *store) {
    sqlite3_stmt *statement = sqlite_of(store)->prepared[store->querying];
    if (statement != NULL)
        sqlite3_reset(statement);
}

static baton_code query_many(struct store *store, enum statement statement, size_t count,
                             const struct store_value *value,
                             void (*answer)(void *context, size_t i, const struct store_value *row),
                             void *context) {
    struct sqlite *sqlite = sqlite_of(store);
    const int parameters = store->statement[statement].parameter_count;
    for (size_t i = 0; i < count; i++) {
        TRY(ready(sqlite, statement, value + i * (size_t)parameters, SQLITE_STATIC));
        bool is_row = false;
        const baton_code code = next(store, &is_row);
        if (code == BATON_OK)
            answer(context, i, is_row ? store->row : NULL);
        sqlite3_reset(sqlite->prepared[statement]);
        TRY(code);
    }
    return BATON_OK;
}

static baton_code script(struct store *store, const char *text) {
    return execute(sqlite_of(store), text);
}

/* -- Checking -- */

static baton_code check_lines(struct sqlite *sqlite, sqlite3_stmt *statement,
                              struct baton_findings *found) {
    bool is_row = true;
    baton_code worst = BATON_OK;
    for (;;) {
        TRY(step(sqlite, statement, &is_row));
        if (!is_row)
            return worst;
        const char *line = (const char *)sqlite3_column_text(statement, 0);
        if (line != NULL && strcmp(line, "ok") == 0)
            continue;
        worst = store_fail(&sqlite->store, BATON_STORE_CORRUPT, line != NULL ? line : "?");
        baton_findings_add(found, worst, (struct baton_where){0}, sqlite->store.error, NULL, NULL,
                           NULL);
    }
}

static baton_code check(struct store *store, struct baton_findings *found) {
    struct sqlite *sqlite = sqlite_of(store);
    sqlite3_stmt *statement = NULL;
    const char *text = arena_printf(store->arena, "PRAGMA integrity_check(%d)", CHECK_LINES);
    TRY(prepare(sqlite, text, &statement));
    const baton_code code = check_lines(sqlite, statement, found);
    sqlite3_finalize(statement);
    return code;
}

/* Tells a setting; good is what it has to be, NULL = anything. */
static baton_code tell_pragma(struct sqlite *sqlite, const char *name, const char *good,
                              void (*tell)(void *context, const char *name, const char *value,
                                           bool is_good),
                              void *context) {
    sqlite3_stmt *statement = NULL;
    TRY(prepare(sqlite, arena_printf(sqlite->store.arena, "PRAGMA %s", name), &statement));
    bool is_row = false;
    const baton_code code = step(sqlite, statement, &is_row);
    if (code == BATON_OK && is_row) {
        const char *value = (const char *)sqlite3_column_text(statement, 0);
        value = value != NULL ? value : "";
        tell(context, name, value, good == NULL || strcmp(value, good) == 0);
    }
    sqlite3_finalize(statement);
    return code;
}

static baton_code settings(struct store *store,
                           void (*tell)(void *context, const char *name, const char *value,
                                        bool is_good),
                           void *context) {
    static const struct {
        const char *name, *good;
    } pragma[] = {
        {"journal_mode", "wal"}, {"synchronous", "2"},         {"cell_size_check", "1"},
        {"page_size", NULL},     {"wal_autocheckpoint", NULL}, {"cache_size", NULL},
    };
    struct sqlite *sqlite = sqlite_of(store);
    tell(context, "version", sqlite3_libversion(), true);
    for (size_t i = 0; i < LENGTH(pragma); i++)
        TRY(tell_pragma(sqlite, pragma[i].name, pragma[i].good, tell, context));
    return BATON_OK;
}

const struct store_driver store_sqlite = {
    .kind = STORE_SQLITE,
    .words = {.parameter = '?',
              .number = "INTEGER",
              .text = "TEXT",
              .bytes = "BLOB",
              .table = " STRICT, WITHOUT ROWID",
              .heap = " STRICT",
              .lock = "",
              .empty = "X''"},
    .has_table = "SELECT COUNT(*) FROM sqlite_schema WHERE name = 'migration'",
    .is_used = "SELECT COUNT(*) FROM sqlite_schema",
    .size = sizeof(struct sqlite),
    .open = sqlite_open,
    .close = sqlite_close,
    .begin = sqlite_begin,
    .begin_schema = begin_schema,
    .commit = commit,
    .rollback = rollback,
    .run = run,
    .push = push,
    .query = query,
    .next = next,
    .query_end = query_end,
    .query_many = query_many,
    .run_many = run_many,
    .script = script,
    .number = number,
    .check = check,
    .settings = settings,
};
