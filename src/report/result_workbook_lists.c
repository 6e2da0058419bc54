/* Awards, adjustments row by row, and charts of the totals. */
#include "engine/session.h"
#include "report/layout.h"
#include "report/result_workbook_parts.h"
#include "report/words.h"
#include <math.h>

static const struct book_look cell_look = {.border = true};

/* The head of a list: the title of the result, what the list is, and the titles of its columns. */
static uint32_t list_head(const struct result_book *result, struct book_sheet *sheet,
                          const char *about, const char *const *titles, uint32_t count) {
    enum { ROW_TITLE, ROW_ABOUT, ROW_TITLES, ROWS };
    worksheet_set_row(sheet->sheet, ROW_TITLE, 24, NULL);
    book_text(sheet, ROW_TITLE, 0, book_title(result->book), (struct book_look){.bold = true});
    book_text(sheet, ROW_ABOUT, 0, about, (struct book_look){0});
    sheet->width[0] = 0; /* these run over the cells beside them */
    for (uint32_t c = 0; c < count; c++) {
        book_text(sheet, ROW_TITLES, c, titles[c], BOOK_HEAD_LOOK);
        book_widen(sheet, c, layout_width(titles[c]));
    }
    return ROWS;
}

/* ---- Awards. */

static bool is_shown(const struct result_book *result, const struct baton_award_row *row) {
    return result_has_group(result->view, row->group) &&
           (result->view->unit == BATON_NONE || result->view->unit == row->unit);
}

void workbook_awards(struct result_book *result) {
    const struct book *book = result->book;
    const struct baton_scheme *scheme = result->scheme;
    uint32_t count, shown = 0;
    const struct baton_award_row *award = baton_result_awards(result->view->session, &count);
    for (uint32_t i = 0; i < count; i++)
        shown += is_shown(result, &award[i]);
    if (shown == 0 && !result->only_awards)
        return;
    const char *titles[] = {book_words(book, "Award", "奖项"), book_words(book, "Group", "类别"),
                            book_words(book, "Place", "位次"), book_words(book, "Unit", "单位"),
                            book_words(book, "By", "依据数值")};
    struct book_sheet *sheet =
        book_add(result->book, book_words(book, "Awards", "奖项"), LENGTH(titles));
    uint32_t row = list_head(result, sheet,
                             shown == 0 ? book_words(book, "No awards.", "没有奖项。")
                                        : book_words(book, "Awards, by award, group and place",
                                                     "奖项，按奖项、类别、位次排列"),
                             titles, LENGTH(titles));
    const uint32_t first = row;
    const int decimals = scheme->decimals > 0 ? scheme->decimals : 0;
    for (uint32_t i = 0; i < count; i++) {
        if (!is_shown(result, &award[i]) || row >= BOOK_ROWS)
            continue;
        const struct baton_award *of = &scheme->award[award[i].award];
        book_text(sheet, row, 0, baton_text_in(&of->title, book->language, of->id), cell_look);
        book_text(sheet, row, 1, book_group(book, award[i].group), cell_look);
        book_number(
            sheet, row, 2, award[i].place,
            (struct book_look){.align = LXW_ALIGN_CENTER, .number = BOOK_FIXED, .border = true});
        book_text(sheet, row, 3, book_unit(book, award[i].unit), cell_look);
        book_number(sheet, row++, 4,
                    result->view->rounded ? result_rounded(result->view, award[i].by, decimals)
                                          : award[i].by,
                    (struct book_look){
                        .number = BOOK_FIXED, .decimals = (uint8_t)decimals, .border = true});
    }
    book_widths(sheet, 0, LENGTH(titles), 8, 50);
    book_freeze(sheet, first, 0, LENGTH(titles), row);
}

/* ---- Adjustments. */

static const char *kind_of(const struct book *book, enum baton_item_kind kind) {
    return kind == BATON_BONUS       ? book_words(book, "bonus", "加分")
           : kind == BATON_DEDUCTION ? book_words(book, "deduction", "减分")
                                     : book_words(book, "veto", "一票否决");
}

enum {
    ADJUST_GROUP,
    ADJUST_UNIT,
    ADJUST_KIND,
    ADJUST_ITEM,
    ADJUST_LEVEL,
    ADJUST_POINTS,
    ADJUST_COUNT,
    ADJUST_WORTH,
    ADJUST_WHEN,
    ADJUST_HONOUR,
    ADJUST_REASON,
    ADJUST_DOCUMENT,
    ADJUST_NOTE,
    ADJUST_COLUMNS
};

