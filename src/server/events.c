/* One thread sends. It sleeps until there are new entries, tells of new notices, waits until the results take them in, has the state of each table that is watched written once, and then goes through those who watch.
 *
 * A stream tells with each event how far its client has come, for Last-Event-ID. Of several tables that changed only the event of the last one may say so: whoever gets no further than the ones
 * before it comes back with the old number, and is sent them all. An event that waits and is replaced by a newer one of its table takes nothing away from this, for the newer state has a larger
 * number than those that are told before it.
 *
 * Locks: `lock` guards tables and watches. It may be held while something is put into a stream, which does not wait, but not for all streams at once, for a connection that ends needs it.
 * States are written without it. `wake_lock` guards only what wakes the thread: whoever tells of new entries waits for nothing else. */
#include "server/events.h"
#include "base/json.h"
#include "base/steady.h"
#include "base/writer.h"
#include "ledger/token.h"
#include "report/result_view.h"
#include <inttypes.h>
#include <math.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SCORING_MS = 2000, SESSION_CHECK_MS = 1000, TOPIC_SIZE = 160, AT_ONCE = 32 };

/* A table that somebody watches. */
struct table {
    struct table *next, *before;
    unsigned holders; /* watches, and the thread while it looks at it */
    char *assessment;
    struct baton_period period;
    char topic[TOPIC_SIZE];
    /* Its newest state, a line of JSON; NULL = there is none yet. */
    char *text;
    size_t text_size;
    uint64_t size, scored_at; /* as in live_result */
};

/* What a client has of a table. */
struct watched {
    struct table *table;
    uint64_t scored_at;
    bool has_it;
};

/* A client. */
struct watch {
    struct events *events;
    struct watch *next, *before;
    struct http_stream *stream;
    char *secret, *token;
    uint64_t told; /* the events that were sent bring the client so far */
    bool notices;
    size_t count;
    struct watched watched[];
};

struct events {
    struct live *live;
    struct accounts *accounts;
    struct events_asks asks;
    pthread_mutex_t lock;
    struct table *tables;
    struct watch *watches;
    struct watch *at; /* that the thread looks at next */
    pthread_mutex_t wake_lock;
    pthread_cond_t wake;
    bool is_closing, has_new;
    uint64_t size; /* entries that were told of */
    pthread_t thread;
    bool has_thread;
};

static char *copied(const char *text) {
    return text == NULL ? NULL : strdup(text);
}

/* Tables. With the lock, but for table_renew. */

static struct table *table_make(struct events *events, const struct watched_table *of) {
    char period[BATON_PERIOD_NAME_SIZE];
    struct table *const table = calloc(1, sizeof *table);
    if (table == NULL || (table->assessment = strdup(of->assessment)) == NULL) {
        free(table);
        return NULL;
    }
    baton_period_format(of->period, period);
    snprintf(table->topic, sizeof table->topic, "%s/%s", of->assessment, period);
    table->period = of->period;
    table->next = events->tables;
    if (table->next != NULL)
        table->next->before = table;
    events->tables = table;
    return table;
}

/* Held by one more; NULL = no memory. */
static struct table *table_hold(struct events *events, const struct watched_table *of) {
    struct table *table = events->tables;
    while (table != NULL && (strcmp(table->assessment, of->assessment) != 0 ||
                             baton_period_compare(table->period, of->period) != 0))
        table = table->next;
    if (table == NULL)
        table = table_make(events, of);
    if (table != NULL)
        table->holders++;
    return table;
}

/* Gives up the tables that nobody holds any more. */
static void drop_unheld(struct events *events) {
    for (struct table *table = events->tables, *next; table != NULL; table = next) {
        next = table->next;
        if (table->holders > 0)
            continue;
        *(table->before != NULL ? &table->before->next : &events->tables) = next;
        if (next != NULL)
            next->before = table->before;
        free(table->assessment);
        free(table->text);
        free(table);
    }
}

static void put_unit(struct json *json, const struct result_view *view, uint32_t unit) {
    const uint32_t rank = result_rank(view, 0, unit);
    int decimals;
    const double score = result_published(view, 0, unit, &decimals);
    json_array_tight(json, NULL);
    json_text(json, NULL, view->scheme->unit[unit].id);
    json_number(json, NULL, rank > 0 ? rank / 2.0 : NAN);
    json_fixed(json, NULL, score, decimals);
    json_end(json);
}

