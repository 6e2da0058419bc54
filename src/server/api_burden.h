/* How much is asked of units in a year. */
#ifndef SERVER_API_BURDEN_H
#define SERVER_API_BURDEN_H

#include "http/http.h"
#include "server/body.h"

http_handler api_burden;

extern const struct body_shape burden_query_shape, burden_shape;

#endif
