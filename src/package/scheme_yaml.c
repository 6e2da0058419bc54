/* scheme.yaml as a whole: the keys at the top, scoring, defaults and what is short; the other parts have files of their
 * own. Every map is read by its table of keys, so that a key is here once, with its type and range. */
#include "package/scheme_yaml.h"
#include "base/limits.h"
#include "package/scheme_reader.h"
#include <math.h>
#include <string.h>

struct scheme_later *scheme_later(struct scheme_reader *r, const struct yaml_value *value,
                                  uint32_t *node) {
    if (node != NULL)
        *node = BATON_NONE;
    struct scheme_later *later =
        ARRAY_PUSH(r->keys.arena, r->later, r->later_count, r->later_capacity);
    *later = (struct scheme_later){value, node, BATON_NONE, r->keys.file};
    return later;
}

/* The keys at the top. */
struct top_keys {
    const struct yaml_value *baton, *frequency, *defaults, *scoring, *due, *elements, *imports,
        *methods, *groups, *ratings, *grades, *adjustments, *gates, *awards, *checks, *succeeds;
};

static void read_top(struct scheme_reader *r, const struct yaml_value *root, struct top_keys *top) {
    struct both {
        struct baton_scheme scheme;
        struct top_keys top;
    } both = {.scheme = *r->scheme};
    static const struct key keys[] = {
        {.name = "baton",
         .type = KEY_ANY,
         .needed = true,
         .offset = offsetof(struct both, top.baton)},
        {.name = "id", .type = KEY_ID, .needed = true, .offset = offsetof(struct both, scheme.id)},
        {.name = "title",
         .type = KEY_TITLE,
         .needed = true,
         .offset = offsetof(struct both, scheme.title)},
        {.name = "period",
         .type = KEY_PERIOD,
         .needed = true,
         .offset = offsetof(struct both, scheme.period)},
        {.name = "frequency",
         .type = KEY_ANY,
         .needed = true,
         .offset = offsetof(struct both, top.frequency)},
        {.name = "defaults", .type = KEY_MAP, .offset = offsetof(struct both, top.defaults)},
        {.name = "scoring", .type = KEY_MAP, .offset = offsetof(struct both, top.scoring)},
        {.name = "due", .type = KEY_MAP, .offset = offsetof(struct both, top.due)},
        {.name = "compare",
         .type = KEY_WORD,
         .offset = offsetof(struct both, scheme.compare),
         .words = "previous same_last_year"},
        {.name = "compare_across_years",
         .type = KEY_FLAG,
         .offset = offsetof(struct both, scheme.compare_across_years)},
        {.name = "elements", .type = KEY_MAP, .offset = offsetof(struct both, top.elements)},
        {.name = "imports", .type = KEY_MAP, .offset = offsetof(struct both, top.imports)},
        {.name = "succeeds", .type = KEY_ANY, .offset = offsetof(struct both, top.succeeds)},
        {.name = "methods", .type = KEY_MAP, .offset = offsetof(struct both, top.methods)},
        {.name = "groups", .type = KEY_LIST, .offset = offsetof(struct both, top.groups)},
        {.name = "ratings", .type = KEY_LIST, .offset = offsetof(struct both, top.ratings)},
        {.name = "grades", .type = KEY_MAP, .offset = offsetof(struct both, top.grades)},
        {.name = "adjustments", .type = KEY_MAP, .offset = offsetof(struct both, top.adjustments)},
        {.name = "gates", .type = KEY_MAP, .offset = offsetof(struct both, top.gates)},
        {.name = "awards", .type = KEY_LIST, .offset = offsetof(struct both, top.awards)},
        {.name = "checks", .type = KEY_LIST, .offset = offsetof(struct both, top.checks)},
    };
    keys_read(&r->keys, root, keys, LENGTH(keys), &both);
    *r->scheme = both.scheme;
    *top = both.top;
}

