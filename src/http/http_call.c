/* The life of a request, as the library tells of it.
 *
 * The library calls http_on_access first when the head is there, then for each piece of the body, then when all has come and whenever the connection is resumed, until an answer is
 * queued. An answer that is queued at the first call closes the connection, so answers without a body to come wait for the call after it. A handler that runs in the pool has its
 * connection suspended meanwhile; only the one thread that has the call touches it, and suspending and resuming (which take a lock of the library) hand it over. */
#include "base/steady.h"
#include "http/http_blob.h"
#include "http/http_inside.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

static void answer_flaw(struct http_call *call, enum http_flaw flaw) {
    atomic_fetch_add(&call->server->refused_count, 1);
    call->closes = true;
    http_answer_problem(&call->request, http_flaw_code(flaw), http_flaw_words(flaw, BATON_EN),
                        http_flaw_words(flaw, BATON_ZH), NULL, NULL);
}

/* The head */

struct collected {
    struct http_field field[HTTP_FIELDS_MAX];
    size_t count;
};

static enum MHD_Result collect(void *context, enum MHD_ValueKind kind, const char *name,
                               size_t name_size, const char *value, size_t value_size) {
    (void)kind;
    struct collected *const all = context;
    if (value == NULL) /* never in a head that was read */
        value_size = 0;
    if (all->count < LENGTH(all->field))
        all->field[all->count] = (struct http_field){name, value, name_size, value_size};
    all->count++;
    return MHD_YES;
}

