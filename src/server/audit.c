/* The line of records, and the thread that empties it. The thread works in place: whoever says something adds behind the end and never touches what stands before it. */
#include "server/audit.h"
#include "base/steady.h"
#include "base/text.h"
#include "ledger/account.h"
#include "ledger/digest.h"
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>

enum {
    BATCH_MAX = 256,
    GATHER_MS = 100, /* so long more are waited for */
    RETRY_MS = 1000,
    SEEN = 4096,    /* things that were done within the hour; one more takes the place of another */
    REFUSALS = 512, /* accounts that are refused at the same time; the others share one */
    HOUR_MS = 3600000,
    LINE_SIZE = 1024
};

struct item {
    enum audit_event event;
    enum audit_outcome outcome;
    char actor[LIMIT_ID_SIZE + 1], person[LIMIT_ID_SIZE + 1];
    char subject[AUDIT_SUBJECT_SIZE], address[ADDRESS_SIZE_MAX + 1];
    uint64_t count;
    bool is_fact; /* it is to be stored */
    bool is_told; /* its line was given out */
};

/* What was done, and in which hour. */
struct seen {
    struct digest what;
    int64_t hour;
};

/* An account of which sign-ins are refused. */
struct refusal {
    bool is_used;
    struct item item; /* of those that were counted and not said yet: count */
    int64_t until_utc_ms;
};

struct audit {
    const struct ledger_world *world;
    struct ledger *ledger;
    struct audit_settings set;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wakes;
    struct item *line; /* a ring of AUDIT_LINE_MAX */
    size_t head, count;
    uint64_t lost, lost_said;
    struct seen *seen;       /* [SEEN] */
    struct refusal *refusal; /* [REFUSALS], the last one of all that found no room */
    bool is_closing, is_closed;
};

int audit_facility(const char *word) {
    static const struct {
        const char *word;
        int facility;
    } facilities[] = {
        {"auth", LOG_AUTH},     {"daemon", LOG_DAEMON}, {"local0", LOG_LOCAL0},
        {"local1", LOG_LOCAL1}, {"local2", LOG_LOCAL2}, {"local3", LOG_LOCAL3},
        {"local4", LOG_LOCAL4}, {"local5", LOG_LOCAL5}, {"local6", LOG_LOCAL6},
        {"local7", LOG_LOCAL7},
    };
    for (size_t i = 0; i < LENGTH(facilities); i++)
        if (strcmp(facilities[i].word, word) == 0)
            return facilities[i].facility;
    return LOG_AUTHPRIV;
}

void audit_to_syslog(void *context, const char *line) {
    syslog((int)(uintptr_t)context | LOG_NOTICE, "baton: %s", line);
}

/* -- Items -- */

static void keep_id(char to[LIMIT_ID_SIZE + 1], const char *id) {
    to[0] = '\0';
    if (id != NULL && text_is_identifier(id, strlen(id)))
        memcpy(to, id, strlen(id) + 1);
}

static void make_item(const struct audit_record *record, bool is_fact, struct item *out) {
    *out = (struct item){.event = record->event,
                         .outcome = record->outcome,
                         .count = record->count,
                         .is_fact = is_fact};
    keep_id(out->actor, record->actor);
    keep_id(out->person, record->person);
    text_keep(out->subject, sizeof out->subject, record->subject);
    text_keep(out->address, sizeof out->address, record->address);
}

/* With the lock held. A line alone that finds no room is no loss, and takes none from facts: it is strangers who can make many of them. */
static void push(struct audit *audit, const struct item *item) {
    const size_t room = item->is_fact ? AUDIT_LINE_MAX : AUDIT_LINE_MAX / 2;
    if (!item->is_fact && audit->set.tell == NULL)
        return;
    if (audit->count >= room || audit->is_closed) {
        audit->lost += item->is_fact;
        return;
    }
    audit->line[(audit->head + audit->count++) % AUDIT_LINE_MAX] = *item;
    pthread_cond_signal(&audit->wakes);
}

static void say(struct audit *audit, const struct audit_record *record, bool is_fact) {
    struct item item;
    make_item(record, is_fact, &item);
    pthread_mutex_lock(&audit->lock);
    push(audit, &item);
    pthread_mutex_unlock(&audit->lock);
}

