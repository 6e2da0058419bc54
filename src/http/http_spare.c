/* Arenas between requests: opening and closing one for each costs more than most of the rest of a short request. */
#include "http/http_inside.h"

struct baton_arena *http_spare_take(struct http_server *server) {
    struct baton_arena *arena = NULL;
    pthread_mutex_lock(&server->spare_lock);
    if (server->spare_count > 0)
        arena = server->spare[--server->spare_count];
    pthread_mutex_unlock(&server->spare_lock);
    return arena != NULL ? arena : arena_open();
}

void http_spare_give(struct http_server *server, struct baton_arena *arena) {
    arena_reset_to(arena, (struct arena_mark){0});
    bool is_kept = false;
    if (arena_size(arena) <= HTTP_SPARE_SIZE) {
        pthread_mutex_lock(&server->spare_lock);
        is_kept = server->spare_count < HTTP_SPARE_MAX;
        if (is_kept)
            server->spare[server->spare_count++] = arena;
        pthread_mutex_unlock(&server->spare_lock);
    }
    if (!is_kept)
        arena_close(arena);
}

void http_spare_close(struct http_server *server) {
    while (server->spare_count > 0)
        arena_close(server->spare[--server->spare_count]);
    pthread_mutex_destroy(&server->spare_lock);
}
