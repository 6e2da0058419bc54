/* Persons, roles, schemes, postings and units, kept in lists by hash. */
#include "ledger/standing.h"
#include "base/civil_day.h"
#include "base/hash.h"
#include "base/text.h"
#include "ledger/deadlines.h"
#include "ledger/requests.h"
#include <stdio.h>
#include <string.h>

/* A role from one day to another. */
struct tenure {
    uint32_t person; /* index; HASH_NONE = the ledger does not know them, or no longer */
    const char *holder, *unit, *assessment, *indicator; /* "" = it names none */
    enum role role;
    bool is_deputy;
    int32_t from, to;
    uint32_t next; /* of the same person; HASH_NONE = no more */
};

struct assessment {
    bool has_scheme, is_posted;
    int64_t scheme; /* position of the newest version */
    int32_t posted_last_day;
    const char *posted;  /* the period */
    bool has_units;      /* they are read, into the standing's arena of units */
    struct hash unit;    /* to the index of their parent */
    const char **parent; /* "" = none */
    size_t parent_count, parent_capacity;
    struct deadline_list deadlines;
};

struct standing {
    struct baton_arena *arena;
    struct baton_arena *units;  /* NULL = no units are read */
    struct unit_levels *levels; /* in that arena; NULL = they are not read */
    bool closes_units;
    struct hash person;    /* to their index */
    uint32_t *person_post; /* by index: the first of their tenures; HASH_NONE = none */
    struct tenure *tenure;
    size_t tenure_count, tenure_capacity;
    struct hash assessment_index;
    struct assessment *assessment;
    size_t assessment_count, assessment_capacity;
    struct permits permits;
    struct registrations registrations;
    struct sharings sharings; /* of all assessments */
};

struct reading {
    struct baton_arena *arena;
    struct standing *standing;
};

bool standing_changes(enum fact_kind kind) {
    return kind == FACT_PERSON || kind == FACT_POST || kind == FACT_SCHEME ||
           kind == FACT_POSTING || kind == FACT_PERIOD || kind == FACT_EXCEPTION ||
           kind == FACT_PERMITTED || kind == FACT_REGISTRATION || kind == FACT_QUOTA ||
           kind == FACT_SHARING;
}

static uint32_t person_index(struct reading *r, const char *id) {
    struct hash *hash = &r->standing->person;
    return hash_add(r->arena, hash, id, strlen(id), (uint32_t)hash->count);
}

static struct assessment *assessment_of(struct reading *r, const char *id) {
    struct standing *s = r->standing;
    const uint32_t index =
        hash_add(r->arena, &s->assessment_index, id, strlen(id), (uint32_t)s->assessment_count);
    if (index == s->assessment_count)
        *ARRAY_PUSH(r->arena, s->assessment, s->assessment_count, s->assessment_capacity) =
            (struct assessment){.scheme = -1};
    return &s->assessment[index];
}

/* False where its role is none. */
static bool read_tenure(const struct fact_body *body, struct tenure *out) {
    const char *word = body_text(body, "role");
    const char *from = body_text(body, "from"), *to = body_text(body, "to");
    *out = (struct tenure){.person = HASH_NONE,
                           .holder = body_text(body, "person"),
                           .unit = body_text(body, "unit"),
                           .assessment = body_text(body, "assessment"),
                           .indicator = body_text(body, "indicator"),
                           .is_deputy = body_text(body, "deputy")[0] != '\0',
                           .from = INT32_MIN,
                           .to = INT32_MAX,
                           .next = HASH_NONE};
    (void)baton_day_parse(from, strlen(from), &out->from);
    (void)baton_day_parse(to, strlen(to), &out->to);
    return role_of_word(word, strlen(word), &out->role);
}

/* A post of somebody whom the ledger does not know, or no longer, gives nobody a right. */
static void add_post(struct reading *r, const struct fact_body *body) {
    struct standing *s = r->standing;
    struct tenure tenure;
    if (!read_tenure(body, &tenure))
        return;
    tenure.person = hash_find(&s->person, tenure.holder, strlen(tenure.holder));
    if (tenure.person != HASH_NONE) {
        tenure.next = s->person_post[tenure.person];
        s->person_post[tenure.person] = (uint32_t)s->tenure_count;
    }
    *ARRAY_PUSH(r->arena, s->tenure, s->tenure_count, s->tenure_capacity) = tenure;
}

