/* What is worth knowing beside the numbers, as lines of a terminal: under each group, the awards, and what was scored by what
 * time. */
#include "report/result_notes.h"
#include "report/table_internal.h"

static enum paint paint_of(enum result_note_weight weight) {
    return weight == NOTE_GRAVE ? PAINT_RED : weight == NOTE_ODD ? PAINT_YELLOW : PAINT_PLAIN;
}

void table_notes(const struct table *table, const struct table_group *group,
                 struct result_counts *counts) {
    struct result_note note[RESULT_NOTES_MOST];
    const uint32_t told = group->count < group->counted ? group->count : group->counted;
    const uint32_t count = result_notes_of(table->arena, table->view, table->style->language,
                                           group->units, group->counted, told, note, counts);
    for (uint32_t i = 0; i < count; i++) {
        paint_text(table->writer, table->style->colour, paint_of(note[i].weight), note[i].heading);
        writer_text(table->writer, table_words(table, ": ", "："));
        layout_wrap(table->writer, note[i].text, layout_width(note[i].heading) + 2, 4,
                    table->style->width);
    }
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

void table_closing(const struct table *table, const struct result_counts *counts) {
    writer_text(table->writer, "\n");
    paint_begin(table->writer, table->style->colour, PAINT_DIM);
    layout_wrap(table->writer,
                result_closing(table->arena, table->view, table->style->language, counts), 0, 0,
                table->style->width);
    paint_end(table->writer, table->style->colour, PAINT_DIM);
}
