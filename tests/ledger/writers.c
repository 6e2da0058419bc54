/* Writers that others kill, stop and starve, and the check of what they leave.
 *
 *     writers make ADDRESS KEY                  an empty database or file becomes a ledger
 *     writers write ADDRESS KEY ACKS NAME=N...  threads append figures as fast as they can until SIGTERM comes; each acknowledgement becomes a line of ACKS (acks.h)
 *     writers check ADDRESS ACKS                whether what was acknowledged is there, in the only ledger of that address
 *
 * Of `write`: threads=32, seconds=0 (0 = until SIGTERM), pause_ms=0 (between the figures of a thread), lease_ms=0 and wait_ms=0 (see place.h), rounds=1 (opened, written to
 * and closed so often, for a time by chance up to `seconds`), stop_at_sync=0 (stops itself before the N-th end of a transaction is sent to the server). Prints a line each: "open N" when the first figure is taken, N ms after the process began; "code NAME" for the
 * first of every code that a figure was answered with; "closed". Exit status 0; 3 the ledger could not be opened; 4 something was stored that was said not to be;
 * 5 the lease was lost. */
#include "ledger/acks.h"
#include "ledger/store.h"
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <libpq-fe.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

enum { THREADS_MAX = 64, CODES_MAX = 16 };

static _Atomic bool must_stop;

static void stop(int signal_number) {
    (void)signal_number;
    must_stop = true;
}

/* -- The world -- */

