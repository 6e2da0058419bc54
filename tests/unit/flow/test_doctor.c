/* What a ledger stands on: its clock, while others append. */
#include "flow/doctor.h"
#include "flow_fixture.h"
#include "unit/test.h"
#include <string.h>

/* A clock that another process is ahead of: whenever it is asked, a fact comes that is a second newer than what it answers. */
static int64_t now_behind(void *context) {
    struct flow_test *const t = context;
    const int64_t now = t->now_utc_ms;
    t->now_utc_ms = now + 1000;
    CHECK_INT(flow_say(t, "li", flow_fact(t, "person", "", "id", "wang", "name", "W", NULL), NULL),
              BATON_OK);
    return now;
}

static const struct doctor_line *line(const struct doctor *doctor, const char *name) {
    for (size_t i = 0; i < doctor->count; i++)
        if (strcmp(doctor->line[i].name, name) == 0)
            return &doctor->line[i];
    return NULL;
}

static struct doctor look(struct flow_test *t, const struct ledger_world *world) {
    struct doctor doctor = {.arena = t->arena, .world = world};
    CHECK_INT(doctor_look(&doctor, &t->place), BATON_OK);
    return doctor;
}

TEST(doctor_takes_the_time_after_it_has_read_the_ledger) {
    struct flow_test t;
    if (!flow_begin(&t))
        return;
    const struct ledger_world behind = {.context = &t, .now_utc_ms = now_behind};
    struct doctor doctor = look(&t, &behind);
    const struct doctor_line *clock = line(&doctor, "clock");
    CHECK(clock != NULL && clock->is_good);
    CASE("a clock that is behind the newest fact is told");
    t.now_utc_ms -= 500;
    doctor = look(&t, &t.world);
    clock = line(&doctor, "clock");
    CHECK(clock != NULL && !clock->is_good);
    CHECK(!doctor_is_good(&doctor));
    flow_end(&t);
}
