/* What a report card shows as pictures: the course of the year, and each block against its group. */
#include "report/card_pdf_parts.h"
#include <math.h>

/* ---- The course: totals of the unit and the mean of its group, period by period. */

struct course {
    double low, high;   /* totals at the lower and the upper edge */
    double left, width; /* mm */
    double top, height; /* mm, of the line */
    double label;       /* type, mm */
    uint32_t step;      /* every so many periods have a label */
};

static bool find_bounds(const struct card *card, struct course *course) {
    course->low = INFINITY;
    course->high = -INFINITY;
    for (uint32_t i = 0; i < card->course_count; i++) {
        const double both[] = {card->course[i].total, card->course_mean[i]};
        for (unsigned k = 0; k < 2; k++)
            if (!isnan(both[k])) {
                course->low = both[k] < course->low ? both[k] : course->low;
                course->high = both[k] > course->high ? both[k] : course->high;
            }
    }
    if (!(course->low <= course->high))
        return false;
    const double room = course->high > course->low ? (course->high - course->low) * 0.08 : 1;
    course->low -= room;
    course->high += room;
    return true;
}

static double x_of(const struct card_page *page, const struct course *course, uint32_t i) {
    return course->left + course->width * (i + 0.5) / page->card->course_count;
}

static double y_of(const struct course *course, double total) {
    return course->top + course->height * (course->high - total) / (course->high - course->low);
}

static void draw_line(const struct card_page *page, const struct course *course, bool mean) {
    const struct card *card = page->card;
    struct page_point *point = arena_alloc(page->arena, card->course_count, sizeof *point);
    for (uint32_t i = 0; i < card->course_count; i++)
        point[i] =
            (struct page_point){x_of(page, course, i),
                                y_of(course, mean ? card->course_mean[i] : card->course[i].total)};
    page_polyline(page->out, point, card->course_count, mean ? 0.25 : 0.6,
                  mean ? PAPER_DIM : PAPER_BAR);
    for (uint32_t i = 0; !mean && i < card->course_count; i++)
        if (!isnan(point[i].y))
            page_disc(page->out, point[i].x, point[i].y, 0.8, PAPER_BAR);
}

static void draw_labels(const struct card_page *page, const struct course *course) {
    const struct card *card = page->card;
    const struct page_style ink = {.size = course->label,
                                   .colour = PAPER_INK,
                                   .align = PAGE_CENTRE},
                            dim = {
                                .size = course->label, .colour = PAPER_DIM, .align = PAGE_CENTRE};
    const double foot = course->top + course->height + course->label * 1.4;
    for (uint32_t i = 0; i < card->course_count; i++) {
        const struct card_point *point = &card->course[i];
        char period[BATON_PERIOD_NAME_SIZE];
        if ((card->course_count - 1 - i) % course->step != 0)
            continue;
        const double x = x_of(page, course, i);
        baton_period_format(point->period, period);
        page_line(page->out, &dim, x, foot, period);
        if (isnan(point->total))
            continue;
        /* Above the point, or below it where the line of the mean would run through. */
        const bool below = !isnan(card->course_mean[i]) && card->course_mean[i] > point->total;
        page_line(page->out, &ink, x,
                  y_of(course, point->total) +
                      (below ? course->label * 0.4 : -course->label * 1.75),
                  paper_fixed(page->arena, point->total, card->decimals, false));
        if (point->rank != 0)
            page_line(page->out, &dim, x, foot + course->label * 1.35,
                      arena_printf(page->arena, "%s/%u", paper_half(page->arena, "", point->rank),
                                   point->of));
    }
}

void card_draw_course(struct card_page *page) {
    const struct card *card = page->card;
    const double wide = 15 * page->unit; /* of a label */
    struct course course = {.left = CARD_LEFT,
                            .width = CARD_WIDTH,
                            .height = 20 * page->unit,
                            .label = 2.9 * page->unit};
    if (card->course_count < 2 || !find_bounds(card, &course))
        return;
    card_heading(page, card_in(page,
                               "Course: total, rank of the group; the thin line is the "
                               "group's mean",
                               "全年走势：总分、位次，细线为同类平均"));
    course.top = page->y + 5 * page->unit;
    course.step = 1;
    while (course.width / card->course_count * course.step < wide)
        course.step++;
    page->y = course.top + course.height + course.label * 4.2;
    if (!page->draws)
        return;
    draw_line(page, &course, true);
    draw_line(page, &course, false);
    draw_labels(page, &course);
}

