/* The list of connections, and a thread that looks through it some times a second: who takes too long over a head or a body is cut off, by shutting the socket down, which its own
 * thread then finds closed. A descriptor is not used again while its connection stands in the list, for it is taken out before the library closes it. */
#include "base/steady.h"
#include "http/http_inside.h"
#include <stdlib.h>
#include <sys/socket.h>

void http_set_deadline(struct http_connection *connection, int64_t ns) {
    atomic_store_explicit(&connection->deadline_ns, ns, memory_order_relaxed);
}

static int socket_of(struct MHD_Connection *wire) {
    const union MHD_ConnectionInfo *const info =
        MHD_get_connection_info(wire, MHD_CONNECTION_INFO_CONNECTION_FD);
    return info == NULL ? -1 : info->connect_fd;
}

static void connection_open(struct http_server *server, struct MHD_Connection *wire,
                            void **context) {
    struct http_connection *const connection = calloc(1, sizeof *connection);
    *context = connection;
    if (connection == NULL)
        return; /* its first request ends it */
    connection->server = server;
    connection->wire = wire;
    connection->socket = socket_of(wire);
    http_set_deadline(connection, steady_ns() + (int64_t)server->settings.head_ms * 1000000);
    pthread_mutex_lock(&server->lock);
    connection->after = server->connections;
    if (connection->after != NULL)
        connection->after->before = connection;
    server->connections = connection;
    pthread_mutex_unlock(&server->lock);
    atomic_fetch_add(&server->connection_count, 1);
    atomic_fetch_add(&server->connections_now, 1);
}

static void connection_close(struct http_server *server, struct http_connection *connection) {
    if (connection == NULL)
        return;
    pthread_mutex_lock(&server->lock);
    if (connection->before != NULL)
        connection->before->after = connection->after;
    else
        server->connections = connection->after;
    if (connection->after != NULL)
        connection->after->before = connection->before;
    pthread_mutex_unlock(&server->lock);
    atomic_fetch_sub(&server->connections_now, 1);
    free(connection->target);
    free(connection);
}

void http_on_connection(void *server, struct MHD_Connection *wire, void **context,
                        enum MHD_ConnectionNotificationCode what) {
    if (what == MHD_CONNECTION_NOTIFY_STARTED)
        connection_open(server, wire, context);
    else
        connection_close(server, *context);
}

/* With the lock. */
static void cut_late(struct http_server *server, int64_t now_ns) {
    for (struct http_connection *at = server->connections; at != NULL; at = at->after)
        if (atomic_load_explicit(&at->deadline_ns, memory_order_relaxed) < now_ns)
            shutdown(at->socket, SHUT_RDWR);
}

void http_cut_connections(struct http_server *server, bool all) {
    pthread_mutex_lock(&server->lock);
    for (struct http_connection *at = server->connections; at != NULL; at = at->after)
        if (all || !atomic_load(&at->is_busy))
            shutdown(at->socket, SHUT_RDWR);
    pthread_mutex_unlock(&server->lock);
}

static void *sweep(void *context) {
    struct http_server *const server = context;
    pthread_mutex_lock(&server->lock);
    while (!server->sweeper_ends) {
        (void)steady_wait_ms(&server->sweep, &server->lock, HTTP_SWEEP_MS);
        const int64_t now_ns = steady_ns();
        cut_late(server, now_ns);
        http_streams_beat(server, now_ns);
    }
    pthread_mutex_unlock(&server->lock);
    return NULL;
}

bool http_sweep_start(struct http_server *server) {
    pthread_mutex_init(&server->lock, NULL);
    steady_condition(&server->sweep);
    server->has_sweeper = pthread_create(&server->sweeper, NULL, sweep, server) == 0;
    return server->has_sweeper;
}

void http_sweep_stop(struct http_server *server) {
    if (server->has_sweeper) {
        pthread_mutex_lock(&server->lock);
        server->sweeper_ends = true;
        pthread_mutex_unlock(&server->lock);
        pthread_cond_signal(&server->sweep);
        pthread_join(server->sweeper, NULL);
    }
    server->has_sweeper = false;
    pthread_cond_destroy(&server->sweep);
    pthread_mutex_destroy(&server->lock);
}
