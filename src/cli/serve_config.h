/* The configuration of `baton serve`: one YAML file, made, read, checked and documented by one table of settings. docs/operation.md has the table; `baton help config` prints the file. */
#ifndef CLI_SERVE_CONFIG_H
#define CLI_SERVE_CONFIG_H

#include "base/writer.h"
#include "baton/findings.h"
#include "server/server.h"

enum serve_setting_type {
    SETTING_COUNT, /* a whole number; uint32_t */
    SETTING_WORD,  /* one of `words`; int, which of them from 0 */
    SETTING_TEXT,  /* const char *; NULL = not given */
    SETTING_FILE, /* the same: a path, from the folder of the configuration; credential:NAME = $CREDENTIALS_DIRECTORY/NAME */
    SETTING_LISTEN, /* struct serve_address: 127.0.0.1:8080, [::1]:8080, 8080 */
    SETTING_WORDS,  /* a list of texts; const char *const *, ends with NULL; NULL = none */
    SETTING_KINDS,  /* words of files/media.def, separated by spaces; uint64_t, a set of bits */
    SETTING_PEERS   /* addresses, without ports; const char *const *, ends with NULL; NULL = none */
};

struct serve_setting {
    const char *name; /* "limits.account.reads"; those of one section stand together */
    enum serve_setting_type type;
    size_t offset;     /* of the member of struct serve_config */
    const char *usual; /* as the file has it; "" = nothing */
    const char *words; /* SETTING_WORD: separated by spaces */
    uint32_t lowest, highest;
    const char *is[2]; /* what it means; by enum baton_language */
};

struct serve_address {
    const char *address; /* NULL = none */
    uint16_t port;
};

enum { SERVE_LANGUAGE_AUTO, SERVE_LANGUAGE_EN, SERVE_LANGUAGE_ZH };

struct serve_config {
    struct serve_address listen, metrics_listen;
    int language;
    const char *certificate, *key;
    uint32_t hsts_days;
    const char *const *proxies;
    uint32_t connections, loops, workers, queue, head_seconds, idle_seconds, body_rate, body_mib;
    uint32_t costly, costly_waiting, bodies_memory_mib, bodies_file_mib;
    const char *bodies_folder;
    uint32_t evidence_max_mib;
    uint64_t evidence_kinds;
    uint32_t drain_seconds, stop_seconds;
    struct limits_settings limits;
    uint32_t hash_kib, hash_passes, hashes, hashes_waiting, password_days, first_days;
    uint32_t idle_minutes, session_hours, sessions, raised_minutes, factor_days;
    int factor_of;
    const char *issuer;
    int log_level, log_form;
    const char *log_file;
    int syslog;
    const char *webhook, *webhook_secret;
    const char *const *notify_command;
    uint32_t notify_seconds, notify_attempts, notify_retry, notify_keep, look_seconds;
    const char *remind[CHASE_OFS], *remind_at;
};

/* The table; ends with an entry without name. */
extern const struct serve_setting serve_settings_table[];

/* What holds where nothing is said. */
struct serve_config serve_config_usual(struct baton_arena *arena);

/* Reads a file over *config: what it does not have stays. All that is wrong is found, with file, line and column: CONFIG_UNKNOWN, CONFIG_VALUE, CONFIG_FORM, FILE_READ, what yaml_read finds. */
MUST_USE baton_code serve_config_read(struct baton_arena *arena, const char *path,
                                      struct serve_config *config, struct baton_findings *found);

/* What contradicts itself: CONFIG_APART for each. */
MUST_USE baton_code serve_config_check(const struct serve_config *config,
                                       struct baton_findings *found);

/* "127.0.0.1:8080", "[::1]:8080", ":8080", "8080"; false = it is none. */
bool serve_address_read(struct baton_arena *arena, const char *text, struct serve_address *out);

/* The settings of a server, but for where the ledger is and what the certificate holds. */
struct server_settings serve_config_settings(const struct serve_config *config,
                                             enum baton_language usual);

/* Of these, those of the chaser: for `baton chase` too. */
struct chaser_settings serve_config_chaser(const struct serve_config *config);

/* The commented file with what is usual. */
void serve_config_print(struct writer *writer, enum baton_language language);

/* What a value may be, in words: "0 to 3650", "auto|en|zh"; in the arena. */
const char *serve_setting_values(struct baton_arena *arena, const struct serve_setting *setting,
                                 enum baton_language language);

#endif
