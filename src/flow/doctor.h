/* Whether a ledger stands on sound ground: the store and its settings, the key, who appends, the disk, the clock. What the ledger says itself is for verify. */
#ifndef FLOW_DOCTOR_H
#define FLOW_DOCTOR_H

#include "base/json.h"
#include "ledger/place.h"

enum { DOCTOR_LINES = 64 };

/* One thing that was looked at. */
struct doctor_line {
    const char *name; /* as JSON calls it */
    const char *what; /* for people */
    const char *value;
    bool is_good;
};

struct doctor {
    struct baton_arena *arena;
    enum baton_language language;
    const struct ledger_world *world;
    struct doctor_line line[DOCTOR_LINES];
    size_t count;
    bool is_held; /* somebody appends */
};

/* Adds a line, whose texts are borrowed as long as the doctor; what is more than DOCTOR_LINES is left out. The context is a struct doctor. */
void doctor_add(void *context, const char *name, const char *what, const char *value, bool is_good);

/* Looks at everything, arena, language and world being set; what cannot be looked at is a line that is not good. NO_MEMORY. */
MUST_USE baton_code doctor_look(struct doctor *doctor, const struct ledger_place *place);

bool doctor_is_good(const struct doctor *doctor);

/* The lines as an array: name, what, value, good. */
void doctor_json(const struct doctor *doctor, const char *name, struct json *json);

#endif
