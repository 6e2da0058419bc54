/* Starting, stopping, counting. The socket is made here, so that what is wrong with the address and what is wrong with the certificate are told apart; threads that read and write are the
 * library's (epoll), those that run handlers are the pool's, and one thread watches over slow clients. */
#include "base/steady.h"
#include "http/http_inside.h"
#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

const struct http_settings http_settings_usual = {
    .address = "127.0.0.1",
    .port = 8080,
    .connections_max = 4096,
    .queue_max = 1024,
    .head_ms = 10000,
    .idle_ms = 60000,
    .body_rate = 1024,
    .bodies_memory_max = 64 << 20,
    .bodies_file_max = 1024 << 20,
};

enum {
    /* Bytes of the library for one: the largest head has to fit, with the list of its fields. They are
     * wiped after each request, so more costs time. */
    MEMORY_OF_CONNECTION = 24 << 10
};

static unsigned processors(void) {
    const long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count < 1 ? 1 : count > 64 ? 64 : (unsigned)count;
}

/* Listening */

static baton_code cannot_listen(const struct http_settings *settings, const char *why,
                                struct baton_findings *found) {
    char port[8];
    snprintf(port, sizeof port, "%u", settings->port);
    baton_findings_add(found, BATON_SERVER_ADDRESS, (struct baton_where){0}, settings->address,
                       port, why, NULL);
    return BATON_SERVER_ADDRESS;
}

static int listen_at(const struct sockaddr *address, socklen_t size) {
    const int yes = 1, no = 0;
    const int listener = socket(address->sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (listener < 0)
        return -1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (address->sa_family == AF_INET6)
        setsockopt(listener, IPPROTO_IPV6, IPV6_V6ONLY, &no, sizeof no);
    if (bind(listener, address, size) == 0 && listen(listener, SOMAXCONN) == 0)
        return listener;
    const int why = errno;
    close(listener);
    errno = why;
    return -1;
}

static uint16_t port_of(int listener) {
    struct sockaddr_storage address = {0};
    socklen_t size = sizeof address;
    if (getsockname(listener, (struct sockaddr *)&address, &size) != 0)
        return 0;
    if (address.ss_family == AF_INET6) {
        struct sockaddr_in6 six;
        memcpy(&six, &address, sizeof six);
        return ntohs(six.sin6_port);
    }
    struct sockaddr_in four;
    memcpy(&four, &address, sizeof four);
    return ntohs(four.sin_port);
}

static baton_code open_listener(struct http_server *server, struct baton_findings *found) {
    const struct http_settings *const settings = &server->settings;
    struct sockaddr_in four = {.sin_family = AF_INET, .sin_port = htons(settings->port)};
    struct sockaddr_in6 six = {.sin6_family = AF_INET6, .sin6_port = htons(settings->port)};
    if (inet_pton(AF_INET, settings->address, &four.sin_addr) == 1)
        server->listener = listen_at((const struct sockaddr *)&four, sizeof four);
    else if (inet_pton(AF_INET6, settings->address, &six.sin6_addr) == 1)
        server->listener = listen_at((const struct sockaddr *)&six, sizeof six);
    else
        return cannot_listen(settings, NULL, found);
    if (server->listener < 0)
        return cannot_listen(settings, strerror(errno), found);
    server->port = port_of(server->listener);
    return BATON_OK;
}

/* Starting */

static baton_code read_proxies(struct baton_arena *arena, struct http_server *server,
                               struct baton_findings *found) {
    const char *const *const list = server->settings.proxy;
    while (list != NULL && list[server->proxy_count] != NULL)
        server->proxy_count++;
    server->proxy = arena_alloc(arena, server->proxy_count + 1, sizeof *server->proxy);
    for (size_t i = 0; list != NULL && i < server->proxy_count; i++)
        if (!http_address_read(list[i], strlen(list[i]), &server->proxy[i])) {
            baton_findings_add(found, BATON_SERVER_PROXY, (struct baton_where){0}, list[i], NULL,
                               NULL, NULL);
            return BATON_SERVER_PROXY;
        }
    return BATON_OK;
}

/* Who comes while the server stops is closed at once. Taking the listening socket out of the library meanwhile (MHD_quiesce_daemon) is no way: its loops may take it out at the same
 * moment, and the library then ends the process. */
static enum MHD_Result may_come(void *context, const struct sockaddr *address, socklen_t size) {
    const struct http_server *const server = context;
    (void)address, (void)size;
    return atomic_load(&server->is_stopping) ? MHD_NO : MHD_YES;
}

static struct MHD_Daemon *start_daemon(struct http_server *server) {
    const struct http_settings *const settings = &server->settings;
    const bool has_tls = settings->certificate != NULL || settings->key != NULL;
    struct MHD_OptionItem options[16];
    size_t count = 0;
    union {
        const char *in;
        void *take; /* the library does not write there */
    } certificate = {settings->certificate != NULL ? settings->certificate : ""},
      key = {settings->key != NULL ? settings->key : ""};
    options[count++] = (struct MHD_OptionItem){MHD_OPTION_LISTEN_SOCKET, server->listener, NULL};
    options[count++] = (struct MHD_OptionItem){MHD_OPTION_CONNECTION_LIMIT,
                                               (intptr_t)settings->connections_max, NULL};
    options[count++] =
        (struct MHD_OptionItem){MHD_OPTION_CONNECTION_MEMORY_LIMIT, MEMORY_OF_CONNECTION, NULL};
    options[count++] = (struct MHD_OptionItem){MHD_OPTION_CONNECTION_TIMEOUT,
                                               (intptr_t)(settings->idle_ms + 999) / 1000, NULL};
    if (settings->loops > 1)
        options[count++] =
            (struct MHD_OptionItem){MHD_OPTION_THREAD_POOL_SIZE, (intptr_t)settings->loops, NULL};
    if (has_tls) {
        options[count++] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_CERT, 0, certificate.take};
        options[count++] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_KEY, 0, key.take};
        union {
            const char *in;
            void *take;
        } priorities = {"NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:%SERVER_PRECEDENCE"};
        options[count++] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_PRIORITIES, 0, priorities.take};
    }
    options[count] = (struct MHD_OptionItem){MHD_OPTION_END, 0, NULL};
    return MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME |
                                MHD_USE_SUPPRESS_DATE_NO_CLOCK /* http_answer.c says the date */ |
                                (has_tls ? MHD_USE_TLS : 0),
                            0, may_come, server, http_on_access, server,
                            MHD_OPTION_NOTIFY_CONNECTION, http_on_connection, server,
                            MHD_OPTION_NOTIFY_COMPLETED, http_on_completed, server,
                            MHD_OPTION_URI_LOG_CALLBACK, http_on_target, server, MHD_OPTION_ARRAY,
                            options, MHD_OPTION_END);
}