static void add_posting(struct reading *r, const struct fact_body *body) {
    const char *text = body_text(body, "period");
    struct baton_period period;
    struct assessment *a = assessment_of(r, body->assessment);
    if (!baton_period_parse(text, strlen(text), &period))
        return;
    const int32_t last = baton_period_last_day(period);
    if (a->is_posted && a->posted_last_day >= last)
        return;
    a->is_posted = true;
    a->posted_last_day = last;
    a->posted = text;
}

static void add_unit(struct reading *r, const struct fact_body *body) {
    struct assessment *a = assessment_of(r, body->assessment);
    const char *id = body_text(body, "id");
    hash_add(r->arena, &a->unit, id, strlen(id), (uint32_t)a->parent_count);
    *ARRAY_PUSH(r->arena, a->parent, a->parent_count, a->parent_capacity) =
        body_text(body, "parent");
}

static void add_scheme(struct reading *r, const struct fact_body *body, int64_t position) {
    struct assessment *a = assessment_of(r, body->assessment);
    a->has_scheme = true;
    if (position > a->scheme)
        a->scheme = position;
}

static void add(struct reading *r, enum fact_kind kind, const struct fact_body *body,
                int64_t position) {
    if (kind == FACT_PERSON)
        person_index(r, body_text(body, "id"));
    else if (kind == FACT_POST)
        add_post(r, body);
    else if (kind == FACT_SCHEME)
        add_scheme(r, body, position);
    else if (kind == FACT_UNIT)
        add_unit(r, body);
    else if (kind == FACT_PERIOD || kind == FACT_EXCEPTION)
        deadline_list_add(r->arena, &assessment_of(r, body->assessment)->deadlines, kind, body);
    else if (kind == FACT_PERMITTED)
        permits_add(r->arena, &r->standing->permits, body);
    else if (kind == FACT_REGISTRATION || kind == FACT_QUOTA)
        registrations_add(r->arena, &r->standing->registrations, kind, body);
    else if (kind == FACT_SHARING)
        sharings_add(r->arena, &r->standing->sharings, body);
    else
        add_posting(r, body);
}

static baton_code read_rows(struct reading *r, struct store *store, int64_t ledger,
                            const char *assessment, enum fact_kind kind) {
    const char *word = fact_kind_info(kind)->word;
    const struct store_value *row;
    TRY(store_query(store, STATEMENT_FACT_ROWS,
                    (struct store_value[]){store_int(ledger), store_word(assessment),
                                           store_word(word), store_int(INT64_MAX)}));
    for (;;) {
        struct entry entry;
        TRY(store_next(store, &row));
        if (row == NULL)
            return BATON_OK;
        if (row[4].number == 0 || kind == FACT_PERMITTED) { /* in force; a list stays one */
            const baton_code code = entry_read(r->arena, row[5].data, row[5].size, &entry);
            if (code != BATON_OK) {
                store_query_end(store);
                return code;
            }
            add(r, kind, &entry.body, row[2].number);
        }
    }
}

static baton_code list_assessments(struct reading *r, struct store *store, int64_t ledger,
                                   const char ***out, size_t *count) {
    const char **id = NULL;
    size_t capacity = 0;
    const struct store_value *row;
    *count = 0;
    TRY(store_query(store, STATEMENT_FACT_ASSESSMENTS, (struct store_value[]){store_int(ledger)}));
    for (;;) {
        TRY(store_next(store, &row));
        *out = id;
        if (row == NULL)
            return BATON_OK;
        *ARRAY_PUSH(r->arena, id, *count, capacity) =
            arena_text(r->arena, row[0].data, row[0].size);
    }
}

