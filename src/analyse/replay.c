/* The replay: hybrids scored one after the other, and what of the way from the old result to the new one each amendment makes.
 *
 * Amendments that can change no result are left out: their share is 0 in any order. Of the n others, hybrid number S (its
 * bits say which of them are made) is scored for each S below 2^n, and amendment i gets the sum over all S without i of
 * |S|! (n - |S| - 1)! / n! * (v(S + i) - v(S)). The sum is made as the hybrids are scored, in the order of S, so that none of
 * their results need be kept. Beyond eight, or where some hybrid cannot be scored, S goes through the n + 1 beginnings of
 * the list only. */
#include "baton/replay.h"
#include "analyse/hybrid.h"
#include <assert.h>
#include <math.h>
#include <string.h>

/* What is kept of a hybrid's result, by the old scheme's units. */
struct outcome {
    double score, rank, grade; /* NaN = none */
    const struct baton_grade *title;
};

struct replaying {
    struct baton_arena *arena;   /* of what is answered */
    struct baton_arena *scratch; /* of one hybrid at a time */
    const struct baton_replaying *from;
    const struct compare *c;
    struct hybrids *hybrids;
    struct baton_findings *found;
    uint32_t units;       /* ranked in the old scheme */
    const char ***ladder; /* [units] ids of grades, worst first; see ladder_of */
    uint32_t *steps;      /* [units] how many */
    uint32_t *effective;  /* amendments that can change a result, in their order */
    uint32_t count;
    struct outcome *first, *last, *now,
        *before;  /* [units] of all hybrids, of the one at hand and the one before */
    double *part; /* [units][effective][3] what each amendment made, of score, rank and grade */
    struct baton_replay *out;
    bool *takes_part; /* [units] in the old scheme's result */
};

/* ---- Grades as steps of a ladder that both schemes' grades have their place on. */

static bool is_on(const char *const *ladder, uint32_t steps, const char *id) {
    for (uint32_t i = 0; i < steps; i++)
        if (strcmp(ladder[i], id) == 0)
            return true;
    return false;
}

static const struct baton_grades *set_of(const struct baton_scheme *scheme, uint32_t group) {
    static const struct baton_grades none = {0};
    return group == BATON_NONE || scheme->group[group].grades == BATON_NONE
               ? &none
               : &scheme->grades[scheme->group[group].grades];
}

/* The grades of the old set, worst first, and each that only the new one has above the next worse of its own. */
static void make_ladder(struct replaying *r, uint32_t unit) {
    const struct compare *c = r->c;
    const uint32_t after_unit = c->unit.pair[unit].after;
    const uint32_t group = c->before->unit[unit].group;
    const uint32_t after_group =
        after_unit != BATON_NONE ? c->after->unit[after_unit].group : c->group.pair[group].after;
    const struct baton_grades *before = set_of(c->before, group),
                              *after = set_of(c->after, after_group);
    const char **ladder =
        arena_alloc(r->arena, (size_t)before->count + after->count, sizeof(char *));
    uint32_t steps = 0;
    for (uint32_t i = before->count; i-- > 0;)
        ladder[steps++] = before->item[i].id;
    uint32_t place = 0; /* above the grade that was met last */
    for (uint32_t i = after->count; i-- > 0;) {
        const char *id = after->item[i].id;
        if (!is_on(ladder, steps, id)) {
            memmove(ladder + place + 1, ladder + place, (steps - place) * sizeof(char *));
            ladder[place] = id;
            steps++;
        }
        for (place = 0; strcmp(ladder[place], id) != 0; place++)
            ;
        place++;
    }
    r->ladder[unit] = ladder;
    r->steps[unit] = steps;
}

static double step_of(const struct replaying *r, uint32_t unit, const char *id) {
    for (uint32_t i = 0; i < r->steps[unit]; i++)
        if (strcmp(r->ladder[unit][i], id) == 0)
            return i;
    return NAN;
}

/* ---- Scoring a hybrid */

struct job {
    struct replaying *r;
    const bool *made;
    struct outcome *out; /* [units]; NULL = it is only opened */
    bool is_last;        /* the new scheme as a whole: what is told of it besides */
    struct baton_findings found;
};

/* The grade that stands for a unit, as the schemes have it: the hybrid's own is gone soon. */
static const struct baton_grade *lasting(const struct replaying *r, const struct baton_grade *grade,
                                         bool is_before) {
    const struct baton_scheme *first = is_before ? r->c->before : r->c->after;
    for (int side = 0; side < 2; side++) {
        const struct baton_scheme *scheme = side == 0   ? first
                                            : is_before ? r->c->after
                                                        : r->c->before;
        for (uint32_t k = 0; k < scheme->grades_count; k++)
            for (uint32_t i = 0; i < scheme->grades[k].count; i++)
                if (scheme->grades[k].item[i].at.row == grade->at.row &&
                    strcmp(scheme->grades[k].item[i].id, grade->id) == 0)
                    return &scheme->grades[k].item[i];
    }
    return NULL;
}

