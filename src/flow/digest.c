/* Made of what waits (waiting.h), read once; what was accepted is looked for among the reports of opened periods that are not locked. */
#include "flow/digest.h"
#include "base/civil_day.h"
#include "flow/calendar_words.h"
#include "flow/entry_words.h"
#include "flow/figure_names.h"
#include "flow/punctual.h"
#include <inttypes.h>
#include <string.h>

enum { LINES_SHOWN = 15 };

static const char *const section_words[][3] = {
#define X(name, word, en, zh) {word, en, zh},
    DIGEST_SECTIONS_OF(X)
#undef X
};

struct looking {
    struct baton_arena *arena;
    const struct waiting_world *world;
    const char *person;
    struct standing_holder *held;
    size_t held_count;
    struct figure_names names;
    struct digest_of *out;
};

static struct digest_line *add(struct looking *l, enum digest_section section,
                               const struct expectation *figure, const char *period) {
    struct digest_list *const list = &l->out->section[section];
    const struct baton_text *const name =
        &l->world->expected->scheme->unit[figure->unit_index].name;
    struct digest_line *const line = ARRAY_PUSH(l->arena, list->line, list->count, list->capacity);
    *line = (struct digest_line){.period = period,
                                 .unit = figure->unit,
                                 .element = figure->element,
                                 .reporter = figure->reporter,
                                 .unit_name = {baton_text_in(name, BATON_EN, figure->unit),
                                               baton_text_in(name, BATON_ZH, figure->unit)},
                                 .element_name = {figure_name(&l->names, figure, BATON_EN),
                                                  figure_name(&l->names, figure, BATON_ZH)},
                                 .reason = "",
                                 .by = ""};
    return line;
}

/* Whether the person looks after what others are late with: the office after all, an approver after the own unit and those below. */
static bool looks_after(const struct looking *l, const char *reporter) {
    for (size_t i = 0; i < l->held_count; i++) {
        const struct standing_post *const post = &l->held[i].post;
        if (strcmp(l->held[i].person, l->person) != 0 ||
            (post->assessment[0] != '\0' && strcmp(post->assessment, l->world->assessment) != 0))
            continue;
        if (post->role == ROLE_OFFICE ||
            (post->role == ROLE_APPROVER &&
             (post->unit[0] == '\0' ||
              standing_unit_within(l->world->standing, l->world->assessment, reporter,
                                   post->unit))))
            return true;
    }
    return false;
}

static enum digest_section section_of(const struct waiting_item *item) {
    switch (item->act) {
    case WAITING_DRAFT:
        return item->stage == STAGE_RETURNED ? DIGEST_RETURNED : DIGEST_DRAFT;
    case WAITING_SIGN:
        return DIGEST_SIGN;
    case WAITING_SUBMIT:
        return DIGEST_SUBMIT;
    case WAITING_VERIFY:
        return DIGEST_VERIFY;
    case WAITING_ACCEPT:
    case WAITING_RETURN:
        return DIGEST_ACCEPT;
    default:
        return DIGEST_EXCEPT;
    }
}

static void take(struct looking *l, const struct waiting_item *item) {
    const bool is_mine = item->seat != NULL && seat_has(item->seat, l->person);
    if (!is_mine && !(item->is_late && looks_after(l, item->figure->reporter)))
        return;
    struct digest_line *const line =
        add(l, is_mine ? section_of(item) : DIGEST_LATE, item->figure, item->period);
    line->until = item->until;
    line->has_until = item->has_until;
    line->is_late = item->is_late;
    if (is_mine && item->stage == STAGE_RETURNED && item->report != NULL) {
        line->reason = item->report->reason;
        line->by = item->report->actor;
    }
}

static baton_code take_accepted(struct looking *l, struct ledger_reader *reader,
                                struct baton_period period) {
    const int64_t since = l->world->now_utc_ms - (int64_t)DIGEST_DAYS * CIVIL_DAY_MS;
    struct expected expected;
    struct course *course;
    char name[BATON_PERIOD_NAME_SIZE];
    baton_period_format(period, name);
    const char *const kept = arena_text(l->arena, name, strlen(name));
    expected_in(l->arena, l->world->expected, period, &expected);
    TRY(courses_read(l->arena, reader, l->world->assessment, &expected, period, 0, l->world->known,
                     &course));
    for (size_t i = 0; i < expected.count; i++)
        if (course[i].stage == STAGE_ACCEPTED && course[i].time_utc_ms >= since &&
            strcmp(course[i].drafter, l->person) == 0)
            (void)add(l, DIGEST_ACCEPTED, expected.item[i], kept);
    return BATON_OK;
}

