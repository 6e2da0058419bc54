/* A step is made of the step before it: what it says of the figure stays, but for a draft, which says it anew. */
#include "flow/collect.h"
#include "base/hash.h"
#include "flow/checks.h"
#include "flow/entry_print.h"
#include "report/explain_report.h"
#include <assert.h>
#include <inttypes.h>
#include <string.h>

struct making {
    struct baton_arena *arena;
    struct ledger_reader *reader;
    const struct collect_wish *wish;
    struct baton_findings *found;
    const struct expected_index *index;
    const struct report_entries *reports; /* NULL = each is looked for by itself */
    struct fact_body *fact;
    size_t count;
};

/* What a report says of the figure; the last one is no part of the figure itself. */
static const char *const figure_fields[] = {"document", "source",    "state",
                                            "value",    "@evidence", "note"};
enum {
    REPORT_FIELDS = LENGTH(figure_fields),
    FIGURE_FIELDS = REPORT_FIELDS - 1,
    STEP_FIELDS = REPORT_FIELDS + 8
};

static const char *key_of(struct baton_arena *arena, const char *unit, const char *element) {
    return arena_printf(arena, "%s\x1f%s", unit, element);
}

/* The row of one key that is in force. */
struct in_force {
    struct baton_arena *arena;
    const char *key;
    struct entry *out;
    bool is_there, is_past; /* it is found; the key's place is past */
    const char *last;
};

static baton_code take_row(void *context, const struct fact_row *row) {
    struct in_force *const in_force = context;
    const int order = strcmp(row->key, in_force->key);
    in_force->is_past = order >= 0;
    in_force->is_there = in_force->is_there || order == 0;
    in_force->last = arena_text(in_force->arena, row->key, strlen(row->key));
    if (order == 0)
        entry_copy(in_force->arena, &row->entry, in_force->out);
    return BATON_OK;
}

/* Keys are looked through from the one that lacks the last character on, which is just before it. */
static baton_code find_key(struct baton_arena *arena, struct ledger_reader *reader,
                           const char *assessment, enum fact_kind kind, const char *key,
                           struct entry *out, bool *is_there) {
    struct in_force in_force = {.arena = arena, .key = key, .out = out};
    size_t size = strlen(key) - 1;
    uint64_t known;
    while (size > 0 && ((unsigned char)key[size] & 0xC0) == 0x80)
        size--;
    const char *after = arena_text(arena, key, size);
    *is_there = false;
    TRY(reader_size(reader, &known));
    while (!in_force.is_past) {
        in_force.last = NULL;
        TRY(reader_page(reader, assessment, kind, known, after, 4, take_row, &in_force));
        if (in_force.last == NULL)
            break;
        after = in_force.last;
    }
    *is_there = in_force.is_there;
    return BATON_OK;
}

static baton_code find_row(struct making *m, enum fact_kind kind, const struct fact_body *key,
                           struct entry *out, bool *is_there) {
    const baton_code code = find_key(m->arena, m->reader, m->wish->assessment, kind,
                                     fact_key(m->arena, key, 0), out, is_there);
    if (code != BATON_OK)
        reader_report(m->reader, code, m->found);
    return code;
}

/* The fields of the key, which are those of the figure too, in the order of their names. */
static struct fact_body key_body(struct baton_arena *arena, enum fact_kind kind,
                                 const char *assessment, const char *period, const char *unit,
                                 const char *element) {
    struct field *const field = arena_alloc(arena, 3, sizeof *field);
    field[0] = text_field("element", element);
    field[1] = text_field("period", period);
    field[2] = text_field("unit", unit);
    return (struct fact_body){fact_kind_info(kind)->word, assessment, field, 3};
}

baton_code collect_report(struct baton_arena *arena, struct ledger_reader *reader,
                          const char *assessment, const char *period, const char *unit,
                          const char *element, struct entry *out, bool *is_there) {
    const struct fact_body key = key_body(arena, FACT_REPORT, assessment, period, unit, element);
    return find_key(arena, reader, assessment, FACT_REPORT, fact_key(arena, &key, 0), out,
                    is_there);
}