static void read_version(struct scheme_reader *r, const struct yaml_value *value) {
    const char *text;
    if (value != NULL && keys_text(&r->keys, value, &text) && strcmp(text, "1") != 0)
        keys_report(&r->keys, BATON_VERSION_UNKNOWN, value, keys_excerpt(&r->keys, value), NULL,
                    NULL, NULL);
}

static void read_frequency(struct scheme_reader *r, const struct yaml_value *value) {
    int word;
    if (value != NULL && keys_word(&r->keys, value, "week month quarter half year", &word))
        r->scheme->frequency = (enum baton_period_kind)(BATON_WEEK + word);
}

/* What the members of the scheme are where nothing is written. */
static void begin_scheme(struct baton_scheme *scheme) {
    scheme->decimals = 2;
    scheme->rounding = BATON_ROUND_HALF_AWAY;
    scheme->rank_on = BATON_RANK_ROUNDED;
    scheme->ties = BATON_TIES_MIN;
    scheme->present = NAN;
    scheme->total = 100;
    scheme->compare = BATON_COMPARE_PREVIOUS;
    scheme->cap_bonus = scheme->cap_deduction = NAN;
}

static void read_scoring(struct scheme_reader *r, const struct yaml_value *map,
                         struct baton_group *otherwise) {
    struct both {
        struct baton_scheme scheme;
        enum { ROUND_PUBLISHED, ROUND_NODE } round_at;
        const struct yaml_value *ties_by, *bounds;
    } both = {.scheme = *r->scheme};
    static const struct key keys[] = {
        {.name = "decimals",
         .type = KEY_WHOLE,
         .offset = offsetof(struct both, scheme.decimals),
         .highest = 9},
        {.name = "rounding",
         .type = KEY_WORD,
         .offset = offsetof(struct both, scheme.rounding),
         .words = "half_away half_even down"},
        {.name = "rank_on",
         .type = KEY_WORD,
         .offset = offsetof(struct both, scheme.rank_on),
         .words = "rounded exact"},
        {.name = "ties",
         .type = KEY_WORD,
         .offset = offsetof(struct both, scheme.ties),
         .words = "min dense max average"},
        {.name = "ties_by", .type = KEY_LIST, .offset = offsetof(struct both, ties_by)},
        {.name = "round_at",
         .type = KEY_WORD,
         .offset = offsetof(struct both, round_at),
         .words = "published node"},
        {.name = "total",
         .type = KEY_NUMBER,
         .offset = offsetof(struct both, scheme.total),
         .lowest = SCHEME_TOTAL_LOWEST,
         .highest = SCHEME_TOTAL_HIGHEST},
        {.name = "bounds", .type = KEY_ANY, .offset = offsetof(struct both, bounds)},
    };
    if (map != NULL)
        keys_read(&r->keys, map, keys, LENGTH(keys), &both);
    *r->scheme = both.scheme;
    r->scheme->round_at_node = both.round_at == ROUND_NODE;
    *otherwise = (struct baton_group){
        .grades = BATON_NONE,
        .total = r->scheme->total,
        .decimals = r->scheme->decimals,
        .bound_lo = NAN,
        .bound_hi = NAN,
    };
    scheme_bounds(r, both.bounds, &otherwise->bound_lo, &otherwise->bound_hi);
    if (both.bounds != NULL)
        otherwise->bounds_at = keys_at(&r->keys, both.bounds);
    otherwise->ties_by = scheme_nodes(r, both.ties_by, &otherwise->ties_by_count);
}