static void take(const struct job *job, const struct hybrid *hybrid,
                 const struct baton_session *session, const struct baton_result *result) {
    const struct replaying *r = job->r;
    for (uint32_t u = 0; u < r->units; u++) {
        const uint32_t at = hybrid->unit_at[u];
        struct outcome *out = &job->out[u];
        *out = (struct outcome){NAN, NAN, NAN, NULL};
        if (at >= hybrid->scheme.ranked_count || !baton_result_has_row(session, 0, at))
            continue;
        out->score = baton_result_as_ranked(session, 0, at);
        if (result->rank[at] > 0)
            out->rank = result->rank[at] / 2.0;
        if (result->grade == NULL || result->grade[at] == BATON_NONE)
            continue;
        const struct baton_group *group = &hybrid->scheme.group[hybrid->scheme.unit[at].group];
        const struct baton_grade *grade =
            &hybrid->scheme.grades[group->grades].item[result->grade[at]];
        out->grade = step_of(r, u, grade->id);
        out->title = lasting(r, grade, !job->is_last);
    }
}

/* Whether units lack the figure of a leaf, and all do: what is not due or not applicable is not missing. */
static bool lacks_figures(const struct baton_session *session, const struct baton_scheme *scheme,
                          uint32_t leaf) {
    const struct baton_result *result = baton_session_result(session);
    bool missing = false;
    for (uint32_t u = 0; u < scheme->ranked_count; u++) {
        if (!baton_result_has_row(session, leaf, u))
            continue;
        if (!isnan(baton_result_value(session, leaf, u)))
            return false;
        const uint16_t note = result->note[(size_t)leaf * result->stride + u];
        missing |= (note & (BATON_NOTE_NA | BATON_NOTE_PENDING)) == 0;
    }
    return missing;
}

/* Leaves of the new scheme that no figure of the old year fed. The scoring is a full one, with notes. */
static void note_last(const struct job *job, const struct hybrid *hybrid,
                      const struct baton_session *session) {
    struct baton_replay *out = job->r->out;
    const struct compare *c = job->r->c;
    uint32_t *list = arena_alloc(job->r->arena, c->after->node_count, sizeof(uint32_t));
    for (uint32_t n = 1; n < c->after->node_count; n++) {
        const uint32_t at = hybrid->node_at[c->node.of_after[n]];
        if (c->after->node[n].child_count == 0 && at != BATON_NONE &&
            lacks_figures(session, &hybrid->scheme, at))
            list[out->leaf_without_count++] = n;
    }
    out->leaf_without = list;
    out->rows_left_out = hybrid->rows_left_out;
}

static baton_code score_one(void *context) {
    struct job *job = context;
    const struct replaying *r = job->r;
    const struct baton_options options = {
        .as_of_day = r->from->as_of_day, .threads = 1, .full = job->is_last};
    struct hybrid *hybrid = arena_alloc(r->scratch, 1, sizeof(*hybrid));
    struct baton_session *session;
    const struct baton_result *result;
    hybrid_make(r->hybrids, r->scratch, job->made, hybrid);
    TRY(baton_session_open(r->scratch, &hybrid->scheme, &hybrid->facts, &hybrid->links, &options,
                           &session, &job->found));
    if (job->out == NULL)
        return BATON_OK;
    TRY(baton_score(session, r->from->period, &result, &job->found));
    take(job, hybrid, session, result);
    if (job->is_last)
        note_last(job, hybrid, session);
    return BATON_OK;
}

/* Which amendments are made in hybrid S. */
static const bool *made_in(const struct replaying *r, uint32_t in_order, uint64_t s, bool all) {
    const uint32_t amendments = r->from->comparison->amendment_count;
    bool *made = arena_alloc(r->arena, amendments, sizeof(bool));
    for (uint32_t i = 0; i < r->count; i++)
        made[r->effective[i]] = all || (in_order != BATON_NONE ? i < in_order : s >> i & 1);
    for (uint32_t a = 0; all && a < amendments; a++)
        made[a] = true;
    return made;
}

static baton_code score_hybrid(struct replaying *r, const bool *made, bool is_last,
                               struct outcome *out, struct baton_findings *found) {
    struct job job = {r, made, out, is_last, *found};
    const struct arena_mark mark = arena_mark(r->scratch);
    const baton_code code = arena_run(r->scratch, score_one, &job);
    *found = job.found;
    arena_reset_to(r->scratch, mark);
    r->out->scorings += out != NULL;
    return code;
}

