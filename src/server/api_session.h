/* Signing in and out, and who one is; what else takes a password; and one's sessions. */
#ifndef SERVER_API_SESSION_H
#define SERVER_API_SESSION_H

#include "server/audit_call.h"
#include "server/route.h"

/* GET session: who is signed in, with which roles, and what a page has to send along. POST: signs in. DELETE: signs out. */
http_handler api_session, api_sign_in, api_sign_out;
/* POST session/password: a new password, proved by the old one. POST session/raise: the password once more. */
http_handler api_password, api_session_raise;
/* GET sessions: one's own; DELETE sessions/{session}: one of them; DELETE sessions: all but this one. The same of an account, for the security administrator. */
http_handler api_sessions, api_session_end, api_session_end_others;
http_handler api_account_sessions, api_account_session_end, api_account_sessions_end;

extern const struct body_shape session_shape, sign_in_shape, password_shape, proof_shape,
    session_list_shape;

/* What proves who somebody is, as the shapes have it: person NULL = who is signed in. */
struct signing_in {
    const char *person, *password, *code, *new_password;
};

/* From a body to what the ledger takes; *seen is filled by it. */
struct sign_in proof_of(struct call *call, const struct signing_in *body,
                        struct sign_in_seen *seen);
/* Tells the audit of a proof that did not hold; answers the code. */
MUST_USE baton_code proof_told(struct call *call, baton_code code, enum audit_event event,
                               const struct sign_in *in);
/* What is only for whoever has signed in with a password: SCOPE_LACKING of a token. */
MUST_USE baton_code refuse_token(struct call *call);
/* JSON that nobody may keep. */
void answer_unkept(struct call *call, int status, struct writer *writer);

#endif
