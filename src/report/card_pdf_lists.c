/* What a report card tells of single indicators: strengths, weaknesses, points lost, ranks that moved, ratings. */
#include "base/writer.h"
#include "report/card_pdf_parts.h"
#include "report/words.h"

enum { LIST_COLUMNS = 3 };

/* A line of a list: an indicator and a number. */
struct entry {
    const char *name, *number;
    uint32_t colour; /* of the number */
};

/* Draws a list in a column and answers where it ends. */
static double draw_list(const struct card_page *page, double x, double width, const char *heading,
                        const struct entry *entry, uint32_t count) {
    const struct page_style head = card_style(page, 3.3, PAPER_DIM, PAGE_LEFT),
                            name = card_style(page, 3.3, PAPER_INK, PAGE_LEFT);
    double y = page->y + card_text(page, &head, x, page->y, width, heading);
    if (count == 0)
        return y + card_text(page, &name, x, y, width, card_in(page, "none", "无"));
    for (uint32_t i = 0; i < count; i++) {
        const struct page_style number = card_style(page, 3.3, entry[i].colour, PAGE_RIGHT);
        const double wide = page_text_width(page->out, number.size, entry[i].number);
        card_line(page, &number, x + width, y, entry[i].number);
        y += card_text(page, &name, x, y, width - wide - 2 * page->unit, entry[i].name);
    }
    return y;
}

static struct entry *by_rank(const struct card_page *page, const struct baton_matrix_some *some) {
    struct entry *entry = arena_alloc(page->arena, some->count, sizeof *entry);
    for (uint32_t i = 0; i < some->count; i++) {
        const struct baton_matrix_cell *cell = &page->card->matrix.cell[some->item[i]];
        entry[i] = (struct entry){card_node_name(page, some->item[i]),
                                  arena_printf(page->arena, "%s%s/%u",
                                               cell->level > 0 ? card_in(page, "=", "并列") : "",
                                               paper_half(page->arena, "", cell->rank), cell->of),
                                  PAPER_INK};
    }
    return entry;
}

static struct entry *by_lost(const struct card_page *page, const struct baton_matrix_some *some) {
    struct entry *entry = arena_alloc(page->arena, some->count, sizeof *entry);
    for (uint32_t i = 0; i < some->count; i++) {
        const int decimals =
            paper_points_decimals(&page->view->result, some->item[i], page->card->group);
        entry[i] = (struct entry){
            card_node_name(page, some->item[i]),
            paper_fixed(page->arena,
                        result_rounded(&page->view->result,
                                       page->card->matrix.cell[some->item[i]].lost, decimals),
                        decimals, false),
            PAPER_INK};
    }
    return entry;
}

void card_draw_lists(struct card_page *page) {
    const struct baton_matrix_unit *unit = &page->card->matrix;
    const double gap = 6, width = (CARD_WIDTH - gap * (LIST_COLUMNS - 1)) / LIST_COLUMNS;
    card_heading(page, card_in(page, "Indicators", "指标"));
    const double end[LIST_COLUMNS] = {
        draw_list(page, CARD_LEFT, width, card_in(page, "Strengths, rank", "优势指标、位次"),
                  by_rank(page, &unit->strengths), unit->strengths.count),
        draw_list(page, CARD_LEFT + width + gap, width,
                  card_in(page, "Weaknesses, rank", "弱势指标、位次"),
                  by_rank(page, &unit->weaknesses), unit->weaknesses.count),
        draw_list(page, CARD_LEFT + 2 * (width + gap), width,
                  card_in(page, "Most points lost", "失分最多、失分"),
                  by_lost(page, &unit->most_lost), unit->most_lost.count)};
    for (unsigned i = 0; i < LIST_COLUMNS; i++)
        page->y = end[i] > page->y ? end[i] : page->y;
}

static struct entry *by_move(const struct card_page *page, const struct card_move *move,
                             uint32_t count) {
    struct entry *entry = arena_alloc(page->arena, count, sizeof *entry);
    for (uint32_t i = 0; i < count; i++) {
        const struct paper_change change =
            paper_change(page->arena, page->language, move[i].rank, move[i].earlier);
        entry[i] = (struct entry){
            card_node_name(page, move[i].node),
            arena_printf(page->arena, "%s→%s %s", paper_half(page->arena, "", move[i].earlier),
                         paper_half(page->arena, "", move[i].rank), change.text),
            change.colour};
    }
    return entry;
}

