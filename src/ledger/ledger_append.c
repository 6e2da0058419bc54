/* The line before the store. Whoever comes while nobody works becomes the one who works: takes all that wait, makes one batch of it, and hands over to the first of those that came
 * meanwhile. So a batch is as large as the last one was slow, and nobody waits for a timer. */
#include "ledger/ledger_inside.h"
#include <assert.h>

/* Facts that one batch takes at most, unless a single submission is larger. */
enum { BATCH_FACTS = 4096 };

void ledger_die(struct ledger *ledger, baton_code code) {
    pthread_mutex_lock(&ledger->lock);
    ledger->dead = code;
    pthread_mutex_unlock(&ledger->lock);
}

bool ledger_enter(struct ledger *ledger) {
    pthread_mutex_lock(&ledger->lock);
    ledger->entering++;
    while (ledger->is_busy && ledger->dead == BATON_OK)
        pthread_cond_wait(&ledger->idle, &ledger->lock);
    ledger->entering--;
    const bool may = ledger->dead == BATON_OK && !ledger->is_busy;
    ledger->is_busy |= may;
    pthread_mutex_unlock(&ledger->lock);
    return may;
}

/* With the lock held: the store is free again. After a batch it goes to whoever waits to work on it alone, after such a one to the line. */
static void hand_over(struct ledger *ledger, bool after_batch) {
    ledger->is_busy = false;
    pthread_cond_broadcast(&ledger->idle);
    if (ledger->first != NULL && (!after_batch || ledger->entering == 0)) {
        ledger->is_busy = true;
        ledger->first->leads = true;
        pthread_cond_signal(&ledger->first->wake);
    }
}

void ledger_leave(struct ledger *ledger) {
    pthread_mutex_lock(&ledger->lock);
    hand_over(ledger, false);
    pthread_mutex_unlock(&ledger->lock);
}

/* Takes the beginning of the line, with the lock held. */
static struct waiting *take_line(struct ledger *ledger) {
    struct waiting *const first = ledger->first, *last = first;
    size_t facts = first->count;
    while (last->next != NULL && facts + last->next->count <= BATCH_FACTS) {
        last = last->next;
        facts += last->count;
    }
    ledger->first = last->next;
    if (ledger->first == NULL)
        ledger->last = &ledger->first;
    last->next = NULL;
    return first;
}

/* Tells those that waited; their memory may be gone as soon as they know. */
static void wake(struct waiting *first, const struct waiting *self) {
    for (struct waiting *w = first, *next; w != NULL; w = next) {
        next = w->next;
        w->is_done = true;
        if (w != self)
            pthread_cond_signal(&w->wake);
    }
}

static void lead(struct ledger *ledger, struct waiting *self) {
    struct waiting *first = take_line(ledger);
    pthread_mutex_unlock(&ledger->lock);
    batch_run(ledger, first);
    pthread_mutex_lock(&ledger->lock);
    wake(first, self);
    hand_over(ledger, true);
}

baton_code ledger_submit(struct ledger *ledger, struct waiting *waiting,
                         struct baton_findings *found) {
    pthread_cond_init(&waiting->wake, NULL);
    pthread_mutex_lock(&ledger->lock);
    *ledger->last = waiting;
    ledger->last = &waiting->next;
    if (!ledger->is_busy && (ledger->entering == 0 || ledger->dead != BATON_OK)) {
        ledger->is_busy = true;
        ledger->first->leads = true;
        if (ledger->first != waiting)
            pthread_cond_signal(&ledger->first->wake);
    }
    while (!waiting->is_done) {
        if (waiting->leads && waiting == ledger->first)
            lead(ledger, waiting);
        else
            pthread_cond_wait(&waiting->wake, &ledger->lock);
    }
    pthread_mutex_unlock(&ledger->lock);
    pthread_cond_destroy(&waiting->wake);
    if (waiting->code != BATON_OK) {
        const char *argument[REFUSAL_ARGUMENTS];
        for (int i = 0; i < REFUSAL_ARGUMENTS; i++)
            argument[i] = waiting->argument[i][0] != '\0' ? waiting->argument[i] : NULL;
        baton_findings_add(found, waiting->code, (struct baton_where){0}, argument[0], argument[1],
                           argument[2], argument[3]);
    }
    return waiting->code;
}

baton_code ledger_append(struct ledger *ledger, struct baton_arena *arena,
                         struct submission *submission, struct baton_findings *found) {
    struct waiting waiting;
    TRY(ready_make(ledger, arena, submission, false, &waiting, found));
    return ledger_submit(ledger, &waiting, found);
}

void ledger_listen(struct ledger *ledger,
                   void (*heard)(void *context, const struct entry *entry, size_t count,
                                 uint64_t size),
                   void *context) {
    if (!ledger_enter(ledger))
        return;
    ledger->heard = heard;
    ledger->heard_context = context;
    ledger_leave(ledger);
}
