/* Exported journals: any bytes as a file; what is read to the end is written again to the same file. The digest at the end is put right first, or nothing would ever be. */
#include "ledger/bytes.h"
#include "ledger/journal_file.h"
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

static void require(bool holds) {
    if (!holds)
        abort();
}

struct trial {
    struct baton_arena *arena;
    uint8_t *bytes;
    size_t size;
    int file;
};

/* The journal's own words say which digest it has. */
static void put_end_right(struct trial *trial) {
    const size_t end = 9 + 8 + DIGEST_SIZE;
    if (trial->size < end || trial->bytes[trial->size - 1] % 2 == 0) // some are left as they are
        return;
    const size_t before = trial->size - end;
    const bool is_sm3 = memmem(trial->bytes, trial->size, "\0\0\0\3sm3", 7) != NULL;
    const struct digest digest =
        digest_bytes(is_sm3 ? DIGEST_SM3 : DIGEST_SHA256, trial->bytes, before);
    memcpy(trial->bytes + before + 17, digest.byte, DIGEST_SIZE);
}

static void write_again(struct journal_out *out, const struct journal_item *item) {
    if (item->type == JOURNAL_ENTRY)
        journal_out_entry(out, item->bytes, item->size);
    else if (item->type == JOURNAL_HEAD)
        journal_out_head(out, &item->head);
    else if (item->type == JOURNAL_CONTENT)
        journal_out_content(out, &item->content);
    else if (item->type == JOURNAL_BYTES)
        journal_out_bytes(out, item->bytes, item->size);
    else
        journal_out_end(out);
}

static baton_code try(void *context) {
    struct trial *const trial = context;
    struct baton_findings found = {.arena = trial->arena};
    struct journal_in *in;
    struct journal_item item = {.type = JOURNAL_ENTRY};
    put_end_right(trial);
    require(write(trial->file, trial->bytes, trial->size) == (ssize_t)trial->size);
    const char *const path = arena_printf(trial->arena, "/proc/self/fd/%d", trial->file);
    baton_code code = journal_in_open(trial->arena, path, &in, &found);
    if (code != BATON_OK) {
        require(code == BATON_JOURNAL_BROKEN && found.count == 1);
        return BATON_OK;
    }
    struct writer *const writer = writer_memory(trial->arena);
    struct journal_out *const out = journal_out_open(trial->arena, writer, journal_in_ledger(in));
    while (code == BATON_OK && item.type != JOURNAL_END) {
        code = journal_in_next(in, &item, &found);
        if (code == BATON_OK)
            write_again(out, &item);
    }
    require(code == BATON_OK ? found.count == 0 : code == BATON_JOURNAL_BROKEN && found.count == 1);
    if (code == BATON_OK)
        require(writer->used == trial->size &&
                memcmp(writer->buffer, trial->bytes, trial->size) == 0);
    return BATON_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    struct baton_arena *arena = arena_open();
    struct trial trial = {arena, malloc(size + 1), size, memfd_create("journal", MFD_CLOEXEC)};
    require(trial.bytes != NULL && trial.file >= 0);
    if (size > 0)
        memcpy(trial.bytes, bytes, size);
    require(arena_run(arena, try, &trial) == BATON_OK);
    arena_close(arena);
    close(trial.file);
    free(trial.bytes);
    return 0;
}
