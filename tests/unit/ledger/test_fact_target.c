/* Whom a target may be for. */
#include "base/arena.h"
#include "ledger/fact.h"
#include "unit/test.h"
#include <string.h>

static const struct {
    const char *unit;
    baton_code want;
} cases[] = {
    {"east", BATON_OK},
    {"*", BATON_OK},
    {"group:town", BATON_OK},
    {"group:", BATON_FACT_FIELD_BAD},
    {"group:*", BATON_FACT_FIELD_BAD},
    {"**", BATON_FACT_FIELD_BAD},
    {"a b", BATON_FACT_FIELD_BAD},
};

TEST(fact_target_receiver) {
    struct baton_arena *arena = arena_open();
    for (size_t i = 0; i < LENGTH(cases); i++) {
        CASE("%s", cases[i].unit);
        struct baton_findings found = {.arena = arena};
        const struct field field[] = {
            {"indicator", "jobs", 4, 't'},
            {"period", "2021", 4, 't'},
            {"target", "500", 3, 't'},
            {"unit", cases[i].unit, strlen(cases[i].unit), 't'},
        };
        const struct fact_body target = {"target", "city", field, LENGTH(field)};
        CHECK_INT(fact_check(&target, &found), cases[i].want);
        struct fact_body figure = {"observation", "city", NULL, 3};
        const struct field of_figure[] = {{"element", "jobs", 4, 't'}, field[1], field[3]};
        figure.field = of_figure;
        CHECK_INT(fact_check(&figure, &found), i == 0 ? BATON_OK : BATON_FACT_FIELD_BAD);
    }
    arena_close(arena);
}
