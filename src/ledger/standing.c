/* Persons, roles, schemes and postings, kept in lists by hash. */
#include "ledger/standing.h"
#include "base/civil_day.h"
#include "base/hash.h"
#include "base/text.h"
#include <string.h>

/* A role from one day to another. */
struct tenure {
    uint32_t person; /* index; HASH_NONE = the ledger does not know them, or no longer */
    const char *holder;
    enum role role;
    int32_t from, to;
};

struct assessment {
    bool has_scheme, is_posted;
    int32_t posted_last_day;
    const char *posted; /* the period */
};

struct standing {
    struct hash person; /* to their index */
    struct tenure *tenure;
    size_t tenure_count, tenure_capacity;
    struct hash assessment_index;
    struct assessment *assessment;
    size_t assessment_count, assessment_capacity;
};

struct reading {
    struct baton_arena *arena;
    struct standing *standing;
};

bool standing_changes(enum fact_kind kind) {
    return kind == FACT_PERSON || kind == FACT_POST || kind == FACT_SCHEME || kind == FACT_POSTING;
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
            (struct assessment){0};
    return &s->assessment[index];
}

/* False where its role is none. */
static bool read_tenure(const struct fact_body *body, struct tenure *out) {
    const char *word = body_text(body, "role");
    const char *from = body_text(body, "from"), *to = body_text(body, "to");
    *out = (struct tenure){.person = HASH_NONE,
                           .holder = body_text(body, "person"),
                           .from = INT32_MIN,
                           .to = INT32_MAX};
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
    *a = (struct assessment){a->has_scheme, true, last, text};
}

static void add(struct reading *r, enum fact_kind kind, const struct fact_body *body) {
    if (kind == FACT_PERSON)
        person_index(r, body_text(body, "id"));
    else if (kind == FACT_POST)
        add_post(r, body);
    else if (kind == FACT_SCHEME)
        assessment_of(r, body->assessment)->has_scheme = true;
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
        if (row[4].number == 0) { /* in force */
            const baton_code code = entry_read(r->arena, row[5].data, row[5].size, &entry);
            if (code != BATON_OK) {
                store_query_end(store);
                return code;
            }
            add(r, kind, &entry.body);
        }
    }
}

static baton_code read_assessments(struct reading *r, struct store *store, int64_t ledger) {
    const char **id = NULL;
    size_t count = 0, capacity = 0;
    const struct store_value *row;
    TRY(store_query(store, STATEMENT_FACT_ASSESSMENTS, (struct store_value[]){store_int(ledger)}));
    for (;;) {
        TRY(store_next(store, &row));
        if (row == NULL)
            break;
        *ARRAY_PUSH(r->arena, id, count, capacity) = arena_text(r->arena, row[0].data, row[0].size);
    }
    for (size_t i = 0; i < count; i++) {
        TRY(read_rows(r, store, ledger, id[i], FACT_SCHEME));
        TRY(read_rows(r, store, ledger, id[i], FACT_POSTING));
    }
    return BATON_OK;
}

baton_code standing_read(struct baton_arena *arena, struct store *store, int64_t ledger,
                         struct standing **out) {
    struct reading r = {arena, arena_alloc(arena, 1, sizeof(struct standing))};
    TRY(read_rows(&r, store, ledger, "", FACT_PERSON));
    TRY(read_rows(&r, store, ledger, "", FACT_POST));
    TRY(read_assessments(&r, store, ledger));
    *out = r.standing;
    return BATON_OK;
}

/* Whether anybody has or had the role by that day. */
static bool had_anybody(const struct standing *standing, enum role role, int32_t day) {
    for (size_t i = 0; i < standing->tenure_count; i++) {
        const struct tenure *tenure = &standing->tenure[i];
        if (tenure->person != HASH_NONE && tenure->role == role && tenure->from <= day &&
            tenure->from <= tenure->to)
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

bool standing_roles(const struct standing *standing, const char *person, int64_t time_utc_ms,
                    uint32_t *roles) {
    const uint32_t index = hash_find(&standing->person, person, strlen(person));
    const int32_t day = civil_day(time_utc_ms);
    *roles = 0;
    if (index == HASH_NONE)
        return false;
    for (size_t i = 0; i < standing->tenure_count; i++) {
        const struct tenure *tenure = &standing->tenure[i];
        if (tenure->person == index && tenure->from <= day && day <= tenure->to)
            *roles |= UINT32_C(1) << tenure->role;
    }
    if ((*roles & UINT32_C(1) << ROLE_OFFICE) != 0) {
        if (!had_anybody(standing, ROLE_SYSTEM_ADMIN, day))
            *roles |= UINT32_C(1) << ROLE_SYSTEM_ADMIN;
        if (!had_anybody(standing, ROLE_SECURITY_ADMIN, day))
            *roles |= UINT32_C(1) << ROLE_SECURITY_ADMIN;
    }
    return true;
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

bool standing_locks(const struct standing *standing, enum fact_kind kind,
                    const struct fact_body *body, const struct fact_body *corrected,
                    const char **because) {
    const struct assessment *a = known(standing, body->assessment);
    int32_t day;
    if (a == NULL)
        return false;
    if (kind == FACT_SCHEME) {
        *because = NULL;
        return a->has_scheme;
    }
    if (kind == FACT_UNIT || kind == FACT_SUCCESSION) { // who is compared with whom
        *because = a->posted;
        return a->is_posted;
    }
    if (!a->is_posted ||
        (kind != FACT_OBSERVATION && kind != FACT_ADJUSTMENT && kind != FACT_TARGET))
        return false;
    *because = a->posted;
    return (day_of(kind, body, &day) && day <= a->posted_last_day) ||
           (corrected != NULL && day_of(kind, corrected, &day) && day <= a->posted_last_day);
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
