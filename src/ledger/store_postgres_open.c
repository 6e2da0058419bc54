/* Connecting to a PostgreSQL server, and whether it is fit to keep a ledger. */
#include "ledger/store_postgres.h"
#include <assert.h>
#include <stdio.h>
#include <string.h>

/* Settings that matter. One that is `bad` loses, or hides the loss of, what was acknowledged. */
static const struct {
    const char *name, *bad, *good;
    bool is_needed; /* a store for writing is refused without it */
} settings[] = {
    {"server_version", NULL, NULL, false},
    {"server_encoding", NULL, NULL, false},
    {"fsync", "off", "on", true},
    {"full_page_writes", "off", "on", true},
    {"synchronous_commit", "off", "on", true},
    {"data_checksums", NULL, NULL, false},
    {"zero_damaged_pages", "on", "off", true},
    {"ignore_checksum_failure", NULL, NULL, false}, // shown to administrators only
};

static void silent(void *context, const char *words) {
    (void)context, (void)words;
}

void postgres_drop(struct postgres *postgres) {
    PQclear(postgres->result);
    postgres->result = NULL;
    PQfinish(postgres->connection);
    postgres->connection = NULL;
    postgres->is_piped = postgres->is_copying = false;
    postgres->due_first = postgres->due_count = 0;
    memset(postgres->is_prepared, 0, sizeof postgres->is_prepared);
}

/* A text cut out of the address could hold a piece of a password, so an address that can be read in two ways is not tried. */
static bool is_clear(const char *address) {
    const char *user = strstr(address, "://") + 3;
    const size_t authority = strcspn(user, "/?");
    const char *at = memchr(user, '@', authority);
    if (at != NULL && memchr(at + 1, '@', authority - (size_t)(at + 1 - user)) != NULL)
        return false;
    PQconninfoOption *option = PQconninfoParse(address, NULL);
    PQconninfoFree(option);
    return option != NULL;
}

static baton_code refuse(struct postgres *postgres, struct baton_findings *found, const char *words,
                         const char *en, const char *zh) {
    store_fail(&postgres->store, BATON_STORE_OPEN, words);
    return store_open_failed(&postgres->store, found, en, zh);
}

/* Why there is no connection: what the server says without one. */
static baton_code not_connected(struct postgres *postgres, struct baton_findings *found,
                                const char *const *name, const char *const *value) {
    const char *words = PQerrorMessage(postgres->connection);
    switch (PQpingParams(name, value, 1)) {
    case PQPING_OK:
        return refuse(postgres, found, words,
                      "the server is there: check database, user and password",
                      "服务器可以连通，请检查数据库名、用户和密码");
    case PQPING_REJECT:
        return refuse(postgres, found, words, "the server is starting or stopping: try again",
                      "服务器正在启动或停止，请稍后重试");
    default:
        return refuse(postgres, found, words, "check whether the server runs, and host and port",
                      "请检查服务器是否运行以及主机和端口");
    }
}

static baton_code connect_it(struct postgres *postgres, struct baton_findings *found) {
    struct store *store = &postgres->store;
    // What the address says itself counts more; what stands behind it here counts most.
    const char *const name[] = {"connect_timeout", "fallback_application_name", "dbname",
                                "client_encoding", NULL};
    const char *const value[] = {"10", "baton", store->address, "UTF8", NULL};
    if (!is_clear(store->address))
        return refuse(
            postgres, found, "the address cannot be read",
            "write postgres://USER:PASSWORD@HOST:PORT/DATABASE, and @ : / ? in a password "
            "as %40 %3A %2F %3F",
            "请写作 postgres://用户:密码@主机:端口/数据库，密码中的 @ : / ? 写作 %40 %3A %2F %3F");
    TRY(store_before(store, "connect"));
    postgres->connection = PQconnectdbParams(name, value, 1);
    if (postgres->connection == NULL)
        return BATON_NO_MEMORY;
    if (PQstatus(postgres->connection) != CONNECTION_OK)
        return not_connected(postgres, found, name, value);
    PQsetNoticeProcessor(postgres->connection, silent, NULL);
    return BATON_OK;
}

