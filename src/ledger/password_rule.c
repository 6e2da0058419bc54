/* Which passwords are refused. A list of the commonest would have to be brought along and would know one country's; what makes them common is the same everywhere: runs on
 * the keyboard, a word that everybody thinks of, a year behind it. So the parts are counted that somebody has to guess who tries such things first. */
#include "base/text.h"
#include "ledger/password.h"
#include <string.h>

enum { DIFFERENT_MIN = 5, NAMED_MIN = 4, DATE_SIZE = 8, YEAR_SIZE = 4, RUN_MIN = 3 };

/* In which order keys and letters stand; the middle ones are the columns of a keyboard. */
static const char *const rows[] = {
    "abcdefghijklmnopqrstuvwxyz",
    "0123456789",
    "1234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/",
    "!@#$%^&*()_+",
    "qazwsxedcrfvtgbyhnujmikolp",
};

/* What everybody tries, here too. */
static const char *const words[] = {
    "password",   "passwd",   "pass",     "word",     "admin",    "administrator", "root",
    "user",       "guest",    "login",    "welcome",  "hello",    "letmein",       "iloveyou",
    "love",       "secret",   "master",   "super",    "system",   "server",        "manager",
    "office",     "computer", "internet", "default",  "changeme", "change",        "temp",
    "test",       "demo",     "public",   "private",  "company",  "work",          "dragon",
    "monkey",     "football", "sunshine", "princess", "shadow",   "baton",         "china",
    "beijing",    "shanghai", "zhongguo", "nihao",    "woaini",   "woaiwojia",     "mima",
    "kaohe",      "kaoheban", "jixiao",   "zonghe",   "zhihui",   "zhengfu",       "shiwei",
    "shizhengfu", "xianwei",  "quwei",    "danwei",   "gongzuo",  "guanli",        "guanliyuan",
    "yonghu",     "ceshi",    "moren",    "zhongwen", "huanying", "xitong",        "5201314",
    "1314520",    "1314",     "520",
};

static char lower(char one) {
    return one >= 'A' && one <= 'Z' ? (char)(one - 'A' + 'a') : one;
}

static bool is_digit(char one) {
    return one >= '0' && one <= '9';
}

/* Whether a sign stands for a letter: itself, or what people write instead. */
static bool stands_for(char sign, char letter) {
    static const char *const instead[] = {"a@4", "b8", "e3",  "g9", "i1!",
                                          "l1",  "o0", "s$5", "t7", "z2"};
    if (lower(sign) == letter)
        return true;
    for (size_t i = 0; i < LENGTH(instead); i++)
        if (instead[i][0] == letter)
            return strchr(instead[i] + 1, sign) != NULL;
    return false;
}

static size_t word_at(const char *text, size_t size) {
    size_t best = 0;
    for (size_t i = 0; i < LENGTH(words); i++) {
        const size_t length = strlen(words[i]);
        size_t same = 0;
        while (same < length && same < size && stands_for(text[same], words[i][same]))
            same++;
        best = same == length && length > best ? length : best;
    }
    return best;
}

/* How far the text goes along a row, one way. */
static size_t along(const char *row, const char *text, size_t size, int step) {
    const char *at = size > 0 ? strchr(row, lower(text[0])) : NULL;
    size_t length = 0;
    if (at == NULL || *at == '\0')
        return 0;
    const char *const end = row + strlen(row);
    while (length < size && at >= row && at < end && *at == lower(text[length])) {
        length++;
        at += step;
    }
    return length;
}

static size_t run_at(const char *text, size_t size) {
    size_t best = 1;
    while (best < size && text[best] == text[0])
        best++;
    for (size_t i = 0; i < LENGTH(rows); i++)
        for (int step = -1; step <= 1; step += 2) {
            const size_t length = along(rows[i], text, size, step);
            best = length > best ? length : best;
        }
    return best >= RUN_MIN ? best : 0;
}

static size_t digits_at(const char *text, size_t size) {
    size_t count = 0;
    while (count < size && is_digit(text[count]))
        count++;
    return count;
}

