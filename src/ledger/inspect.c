/* The lease and the orphans of a ledger, read without taking part; the disk that a file is on. */
#include "ledger/inspect.h"
#include "ledger/reader_parts.h"
#include <sys/stat.h>
#include <sys/statvfs.h>

struct inspecting {
    struct baton_arena *arena;
    struct ledger_state *state;
};

static baton_code take_lease(void *context, const struct store_value *row) {
    struct inspecting *inspecting = context;
    if (row[0].size == 0 || row[2].number == 0)
        return BATON_OK;
    inspecting->state->holder = arena_text(inspecting->arena, row[0].data, row[0].size);
    inspecting->state->until_utc_ms = row[2].number;
    return BATON_OK;
}

static baton_code count_orphan(void *context, const struct store_value *row) {
    struct inspecting *inspecting = context;
    (void)row;
    inspecting->state->orphans++;
    return BATON_OK;
}

baton_code ledger_inspect(struct baton_arena *arena, struct ledger_reader *reader,
                          struct ledger_state *out) {
    struct inspecting inspecting = {arena, out};
    const struct store_value ledger = store_int(reader->number);
    *out = (struct ledger_state){0};
    TRY(reader_all(reader, STATEMENT_LEASE_GET, &ledger, take_lease, &inspecting));
    return reader_all(reader, STATEMENT_CONTENT_ORPHANS, &ledger, count_orphan, &inspecting);
}

bool ledger_disk(const char *path, uint64_t *free_size, uint64_t *file_size) {
    struct statvfs disk;
    struct stat file;
    if (statvfs(path, &disk) != 0 || stat(path, &file) != 0)
        return false;
    *free_size = (uint64_t)disk.f_bavail * disk.f_frsize;
    *file_size = (uint64_t)file.st_size;
    return true;
}
