/* Roles and rights, and what is locked.
 *
 * A decision takes two: who decides is somebody else than who proposed. Until the first day on which somebody has security_admin (system_admin), whoever holds office may do
 * what only that role may do, so that a ledger can begin. A post gives a right only to a person whom the ledger knows. Nobody holds
 * two of system_admin, security_admin and auditor, nor one of them beside office or committee, on the same day. What is locked may not be said any more, only proposed: figures of an opened period from its lock on, and that period (deadlines.h); figures and adjustments of a period that ends not after a
 * posted one, targets of a period that begins not after its end; units and successions once anything is posted; a version of the scheme once the assessment has one. A version that would be in force within a posted
 * period is refused altogether. */
#ifndef LEDGER_RIGHTS_H
#define LEDGER_RIGHTS_H

#include "ledger/fact.h"

#define ROLES \
    "office committee unit approver owner leader cadre supervisor system_admin security_admin " \
    "auditor"

enum role {
    ROLE_OFFICE,
    ROLE_COMMITTEE,
    ROLE_UNIT,
    ROLE_APPROVER,
    ROLE_OWNER,
    ROLE_LEADER,
    ROLE_CADRE,
    ROLE_SUPERVISOR,
    ROLE_SYSTEM_ADMIN,
    ROLE_SECURITY_ADMIN,
    ROLE_AUDITOR,
    ROLE_COUNT
};

const char *role_word(enum role role);
const char *role_name(enum role role, enum baton_language language);
bool role_of_word(const char *word, size_t size, enum role *out);

/* Roles, by their words separated by spaces (asserted), as a set of bits. */
uint32_t rights_bits(const char *words);

/* As sets of bits. 0 = nobody. */
uint32_t rights_to_say(enum fact_kind kind);
uint32_t rights_to_propose(enum fact_kind kind);
uint32_t rights_to_decide(enum fact_kind kind);
/* Of all units; of the units that a post reaches over: see reading.def. */
uint32_t rights_to_read(enum fact_kind kind);
uint32_t rights_to_read_units(enum fact_kind kind);

/* The roles that nobody may hold at the same time as this one: of the three administrators (三员) each keeps the others in check, and none of them does the business. */
uint32_t roles_apart(enum role role);
/* One of the three. */
bool role_administers(enum role role);

#endif