static baton_code read_assessments(struct reading *r, struct store *store, int64_t ledger) {
    const char **id;
    size_t count;
    TRY(list_assessments(r, store, ledger, &id, &count));
    for (size_t i = 0; i < count; i++) {
        TRY(read_rows(r, store, ledger, id[i], FACT_SCHEME));
        TRY(read_rows(r, store, ledger, id[i], FACT_POSTING));
        TRY(read_rows(r, store, ledger, id[i], FACT_PERIOD));
        TRY(read_rows(r, store, ledger, id[i], FACT_EXCEPTION));
        TRY(read_rows(r, store, ledger, id[i], FACT_SHARING));
    }
    return BATON_OK;
}

baton_code standing_read(struct baton_arena *arena, struct store *store, int64_t ledger,
                         struct standing **out) {
    struct reading r = {arena, arena_alloc(arena, 1, sizeof(struct standing))};
    r.standing->arena = arena;
    TRY(read_rows(&r, store, ledger, "", FACT_PERSON));
    const size_t persons = r.standing->person.count;
    r.standing->person_post = arena_alloc(arena, persons, sizeof *r.standing->person_post);
    for (size_t i = 0; i < persons; i++)
        r.standing->person_post[i] = HASH_NONE;
    TRY(read_rows(&r, store, ledger, "", FACT_POST));
    TRY(read_rows(&r, store, ledger, "", FACT_PERMITTED));
    TRY(read_rows(&r, store, ledger, "", FACT_REGISTRATION));
    TRY(read_rows(&r, store, ledger, "", FACT_QUOTA));
    TRY(read_assessments(&r, store, ledger));
    *out = r.standing;
    return BATON_OK;
}

/* Whether anybody has or had the role of the ledger as a whole by that day. */
static bool had_anybody(const struct standing *standing, enum role role, int32_t day) {
    for (size_t i = 0; i < standing->tenure_count; i++) {
        const struct tenure *tenure = &standing->tenure[i];
        if (tenure->person != HASH_NONE && tenure->role == role && tenure->assessment[0] == '\0' &&
            tenure->from <= day && tenure->from <= tenure->to)
            return true;
    }
    return false;
}

static bool clash(const struct tenure *a, const struct tenure *b) {
    return (roles_apart(a->role) & UINT32_C(1) << b->role) != 0 &&
           strcmp(a->holder, b->holder) == 0 && a->from <= a->to && b->from <= b->to &&
           a->from <= b->to && b->from <= a->to;
}

bool standing_clashes(const struct standing *standing, const struct fact_body *post,
                      enum role *other) {
    struct tenure wanted;
    if (!read_tenure(post, &wanted))
        return false;
    for (size_t i = 0; i < standing->tenure_count; i++)
        if (clash(&wanted, &standing->tenure[i])) {
            *other = standing->tenure[i].role;
            return true;
        }
    return false;
}

bool post_clashes(const struct fact_body *post, const struct fact_body *before, enum role *other) {
    struct tenure wanted, held;
    if (!read_tenure(post, &wanted) || !read_tenure(before, &held) || !clash(&wanted, &held))
        return false;
    *other = held.role;
    return true;
}

/* Whether it reaches over some unit and those below only. */
static bool is_of_unit(const struct tenure *tenure) {
    return tenure->unit[0] != '\0' && (tenure->role == ROLE_UNIT || tenure->role == ROLE_APPROVER);
}

/* The first of the person's posts from `at` on that is in force and has a role of `needed`; NULL = no more. */
static const struct tenure *in_force(const struct reach *reach, uint32_t at, uint32_t needed) {
    while (at != HASH_NONE) {
        const struct tenure *tenure = &reach->standing->tenure[at];
        if (tenure->from <= reach->day && reach->day <= tenure->to &&
            (needed & reach->within & UINT32_C(1) << tenure->role) != 0)
            return tenure;
        at = tenure->next;
    }
    return NULL;
}

static const struct tenure *first_post(const struct reach *reach, uint32_t needed) {
    return in_force(reach, reach->standing->person_post[reach->person], needed);
}

static const struct tenure *next_post(const struct reach *reach, const struct tenure *post,
                                      uint32_t needed) {
    return in_force(reach, post->next, needed);
}

