/* A thread that looks from time to time at what is being done. It touches nothing but its own members and a counter,
 * so no result depends on it. */
#include "cli/progress.h"
#include "base/steady.h"
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>

enum { FIRST_MS = 500, NEXT_MS = 100 };

struct progress {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    const char *doing;
    _Atomic uint32_t *done;
    uint32_t total;
    bool is_running, is_shown, ends;
    int64_t start_ns;
};

static void put(const char *text, size_t size) {
    ssize_t written = write(2, text, size);
    (void)written; /* a terminal that is gone needs no progress */
}

static void show(struct progress *progress) {
    char line[256];
    int size;
    if (progress->total > 0 && progress->done != NULL) {
        const uint32_t done = *progress->done;
        size = snprintf(line, sizeof line, "\r\033[K%s %u %%", progress->doing,
                        (unsigned)((uint64_t)done * 100 / progress->total));
    } else {
        size = snprintf(line, sizeof line, "\r\033[K%s %.1f s", progress->doing,
                        (double)(steady_ns() - progress->start_ns) / 1e9);
    }
    progress->is_shown = true;
    put(line, size > 0 && (size_t)size < sizeof line ? (size_t)size : 0);
}

static void *watch(void *context) {
    struct progress *progress = context;
    int64_t at_ns = progress->start_ns + FIRST_MS * INT64_C(1000000);
    pthread_mutex_lock(&progress->lock);
    while (!progress->ends) {
        while (!progress->ends && steady_wait_until(&progress->wake, &progress->lock, at_ns))
            ;
        if (!progress->ends)
            show(progress);
        at_ns += NEXT_MS * INT64_C(1000000);
    }
    pthread_mutex_unlock(&progress->lock);
    return NULL;
}

static void close_on_exit(void *context) {
    progress_close(context);
}

struct progress *progress_open(struct baton_arena *arena) {
    if (!isatty(2))
        return NULL;
    struct progress *progress = arena_alloc(arena, 1, sizeof *progress);
    progress->doing = "";
    progress->start_ns = steady_ns();
    steady_condition(&progress->wake);
    pthread_mutex_init(&progress->lock, NULL);
    progress->is_running = pthread_create(&progress->thread, NULL, watch, progress) == 0;
    arena_on_close(arena, close_on_exit, progress);
    return progress;
}

void progress_say(struct progress *progress, const char *doing, _Atomic uint32_t *done,
                  uint32_t total) {
    if (progress == NULL)
        return;
    pthread_mutex_lock(&progress->lock);
    progress->doing = doing;
    progress->done = done;
    progress->total = total;
    pthread_mutex_unlock(&progress->lock);
}

void progress_close(struct progress *progress) {
    if (progress == NULL || !progress->is_running)
        return;
    pthread_mutex_lock(&progress->lock);
    progress->ends = true;
    pthread_cond_signal(&progress->wake);
    pthread_mutex_unlock(&progress->lock);
    pthread_join(progress->thread, NULL);
    progress->is_running = false;
    if (progress->is_shown)
        put("\r\033[K", 4);
}
