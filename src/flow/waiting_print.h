/* What waits for whom, as JSON and CSV, for the command and the server alike. */
#ifndef FLOW_WAITING_PRINT_H
#define FLOW_WAITING_PRINT_H

#include "base/json.h"
#include "flow/waiting.h"

/* Whether a person may be named to whoever asks; NULL = all may. */
struct waiting_naming {
    bool (*names)(void *context, const char *person);
    void *context;
};

/* An object. */
void waiting_json(struct baton_arena *arena, struct json *json, const struct waiting_item *item,
                  const struct waiting_naming *naming);

/* The members that tell of a seat, but for persons: "roles", "at", "vacant", "falls_on", "falls_on_at". */
void waiting_put_seat(struct json *json, const struct seat *seat);

/* An object of that name: how many there are by stage, in order from none on, and of these how many at vacant posts and how many are late. */
struct waiting_totals {
    size_t stage[STAGES], vacant, late;
};
void waiting_count(struct waiting_totals *totals, const struct waiting_item *item);
void waiting_totals_json(struct json *json, const char *name, const struct waiting_totals *totals);

/* A line of it, and the line above all. Roles and persons are separated by spaces, a deputy has * behind the id. */
void waiting_csv_head(struct writer *writer);
void waiting_csv(struct baton_arena *arena, struct writer *writer, const struct waiting_item *item);

/* The words of roles, separated by spaces; in the arena. */
const char *waiting_role_words(struct baton_arena *arena, uint32_t roles);

#endif
