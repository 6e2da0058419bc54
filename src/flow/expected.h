/* What is expected: the figures that a scheme asks for, of which unit, and who reports and verifies them. Derived from the scheme alone, so that nobody types it twice; no store, no clock.
 *
 * A figure of a unit is expected in every period of its element's frequency in which the unit takes part, where something asks for it:
 *   a leaf that applies to a unit (its weight and those above it are not 0, or it is a gate), for the elements of its value, its `when` and its method, named elements being followed. parent(x) asks
 *     for x of the parent, children(x) of the children, of(x, U) of U, share(x) of the unit and its parent, a function of the cohort of all of it; `best` against one unit asks for that unit's too. A
 *     method `rule` that reads no x, of a leaf without a value, asks for no figure of the leaf's own
 *   an adjustment, a grade, an award, for the elements of its expressions, of those of its units of whom a leaf asks for the element as well; where none does, of all its units. So a bonus for growth,
 *     which every unit may get, asks no department for its output
 * What the program counts itself is expected of nobody: elements of which the leaf that decides who reports names `baton` as its source, unless a unit has that id (punctual_figures.h).
 * An earlier period that is needed (prev, yoy) is one of the element's own frequency. Elements that only a target, a weight or a row of the leaf's own id (`na`) names, and results of imports, are none. */
#ifndef FLOW_EXPECTED_H
#define FLOW_EXPECTED_H

#include "baton/score.h"

/* What asks for figures. */
enum expected_by { EXPECTED_BY_LEAF, EXPECTED_BY_ADJUSTMENT, EXPECTED_BY_GRADE, EXPECTED_BY_AWARD };
struct expected_asker {
    enum expected_by by;
    const char *id;
    const char *list; /* of a grade: the id of its list; else NULL */
    struct baton_where at;
};

/* An element of a unit. */
struct expectation {
    const char *unit, *element;
    uint32_t unit_index, element_index, reporter_index; /* in the scheme */
    /* The leaf that decides who reports: of those that ask for it of this unit the one with the element's id, else the first in the tree; where no leaf does, likewise of those that ask for it of any
     * unit. "" = no leaf names it. */
    const char *indicator;
    const char *
        reporter; /* a unit: the leaf's `source` where that is the id of one, else the unit itself */
    const char *verifier; /* a unit: the leaf's `verifier`; "" = nobody is named: the office */
    /* that of the figures there are, as only such can be added; else the column of the leaf with its id; else that of the first leaf that names it; else the scheme's. Never NONE */
    enum baton_period_kind frequency;
    const char *measure; /* NULL = none */
    bool needs_evidence; /* a leaf that asks for it says so */
    size_t asker_count;  /* at least 1 */
    const struct expected_asker *const
        *asker; /* leaves in the order of the tree, then adjustments, grades, awards */
};

/* A list of them, no unit and element twice: by unit in the scheme's order, then by element in the order in which the tree names them, one with a leaf of its own where that stands. So it does not
 * depend on the order of the rows in files, as far as units and indicators do not. */
struct expected {
    const struct baton_scheme *scheme;
    size_t count;
    const struct expectation *const *item;
    const struct baton_session *
        session; /* that it is derived from; NULL = it was put together by hand, and nothing of it is checked */
};

/* Everything that is ever expected of anybody. In the arena, texts as long as the scheme. Linear in what the scheme asks for. */
void expected_all(struct baton_arena *arena, const struct baton_session *session,
                  struct expected *out);

/* What the program counts itself, and nobody reports: the rest of the list, in the same order. */
void expected_counted(struct baton_arena *arena, const struct baton_session *session,
                      struct expected *out);

/* Those of a list that are expected in a period: of its kind, the unit taking part in some of its days. A unit does from `joined` to `left`. Without `joined` one that came from others by
 * successions.csv does from the first date there on, as what was before is theirs; without `left` one that handed on the whole of itself does until the day before the last date. */
void expected_in(struct baton_arena *arena, const struct expected *of, struct baton_period period,
                 struct expected *out);

/* The same list by who reports: units that report anything, in the scheme's order, each with its figures in the order of the list. Answers how many. */
struct expected_owed {
    const char *reporter;
    struct expected figures;
};
size_t expected_by_reporter(struct baton_arena *arena, const struct expected *of,
                            const struct expected_owed **out);

#endif
