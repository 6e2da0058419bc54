/* What is expected, and what has become of it. */
#ifndef SERVER_API_EXPECTED_H
#define SERVER_API_EXPECTED_H

#include "http/http.h"
#include "server/body.h"

/* GET assessments/{assessment}/expected/{period}?unit=&reporter=: the figures that the scheme asks for in that period. As `baton expected`. */
http_handler api_expected;

extern const struct body_shape expected_query_shape, expected_shape;

#endif
