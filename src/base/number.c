/* Reading numbers.
 *
 * A first pass follows the grammar and keeps 19 significant digits and an exponent, which decide nearly every
 * number (base/decimal.c says how); a longer one is compared exactly with the doubles around it. What does not
 * follow the grammar is looked at a second time, without hurry, to say what is wrong with it. */
#include "base/number.h"
#include <assert.h>
#include <string.h>

enum { DIGITS_KEPT = 19 }; // as many as always fit 64 bits

/* What the first pass found. */
struct scan {
    const char *end;   // behind the last byte of the number and of its %
    const char *digit; // the first digit that is not 0; NULL in a zero
    const char *mantissa_end;
    uint64_t digits;  // the first 19 from there on
    int64_t exponent; // the number is digits * 10^exponent, and more where `longer`
    int64_t point;    // it is 0.DIGITS * 10^point, of all digits
    bool longer;      // a digit that is not 0 follows those kept
    bool negative, percent;
};

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* Reads the exponent at `at` (its e or E) and adds it to *exponent. Returns where it ends; `at` where it is none. */
static const char *scan_exponent(const char *at, const char *end, int64_t *exponent) {
    const int64_t most = 1000000000000000000; // far more than any text can hold digits
    const char *c = at + 1;
    const bool negative = c < end && *c == '-';
    if (c < end && (*c == '-' || *c == '+'))
        c++;
    if (c == end || !is_digit(*c))
        return at;
    int64_t value = 0;
    for (; c < end && is_digit(*c); c++)
        value = value < most / 10 ? value * 10 + (*c - '0') : most;
    *exponent += negative ? -value : value;
    return c;
}

/* Reads the number that text begins with. False where it begins with none. */
static bool scan_number(const char *text, const char *end, struct scan *out) {
    struct scan s = {0};
    const char *at = text;
    if (at < end && (*at == '+' || *at == '-'))
        s.negative = *at++ == '-';
    bool any = false, behind_point = false;
    int64_t count = 0, kept = 0; // significant digits
    for (; at < end; at++) {
        if (*at == '.') {
            if (behind_point)
                break;
            behind_point = true;
            continue;
        }
        if (!is_digit(*at))
            break;
        any = true;
        if (behind_point)
            s.exponent--;
        if (*at == '0' && count == 0)
            continue;
        if (count++ == 0)
            s.digit = at;
        if (kept < DIGITS_KEPT) {
            s.digits = s.digits * 10 + (uint64_t)(*at - '0');
            kept++;
        } else {
            s.longer |= *at != '0';
        }
    }
    if (!any)
        return false;
    s.mantissa_end = at;
    if (at < end && (*at == 'e' || *at == 'E'))
        at = scan_exponent(at, end, &s.exponent);
    s.point = s.exponent + count; // here the exponent is still that of the last digit of all
    s.exponent += count - kept;
    if (at < end && *at == '%') {
        s.percent = true;
        at++;
    }
    s.end = at;
    *out = s;
    return true;
}

/* The number's size, 0 or more. */
static double scan_value(const struct scan *s) {
    if (s->digits == 0 || s->point < -400)
        return 0;
    const double near = decimal_to_double(s->digits, s->exponent);
    if (!s->longer || near > 1e100)
        return near;
    return decimal_long_to_double(s->digit, (size_t)(s->mantissa_end - s->digit), s->point, near);
}

/* Whether the text is the word, in letters of either case. */
static bool is_word(const char *text, size_t size, const char *word) {
    size_t i = 0;
    for (; i < size && word[i] != '\0'; i++) {
        const char c = text[i];
        if ((c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c) != word[i])
            return false;
    }
    return i == size && word[i] == '\0';
}

static bool is_one_of(const char *text, size_t size, const char *const words[], size_t count) {
    for (size_t i = 0; i < count; i++)
        if (is_word(text, size, words[i]))
            return true;
    return false;
}

/* The size of the first of the marks that the text begins with; 0 = none. */
static size_t begins_with(const char *at, const char *end, const char *const marks[],
                          size_t count) {
    for (size_t i = 0; i < count; i++) {
        const size_t size = strlen(marks[i]);
        if ((size_t)(end - at) >= size && memcmp(at, marks[i], size) == 0)
            return size;
    }
    return 0;
}

static const char *const spaces[] = {
    " ",  "\t",       "\r",           "\n",           "\v",
    "\f", "\xC2\xA0", "\xE2\x80\x89", "\xE2\x80\xAF", "\xE3\x80\x80"}; // U+00A0, 2009, 202F, 3000

static const char *skip_spaces(const char *at, const char *end) {
    for (size_t size; (size = begins_with(at, end, spaces, LENGTH(spaces))) > 0;)
        at += size;
    return at;
}

/* Where the spaces begin that end the text. */
static const char *trim_end(const char *at, const char *end) {
    const char *last = at;
    while (at < end) {
        const size_t size = begins_with(at, end, spaces, LENGTH(spaces));
        at += size > 0 ? size : 1;
        if (size == 0)
            last = at;
    }
    return last;
}

