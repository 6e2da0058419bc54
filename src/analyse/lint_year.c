/* Lint: scores the periods of the year once, and keeps of each leaf what the parts ask: how many figures, whether they change from
 * period to period, whether they tell units apart, which way the scores go. Nothing is kept of a period as a whole but, of each
 * leaf, the first figure of each unit, so that a year of a large package fits in memory. */
#include "analyse/lint_year.h"
#include "engine/session.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct collector {
    struct lint *lint;
    struct baton_session *session;
    struct lint_year *year;
    struct baton_period *seen; /* [leaf] its own period that was looked at last */
    double **earlier;          /* [leaf] -> [R] the first figure of each unit; NULL = none yet */
    struct baton_period refused;
    uint32_t refusals;
    struct baton_finding refusal; /* of the first period refused */
};

static uint64_t mark_add(uint64_t mark, uint64_t value) {
    mark = (mark ^ value) * UINT64_C(0x9E3779B97F4A7C15);
    return mark ^ mark >> 29;
}

static uint64_t bits_of(double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof(bits));
    return bits;
}

enum baton_period_kind lint_kind_of_elements(const struct baton_session *session,
                                             const struct leaf *leaf) {
    enum baton_period_kind shortest = BATON_PERIOD_NONE;
    for (uint32_t i = 0; i < leaf->named_count; i++) {
        const enum baton_period_kind kind = session->element_kind[leaf->named[i]];
        if (kind != BATON_PERIOD_NONE && (shortest == BATON_PERIOD_NONE || kind < shortest))
            shortest = kind;
    }
    return shortest;
}

/* The figure of a unit, and whether one is due: not one that is not applicable, not yet due, or of a unit without a row. */
static bool figure_due(const struct baton_session *session, const struct leaf *leaf, uint32_t unit,
                       double *out) {
    *out = leaf->raw[unit];
    if (!has_row(session, leaf->node, unit))
        return false;
    const uint8_t state = leaf->state == NULL ? BATON_FIGURE : leaf->state[unit];
    return !isnan(*out) || state == BATON_FIGURE || state == BATON_EMPTY;
}

/* The period that the leaf's figures are of. An expression without a frequency of its own has those of its elements: the figure of
 * a half-year is the same in six months, and that says nothing. */
static struct baton_period own_period(const struct baton_session *session,
                                      const struct leaf *leaf) {
    struct baton_period own = leaf->period;
    const struct rule_moment at = {.period = leaf->period};
    const enum baton_period_kind kind = lint_kind_of_elements(session, leaf);
    if (leaf->frequency == BATON_PERIOD_NONE && kind != BATON_PERIOD_NONE &&
        own.kind != BATON_PERIOD_NONE)
        (void)figures_period(session, kind, &at, &own); /* false: none yet, own stays */
    return own;
}

static void see_figures(struct collector *collector, uint32_t index, bool compare) {
    struct baton_session *session = collector->session;
    const struct leaf *leaf = &session->leaf[index];
    struct lint_leaf *out = &collector->year->leaf[index];
    const struct baton_period period = own_period(session, leaf);
    if (period.kind == BATON_PERIOD_NONE || baton_period_equal(period, collector->seen[index]))
        return;
    collector->seen[index] = period;
    double *earlier = collector->earlier[index];
    const uint64_t before = out->figures;
    if (compare && earlier == NULL) {
        earlier = arena_alloc_raw(collector->lint->arena, session->ranked + 1, sizeof(double));
        for (uint32_t u = 0; u < session->ranked; u++)
            earlier[u] = NAN;
        collector->earlier[index] = earlier;
    }
    out->mark = mark_add(out->mark, baton_period_key(period));
    for (uint32_t u = 0; u < session->ranked; u++) {
        double figure;
        if (!figure_due(session, leaf, u, &figure))
            continue;
        const uint32_t group = session->group_of[u];
        if (isnan(figure)) {
            out->missing++;
            out->missing_of[group]++;
            continue;
        }
        out->figures++;
        out->figures_of[group]++;
        out->mark = mark_add(mark_add(out->mark, u), bits_of(figure));
        out->lowest = out->lowest <= figure ? out->lowest : figure;
        out->highest = out->highest >= figure ? out->highest : figure;
        if (!compare)
            continue;
        if (isnan(earlier[u])) {
            earlier[u] = figure;
            continue;
        }
        out->repeated++;
        out->changes = out->changes || earlier[u] != figure;
    }
    out->periods += out->figures > before;
}

