/* One thread sends: it sleeps until there are new entries, waits until the results take them in, and goes through those who watch. The state of a result is written once for all who watch it.
 *
 * Locks: `lock` guards the list. It may be held while something is put into a stream, which does not wait; a stream that is gone takes its watch out with it. */
#include "server/events.h"
#include "base/json.h"
#include "base/writer.h"
#include "ledger/token.h"
#include "report/result_view.h"
#include <errno.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SCORING_MS = 2000, SESSION_CHECK_MS = 1000, TOPIC_SIZE = 160 };

struct watch {
    struct events *events;
    struct watch *next, *before;
    struct http_stream *stream;
    char *secret, *token, *assessment;
    struct baton_period period;
    uint64_t scored_at; /* of what was sent last */
    bool has_sent;
};

struct events {
    struct live *live;
    struct accounts *accounts;
    events_may *may;
    void *may_context;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    pthread_t thread;
    bool has_thread, is_closing, has_new;
    uint64_t size; /* entries that were told of */
    struct watch *first;
};

/* A state as it is sent, in an arena of its own. */
struct state {
    struct baton_arena *arena;
    const struct watch *watch; /* of whom it is */
    struct live_result result;
    const char *text;
    size_t size;
};

static char *copied(const char *text) {
    return text == NULL ? NULL : strdup(text);
}

static void watch_free(struct watch *watch) {
    free(watch->secret);
    free(watch->token);
    free(watch->assessment);
    free(watch);
}

static void take_out(struct watch *watch) {
    *(watch->before != NULL ? &watch->before->next : &watch->events->first) = watch->next;
    if (watch->next != NULL)
        watch->next->before = watch->before;
}

static void gone(void *context) {
    struct watch *watch = context;
    pthread_mutex_lock(&watch->events->lock);
    take_out(watch);
    pthread_mutex_unlock(&watch->events->lock);
    watch_free(watch);
}

/* States */

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

static baton_code write_state(void *context) {
    struct state *state = context;
    struct writer *writer = writer_memory(state->arena);
    struct json json = json_to(writer);
    const struct result_view view = result_view_of(state->result.session);
    char period[BATON_PERIOD_NAME_SIZE];
    baton_period_format(view.result->period, period);
    json_object_tight(&json, NULL);
    json_text(&json, "assessment", state->watch->assessment);
    json_text(&json, "period", period);
    json_count(&json, "known", state->result.size);
    json_count(&json, "scheme", state->result.scheme);
    json_array_tight(&json, "units");
    for (uint32_t u = 0; u < view.scheme->ranked_count; u++)
        if (baton_result_has_row(state->result.session, 0, u))
            put_unit(&json, &view, u);
    json_end(&json);
    json_end(&json);
    state->text = writer_text_of(writer);
    state->size = strcspn(state->text, "\n"); /* a line */
    return BATON_OK;
}

static void state_close(struct state *state) {
    if (state->watch == NULL)
        return;
    live_release(&state->result);
    arena_close(state->arena);
    *state = (struct state){0};
}

static bool is_of(const struct state *state, const struct watch *watch) {
    const struct watch *const other = state->watch;
    return other != NULL &&
           (other == watch || (strcmp(other->assessment, watch->assessment) == 0 &&
                               baton_period_compare(other->period, watch->period) == 0));
}

/* The state of what is watched; false where there is none yet, or no memory for it. Kept in *state for the next one that watches the same. */
static bool state_take(struct events *events, const struct watch *watch, struct state *state) {
    if (is_of(state, watch))
        return state->text != NULL;
    state_close(state);
    if (!live_result(events->live, watch->assessment, watch->period, &state->result))
        return false;
    state->watch = watch;
    state->arena = arena_open();
    return state->result.session != NULL &&
           arena_run(state->arena, write_state, state) == BATON_OK && state->text != NULL;
}

static void send_newest(struct events *events, struct watch *watch, struct state *state) {
    char topic[TOPIC_SIZE], period[BATON_PERIOD_NAME_SIZE];
    if (!state_take(events, watch, state) ||
        (watch->has_sent && watch->scored_at == state->result.scored_at))
        return;
    baton_period_format(watch->period, period);
    snprintf(topic, sizeof topic, "%s/%s", watch->assessment, period);
    http_stream_send(watch->stream, state->result.size, topic, "result", state->text, state->size);
    watch->scored_at = state->result.scored_at;
    watch->has_sent = true;
}

/* Whether whoever watches may go on; a stream that only stays open is no use of the session. */
static bool may_stay(const struct events *events, const struct watch *watch) {
    struct signed_in who;
    const bool is_in =
        watch->secret != NULL
            ? session_find(events->accounts, watch->secret, strlen(watch->secret), false, &who)
            : token_find(events->accounts, watch->token, strlen(watch->token), &who);
    return is_in && events->may(events->may_context, &who, watch->assessment);
}

