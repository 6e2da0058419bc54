/* A mapping proposed: which sheet, where units stand, which rows are the header; then the parts do the rest.
 *
 * Each visible sheet is tried; the one in which most units of the package are named by one column, or one row, is it. */
#include "package/guess_parts.h"
#include "package/package.h"
#include <math.h>
#include <string.h>

enum { SHEETS_MOST = 50, UNITS_LEAST = 2, NOTES_MOST = 8 };
static const double ALIKE_LEAST =
    0.3; /* of a candidate: one character in three other than its own */

/* ---- Where units stand. */

struct stand {
    uint32_t line, count; /* a column or a row, and how many units it names */
};

/* Counts, for every column or row, the different units that it names, and finds the one with most. */
static struct stand find_stand(struct guess *g, const uint32_t *unit_of_cell, bool across) {
    const struct sheet_grid *grid = g->grid;
    const uint32_t lines = across ? grid->row_count : grid->column_count;
    struct stand best = {0, 0};
    const struct arena_mark mark = arena_mark(g->arena);
    uint32_t *count = arena_alloc(g->arena, (size_t)lines + 1, sizeof *count);
    struct hash seen = {0};
    for (size_t i = 0; i < grid->cell_count; i++) {
        if (unit_of_cell[i] == BATON_NONE)
            continue;
        const uint32_t line = across ? grid->cell[i].row : grid->cell[i].column;
        const char *key = arena_printf(g->arena, "%u %u", line, unit_of_cell[i]);
        count[line] += hash_find(&seen, key, strlen(key)) == HASH_NONE;
        hash_add(g->arena, &seen, key, strlen(key), 1);
    }
    for (uint32_t line = 1; line <= lines; line++)
        if (count[line] > best.count)
            best = (struct stand){line, count[line]};
    arena_reset_to(g->arena, mark);
    return best;
}

static uint32_t *units_of_cells(const struct guess *g) {
    const struct sheet_grid *grid = g->grid;
    uint32_t *unit = arena_alloc_raw(g->arena, grid->cell_count, sizeof *unit);
    bool by_name;
    for (size_t i = 0; i < grid->cell_count; i++)
        unit[i] = grid->cell[i].kind == CELL_NO_VALUE || grid->cell[i].size > 256
                      ? BATON_NONE
                      : guess_unit(g->names, grid->cell[i].text, &by_name);
    return unit;
}

/* Looks at a sheet; returns how many units it names in one line. */
static baton_code look_at_sheet(struct guess *g, uint32_t sheet, struct stand *out, bool *across,
                                const struct sheet_grid **grid, struct baton_findings *found) {
    TRY(sheet_grid_read(g->arena, g->request->file, sheet, grid, found));
    g->grid = *grid;
    const uint32_t *unit = units_of_cells(g);
    const struct stand down = find_stand(g, unit, false), aside = find_stand(g, unit, true);
    *across = aside.count > down.count;
    *out = *across ? aside : down;
    return BATON_OK;
}

static baton_code choose_sheet(struct guess *g, struct baton_findings *found) {
    const struct sheet_file *file = g->request->file;
    struct stand best = {0, 0};
    const struct sheet_grid *best_grid = NULL;
    g->other_sheet = UINT32_MAX;
    for (uint32_t i = 0; i < file->sheet_count && i < SHEETS_MOST; i++) {
        struct stand stand;
        bool across;
        const struct sheet_grid *grid;
        if (file->workbook != NULL && file->sheet[i].is_hidden)
            continue;
        TRY(look_at_sheet(g, i, &stand, &across, &grid, found));
        if (best_grid != NULL && stand.count == best.count && stand.count > 0)
            g->other_sheet = i;
        if (stand.count <= best.count)
            continue;
        best = stand;
        best_grid = grid;
        g->sheet = i;
        g->across = across;
        g->unit_line = stand.line;
        g->other_sheet = UINT32_MAX;
    }
    g->grid = best_grid;
    if (best.count >= UNITS_LEAST)
        return BATON_OK;
    baton_findings_add(found, BATON_GUESS_NO_UNITS, (struct baton_where){.file = file->name}, NULL,
                       NULL, NULL, NULL);
    return BATON_GUESS_NO_UNITS;
}

/* ---- Items: what stands where units stand. */

/* How alike a text and the names of a unit are. */
static double alike_unit(const struct guess *g, const char *text, uint32_t u) {
    const struct baton_unit *unit = &g->scheme->unit[u];
    const char *const names[] = {unit->id, unit->name.zh, unit->name.en};
    double best = 0;
    for (size_t i = 0; i < LENGTH(names); i++)
        if (names[i] != NULL)
            best = fmax(best, guess_alike(text, mapping_normal(g->arena, names[i], true)));
    return best;
}

