/* Methods and functions on a terminal. */
#include "report/layout.h"
#include "report/methods_report.h"
#include "report/paint.h"

static const char *in(const struct methods_report *report, const char *en, const char *zh) {
    return report->language == BATON_ZH ? zh : en;
}

static void head(const struct methods_report *report, bool *is_first, const char *text) {
    if (!*is_first)
        writer_text(report->writer, "\n");
    *is_first = false;
    paint_text(report->writer, report->colour, PAINT_STRONG, text);
    writer_text(report->writer, "\n");
}

/* "  name      words", the words wrapped behind the name. */
static void item(const struct methods_report *report, const char *name, size_t width,
                 const char *words) {
    writer_text(report->writer, "  ");
    layout_pad(report->writer, name, width, ALIGN_LEFT);
    const size_t own = layout_width(name);
    const size_t at = 2 + (own > width ? own : width);
    if (own + 2 > width) { /* a long name has a line of its own */
        writer_text(report->writer, "\n");
        writer_repeat(report->writer, " ", width + 2);
        layout_wrap(report->writer, words, width + 2, width + 2, report->width);
    } else {
        layout_wrap(report->writer, words, at, at, report->width);
    }
}

enum { NAME_WIDTH = 14, USAGE_WIDTH = 30, LABEL_WIDTH = 12 };

static void list_all(const struct methods_report *report) {
    bool is_first = true;
    head(report, &is_first, in(report, "Methods", "评分方法"));
    for (unsigned k = 0; k < BATON_METHOD_KINDS; k++) {
        const struct method_kind *kind = method_kind((enum baton_method_kind)k);
        item(report, kind->name, NAME_WIDTH, kind->formula[report->language]);
    }
    uint32_t count;
    const struct rule_function *function = rule_functions(&count);
    for (unsigned kind = RULE_PLAIN; kind <= RULE_OF_RESULTS; kind++) {
        head(report, &is_first,
             methods_function_kind((enum rule_function_kind)kind, report->language));
        for (uint32_t i = 0; i < count; i++)
            if (function[i].kind == (enum rule_function_kind)kind)
                item(report, function[i].usage, USAGE_WIDTH, function[i].formula[report->language]);
    }
    head(report, &is_first, in(report, "Names", "名称"));
    for (unsigned i = 0; i < RULE_NAMES; i++)
        item(report, rule_names()[i].name, NAME_WIDTH, rule_names()[i].words[report->language]);
    writer_text(report->writer, in(report, "\n`baton methods NAME` tells more about one.\n",
                                   "\n`baton methods 名称` 查看详细说明。\n"));
}

static void label(const struct methods_report *report, const char *en, const char *zh,
                  const char *text) {
    if (*text != '\0')
        item(report, in(report, en, zh), LABEL_WIDTH, text);
}

static void parameter(const struct methods_report *report, const struct method_parameter *p,
                      const char *initial) {
    struct writer *text = writer_memory(report->arena);
    writer_printf(text, "%s%s", methods_type_words(report->arena, p, report->language),
                  in(report, "; ", "；"));
    if (initial != NULL && *initial != '\0')
        writer_text(text, in(report, "default ", "默认 "));
    else if (initial != NULL)
        writer_text(text, in(report, "default: ", "默认："));
    writer_text(text, methods_default_words(initial, report->language));
    writer_printf(text, "%s%s", in(report, ". ", "。"), p->doc[report->language]);
    item(report, p->name, LABEL_WIDTH, writer_text_of(text));
}

static void parameters(const struct methods_report *report, enum baton_method_kind kind) {
    uint32_t own, common;
    const struct method_parameter *p = method_parameters(kind, &own);
    const struct method_parameter *q = method_parameters_common(&common);
    writer_printf(report->writer, "  %s\n", in(report, "parameters:", "参数："));
    for (uint32_t i = 0; i < own; i++)
        parameter(report, &p[i], p[i].initial);
    for (uint32_t i = 0; i < common; i++)
        parameter(report, &q[i],
                  strcmp(q[i].name, "floor") == 0 ? method_kind(kind)->floor : q[i].initial);
}

static void one_method(const struct methods_report *report, enum baton_method_kind k,
                       bool *is_first) {
    const struct method_kind *kind = method_kind(k);
    const enum baton_language language = report->language;
    head(report, is_first,
         arena_printf(report->arena,
                      report->language == BATON_ZH ? "%s（评分方法）" : "%s (method)", kind->name));
    label(report, "score", "得分", kind->formula[language]);
    label(report, "down", "逆向", kind->down[language]);
    label(report, "notes", "说明", kind->notes[language]);
    label(report, "source", "来源", kind->source[language]);
    parameters(report, k);
}

static void one_function(const struct methods_report *report, const struct rule_function *function,
                         bool *is_first) {
    const enum baton_language language = report->language;
    head(report, is_first,
         arena_printf(report->arena, report->language == BATON_ZH ? "%s（函数）" : "%s (function)",
                      function->usage));
    label(report, "is", "含义", function->formula[language]);
    label(report, "words", "说明", function->words[language]);
    label(report, "places", "可用于", methods_places(report->arena, function->places, language));
    label(report, "example", "示例",
          arena_printf(report->arena, "%s = %s", function->example,
                       *function->expected == '\0' ? in(report, "missing", "缺失")
                                                   : function->expected));
}

static void one_name(const struct methods_report *report, const struct rule_name_entry *name,
                     bool *is_first) {
    head(report, is_first,
         arena_printf(report->arena, report->language == BATON_ZH ? "%s（名称）" : "%s (name)",
                      name->name));
    label(report, "is", "含义", name->words[report->language]);
    label(report, "places", "可用于",
          methods_places(report->arena, name->places, report->language));
}

void methods_text(const struct methods_report *report) {
    bool is_first = true;
    if (report->count == 0) {
        list_all(report);
        return;
    }
    for (unsigned k = 0; k < BATON_METHOD_KINDS; k++)
        if (methods_wanted(report, method_kind((enum baton_method_kind)k)->name))
            one_method(report, (enum baton_method_kind)k, &is_first);
    uint32_t count;
    const struct rule_function *function = rule_functions(&count);
    for (uint32_t i = 0; i < count; i++)
        if (methods_wanted(report, function[i].name))
            one_function(report, &function[i], &is_first);
    for (unsigned i = 0; i < RULE_NAMES; i++)
        if (methods_wanted(report, rule_names()[i].name))
            one_name(report, &rule_names()[i], &is_first);
}
