/* A small site for tests/http/run: a route for everything that src/http can do.
 *
 *     http-site [NAME=VALUE]...     settings: port loops workers connections queue head_ms idle_ms body_rate body_max certificate key (files) proxy log wait_ms
 *
 * Prints the port that it listens on, then with log=1 a line for each request that has ended: method, path, status, bytes of the body, code of a problem. Ends when its standard input does. */
#include "base/json.h"
#include "base/whole_file.h"
#include "http/http.h"
#include "http/http_blob.h"
#include "http/http_stream.h"
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { STREAMS_MAX = 4096 };

struct site {
    struct http_server *server;
    struct http_blob *blob;
    bool logs;
    const char *file; /* that /file answers with */
    pthread_mutex_t lock;
    struct http_stream *stream[STREAMS_MAX];
    size_t stream_count;
    uint64_t events, gone;
};

static unsigned long number(const struct http_request *request, const char *name) {
    const char *const text = http_query(request, name);
    return text == NULL ? 0 : strtoul(text, NULL, 10);
}

static void answer_text(struct http_request *request, const char *text) {
    http_answer(request, 200, "text/plain", text, strlen(text));
}

static void plain(struct http_request *request, void *context) {
    (void)context;
    answer_text(request, "hello\n");
}

static void put_pairs(struct json *json, const char *name, const struct http_pair *pair,
                      size_t count) {
    json_array_tight(json, name);
    for (size_t i = 0; i < count; i++) {
        json_array(json, NULL);
        json_text(json, NULL, pair[i].name);
        json_text(json, NULL, pair[i].value);
        json_end(json);
    }
    json_end(json);
}

static int64_t now_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* What the handler sees of the request. */
static void seen(struct http_request *request, void *context) {
    (void)context;
    struct writer *const writer = writer_memory(request->arena);
    struct json json = json_to(writer);
    json_object(&json, NULL);
    json_text(&json, "id", request->id);
    json_text(&json, "method", http_method_word(request->method));
    json_flag(&json, "head", request->is_head);
    json_flag(&json, "secure", request->is_secure);
    json_text(&json, "path", request->path);
    json_text(&json, "peer", request->peer);
    json_text(&json, "language", request->language == BATON_ZH ? "zh" : "en");
    json_text(&json, "cookie", http_cookie(request, "baton"));
    json_text(&json, "test", http_header(request, "x-test"));
    put_pairs(&json, "segments", request->segment, request->segment_count);
    put_pairs(&json, "query", request->query, request->query_count);
    json_count(&json, "age_ms", (uint64_t)(now_ns() - request->begun_ns) / 1000000);
    json_count(&json, "body_size", request->body_size);
    json_text(&json, "body", request->body_size < 1000 ? request->body : NULL);
    json_end(&json);
    const char *const text = writer_text_of(writer);
    http_answer(request, 200, "application/json", text, strlen(text));
}

static void echo(struct http_request *request, void *context) {
    (void)context;
    http_answer(request, 200, "application/octet-stream", request->body, request->body_size);
}

static void tagged(struct http_request *request, void *context) {
    (void)context;
    http_add_header(request, "Cache-Control", "no-cache");
    if (http_tag(request, "v1"))
        return;
    if (request->method == HTTP_DELETE)
        http_answer_nothing(request, 204);
    else
        answer_text(request, http_segment(request, "thing"));
}

/* Text of ?size= bytes that compresses well, but not too well. */
static void big(struct http_request *request, void *context) {
    (void)context;
    const size_t size = number(request, "size");
    char *const text = arena_alloc(request->arena, size + 1, 1);
    uint32_t x = 1;
    for (size_t i = 0; i < size; i++) {
        x = x * 1103515245 + 12345;
        text[i] = "abcdefgh"[(x >> 16) & 7];
    }
    if (http_tag(request, "big"))
        return;
    http_answer(request, 200,
                http_query(request, "raw") != NULL ? "application/octet-stream" : "text/plain",
                text, size);
}

static void blob(struct http_request *request, void *context) {
    const struct site *const site = context;
    http_answer_blob(request, 200, site->blob);
}

static void file(struct http_request *request, void *context) {
    const struct site *const site = context;
    http_answer_file(request, 200, "application/octet-stream",
                     open(site->file, O_RDONLY | O_CLOEXEC));
}

