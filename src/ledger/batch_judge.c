/* Whether facts may be said, one submission after the other, in the order in which they came: what an earlier one of the batch changes holds for the later ones,
 * and what a refused one changed is taken back. */
#include "base/civil_day.h"
#include "ledger/batch.h"
#include "ledger/deadlines.h"
#include "ledger/stage.h"
#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void waiting_refuse(struct waiting *waiting, baton_code code, int argument, const char *format,
                    ...) {
    va_list values;
    waiting->code = code;
    assert(argument < REFUSAL_ARGUMENTS);
    va_start(values, format);
    vsnprintf(waiting->argument[argument], REFUSAL_SIZE, format, values);
    va_end(values);
}

static void put_code(struct waiting *waiting, baton_code code) {
    waiting->code = code;
}

/* A key as people read it: its parts, with spaces. */
static void put_key(struct waiting *waiting, int argument, const struct fact_place *row) {
    char *at = waiting->argument[argument];
    snprintf(at, REFUSAL_SIZE, "%s", row->key);
    for (; *at != '\0'; at++)
        if (*at == '\x1f')
            *at = ' ';
}

/* Rights */

static void name_roles(uint32_t bits, char *out, size_t size) {
    size_t used = 0;
    out[0] = '\0';
    for (int r = 0; r < ROLE_COUNT && used < size; r++)
        if ((bits & UINT32_C(1) << r) != 0)
            used += (size_t)snprintf(out + used, size - used, "%s%s", used > 0 ? ", " : "",
                                     role_word((enum role)r));
}

/* What a fact is about that a post may name: an element, an indicator. */
static const char *indicator_of(enum fact_kind kind, const struct fact_body *body) {
    return body_text(body, kind == FACT_TARGET ? "indicator" : "element");
}

static bool is_within_reach(const struct batch *batch, struct waiting *waiting, enum fact_kind kind,
                            uint32_t needed, const struct fact_body *body) {
    const enum reaches reaches = standing_reaches(&batch->reach, needed, kind, body);
    if (reaches ==
        REACHES) /* REACHES_UNREAD: of a report of the same batch, of whom batch_ask could not know; it reaches nothing */
        return true;
    if (reaches == REACHES_ELSEWHERE) {
        waiting_refuse(waiting, BATON_RIGHT_INDICATOR, 0, "%s", batch->actor);
        waiting_refuse(waiting, BATON_RIGHT_INDICATOR, 1, "%s", indicator_of(kind, body));
        waiting_refuse(waiting, BATON_RIGHT_INDICATOR, 2, "%s", body->assessment);
        standing_indicator_words(&batch->reach, needed, waiting->argument[3], REFUSAL_SIZE);
        return false;
    }
    const char *unit = standing_unit_of(kind, body);
    waiting_refuse(waiting, BATON_RIGHT_UNIT, 0, "%s", batch->actor);
    waiting_refuse(waiting, BATON_RIGHT_UNIT, 1, "%s", unit);
    waiting_refuse(waiting, BATON_RIGHT_UNIT, 2, "%s", body->assessment);
    standing_reach_words(&batch->reach, needed, waiting->argument[3], REFUSAL_SIZE);
    return false;
}

/* Whether the actor has a role of `needed`, by a post that reaches the fact. */
bool batch_may(struct batch *batch, struct waiting *waiting, const char *actor, enum fact_kind kind,
               uint32_t needed, const struct fact_body *body) {
    if (!batch_knows(batch, actor)) {
        const char *guess = standing_guess(batch->ledger->standing, actor);
        waiting_refuse(waiting, BATON_PERSON_UNKNOWN, 0, "%s", actor);
        if (guess != NULL)
            waiting_refuse(waiting, BATON_PERSON_UNKNOWN, 1, "%s", guess);
        return false;
    }
    if (((body->assessment[0] == '\0' ? batch->reach.whole : batch->reach.roles) & needed) != 0)
        return is_within_reach(batch, waiting, kind, needed, body);
    waiting_refuse(waiting, BATON_RIGHT_LACKING, 0, "%s", actor);
    waiting_refuse(waiting, BATON_RIGHT_LACKING, 1, "%s", fact_kind_info(kind)->word);
    name_roles(needed, waiting->argument[2], REFUSAL_SIZE);
    return false;
}

