/* Earlier results: what rank_change, prev_score and their like, and functions over time in awards and grades ask for.
 *
 * Before a period is scored, the earlier ones that it may ask for are scored, the earliest first, and of each is kept
 * what may be asked: ranks, totals, grades, the scores of named nodes. Years before the scheme's own are those of the
 * scheme it succeeds, if any, matched by ids. A unit that came to be by a succession has the earlier results of the one it
 * came from, where that is one and of the same group. */
#include "engine/session.h"
#include <math.h>
#include <string.h>

static uint32_t find_unit(const struct baton_scheme *scheme, const char *id) {
    for (uint32_t u = 0; u < scheme->unit_count; u++)
        if (strcmp(scheme->unit[u].id, id) == 0)
            return u;
    return BATON_NONE;
}

static uint32_t find_node(const struct baton_scheme *scheme, const char *id) {
    for (uint32_t n = 0; n < scheme->node_count; n++)
        if (strcmp(scheme->node[n].id, id) == 0)
            return n;
    return BATON_NONE;
}

/* What this scheme asks of earlier results, all those before it have to keep. */
static void hand_wishes_on(struct baton_session *session) {
    for (; session->links.predecessor != NULL; session = session->links.predecessor) {
        struct baton_session *before = session->links.predecessor;
        before->keeps_values |= session->keeps_values;
        for (uint32_t n = 0; n < session->nodes; n++)
            if (session->keeps_node[n] && session->node_before[n] != BATON_NONE)
                before->keeps_node[session->node_before[n]] = true;
    }
}

void history_open(struct baton_session *session) {
    if (session->links.predecessor == NULL)
        return;
    const struct baton_scheme *own = session->scheme, *before = session->links.predecessor->scheme;
    session->unit_before = arena_alloc(session->arena, session->units + 1, sizeof(uint32_t));
    session->node_before = arena_alloc(session->arena, session->nodes, sizeof(uint32_t));
    session->code_before = arena_alloc(session->arena, before->code_count + 1, sizeof(uint32_t));
    session->codes_before = before->code_count;
    for (uint32_t u = 0; u < session->units; u++)
        session->unit_before[u] = find_unit(before, own->unit[u].id);
    for (uint32_t n = 0; n < session->nodes; n++)
        session->node_before[n] = find_node(before, own->node[n].id);
    hand_wishes_on(session);
    for (uint32_t c = 0; c < before->code_count; c++) {
        session->code_before[c] = BATON_NONE;
        for (uint32_t k = 0; k < own->code_count; k++)
            if (strcmp(own->code[k], before->code[c]) == 0)
                session->code_before[c] = k;
    }
}

/* Whether the result of a period is the predecessor's. */
static bool is_before(const struct baton_session *session, struct baton_period period) {
    return session->links.predecessor != NULL && period.year < session->scheme->period.year;
}

const struct past *history_find(const struct baton_session *session, struct baton_period period) {
    for (size_t i = session->past_count; i-- > 0;)
        if (baton_period_equal(session->past[i].period, period))
            return &session->past[i];
    return NULL;
}

/* Whether there is a result of a period at all: the first period of observations has ended by then. */
static bool has_result(const struct baton_session *session, struct baton_period period) {
    if (period.kind == BATON_PERIOD_NONE)
        return false;
    if (is_before(session, period))
        return has_result(session->links.predecessor, period);
    struct baton_period first = session->facts->first;
    return first.kind != BATON_PERIOD_NONE &&
           baton_period_last_day(period) >= baton_period_last_day(first);
}

bool history_compared(const struct baton_session *session, struct baton_period period,
                      struct baton_period *out) {
    const struct baton_scheme *scheme = session->scheme;
    if (scheme->compare == BATON_COMPARE_SAME_LAST_YEAR) {
        if (!baton_period_same_name(period, -1, out))
            return false;
    } else {
        *out = baton_period_shift(period, -1);
        if (period.kind != BATON_YEAR && out->year != period.year && !scheme->compare_across_years)
            return false;
    }
    return has_result(session, *out);
}

