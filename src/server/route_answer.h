/* What every route's handler in the HTTP layer's table is: the checks that routes.def says, then the route's own. */
#ifndef SERVER_ROUTE_ANSWER_H
#define SERVER_ROUTE_ANSWER_H

#include "server/route.h"

http_handler route_answer;

#endif
