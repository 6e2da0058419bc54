/* Lint: gaps and overlaps of grades, grades that nobody can get, and those that are refused one and get none.
 *
 * The conditions of a list of grades are tried region by region. A claim about one quantity is made with all others unknown;
 * where several must be looked at together, only such as have no name in common, so that each combination can come up. */
#include "analyse/lint_reach.h"
#include <math.h>

struct study {
    struct lint *lint;
    const struct baton_grades *grades;
    const struct rule **when; /* of each grade; NULL = always */
    struct standpoint from;
    struct regions regions;
    int *at;       /* a box */
    bool *split;   /* the quantities it is of */
    uint32_t most; /* the worst grade that a veto or gate allows as the best; 0 = there is none */
};

static unsigned grade_holds(const struct study *study, uint32_t grade) {
    return study->when[grade] == NULL
               ? CAN_HOLD
               : regions_condition(&study->regions, study->at, study->when[grade]->tree);
}

/* The best grade from `first` on that can be given in the box; count = none. */
static uint32_t best_in(const struct study *study, uint32_t first) {
    uint32_t i = first;
    while (i < study->grades->count && (grade_holds(study, i) & CAN_HOLD) == 0)
        i++;
    return i;
}

static struct baton_where where_of(const struct study *study, uint32_t grade) {
    const struct baton_grade *item = &study->grades->item[grade];
    return item->when.text != NULL ? item->when.at : item->at;
}

/* A box of one quantity, all others unknown. */
static void look_at(struct study *study, size_t quantity, int region) {
    for (size_t q = 0; q < study->regions.count; q++)
        study->at[q] = REGION_UNKNOWN;
    study->at[quantity] = region;
}

/* A stretch of regions of one quantity. */
struct stretch {
    size_t quantity;
    int first, last;
    int inside; /* a region of it that the quantity can be in; -1 = only with more decimals */
};

static const char *example_of(const struct study *study, const struct stretch *run) {
    const struct quantity *quantity = &study->regions.quantity[run->quantity];
    const int region = run->inside >= 0 ? run->inside : run->first;
    return arena_printf(study->lint->arena, "%s = %s", quantity->text,
                        lint_number(study->lint, region_example(quantity, region)));
}

static const char *stretch_written(const struct study *study, const struct stretch *run) {
    return region_written(&study->regions, &study->regions.quantity[run->quantity], run->first,
                          run->last);
}

/* Finds the next stretch, from region *next on, in which `is` holds; regions that cannot be are passed over. */
static bool find_stretch(struct study *study, size_t q, int *next,
                         bool (*is)(struct study *study, const void *context), const void *context,
                         struct stretch *out) {
    const struct quantity *quantity = &study->regions.quantity[q];
    *out = (struct stretch){q, -1, -1, -1};
    for (; *next < region_count(quantity); (*next)++) {
        if (!region_possible(quantity, *next, false))
            continue;
        look_at(study, q, *next);
        if (!is(study, context)) {
            if (out->first >= 0)
                return true;
            continue;
        }
        out->first = out->first < 0 ? *next : out->first;
        out->last = *next;
        if (out->inside < 0 && region_possible(quantity, *next, true))
            out->inside = *next;
    }
    return out->first >= 0;
}

/* ---- Gaps. */

/* What is given along the line of one quantity: in each region the best grade that can be, and the best of those that are for
 * certain; count = none. -1 = the quantity cannot be there. */
struct line {
    int count; /* of regions */
    int *can, *sure;
};

static struct line line_of(struct study *study, size_t q) {
    const struct quantity *quantity = &study->regions.quantity[q];
    const int count = region_count(quantity);
    const struct line line = {count, arena_alloc(study->lint->arena, (size_t)count, sizeof(int)),
                              arena_alloc(study->lint->arena, (size_t)count, sizeof(int))};
    for (int region = 0; region < count; region++) {
        look_at(study, q, region);
        uint32_t sure = 0;
        while (sure < study->grades->count && grade_holds(study, sure) != CAN_HOLD)
            sure++;
        const bool possible = region_possible(quantity, region, false);
        line.can[region] = possible ? (int)best_in(study, 0) : -1;
        line.sure[region] = possible ? (int)sure : -1;
    }
    return line;
}

