/* An HTTP server for a site: a table of routes, and what the site says of each request.
 *
 * Life of a request. Its head is read and held to the rules (http_strict.h); the route is looked up; the site admits it or answers at once; then the body is read, up to the route's limit;
 * then the route's handler makes the answer, in a thread of the server's pool, or at once in the thread that reads where the route says so. Only `admit`, handlers marked
 * HTTP_AT_ONCE and `done` run in threads that read and write for all connections: they must not block, open files or ask a database.
 *
 * Everything of a request stands in its arena, which is closed when the answer has been sent: handlers keep nothing. A handler that runs out of memory is left and answered with
 * NO_MEMORY (503). Errors are problems (RFC 9457) with the codes of code.def, in the language that the client asks for (http_problem.h). */
#ifndef HTTP_HTTP_H
#define HTTP_HTTP_H

#include "base/arena.h"
#include "base/macros.h"
#include "baton/findings.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct http_server;
struct http_request;
struct http_stream; /* http_stream.h */
struct http_blob;   /* http_blob.h */

enum http_method { HTTP_GET, HTTP_POST, HTTP_PUT, HTTP_PATCH, HTTP_DELETE, HTTP_METHODS };
const char *http_method_word(enum http_method method); /* "GET" */

/* Where its handler runs. A stream's handler runs in the pool too, and answers with http_answer_stream. */
enum http_way { HTTP_IN_POOL, HTTP_AT_ONCE };
/* For a handler marked HTTP_AT_ONCE that finds it would have to work: without an answer it is called again in the pool, where request->is_in_pool is true. */
void http_pass_on(struct http_request *request);

typedef void http_handler(struct http_request *request, void *site);

/* Of routes that take larger bodies the handler reads them by http_body_read: request->body is NULL, so that they are never in memory. */
enum { HTTP_PIECES_FROM = 64 << 20 };

/* Pattern: a path whose segments in braces stand for any one segment that is not empty: "/api/v1/assessments/{assessment}/results/{period}". A fixed segment goes before one in
 * braces. HEAD is answered as GET, without the body; OPTIONS by the methods that the path has. */
struct http_route {
    enum http_method method;
    enum http_way way;
    const char *pattern;
    size_t body_max; /* bytes; 0 = it takes none */
    const char *
        media; /* of the body, "application/json"; "" = any, NULL = it takes none. A parameter charset=utf-8 is fine */
    http_handler *handle;
};

/* Decoded texts, with a NUL behind them: UTF-8 without control characters. */
struct http_pair {
    const char *name, *value;
};

struct http_request {
    struct baton_arena *arena;
    char id[20]; /* of this request: in the log, in problems, in the header X-Request-Id */
    enum http_method method; /* HTTP_GET with is_head for HEAD */
    bool is_head;
    bool is_in_pool;  /* its handler runs in a thread of the pool, and may block */
    bool is_secure;   /* came by TLS, here or at a proxy that is believed */
    const char *path; /* decoded, without the query */
    const char *peer; /* address of the client, as a proxy that is believed tells it */
    const struct http_route *route;  /* NULL in `done` where there was none */
    const struct http_pair *segment; /* what the braces of the pattern stand for */
    size_t segment_count;
    const struct http_pair *query; /* in the order of the query; names may come twice */
    size_t query_count;
    const char *body; /* with a NUL behind it */
    size_t body_size;
    enum baton_language
        language;     /* the first of Accept-Language that is zh or en, else the server's */
    int64_t begun_ns; /* monotonic */
    void *mine;       /* the site's own: set by `admit` */
};

/* Reads up to `size` bytes of the body from `offset` on; answers how many: less only at its end. SIZE_MAX = it cannot be read. */
size_t http_body_read(const struct http_request *request, uint64_t offset, void *to, size_t size);

/* A header of the request, names in any case; NULL = it is not there. No header that matters to us comes twice. */
const char *http_header(const struct http_request *request, const char *name);
/* The value of that name; NULL = none. */
const char *http_segment(const struct http_request *request, const char *name);
const char *http_query(const struct http_request *request, const char *name);
/* A cookie's value; NULL = none, or it stands there twice. */
const char *http_cookie(const struct http_request *request, const char *name);

/* Answers. The last one that was given counts; without any it is 500. bytes live in the request's arena or forever; a blob is held until it is sent. Media types of text (text/..., XML,
 * scripts; JSON is UTF-8 by itself) get `; charset=utf-8`; they, JSON and YAML are compressed from HTTP_COMPRESS_FROM bytes on as the client accepts (br, gzip), which is the pool's
 * work, not that of HTTP_AT_ONCE. */
enum { HTTP_COMPRESS_FROM = 1024 };
void http_answer(struct http_request *request, int status, const char *media, const void *bytes,
                 size_t size);
void http_answer_nothing(struct http_request *request, int status); /* 204, 304 ... */
/* With status 200 its tag is looked at as http_tag does, so that 304 (or 412) may be answered instead. */
void http_answer_blob(struct http_request *request, int status, struct http_blob *blob);
/* An open file, which is closed when it has been sent (also when it cannot be). */
void http_answer_file(struct http_request *request, int status, const char *media, int file);
/* An answer that is put together piece by piece, held as bodies are (in memory while it is small, then in a file) and counted with them: SERVER_BUSY where all of them have as much as they may, STORE_FULL, NO_MEMORY.
 * http_answer_put_all makes it the answer, with status 200, or of a GET with one Range (RFC 9110, 14; If-Range by the tag) 206 or the problem RANGE_OUTSIDE. Once in a request; nothing is put behind it. */
