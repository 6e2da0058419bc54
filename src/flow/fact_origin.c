/* What stands behind a row: its entry, the entry that it corrects, and the names of persons, which are content outside of the entries. */
#include "flow/fact_origin.h"
#include "ledger/merkle.h"
#include <string.h>

/* The newest revision of a person's fact. */
struct newest {
    bool there;
    struct digest name;
};

static baton_code take_person(void *context, const struct fact_row *row) {
    struct newest *newest = context;
    const struct fact_body *body = &row->entry.body;
    newest->there = false;
    for (size_t i = 0; i < body->field_count; i++)
        if (strcmp(body->field[i].name, "name") == 0 && body->field[i].size == DIGEST_SIZE) {
            memcpy(newest->name.byte, body->field[i].value, DIGEST_SIZE);
            newest->there = true;
        }
    return BATON_OK;
}

baton_code fact_person_name(struct baton_arena *arena, struct ledger_reader *reader,
                            const char *person, const char **out) {
    struct newest newest = {0};
    size_t size;
    *out = NULL;
    TRY(reader_history(reader, "", FACT_PERSON, person, take_person, &newest));
    if (!newest.there)
        return BATON_OK;
    const baton_code code = reader_content_text(reader, arena, &newest.name, out, &size);
    if (code == BATON_CONTENT_ERASED)
        *out = NULL;
    return code == BATON_CONTENT_ERASED ? BATON_OK : code;
}

/* The figure that a fact says; NULL = none, or its kind has none. */
static const char *figure_of(const struct fact_body *body) {
    const char *field = strcmp(body->kind, "observation") == 0 ? "value"
                        : strcmp(body->kind, "target") == 0    ? "target"
                                                               : NULL;
    return field == NULL || body_field(body, field) == NULL ? NULL : body_text(body, field);
}

static const char *text_or_null(const struct fact_body *body, const char *name) {
    return body_field(body, name) == NULL ? NULL : body_text(body, name);
}

baton_code fact_origin(struct baton_arena *arena, struct ledger_reader *reader, uint64_t position,
                       struct baton_fact *out) {
    struct entry entry, corrected;
    const uint8_t *bytes;
    size_t size;
    char hex[DIGEST_HEX_SIZE];
    TRY(reader_entry(reader, arena, position, &entry));
    entry_write(arena, &entry, &bytes, &size);
    const struct digest leaf = merkle_leaf(reader_digest(reader), bytes, size);
    digest_hex(&leaf, hex);
    struct baton_fact fact = {
        .position = position,
        .time_utc_ms = entry.time_utc_ms,
        .reporter = entry.actor,
        .verifier = text_or_null(&entry.body, "@verifier"),
        .digest = arena_text(arena, hex, strlen(hex)),
        .reason = text_or_null(&entry.body, "@reason"),
    };
    fact.is_correction = fact_position(body_text(&entry.body, "@corrects"), &fact.corrects);
    if (fact.is_correction) {
        TRY(reader_entry(reader, arena, fact.corrects, &corrected));
        fact.was = figure_of(&corrected.body);
    }
    TRY(fact_person_name(arena, reader, fact.reporter, &fact.reporter_name));
    if (fact.verifier != NULL)
        TRY(fact_person_name(arena, reader, fact.verifier, &fact.verifier_name));
    *out = fact;
    return BATON_OK;
}
