/* Numbers that only grow, counted with relaxed additions. Those of a route stand together in memory, away from those of the others, for the threads that serve one are often not those that
 * serve another. */
#include "server/metrics.h"
#include "base/steady.h"
#include "base/writer.h"
#include "ledger/token.h"
#include "server/api.h"
#include "server/audit.h"
#include "server/chaser.h"
#include "server/limits.h"
#include "server/log.h"
#include "server/ready.h"
#include "server/route.h"
#include <dirent.h>
#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum { CLASSES = 6, BUCKETS = 12 }; /* statuses 1xx to 5xx; [0] = the client had gone */

/* Upper ends of the histogram. */
static const uint64_t bucket_us[BUCKETS] = {500,   1000,   2500,   5000,    10000,   25000,
                                            50000, 100000, 250000, 1000000, 2500000, 10000000};

struct of_route {
    _Atomic uint64_t status[CLASSES];
    _Atomic uint64_t bucket[BUCKETS + 1];
    _Atomic uint64_t sum_us;
    char apart[64];
};

struct metrics {
    int64_t begun_utc_s;
    size_t routes;          /* the last one is of what is no route */
    struct of_route *route; /* [routes + 1] */
    _Atomic uint64_t received, sent, facts, batches, others, entries;
    _Atomic uint64_t signed_in, sign_in_refused, sign_in_busy, store_errors;
};

static void add(_Atomic uint64_t *number, uint64_t more) {
    atomic_fetch_add_explicit(number, more, memory_order_relaxed);
}

static uint64_t value_of(const _Atomic uint64_t *number) {
    return atomic_load_explicit(number, memory_order_relaxed);
}

struct metrics *metrics_open(struct baton_arena *arena) {
    struct metrics *metrics = arena_alloc(arena, 1, sizeof *metrics);
    struct timespec now;
    (void)routes(&metrics->routes);
    metrics->route = arena_alloc(arena, metrics->routes + 1, sizeof *metrics->route);
    clock_gettime(CLOCK_REALTIME, &now); /* when the process began; no time of the ledger */
    metrics->begun_utc_s = now.tv_sec;
    return metrics;
}

/* Counting */

static uint64_t age_us(const struct http_request *request) {
    const int64_t ns = steady_ns() - request->begun_ns;
    return ns > 0 ? (uint64_t)ns / 1000 : 0;
}

/* A stream lasts as long as somebody watches; that is no time of an answer. */
static bool is_timed(const struct route *route) {
    return route == NULL || strstr(route->media, "event-stream") == NULL;
}

static void count_time(struct of_route *of, uint64_t us) {
    size_t i = 0;
    while (i < BUCKETS && us > bucket_us[i])
        i++;
    add(&of->bucket[i], 1);
    add(&of->sum_us, us);
}

static void count_code(struct metrics *metrics, baton_code code) {
    if (code == BATON_OK)
        return;
    if (code == BATON_SIGN_IN_REFUSED)
        add(&metrics->sign_in_refused, 1);
    if (code == BATON_SIGN_IN_BUSY)
        add(&metrics->sign_in_busy, 1);
    if (baton_code_info(code)->number / 100 == 51 && baton_code_info(code)->http >= 500)
        add(&metrics->store_errors, 1);
}

void metrics_request(struct metrics *metrics, const struct http_request *request, int status,
                     uint64_t sent) {
    size_t count;
    const struct route *const route = route_found(request), *const table = routes(&count);
    struct of_route *const of =
        &metrics->route[route == NULL ? metrics->routes : (size_t)(route - table)];
    add(&of->status[status >= 100 && status < 600 ? status / 100 : 0], 1);
    if (is_timed(route))
        count_time(of, age_us(request));
    add(&metrics->received, request->body_size);
    add(&metrics->sent, sent);
    count_code(metrics, http_problem_code(request));
    if (status == 201 && route != NULL && strcmp(route->pattern, "/api/v1/session") == 0)
        add(&metrics->signed_in, 1);
}

void metrics_begin(struct metrics *metrics, uint64_t size) {
    atomic_store_explicit(&metrics->entries, size, memory_order_relaxed);
}

void metrics_batch(struct metrics *metrics, size_t facts, uint64_t size) {
    add(&metrics->batches, 1);
    add(&metrics->facts, facts);
    atomic_store_explicit(&metrics->entries, size, memory_order_relaxed);
}

void metrics_others(struct metrics *metrics, uint64_t size) {
    add(&metrics->others, 1);
    atomic_store_explicit(&metrics->entries, size, memory_order_relaxed);
}

/* Writing */

static void head(struct writer *writer, const char *name, const char *type, const char *help) {
    writer_printf(writer, "# HELP baton_%s %s\n# TYPE baton_%s %s\n", name, help, name, type);
}

static void one(struct writer *writer, const char *name, const char *type, const char *help,
                double value) {
    head(writer, name, type, help);
    writer_printf(writer, "baton_%s ", name);
    writer_number(writer, value);
    writer_char(writer, '\n');
}

