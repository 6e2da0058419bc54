/* Figures that those of the wish touch are judged behind them, as if they were of the wish.
 *
 * The figures of the wish are laid over those in force, then what the same reporters have under way of the figures that some check names; so what adds up can be checked while all of it is a draft. A check is
 * asked once for all the units that report an element. */
#include "flow/checks.h"
#include "base/text.h"
#include "engine/check.h"
#include "engine/session.h"
#include "flow/checks_magnitude.h"
#include "flow/collect.h"
#include "package/numeral.h"
#include <inttypes.h>
#include <math.h>
#include <string.h>

enum { REVISIONS_MOST = 100 }; /* that are counted as `rises` */

struct judging {
    struct baton_arena *arena;
    struct ledger_reader *reader;
    const struct checks_wish *wish;
    size_t own; /* of the figures of the wish, those that are not only touched */
    struct baton_findings *found;
    const struct baton_session *session;
    struct baton_period period;
    struct check_view *view;
    double *value;   /* [count] NaN = no number, or none that is checked */
    double *rises;   /* [count] */
    uint32_t *order; /* [count] the figures by element */
    uint8_t *
        wanted; /* [elements * units] 1 = some check reads it, 2 = it is in the wish, 4 = asked for by it */
    uint8_t *says; /* [checks * count] enum check_says */
    /* What may be told, once it was asked: both [elements * units], NULL before. */
    const struct expectation **asked_for; /* what is expected there; NULL = nothing is */
    uint8_t *shows;                       /* 1 = it may be told, 2 = it may not */
};

static bool is_empty(const char *text) {
    return text == NULL || *text == '\0';
}

/* A value and a state as texts; false where they are none. */
static bool read_figure(const struct baton_element *element, const char *value, const char *state,
                        double *number, enum baton_state *as) {
    *number = NAN;
    *as = BATON_FIGURE;
    if (!is_empty(state)) {
        *as = strcmp(state, "na") == 0 ? BATON_NA : BATON_PENDING;
        return true;
    }
    if (element->is_code)
        return !is_empty(value);
    return value != NULL &&
           numeral_parse(value, strlen(value), numeral_percent_of(element->measure), number) ==
               BATON_NUMBER_OK;
}

bool checks_is_figure(const struct baton_session *session, const struct checks_figure *figure) {
    double number;
    enum baton_state as;
    return read_figure(&session->scheme->element[figure->expectation->element_index], figure->value,
                       figure->state, &number, &as);
}

static const struct baton_element *element_of(const struct judging *j, uint32_t element) {
    return &j->session->scheme->element[element];
}

static uint8_t *place_of(const struct judging *j, uint32_t element, uint32_t unit) {
    return &j->wanted[(size_t)element * j->session->units + unit];
}

/* [units] 1 = reports some figure of the wish. */
static const uint8_t *reporters_of(const struct judging *j) {
    uint8_t *const reports = arena_alloc(j->arena, j->session->units, 1);
    for (size_t i = 0; i < j->wish->count; i++)
        reports[j->wish->figure[i].expectation->reporter_index] = 1;
    return reports;
}

static bool is_reported_by(const struct judging *j, const struct expectation *one,
                           const uint8_t *reports) {
    return reports[one->reporter_index] != 0 &&
           one->frequency == (enum baton_period_kind)j->period.kind;
}

/* Figures that are touched */

/* Asking whether a check reads a figure of the wish. */
struct touching {
    const struct judging *judging;
    bool touches;
};

static void look_for_own(void *context, uint32_t element, uint32_t unit) {
    struct touching *const touching = context;
    if ((*place_of(touching->judging, element, unit) & 4) != 0)
        touching->touches = true;
}

static bool reads_own(const struct judging *j, uint32_t check, const struct expectation *one) {
    struct touching touching = {j, false};
    if (check_is_for(j->session, check, one->element_index))
        check_reads(j->view, check, one->element_index, one->unit_index, look_for_own, &touching);
    return touching.touches;
}

static bool is_touched(const struct judging *j, const struct expectation *one) {
    for (uint32_t c = 0; c < j->session->scheme->check_count; c++)
        if (reads_own(j, c, one))
            return true;
    return false;
}

