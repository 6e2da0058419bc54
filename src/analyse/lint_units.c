/* Lint: who is compared with whom. A unit that was left out of the groups; a group of one, whose ranks say nothing; an
 * indicator scored by comparison where only one unit of a group is compared. */
#include "analyse/lint.h"
#include "base/hash.h"
#include "engine/rule_tree.h"
#include "engine/session.h"
#include <math.h>
#include <string.h>

/* ---- Units without a group. */

/* Units that something else says of why they have no group: they have parts, or came to be or went by a succession. */
static void mark_explained(const struct baton_scheme *scheme, uint8_t *parent, uint8_t *gone) {
    for (uint32_t u = 0; u < scheme->unit_count; u++)
        if (scheme->unit[u].parent != BATON_NONE)
            parent[scheme->unit[u].parent] = 1;
    for (uint32_t i = 0; i < scheme->succession_count; i++) {
        gone[scheme->succession[i].from] = 1;
        gone[scheme->succession[i].to] = 1;
    }
}

/* carries[u]: whether there is any figure of the unit, of the ones that have no group. */
static void mark_carrying(const struct lint *lint, uint8_t *carries) {
    const struct baton_scheme *scheme = lint->scheme;
    const struct baton_facts *facts = lint->session->facts;
    uint32_t left = scheme->unit_count - scheme->ranked_count;
    for (uint32_t e = 0; e < lint->session->reported && left > 0; e++) {
        const struct baton_period first =
            facts->element_first != NULL ? facts->element_first[e] : facts->first;
        const struct baton_period last =
            facts->element_last != NULL ? facts->element_last[e] : facts->last;
        const enum baton_period_kind kind = scheme->element[e].frequency;
        if (kind == BATON_PERIOD_NONE || first.kind == BATON_PERIOD_NONE)
            continue;
        struct baton_period at = baton_period_of_day(kind, baton_period_first_day(first));
        for (; left > 0 && at.kind != BATON_PERIOD_NONE && baton_period_compare(at, last) <= 0;
             at = baton_period_shift(at, 1)) {
            struct baton_column column;
            if (!facts->column(facts->context, e, at, &column))
                continue;
            for (uint32_t u = scheme->ranked_count; u < scheme->unit_count; u++)
                if (!carries[u] && !isnan(column.value[u])) {
                    carries[u] = 1;
                    left--;
                }
        }
    }
}

/* Of each kind of ranked units the group of one of them. */
static struct hash groups_of_kinds(const struct lint *lint) {
    const struct baton_scheme *scheme = lint->scheme;
    struct hash kinds = {0};
    for (uint32_t u = 0; u < scheme->ranked_count; u++)
        if (scheme->unit[u].kind != NULL)
            hash_add(lint->arena, &kinds, scheme->unit[u].kind, strlen(scheme->unit[u].kind),
                     scheme->unit[u].group);
    return kinds;
}

static void look_at_ungrouped(struct lint *lint) {
    const struct baton_scheme *scheme = lint->scheme;
    uint8_t *parent = arena_alloc(lint->arena, scheme->unit_count + 1, 1);
    uint8_t *gone = arena_alloc(lint->arena, scheme->unit_count + 1, 1);
    uint8_t *carries = arena_alloc(lint->arena, scheme->unit_count + 1, 1);
    const struct hash kinds = groups_of_kinds(lint);
    mark_explained(scheme, parent, gone);
    mark_carrying(lint, carries);
    for (uint32_t u = scheme->ranked_count; u < scheme->unit_count; u++) {
        const struct baton_unit *unit = &scheme->unit[u];
        const bool left = unit->left.kind != BATON_PERIOD_NONE;
        const uint32_t group = gone[u] || left || unit->kind == NULL
                                   ? HASH_NONE
                                   : hash_find(&kinds, unit->kind, strlen(unit->kind));
        if (group != HASH_NONE)
            lint_report(lint, BATON_LINT_UNIT_UNGROUPED, unit->at, "group", unit->id, unit->kind,
                        scheme->group[group].id, NULL);
        else if (!carries[u] && !parent[u] && !gone[u] &&
                 lint->session->facts->first.kind != BATON_PERIOD_NONE)
            lint_report(lint, BATON_LINT_UNIT_IDLE, unit->at, "group", unit->id, NULL, NULL, NULL);
    }
}

/* ---- Cohorts of one. */

static bool compares(const struct leaf *leaf) {
    switch (leaf->method->kind) {
    case BATON_METHOD_RANGE:
    case BATON_METHOD_ZSCORE:
    case BATON_METHOD_RANK:
    case BATON_METHOD_RACE:
    case BATON_METHOD_PERCENTILE:
        return leaf->method->over != BATON_OVER_FIXED;
    case BATON_METHOD_BEST:
        return leaf->method->of != BATON_BEST_OF_UNIT;
    default:
        return (leaf->value != NULL && rule_uses(leaf->value)->cohort) ||
               (leaf->score != NULL && rule_uses(leaf->score)->cohort);
    }
}

/* How many units of [first, end) the leaf applies to; *one gets one of them. */
static uint32_t applying(const struct baton_session *session, uint32_t node, uint32_t first,
                         uint32_t end, uint32_t *one) {
    uint32_t count = 0;
    for (uint32_t u = first; u < end; u++)
        if (has_row(session, node, u)) {
            count++;
            *one = u;
        }
    return count;
}

static void look_at_cohorts(struct lint *lint, const struct leaf *leaf) {
    const struct baton_session *session = lint->session;
    const struct cohorts *cohorts =
        leaf->method->over == BATON_OVER_ALL ? &session->all : &session->groups;
    uint32_t alone = BATON_NONE, count = 0;
    if (!compares(leaf) || leaf->method->over == BATON_OVER_PANEL)
        return;
    for (uint32_t c = 0; c < cohorts->count; c++) {
        uint32_t unit = BATON_NONE;
        if (applying(session, leaf->node, cohorts->start[c], cohorts->start[c + 1], &unit) != 1 ||
            (cohorts == &session->groups && session->group_size[c] == 1))
            continue; /* a group of one is told once, not for each of its indicators */
        count++;
        alone = alone == BATON_NONE ? unit : alone;
    }
    if (alone != BATON_NONE)
        lint_report(lint, BATON_LINT_COHORT_OF_ONE, leaf->as->at, "method", leaf->as->id,
                    lint->scheme->unit[alone].id, leaf->method->id,
                    count > 1 ? lint_number(lint, count) : NULL);
}

void lint_units(struct lint *lint) {
    const struct baton_session *session = lint->session;
    look_at_ungrouped(lint);
    for (uint32_t g = 0; g < session->groups.count; g++) {
        uint32_t unit = session->groups.start[g];
        if (session->group_size[g] != 1)
            continue;
        while (session->part != NULL && !session->part[unit])
            unit++;
        lint_report(lint, BATON_LINT_GROUP_OF_ONE, lint->scheme->group[g].at, NULL,
                    lint->scheme->group[g].id, lint->scheme->unit[unit].id, NULL, NULL);
    }
    for (uint32_t i = 0; i < session->leaf_count; i++)
        look_at_cohorts(lint, &session->leaf[i]);
}
