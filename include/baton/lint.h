/* The scheme lint (方案体检): what a sound package allows and its office would regret. A gap between two bands, a bonus that
 * outweighs the core, a quota that nobody can meet, an indicator that tells nobody apart: such a scheme scores, and the
 * quarrel comes when the result is published. So it is looked at before it is adopted.
 *
 * Findings have the codes 28xx of code.def, each with the row that would have to change, and why.def says why each matters. */
#ifndef BATON_LINT_H
#define BATON_LINT_H

#include "score.h"

struct baton_linting {
    /* of a sound scheme, scoring all ranks and notes. The lint scores the periods of the year with it, so
     * baton_session_result is another one afterwards */
    struct baton_session *session;
    struct baton_session *predecessor; /* of the scheme that it succeeds; NULL = none */
    struct baton_period period;        /* what the scheme is for; its year is the year looked at */
    int32_t as_of_day;                 /* as in struct baton_options */
};

/* Adds findings, in no particular order. Scores every period of the scheme's frequency in the year of `period` that has
 * ended and lies in the time of the figures, and at last `period` itself. Scratch memory comes from `arena`. Never changes
 * the scheme. Answers BATON_OK, BATON_NO_MEMORY, or the code with which `period` is refused. */
BATON_API baton_code baton_lint(struct baton_arena *arena, const struct baton_linting *linting,
                                struct baton_findings *found);

#endif
