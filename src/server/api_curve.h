/* A method looked at before it is anybody's: its words, and its curve over the figures of an assessment. */
#ifndef SERVER_API_CURVE_H
#define SERVER_API_CURVE_H

#include "http/http.h"
#include "server/body.h"

/* POST assessments/{assessment}/indicators/{indicator}/curve {"method", "direction", "lo", "hi", "period", "group", "unit"}: the indicator scored by that method in the place of its own, one unit's figure moved over the range of its group's while all
 * others stay. Nothing is stored. See analyse/curve.h. */
http_handler api_curve;

extern const struct body_shape curve_asked_shape, curve_shape;

#endif
