/* A mapping names columns by their headers and rows by their numbers; here both become numbers, once for a sheet, and each place becomes a list of texts by
 * row or by column, so that who reads figures only looks up. */
#include "package/sheet_layout.h"
#include "base/text.h"
#include "package/mapping_text.h"
#include "package/package_internal.h"
#include <string.h>

/* Texts */

/* Joined by "/"; the second is left out where it is empty or the same. */
static const char *joined(struct baton_arena *arena, const char *above, const char *below) {
    if (above[0] == '\0' || below[0] == '\0' || strcmp(above, below) == 0)
        return above[0] == '\0' ? below : above;
    return arena_printf(arena, "%s/%s", above, below);
}

/* A text without line ends and doubled spaces, as it is shown and joined. */
static const char *in_a_line(struct baton_arena *arena, const char *text) {
    return mapping_normal(arena, text, false);
}

/* An empty one has the text before it. */
static void fill_up(const char **text, uint32_t first, uint32_t last) {
    for (uint32_t i = first + 1; i <= last; i++)
        if (text[i][0] == '\0')
            text[i] = text[i - 1];
}

const char **sheet_header_texts(const struct sheet_grid *grid, const uint32_t *row, uint32_t count,
                                bool fill) {
    const char **all = arena_alloc_raw(grid->arena, (size_t)grid->column_count + 1, sizeof *all);
    for (uint32_t column = 0; column <= grid->column_count; column++)
        all[column] = "";
    for (uint32_t i = 0; i < count; i++) {
        const char **level = sheet_row_texts(grid, row[i]);
        if (fill && i + 1 < count)
            fill_up(level, 1, grid->column_count);
        for (uint32_t column = 1; column <= grid->column_count; column++)
            all[column] = joined(grid->arena, all[column], in_a_line(grid->arena, level[column]));
    }
    return all;
}

static const char **normal_of(const struct sheet_layout *l, const char *const *seen,
                              uint32_t count) {
    const char **normal = arena_alloc_raw(l->arena, (size_t)count + 1, sizeof *normal);
    for (uint32_t i = 0; i <= count; i++)
        normal[i] = mapping_normal(l->arena, seen[i], l->mapping->loose);
    return normal;
}

/* Columns */

static const char *letters_of(const struct sheet_layout *l, uint32_t column) {
    char name[WORKBOOK_NAME_SIZE];
    workbook_cell_name(1, column, name);
    return arena_text(l->arena, name, strcspn(name, "0123456789"));
}

/* A text as a column's letters; 0. */
static uint32_t column_of_letters(const struct sheet_layout *l, const char *text) {
    uint32_t row, column;
    const size_t size = strlen(text);
    if (size > 3 || strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != size || size == 0)
        return 0;
    const char *name = arena_printf(l->arena, "%s1", text);
    return workbook_cell_parse(name, size + 1, &row, &column) ? column : 0;
}

/* The last row of the header, where columns have their names; 0 = the mapping has none. */
static uint32_t header_row(const struct sheet_layout *l) {
    const uint32_t count = l->mapping->header_count;
    return count > 0 ? l->mapping->header[count - 1] : 0;
}

static uint32_t report_column(const struct sheet_layout *l, const struct mapping_text *text) {
    const char *normal = mapping_normal(l->arena, text->text, l->mapping->loose);
    struct text_guess guess = {.text = normal, .size = strlen(normal)};
    for (uint32_t column = 1; column <= l->grid->column_count; column++)
        text_guess_offer(&guess, l->header[column], strlen(l->header[column]));
    baton_findings_add(
        l->found, BATON_SHEET_COLUMN_UNKNOWN, sheet_where(l->grid, header_row(l), 0), text->text,
        guess.best == NULL ? NULL : arena_text(l->arena, guess.best, guess.best_size), NULL, NULL);
    return 0;
}

