/* The table of a group on a posting: which columns there are, and their cells. */
#include "report/posting_parts.h"
#include "report/words.h"
#include <math.h>

enum column_kind {
    COLUMN_RANK,
    COLUMN_CHANGE,
    COLUMN_UNIT,
    COLUMN_TOTAL,
    COLUMN_GRADE,
    COLUMN_BLOCK,
    COLUMN_ADJUST,
    COLUMN_RATING
};

enum { RATINGS_MOST = WORDS_MARKS };

struct column {
    enum column_kind kind;
    uint32_t item; /* node of a block, index of a rating */
};

struct columns {
    struct column *item;
    struct page_column *page;
    uint32_t count;
};

static const double SMALL =
    0.72; /* type of what is not read from afar, to that of rank, unit and total */

static void add(struct columns *columns, struct column column, const char *head,
                enum page_align align, double scale, double least) {
    columns->item[columns->count] = column;
    columns->page[columns->count++] =
        (struct page_column){.head = head, .align = align, .scale = scale, .least = least};
}

static bool has_changes(const struct posting *posting, const struct posting_group *group) {
    for (uint32_t i = 0; i < group->count; i++)
        if (baton_result_earlier_rank(posting->view->session, 0, group->unit[i]) != 0)
            return true;
    return false;
}

static bool applies(const struct posting *posting, const struct posting_group *group,
                    uint32_t node) {
    for (uint32_t i = 0; i < group->count; i++)
        if (baton_result_has_row(posting->view->session, node, group->unit[i]))
            return true;
    return false;
}

/* What adjustments gave, as published; NaN without a total. */
static double adjusted(const struct posting *posting, uint32_t unit, int *decimals) {
    const struct baton_result *result = posting->view->result;
    *decimals = baton_result_decimals(posting->view->session, 0, posting->scheme->unit[unit].group);
    return result_rounded(posting->view, result->score[unit] - result->base[unit], *decimals);
}

static bool has_adjustments(const struct posting *posting, const struct posting_group *group) {
    int decimals;
    if (!result_has_base(posting->view))
        return false;
    for (uint32_t i = 0; i < group->count; i++) {
        const double points = adjusted(posting, group->unit[i], &decimals);
        if (!isnan(points) && points != 0)
            return true;
    }
    return false;
}

/* How many leaves of a unit are in a rating; those beyond the last mark count with it. */
static uint32_t rated(const struct posting *posting, uint32_t unit, uint32_t rating) {
    uint32_t count = 0;
    for (uint32_t n = 1; n < posting->scheme->node_count; n++) {
        if (posting->scheme->node[n].child_count > 0 ||
            !baton_result_has_row(posting->view->session, n, unit))
            continue;
        const uint32_t own = baton_result_rating(posting->view->session, n, unit);
        count += own != BATON_NONE && (own < RATINGS_MOST ? own : RATINGS_MOST - 1) == rating;
    }
    return count;
}

static bool is_rating_used(const struct posting *posting, const struct posting_group *group,
                           uint32_t rating) {
    for (uint32_t i = 0; i < group->count; i++)
        if (rated(posting, group->unit[i], rating) > 0)
            return true;
    return false;
}

static void add_ratings(const struct posting *posting, const struct posting_group *group,
                        struct columns *columns) {
    const struct baton_ratings *ratings = &posting->scheme->group[group->group].ratings;
    for (uint32_t r = 0; r < ratings->count && r < RATINGS_MOST; r++)
        if (is_rating_used(posting, group, r)) {
            const struct baton_rating *rating = &ratings->item[r];
            add(columns, (struct column){COLUMN_RATING, r},
                baton_text_in(&rating->title, posting->style->language, rating->id), PAGE_RIGHT,
                SMALL, 1.8);
            columns->page[columns->count - 1].mark = words_mark(r);
        }
}

static struct columns choose(const struct posting *posting, struct posting_group *group) {
    const struct baton_node *root = &posting->scheme->node[0];
    const size_t most = root->child_count + (size_t)RATINGS_MOST + 8;
    struct columns columns = {arena_alloc(posting->arena, most, sizeof *columns.item),
                              arena_alloc(posting->arena, most, sizeof *columns.page), 0};
    add(&columns, (struct column){COLUMN_RANK, 0}, posting_in(posting, "Rank", "位次"), PAGE_RIGHT,
        1, 1.3);
    group->has_changes = has_changes(posting, group);
    if (group->has_changes)
        add(&columns, (struct column){COLUMN_CHANGE, 0}, posting_in(posting, "Change", "升降"),
            PAGE_LEFT, 0.8, 1.6);
    add(&columns, (struct column){COLUMN_UNIT, 0}, posting_in(posting, "Unit", "单位"), PAGE_LEFT,
        1, 3);
    columns.page[columns.count - 1].wraps = true;
    add(&columns, (struct column){COLUMN_TOTAL, 0}, posting_in(posting, "Total", "总分"),
        PAGE_RIGHT, 1, 3.4);
    if (posting->scheme->group[group->group].grades != BATON_NONE)
        add(&columns, (struct column){COLUMN_GRADE, 0}, posting_in(posting, "Grade", "等次"),
            PAGE_LEFT, 0.85, 1);
    for (uint32_t c = 0; c < root->child_count; c++)
        if (applies(posting, group, root->child[c]))
            add(&columns, (struct column){COLUMN_BLOCK, root->child[c]},
                posting_node_name(posting, root->child[c]), PAGE_RIGHT, SMALL, 2.6);
    if (has_adjustments(posting, group))
        add(&columns, (struct column){COLUMN_ADJUST, 0},
            posting_in(posting, "Adjustments", "加减分"), PAGE_RIGHT, SMALL, 2.7);
    add_ratings(posting, group, &columns);
    return columns;
}

