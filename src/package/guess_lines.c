/* Which lines of a sheet are which elements. A line's text has the levels of its header; from each level on the rest is compared
 * with the names of indicators, so that "经济发展/固定资产投资（亿元）" and "固定资产投资/累计" are both found. What stands above a name
 * must not say that it is something else: a target, last year's, a rank. */
#include "package/guess_parts.h"
#include "package/package.h"
#include "package/sheet_layout.h"
#include <math.h>
#include <string.h>

/* A name that the sheet may have, and what it is. */
struct called {
    const char *name; /* plain */
    uint32_t node;    /* BATON_NONE = an element without an indicator */
    uint32_t element; /* BATON_NONE = computed */
};

struct calls {
    struct called *item;
    size_t count, capacity;
};

static void add_call(struct guess *g, struct calls *calls, const char *name, uint32_t node,
                     uint32_t element) {
    if (name == NULL)
        return;
    const char *plain = guess_plain(g->names, name, NULL);
    if (plain[0] == '\0')
        return;
    for (size_t i = 0; i < calls->count; i++)
        if (calls->item[i].node == node && calls->item[i].element == element &&
            strcmp(calls->item[i].name, plain) == 0)
            return;
    *ARRAY_PUSH(g->arena, calls->item, calls->count, calls->capacity) =
        (struct called){plain, node, element};
}

static struct calls all_calls(struct guess *g) {
    const struct baton_scheme *scheme = g->scheme;
    struct calls calls = {0};
    for (uint32_t n = 1; n < scheme->node_count; n++) {
        const struct baton_node *node = &scheme->node[n];
        if (node->child_count > 0)
            continue;
        const uint32_t element = node->value.text == NULL ? node->element : BATON_NONE;
        add_call(g, &calls, node->name.zh, n, element);
        add_call(g, &calls, node->name.en, n, element);
        if (element != BATON_NONE)
            add_call(g, &calls, node->id, n, element);
    }
    for (uint32_t e = 0; e < scheme->element_count; e++)
        if (scheme->element[e].value.text == NULL &&
            scheme->element[e].frequency != BATON_PERIOD_NONE)
            add_call(g, &calls, scheme->element[e].id, BATON_NONE, e);
    return calls;
}

/* ---- Texts of a line. */

struct parts {
    const char *text[GUESS_PARTS];
    uint32_t count;
};

/* The next `/` that is not in brackets. */
static const char *next_level(const char *text) {
    int depth = 0;
    for (; *text != '\0'; text++) {
        const bool opens = *text == '(' || strncmp(text, "（", strlen("（")) == 0,
                   closes = *text == ')' || strncmp(text, "）", strlen("）")) == 0;
        depth += opens - (closes && depth > 0);
        if (*text == '/' && depth == 0)
            return text;
    }
    return NULL;
}

static struct parts parts_of(struct guess *g, const char *text) {
    struct parts parts = {0};
    for (const char *at = text; parts.count < GUESS_PARTS;) {
        const char *end = next_level(at);
        parts.text[parts.count++] = end == NULL ? at : arena_text(g->arena, at, (size_t)(end - at));
        if (end == NULL)
            break;
        at = end + 1;
    }
    return parts;
}

static const char *joined_from(struct guess *g, const struct parts *parts, uint32_t from) {
    const char *all = "";
    for (uint32_t i = from; i < parts->count; i++)
        all = arena_printf(g->arena, "%s%s", all, parts->text[i]);
    return all;
}

/* Words by which a figure is another one than its name says. */
static bool says_other(const char *text) {
    static const char *const words[] = {
        "目标", "计划",   "任务", "预算", "预期",      "上年",   "去年",  "同期",   "基期",
        "上期", "上月",   "当月", "本月", "同比",      "环比",   "增速",  "增长",   "增幅",
        "排名", "位次",   "名次", "得分", "分值",      "扣分",   "权重",  "完成率", "占比",
        "比重", "target", "plan", "rank", "last year", "growth", "score", "weight", "previous"};
    for (size_t i = 0; i < LENGTH(words); i++)
        if (strstr(text, words[i]) != NULL)
            return true;
    return false;
}

