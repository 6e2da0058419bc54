/* A figure has no name of its own in a scheme: the indicator has one. */
#include "flow/figure_names.h"
#include <string.h>

void figure_names_make(struct baton_arena *arena, const struct baton_scheme *scheme,
                       struct figure_names *out) {
    *out = (struct figure_names){.arena = arena, .scheme = scheme};
    hash_reserve(arena, &out->node, scheme->node_count);
    for (uint32_t n = 0; n < scheme->node_count; n++)
        hash_add(arena, &out->node, scheme->node[n].id, strlen(scheme->node[n].id), n);
}

const char *figure_indicator(const struct figure_names *names, const struct expectation *figure,
                             enum baton_language language) {
    const uint32_t node = hash_find(&names->node, figure->indicator, strlen(figure->indicator));
    return node == HASH_NONE
               ? figure->element
               : baton_text_in(&names->scheme->node[node].name, language, figure->element);
}

const char *figure_name_and_id(const struct figure_names *names, const struct expectation *figure,
                               enum baton_language language) {
    const char *const name = figure_indicator(names, figure, language);
    return strcmp(name, figure->element) == 0
               ? name
               : arena_printf(names->arena, language == BATON_ZH ? "%s（%s）" : "%s (%s)", name,
                              figure->element);
}

const char *figure_name(const struct figure_names *names, const struct expectation *figure,
                        enum baton_language language) {
    const uint32_t node = hash_find(&names->node, figure->indicator, strlen(figure->indicator));
    return node != HASH_NONE && names->scheme->node[node].element == figure->element_index
               ? figure_indicator(names, figure, language)
               : figure_name_and_id(names, figure, language);
}
