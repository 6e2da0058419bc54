/* `baton chase`: one round of what a server's chaser does. */
#include "cli/open_ledger.h"
#include "cli/open_waiting.h"
#include "cli/serve_config.h"
#include "cli/world.h"
#include <inttypes.h>

static baton_code read_settings(struct invocation *invocation, struct chaser_settings *out,
                                struct notify **notify) {
    struct baton_findings found = {.arena = invocation->arena};
    struct serve_config config = serve_config_usual(invocation->arena);
    baton_code code = BATON_OK;
    if (invocation->settings.config != NULL)
        code = serve_config_read(invocation->arena, invocation->settings.config, &config, &found);
    if (code == BATON_OK)
        code = serve_config_check(&config, &found);
    *out = serve_config_chaser(&config);
    if (code == BATON_OK)
        code = notify_open(invocation->arena, &out->notify, notify, &found);
    return code == BATON_OK ? BATON_OK : refuse_all(invocation, &found);
}

static baton_code tell_store(struct invocation *invocation, baton_code code) {
    return code == BATON_OK || code == BATON_NO_MEMORY
               ? code
               : refuse(invocation, code, "", NULL, NULL, NULL);
}

baton_code cmd_chase(struct invocation *invocation) {
    struct baton_findings found = {.arena = invocation->arena};
    struct chaser_counts counts = {0};
    struct chaser_settings settings;
    struct collection of;
    struct waiting_world world;
    struct outbox_notice *notice;
    struct notify *notify;
    struct ledger *ledger;
    size_t count;
    TRY(read_settings(invocation, &settings, &notify));
    TRY(open_appender(invocation, invocation->operand[0], &ledger));
    TRY(waiting_world_open(invocation, &of, &world));
    if (chase_notices(invocation->arena, of.reader, &world, &settings.rules, &notice, &count,
                      &found) != BATON_OK)
        return refuse_all(invocation, &found);
    TRY(tell_store(invocation,
                   chaser_make(ledger, of.reader, invocation->arena, notice, count, &counts)));
    const struct chaser_round round = {.ledger = ledger,
                                       .reader = of.reader,
                                       .world = world_of_system(),
                                       .standing = world.standing,
                                       .notify = notify,
                                       .settings = &settings};
    TRY(tell_store(invocation, chaser_deliver(&round, &counts)));
    TRY(tell_store(invocation, chaser_prune(&round)));
    writer_printf(invocation->out,
                  in_language(invocation,
                              "Made %" PRIu64 ", delivered %" PRIu64 ", failed %" PRIu64
                              ", given up %" PRIu64 "\n",
                              "生成 %" PRIu64 " 条，送达 %" PRIu64 " 条，失败 %" PRIu64
                              " 条，放弃 %" PRIu64 " 条\n"),
                  counts.made, counts.delivered, counts.failed, counts.given_up);
    return BATON_OK;
}
