/* What may be asked of whom, and what need not be asked, whatever way it comes: a report or a new figure of what is on no list, a figure that comes from elsewhere, a version of a scheme or a period that would ask for such, an assessment
 * more than the limit. Decided facts are held to all of it but the limit, which whoever decides may go beyond. */
#include "base/civil_day.h"
#include "base/text.h"
#include "ledger/batch.h"
#include "ledger/requests.h"
#include "ledger/stage.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* A fact that is judged. */
struct judging {
    struct batch *batch;
    struct waiting *waiting;
    const struct ready *ready;
    const struct fact_body *body;
};

static bool refuse(const struct judging *j, baton_code code, const char *a, const char *b,
                   const char *c, const char *d) {
    const char *const argument[] = {a, b, c, d};
    j->waiting->code = code;
    for (int i = 0; i < REFUSAL_ARGUMENTS; i++)
        if (argument[i] != NULL)
            waiting_refuse(j->waiting, code, i, "%s", argument[i]);
    return false;
}

/* ---- Figures that are taken over. */

bool batch_is_derived(const struct waiting *waiting, const struct ready *ready) {
    return waiting->is_inner && ready->has_from;
}

static bool says(const struct fact_body *a, const char *name, const char *value) {
    return strcmp(body_text(a, name), value) == 0;
}

/* Whether the source is the one that the sharing names, of the same unit and period, and in force. */
static bool is_source(const struct judging *j, const struct sharing *sharing) {
    const struct fact_body *const source = &j->ready->source.body;
    if (source->kind == NULL || strcmp(source->kind, j->body->kind) != 0 ||
        strcmp(source->assessment, sharing->from) != 0 ||
        !says(source, "element", sharing->from_element) ||
        !says(source, "unit", body_text(j->body, "unit")) ||
        !says(source, "period", body_text(j->body, "period")))
        return false;
    const struct fact_place row = batch_source(j->batch, j->ready);
    const struct key_state *const state = batch_state(j->batch, &row);
    return state->exists && state->place.position == j->ready->from;
}

static bool says_what_source_says(const struct judging *j, const struct sharing *sharing) {
    const struct fact_body *const source = &j->ready->source.body;
    const bool is_withdrawn = body_field(source, "@withdrawn") != NULL;
    const char *value;
    return is_withdrawn == j->ready->row.fact.withdrawn &&
           sharing_value(j->batch->arena, sharing->shift, body_text(source, "value"), &value) &&
           says(j->body, "value", value) && says(j->body, "state", body_text(source, "state"));
}

bool batch_judge_derived(struct batch *batch, struct waiting *waiting, const struct ready *ready) {
    const struct judging j = {batch, waiting, ready, &ready->entry.body};
    const struct sharing *const sharing =
        sharings_of(standing_sharings(batch->ledger->standing), j.body->assessment,
                    body_text(j.body, "element"), body_text(j.body, "period"));
    if (ready->kind == FACT_OBSERVATION && sharing != NULL && is_source(&j, sharing) &&
        says_what_source_says(&j, sharing))
        return true;
    return refuse(&j, BATON_FIGURE_NOT_SHARED, body_text(j.body, "element"),
                  body_text(j.body, "unit"), body_text(j.body, "period"),
                  body_text(j.body, "@from"));
}

/* The sharing by which a figure comes: where there is one, and the other assessment asks for it of that unit. */
static const struct sharing *shared(const struct judging *j) {
    const struct standing *const standing = j->batch->ledger->standing;
    const struct standing_indicators *const indicators = &j->batch->ledger->indicators;
    const char *const period = body_text(j->body, "period");
    const struct sharing *const sharing = sharings_of(
        standing_sharings(standing), j->body->assessment, body_text(j->body, "element"), period);
    const char *reporter, *verifier;
    bool is_sound, needs_evidence;
    if (sharing == NULL)
        return NULL;
    const int64_t scheme = standing_scheme(standing, sharing->from);
    const struct field field[] = {text_field("element", sharing->from_element),
                                  text_field("period", period),
                                  text_field("unit", body_text(j->body, "unit"))};
    const struct fact_body source = {j->body->kind, sharing->from, field, LENGTH(field)};
    return indicators->responsible != NULL && scheme >= 0 &&
                   indicators->responsible(indicators->context, scheme, &source, &reporter,
                                           &verifier, &is_sound, &needs_evidence)
               ? sharing
               : NULL;
}

