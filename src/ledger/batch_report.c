/* Reports: each fact of the kind takes a figure from one stage to the next, as stages.def says. It stands for the figure as whoever acts has seen it, so one that another has taken further meanwhile is refused as superseded.
 *
 * Several acts may lead between the same two stages, for different roles; whoever acts needs a post for one of them. */
#include "base/civil_day.h"
#include "ledger/batch.h"
#include "ledger/deadlines.h"
#include "ledger/stage.h"
#include <string.h>

/* A step that is judged. */
struct step {
    struct batch *batch;
    struct waiting *waiting;
    const struct ready *ready;
    const struct fact_body *now;    /* the report as it is to be */
    const struct fact_body *before; /* NULL = there was none */
    const char *before_actor;
    const char *drafter; /* of what was there before */
    const char *actor;
    enum stage from, to;
    uint64_t returns;                /* before, by whoever verifies */
    bool was_reopened;               /* returned by the office */
    const char *reporter, *verifier; /* as the scheme says; verifier "" = the office */
    bool needs_evidence;             /* likewise */
};

static bool refuse(const struct step *step, baton_code code, const char *a, const char *b,
                   const char *c) {
    const char *const argument[] = {a, b, c};
    step->waiting->code = code;
    for (int i = 0; i < 3; i++)
        if (argument[i] != NULL)
            waiting_refuse(step->waiting, code, i, "%s", argument[i]);
    return false;
}

static uint64_t returns_of(const struct fact_body *body) {
    uint64_t returns = 0;
    (void)fact_position(body_text(body, "returns"), &returns);
    return returns;
}

/* Who may */

static bool verifies(const struct step *step, uint32_t roles) {
    return step->verifier[0] != '\0' &&
           standing_has_post_at(&step->batch->reach, roles, FACT_REPORT, step->now, step->verifier);
}

/* The office accepts what was submitted only where nobody verifies it, or nobody agreed. */
static bool needs_verifying(const struct step *step, enum act act) {
    return act == ACT_ACCEPT && step->from == STAGE_SUBMITTED && step->verifier[0] != '\0' &&
           step->returns < RETURNS_MOST;
}

static bool has_post_for(const struct step *step, enum act act) {
    const uint32_t roles = act_roles(act);
    if ((step->batch->reach.roles & roles) == 0 || needs_verifying(step, act))
        return false;
    if (act_info(act)->whose == WHOSE_VERIFIER)
        return verifies(step, roles);
    return standing_reaches(&step->batch->reach, roles, FACT_REPORT, step->now) == REACHES;
}

/* Whether it is the act that the report says: only returns by whoever verifies are counted, and these only so often. */
static bool counts_right(const struct step *step, enum act act) {
    return step->to != STAGE_RETURNED ||
           (returns_of(step->now) == step->returns + (act == ACT_RETURN) &&
            (act != ACT_RETURN || step->returns < RETURNS_MOST));
}

static bool leads(const struct step *step, enum act act) {
    return act_leads(act, step->from, step->to) ||
           (act == ACT_DRAFT && step->to == STAGE_DRAFT && step->before != NULL &&
            stage_is_owed(step->from, body_text(step->before, "state")));
}

/* The act by which it is done; ACTS = by none. *roles gets those that could. */
static enum act find_act(const struct step *step, uint32_t *roles) {
    enum act found = ACTS;
    *roles = 0;
    for (int a = 0; a < ACTS; a++) {
        const enum act act = (enum act)a;
        if (!leads(step, act) || needs_verifying(step, act))
            continue;
        *roles |= act_roles(act);
        if (has_post_for(step, act) && (found == ACTS || !counts_right(step, found)))
            found = act;
    }
    return found;
}

static bool leads_there(const struct step *step) {
    for (int a = 0; a < ACTS; a++)
        if (leads(step, (enum act)a))
            return true;
    return false;
}

/* A draft is thrown away by whoever may draft it; what says so has nothing but the key, so whose it is stands in the draft. */
static bool throws_away(struct step *step) {
    if (step->from != STAGE_DRAFT || step->returns > 0 ||
        step->was_reopened) /* what was returned is put right */
        return refuse(step, BATON_STAGE_WRONG, stage_word(step->from), stage_word(step->to),
                      step->actor);
    step->now = step->before;
    return batch_may(step->batch, step->waiting, step->actor, FACT_REPORT, act_roles(ACT_DRAFT),
                     step->now);
}

