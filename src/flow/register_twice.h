/* Figures that are asked for twice: by two assessments, or within one, of the same units. What speaks for it is told, and what can be done.
 *
 * Found are pairs of elements, not of figures, so the work grows with the figures, and with the square of the elements only where these have a source or a value in common. */
#ifndef FLOW_REGISTER_TWICE_H
#define FLOW_REGISTER_TWICE_H

#include "flow/register.h"

/* What speaks for it:
 *   ELEMENT   the same id
 *   NAME      the same name, without spaces, brackets, punctuation and the unit of measurement, in either language; and measures that go together
 *   VALUES    of one unit and period nearly always the same number, or a power of ten times it: over TWICE_PERIODS periods at least, not all the same. Of them 9 of 10 have to agree
 *   SOURCE    the same source and a similar name
 * and against it:
 *   DIFFERS   fewer than half of the numbers that both have agree */
enum {
    TWICE_ELEMENT = 1,
    TWICE_NAME = 2,
    TWICE_VALUES = 4,
    TWICE_SOURCE = 8,
    TWICE_DIFFERS = 16,
    TWICE_KINDS = 5
};
enum { TWICE_PERIODS = 6, TWICE_PERIODS_MOST = 12 }; /* the newest are looked at */

/* How sure: the same numbers under the same id or name; the same numbers, id or name; anything else. */
enum twice_sure { TWICE_CERTAIN, TWICE_LIKELY, TWICE_POSSIBLE, TWICE_SURES };

struct twice {
    const struct register_figure *side
        [2]; /* the first figure of each element; side 0 is of the assessment that asks for more, of equal ones the earlier in the register */
    unsigned evidence;
    enum twice_sure sure;
    int shift;    /* side 1 = side 0 times 10^shift, by the numbers, else by the measures */
    size_t units; /* of whom both ask */
    size_t agreeing, compared; /* numbers of the same unit and period */
    bool is_shared;            /* one comes from the other already */
    bool can_be_shared;        /* both are reported as often, and neither comes from elsewhere */
};

/* Surest first, then by how many units, then in the order of the register. In the arena. */
size_t register_twice(struct baton_arena *arena, const struct figure_register *of,
                      const struct twice **out);

/* Words for a bit of the evidence, and for how sure it is. */
const char *twice_evidence_word(unsigned bit);
const char *twice_evidence_name(unsigned bit, enum baton_language language);
const char *twice_sure_word(enum twice_sure sure);
const char *twice_sure_name(enum twice_sure sure, enum baton_language language);

/* A name as it is compared: half width, small letters, without spaces, brackets and punctuation, without a part in brackets that is the measure. And the power of ten of a measure (万元: 4) with what is measured (*base: 元). Texts in the arena. */
const char *twice_name(struct baton_arena *arena, const char *name, const char *measure);
int twice_measure(struct baton_arena *arena, const char *measure, const char **base);
/* How similar two such names are: of their pairs of neighbouring characters the share that both have, 0 to 1. */
double twice_similar(const char *a, const char *b);

#endif
