/* What is expected says which posts are needed; who holds them is looked up among the posts of today. */
#include "flow/stale.h"
#include "base/civil_day.h"
#include "ledger/access.h"
#include <string.h>

static const char *const kind_words[][3] = {
#define X(name, word, en, zh) {word, en, zh},
    STALE_KINDS(X)
#undef X
};

const char *stale_kind_word(enum stale_kind kind) {
    return kind_words[kind][0];
}

const char *stale_kind_name(enum stale_kind kind, enum baton_language language) {
    return kind_words[kind][1 + language];
}

struct looking {
    struct baton_arena *arena;
    const struct waiting_world *world;
    struct access access;
    struct standing_holder *held;
    size_t held_count;
    uint32_t units;
    struct hash unit;           /* id to index */
    size_t *reports, *verifies; /* [units] figures */
    struct stale_item *item;
    size_t count, capacity;
};

static void add(struct looking *l, enum stale_kind kind, enum role role, const char *unit,
                const char *person, const char *detail, size_t figures) {
    *ARRAY_PUSH(l->arena, l->item, l->count, l->capacity) =
        (struct stale_item){kind, role, unit, person, detail, figures};
}

static void count_figures(struct looking *l) {
    const struct expected *const expected = l->world->expected;
    for (size_t i = 0; i < expected->count; i++) {
        const struct expectation *const one = expected->item[i];
        l->reports[one->reporter_index]++;
        if (one->verifier[0] != '\0') {
            const uint32_t at = hash_find(&l->unit, one->verifier, strlen(one->verifier));
            if (at != HASH_NONE)
                l->verifies[at]++;
        }
    }
}

static bool counts(const struct looking *l, const struct standing_holder *holder, enum role role) {
    const struct standing_post *const post = &holder->post;
    return post->role == role &&
           (post->assessment[0] == '\0' || strcmp(post->assessment, l->world->assessment) == 0);
}

/* Whether somebody holds the role at the unit, or for all of them; `but` does not count. */
static bool is_held(const struct looking *l, enum role role, const char *unit,
                    const struct standing_holder *but) {
    for (size_t i = 0; i < l->held_count; i++)
        if (&l->held[i] != but && counts(l, &l->held[i], role) &&
            (l->held[i].post.unit[0] == '\0' || strcmp(l->held[i].post.unit, unit) == 0))
            return true;
    return false;
}

static void look_for_vacant(struct looking *l) {
    const struct baton_scheme *const scheme = l->world->expected->scheme;
    for (uint32_t u = 0; u < l->units; u++) {
        const char *const unit = scheme->unit[u].id;
        if (l->reports[u] > 0 && !is_held(l, ROLE_UNIT, unit, NULL))
            add(l, STALE_VACANT, ROLE_UNIT, unit, "", "", l->reports[u]);
        if (l->reports[u] > 0 && !is_held(l, ROLE_APPROVER, unit, NULL))
            add(l, STALE_VACANT, ROLE_APPROVER, unit, "", "", l->reports[u]);
        if (l->verifies[u] > 0 && !is_held(l, ROLE_OWNER, unit, NULL))
            add(l, STALE_VACANT, ROLE_OWNER, unit, "", "", l->verifies[u]);
    }
}

/* The figures that hang on a post; 0 = none, and then it does not matter. */
static size_t figures_of(const struct looking *l, const struct standing_holder *holder) {
    const enum role role = holder->post.role;
    if (role != ROLE_UNIT && role != ROLE_APPROVER && role != ROLE_OWNER)
        return 0;
    if (holder->post.unit[0] == '\0')
        return counts(l, holder, role) ? l->world->expected->count : 0;
    const uint32_t at = hash_find(&l->unit, holder->post.unit, strlen(holder->post.unit));
    if (at == HASH_NONE || !counts(l, holder, role))
        return 0;
    return role == ROLE_OWNER ? l->verifies[at] : l->reports[at];
}

static const char *day_text(struct looking *l, int32_t day) {
    char text[BATON_PERIOD_NAME_SIZE];
    baton_day_format(day, text);
    return arena_text(l->arena, text, strlen(text));
}

