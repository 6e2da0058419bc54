/* To whom a notice goes today: the person that it names, or whoever holds the post. */
#ifndef FLOW_ADDRESSEES_H
#define FLOW_ADDRESSEES_H

#include "ledger/outbox.h"
#include "ledger/standing.h"

struct addressees;

/* By the posts that are held at that time. In the arena; the standing is borrowed. */
struct addressees *addressees_open(struct baton_arena *arena, const struct standing *standing,
                                   int64_t time_utc_ms);

/* Of a post: those who hold it at that unit for the assessment or for all; where nobody does, those whose post names no unit; clerks where there is no approver, and approvers where there is no clerk; else nobody. No person twice; the same
 * array for the same post. */
size_t addressees_of(struct addressees *addressees, const struct outbox_notice *notice,
                     const char *const **out);
bool addressees_has(struct addressees *addressees, const struct outbox_notice *notice,
                    const char *person);

/* The notice as a receiver gets it: id, kind, key, assessment, when it was made, to whom, and what it says. */
const char *addressees_json(struct addressees *addressees, const struct outbox_row *row);

#endif