/* Whether scores tell the units of a group apart: those made from figures, not by a missing rule or in place of a division by 0. */
static void see_scores(struct collector *collector, uint32_t index) {
    const struct baton_session *session = collector->session;
    const uint32_t node = session->leaf[index].node;
    struct lint_leaf *out = &collector->year->leaf[index];
    const double *score = session->score + (size_t)node * session->stride;
    const uint16_t *note =
        session->note == NULL ? NULL : session->note + (size_t)node * session->stride;
    for (uint32_t g = 0; g < session->groups.count; g++) {
        uint32_t count = 0;
        double first = NAN;
        for (uint32_t u = session->groups.start[g]; u < session->groups.start[g + 1]; u++) {
            if (isnan(score[u]) ||
                (note != NULL && (note[u] & (BATON_NOTE_IMPUTED | BATON_NOTE_ZERO)) != 0))
                continue;
            if (count++ == 0)
                first = score[u];
            else if (score[u] != first && baton_number_compare12(score[u], first) != 0)
                out->differs = true;
        }
        if (count == 0)
            continue;
        out->compared += count > 1;
        if (out->scores == 0)
            out->score = first;
        else if (!isnan(out->score) && baton_number_compare12(out->score, first) != 0)
            out->score = NAN;
        out->scores += count;
    }
    if (out->differs)
        out->score = NAN;
}

struct pair {
    double figure, score;
};

static int compare_pairs(const void *left, const void *right) {
    const struct pair *a = left, *b = right;
    if (a->figure < b->figure || a->figure > b->figure)
        return a->figure < b->figure ? -1 : 1;
    return a->score < b->score ? -1 : a->score > b->score;
}

/* Which way the scores of a rule go, from each figure to the next better one. Once they have gone the right way that is known. */
static void see_order(struct collector *collector, uint32_t index) {
    const struct baton_session *session = collector->session;
    const struct leaf *leaf = &session->leaf[index];
    struct lint_leaf *out = &collector->year->leaf[index];
    const double *score = session->score + (size_t)leaf->node * session->stride;
    struct arena_mark mark = arena_mark(collector->lint->arena);
    struct pair *pair = arena_alloc_raw(collector->lint->arena, session->ranked + 1, sizeof(*pair));
    for (uint32_t g = 0; g < session->groups.count && !out->agrees; g++) {
        size_t count = 0;
        for (uint32_t u = session->groups.start[g]; u < session->groups.start[g + 1]; u++) {
            double figure;
            if (figure_due(session, leaf, u, &figure) && !isnan(figure) && !isnan(score[u]))
                pair[count++] =
                    (struct pair){leaf->as->direction == BATON_DOWN ? -figure : figure, score[u]};
        }
        qsort(pair, count, sizeof(*pair), compare_pairs);
        for (size_t i = 1; i < count; i++) {
            if (!(pair[i - 1].figure < pair[i].figure))
                continue;
            const int order = baton_number_compare12(pair[i].score, pair[i - 1].score);
            out->agrees = out->agrees || order > 0;
            out->contradicts += order < 0;
        }
    }
    arena_reset_to(collector->lint->arena, mark);
}

/* The time looked at: one period that holds all the others, or from the first to the last. */
static void extend(struct lint_year *year, struct baton_period period) {
    if (year->first.kind == BATON_PERIOD_NONE || baton_period_contains(period, year->first))
        year->first = period;
    if (year->last.kind == BATON_PERIOD_NONE ||
        baton_period_last_day(period) >= baton_period_last_day(year->last))
        year->last = period;
}

