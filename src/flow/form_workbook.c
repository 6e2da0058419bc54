/* A form as a workbook: what is to be filled in is open and coloured, all else is shut (without a password: it keeps from slips, not from anybody); lists of codes and states, formulas that count, a sheet that explains. Rows
 * are written in their order and not kept (workbook_out.h). */
#include "base/limits.h"
#include "base/text.h"
#include "files/workbook.h"
#include "flow/form.h"
#include "package/workbook_sheet.h"
#include <assert.h>
#include <math.h>
#include <string.h>

enum {
    ROW_TITLE,
    ROW_HEAD,
    ROW_CHECK,
    ROW_NAMES,
    ROW_FIRST,
    PAPER_A4 = 9,
    DECIMALS = WORKBOOK_DECIMALS + 1,
    VALIDATIONS_MOST = 20000, /* Excel opens no sheet with more than 65,534 */
    LIST_SIZE = 255,          /* characters of a list that is written out */
};

struct writing {
    struct baton_arena *arena;
    struct baton_findings *found;
    const struct form_sheet *form;
    struct workbook_out *out;
    lxw_worksheet *sheet;
    lxw_format *title, *head, *names, *names_open, *shut, *open, *check, *count;
    lxw_format *number[2][2][DECIMALS]; /* by whether it is open, and a percentage */
    uint32_t column[FORM_COLUMNS];      /* of the sheet */
    uint32_t columns;
    size_t validations;
    baton_code code; /* the first that was found */
};

static void check(const struct writing *w, lxw_error error) {
    if (error == LXW_ERROR_MEMORY_MALLOC_FAILED)
        arena_out_of_memory(w->arena);
    assert(error == LXW_NO_ERROR); /* what it refuses has been looked at before */
}

static lxw_format *format(const struct writing *w, const char *number, uint32_t colour,
                          bool is_open) {
    lxw_format *const made = workbook_add_format(w->out->workbook);
    if (made == NULL)
        arena_out_of_memory(w->arena);
    if (number != NULL)
        format_set_num_format(made, number);
    if (colour != 0) {
        format_set_bg_color(made, colour);
        format_set_border(made, LXW_BORDER_THIN);
        format_set_border_color(made, 0xBFBFBF);
    }
    if (is_open)
        format_set_unlocked(made);
    return made;
}

enum {
    COLOUR_OPEN = 0xFFF8DC,
    COLOUR_SHUT = 0xF2F2F2,
    COLOUR_NAMES = 0xDCE6F1,
    COLOUR_GREY = 0x8C8C8C
};

static void make_formats(struct writing *w) {
    w->title = format(w, "@", 0, false);
    format_set_bold(w->title);
    format_set_font_size(w->title, 14);
    w->head = format(w, "@", 0, false);
    format_set_font_size(w->head, 8);
    format_set_font_color(w->head, COLOUR_GREY);
    w->names = format(w, "@", COLOUR_NAMES, false);
    format_set_bold(w->names);
    format_set_text_wrap(w->names);
    w->names_open = format(w, "@", COLOUR_OPEN, false);
    format_set_bold(w->names_open);
    format_set_text_wrap(w->names_open);
    w->shut = format(w, "@", COLOUR_SHUT, false);
    w->open = format(w, NULL, COLOUR_OPEN, true);
    w->check = format(w, "@", 0, false);
    format_set_align(w->check, LXW_ALIGN_RIGHT);
    w->count = format(w, NULL, 0, false);
    format_set_align(w->count, LXW_ALIGN_LEFT);
    format_set_bold(w->count);
}

static lxw_format *number_format(struct writing *w, bool is_open, bool is_percent,
                                 unsigned decimals) {
    lxw_format **const made = &w->number[is_open][is_percent][decimals];
    if (*made == NULL)
        *made = format(w,
                       arena_printf(w->arena, "0%s%.*s%s", decimals > 0 ? "." : "", (int)decimals,
                                    "000000000000000", is_percent ? "%" : ""),
                       is_open ? COLOUR_OPEN : COLOUR_SHUT, is_open);
    return *made;
}

/* Cells */

