/* The pages of report cards: what fits, the head, the foot. */
#include "report/card_pdf.h"
#include "report/card_pdf_parts.h"
#include "report/words.h"
#include <math.h>

static const double PAGE_WIDTH = 210, PAGE_HEIGHT = 297, TOP = 12, FOOT = 283;

const char *card_node_name(const struct card_page *page, uint32_t node) {
    const struct baton_node *of = &page->scheme->node[node];
    return baton_text_in(&of->name, page->language, of->id);
}

struct page_style card_style(const struct card_page *page, double size, uint32_t colour,
                             enum page_align align) {
    return (struct page_style){.size = size * page->unit, .colour = colour, .align = align};
}

double card_text(const struct card_page *page, const struct page_style *style, double x, double y,
                 double width, const char *text) {
    return page->draws ? page_text(page->out, style, x, y, width, text)
                       : page_lines_height(
                             style, page_text_extent(page->out, style->size, width, text).lines);
}

void card_line(const struct card_page *page, const struct page_style *style, double x, double y,
               const char *text) {
    if (page->draws)
        page_line(page->out, style, x, y, text);
}

void card_heading(struct card_page *page, const char *text) {
    const struct page_style style = card_style(page, 4.2, PAPER_INK, PAGE_LEFT);
    page->y += 3 * page->unit;
    page->y += card_text(page, &style, CARD_LEFT, page->y, CARD_WIDTH, text);
    if (page->draws)
        page_rectangle(page->out, CARD_LEFT, page->y, CARD_WIDTH, 0.2, PAPER_INK);
    page->y += 1.2 * page->unit;
}

/* ---- The head: whose card it is, and what came out. */

static const char *title_of(const struct card_page *page) {
    return baton_text_in(&page->scheme->title, page->language, page->scheme->id);
}

static void draw_title(struct card_page *page) {
    struct page_style style = card_style(page, 3.6, PAPER_DIM, PAGE_LEFT);
    const char *period = paper_period(page->arena, &page->view->result, page->language);
    const double beside = page_text_width(page->out, style.size, period);
    const double height =
        card_text(page, &style, CARD_LEFT, page->y, CARD_WIDTH - beside - 6, title_of(page));
    style.align = PAGE_RIGHT;
    card_line(page, &style, CARD_LEFT + CARD_WIDTH, page->y, period);
    page->y += height + 0.8 * page->unit;
    if (page->draws)
        page_rectangle(page->out, CARD_LEFT, page->y, CARD_WIDTH, 0.4, PAPER_INK);
    page->y += 2 * page->unit;
}

static void draw_name(struct card_page *page) {
    const struct baton_unit *unit = &page->scheme->unit[page->card->unit];
    const struct baton_group *group = &page->scheme->group[page->card->group];
    const struct page_style large = card_style(page, 9, PAPER_INK, PAGE_LEFT),
                            small = card_style(page, 3.8, PAPER_DIM, PAGE_LEFT);
    page->y += card_text(page, &large, CARD_LEFT, page->y, CARD_WIDTH,
                         baton_text_in(&unit->name, page->language, unit->id));
    page->y +=
        card_text(page, &small, CARD_LEFT, page->y, CARD_WIDTH,
                  arena_printf(page->arena, card_in(page, "%s, %u ranked", "%s　参加排名%u个"),
                               baton_text_in(&group->title, page->language, group->id),
                               page->card->of)) +
        2 * page->unit;
}

/* A label, what it is about, large, and what is said of it. Returns the height. */
struct tile {
    const char *label, *value, *beside, *below;
    uint32_t beside_colour;
};
static double draw_tile(const struct card_page *page, double x, double width,
                        const struct tile *tile) {
    const struct page_style label = card_style(page, 3.3, PAPER_DIM, PAGE_LEFT),
                            value = card_style(page, 8, PAPER_INK, PAGE_LEFT),
                            beside = card_style(page, 4.6, tile->beside_colour, PAGE_LEFT);
    double y = page->y + card_text(page, &label, x, page->y, width, tile->label);
    const double wide = page_text_width(page->out, value.size, tile->value);
    if (tile->beside != NULL && wide < width)
        card_line(page, &beside, x + wide + 2, y + 3.6 * page->unit, tile->beside);
    y += card_text(page, &value, x, y, width, tile->value);
    if (tile->below != NULL)
        y += card_text(page, &label, x, y, width, tile->below);
    return y - page->y;
}