/* Whether a post goes with the others of its person: those that are in force, and those that the same submission brings. */
static bool goes_together(struct batch *batch, struct waiting *waiting, const struct ready *ready) {
    const struct fact_body *post = &ready->entry.body;
    enum role other;
    bool clashes = standing_clashes(batch->ledger->standing, post, &other);
    for (size_t i = 0; i < batch->taken_count && !clashes; i++)
        clashes = batch->taken[i]->kind == FACT_POST && !batch->taken[i]->row.fact.withdrawn &&
                  post_clashes(post, &batch->taken[i]->entry.body, &other);
    if (!clashes)
        return true;
    waiting_refuse(waiting, BATON_ROLES_APART, 0, "%s", body_text(post, "person"));
    waiting_refuse(waiting, BATON_ROLES_APART, 1, "%s", body_text(post, "role"));
    waiting_refuse(waiting, BATON_ROLES_APART, 2, "%s", role_word(other));
    return false;
}

/* Whether a posting that the same submission brings makes a version of the scheme too late; as standing_refuses_scheme, which knows of no batch that is not stored. */
static bool is_posted_with(const struct batch *batch, const struct fact_body *scheme,
                           const char **because, int32_t *from) {
    struct baton_period begins, posted;
    const char *text = body_text(scheme, "in_force");
    const bool has_begin = baton_period_parse(text, strlen(text), &begins);
    for (size_t i = 0; i < batch->taken_count; i++) {
        const struct fact_body *body = &batch->taken[i]->entry.body;
        if (batch->taken[i]->kind != FACT_POSTING ||
            strcmp(body->assessment, scheme->assessment) != 0)
            continue;
        *because = body_text(body, "period");
        if (!baton_period_parse(*because, strlen(*because), &posted) ||
            (has_begin && baton_period_first_day(begins) > baton_period_last_day(posted)))
            continue;
        *from = baton_period_last_day(posted) + 1;
        return true;
    }
    return false;
}

/* Whether the same submission brings a version of the scheme already. */
static bool is_second_version(const struct batch *batch, const struct fact_body *scheme) {
    for (size_t i = 0; i < batch->taken_count; i++)
        if (batch->taken[i]->kind == FACT_SCHEME &&
            strcmp(batch->taken[i]->entry.body.assessment, scheme->assessment) == 0)
            return true;
    return false;
}

/* Once a period is due its deadlines say who was late: they are changed, or taken back, by two. */
static bool is_due_still(const struct batch *batch, struct waiting *waiting, enum fact_kind kind,
                         const struct fact_body *corrected) {
    struct deadlines deadlines;
    if (kind != FACT_PERIOD || corrected == NULL || !deadlines_read(corrected, &deadlines) ||
        batch->time_utc_ms < civil_moment_ends_utc_ms(deadlines.due))
        return true;
    char due[CIVIL_MOMENT_SIZE];
    civil_moment_format(deadlines.due, due);
    waiting_refuse(waiting, BATON_PERIOD_DUE, 0, "%s", body_text(corrected, "period"));
    waiting_refuse(waiting, BATON_PERIOD_DUE, 1, "%s", due);
    return false;
}

static bool is_unlocked(struct batch *batch, struct waiting *waiting, enum fact_kind kind,
                        const struct fact_body *body, const struct fact_body *corrected,
                        bool is_proposed) {
    const char *because = NULL;
    int32_t from;
    struct standing_lock lock;
    const struct standing *standing = batch->ledger->standing;
    if (kind == FACT_SCHEME && (standing_refuses_scheme(standing, body, &because, &from) ||
                                is_posted_with(batch, body, &because, &from))) {
        char day[BATON_PERIOD_NAME_SIZE];
        baton_day_format(from, day);
        waiting_refuse(waiting, BATON_SCHEME_IN_FORCE, 0, "%s", day);
        waiting_refuse(waiting, BATON_SCHEME_IN_FORCE, 1, "%s", because);
        return false;
    }
    if (is_proposed ||
        (!standing_locks(standing, kind, body, corrected, batch->time_utc_ms, &lock) &&
         !(kind == FACT_SCHEME && is_second_version(batch, body))))
        return is_proposed || is_due_still(batch, waiting, kind, corrected);
    put_code(waiting, BATON_LOCKED);
    if (lock.posted != NULL)
        waiting_refuse(waiting, BATON_LOCKED, 0, "%s", lock.posted);
    if (lock.period != NULL) {
        char since[CIVIL_MOMENT_SIZE];
        civil_moment_format(lock.since, since);
        waiting_refuse(waiting, BATON_LOCKED, 1, "%s", lock.period);
        waiting_refuse(waiting, BATON_LOCKED, 2, "%s", since);
    }
    return false;
}

