/* Posts that pass from one person to another. */
#ifndef SERVER_API_POSTS_H
#define SERVER_API_POSTS_H

#include "http/http.h"
#include "server/body.h"

/* POST posts/{position}/handover: the post that stands there ends, and another person's begins on a day, in one submission. */
http_handler api_handover;

extern const struct body_shape handover_shape;

#endif
