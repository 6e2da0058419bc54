/* What the readers of a package share: ids and their indices, guesses at misspelt ones. */
#include "package/package_internal.h"
#include "base/limits.h"
#include "base/text.h"
#include "engine/methods.h"
#include <assert.h>
#include <math.h>
#include <string.h>

/* Names that are compared with misspelt ones in one reading, so that a file with a wrong id in
 * every row among very many units is refused soon. */
enum { GUESSES_MAX = 4000000, LIST_MAX = 12 };

void package_reader_open(struct package_reader *reader, struct baton_arena *arena,
                         struct baton_scheme *scheme, struct source *source,
                         struct baton_findings *found) {
    *scheme = (struct baton_scheme){0};
    *reader = (struct package_reader){
        .arena = arena,
        .found = found,
        .scheme = scheme,
        .source = source,
        .defaults = {.direction = BATON_UP,
                     .missing = BATON_MISSING_REDISTRIBUTE,
                     .missing_factor = NAN,
                     .aggregate = BATON_ARITHMETIC,
                     .root_aggregate = BATON_ARITHMETIC},
        .guesses = GUESSES_MAX,
    };
}

uint32_t package_element(struct package_reader *reader, const char *id, size_t size) {
    const uint32_t known = hash_find(&reader->element_index, id, size);
    if (known != HASH_NONE)
        return known;
    struct baton_scheme *scheme = reader->scheme;
    const uint32_t index = scheme->element_count;
    const char *text = arena_text(reader->arena, id, size);
    size_t count = index;
    *ARRAY_PUSH(reader->arena, scheme->element, count, reader->element_capacity) =
        (struct baton_element){.id = text};
    count = index;
    *ARRAY_PUSH(reader->arena, reader->element, count, reader->element_also) =
        (struct package_element){0};
    scheme->element_count = index + 1;
    hash_add(reader->arena, &reader->element_index, text, size, index);
    return index;
}

uint32_t package_code(struct package_reader *reader, const char *id, size_t size) {
    const uint32_t known = hash_find(&reader->code, id, size);
    if (known != HASH_NONE)
        return known;
    struct baton_scheme *scheme = reader->scheme;
    const uint32_t index = scheme->code_count;
    const char *text = arena_text(reader->arena, id, size);
    size_t count = index;
    *ARRAY_PUSH(reader->arena, scheme->code, count, reader->code_capacity) = text;
    scheme->code_count = index + 1;
    hash_add(reader->arena, &reader->code, text, size, index);
    return index;
}

uint32_t package_method_add(struct package_reader *reader, const struct baton_method *method) {
    struct baton_scheme *scheme = reader->scheme;
    const size_t size = strlen(method->id);
    const uint32_t index = scheme->method_count;
    const uint32_t known = hash_add(reader->arena, &reader->method, method->id, size, index);
    if (known != index)
        return known;
    size_t count = index;
    *ARRAY_PUSH(reader->arena, scheme->method, count, reader->method_capacity) = *method;
    scheme->method_count = index + 1;
    return index;
}

/* The names of the parameters that a kind needs and that have no default; NULL = none. */
static const char *needs_of(struct baton_arena *arena, enum baton_method_kind kind) {
    uint32_t count;
    const struct method_parameter *parameter = method_parameters(kind, &count);
    const char *needs = NULL;
    for (uint32_t i = 0; i < count; i++)
        if (parameter[i].initial == NULL)
            needs = needs == NULL ? parameter[i].name
                                  : arena_printf(arena, "%s, %s", needs, parameter[i].name);
    if (needs == NULL && kind == BATON_METHOD_RACE)
        needs = "step"; /* or a table: either is enough, so neither is marked as needed */
    return needs;
}

static const char *kind_name(const void *context, size_t index) {
    (void)context;
    return method_kind((enum baton_method_kind)index)->name;
}

uint32_t package_method(struct package_reader *reader, const char *name, struct baton_where at) {
    const size_t size = strlen(name);
    const uint32_t known = hash_find(&reader->method, name, size);
    if (known != HASH_NONE)
        return known;
    const enum baton_method_kind kind = method_kind_find(name);
    if (kind == BATON_METHOD_KINDS) {
        struct text_guess guess = {.text = name, .size = size};
        for (size_t i = 0; i < reader->method.count; i++)
            text_guess_offer(&guess, reader->method.key[i].text, reader->method.key[i].size);
        for (size_t i = 0; i < BATON_METHOD_KINDS; i++)
            text_guess_offer(&guess, kind_name(NULL, i), strlen(kind_name(NULL, i)));
        baton_findings_add(reader->found, BATON_METHOD_UNKNOWN, at, name, guess.best,
                           package_list(reader->arena, BATON_METHOD_KINDS, kind_name, NULL), NULL);
        return BATON_NONE;
    }
    const char *needs = needs_of(reader->arena, kind);
    if (needs != NULL) {
        baton_findings_add(reader->found, BATON_METHOD_NEEDS, at, name, needs, NULL, NULL);
        return BATON_NONE;
    }
    struct baton_method method;
    method_initial(kind, &method);
    method.id = method_kind(kind)->name;
    method.at = at;
    method.ties = reader->scheme->ties;
    return package_method_add(reader, &method);
}

bool package_id_is_taken(const char *id, size_t size) {
    return (size == 5 && memcmp(id, "total", 5) == 0) || (size == 4 && memcmp(id, "base", 4) == 0);
}

