/* `methods` of scheme.yaml: named parameter sets. Which parameters a kind has, with types, ranges and defaults, is the
 * table of engine/methods.def; this file knows how a parameter of each type is written. */
#include "base/limits.h"
#include "base/text.h"
#include "engine/methods.h"
#include "package/scheme_reader.h"
#include <math.h>
#include <string.h>

/* The keys that a method of a kind may have: `kind`, its own parameters, those of every kind. */
static const char *key_of_kind(const void *context, size_t index) {
    const enum baton_method_kind kind = *(const enum baton_method_kind *)context;
    uint32_t count;
    if (index == 0)
        return "kind";
    const struct method_parameter *own = method_parameters(kind, &count);
    if (index <= count)
        return own[index - 1].name;
    index -= count + 1;
    return method_parameters_common(&count)[index].name;
}

static void report_parameter(struct scheme_reader *r, const struct yaml_value *value,
                             enum baton_method_kind kind) {
    struct text_guess guess = {.text = value->key, .size = strlen(value->key)};
    uint32_t own, common;
    method_parameters(kind, &own);
    method_parameters_common(&common);
    const size_t count = 1 + own + common;
    for (size_t i = 0; i < count; i++)
        text_guess_offer(&guess, key_of_kind(&kind, i), strlen(key_of_kind(&kind, i)));
    baton_findings_add(r->keys.found, BATON_METHOD_PARAMETER, keys_at_key(&r->keys, value),
                       keys_key(&r->keys, value), method_kind(kind)->name,
                       keys_joined(&r->keys, count, key_of_kind, &kind), guess.best);
}

/* Tables */

static void read_scores(struct scheme_reader *r, const struct yaml_value *list,
                        struct baton_method *method) {
    if (!keys_is_list(&r->keys, list))
        return;
    double *table = arena_alloc(r->keys.arena, list->count, sizeof(*table));
    uint32_t count = 0;
    for (const struct yaml_value *value = list->first; value != NULL; value = value->next) {
        if (!keys_number(&r->keys, value, -1e100, 1e100, &table[count]))
            continue;
        if (count > 0 && table[count] > table[count - 1])
            keys_report(&r->keys, BATON_TABLE_RISES, value, value->text, NULL, NULL, NULL);
        count++;
    }
    if (list->count == 0)
        keys_report(&r->keys, BATON_TABLE_EMPTY, list, NULL, NULL, NULL, NULL);
    method->table = table;
    method->table_count = count;
}

/* Bounds fall (for figures of which more is better) or rise (less is better), strictly; which of the two the indicator
 * wants is known only there, and checked in sound.c. */
static void check_bands(struct scheme_reader *r, const struct yaml_value *list,
                        const struct baton_band *band) {
    const struct yaml_value *line = list->first->next;
    for (uint32_t i = 1; line != NULL; i++, line = line->next) {
        bool falls = band[1].bound < band[0].bound;
        if (band[i].bound == band[i - 1].bound || (band[i].bound < band[i - 1].bound) != falls) {
            char bound[BATON_NUMBER_SHORTEST_SIZE], before[BATON_NUMBER_SHORTEST_SIZE];
            baton_number_shortest(band[i].bound, bound);
            baton_number_shortest(band[i - 1].bound, before);
            keys_report(&r->keys, BATON_BANDS_ORDER, line, bound, before, NULL, NULL);
        } else if (band[i].score > band[i - 1].score) {
            char score[BATON_NUMBER_SHORTEST_SIZE];
            baton_number_shortest(band[i].score, score);
            keys_report(&r->keys, BATON_TABLE_RISES, line, score, NULL, NULL, NULL);
        }
    }
}

