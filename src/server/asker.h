/* Whoever asks about the figures of a period, for those who judge them (flow/checks.h, flow/collect.h): what they may read and be told. */
#ifndef SERVER_ASKER_H
#define SERVER_ASKER_H

#include "flow/expected.h"
#include "ledger/entry.h"

struct call;

struct asker {
    struct call *call;
    const char *assessment, *period;
};

/* Of a checks_wish or collect_wish: may_read, once sight_prepare was called for reports. */
bool asker_may_read(void *asker, const struct entry *report);
/* Likewise may_show: they may read the figure as it stands in the ledger, or, where it is reported, drafts of it. */
bool asker_may_show(void *asker, const char *unit, const char *element,
                    const struct expectation *one);

/* Likewise may_draft: one of their posts is for drafting it. */
bool asker_may_draft(void *asker, const struct expectation *one);

#endif