/* Tells why there is none: the stages, the roles, the unit, the department. */
static bool refuse_act(const struct step *step, uint32_t roles) {
    if (roles == 0)
        return refuse(step, BATON_STAGE_WRONG, stage_word(step->from), stage_word(step->to),
                      step->actor);
    if ((step->batch->reach.roles & roles) == 0 ||
        (roles & step->batch->reach.roles & rights_bits("unit approver")) != 0)
        return batch_may(step->batch, step->waiting, step->actor, FACT_REPORT, roles, step->now) &&
               refuse(step, BATON_STAGE_WRONG, stage_word(step->from), stage_word(step->to),
                      step->actor);
    return refuse(step, BATON_VERIFIER_OTHER, body_text(step->now, "element"),
                  body_text(step->now, "unit"), step->verifier[0] != '\0' ? step->verifier : NULL);
}

/* When */

static bool refuse_shut(const struct step *step, const struct civil_moment *from,
                        const struct civil_moment *until) {
    char text[2][CIVIL_MOMENT_SIZE];
    if (from != NULL)
        civil_moment_format(*from, text[0]);
    if (until != NULL)
        civil_moment_format(*until, text[1]);
    return refuse(step, BATON_PERIOD_SHUT, body_text(step->now, "period"),
                  from != NULL ? text[0] : NULL, until != NULL ? text[1] : NULL);
}

/* The lock itself is judged for every fact (standing_locks). */
static bool is_in_time(const struct step *step, enum act act) {
    const int64_t now = step->batch->time_utc_ms;
    struct deadlines deadlines;
    if (!standing_deadlines(step->batch->ledger->standing, step->now, &deadlines))
        return refuse(step, BATON_PERIOD_UNOPENED, body_text(step->now, "period"), NULL, NULL);
    if (now < civil_moment_begins_utc_ms(deadlines.opens))
        return refuse_shut(step, &deadlines.opens, NULL);
    const struct civil_moment closes = deadlines_closes(&deadlines);
    return act_info(act)->until == UNTIL_LOCK || step->returns > 0 || step->was_reopened ||
           now < civil_moment_ends_utc_ms(closes) || refuse_shut(step, NULL, &closes);
}

/* What */

/* What a report says of the figure, apart from how far it is; the last one is for those who decide, and no part of the figure. */
static const char *const figure_fields[] = {"value",    "state",     "source",
                                            "document", "@evidence", "note"};
enum { REPORT_FIELDS = LENGTH(figure_fields), FIGURE_FIELDS = REPORT_FIELDS - 1 };

/* The first of so many fields in which they differ; NULL = in none. */
static const char *differs(const struct fact_body *a, const struct fact_body *b, size_t fields) {
    for (size_t i = 0; i < fields; i++)
        if (strcmp(body_text(a, figure_fields[i]), body_text(b, figure_fields[i])) != 0)
            return figure_fields[i];
    return NULL;
}

/* Whoever drafts a draft again and leaves the figure as it was has not drafted the figure. */
static const char *drafter_of(const struct step *step, enum act act) {
    enum { VALUE_AND_STATE = 2 };
    const bool keeps = step->from == STAGE_DRAFT && strcmp(step->drafter, step->actor) != 0 &&
                       differs(step->now, step->before, VALUE_AND_STATE) == NULL;
    return act != ACT_DRAFT || keeps ? step->drafter : "";
}

/* What the step itself adds: how often it was returned, who drafted it. */
static bool counts_and_names(const struct step *step, enum act act) {
    const char *const drafter = drafter_of(step, act);
    if (act == ACT_RETURN && step->returns >= RETURNS_MOST) {
        waiting_refuse(step->waiting, BATON_REPORT_RETURNS, 0, "%llu",
                       (unsigned long long)step->returns);
        return false;
    }
    if (returns_of(step->now) != step->returns + (act == ACT_RETURN))
        return refuse(step, BATON_REPORT_CHANGED, "returns", NULL, NULL);
    if ((body_field(step->now, "reopened") != NULL) != (step->was_reopened || act == ACT_REJECT))
        return refuse(step, BATON_REPORT_CHANGED, "reopened", NULL, NULL);
    return strcmp(body_text(step->now, "drafter"), drafter) == 0 ||
           refuse(step, BATON_REPORT_CHANGED, "drafter", NULL, NULL);
}

