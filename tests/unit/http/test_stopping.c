/* What is asked of a server while it stops: a server beside it may tell its counts all the time. */
#include "base/arena.h"
#include "http/http.h"
#include "unit/test.h"
#include <pthread.h>
#include <stdatomic.h>

struct asking {
    const struct http_server *server;
    atomic_bool ends;
    _Atomic uint64_t times;
};

static void *ask(void *context) {
    struct asking *const asking = context;
    while (!atomic_load(&asking->ends)) {
        const struct http_counts counts = http_counts(asking->server);
        atomic_fetch_add(&asking->times, 1 + counts.working_now);
    }
    return NULL;
}

static void handle(struct http_request *request, void *site) {
    (void)site;
    http_answer_nothing(request, 204);
}

TEST(counts_are_told_until_the_arena_is_closed) {
    enum { TIMES = 10 };
    static const struct http_route route = {HTTP_GET, HTTP_IN_POOL, "/", 0, NULL, handle};
    const struct http_site site = {.route = &route, .route_count = 1};
    struct http_settings settings = http_settings_usual;
    settings.port = 0;
    settings.loops = settings.workers = 1;
    for (int i = 0; i < TIMES; i++) {
        struct baton_arena *const arena = arena_open();
        struct baton_findings found = {.arena = arena};
        struct http_server *server;
        struct asking asking = {0};
        pthread_t thread;
        if (!CHECK_INT(http_start(arena, &settings, &site, &server, &found), BATON_OK))
            return;
        asking.server = server;
        if (!CHECK(pthread_create(&thread, NULL, ask, &asking) == 0))
            return;
        while (atomic_load(&asking.times) == 0)
            ;
        http_stop(server, 0);
        const uint64_t then = atomic_load(&asking.times);
        while (atomic_load(&asking.times) < then + 100)
            ;
        atomic_store(&asking.ends, true);
        pthread_join(thread, NULL);
        CHECK_INT(http_counts(server).working_now, 0);
        arena_close(arena);
    }
}