/* A state that is written, as the body of an arena_run. */
struct writing {
    struct baton_arena *arena;
    const char *assessment;
    const struct live_result *result;
    char *text; /* allocated */
    size_t size;
};

static baton_code write_state(void *context) {
    struct writing *const writing = context;
    struct writer *const writer = writer_memory(writing->arena);
    struct json json = json_to(writer);
    const struct result_view view = result_view_of(writing->result->session);
    char period[BATON_PERIOD_NAME_SIZE];
    baton_period_format(view.result->period, period);
    json_object_tight(&json, NULL);
    json_text(&json, "assessment", writing->assessment);
    json_text(&json, "period", period);
    json_count(&json, "known", writing->result->size);
    json_count(&json, "scheme", writing->result->scheme);
    json_array_tight(&json, "units");
    for (uint32_t u = 0; u < view.scheme->ranked_count; u++)
        if (baton_result_has_row(writing->result->session, 0, u))
            put_unit(&json, &view, u);
    json_end(&json);
    json_end(&json);
    const char *const text = writer_text_of(writer);
    writing->size = strcspn(text, "\n"); /* a line */
    writing->text = strndup(text, writing->size);
    return writing->text != NULL ? BATON_OK : BATON_NO_MEMORY;
}

/* Whether the state is that of the result already; then only how far it reaches is noted. */
static bool is_written(struct events *events, struct table *table,
                       const struct live_result *result) {
    pthread_mutex_lock(&events->lock);
    const bool is_it = table->text != NULL && table->scored_at >= result->scored_at;
    if (is_it && result->size > table->size)
        table->size = result->size;
    pthread_mutex_unlock(&events->lock);
    return is_it;
}

static bool write_anew(struct events *events, struct table *table,
                       const struct live_result *result) {
    struct writing writing = {
        .arena = arena_open(), .assessment = table->assessment, .result = result};
    const bool is_good = arena_run(writing.arena, write_state, &writing) == BATON_OK;
    arena_close(writing.arena);
    if (!is_good)
        return false;
    char *old = writing.text; /* somebody else may have been quicker */
    pthread_mutex_lock(&events->lock);
    if (table->text == NULL || result->scored_at > table->scored_at) {
        old = table->text;
        table->text = writing.text;
        table->text_size = writing.size;
        table->scored_at = result->scored_at;
    }
    if (result->size > table->size)
        table->size = result->size;
    pthread_mutex_unlock(&events->lock);
    free(old);
    return true;
}

/* Brings a table that the caller holds up to date; without the lock. False = no memory. */
static bool table_renew(struct events *events, struct table *table) {
    struct live_result result;
    if (!live_result(events->live, table->assessment, table->period, &result))
        return true;
    const bool is_good = result.session == NULL || is_written(events, table, &result) ||
                         write_anew(events, table, &result);
    live_release(&result);
    return is_good;
}

/* Watches. With the lock. */

static void watch_free(struct watch *watch) {
    for (size_t i = 0; i < watch->count; i++)
        if (watch->watched[i].table != NULL)
            watch->watched[i].table->holders--;
    drop_unheld(watch->events);
    free(watch->secret);
    free(watch->token);
    free(watch);
}

static void gone(void *context) {
    struct watch *const watch = context;
    struct events *const events = watch->events;
    pthread_mutex_lock(&events->lock);
    *(watch->before != NULL ? &watch->before->next : &events->watches) = watch->next;
    if (watch->next != NULL)
        watch->next->before = watch->before;
    if (events->at == watch)
        events->at = watch->next;
    watch_free(watch);
    pthread_mutex_unlock(&events->lock);
}

static bool is_behind(const struct watched *watched) {
    return watched->table->text != NULL &&
           (!watched->has_it || watched->scored_at != watched->table->scored_at);
}

/* So far all its tables have come, when those that are behind have been sent. */
static uint64_t reach(const struct watch *watch) {
    uint64_t least = UINT64_MAX;
    for (size_t i = 0; i < watch->count; i++)
        if (watch->watched[i].table->text != NULL && watch->watched[i].table->size < least)
            least = watch->watched[i].table->size;
    return least == UINT64_MAX || least < watch->told ? watch->told : least;
}

