/* Collection: forms out and in. */
#ifndef SERVER_API_FORM_H
#define SERVER_API_FORM_H

#include "http/http.h"
#include "server/body.h"

/* GET assessments/{assessment}/collection/{period}/form ?reporter= ?unit= ?element= ?stage= ?all=1 ?language= ?format=xlsx|csv: what a unit still has to report, to be filled in. */
http_handler api_form_out;
/* POST the same: a form that was filled in, or with ?mapping= an office's own sheet, as drafts; all rows or none. */
http_handler api_form_in;

extern const struct body_shape form_query_shape, form_in_query_shape, form_filled_shape;

#endif