static baton_code look_for_accepted(struct looking *l, struct ledger_reader *reader) {
    size_t count;
    const struct baton_period *const period =
        punctual_periods(l->arena, l->world->calendar, 0, &count);
    for (size_t i = 0; i < count; i++) {
        struct deadlines deadlines;
        if (!calendar_window_of(l->world->calendar, period[i], "", "", &deadlines))
            continue;
        const enum calendar_phase phase = calendar_phase_at(&deadlines, l->world->now_utc_ms);
        if (phase != CALENDAR_UNOPENED && phase != CALENDAR_LOCKED)
            TRY(take_accepted(l, reader, period[i]));
    }
    return BATON_OK;
}

/* Stable: by what is due first. */
static void sort(struct digest_list *list) {
    for (size_t i = 1; i < list->count; i++) {
        const struct digest_line line = list->line[i];
        const int64_t own = line.has_until ? civil_moment_ends_utc_ms(line.until) : INT64_MAX;
        size_t at = i;
        while (at > 0 &&
               (list->line[at - 1].has_until ? civil_moment_ends_utc_ms(list->line[at - 1].until)
                                             : INT64_MAX) > own) {
            list->line[at] = list->line[at - 1];
            at--;
        }
        list->line[at] = line;
    }
}

baton_code digest_read(struct baton_arena *arena, struct ledger_reader *reader,
                       const struct waiting_world *world, const char *person, struct digest_of *out,
                       struct baton_findings *found) {
    struct looking l = {.arena = arena, .world = world, .person = person, .out = out};
    const struct baton_text *const title = &world->expected->scheme->title;
    struct waiting waiting;
    *out = (struct digest_of){.assessment = world->assessment,
                              .person = person,
                              .title = {baton_text_in(title, BATON_EN, world->assessment),
                                        baton_text_in(title, BATON_ZH, world->assessment)}};
    const size_t held = standing_held(world->standing, world->now_utc_ms, 0, NULL);
    l.held = arena_alloc(arena, held, sizeof *l.held);
    l.held_count = standing_held(world->standing, world->now_utc_ms, held, l.held);
    figure_names_make(arena, world->expected->scheme, &l.names);
    TRY(waiting_read(arena, reader, world, NULL, 0, &waiting, found));
    for (size_t i = 0; i < waiting.count; i++)
        take(&l, &waiting.item[i]);
    const baton_code code = look_for_accepted(&l, reader);
    reader_report(reader, code, found);
    TRY(code);
    for (int s = 0; s < DIGEST_SECTIONS; s++)
        sort(&out->section[s]);
    return BATON_OK;
}

/* ---- For programs. */

static void line_json(struct json *json, const struct digest_line *line) {
    char until[CIVIL_MOMENT_SIZE];
    civil_moment_format(line->until, until);
    json_object_tight(json, NULL);
    json_text(json, "period", line->period);
    json_text(json, "unit", line->unit);
    json_text(json, "element", line->element);
    json_text(json, "reporter", line->reporter);
    json_text_if(json, "until", line->has_until ? until : NULL);
    json_flag(json, "late", line->is_late);
    json_text_if(json, "reason", line->reason[0] == '\0' ? NULL : line->reason);
    json_text_if(json, "by", line->by[0] == '\0' ? NULL : line->by);
    json_end(json);
}

static void of_json(struct json *json, const struct digest_of *digest) {
    json_object(json, NULL);
    json_text(json, "assessment", digest->assessment);
    json_array(json, "sections");
    for (int s = 0; s < DIGEST_SECTIONS; s++) {
        const struct digest_list *const list = &digest->section[s];
        if (list->count == 0)
            continue;
        json_object(json, NULL);
        json_text(json, "what", section_words[s][0]);
        json_count(json, "count", list->count);
        json_array(json, "items");
        for (size_t i = 0; i < list->count && i < DIGEST_ITEMS_MOST; i++)
            line_json(json, &list->line[i]);
        json_end(json);
        json_end(json);
    }
    json_end(json);
    json_end(json);
}

static void decision_json(struct baton_arena *arena, struct json *json,
                          const struct deciding_item *item, enum baton_language language) {
    const struct proposal *const proposal = item->proposal;
    json_object(json, NULL);
    json_count(json, "position", proposal->position);
    json_text_if(json, "assessment", proposal->assessment[0] == '\0' ? NULL : proposal->assessment);
    json_text(json, "time", time_exact(arena, item->entry.time_utc_ms));
    json_text(json, "proposer", proposal->proposer);
    json_text(json, "says", entry_says(arena, &item->entry.body, language));
    json_text(json, "reason", body_text(&item->entry.body, "@reason"));
    json_text_if(json, "expires",
                 proposal->expires_utc_ms == 0 ? NULL
                                               : time_exact(arena, proposal->expires_utc_ms));
    json_end(json);
}

