/* What revisions did to a result: the result as known just before and just after each of them. The units of both are matched by their ids, as a new unit or a new version of the scheme
 * may stand between two scorings. Each scoring has an arena of its own; one is kept where the next revision follows at once. */
#include "base/hash.h"
#include "flow/vintages.h"
#include "report/result_view.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A revision: a row, and which of its vintages. */
struct revision {
    const struct vintages *row;
    size_t index;
    uint64_t position;
};

/* A result as known at a size. */
struct known_result {
    struct baton_arena *arena; /* NULL = there is none */
    uint64_t known;
    baton_code code; /* why it could not be scored */
    struct ledger_scored scored;
    struct baton_findings found;
};

struct comparing {
    struct baton_arena *arena;
    const struct ledger_view *view;
    unsigned threads;
    struct revision *revision;
    size_t count, capacity;
    struct known_result result[2]; /* before, after */
};

static void forget(struct known_result *result) {
    arena_close(result->arena);
    *result = (struct known_result){0};
}

static void forget_all(void *context) {
    struct comparing *c = context;
    forget(&c->result[0]);
    forget(&c->result[1]);
}

struct scoring {
    const struct comparing *c;
    struct known_result *result;
};

static baton_code score(void *context) {
    const struct scoring *s = context;
    struct ledger_view view = *s->c->view;
    view.known = s->result->known;
    return ledger_score(s->result->arena, &view,
                        &(struct baton_options){.as_of_day = INT32_MAX, .threads = s->c->threads},
                        &s->result->scored, &s->result->found);
}

/* Whether a code says that the assessment could not be scored then, and not that nothing can be read. */
static bool is_verdict(baton_code code) {
    return baton_code_info(code)->exit_status == 2;
}

static baton_code score_known(struct comparing *c, struct known_result *result, uint64_t known,
                              struct baton_findings *found) {
    forget(result);
    result->arena = arena_open();
    result->known = known;
    result->found.arena = result->arena;
    result->code = arena_run(result->arena, score, &(struct scoring){c, result});
    if (result->code == BATON_OK || is_verdict(result->code))
        return BATON_OK;
    for (size_t i = 0; i < result->found.count; i++) {
        const struct baton_finding *finding = &result->found.item[i];
        baton_findings_add(found, finding->code, finding->where, finding->arg[0], finding->arg[1],
                           finding->arg[2], finding->arg[3]);
    }
    return result->code;
}

/* Units */

/* A unit's place in a result. */
struct standing {
    double score;
    int decimals;
    uint32_t rank;
    const char *grade;
};

static struct standing standing_of(const struct result_view *view, uint32_t unit) {
    struct standing standing = {.score = NAN};
    if (unit == HASH_NONE || !baton_result_has_row(view->session, 0, unit))
        return standing;
    const struct baton_grade *grade = result_grade(view, unit);
    standing.score = result_published(view, 0, unit, &standing.decimals);
    standing.rank = result_rank(view, 0, unit);
    standing.grade = grade == NULL ? NULL : grade->id;
    return standing;
}

static bool is_same(const struct standing *a, const struct standing *b) {
    const bool score = isnan(a->score) ? isnan(b->score) : a->score == b->score;
    const bool grade = a->grade == NULL || b->grade == NULL ? a->grade == b->grade
                                                            : strcmp(a->grade, b->grade) == 0;
    return score && grade && a->rank == b->rank;
}

static const char *copy(struct baton_arena *arena, const char *text) {
    return text == NULL ? NULL : arena_text(arena, text, strlen(text));
}

static const struct baton_text *copy_name(struct baton_arena *arena,
                                          const struct baton_text *name) {
    struct baton_text *text = arena_alloc(arena, 1, sizeof *text);
    *text = (struct baton_text){.zh = copy(arena, name->zh), .en = copy(arena, name->en)};
    return text;
}

struct units {
    struct result_view view;
    struct hash index; /* ids of ranked units */
};

static void read_units(struct comparing *c, int which, struct units *out) {
    *out = (struct units){.view = result_view_of(c->result[which].scored.session)};
    const struct baton_scheme *scheme = out->view.scheme;
    for (uint32_t u = 0; u < scheme->ranked_count; u++)
        hash_add(c->arena, &out->index, scheme->unit[u].id, strlen(scheme->unit[u].id), u);
}

static void compare_unit(struct comparing *c, const struct units side[2], const char *id,
                         struct revision_effect *out, size_t *capacity) {
    const uint32_t unit[2] = {hash_find(&side[0].index, id, strlen(id)),
                              hash_find(&side[1].index, id, strlen(id))};
    const struct standing was = standing_of(&side[0].view, unit[0]);
    const struct standing is = standing_of(&side[1].view, unit[1]);
    if (is_same(&was, &is))
        return;
    const int from = unit[1] != HASH_NONE ? 1 : 0;
    const struct baton_scheme *scheme = side[from].view.scheme;
    const struct baton_unit *about = &scheme->unit[unit[from]];
    *ARRAY_PUSH(c->arena, out->change, out->change_count, *capacity) = (struct unit_change){
        .unit = copy(c->arena, id),
        .group = copy(c->arena, scheme->group[about->group].id),
        .grade_old = copy(c->arena, was.grade),
        .grade_new = copy(c->arena, is.grade),
        .name = copy_name(c->arena, &about->name),
        .score_old = was.score,
        .score_new = is.score,
        .decimals = is.decimals > was.decimals ? is.decimals : was.decimals,
        .rank_old = was.rank,
        .rank_new = is.rank,
    };
}