static void add_candidates(const struct guess *g, struct guess_item *item) {
    const char *text = mapping_normal(g->arena, item->text, true);
    double alike[GUESS_CANDIDATES] = {0};
    for (uint32_t u = 0; u < g->scheme->unit_count; u++) {
        const double how = alike_unit(g, text, u);
        uint32_t at = item->candidate_count;
        while (at > 0 && how > alike[at - 1])
            at--;
        if (how < ALIKE_LEAST || at == GUESS_CANDIDATES)
            continue;
        if (item->candidate_count < GUESS_CANDIDATES)
            item->candidate_count++;
        for (uint32_t k = item->candidate_count - 1; k > at; k--) {
            item->candidate[k] = item->candidate[k - 1];
            alike[k] = alike[k - 1];
        }
        item->candidate[at] = u;
        alike[at] = how;
    }
}

/* Whether figures stand in a row beside the names of units. */
static bool row_has_figures(const struct guess *g, uint32_t row) {
    const char **text = sheet_row_texts(g->grid, row);
    for (uint32_t column = 1; column <= g->grid->column_count; column++)
        if (column != g->unit_line && !isnan(guess_number(g, text[column])))
            return true;
    return false;
}

static void take_items(struct guess *g) {
    const struct sheet_grid *grid = g->grid;
    const char **text =
        g->across ? sheet_row_texts(grid, g->unit_line) : sheet_column_texts(grid, g->unit_line);
    const uint32_t count = g->across ? grid->column_count : grid->row_count;
    const size_t most = grid->merge_count > GUESS_MERGES_MANY ? GUESS_ITEMS_FEW : GUESS_ITEMS_MOST;
    uint32_t first = 0;
    for (uint32_t i = 1; i <= count && g->item_count < most; i++) {
        if (text[i][0] == '\0')
            continue;
        struct guess_item item = {.index = i, .text = mapping_normal(g->arena, text[i], false)};
        item.unit = guess_unit(g->names, text[i], &item.by_name);
        item.is_total = item.unit == BATON_NONE && guess_is_total(g->arena, text[i]);
        const bool leads = item.is_total && (g->across || row_has_figures(g, i));
        if (first == 0 && item.unit == BATON_NONE && !leads)
            continue; // title, header, the column of names
        first = first == 0 ? i : first;
        *ARRAY_PUSH(g->arena, g->item, g->item_count, g->item_capacity) = item;
    }
    g->first = g->across ? g->unit_line + 1 : first;
}

/* ---- The header. */

/* A text that says something of the sheet as a whole: a measure for all, who fills it in, 制表 and so on. */
static bool is_of_sheet(const char *text) {
    static const char *const starts[] = {"单位:", "计量单位:", "(单位:", "填报单位", "填报日期",
                                         "制表",  "填表",      "报送",   "审核",     "附件",
                                         "时间:", "统计时间",  "统计期", "日期:",    "数据截至"};
    for (size_t i = 0; i < LENGTH(starts); i++)
        if (strncmp(text, starts[i], strlen(starts[i])) == 0)
            return true;
    return false;
}

static bool is_counter(const char *text) {
    return text[0] != '\0' &&
           (strspn(text, "0123456789") == strlen(text) || strcmp(text, "甲") == 0 ||
            strcmp(text, "乙") == 0 || strcmp(text, "A") == 0 || strcmp(text, "B") == 0);
}

/* What a row above the figures is. */
enum row_is { ROW_HEADER, ROW_COUNTERS, ROW_OTHER };

/* Whether a row says something of the sheet as a whole. With a colon any of its texts may (填报单位：市统计局); without one (审核人, 报送月份)
 * it may as well be a heading, and is one beside headings of elements, behind other texts, where it goes on below, and in the row
 * right above the figures. */
static bool is_above_header(struct guess *g, uint32_t row, bool is_last) {
    const char **text = sheet_row_texts(g->grid, row);
    bool with_colon = false, leads = false, any = false;
    for (uint32_t column = 1; column <= g->grid->column_count; column++) {
        const char *normal = mapping_normal(g->arena, text[column], true);
        if (normal[0] == '\0')
            continue;
        const bool is = is_of_sheet(normal), has_colon = strchr(normal, ':') != NULL;
        with_colon = with_colon || (is && has_colon);
        leads = leads || (is && !has_colon && !any &&
                          strcmp(text[column], sheet_text_at(g->grid, row + 1, column)) != 0);
        any = true;
    }
    if (is_last)
        return with_colon && !guess_has_elements(g, row);
    return with_colon || (leads && !guess_has_elements(g, row));
}

