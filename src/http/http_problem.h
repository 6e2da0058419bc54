/* Errors as RFC 9457 has them: application/problem+json, with the codes of code.def.
 *
 *   {"type": "urn:baton:code:5703", "title": the status in words, "status": 405, "detail": the message, "code": 5703, "name": "METHOD_NOT_ALLOWED",
 *    "advice": ..., "request": id, "errors": [{"code", "name", "severity", "detail", "advice", "pointer" | "file", "row", "column", "field"}, ...], "errors_left_out": n}
 *
 * Advice stands there where there is some. errors has every finding, in order, also notes and warnings; `pointer` is a field that begins with a slash (a JSON
 * pointer into the body). */
#ifndef HTTP_HTTP_PROBLEM_H
#define HTTP_HTTP_PROBLEM_H

#include "http/http.h"

extern const char http_problem_media[];

/* The text of the problem; *status is its HTTP status: that of its code, where it is 0 before. The first error is the problem itself; there must be a finding. */
const char *http_problem_text(struct baton_arena *arena, const struct baton_findings *found,
                              enum baton_language language, const char *request_id, int *status);

/* The finding that is the problem: the first error, else the first of all; there must be one. */
const struct baton_finding *http_problem_main(const struct baton_findings *found);

#endif
