/* `baton fill`: a form that was filled in, or an office's own sheet, as drafts: all rows or none. */
#include "cli/open_form.h"
#include "cli/open_ledger.h"
#include "cli/print_findings.h"
#include "flow/form_fill.h"
#include <string.h>

struct job {
    struct invocation *invocation;
    struct baton_findings found;
    struct form_open open;
    struct form_fill fill;
    struct submission submission;
};

static baton_code look_at_options(struct invocation *invocation) {
    const struct settings *const s = &invocation->settings;
    const bool has_period = s->period.kind != BATON_PERIOD_NONE;
    if (s->mapping != NULL && !has_period)
        return refuse(invocation, BATON_OPTION_NEEDED, "--mapping", "--period", NULL, NULL);
    if (s->mapping == NULL && has_period)
        return refuse(invocation, BATON_OPTION_NEEDED, "--period", "--mapping", NULL, NULL);
    if (s->mapping != NULL && s->beside != NULL)
        return refuse(invocation, BATON_OPTIONS_APART, "--mapping", "--beside", NULL, NULL);
    return BATON_OK;
}

/* The period of a form stands in it. */
static baton_code find_period(struct job *job, struct baton_period *period, const char **name) {
    struct invocation *const invocation = job->invocation;
    char text[BATON_PERIOD_NAME_SIZE];
    *period = invocation->settings.period;
    if (job->fill.mapping != NULL) {
        *name = arena_text(invocation->arena, text, baton_period_format(*period, text));
        return BATON_OK;
    }
    TRY(form_read(invocation->arena, job->fill.path, &job->fill.read, &job->found));
    *name = job->fill.read.head.period;
    return collection_period(invocation, *name, period);
}

static baton_code say(struct job *job) {
    struct invocation *const invocation = job->invocation;
    struct ledger *ledger;
    if (job->submission.count == 0 || invocation->settings.trial)
        return BATON_OK;
    TRY(open_appender(invocation, invocation->operand[0], &ledger));
    const baton_code code = ledger_append(ledger, invocation->arena, &job->submission, &job->found);
    ledger_close(ledger);
    return code;
}

static baton_code put_beside(struct job *job) {
    struct form_sheet form;
    form_beside(job->invocation->arena, &job->open.use, &job->fill.read, &job->fill.items, &form);
    return form_write(job->invocation, &form, job->invocation->settings.beside);
}

static baton_code bring_in(struct job *job) {
    struct baton_arena *const arena = job->invocation->arena;
    struct baton_period period;
    const char *name;
    TRY(find_period(job, &period, &name));
    TRY(form_open(job->invocation, period, name, &job->open));
    TRY(form_fill_read(arena, &job->fill, &job->found));
    if (job->invocation->settings.beside != NULL)
        return put_beside(job);
    TRY(form_fill_make(arena, &job->fill, &job->submission, &job->found));
    return say(job);
}

static void tell(const struct job *job) {
    struct invocation *const invocation = job->invocation;
    const struct form_items *const items = &job->fill.items;
    writer_printf(
        invocation->out,
        in_language(invocation,
                    "Rows %llu: drafted %zu, as they are there already %llu, empty %llu\n",
                    "共 %llu 行：成为草稿 %zu 行，与现有内容相同 %llu 行，未填 %llu 行\n"),
        (unsigned long long)items->rows, items->count, (unsigned long long)items->same,
        (unsigned long long)items->empty);
}

baton_code cmd_fill(struct invocation *invocation) {
    const struct settings *const settings = &invocation->settings;
    struct job *const job = arena_alloc(invocation->arena, 1, sizeof *job);
    job->invocation = invocation;
    job->found.arena = invocation->arena;
    job->fill = (struct form_fill){.use = &job->open.use,
                                   .path = invocation->operand[1],
                                   .mapping = settings->mapping,
                                   .over = settings->over};
    TRY(look_at_options(invocation));
    TRY(who_acts(invocation, &job->submission.actor));
    job->fill.actor = job->submission.actor;
    const baton_code code = bring_in(job);
    if (job->found.count > 0)
        print_findings(
            invocation->arena, invocation->err, &job->found,
            (struct findings_style){invocation->language, invocation->colour_err, BATON_NOTE});
    if (code == BATON_OK && settings->beside == NULL)
        tell(job);
    return code;
}
