/* Whether the ledger is what it says, asked of the server itself. */
#ifndef SERVER_API_VERIFY_H
#define SERVER_API_VERIFY_H

#include "http/http.h"
#include "server/body.h"

/* POST verify: begins a run of what `baton verify` does. GET verify: how far it is, and what came of the last one. */
http_handler api_verify, api_verified;

extern const struct body_shape verified_shape;

#endif
