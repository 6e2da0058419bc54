/* Collection: what is late, and who answers for it. */
#ifndef SERVER_API_OVERDUE_H
#define SERVER_API_OVERDUE_H

#include "http/http.h"
#include "server/body.h"

/* GET assessments/{assessment}/overdue?period=: the units that owe figures which were due, of those that whoever asks may read, and the post that answers for them (flow/overdue.h). Whoever is set over all units (leader,
 * committee, supervisor) is told who holds it, by name, as whoever reads posts is. */
http_handler api_overdue;

extern const struct body_shape overdue_query_shape, overdue_shape;

#endif
