/* The long table: a row for each unit and node, with the columns of the CSV as numbers and texts, to filter, pivot and read by programs.
 * It is the greatest part of a workbook, so its cells have no look but that of the library. */
#include "report/result_workbook_parts.h"
#include <assert.h>
#include <math.h>

enum {
    DATA_PERIOD,
    DATA_GROUP,
    DATA_UNIT,
    DATA_NODE,
    DATA_LEVEL,
    DATA_VALUE,
    DATA_SCORE,
    DATA_WEIGHT,
    DATA_POINTS,
    DATA_RANK,
    DATA_OF,
    DATA_CHANGE,
    DATA_RATING,
    DATA_GRADE,
    DATA_NOTES,
    DATA_COLUMNS
};

struct data {
    struct result_book *result;
    struct book_sheet *sheet;
    uint32_t row;
    char period[BATON_PERIOD_NAME_SIZE];
    uint32_t group, unit;
    double *share, *points;
};

static void expect(const struct data *data, lxw_error error) {
    if (error == LXW_ERROR_MEMORY_MALLOC_FAILED)
        arena_out_of_memory(data->result->arena);
    assert(error == LXW_NO_ERROR);
}

static void put_text(const struct data *data, uint32_t column, const char *text) {
    expect(data,
           worksheet_write_string(data->sheet->sheet, data->row, (lxw_col_t)column, text, NULL));
}

static void put_number(const struct data *data, uint32_t column, double number) {
    if (!isnan(number))
        expect(data, worksheet_write_number(data->sheet->sheet, data->row, (lxw_col_t)column,
                                            number, NULL));
}

static void put_rounded(const struct data *data, uint32_t column, double number, uint32_t node) {
    const struct result_view *view = data->result->view;
    put_number(data, column,
               view->rounded
                   ? result_rounded(view, number,
                                    baton_result_decimals(
                                        view->session, node == BATON_NONE ? 0 : node, data->group))
                   : number);
}

/* A sheet with its head; the next one where one is full. */
static void begin_sheet(struct data *data) {
    static const char *const titles[DATA_COLUMNS] = {
        "period", "group", "unit", "node",        "level",  "value", "score", "weight",
        "points", "rank",  "of",   "rank_change", "rating", "grade", "notes"};
    static const uint8_t widths[DATA_COLUMNS] = {10, 14, 22, 22, 7,  14, 14, 10,
                                                 14, 7,  7,  13, 13, 13, 24};
    struct book *book = data->result->book;
    data->sheet = book_add(book, book_words(book, "Data", "数据"), DATA_COLUMNS);
    for (uint32_t c = 0; c < DATA_COLUMNS; c++) {
        book_text(data->sheet, 0, c, titles[c], BOOK_HEAD_LOOK);
        book_column(data->sheet, c, widths[c], 0, false, false);
    }
    data->row = 1;
}

static void end_sheet(const struct data *data) {
    book_freeze(data->sheet, 1, DATA_NODE + 1, DATA_COLUMNS, data->row);
}

static void put_value(const struct data *data, uint32_t node) {
    const struct baton_scheme *scheme = data->result->scheme;
    if (node == BATON_NONE || scheme->node[node].child_count > 0)
        return;
    const double value = baton_result_value(data->result->view->session, node, data->unit);
    if (!isnan(value) && scheme->element[scheme->node[node].element].is_code)
        put_text(data, DATA_VALUE, scheme->code[(size_t)value]);
    else
        put_number(data, DATA_VALUE, value);
}

static void put_ranks(const struct data *data, uint32_t node) {
    const struct result_view *view = data->result->view;
    const uint32_t rank = result_rank(view, node, data->unit);
    const uint32_t earlier = baton_result_earlier_rank(view->session, node, data->unit);
    if (rank != 0)
        put_number(data, DATA_RANK, rank / 2.0);
    put_number(data, DATA_OF, baton_result_of(view->session, node, data->group));
    if (rank != 0 && earlier != 0)
        put_number(data, DATA_CHANGE, ((double)earlier - (double)rank) / 2);
}

