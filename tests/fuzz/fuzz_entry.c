/* Entries: whatever bytes are read are written again to the same bytes; facts that a proposal holds as well. */
#include "ledger/entry.h"
#include <stdlib.h>
#include <string.h>

static void require(bool holds) {
    if (!holds)
        abort();
}

struct trial {
    struct baton_arena *arena;
    const uint8_t *bytes;
    size_t size;
};

static void check_body(struct baton_arena *arena, const struct fact_body *body, bool is_inner) {
    for (size_t i = 0; i < body->field_count; i++) {
        const struct field *const field = &body->field[i];
        struct fact_body inner;
        const uint8_t *again;
        size_t again_size;
        require(body_field(body, field->name) == field && field->value[field->size] == '\0');
        require(i == 0 || strcmp(field[-1].name, field->name) < 0);
        if (field->type != 'f')
            continue;
        require(!is_inner);
        require(body_read(arena, field->value, field->size, &inner) == BATON_OK);
        check_body(arena, &inner, true);
        body_write(arena, &inner, &again, &again_size);
        require(again_size == field->size && memcmp(again, field->value, again_size) == 0);
    }
}

static baton_code try(void *context) {
    const struct trial *const trial = context;
    struct entry entry;
    struct fact_body body;
    const uint8_t *again;
    size_t again_size;
    if (body_read(trial->arena, trial->bytes, trial->size, &body) == BATON_OK) {
        check_body(trial->arena, &body, true);
        body_write(trial->arena, &body, &again, &again_size);
        require(again_size == trial->size && memcmp(again, trial->bytes, again_size) == 0);
    }
    if (entry_read(trial->arena, trial->bytes, trial->size, &entry) != BATON_OK)
        return BATON_OK;
    check_body(trial->arena, &entry.body, false);
    entry_write(trial->arena, &entry, &again, &again_size);
    require(again_size == trial->size && memcmp(again, trial->bytes, again_size) == 0);
    return BATON_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    struct baton_arena *arena = arena_open();
    struct trial trial = {arena, bytes, size};
    require(arena_run(arena, try, &trial) == BATON_OK);
    arena_close(arena);
    return 0;
}
