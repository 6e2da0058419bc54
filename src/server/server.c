/* Opening goes from the ledger up to HTTP, closing the other way. A thread of its own tends the accounts once a second. */
#include "server/server.h"
#include "base/steady.h"
#include "files/media.h"
#include "flow/evidence.h"
#include "flow/indicators.h"
#include "server/api_operation.h"
#include "server/costly.h"
#include "server/gate.h"
#include "server/kept_expected.h"
#include "server/metrics.h"
#include "server/news.h"
#include "server/pages.h"
#include "server/ready.h"
#include "server/route.h"
#include "server/sharer.h"
#include "server/sight.h"
#include "server/verifying.h"
#include <inttypes.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { CLOSING_MS = 5000, TENDING_MS = 1000, HASHES_USUAL = 2, WAITING_USUAL = 8 };

struct server {
    struct api api;
    struct ledger_place place; /* the api's */
    struct http_site site;
    struct http_server *operation; /* NULL = it has no address of its own */
    struct http_site operation_site;
    struct http_pair hsts;
    _Atomic int64_t tended_ms; /* monotonic: when it was last looked after */
    pthread_t tender;
    pthread_mutex_t lock;
    pthread_cond_t ends;
    bool has_tender, is_ending, is_closed;
};

/* Every answer: nothing of it is run, framed or guessed by a browser. */
static const struct http_pair headers[] = {
    {"Cache-Control", "private, no-cache"},
    {"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Permissions-Policy",
     "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), "
     "magnetometer=(), microphone=(), midi=(), payment=(), usb=()"},
    {"Referrer-Policy", "no-referrer"},
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
};

/* Who is who and may what has changed: that is a fact already, and a line for the audit. */
static void hear_rights(struct api *api, const struct entry *entry) {
    const struct fact_body *const body = &entry->body;
    const char *const role = body_text(body, "role");
    const bool is_post = strcmp(body->kind, "post") == 0;
    char subject[AUDIT_SUBJECT_SIZE];
    snprintf(subject, sizeof subject, "%s %s%s%s", body->kind, role, *role != '\0' ? " " : "",
             body_field(body, "@withdrawn") != NULL ? "withdrawn" : "");
    audit_note(api->audit, &(struct audit_record){
                               .event = AUDIT_RIGHTS,
                               .outcome = AUDIT_DONE,
                               .actor = entry->actor,
                               .person = body_text(body, is_post ? "person" : "id"),
                               .subject = subject,
                           });
}

/* What is durable changes results, and perhaps who may what. */
static void hear(void *context, const struct entry *entry, size_t count, uint64_t size) {
    struct api *api = context;
    live_heard(api->live, entry, count, size);
    events_heard(api->events, size);
    ready_heard(api->ready, size);
    sharer_heard(api->sharer, entry, count);
    metrics_batch(api->metrics, count, size);
    bool forgets = false;
    for (size_t i = 0; i < count; i++) {
        const char *const kind = entry[i].body.kind;
        const bool is_right = strcmp(kind, "post") == 0 || strcmp(kind, "person") == 0;
        forgets = forgets || is_right || strcmp(kind, "unit") == 0;
        if (is_right)
            hear_rights(api, &entry[i]);
    }
    if (forgets)
        people_forget(api->people);
}

/* One round of it, as the body of an arena_run. */
struct tending {
    struct api *api;
    struct baton_arena *arena;
};