static void look_at_token(struct looking *l, const struct standing_holder *holder, size_t figures) {
    const int64_t soon = l->world->now_utc_ms + (int64_t)STALE_SOON_DAYS * CIVIL_DAY_MS;
    for (size_t i = 0; i < l->access.token_count; i++) {
        const struct access_token *const token = &l->access.token[i];
        if (strcmp(token->person, holder->person) == 0 && token->expires_utc_ms <= soon)
            add(l, STALE_TOKEN, holder->post.role, holder->post.unit, holder->person,
                arena_printf(l->arena, "%s %s", token->name,
                             day_text(l, civil_day(token->expires_utc_ms))),
                figures);
    }
}

static void look_at_holder(struct looking *l, const struct standing_holder *holder) {
    const struct access *const access = &l->access;
    const struct standing_post *const post = &holder->post;
    const size_t figures = figures_of(l, holder), size = strlen(holder->person);
    const uint32_t account = hash_find(&access->account, holder->person, size);
    const int32_t today = civil_day(l->world->now_utc_ms);
    if (figures == 0)
        return;
    if (account == HASH_NONE && access->account.count > 0)
        add(l, STALE_NO_ACCOUNT, post->role, post->unit, holder->person, "", figures);
    else if (account == 1)
        add(l, STALE_NEVER, post->role, post->unit, holder->person, "", figures);
    else if (account == 0 && hash_find(&access->seen, holder->person, size) == HASH_NONE)
        add(l, STALE_ABSENT, post->role, post->unit, holder->person, "", figures);
    if (post->to <= today + STALE_SOON_DAYS && !is_held(l, post->role, post->unit, holder))
        add(l, STALE_ENDING, post->role, post->unit, holder->person, day_text(l, post->to),
            figures);
    look_at_token(l, holder, figures);
}

static uint32_t place_of(const struct looking *l, const struct stale_item *item) {
    return item->unit[0] == '\0' ? HASH_NONE : hash_find(&l->unit, item->unit, strlen(item->unit));
}

/* By insertion: there are few, and those of a kind come in the order of units mostly. */
static void sort(struct looking *l) {
    for (size_t i = 1; i < l->count; i++) {
        const struct stale_item item = l->item[i];
        size_t at = i;
        while (at > 0 && (l->item[at - 1].kind > item.kind ||
                          (l->item[at - 1].kind == item.kind &&
                           place_of(l, &l->item[at - 1]) > place_of(l, &item)))) {
            l->item[at] = l->item[at - 1];
            at--;
        }
        l->item[at] = item;
    }
}

baton_code stale_read(struct baton_arena *arena, struct ledger_reader *reader,
                      const struct waiting_world *world, uint32_t absent_days, struct stale *out,
                      struct baton_findings *found) {
    const struct baton_scheme *const scheme = world->expected->scheme;
    struct looking l = {.arena = arena, .world = world, .units = scheme->unit_count};
    const baton_code code = access_read(
        arena, reader, world->now_utc_ms - (int64_t)absent_days * CIVIL_DAY_MS, &l.access);
    reader_report(reader, code, found);
    TRY(code);
    const size_t held = standing_held(world->standing, world->now_utc_ms, 0, NULL);
    l.held = arena_alloc(arena, held, sizeof *l.held);
    l.held_count = standing_held(world->standing, world->now_utc_ms, held, l.held);
    l.reports = arena_alloc(arena, l.units, sizeof *l.reports);
    l.verifies = arena_alloc(arena, l.units, sizeof *l.verifies);
    for (uint32_t u = 0; u < l.units; u++)
        hash_add(arena, &l.unit, scheme->unit[u].id, strlen(scheme->unit[u].id), u);
    count_figures(&l);
    look_for_vacant(&l);
    for (size_t i = 0; i < l.held_count; i++)
        look_at_holder(&l, &l.held[i]);
    sort(&l);
    *out = (struct stale){l.item, l.count};
    return BATON_OK;
}

void stale_json(struct json *json, const char *name, const struct stale *stale, size_t most) {
    json_array(json, name);
    for (size_t i = 0; i < stale->count && i < most; i++) {
        const struct stale_item *const item = &stale->item[i];
        json_object_tight(json, NULL);
        json_text(json, "what", stale_kind_word(item->kind));
        json_text(json, "role", role_word(item->role));
        json_text_if(json, "unit", item->unit[0] == '\0' ? NULL : item->unit);
        json_text_if(json, "person", item->person[0] == '\0' ? NULL : item->person);
        json_text_if(json, "detail", item->detail[0] == '\0' ? NULL : item->detail);
        json_count(json, "figures", item->figures);
        json_end(json);
    }
    json_end(json);
}
