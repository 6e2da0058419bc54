/* The report of a figure for programs. */
#ifndef FLOW_REPORT_PRINT_H
#define FLOW_REPORT_PRINT_H

#include "base/json.h"
#include "flow/entry_print.h"
#include "ledger/entry.h"

/* An object of that name (NULL in an array): at, stage, by, time; by_name, returns, reason, value, state, source, document, evidence where it has them. `names` NULL = persons are told by their ids only. */
void report_json(struct baton_arena *arena, struct json *json, const char *name,
                 const struct entry *report, struct names *names);

#endif
