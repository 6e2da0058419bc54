/* Lint: overlaps of grades, grades that nobody can get, and those that are refused one and get less than worse units.
 *
 * The conditions of a list of grades are tried region by region; a claim about one quantity is made with all others unknown. */
#include "analyse/lint_study.h"
#include <math.h>

/* ---- Overlaps. */

struct pair {
    uint32_t better, worse;
};

static bool both_hold(struct study *study, const void *context) {
    const struct pair *pair = context;
    return study_holds(study, pair->better) == CAN_HOLD &&
           study_holds(study, pair->worse) == CAN_HOLD;
}

/* Whether a grade says on both sides where a quantity must be, so that its author had a range in mind. */
static bool states_range(struct study *study, uint32_t grade, size_t q) {
    const struct quantity *quantity = &study->regions.quantity[q];
    bool before = false, can = false, behind = false;
    for (int region = 0; region < region_count(quantity); region++) {
        if (!region_possible(quantity, region, true))
            continue;
        study_look_at(study, q, region);
        const bool here = (study_holds(study, grade) & CAN_HOLD) != 0;
        before |= !here && !can;
        behind |= !here && can;
        can |= here;
    }
    return before && can && behind;
}

static bool report_overlap(struct study *study, struct pair pair) {
    for (size_t q = 0; q < study->regions.count; q++) {
        struct stretch run;
        if (study->regions.quantity[q].is_text || !states_range(study, pair.worse, q) ||
            !study_find(study, q, both_hold, &pair, &run))
            continue;
        lint_report(study->lint, BATON_LINT_GRADE_OVERLAP, study_where(study, pair.worse), NULL,
                    study->grades->item[pair.worse].id, study->grades->item[pair.better].id,
                    study_words(study, &run), NULL);
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
        if (isnan(study->grades->item[better].quota) && study_holds(study, better) == CAN_HOLD)
            return better;
    return BATON_NONE;
}

/* What the quantities of a condition can be at all. */
static const char *ranges_written(struct lint *lint, struct standpoint *from,
                                  const struct rule *when) {
    struct regions own = lint_regions(lint, from);
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
        if ((study_holds(study, grade) & CAN_HOLD) == 0)
            continue;
        can = true;
        const uint32_t by = taken_by(study, grade);
        if (by == BATON_NONE)
            return false;
        taker = taker == BATON_NONE || by > taker ? by : taker;
    }
    if (can && study->when[taker] == NULL)
        return true; /* told when the package was read */
    lint_report(study->lint, BATON_LINT_GRADE_NEVER, study_where(study, grade), NULL,
                study->grades->item[grade].id, can ? study->grades->item[taker].id : NULL,
                can ? NULL : ranges_written(study->lint, &study->from, study->when[grade]), NULL);
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
    return (study_holds(study, refusal->from) & CAN_HOLD) != 0 &&
           study_best(study, refusal->next) > refusal->usual;
}

/* The best that those can get for whom `from` cannot hold; count where there are none. */
static uint32_t usual_grade(struct study *study, size_t q, const struct refusal *refusal) {
    const struct quantity *quantity = &study->regions.quantity[q];
    uint32_t out = study->grades->count;
    for (int region = 0; region < region_count(quantity); region++) {
        if (!region_possible(quantity, region, true))
            continue;
        study_look_at(study, q, region);
        const uint32_t best = study_best(study, refusal->next);
        if ((study_holds(study, refusal->from) & CAN_HOLD) == 0 && best < out)
            out = best;
    }
    return out;
}

/* `quota`: the grade that refuses by its quota; else a veto or gate does. */
static void report_refusal(struct study *study, struct refusal refusal, bool quota) {
    for (size_t q = 0; q < study->regions.count; q++) {
        struct stretch run;
        if (study->regions.quantity[q].is_text)
            continue;
        refusal.usual = usual_grade(study, q, &refusal);
        if (!study_find(study, q, is_refused, &refusal, &run))
            continue;
        study_look_at(study, q, run.inside);
        const uint32_t got = study_best(study, refusal.next);
        lint_report(study->lint, BATON_LINT_GRADE_REFUSED, study_where(study, refusal.usual), NULL,
                    study->grades->item[refusal.usual].id, study_words(study, &run),
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

/* ---- Groups that a list of grades was not made for. */

/* The best grade whose condition can hold in the group; count = none. Nothing better takes it from everyone. */
static uint32_t best_in_group(struct lint *lint, struct reach *reach, uint32_t group) {
    const uint32_t k = lint->scheme->group[group].grades;
    const struct rule **when = lint->session->grade_when[k];
    struct standpoint from = {reach, RULE_GRADE, k, group, NULL};
    uint32_t i = 0;
    while (i < lint->scheme->grades[k].count && when[i] != NULL &&
           !lint_can_hold(lint, &from, when[i]))
        i++;
    return i;
}

/* Groups that share the list, of which one can get a better grade than another. */
static void compare_groups(struct lint *lint, struct reach *reach, uint32_t k) {
    const struct baton_scheme *scheme = lint->scheme;
    const struct baton_grades *grades = &scheme->grades[k];
    uint32_t *best = arena_alloc(lint->arena, scheme->group_count, sizeof(*best)),
             usual = grades->count;
    for (uint32_t g = 0; g < scheme->group_count; g++) {
        if (scheme->group[g].grades != k || !span_any(reach->total[g]))
            continue;
        best[g] = best_in_group(lint, reach, g);
        usual = best[g] < usual ? best[g] : usual;
    }
    for (uint32_t g = 0; g < scheme->group_count; g++) {
        struct standpoint from = {reach, RULE_GRADE, k, g, NULL};
        if (scheme->group[g].grades != k || !span_any(reach->total[g]) || best[g] <= usual)
            continue;
        lint_report(lint, BATON_LINT_GRADE_OF_OTHERS, scheme->group[g].at, NULL,
                    scheme->group[g].id, grades->item[usual].id,
                    ranges_written(lint, &from, lint->session->grade_when[k][usual]),
                    best[g] < grades->count ? grades->item[best[g]].id : NULL);
    }
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
        bool any = false;
        for (uint32_t i = 0; i < grades->count; i++) {
            never[i] = study.when[i] != NULL && is_unreachable(&study, i);
            any |= !never[i];
        }
        if (any)
            lint_gaps(&study);
        find_overlaps(&study, never);
        find_refusals(&study);
        compare_groups(lint, reach, k);
    }
}
