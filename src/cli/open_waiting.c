/* The same as a server has it for its answers, out of a reader of the command. */
#include "cli/open_waiting.h"
#include "cli/open_ledger.h"

static baton_code read_people(struct invocation *invocation, struct collection *of,
                              struct waiting_world *world) {
    struct hash *const accounts = arena_alloc(invocation->arena, 1, sizeof *accounts);
    struct standing *standing;
    TRY(reader_size(of->reader, &world->known));
    TRY(reader_accounts(of->reader, invocation->arena, accounts));
    TRY(reader_standing(of->reader, invocation->arena, &standing));
    world->accounts = accounts;
    world->standing = standing;
    return BATON_OK;
}

baton_code waiting_world_open(struct invocation *invocation, struct collection *of,
                              struct waiting_world *out) {
    TRY(collection_open(invocation, (struct baton_period){0}, of));
    *out = (struct waiting_world){.assessment = of->assessment,
                                  .session = of->session,
                                  .calendar = &of->calendar,
                                  .expected = &of->expected,
                                  .now_utc_ms = of->now_utc_ms,
                                  .answers = true};
    return refuse_reader(invocation, of->reader, read_people(invocation, of, out));
}