/* Points, count, and what they make, before any cap. */
static void put_worth(const struct result_book *result, struct book_sheet *sheet, uint32_t row,
                      const struct baton_adjustment *of) {
    const struct baton_item *item = &result->scheme->item[of->item];
    const struct book_look look = {.number = BOOK_GENERAL, .border = true};
    const bool has_points = item->kind != BATON_VETO && item->points_rule.text == NULL;
    const double points = has_points ? adjustment_points(result->view->session, of) : NAN;
    const double worth = item->highest && has_points ? points : points * of->count;
    book_number(sheet, row, ADJUST_POINTS, points, look);
    book_number(sheet, row, ADJUST_COUNT, of->count, look);
    if (has_points && !item->highest && isfinite(worth))
        book_formula(sheet, row, ADJUST_WORTH,
                     arena_printf(result->arena, "=%c%u*%c%u", 'A' + ADJUST_POINTS, row + 1,
                                  'A' + ADJUST_COUNT, row + 1),
                     worth, look);
    else
        book_number(sheet, row, ADJUST_WORTH, worth, look);
}

static const char *remark(const struct result_book *result, const struct baton_adjustment *of) {
    const struct book *book = result->book;
    const struct baton_item *item = &result->scheme->item[of->item];
    if (adjustment_outdone(result->view->session, of) != NULL)
        return book_words(book, "not counted: the same honour counts once, by its best row",
                          "未计：同一荣誉只按最高的一条计");
    if (item->points_rule.text != NULL)
        return book_words(book, "points by an expression, see baton explain",
                          "分值按公式计算，见 baton explain");
    if (item->highest)
        return book_words(book, "only the best row of the item counts", "本项只计最高的一条");
    return "";
}

static void put_adjustment(const struct result_book *result, struct book_sheet *sheet, uint32_t row,
                           const struct baton_adjustment *of) {
    const struct book *book = result->book;
    const struct baton_scheme *scheme = result->scheme;
    const struct baton_item *item = &scheme->item[of->item];
    book_text(sheet, row, ADJUST_GROUP, book_group(book, scheme->unit[of->unit].group), cell_look);
    book_text(sheet, row, ADJUST_UNIT, book_unit(book, of->unit), cell_look);
    book_text(sheet, row, ADJUST_KIND, kind_of(book, item->kind), cell_look);
    book_text(sheet, row, ADJUST_ITEM, baton_text_in(&item->title, book->language, item->id),
              cell_look);
    book_text(sheet, row, ADJUST_LEVEL, of->level == BATON_NONE ? "" : item->level[of->level].id,
              cell_look);
    put_worth(result, sheet, row, of);
    book_text(sheet, row, ADJUST_WHEN,
              of->issued_day != INT32_MIN ? words_day(result->arena, of->issued_day, book->language)
                                          : words_period(result->arena, of->period, book->language),
              cell_look);
    book_text(sheet, row, ADJUST_HONOUR, of->honour == NULL ? "" : of->honour, cell_look);
    book_text(sheet, row, ADJUST_REASON, of->reason == NULL ? "" : of->reason, cell_look);
    book_text(sheet, row, ADJUST_DOCUMENT, of->document == NULL ? "" : of->document, cell_look);
    book_text(sheet, row, ADJUST_NOTE, remark(result, of), cell_look);
}

static bool is_counted(const struct result_book *result, const struct baton_adjustment *of) {
    return of->unit < result->scheme->ranked_count && result->is_shown[of->unit] &&
           adjustment_in_force(result->view->session, of, result->view->result->period);
}

void workbook_adjustments(struct result_book *result) {
    const struct book *book = result->book;
    const struct baton_scheme *scheme = result->scheme;
    bool any = false;
    for (uint32_t i = 0; i < scheme->adjustment_count && !any; i++)
        any = is_counted(result, &scheme->adjustment[i]);
    if (!any)
        return;
    const char *titles[ADJUST_COLUMNS] = {
        book_words(book, "Group", "类别"),  book_words(book, "Unit", "单位"),
        book_words(book, "Kind", "性质"),   book_words(book, "Item", "事项"),
        book_words(book, "Level", "档次"),  book_words(book, "Points each", "每次分值"),
        book_words(book, "Count", "次数"),  book_words(book, "Points", "分值"),
        book_words(book, "When", "时间"),   book_words(book, "Honour", "荣誉"),
        book_words(book, "Reason", "事由"), book_words(book, "Document", "文件"),
        book_words(book, "Remark", "备注")};
    struct book_sheet *sheet =
        book_add(result->book, book_words(book, "Adjustments", "加减分"), ADJUST_COLUMNS);
    uint32_t row =
        list_head(result, sheet,
                  book_words(book, "Bonuses, deductions and vetoes in force, before caps",
                             "本期有效的加分、减分和一票否决事项，尚未按封顶截取"),
                  titles, ADJUST_COLUMNS);
    const uint32_t first = row;
    for (uint32_t i = 0; i < scheme->adjustment_count && row < BOOK_ROWS; i++) {
        const struct arena_mark mark = arena_mark(result->arena);
        if (is_counted(result, &scheme->adjustment[i]))
            put_adjustment(result, sheet, row++, &scheme->adjustment[i]);
        arena_reset_to(result->arena, mark);
    }
    book_widths(sheet, 0, ADJUST_COLUMNS, 6, 40);
    book_freeze(sheet, first, ADJUST_UNIT + 1, ADJUST_COLUMNS, row);
}

