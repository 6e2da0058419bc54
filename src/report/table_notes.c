/* What is worth knowing beside the numbers: under each group, the awards, and what was scored by what time. */
#include "engine/session.h"
#include "report/table_internal.h"
#include "report/words.h"
#include <math.h>

enum {
    NAMES_MOST = 12, /* units that one note names */
    LEAVES_MOST = 2  /* leaves of a unit that are named */
};

/* A note under construction: "heading: name, name". */
struct note {
    const struct table *table;
    struct writer *text;
    uint32_t count;
};

static struct note note_of(const struct table *table) {
    return (struct note){table, writer_memory(table->arena), 0};
}

/* Adds a unit; NULL where there are names enough already. */
static struct writer *note_unit(struct note *note, uint32_t unit) {
    if (note->count++ >= NAMES_MOST)
        return NULL;
    if (note->count > 1)
        writer_text(note->text, table_words(note->table, ", ", "、"));
    writer_text(note->text, table_unit_name(note->table, unit));
    return note->text;
}

static void note_print(const struct note *note, enum paint paint, const char *heading) {
    const struct table *table = note->table;
    if (note->count == 0)
        return;
    if (note->count > NAMES_MOST)
        writer_printf(note->text, table_words(table, " and %u more", "等，另有%u个"),
                      note->count - NAMES_MOST);
    paint_text(table->writer, table->style->colour, paint, heading);
    writer_text(table->writer, table_words(table, ": ", "："));
    const size_t at = layout_width(heading) + 2;
    layout_wrap(table->writer,
                arena_printf(table->arena, "%s%s", writer_text_of(note->text),
                             table_words(table, ".", "。")),
                at, 4, table->style->width);
}

/* Adds a unit with leaves that have no figure: a few by name, more by number. */
static void note_missing(struct note *note, uint32_t unit) {
    const struct table *table = note->table;
    const struct baton_scheme *scheme = table->scheme;
    uint32_t leaf[LEAVES_MOST], count = 0;
    for (uint32_t n = 1; n < scheme->node_count; n++)
        if (scheme->node[n].child_count == 0 &&
            baton_result_has_row(table->view->session, n, unit) &&
            (result_notes(table->view, n, unit) & BATON_NOTE_MISSING) != 0 && count++ < LEAVES_MOST)
            leaf[count - 1] = n;
    struct writer *text = count == 0 ? NULL : note_unit(note, unit);
    if (text == NULL)
        return;
    if (count > LEAVES_MOST) {
        writer_printf(text, table_words(table, " %u", "%u项"), count);
        return;
    }
    writer_text(text, table_words(table, " (", "（"));
    for (uint32_t i = 0; i < count; i++)
        writer_printf(text, "%s%s", i > 0 ? table_words(table, ", ", "、") : "",
                      table_node_name(table, leaf[i]));
    writer_text(text, table_words(table, ")", "）"));
}

static void count_unit(const struct table *table, uint32_t unit, struct table_counts *counts) {
    counts->units++;
    counts->without_total += isnan(table->view->result->score[unit]);
    for (uint32_t n = 1; n < table->scheme->node_count; n++) {
        if (table->scheme->node[n].child_count > 0 ||
            !baton_result_has_row(table->view->session, n, unit))
            continue;
        const uint16_t notes = result_notes(table->view, n, unit);
        counts->leaves++;
        counts->missing += (notes & BATON_NOTE_MISSING) != 0;
        counts->imputed += (notes & BATON_NOTE_IMPUTED) != 0;
        counts->pending += (notes & BATON_NOTE_PENDING) != 0;
        counts->na += (notes & BATON_NOTE_NA) != 0;
    }
}

