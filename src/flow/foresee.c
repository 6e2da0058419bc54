/* What facts would change that nobody has said yet: the assessment is scored with them and without. Units are matched by their ids. */
#include "flow/foresee.h"
#include "base/hash.h"
#include "report/result_view.h"
#include <math.h>
#include <string.h>

/* A unit's place in a result. */
struct standing {
    double score;
    int decimals;
    uint32_t rank;
    const char *grade;
};

struct side {
    struct result_view view; /* session NULL = there is no result */
    struct hash index;       /* ids of ranked units */
};

static void read_side(struct baton_arena *arena, const struct baton_session *session,
                      struct side *out) {
    *out = (struct side){0};
    if (session == NULL)
        return;
    out->view = result_view_of(session);
    const struct baton_scheme *scheme = out->view.scheme;
    for (uint32_t u = 0; u < scheme->ranked_count; u++)
        hash_add(arena, &out->index, scheme->unit[u].id, strlen(scheme->unit[u].id), u);
}

static struct standing standing_of(const struct side *side, const char *id) {
    struct standing standing = {.score = NAN};
    const uint32_t unit =
        side->view.session == NULL ? HASH_NONE : hash_find(&side->index, id, strlen(id));
    if (unit == HASH_NONE || !baton_result_has_row(side->view.session, 0, unit))
        return standing;
    const struct baton_grade *grade = result_grade(&side->view, unit);
    standing.score = result_published(&side->view, 0, unit, &standing.decimals);
    standing.rank = result_rank(&side->view, 0, unit);
    standing.grade = grade == NULL ? NULL : grade->id;
    return standing;
}

static bool is_same(const struct standing *a, const struct standing *b) {
    const bool score = isnan(a->score) ? isnan(b->score) : a->score == b->score;
    const bool grade = a->grade == NULL || b->grade == NULL ? a->grade == b->grade
                                                            : strcmp(a->grade, b->grade) == 0;
    return score && grade && a->rank == b->rank;
}

struct comparing {
    struct baton_arena *arena;
    struct side side[2]; /* old, new */
    struct unit_change *change;
    size_t count, capacity;
};

static void compare_unit(struct comparing *c, const struct baton_scheme *scheme, uint32_t unit) {
    const struct baton_unit *about = &scheme->unit[unit];
    const struct standing was = standing_of(&c->side[0], about->id);
    const struct standing is = standing_of(&c->side[1], about->id);
    if (is_same(&was, &is))
        return;
    *ARRAY_PUSH(c->arena, c->change, c->count, c->capacity) = (struct unit_change){
        .unit = about->id,
        .group = scheme->group[about->group].id,
        .grade_old = was.grade,
        .grade_new = is.grade,
        .name = &about->name,
        .score_old = was.score,
        .score_new = is.score,
        .decimals = is.decimals > was.decimals ? is.decimals : was.decimals,
        .rank_old = was.rank,
        .rank_new = is.rank,
    };
}

void unit_changes(struct baton_arena *arena, const struct baton_session *old,
                  const struct baton_session *new, struct unit_change **out, size_t *count) {
    struct comparing c = {.arena = arena};
    read_side(arena, old, &c.side[0]);
    read_side(arena, new, &c.side[1]);
    const struct baton_scheme *before = c.side[0].view.scheme, *after = c.side[1].view.scheme;
    for (uint32_t u = 0; after != NULL && u < after->ranked_count; u++)
        compare_unit(&c, after, u);
    for (uint32_t u = 0; before != NULL && u < before->ranked_count; u++)
        if (after == NULL || hash_find(&c.side[1].index, before->unit[u].id,
                                       strlen(before->unit[u].id)) == HASH_NONE)
            compare_unit(&c, before, u);
    *out = c.change;
    *count = c.count;
}

baton_code foresee(struct baton_arena *arena, const struct ledger_view *view, unsigned threads,
                   struct foreseen *out, struct baton_findings *found) {
    const struct baton_options options = {.as_of_day = INT32_MAX, .threads = threads};
    struct ledger_view without = *view;
    struct ledger_scored before;
    struct baton_findings unheard = {.arena = arena};
    *out = (struct foreseen){0};
    TRY(ledger_score(arena, view, &options, &out->after, found));
    out->period = out->after.result->period;
    out->of = baton_session_scheme(out->after.session)->ranked_count;
    without.also = NULL;
    without.also_count = 0;
    without.period = out->period; /* a new version may have another of its own */
    const baton_code code = ledger_score(arena, &without, &options, &before, &unheard);
    if (code == BATON_NO_MEMORY)
        return code;
    out->was_sound = code == BATON_OK;
    if (out->was_sound)
        unit_changes(arena, before.session, out->after.session, &out->change, &out->count);
    return BATON_OK;
}
