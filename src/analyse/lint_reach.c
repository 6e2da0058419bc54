/* Lint: what can be reached, and what not. How far scores reach is worked out once; then each part looks at its subject. */
#include "analyse/lint_reach.h"

struct regions lint_regions(struct lint *lint, struct standpoint *from) {
    return (struct regions){.arena = lint->arena,
                            .scheme = lint->scheme,
                            .known = {.context = from, .name = known_name},
                            .step = known_step};
}

bool lint_can_hold(struct lint *lint, struct standpoint *from, const struct rule *rule) {
    struct regions regions = lint_regions(lint, from);
    regions_add(&regions, rule->tree);
    regions_close(&regions);
    bool *split = arena_alloc(lint->arena, regions.count, sizeof(*split));
    int *at = arena_alloc(lint->arena, regions.count, sizeof(*at));
    regions_choose(&regions, LINT_BOXES_MAX, split);
    for (bool any = regions_first(&regions, split, true, at); any;
         any = regions_next(&regions, split, true, at))
        if ((regions_condition(&regions, at, rule->tree) & CAN_HOLD) != 0)
            return true;
    return false;
}

void lint_reachable(struct lint *lint) {
    struct reach *reach = reach_open(lint->arena, lint->session);
    lint_grades(lint, reach);
    lint_ratings(lint, reach);
    lint_methods(lint, reach);
    lint_limits(lint, reach);
    lint_adjustments(lint, reach);
    lint_expressions(lint, reach);
}
