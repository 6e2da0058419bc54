/* Each row is judged by itself, so that all that is wrong is told at once; the ledger judges again what is sent. What was there when the form was made, and was left as it was, is no wish to go back to it. */
#include "base/text.h"
#include "flow/entry_print.h"
#include "flow/form_read.h"
#include "ledger/stage.h"
#include "package/numeral.h"
#include "report/explain_report.h"
#include <inttypes.h>
#include <string.h>

enum { TEXT_MOST = 400, NOTE_MOST = 2000 }; /* characters, as other ways in have it */

struct judging {
    struct baton_arena *arena;
    const struct form_use *use;
    struct baton_findings *found;
    const char *reporter; /* NULL = any */
    bool over;
    size_t errors; /* before the row */
};

/* Values */

static const char *or_empty(const char *text) {
    return text == NULL ? "" : text;
}

/* Whether a text is a value of the figure: a code of its levels, or a number. */
static bool is_value(const struct judging *j, const struct expectation *of, const char *text,
                     double *number) {
    const struct baton_scheme *const scheme = baton_session_scheme(j->use->session);
    const char **code;
    size_t count;
    *number = 0;
    if (!form_codes(j->arena, scheme, of, &code, &count))
        return numeral_parse(text, strlen(text), numeral_percent_of(of->measure), number) ==
               BATON_NUMBER_OK;
    for (size_t i = 0; i < count; i++)
        if (strcmp(code[i], text) == 0)
            return true;
    return false;
}

/* 98.5 and 98.50 are one. */
static bool is_same_value(const struct judging *j, const struct expectation *of, const char *a,
                          const char *b) {
    double x, y;
    if (strcmp(a, b) == 0)
        return true;
    return *a != '\0' && *b != '\0' && is_value(j, of, a, &x) && is_value(j, of, b, &y) &&
           baton_number_equal_bits(x, y) &&
           !baton_session_scheme(j->use->session)->element[of->element_index].is_code;
}

/* Whether an item says what a report says, evidence apart, which forms do not bring. */
static bool says_same(const struct judging *j, const struct expectation *of,
                      const struct collect_item *item, const struct fact_body *body) {
    const char *const own[] = {item->state, item->source, item->document, item->note};
    static const char *const name[] = {"state", "source", "document", "note"};
    for (size_t i = 0; i < LENGTH(own); i++)
        if (strcmp(or_empty(own[i]), body_text(body, name[i])) != 0)
            return false;
    return is_same_value(j, of, or_empty(item->value), body_text(body, "value"));
}

static void tell(const struct judging *j, baton_code code, struct baton_where where, const char *a,
                 const char *b, const char *c) {
    baton_findings_add(j->found, code, where, a, b, c, NULL);
}

/* One row */

/* Where the parts of an item stand, if they have places of their own. */
struct places {
    struct baton_where unit, element, value, state, source, document, note, at;
};

static void judge_texts(const struct judging *j, const struct collect_item *item,
                        const struct places *at) {
    const struct {
        const char *text;
        const struct baton_where *where;
        size_t most;
    } part[] = {{item->source, &at->source, TEXT_MOST},
                {item->document, &at->document, TEXT_MOST},
                {item->note, &at->note, NOTE_MOST}};
    for (size_t i = 0; i < LENGTH(part); i++) {
        const size_t length =
            part[i].text == NULL ? 0 : text_length(part[i].text, strlen(part[i].text));
        if (length > part[i].most)
            tell(j, BATON_FORM_TEXT_LONG, *part[i].where, arena_printf(j->arena, "%zu", length),
                 arena_printf(j->arena, "%zu", part[i].most), NULL);
    }
}

static void judge_value(const struct judging *j, const struct expectation *of,
                        const struct collect_item *item, const struct places *at) {
    double number;
    if (item->value != NULL && item->state != NULL)
        tell(j, BATON_FORM_VALUE_AND_STATE, at->state, item->value, item->state, NULL);
    else if (item->value == NULL && item->state == NULL)
        tell(j, BATON_FIGURE_BAD, at->value, NULL, of->element, of->unit);
    else if (item->value != NULL && !is_value(j, of, item->value, &number))
        tell(j, BATON_FIGURE_BAD, at->value, item->value, of->element, of->unit);
    else if (item->state != NULL && item->note == NULL)
        tell(j, BATON_REASON_NEEDED, at->note, NULL, NULL, NULL);
    judge_texts(j, item, at);
}

