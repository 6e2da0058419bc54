/* The table for people as a whole. */
#include "report/result_table.h"
#include "report/table_internal.h"
#include "report/words.h"

const char *table_unit_name(const struct table *table, uint32_t unit) {
    const struct baton_unit *of = &table->scheme->unit[unit];
    return baton_text_in(&of->name, table->style->language, of->id);
}

const char *table_node_name(const struct table *table, uint32_t node) {
    const struct baton_node *of = &table->scheme->node[node];
    return baton_text_in(&of->name, table->style->language, of->id);
}

/* The title on the left, the period on the right; on two lines where they do not fit side by side. */
static void heading(const struct table *table) {
    const size_t width = table->style->width;
    const char *title = baton_text_in(&table->scheme->title, table->style->language, table->scheme->id);
    const char *period = words_period(table->arena, table->view->result->period, table->style->language);
    if (table->view->as_of_day != INT32_MAX)
        period = arena_printf(table->arena, table_words(table, "%s, as of %s", "%s（截至%s）"), period,
                              words_day(table->arena, table->view->as_of_day, table->style->language));
    const size_t both = layout_width(title) + layout_width(period);
    paint_begin(table->writer, table->style->colour, PAINT_STRONG);
    if (both + 2 <= width) {
        writer_text(table->writer, title);
        writer_repeat(table->writer, " ", width - both);
    } else {
        layout_wrap(table->writer, title, 0, 0, width);
    }
    writer_text(table->writer, period);
    paint_end(table->writer, table->style->colour, PAINT_STRONG);
    writer_text(table->writer, "\n");
    layout_rule(table->writer, "═", width);
}

static void group_heading(const struct table *table, uint32_t group) {
    const struct baton_group *of = &table->scheme->group[group];
    const char *title = baton_text_in(&of->title, table->style->language, of->id);
    writer_text(table->writer, "\n");
    paint_text(table->writer, table->style->colour, PAINT_STRONG, title);
    if (table->zh)
        writer_printf(table->writer, "  %u 个", table->taking_part);
    else
        writer_printf(table->writer, "  %u unit%s", table->taking_part, table->taking_part == 1 ? "" : "s");
    writer_text(table->writer, "\n");
}

/* The units of a group in order: all of them are counted, the first ones shown. */
static void choose_units(struct table *table, uint32_t group) {
    struct result_view all = *table->view;
    all.top = 0;
    table->taking_part = result_units(&all, group, table->units);
    table->count = table->view->top == 0 ? table->taking_part : result_units(table->view, group, table->units);
}

static void shown_of(const struct table *table) {
    if (table->count == table->taking_part)
        return;
    writer_printf(table->writer, table_words(table, "The first %u of %u.\n", "以上为前 %u 名，共 %u 个。\n"), table->count,
                  table->taking_part);
}

void result_table(struct baton_arena *arena, const struct result_view *view, struct writer *writer,
                  const struct table_style *style) {
    struct table table = {.arena = arena,
                          .view = view,
                          .scheme = view->scheme,
                          .writer = writer,
                          .style = style,
                          .zh = style->language == BATON_ZH,
                          .units = result_units_room(arena, view)};
    struct table_counts counts = {0};
    heading(&table);
    for (uint32_t g = 0; g < view->scheme->group_count && !style->only_awards; g++) {
        if (!result_has_group(view, g))
            continue;
        choose_units(&table, g);
        group_heading(&table, g);
        table_rows(&table, g);
        shown_of(&table);
        table_notes(&table, g, &counts);
    }
    table_awards(&table);
    if (!style->only_awards)
        table_closing(&table, &counts);
}
