/* By the table of parameters (engine/methods.def), which says of each where it stands in struct baton_method and of which type it is. */
#include "report/method_json.h"
#include "baton/number.h"
#include "engine/methods.h"
#include <math.h>
#include <string.h>

struct telling {
    struct baton_arena *arena;
    const struct baton_scheme *scheme;
    const struct baton_method *method, *plain; /* plain: with nothing said */
    struct json *json;
};

static const void *member(const struct baton_method *method, const struct method_parameter *p) {
    return (const char *)method + p->offset;
}

static double number_of(const struct baton_method *method, const struct method_parameter *p) {
    double number;
    memcpy(&number, member(method, p), sizeof number);
    return number;
}

static unsigned word_of(const struct baton_method *method, const struct method_parameter *p) {
    unsigned word = 0;
    if (p->size == sizeof(bool))
        return *(const bool *)member(method, p);
    memcpy(&word, member(method, p), sizeof word);
    return word;
}

static void put_number(const struct telling *t, const struct method_parameter *p) {
    const double number = number_of(t->method, p);
    if (isnan(number) || baton_number_equal_bits(number, number_of(t->plain, p)))
        return;
    if (p->type == METHOD_NUMBER) {
        json_number(t->json, p->name, number);
        return;
    }
    char text[BATON_NUMBER_SHORTEST_SIZE];
    baton_number_shortest(number, text);
    json_text(t->json, p->name, arena_printf(t->arena, "%s%%", text));
}

/* The n-th of words that are separated by one space each; the first may be empty. */
static const char *nth_word(struct baton_arena *arena, const char *words, unsigned n) {
    for (; n > 0; n--)
        words += strcspn(words, " ") + 1;
    return arena_text(arena, words, strcspn(words, " "));
}

static void put_word(const struct telling *t, const struct method_parameter *p) {
    const unsigned word = word_of(t->method, p);
    if (word != word_of(t->plain, p))
        json_text(t->json, p->name, nth_word(t->arena, p->words, word));
}

static void put_bands(const struct telling *t, const struct method_parameter *p) {
    json_array_tight(t->json, p->name);
    for (uint32_t i = 0; i < t->method->table_count; i++) {
        json_array_tight(t->json, NULL);
        json_number(t->json, NULL, t->method->bands[i].bound);
        json_number(t->json, NULL, t->method->bands[i].score);
        json_end(t->json);
    }
    json_end(t->json);
}

static void put_levels(const struct telling *t, const struct method_parameter *p) {
    json_object_tight(t->json, p->name);
    for (uint32_t i = 0; i < t->method->table_count; i++)
        json_number(t->json, t->scheme->code[(uint32_t)t->method->bands[i].bound],
                    t->method->bands[i].score);
    json_end(t->json);
}

static void put_scores(const struct telling *t, const struct method_parameter *p) {
    if (t->method->table == NULL)
        return;
    json_array_tight(t->json, p->name);
    for (uint32_t i = 0; i < t->method->table_count; i++)
        json_number(t->json, NULL, t->method->table[i]);
    json_end(t->json);
}

static void put_where(const struct telling *t, const struct method_parameter *p) {
    if (t->method->where_count == 0)
        return;
    json_object_tight(t->json, p->name);
    for (uint32_t i = 0; i < t->method->where_count; i++)
        json_text(t->json, t->method->where_name[i], t->method->where_value[i].text);
    json_end(t->json);
}

static void put_reference(const struct telling *t, const struct method_parameter *p) {
    if (t->method->of == BATON_BEST_OF_MEAN)
        json_text(t->json, p->name, "mean");
    else if (t->method->of == BATON_BEST_OF_UNIT)
        json_text(t->json, p->name, t->scheme->unit[t->method->of_unit].id);
}

static void put(const struct telling *t, const struct method_parameter *p) {
    switch (p->type) {
    case METHOD_NUMBER:
    case METHOD_SHARE:
        put_number(t, p);
        break;
    case METHOD_FLAG:
        if (*(const bool *)member(t->method, p))
            json_flag(t->json, p->name, true);
        break;
    case METHOD_WORD:
        put_word(t, p);
        break;
    case METHOD_SCORES:
        put_scores(t, p);
        break;
    case METHOD_BANDS:
        put_bands(t, p);
        break;
    case METHOD_LEVELS:
        put_levels(t, p);
        break;
    case METHOD_EXPRESSION:
        json_text_if(t->json, p->name,
                     ((const struct baton_expression *)member(t->method, p))->text);
        break;
    case METHOD_WHERE:
        put_where(t, p);
        break;
    case METHOD_UNIT:
        put_reference(t, p);
        break;
    }
}

void method_json(struct baton_arena *arena, const struct baton_scheme *scheme,
                 const struct baton_method *method, struct json *json) {
    struct baton_method plain;
    method_initial(method->kind, &plain);
    plain.ties = scheme->ties; /* of which no word need be said */
    const struct telling t = {arena, scheme, method, &plain, json};
    uint32_t own_count, common_count;
    const struct method_parameter *const own = method_parameters(method->kind, &own_count);
    const struct method_parameter *const common = method_parameters_common(&common_count);
    json_text(json, "kind", method_kind(method->kind)->name);
    json_object_tight(json, "parameters");
    for (uint32_t i = 0; i < own_count; i++)
        put(&t, &own[i]);
    for (uint32_t i = 0; i < common_count; i++)
        put(&t, &common[i]);
    json_end(json);
}
