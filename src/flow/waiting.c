/* For each figure: how far it is (its report), whether that still may go on (the calendar), whose turn it is (seats.h). */
#include "flow/waiting.h"
#include "flow/expected_figure.h"
#include <stdlib.h>
#include <string.h>

static const char *const words[] = {
#define X(name, word, en, zh) word,
#include "flow/waiting_acts.def"
#undef X
};

static const char *const names[][2] = {
#define X(name, word, en, zh) {en, zh},
#include "flow/waiting_acts.def"
#undef X
};

const char *waiting_act_word(enum waiting_act act) {
    return words[act];
}

const char *waiting_act_name(enum waiting_act act, enum baton_language language) {
    return names[act][language];
}

struct making {
    struct baton_arena *arena;
    struct ledger_reader *reader;
    const struct waiting_world *world;
    struct baton_findings *found;
    struct seats *seats;
    struct waiting_item *item;
    size_t count, capacity;
};

/* A period that is looked at. */
struct looking {
    struct baton_period period;
    const char *name;
    struct expected expected;
    struct report_list reports;
};

/* ---- What is next. */

static enum waiting_act act_of_stage(enum stage stage, const struct expectation *figure,
                                     const struct report_step *report) {
    switch (stage) {
    case STAGE_DRAFT:
        return WAITING_SIGN;
    case STAGE_SIGNED:
        return WAITING_SUBMIT;
    case STAGE_SUBMITTED:
        return figure->verifier[0] == '\0' || report->returns >= RETURNS_MOST ? WAITING_ACCEPT
                                                                              : WAITING_VERIFY;
    case STAGE_VERIFIED:
        return WAITING_ACCEPT;
    case STAGE_ACCEPTED:
        return stage_is_owed(stage, report->state) ? WAITING_DRAFT : WAITING_RETURN;
    default:
        return WAITING_DRAFT;
    }
}

static bool is_of_reporter(enum waiting_act act) {
    return act == WAITING_DRAFT || act == WAITING_SIGN || act == WAITING_SUBMIT;
}

static bool was_returned(const struct report_step *report) {
    return report != NULL && (report->returns > 0 || report->was_reopened);
}

/* What is left to do where its time is over. */
static enum waiting_act shut(enum waiting_act act, const struct report_step *report,
                             enum calendar_phase phase) {
    if (phase == CALENDAR_LOCKED)
        return WAITING_CORRECT;
    return phase == CALENDAR_CLOSED && is_of_reporter(act) && !was_returned(report) ? WAITING_EXCEPT
                                                                                    : act;
}

static const struct seat *seat_of(const struct making *m, enum waiting_act act,
                                  const struct expectation *figure,
                                  const struct report_step *report) {
    struct seat_wish wish = {.roles = rights_bits("office"),
                             .unit = "",
                             .element_index = figure->element_index,
                             .but = ""};
    if (is_of_reporter(act)) {
        wish.roles = act_roles(act == WAITING_SIGN ? ACT_SIGN : ACT_DRAFT);
        /* what is under way stays with whoever reported it; drafts go to whoever the scheme names now */
        wish.unit = act == WAITING_DRAFT || report == NULL ? figure->reporter : report->reporter;
        wish.but = act == WAITING_SIGN ? report->drafter : "";
    } else if (act == WAITING_VERIFY) {
        wish.roles = act_roles(ACT_VERIFY);
        wish.unit = figure->verifier;
        wish.but = report->drafter;
    }
    return seats_find(m->seats, &wish);
}

/* ---- Since when, until when. */

static int64_t since(const struct waiting_item *item, const struct deadlines *deadlines) {
    if (item->act == WAITING_CORRECT)
        return civil_moment_ends_utc_ms(deadlines->locks);
    if (item->act == WAITING_EXCEPT)
        return civil_moment_ends_utc_ms(deadlines_closes(deadlines));
    return item->report != NULL ? item->report->time_utc_ms
                                : civil_moment_begins_utc_ms(deadlines->opens);
}

/* It was never submitted, or came to be agreed to come later. */
static bool is_owed(const struct waiting_item *item) {
    return item->stage < STAGE_SUBMITTED ||
           (item->report != NULL && stage_is_owed(item->stage, item->report->state));
}