/* As its report has it, where that is signed off or further: a draft is judged when it is signed off itself. */
static baton_code add_touched(struct judging *j, const struct expectation *one,
                              struct checks_wish *wider, struct checks_figure *figure) {
    struct entry report;
    enum stage stage;
    bool is_there;
    TRY(collect_report(j->arena, j->reader, j->wish->assessment, j->wish->period, one->unit,
                       one->element, &report, &is_there));
    if (!is_there || (j->wish->may_read != NULL && !j->wish->may_read(j->wish->context, &report)) ||
        !stage_of_word(body_text(&report.body, "stage"), &stage) || stage == STAGE_DRAFT ||
        stage == STAGE_RETURNED)
        return BATON_OK;
    figure[wider->count++] = (struct checks_figure){.expectation = one,
                                                    .value = body_text(&report.body, "value"),
                                                    .state = body_text(&report.body, "state"),
                                                    .note = body_text(&report.body, "note"),
                                                    .where = j->wish->figure[0].where};
    return BATON_OK;
}

/* The wish with the figures that it touches behind its own. */
static baton_code widen(struct judging *j, struct checks_wish *wider) {
    const struct expected *const expected = j->wish->expected;
    struct checks_figure *const figure =
        arena_alloc(j->arena, j->wish->count + expected->count + 1, sizeof *figure);
    const uint8_t *const reports = reporters_of(j);
    *wider = *j->wish;
    for (size_t i = 0; i < j->wish->count; i++) {
        const struct expectation *const one = j->wish->figure[i].expectation;
        figure[i] = j->wish->figure[i];
        *place_of(j, one->element_index, one->unit_index) = 4;
    }
    for (size_t i = 0; i < expected->count; i++) {
        const struct expectation *const one = expected->item[i];
        if (is_reported_by(j, one, reports) &&
            *place_of(j, one->element_index, one->unit_index) == 0 && is_touched(j, one))
            TRY(add_touched(j, one, wider, figure));
    }
    wider->figure = figure;
    return BATON_OK;
}

/* Laying figures over those in force */

static baton_code lay_own(struct judging *j) {
    baton_code code = BATON_OK;
    for (size_t i = 0; i < j->wish->count; i++) {
        const struct checks_figure *figure = &j->wish->figure[i];
        const uint32_t element = figure->expectation->element_index,
                       unit = figure->expectation->unit_index;
        enum baton_state state;
        if (!read_figure(element_of(j, element), figure->value, figure->state, &j->value[i],
                         &state)) {
            baton_findings_add(j->found, BATON_FIGURE_BAD, figure->where, figure->value,
                               figure->expectation->element, figure->expectation->unit, NULL);
            code = BATON_FIGURE_BAD;
            continue;
        }
        check_lay(j->view, unit, element, j->value[i], state);
        *place_of(j, element, unit) |= 2;
    }
    return code;
}

static void want(void *context, uint32_t element, uint32_t unit) {
    uint8_t *const place = place_of(context, element, unit);
    *place |= 1;
}

static void want_all(struct judging *j) {
    for (size_t i = 0; i < j->wish->count; i++) {
        const struct expectation *one = j->wish->figure[i].expectation;
        for (uint32_t c = 0; c < j->session->scheme->check_count && !isnan(j->value[i]); c++)
            if (check_is_for(j->session, c, one->element_index))
                check_reads(j->view, c, one->element_index, one->unit_index, want, j);
    }
}

static baton_code lay_report(struct judging *j, const struct expectation *one) {
    struct entry report;
    enum stage stage;
    enum baton_state state;
    double value;
    bool is_there;
    TRY(collect_report(j->arena, j->reader, j->wish->assessment, j->wish->period, one->unit,
                       one->element, &report, &is_there));
    if (!is_there || (j->wish->may_read != NULL && !j->wish->may_read(j->wish->context, &report)) ||
        !stage_of_word(body_text(&report.body, "stage"), &stage) || stage == STAGE_ACCEPTED ||
        !read_figure(element_of(j, one->element_index), body_text(&report.body, "value"),
                     body_text(&report.body, "state"), &value, &state))
        return BATON_OK; /* what is accepted is in force already */
    check_lay(j->view, one->unit_index, one->element_index, value, state);
    return BATON_OK;
}