static void send_newest(struct watch *watch) {
    size_t left = 0;
    for (size_t i = 0; i < watch->count; i++)
        left += is_behind(&watch->watched[i]);
    for (size_t i = 0; i < watch->count && left > 0; i++) {
        struct watched *const watched = &watch->watched[i];
        const struct table *const table = watched->table;
        if (!is_behind(watched))
            continue;
        if (--left == 0)
            watch->told = reach(watch);
        http_stream_send(watch->stream, watch->told, table->topic, "result", table->text,
                         table->text_size);
        watched->scored_at = table->scored_at;
        watched->has_it = true;
    }
}

static bool may_watch(const struct watch *watch, const struct signed_in *who) {
    const struct events *const events = watch->events;
    bool may = true;
    for (size_t i = 0; i < watch->count && may; i++)
        may = events->asks.may(events->asks.context, who, watch->watched[i].table->assessment);
    return may;
}

/* A stream that only stays open is no use of the session. */
static bool is_signed_in(const struct watch *watch, struct signed_in *who) {
    struct accounts *const accounts = watch->events->accounts;
    return watch->secret != NULL
               ? session_find(accounts, watch->secret, strlen(watch->secret), false, who)
               : token_find(accounts, watch->token, strlen(watch->token), who);
}

/* Whether whoever watches may go on. */
static void check(struct watch *watch) {
    struct signed_in who;
    if (!is_signed_in(watch, &who) || !may_watch(watch, &who))
        http_stream_end(watch->stream, "signed_out");
}

static void tell_notice(struct watch *watch) {
    const struct events_asks *const asks = &watch->events->asks;
    struct signed_in who;
    char text[48];
    if (!watch->notices || !is_signed_in(watch, &who))
        return;
    const int64_t newest = asks->newest(asks->context, &who);
    const int size = snprintf(text, sizeof text, "{\"newest\": %" PRId64 "}", newest);
    if (newest > 0)
        http_stream_send(watch->stream, watch->told, "notice", "notice", text, (size_t)size);
}

/* The thread */

static bool renew_all(struct events *events) {
    bool is_good = true;
    pthread_mutex_lock(&events->lock);
    for (struct table *table = events->tables; table != NULL;) {
        table->holders++;
        pthread_mutex_unlock(&events->lock);
        is_good = table_renew(events, table) && is_good;
        pthread_mutex_lock(&events->lock);
        struct table *const next = table->next; /* somebody holds it, or it would not be there */
        if (--table->holders == 0)
            drop_unheld(events);
        table = next;
    }
    pthread_mutex_unlock(&events->lock);
    return is_good;
}

static void for_each(struct events *events, void (*act)(struct watch *watch)) {
    unsigned done = 0;
    pthread_mutex_lock(&events->lock);
    for (events->at = events->watches; events->at != NULL;) {
        struct watch *const watch = events->at;
        events->at = watch->next;
        act(watch);
        if (++done % AT_ONCE == 0) {
            pthread_mutex_unlock(&events->lock);
            sched_yield();
            pthread_mutex_lock(&events->lock);
        }
    }
    pthread_mutex_unlock(&events->lock);
}

/* Until there is something new, or a second is over; false when it is to end. */
static bool sleep_some(struct events *events, bool *has_new, uint64_t *size) {
    const int64_t until_ns = steady_ns() + SESSION_CHECK_MS * INT64_C(1000000);
    pthread_mutex_lock(&events->wake_lock);
    while (!events->is_closing && !events->has_new &&
           steady_wait_until(&events->wake, &events->wake_lock, until_ns))
        ;
    *has_new = events->has_new;
    *size = events->size;
    events->has_new = false;
    const bool goes_on = !events->is_closing;
    pthread_mutex_unlock(&events->wake_lock);
    return goes_on;
}

static void *run(void *context) {
    struct events *const events = context;
    bool has_new, must_renew = false;
    uint64_t size;
    while (sleep_some(events, &has_new, &size)) {
        if (events->asks.look(events->asks.context)) /* what time made, too: each second */
            for_each(events, tell_notice);
        if (has_new && !live_wait(events->live, size, SCORING_MS))
            events_heard(events, size); /* looked for again */
        if (has_new || must_renew) {
            must_renew = !renew_all(events);
            for_each(events, send_newest);
        }
        for_each(events, check);
    }
    return NULL;
}

