/* The figures of a sheet. For every cell in the range of figures: which element, unit and period, then what stands there. Texts of places are looked up once
 * for their row or column; what is unknown is told once, and only where a figure depends on it, so that footnotes and headings between the rows
 * are nobody's trouble. */
#include "package/sheet_figures.h"
#include "base/limits.h"
#include "base/text.h"
#include "package/package.h"
#include "package/sheet_layout.h"
#include "package/sheet_names.h"
#include "package/sheet_value.h"
#include <string.h>

struct period_found {
    enum { PERIOD_NOT_YET, PERIOD_KNOWN, PERIOD_SKIP, PERIOD_UNKNOWN } is;
    struct baton_period period;
};

enum { PERIODS_NAMED = 6 };

struct reading {
    /* the first periods that were passed over */
    struct baton_period other[PERIODS_NAMED + 1];
    uint32_t other_count;
    struct baton_arena *arena;
    struct baton_findings *found;
    const struct sheet_import *import;
    const struct mapping *mapping;
    struct sheet_figures *out;
    struct sheet_names names;
    struct sheet_values values;
    bool *is_met;        /* by element of the mapping: some sheet has its text */
    struct hash figures; /* from unit, element and period to the figure */
    /* Of the sheet at hand */
    const struct sheet_grid *grid;
    struct sheet_layout layout;
    uint32_t *unit_of, *element_of; /* by row, by column, or one: as the place stands */
    struct period_found *period_of;
    struct hash periods; /* from texts to the first place that has them */
    int year;            /* that periods without one are of; 0 = unknown */
    uint32_t passed_row; /* the last one that was told */
};

/* Places */

static uint32_t texts_count(const struct reading *r, const struct sheet_texts *texts) {
    return texts->in == MAPPING_COLUMN ? r->grid->row_count + 1
           : texts->in == MAPPING_ROW  ? r->grid->column_count + 1
                                       : 1;
}

static uint32_t at_of(const struct sheet_texts *texts, uint32_t row, uint32_t column) {
    return texts->in == MAPPING_COLUMN ? row : texts->in == MAPPING_ROW ? column : 0;
}

static uint32_t *not_yet(struct reading *r, const struct sheet_texts *texts) {
    const uint32_t count = texts_count(r, texts);
    uint32_t *index = arena_alloc_raw(r->arena, count, sizeof *index);
    for (uint32_t i = 0; i < count; i++)
        index[i] = NAME_NOT_YET;
    return index;
}

static uint32_t find_element(struct reading *r, uint32_t row, uint32_t column) {
    const struct sheet_texts *texts = &r->layout.element;
    uint32_t *const element = &r->element_of[at_of(texts, row, column)];
    if (*element != NAME_NOT_YET)
        return *element;
    const char *text = sheet_text_for(texts, row, column, NULL);
    *element = texts->in == MAPPING_IS ? 0
               : text[0] == '\0'       ? NAME_BLANK
                                       : sheet_names_element(&r->names, text);
    if (*element < r->mapping->element_name_count)
        r->is_met[*element] = true;
    return *element;
}

static uint32_t report_unit(struct reading *r, uint32_t row, uint32_t column, bool is_blank) {
    const char *seen;
    const char *text = sheet_text_for(&r->layout.unit, row, column, &seen);
    const struct arena_mark mark = arena_mark(r->arena);
    const size_t left_out = r->found->left_out;
    const char *guess =
        is_blank ? NULL : mapping_index_guess(&r->names.units, &r->names.guesses, text);
    baton_findings_add(r->found, BATON_SHEET_UNIT_UNKNOWN,
                       sheet_where_of(&r->layout, &r->layout.unit, row, column),
                       package_excerpt(r->arena, seen, strlen(seen)), guess, NULL, NULL);
    if (r->found->left_out > left_out)
        arena_reset_to(r->arena, mark); // so nothing of it is kept
    return NAME_UNKNOWN;
}

static uint32_t find_unit(struct reading *r, uint32_t row, uint32_t column) {
    const struct sheet_texts *texts = &r->layout.unit;
    uint32_t *const unit = &r->unit_of[at_of(texts, row, column)];
    if (*unit != NAME_NOT_YET)
        return *unit;
    const char *text = sheet_text_for(texts, row, column, NULL);
    const bool is_line = texts->in == MAPPING_COLUMN || texts->in == MAPPING_ROW;
    *unit = texts->in == MAPPING_IS      ? 0
            : text[0] == '\0' && is_line ? NAME_BLANK
                                         : sheet_names_unit(&r->names, text);
    if (*unit == NAME_NONE || *unit == NAME_SEVERAL)
        *unit = report_unit(r, row, column, text[0] == '\0');
    return *unit;
}