static const char *moment(struct baton_arena *arena, struct civil_moment at) {
    char text[CIVIL_MOMENT_SIZE];
    civil_moment_format(at, text);
    return arena_text(arena, text, strlen(text));
}

/* As the ledger judges it: until the period closes for the figure; what was returned, until its lock. */
static void judge_time(const struct judging *j, const struct expectation *of,
                       const struct entry *report, const struct places *at) {
    const struct form_use *const use = j->use;
    struct deadlines deadlines;
    if (!calendar_window_of(use->calendar, use->period, of->unit, of->element, &deadlines)) {
        tell(j, BATON_PERIOD_UNOPENED, at->unit, use->period_name, NULL, NULL);
        return;
    }
    const struct civil_moment closes = deadlines_closes(&deadlines);
    const bool was_returned = report != NULL && (body_field(&report->body, "returns") != NULL ||
                                                 body_field(&report->body, "reopened") != NULL);
    if (use->now_utc_ms < civil_moment_begins_utc_ms(deadlines.opens))
        tell(j, BATON_PERIOD_SHUT, at->unit, use->period_name, moment(j->arena, deadlines.opens),
             NULL);
    else if (!was_returned && use->now_utc_ms >= civil_moment_ends_utc_ms(closes))
        tell(j, BATON_PERIOD_SHUT, at->unit, use->period_name, NULL, moment(j->arena, closes));
}

static void judge_stage(const struct judging *j, const struct entry *report,
                        const struct places *at) {
    if (!form_in_hands(report))
        tell(j, BATON_STAGE_WRONG, at->value, body_text(&report->body, "stage"),
             stage_word(STAGE_DRAFT), report->actor);
}

/* Whether a step that was seen says what the item does: then nobody typed anything. */
static bool is_untouched(const struct judging *j, const struct expectation *of,
                         const struct collect_item *item) {
    struct entry seen;
    uint64_t size;
    if (item->at == COLLECT_NEW || reader_size(j->use->reader, &size) != BATON_OK ||
        item->at >= size || reader_entry(j->use->reader, j->arena, item->at, &seen) != BATON_OK)
        return false;
    const struct fact_body *const body = &seen.body;
    return strcmp(body->kind, fact_kind_info(FACT_REPORT)->word) == 0 &&
           strcmp(body_text(body, "unit"), item->unit) == 0 &&
           strcmp(body_text(body, "element"), item->element) == 0 && says_same(j, of, item, body);
}

/* Whether what is there, a report or a figure without one, says the same already. */
static bool is_there_already(const struct judging *j, const struct expectation *of,
                             const struct collect_item *item, const struct entry *report) {
    if (report != NULL)
        return says_same(j, of, item, &report->body) ||
               (item->at != report->position && is_untouched(j, of, item));
    const struct form_row row = form_row_of(j->arena, j->use, of, NULL);
    const char *const state = form_state_word(row.text[FORM_STATE]);
    const bool is_said = row.text[FORM_VALUE][0] != '\0' || state != NULL;
    return is_said && item->source == NULL && item->document == NULL && item->note == NULL &&
           strcmp(or_empty(item->state), or_empty(state)) == 0 &&
           is_same_value(j, of, or_empty(item->value), row.text[FORM_VALUE]);
}

/* Whether an item that is expected has to be drafted. */
static bool judge(const struct judging *j, const struct expectation *of, struct collect_item *item,
                  const struct places *at) {
    const struct entry *const report =
        report_entries_find(&j->use->reports, item->unit, item->element);
    if (is_there_already(j, of, item, report))
        return false;
    if (j->over)
        item->at = report == NULL ? COLLECT_NEW : report->position;
    if (j->reporter != NULL && strcmp(j->reporter, of->reporter) != 0)
        tell(j, BATON_REPORTER_OTHER, at->unit, of->element, of->unit, of->reporter);
    judge_value(j, of, item, at);
    judge_time(j, of, report, at);
    if (report != NULL && item->at == report->position) {
        judge_stage(j, report, at);
        item->evidence = body_text(&report->body, "@evidence");
    }
    return true;
}