static void slow(struct http_request *request, void *context) {
    (void)context;
    const unsigned long ms = number(request, "ms");
    const struct timespec pause = {(time_t)(ms / 1000), (long)(ms % 1000) * 1000000};
    nanosleep(&pause, NULL);
    answer_text(request, "slow\n");
}

static void memory(struct http_request *request, void *context) {
    (void)context;
    answer_text(request, "not this\n");
    volatile size_t much = SIZE_MAX / 2;
    memset(arena_alloc(request->arena, much, 4), 0, 1);
}

/* From the end of this request on the ?at=th allocation fails, and every one after it, until a line comes by standard input. */
static void fail(struct http_request *request, void *context) {
    (void)context;
    answer_text(request, "fails\n");
}

static void forgets(struct http_request *request, void *context) {
    (void)request, (void)context;
}

static void findings(struct http_request *request, void *context) {
    (void)context;
    struct baton_findings found = {.arena = request->arena};
    baton_findings_add(&found, BATON_ENCODING_CONVERTED,
                       (struct baton_where){"units.csv", 0, 0, NULL}, NULL, NULL, NULL, NULL);
    baton_findings_add(&found, BATON_WEIGHT_NEGATIVE,
                       (struct baton_where){"indicators.csv", 7, 3, "weight"}, "-1", NULL, NULL,
                       NULL);
    baton_findings_add(&found, BATON_FIELD_EMPTY, (struct baton_where){NULL, 0, 0, "/facts/3/unit"},
                       "unit", NULL, NULL, NULL);
    http_answer_findings(request, &found);
}

struct subscription {
    struct site *site;
    struct http_stream *stream;
};

static void on_gone(void *context) {
    struct subscription *const subscription = context;
    struct site *const site = subscription->site;
    pthread_mutex_lock(&site->lock);
    for (size_t i = 0; i < site->stream_count; i++)
        if (site->stream[i] == subscription->stream)
            site->stream[i--] = site->stream[--site->stream_count];
    site->gone++;
    pthread_mutex_unlock(&site->lock);
    free(subscription);
}

static void stream(struct http_request *request, void *context) {
    struct site *const site = context;
    struct subscription *const subscription = calloc(1, sizeof *subscription);
    if (subscription == NULL)
        return;
    subscription->site = site;
    subscription->stream = http_stream_open(request, on_gone, subscription);
    if (subscription->stream == NULL) {
        free(subscription);
        return;
    }
    const char *const last = http_header(request, "Last-Event-ID");
    http_stream_send(subscription->stream, 0, NULL, "hello", last == NULL ? "null" : last,
                     last == NULL ? 4 : strlen(last));
    pthread_mutex_lock(&site->lock);
    if (site->stream_count < STREAMS_MAX)
        site->stream[site->stream_count++] = subscription->stream;
    pthread_mutex_unlock(&site->lock);
    http_answer_stream(request, subscription->stream);
}

/* Sends the body to all streams, ?times= times, by topic ?topic=. */
static void tell(struct http_request *request, void *context) {
    struct site *const site = context;
    const unsigned long times = http_query(request, "times") == NULL ? 1 : number(request, "times");
    pthread_mutex_lock(&site->lock);
    for (unsigned long k = 0; k < times; k++) {
        site->events++;
        for (size_t i = 0; i < site->stream_count; i++)
            http_stream_send(site->stream[i], site->events, http_query(request, "topic"), "state",
                             request->body, request->body_size);
    }
    pthread_mutex_unlock(&site->lock);
    http_answer_nothing(request, 204);
}

static void end_streams(struct http_request *request, void *context) {
    struct site *const site = context;
    pthread_mutex_lock(&site->lock);
    for (size_t i = 0; i < site->stream_count; i++)
        http_stream_end(site->stream[i], "revoked");
    pthread_mutex_unlock(&site->lock);
    http_answer_nothing(request, 204);
}

static void counts(struct http_request *request, void *context) {
    struct site *const site = context;
    const struct http_counts count = http_counts(site->server);
    pthread_mutex_lock(&site->lock);
    const unsigned long long gone = site->gone;
    pthread_mutex_unlock(&site->lock);
    const char *const text = arena_printf(
        request->arena,
        "{\"connections\": %llu, \"requests\": %llu, \"refused\": %llu, \"connections_now\": %llu, "
        "\"waiting_now\": %llu, \"working_now\": %llu, \"streams_now\": %llu, \"gone\": %llu}",
        (unsigned long long)count.connections, (unsigned long long)count.requests,
        (unsigned long long)count.refused, (unsigned long long)count.connections_now,
        (unsigned long long)count.waiting_now, (unsigned long long)count.working_now,
        (unsigned long long)count.streams_now, gone);
    http_answer(request, 200, "application/json", text, strlen(text));
}