/* Periods */

/* The year that periods without one are of; 0 = unknown. */
static int find_year(struct reading *r) {
    struct baton_period period;
    const char *text = sheet_text_for(&r->layout.year, 0, 0, NULL);
    if (r->layout.year.in != MAPPING_NOWHERE &&
        sheet_names_period(&r->names.year, 0, text, &period))
        return period.year;
    return r->import->period.kind != BATON_PERIOD_NONE ? r->import->period.year : 0;
}

static void report_period(struct reading *r, uint32_t row, uint32_t column, int year) {
    const char *seen;
    const char *text = sheet_text_for(&r->layout.period, row, column, &seen);
    const struct baton_where where = sheet_where_of(&r->layout, &r->layout.period, row, column);
    const struct arena_mark mark = arena_mark(r->arena);
    const size_t left_out = r->found->left_out;
    struct baton_period period;
    if (year == 0 && sheet_names_period(&r->names.period, 2020, text, &period))
        baton_findings_add(r->found, BATON_SHEET_PERIOD_NEEDED, where, "1", NULL, NULL, NULL);
    else
        baton_findings_add(r->found, BATON_SHEET_PERIOD_UNKNOWN, where,
                           seen[0] == '\0' ? NULL : package_excerpt(r->arena, seen, strlen(seen)),
                           NULL, NULL, NULL);
    if (r->found->left_out > left_out)
        arena_reset_to(r->arena, mark);
}

static void report_differs(struct reading *r, struct baton_where where,
                           struct baton_period period) {
    char name[2][BATON_PERIOD_NAME_SIZE];
    baton_period_format(period, name[0]);
    baton_period_format(r->import->period, name[1]);
    baton_findings_add(r->found, BATON_SHEET_PERIOD_DIFFERS, where, name[0], name[1], NULL, NULL);
}

static const struct period_found *find_period(struct reading *r, uint32_t row, uint32_t column) {
    const struct sheet_texts *texts = &r->layout.period;
    const uint32_t at = at_of(texts, row, column);
    struct period_found *const known = &r->period_of[at];
    if (known->is != PERIOD_NOT_YET)
        return known;
    const struct baton_period asked = r->import->period;
    const char *text = sheet_text_for(texts, row, column, NULL);
    known->is = PERIOD_UNKNOWN;
    if (texts->in == MAPPING_NOWHERE) {
        if (asked.kind == BATON_PERIOD_NONE)
            baton_findings_add(r->found, BATON_SHEET_PERIOD_NEEDED,
                               (struct baton_where){.file = r->mapping->file}, NULL, NULL, NULL,
                               NULL);
        else
            *known = (struct period_found){PERIOD_KNOWN, asked};
        return known;
    }
    const bool is_line = texts->in == MAPPING_COLUMN || texts->in == MAPPING_ROW;
    const uint32_t same = hash_add(r->arena, &r->periods, text, strlen(text), at);
    const struct period_found *const before = &r->period_of[same];
    if (same != at && before->is != PERIOD_UNKNOWN) { // an unknown one is told wherever it stands
        *known = *before;
        return known;
    }
    if (sheet_names_skip(&r->names, text)) {
        known->is = PERIOD_SKIP;
        return known;
    }
    const int year = r->year;
    struct baton_period period;
    if (same != at || !sheet_names_period(&r->names.period, year, text, &period)) {
        report_period(r, row, column, year);
        return known;
    }
    *known = (struct period_found){PERIOD_KNOWN, period};
    if (!is_line && asked.kind != BATON_PERIOD_NONE && !baton_period_equal(asked, period)) {
        report_differs(r, sheet_where_of(&r->layout, texts, row, column), period);
        known->is = PERIOD_UNKNOWN;
    }
    return known;
}

/* Figures */

static void pass_row(struct reading *r, uint32_t row) {
    if (r->passed_row == row)
        return;
    r->passed_row = row;
    *ARRAY_PUSH(r->arena, r->out->row, r->out->row_count, r->out->row_capacity) =
        (struct sheet_passed){r->grid, row, sheet_row_first(r->grid, row)};
}

