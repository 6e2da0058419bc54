/* `baton correct`: one fact corrected, withdrawn, or said for the first time; by oneself, or proposed. The assessment is scored with it before anything is stored. Of days of the calendar
 * a range may be named, FROM..TO: a fact each, in one submission. */
#include "base/text.h"
#include "baton/period.h"
#include "cli/evidence_file.h"
#include "cli/named_row.h"
#include "cli/open_ledger.h"
#include "cli/pass_on.h"
#include "cli/tell_changes.h"
#include "flow/correction.h"
#include "flow/entry_print.h"
#include "flow/entry_words.h"
#include <assert.h>
#include <inttypes.h>
#include <string.h>

struct job {
    struct invocation *invocation;
    const char *actor;
    struct named_row row;
    struct entry in_force; /* body.kind NULL = nothing is */
    bool is_withdrawn;
    struct field *field; /* of the new fact */
    size_t count, capacity;
    struct fact_body fact;
};

static baton_code take_last(void *context, const struct fact_row *row) {
    struct job *job = context;
    job->is_withdrawn = row->withdrawn;
    entry_copy(job->invocation->arena, &row->entry, &job->in_force);
    return BATON_OK;
}

/* The new fact */

static void set(struct job *job, const char *name, const char *value) {
    for (size_t i = 0; i < job->count; i++)
        if (strcmp(job->field[i].name, name) == 0) {
            job->field[i].value = value;
            job->field[i].size = strlen(value);
            return;
        }
    *ARRAY_PUSH(job->invocation->arena, job->field, job->count, job->capacity) =
        text_field(name, value);
}

/* What stays of the row: everything but what the new words make untrue. */
static void begin_with(struct job *job, bool has_value, bool has_state) {
    for (size_t i = 0; i < job->row.field_count; i++)
        set(job, job->row.field[i].name, job->row.field[i].value);
    if (job->in_force.body.kind == NULL || job->is_withdrawn || job->invocation->settings.withdraw)
        return;
    for (size_t i = 0; i < job->in_force.body.field_count; i++) {
        const struct field *field = &job->in_force.body.field[i];
        if (!correction_keeps(field, has_value, has_state))
            continue;
        if (field->type == 't')
            set(job, field->name, field->value);
        else
            *ARRAY_PUSH(job->invocation->arena, job->field, job->count, job->capacity) = *field;
    }
}

/* How a field of the kind is written, for whoever did not. */
static const char *field_example(enum fact_kind kind) {
    switch (kind) {
    case FACT_OBSERVATION:
        return "value=512.3";
    case FACT_DAY:
        return "is=holiday";
    case FACT_CALENDAR:
        return "due=8wd";
    case FACT_TERM:
        return "term=10y";
    case FACT_PERIOD:
    case FACT_EXCEPTION:
        return "due=2021-09-10";
    default:
        return "target=8";
    }
}

/* field=value; of a content, such as a person's name, its bytes. */
static baton_code set_from(struct job *job, const char *word) {
    struct invocation *invocation = job->invocation;
    const char *equals = strchr(word, '=');
    if (equals == NULL || equals == word || word[0] == '@')
        return refuse(invocation, BATON_FIELD_WORD, word, field_example(job->row.kind), NULL, NULL);
    const char *name = arena_text(invocation->arena, word, (size_t)(equals - word));
    set(job, name, equals + 1);
    for (size_t i = 0; i < job->count; i++)
        if (strcmp(job->field[i].name, name) == 0 && job->row.kind == FACT_PERSON &&
            !entry_is_key(&(struct fact_body){.kind = "person"}, name))
            job->field[i].type = 'C';
    return BATON_OK;
}

/* Whether some field=value from the operand on says why there is no value. */
static bool says_state(const struct job *job, size_t at) {
    for (; at < job->invocation->operand_count; at++)
        if (strncmp(job->invocation->operand[at], "state=", 6) == 0 &&
            job->invocation->operand[at][6] != '\0')
            return job->row.kind == FACT_OBSERVATION;
    return false;
}

static baton_code refuse_contradiction(const struct job *job) {
    const struct fact_body fact = {fact_kind_info(job->row.kind)->word, job->row.assessment,
                                   job->field, job->count};
    const char *value, *state;
    return figure_contradicts(&fact, &value, &state)
               ? refuse(job->invocation, BATON_FORM_VALUE_AND_STATE, value, state, NULL, NULL)
               : BATON_OK;
}

