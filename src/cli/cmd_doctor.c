/* `baton doctor`: whether a ledger stands on sound ground: the store and its settings, the key, who appends, the disk, the clock; and the configuration of its server. What the ledger says itself is for `baton verify`. */
#include "base/json.h"
#include "cli/list_table.h"
#include "cli/open_ledger.h"
#include "cli/public_key.h"
#include "cli/serve_config_look.h"
#include "cli/terminal.h"
#include "cli/world.h"
#include "ledger/inspect.h"
#include "ledger/store.h"
#include "report/explain_report.h"
#include <inttypes.h>
#include <string.h>

enum { FORMAT_JSON = 1, FREE_LEAST = 1 << 26, LINES_MAX = 64 };

/* One thing that was looked at. */
struct line {
    const char *name; /* as JSON calls it */
    const char *what; /* for people */
    const char *value;
    bool is_good;
};

struct job {
    struct invocation *invocation;
    struct line line[LINES_MAX];
    size_t count;
    bool is_held; /* somebody appends */
};

static void add(struct job *job, const char *name, const char *what, const char *value,
                bool is_good) {
    if (job->count < LINES_MAX)
        job->line[job->count++] = (struct line){name, what, value, is_good};
}

/* The words of what was found wrong. */
static const char *words_of(struct job *job, const struct baton_findings *found) {
    struct baton_arena *arena = job->invocation->arena;
    const enum baton_language language = job->invocation->language;
    if (found->count == 0)
        return "";
    const char *message = baton_finding_message(arena, &found->item[0], language);
    const char *advice = baton_finding_advice(arena, &found->item[0], language);
    return *advice == '\0' ? message : arena_printf(arena, "%s; %s", message, advice);
}

/* The store */

static void take_setting(void *context, const char *name, const char *value, bool is_good) {
    struct job *job = context;
    struct baton_arena *arena = job->invocation->arena;
    const char *kept = arena_text(arena, name, strlen(name));
    add(job, kept, kept, arena_text(arena, value, strlen(value)), is_good);
}

static baton_code look_at_store(struct job *job, const char *address) {
    struct invocation *invocation = job->invocation;
    struct baton_findings found = {.arena = invocation->arena};
    struct store *store;
    unsigned schema = 0;
    baton_code code = store_open(invocation->arena, address, STORE_READ, &store, &found);
    add(job, "store", in_language(invocation, "store", "存储"),
        code == BATON_OK ? store_address_shown(invocation->arena, address) : words_of(job, &found),
        code == BATON_OK);
    if (code != BATON_OK)
        return code;
    code = store_settings(store, take_setting, job);
    if (code == BATON_OK)
        code = store_schema(store, &schema);
    if (code != BATON_OK) {
        add(job, "settings", in_language(invocation, "settings", "参数"), store_error(store),
            false);
        return code;
    }
    add(job, "schema", in_language(invocation, "schema", "结构版本"),
        arena_printf(invocation->arena, "%u", schema), schema == store_schema_known());
    store_close(store);
    return BATON_OK;
}

/* The ledger */

static void look_at_key(struct job *job, const struct ledger_place *place,
                        const struct digest *in_force, enum digest_kind kind) {
    struct invocation *invocation = job->invocation;
    struct baton_arena *arena = invocation->arena;
    struct baton_findings found = {.arena = arena};
    struct signer *signer;
    const char *const what = in_language(invocation, "key", "密钥");
    const char *at = place->key;
    if (at == NULL && store_kind_of(place->address) == STORE_SQLITE)
        at = arena_printf(arena, "%s.key", place->address);
    if (at == NULL) {
        add(job, "key", what,
            in_language(invocation, "not looked at: --key KEY says where it is",
                        "未检查：请用 --key 指明位置"),
            true);
        return;
    }
    if (signer_open(arena, at, &signer, &found) != BATON_OK) {
        add(job, "key", what, words_of(job, &found), false);
        return;
    }
    const struct digest own = public_key_digest(kind, signer_public(signer));
    const bool is_in_force = digest_equal(&own, in_force);
    add(job, "key", what,
        arena_printf(arena,
                     is_in_force ? in_language(invocation, "%s, in force (%s…)", "%s，现用（%s…）")
                                 : in_language(invocation, "%s is not the one in force (%s…)",
                                               "%s 不是现用的密钥（%s…）"),
                     at, digest_shown(arena, in_force)),
        is_in_force);
}

static void look_at_lease(struct job *job, const struct ledger_state *state, int64_t now) {
    struct invocation *invocation = job->invocation;
    const bool is_held = state->holder != NULL && state->until_utc_ms > now;
    job->is_held = is_held;
    add(job, "lease", in_language(invocation, "appended to by", "正在写入者"),
        is_held ? state->holder : in_language(invocation, "nobody at the moment", "当前没有"),
        true);
    add(job, "orphans", in_language(invocation, "contents of no fact", "无主内容"),
        state->orphans == 0
            ? in_language(invocation, "none", "没有")
            : arena_printf(invocation->arena,
                           in_language(invocation,
                                       "%" PRIu64
                                       ", left by a crash; swept when it is next written to",
                                       "%" PRIu64 " 项，为异常中断所遗，下次写入时清除"),
                           state->orphans),
        true);
}