/* `is_last`: no row of the header is below it. */
static enum row_is look_at_row(struct guess *g, uint32_t row, bool is_last) {
    const char **text = sheet_row_texts(g->grid, row);
    const char *first = NULL;
    bool differs = false, all_counters = true;
    for (uint32_t column = 1; column <= g->grid->column_count; column++) {
        const char *normal = mapping_normal(g->arena, text[column], true);
        if (normal[0] == '\0')
            continue;
        all_counters = all_counters && is_counter(normal);
        differs = differs || (first != NULL && strcmp(first, normal) != 0);
        first = first == NULL ? normal : first;
    }
    if (first == NULL || !differs || is_above_header(g, row, is_last))
        return ROW_OTHER;
    return all_counters ? ROW_COUNTERS : ROW_HEADER;
}

static void find_header(struct guess *g) {
    uint32_t rows[GUESS_HEADER_MOST], count = 0;
    if (g->across) {
        g->header[g->header_count++] = g->unit_line;
        return;
    }
    for (uint32_t row = g->first - 1; row >= 1 && count < GUESS_HEADER_MOST; row--) {
        const enum row_is is = look_at_row(g, row, count == 0);
        if (is == ROW_COUNTERS && count == 0)
            continue;
        if (is != ROW_HEADER)
            break;
        rows[count++] = row;
    }
    while (count > 0)
        g->header[g->header_count++] = rows[--count];
    /* A level above with gaps beside its texts: cells that were merged once, or are meant so. */
    for (uint32_t i = 0; i + 1 < g->header_count; i++) {
        const char **above = sheet_row_texts(g->grid, g->header[i]);
        const char **below = sheet_row_texts(g->grid, g->header[g->header_count - 1]);
        for (uint32_t column = 2; column <= g->grid->column_count; column++)
            g->fill = g->fill || (above[column][0] == '\0' && above[column - 1][0] != '\0' &&
                                  below[column][0] != '\0');
    }
}

/* ---- Across: what stands in columns besides. */

static void find_name_line(struct guess *g) {
    uint32_t best = 0, most = 0;
    for (uint32_t column = 1; column <= g->grid->column_count && column < g->item[0].index;
         column++) {
        const char **text = sheet_column_texts(g->grid, column);
        uint32_t texts = 0, are_measures = 0;
        for (uint32_t row = g->first; row <= g->grid->row_count; row++) {
            if (text[row][0] == '\0')
                continue;
            const bool is_measure = guess_is_measure(g->names, text[row]);
            are_measures += is_measure;
            texts += !is_measure && isnan(guess_number(g, text[row]));
        }
        if (are_measures > texts)
            g->measure_line = column;
        else if (texts > most) {
            most = texts;
            best = column;
        }
    }
    g->name_line = best;
}

/* ---- Notes below. */

/* Texts below the last unit that no figures belong to: the pattern that ends the figures. */
static const char *note_pattern(struct guess *g, const char *text) {
    static const char *const ends[] = {"：", ":"};
    for (size_t i = 0; i < LENGTH(ends); i++) {
        const char *end = strstr(text, ends[i]);
        if (end != NULL)
            return arena_printf(g->arena, "%.*s%s*", (int)(end - text), text, ends[i]);
    }
    return text;
}

static void settle_items(struct guess *g) {
    size_t kept = 0, last_unit = 0;
    for (size_t i = 0; i < g->item_count; i++) {
        struct guess_item *item = &g->item[i];
        for (size_t k = 0; k < g->line_count; k++)
            item->has_figures =
                item->has_figures ||
                !isnan(guess_number(g, guess_text(g, g->line[k].index, item->index)));
        if (item->unit != BATON_NONE || item->is_total)
            last_unit = i;
    }
    for (size_t i = 0; i < g->item_count; i++) {
        struct guess_item item = g->item[i];
        if (item.unit == BATON_NONE && !item.is_total && !item.has_figures) {
            if (!g->across && i > last_unit && g->until_count < NOTES_MOST)
                *ARRAY_PUSH(g->arena, g->until, g->until_count, g->until_capacity) = note_pattern(
                    g, mapping_normal(g->arena, sheet_row_first(g->grid, item.index), false));
            continue;
        }
        if (item.unit == BATON_NONE && !item.is_total)
            add_candidates(g, &item);
        g->item[kept++] = item;
    }
    g->item_count = kept;
}

/* ---- All. */

baton_code guess_mapping(struct baton_arena *arena, const struct guess_request *request,
                         struct writer *out, struct baton_findings *found) {
    struct guess guess = {.arena = arena,
                          .request = request,
                          .scheme = &request->package->scheme,
                          .names = guess_names_open(arena, request->package)};
    struct guess *const g = &guess;
    TRY(choose_sheet(g, found));
    take_items(g);
    find_header(g);
    if (g->across)
        find_name_line(g);
    guess_lines(g);
    settle_items(g);
    guess_values(g);
    guess_period(g);
    guess_factors(g);
    guess_write(g, out);
    if (!guess_has_mapped(g))
        baton_findings_add(found, BATON_GUESS_NO_ELEMENTS,
                           (struct baton_where){.file = g->grid->place}, NULL, NULL, NULL, NULL);
    return BATON_OK;
}
