/* The scheme lint as a whole: its parts one after the other. */
#include "analyse/lint.h"
#include "analyse/lint_year.h"
#include "base/macros.h"

/* clang-format off */
static void (*const parts[])(struct lint *lint) = {
    lint_responsible,
    lint_reachable,
    lint_weightless,
    lint_weights,
    lint_results,
    lint_units,
    lint_quotas,
    lint_targets,
    lint_direction,
    lint_meaning,
    lint_figures,
    lint_checks,
    lint_magnitude,
};
/* clang-format on */

baton_code baton_lint(struct baton_arena *arena, const struct baton_linting *linting,
                      struct baton_findings *found) {
    struct lint lint = {.arena = arena,
                        .scheme = baton_session_scheme(linting->session),
                        .session = linting->session,
                        .predecessor = linting->predecessor,
                        .period = linting->period,
                        .as_of_day = linting->as_of_day,
                        .found = found};
    lint.fixed = arena_alloc(arena, lint.scheme->method_count + 1, sizeof(*lint.fixed));
    lint.weightless = arena_alloc(arena, lint.scheme->node_count, sizeof(*lint.weightless));
    lint.misnamed = arena_alloc(arena, lint.scheme->node_count, sizeof(*lint.misnamed));
    TRY(lint_year_collect(&lint));
    for (size_t i = 0; i < LENGTH(parts) && lint.code == BATON_OK; i++)
        parts[i](&lint);
    return lint.code;
}

void lint_report(struct lint *lint, baton_code code, struct baton_where at, const char *field,
                 const char *arg1, const char *arg2, const char *arg3, const char *arg4) {
    if (field != NULL)
        at.field = field;
    baton_findings_add(lint->found, code, at, arg1, arg2, arg3, arg4);
}

const char *lint_number(struct lint *lint, double number) {
    char *text = arena_alloc(lint->arena, BATON_NUMBER_SHORTEST_SIZE, 1);
    baton_number_shortest(number, text);
    return text;
}
