/* Sheets through libxlsxwriter. A text becomes a number only where the reader of workbooks gives the very same text for it; the format
 * of the cell shows as many decimals as were written. What people see and fill in (widths, lists, help) is put in at the end, when all is known. */
#include "package/workbook_sheet.h"
#include "base/limits.h"
#include "base/text.h"
#include "files/workbook.h"
#include "files/workbook_format.h"
#include "package/numeral.h"
#include "package/package_internal.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
    ROWS_MOST = LIMIT_EXCEL_ROWS,
    DIGITS = 15, /* that Excel keeps of a number */
    WIDTH_LEAST = 8,
    WIDTH_MOST = 60,
    PAPER_A4 = 9,
    HELP_SIZE = 255, /* characters of help, and of a list that is written out */
};

static void check(const struct workbook_writing *writing, lxw_error error) {
    if (error == LXW_ERROR_MEMORY_MALLOC_FAILED)
        arena_out_of_memory(writing->arena);
    assert(error == LXW_NO_ERROR); /* what it refuses has been looked at before */
}

static lxw_format *new_format(struct workbook_writing *writing) {
    lxw_format *format = workbook_add_format(writing->out->workbook);
    if (format == NULL)
        arena_out_of_memory(writing->arena);
    return format;
}

void workbook_writing_open(struct workbook_writing *writing, struct baton_arena *arena,
                           struct workbook_out *out, struct baton_findings *found) {
    *writing = (struct workbook_writing){.arena = arena, .found = found, .out = out};
    writing->header = new_format(writing);
    format_set_bold(writing->header);
    format_set_bg_color(writing->header, 0xDCE6F1);
    format_set_bottom(writing->header, LXW_BORDER_THIN);
    format_set_num_format(writing->header, "@");
    writing->text = new_format(writing);
    format_set_num_format(writing->text, "@");
    writing->wrapped = new_format(writing);
    format_set_num_format(writing->wrapped, "@");
    format_set_text_wrap(writing->wrapped);
    format_set_align(writing->wrapped, LXW_ALIGN_VERTICAL_TOP);
}

/* Cells */

size_t workbook_text_units(const char *text, size_t size) {
    size_t units = 0;
    for (size_t i = 0; i < size; i++) {
        const unsigned char byte = (unsigned char)text[i];
        units += (byte & 0xC0) != 0x80;
        units += byte >= 0xF0;
    }
    return units;
}

/* The digits of a number as it is written, and how many stand behind the point. */
static bool is_common(const char *text, size_t size, unsigned *decimals) {
    unsigned digits = 0;
    bool has_point = false;
    *decimals = 0;
    for (size_t i = 0; i < size; i++) {
        if (text[i] >= '0' && text[i] <= '9') {
            digits += digits > 0 || text[i] != '0';
            *decimals += has_point;
        } else if (text[i] == '.' && !has_point && i > 0) {
            has_point = true;
        } else if (!(text[i] == '-' && i == 0) && !(text[i] == '%' && i + 1 == size)) {
            return false;
        }
    }
    return digits <= DIGITS && *decimals <= WORKBOOK_DECIMALS;
}

/* The number format with so many decimals. */
static lxw_format *format_of(struct workbook_writing *writing, unsigned decimals, bool percent) {
    lxw_format **format = percent ? &writing->percent[decimals] : &writing->number[decimals];
    if (*format == NULL) {
        *format = new_format(writing);
        format_set_num_format(*format,
                              arena_printf(writing->arena, "0%s%.*s%s", decimals > 0 ? "." : "",
                                           (int)decimals, "000000000000000", percent ? "%" : ""));
    }
    return *format;
}

bool workbook_text_number(const char *text, size_t size, double *value, unsigned *decimals,
                          bool *is_percent) {
    if (size == 0 || size > 40 || !is_common(text, size, decimals) ||
        numeral_parse(text, size, NUMERAL_AS_SHARE, value) != BATON_NUMBER_OK)
        return false;
    *is_percent = text[size - 1] == '%';
    const struct format_section section = {.kind = *is_percent ? FORMAT_PERCENT : FORMAT_NUMBER,
                                           .decimals = (uint8_t)*decimals,
                                           .has_digits = true};
    char again[FORMAT_TEXT_SIZE];
    return format_number(*value, &section, again) == size && memcmp(again, text, size) == 0;
}

static bool as_number(struct workbook_writing *writing, const char *text, size_t size,
                      double *value, lxw_format **format) {
    unsigned decimals;
    bool percent;
    if (!workbook_text_number(text, size, value, &decimals, &percent))
        return false;
    *format = format_of(writing, decimals, percent);
    return true;
}

static void widen(struct workbook_sheet_out *sheet, uint32_t column, const char *text,
                  size_t size) {
    const char *end = memchr(text, '\n', size);
    const double width = (double)text_width(text, end != NULL ? (size_t)(end - text) : size) + 2;
    if (width > sheet->width[column])
        sheet->width[column] = width < WIDTH_MOST ? width : WIDTH_MOST;
}

