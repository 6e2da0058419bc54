/* Made of what waits (waiting.h), read once; what was accepted is looked for among the reports of opened periods that are not locked. */
#include "flow/digest.h"
#include "base/civil_day.h"
#include "flow/calendar_words.h"
#include "flow/punctual.h"
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
    struct hash node; /* an indicator's id to its index */
    struct digest_of *out;
};

static const char *own_name(const struct baton_text *name, enum baton_language language,
                            const char *id) {
    return name == NULL ? id : baton_text_in(name, language, id);
}

static struct digest_line *add(struct looking *l, enum digest_section section,
                               const struct expectation *figure, const char *period) {
    struct digest_list *const list = &l->out->section[section];
    const struct baton_text *const name =
        &l->world->expected->scheme->unit[figure->unit_index].name;
    const struct baton_scheme *const scheme = l->world->expected->scheme;
    const uint32_t node = hash_find(&l->node, figure->element, strlen(figure->element));
    const struct baton_text *const own = node == HASH_NONE ? NULL : &scheme->node[node].name;
    struct digest_line *const line = ARRAY_PUSH(l->arena, list->line, list->count, list->capacity);
    *line = (struct digest_line){.period = period,
                                 .unit = figure->unit,
                                 .element = figure->element,
                                 .reporter = figure->reporter,
                                 .unit_name = {baton_text_in(name, BATON_EN, figure->unit),
                                               baton_text_in(name, BATON_ZH, figure->unit)},
                                 .element_name = {own_name(own, BATON_EN, figure->element),
                                                  own_name(own, BATON_ZH, figure->element)},
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
    struct waiting waiting;
    *out = (struct digest_of){.assessment = world->assessment, .person = person};
    const size_t held = standing_held(world->standing, world->now_utc_ms, 0, NULL);
    l.held = arena_alloc(arena, held, sizeof *l.held);
    l.held_count = standing_held(world->standing, world->now_utc_ms, held, l.held);
    for (uint32_t n = 0; n < world->expected->scheme->node_count; n++)
        hash_add(arena, &l.node, world->expected->scheme->node[n].id,
                 strlen(world->expected->scheme->node[n].id), n);
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

void digest_json(struct json *json, const char *name, const struct digest_of *digest) {
    json_object(json, name);
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
        for (size_t i = 0; i < list->count && i < DIGEST_ITEMS_MOST; i++) {
            const struct digest_line *const line = &list->line[i];
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
        json_end(json);
        json_end(json);
    }
    json_end(json);
    json_end(json);
}

static void put_line(struct baton_arena *arena, struct writer *writer,
                     const struct digest_line *line, enum baton_language language) {
    const bool in_chinese = language == BATON_ZH;
    writer_printf(writer, "  %s  %s  %s", line->period, line->unit_name[language],
                  line->element_name[language]);
    if (line->has_until)
        writer_printf(writer, in_chinese ? "，%s 截止" : ", by %s",
                      calendar_moment_words(arena, line->until));
    if (line->is_late)
        writer_text(writer, in_chinese ? "（已逾期）" : " (late)");
    if (line->reason[0] != '\0')
        writer_printf(writer, in_chinese ? "；%s 退回：%s" : "; %s: %s", line->by, line->reason);
    writer_text(writer, "\n");
}

void digest_text(struct baton_arena *arena, struct writer *writer, const struct digest_of *digest,
                 enum baton_language language) {
    const bool in_chinese = language == BATON_ZH;
    for (int s = 0; s < DIGEST_SECTIONS; s++) {
        const struct digest_list *const list = &digest->section[s];
        if (list->count == 0)
            continue;
        writer_printf(writer, in_chinese ? "\n%s：%zu 项\n" : "\n%s: %zu\n",
                      section_words[s][1 + language], list->count);
        for (size_t i = 0; i < list->count && i < LINES_SHOWN; i++)
            put_line(arena, writer, &list->line[i], language);
        if (list->count > LINES_SHOWN)
            writer_printf(writer, in_chinese ? "  另有 %zu 项\n" : "  and %zu more\n",
                          list->count - LINES_SHOWN);
    }
}
