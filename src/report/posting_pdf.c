/* The pages of a posting: title, group, table, notes, foot. All groups are laid out before the first page is drawn, since each page says how many
 * there are. Sizes are those of A3, made smaller in proportion for A4. */
#include "report/posting_pdf.h"
#include "report/posting_parts.h"
#include <math.h>

/* mm on A3. A Chinese character of 6.5 mm is read from two metres without effort. */
static const double MARGIN = 16, TITLE = 13, GROUP = 8.5, ASIDE = 5.5, NOTE = 3.9, SEAL = 5;
static const double TYPE_MOST = 10.5, TYPE_READ = 6.5, TYPE_LEAST = 4.4;
static const double PADDING_MOST = 0.95; /* of rows, where few units have a page */

const char *posting_unit_name(const struct posting *posting, uint32_t unit) {
    const struct baton_unit *of = &posting->scheme->unit[unit];
    return baton_text_in(&of->name, posting->style->language, of->id);
}

const char *posting_node_name(const struct posting *posting, uint32_t node) {
    const struct baton_node *of = &posting->scheme->node[node];
    return baton_text_in(&of->name, posting->style->language, of->id);
}

static double body_width(const struct posting *posting) {
    return posting->width - 2 * MARGIN * posting->unit;
}

static struct page_style style_of(const struct posting *posting, double size, uint32_t colour,
                                  enum page_align align) {
    return (struct page_style){.size = size * posting->unit, .colour = colour, .align = align};
}

static const char *title_of(const struct posting *posting) {
    return baton_text_in(&posting->scheme->title, posting->style->language, posting->scheme->id);
}

static const char *period_of(const struct posting *posting) {
    return paper_period(posting->arena, posting->view, posting->style->language);
}

/* "District, 7 units", "the first 3 of 7". */
static const char *group_words(const struct posting *posting, const struct posting_group *group) {
    const struct baton_group *of = &posting->scheme->group[group->group];
    const char *title = baton_text_in(&of->title, posting->style->language, of->id);
    if (posting->zh)
        return group->count < group->size
                   ? arena_printf(posting->arena, "%s　%u个中的%u个", title, group->size,
                                  group->count)
                   : arena_printf(posting->arena, "%s　共%u个", title, group->size);
    return group->count < group->size ? arena_printf(posting->arena, "%s, %u of %u units", title,
                                                     group->count, group->size)
                                      : arena_printf(posting->arena, "%s, %u unit%s", title,
                                                     group->size, group->size == 1 ? "" : "s");
}

/* ---- Heights of what is not the table. */

static double title_height(const struct posting *posting) {
    const struct page_style style = style_of(posting, TITLE, PAPER_INK, PAGE_CENTRE);
    return page_lines_height(
        &style,
        page_text_extent(posting->out, style.size, body_width(posting), title_of(posting)).lines);
}

/* The group stands left and the period right of it, or below where both are long. */
static bool is_period_beside(const struct posting *posting, const struct posting_group *group) {
    return page_text_width(posting->out, GROUP * posting->unit, group_words(posting, group)) +
               page_text_width(posting->out, ASIDE * posting->unit, period_of(posting)) +
               GROUP * posting->unit <
           body_width(posting);
}

static double group_height(const struct posting *posting, const struct posting_group *group) {
    const struct page_style style = style_of(posting, GROUP, PAPER_INK, PAGE_LEFT);
    const struct page_style aside = style_of(posting, ASIDE, PAPER_INK, PAGE_LEFT);
    if (is_period_beside(posting, group))
        return page_lines_height(&style, 1);
    return page_lines_height(&style, page_text_extent(posting->out, style.size, body_width(posting),
                                                      group_words(posting, group))
                                         .lines) +
           page_lines_height(&aside, 1);
}

static double notes_height(const struct posting *posting, const struct posting_group *group) {
    const struct page_style style = style_of(posting, NOTE, PAPER_DIM, PAGE_LEFT);
    return page_lines_height(
        &style,
        page_text_extent(posting->out, style.size, body_width(posting), group->notes).lines);
}