void audit_say(struct audit *audit, const struct audit_record *record) {
    say(audit, record, true);
}

void audit_note(struct audit *audit, const struct audit_record *record) {
    say(audit, record, false);
}

uint64_t audit_lost(struct audit *audit) {
    pthread_mutex_lock(&audit->lock);
    const uint64_t lost = audit->lost;
    pthread_mutex_unlock(&audit->lock);
    return lost;
}

static int64_t now_of(const struct audit *audit) {
    return audit->world->now_utc_ms(audit->world->context);
}

static struct digest digest_of(const struct item *item) {
    char what[3 * (LIMIT_ID_SIZE + 1) + AUDIT_SUBJECT_SIZE];
    const int size = snprintf(what, sizeof what, "%s %s %s %s", audit_event_word(item->event),
                              item->actor, item->person, item->subject);
    return digest_bytes(DIGEST_SHA256, what, (size_t)size);
}

void audit_once(struct audit *audit, const struct audit_record *record) {
    const int64_t hour = now_of(audit) / HOUR_MS;
    struct item item;
    make_item(record, true, &item);
    const struct digest what = digest_of(&item);
    struct seen *const seen =
        &audit->seen[(size_t)(what.byte[0] << 8 | what.byte[1]) % SEEN]; /* borrowed of chance */
    pthread_mutex_lock(&audit->lock);
    if (seen->hour != hour || !digest_equal(&seen->what, &what)) {
        *seen = (struct seen){what, hour};
        push(audit, &item);
    }
    pthread_mutex_unlock(&audit->lock);
}

/* -- What is refused -- */

static struct refusal *refusal_of(struct audit *audit, const struct item *item) {
    struct refusal *unused = NULL;
    for (size_t i = 0; i + 1 < REFUSALS; i++) {
        struct refusal *const one = &audit->refusal[i];
        if (one->is_used && one->item.event == item->event &&
            strcmp(one->item.person, item->person) == 0)
            return one;
        if (!one->is_used && unused == NULL)
            unused = one;
    }
    return unused != NULL ? unused : &audit->refusal[REFUSALS - 1];
}

/* Says those that were counted, a minute after the last that was said. With the lock held. */
static void say_refusals(struct audit *audit, int64_t now, bool all) {
    for (size_t i = 0; i < REFUSALS; i++) {
        struct refusal *const one = &audit->refusal[i];
        const bool is_due = now >= one->until_utc_ms || one->until_utc_ms - now > AUDIT_MINUTE_MS;
        if (!one->is_used || (!is_due && !all))
            continue;
        one->is_used = one->item.count > 0;
        if (!one->is_used)
            continue;
        push(audit, &one->item);
        one->item.count = 0;
        one->item.outcome = AUDIT_REFUSED;
        one->until_utc_ms = now + AUDIT_MINUTE_MS;
    }
}

void audit_refused(struct audit *audit, const struct audit_record *record) {
    const int64_t now = now_of(audit);
    struct item item;
    make_item(record, true, &item);
    pthread_mutex_lock(&audit->lock);
    struct refusal *const one = refusal_of(audit, &item);
    if (!one->is_used) {
        *one = (struct refusal){true, item, now + AUDIT_MINUTE_MS};
        if (one == &audit->refusal[REFUSALS - 1])
            one->item.person[0] = '\0';
        push(audit, &one->item);
        one->item.count = 0;
        one->item.outcome = AUDIT_REFUSED;
        one->item.is_told = true; /* the others as they come */
    } else {
        one->item.count++;
        if (item.outcome == AUDIT_LOCKED)
            one->item.outcome = AUDIT_LOCKED;
        memcpy(one->item.address, item.address, sizeof item.address);
        item.is_fact = false;
        push(audit, &item);
    }
    pthread_mutex_unlock(&audit->lock);
}

/* -- Facts -- */

