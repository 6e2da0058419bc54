/* `baton decide`: what waits for a second person, with what it would change; and the decision. */
#include "base/civil_day.h"
#include "cli/open_ledger.h"
#include "cli/pass_on.h"
#include "cli/tell_changes.h"
#include "cli/world.h"
#include "flow/entry_print.h"
#include "flow/entry_words.h"
#include "flow/evidence.h"
#include "report/explain_report.h"
#include <inttypes.h>
#include <string.h>

struct job {
    struct invocation *invocation;
    struct ledger_reader *reader;
    struct names names;
};

/* The facts that are proposed, as far as something can be foreseen of them. */
static size_t proposed(struct baton_arena *arena, const struct entry *entry,
                       struct fact_body **out) {
    size_t count = 0;
    *out = arena_alloc(arena, entry->body.field_count + 1, sizeof **out);
    for (size_t i = 0; i < entry->body.field_count; i++) {
        const struct field *field = &entry->body.field[i];
        if (field->type == 'f' &&
            body_read(arena, field->value, field->size, &(*out)[count]) == BATON_OK &&
            is_foreseeable(&(*out)[count]))
            count++;
    }
    return count;
}

static baton_code read_entry(struct job *job, uint64_t position, struct entry *out) {
    const baton_code code = reader_entry(job->reader, job->invocation->arena, position, out);
    return code == BATON_OK ? code : refuse_reader(job->invocation, job->reader, code);
}

/* What it is, who proposed it and why; then what it would change. */
static baton_code show(struct job *job, const struct proposal *proposal) {
    struct invocation *invocation = job->invocation;
    struct baton_arena *arena = invocation->arena;
    struct entry entry;
    struct fact_body *fact;
    struct foreseen foreseen;
    TRY(read_entry(job, proposal->position, &entry));
    writer_printf(invocation->out,
                  in_language(invocation, "No. %" PRIu64 ", %s, by %s: %s\n",
                              "第 %" PRIu64 " 号，%s，%s提请：%s\n"),
                  entry.position, explain_time(arena, entry.time_utc_ms),
                  names_shown(&job->names, entry.actor),
                  entry_says(arena, &entry.body, invocation->language));
    writer_printf(invocation->out, in_language(invocation, "  because: %s\n", "  理由：%s\n"),
                  body_text(&entry.body, "@reason"));
    if (proposal->expires_utc_ms > 0)
        writer_printf(invocation->out,
                      proposal->expires_utc_ms < world_now_utc_ms()
                          ? in_language(invocation, "  expired %s\n", "  已于 %s 过期\n")
                          : in_language(invocation, "  expires %s\n", "  %s 到期\n"),
                      explain_time(arena, proposal->expires_utc_ms));
    const size_t count = proposed(arena, &entry, &fact);
    if (count == 0 || proposal->assessment[0] == '\0')
        return BATON_OK;
    const baton_code code =
        foresee_facts(invocation, job->reader, proposal->assessment, fact, count, &foreseen);
    if (code == BATON_OK)
        tell_foreseen(invocation, &foreseen);
    return code == BATON_NO_MEMORY ? code : BATON_OK; /* what is wrong with it was told */
}

static bool is_open(const struct proposal *proposal) {
    return strcmp(proposal->state, "open") == 0;
}

static baton_code list(struct job *job) {
    struct invocation *invocation = job->invocation;
    struct proposal *proposal;
    size_t count, open = 0;
    const baton_code code = reader_proposals(job->reader, invocation->arena, &proposal, &count);
    if (code != BATON_OK)
        return refuse_reader(invocation, job->reader, code);
    for (size_t i = 0; i < count; i++)
        if (is_open(&proposal[i])) {
            TRY(show(job, &proposal[i]));
            open++;
        }
    if (open == 0)
        writer_text(invocation->out, in_language(invocation, "Nothing waits for a decision.\n",
                                                 "没有待决定的事项。\n"));
    return BATON_OK;
}

/* Before it is accepted: whether the assessment can be scored with it. */
static baton_code look(struct job *job, uint64_t position, struct foreseen *foreseen,
                       bool *is_foreseen) {
    struct entry entry;
    struct fact_body *fact;
    *is_foreseen = false;
    TRY(read_entry(job, position, &entry));
    const size_t count = proposed(job->invocation->arena, &entry, &fact);
    if (count == 0 || entry.body.assessment[0] == '\0')
        return BATON_OK;
    *is_foreseen = true;
    return foresee_facts(job->invocation, job->reader, entry.body.assessment, fact, count,
                         foreseen);
}

