/* An explanation as a whole: the node that is asked for, and those below it as deep as is asked.
 *
 * Everything is taken from the session as the scoring left it; what scoring did not keep (which unit set a bound, which row gave a
 * target, what a condition saw) is looked up again by the same functions. Lines live in the caller's arena; scratch memory
 * is the first worker's, given back at the end. */
#include "engine/explain.h"
#include "engine/explain_parts.h"
#include <assert.h>
#include <string.h>

const struct explain_entry *explain_entry(enum explain_kind kind) {
    static const struct explain_entry entries[EXPLAIN_KINDS] = {
#define LINE(ID, name, numbers, label_en, label_zh, en, zh) \
    {name, numbers, {label_en, label_zh}, {en, zh}},
#include "engine/explain.def"
    };
    assert(kind < EXPLAIN_KINDS);
    return &entries[kind];
}

const char *explain_word(const char *word, enum baton_language language) {
    static const char *const words[][3] = {
#define WORD(name, en, zh) {name, en, zh},
#include "engine/explain.def"
    };
    for (size_t i = 0; i < LENGTH(words); i++)
        if (strcmp(words[i][0], word) == 0)
            return words[i][language == BATON_ZH ? 2 : 1];
    return word;
}

/* ---- Lines. */

struct explain_line *line_add(struct explaining *ex, struct explain_line *parent,
                              enum explain_kind kind) {
    struct explain_line *line = arena_alloc(ex->arena, 1, sizeof *line);
    line->kind = kind;
    line->unit = BATON_NONE;
    line->value = NAN;
    for (int i = 0; i < EXPLAIN_NUMBERS; i++)
        line->number[i] = NAN;
    if (parent == NULL)
        return line;
    if (parent->last == NULL)
        parent->first = line;
    else
        parent->last->next = line;
    parent->last = line;
    return line;
}

struct explain_line *line_value(struct explaining *ex, struct explain_line *parent,
                                enum explain_kind kind, double value) {
    struct explain_line *line = line_add(ex, parent, kind);
    line->value = value;
    return line;
}

struct explain_line *line_change(struct explaining *ex, struct explain_line *parent,
                                 enum explain_kind kind, double before, double after) {
    struct explain_line *line = line_value(ex, parent, kind, after);
    line->number[0] = before;
    return line;
}

struct explain_line *line_word(struct explaining *ex, struct explain_line *parent,
                               enum explain_kind kind, const char *word) {
    struct explain_line *line = line_add(ex, parent, kind);
    line->word = word;
    return line;
}

void line_formula(struct explain_line *line, const char *formula) {
    line->formula[BATON_EN] = line->formula[BATON_ZH] = formula;
}

/* ---- Calculations. */

static void terms_put(struct terms *terms, const char *bytes, size_t size) {
    ARRAY_RESERVE(terms->ex->arena, terms->text, terms->size, terms->room, terms->size + size + 1);
    memcpy(terms->text + terms->size, bytes, size);
    terms->size += size;
    terms->text[terms->size] = '\0';
}

/* Whether what was written ends so that a sign would be read as an operation. */
static bool is_behind_operator(const struct terms *terms) {
    size_t at = terms->size;
    while (at > 0 && terms->text[at - 1] == ' ')
        at--;
    static const char times[] = "×";
    return at > 0 && (strchr("+-/*^", terms->text[at - 1]) != NULL ||
                      (at >= strlen(times) &&
                       memcmp(terms->text + at - strlen(times), times, strlen(times)) == 0));
}

static void terms_number(struct terms *terms, double number) {
    char text[BATON_NUMBER_SHORTEST_SIZE];
    const size_t size = isnan(number) ? 0 : baton_number_shortest(number, text);
    const bool brackets = size > 0 && text[0] == '-' && is_behind_operator(terms);
    if (brackets)
        terms_put(terms, "(", 1);
    if (size > 0)
        terms_put(terms, text, size);
    else
        terms_put(terms, "—", strlen("—"));
    if (brackets)
        terms_put(terms, ")", 1);
}

void terms_add(struct terms *terms, const char *between, const char *pattern,
               const double *number) {
    if (terms->count++ > 0)
        terms_put(terms, between, strlen(between));
    for (const char *mark; (mark = strchr(pattern, '#')) != NULL; pattern = mark + 1) {
        terms_put(terms, pattern, (size_t)(mark - pattern));
        terms_number(terms, *number++);
    }
    terms_put(terms, pattern, strlen(pattern));
}

const char *terms_text(const struct terms *terms, const char *empty) {
    return terms->count == 0 ? empty : terms->text;
}

