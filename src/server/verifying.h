/* The ledger verified while it is served: in a thread of its own, one run at a time, which has a turn of what is costly and lets requests that wait for one go before each of its steps; the newest one's result is kept. */
#ifndef SERVER_VERIFYING_H
#define SERVER_VERIFYING_H

#include "base/json.h"
#include "server/api.h"

struct verifying;

/* `api` is borrowed; its place and world are there already. */
struct verifying *verifying_open(struct baton_arena *arena, const struct api *api);
/* Ends the run that is under way, at its next step, and waits for that; nobody else has a turn any more. NULL is fine. */
void verifying_close(struct verifying *verifying);

/* Begins one. VERIFY_RUNNING; NO_MEMORY where there is no thread for it. */
MUST_USE baton_code verifying_begin(struct verifying *verifying, const char *person);

/* What there is to tell of the newest run, as an object; json writes to `arena`, too. NO_MEMORY. */
MUST_USE baton_code verifying_json(struct verifying *verifying, struct baton_arena *arena,
                                   enum baton_language language, struct json *json);

#endif
