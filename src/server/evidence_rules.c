/* Before the ledger judges: what it cannot, since it takes what the journal has of a file. */
#include "base/civil_day.h"
#include "flow/evidence.h"
#include "server/api.h"
#include "server/api_evidence.h"
#include "server/sight.h"
#include <string.h>

/* Each digest that a fact names, by whoever may read it; what is no evidence the ledger refuses. */
static baton_code check_named(struct call *call, const struct fact_body *fact) {
    for (const char *at = body_text(fact, "@evidence"); *at != '\0';) {
        const size_t size = strcspn(at, " ");
        struct evidence_file file;
        struct digest digest;
        if (digest_of_hex(at, size, &digest) &&
            !(evidence_find(call->api->evidence, &digest, &file) &&
              sight_file(call, &file, fact->assessment)))
            return call_refuse(call, BATON_CONTENT_UNKNOWN, arena_text(call->arena, at, size), NULL,
                               NULL, NULL);
        at += size + (at[size] == ' ');
    }
    return BATON_OK;
}

static baton_code check_erasures(struct call *call, const struct fact_body *fact, size_t count) {
    return evidence_check_erasures(call->api->evidence, call->reader, call->arena, fact, count,
                                   civil_day(people_time_utc_ms(call->api->people)), &call->found);
}

/* Fields that are to be said stand in any order. */
static bool names_any(const struct fact_body *fact) {
    for (size_t i = 0; i < fact->field_count; i++)
        if (strcmp(fact->field[i].name, "@evidence") == 0)
            return true;
    return false;
}

static bool concerns(const struct fact_body *fact, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (names_any(&fact[i]) || strcmp(fact[i].kind, fact_kind_info(FACT_ERASURE)->word) == 0)
            return true;
    return false;
}

/* Copies with their fields in order, as body_field wants them. */
static const struct fact_body *in_order(struct call *call, const struct fact_body *fact,
                                        size_t count) {
    struct fact_body *const out = arena_alloc(call->arena, count, sizeof *out);
    for (size_t i = 0; i < count; i++) {
        struct field *const field =
            arena_alloc(call->arena, fact[i].field_count + 1, sizeof *field);
        for (size_t f = 0; f < fact[i].field_count; f++)
            field[f] = fact[i].field[f];
        out[i] = fact[i];
        out[i].field = field;
        (void)fields_sort(field, &out[i].field_count); /* one that comes twice the ledger refuses */
    }
    return out;
}

baton_code call_evidence(struct call *call, const struct fact_body *fact, size_t count) {
    if (!concerns(fact, count))
        return BATON_OK;
    TRY(call_reader(call));
    TRY(evidence_read(call->api->evidence, call->reader));
    const struct fact_body *const ordered = in_order(call, fact, count);
    for (size_t i = 0; i < count; i++)
        TRY(check_named(call, &ordered[i]));
    return check_erasures(call, ordered, count);
}

baton_code call_evidence_proposed(struct call *call, uint64_t position) {
    struct entry entry;
    TRY(call_reader(call));
    const baton_code code = reader_entry(call->reader, call->arena, position, &entry);
    if (code == BATON_ENTRY_UNKNOWN)
        return BATON_OK; /* the ledger says that there is no such proposal */
    if (code != BATON_OK)
        return code;
    struct fact_body *const fact = arena_alloc(call->arena, entry.body.field_count, sizeof *fact);
    size_t count = 0;
    for (size_t i = 0; i < entry.body.field_count; i++) {
        const struct field *const field = &entry.body.field[i];
        if (field->type == 'f')
            TRY(body_read(call->arena, field->value, field->size, &fact[count++]));
    }
    return concerns(fact, count) ? check_erasures(call, fact, count) : BATON_OK;
}
