/* A format is read character by character. What is quoted, escaped or in brackets is set aside first, so that only signs with a meaning
 * come to the section; m is a month or a minute by its neighbours, as in Excel. */
#include "files/workbook_format.h"
#include "base/number.h"
#include "base/text.h"
#include "baton/period.h"
#include <string.h>
#include <strings.h>

const char *format_built_in(uint32_t id) {
    static const char *const code[] = {
        [1] = "0",
        [2] = "0.00",
        [3] = "#,##0",
        [4] = "#,##0.00",
        [5] = "#,##0",
        [6] = "#,##0",
        [7] = "#,##0.00",
        [8] = "#,##0.00",
        [9] = "0%",
        [10] = "0.00%",
        [11] = "0.00E+00",
        [12] = "# ?/?",
        [13] = "# \?\?/\?\?",
        [14] = "yyyy/m/d",
        [15] = "d-mmm-yy",
        [16] = "d-mmm",
        [17] = "mmm-yy",
        [18] = "h:mm AM/PM",
        [19] = "h:mm:ss AM/PM",
        [20] = "h:mm",
        [21] = "h:mm:ss",
        [22] = "yyyy/m/d h:mm",
        [27] = "yyyy\"年\"m\"月\"",
        [28] = "m\"月\"d\"日\"",
        [29] = "m\"月\"d\"日\"",
        [30] = "m-d-yy",
        [31] = "yyyy\"年\"m\"月\"d\"日\"",
        [32] = "h\"时\"mm\"分\"",
        [33] = "h\"时\"mm\"分\"ss\"秒\"",
        [34] = "AM/PMh\"时\"mm\"分\"",
        [35] = "AM/PMh\"时\"mm\"分\"ss\"秒\"",
        [36] = "yyyy\"年\"m\"月\"",
        [37] = "#,##0",
        [38] = "#,##0",
        [39] = "#,##0.00",
        [40] = "#,##0.00",
        [41] = "#,##0",
        [42] = "#,##0",
        [43] = "#,##0.00",
        [44] = "#,##0.00",
        [45] = "mm:ss",
        [46] = "[h]:mm:ss",
        [47] = "mm:ss.0",
        [48] = "##0.0E+0",
        [50] = "yyyy\"年\"m\"月\"",
        [51] = "m\"月\"d\"日\"",
        [52] = "yyyy\"年\"m\"月\"",
        [53] = "m\"月\"d\"日\"",
        [54] = "m\"月\"d\"日\"",
        [55] = "AM/PMh\"时\"mm\"分\"",
        [56] = "AM/PMh\"时\"mm\"分\"ss\"秒\"",
        [57] = "yyyy\"年\"m\"月\"",
        [58] = "m\"月\"d\"日\"",
    };
    return id < LENGTH(code) && code[id] != NULL ? code[id] : "General";
}

/* A section while it is read. */
struct scan {
    const char *at, *end;
    struct format_section out;
    unsigned percents, decimals;
    bool has_places; /* of digits */
    bool behind_point, is_text, is_scaled,
        is_plain;    /* is_plain: no count of decimals can be told */
    char last;       /* of y m d h s: the newest part of a date, in lower case */
    bool open_month; /* the newest part is an m that is taken as a month until seconds follow */
    bool had_month;  /* there was a month before it */
};

static size_t character(const char *at, const char *end) {
    uint32_t point;
    const size_t size = text_decode(at, (size_t)(end - at), &point);
    return size > 0 ? size : 1;
}

static bool begins(const char *at, const char *end, const char *word) {
    const size_t size = strlen(word);
    return (size_t)(end - at) >= size && strncasecmp(at, word, size) == 0;
}

static void take_condition(struct scan *scan, const char *at, const char *end) {
    static const struct {
        const char *sign;
        enum format_condition condition;
    } signs[] = {{"<=", WHEN_AT_MOST},  {"<>", WHEN_NOT_EQUAL}, {"<", WHEN_BELOW},
                 {">=", WHEN_AT_LEAST}, {">", WHEN_ABOVE},      {"=", WHEN_EQUAL}};
    for (size_t i = 0; i < LENGTH(signs); i++) {
        const size_t size = strlen(signs[i].sign);
        double value;
        if (!begins(at, end, signs[i].sign))
            continue;
        if (number_parse(at + size, (size_t)(end - at) - size, &value, NULL) == BATON_NUMBER_OK) {
            scan->out.condition = (uint8_t)signs[i].condition;
            scan->out.value = value;
        }
        return;
    }
}

/* [h], [mm], [ss] show elapsed time; [>=100] is a condition; colours, currencies and languages mean nothing here. */
static void take_bracket(struct scan *scan) {
    const char *from = ++scan->at;
    const char *close = memchr(from, ']', (size_t)(scan->end - from));
    const char *end = close != NULL ? close : scan->end;
    scan->at = close != NULL ? close + 1 : scan->end;
    const size_t size = (size_t)(end - from);
    size_t same = 0;
    while (same < size && (from[same] | ' ') == (from[0] | ' '))
        same++;
    const char letter = size > 0 ? (char)(from[0] | ' ') : '\0';
    if (same == size && size > 0 && (letter == 'h' || letter == 'm' || letter == 's')) {
        scan->out.shows |= SHOWS_ELAPSED | SHOWS_TIME;
        scan->last = letter;
        scan->open_month = false;
    } else {
        take_condition(scan, from, end);
    }
}