baton_code workbook_text_check(const struct workbook_writing *writing, const char *text,
                               const char *file, uint32_t row, const char *field) {
    uint32_t point = 0;
    const char *at = workbook_out_unsound(text);
    if (at == NULL || text_decode(at, strlen(at), &point) == 0)
        return BATON_OK;
    baton_findings_add(writing->found, BATON_CELL_TEXT_UNSOUND,
                       (struct baton_where){.file = file, .row = row, .field = field},
                       arena_printf(writing->arena, "%04X", (unsigned)point),
                       workbook_out_sound(writing->arena, text), NULL, NULL);
    return BATON_CELL_TEXT_UNSOUND;
}

baton_code workbook_sheet_put(struct workbook_sheet_out *sheet, uint32_t column, const char *text,
                              uint32_t size, const char *file, uint32_t row) {
    struct workbook_writing *writing = sheet->writing;
    double value;
    lxw_format *format;
    if (size == 0)
        return BATON_OK;
    widen(sheet, column, text, size);
    if (sheet->column[column].content == CONTENT_NUMBER &&
        as_number(writing, text, size, &value, &format)) {
        check(writing,
              worksheet_write_number(sheet->sheet, sheet->row, (lxw_col_t)column, value, format));
        return BATON_OK;
    }
    const struct arena_mark mark = arena_mark(writing->arena);
    const char *whole = arena_text(writing->arena, text, size);
    const baton_code sound =
        workbook_text_check(writing, whole, file, row, sheet->column[column].name);
    if (sound != BATON_OK)
        return sound;
    const char *cell = workbook_out_text(writing->arena, whole);
    const size_t units = workbook_text_units(cell, strlen(cell));
    if (units > LIMIT_CELL_TEXT) {
        baton_findings_add(
            writing->found, BATON_CELL_TEXT_LONG,
            (struct baton_where){.file = file, .row = row, .field = sheet->column[column].name},
            package_count(writing->arena, units), package_count(writing->arena, LIMIT_CELL_TEXT),
            NULL, NULL);
        return BATON_CELL_TEXT_LONG;
    }
    check(writing, worksheet_write_string(sheet->sheet, sheet->row, (lxw_col_t)column, cell,
                                          sheet->wraps ? writing->wrapped : writing->text));
    arena_reset_to(writing->arena, mark);
    return BATON_OK;
}

baton_code workbook_sheet_next(struct workbook_sheet_out *sheet) {
    struct workbook_writing *writing = sheet->writing;
    if (++sheet->row < ROWS_MOST)
        return BATON_OK;
    baton_findings_add(writing->found, BATON_SHEET_ROWS_MANY,
                       (struct baton_where){.file = sheet->name},
                       arena_printf(writing->arena, "> %u", (unsigned)ROWS_MOST),
                       package_count(writing->arena, ROWS_MOST), NULL, NULL);
    return BATON_SHEET_ROWS_MANY;
}

/* Sheets */

void workbook_sheet_open(struct workbook_writing *writing, const char *name,
                         const char *const *columns, uint32_t count, bool wraps,
                         struct workbook_sheet_out *sheet) {
    *sheet = (struct workbook_sheet_out){
        .writing = writing, .name = name, .count = count, .wraps = wraps};
    sheet->sheet = workbook_add_worksheet(writing->out->workbook, name);
    if (sheet->sheet == NULL)
        arena_out_of_memory(writing->arena);
    sheet->column = arena_alloc(writing->arena, count, sizeof *sheet->column);
    sheet->width = arena_alloc(writing->arena, count, sizeof *sheet->width);
    for (uint32_t i = 0; i < count; i++) {
        sheet->column[i] = workbook_column(name, columns[i]);
        sheet->column[i].name = columns[i];
        sheet->width[i] = WIDTH_LEAST;
        widen(sheet, i, columns[i], strlen(columns[i]));
        sheet->width[i] += 2; /* for the button of the filter */
        check(writing,
              worksheet_write_string(sheet->sheet, 0, (lxw_col_t)i, columns[i], writing->header));
    }
    sheet->row = 1;
}

void workbook_writing_list(struct workbook_writing *writing, const char *of, const char *sheet,
                           uint32_t column) {
    char cell[WORKBOOK_NAME_SIZE];
    workbook_cell_name(1, column + 1, cell);
    const char *letters = arena_text(writing->arena, cell, strcspn(cell, "1"));
    *ARRAY_PUSH(writing->arena, writing->list, writing->list_count, writing->list_capacity) =
        (struct workbook_list){
            of, arena_printf(writing->arena, "=OFFSET(%s!$%s$2,0,0,MAX(COUNTA(%s!$%s:$%s)-1,1),1)",
                             sheet, letters, sheet, letters, letters)};
}

