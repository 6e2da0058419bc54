/* The columns of forms are a table (form_columns.def). A row is made of what the scheme says of the figure, of earlier figures, and of the report that is there. */
#include "flow/form.h"
#include "engine/session.h"
#include "flow/entry_print.h"
#include "ledger/stage.h"
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define OPEN true
#define SHUT false
static const struct form_column_info columns[] = {
#define X(NAME, word, en, zh, open, needed, width, is_en, is_zh) \
    {word, {en, zh}, open, needed, width, {is_en, is_zh}},
#include "flow/form_columns.def"
#undef X
};
#undef OPEN
#undef SHUT

const struct form_column_info *form_column_info(enum form_column column) {
    return &columns[column];
}

bool form_column_of(const char *text, enum form_column *out) {
    for (int i = 0; i < FORM_COLUMNS; i++)
        if (strcmp(text, columns[i].word) == 0 || strcmp(text, columns[i].name[0]) == 0 ||
            strcmp(text, columns[i].name[1]) == 0) {
            *out = (enum form_column)i;
            return true;
        }
    return false;
}

const char *form_count_name(enum form_count count, enum baton_language language) {
    static const char *const name[FORM_COUNTS][2] = {[FORM_COUNT_ROWS] = {"rows", "行数"},
                                                     [FORM_COUNT_FILLED] = {"filled in", "已填"},
                                                     [FORM_COUNT_SUM] = {"sum", "合计"}};
    return name[count][language];
}

/* The head */

static const char mark[] = "baton-form ";
static const char version[] = "baton-form 1";

const char *form_head_text(struct baton_arena *arena, const struct form_head *head) {
    return arena_printf(arena,
                        "%s; ledger=%s; assessment=%s; period=%s; reporter=%s; language=%s; "
                        "made=%s; rows=%" PRIu64,
                        version, head->ledger, head->assessment, head->period, head->reporter,
                        head->language == BATON_ZH ? "zh" : "en", head->made, head->rows);
}

bool form_head_is(const char *text) {
    return strncmp(text, mark, sizeof mark - 1) == 0;
}

/* What stands behind "; name="; NULL = nothing. */
static const char *part_of(struct baton_arena *arena, const char *text, const char *name) {
    const char *const begin = arena_printf(arena, "; %s=", name);
    const char *const at = strstr(text, begin);
    if (at == NULL)
        return NULL;
    const char *const from = at + strlen(begin), *const end = strstr(from, "; ");
    return arena_text(arena, from, end == NULL ? strlen(from) : (size_t)(end - from));
}

bool form_head_read(struct baton_arena *arena, const char *text, struct form_head *out) {
    const char *const rows = part_of(arena, text, "rows");
    const char *const language = part_of(arena, text, "language");
    *out = (struct form_head){.ledger = part_of(arena, text, "ledger"),
                              .assessment = part_of(arena, text, "assessment"),
                              .period = part_of(arena, text, "period"),
                              .reporter = part_of(arena, text, "reporter"),
                              .made = part_of(arena, text, "made")};
    if (strncmp(text, version, sizeof version - 1) != 0 || text[sizeof version - 1] != ';' ||
        out->ledger == NULL || out->assessment == NULL || out->period == NULL ||
        out->reporter == NULL || rows == NULL || language == NULL ||
        !fact_position(rows, &out->rows))
        return false;
    out->language = strcmp(language, "zh") == 0 ? BATON_ZH : BATON_EN;
    return true;
}

/* What it is made of */

static const char *key_of(struct baton_arena *arena, const char *unit, const char *element) {
    return arena_printf(arena, "%s\x1f%s", unit, element);
}

baton_code form_prepare(struct baton_arena *arena, struct form_use *use) {
    expected_in(arena, use->all, use->period, &use->expected);
    hash_reserve(arena, &use->figure, use->expected.count);
    for (size_t i = 0; i < use->expected.count; i++) {
        const struct expectation *const one = use->expected.item[i];
        const char *const key = key_of(arena, one->unit, one->element);
        hash_add(arena, &use->figure, key, strlen(key), (uint32_t)i);
    }
    return report_entries_read(arena, use->reader, use->assessment, use->period_name, use->may_read,
                               use->context, &use->reports);
}

const struct expectation *form_expectation(const struct form_use *use, const char *unit,
                                           const char *element) {
    const uint32_t at = report_entries_key(&use->figure, unit, element);
    return at == HASH_NONE ? NULL : use->expected.item[at];
}

static const char *state_of(enum baton_state state) {
    return state == BATON_NA ? "na" : state == BATON_PENDING ? "pending" : "";
}