static bool judge_figure(const struct judging *j) {
    const struct sharing *const sharing = shared(j);
    return sharing == NULL ||
           refuse(j, BATON_FIGURE_DERIVED, body_text(j->body, "element"),
                  body_text(j->body, "unit"), sharing->from, sharing->from_element);
}

/* ---- Sharings. */

/* Why another sharing does not go with the one that is said; NULL = it does. */
static const char *chained(const struct judging *j, const struct sharing *other) {
    const struct fact_body *const body = j->body;
    if (strcmp(other->assessment, body_text(body, "from")) == 0 &&
        strcmp(other->element, body_text(body, "from_element")) == 0)
        return arena_printf(j->batch->arena, "%s: %s < %s: %s", other->assessment, other->element,
                            other->from, other->from_element);
    if (strcmp(other->from, body->assessment) == 0 && says(body, "element", other->from_element))
        return arena_printf(j->batch->arena, "%s: %s < %s: %s", other->assessment, other->element,
                            other->from, other->from_element);
    return NULL;
}

static bool refuse_chain(const struct judging *j, const char *because) {
    return refuse(j, BATON_SHARING_CHAIN, body_text(j->body, "element"), body_text(j->body, "from"),
                  body_text(j->body, "from_element"), because);
}

static bool judge_sharing(const struct judging *j) {
    const struct standing *const standing = j->batch->ledger->standing;
    const struct sharings *const all = standing_sharings(standing);
    const char *because = NULL;
    if (j->ready->row.fact.withdrawn)
        return true;
    if (strcmp(body_text(j->body, "from"), j->body->assessment) == 0 &&
        says(j->body, "from_element", body_text(j->body, "element")))
        return refuse_chain(j, NULL);
    for (size_t i = 0; i < all->count && because == NULL; i++)
        because = chained(j, &all->item[i]);
    for (size_t i = 0; i < j->batch->taken_count && because == NULL; i++) {
        const struct ready *const taken = j->batch->taken[i];
        struct sharings one = {0};
        if (taken->kind != FACT_SHARING || taken->row.fact.withdrawn)
            continue;
        sharings_add(j->batch->arena, &one, &taken->entry.body);
        because = chained(j, &one.item[0]);
    }
    if (because != NULL)
        return refuse_chain(j, because);
    return standing_scheme(standing, body_text(j->body, "from")) >= 0 ||
           refuse(j, BATON_SHARING_NOWHERE, body_text(j->body, "from"),
                  body_text(j->body, "from_element"), NULL, NULL);
}

/* ---- Registrations. */

static bool judge_registration(const struct judging *j) {
    const struct registrations *const all = standing_registrations(j->batch->ledger->standing);
    const char *const department = body_text(j->body, "department");
    const char *const year = body_text(j->body, "year");
    const uint64_t limit = registrations_limit(all, department, year);
    uint64_t count = registrations_count(all, department, year);
    if (j->ready->row.fact.withdrawn || j->ready->has_corrects ||
        body_field(j->body, "@proposal") != NULL)
        return true;
    for (size_t i = 0; i < j->batch->taken_count; i++) {
        const struct ready *const taken = j->batch->taken[i];
        count += taken->kind == FACT_REGISTRATION && !taken->row.fact.withdrawn &&
                 !taken->has_corrects && says(&taken->entry.body, "department", department) &&
                 says(&taken->entry.body, "year", year);
    }
    if (count < limit)
        return true;
    refuse(j, BATON_ASSESSMENTS_OVER, department, NULL, year, NULL);
    waiting_refuse(j->waiting, BATON_ASSESSMENTS_OVER, 1, "%" PRIu64, count);
    waiting_refuse(j->waiting, BATON_ASSESSMENTS_OVER, 3, "%" PRIu64, limit);
    return false;
}

/* The text of scheme.yaml where it comes with the version; NULL = it does not. */
static const struct ready_content *scheme_text(const struct judging *j) {
    const struct field *const file = body_field(j->body, "file:scheme.yaml");
    const struct ready_contents *const contents = &j->ready->contents;
    for (size_t i = 0; i < contents->count && file != NULL; i++)
        if (file->size == DIGEST_SIZE &&
            memcmp(contents->content[i].digest.byte, file->value, DIGEST_SIZE) == 0)
            return &contents->content[i];
    return NULL;
}

