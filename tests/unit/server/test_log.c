/* Lines of the log: their forms, what is cut out of a path, what is told of events in either language. */
#include "base/text.h"
#include "base/writer.h"
#include "server/log.h"
#include "server/ready.h"
#include "unit/test.h"
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define TOKEN \
    "bt_" \
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMN"
#define SECRET "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

/* clang-format off */
static const struct { const char *path, *want; } masks[] = {
    {"/api/v1/session", "/api/v1/session"},
    {"/api/v1/tokens/" TOKEN, "/api/v1/tokens/bt_abcd…"},
    {"/api/v1/contents/" SECRET, "/api/v1/contents/0123…"},
    {"/api/v1/contents/" SECRET "/" SECRET, "/api/v1/contents/0123…/0123…"},
    {"/a/abcdefghijklmnopqrstuvwxyz01234", "/a/abcdefghijklmnopqrstuvwxyz01234"},   /* 31 */
    {"/a/abcdefghijklmnopqrstuvwxyz012345", "/a/abcd…"},                            /* 32 */
    {"/assessments/云澜-2021/units/经亭", "/assessments/云澜-2021/units/经亭"},
    {"", ""},
};
/* clang-format on */

TEST(what_is_as_long_as_a_secret_is_cut) {
    char out[LOG_PATH_SIZE];
    for (size_t i = 0; i < LENGTH(masks); i++) {
        log_mask(masks[i].path, out);
        CHECK_TEXT(out, masks[i].want);
    }
}

TEST(long_paths_end_in_a_whole_character) {
    struct baton_arena *arena = arena_open();
    char out[LOG_PATH_SIZE];
    for (unsigned before = 0; before < 8; before++) {
        struct writer *path = writer_memory(arena);
        writer_repeat(path, "a", before);
        writer_repeat(path, "考", 400);
        log_mask(writer_text_of(path), out);
        CHECK(strlen(out) < LOG_PATH_SIZE && strlen(out) > LOG_PATH_SIZE - 16);
        CHECK_INT(text_valid_size(out, strlen(out)), strlen(out));
    }
    arena_close(arena);
}

static const char *line(struct baton_arena *arena, const struct log_record *record,
                        enum log_form form, enum baton_language language) {
    struct writer *writer = writer_memory(arena);
    log_line(arena, writer, record, form, language);
    return writer_text_of(writer);
}

TEST(lines_of_requests) {
    struct baton_arena *arena = arena_open();
    const struct log_record record = {.level = LEVEL_SECURITY,
                                      .time_utc_ms = INT64_C(1630026123004),
                                      .route = "sign_in",
                                      .method = HTTP_POST,
                                      .status = 401,
                                      .took_us = 1500,
                                      .sent = 321,
                                      .code = BATON_SIGN_IN_REFUSED,
                                      .id = "0id",
                                      .session = "12345678",
                                      .peer = "192.0.2.7",
                                      .person = "li.wei",
                                      .path = "/api/v1/\"x\"\n"};
    CHECK_TEXT(line(arena, &record, LOG_JSON, BATON_EN),
               "{\"time\": \"2021-08-27T01:02:03.004Z\", \"level\": \"security\", \"id\": \"0id\", "
               "\"peer\": \"192.0.2.7\", \"person\": \"li.wei\", \"session\": \"12345678\", "
               "\"route\": \"sign_in\", \"method\": \"POST\", \"path\": \"/api/v1/\\\"x\\\"\\n\", "
               "\"status\": 401, \"bytes\": 321, \"ms\": 1.500, \"code\": \"SIGN_IN_REFUSED\"}\n");
    struct log_record plain = record;
    plain.path[8] = '\0';
    plain.person[0] = '\0';
    plain.code = BATON_OK;
    CHECK_TEXT(line(arena, &plain, LOG_TEXT, BATON_EN),
               "2021-08-27T01:02:03.004Z security POST /api/v1/ 401 321 B 1.500 ms - 192.0.2.7 "
               "0id\n");
    arena_close(arena);
}

TEST(every_event_has_words) {
    struct baton_arena *arena = arena_open();
    for (int event = EVENT_NONE + 1; event < EVENTS; event++) {
        const struct log_record record = {
            .event = (enum log_event)event, .level = LEVEL_ERRORS, .path = "7"};
        const char *const en = line(arena, &record, LOG_TEXT, BATON_EN);
        const char *const zh = line(arena, &record, LOG_TEXT, BATON_ZH);
        CHECK(strstr(en, ": 7\n") != NULL && strstr(zh, ": 7\n") != NULL);
        CHECK(strcmp(en, zh) != 0);
        CHECK(strstr(line(arena, &record, LOG_JSON, BATON_EN), "\"event\": \"") != NULL);
    }
    for (int state = READY; state < READY_STATES; state++)
        CHECK(strcmp(ready_words((enum ready_state)state, false),
                     ready_words((enum ready_state)state, true)) != 0);
    arena_close(arena);
}

