/* What the files of this layer know of each other: server, connection, call (a request with its answer). */
#ifndef HTTP_HTTP_INSIDE_H
#define HTTP_HTTP_INSIDE_H

#include "http/http.h"
#include "http/http_accept.h"
#include "http/http_body.h"
#include "http/http_pool.h"
#include "http/http_route.h"
#include "http/http_strict.h"
#include <microhttpd.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>

enum {
    HTTP_SPARE_MAX = 64,        /* arenas that wait for the next requests */
    HTTP_SPARE_SIZE = 64 << 10, /* bytes that each of them may hold */
    HTTP_DRAIN_MAX =
        64
        << 10, /* bytes of a body that are read and dropped when it was answered before, so that the connection can go on */
    HTTP_OVERRUN_MAX =
        1
        << 20, /* the same of a chunked body that was found too large; after it the connection is cut */
    HTTP_SWEEP_MS = 250
};

/* A client's connection, in the server's list from its beginning to its end; malloc'd. */
struct http_connection {
    struct http_server *server;
    struct MHD_Connection *wire;
    int socket;
    struct in6_addr address;                /* of the other end */
    char peer[INET6_ADDRSTRLEN];            /* the same as text; "" = not asked for yet */
    _Atomic int64_t deadline_ns;            /* monotonic, when it is cut off; INT64_MAX = never */
    struct http_connection *before, *after; /* server->lock */
    /* The request that is being read: its target, copied before it is decoded, and where it stood. malloc'd; NULL = memory was out. */
    char *target;
    const char *target_place;
    struct http_call *call; /* under way; NULL between requests */
    atomic_bool is_busy;    /* the same, for other threads */
};

enum http_answer_kind {
    HTTP_ANSWER_NONE,
    HTTP_ANSWER_BYTES,
    HTTP_ANSWER_BLOB,
    HTTP_ANSWER_FILE,
    HTTP_ANSWER_STREAM
};

/* What the handler said. Resources (blob, file) are the answer's until they are given to the library. */
struct http_answer {
    enum http_answer_kind kind;
    int status;
    const char *media; /* NULL = there are no bytes */
    const void *bytes;
    size_t size;
    struct http_blob *blob;
    int file;           /* -1 = none */
    uint64_t from;      /* of the file; `size` bytes, 0 = all */
    baton_code problem; /* BATON_OK = it is none */
    const char *tag;
    struct http_tag_found tag_found; /* with 304: what the client has */
    struct http_pair *header;
    size_t header_count, header_capacity;
};

enum http_step {
    HTTP_STEP_BODY,    /* its body comes, or none does */
    HTTP_STEP_DROPPED, /* the same, but it is answered already: what comes is dropped */
    HTTP_STEP_WORK,    /* the pool has it; the connection is suspended */
    HTTP_STEP_ANSWERED
};

/* A request and its answer. The first member is what handlers see. Lives in its own arena, but for the body. */
struct http_call {
    struct http_request request;
    struct http_server *server;
    struct http_connection *connection;
    struct http_field *field; /* copies; http_header */
    size_t field_count;
    struct http_pair *header; /* the same, with NULs */
    struct http_framing framing;
    enum http_step step;
    bool closes;    /* the connection, behind the answer */
    bool passes_on; /* see http_pass_on */
    struct http_body body;
    struct http_body put; /* see http_answer_put */
    int64_t body_begun_ns;
    uint64_t dropped; /* bytes */
    struct http_answer answer;
    struct http_stream *stream; /* opened by the handler, answered or not */
    struct http_work work;
    struct MHD_Response *response; /* made from the answer; not yet queued */
    int status;                    /* of the response */
    _Atomic uint64_t sent; /* bytes of the body; for bytes and files known at the end only */
    uint64_t response_size;
};

struct http_server {
    struct http_settings settings;
    const struct http_site *site;
    const struct http_routes *routes;
    struct http_bodies bodies;
    struct MHD_Daemon *daemon;
    struct http_pool *pool;
    uint16_t port;
    int listener; /* -1 = closed, or the library's */
    bool is_stopped;
    atomic_bool is_stopping;
    uint64_t seed; /* of the ids of requests */
    struct in6_addr *proxy;
    size_t proxy_count;
    pthread_mutex_t lock; /* of the two lists, of `sweeper_ends` */
    struct http_connection *connections;
    struct http_stream *streams;
    pthread_cond_t sweep;
    pthread_t sweeper;
    bool has_sweeper, sweeper_ends;
    pthread_mutex_t spare_lock; /* of what follows */
    struct baton_arena *spare[HTTP_SPARE_MAX];
    size_t spare_count;
    _Atomic uint64_t connection_count, request_count, refused_count, ended_count;
    _Atomic uint64_t connections_now, calls_now, streams_now;
};

/* http_call.c: what the library calls. */
enum MHD_Result http_on_access(void *server, struct MHD_Connection *wire, const char *url,
                               const char *method, const char *version, const char *body,
                               size_t *body_size, void **context);
void *http_on_target(void *server, const char *target, struct MHD_Connection *wire);
void http_on_completed(void *server, struct MHD_Connection *wire, void **context,
                       enum MHD_RequestTerminationCode how);

/* http_spare.c: arenas that are used again by one request after the other. NULL where memory is out. */
struct baton_arena *http_spare_take(struct http_server *server);
void http_spare_give(struct http_server *server, struct baton_arena *arena);
void http_spare_close(struct http_server *server);

/* http_sweep.c: the list of connections, and the thread that ends the slow ones. */
void http_on_connection(void *server, struct MHD_Connection *wire, void **context,
                        enum MHD_ConnectionNotificationCode what);
MUST_USE bool http_sweep_start(struct http_server *server);
void http_sweep_stop(struct http_server *server);
/* Cuts off the connections that have no request under way, or all. */
void http_cut_connections(struct http_server *server, bool all);
void http_set_deadline(struct http_connection *connection, int64_t ns);

/* http_request.c: fills what the head says of the client and what it wants; the fields are there. */
void http_request_read(struct http_call *call);
void http_request_name(struct http_call *call); /* its id */
MUST_USE bool http_address_read(const char *text, size_t size, struct in6_addr *address);

/* http_answer.c */
void http_answer_reset(struct http_answer *answer);
/* call->response: the answer as the library takes it, with the headers of the site; without an answer SERVER_FAILED is answered. False where memory is out. Inside arena_run. */
MUST_USE bool http_answer_make(struct http_call *call, bool may_compress);
/* The one for when memory is out: NO_MEMORY, with little. False where not even that can be had. */
bool http_answer_last_resort(struct http_call *call);
void http_answer_forget(struct http_call *call); /* the response, if there is one */

/* http_blob.c: the form that is sent: in the coding accepted, or as it is where that makes it no smaller. Makes it, or waits for who does. */
struct http_form {
    const void *bytes;
    size_t size;
    enum http_coding coding;
};
struct http_form http_blob_form(struct http_blob *blob, enum http_coding accepted);
const char *http_blob_media(const struct http_blob *blob);
bool http_blob_varies(const struct http_blob *blob); /* it is sent in more forms than one */

/* http_stream.c */
struct MHD_Response *http_stream_response(struct http_stream *stream);
void http_stream_gone(struct http_stream *stream); /* tells its owner, and frees it */
void http_streams_beat(struct http_server *server, int64_t now_ns); /* server->lock is held */
void http_streams_end(struct http_server *server, const char *reason);

#endif