/* Whether no figure of the same unit, element and period came before. */
static bool is_new(struct reading *r, const struct sheet_figure *figure) {
    const char *key = arena_printf(r->arena, "%s\n%s\n%u", figure->unit, figure->element,
                                   baton_period_key(figure->period));
    const uint32_t index = (uint32_t)r->out->count;
    const uint32_t has = hash_add(r->arena, &r->figures, key, strlen(key), index);
    if (has == index)
        return true;
    char period[BATON_PERIOD_NAME_SIZE];
    baton_period_format(figure->period, period);
    baton_findings_add(r->found, BATON_SHEET_FIGURE_TWICE,
                       sheet_where(r->grid, figure->row, figure->column), figure->unit,
                       figure->element, period, sheet_figure_origin(r->arena, &r->out->item[has]));
    return false;
}

/* A cell of another period than the one asked for. */
static void pass_period(struct reading *r, struct baton_period period) {
    r->out->other_periods++;
    for (uint32_t i = 0; i < r->other_count; i++)
        if (baton_period_equal(r->other[i], period))
            return;
    if (r->other_count <= PERIODS_NAMED)
        r->other[r->other_count++] = period;
}

/* Nothing was read: there is nothing, or all of it is of other periods than the one asked for. */
static void report_nothing(struct reading *r) {
    const struct baton_where where = {.file = r->grid->place};
    char name[BATON_PERIOD_NAME_SIZE];
    const char *all = "";
    for (uint32_t i = 0; i < r->other_count && i < PERIODS_NAMED; i++) {
        baton_period_format(r->other[i], name);
        all = arena_printf(r->arena, "%s%s%s", all, i > 0 ? ", " : "", name);
    }
    if (r->other_count > PERIODS_NAMED)
        all = arena_printf(r->arena, "%s, ...", all);
    baton_period_format(r->import->period, name);
    if (r->other_count > 0)
        baton_findings_add(r->found, BATON_SHEET_PERIOD_DIFFERS, where, all, name, NULL, NULL);
    else
        baton_findings_add(r->found, BATON_SHEET_NO_FIGURES, where, NULL, NULL, NULL, NULL);
}

/* A place where a figure may stand; `cell` is NULL where nothing does. */
static void take(struct reading *r, uint32_t row, uint32_t column, const struct sheet_cell *cell) {
    const uint32_t element = find_element(r, row, column);
    if (element == NAME_SKIP)
        return;
    const uint32_t unit = element >= NAME_NOT_YET ? NAME_BLANK : find_unit(r, row, column);
    if (unit == NAME_BLANK) {
        if (cell != NULL)
            pass_row(r, row);
        return;
    }
    if (unit >= NAME_NOT_YET)
        return;
    const struct period_found *period = find_period(r, row, column);
    if (period->is != PERIOD_KNOWN)
        return;
    const struct baton_period asked = r->import->period;
    if (asked.kind != BATON_PERIOD_NONE && !baton_period_equal(asked, period->period)) {
        if (cell != NULL)
            pass_period(r, period->period);
        return;
    }
    const struct mapping_element *entry = &r->names.element[element];
    struct sheet_figure figure = {.unit = r->names.unit[unit],
                                  .element = entry->id,
                                  .period = period->period,
                                  .value = "",
                                  .source =
                                      entry->source != NULL ? entry->source : r->mapping->source,
                                  .grid = r->grid,
                                  .row = row,
                                  .column = column};
    if (sheet_value_read(&r->values, r->grid, entry, cell, &figure) && is_new(r, &figure))
        *ARRAY_PUSH(r->arena, r->out->item, r->out->count, r->out->capacity) = figure;
}

/* Columns */