/* The column that a mapping names; 0 and a finding where there is none. */
static uint32_t find_column(const struct sheet_layout *l, const struct mapping_text *text) {
    const char *normal = mapping_normal(l->arena, text->text, l->mapping->loose);
    uint32_t have = 0;
    for (uint32_t column = 1; column <= l->grid->column_count; column++) {
        if (l->header[column][0] == '\0' || !mapping_matches(normal, l->header[column]))
            continue;
        if (have > 0) {
            baton_findings_add(l->found, BATON_SHEET_COLUMN_SEVERAL,
                               sheet_where(l->grid, header_row(l), column), text->text,
                               letters_of(l, have), letters_of(l, column), NULL);
            return 0;
        }
        have = column;
    }
    if (have == 0)
        have = column_of_letters(l, text->text);
    return have != 0 ? have : report_column(l, text);
}

/* Ranges */

static bool is_end(const struct sheet_layout *l, const struct mapping_index *until, uint32_t row) {
    const struct arena_mark mark = arena_mark(l->arena);
    const char *first = mapping_normal(l->arena, sheet_row_first(l->grid, row), l->mapping->loose);
    const bool is =
        first[0] == '\0' ? l->mapping->until_blank : mapping_index_first(until, first) != HASH_NONE;
    arena_reset_to(l->arena, mark);
    return is;
}

static void find_ranges(struct sheet_layout *l) {
    const struct mapping *m = l->mapping;
    l->row_first = m->row_first > 0      ? m->row_first
                   : m->header_count > 0 ? m->header[m->header_count - 1] + 1
                                         : 1;
    l->row_last = l->grid->row_count;
    if (m->row_last > 0 && m->row_last < l->row_last)
        l->row_last = m->row_last;
    l->column_first = m->column_first > 0 ? m->column_first : 1;
    l->column_last = l->grid->column_count;
    if (m->column_last > 0 && m->column_last < l->column_last)
        l->column_last = m->column_last;
    if (!m->until_blank && m->until.count == 0)
        return;
    const struct arena_mark mark = arena_mark(l->arena);
    struct mapping_index until = {.arena = l->arena, .loose = m->loose};
    for (uint32_t i = 0; i < m->until.count; i++)
        mapping_index_add(&until, m->until.item[i].text, false, i);
    for (uint32_t row = l->row_first; row <= l->row_last; row++)
        if (is_end(l, &until, row))
            l->row_last = row - 1;
    arena_reset_to(l->arena, mark);
}

/* Places */

static void read_columns(struct sheet_layout *l, const struct mapping_place *place,
                         struct sheet_texts *out) {
    const struct sheet_grid *grid = l->grid;
    const char **all = NULL;
    for (uint32_t i = 0; i < place->column.count; i++) {
        const uint32_t column = find_column(l, &place->column.item[i]);
        if (column == 0)
            continue;
        if (column <= grid->column_count)
            l->is_place[column] = true;
        out->column = column;
        const char **text = sheet_column_texts(grid, column);
        if (l->mapping->fill && l->row_last > l->row_first)
            fill_up(text, l->row_first, l->row_last);
        for (uint32_t row = 0; row <= grid->row_count; row++)
            text[row] = all == NULL ? in_a_line(l->arena, text[row])
                                    : joined(l->arena, all[row], in_a_line(l->arena, text[row]));
        all = text;
    }
    out->seen = all;
    if (all != NULL)
        out->normal = normal_of(l, all, grid->row_count);
}

static void read_rows(struct sheet_layout *l, const struct mapping_place *place,
                      struct sheet_texts *out) {
    const struct mapping *m = l->mapping;
    const bool is_header = place->row_count == 0;
    const uint32_t count = is_header ? m->header_count : place->row_count;
    const uint32_t *row = is_header ? m->header : place->row;
    /* A level above the last of the header is filled, alone or not. */
    const bool is_above = m->header_count > 0 && row[count - 1] < m->header[m->header_count - 1];
    out->row = row[count - 1];
    out->seen = sheet_header_texts(l->grid, row, count, m->fill);
    if (m->fill && is_above)
        fill_up(out->seen, 1, l->grid->column_count);
    out->normal = normal_of(l, out->seen, l->grid->column_count);
}

