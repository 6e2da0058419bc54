/* What waits is sorted into heaps: an addressee, a period, a day that it is due, a step of a rule. Each heap becomes a notice. */
#include "flow/chase.h"
#include "base/civil_day.h"
#include "base/json.h"
#include "flow/calendar_words.h"
#include "flow/stale.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { DAY_MS = 86400000 };

const char *const chase_rule_usual[CHASE_OFS] = {"-3wd 0wd 1wd", "2wd", "4wd",
                                                 "2wd",          "4wd", "-5wd"};

bool chase_rule_parse(const char *text, struct chase_rule *out) {
    struct chase_rule rule = {.count = 0};
    while (*text != '\0') {
        struct civil_offset offset;
        const size_t size = strcspn(text, " ");
        if (size > 0 &&
            (rule.count == CHASE_STEPS_MAX || !civil_offset_parse(text, size, &offset) ||
             !offset.are_workdays || offset.minute >= 0))
            return false;
        if (size > 0)
            rule.workdays[rule.count++] = offset.days;
        text += size + (text[size] == ' ');
    }
    *out = rule;
    return true;
}

struct chase_rules chase_rules_usual(void) {
    struct chase_rules rules = {.minute = 9 * 60};
    for (int i = 0; i < CHASE_OFS; i++)
        if (!chase_rule_parse(chase_rule_usual[i], &rules.of[i]))
            abort(); /* our bug */
    return rules;
}

bool chase_day(const struct workdays *workdays, int32_t due, int32_t step, int32_t *out) {
    return workdays_nth(workdays, due, step, out);
}

/* Heaps */

struct heap {
    enum chase_of of;
    const char *role, *unit, *period;
    struct civil_moment due;
    int32_t step;
    const struct waiting_item **item;
    size_t count, capacity;
};

struct chasing {
    struct baton_arena *arena;
    const struct waiting_world *world;
    const struct chase_rules *rules;
    struct hash keys;
    struct heap *heap;
    size_t count, capacity;
    struct outbox_notice *notice;
    size_t notices, notice_capacity;
};

/* The last step whose moment has come, not too long ago. */
static bool step_now(const struct chasing *c, enum chase_of of, int32_t due, int32_t *out) {
    const struct chase_rule *const rule = &c->rules->of[of];
    int64_t last = INT64_MIN;
    for (size_t i = 0; i < rule->count; i++) {
        struct civil_moment moment = {.minute = c->rules->minute};
        if (!chase_day(&c->world->calendar->workdays, due, rule->workdays[i], &moment.day))
            continue;
        const int64_t at = civil_moment_begins_utc_ms(moment);
        if (at <= c->world->now_utc_ms && at > last) {
            last = at;
            *out = rule->workdays[i];
        }
    }
    return last != INT64_MIN && c->world->now_utc_ms - last < (int64_t)CHASE_LATE_DAYS * DAY_MS;
}

static const char *key_of(const struct chasing *c, const struct heap *heap) {
    static const char *const word[CHASE_OFS] = {"clerk",     "approver",         "office",
                                                "verifying", "verifying-office", "stale"};
    char due[CIVIL_MOMENT_SIZE];
    civil_moment_format(heap->due, due);
    return arena_printf(c->arena, "%s:%s:%s:%s:%" PRId32 ":%s:%s", word[heap->of],
                        c->world->assessment, heap->period, due, heap->step, heap->role,
                        heap->unit);
}

static void put(struct chasing *c, enum chase_of of, const struct waiting_item *item,
                const char *role, const char *unit, struct civil_moment due) {
    struct heap heap = {.of = of, .role = role, .unit = unit, .period = item->period, .due = due};
    if (!step_now(c, of, due.day, &heap.step))
        return;
    const char *const key = key_of(c, &heap);
    const uint32_t at = hash_add(c->arena, &c->keys, key, strlen(key), (uint32_t)c->count);
    if (at == c->count)
        *ARRAY_PUSH(c->arena, c->heap, c->count, c->capacity) = heap;
    struct heap *const to = &c->heap[at];
    *ARRAY_PUSH(c->arena, to->item, to->count, to->capacity) = item;
}

