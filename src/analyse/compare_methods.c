/* Methods, parameter by parameter as the table of methods has them, and named elements. */
#include "analyse/compare.h"
#include "engine/methods.h"
#include <assert.h>
#include <math.h>
#include <string.h>

/* Methods that the scheme does not define but a leaf names are kinds with their defaults. */
static bool is_defined(const struct baton_method *method) {
    return method->at.file == NULL || compare_is_scheme(method->at.file);
}

static const void *member(const struct method_parameter *parameter,
                          const struct baton_method *method) {
    return (const char *)method + parameter->offset;
}

/* A word of a list separated by spaces; NULL for an empty one. */
static const char *nth_word(struct compare *c, const char *words, int n) {
    for (; n > 0; n--)
        words += strcspn(words, " ") + 1;
    const size_t size = strcspn(words, " ");
    return size == 0 ? NULL : arena_text(c->arena, words, size);
}

static const char *bands_of(struct compare *c, const struct baton_scheme *scheme,
                            const struct baton_method *method) {
    const bool is_levels = method->kind == BATON_METHOD_LEVELS;
    const char *list = is_levels ? "{" : "[";
    for (uint32_t i = 0; i < method->table_count; i++) {
        const struct baton_band *band = &method->bands[i];
        const char *comma = i > 0 ? ", " : "", *score = compare_number(c, band->score);
        list = is_levels ? arena_printf(c->arena, "%s%s%s: %s", list, comma,
                                        scheme->code[(uint32_t)band->bound], score)
                         : arena_printf(c->arena, "%s%s[%s, %s]", list, comma,
                                        compare_number(c, band->bound), score);
    }
    return arena_printf(c->arena, "%s%s", list, is_levels ? "}" : "]");
}

static const char *where_of(struct compare *c, const struct baton_method *method) {
    const char *list = "{";
    if (method->where_count == 0)
        return NULL;
    for (uint32_t i = 0; i < method->where_count; i++)
        list = arena_printf(c->arena, "%s%s%s: \"%s\"", list, i > 0 ? ", " : "",
                            method->where_name[i], method->where_value[i].text);
    return arena_printf(c->arena, "%s}", list);
}

static const char *of_of(const struct baton_scheme *scheme, const struct baton_method *method) {
    if (method->of == BATON_BEST_OF_BEST)
        return NULL;
    return method->of == BATON_BEST_OF_MEAN ? "mean" : scheme->unit[method->of_unit].id;
}

/* A parameter as it would be written; NULL = none. */
static const char *parameter_of(struct compare *c, const struct baton_scheme *scheme,
                                const struct method_parameter *parameter,
                                const struct baton_method *method) {
    const void *at = member(parameter, method);
    int word = 0;
    switch (parameter->type) {
    case METHOD_NUMBER:
        return compare_number(c, *(const double *)at);
    case METHOD_SHARE:
        return compare_share(c, *(const double *)at / 100);
    case METHOD_FLAG:
        return *(const bool *)at ? "true" : "false";
    case METHOD_WORD:
        if (parameter->size == sizeof(bool))
            word = *(const bool *)at;
        else
            memcpy(&word, at, sizeof(word));
        return nth_word(c, parameter->words, word);
    case METHOD_SCORES:
        return method->table == NULL ? NULL
                                     : compare_numbers(c, method->table, method->table_count);
    case METHOD_BANDS:
    case METHOD_LEVELS:
        return bands_of(c, scheme, method);
    case METHOD_EXPRESSION:
        return ((const struct baton_expression *)at)->text;
    case METHOD_WHERE:
        return where_of(c, method);
    case METHOD_UNIT:
        return of_of(scheme, method);
    }
    return NULL;
}

static struct baton_change change_of(const struct compare *c, const struct pair *pair) {
    const struct baton_method *a =
        pair->before == BATON_NONE ? NULL : &c->before->method[pair->before];
    const struct baton_method *b =
        pair->after == BATON_NONE ? NULL : &c->after->method[pair->after];
    const struct baton_method *is = b != NULL ? b : a;
    assert(is != NULL); /* a pair has one at least */
    struct baton_change change = compare_change(
        BATON_SUBJECT_METHOD, pair, a == NULL ? NULL : &a->at, b == NULL ? NULL : &b->at);
    change.id = is->id;
    return change;
}

static bool same_parameter(const struct method_parameter *parameter, const char *before,
                           const char *after) {
    return parameter->type == METHOD_EXPRESSION || parameter->type == METHOD_WHERE
               ? compare_same_expression(before, after)
               : compare_same_text(before, after);
}

