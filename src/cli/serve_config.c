/* Reading goes down the maps of the file: their keys put together are the names of the table. */
#include "cli/serve_config.h"
#include "base/text.h"
#include "baton/number.h"
#include "cli/options.h"
#include "files/media.h"
#include "ledger/fact.h"
#include "ledger/rights.h"
#include "package/file.h"
#include "package/yaml.h"
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CONFIG_SIZE_MAX = 1 << 20, PORT_MOST = 65535 };

struct reading {
    struct baton_arena *arena;
    const char *file, *folder;
    struct serve_config *config;
    struct baton_findings *found;
};

static const struct serve_setting *find(const char *name) {
    const struct serve_setting *at = serve_settings_table;
    while (at->name != NULL && strcmp(at->name, name) != 0)
        at++;
    return at->name == NULL ? NULL : at;
}

static bool is_section(const char *name) {
    const size_t size = strlen(name);
    for (const struct serve_setting *at = serve_settings_table; at->name != NULL; at++)
        if (strncmp(at->name, name, size) == 0 && at->name[size] == '.')
            return true;
    return false;
}

/* Values */

bool serve_address_read(struct baton_arena *arena, const char *text, struct serve_address *out) {
    const char *const colon = strrchr(text, ':'), *digits = colon != NULL ? colon + 1 : text;
    const size_t size = colon != NULL ? (size_t)(colon - text) : 0;
    const bool in_brackets = size > 2 && text[0] == '[' && text[size - 1] == ']';
    uint64_t port;
    if (!fact_position(digits, &port) || port > PORT_MOST)
        return false;
    out->address = size == 0
                       ? "127.0.0.1"
                       : arena_text(arena, text + in_brackets, size - 2 * (size_t)in_brackets);
    out->port = (uint16_t)port;
    return true;
}

static bool is_address(const char *text) {
    struct in6_addr address;
    return inet_pton(AF_INET, text, &address) == 1 || inet_pton(AF_INET6, text, &address) == 1;
}

static bool read_count(const struct serve_setting *setting, const char *text, uint32_t *out) {
    uint64_t count;
    if (!fact_position(text, &count) || count < setting->lowest || count > setting->highest)
        return false;
    *out = (uint32_t)count;
    return true;
}

static bool read_word(const struct serve_setting *setting, const char *text, int *out) {
    const char *word;
    size_t size;
    for (size_t n = 0; (word = option_word(setting->words, n, &size)) != NULL; n++)
        if (strlen(text) == size && memcmp(word, text, size) == 0) {
            *out = (int)n;
            return true;
        }
    return false;
}

static bool read_file_name(const struct reading *reading, const char *text, const char **out) {
    static const char credential[] = "credential:";
    const char *folder = reading->folder;
    if (strncmp(text, credential, sizeof credential - 1) == 0) {
        text += sizeof credential - 1;
        folder = getenv("CREDENTIALS_DIRECTORY");
        if (folder == NULL || text[0] == '\0' || strchr(text, '/') != NULL)
            return false;
    }
    *out = text[0] == '/' ? arena_text(reading->arena, text, strlen(text))
                          : arena_printf(reading->arena, "%s/%s", folder, text);
    return true;
}

/* Sets the member of a setting; false = that is no value of it. */
static bool set(const struct reading *reading, const struct serve_setting *setting,
                const char *text) {
    void *const member = (char *)reading->config + setting->offset;
    const char *wrong;
    switch (setting->type) {
    case SETTING_COUNT:
        return read_count(setting, text, member);
    case SETTING_WORD:
        return read_word(setting, text, member);
    case SETTING_KINDS:
        return media_kinds_of(text, member, &wrong) && *(uint64_t *)member != 0;
    case SETTING_TEXT:
        *(const char **)member = arena_text(reading->arena, text, strlen(text));
        return text[0] != '\0';
    case SETTING_FILE:
        return text[0] != '\0' && read_file_name(reading, text, member);
    case SETTING_LISTEN:
        return serve_address_read(reading->arena, text, member) &&
               is_address(((const struct serve_address *)member)->address);
    case SETTING_WORDS:
    case SETTING_PEERS:
        break;
    }
    return false;
}

/* What is wrong */

static struct baton_where place_of(const struct reading *reading, const struct yaml_value *value) {
    return (struct baton_where){.file = reading->file,
                                .row = value->row,
                                .column = value->column,
                                .field = yaml_path(reading->arena, value)};
}