/* The figure that an item names. NULL = none that whoever asks is told of; that is told. */
static const struct expectation *find_expected(const struct judging *j,
                                               const struct collect_item *item,
                                               struct baton_where where) {
    const struct expectation *const of = form_expectation(j->use, item->unit, item->element);
    if (of == NULL)
        tell(j, BATON_FIGURE_UNEXPECTED, where, item->element, item->unit, NULL);
    else if (!form_tells(j->use, of))
        tell(j, BATON_READING_LACKING, where, j->use->actor,
             arena_printf(j->arena, "%s %s", item->unit, item->element), NULL);
    else
        return of;
    return NULL;
}

bool form_judge(struct baton_arena *arena, const struct form_use *use, struct collect_item *item,
                bool over, const char *reporter, struct baton_findings *found) {
    const struct judging j = {
        .arena = arena, .use = use, .found = found, .reporter = reporter, .over = over};
    const struct baton_where w = item->where;
    const struct expectation *const of = find_expected(&j, item, w);
    return of != NULL && judge(&j, of, item, &(struct places){w, w, w, w, w, w, w, w});
}

/* Rows of a form */

/* What a cell that was shut should say; NULL = it may say anything. */
static void judge_shut(const struct judging *j, const struct form_read *read,
                       const struct form_line *line, const struct expectation *of) {
    const struct {
        enum form_column column;
        const char *is[2];
    } shut[] = {
        {FORM_UNIT_NAME,
         {form_unit_name(j->use, of, BATON_EN), form_unit_name(j->use, of, BATON_ZH)}},
        {FORM_INDICATOR,
         {form_indicator_name(j->use, of, BATON_EN), form_indicator_name(j->use, of, BATON_ZH)}},
        {FORM_MEASURE, {or_empty(of->measure), or_empty(of->measure)}}};
    for (size_t i = 0; i < LENGTH(shut); i++) {
        const char *const says = line->text[shut[i].column];
        if (says != NULL && strcmp(says, shut[i].is[0]) != 0 && strcmp(says, shut[i].is[1]) != 0)
            tell(j, BATON_FORM_CELL_CHANGED, form_where(read, line, shut[i].column),
                 form_column_info(shut[i].column)->name[read->head.language], says,
                 shut[i].is[read->head.language]);
    }
}

static bool is_empty(const struct form_line *line) {
    for (int c = 0; c < FORM_COLUMNS; c++)
        if (form_column_info((enum form_column)c)->is_open && line->text[c] != NULL)
            return false;
    return true;
}

/* The item of a row; false where it names none. */
static bool take_line(const struct judging *j, const struct form_read *read,
                      const struct form_line *line, struct collect_item *out) {
    const char *const state = line->text[FORM_STATE], *const at = line->text[FORM_AT];
    *out = (struct collect_item){.unit = line->text[FORM_UNIT],
                                 .element = line->text[FORM_ELEMENT],
                                 .at = COLLECT_NEW,
                                 .value = line->text[FORM_VALUE],
                                 .state = state == NULL ? NULL : form_state_word(state),
                                 .source = line->text[FORM_SOURCE],
                                 .document = line->text[FORM_DOCUMENT],
                                 .note = line->text[FORM_NOTE],
                                 .where = form_where(read, line, FORM_VALUE)};
    if (out->unit == NULL || out->element == NULL)
        tell(j, BATON_FORM_ROW_NAMELESS,
             form_where(read, line, out->unit == NULL ? FORM_UNIT : FORM_ELEMENT), NULL, NULL,
             NULL);
    if (state != NULL && out->state == NULL)
        tell(j, BATON_FORM_STATE_BAD, form_where(read, line, FORM_STATE), state, NULL, NULL);
    if (at != NULL && !fact_position(at, &out->at))
        tell(j, BATON_FORM_STEP_BAD, form_where(read, line, FORM_AT), at, NULL, NULL);
    return j->found->errors == j->errors;
}

