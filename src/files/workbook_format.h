/* Number formats of workbooks: what of a value they show. Only that is taken from them which changes the text of a cell (workbook.h):
 * whether it is a date, which parts of it are shown, a percentage, and a fixed count of decimals. Colours, literals and currencies are passed over. */
#ifndef FILES_WORKBOOK_FORMAT_H
#define FILES_WORKBOOK_FORMAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum format_kind { FORMAT_GENERAL, FORMAT_NUMBER, FORMAT_PERCENT, FORMAT_DATE };

enum { /* what a date shows */
       SHOWS_YEAR = 1,
       SHOWS_MONTH = 2,
       SHOWS_DAY = 4, /* of the month or the week */
       SHOWS_TIME = 8,
       SHOWS_ELAPSED = 16 /* hours beyond 24: [h], [m], [s] */
};

enum format_condition { /* of a section: `value` of it */
                        WHEN_NONE,
                        WHEN_BELOW,
                        WHEN_AT_MOST,
                        WHEN_EQUAL,
                        WHEN_NOT_EQUAL,
                        WHEN_AT_LEAST,
                        WHEN_ABOVE
};

/* One of the parts of a format that are for positive numbers, negative ones and zero, or have a condition. */
struct format_section {
    uint8_t kind, shows, decimals; /* `decimals` is how many are always shown */
    uint8_t condition;
    bool has_digits; /* false = it shows no number at all, as "-" for zero does */
    double value;
};

enum { FORMAT_SECTIONS = 3 };
struct format {
    uint8_t count; /* of sections for numbers; from 1 */
    struct format_section section[FORMAT_SECTIONS];
};

/* The format of a code, as `0.00%` or `yyyy"年"m"月"`. Any text is taken; what is no format shows a number as it is. */
struct format format_parse(const char *code, size_t size);

/* The code of a built-in format, as a Chinese office has it (27 to 36 and 50 to 58 are dates); "General" for a number that
 * is none. */
const char *format_built_in(uint32_t id);

/* The section by which a value is shown. */
const struct format_section *format_choose(const struct format *format, double value);

/* The text of a number, with the decimals and the percentage of a format. */
enum { FORMAT_TEXT_SIZE = 400 };
size_t format_number(double value, const struct format_section *section,
                     char out[FORMAT_TEXT_SIZE]);

/* The text of a date by what is shown of it. False where the serial is no day (or time) of the years 1900 to 2999: then it is but a number.
 * The system of 1900 has a 29 February 1900, which is no day. */
bool format_date(double serial, bool is_1904, unsigned shows, char out[FORMAT_TEXT_SIZE],
                 size_t *size);

/* Reads a date as ISO 8601 has it (2021-08-27, 2021-08-27T13:05:00, 13:05:00; a fraction of a second and a Z are passed over) as the serial
 * that stands for it. *shows gets what it has. */
bool format_iso_date(const char *text, size_t size, bool is_1904, double *serial, unsigned *shows);

#endif
