/* Whose turn it is: the posts that may take a figure further, and who holds them today.
 *
 * A post that nobody holds is vacant; so is one whose holders have no open account, in a ledger in which anybody has one. What waits at a vacant post falls on the next: where clerks and approvers act, on the approvers
 * of the nearest unit above that has some; else, and where a department verifies, on the office. Whoever drafted a figure counts as none who could sign it off or verify it.
 *
 * Holders of a unit's posts go before those whose posts name no unit and so are for all; these are asked before the post is called vacant. */
#ifndef FLOW_SEATS_H
#define FLOW_SEATS_H

#include "base/hash.h"
#include "baton/score.h"
#include "ledger/standing.h"

struct seat_person {
    const char *id;
    bool is_deputy; /* by posts of a deputy only */
};

struct seat {
    uint32_t number;  /* from 0, in the order in which seats were asked for first */
    uint32_t roles;   /* bits of enum role: any of them */
    const char *unit; /* unit or department; "" = the office */
    bool is_vacant;
    /* Of a vacant one: on whom it falls. The office, unit "", also where nobody holds that either. */
    uint32_t falls_on;
    const char *falls_on_unit;
    const struct seat_person *person; /* those who hold it, or on whom it falls; by id */
    size_t count;
};

struct seats;

/* In the arena; everything else is borrowed for as long. `accounts`: persons with an open account; NULL or empty = the ledger keeps none. */
struct seats *seats_open(struct baton_arena *arena, const struct baton_session *session,
                         const struct standing *standing, const struct hash *accounts,
                         const char *assessment, int64_t now_utc_ms);

/* What is wanted of a seat. */
struct seat_wish {
    uint32_t roles;
    const char *unit; /* "" = the office */
    uint32_t
        element_index; /* of the figure, in the scheme: posts that name an indicator are for some */
    const char *but;   /* a person who does not count; "" = none */
};

/* The same pointer for the same seat. */
const struct seat *seats_find(struct seats *seats, const struct seat_wish *wish);

size_t seats_count(const struct seats *seats);

/* Whether a person is among those whose turn it is. */
bool seat_has(const struct seat *seat, const char *person);

#endif