/* clang-format off */
static const struct http_route routes[] = {
    {HTTP_GET, HTTP_AT_ONCE, "/", 0, NULL, plain},
    {HTTP_GET, HTTP_AT_ONCE, "/plain", 0, NULL, plain},
    {HTTP_GET, HTTP_IN_POOL, "/pool", 0, NULL, plain},
    {HTTP_GET, HTTP_IN_POOL, "/seen", 0, NULL, seen},
    {HTTP_POST, HTTP_IN_POOL, "/seen", 100000, "", seen},
    {HTTP_DELETE, HTTP_IN_POOL, "/seen", 0, NULL, seen},
    {HTTP_GET, HTTP_IN_POOL, "/seen/{one}/and/{two}", 0, NULL, seen},
    {HTTP_GET, HTTP_IN_POOL, "/things/{thing}", 0, NULL, tagged},
    {HTTP_GET, HTTP_IN_POOL, "/things/fixed", 0, NULL, plain},
    {HTTP_PUT, HTTP_IN_POOL, "/things/{thing}", 100, "application/json", tagged},
    {HTTP_DELETE, HTTP_IN_POOL, "/things/{thing}", 0, NULL, tagged},
    {HTTP_POST, HTTP_IN_POOL, "/echo", 4 << 20, "", echo},
    {HTTP_POST, HTTP_AT_ONCE, "/echo/once", 100000, "", echo},
    {HTTP_POST, HTTP_IN_POOL, "/json", 1000, "application/json", echo},
    {HTTP_POST, HTTP_IN_POOL, "/none", 0, NULL, plain},
    {HTTP_GET, HTTP_IN_POOL, "/big", 0, NULL, big},
    {HTTP_GET, HTTP_AT_ONCE, "/blob", 0, NULL, blob},
    {HTTP_GET, HTTP_IN_POOL, "/file", 0, NULL, file},
    {HTTP_GET, HTTP_IN_POOL, "/slow", 0, NULL, slow},
    {HTTP_GET, HTTP_IN_POOL, "/memory", 0, NULL, memory},
    {HTTP_GET, HTTP_AT_ONCE, "/memory/once", 0, NULL, memory},
    {HTTP_GET, HTTP_AT_ONCE, "/fail", 0, NULL, fail},
    {HTTP_GET, HTTP_IN_POOL, "/forgets", 0, NULL, forgets},
    {HTTP_GET, HTTP_IN_POOL, "/findings", 0, NULL, findings},
    {HTTP_GET, HTTP_IN_POOL, "/closed", 0, NULL, plain},
    {HTTP_POST, HTTP_IN_POOL, "/closed", 1000000, "", echo},
    {HTTP_GET, HTTP_IN_POOL, "/stream", 0, NULL, stream},
    {HTTP_POST, HTTP_IN_POOL, "/tell", 100000, "", tell},
    {HTTP_POST, HTTP_IN_POOL, "/end", 0, NULL, end_streams},
    {HTTP_GET, HTTP_AT_ONCE, "/counts", 0, NULL, counts},
};
/* clang-format on */

static bool admit(struct http_request *request, void *context) {
    (void)context;
    if (strcmp(request->route->pattern, "/closed") != 0 ||
        http_header(request, "Authorization") != NULL)
        return true;
    http_answer_problem(request, BATON_SESSION_ENDED, NULL, NULL, NULL, NULL);
    return false;
}

static void done(const struct http_request *request, int status, uint64_t sent, void *context) {
    const struct site *const site = context;
    if (site->logs)
        printf("%s %s %d %llu%s%s\n",
               request->is_head
                   ? "HEAD"
                   : http_method_word(request->method < HTTP_METHODS ? request->method : HTTP_GET),
               request->path, status, (unsigned long long)sent,
               http_problem_code(request) != BATON_OK ? " " : "",
               http_problem_code(request) != BATON_OK
                   ? baton_code_info(http_problem_code(request))->name
                   : "");
    if (request->route != NULL && request->route->handle == fail)
        arena_fail_at(number(request, "at"));
}