static struct tile rank_tile(const struct card_page *page) {
    const struct card *card = page->card;
    struct tile tile = {card_in(page, "Rank", "位次"), "—", NULL, NULL, PAPER_INK};
    if (card->rank == 0) {
        tile.below = card_in(page, "not ranked", "不参加排名");
        return tile;
    }
    tile.value = paper_half(page->arena, "", card->rank);
    if (card->level > 0)
        tile.below = arena_printf(page->arena, card_in(page, "shared with %u", "与%u个对象并列"),
                                  card->level);
    if (card->compared.kind == BATON_PERIOD_NONE)
        return tile;
    const struct paper_change change =
        paper_change(page->arena, page->language, card->rank, card->earlier_rank);
    const char *earlier = words_period(page->arena, card->compared, page->language);
    tile.beside = change.text;
    tile.beside_colour = change.colour;
    if (card->earlier_rank != 0)
        tile.below = arena_printf(page->arena, card_in(page, "%s: %s", "%s第%s位"), earlier,
                                  paper_half(page->arena, "", card->earlier_rank));
    return tile;
}

static struct tile total_tile(const struct card_page *page) {
    const struct card *card = page->card;
    struct tile tile = {arena_printf(page->arena, card_in(page, "Total of %s", "总分（满分%s）"),
                                     paper_fixed(page->arena, card->full, 0, false)),
                        paper_fixed(page->arena, card->total, card->decimals, false), NULL, NULL,
                        PAPER_INK};
    if (!isnan(card->earlier_total))
        tile.below =
            arena_printf(page->arena, card_in(page, "%s: %s", "%s为%s"),
                         words_period(page->arena, card->compared, page->language),
                         paper_fixed(page->arena, card->earlier_total, card->decimals, false));
    return tile;
}

static struct tile grade_tile(const struct card_page *page) {
    const struct baton_grade *grade = page->card->grade;
    return (struct tile){
        card_in(page, "Grade", "等次"),
        grade == NULL ? "—" : baton_text_in(&grade->title, page->language, grade->id), NULL,
        page->card->is_vetoed ? card_in(page, "under a veto or a gate", "受一票否决或门槛约束")
                              : NULL,
        PAPER_INK};
}

static struct tile lost_tile(const struct card_page *page) {
    const struct card *card = page->card;
    struct tile tile = {
        card_in(page, "Points lost", "失分"),
        paper_fixed(page->arena,
                    result_rounded(&page->view->result, card->matrix.lost, card->decimals),
                    card->decimals, false),
        NULL, NULL, PAPER_INK};
    if (!isnan(card->matrix.adjust) && card->matrix.adjust != 0)
        tile.below = arena_printf(
            page->arena, card_in(page, "adjustments %s", "加减分%s"),
            paper_fixed(page->arena,
                        result_rounded(&page->view->result, card->matrix.adjust, card->decimals),
                        card->decimals, true));
    return tile;
}

/* How far the next ones are. */
static const char *distances(const struct card_page *page) {
    const struct card *card = page->card;
    const char *above =
        isnan(card->to_above)
            ? NULL
            : arena_printf(page->arena, card_in(page, "%s below the next above", "距上一位%s分"),
                           paper_fixed(page->arena, card->to_above, card->decimals, false));
    const char *below =
        isnan(card->to_below)
            ? NULL
            : arena_printf(page->arena, card_in(page, "%s above the next below", "领先下一位%s分"),
                           paper_fixed(page->arena, card->to_below, card->decimals, false));
    if (above != NULL && below != NULL)
        return arena_printf(page->arena, "%s%s%s", above, card_in(page, "; ", "，"), below);
    return above != NULL ? above : below;
}

static void draw_tiles(struct card_page *page) {
    const bool has_grades = page->scheme->group[page->card->group].grades != BATON_NONE;
    struct tile tile[4];
    unsigned count = 0;
    double height = 0;
    tile[count++] = rank_tile(page);
    tile[count++] = total_tile(page);
    if (has_grades)
        tile[count++] = grade_tile(page);
    tile[count++] = lost_tile(page);
    const double width = (double)CARD_WIDTH / count;
    for (unsigned i = 0; i < count; i++) {
        const double own = draw_tile(page, CARD_LEFT + width * i, width - 3, &tile[i]);
        height = own > height ? own : height;
    }
    page->y += height;
    const char *apart = distances(page);
    const struct page_style style = card_style(page, 3.3, PAPER_DIM, PAGE_LEFT);
    if (apart != NULL)
        page->y += card_text(page, &style, CARD_LEFT, page->y, CARD_WIDTH, apart);
}

static void go_through(struct card_page *page) {
    page->y = TOP;
    draw_title(page);
    draw_name(page);
    draw_tiles(page);
    card_draw_course(page);
    card_draw_blocks(page);
    card_draw_lists(page);
    card_draw_moves(page);
    card_draw_ratings(page);
}