/* The word of a missing rule, or factor(f). */
static void read_missing(struct scheme_reader *r, const struct yaml_value *value) {
    static const char words[] = "redistribute zero floor mean median full last factor error";
    struct package_defaults *defaults = &r->package->defaults;
    const char *text;
    int word;
    if (!keys_text(&r->keys, value, &text))
        return;
    size_t size = value->size;
    if (size > 8 && strncmp(text, "factor(", 7) == 0 && text[size - 1] == ')') {
        struct yaml_value inside = *value; /* the number stands 7 characters further on */
        inside.text = arena_text(r->keys.arena, text + 7, size - 8);
        inside.size = size - 8;
        inside.column += 7;
        if (keys_share(&r->keys, &inside, 1, &defaults->missing_factor))
            defaults->missing = BATON_MISSING_FACTOR;
    } else if (strcmp(text, "factor") == 0) {
        keys_report(&r->keys, BATON_ARGUMENT_BAD, value, "factor", "factor(0.8)", NULL, NULL);
    } else if (keys_word(&r->keys, value, words, &word)) {
        defaults->missing = (enum baton_missing_rule)word;
    }
}

static void read_defaults(struct scheme_reader *r, const struct yaml_value *map) {
    static const char aggregates[] = "arithmetic geometric harmonic min sum copeland";
    struct defaults_keys {
        struct package_defaults defaults;
        const struct yaml_value *missing, *present;
    } from = {.defaults = r->package->defaults};
    static const struct key keys[] = {
        {.name = "method",
         .type = KEY_TEXT,
         .offset = offsetof(struct defaults_keys, defaults.method)},
        {.name = "direction",
         .type = KEY_WORD,
         .offset = offsetof(struct defaults_keys, defaults.direction),
         .words = "up down"},
        {.name = "missing", .type = KEY_ANY, .offset = offsetof(struct defaults_keys, missing)},
        {.name = "aggregate",
         .type = KEY_WORD,
         .offset = offsetof(struct defaults_keys, defaults.aggregate),
         .words = aggregates},
        {.name = "root_aggregate",
         .type = KEY_WORD,
         .offset = offsetof(struct defaults_keys, defaults.root_aggregate),
         .words = aggregates},
        {.name = "present", .type = KEY_ANY, .offset = offsetof(struct defaults_keys, present)},
    };
    if (map == NULL || !keys_read(&r->keys, map, keys, LENGTH(keys), &from))
        return;
    if (yaml_get(map, "root_aggregate") == NULL)
        from.defaults.root_aggregate = from.defaults.aggregate;
    if (from.defaults.method != NULL)
        from.defaults.method_at = keys_at(&r->keys, yaml_get(map, "method"));
    r->package->defaults = from.defaults;
    if (from.missing != NULL)
        read_missing(r, from.missing);
    if (from.present != NULL)
        keys_share(&r->keys, from.present, 1, &r->scheme->present);
}

static void read_due(struct scheme_reader *r, const struct yaml_value *map) {
    static const struct key keys[] = {
#define KIND_OF_PERIOD(text, kind) \
    {.name = (text), \
     .type = KEY_DAYS, \
     .offset = offsetof(struct baton_scheme, due_days) + (kind) * sizeof(int32_t)}
        KIND_OF_PERIOD("day", BATON_DAY),     KIND_OF_PERIOD("week", BATON_WEEK),
        KIND_OF_PERIOD("month", BATON_MONTH), KIND_OF_PERIOD("quarter", BATON_QUARTER),
        KIND_OF_PERIOD("half", BATON_HALF),   KIND_OF_PERIOD("year", BATON_YEAR),
#undef KIND_OF_PERIOD
    };
    if (map != NULL)
        keys_read(&r->keys, map, keys, LENGTH(keys), r->scheme);
}

static void read_elements(struct scheme_reader *r, const struct yaml_value *map) {
    for (const struct yaml_value *value = map == NULL ? NULL : map->first; value != NULL;
         value = value->next) {
        struct baton_expression expression;
        /* An element has a name in the output as an indicator has: `total` and `base` are taken. */
        if (!package_id_is_sound(r->package, value->key, strlen(value->key),
                                 keys_at_key(&r->keys, value)) ||
            !keys_expression(&r->keys, value, &expression))
            continue;
        uint32_t index = package_element(r->package, value->key, strlen(value->key));
        r->scheme->element[index].value = expression;
    }
}

