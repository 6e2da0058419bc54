/* How many requests a server answers, asked over many connections at once.
 *
 *     bench-serve [--connections N] [--seconds N] [--post FIRST] [--header TEXT]... PORT PATH
 *
 * Asks 127.0.0.1:PORT for PATH, each connection one request after the other; with --post each request is a figure of its own, numbered from FIRST, with a key of its own, and every answer has to be
 * 201; without, every answer has to be 200 (or 304). Prints one JSON object: requests, per_second, p50_ms, p99_ms, failed. Exit status: 0 done, 1 an answer was another, 2 bad usage, 3 no connection. */
#include <arpa/inet.h>
#include <getopt.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { CONNECTIONS_MOST = 4096, HEADERS_MOST = 16, TIMES_MOST = 1 << 20, BUFFER = 1 << 22 };

struct options {
    unsigned connections, seconds;
    bool posts;
    uint64_t first;
    const char *header[HEADERS_MOST];
    unsigned header_count;
    uint16_t port;
    const char *path;
};

struct client {
    const struct options *options;
    pthread_t thread;
    int socket;
    char *buffer;
    size_t used;
    uint64_t requests, failed;
    double *time; /* seconds, of the first TIMES_MOST / connections requests */
    size_t time_count, time_most;
    char wrong[200];
};

