/* Clients of a server that is killed under them: tests/api/kill starts them.
 *
 *     api-kill-clients PORT ACKS CONNECTIONS RUN HEADER...      until SIGTERM
 *
 * Each connection says one figure after the other, each with an idempotency key of its own. What is not answered is asked again with the same key until it is, over a new connection, however
 * often the server is killed meanwhile. Each answer becomes a line of ACKS (tests/ledger/acks.h). Every eighth figure is asked for once more after it was answered, and has to be the same. RUN is
 * what the keys begin with. On SIGTERM each connection brings its figure to an end. Prints one JSON object: acknowledged; cut (requests that no answer came to); found (answers that say that the
 * figure was there already though no answer had come); repeated (asked for once more). Exit status: 0 done; 2 bad usage; 4 an answer was another than may be, which standard error tells; 5 no
 * answer came in time. */
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
    CONNECTIONS_MOST = 512,
    ANSWER_MOST = 64 << 10,
    HEADERS_MOST = 4096,
    PAUSE_MS = 5,
    PATIENCE_S = 60,     /* for an answer, the server being started again */
    ASK_AGAIN_EVERY = 8, /* figures */
    DIGITS = 32          /* of a digest, in a line of ACKS */
};

static struct {
    uint16_t port;
    int acks;
    const char *run;
    char headers[HEADERS_MOST];
} options;

static atomic_bool must_stop;
static _Atomic int status;
static _Atomic uint64_t acknowledged, cut, found, repeated;

struct client {
    pthread_t thread;
    unsigned number;
    int socket;
    size_t used;
    char answer[ANSWER_MOST];
};

static void stop(int signal_number) {
    (void)signal_number;
    atomic_store(&must_stop, true);
}

