/* A list of open readers, each in an arena of its own. Those that are used by nobody wait in the list; one that has gathered much memory, or whose store failed, is closed instead. */
#include "server/readers.h"
#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

enum { ARENA_MOST = 64 << 20, WAITING_MOST = 16 };

struct one {
    struct readers *readers;
    struct baton_arena *arena;
    struct ledger_reader *reader;
    bool is_spoiled;
    struct one *next;
};

struct readers {
    const struct ledger_place *place;
    pthread_mutex_t lock;
    struct one *waiting, *working;
    size_t waiting_count;
};

/* The work of opening, as the body of an arena_run. */
struct opening {
    struct one *one;
    struct baton_findings *found;
};

static baton_code open_body(void *context) {
    struct opening *opening = context;
    struct one *one = opening->one;
    return reader_open(one->arena, one->readers->place, &one->reader, opening->found);
}

static void close_one(struct one *one) {
    arena_close(one->arena);
    free(one);
}

static baton_code open_one(struct readers *readers, struct one **out,
                           struct baton_findings *found) {
    struct one *one = calloc(1, sizeof *one);
    if (one == NULL)
        return BATON_NO_MEMORY;
    *one = (struct one){.readers = readers, .arena = arena_open()};
    const baton_code code = arena_run(one->arena, open_body, &(struct opening){one, found});
    if (code != BATON_OK) {
        close_one(one);
        return code;
    }
    *out = one;
    return BATON_OK;
}

static void close_all(void *context) {
    struct readers *readers = context;
    assert(readers->working == NULL);
    while (readers->waiting != NULL) {
        struct one *one = readers->waiting;
        readers->waiting = one->next;
        close_one(one);
    }
    pthread_mutex_destroy(&readers->lock);
}

/* Takes it out of the list of those that work, with the lock held. */
static void take_out(struct readers *readers, const struct one *one) {
    struct one **at = &readers->working;
    while (*at != one)
        at = &(*at)->next;
    *at = one->next;
}

static void give_back(void *context) {
    struct one *one = context;
    struct readers *readers = one->readers;
    reader_end(one->reader);
    pthread_mutex_lock(&readers->lock);
    take_out(readers, one);
    const bool stays = !one->is_spoiled && readers->waiting_count < WAITING_MOST &&
                       arena_size(one->arena) <= ARENA_MOST;
    if (stays) {
        one->next = readers->waiting;
        readers->waiting = one;
        readers->waiting_count++;
    }
    pthread_mutex_unlock(&readers->lock);
    if (!stays)
        close_one(one);
}

baton_code readers_open(struct baton_arena *arena, const struct ledger_place *place,
                        struct readers **out, struct baton_findings *found) {
    struct readers *readers = arena_alloc(arena, 1, sizeof *readers);
    readers->place = place;
    pthread_mutex_init(&readers->lock, NULL);
    arena_on_close(arena, close_all, readers);
    TRY(open_one(readers, &readers->waiting, found));
    readers->waiting_count = 1;
    *out = readers;
    return BATON_OK;
}

baton_code readers_take(struct readers *readers, struct baton_arena *arena,
                        struct ledger_reader **out, struct baton_findings *found) {
    pthread_mutex_lock(&readers->lock);
    struct one *one = readers->waiting;
    if (one != NULL) {
        readers->waiting = one->next;
        readers->waiting_count--;
    }
    pthread_mutex_unlock(&readers->lock);
    if (one == NULL)
        TRY(open_one(readers, &one, found));
    pthread_mutex_lock(&readers->lock);
    one->next = readers->working;
    readers->working = one;
    pthread_mutex_unlock(&readers->lock);
    arena_on_close(arena, give_back, one);
    *out = one->reader;
    return BATON_OK;
}

void readers_spoil(struct readers *readers, const struct ledger_reader *reader) {
    pthread_mutex_lock(&readers->lock);
    for (struct one *one = readers->working; one != NULL; one = one->next)
        if (one->reader == reader)
            one->is_spoiled = true;
    pthread_mutex_unlock(&readers->lock);
}
