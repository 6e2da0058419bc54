/* Who watches results, and is sent the newest state of each when it was scored anew; and who is told that there is a new notice for them. */
#ifndef SERVER_EVENTS_H
#define SERVER_EVENTS_H

#include "flow/live.h"
#include "http/http_stream.h"
#include "ledger/session.h"

struct events;

/* Whether somebody may still watch the totals of an assessment. Called from the thread that sends, which holds a lock that connections wait for: it does not wait for the store. */
typedef bool events_may(void *context, const struct signed_in *who, const char *assessment);

/* What the thread that sends asks, of `context`. `look`, without any lock: whether there are new notices since it was asked last. `newest`, under the lock as events_may: the number of the newest of these
 * for somebody, 0 = none. */
struct events_asks {
    events_may *may;
    bool (*look)(void *context);
    int64_t (*newest)(void *context, const struct signed_in *who);
    void *context;
};

/* Starts the thread that sends. `live` and `accounts` are borrowed; closed with the arena, or before, when HTTP has been stopped. NO_MEMORY where there can be no thread. */
MUST_USE baton_code events_open(struct baton_arena *arena, struct live *live,
                                struct accounts *accounts, const struct events_asks *asks,
                                struct events **out);
void events_close(struct events *events); /* NULL is fine */

/* There are so many entries: whoever watches what they changed is sent it as soon as that has been scored, and whoever is told of notices at once. From any thread; waits for nothing. */
void events_heard(struct events *events, uint64_t size);

struct watched_table {
    const char *assessment;
    struct baton_period period; /* kind NONE = the scheme's own */
};

/* Whose stream it is: ended when that session or token is not good any more, or the posts do not let them watch one of the results. All is copied. */
struct watcher {
    const char *secret, *token;        /* one of them */
    const struct watched_table *table; /* no two the same */
    size_t count;                      /* may be 0 where notices are wanted */
    bool notices;                      /* is told of new notices as well */
    uint64_t seen;                     /* entries that the client has taken in already; 0 = none */
};

/* Answers the request with a stream of these results: the state of each now, unless the client has it, then each newer one. An event has the name `result`, and as data
 * {"assessment", "period", "known", "scheme", "units": [[id, rank, score] ...]} in the order of units, rank and score null where there is none. Its id is the number of entries up to which the client
 * then has every change of all its results; of several that changed together the last one brings it further. Of notices the event is `notice`, with {"newest": its number}; those from before the stream began it does not tell. */
MUST_USE baton_code events_watch(struct events *events, struct http_request *request,
                                 const struct watcher *watcher);

#endif
