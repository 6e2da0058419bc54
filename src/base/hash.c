/* Slots hold 32 bits of the hash and the number of the key, so that a look-up touches a key only
 * when these bits agree; collisions go to the next slot. At most half of the slots are taken. */
#include "base/hash.h"
#include <assert.h>
#include <string.h>

struct hash_slot {
    uint32_t bits;
    uint32_t key; /* its number + 1; 0 = free */
};

static uint64_t load(const char *text) {
    uint64_t value;
    memcpy(&value, text, sizeof value);
    return value;
}

/* Both halves of the product, folded. */
static uint64_t mix(uint64_t a, uint64_t b) {
    __extension__ typedef unsigned __int128 wide;
    const wide product = (wide)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

uint64_t hash_bytes(const char *text, size_t size) {
    uint64_t hash = 0x9e3779b97f4a7c15u ^ size;
    size_t at = 0;
    for (; size - at >= 8; at += 8)
        hash = mix(hash ^ load(text + at), 0xd6e8feb86659fd93u);
    uint64_t rest = 0;
    for (unsigned shift = 0; at < size; at++, shift += 8)
        rest |= (uint64_t)(unsigned char)text[at] << shift;
    return mix(hash ^ rest, 0xa0761d6478bd642fu);
}

static void spread(struct hash *hash) {
    for (size_t i = 0; i < hash->count; i++) {
        const uint64_t whole = hash_bytes(hash->key[i].text, hash->key[i].size);
        size_t at = whole & hash->mask;
        while (hash->slot[at].key != 0)
            at = (at + 1) & hash->mask;
        hash->slot[at] = (struct hash_slot){(uint32_t)(whole >> 32), (uint32_t)i + 1};
    }
}

void hash_reserve(struct baton_arena *arena, struct hash *hash, size_t count) {
    ARRAY_RESERVE(arena, hash->key, hash->count, hash->capacity, count);
    size_t slots = 16;
    while (slots < 2 * count)
        slots *= 2;
    if (hash->mask != 0 && slots <= hash->mask + 1)
        return;
    hash->slot = arena_alloc(arena, slots, sizeof *hash->slot);
    hash->mask = slots - 1;
    spread(hash);
}

/* The slot where the name is, or where it would go. */
static size_t slot_of(const struct hash *hash, const char *text, size_t size, uint64_t whole) {
    size_t at = whole & hash->mask;
    for (; hash->slot[at].key != 0; at = (at + 1) & hash->mask) {
        if (hash->slot[at].bits != (uint32_t)(whole >> 32))
            continue;
        const struct hash_key *key = &hash->key[hash->slot[at].key - 1];
        if (key->size == size && memcmp(key->text, text, size) == 0)
            break;
    }
    return at;
}

uint32_t hash_find(const struct hash *hash, const char *text, size_t size) {
    if (hash->mask == 0)
        return HASH_NONE;
    const uint32_t key = hash->slot[slot_of(hash, text, size, hash_bytes(text, size))].key;
    return key != 0 ? hash->key[key - 1].value : HASH_NONE;
}

uint32_t hash_add(struct baton_arena *arena, struct hash *hash, const char *text, size_t size,
                  uint32_t value) {
    assert(value != HASH_NONE && size <= UINT32_MAX);
    if (hash->mask == 0 || 2 * (hash->count + 1) > hash->mask + 1)
        hash_reserve(arena, hash, hash->mask == 0 ? 8 : hash->mask + 1);
    const uint64_t whole = hash_bytes(text, size);
    const size_t at = slot_of(hash, text, size, whole);
    if (hash->slot[at].key != 0)
        return hash->key[hash->slot[at].key - 1].value;
    *ARRAY_PUSH(arena, hash->key, hash->count, hash->capacity) =
        (struct hash_key){text, (uint32_t)size, value};
    hash->slot[at] = (struct hash_slot){(uint32_t)(whole >> 32), (uint32_t)hash->count};
    return value;
}
