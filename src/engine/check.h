/* Checks of figures (`checks` of a scheme), judged for single figures before they are any part of the facts.
 *
 *     view = check_view(arena, session, period);
 *     check_lay(view, unit, element, 512.3, BATON_FIGURE);       what is reported, over what is in force
 *     check_judge(view, check, element, unit, rises, count, says);
 *
 * The session need not have scored and is not changed: any number of views may look at one at a time. Every period counts as ended and due. Units, elements and checks are
 * indices in the session's scheme. */
#ifndef ENGINE_CHECK_H
#define ENGINE_CHECK_H

#include "base/arena.h"
#include "baton/score.h"

struct check_view;

/* The figures that the session has, seen from a period. In the arena, which the session outlives. */
struct check_view *check_view(struct baton_arena *arena, const struct baton_session *session,
                              struct baton_period period);

/* Puts a figure of the period over what the session has. `value` is NaN where `state` is not BATON_FIGURE. */
void check_lay(struct check_view *view, uint32_t unit, uint32_t element, double value,
               enum baton_state state);

/* Whether a check is for an element. */
bool check_is_for(const struct baton_session *session, uint32_t check, uint32_t element);
/* Whether it asks for `rises`. */
bool check_wants_rises(const struct baton_session *session, uint32_t check);

enum check_says {
    CHECK_HOLDS,
    CHECK_FAILS,
    CHECK_UNJUDGED, /* something that it reads is missing: no history yet, parts not there */
    CHECK_IDLE      /* its `when` is not met, or missing */
};

/* What a check says of an element of some units; `rises` as of the rule language, for each. */
void check_judge(const struct check_view *view, uint32_t check, uint32_t element,
                 const uint32_t *unit, const double *rises, size_t count, enum check_says *out);

/* Which figures may be told: what hangs on one that may not has `instead` in place of its value. */
struct check_shows {
    bool (*may)(void *context, uint32_t element, uint32_t unit); /* NULL = all */
    void *context;
    const char *instead;
};

/* Its rule with a value in place of each name, as explanations have it. In the arena. */
const char *check_with_values(struct baton_arena *arena, const struct check_view *view,
                              uint32_t check, uint32_t element, uint32_t unit, double rises,
                              const struct check_shows *shows);

/* Tells of every figure that a check may read of the period for an element of a unit, some more than once, that one among them. */
void check_reads(const struct check_view *view, uint32_t check, uint32_t element, uint32_t unit,
                 void (*read)(void *context, uint32_t element, uint32_t unit), void *context);

#endif
