/* Open addressing: a thing stands at the place that the beginning of its digest says, or behind it without a gap. A digest is by chance already, so it is its own hash. What
 * is taken out leaves no mark: those behind it move up. */
#include "ledger/digest_map.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { CAPACITY_MIN = 64 };

static size_t home(const struct digest_map *map, const struct digest *digest) {
    uint64_t hash;
    memcpy(&hash, digest->byte, sizeof hash);
    return (size_t)hash & (map->capacity - 1);
}

static size_t next(const struct digest_map *map, size_t at) {
    return (at + 1) & (map->capacity - 1);
}

/* Where it stands, or the free place where it would. */
static size_t place(const struct digest_map *map, const struct digest *digest) {
    size_t at = home(map, digest);
    while (map->slot[at] != NULL && !digest_equal(map->slot[at], digest))
        at = next(map, at);
    return at;
}

bool digest_map_reserve(struct digest_map *map, size_t more) {
    struct digest_map larger = {.capacity = CAPACITY_MIN};
    while (larger.capacity / 2 < map->count + more)
        larger.capacity *= 2;
    if (larger.capacity <= map->capacity)
        return true;
    larger.slot = calloc(larger.capacity, sizeof(struct digest *));
    if (larger.slot == NULL)
        return false;
    for (size_t i = 0; i < map->capacity; i++)
        if (map->slot[i] != NULL)
            digest_map_put(&larger, map->slot[i]);
    free(map->slot);
    *map = larger;
    return true;
}

void digest_map_put(struct digest_map *map, void *thing) {
    assert(map->count + 1 < map->capacity);
    const size_t at = place(map, thing);
    assert(map->slot[at] == NULL);
    map->slot[at] = thing;
    map->count++;
}

void *digest_map_find(const struct digest_map *map, const struct digest *digest) {
    return map->capacity == 0 ? NULL : map->slot[place(map, digest)];
}

/* Frees what stands at a place, and moves up what could not stand where it should because of it. */
static void clear(struct digest_map *map, size_t at) {
    free(map->slot[at]);
    map->count--;
    for (size_t from = next(map, at); map->slot[from] != NULL; from = next(map, from)) {
        const size_t wanted = home(map, map->slot[from]);
        const size_t way = (from - wanted) & (map->capacity - 1);
        if (way < ((from - at) & (map->capacity - 1)))
            continue; // its home is behind the gap
        map->slot[at] = map->slot[from];
        at = from;
    }
    map->slot[at] = NULL;
}

bool digest_map_drop(struct digest_map *map, const struct digest *digest) {
    if (digest_map_find(map, digest) == NULL)
        return false;
    clear(map, place(map, digest));
    return true;
}

void digest_map_drop_all(struct digest_map *map, bool (*goes)(void *context, const void *thing),
                         void *context) {
    for (size_t at = 0; at < map->capacity;)
        if (map->slot[at] != NULL && goes(context, map->slot[at]))
            clear(map, at); // another may stand here now
        else
            at++;
}

void digest_map_close(struct digest_map *map) {
    for (size_t i = 0; i < map->capacity; i++)
        free(map->slot[i]);
    free(map->slot);
    *map = (struct digest_map){0};
}