/* Which columns have figures: those of the range whose header names something. Others with a text below it are told. */
static bool *find_live(struct reading *r, uint32_t *count) {
    const struct sheet_grid *grid = r->grid;
    const struct sheet_layout *l = &r->layout;
    bool *live = arena_alloc(r->arena, (size_t)grid->column_count + 1, sizeof *live);
    bool *passed = arena_alloc(r->arena, (size_t)grid->column_count + 1, sizeof *passed);
    for (uint32_t column = l->column_first; column <= l->column_last; column++) {
        if (l->is_place[column] || (l->value_column != 0 && column != l->value_column))
            continue;
        const char *unit = l->unit.in == MAPPING_ROW ? l->unit.normal[column] : "*";
        const char *period = l->period.in == MAPPING_ROW ? l->period.normal[column] : "*";
        const uint32_t element =
            l->element.in == MAPPING_ROW ? find_element(r, 0, column) : NAME_NOT_YET - 1;
        live[column] = element < NAME_NOT_YET && unit[0] != '\0' && period[0] != '\0';
        passed[column] = !live[column] && element != NAME_SKIP;
        *count += live[column];
    }
    for (size_t i = 0; i < grid->cell_count; i++) {
        const struct sheet_cell *cell = &grid->cell[i];
        if (passed[cell->column] && cell->row >= l->row_first && cell->row <= l->row_last) {
            passed[cell->column] = false;
            *ARRAY_PUSH(r->arena, r->out->column, r->out->column_count, r->out->column_capacity) =
                (struct sheet_passed){grid, cell->column, l->header_seen[cell->column]};
        }
    }
    return live;
}

static baton_code take_cells(struct reading *r) {
    const struct sheet_layout *l = &r->layout;
    uint32_t columns = 0;
    const bool *live = find_live(r, &columns);
    if (l->element.in == MAPPING_COLUMN)
        for (uint32_t row = l->row_first; row <= l->row_last; row++)
            find_element(r, row, 0);
    const bool want_empty = r->mapping->values.empty != NOTHING_SKIP;
    const uint64_t rows = l->row_last < l->row_first ? 0 : l->row_last - l->row_first + 1;
    if (want_empty && rows * columns > LIMIT_SHEET_CELLS) {
        baton_findings_add(r->found, BATON_SHEET_TOO_LARGE,
                           (struct baton_where){.file = r->grid->place},
                           package_count(r->arena, LIMIT_SHEET_CELLS),
                           package_count(r->arena, LIMIT_SHEET_MERGES), NULL, NULL);
        return BATON_SHEET_TOO_LARGE;
    }
    for (uint32_t row = l->row_first; row <= l->row_last; row++) {
        if (want_empty)
            for (uint32_t column = l->column_first; column <= l->column_last; column++) {
                if (live[column])
                    take(r, row, column, sheet_cell_at(r->grid, row, column));
            }
        else
            for (uint32_t i = r->grid->first[row]; i < r->grid->first[row + 1]; i++) {
                const struct sheet_cell *cell = &r->grid->cell[i];
                if (cell->column <= l->column_last && cell->column >= l->column_first &&
                    live[cell->column])
                    take(r, row, cell->column, cell);
            }
    }
    return BATON_OK;
}

static baton_code read_sheet(struct reading *r, uint32_t sheet) {
    TRY(sheet_grid_read(r->arena, r->import->file, sheet, &r->grid, r->found));
    TRY(sheet_layout_read(r->arena, r->mapping, r->grid, &r->layout, r->found));
    r->unit_of = not_yet(r, &r->layout.unit);
    r->element_of = not_yet(r, &r->layout.element);
    r->period_of = arena_alloc(r->arena, texts_count(r, &r->layout.period), sizeof *r->period_of);
    r->periods = (struct hash){0};
    r->year = find_year(r);
    r->passed_row = 0;
    return take_cells(r);
}

/* Sheets */

static const char *sheet_name(const void *context, size_t index) {
    return ((const struct workbook_sheet *)context)[index].name;
}

static baton_code report_sheet(struct reading *r) {
    const struct sheet_file *file = r->import->file;
    const char *name = r->mapping->sheet.text;
    struct text_guess guess = {.text = name, .size = name == NULL ? 0 : strlen(name)};
    for (uint32_t i = 0; name != NULL && i < file->sheet_count; i++)
        text_guess_offer(&guess, file->sheet[i].name, strlen(file->sheet[i].name));
    baton_findings_add(r->found, BATON_SHEET_UNKNOWN, (struct baton_where){.file = file->name},
                       name, guess.best,
                       package_list(r->arena, file->sheet_count, sheet_name, file->sheet), NULL);
    return BATON_SHEET_UNKNOWN;
}