static baton_code make_fact(struct job *job) {
    struct invocation *invocation = job->invocation;
    const struct settings *settings = &invocation->settings;
    size_t at = 1 + job->row.operands;
    if (job->row.kind == FACT_REPORT)
        return refuse(invocation, BATON_REPORT_ELSEWHERE, NULL, NULL, NULL, NULL);
    const bool has_value = job->row.kind == FACT_OBSERVATION && at < invocation->operand_count &&
                           strchr(invocation->operand[at], '=') == NULL;
    if (settings->withdraw && at < invocation->operand_count)
        return refuse(invocation, BATON_OPERAND_EXCESS, "correct", invocation->operand[at], NULL,
                      NULL);
    if (!settings->withdraw && at >= invocation->operand_count)
        return refuse(invocation, BATON_OPERAND_MISSING, "correct",
                      job->row.kind == FACT_OBSERVATION ? "LEDGER UNIT ELEMENT PERIOD VALUE"
                                                        : "LEDGER KEY FIELD=VALUE",
                      NULL, NULL);
    begin_with(job, has_value, says_state(job, at));
    if (has_value)
        set(job, "value", invocation->operand[at++]);
    for (; at < invocation->operand_count; at++)
        TRY(set_from(job, invocation->operand[at]));
    if (job->in_force.body.kind != NULL && !(settings->add && job->is_withdrawn))
        set(job, "@corrects", arena_printf(invocation->arena, "%" PRIu64, job->in_force.position));
    if (settings->withdraw)
        set(job, "@withdrawn", "1");
    if (settings->reason != NULL)
        set(job, "@reason", settings->reason);
    return refuse_contradiction(job);
}

/* Fields in order, as they are read again. */
static void close_fact(struct job *job) {
    job->fact = (struct fact_body){fact_kind_info(job->row.kind)->word, job->row.assessment,
                                   job->field, job->count};
    (void)fields_sort(job->field, &job->fact.field_count);
}

/* Evidence */

static baton_code add_evidence(struct job *job, struct ledger *ledger) {
    struct submission told = {0};
    struct digest *digest = arena_alloc(job->invocation->arena, 1, sizeof *digest);
    char hex[DIGEST_HEX_SIZE];
    TRY(evidence_store(job->invocation, ledger, job->actor, job->row.assessment,
                       job->invocation->settings.evidence, digest, &told));
    tell_stored(job->invocation, &told);
    digest_hex(digest, hex);
    set(job, "@evidence", arena_text(job->invocation->arena, hex, strlen(hex)));
    close_fact(job);
    return BATON_OK;
}

/* Several days */

enum { DAYS_MAX = 366 };

/* All facts that are said together, by as many jobs. */
struct together {
    struct invocation *invocation;
    struct job *job;
    struct fact_body *fact;
    size_t count;
};

static const char *day_text(struct baton_arena *arena, int32_t day) {
    char text[BATON_PERIOD_NAME_SIZE];
    return arena_text(arena, text, baton_day_format(day, text));
}

/* "2021-10-01..2021-10-07"; false where it is none, or too long. */
static bool read_days(const char *text, int32_t *from, int32_t *to) {
    const char *const dots = strstr(text, "..");
    return baton_day_parse(text, (size_t)(dots - text), from) &&
           baton_day_parse(dots + 2, strlen(dots + 2), to) && *to >= *from &&
           *to - *from < DAYS_MAX;
}

/* A job for each fact that the operands name. */
static baton_code begin_jobs(struct together *all, const char *actor, const char **first,
                             int32_t *from) {
    struct invocation *const invocation = all->invocation;
    const struct settings *const settings = &invocation->settings;
    enum fact_kind kind;
    int32_t to;
    TRY(kind_as_asked(invocation, FACT_OBSERVATION, &kind));
    const bool is_range = kind == FACT_DAY && strstr(invocation->operand[1], "..") != NULL;
    *first = is_range ? invocation->operand[1] : NULL;
    if (is_range && !read_days(*first, from, &to))
        return refuse(invocation, BATON_FACT_FIELD_BAD, "date", *first,
                      "say days as 2021-10-01..2021-10-07, at most 366",
                      "日期范围写作 2021-10-01..2021-10-07，最多 366 天");
    if (is_range && (settings->propose || settings->evidence != NULL))
        return refuse(invocation, BATON_OPTIONS_APART, *first,
                      settings->propose ? "--propose" : "--evidence", NULL, NULL);
    all->count = is_range ? (size_t)(to - *from) + 1 : 1;
    all->job = arena_alloc(invocation->arena, all->count, sizeof *all->job);
    all->fact = arena_alloc(invocation->arena, all->count, sizeof *all->fact);
    assert(all->count > 0);
    for (size_t i = 0; i < all->count; i++)
        all->job[i] = (struct job){.invocation = invocation, .actor = actor};
    return BATON_OK;
}

/* Saying it */

