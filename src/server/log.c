/* The queue and its thread.
 *
 * The queue is a ring of slots. Each has a turn: n while the n-th line may be put there, n + 1 when it stands there; taking it out makes it n + SLOTS. Whoever puts one takes the next n by
 * compare-and-swap, so threads that log at once share no lock, and none waits: where the turn is an old one the ring is full. One thread takes out. When there is nothing it sleeps on
 * `asleep`, but not before it has dozed for a moment, so that under load nobody has to wake it. */
#include "server/log.h"
#include "base/steady.h"
#include "base/text.h"
#include "base/writer.h"
#include "server/gate.h"
#include "server/route.h"
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <linux/futex.h>
#include <poll.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { SLOTS = 4096, AT_ONCE = 256, DOZE_MS = 20, POLL_MS = 100, CLOSING_MS = 2000 };

struct slot {
    _Atomic uint64_t turn;
    struct log_record record;
};

struct server_log {
    const struct ledger_world *world;
    struct log_settings settings;
    struct slot *slot; /* SLOTS */
    _Atomic uint64_t put;
    uint64_t taken; /* the thread's, as what follows to `is_torn` */
    struct baton_arena *arena;
    uint64_t told; /* of those dropped */
    int file;
    bool is_plain; /* a file, which is always ready */
    bool is_torn;  /* the last line was not written to its end */
    _Atomic uint64_t dropped;
    _Atomic uint32_t asleep;
    atomic_bool reopens, closes;
    _Atomic int64_t closes_ns;
    pthread_t thread;
    bool has_thread;
};

/* Putting in */