/* State */

/* What a fact says, apart from why and whence. */
static bool is_about_the_fact(const struct field *field) {
    return field->name[0] != '@' || strcmp(field->name, "@verifier") == 0 ||
           strcmp(field->name, "@evidence") == 0;
}

static const struct field *next_said(const struct fact_body *body, size_t *i) {
    while (*i < body->field_count && !is_about_the_fact(&body->field[*i]))
        (*i)++;
    return *i < body->field_count ? &body->field[(*i)++] : NULL;
}

static bool says_the_same(const struct fact_body *a, const struct fact_body *b) {
    size_t i = 0, j = 0;
    for (;;) {
        const struct field *left = next_said(a, &i), *right = next_said(b, &j);
        if (left == NULL || right == NULL)
            return left == right;
        if (strcmp(left->name, right->name) != 0 || left->type != right->type ||
            left->size != right->size || memcmp(left->value, right->value, left->size) != 0)
            return false;
    }
}

/* Whether the row may take its place, given what is in force for its key. */
static bool fits(struct waiting *waiting, const struct ready *ready, const struct fact_place *row,
                 const struct key_state *state) {
    const bool in_force = state->exists && !state->place.withdrawn;
    if (!ready->has_corrects && !in_force)
        return true;
    if (!ready->has_corrects) {
        waiting_refuse(waiting, BATON_FACT_EXISTS, 0, "%s", row->kind);
        put_key(waiting, 1, row);
        waiting_refuse(waiting, BATON_FACT_EXISTS, 2, "%llu",
                       (unsigned long long)state->place.position);
        return false;
    }
    if (in_force && state->place.position == ready->corrects)
        return true;
    waiting_refuse(waiting, BATON_FACT_SUPERSEDED, 0, "%llu", (unsigned long long)ready->corrects);
    put_key(waiting, 1, row);
    if (in_force)
        waiting_refuse(waiting, BATON_FACT_SUPERSEDED, 2, "%llu",
                       (unsigned long long)state->place.position);
    return false;
}

bool batch_is_accepted_with(const struct waiting *waiting, const struct ready *ready) {
    return ready->kind == FACT_OBSERVATION && ready > waiting->ready &&
           ready[-1].kind == FACT_REPORT &&
           strcmp(body_text(&ready[-1].entry.body, "stage"), stage_word(STAGE_ACCEPTED)) == 0;
}

static bool judge_row(struct batch *batch, struct waiting *waiting, struct ready *ready) {
    struct fact_place *row = &ready->row.fact;
    const struct fact_kind_info *info = fact_kind_info(ready->kind);
    if (!info->is_row || (info->key[0] == '\0' && !ready->has_corrects))
        return true; /* a row of its own: its key is its position */
    struct key_state *state = batch_state(batch, row);
    if (!fits(waiting, ready, row, state))
        return false;
    if (ready->has_corrects && !row->withdrawn && ready->corrected.kind != NULL &&
        !batch_is_accepted_with(waiting, ready) && /* which may say once more what it said */
        says_the_same(&ready->corrected, &ready->entry.body)) {
        waiting_refuse(waiting, BATON_FACT_SAME, 0, "%llu", (unsigned long long)ready->corrects);
        return false;
    }
    return true;
}

static bool is_there(struct batch *batch, struct waiting *waiting, const struct digest *digest) {
    const enum content_found there = batch_content(batch, digest);
    char hex[DIGEST_HEX_SIZE];
    if (there == CONTENT_IS_THERE)
        return true;
    digest_hex(digest, hex);
    waiting_refuse(waiting,
                   there == CONTENT_IS_ERASED ? BATON_CONTENT_ERASED : BATON_CONTENT_UNKNOWN, 0,
                   "%s", hex);
    return false;
}