baton_code collect_figure(struct baton_arena *arena, struct ledger_reader *reader,
                          const char *assessment, const char *period, const char *unit,
                          const char *element, struct entry *out, bool *is_there) {
    const struct fact_body key =
        key_body(arena, FACT_OBSERVATION, assessment, period, unit, element);
    return find_key(arena, reader, assessment, FACT_OBSERVATION, fact_key(arena, &key, 0), out,
                    is_there);
}

static void tell(struct making *m, baton_code code, const struct collect_item *item, const char *a,
                 const char *b, const char *c) {
    baton_findings_add(m->found, code, item->where,
                       arena_printf(m->arena, "%s %s", item->unit, item->element), a, b, c);
}

/* Told of what others have done meanwhile: who and when, how far it is and under which number, what it says. */
static void tell_meanwhile(struct making *m, const struct collect_item *item,
                           const struct entry *report) {
    const struct fact_body *const body = &report->body;
    const char *const value =
        body_text(body, *body_text(body, "state") != '\0' ? "state" : "value");
    tell(m, BATON_REPORT_MEANWHILE, item,
         arena_printf(m->arena, "%s, %s", report->actor,
                      explain_time(m->arena, report->time_utc_ms)),
         arena_printf(m->arena, "%s, no. %" PRIu64, body_text(body, "stage"), report->position),
         value);
}

/* Steps */

static struct fact_body *add_fact(struct making *m, enum fact_kind kind) {
    struct fact_body *const fact = &m->fact[m->count++];
    *fact = (struct fact_body){fact_kind_info(kind)->word, m->wish->assessment,
                               arena_alloc(m->arena, STEP_FIELDS, sizeof(struct field)), 0};
    return fact;
}

/* A NULL or an empty one is none. */
static void put(struct fact_body *fact, const char *name, const char *value) {
    struct field *const field = (struct field *)(uintptr_t)fact->field;
    if (value != NULL && *value != '\0')
        field[fact->field_count++] = text_field(name, value);
}

static void put_position(struct making *m, struct fact_body *fact, const char *name,
                         uint64_t position) {
    put(fact, name, arena_printf(m->arena, "%" PRIu64, position));
}

static void put_key(struct making *m, struct fact_body *fact, const struct collect_item *item) {
    put(fact, "element", item->element);
    put(fact, "period", m->wish->period);
    put(fact, "unit", item->unit);
}

static void put_fields(struct fact_body *fact, const struct fact_body *from, size_t fields) {
    for (size_t i = 0; i < fields; i++)
        put(fact, figure_fields[i], body_text(from, figure_fields[i]));
}

static void put_drafted(struct fact_body *fact, const struct collect_item *item) {
    const char *const value[REPORT_FIELDS] = {item->document, item->source,   item->state,
                                              item->value,    item->evidence, item->note};
    for (size_t i = 0; i < REPORT_FIELDS; i++)
        put(fact, figure_fields[i], value[i]);
}

/* Accepted, it is a figure; of one that was accepted before, its correction. Whoever verified it stands in it. */
static baton_code add_figure(struct making *m, const struct collect_item *item,
                             const struct entry *report) {
    struct entry figure;
    bool is_there;
    struct fact_body *const fact = add_fact(m, FACT_OBSERVATION);
    put_key(m, fact, item);
    put_fields(fact, &report->body, FIGURE_FIELDS);
    if (strcmp(body_text(&report->body, "stage"), stage_word(STAGE_VERIFIED)) == 0)
        put(fact, "@verifier", report->actor);
    const struct fact_body key = key_body(m->arena, FACT_OBSERVATION, m->wish->assessment,
                                          m->wish->period, item->unit, item->element);
    TRY(find_row(m, FACT_OBSERVATION, &key, &figure, &is_there));
    if (!is_there)
        return BATON_OK;
    if (m->wish->reason == NULL) { /* it corrects what was accepted before */
        baton_findings_add(m->found, BATON_REASON_NEEDED, item->where, NULL, NULL, NULL, NULL);
        return BATON_REASON_NEEDED;
    }
    put_position(m, fact, "@corrects", figure.position);
    put(fact, "@reason", m->wish->reason);
    return BATON_OK;
}

static uint64_t returns_of(const struct entry *report) {
    uint64_t returns = 0;
    (void)fact_position(body_text(&report->body, "returns"), &returns);
    return returns;
}

