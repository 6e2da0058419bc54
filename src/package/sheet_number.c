/* A figure is first stripped of what its mapping permits (marks, full-width characters, separators, a percent sign), then must be a number as any table
 * has it, then is multiplied as people multiply on paper: 12345 times 0.0001 is 1.2345. */
#include "package/sheet_number.h"
#include "base/text.h"
#include <string.h>

enum { SIZE_MOST = 512, PLAIN_ZEROS = 40 };

/* A decimal: digits * 10^exponent. */
struct decimal {
    bool negative;
    char digit[SIZE_MOST]; // '0'..'9', without zeros in front
    size_t count;          // 0 = zero
    int exponent;
};

/* Takes a number apart that baton_number_parse takes; false where it is longer than anybody writes. */
static bool take_apart(const char *text, size_t size, struct decimal *out) {
    size_t at = 0;
    *out = (struct decimal){0};
    out->negative = size > 0 && text[0] == '-';
    at += size > 0 && (text[0] == '-' || text[0] == '+');
    bool behind = false;
    for (; at < size && text[at] != 'e' && text[at] != 'E'; at++) {
        if (text[at] == '.') {
            behind = true;
            continue;
        }
        out->exponent -= behind;
        if (out->count == 0 && text[at] == '0')
            continue;
        if (out->count == sizeof out->digit)
            return false;
        out->digit[out->count++] = text[at];
    }
    if (at == size)
        return true;
    const bool down = text[++at] == '-';
    at += text[at] == '-' || text[at] == '+';
    int exponent = 0;
    for (; at < size; at++) {
        if (exponent > 1000)
            return false;
        exponent = 10 * exponent + (text[at] - '0');
    }
    out->exponent += down ? -exponent : exponent;
    return true;
}

/* a * b; false where there are too many digits. */
static bool multiply(const struct decimal *a, const struct decimal *b, struct decimal *out) {
    unsigned sum[SIZE_MOST] = {0};
    const size_t room = a->count + b->count;
    if (room > SIZE_MOST)
        return false;
    *out = (struct decimal){.negative = a->negative != b->negative,
                            .exponent = a->exponent + b->exponent};
    for (size_t i = a->count; i-- > 0;) {
        unsigned carry = 0;
        for (size_t k = b->count; k-- > 0;) {
            unsigned *const place = &sum[i + k + 1];
            *place += (unsigned)(a->digit[i] - '0') * (unsigned)(b->digit[k] - '0') + carry;
            carry = *place / 10;
            *place %= 10;
        }
        sum[i] += carry;
    }
    for (size_t i = 0; i < room; i++)
        if (out->count > 0 || sum[i] > 0)
            out->digit[out->count++] = (char)('0' + sum[i]);
    return true;
}

/* Zeros at the end become a greater exponent. */
static void drop_zeros(struct decimal *d) {
    while (d->count > 0 && d->digit[d->count - 1] == '0') {
        d->count--;
        d->exponent++;
    }
    if (d->count == 0)
        *d = (struct decimal){0};
}

static const char *print(struct baton_arena *arena, struct decimal *d) {
    static const char zeros[] = "0000000000000000000000000000000000000000";
    drop_zeros(d);
    const char *sign = d->negative ? "-" : "";
    const int count = (int)d->count, point = count + d->exponent; // digits before the point
    if (count == 0)
        return "0";
    if (d->exponent >= 0 && d->exponent <= PLAIN_ZEROS)
        return arena_printf(arena, "%s%.*s%.*s", sign, count, d->digit, d->exponent, zeros);
    if (d->exponent < 0 && point > 0)
        return arena_printf(arena, "%s%.*s.%.*s", sign, point, d->digit, count - point,
                            d->digit + point);
    if (point <= 0 && point >= -PLAIN_ZEROS)
        return arena_printf(arena, "%s0.%.*s%.*s", sign, -point, zeros, count, d->digit);
    return arena_printf(arena, "%s%.*se%d", sign, count, d->digit, d->exponent);
}

bool sheet_decimal_is(const char *text) {
    double value;
    struct decimal d;
    const size_t size = strlen(text);
    return size <= 64 && baton_number_parse(text, size, &value, NULL) == BATON_NUMBER_OK &&
           value != 0 && take_apart(text, size, &d);
}

/* Marks at both ends, such as those of footnotes. */
static void drop_marks(const struct mapping_texts *marks, const char **text, size_t *size,
                       unsigned *kinds) {
    for (uint32_t i = 0; i < marks->count; i++) {
        const char *mark = marks->item[i].text;
        const size_t length = strlen(mark);
        if (*size < length)
            continue;
        bool at_front = memcmp(*text, mark, length) == 0;
        if (!at_front && memcmp(*text + *size - length, mark, length) != 0)
            continue;
        *text += at_front ? length : 0;
        *size -= length;
        text_trim(text, size);
        *kinds |= SHEET_MARK;
        i = UINT32_MAX; // from the first on again: there may be several
    }
}

