/* GET assessments/{assessment}/events?period=: server-sent events, one whenever the result was scored anew; resumed by Last-Event-ID. */
#ifndef SERVER_API_EVENTS_H
#define SERVER_API_EVENTS_H

#include "server/route.h"

http_handler api_events;

extern const struct body_shape events_query_shape;

#endif
