/* What people are told: their own notices, a digest; and for the office, ownership that is stale. */
#ifndef SERVER_API_NOTICES_H
#define SERVER_API_NOTICES_H

#include "http/http.h"
#include "server/body.h"

/* GET notices?after=&limit=: those for whoever asks, by name or by a post of today, the newest first. POST notices/read {"until"}: up to that number they are read. */
http_handler api_notices, api_notices_read;
/* GET digest?format=: of whoever asks, over all assessments that they see; as text for a letter. As `baton digest`. */
http_handler api_digest;
/* GET assessments/{assessment}/stale?days=: as `baton stale`. */
http_handler api_stale;

extern const struct body_shape notices_query_shape, notice_list_shape, notices_read_shape,
    digest_query_shape, digest_shape, stale_query_shape, stale_list_shape;

#endif