void card_draw_moves(struct card_page *page) {
    const struct card *card = page->card;
    const double gap = 6, width = (CARD_WIDTH - gap) / 2;
    if (card->rose_all + card->fell_all == 0)
        return;
    card_heading(page, arena_printf(page->arena,
                                    card_in(page, "Ranks moved since %s", "位次变动（与%s比较）"),
                                    words_period(page->arena, card->compared, page->language)));
    const double rose =
        draw_list(page, CARD_LEFT, width,
                  arena_printf(page->arena, card_in(page, "%u rose", "上升%u项"), card->rose_all),
                  by_move(page, card->rose, card->rose_count), card->rose_count);
    const double fell =
        draw_list(page, CARD_LEFT + width + gap, width,
                  arena_printf(page->arena, card_in(page, "%u fell", "下降%u项"), card->fell_all),
                  by_move(page, card->fell, card->fell_count), card->fell_count);
    page->y = rose > fell ? rose : fell;
}

/* ---- Ratings. */

static const char *joined(const struct card_page *page, const uint32_t *leaf, uint32_t count) {
    struct writer *text = writer_memory(page->arena);
    for (uint32_t i = 0; i < count; i++)
        writer_printf(text, "%s%s", i > 0 ? card_in(page, ", ", "、") : "",
                      card_node_name(page, leaf[i]));
    return writer_text_of(text);
}

/* "● 好 28项：地区生产总值增速、……" */
static void draw_paragraph(struct card_page *page, const char *heading, const uint32_t *leaf,
                           uint32_t count, bool named) {
    const struct page_style style = card_style(page, 3.2, PAPER_INK, PAGE_LEFT);
    if (count == 0)
        return;
    const char *text = arena_printf(page->arena, card_in(page, "%s %u%s%s", "%s %u项%s%s"), heading,
                                    count, named ? card_in(page, ": ", "：") : "",
                                    named ? joined(page, leaf, count) : "");
    page->y += card_text(page, &style, CARD_LEFT, page->y, CARD_WIDTH, text) + 0.4 * page->unit;
}

static void draw_kind(struct card_page *page, enum baton_kind kind, bool both) {
    const struct card_kind *of = &page->card->kind[kind];
    const struct baton_ratings *ratings = &page->scheme->group[page->card->group].ratings;
    const uint32_t upper = baton_matrix_upper(page->card->rating_count);
    const char *of_kind = !both                  ? ""
                          : kind == BATON_COMMON ? card_in(page, "Common, ", "共性指标")
                                                 : card_in(page, "Individual, ", "个性指标");
    for (uint32_t r = 0; r < page->card->rating_count; r++) {
        const struct baton_rating *rating = &ratings->item[r];
        draw_paragraph(page,
                       arena_printf(page->arena, "%s %s%s", words_mark(r), of_kind,
                                    baton_text_in(&rating->title, page->language, rating->id)),
                       of->rating[r].leaf, of->rating[r].count,
                       page->detail == CARD_ALL || (page->detail == CARD_LOW && r >= upper));
    }
    draw_paragraph(
        page,
        arena_printf(page->arena, "%s%s", of_kind, card_in(page, "without a rating", "未评价")),
        of->unrated.leaf, of->unrated.count, page->detail != CARD_COUNTS);
}

void card_draw_ratings(struct card_page *page) {
    const struct baton_matrix_unit *unit = &page->card->matrix;
    const bool both =
        page->card->kind[BATON_COMMON].leaves > 0 && page->card->kind[BATON_INDIVIDUAL].leaves > 0;
    const bool rated = page->card->rating_count > 0;
    if (!rated && unit->first.count + unit->last.count == 0)
        return;
    card_heading(page, rated ? card_in(page, "Ratings and places", "评价和位次")
                             : card_in(page, "Places", "位次"));
    if (rated) {
        draw_kind(page, BATON_COMMON, both);
        draw_kind(page, BATON_INDIVIDUAL, both);
    }
    draw_paragraph(page, card_in(page, "First in", "列第一位"), unit->first.item, unit->first.count,
                   page->detail != CARD_COUNTS);
    draw_paragraph(page, card_in(page, "Last in", "列末位"), unit->last.item, unit->last.count,
                   page->detail != CARD_COUNTS);
}
