/* What is heard waits in a list until the thread takes it; where it is too long, or what is shared has changed, everything is looked through instead. Both read what stands in the ledger and say what is lacking, so nothing is said twice, and a failure is made good by the next
 * time. */
#include "server/sharer.h"
#include "base/steady.h"
#include "flow/sharings.h"
#include "server/api.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { TOUCHED_MOST = 20000, AGAIN_MS = 2000 };

struct sharer {
    struct api *api;
    pthread_mutex_t lock;
    pthread_cond_t wakes;
    pthread_t thread;
    bool is_closed;
    /* Under the lock. */
    bool is_ending, wants_all;
    struct baton_arena *sharings_arena; /* of the next; NULL = not read yet */
    struct sharings sharings;
    struct baton_arena *touched_arena; /* of the next */
    struct sharings_touched *touched;
    size_t count, capacity;
};

/* ---- Hearing. */

static const char *kept(struct baton_arena *arena, const struct fact_body *body, const char *name) {
    const char *const text = body_text(body, name);
    return arena_text(arena, text, strlen(text));
}

/* As the body of an arena_run. */
struct keeping {
    struct sharer *sharer;
    const struct fact_body *body;
};

static baton_code keep_body(void *context) {
    const struct keeping *const keeping = context;
    struct sharer *const sharer = keeping->sharer;
    struct baton_arena *const arena = sharer->touched_arena;
    *ARRAY_PUSH(arena, sharer->touched, sharer->count, sharer->capacity) =
        (struct sharings_touched){
            arena_text(arena, keeping->body->assessment, strlen(keeping->body->assessment)),
            kept(arena, keeping->body, "unit"), kept(arena, keeping->body, "element"),
            kept(arena, keeping->body, "period")};
    return BATON_OK;
}

static void hear_one(struct sharer *sharer, const struct fact_body *body) {
    enum fact_kind kind;
    if (sharer->wants_all || !fact_kind_of(body->kind, &kind))
        return;
    if (kind == FACT_SHARING || (kind == FACT_UNIT && sharer->sharings.count > 0)) {
        sharer->wants_all = true;
    } else if (kind == FACT_OBSERVATION && sharings_touch(&sharer->sharings, body)) {
        struct keeping keeping = {sharer, body};
        sharer->wants_all = sharer->count >= TOUCHED_MOST ||
                            arena_run(sharer->touched_arena, keep_body, &keeping) != BATON_OK;
    }
}

void sharer_heard(struct sharer *sharer, const struct entry *entry, size_t count) {
    if (sharer == NULL)
        return;
    pthread_mutex_lock(&sharer->lock);
    for (size_t i = 0; i < count; i++)
        hear_one(sharer, &entry[i].body);
    if (sharer->wants_all || sharer->count > 0)
        pthread_cond_signal(&sharer->wakes);
    pthread_mutex_unlock(&sharer->lock);
}

/* ---- Working. */

/* One round, as the body of an arena_run. */
struct round {
    struct sharer *sharer;
    struct baton_arena *arena;
    bool is_all;
    const struct sharings *sharings;
    const struct sharings_touched *touched;
    size_t count;
};

static baton_code look(const struct round *round, struct ledger_reader *reader,
                       struct sharings_owed *owed, struct baton_findings *found) {
    return round->is_all ? sharings_look(round->arena, reader, owed, found)
                         : sharings_look_at(round->arena, reader, round->sharings, round->touched,
                                            round->count, owed, found);
}

/* What is refused shows in `baton share`, and waits for somebody. */
static baton_code work_body(void *context) {
    const struct round *const round = context;
    struct api *const api = round->sharer->api;
    struct baton_findings found = {.arena = round->arena};
    struct ledger_reader *reader;
    struct sharings_owed owed;
    size_t said;
    TRY(readers_take(api->readers, round->arena, &reader, &found));
    TRY(look(round, reader, &owed, &found));
    return sharings_say(round->arena, api->ledger, &owed, &said, &found);
}

/* What is read stays in `arena`; the reader is given back with `scratch`. Each runs inside of its own arena_run. */
struct reading {
    struct sharer *sharer;
    struct baton_arena *arena, *scratch;
    struct ledger_reader *reader;
    struct sharings *out;
};

static baton_code read_body(void *context) {
    const struct reading *const reading = context;
    uint64_t known;
    TRY(reader_size(reading->reader, &known));
    return sharings_read(reading->arena, reading->reader, known, reading->out);
}

