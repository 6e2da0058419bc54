/* One run: the entries that are new, what they touch, and the scoring of that.
 *
 * A figure of a known unit and element goes into the figures in memory. Whatever else is said of an assessment makes it stale: it is read anew. Marks stay until the outcome is
 * shown, so a run that breaks off is made up for by the next one: taking in the same entries again changes nothing. */
#include "flow/live_parts.h"
#include <assert.h>
#include <string.h>

/* New entries beyond which all assessments are read anew rather than each entry. */
enum { ENTRIES_EACH = 50000 };

/* Entries */

struct putting {
    struct loaded *loaded;
    const struct fact_body *body;
    struct baton_period period;
    bool is_put;
};

static baton_code put(void *context) {
    struct putting *p = context;
    p->is_put = figures_put(p->loaded->figures, p->body, &p->period);
    return BATON_OK;
}

static baton_code take_figure(struct subject *subject, const struct fact_body *body) {
    for (struct loaded *loaded = subject->loaded; loaded != NULL && !subject->is_stale;
         loaded = loaded->next) {
        struct putting putting = {.loaded = loaded, .body = body};
        if (loaded->code == BATON_OK)
            TRY(arena_run(loaded->arena, put, &putting));
        if (!putting.is_put) {
            subject->is_stale = true;
            break;
        }
        const int32_t day = baton_period_last_day(putting.period);
        subject->touched_day = day < subject->touched_day ? day : subject->touched_day;
    }
    return BATON_OK;
}

static void make_all_stale(struct live *live) {
    for (struct subject *subject = live->subject; subject != NULL; subject = subject->next)
        subject->is_stale = true;
}

static baton_code take_entry(void *context, const struct fact_row *row) {
    struct live *live = context;
    const struct fact_body *body = &row->entry.body;
    struct subject *subject = live_find(live, body->assessment);
    enum fact_kind kind;
    if (!fact_kind_of(body->kind, &kind))
        return BATON_OK;
    switch (kind) {
    case FACT_OBSERVATION:
        return subject == NULL ? BATON_OK : take_figure(subject, body);
    case FACT_SCHEME:
    case FACT_UNIT:
    case FACT_SUCCESSION:
    case FACT_TARGET:
    case FACT_ADJUSTMENT:
        if (subject != NULL)
            subject->is_stale = true;
        return BATON_OK;
    case FACT_ERASURE: /* maybe of a file of a scheme */
        make_all_stale(live);
        return BATON_OK;
    default: /* no result depends on it */
        return BATON_OK;
    }
}

static baton_code take_entries(struct live *live) {
    if (live->size - live->seen > ENTRIES_EACH)
        make_all_stale(live);
    else if (live->size > live->seen)
        TRY(reader_entries(live->reader, live->seen, live->size, take_entry, live));
    live->seen = live->size;
    return BATON_OK;
}

/* What is touched */

/* Marks a subject and all that it names as seen, through all that is known of their links. Answers whether one of them looks ahead. */
static bool see_named(struct live *live, struct subject *subject) {
    bool ahead = false;
    if (subject->is_seen)
        return false;
    subject->is_seen = true;
    for (const struct loaded *loaded = subject->loaded; loaded != NULL; loaded = loaded->next) {
        ahead |= loaded->looks_ahead;
        for (size_t i = 0; i < loaded->link_count; i++) {
            struct subject *named = live_find(live, loaded->link[i].assessment);
            if (named != NULL)
                ahead |= see_named(live, named);
        }
    }
    return ahead;
}

/* The last day of the earliest period that was touched of a subject or of what it names: results of periods that end before it stand. INT32_MAX = none was. */
static int32_t touched_from(struct live *live, struct subject *subject) {
    int32_t day = INT32_MAX;
    for (struct subject *each = live->subject; each != NULL; each = each->next)
        each->is_seen = false;
    const bool ahead = see_named(live, subject);
    for (const struct subject *each = live->subject; each != NULL; each = each->next) {
        if (!each->is_seen)
            continue;
        const int32_t own = each->is_stale ? INT32_MIN : each->touched_day;
        day = own < day ? own : day;
    }
    return day != INT32_MAX && ahead ? INT32_MIN : day;
}

static void touch_slots(struct live *live) {
    for (struct subject *subject = live->subject; subject != NULL; subject = subject->next) {
        const int32_t day = touched_from(live, subject);
        for (struct slot *slot = subject->slot; slot != NULL && day != INT32_MAX; slot = slot->next)
            if (slot->period.kind == BATON_PERIOD_NONE ||
                baton_period_last_day(slot->period) >= day)
                slot->is_old = true;
    }
    for (struct subject *subject = live->subject; subject != NULL; subject = subject->next) {
        if (subject->is_stale) {
            live_forget(subject);
            for (struct slot *slot = subject->slot; slot != NULL; slot = slot->next)
                slot->has_scheme = false;
        }
        subject->is_stale = false;
        subject->touched_day = INT32_MAX;
    }
}

