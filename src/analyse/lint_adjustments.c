/* Lint: bonuses that can outweigh the core, caps of items that nothing reaches, items that never count. */
#include "analyse/lint_reach.h"
#include <math.h>

/* More than this share of the total, all bonuses together, is more than what they are for. Regulations that name a limit keep
 * to 5 or 10 of a hundred points; twice that is taken as the most that an office can have meant. */
static const double bonus_share_most = 0.2;

static const char *key_of(struct lint *lint, struct baton_where at, const char *key) {
    return at.field == NULL ? key : arena_printf(lint->arena, "%s.%s", at.field, key);
}

/* An award of points to nobody: rows are collected in vain. */
static bool never_counts(struct lint *lint, struct reach *reach, uint32_t index) {
    struct standpoint from = {reach, RULE_ADJUST, BATON_NONE, BATON_NONE, NULL};
    const struct rule *when = lint->session->item_when[index];
    return when != NULL && !lint_can_hold(lint, &from, when);
}

/* Whether a bonus or deduction is 0 points whatever its rows say, by its points or by its cap; one that may take back what others
 * give is none. */
static bool is_worth_nothing(const struct reach *reach, uint32_t index) {
    const struct baton_item *item = &reach->session->scheme->item[index];
    bool negative = reach->item[index].lo < 0 || item->points < 0;
    for (uint32_t i = 0; i < item->level_count; i++)
        negative |= item->level[i].points < 0;
    return item->kind != BATON_VETO && !negative && reach->item[index].hi == 0;
}

static void look_at_item(struct lint *lint, struct reach *reach, const bool *counted,
                         uint32_t index) {
    const struct baton_item *item = &lint->scheme->item[index];
    if (never_counts(lint, reach, index)) {
        lint_report(lint, BATON_LINT_ITEM_NEVER, item->when.at, NULL, item->id, NULL, NULL, NULL);
        return;
    }
    const double most = reach->uncapped[index].hi;
    if (is_worth_nothing(reach, index)) {
        const char *key = most > 0 ? "cap" : item->level_count > 0 ? "levels" : "points";
        if (!counted[index])
            lint_report(lint, BATON_LINT_ITEM_WORTHLESS, item->at, key_of(lint, item->at, key),
                        item->id, most > 0 ? "" : NULL, NULL, NULL);
        return;
    }
    if (item->kind != BATON_VETO && baton_number_compare12(item->cap, most) > 0)
        lint_report(lint, BATON_LINT_ITEM_CAP_NEVER, item->at, key_of(lint, item->at, "cap"),
                    item->id, lint_number(lint, item->cap), lint_number(lint, most), NULL);
}

/* What the items of a kind come to without the cap of the kind. */
struct kind_sum {
    double most;
    bool worthless; /* some give nothing at all; what they were to give is not known */
    bool counts;    /* some matter whatever the cap is: they take back, or their rows are counted */
};

static struct kind_sum sum_up(const struct reach *reach, const bool *counted,
                              enum baton_item_kind kind) {
    const struct baton_scheme *scheme = reach->session->scheme;
    struct kind_sum out = {0};
    for (uint32_t i = 0; i < scheme->item_count; i++)
        if (scheme->item[i].kind == kind) {
            const double own = scheme->item[i].cap, hi = reach->item[i].hi;
            out.most += own > hi ? own : hi > 0 ? hi : 0; /* a cap not reached was told of */
            out.worthless |= is_worth_nothing(reach, i);
            out.counts |= counted[i] || reach->item[i].lo < 0;
        }
    return out;
}

/* Against the cap of its kind, which lies above what all items give, or lets nothing count. */
static void look_at_kind(struct lint *lint, const struct reach *reach, const bool *counted,
                         enum baton_item_kind kind, double cap) {
    const struct baton_scheme *scheme = lint->scheme;
    const struct kind_sum sum = sum_up(reach, counted, kind);
    const bool deducts = kind == BATON_DEDUCTION;
    if (isnan(cap) || sum.worthless)
        return;
    if (cap == 0 && sum.most > 0 && !sum.counts)
        lint_report(lint, BATON_LINT_ITEM_WORTHLESS, scheme->cap_at,
                    key_of(lint, scheme->cap_at, deducts ? "deduction" : "bonus"), NULL, "",
                    deducts ? "" : NULL, deducts ? NULL : "");
    if (baton_number_compare12(cap, sum.most) <= 0)
        return;
    lint_report(lint, BATON_LINT_KIND_CAP_NEVER, scheme->cap_at,
                key_of(lint, scheme->cap_at, deducts ? "deduction" : "bonus"),
                lint_number(lint, cap), lint_number(lint, sum.most), deducts ? "deduction" : NULL,
                NULL);
}