void table_notes(const struct table *table, const struct table_group *group,
                 struct table_counts *counts) {
    struct note vetoed = note_of(table), quota = note_of(table), capped = note_of(table),
                missing = note_of(table), without = note_of(table);
    for (uint32_t i = 0; i < group->counted; i++) {
        const uint32_t unit = group->units[i];
        count_unit(table, unit, counts);
        if (i >= group->count)
            continue;
        const uint16_t notes = result_notes(table->view, 0, unit);
        if ((notes & BATON_NOTE_VETOED) != 0)
            note_unit(&vetoed, unit);
        if ((notes & BATON_NOTE_QUOTA) != 0)
            note_unit(&quota, unit);
        if ((notes & BATON_NOTE_CAPPED) != 0)
            note_unit(&capped, unit);
        if (isnan(table->view->result->score[unit]))
            note_unit(&without, unit);
        note_missing(&missing, unit);
    }
    note_print(&vetoed, PAINT_RED,
               table_words(table, "Under a veto or a gate", "受一票否决或门槛约束"));
    note_print(&quota, PAINT_YELLOW,
               table_words(table, "A better grade had no place left", "上一等次名额已满"));
    note_print(&capped, PAINT_PLAIN,
               table_words(table, "Bonus or deduction held at its cap", "加减分已封顶"));
    note_print(&without, PAINT_YELLOW, table_words(table, "Without a total", "没有总分"));
    note_print(&missing, PAINT_YELLOW, table_words(table, "Figures missing", "应报未报"));
}

/* Widths of the first three columns of the awards. */
struct award_widths {
    size_t title, group, unit;
};

static const char *award_title(const struct table *table, const struct baton_award_row *row) {
    const struct baton_award *award = &table->scheme->award[row->award];
    return baton_text_in(&award->title, table->style->language, award->id);
}

static const char *award_group(const struct table *table, const struct baton_award_row *row) {
    const struct baton_group *group = &table->scheme->group[row->group];
    return baton_text_in(&group->title, table->style->language, group->id);
}

static bool award_is_shown(const struct table *table, const struct baton_award_row *row) {
    return result_has_group(table->view, row->group) &&
           (table->view->unit == BATON_NONE || table->view->unit == row->unit);
}

static void widen(size_t *width, const char *text) {
    const size_t own = layout_width(text);
    *width = own > *width ? own : *width;
}

/* Shortens the widest of the three until the line fits. */
static void narrow(struct award_widths *widths, size_t page) {
    const size_t rest = 4 + 2 * 4 + 10; /* place, gaps, number */
    while (widths->title + widths->group + widths->unit + rest > page) {
        size_t *widest = widths->group >= widths->title && widths->group >= widths->unit
                             ? &widths->group
                         : widths->title >= widths->unit ? &widths->title
                                                         : &widths->unit;
        if (*widest <= 4)
            return;
        --*widest;
    }
}

static void award_row(const struct table *table, const struct baton_award_row *row, bool repeats,
                      const struct award_widths *widths) {
    struct writer *writer = table->writer;
    char number[BATON_NUMBER_FIXED_SIZE];
    baton_number_fixed(result_rounded(table->view, row->by, table->scheme->decimals),
                       table->scheme->decimals, number);
    layout_pad(writer,
               repeats ? "" : layout_shorten(table->arena, award_title(table, row), widths->title),
               widths->title + 2, ALIGN_LEFT);
    layout_pad(writer,
               repeats ? "" : layout_shorten(table->arena, award_group(table, row), widths->group),
               widths->group + 2, ALIGN_LEFT);
    writer_printf(writer, "%4u  ", row->place);
    layout_pad(writer,
               layout_shorten(table->arena, table_unit_name(table, row->unit), widths->unit),
               widths->unit + 2, ALIGN_LEFT);
    writer_printf(writer, "%10s\n", number);
}

void table_awards(const struct table *table) {
    struct award_widths widths = {0};
    uint32_t count, shown = 0;
    const struct baton_award_row *row = baton_result_awards(table->view->session, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (!award_is_shown(table, &row[i]))
            continue;
        shown++;
        widen(&widths.title, award_title(table, &row[i]));
        widen(&widths.group, award_group(table, &row[i]));
        widen(&widths.unit, table_unit_name(table, row[i].unit));
    }
    if (shown == 0) {
        if (table->style->only_awards)
            writer_text(table->writer, table_words(table, "No awards.\n", "没有奖项。\n"));
        return;
    }
    narrow(&widths, table->style->width);
    writer_text(table->writer, "\n");
    paint_text(table->writer, table->style->colour, PAINT_STRONG,
               table_words(table, "Awards", "奖项"));
    writer_text(table->writer, "\n");
    paint_begin(table->writer, table->style->colour, PAINT_DIM);
    writer_repeat(table->writer, "─", widths.title + widths.group + widths.unit + 22);
    paint_end(table->writer, table->style->colour, PAINT_DIM);
    writer_text(table->writer, "\n");
    const struct baton_award_row *before = NULL;
    for (uint32_t i = 0; i < count; i++) {
        if (!award_is_shown(table, &row[i]))
            continue;
        award_row(table, &row[i],
                  before != NULL && before->award == row[i].award && before->group == row[i].group,
                  &widths);
        before = &row[i];
    }
}

