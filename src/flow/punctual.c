/* Figures are looked at one by one, in the order of periods; what is counted goes into the row of whoever is asked about. Stays are kept until all are there, and sorted then. */
#include "flow/punctual.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DAY_MS = 86400000 };

static const char *const kind_words[][3] = {
#define X(name, word, en, zh) {word, en, zh},
    PUNCTUAL_KINDS(X)
#undef X
};
const char *const punctual_by_word[] = {"unit", "verifier", "office"};

const char *punctual_kind_word(enum punctual_kind kind) {
    return kind_words[kind][0];
}

const char *punctual_kind_name(enum punctual_kind kind, enum baton_language language) {
    return kind_words[kind][1 + language];
}

uint64_t punctual_owed(const struct punctual_row *row) {
    return row->expected - row->kind[PUNCTUAL_ENTERED] - row->kind[PUNCTUAL_NA] -
           row->kind[PUNCTUAL_PENDING] - row->kind[PUNCTUAL_NOT_DUE];
}

uint64_t punctual_given(const struct punctual_row *row) {
    return row->kind[PUNCTUAL_IN_TIME] + row->kind[PUNCTUAL_EXCEPTED] + row->kind[PUNCTUAL_LATE];
}

static double share(uint64_t part, uint64_t whole) {
    return whole == 0 ? NAN : 100.0 * (double)part / (double)whole;
}

double punctual_completeness(const struct punctual_row *row) {
    return share(punctual_given(row), punctual_owed(row));
}

double punctual_timeliness(const struct punctual_row *row) {
    return share(row->kind[PUNCTUAL_IN_TIME] + row->kind[PUNCTUAL_EXCEPTED], punctual_owed(row));
}

/* One figure */

/* By when it was submitted. A report that was never submitted, but is a figure's, does not come about. */
static enum punctual_kind kind_by_time(const struct course *course,
                                       const struct expected_standing *standing,
                                       const struct deadlines *base, uint64_t *days_late) {
    const int64_t at = course->submitted_utc_ms;
    if (base == NULL || at < civil_moment_ends_utc_ms(base->due))
        return PUNCTUAL_IN_TIME;
    const int64_t due = civil_moment_ends_utc_ms(standing->deadlines.due);
    if (at < due)
        return PUNCTUAL_EXCEPTED;
    if (days_late != NULL)
        *days_late = (uint64_t)((at - due) / DAY_MS) + 1;
    return PUNCTUAL_LATE;
}

static bool is_locked(const struct expected_standing *standing, int64_t now_utc_ms) {
    const struct deadlines *const d = &standing->deadlines;
    return d->has_locks && civil_moment_ends_utc_ms(d->locks) <= now_utc_ms;
}

/* It is not there: whether it may still come. What was returned may until the lock, what is not agreed yet, and what was accepted and withdrawn again, for it can be returned. */
static enum punctual_kind kind_of_absent(const struct course *course,
                                         const struct expected_standing *standing,
                                         int64_t now_utc_ms) {
    if (standing->phase == CALENDAR_UNOPENED)
        return PUNCTUAL_NOT_DUE;
    if (standing->phase == CALENDAR_OPEN || standing->phase == CALENDAR_GRACE)
        return PUNCTUAL_AWAITED;
    const bool is_with_others = (course->returns > 0 && course->stage != STAGE_NONE) ||
                                course->stage == STAGE_SUBMITTED ||
                                course->stage == STAGE_VERIFIED || course->stage == STAGE_ACCEPTED;
    return is_with_others && !is_locked(standing, now_utc_ms) ? PUNCTUAL_AWAITED : PUNCTUAL_MISSING;
}

/* It is agreed that it comes later: until the lock; of a period that never locks, as long as figures come in. */
static enum punctual_kind kind_of_pending(const struct expected_standing *standing,
                                          int64_t now_utc_ms) {
    const bool is_over = standing->deadlines.has_locks ? is_locked(standing, now_utc_ms)
                                                       : standing->phase == CALENDAR_CLOSED;
    return standing->is_opened && is_over ? PUNCTUAL_MISSING : PUNCTUAL_PENDING;
}

/* What the figure in force says instead of a value; KIND_COUNT = it says one. */
static enum punctual_kind kind_in_force(const struct expected_standing *standing,
                                        int64_t now_utc_ms) {
    return standing->state == EXPECTED_NA        ? PUNCTUAL_NA
           : standing->state == EXPECTED_PENDING ? kind_of_pending(standing, now_utc_ms)
                                                 : PUNCTUAL_KIND_COUNT;
}

/* What was accepted instead of a figure; a figure that came since came by somebody else. */
static enum punctual_kind kind_of_agreed(const struct course *course,
                                         const struct expected_standing *standing,
                                         enum punctual_change change, int64_t now_utc_ms) {
    if (change == PUNCTUAL_CHANGE_GIVEN)
        return PUNCTUAL_ENTERED;
    return stage_is_owed(course->stage, course->state) ? kind_of_pending(standing, now_utc_ms)
                                                       : PUNCTUAL_NA;
}