static int64_t now_utc_ms(void *context) {
    struct timespec now;
    (void)context;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void fill_random(void *context, void *out, size_t size) {
    (void)context;
    for (uint8_t *at = out; size > 0;) {
        const ssize_t got = getrandom(at, size, 0);
        if (got > 0) {
            at += got;
            size -= (size_t)got;
        }
    }
}

static const struct ledger_world world = {NULL, now_utc_ms, fill_random};

static void sleep_ms(int64_t ms) {
    nanosleep(&(struct timespec){ms / 1000, (ms % 1000) * 1000000}, NULL);
}

/* -- make -- */

static bool empty(const char *address) {
    if (store_kind_of(address) == STORE_SQLITE)
        return true;
    PGconn *connection = PQconnectdb(address);
    PGresult *result = PQexec(
        connection, "SET client_min_messages = warning; DROP SCHEMA IF EXISTS public CASCADE; "
                    "CREATE SCHEMA public");
    const bool good = PQresultStatus(result) == PGRES_COMMAND_OK;
    if (!good)
        fprintf(stderr, "%s", PQerrorMessage(connection));
    PQclear(result);
    PQfinish(connection);
    return good;
}

struct making {
    struct baton_arena *arena;
    struct ledger_place place;
    struct baton_findings found;
};

static baton_code make_inside(void *context) {
    struct making *making = context;
    const struct ledger_founder founder = {"li.wei", "李伟"};
    return ledger_create(making->arena, &world, &making->place, DIGEST_SHA256, SIGNATURE_ED25519,
                         &founder, &making->found);
}

static int make(const char *address, const char *key) {
    struct making making = {.arena = arena_open()};
    making.place = (struct ledger_place){
        .address = address, .ledger = "test", .key = key, .holder = "writers make"};
    making.found.arena = making.arena;
    if (!empty(address))
        return 3;
    const baton_code code = arena_run(making.arena, make_inside, &making);
    if (code != BATON_OK)
        print_found(making.arena, stdout, address, code, &making.found);
    arena_close(making.arena);
    return code == BATON_OK ? 0 : 3;
}

/* -- write -- */

static struct {
    const char *name;
    int64_t value;
} options[] = {
    {"threads", 32}, {"seconds", 0}, {"pause_ms", 0},     {"lease_ms", 0},
    {"wait_ms", 0},  {"rounds", 1},  {"stop_at_sync", 0},
};
enum option { THREADS, SECONDS, PAUSE_MS, LEASE_LASTS_MS, WAIT_MS, ROUNDS, STOP_AT_SYNC };

/* Stops the process in the middle of a transaction, before the server is sent the end of it. */
static baton_code stop_at_sync(void *context, const char *call) {
    static int64_t syncs;
    (void)context;
    if (strcmp(call, "sync") == 0 && ++syncs == options[STOP_AT_SYNC].value)
        raise(SIGSTOP);
    return BATON_OK;
}

struct writing {
    struct ledger *ledger;
    int acks;
    uint64_t run; /* by chance: keys of this round begin with it */
    int64_t began_ms, until_ms;
    _Atomic bool is_open;
    _Atomic int status;
    pthread_mutex_t lock;
    baton_code codes[CODES_MAX];
    size_t code_count;
};

struct writer {
    struct writing *writing;
    int number;
};

static bool goes_on(struct writing *writing) {
    return !must_stop && writing->status == 0 &&
           (writing->until_ms == 0 || now_utc_ms(NULL) < writing->until_ms);
}

static void tell_code(struct writing *writing, struct baton_arena *arena, baton_code code,
                      const struct baton_findings *found) {
    pthread_mutex_lock(&writing->lock);
    size_t i = 0;
    while (i < writing->code_count && writing->codes[i] != code)
        i++;
    if (i == writing->code_count && i < CODES_MAX) {
        writing->codes[writing->code_count++] = code;
        printf("code ");
        print_found(arena, stdout, baton_code_info(code)->name, code, found);
        fflush(stdout);
    }
    pthread_mutex_unlock(&writing->lock);
}

static void fail(struct writing *writing, int status, const char *what) {
    int none = 0;
    if (atomic_compare_exchange_strong(&writing->status, &none, status))
        fprintf(stderr, "%s\n", what);
}

static void keep(struct writing *writing, const char *key, const struct receipt *receipt) {
    char line[ACK_LINE_SIZE];
    const struct ack ack = ack_of(key, receipt);
    const size_t size = ack_write(&ack, line);
    if (write(writing->acks, line, size) != (ssize_t)size)
        fail(writing, 3, "the acknowledgement was not written");
    if (!atomic_exchange(&writing->is_open, true)) {
        printf("open %" PRId64 "\n", now_utc_ms(NULL) - writing->began_ms);
        fflush(stdout);
    }
}

static bool may_be_tried_again(baton_code code) {
    return code == BATON_STORE_FULL || code == BATON_STORE_BUSY || code == BATON_STORE_FAILED ||
           code == BATON_STORE_OPEN || code == BATON_STORE_UNSURE;
}

/* One figure, until it is taken or the time is over. */
static baton_code say(struct writing *writing, struct baton_arena *arena, const char *key) {
    bool is_unsure = false;
    struct fact_body fact = ack_fact(arena, key, "7");
    for (;;) {
        struct submission submission = {
            .actor = "li.wei", .fact = &fact, .count = 1, .want_receipts = true};
        struct baton_findings found = {.arena = arena};
        const baton_code code = ledger_append(writing->ledger, arena, &submission, &found);
        if (code == BATON_OK)
            keep(writing, key, &submission.receipt[0]);
        if (code == BATON_OK || (code == BATON_FACT_EXISTS && is_unsure))
            return BATON_OK;
        tell_code(writing, arena, code, &found);
        if (code == BATON_FACT_EXISTS)
            fail(writing, 4, "a figure is there that was said not to be stored");
        else if (code == BATON_LEASE_LOST)
            fail(writing, 5, "the lease was lost");
        else if (!may_be_tried_again(code))
            fail(writing, 3, baton_code_info(code)->name);
        if (!goes_on(writing))
            return BATON_OK;
        is_unsure |= code == BATON_STORE_UNSURE;
        sleep_ms(5);
    }
}

struct saying {
    struct writer *writer;
    struct baton_arena *arena;
};

static baton_code say_all(void *context) {
    const struct saying *saying = context;
    struct writing *writing = saying->writer->writing;
    for (unsigned i = 0; goes_on(writing); i++) {
        const struct arena_mark mark = arena_mark(saying->arena);
        char key[ACK_KEY_SIZE];
        snprintf(key, sizeof key, "r%" PRIx64 "-%d-%u", writing->run, saying->writer->number, i);
        TRY(say(writing, saying->arena, key));
        arena_reset_to(saying->arena, mark);
        if (options[PAUSE_MS].value > 0)
            sleep_ms(options[PAUSE_MS].value);
    }
    return BATON_OK;
}

static void *write_in_thread(void *context) {
    struct writer *writer = context;
    struct saying saying = {writer, arena_open()};
    if (arena_run(saying.arena, say_all, &saying) != BATON_OK)
        fail(writer->writing, 3, "no memory");
    arena_close(saying.arena);
    return NULL;
}

static void run_threads(struct writing *writing) {
    const int count = (int)options[THREADS].value;
    pthread_t thread[THREADS_MAX];
    struct writer writer[THREADS_MAX];
    for (int i = 0; i < count; i++) {
        writer[i] = (struct writer){writing, i};
        if (pthread_create(&thread[i], NULL, write_in_thread, &writer[i]) != 0)
            abort();
    }
    for (int i = 0; i < count; i++)
        pthread_join(thread[i], NULL);
}

struct opening {
    struct baton_arena *arena;
    struct ledger_place place;
    struct ledger *ledger;
    struct baton_findings found;
};

static baton_code open_inside(void *context) {
    struct opening *o = context;
    return ledger_open(o->arena, &world, &o->place, &o->ledger, &o->found);
}

/* One round; its exit status. */
static int write_once(const char *address, const char *key, int acks, int64_t began_ms) {
    struct writing writing = {.acks = acks, .began_ms = began_ms};
    struct opening o = {.arena = arena_open()};
    o.place = (struct ledger_place){.address = address,
                                    .ledger = "test",
                                    .key = key,
                                    .holder = "writers write",
                                    .wait_ms = (uint32_t)options[WAIT_MS].value,
                                    .lease_ms = (uint32_t)options[LEASE_LASTS_MS].value};
    o.found.arena = o.arena;
    const baton_code code = arena_run(o.arena, open_inside, &o);
    if (code != BATON_OK) {
        print_found(o.arena, stdout, "not opened", code, &o.found);
        arena_close(o.arena);
        /* Whoever was stopped while it opened the ledger may have lost the lease by then. */
        const bool is_anothers = code == BATON_LEASE_HELD || code == BATON_LEASE_LOST;
        return is_anothers && options[ROUNDS].value > 1 ? 0 : 3;
    }
    int64_t lasts_ms = options[SECONDS].value * 1000;
    fill_random(NULL, &writing.run, sizeof writing.run);
    if (options[ROUNDS].value > 1)
        lasts_ms = (int64_t)(writing.run % (uint64_t)lasts_ms) / 4;
    writing.ledger = o.ledger;
    writing.until_ms = lasts_ms > 0 ? now_utc_ms(NULL) + lasts_ms : 0;
    pthread_mutex_init(&writing.lock, NULL);
    run_threads(&writing);
    ledger_close(o.ledger);
    arena_close(o.arena);
    pthread_mutex_destroy(&writing.lock);
    printf("closed\n");
    fflush(stdout);
    return writing.status;
}

static bool read_option(const char *text) {
    const size_t size = strcspn(text, "=");
    for (size_t i = 0; i < LENGTH(options); i++)
        if (strncmp(options[i].name, text, size) == 0 && options[i].name[size] == '\0' &&
            text[size] == '=') {
            options[i].value = strtoll(text + size + 1, NULL, 10);
            return true;
        }
    return false;
}

static int write_figures(int argc, char **argv) {
    const int64_t began_ms = now_utc_ms(NULL);
    for (int i = 5; i < argc; i++)
        if (!read_option(argv[i]))
            return 2;
    if (options[STOP_AT_SYNC].value > 0)
        store_inject(NULL, stop_at_sync, NULL);
    if (options[THREADS].value < 1 || options[THREADS].value > THREADS_MAX)
        return 2;
    const int acks = open(argv[4], O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (acks < 0)
        return 3;
    signal(SIGTERM, stop);
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is a failing write */
    int status = 0;
    for (int64_t i = 0; i < options[ROUNDS].value && status == 0 && !must_stop; i++) {
        status = write_once(argv[2], argv[3], acks, began_ms);
        if (status == 5 && options[ROUNDS].value > 1)
            status = 0; /* it was stopped for longer than its lease, by whoever runs the test */
    }
    close(acks);
    return status;
}

/* -- check -- */

static int check(const char *address, const char *path) {
    struct baton_arena *arena = arena_open();
    const struct ledger_place place = {.address = address};
    struct ack *acks;
    size_t count;
    uint64_t entries = 0;
    const bool good = acks_read(arena, path, &acks, &count) &&
                      acks_hold(arena, &place, acks, count, stdout, &entries);
    printf("%zu acknowledged, %" PRIu64 " entries\n", count, entries);
    arena_close(arena);
    return good ? 0 : 1;
}

int main(int argc, char **argv) {
    if (argc == 4 && strcmp(argv[1], "make") == 0)
        return make(argv[2], argv[3]);
    if (argc >= 5 && strcmp(argv[1], "write") == 0)
        return write_figures(argc, argv);
    if (argc == 4 && strcmp(argv[1], "check") == 0)
        return check(argv[2], argv[3]);
    fprintf(stderr, "usage: writers make|write|check ADDRESS ...\n");
    return 2;
}
