/* `baton import`: a package brought into a ledger, or what is new in it. */
#include "cli/import_tell.h"
#include "cli/open_ledger.h"

baton_code cmd_import(struct invocation *invocation) {
    const struct ledger_place place = ledger_place_of(invocation, invocation->operand[0]);
    const char *actor;
    TRY(who_acts(invocation, &actor));
    return import_package(invocation, &place, invocation->operand[1], actor);
}
