/* The audit records, for the auditor; and one's own, for everybody. */
#ifndef SERVER_API_AUDIT_H
#define SERVER_API_AUDIT_H

#include "server/route.h"

/* GET audit. */
http_handler api_audit;

extern const struct body_shape audit_query_shape, audit_list_shape;

#endif
