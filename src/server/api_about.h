/* What the interface says of itself, without a ledger: where things are, its description, the codes, the methods of scoring. Made once for each language, then answered from memory. */
#ifndef SERVER_API_ABOUT_H
#define SERVER_API_ABOUT_H

#include "base/writer.h"
#include "http/http.h"
#include "server/body.h"

/* GET /api/v1: name, version, and the addresses that need nothing more. */
http_handler api_about;
/* GET /api/v1/openapi.json: see openapi.h. */
http_handler api_openapi;
/* GET /api/v1/codes, /api/v1/codes/{code}: code.def. */
http_handler api_codes, api_code;
/* GET /api/v1/methods: as `baton methods --format json`. */
http_handler api_methods;

/* The answers, for the document and the tests. */
extern const struct body_shape api_shape, code_shape, code_list_shape, method_list_shape;

void about_write_api(struct writer *writer, enum baton_language language);
void about_write_codes(struct writer *writer, enum baton_language language);
void about_write_code(struct writer *writer, const struct baton_code_info *code,
                      enum baton_language language);
void about_write_methods(struct writer *writer, enum baton_language language);

/* The code of that number or name (in any case); NULL = there is none, and *guess gets the name that was perhaps meant, NULL = nothing is near. */
const struct baton_code_info *about_find_code(const char *text, const char **guess);

#endif
