/* The lines are looked at in an order in which each may lean on those before it: no store, no ledger. */
#include "flow/doctor.h"
#include "ledger/inspect.h"
#include "ledger/signing.h"
#include "ledger/store.h"
#include "report/explain_report.h"
#include <inttypes.h>
#include <string.h>

enum { FREE_LEAST = 1 << 26 };

__attribute__((format_arg(2), format_arg(3))) static const char *in(const struct doctor *doctor,
                                                                    const char *en,
                                                                    const char *zh) {
    return doctor->language == BATON_ZH ? zh : en;
}

void doctor_add(void *context, const char *name, const char *what, const char *value,
                bool is_good) {
    struct doctor *const doctor = context;
    if (doctor->count < DOCTOR_LINES)
        doctor->line[doctor->count++] = (struct doctor_line){name, what, value, is_good};
}

/* The words of what was found wrong. */
static const char *words_of(struct doctor *doctor, const struct baton_findings *found) {
    struct baton_arena *arena = doctor->arena;
    const enum baton_language language = doctor->language;
    if (found->count == 0)
        return "";
    const char *message = baton_finding_message(arena, &found->item[0], language);
    const char *advice = baton_finding_advice(arena, &found->item[0], language);
    return *advice == '\0' ? message : arena_printf(arena, "%s; %s", message, advice);
}

/* The store */

static void take_setting(void *context, const char *name, const char *value, bool is_good) {
    struct doctor *doctor = context;
    struct baton_arena *arena = doctor->arena;
    const char *kept = arena_text(arena, name, strlen(name));
    doctor_add(doctor, kept, kept, arena_text(arena, value, strlen(value)), is_good);
}

static baton_code look_at_store(struct doctor *doctor, const char *address) {
    struct baton_findings found = {.arena = doctor->arena};
    struct store *store;
    unsigned schema = 0;
    baton_code code = store_open(doctor->arena, address, STORE_READ, &store, &found);
    doctor_add(doctor, "store", in(doctor, "store", "存储"),
               code == BATON_OK ? store_address_shown(doctor->arena, address)
                                : words_of(doctor, &found),
               code == BATON_OK);
    if (code != BATON_OK)
        return code;
    code = store_settings(store, take_setting, doctor);
    if (code == BATON_OK)
        code = store_schema(store, &schema);
    if (code != BATON_OK) {
        doctor_add(doctor, "settings", in(doctor, "settings", "参数"), store_error(store), false);
        return code;
    }
    doctor_add(doctor, "schema", in(doctor, "schema", "结构版本"),
               arena_printf(doctor->arena, "%u", schema), schema == store_schema_known());
    store_close(store);
    return BATON_OK;
}

/* The ledger */

static void look_at_key(struct doctor *doctor, const struct ledger_place *place,
                        const struct digest *in_force, enum digest_kind kind) {
    struct baton_arena *arena = doctor->arena;
    struct baton_findings found = {.arena = arena};
    struct signer *signer;
    const char *const what = in(doctor, "key", "密钥");
    const char *at = place->key;
    if (at == NULL && store_kind_of(place->address) == STORE_SQLITE)
        at = arena_printf(arena, "%s.key", place->address);
    if (at == NULL) {
        doctor_add(
            doctor, "key", what,
            in(doctor, "not looked at: --key KEY says where it is", "未检查：请用 --key 指明位置"),
            true);
        return;
    }
    if (signer_open(arena, at, &signer, &found) != BATON_OK) {
        doctor_add(doctor, "key", what, words_of(doctor, &found), false);
        return;
    }
    const struct digest own = public_key_digest(kind, signer_public(signer));
    const bool is_in_force = digest_equal(&own, in_force);
    doctor_add(doctor, "key", what,
               arena_printf(arena,
                            is_in_force ? in(doctor, "%s, in force (%s…)", "%s，现用（%s…）")
                                        : in(doctor, "%s is not the one in force (%s…)",
                                             "%s 不是现用的密钥（%s…）"),
                            at, digest_shown(arena, in_force)),
               is_in_force);
}

static void look_at_lease(struct doctor *doctor, const struct ledger_state *state, int64_t now) {
    const bool is_held = state->holder != NULL && state->until_utc_ms > now;
    doctor->is_held = is_held;
    doctor_add(doctor, "lease", in(doctor, "appended to by", "正在写入者"),
               is_held ? state->holder : in(doctor, "nobody at the moment", "当前没有"), true);
    doctor_add(
        doctor, "orphans", in(doctor, "contents of no fact", "无主内容"),
        state->orphans == 0
            ? in(doctor, "none", "没有")
            : arena_printf(doctor->arena,
                           in(doctor,
                              "%" PRIu64 ", left by a crash; swept when it is next written to",
                              "%" PRIu64 " 项，为异常中断所遗，下次写入时清除"),
                           state->orphans),
        true);
}

