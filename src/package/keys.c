/* Typed reading of a tree of values: see keys.h. Every reader first sees to it that the value has the right form (text,
 * list, map), then that its text means something of the type. */
#include "package/keys.h"
#include "base/limits.h"
#include "base/text.h"
#include "engine/methods.h"
#include "package/numeral.h"
#include "package/package_internal.h"
#include "package/scheme_sheet.h"
#include <math.h>
#include <string.h>

struct baton_where keys_at(const struct keys *k, const struct yaml_value *value) {
    const char *path = k->is_sheet ? scheme_sheet_key(k->arena, value) : yaml_path(k->arena, value);
    return (struct baton_where){k->file, value->row, value->column, path[0] == '\0' ? NULL : path};
}

struct baton_where keys_at_key(const struct keys *k, const struct yaml_value *value) {
    struct baton_where where = keys_at(k, value);
    if (value->key != NULL) {
        where.row = value->key_row;
        where.column = value->key_column;
    }
    return where;
}

void keys_report(const struct keys *k, baton_code code, const struct yaml_value *value,
                 const char *arg1, const char *arg2, const char *arg3, const char *arg4) {
    baton_findings_add(k->found, code, keys_at(k, value), arg1, arg2, arg3, arg4);
}

const char *keys_excerpt(const struct keys *k, const struct yaml_value *value) {
    return package_excerpt(k->arena, value->text, value->size);
}

const char *keys_key(const struct keys *k, const struct yaml_value *value) {
    return value->key == NULL ? NULL : package_excerpt(k->arena, value->key, strlen(value->key));
}

const char *keys_joined(const struct keys *k, size_t count,
                        const char *(*name)(const void *context, size_t index),
                        const void *context) {
    size_t size = 1;
    for (size_t i = 0; i < count; i++)
        size += strlen(name(context, i)) + 1;
    char *joined = arena_alloc(k->arena, size, 1), *to = joined;
    for (size_t i = 0; i < count; i++) {
        const size_t length = strlen(name(context, i));
        if (i > 0)
            *to++ = ' ';
        memcpy(to, name(context, i), length);
        to += length;
    }
    return joined;
}

/* Form */

/* A text that is not empty: the form of most values. */
static bool is_text(const struct keys *k, const struct yaml_value *value) {
    if (value->kind == YAML_REFUSED)
        return false;
    if (value->kind != YAML_TEXT) {
        keys_report(k, BATON_VALUE_NOT_TEXT, value, keys_key(k, value), NULL, NULL, NULL);
        return false;
    }
    if (value->size == 0) {
        baton_findings_add(k->found, BATON_VALUE_EMPTY, keys_at_key(k, value), keys_key(k, value),
                           NULL, NULL, NULL);
        return false;
    }
    return true;
}

bool keys_is_list(const struct keys *k, const struct yaml_value *value) {
    if (value->kind == YAML_LIST || yaml_is_null(value))
        return true;
    if (value->kind != YAML_REFUSED)
        keys_report(k, BATON_VALUE_NOT_LIST, value, keys_key(k, value), NULL, NULL, NULL);
    return false;
}

bool keys_is_map(const struct keys *k, const struct yaml_value *value) {
    if (value->kind == YAML_MAP || yaml_is_null(value))
        return true;
    if (value->kind != YAML_REFUSED)
        keys_report(k, BATON_VALUE_NOT_MAP, value, keys_key(k, value), NULL, NULL, NULL);
    return false;
}

/* Numbers */

static bool read_number(const struct keys *k, const struct yaml_value *value, double *out) {
    if (!is_text(k, value))
        return false;
    enum baton_number_error error = numeral_parse(value->text, value->size, NUMERAL_AS_SHARE, out);
    if (error == BATON_NUMBER_OK)
        return true;
    keys_report(k, numeral_code(error), value, keys_excerpt(k, value), NULL, NULL, NULL);
    return false;
}

static bool is_percentage(const struct yaml_value *number) {
    return number->text[number->size - 1] == '%';
}

static bool is_within(const struct keys *k, const struct yaml_value *value, double number,
                      double lowest, double highest) {
    if (number >= lowest && number <= highest)
        return true;
    char low[BATON_NUMBER_SHORTEST_SIZE], high[BATON_NUMBER_SHORTEST_SIZE];
    baton_number_shortest(lowest, low);
    baton_number_shortest(highest, high);
    keys_report(k, BATON_NUMBER_OUTSIDE, value, keys_excerpt(k, value), low, high, NULL);
    return false;
}

