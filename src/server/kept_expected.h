/* What is expected in an assessment, worked out once for each of its results: with very many units it is a long list, and every clerk of the last evening asks for a small part of it. */
#ifndef SERVER_KEPT_EXPECTED_H
#define SERVER_KEPT_EXPECTED_H

#include "flow/expected_index.h"

struct call;
struct kept_expected;

/* Closed with the arena. */
struct kept_expected *kept_expected_open(struct baton_arena *arena);

/* The newest result of an assessment, and what is expected by its scheme, both as long as the request. NOT_SCORED. */
MUST_USE baton_code call_expected(struct call *call, const char *assessment,
                                  const struct baton_session **session,
                                  const struct expected_index **out);

#endif