static bool has_year(const char *text) {
    size_t digits = 0;
    for (; *text != '\0'; text++) {
        digits = *text >= '0' && *text <= '9' ? digits + 1 : 0;
        if (digits == 4)
            return true;
    }
    return false;
}

/* ---- Matching. */

static void add_candidate(struct guess_line *line, uint32_t element) {
    for (uint32_t i = 0; i < line->candidate_count; i++)
        if (line->candidate[i] == element)
            return;
    if (line->candidate_count < GUESS_CANDIDATES && element != BATON_NONE)
        line->candidate[line->candidate_count++] = element;
}

/* Elements whose ids an expression has, as candidates. */
static void add_named(const struct guess *g, const char *expression, struct guess_line *line) {
    for (uint32_t e = 0; e < g->scheme->element_count; e++) {
        const char *id = g->scheme->element[e].id;
        const char *at = strstr(expression, id);
        const char after = at == NULL ? '\0' : at[strlen(id)];
        const char before = at == NULL || at == expression ? '\0' : at[-1];
        const bool is_word = !((after >= 'a' && after <= 'z') || after == '_') &&
                             !((before >= 'a' && before <= 'z') || before == '_');
        if (at != NULL && is_word && g->scheme->element[e].value.text == NULL)
            add_candidate(line, e);
    }
}

/* Looks for names that equal the text; true where there was one, whatever became of it. */
static bool match(const struct guess *g, const struct calls *calls, const char *plain,
                  struct guess_line *line) {
    const struct called *computed = NULL;
    for (size_t i = 0; i < calls->count; i++) {
        if (strcmp(calls->item[i].name, plain) != 0)
            continue;
        if (calls->item[i].element == BATON_NONE)
            computed = &calls->item[i];
        else
            add_candidate(line, calls->item[i].element);
    }
    if (line->candidate_count == 1 && computed == NULL) {
        line->element = line->candidate[0];
        line->open = OPEN_NOT;
    } else if (line->candidate_count > 0) {
        line->open = OPEN_SEVERAL;
    } else if (computed != NULL) {
        line->open = OPEN_COMPUTED;
        add_named(g, g->scheme->node[computed->node].value.text, line);
    }
    return line->candidate_count > 0 || computed != NULL;
}

/* The most similar names, for a comment. */
static void find_similar(const struct guess *g, const struct calls *calls, const char *plain,
                         struct guess_line *line) {
    double below = 2;
    line->open = OPEN_NO_NAME;
    for (int turn = 0; turn < GUESS_CANDIDATES * 2 && line->candidate_count < GUESS_CANDIDATES;
         turn++) {
        double best = 0;
        for (size_t i = 0; i < calls->count; i++) {
            const double alike = guess_alike(plain, calls->item[i].name);
            best = alike > best && alike < below ? alike : best;
        }
        if (best < 0.4)
            return;
        for (size_t i = 0; i < calls->count; i++) {
            if (!(guess_alike(plain, calls->item[i].name) >= best &&
                  guess_alike(plain, calls->item[i].name) < below))
                continue;
            line->open = OPEN_SIMILAR;
            if (calls->item[i].element != BATON_NONE)
                add_candidate(line, calls->item[i].element);
            else
                add_named(g, g->scheme->node[calls->item[i].node].value.text, line);
        }
        below = best;
    }
}

static void match_line(struct guess *g, const struct calls *calls, struct guess_line *line) {
    const struct parts parts = parts_of(g, line->text);
    line->element = BATON_NONE;
    for (uint32_t from = 0; from < parts.count; from++) {
        const char *text = joined_from(g, &parts, from), *measure = NULL;
        /* A last level that is a measure, "GDP/亿元". */
        struct parts named = parts;
        if (named.count > from + 1 && guess_is_measure(g->names, named.text[named.count - 1])) {
            measure = mapping_normal(g->arena, named.text[--named.count], true);
            text = joined_from(g, &named, from);
        }
        const char *plain = guess_plain(g->names, text, &measure);
        if (measure != NULL)
            line->measure = measure;
        if (plain[0] == '\0' || !match(g, calls, plain, line))
            continue;
        line->is_equal = strcmp(plain, mapping_normal(g->arena, text, true)) == 0;
        for (uint32_t i = 0; i < from; i++)
            if (says_other(parts.text[i]) || has_year(parts.text[i]))
                line->open = OPEN_ABOVE;
        return;
    }
    const char *measure;
    find_similar(g, calls, guess_plain(g->names, joined_from(g, &parts, 0), &measure), line);
    if (line->open == OPEN_NO_NAME && parts.count > 1)
        find_similar(g, calls, guess_plain(g->names, parts.text[parts.count - 1], &measure), line);
}

