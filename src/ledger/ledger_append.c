/* The line before the store. Whoever comes while nobody works becomes the one who works: takes all that wait, makes one batch of it, and hands over to the first of those that came
 * meanwhile. So a batch is as large as the last one was slow, and nobody waits for a timer. */
#include "ledger/ledger_inside.h"
#include <assert.h>
#include <linux/futex.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Facts that one batch takes at most, unless a single submission is larger. */
enum { BATCH_FACTS = 4096 };

void ledger_die(struct ledger *ledger, baton_code code) {
    pthread_mutex_lock(&ledger->lock);
    ledger->dead = code;
    pthread_mutex_unlock(&ledger->lock);
}

baton_code ledger_health(struct ledger *ledger) {
    pthread_mutex_lock(&ledger->lock);
    const baton_code dead = ledger->dead;
    pthread_mutex_unlock(&ledger->lock);
    return dead != BATON_OK ? dead : (baton_code)atomic_load(&ledger->health);
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

/* A thread that waits sleeps on its own word and takes no lock when it wakes: thirty that are woken at once would then wait for each other. */
static void sleep_until_told(struct waiting *waiting) {
    while (atomic_load(&waiting->state) == WAITING_IN_LINE)
        syscall(SYS_futex, &waiting->state, FUTEX_WAIT_PRIVATE, WAITING_IN_LINE, NULL, NULL, 0);
}

/* The memory may be gone once the state is another; the address is then nobody's, or a thread wakes for nothing and looks again. */
static void tell(struct waiting *waiting, enum waiting_state state) {
    atomic_store(&waiting->state, state);
    syscall(SYS_futex, &waiting->state, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
}

/* With the lock held: the store is free again. After a batch it goes to whoever waits to work on it alone, after such a one to the line: to the one that is answered, who is
 * to be told without the lock. */
MUST_USE static struct waiting *hand_over(struct ledger *ledger, bool after_batch) {
    ledger->is_busy = false;
    pthread_cond_broadcast(&ledger->idle);
    if (ledger->first == NULL || (after_batch && ledger->entering > 0 && ledger->dead == BATON_OK))
        return NULL;
    ledger->is_busy = true;
    return ledger->first;
}

void ledger_leave(struct ledger *ledger) {
    pthread_mutex_lock(&ledger->lock);
    struct waiting *leader = hand_over(ledger, false);
    pthread_mutex_unlock(&ledger->lock);
    if (leader != NULL)
        tell(leader, WAITING_LEADS);
}

/* Whether it changes what the facts behind it are judged by: who may what, what is posted, which key is in force. A batch ends with it. */
static bool ends_batch(const struct waiting *waiting) {
    for (size_t i = 0; i < waiting->count; i++)
        if (waiting->ready[i].kind == FACT_KEY || standing_changes(waiting->ready[i].kind))
            return true;
    return false;
}

static bool brings_units(const struct waiting *waiting) {
    for (size_t i = 0; i < waiting->count; i++)
        if (waiting->ready[i].kind == FACT_UNIT)
            return true;
    return false;
}

static bool leans_on_units(const struct waiting *waiting) {
    for (size_t i = 0; i < waiting->count; i++)
        if (waiting->ready[i].kind == FACT_PROPOSAL ||
            standing_leans_on_units(waiting->ready[i].kind))
            return true;
    return false;
}

/* Takes the beginning of the line, with the lock held. What may lean on units that a submission before it brings waits for the next batch; units share one. */
static struct waiting *take_line(struct ledger *ledger) {
    struct waiting *const first = ledger->first, *last = first;
    size_t facts = first->count;
    bool has_units = brings_units(first);
    while (last->next != NULL && facts + last->next->count <= BATCH_FACTS && !ends_batch(last) &&
           !(has_units && leans_on_units(last->next))) {
        last = last->next;
        has_units = has_units || brings_units(last);
        facts += last->count;
    }
    ledger->first = last->next;
    if (ledger->first == NULL)
        ledger->last = &ledger->first;
    last->next = NULL;
    return first;
}

/* Works for all that wait. The next one begins before those of this batch are told, who hear of it one by one. */
static void lead(struct ledger *ledger, struct waiting *self) {
    pthread_mutex_lock(&ledger->lock);
    assert(ledger->is_busy && ledger->first == self);
    struct waiting *first = take_line(ledger);
    pthread_mutex_unlock(&ledger->lock);
    batch_run(ledger, first);
    pthread_mutex_lock(&ledger->lock);
    struct waiting *leader = hand_over(ledger, true);
    pthread_mutex_unlock(&ledger->lock);
    /* From here on the ledger may be closed, but for those in line. */
    if (leader != NULL)
        tell(leader, WAITING_LEADS);
    for (struct waiting *w = first, *next; w != NULL; w = next) {
        next = w->next;
        if (w != self)
            tell(w, WAITING_DONE);
    }
}

/* Into the line; whether it is the one who works. */
static bool get_in_line(struct ledger *ledger, struct waiting *waiting) {
    struct waiting *leader = NULL;
    pthread_mutex_lock(&ledger->lock);
    *ledger->last = waiting;
    ledger->last = &waiting->next;
    if (!ledger->is_busy && (ledger->entering == 0 || ledger->dead != BATON_OK)) {
        ledger->is_busy = true;
        leader = ledger->first;
    }
    pthread_mutex_unlock(&ledger->lock);
    if (leader != NULL && leader != waiting)
        tell(leader, WAITING_LEADS);
    return leader == waiting;
}

baton_code ledger_submit(struct ledger *ledger, struct waiting *waiting,
                         struct baton_findings *found) {
    bool leads = get_in_line(ledger, waiting);
    if (!leads) {
        sleep_until_told(waiting);
        leads = atomic_load(&waiting->state) == WAITING_LEADS;
    }
    if (leads)
        lead(ledger, waiting);
    if (waiting->submission->is_repeat)
        waiting->submission->receipt = NULL;
    if (waiting->code != BATON_OK) {
        const struct baton_where *const where = waiting->submission->where;
        const char *argument[REFUSAL_ARGUMENTS];
        for (int i = 0; i < REFUSAL_ARGUMENTS; i++)
            argument[i] = waiting->argument[i][0] != '\0' ? waiting->argument[i] : NULL;
        baton_findings_add(found, waiting->code,
                           where != NULL && waiting->refused > 0 ? where[waiting->refused - 1]
                                                                 : (struct baton_where){0},
                           argument[0], argument[1], argument[2], argument[3]);
    }
    return waiting->code;
}

baton_code ledger_append(struct ledger *ledger, struct baton_arena *arena,
                         struct submission *submission, struct baton_findings *found) {
    struct waiting waiting;
    TRY(ready_make(ledger, arena, submission, false, &waiting, found));
    return ledger_submit(ledger, &waiting, found);
}

baton_code ledger_audit(struct ledger *ledger, struct baton_arena *arena,
                        struct submission *submission, struct baton_findings *found) {
    struct waiting waiting;
    assert(submission->actor == NULL && submission->actors != NULL && submission->request == NULL);
    for (size_t i = 0; i < submission->count; i++)
        assert(strcmp(submission->fact[i].kind, fact_kind_info(FACT_AUDIT)->word) == 0);
    TRY(ready_make(ledger, arena, submission, true, &waiting, found));
    return ledger_submit(ledger, &waiting, found);
}

baton_code ledger_derive(struct ledger *ledger, struct baton_arena *arena,
                         struct submission *submission, struct baton_findings *found) {
    struct waiting waiting;
    TRY(ready_make(ledger, arena, submission, true, &waiting, found));
    for (size_t i = 0; i < submission->count; i++)
        assert(waiting.ready[i].has_from);
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

void ledger_indicators(struct ledger *ledger, const struct standing_indicators *indicators) {
    ledger->indicators = *indicators;
}
