/* The table for people as a whole. */
#include "report/result_table.h"
#include "report/heading.h"
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

static struct heading_style heading_style(const struct table *table) {
    return (struct heading_style){table->style->language, table->style->colour, table->style->width,
                                  table->width};
}

static void group_heading(const struct table *table, const struct table_group *group) {
    const struct heading_style style = heading_style(table);
    const char *count = table->zh ? arena_printf(table->arena, "%u个", group->size)
                                  : arena_printf(table->arena, "%u unit%s", group->size,
                                                 group->size == 1 ? "" : "s");
    if (table->view->unit != BATON_NONE)
        count = arena_printf(table->arena, table_words(table, "one of %s", "%s之一"), count);
    else if (group->count < group->size)
        count = arena_printf(table->arena, table_words(table, "%s, the first %u", "%s，前%u名"),
                             count, group->count);
    heading_group(table->arena, table->view, table->writer, &style, group->group, count);
}

/* The units of a group in order: those of the first places, or a single one, are shown; all others are counted, unless
 * a single one is asked for. */
static void choose_units(struct table *table, struct table_group *group) {
    struct result_view all = *table->view;
    all.top = 0;
    all.unit = BATON_NONE;
    group->units = arena_alloc_raw(
        table->arena, table->scheme->group[group->group].unit_count + (size_t)1, sizeof(uint32_t));
    group->size = result_units(&all, group->group, group->units);
    group->count = result_units(table->view, group->group, group->units);
    group->counted = table->view->unit == BATON_NONE ? group->size : group->count;
}

/* Chooses everything that is printed, and makes the tables of one width as far as they can be. */
static uint32_t choose_groups(struct table *table, struct table_group *groups) {
    uint32_t count = 0;
    size_t names = 0;
    for (uint32_t g = 0; g < table->scheme->group_count; g++) {
        if (!result_has_group(table->view, g))
            continue;
        struct table_group *group = &groups[count++];
        group->group = g;
        choose_units(table, group);
        table_choose(table, group);
        names = group->name_width > names ? group->name_width : names;
    }
    for (uint32_t i = 0; i < count; i++) {
        table_widen_names(table, &groups[i], names);
        table->width = groups[i].width > table->width ? groups[i].width : table->width;
    }
    return count;
}

/* What the marks of the ratings stand for: of groups that share a list, those that occur in any. */
static void legend(const struct table *table, const struct table_group *groups, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        const struct baton_ratings *ratings = &table->scheme->group[groups[i].group].ratings;
        struct writer *text = writer_memory(table->arena);
        uint32_t used = 0;
        bool is_told = false;
        for (uint32_t j = 0; j < count; j++) {
            const bool shared = table->scheme->group[groups[j].group].ratings.item == ratings->item;
            used |= shared ? table_ratings_used(&groups[j]) : 0;
            is_told = is_told || (shared && j < i);
        }
        if (is_told || used == 0)
            continue;
        for (uint32_t r = 0; r < WORDS_MARKS && r < ratings->count; r++)
            if ((used >> r & 1) != 0)
                writer_printf(text, "%s%s %s", text->used > 0 ? "  " : "", words_mark(r),
                              baton_text_in(&ratings->item[r].title, table->style->language,
                                            ratings->item[r].id));
        writer_text(text, table_words(table, "  (number of indicators)", "（指标数）"));
        writer_text(table->writer, "\n");
        layout_wrap(table->writer, writer_text_of(text), 0, 0, table->style->width);
    }
}

void result_table(struct baton_arena *arena, const struct result_view *view, struct writer *writer,
                  const struct table_style *style) {
    struct table table = {.arena = arena,
                          .view = view,
                          .scheme = view->scheme,
                          .writer = writer,
                          .style = style,
                          .zh = style->language == BATON_ZH};
    struct result_counts counts = {0};
    struct table_group *groups =
        arena_alloc(arena, view->scheme->group_count + (size_t)1, sizeof *groups);
    const uint32_t count = style->only_awards ? 0 : choose_groups(&table, groups);
    if (table.width == 0)
        table.width = style->width < 60 ? style->width : 60;
    const struct heading_style style_of_heading = heading_style(&table);
    heading_title(arena, view, writer, &style_of_heading);
    for (uint32_t i = 0; i < count; i++) {
        group_heading(&table, &groups[i]);
        table_rows(&table, &groups[i]);
        table_notes(&table, &groups[i], &counts);
    }
    table_awards(&table);
    if (style->only_awards)
        return;
    legend(&table, groups, count);
    table_closing(&table, &counts);
}