/* An earlier period that the scheme refuses to score has no result: no totals, ranks or grades to compare with. */
static void forget_result(struct baton_session *session) {
    size_t columns = session->options.full ? session->nodes : 1;
    memset(session->rank, 0, columns * session->stride * sizeof(uint32_t));
    for (size_t i = 0; i < (size_t)session->nodes * session->stride; i++)
        session->score[i] = NAN;
    for (uint32_t u = 0; u < session->ranked; u++) {
        if (session->base != NULL) {
            session->base[u] = NAN;
            session->base_rank[u] = 0;
        }
        if (session->grade != NULL)
            session->grade[u] = BATON_NONE;
    }
}

/* Scores an earlier period and keeps it, unless that has been done; its ranks may have been given up since. */
static baton_code make_one(struct baton_session *session, struct baton_period period,
                           bool with_ranks, struct baton_findings *found) {
    const struct past *past = history_find(session, period);
    if (past != NULL && (!with_ranks || past->rank != NULL))
        return BATON_OK;
    struct baton_findings refused = {.arena = found->arena}; /* of a period that nobody asked for */
    const struct baton_links *links = &session->links;
    if (links->attempt != NULL)
        links->attempt(links->context, true);
    baton_code code = score_period(session, period, &refused);
    if (links->attempt != NULL && links->attempt(links->context, false) && code == BATON_OK)
        code = BATON_FIGURE_REFUSED;
    if (code == BATON_FIGURE_REFUSED || code == BATON_SCORE_NOT_POSITIVE) {
        forget_result(session);
        code = BATON_OK;
    }
    if (code == BATON_OK)
        history_keep(session);
    return code;
}

static baton_code make(struct baton_session *session, struct baton_period period, bool with_ranks,
                       struct baton_findings *found) {
    if (!is_before(session, period))
        return make_one(session, period, with_ranks, found);
    struct baton_session *before = session->links.predecessor;
    const struct past *past = history_find(before, period);
    if (past != NULL && (!with_ranks || past->rank != NULL))
        return BATON_OK;
    baton_code code = history_ensure(before, period, found);
    return code != BATON_OK ? code : make(before, period, with_ranks, found);
}

baton_code history_ensure(struct baton_session *session, struct baton_period period,
                          struct baton_findings *found) {
    struct baton_period compared;
    if (session->uses_earlier) {
        struct baton_period earliest = period;
        while (has_result(session, baton_period_shift(earliest, -1)))
            earliest = baton_period_shift(earliest, -1);
        for (; !baton_period_equal(earliest, period); earliest = baton_period_shift(earliest, 1)) {
            baton_code code = make(session, earliest, false, found);
            if (code != BATON_OK)
                return code;
        }
    }
    return history_compared(session, period, &compared) ? make(session, compared, true, found)
                                                        : BATON_OK;
}

static double *column(struct baton_session *session, double *present) {
    return present != NULL ? present
                           : arena_alloc_raw(session->arena, session->ranked + 1, sizeof(double));
}

static void keep_values(struct baton_session *session, struct past *past) {
    const struct baton_scheme *scheme = session->scheme;
    past->total = column(session, past->total);
    past->base = column(session, past->base);
    past->total_rank = arena_alloc_raw(session->arena, session->ranked + 1, sizeof(uint32_t));
    past->grade = arena_alloc_raw(session->arena, session->ranked + 1, sizeof(uint32_t));
    past->node_score = arena_alloc(session->arena, session->nodes, sizeof(double *));
    memcpy(past->total_rank, session->rank, session->ranked * sizeof(uint32_t));
    for (uint32_t u = 0; u < session->ranked; u++) {
        uint32_t g = session->group_of[u];
        past->total[u] = as_ranked(session, 0, g, session->score[u]);
        past->base[u] =
            session->base == NULL ? past->total[u] : as_ranked(session, 0, g, session->base[u]);
        past->grade[u] = session->grade == NULL || session->grade[u] == BATON_NONE
                             ? BATON_NONE
                             : scheme->grades[scheme->group[g].grades].item[session->grade[u]].code;
    }
    for (uint32_t n = 0; n < session->nodes; n++) {
        if (!session->keeps_node[n])
            continue;
        past->node_score[n] = arena_alloc_raw(session->arena, session->ranked + 1, sizeof(double));
        for (uint32_t u = 0; u < session->ranked; u++)
            past->node_score[n][u] = as_ranked(session, n, session->group_of[u],
                                               session->score[(size_t)n * session->stride + u]);
    }
}

