/* The table of settings, the file that is made of it, and reading: BATON_CONFIG_UNKNOWN, BATON_CONFIG_VALUE, BATON_CONFIG_FORM, BATON_CONFIG_APART. */
#include "base/text.h"
#include "cli/serve_config.h"
#include "unit/test.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* One reading of a text; the file is gone behind it. */
struct read_once {
    struct serve_config config;
    struct baton_findings found;
    baton_code code;
};

static struct read_once read_text(struct baton_arena *arena, const char *text) {
    struct read_once out = {.config = serve_config_usual(arena), .found = {.arena = arena}};
    char path[] = "/tmp/baton-config-XXXXXX";
    const int file = mkstemp(path);
    CHECK(file >= 0);
    CHECK_INT(write(file, text, strlen(text)), strlen(text));
    close(file);
    out.code = serve_config_read(arena, path, &out.config, &out.found);
    unlink(path);
    return out;
}

static const char *last_part(const char *name) {
    const char *const dot = strrchr(name, '.');
    return dot == NULL ? name : dot + 1;
}

TEST(the_printed_file_is_what_is_usual) {
    struct baton_arena *arena = arena_open();
    for (int language = BATON_EN; language <= BATON_ZH; language++) {
        struct writer *writer = writer_memory(arena);
        serve_config_print(writer, (enum baton_language)language);
        const char *const text = writer_text_of(writer);
        struct read_once read = read_text(arena, text);
        const struct serve_config usual = serve_config_usual(arena);
        CHECK_INT(read.code, BATON_OK);
        CHECK_INT(read.found.count, 0);
        CHECK_TEXT(read.config.listen.address, usual.listen.address);
        CHECK_INT(read.config.listen.port, 8080);
        CHECK_INT(memcmp(&read.config.limits, &usual.limits, sizeof usual.limits), 0);
        CHECK_INT(read.config.connections, usual.connections);
        for (const struct serve_setting *at = serve_settings_table; at->name != NULL; at++) {
            const char *const line = arena_printf(arena, "%s:%s%s\n", last_part(at->name),
                                                  at->usual[0] == '\0' ? "" : " ", at->usual);
            if (strstr(text, line) == NULL)
                printf("not in the file: %s", line);
            CHECK(strstr(text, line) != NULL);
            CHECK(at->is[0][0] != '\0' && at->is[1][0] != '\0');
        }
    }
    arena_close(arena);
}

TEST(what_is_usual_is_what_the_layers_say) {
    struct baton_arena *arena = arena_open();
    const struct serve_config config = serve_config_usual(arena);
    const struct server_settings settings = serve_config_settings(&config, BATON_ZH);
    CHECK_TEXT(settings.http.address, http_settings_usual.address);
    CHECK_INT(settings.http.port, http_settings_usual.port);
    CHECK_INT(settings.http.connections_max, http_settings_usual.connections_max);
    CHECK_INT(settings.http.queue_max, http_settings_usual.queue_max);
    CHECK_INT(settings.http.head_ms, http_settings_usual.head_ms);
    CHECK_INT(settings.http.idle_ms, http_settings_usual.idle_ms);
    CHECK_INT(settings.http.body_rate, http_settings_usual.body_rate);
    CHECK_INT(settings.http.body_max, 0);
    CHECK_INT(settings.http.bodies_memory_max, http_settings_usual.bodies_memory_max);
    CHECK_INT(settings.http.bodies_file_max, http_settings_usual.bodies_file_max);
    CHECK_INT(settings.language, BATON_ZH);
    CHECK_INT(settings.log.level, LEVEL_SECURITY);
    CHECK(settings.syslog == NULL && settings.operation_address == NULL);
    struct baton_findings found = {.arena = arena};
    CHECK_INT(serve_config_check(&config, &found), BATON_OK);
    arena_close(arena);
}

TEST(settings_are_read) {
    struct baton_arena *arena = arena_open();
    const struct read_once read = read_text(
        arena, "listen: '[::1]:9000'\nproxies: [10.0.0.1, 2001:db8::1]\nlanguage: zh\n"
               "tls: {certificate: /etc/a.pem, key: b.key}\nlimits: {account: {reads: 0}}\n"
               "log: {level: requests, format: text}\nsyslog: local7\nmetrics:\n  listen: "
               "127.0.0.1:9464\nhttp:\n");
    const struct server_settings settings = serve_config_settings(&read.config, BATON_EN);
    CHECK_INT(read.code, BATON_OK);
    CHECK_TEXT(settings.http.address, "::1");
    CHECK_INT(settings.http.port, 9000);
    CHECK_TEXT(settings.http.proxy[0], "10.0.0.1");
    CHECK_TEXT(settings.http.proxy[1], "2001:db8::1");
    CHECK(settings.http.proxy[2] == NULL);
    CHECK_TEXT(read.config.certificate, "/etc/a.pem");
    CHECK_TEXT(read.config.key, "/tmp/b.key"); /* from the folder of the file */
    CHECK_INT(settings.limits.account[LIMIT_READS].per_minute, 0);
    CHECK_INT(settings.limits.account[LIMIT_READS].burst, 1000);
    CHECK_INT(settings.log.level, LEVEL_REQUESTS);
    CHECK_INT(settings.log.form, LOG_TEXT);
    CHECK_TEXT(settings.syslog, "local7");
    CHECK_INT(settings.language, BATON_ZH);
    CHECK_TEXT(settings.operation_address, "127.0.0.1");
    CHECK_INT(settings.operation_port, 9464);
    arena_close(arena);
}

