/* Both sides are compared as they stand, so nothing is said twice, and what is interrupted is left to the next time. */
#include "cli/pass_on.h"
#include "cli/open_ledger.h"
#include "cli/print_findings.h"
#include "flow/sharings.h"
#include <string.h>

struct job {
    struct invocation *invocation;
    struct ledger_reader *reader;
    struct sharings sharings;
    struct sharings_touched *touched; /* figures from which others are taken */
    size_t count;
    bool wants_all;
    struct sharings_owed owed;
};

static void take(struct job *job, const struct fact_body *fact) {
    enum fact_kind kind;
    if (!fact_kind_of(fact->kind, &kind))
        return;
    if (kind == FACT_SHARING || kind == FACT_UNIT)
        job->wants_all = true;
    else if (kind == FACT_OBSERVATION && sharings_touch(&job->sharings, fact))
        job->touched[job->count++] =
            (struct sharings_touched){fact->assessment, body_text(fact, "unit"),
                                      body_text(fact, "element"), body_text(fact, "period")};
}

static baton_code look(struct job *job, struct baton_findings *found) {
    struct baton_arena *const arena = job->invocation->arena;
    return job->wants_all ? sharings_look(arena, job->reader, &job->owed, found)
                          : sharings_look_at(arena, job->reader, &job->sharings, job->touched,
                                             job->count, &job->owed, found);
}

static size_t count_of(const struct sharings_owed *owed, const char *assessment) {
    size_t count = 0;
    for (size_t i = 0; i < owed->count; i++)
        count += strcmp(owed->fact[i].assessment, assessment) == 0;
    return count;
}

/* "  Taken over by grassroots-2021: 1."; where some were refused, all of it in one line. */
static void tell_said(const struct job *job, size_t said) {
    struct invocation *const invocation = job->invocation;
    const struct sharings_owed *const owed = &job->owed;
    for (size_t i = 0; i < owed->count && said == owed->count; i++) {
        const char *const assessment = owed->fact[i].assessment;
        bool is_first = true;
        for (size_t k = 0; k < i && is_first; k++)
            is_first = strcmp(owed->fact[k].assessment, assessment) != 0;
        if (is_first)
            writer_printf(
                invocation->out,
                in_language(invocation, "  Taken over by %s: %zu.\n", "  %s 已同步 %zu 项数据。\n"),
                assessment, count_of(owed, assessment));
    }
    if (said < owed->count)
        writer_printf(
            invocation->out,
            in_language(invocation,
                        "  Taken over by other assessments: %zu; left: %zu, "
                        "see `baton share %s`.\n",
                        "  其他考核已同步 %zu 项数据，未同步 %zu 项，见 `baton share %s`。\n"),
            said, owed->count - said, invocation->operand[0]);
}

/* Why something was refused: not an error here. */
static void tell_refused(const struct invocation *invocation, struct baton_findings *found) {
    if (found->count > 0)
        print_findings(
            invocation->arena, invocation->err, found,
            (struct findings_style){invocation->language, invocation->colour_err, BATON_WARNING});
}

baton_code pass_on(struct invocation *invocation, struct ledger_reader *reader,
                   struct ledger *ledger, const struct submission *stored) {
    struct job job = {.invocation = invocation, .reader = reader};
    struct baton_findings found = {.arena = invocation->arena};
    uint64_t known;
    size_t said = 0;
    TRY(refuse_reader(invocation, reader, reader_size(reader, &known)));
    TRY(refuse_reader(invocation, reader,
                      sharings_read(invocation->arena, reader, known, &job.sharings)));
    if (job.sharings.count == 0)
        return BATON_OK;
    job.touched = arena_alloc(invocation->arena, stored->count, sizeof *job.touched);
    for (size_t i = 0; i < stored->count; i++) {
        const struct fact_body fact = stored_in_order(invocation->arena, &stored->fact[i]);
        take(&job, &fact);
    }
    if (!job.wants_all && job.count == 0)
        return BATON_OK;
    baton_code code = look(&job, &found);
    if (code == BATON_OK)
        code = sharings_say(invocation->arena, ledger, &job.owed, &said, &found);
    if (code != BATON_OK)
        return code == BATON_NO_MEMORY ? code : refuse_all(invocation, &found);
    tell_said(&job, said);
    tell_refused(invocation, &found);
    return BATON_OK;
}