static void counter(struct writer *writer, const char *name, const char *help,
                    const _Atomic uint64_t *number) {
    one(writer, name, "counter", help, (double)value_of(number));
}

static const char *route_name(const struct route *table, size_t count, size_t i) {
    return i < count ? table[i].name : "";
}

static const char *route_method(const struct route *table, size_t count, size_t i) {
    return i < count ? http_method_word(table[i].method) : "";
}

static void write_requests(const struct metrics *metrics, struct writer *writer) {
    static const char *const classes[CLASSES] = {"none", "1xx", "2xx", "3xx", "4xx", "5xx"};
    size_t count;
    const struct route *const table = routes(&count);
    head(
        writer, "http_requests_total", "counter",
        "Requests that have ended, by route (empty: no such address), method and class of status.");
    for (size_t i = 0; i <= count; i++)
        for (size_t class = 0; class < CLASSES; class ++)
            if (value_of(&metrics->route[i].status[class]) > 0)
                writer_printf(
                    writer,
                    "baton_http_requests_total{route=\"%s\",method=\"%s\",status=\"%s\"} %" PRIu64
                    "\n",
                    route_name(table, count, i), route_method(table, count, i), classes[class],
                    value_of(&metrics->route[i].status[class]));
}

static void write_histogram(const struct of_route *of, const char *name, const char *method,
                            struct writer *writer) {
    uint64_t sum = 0;
    for (size_t i = 0; i <= BUCKETS; i++) {
        sum += value_of(&of->bucket[i]);
        writer_printf(writer, "baton_http_request_seconds_bucket{route=\"%s\",method=\"%s\",le=\"",
                      name, method);
        if (i < BUCKETS)
            writer_number(writer, (double)bucket_us[i] / 1e6);
        else
            writer_text(writer, "+Inf");
        writer_printf(writer, "\"} %" PRIu64 "\n", sum);
    }
    writer_printf(writer, "baton_http_request_seconds_sum{route=\"%s\",method=\"%s\"} ", name,
                  method);
    writer_number(writer, (double)value_of(&of->sum_us) / 1e6);
    writer_printf(writer,
                  "\nbaton_http_request_seconds_count{route=\"%s\",method=\"%s\"} %" PRIu64 "\n",
                  name, method, sum);
}

static bool has_time(const struct of_route *of) {
    for (size_t i = 0; i <= BUCKETS; i++)
        if (value_of(&of->bucket[i]) > 0)
            return true;
    return false;
}

static void write_times(const struct metrics *metrics, struct writer *writer) {
    size_t count;
    const struct route *const table = routes(&count);
    head(writer, "http_request_seconds", "histogram",
         "From the head of a request to the end of its answer; streams are left out.");
    for (size_t i = 0; i <= count; i++)
        if (has_time(&metrics->route[i]))
            write_histogram(&metrics->route[i], route_name(table, count, i),
                            route_method(table, count, i), writer);
}

static void write_http(const struct api *api, struct writer *writer) {
    const struct http_counts counts = http_counts(api->http);
    const struct metrics *const metrics = api->metrics;
    one(writer, "http_connections_total", "counter", "Connections that were taken.",
        (double)counts.connections);
    one(writer, "http_refused_total", "counter", "Requests whose head or body was malformed.",
        (double)counts.refused);
    one(writer, "http_connections", "gauge", "Connections that are open.",
        (double)counts.connections_now);
    one(writer, "http_waiting", "gauge", "Requests that wait for a worker.",
        (double)counts.waiting_now);
    one(writer, "http_working", "gauge", "Workers that are at work.", (double)counts.working_now);
    one(writer, "http_streams", "gauge", "Event streams that are open.",
        (double)counts.streams_now);
    counter(writer, "http_received_bytes_total", "Bytes of bodies that were received.",
            &metrics->received);
    counter(writer, "http_sent_bytes_total", "Bytes of bodies that were sent.", &metrics->sent);
}

static void write_limits(const struct api *api, struct writer *writer) {
    static const char *const words[LIMIT_CLASSES] = {"reads", "writes", "costly"};
    head(writer, "rate_limited_total", "counter",
         "Requests refused with 429, by whom they were counted, and as what.");
    for (int by_account = 0; by_account < 2; by_account++)
        for (unsigned i = 0; i < LIMIT_CLASSES; i++)
            writer_printf(writer, "baton_rate_limited_total{by=\"%s\",kind=\"%s\"} %" PRIu64 "\n",
                          by_account ? "account" : "address", words[i],
                          limits_refused(api->limits, by_account != 0, (enum limits_class)i));
}

