/* Everything is counted in whole numbers, so that a figure does not depend on how fractions are rounded on the way. */
#include "flow/punctual_figures.h"
#include <inttypes.h>
#include <string.h>

enum { FIELDS = 8, DAY_MS = 86400000, MEASURES = 4 };

enum measure { COMPLETENESS, TIMELINESS, RETURNS, VERIFYING };
static const char *const measure_element[MEASURES] = {
    "collection_completeness", "collection_timeliness", "collection_returns", "verifying_days"};

struct making {
    struct baton_arena *arena;
    struct ledger_reader *reader;
    const struct punctual_ask *ask;
    const char *period, *reason;
    enum baton_language language;
    struct punctual by_unit, by_verifier;
    size_t periods;
    struct fact_body *fact;
    size_t count, capacity;
};

static bool measure_of(const char *element, enum measure *out) {
    for (int i = 0; i < MEASURES; i++)
        if (strcmp(measure_element[i], element) == 0) {
            *out = (enum measure)i;
            return true;
        }
    return false;
}

/* What is divided, by what; in hundredths of the measure. */
struct ratio {
    uint64_t part, whole;
};

static struct ratio ratio_of(enum measure measure, const struct punctual_row *row) {
    const struct punctual_stays *const verifying = &row->stay[COURSE_VERIFYING];
    const uint64_t in_time = row->kind[PUNCTUAL_IN_TIME] + row->kind[PUNCTUAL_EXCEPTED];
    switch (measure) {
    case COMPLETENESS:
        return (struct ratio){10000 * punctual_given(row), punctual_owed(row)};
    case TIMELINESS:
        return (struct ratio){10000 * in_time, punctual_owed(row)};
    case RETURNS:
        return (struct ratio){10000 * row->returns, punctual_given(row)};
    default:
        return (struct ratio){100 * (uint64_t)verifying->sum_ms, verifying->count * DAY_MS};
    }
}

/* NULL = there is nothing to divide by. */
static const char *value_of(struct making *m, enum measure measure,
                            const struct punctual_row *row) {
    const struct ratio ratio = ratio_of(measure, row);
    if (ratio.whole == 0)
        return NULL;
    const uint64_t hundredths = (2 * ratio.part + ratio.whole) / (2 * ratio.whole);
    return arena_printf(m->arena, "%" PRIu64 ".%02" PRIu64, hundredths / 100, hundredths % 100);
}

static const char *source_of(struct making *m, enum measure measure,
                             const struct punctual_row *row) {
    const uint64_t *const kind = row->kind;
    const uint64_t last = m->ask->known - 1;
    const bool in_chinese = m->language == BATON_ZH;
    if (measure == VERIFYING)
        return arena_printf(m->arena,
                            in_chinese ? "指挥棒计数：%s 内周期 %zu 个，审核 %zu 次，共 %" PRIu64
                                         " 分钟；截至第 %" PRIu64 " 号"
                                       : "counted by Baton: in %s, periods %zu, answers %zu, after "
                                         "%" PRIu64 " minutes in all; up to no. %" PRIu64,
                            m->period, m->periods, row->stay[COURSE_VERIFYING].count,
                            (uint64_t)row->stay[COURSE_VERIFYING].sum_ms / 60000, last);
    return arena_printf(m->arena,
                        in_chinese ? "指挥棒计数：%s 内周期 %zu 个，应报 %" PRIu64 "，按时 %" PRIu64
                                     "，经批准延期 %" PRIu64 "，逾期 %" PRIu64 "，退回 %" PRIu64
                                     " 次；截至第 %" PRIu64 " 号"
                                   : "counted by Baton: in %s, periods %zu, owed %" PRIu64
                                     ", in time %" PRIu64 ", by exception %" PRIu64
                                     ", late %" PRIu64 ", returned %" PRIu64
                                     " times; up to no. %" PRIu64,
                        m->period, m->periods, punctual_owed(row), kind[PUNCTUAL_IN_TIME],
                        kind[PUNCTUAL_EXCEPTED], kind[PUNCTUAL_LATE], row->returns, last);
}

/* The newest revision of the figure that is there. */
struct standing_figure {
    struct baton_arena *arena;
    uint64_t position;
    const char *value, *state;
    bool is_there;
};

static baton_code take_figure(void *context, const struct fact_row *row) {
    struct standing_figure *const s = context;
    const char *const value = body_text(&row->entry.body, "value");
    const char *const state = body_text(&row->entry.body, "state");
    *s = (struct standing_figure){s->arena, row->position,
                                  arena_text(s->arena, value, strlen(value)),
                                  arena_text(s->arena, state, strlen(state)), !row->withdrawn};
    return BATON_OK;
}

static const struct punctual_row *row_for(const struct making *m, enum measure measure,
                                          const char *unit) {
    static const struct punctual_row none = {.unit = ""};
    const struct punctual *const of = measure == VERIFYING ? &m->by_verifier : &m->by_unit;
    for (size_t i = 0; i < of->count; i++)
        if (strcmp(of->row[i].unit, unit) == 0)
            return &of->row[i];
    return &none;
}