static size_t size_of_head(struct MHD_Connection *wire) {
    const union MHD_ConnectionInfo *const info =
        MHD_get_connection_info(wire, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    return info == NULL ? 0 : info->header_size;
}

/* Copies the fields into the arena, without the spaces behind the values. */
static void copy_fields(struct http_call *call, const struct collected *all) {
    struct baton_arena *const arena = call->request.arena;
    const size_t count = all->count < LENGTH(all->field) ? all->count : LENGTH(all->field);
    size_t room = 0;
    for (size_t i = 0; i < count; i++)
        room += all->field[i].name_size + all->field[i].value_size + 2;
    char *to = arena_alloc(arena, room + 1, 1);
    call->field = arena_alloc(arena, count + 1, sizeof *call->field);
    call->header = arena_alloc(arena, count + 1, sizeof *call->header);
    call->field_count = count;
    for (size_t i = 0; i < count; i++) {
        const struct http_field *const from = &all->field[i];
        size_t size = from->value_size;
        while (size > 0 && (from->value[size - 1] == ' ' || from->value[size - 1] == '\t'))
            size--;
        char *const value = to + from->name_size + 1;
        memcpy(to, from->name, from->name_size);
        if (size > 0)
            memcpy(value, from->value, size);
        call->field[i] = (struct http_field){to, value, from->name_size, size};
        call->header[i] = (struct http_pair){to, value};
        to = value + size + 1;
    }
}

static enum http_flaw read_head(struct http_call *call, const char *method, const char *version) {
    struct http_connection *const connection = call->connection;
    struct collected all;
    all.count = 0;
    MHD_get_connection_values_n(connection->wire, MHD_HEADER_KIND, collect, &all);
    const struct http_head raw = {method,    connection->target_place,      version, all.field,
                                  all.count, size_of_head(connection->wire)};
    if (all.count > LENGTH(all.field) || raw.size > HTTP_HEAD_MAX)
        return HTTP_FLAW_HEAD_SIZE;
    const enum http_flaw flaw = http_strict_lines(&raw, strlen(connection->target));
    if (flaw != HTTP_SOUND)
        return flaw;
    copy_fields(call, &all);
    http_request_read(call);
    const struct http_head head = {method,      connection->target, version,
                                   call->field, call->field_count,  raw.size};
    return http_strict(&head, &call->framing);
}

/* From the head to the route */

static enum http_method method_of(const char *word, bool *is_head) {
    *is_head = strcmp(word, "HEAD") == 0;
    if (*is_head)
        return HTTP_GET;
    unsigned i = 0;
    while (i < HTTP_METHODS && strcmp(word, http_method_word((enum http_method)i)) != 0)
        i++;
    return (enum http_method)i;
}

static void answer_no_route(struct http_call *call, const char *method, unsigned allowed) {
    struct http_request *const request = &call->request;
    if (allowed == 0) {
        http_answer_problem(request, BATON_ROUTE_UNKNOWN, request->path, NULL, NULL, NULL);
        return;
    }
    const char *const text = http_allowed_text(request->arena, allowed);
    if (strcmp(method, "OPTIONS") == 0)
        http_answer_nothing(request, 204);
    else
        http_answer_problem(request, BATON_METHOD_NOT_ALLOWED,
                            arena_text(request->arena, method, strlen(method)), text, NULL, NULL);
    http_add_header(request, "Allow", text);
}

static bool is_in_pieces(const struct http_call *call) {
    return call->request.route->body_max > HTTP_PIECES_FROM;
}

/* Bytes that a body may have. */
static size_t body_most(const struct http_call *call) {
    const struct http_settings *const settings = &call->server->settings;
    const size_t own = call->request.route->body_max;
    const size_t most =
        is_in_pieces(call) && settings->pieces_max > 0 ? settings->pieces_max : settings->body_max;
    return most > 0 && most < own ? most : own;
}

/* Whether the body may come; else it has answered. */
static void check_body(struct http_call *call) {
    struct http_request *const request = &call->request;
    const struct http_route *const route = request->route;
    if (!call->framing.has_body)
        return;
    if (call->framing.size > body_most(call) || route->media == NULL) {
        call->closes = true;
        http_answer_problem(
            request, BATON_BODY_TOO_LARGE,
            arena_printf(request->arena, "%zu", route->media == NULL ? 0 : body_most(call)), NULL,
            NULL, NULL);
        return;
    }
    if (!http_bodies_have_room(&call->server->bodies, call->framing.size)) {
        call->closes = true;
        http_answer_problem(request, BATON_SERVER_BUSY, NULL, NULL, NULL, NULL);
        return;
    }
    const char *const media = http_header(request, "Content-Type");
    if (!http_is_media(media, route->media))
        http_answer_problem(request, BATON_MEDIA_UNKNOWN, media,
                            route->media[0] == '\0' ? NULL : route->media, NULL, NULL);
}

static void read_request(struct http_call *call, const char *method, const char *version) {
    struct http_request *const request = &call->request;
    const struct http_site *const site = call->server->site;
    request->path = "";
    request->method = method_of(method, &request->is_head);
    struct http_target target = {.path = ""};
    enum http_flaw flaw = read_head(call, method, version);
    if (flaw == HTTP_SOUND)
        flaw = http_target_read(request->arena, call->connection->target, &target);
    if (flaw != HTTP_SOUND) {
        answer_flaw(call, flaw);
        return;
    }
    request->path = target.path;
    request->query = target.query;
    request->query_count = target.query_count;
    const struct http_match match =
        http_routes_find(call->server->routes, request->arena, request->method, &target);
    if (match.route == NULL) {
        answer_no_route(call, method, match.allowed);
        return;
    }
    request->route = match.route;
    request->segment = match.segment;
    request->segment_count = match.segment_count;
    if (site->admit == NULL || site->admit(request, site->context))
        check_body(call);
    else if (call->answer.kind == HTTP_ANSWER_NONE)
        http_answer_problem(request, BATON_SERVER_FAILED, NULL, NULL, NULL, NULL);
}

/* Answers */

struct run {
    struct http_call *call;
    const char *method, *version;
    bool may_compress;
};

static baton_code run_read(void *context) {
    struct run *const run = context;
    read_request(run->call, run->method, run->version);
    return BATON_OK;
}

static baton_code run_handler(void *context) {
    struct run *const run = context;
    struct http_call *const call = run->call;
    call->request.route->handle(&call->request, call->server->site->context);
    return BATON_OK;
}

static baton_code run_make(void *context) {
    struct run *const run = context;
    return http_answer_make(run->call, run->may_compress) ? BATON_OK : BATON_NO_MEMORY;
}

/* Makes the response, by all means: where memory is out, the last resort, or none at all. */
static void make_response(struct http_call *call, baton_code code, bool may_compress) {
    struct run run = {.call = call, .may_compress = may_compress};
    if (code == BATON_OK)
        code = arena_run(call->request.arena, run_make, &run);
    if (code != BATON_OK)
        http_answer_last_resort(call);
}

static enum MHD_Result queue(struct http_call *call) {
    if (call->response == NULL)
        return MHD_NO;
    call->step = HTTP_STEP_ANSWERED;
    http_set_deadline(call->connection, INT64_MAX);
    const enum MHD_Result result =
        MHD_queue_response(call->connection->wire, (unsigned)call->status, call->response);
    MHD_destroy_response(call->response);
    call->response = NULL;
    return result;
}

static enum MHD_Result answer_now(struct http_call *call) {
    make_response(call, BATON_OK, false);
    return queue(call);
}

/* Beginning and end */

static struct http_call *call_open(struct http_connection *connection) {
    struct baton_arena *const arena = http_spare_take(connection->server);
    struct http_call *const call = arena == NULL ? NULL : calloc(1, sizeof *call);
    if (call == NULL) {
        arena_close(arena);
        return NULL;
    }
    call->request.arena = arena;
    call->request.begun_ns = steady_ns();
    call->request.peer = "";
    call->request.is_secure = connection->server->settings.certificate != NULL;
    call->request.language = connection->server->site->language;
    call->server = connection->server;
    call->connection = connection;
    call->answer.file = -1;
    call->body.file = call->put.file = -1;
    http_request_name(call);
    connection->call = call;
    atomic_store(&connection->is_busy, true);
    atomic_fetch_add(&connection->server->calls_now, 1);
    return call;
}

static void call_close(struct http_call *call, bool is_whole) {
    struct http_server *const server = call->server;
    const struct http_site *const site = server->site;
    const bool has_bytes = is_whole && !call->request.is_head && call->status != 304;
    if (call->stream == NULL && has_bytes)
        atomic_store(&call->sent, call->response_size);
    http_stream_gone(call->stream);
    if (site->done != NULL)
        site->done(&call->request, call->status, atomic_load(&call->sent), site->context);
    http_answer_reset(&call->answer);
    http_answer_forget(call);
    http_body_close(&server->bodies, &call->body);
    http_body_close(&server->bodies, &call->put);
    http_spare_give(server, call->request.arena);
    free(call);
    atomic_fetch_sub(&server->calls_now, 1);
}

static bool expects(struct http_call *call) {
    return http_header(&call->request, "Expect") != NULL;
}

static enum MHD_Result begin(struct http_connection *connection, const char *method,
                             const char *version) {
    struct http_call *const call = call_open(connection);
    if (call == NULL)
        return MHD_NO;
    struct run run = {.call = call, .method = method, .version = version};
    if (arena_run(call->request.arena, run_read, &run) != BATON_OK) {
        call->closes = true;
        http_answer_last_resort(call);
        return queue(call);
    }
    if (call->answer.kind != HTTP_ANSWER_NONE) {
        const struct http_framing *const framing = &call->framing;
        const bool drains = !framing->is_chunked && framing->size <= HTTP_DRAIN_MAX;
        if (call->closes || (framing->has_body && (!drains || expects(call)))) {
            call->closes = true;
            return answer_now(call);
        }
        call->step = HTTP_STEP_DROPPED;
    }
    call->body_begun_ns = steady_ns();
    http_set_deadline(connection,
                      call->body_begun_ns + (int64_t)call->server->settings.head_ms * 1000000);
    return MHD_YES;
}

/* The body */

static baton_code run_too_large(void *context) {
    struct http_call *const call = context;
    http_answer_problem(&call->request, BATON_BODY_TOO_LARGE,
                        arena_printf(call->request.arena, "%zu", body_most(call)), NULL, NULL,
                        NULL);
    return BATON_OK;
}

static baton_code run_busy(void *context) {
    struct http_call *const call = context;
    http_answer_problem(&call->request, BATON_SERVER_BUSY, NULL, NULL, NULL, NULL);
    return BATON_OK;
}

static baton_code run_full(void *context) {
    struct http_call *const call = context;
    http_answer_problem(&call->request, BATON_STORE_FULL, NULL, NULL, NULL, NULL);
    return BATON_OK;
}

static baton_code run_bad_chunk(void *context) {
    answer_flaw(context, HTTP_FLAW_CHUNKS);
    return BATON_OK;
}

/* Answers before all has come; the rest is dropped, for the library sends no answer before its end. */
static enum MHD_Result give_up_body(struct http_call *call, baton_code (*answer)(void *call)) {
    call->step = HTTP_STEP_DROPPED;
    call->closes = true;
    return arena_run(call->request.arena, answer, call) == BATON_OK ? MHD_YES : MHD_NO;
}

static void expect_more(struct http_call *call) {
    const struct http_settings *const settings = &call->server->settings;
    const uint64_t size = call->request.body_size + call->dropped;
    http_set_deadline(call->connection, call->body_begun_ns + (int64_t)settings->head_ms * 1000000 +
                                            (int64_t)(size * 1000 / settings->body_rate) * 1000000);
}

static enum MHD_Result take_body(struct http_call *call, const char *bytes, size_t size) {
    struct http_request *const request = &call->request;
    if (call->step == HTTP_STEP_DROPPED) {
        call->dropped += size;
        expect_more(call);
        return call->dropped > HTTP_OVERRUN_MAX ? MHD_NO : MHD_YES;
    }
    assert(call->step == HTTP_STEP_BODY);
    if (size > body_most(call) - request->body_size)
        return give_up_body(call, run_too_large);
    if (call->framing.is_chunked && http_strict_chunk(bytes) != HTTP_SOUND)
        return give_up_body(call, run_bad_chunk);
    const enum http_body_code code =
        http_body_add(&call->server->bodies, &call->body, bytes, size, call->framing.size);
    if (code == HTTP_BODY_FAILED)
        return MHD_NO;
    if (code != HTTP_BODY_OK)
        return give_up_body(call, code == HTTP_BODY_BUSY ? run_busy : run_full);
    request->body_size = call->body.size;
    expect_more(call);
    return MHD_YES;
}

/* The handler */

static void run_in_pool(struct http_work *work) {
    struct http_call *const call =
        (struct http_call *)((char *)work - offsetof(struct http_call, work));
    struct run run = {.call = call};
    make_response(call, arena_run(call->request.arena, run_handler, &run), true);
    MHD_resume_connection(call->connection->wire); /* from here on it is not ours */
}

void http_pass_on(struct http_request *request) {
    struct http_call *const call = (struct http_call *)request;
    assert(request->route->way == HTTP_AT_ONCE && !request->is_in_pool);
    call->passes_on = true;
}

/* Whether the handler has answered in this thread. */
static bool answers_at_once(struct http_call *call) {
    struct run run = {.call = call};
    if (call->request.route->way != HTTP_AT_ONCE)
        return false;
    const baton_code code = arena_run(call->request.arena, run_handler, &run);
    if (code == BATON_OK && call->passes_on && call->answer.kind == HTTP_ANSWER_NONE)
        return false;
    make_response(call, code, false);
    return true;
}

static enum MHD_Result handle(struct http_call *call) {
    http_set_deadline(call->connection, INT64_MAX);
    const enum http_body_code code =
        is_in_pieces(call) ? HTTP_BODY_OK : http_body_whole(&call->body, &call->request.body);
    if (code != HTTP_BODY_OK) {
        baton_code (*const answer)(void *call) = code == HTTP_BODY_FULL ? run_full : run_busy;
        make_response(call, arena_run(call->request.arena, answer, call), false);
        return queue(call);
    }
    if (answers_at_once(call))
        return queue(call);
    if (!http_pool_take(call->server->pool)) {
        make_response(call, arena_run(call->request.arena, run_busy, call), false);
        return queue(call);
    }
    call->step = HTTP_STEP_WORK;
    call->request.is_in_pool = true;
    call->work.run = run_in_pool;
    MHD_suspend_connection(call->connection->wire);
    http_pool_add(call->server->pool, &call->work);
    return MHD_YES;
}

static baton_code run_trailers(void *context) {
    answer_flaw(context, HTTP_FLAW_TRAILERS);
    return BATON_OK;
}

static bool has_trailers(struct http_call *call) {
    return call->framing.is_chunked &&
           MHD_get_connection_values_n(call->connection->wire, MHD_FOOTER_KIND, NULL, NULL) > 0;
}

/* All has come; or the pool is done. */
static enum MHD_Result go_on(struct http_call *call) {
    if (call->step == HTTP_STEP_WORK)
        return queue(call);
    if (call->step == HTTP_STEP_ANSWERED)
        return MHD_YES;
    if (has_trailers(call)) {
        make_response(call, arena_run(call->request.arena, run_trailers, call), false);
        return queue(call);
    }
    return call->step == HTTP_STEP_DROPPED ? answer_now(call) : handle(call);
}

/* What the library calls */

void *http_on_target(void *server, const char *target, struct MHD_Connection *wire) {
    (void)server;
    const union MHD_ConnectionInfo *const info =
        MHD_get_connection_info(wire, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    struct http_connection *const connection = info == NULL ? NULL : info->socket_context;
    if (connection == NULL)
        return NULL;
    free(connection->target);
    connection->target = target == NULL ? NULL : strdup(target);
    connection->target_place = target;
    return connection;
}

enum MHD_Result http_on_access(void *server, struct MHD_Connection *wire, const char *url,
                               const char *method, const char *version, const char *body,
                               size_t *body_size, void **context) {
    (void)server, (void)wire, (void)url;
    struct http_connection *const connection = *context;
    if (connection == NULL || connection->target == NULL)
        return MHD_NO;
    if (connection->call == NULL)
        return begin(connection, method, version);
    if (*body_size == 0)
        return go_on(connection->call);
    const enum MHD_Result result = take_body(connection->call, body, *body_size);
    *body_size = 0;
    return result;
}

void http_on_completed(void *server, struct MHD_Connection *wire, void **context,
                       enum MHD_RequestTerminationCode how) {
    (void)server, (void)wire;
    struct http_connection *const connection = *context;
    if (connection == NULL)
        return;
    const struct http_settings *const settings = &connection->server->settings;
    struct http_call *const call = connection->call;
    connection->call = NULL;
    atomic_store(&connection->is_busy, false);
    http_set_deadline(connection,
                      steady_ns() + ((int64_t)settings->idle_ms + settings->head_ms) * 1000000);
    if (call != NULL)
        call_close(call, how == MHD_REQUEST_TERMINATED_COMPLETED_OK);
}
