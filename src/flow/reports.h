/* The reports of a period, read in one pass: how far each figure is, who took it there and when. For lists of very many figures; the whole of a single report is for collect.h. */
#ifndef FLOW_REPORTS_H
#define FLOW_REPORTS_H

#include "base/hash.h"
#include "ledger/reader.h"
#include "ledger/stage.h"

/* The step of a report that is in force. Texts in the arena; "" = it says none. */
struct report_step {
    const char *unit, *element, *reporter;
    const char *actor, *drafter; /* who took this step; who drafted what it says */
    const char *value, *state, *reason;
    uint64_t position;
    int64_t time_utc_ms;
    enum stage stage;
    uint32_t returns;  /* by whoever verifies */
    bool was_reopened; /* returned by the office */
};

struct report_list {
    const char *assessment, *period;
    const struct report_step *step; /* by unit, then by element, as their ids are ordered */
    size_t count;
    struct hash figure; /* unit and element, U+001F between, to their place */
};

/* Those of a period that were in force when `known` entries were there. In the arena. What the reader answers, told. */
MUST_USE baton_code reports_read(struct baton_arena *arena, struct ledger_reader *reader,
                                 const char *assessment, const char *period, uint64_t known,
                                 struct report_list *out, struct baton_findings *found);

/* NULL = there is none. */
const struct report_step *reports_find(const struct report_list *list, const char *unit,
                                       const char *element);

/* As an entry, with no more than who may read it hangs on: actor, kind, assessment, and of the fields element, period, reporter, stage, unit. */
enum { REPORT_KEY_FIELDS = 5 };
struct entry report_step_entry(const struct report_list *list, const struct report_step *step,
                               struct field field[REPORT_KEY_FIELDS]);

#endif
