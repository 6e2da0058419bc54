/* Posts of today are listed by their unit once; each seat is worked out when it is first asked for, and kept under all that it hangs on. */
#include "flow/seats.h"
#include "base/limits.h"
#include "flow/post_reach.h"
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SEAT_KEY_SIZE = 2 * LIMIT_ID_SIZE + 40 };

/* A post that counts: for the assessment, of somebody who can come in. */
struct held {
    const char *person;
    const struct standing_post *post;
    const bool *element; /* [elements] for which it is; NULL = for all */
    uint32_t next;       /* of the same unit; HASH_NONE = no more */
};

struct seats {
    struct baton_arena *arena;
    const struct baton_session *session;
    const struct baton_scheme *scheme;
    struct held *held;
    size_t held_count;
    struct hash place;     /* a unit's id, "" = posts that name none, to its place in `first` */
    uint32_t *first;       /* the first post of it */
    struct hash unit;      /* its id to its index in the scheme */
    uint32_t by_indicator; /* roles that some post gives for an indicator only */
    struct hash key;       /* of a seat to its place in `seat` */
    struct seat **seat;
    size_t seat_count, seat_capacity;
};

/* ---- Posts of today. */

/* What indicators reach, each looked at once. */
struct reached {
    struct hash known;
    const bool **element;
    size_t count, capacity;
};

static const bool *elements_of(struct seats *seats, struct reached *reaches,
                               const char *indicator) {
    const size_t size = strlen(indicator);
    uint32_t at = hash_find(&reaches->known, indicator, size);
    if (at == HASH_NONE) {
        struct post_reach of;
        post_reach_of(seats->arena, seats->session, indicator, &of);
        at = (uint32_t)reaches->count;
        *ARRAY_PUSH(seats->arena, reaches->element, reaches->count, reaches->capacity) = of.element;
        hash_add(seats->arena, &reaches->known, indicator, size, at);
    }
    assert(at < reaches->count && reaches->element != NULL);
    return reaches->element[at];
}

static void add_post(struct seats *seats, struct reached *reaches,
                     const struct standing_holder *holder) {
    const struct standing_post *const post = &holder->post;
    const uint32_t next = (uint32_t)seats->place.count;
    const uint32_t place =
        hash_add(seats->arena, &seats->place, post->unit, strlen(post->unit), next);
    if (place == next)
        seats->first[place] = HASH_NONE;
    seats->held[seats->held_count] = (struct held){
        holder->person, post,
        post->indicator[0] == '\0' ? NULL : elements_of(seats, reaches, post->indicator),
        seats->first[place]};
    seats->first[place] = (uint32_t)seats->held_count++;
    if (post->indicator[0] != '\0')
        seats->by_indicator |= UINT32_C(1) << post->role;
}

static void list_posts(struct seats *seats, const struct standing *standing,
                       const struct hash *accounts, const char *assessment, int64_t now_utc_ms) {
    const size_t count = standing_held(standing, now_utc_ms, 0, NULL);
    struct standing_holder *const holder = arena_alloc(seats->arena, count, sizeof *holder);
    struct reached reaches = {0};
    (void)standing_held(standing, now_utc_ms, count, holder);
    seats->held = arena_alloc(seats->arena, count, sizeof *seats->held);
    seats->first = arena_alloc(seats->arena, count, sizeof *seats->first);
    for (size_t i = 0; i < count; i++) {
        const bool comes_in =
            accounts == NULL || accounts->count == 0 ||
            hash_find(accounts, holder[i].person, strlen(holder[i].person)) != HASH_NONE;
        const char *const of = holder[i].post.assessment;
        if (comes_in && (*of == '\0' || strcmp(of, assessment) == 0))
            add_post(seats, &reaches, &holder[i]);
    }
}

struct seats *seats_open(struct baton_arena *arena, const struct baton_session *session,
                         const struct standing *standing, const struct hash *accounts,
                         const char *assessment, int64_t now_utc_ms) {
    struct seats *const seats = arena_alloc(arena, 1, sizeof *seats);
    seats->arena = arena;
    seats->session = session;
    seats->scheme = baton_session_scheme(session);
    for (uint32_t u = 0; u < seats->scheme->unit_count; u++) {
        const char *const id = seats->scheme->unit[u].id;
        hash_add(arena, &seats->unit, id, strlen(id), u);
    }
    list_posts(seats, standing, accounts, assessment, now_utc_ms);
    return seats;
}

/* ---- A seat. */

/* Persons who are gathered for it. */
struct gathering {
    struct seats *seats;
    const struct seat_wish *wish;
    struct seat_person *person;
    size_t count, capacity;
};

static void add_person(struct gathering *g, const struct held *held) {
    for (size_t i = 0; i < g->count; i++)
        if (strcmp(g->person[i].id, held->person) == 0) {
            g->person[i].is_deputy = g->person[i].is_deputy && held->post->is_deputy;
            return;
        }
    *ARRAY_PUSH(g->seats->arena, g->person, g->count, g->capacity) =
        (struct seat_person){held->person, held->post->is_deputy};
}

