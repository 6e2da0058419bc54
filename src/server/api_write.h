/* What is said through the server: facts, corrections, proposals and decisions on them, evidence. Every write has a key of its sender's (the header Idempotency-Key), so that it may be sent again. */
#ifndef SERVER_API_WRITE_H
#define SERVER_API_WRITE_H

#include "server/body.h"
#include "server/route.h"

/* What the ledger may say of facts, and the server before it: names of codes, for the table of routes. */
#define JUDGED \
    "FACT_KIND FACT_FIELD_UNKNOWN FACT_FIELD_NEEDED FACT_FIELD_TWICE FACT_FIELD_TYPE " \
    "FACT_FIELD_BAD FACT_EXISTS FACT_SUPERSEDED FACT_SAME REASON_NEEDED FACT_TOO_LARGE " \
    "CONTENT_UNKNOWN CONTENT_ERASED FACT_IDENTIFIER DEADLINES_CROSS PERSON_UNKNOWN " \
    "EXCEPTION_UNKNOWN EXCEPTION_NOT_LATER " \
    "STAGE_WRONG PERIOD_UNOPENED PERIOD_SHUT SIGN_OWN VERIFY_OWN REPORT_CHANGED REPORT_RETURNS " \
    "REPORT_ALONE " \
    "COLLECTED FIGURE_ACCEPTED PERIOD_DUE FORM_VALUE_AND_STATE FIGURE_DERIVED SHARING_CHAIN " \
    "SHARING_NOWHERE " \
    "REQUEST_NOT_PERMITTED ASSESSMENTS_OVER ASSESSMENT_UNREGISTERED " \
    "LEVEL_TAKES_TWO REGISTERED_ELSEWHERE REGISTRATION_TAKES_TWO DEPARTMENT_UNKNOWN " \
    "FIGURE_UNEXPECTED FIGURE_BAD REPORTER_OTHER VERIFIER_OTHER EVIDENCE_NEEDED " \
    "RIGHT_LACKING RIGHT_UNIT RIGHT_INDICATOR ROLES_APART LOCKED SCHEME_IN_FORCE SCOPE_LACKING " \
    "REQUEST_KEY_NEEDED REQUEST_DIFFERS LEASE_LOST " \
    "STORE_BUSY STORE_FULL STORE_FAILED STORE_UNSURE"

struct call;
struct digest;
struct json;
struct submission;
struct writer;

/* Answers with what became durable, and its receipts: 201, or 200 for what was stored before. digest = of evidence, or NULL. */
MUST_USE baton_code answer_stored(struct call *call, const struct submission *submission,
                                  const struct digest *digest);
/* The same with more members, which `put` puts (NULL = none). */
MUST_USE baton_code answer_stored_with(struct call *call, const struct submission *submission,
                                       const struct digest *digest,
                                       void (*put)(void *context, struct json *json),
                                       void *context);

struct request;
/* For what compares before it writes, with the reader begun, which it ends: answers what the request stored before, if it did (*is_done). REQUEST_DIFFERS. */
MUST_USE baton_code answer_again_stored(struct call *call, const struct request *request,
                                        bool *is_done);

/* For imports: "facts", and where there are any "first" and the "receipt" of the last, as members. */
MUST_USE baton_code call_put_stored(struct call *call, struct json *json, uint64_t facts,
                                    uint64_t first);
/* Answers with what was written: 201, or 200 for what was stored before. */
void call_answer_stored(struct call *call, bool is_repeat, struct writer *writer);

/* POST facts: said, or with `propose` put before a second person. */
http_handler api_say;
/* POST entries/{position}/correction: the row in force at that position becomes another one, or is withdrawn. */
http_handler api_correct;
/* POST proposals/{position}/decision, .../withdrawal. */
http_handler api_decide, api_withdraw;
extern const struct body_shape say_shape, correct_shape, decide_shape, withdraw_shape, stored_shape,
    stored_fact_shape;

#endif
