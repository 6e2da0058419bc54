/* The routes that need no ledger, as a server that tests/server/run asks. Prints its port, ends when its standard input does. */
#include "server/api.h"
#include "server/pages.h"
#include "server/route.h"
#include <stdio.h>

static baton_code serve(void *context) {
    struct baton_arena *const arena = context;
    struct baton_findings found = {.arena = arena};
    struct api *const api = arena_alloc(arena, 1, sizeof(*api));
    struct http_site *const site = arena_alloc(arena, 1, sizeof(*site));
    struct http_settings settings = http_settings_usual;
    struct http_server *server;
    api->blobs = blobs_open(arena);
    TRY(pages_open(arena, &api->pages));
    site->context = api;
    site->language = BATON_EN;
    site->route = routes_for_http(&site->route_count);
    settings.address = "127.0.0.1";
    settings.port = 0;
    settings.loops = 1;
    settings.workers = 2;
    TRY(http_start(arena, &settings, site, &server, &found));
    printf("%d\n", (int)http_port(server));
    fflush(stdout);
    while (getchar() != EOF)
        continue;
    http_stop(server, 1000);
    return BATON_OK;
}

int main(void) {
    struct baton_arena *const arena = arena_open();
    const baton_code code = arena_run(arena, serve, arena);
    arena_close(arena);
    if (code != BATON_OK)
        fprintf(stderr, "%s\n", baton_code_info(code)->message[BATON_EN]);
    return code == BATON_OK ? 0 : 3;
}
