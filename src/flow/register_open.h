/* The register of a ledger, read: every assessment that has a sound scheme, by its newest version, with its calendar. */
#ifndef FLOW_REGISTER_OPEN_H
#define FLOW_REGISTER_OPEN_H

#include "flow/calendar.h"
#include "flow/ledger_source.h"
#include "flow/register.h"

struct register_opened {
    struct figure_register of;
    const struct calendar *calendar; /* [sources] */
    struct sharings sharings;
    const char *const *unsound; /* assessments that have a scheme which cannot be compiled */
    size_t unsound_count;
};

/* An assessment compiled, with its figures; nothing is scored. Codes as ledger_package. */
MUST_USE baton_code register_session(struct baton_arena *arena, const struct ledger_view *view,
                                     unsigned threads, const struct baton_session **out,
                                     struct baton_findings *found);

/* In the arena; what the reader answers, told. */
MUST_USE baton_code register_open(struct baton_arena *arena, struct ledger_reader *reader,
                                  uint64_t known, unsigned threads, struct register_opened *out,
                                  struct baton_findings *found);

/* The same with sessions that are there already; fills in the years in which they run. */
MUST_USE baton_code register_open_with(struct baton_arena *arena, struct ledger_reader *reader,
                                       uint64_t known, struct register_source *source, size_t count,
                                       struct register_opened *out, struct baton_findings *found);

/* What is on record of assessments: registrations, limits and lists of what may be asked, in force then. In the arena. */
MUST_USE baton_code register_rules(struct baton_arena *arena, struct ledger_reader *reader,
                                   uint64_t known, struct permits *permits,
                                   struct registrations *registrations);

#endif
