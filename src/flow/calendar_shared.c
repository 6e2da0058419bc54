/* Figures that come from elsewhere: which ones, once it is told what the other assessments ask for. */
#include "base/hash.h"
#include "flow/calendar.h"
#include "flow/expected.h"
#include <stdio.h>
#include <string.h>

const char *calendar_source(const struct calendar *calendar, size_t n) {
    const struct sharings *const all = &calendar->shared;
    for (size_t i = 0; i < all->count; i++) {
        bool is_new = true;
        for (size_t k = 0; k < i && is_new; k++)
            is_new = strcmp(all->item[k].from, all->item[i].from) != 0;
        if (is_new && n-- == 0)
            return all->item[i].from;
    }
    return NULL;
}

static const char *key_of(struct baton_arena *arena, const char *unit, const char *element) {
    return arena_printf(arena, "%s\x1f%s", unit, element);
}

void calendar_share(struct baton_arena *arena, struct calendar *calendar, const char *assessment,
                    const struct expected *asked) {
    struct calendar_other other = {.assessment = assessment, .asked = asked};
    hash_reserve(arena, &other.figure, asked->count);
    for (size_t i = 0; i < asked->count; i++) {
        const char *const key = key_of(arena, asked->item[i]->unit, asked->item[i]->element);
        hash_add(arena, &other.figure, key, strlen(key), (uint32_t)i);
    }
    *ARRAY_PUSH(arena, calendar->other, calendar->others, calendar->other_capacity) = other;
}

/* Identifiers are short (64 bytes at most where they are made by people); a longer one is asked for as ever. */
enum { KEY_SIZE = 320 };

bool calendar_takes_over(const struct calendar *calendar, const struct expectation *figure,
                         struct baton_period period) {
    char name[BATON_PERIOD_NAME_SIZE], key[KEY_SIZE];
    const struct sharing *sharing;
    if (calendar->others == 0)
        return false;
    baton_period_format(period, name);
    sharing = sharings_of(&calendar->shared, calendar->assessment, figure->element, name);
    if (sharing == NULL || strlen(figure->unit) + strlen(sharing->from_element) + 2 > KEY_SIZE)
        return false;
    const int size = snprintf(key, sizeof key, "%s\x1f%s", figure->unit, sharing->from_element);
    for (size_t i = 0; i < calendar->others; i++) {
        const struct calendar_other *const other = &calendar->other[i];
        if (strcmp(other->assessment, sharing->from) != 0)
            continue;
        const uint32_t at = hash_find(&other->figure, key, (size_t)size);
        return at != HASH_NONE && other->asked->item[at]->frequency == figure->frequency;
    }
    return false;
}