static bool has_evidence(const struct step *step) {
    for (size_t i = 0; i < step->ready->evidence_count; i++)
        if (batch_content(step->batch, &step->ready->evidence[i]) == CONTENT_IS_THERE)
            return true;
    return false;
}

/* A figure that goes on from here without any, or with none that was not erased since; where there is no figure it needs none. */
static bool lacks_evidence(const struct step *step) {
    return step->needs_evidence && (step->to == STAGE_SIGNED || step->to == STAGE_SUBMITTED) &&
           body_field(step->now, "value") != NULL && !has_evidence(step);
}

/* A draft that says nothing new; that who drafted it stands in it is nothing of the figure. */
static bool is_same_draft(const struct step *step) {
    return step->from == STAGE_DRAFT && step->to == STAGE_DRAFT &&
           differs(step->now, step->before, REPORT_FIELDS) == NULL &&
           strcmp(body_text(step->now, "reporter"), body_text(step->before, "reporter")) == 0;
}

static bool says_what_it_may(const struct step *step, enum act act) {
    if (is_same_draft(step)) {
        waiting_refuse(step->waiting, BATON_FACT_SAME, 0, "%llu",
                       (unsigned long long)step->ready->corrects);
        return false;
    }
    const char *const changed =
        act == ACT_DRAFT ? NULL : differs(step->now, step->before, REPORT_FIELDS);
    if (changed != NULL)
        return refuse(step, BATON_REPORT_CHANGED, changed, NULL, NULL);
    if (!counts_and_names(step, act))
        return false;
    if (act_info(act)->needs_reason && body_field(step->now, "@reason") == NULL)
        return refuse(step, BATON_REASON_NEEDED, NULL, NULL, NULL);
    if (body_field(step->now, "value") != NULL && body_field(step->now, "state") != NULL)
        return refuse(step, BATON_FORM_VALUE_AND_STATE, body_text(step->now, "value"),
                      body_text(step->now, "state"), NULL);
    if (act == ACT_DRAFT && body_field(step->now, "state") != NULL &&
        body_field(step->now, "note") == NULL)
        return refuse(step, BATON_REASON_NEEDED, NULL, NULL, NULL);
    if (lacks_evidence(step))
        return refuse(step, BATON_EVIDENCE_NEEDED, body_text(step->now, "element"),
                      body_text(step->now, "unit"),
                      body_field(step->now, "@evidence") != NULL ? "1" : NULL);
    if ((act == ACT_SIGN || act == ACT_VERIFY) && strcmp(step->actor, step->drafter) == 0)
        return refuse(step, act == ACT_SIGN ? BATON_SIGN_OWN : BATON_VERIFY_OWN, step->actor, NULL,
                      NULL);
    return true;
}

/* Whether the scheme asks for it, and of whom. What is under way stays with whoever reports it. */
static bool is_asked_for(struct step *step) {
    const char *const element = body_text(step->now, "element");
    const char *const unit = body_text(step->now, "unit");
    bool is_sound = true;
    if (!standing_responsible(&step->batch->reach, step->now, &step->reporter, &step->verifier,
                              &is_sound, &step->needs_evidence))
        return refuse(step, BATON_FIGURE_UNEXPECTED, element, unit, NULL);
    if (!is_sound && step->to == STAGE_DRAFT)
        return refuse(step, BATON_FIGURE_BAD, body_text(step->now, "value"), element, unit);
    const char *const reporter = step->to == STAGE_DRAFT || step->before == NULL
                                     ? step->reporter
                                     : body_text(step->before, "reporter");
    return strcmp(body_text(step->now, "reporter"), reporter) == 0 ||
           refuse(step, BATON_REPORTER_OTHER, element, unit, reporter);
}

bool batch_judge_reporter(struct batch *batch, struct waiting *waiting, const struct ready *ready) {
    struct step step = {.batch = batch,
                        .waiting = waiting,
                        .ready = ready,
                        .now = &ready->entry.body,
                        .actor = ready->entry.actor,
                        .to = STAGE_DRAFT};
    return ready->has_corrects || is_asked_for(&step);
}