const char *with_numbers(struct explaining *ex, const char *pattern, const double *number) {
    struct terms terms = {.ex = ex};
    terms_add(&terms, "", pattern, number);
    return terms.text;
}

const char *state_word(uint8_t state) {
    return state == BATON_NA ? "na" : state == BATON_PENDING ? "pending" : "missing";
}

/* ---- Nodes. */

static void explain_leaf(struct explaining *ex, struct explain_line *line, uint32_t node) {
    const struct leaf *leaf = &ex->session->leaf[ex->session->leaf_of_node[node]];
    const struct arena_mark mark = arena_mark(ex->worker->arena);
    explain_figure(ex, line, leaf);
    explain_method(ex, line, leaf);
    explain_aggregate(ex, line, node);
    arena_reset_to(ex->worker->arena, mark);
}

static void explain_clause(struct explaining *ex, struct explain_line *line,
                           const struct baton_node *node) {
    if (node->basis == NULL)
        return;
    struct explain_line *clause = line_add(ex, line, EXPLAIN_CLAUSE);
    clause->id = node->basis;
    clause->at = node->at;
}

/* A node that is only listed, and perhaps those below it likewise. */
static void explain_listed(struct explaining *ex, struct explain_line *parent, uint32_t node,
                           bool with_children) {
    const struct baton_node *as = &ex->scheme->node[node];
    struct explain_line *line = explain_node_line(ex, parent, node, false);
    for (uint32_t c = 0; with_children && c < as->child_count; c++)
        if (has_row(ex->session, as->child[c], ex->unit))
            explain_node_line(ex, line, as->child[c], false);
}

/* The node told in full; those below it to `depth` levels likewise. */
static struct explain_line *explain_told(struct explaining *ex, struct explain_line *parent,
                                         uint32_t node, uint32_t depth) {
    const struct baton_node *as = &ex->scheme->node[node];
    struct explain_line *line = explain_node_line(ex, parent, node, true);
    explain_clause(ex, line, as);
    if (!line->node->has_row) {
        explain_absence(ex, line, node);
        return line;
    }
    if (node > 0)
        explain_weight(ex, line, node);
    if (as->child_count == 0 && node > 0) {
        explain_leaf(ex, line, node);
        return line;
    }
    for (uint32_t c = 0; c < as->child_count; c++) {
        const uint32_t child = as->child[c];
        if (!has_row(ex->session, child, ex->unit))
            continue;
        if (depth > 0)
            explain_told(ex, line, child, depth - 1);
        else
            explain_listed(ex, line, child, node == 0);
    }
    const double score = explain_aggregate(ex, line, node);
    if (node == 0)
        explain_total(ex, line, score);
    return line;
}

/* Takes calculations away that are the value and nothing else. */
static void drop_idle(struct explain_line *line) {
    char value[BATON_NUMBER_SHORTEST_SIZE];
    if (line->arithmetic != NULL && !isnan(line->value) &&
        baton_number_shortest(line->value, value) > 0 && strcmp(line->arithmetic, value) == 0)
        line->arithmetic = NULL;
    for (struct explain_line *below = line->first; below != NULL; below = below->next)
        drop_idle(below);
}

struct asked {
    struct explaining ex;
    const struct explain_wish *wish;
    struct explain_line *line;
};

static baton_code build(void *context) {
    struct asked *asked = context;
    struct explaining *ex = &asked->ex;
    const uint32_t nodes = ex->session->nodes;
    ex->share = arena_alloc(ex->arena, nodes, sizeof(double));
    ex->points = arena_alloc(ex->arena, nodes, sizeof(double));
    ex->share_full = arena_alloc(ex->arena, nodes, sizeof(double));
    baton_result_points(ex->session, ex->unit, ex->share, ex->points);
    weights_full(ex->session, ex->unit, ex->share_full);
    asked->line = explain_told(ex, NULL, asked->wish->node, asked->wish->depth);
    drop_idle(asked->line);
    return BATON_OK;
}

baton_code explain(struct baton_arena *arena, struct baton_session *session,
                   const struct explain_wish *wish, struct explain_line **out) {
    assert(session->scored && session->options.full);
    assert(wish->unit < session->ranked && wish->node < session->nodes);
    struct asked asked = {
        .ex = {.arena = arena,
               .session = session,
               .scheme = session->scheme,
               .worker = &session->worker[0],
               .unit = wish->unit,
               .group = session->group_of[wish->unit]},
        .wish = wish,
    };
    struct baton_arena *scratch = session->worker[0].arena;
    const struct arena_mark mark = arena_mark(scratch);
    const baton_code code = arena_run(scratch, build, &asked);
    arena_reset_to(scratch, mark);
    if (code == BATON_OK)
        *out = asked.line;
    return code;
}
