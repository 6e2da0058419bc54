/* What a token may not do although its person may: the roles, the assessment and the units that it is limited to. A session is limited to nothing. What the person's own posts cover is the
 * ledger's to judge. All answer SCOPE_LACKING. */
#ifndef SERVER_COVERS_H
#define SERVER_COVERS_H

#include "server/api.h"

enum covers_act { COVERS_SAYING, COVERS_PROPOSING, COVERS_DECIDING };

/* Facts that are to be said, proposed or decided on: their kind is one for a role of the token that the person holds today; they, and the rows that they correct, are of its assessment and
 * units. A token of some units covers no fact without a unit, nor one of the ledger as a whole. */
MUST_USE baton_code covers_facts(struct call *call, enum covers_act act,
                                 const struct fact_body *fact, size_t count);

/* The roles in which whoever asks acts, for a submission: those of a token; 0 = all that their posts give. */
uint32_t covers_roles(const struct call *call);

/* The same of what an import says or proposes: for import_wish and sheet_wish; `call` is the struct call. */
MUST_USE baton_code covers_import(void *call, bool proposes, const struct fact_body *fact,
                                  size_t count);

/* What was proposed at a position. PROPOSAL_UNKNOWN. */
MUST_USE baton_code covers_proposal(struct call *call, enum covers_act act, uint64_t position);

/* Whether the person of a session or token may say a kind of fact at all, so that nothing is stored for whoever may not. RIGHT_LACKING. */
MUST_USE baton_code covers_saying(struct call *call, enum fact_kind kind);

/* Whether the units that a token is limited to have one; without such a limit they have all, "" too. */
bool covers_unit(const struct signed_in *who, const char *unit);

#endif