enum punctual_kind punctual_kind_of(const struct course *course,
                                    const struct expected_standing *standing,
                                    enum punctual_change change, const struct deadlines *base,
                                    int64_t now_utc_ms, uint64_t *days_late) {
    const bool is_withdrawn = change == PUNCTUAL_CHANGE_WITHDRAWN;
    const bool is_there =
        !is_withdrawn && (standing->state == EXPECTED_GIVEN || standing->state == EXPECTED_NA ||
                          standing->state == EXPECTED_PENDING);
    const bool is_accepted = course->stage == STAGE_ACCEPTED && !is_withdrawn;
    const bool is_in =
        course->stage == STAGE_SUBMITTED || course->stage == STAGE_VERIFIED || is_accepted;
    const bool says_none = course->state[0] != '\0';
    if (is_accepted && says_none)
        return kind_of_agreed(course, standing, change, now_utc_ms);
    if (is_in && !says_none)
        return kind_by_time(course, standing, base, days_late);
    if (!is_there)
        return kind_of_absent(course, standing, now_utc_ms);
    const enum punctual_kind kind = kind_in_force(standing, now_utc_ms);
    if (kind != PUNCTUAL_KIND_COUNT)
        return kind;
    return course->submitted_utc_ms != 0 ? kind_by_time(course, standing, base, days_late)
                                         : PUNCTUAL_ENTERED;
}

/* Adding up */

/* A row in the making; the stays of each post one behind the other. */
struct tally {
    struct punctual_row row;
    struct {
        int64_t *ms;
        size_t count, capacity;
    } stay[COURSE_POSTS];
};

struct counting {
    struct baton_arena *arena;
    const struct punctual_ask *ask;
    struct tally *tally; /* [units + 1], the last one is the office's */
    struct tally all;
    struct hash
        revised_key; /* of figures that were changed afterwards, to the index in `revised` */
    enum punctual_change *revised;
    size_t revised_count, revised_capacity;
    uint32_t units;
};

/* Revisions come by their positions, so the last one holds. */
static baton_code note_revised(void *context, const struct fact_row *row) {
    struct counting *const c = context;
    const char *const key = arena_text(c->arena, row->key, strlen(row->key));
    const uint32_t at =
        hash_add(c->arena, &c->revised_key, key, strlen(key), (uint32_t)c->revised_count);
    if (at == c->revised_count)
        *ARRAY_PUSH(c->arena, c->revised, c->revised_count, c->revised_capacity) =
            PUNCTUAL_UNCHANGED;
    const bool is_given = body_text(&row->entry.body, "value")[0] != '\0';
    c->revised[at] = row->withdrawn ? PUNCTUAL_CHANGE_WITHDRAWN
                     : is_given     ? PUNCTUAL_CHANGE_GIVEN
                                    : PUNCTUAL_CHANGE_NONE;
    return BATON_OK;
}

static enum punctual_change change_of(const struct counting *c, const struct expectation *one,
                                      const char *period) {
    if (c->revised_count == 0)
        return PUNCTUAL_UNCHANGED;
    const char *const key =
        arena_printf(c->arena, "%s\x1f%s\x1f%s", one->unit, one->element, period);
    const uint32_t at = hash_find(&c->revised_key, key, strlen(key));
    return at == HASH_NONE ? PUNCTUAL_UNCHANGED : c->revised[at];
}

static void add_stays(struct counting *c, struct tally *tally, const struct course *course) {
    for (size_t i = 0; i < course->stay_count; i++) {
        const enum course_post post = course->stay[i].post;
        *ARRAY_PUSH(c->arena, tally->stay[post].ms, tally->stay[post].count,
                    tally->stay[post].capacity) = course->stay[i].ms;
    }
}

static void add(struct counting *c, struct tally *tally, const struct course *course,
                enum punctual_kind kind, uint64_t days_late, bool is_corrected) {
    struct punctual_row *const row = &tally->row;
    row->expected++;
    row->kind[kind]++;
    row->returned_once += course->returns == 1;
    row->returned_more += course->returns > 1;
    row->returns += course->returns;
    row->corrected += is_corrected;
    row->days_late += days_late;
    if (days_late > row->days_late_most)
        row->days_late_most = days_late;
    add_stays(c, tally, course);
}

static uint32_t place_of(const struct counting *c, const struct hash *unit,
                         const struct expectation *one) {
    if (c->ask->by == PUNCTUAL_BY_UNIT)
        return one->reporter_index;
    if (c->ask->by == PUNCTUAL_BY_OFFICE || one->verifier[0] == '\0')
        return c->units;
    const uint32_t index = hash_find(unit, one->verifier, strlen(one->verifier));
    return index == HASH_NONE ? c->units : index;
}

