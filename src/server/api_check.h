/* Packages that are sent to be looked at: nothing of them is stored. */
#ifndef SERVER_API_CHECK_H
#define SERVER_API_CHECK_H

#include "http/http.h"
#include "server/body.h"

/* POST packages/check ?period= ?folder=: what `baton check --format json` prints, and how much of it there is. */
http_handler api_check;
/* POST packages/score ?period= ?rounded=1 ?format=json|csv ?folder=: as `baton score`. */
http_handler api_score;
/* POST packages/convert ?format=zip|xlsx ?folder=: as `baton convert`. */
http_handler api_convert;

extern const struct body_shape check_query_shape, check_shape, score_query_shape,
    convert_query_shape, finding_shape;

#endif
