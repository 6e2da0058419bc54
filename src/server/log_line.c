/* Lines of the log, and what of a request may stand in them. */
#include "base/json.h"
#include "base/text.h"
#include "flow/entry_print.h"
#include "server/gate.h"
#include "server/log.h"
#include <inttypes.h>

/* clang-format off */
static const struct {
    const char *name;
    const char *words[2];
} events[EVENTS] = {
    [EVENT_STARTED]     = {"started",     {"serving", "开始提供服务"}},
    [EVENT_STOPPING]    = {"stopping",    {"asked to end", "收到结束请求"}},
    [EVENT_STOPPED]     = {"stopped",     {"ended", "已结束"}},
    [EVENT_REOPENED]    = {"reopened",    {"this log was opened anew", "已重新打开本日志"}},
    [EVENT_DROPPED]     = {"dropped",     {"lines of this log were dropped", "有日志行被丢弃"}},
    [EVENT_NOT_READY]   = {"not_ready",   {"not ready", "服务未就绪"}},
    [EVENT_READY]       = {"ready",       {"ready again", "服务恢复就绪"}},
    [EVENT_LEASE_LOST]  = {"lease_lost",  {"another process appends to the ledger; writes are refused until it ends", "另一进程正在写入账本；在其结束之前，写入请求不予受理"}},
    [EVENT_LEASE_FREE]  = {"lease_free",  {"nobody appends to the ledger any more; it is opened again", "已无其他进程写入账本；现重新打开"}},
    [EVENT_OTHERS]      = {"others",      {"another process has added entries", "另一进程新增了记录"}},
    [EVENT_EVIDENCE_LEFT] = {"evidence_left", {"evidence that was refused stays until the ledger is opened again", "未受理的佐证保留至账本下次打开"}},
    [EVENT_CERTIFICATE] = {"certificate", {"certificate", "证书"}},
};
/* clang-format on */

static const char *level_word(const struct log_record *record) {
    static const char *const words[] = {[LEVEL_OFF] = "off",
                                        [LEVEL_ERRORS] = "error",
                                        [LEVEL_SECURITY] = "security",
                                        [LEVEL_REQUESTS] = "request"};
    return record->event != EVENT_NONE && record->level != LEVEL_ERRORS ? "notice"
                                                                        : words[record->level];
}

static const char *method_word(const struct log_record *record) {
    return record->is_head                 ? "HEAD"
           : record->method < HTTP_METHODS ? http_method_word(record->method)
                                           : "?";
}

static void put_request(struct json *json, const struct log_record *record) {
    json_text(json, "id", record->id);
    json_text(json, "peer", record->peer);
    json_text_if(json, "person", text_or_null(record->person));
    json_text_if(json, record->is_token ? "token" : "session", text_or_null(record->session));
    json_text(json, "route", record->route);
    json_text(json, "method", method_word(record));
    json_text_if(json, "path", text_or_null(record->path));
    json_count(json, "status", (uint64_t)record->status);
    json_count(json, "bytes", record->sent);
    json_fixed(json, "ms", record->took_us / 1000.0, 3);
    json_text_if(json, "code",
                 record->code == BATON_OK ? NULL : baton_code_info(record->code)->name);
}

static void put_json(struct baton_arena *arena, struct writer *writer,
                     const struct log_record *record, enum baton_language language) {
    struct json json = json_to(writer);
    json_object_tight(&json, NULL);
    json_text(&json, "time", time_exact(arena, record->time_utc_ms));
    json_text(&json, "level", level_word(record));
    if (record->event == EVENT_NONE) {
        put_request(&json, record);
    } else {
        json_text(&json, "event", events[record->event].name);
        json_text(&json, "message", events[record->event].words[language]);
        json_text_if(&json, "detail", text_or_null(record->path));
    }
    json_end(&json);
}

static void put_text(struct baton_arena *arena, struct writer *writer,
                     const struct log_record *record, enum baton_language language) {
    writer_printf(writer, "%s %s ", time_exact(arena, record->time_utc_ms), level_word(record));
    if (record->event != EVENT_NONE) {
        writer_text(writer, events[record->event].words[language]);
        writer_printf(writer, record->path[0] != '\0' ? ": %s\n" : "%s\n", record->path);
        return;
    }
    writer_printf(writer, "%s %s %d %" PRIu64 " B %.3f ms %s %s %s", method_word(record),
                  record->path[0] != '\0' ? record->path : "-", record->status, record->sent,
                  record->took_us / 1000.0, record->person[0] != '\0' ? record->person : "-",
                  record->peer[0] != '\0' ? record->peer : "-", record->id);
    if (record->code != BATON_OK)
        writer_printf(writer, " %s", baton_code_info(record->code)->name);
    writer_char(writer, '\n');
}

void log_line(struct baton_arena *arena, struct writer *writer, const struct log_record *record,
              enum log_form form, enum baton_language language) {
    if (form == LOG_JSON)
        put_json(arena, writer, record, language);
    else
        put_text(arena, writer, record, language);
}

/* What may stand in it */

static bool is_letter_or_digit(char one) {
    return (one >= '0' && one <= '9') || (one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z');
}

/* A secret is at least 32 letters and digits in a row: of a session, a token, a form. Their first four are shown, of digests too. */
void log_mask(const char *path, char out[LOG_PATH_SIZE]) {
    enum { SECRET_LEAST = 32, SHOWN = 4 };
    static const char dots[] = "…";
    size_t used = 0;
    while (*path != '\0' && used < LOG_PATH_SIZE - sizeof dots) {
        size_t run = 0;
        while (is_letter_or_digit(path[run]))
            run++;
        const size_t shown = run >= SECRET_LEAST ? SHOWN : run == 0 ? 1 : run;
        for (size_t i = 0; i < shown && used < LOG_PATH_SIZE - sizeof dots; i++)
            out[used++] = path[i];
        if (run >= SECRET_LEAST) {
            memcpy(out + used, dots, sizeof dots - 1);
            used += sizeof dots - 1;
        }
        path += run == 0 ? 1 : run;
    }
    out[text_valid_size(out, used)] = '\0';
}

/* Somebody was kept from something that they have no right to, or tried what no browser does. */
static bool is_of_security(const struct http_request *request, int status, baton_code code) {
    switch (code) {
    case BATON_SIGN_IN_REFUSED:
    case BATON_REQUEST_MALFORMED:
    case BATON_HEAD_TOO_LARGE:
    case BATON_TARGET_TOO_LONG:
        return true;
    case BATON_PASSWORD_OLD:
        return false;
    case BATON_SIGN_IN_NEEDED: /* without a token it is a page that was opened too early, or too late */
        return gate_token(request) != NULL;
    default:
        return status == 403 || status == 429;
    }
}

enum log_level log_level_of(const struct http_request *request, int status, baton_code code) {
    return is_of_security(request, status, code) ? LEVEL_SECURITY
           : status >= 500                       ? LEVEL_ERRORS
                                                 : LEVEL_REQUESTS;
}
