/* Figures that one assessment takes over from another (facts of kind sharing): read, and said. Whoever reports a figure there has reported it here as well: it is said with its source (`@from`), in the name of whoever said that, and corrected or
 * withdrawn as it is. The ledger holds each to its source (ledger_derive), so it matters to nobody who has it said. */
#ifndef FLOW_SHARINGS_H
#define FLOW_SHARINGS_H

#include "ledger/ledger.h"
#include "ledger/requests.h"

/* The sharings in force of all assessments; in the arena. */
MUST_USE baton_code sharings_read(struct baton_arena *arena, struct ledger_reader *reader,
                                  uint64_t known, struct sharings *out);
/* Those of one assessment. */
MUST_USE baton_code sharings_read_of(struct baton_arena *arena, struct ledger_reader *reader,
                                     const char *assessment, uint64_t known, struct sharings *out);

/* Figures that are to be said so that all is as the sources say: one fact each, with who says it. */
struct sharings_owed {
    struct fact_body *fact;
    const char **actor;
    size_t count, capacity;
};
/* Finds them: new figures, corrections, withdrawals, for units that the assessment has. Nothing is appended. Reads all figures of the assessments that share; nothing where none does. What the reader answers, told. */
MUST_USE baton_code sharings_look(struct baton_arena *arena, struct ledger_reader *reader,
                                  struct sharings_owed *out, struct baton_findings *found);

/* The same of a few figures, of which something was said: as quick as they are few. */
struct sharings_touched {
    const char *assessment, *unit, *element, *period;
};
MUST_USE baton_code sharings_look_at(struct baton_arena *arena, struct ledger_reader *reader,
                                     const struct sharings *sharings,
                                     const struct sharings_touched *touched, size_t count,
                                     struct sharings_owed *out, struct baton_findings *found);
/* Whether anything is taken over from a figure. */
bool sharings_touch(const struct sharings *sharings, const struct fact_body *figure);

/* Has them said, in one submission; where one of them is refused, one by one. *said how many were; what is refused is told in `found` (LOCKED: the figure is locked here, and its source was said by one person only; FIGURE_NOT_SHARED, FACT_EXISTS,
 * FACT_SUPERSEDED: others were faster), and not an error. What the ledger answers otherwise. */
MUST_USE baton_code sharings_say(struct baton_arena *arena, struct ledger *ledger,
                                 const struct sharings_owed *owed, size_t *said,
                                 struct baton_findings *found);

#endif
