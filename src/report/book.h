/* What the workbooks of results and of the matrix share: formats, cells, widths, heads, paper.
 *
 * A sheet is written row by row from the top, each row once. Texts are those of people and of packages, of any length: what a cell has no
 * room for is cut off. Where memory is out the arena is left; nothing else fails until the file is closed. */
#ifndef REPORT_BOOK_H
#define REPORT_BOOK_H

#include "baton/code.h"
#include "files/workbook_out.h"
#include "report/result_view.h"

/* What fills a cell. Behind BOOK_FILL_RATING come the colours of ratings, in the order of book_rating_fill. */
enum book_fill {
    BOOK_FILL_NONE,
    BOOK_FILL_HEAD,
    BOOK_FILL_TOTAL,
    BOOK_FILL_RATING,
    BOOK_FILLS = BOOK_FILL_RATING + 5
};
enum book_number {
    BOOK_TEXT,
    BOOK_GENERAL, /* as short as it is */
    BOOK_FIXED,   /* at `decimals` */
    BOOK_CHANGE,  /* ▲ and ▼ with the size, — of 0; `mark` says which */
    BOOK_DAY      /* a date */
};

/* How a cell looks. Every byte is set, so that looks can be compared as bytes. */
struct book_look {
    uint8_t align; /* LXW_ALIGN_*, 0 = as spreadsheets do */
    uint8_t fill;
    uint8_t number;
    uint8_t decimals; /* of BOOK_FIXED, BOOK_CHANGE */
    uint8_t mark;     /* 1 + the rating whose mark stands before the number; 0 = none */
    bool bold, border, wrap;
};

enum { BOOK_RISES = 1, BOOK_FALLS = 2 }; /* mark of BOOK_CHANGE */

enum {
    BOOK_LOOKS = 512,
    BOOK_SHEETS = 4096,
    BOOK_TEXT_MOST = 8000,
    BOOK_ROWS = 1048576,
    BOOK_COLUMNS = 16384
};

struct book {
    struct baton_arena *arena;
    struct workbook_out *out;
    enum baton_language language;
    bool zh;
    const struct result_view *view;
    struct book_look look[BOOK_LOOKS];
    lxw_format *format[BOOK_LOOKS];
    uint32_t looks;
    const char **sheet; /* names of those that there are */
    uint32_t sheets, sheet_capacity;
};

/* A sheet and the widths of its columns, which follow from what was written: in columns of a terminal. */
struct book_sheet {
    struct book *book;
    lxw_worksheet *sheet;
    const char *name;
    uint8_t *width; /* [columns] */
    uint32_t columns;
    bool is_row_cut; /* a row beyond the last was asked for */
};

/* A workbook that will be the file `path`, on the last day of the result's period, titled as the result is. */
struct book *book_open(struct baton_arena *arena, const struct result_view *view,
                       enum baton_language language, const char *path);
/* 0, or the errno of what went wrong first; nothing is at `path` then but what was there before. */
MUST_USE int book_close(struct book *book);

/* en or zh, whichever the book is in. */
__attribute__((format_arg(2), format_arg(3))) static inline const char *book_words(
    const struct book *book, const char *en, const char *zh) {
    return book->zh ? zh : en;
}
const char *book_unit(const struct book *book, uint32_t unit);
const char *book_node(const struct book *book, uint32_t node);
const char *book_group(const struct book *book, uint32_t group);
/* Title and period of the result, and by which day: "云澜市2021年度综合考核  2021年". */
const char *book_title(const struct book *book);
/* The last day of the result: of its period, or the day as of which it is. */
int32_t book_day(const struct book *book);

/* A sheet of so many columns, named `name` or the nearest that is allowed; landscape, one page wide, title above and date and page
 * number below on paper. */
struct book_sheet *book_add(struct book *book, const char *name, uint32_t columns);
/* Gives the columns from `first` on their widths, each from `least` to `most`; once all is written. */
void book_widths(struct book_sheet *sheet, uint32_t first, uint32_t count, uint32_t least,
                 uint32_t most);
/* The same of one, which is `level` deep in the outline (0 = not in it) and, if so, may be folded. */
void book_column(struct book_sheet *sheet, uint32_t column, double width, unsigned level,
                 bool hidden, bool collapsed);
/* What stays in sight above and to the left, and is printed on every page; with a filter on the last row of the head, over `columns` and
 * down to the row before `end`, where columns is not 0. */
void book_freeze(struct book_sheet *sheet, uint32_t rows, uint32_t left, uint32_t columns,
                 uint32_t end);

lxw_format *book_format(struct book *book, struct book_look look);
/* The fill of a rating of so many: the best green, the last red. */
uint8_t book_rating_fill(uint32_t rating, uint32_t count);

/* Cells. A text of "" and a number that is NaN leave a cell with nothing but its look. */
void book_text(struct book_sheet *sheet, uint32_t row, uint32_t column, const char *text,
               struct book_look look);
void book_number(struct book_sheet *sheet, uint32_t row, uint32_t column, double number,
                 struct book_look look);
/* `formula` begins with =; `number` is what it comes to. */
void book_formula(struct book_sheet *sheet, uint32_t row, uint32_t column, const char *formula,
                  double number, struct book_look look);
/* Of a text that was not written as a cell of its own: how wide the column has to be for it. */
void book_widen(struct book_sheet *sheet, uint32_t column, size_t width);

/* A head across the columns from `first` to `last`. */
void book_span(struct book_sheet *sheet, uint32_t row, uint32_t first, uint32_t last,
               const char *text, struct book_look look);
/* How wide a column is in which no word of the text is broken. */
double book_word(const char *text);

/* How high a row of heads is, in points: of as many lines as the text takes in columns that wide. */
double book_lines(const char *text, double width);

#define BOOK_HEAD_LOOK \
    (struct book_look) { \
        .align = LXW_ALIGN_CENTER, .fill = BOOK_FILL_HEAD, .bold = true, .border = true, \
        .wrap = true \
    }
#define BOOK_TEXT_LOOK \
    (struct book_look) { \
        .border = true \
    }

#endif