MUST_USE baton_code http_answer_put(struct http_request *request, const void *bytes, size_t size);
MUST_USE baton_code http_answer_put_all(struct http_request *request, const char *media);
/* NULL = http_stream_open had no room and has answered. To HEAD nothing of it is sent, and it is gone at once. */
void http_answer_stream(struct http_request *request, struct http_stream *stream);
/* The problem of a code with its arguments, as baton_findings_add takes them; its status is the code's. */
void http_answer_problem(struct http_request *request, baton_code code, const char *a,
                         const char *b, const char *c, const char *d);
/* The same of findings: the first error is the problem, all are told in `errors`. */
void http_answer_findings(struct http_request *request, const struct baton_findings *found);
/* The same with another status than that of the first error's code: what is wrong with a part of the address is not found, whatever it is. */
void http_answer_findings_as(struct http_request *request, int status,
                             const struct baton_findings *found);
/* The code of the problem that is the answer so far; BATON_OK where it is none. */
baton_code http_problem_code(const struct http_request *request);

/* Adds a header to whatever is answered in the end; name and value live as long as the request. It takes the place of the site's header of that name. A value with a control character
 * is a bug (asserted). */
void http_add_header(struct http_request *request, const char *name, const char *value);
/* Strong entity tag of what is there now, without quotes. False: go on. True: it is answered, and the handler is done, namely 304 where the client of a GET has it already (If-None-Match),
 * 412 where If-Match does not hold, or, with other methods than GET, where If-None-Match does. The answer gets the header ETag; a compressed one that of its form ("tag+br", "tag+gzip"),
 * which is taken for the same state when it comes back. Called before the answer is made. */
MUST_USE bool http_tag(struct http_request *request, const char *tag);

struct http_site {
    const struct http_route *route;
    size_t route_count;
    void *context; /* for the functions below and the handlers */
    /* Whether the request may go on; else it has answered. Before the body is read. `request->route` is there. NULL = all may. Does not block. */
    bool (*admit)(struct http_request *request, void *context);
    /* After the answer has been sent, or the client has gone: status is what was answered, sent the bytes of its body. For the log. NULL = nothing. Does not block. */
    void (*done)(const struct http_request *request, int status, uint64_t sent, void *context);
    /* Headers of every answer, but for those that the library gives by itself to what is no HTTP at all (a head beyond 24 KB, a version that is none, chunks without sizes). */
    const struct http_pair *header;
    size_t header_count;
    /* The same of answers to what came by TLS, here or at a proxy that is believed. */
    const struct http_pair *secure_header;
    size_t secure_header_count;
    enum baton_language language; /* where the client asks for none */
};

struct http_settings {
    const char *address; /* "127.0.0.1", "::1" */
    uint16_t port;       /* 0 = a free one: http_port tells */
    unsigned loops,
        workers; /* threads that read and write, that run handlers; 0 = by the processors */
    unsigned connections_max;
    unsigned queue_max;         /* requests that wait for the pool; more are answered 503 */
    unsigned head_ms;           /* for a head to arrive, from the connection's beginning */
    unsigned idle_ms;           /* between requests of a connection */
    unsigned body_rate;         /* bytes a second that a body must keep up, after head_ms */
    size_t body_max;            /* bytes, beyond what a route says; 0 = that alone */
    uint64_t pieces_max;        /* the same of routes that take theirs in pieces, instead */
    uint64_t bodies_memory_max; /* bytes of all bodies under way in memory, where small ones are */
    uint64_t bodies_file_max;   /* and in files, where all others are; more are answered 503 */
    const char *bodies_folder;  /* of these files; NULL = TMPDIR, else /tmp */
    const char *certificate, *key; /* PEM, the contents; NULL = without TLS */
    const char *const *
        proxy; /* addresses whose X-Forwarded-For and -Proto are believed; ends with NULL. NULL = none */
};
extern const struct http_settings http_settings_usual;

/* Starts it. SERVER_ADDRESS where it cannot listen there, SERVER_PROXY where a proxy is no address,
 * SERVER_TLS where certificate and key are none or do not belong together, each with a finding. The site is borrowed until
 * http_stop. *out is set before the first request comes, so that handlers may use it. Stops when the arena is closed, too. */
MUST_USE baton_code http_start(struct baton_arena *arena, const struct http_settings *settings,
                               const struct http_site *site, struct http_server **out,
                               struct baton_findings *found);
uint16_t http_port(const struct http_server *server);

/* Takes no new connections, ends the streams, lets the requests that are under way end, for at most so long; then closes. A handler that runs still is waited for even then. From any
 * thread but the server's own; once. */
void http_stop(struct http_server *server, unsigned wait_ms);

/* What it is doing, for metrics. From any thread, until the arena is closed: also while it stops. */
struct http_counts {
    uint64_t connections, requests, refused; /* since the start; refused: by http_strict */
    uint64_t connections_now, waiting_now, working_now, streams_now;
};
struct http_counts http_counts(const struct http_server *server);

#endif