static void refuse_value(const struct reading *reading, const struct serve_setting *setting,
                         const struct yaml_value *value) {
    struct baton_arena *const arena = reading->arena;
    baton_findings_add(reading->found, BATON_CONFIG_VALUE, place_of(reading, value),
                       arena_text(arena, value->text, value->size), setting->name,
                       serve_setting_values(arena, setting, BATON_EN),
                       serve_setting_values(arena, setting, BATON_ZH));
}

static void refuse_form(const struct reading *reading, const struct yaml_value *value,
                        const char *en, const char *zh) {
    if (value->kind != YAML_REFUSED)
        baton_findings_add(reading->found, BATON_CONFIG_FORM, place_of(reading, value), en, zh,
                           NULL, NULL);
}

static void refuse_unknown(const struct reading *reading, const struct yaml_value *value,
                           const char *name) {
    struct text_guess guess = {.text = name, .size = strlen(name)};
    struct baton_where where = place_of(reading, value);
    for (const struct serve_setting *at = serve_settings_table; at->name != NULL; at++) {
        text_guess_offer(&guess, at->name, strlen(at->name));
        for (const char *dot = at->name; (dot = strchr(dot, '.')) != NULL; dot++) {
            const size_t size = (size_t)(dot - at->name);
            text_guess_offer(&guess, arena_text(reading->arena, at->name, size), size);
        }
    }
    if (guess.best == NULL) { /* one that stands in another section */
        const char *const dot = strrchr(name, '.'), *const last = dot == NULL ? name : dot + 1;
        for (const struct serve_setting *at = serve_settings_table; at->name != NULL; at++) {
            const char *const own = strrchr(at->name, '.');
            if (own != NULL && guess.best == NULL && strcmp(own + 1, last) == 0)
                guess.best = at->name;
        }
    }
    where.row = value->key_row > 0 ? value->key_row : value->row;
    where.column = value->key_column > 0 ? value->key_column : value->column;
    baton_findings_add(reading->found, BATON_CONFIG_UNKNOWN, where, name, guess.best, NULL, NULL);
}

/* Going down */

/* A list of texts; `is_good` NULL = any. `en` and `zh` say what one of them is. */
static void read_list(const struct reading *reading, const struct serve_setting *setting,
                      const struct yaml_value *value, bool (*is_good)(const char *text),
                      const char *en, const char *zh) {
    if (value->kind != YAML_LIST) {
        refuse_form(reading, value, "a list", "列表");
        return;
    }
    const char **const list = arena_alloc(reading->arena, value->count + 1, sizeof *list);
    size_t count = 0;
    for (const struct yaml_value *at = value->first; at != NULL; at = at->next) {
        if (at->kind != YAML_TEXT)
            refuse_form(reading, at, en, zh);
        else if (is_good != NULL && !is_good(at->text))
            refuse_value(reading, setting, at);
        else
            list[count++] = arena_text(reading->arena, at->text, at->size);
    }
    *(const char *const **)((char *)reading->config + setting->offset) = list;
}

static void read_setting(const struct reading *reading, const struct serve_setting *setting,
                         const struct yaml_value *value) {
    if (yaml_is_null(value))
        return;
    if (setting->type == SETTING_PEERS)
        read_list(reading, setting, value, is_address, "an address", "地址");
    else if (setting->type == SETTING_WORDS)
        read_list(reading, setting, value, NULL, "a text", "文本");
    else if (value->kind != YAML_TEXT)
        refuse_form(reading, value, "a single value", "单个值");
    else if (!set(reading, setting, value->text))
        refuse_value(reading, setting, value);
}

static void read_map(const struct reading *reading, const struct yaml_value *map,
                     const char *name) {
    for (const struct yaml_value *at = map->first; at != NULL; at = at->next) {
        const char *const full =
            name == NULL ? at->key : arena_printf(reading->arena, "%s.%s", name, at->key);
        const struct serve_setting *const setting = find(full);
        if (setting != NULL)
            read_setting(reading, setting, at);
        else if (!is_section(full))
            refuse_unknown(reading, at, full);
        else if (at->kind == YAML_MAP)
            read_map(reading, at, full);
        else if (!yaml_is_null(at))
            refuse_form(reading, at, "a section with settings", "含设置项的一节");
    }
}