static void take_month(struct scan *scan) {
    if (scan->last == 'h') {
        scan->out.shows |= SHOWS_TIME;
        scan->last = 'n';
        scan->open_month = false;
        return;
    }
    scan->had_month = (scan->out.shows & SHOWS_MONTH) != 0;
    scan->out.shows |= SHOWS_MONTH;
    scan->open_month = true;
    scan->last = 'm';
}

static void take_seconds(struct scan *scan) {
    if (scan->open_month && !scan->had_month)
        scan->out.shows &= (uint8_t)~SHOWS_MONTH;
    scan->open_month = false;
    scan->out.shows |= SHOWS_TIME;
    scan->last = 's';
}

/* A letter of a date, as often as it is repeated. */
static void take_letter(struct scan *scan, char letter) {
    while (scan->at < scan->end && (*scan->at | ' ') == letter)
        scan->at++;
    if (letter == 'm') {
        take_month(scan);
    } else if (letter == 's') {
        take_seconds(scan);
    } else {
        scan->open_month = false;
        scan->last = letter;
        scan->out.shows |= letter == 'h'                    ? SHOWS_TIME
                           : letter == 'd' || letter == 'a' ? SHOWS_DAY
                           : letter == 'g'                  ? 0 /* an era, before its year */
                                                            : SHOWS_YEAR;
    }
}

static void take_digit(struct scan *scan, char sign) {
    scan->has_places = true;
    scan->out.has_digits |= sign != '?'; /* that is a blank where there is no digit */
    if (scan->behind_point && sign == '0')
        scan->decimals++;
    scan->at++;
}

/* A comma behind the last digit divides by a thousand; one between digits sets them in groups. */
static void take_comma(struct scan *scan) {
    scan->at++;
    const bool digit_follows = scan->at < scan->end && strchr("0#?", *scan->at) != NULL;
    scan->is_scaled |= scan->has_places && !digit_follows;
}

static void take_sign(struct scan *scan) {
    const char sign = *scan->at, letter = (char)(sign | ' ');
    static const char *const halves[] = {"AM/PM", "A/P"};
    for (size_t i = 0; i < LENGTH(halves); i++)
        if (begins(scan->at, scan->end, halves[i])) {
            scan->out.shows |= SHOWS_TIME;
            scan->at += strlen(halves[i]);
            return;
        }
    if (sign == '0' || sign == '#' || sign == '?') {
        take_digit(scan, sign);
    } else if (sign == ',') {
        take_comma(scan);
    } else if (sign == '.') {
        scan->behind_point = true;
        scan->at++;
    } else if (letter == 'e' && scan->has_places) {
        scan->is_plain = true; /* an exponent */
        scan->at++;
    } else if (sign != '\0' && strchr("ymdhsegba", letter) != NULL && sign >= 'A') {
        take_letter(scan, letter);
    } else {
        scan->percents += sign == '%';
        scan->is_plain |= sign == '/' && scan->has_places; /* a fraction */
        scan->is_text |= sign == '@';
        scan->at += character(scan->at, scan->end);
    }
}

/* Whether the section is the plain way of showing numbers, whatever else stands around it. */
static bool take_general(struct scan *scan) {
    static const char *const words[] = {"General", "G/通用格式"};
    for (size_t i = 0; i < LENGTH(words); i++)
        if (begins(scan->at, scan->end, words[i])) {
            scan->at += strlen(words[i]);
            scan->is_plain = scan->out.has_digits = true;
            return true;
        }
    return false;
}

static void finish(struct scan *scan) {
    struct format_section *out = &scan->out;
    if (out->shows != 0 && !scan->is_plain) {
        out->kind = FORMAT_DATE;
        return;
    }
    out->shows = 0;
    out->kind = scan->percents == 1 ? FORMAT_PERCENT
                : scan->is_plain    ? FORMAT_GENERAL
                                    : FORMAT_NUMBER;
    const bool is_fixed = !scan->is_plain && !scan->is_scaled && scan->percents <= 1;
    out->decimals = (uint8_t)(!is_fixed ? 0 : scan->decimals > 30 ? 30 : scan->decimals);
}

/* Reads up to the ; that ends the section, or the end. */
static void take_section(struct scan *scan) {
    while (scan->at < scan->end && *scan->at != ';') {
        const char sign = *scan->at;
        if (take_general(scan))
            continue;
        if (sign == '"') {
            const char *close = memchr(scan->at + 1, '"', (size_t)(scan->end - scan->at) - 1);
            scan->at = close != NULL ? close + 1 : scan->end;
        } else if (sign == '\\' || sign == '_' || sign == '*') {
            scan->at++;
            if (scan->at < scan->end)
                scan->at += character(scan->at, scan->end);
        } else if (sign == '[') {
            take_bracket(scan);
        } else {
            take_sign(scan);
        }
    }
    finish(scan);
}