static void closing_zh(const struct table *table, const struct table_counts *counts,
                       struct writer *text) {
    writer_printf(text, "参评%u个考核对象", counts->units);
    if (counts->without_total > 0)
        writer_printf(text, "，其中%u个没有总分", counts->without_total);
    writer_printf(text, "，%llu项次指标", (unsigned long long)counts->leaves);
    if (counts->missing + counts->imputed + counts->pending + counts->na == 0)
        writer_text(text, "，数据齐全");
    if (counts->missing > 0)
        writer_printf(text, "，应报未报%llu", (unsigned long long)counts->missing);
    if (counts->imputed > 0)
        writer_printf(text, "，按缺失规则补值%llu", (unsigned long long)counts->imputed);
    if (counts->pending > 0)
        writer_printf(text, "，未到期%llu", (unsigned long long)counts->pending);
    if (counts->na > 0)
        writer_printf(text, "，不适用%llu", (unsigned long long)counts->na);
    writer_text(text, "。");
    const struct baton_period compared = table_compared(table);
    if (compared.kind != BATON_PERIOD_NONE)
        writer_printf(text, "升降与%s比较。", words_period(table->arena, compared, BATON_ZH));
    if (table->view->as_of_day == INT32_MAX)
        writer_text(text, "各周期均按已结束、已到期计。");
    else
        writer_printf(text, "按%s已结束、已到期的数据计。",
                      words_day(table->arena, table->view->as_of_day, BATON_ZH));
}

static void closing_en(const struct table *table, const struct table_counts *counts,
                       struct writer *text) {
    writer_printf(text, "%u unit%s scored", counts->units, counts->units == 1 ? "" : "s");
    if (counts->without_total > 0)
        writer_printf(text, ", %u without a total", counts->without_total);
    writer_printf(text, " on %llu indicators in all", (unsigned long long)counts->leaves);
    if (counts->missing + counts->imputed + counts->pending + counts->na == 0)
        writer_text(text, ", no figure missing");
    if (counts->missing > 0)
        writer_printf(text, ", %llu missing", (unsigned long long)counts->missing);
    if (counts->imputed > 0)
        writer_printf(text, ", %llu filled in by rule", (unsigned long long)counts->imputed);
    if (counts->pending > 0)
        writer_printf(text, ", %llu not due", (unsigned long long)counts->pending);
    if (counts->na > 0)
        writer_printf(text, ", %llu not applicable", (unsigned long long)counts->na);
    writer_text(text, ".");
    const struct baton_period compared = table_compared(table);
    if (compared.kind != BATON_PERIOD_NONE)
        writer_printf(text, " Changes of rank are from %s.",
                      words_period(table->arena, compared, BATON_EN));
    if (table->view->as_of_day == INT32_MAX)
        writer_text(text, " Every period counts as ended and due.");
    else
        writer_printf(text, " By what had ended and was due on %s.",
                      words_day(table->arena, table->view->as_of_day, BATON_EN));
}

void table_closing(const struct table *table, const struct table_counts *counts) {
    struct writer *text = writer_memory(table->arena);
    if (table->zh)
        closing_zh(table, counts, text);
    else
        closing_en(table, counts, text);
    writer_text(table->writer, "\n");
    paint_begin(table->writer, table->style->colour, PAINT_DIM);
    layout_wrap(table->writer, writer_text_of(text), 0, 0, table->style->width);
    paint_end(table->writer, table->style->colour, PAINT_DIM);
}

struct baton_period table_compared(const struct table *table) {
    struct baton_period compared = {0};
    const struct baton_session *session = table->view->session;
    for (uint32_t u = 0; u < table->view->result->units; u++)
        if (result_has_group(table->view, table->scheme->unit[u].group) &&
            baton_result_earlier_rank(session, 0, u) != 0)
            return history_compared(session, table->view->result->period, &compared)
                       ? compared
                       : (struct baton_period){0};
    return compared;
}