static baton_code count_period(struct counting *c, struct ledger_reader *reader,
                               const struct hash *unit, struct baton_period period) {
    const struct punctual_ask *const ask = c->ask;
    struct deadlines base;
    struct expected expected;
    struct course *course;
    char name[BATON_PERIOD_NAME_SIZE];
    baton_period_format(period, name);
    const bool is_opened = calendar_window_of(ask->calendar, period, "", "", &base);
    const int64_t opens = is_opened && base.has_opens ? civil_moment_begins_utc_ms(base.opens) : 0;
    expected_in(c->arena, ask->expected, period, &expected);
    TRY(courses_read(c->arena, reader, ask->assessment, &expected, period, opens, ask->known,
                     &course));
    for (size_t i = 0; i < expected.count; i++) {
        const struct expectation *const one = expected.item[i];
        uint64_t days_late = 0;
        const enum punctual_change change = change_of(c, one, name);
        const bool is_withdrawn = change == PUNCTUAL_CHANGE_WITHDRAWN;
        const bool is_reported =
            course[i].stage != STAGE_NONE && !(course[i].stage == STAGE_ACCEPTED && is_withdrawn);
        if ((ask->is_asked != NULL && !ask->is_asked(ask->context, one, name)) ||
            (!is_reported && calendar_takes_over(ask->calendar, one, period)))
            continue; /* what comes from elsewhere is asked of nobody */
        const struct expected_standing standing =
            expected_standing_of(one, ask->session, ask->calendar, period, ask->now_utc_ms);
        const enum punctual_kind kind = punctual_kind_of(
            &course[i], &standing, change, is_opened ? &base : NULL, ask->now_utc_ms, &days_late);
        add(c, &c->tally[place_of(c, unit, one)], &course[i], kind, days_late,
            change != PUNCTUAL_UNCHANGED);
        add(c, &c->all, &course[i], kind, days_late, change != PUNCTUAL_UNCHANGED);
    }
    return BATON_OK;
}

static int compare_ms(const void *a, const void *b) {
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static struct punctual_row finish(struct tally *tally) {
    for (int post = 0; post < COURSE_POSTS; post++) {
        struct punctual_stays *const out = &tally->row.stay[post];
        int64_t *const ms = tally->stay[post].ms;
        out->count = tally->stay[post].count;
        if (out->count == 0)
            continue;
        qsort(ms, out->count, sizeof *ms, compare_ms);
        out->median_ms = ms[(out->count - 1) / 2];
        out->longest_ms = ms[out->count - 1];
        for (size_t i = 0; i < out->count; i++)
            out->sum_ms += ms[i];
    }
    return tally->row;
}

baton_code punctual_read(struct baton_arena *arena, struct ledger_reader *reader,
                         const struct punctual_ask *ask, struct punctual *out) {
    const struct baton_scheme *const scheme = ask->expected->scheme;
    struct counting c = {.arena = arena, .ask = ask, .units = scheme->unit_count};
    struct hash unit = {0};
    c.tally = arena_alloc(arena, c.units + (size_t)1, sizeof *c.tally);
    for (uint32_t u = 0; u < c.units; u++)
        hash_add(arena, &unit, scheme->unit[u].id, strlen(scheme->unit[u].id), u);
    TRY(reader_revised(reader, ask->assessment, FACT_OBSERVATION, ask->known, note_revised, &c));
    for (size_t i = 0; i < ask->period_count; i++)
        TRY(count_period(&c, reader, &unit, ask->period[i]));
    struct punctual_row *const row = arena_alloc(arena, c.units + (size_t)1, sizeof *row);
    size_t count = 0;
    for (uint32_t u = 0; u <= c.units; u++) {
        if (c.tally[u].row.expected == 0)
            continue;
        row[count] = finish(&c.tally[u]);
        row[count].unit = u == c.units ? "" : scheme->unit[u].id;
        row[count++].unit_index = u == c.units ? BATON_NONE : u;
    }
    c.all.row.unit = "";
    c.all.row.unit_index = BATON_NONE;
    *out = (struct punctual){row, count, finish(&c.all)};
    return BATON_OK;
}

/* Periods */

static int compare_periods(const void *a, const void *b) {
    const struct baton_period x = *(const struct baton_period *)a,
                              y = *(const struct baton_period *)b;
    const int32_t left = baton_period_last_day(x), right = baton_period_last_day(y);
    return left != right ? (left > right) - (left < right) : (x.kind > y.kind) - (x.kind < y.kind);
}

const struct baton_period *punctual_periods(struct baton_arena *arena,
                                            const struct calendar *calendar, int year,
                                            size_t *count) {
    const struct hash *const opened = &calendar->opened.period;
    struct baton_period *const period = arena_alloc(arena, opened->count, sizeof *period);
    *count = 0;
    for (size_t i = 0; i < opened->count; i++) {
        struct baton_period one;
        if (baton_period_parse(opened->key[i].text, opened->key[i].size, &one) &&
            (year == 0 || one.year == year))
            period[(*count)++] = one;
    }
    qsort(period, *count, sizeof *period, compare_periods);
    return period;
}