static double table_top(const struct posting *posting, const struct posting_group *group) {
    return 12 * posting->unit + title_height(posting) + 2 * posting->unit +
           group_height(posting, group) + 3 * posting->unit;
}

/* Upper edge of what stands below the table: notes, the place of the seal, the foot. */
static double table_bottom(const struct posting *posting, const struct posting_group *group) {
    return posting->height - (12 + 6 + 4 + SEAL * 2.2 + 4) * posting->unit -
           notes_height(posting, group);
}

/* ---- Layout of a group. */

/* On as few pages as a type takes that is read from afar, and then in the largest type that takes no more. */
static void choose_size(const struct posting *posting, struct posting_group *group, double room) {
    struct page_table *table = &group->table;
    const double step = 0.2 * posting->unit, read = TYPE_READ * posting->unit, most = table->size;
    if (most > read)
        page_table_resize(table, read);
    const uint32_t least = page_table_break(table, room, group->first);
    double size = most;
    while (size > read) {
        page_table_resize(table, size);
        if (page_table_break(table, room, group->first) == least)
            break;
        page_table_resize(table, read);
        size -= step;
    }
    group->pages = page_table_break(table, room, group->first);
}

/* Few rows are moved apart, so that they fill a page pleasantly. */
static void spread(struct posting_group *group, double room) {
    struct page_table *table = &group->table;
    double slack = INFINITY;
    for (uint32_t p = 0; p < group->pages; p++) {
        const uint32_t first = group->first[p], last = group->first[p + 1];
        const double own = (room - page_table_height(table, first, last)) /
                           (2 * table->size * (last > first ? last - first : 1));
        slack = own < slack ? own : slack;
    }
    if (!(slack > 0))
        return;
    table->padding = table->padding + slack < PADDING_MOST ? table->padding + slack : PADDING_MOST;
    page_table_resize(table, table->size);
}

static void lay_out(const struct posting *posting, struct posting_group *group) {
    posting_table(posting, group, body_width(posting), TYPE_LEAST * posting->unit,
                  TYPE_MOST * posting->unit);
    group->notes = posting_notes(posting, group);
    group->first = arena_alloc(posting->arena, (size_t)group->count + 2, sizeof *group->first);
    const double room = table_bottom(posting, group) - table_top(posting, group);
    choose_size(posting, group, room);
    spread(group, room - 0.1);
}

/* ---- Drawing. */

static void draw_head(const struct posting *posting, const struct posting_group *group) {
    const struct page_style title = style_of(posting, TITLE, PAPER_INK, PAGE_CENTRE),
                            large = style_of(posting, GROUP, PAPER_INK, PAGE_LEFT);
    struct page_style aside = style_of(posting, ASIDE, PAPER_DIM, PAGE_LEFT);
    const double left = MARGIN * posting->unit, width = body_width(posting);
    double y = 12 * posting->unit;
    y += page_text(posting->out, &title, left, y, width, title_of(posting)) + 2 * posting->unit;
    if (is_period_beside(posting, group)) {
        page_line(posting->out, &large, left, y, group_words(posting, group));
        aside.align = PAGE_RIGHT;
        page_line(posting->out, &aside, left + width, y + (GROUP - ASIDE) * 1.1 * posting->unit,
                  period_of(posting));
        return;
    }
    y += page_text(posting->out, &large, left, y, width, group_words(posting, group));
    page_line(posting->out, &aside, left, y, period_of(posting));
}

/* Where the office that publishes puts its name, its seal and the date. */
static void draw_seal(const struct posting *posting, double y) {
    const struct page_style style = style_of(posting, SEAL, PAPER_INK, PAGE_RIGHT);
    page_line(posting->out, &style, posting->width - MARGIN * posting->unit, y,
              posting_in(posting,
                         "Published by (seal):                                        "
                         "Date:                              ",
                         "公布单位（盖章）：　　　　　　　　　　　　　　　　公布日期：　　　　年"
                         "　　月　　日"));
}