bool standing_reach(const struct standing *standing, const char *person, int64_t time_utc_ms,
                    struct reach *out) {
    *out = (struct reach){.standing = standing,
                          .within = UINT32_MAX,
                          .person = hash_find(&standing->person, person, strlen(person)),
                          .day = civil_day(time_utc_ms)};
    if (out->person == HASH_NONE)
        return false;
    for (const struct tenure *post = first_post(out, UINT32_MAX); post != NULL;
         post = next_post(out, post, UINT32_MAX)) {
        const uint32_t bit = UINT32_C(1) << post->role;
        out->roles |= bit;
        if (post->assessment[0] == '\0' || !role_administers(post->role))
            out->whole |= bit;
        if (post->assessment[0] == '\0' && !is_of_unit(post) && post->indicator[0] == '\0')
            out->free |= bit;
    }
    if ((out->free & UINT32_C(1) << ROLE_OFFICE) != 0) { /* that of one assessment does not */
        uint32_t stands_in = 0;
        if (!had_anybody(standing, ROLE_SYSTEM_ADMIN, out->day))
            stands_in |= UINT32_C(1) << ROLE_SYSTEM_ADMIN;
        if (!had_anybody(standing, ROLE_SECURITY_ADMIN, out->day))
            stands_in |= UINT32_C(1) << ROLE_SECURITY_ADMIN;
        out->roles |= stands_in;
        out->whole |= stands_in;
        out->free |= stands_in; /* what they say is of the ledger as a whole */
    }
    return true;
}

static struct standing_post post_of(const struct tenure *tenure) {
    return (struct standing_post){.role = tenure->role,
                                  .unit = tenure->unit,
                                  .assessment = tenure->assessment,
                                  .indicator = tenure->indicator,
                                  .is_of_unit = is_of_unit(tenure),
                                  .is_deputy = tenure->is_deputy,
                                  .from = tenure->from,
                                  .to = tenure->to};
}

size_t standing_held(const struct standing *standing, int64_t time_utc_ms, size_t room,
                     struct standing_holder *out) {
    const int32_t day = civil_day(time_utc_ms);
    size_t count = 0;
    for (size_t i = 0; i < standing->tenure_count; i++) {
        const struct tenure *const tenure = &standing->tenure[i];
        if (tenure->person == HASH_NONE || day < tenure->from || tenure->to < day)
            continue;
        if (count < room)
            out[count] = (struct standing_holder){tenure->holder, post_of(tenure)};
        count++;
    }
    return count;
}

size_t standing_posts(const struct reach *reach, size_t room, struct standing_post *out) {
    size_t count = 0;
    if (reach->person == HASH_NONE)
        return 0;
    for (const struct tenure *post = first_post(reach, UINT32_MAX); post != NULL;
         post = next_post(reach, post, UINT32_MAX)) {
        if (count < room)
            out[count] = post_of(post);
        count++;
    }
    return count;
}

bool standing_roles(const struct standing *standing, const char *person, int64_t time_utc_ms,
                    uint32_t *roles) {
    struct reach reach;
    const bool is_known = standing_reach(standing, person, time_utc_ms, &reach);
    *roles = reach.roles;
    return is_known;
}

const char *standing_guess(const struct standing *standing, const char *person) {
    struct text_guess guess = {.text = person, .size = strlen(person)};
    for (size_t i = 0; i < standing->person.count; i++)
        text_guess_offer(&guess, standing->person.key[i].text, standing->person.key[i].size);
    return guess.best;
}

static const struct assessment *known(const struct standing *standing, const char *id) {
    const uint32_t index = hash_find(&standing->assessment_index, id, strlen(id));
    return index == HASH_NONE ? NULL : &standing->assessment[index];
}

/* Units */

bool standing_leans_on_units(enum fact_kind kind) {
    return kind == FACT_OBSERVATION || kind == FACT_EVIDENCE || kind == FACT_EXCEPTION ||
           kind == FACT_REPORT;
}

/* Of one assessment nobody administers the ledger as a whole. */
static bool is_for(const struct tenure *post, const struct fact_body *body) {
    return post->assessment[0] == '\0' ||
           (body->assessment[0] == '\0' ? !role_administers(post->role)
                                        : strcmp(post->assessment, body->assessment) == 0);
}