void events_heard(struct events *events, uint64_t size) {
    pthread_mutex_lock(&events->wake_lock);
    events->size = size > events->size ? size : events->size;
    events->has_new = true;
    pthread_cond_signal(&events->wake);
    pthread_mutex_unlock(&events->wake_lock);
}

void events_close(struct events *events) {
    if (events == NULL || !events->has_thread)
        return;
    pthread_mutex_lock(&events->wake_lock);
    events->is_closing = true;
    pthread_cond_signal(&events->wake);
    pthread_mutex_unlock(&events->wake_lock);
    pthread_join(events->thread, NULL);
    events->has_thread = false;
}

static void close_events(void *context) {
    events_close(context);
}

baton_code events_open(struct baton_arena *arena, struct live *live, struct accounts *accounts,
                       const struct events_asks *asks, struct events **out) {
    struct events *events = arena_alloc(arena, 1, sizeof *events);
    events->live = live;
    events->accounts = accounts;
    events->asks = *asks;
    pthread_mutex_init(&events->lock, NULL);
    pthread_mutex_init(&events->wake_lock, NULL);
    steady_condition(&events->wake);
    if (pthread_create(&events->thread, NULL, run, events) != 0)
        return BATON_NO_MEMORY;
    events->has_thread = true;
    arena_on_close(arena, close_events, events);
    *out = events;
    return BATON_OK;
}

/* Watching */

/* With the lock. NULL = no memory. */
static struct watch *watch_make(struct events *events, const struct watcher *watcher) {
    struct watch *const watch =
        calloc(1, sizeof *watch + watcher->count * sizeof watch->watched[0]);
    if (watch == NULL)
        return NULL;
    watch->events = events;
    watch->secret = copied(watcher->secret);
    watch->token = copied(watcher->token);
    watch->told = watcher->seen;
    watch->notices = watcher->notices;
    watch->count = watcher->count;
    bool is_good = watch->secret != NULL || watch->token != NULL;
    for (size_t i = 0; i < watch->count; i++) {
        watch->watched[i].table = table_hold(events, &watcher->table[i]);
        is_good = is_good && watch->watched[i].table != NULL;
    }
    if (is_good)
        return watch;
    watch_free(watch);
    return NULL;
}

/* What was scored before the client's last event it has. A number from the future becomes that of now, or what is to come would not be sent. */
static void pass_over_seen(struct watch *watch) {
    uint64_t most = 0;
    for (size_t i = 0; i < watch->count; i++) {
        struct watched *const watched = &watch->watched[i];
        const struct table *const table = watched->table;
        watched->scored_at = table->scored_at;
        watched->has_it = watch->told > 0 && table->text != NULL && table->scored_at <= watch->told;
        most = table->size > most ? table->size : most;
    }
    if (watch->told > most)
        watch->told = most;
}

/* Puts it among those who are sent what is new; NULL where the request has been answered instead. */
static struct http_stream *begin(struct events *events, struct http_request *request,
                                 struct watch *watch) {
    struct http_stream *const stream = http_stream_open(request, gone, watch);
    if (stream == NULL) {
        watch_free(watch);
        return NULL;
    }
    watch->stream = stream;
    watch->next = events->watches;
    if (watch->next != NULL)
        watch->next->before = watch;
    events->watches = watch;
    pass_over_seen(watch);
    send_newest(watch);
    return stream;
}

static bool renew(struct events *events, const struct watch *watch) {
    bool is_good = true;
    for (size_t i = 0; i < watch->count; i++)
        is_good = table_renew(events, watch->watched[i].table) && is_good;
    return is_good;
}

baton_code events_watch(struct events *events, struct http_request *request,
                        const struct watcher *watcher) {
    struct http_stream *stream = NULL;
    pthread_mutex_lock(&events->lock);
    struct watch *const watch = watch_make(events, watcher);
    pthread_mutex_unlock(&events->lock);
    if (watch == NULL)
        return BATON_NO_MEMORY;
    const bool is_good = renew(events, watch);
    pthread_mutex_lock(&events->lock);
    if (is_good)
        stream = begin(events, request, watch);
    else
        watch_free(watch);
    pthread_mutex_unlock(&events->lock);
    if (stream != NULL)
        http_answer_stream(request, stream);
    return is_good ? BATON_OK : BATON_NO_MEMORY;
}
