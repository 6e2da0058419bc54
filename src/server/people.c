/* A list in memory of whoever asked today; some hundred persons at most sign in, so it is looked through. */
#include "server/people.h"
#include "base/civil_day.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { REMEMBERED_MOST = 4096 };

struct remembered {
    char *person;
    uint32_t roles;
};

struct people {
    const struct ledger_world *world;
    struct readers *readers;
    pthread_mutex_t lock;
    struct remembered *item; /* room for REMEMBERED_MOST */
    size_t count;
    int32_t day;
    uint64_t
        changes; /* counted, so that what was read before a change is not remembered after it */
};

/* With the lock held. */
static void forget(struct people *people) {
    for (size_t i = 0; i < people->count; i++)
        free(people->item[i].person);
    people->count = 0;
    people->changes++;
}

static void close_people(void *context) {
    struct people *people = context;
    forget(people);
    pthread_mutex_destroy(&people->lock);
}

struct people *people_open(struct baton_arena *arena, const struct ledger_world *world,
                           struct readers *readers) {
    struct people *people = arena_alloc(arena, 1, sizeof *people);
    people->world = world;
    people->readers = readers;
    people->item = arena_alloc(arena, REMEMBERED_MOST, sizeof *people->item);
    pthread_mutex_init(&people->lock, NULL);
    arena_on_close(arena, close_people, people);
    return people;
}

void people_forget(struct people *people) {
    pthread_mutex_lock(&people->lock);
    forget(people);
    pthread_mutex_unlock(&people->lock);
}

static bool recall(struct people *people, const char *person, int32_t day, uint32_t *out,
                   uint64_t *changes) {
    bool found = false;
    pthread_mutex_lock(&people->lock);
    if (people->day != day)
        forget(people);
    people->day = day;
    *changes = people->changes;
    for (size_t i = 0; i < people->count && !found; i++)
        if (strcmp(people->item[i].person, person) == 0) {
            *out = people->item[i].roles;
            found = true;
        }
    pthread_mutex_unlock(&people->lock);
    return found;
}

static void remember(struct people *people, const char *person, uint32_t roles, uint64_t changes) {
    pthread_mutex_lock(&people->lock);
    if (people->changes == changes) {
        if (people->count == REMEMBERED_MOST)
            forget(people);
        char *copy = strdup(person);
        if (copy != NULL) /* else it is asked for again */
            people->item[people->count++] = (struct remembered){copy, roles};
    }
    pthread_mutex_unlock(&people->lock);
}

baton_code people_roles(struct people *people, struct baton_arena *arena, const char *person,
                        uint32_t *out, struct baton_findings *found) {
    const int64_t now = people->world->now_utc_ms(people->world->context);
    struct ledger_reader *reader;
    uint64_t changes;
    bool is_known;
    if (recall(people, person, civil_day(now), out, &changes))
        return BATON_OK;
    TRY(readers_take(people->readers, arena, &reader, found));
    const baton_code code = reader_roles(reader, person, now, out, &is_known);
    if (code != BATON_OK) {
        reader_report(reader, code, found);
        return code;
    }
    if (!is_known)
        *out = 0;
    remember(people, person, *out, changes);
    return BATON_OK;
}