/* What the row said before it may go on saying, also when it was erased since; and a figure what its report says. */
static bool judge_evidence(struct batch *batch, struct waiting *waiting,
                           const struct ready *ready) {
    const char *const before =
        ready->corrected.kind == NULL ? "" : body_text(&ready->corrected, "@evidence");
    if (batch_is_accepted_with(waiting, ready))
        return true;
    for (size_t i = 0; i < ready->evidence_count; i++) {
        char hex[DIGEST_HEX_SIZE];
        digest_hex(&ready->evidence[i], hex);
        if (strstr(before, hex) == NULL && !is_there(batch, waiting, &ready->evidence[i]))
            return false;
    }
    return true;
}

static bool judge_contents(struct batch *batch, struct waiting *waiting,
                           const struct ready *ready) {
    for (size_t i = 0; i < ready->named_count; i++)
        if (!is_there(batch, waiting, &ready->named[i]))
            return false;
    return judge_evidence(batch, waiting, ready) &&
           (!ready->row.erases || is_there(batch, waiting, &ready->row.erased));
}

/* Decisions */

static bool judge_closing(struct batch *batch, struct waiting *waiting, const struct ready *ready) {
    const char *actor = ready->entry.actor;
    const struct proposal *proposal = batch_proposal(batch, ready->row.proposal);
    if (proposal == NULL) {
        waiting_refuse(waiting, BATON_PROPOSAL_UNKNOWN, 0, "%llu",
                       (unsigned long long)ready->row.proposal);
        return false;
    }
    if (strcmp(proposal->state, "open") != 0) {
        waiting_refuse(waiting, BATON_PROPOSAL_CLOSED, 0, "%llu",
                       (unsigned long long)ready->row.proposal);
        waiting_refuse(waiting, BATON_PROPOSAL_CLOSED, 1, "%s", proposal->state);
        return false;
    }
    if (ready->kind == FACT_WITHDRAWAL) {
        if (strcmp(actor, proposal->proposer) != 0)
            waiting_refuse(waiting, BATON_WITHDRAWAL_OTHER, 0, "%s", proposal->proposer);
        return strcmp(actor, proposal->proposer) == 0;
    }
    if (proposal->expires_utc_ms != 0 && batch->time_utc_ms > proposal->expires_utc_ms) {
        char day[BATON_PERIOD_NAME_SIZE];
        baton_day_format(civil_day(proposal->expires_utc_ms), day);
        waiting_refuse(waiting, BATON_PROPOSAL_EXPIRED, 0, "%llu",
                       (unsigned long long)ready->row.proposal);
        waiting_refuse(waiting, BATON_PROPOSAL_EXPIRED, 1, "%s", day);
        return false;
    }
    if (strcmp(actor, proposal->proposer) == 0)
        put_code(waiting, BATON_DECISION_OWN);
    return strcmp(actor, proposal->proposer) != 0;
}

/* Whether whoever decides does so as more than the deputy of whoever proposed it: with the holder's own post they would be the same hand. */
static bool is_second_hand(struct batch *batch, struct waiting *waiting, const struct ready *ready,
                           enum fact_kind kind, const struct fact_body *body) {
    const struct proposal *proposal = batch_proposal(batch, ready->row.proposal);
    if (ready->kind != FACT_DECISION || proposal == NULL ||
        !standing_is_deputy_of(&batch->reach, rights_to_decide(kind), proposal->proposer, body))
        return true;
    waiting_refuse(waiting, BATON_DECISION_DEPUTY, 0, "%s", ready->entry.actor);
    waiting_refuse(waiting, BATON_DECISION_DEPUTY, 1, "%s", proposal->proposer);
    return false;
}

/* What is erased before its term is so by the committee. */
static uint32_t roles_for(enum fact_kind kind, const struct fact_body *proposed) {
    return kind == FACT_ERASURE && body_field(proposed, "early") != NULL ? rights_bits("committee")
                                                                         : UINT32_MAX;
}

/* The roles that may decide on all that a decision's submission brings, or, where it refuses, on what was proposed. */
static bool judge_decider(struct batch *batch, struct waiting *waiting, const struct ready *ready,
                          const struct fact_body *proposed, size_t count) {
    for (size_t i = 0; i < count; i++) {
        enum fact_kind kind;
        if (!fact_kind_of(proposed[i].kind, &kind))
            continue;
        const uint32_t needed = rights_to_decide(kind) & roles_for(kind, &proposed[i]);
        if (!batch_may(batch, waiting, ready->entry.actor, kind, needed, &proposed[i]) ||
            !is_second_hand(batch, waiting, ready, kind, &proposed[i]))
            return false;
    }
    return true;
}