static void wake(struct server_log *log) {
    if (atomic_load(&log->asleep) == 0)
        return;
    atomic_store(&log->asleep, 0);
    syscall(SYS_futex, &log->asleep, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
}

/* A slot of one's own, with its number; NULL = the ring is full. */
static struct slot *slot_take(struct server_log *log, uint64_t *number) {
    uint64_t n = atomic_load_explicit(&log->put, memory_order_relaxed);
    for (;;) {
        struct slot *const slot = &log->slot[n % SLOTS];
        const uint64_t turn = atomic_load_explicit(&slot->turn, memory_order_acquire);
        if (turn < n) {
            atomic_fetch_add_explicit(&log->dropped, 1, memory_order_relaxed);
            return NULL;
        }
        if (turn > n)
            n = atomic_load_explicit(&log->put, memory_order_relaxed);
        else if (atomic_compare_exchange_weak(&log->put, &n, n + 1)) {
            *number = n;
            return slot;
        }
    }
}

static void slot_give(struct server_log *log, struct slot *slot, uint64_t number) {
    atomic_store(&slot->turn, number + 1);
    wake(log);
}

static void keep(char *to, size_t room, const char *text) {
    const size_t kept = text_valid_size(text, strnlen(text, room - 1));
    memcpy(to, text, kept);
    to[kept] = '\0';
}

static void fill_request(struct log_record *record, const struct http_request *request) {
    const struct caller *const caller = request->route == NULL ? NULL : caller_of(request);
    const struct route *const route = route_found(request);
    record->route = route == NULL ? NULL : route->name;
    record->method = request->method;
    record->is_head = request->is_head;
    record->person[0] = record->session[0] = record->path[0] = '\0';
    keep(record->id, sizeof record->id, request->id);
    keep(record->peer, sizeof record->peer, request->peer);
    if (caller != NULL && caller->is_in) {
        keep(record->person, sizeof record->person, caller->who.person);
        keep(record->session, sizeof record->session, caller->who.id);
    }
    record->is_token = caller != NULL && caller->is_in && caller->who.is_token;
    if (route != NULL) /* else somebody may have written anything there */
        log_mask(request->path, record->path);
}

void log_request(struct server_log *log, const struct http_request *request, int status,
                 uint64_t sent) {
    uint64_t number;
    if (log == NULL)
        return;
    const baton_code code = http_problem_code(request);
    const enum log_level level = log_level_of(request, status, code);
    if (level > log->settings.level)
        return;
    struct slot *const slot = slot_take(log, &number);
    if (slot == NULL)
        return;
    const int64_t took_us = (steady_ns() - request->begun_ns) / 1000;
    struct log_record *const record = &slot->record;
    record->event = EVENT_NONE;
    record->level = level;
    record->time_utc_ms = log->world->now_utc_ms(log->world->context);
    record->status = status;
    record->sent = sent;
    record->code = code;
    record->took_us = took_us < UINT32_MAX ? (uint32_t)took_us : UINT32_MAX;
    fill_request(record, request);
    slot_give(log, slot, number);
}

void log_event(struct server_log *log, enum log_level level, enum log_event event,
               const char *format, ...) {
    uint64_t number;
    va_list arguments;
    struct slot *const slot = log == NULL ? NULL : slot_take(log, &number);
    if (slot == NULL)
        return;
    slot->record = (struct log_record){
        .event = event, .level = level, .time_utc_ms = log->world->now_utc_ms(log->world->context)};
    char words[LOG_PATH_SIZE];
    va_start(arguments, format);
    vsnprintf(words, sizeof words, format, arguments);
    va_end(arguments);
    keep(slot->record.path, sizeof slot->record.path, words);
    slot_give(log, slot, number);
}

/* Writing, all by the thread */

/* Whether something can be written now; false when the time of closing is over. A pipe that can take something takes PIPE_BUF bytes. */
static bool is_ready(struct server_log *log) {
    while (!log->is_plain) {
        struct pollfd one = {.fd = log->file, .events = POLLOUT};
        if (poll(&one, 1, POLL_MS) > 0)
            return true;
        if (atomic_load(&log->closes) && steady_ns() > atomic_load(&log->closes_ns))
            return false;
    }
    return true;
}

/* How much was written. */
static size_t write_some(struct server_log *log, const char *text, size_t size) {
    size_t written = 0;
    while (written < size && is_ready(log)) {
        const size_t left = size - written;
        const size_t part = !log->is_plain && left > PIPE_BUF ? PIPE_BUF : left;
        const ssize_t done = write(log->file, text + written, part);
        if (done < 0 && errno != EINTR && errno != EAGAIN)
            break;
        written += done > 0 ? (size_t)done : 0;
    }
    return written;
}

static void write_lines(struct server_log *log, const char *text, size_t size) {
    if (log->is_torn && size > 0 && write_some(log, "\n", 1) == 1)
        log->is_torn = false;
    const size_t written = log->is_torn ? 0 : write_some(log, text, size);
    if (written > 0 && written < size)
        log->is_torn = text[written - 1] != '\n';
    for (size_t i = written; i < size; i++)
        if (text[i] == '\n')
            atomic_fetch_add_explicit(&log->dropped, 1, memory_order_relaxed);
}

static void put_dropped(struct server_log *log, struct writer *writer, uint64_t dropped) {
    struct log_record record = {.event = EVENT_DROPPED,
                                .level = LEVEL_ERRORS,
                                .time_utc_ms = log->world->now_utc_ms(log->world->context)};
    snprintf(record.path, sizeof record.path, "%" PRIu64, dropped - log->told);
    log_line(log->arena, writer, &record, log->settings.form, log->settings.language);
}

static struct slot *next_slot(struct server_log *log) {
    struct slot *const slot = &log->slot[log->taken % SLOTS];
    return atomic_load(&slot->turn) == log->taken + 1 ? slot : NULL;
}

/* Some of what is there, as the body of an arena_run. */
static baton_code write_round(void *context) {
    struct server_log *log = context;
    struct writer *writer = writer_memory(log->arena);
    const uint64_t dropped = atomic_load_explicit(&log->dropped, memory_order_relaxed);
    struct slot *slot;
    for (unsigned i = 0; i < AT_ONCE && (slot = next_slot(log)) != NULL; i++) {
        log_line(log->arena, writer, &slot->record, log->settings.form, log->settings.language);
        atomic_store_explicit(&slot->turn, log->taken + SLOTS, memory_order_release);
        log->taken++;
    }
    if (dropped > log->told)
        put_dropped(log, writer, dropped);
    const uint64_t before = atomic_load_explicit(&log->dropped, memory_order_relaxed);
    write_lines(log, writer_text_of(writer), writer->used);
    /* Where it could not even be told it is told later, with those that came to it. */
    if (!log->is_torn && atomic_load_explicit(&log->dropped, memory_order_relaxed) == before)
        log->told = dropped;
    return BATON_OK;
}

static bool open_file(struct server_log *log, int *error) {
    struct stat about;
    const int file =
        log->settings.path == NULL
            ? STDERR_FILENO
            : open(log->settings.path,
                   O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0640);
    *error = file < 0 ? errno : 0;
    if (file < 0)
        return false;
    if (log->file > STDERR_FILENO)
        close(log->file);
    log->file = file;
    log->is_plain = fstat(file, &about) == 0 && S_ISREG(about.st_mode);
    log->is_torn = false;
    return true;
}

static void open_again(struct server_log *log) {
    int error;
    if (open_file(log, &error))
        log_event(log, LEVEL_SECURITY, EVENT_REOPENED, "%s", "");
    else
        log_event(log, LEVEL_ERRORS, EVENT_REOPENED, "%s: %s", log->settings.path, strerror(error));
}

static void sleep_until_woken(struct server_log *log) {
    const struct timespec doze = {0, DOZE_MS * 1000000L}, second = {1, 0};
    nanosleep(&doze, NULL);
    if (next_slot(log) != NULL)
        return;
    atomic_store(&log->asleep, 1);
    if (next_slot(log) == NULL && !atomic_load(&log->closes) && !atomic_load(&log->reopens))
        syscall(SYS_futex, &log->asleep, FUTEX_WAIT_PRIVATE, 1, &second, NULL, 0);
    atomic_store(&log->asleep, 0);
}

static bool is_over(struct server_log *log) {
    return atomic_load(&log->closes) &&
           (next_slot(log) == NULL || steady_ns() > atomic_load(&log->closes_ns));
}

/* Without memory the lines of this round that were taken are lost, the others wait. */
static void round_without_memory(struct server_log *log, uint64_t before) {
    const struct timespec doze = {0, DOZE_MS * 1000000L};
    atomic_fetch_add_explicit(&log->dropped, log->taken - before, memory_order_relaxed);
    nanosleep(&doze, NULL);
}

static void *keep_writing(void *context) {
    struct server_log *log = context;
    while (!is_over(log)) {
        if (atomic_exchange(&log->reopens, false))
            open_again(log);
        const uint64_t dropped = atomic_load_explicit(&log->dropped, memory_order_relaxed);
        if (next_slot(log) == NULL && dropped == log->told) {
            sleep_until_woken(log);
            continue;
        }
        const bool had_none = next_slot(log) == NULL;
        const uint64_t before = log->taken;
        const struct arena_mark mark = arena_mark(log->arena);
        if (arena_run(log->arena, write_round, log) != BATON_OK)
            round_without_memory(log, before);
        arena_reset_to(log->arena, mark);
        if (had_none) /* what was dropped cannot be told yet */
            sleep_until_woken(log);
    }
    return NULL;
}

/* Opening and closing */

void log_reopen(struct server_log *log) {
    if (log == NULL || log->settings.path == NULL)
        return;
    atomic_store(&log->reopens, true);
    wake(log);
}

enum baton_language log_language(const struct server_log *log) {
    return log == NULL ? BATON_EN : log->settings.language;
}

uint64_t log_dropped(const struct server_log *log) {
    return log == NULL ? 0 : atomic_load_explicit(&log->dropped, memory_order_relaxed);
}

static void close_parts(struct server_log *log) {
    if (log->file > STDERR_FILENO)
        close(log->file);
    log->file = -1;
    arena_close(log->arena);
}

void log_close(struct server_log *log) {
    if (log == NULL || !log->has_thread)
        return;
    atomic_store(&log->closes_ns, steady_ns() + CLOSING_MS * INT64_C(1000000));
    atomic_store(&log->closes, true);
    wake(log);
    pthread_join(log->thread, NULL);
    log->has_thread = false;
    close_parts(log);
}

static void close_log(void *log) {
    log_close(log);
}

baton_code log_open(struct baton_arena *arena, const struct ledger_world *world,
                    const struct log_settings *settings, struct server_log **out,
                    struct baton_findings *found) {
    int error;
    *out = NULL;
    if (settings->level == LEVEL_OFF)
        return BATON_OK;
    struct server_log *log = arena_alloc(arena, 1, sizeof *log);
    log->world = world;
    log->settings = *settings;
    log->file = -1;
    log->slot = arena_alloc(arena, SLOTS, sizeof *log->slot);
    for (uint64_t i = 0; i < SLOTS; i++)
        atomic_init(&log->slot[i].turn, i);
    if (!open_file(log, &error)) {
        baton_findings_add(found, BATON_FILE_WRITE, (struct baton_where){0}, settings->path,
                           strerror(error), NULL, NULL);
        return BATON_FILE_WRITE;
    }
    if (settings->form == LOG_AUTO)
        log->settings.form = isatty(log->file) ? LOG_TEXT : LOG_JSON;
    log->arena = arena_open();
    log->has_thread =
        log->arena != NULL && pthread_create(&log->thread, NULL, keep_writing, log) == 0;
    if (!log->has_thread) {
        close_parts(log);
        return BATON_NO_MEMORY;
    }
    arena_on_close(arena, close_log, log);
    *out = log;
    return BATON_OK;
}
