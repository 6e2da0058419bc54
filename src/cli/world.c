/* Time and chance of the system that the program runs on. */
#include "cli/world.h"
#include <assert.h>
#include <errno.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

static int64_t now_utc_ms(void *context) {
    struct timespec now;
    (void)context;
    const int failed = clock_gettime(CLOCK_REALTIME, &now);
    assert(failed == 0);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* The system's source does not fail once it has begun, and waits until then. */
static void fill_random(void *context, void *out, size_t size) {
    uint8_t *at = out;
    (void)context;
    while (size > 0) {
        const ssize_t got = getrandom(at, size, 0);
        if (got < 0 && errno == EINTR)
            continue;
        assert(got > 0);
        at += got;
        size -= (size_t)got;
    }
}

static const struct ledger_world world = {NULL, now_utc_ms, fill_random};

const struct ledger_world *world_of_system(void) {
    return &world;
}

int64_t world_now_utc_ms(void) {
    return now_utc_ms(NULL);
}

const char *world_holder(struct baton_arena *arena) {
    char host[256];
    if (gethostname(host, sizeof host) != 0)
        host[0] = '\0';
    host[sizeof host - 1] = '\0';
    return arena_printf(arena, "%s%s%ld", host, host[0] != '\0' ? ":" : "", (long)getpid());
}