/* The best grade on one side of a region: of all regions there, or (`next`) of the nearest. -1 = there is none. */
static int best_beside(const int *best, int count, int region, int side, bool next) {
    int out = -1;
    for (int r = region + side; r >= 0 && r < count && !(next && out >= 0); r += side)
        if (best[r] >= 0 && (out < 0 || best[r] < out))
            out = best[r];
    return out;
}

/* On which side of a quantity the better units are: 1 = above, -1 = below, 0 = who knows. */
static int better_side(const struct quantity *quantity) {
    const struct tree *tree = quantity->term[0].tree;
    if (quantity->term_count != 1)
        return 0;
    if (tree->kind == TREE_CALL)
        return tree->function == FN_NODE || tree->function == FN_PREV_SCORE ? 1
               : tree->function == FN_PREV_RANK                             ? -1
                                                                            : 0;
    if (tree->kind != TREE_PLACE)
        return 0;
    switch (tree->name) {
    case RULE_SCORE:
    case RULE_BASE:
    case RULE_PREV_SCORE:
        return 1;
    case RULE_RANK:
    case RULE_PREV_RANK:
        return -1;
    default:
        return 0;
    }
}

/* Nothing is given here, though elsewhere it is; or something worse than to both lower and higher values. Better units may
 * need more than this quantity for their better grade; what the others get, they must get for certain. */
static bool is_gap(const struct study *study, const struct line *line, int better, int region) {
    const int none = (int)study->grades->count;
    if (line->can[region] == none) {
        const int before = best_beside(line->can, line->count, region, -1, false),
                  behind = best_beside(line->can, line->count, region, 1, false);
        return (before >= 0 && before < none) || (behind >= 0 && behind < none);
    }
    const int before =
        best_beside(better < 0 ? line->can : line->sure, line->count, region, -1, false);
    const int behind =
        best_beside(better > 0 ? line->can : line->sure, line->count, region, 1, false);
    return before >= 0 && behind >= 0 && before < line->can[region] && behind < line->can[region];
}

static void report_gap(struct study *study, const struct stretch *gap, const int *best, int count) {
    const bool real = gap->inside >= 0;
    const int before = best_beside(best, count, gap->first, -1, true),
              behind = best_beside(best, count, gap->last, 1, true);
    const int none = (int)study->grades->count, got = best[gap->first];
    int change = before > behind ? before : behind; /* the worse one beside it */
    if (change == none || change < 0)
        change = before < behind ? before : behind;
    if (change < 0 || change == none)
        change = none - 1;
    lint_report(study->lint, real ? BATON_LINT_GRADE_GAP : BATON_LINT_GRADE_GAP_NARROW,
                where_of(study, (uint32_t)change), NULL, stretch_written(study, gap),
                example_of(study, gap), study->grades->item[change].id,
                got == none ? NULL : study->grades->item[got].id);
}

/* Reports the gaps of one quantity; true = there is one that figures can fall into. */
static bool report_gaps(struct study *study, size_t q) {
    const struct quantity *quantity = &study->regions.quantity[q];
    const int count = region_count(quantity);
    const struct line line = line_of(study, q);
    const int *best = line.can;
    bool any = false;
    for (int region = 0; region < count; region++) {
        if (best[region] < 0 || !is_gap(study, &line, better_side(quantity), region))
            continue;
        struct stretch gap = {q, region, region, -1};
        for (; region < count && (best[region] < 0 || best[region] == best[gap.first]); region++) {
            gap.last = best[region] < 0 ? gap.last : region;
            if (gap.inside < 0 && best[region] >= 0 && region_possible(quantity, region, true))
                gap.inside = region;
        }
        region = gap.last;
        if (gap.inside < 0 && quantity->step >= 1)
            continue; /* ranks and counts have nothing between whole numbers */
        report_gap(study, &gap, best, count);
        any |= gap.inside >= 0;
    }
    return any;
}