/* ---- Which lines there are. */

/* Whether figures stand in it: at least as many as other texts, at the places of units. */
static bool is_numeric(const struct guess *g, uint32_t line) {
    uint32_t numbers = 0, texts = 0;
    for (size_t i = 0; i < g->item_count; i++) {
        const char *text = guess_text(g, line, g->item[i].index);
        if (g->item[i].unit == BATON_NONE || text[0] == '\0')
            continue;
        const bool is_number = !isnan(guess_number(g, text));
        numbers += is_number;
        texts += !is_number;
    }
    return numbers > 0 && 2 * numbers >= texts;
}

static void add_line(struct guess *g, const struct calls *calls, uint32_t index, const char *text,
                     const char *measure) {
    struct guess_line line = {.index = index,
                              .text = mapping_normal(g->arena, text, false),
                              .normal = mapping_normal(g->arena, text, true)};
    match_line(g, calls, &line);
    if (line.measure == NULL && measure != NULL && measure[0] != '\0')
        line.measure = mapping_normal(g->arena, measure, true);
    *ARRAY_PUSH(g->arena, g->line, g->line_count, g->line_capacity) = line;
}

/* Two lines that are one element, or one text: neither is sure. */
static void part_twins(struct guess *g) {
    for (size_t i = 0; i < g->line_count; i++)
        for (size_t k = i + 1; k < g->line_count; k++) {
            struct guess_line *a = &g->line[i], *b = &g->line[k];
            if ((a->element != BATON_NONE && a->element == b->element && a->open == OPEN_NOT &&
                 (b->open == OPEN_NOT || b->open == OPEN_TWICE)) ||
                (strcmp(a->normal, b->normal) == 0 && a->element != BATON_NONE))
                a->open = b->open = OPEN_TWICE;
            else if (a->element != BATON_NONE && a->element == b->element &&
                     a->open == OPEN_TWICE && b->open == OPEN_NOT)
                b->open = OPEN_TWICE;
        }
}

bool guess_has_elements(struct guess *g, uint32_t row) {
    const struct calls calls = all_calls(g);
    const char **text = sheet_row_texts(g->grid, row);
    const uint32_t count = g->grid->column_count;
    for (uint32_t column = 1; column <= count && column <= GUESS_LINES_MOST; column++) {
        const char *plain = guess_plain(g->names, text[column], NULL);
        for (size_t i = 0; column != g->unit_line && plain[0] != '\0' && i < calls.count; i++)
            if (strcmp(calls.item[i].name, plain) == 0)
                return true;
    }
    return false;
}

void guess_lines(struct guess *g) {
    const struct calls calls = all_calls(g);
    const struct sheet_grid *grid = g->grid;
    if (g->across) {
        if (g->name_line == 0)
            return;
        const char **text = sheet_column_texts(grid, g->name_line);
        const char **measure =
            g->measure_line == 0 ? NULL : sheet_column_texts(grid, g->measure_line);
        for (uint32_t row = g->first; row <= grid->row_count && row - g->first < GUESS_LINES_MOST;
             row++)
            if (text[row][0] != '\0' && is_numeric(g, row))
                add_line(g, &calls, row, text[row], measure == NULL ? NULL : measure[row]);
    } else {
        const char **text = sheet_header_texts(grid, g->header, g->header_count, g->fill);
        for (uint32_t column = 1; column <= grid->column_count && column <= GUESS_LINES_MOST;
             column++)
            if (column != g->unit_line && text[column][0] != '\0' && is_numeric(g, column))
                add_line(g, &calls, column, text[column], NULL);
    }
    part_twins(g);
}