/* To the post, or where nobody holds it to whom it falls. */
static void put_at_seat(struct chasing *c, enum chase_of of, const struct waiting_item *item,
                        const char *role, const char *unit, struct civil_moment due) {
    const struct seat *const seat = item->seat;
    if (seat == NULL || !seat->is_vacant) {
        put(c, of, item, role, unit, due);
        return;
    }
    for (int r = 0; r < ROLE_COUNT; r++)
        if ((seat->falls_on >> r & 1) != 0) {
            put(c, of, item, role_word((enum role)r), seat->falls_on_unit, due);
            return;
        }
    put(c, of, item, role_word(ROLE_OFFICE), "", due);
}

static void sort_in(struct chasing *c, const struct waiting_item *item) {
    struct baton_period period;
    struct deadlines deadlines;
    if (!baton_period_parse(item->period, strlen(item->period), &period) ||
        !calendar_window_of(c->world->calendar, period, item->figure->unit, item->figure->element,
                            &deadlines))
        return;
    struct civil_moment due = deadlines.due;
    switch (item->act) {
    case WAITING_DRAFT:
    case WAITING_SIGN:
    case WAITING_SUBMIT:
        put_at_seat(c, CHASE_CLERK, item, role_word(ROLE_UNIT), item->figure->reporter, due);
        put_at_seat(c, CHASE_APPROVER, item, role_word(ROLE_APPROVER), item->figure->reporter, due);
        put(c, CHASE_OFFICE, item, role_word(ROLE_OFFICE), "", due);
        break;
    case WAITING_EXCEPT:
        put(c, CHASE_OFFICE, item, role_word(ROLE_OFFICE), "", due);
        break;
    case WAITING_VERIFY: {
        const int32_t since = civil_day(item->since_utc_ms);
        if (since > due.day)
            due = (struct civil_moment){since, -1};
        put_at_seat(c, CHASE_OWNER, item, role_word(ROLE_OWNER), item->figure->verifier, due);
        put(c, CHASE_VERIFYING, item, role_word(ROLE_OFFICE), "", due);
        break;
    }
    default:
        break;
    }
}

/* Notices */

static void put_figures(struct json *json, const struct heap *heap) {
    json_array_tight(json, "figures");
    for (size_t i = 0; i < heap->count && i < CHASE_FIGURES_MAX; i++) {
        const struct waiting_item *const item = heap->item[i];
        json_object_tight(json, NULL);
        json_text(json, "unit", item->figure->unit);
        json_text(json, "element", item->figure->element);
        json_text(json, "reporter", item->figure->reporter);
        json_text(json, "act", waiting_act_word(item->act));
        json_end(json);
    }
    json_end(json);
}

/* The units of which figures are awaited, or departments by whom: "a, b and 3 others". */
static const char *whose(struct chasing *c, const struct heap *heap, const char *more) {
    enum { SHOWN = 5 };
    struct hash seen = {0};
    const char *text = "";
    for (size_t i = 0; i < heap->count; i++) {
        const struct expectation *const figure = heap->item[i]->figure;
        const char *const id = heap->of == CHASE_VERIFYING ? figure->verifier : figure->reporter;
        const uint32_t at = (uint32_t)seen.count;
        if (hash_add(c->arena, &seen, id, strlen(id), at) == at && at < SHOWN)
            text = arena_printf(c->arena, "%s%s%s", text, at > 0 ? ", " : "", id);
    }
    return seen.count <= SHOWN ? text : arena_printf(c->arena, "%s%s", text, more);
}

static void put_texts(struct chasing *c, struct json *json, const struct heap *heap) {
    struct baton_arena *const a = c->arena;
    const char *const due = calendar_moment_words(a, heap->due);
    const bool has_passed = civil_moment_ends_utc_ms(heap->due) <= c->world->now_utc_ms;
    const char *en, *zh;
    if (heap->of == CHASE_OWNER || heap->of == CHASE_VERIFYING) {
        en = arena_printf(a, "%zu figures of %s wait to be verified%s%s", heap->count, heap->period,
                          heap->of == CHASE_VERIFYING ? ": " : "",
                          heap->of == CHASE_VERIFYING ? whose(c, heap, " ...") : "");
        zh = arena_printf(a, "%s 有 %zu 项数据已报送、尚未审核%s%s", heap->period, heap->count,
                          heap->of == CHASE_VERIFYING ? "：" : "，请及时审核",
                          heap->of == CHASE_VERIFYING ? whose(c, heap, " 等") : "");
    } else {
        const bool is_office = heap->of == CHASE_OFFICE;
        en = arena_printf(a, "%zu figures of %s %s %s and are not submitted%s%s", heap->count,
                          heap->period, has_passed ? "were due on" : "are due on", due,
                          is_office ? ": " : "", is_office ? whose(c, heap, " ...") : "");
        zh = arena_printf(a,
                          has_passed ? "%s 数据已于 %s 截止，尚有 %zu 项未报送%s%s"
                                     : "%s 数据将于 %s 截止报送，尚有 %zu 项未报送%s%s",
                          heap->period, due, heap->count, is_office ? "：" : "，请及时办理",
                          is_office ? whose(c, heap, " 等") : "");
    }
    json_object_tight(json, "text");
    json_text(json, "en", en);
    json_text(json, "zh", zh);
    json_end(json);
}

