/* Lint: quotas of grades (等次比例) against the size of the groups that have them: a share of less than one unit, a quota that
 * limits nobody, quotas that leave units without a grade or add up to more than the group. */
#include "analyse/lint.h"
#include "engine/session.h"
#include <math.h>

static bool has_quota(const struct baton_grade *grade) {
    return !isnan(grade->quota);
}

/* As it is written: 30%, or a number. */
static const char *quota_text(struct lint *lint, const struct baton_grade *grade) {
    return grade->quota_is_share
               ? arena_printf(lint->arena, "%s%%",
                              lint_number(lint, baton_number_sig12(100 * grade->quota)))
               : lint_number(lint, grade->quota);
}

/* The first group with these grades, besides those of one unit, in which the quota is as `is` says; BATON_NONE = none. */
static uint32_t find_group(const struct lint *lint, uint32_t grades,
                           const struct baton_grade *grade,
                           bool (*is)(const struct baton_grade *grade, uint32_t size)) {
    for (uint32_t g = 0; g < lint->scheme->group_count; g++) {
        const uint32_t size = lint->session->group_size[g];
        if (lint->scheme->group[g].grades == grades && size > 1 && is(grade, size))
            return g;
    }
    return BATON_NONE;
}

static bool is_below_one(const struct baton_grade *grade, uint32_t size) {
    return grade->quota_is_share && baton_number_compare12(grade->quota * size, 1) < 0;
}

static bool limits_nobody(const struct baton_grade *grade, uint32_t size) {
    return grade_quota(grade, size) >= size;
}

static void look_at_quota(struct lint *lint, uint32_t grades, const struct baton_grade *grade) {
    if (!grade->quota_is_share && !(grade->quota > 0)) {
        lint_report(lint, BATON_LINT_QUOTA_NONE, grade->at, "quota", grade->id, NULL, NULL, NULL);
        return;
    }
    uint32_t group = find_group(lint, grades, grade, is_below_one);
    if (group != BATON_NONE) {
        const uint32_t size = lint->session->group_size[group];
        lint_report(lint, BATON_LINT_QUOTA_BELOW_ONE, grade->at, "quota", quota_text(lint, grade),
                    lint_number(lint, size),
                    lint_number(lint, baton_number_sig12(grade->quota * size)),
                    lint->scheme->group[group].id);
        return;
    }
    group = find_group(lint, grades, grade, limits_nobody);
    if (group != BATON_NONE)
        lint_report(lint, BATON_LINT_QUOTA_IDLE, grade->at, "quota", quota_text(lint, grade),
                    lint_number(lint, lint->session->group_size[group]), grade->id,
                    lint->scheme->group[group].id);
}

/* What the quotas of grades that all have one let in of a group of that size. */
static double places(const struct baton_grades *grades, uint32_t size) {
    double sum = 0;
    for (uint32_t i = 0; i < grades->count; i++)
        sum += grade_quota(&grades->item[i], size);
    return sum;
}

/* Shares of more than the whole, whatever the group; 0 where one is a number. */
static double share_sum(const struct baton_grades *grades) {
    double sum = 0;
    for (uint32_t i = 0; i < grades->count; i++) {
        if (!grades->item[i].quota_is_share)
            return 0;
        sum += grades->item[i].quota;
    }
    return sum;
}

/* Who finds no place in the last grade has none at all. */
static void look_at_all(struct lint *lint, uint32_t index) {
    const struct baton_grades *grades = &lint->scheme->grades[index];
    const struct baton_grade *last = &grades->item[grades->count - 1];
    bool every = true;
    for (uint32_t i = 0; i < grades->count; i++)
        every = every && has_quota(&grades->item[i]);
    const double share = every ? baton_number_sig12(100 * share_sum(grades)) : 0;
    if (share > 100) {
        lint_report(lint, BATON_LINT_QUOTAS_EXCESS, last->at, "quota", grades->id,
                    lint_number(lint, share), NULL, NULL);
        return;
    }
    for (uint32_t g = 0; g < lint->scheme->group_count; g++) {
        const uint32_t size = lint->session->group_size[g];
        if (lint->scheme->group[g].grades != index || size < 2)
            continue;
        const double have = every ? places(grades, size) : grade_quota(last, size);
        if (have < size) {
            lint_report(lint, BATON_LINT_QUOTAS_SHORT, last->at, "quota", lint->scheme->group[g].id,
                        lint_number(lint, size), lint_number(lint, have), every ? "" : NULL);
            return;
        }
    }
}

void lint_quotas(struct lint *lint) {
    for (uint32_t i = 0; i < lint->scheme->grades_count; i++) {
        const struct baton_grades *grades = &lint->scheme->grades[i];
        for (uint32_t k = 0; k < grades->count; k++)
            if (has_quota(&grades->item[k]))
                look_at_quota(lint, i, &grades->item[k]);
        if (grades->count > 1 && has_quota(&grades->item[grades->count - 1]))
            look_at_all(lint, i);
    }
}
