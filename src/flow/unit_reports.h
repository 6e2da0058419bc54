/* The reports in force of a few units and a period, as entries: read by unit, as the figures of one stand side by side in the ledger. Of all units: reports.h. */
#ifndef FLOW_UNIT_REPORTS_H
#define FLOW_UNIT_REPORTS_H

#include "base/hash.h"
#include "ledger/reader.h"

struct unit_reports {
    struct baton_arena *arena; /* what is read stays as long as it */
    struct ledger_reader *reader;
    const char *assessment, *period;
    uint64_t known;
    const char *unit; /* of which they have been read; NULL = none yet */
    struct hash element;
    const struct entry **report;
    size_t count, capacity;
};

/* The report of a figure; *out NULL = there is none. Asked unit by unit each unit is read once. What the reader answers. */
MUST_USE baton_code unit_reports_find(struct unit_reports *reports, const char *unit,
                                      const char *element, const struct entry **out);

#endif
