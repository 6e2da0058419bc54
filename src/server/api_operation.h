/* Addresses for whoever runs the server: whether it lives, whether it is ready, what it counts. They stand among the others, and, where the settings say so, at an address of their own,
 * where nobody has to sign in. */
#ifndef SERVER_API_OPERATION_H
#define SERVER_API_OPERATION_H

#include "http/http.h"

http_handler api_healthz, api_readyz, api_metrics;

/* The routes of the address of its own. */
const struct http_route *operation_routes(size_t *count);

#endif
