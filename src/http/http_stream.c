/* Streams: a list of events behind a lock, which the library's thread takes from when it can send. While there is nothing, the connection is suspended; who adds something resumes it.
 *
 * Locks are taken in this order: the server's, a stream's, the library's own. The owner is told that the stream is gone without any of them. */
#include "http/http_stream.h"
#include "base/steady.h"
#include "http/http_inside.h"
#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

struct event {
    struct event *next;
    char *topic;  /* stands behind the text; NULL = none */
    size_t size;  /* bytes of the text */
    size_t taken; /* bytes that the library has */
    char text[];
};

struct http_stream {
    struct http_server *server;
    struct http_call *call;
    struct MHD_Connection *wire;
    void (*gone)(void *context);
    void *context;
    struct http_stream *before, *after; /* server->lock */
    pthread_mutex_t lock;               /* of what follows */
    struct event *first, **end;
    size_t waiting; /* bytes in the list */
    bool is_suspended, is_ending;
    int64_t last_ns; /* when something was sent or put into the list */
};

static struct event *event_make(const char *topic, const char *head, const char *data,
                                size_t size) {
    const size_t head_size = strlen(head), topic_size = topic == NULL ? 0 : strlen(topic) + 1;
    const size_t text_size = head_size + size + 2;
    struct event *const event = malloc(sizeof *event + text_size + topic_size);
    if (event == NULL)
        return NULL;
    *event = (struct event){.size = text_size};
    memcpy(event->text, head, head_size);
    if (size > 0)
        memcpy(event->text + head_size, data, size);
    memcpy(event->text + head_size + size, "\n\n", 2);
    if (topic != NULL)
        event->topic = memcpy(event->text + text_size, topic, topic_size);
    return event;
}

/* The rest is with the lock. */

static void drop(struct http_stream *stream, struct event **at) {
    struct event *const event = *at;
    *at = event->next;
    if (stream->end == &event->next)
        stream->end = at;
    stream->waiting -= event->size;
    free(event);
}

/* What the library has begun to take must be sent to its end. */
static void drop_all(struct http_stream *stream) {
    struct event **at = &stream->first;
    while (*at != NULL)
        if ((*at)->taken > 0)
            at = &(*at)->next;
        else
            drop(stream, at);
}

static void drop_topic(struct http_stream *stream, const char *topic) {
    for (struct event **at = &stream->first; *at != NULL; at = &(*at)->next)
        if ((*at)->taken == 0 && (*at)->topic != NULL && strcmp((*at)->topic, topic) == 0) {
            drop(stream, at);
            return;
        }
}

static void append(struct http_stream *stream, struct event *event) {
    if (event == NULL)
        return;
    *stream->end = event;
    stream->end = &event->next;
    stream->waiting += event->size;
    stream->last_ns = steady_ns();
}

static void wake(struct http_stream *stream) {
    if (stream->is_suspended)
        MHD_resume_connection(stream->wire);
    stream->is_suspended = false;
}

static void append_reload(struct http_stream *stream) {
    drop_all(stream);
    append(stream, event_make("reload", "event: reload\ndata: {}", NULL, 0));
}