static double smallest_total(const struct baton_scheme *scheme) {
    double out = INFINITY;
    for (uint32_t g = 0; g < scheme->group_count; g++)
        out = scheme->group[g].total < out ? scheme->group[g].total : out;
    return out;
}

/* The item that gives most, for want of a cap to point at. */
static struct baton_where largest_bonus(const struct lint *lint, const struct reach *reach) {
    const struct baton_scheme *scheme = lint->scheme;
    uint32_t out = BATON_NONE;
    for (uint32_t i = 0; i < scheme->item_count; i++)
        if (scheme->item[i].kind == BATON_BONUS &&
            (out == BATON_NONE || reach->item[i].hi > reach->item[out].hi))
            out = i;
    return scheme->item[out].at;
}

static void look_at_bonuses(struct lint *lint, const struct reach *reach) {
    const struct baton_scheme *scheme = lint->scheme;
    const double total = smallest_total(scheme);
    for (uint32_t i = 0; i < scheme->item_count && isnan(scheme->cap_bonus); i++)
        if (scheme->item[i].kind == BATON_BONUS && isinf(reach->item[i].hi))
            lint_report(lint, BATON_LINT_BONUS_UNLIMITED, scheme->item[i].at, NULL,
                        scheme->item[i].id, lint_number(lint, total), NULL, NULL);
    const double share = reach->bonus.hi / total;
    if (isinf(reach->bonus.hi) || baton_number_compare12(share, bonus_share_most) <= 0)
        return;
    const bool capped = !isnan(scheme->cap_bonus) && reach->bonus.hi == scheme->cap_bonus;
    lint_report(lint, BATON_LINT_BONUS_LARGE, capped ? scheme->cap_at : largest_bonus(lint, reach),
                capped ? key_of(lint, scheme->cap_at, "bonus") : NULL,
                lint_number(lint, reach->bonus.hi), lint_number(lint, total),
                lint_number(lint, baton_number_round(100 * share, 1, BATON_ROUND_HALF_AWAY)), NULL);
}

/* One note for all of them: it is common, and sometimes meant. Totals that have a lower bound are safe. */
static void look_at_deductions(struct lint *lint, const struct reach *reach) {
    const struct baton_scheme *scheme = lint->scheme;
    bool bound = scheme->group_count > 0;
    for (uint32_t g = 0; g < scheme->group_count; g++)
        bound = bound && !isnan(scheme->group[g].bound_lo);
    uint32_t first = BATON_NONE, count = 0;
    for (uint32_t i = 0; i < scheme->item_count && isnan(scheme->cap_deduction) && !bound; i++)
        if (scheme->item[i].kind == BATON_DEDUCTION && isinf(reach->item[i].hi)) {
            first = first == BATON_NONE ? i : first;
            count++;
        }
    if (count > 0)
        lint_report(lint, BATON_LINT_DEDUCTION_UNLIMITED, scheme->item[first].at, NULL,
                    scheme->item[first].id, count > 1 ? lint_number(lint, count - 1) : NULL, NULL,
                    NULL);
}

void lint_adjustments(struct lint *lint, struct reach *reach) {
    const bool *counted = lint_counted(lint);
    for (uint32_t i = 0; i < lint->scheme->item_count; i++)
        look_at_item(lint, reach, counted, i);
    look_at_kind(lint, reach, counted, BATON_BONUS, lint->scheme->cap_bonus);
    look_at_kind(lint, reach, counted, BATON_DEDUCTION, lint->scheme->cap_deduction);
    look_at_bonuses(lint, reach);
    look_at_deductions(lint, reach);
}
