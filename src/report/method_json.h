/* A method as data: what a package would have written of it. */
#ifndef REPORT_METHOD_JSON_H
#define REPORT_METHOD_JSON_H

#include "base/json.h"
#include "baton/scheme.h"

/* Members `kind` and `parameters`, an object of the parameters that are not as they would be without a word, in the form of scheme.yaml: numbers, "60%", true, words, [100, 90], [[95, 100]], {"A": 100}, expressions as written. */
void method_json(struct baton_arena *arena, const struct baton_scheme *scheme,
                 const struct baton_method *method, struct json *json);

#endif