bool standing_leans_on_indicators(enum fact_kind kind) {
    return kind == FACT_OBSERVATION || kind == FACT_TARGET || kind == FACT_REPORT;
}

const char *standing_unit_of(enum fact_kind kind, const struct fact_body *body) {
    return kind == FACT_REPORT             ? body_text(body, "reporter")
           : standing_leans_on_units(kind) ? body_text(body, "unit")
                                           : "";
}

/* A question whether posts reach a fact. */
struct question {
    const struct reach *reach;
    uint32_t needed;
    enum fact_kind kind;
    const struct fact_body *body;
    bool waits;        /* there is a post of another unit, which may be above */
    bool is_elsewhere; /* there is one that reaches it, but for its indicator */
};

static bool is_for_indicator(const struct question *q, const struct tenure *post) {
    const struct standing_indicators *const indicators = q->reach->indicators;
    if (post->indicator[0] == '\0' || !standing_leans_on_indicators(q->kind))
        return true;
    const struct assessment *const a = known(q->reach->standing, q->body->assessment);
    return indicators != NULL && indicators->cover != NULL &&
           indicators->cover(indicators->context, q->body->assessment, a == NULL ? -1 : a->scheme,
                             post->indicator, q->kind, q->body);
}

/* Whether a post of that very unit is among them. */
static bool has_post_of(struct question *q, const char *unit) {
    for (const struct tenure *post = first_post(q->reach, q->needed); post != NULL;
         post = next_post(q->reach, post, q->needed)) {
        if (!is_for(post, q->body))
            continue;
        if (unit[0] != '\0' && is_of_unit(post) && strcmp(post->unit, unit) != 0)
            q->waits = true;
        else if (is_for_indicator(q, post))
            return true;
        else
            q->is_elsewhere = true;
    }
    return false;
}

/* Whether it is meant for a whole assessment: of one, and of no department. */
static bool is_of_assessment(const struct tenure *post) {
    return post->unit[0] == '\0' && post->assessment[0] != '\0';
}

bool standing_has_post_at(const struct reach *reach, uint32_t needed, enum fact_kind kind,
                          const struct fact_body *body, const char *unit) {
    const struct question q = {reach, needed, kind, body, false, false};
    for (const struct tenure *post = first_post(reach, needed); post != NULL;
         post = next_post(reach, post, needed))
        if (is_for(post, body) && (is_of_assessment(post) || strcmp(post->unit, unit) == 0) &&
            is_for_indicator(&q, post))
            return true;
    return false;
}

bool standing_deadlines(const struct standing *standing, const struct fact_body *figure,
                        struct deadlines *out) {
    const struct assessment *const a = known(standing, figure->assessment);
    return a != NULL && deadlines_of(&a->deadlines, body_text(figure, "period"),
                                     body_text(figure, "unit"), body_text(figure, "element"), out);
}

bool standing_responsible(const struct reach *reach, const struct fact_body *figure,
                          const char **reporter, const char **verifier, bool *is_sound,
                          bool *needs_evidence) {
    const struct standing_indicators *const indicators = reach->indicators;
    const struct assessment *const a = known(reach->standing, figure->assessment);
    return indicators != NULL && indicators->responsible != NULL && a != NULL && a->has_scheme &&
           indicators->responsible(indicators->context, a->scheme, figure, reporter, verifier,
                                   is_sound, needs_evidence);
}

bool standing_excepts(const struct reach *reach, const struct fact_body *exception,
                      bool *unit_is_unknown) {
    const struct standing_indicators *const indicators = reach->indicators;
    const struct assessment *const a = known(reach->standing, exception->assessment);
    *unit_is_unknown = false;
    return indicators == NULL || indicators->excepts == NULL || a == NULL || !a->has_scheme ||
           indicators->excepts(indicators->context, a->scheme, exception, unit_is_unknown);
}

const struct permits *standing_permits(const struct standing *standing) {
    return &standing->permits;
}

const struct registrations *standing_registrations(const struct standing *standing) {
    return &standing->registrations;
}

