/* Receipts and heads: what is read is written again to the same text, but for the ends of lines; what is refused has a finding. */
#include "ledger/head.h"
#include <stdlib.h>
#include <string.h>

static void require(bool holds) {
    if (!holds)
        abort();
}

struct trial {
    struct baton_arena *arena;
    const char *text;
    size_t size;
};

/* Without carriage returns before line feeds, and with a line feed at the end. */
static const char *with_line_feeds(struct baton_arena *arena, const char *text, size_t size) {
    char *const out = arena_alloc(arena, size + 2, 1);
    size_t to = 0;
    for (size_t i = 0; i < size; i++)
        if (text[i] != '\r' || i + 1 == size || text[i + 1] != '\n')
            out[to++] = text[i];
    if (to == 0 || out[to - 1] != '\n')
        out[to] = '\n';
    return out;
}

static baton_code try(void *context) {
    const struct trial *const trial = context;
    struct baton_findings found = {.arena = trial->arena};
    struct receipt receipt;
    struct head head;
    struct public_key key;
    const char *const plain = with_line_feeds(trial->arena, trial->text, trial->size);
    const bool is_receipt =
        receipt_read(trial->arena, "r", trial->text, trial->size, &receipt, &found) == BATON_OK;
    require(found.count == (is_receipt ? 0 : 1));
    if (is_receipt) {
        require(strcmp(receipt_text(trial->arena, &receipt), plain) == 0);
        (void)!receipt_check(trial->arena, "r", &receipt, &found);
    }
    found = (struct baton_findings){.arena = trial->arena};
    const bool is_head =
        head_read(trial->arena, "h", trial->text, trial->size, &head, &key, &found) == BATON_OK;
    require(found.count == (is_head ? 0 : 1) && (is_head || !is_receipt));
    if (is_head && !is_receipt) {
        require(strcmp(head_text(trial->arena, &head, &key), plain) == 0);
        (void)!head_check(trial->arena, "h", &head, &key, &found);
    }
    return BATON_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    struct baton_arena *arena = arena_open();
    struct trial trial = {arena, (const char *)bytes, size};
    require(arena_run(arena, try, &trial) == BATON_OK);
    arena_close(arena);
    return 0;
}