static void put_moment(struct waiting *waiting, baton_code code, int argument,
                       struct civil_moment moment) {
    char text[CIVIL_MOMENT_SIZE];
    civil_moment_format(moment, text);
    waiting_refuse(waiting, code, argument, "%s", text);
}

/* Of the figure, or the figures, for which there is something that it could give more time. */
static bool is_of_something(struct batch *batch, struct waiting *waiting,
                            const struct fact_body *exception) {
    bool unit_is_unknown;
    if (standing_excepts(&batch->reach, exception, &unit_is_unknown))
        return true;
    waiting_refuse(waiting, BATON_EXCEPTION_UNKNOWN, unit_is_unknown ? 0 : 1, "%s",
                   body_text(exception, unit_is_unknown ? "unit" : "element"));
    waiting_refuse(waiting, BATON_EXCEPTION_UNKNOWN, 2, "%s", exception->assessment);
    return false;
}

/* One that ends before its period opens lets nothing in; one that is due no later than without it gives nothing. Of a period that is not opened nothing is known. */
static bool gives_time(const struct batch *batch, struct waiting *waiting,
                       const struct fact_body *body) {
    struct deadlines exception, now;
    if (!deadlines_read(body, &exception) ||
        !standing_deadlines(batch->ledger->standing, body, &now))
        return true;
    const struct civil_moment closes = deadlines_closes(&exception);
    if (civil_moment_ends_utc_ms(closes) <= civil_moment_begins_utc_ms(now.opens)) {
        waiting_refuse(waiting, BATON_DEADLINES_CROSS, 0, "due");
        put_moment(waiting, BATON_DEADLINES_CROSS, 1, closes);
        waiting_refuse(waiting, BATON_DEADLINES_CROSS, 2, "opens");
        put_moment(waiting, BATON_DEADLINES_CROSS, 3, now.opens);
        return false;
    }
    if (civil_moment_ends_utc_ms(exception.due) > civil_moment_ends_utc_ms(now.due))
        return true;
    put_moment(waiting, BATON_EXCEPTION_NOT_LATER, 0, exception.due);
    put_moment(waiting, BATON_EXCEPTION_NOT_LATER, 1, now.due);
    return false;
}

/* Asked when it is proposed, and again when it is decided. */
static bool is_exception_sound(struct batch *batch, struct waiting *waiting, enum fact_kind kind,
                               const struct fact_body *body) {
    return kind != FACT_EXCEPTION || body_field(body, "@withdrawn") != NULL ||
           (is_of_something(batch, waiting, body) && gives_time(batch, waiting, body));
}

static bool judge_proposal(struct batch *batch, struct waiting *waiting,
                           const struct ready *ready) {
    for (size_t i = 0; i < ready->proposed_count; i++) {
        enum fact_kind kind;
        const struct fact_body *body = &ready->proposed[i];
        (void)fact_kind_of(body->kind, &kind);
        const uint32_t needed = rights_to_propose(kind);
        if (needed == 0) {
            waiting_refuse(waiting, BATON_FACT_KIND, 0, "%s", body->kind);
            return false;
        }
        if (!batch_may(batch, waiting, ready->entry.actor, kind, needed, body) ||
            !is_unlocked(batch, waiting, kind, body, NULL, true) ||
            (kind == FACT_OBSERVATION && !batch_judge_proposed_figure(batch, waiting, body)) ||
            !is_exception_sound(batch, waiting, kind, body))
            return false;
    }
    return true;
}

/* Both keys signed when one was in force that may have been changed since. */
static bool judge_key(struct batch *batch, struct waiting *waiting) {
    const struct ledger *ledger = batch->ledger;
    char hex[2][DIGEST_HEX_SIZE];
    if (digest_equal(&waiting->old_key, &ledger->key))
        return true;
    digest_hex(&waiting->old_key, hex[0]);
    digest_hex(&ledger->key, hex[1]);
    waiting_refuse(waiting, BATON_KEY_OTHER, 0, "%.16s", hex[0]);
    waiting_refuse(waiting, BATON_KEY_OTHER, 1, "%.16s", hex[1]);
    return false;
}

/* One fact */

