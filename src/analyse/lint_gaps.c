/* Lint: gaps of grades. "90 and above excellent, 80 to 89 good" leaves 89.5 without a grade, or with a worse one.
 *
 * Each quantity is looked at along its line, all others unknown; where that shows nothing, several together, but only such as
 * have no name in common, so that each combination can come up. */
#include "analyse/lint_study.h"
#include <math.h>

/* What is given along the line of one quantity: in each region the best grade that can be, and the best of those that are for
 * certain; count = none. -1 = the quantity cannot be there. */
struct line {
    int count; /* of regions */
    int *can, *sure;
    bool *real; /* figures can be in the region, with the decimals that they have */
};

static struct line line_of(struct study *study, size_t q) {
    const struct quantity *quantity = &study->regions.quantity[q];
    const int count = region_count(quantity);
    const struct line line = {count, arena_alloc(study->lint->arena, (size_t)count, sizeof(int)),
                              arena_alloc(study->lint->arena, (size_t)count, sizeof(int)),
                              arena_alloc(study->lint->arena, (size_t)count, sizeof(bool))};
    for (int region = 0; region < count; region++) {
        study_look_at(study, q, region);
        uint32_t sure = 0;
        while (sure < study->grades->count && study_holds(study, sure) != CAN_HOLD)
            sure++;
        const bool possible = region_possible(quantity, region, false);
        line.can[region] = possible ? (int)study_best(study, 0) : -1;
        line.sure[region] = possible ? (int)sure : -1;
        line.real[region] = region_possible(quantity, region, true);
    }
    return line;
}

/* The best grade on one side of a region: of all regions there that figures can be in, or (`next`) of the nearest. -1 = there
 * is none. */
static int best_beside(const struct line *line, const int *best, int region, int side, bool next) {
    int out = -1;
    for (int r = region + side; r >= 0 && r < line->count && !(next && out >= 0); r += side)
        if (line->real[r] && (out < 0 || best[r] < out))
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
        const int before = best_beside(line, line->can, region, -1, false),
                  behind = best_beside(line, line->can, region, 1, false);
        return (before >= 0 && before < none) || (behind >= 0 && behind < none);
    }
    const int before = best_beside(line, better < 0 ? line->can : line->sure, region, -1, false);
    const int behind = best_beside(line, better > 0 ? line->can : line->sure, region, 1, false);
    return before >= 0 && behind >= 0 && before < line->can[region] && behind < line->can[region];
}

static void report_gap(struct study *study, const struct stretch *gap, const struct line *line) {
    const bool real = gap->inside >= 0;
    const int before = best_beside(line, line->can, gap->first, -1, true),
              behind = best_beside(line, line->can, gap->last, 1, true);
    const int none = (int)study->grades->count, got = line->can[gap->first];
    int change = before > behind ? before : behind; /* the worse one beside it */
    if (change == none || change < 0)
        change = before < behind ? before : behind;
    if (change < 0 || change == none)
        change = none - 1;
    lint_report(study->lint, real ? BATON_LINT_GRADE_GAP : BATON_LINT_GRADE_GAP_NARROW,
                study_where(study, (uint32_t)change), NULL, study_words(study, gap),
                study_example(study, gap), study->grades->item[change].id,
                got == none ? NULL : study->grades->item[got].id);
}

/* Reports the gaps of one quantity; true = there is one in which units have no grade. */
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
        if (gap.inside < 0 && quantity->step >= 1 && better_side(quantity) <= 0)
            continue; /* ranks and counts never have decimals; scores may be given some */
        report_gap(study, &gap, &line);
        any |= gap.inside >= 0 && best[gap.first] == (int)study->grades->count;
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
        if (study_best(study, 0) < study->grades->count)
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
        const char *value = study_example(study, &stretch);
        *example = *example == NULL ? value : arena_printf(arena, "%s, %s", *example, value);
        if (low[q] == 0 && high[q] == region_count(quantity) - 1)
            continue; /* wherever it is */
        const char *own = study_words(study, &stretch);
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
        any = study_best(study, 0) < study->grades->count;
    for (bool more = any && regions_first(&study->regions, study->split, false, study->at);
         more && !gap; more = !gap && regions_next(&study->regions, study->split, false, study->at))
        gap = study_best(study, 0) == study->grades->count;
    if (!gap)
        return;
    const char *words, *example;
    joint_gap_written(study, &words, &example);
    const uint32_t last = study->grades->count - 1;
    lint_report(study->lint, BATON_LINT_GRADE_GAP, study_where(study, last), NULL, words, example,
                study->grades->item[last].id, NULL);
}

void lint_gaps(struct study *study) {
    bool any = false;
    bool conditional = true;
    for (uint32_t i = 0; i < study->grades->count; i++)
        conditional = conditional && study->when[i] != NULL;
    for (size_t q = 0; q < study->regions.count && !any; q++)
        any = !study->regions.quantity[q].is_text && report_gaps(study, q);
    if (!any && conditional)
        report_joint_gap(study);
}
