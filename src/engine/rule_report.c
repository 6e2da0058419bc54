/* Findings that point at a character of an expression. */
#include "base/text.h"
#include "engine/rule_tree.h"

void rule_report4(struct rule_report *report, baton_code code, size_t at, const char *arg1,
                  const char *arg2, const char *arg3, const char *arg4) {
    struct baton_where where = report->source.at;
    const uint32_t begin = where.column > 0 ? where.column : 1;
    where.column = begin + (uint32_t)text_length(report->source.text, at);
    baton_findings_add(report->found, code, where, arg1, arg2, arg3, arg4);
    if (report->code == BATON_OK && baton_code_info(code)->severity == BATON_ERROR)
        report->code = code;
}

void rule_report(struct rule_report *report, baton_code code, size_t at, const char *arg1,
                 const char *arg2) {
    rule_report4(report, code, at, arg1, arg2, NULL, NULL);
}