static void read_bands(struct scheme_reader *r, const struct yaml_value *list,
                       struct baton_method *method) {
    if (!keys_is_list(&r->keys, list))
        return;
    if (list->count == 0) {
        keys_report(&r->keys, BATON_TABLE_EMPTY, list, NULL, NULL, NULL, NULL);
        return;
    }
    struct baton_band *band = arena_alloc(r->keys.arena, list->count, sizeof(*band));
    uint32_t count = 0;
    for (const struct yaml_value *pair = list->first; pair != NULL; pair = pair->next) {
        if (pair->kind == YAML_REFUSED)
            continue;
        if (pair->kind != YAML_LIST || pair->count != 2) {
            keys_report(&r->keys, BATON_BAND_FORM, pair, NULL, NULL, NULL, NULL);
            continue;
        }
        bool bound = keys_number(&r->keys, pair->first, -1e100, 1e100, &band[count].bound);
        bool score = keys_number(&r->keys, pair->last, -1e100, 1e100, &band[count].score);
        count += bound && score;
    }
    if (count == list->count)
        check_bands(r, list, band);
    method->bands = band;
    method->table_count = count;
}

static void read_levels(struct scheme_reader *r, const struct yaml_value *map,
                        struct baton_method *method) {
    if (!keys_is_map(&r->keys, map))
        return;
    if (map->count == 0)
        keys_report(&r->keys, BATON_TABLE_EMPTY, map, NULL, NULL, NULL, NULL);
    struct baton_band *band = arena_alloc(r->keys.arena, map->count, sizeof(*band));
    uint32_t count = 0;
    for (const struct yaml_value *value = map->first; value != NULL; value = value->next) {
        size_t size = strlen(value->key), trimmed_size = size;
        const char *trimmed = value->key;
        text_trim(&trimmed, &trimmed_size);
        if (size == 0 || trimmed_size != size ||
            size > LIMIT_ID_SIZE) { /* no field of a table could hold it */
            baton_findings_add(r->keys.found, BATON_CODE_BAD, keys_at_key(&r->keys, value),
                               package_excerpt(r->keys.arena, value->key, size),
                               package_count(r->keys.arena, LIMIT_ID_SIZE), NULL, NULL);
            continue;
        }
        if (!keys_number(&r->keys, value, -1e100, 1e100, &band[count].score))
            continue;
        band[count++].bound = package_code(r->package, value->key, size);
    }
    method->bands = band;
    method->table_count = count;
}

/* Names of `where` */

static bool name_is_sound(struct scheme_reader *r, const struct yaml_value *value) {
    /* The names that an expression of a method sees already, and the words of the language. */
    static const char reserved[] = "x target baseline lo hi elapsed and or not if where";
    if (!keys_name(&r->keys, value))
        return false;
    if (method_word(reserved, value->key) >= 0) {
        baton_findings_add(r->keys.found, BATON_NAME_RESERVED, keys_at_key(&r->keys, value),
                           value->key, NULL, NULL, NULL);
        return false;
    }
    if (strchr("0123456789.-", value->key[0]) != NULL || strchr(value->key, '-') != NULL) {
        baton_findings_add(r->keys.found, BATON_NAME_BAD, keys_at_key(&r->keys, value), value->key,
                           NULL, NULL, NULL);
        return false;
    }
    return true;
}

static void read_where(struct scheme_reader *r, const struct yaml_value *map,
                       struct baton_method *method) {
    if (!keys_is_map(&r->keys, map))
        return;
    const char **name = arena_alloc(r->keys.arena, map->count, sizeof(*name));
    struct baton_expression *expression =
        arena_alloc(r->keys.arena, map->count, sizeof(*expression));
    uint32_t count = 0;
    for (const struct yaml_value *value = map->first; value != NULL; value = value->next) {
        name[count] = value->key;
        bool sound = name_is_sound(r, value);
        if (keys_expression(&r->keys, value, &expression[count]) && sound)
            count++;
    }
    method->where_name = name;
    method->where_value = expression;
    method->where_count = count;
}

/* Parameters */

/* `mean`, or a unit that is looked up when units are known. */
static void read_of(struct scheme_reader *r, const struct yaml_value *value,
                    struct baton_method *method) {
    const char *id;
    if (!keys_text(&r->keys, value, &id))
        return;
    if (strcmp(id, "mean") == 0) {
        method->of = BATON_BEST_OF_MEAN;
        return;
    }
    method->of = BATON_BEST_OF_UNIT;
    /* The method gets its index when it is added. */
    scheme_later(r, value, NULL)->method = r->scheme->method_count;
}