/* The year of the period that a version of a scheme names. */
static bool scheme_year(const struct judging *j, int *year) {
    const struct standing_indicators *const indicators = &j->batch->ledger->indicators;
    const struct ready_content *const text = scheme_text(j);
    return indicators->year != NULL &&
           indicators->year(indicators->context, j->body, text == NULL ? NULL : text->bytes,
                            text == NULL ? 0 : text->size, year);
}

/* The year of a version of a scheme or of a period; of a version that does not tell it, that in which it begins, else today's. */
static void year_of(const struct judging *j, char out[BATON_PERIOD_NAME_SIZE]) {
    const bool is_scheme = j->ready->kind == FACT_SCHEME;
    const char *const text = body_text(j->body, is_scheme ? "in_force" : "period");
    struct baton_period period;
    int year;
    if (is_scheme && scheme_year(j, &year))
        snprintf(out, BATON_PERIOD_NAME_SIZE, "%04d", year);
    else if (baton_period_parse(text, strlen(text), &period))
        snprintf(out, BATON_PERIOD_NAME_SIZE, "%04d", period.year);
    else
        baton_day_format(civil_day(j->batch->time_utc_ms), out);
    out[4] = '\0';
}

static bool judge_registered(const struct judging *j) {
    const struct registrations *const all = standing_registrations(j->batch->ledger->standing);
    char year[BATON_PERIOD_NAME_SIZE];
    if (all->quota_count == 0)
        return true;
    year_of(j, year);
    return !registrations_needed(all, year) || registrations_has(all, j->body->assessment, year) ||
           refuse(j, BATON_ASSESSMENT_UNREGISTERED, j->body->assessment, year, NULL, NULL);
}

/* ---- Lists of what may be asked. */

/* The other facts of the submission count too: a scheme comes with its units. */
static bool judge_permits(const struct judging *j, const struct fact_body *figure,
                          const char *period) {
    const struct standing_indicators *const indicators = &j->batch->ledger->indicators;
    const struct standing *const standing = j->batch->ledger->standing;
    struct request_question question = {.assessment = j->body->assessment,
                                        .scheme = standing_scheme(standing, j->body->assessment),
                                        .permits = standing_permits(standing),
                                        .day = civil_day(j->batch->time_utc_ms),
                                        .figure = figure,
                                        .period = period};
    struct request_refused refused;
    if (question.permits->level.count == 0 || indicators->refused == NULL)
        return true;
    if (j->ready->kind == FACT_SCHEME) {
        struct fact_body *const also =
            arena_alloc(j->batch->arena, j->waiting->count, sizeof *also);
        for (size_t i = 0; i < j->waiting->count; i++)
            if (strcmp(j->waiting->ready[i].entry.body.assessment, j->body->assessment) == 0)
                also[question.also_count++] = j->waiting->ready[i].entry.body;
        question.also = also;
    }
    return !indicators->refused(indicators->context, &question, &refused) ||
           refuse(j, BATON_REQUEST_NOT_PERMITTED, j->body->assessment, refused.unit,
                  refused.element, refused.level);
}

bool batch_judge_request(struct batch *batch, struct waiting *waiting, const struct ready *ready) {
    const struct judging j = {batch, waiting, ready, &ready->entry.body};
    if (batch->is_founding)
        return true;
    switch (ready->kind) {
    case FACT_SHARING:
        return judge_sharing(&j);
    case FACT_REGISTRATION:
        return judge_registration(&j);
    case FACT_SCHEME:
        return judge_registered(&j) && judge_permits(&j, NULL, NULL);
    case FACT_PERIOD:
        return ready->row.fact.withdrawn ||
               (judge_registered(&j) && judge_permits(&j, NULL, body_text(j.body, "period")));
    case FACT_REPORT:
        return ready->row.fact.withdrawn ||
               (judge_figure(&j) && judge_permits(&j, j.body, body_text(j.body, "period")));
    case FACT_OBSERVATION: /* what corrects one asks nobody for anything new */
        return judge_figure(&j) && (ready->row.fact.withdrawn || ready->has_corrects ||
                                    judge_permits(&j, j.body, body_text(j.body, "period")));
    default:
        return true;
    }
}
