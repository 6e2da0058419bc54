/* The sheets of a result's workbook, in their order: groups, charts, awards, adjustments, notes, data. */
#include "report/result_workbook.h"
#include "report/result_workbook_parts.h"

enum { HEAD_ROWS = 16 }; /* at least as many as a table's head has */

/* A group; on several sheets where one has no room for it. */
static void write_group(struct result_book *result, uint32_t group) {
    uint32_t *units = result_units_room(result->arena, result->view);
    const uint32_t count = result_units(result->view, group, units);
    uint32_t first = 0;
    do {
        const uint32_t room = BOOK_ROWS - HEAD_ROWS, left = count - first;
        workbook_group(result, group, units + first, left < room ? left : room);
        first += left < room ? left : room;
    } while (first < count);
}

int result_workbook(struct baton_arena *arena, const struct result_view *view,
                    const struct result_workbook_style *style, const char *path,
                    _Atomic uint32_t *done) {
    struct result_book result = {.book = book_open(arena, view, style->language, path),
                                 .view = view,
                                 .scheme = view->scheme,
                                 .arena = arena,
                                 .only_awards = style->only_awards,
                                 .done = done};
    result.is_shown = arena_alloc(arena, view->scheme->ranked_count + (size_t)1, sizeof(bool));
    const bool is_whole =
        view->of_unit == NULL; /* else the long table alone has what may be read */
    for (uint32_t g = 0; g < view->scheme->group_count && !style->only_awards && is_whole; g++)
        if (result_has_group(view, g))
            write_group(&result, g);
    if (!style->only_awards && is_whole)
        workbook_charts(&result);
    if (is_whole)
        workbook_awards(&result);
    if (!style->only_awards && is_whole) {
        workbook_adjustments(&result);
        workbook_notes(&result);
    }
    if (!style->only_awards)
        workbook_data(&result);
    return book_close(result.book);
}
