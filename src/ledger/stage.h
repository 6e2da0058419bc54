/* The stages of a report and the acts between them, as a table (stages.def). Pure: who somebody is, and what time it is, is for the judge (batch_report.c). */
#ifndef LEDGER_STAGE_H
#define LEDGER_STAGE_H

#include "ledger/rights.h"

enum stage {
    STAGE_NONE, /* there is no report, or it was withdrawn */
#define STAGE(name, word, en, zh) STAGE_##name,
#include "ledger/stages.def"
    STAGES
};

enum act {
#define ACT(name, word, from, to, roles, whose, until, reason, en, zh) ACT_##name,
#include "ledger/stages.def"
    ACTS
};

enum act_whose { WHOSE_REPORTER, WHOSE_VERIFIER, WHOSE_ANY };
enum act_until { UNTIL_WINDOW, UNTIL_LOCK };

struct act_info {
    const char *word; /* two acts may share one, of different roles */
    const char *from; /* words of stages, separated by spaces; see act_leads */
    enum stage to;
    const char *roles;
    enum act_whose whose;
    enum act_until until;
    bool needs_reason;
    const char *name[2]; /* by enum baton_language */
};

const struct act_info *act_info(enum act act);
/* Whether a report that is at a stage says that its figure cannot be there yet ("pending" as its state), and everybody has agreed: the figure is owed still, and whoever reports it may draft it from there. */
bool stage_is_owed(enum stage stage, const char *state);
/* The roles as a set of bits. */
uint32_t act_roles(enum act act);
/* Whether it leads from one stage to the other. */
bool act_leads(enum act act, enum stage from, enum stage to);

/* "none" for STAGE_NONE. */
const char *stage_word(enum stage stage);
const char *stage_name(enum stage stage, enum baton_language language);
/* False, and *out untouched, where it is none of the words ("none" is none). */
bool stage_of_word(const char *word, enum stage *out);

/* So often a report may be returned by whoever verifies it; then it is for the office to decide. */
enum { RETURNS_MOST = 3 };

#endif