static void put_text(struct writing *w, uint32_t row, uint32_t column, const char *text,
                     lxw_format *as) {
    const struct arena_mark mark = arena_mark(w->arena);
    const char *const cell = workbook_out_text(w->arena, text);
    const size_t units = workbook_text_units(cell, strlen(cell));
    if (units > LIMIT_CELL_TEXT) {
        w->code = BATON_CELL_TEXT_LONG;
        baton_findings_add(w->found, w->code, (struct baton_where){.row = row + 1},
                           arena_printf(w->arena, "%zu", units),
                           arena_printf(w->arena, "%d", LIMIT_CELL_TEXT), NULL, NULL);
        return; /* the finding stays */
    }
    if (*cell == '\0') {
        check(w, worksheet_write_blank(w->sheet, row, (lxw_col_t)column, as));
    } else {
        check(w, worksheet_write_string(w->sheet, row, (lxw_col_t)column, cell, as));
    }
    arena_reset_to(w->arena, mark);
}

static bool is_figure(enum form_column column) {
    return column == FORM_VALUE || column == FORM_LAST || column == FORM_YEAR_AGO ||
           column == FORM_AT;
}

static void put_cell(struct writing *w, uint32_t row, enum form_column column, const char *text,
                     bool is_open) {
    double value;
    unsigned decimals;
    bool is_percent;
    if (is_figure(column) &&
        workbook_text_number(text, strlen(text), &value, &decimals, &is_percent))
        check(w, worksheet_write_number(w->sheet, row, (lxw_col_t)w->column[column], value,
                                        number_format(w, is_open, is_percent, decimals)));
    else
        put_text(w, row, w->column[column], text, is_open ? w->open : w->shut);
}

static void put_row(struct writing *w, uint32_t row, const struct form_row *of) {
    for (int c = 0; c < FORM_COLUMNS; c++)
        if (w->column[c] != UINT32_MAX)
            put_cell(w, row, (enum form_column)c, of->text[c],
                     of->is_open && form_column_info((enum form_column)c)->is_open);
}

/* The check row */

static void put_count(struct writing *w, uint32_t column, enum form_count what, const char *formula,
                      double value) {
    put_text(w, ROW_CHECK, column, form_count_name(what, w->form->head.language), w->check);
    check(w, worksheet_write_formula_num(w->sheet, ROW_CHECK, (lxw_col_t)(column + 1), formula,
                                         w->count, value));
}

/* "H5:H38" */
static const char *range(const struct writing *w, enum form_column column) {
    char first[WORKBOOK_NAME_SIZE], last[WORKBOOK_NAME_SIZE];
    const uint32_t rows = w->form->count > 0 ? (uint32_t)w->form->count : 1;
    workbook_cell_name(ROW_FIRST + 1, w->column[column] + 1, first);
    workbook_cell_name(ROW_FIRST + rows, w->column[column] + 1, last);
    return arena_printf(w->arena, "%s:%s", first, last);
}

static void put_check(struct writing *w) {
    size_t filled = 0;
    double sum = 0;
    for (size_t i = 0; i < w->form->count; i++) {
        const char *const *const text = w->form->row[i].text;
        double value;
        unsigned decimals;
        bool is_percent;
        filled += text[FORM_VALUE][0] != '\0' || text[FORM_STATE][0] != '\0';
        if (workbook_text_number(text[FORM_VALUE], strlen(text[FORM_VALUE]), &value, &decimals,
                                 &is_percent))
            sum += value;
    }
    const char *const value = range(w, FORM_VALUE), *const state = range(w, FORM_STATE);
    put_text(w, ROW_CHECK, 0, w->form->head.language == BATON_ZH ? "核对" : "check", w->check);
    put_count(w, 1, FORM_COUNT_ROWS, arena_printf(w->arena, "=COUNTA(%s)", range(w, FORM_UNIT)),
              (double)w->form->count);
    put_count(w, 3, FORM_COUNT_FILLED,
              arena_printf(w->arena, "=SUMPRODUCT(--((%s<>\"\")+(%s<>\"\")>0))", value, state),
              (double)filled);
    put_count(w, 5, FORM_COUNT_SUM, arena_printf(w->arena, "=SUM(%s)", value), sum);
}

/* What may be typed */

static void put_list(struct writing *w, uint32_t first, uint32_t last, enum form_column column,
                     const char *const *list, size_t count) {
    const char **const copy = arena_alloc(w->arena, count + 1, sizeof *copy);
    size_t size = 0;
    for (size_t i = 0; i < count; i++) {
        copy[i] = list[i];
        size += text_length(list[i], strlen(list[i])) + 1;
    }
    lxw_data_validation validation = {.validate = LXW_VALIDATION_TYPE_LIST,
                                      .value_list = (char **)(uintptr_t)copy,
                                      .ignore_blank = LXW_VALIDATION_ON,
                                      .dropdown = LXW_VALIDATION_ON,
                                      .show_input = LXW_VALIDATION_OFF,
                                      .show_error = LXW_VALIDATION_ON};
    if (size <= LIST_SIZE && count > 0)
        check(w, worksheet_data_validation_range(w->sheet, first, (lxw_col_t)w->column[column],
                                                 last, (lxw_col_t)w->column[column], &validation));
}

