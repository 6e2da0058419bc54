/* Methods and functions as a page of Markdown. */
#include "report/methods_report.h"

static const char *in(const struct methods_report *report, const char *en, const char *zh) {
    return report->language == BATON_ZH ? zh : en;
}

/* A cell of a table, in which a bar would end it. */
static void cell(struct writer *writer, const char *text) {
    for (; *text != '\0'; text++) {
        if (*text == '|')
            writer_char(writer, '\\');
        writer_char(writer, *text);
    }
}

static void row(struct writer *writer, const char *const cells[], size_t count) {
    for (size_t i = 0; i < count; i++) {
        writer_text(writer, i == 0 ? "| " : " | ");
        cell(writer, cells[i]);
    }
    writer_text(writer, " |\n");
}

static void rows_head(const struct methods_report *report, const char *const en[],
                      const char *const zh[], size_t count) {
    row(report->writer, report->language == BATON_ZH ? zh : en, count);
    writer_repeat(report->writer, "|---", count);
    writer_text(report->writer, "|\n");
}

static void line(const struct methods_report *report, const char *en, const char *zh,
                 const char *text, bool code) {
    if (*text == '\0')
        return;
    writer_printf(report->writer, "- %s%s", in(report, en, zh), in(report, ": ", "："));
    writer_printf(report->writer, code ? "`%s`\n" : "%s\n", text);
}

static void parameter(const struct methods_report *report, const struct method_parameter *p,
                      const char *initial) {
    const char *const cells[] = {arena_printf(report->arena, "`%s`", p->name),
                                 methods_type_words(report->arena, p, report->language),
                                 methods_default_words(initial, report->language),
                                 p->doc[report->language]};
    row(report->writer, cells, LENGTH(cells));
}

static void parameter_head(const struct methods_report *report) {
    static const char *const en[] = {"parameter", "value", "default", "what it is"};
    static const char *const zh[] = {"参数", "取值", "默认", "含义"};
    rows_head(report, en, zh, LENGTH(en));
}

static void method(const struct methods_report *report, enum baton_method_kind k) {
    const struct method_kind *kind = method_kind(k);
    const enum baton_language language = report->language;
    uint32_t count;
    const struct method_parameter *own = method_parameters(k, &count);
    writer_printf(report->writer, "\n### %s\n\n", kind->name);
    line(report, "score", "得分", kind->formula[language], false);
    line(report, "with `direction: down`", "逆向指标（`direction: down`）", kind->down[language],
         false);
    line(report, "also", "说明", kind->notes[language], false);
    line(report, "floor unless given", "默认最低得分", kind->floor, false);
    line(report, "source", "来源", kind->source[language], false);
    if (count == 0)
        return;
    writer_text(report->writer, "\n");
    parameter_head(report);
    for (uint32_t i = 0; i < count; i++)
        parameter(report, &own[i], own[i].initial);
}

static void methods(const struct methods_report *report) {
    bool any = false;
    for (unsigned k = 0; k < BATON_METHOD_KINDS; k++) {
        if (!methods_wanted(report, method_kind((enum baton_method_kind)k)->name))
            continue;
        if (!any)
            writer_printf(report->writer, "## %s\n", in(report, "Methods", "评分方法"));
        any = true;
        method(report, (enum baton_method_kind)k);
    }
    if (!any || report->count > 0)
        return;
    uint32_t count;
    const struct method_parameter *common = method_parameters_common(&count);
    writer_printf(report->writer, "\n### %s\n\n",
                  in(report, "Parameters of every method", "各种方法共有的参数"));
    parameter_head(report);
    for (uint32_t i = 0; i < count; i++)
        parameter(report, &common[i], common[i].initial);
}

static void functions(const struct methods_report *report) {
    static const char *const en[] = {"written", "is", "what it does", "where", "example"};
    static const char *const zh[] = {"写法", "含义", "说明", "可用于", "示例"};
    uint32_t count;
    const struct rule_function *function = rule_functions(&count);
    for (unsigned kind = RULE_PLAIN; kind <= RULE_OF_RESULTS; kind++) {
        bool any = false;
        for (uint32_t i = 0; i < count; i++) {
            if (function[i].kind != (enum rule_function_kind)kind ||
                !methods_wanted(report, function[i].name))
                continue;
            if (!any) {
                writer_printf(
                    report->writer, "\n## %s\n\n",
                    methods_function_kind((enum rule_function_kind)kind, report->language));
                rows_head(report, en, zh, LENGTH(en));
            }
            any = true;
            const char *expected = *function[i].expected == '\0' ? in(report, "missing", "缺失")
                                                                 : function[i].expected;
            const char *const cells[] = {
                arena_printf(report->arena, "`%s`", function[i].usage),
                function[i].formula[report->language], function[i].words[report->language],
                methods_places(report->arena, function[i].places, report->language),
                arena_printf(report->arena, "`%s` = %s", function[i].example, expected)};
            row(report->writer, cells, LENGTH(cells));
        }
    }
}

static void names(const struct methods_report *report) {
    static const char *const en[] = {"name", "is", "where"};
    static const char *const zh[] = {"名称", "含义", "可用于"};
    bool any = false;
    for (unsigned i = 0; i < RULE_NAMES; i++) {
        const struct rule_name_entry *name = &rule_names()[i];
        if (!methods_wanted(report, name->name))
            continue;
        if (!any) {
            writer_printf(report->writer, "\n## %s\n\n", in(report, "Names", "名称"));
            rows_head(report, en, zh, LENGTH(en));
        }
        any = true;
        const char *const cells[] = {arena_printf(report->arena, "`%s`", name->name),
                                     name->words[report->language],
                                     methods_places(report->arena, name->places, report->language)};
        row(report->writer, cells, LENGTH(cells));
    }
}

void methods_markdown(const struct methods_report *report) {
    if (report->count == 0)
        writer_printf(report->writer, "# %s\n\n",
                      in(report, "Methods and functions", "评分方法与函数"));
    methods(report);
    functions(report);
    names(report);
}
