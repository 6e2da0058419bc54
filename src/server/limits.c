/* Two tables of fixed size, for accounts and for addresses, in sets of a few places: whoever hashes to a set may stand in any of its places. Strangers push out strangers only.
 *
 * A bucket is the time when it will be full (the generic cell rate algorithm): taking one moves that time on by the interval of the rate; it may lie at most burst intervals ahead. */
#include "server/limits.h"
#include "server/api.h"
#include "server/gate.h"
#include "server/route.h"
#include <arpa/inet.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

enum { SETS = 1024, WAYS = 8, LOCKS = 64 };

struct bucket {
    uint64_t key;                   /* 0 = nobody */
    int64_t full_ns[LIMIT_CLASSES]; /* monotonic */
};

struct table {
    struct bucket bucket[SETS][WAYS];
    pthread_mutex_t lock[LOCKS]; /* the n-th of the sets n, n + LOCKS ... */
    _Atomic uint64_t refused[LIMIT_CLASSES];
};

struct limits {
    struct limits_settings settings;
    uint64_t seed;
    struct table account, address;
};

static void close_limits(void *context) {
    struct limits *limits = context;
    for (size_t i = 0; i < LOCKS; i++) {
        pthread_mutex_destroy(&limits->account.lock[i]);
        pthread_mutex_destroy(&limits->address.lock[i]);
    }
}

struct limits *limits_open(struct baton_arena *arena, const struct limits_settings *settings) {
    struct limits *limits = arena_alloc(arena, 1, sizeof *limits);
    limits->settings = *settings;
    if (getrandom(&limits->seed, sizeof limits->seed, 0) != sizeof limits->seed)
        limits->seed = (uintptr_t)limits;
    for (size_t i = 0; i < LOCKS; i++) {
        pthread_mutex_init(&limits->account.lock[i], NULL);
        pthread_mutex_init(&limits->address.lock[i], NULL);
    }
    arena_on_close(arena, close_limits, limits);
    return limits;
}

/* Seeded, so that nobody can choose ids that share a set. */
static uint64_t mixed(uint64_t hash) {
    hash ^= hash >> 32;
    hash *= 0xd6e8feb86659fd93;
    hash ^= hash >> 32;
    hash *= 0xd6e8feb86659fd93;
    hash ^= hash >> 32;
    return hash;
}

static uint64_t key_of_bytes(uint64_t seed, const void *bytes, size_t size) {
    const unsigned char *at = bytes;
    uint64_t hash = seed;
    for (size_t i = 0; i < size; i++)
        hash = mixed(hash ^ (at[i] + UINT64_C(0x9e3779b97f4a7c15)));
    return hash == 0 ? 1 : hash;
}

static uint64_t key_of(uint64_t seed, bool is_account, const char *whom) {
    enum { NETWORK = 8 }; /* bytes of an IPv6 address that count */
    struct in6_addr six;
    if (!is_account && inet_pton(AF_INET6, whom, &six) == 1)
        return key_of_bytes(seed, six.s6_addr, NETWORK);
    return key_of_bytes(seed, whom, strlen(whom));
}

static int64_t latest(const struct bucket *bucket) {
    int64_t most = bucket->full_ns[0];
    for (unsigned i = 1; i < LIMIT_CLASSES; i++)
        most = bucket->full_ns[i] > most ? bucket->full_ns[i] : most;
    return most;
}

/* Theirs, or the one that is full the longest, or will be the soonest. */
static struct bucket *find(struct bucket *set, uint64_t key) {
    struct bucket *oldest = set;
    for (size_t i = 0; i < WAYS; i++) {
        if (set[i].key == key)
            return &set[i];
        if (latest(&set[i]) < latest(oldest))
            oldest = &set[i];
    }
    *oldest = (struct bucket){.key = key};
    return oldest;
}

static uint32_t take(int64_t *full_ns, const struct limits_rate *rate, int64_t now_ns) {
    const int64_t interval = INT64_C(60000000000) / rate->per_minute;
    const int64_t burst = rate->burst > 0 ? rate->burst : 1;
    const int64_t begins = *full_ns > now_ns ? *full_ns : now_ns;
    const int64_t wait = begins + interval - now_ns - burst * interval;
    if (wait > 0)
        return (uint32_t)(wait / 1000000 < UINT32_MAX - 1 ? wait / 1000000 + 1 : UINT32_MAX);
    *full_ns = begins + interval;
    return 0;
}

uint32_t limits_take(struct limits *limits, bool is_account, const char *whom,
                     enum limits_class which, int64_t now_ns) {
    const struct limits_rate *const rate =
        is_account ? &limits->settings.account[which] : &limits->settings.address[which];
    struct table *const table = is_account ? &limits->account : &limits->address;
    if (rate->per_minute == 0)
        return 0;
    const uint64_t key = key_of(limits->seed, is_account, whom);
    const size_t set = key % SETS;
    pthread_mutex_lock(&table->lock[set % LOCKS]);
    struct bucket *const bucket = find(table->bucket[set], key);
    const uint32_t wait_ms = take(&bucket->full_ns[which], rate, now_ns);
    pthread_mutex_unlock(&table->lock[set % LOCKS]);
    if (wait_ms > 0)
        atomic_fetch_add_explicit(&table->refused[which], 1, memory_order_relaxed);
    return wait_ms;
}

uint64_t limits_refused(const struct limits *limits, bool is_account, enum limits_class which) {
    const struct table *const table = is_account ? &limits->account : &limits->address;
    return atomic_load_explicit(&table->refused[which], memory_order_relaxed);
}

/* Requests */

const char *const limits_costly[] = {"sign_in",       "password_new", "matrix",   "explanation",
                                     "evidence_add",  "doctor",       "vintages", "revisions",
                                     "session_raise", "factor_off",   NULL};

/* As tables are asked for: by a parameter, else by a header. */
static bool asks_for_workbook(const struct http_request *request) {
    const char *const format = http_query(request, "format");
    const char *const accept = http_header(request, "Accept");
    enum form form;
    if (format != NULL)
        return strcmp(format, "xlsx") == 0;
    return form_accepted(accept, 1U << FORM_JSON | 1U << FORM_CSV | 1U << FORM_XLSX, &form) &&
           form == FORM_XLSX;
}

enum limits_class limits_class(const struct http_request *request) {
    const struct route *const route = route_of(request);
    for (size_t i = 0; limits_costly[i] != NULL; i++)
        if (strcmp(limits_costly[i], route->name) == 0)
            return LIMIT_COSTLY;
    if (request->method != HTTP_GET)
        return LIMIT_WRITES;
    /* What was known on another day is scored for whoever asks, a workbook written. */
    return http_query(request, "known") != NULL || asks_for_workbook(request) ? LIMIT_COSTLY
                                                                              : LIMIT_READS;
}

bool limits_admit(struct limits *limits, struct http_request *request) {
    const struct caller *const caller = caller_of(request);
    const bool is_account = caller != NULL && caller->is_in;
    const char *const whom = !is_account            ? request->peer
                             : caller->who.is_token ? caller->who.id
                                                    : caller->who.person;
    const uint32_t wait_ms =
        limits_take(limits, is_account, whom, limits_class(request), request->begun_ns);
    if (wait_ms == 0)
        return true;
    const char *const seconds =
        arena_printf(request->arena, "%u", wait_ms / 1000 + (wait_ms % 1000 > 0));
    http_answer_problem(request, BATON_RATE_LIMITED, seconds, NULL, NULL, NULL);
    http_add_header(request, "Retry-After", seconds);
    return false;
}