/* What stands for the figure of a period; *state gets why there is none. */
static const char *figure_text(struct baton_arena *arena, const struct form_use *use,
                               const struct expectation *of, struct baton_period period,
                               enum baton_state *state) {
    const struct baton_scheme *const scheme = baton_session_scheme(use->session);
    struct baton_column column;
    char text[BATON_NUMBER_SHORTEST_SIZE];
    *state = BATON_FIGURE;
    if (period.kind == BATON_PERIOD_NONE ||
        !figures_reported(use->session, of->element_index, period, &column))
        return "";
    const double value = column.value[of->unit_index];
    if (column.state != NULL)
        *state = (enum baton_state)column.state[of->unit_index];
    if (isnan(value))
        return "";
    if (scheme->element[of->element_index].is_code)
        return value >= 0 && value < scheme->code_count ? scheme->code[(uint32_t)value] : "";
    return arena_text(arena, text, baton_number_shortest(value, text));
}

const char *form_figure(struct baton_arena *arena, const struct form_use *use,
                        const struct expectation *of, struct baton_period period) {
    enum baton_state state;
    return figure_text(arena, use, of, period, &state);
}

bool form_in_hands(const struct entry *report) {
    enum stage stage = STAGE_NONE;
    if (report == NULL)
        return true;
    (void)stage_of_word(body_text(&report->body, "stage"), &stage);
    return act_leads(ACT_DRAFT, stage, STAGE_DRAFT) ||
           stage_is_owed(stage, body_text(&report->body, "state"));
}

static const struct {
    const char *word, *name[2];
} states[] = {{"na", {"does not apply", "不适用"}}, {"pending", {"not there yet", "暂不出数"}}};

const char *form_state_word(const char *text) {
    for (size_t i = 0; i < LENGTH(states); i++)
        if (strcmp(text, states[i].word) == 0 || strcmp(text, states[i].name[0]) == 0 ||
            strcmp(text, states[i].name[1]) == 0)
            return states[i].word;
    return NULL;
}

const char *form_state_name(const char *word, enum baton_language language) {
    for (size_t i = 0; i < LENGTH(states); i++)
        if (strcmp(word, states[i].word) == 0)
            return language == BATON_ZH ? states[i].name[1] : word;
    return word;
}

const char *form_says(const struct entry *report, enum baton_language language) {
    const char *const value = body_text(&report->body, "value");
    return *value != '\0' ? value : form_state_name(body_text(&report->body, "state"), language);
}

bool form_codes(struct baton_arena *arena, const struct baton_scheme *scheme,
                const struct expectation *of, const char ***out, size_t *count) {
    *count = 0;
    if (!scheme->element[of->element_index].is_code)
        return false;
    for (uint32_t n = 0; n < scheme->node_count; n++) {
        const struct baton_node *const node = &scheme->node[n];
        if (node->child_count > 0 || node->element != of->element_index ||
            node->method == BATON_NONE || scheme->method[node->method].kind != BATON_METHOD_LEVELS)
            continue;
        const struct baton_method *const method = &scheme->method[node->method];
        const char **const list = arena_alloc(arena, method->table_count, sizeof *list);
        for (uint32_t i = 0; i < method->table_count; i++)
            list[i] = scheme->code[(uint32_t)method->bands[i].bound];
        *out = list;
        *count = method->table_count;
        return true;
    }
    return true;
}

/* Rows */

bool form_tells(const struct form_use *use, const struct expectation *of) {
    return use->may_tell == NULL || use->may_tell(use->context, use->period_name, of);
}

const char *form_unit_name(const struct form_use *use, const struct expectation *of,
                           enum baton_language language) {
    const struct baton_scheme *const scheme = baton_session_scheme(use->session);
    return baton_text_in(&scheme->unit[of->unit_index].name, language, of->unit);
}

/* The node of its indicator, else the leaf with the element's own id; NULL = neither. */
static const struct baton_node *node_of(const struct form_use *use, const struct expectation *of) {
    const struct baton_scheme *const scheme = baton_session_scheme(use->session);
    const char *const id =
        of->asker_count > 0 && of->indicator[0] == '\0' ? of->element : of->indicator;
    for (uint32_t n = 0; n < scheme->node_count; n++)
        if (strcmp(scheme->node[n].id, id) == 0)
            return &scheme->node[n];
    return NULL;
}

const char *form_indicator_name(const struct form_use *use, const struct expectation *of,
                                enum baton_language language) {
    const struct baton_node *const node = node_of(use, of);
    return node == NULL ? of->indicator : baton_text_in(&node->name, language, node->id);
}