/* ---- Charts. */

enum {
    CHART_UNITS = 60, /* bars of one chart */
    CHART_WIDTH = 860,
    CHART_BAR = 24,
    CHART_REST = 110, /* pixels of title and axis */
    CHART_ROW = 20    /* pixels of a row */
};

/* Bars of the totals, the first unit on top. Answers how many rows of the sheet it covers. */
static uint32_t add_chart(const struct result_book *result, struct book_sheet *sheet, uint32_t row,
                          const struct group_sheet *group) {
    const struct book *book = result->book;
    const uint32_t count = group->count < CHART_UNITS ? group->count : CHART_UNITS;
    const lxw_col_t unit = (lxw_col_t)group->at[COLUMN_UNIT],
                    total = (lxw_col_t)group->at[COLUMN_TOTAL];
    const uint32_t first = group->first_row, last = first + count - 1;
    lxw_chart *chart = workbook_add_chart(book->out->workbook, LXW_CHART_BAR);
    lxw_chart_series *series = chart == NULL ? NULL : chart_add_series(chart, NULL, NULL);
    if (series == NULL)
        arena_out_of_memory(result->arena);
    chart_series_set_categories(series, group->sheet->name, first, unit, last, unit);
    chart_series_set_values(series, group->sheet->name, first, total, last, total);
    chart_series_set_name(series, book_words(book, "Total", "总分"));
    chart_series_set_labels(series);
    lxw_chart_fill fill = {.color = 0x4F81BD};
    chart_series_set_fill(series, &fill);
    const char *title = arena_printf(result->arena, book_words(book, "%s: totals", "%s总分"),
                                     book_group(book, group->group));
    if (count < group->count)
        title = arena_printf(result->arena, book_words(book, "%s, the first %u", "%s（前%u名）"),
                             title, count);
    chart_title_set_name(chart, title);
    lxw_chart_font font = {.size = 14, .bold = LXW_TRUE};
    chart_title_set_name_font(chart, &font);
    chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
    chart_axis_set_reverse(chart->y_axis); /* of bars: the names */
    chart_axis_set_crossing_max(chart->y_axis);
    chart_axis_set_label_position(chart->y_axis, LXW_CHART_AXIS_LABEL_POSITION_LOW);
    chart_set_series_gap(chart, 50);
    bool is_below = false; /* bars begin at 0, unless some go to the other side of it */
    for (uint32_t i = 0; i < count; i++)
        is_below = is_below || result->view->result->score[group->units[i]] < 0;
    if (!is_below)
        chart_axis_set_min(chart->x_axis, 0);
    lxw_chart_line line = {.color = 0xD9D9D9, .width = 0.75F};
    chart_axis_major_gridlines_set_line(chart->x_axis, &line);
    const uint32_t height = CHART_REST + CHART_BAR * count;
    lxw_chart_options options = {.x_scale = CHART_WIDTH / 480.0, .y_scale = height / 288.0};
    if (worksheet_insert_chart_opt(sheet->sheet, row, 0, chart, &options) != LXW_NO_ERROR)
        arena_out_of_memory(result->arena);
    return height / CHART_ROW + 2;
}

/* One below the other, each on a page of its own. */
void workbook_charts(struct result_book *result) {
    enum { FIRST = 2, PAGES = 1000 };
    struct book_sheet *sheet = NULL;
    uint32_t row = FIRST, pages = 0;
    lxw_row_t *breaks = arena_alloc(result->arena, PAGES + 1, sizeof *breaks);
    for (size_t g = 0; g < result->groups; g++) {
        const struct group_sheet *group = &result->group[g];
        if (group->count < 2 || (g > 0 && result->group[g - 1].group == group->group))
            continue;
        if (sheet == NULL) {
            sheet = book_add(result->book, book_words(result->book, "Charts", "图表"), 1);
            book_text(sheet, 0, 0, book_title(result->book), (struct book_look){.bold = true});
        } else if (pages < PAGES) {
            breaks[pages++] = row;
        }
        row += add_chart(result, sheet, row, group);
    }
    if (pages > 0 && worksheet_set_h_pagebreaks(sheet->sheet, breaks) != LXW_NO_ERROR)
        arena_out_of_memory(result->arena);
}
