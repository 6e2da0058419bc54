/* Opening goes from the ledger up to HTTP, closing the other way. A thread of its own tends the accounts once a second. */
#include "server/server.h"
#include "server/gate.h"
#include "server/route.h"
#include <pthread.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { CLOSING_MS = 5000, HASHES_USUAL = 2, WAITING_USUAL = 8 };

struct server {
    struct api api;
    struct ledger_place place; /* the api's */
    struct http_server *http;
    struct http_site site;
    pthread_t tender;
    pthread_mutex_t lock;
    pthread_cond_t ends;
    bool has_tender, is_ending, is_closed;
};

/* Every answer: nothing of it is run, framed or guessed by a browser. */
static const struct http_pair headers[] = {
    {"Cache-Control", "private, no-cache"},
    {"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Referrer-Policy", "no-referrer"},
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
};

/* What is durable changes results, and perhaps who may what. */
static void hear(void *context, const struct entry *entry, size_t count, uint64_t size) {
    struct api *api = context;
    live_heard(api->live, entry, count, size);
    events_heard(api->events, size);
    for (size_t i = 0; i < count; i++)
        if (strcmp(entry[i].body.kind, "post") == 0 || strcmp(entry[i].body.kind, "person") == 0) {
            people_forget(api->people);
            return;
        }
}

/* One round of it, as the body of an arena_run. */
struct tending {
    struct api *api;
    struct baton_arena *arena;
};

static baton_code tend_body(void *context) {
    const struct tending *tending = context;
    struct baton_findings found = {.arena = tending->arena};
    return accounts_tend(tending->api->accounts, &found);
}

static void tend_once(struct api *api) {
    struct tending tending = {api, arena_open()};
    const baton_code code = arena_run(tending.arena, tend_body, &tending);
    arena_close(tending.arena);
    (void)code; /* what failed is tried again a second later, and shows in the answers meanwhile */
}

static void *tend(void *context) {
    struct server *server = context;
    struct timespec until;
    pthread_mutex_lock(&server->lock);
    while (!server->is_ending) {
        pthread_mutex_unlock(&server->lock);
        tend_once(&server->api);
        pthread_mutex_lock(&server->lock);
        clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_sec++;
        if (!server->is_ending)
            pthread_cond_timedwait(&server->ends, &server->lock, &until);
    }
    pthread_mutex_unlock(&server->lock);
    return NULL;
}

static void start_tending(struct server *server) {
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_mutex_init(&server->lock, NULL);
    pthread_cond_init(&server->ends, &monotonic);
    pthread_condattr_destroy(&monotonic);
    server->has_tender = pthread_create(&server->tender, NULL, tend, server) == 0;
}

static void stop_tending(struct server *server) {
    if (!server->has_tender)
        return;
    pthread_mutex_lock(&server->lock);
    server->is_ending = true;
    pthread_cond_signal(&server->ends);
    pthread_mutex_unlock(&server->lock);
    pthread_join(server->tender, NULL);
    server->has_tender = false;
}

void server_close(struct server *server, unsigned wait_ms) {
    if (server == NULL || server->is_closed)
        return;
    server->is_closed = true;
    if (server->http != NULL)
        http_stop(server->http, wait_ms);
    stop_tending(server);
    events_close(server->api.events);
    if (server->api.ledger != NULL)
        ledger_listen(server->api.ledger, NULL, NULL);
    if (server->api.accounts != NULL)
        accounts_beside(server->api.accounts, NULL);
    live_close(server->api.live);
    ledger_close(server->api.ledger);
    accounts_close(server->api.accounts);
}

static void close_server(void *context) {
    server_close(context, CLOSING_MS);
}

/* Results of every assessment that is there are kept from the beginning, so that the first who asks does not wait. */
static baton_code watch_all(struct baton_arena *arena, struct api *api,
                            struct baton_findings *found) {
    const struct baton_period whole = {0};
    struct ledger_reader *reader;
    const char **name;
    size_t count;
    TRY(readers_take(api->readers, arena, &reader, found));
    const baton_code code = reader_assessments(reader, arena, &name, &count);
    reader_report(reader, code, found);
    TRY(code);
    for (size_t i = 0; i < count; i++)
        if (name[i][0] != '\0')
            TRY(live_watch(api->live, name[i], whole));
    return BATON_OK;
}

/* What watch_all needs is given back at once. */
static baton_code watch(struct server *server, struct baton_findings *found) {
    struct baton_arena *arena = arena_open();
    const baton_code code = watch_all(arena, &server->api, found);
    arena_close(arena);
    return code;
}

static baton_code open_api(struct baton_arena *arena, struct server *server,
                           const struct server_settings *settings, struct baton_findings *found) {
    struct api *api = &server->api;
    const struct live_options options = {.as_of_day = INT32_MAX};
    api->place = settings->place;
    TRY(ledger_open(arena, api->world, &api->place, &api->ledger, found));
    TRY(readers_open(arena, &api->place, &api->readers, found));
    TRY(live_open(arena, &api->place, &options, &api->live, found));
    TRY(accounts_open(arena, api->world, &api->place, &settings->accounts, &api->accounts, found));
    accounts_beside(api->accounts, api->ledger);
    api->blobs = blobs_open(arena);
    api->people = people_open(arena, api->world, api->readers);
    TRY(events_open(arena, api->live, api->accounts, &api->events));
    ledger_listen(api->ledger, hear, api);
    return watch(server, found);
}

/* Who signs in waits in a worker for a turn at the passwords. There are workers for all who may wait there, and as many for everything else as if nobody did: a flood of sign-ins takes none of theirs. */
static struct server_settings settle(const struct server_settings *given) {
    const long count = sysconf(_SC_NPROCESSORS_ONLN);
    const unsigned processors = count < 1 ? 1 : count > 64 ? 64 : (unsigned)count;
    struct server_settings settings = *given;
    if (settings.accounts.hashes_max == 0)
        settings.accounts.hashes_max = HASHES_USUAL;
    if (settings.accounts.waiting_max == 0)
        settings.accounts.waiting_max = WAITING_USUAL;
    if (settings.http.workers == 0)
        settings.http.workers = 2 * processors + 2;
    settings.http.workers += settings.accounts.hashes_max + settings.accounts.waiting_max;
    return settings;
}

baton_code server_open(struct baton_arena *arena, const struct ledger_world *world,
                       const struct server_settings *given, struct server **out,
                       struct baton_findings *found) {
    const struct server_settings settings = settle(given);
    struct server *server = arena_alloc(arena, 1, sizeof *server);
    server->api.world = world;
    TRY(open_api(arena, server, &settings, found));
    start_tending(server);
    server->site = (struct http_site){.context = &server->api,
                                      .admit = gate_admit,
                                      .header = headers,
                                      .header_count = LENGTH(headers),
                                      .language = settings.language};
    server->site.route = routes_for_http(&server->site.route_count);
    const baton_code code = http_start(arena, &settings.http, &server->site, &server->http, found);
    if (code != BATON_OK)
        stop_tending(server);
    else
        arena_on_close(arena, close_server, server); /* before what it stands on */
    *out = server;
    return code;
}

uint16_t server_port(const struct server *server) {
    return http_port(server->http);
}

struct accounts *server_accounts(struct server *server) {
    return server->api.accounts;
}