static void add_notice(struct chasing *c, const struct heap *heap, const char *kind,
                       const char *payload) {
    *ARRAY_PUSH(c->arena, c->notice, c->notices, c->notice_capacity) = (struct outbox_notice){
        key_of(c, heap), kind, c->world->assessment, "", heap->role, heap->unit, payload};
}

static void tell(struct chasing *c, const struct heap *heap) {
    static const char *const kind[CHASE_OFS] = {"due",       "due",       "overdue",
                                                "verifying", "verifying", "stale"};
    char due[CIVIL_MOMENT_SIZE];
    struct writer *const writer = writer_memory(c->arena);
    struct json json = json_to(writer);
    civil_moment_format(heap->due, due);
    json_object_tight(&json, NULL);
    json_text(&json, "period", heap->period);
    json_text(&json, "due", due);
    json_text(&json, "step", arena_printf(c->arena, "%" PRId32 "wd", heap->step));
    json_count(&json, "count", heap->count);
    put_texts(c, &json, heap);
    put_figures(&json, heap);
    json_end(&json);
    add_notice(c, heap, kind[heap->of], writer_text_of(writer));
}

/* Ownership that is stale, before a period is due. */

static baton_code tell_stale(struct chasing *c, struct ledger_reader *reader,
                             struct baton_findings *found) {
    const struct hash *const opened = &c->world->calendar->opened.period;
    struct stale stale;
    bool is_read = false;
    for (size_t i = 0; i < opened->count; i++) {
        struct heap heap = {.of = CHASE_STALE, .role = role_word(ROLE_OFFICE), .unit = ""};
        heap.period = arena_text(c->arena, opened->key[i].text, opened->key[i].size);
        heap.due = c->world->calendar->opened.of[opened->key[i].value].due;
        if (civil_moment_ends_utc_ms(heap.due) <= c->world->now_utc_ms ||
            !step_now(c, CHASE_STALE, heap.due.day, &heap.step))
            continue;
        if (!is_read)
            TRY(stale_read(c->arena, reader, c->world, STALE_DAYS_USUAL, &stale, found));
        is_read = true;
        if (stale.count == 0)
            return BATON_OK;
        struct writer *const writer = writer_memory(c->arena);
        struct json json = json_to(writer);
        json_object_tight(&json, NULL);
        json_text(&json, "period", heap.period);
        json_count(&json, "count", stale.count);
        stale_json(&json, "items", &stale, CHASE_FIGURES_MAX);
        json_object_tight(&json, "text");
        json_text(&json, "en",
                  arena_printf(
                      c->arena, "before %s is due on %s: %zu posts or accounts are not fit for it",
                      heap.period, calendar_moment_words(c->arena, heap.due), stale.count));
        json_text(&json, "zh",
                  arena_printf(c->arena, "%s 将于 %s 截止报送，有 %zu 个岗位或账号需要处理",
                               heap.period, calendar_moment_words(c->arena, heap.due),
                               stale.count));
        json_end(&json);
        json_end(&json);
        add_notice(c, &heap, "stale", writer_text_of(writer));
    }
    return BATON_OK;
}

baton_code chase_notices(struct baton_arena *arena, struct ledger_reader *reader,
                         const struct waiting_world *world, const struct chase_rules *rules,
                         struct outbox_notice **out, size_t *count, struct baton_findings *found) {
    struct chasing c = {.arena = arena, .world = world, .rules = rules};
    struct waiting waiting;
    TRY(waiting_read(arena, reader, world, NULL, 0, &waiting, found));
    for (size_t i = 0; i < waiting.count; i++)
        sort_in(&c, &waiting.item[i]);
    for (size_t i = 0; i < c.count; i++)
        tell(&c, &c.heap[i]);
    TRY(tell_stale(&c, reader, found));
    *out = c.notice;
    *count = c.notices;
    return BATON_OK;
}