/* Fields without a value are left out by the ledger. */
static struct fact_body fact_of(struct baton_arena *arena, const struct item *item) {
    enum { FIELDS = 6 };
    struct field *const field = arena_alloc(arena, FIELDS, sizeof *field);
    size_t count = 0;
    field[count++] = text_field("event", audit_event_word(item->event));
    field[count++] = text_field("outcome", audit_outcome_word(item->outcome));
    field[count++] = text_field("person", item->person);
    field[count++] = text_field("subject", item->subject);
    field[count++] =
        text_field("count", item->count > 0 ? arena_printf(arena, "%" PRIu64, item->count) : "");
    if (item->address[0] != '\0')
        field[count++] = (struct field){"address", item->address, strlen(item->address), 'C'};
    return (struct fact_body){fact_kind_info(FACT_AUDIT)->word, "", field, count};
}

struct storing {
    struct audit *audit;
    struct baton_arena *arena;
    const struct item *const *item;
    size_t count;
    struct baton_findings *found;
};

static baton_code store_body(void *context) {
    const struct storing *s = context;
    struct fact_body *fact = arena_alloc(s->arena, s->count, sizeof *fact);
    const char **actor = arena_alloc(s->arena, s->count, sizeof *actor);
    for (size_t i = 0; i < s->count; i++) {
        fact[i] = fact_of(s->arena, s->item[i]);
        actor[i] = s->item[i]->actor;
    }
    struct submission submission = {.fact = fact, .count = s->count, .actors = actor};
    return ledger_audit(s->audit->ledger, s->arena, &submission, s->found);
}

baton_code audit_write(struct audit *audit, struct baton_arena *arena,
                       const struct audit_record *record, struct baton_findings *found) {
    struct item item;
    make_item(record, true, &item);
    const struct item *const one = &item;
    struct storing storing = {audit, arena, &one, 1, found};
    TRY(store_body(&storing));
    audit_note(audit, record);
    return BATON_OK;
}

/* All of a batch, in an arena of its own. */
static baton_code store_batch(struct audit *audit, const struct item *const *item, size_t count) {
    struct baton_arena *const arena = arena_open();
    struct baton_findings found = {.arena = arena};
    struct storing storing = {audit, arena, item, count, &found};
    if (arena == NULL)
        return BATON_NO_MEMORY;
    const baton_code code = arena_run(arena, store_body, &storing);
    arena_close(arena);
    return code;
}

/* -- Lines -- */

static void put(char *line, const char *name, const char *value) {
    const size_t used = strlen(line);
    if (*value != '\0')
        snprintf(line + used, LINE_SIZE - used, "%s%s=%s", used > 0 ? " " : "", name, value);
}

static void tell(struct audit *audit, struct item *item) {
    char line[LINE_SIZE] = "", count[24] = "", subject[AUDIT_SUBJECT_SIZE + 2] = "";
    if (audit->set.tell == NULL || item->is_told)
        return;
    if (item->count > 0)
        snprintf(count, sizeof count, "%" PRIu64, item->count);
    if (item->subject[0] != '\0')
        snprintf(subject, sizeof subject, "\"%s\"", item->subject);
    for (size_t i = 1; subject[i] != '\0' && subject[i + 1] != '\0'; i++)
        if (subject[i] == '"')
            subject[i] = '\'';
    put(line, "event", audit_event_word(item->event));
    put(line, "outcome", audit_outcome_word(item->outcome));
    put(line, "actor", item->actor);
    put(line, "person", item->person);
    put(line, "subject", subject);
    put(line, "address", item->address);
    put(line, "count", count);
    audit->set.tell(audit->set.context, line);
    item->is_told = true;
}

/* -- The thread -- */

static struct item *item_at(struct audit *audit, size_t i) {
    return &audit->line[(audit->head + i) % AUDIT_LINE_MAX];
}

/* The beginning of the line: tells it, and stores what is to be stored. False where the store is to be tried again. What says that records were lost is none of them: losing it would make another. */
static bool work(struct audit *audit, size_t count) {
    const struct item *fact[BATCH_MAX];
    size_t facts = 0, records = 0;
    for (size_t i = 0; i < count; i++) {
        struct item *const item = item_at(audit, i);
        tell(audit, item);
        if (item->is_fact)
            fact[facts++] = item;
        records += item->is_fact && item->event != AUDIT_LOST;
    }
    const baton_code code = facts == 0 ? BATON_OK : store_batch(audit, fact, facts);
    if (code == BATON_OK)
        return true;
    if (code != BATON_LEASE_LOST && baton_code_info(code)->exit_status == 3)
        return false;
    pthread_mutex_lock(&audit->lock); /* it will never be stored */
    audit->lost += records;
    pthread_mutex_unlock(&audit->lock);
    return true;
}

