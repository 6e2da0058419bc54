/* Names as sheets and mappings write them. Both sides are made normal once, then looked up by their bytes; what has a `*` is tried one after the
 * other. */
#include "package/mapping_text.h"
#include "base/limits.h"
#include "base/text.h"
#include <string.h>

/* Spaces, line ends, and what has no width. */
static bool is_blank(uint32_t point) {
    return text_is_space(point) || point == '\n' || point == '\r' || point == 0x200b ||
           point == 0xfeff || (point >= 0x2000 && point <= 0x200a);
}

static uint32_t half_width(uint32_t point) {
    return point >= 0xff01 && point <= 0xff5e ? point - 0xff01 + 0x21 : point;
}

const char *mapping_normal(struct baton_arena *arena, const char *text, bool loose) {
    const size_t size = strlen(text);
    const struct arena_mark mark = arena_mark(arena);
    char *const out = arena_alloc_raw(arena, size + 1, 1);
    size_t have = 0;
    bool is_space = false;
    for (size_t at = 0; at < size;) {
        uint32_t point;
        size_t taken = text_decode(text + at, size - at, &point);
        if (taken == 0) {
            point = (unsigned char)text[at];
            taken = 1;
        }
        if (is_blank(point)) {
            is_space = have > 0 && !loose;
        } else {
            if (is_space)
                out[have++] = ' ';
            is_space = false;
            char one[4];
            const uint32_t same = loose ? half_width(point) : point;
            const size_t written = same != point ? text_encode(same, one) : taken;
            memcpy(out + have, same != point ? one : text + at, written);
            have += written;
        }
        at += taken;
    }
    out[have] = '\0';
    if (have != size || memcmp(out, text, size) != 0)
        return out;
    arena_reset_to(arena, mark);
    return text; // nothing was to be done, as with most texts of most sheets
}

bool mapping_matches(const char *pattern, const char *text) {
    const char *star = NULL, *again = NULL; // the last `*`, and up to where it reaches
    for (;;) {
        if (*pattern == '*') {
            star = ++pattern;
            again = text;
        } else if (*text == '\0') {
            return *pattern == '\0';
        } else if (*pattern == *text) {
            pattern++;
            text++;
        } else if (star != NULL) {
            pattern = star;
            text = ++again;
        } else {
            return false;
        }
    }
}

uint32_t mapping_index_add(struct mapping_index *index, const char *text, bool plain,
                           uint32_t value) {
    const char *normal = mapping_normal(index->arena, text, index->loose);
    if (plain || strchr(normal, '*') == NULL)
        return hash_add(index->arena, &index->exact, normal, strlen(normal), value);
    *ARRAY_PUSH(index->arena, index->pattern, index->pattern_count, index->pattern_capacity) =
        (struct mapping_pattern){normal, value};
    return value;
}

uint32_t mapping_index_find(const struct mapping_index *index, const char *text) {
    const uint32_t value = hash_find(&index->exact, text, strlen(text));
    for (size_t i = 0; value == HASH_NONE && i < index->pattern_count; i++)
        if (mapping_matches(index->pattern[i].text, text))
            return index->pattern[i].value;
    return value;
}

uint32_t mapping_index_first(const struct mapping_index *index, const char *text) {
    const uint32_t value = hash_find(&index->exact, text, strlen(text));
    for (size_t i = 0; i < index->pattern_count && index->pattern[i].value < value; i++)
        if (mapping_matches(index->pattern[i].text, text))
            return index->pattern[i].value;
    return value;
}

bool mapping_guess_allowed(size_t *left, size_t size, size_t names) {
    if (size > LIMIT_ID_SIZE || names > *left)
        return false;
    *left -= names;
    return true;
}

const char *mapping_index_guess(struct mapping_index *index, size_t *left, const char *text) {
    struct text_guess guess = {.text = text, .size = strlen(text)};
    if (!mapping_guess_allowed(left, guess.size, index->exact.count))
        return NULL;
    for (size_t i = 0; i < index->exact.count; i++)
        text_guess_offer(&guess, index->exact.key[i].text, index->exact.key[i].size);
    return guess.best == NULL ? NULL : arena_text(index->arena, guess.best, guess.best_size);
}
