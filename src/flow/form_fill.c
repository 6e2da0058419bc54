/* A form becomes items, these become drafts (collect.h). */
#include "flow/form_fill.h"

baton_code form_fill_read(struct baton_arena *arena, struct form_fill *fill,
                          struct baton_findings *found) {
    if (fill->mapping != NULL)
        return form_sheet_items(arena, fill->use, fill->path, fill->mapping, fill->over,
                                &fill->items, found);
    if (fill->read.grid == NULL)
        TRY(form_read(arena, fill->path, &fill->read, found));
    TRY(form_belongs(&fill->read, fill->use, found));
    return form_items(arena, fill->use, &fill->read, fill->over, &fill->items, found);
}

baton_code form_fill_make(struct baton_arena *arena, const struct form_fill *fill,
                          struct submission *out, struct baton_findings *found) {
    const struct form_use *const use = fill->use;
    const struct collect_wish wish = {.assessment = use->assessment,
                                      .actor = fill->actor,
                                      .period = use->period_name,
                                      .expected = &use->expected,
                                      .act = ACT_DRAFT,
                                      .item = fill->items.item,
                                      .count = fill->items.count,
                                      .may_read = use->may_read,
                                      .may_draft = use->may_draft,
                                      .context = use->context,
                                      .reports = &use->reports};
    TRY(collect_make(arena, use->reader, &wish, &out->fact, &out->count, found));
    out->where = collect_where(arena, &wish, out->fact, out->count);
    return BATON_OK;
}
