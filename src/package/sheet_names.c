/* Names out of the mapping and the package, in one index each: what the mapping says comes first, then ids, then names of the package. */
#include "package/sheet_names.h"
#include "base/text.h"
#include "package/package.h"
#include <string.h>

static void add_skipped(struct mapping_index *index, const struct mapping_texts *skip) {
    for (uint32_t i = 0; i < skip->count; i++)
        mapping_index_add(index, skip->item[i].text, false, NAME_SKIP);
}

static uint32_t add_unit(struct sheet_names *names, const char *id) {
    const uint32_t index = (uint32_t)names->unit_count;
    *ARRAY_PUSH(names->arena, names->unit, names->unit_count, names->unit_capacity) = id;
    return index;
}

/* A name of a unit of the package; one that two have names neither. */
static void add_unit_name(struct sheet_names *names, const char *name, uint32_t unit,
                          uint32_t first_of_package) {
    if (name == NULL)
        return;
    const uint32_t has = mapping_index_add(&names->units, name, true, unit);
    if (has != unit && has >= first_of_package && has < names->unit_count &&
        strcmp(names->unit[has], name) != 0) {
        const char *normal = mapping_normal(names->arena, name, names->units.loose);
        hash_add(names->arena, &names->several, normal, strlen(normal), unit);
    }
}

static void add_units(struct sheet_names *names) {
    const struct mapping *m = names->import->mapping;
    add_skipped(&names->units, &m->unit.skip);
    for (uint32_t i = 0; i < m->unit_name_count; i++) {
        const uint32_t unit = add_unit(names, m->unit_name[i].id);
        if (m->unit_name[i].text.text != NULL)
            mapping_index_add(&names->units, m->unit_name[i].text.text, false, unit);
    }
    if (names->import->package == NULL)
        return;
    const struct baton_scheme *scheme = &names->import->package->scheme;
    const uint32_t first = (uint32_t)names->unit_count;
    for (uint32_t i = 0; i < scheme->unit_count; i++)
        mapping_index_add(&names->units, scheme->unit[i].id, true,
                          add_unit(names, scheme->unit[i].id));
    for (uint32_t i = 0; i < scheme->unit_count; i++) {
        add_unit_name(names, scheme->unit[i].name.zh, first + i, first);
        add_unit_name(names, scheme->unit[i].name.en, first + i, first);
    }
}

static uint32_t add_element(struct sheet_names *names, struct mapping_element element) {
    const uint32_t index = (uint32_t)names->element_count;
    *ARRAY_PUSH(names->arena, names->element, names->element_count, names->element_capacity) =
        element;
    return index;
}

static void add_elements(struct sheet_names *names) {
    const struct mapping *m = names->import->mapping;
    add_skipped(&names->elements, &m->element.skip);
    for (uint32_t i = 0; i < m->element_name_count; i++) {
        const uint32_t element = add_element(names, m->element_name[i]);
        if (m->element_name[i].text.text != NULL)
            mapping_index_add(&names->elements, m->element_name[i].text.text, false, element);
    }
    if (names->import->package == NULL)
        return;
    const struct baton_scheme *scheme = &names->import->package->scheme;
    for (uint32_t i = 0; i < scheme->element_count; i++)
        if (scheme->element[i].value.text == NULL)
            mapping_index_add(
                &names->elements, scheme->element[i].id, true,
                add_element(names, (struct mapping_element){.id = scheme->element[i].id}));
}

static void add_periods(const struct sheet_names *names, const struct mapping_period_place *place,
                        struct sheet_periods *out) {
    struct baton_arena *const arena = names->arena;
    *out = (struct sheet_periods){
        .place = place,
        .normal = arena_alloc(arena, place->name_count, sizeof *out->normal),
        .pattern = arena_alloc(arena, place->name_count, sizeof *out->pattern)};
    for (uint32_t i = 0; i < place->name_count; i++) {
        const char *normal = mapping_normal(arena, place->name[i].text.text, names->units.loose);
        out->normal[i] = normal;
        /* a name that is there already is tried after it, as patterns are */
        if (strpbrk(normal, "*{") != NULL ||
            hash_add(arena, &out->exact, normal, strlen(normal), i) != i)
            out->pattern[out->pattern_count++] = i;
    }
}

void sheet_names_open(struct baton_arena *arena, const struct sheet_import *import,
                      struct sheet_names *out) {
    const bool loose = import->mapping->loose;
    *out = (struct sheet_names){.arena = arena,
                                .import = import,
                                .units = {.arena = arena, .loose = loose},
                                .elements = {.arena = arena, .loose = loose},
                                .skip = {.arena = arena, .loose = loose},
                                .guesses = MAPPING_GUESSES};
    add_units(out);
    add_elements(out);
    add_skipped(&out->skip, &import->mapping->period.place.skip);
    add_periods(out, &import->mapping->period, &out->period);
    add_periods(out, &import->mapping->year, &out->year);
}

uint32_t sheet_names_unit(struct sheet_names *names, const char *text) {
    if (hash_find(&names->several, text, strlen(text)) != HASH_NONE)
        return NAME_SEVERAL;
    const uint32_t known = mapping_index_find(&names->units, text);
    const struct sheet_import *import = names->import;
    if (known != NAME_NONE || import->package != NULL || import->mapping->unit_name_count > 0 ||
        !text_is_identifier(text, strlen(text)))
        return known;
    return mapping_index_add(&names->units, text, true, add_unit(names, text));
}

uint32_t sheet_names_element(struct sheet_names *names, const char *text) {
    const uint32_t known = mapping_index_find(&names->elements, text);
    const struct sheet_import *import = names->import;
    if (known != NAME_NONE || import->package != NULL || import->mapping->element_name_count > 0 ||
        !text_is_identifier(text, strlen(text)))
        return known;
    return mapping_index_add(&names->elements, text, true,
                             add_element(names, (struct mapping_element){.id = text}));
}

static bool means(const struct sheet_periods *periods, uint32_t name, int year, const char *text,
                  struct baton_period *out) {
    return mapping_period_matches(periods->normal[name], periods->place->name[name].means, year,
                                  text, out);
}

bool sheet_names_period(const struct sheet_periods *periods, int year, const char *text,
                        struct baton_period *out) {
    if (baton_period_parse(text, strlen(text), out))
        return true;
    uint32_t exact = hash_find(&periods->exact, text, strlen(text));
    for (uint32_t i = 0; i < periods->pattern_count; i++) {
        const uint32_t pattern = periods->pattern[i];
        if (exact < pattern) { // names are tried in their order
            if (means(periods, exact, year, text, out))
                return true;
            exact = HASH_NONE;
        }
        if (means(periods, pattern, year, text, out))
            return true;
    }
    return exact != HASH_NONE && means(periods, exact, year, text, out);
}

bool sheet_names_skip(const struct sheet_names *names, const char *text) {
    return mapping_index_first(&names->skip, text) != HASH_NONE;
}
