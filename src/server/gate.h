/* Who a request comes from, and whether they may ask for that at all. What they may say is judged by the ledger, fact by fact. */
#ifndef SERVER_GATE_H
#define SERVER_GATE_H

#include "server/api.h"
#include "server/sight.h"

/* The cookie of a session: under TLS one that no other host and no plain connection can set. */
#define COOKIE_SECURE "__Host-baton"
#define COOKIE_PLAIN "baton"

/* Of every request, as request->mine. */
struct caller {
    bool is_in;
    const char *secret; /* of the session; NULL = a token, or nobody */
    struct signed_in who;
    struct sight
        *sight; /* of routes that are for more than one's own account, once the gate allowed it */
};
const struct caller *caller_of(const struct http_request *request);
/* The token that it brings along; NULL = none. */
const char *gate_token(const struct http_request *request);
/* The name of the cookie on this connection. */
const char *gate_cookie(const struct http_request *request);

/* For http_site: finds the session or token (in memory), refuses who has to sign in first and what another site has the browser send. */
bool gate_admit(struct http_request *request, void *api);

/* Before a route's handler, in its thread. But for what is for anybody, and for one's own account: whoever has no post today goes no further; what is of an {assessment} is there for those only whose posts, and token,
 * reach over it; and one of the route's roles has to be among those that they have there. What they read of it then is the handler's to ask (sight.h). False where it has been answered, or passed on to the pool. */
bool gate_allows(struct http_request *request, struct api *api);

#endif