struct format format_parse(const char *code, size_t size) {
    struct format format = {0};
    const char *at = code, *end = code + size;
    while (format.count < FORMAT_SECTIONS) {
        struct scan scan = {.at = at, .end = end};
        take_section(&scan);
        if (!scan.is_text || format.count == 0)
            format.section[format.count++] = scan.out;
        if (scan.at >= end || scan.is_text)
            break;
        at = scan.at + 1;
    }
    return format;
}

static bool holds(const struct format_section *section, double value) {
    switch (section->condition) {
    case WHEN_BELOW:
        return value < section->value;
    case WHEN_AT_MOST:
        return value <= section->value;
    case WHEN_EQUAL:
        return value == section->value;
    case WHEN_NOT_EQUAL:
        return value != section->value;
    case WHEN_AT_LEAST:
        return value >= section->value;
    case WHEN_ABOVE:
        return value > section->value;
    default:
        return true;
    }
}

/* Without conditions the sections are for positive numbers, negative ones and zero; one that shows no number leaves it as the first would show it. */
const struct format_section *format_choose(const struct format *format, double value) {
    const struct format_section *section = format->section, *chosen = section;
    const bool has_conditions =
        section[0].condition != WHEN_NONE || section[1].condition != WHEN_NONE;
    if (has_conditions) {
        uint32_t i = 0;
        while (i + 1 < format->count && !holds(&section[i], value))
            i++;
        chosen = &section[i];
    } else if (value < 0 && format->count > 1) {
        chosen = &section[1];
    } else if (value == 0 && format->count > 2) {
        chosen = &section[2];
    }
    const bool is_number = section->kind != FORMAT_DATE && chosen->kind != FORMAT_DATE;
    return is_number && !chosen->has_digits ? section : chosen;
}

/* The shortest form of a number in parts: its digits, and where the point stands (behind so many of them). */
struct parts {
    bool is_negative;
    char digit[BATON_NUMBER_SHORTEST_SIZE];
    int count, point;
};

static struct parts parts_of(double value) {
    char text[BATON_NUMBER_SHORTEST_SIZE];
    struct parts parts = {0};
    const size_t size = baton_number_shortest(value, text);
    size_t at = text[0] == '-';
    parts.is_negative = at == 1;
    bool is_behind = false;
    for (; at < size && text[at] != 'e'; at++) {
        if (text[at] == '.')
            is_behind = true;
        else if (parts.count > 0 || text[at] != '0')
            parts.digit[parts.count++] = text[at];
        if (text[at] == '0' && parts.count == 0 && is_behind)
            parts.point--;
        else if (text[at] != '.' && parts.count > 0 && !is_behind)
            parts.point++;
    }
    if (at < size) {
        const bool is_below = text[at + 1] == '-';
        int exponent = 0;
        for (at += is_below ? 2 : 1; at < size; at++)
            exponent = exponent * 10 + (text[at] - '0');
        parts.point += is_below ? -exponent : exponent;
    }
    while (parts.count > 0 && parts.digit[parts.count - 1] == '0')
        parts.count--;
    if (parts.count == 0)
        parts.point = 1;
    return parts;
}

/* Plain, with so many decimals at least; the greatest and smallest of figures fit (1e-100 to 1e102). */
static size_t put_parts(const struct parts *parts, int decimals, char *out) {
    char *to = out;
    if (parts->is_negative)
        *to++ = '-';
    if (parts->point <= 0)
        *to++ = '0';
    for (int i = 0; i < parts->point; i++)
        *to++ = i < parts->count ? parts->digit[i] : '0';
    const int behind = parts->count - parts->point;
    const int shown = behind > decimals ? behind : decimals;
    if (shown > 0)
        *to++ = '.';
    for (int i = 0; i < shown; i++) {
        const int at = parts->point + i;
        *to++ = at >= 0 && at < parts->count ? parts->digit[at] : '0';
    }
    *to = '\0';
    return (size_t)(to - out);
}

size_t format_number(double value, const struct format_section *section,
                     char out[FORMAT_TEXT_SIZE]) {
    const bool is_percent = section->kind == FORMAT_PERCENT;
    if (!is_percent && section->decimals == 0)
        return baton_number_shortest(value, out);
    struct parts parts = parts_of(value);
    const bool is_zero = parts.count == 0;
    if (is_percent && !is_zero)
        parts.point += 2;
    const bool is_plain = is_zero || (parts.point > -7 && parts.point <= 21);
    if (!is_plain && !is_percent)
        return baton_number_shortest(value, out); /* has an exponent, and no decimals to fill up */
    size_t size = put_parts(&parts, is_plain ? section->decimals : 0, out);
    if (is_percent) {
        out[size++] = '%';
        out[size] = '\0';
    }
    return size;
}