bool keys_number(const struct keys *k, const struct yaml_value *value, double lowest,
                 double highest, double *out) {
    double number;
    if (!read_number(k, value, &number) || !is_within(k, value, number, lowest, highest))
        return false;
    if (is_percentage(value)) {
        char shown[BATON_NUMBER_SHORTEST_SIZE];
        baton_number_shortest(number, shown);
        keys_report(k, BATON_PERCENT_IS_SHARE, value, keys_excerpt(k, value), shown, NULL, NULL);
    }
    *out = number;
    return true;
}

bool keys_share(const struct keys *k, const struct yaml_value *value, double highest, double *out) {
    double number;
    if (!read_number(k, value, &number) || !is_within(k, value, number, 0, highest))
        return false;
    *out = number;
    return true;
}

bool keys_hundredths(const struct keys *k, const struct yaml_value *value, double highest,
                     double *out) {
    double share;
    if (!keys_share(k, value, highest, &share))
        return false;
    *out = baton_number_sig12(100 * share);
    return true;
}

bool keys_whole(const struct keys *k, const struct yaml_value *value, double lowest, double highest,
                int32_t *out) {
    double number;
    if (!read_number(k, value, &number))
        return false;
    if (number != floor(number) || is_percentage(value)) {
        keys_report(k, BATON_NUMBER_WHOLE, value, keys_excerpt(k, value), NULL, NULL, NULL);
        return false;
    }
    if (!is_within(k, value, number, lowest, highest))
        return false;
    *out = (int32_t)number;
    return true;
}

/* Words */

/* Reports a text that is none of the words, with the one that it may have been meant to be. */
static void report_word(const struct keys *k, const struct yaml_value *value, const char *words) {
    struct text_guess guess = {.text = value->text, .size = value->size};
    const char *list =
        words[0] == ' ' ? words + 1 : words; /* an empty first word is what nothing written means */
    for (const char *word = list; *word != '\0';) {
        size_t length = strcspn(word, " ");
        text_guess_offer(&guess, word, length);
        word += length + (word[length] != '\0');
    }
    const char *meant =
        guess.best == NULL ? NULL : arena_text(k->arena, guess.best, guess.best_size);
    keys_report(k, BATON_WORD_BAD, value, keys_excerpt(k, value), list, meant, NULL);
}

bool keys_word(const struct keys *k, const struct yaml_value *value, const char *words, int *out) {
    if (!is_text(k, value))
        return false;
    int word = method_word(words, value->text);
    if (word < 0) {
        report_word(k, value, words);
        return false;
    }
    *out = word;
    return true;
}

bool keys_flag(const struct keys *k, const struct yaml_value *value, bool *out) {
    int word;
    if (!keys_word(k, value, "false true", &word))
        return false;
    *out = word == 1;
    return true;
}

/* Texts */

bool keys_text(const struct keys *k, const struct yaml_value *value, const char **out) {
    if (!is_text(k, value))
        return false;
    if (value->size > LIMIT_FIELD_SIZE) {
        keys_report(k, BATON_FIELD_TOO_LONG, value, arena_printf(k->arena, "%d", LIMIT_FIELD_SIZE),
                    NULL, NULL, NULL);
        return false;
    }
    *out = value->text;
    return true;
}

static bool is_identifier(const struct keys *k, struct baton_where where, const char *text) {
    if (text_is_identifier(text, strlen(text)))
        return true;
    baton_findings_add(k->found, BATON_ID_BAD, where, package_excerpt(k->arena, text, strlen(text)),
                       package_count(k->arena, LIMIT_ID_SIZE), NULL, NULL);
    return false;
}

bool keys_id(const struct keys *k, const struct yaml_value *value, const char **out) {
    if (!is_text(k, value) || !is_identifier(k, keys_at(k, value), value->text))
        return false;
    *out = value->text;
    return true;
}

bool keys_name(const struct keys *k, const struct yaml_value *value) {
    return is_identifier(k, keys_at_key(k, value), value->key);
}

