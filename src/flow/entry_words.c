/* What facts say, in a line. Most kinds are told by their tables: the key, then the other fields by their names. A few are told in their own way. */
#include "flow/entry_words.h"
#include "base/writer.h"
#include "flow/calendar_words.h"
#include "ledger/audit_words.h"
#include "ledger/signing.h"
#include "ledger/stage.h"
#include "report/explain_report.h"
#include <string.h>

enum { DIGITS_SHOWN = 8, PROPOSED_SHOWN = 3 };

/* Whether a word stands in a list of words separated by spaces; what each may have behind it, `(c)`, is not looked at. */
static bool has_word(const char *words, const char *word) {
    const size_t size = strlen(word);
    for (const char *at = words; *at != '\0'; at += strcspn(at, " "), at += *at == ' ')
        if (strncmp(at, word, size) == 0 &&
            (at[size] == '\0' || at[size] == ' ' || at[size] == '('))
            return true;
    return false;
}

bool entry_is_key(const struct fact_body *body, const char *name) {
    enum fact_kind kind;
    return fact_kind_of(body->kind, &kind) && has_word(fact_kind_info(kind)->key, name);
}

const char *entry_kind(const struct fact_body *body, enum baton_language language) {
    enum fact_kind kind;
    return fact_kind_of(body->kind, &kind) ? fact_kind_info(kind)->name[language] : body->kind;
}

/* The values of the key, in the order of the key. */
static void put_key(struct writer *out, const struct fact_body *body,
                    enum baton_language language) {
    enum fact_kind kind;
    bool any = false;
    if (!fact_kind_of(body->kind, &kind))
        return;
    for (const char *at = fact_kind_info(kind)->key; *at != '\0';) {
        const size_t size = strcspn(at, " ");
        const char *const name = arena_text(out->arena, at, size);
        const char *const words = calendar_key_words(body, name, language);
        const char *const value = words == NULL ? body_text(body, name) : words;
        if (*value != '\0') {
            writer_printf(out, "%s%s", any ? " " : "", value);
            any = true;
        }
        at += size;
        at += *at == ' ';
    }
}

static void put_separator(struct writer *out, bool *any, bool zh) {
    if (out->used > 0)
        writer_text(out, *any ? (zh ? "，" : ", ") : zh ? "：" : ": ");
    *any = true;
}

/* Long digits are told by their beginning. */
static void put_value(struct writer *out, const char *value) {
    struct digest digest;
    if (digest_of_hex(value, strlen(value), &digest))
        writer_printf(out, "%.*s…", DIGITS_SHOWN, value);
    else
        writer_text(out, value);
}

/* What Chinese readers call fields that are told by their names; English ones are told the names themselves. */
static const char *field_name(const char *name, bool zh) {
    static const char *const named[][2] = {
        {"source", "来源"},     {"document", "依据文件"}, {"basis", "依据"},
        {"factor", "换算系数"}, {"from", "取自"},         {"from_element", "取自数据项"},
        {"since", "自"},        {"until", "至"},          {"minutes", "分钟数"},
        {"limit", "限额"},      {"registered", "须备案"}, {"name", "名称"},
        {"term", "期限"},       {"target", "目标值"},     {"baseline", "基期值"},
        {"note", "说明"},       {"reason", "事由"},
    };
    for (size_t i = 0; zh && i < LENGTH(named); i++)
        if (strcmp(named[i][0], name) == 0)
            return named[i][1];
    return name;
}

/* The fields of the table that are no part of the key; those of the figure itself without their names. */
static void put_fields(struct writer *out, const struct fact_body *body,
                       enum baton_language language) {
    const bool zh = language == BATON_ZH;
    bool any = false;
    const char *value = strcmp(body->kind, "observation") == 0 ? "value" : "";
    if (body_field(body, "@withdrawn") != NULL) {
        put_separator(out, &any, zh);
        writer_text(out, zh ? "撤销" : "withdrawn");
    }
    if (body_field(body, value) != NULL) {
        put_separator(out, &any, zh);
        writer_text(out, body_text(body, value));
    }
    for (size_t n = 0; n < CALENDAR_FIELDS; n++) {
        const char *const words = calendar_field_words(out->arena, body, n, language);
        if (words != NULL) {
            put_separator(out, &any, zh);
            writer_text(out, words);
        }
    }
    for (size_t i = 0; i < body->field_count; i++) {
        const struct field *field = &body->field[i];
        if (field->type != 't' || field->name[0] == '@' || strcmp(field->name, value) == 0 ||
            entry_is_key(body, field->name) || calendar_tells(body, field->name))
            continue;
        put_separator(out, &any, zh);
        writer_printf(out, "%s ", field_name(field->name, zh));
        put_value(out, field->value);
    }
}

static void put_key_of_ledger(struct writer *out, const struct fact_body *body, bool zh) {
    if (body_field(body, "id") != NULL)
        writer_printf(out, "%s%s%s, %s", body_text(body, "id"), zh ? "：" : ": ",
                      body_text(body, "digest"), body_text(body, "signature"));
    else
        writer_text(out,
                    zh ? "自下一号起用新密钥签名" : "the next head is signed with the new one");
}

static void put_scheme(struct writer *out, const struct fact_body *body, bool zh) {
    size_t files = 0;
    for (size_t i = 0; i < body->field_count; i++)
        files += body->field[i].type == 'c' || body->field[i].type == 'C';
    writer_printf(out, zh ? "%s，%zu 个文件" : "%s, %zu files", body->assessment, files);
    if (body_field(body, "in_force") != NULL)
        writer_printf(out, zh ? "，自 %s 起" : ", from %s on", body_text(body, "in_force"));
}