static void set_times(struct waiting_item *item, const struct deadlines *deadlines,
                      int64_t now_utc_ms) {
    const bool is_due_past = now_utc_ms >= civil_moment_ends_utc_ms(deadlines->due);
    const bool by_reporter = is_of_reporter(item->act);
    item->due = deadlines->due;
    item->since_utc_ms = since(item, deadlines);
    item->is_late = is_due_past && (by_reporter || item->act == WAITING_EXCEPT ||
                                    (item->act == WAITING_CORRECT && is_owed(item)));
    if (item->act == WAITING_EXCEPT || item->act == WAITING_CORRECT)
        return;
    if (by_reporter && (!is_due_past || !was_returned(item->report))) {
        item->until = is_due_past ? deadlines_closes(deadlines) : deadlines->due;
        item->has_until = true;
    } else if (deadlines->has_locks) {
        item->until = deadlines->locks;
        item->has_until = true;
    }
}

/* ---- A figure. */

/* What cannot be there yet is owed. */
static bool is_there(enum expected_state state) {
    return state == EXPECTED_GIVEN || state == EXPECTED_NA ||
           state == EXPECTED_DERIVED; /* comes by itself */
}

/* Whether the ledger has the figure, and it is not said to come later where so is the report; the session may be behind by what was said this moment. */
static baton_code has_figure(const struct making *m, const struct looking *at,
                             const struct expectation *figure, bool is_owed, bool *out) {
    struct expected_figure is;
    TRY(expected_figure_read(m->arena, m->reader, m->world->assessment, m->world->known, at->name,
                             figure, &is, m->found));
    *out = is.is_there && !(is_owed && strcmp(is.state, "pending") == 0);
    return BATON_OK;
}

static baton_code is_done(const struct making *m, const struct looking *at,
                          const struct expectation *figure, const struct report_step *report,
                          enum expected_state state, bool *out) {
    const bool is_owed = report != NULL && stage_is_owed(report->stage, report->state);
    *out = report == NULL || state == EXPECTED_DERIVED ? is_there(state)
                                                       : report->stage == STAGE_ACCEPTED;
    return *out && report != NULL && (is_owed || !is_there(state))
               ? has_figure(m, at, figure, is_owed, out)
               : BATON_OK;
}

static struct waiting_item make_item(const struct making *m, const struct looking *at,
                                     const struct expectation *figure,
                                     const struct report_step *report,
                                     const struct expected_standing *is) {
    struct waiting_item item = {.figure = figure,
                                .period = at->name,
                                .stage = report == NULL ? STAGE_NONE : report->stage,
                                .report = report};
    item.act = shut(act_of_stage(item.stage, figure, report), report, is->phase);
    item.seat = seat_of(m, item.act, figure, report);
    set_times(&item, &is->deadlines, m->world->now_utc_ms);
    return item;
}

/* Whether it is told with its report. */
static bool is_seen(const struct making *m, const struct looking *at,
                    const struct waiting_item *item) {
    const struct waiting_world *const world = m->world;
    return world->sees == NULL || world->sees(world->context, &at->reports, item->report) ||
           (world->answers && item->seat->is_vacant && item->seat->falls_on_unit[0] == '\0');
}

static baton_code add_figure(struct making *m, const struct looking *at,
                             const struct expectation *figure) {
    const struct waiting_world *const world = m->world;
    const struct expected_standing is = expected_standing_of(
        figure, world->session, world->calendar, at->period, world->now_utc_ms);
    const struct report_step *report = reports_find(&at->reports, figure->unit, figure->element);
    bool done;
    if (!is.is_opened || is.phase == CALENDAR_UNOPENED ||
        (world->tells != NULL && !world->tells(world->context, at->name, figure)))
        return BATON_OK;
    TRY(is_done(m, at, figure, report, is.state, &done));
    if (done || (is.phase == CALENDAR_LOCKED && is_there(is.state)))
        return BATON_OK; /* from the lock on the figure that is in force stays */
    struct waiting_item item = make_item(m, at, figure, report, &is);
    if (report != NULL && !is_seen(m, at, &item)) {
        if (is_there(is.state))
            return BATON_OK;
        item = make_item(m, at, figure, NULL, &is);
    }
    *ARRAY_PUSH(m->arena, m->item, m->count, m->capacity) = item;
    return BATON_OK;
}