/* The value of a setting, for PQclear; "" for one that the server does not have or show. */
static baton_code setting(struct postgres *postgres, const char *name, PGresult **out) {
    char text[100];
    snprintf(text, sizeof text, "SELECT COALESCE(current_setting('%s', true), '')", name);
    return postgres_ask(postgres, text, PGRES_TUPLES_OK, out);
}

static baton_code unsafe(struct postgres *postgres, struct baton_findings *found, const char *name,
                         const char *value, const char *good) {
    struct store *store = &postgres->store;
    if (found != NULL)
        baton_findings_add(found, BATON_STORE_UNSAFE, (struct baton_where){0}, name, value, good,
                           NULL);
    char words[100];
    snprintf(words, sizeof words, "%s is %s", name, value);
    return store_fail(store, BATON_STORE_UNSAFE, words);
}

static baton_code look_at_settings(struct postgres *postgres, struct baton_findings *found) {
    for (size_t i = 0; i < LENGTH(settings); i++) {
        if (!settings[i].is_needed)
            continue;
        PGresult *result;
        TRY(setting(postgres, settings[i].name, &result));
        baton_code code = BATON_OK;
        if (strcmp(PQgetvalue(result, 0, 0), settings[i].bad) == 0)
            code = unsafe(postgres, found, settings[i].name, PQgetvalue(result, 0, 0),
                          settings[i].good);
        PQclear(result);
        TRY(code);
    }
    return BATON_OK;
}

/* Texts can be kept in a server's database that is in UTF-8, and in no other. */
static baton_code look_at_encoding(struct postgres *postgres, struct baton_findings *found) {
    PGresult *result;
    TRY(setting(postgres, "server_encoding", &result));
    const bool is_good = strcmp(PQgetvalue(result, 0, 0), "UTF8") == 0;
    PQclear(result);
    return is_good
               ? BATON_OK
               : refuse(postgres, found, "the database is not in UTF-8",
                        "make one with CREATE DATABASE ... ENCODING 'UTF8' TEMPLATE template0",
                        "请用 CREATE DATABASE ... ENCODING 'UTF8' TEMPLATE template0 建立数据库");
}

/* A machine that has gone without a word still holds the lease of its transaction; the server looks after it within 8 s, so that another can take over. */
static baton_code set_up(struct postgres *postgres, struct baton_findings *found) {
    TRY(connect_it(postgres, found));
    TRY(look_at_encoding(postgres, found));
    if (postgres->store.mode != STORE_READ)
        TRY(look_at_settings(postgres, found));
    char text[200];
    snprintf(
        text, sizeof text,
        "SET lock_timeout = %d; SET default_transaction_read_only = %s; SET "
        "tcp_keepalives_idle = 4; SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 2",
        STORE_WAIT_MS, postgres->store.mode == STORE_READ ? "on" : "off");
    PGresult *result;
    TRY(postgres_ask(postgres, text, PGRES_COMMAND_OK, &result));
    PQclear(result);
    return BATON_OK;
}

baton_code postgres_connect(struct postgres *postgres, struct baton_findings *found) {
    postgres_drop(postgres);
    const baton_code code = set_up(postgres, found);
    if (code != BATON_OK)
        postgres_drop(postgres);
    return code;
}

baton_code postgres_settings(struct store *store,
                             void (*tell)(void *context, const char *name, const char *value,
                                          bool is_good),
                             void *context) {
    for (size_t i = 0; i < LENGTH(settings); i++) {
        PGresult *result;
        TRY(setting(postgres_of(store), settings[i].name, &result));
        const char *value = PQgetvalue(result, 0, 0);
        if (value[0] != '\0')
            tell(context, settings[i].name, value,
                 settings[i].bad == NULL || strcmp(value, settings[i].bad) != 0);
        PQclear(result);
    }
    return BATON_OK;
}
