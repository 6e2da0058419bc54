/* The web interface. */
#ifndef SERVER_API_PAGES_H
#define SERVER_API_PAGES_H

#include "http/http.h"

/* GET /, /{page}, /assets/{file}: what stands in the program under that path. ROUTE_UNKNOWN. */
http_handler api_page;

#endif