static struct outcome *room(struct replaying *r) {
    return arena_alloc(r->arena, r->units, sizeof(struct outcome));
}

/* ---- Attributing */

enum { MEASURES = 3 }; /* score, places, steps of the grade: more is better */

static double measure(const struct outcome *outcome, int which) {
    return which == 0 ? outcome->score : which == 1 ? -outcome->rank : outcome->grade;
}

/* |S|! (n - |S| - 1)! / n!, that is 1 / (n * (n - 1 over |S|)) */
static double share_of_orders(uint32_t n, uint32_t size) {
    double choices = 1;
    for (uint32_t i = 1; i <= size; i++)
        choices = choices * (n - i) / i; /* exact: whole numbers, below 2^8 */
    return 1 / (n * choices);
}

static uint32_t bits_of(uint32_t s) {
    uint32_t count = 0;
    for (; s > 0; s &= s - 1)
        count++;
    return count;
}

/* Adds to each amendment's part what the result of hybrid S counts in it. */
static void add_subset(struct replaying *r, uint32_t s) {
    const uint32_t size = bits_of(s);
    for (uint32_t i = 0; i < r->count; i++) {
        const bool has = s >> i & 1;
        const double share = share_of_orders(r->count, has ? size - 1 : size);
        for (uint32_t u = 0; u < r->units; u++)
            for (int which = 0; which < MEASURES; which++) {
                const double value = measure(&r->now[u], which);
                r->part[((size_t)u * r->count + i) * MEASURES + which] +=
                    has ? share * value : -(share * value);
            }
    }
}

/* What amendment i changed behind those before it. */
static void add_step(struct replaying *r, uint32_t i) {
    for (uint32_t u = 0; u < r->units; u++)
        for (int which = 0; which < MEASURES; which++)
            r->part[((size_t)u * r->count + i) * MEASURES + which] =
                measure(&r->now[u], which) - measure(&r->before[u], which);
}

static void keep(const struct replaying *r, struct outcome *in) {
    memcpy(in, r->now, r->units * sizeof(*in));
}

/* All subsets; false, with why, where one cannot be scored. */
static bool score_subsets(struct replaying *r, struct baton_findings *why, baton_code *code) {
    const uint32_t subsets = 1u << r->count;
    for (uint32_t s = 0; s < subsets; s++) {
        const bool is_last = s == subsets - 1;
        *code = score_hybrid(r, made_in(r, BATON_NONE, s, is_last), is_last, r->now, why);
        if (*code != BATON_OK)
            return false;
        add_subset(r, s);
        if (s == 0)
            keep(r, r->first);
    }
    keep(r, r->last);
    return true;
}

static baton_code score_in_order(struct replaying *r) {
    for (uint32_t k = 0; k <= r->count; k++) {
        const bool is_last = k == r->count;
        TRY(score_hybrid(r, made_in(r, k, 0, is_last), is_last, r->now, r->found));
        if (k == 0)
            keep(r, r->first);
        else
            add_step(r, k - 1);
        keep(r, r->before);
    }
    keep(r, r->last);
    return BATON_OK;
}

/* Rounding errors are no gain. */
static double tidy(double gain) {
    return fabs(gain) < 1e-9 ? 0 : baton_number_sig12(gain);
}

static double *part_of(struct baton_gain *gain, int which) {
    return which == 0 ? &gain->score : which == 1 ? &gain->rank : &gain->grade;
}

static void attribute(const struct replaying *r, struct baton_replay_unit *unit) {
    const uint32_t amendments = r->from->comparison->amendment_count, u = unit->unit;
    struct baton_gain *gain = arena_alloc(r->arena, amendments, sizeof(*gain));
    unit->gain = gain;
    for (int which = 0; which < MEASURES; which++) {
        const double change = measure(&r->last[u], which) - measure(&r->first[u], which);
        double sum = 0;
        for (uint32_t i = 0; i < r->count; i++) {
            const double part = r->part[((size_t)u * r->count + i) * MEASURES + which];
            *part_of(&gain[r->effective[i]], which) = tidy(part);
            sum += part;
        }
        /* A unit that lacks the thing has gained none, from no amendment. */
        for (uint32_t a = 0; isnan(change - sum) && a < amendments; a++)
            *part_of(&gain[a], which) = NAN;
        *part_of(&unit->remainder, which) = tidy(change - sum);
    }
}

static struct baton_standing standing_of(const struct outcome *outcome) {
    return (struct baton_standing){outcome->score, outcome->rank, outcome->title, outcome->grade};
}