static void write_ledger(struct api *api, struct writer *writer) {
    const struct metrics *const metrics = api->metrics;
    const struct live_counts live = live_counts(api->live);
    counter(writer, "facts_appended_total", "Facts that this process made durable.",
            &metrics->facts);
    counter(writer, "batches_total", "Transactions in which it did so.", &metrics->batches);
    counter(writer, "foreign_appends_total", "How often entries of another process were noticed.",
            &metrics->others);
    one(writer, "journal_entries", "gauge", "Entries of the journal.",
        (double)value_of(&metrics->entries));
    counter(writer, "store_errors_total", "Requests that failed because the store did.",
            &metrics->store_errors);
    one(writer, "live_runs_total", "counter", "How often results were scored anew.",
        (double)live.runs);
    one(writer, "live_failures_total", "counter", "How often that failed.", (double)live.failures);
    one(writer, "live_seconds_total", "counter", "How long it took in all.",
        (double)live.run_us / 1e6);
    one(writer, "live_entries", "gauge", "Entries that the live results take in.",
        (double)live.size);
    one(writer, "ready", "gauge", "1 as /readyz says so, else 0.",
        ready_now(api->ready) == READY ? 1 : 0);
    one(writer, "log_dropped_total", "counter", "Lines of the log that were dropped.",
        (double)log_dropped(api->log));
    one(writer, "audit_lost_total", "counter", "Audit records that were not stored.",
        (double)audit_lost(api->audit));
    if (api->chaser == NULL)
        return;
    const struct chaser_counts notices = chaser_counts(api->chaser);
    one(writer, "notices_made_total", "counter", "Reminders that were made.", (double)notices.made);
    one(writer, "notices_delivered_total", "counter", "Notices that a receiver took.",
        (double)notices.delivered);
    one(writer, "notices_failed_total", "counter", "Attempts at delivering a notice that failed.",
        (double)notices.failed);
    one(writer, "notices_given_up_total", "counter", "Notices that were given up.",
        (double)notices.given_up);
}

static void write_accounts(const struct api *api, struct writer *writer) {
    const struct metrics *const metrics = api->metrics;
    head(writer, "sign_ins_total", "counter", "Sign-ins, by what became of them.");
    writer_printf(writer,
                  "baton_sign_ins_total{result=\"ok\"} %" PRIu64
                  "\nbaton_sign_ins_total{result=\"refused\"} %" PRIu64
                  "\nbaton_sign_ins_total{result=\"busy\"} %" PRIu64 "\n",
                  value_of(&metrics->signed_in), value_of(&metrics->sign_in_refused),
                  value_of(&metrics->sign_in_busy));
    one(writer, "sessions", "gauge", "Sessions that are open.",
        (double)session_count(api->accounts));
    one(writer, "tokens", "gauge", "Tokens for programs that may be used.",
        (double)token_count(api->accounts));
}

/* The process; names without baton_, as all programs have them. */

static void process(struct writer *writer, const char *name, const char *type, const char *help,
                    double value) {
    writer_printf(writer, "# HELP process_%s %s\n# TYPE process_%s %s\nprocess_%s ", name, help,
                  name, type, name);
    writer_number(writer, value);
    writer_char(writer, '\n');
}

static void write_memory(struct writer *writer) {
    unsigned long long size = 0, resident = 0;
    FILE *const file = fopen("/proc/self/statm", "re");
    if (file == NULL)
        return;
    const bool is_read = fscanf(file, "%llu %llu", &size, &resident) == 2;
    fclose(file);
    if (!is_read)
        return;
    const double page = (double)sysconf(_SC_PAGESIZE);
    process(writer, "resident_memory_bytes", "gauge", "Resident size.", (double)resident * page);
    process(writer, "virtual_memory_bytes", "gauge", "Virtual size.", (double)size * page);
}

static void write_files(struct writer *writer) {
    struct rlimit limit;
    DIR *const folder = opendir("/proc/self/fd");
    if (folder != NULL) {
        size_t count = 0;
        while (readdir(folder) != NULL)
            count++;
        closedir(folder);
        process(writer, "open_fds", "gauge", "Open files.", (double)(count - 3)); /* . .. itself */
    }
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY)
        process(writer, "max_fds", "gauge", "Files that may be open.", (double)limit.rlim_cur);
}

static void write_process(const struct metrics *metrics, struct writer *writer) {
    struct rusage used;
    if (getrusage(RUSAGE_SELF, &used) == 0)
        process(writer, "cpu_seconds_total", "counter", "Processor time.",
                (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
                    (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6);
    write_memory(writer);
    write_files(writer);
    process(writer, "start_time_seconds", "gauge", "When it began, in seconds since 1970 UTC.",
            (double)metrics->begun_utc_s);
}

void metrics_write(struct api *api, struct writer *writer) {
    head(writer, "build_info", "gauge", "The version; always 1.");
    writer_printf(writer, "baton_build_info{version=\"%s\"} 1\n", BATON_VERSION);
    write_requests(api->metrics, writer);
    write_times(api->metrics, writer);
    write_http(api, writer);
    write_limits(api, writer);
    write_accounts(api, writer);
    write_ledger(api, writer);
    write_process(api->metrics, writer);
}
