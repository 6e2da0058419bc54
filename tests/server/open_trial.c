/* A server that cannot be opened: for want of memory, or of a thread, each in turn. It says so, and leaves no thread and no open file; the next one opens. Run by tests/server/run.
 *
 * The program is linked with --wrap=pthread_create. */
#include "server/server.h"
#include "unit/ledger/ledger_fixture.h"
#include "unit/test.h"
#include <dirent.h>
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>

enum { PATIENCE_MS = 10000, STEPS_MAX = 4000 };

/* The linker wants these names. NOLINTBEGIN(bugprone-reserved-identifier) */
int __real_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                          void *(*run)(void *context), void *context);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                          void *(*run)(void *context), void *context);
/* NOLINTEND(bugprone-reserved-identifier) */

static atomic_int threads_left = INT32_MAX; /* this one fails, when it comes to 1 */

int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                          void *(*run)(void *context), void *context) {
    if (atomic_fetch_sub(&threads_left, 1) == 1)
        return EAGAIN;
    return __real_pthread_create(thread, attributes, run, context);
}

static size_t entries_of(const char *path) {
    size_t count = 0;
    DIR *const folder = opendir(path);
    while (folder != NULL && readdir(folder) != NULL)
        count++;
    if (folder != NULL)
        closedir(folder);
    return count;
}

struct held {
    size_t files, threads;
};

static struct held held_now(void) {
    return (struct held){entries_of("/proc/self/fd"), entries_of("/proc/self/task")};
}

/* A thread that has been joined may stand in its folder for a moment. */
static bool is_given_back(struct held before) {
    struct held now = held_now();
    for (int waited = 0; waited < PATIENCE_MS && now.threads > before.threads; waited += 10) {
        nanosleep(&(struct timespec){0, 10000000}, NULL);
        now = held_now();
    }
    return CHECK_INT(now.threads, before.threads) && CHECK_INT(now.files, before.files);
}

struct trial {
    struct ledger_test ledger;
    struct baton_arena *arena; /* of one server */
    struct server_settings settings;
    int lingers_ms; /* before it is closed: its threads work meanwhile */
};

static bool begin(struct trial *t) {
    *t = (struct trial){0};
    if (!ledger_test_make(&t->ledger, store_fixture_new(STORE_SQLITE), DIGEST_SHA256,
                          SIGNATURE_ED25519))
        return false;
    ledger_close(t->ledger.ledger);
    t->settings = (struct server_settings){.place = t->ledger.place,
                                           .http = http_settings_usual,
                                           .accounts = {.cost = {8, 1}},
                                           .log = {"/dev/null", LEVEL_REQUESTS, LOG_JSON, BATON_EN},
                                           .operation_address = "127.0.0.1"};
    t->settings.http.port = 0;
    t->settings.http.loops = t->settings.http.workers = 1;
    return true;
}

static void end(struct trial *t) {
    ledger_test_close(&t->ledger);
}

static baton_code open_body(void *context) {
    struct trial *const t = context;
    struct baton_findings found = {.arena = t->arena};
    struct server *server;
    TRY(server_open(t->arena, &t->ledger.world, &t->settings, &server, &found));
    nanosleep(&(struct timespec){0, t->lingers_ms * 1000000L}, NULL);
    return BATON_OK;
}

static baton_code open_and_close(struct trial *t) {
    t->arena = arena_open();
    const baton_code code = arena_run(t->arena, open_body, t);
    arena_close(t->arena);
    if (code == BATON_LEASE_HELD) /* the one before had no memory to give it back */
        atomic_fetch_add(&ledger_test_now_utc_ms, 2 * LEASE_MS);
    return code;
}

TEST(a_server_without_memory_is_not_opened) {
    struct trial t;
    if (!begin(&t) || !CHECK_INT(open_and_close(&t), BATON_OK))
        return;
    t.lingers_ms = 10;
    const struct held before = held_now();
    bool came = true;
    int steps = 0, refused = 0;
    for (uint64_t n = 1; came && steps < STEPS_MAX; n += 1 + n / 30, steps++) {
        CASE("allocation %llu", (unsigned long long)n);
        (void)arena_fail_at(n);
        const baton_code code = open_and_close(&t);
        came = arena_fail_at(0) == 0;
        refused += code == BATON_NO_MEMORY;
        CHECK(code == BATON_OK || code == BATON_NO_MEMORY || code == BATON_LEASE_HELD);
        if (!is_given_back(before))
            break;
    }
    CHECK(refused > 10 && !came);
    CHECK_INT(open_and_close(&t), BATON_OK);
    end(&t);
}

TEST(a_server_without_a_thread_is_not_opened) {
    struct trial t;
    if (!begin(&t) || !CHECK_INT(open_and_close(&t), BATON_OK))
        return;
    const struct held before = held_now();
    bool came = true;
    int n = 1;
    for (; came; n++) {
        CASE("thread %d", n);
        atomic_store(&threads_left, n);
        const baton_code code = open_and_close(&t);
        came = atomic_exchange(&threads_left, INT32_MAX) < 1;
        if (code != BATON_LEASE_HELD)
            CHECK_INT(code, came ? BATON_NO_MEMORY : BATON_OK);
        if (!is_given_back(before))
            break;
    }
    CHECK(n > 8);
    end(&t);
}