/* What had no room is said as soon as there is some; with the lock held. */
static void say_lost(struct audit *audit) {
    if (audit->lost == audit->lost_said || audit->count > AUDIT_LINE_MAX / 2)
        return;
    push(audit, &(struct item){.event = AUDIT_LOST,
                               .outcome = AUDIT_DONE,
                               .count = audit->lost - audit->lost_said,
                               .is_fact = true});
    audit->lost_said = audit->lost;
}

/* So long, unless it closes; with the lock held. */
static void rest(struct audit *audit, int64_t ms, bool until_full) {
    const int64_t end_ms = steady_ms() + ms;
    for (;;) {
        const int64_t left = end_ms - steady_ms();
        if (left <= 0 || audit->is_closing || (until_full && audit->count >= BATCH_MAX))
            return;
        (void)steady_wait_ms(&audit->wakes, &audit->lock, left);
    }
}

/* One turn, with the lock held; false when there will be no other. */
static bool turn(struct audit *audit) {
    say_refusals(audit, now_of(audit), audit->is_closing);
    say_lost(audit);
    if (audit->count == 0) {
        if (audit->is_closing)
            return false;
        (void)steady_wait_ms(&audit->wakes, &audit->lock, RETRY_MS);
        return true;
    }
    rest(audit, GATHER_MS, true);
    const bool is_last = audit->is_closing;
    const size_t count = audit->count < BATCH_MAX ? audit->count : BATCH_MAX;
    pthread_mutex_unlock(&audit->lock);
    const bool is_done = work(audit, count);
    pthread_mutex_lock(&audit->lock);
    if (is_done) {
        audit->head = (audit->head + count) % AUDIT_LINE_MAX;
        audit->count -= count;
    } else {
        rest(audit, RETRY_MS, false);
    }
    return is_done || !is_last;
}

static void *run(void *context) {
    struct audit *audit = context;
    pthread_mutex_lock(&audit->lock);
    while (turn(audit))
        ;
    audit->is_closed = true;
    for (size_t i = 0; i < audit->count; i++)
        tell(audit, item_at(audit, i));
    pthread_mutex_unlock(&audit->lock);
    return NULL;
}

/* -- Opening -- */

void audit_close(struct audit *audit) {
    if (audit == NULL || audit->ledger == NULL)
        return;
    pthread_mutex_lock(&audit->lock);
    audit->is_closing = true;
    pthread_cond_signal(&audit->wakes);
    pthread_mutex_unlock(&audit->lock);
    pthread_join(audit->thread, NULL);
    audit->ledger = NULL;
    pthread_cond_destroy(&audit->wakes);
    pthread_mutex_destroy(&audit->lock);
}

static void close_audit(void *context) {
    audit_close(context);
}

static void init_locks(struct audit *audit) {
    pthread_mutex_init(&audit->lock, NULL);
    steady_condition(&audit->wakes);
}

baton_code audit_open(struct baton_arena *arena, const struct ledger_world *world,
                      struct ledger *ledger, const struct audit_settings *settings,
                      struct audit **out) {
    struct audit *audit = arena_alloc(arena, 1, sizeof *audit);
    audit->world = world;
    audit->ledger = ledger;
    audit->set = *settings;
    audit->line = arena_alloc(arena, AUDIT_LINE_MAX, sizeof *audit->line);
    audit->seen = arena_alloc(arena, SEEN, sizeof *audit->seen);
    audit->refusal = arena_alloc(arena, REFUSALS, sizeof *audit->refusal);
    init_locks(audit);
    if (pthread_create(&audit->thread, NULL, run, audit) != 0) {
        pthread_cond_destroy(&audit->wakes);
        pthread_mutex_destroy(&audit->lock);
        return BATON_NO_MEMORY;
    }
    arena_on_close(arena, close_audit, audit);
    *out = audit;
    return BATON_OK;
}