/* What else those who report these figures have under way. */
static baton_code lay_others(struct judging *j) {
    const uint8_t *const reports = reporters_of(j);
    for (size_t i = 0; i < j->wish->expected->count; i++) {
        const struct expectation *one = j->wish->expected->item[i];
        if (is_reported_by(j, one, reports) &&
            *place_of(j, one->element_index, one->unit_index) == 1)
            TRY(lay_report(j, one));
    }
    return BATON_OK;
}

/* Revisions */

static bool wants_rises(const struct judging *j, uint32_t element) {
    for (uint32_t c = 0; c < j->session->scheme->check_count; c++)
        if (check_is_for(j->session, c, element) && check_wants_rises(j->session, c))
            return true;
    return false;
}

/* How often in a row it rose: from the figure in force back through what each one corrected. */
static baton_code count_rises(struct judging *j, const struct expectation *one, double value,
                              double *out) {
    struct entry figure;
    uint64_t before;
    bool is_there;
    int rises = 0;
    TRY(collect_figure(j->arena, j->reader, j->wish->assessment, j->wish->period, one->unit,
                       one->element, &figure, &is_there));
    while (is_there && rises < REVISIONS_MOST) {
        double older;
        enum baton_state state;
        if (!read_figure(element_of(j, one->element_index), body_text(&figure.body, "value"),
                         body_text(&figure.body, "state"), &older, &state) ||
            !(value > older))
            break;
        rises++;
        value = older;
        is_there = fact_position(body_text(&figure.body, "@corrects"), &before);
        if (is_there)
            TRY(reader_entry(j->reader, j->arena, before, &figure));
    }
    *out = rises;
    return BATON_OK;
}

static baton_code count_all_rises(struct judging *j) {
    for (size_t i = 0; i < j->wish->count; i++)
        if (!isnan(j->value[i]) && wants_rises(j, j->wish->figure[i].expectation->element_index))
            TRY(count_rises(j, j->wish->figure[i].expectation, j->value[i], &j->rises[i]));
    return BATON_OK;
}

/* Judging */

static uint32_t element_at(const struct judging *j, uint32_t i) {
    return j->wish->figure[i].expectation->element_index;
}

/* The figures that are numbers, by element; the number of them. Counted, for there are few elements and many figures. */
static size_t sort_by_element(struct judging *j) {
    const uint32_t elements = j->session->scheme->element_count;
    uint32_t *first = arena_alloc(j->arena, elements + 1, sizeof *first);
    for (uint32_t i = 0; i < j->wish->count; i++)
        if (!isnan(j->value[i]))
            first[element_at(j, i) + 1]++;
    for (uint32_t e = 0; e < elements; e++)
        first[e + 1] += first[e];
    const size_t count = first[elements];
    for (uint32_t i = 0; i < j->wish->count; i++)
        if (!isnan(j->value[i]))
            j->order[first[element_at(j, i)]++] = i;
    return count;
}

static void judge_element(struct judging *j, uint32_t check, const uint32_t *figure, size_t count,
                          uint32_t *unit, double *rises, enum check_says *says) {
    const uint32_t element = element_at(j, figure[0]);
    if (!check_is_for(j->session, check, element))
        return;
    for (size_t i = 0; i < count; i++) {
        unit[i] = j->wish->figure[figure[i]].expectation->unit_index;
        rises[i] = j->rises[figure[i]];
    }
    check_judge(j->view, check, element, unit, rises, count, says);
    for (size_t i = 0; i < count; i++)
        j->says[check * j->wish->count + figure[i]] = (uint8_t)says[i];
}

static void judge_all(struct judging *j) {
    const size_t count = sort_by_element(j);
    uint32_t *unit = arena_alloc(j->arena, count + 1, sizeof *unit);
    double *rises = arena_alloc(j->arena, count + 1, sizeof *rises);
    enum check_says *says = arena_alloc(j->arena, count + 1, sizeof *says);
    for (uint32_t c = 0; c < j->session->scheme->check_count; c++)
        for (size_t i = 0, end; i < count; i = end) {
            for (end = i + 1;
                 end < count && element_at(j, j->order[end]) == element_at(j, j->order[i]); end++)
                ;
            judge_element(j, c, j->order + i, end - i, unit, rises, says);
        }
}

