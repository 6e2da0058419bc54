/* What workbooks share. Formats are made when a look first comes up: a workbook has few of them, however many cells. */
#include "report/book.h"
#include "base/text.h"
#include "report/layout.h"
#include "report/words.h"
#include <assert.h>
#include <math.h>
#include <string.h>

struct book *book_open(struct baton_arena *arena, const struct result_view *view,
                       enum baton_language language, const char *path) {
    struct book *book = arena_alloc(arena, 1, sizeof *book);
    book->arena = arena;
    book->view = view;
    book->language = language;
    book->zh = language == BATON_ZH;
    book->out = workbook_out_open(arena, path, book_title(book),
                                  baton_period_last_day(view->result->period));
    return book;
}

int book_close(struct book *book) {
    return workbook_out_close(book->out);
}

const char *book_unit(const struct book *book, uint32_t unit) {
    const struct baton_unit *of = &book->view->scheme->unit[unit];
    return baton_text_in(&of->name, book->language, of->id);
}

const char *book_node(const struct book *book, uint32_t node) {
    const struct baton_node *of = &book->view->scheme->node[node];
    return baton_text_in(&of->name, book->language, of->id);
}

const char *book_group(const struct book *book, uint32_t group) {
    const struct baton_group *of = &book->view->scheme->group[group];
    return baton_text_in(&of->title, book->language, of->id);
}

int32_t book_day(const struct book *book) {
    const int32_t last = baton_period_last_day(book->view->result->period);
    return book->view->as_of_day < last ? book->view->as_of_day : last;
}

const char *book_title(const struct book *book) {
    const struct result_view *view = book->view;
    const char *title = baton_text_in(&view->scheme->title, book->language, view->scheme->id);
    const char *period = words_period(book->arena, view->result->period, book->language);
    if (view->as_of_day == INT32_MAX)
        return arena_printf(book->arena, book_words(book, "%s · %s", "%s　%s"), title, period);
    return arena_printf(book->arena, book_words(book, "%s · %s, as of %s", "%s　%s（截至%s）"),
                        title, period, words_day(book->arena, view->as_of_day, book->language));
}

/* The library's answer, where it has one of its own: all but memory would be our mistake. */
static void expect(const struct book *book, lxw_error error) {
    if (error == LXW_ERROR_MEMORY_MALLOC_FAILED)
        arena_out_of_memory(book->arena);
    assert(error == LXW_NO_ERROR);
}

static const char *without(struct baton_arena *arena, const char *text, char taken) {
    char *out = arena_text(arena, text, strlen(text));
    size_t used = 0;
    for (const char *at = text; *at != '\0'; at++)
        if (*at != taken)
            out[used++] = *at;
    out[used] = '\0';
    return out;
}

/* On paper `&` begins a command. A line has room for 255 characters. */
static void paper(struct book_sheet *sheet) {
    struct book *book = sheet->book;
    enum { A4 = 9, ROOM = 160 };
    const char *title = workbook_out_sound(
        book->arena,
        layout_shorten(book->arena, without(book->arena, book_title(book), '&'), ROOM));
    const char *day = words_day(book->arena, book_day(book), book->language);
    worksheet_set_landscape(sheet->sheet);
    worksheet_set_paper(sheet->sheet, A4);
    worksheet_fit_to_pages(sheet->sheet, 1, 0);
    worksheet_set_margins(sheet->sheet, 0.4, 0.4, 0.7, 0.6);
    expect(book, worksheet_set_header(sheet->sheet, arena_printf(book->arena, "&C&9%s", title)));
    expect(book,
           worksheet_set_footer(
               sheet->sheet,
               arena_printf(book->arena,
                            book_words(book, "&L&9%s, as of %s&R&9Page &P of &N",
                                       "&L&9%s　数据截至%s&R&9第&P页，共&N页"),
                            layout_shorten(book->arena, without(book->arena, sheet->name, '&'), 40),
                            day)));
}

