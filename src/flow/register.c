/* The lists of all assessments behind each other; what comes from elsewhere is found by unit and element. */
#include "flow/register.h"
#include "base/hash.h"
#include "engine/session.h"
#include <string.h>

static const char *key_of(struct baton_arena *arena, const char *unit, const char *element) {
    return arena_printf(arena, "%s\x1f%s", unit, element);
}

static void index_asked(struct baton_arena *arena, const struct expected *expected,
                        struct hash *out) {
    hash_reserve(arena, out, expected->count);
    for (size_t i = 0; i < expected->count; i++) {
        const char *const key = key_of(arena, expected->item[i]->unit, expected->item[i]->element);
        hash_add(arena, out, key, strlen(key), (uint32_t)i);
    }
}

/* The sharing by which a figure comes; NULL = it is asked. */
static const struct sharing *shared(struct baton_arena *arena, const struct figure_register *of,
                                    const struct sharings *sharings, const char *assessment,
                                    const struct expectation *one) {
    for (size_t i = 0; i < sharings->count; i++) {
        const struct sharing *const sharing = &sharings->item[i];
        if (strcmp(sharing->assessment, assessment) != 0 ||
            strcmp(sharing->element, one->element) != 0)
            continue;
        for (size_t s = 0; s < of->source_count; s++) {
            if (strcmp(of->source[s].assessment, sharing->from) != 0)
                continue;
            const char *const key = key_of(arena, one->unit, sharing->from_element);
            const uint32_t at = hash_find(&of->asked[s], key, strlen(key));
            return at != HASH_NONE && of->expected[s].item[at]->frequency == one->frequency
                       ? sharing
                       : NULL;
        }
        return NULL;
    }
    return NULL;
}

static void add_levels(struct baton_arena *arena, struct figure_register *of) {
    for (size_t s = 0; s < of->source_count; s++) {
        const struct baton_scheme *const scheme = of->expected[s].scheme;
        for (uint32_t u = 0; u < scheme->unit_count; u++)
            unit_levels_add(arena, &of->levels, scheme->unit[u].id, scheme->unit[u].kind);
    }
}

void register_make(struct baton_arena *arena, const struct register_source *source, size_t count,
                   const struct sharings *sharings, struct figure_register *out) {
    struct expected *const expected = arena_alloc(arena, count, sizeof *expected);
    struct hash *const asked = arena_alloc(arena, count, sizeof *asked);
    size_t *const first = arena_alloc(arena, count + 1, sizeof *first);
    for (size_t s = 0; s < count; s++) {
        expected_all(arena, source[s].session, &expected[s]);
        index_asked(arena, &expected[s], &asked[s]);
        first[s + 1] = first[s] + expected[s].count;
    }
    struct register_figure *const figure = arena_alloc(arena, first[count], sizeof *figure);
    *out = (struct figure_register){.source = source,
                                    .source_count = count,
                                    .expected = expected,
                                    .asked = asked,
                                    .figure = figure,
                                    .first = first,
                                    .count = first[count]};
    add_levels(arena, out);
    for (size_t s = 0; s < count; s++)
        for (size_t i = 0; i < expected[s].count; i++)
            figure[first[s] + i] = (struct register_figure){
                (uint32_t)s, expected[s].item[i],
                shared(arena, out, sharings, source[s].assessment, expected[s].item[i])};
}

const struct baton_scheme *register_scheme(const struct figure_register *of,
                                           const struct register_figure *figure) {
    return of->expected[figure->source].scheme;
}

const char *register_level(const struct figure_register *of, const struct register_figure *figure) {
    const char *const kind = register_scheme(of, figure)->unit[figure->as->reporter_index].kind;
    return kind == NULL ? "" : kind;
}

enum permitted register_permitted(const struct figure_register *of, const struct permits *permits,
                                  const struct register_figure *figure, int32_t day) {
    const struct permit_asked asked = {of->source[figure->source].assessment, figure->as->element,
                                       figure->as->verifier, day};
    const char *by;
    return permits_of_unit(permits, &of->levels, figure->as->reporter, register_level(of, figure),
                           &asked, &by);
}

/* The leaf that says who reports it; NULL = none names it. */
static const struct leaf *leaf_of(const struct figure_register *of,
                                  const struct register_figure *figure) {
    const struct baton_session *const session = of->source[figure->source].session;
    for (uint32_t i = 0; i < session->leaf_count; i++)
        if (strcmp(session->leaf[i].as->id, figure->as->indicator) == 0)
            return &session->leaf[i];
    return NULL;
}

const char *register_name(const struct figure_register *of, const struct register_figure *figure,
                          enum baton_language language) {
    const struct leaf *const leaf = leaf_of(of, figure);
    return leaf == NULL ? figure->as->element
                        : baton_text_in(&leaf->as->name, language, leaf->as->id);
}

bool register_is_own_name(const struct figure_register *of, const struct register_figure *figure) {
    const struct leaf *const leaf = leaf_of(of, figure);
    return leaf != NULL && leaf->as->element == figure->as->element_index;
}

const char *register_origin(const struct figure_register *of,
                            const struct register_figure *figure) {
    const struct leaf *const leaf = leaf_of(of, figure);
    return leaf == NULL || leaf->as->source == NULL ? "" : leaf->as->source;
}

bool register_runs_in(const struct figure_register *of, uint32_t source, int year) {
    const struct register_source *const one = &of->source[source];
    for (size_t i = 0; i < one->year_count; i++)
        if (one->year[i] == year)
            return true;
    return of->expected[source].scheme->period.year == year;
}

bool register_meet(const struct figure_register *of, uint32_t a, uint32_t b) {
    const struct register_source *const one = &of->source[a];
    for (size_t i = 0; i < one->year_count; i++)
        if (register_runs_in(of, b, one->year[i]))
            return true;
    return register_runs_in(of, b, of->expected[a].scheme->period.year);
}

static bool is_of(const char *asked, const char *is) {
    return asked == NULL || strcmp(asked, is) == 0;
}

bool register_holds(const struct figure_register *of, const struct register_filter *filter,
                    const struct register_figure *figure) {
    return is_of(filter->assessment, of->source[figure->source].assessment) &&
           is_of(filter->unit, figure->as->unit) && is_of(filter->reporter, figure->as->reporter) &&
           is_of(filter->element, figure->as->element) &&
           is_of(filter->department, figure->as->verifier) &&
           is_of(filter->level, register_level(of, figure));
}