static void put_absent(const struct posting *posting, uint32_t node, uint32_t unit,
                       struct page_cell *cell) {
    const uint16_t notes = baton_result_has_row(posting->view->session, node, unit)
                               ? result_notes(posting->view, node, unit)
                               : (uint16_t)BATON_NOTE_NA;
    cell->text = words_absent(notes, posting->style->language);
    cell->colour = PAPER_DIM;
}

static void put_total(const struct posting *posting, uint32_t unit, struct page_cell *cell) {
    int decimals;
    const double total = result_published(posting->view, 0, unit, &decimals);
    if (isnan(total)) {
        put_absent(posting, 0, unit, cell);
        return;
    }
    cell->text = paper_fixed(posting->arena, total, decimals, false);
    cell->bar = total / posting->scheme->group[posting->scheme->unit[unit].group].total;
}

static void put_block(const struct posting *posting, uint32_t node, uint32_t unit,
                      const double *weight, const double *points, struct page_cell *cell) {
    if (!baton_result_has_row(posting->view->session, node, unit) || isnan(points[node])) {
        put_absent(posting, node, unit, cell);
        return;
    }
    const uint32_t group = posting->scheme->unit[unit].group;
    const int decimals = paper_points_decimals(posting->view, node, group);
    cell->text = paper_fixed(posting->arena, result_rounded(posting->view, points[node], decimals),
                             decimals, false);
    cell->bar = weight[node] > 0 ? points[node] / weight[node] : NAN;
}

static void put_cell(const struct posting *posting, const struct column *column, uint32_t unit,
                     const double *weight, const double *points, struct page_cell *cell) {
    int decimals;
    struct paper_change change;
    *cell = (struct page_cell){NULL, PAPER_INK, NAN};
    switch (column->kind) {
    case COLUMN_RANK:
        cell->text = posting->view->result->rank[unit] != 0
                         ? paper_half(posting->arena, "", posting->view->result->rank[unit])
                         : "—";
        break;
    case COLUMN_CHANGE:
        change = paper_change(posting->arena, posting->style->language,
                              posting->view->result->rank[unit],
                              baton_result_earlier_rank(posting->view->session, 0, unit));
        cell->text = change.text;
        cell->colour = change.colour;
        break;
    case COLUMN_UNIT:
        cell->text = posting_unit_name(posting, unit);
        break;
    case COLUMN_TOTAL:
        put_total(posting, unit, cell);
        break;
    case COLUMN_GRADE: {
        const struct baton_grade *grade = result_grade(posting->view, unit);
        cell->text =
            grade == NULL ? "—" : baton_text_in(&grade->title, posting->style->language, grade->id);
        break;
    }
    case COLUMN_BLOCK:
        put_block(posting, column->item, unit, weight, points, cell);
        break;
    case COLUMN_ADJUST: {
        const double gave = adjusted(posting, unit, &decimals);
        cell->text = paper_fixed(posting->arena, gave, decimals, true);
        cell->colour = gave == 0 ? PAPER_DIM : PAPER_INK;
        break;
    }
    case COLUMN_RATING: {
        const uint32_t count = rated(posting, unit, column->item);
        cell->text = arena_printf(posting->arena, "%u", count);
        cell->colour = count > 0 ? PAPER_INK : PAPER_RULE;
        break;
    }
    }
}

static struct page_cell *make_cells(const struct posting *posting,
                                    const struct posting_group *group,
                                    const struct columns *columns) {
    const uint32_t nodes = posting->scheme->node_count;
    struct page_cell *cell =
        arena_alloc(posting->arena, (size_t)group->count * columns->count, sizeof *cell);
    double *weight = arena_alloc(posting->arena, nodes, sizeof *weight);
    double *points = arena_alloc(posting->arena, nodes, sizeof *points);
    for (uint32_t i = 0; i < group->count; i++) {
        baton_result_points(posting->view->session, group->unit[i], weight, points);
        for (uint32_t c = 0; c < columns->count; c++)
            put_cell(posting, &columns->item[c], group->unit[i], weight, points,
                     &cell[(size_t)i * columns->count + c]);
    }
    return cell;
}

/* Takes the last column of blocks away; false where there is none. */
static bool drop_block(struct columns *columns, const char **name) {
    uint32_t at = columns->count;
    while (at > 0 && columns->item[at - 1].kind != COLUMN_BLOCK)
        at--;
    if (at == 0)
        return false;
    *name = columns->page[at - 1].head;
    for (uint32_t c = at - 1; c + 1 < columns->count; c++) {
        columns->item[c] = columns->item[c + 1];
        columns->page[c] = columns->page[c + 1];
    }
    columns->count--;
    return true;
}

void posting_table(const struct posting *posting, struct posting_group *group, double width,
                   double least, double most) {
    struct columns columns = choose(posting, group);
    group->left_out = "";
    for (bool fits = false; !fits;) {
        const char *name;
        group->table = (struct page_table){
            .out = posting->out,
            .column = columns.page,
            .column_count = columns.count,
            .cell = make_cells(posting, group, &columns),
            .row_count = group->count,
            .bar_colour = PAPER_BAR,
            .track_colour = PAPER_TRACK,
            .rule_colour = PAPER_RULE,
            .head_colour = PAPER_INK,
            .padding = 0.3,
            .height = arena_alloc(posting->arena, group->count, sizeof(double)),
        };
        fits = page_table_fit(&group->table, width, least, most);
        if (!fits && drop_block(&columns, &name)) {
            group->left_out = arena_printf(
                posting->arena, "%s%s%s", name,
                *group->left_out != '\0' ? posting_in(posting, ", ", "、") : "", group->left_out);
        } else if (!fits) {
            page_table_fit(&group->table, width, 0, most);
            fits = true;
        }
    }
}