/* clang-format off */
static const struct {
    const char *text;
    baton_code code;
    unsigned row, column;
    const char *argument; /* the second one; NULL = there is none */
} wrong[] = {
    {"listn: 8080\n",                          BATON_CONFIG_UNKNOWN, 1, 1, "listen"},
    {"http:\n  conections: 20\n",              BATON_CONFIG_UNKNOWN, 2, 3, "http.connections"},
    {"idle_minutes: 20\n",                     BATON_CONFIG_UNKNOWN, 1, 1, "sessions.idle_minutes"},
    {"limits: {adress: {reads: 1}}\n",         BATON_CONFIG_UNKNOWN, 1, 10, "limits.address"},
    {"nonsense: 1\n",                          BATON_CONFIG_UNKNOWN, 1, 1, NULL},
    {"http: {queue: -1}\n",                    BATON_CONFIG_VALUE,   1, 15, "http.queue"},
    {"http: {queue: 0}\n",                     BATON_CONFIG_VALUE,   1, 15, "http.queue"},
    {"http: {queue: 65537}\n",                 BATON_CONFIG_VALUE,   1, 15, "http.queue"},
    {"http: {queue: 1e3}\n",                   BATON_CONFIG_VALUE,   1, 15, "http.queue"},
    {"http: {queue: 99999999999999999999}\n",  BATON_CONFIG_VALUE,   1, 15, "http.queue"},
    {"language: de\n",                         BATON_CONFIG_VALUE,   1, 11, "language"},
    {"listen: here:8080\n",                    BATON_CONFIG_VALUE,   1, 9, "listen"},
    {"listen: 127.0.0.1:65536\n",              BATON_CONFIG_VALUE,   1, 9, "listen"},
    {"proxies: [10.0.0.1, 10.0.0.1/8]\n",      BATON_CONFIG_VALUE,   1, 21, "proxies"},
    {"log: {file: credential:x}\n",            BATON_CONFIG_VALUE,   1, 13, "log.file"},
    {"proxies: 10.0.0.1\n",                    BATON_CONFIG_FORM,    1, 10, NULL},
    {"http: 5\n",                              BATON_CONFIG_FORM,    1, 7, NULL},
    {"listen: [1]\n",                          BATON_CONFIG_FORM,    1, 9, NULL},
    {"- listen\n",                             BATON_CONFIG_FORM,    1, 1, NULL},
};
/* clang-format on */

TEST(what_is_wrong_is_told_with_its_place) {
    struct baton_arena *arena = arena_open();
    unsetenv("CREDENTIALS_DIRECTORY");
    for (size_t i = 0; i < LENGTH(wrong); i++) {
        const struct read_once read = read_text(arena, wrong[i].text);
        CHECK_INT(read.code, wrong[i].code);
        CHECK_INT(read.found.count, 1);
        if (read.found.count != 1)
            continue;
        const struct baton_finding *const one = &read.found.item[0];
        CHECK_INT(one->code, wrong[i].code);
        CHECK_INT(one->where.row, wrong[i].row);
        CHECK_INT(one->where.column, wrong[i].column);
        if (wrong[i].code != BATON_CONFIG_FORM && wrong[i].argument != NULL)
            CHECK_TEXT(one->arg[1], wrong[i].argument);
        if (wrong[i].argument == NULL && wrong[i].code == BATON_CONFIG_UNKNOWN)
            CHECK(one->arg[1] == NULL);
    }
    arena_close(arena);
}

TEST(credentials_come_from_their_folder) {
    struct baton_arena *arena = arena_open();
    setenv("CREDENTIALS_DIRECTORY", "/run/credentials/baton", 1);
    CHECK_TEXT(read_text(arena, "tls: {key: 'credential:tls.key'}\n").config.key,
               "/run/credentials/baton/tls.key");
    CHECK_INT(read_text(arena, "tls: {key: 'credential:../x'}\n").code, BATON_CONFIG_VALUE);
    unsetenv("CREDENTIALS_DIRECTORY");
    arena_close(arena);
}

/* clang-format off */
static const struct { const char *text, *a, *b; } apart[] = {
    {"tls: {certificate: a.pem}\n",                       "tls.certificate", "tls.key"},
    {"tls: {key: a.key}\n",                               "tls.certificate", "tls.key"},
    {"metrics: {listen: 127.0.0.1:8080}\n",               "listen", "metrics.listen"},
    {"sessions: {idle_minutes: 61, hours: 1}\n",          "sessions.idle_minutes", "sessions.hours"},
    {"passwords: {first_days: 8, days: 7}\n",             "passwords.first_days", "passwords.days"},
    {"http: {workers: 17, connections: 16}\n",            "http.workers", "http.connections"},
};
/* clang-format on */

TEST(contradictions_are_found) {
    struct baton_arena *arena = arena_open();
    for (size_t i = 0; i < LENGTH(apart); i++) {
        const struct read_once read = read_text(arena, apart[i].text);
        struct baton_findings found = {.arena = arena};
        CHECK_INT(read.code, BATON_OK);
        CHECK_INT(serve_config_check(&read.config, &found), BATON_CONFIG_APART);
        CHECK_INT(found.count, 1);
        CHECK_TEXT(found.item[0].arg[0], apart[i].a);
        CHECK_TEXT(found.item[0].arg[1], apart[i].b);
    }
    arena_close(arena);
}
