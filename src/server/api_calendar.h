/* The calendar of an assessment, and the periods that are opened by it. */
#ifndef SERVER_API_CALENDAR_H
#define SERVER_API_CALENDAR_H

#include "http/http.h"
#include "server/body.h"

/* GET assessments/{assessment}/calendar?year=: rules, and the periods of that year in which the scheme expects figures: opened, or as they would be opened today. As `baton calendar`. */
http_handler api_calendar;
/* POST assessments/{assessment}/calendar {"year", "frequency"} or {"periods"}: opens those that are not yet, as facts of kind period. */
http_handler api_calendar_open;

extern const struct body_shape calendar_query_shape, calendar_shape, calendar_open_shape,
    calendar_opened_shape;

#endif
