/* What may be asked of whom, and what need not be asked twice: facts of kinds permitted, registration, quota and sharing, as far as the ledger holds everybody to them. It knows no schemes: which
 * figure is asked of which unit, and of what level that is, is said by flow/indicators.h. */
#ifndef LEDGER_REQUESTS_H
#define LEDGER_REQUESTS_H

#include "base/arena.h"
#include "base/hash.h"
#include "baton/period.h"
#include "ledger/fact.h"

/* ---- What a level (the kind of a unit: 街道, village) may be asked. */

struct permit {
    const char *level, *element, *department; /* the last two "*" = any */
    const char *assessment;                   /* "" = any */
    int32_t until;                            /* the last day; INT32_MAX = without an end */
};
struct permits {
    struct hash level; /* those that have a list, or ever had one */
    struct permit *item;
    size_t count, capacity;
};
/* An item, or what is in force for one that was withdrawn: of that the level alone is kept. */
void permits_add(struct baton_arena *arena, struct permits *to, const struct fact_body *body);

/* department: the id of a unit; "" = the office, which only an item for any department lets ask. A level whose items have all ended, or were withdrawn, has a list still: an empty one, which permits nothing. What lifts
 * the limit is an item for any figure and any department. */
enum permitted { PERMITTED_NO_LIST, PERMITTED, PERMITTED_NOT };
struct permit_asked {
    const char *assessment, *element, *department;
    int32_t day;
};
enum permitted permits_of(const struct permits *permits, const char *level,
                          const struct permit_asked *asked);
bool permits_has_list(const struct permits *permits, const char *level);

/* The units of all assessments of a ledger by their ids, with each level that any of them gives. One that is given two levels is bound by the lists of both: what another assessment calls it lifts nothing. */
struct unit_level {
    const char *level;
    uint32_t next; /* of the same unit; HASH_NONE = no more */
};
struct unit_levels {
    struct hash unit; /* to the first of its levels, "" among them */
    struct unit_level *item;
    size_t count, capacity;
};
/* The texts are kept as they are. level NULL = none is given. */
void unit_levels_add(struct baton_arena *arena, struct unit_levels *to, const char *unit,
                     const char *level);
bool unit_levels_know(const struct unit_levels *levels, const char *unit);
/* By all levels of a unit, and by `level`, the one that the assessment gives it that asks (NULL = none). PERMITTED_NOT: *by gets the first level whose list does not have it. */
enum permitted permits_of_unit(const struct permits *permits, const struct unit_levels *levels,
                               const char *unit, const char *level,
                               const struct permit_asked *asked, const char **by);

/* What is asked, of a version of a scheme, whether it is on the lists. */
struct request_question {
    const char *assessment;
    int64_t
        scheme; /* position of the version; with `also` that one counts as long as `also` has none */
    const struct permits *permits;
    const struct unit_levels *levels;
    int32_t day;
    const struct fact_body *figure; /* only of this one; NULL = of all */
    const char *period;             /* of those of this period; NULL = of any */
    const struct fact_body *also;   /* facts that count as if they had been said */
    size_t also_count;
};
enum { REQUEST_TEXT_SIZE = 160 };
struct request_refused { /* the first one that is on no list; texts cut where they do not fit */
    char unit[REQUEST_TEXT_SIZE], element[REQUEST_TEXT_SIZE], level[REQUEST_TEXT_SIZE];
};

/* ---- Assessments that departments have registered, and how many they may. */

struct registration {
    const char *department, *year, *assessment, *name;
};
struct quota {
    const char *department, *year; /* department "*" = each that has no row of its own */
    uint64_t limit;
    bool needs_registration; /* `registered`: no assessment of that year goes without */
};
struct registrations {
    struct registration *item;
    size_t count, capacity;
    struct quota *quota;
    size_t quota_count, quota_capacity;
};
void registrations_add(struct baton_arena *arena, struct registrations *to, enum fact_kind kind,
                       const struct fact_body *body);
/* The limit of a department for a year; UINT64_MAX = none. */
uint64_t registrations_limit(const struct registrations *of, const char *department,
                             const char *year);
size_t registrations_count(const struct registrations *of, const char *department,
                           const char *year);
/* Whether assessments of the year have to be registered; whether one is, by any department (year NULL: for any). */
bool registrations_needed(const struct registrations *of, const char *year);
bool registrations_has(const struct registrations *of, const char *assessment, const char *year);
/* The one of another department, of the same assessment and year; NULL = there is none. */
const struct registration *registrations_elsewhere(const struct registrations *of,
                                                   const struct registration *one);

/* ---- Figures that are taken over from others. */

struct sharing {
    const char *assessment, *element;
    const char *from, *from_element; /* the assessment and element that it is taken from */
    int shift;                       /* times 10^shift */
    int32_t since; /* first day of the period from which on; INT32_MIN = from ever */
};
struct sharings {
    struct sharing *item;
    size_t count, capacity;
};
/* The exponent of a power of ten from 1e-12 to 1e12, written without an exponent; false where it is none. */
bool sharing_factor(const char *text, size_t size, int *shift);
void sharings_add(struct baton_arena *arena, struct sharings *to, const struct fact_body *body);
/* The sharing by which a figure of a period comes; NULL = it is asked. A period that is none is before every `since`. */
const struct sharing *sharings_of(const struct sharings *of, const char *assessment,
                                  const char *element, const char *period);
/* A value as it is taken over, digit by digit; in the arena. Nothing stays nothing. False where it is no number and has to be moved. */
bool sharing_value(struct baton_arena *arena, int shift, const char *text, const char **out);

#endif