static void read_one(struct sheet_layout *l, const char *text, struct sheet_texts *out) {
    out->seen = arena_alloc(l->arena, 1, sizeof *out->seen);
    out->seen[0] = in_a_line(l->arena, text);
    out->normal = normal_of(l, out->seen, 0);
}

static void read_place(struct sheet_layout *l, const struct mapping_place *place,
                       struct sheet_texts *out) {
    *out = (struct sheet_texts){.in = place->in};
    switch (place->in) {
    case MAPPING_NOWHERE:
        break;
    case MAPPING_COLUMN:
        read_columns(l, place, out);
        break;
    case MAPPING_ROW:
        read_rows(l, place, out);
        break;
    case MAPPING_CELL:
        out->row = place->cell_row;
        out->column = place->cell_column;
        read_one(l, sheet_text_at(l->grid, out->row, out->column), out);
        break;
    case MAPPING_SHEET:
        read_one(l, l->grid->sheet != NULL ? l->grid->sheet : l->grid->file->stem, out);
        break;
    case MAPPING_FILE:
        read_one(l, l->grid->file->stem, out);
        break;
    case MAPPING_IS:
        read_one(l, place->is, out);
        break;
    }
}

const char *sheet_text_for(const struct sheet_texts *texts, uint32_t row, uint32_t column,
                           const char **seen) {
    uint32_t at = 0;
    if (texts->in == MAPPING_COLUMN)
        at = row;
    if (texts->in == MAPPING_ROW)
        at = column;
    if (seen != NULL)
        *seen = texts->seen == NULL ? "" : texts->seen[at];
    return texts->normal == NULL ? "" : texts->normal[at];
}

struct baton_where sheet_where_of(const struct sheet_layout *layout,
                                  const struct sheet_texts *texts, uint32_t row, uint32_t column) {
    switch (texts->in) {
    case MAPPING_COLUMN:
        return sheet_where(layout->grid, row, texts->column);
    case MAPPING_ROW:
        return sheet_where(layout->grid, texts->row, column);
    case MAPPING_CELL:
        return sheet_where(layout->grid, texts->row, texts->column);
    case MAPPING_NOWHERE:
    case MAPPING_SHEET:
    case MAPPING_FILE:
    case MAPPING_IS:
        break;
    }
    return sheet_where(layout->grid, 0, 0);
}

/* Cells that must have a text. */
static void check_expected(const struct sheet_layout *l) {
    for (uint32_t i = 0; i < l->mapping->expect_count; i++) {
        const struct mapping_expect *expect = &l->mapping->expect[i];
        const char *text = sheet_text_at(l->grid, expect->row, expect->column);
        const bool loose = l->mapping->loose;
        if (!mapping_matches(mapping_normal(l->arena, expect->text.text, loose),
                             mapping_normal(l->arena, text, loose)))
            baton_findings_add(
                l->found, BATON_SHEET_EXPECTED, sheet_where(l->grid, expect->row, expect->column),
                text[0] == '\0' ? NULL : package_excerpt(l->arena, text, strlen(text)),
                expect->text.text, NULL, NULL);
    }
}

baton_code sheet_layout_read(struct baton_arena *arena, const struct mapping *mapping,
                             const struct sheet_grid *grid, struct sheet_layout *out,
                             struct baton_findings *found) {
    const size_t errors = found->errors;
    struct sheet_layout *const l = out;
    *l = (struct sheet_layout){.arena = arena, .found = found, .mapping = mapping, .grid = grid};
    check_expected(l);
    l->header_seen =
        sheet_header_texts(grid, mapping->header, mapping->header_count, mapping->fill);
    l->header = normal_of(l, l->header_seen, grid->column_count);
    l->is_place = arena_alloc(arena, (size_t)grid->column_count + 1, sizeof *l->is_place);
    find_ranges(l);
    if (mapping->value.text != NULL)
        l->value_column = find_column(l, &mapping->value);
    read_place(l, &mapping->unit, &l->unit);
    read_place(l, &mapping->element, &l->element);
    read_place(l, &mapping->period.place, &l->period);
    read_place(l, &mapping->year.place, &l->year);
    return found->errors == errors ? BATON_OK : baton_findings_worst(found);
}