static void draw_foot(const struct card_page *page, uint32_t number, uint32_t pages) {
    struct page_style style = {.size = 2.8, .colour = PAPER_DIM};
    page_rectangle(page->out, CARD_LEFT, FOOT, CARD_WIDTH, 0.15, PAPER_RULE);
    const char *count = arena_printf(
        page->arena, card_in(page, "Page %u of %u", "第 %u 页 共 %u 页"), number, pages);
    page_text(page->out, &style, CARD_LEFT, FOOT + 1,
              CARD_WIDTH - page_text_width(page->out, style.size, count) - 6,
              arena_printf(page->arena,
                           card_in(page,
                                   "%s. Strengths (weaknesses) are indicators in the upper (lower) "
                                   "half of the group.",
                                   "%s。优势（弱势）指标为在同类中位次居前（居后）的指标。"),
                           page->scheme->id));
    style.align = PAGE_RIGHT;
    page_line(page->out, &style, CARD_LEFT + CARD_WIDTH, FOOT + 1, count);
}

/* In the largest type, with the most told, with which it fits: first the type gives way a little, then the lists. What would not fit even so,
 * a card of hundreds of blocks, is made as small as it takes. */
static void fit(struct card_page *page) {
    static const struct {
        enum card_detail detail;
        double unit;
    } way[] = {{CARD_ALL, 1},    {CARD_ALL, 0.92},   {CARD_ALL, 0.85},  {CARD_LOW, 0.92},
               {CARD_LOW, 0.85}, {CARD_COUNTS, 0.9}, {CARD_COUNTS, 0.8}};
    page->draws = false;
    for (size_t i = 0; i < LENGTH(way); i++) {
        page->detail = way[i].detail;
        page->unit = way[i].unit;
        go_through(page);
        if (page->y <= FOOT - 2)
            return;
    }
    while (page->y > FOOT - 2 && page->unit > 0.05) {
        page->unit *= 0.9;
        go_through(page);
    }
}

/* ---- All cards. */

static baton_code draw_group(struct card_page *page, const struct card_course *course, uint32_t g,
                             uint32_t *number, uint32_t pages) {
    struct card_group group;
    TRY(card_group(page->arena, &page->view->result, course, g, &group));
    for (uint32_t i = 0; i < group.matrix.unit_count; i++) {
        if (page->view->result.unit != BATON_NONE &&
            page->view->result.unit != group.matrix.unit[i])
            continue;
        const struct arena_mark mark = arena_mark(page->arena);
        const uint32_t lacks = page_lacks(page->out);
        struct card *card = arena_alloc(page->arena, 1, sizeof *card);
        TRY(card_of(page->arena, &group, i, page->view->top, card));
        page->card = card;
        fit(page);
        page->draws = true;
        page_add(page->out, PAGE_WIDTH, PAGE_HEIGHT);
        go_through(page);
        draw_foot(page, ++*number, pages);
        if (page_lacks(page->out) == lacks)
            arena_reset_to(page->arena, mark); /* else a finding stands there */
    }
    return BATON_OK;
}

static uint32_t count_cards(struct baton_arena *arena, const struct matrix_view *view) {
    const struct arena_mark mark = arena_mark(arena);
    uint32_t *unit = result_units_room(arena, &view->result);
    uint32_t count = 0;
    struct result_view shown = view->result;
    shown.top = 0;
    for (uint32_t g = 0; g < shown.scheme->group_count; g++)
        if (result_has_group(&shown, g))
            count += result_units(&shown, g, unit);
    arena_reset_to(arena, mark);
    return count;
}

baton_code card_pdf(struct baton_arena *arena, const struct matrix_view *view,
                    const struct card_course *course, const char *path, const char *families,
                    struct baton_findings *found) {
    struct card_page page = {.arena = arena,
                             .view = view,
                             .scheme = view->result.scheme,
                             .language = view->language,
                             .zh = view->language == BATON_ZH};
    const uint32_t pages = count_cards(arena, view);
    uint32_t number = 0;
    const struct page_setup setup = {
        .title = arena_printf(arena, card_in(&page, "%s · Report cards · %s", "%s · 成绩单 · %s"),
                              title_of(&page), paper_period(arena, &view->result, page.language)),
        .families = families,
        .language = page.zh ? "zh-CN" : "en",
        .day = paper_day(&view->result)};
    TRY(page_out_open(arena, path, &setup, found, &page.out));
    for (uint32_t g = 0; g < page.scheme->group_count; g++)
        if (result_has_group(&view->result, g))
            TRY(draw_group(&page, course, g, &number, pages));
    if (pages == 0) {
        const struct page_style style = {.size = 6, .colour = PAPER_INK, .align = PAGE_CENTRE};
        page_add(page.out, PAGE_WIDTH, PAGE_HEIGHT);
        page_text(page.out, &style, CARD_LEFT, 60, CARD_WIDTH,
                  card_in(&page, "No unit takes part.", "没有参评对象。"));
    }
    return page_out_close(page.out);
}