static void read_word(struct scheme_reader *r, const struct method_parameter *parameter,
                      const struct yaml_value *value, void *member) {
    int word;
    if (!keys_word(&r->keys, value, parameter->words, &word))
        return;
    if (parameter->size == sizeof(bool))
        *(bool *)member = word == 1;
    else
        memcpy(member, &word, sizeof(word));
}

static void read_parameter(struct scheme_reader *r, const struct method_parameter *parameter,
                           const struct yaml_value *value, struct baton_method *method) {
    void *member = (char *)method + parameter->offset;
    switch (parameter->type) {
    case METHOD_NUMBER:
        keys_number(&r->keys, value, parameter->lowest, parameter->highest, member);
        break;
    case METHOD_SHARE:
        keys_hundredths(&r->keys, value, parameter->highest, member);
        break;
    case METHOD_FLAG:
        keys_flag(&r->keys, value, member);
        break;
    case METHOD_WORD:
        read_word(r, parameter, value, member);
        break;
    case METHOD_SCORES:
        read_scores(r, value, method);
        break;
    case METHOD_BANDS:
        read_bands(r, value, method);
        break;
    case METHOD_LEVELS:
        read_levels(r, value, method);
        break;
    case METHOD_EXPRESSION:
        keys_expression(&r->keys, value, member);
        break;
    case METHOD_WHERE:
        read_where(r, value, method);
        break;
    case METHOD_UNIT:
        read_of(r, value, method);
        break;
    }
}

static bool is_given(const struct yaml_value *map, const char *name) {
    return yaml_get(map, name) != NULL;
}

/* What the parameters must be together. */
static void check_together(struct scheme_reader *r, const struct yaml_value *map,
                           const struct baton_method *method) {
    static const struct { const char *low, *high; } order[] = {{"floor", "cap"}, {"low", "high"}};
    const double low[] = {method->floor, method->low}, high[] = {method->cap, method->high};
    for (size_t i = 0; i < LENGTH(order); i++) {
        if (!(low[i] > high[i]))
            continue;
        const struct yaml_value *at = yaml_get(map, order[i].low);
        char low_text[BATON_NUMBER_SHORTEST_SIZE], high_text[BATON_NUMBER_SHORTEST_SIZE];
        baton_number_shortest(low[i], low_text);
        baton_number_shortest(high[i], high_text);
        keys_report(&r->keys, BATON_LOW_ABOVE_HIGH, at != NULL ? at : yaml_get(map, order[i].high),
                    order[i].low, low_text, order[i].high, high_text);
    }
    bool ranks = method->kind == BATON_METHOD_RANK || method->kind == BATON_METHOD_RACE;
    if (is_given(map, "ties") && !ranks)
        baton_findings_add(r->keys.found, BATON_METHOD_PARAMETER_IDLE,
                           keys_at_key(&r->keys, yaml_get(map, "ties")), "ties",
                           method_kind(method->kind)->name, NULL, NULL);
    if (method->kind == BATON_METHOD_RACE && is_given(map, "step") == is_given(map, "table"))
        baton_findings_add(r->keys.found, BATON_RACE_STEP_OR_TABLE, keys_at_key(&r->keys, map),
                           NULL, NULL, NULL, NULL);
    if (method->kind == BATON_METHOD_RACE && is_given(map, "first") && is_given(map, "table"))
        baton_findings_add(r->keys.found, BATON_METHOD_PARAMETER_IDLE,
                           keys_at_key(&r->keys, yaml_get(map, "first")), "first", "race", NULL,
                           NULL);
}

static void check_needed(struct scheme_reader *r, const struct yaml_value *map,
                         enum baton_method_kind kind) {
    uint32_t count;
    const struct method_parameter *own = method_parameters(kind, &count);
    for (uint32_t i = 0; i < count; i++)
        if (own[i].initial == NULL && !is_given(map, own[i].name))
            baton_findings_add(r->keys.found, BATON_METHOD_PARAMETER_NEEDED,
                               keys_at_key(&r->keys, map), own[i].name, method_kind(kind)->name,
                               own[i].doc[BATON_EN], own[i].doc[BATON_ZH]);
}