static void see_period(struct collector *collector, bool compare) {
    const struct baton_session *session = collector->session;
    struct lint_year *year = collector->year;
    extend(year, session->period);
    for (uint32_t i = 0; i < session->leaf_count; i++) {
        see_figures(collector, i, compare);
        see_scores(collector, i);
        if (session->leaf[i].method->kind == BATON_METHOD_RULE && !year->leaf[i].agrees)
            see_order(collector, i);
    }
}

/* Scores a period; a refusal is kept, and is no reason to stop. */
static baton_code look_at(struct collector *collector, struct baton_period period, bool compare) {
    const struct baton_result *result;
    struct baton_findings refused = {.arena = collector->lint->arena};
    const baton_code code = baton_score(collector->session, period, &result, &refused);
    if (code == BATON_OK)
        see_period(collector, compare);
    if (code == BATON_OK || code == BATON_NO_MEMORY)
        return code;
    if (collector->refusals++ == 0) {
        collector->refused = period;
        for (size_t i = refused.count; i-- > 0;)
            if (baton_code_info(refused.item[i].code)->severity == BATON_ERROR)
                collector->refusal = refused.item[i];
    }
    return BATON_OK;
}

static void report_refusal(const struct collector *collector) {
    char name[BATON_PERIOD_NAME_SIZE];
    if (collector->refusals == 0)
        return;
    baton_period_format(collector->refused, name);
    const double others = (double)collector->refusals - 1;
    lint_report(collector->lint, BATON_LINT_PERIOD_REFUSED, collector->refusal.where, NULL, name,
                collector->refusal.arg[0], collector->refusal.arg[1],
                others > 0 ? lint_number(collector->lint, others) : NULL);
}

/* Whether there can be a result: the period has ended, and lies in the time of the figures. */
static bool is_over(const struct collector *collector, struct baton_period period) {
    const struct baton_facts *facts = collector->session->facts;
    return facts->first.kind != BATON_PERIOD_NONE &&
           baton_period_last_day(period) <= collector->lint->as_of_day &&
           baton_period_last_day(period) >= baton_period_last_day(facts->first) &&
           baton_period_first_day(period) <= baton_period_last_day(facts->last);
}

baton_code lint_year_collect(struct lint *lint) {
    struct baton_arena *arena = lint->arena;
    struct baton_session *session = lint->session;
    struct collector collector = {.lint = lint, .session = session};
    const struct baton_period whole = lint->period;
    const enum baton_period_kind kind = lint->scheme->frequency;
    collector.year = arena_alloc(arena, 1, sizeof(*collector.year));
    collector.year->leaf = arena_alloc(arena, session->leaf_count + 1, sizeof(struct lint_leaf));
    collector.seen = arena_alloc(arena, session->leaf_count + 1, sizeof(struct baton_period));
    collector.earlier = arena_alloc(arena, session->leaf_count + 1, sizeof(double *));
    for (uint32_t i = 0; i < session->leaf_count; i++) {
        struct lint_leaf *leaf = &collector.year->leaf[i];
        leaf->lowest = leaf->highest = leaf->score = NAN;
        leaf->figures_of = arena_alloc(arena, session->groups.count + 1, sizeof(uint32_t));
        leaf->missing_of = arena_alloc(arena, session->groups.count + 1, sizeof(uint32_t));
    }
    const int count = baton_period_count_in_year(kind, whole.year);
    for (int i = 1; i <= count; i++) {
        const struct baton_period period = {whole.year, (int16_t)i, (uint8_t)kind};
        if (!baton_period_equal(period, whole) && is_over(&collector, period))
            TRY(look_at(&collector, period, true));
    }
    /* That of the year compares with no period before it: its sums are of another length. */
    TRY(look_at(&collector, whole, kind == whole.kind));
    report_refusal(&collector);
    for (uint32_t i = 0; i < session->leaf_count; i++)
        collector.year->figures += collector.year->leaf[i].figures;
    lint->year = collector.year;
    return session->scored ? BATON_OK : collector.refusal.code;
}
