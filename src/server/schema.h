/* Shapes as JSON Schema (2020-12), as OpenAPI 3.1 has them. */
#ifndef SERVER_SCHEMA_H
#define SERVER_SCHEMA_H

#include "base/json.h"
#include "server/body.h"

/* Shapes that are named in a document, each once. */
struct schema_set {
    struct baton_arena *arena;
    const struct body_shape **shape;
    size_t count, capacity;
};

/* Takes in the shape (NULL = none) and all that it is made of. Two different shapes of one name are a bug (asserted). */
void schema_add(struct schema_set *set, const struct body_shape *shape);

/* {"Fact": {...}, ...} as a member of the open object. Of bodies (shapes with a struct) other members than these are refused; in answers there may be more some day. */
void schema_write(struct json *json, const char *name, const struct schema_set *set,
                  enum baton_language language);

/* {"$ref": "#/components/schemas/Fact"} */
void schema_refer(struct json *json, const char *name, const struct body_shape *shape);

/* The schema of one member, of a body or of an answer. */
void schema_field(struct json *json, const char *name, const struct body_field *field, bool is_body,
                  enum baton_language language);

/* Writes a text that is JSON as a member. It must be some (asserted). */
void schema_example(struct baton_arena *arena, struct json *json, const char *name,
                    const char *text);

#endif
