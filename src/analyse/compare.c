/* A comparison as a whole: pairs, then what differs, then what of it belongs together. */
#include "analyse/compare.h"
#include <assert.h>
#include <string.h>

bool compare_is_scheme(const char *file) {
    return strcmp(file, "scheme.yaml") == 0 || strcmp(file, "scheme") == 0;
}

/* Where a thing stands names its place in scheme.yaml, "adjustments.items[0]"; where a field of it does is told with the
 * field behind, "adjustments.items[0].cap". What has no row of its own names the whole path already. */
static void name_field(struct compare *c, struct baton_where *at, const char *field) {
    if (at->file == NULL || (at->row == 0 && at->field != NULL))
        return;
    at->field = !compare_is_scheme(at->file) || at->field == NULL
                    ? field
                    : arena_printf(c->arena, "%s.%s", at->field, field);
}

static void name_fields(struct compare *c) {
    for (size_t i = 0; i < c->change_count; i++) {
        struct baton_change *change = &c->change[i];
        if (change->subject == BATON_SUBJECT_ELEMENT || change->field == NULL)
            continue; /* an expression's place is its own */
        name_field(c, &change->at_before, change->field);
        name_field(c, &change->at_after, change->field);
    }
}

const struct baton_comparison *baton_compare(
    struct baton_arena *arena, const struct baton_scheme *before, const struct baton_scheme *after,
    bool (*place)(void *context, const char *basis, struct baton_place *out), void *context) {
    struct compare *c = arena_alloc(arena, 1, sizeof(*c));
    c->arena = arena;
    c->before = c->result.before = before;
    c->after = c->result.after = after;
    c->result.inside = c;
    compare_pair_all(c);
    compare_nodes(c);
    compare_elements(c);
    compare_methods(c);
    compare_settings(c);
    compare_ratings(c);
    compare_grades(c);
    compare_groups(c);
    compare_units(c);
    compare_items(c);
    compare_awards(c);
    compare_checks(c);
    compare_imports(c);
    name_fields(c);
    compare_amend(c, place, context);
    return &c->result;
}

const char *baton_subject_name(enum baton_subject subject) {
    static const char *const names[BATON_SUBJECTS] = {
        [BATON_SUBJECT_NODE] = "node",       [BATON_SUBJECT_WEIGHT] = "override",
        [BATON_SUBJECT_ELEMENT] = "element", [BATON_SUBJECT_METHOD] = "method",
        [BATON_SUBJECT_SETTING] = "setting", [BATON_SUBJECT_RATINGS] = "ratings",
        [BATON_SUBJECT_GRADE] = "grade",     [BATON_SUBJECT_GROUP] = "group",
        [BATON_SUBJECT_UNIT] = "unit",       [BATON_SUBJECT_ITEM] = "item",
        [BATON_SUBJECT_AWARD] = "award",     [BATON_SUBJECT_CHECK] = "check",
        [BATON_SUBJECT_IMPORT] = "import"};
    assert(subject < BATON_SUBJECTS);
    return names[subject];
}

const char *baton_act_name(enum baton_act act) {
    static const char *const names[] = {"changed", "added", "dropped", "moved", "renamed"};
    return names[act];
}