static void put_decimal(struct writing *w, uint32_t first, uint32_t last) {
    const bool is_zh = w->form->head.language == BATON_ZH;
    char title_zh[] = "请填数值", title_en[] = "A number is needed";
    char says_zh[] = "此格应为数值，如 1234.5；没有数据的，在“无数据情形”一列选择。";
    char says_en[] = "A number as 1234.5; where there is none, say so in the next column.";
    lxw_data_validation validation = {.validate = LXW_VALIDATION_TYPE_DECIMAL,
                                      .criteria = LXW_VALIDATION_CRITERIA_BETWEEN,
                                      .minimum_number = -1e300,
                                      .maximum_number = 1e300,
                                      .ignore_blank = LXW_VALIDATION_ON,
                                      .show_input = LXW_VALIDATION_OFF,
                                      .show_error = LXW_VALIDATION_ON,
                                      .error_title = is_zh ? title_zh : title_en,
                                      .error_message = is_zh ? says_zh : says_en};
    check(w, worksheet_data_validation_range(w->sheet, first, (lxw_col_t)w->column[FORM_VALUE],
                                             last, (lxw_col_t)w->column[FORM_VALUE], &validation));
}

/* What the figures of rows that follow each other have in common gets one range. */
static bool is_alike(const struct form_sheet *form, size_t a, size_t b) {
    const struct baton_element *const element = form->scheme->element;
    const uint32_t x = form->row[a].of->element_index, y = form->row[b].of->element_index;
    return x == y || (!element[x].is_code && !element[y].is_code);
}

static void put_validations(struct writing *w) {
    const struct form_sheet *const form = w->form;
    const char *const states[] = {form_state_name("na", form->head.language),
                                  form_state_name("pending", form->head.language)};
    if (form->count == 0)
        return;
    put_list(w, ROW_FIRST, ROW_FIRST + (uint32_t)form->count - 1, FORM_STATE, states,
             LENGTH(states));
    for (size_t from = 0, to; from < form->count && w->validations < VALIDATIONS_MOST; from = to) {
        const char **codes;
        size_t count;
        for (to = from + 1; to < form->count && is_alike(form, from, to);)
            to++;
        const uint32_t first = ROW_FIRST + (uint32_t)from, last = ROW_FIRST + (uint32_t)to - 1;
        if (form_codes(w->arena, form->scheme, form->row[from].of, &codes, &count))
            put_list(w, first, last, FORM_VALUE, codes, count);
        else
            put_decimal(w, first, last);
        w->validations++;
    }
}

/* Sheets */

static void put_names(struct writing *w) {
    for (int c = 0; c < FORM_COLUMNS; c++) {
        const struct form_column_info *const info = form_column_info((enum form_column)c);
        if (w->column[c] == UINT32_MAX)
            continue;
        put_text(w, ROW_NAMES, w->column[c], info->name[w->form->head.language],
                 info->is_open ? w->names_open : w->names);
        check(w, worksheet_set_column(w->sheet, (lxw_col_t)w->column[c], (lxw_col_t)w->column[c],
                                      info->width, NULL));
    }
}

static void set_up(struct writing *w) {
    lxw_protection protection = {.format_columns = 1, .format_rows = 1};
    worksheet_protect(w->sheet, NULL, &protection);
    worksheet_set_landscape(w->sheet);
    worksheet_set_paper(w->sheet, PAPER_A4);
    worksheet_fit_to_pages(w->sheet, 1, 0);
    check(w, worksheet_set_footer(w->sheet, "&L&8&A&R&8&P / &N"));
}

static lxw_worksheet *add_sheet(struct writing *w, const char *name) {
    lxw_worksheet *const sheet = workbook_add_worksheet(w->out->workbook, name);
    if (sheet == NULL)
        arena_out_of_memory(w->arena);
    return sheet;
}