/* The path of another package, from this one. A long one is none: each of its names is looked for, one folder after the other. */
static bool read_path(struct scheme_reader *r, const struct yaml_value *value, const char **out) {
    if (!keys_text(&r->keys, value, out))
        return false;
    if ((*out)[0] != '/' && value->size <= LIMIT_MEMBER_NAME)
        return true;
    keys_report(&r->keys, BATON_PATH_ABSOLUTE, value, keys_excerpt(&r->keys, value), NULL, NULL,
                NULL);
    return false;
}

static void read_imports(struct scheme_reader *r, const struct yaml_value *map) {
    if (map == NULL || map->count == 0)
        return;
    r->scheme->import = arena_alloc(r->keys.arena, map->count, sizeof(*r->scheme->import));
    for (const struct yaml_value *value = map->first; value != NULL; value = value->next) {
        const char *path;
        bool named = keys_name(&r->keys, value);
        if (read_path(r, value, &path) && named)
            r->scheme->import[r->scheme->import_count++] =
                (struct baton_import){value->key, path, keys_at(&r->keys, value)};
    }
}

static void read_succeeds(struct scheme_reader *r, const struct yaml_value *value) {
    const char *path;
    if (value == NULL || !read_path(r, value, &path))
        return;
    r->scheme->succeeds = path;
    r->scheme->succeeds_at = keys_at(&r->keys, value);
}

baton_code scheme_read(struct package_reader *package, const char *bytes, size_t size,
                       struct scheme_reader **out) {
    struct yaml_value *root;
    TRY(yaml_read(package->arena, "scheme.yaml", bytes, size, &root, package->found));
    *out = scheme_read_tree(
        package, &(struct keys){package->arena, package->found, "scheme.yaml", false}, root);
    return BATON_OK;
}

struct scheme_reader *scheme_read_tree(struct package_reader *package, const struct keys *keys,
                                       const struct yaml_value *root) {
    struct top_keys top = {0};
    struct baton_group otherwise;
    struct scheme_reader *r = arena_alloc(package->arena, 1, sizeof(*r));
    r->package = package;
    r->scheme = package->scheme;
    r->keys = *keys;
    begin_scheme(r->scheme);
    read_top(r, root, &top);
    if (yaml_get(root, "period") != NULL)
        package->period_at = keys_at(&r->keys, yaml_get(root, "period"));
    read_version(r, top.baton);
    read_frequency(r, top.frequency);
    read_scoring(r, top.scoring, &otherwise);
    read_defaults(r, top.defaults);
    read_due(r, top.due);
    read_elements(r, top.elements);
    read_imports(r, top.imports);
    read_succeeds(r, top.succeeds);
    scheme_read_methods(r, top.methods);
    scheme_try_method(r);
    scheme_read_ratings(r, top.ratings, &r->scheme->ratings);
    otherwise.ratings = r->scheme->ratings;
    scheme_read_grades(r, top.grades);
    scheme_read_groups(r, top.groups, &otherwise);
    scheme_read_adjustments(r, top.adjustments, top.gates);
    scheme_read_gates(r, top.gates);
    scheme_read_awards(r, top.awards);
    scheme_read_checks(r, top.checks);
    return r;
}

void scheme_resolve(struct scheme_reader *r) {
    for (size_t i = 0; i < r->later_count; i++) {
        const struct scheme_later *later = &r->later[i];
        const struct yaml_value *value = later->value;
        struct baton_where at = keys_at(&r->keys, value);
        at.file = later->file;
        if (later->node != NULL)
            *later->node = package_find_node(r->package, value->text, value->size, at);
        else if (later->method < r->scheme->method_count)
            r->scheme->method[later->method].of_unit =
                package_find_unit(r->package, value->text, value->size, at);
    }
    scheme_resolve_gates(r);
}