/* The system would hold megabytes for who does not read; what lies there is the past, and cannot be replaced. */
static void keep_little(const struct http_stream *stream) {
    const int size = HTTP_STREAM_SYSTEM;
    (void)setsockopt(stream->call->connection->socket, SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
}

/* What others call */

struct http_stream *http_stream_open(struct http_request *request, void (*gone)(void *context),
                                     void *context) {
    struct http_call *const call = (struct http_call *)request;
    struct http_server *const server = call->server;
    const uint64_t most = server->settings.connections_max - server->settings.connections_max / 8;
    assert(call->stream == NULL && request->route->way == HTTP_IN_POOL);
    struct http_stream *const stream =
        atomic_load(&server->is_stopping) ? NULL : calloc(1, sizeof *stream);
    if (stream == NULL || atomic_fetch_add(&server->streams_now, 1) >= most) {
        if (stream != NULL)
            atomic_fetch_sub(&server->streams_now, 1);
        free(stream);
        http_answer_problem(request, BATON_SERVER_BUSY, NULL, NULL, NULL, NULL);
        return NULL;
    }
    stream->server = server;
    stream->call = call;
    stream->wire = call->connection->wire;
    stream->gone = gone;
    stream->context = context;
    stream->end = &stream->first;
    stream->last_ns = steady_ns();
    pthread_mutex_init(&stream->lock, NULL);
    pthread_mutex_lock(&server->lock);
    stream->after = server->streams;
    if (stream->after != NULL)
        stream->after->before = stream;
    server->streams = stream;
    stream->is_ending = atomic_load(&server->is_stopping);
    pthread_mutex_unlock(&server->lock);
    call->stream = stream;
    keep_little(stream);
    return stream;
}

void http_stream_send(struct http_stream *stream, uint64_t id, const char *topic, const char *event,
                      const char *data, size_t size) {
    char head[256];
    assert(memchr(data, '\n', size) == NULL && memchr(data, '\r', size) == NULL);
    const int head_size =
        snprintf(head, sizeof head, "id: %llu\nevent: %s\ndata: ", (unsigned long long)id, event);
    assert(head_size > 0 && (size_t)head_size < sizeof head);
    const size_t text_size = (size_t)head_size + size + 2;
    struct event *const made =
        text_size > HTTP_STREAM_MOST ? NULL : event_make(topic, head, data, size);
    pthread_mutex_lock(&stream->lock);
    if (!stream->is_ending) {
        if (topic != NULL)
            drop_topic(stream, topic);
        if (made == NULL || stream->waiting + text_size > HTTP_STREAM_MOST)
            append_reload(stream);
        else
            append(stream, made);
        wake(stream);
    }
    const bool is_used = made != NULL && stream->end == &made->next;
    pthread_mutex_unlock(&stream->lock);
    if (!is_used)
        free(made);
}

/* Those that come back all at once would be a flood: each is told another time, so that they are spread over seconds. */
static unsigned retry_ms(struct http_server *server) {
    enum { RETRY_LEAST_MS = 1000, RETRY_SPREAD_MS = 4000 };
    const uint64_t one = atomic_fetch_add(&server->ended_count, 1) * 0x9e3779b97f4a7c15;
    return RETRY_LEAST_MS + (unsigned)((one >> 32) % RETRY_SPREAD_MS);
}

void http_stream_end(struct http_stream *stream, const char *reason) {
    char head[64], data[128];
    pthread_mutex_lock(&stream->lock);
    if (!stream->is_ending) {
        snprintf(head, sizeof head, "retry: %u\nevent: end\ndata: ", retry_ms(stream->server));
        snprintf(data, sizeof data, "{\"reason\": \"%s\"}", reason);
        append(stream, event_make(NULL, head, data, strlen(data)));
        stream->is_ending = true;
        wake(stream);
    }
    pthread_mutex_unlock(&stream->lock);
}

/* What the library and the server call */

static size_t take(struct http_stream *stream, char *out, size_t room) {
    size_t used = 0;
    while (stream->first != NULL && used < room) {
        struct event *const event = stream->first;
        const size_t left = event->size - event->taken;
        const size_t part = left < room - used ? left : room - used;
        memcpy(out + used, event->text + event->taken, part);
        used += part;
        event->taken += part;
        if (event->taken == event->size)
            drop(stream, &stream->first);
    }
    return used;
}

static ssize_t read_stream(void *context, uint64_t position, char *out, size_t room) {
    struct http_stream *const stream = context;
    (void)position;
    pthread_mutex_lock(&stream->lock);
    const size_t used = take(stream, out, room);
    const bool has_ended = used == 0 && stream->is_ending;
    if (used == 0 && !has_ended) {
        stream->is_suspended = true;
        MHD_suspend_connection(stream->wire);
    }
    pthread_mutex_unlock(&stream->lock);
    atomic_fetch_add(&stream->call->sent, used);
    return has_ended ? MHD_CONTENT_READER_END_OF_STREAM : (ssize_t)used;
}

struct MHD_Response *http_stream_response(struct http_stream *stream) {
    enum { BLOCK = 4096 };
    struct MHD_Response *const response =
        MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, BLOCK, read_stream, stream, NULL);
    if (response != NULL) /* the end of the stream is that of the connection */
        (void)MHD_add_response_header(response, MHD_HTTP_HEADER_CONNECTION, "close");
    return response;
}

void http_stream_gone(struct http_stream *stream) {
    if (stream == NULL)
        return;
    struct http_server *const server = stream->server;
    stream->gone(stream->context);
    pthread_mutex_lock(&server->lock);
    if (stream->before != NULL)
        stream->before->after = stream->after;
    else
        server->streams = stream->after;
    if (stream->after != NULL)
        stream->after->before = stream->before;
    pthread_mutex_unlock(&server->lock);
    atomic_fetch_sub(&server->streams_now, 1);
    while (stream->first != NULL)
        drop(stream, &stream->first);
    pthread_mutex_destroy(&stream->lock);
    free(stream);
}

/* Whether the client has closed its side; the library does not look while the connection is suspended. */
static bool has_left(const struct http_stream *stream) {
    char byte;
    const ssize_t got = recv(stream->call->connection->socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR);
}

static void beat(struct http_stream *stream) {
    append(stream, event_make(NULL, ":", NULL, 0));
    wake(stream);
}

void http_streams_beat(struct http_server *server, int64_t now_ns) {
    for (struct http_stream *at = server->streams; at != NULL; at = at->after) {
        pthread_mutex_lock(&at->lock);
        const bool is_due = now_ns - at->last_ns >= (int64_t)HTTP_HEARTBEAT_MS * 1000000;
        if (at->is_suspended && has_left(at)) {
            /* What cannot be sent ends the connection at once; an end by the reader would keep it open until its loop wakes for something else. */
            (void)shutdown(at->call->connection->socket, SHUT_RDWR);
            beat(at);
        } else if (is_due && at->first == NULL && !at->is_ending)
            beat(at);
        pthread_mutex_unlock(&at->lock);
    }
}

void http_streams_end(struct http_server *server, const char *reason) {
    pthread_mutex_lock(&server->lock);
    for (struct http_stream *at = server->streams; at != NULL; at = at->after)
        http_stream_end(at, reason);
    pthread_mutex_unlock(&server->lock);
}