bool keys_title(const struct keys *k, const struct yaml_value *value, struct baton_text *out) {
    static const struct key languages[] = {
        {.name = "zh", .type = KEY_TEXT, .offset = offsetof(struct baton_text, zh)},
        {.name = "en", .type = KEY_TEXT, .offset = offsetof(struct baton_text, en)},
    };
    if (value->kind == YAML_TEXT) {
        keys_report(k, BATON_TITLE_FORM, value, keys_excerpt(k, value), NULL, NULL, NULL);
        return false;
    }
    return keys_read(k, value, languages, LENGTH(languages), out);
}

bool keys_expression(const struct keys *k, const struct yaml_value *value,
                     struct baton_expression *out) {
    if (!is_text(k, value))
        return false;
    *out = (struct baton_expression){value->text, keys_at(k, value)};
    return true;
}

bool keys_period(const struct keys *k, const struct yaml_value *value, struct baton_period *out) {
    if (!is_text(k, value))
        return false;
    if (!baton_period_parse(value->text, value->size, out)) {
        keys_report(k, BATON_PERIOD_BAD, value, keys_excerpt(k, value), NULL, NULL, NULL);
        return false;
    }
    return true;
}

bool keys_days(const struct keys *k, const struct yaml_value *value, int32_t *out) {
    if (!is_text(k, value))
        return false;
    int32_t days = 0;
    size_t digits = strspn(value->text, "0123456789");
    for (size_t i = 0; i < digits && days <= LIMIT_DAYS; i++)
        days = 10 * days + (value->text[i] - '0');
    if (digits == 0 || strcmp(value->text + digits, "d") != 0 || days > LIMIT_DAYS) {
        keys_report(k, BATON_DAYS_BAD, value, keys_excerpt(k, value), NULL, NULL, NULL);
        return false;
    }
    *out = days;
    return true;
}

/* Maps by table */

static void read_member(const struct keys *k, const struct key *key, const struct yaml_value *value,
                        void *member) {
    int word;
    switch (key->type) {
    case KEY_NUMBER:
        keys_number(k, value, key->lowest, key->highest, member);
        break;
    case KEY_WHOLE:
        keys_whole(k, value, key->lowest, key->highest, member);
        break;
    case KEY_FLAG:
        keys_flag(k, value, member);
        break;
    case KEY_WORD:
        if (keys_word(k, value, key->words, &word))
            memcpy(member, &word, sizeof(word));
        break;
    case KEY_ID:
        keys_id(k, value, member);
        break;
    case KEY_TEXT:
        keys_text(k, value, member);
        break;
    case KEY_TITLE:
        keys_title(k, value, member);
        break;
    case KEY_EXPRESSION:
        keys_expression(k, value, member);
        break;
    case KEY_PERIOD:
        keys_period(k, value, member);
        break;
    case KEY_DAYS:
        keys_days(k, value, member);
        break;
    case KEY_MAP:
        if (keys_is_map(k, value))
            *(const struct yaml_value **)member = value;
        break;
    case KEY_LIST:
        if (keys_is_list(k, value))
            *(const struct yaml_value **)member = value;
        break;
    case KEY_ANY:
        *(const struct yaml_value **)member = value;
        break;
    }
}

static const char *key_name(const void *context, size_t index) {
    return ((const struct key *)context)[index].name;
}

static void report_unknown(const struct keys *k, const struct yaml_value *value,
                           const struct key *key, size_t count) {
    struct text_guess guess = {.text = value->key, .size = strlen(value->key)};
    for (size_t i = 0; i < count; i++)
        text_guess_offer(&guess, key[i].name, strlen(key[i].name));
    baton_findings_add(k->found, BATON_KEY_UNKNOWN, keys_at_key(k, value), keys_key(k, value),
                       guess.best, keys_joined(k, count, key_name, key), NULL);
}

bool keys_read(const struct keys *k, const struct yaml_value *map, const struct key *key,
               size_t count, void *out) {
    if (!keys_is_map(k, map))
        return false;
    for (const struct yaml_value *value = map->first; value != NULL; value = value->next) {
        size_t i = 0;
        while (i < count && strcmp(key[i].name, value->key) != 0)
            i++;
        if (i == count)
            report_unknown(k, value, key, count);
        else
            read_member(k, &key[i], value, (char *)out + key[i].offset);
    }
    for (size_t i = 0; i < count; i++)
        if (key[i].needed && yaml_get(map, key[i].name) == NULL)
            baton_findings_add(k->found, BATON_KEY_NEEDED, keys_at_key(k, map), key[i].name, NULL,
                               NULL, NULL);
    return true;
}
