/* The list is by unit already; those who report have theirs in one of expected_by_reporter. */
#include "flow/expected_index.h"
#include "base/limits.h"
#include <string.h>

/* A figure's key. Answers its size, 0 = there is no room, as it is that of no figure. */
enum { KEY_ROOM = 2 * LIMIT_ID_SIZE + 1 };
static size_t key_of(const char *unit, const char *element, char key[KEY_ROOM]) {
    const size_t before = strlen(unit), behind = strlen(element);
    if (before + 1 + behind > KEY_ROOM)
        return 0;
    memcpy(key, unit, before);
    key[before] = '\x1f';
    memcpy(key + before + 1, element, behind);
    return before + 1 + behind;
}

static void add_figures(struct baton_arena *arena, struct expected_index *index) {
    char key[KEY_ROOM];
    hash_reserve(arena, &index->figure, index->all.count);
    for (size_t i = 0; i < index->all.count; i++) {
        const struct expectation *const one = index->all.item[i];
        const size_t size = key_of(one->unit, one->element, key);
        hash_add(arena, &index->figure, arena_text(arena, key, size), size, (uint32_t)i);
        index->first[one->unit_index + 1] = i + 1;
    }
}

void expected_index_make(struct baton_arena *arena, const struct expected *all,
                         struct expected_index *out) {
    const struct baton_scheme *const scheme = all->scheme;
    *out = (struct expected_index){.all = *all};
    out->first = arena_alloc(arena, scheme->unit_count + (size_t)1, sizeof *out->first);
    add_figures(arena, out);
    for (uint32_t u = 0; u < scheme->unit_count; u++) {
        hash_add(arena, &out->unit, scheme->unit[u].id, strlen(scheme->unit[u].id), u);
        if (out->first[u + 1] < out->first[u])
            out->first[u + 1] = out->first[u]; /* nothing is asked of it */
    }
    out->owed_count = expected_by_reporter(arena, &out->all, &out->owed);
    for (size_t i = 0; i < out->owed_count; i++)
        hash_add(arena, &out->reporter, out->owed[i].reporter, strlen(out->owed[i].reporter),
                 (uint32_t)i);
}

size_t expected_index_find(const struct expected_index *index, const char *unit,
                           const char *element) {
    char key[KEY_ROOM];
    const size_t size = key_of(unit, element, key);
    const uint32_t at = size == 0 ? HASH_NONE : hash_find(&index->figure, key, size);
    return at == HASH_NONE ? SIZE_MAX : at;
}

struct expected expected_index_of_unit(const struct expected_index *index, const char *unit) {
    const uint32_t u = hash_find(&index->unit, unit, strlen(unit));
    struct expected part = index->all;
    part.count = u == HASH_NONE ? 0 : index->first[u + 1] - index->first[u];
    part.item = u == HASH_NONE ? NULL : &index->all.item[index->first[u]];
    return part;
}

struct expected expected_index_of_reporter(const struct expected_index *index,
                                           const char *reporter) {
    const uint32_t at = hash_find(&index->reporter, reporter, strlen(reporter));
    struct expected part = index->all;
    part.count = 0;
    part.item = NULL;
    return at == HASH_NONE ? part : index->owed[at].figures;
}