/* The units of the result afterwards, then those that are in it no longer. */
static void compare_units(struct comparing *c, struct revision_effect *out) {
    struct units side[2];
    size_t capacity = 0;
    for (int i = 0; i < 2; i++) {
        out->code = out->code == BATON_OK ? c->result[i].code : out->code;
        if (c->result[i].code == BATON_OK)
            read_units(c, i, &side[i]);
    }
    if (out->code != BATON_OK)
        return;
    const struct baton_scheme *old = side[0].view.scheme, *new = side[1].view.scheme;
    for (uint32_t u = 0; u < new->ranked_count; u++)
        compare_unit(c, side, new->unit[u].id, out, &capacity);
    for (uint32_t u = 0; u < old->ranked_count; u++)
        if (hash_find(&side[1].index, old->unit[u].id, strlen(old->unit[u].id)) == HASH_NONE)
            compare_unit(c, side, old->unit[u].id, out, &capacity);
}

/* Revisions */

static int by_position(const void *left, const void *right) {
    const struct revision *a = left, *b = right;
    return a->position < b->position ? -1 : a->position > b->position;
}

static baton_code gather(struct comparing *c, struct baton_findings *found) {
    static const enum fact_kind kinds[] = {FACT_OBSERVATION, FACT_TARGET, FACT_ADJUSTMENT};
    for (size_t k = 0; k < LENGTH(kinds); k++) {
        struct vintages *row;
        size_t count;
        TRY(vintages_revised(c->arena, c->view->reader, c->view->assessment, kinds[k],
                             c->view->known, &row, &count, found));
        for (size_t i = 0; i < count; i++)
            for (size_t v = 1; v < row[i].count; v++)
                *ARRAY_PUSH(c->arena, c->revision, c->count, c->capacity) =
                    (struct revision){&row[i], v, row[i].vintage[v].fact.position};
    }
    if (c->count > 1)
        qsort(c->revision, c->count, sizeof *c->revision, by_position);
    return BATON_OK;
}

static baton_code compare_one(struct comparing *c, const struct revision *revision,
                              struct revision_effect *out, struct baton_findings *found) {
    const struct vintages *row = revision->row;
    *out = (struct revision_effect){
        .kind = row->kind,
        .unit = row->unit,
        .what = row->what,
        .period = row->period,
        .before = row->vintage[revision->index - 1],
        .after = row->vintage[revision->index],
    };
    if (c->result[1].arena != NULL && c->result[1].known == revision->position) {
        const struct known_result last = c->result[1];
        forget(&c->result[0]);
        c->result[0] = last;
        c->result[1] = (struct known_result){0};
    } else {
        TRY(score_known(c, &c->result[0], revision->position, found));
    }
    c->result[0].found.arena = c->result[0].arena;
    TRY(score_known(c, &c->result[1], revision->position + 1, found));
    compare_units(c, out);
    return BATON_OK;
}

/* The period that is compared: the view's, else that of the newest version of the scheme. */
static baton_code find_period(struct comparing *c, struct ledger_view *view,
                              struct baton_findings *found) {
    struct known_result *result = &c->result[1];
    if (view->period.kind != BATON_PERIOD_NONE)
        return BATON_OK;
    TRY(score_known(c, result, view->known, found));
    if (result->code != BATON_OK || result->scored.result == NULL) {
        for (size_t i = 0; i < result->found.count; i++)
            baton_findings_add(found, result->found.item[i].code, result->found.item[i].where,
                               result->found.item[i].arg[0], result->found.item[i].arg[1],
                               result->found.item[i].arg[2], result->found.item[i].arg[3]);
        return result->code;
    }
    view->period = result->scored.result->period;
    return BATON_OK;
}

baton_code vintages_effects(struct baton_arena *arena, const struct ledger_view *view,
                            uint64_t most, unsigned threads, struct revision_effects *out,
                            struct baton_findings *found) {
    struct comparing *c = arena_alloc(arena, 1, sizeof *c);
    struct ledger_view of = *view;
    *c = (struct comparing){.arena = arena, .view = &of, .threads = threads};
    *out = (struct revision_effects){0};
    arena_on_close(arena, forget_all, c);
    TRY(find_period(c, &of, found));
    TRY(gather(c, found));
    const size_t from = most > 0 && c->count > most ? c->count - most : 0;
    out->period = of.period;
    out->left_out = from;
    out->effect = arena_alloc(arena, c->count - from, sizeof *out->effect);
    for (size_t i = from; i < c->count; i++)
        TRY(compare_one(c, &c->revision[i], &out->effect[out->count++], found));
    forget_all(c);
    return BATON_OK;
}
