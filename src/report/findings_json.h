/* Findings for programs. */
#ifndef REPORT_FINDINGS_JSON_H
#define REPORT_FINDINGS_JSON_H

#include "base/json.h"
#include "baton/findings.h"

/* "error", "warning", "note". */
const char *severity_word(enum baton_severity severity, enum baton_language language);

/* What it says, with the system's own words in the language. In the arena. */
const char *findings_message(struct baton_arena *arena, const struct baton_finding *finding,
                             enum baton_language language);

/* Sorts them and writes [{"code", "number", "severity", "file", "row", "column", "field", "message", "why", "advice"}]; what is not known of a
 * place is null. */
void findings_json(struct baton_arena *arena, struct writer *writer, struct baton_findings *found,
                   enum baton_language language);
/* The same as a member of something larger. */
void findings_list(struct json *json, const char *name, struct baton_arena *arena,
                   struct baton_findings *found, enum baton_language language);

#endif