struct book_sheet *book_add(struct book *book, const char *name, uint32_t columns) {
    struct book_sheet *sheet = arena_alloc(book->arena, 1, sizeof *sheet);
    sheet->book = book;
    sheet->name = workbook_out_sheet_name(book->arena, name, book->sheet, book->sheets);
    sheet->columns = columns;
    sheet->width = arena_alloc(book->arena, columns + (size_t)1, 1);
    sheet->sheet = workbook_add_worksheet(book->out->workbook, sheet->name);
    if (sheet->sheet == NULL)
        arena_out_of_memory(book->arena);
    size_t capacity = book->sheet_capacity, count = book->sheets;
    *ARRAY_PUSH(book->arena, book->sheet, count, capacity) = sheet->name;
    book->sheets = (uint32_t)count;
    book->sheet_capacity = (uint32_t)capacity;
    paper(sheet);
    return sheet;
}

void book_column(struct book_sheet *sheet, uint32_t column, double width, unsigned level,
                 bool hidden, bool collapsed) {
    lxw_row_col_options options = {.hidden = hidden ? LXW_TRUE : LXW_FALSE,
                                   .level = (uint8_t)(level < 7 ? level : 7),
                                   .collapsed = collapsed ? LXW_TRUE : LXW_FALSE};
    expect(sheet->book, worksheet_set_column_opt(sheet->sheet, (lxw_col_t)column, (lxw_col_t)column,
                                                 width, NULL, &options));
}

void book_widths(struct book_sheet *sheet, uint32_t first, uint32_t count, uint32_t least,
                 uint32_t most) {
    for (uint32_t c = first; c < first + count; c++) {
        const uint32_t own = sheet->width[c] + 2u;
        book_column(sheet, c, own < least ? least : own > most ? most : own, 0, false, false);
    }
}

void book_freeze(struct book_sheet *sheet, uint32_t rows, uint32_t left, uint32_t columns,
                 uint32_t end) {
    assert(rows <= 99 && left <= 702); /* as workbook_out_sheet_name has it */
    worksheet_freeze_panes(sheet->sheet, rows, (lxw_col_t)left);
    expect(sheet->book, worksheet_repeat_rows(sheet->sheet, 0, rows - 1));
    if (left > 0)
        expect(sheet->book, worksheet_repeat_columns(sheet->sheet, 0, (lxw_col_t)(left - 1)));
    if (columns > 0 && end > rows)
        expect(sheet->book,
               worksheet_autofilter(sheet->sheet, rows - 1, 0, end - 1, (lxw_col_t)(columns - 1)));
}

uint8_t book_rating_fill(uint32_t rating, uint32_t count) {
    const uint32_t last = BOOK_FILLS - 1 - BOOK_FILL_RATING;
    return (uint8_t)(BOOK_FILL_RATING + (rating + 1 == count && rating > 0 ? last
                                         : rating < last                   ? rating
                                                                           : last - 1));
}

static const char *number_format(const struct book *book, struct book_look look) {
    static const char *const behind[] = {"0",          "0.0",        "0.00",     "0.000",
                                         "0.0000",     "0.00000",    "0.000000", "0.0000000",
                                         "0.00000000", "0.000000000"};
    const char *digits =
        behind[look.decimals < LENGTH(behind) ? look.decimals : LENGTH(behind) - 1];
    switch ((enum book_number)look.number) {
    case BOOK_TEXT:
    case BOOK_GENERAL:
        return NULL;
    case BOOK_CHANGE:
        return arena_printf(book->arena, "\"▲\"%s;\"▼\"%s;\"—\"", digits, digits);
    case BOOK_DAY:
        return "yyyy-mm-dd";
    case BOOK_FIXED:
        break;
    }
    return look.mark == 0
               ? digits
               : arena_printf(book->arena, "\"%s \"%s;\"%s \"-%s", words_mark(look.mark - 1u),
                              digits, words_mark(look.mark - 1u), digits);
}

static lxw_format *make_format(const struct book *book, struct book_look look) {
    static const lxw_color_t fill[BOOK_FILLS] = {0,        0xDCE6F1, 0xF2F2F2, 0xC6E0B4,
                                                 0xDDEBF7, 0xFFF2CC, 0xEDEDED, 0xF8CBAD};
    lxw_format *format = workbook_add_format(book->out->workbook);
    if (format == NULL)
        arena_out_of_memory(book->arena);
    format_set_font_name(format, book_words(book, "Calibri", "宋体"));
    format_set_font_size(format, 11);
    format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
    if (look.align != 0)
        format_set_align(format, look.align);
    if (look.bold)
        format_set_bold(format);
    if (look.wrap)
        format_set_text_wrap(format);
    if (look.number == BOOK_CHANGE &&
        look.mark != 0) /* what rises is red in Chinese, green in English */
        format_set_font_color(format, (look.mark == BOOK_RISES) == book->zh ? 0xC00000 : 0x007A33);
    if (look.border) {
        format_set_border(format, LXW_BORDER_THIN);
        format_set_border_color(format, 0xA6A6A6);
    }
    if (look.fill != BOOK_FILL_NONE)
        format_set_bg_color(format, fill[look.fill]);
    const char *number = number_format(book, look);
    if (number != NULL)
        format_set_num_format(format, number);
    return format;
}

