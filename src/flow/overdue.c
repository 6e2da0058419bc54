/* One pass over what waits: a row for each unit and those who answer. Posts may be for some indicators only, so that a unit may have several. */
#include "flow/overdue.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SEAT_NUMBER_SIZE = 16 };

struct making {
    struct baton_arena *arena;
    struct seats *seats;
    struct hash seat, key; /* the number of a seat, and who answers for which unit, to their row */
    struct overdue_row *row;
    size_t count, capacity;
};

static const struct seat *seat_of(struct making *m, const struct expectation *figure) {
    struct seat_wish wish = {.roles = act_roles(ACT_SIGN),
                             .unit = figure->reporter,
                             .element_index = figure->element_index,
                             .but = ""};
    const struct seat *const approver = seats_find(m->seats, &wish);
    if (!approver->is_vacant)
        return approver;
    wish.roles = act_roles(ACT_DRAFT);
    const struct seat *const clerk = seats_find(m->seats, &wish);
    return clerk->is_vacant ? approver : clerk;
}

/* Seats are apart for each figure where posts name indicators: those of the same people are one. */
static const char *key_of(struct making *m, const struct seat *seat, const char *reporter) {
    const char *key = arena_printf(m->arena, "%s %u %d", reporter, seat->roles, seat->is_vacant);
    for (size_t i = 0; i < seat->count; i++)
        key = arena_printf(m->arena, "%s %s", key, seat->person[i].id);
    return key;
}

static uint32_t add_row(struct making *m, const struct seat *seat,
                        const struct expectation *figure) {
    const char *const key = key_of(m, seat, figure->reporter);
    uint32_t at = hash_find(&m->key, key, strlen(key));
    if (at == HASH_NONE) {
        at = (uint32_t)m->count;
        *ARRAY_PUSH(m->arena, m->row, m->count, m->capacity) = (struct overdue_row){
            .seat = seat, .reporter = figure->reporter, .reporter_index = figure->reporter_index};
        hash_add(m->arena, &m->key, key, strlen(key), at);
    }
    return at;
}

static struct overdue_row *row_of(struct making *m, const struct expectation *figure) {
    const struct seat *const seat = seat_of(m, figure);
    char number[SEAT_NUMBER_SIZE];
    const size_t size = (size_t)snprintf(number, sizeof number, "%u", seat->number);
    uint32_t at = hash_find(&m->seat, number, size);
    if (at == HASH_NONE) {
        at = add_row(m, seat, figure);
        hash_add(m->arena, &m->seat, arena_text(m->arena, number, size), size, at);
    }
    return &m->row[at];
}

static void add(struct making *m, const struct waiting_item *item) {
    struct overdue_row *const row = row_of(m, item->figure);
    if (row->count == 0 || civil_moment_ends_utc_ms(item->due) < civil_moment_ends_utc_ms(row->due))
        row->due = item->due;
    row->count++;
    row->shut += item->act == WAITING_EXCEPT || item->act == WAITING_CORRECT;
}

static int by_most(const void *a, const void *b) {
    const struct overdue_row *const left = a, *const right = b;
    const int64_t due[] = {civil_moment_ends_utc_ms(left->due),
                           civil_moment_ends_utc_ms(right->due)};
    if (left->count != right->count)
        return left->count > right->count ? -1 : 1;
    if (due[0] != due[1])
        return due[0] < due[1] ? -1 : 1;
    if (left->reporter_index != right->reporter_index)
        return left->reporter_index < right->reporter_index ? -1 : 1;
    return left->seat->number < right->seat->number ? -1 : 1; /* none stands twice */
}

void overdue_of(struct baton_arena *arena, const struct waiting_world *world,
                const struct waiting *waiting, struct overdue *out) {
    struct making m = {.arena = arena,
                       .seats = seats_open(arena, world->session, world->standing, world->accounts,
                                           world->assessment, world->now_utc_ms)};
    *out = (struct overdue){0};
    for (size_t i = 0; i < waiting->count; i++) {
        if (!waiting->item[i].is_late)
            continue;
        add(&m, &waiting->item[i]);
        out->figures++;
    }
    if (m.count > 0)
        qsort(m.row, m.count, sizeof *m.row, by_most);
    out->row = m.row;
    out->count = m.count;
}
