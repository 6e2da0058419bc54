/* One indicator in words. */
#ifndef SERVER_API_INDICATOR_H
#define SERVER_API_INDICATOR_H

#include "http/http.h"
#include "server/body.h"

/* GET assessments/{assessment}/indicators/{indicator} ?period= ?known=: for whoever may read the scheme. */
http_handler api_indicator;

extern const struct body_shape indicator_method_shape, indicator_query_shape, indicator_shape;

#endif
