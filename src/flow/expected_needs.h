/* What asks for which element of which units, by a compiled session: the first half of expected.h. */
#ifndef FLOW_EXPECTED_NEEDS_H
#define FLOW_EXPECTED_NEEDS_H

#include "engine/session.h"
#include "flow/expected.h"

struct need {
    uint32_t asker, element;
    const uint8_t *unit; /* [units] 1 = of that unit */
};
struct needs {
    /* the leaves of the session, by their index, then the rest */
    const struct expected_asker *asker;
    uint32_t asker_count;
    /* by asker, then in the order in which the elements stand there; an element may come twice in a row of needs of one asker */
    const struct need *need;
    size_t count;
};

/* In the arena. */
void needs_of(struct baton_arena *arena, const struct baton_session *session, struct needs *out);

#endif
