/* Collection: what waits for whom. */
#ifndef SERVER_API_WAITING_H
#define SERVER_API_WAITING_H

#include "flow/waiting.h"
#include "http/http.h"
#include "server/body.h"

/* GET assessments/{assessment}/waiting?period=&unit=&reporter=&stage=&role=&person=&mine=: every figure that is expected and not done, of those that whoever asks may read, with the act that is next and whose turn it is. As
 * `baton waiting`. Persons are named to whoever may read posts; to everybody they themselves. */
http_handler api_waiting;

extern const struct body_shape waiting_query_shape, waiting_shape;

/* What is looked at for a request: the world of waiting.h of the assessment that is named, by what whoever asks may read. */
struct call;
struct waiting_look {
    struct call *call;
    struct calendar calendar;
    struct hash accounts;
    struct waiting_world world;
};

/* READING_LACKING for whoever reads no figures of it; what the reader answers. */
MUST_USE baton_code waiting_look(struct call *call, struct waiting_look *out);
/* Who holds a post is read by whoever reads posts; everybody reads their own. Once a waiting_look was taken. */
bool waiting_names(void *call, const char *person);

#endif