static baton_code take_body(void *context) {
    struct reading *const reading = context;
    struct baton_findings found = {.arena = reading->scratch};
    TRY(readers_take(reading->sharer->api->readers, reading->scratch, &reading->reader, &found));
    return arena_run(reading->arena, read_body, reading);
}

/* What is shared, anew: what is heard from here on is held to it. */
static baton_code read_sharings(struct sharer *sharer) {
    struct baton_arena *const arena = arena_open(), *const scratch = arena_open();
    struct sharings sharings = {0};
    struct reading reading = {sharer, arena, scratch, NULL, &sharings};
    const baton_code code = arena_run(scratch, take_body, &reading);
    arena_close(scratch);
    if (code != BATON_OK) {
        arena_close(arena);
        return code;
    }
    pthread_mutex_lock(&sharer->lock);
    struct baton_arena *const before = sharer->sharings_arena;
    sharer->sharings_arena = arena;
    sharer->sharings = sharings;
    pthread_mutex_unlock(&sharer->lock);
    if (before != NULL)
        arena_close(before);
    return BATON_OK;
}

static baton_code work(struct sharer *sharer, struct round *round) {
    if (round->is_all)
        TRY(read_sharings(sharer)); /* before all is looked through: nothing falls between */
    round->arena = arena_open();
    const baton_code code = arena_run(round->arena, work_body, round);
    arena_close(round->arena);
    return code;
}

/* Takes what was heard; with the lock held. */
static struct round take(struct sharer *sharer, struct baton_arena **arena) {
    const struct round round = {.sharer = sharer,
                                .is_all = sharer->wants_all,
                                .sharings = &sharer->sharings,
                                .touched = sharer->touched,
                                .count = sharer->count};
    *arena = sharer->touched_arena;
    sharer->touched_arena = arena_open();
    sharer->touched = NULL;
    sharer->count = sharer->capacity = 0;
    sharer->wants_all = false;
    return round;
}

static void *run(void *context) {
    struct sharer *const sharer = context;
    pthread_mutex_lock(&sharer->lock);
    while (!sharer->is_ending) {
        struct baton_arena *arena;
        if (!sharer->wants_all && sharer->count == 0) {
            pthread_cond_wait(&sharer->wakes, &sharer->lock);
            continue;
        }
        struct round round = take(sharer, &arena);
        pthread_mutex_unlock(&sharer->lock);
        const baton_code code = work(sharer, &round);
        arena_close(arena);
        pthread_mutex_lock(&sharer->lock);
        if (code == BATON_LEASE_LOST)
            break; /* whoever has it now takes over what is left */
        if (code != BATON_OK && !sharer->is_ending) {
            sharer->wants_all = true; /* once the store is there again */
            (void)steady_wait_ms(&sharer->wakes, &sharer->lock, AGAIN_MS);
        }
    }
    pthread_mutex_unlock(&sharer->lock);
    return NULL;
}

/* ---- Opening and closing. */

void sharer_close(struct sharer *sharer) {
    if (sharer == NULL || sharer->is_closed)
        return;
    sharer->is_closed = true;
    pthread_mutex_lock(&sharer->lock);
    sharer->is_ending = true;
    pthread_cond_signal(&sharer->wakes);
    pthread_mutex_unlock(&sharer->lock);
    pthread_join(sharer->thread, NULL);
}

/* Nobody tells of anything any more. */
static void close_all(void *context) {
    struct sharer *const sharer = context;
    sharer_close(sharer);
    arena_close(sharer->touched_arena);
    if (sharer->sharings_arena != NULL)
        arena_close(sharer->sharings_arena);
    pthread_cond_destroy(&sharer->wakes);
    pthread_mutex_destroy(&sharer->lock);
}

baton_code sharer_open(struct baton_arena *arena, struct api *api, struct sharer **out) {
    struct sharer *const sharer = arena_alloc(arena, 1, sizeof *sharer);
    sharer->api = api;
    sharer->wants_all = true;
    sharer->touched_arena = arena_open();
    pthread_mutex_init(&sharer->lock, NULL);
    steady_condition(&sharer->wakes);
    if (pthread_create(&sharer->thread, NULL, run, sharer) != 0) {
        arena_close(sharer->touched_arena);
        return BATON_NO_MEMORY;
    }
    arena_on_close(arena, close_all, sharer);
    *out = sharer;
    return BATON_OK;
}
