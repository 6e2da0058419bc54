/* What stands above tables of a result: title, package, period; a group's title. */
#include "report/heading.h"
#include "report/layout.h"
#include "report/paint.h"
#include "report/words.h"

void heading_title(struct baton_arena *arena, const struct result_view *view, struct writer *writer,
                   const struct heading_style *style) {
    const bool zh = style->language == BATON_ZH;
    const char *title = baton_text_in(&view->scheme->title, style->language, view->scheme->id);
    const char *period = words_period(arena, view->result->period, style->language);
    if (view->as_of_day != INT32_MAX)
        period = arena_printf(arena, zh ? "%s（截至%s）" : "%s, as of %s", period,
                              words_day(arena, view->as_of_day, style->language));
    const char *right = arena_printf(arena, "%s · %s", view->scheme->id, period);
    const size_t both = layout_width(title) + layout_width(right);
    paint_begin(writer, style->colour, PAINT_STRONG);
    if (both + 2 <= style->table) {
        writer_text(writer, title);
        writer_repeat(writer, " ", style->table - both);
    } else {
        layout_wrap(writer, title, 0, 0, style->page);
    }
    writer_text(writer, right);
    paint_end(writer, style->colour, PAINT_STRONG);
    writer_text(writer, "\n");
    layout_rule(writer, "═", style->table);
}

void heading_group(struct baton_arena *arena, const struct result_view *view, struct writer *writer,
                   const struct heading_style *style, uint32_t group, const char *more) {
    const struct baton_group *of = &view->scheme->group[group];
    const size_t room = style->page - layout_width(more) - 2;
    writer_text(writer, "\n");
    paint_text(writer, style->colour, PAINT_STRONG,
               layout_shorten(arena, baton_text_in(&of->title, style->language, of->id), room));
    writer_printf(writer, "  %s\n", more);
}
