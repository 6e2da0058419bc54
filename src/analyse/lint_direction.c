/* Lint: a direction (正向、逆向) that contradicts the method of the indicator. The method decides what is scored; but the column is
 * what is printed, and whoever reads one of the two is misled. */
#include "analyse/lint_year.h"
#include "engine/session.h"
#include <math.h>

enum { CONTRADICTIONS = 3 }; /* pairs of units, below which it may be chance */

static const char *const op_text[] = {"", ">=", ">", "<=", "<", "=="};

static void look_at_pass(struct lint *lint, const struct leaf *leaf) {
    const enum baton_pass_op op = leaf->method->op;
    const bool down = leaf->as->direction == BATON_DOWN;
    const bool wants_more = op == BATON_OP_GE || op == BATON_OP_GT,
               wants_less = op == BATON_OP_LE || op == BATON_OP_LT;
    if ((wants_more && down) || (wants_less && !down))
        lint_report(lint, BATON_LINT_DIRECTION_PASS, leaf->as->at, "direction", leaf->as->id,
                    op_text[op], down ? "" : NULL, leaf->method->id);
}

static void look_at_deduct(struct lint *lint, const struct leaf *leaf) {
    if (!isnan(leaf->method->above) && leaf->as->direction == BATON_DOWN)
        lint_report(lint, BATON_LINT_DIRECTION_SHORTFALL, leaf->as->at, "direction", leaf->as->id,
                    lint_number(lint, leaf->method->above), leaf->method->id, NULL);
}

/* By what came out: no two units in the order of the direction, and some in the other. */
static void look_at_rule(struct lint *lint, const struct leaf *leaf, const struct lint_leaf *year) {
    if (year->agrees || year->contradicts < CONTRADICTIONS)
        return;
    lint_report(lint, BATON_LINT_DIRECTION_RULE, leaf->as->at, "direction", leaf->as->id,
                leaf->method->id, leaf->as->direction == BATON_DOWN ? "" : NULL, NULL);
}

void lint_direction(struct lint *lint) {
    const struct baton_session *session = lint->session;
    for (uint32_t i = 0; i < session->leaf_count; i++) {
        const struct leaf *leaf = &session->leaf[i];
        if (leaf->method->kind == BATON_METHOD_PASS)
            look_at_pass(lint, leaf);
        else if (leaf->method->kind == BATON_METHOD_DEDUCT)
            look_at_deduct(lint, leaf);
        else if (leaf->method->kind == BATON_METHOD_RULE)
            look_at_rule(lint, leaf, &lint->year->leaf[i]);
    }
}