/* Splits the quantities that have no name in common, as far as the boxes are few enough. */
static uint32_t split_free(struct study *study) {
    size_t boxes = 1;
    uint32_t count = 0;
    for (size_t q = 0; q < study->regions.count; q++) {
        const struct quantity *quantity = &study->regions.quantity[q];
        bool is_free =
            !quantity->is_text && (size_t)region_count(quantity) <= LINT_BOXES_MAX / boxes;
        for (size_t other = 0; other < q && is_free; other++)
            is_free = !study->split[other] || !regions_related(&study->regions, q, other);
        study->split[q] = is_free;
        boxes *= is_free ? (size_t)region_count(quantity) : 1;
        count += is_free;
    }
    return count;
}

/* Whether nothing is given in any box from `low` to `high`. */
static bool all_gaps(struct study *study, const int *low, const int *high) {
    for (size_t q = 0; q < study->regions.count; q++)
        study->at[q] = study->split[q] ? low[q] : REGION_UNKNOWN;
    for (;;) {
        if (best_in(study, 0) < study->grades->count)
            return false;
        size_t q = 0;
        for (; q < study->regions.count; q++) {
            if (!study->split[q])
                continue;
            if (study->at[q] < high[q]) {
                study->at[q]++;
                break;
            }
            study->at[q] = low[q];
        }
        if (q == study->regions.count)
            return true;
    }
}

/* The box that study->at is in, made as wide as it can be, and in words. */
static void joint_gap_written(struct study *study, const char **words, const char **example) {
    struct baton_arena *arena = study->lint->arena;
    const size_t count = study->regions.count;
    int *low = arena_alloc(arena, count, sizeof(*low)),
        *high = arena_alloc(arena, count, sizeof(*high)),
        *inside = arena_alloc(arena, count, sizeof(*inside));
    for (size_t q = 0; q < count; q++)
        low[q] = high[q] = inside[q] = study->at[q];
    for (size_t q = 0; q < count; q++) {
        const int last = region_count(&study->regions.quantity[q]) - 1;
        if (!study->split[q])
            continue;
        for (; high[q] < last; high[q]++) {
            high[q]++;
            const bool wider = all_gaps(study, low, high);
            high[q]--;
            if (!wider)
                break;
        }
    }
    *words = *example = NULL;
    for (size_t q = 0; q < count; q++) {
        const struct quantity *quantity = &study->regions.quantity[q];
        const struct stretch stretch = {q, low[q], high[q], inside[q]};
        if (!study->split[q])
            continue;
        const char *value = example_of(study, &stretch);
        *example = *example == NULL ? value : arena_printf(arena, "%s, %s", *example, value);
        if (low[q] == 0 && high[q] == region_count(quantity) - 1)
            continue; /* wherever it is */
        const char *own = stretch_written(study, &stretch);
        *words = *words == NULL ? own : arena_printf(arena, "%s, %s", *words, own);
    }
}

/* A gap that shows only where several quantities are looked at together: the first one, which says enough. */
static void report_joint_gap(struct study *study) {
    if (split_free(study) < 2)
        return;
    bool any = false, gap = false;
    for (bool more = regions_first(&study->regions, study->split, false, study->at); more && !any;
         more = regions_next(&study->regions, study->split, false, study->at))
        any = best_in(study, 0) < study->grades->count;
    for (bool more = any && regions_first(&study->regions, study->split, false, study->at);
         more && !gap; more = !gap && regions_next(&study->regions, study->split, false, study->at))
        gap = best_in(study, 0) == study->grades->count;
    if (!gap)
        return;
    const char *words, *example;
    joint_gap_written(study, &words, &example);
    const uint32_t last = study->grades->count - 1;
    lint_report(study->lint, BATON_LINT_GRADE_GAP, where_of(study, last), NULL, words, example,
                study->grades->item[last].id, NULL);
}