void digest_json(struct baton_arena *arena, struct json *json, const struct person_digest *digest,
                 enum baton_language language) {
    const struct deciding *const deciding = &digest->deciding;
    json_object(json, NULL);
    json_text(json, "person", digest->person);
    json_count(json, "proposals", deciding->count);
    json_array(json, "decisions");
    for (size_t i = 0; i < deciding->count && i < DIGEST_ITEMS_MOST; i++)
        decision_json(arena, json, &deciding->item[i], language);
    json_end(json);
    json_array(json, "assessments");
    for (size_t i = 0; i < digest->count; i++)
        of_json(json, &digest->of[i]);
    json_end(json);
    json_end(json);
}

/* ---- For people. */

static void put_line(struct writer *writer, struct names *names, const struct digest_line *line) {
    const enum baton_language language = names->language;
    const bool in_chinese = language == BATON_ZH;
    writer_printf(writer, "  %s  %s  %s", line->period, line->unit_name[language],
                  line->element_name[language]);
    if (line->has_until)
        writer_printf(writer, in_chinese ? "，%s 截止" : ", by %s",
                      calendar_moment_words(names->arena, line->until));
    if (line->is_late)
        writer_text(writer, in_chinese ? "（已逾期）" : " (late)");
    if (line->reason[0] != '\0')
        writer_printf(writer, in_chinese ? "；%s退回：%s" : "; returned by %s: %s",
                      names_shown(names, line->by), line->reason);
    writer_text(writer, "\n");
}

static void put_more(struct writer *writer, size_t count, bool in_chinese) {
    if (count > LINES_SHOWN)
        writer_printf(writer, in_chinese ? "  另有 %zu 项\n" : "  and %zu more\n",
                      count - LINES_SHOWN);
}

static void put_section(struct writer *writer, struct names *names, int section,
                        const struct digest_list *list) {
    const bool in_chinese = names->language == BATON_ZH;
    writer_printf(writer, in_chinese ? "\n%s：%zu 项\n" : "\n%s: %zu\n",
                  section_words[section][1 + names->language], list->count);
    for (size_t i = 0; i < list->count && i < LINES_SHOWN; i++)
        put_line(writer, names, &list->line[i]);
    put_more(writer, list->count, in_chinese);
}

/* Nothing of an assessment in which there is nothing. Answers whether there was anything. */
static bool put_assessment(struct writer *writer, struct names *names,
                           const struct digest_of *digest) {
    bool has_any = false;
    for (int s = 0; s < DIGEST_SECTIONS; s++) {
        const struct digest_list *const list = &digest->section[s];
        if (list->count == 0)
            continue;
        if (!has_any)
            writer_printf(writer, names->language == BATON_ZH ? "\n%s（%s）\n" : "\n%s (%s)\n",
                          digest->title[names->language], digest->assessment);
        has_any = true;
        put_section(writer, names, s, list);
    }
    return has_any;
}

static void put_decision(struct writer *writer, struct names *names,
                         const struct deciding_item *item) {
    const bool in_chinese = names->language == BATON_ZH;
    const struct proposal *const proposal = item->proposal;
    char day[BATON_PERIOD_NAME_SIZE];
    baton_day_format(civil_day(item->entry.time_utc_ms), day);
    writer_printf(writer,
                  in_chinese ? "  第 %" PRIu64 " 号，%s，%s提请：%s"
                             : "  No. %" PRIu64 ", %s, by %s: %s",
                  proposal->position, day, names_shown(names, proposal->proposer),
                  entry_says(names->arena, &item->entry.body, names->language));
    if (proposal->assessment[0] != '\0')
        writer_printf(writer, in_chinese ? "（%s）" : " (%s)", proposal->assessment);
    writer_printf(writer, in_chinese ? "；理由：%s" : "; because: %s",
                  body_text(&item->entry.body, "@reason"));
    if (proposal->expires_utc_ms > 0) {
        baton_day_format(civil_day(proposal->expires_utc_ms), day);
        writer_printf(writer, in_chinese ? "；%s 到期" : "; expires %s", day);
    }
    writer_text(writer, "\n");
}

static void put_deciding(struct writer *writer, struct names *names,
                         const struct deciding *deciding) {
    const bool in_chinese = names->language == BATON_ZH;
    writer_printf(writer,
                  in_chinese ? "\n待决定的提请：%zu 件\n" : "\nProposals to decide on: %zu\n",
                  deciding->count);
    for (size_t i = 0; i < deciding->count && i < LINES_SHOWN; i++)
        put_decision(writer, names, &deciding->item[i]);
    put_more(writer, deciding->count, in_chinese);
}

void digest_text(struct writer *writer, struct names *names, const struct person_digest *digest) {
    bool has_any = digest->deciding.count > 0;
    for (size_t i = 0; i < digest->count; i++)
        has_any = put_assessment(writer, names, &digest->of[i]) || has_any;
    if (digest->deciding.count > 0)
        put_deciding(writer, names, &digest->deciding);
    if (!has_any)
        writer_text(writer,
                    names->language == BATON_ZH ? "\n暂无事项。\n" : "\nNothing waits for you.\n");
}
