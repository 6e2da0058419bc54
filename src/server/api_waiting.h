/* Collection: what waits for whom. */
#ifndef SERVER_API_WAITING_H
#define SERVER_API_WAITING_H

#include "http/http.h"
#include "server/body.h"

/* GET assessments/{assessment}/waiting?period=&unit=&reporter=&stage=&role=&person=&mine=: every figure that is expected and not done, of those that whoever asks may read, with the act that is next and whose turn it is. As
 * `baton waiting`. Persons are named to whoever may read posts; to everybody they themselves. */
http_handler api_waiting;

extern const struct body_shape waiting_query_shape, waiting_shape;

#endif