static const char *contents(struct baton_arena *arena, const char *path) {
    FILE *const file_read = fopen(path, "rb");
    if (file_read == NULL) {
        perror(path);
        exit(3);
    }
    char *const text = arena_alloc(arena, 1 << 16, 1);
    const size_t size = fread(text, 1, (1 << 16) - 1, file_read);
    fclose(file_read);
    return arena_text(arena, text, size);
}

static unsigned wait_ms = 2000;

static void set(struct baton_arena *arena, struct http_settings *settings, struct site *site,
                const char *name, const char *value) {
    const struct {
        const char *name;
        unsigned *at;
    } numbers[] = {
        {"loops", &settings->loops},
        {"workers", &settings->workers},
        {"connections", &settings->connections_max},
        {"queue", &settings->queue_max},
        {"head_ms", &settings->head_ms},
        {"idle_ms", &settings->idle_ms},
        {"body_rate", &settings->body_rate},
        {"wait_ms", &wait_ms},
    };
    for (size_t i = 0; i < LENGTH(numbers); i++)
        if (strcmp(name, numbers[i].name) == 0)
            *numbers[i].at = (unsigned)strtoul(value, NULL, 10);
    if (strcmp(name, "port") == 0)
        settings->port = (uint16_t)strtoul(value, NULL, 10);
    if (strcmp(name, "body_max") == 0)
        settings->body_max = strtoul(value, NULL, 10);
    if (strcmp(name, "address") == 0)
        settings->address = value;
    if (strcmp(name, "certificate") == 0)
        settings->certificate = contents(arena, value);
    if (strcmp(name, "key") == 0)
        settings->key = contents(arena, value);
    if (strcmp(name, "file") == 0)
        site->file = value;
    if (strcmp(name, "log") == 0)
        site->logs = true;
    if (strcmp(name, "proxy") == 0) {
        const char **const proxies = arena_alloc(arena, 2, sizeof *proxies);
        proxies[0] = value;
        settings->proxy = proxies;
    }
}

struct command {
    struct baton_arena *arena;
    int argc;
    char **argv;
};

static const struct http_pair site_headers[] = {
    {"X-Content-Type-Options", "nosniff"},
    {"Cache-Control", "no-store"},
};

static const struct http_pair secure_headers[] = {{"Strict-Transport-Security", "max-age=60"}};

static baton_code serve(void *context) {
    const struct command *const command = context;
    static struct site site = {.lock = PTHREAD_MUTEX_INITIALIZER, .file = "/dev/null"};
    struct http_settings settings = http_settings_usual;
    settings.port = 0;
    for (int i = 1; i < command->argc; i++) {
        char *const equals = strchr(command->argv[i], '=');
        if (equals != NULL)
            set(command->arena, &settings, &site,
                arena_text(command->arena, command->argv[i], (size_t)(equals - command->argv[i])),
                equals + 1);
    }
    char bytes[20000];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = "the same bytes for all\n"[i % 23];
    site.blob = http_blob_make("text/html", bytes, sizeof bytes, NULL, HTTP_EFFORT_MUCH);
    const struct http_site about = {.route = routes,
                                    .route_count = LENGTH(routes),
                                    .context = &site,
                                    .admit = admit,
                                    .done = done,
                                    .header = site_headers,
                                    .header_count = LENGTH(site_headers),
                                    .secure_header = secure_headers,
                                    .secure_header_count = LENGTH(secure_headers),
                                    .language = BATON_EN};
    struct baton_findings found = {.arena = command->arena};
    const baton_code code = http_start(command->arena, &settings, &about, &site.server, &found);
    if (code != BATON_OK) {
        for (size_t i = 0; i < found.count; i++)
            printf("%s\n", baton_finding_message(command->arena, &found.item[i], BATON_EN));
        http_blob_release(site.blob);
        return code;
    }
    printf("%u\n", http_port(site.server));
    char dropped[64];
    while (read(0, dropped, sizeof dropped) > 0) {
        arena_fail_at(0); /* no allocation fails any more */
        printf("well\n");
    }
    http_stop(site.server, wait_ms);
    http_blob_release(site.blob);
    printf("stopped\n");
    return BATON_OK;
}

int main(int argc, char **argv) {
    setvbuf(stdout, NULL, _IOLBF, 0);
    struct command command = {arena_open(), argc, argv};
    const baton_code code = arena_run(command.arena, serve, &command);
    arena_close(command.arena);
    return baton_code_info(code)->exit_status;
}