static double now_s(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static void fail(int code, const char *key, const char *what) {
    int none = 0;
    if (atomic_compare_exchange_strong(&status, &none, code))
        fprintf(stderr, "%s: %.400s\n", key, what);
}

/* -- One request -- */

static bool connect_to(struct client *client) {
    const struct sockaddr_in address = {.sin_family = AF_INET,
                                        .sin_port = htons(options.port),
                                        .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    const struct timeval patience = {.tv_sec = PATIENCE_S};
    const int on = 1;
    if (client->socket >= 0)
        return true;
    client->used = 0;
    client->socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    setsockopt(client->socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    setsockopt(client->socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    return client->socket >= 0 &&
           connect(client->socket, (const struct sockaddr *)&address, sizeof address) == 0;
}

static void disconnect(struct client *client) {
    if (client->socket >= 0)
        close(client->socket);
    client->socket = -1;
}

static bool send_figure(const struct client *client, const char *key, uint64_t value) {
    char body[512], request[HEADERS_MOST + 1024];
    const int body_size = snprintf(
        body, sizeof body,
        "{\"assessment\": \"city\", \"facts\": [{\"kind\": \"observation\", \"fields\": "
        "{\"unit\": \"%s\", \"element\": \"gdp\", \"period\": \"2021\", \"value\": \"%llu\"}}]}",
        key, (unsigned long long)value);
    const int size =
        snprintf(request, sizeof request,
                 "POST /api/v1/facts HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n%sContent-Type: "
                 "application/json\r\nIdempotency-Key: %s\r\nContent-Length: %d\r\n\r\n%s",
                 options.port, options.headers, key, body_size, body);
    return send(client->socket, request, (size_t)size, MSG_NOSIGNAL) == size;
}

/* Reads an answer into client->answer, its body ended by NUL. Its status; 0 where the connection ended before. */
static int read_answer(struct client *client) {
    char *end = NULL;
    size_t size = 0;
    client->used = 0;
    for (;;) {
        const ssize_t got =
            recv(client->socket, client->answer + client->used, ANSWER_MOST - 1 - client->used, 0);
        if (got <= 0)
            return 0;
        client->used += (size_t)got;
        client->answer[client->used] = '\0';
        if (end == NULL && (end = strstr(client->answer, "\r\n\r\n")) != NULL) {
            const char *const length = strcasestr(client->answer, "\r\ncontent-length:");
            size = (size_t)(end + 4 - client->answer) +
                   (length != NULL && length < end ? strtoul(length + 17, NULL, 10) : 0);
        }
        if (end != NULL && client->used >= size)
            return (int)strtol(client->answer + strlen("HTTP/1.1 "), NULL, 10);
    }
}

/* -- What is acknowledged -- */

struct ack {
    unsigned long long position, size;
    char leaf[DIGITS + 1], root[DIGITS + 1];
    bool repeat;
};

/* The receipt stands in JSON, its lines ended by a backslash and an n. */
static bool read_ack(const char *answer, struct ack *out) {
    const char *const
        first = strstr(answer, "\"first\": "),
        *const repeat = strstr(answer, "\"repeat\": "), *const size = strstr(answer, "\\nsize: "),
        *const root = strstr(answer, "\\nroot: "), *const leaf = strstr(answer, "\\nleaf: ");
    if (first == NULL || repeat == NULL || size == NULL || root == NULL || leaf == NULL)
        return false;
    out->repeat = strncmp(repeat + strlen("\"repeat\": "), "true", 4) == 0;
    return sscanf(first, "\"first\": %llu", &out->position) == 1 &&
           sscanf(size, "\\nsize: %llu", &out->size) == 1 &&
           sscanf(root, "\\nroot: %32[0-9a-f]", out->root) == 1 &&
           sscanf(leaf, "\\nleaf: %32[0-9a-f]", out->leaf) == 1;
}

static void keep(const char *key, const struct ack *ack) {
    char line[256];
    const int size = snprintf(line, sizeof line, "%s %llu %s %llu %s\n", key, ack->position,
                              ack->leaf, ack->size, ack->root);
    if (write(options.acks, line, (size_t)size) != size)
        fail(4, key, "the acknowledgement was not written");
    atomic_fetch_add(&acknowledged, 1);
}

/* Asks until it is answered; how often no answer came, in *missed. False: the test has failed. */
static bool ask(struct client *client, const char *key, uint64_t value, struct ack *out,
                unsigned *missed) {
    const double until = now_s() + PATIENCE_S;
    while (atomic_load(&status) == 0) {
        const int got =
            connect_to(client) && send_figure(client, key, value) ? read_answer(client) : -1;
        if (got == 200 || got == 201) {
            if (read_ack(client->answer, out) && out->repeat == (got == 200))
                return true;
            fail(4, key, client->answer);
        }
        if (got > 0 && got != 503)
            fail(4, key, client->answer);
        if (now_s() > until)
            fail(5, key, "no answer came");
        *missed += got == 0;
        if (got <= 0)
            disconnect(client);
        nanosleep(&(struct timespec){.tv_nsec = PAUSE_MS * 1000000L}, NULL);
    }
    return false;
}

static void ask_again(struct client *client, const char *key, uint64_t value,
                      const struct ack *before) {
    struct ack ack;
    unsigned missed = 0;
    if (!ask(client, key, value, &ack, &missed))
        return;
    if (!ack.repeat || ack.position != before->position || strcmp(ack.leaf, before->leaf) != 0)
        fail(4, key, client->answer);
    atomic_fetch_add(&repeated, 1);
}

static void *work(void *context) {
    struct client *const client = context;
    for (uint64_t turn = 0; !atomic_load(&must_stop) && atomic_load(&status) == 0; turn++) {
        char key[40];
        struct ack ack;
        unsigned missed = 0;
        snprintf(key, sizeof key, "%.12s-%u-%llu", options.run, client->number,
                 (unsigned long long)turn);
        if (!ask(client, key, turn, &ack, &missed))
            break;
        keep(key, &ack);
        atomic_fetch_add(&cut, missed);
        if (ack.repeat && missed == 0)
            fail(4, key, "it was there before it was said");
        atomic_fetch_add(&found, ack.repeat);
        if (turn % ASK_AGAIN_EVERY == 0)
            ask_again(client, key, turn, &ack);
    }
    disconnect(client);
    return NULL;
}

static bool read_options(int count, char **argument, unsigned *connections) {
    if (count < 5)
        return false;
    options.port = (uint16_t)strtoul(argument[1], NULL, 10);
    options.acks = open(argument[2], O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    *connections = (unsigned)strtoul(argument[3], NULL, 10);
    options.run = argument[4];
    for (int i = 5; i < count; i++) {
        const size_t used = strlen(options.headers);
        snprintf(options.headers + used, sizeof options.headers - used, "%s\r\n", argument[i]);
    }
    return options.acks >= 0 && *connections >= 1 && *connections <= CONNECTIONS_MOST;
}

int main(int count, char **argument) {
    unsigned connections = 0;
    if (!read_options(count, argument, &connections)) {
        fprintf(stderr, "api-kill-clients: see tests/api/kill_clients.c\n");
        return 2;
    }
    struct client *const client = calloc(connections, sizeof *client);
    if (client == NULL)
        return 2;
    signal(SIGTERM, stop);
    for (unsigned i = 0; i < connections; i++) {
        client[i].number = i;
        client[i].socket = -1;
        if (pthread_create(&client[i].thread, NULL, work, &client[i]) != 0)
            return 2;
    }
    for (unsigned i = 0; i < connections; i++)
        pthread_join(client[i].thread, NULL);
    printf("{\"acknowledged\": %llu, \"cut\": %llu, \"found\": %llu, \"repeated\": %llu}\n",
           (unsigned long long)acknowledged, (unsigned long long)cut, (unsigned long long)found,
           (unsigned long long)repeated);
    free(client);
    return atomic_load(&status);
}