/* A number that would be sound without the spaces before its %. */
static bool is_spaced(const char *at, const char *end) {
    struct scan s;
    if (!scan_number(at, end, &s))
        return false;
    if (s.end == end)
        return true;
    at = skip_spaces(s.end, end);
    return !s.percent && at > s.end && end - at == 1 && *at == '%';
}

/* A number whose digits stand in groups. */
static bool is_grouped(const char *at, const char *end) {
    static const char *const marks[] = {",",           "'", "_", " ", "\xC2\xA0", "\xE2\x80\x89",
                                        "\xE2\x80\xAF"};
    if (at < end && (*at == '+' || *at == '-'))
        at++;
    bool grouped = false;
    while (at < end && is_digit(*at)) {
        while (at < end && is_digit(*at))
            at++;
        const size_t size = begins_with(at, end, marks, LENGTH(marks));
        if (size == 0 || at + size == end || !is_digit(at[size]))
            break;
        grouped = true;
        at += size;
    }
    if (at < end && *at == '.')
        for (at++; at < end && is_digit(*at);)
            at++;
    if (at < end && *at == '%')
        at++;
    return grouped && at == end;
}

/* A number of which some characters are full-width or typographic. */
static bool is_fullwidth(const char *at, const char *end) {
    // ％ ， － ． − – ‐ ＋ 。 in UTF-8; the digits are EF BC 90 .. EF BC 99
    static const char *const wide[] = {"\xEF\xBC\x85", "\xEF\xBC\x8C", "\xEF\xBC\x8D",
                                       "\xEF\xBC\x8E", "\xE2\x88\x92", "\xE2\x80\x93",
                                       "\xE2\x80\x90", "\xEF\xBC\x8B", "\xE3\x80\x82"};
    bool any_digit = false, any_wide = false;
    while (at < end) {
        if (is_digit(*at) || strchr("+-.,%eE ", *at) != NULL) {
            if (*at == '\0')
                return false;
            any_digit |= is_digit(*at);
            at++;
        } else if (end - at >= 3 && memcmp(at, "\xEF\xBC", 2) == 0 &&
                   (unsigned char)at[2] >= 0x90 && (unsigned char)at[2] <= 0x99) {
            any_digit = any_wide = true;
            at += 3;
        } else {
            const size_t size = begins_with(at, end, wide, LENGTH(wide));
            if (size == 0)
                return false;
            any_wide = true;
            at += size;
        }
    }
    return any_digit && any_wide;
}

/* What is wrong with a text that is no number. */
static enum baton_number_error diagnose(const char *text, const char *end) {
    static const char *const dashes[] = {
        "-",    "--",   "---", "—",  "——", "–",  "－",   "−",    "/",    "\\",    ".",
        "..",   "...",  "…",   "……", "*",  "?",  "na",   "n/a",  "n.a.", "#n/a",  "nil",
        "null", "none", "x",   "无", "空", "缺", "缺失", "暂无", "未报", "不适用"};
    static const char *const infinite[] = {"inf",    "infinity", "nan",    "∞",
                                           "1.#inf", "1.#ind",   "1.#qnan"};
    const char *at = skip_spaces(text, end);
    if (at == end)
        return BATON_NUMBER_EMPTY;
    end = trim_end(at, end);
    const size_t size = (size_t)(end - at);
    if (is_spaced(at, end))
        return BATON_NUMBER_SPACED;
    if (is_one_of(at, size, dashes, LENGTH(dashes)))
        return BATON_NUMBER_DASH;
    const char *const unsigned_at = *at == '+' || *at == '-' ? at + 1 : at;
    if (is_one_of(unsigned_at, (size_t)(end - unsigned_at), infinite, LENGTH(infinite)))
        return BATON_NUMBER_INFINITE;
    if (end - unsigned_at >= 2 && unsigned_at[0] == '0' &&
        (unsigned_at[1] == 'x' || unsigned_at[1] == 'X'))
        return BATON_NUMBER_HEX;
    if (is_fullwidth(at, end))
        return BATON_NUMBER_FULLWIDTH;
    if (is_grouped(at, end))
        return BATON_NUMBER_GROUPED;
    struct scan s;
    return scan_number(at, end, &s) ? BATON_NUMBER_TRAILING : BATON_NUMBER_NOT;
}

enum baton_number_error baton_number_parse(const char *text, size_t size, double *out,
                                           bool *percent) {
    assert(out != NULL && (text != NULL || size == 0));
    if (size == 0)
        return BATON_NUMBER_EMPTY;
    const char *const end = text + size;
    struct scan s;
    if (!scan_number(text, end, &s) || s.end != end)
        return diagnose(text, end);
    if (s.percent && percent == NULL)
        return BATON_NUMBER_PERCENT;
    const double value = scan_value(&s);
    if (value > 1e100)
        return BATON_NUMBER_TOO_LARGE;
    *out = s.negative ? 0 - value : value; // of 0: +0
    if (percent != NULL)
        *percent = s.percent;
    return BATON_NUMBER_OK;
}
