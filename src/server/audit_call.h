/* What handlers tell the audit: who asks, and from where, is that of the request. */
#ifndef SERVER_AUDIT_CALL_H
#define SERVER_AUDIT_CALL_H

#include "server/api.h"
#include "server/audit.h"

/* Something was done; returns at once. person, subject: NULL = none. */
void call_audit(struct call *call, enum audit_event event, const char *person, const char *subject);

/* Personal data was read; data was taken out. One fact an hour for the same person and thing, so it may stand in handlers that are asked thousands of times a second, also in those
 * that answer AT_ONCE. The subject is what was read, in words that an address has: "persons", "contents/5f1d", "city-2021/results/2021-08"; not the form, nor pages. */
void call_audit_read(struct call *call, const char *person, const char *subject);
void call_audit_export(struct call *call, const char *subject);

/* What cannot be taken back is written before it is done, as begun, and afterwards, with what became of it:
 *     TRY(call_audit_first(call, AUDIT_ACCOUNT_CLOSE, person, NULL));
 *     TRY(call_audit_after(call, account_close(...), AUDIT_ACCOUNT_CLOSE, person, NULL));
 * The first answers what ledger_audit does, and then nothing may be done; the second answers the code that it is given. */
MUST_USE baton_code call_audit_first(struct call *call, enum audit_event event, const char *person,
                                     const char *subject);
MUST_USE baton_code call_audit_after(struct call *call, baton_code code, enum audit_event event,
                                     const char *person, const char *subject);

/* A fact that is durable when this returns, of something that can be taken back where it could not be written. `actor` where nobody has signed in yet; NULL = who asks. */
MUST_USE baton_code call_audit_write(struct call *call, enum audit_event event, const char *actor,
                                     const char *subject);

/* A password or code that was not right, for an account or an id without one. */
void call_audit_refused(struct call *call, enum audit_event event, const char *person,
                        const struct sign_in_seen *seen);

/* Whether somebody with these roles may read an audit record: the auditor all, everybody what they did, and what is about them. */
bool audit_may_read(const struct entry *entry, const char *person, uint32_t roles);

#endif
