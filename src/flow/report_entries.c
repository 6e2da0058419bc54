/* Keys of reports begin with their period, so those of one stand together. */
#include "flow/report_entries.h"
#include "base/limits.h"
#include "flow/entry_print.h"
#include <string.h>

struct reading {
    struct baton_arena *arena;
    bool (*may_read)(void *context, const struct entry *report);
    void *context;
    struct report_entries *out;
    size_t count, capacity;
    size_t prefix; /* bytes of the period and the separator */
};

static baton_code take(void *context, const struct fact_row *row) {
    struct reading *const r = context;
    if (r->may_read != NULL && !r->may_read(r->context, &row->entry))
        return BATON_OK;
    const char *const key = row->key + r->prefix;
    const size_t size = strlen(key);
    struct entry *const entry = arena_alloc(r->arena, 1, sizeof *entry);
    entry_copy(r->arena, &row->entry, entry);
    hash_add(r->arena, &r->out->key, arena_text(r->arena, key, size), size, (uint32_t)r->count);
    *ARRAY_PUSH(r->arena, r->out->entry, r->count, r->capacity) = entry;
    return BATON_OK;
}

baton_code report_entries_read(struct baton_arena *arena, struct ledger_reader *reader,
                               const char *assessment, const char *period,
                               bool (*may_read)(void *context, const struct entry *report),
                               void *context, struct report_entries *out) {
    const char *const prefix = arena_printf(arena, "%s\x1f", period);
    struct reading r = {.arena = arena,
                        .may_read = may_read,
                        .context = context,
                        .out = out,
                        .prefix = strlen(prefix)};
    uint64_t known;
    *out = (struct report_entries){0};
    TRY(reader_size(reader, &known));
    return reader_range(reader, assessment, FACT_REPORT, known, prefix,
                        arena_printf(arena, "%s ", period), take,
                        &r); /* a space is next to U+001F */
}

uint32_t report_entries_key(const struct hash *hash, const char *unit, const char *element) {
    char key[2 * LIMIT_ID_SIZE + 2];
    const size_t u = strlen(unit), e = strlen(element);
    if (u + e + 1 > sizeof key) /* longer than any identifier */
        return HASH_NONE;
    memcpy(key, unit, u);
    key[u] = '\x1f';
    memcpy(key + u + 1, element, e);
    return hash_find(hash, key, u + e + 1);
}

const struct entry *report_entries_find(const struct report_entries *reports, const char *unit,
                                        const char *element) {
    const uint32_t at = report_entries_key(&reports->key, unit, element);
    return at == HASH_NONE ? NULL : reports->entry[at];
}
