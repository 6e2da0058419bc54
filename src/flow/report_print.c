/* The fields of the fact under the names that they have on their way in. */
#include "flow/report_print.h"
#include "flow/entry_print.h"
#include "ledger/fact.h"
#include <string.h>

static void put_evidence(struct baton_arena *arena, struct json *json, const char *digests) {
    json_array(json, "evidence");
    while (*digests != '\0') {
        const size_t size = strcspn(digests, " ");
        json_text(json, NULL, arena_text(arena, digests, size));
        digests += size;
        digests += *digests == ' ';
    }
    json_end(json);
}

void report_json(struct baton_arena *arena, struct json *json, const char *name,
                 const struct entry *report, struct names *names) {
    static const char *const said[] = {"value", "state", "source", "document", "note"};
    const struct fact_body *const body = &report->body;
    const char *const evidence = body_text(body, "@evidence");
    uint64_t returns;
    json_object(json, name);
    json_count(json, "at", report->position);
    json_text(json, "stage", body_text(body, "stage"));
    json_text(json, "by", report->actor);
    if (names != NULL)
        json_text_if(json, "by_name", names_name(names, report->actor));
    json_text(json, "time", time_exact(arena, report->time_utc_ms));
    if (fact_position(body_text(body, "returns"), &returns))
        json_count(json, "returns", returns);
    if (body_field(body, "@reason") != NULL)
        json_text(json, "reason", body_text(body, "@reason"));
    for (size_t i = 0; i < LENGTH(said); i++)
        if (body_field(body, said[i]) != NULL)
            json_text(json, said[i], body_text(body, said[i]));
    if (*evidence != '\0')
        put_evidence(arena, json, evidence);
    json_end(json);
}
