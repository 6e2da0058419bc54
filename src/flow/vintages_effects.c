/* What revisions did to a result: the result as known just before and just after each of them. Each scoring has an arena of its own; one is kept where the next revision follows at once. */
#include "flow/foresee.h"
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
    const struct revision_wish *wish;
    struct revision *revision;
    size_t count, capacity;
    struct known_result *result[2]; /* before, after */
};

static void forget(struct known_result *result) {
    arena_close(result->arena);
    *result = (struct known_result){0};
}

static void forget_all(void *context) {
    struct comparing *c = context;
    forget(c->result[0]);
    forget(c->result[1]);
}

struct scoring {
    const struct comparing *c;
    struct known_result *result;
};

static baton_code score(void *context) {
    const struct scoring *s = context;
    struct ledger_view view = *s->c->view;
    view.known = s->result->known;
    return ledger_score(
        s->result->arena, &view,
        &(struct baton_options){.as_of_day = INT32_MAX, .threads = s->c->wish->threads},
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

static const char *copy(struct baton_arena *arena, const char *text) {
    return text == NULL ? NULL : arena_text(arena, text, strlen(text));
}

static const struct baton_text *copy_name(struct baton_arena *arena,
                                          const struct baton_text *name) {
    struct baton_text *text = arena_alloc(arena, 1, sizeof *text);
    *text = (struct baton_text){.zh = copy(arena, name->zh), .en = copy(arena, name->en)};
    return text;
}

/* Out of the arenas of the scorings. */
static void keep_changes(struct comparing *c, const struct unit_change *change, size_t count,
                         struct revision_effect *out) {
    out->change = arena_alloc(c->arena, count, sizeof *out->change);
    out->change_count = count;
    for (size_t i = 0; i < count; i++) {
        struct unit_change *kept = &out->change[i];
        *kept = change[i];
        kept->unit = copy(c->arena, kept->unit);
        kept->group = copy(c->arena, kept->group);
        kept->grade_old = copy(c->arena, kept->grade_old);
        kept->grade_new = copy(c->arena, kept->grade_new);
        kept->name = copy_name(c->arena, kept->name);
    }
}

struct changes {
    struct comparing *c;
    struct unit_change *change;
    size_t count;
};

static baton_code find_changes(void *context) {
    struct changes *changes = context;
    const struct known_result *before = changes->c->result[0], *after = changes->c->result[1];
    unit_changes(after->arena, before->scored.session, after->scored.session, &changes->change,
                 &changes->count);
    return BATON_OK;
}

static baton_code compare_units(struct comparing *c, struct revision_effect *out) {
    struct changes changes = {.c = c};
    for (int i = 0; i < 2; i++)
        out->code = out->code == BATON_OK ? c->result[i]->code : out->code;
    if (out->code != BATON_OK)
        return BATON_OK;
    TRY(arena_run(c->result[1]->arena, find_changes, &changes));
    keep_changes(c, changes.change, changes.count, out);
    return BATON_OK;
}

/* Revisions */

static int by_position(const void *left, const void *right) {
    const struct revision *a = left, *b = right;
    return a->position < b->position ? -1 : a->position > b->position;
}

static baton_code gather_row(struct comparing *c, const struct vintages *row) {
    for (size_t v = 1; v < row->count; v++) {
        bool takes = true;
        if (c->wish->takes != NULL)
            TRY(c->wish->takes(c->wish->context, row, v, &takes));
        if (takes)
            *ARRAY_PUSH(c->arena, c->revision, c->count, c->capacity) =
                (struct revision){row, v, row->vintage[v].fact.position};
    }
    return BATON_OK;
}

static baton_code gather(struct comparing *c, struct baton_findings *found) {
    static const enum fact_kind kinds[] = {FACT_OBSERVATION, FACT_TARGET, FACT_ADJUSTMENT};
    for (size_t k = 0; k < LENGTH(kinds); k++) {
        struct vintages *row;
        size_t count;
        TRY(vintages_revised(c->arena, c->view->reader, c->view->assessment, kinds[k],
                             c->view->known, &row, &count, found));
        for (size_t i = 0; i < count; i++)
            TRY(gather_row(c, &row[i]));
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
    struct known_result *last = c->result[1];
    if (last->arena != NULL && last->known == revision->position) {
        c->result[1] = c->result[0];
        c->result[0] = last;
    } else {
        TRY(score_known(c, c->result[0], revision->position, found));
    }
    TRY(score_known(c, c->result[1], revision->position + 1, found));
    return compare_units(c, out);
}

/* The period that is compared: the view's, else that of the newest version of the scheme. */
static baton_code find_period(struct comparing *c, struct ledger_view *view,
                              struct baton_findings *found) {
    struct known_result *result = c->result[1];
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
                            const struct revision_wish *wish, struct revision_effects *out,
                            struct baton_findings *found) {
    struct comparing *c = arena_alloc(arena, 1, sizeof *c);
    struct ledger_view of = *view;
    *c = (struct comparing){.arena = arena, .view = &of, .wish = wish};
    c->result[0] = arena_alloc(arena, 1, sizeof *c->result[0]);
    c->result[1] = arena_alloc(arena, 1, sizeof *c->result[1]);
    *out = (struct revision_effects){0};
    arena_on_close(arena, forget_all, c);
    TRY(find_period(c, &of, found));
    TRY(gather(c, found));
    const size_t from = wish->most > 0 && c->count > wish->most ? c->count - wish->most : 0;
    out->period = of.period;
    out->left_out = from;
    out->effect = arena_alloc(arena, c->count - from, sizeof *out->effect);
    for (size_t i = from; i < c->count; i++)
        TRY(compare_one(c, &c->revision[i], &out->effect[out->count++], found));
    forget_all(c);
    return BATON_OK;
}