const struct sharings *standing_sharings(const struct standing *standing) {
    return &standing->sharings;
}

const struct unit_levels *standing_levels(const struct standing *standing) {
    return standing->levels;
}

bool standing_has_begun(const struct standing *standing, const char *assessment) {
    const struct assessment *const a = known(standing, assessment);
    return a != NULL && (a->has_scheme || a->deadlines.period.count > 0);
}

int64_t standing_scheme(const struct standing *standing, const char *assessment) {
    const struct assessment *const a = known(standing, assessment);
    return a != NULL && a->has_scheme ? a->scheme : -1;
}

bool standing_collects(const struct standing *standing, const struct fact_body *figure) {
    const struct assessment *const a = known(standing, figure->assessment);
    return a != NULL && deadlines_begun_by(&a->deadlines, body_text(figure, "period"));
}

static enum reaches reaches_not(const struct question *q) {
    return q->is_elsewhere ? REACHES_ELSEWHERE : REACHES_NOT;
}

enum reaches standing_reaches(const struct reach *reach, uint32_t needed, enum fact_kind kind,
                              const struct fact_body *body) {
    if ((reach->free & needed) != 0)
        return REACHES;
    const char *unit = standing_unit_of(kind, body);
    struct question q = {reach, needed, kind, body, false, false};
    if (has_post_of(&q, unit))
        return REACHES;
    if (!q.waits)
        return reaches_not(&q);
    const struct assessment *a = known(reach->standing, body->assessment);
    if (a == NULL || !a->has_units)
        return REACHES_UNREAD;
    /* Upwards; no further than there are units, for they may be each other's parents. */
    for (size_t i = 0; i < a->unit.count; i++) {
        const uint32_t index = hash_find(&a->unit, unit, strlen(unit));
        if (index == HASH_NONE || a->parent[index][0] == '\0')
            return reaches_not(&q);
        unit = a->parent[index];
        if (has_post_of(&q, unit))
            return REACHES;
    }
    return reaches_not(&q);
}

bool standing_unit_within(const struct standing *standing, const char *assessment, const char *unit,
                          const char *above) {
    const struct assessment *a = known(standing, assessment);
    if (strcmp(unit, above) == 0)
        return true;
    /* Upwards; no further than there are units, for they may be each other's parents. */
    for (size_t i = 0; a != NULL && a->has_units && i < a->unit.count; i++) {
        const uint32_t index = hash_find(&a->unit, unit, strlen(unit));
        if (index == HASH_NONE || a->parent[index][0] == '\0')
            return false;
        unit = a->parent[index];
        if (strcmp(unit, above) == 0)
            return true;
    }
    return false;
}

size_t standing_units(const struct standing *standing, const char *assessment,
                      const struct hash_key **out) {
    const struct assessment *a = known(standing, assessment);
    *out = a != NULL && a->has_units ? a->unit.key : NULL;
    return *out != NULL ? a->unit.count : 0;
}

void standing_reach_words(const struct reach *reach, uint32_t needed, char *out, size_t size) {
    size_t used = 0;
    out[0] = '\0';
    for (const struct tenure *post = first_post(reach, needed); post != NULL && used < size;
         post = next_post(reach, post, needed))
        used += (size_t)snprintf(out + used, size - used, "%s%s%s%s", used > 0 ? ", " : "",
                                 post->assessment, post->assessment[0] != '\0' ? ": " : "",
                                 is_of_unit(post) ? post->unit : "*");
    out[text_valid_size(out, strlen(out))] = '\0';
}

void standing_indicator_words(const struct reach *reach, uint32_t needed, char *out, size_t size) {
    size_t used = 0;
    out[0] = '\0';
    for (const struct tenure *post = first_post(reach, needed); post != NULL && used < size;
         post = next_post(reach, post, needed))
        if (post->indicator[0] != '\0')
            used += (size_t)snprintf(out + used, size - used, "%s%s%s%s", used > 0 ? ", " : "",
                                     post->assessment, post->assessment[0] != '\0' ? ": " : "",
                                     post->indicator);
    out[text_valid_size(out, strlen(out))] = '\0';
}

