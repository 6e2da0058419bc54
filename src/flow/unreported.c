/* Who was of the office when is asked of the posts that the ledger has. */
#include "flow/unreported.h"
#include "base/hash.h"
#include <inttypes.h>
#include <string.h>

struct finding {
    struct standing *standing;
    struct hash period; /* its name to its place in `all` */
    struct unreported *all;
};

static bool is_of_office(const struct finding *f, const struct entry *entry) {
    struct reach reach;
    return standing_reach(f->standing, entry->actor, entry->time_utc_ms, &reach) &&
           standing_reaches(&reach, rights_bits("office"), FACT_OBSERVATION, &entry->body) ==
               REACHES;
}

static baton_code take(void *context, const struct fact_row *row) {
    struct finding *const f = context;
    const char *const period = body_text(&row->entry.body, "period");
    const uint32_t at = hash_find(&f->period, period, strlen(period));
    if (at == HASH_NONE || is_of_office(f, &row->entry))
        return BATON_OK;
    struct unreported *const one = &f->all[at];
    if (one->count == 0 || row->position < one->first)
        one->first = row->position;
    one->count++;
    return BATON_OK;
}

baton_code unreported_find(struct baton_arena *arena, struct ledger_reader *reader,
                           const char *assessment, const struct fact_body *opening, size_t count,
                           struct unreported **out, size_t *out_count) {
    struct finding f = {.all = arena_alloc(arena, count, sizeof *f.all)};
    uint64_t known;
    size_t found = 0;
    TRY(reader_size(reader, &known));
    TRY(reader_standing(reader, arena, &f.standing));
    for (size_t i = 0; i < count; i++) {
        const char *const name = body_text(&opening[i], "period");
        f.all[hash_add(arena, &f.period, name, strlen(name), (uint32_t)i)].period = name;
    }
    TRY(reader_rows(reader, assessment, FACT_OBSERVATION, known, take, &f));
    for (size_t i = 0; i < count; i++)
        if (f.all[i].count > 0)
            f.all[found++] = f.all[i];
    *out = f.all;
    *out_count = found;
    return BATON_OK;
}

void unreported_tell(struct baton_arena *arena, const struct unreported *list, size_t count,
                     struct baton_findings *found) {
    for (size_t i = 0; i < count; i++)
        baton_findings_add(found, BATON_FIGURES_UNREPORTED, (struct baton_where){0}, list[i].period,
                           arena_printf(arena, "%" PRIu64, list[i].count),
                           arena_printf(arena, "%" PRIu64, list[i].first), NULL);
}