static const char *name_of_kind(const void *context, size_t index) {
    (void)context;
    return method_kind((enum baton_method_kind)index)->name;
}

/* The kind that the method has; BATON_METHOD_KINDS, with a finding, where there is no telling. */
static enum baton_method_kind read_kind(struct scheme_reader *r, const struct yaml_value *map) {
    const struct yaml_value *value = yaml_get(map, "kind");
    const char *name;
    if (value == NULL) {
        baton_findings_add(r->keys.found, BATON_KEY_NEEDED, keys_at_key(&r->keys, map), "kind",
                           NULL, NULL, NULL);
        return BATON_METHOD_KINDS;
    }
    if (!keys_text(&r->keys, value, &name))
        return BATON_METHOD_KINDS;
    enum baton_method_kind kind = method_kind_find(name);
    if (kind == BATON_METHOD_KINDS) {
        struct text_guess guess = {.text = name, .size = value->size};
        for (size_t i = 0; i < BATON_METHOD_KINDS; i++)
            text_guess_offer(&guess, name_of_kind(NULL, i), strlen(name_of_kind(NULL, i)));
        keys_report(&r->keys, BATON_METHOD_KIND_UNKNOWN, value, keys_excerpt(&r->keys, value),
                    guess.best, keys_joined(&r->keys, BATON_METHOD_KINDS, name_of_kind, NULL),
                    NULL);
    }
    return kind;
}

/* One that is wrong stands for itself all the same, so that the indicators that name it are not wrong too. */
static struct baton_method method_of(struct scheme_reader *r, const struct yaml_value *map,
                                     const char *id) {
    enum baton_method_kind kind = BATON_METHOD_KINDS;
    struct baton_method method;
    if (keys_is_map(&r->keys, map))
        kind = read_kind(r, map);
    method_initial(kind == BATON_METHOD_KINDS ? BATON_METHOD_DIRECT : kind, &method);
    method.id = id != NULL ? id : method_kind(method.kind)->name;
    method.at = keys_at_key(&r->keys, map);
    method.ties = r->scheme->ties;
    if (kind == BATON_METHOD_KINDS)
        return method;
    for (const struct yaml_value *value = map->first; value != NULL; value = value->next) {
        const struct method_parameter *parameter = method_parameter_find(kind, value->key);
        if (parameter != NULL)
            read_parameter(r, parameter, value, &method);
        else if (strcmp(value->key, "kind") != 0)
            report_parameter(r, value, kind);
    }
    check_needed(r, map, kind);
    check_together(r, map, &method);
    return method;
}

static void read_method(struct scheme_reader *r, const struct yaml_value *map) {
    const bool named = keys_name(&r->keys, map);
    const struct baton_method method = method_of(r, map, map->key);
    if (named)
        package_method_add(r->package, &method);
}

void scheme_try_method(struct scheme_reader *r) {
    struct package_reader *const package = r->package;
    const struct baton_method_trial *const trial = package->trial;
    struct yaml_value *root;
    package->trial_method = BATON_NONE;
    if (trial == NULL || trial->text == NULL)
        return;
    const struct keys keys = r->keys;
    r->keys.file = "method";
    r->keys.is_sheet = false;
    if (yaml_read(package->arena, r->keys.file, trial->text, trial->size, &root, package->found) ==
        BATON_OK) {
        const struct baton_method method = method_of(r, root, NULL);
        size_t count = r->scheme->method_count;
        *ARRAY_PUSH(package->arena, r->scheme->method, count, package->method_capacity) = method;
        package->trial_method = r->scheme->method_count++;
    }
    r->keys = keys;
}

void scheme_read_methods(struct scheme_reader *r, const struct yaml_value *map) {
    for (const struct yaml_value *value = map == NULL ? NULL : map->first; value != NULL;
         value = value->next)
        read_method(r, value);
}
