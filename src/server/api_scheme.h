/* Schemes of a ledger in words, and two of their versions compared. */
#ifndef SERVER_API_SCHEME_H
#define SERVER_API_SCHEME_H

#include "http/http.h"
#include "server/body.h"

/* GET assessments/{assessment}/scheme ?format=text|markdown|html ?group= ?clauses=1 ?period= ?known=: as `baton scheme print`. */
http_handler api_scheme;
/* GET assessments/{assessment}/scheme/diff ?before= ?after= ?format=json|text|markdown|html: as `baton diff --changes-only` of two versions, by the numbers of their facts. */
http_handler api_scheme_diff;

extern const struct body_shape scheme_query_shape, scheme_diff_query_shape, scheme_diff_shape;

#endif
