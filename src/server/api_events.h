/* Server-sent events, one whenever a result was scored anew; resumed by Last-Event-ID.
 *   GET assessments/{assessment}/events?period=          of one result
 *   GET events?tables=ASSESSMENT/PERIOD,ASSESSMENT       of several */
#ifndef SERVER_API_EVENTS_H
#define SERVER_API_EVENTS_H

#include "server/route.h"

http_handler api_events, api_events_of;

extern const struct body_shape events_query_shape, tables_query_shape;

#endif
