/* Periods as sheets write them: patterns with fields. A pattern is matched from left to right, trying the longer form of a field first and going back where
 * that leads nowhere; MATCH_STEPS keeps a hostile text from taking all time. */
#include "base/macros.h"
#include "base/text.h"
#include "package/mapping_text.h"
#include <string.h>

enum { FIELD_YEAR, FIELD_MONTH, FIELD_QUARTER, FIELD_HALF, FIELD_WEEK, FIELD_DAY, FIELDS };
enum { MATCH_STEPS = 20000, DEPTH_MOST = 32 };

static const struct field {
    const char *name;
    int lowest, highest;
    unsigned width; // of the name of a period
} fields[FIELDS] = {
    [FIELD_YEAR] = {"{year}", BATON_YEAR_FIRST, BATON_YEAR_LAST, 4},
    [FIELD_MONTH] = {"{month}", 1, 12, 2},
    [FIELD_QUARTER] = {"{quarter}", 1, 4, 1},
    [FIELD_HALF] = {"{half}", 1, 2, 1},
    [FIELD_WEEK] = {"{week}", 1, 53, 2},
    [FIELD_DAY] = {"{day}", 1, 31, 2},
};

/* The field whose name begins here; FIELDS. */
static unsigned field_at(const char *text) {
    unsigned field = 0;
    while (field < FIELDS && strncmp(text, fields[field].name, strlen(fields[field].name)) != 0)
        field++;
    return field;
}

struct match {
    int value[FIELDS]; // 0 = not met yet
    unsigned steps;
};

/* The digit at some place of a text, and its size; -1. Ten is 十. */
static int digit_at(const char *text, size_t *size) {
    static const char *const chinese[] = {"〇", "一", "二", "三", "四", "五",
                                          "六", "七", "八", "九", "十"};
    uint32_t point;
    *size = text_decode(text, strlen(text), &point);
    if (*size == 0)
        return -1;
    if (point >= '0' && point <= '9')
        return (int)(point - '0');
    if (point >= 0xff10 && point <= 0xff19) // full-width
        return (int)(point - 0xff10);
    for (int i = 0; i < (int)LENGTH(chinese); i++)
        if (strncmp(text, chinese[i], *size) == 0 && chinese[i][*size] == '\0')
            return i;
    return strncmp(text, "零", *size) == 0 || strncmp(text, "○", *size) == 0 ? 0 : -1;
}

/* Reads a number that takes `count` characters of the text; -1 where there is none. 十 and 十二 are numbers too. */
static int number_at(const char *text, unsigned count, size_t *size) {
    int number = 0;
    bool is_ten = false;
    *size = 0;
    for (unsigned i = 0; i < count; i++) {
        size_t taken;
        const int digit = digit_at(text + *size, &taken);
        if (digit < 0 || (digit == 10 && (i > 0 || count > 2)))
            return -1;
        number = is_ten ? number + digit : 10 * number + digit;
        is_ten = digit == 10;
        *size += taken;
    }
    return number;
}

static bool match_here(struct match *match, const char *pattern, const char *text, unsigned depth);

/* Tries a field that takes `count` characters. */
static bool match_count(struct match *match, unsigned field, unsigned count, const char *rest,
                        const char *text, unsigned depth) {
    size_t size;
    int number = number_at(text, count, &size);
    if (field == FIELD_HALF && number < 0) {
        number = strncmp(text, "上", 3) == 0 ? 1 : strncmp(text, "下", 3) == 0 ? 2 : -1;
        size = 3;
    }
    const int before = match->value[field];
    if (number < fields[field].lowest || number > fields[field].highest ||
        (before != 0 && before != number))
        return false;
    match->value[field] = number;
    if (match_here(match, rest, text + size, depth + 1))
        return true;
    match->value[field] = before;
    return false;
}

static bool match_here(struct match *match, const char *pattern, const char *text, unsigned depth) {
    for (; *pattern != '\0'; pattern++, text++) {
        if (depth > DEPTH_MOST || ++match->steps > MATCH_STEPS)
            return false;
        const unsigned field = *pattern == '{' ? field_at(pattern) : FIELDS;
        if (field < FIELDS) {
            const char *const rest = pattern + strlen(fields[field].name);
            const unsigned most = fields[field].width;
            const unsigned least = field == FIELD_YEAR ? 4 : 1;
            for (unsigned count = most; count >= least; count--)
                if (match_count(match, field, count, rest, text, depth))
                    return true;
            return false;
        }
        if (*pattern == '*') {
            for (const char *at = text;; at++) {
                if (match_here(match, pattern + 1, at, depth + 1))
                    return true;
                if (*at == '\0')
                    return false;
            }
        }
        if (*pattern != *text)
            return false;
    }
    return *text == '\0';
}

/* Writes `means` with its fields filled in; false where one has no value, or it is no period. */
static bool fill_in(const char *means, const int value[FIELDS], struct baton_period *out) {
    char name[64];
    size_t have = 0;
    while (*means != '\0' && have + 5 < sizeof name) {
        const unsigned field = *means == '{' ? field_at(means) : FIELDS;
        if (field == FIELDS) {
            name[have++] = *means++;
            continue;
        }
        if (value[field] == 0)
            return false;
        int rest = value[field];
        for (unsigned i = fields[field].width; i-- > 0; rest /= 10)
            name[have + i] = (char)('0' + rest % 10);
        have += fields[field].width;
        means += strlen(fields[field].name);
    }
    return *means == '\0' && baton_period_parse(name, have, out);
}

bool mapping_period_matches(const char *pattern, const char *means, int year, const char *text,
                            struct baton_period *out) {
    struct match match = {0};
    if (!match_here(&match, pattern, text, 0))
        return false;
    if (match.value[FIELD_YEAR] == 0)
        match.value[FIELD_YEAR] = year;
    return fill_in(means, match.value, out);
}

bool mapping_has_year(const char *text) {
    return strstr(text, fields[FIELD_YEAR].name) != NULL;
}

/* A part in braces that is no field; or, with `other`, a field that `other` has not. */
static const char *unknown_in(struct baton_arena *arena, const char *text, const char *other) {
    for (const char *at = text; (at = strchr(at, '{')) != NULL; at++) {
        const unsigned field = field_at(at);
        if (field == FIELDS) {
            const char *const end = strchr(at, '}');
            return arena_text(arena, at, end == NULL ? strlen(at) : (size_t)(end + 1 - at));
        }
        if (other != NULL && field != FIELD_YEAR && strstr(other, fields[field].name) == NULL)
            return fields[field].name;
    }
    return NULL;
}

const char *mapping_period_field_unknown(struct baton_arena *arena, const char *pattern,
                                         const char *means, bool *is_sound) {
    static const int sample[FIELDS] = {2020, 1, 1, 1, 1, 1};
    struct baton_period period;
    *is_sound = fill_in(means, sample, &period);
    const char *unknown = unknown_in(arena, pattern, NULL);
    return unknown != NULL ? unknown : unknown_in(arena, means, pattern);
}
