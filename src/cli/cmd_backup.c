/* `baton backup`, `baton restore`: a ledger as one file, whatever store it stands in, and a ledger made of one. `baton rebuild`: the tables made again from the journal. */
#include "cli/open_ledger.h"
#include "cli/progress.h"
#include "cli/tell_verified.h"
#include "cli/world.h"
#include "ledger/store.h"
#include "ledger/verify.h"
#include <inttypes.h>

static baton_code end(struct invocation *invocation, baton_code code,
                      struct baton_findings *found) {
    return code == BATON_OK || code == BATON_NO_MEMORY ? code : refuse_all(invocation, found);
}

baton_code cmd_backup(struct invocation *invocation) {
    const char *const output = invocation->settings.output;
    const struct ledger_place place = ledger_place_of(invocation, invocation->operand[0]);
    struct baton_findings found = {.arena = invocation->arena};
    struct verify_report report;
    if (output == NULL)
        return refuse(invocation, BATON_OPTION_NEEDED, invocation->command->name, "-o", NULL, NULL);
    struct progress *progress = progress_open(invocation->arena);
    progress_say(progress, in_language(invocation, "Writing", "正在写入"), NULL, 0);
    const baton_code code = ledger_export(invocation->arena, &place, output, &report, &found);
    progress_close(progress);
    TRY(end(invocation, code, &found));
    writer_printf(invocation->out,
                  in_language(invocation, "%s is written, read again and verified.\n",
                              "%s 已写出，并已重新读取核验。\n"),
                  output);
    tell_verified(invocation, &report);
    writer_text(invocation->out,
                in_language(invocation, "  The key is not in it: keep a copy of that elsewhere.\n",
                            "  其中不含密钥，请另存备份。\n"));
    return BATON_OK;
}

baton_code cmd_restore(struct invocation *invocation) {
    struct ledger_place place = ledger_place_of(invocation, invocation->operand[1]);
    struct baton_findings found = {.arena = invocation->arena};
    struct verify_report report;
    struct progress *progress = progress_open(invocation->arena);
    progress_say(progress, in_language(invocation, "Restoring", "正在恢复"), NULL, 0);
    const baton_code code = ledger_import(invocation->arena, world_of_system(), &place,
                                          invocation->operand[0], &report, &found);
    progress_close(progress);
    TRY(end(invocation, code, &found));
    writer_printf(invocation->out,
                  in_language(invocation, "The ledger stands in %s again, and is verified.\n",
                              "账本已恢复到 %s，并已核验。\n"),
                  store_address_shown(invocation->arena, place.address));
    tell_verified(invocation, &report);
    writer_text(invocation->out,
                in_language(invocation,
                            "  To add to it put its key where it belongs, or name it with --key.\n",
                            "  如需继续入账，请将密钥放到相应位置，或用 --key 指定。\n"));
    return BATON_OK;
}

baton_code cmd_rebuild(struct invocation *invocation) {
    const struct ledger_place place = ledger_place_of(invocation, invocation->operand[0]);
    struct baton_findings found = {.arena = invocation->arena};
    uint64_t differed = 0;
    struct progress *progress = progress_open(invocation->arena);
    progress_say(progress, in_language(invocation, "Rebuilding", "正在重建"), NULL, 0);
    const baton_code code =
        ledger_rebuild(invocation->arena, world_of_system(), &place, &differed, &found);
    progress_close(progress);
    TRY(end(invocation, code, &found));
    if (differed == 0)
        writer_text(invocation->out,
                    in_language(invocation,
                                "The tables are what the journal says; nothing was written.\n",
                                "各表与流水一致，未作任何改动。\n"));
    else
        writer_printf(invocation->out,
                      in_language(invocation,
                                  "%" PRIu64
                                  " rows were not what the journal says; the tables were "
                                  "made again from it.\n",
                                  "有 %" PRIu64 " 行与流水不符，各表已据流水重建。\n"),
                      differed);
    return BATON_OK;
}
