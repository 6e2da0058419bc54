/* From names to indices: an open table of hashes that lives in an arena and only grows. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/arena.h"
#include <stddef.h>
#include <stdint.h>

#define HASH_NONE UINT32_MAX

/* A hash of some bytes: the same within one run of the program; not to be stored, nor to order
 * anything. */
uint64_t hash_bytes(const char *text, size_t size);

struct hash_key {
    const char *text;
    uint32_t size, value;
};

/* All members 0 = empty, and ready for use. The keys may be read. */
struct hash {
    struct hash_slot *slot;
    struct hash_key *key; /* in the order in which they were added */
    size_t count;         /* of keys */
    size_t capacity;      /* of `key` */
    size_t mask;          /* slots less 1; 0 = no slots yet */
};

/* The value of a name, or HASH_NONE. Any number of threads may look up while nobody adds. */
uint32_t hash_find(const struct hash *hash, const char *text, size_t size);

/* Adds the name with its value (not HASH_NONE) unless it is there, and returns the value that it
 * has then: another than `value` says that it was there. The text is borrowed for as long as the
 * hash lives. */
uint32_t hash_add(struct baton_arena *arena, struct hash *hash, const char *text, size_t size,
                  uint32_t value);

/* Makes room for so many names in all, so that adding them moves nothing. */
void hash_reserve(struct baton_arena *arena, struct hash *hash, size_t count);

#endif