/* Takes the ranks along without copying them: the session goes on with the spare ones, those of the period before the last
 * become the spare. By `same_last_year` they are all kept. */
static void keep_ranks(struct baton_session *session, struct past *past) {
    size_t columns = session->options.full ? session->nodes : 1, size = columns * session->stride;
    if (session->scheme->compare == BATON_COMPARE_PREVIOUS)
        for (size_t i = 0; i < session->past_count; i++)
            if (&session->past[i] != past && session->past[i].rank != NULL) {
                session->spare_rank = session->past[i].rank;
                session->spare_score = session->past[i].score;
                session->past[i].rank = NULL;
                session->past[i].score = NULL;
            }
    uint32_t *next = session->spare_rank;
    session->spare_rank = past->rank;
    if (next == NULL)
        next = arena_alloc_raw(session->arena, size, sizeof(uint32_t));
    past->rank = session->rank;
    if (past->score == NULL) {
        past->score = session->spare_score != NULL
                          ? session->spare_score
                          : arena_alloc_raw(session->arena, session->ranked + 1, sizeof(double));
        session->spare_score = NULL;
    }
    memcpy(past->score, session->score, session->ranked * sizeof(double));
    past->all_ranks = session->options.full;
    session->rank = next;
    if (session->base_rank != NULL) {
        if (past->base_rank == NULL)
            past->base_rank =
                arena_alloc_raw(session->arena, session->ranked + 1, sizeof(uint32_t));
        memcpy(past->base_rank, session->base_rank, session->ranked * sizeof(uint32_t));
    }
    session->scored = false;
}

void history_keep(struct baton_session *session) {
    struct past *past = (struct past *)history_find(session, session->period);
    if (past == NULL) {
        past =
            ARRAY_PUSH(session->arena, session->past, session->past_count, session->past_capacity);
        past->period = session->period;
    }
    if (session->keeps_values && past->total == NULL)
        keep_values(session, past);
    keep_ranks(session, past);
}

/* The session's own kept column, [N], not yet followed through successions. */
static void own_column(const struct baton_session *session, struct baton_period period,
                       enum past_what what, uint32_t node, double *out) {
    const struct past *past = history_find(session, period);
    for (uint32_t u = 0; u < session->units; u++)
        out[u] = NAN;
    if (past == NULL || past->total == NULL)
        return;
    const double *kept = what == PAST_SCORE  ? past->total
                         : what == PAST_BASE ? past->base
                         : what == PAST_NODE ? (node == 0 ? past->total : past->node_score[node])
                                             : NULL;
    for (uint32_t u = 0; u < session->ranked; u++) {
        if (kept != NULL)
            out[u] = kept[u];
        else if (what == PAST_RANK)
            out[u] = past->total_rank[u] == 0 ? NAN : past->total_rank[u] / 2.0;
        else if (what == PAST_GRADE)
            out[u] = past->grade[u] == BATON_NONE ? NAN : (double)past->grade[u];
    }
}

static void column_before(const struct baton_session *session, struct baton_period period,
                          enum past_what what, uint32_t node, double *out) {
    const struct baton_session *before = session->links.predecessor;
    uint32_t node_there = what == PAST_NODE ? session->node_before[node] : 0;
    for (uint32_t u = 0; u < session->units; u++)
        out[u] = NAN;
    if (node_there == BATON_NONE)
        return;
    struct baton_arena *arena = session->worker[0].arena;
    double *there = arena_alloc_raw(arena, before->units + 1, sizeof(double));
    history_column(before, period, what, node_there, there);
    for (uint32_t u = 0; u < session->units; u++) {
        if (session->unit_before[u] == BATON_NONE)
            continue;
        double value = there[session->unit_before[u]];
        if (what == PAST_GRADE &&
            !isnan(value)) { /* a grade that this scheme does not have equals none of its own */
            uint32_t code = (uint32_t)value;
            value = code < session->codes_before && session->code_before[code] != BATON_NONE
                        ? session->code_before[code]
                        : (double)session->scheme->code_count + code;
        }
        out[u] = value;
    }
}

