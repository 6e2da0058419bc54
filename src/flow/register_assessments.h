/* The assessments of a year, by the departments that have registered them, each with its limit; and those that run without being registered. */
#ifndef FLOW_REGISTER_ASSESSMENTS_H
#define FLOW_REGISTER_ASSESSMENTS_H

#include "flow/register_open.h"

struct registered {
    const char *department; /* "" = nobody has registered it */
    const char *assessment, *name;
    bool is_there;   /* the ledger has it, and it runs in that year */
    uint64_t number; /* the how many-eth of its department; 0 = it is not registered */
    uint64_t limit;  /* UINT64_MAX = none */
};
struct registered_list {
    const struct registered
        *item; /* by department in the order of registration; those that are not registered last */
    size_t count;
    size_t unregistered, over; /* how many of them are not registered, or beyond the limit */
    bool is_needed;            /* the office lets none of that year run unregistered */
};

/* In the arena. An assessment runs in the year of its scheme and in those of its opened periods. */
void registered_of(struct baton_arena *arena, const struct register_opened *opened,
                   const struct registrations *registrations, int year, const char *department,
                   enum baton_language language, struct registered_list *out);

#endif