static bool wants_all(const struct mapping *m) {
    return m->unit.in == MAPPING_SHEET || m->element.in == MAPPING_SHEET ||
           m->period.place.in == MAPPING_SHEET;
}

/* Which sheets are read, by their indices. */
static baton_code choose_sheets(struct reading *r, uint32_t **out, uint32_t *count) {
    const struct sheet_file *file = r->import->file;
    const struct mapping *m = r->mapping;
    uint32_t *sheet = *out = arena_alloc(r->arena, file->sheet_count + 1, sizeof *sheet);
    const char *wanted =
        m->sheet.text == NULL ? "*" : mapping_normal(r->arena, m->sheet.text, m->loose);
    const bool is_pattern = strchr(wanted, '*') != NULL;
    uint32_t visible = 0;
    for (uint32_t i = 0; i < file->sheet_count; i++) {
        visible += !file->sheet[i].is_hidden;
        if (file->sheet[i].is_hidden && is_pattern) // a hidden one is read when it is named
            continue;
        const char *name = mapping_normal(r->arena, file->sheet[i].name, m->loose);
        if (file->workbook == NULL || m->sheet.text != NULL || wants_all(m)
                ? file->workbook == NULL || mapping_matches(wanted, name)
                : visible == (m->sheet_number == 0 ? 1 : m->sheet_number))
            sheet[(*count)++] = i;
    }
    if (*count == 0)
        return report_sheet(r);
    if (*count == 1 || wants_all(m))
        return BATON_OK;
    const char *names = package_list(r->arena, file->sheet_count, sheet_name, file->sheet);
    baton_findings_add(r->found, BATON_SHEET_SEVERAL, (struct baton_where){.file = file->name},
                       m->sheet.text, names, NULL, NULL);
    return BATON_SHEET_SEVERAL;
}

/* Elements of the mapping that no sheet has. */
static void report_unmet(struct reading *r) {
    for (uint32_t i = 0; i < r->mapping->element_name_count; i++) {
        const struct mapping_element *element = &r->mapping->element_name[i];
        if (r->is_met[i] || element->optional || element->text.text == NULL)
            continue;
        const char *normal = mapping_normal(r->arena, element->text.text, r->mapping->loose);
        struct text_guess guess = {.text = normal, .size = strlen(normal)};
        const struct sheet_texts *texts = &r->layout.element;
        const uint32_t count = texts_count(r, texts);
        const bool may_guess =
            texts->normal != NULL && mapping_guess_allowed(&r->names.guesses, guess.size, count);
        for (uint32_t k = 0; may_guess && k < count; k++)
            if (texts->normal[k][0] != '\0')
                text_guess_offer(&guess, texts->normal[k], strlen(texts->normal[k]));
        baton_findings_add(r->found, BATON_SHEET_NAME_MISSING,
                           (struct baton_where){.file = r->grid->place}, element->text.text,
                           guess.best, element->id, NULL);
    }
}

baton_code sheet_figures_read(struct baton_arena *arena, const struct sheet_import *import,
                              struct sheet_figures *out, struct baton_findings *found) {
    const size_t errors = found->errors;
    struct reading reading = {
        .arena = arena, .found = found, .import = import, .mapping = import->mapping, .out = out};
    struct reading *const r = &reading;
    *out = (struct sheet_figures){0};
    uint32_t *sheet, count = 0;
    TRY(choose_sheets(r, &sheet, &count));
    sheet_names_open(arena, import, &r->names);
    sheet_values_open(arena, import, &r->values, found);
    r->is_met = arena_alloc(arena, import->mapping->element_name_count, sizeof *r->is_met);
    bool is_read = true;
    for (uint32_t i = 0; i < count; i++) {
        const baton_code code = read_sheet(r, sheet[i]);
        if (code == BATON_NO_MEMORY)
            return code;
        is_read = is_read && code == BATON_OK;
    }
    if (is_read)
        report_unmet(r);
    if (found->errors == errors && out->count == 0)
        report_nothing(r);
    sheet_values_tell(&r->values);
    return found->errors == errors ? BATON_OK : baton_findings_worst(found);
}

const char *sheet_figure_origin(struct baton_arena *arena, const struct sheet_figure *figure) {
    char cell[WORKBOOK_NAME_SIZE];
    workbook_cell_name(figure->row, figure->column, cell);
    return arena_printf(arena, "%s!%s", figure->grid->place, cell);
}
