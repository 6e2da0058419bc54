/* Tables that are kept: the newest state stays, and each is made by one while others wait. */
#include "server/blobs.h"
#include "unit/test.h"
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>

enum { THREADS = 8 };

static struct http_blob *a_blob(const char *text) {
    return http_blob_make("text/plain", text, strlen(text), text, HTTP_EFFORT_LITTLE);
}

static bool has(struct blobs *blobs, const char *key, uint64_t stamp, const char *tag) {
    struct http_blob *const found = blobs_find(blobs, key, stamp);
    const bool is_it =
        tag == NULL ? found == NULL : found != NULL && strcmp(http_blob_tag(found), tag) == 0;
    http_blob_release(found);
    return is_it;
}

static void keep(struct blobs *blobs, const char *key, uint64_t stamp, const char *text) {
    struct http_blob *const blob = a_blob(text);
    if (!CHECK(blob != NULL))
        return;
    blobs_keep(blobs, key, stamp, blob, strlen(text));
    http_blob_release(blob);
}

TEST(blobs_keep_the_newest_state) {
    struct baton_arena *const arena = arena_open();
    struct blobs *const blobs = blobs_open(arena);
    keep(blobs, "table", 5, "five");
    keep(blobs, "other", 5, "another");
    CHECK(has(blobs, "table", 5, "five"));
    CHECK(has(blobs, "table", 4, NULL));
    keep(blobs, "table", 7, "seven");
    keep(blobs, "table", 6, "six");
    CHECK(has(blobs, "table", 7, "seven"));
    CHECK(has(blobs, "table", 6, NULL));
    CHECK(has(blobs, "table", 5, NULL));
    CHECK(has(blobs, "other", 5, "another"));
    arena_close(arena);
}

struct asking {
    struct blobs *blobs;
    bool fails; /* whoever is first makes nothing */
    atomic_int made, got;
};

static baton_code ask(struct asking *asking, struct baton_arena *arena) {
    struct http_blob *found = blobs_await(asking->blobs, arena, "table", 1);
    if (found == NULL) {
        const int before = atomic_fetch_add(&asking->made, 1);
        nanosleep(&(struct timespec){0, 20000000}, NULL);
        if (asking->fails && before == 0)
            return BATON_NO_MEMORY;
        found = a_blob("made");
        blobs_keep(asking->blobs, "table", 1, found, 4);
    }
    atomic_fetch_add(&asking->got, strcmp(http_blob_tag(found), "made") == 0);
    http_blob_release(found);
    return BATON_OK;
}

static void *ask_once(void *context) {
    struct baton_arena *const arena = arena_open();
    const baton_code code = ask(context, arena);
    (void)code; /* who failed is gone with the arena: another makes it */
    arena_close(arena);
    return NULL;
}

static void try_threads(bool fails, int made, int got) {
    struct baton_arena *const arena = arena_open();
    struct asking asking = {.blobs = blobs_open(arena), .fails = fails};
    pthread_t thread[THREADS];
    CASE("%s", fails ? "the first fails" : "all is well");
    for (size_t i = 0; i < THREADS; i++)
        CHECK_INT(pthread_create(&thread[i], NULL, ask_once, &asking), 0);
    for (size_t i = 0; i < THREADS; i++)
        pthread_join(thread[i], NULL);
    CHECK_INT(atomic_load(&asking.made), made);
    CHECK_INT(atomic_load(&asking.got), got);
    arena_close(arena);
}

TEST(blobs_are_made_by_one_while_others_wait) {
    try_threads(false, 1, THREADS);
    try_threads(true, 2, THREADS - 1);
}
