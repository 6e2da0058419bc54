/* Units, groups and indicators of a scheme by what a request calls them. */
#ifndef SERVER_FIND_H
#define SERVER_FIND_H

#include "baton/scheme.h"
#include "server/api.h"

/* UNIT_UNKNOWN, GROUP_UNKNOWN, INDICATOR_UNKNOWN with what is nearest; UNIT_NOT_RANKED. The root is "total" (or ""). */
MUST_USE baton_code call_ranked_unit(struct call *call, const struct baton_scheme *scheme,
                                     const char *id, uint32_t *out);
MUST_USE baton_code call_group(struct call *call, const struct baton_scheme *scheme, const char *id,
                               uint32_t *out);
MUST_USE baton_code call_node(struct call *call, const struct baton_scheme *scheme, const char *id,
                              uint32_t *out);

#endif