/* Which periods there are */

struct span {
    struct figures *figures;
    struct baton_period first, last; /* of all figures */
};

static baton_code ask_span(void *context) {
    struct span *span = context;
    const struct edition *edition = figures_edition(span->figures);
    span->first = edition->facts.first;
    span->last = edition->facts.last;
    figures_release(edition);
    return BATON_OK;
}

static bool is_old(const struct subject *subject) {
    for (const struct slot *slot = subject->slot; slot != NULL; slot = slot->next)
        if (slot->is_old)
            return true;
    return false;
}

/* Slots for all periods of the scheme's frequency from the first figure to the last. */
static baton_code add_periods(struct live *live, struct subject *subject) {
    struct loaded *loaded;
    const baton_code code = live_load_newest(live, subject, &loaded);
    if (code == BATON_SCHEME_NONE || (code == BATON_OK && loaded->code != BATON_OK))
        return BATON_OK; /* that is told by the slots that there are */
    TRY(code);
    struct span span = {.figures = loaded->figures};
    TRY(arena_run(loaded->arena, ask_span, &span));
    const enum baton_period_kind kind = loaded->package->scheme.frequency;
    if (span.first.kind == BATON_PERIOD_NONE || kind == BATON_PERIOD_NONE)
        return BATON_OK;
    struct baton_period at = baton_period_of_day(kind, baton_period_last_day(span.last));
    for (size_t i = 0; i < LIVE_PERIODS && at.kind != BATON_PERIOD_NONE &&
                       baton_period_last_day(at) >= baton_period_first_day(span.first);
         i++, at = baton_period_shift(at, -1))
        live_slot(live, subject, at);
    return BATON_OK;
}

/* The run */

static void take_wishes(struct live *live, const struct wish *wish) {
    for (; wish != NULL; wish = wish->next) {
        struct subject *subject = live_subject(live, wish->assessment);
        struct slot *slot = live_slot(live, subject, wish->period);
        if (wish->period.kind == BATON_PERIOD_NONE && !subject->is_whole) {
            subject->is_whole = true;
            slot->is_old = true; /* so that its periods are found */
        }
    }
}

/* Where the scheme's own period is one of those that are watched, its outcome is taken. */
static baton_code share_own(struct live *live, struct subject *subject, struct slot *slot,
                            bool *is_shared) {
    struct loaded *loaded;
    const baton_code code = live_load_newest(live, subject, &loaded);
    *is_shared = false;
    if (code == BATON_SCHEME_NONE || (code == BATON_OK && loaded->code != BATON_OK))
        return BATON_OK;
    TRY(code);
    const struct slot *own = live_find_slot(subject, loaded->package->scheme.period);
    if (own == NULL || own == slot || !own->has_scheme || own->scheme != subject->newest)
        return BATON_OK;
    struct outcome *outcome = own->fresh != NULL ? own->fresh
                              : own->bad != NULL ? own->bad
                                                 : own->good;
    assert(outcome != NULL); /* it has a version, so it was scored, now or before */
    atomic_fetch_add(&outcome->holders, 1);
    outcome_release(slot->fresh);
    slot->fresh = outcome;
    *is_shared = true;
    return BATON_OK;
}

static baton_code score_slots(struct live *live, struct subject *subject) {
    struct slot *own = live_find_slot(subject, (struct baton_period){0});
    bool is_shared = false;
    for (struct slot *slot = subject->slot; slot != NULL; slot = slot->next)
        if (slot->is_old && slot != own)
            TRY(live_score(live, subject, slot));
    if (own == NULL || !own->is_old)
        return BATON_OK;
    TRY(share_own(live, subject, own, &is_shared));
    return is_shared ? BATON_OK : live_score(live, subject, own);
}

baton_code live_run(struct live *live, const struct wish *wish) {
    TRY(reader_size(live->reader, &live->size));
    TRY(take_entries(live));
    touch_slots(live);
    take_wishes(live, wish);
    for (struct subject *subject = live->subject; subject != NULL; subject = subject->next)
        if (subject->is_whole && is_old(subject))
            TRY(add_periods(live, subject));
    for (struct subject *subject = live->subject; subject != NULL; subject = subject->next)
        TRY(score_slots(live, subject));
    return BATON_OK;
}