static void send_round(struct events *events) {
    struct state state = {0};
    for (struct watch *watch = events->first; watch != NULL; watch = watch->next)
        if (watch->stream != NULL)
            send_newest(events, watch, &state);
    state_close(&state);
}

static void check_round(struct events *events) {
    for (struct watch *watch = events->first; watch != NULL; watch = watch->next)
        if (watch->stream != NULL && !may_stay(events, watch))
            http_stream_end(watch->stream, "signed_out");
}

/* The thread */

static void sleep_some(struct events *events) {
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += SESSION_CHECK_MS / 1000;
    while (!events->is_closing && !events->has_new &&
           pthread_cond_timedwait(&events->wake, &events->lock, &until) != ETIMEDOUT)
        ;
}

static void *run(void *context) {
    struct events *events = context;
    pthread_mutex_lock(&events->lock);
    while (!events->is_closing) {
        sleep_some(events);
        const bool has_new = events->has_new;
        const uint64_t size = events->size;
        events->has_new = false;
        pthread_mutex_unlock(&events->lock);
        if (has_new && !live_wait(events->live, size, SCORING_MS))
            events_heard(events, size); /* looked for again */
        pthread_mutex_lock(&events->lock);
        if (has_new)
            send_round(events);
        check_round(events);
    }
    pthread_mutex_unlock(&events->lock);
    return NULL;
}

void events_heard(struct events *events, uint64_t size) {
    pthread_mutex_lock(&events->lock);
    events->size = size > events->size ? size : events->size;
    events->has_new = true;
    pthread_cond_signal(&events->wake);
    pthread_mutex_unlock(&events->lock);
}

void events_close(struct events *events) {
    if (events == NULL || !events->has_thread)
        return;
    pthread_mutex_lock(&events->lock);
    events->is_closing = true;
    pthread_cond_signal(&events->wake);
    pthread_mutex_unlock(&events->lock);
    pthread_join(events->thread, NULL);
    events->has_thread = false;
}

static void close_events(void *context) {
    events_close(context);
}

baton_code events_open(struct baton_arena *arena, struct live *live, struct accounts *accounts,
                       events_may *may, void *context, struct events **out) {
    struct events *events = arena_alloc(arena, 1, sizeof *events);
    pthread_condattr_t monotonic;
    events->live = live;
    events->accounts = accounts;
    events->may = may;
    events->may_context = context;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_mutex_init(&events->lock, NULL);
    pthread_cond_init(&events->wake, &monotonic);
    pthread_condattr_destroy(&monotonic);
    if (pthread_create(&events->thread, NULL, run, events) != 0)
        return BATON_NO_MEMORY;
    events->has_thread = true;
    arena_on_close(arena, close_events, events);
    *out = events;
    return BATON_OK;
}

/* Watching */

static struct watch *watch_make(struct events *events, const struct watcher *watcher) {
    struct watch *watch = calloc(1, sizeof *watch);
    if (watch == NULL)
        return NULL;
    *watch = (struct watch){.events = events,
                            .secret = copied(watcher->secret),
                            .token = copied(watcher->token),
                            .assessment = copied(watcher->assessment),
                            .period = watcher->period,
                            .scored_at = watcher->seen};
    if (watch->assessment != NULL && (watch->secret != NULL || watch->token != NULL))
        return watch;
    watch_free(watch);
    return NULL;
}

/* The first state, unless nothing was scored since what the client has. */
static void send_first(struct events *events, struct watch *watch, uint64_t seen) {
    struct state state = {0};
    watch->has_sent =
        state_take(events, watch, &state) && seen > 0 && state.result.scored_at <= seen;
    if (watch->has_sent)
        watch->scored_at = state.result.scored_at;
    else
        send_newest(events, watch, &state);
    state_close(&state);
}

baton_code events_watch(struct events *events, struct http_request *request,
                        const struct watcher *watcher) {
    struct watch *watch = watch_make(events, watcher);
    if (watch == NULL)
        return BATON_NO_MEMORY;
    pthread_mutex_lock(&events->lock);
    watch->stream = http_stream_open(request, gone, watch);
    if (watch->stream == NULL) { /* it has answered */
        pthread_mutex_unlock(&events->lock);
        watch_free(watch);
        return BATON_OK;
    }
    watch->next = events->first;
    if (watch->next != NULL)
        watch->next->before = watch;
    events->first = watch;
    send_first(events, watch, watcher->seen);
    pthread_mutex_unlock(&events->lock);
    http_answer_stream(request, watch->stream);
    return BATON_OK;
}