lxw_format *book_format(struct book *book, struct book_look look) {
    for (uint32_t i = 0; i < book->looks; i++)
        if (memcmp(&book->look[i], &look, sizeof look) == 0)
            return book->format[i];
    assert(book->looks < BOOK_LOOKS);
    book->look[book->looks] = look;
    book->format[book->looks] = make_format(book, look);
    return book->format[book->looks++];
}

void book_widen(struct book_sheet *sheet, uint32_t column, size_t width) {
    assert(column < sheet->columns);
    if (width > sheet->width[column])
        sheet->width[column] = (uint8_t)(width < UINT8_MAX ? width : UINT8_MAX);
}

void book_text(struct book_sheet *sheet, uint32_t row, uint32_t column, const char *text,
               struct book_look look) {
    lxw_format *format = book_format(sheet->book, look);
    if (*text == '\0') {
        expect(sheet->book, worksheet_write_blank(sheet->sheet, row, (lxw_col_t)column, format));
        return;
    }
    if (!look.wrap && look.fill != BOOK_FILL_HEAD)
        book_widen(sheet, column, layout_width(text));
    expect(sheet->book,
           worksheet_write_string(
               sheet->sheet, row, (lxw_col_t)column,
               workbook_out_sound(sheet->book->arena,
                                  layout_shorten(sheet->book->arena, text, BOOK_TEXT_MOST)),
               format));
}

/* How many columns a number takes as it is shown. */
static size_t number_width(double number, struct book_look look) {
    char text[BATON_NUMBER_FIXED_SIZE];
    const size_t size =
        look.number == BOOK_GENERAL
            ? baton_number_shortest(number, text)
            : baton_number_fixed(number, look.decimals < 9 ? look.decimals : 9, text);
    return size + (look.mark > 0 ? 3u : 0u);
}

void book_number(struct book_sheet *sheet, uint32_t row, uint32_t column, double number,
                 struct book_look look) {
    lxw_format *format = book_format(sheet->book, look);
    if (!isfinite(number)) {
        expect(sheet->book, worksheet_write_blank(sheet->sheet, row, (lxw_col_t)column, format));
        return;
    }
    book_widen(sheet, column, number_width(number, look));
    expect(sheet->book,
           worksheet_write_number(sheet->sheet, row, (lxw_col_t)column, number, format));
}

void book_formula(struct book_sheet *sheet, uint32_t row, uint32_t column, const char *formula,
                  double number, struct book_look look) {
    book_widen(sheet, column, number_width(number, look));
    expect(sheet->book, worksheet_write_formula_num(sheet->sheet, row, (lxw_col_t)column, formula,
                                                    book_format(sheet->book, look), number));
}

void book_span(struct book_sheet *sheet, uint32_t row, uint32_t first, uint32_t last,
               const char *text, struct book_look look) {
    if (first == last)
        book_text(sheet, row, first, text, look);
    else
        expect(sheet->book, worksheet_merge_range(
                                sheet->sheet, row, (lxw_col_t)first, row, (lxw_col_t)last,
                                workbook_out_text(sheet->book->arena,
                                                  layout_shorten(sheet->book->arena, text, 200)),
                                book_format(sheet->book, look)));
}

double book_lines(const char *text, double width) {
    const double lines = ceil((double)layout_width(text) / (width - 1));
    return 16 * (lines < 1 ? 1 : lines);
}

double book_word(const char *text) {
    size_t longest = 0;
    for (const char *at = text; *at != '\0';) {
        const size_t bytes = strcspn(at, " -/");
        const size_t own = text_width(at, bytes);
        const bool is_han = own > 0 && (unsigned char)at[0] >= 0xe0; /* may be broken anywhere */
        longest = !is_han && own > longest ? own : longest;
        at += bytes + (at[bytes] != '\0');
    }
    return (double)longest + 2;
}