static void put_known(struct baton_arena *arena, const struct form_use *use,
                      const struct expectation *of, const char *text[FORM_COLUMNS]) {
    struct baton_period year_ago = {0};
    (void)baton_period_same_name(use->period, -1, &year_ago);
    text[FORM_UNIT] = of->unit;
    text[FORM_UNIT_NAME] = form_unit_name(use, of, use->language);
    text[FORM_ELEMENT] = of->element;
    text[FORM_INDICATOR] = form_indicator_name(use, of, use->language);
    text[FORM_MEASURE] = of->measure == NULL ? "" : of->measure;
    text[FORM_LAST] = form_figure(arena, use, of, baton_period_shift(use->period, -1));
    text[FORM_YEAR_AGO] = form_figure(arena, use, of, year_ago);
    if (of->needs_evidence)
        text[FORM_EVIDENCE] = use->language == BATON_ZH ? "须附" : "needed";
}

static size_t words_of(const char *text) {
    size_t count = *text != '\0';
    for (const char *at = text; (at = strchr(at, ' ')) != NULL; at++)
        count++;
    return count;
}

static void put_report(struct baton_arena *arena, const struct form_use *use,
                       const struct entry *report, const char *text[FORM_COLUMNS]) {
    static const enum form_column said[] = {FORM_VALUE, FORM_SOURCE, FORM_DOCUMENT, FORM_NOTE};
    const size_t evidence = words_of(body_text(&report->body, "@evidence"));
    enum stage stage = STAGE_NONE;
    for (size_t i = 0; i < LENGTH(said); i++)
        text[said[i]] = body_text(&report->body, columns[said[i]].word);
    text[FORM_STATE] = form_state_name(body_text(&report->body, "state"), use->language);
    (void)stage_of_word(body_text(&report->body, "stage"), &stage);
    text[FORM_STAGE] = stage_name(stage, use->language);
    text[FORM_AT] = arena_printf(arena, "%" PRIu64, report->position);
    if (evidence > 0)
        text[FORM_EVIDENCE] = arena_printf(arena, "%zu", evidence);
}

struct form_row form_row_of(struct baton_arena *arena, const struct form_use *use,
                            const struct expectation *of, const struct entry *report) {
    struct form_row row = {.of = of, .is_open = form_in_hands(report)};
    enum baton_state state;
    for (int i = 0; i < FORM_COLUMNS; i++)
        row.text[i] = "";
    put_known(arena, use, of, row.text);
    if (report != NULL) {
        put_report(arena, use, report, row.text);
        return row;
    }
    row.text[FORM_VALUE] = figure_text(arena, use, of, use->period, &state);
    row.text[FORM_STATE] = form_state_name(state_of(state), use->language);
    /* a figure that nobody reported here is not theirs to change; what is not there yet is owed */
    row.is_open = row.text[FORM_VALUE][0] == '\0' && state != BATON_NA;
    return row;
}

static bool is_of(const char *asked, const char *id) {
    return asked == NULL || strcmp(asked, id) == 0;
}

static bool is_picked(const struct form_pick *pick, const struct expectation *of,
                      const struct entry *report) {
    const char *const stage =
        report == NULL ? stage_word(STAGE_NONE) : body_text(&report->body, "stage");
    return strcmp(pick->reporter, of->reporter) == 0 && is_of(pick->unit, of->unit) &&
           is_of(pick->element, of->element) && is_of(pick->stage, stage);
}

struct form_sheet form_begin(struct baton_arena *arena, const struct form_use *use,
                             const char *reporter) {
    const struct baton_scheme *const scheme = baton_session_scheme(use->session);
    const bool is_zh = use->language == BATON_ZH;
    const char *const title = baton_text_in(&scheme->title, use->language, scheme->id);
    const char *who = reporter;
    for (uint32_t u = 0; u < scheme->unit_count; u++)
        if (strcmp(scheme->unit[u].id, reporter) == 0)
            who = baton_text_in(&scheme->unit[u].name, use->language, reporter);
    return (struct form_sheet){.head = {.ledger = use->ledger,
                                        .assessment = use->assessment,
                                        .period = use->period_name,
                                        .reporter = reporter,
                                        .language = use->language,
                                        .made = time_exact(arena, use->now_utc_ms)},
                               .scheme = scheme,
                               .title = arena_printf(arena,
                                                     is_zh ? "%s　%s 填报表　报送单位：%s"
                                                           : "%s, form of %s, reported by %s",
                                                     title, use->period_name, who)};
}

void form_make(struct baton_arena *arena, const struct form_use *use, const struct form_pick *pick,
               struct form_sheet *out) {
    *out = form_begin(arena, use, pick->reporter);
    out->row = arena_alloc(arena, use->expected.count, sizeof *out->row);
    for (size_t i = 0; i < use->expected.count; i++) {
        const struct expectation *const of = use->expected.item[i];
        const struct entry *const report =
            report_entries_find(&use->reports, of->unit, of->element);
        if (!is_picked(pick, of, report) || !form_tells(use, of))
            continue;
        const struct form_row row = form_row_of(arena, use, of, report);
        if (row.is_open || pick->all || pick->stage != NULL)
            out->row[out->count++] = row;
    }
    out->head.rows = out->count;
}