static uint32_t group_after(const struct compare *c, uint32_t unit) {
    const uint32_t after = c->unit.pair[unit].after;
    return after != BATON_NONE ? c->after->unit[after].group
                               : c->group.pair[c->before->unit[unit].group].after;
}

static void fill(struct replaying *r) {
    struct baton_replay_unit *list = arena_alloc(r->arena, r->units, sizeof(*list));
    for (uint32_t u = 0; u < r->units; u++) {
        if (!r->takes_part[u])
            continue;
        struct baton_replay_unit *unit = &list[r->out->unit_count++];
        unit->unit = u;
        unit->group = group_after(r->c, u);
        unit->before = standing_of(&r->first[u]);
        unit->replayed = standing_of(&r->last[u]);
        attribute(r, unit);
    }
    r->out->unit = list;
}

/* ---- All of it */

static void close_scratch(void *arena) {
    arena_close(arena);
}

/* Whoever has a row of the old result: joined and left are the old year's in every hybrid. */
static void find_part(struct replaying *r) {
    r->takes_part = arena_alloc(r->arena, r->units, sizeof(bool));
    const int32_t first = baton_period_first_day(r->from->period),
                  last = baton_period_last_day(r->from->period);
    for (uint32_t u = 0; u < r->units; u++) {
        const struct baton_unit *unit = &r->c->before->unit[u];
        r->takes_part[u] =
            (unit->joined.kind == BATON_PERIOD_NONE ||
             baton_period_first_day(unit->joined) <= last) &&
            (unit->left.kind == BATON_PERIOD_NONE || baton_period_last_day(unit->left) >= first);
    }
}

static void prepare(struct replaying *r) {
    const struct baton_comparison *comparison = r->from->comparison;
    r->units = r->c->before->ranked_count;
    r->ladder = arena_alloc(r->arena, r->units, sizeof(*r->ladder));
    r->steps = arena_alloc(r->arena, r->units, sizeof(*r->steps));
    for (uint32_t u = 0; u < r->units; u++)
        make_ladder(r, u);
    r->effective = arena_alloc(r->arena, comparison->amendment_count, sizeof(uint32_t));
    for (uint32_t a = 0; a < comparison->amendment_count; a++)
        if (comparison->amendment[a].effective)
            r->effective[r->count++] = a;
    r->part = arena_alloc(r->arena, (size_t)r->units * r->count, MEASURES * sizeof(double));
    r->first = room(r);
    r->last = room(r);
    r->now = room(r);
    r->before = room(r);
    find_part(r);
}

static const struct baton_finding *first_error(struct baton_arena *arena,
                                               const struct baton_findings *found) {
    for (size_t i = 0; i < found->count; i++)
        if (baton_code_info(found->item[i].code)->severity == BATON_ERROR) {
            struct baton_finding *kept = arena_alloc(arena, 1, sizeof(*kept));
            *kept = found->item[i];
            return kept;
        }
    return NULL;
}

baton_code baton_replay(struct baton_arena *arena, const struct baton_replaying *replaying,
                        const struct baton_replay **out, struct baton_findings *found) {
    struct replaying replay = {.arena = arena,
                               .from = replaying,
                               .c = replaying->comparison->inside,
                               .found = found,
                               .out = arena_alloc(arena, 1, sizeof(struct baton_replay))};
    struct replaying *r = &replay;
    assert(replaying->facts->first.kind != BATON_PERIOD_NONE);
    r->scratch = arena_open();
    arena_on_close(arena, close_scratch, r->scratch);
    if (r->scratch == NULL)
        return BATON_NO_MEMORY;
    prepare(r);
    r->out->period = replaying->period;
    TRY(hybrids_prepare(arena, replaying, &r->hybrids, found));
    /* Opened before anything is scored, so that a scheme that the old one succeeds keeps what the new one asks for. The new
     * scheme must be one that the old year can be scored by; there is nothing to attribute otherwise. */
    const bool *all = made_in(r, BATON_NONE, 0, true);
    TRY(score_hybrid(r, all, false, NULL, found));
    TRY(score_hybrid(r, all, false, r->now, found));
    struct baton_findings why = {.arena = found->arena};
    baton_code code = BATON_OK;
    if (r->count <= BATON_SHAPLEY_MOST && score_subsets(r, &why, &code)) {
        r->out->attribution = BATON_SHAPLEY;
    } else if (code == BATON_NO_MEMORY) {
        return code;
    } else {
        r->out->attribution = BATON_IN_ORDER;
        r->out->fallback = first_error(arena, &why);
        TRY(score_in_order(r));
    }
    fill(r);
    *out = r->out;
    return BATON_OK;
}
