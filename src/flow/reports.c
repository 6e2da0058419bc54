/* Keys of reports begin with their period, so those of one stand together. Persons and units come again and again, and are kept once. */
#include "flow/reports.h"
#include "base/limits.h"
#include <stdio.h>
#include <string.h>

struct reading {
    struct baton_arena *arena;
    struct hash text; /* to their place in it */
    struct report_step *step;
    size_t count, capacity;
};

/* A copy, the same one for the same text. */
static const char *kept(struct reading *r, const char *text) {
    const size_t size = strlen(text);
    if (size == 0)
        return "";
    uint32_t at = hash_find(&r->text, text, size);
    if (at == HASH_NONE) {
        at = (uint32_t)r->text.count;
        hash_add(r->arena, &r->text, arena_text(r->arena, text, size), size, at);
    }
    return r->text.key[at].text;
}

static const char *own(struct reading *r, const char *text) {
    return *text == '\0' ? "" : arena_text(r->arena, text, strlen(text));
}

static baton_code take(void *context, const struct fact_row *row) {
    struct reading *const r = context;
    const struct fact_body *const body = &row->entry.body;
    struct report_step step = {.unit = kept(r, body_text(body, "unit")),
                               .element = kept(r, body_text(body, "element")),
                               .reporter = kept(r, body_text(body, "reporter")),
                               .actor = kept(r, row->entry.actor),
                               .drafter = kept(r, body_text(body, "drafter")),
                               .value = own(r, body_text(body, "value")),
                               .state = kept(r, body_text(body, "state")),
                               .reason = own(r, body_text(body, "@reason")),
                               .position = row->position,
                               .time_utc_ms = row->entry.time_utc_ms,
                               .was_reopened = body_field(body, "reopened") != NULL};
    uint64_t returns = 0;
    (void)fact_position(body_text(body, "returns"), &returns);
    step.returns = (uint32_t)returns;
    if (*step.drafter == '\0')
        step.drafter = step.actor; /* a draft says so by who said it */
    (void)stage_of_word(body_text(body, "stage"), &step.stage);
    *ARRAY_PUSH(r->arena, r->step, r->count, r->capacity) = step;
    return BATON_OK;
}

/* "unit U+001F element", in room that is large enough for two ids; its size. */
enum { FIGURE_KEY_SIZE = 2 * LIMIT_ID_SIZE + 2 };
static size_t figure_key(const char *unit, const char *element, char key[FIGURE_KEY_SIZE]) {
    const int size = snprintf(key, FIGURE_KEY_SIZE, "%s\x1f%s", unit, element);
    return size < FIGURE_KEY_SIZE ? (size_t)size : (size_t)FIGURE_KEY_SIZE - 1;
}

baton_code reports_read(struct baton_arena *arena, struct ledger_reader *reader,
                        const char *assessment, const char *period, uint64_t known,
                        struct report_list *out, struct baton_findings *found) {
    struct reading r = {.arena = arena};
    char key[FIGURE_KEY_SIZE];
    const baton_code code =
        reader_range(reader, assessment, FACT_REPORT, known, arena_printf(arena, "%s\x1f", period),
                     arena_printf(arena, "%s ", period), take, &r); /* a space is next to U+001F */
    if (code != BATON_OK) {
        reader_report(reader, code, found);
        return code;
    }
    *out = (struct report_list){assessment, period, r.step, r.count, {0}};
    hash_reserve(arena, &out->figure, r.count);
    for (size_t i = 0; i < r.count; i++) {
        const size_t size = figure_key(r.step[i].unit, r.step[i].element, key);
        hash_add(arena, &out->figure, arena_text(arena, key, size), size, (uint32_t)i);
    }
    return BATON_OK;
}

const struct report_step *reports_find(const struct report_list *list, const char *unit,
                                       const char *element) {
    char key[FIGURE_KEY_SIZE];
    const size_t size = figure_key(unit, element, key);
    const uint32_t at = hash_find(&list->figure, key, size);
    return at == HASH_NONE ? NULL : &list->step[at];
}

struct entry report_step_entry(const struct report_list *list, const struct report_step *step,
                               struct field field[REPORT_KEY_FIELDS]) {
    field[0] = text_field("element", step->element);
    field[1] = text_field("period", list->period);
    field[2] = text_field("reporter", step->reporter);
    field[3] = text_field("stage", stage_word(step->stage));
    field[4] = text_field("unit", step->unit);
    return (struct entry){
        .actor = step->actor,
        .position = step->position,
        .time_utc_ms = step->time_utc_ms,
        .body = {fact_kind_info(FACT_REPORT)->word, list->assessment, field, REPORT_KEY_FIELDS}};
}
