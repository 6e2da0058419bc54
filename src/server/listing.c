/* What lists of entries have in common. */
#include "server/listing.h"
#include <string.h>

struct names *call_names(struct call *call) {
    struct names *names = arena_alloc(call->arena, 1, sizeof *names);
    names->arena = call->arena;
    names->reader = call->reader;
    names->language = call->request->language;
    return names;
}

void list_keep(struct list *list, const struct fact_row *row) {
    struct baton_arena *arena = list->call->arena;
    size_t also = list->count;
    struct fact_row *about = ARRAY_PUSH(arena, list->about, also, list->about_capacity);
    *about = *row;
    about->key = arena_text(arena, row->key, strlen(row->key));
    entry_copy(arena, &row->entry, ARRAY_PUSH(arena, list->entry, list->count, list->capacity));
}

/* As it stands in a request: what is not ASCII, and what would mean something else, escaped. */
static const char *escaped(struct baton_arena *arena, const char *text) {
    static const char digits[] = "0123456789ABCDEF";
    char *out = arena_alloc_raw(arena, 3 * strlen(text) + 1, 1), *at = out;
    for (; *text != '\0'; text++) {
        const unsigned char byte = (unsigned char)*text;
        if (byte > ' ' && byte < 0x7f && strchr("\"%<>\\^`{|}#+", byte) == NULL) {
            *at++ = (char)byte;
            continue;
        }
        *at++ = '%';
        *at++ = digits[byte >> 4];
        *at++ = digits[byte & 15];
    }
    *at = '\0';
    return out;
}

void list_next(struct call *call, struct json *json, const char *query) {
    json_text(json, "next",
              query == NULL ? NULL
                            : escaped(call->arena, arena_printf(call->arena, "%s?%s",
                                                                call->request->path, query)));
}

const char *list_key(struct call *call, const char *words) {
    char *const key =
        arena_text(call->arena, words != NULL ? words : "", words != NULL ? strlen(words) : 0);
    for (char *at = key; *at != '\0'; at++)
        if (*at == ',')
            *at = '\x1f';
    return key;
}