static const char *in_megabytes(struct baton_arena *arena, uint64_t size) {
    return arena_printf(arena, "%" PRIu64 ".%" PRIu64 " MB", size / 1000000, size / 100000 % 10);
}

static void look_at_disk(struct doctor *doctor, const char *address) {
    struct baton_arena *arena = doctor->arena;
    uint64_t is_free, size;
    if (store_kind_of(address) != STORE_SQLITE || !ledger_disk(address, &is_free, &size))
        return;
    doctor_add(doctor, "size", in(doctor, "size", "数据库大小"), in_megabytes(arena, size), true);
    doctor_add(doctor, "disk_free", in(doctor, "disk free", "磁盘剩余空间"),
               in_megabytes(arena, is_free), is_free >= FREE_LEAST && is_free >= size / 4);
}

static void look_at_clock(struct doctor *doctor, int64_t now, int64_t newest) {
    struct baton_arena *arena = doctor->arena;
    const char *value = explain_time(arena, now);
    if (now < newest)
        value = arena_printf(
            arena, in(doctor, "%s, earlier than the newest fact: %s", "%s，早于最新事实的时间 %s"),
            value, explain_time(arena, newest));
    doctor_add(doctor, "clock", in(doctor, "clock", "系统时间"), value, now >= newest);
}

static baton_code look_at_ledger(struct doctor *doctor, const struct ledger_place *place) {
    struct baton_arena *arena = doctor->arena;
    struct baton_findings found = {.arena = arena};
    struct ledger_reader *reader;
    struct ledger_state state;
    struct head head;
    struct public_key key;
    baton_code code = reader_open(arena, place, &reader, &found);
    if (code == BATON_OK) {
        code = reader_head(reader, arena, &head, &key);
        if (code == BATON_OK)
            code = ledger_inspect(arena, reader, &state);
        if (code != BATON_OK)
            reader_report(reader, code, &found);
    }
    if (code != BATON_OK) {
        doctor_add(doctor, "ledger", in(doctor, "ledger", "账本"), words_of(doctor, &found), false);
        return code;
    }
    /* Only now: another process may have appended while the rest was looked at. */
    const int64_t now = doctor->world->now_utc_ms(doctor->world->context);
    doctor_add(doctor, "ledger", in(doctor, "ledger", "账本"),
               arena_printf(arena, "%s (%s, %s)", reader_ledger(reader),
                            digest_word(reader_digest(reader)),
                            signature_word(reader_signature(reader))),
               true);
    doctor_add(doctor, "entries", in(doctor, "facts", "事实"),
               arena_printf(arena, "%" PRIu64, head.size), true);
    doctor_add(doctor, "head", in(doctor, "newest head", "最新签名摘要"),
               arena_printf(arena, "%s…, %s", digest_shown(arena, &head.root),
                            explain_time(arena, head.time_utc_ms)),
               true);
    look_at_key(doctor, place, &head.key, reader_digest(reader));
    look_at_lease(doctor, &state, now);
    look_at_disk(doctor, place->address);
    look_at_clock(doctor, now, head.time_utc_ms);
    return BATON_OK;
}

baton_code doctor_look(struct doctor *doctor, const struct ledger_place *place) {
    baton_code code = look_at_store(doctor, place->address);
    if (code == BATON_OK)
        code = look_at_ledger(doctor, place);
    return code == BATON_NO_MEMORY ? code : BATON_OK;
}

bool doctor_is_good(const struct doctor *doctor) {
    for (size_t i = 0; i < doctor->count; i++)
        if (!doctor->line[i].is_good)
            return false;
    return true;
}

void doctor_json(const struct doctor *doctor, const char *name, struct json *json) {
    json_array(json, name);
    for (size_t i = 0; i < doctor->count; i++) {
        json_object_tight(json, NULL);
        json_text(json, "name", doctor->line[i].name);
        json_text(json, "what", doctor->line[i].what);
        json_text(json, "value", doctor->line[i].value);
        json_flag(json, "good", doctor->line[i].is_good);
        json_end(json);
    }
    json_end(json);
}