/* What is accepted becomes a figure: it follows, and says the same. */
static bool brings_figure(const struct step *step, size_t index) {
    static const char *const key[] = {"unit", "element", "period"};
    const struct waiting *const waiting = step->waiting;
    const struct ready *const next = index + 1 < waiting->count ? &waiting->ready[index + 1] : NULL;
    if (next == NULL || next->kind != FACT_OBSERVATION || next->row.fact.withdrawn ||
        differs(step->now, &next->entry.body, FIGURE_FIELDS) != NULL)
        return refuse(step, BATON_REPORT_ALONE, NULL, NULL, NULL);
    for (size_t i = 0; i < LENGTH(key); i++)
        if (strcmp(body_text(step->now, key[i]), body_text(&next->entry.body, key[i])) != 0)
            return refuse(step, BATON_REPORT_ALONE, NULL, NULL, NULL);
    const char *const verifier = step->from == STAGE_VERIFIED ? step->before_actor : "";
    return strcmp(body_text(&next->entry.body, "@verifier"), verifier) == 0 ||
           refuse(step, BATON_REPORT_CHANGED, "@verifier", NULL, NULL);
}

const struct fact_body *batch_corrected(const struct batch *batch, const struct ready *ready,
                                        const char **actor) {
    if (ready->corrected.kind != NULL) {
        *actor = ready->corrected_actor;
        return &ready->corrected;
    }
    if (!ready->has_corrects || ready->corrects < batch->size ||
        ready->corrects - batch->size >= batch->taken_count)
        return NULL;
    const struct ready *const taken = batch->taken[ready->corrects - batch->size];
    *actor = taken->entry.actor;
    return &taken->entry.body;
}

/* What a step goes on from. */
static void find_before(const struct batch *batch, const struct ready *ready, struct step *step) {
    step->before = batch_corrected(batch, ready, &step->before_actor);
    if (step->before == NULL)
        return;
    (void)stage_of_word(body_text(step->before, "stage"), &step->from);
    step->returns = returns_of(step->before);
    step->was_reopened = body_field(step->before, "reopened") != NULL;
    step->drafter = body_text(step->before, "drafter");
    if (step->drafter[0] == '\0')
        step->drafter = step->before_actor; /* a draft says so by who said it */
}

bool batch_judge_report(struct batch *batch, struct waiting *waiting, size_t index) {
    const struct ready *const ready = &waiting->ready[index];
    struct step step = {.batch = batch,
                        .waiting = waiting,
                        .ready = ready,
                        .now = &ready->entry.body,
                        .actor = ready->entry.actor,
                        .drafter = ""};
    uint32_t roles;
    find_before(batch, ready, &step);
    if (!ready->row.fact.withdrawn)
        (void)stage_of_word(body_text(step.now, "stage"), &step.to);
    const bool is_known = batch_knows(batch, step.actor); /* asked for already: sets the reach */
    if (!is_known)
        return refuse(&step, BATON_PERSON_UNKNOWN, step.actor, NULL, NULL);
    if (step.to == STAGE_NONE)
        return throws_away(&step);
    if (!leads_there(&step))
        return refuse(&step, BATON_STAGE_WRONG, stage_word(step.from), stage_word(step.to),
                      step.actor);
    if (!is_asked_for(&step))
        return false;
    const enum act act = find_act(&step, &roles);
    if (act == ACTS)
        return refuse_act(&step, roles);
    return is_in_time(&step, act) && says_what_it_may(&step, act) &&
           (step.to != STAGE_ACCEPTED || brings_figure(&step, index));
}

/* ---- Figures that are said past reports. */

static bool refuse_collected(struct waiting *waiting, const struct fact_body *figure) {
    waiting_refuse(waiting, BATON_COLLECTED, 0, "%s", body_text(figure, "period"));
    return false;
}

static bool is_of_office(const struct reach *reach, const struct fact_body *figure) {
    return standing_reaches(reach, rights_bits("office"), FACT_OBSERVATION, figure) == REACHES;
}