/* A log that cannot be opened says which; one that is off takes everything. */
TEST(logs_open_or_say_why) {
    struct baton_arena *arena = arena_open();
    struct baton_findings found = {.arena = arena};
    struct server_log *log;
    const struct log_settings nowhere = {.path = "/nowhere/x.log", .level = LEVEL_ERRORS};
    CHECK_INT(log_open(arena, NULL, &nowhere, &log, &found), BATON_FILE_WRITE);
    CHECK_TEXT(found.item[0].arg[0], "/nowhere/x.log");
    CHECK_INT(log_open(arena, NULL, &(struct log_settings){.path = "/nowhere/x.log"}, &log, &found),
              BATON_OK);
    CHECK(log == NULL);
    log_event(log, LEVEL_ERRORS, EVENT_STARTED, "%s", "");
    log_reopen(log);
    CHECK_INT(log_dropped(log), 0);
    log_close(log);
    arena_close(arena);
}

static int64_t now_utc_ms(void *context) {
    (void)context;
    return INT64_C(1630026123004);
}

static const struct ledger_world world = {.now_utc_ms = now_utc_ms};

static void rest_ms(long ms) {
    nanosleep(&(struct timespec){ms / 1000, ms % 1000 * 1000000}, NULL);
}

/* Lines of events in the file; *dropped gets how many it says were dropped. */
static uint64_t lines_of(const char *path, uint64_t *dropped) {
    char text[1024];
    uint64_t lines = 0;
    FILE *const file = fopen(path, "re");
    *dropped = 0;
    while (file != NULL && fgets(text, sizeof text, file) != NULL) {
        const char *const of = strstr(text, "\"event\": \"dropped\"");
        const char *const detail = of == NULL ? NULL : strstr(of, "\"detail\": \"");
        lines += of == NULL;
        if (detail != NULL)
            *dropped += strtoull(detail + strlen("\"detail\": \""), NULL, 10);
    }
    if (file != NULL)
        fclose(file);
    return lines;
}

/* However memory comes and goes, each line is in the file or counted, once. */
TEST(lines_without_memory_are_counted) {
    enum { EVENTS_SAID = 500 };
    struct baton_arena *arena = arena_open();
    struct baton_findings found = {.arena = arena};
    struct server_log *log;
    uint64_t told;
    char path[] = "/tmp/test-log-XXXXXX";
    const int file = mkstemp(path);
    const struct log_settings settings = {path, LEVEL_REQUESTS, LOG_JSON, BATON_EN};
    if (!CHECK_INT(log_open(arena, &world, &settings, &log, &found), BATON_OK))
        return;
    for (uint64_t at = 1; at <= 64; at *= 2) {
        (void)arena_fail_at(at);
        for (int i = 0; i < EVENTS_SAID; i++)
            log_event(log, LEVEL_ERRORS, EVENT_STARTED, "%d", i);
        rest_ms(60);
        (void)arena_fail_at(0);
        rest_ms(60);
    }
    log_close(log);
    const uint64_t lines = lines_of(path, &told);
    CHECK_INT(lines + log_dropped(log), 7 * EVENTS_SAID);
    CHECK_INT(told, log_dropped(log));
    CHECK(lines > 0);
    arena_close(arena);
    close(file);
    unlink(path);
}

/* A thread that cannot be started leaves no file open. */
TEST(a_log_without_its_thread) {
    const struct log_settings settings = {"/dev/null", LEVEL_REQUESTS, LOG_JSON, BATON_EN};
    pthread_attr_t before, huge;
    const int first = dup(STDERR_FILENO);
    close(first);
    struct baton_arena *arena = arena_open();
    struct baton_findings found = {.arena = arena};
    struct server_log *log;
    CHECK(pthread_getattr_default_np(&before) == 0 && pthread_getattr_default_np(&huge) == 0);
    pthread_attr_setstacksize(&huge, (size_t)1 << 47);
    CHECK(pthread_setattr_default_np(&huge) == 0);
    CHECK_INT(log_open(arena, &world, &settings, &log, &found), BATON_NO_MEMORY);
    CHECK(pthread_setattr_default_np(&before) == 0);
    pthread_attr_destroy(&before);
    pthread_attr_destroy(&huge);
    arena_close(arena);
    const int then = dup(STDERR_FILENO);
    close(then);
    CHECK_INT(then, first);
}