static void find_gaps(struct study *study) {
    bool any = false;
    bool conditional = true;
    for (uint32_t i = 0; i < study->grades->count; i++)
        conditional = conditional && study->when[i] != NULL;
    for (size_t q = 0; q < study->regions.count && !any; q++)
        any = !study->regions.quantity[q].is_text && report_gaps(study, q);
    if (!any && conditional)
        report_joint_gap(study);
}

/* ---- Overlaps. */

struct pair {
    uint32_t better, worse;
};

static bool both_hold(struct study *study, const void *context) {
    const struct pair *pair = context;
    return grade_holds(study, pair->better) == CAN_HOLD &&
           grade_holds(study, pair->worse) == CAN_HOLD;
}

/* Whether a grade says on both sides where a quantity must be, so that its author had a range in mind. */
static bool states_range(struct study *study, uint32_t grade, size_t q) {
    const struct quantity *quantity = &study->regions.quantity[q];
    bool before = false, can = false, behind = false;
    for (int region = 0; region < region_count(quantity); region++) {
        if (!region_possible(quantity, region, false))
            continue;
        look_at(study, q, region);
        const bool here = (grade_holds(study, grade) & CAN_HOLD) != 0;
        before |= !here && !can;
        behind |= !here && can;
        can |= here;
    }
    return before && can && behind;
}

static bool report_overlap(struct study *study, struct pair pair) {
    for (size_t q = 0; q < study->regions.count; q++) {
        struct stretch run;
        int next = 0;
        if (study->regions.quantity[q].is_text || !states_range(study, pair.worse, q) ||
            !find_stretch(study, q, &next, both_hold, &pair, &run) || run.inside < 0)
            continue;
        lint_report(study->lint, BATON_LINT_GRADE_OVERLAP, where_of(study, pair.worse), NULL,
                    study->grades->item[pair.worse].id, study->grades->item[pair.better].id,
                    stretch_written(study, &run), NULL);
        return true;
    }
    return false;
}

/* A better grade with a quota hands down those that it refuses: there the overlap is of use. */
static void find_overlaps(struct study *study, const bool *never) {
    for (uint32_t worse = 1; worse < study->grades->count; worse++)
        for (uint32_t better = worse; better-- > 0 && study->when[worse] != NULL && !never[worse];)
            if (study->when[better] != NULL && isnan(study->grades->item[better].quota) &&
                report_overlap(study, (struct pair){better, worse}))
                break;
}

/* ---- Grades that nobody can get. */

/* Whether some better grade is given to everyone in the box; no veto may take it away, no quota use it up. */
static uint32_t taken_by(const struct study *study, uint32_t grade) {
    for (uint32_t better = study->most; better < grade; better++)
        if (isnan(study->grades->item[better].quota) && grade_holds(study, better) == CAN_HOLD)
            return better;
    return BATON_NONE;
}

/* What the quantities of a condition can be at all. */
static const char *ranges_written(struct study *study, const struct rule *when) {
    struct regions own = lint_regions(study->lint, &study->from);
    regions_add(&own, when->tree);
    regions_close(&own);
    return regions_ranges(&own);
}

static bool is_unreachable(struct study *study, uint32_t grade) {
    uint32_t taker = BATON_NONE;
    bool can = false;
    regions_choose(&study->regions, LINT_BOXES_MAX, study->split);
    for (bool more = regions_first(&study->regions, study->split, true, study->at); more;
         more = regions_next(&study->regions, study->split, true, study->at)) {
        if ((grade_holds(study, grade) & CAN_HOLD) == 0)
            continue;
        can = true;
        const uint32_t by = taken_by(study, grade);
        if (by == BATON_NONE)
            return false;
        taker = taker == BATON_NONE || by > taker ? by : taker;
    }
    if (can && study->when[taker] == NULL)
        return true; /* told when the package was read */
    lint_report(study->lint, BATON_LINT_GRADE_NEVER, where_of(study, grade), NULL,
                study->grades->item[grade].id, can ? study->grades->item[taker].id : NULL,
                can ? NULL : ranges_written(study, study->when[grade]), NULL);
    return true;
}

/* ---- Those that are refused a grade. */

