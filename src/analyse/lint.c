/* The scheme lint as a whole: its parts one after the other. */
#include "analyse/lint.h"
#include "base/macros.h"

static void (*const parts[])(struct lint *lint) = {
    lint_responsible,
};

void baton_lint(struct baton_arena *arena, const struct baton_linting *linting,
                struct baton_findings *found) {
    struct lint lint = {arena,
                        baton_session_scheme(linting->session),
                        linting->session,
                        linting->predecessor,
                        linting->period,
                        linting->as_of_day,
                        found};
    for (size_t i = 0; i < LENGTH(parts); i++)
        parts[i](&lint);
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
