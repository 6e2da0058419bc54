/* The period of a sheet, and the measure for the whole of it: out of the cells above the figures, the sheet's name, the file's. The
 * proposal keeps the pattern, so that it reads the sheet of the next month too. */
#include "package/guess_parts.h"
#include <string.h>

/* The longer ones first. Without a year a pattern says nothing for sure. */
static const struct {
    const char *pattern, *means;
} patterns[] = {
    {"*{year}年1-{month}月*", "{year}-{month}"},
    {"*{year}年1—{month}月*", "{year}-{month}"},
    {"*{year}年1至{month}月*", "{year}-{month}"},
    {"*{year}年1~{month}月*", "{year}-{month}"},
    {"*{year}年1月-{month}月*", "{year}-{month}"},
    {"*{year}年1月至{month}月*", "{year}-{month}"},
    {"*{year}年{month}月*", "{year}-{month}"},
    {"*{year}年前{quarter}季度*", "{year}-Q{quarter}"},
    {"*{year}年第{quarter}季度*", "{year}-Q{quarter}"},
    {"*{year}年{quarter}季度*", "{year}-Q{quarter}"},
    {"*{year}年1-{quarter}季度*", "{year}-Q{quarter}"},
    {"*{year}Q{quarter}*", "{year}-Q{quarter}"},
    {"*{year}-Q{quarter}*", "{year}-Q{quarter}"},
    {"*{year}年{half}半年*", "{year}-H{half}"},
    {"*{year}-H{half}*", "{year}-H{half}"},
    {"*{year}年第{week}周*", "{year}-W{week}"},
    {"*{year}-{month}*", "{year}-{month}"},
    {"*{year}.{month}*", "{year}-{month}"},
    {"*{year}/{month}*", "{year}-{month}"},
    {"*{year}年*", "{year}"},
    {"*{year}*", "{year}"},
};

static bool has_year(const struct guess *g, const char *text) {
    struct baton_period period;
    (void)g;
    return mapping_period_matches("*{year}*", "{year}", 0, text, &period);
}

/* Whether the text is a period, by which pattern. */
static bool match(const struct guess *g, const char *text, bool whole, size_t *pattern,
                  struct baton_period *out) {
    const char *normal = mapping_normal(g->arena, text, true);
    if (normal[0] == '\0' || !has_year(g, normal))
        return false;
    for (size_t i = 0; i < LENGTH(patterns); i++) {
        /* Mere digits are a year only in names, where nothing else stands. */
        if (!whole && i + 1 == LENGTH(patterns))
            continue;
        if (mapping_period_matches(patterns[i].pattern, patterns[i].means, 0, normal, out)) {
            *pattern = i;
            return true;
        }
    }
    return false;
}

static void take(struct guess *g, enum mapping_in in, const char *text, uint32_t row,
                 uint32_t column) {
    size_t pattern;
    struct baton_period period;
    if (g->period.kind != BATON_PERIOD_NONE ||
        !match(g, text, in != MAPPING_CELL, &pattern, &period))
        return;
    g->period = period;
    g->period_in = in;
    g->period_row = row;
    g->period_column = column;
    g->period_text = mapping_normal(g->arena, text, false);
    g->period_pattern = patterns[pattern].pattern;
    g->period_means = patterns[pattern].means;
}

/* 单位：万元、% */
static void take_corner(struct guess *g, const char *text) {
    const char *normal = mapping_normal(g->arena, text, true);
    const char *at = strstr(normal, "单位:");
    if (at == NULL || g->corner_count > 0)
        return;
    at += strlen("单位:");
    for (bool more = true; more && g->corner_count < GUESS_PARTS;) {
        size_t size = 0, step = 0;
        while (at[size] != '\0' && step == 0) {
            step = at[size] == ',' || at[size] == ';' || at[size] == ')' ? 1
                   : strncmp(at + size, "、", strlen("、")) == 0         ? strlen("、")
                                                                         : 0;
            size += step == 0;
        }
        char *measure = arena_text(g->arena, at, size);
        if (guess_is_measure(g->names, measure))
            g->corner[g->corner_count++] = measure;
        more = at[size] != '\0';
        at += size + step;
    }
}

/* The cells above the figures that are no header: where titles stand. */
static void look_above(struct guess *g) {
    const uint32_t end = g->header_count > 0 ? g->header[0] : g->first;
    for (size_t i = 0; i < g->grid->cell_count; i++) {
        const struct sheet_cell *cell = &g->grid->cell[i];
        if (cell->kind == CELL_NO_VALUE || cell->size > 400)
            continue;
        if (cell->row < end)
            take(g, MAPPING_CELL, cell->text, cell->row, cell->column);
        if (cell->row < g->first)
            take_corner(g, cell->text);
    }
}

static bool is_whole(const char *normal) {
    struct baton_period period;
    return baton_period_parse(normal, strlen(normal), &period);
}

/* The kind of most elements that were found. */
static enum baton_period_kind kind_of_lines(const struct guess *g) {
    uint32_t count[BATON_YEAR + 1] = {0}, best = BATON_PERIOD_NONE;
    for (size_t i = 0; i < g->line_count; i++)
        if (g->line[i].open == OPEN_NOT)
            count[g->scheme->element[g->line[i].element].frequency]++;
    for (uint32_t kind = BATON_DAY; kind <= BATON_YEAR; kind++)
        if (count[kind] > 0 && (best == BATON_PERIOD_NONE || count[kind] > count[best]))
            best = kind;
    return (enum baton_period_kind)best;
}

void guess_period(struct guess *g) {
    const char *sheet = g->grid->sheet;
    look_above(g);
    if (sheet != NULL)
        take(g, MAPPING_SHEET, sheet, 0, 0);
    take(g, MAPPING_FILE, g->request->file->stem, 0, 0);
    if (g->period_in == MAPPING_NOWHERE)
        g->period = g->request->period;
    else if (is_whole(mapping_normal(g->arena, g->period_text, true)))
        g->period_pattern = NULL; // it is read without
    /* A title of 1-3月 over figures of quarters: the period that ends on the same day. */
    const enum baton_period_kind kind = kind_of_lines(g);
    if (g->period.kind == BATON_PERIOD_NONE || kind == BATON_PERIOD_NONE || g->period.kind == kind)
        return;
    const int32_t last = baton_period_last_day(g->period);
    const struct baton_period as = baton_period_of_day(kind, last);
    if (as.kind != BATON_PERIOD_NONE && baton_period_last_day(as) == last)
        g->period_as = as;
}