static bool judge(struct batch *batch, struct waiting *waiting, size_t index) {
    struct ready *const ready = &waiting->ready[index];
    const enum fact_kind kind = ready->kind;
    if (kind == FACT_PROPOSAL) {
        if (!judge_proposal(batch, waiting, ready))
            return false;
    } else if (kind == FACT_DECISION || kind == FACT_WITHDRAWAL) {
        if (!judge_closing(batch, waiting, ready) ||
            !judge_decider(batch, waiting, ready, ready->proposed, ready->proposed_count))
            return false;
    } else if (kind != FACT_LEDGER && kind != FACT_AUDIT) { /* these only the ledger says */
        const bool is_derived = batch_is_derived(waiting, ready);
        const bool is_decided =
            body_field(&ready->entry.body, "@proposal") != NULL ||
            (is_derived && body_field(&ready->source.body, "@proposal") != NULL);
        if (!is_decided && !is_derived && !batch->is_founding &&
            !batch_may(batch, waiting, ready->entry.actor, kind, rights_to_say(kind),
                       &ready->entry.body))
            return false;
        if (!is_unlocked(batch, waiting, kind, &ready->entry.body,
                         batch_corrected(batch, ready, &(const char *){NULL}), is_decided))
            return false;
        if (!is_exception_sound(batch, waiting, kind, &ready->entry.body))
            return false;
        if (kind == FACT_OBSERVATION && !is_derived &&
            !batch_judge_figure(batch, waiting, ready, is_decided))
            return false;
        if (is_derived ? !batch_judge_derived(batch, waiting, ready)
                       : !batch_judge_request(batch, waiting, ready))
            return false;
        if (kind == FACT_KEY && !judge_key(batch, waiting))
            return false;
        if (kind == FACT_POST && !ready->row.fact.withdrawn &&
            !goes_together(batch, waiting, ready))
            return false;
    }
    return judge_contents(batch, waiting, ready) &&
           (kind != FACT_REPORT || batch_judge_reporter(batch, waiting, ready)) &&
           (!ready->row.is_fact || judge_row(batch, waiting, ready)) &&
           (kind != FACT_REPORT || batch_judge_report(batch, waiting, index));
}

/* Requests */

static bool same_request(const struct waiting *one, const struct waiting *other) {
    const struct request *a = one->submission->request, *b = other->submission->request;
    return b != NULL && strcmp(a->key, b->key) == 0 &&
           strcmp(one->ready[0].entry.actor, other->ready[0].entry.actor) == 0;
}

/* One of the same batch that was taken before it; NULL = there is none. */
static const struct waiting *request_before(const struct batch *batch,
                                            const struct waiting *waiting) {
    for (const struct waiting *w = batch->first; w != waiting; w = w->next)
        if (w->code == BATON_OK && same_request(waiting, w))
            return w;
    return NULL;
}

/* True where nothing is to be stored: the request was stored before, or the same key meant something else. */
static bool is_repeat(const struct batch *batch, struct waiting *waiting) {
    struct submission *submission = waiting->submission;
    if (submission->request == NULL)
        return false;
    const struct stored_request *stored = batch_request(batch, waiting);
    const struct waiting *before = stored == NULL ? request_before(batch, waiting) : NULL;
    if (stored == NULL && before == NULL)
        return false;
    const struct digest *digest =
        stored != NULL ? &stored->digest : &before->submission->request->digest;
    if (!digest_equal(digest, &submission->request->digest)) {
        waiting_refuse(waiting, BATON_REQUEST_DIFFERS, 0, "%s", submission->request->key);
        return true;
    }
    submission->is_repeat = true;
    submission->first = stored != NULL                  ? stored->first
                        : before->submission->is_repeat ? before->submission->first
                                                        : before->ready[0].entry.position;
    return true;
}

void batch_judge(struct batch *batch, struct waiting *waiting) {
    const size_t mark = batch_mark(batch);
    batch_act_as(batch, waiting);
    if (is_repeat(batch, waiting))
        return;
    for (size_t i = 0; i < waiting->count && waiting->code == BATON_OK; i++) {
        if (!judge(batch, waiting, i)) {
            assert(waiting->code != BATON_OK);
            waiting->refused = i + 1;
            break;
        }
        batch_take(batch, &waiting->ready[i]);
    }
    if (waiting->code != BATON_OK)
        batch_back(batch, mark);
}
