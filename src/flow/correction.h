/* What a correction of a row keeps of it. */
#ifndef FLOW_CORRECTION_H
#define FLOW_CORRECTION_H

#include "ledger/entry.h"

/* Whether a field of the row in force stays unless it is said anew: not what is the ledger's own (@...), nor where the row once came from; nor, with a new value, why there was none. */
bool correction_keeps(const struct field *field, bool has_value);

#endif
