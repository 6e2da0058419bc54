/* Findings for programs, and their words as people read them. */
#include "report/findings_json.h"
#include "report/words.h"

const char *severity_word(enum baton_severity severity, enum baton_language language) {
    static const char *const word[][2] = {
        [BATON_NOTE] = {"note", "提示"},
        [BATON_WARNING] = {"warning", "警告"},
        [BATON_ERROR] = {"error", "错误"},
    };
    return word[severity][language];
}

/* The message; what the system said of an error is put in the same language. */
const char *findings_message(struct baton_arena *arena, const struct baton_finding *finding,
                             enum baton_language language) {
    struct baton_finding put = *finding;
    if ((put.code == BATON_FILE_READ || put.code == BATON_FILE_WRITE) && put.arg[1] != NULL)
        put.arg[1] = words_system(put.arg[1], language);
    return baton_finding_message(arena, &put, language);
}

static void count_or_null(struct json *json, const char *name, uint32_t count) {
    if (count > 0)
        json_count(json, name, count);
    else
        json_null(json, name);
}

static const char *text_or_null(const char *text) {
    return text[0] == '\0' ? NULL : text;
}

void findings_list(struct json *json, const char *name, struct baton_arena *arena,
                   struct baton_findings *found, enum baton_language language) {
    baton_findings_sort(found);
    json_array(json, name);
    for (size_t i = 0; i < found->count; i++) {
        const struct baton_finding *finding = &found->item[i];
        const struct baton_code_info *info = baton_code_info(finding->code);
        json_object_tight(json, NULL);
        json_text(json, "code", info->name);
        json_count(json, "number", (uint64_t)info->number);
        json_text(json, "severity", severity_word(info->severity, BATON_EN));
        json_text(json, "file", finding->where.file);
        count_or_null(json, "row", finding->where.row);
        count_or_null(json, "column", finding->where.column);
        json_text(json, "field", finding->where.field);
        json_text(json, "message", findings_message(arena, finding, language));
        json_text(json, "why", text_or_null(baton_code_why(finding->code, language)));
        json_text(json, "advice", baton_finding_advice(arena, finding, language));
        json_end(json);
    }
    json_end(json);
}

void findings_json(struct baton_arena *arena, struct writer *writer, struct baton_findings *found,
                   enum baton_language language) {
    struct json json = json_to(writer);
    findings_list(&json, NULL, arena, found, language);
}
