/* Who is assessed, over what time, and what a result hangs on: earlier results, other assessments, changes of units. */
#include "report/annex_parts.h"
#include "report/words.h"

enum { UNITS_NAMED = 300 }; /* of a group; more are only counted */

static const char *how_often(const struct annex *annex) {
    switch (annex->scheme->frequency) {
    case BATON_WEEK:
        return annex_in(annex, "every week", "每周");
    case BATON_MONTH:
        return annex_in(annex, "every month", "每月");
    case BATON_QUARTER:
        return annex_in(annex, "every quarter", "每季度");
    case BATON_HALF:
        return annex_in(annex, "every half-year", "每半年");
    default:
        return annex_in(annex, "every year", "每年");
    }
}

static void put_periods(const struct annex *annex) {
    const struct baton_scheme *scheme = annex->scheme;
    const enum baton_language language = annex->view->language;
    document_paragraph(
        annex->document,
        annex_say(annex, "The assessment is for %s and is scored %s.", "考核周期为%s，%s计分一次。",
                  words_period(annex->arena, scheme->period, language), how_often(annex)));
    const char *due = NULL;
    for (unsigned kind = BATON_DAY; kind <= BATON_YEAR; kind++)
        if (scheme->due_days[kind] > 0)
            due = annex_join(annex, due, annex_in(annex, ", ", "、"),
                             annex_say(annex, "%s figures %d days", "%s数据%d日",
                                       annex_frequency(annex, (enum baton_period_kind)kind),
                                       scheme->due_days[kind]));
    if (due != NULL)
        document_paragraph(
            annex->document,
            annex_say(annex,
                      "Figures are due after the end of their period: %s; an indicator may have a "
                      "time of its own. What is not yet due does not count yet.",
                      "数据报送时限（自期满之日起）：%s；指标另有规定的从其规定。未到报送时限的"
                      "指标不计入当期结果。",
                      due));
}

static const char *unit_words(const struct annex *annex, uint32_t unit) {
    const struct baton_unit *of = &annex->scheme->unit[unit];
    const enum baton_language language = annex->view->language;
    const char *text = annex_unit_name(annex, unit);
    if (of->joined.kind != BATON_PERIOD_NONE)
        text = annex_say(annex, "%s (from %s)", "%s（自%s）", text,
                         words_period(annex->arena, of->joined, language));
    if (of->left.kind != BATON_PERIOD_NONE)
        text = annex_say(annex, "%s (until %s)", "%s（至%s）", text,
                         words_period(annex->arena, of->left, language));
    return text;
}

/* The names of those of the units that are there in the scheme's period; *count gets how many. */
static const char *units_words(const struct annex *annex, uint32_t first, uint32_t among,
                               uint32_t *count) {
    struct writer *out = writer_memory(annex->arena);
    *count = 0;
    for (uint32_t u = first; u < first + among; u++) {
        if (!annex_takes_part(annex, u) || ++*count > UNITS_NAMED)
            continue;
        writer_text(out, *count > 1 ? annex_in(annex, ", ", "、") : "");
        writer_text(out, unit_words(annex, u));
    }
    if (*count > UNITS_NAMED)
        writer_text(out, annex_say(annex, " and %u more", "等%u个",
                                   annex->zh ? *count : *count - UNITS_NAMED));
    return writer_text_of(out);
}

static void put_groups(const struct annex *annex) {
    const struct baton_scheme *scheme = annex->scheme;
    const struct document_column columns[] = {
        {.title = annex_in(annex, "group", "类别")},
        {.title = annex_in(annex, "units", "数量"), .align = ALIGN_RIGHT, .whole = true},
        {.title = annex_in(annex, "who they are", "考核对象")},
        {.title = annex_in(annex, "full score", "满分"), .align = ALIGN_RIGHT, .whole = true},
    };
    struct document_table *table = document_table(annex->document, columns, LENGTH(columns));
    for (uint32_t g = 0; g < scheme->group_count; g++) {
        const struct baton_group *group = &scheme->group[g];
        uint32_t count;
        const char *const units = units_words(annex, group->first_unit, group->unit_count, &count);
        const char *const cell[] = {annex_name(annex, &group->title, group->id),
                                    arena_printf(annex->arena, "%u", count), units,
                                    annex_number(annex, group->total)};
        if (annex_has_group(annex, g))
            document_row(table, ROW_PLAIN, 0, cell);
    }
    uint32_t others;
    const char *const names = units_words(annex, scheme->ranked_count,
                                          scheme->unit_count - scheme->ranked_count, &others);
    if (others > 0)
        document_paragraph(annex->document,
                           annex_say(annex, "Not ranked, but with figures of their own: %s.",
                                     "%s只提供数据，不参加排名。", names));
}

/* Earlier results, other assessments, successions. */
static void put_links(const struct annex *annex) {
    const struct baton_scheme *scheme = annex->scheme;
    if (scheme->succeeds != NULL)
        annex_item(
            annex,
            "Results of the years before are those of the scheme that this one succeeds: %s.",
            "以前年度的结果，取自本方案承接的考核方案：%s。", annex_code(annex, scheme->succeeds));
    for (uint32_t i = 0; i < scheme->import_count; i++) {
        const struct baton_import *import = &scheme->import[i];
        struct baton_imported about = {0};
        const char *title = annex_code(annex, import->path);
        if (view_imported(annex->session, i, "", "", &about))
            title = annex_say(annex, "%s (%s)", "%s（%s）",
                              annex_name(annex, about.title, about.package), title);
        annex_item(annex, "Scores of another assessment enter under the name %s: %s.",
                   "引用另一考核的得分，名称为%s：%s。", annex_code(annex, import->id), title);
    }
    for (uint32_t i = 0; i < scheme->succession_count; i++) {
        const struct baton_succession *row = &scheme->succession[i];
        const char *const day = words_day(annex->arena, row->date, annex->view->language);
        const char *const from = annex_unit_name(annex, row->from);
        const char *const to = annex_unit_name(annex, row->to);
        if (row->share == 1)
            annex_item(annex, "From %s: %s is succeeded by %s.", "自%s起，%s由%s承接。", day, from,
                       to);
        else
            annex_item(annex, "From %s: %s is succeeded by %s, with %s%% of its figures.",
                       "自%s起，%s由%s承接，数据按%s%%计入。", day, from, to,
                       annex_number(annex, 100 * row->share));
    }
}

void annex_units(const struct annex *annex) {
    document_heading(annex->document, 1, annex_in(annex, "Units and periods", "考核对象和周期"));
    put_periods(annex);
    put_groups(annex);
    put_links(annex);
}
