/* Who a request comes from, and whether they may ask for that at all. What they may say is judged by the ledger, fact by fact. */
#ifndef SERVER_GATE_H
#define SERVER_GATE_H

#include "server/api.h"

/* The cookie of a session: under TLS one that no other host and no plain connection can set. */
#define COOKIE_SECURE "__Host-baton"
#define COOKIE_PLAIN "baton"

/* Of every request, as request->mine. */
struct caller {
    bool is_in;
    const char *secret; /* of the session; NULL = a token, or nobody */
    struct signed_in who;
};
const struct caller *caller_of(const struct http_request *request);
/* The token that it brings along; NULL = none. */
const char *gate_token(const struct http_request *request);
/* The name of the cookie on this connection. */
const char *gate_cookie(const struct http_request *request);

/* For http_site: finds the session or token (in memory), refuses who has to sign in first and what another site has the browser send. */
bool gate_admit(struct http_request *request, void *api);

/* Before a route's handler, in its thread: whether the person has one of its roles today. False where it has been answered. */
bool gate_allows(struct http_request *request, struct api *api);

#endif
