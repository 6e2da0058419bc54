/* How scores are rounded and equals ranked, in words. */
#ifndef REPORT_RANK_WORDS_H
#define REPORT_RANK_WORDS_H

#include "baton/scheme.h"

/* "rounded half up", 四舍五入. */
const char *rank_words_rounding(enum baton_rounding rounding, enum baton_language language);

/* "equals share the best rank (1224)", 并列的取最好名次，其后名次空出（1、2、2、4）. */
const char *rank_words_ties(enum baton_ties ties, enum baton_language language);

#endif