/* 1988, 2021, 19880827. */
static size_t date_at(const char *text, size_t size) {
    const size_t digits = digits_at(text, size);
    if (digits < YEAR_SIZE || (memcmp(text, "19", 2) != 0 && memcmp(text, "20", 2) != 0))
        return 0;
    if (digits < DATE_SIZE)
        return YEAR_SIZE;
    const int month = (text[4] - '0') * 10 + text[5] - '0';
    const int day = (text[6] - '0') * 10 + text[7] - '0';
    return month >= 1 && month <= 12 && day >= 1 && day <= 31 ? DATE_SIZE : YEAR_SIZE;
}

static size_t larger(size_t a, size_t b) {
    return a > b ? a : b;
}

static size_t parts_of(const char *text, size_t size) {
    size_t parts = 0;
    for (size_t at = 0; at < size; parts++) {
        uint32_t point;
        const size_t left = size - at;
        const size_t one = larger(text_decode(text + at, left, &point), 1);
        at += larger(one, larger(word_at(text + at, left),
                                 larger(run_at(text + at, left), date_at(text + at, left))));
    }
    return parts;
}

/* A beginning of at most half its size, again and again. */
static bool is_repeated(const char *text, size_t size) {
    for (size_t period = 1; period <= size / 2; period++) {
        size_t at = period;
        while (at < size && lower(text[at]) == lower(text[at - period]))
            at++;
        if (at == size)
            return true;
    }
    return false;
}

static bool has_few_different(const char *text, size_t size) {
    uint32_t seen[DIFFERENT_MIN];
    size_t count = 0;
    for (size_t at = 0; at < size && count < DIFFERENT_MIN;) {
        uint32_t point = 0;
        const size_t one = text_decode(text + at, size - at, &point);
        size_t i = 0;
        while (i < count && seen[i] != point)
            i++;
        if (i == count)
            seen[count++] = point;
        at += larger(one, 1);
    }
    return count < DIFFERENT_MIN;
}

static bool is_common(const char *text, size_t size) {
    return parts_of(text, size) < PASSWORD_PARTS_MIN || is_repeated(text, size) ||
           has_few_different(text, size) ||
           (size < PASSWORD_DIGITS_MIN && digits_at(text, size) == size);
}

/* Letters, digits and what is not ASCII, in small letters; at most `room` bytes. */
static size_t bare(const char *text, size_t size, char *out, size_t room) {
    size_t count = 0;
    for (size_t i = 0; i < size && count < room; i++) {
        const char one = lower(text[i]);
        if ((one >= 'a' && one <= 'z') || is_digit(one) || (unsigned char)one >= 0x80)
            out[count++] = one;
    }
    return count;
}

static bool holds_name(const char *text, size_t size, const char *name) {
    char in[PASSWORD_SIZE_MAX], of[PASSWORD_SIZE_MAX];
    const size_t in_size = bare(text, size, in, sizeof in);
    const size_t of_size = bare(name, strlen(name), of, sizeof of);
    return of_size >= NAMED_MIN && memmem(in, in_size, of, of_size) != NULL;
}

static bool is_text(const char *text, size_t size) {
    for (size_t i = 0; i < size; i++)
        if ((unsigned char)text[i] < 0x20 || text[i] == 0x7f)
            return false;
    return text_valid_size(text, size) == size;
}

static void refuse(struct baton_findings *found, baton_code code, const char *limit,
                   baton_code *first) {
    baton_findings_add(found, code, (struct baton_where){0}, limit, NULL, NULL, NULL);
    *first = *first == BATON_OK ? code : *first;
}

baton_code password_check(const char *text, size_t size, const char *id, const char *name,
                          struct baton_findings *found) {
    baton_code first = BATON_OK;
    if (text_length(text, size) < PASSWORD_LENGTH_MIN)
        refuse(found, BATON_PASSWORD_SHORT, "10", &first);
    if (size > PASSWORD_SIZE_MAX) {
        refuse(found, BATON_PASSWORD_LONG, "128", &first);
        return first; // the rest is not worth the time
    }
    if (!is_text(text, size))
        refuse(found, BATON_PASSWORD_TEXT, NULL, &first);
    if (holds_name(text, size, id) || holds_name(text, size, name))
        refuse(found, BATON_PASSWORD_NAMED, NULL, &first);
    if (is_common(text, size))
        refuse(found, BATON_PASSWORD_COMMON, NULL, &first);
    return first;
}
