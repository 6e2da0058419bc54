/* What a correction of a row keeps of it, and what no figure says at once. */
#ifndef FLOW_CORRECTION_H
#define FLOW_CORRECTION_H

#include "ledger/entry.h"

/* Whether a field of the row in force stays unless it is said anew: not what is the ledger's own (@...), nor where the row once came from; nor, with a new value, why there was none; nor, with a reason why there is none, the value. */
bool correction_keeps(const struct field *field, bool has_value, bool has_state);

/* Whether a figure has a value, and a reason why there is none: FORM_VALUE_AND_STATE of both. Its fields may be in any order. Packages may have rows of that kind, whose value is not read. */
bool figure_contradicts(const struct fact_body *fact, const char **value, const char **state);

#endif
