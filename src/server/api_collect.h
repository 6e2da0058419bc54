/* Collection: reports taken from one stage to the next. */
#ifndef SERVER_API_COLLECT_H
#define SERVER_API_COLLECT_H

#include "http/http.h"
#include "server/body.h"

/* POST assessments/{assessment}/collection/{period} {"act", "reason", "items"}: all of them or none. What is there is told by GET .../expected/{period}. */
http_handler api_collect;

extern const struct body_shape collect_shape, collected_shape;

#endif
