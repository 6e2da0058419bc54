/* An assessment of a ledger with its calendar, its figures and what is expected of whom: what calendar and expected begin with. */
#ifndef CLI_OPEN_COLLECTION_H
#define CLI_OPEN_COLLECTION_H

#include "cli/command.h"
#include "flow/calendar_year.h"
#include "flow/ledger_source.h"
#include "flow/reports.h"

struct collection {
    struct ledger_reader *reader;
    const char *assessment;
    uint64_t known;                /* entries that count */
    struct baton_session *session; /* with the figures in force; nothing is scored */
    const struct baton_scheme *scheme;
    struct calendar calendar;
    struct expected expected; /* everything that ever is */
    int64_t now_utc_ms;       /* as --as-of says: of a day its last moment; else now */
};

/* Opens what the first operand, --assessment and --known say, by the version of the scheme that is in force for the period (of kind NONE: the newest). Tells what is wrong, and answers its code. */
MUST_USE baton_code collection_open(struct invocation *invocation, struct baton_period period,
                                    struct collection *out);

/* The same of a view, whose reader is open; tells nothing of what it found. */
MUST_USE baton_code collection_read(struct invocation *invocation, const struct ledger_view *view,
                                    struct collection *out, struct baton_findings *found);

/* As --as-of says: of a day its last moment; else now. */
int64_t collection_now_utc_ms(const struct invocation *invocation);

/* "Yunhu (yunhu)", a unit of the scheme; the id alone where it has no name. */
const char *collection_unit(const struct invocation *invocation, const struct baton_scheme *scheme,
                            uint32_t unit);

/* The reports of a period, as known. Tells what is wrong. */
MUST_USE baton_code collection_reports(struct invocation *invocation, const struct collection *of,
                                       const char *period, struct report_list *out);

/* A period, as an operand has it. PERIOD_BAD. */
MUST_USE baton_code collection_period(struct invocation *invocation, const char *text,
                                      struct baton_period *out);

#endif