static const struct expectation *expectation_of(const struct making *m,
                                                const struct collect_item *item) {
    const size_t at = expected_index_find(m->index, item->unit, item->element);
    return at == SIZE_MAX ? NULL : m->index->all.item[at];
}

static bool is_text(const char *text, const char *other) {
    return strcmp(text != NULL ? text : "", other) == 0;
}

/* Who drafted the figure; NULL = whoever drafts it now. Drafting a draft again without another figure leaves it with whoever drafted that. */
static const char *drafter_of(const struct collect_wish *wish, const struct collect_item *item,
                              const struct entry *report) {
    const struct fact_body *const body = &report->body;
    const char *const named = body_text(body, "drafter");
    const char *const drafter = *named != '\0' ? named : report->actor;
    if (wish->act != ACT_DRAFT)
        return drafter;
    const bool keeps = is_text(stage_word(STAGE_DRAFT), body_text(body, "stage")) &&
                       strcmp(drafter, wish->actor) != 0 &&
                       is_text(item->value, body_text(body, "value")) &&
                       is_text(item->state, body_text(body, "state"));
    return keeps ? drafter : NULL;
}

/* The next step of a report; NULL = there was none. */
static baton_code add_step(struct making *m, const struct collect_item *item,
                           const struct entry *report, const struct expectation *expectation) {
    const struct collect_wish *const wish = m->wish;
    const enum stage to = act_info(wish->act)->to;
    struct fact_body *const fact = add_fact(m, FACT_REPORT);
    const uint64_t returns =
        (report == NULL ? 0 : returns_of(report)) + (wish->act == ACT_RETURN ? 1 : 0);
    put_key(m, fact, item);
    put(fact, "stage", stage_word(to));
    put(fact, "reporter",
        to == STAGE_DRAFT || report == NULL ? expectation->reporter
                                            : body_text(&report->body, "reporter"));
    if (returns > 0)
        put_position(m, fact, "returns", returns);
    if (wish->act == ACT_REJECT ||
        (report != NULL && body_field(&report->body, "reopened") != NULL))
        put(fact, "reopened", "1");
    if (wish->act == ACT_DRAFT || report == NULL)
        put_drafted(fact, item);
    else
        put_fields(fact, &report->body, REPORT_FIELDS);
    if (report != NULL)
        put(fact, "drafter", drafter_of(wish, item, report));
    if (report != NULL)
        put_position(m, fact, "@corrects", report->position);
    put(fact, "@reason", wish->reason);
    return to == STAGE_ACCEPTED && report != NULL ? add_figure(m, item, report) : BATON_OK;
}

/* The report as whoever acts may read it; NULL = there is none. */
static baton_code find_report(struct making *m, const struct collect_item *item,
                              const struct entry **out) {
    const struct collect_wish *const wish = m->wish;
    bool is_there;
    if (m->reports != NULL) {
        *out = report_entries_find(m->reports, item->unit, item->element);
        return BATON_OK;
    }
    struct entry *const report = arena_alloc(m->arena, 1, sizeof *report);
    TRY(collect_report(m->arena, m->reader, wish->assessment, wish->period, item->unit,
                       item->element, report, &is_there));
    is_there = is_there && (wish->may_read == NULL || wish->may_read(wish->context, report));
    *out = is_there ? report : NULL;
    return BATON_OK;
}

/* Whether one of the files that a report names is there still. */
static baton_code has_evidence(const struct making *m, const struct entry *report, bool *out) {
    const char *at = body_text(&report->body, "@evidence");
    *out = false;
    while (*at != '\0' && !*out) {
        const size_t size = strcspn(at, " ");
        struct reader_content about;
        struct digest digest;
        if (digest_of_hex(at, size, &digest)) {
            const baton_code code = reader_content(m->reader, &digest, &about);
            *out = code == BATON_OK;
            if (code != BATON_OK && baton_code_info(code)->exit_status != 2)
                return code;
        }
        at += size + strspn(at + size, " ");
    }
    return BATON_OK;
}