static void put_form(struct writing *w) {
    const bool is_zh = w->form->head.language == BATON_ZH;
    for (int c = 0; c < FORM_COLUMNS; c++)
        w->column[c] = c != FORM_THERE || w->form->has_there ? w->columns++ : UINT32_MAX;
    w->sheet = add_sheet(w, is_zh ? "填报表" : "form");
    put_text(w, ROW_TITLE, 0, w->form->title, w->title);
    put_text(w, ROW_HEAD, 0, form_head_text(w->arena, &w->form->head), w->head);
    put_check(w);
    put_names(w);
    for (size_t i = 0; i < w->form->count; i++)
        put_row(w, ROW_FIRST + (uint32_t)i, &w->form->row[i]);
    put_validations(w);
    set_up(w);
    check(w, worksheet_repeat_rows(w->sheet, ROW_TITLE, ROW_NAMES));
    worksheet_freeze_panes(w->sheet, ROW_FIRST, (lxw_col_t)(w->column[FORM_INDICATOR] + 1));
    check(w, worksheet_ignore_errors(w->sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, "A1:XFD1048576"));
    worksheet_set_first_sheet(w->sheet);
    worksheet_activate(w->sheet);
}

static const char *const instructions[][2] = {
    {"Fill in the coloured cells; all others are shut and are read as they are. Rows left empty "
     "are left alone.",
     "请填有底色的单元格，其他单元格已锁定，请勿改动。未填的行不作处理。"},
    {"Do not delete or add rows. Columns may be moved; columns of your own begin with x_.",
     "请勿增删行。列的次序可以调整；自行增加的列，列名以 x_ 开头。"},
    {"All rows are taken or none: whatever is wrong is told with its row and cell.",
     "上传时全部采用或全部不采用，有误之处逐行逐格指出。"},
    {"Where somebody else has changed a figure meanwhile, you are told who and what, and get a "
     "form with both.",
     "其间他人改动过的数据，会说明由谁、改为何值，并可下载两者并列的表。"},
    {"What is read becomes drafts, which an approver of the unit signs off.",
     "所填内容成为草稿，须经本单位审签后报送。"},
};

static void explain_line(struct writing *w, uint32_t row, const char *a, const char *b,
                         const char *c) {
    const char *const text[] = {a, b, c};
    for (uint32_t i = 0; i < LENGTH(text); i++)
        if (text[i] != NULL)
            put_text(w, row, i, text[i], NULL);
}

static void explain_codes(struct writing *w, uint32_t row) {
    const struct form_sheet *const form = w->form;
    struct hash seen = {0};
    for (size_t i = 0; i < form->count; i++) {
        const struct expectation *const of = form->row[i].of;
        const char **codes, *list = "";
        size_t count;
        if (!form->scheme->element[of->element_index].is_code ||
            hash_add(w->arena, &seen, of->element, strlen(of->element), (uint32_t)i) != i ||
            !form_codes(w->arena, form->scheme, of, &codes, &count))
            continue;
        for (size_t k = 0; k < count; k++)
            list = arena_printf(w->arena, "%s%s%s", list, k > 0 ? ", " : "", codes[k]);
        explain_line(w, row++, of->element, form->row[i].text[FORM_INDICATOR], list);
    }
}

static void put_instructions(struct writing *w) {
    uint32_t row = 0;
    w->sheet = add_sheet(w, w->form->head.language == BATON_ZH ? "填报说明" : "instructions");
    for (size_t i = 0; i < LENGTH(instructions); i++) {
        explain_line(w, row++, instructions[i][BATON_ZH], NULL, NULL);
        explain_line(w, row++, instructions[i][BATON_EN], NULL, NULL);
    }
    row++;
    for (int c = 0; c < FORM_COLUMNS; c++) {
        const struct form_column_info *const info = form_column_info((enum form_column)c);
        explain_line(w, row++, info->name[w->form->head.language], info->is[BATON_ZH],
                     info->is[BATON_EN]);
    }
    explain_codes(w, row + 1);
    check(w, worksheet_set_column(w->sheet, 0, 0, 18, NULL));
    check(w, worksheet_set_column(w->sheet, 1, 2, 60, NULL));
    set_up(w);
}

baton_code form_workbook(struct baton_arena *arena, const struct form_sheet *form, const char *path,
                         int *error, struct baton_findings *found) {
    struct writing w = {.arena = arena, .found = found, .form = form};
    int32_t day = 0;
    *error = 0;
    (void)baton_day_parse(form->head.made, 10, &day);
    w.out = workbook_out_open(arena, path, form->title, day);
    make_formats(&w);
    put_form(&w);
    put_instructions(&w);
    if (w.code == BATON_OK)
        *error = workbook_out_close(w.out);
    return w.code;
}