/* ---- A period. */

/* Whether a report may decide anything: not where the period is locked for every figure, and all of them are there. */
static bool needs_reports(const struct making *m, const struct looking *at) {
    const struct waiting_world *const world = m->world;
    for (size_t i = 0; i < at->expected.count; i++) {
        const struct expected_standing is = expected_standing_of(
            at->expected.item[i], world->session, world->calendar, at->period, world->now_utc_ms);
        if (is.phase != CALENDAR_LOCKED || !is_there(is.state))
            return true;
    }
    return false;
}

static baton_code add_period(struct making *m, struct baton_period period) {
    const struct waiting_world *const world = m->world;
    struct looking at = {.period = period};
    struct deadlines opened;
    char name[BATON_PERIOD_NAME_SIZE];
    if (!calendar_window_of(world->calendar, period, "", "", &opened) ||
        world->now_utc_ms < civil_moment_begins_utc_ms(opened.opens))
        return BATON_OK;
    baton_period_format(period, name);
    at.name = arena_text(m->arena, name, strlen(name));
    expected_in(m->arena, world->expected, period, &at.expected);
    if (!needs_reports(m, &at))
        return BATON_OK;
    TRY(reports_read(m->arena, m->reader, world->assessment, at.name, world->known, &at.reports,
                     m->found));
    for (size_t i = 0; i < at.expected.count; i++)
        TRY(add_figure(m, &at, at.expected.item[i]));
    return BATON_OK;
}

static int by_last_day(const void *a, const void *b) {
    const struct baton_period *const left = a, *const right = b;
    const int32_t day[] = {baton_period_last_day(*left), baton_period_last_day(*right)};
    return day[0] != day[1] ? (day[0] < day[1] ? -1 : 1) : (int)left->kind - (int)right->kind;
}

/* All that are opened, in their order. */
static const struct baton_period *all_opened(const struct making *m, size_t *count) {
    const struct hash *const opened = &m->world->calendar->opened.period;
    struct baton_period *const period = arena_alloc(m->arena, opened->count, sizeof *period);
    *count = 0;
    for (size_t i = 0; i < opened->count; i++)
        *count += baton_period_parse(opened->key[i].text, opened->key[i].size, &period[*count]);
    if (*count > 1)
        qsort(period, *count, sizeof *period, by_last_day);
    return period;
}

baton_code waiting_read(struct baton_arena *arena, struct ledger_reader *reader,
                        const struct waiting_world *world, const struct baton_period *period,
                        size_t periods, struct waiting *out, struct baton_findings *found) {
    struct making m = {.arena = arena, .reader = reader, .world = world, .found = found};
    m.seats = seats_open(arena, world->session, world->standing, world->accounts, world->assessment,
                         world->now_utc_ms);
    if (periods == 0)
        period = all_opened(&m, &periods);
    for (size_t i = 0; i < periods; i++)
        TRY(add_period(&m, period[i]));
    *out = (struct waiting){m.item, m.count, seats_count(m.seats)};
    return BATON_OK;
}

/* ---- Looking for some. */

static bool is_of(const char *asked, const char *id) {
    return asked == NULL || strcmp(asked, id) == 0;
}

bool waiting_is_but_stage(const struct waiting_item *item, const struct waiting_filter *filter) {
    const uint32_t roles = item->seat->is_vacant ? item->seat->falls_on : item->seat->roles;
    return is_of(filter->unit, item->figure->unit) &&
           is_of(filter->reporter, item->figure->reporter) &&
           (filter->role == 0 || (filter->role & roles) != 0) &&
           (filter->person == NULL || seat_has(item->seat, filter->person));
}

bool waiting_is(const struct waiting_item *item, const struct waiting_filter *filter) {
    return is_of(filter->stage, stage_word(item->stage)) && waiting_is_but_stage(item, filter);
}