static void draw_foot(const struct posting *posting, uint32_t page, uint32_t pages) {
    struct page_style style = style_of(posting, NOTE, PAPER_DIM, PAGE_LEFT);
    const double left = MARGIN * posting->unit, right = posting->width - left;
    const double y = posting->height - 18 * posting->unit;
    page_rectangle(posting->out, left, y, right - left, 0.25 * posting->unit, PAPER_RULE);
    page_line(posting->out, &style, left, y + 1.5 * posting->unit,
              arena_printf(posting->arena, "%s · %s", posting->scheme->id, period_of(posting)));
    style.align = PAGE_RIGHT;
    page_line(posting->out, &style, right, y + 1.5 * posting->unit,
              arena_printf(posting->arena,
                           posting_in(posting, "Page %u of %u", "第 %u 页 共 %u 页"), page, pages));
}

static void draw_page(const struct posting *posting, const struct posting_group *group, uint32_t p,
                      uint32_t page, uint32_t pages) {
    const struct page_style note = style_of(posting, NOTE, PAPER_DIM, PAGE_LEFT);
    const double left = MARGIN * posting->unit, below = table_bottom(posting, group);
    page_add(posting->out, posting->width, posting->height);
    draw_head(posting, group);
    page_table_draw(&group->table, left, table_top(posting, group), group->first[p],
                    group->first[p + 1]);
    page_text(posting->out, &note, left, below + 4 * posting->unit, body_width(posting),
              group->notes);
    if (p + 1 == group->pages)
        draw_seal(posting, posting->height - (18 + 3 + SEAL * 1.6) * posting->unit);
    draw_foot(posting, page, pages);
}

/* A result of which nothing is shown still has a page, which says so. */
static void draw_nothing(const struct posting *posting) {
    const struct page_style title = style_of(posting, TITLE, PAPER_INK, PAGE_CENTRE),
                            text = style_of(posting, GROUP, PAPER_INK, PAGE_CENTRE);
    const double left = MARGIN * posting->unit, width = body_width(posting);
    page_add(posting->out, posting->width, posting->height);
    const double y = 12 * posting->unit + page_text(posting->out, &title, left, 12 * posting->unit,
                                                    width, title_of(posting));
    page_text(posting->out, &text, left, y + 10 * posting->unit, width,
              posting_in(posting, "No unit takes part.", "没有参评对象。"));
    draw_foot(posting, 1, 1);
}

static void choose_units(const struct posting *posting, struct posting_group *group) {
    struct result_view all = *posting->view;
    all.top = 0;
    all.unit = BATON_NONE;
    uint32_t *unit = result_units_room(posting->arena, posting->view);
    group->size = result_units(&all, group->group, unit);
    group->count = result_units(posting->view, group->group, unit);
    group->unit = unit;
}

static void draw(const struct posting *posting) {
    struct posting_group *group =
        arena_alloc(posting->arena, posting->scheme->group_count, sizeof *group);
    uint32_t count = 0, pages = 0, page = 0;
    for (uint32_t g = 0; g < posting->scheme->group_count; g++) {
        if (!result_has_group(posting->view, g))
            continue;
        group[count] = (struct posting_group){.group = g};
        choose_units(posting, &group[count]);
        if (group[count].count == 0)
            continue;
        lay_out(posting, &group[count]);
        pages += group[count++].pages;
    }
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t p = 0; p < group[i].pages; p++)
            draw_page(posting, &group[i], p, ++page, pages);
    if (count == 0)
        draw_nothing(posting);
}

baton_code posting_pdf(struct baton_arena *arena, const struct result_view *view, const char *path,
                       const struct posting_style *style, struct baton_findings *found) {
    const bool is_a3 = style->paper == POSTING_A3;
    struct posting posting = {.arena = arena,
                              .view = view,
                              .scheme = view->scheme,
                              .style = style,
                              .zh = style->language == BATON_ZH,
                              .unit = is_a3 ? 1 : 297.0 / 420,
                              .width = is_a3 ? 420 : 297,
                              .height = is_a3 ? 297 : 210};
    const struct page_setup setup = {
        .title = arena_printf(arena, "%s · %s", title_of(&posting), period_of(&posting)),
        .families = style->families,
        .language = posting.zh ? "zh-CN" : "en",
        .day = paper_day(view)};
    TRY(page_out_open(arena, path, &setup, found, &posting.out));
    draw(&posting);
    return page_out_close(posting.out);
}
