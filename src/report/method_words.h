/* Methods in the words of an office: what a kind is called, its parameters and their values. The annex tells a method with them,
 * the comparison what changed of one. */
#ifndef REPORT_METHOD_WORDS_H
#define REPORT_METHOD_WORDS_H

#include "base/arena.h"
#include "baton/code.h"
#include "baton/scheme.h"

/* 分档计分法; By bands. By kind, and by how bands and targets are used. Never NULL. */
const char *method_words_kind(const struct baton_method *method, enum baton_language language);

/* What a parameter of methods.def is called: 分档标准; bands. NULL where the kind has no such parameter. */
const char *method_words_parameter(enum baton_method_kind kind, const char *parameter,
                                   enum baton_language language);

/* 不低于; at least. Of an operator that is given, not BATON_OP_BY_DIRECTION. */
const char *method_words_pass(enum baton_pass_op op, enum baton_language language);

/* The formula of completion where lower is better: 100×目标值/实际值, or that of the mirror. */
const char *method_words_lower(bool mirror, enum baton_language language);

/* The figures of a band, from its bound to that of the one before it, with square brackets where the edge belongs to it:
 * [60, 90). `before` NaN = it is the first; `bound` NaN = what is below all bounds; `up` = higher is better. In the arena. */
const char *method_words_interval(struct baton_arena *arena, bool up, double bound, double before);

#endif
