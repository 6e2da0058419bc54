/* Schemes of a ledger in words, and two of their versions compared. */
#ifndef SERVER_API_SCHEME_H
#define SERVER_API_SCHEME_H

#include "http/http.h"
#include "server/body.h"

/* GET assessments/{assessment}/scheme ?format=text|markdown|html ?group= ?clauses=1 ?period= ?known=: as `baton scheme print`. */
http_handler api_scheme;
/* GET assessments/{assessment}/scheme/diff ?before= ?after= ?format=json|text|markdown|html: as `baton diff --changes-only` of two versions, by the numbers of their facts. */
http_handler api_scheme_diff;

/* A version of a scheme, read and compiled. */
struct baton_package;
struct baton_session;
struct call;
struct ledger_view;
struct scheme_version {
    struct baton_package *package;
    struct baton_session *session;
    uint64_t position;
};
/* The assessment of the path and ?known=, for whoever may read schemes (READING_LACKING), and ?period=; then its version. */
MUST_USE baton_code scheme_take_view(struct call *call, struct ledger_view *view);
MUST_USE baton_code scheme_open_version(struct call *call, const struct ledger_view *view,
                                        struct scheme_version *out);

/* The assessment of the path with all that is known of it now, for whoever reads its scheme and the figures of all units (READING_LACKING), and a turn at what takes long. */
MUST_USE baton_code scheme_begin_trial(struct call *call, struct ledger_view *view);

/* POST assessments/{assessment}/scheme/trial ?period= ?folder= ?words=1: the package of the body compared with the scheme in force, and the figures of the assessment replayed through it: as `baton diff --format json`.
 * GET the same of a version that is proposed: ?proposal=. Nothing is stored. See api_scheme_trial.c. */
http_handler api_scheme_trial, api_scheme_proposed;

extern const struct body_shape scheme_query_shape, scheme_diff_query_shape, scheme_diff_shape,
    scheme_trial_query_shape, scheme_proposed_query_shape, scheme_trial_shape;

#endif
