/* Lint: two indicators of one meaning. By what they say (one figure, added up and treated alike), by their names, and by what
 * the year shows: the same figures for all units in every period. Only indicators that some unit has both of are compared,
 * and of two only the first of these is told, at the later one. */
#include "analyse/lint_year.h"
#include "engine/rule_tree.h"
#include "engine/session.h"
#include <math.h>
#include <string.h>

enum { FIGURES_ALIKE = 6 }; /* below which equal figures may be chance */

/* What an indicator's value depends on besides figures: then one text means two things. */
enum { NAMES_OF_LEAF = 1 << RULE_TARGET | 1 << RULE_BASELINE | 1 << RULE_LO | 1 << RULE_HI };

static bool is_same_value(const struct leaf *a, const struct leaf *b) {
    if (a->element != BATON_NONE || b->element != BATON_NONE)
        return a->element == b->element;
    return (rule_uses(a->value)->names & NAMES_OF_LEAF) == 0 &&
           a->value->program->hash == b->value->program->hash;
}

static bool is_same_number(double a, double b) {
    return a == b || (isnan(a) && isnan(b));
}

static bool is_same_figure(const struct leaf *a, const struct leaf *b) {
    return is_same_value(a, b) && a->as->accumulate == b->as->accumulate &&
           a->as->treat == b->as->treat && is_same_number(a->as->treat_a, b->as->treat_a) &&
           is_same_number(a->as->treat_b, b->as->treat_b);
}

static bool is_same_name(const char *a, const char *b) {
    return a != NULL && b != NULL && strcmp(a, b) == 0;
}

/* The name that both have in one language; NULL = they have different ones in each. */
static const char *same_title(const struct leaf *a, const struct leaf *b) {
    if (is_same_name(a->as->name.zh, b->as->name.zh))
        return a->as->name.zh;
    return is_same_name(a->as->name.en, b->as->name.en) ? a->as->name.en : NULL;
}

static bool is_alike(const struct lint_leaf *a, const struct lint_leaf *b) {
    return a->mark == b->mark && a->figures == b->figures && a->figures >= FIGURES_ALIKE &&
           a->lowest < a->highest;
}

/* Whether both values name one element: then equal figures are one figure, differently written. */
static bool is_of_one_element(const struct leaf *a, const struct leaf *b) {
    for (uint32_t i = 0; i < a->named_count; i++)
        for (uint32_t k = 0; k < b->named_count; k++)
            if (a->named[i] == b->named[k])
                return true;
    return false;
}

/* A unit that has both; BATON_NONE = none. */
static uint32_t find_common(const struct baton_session *session, const struct leaf *a,
                            const struct leaf *b) {
    for (uint32_t u = 0; u < session->ranked; u++)
        if (has_row(session, a->node, u) && has_row(session, b->node, u))
            return u;
    return BATON_NONE;
}

/* Whether there was something to tell. */
static bool look_at_pair(struct lint *lint, uint32_t first, uint32_t second) {
    const struct baton_session *session = lint->session;
    const struct leaf *a = &session->leaf[first], *b = &session->leaf[second];
    const char *title = same_title(a, b);
    const bool alike = is_alike(&lint->year->leaf[first], &lint->year->leaf[second]),
               figure = is_same_figure(a, b) || (alike && is_of_one_element(a, b));
    if (!figure && title == NULL && !alike)
        return false;
    const uint32_t unit = find_common(session, a, b);
    if (unit == BATON_NONE)
        return false;
    const char *one = a->as->id, *other = b->as->id, *both = lint->scheme->unit[unit].id;
    if (figure && a->method == b->method && a->as->direction == b->as->direction)
        lint_report(lint, BATON_LINT_SAME_MEANING, b->as->at, NULL, other, one, both, NULL);
    else if (figure)
        lint_report(lint, BATON_LINT_SAME_FIGURE, b->as->at, NULL, other, one,
                    a->method == b->method ? NULL : a->method->id, b->method->id);
    else if (title != NULL)
        lint_report(lint, BATON_LINT_SAME_NAME, b->as->at, "name", other, one, title, both);
    else
        lint_report(lint, BATON_LINT_SAME_FIGURES, b->as->at, NULL, other, one,
                    lint_number(lint, (double)lint->year->leaf[first].figures), NULL);
    return true;
}

void lint_meaning(struct lint *lint) {
    const uint32_t count = lint->session->leaf_count;
    for (uint32_t second = 1; second < count; second++) {
        bool told = false;
        for (uint32_t first = 0; first < second && !told; first++)
            told = look_at_pair(lint, first, second);
    }
}