/* Persons and posts are read here for those who may not wait for the store: sight_may_watch. */
static baton_code tend_body(void *context) {
    const struct tending *tending = context;
    struct baton_findings found = {.arena = tending->arena};
    const struct people_now *now;
    ready_look(tending->api, tending->arena);
    const baton_code code = people_now(tending->api->people, tending->arena, &now, &found);
    (void)code; /* without the store they are read a second later */
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
    pthread_mutex_lock(&server->lock);
    while (!server->is_ending) {
        pthread_mutex_unlock(&server->lock);
        tend_once(&server->api);
        atomic_store(&server->tended_ms, steady_ms());
        pthread_mutex_lock(&server->lock);
        if (!server->is_ending)
            (void)steady_wait_ms(&server->ends, &server->lock, TENDING_MS);
    }
    pthread_mutex_unlock(&server->lock);
    return NULL;
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

static void close_tending(void *server) {
    stop_tending(server);
}

MUST_USE static baton_code start_tending(struct baton_arena *arena, struct server *server) {
    pthread_mutex_init(&server->lock, NULL);
    steady_condition(&server->ends);
    server->has_tender = pthread_create(&server->tender, NULL, tend, server) == 0;
    if (!server->has_tender)
        return BATON_NO_MEMORY;
    arena_on_close(arena, close_tending, server); /* before what it tends */
    return BATON_OK;
}

void server_close(struct server *server, unsigned wait_ms) {
    if (server == NULL || server->is_closed)
        return;
    server->is_closed = true;
    ready_stop(server->api.ready);
    if (server->api.http != NULL)
        http_stop(server->api.http, wait_ms);
    if (server->operation != NULL)
        http_stop(server->operation, 0);
    stop_tending(server);
    sharer_close(server->api.sharer);
    chaser_close(server->api.chaser);
    verifying_close(server->api.verifying);
    audit_close(server->api.audit); /* what it stores is heard by the others */
    events_close(server->api.events);
    if (server->api.ledger != NULL)
        ledger_listen(server->api.ledger, NULL, NULL);
    if (server->api.accounts != NULL)
        accounts_beside(server->api.accounts, NULL);
    live_close(server->api.live);
    ledger_close(server->api.ledger);
    accounts_close(server->api.accounts);
    log_event(server->api.log, LEVEL_SECURITY, EVENT_STOPPED, "%s", "");
    log_close(server->api.log);
}

static void close_server(void *context) {
    server_close(context, CLOSING_MS);
}

/* Results of every assessment that is there are kept from the beginning, so that the first who asks does not wait. */
struct watching {
    struct api *api;
    struct baton_arena *arena; /* what is needed for it; given back at once */
    struct baton_findings *found;
};

static baton_code watch_body(void *context) {
    const struct watching *const watching = context;
    struct baton_arena *const arena = watching->arena;
    struct api *const api = watching->api;
    struct baton_findings *const found = watching->found;
    const struct baton_period whole = {0};
    struct ledger_reader *reader;
    const char **name;
    size_t count;
    TRY(readers_take(api->readers, arena, &reader, found));
    uint64_t size = 0;
    baton_code code = reader_assessments(reader, arena, &name, &count);
    if (code == BATON_OK)
        code = reader_size(reader, &size);
    reader_report(reader, code, found);
    TRY(code);
    ready_heard(api->ready, size);
    metrics_begin(api->metrics, size);
    live_heard(api->live, NULL, 0, size); /* so that it keeps up where nothing is watched, too */
    for (size_t i = 0; i < count; i++)
        if (name[i][0] != '\0')
            TRY(live_watch(api->live, name[i], whole));
    return BATON_OK;
}

static baton_code watch_all(struct api *api, struct baton_findings *found) {
    struct watching watching = {api, arena_open(), found};
    const baton_code code = arena_run(watching.arena, watch_body, &watching);
    arena_close(watching.arena);
    return code;
}

/* Audit records go to the system's log too where a facility is named, and nobody else was to be told. */
static baton_code open_audit(struct baton_arena *arena, struct api *api,
                             const struct server_settings *settings) {
    struct audit_settings audit = settings->audit;
    if (audit.tell == NULL && settings->syslog != NULL) {
        audit.tell = audit_to_syslog;
        audit.context = (void *)(uintptr_t)audit_facility(settings->syslog);
    }
    return audit_open(arena, api->world, api->ledger, &audit, &api->audit);
}

static baton_code open_api(struct baton_arena *arena, struct server *server,
                           const struct server_settings *settings, struct baton_findings *found) {
    struct api *api = &server->api;
    const struct live_options options = {.as_of_day = INT32_MAX};
    api->place = settings->place;
    api->metrics = metrics_open(arena);
    api->limits = limits_open(arena, &settings->limits);
    api->ready = ready_open(arena, settings->again, settings->again_context);
    TRY(log_open(arena, api->world, &settings->log, &api->log, found));
    TRY(ledger_open(arena, api->world, &api->place, &api->ledger, found));
    TRY(readers_open(arena, &api->place, &api->readers, found));
    TRY(live_open(arena, &api->place, &options, &api->live, found));
    TRY(accounts_open(arena, api->world, &api->place, &settings->accounts, &api->accounts, found));
    accounts_beside(api->accounts, api->ledger);
    TRY(open_audit(arena, api, settings));
    api->blobs = blobs_open(arena);
    TRY(pages_open(arena, &api->pages));
    api->expected = kept_expected_open(arena);
    api->evidence = evidence_open(arena);
    api->evidence_taken = settings->evidence;
    api->costly = costly_open(arena, settings->costly_max, settings->costly_waiting_max);
    api->verifying = verifying_open(arena, api);
    api->people = people_open(arena, api->world, api->readers);
    TRY(news_open(arena, api, &api->news));
    const struct events_asks asks = {sight_may_watch, news_look, news_newest, api};
    TRY(events_open(arena, api->live, api->accounts, &asks, &api->events));
    const struct standing_indicators indicators =
        indicators_of(indicators_open(arena, &api->place));
    ledger_indicators(api->ledger, &indicators);
    TRY(sharer_open(arena, api, &api->sharer)); /* what is said before it listens, it finds */
    ledger_listen(api->ledger, hear, api);
    TRY(watch_all(api, found));
    return chaser_open(arena, api, &settings->chaser, &api->chaser, found);
}

/* Who signs in waits in a worker for a turn at the passwords, and what is costly for one of its own (costly.h). There are workers for all who may wait there, and as many for everything else as if nobody did: a
 * flood of sign-ins takes none of theirs. */
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
    if (settings.costly_max == 0)
        settings.costly_max = processors < 2 ? 1 : processors / 2;
    if (settings.costly_waiting_max == 0)
        settings.costly_waiting_max = WAITING_USUAL;
    if (settings.evidence.size_max == 0)
        settings.evidence.size_max = EVIDENCE_USUAL;
    if (settings.evidence.kinds == 0)
        settings.evidence.kinds = MEDIA_ALL;
    settings.http.pieces_max = settings.evidence.size_max;
    settings.http.workers += settings.accounts.hashes_max + settings.accounts.waiting_max;
    settings.http.workers += settings.costly_max + settings.costly_waiting_max;
    return settings;
}

