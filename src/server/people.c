/* Each state is in an arena of its own, and counted: the newest is held by the list, each by the requests that look into it. */
#include "server/people.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

struct state {
    struct people_now now;
    struct baton_arena *arena;
    _Atomic uint32_t holders;
};

struct people {
    const struct ledger_world *world;
    struct readers *readers;
    pthread_mutex_t lock;
    struct state *newest; /* NULL = it has to be read */
    uint64_t changes;     /* counted, so that what was read before a change is not kept after it */
    uint64_t states;
};

static void release(void *context) {
    struct state *state = context;
    if (atomic_fetch_sub(&state->holders, 1) > 1)
        return;
    arena_close(state->arena);
    free(state);
}

/* With the lock held. */
static struct state *take_newest(struct people *people) {
    struct state *state = people->newest;
    people->newest = NULL;
    people->changes++;
    return state;
}

void people_forget(struct people *people) {
    pthread_mutex_lock(&people->lock);
    struct state *state = take_newest(people);
    pthread_mutex_unlock(&people->lock);
    if (state != NULL)
        release(state);
}

static void close_people(void *context) {
    struct people *people = context;
    people_forget(people);
    pthread_mutex_destroy(&people->lock);
}

struct people *people_open(struct baton_arena *arena, const struct ledger_world *world,
                           struct readers *readers) {
    struct people *people = arena_alloc(arena, 1, sizeof *people);
    people->world = world;
    people->readers = readers;
    pthread_mutex_init(&people->lock, NULL);
    arena_on_close(arena, close_people, people);
    return people;
}

int64_t people_time_utc_ms(const struct people *people) {
    return people->world->now_utc_ms(people->world->context);
}

const struct people_now *people_at_once(struct people *people, struct baton_arena *arena) {
    pthread_mutex_lock(&people->lock);
    struct state *state = people->newest;
    if (state != NULL)
        atomic_fetch_add(&state->holders, 1);
    pthread_mutex_unlock(&people->lock);
    if (state == NULL)
        return NULL;
    arena_on_close(arena, release, state);
    return &state->now;
}

/* The work of reading, as the body of an arena_run. */
struct reading {
    struct ledger_reader *reader;
    struct state *state;
};

static baton_code read_body(void *context) {
    const struct reading *reading = context;
    struct standing *standing;
    TRY(reader_standing(reading->reader, reading->state->arena, &standing));
    reading->state->now.standing = standing;
    return BATON_OK;
}

/* Of one state of the ledger. */
static baton_code read_state(struct ledger_reader *reader, struct state *state) {
    TRY(reader_begin(reader));
    const baton_code code = arena_run(state->arena, read_body, &(struct reading){reader, state});
    reader_end(reader);
    return code;
}

/* Held for the request, and by the list unless something has changed meanwhile. */
static void keep(struct people *people, struct state *state, uint64_t changes) {
    struct state *former = NULL;
    pthread_mutex_lock(&people->lock);
    state->now.number = ++people->states;
    if (people->changes == changes) {
        former = people->newest;
        people->newest = state;
        atomic_fetch_add(&state->holders, 1);
    }
    pthread_mutex_unlock(&people->lock);
    if (former != NULL)
        release(former);
}

baton_code people_now(struct people *people, struct baton_arena *arena,
                      const struct people_now **out, struct baton_findings *found) {
    struct ledger_reader *reader;
    *out = people_at_once(people, arena);
    if (*out != NULL)
        return BATON_OK;
    pthread_mutex_lock(&people->lock);
    const uint64_t changes = people->changes;
    pthread_mutex_unlock(&people->lock);
    TRY(readers_take(people->readers, arena, &reader, found));
    struct state *state = calloc(1, sizeof *state);
    if (state == NULL)
        return BATON_NO_MEMORY;
    state->arena = arena_open();
    state->holders = 1;
    const baton_code code = read_state(reader, state);
    if (code != BATON_OK) {
        release(state);
        if (code == BATON_STORE_FAILED)
            readers_spoil(people->readers, reader);
        reader_report(reader, code, found);
        return code;
    }
    keep(people, state, changes);
    arena_on_close(arena, release, state);
    *out = &state->now;
    return BATON_OK;
}

baton_code people_roles(struct people *people, struct baton_arena *arena, const char *person,
                        uint32_t *out, struct baton_findings *found) {
    const struct people_now *now;
    TRY(people_now(people, arena, &now, found));
    (void)standing_roles(now->standing, person, people_time_utc_ms(people), out);
    return BATON_OK;
}
