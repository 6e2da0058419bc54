/* Results proposed for posting, and the tables of those that were posted. */
#ifndef SERVER_API_POSTING_H
#define SERVER_API_POSTING_H

#include "http/http.h"
#include "server/body.h"

/* POST assessments/{assessment}/postings {"period", "reason"}: as `baton score --post`; somebody else decides, as on every proposal. */
http_handler api_post;
/* GET assessments/{assessment}/postings/{position}: the posted table, byte for byte as it was frozen. */
http_handler api_posted;

extern const struct body_shape post_query_shape, post_shape;

#endif
