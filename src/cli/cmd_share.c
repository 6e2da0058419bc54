/* `baton share`: the figures that are taken over from other assessments, and with --fill what of them has not been said yet. */
#include "cli/list_table.h"
#include "cli/open_ledger.h"
#include "cli/print_findings.h"
#include "cli/terminal.h"
#include "flow/sharings.h"
#include <string.h>

struct job {
    struct invocation *invocation;
    struct ledger_reader *reader;
    struct sharings sharings;
    struct sharings_owed owed;
};

static size_t owed_by(const struct job *job, const struct sharing *sharing) {
    size_t count = 0;
    for (size_t i = 0; i < job->owed.count; i++)
        count += strcmp(job->owed.fact[i].assessment, sharing->assessment) == 0 &&
                 strcmp(body_text(&job->owed.fact[i], "element"), sharing->element) == 0;
    return count;
}

static const char *shift_shown(const struct job *job, const struct sharing *sharing) {
    return sharing->shift == 0 ? NULL
                               : arena_printf(job->invocation->arena, "× 10^%d", sharing->shift);
}

static void print_sharings(const struct job *job) {
    static const char *const title[2][5] = {
        {"assessment", "figure", "taken from", "scale", "not said yet"},
        {"考核", "数据项", "取自", "换算", "待同步"}};
    struct invocation *const invocation = job->invocation;
    struct list_table table = {
        .arena = invocation->arena, .columns = 5, .title = title[invocation->language]};
    if (job->sharings.count == 0) {
        writer_text(invocation->out,
                    in_language(invocation, "No figure is taken over.\n", "没有共享的数据。\n"));
        return;
    }
    for (size_t i = 0; i < job->sharings.count; i++) {
        const struct sharing *const one = &job->sharings.item[i];
        const char **const cell = list_add(&table);
        cell[0] = one->assessment;
        cell[1] = one->element;
        cell[2] = arena_printf(invocation->arena, in_language(invocation, "%s: %s", "%s：%s"),
                               one->from, one->from_element);
        cell[3] = shift_shown(job, one);
        cell[4] = arena_printf(invocation->arena, "%zu", owed_by(job, one));
    }
    list_drop_empty(&table);
    list_print(&table, invocation->out, invocation->colour_out, terminal_width(invocation));
}

/* What is refused is told, and left for somebody to decide. */
static baton_code fill(const struct job *job) {
    struct invocation *const invocation = job->invocation;
    struct baton_findings found = {.arena = invocation->arena};
    struct ledger *ledger;
    size_t said;
    TRY(open_appender(invocation, invocation->operand[0], &ledger));
    const baton_code code = sharings_say(invocation->arena, ledger, &job->owed, &said, &found);
    ledger_close(ledger);
    if (code != BATON_OK)
        return code == BATON_NO_MEMORY ? code : refuse_all(invocation, &found);
    writer_printf(invocation->out,
                  in_language(invocation, "%zu figures taken over, %zu left.\n",
                              "已同步 %zu 项数据，未同步 %zu 项。\n"),
                  said, job->owed.count - said);
    return found.errors > 0 ? refuse_all(invocation, &found) : BATON_OK;
}

baton_code cmd_share(struct invocation *invocation) {
    struct job job = {.invocation = invocation};
    struct baton_findings found = {.arena = invocation->arena};
    uint64_t known;
    TRY(open_reader(invocation, invocation->operand[0], &job.reader));
    TRY(refuse_reader(invocation, job.reader, reader_size(job.reader, &known)));
    TRY(refuse_reader(invocation, job.reader,
                      sharings_read(invocation->arena, job.reader, known, &job.sharings)));
    const baton_code code = sharings_look(invocation->arena, job.reader, &job.owed, &found);
    if (code != BATON_OK)
        return code == BATON_NO_MEMORY ? code : refuse_all(invocation, &found);
    if (invocation->settings.fill)
        return fill(&job);
    print_sharings(&job);
    return BATON_OK;
}
