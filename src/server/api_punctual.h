/* How complete and how timely collection is, and the same as figures of indicators. */
#ifndef SERVER_API_PUNCTUAL_H
#define SERVER_API_PUNCTUAL_H

#include "http/http.h"
#include "server/body.h"

/* GET assessments/{assessment}/completeness?by=&period=&year=: of what whoever asks may read. As `baton completeness`. */
http_handler api_completeness;
/* POST assessments/{assessment}/completeness/figures {"period", "reason"}: figures of indicators that name `baton` as their source. As `baton completeness --figures`. */
http_handler api_completeness_figures;

extern const struct body_shape completeness_query_shape, completeness_shape,
    completeness_figures_shape;

#endif