static baton_code say(struct making *m, const struct expectation *one, enum measure measure) {
    const struct punctual_row *const row = row_for(m, measure, one->unit);
    const char *const value = value_of(m, measure, row);
    struct standing_figure is = {.arena = m->arena, .value = "", .state = ""};
    TRY(reader_history(m->reader, m->ask->assessment, FACT_OBSERVATION,
                       arena_printf(m->arena, "%s\x1f%s\x1f%s", one->unit, one->element, m->period),
                       take_figure, &is));
    const char *const state = value == NULL ? "na" : NULL;
    if (is.is_there && strcmp(is.value, value == NULL ? "" : value) == 0 &&
        strcmp(is.state, state == NULL ? "" : state) == 0)
        return BATON_OK;
    const char *const corrects =
        is.is_there ? arena_printf(m->arena, "%" PRIu64, is.position) : NULL;
    struct field *const field = arena_alloc(m->arena, FIELDS, sizeof *field);
    size_t count = 0;
    field[count++] = text_field("unit", one->unit);
    field[count++] = text_field("element", one->element);
    field[count++] = text_field("period", m->period);
    field[count++] = text_field("value", value);
    field[count++] = text_field("state", state);
    field[count++] = text_field("source", source_of(m, measure, row));
    field[count++] = text_field("@corrects", corrects);
    field[count++] = text_field("@reason", corrects == NULL ? NULL : m->reason);
    (void)fields_sort(field, &count);
    *ARRAY_PUSH(m->arena, m->fact, m->count, m->capacity) =
        (struct fact_body){"observation", m->ask->assessment, field, count};
    return BATON_OK;
}

static bool is_within(struct baton_period inner, struct baton_period outer) {
    return baton_period_first_day(inner) >= baton_period_first_day(outer) &&
           baton_period_last_day(inner) <= baton_period_last_day(outer);
}

static baton_code refuse(struct baton_findings *found, baton_code code, const char *a,
                         const char *b) {
    baton_findings_add(found, code, (struct baton_where){0}, a, b, NULL, NULL);
    return code;
}

/* Every figure of a period has come in, or cannot any more. */
static baton_code is_over(struct making *m, const struct punctual_ask *ask,
                          struct baton_findings *found) {
    baton_code code = BATON_OK;
    for (size_t i = 0; i < ask->period_count; i++) {
        struct punctual_ask one = *ask;
        struct punctual counted;
        char name[BATON_PERIOD_NAME_SIZE];
        one.period = &ask->period[i];
        one.period_count = 1;
        TRY(punctual_read(m->arena, m->reader, &one, &counted));
        const uint64_t open = counted.all.kind[PUNCTUAL_AWAITED] +
                              counted.all.kind[PUNCTUAL_PENDING] +
                              counted.all.kind[PUNCTUAL_NOT_DUE];
        baton_period_format(one.period[0], name);
        if (open > 0)
            code = refuse(found, BATON_COUNT_EARLY, arena_text(m->arena, name, strlen(name)),
                          arena_printf(m->arena, "%" PRIu64, open));
    }
    return code;
}

static baton_code count_all(struct making *m, struct baton_period period,
                            struct baton_findings *found) {
    struct punctual_ask ask = *m->ask;
    size_t count;
    const struct baton_period *const all = punctual_periods(m->arena, ask.calendar, 0, &count);
    struct baton_period *const within = arena_alloc(m->arena, count, sizeof *within);
    ask.period_count = 0;
    ask.period = within;
    ask.is_asked = NULL;
    for (size_t i = 0; i < count; i++)
        if (is_within(all[i], period))
            within[ask.period_count++] = all[i];
    m->periods = ask.period_count;
    if (m->periods == 0)
        return refuse(found, BATON_COUNT_NOTHING, m->period, "1");
    TRY(is_over(m, &ask, found));
    ask.by = PUNCTUAL_BY_UNIT;
    TRY(punctual_read(m->arena, m->reader, &ask, &m->by_unit));
    ask.by = PUNCTUAL_BY_VERIFIER;
    return punctual_read(m->arena, m->reader, &ask, &m->by_verifier);
}

baton_code punctual_figures(struct baton_arena *arena, struct ledger_reader *reader,
                            const struct punctual_ask *ask, struct baton_period period,
                            const char *reason, enum baton_language language,
                            struct fact_body **out, size_t *count, struct baton_findings *found) {
    char name[BATON_PERIOD_NAME_SIZE];
    struct expected all, asked;
    enum measure measure;
    baton_code code = BATON_OK;
    baton_period_format(period, name);
    struct making m = {.arena = arena,
                       .reader = reader,
                       .ask = ask,
                       .period = arena_text(arena, name, strlen(name)),
                       .reason = reason,
                       .language = language};
    expected_counted(arena, ask->session, &all);
    expected_in(arena, &all, period, &asked);
    if (asked.count == 0)
        return refuse(found, BATON_COUNT_NOTHING, m.period, NULL);
    for (size_t i = 0; i < asked.count; i++)
        if (!measure_of(asked.item[i]->element, &measure) && code == BATON_OK)
            code = refuse(found, BATON_COUNT_UNKNOWN, asked.item[i]->element,
                          asked.item[i]->indicator);
    TRY(code);
    code = count_all(&m, period, found);
    for (size_t i = 0; code == BATON_OK && i < asked.count; i++)
        if (measure_of(asked.item[i]->element, &measure))
            code = say(&m, asked.item[i], measure);
    reader_report(reader, code, found);
    TRY(code);
    *out = m.fact;
    *count = m.count;
    return BATON_OK;
}
