/* What is grave takes the password given lately; and who needs a second factor, and has none in time, may set it up and do nothing else. Which operations those are stands in grave.def. */
#ifndef SERVER_GRAVE_H
#define SERVER_GRAVE_H

#include "server/api.h"
#include "server/route.h"

/* After gate_allows, before the handler: false where it has been answered, with SESSION_NOT_RAISED or FACTOR_DUE. */
bool grave_allows(struct http_request *request, struct api *api);

/* Whether a route takes a password given lately; whether it may be asked for by whoever is to set a second factor up. */
bool grave_is_raised(const struct route *route);
bool grave_is_setup(const struct route *route);

/* Facts that are to be said: SESSION_NOT_RAISED where one of them is a post. */
MUST_USE baton_code grave_facts(struct call *call, const struct fact_body *fact, size_t count);

#endif
