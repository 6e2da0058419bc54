/* What was withdrawn from a ledger: a package that was written before still has it, and must not bring it back unnoticed. */
#include "flow/import_parts.h"
#include <string.h>

/* The newest revision of a row that was corrected or withdrawn. */
struct revised {
    const char *key;
    uint64_t position, corrects;
    bool withdrawn;
};

struct reading {
    struct baton_arena *arena;
    struct hash keys; /* to `row` */
    struct revised *row;
    size_t count, capacity;
};

static baton_code take_revision(void *context, const struct fact_row *row) {
    struct reading *r = context;
    const size_t size = strlen(row->key);
    uint32_t index = hash_find(&r->keys, row->key, size);
    if (index == HASH_NONE) {
        const char *key = arena_text(r->arena, row->key, size);
        index = (uint32_t)r->count;
        hash_add(r->arena, &r->keys, key, size, index);
        ARRAY_PUSH(r->arena, r->row, r->count, r->capacity)->key = key;
    }
    struct revised *revised = &r->row[index]; /* by position: the last one seen is the newest */
    revised->position = row->position;
    revised->withdrawn = row->withdrawn;
    (void)fact_position(body_text(&row->entry.body, "@corrects"), &revised->corrects);
    return BATON_OK;
}

/* What it is found by: its key, or what it said before it was withdrawn. */
static baton_code name_of(struct import *import, enum fact_kind kind, const struct revised *row,
                          const char **name, size_t *size) {
    struct entry entry;
    const uint8_t *bytes;
    *name = row->key;
    *size = strlen(row->key);
    if (fact_kind_info(kind)->key[0] != '\0')
        return BATON_OK;
    TRY(import_tell(import, reader_entry(import->reader, import->arena, row->corrects, &entry)));
    import_bytes(import->arena, &entry.body, &bytes, size);
    *name = (const char *)bytes;
    return BATON_OK;
}

baton_code import_read_withdrawn(struct import *import, const struct importing *of,
                                 enum fact_kind kind, struct import_withdrawn *out) {
    struct reading r = {.arena = import->arena};
    TRY(import_tell(
        import, reader_revised(import->reader, of->id, kind, import->known, take_revision, &r)));
    for (size_t i = 0; i < r.count; i++) {
        const char *name;
        size_t size;
        if (!r.row[i].withdrawn)
            continue;
        TRY(name_of(import, kind, &r.row[i], &name, &size));
        hash_add(import->arena, &out->keys, name, size, (uint32_t)out->count);
        *ARRAY_PUSH(import->arena, out->position, out->count, out->capacity) = r.row[i].position;
    }
    return BATON_OK;
}