static baton_code start(struct http_server *server, struct baton_findings *found) {
    const struct http_settings *const settings = &server->settings;
    TRY(open_listener(server, found));
    server->pool = http_pool_open(settings->workers, settings->queue_max);
    if (server->pool == NULL || !http_sweep_start(server))
        return BATON_NO_MEMORY;
    server->daemon = start_daemon(server);
    server->listener = -1; /* the library closes it, also where it does not start */
    if (server->daemon != NULL)
        return BATON_OK;
    if (settings->certificate == NULL && settings->key == NULL)
        return cannot_listen(settings, NULL, found);
    baton_findings_add(found, BATON_SERVER_TLS, (struct baton_where){0}, NULL, NULL, NULL, NULL);
    return BATON_SERVER_TLS;
}

/* The pool is kept until then: somebody may ask for its counts while the server stops, and behind it. */
static void close_server(void *context) {
    struct http_server *const server = context;
    http_stop(server, 0);
    http_pool_close(server->pool);
}

baton_code http_start(struct baton_arena *arena, const struct http_settings *settings,
                      const struct http_site *site, struct http_server **out,
                      struct baton_findings *found) {
    struct http_server *const server = arena_alloc(arena, 1, sizeof *server);
    server->settings = *settings;
    server->bodies = (struct http_bodies){.folder = settings->bodies_folder,
                                          .memory_most = settings->bodies_memory_max,
                                          .file_most = settings->bodies_file_max};
    server->site = site;
    server->listener = -1;
    server->routes = http_routes_make(arena, site->route, site->route_count);
    if (server->settings.loops == 0)
        server->settings.loops = processors();
    if (server->settings.workers == 0)
        server->settings.workers = 2 * processors() + 2;
    if (server->settings.body_rate == 0)
        server->settings.body_rate = 1;
    if (getrandom(&server->seed, sizeof server->seed, 0) != sizeof server->seed)
        server->seed = (uint64_t)steady_ns();
    TRY(read_proxies(arena, server, found));
    pthread_mutex_init(&server->spare_lock, NULL);
    arena_on_close(arena, close_server, server);
    *out = server; /* before there are threads that could ask for it */
    const baton_code code = start(server, found);
    if (code != BATON_OK) {
        http_stop(server, 0);
        *out = NULL;
    }
    return code;
}

uint16_t http_port(const struct http_server *server) {
    return server->port;
}

/* Stopping */

static void wait_for_calls(struct http_server *server, unsigned wait_ms) {
    const int64_t until = steady_ns() + (int64_t)wait_ms * 1000000;
    const struct timespec pause = {0, 5 * 1000000};
    while (atomic_load(&server->calls_now) > 0 && steady_ns() < until)
        nanosleep(&pause, NULL);
}

void http_stop(struct http_server *server, unsigned wait_ms) {
    if (server->is_stopped)
        return;
    server->is_stopped = true;
    atomic_store(&server->is_stopping, true);
    if (server->daemon != NULL) {
        http_streams_end(server, "stopping");
        http_cut_connections(server, false);
        wait_for_calls(server, wait_ms);
        http_cut_connections(server, true);
    }
    http_pool_end(
        server->pool); /* a handler that runs still is waited for: its thread cannot be ended */
    if (server->daemon != NULL) {
        http_streams_end(server, "stopping"); /* what a last handler opened */
        MHD_stop_daemon(server->daemon);
    }
    http_spare_close(server);
    if (server->has_sweeper)
        http_sweep_stop(server);
    if (server->listener >= 0)
        close(server->listener);
    server->listener = -1;
    server->daemon = NULL;
}

struct http_counts http_counts(const struct http_server *server) {
    size_t waiting = 0, working = 0;
    if (server->pool != NULL)
        http_pool_counts(server->pool, &waiting, &working);
    return (struct http_counts){
        .connections = atomic_load(&server->connection_count),
        .requests = atomic_load(&server->request_count),
        .refused = atomic_load(&server->refused_count),
        .connections_now = atomic_load(&server->connections_now),
        .waiting_now = waiting,
        .working_now = working,
        .streams_now = atomic_load(&server->streams_now),
    };
}