/* ---- Blocks. */

/* Left edges and widths of the columns, mm. */
static const struct {
    double x, width;
} column[] = {{0, 44}, {44, 32}, {80, 62}, {144, 16}, {160, 20}};
enum { BLOCK_NAME, BLOCK_POINTS, BLOCK_BAR, BLOCK_RANK, BLOCK_MEAN };

static void draw_bar(const struct card_page *page, const struct card_block *block, double scale,
                     double y, double height) {
    const double x = CARD_LEFT + column[BLOCK_BAR].x, width = column[BLOCK_BAR].width;
    page_bar(page->out, x, y, width, height, block->score / scale, PAPER_BAR, PAPER_TRACK);
    if (!isnan(block->mean))
        page_rectangle(page->out, x + width * block->mean / scale - 0.2, y - 0.8, 0.4, height + 1.6,
                       PAPER_INK);
    if (!isnan(block->best))
        page_disc(page->out, x + width * block->best / scale, y + height / 2, 0.8, PAPER_INK);
}

static double draw_block(struct card_page *page, const struct card_block *block, double scale) {
    const struct page_style name = card_style(page, 3.5, PAPER_INK, PAGE_LEFT),
                            number = card_style(page, 3.5, PAPER_INK, PAGE_RIGHT);
    const int decimals = paper_points_decimals(&page->view->result, block->node, page->card->group),
              own =
                  baton_result_decimals(page->view->result.session, block->node, page->card->group);
    const double line = page_lines_height(&name, 1), right = CARD_LEFT;
    const double height = card_text(page, &name, CARD_LEFT, page->y, column[BLOCK_NAME].width - 2,
                                    card_node_name(page, block->node));
    if (!page->draws)
        return height;
    page_line(page->out, &number, right + column[BLOCK_POINTS].x + column[BLOCK_POINTS].width,
              page->y,
              arena_printf(page->arena, "%s / %s",
                           paper_fixed(page->arena, block->points, decimals, false),
                           paper_fixed(page->arena, block->weight, decimals, false)));
    draw_bar(page, block, scale, page->y + line / 2 - 1.1 * page->unit, 2.2 * page->unit);
    page_line(page->out, &number, right + column[BLOCK_RANK].x + column[BLOCK_RANK].width, page->y,
              block->rank == 0 ? "—"
                               : arena_printf(page->arena, "%s/%u",
                                              paper_half(page->arena, "", block->rank), block->of));
    page_line(page->out, &number, right + column[BLOCK_MEAN].x + column[BLOCK_MEAN].width, page->y,
              paper_fixed(page->arena,
                          result_rounded(&page->view->result, block->score - block->mean, own), own,
                          true));
    return height;
}

static void draw_heads(struct card_page *page) {
    const struct page_style left = card_style(page, 2.9, PAPER_DIM, PAGE_LEFT),
                            right = card_style(page, 2.9, PAPER_DIM, PAGE_RIGHT);
    const struct {
        const struct page_style *style;
        unsigned column;
        const char *text;
    } head[] = {
        {&left, BLOCK_NAME, card_in(page, "Block", "板块")},
        {&right, BLOCK_POINTS, card_in(page, "Points / weight", "得分 / 分值")},
        {&left, BLOCK_BAR,
         card_in(page, "Score; bar: mean, dot: best of the group",
                 "得分率；竖线为同类平均，圆点为同类最高")},
        {&right, BLOCK_RANK, card_in(page, "Rank", "位次")},
        {&right, BLOCK_MEAN, card_in(page, "From mean", "距均值")},
    };
    for (size_t i = 0; i < LENGTH(head); i++) {
        const double x = CARD_LEFT + column[head[i].column].x;
        card_line(page, head[i].style,
                  head[i].style == &right ? x + column[head[i].column].width : x, page->y,
                  head[i].text);
    }
    page->y += page_lines_height(&left, 1) + 0.4 * page->unit;
}

void card_draw_blocks(struct card_page *page) {
    const struct card *card = page->card;
    double scale = 100; /* the best may be above 100 */
    if (card->block_count == 0)
        return;
    card_heading(page, card_in(page, "Blocks", "各板块"));
    draw_heads(page);
    for (uint32_t b = 0; b < card->block_count; b++)
        if (card->block[b].best > scale)
            scale = card->block[b].best;
    for (uint32_t b = 0; b < card->block_count; b++)
        page->y += draw_block(page, &card->block[b], scale) + 0.5 * page->unit;
}