/* The ASCII character that a full-width or typographic one in a number stands for; 0. */
static char half_width(uint32_t point) {
    if (point >= 0xff01 && point <= 0xff5e)
        return (char)(point - 0xff01 + 0x21);
    return point == 0x2212 ? '-' : point == 0x3000 ? ' ' : '\0';
}

static size_t make_half_width(const char *text, size_t size, char *out, unsigned *kinds) {
    size_t have = 0;
    for (size_t at = 0; at < size;) {
        uint32_t point;
        size_t taken = text_decode(text + at, size - at, &point);
        const char same = taken > 1 ? half_width(point) : '\0';
        if (same != '\0') {
            out[have++] = same;
            *kinds |= SHEET_FULL_WIDTH;
        } else {
            taken = taken == 0 ? 1 : taken;
            memcpy(out + have, text + at, taken);
            have += taken;
        }
        at += taken;
    }
    return have;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* Takes separators out where the digits before the point are in groups of three: a comma, or a space (also one that does not break lines), the same
 * everywhere. */
static size_t drop_separators(char *text, size_t size, unsigned *kinds) {
    static const char *const separators[] = {",", " ", "\xc2\xa0", "\xe2\x80\xaf", "\xe2\x80\x89"};
    size_t front = size > 0 && (text[0] == '-' || text[0] == '+'), whole = front;
    while (whole < size && is_digit(text[whole]))
        whole++;
    if (whole == front || whole - front > 3)
        return size;
    for (size_t s = 0; s < LENGTH(separators); s++) {
        const size_t length = strlen(separators[s]);
        size_t at = whole, have = whole;
        char group[SIZE_MOST];
        memcpy(group, text, whole);
        while (size - at >= length + 3 && memcmp(text + at, separators[s], length) == 0 &&
               is_digit(text[at + length]) && is_digit(text[at + length + 1]) &&
               is_digit(text[at + length + 2])) {
            memcpy(group + have, text + at + length, 3);
            have += 3;
            at += length + 3;
        }
        if (at == whole || (at < size && is_digit(text[at])))
            continue;
        memmove(text + have, text + at, size - at);
        memcpy(text, group, have);
        *kinds |= SHEET_THOUSANDS;
        return have + (size - at);
    }
    return size;
}

/* Drops a % that means something; true where it was there. */
static bool drop_percent(const struct sheet_number *how, char *text, size_t *size) {
    if (!how->values->percent || *size < 2 || text[*size - 1] != '%' ||
        (how->percent == NUMERAL_NO_PERCENT && !how->keep_percent))
        return false;
    *size -= 1;
    while (*size > 0 && text[*size - 1] == ' ')
        *size -= 1;
    return true;
}

/* The number times the factors that apply. */
static baton_code finish(struct baton_arena *arena, const struct sheet_number *how,
                         const char *text, size_t size, bool has_percent, const char **out) {
    static const struct decimal hundredth = {.digit = "1", .count = 1, .exponent = -2};
    const bool is_share = has_percent && !how->keep_percent && how->percent == NUMERAL_AS_SHARE;
    const char *const sign = has_percent && how->keep_percent ? "%" : "";
    if (how->factor == NULL && !is_share) {
        *out = arena_printf(arena, "%.*s%s", (int)size, text, sign);
        return BATON_OK;
    }
    struct decimal number, factor, product;
    if (!take_apart(text, size, &number))
        return BATON_NUMERAL_BAD;
    if (how->factor != NULL) {
        const bool is_sound = take_apart(how->factor, strlen(how->factor), &factor);
        if (!is_sound || !multiply(&number, &factor, &product))
            return BATON_NUMERAL_BAD;
        number = product;
    }
    if (is_share) {
        if (!multiply(&number, &hundredth, &product))
            return BATON_NUMERAL_BAD;
        number = product;
    }
    *out = arena_printf(arena, "%s%s", print(arena, &number), sign);
    double value;
    bool percent;
    return baton_number_parse(*out, strlen(*out), &value, &percent) == BATON_NUMBER_OK
               ? BATON_OK
               : BATON_NUMERAL_TOO_LARGE;
}

baton_code sheet_number_read(struct baton_arena *arena, const struct sheet_number *how,
                             const char *text, const char **out, unsigned *kinds) {
    char number[SIZE_MOST];
    size_t size = strlen(text);
    unsigned met = 0;
    double value;
    drop_marks(&how->values->marks, &text, &size, &met);
    if (size > sizeof number)
        return BATON_NUMERAL_BAD;
    memcpy(number, text, size);
    if (how->values->full_width)
        size = make_half_width(text, size, number, &met);
    if (how->values->thousands)
        size = drop_separators(number, size, &met);
    const bool has_percent = drop_percent(how, number, &size);
    met |= has_percent ? SHEET_PERCENT : 0;
    const enum baton_number_error error = baton_number_parse(number, size, &value, NULL);
    if (error != BATON_NUMBER_OK)
        return error == BATON_NUMBER_EMPTY ? BATON_NUMERAL_BAD : numeral_code(error);
    *kinds |= met;
    return finish(arena, how, number, size, has_percent, out);
}