/* The words of a column as they can be chosen; those with arguments are left out. */
static char **choices_of(const struct workbook_sheet_out *sheet,
                         const struct workbook_column *column) {
    char **choice =
        arena_alloc(sheet->writing->arena, (size_t)column->word_count + 1, sizeof *choice);
    size_t count = 0;
    for (uint32_t i = 0; i < column->word_count; i++)
        if (strchr(column->words[i], '(') == NULL)
            choice[count++] =
                arena_text(sheet->writing->arena, column->words[i], strlen(column->words[i]));
    return choice;
}

/* The formula of the list that a column's ids stand in, without its `=`; NULL = none. */
static const char *formula_of(const struct workbook_writing *writing,
                              const struct workbook_column *column) {
    for (size_t i = 0; i < writing->list_count && column->of != NULL; i++)
        if (strcmp(writing->list[i].of, column->of) == 0)
            return writing->list[i].formula + 1;
    return NULL;
}

/* libxlsxwriter loses memory with a list by a formula, so the formula takes the place of words in a list of those. */
static void put_formula(const struct workbook_sheet_out *sheet, const char *formula) {
    lxw_data_val_obj *last = NULL, *each;
    STAILQ_FOREACH(each, sheet->sheet->data_validations, list_pointers)
    last = each;
    assert(last != NULL);
    char *copy = strdup(formula);
    if (copy == NULL)
        arena_out_of_memory(sheet->writing->arena);
    free(last->value_formula); /* as the library will free the copy */
    last->value_formula = copy;
}

static void put_choices(struct workbook_sheet_out *sheet, uint32_t i) {
    const struct workbook_column *column = &sheet->column[i];
    const char *formula = formula_of(sheet->writing, column);
    char word[] = "-", *no_words[] = {word, NULL};
    if (column->words == NULL && formula == NULL)
        return;
    lxw_data_validation validation = {
        .validate = LXW_VALIDATION_TYPE_LIST,
        .value_list = column->words != NULL ? choices_of(sheet, column) : no_words,
        .ignore_blank = LXW_VALIDATION_ON,
        .dropdown = LXW_VALIDATION_ON,
        .show_input = LXW_VALIDATION_OFF,
        .show_error = column->only_words ? LXW_VALIDATION_ON : LXW_VALIDATION_OFF,
    };
    check(sheet->writing,
          worksheet_data_validation_range(sheet->sheet, 1, (lxw_col_t)i, ROWS_MOST - 1,
                                          (lxw_col_t)i, &validation));
    if (column->words == NULL)
        put_formula(sheet, formula);
}

/* What a column is, shown where its name is chosen. */
static void put_help(struct workbook_sheet_out *sheet, uint32_t i) {
    const struct workbook_column *column = &sheet->column[i];
    if (column->zh == NULL)
        return;
    char *message = arena_printf(sheet->writing->arena, "%s\n%s", column->zh, column->en);
    assert(text_length(message, strlen(message)) <= HELP_SIZE);
    lxw_data_validation validation = {
        .validate = LXW_VALIDATION_TYPE_ANY,
        .ignore_blank = LXW_VALIDATION_ON,
        .show_input = LXW_VALIDATION_ON,
        .show_error = LXW_VALIDATION_OFF,
        .input_title = arena_text(sheet->writing->arena, column->name, strlen(column->name)),
        .input_message = message,
    };
    check(sheet->writing,
          worksheet_data_validation_cell(sheet->sheet, 0, (lxw_col_t)i, &validation));
}

void workbook_sheet_close(struct workbook_sheet_out *sheet) {
    struct workbook_writing *writing = sheet->writing;
    for (uint32_t i = 0; i < sheet->count; i++) {
        lxw_format *format = sheet->column[i].content == CONTENT_NUMBER ? NULL
                             : sheet->wraps                             ? writing->wrapped
                                                                        : writing->text;
        check(writing, worksheet_set_column(sheet->sheet, (lxw_col_t)i, (lxw_col_t)i,
                                            sheet->width[i], format));
        put_help(sheet, i);
        put_choices(sheet, i);
    }
    if (sheet->count > 0)
        check(writing, worksheet_autofilter(sheet->sheet, 0, 0, sheet->row > 1 ? sheet->row - 1 : 0,
                                            (lxw_col_t)(sheet->count - 1)));
    worksheet_set_landscape(sheet->sheet);
    worksheet_set_paper(sheet->sheet, PAPER_A4);
    worksheet_fit_to_pages(sheet->sheet, 1, 0); /* as wide as a page, as long as it is */
    check(writing, worksheet_repeat_rows(sheet->sheet, 0, 0));
    worksheet_freeze_panes(sheet->sheet, 1, sheet->count > 6 ? 1 : 0);
    check(writing,
          worksheet_ignore_errors(sheet->sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, "A1:XFD1048576"));
}
