/* An expression of the rule language while somebody writes it: whether it is sound, and what it says. */
#ifndef SERVER_API_RULE_H
#define SERVER_API_RULE_H

#include "http/http.h"
#include "server/body.h"

/* POST rules/check {"expression", "place", "names"}: compiles it for its place, and stores nothing. */
http_handler api_rule;

extern const struct body_shape rule_asked_shape, rule_checked_shape;

#endif