/* Whether the unit itself took part in the period, so that its earlier result is its own. */
static bool took_part(const struct baton_session *session, struct baton_period period, uint32_t u) {
    const struct baton_unit *unit = &session->scheme->unit[u];
    if (is_before(session, period) && session->unit_before[u] == BATON_NONE)
        return false;
    return (unit->joined.kind == BATON_PERIOD_NONE ||
            baton_period_first_day(unit->joined) <= baton_period_last_day(period)) &&
           (unit->left.kind == BATON_PERIOD_NONE ||
            baton_period_last_day(unit->left) >= baton_period_first_day(period));
}

uint32_t history_source(const struct baton_session *session, struct baton_period period,
                        uint32_t unit) {
    const struct baton_scheme *scheme = session->scheme;
    for (uint32_t depth = 0; depth <= scheme->succession_count; depth++) {
        if (took_part(session, period, unit))
            return unit;
        uint32_t from = BATON_NONE;
        int32_t date = INT32_MAX;
        bool several = false;
        for (uint32_t i = 0; i < scheme->succession_count; i++) {
            const struct baton_succession *row = &scheme->succession[i];
            if (row->to != unit || row->date <= baton_period_last_day(period) || row->date > date)
                continue;
            several = row->date == date && row->from != from;
            from = row->from;
            date = row->date;
        }
        if (from == BATON_NONE || several || scheme->unit[from].group != scheme->unit[unit].group)
            return BATON_NONE;
        unit = from;
    }
    return BATON_NONE;
}

void history_column(const struct baton_session *session, struct baton_period period,
                    enum past_what what, uint32_t node, double *out) {
    if (is_before(session, period))
        column_before(session, period, what, node, out);
    else
        own_column(session, period, what, node, out);
    if (session->scheme->succession_count == 0)
        return;
    struct baton_arena *arena = session->worker[0].arena;
    double *raw = arena_alloc_raw(arena, session->units + 1, sizeof(double));
    memcpy(raw, out, session->units * sizeof(double));
    for (uint32_t u = 0; u < session->units; u++) {
        uint32_t source = history_source(session, period, u);
        out[u] = source == BATON_NONE ? NAN : raw[source];
    }
}

static uint32_t kept_rank(const struct baton_session *session, struct baton_period period,
                          uint32_t node, uint32_t unit) {
    const struct past *past = history_find(session, period);
    if (past == NULL || unit >= session->ranked)
        return 0;
    if (node == BATON_NONE)
        return past->base_rank != NULL ? past->base_rank[unit]
               : past->rank == NULL    ? 0
                                       : past->rank[unit];
    if (past->rank == NULL || (node > 0 && !past->all_ranks))
        return 0;
    return past->rank[(size_t)node * session->stride + unit];
}

static double kept_score(const struct baton_session *session, struct baton_period period,
                         uint32_t unit) {
    const struct past *past = history_find(session, period);
    return past == NULL || past->score == NULL || unit >= session->ranked
               ? NAN
               : as_ranked(session, 0, session->group_of[unit], past->score[unit]);
}

double baton_result_earlier_score(const struct baton_session *session, uint32_t unit) {
    struct baton_period compared;
    if (!history_compared(session, session->period, &compared))
        return NAN;
    uint32_t source = history_source(session, compared, unit);
    if (source == BATON_NONE)
        return NAN;
    return is_before(session, compared)
               ? kept_score(session->links.predecessor, compared, session->unit_before[source])
               : kept_score(session, compared, source);
}

bool baton_result_compared(const struct baton_session *session, struct baton_period *out) {
    return history_compared(session, session->period, out);
}

uint32_t baton_result_earlier_rank(const struct baton_session *session, uint32_t node,
                                   uint32_t unit) {
    struct baton_period compared;
    if (!history_compared(session, session->period, &compared))
        return 0;
    uint32_t source = history_source(session, compared, unit);
    if (source == BATON_NONE)
        return 0;
    if (!is_before(session, compared))
        return kept_rank(session, compared, node, source);
    uint32_t there = node == BATON_NONE ? BATON_NONE : session->node_before[node];
    if (node != BATON_NONE && there == BATON_NONE)
        return 0;
    return kept_rank(session->links.predecessor, compared, there, session->unit_before[source]);
}