/* Tells the parameters of a list that differ. */
static void compare_parameters(struct compare *c, uint32_t pair,
                               const struct method_parameter *parameter, uint32_t count) {
    const struct pair *p = &c->method.pair[pair];
    const struct baton_method *a = &c->before->method[p->before], *b = &c->after->method[p->after];
    for (uint32_t i = 0; i < count; i++) {
        const char *before = parameter_of(c, c->before, &parameter[i], a);
        const char *after = parameter_of(c, c->after, &parameter[i], b);
        if (same_parameter(&parameter[i], before, after) ||
            (strcmp(parameter[i].name, "ties") == 0 && compare_method_inherits_ties(c, p)))
            continue;
        struct baton_change change = change_of(c, p);
        change.field = parameter[i].name;
        change.before = before;
        change.after = after;
        change.is_number = parameter[i].type == METHOD_NUMBER;
        if (change.is_number) {
            change.number_before = *(const double *)member(&parameter[i], a);
            change.number_after = *(const double *)member(&parameter[i], b);
        }
        compare_add(c, compare_entity(c, ENTITY_METHOD, pair), change);
    }
}

static void compare_one(struct compare *c, uint32_t pair) {
    const struct pair *p = &c->method.pair[pair];
    const struct baton_method *a = &c->before->method[p->before], *b = &c->after->method[p->after];
    uint32_t own, common;
    const struct method_parameter *parameter = method_parameters(a->kind, &own);
    const struct method_parameter *shared = method_parameters_common(&common);
    if (a->kind != b->kind) {
        struct baton_change change = change_of(c, p);
        change.field = "kind";
        change.before = method_kind(a->kind)->name;
        change.after = method_kind(b->kind)->name;
        compare_add(c, compare_entity(c, ENTITY_METHOD, pair), change);
        return;
    }
    compare_parameters(c, pair, parameter, own);
    compare_parameters(c, pair, shared, common);
}

bool compare_same_method(const struct compare *c, uint32_t method_before, uint32_t method_after) {
    if (method_before == BATON_NONE || method_after == BATON_NONE)
        return false;
    const struct pair *p = &c->method.pair[method_before];
    return p->after == method_after &&
           !c->touched[compare_entity(c, ENTITY_METHOD, method_before)] &&
           (c->before->method[method_before].ties == c->after->method[method_after].ties ||
            (c->before->method[method_before].kind != BATON_METHOD_RANK &&
             c->before->method[method_before].kind != BATON_METHOD_RACE));
}

void compare_methods(struct compare *c) {
    for (uint32_t i = 0; i < c->method.count; i++) {
        const struct pair *p = &c->method.pair[i];
        if (p->before != BATON_NONE && p->after != BATON_NONE) {
            compare_one(c, i);
            continue;
        }
        const bool is_added = p->before == BATON_NONE;
        const struct baton_method *method =
            is_added ? &c->after->method[p->after] : &c->before->method[p->before];
        if (!is_defined(method))
            continue;
        struct baton_change change = change_of(c, p);
        change.act = is_added ? BATON_ACT_ADDED : BATON_ACT_DROPPED;
        *(is_added ? &change.after : &change.before) = method_kind(method->kind)->name;
        change.effective = false; /* whoever uses it is told of */
        compare_add(c, compare_entity(c, ENTITY_METHOD, i), change);
    }
}

void compare_elements(struct compare *c) {
    for (uint32_t i = 0; i < c->element.count; i++) {
        const struct pair *p = &c->element.pair[i];
        const struct baton_element *a =
            p->before == BATON_NONE ? NULL : &c->before->element[p->before];
        const struct baton_element *b =
            p->after == BATON_NONE ? NULL : &c->after->element[p->after];
        const struct baton_element *is = b != NULL ? b : a;
        assert(is != NULL);
        const char *before = a == NULL ? NULL : a->value.text;
        const char *after = b == NULL ? NULL : b->value.text;
        if (compare_same_expression(before, after))
            continue;
        compare_add(c, compare_entity(c, ENTITY_ELEMENT, i),
                    (struct baton_change){
                        .subject = BATON_SUBJECT_ELEMENT,
                        .act = before == NULL  ? BATON_ACT_ADDED
                               : after == NULL ? BATON_ACT_DROPPED
                                               : BATON_ACT_CHANGED,
                        .id = is->id,
                        .field = before != NULL && after != NULL ? "value" : NULL,
                        .before = before,
                        .after = after,
                        .number_before = NAN,
                        .number_after = NAN,
                        .index_before = p->before,
                        .index_after = p->after,
                        .at_before = before == NULL ? (struct baton_where){0} : a->value.at,
                        .at_after = after == NULL ? (struct baton_where){0} : b->value.at,
                        .effective = true,
                    });
    }
}