static void put_words(const struct data *data, uint32_t node) {
    const struct result_view *view = data->result->view;
    const struct baton_scheme *scheme = data->result->scheme;
    if (node == BATON_NONE)
        return;
    if (scheme->node[node].child_count == 0) {
        const uint32_t rating = baton_result_rating(view->session, node, data->unit);
        if (rating != BATON_NONE)
            put_text(data, DATA_RATING, scheme->group[data->group].ratings.item[rating].id);
    }
    const struct baton_grade *grade = node == 0 ? result_grade(view, data->unit) : NULL;
    if (grade != NULL)
        put_text(data, DATA_GRADE, grade->id);
    const uint16_t notes = result_notes(view, node, data->unit);
    if (notes == 0 || !result_shows(view, node, data->unit))
        return;
    char text[BATON_NOTES * 16];
    size_t used = 0;
    for (unsigned i = 0; i < BATON_NOTES; i++)
        if ((notes >> i & 1) != 0)
            used += (size_t)snprintf(text + used, sizeof text - used, "%s%s", used > 0 ? " " : "",
                                     baton_note_name(i));
    put_text(data, DATA_NOTES, text);
}

/* BATON_NONE is the total before adjustments. */
static void put_row(struct data *data, uint32_t node) {
    const struct result_view *view = data->result->view;
    const struct baton_scheme *scheme = data->result->scheme;
    const bool is_base = node == BATON_NONE;
    if (data->row >= BOOK_ROWS) {
        end_sheet(data);
        begin_sheet(data);
    }
    put_text(data, DATA_PERIOD, data->period);
    put_text(data, DATA_GROUP, scheme->group[data->group].id);
    put_text(data, DATA_UNIT, scheme->unit[data->unit].id);
    put_text(data, DATA_NODE, is_base ? "base" : scheme->node[node].id);
    put_number(data, DATA_LEVEL, is_base ? 0 : scheme->node[node].level);
    put_value(data, node);
    const double score =
        is_base ? view->result->base[data->unit]
                : view->result->score[(size_t)node * view->result->stride + data->unit];
    put_rounded(data, DATA_SCORE, score, node);
    put_rounded(data, DATA_WEIGHT, data->share[is_base ? 0 : node], node);
    put_rounded(data, DATA_POINTS, is_base ? score : data->points[node], node);
    put_ranks(data, node);
    put_words(data, node);
    data->row++;
}

static void put_unit(struct data *data) {
    const struct result_view *view = data->result->view;
    baton_result_points(view->session, data->unit, data->share, data->points);
    put_row(data, 0);
    if (result_has_base(view) && result_shows(view, 0, data->unit))
        put_row(data, BATON_NONE);
    for (uint32_t n = 1; n < view->scheme->node_count; n++)
        if (baton_result_has_row(view->session, n, data->unit) && result_shows(view, n, data->unit))
            put_row(data, n);
}

void workbook_data(struct result_book *result) {
    const struct baton_scheme *scheme = result->scheme;
    struct data data = {.result = result};
    uint32_t *units = result_units_room(result->arena, result->view);
    data.share = arena_alloc(result->arena, scheme->node_count, sizeof(double));
    data.points = arena_alloc(result->arena, scheme->node_count, sizeof(double));
    baton_period_format(result->view->result->period, data.period);
    begin_sheet(&data);
    for (data.group = 0; data.group < scheme->group_count; data.group++) {
        const uint32_t count = result_has_group(result->view, data.group)
                                   ? result_units(result->view, data.group, units)
                                   : 0;
        for (uint32_t i = 0; i < count; i++) {
            data.unit = units[i];
            put_unit(&data);
            if (result->done != NULL)
                ++*result->done;
        }
    }
    end_sheet(&data);
}
