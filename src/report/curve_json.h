/* The curve of a method at an indicator, with the method in words. */
#ifndef REPORT_CURVE_JSON_H
#define REPORT_CURVE_JSON_H

#include "analyse/curve.h"
#include "base/json.h"
#include "baton/code.h"

/* Members of an object that is open: period, group, unit, method, points, among. Numbers at 12 digits. */
void curve_json(struct baton_arena *arena, const struct baton_session *session,
                const struct curve *curve, enum baton_language language, struct json *json);

#endif