static atomic_bool is_over;
static _Atomic uint64_t next_figure;

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static int connect_to(uint16_t port) {
    const struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    const int on = 1, file = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (file < 0)
        return -1;
    setsockopt(file, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (connect(file, (const struct sockaddr *)&address, sizeof address) == 0)
        return file;
    close(file);
    return -1;
}

/* A request; returns its size. */
static size_t make_request(const struct options *options, char *out, size_t room) {
    char body[512] = "";
    size_t size = 0;
    const uint64_t n = options->posts ? atomic_fetch_add(&next_figure, 1) : 0;
    if (options->posts)
        snprintf(
            body, sizeof body,
            "{\"assessment\":\"bench\",\"facts\":[{\"kind\":\"observation\",\"fields\":{\"unit\":"
            "\"u%u\",\"element\":\"e%u\",\"period\":\"%u-%02u\",\"value\":\"%u.5\"}}]}",
            (unsigned)(n % 100), (unsigned)(n / 100 % 56), 2000 + (unsigned)(n / 67200 % 900),
            (unsigned)(n / 5600 % 12) + 1, (unsigned)(n % 997));
    size += (size_t)snprintf(out, room, "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n",
                             options->posts ? "POST" : "GET", options->path, options->port);
    for (unsigned i = 0; i < options->header_count; i++)
        size += (size_t)snprintf(out + size, room - size, "%s\r\n", options->header[i]);
    if (options->posts)
        size += (size_t)snprintf(out + size, room - size,
                                 "Content-Type: application/json\r\nIdempotency-Key: bench-%llu\r\n"
                                 "Content-Length: %zu\r\n",
                                 (unsigned long long)n, strlen(body));
    size += (size_t)snprintf(out + size, room - size, "\r\n%s", body);
    return size;
}

static bool fill(struct client *client) {
    const ssize_t got =
        recv(client->socket, client->buffer + client->used, BUFFER - client->used - 1, 0);
    if (got <= 0)
        return false;
    client->used += (size_t)got;
    client->buffer[client->used] = '\0';
    return true;
}

/* Reads one answer, and forgets it; its status, 0 where the connection ended. */
static int read_answer(struct client *client) {
    char *end;
    client->buffer[client->used] = '\0';
    while ((end = strstr(client->buffer, "\r\n\r\n")) == NULL)
        if (!fill(client))
            return 0;
    const char *const length = strcasestr(client->buffer, "\r\ncontent-length:");
    size_t size = (size_t)(end + 4 - client->buffer);
    if (length != NULL && length < end)
        size += strtoul(length + 17, NULL, 10);
    const int status = (int)strtol(client->buffer + 9, NULL, 10);
    if (size >= BUFFER)
        return 0;
    while (client->used < size)
        if (!fill(client))
            return 0;
    if (status >= 400)
        snprintf(client->wrong, sizeof client->wrong, "%.190s", end + 4);
    memmove(client->buffer, client->buffer + size, client->used - size);
    client->used -= size;
    return status;
}

static void *work(void *context) {
    struct client *client = context;
    const struct options *options = client->options;
    char request[8192];
    while (!atomic_load(&is_over)) {
        const size_t size = make_request(options, request, sizeof request);
        const double begun = now();
        if (send(client->socket, request, size, MSG_NOSIGNAL) != (ssize_t)size)
            break;
        const int status = read_answer(client);
        if (status == 0)
            break;
        if (client->time_count < client->time_most)
            client->time[client->time_count++] = now() - begun;
        client->requests++;
        client->failed += options->posts ? status != 201 : status != 200 && status != 304;
    }
    if (!atomic_load(&is_over))
        client->failed++;
    close(client->socket);
    return NULL;
}

static int by_value(const void *left, const void *right) {
    const double a = *(const double *)left, b = *(const double *)right;
    return a < b ? -1 : a > b;
}

static void tell(struct client *client, const struct options *options, double took) {
    double *all = calloc(TIMES_MOST, sizeof *all);
    uint64_t requests = 0, failed = 0;
    size_t count = 0;
    for (unsigned i = 0; i < options->connections; i++) {
        requests += client[i].requests;
        failed += client[i].failed;
        for (size_t n = 0; all != NULL && n < client[i].time_count && count < TIMES_MOST; n++)
            all[count++] = client[i].time[n];
        if (client[i].wrong[0] != '\0' && failed > 0)
            fprintf(stderr, "bench-serve: %s\n", client[i].wrong);
    }
    if (count > 0)
        qsort(all, count, sizeof *all, by_value);
    printf("{\"requests\": %llu, \"per_second\": %.0f, \"p50_ms\": %.2f, \"p99_ms\": %.2f, "
           "\"failed\": %llu}\n",
           (unsigned long long)requests, (double)requests / took,
           count > 0 ? 1e3 * all[count / 2] : 0.0, count > 0 ? 1e3 * all[count * 99 / 100] : 0.0,
           (unsigned long long)failed);
    free(all);
}

static bool read_options(struct options *out, int count, char **argument) {
    static const struct option options[] = {{"connections", required_argument, NULL, 'c'},
                                            {"seconds", required_argument, NULL, 's'},
                                            {"post", required_argument, NULL, 'p'},
                                            {"header", required_argument, NULL, 'h'},
                                            {0}};
    int which;
    while ((which = getopt_long(count, argument, "", options, NULL)) >= 0) {
        const unsigned long number = which == 'h' || which == '?' ? 0 : strtoul(optarg, NULL, 10);
        if (which == 'c')
            out->connections = (unsigned)number;
        else if (which == 's')
            out->seconds = (unsigned)number;
        else if (which == 'p') {
            out->posts = true;
            out->first = number;
        } else if (which == 'h' && out->header_count < HEADERS_MOST)
            out->header[out->header_count++] = optarg;
        else
            return false;
    }
    if (optind + 2 != count || out->connections < 1 || out->connections > CONNECTIONS_MOST ||
        out->seconds < 1)
        return false;
    out->port = (uint16_t)strtoul(argument[optind], NULL, 10);
    out->path = argument[optind + 1];
    return true;
}

static bool open_client(const struct options *options, struct client *client) {
    *client = (struct client){.options = options,
                              .socket = connect_to(options->port),
                              .buffer = malloc(BUFFER),
                              .time_most = TIMES_MOST / options->connections};
    client->time = calloc(client->time_most, sizeof *client->time);
    return client->socket >= 0 && client->buffer != NULL && client->time != NULL;
}

static void close_clients(struct client *client, unsigned count) {
    for (unsigned i = 0; i < count; i++) {
        free(client[i].buffer);
        free(client[i].time);
    }
    free(client);
}

int main(int count, char **argument) {
    struct options options = {.connections = 64, .seconds = 5};
    if (!read_options(&options, count, argument)) {
        fprintf(stderr, "bench-serve: see bench/serve.c for its options\n");
        return 2;
    }
    struct client *client = calloc(options.connections, sizeof *client);
    uint64_t failed = 0;
    if (client == NULL)
        return 3;
    atomic_store(&next_figure, options.first);
    for (unsigned i = 0; i < options.connections; i++)
        if (!open_client(&options, &client[i])) {
            close_clients(client, options.connections);
            return 3;
        }
    const double begun = now();
    for (unsigned i = 0; i < options.connections; i++)
        if (pthread_create(&client[i].thread, NULL, work, &client[i]) != 0)
            _exit(3); /* those that have begun work on */
    sleep(options.seconds);
    atomic_store(&is_over, true);
    for (unsigned i = 0; i < options.connections; i++) {
        pthread_join(client[i].thread, NULL);
        failed += client[i].failed;
    }
    tell(client, &options, now() - begun);
    close_clients(client, options.connections);
    return failed > 0;
}
