/* A list of assessments, each with what was made of the result that was newest when somebody asked last. It is held by the list and by the requests that read it, and holds that result itself, so that the same session is the same
 * result. Whoever finds a newer result makes it anew, under the lock: others would only do the same beside. */
#include "server/kept_expected.h"
#include "server/api.h"
#include "server/kept.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

struct made {
    atomic_uint holders;
    struct baton_arena *arena;
    struct live_result result;
    struct expected_index index;
};

struct one {
    struct one *next;
    char *assessment;
    struct made *made; /* NULL = none yet */
};

struct kept_expected {
    pthread_mutex_t lock;
    struct one *first;
};

static void release(struct made *made) {
    if (made == NULL || atomic_fetch_sub(&made->holders, 1) > 1)
        return;
    live_release(&made->result);
    arena_close(made->arena);
    free(made);
}

static void close_kept(void *context) {
    struct kept_expected *const kept = context;
    while (kept->first != NULL) {
        struct one *const one = kept->first;
        kept->first = one->next;
        release(one->made);
        free(one->assessment);
        free(one);
    }
    pthread_mutex_destroy(&kept->lock);
}

struct kept_expected *kept_expected_open(struct baton_arena *arena) {
    struct kept_expected *const kept = arena_alloc(arena, 1, sizeof *kept);
    pthread_mutex_init(&kept->lock, NULL);
    arena_on_close(arena, close_kept, kept);
    return kept;
}

/* The work, as the body of an arena_run. */
static baton_code make_body(void *context) {
    struct made *const made = context;
    struct expected all;
    expected_all(made->arena, made->result.session, &all);
    expected_index_make(made->arena, &all, &made->index);
    return BATON_OK;
}

/* Takes over the result. NULL = memory is out. */
static struct made *make(struct live_result *result) {
    struct made *const made = calloc(1, sizeof *made);
    if (made == NULL) {
        live_release(result);
        return NULL;
    }
    made->arena = arena_open();
    made->result = *result;
    atomic_init(&made->holders, 1);
    if (arena_run(made->arena, make_body, made) == BATON_OK)
        return made;
    release(made);
    return NULL;
}

/* With the lock held. NULL = memory is out. */
static struct one *find(struct kept_expected *kept, const char *assessment) {
    struct one *one = kept->first;
    while (one != NULL && strcmp(one->assessment, assessment) != 0)
        one = one->next;
    if (one != NULL)
        return one;
    one = calloc(1, sizeof *one);
    if (one == NULL || (one->assessment = strdup(assessment)) == NULL) {
        free(one);
        return NULL;
    }
    one->next = kept->first;
    kept->first = one;
    return one;
}

/* What was made of the result, once more held; of one that is newer it is made. Takes over the result. */
static struct made *hold(struct kept_expected *kept, const char *assessment,
                         struct live_result *result) {
    struct made *made = NULL, *older = NULL;
    pthread_mutex_lock(&kept->lock);
    struct one *const one = find(kept, assessment);
    if (one != NULL && one->made != NULL && one->made->result.session == result->session) {
        made = one->made;
        live_release(result);
    } else if (one != NULL && (made = make(result)) != NULL) {
        older = one->made;
        one->made = made;
    } else if (one == NULL) {
        live_release(result);
    }
    if (made != NULL)
        atomic_fetch_add(&made->holders, 1);
    pthread_mutex_unlock(&kept->lock);
    release(older);
    return made;
}

static void let_go(void *context) {
    release(*(struct made **)context);
}

baton_code call_expected(struct call *call, const char *assessment,
                         const struct baton_session **session, const struct expected_index **out) {
    struct made **const made = arena_alloc(call->arena, 1, sizeof(struct made *));
    struct live_result result;
    bool is_kept;
    arena_on_close(call->arena, let_go, made); /* before anything is held */
    TRY(kept_result(call->api->live, assessment, (struct baton_period){0}, &result, &is_kept));
    if (is_kept && result.session == NULL)
        live_release(&result);
    if (!is_kept || result.session == NULL)
        return call_refuse(call, BATON_NOT_SCORED, assessment, NULL, NULL, NULL);
    *made = hold(call->api->expected, assessment, &result);
    if (*made == NULL)
        return BATON_NO_MEMORY;
    *session = (*made)->result.session;
    *out = &(*made)->index;
    return BATON_OK;
}
