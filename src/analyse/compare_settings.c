/* Settings of the scheme as a whole. Groups and methods have what they inherit written into them by the reader; what changed in
 * the scheme is told once here and not again for each that inherits it. */
#include "analyse/compare.h"
#include "base/frequency.h"
#include <assert.h>
#include <math.h>
#include <string.h>

static const char *const roundings[] = {"half_away", "half_even", "down"};
static const char *const rank_ons[] = {"rounded", "exact"};
static const char *const ties[] = {"min", "dense", "max", "average"};
static const char *const round_ats[] = {"published", "node"};
static const char *const compares[] = {"previous", "same_last_year"};
static const char *const flags[] = {"false", "true"};

#define SETTING(path, name, type, member, words) \
    { \
        {name, \
         type, \
         offsetof(struct baton_scheme, member), \
         sizeof(((struct baton_scheme *)0)->member), \
         words, \
         true}, \
            path \
    }
#define DUE(name, kind) SETTING("due." name, name, TYPE_DAYS, due_days[kind], NULL)

/* The last two have no member of the scheme: they are folded from the groups. */
static const struct compare_setting settings[] = {
    SETTING("frequency", "frequency", TYPE_WORD, frequency, frequency_word),
    SETTING("defaults.present", "present", TYPE_SHARE, present, NULL),
    SETTING("scoring.decimals", "decimals", TYPE_WHOLE, decimals, NULL),
    SETTING("scoring.rounding", "rounding", TYPE_WORD, rounding, roundings),
    SETTING("scoring.rank_on", "rank_on", TYPE_WORD, rank_on, rank_ons),
    SETTING("scoring.ties", "ties", TYPE_WORD, ties, ties),
    SETTING("scoring.round_at", "round_at", TYPE_WORD, round_at_node, round_ats),
    SETTING("scoring.total", "total", TYPE_NUMBER, total, NULL),
    DUE("day", BATON_DAY),
    DUE("week", BATON_WEEK),
    DUE("month", BATON_MONTH),
    DUE("quarter", BATON_QUARTER),
    DUE("half", BATON_HALF),
    DUE("year", BATON_YEAR),
    SETTING("compare", "compare", TYPE_WORD, compare, compares),
    SETTING("compare_across_years", "compare_across_years", TYPE_WORD, compare_across_years, flags),
    SETTING("adjustments.cap.bonus", "bonus", TYPE_NUMBER, cap_bonus, NULL),
    SETTING("adjustments.cap.deduction", "deduction", TYPE_NUMBER, cap_deduction, NULL),
    {{"ties_by", TYPE_TEXT, 0, 0, NULL, true}, "scoring.ties_by"},
    {{"bounds", TYPE_TEXT, 0, 0, NULL, true}, "scoring.bounds"},
};
static_assert(LENGTH(settings) <= SETTINGS_MOST, "room for a flag each");
enum { FOLDED = LENGTH(settings) - 2 };

const struct compare_setting *compare_setting_list(uint32_t *count) {
    *count = LENGTH(settings);
    return settings;
}

uint32_t compare_setting_entity(const struct compare *c, const char *path) {
    for (uint32_t i = 0; i < LENGTH(settings); i++)
        if (strcmp(settings[i].path, path) == 0)
            return compare_entity(c, ENTITY_SETTING, i);
    assert(!"a path of the table");
    return BATON_NONE;
}

/* ---- What is inherited. */

bool compare_group_inherits_total(const struct compare *c, const struct pair *group) {
    return c->before->group[group->before].total == c->before->total &&
           c->after->group[group->after].total == c->after->total;
}

bool compare_group_inherits_decimals(const struct compare *c, const struct pair *group) {
    return c->before->group[group->before].decimals == c->before->decimals &&
           c->after->group[group->after].decimals == c->after->decimals;
}

bool compare_group_inherits_ratings(const struct baton_scheme *scheme, uint32_t group) {
    return scheme->group[group].ratings.item == scheme->ratings.item;
}

bool compare_method_inherits_ties(const struct compare *c, const struct pair *method) {
    return c->before->method[method->before].ties == c->before->ties &&
           c->after->method[method->after].ties == c->after->ties;
}

/* ---- What is folded: where all groups have the same in the old scheme, and all the same in the new one. */

static bool same_ties_by(const struct baton_scheme *a, const struct baton_group *x,
                         const struct baton_scheme *b, const struct baton_group *y) {
    if (x->ties_by_count != y->ties_by_count)
        return false;
    for (uint32_t i = 0; i < x->ties_by_count; i++)
        if (strcmp(a->node[x->ties_by[i]].id, b->node[y->ties_by[i]].id) != 0)
            return false;
    return true;
}

static bool same_bounds(const struct baton_group *x, const struct baton_group *y) {
    return baton_number_equal_bits(x->bound_lo, y->bound_lo) &&
           baton_number_equal_bits(x->bound_hi, y->bound_hi);
}

static bool is_same(enum compare_folded which, const struct baton_scheme *a, uint32_t x,
                    const struct baton_scheme *b, uint32_t y) {
    return which == FOLDED_BOUNDS ? same_bounds(&a->group[x], &b->group[y])
                                  : same_ties_by(a, &a->group[x], b, &b->group[y]);
}

static bool is_uniform(enum compare_folded which, const struct baton_scheme *scheme) {
    for (uint32_t g = 1; g < scheme->group_count; g++)
        if (!is_same(which, scheme, 0, scheme, g))
            return false;
    return scheme->group_count > 0;
}

bool compare_is_folded(const struct compare *c, enum compare_folded which) {
    return is_uniform(which, c->before) && is_uniform(which, c->after);
}

static const char *folded_value(struct compare *c, enum compare_folded which,
                                const struct baton_scheme *scheme) {
    const struct baton_group *group = &scheme->group[0];
    if (which == FOLDED_BOUNDS)
        return compare_numbers(c, (const double[]){group->bound_lo, group->bound_hi}, 2);
    const char *list = "[";
    for (uint32_t i = 0; i < group->ties_by_count; i++)
        list = arena_printf(c->arena, "%s%s%s", list, i > 0 ? ", " : "",
                            scheme->node[group->ties_by[i]].id);
    return arena_printf(c->arena, "%s]", list);
}

static struct baton_change change_of(uint32_t setting) {
    const struct baton_where at = {.file = "scheme.yaml", .field = settings[setting].path};
    return (struct baton_change){.subject = BATON_SUBJECT_SETTING,
                                 .id = settings[setting].path,
                                 .number_before = NAN,
                                 .number_after = NAN,
                                 .index_before = BATON_NONE,
                                 .index_after = BATON_NONE,
                                 .at_before = at,
                                 .at_after = at,
                                 .effective = true};
}

void compare_settings(struct compare *c) {
    for (uint32_t i = 0; i < FOLDED; i++) {
        const struct baton_change change = change_of(i);
        compare_fields(c, compare_entity(c, ENTITY_SETTING, i), &settings[i].field, 1, c->before,
                       c->after, &change);
    }
    for (int which = FOLDED_TIES_BY; which <= FOLDED_BOUNDS; which++) {
        if (!compare_is_folded(c, which) || is_same(which, c->before, 0, c->after, 0))
            continue;
        struct baton_change change = change_of(FOLDED + which);
        change.field = settings[FOLDED + which].field.name;
        change.before = folded_value(c, which, c->before);
        change.after = folded_value(c, which, c->after);
        compare_add(c, compare_entity(c, ENTITY_SETTING, FOLDED + which), change);
    }
}