baton_code serve_config_read(struct baton_arena *arena, const char *path,
                             struct serve_config *config, struct baton_findings *found) {
    const char *const slash = strrchr(path, '/');
    const char *const folder = slash == NULL   ? "."
                               : slash == path ? "/"
                                               : arena_text(arena, path, (size_t)(slash - path));
    const struct reading reading = {arena, path, folder, config, found};
    struct yaml_value *root;
    struct file file;
    TRY(file_read(arena, folder, slash == NULL ? path : slash + 1, CONFIG_SIZE_MAX, &file, found));
    if (!file.there) {
        baton_findings_add(found, BATON_FILE_READ, (struct baton_where){0}, path, strerror(ENOENT),
                           NULL, NULL);
        return BATON_FILE_READ;
    }
    TRY(yaml_read(arena, path, file.text, file.size, &root, found));
    if (root->kind == YAML_MAP)
        read_map(&reading, root, NULL);
    else if (!yaml_is_null(root))
        refuse_form(&reading, root, "a map of settings", "设置项的映射");
    return baton_findings_worst(found);
}

struct serve_config serve_config_usual(struct baton_arena *arena) {
    struct serve_config config = {0};
    const struct reading reading = {.arena = arena, .folder = ".", .config = &config};
    for (const struct serve_setting *at = serve_settings_table; at->name != NULL; at++)
        if (at->usual[0] != '\0' && !set(&reading, at, at->usual))
            abort(); /* our bug; a test goes through them */
    return config;
}

/* What it means for the server */

/* "09:00"; -1 = it is none. */
static int16_t minute_of(const char *text) {
    struct civil_offset offset;
    char words[24];
    const int size = snprintf(words, sizeof words, "0d %s", text);
    return size > 0 && (size_t)size < sizeof words &&
                   civil_offset_parse(words, (size_t)size, &offset)
               ? offset.minute
               : -1;
}

static bool rule_of(const char *text, struct chase_rule *out) {
    return chase_rule_parse(strcmp(text, "never") == 0 ? "" : text, out);
}

struct chaser_settings serve_config_chaser(const struct serve_config *config) {
    struct chaser_settings settings = {.notify = {.webhook = config->webhook,
                                                  .secret = config->webhook_secret,
                                                  .command = config->notify_command,
                                                  .timeout_ms = config->notify_seconds * 1000},
                                       .look_seconds = config->look_seconds,
                                       .retry_seconds = config->notify_retry,
                                       .attempts = config->notify_attempts,
                                       .keep_days = config->notify_keep};
    settings.rules.minute = minute_of(config->remind_at);
    for (int i = 0; i < CHASE_OFS; i++)
        (void)rule_of(config->remind[i], &settings.rules.of[i]); /* checked before */
    return settings;
}

struct server_settings serve_config_settings(const struct serve_config *config,
                                             enum baton_language usual) {
    static const char *const facilities[] = {NULL,     "auth",   "authpriv", "daemon",
                                             "local0", "local1", "local2",   "local3",
                                             "local4", "local5", "local6",   "local7"};
    static const uint32_t administrators = UINT32_C(1) << ROLE_SYSTEM_ADMIN |
                                           UINT32_C(1) << ROLE_SECURITY_ADMIN |
                                           UINT32_C(1) << ROLE_AUDITOR;
    const uint32_t factor_roles[] = {FACTOR_NOBODY, administrators,
                                     administrators | UINT32_C(1) << ROLE_OFFICE,
                                     (UINT32_C(1) << ROLE_COUNT) - 1};
    const enum baton_language language = config->language == SERVE_LANGUAGE_EN   ? BATON_EN
                                         : config->language == SERVE_LANGUAGE_ZH ? BATON_ZH
                                                                                 : usual;
    struct http_settings http = http_settings_usual;
    http.address = config->listen.address;
    http.port = config->listen.port;
    http.loops = config->loops;
    http.workers = config->workers;
    http.connections_max = config->connections;
    http.queue_max = config->queue;
    http.head_ms = config->head_seconds * 1000;
    http.idle_ms = config->idle_seconds * 1000;
    http.body_rate = config->body_rate;
    http.body_max = (size_t)config->body_mib << 20;
    http.bodies_memory_max = (uint64_t)config->bodies_memory_mib << 20;
    http.bodies_file_max = (uint64_t)config->bodies_file_mib << 20;
    http.bodies_folder = config->bodies_folder;
    http.proxy = config->proxies;
    return (struct server_settings){
        .http = http,
        .accounts = {.cost = {config->hash_kib, config->hash_passes},
                     .hashes_max = config->hashes,
                     .waiting_max = config->hashes_waiting,
                     .password_days = config->password_days,
                     .first_days = config->first_days,
                     .idle_minutes = config->idle_minutes,
                     .session_hours = config->session_hours,
                     .sessions_max = config->sessions,
                     .raised_minutes = config->raised_minutes,
                     .factor_roles = factor_roles[config->factor_of],
                     .factor_days = config->factor_days,
                     .issuer = config->issuer},
        .costly_max = config->costly,
        .costly_waiting_max = config->costly_waiting,
        .evidence = {(uint64_t)config->evidence_max_mib << 20, config->evidence_kinds},
        .limits = config->limits,
        .log = {.path = config->log_file,
                .level = (enum log_level)config->log_level,
                .form = (enum log_form)config->log_form,
                .language = language},
        .operation_address = config->metrics_listen.address,
        .operation_port = config->metrics_listen.port,
        .hsts_days = config->hsts_days,
        .syslog = facilities[config->syslog],
        .chaser = serve_config_chaser(config),
        .language = language};
}