static struct places places_of(const struct form_read *read, const struct form_line *line) {
    return (struct places){.unit = form_where(read, line, FORM_UNIT),
                           .element = form_where(read, line, FORM_ELEMENT),
                           .value = form_where(read, line, FORM_VALUE),
                           .state = form_where(read, line, FORM_STATE),
                           .source = form_where(read, line, FORM_SOURCE),
                           .document = form_where(read, line, FORM_DOCUMENT),
                           .note = form_where(read, line, FORM_NOTE),
                           .at = form_where(read, line, FORM_AT)};
}

struct seen {
    struct hash key;
    const struct form_read *read;
};

/* Whether it is the first row of its figure; NULL = that stands in no hash. */
static bool is_first(const struct judging *j, struct seen *seen, size_t line,
                     const struct collect_item *item) {
    const char *const key = arena_printf(j->arena, "%s\x1f%s", item->unit, item->element);
    const uint32_t first = hash_add(j->arena, &seen->key, key, strlen(key), (uint32_t)line);
    if (first == line)
        return true;
    tell(j, BATON_FIGURE_TWICE, form_where(seen->read, &seen->read->line[line], FORM_ELEMENT),
         arena_printf(j->arena, "%s %s", item->unit, item->element), NULL, NULL);
    return false;
}

static void take_item(struct judging *j, struct seen *seen, size_t number, struct form_items *out) {
    const struct form_line *const line = &seen->read->line[number];
    struct collect_item item;
    j->errors = j->found->errors;
    out->rows++;
    if (!take_line(j, seen->read, line, &item) || !is_first(j, seen, number, &item))
        return;
    const struct expectation *const of =
        find_expected(j, &item, form_where(seen->read, line, FORM_ELEMENT));
    if (of == NULL)
        return;
    judge_shut(j, seen->read, line, of);
    if (is_empty(line)) {
        out->empty++;
        return;
    }
    const struct places at = places_of(seen->read, line);
    if (!judge(j, of, &item, &at)) {
        out->same++;
        return;
    }
    out->line[out->count] = number;
    out->item[out->count++] = item;
}

baton_code form_items(struct baton_arena *arena, const struct form_use *use,
                      const struct form_read *read, bool over, struct form_items *out,
                      struct baton_findings *found) {
    struct judging j = {
        .arena = arena, .use = use, .found = found, .reporter = read->head.reporter, .over = over};
    struct seen seen = {.read = read};
    *out = (struct form_items){.item = arena_alloc(arena, read->count, sizeof *out->item),
                               .line = arena_alloc(arena, read->count, sizeof *out->line)};
    hash_reserve(arena, &seen.key, read->count);
    for (size_t i = 0; i < read->count; i++)
        take_item(&j, &seen, i, out);
    return baton_findings_worst(found);
}

/* Beside */

static const char *told_of(struct baton_arena *arena, const struct form_use *use,
                           const struct entry *report) {
    return arena_printf(arena, "%s (%s, %s)", form_says(report, use->language), report->actor,
                        explain_time(arena, report->time_utc_ms));
}

void form_beside(struct baton_arena *arena, const struct form_use *use,
                 const struct form_read *read, const struct form_items *items,
                 struct form_sheet *out) {
    bool *const is_taken = arena_alloc(arena, read->count, sizeof *is_taken);
    for (size_t i = 0; i < items->count; i++)
        is_taken[items->line[i]] = true;
    *out = form_begin(arena, use, read->head.reporter);
    out->has_there = true;
    out->row = arena_alloc(arena, read->count, sizeof *out->row);
    for (size_t i = 0; i < read->count; i++) {
        const struct form_line *const line = &read->line[i];
        const struct expectation *const of =
            form_expectation(use, line->text[FORM_UNIT], line->text[FORM_ELEMENT]);
        const struct entry *const report =
            report_entries_find(&use->reports, of->unit, of->element);
        struct form_row row = form_row_of(arena, use, of, report);
        uint64_t at = COLLECT_NEW;
        (void)(line->text[FORM_AT] != NULL && fact_position(line->text[FORM_AT], &at));
        if (is_taken[i] && report != NULL && at != report->position)
            row.text[FORM_THERE] = told_of(arena, use, report);
        for (int c = 0; c < FORM_COLUMNS && is_taken[i]; c++)
            if (form_column_info((enum form_column)c)->is_open)
                row.text[c] = or_empty(line->text[c]);
        out->row[out->count++] = row;
    }
    out->head.rows = out->count;
}