/* Telling */

static void tell(struct judging *j, struct checked_list *out, struct checked checked) {
    checked.of = &j->wish->figure[checked.figure];
    if (checked.state == CHECKED_FAILED && checked.severity == BATON_CHECK_JUSTIFY &&
        checked.of->note != NULL && !text_is_blank(checked.of->note, strlen(checked.of->note)))
        checked.state = CHECKED_JUSTIFIED;
    *ARRAY_PUSH(j->arena, out->item, out->count, out->capacity) = checked;
}

static size_t places_of(const struct judging *j) {
    return (size_t)j->session->scheme->element_count * j->session->units + 1;
}

static void prepare_shows(struct judging *j) {
    const struct expected *const expected = j->wish->expected;
    j->shows = arena_alloc(j->arena, places_of(j), 1);
    j->asked_for = arena_alloc(j->arena, places_of(j), sizeof(struct expectation *));
    for (size_t i = 0; i < expected->count; i++) {
        const struct expectation *const one = expected->item[i];
        j->asked_for[(size_t)one->element_index * j->session->units + one->unit_index] = one;
    }
}

static bool shows(void *context, uint32_t element, uint32_t unit) {
    struct judging *const j = context;
    const struct baton_scheme *const scheme = j->session->scheme;
    const size_t place = (size_t)element * j->session->units + unit;
    if (j->shows == NULL)
        prepare_shows(j);
    if (j->shows[place] == 0)
        j->shows[place] = j->wish->may_show(j->wish->context, scheme->unit[unit].id,
                                            scheme->element[element].id, j->asked_for[place])
                              ? 1
                              : 2;
    return j->shows[place] == 1;
}

/* The rule of a check with values, as far as they may be told. */
static void put_shown(struct judging *j, size_t i, uint32_t c, const char *shown[2]) {
    static const char *const instead[] = {"[a figure you may not read]", "[您无权查看的数据]"};
    const struct expectation *const one = j->wish->figure[i].expectation;
    struct check_shows as = {.may = j->wish->may_show == NULL ? NULL : shows, .context = j};
    for (int language = BATON_EN; language <= BATON_ZH; language++) {
        as.instead = instead[language];
        shown[language] = check_with_values(j->arena, j->view, c, one->element_index,
                                            one->unit_index, j->rises[i], &as);
    }
    if (strcmp(shown[BATON_EN], shown[BATON_ZH]) == 0)
        shown[BATON_ZH] = shown[BATON_EN];
}

static void tell_check(struct judging *j, struct checked_list *out, size_t i, uint32_t c) {
    const struct baton_check *check = &j->session->scheme->check[c];
    const struct expectation *one = j->wish->figure[i].expectation;
    const enum check_says says = (enum check_says)j->says[c * j->wish->count + i];
    if (says != CHECK_FAILS && (says != CHECK_UNJUDGED || i >= j->own))
        return;
    if (i >= j->own && !reads_own(j, c, one))
        return;
    struct checked checked = {.figure = i,
                              .id = check->id,
                              .title = check->title,
                              .severity = check->severity,
                              .state = says == CHECK_FAILS ? CHECKED_FAILED : CHECKED_UNJUDGED,
                              .rule = check->rule.text};
    put_shown(j, i, c, checked.shown);
    tell(j, out, checked);
}

static void tell_all(struct judging *j, const char *const *slip, struct checked_list *out) {
    for (size_t i = 0; i < j->wish->count; i++) {
        for (uint32_t c = 0; c < j->session->scheme->check_count; c++)
            tell_check(j, out, i, c);
        if (slip[i] != NULL && i < j->own)
            tell(j, out,
                 (struct checked){
                     .figure = i,
                     .id = CHECKS_MAGNITUDE,
                     .title = {.zh = "通常的数量级", .en = "the usual order of magnitude"},
                     .severity = BATON_CHECK_JUSTIFY,
                     .state = CHECKED_FAILED,
                     .shown = {slip[i], slip[i]}});
    }
}