static const char *in_megabytes(struct baton_arena *arena, uint64_t size) {
    return arena_printf(arena, "%" PRIu64 ".%" PRIu64 " MB", size / 1000000, size / 100000 % 10);
}

static void look_at_disk(struct job *job, const char *address) {
    struct invocation *invocation = job->invocation;
    struct baton_arena *arena = invocation->arena;
    uint64_t is_free, size;
    if (store_kind_of(address) != STORE_SQLITE || !world_disk(address, &is_free, &size))
        return;
    add(job, "size", in_language(invocation, "size", "数据库大小"), in_megabytes(arena, size),
        true);
    add(job, "disk_free", in_language(invocation, "disk free", "磁盘剩余空间"),
        in_megabytes(arena, is_free), is_free >= FREE_LEAST && is_free >= size / 4);
}

static void look_at_clock(struct job *job, int64_t newest, int64_t now) {
    struct invocation *invocation = job->invocation;
    struct baton_arena *arena = invocation->arena;
    const char *value = explain_time(arena, now);
    if (now < newest)
        value = arena_printf(arena,
                             in_language(invocation, "%s, earlier than the newest fact: %s",
                                         "%s，早于最新事实的时间 %s"),
                             value, explain_time(arena, newest));
    add(job, "clock", in_language(invocation, "clock", "系统时间"), value, now >= newest);
}

static baton_code look_at_ledger(struct job *job, const struct ledger_place *place) {
    struct invocation *invocation = job->invocation;
    struct baton_arena *arena = invocation->arena;
    struct baton_findings found = {.arena = arena};
    struct ledger_reader *reader;
    struct ledger_state state;
    struct head head;
    struct public_key key;
    const int64_t now = world_now_utc_ms();
    baton_code code = reader_open(arena, place, &reader, &found);
    if (code == BATON_OK) {
        code = reader_head(reader, arena, &head, &key);
        if (code == BATON_OK)
            code = ledger_inspect(arena, reader, &state);
        if (code != BATON_OK)
            reader_report(reader, code, &found);
    }
    if (code != BATON_OK) {
        add(job, "ledger", in_language(invocation, "ledger", "账本"), words_of(job, &found), false);
        return code;
    }
    add(job, "ledger", in_language(invocation, "ledger", "账本"),
        arena_printf(arena, "%s (%s, %s)", reader_ledger(reader),
                     digest_word(reader_digest(reader)), signature_word(reader_signature(reader))),
        true);
    add(job, "entries", in_language(invocation, "facts", "事实"),
        arena_printf(arena, "%" PRIu64, head.size), true);
    add(job, "head", in_language(invocation, "newest head", "最新签名摘要"),
        arena_printf(arena, "%s…, %s", digest_shown(arena, &head.root),
                     explain_time(arena, head.time_utc_ms)),
        true);
    look_at_key(job, place, &head.key, reader_digest(reader));
    look_at_lease(job, &state, now);
    look_at_disk(job, place->address);
    look_at_clock(job, head.time_utc_ms, now);
    return BATON_OK;
}

static void take_look(void *job, const char *name, const char *what, const char *value,
                      bool is_good) {
    add(job, name, what, value, is_good);
}

static void print_lines(const struct job *job) {
    struct invocation *invocation = job->invocation;
    const char *const titles[] = {"", in_language(invocation, "what", "项目"),
                                  in_language(invocation, "found", "情况")};
    struct list_table table = {.arena = invocation->arena, .columns = 3, .title = titles};
    for (size_t i = 0; i < job->count; i++) {
        const char **cell = list_add(&table);
        cell[0] = job->line[i].is_good ? in_language(invocation, "good", "正常")
                                       : in_language(invocation, "NOT GOOD", "异常");
        cell[1] = job->line[i].what;
        cell[2] = job->line[i].value;
    }
    list_print(&table, invocation->out, invocation->colour_out, terminal_width(invocation));
}

static void print_json(const struct job *job) {
    struct json json = json_to(job->invocation->out);
    json_array(&json, NULL);
    for (size_t i = 0; i < job->count; i++) {
        json_object_tight(&json, NULL);
        json_text(&json, "name", job->line[i].name);
        json_text(&json, "value", job->line[i].value);
        json_flag(&json, "good", job->line[i].is_good);
        json_end(&json);
    }
    json_end(&json);
}

baton_code cmd_doctor(struct invocation *invocation) {
    struct job *job = arena_alloc(invocation->arena, 1, sizeof *job);
    const struct ledger_place place = ledger_place_of(invocation, invocation->operand[0]);
    job->invocation = invocation;
    baton_code code = look_at_store(job, place.address);
    if (code == BATON_OK)
        code = look_at_ledger(job, &place);
    if (code == BATON_NO_MEMORY)
        return code;
    if (invocation->settings.config != NULL)
        serve_config_look(invocation, invocation->settings.config, job->is_held, take_look, job);
    if (invocation->settings.format == FORMAT_JSON)
        print_json(job);
    else
        print_lines(job);
    for (size_t i = 0; i < job->count; i++)
        if (!job->line[i].is_good)
            return BATON_DOCTOR_BAD;
    return BATON_OK;
}
