/* There are few open proposals at a time; each is read whole. */
#include "flow/deciding.h"
#include <string.h>

/* As judge_decider (ledger/batch_judge.c): what is erased before its term, by the committee alone. */
static uint32_t roles_for(enum fact_kind kind, const struct fact_body *fact) {
    const bool is_early = kind == FACT_ERASURE && body_field(fact, "early") != NULL;
    return rights_to_decide(kind) & (is_early ? rights_bits("committee") : UINT32_MAX);
}

static bool may_decide_on(const struct reach *reach, const char *proposer,
                          const struct fact_body *fact) {
    enum fact_kind kind;
    if (!fact_kind_of(fact->kind, &kind))
        return false;
    const uint32_t needed = roles_for(kind, fact) & reach->within;
    const uint32_t held = fact->assessment[0] == '\0' ? reach->whole : reach->roles;
    return (held & needed) != 0 && standing_reaches(reach, needed, kind, fact) == REACHES &&
           !standing_is_deputy_of(reach, rights_to_decide(kind), proposer, fact);
}

static bool may_decide(struct baton_arena *arena, const struct reach *reach,
                       const struct proposal *proposal, const struct fact_body *body) {
    size_t count = 0;
    for (size_t i = 0; i < body->field_count; i++) {
        struct fact_body fact;
        if (body->field[i].type != 'f')
            continue;
        if (body_read(arena, body->field[i].value, body->field[i].size, &fact) != BATON_OK ||
            !may_decide_on(reach, proposal->proposer, &fact))
            return false;
        count++;
    }
    return count > 0;
}

static bool is_open(const struct proposal *proposal, const char *person, int64_t now_utc_ms) {
    return strcmp(proposal->state, "open") == 0 && strcmp(proposal->proposer, person) != 0 &&
           (proposal->expires_utc_ms == 0 || proposal->expires_utc_ms >= now_utc_ms);
}

baton_code deciding_read(struct baton_arena *arena, struct ledger_reader *reader,
                         const struct standing *standing, const char *person, uint32_t within,
                         int64_t now_utc_ms, struct deciding *out) {
    struct proposal *proposal;
    struct reach reach;
    size_t count, capacity = 0;
    struct deciding_item *item = NULL;
    *out = (struct deciding){0};
    if (!standing_reach(standing, person, now_utc_ms, &reach) ||
        (reach.roles & within & rights_bits("office committee")) == 0)
        return BATON_OK;
    reach.within &= within;
    TRY(reader_proposals(reader, arena, &proposal, &count));
    for (size_t i = 0; i < count; i++) {
        struct entry entry;
        if (!is_open(&proposal[i], person, now_utc_ms))
            continue;
        TRY(reader_entry(reader, arena, proposal[i].position, &entry));
        if (may_decide(arena, &reach, &proposal[i], &entry.body))
            *ARRAY_PUSH(arena, item, out->count, capacity) =
                (struct deciding_item){&proposal[i], entry};
    }
    out->item = item;
    return BATON_OK;
}
