/* The description of the interface: OpenAPI 3.1, made of the tables of routes and shapes, in English or Chinese. Whatever a row of routes.def says, the document says too; it has no
 * other source. */
#ifndef SERVER_OPENAPI_H
#define SERVER_OPENAPI_H

#include "base/writer.h"
#include "server/route.h"

void openapi_write(struct writer *writer, enum baton_language language);

/* The codes that a route may answer with, each once, in the order of their numbers; *count gets how many. In the arena. */
const struct baton_code_info **openapi_codes(struct baton_arena *arena, const struct route *route,
                                             size_t *count);

/* The shape of every answer that is an error (RFC 9457; http/http_problem.h). */
extern const struct body_shape problem_shape;

#endif