static bool counts(const struct gathering *g, const struct held *held, uint32_t roles) {
    return (roles >> held->post->role & 1) != 0 &&
           (held->element == NULL || held->element[g->wish->element_index]) &&
           strcmp(held->person, g->wish->but) != 0;
}

/* Whether a post that names no unit is for every one: an owner's is only where it names the assessment (standing_has_post_at). */
static bool is_for_all(const struct standing_post *post) {
    return post->role != ROLE_OWNER || post->assessment[0] != '\0';
}

/* Those with a post of that very unit; "" = with one that names none. */
static void gather(struct gathering *g, uint32_t roles, const char *unit) {
    const uint32_t place = hash_find(&g->seats->place, unit, strlen(unit));
    if (place == HASH_NONE)
        return;
    for (uint32_t i = g->seats->first[place]; i != HASH_NONE; i = g->seats->held[i].next)
        if (counts(g, &g->seats->held[i], roles) &&
            (*unit != '\0' || is_for_all(g->seats->held[i].post)))
            add_person(g, &g->seats->held[i]);
}

/* Whatever unit they name: the office is one. */
static void gather_all(struct gathering *g, uint32_t roles) {
    for (size_t i = 0; i < g->seats->held_count; i++)
        if (counts(g, &g->seats->held[i], roles))
            add_person(g, &g->seats->held[i]);
}

/* The nearest unit above of which somebody approves; "" = none. */
static const char *gather_above(struct gathering *g) {
    const struct seats *const seats = g->seats;
    const struct baton_scheme *const scheme = seats->scheme;
    uint32_t at = hash_find(&seats->unit, g->wish->unit, strlen(g->wish->unit));
    /* No further than there are units, for they may be each other's parents. */
    for (uint32_t i = 0; i < scheme->unit_count && at != HASH_NONE; i++) {
        at = scheme->unit[at].parent;
        if (at == BATON_NONE)
            return "";
        gather(g, UINT32_C(1) << ROLE_APPROVER, scheme->unit[at].id);
        if (g->count > 0)
            return scheme->unit[at].id;
    }
    return "";
}

static int by_id(const void *a, const void *b) {
    const struct seat_person *const left = a, *const right = b;
    return strcmp(left->id, right->id);
}

static void fill(struct seats *seats, const struct seat_wish *wish, struct seat *out) {
    static const uint32_t reporting = UINT32_C(1) << ROLE_UNIT | UINT32_C(1) << ROLE_APPROVER;
    static const uint32_t office = UINT32_C(1) << ROLE_OFFICE;
    struct gathering g = {.seats = seats, .wish = wish};
    *out = (struct seat){.roles = wish->roles, .unit = wish->unit, .falls_on_unit = ""};
    if (wish->unit[0] == '\0') {
        gather_all(&g, wish->roles);
    } else {
        gather(&g, wish->roles, wish->unit);
        if (g.count == 0)
            gather(&g, wish->roles, "");
    }
    out->is_vacant = g.count == 0;
    if (out->is_vacant && (wish->roles & reporting) != 0) {
        out->falls_on_unit = gather_above(&g);
        out->falls_on = UINT32_C(1) << ROLE_APPROVER;
    }
    if (out->is_vacant && g.count == 0) {
        out->falls_on = office;
        gather_all(&g, office);
    }
    if (g.count > 1)
        qsort(g.person, g.count, sizeof *g.person, by_id);
    out->person = g.person;
    out->count = g.count;
}

const struct seat *seats_find(struct seats *seats, const struct seat_wish *wish) {
    const bool is_by_element = (seats->by_indicator & wish->roles) != 0;
    char text[SEAT_KEY_SIZE];
    const int wanted = snprintf(text, sizeof text, "%x %s %s %x", (unsigned)wish->roles, wish->unit,
                                wish->but, is_by_element ? (unsigned)wish->element_index + 1 : 0);
    const size_t size =
        wanted < 0 || (size_t)wanted >= sizeof text ? sizeof text - 1 : (size_t)wanted;
    const uint32_t at = hash_find(&seats->key, text, size);
    if (at != HASH_NONE)
        return seats->seat[at];
    struct seat *const seat = arena_alloc(seats->arena, 1, sizeof *seat);
    fill(seats, wish, seat);
    seat->number = (uint32_t)seats->seat_count;
    hash_add(seats->arena, &seats->key, arena_text(seats->arena, text, size), size,
             (uint32_t)seats->seat_count);
    *ARRAY_PUSH(seats->arena, seats->seat, seats->seat_count, seats->seat_capacity) = seat;
    return seat;
}

size_t seats_count(const struct seats *seats) {
    return seats->seat_count;
}

bool seat_has(const struct seat *seat, const char *person) {
    for (size_t i = 0; i < seat->count; i++)
        if (strcmp(seat->person[i].id, person) == 0)
            return true;
    return false;
}