/* What the HTTP layer asks of the site. */

static bool admit(struct http_request *request, void *context) {
    const struct api *api = context;
    const bool is_admitted = gate_admit(request, context);
    return limits_admit(api->limits, request) && is_admitted;
}

static void done(const struct http_request *request, int status, uint64_t sent, void *context) {
    const struct api *api = context;
    metrics_request(api->metrics, request, status, sent);
    log_request(api->log, request, status, sent);
}

static void describe_site(struct baton_arena *arena, struct server *server,
                          const struct server_settings *settings) {
    server->site = (struct http_site){.context = &server->api,
                                      .admit = admit,
                                      .done = done,
                                      .header = headers,
                                      .header_count = LENGTH(headers),
                                      .secure_header = &server->hsts,
                                      .secure_header_count = settings->hsts_days > 0,
                                      .language = settings->language};
    server->site.route = routes_for_http(&server->site.route_count);
    server->hsts = (struct http_pair){
        "Strict-Transport-Security",
        arena_printf(arena, "max-age=%" PRIu64, (uint64_t)settings->hsts_days * 86400)};
    server->operation_site = (struct http_site){.context = &server->api,
                                                .header = headers,
                                                .header_count = LENGTH(headers),
                                                .language = settings->language};
    server->operation_site.route = operation_routes(&server->operation_site.route_count);
}

/* Few ask there, and they must be answered also when all workers of the other are busy. */
static baton_code open_operation(struct baton_arena *arena, struct server *server,
                                 const struct server_settings *settings,
                                 struct baton_findings *found) {
    struct http_settings http = http_settings_usual;
    if (settings->operation_address == NULL)
        return BATON_OK;
    http.address = settings->operation_address;
    http.port = settings->operation_port;
    http.loops = http.workers = 1;
    http.connections_max = 64;
    return http_start(arena, &http, &server->operation_site, &server->operation, found);
}

baton_code server_open(struct baton_arena *arena, const struct ledger_world *world,
                       const struct server_settings *given, struct server **out,
                       struct baton_findings *found) {
    const struct server_settings settings = settle(given);
    struct server *server = arena_alloc(arena, 1, sizeof *server);
    server->api.world = world;
    TRY(open_api(arena, server, &settings, found));
    TRY(start_tending(arena, server));
    describe_site(arena, server, &settings);
    TRY(http_start(arena, &settings.http, &server->site, &server->api.http, found));
    TRY(open_operation(arena, server, &settings, found));
    arena_on_close(arena, close_server, server); /* before what it stands on */
    *out = server;
    return BATON_OK;
}

uint16_t server_port(const struct server *server) {
    return http_port(server->api.http);
}

uint16_t server_operation_port(const struct server *server) {
    return server->operation == NULL ? 0 : http_port(server->operation);
}

void server_leave(struct server *server) {
    log_event(server->api.log, LEVEL_SECURITY, EVENT_STOPPING, "%s", "");
    ready_stop(server->api.ready);
}

struct server_log *server_log(struct server *server) {
    return server->api.log;
}

bool server_lives(struct server *server) {
    enum { LATE_MS = 20000 };
    return steady_ms() - atomic_load(&server->tended_ms) < LATE_MS;
}

struct accounts *server_accounts(struct server *server) {
    return server->api.accounts;
}
