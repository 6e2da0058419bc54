/* `baton digest`: what a person ought to know today. */
#include "cli/open_waiting.h"
#include "flow/digest.h"
#include "report/explain_report.h"

enum { FORMAT_TEXT, FORMAT_JSON };

baton_code cmd_digest(struct invocation *invocation) {
    struct baton_findings found = {.arena = invocation->arena};
    const char *const person = invocation->settings.id;
    struct collection of;
    struct waiting_world world;
    struct digest_of digest;
    if (person == NULL)
        return refuse(invocation, BATON_OPERAND_MISSING, "digest", "--person", NULL, NULL);
    TRY(waiting_world_open(invocation, &of, &world));
    const baton_code code =
        digest_read(invocation->arena, of.reader, &world, person, &digest, &found);
    if (code != BATON_OK)
        return refuse_all(invocation, &found);
    if (invocation->settings.format == FORMAT_JSON) {
        struct json json = json_to(invocation->out);
        digest_json(&json, NULL, &digest);
        return BATON_OK;
    }
    writer_printf(invocation->out,
                  in_language(invocation, "%s, %s, as of %s\n", "%s，%s，截至 %s\n"), person,
                  of.assessment, explain_time(invocation->arena, of.now_utc_ms));
    digest_text(invocation->arena, invocation->out, &digest, invocation->language);
    return BATON_OK;
}
