/* Values as they are written in a package, and the members of things by tables. */
#include "analyse/compare.h"
#include <ctype.h>
#include <math.h>
#include <string.h>

const char *compare_number(struct compare *c, double number) {
    if (isnan(number))
        return NULL;
    char *text = arena_alloc(c->arena, BATON_NUMBER_SHORTEST_SIZE, 1);
    baton_number_shortest(number, text);
    return text;
}

const char *compare_share(struct compare *c, double share) {
    return isnan(share)
               ? NULL
               : arena_printf(c->arena, "%s%%", compare_number(c, baton_number_sig12(share * 100)));
}

const char *compare_numbers(struct compare *c, const double *number, uint32_t count) {
    const char *list = "[";
    for (uint32_t i = 0; i < count; i++)
        list = arena_printf(c->arena, "%s%s%s", list, i > 0 ? ", " : "",
                            isnan(number[i]) ? "none" : compare_number(c, number[i]));
    return arena_printf(c->arena, "%s]", list);
}

const char *compare_word(const char *const words[], int value) {
    return words[value];
}

bool compare_same_text(const char *a, const char *b) {
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static bool is_name_byte(char one) {
    return isalnum((unsigned char)one) || one == '_' || one == '.' || (one & 0x80) != 0;
}

/* The next byte that counts: spaces do only inside of quotes and between names, where one stands for all. */
static char next_byte(const char **text, char before, char *quote) {
    const char *at = *text;
    if (*quote == '\0') {
        while (*at == ' ' || *at == '\t' || *at == '\n')
            at++;
        if (at != *text && is_name_byte(before) && is_name_byte(*at)) {
            *text = at;
            return ' ';
        }
    }
    if (*quote != '\0' && *at == *quote)
        *quote = '\0';
    else if (*quote == '\0' && (*at == '\'' || *at == '`'))
        *quote = *at;
    *text = *at == '\0' ? at : at + 1;
    return *at;
}

bool compare_same_expression(const char *a, const char *b) {
    if (a == NULL || b == NULL)
        return a == b;
    char left = '\0', right = '\0', left_quote = '\0', right_quote = '\0';
    do {
        left = next_byte(&a, left, &left_quote);
        right = next_byte(&b, right, &right_quote);
        if (left != right)
            return false;
    } while (left != '\0');
    return true;
}

static const void *member(const struct compare_field *field, const void *thing) {
    return (const char *)thing + field->offset;
}

static int word_of(const struct compare_field *field, const void *thing) {
    const void *at = member(field, thing);
    if (field->size == sizeof(bool))
        return *(const bool *)at;
    int value;
    memcpy(&value, at, sizeof(value));
    return value;
}

/* A title's text as told: by both types together every difference is told once. */
static const char *title_of(const struct compare_field *field, const void *thing) {
    const struct baton_text *text = member(field, thing);
    return field->type == TYPE_ZH ? text->zh : text->en;
}

const char *compare_value(struct compare *c, const struct compare_field *field, const void *thing) {
    const void *at = member(field, thing);
    char period[BATON_PERIOD_NAME_SIZE];
    switch (field->type) {
    case TYPE_TEXT:
        return *(const char *const *)at;
    case TYPE_ZH:
    case TYPE_EN:
        return title_of(field, thing);
    case TYPE_NUMBER:
        return compare_number(c, *(const double *)at);
    case TYPE_SHARE:
        return compare_share(c, *(const double *)at);
    case TYPE_WHOLE:
        return *(const int32_t *)at < 0 ? NULL : arena_printf(c->arena, "%d", *(const int32_t *)at);
    case TYPE_COUNT:
        return arena_printf(c->arena, "%u", *(const uint32_t *)at);
    case TYPE_DAYS:
        return *(const int32_t *)at < 0 ? NULL
                                        : arena_printf(c->arena, "%dd", *(const int32_t *)at);
    case TYPE_WORD:
        return compare_word(field->words, word_of(field, thing));
    case TYPE_EXPRESSION:
        return ((const struct baton_expression *)at)->text;
    case TYPE_PERIOD:
        return baton_period_format(*(const struct baton_period *)at, period) == 0
                   ? NULL
                   : arena_text(c->arena, period, strlen(period));
    }
    return NULL;
}

bool compare_same(const struct compare_field *field, const void *before, const void *after) {
    const void *a = member(field, before), *b = member(field, after);
    switch (field->type) {
    case TYPE_TEXT:
        return compare_same_text(*(const char *const *)a, *(const char *const *)b);
    case TYPE_ZH:
    case TYPE_EN:
        return compare_same_text(title_of(field, before), title_of(field, after));
    case TYPE_NUMBER:
    case TYPE_SHARE:
        return baton_number_equal_bits(*(const double *)a, *(const double *)b);
    case TYPE_WHOLE:
    case TYPE_DAYS:
    case TYPE_COUNT:
        return memcmp(a, b, sizeof(int32_t)) == 0;
    case TYPE_WORD:
        return word_of(field, before) == word_of(field, after);
    case TYPE_EXPRESSION:
        return compare_same_expression(((const struct baton_expression *)a)->text,
                                       ((const struct baton_expression *)b)->text);
    case TYPE_PERIOD:
        return baton_period_equal(*(const struct baton_period *)a, *(const struct baton_period *)b);
    }
    return false;
}

static double number_of(const struct compare_field *field, const void *thing) {
    const void *at = member(field, thing);
    if (field->type == TYPE_NUMBER)
        return *(const double *)at;
    if (field->type == TYPE_COUNT)
        return *(const uint32_t *)at;
    return *(const int32_t *)at < 0 ? NAN : (double)*(const int32_t *)at;
}

void compare_fields(struct compare *c, uint32_t entity, const struct compare_field *fields,
                    size_t count, const void *before, const void *after,
                    const struct baton_change *change) {
    for (size_t i = 0; i < count; i++) {
        const struct compare_field *field = &fields[i];
        if (compare_same(field, before, after))
            continue;
        struct baton_change *added = compare_add(c, entity, *change);
        added->field = field->name;
        added->before = compare_value(c, field, before);
        added->after = compare_value(c, field, after);
        added->effective = field->effective;
        added->number_before = added->number_after = NAN;
        added->is_number =
            field->type == TYPE_NUMBER || field->type == TYPE_WHOLE || field->type == TYPE_COUNT;
        if (added->is_number) {
            added->number_before = number_of(field, before);
            added->number_after = number_of(field, after);
        }
    }
}
