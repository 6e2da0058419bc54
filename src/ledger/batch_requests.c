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

static struct registration registration_of(const struct fact_body *body) {
    return (struct registration){body_text(body, "department"), body_text(body, "year"),
                                 body_text(body, "assessment"), body_text(body, "name")};
}

static bool is_same_registration(const struct registration *a, const struct registration *b) {
    return strcmp(a->department, b->department) == 0 && strcmp(a->year, b->year) == 0 &&
           strcmp(a->assessment, b->assessment) == 0;
}

/* What the batch has done with a registration last; NULL = nothing. */
static const struct ready *taken_registration(const struct judging *j,
                                              const struct registration *of) {
    for (size_t i = j->batch->taken_count; i > 0; i--) {
        const struct ready *const taken = j->batch->taken[i - 1];
        if (taken->kind != FACT_REGISTRATION)
            continue;
        const struct registration one = registration_of(&taken->entry.body);
        if (is_same_registration(&one, of))
            return taken;
    }
    return NULL;
}

static bool is_still_there(const struct judging *j, const struct registration *of) {
    const struct ready *const taken = taken_registration(j, of);
    return taken == NULL || !taken->row.fact.withdrawn;
}

/* The department that has registered the assessment for the year already, another than the one at hand; NULL = none has. */
static const char *registered_elsewhere(const struct judging *j) {
    const struct registrations *const all = standing_registrations(j->batch->ledger->standing);
    const struct registration one = registration_of(j->body);
    const struct registration *found;
    struct registrations rest = *all;
    while ((found = registrations_elsewhere(&rest, &one)) != NULL && !is_still_there(j, found)) {
        const size_t behind = (size_t)(found - all->item) + 1;
        rest.item = all->item + behind;
        rest.count = all->count - behind;
    }
    for (size_t i = 0; i < j->batch->taken_count && found == NULL; i++) {
        const struct ready *const taken = j->batch->taken[i];
        if (taken->kind != FACT_REGISTRATION || taken->row.fact.withdrawn)
            continue;
        const struct registration other = registration_of(&taken->entry.body);
        const struct registrations single = {.item = (struct registration *)&other, .count = 1};
        if (registrations_elsewhere(&single, &one) != NULL && is_still_there(j, &other))
            return other.department;
    }
    return found == NULL ? NULL : found->department;
}

/* The units of the batch count too. */
static bool is_department(const struct judging *j, const char *id) {
    const struct unit_levels *const levels = standing_levels(j->batch->ledger->standing);
    bool is_known = levels != NULL && unit_levels_know(levels, id);
    for (size_t i = 0; i < j->batch->taken_count && !is_known; i++) {
        const struct ready *const taken = j->batch->taken[i];
        is_known = taken->kind == FACT_UNIT && !taken->row.fact.withdrawn &&
                   says(&taken->entry.body, "id", id);
    }
    return is_known;
}

static bool judge_registered_once(const struct judging *j) {
    const char *const department = body_text(j->body, "department");
    if (!is_department(j, department))
        return refuse(j, BATON_DEPARTMENT_UNKNOWN, department, NULL, NULL, NULL);
    const char *const elsewhere = registered_elsewhere(j);
    return elsewhere == NULL ||
           refuse(j, BATON_REGISTERED_ELSEWHERE, body_text(j->body, "assessment"),
                  body_text(j->body, "year"), elsewhere, NULL);
}

static bool is_decided(const struct judging *j) {
    return body_field(j->body, "@proposal") != NULL;
}

static bool judge_unregistering(const struct judging *j) {
    const char *const assessment = body_text(j->body, "assessment");
    return is_decided(j) || !standing_has_begun(j->batch->ledger->standing, assessment) ||
           refuse(j, BATON_REGISTRATION_TAKES_TWO, assessment, NULL, NULL, NULL);
}

static bool judge_limit(const struct judging *j) {
    const struct registrations *const all = standing_registrations(j->batch->ledger->standing);
    const char *const department = body_text(j->body, "department");
    const char *const year = body_text(j->body, "year");
    const uint64_t limit = registrations_limit(all, department, year);
    uint64_t count = registrations_count(all, department, year);
    if (is_decided(j))
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

/* What corrects one leaves its department, year and assessment. */
static bool judge_registration(const struct judging *j) {
    if (j->ready->row.fact.withdrawn)
        return judge_unregistering(j);
    return j->ready->has_corrects || (judge_registered_once(j) && judge_limit(j));
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
                                        .levels = standing_levels(standing),
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

/* A unit does not leave its level's list by one person alone, neither by another level nor by being withdrawn and said anew. */
static bool judge_level(const struct judging *j) {
    const struct fact_body *const before = &j->ready->corrected;
    if (!j->ready->has_corrects || before->kind == NULL || is_decided(j))
        return true;
    const bool is_withdrawn = j->ready->row.fact.withdrawn;
    const char *const level = body_text(before, "kind");
    const char *const now = is_withdrawn ? "" : body_text(j->body, "kind");
    return (!is_withdrawn && strcmp(level, now) == 0) ||
           !permits_has_list(standing_permits(j->batch->ledger->standing), level) ||
           refuse(j, BATON_LEVEL_TAKES_TWO, body_text(j->body, "id"), level,
                  *now == '\0' ? NULL : now, NULL);
}

bool batch_judge_request(struct batch *batch, struct waiting *waiting, const struct ready *ready) {
    const struct judging j = {batch, waiting, ready, &ready->entry.body};
    if (batch->is_founding)
        return true;
    switch (ready->kind) {
    case FACT_SHARING:
        return judge_sharing(&j);
    case FACT_UNIT:
        return judge_level(&j);
    case FACT_REGISTRATION:
        return judge_registration(&j);
    case FACT_SCHEME:
        return judge_registered(&j) && judge_permits(&j, NULL, NULL);
    case FACT_PERIOD:
        return ready->row.fact.withdrawn ||
               ((ready->has_corrects || judge_registered(&j)) && /* it is opened already */
                judge_permits(&j, NULL, body_text(j.body, "period")));
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