/* Contradictions */

static void refuse_apart(struct baton_findings *found, const char *a, const char *b, const char *en,
                         const char *zh) {
    baton_findings_add(found, BATON_CONFIG_APART, (struct baton_where){0}, a, b, en, zh);
}

static void refuse_text(struct baton_findings *found, const char *text, const char *name,
                        const char *en, const char *zh) {
    baton_findings_add(found, BATON_CONFIG_VALUE, (struct baton_where){0}, text, name, en, zh);
}

static const char *const remind_name[CHASE_OFS] = {
    "reminders.clerk",     "reminders.approver",         "reminders.office",
    "reminders.verifying", "reminders.verifying_office", "reminders.stale"};

baton_code serve_config_check(const struct serve_config *config, struct baton_findings *found) {
    const struct serve_address *const main = &config->listen, *const own = &config->metrics_listen;
    if ((config->certificate == NULL) != (config->key == NULL))
        refuse_apart(found, "tls.certificate", "tls.key", "give both, or neither",
                     "两项须同时给出或同时不填");
    if (own->address != NULL && main->port != 0 && own->port == main->port &&
        strcmp(own->address, main->address) == 0)
        refuse_apart(found, "listen", "metrics.listen", "give them different ports",
                     "请使用不同的端口");
    if (config->evidence_max_mib > config->bodies_file_mib)
        refuse_apart(found, "evidence.max_mib", "http.bodies_file_mib",
                     "a file that is larger than all bodies together may be can never come in",
                     "单个文件大于请求体所用文件的合计上限时无法上传");
    if (config->idle_minutes > config->session_hours * 60)
        refuse_apart(found, "sessions.idle_minutes", "sessions.hours",
                     "a session cannot be idle for longer than it lasts",
                     "闲置时间不能长于会话本身的时限");
    if (config->first_days > config->password_days)
        refuse_apart(found, "passwords.first_days", "passwords.days",
                     "a first password does not outlast others",
                     "初始密码的有效期不能长于一般密码");
    if (config->webhook != NULL && config->notify_command != NULL)
        refuse_apart(found, "notify.webhook", "notify.command", "give one of them",
                     "只能填其中一项");
    if (config->webhook_secret != NULL && config->webhook == NULL)
        refuse_apart(found, "notify.secret", "notify.webhook", "the secret signs what is posted",
                     "密钥用于签署推送到该地址的内容");
    if (config->webhook != NULL && !notify_is_address(config->webhook))
        refuse_text(found, config->webhook, "notify.webhook",
                    "http://... or https://..., without a name or password in it",
                    "http://… 或 https://…，不含用户名和密码");
    if (config->notify_command != NULL && config->notify_command[0][0] != '/')
        refuse_text(found, config->notify_command[0], "notify.command",
                    "a list, the first of it the path of the program from the root on",
                    "列表，第一项为程序的绝对路径");
    for (int i = 0; i < CHASE_OFS; i++) {
        struct chase_rule rule;
        if (!rule_of(config->remind[i], &rule))
            refuse_text(found, config->remind[i], remind_name[i],
                        "workdays from the day that is due, such as -3wd 0wd 1wd; or never",
                        "自截止日起计的工作日，如 -3wd 0wd 1wd；不提醒写 never");
    }
    if (minute_of(config->remind_at) < 0)
        refuse_text(found, config->remind_at, "reminders.at", "a time such as 09:00",
                    "时刻，如 09:00");
    if (config->workers > config->connections)
        refuse_apart(found, "http.workers", "http.connections",
                     "a worker without a connection has nothing to do", "处理线程数不应多于连接数");
    return baton_findings_worst(found);
}
