/* What a result says beyond its columns: rows, values, weights and points, ratings, counts. */
#include "engine/result_notes.h"
#include "engine/session.h"
#include <assert.h>
#include <math.h>
#include <string.h>

const char *baton_note_name(unsigned index) {
    static const char *const name[BATON_NOTES] = {
#define X(id, en, zh) id,
        BATON_NOTE_TABLE
#undef X
    };
    assert(index < BATON_NOTES);
    return name[index];
}

const char *baton_note_meaning(unsigned index, enum baton_language language) {
    static const char *const meaning[BATON_NOTES][2] = {
#define X(id, en, zh) {en, zh},
        BATON_NOTE_TABLE
#undef X
    };
    assert(index < BATON_NOTES);
    return meaning[index][language];
}

const char *baton_text_in(const struct baton_text *text, enum baton_language language,
                          const char *otherwise) {
    const char *asked = language == BATON_ZH ? text->zh : text->en;
    const char *other = language == BATON_ZH ? text->en : text->zh;
    return asked != NULL ? asked : other != NULL ? other : otherwise;
}

const struct baton_scheme *baton_session_scheme(const struct baton_session *session) {
    return session->scheme;
}

const struct baton_result *baton_session_result(const struct baton_session *session) {
    return &session->result;
}

size_t baton_session_size(const struct baton_session *session) {
    size_t size = arena_size(session->arena);
    for (unsigned w = 0; w < session->worker_count; w++)
        size += arena_size_peak(session->worker[w].arena);
    return size;
}

bool baton_result_has_row(const struct baton_session *session, uint32_t node, uint32_t unit) {
    return has_row(session, node, unit);
}

void baton_result_points(const struct baton_session *session, uint32_t unit, double *weight,
                         double *points) {
    const struct baton_scheme *scheme = session->scheme;
    uint32_t group = session->group_of[unit];
    weights_effective(session, unit, weight);
    for (uint32_t n = 0; n < session->nodes; n++) {
        double score = session->score[(size_t)n * session->stride + unit];
        double of = weight[n] * score / 100;
        if (scheme->round_at_node)
            of = baton_number_round(of, decimals_of(session, n, group), scheme->rounding);
        points[n] = n == 0 ? score : of;
    }
}

double baton_result_value(const struct baton_session *session, uint32_t leaf, uint32_t unit) {
    uint32_t index = session->leaf_of_node[leaf];
    if (index == BATON_NONE || !has_row(session, leaf, unit))
        return NAN;
    const struct leaf *of = &session->leaf[index];
    uint8_t state = of->state == NULL ? BATON_FIGURE : of->state[unit];
    return state == LEAF_OUT ? NAN : of->raw[unit];
}

uint32_t baton_result_of(const struct baton_session *session, uint32_t node, uint32_t group) {
    struct baton_session *counted =
        (struct baton_session *)session; /* the counts are kept once made */
    uint32_t groups = session->groups.count;
    if (!session->of_known) {
        if (session->of == NULL)
            counted->of = arena_alloc(session->arena, (size_t)(session->nodes + 1) * groups + 1,
                                      sizeof(uint32_t));
        memset(counted->of, 0, (size_t)(session->nodes + 1) * groups * sizeof(uint32_t));
        for (uint32_t n = 0; n <= session->nodes; n++) {
            const uint32_t *rank = n == session->nodes ? session->base_rank
                                   : n == 0 || session->options.full
                                       ? session->rank + (size_t)n * session->stride
                                       : NULL;
            for (uint32_t u = 0; rank != NULL && u < session->ranked; u++)
                counted->of[(size_t)n * groups + session->group_of[u]] += rank[u] != 0;
        }
        counted->of_known = true;
    }
    return session->of[(size_t)(node == BATON_NONE ? session->nodes : node) * groups + group];
}

uint32_t baton_result_rating(const struct baton_session *session, uint32_t leaf, uint32_t unit) {
    uint32_t group = session->group_of[unit];
    const struct baton_ratings *ratings = &session->scheme->group[group].ratings;
    double score = session->score[(size_t)leaf * session->stride + unit];
    if (isnan(score))
        return BATON_NONE;
    score = as_ranked(session, leaf, group, score);
    for (uint32_t i = 0; i < ratings->count; i++)
        if (isnan(ratings->item[i].at_least) ||
            baton_number_compare12(score, ratings->item[i].at_least) >= 0)
            return i;
    return BATON_NONE;
}

double baton_result_as_ranked(const struct baton_session *session, uint32_t node, uint32_t unit) {
    uint32_t group = session->group_of[unit];
    double score = node == BATON_NONE ? session->base[unit]
                                      : session->score[(size_t)node * session->stride + unit];
    return as_ranked(session, node == BATON_NONE ? 0 : node, group, score);
}

int32_t baton_result_decimals(const struct baton_session *session, uint32_t node, uint32_t group) {
    return decimals_of(session, node, group);
}

const struct baton_award_row *baton_result_awards(const struct baton_session *session,
                                                  uint32_t *count) {
    *count = session->award_count;
    return session->award;
}