/* A figure is signed off and submitted with the evidence that the scheme asks for; where there is no figure it needs none. What was erased since is none. */
static baton_code judge_evidence(struct making *m, const struct collect_item *item,
                                 const struct entry *report,
                                 const struct expectation *expectation) {
    bool has;
    if (!expectation->needs_evidence || report == NULL ||
        (m->wish->act != ACT_SIGN && m->wish->act != ACT_SUBMIT) ||
        body_field(&report->body, "value") == NULL)
        return BATON_OK;
    TRY(has_evidence(m, report, &has));
    if (has)
        return BATON_OK;
    baton_findings_add(m->found, BATON_EVIDENCE_NEEDED, item->where, item->element, item->unit,
                       body_field(&report->body, "@evidence") != NULL ? "1" : NULL, NULL);
    return BATON_EVIDENCE_NEEDED;
}

/* What a draft says, by itself; the ledger would tell of the first only. */
static baton_code judge_draft(struct making *m, const struct collect_item *item,
                              const struct expectation *expectation) {
    const struct baton_session *const session = m->wish->expected->session;
    if (item->value != NULL && item->state != NULL) {
        baton_findings_add(m->found, BATON_FORM_VALUE_AND_STATE, item->where, item->value,
                           item->state, NULL, NULL);
        return BATON_FORM_VALUE_AND_STATE;
    }
    const struct checks_figure figure = {
        .expectation = expectation, .value = item->value, .state = item->state};
    if (session != NULL && !checks_is_figure(session, &figure)) {
        baton_findings_add(m->found, BATON_FIGURE_BAD, item->where, item->value,
                           expectation->element, expectation->unit, NULL);
        return BATON_FIGURE_BAD;
    }
    if (item->state != NULL && item->note == NULL) {
        baton_findings_add(m->found, BATON_REASON_NEEDED, item->where, NULL, NULL, NULL, NULL);
        return BATON_REASON_NEEDED;
    }
    return BATON_OK;
}

/* A draft of what another unit reports, whose steps whoever acts may not read: the ledger tells that it is not theirs. */
static bool is_others_draft(const struct collect_wish *wish,
                            const struct expectation *expectation) {
    return wish->act == ACT_DRAFT && wish->may_draft != NULL &&
           !wish->may_draft(wish->context, expectation);
}

static baton_code add_item(struct making *m, const struct collect_item *item) {
    const struct expectation *const expectation = expectation_of(m, item);
    const struct entry *report;
    if (expectation == NULL) {
        baton_findings_add(m->found, BATON_FIGURE_UNEXPECTED, item->where, item->element,
                           item->unit, NULL, NULL);
        return BATON_FIGURE_UNEXPECTED;
    }
    TRY(find_report(m, item, &report));
    if (report != NULL && item->at != report->position) {
        tell_meanwhile(m, item, report);
        return BATON_REPORT_MEANWHILE;
    }
    if (report == NULL && (item->at != COLLECT_NEW || m->wish->act != ACT_DRAFT) &&
        !is_others_draft(m->wish, expectation)) {
        baton_findings_add(m->found, BATON_STAGE_WRONG, item->where, stage_word(STAGE_NONE),
                           stage_word(act_info(m->wish->act)->to), m->wish->actor, NULL);
        return BATON_STAGE_WRONG;
    }
    TRY(judge_evidence(m, item, report, expectation));
    if (m->wish->act == ACT_DRAFT)
        TRY(judge_draft(m, item, expectation));
    return add_step(m, item, report, expectation);
}

enum act collect_act(const char *word, uint32_t roles) {
    int act = 0;
    while (act + 1 < ACTS && strcmp(act_info((enum act)act)->word, word) != 0)
        act++;
    assert(strcmp(act_info((enum act)act)->word, word) == 0);
    return act == ACT_RETURN && (roles & rights_bits("owner")) == 0 ? ACT_REJECT : (enum act)act;
}

/* Whether no figure comes twice. */
static baton_code check_items(struct making *m) {
    baton_code code = BATON_OK;
    struct hash seen = {0};
    hash_reserve(m->arena, &seen, m->wish->count);
    for (size_t i = 0; i < m->wish->count; i++) {
        const struct collect_item *const item = &m->wish->item[i];
        const char *const key = key_of(m->arena, item->unit, item->element);
        if (hash_add(m->arena, &seen, key, strlen(key), (uint32_t)i) != i) {
            tell(m, BATON_FIGURE_TWICE, item, NULL, NULL, NULL);
            code = BATON_FIGURE_TWICE;
        }
    }
    return code;
}

