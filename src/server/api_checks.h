/* What the checks of a scheme say of figures: of such as somebody is typing, and of reports that are under way. */
#ifndef SERVER_API_CHECKS_H
#define SERVER_API_CHECKS_H

#include "http/http.h"
#include "server/body.h"

/* POST assessments/{assessment}/checks/{period} {"items"}: judges, and stores nothing. */
http_handler api_checks;

extern const struct body_shape checks_asked_shape, checks_shape, check_finding_shape;

#endif