/* From the lock on it is corrected by two. */
static bool is_locked(const struct batch *batch, const struct fact_body *figure) {
    struct standing_lock lock;
    return standing_locks(batch->ledger->standing, FACT_OBSERVATION, figure, NULL,
                          batch->time_utc_ms, &lock);
}

/* Whether it comes by a report or not at all: where figures are collected, until the lock; that its own period is still to be opened is no way past that. */
static bool comes_by_report(const struct batch *batch, const struct fact_body *figure) {
    return standing_collects(batch->ledger->standing, figure) && !is_locked(batch, figure);
}

bool batch_passes_report(const struct batch *batch, const struct waiting *waiting,
                         const struct ready *ready) {
    struct deadlines deadlines;
    return ready->kind == FACT_OBSERVATION && !ready->has_from &&
           !batch_is_accepted_with(waiting, ready) &&
           standing_deadlines(batch->ledger->standing, &ready->entry.body, &deadlines);
}

bool batch_judge_proposed_figure(struct batch *batch, struct waiting *waiting,
                                 const struct fact_body *figure) {
    return is_of_office(&batch->reach, figure) || !comes_by_report(batch, figure) ||
           refuse_collected(waiting, figure);
}

/* Who proposed it is asked in all their roles, whatever those are in which it is decided. */
static bool may_have_proposed(const struct batch *batch, const struct ready *ready) {
    struct reach reach;
    return (standing_reach(batch->ledger->standing, ready->entry.actor, batch->time_utc_ms,
                           &reach) &&
            is_of_office(&reach, &ready->entry.body)) ||
           !comes_by_report(batch, &ready->entry.body);
}

struct fact_place batch_report_row(struct batch *batch, const struct fact_body *figure) {
    const struct fact_body report = {fact_kind_info(FACT_REPORT)->word, figure->assessment,
                                     figure->field, figure->field_count};
    return (struct fact_place){.assessment = report.assessment,
                               .kind = report.kind,
                               .key = fact_key(batch->arena, &report, 0)};
}

/* As the store has it, or as this very batch has taken it further; NULL = there is none. */
static const struct fact_body *report_now(struct batch *batch, const struct ready *figure) {
    const struct fact_place row = batch_report_row(batch, &figure->entry.body);
    const struct key_state *const state = batch_state(batch, &row);
    if (!state->exists || state->place.withdrawn)
        return NULL;
    if (state->place.position < batch->size)
        return figure->report.kind != NULL ? &figure->report : NULL;
    return &batch->taken[state->place.position - batch->size]->entry.body;
}

/* Without its figure an accepted report would wait for nobody, and beside another one it would say what does not hold. One that nothing asks for any more is never returned. */
static bool is_accepted_still(struct batch *batch, const struct waiting *waiting,
                              const struct ready *ready) {
    const struct fact_body *const figure = &ready->entry.body;
    const char *reporter, *verifier;
    bool is_sound, needs_evidence;
    if (!batch_passes_report(batch, waiting, ready) || is_locked(batch, figure))
        return false;
    const struct fact_body *const report = report_now(batch, ready);
    return report != NULL && strcmp(body_text(report, "stage"), stage_word(STAGE_ACCEPTED)) == 0 &&
           standing_responsible(&batch->reach, figure, &reporter, &verifier, &is_sound,
                                &needs_evidence);
}

static bool refuse_accepted(struct waiting *waiting, const struct fact_body *figure) {
    waiting_refuse(waiting, BATON_FIGURE_ACCEPTED, 0, "%s", body_text(figure, "element"));
    waiting_refuse(waiting, BATON_FIGURE_ACCEPTED, 1, "%s", body_text(figure, "unit"));
    waiting_refuse(waiting, BATON_FIGURE_ACCEPTED, 2, "%s", body_text(figure, "period"));
    return false;
}

bool batch_judge_figure(struct batch *batch, struct waiting *waiting, const struct ready *ready,
                        bool is_decided) {
    const struct fact_body *const figure = &ready->entry.body;
    if (batch->is_founding || !standing_collects(batch->ledger->standing, figure))
        return true;
    if (is_decided ? !may_have_proposed(batch, ready) : !is_of_office(&batch->reach, figure))
        return refuse_collected(waiting, figure);
    return !is_accepted_still(batch, waiting, ready) || refuse_accepted(waiting, figure);
}
