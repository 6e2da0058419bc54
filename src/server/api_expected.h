/* What is expected, and what has become of it. */
#ifndef SERVER_API_EXPECTED_H
#define SERVER_API_EXPECTED_H

#include "http/http.h"
#include "server/body.h"

/* GET assessments/{assessment}/expected/{period}?unit=&reporter=: the figures that the scheme asks for in that period. As `baton expected`. */
http_handler api_expected;

struct call;
struct expectation;

/* Whether whoever asks is told of a figure that is expected in a period: they may read the figures of the unit, or of the unit that reports it. Once sight_prepare was called for observations. */
bool api_expected_may(struct call *call, const char *assessment, const char *period,
                      const struct expectation *one);

extern const struct body_shape expected_query_shape, expected_shape;

#endif