static void put_decision(struct writer *out, const struct fact_body *body, bool zh) {
    const char *proposal = body_text(body, "proposal"), *verdict = body_text(body, "verdict");
    if (*verdict == '\0')
        writer_printf(out, zh ? "撤回第 %s 号" : "of no. %s", proposal);
    else if (strcmp(verdict, "accepted") == 0)
        writer_printf(out, zh ? "同意第 %s 号" : "no. %s is accepted", proposal);
    else
        writer_printf(out, zh ? "不同意第 %s 号" : "no. %s is refused", proposal);
}

static void put_posting(struct writer *out, const struct fact_body *body, bool zh) {
    writer_printf(out,
                  zh ? "%s，%s，依据第 %s 号方案和前 %s 条事实，结果摘要 "
                     : "%s, %s, by the scheme no. %s, of the first %s facts, result ",
                  body->assessment, body_text(body, "period"), body_text(body, "scheme"),
                  body_text(body, "size"));
    put_value(out, body_text(body, "digest"));
}

/* The first of what is proposed. */
static void put_proposal(struct writer *out, const struct fact_body *body,
                         enum baton_language language) {
    const bool zh = language == BATON_ZH;
    size_t count = 0;
    for (size_t i = 0; i < body->field_count; i++) {
        struct fact_body fact;
        if (body->field[i].type != 'f' ||
            body_read(out->arena, body->field[i].value, body->field[i].size, &fact) != BATON_OK)
            continue;
        if (count++ < PROPOSED_SHOWN)
            writer_printf(out, "%s%s",
                          count == 1 ? ""
                          : zh       ? "；"
                                     : "; ",
                          entry_words(out->arena, &fact, language));
    }
    if (count > PROPOSED_SHOWN)
        writer_printf(out, zh ? "；等共 %zu 项" : "; %zu in all", count);
}

/* "signing in of zhao.qing: refused, 3 times" */
static void put_audit(struct writer *out, const struct fact_body *body,
                      enum baton_language language) {
    const bool zh = language == BATON_ZH;
    const char *const person = body_text(body, "person"), *const subject =
                                                              body_text(body, "subject");
    const char *const count = body_text(body, "count");
    writer_text(out, audit_event_name(body_text(body, "event"), language));
    if (*person != '\0')
        writer_printf(out, zh ? "（%s）" : " of %s", person);
    if (*subject != '\0')
        writer_printf(out, zh ? "，%s" : ", %s", subject);
    writer_printf(out, zh ? "：%s" : ": %s",
                  audit_outcome_name(body_text(body, "outcome"), language));
    if (*count != '\0')
        writer_printf(out, zh ? "，%s 次" : ", %s times", count);
}

/* "jinting gdp 2021-Q3: submitted, 512.3, by statistics, returned 2 times": how far it is, then what it says; a withdrawn one has its key alone. */
static void put_report(struct writer *out, const struct fact_body *body,
                       enum baton_language language) {
    static const char *const fields[] = {"value", "state"};
    const bool zh = language == BATON_ZH;
    const char *const stop = zh ? "，" : ", ", *const returns = body_text(body, "returns");
    const char *const reporter = body_text(body, "reporter");
    enum stage stage;
    const bool has_stage = stage_of_word(body_text(body, "stage"), &stage);
    writer_printf(out, "%s %s %s%s%s", body_text(body, "unit"), body_text(body, "element"),
                  body_text(body, "period"), zh ? "：" : ": ",
                  has_stage ? stage_name(stage, language)
                  : zh      ? "撤销"
                            : "withdrawn");
    for (size_t i = 0; i < LENGTH(fields); i++)
        if (body_field(body, fields[i]) != NULL)
            writer_printf(out, "%s%s", stop, body_text(body, fields[i]));
    if (*reporter != '\0' && strcmp(reporter, body_text(body, "unit")) != 0)
        writer_printf(out, zh ? "，由 %s 报送" : ", by %s", reporter);
    if (*returns != '\0')
        writer_printf(out, zh ? "，已退回 %s 次" : ", returned %s times", returns);
}

bool entry_is_audit(const struct fact_body *body) {
    return strcmp(body->kind, fact_kind_info(FACT_AUDIT)->word) == 0;
}

const char *entry_says(struct baton_arena *arena, const struct fact_body *body,
                       enum baton_language language) {
    struct writer *out = writer_memory(arena);
    const bool zh = language == BATON_ZH;
    enum fact_kind kind;
    if (!fact_kind_of(body->kind, &kind))
        return "";
    switch (kind) {
    case FACT_LEDGER:
    case FACT_KEY:
        put_key_of_ledger(out, body, zh);
        break;
    case FACT_SCHEME:
        put_scheme(out, body, zh);
        break;
    case FACT_DECISION:
    case FACT_WITHDRAWAL:
        put_decision(out, body, zh);
        break;
    case FACT_PROPOSAL:
        put_proposal(out, body, language);
        break;
    case FACT_POSTING:
        put_posting(out, body, zh);
        break;
    case FACT_AUDIT:
        put_audit(out, body, language);
        break;
    case FACT_REPORT:
        put_report(out, body, language);
        break;
    case FACT_EVIDENCE:
        writer_printf(out, zh ? "%s 字节 %s" : "%s bytes %s", body_text(body, "size"),
                      body_text(body, "media"));
        break;
    default:
        put_key(out, body, language);
        put_fields(out, body, language);
    }
    return writer_text_of(out);
}

const char *entry_words(struct baton_arena *arena, const struct fact_body *body,
                        enum baton_language language) {
    const char *says = entry_says(arena, body, language);
    return arena_printf(arena, "%s%s%s", entry_kind(body, language), *says == '\0' ? "" : " ",
                        says);
}
