/* The first fact corrects the post that ends, the second one is new; both have the fields of that post but for those that differ. */
#include "flow/handover.h"
#include <inttypes.h>
#include <string.h>

static const char *day_text(struct baton_arena *arena, int32_t day) {
    char text[BATON_PERIOD_NAME_SIZE];
    baton_day_format(day, text);
    return arena_text(arena, text, strlen(text));
}

/* The fields of the post without its own end and what the ledger adds, with another person or first day where these are given. */
static size_t same_post(const struct fact_body *post, const char *person, const char *from,
                        struct field *out) {
    size_t count = 0;
    for (size_t i = 0; i < post->field_count; i++) {
        const struct field *const field = &post->field[i];
        if (field->name[0] == '@' || strcmp(field->name, "to") == 0)
            continue;
        out[count++] = person != NULL && strcmp(field->name, "person") == 0
                           ? text_field("person", person)
                       : from != NULL && strcmp(field->name, "from") == 0 ? text_field("from", from)
                                                                          : *field;
    }
    return count;
}

static bool ends_before(const struct fact_body *post, int32_t day) {
    const char *const text = body_text(post, "to");
    int32_t last;
    return baton_day_parse(text, strlen(text), &last) && last < day;
}

baton_code handover_facts(struct baton_arena *arena, struct ledger_reader *reader,
                          const struct handover *handover, struct fact_body fact[2], size_t *count,
                          struct baton_findings *found) {
    struct entry entry;
    *count = 0;
    TRY(reader_entry(reader, arena, handover->position, &entry));
    const struct fact_body *const post = &entry.body;
    if (strcmp(post->kind, fact_kind_info(FACT_POST)->word) != 0) {
        baton_findings_add(found, BATON_FACT_KIND, (struct baton_where){0}, post->kind, NULL, NULL,
                           NULL);
        return BATON_FACT_KIND;
    }
    struct field *const ended = arena_alloc(arena, post->field_count + 3, sizeof *ended);
    struct field *const begun = arena_alloc(arena, post->field_count + 1, sizeof *begun);
    if (!ends_before(post, handover->day)) {
        size_t fields = same_post(post, NULL, NULL, ended);
        ended[fields++] = text_field("to", day_text(arena, handover->day - 1));
        ended[fields++] =
            text_field("@corrects", arena_printf(arena, "%" PRIu64, handover->position));
        ended[fields++] = text_field("@reason", handover->reason);
        fact[(*count)++] = (struct fact_body){post->kind, "", ended, fields};
    }
    const size_t fields = same_post(post, handover->person, day_text(arena, handover->day), begun);
    fact[(*count)++] = (struct fact_body){post->kind, "", begun, fields};
    return BATON_OK;
}
