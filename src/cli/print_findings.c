/* Findings for people and, as JSON, for programs. */
#include "cli/print_findings.h"

static enum paint severity_paint(enum baton_severity severity) {
    return severity == BATON_ERROR     ? PAINT_RED
           : severity == BATON_WARNING ? PAINT_YELLOW
                                       : PAINT_BLUE;
}

/* Whether the column is that of the line, as in YAML and where nothing is known of fields; else it is that of the field's
 * text, which in an expression tells which part of it is meant. */
static bool is_of_line(const struct baton_where *where) {
    const size_t size = strlen(where->file);
    return where->field == NULL || (size > 5 && strcmp(where->file + size - 5, ".yaml") == 0);
}

static void print_place(struct writer *writer, const struct baton_where *where, bool colour) {
    if (where->file == NULL)
        return;
    paint_begin(writer, colour, PAINT_STRONG);
    writer_text(writer, where->file);
    if (where->row > 0)
        writer_printf(writer, ":%u", where->row);
    if (where->row > 0 && where->column > 0 && is_of_line(where))
        writer_printf(writer, ":%u", where->column);
    writer_text(writer, ":");
    paint_end(writer, colour, PAINT_STRONG);
    writer_text(writer, " ");
}

/* What inside the row: the field, and the character of its text. */
static void print_field(struct writer *writer, const struct baton_where *where,
                        enum baton_language language) {
    const bool zh = language == BATON_ZH;
    if (where->file == NULL || where->field == NULL)
        return;
    writer_text(writer, where->field);
    if (where->column > 1 && !is_of_line(where))
        writer_printf(writer, zh ? " 第 %u 字" : ", character %u", where->column);
    writer_text(writer, zh ? "：" : ": ");
}

/* A text of several lines, each line indented. */
static void print_indented(struct writer *writer, const char *text) {
    while (*text != '\0') {
        const size_t size = strcspn(text, "\n");
        size_t shown = size; /* a part that was left out may leave a blank behind */
        while (shown > 0 && text[shown - 1] == ' ')
            shown--;
        writer_text(writer, "    ");
        writer_put(writer, text, shown);
        writer_text(writer, "\n");
        text += size + (text[size] == '\n');
    }
}

static void print_one(struct baton_arena *arena, struct writer *writer,
                      const struct baton_finding *finding, struct findings_style style) {
    const enum baton_severity severity = baton_code_info(finding->code)->severity;
    print_place(writer, &finding->where, style.colour);
    paint_text(writer, style.colour, severity_paint(severity),
               severity_word(severity, style.language));
    writer_text(writer, style.language == BATON_ZH ? "：" : ": ");
    print_field(writer, &finding->where, style.language);
    writer_text(writer, findings_message(arena, finding, style.language));
    writer_text(writer, "\n");
    paint_begin(writer, style.colour, PAINT_DIM);
    print_indented(writer, baton_code_why(finding->code, style.language));
    print_indented(writer, baton_finding_advice(arena, finding, style.language));
    paint_end(writer, style.colour, PAINT_DIM);
}

void print_findings(struct baton_arena *arena, struct writer *writer, struct baton_findings *found,
                    struct findings_style style) {
    baton_findings_sort(found);
    for (size_t i = 0; i < found->count; i++)
        if (baton_code_info(found->item[i].code)->severity >= style.least)
            print_one(arena, writer, &found->item[i], style);
    if (found->left_out > 0)
        writer_printf(writer,
                      style.language == BATON_ZH
                          ? "另有%zu处未列出（每个文件最多列出%d处）\n"
                          : "%zu more are not listed (at most %d are of one file)\n",
                      found->left_out, BATON_FINDINGS_PER_FILE);
}

const char *count_findings(struct baton_arena *arena, const struct baton_findings *found,
                           enum baton_language language) {
    const size_t errors = found->errors, warnings = found->warnings;
    if (language == BATON_ZH) {
        if (errors > 0 && warnings > 0)
            return arena_printf(arena, "%zu处错误，%zu处警告", errors, warnings);
        return errors > 0 ? arena_printf(arena, "%zu处错误", errors)
                          : arena_printf(arena, "%zu处警告", warnings);
    }
    const char *e = arena_printf(arena, "%zu error%s", errors, errors == 1 ? "" : "s");
    const char *w = arena_printf(arena, "%zu warning%s", warnings, warnings == 1 ? "" : "s");
    return errors > 0 && warnings > 0 ? arena_printf(arena, "%s, %s", e, w) : errors > 0 ? e : w;
}