static baton_code say(struct together *all, struct ledger *ledger, struct submission *submission) {
    struct invocation *const invocation = all->invocation;
    struct baton_findings found = {.arena = invocation->arena};
    assert(all->job != NULL);
    if (invocation->settings.evidence != NULL)
        TRY(add_evidence(&all->job[0], ledger));
    for (size_t i = 0; i < all->count; i++)
        all->fact[i] = all->job[i].fact;
    *submission = (struct submission){
        .actor = all->job[0].actor, .fact = all->fact, .count = all->count, .want_receipts = true};
    const char *const reason = invocation->settings.reason;
    const baton_code code = invocation->settings.propose
                                ? ledger_propose(ledger, invocation->arena, submission,
                                                 reason == NULL ? "" : reason, 0, &found)
                                : ledger_append(ledger, invocation->arena, submission, &found);
    return code == BATON_OK || code == BATON_NO_MEMORY ? code : refuse_all(invocation, &found);
}

static void tell_proposed(struct invocation *invocation, const struct submission *submission) {
    writer_printf(invocation->out,
                  in_language(invocation, "No. %" PRIu64 ": proposed, %s; receipt %s…\n",
                              "第 %" PRIu64 " 号：提请 %s；回执 %s…\n"),
                  submission->first,
                  entry_words(invocation->arena, &submission->fact[0], invocation->language),
                  submission->receipt == NULL
                      ? ""
                      : digest_shown(invocation->arena, &submission->receipt[0].leaf));
    writer_printf(invocation->out,
                  in_language(invocation,
                              "  It waits for somebody else: `baton decide %s %" PRIu64 "`.\n",
                              "  待他人决定：`baton decide %s %" PRIu64 "`。\n"),
                  invocation->operand[0], submission->first);
}

/* Reads the row and makes the fact. */
static baton_code prepare(struct job *job, struct ledger_reader *reader) {
    struct invocation *invocation = job->invocation;
    const struct settings *settings = &invocation->settings;
    TRY(named_row(invocation, reader, 1, &job->row));
    const baton_code code =
        reader_history(reader, job->row.assessment, job->row.kind, job->row.key, take_last, job);
    if (code != BATON_OK)
        return refuse_reader(invocation, reader, code);
    const bool is_there = job->in_force.body.kind != NULL && !job->is_withdrawn;
    if (!is_there && !settings->add)
        return refuse(invocation, BATON_NOTHING_SAID,
                      fact_kind_info(job->row.kind)->name[invocation->language], job->row.shown,
                      NULL, NULL);
    if (is_there && settings->add)
        return refuse(invocation, BATON_FACT_EXISTS,
                      fact_kind_info(job->row.kind)->name[invocation->language], job->row.shown,
                      arena_printf(invocation->arena, "%" PRIu64, job->in_force.position), NULL);
    if (settings->reason == NULL && (is_there || settings->propose))
        return refuse(invocation, BATON_REASON_NEEDED, NULL, NULL, NULL, NULL);
    TRY(make_fact(job));
    close_fact(job);
    return BATON_OK;
}

static baton_code prepare_all(struct together *all, struct ledger_reader *reader) {
    const char *actor, *range;
    int32_t from = 0;
    TRY(who_acts(all->invocation, &actor));
    TRY(begin_jobs(all, actor, &range, &from));
    assert(all->job != NULL);
    for (size_t i = 0; i < all->count; i++) {
        if (range != NULL)
            all->invocation->operand[1] = day_text(all->invocation->arena, from + (int32_t)i);
        TRY(prepare(&all->job[i], reader));
    }
    return BATON_OK;
}

static void tell_before(const struct together *all) {
    assert(all->job != NULL);
    for (size_t i = 0; i < all->count; i++) {
        const struct job *const job = &all->job[i];
        if (job->in_force.body.kind == NULL || job->is_withdrawn)
            continue;
        writer_printf(
            all->invocation->out, in_language(all->invocation, "  It was: %s\n", "  原为：%s\n"),
            entry_says(all->invocation->arena, &job->in_force.body, all->invocation->language));
    }
}

baton_code cmd_correct(struct invocation *invocation) {
    struct together all = {.invocation = invocation};
    struct ledger_reader *reader;
    struct ledger *ledger;
    struct foreseen foreseen;
    struct submission submission;
    if (invocation->settings.add && invocation->settings.withdraw)
        return refuse(invocation, BATON_OPTIONS_APART, "--add", "--withdraw", NULL, NULL);
    TRY(open_reader(invocation, invocation->operand[0], &reader));
    TRY(prepare_all(&all, reader));
    struct job *const job = &all.job[0];
    const bool is_foreseen = is_foreseeable(&job->fact); /* of which there is only one */
    if (is_foreseen)
        TRY(foresee_facts(invocation, reader, job->row.assessment, &job->fact, 1, &foreseen));
    TRY(open_appender(invocation, invocation->operand[0], &ledger));
    TRY(say(&all, ledger, &submission));
    if (invocation->settings.propose)
        tell_proposed(invocation, &submission);
    else
        tell_stored(invocation, &submission);
    tell_before(&all);
    if (!invocation->settings.propose)
        TRY(pass_on(invocation, reader, ledger, &submission));
    ledger_close(ledger);
    if (is_foreseen)
        tell_foreseen(invocation, &foreseen);
    return BATON_OK;
}