static bool is_same_post(const struct tenure *a, const struct tenure *b) {
    return a->role == b->role && strcmp(a->unit, b->unit) == 0 &&
           strcmp(a->assessment, b->assessment) == 0 && strcmp(a->indicator, b->indicator) == 0;
}

bool standing_is_deputy_of(const struct reach *reach, uint32_t needed, const char *holder,
                           const struct fact_body *body) {
    const struct standing *const standing = reach->standing;
    const struct reach other = {.standing = standing,
                                .within = UINT32_MAX,
                                .person = hash_find(&standing->person, holder, strlen(holder)),
                                .day = reach->day};
    bool is_deputy = false;
    if (other.person == HASH_NONE)
        return false;
    for (const struct tenure *post = first_post(reach, needed); post != NULL;
         post = next_post(reach, post, needed)) {
        bool stands_in = false;
        if (!is_for(post, body))
            continue;
        for (const struct tenure *of = first_post(&other, needed);
             of != NULL && post->is_deputy && !stands_in; of = next_post(&other, of, needed))
            stands_in = !of->is_deputy && is_same_post(post, of);
        if (!stands_in)
            return false;
        is_deputy = true;
    }
    return is_deputy;
}

static void close_units(void *context) {
    standing_forget_units(context);
}

void standing_forget_units(struct standing *standing) {
    if (standing->units == NULL)
        return;
    for (size_t i = 0; i < standing->assessment_count; i++)
        standing->assessment[i].has_units = false;
    standing->levels = NULL;
    arena_close(standing->units);
    standing->units = NULL;
}

struct units_reading {
    struct standing *standing;
    struct store *store;
    int64_t ledger;
    const char *id;
    struct assessment *assessment;
};

static void open_units(struct standing *s) {
    if (!s->closes_units)
        arena_on_close(s->arena, close_units, s);
    s->closes_units = true;
    if (s->units == NULL)
        s->units = arena_open();
}

/* An assessment of which nothing is known yet gets its place, with a name of its own. */
static baton_code prepare_units(void *context) {
    struct units_reading *u = context;
    struct standing *s = u->standing;
    struct reading r = {s->arena, s};
    if (known(s, u->id) == NULL)
        u->id = arena_text(s->arena, u->id, strlen(u->id));
    u->assessment = assessment_of(&r, u->id);
    open_units(s);
    return BATON_OK;
}

static baton_code read_units(void *context) {
    struct units_reading *u = context;
    struct assessment *a = u->assessment;
    struct reading r = {u->standing->units, u->standing};
    a->unit = (struct hash){0};
    a->parent = NULL;
    a->parent_count = a->parent_capacity = 0;
    TRY(read_rows(&r, u->store, u->ledger, u->id, FACT_UNIT));
    a->has_units = true;
    return BATON_OK;
}

baton_code standing_read_units(struct standing *standing, struct store *store, int64_t ledger,
                               const char *assessment) {
    struct units_reading u = {standing, store, ledger, assessment, NULL};
    TRY(arena_run(standing->arena, prepare_units, &u));
    return arena_run(standing->units, read_units, &u);
}

static baton_code prepare_levels(void *context) {
    const struct units_reading *const u = context;
    open_units(u->standing);
    return BATON_OK;
}

static baton_code read_levels_of(const struct units_reading *u, const char *assessment,
                                 struct unit_levels *out) {
    struct baton_arena *const arena = u->standing->units;
    const struct store_value *row;
    TRY(store_query(u->store, STATEMENT_FACT_ROWS,
                    (struct store_value[]){store_int(u->ledger), store_word(assessment),
                                           store_word(fact_kind_info(FACT_UNIT)->word),
                                           store_int(INT64_MAX)}));
    for (;;) {
        struct entry entry;
        TRY(store_next(u->store, &row));
        if (row == NULL)
            return BATON_OK;
        if (row[4].number != 0) /* withdrawn */
            continue;
        const baton_code code = entry_read(arena, row[5].data, row[5].size, &entry);
        if (code != BATON_OK) {
            store_query_end(u->store);
            return code;
        }
        unit_levels_add(arena, out, body_text(&entry.body, "id"), body_text(&entry.body, "kind"));
    }
}