/* Many are found faster by reading all that there can be, in the order in which they stand. */
static baton_code read_reports(struct making *m) {
    enum { WORTH = 16 };
    const struct collect_wish *const wish = m->wish;
    struct report_entries *const reports = arena_alloc(m->arena, 1, sizeof *reports);
    m->reports = wish->reports;
    if (wish->reports != NULL || wish->count * WORTH < wish->expected->count)
        return BATON_OK;
    TRY(report_entries_read(m->arena, m->reader, wish->assessment, wish->period, wish->may_read,
                            wish->context, reports));
    m->reports = reports;
    return BATON_OK;
}

/* Of a step that is still in the making: its fields are in no order yet. */
static const char *said(const struct fact_body *step, const char *name) {
    for (size_t i = 0; i < step->field_count; i++)
        if (strcmp(step->field[i].name, name) == 0)
            return step->field[i].value;
    return "";
}

/* What checks say of the steps that were made, each a fact; nothing that fails is signed off or submitted. */
static baton_code check_steps(struct making *m) {
    const struct collect_wish *const wish = m->wish;
    const bool may_stop = wish->act == ACT_SIGN || wish->act == ACT_SUBMIT;
    struct checked_list list = {0}, *const out = wish->checks != NULL ? wish->checks : &list;
    if (!may_stop && (wish->act != ACT_DRAFT || wish->checks == NULL))
        return BATON_OK;
    struct checks_figure *const figure = arena_alloc(m->arena, wish->count + 1, sizeof *figure);
    for (size_t i = 0; i < wish->count; i++) {
        const struct fact_body *const step = &m->fact[i];
        figure[i] = (struct checks_figure){.expectation = expectation_of(m, &wish->item[i]),
                                           .value = said(step, "value"),
                                           .state = said(step, "state"),
                                           .note = said(step, "note"),
                                           .where = wish->item[i].where};
    }
    const struct checks_wish checks = {.assessment = wish->assessment,
                                       .period = wish->period,
                                       .expected = wish->expected,
                                       .figure = figure,
                                       .count = wish->count,
                                       .touches = may_stop,
                                       .may_read = wish->may_read,
                                       .may_show = wish->may_show,
                                       .context = wish->context};
    TRY(checks_judge(m->arena, m->reader, &checks, out, m->found));
    return may_stop ? checks_refuse(m->arena, out, m->found) : BATON_OK;
}

baton_code collect_make(struct baton_arena *arena, struct ledger_reader *reader,
                        const struct collect_wish *wish, struct fact_body **out, size_t *count,
                        struct baton_findings *found) {
    struct making m = {
        .arena = arena, .reader = reader, .wish = wish, .found = found, .index = wish->index};
    baton_code worst = BATON_OK;
    m.fact = arena_alloc(arena, 2 * wish->count + 1, sizeof *m.fact);
    TRY(check_items(&m));
    TRY(read_reports(&m));
    if (wish->index == NULL) {
        struct expected_index *const index = arena_alloc(arena, 1, sizeof *index);
        expected_index_make(arena, wish->expected, index);
        m.index = index;
    }
    for (size_t i = 0; i < wish->count; i++) {
        const baton_code code = add_item(&m, &wish->item[i]);
        if (code != BATON_OK && baton_code_info(code)->exit_status != 2)
            return code;
        if (worst == BATON_OK)
            worst = code;
    }
    if (worst == BATON_OK)
        worst = check_steps(&m);
    *out = m.fact;
    *count = m.count;
    return worst;
}

const struct baton_where *collect_where(struct baton_arena *arena, const struct collect_wish *wish,
                                        const struct fact_body *fact, size_t count) {
    struct baton_where *const where = arena_alloc(arena, count, sizeof *where);
    size_t item = 0;
    for (size_t i = 0; i < count; i++) { /* a figure follows the report that makes it one */
        item += i > 0 && strcmp(fact[i].kind, fact_kind_info(FACT_REPORT)->word) == 0;
        where[i] = wish->item[item].where;
    }
    return where;
}
