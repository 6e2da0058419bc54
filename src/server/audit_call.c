/* From a request to a record. */
#include "server/audit_call.h"
#include "flow/entry_words.h"
#include "server/gate.h"
#include <string.h>

static struct audit_record record_of(const struct call *call, enum audit_event event,
                                     enum audit_outcome outcome, const char *person,
                                     const char *subject) {
    const struct caller *const caller = caller_of(call->request);
    return (struct audit_record){.event = event,
                                 .outcome = outcome,
                                 .actor = caller->is_in ? caller->who.person : NULL,
                                 .person = person,
                                 .subject = subject,
                                 .address = call->request->peer};
}

void call_audit(struct call *call, enum audit_event event, const char *person,
                const char *subject) {
    const struct audit_record record = record_of(call, event, AUDIT_DONE, person, subject);
    audit_say(call->api->audit, &record);
}

void call_audit_read(struct call *call, const char *person, const char *subject) {
    const struct audit_record record = record_of(call, AUDIT_READ, AUDIT_DONE, person, subject);
    audit_once(call->api->audit, &record);
}

void call_audit_export(struct call *call, const char *subject) {
    const struct audit_record record = record_of(call, AUDIT_EXPORT, AUDIT_DONE, NULL, subject);
    audit_once(call->api->audit, &record);
}

baton_code call_audit_first(struct call *call, enum audit_event event, const char *person,
                            const char *subject) {
    const struct audit_record record = record_of(call, event, AUDIT_BEGUN, person, subject);
    return audit_write(call->api->audit, call->arena, &record, &call->found);
}

baton_code call_audit_after(struct call *call, baton_code code, enum audit_event event,
                            const char *person, const char *subject) {
    const struct audit_record record =
        record_of(call, event, code == BATON_OK ? AUDIT_DONE : AUDIT_REFUSED, person, subject);
    audit_say(call->api->audit, &record);
    return code;
}

baton_code call_audit_write(struct call *call, enum audit_event event, const char *actor,
                            const char *subject) {
    struct audit_record record = record_of(call, event, AUDIT_DONE, NULL, subject);
    if (actor != NULL)
        record.actor = actor;
    return audit_write(call->api->audit, call->arena, &record, &call->found);
}

void call_audit_refused(struct call *call, enum audit_event event, const char *person,
                        const struct sign_in_seen *seen) {
    struct audit_record record =
        record_of(call, event, seen->waits ? AUDIT_LOCKED : AUDIT_REFUSED, person, NULL);
    record.actor = NULL; /* whoever had the browser before it is not known to be at it */
    if (seen->has_account)
        audit_refused(call->api->audit, &record);
    else
        audit_note(call->api->audit, &record);
}

bool audit_may_read(const struct entry *entry, const char *person, uint32_t roles) {
    return (roles >> ROLE_AUDITOR & 1) != 0 || strcmp(entry->actor, person) == 0 ||
           strcmp(body_text(&entry->body, "person"), person) == 0;
}