static baton_code read_levels(void *context) {
    const struct units_reading *const u = context;
    struct reading r = {u->standing->units, u->standing};
    struct unit_levels *const levels = arena_alloc(r.arena, 1, sizeof *levels);
    const char **id;
    size_t count;
    TRY(list_assessments(&r, u->store, u->ledger, &id, &count));
    for (size_t i = 0; i < count; i++)
        TRY(read_levels_of(u, id[i], levels));
    u->standing->levels = levels;
    return BATON_OK;
}

baton_code standing_read_levels(struct standing *standing, struct store *store, int64_t ledger) {
    struct units_reading u = {standing, store, ledger, NULL, NULL};
    if (standing->levels != NULL)
        return BATON_OK;
    TRY(arena_run(standing->arena, prepare_levels, &u));
    return arena_run(standing->units, read_levels, &u);
}

/* The day by which a figure or an adjustment is locked: the last of its period, the day on which it was issued. */
static bool day_of(enum fact_kind kind, const struct fact_body *body, int32_t *day) {
    struct baton_period period;
    const char *text = body_text(body, "issued");
    if (kind == FACT_ADJUSTMENT && baton_day_parse(text, strlen(text), day))
        return true;
    text = body_text(body, "period");
    if (!baton_period_parse(text, strlen(text), &period))
        return false;
    *day = kind == FACT_TARGET ? baton_period_first_day(period) : baton_period_last_day(period);
    return true;
}

/* Whether the period that a figure is of, or the opened period itself, has locked by then. */
static bool is_locked_by_time(const struct assessment *a, enum fact_kind kind,
                              const struct fact_body *body, int64_t time_utc_ms,
                              struct standing_lock *out) {
    struct deadlines deadlines;
    const bool is_figure = kind == FACT_OBSERVATION || kind == FACT_REPORT;
    if ((!is_figure && kind != FACT_PERIOD) ||
        !deadlines_of(&a->deadlines, body_text(body, "period"),
                      is_figure ? body_text(body, "unit") : "",
                      is_figure ? body_text(body, "element") : "", &deadlines) ||
        !deadlines.has_locks || time_utc_ms < civil_moment_ends_utc_ms(deadlines.locks))
        return false;
    *out = (struct standing_lock){.period = body_text(body, "period"), .since = deadlines.locks};
    return true;
}

bool standing_locks(const struct standing *standing, enum fact_kind kind,
                    const struct fact_body *body, const struct fact_body *corrected,
                    int64_t time_utc_ms, struct standing_lock *out) {
    const struct assessment *a = known(standing, body->assessment);
    int32_t day;
    *out = (struct standing_lock){0};
    if (a == NULL)
        return false;
    if (kind == FACT_SCHEME)
        return a->has_scheme;
    if (a->is_posted)
        out->posted = a->posted;
    if (kind == FACT_UNIT || kind == FACT_SUCCESSION) // who is compared with whom
        return a->is_posted;
    const bool is_of_period = kind == FACT_OBSERVATION || kind == FACT_REPORT ||
                              kind == FACT_ADJUSTMENT || kind == FACT_TARGET;
    if (a->is_posted && is_of_period &&
        ((day_of(kind, body, &day) && day <= a->posted_last_day) ||
         (corrected != NULL && day_of(kind, corrected, &day) && day <= a->posted_last_day)))
        return true;
    return is_locked_by_time(a, kind, body, time_utc_ms, out);
}

bool standing_refuses_scheme(const struct standing *standing, const struct fact_body *body,
                             const char **posted, int32_t *from) {
    const struct assessment *a = known(standing, body->assessment);
    const char *text = body_text(body, "in_force");
    struct baton_period period;
    if (a == NULL || !a->is_posted ||
        (baton_period_parse(text, strlen(text), &period) &&
         baton_period_first_day(period) > a->posted_last_day))
        return false;
    *posted = a->posted;
    *from = a->posted_last_day + 1;
    return true;
}