struct refusal {
    uint32_t from,
        next;       /* refused `from`, and all before `next`; given what can be had from there on */
    uint32_t usual; /* what those get who were not good enough for `from`, at best */
};

static bool is_refused(struct study *study, const void *context) {
    const struct refusal *refusal = context;
    return (grade_holds(study, refusal->from) & CAN_HOLD) != 0 &&
           best_in(study, refusal->next) > refusal->usual;
}

/* The best that those can get for whom `from` cannot hold; count where there are none. */
static uint32_t usual_grade(struct study *study, size_t q, const struct refusal *refusal) {
    const struct quantity *quantity = &study->regions.quantity[q];
    uint32_t out = study->grades->count;
    for (int region = 0; region < region_count(quantity); region++) {
        if (!region_possible(quantity, region, true))
            continue;
        look_at(study, q, region);
        const uint32_t best = best_in(study, refusal->next);
        if ((grade_holds(study, refusal->from) & CAN_HOLD) == 0 && best < out)
            out = best;
    }
    return out;
}

/* `quota`: the grade that refuses by its quota; else a veto or gate does. */
static void report_refusal(struct study *study, struct refusal refusal, bool quota) {
    for (size_t q = 0; q < study->regions.count; q++) {
        struct stretch run;
        int next = 0;
        if (study->regions.quantity[q].is_text)
            continue;
        refusal.usual = usual_grade(study, q, &refusal);
        if (!find_stretch(study, q, &next, is_refused, &refusal, &run) || run.inside < 0)
            continue;
        look_at(study, q, run.inside);
        const uint32_t got = best_in(study, refusal.next);
        lint_report(study->lint, BATON_LINT_GRADE_REFUSED, where_of(study, refusal.usual), NULL,
                    study->grades->item[refusal.usual].id, stretch_written(study, &run),
                    quota ? study->grades->item[refusal.from].id : NULL,
                    got < study->grades->count ? study->grades->item[got].id : NULL);
        return;
    }
}

static void find_refusals(struct study *study) {
    for (uint32_t i = 0; i + 1 < study->grades->count; i++)
        if (!isnan(study->grades->item[i].quota))
            report_refusal(study, (struct refusal){i, i + 1, 0}, true);
    if (study->most > 0)
        report_refusal(study, (struct refusal){study->most - 1, study->most, 0}, false);
}

/* ---- A list of grades. */

static uint32_t worst_allowed(const struct baton_scheme *scheme,
                              const struct baton_grades *grades) {
    uint32_t out = 0;
    for (uint32_t e = 0; e < scheme->effect_count; e++)
        for (uint32_t i = 0; i < grades->count; i++)
            if (grades->item[i].code == scheme->effect[e].grade_at_most && i > out)
                out = i;
    return out;
}

void lint_grades(struct lint *lint, struct reach *reach) {
    const struct baton_scheme *scheme = lint->scheme;
    for (uint32_t k = 0; k < scheme->grades_count; k++) {
        const struct baton_grades *grades = &scheme->grades[k];
        if (grades->count == 0 || !span_any(reach_total(reach, k)))
            continue;
        struct study study = {.lint = lint,
                              .grades = grades,
                              .when = lint->session->grade_when[k],
                              .from = {reach, RULE_GRADE, k, BATON_NONE, NULL},
                              .most = worst_allowed(scheme, grades)};
        study.regions = lint_regions(lint, &study.from);
        for (uint32_t i = 0; i < grades->count; i++)
            if (study.when[i] != NULL)
                regions_add(&study.regions, study.when[i]->tree);
        regions_close(&study.regions);
        study.at = arena_alloc(lint->arena, study.regions.count, sizeof(*study.at));
        study.split = arena_alloc(lint->arena, study.regions.count, sizeof(*study.split));
        bool *never = arena_alloc(lint->arena, grades->count, sizeof(*never));
        for (uint32_t i = 0; i < grades->count; i++)
            never[i] = study.when[i] != NULL && is_unreachable(&study, i);
        find_gaps(&study);
        find_overlaps(&study, never);
        find_refusals(&study);
    }
}
