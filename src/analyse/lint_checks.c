/* Lint: checks for figures that are not there, and checks that read such. */
#include "analyse/lint.h"
#include "engine/session.h"
#include <string.h>

/* Whether there are figures of an element, or something but a check asks for them: a leaf whose value is an expression has none of its own. */
static bool is_there(const struct lint *lint, uint32_t element) {
    const struct baton_session *session = lint->session;
    if (lint->scheme->element[element].frequency != BATON_PERIOD_NONE ||
        session->element_rule[element] != NULL)
        return true;
    if (element >= session->named_elsewhere)
        return false;
    bool is_of_leaf = false;
    for (uint32_t i = 0; i < session->leaf_count; i++) {
        const struct leaf *leaf = &session->leaf[i];
        is_of_leaf |= leaf->as->element == element;
        for (uint32_t k = 0; k < leaf->named_count; k++)
            if (leaf->named[k] == element)
                return true;
    }
    return !is_of_leaf;
}

static bool has_measure(const struct lint *lint, const char *measure) {
    for (uint32_t e = 0; e < lint->scheme->element_count; e++) {
        const struct baton_element *element = &lint->scheme->element[e];
        if (element->measure != NULL && strcmp(element->measure, measure) == 0 &&
            element->value.text == NULL && !element->is_code && is_there(lint, e))
            return true;
    }
    return false;
}

static void look_at_rule(struct lint *lint, const struct baton_check *check,
                         const struct baton_expression *source, const struct rule *rule) {
    if (rule == NULL)
        return;
    const struct rule_uses *uses = rule_uses(rule);
    for (uint32_t i = 0; i < uses->element_count; i++)
        if (!is_there(lint, uses->element[i]))
            lint_report(lint, BATON_LINT_CHECK_NAME, source->at, NULL, check->id,
                        lint->scheme->element[uses->element[i]].id, NULL, NULL);
}

void lint_checks(struct lint *lint) {
    const struct baton_session *session = lint->session;
    for (uint32_t c = 0; c < lint->scheme->check_count; c++) {
        const struct baton_check *check = &lint->scheme->check[c];
        for (uint32_t i = 0; i < check->of_count; i++) {
            const struct baton_checked *of = &check->of[i];
            if (of->by == BATON_CHECKED_ELEMENT && !is_there(lint, session->check[c].element[i]))
                lint_report(lint, BATON_LINT_CHECK_IDLE, of->at, NULL, check->id, of->text, NULL,
                            NULL);
            if (of->by == BATON_CHECKED_MEASURE && !has_measure(lint, of->text))
                lint_report(lint, BATON_LINT_CHECK_IDLE, of->at, NULL, check->id, NULL, of->text,
                            NULL);
        }
        look_at_rule(lint, check, &check->rule, session->check[c].rule);
        look_at_rule(lint, check, &check->when, session->check[c].when);
    }
}
