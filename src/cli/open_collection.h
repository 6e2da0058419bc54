/* An assessment of a ledger with its calendar, its figures and what is expected of whom: what calendar and expected begin with. */
#ifndef CLI_OPEN_COLLECTION_H
#define CLI_OPEN_COLLECTION_H

#include "cli/command.h"
#include "flow/calendar_year.h"

struct collection {
    struct ledger_reader *reader;
    const char *assessment;
    struct baton_session *session; /* with the figures in force; nothing is scored */
    const struct baton_scheme *scheme;
    struct calendar calendar;
    struct expected expected; /* everything that ever is */
    int64_t now_utc_ms;       /* as --as-of says: of a day its last moment; else now */
};

/* Opens what the first operand, --assessment and --known say, by the version of the scheme that is in force for the period (of kind NONE: the newest). Tells what is wrong, and answers its code. */
MUST_USE baton_code collection_open(struct invocation *invocation, struct baton_period period,
                                    struct collection *out);

/* A period, as an operand has it. PERIOD_BAD. */
MUST_USE baton_code collection_period(struct invocation *invocation, const char *text,
                                      struct baton_period *out);

#endif