baton_code checks_judge(struct baton_arena *arena, struct ledger_reader *reader,
                        const struct checks_wish *wish, struct checked_list *out,
                        struct baton_findings *found) {
    const struct baton_session *session = wish->expected->session;
    struct checks_wish wider;
    struct judging j = {.arena = arena,
                        .reader = reader,
                        .wish = wish,
                        .own = wish->count,
                        .found = found,
                        .session = session};
    *out = (struct checked_list){0};
    if (session == NULL || !baton_period_parse(wish->period, strlen(wish->period), &j.period))
        return BATON_OK; /* nothing is expected in what is no period */
    j.wanted = arena_alloc(arena, places_of(&j), 1);
    j.view = check_view(arena, session, j.period);
    if (wish->touches && wish->count > 0) {
        TRY(widen(&j, &wider));
        j.wish = &wider;
    }
    const size_t count = j.wish->count;
    j.value = arena_alloc(arena, count + 1, sizeof *j.value);
    j.rises = arena_alloc(arena, count + 1, sizeof *j.rises);
    j.order = arena_alloc(arena, count + 1, sizeof *j.order);
    j.says = arena_alloc(arena, session->scheme->check_count * count + 1, 1);
    TRY(lay_own(&j));
    want_all(&j);
    TRY(lay_others(&j));
    TRY(count_all_rises(&j));
    judge_all(&j);
    tell_all(&j, checks_slips(arena, session, j.period, j.wish, j.value), out);
    return BATON_OK;
}

/* Whether what is shown is a condition, the same in both languages. */
static bool is_one_text(const struct checked *checked) {
    return checked->rule != NULL && checked->shown[BATON_EN] == checked->shown[BATON_ZH];
}

/* What it is called, with what is shown where that stands in no place of its own. */
static void put_titles(struct baton_arena *arena, const struct checked *checked,
                       const char *title[2]) {
    for (int language = BATON_EN; language <= BATON_ZH; language++) {
        title[language] =
            baton_text_in(&checked->title, (enum baton_language)language, checked->id);
        if (!is_one_text(checked))
            title[language] =
                arena_printf(arena, "%s%s%s", title[language], language == BATON_ZH ? "：" : ": ",
                             checked->shown[language]);
    }
}

baton_code checks_refuse(struct baton_arena *arena, const struct checked_list *list,
                         struct baton_findings *found) {
    baton_code first = BATON_OK;
    for (size_t i = 0; i < list->count; i++) {
        const struct checked *checked = &list->item[i];
        const struct expectation *one = checked->of->expectation;
        if (checked->state != CHECKED_FAILED)
            continue;
        const baton_code code =
            checked->severity == BATON_CHECK_HARD ? BATON_CHECK_FAILED : BATON_CHECK_UNJUSTIFIED;
        const char *title[2];
        put_titles(arena, checked, title);
        baton_findings_add(found, code, checked->of->where,
                           arena_printf(arena, "%s %s", one->unit, one->element), title[BATON_EN],
                           title[BATON_ZH], is_one_text(checked) ? checked->shown[BATON_EN] : NULL);
        if (first == BATON_OK)
            first = code;
    }
    return first;
}

const char *checked_state_word(enum checked_state state) {
    static const char *const words[] = {"failed", "justified", "unjudged"};
    return words[state];
}

const char *check_severity_word(enum baton_check_severity severity) {
    static const char *const words[] = {"hard", "justify"};
    return words[severity];
}

static void put(struct json *json, const struct checked *checked, bool names_figure,
                enum baton_language language) {
    json_object(json, NULL);
    if (names_figure) {
        json_text(json, "unit", checked->of->expectation->unit);
        json_text(json, "element", checked->of->expectation->element);
    }
    json_text(json, "check", checked->id);
    json_text(json, "severity", check_severity_word(checked->severity));
    json_text(json, "state", checked_state_word(checked->state));
    json_text(json, "title", baton_text_in(&checked->title, language, checked->id));
    json_text_if(json, "rule", checked->rule);
    json_text(json, "shown", checked->shown[language]);
    json_end(json);
}

void checks_json(struct json *json, const struct checked_list *list, size_t figure,
                 enum baton_language language) {
    json_array(json, "checks");
    for (size_t i = 0; i < list->count; i++)
        if (figure == SIZE_MAX || list->item[i].figure == figure)
            put(json, &list->item[i], figure == SIZE_MAX, language);
    json_end(json);
}