bool package_id_is_sound(struct package_reader *reader, const char *id, size_t size,
                         struct baton_where at) {
    baton_code code = BATON_OK;
    if (size == 0)
        code = BATON_FIELD_EMPTY;
    else if (!text_is_identifier(id, size))
        code = BATON_ID_BAD;
    else if (package_id_is_taken(id, size))
        code = BATON_ID_TAKEN;
    if (code == BATON_OK)
        return true;
    const char *shown = size == 0 ? at.field : package_excerpt(reader->arena, id, size);
    baton_findings_add(reader->found, code, at, shown, package_count(reader->arena, LIMIT_ID_SIZE),
                       NULL, NULL);
    return false;
}

const char *package_guess(struct package_reader *reader, const struct hash *names, const char *text,
                          size_t size) {
    struct text_guess guess = {.text = text, .size = size};
    if (size > LIMIT_ID_SIZE || names->count > reader->guesses)
        return NULL;
    reader->guesses -= names->count;
    for (size_t i = 0; i < names->count; i++)
        text_guess_offer(&guess, names->key[i].text, names->key[i].size);
    return guess.best == NULL ? NULL : arena_text(reader->arena, guess.best, guess.best_size);
}

const char *package_guess_word(const char *const words[], size_t count, const char *text,
                               size_t size) {
    struct text_guess guess = {.text = text, .size = size};
    for (size_t i = 0; i < count; i++)
        text_guess_offer(&guess, words[i], strlen(words[i]));
    return guess.best; /* ends with a NUL, as all words do */
}

/* The unit whose name a text is, as offices like to write names where ids are asked for. */
static const struct baton_unit *unit_of_name(struct package_reader *reader, const char *text,
                                             size_t size) {
    const struct baton_scheme *scheme = reader->scheme;
    if (scheme->unit_count > reader->guesses)
        return NULL;
    reader->guesses -= scheme->unit_count;
    for (uint32_t i = 0; i < scheme->unit_count; i++) {
        const struct baton_text *name = &scheme->unit[i].name;
        if ((name->zh != NULL && strlen(name->zh) == size && memcmp(name->zh, text, size) == 0) ||
            (name->en != NULL && strlen(name->en) == size && memcmp(name->en, text, size) == 0))
            return &scheme->unit[i];
    }
    return NULL;
}

void package_unit_unknown(struct package_reader *reader, const char *id, size_t size,
                          struct baton_where at) {
    const char *shown = package_excerpt(reader->arena, id, size);
    const struct baton_unit *named = unit_of_name(reader, id, size);
    if (named != NULL) {
        baton_findings_add(reader->found, BATON_UNIT_UNKNOWN, at, shown, named->id, shown, NULL);
        return;
    }
    const char *guess = package_guess(reader, &reader->unit, id, size);
    const char *name = NULL;
    if (guess != NULL) {
        const uint32_t unit = hash_find(&reader->unit, guess, strlen(guess));
        const struct baton_text *both = &reader->scheme->unit[unit].name;
        name = both->zh != NULL ? both->zh : both->en;
    }
    baton_findings_add(reader->found, BATON_UNIT_UNKNOWN, at, shown, guess, name, NULL);
}

static bool is_empty(struct package_reader *reader, size_t size, struct baton_where at) {
    if (size == 0)
        baton_findings_add(reader->found, BATON_FIELD_EMPTY, at, at.field, NULL, NULL, NULL);
    return size == 0;
}

uint32_t package_find_unit(struct package_reader *reader, const char *id, size_t size,
                           struct baton_where at) {
    if (is_empty(reader, size, at))
        return BATON_NONE;
    const uint32_t unit = hash_find(&reader->unit, id, size);
    if (unit == HASH_NONE)
        package_unit_unknown(reader, id, size, at);
    return unit;
}

static uint32_t find_in(struct package_reader *reader, const struct hash *names, baton_code unknown,
                        const char *id, size_t size, struct baton_where at) {
    if (is_empty(reader, size, at))
        return BATON_NONE;
    const uint32_t index = hash_find(names, id, size);
    if (index == HASH_NONE)
        baton_findings_add(reader->found, unknown, at, package_excerpt(reader->arena, id, size),
                           package_guess(reader, names, id, size), NULL, NULL);
    return index;
}

static_assert(HASH_NONE == BATON_NONE, "what is not found is none");

uint32_t package_find_group(struct package_reader *reader, const char *id, size_t size,
                            struct baton_where at) {
    return find_in(reader, &reader->group, BATON_GROUP_UNKNOWN, id, size, at);
}

uint32_t package_find_node(struct package_reader *reader, const char *id, size_t size,
                           struct baton_where at) {
    return find_in(reader, &reader->node, BATON_INDICATOR_UNKNOWN, id, size, at);
}

const char *package_list(struct baton_arena *arena, size_t count,
                         const char *(*id)(const void *context, size_t index),
                         const void *context) {
    const char *list = "";
    for (size_t i = 0; i < count && i < LIST_MAX; i++)
        list = i == 0 ? id(context, i) : arena_printf(arena, "%s, %s", list, id(context, i));
    return count > LIST_MAX ? arena_printf(arena, "%s, ...", list) : list;
}

const char *package_count(struct baton_arena *arena, uint64_t count) {
    return arena_printf(arena, "%llu", (unsigned long long)count);
}

const char *package_excerpt(struct baton_arena *arena, const char *text, size_t size) {
    enum { COLUMNS = 60 };
    const size_t fits = text_fit(text, size, COLUMNS);
    if (fits == size)
        return arena_text(arena, text, size);
    return arena_printf(arena, "%.*s...", (int)fits, text);
}
