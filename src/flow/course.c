/* The keys of reports begin with the period, so that all of one stand together. */
#include "flow/course.h"
#include "base/hash.h"
#include <string.h>

/* What is known of a figure while its steps are read. */
struct walk {
    int64_t drafting_utc_ms; /* since when it could be drafted */
    int64_t drafted_utc_ms, verified_utc_ms, sent_utc_ms;
    uint64_t returns; /* as the last step has them */
    bool was_accepted;
    size_t capacity;
};

struct reading {
    struct baton_arena *arena;
    uint64_t known;
    struct hash figure; /* unit and element to their place */
    struct course *course;
    struct walk *walk;
};

static struct course course_of(const struct expectation *one) {
    return (struct course){
        .of = one, .state = "", .value = "", .actor = "", .reason = "", .drafter = ""};
}

static void stay(struct reading *r, uint32_t i, enum course_post post, int64_t from, int64_t to) {
    struct course_stay *list = (struct course_stay *)r->course[i].stay;
    *ARRAY_PUSH(r->arena, list, r->course[i].stay_count, r->walk[i].capacity) =
        (struct course_stay){post, to > from ? to - from : 0};
    r->course[i].stay = list;
}

static void draft(struct reading *r, uint32_t i, int64_t time) {
    struct course *const course = &r->course[i];
    struct walk *const walk = &r->walk[i];
    if (course->stage == STAGE_SIGNED || course->stage == STAGE_SUBMITTED)
        walk->drafting_utc_ms = time; /* taken back */
    if (course->stage == STAGE_SUBMITTED && course->returns == 0)
        course->submitted_utc_ms = 0;
    walk->drafted_utc_ms = time;
}

static void submit(struct reading *r, uint32_t i, int64_t time, bool has_value) {
    struct course *const course = &r->course[i];
    struct walk *const walk = &r->walk[i];
    stay(r, i, COURSE_DRAFTING, walk->drafting_utc_ms, walk->drafted_utc_ms);
    stay(r, i, COURSE_SIGNING, walk->drafted_utc_ms, time);
    if (course->submitted_utc_ms == 0 && has_value)
        course->submitted_utc_ms = time;
    walk->sent_utc_ms = time;
}

/* It leaves the department, or the office: from the stage that it is in. */
static void leave(struct reading *r, uint32_t i, int64_t time, bool by_office) {
    const struct course *const course = &r->course[i];
    const struct walk *const walk = &r->walk[i];
    if (course->stage == STAGE_VERIFIED)
        stay(r, i, COURSE_ACCEPTING, walk->verified_utc_ms, time);
    else if (course->stage == STAGE_SUBMITTED)
        stay(r, i, by_office ? COURSE_ACCEPTING : COURSE_VERIFYING, walk->sent_utc_ms, time);
}

static uint64_t returns_of(const struct fact_body *body) {
    uint64_t returns = 0;
    (void)fact_position(body_text(body, "returns"), &returns);
    return returns;
}

static void take_step(struct reading *r, uint32_t i, enum stage to, const struct entry *entry) {
    struct course *const course = &r->course[i];
    struct walk *const walk = &r->walk[i];
    const int64_t time = entry->time_utc_ms;
    switch (to) {
    case STAGE_DRAFT:
        draft(r, i, time);
        break;
    case STAGE_SUBMITTED:
        submit(r, i, time, body_text(&entry->body, "value")[0] != '\0');
        break;
    case STAGE_VERIFIED:
        leave(r, i, time, false);
        walk->verified_utc_ms = time;
        break;
    case STAGE_ACCEPTED:
        leave(r, i, time, true);
        walk->was_accepted = true;
        if (stage_is_owed(to, body_text(&entry->body, "state")))
            course->submitted_utc_ms = 0; /* the figure is still to come */
        break;
    case STAGE_RETURNED:
        leave(r, i, time, returns_of(&entry->body) == walk->returns);
        course->returns += !walk->was_accepted;
        walk->drafting_utc_ms = time;
        break;
    default:
        break;
    }
}

static const char *keep(struct reading *r, const char *text) {
    return text[0] == '\0' ? "" : arena_text(r->arena, text, strlen(text));
}

static baton_code take_row(void *context, const struct fact_row *row) {
    struct reading *const r = context;
    const struct fact_body *const body = &row->entry.body;
    const char *const unit_element = strchr(row->key, '\x1f');
    enum stage to;
    if (row->position >= r->known || unit_element == NULL)
        return BATON_OK;
    const uint32_t i = hash_find(&r->figure, unit_element + 1, strlen(unit_element + 1));
    if (i == HASH_NONE)
        return BATON_OK;
    struct course *const course = &r->course[i];
    if (row->withdrawn || !stage_of_word(body_text(body, "stage"), &to)) {
        *course = course_of(course->of);
        r->walk[i] = (struct walk){.drafting_utc_ms = row->entry.time_utc_ms};
        return BATON_OK;
    }
    take_step(r, i, to, &row->entry);
    if (to != course->stage)
        course->since_utc_ms = row->entry.time_utc_ms;
    course->stage = to;
    course->position = row->position;
    r->walk[i].returns = returns_of(body);
    course->state = keep(r, body_text(body, "state"));
    course->value = keep(r, body_text(body, "value"));
    course->actor = keep(r, row->entry.actor);
    course->reason = keep(r, body_text(body, "@reason"));
    course->drafter = keep(r, body_text(body, "drafter"));
    course->time_utc_ms = row->entry.time_utc_ms;
    return BATON_OK;
}

baton_code courses_read(struct baton_arena *arena, struct ledger_reader *reader,
                        const char *assessment, const struct expected *expected,
                        struct baton_period period, int64_t opens_utc_ms, uint64_t known,
                        struct course **out) {
    struct reading r = {.arena = arena,
                        .known = known,
                        .course = arena_alloc(arena, expected->count, sizeof *r.course),
                        .walk = arena_alloc(arena, expected->count, sizeof *r.walk)};
    char name[BATON_PERIOD_NAME_SIZE];
    baton_period_format(period, name);
    for (size_t i = 0; i < expected->count; i++) {
        const struct expectation *const one = expected->item[i];
        const char *const key = arena_printf(arena, "%s\x1f%s", one->unit, one->element);
        r.course[i] = course_of(one);
        r.walk[i].drafting_utc_ms = opens_utc_ms;
        hash_add(arena, &r.figure, key, strlen(key), (uint32_t)i);
    }
    TRY(reader_between(reader, assessment, FACT_REPORT, arena_printf(arena, "%s\x1f", name),
                       arena_printf(arena, "%s\x20", name), take_row, &r));
    *out = r.course;
    return BATON_OK;
}