/* Nothing is erased before its term, also where it was named anew since it was proposed. */
static baton_code check_erasures(struct job *job, uint64_t position) {
    struct baton_arena *const arena = job->invocation->arena;
    struct baton_findings found = {.arena = arena};
    struct entry entry;
    TRY(read_entry(job, position, &entry));
    struct fact_body *const fact = arena_alloc(arena, entry.body.field_count + 1, sizeof *fact);
    size_t count = 0;
    for (size_t i = 0; i < entry.body.field_count; i++) {
        const struct field *const field = &entry.body.field[i];
        if (field->type == 'f' &&
            body_read(arena, field->value, field->size, &fact[count]) == BATON_OK)
            count++;
    }
    const baton_code code = evidence_check_erasures(evidence_open(arena), job->reader, arena, fact,
                                                    count, civil_day(world_now_utc_ms()), &found);
    if (code == BATON_EVIDENCE_TERM)
        return refuse_all(job->invocation, &found);
    return code == BATON_OK ? code : refuse_reader(job->invocation, job->reader, code);
}

static baton_code decide(struct job *job, uint64_t position) {
    struct invocation *invocation = job->invocation;
    const struct settings *settings = &invocation->settings;
    const char *const reason = settings->reason == NULL ? "" : settings->reason;
    struct baton_findings found = {.arena = invocation->arena};
    struct submission submission = {0};
    struct foreseen foreseen;
    struct ledger *ledger;
    const char *actor;
    bool is_foreseen = false;
    TRY(who_acts(invocation, &actor));
    if (settings->accept) {
        TRY(look(job, position, &foreseen, &is_foreseen));
        TRY(check_erasures(job, position));
    }
    TRY(open_appender(invocation, invocation->operand[0], &ledger));
    const baton_code code = settings->withdraw
                                ? ledger_withdraw(ledger, invocation->arena, actor, NULL, position,
                                                  reason, &submission, &found)
                                : ledger_decide(ledger, invocation->arena, actor, NULL, position,
                                                settings->accept, reason, &submission, &found);
    if (code != BATON_OK)
        return code == BATON_NO_MEMORY ? code : refuse_all(invocation, &found);
    tell_stored(invocation, &submission);
    TRY(pass_on(invocation, job->reader, ledger, &submission));
    ledger_close(ledger);
    if (is_foreseen)
        tell_foreseen(invocation, &foreseen);
    return BATON_OK;
}

static baton_code show_one(struct job *job, uint64_t position) {
    struct proposal proposal;
    const baton_code code =
        reader_proposal(job->reader, job->invocation->arena, position, &proposal);
    if (code != BATON_OK)
        return refuse_reader(job->invocation, job->reader, code);
    if (!is_open(&proposal))
        return refuse(job->invocation, BATON_PROPOSAL_CLOSED,
                      arena_printf(job->invocation->arena, "%" PRIu64, position), proposal.state,
                      NULL, NULL);
    return show(job, &proposal);
}

baton_code cmd_decide(struct invocation *invocation) {
    const struct settings *s = &invocation->settings;
    struct job job = {.invocation = invocation};
    uint64_t position = 0;
    const bool has_number = invocation->operand_count > 1;
    const int verdicts = s->accept + s->refuse + s->withdraw;
    if (verdicts > 1)
        return refuse(invocation, BATON_OPTIONS_APART, s->accept ? "--accept" : "--refuse",
                      s->withdraw ? "--withdraw" : "--refuse", NULL, NULL);
    if (verdicts > 0 && !has_number)
        return refuse(invocation, BATON_OPERAND_MISSING, "decide", "LEDGER N", NULL, NULL);
    if (has_number)
        TRY(read_number(invocation, invocation->operand[1], &position));
    TRY(open_reader(invocation, invocation->operand[0], &job.reader));
    job.names = (struct names){
        .arena = invocation->arena, .reader = job.reader, .language = invocation->language};
    return verdicts > 0 ? decide(&job, position)
           : has_number ? show_one(&job, position)
                        : list(&job);
}
