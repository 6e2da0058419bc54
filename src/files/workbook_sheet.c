/* The cells of a sheet, as they come. A row and a cell may leave out where they are: then they are behind the one before. Rows and cells
 * must rise, so that no cell comes twice and who takes them needs no table. */
#include "base/limits.h"
#include "base/number.h"
#include "files/workbook_inside.h"
#include <stdio.h>
#include <string.h>

enum { SHEET = 1, DATA, ROW, CELL, FORMULA, VALUE, INLINE, TEXT, RUN, RUN_TEXT, MERGES, MERGE };
static const struct xml_rule rules[] = {
    {0, SHEET, false, "worksheet"},
    {SHEET, DATA, false, "sheetData"},
    {SHEET, MERGES, false, "mergeCells"},
    {DATA, ROW, false, "row"},
    {ROW, CELL, false, "c"},
    {CELL, VALUE, true, "v"},
    {CELL, FORMULA, false, "f"},
    {CELL, INLINE, false, "is"},
    {INLINE, TEXT, true, "t"},
    {INLINE, RUN, false, "r"},
    {RUN, RUN_TEXT, true, "t"},
    {MERGES, MERGE, false, "mergeCell"},
};

enum type { TYPE_NUMBER, TYPE_SHARED, TYPE_TEXT, TYPE_INLINE, TYPE_TRUTH, TYPE_ERROR, TYPE_DATE };
static const char *const type_names[] = {"n", "s", "str", "inlineStr", "b", "e", "d"};

struct reader {
    struct workbook_inside *inside;
    const char *path, *sheet;
    baton_code (*take)(void *context, const struct workbook_cell *cell);
    void *context;
    struct baton_findings *found;
    uint32_t row, column; /* where the reader is; the newest row and cell, 0 = none yet */
    bool is_row_given;    /* by the row itself or one of its cells */
    uint64_t cells;
    enum type type;
    const struct format *format;
    bool is_formula, has_value;
    struct rich_text rich; /* the value, or the text inside of the cell */
    char shown[FORMAT_TEXT_SIZE];
    struct workbook_merge *merge;
    size_t merge_count, merge_capacity;
};

/* Adds a finding about a cell (column 0: a row; row 0: the sheet) and returns its code. */
static baton_code fail(const struct reader *reader, baton_code code, const char *arg1,
                       const char *arg2) {
    struct baton_arena *arena = reader->inside->arena;
    char name[WORKBOOK_NAME_SIZE];
    const char *field = reader->sheet;
    if (reader->column > 0)
        field = arena_printf(arena, "%s!%s", reader->sheet,
                             workbook_cell_name(reader->row, reader->column, name));
    const struct baton_where where = {.file = reader->path, .row = reader->row, .field = field};
    baton_findings_add(reader->found, code, where, xml_excerpt(arena, arg1),
                       xml_excerpt(arena, arg2), NULL, NULL);
    return code;
}

static const char *number(const struct reader *reader, uint64_t value) {
    return arena_printf(reader->inside->arena, "%llu", (unsigned long long)value);
}

static baton_code begin_row(struct reader *reader, const char **attributes) {
    const char *text = xml_attribute(attributes, XML_SPACE_NONE, "r");
    const uint32_t last = reader->row;
    uint64_t row = (uint64_t)last + 1;
    reader->column = 0;
    if (text != NULL && (!xml_whole(text, LIMIT_EXCEL_ROWS, &row) || row == 0))
        return fail(reader, BATON_WORKBOOK_CELL_BEYOND, text, NULL);
    if (row > LIMIT_EXCEL_ROWS)
        return fail(reader, BATON_WORKBOOK_CELL_BEYOND, number(reader, row), NULL);
    if (row <= last)
        return fail(reader, BATON_WORKBOOK_CELL_ORDER, number(reader, row), number(reader, last));
    reader->row = (uint32_t)row;
    reader->is_row_given = text != NULL;
    return BATON_OK;
}

/* Moves to the cell that `r` names, NULL = the next. */
static baton_code move(struct reader *reader, const char *text) {
    uint32_t row = reader->row, column = reader->column + 1;
    if (text != NULL && !workbook_cell_parse(text, strlen(text), &row, &column))
        return fail(reader, BATON_WORKBOOK_CELL_BEYOND, text, NULL);
    if (column > LIMIT_EXCEL_COLUMNS)
        return fail(reader, BATON_WORKBOOK_CELL_BEYOND, number(reader, column), NULL);
    const bool is_row = row == reader->row || (!reader->is_row_given && row > reader->row);
    if (!is_row || column <= reader->column) {
        char name[WORKBOOK_NAME_SIZE] = "";
        if (reader->column > 0)
            workbook_cell_name(reader->row, reader->column, name);
        else
            snprintf(name, sizeof name, "%u", reader->row);
        return fail(reader, BATON_WORKBOOK_CELL_ORDER, text, name);
    }
    reader->row = row;
    reader->column = column;
    reader->is_row_given = true;
    return BATON_OK;
}

static baton_code set_type(struct reader *reader, const char *text) {
    reader->type = TYPE_NUMBER;
    if (text == NULL)
        return BATON_OK;
    for (size_t i = 0; i < LENGTH(type_names); i++)
        if (strcmp(text, type_names[i]) == 0) {
            reader->type = (enum type)i;
            return BATON_OK;
        }
    return fail(reader, BATON_WORKBOOK_VALUE_BAD, text, "t");
}

static baton_code set_style(struct reader *reader, const char *text) {
    uint64_t style = 0;
    if (text != NULL &&
        (!xml_whole(text, UINT32_MAX, &style) || style >= reader->inside->style_count))
        return fail(reader, BATON_WORKBOOK_INDEX_UNKNOWN, text, NULL);
    reader->format = reader->inside->style[style];
    return BATON_OK;
}

static baton_code begin_cell(struct reader *reader, const char **attributes) {
    const char *place = NULL, *style = NULL, *type = NULL;
    for (; attributes[0] != NULL; attributes += 2) {
        if (attributes[0][0] == '\0' || attributes[0][1] != '\0')
            continue;
        if (attributes[0][0] == 'r')
            place = attributes[1];
        else if (attributes[0][0] == 's')
            style = attributes[1];
        else if (attributes[0][0] == 't')
            type = attributes[1];
    }
    TRY(move(reader, place));
    if (++reader->cells > LIMIT_WORKSHEET_CELLS)
        return fail(reader, BATON_WORKBOOK_CELLS_TOO_MANY, number(reader, LIMIT_WORKSHEET_CELLS),
                    NULL);
    TRY(set_style(reader, style));
    reader->is_formula = reader->has_value = false;
    rich_begin(&reader->rich);
    return set_type(reader, type);
}

static baton_code begin_merge(struct reader *reader, const char *text) {
    struct workbook_merge merge;
    reader->row = reader->column = 0;
    if (reader->merge_count >= LIMIT_MERGES)
        return fail(reader, BATON_WORKBOOK_TOO_MANY, number(reader, LIMIT_MERGES), "mergeCell");
    const char *colon = text == NULL ? NULL : strchr(text, ':');
    if (text != NULL && colon == NULL &&
        workbook_cell_parse(text, strlen(text), &merge.first_row, &merge.first_column))
        return BATON_OK; /* of one cell */
    const bool is_range =
        colon != NULL &&
        workbook_cell_parse(text, (size_t)(colon - text), &merge.first_row, &merge.first_column) &&
        workbook_cell_parse(colon + 1, strlen(colon + 1), &merge.last_row, &merge.last_column) &&
        merge.first_row <= merge.last_row && merge.first_column <= merge.last_column;
    if (!is_range)
        return fail(reader, BATON_WORKBOOK_VALUE_BAD, text != NULL ? text : "", "mergeCell");
    *ARRAY_PUSH(reader->inside->arena, reader->merge, reader->merge_count, reader->merge_capacity) =
        merge;
    return BATON_OK;
}

static baton_code begin(struct xml *xml, unsigned id, const char **attributes) {
    struct reader *reader = xml_context(xml);
    switch (id) {
    case ROW:
        return begin_row(reader, attributes);
    case CELL:
        return begin_cell(reader, attributes);
    case FORMULA:
        reader->is_formula = true;
        return BATON_OK;
    case VALUE:
        if (reader->type == TYPE_INLINE)
            return BATON_OK; /* its text is in <is> */
        rich_begin(&reader->rich);
        rich_begin_run(&reader->rich);
        return BATON_OK;
    case INLINE:
        rich_begin(&reader->rich);
        return BATON_OK;
    case TEXT:
    case RUN_TEXT:
        rich_begin_run(&reader->rich);
        return BATON_OK;
    case MERGE:
        return begin_merge(reader, xml_attribute(attributes, XML_SPACE_NONE, "ref"));
    default:
        return BATON_OK;
    }
}

static baton_code too_long(const struct reader *reader) {
    return fail(reader, BATON_WORKBOOK_TEXT_TOO_LONG, number(reader, LIMIT_CELL_TEXT), NULL);
}

static baton_code text_piece(struct xml *xml, unsigned id, const char *text, size_t size) {
    struct reader *reader = xml_context(xml);
    const bool is_value = id == VALUE;
    if (is_value == (reader->type == TYPE_INLINE))
        return BATON_OK;
    return rich_add(reader->inside->arena, &reader->rich, text, size) ? BATON_OK : too_long(reader);
}

static baton_code give(struct reader *reader, enum workbook_kind kind, const char *text,
                       size_t size, double value) {
    if (reader->column > LIMIT_WORKSHEET_COLUMNS)
        return fail(reader, BATON_WORKBOOK_COLUMN_BEYOND, number(reader, LIMIT_WORKSHEET_COLUMNS),
                    NULL);
    const struct workbook_cell cell = {
        .row = reader->row,
        .column = reader->column,
        .kind = kind,
        .is_formula = reader->is_formula,
        .text = text,
        .size = (uint32_t)size,
        .number = value,
    };
    return reader->take(reader->context, &cell);
}

static baton_code bad_value(const struct reader *reader) {
    const char *text = reader->rich.size > 0 ? reader->rich.text : "";
    return fail(reader, BATON_WORKBOOK_VALUE_BAD, text, type_names[reader->type]);
}

/* A number by its format; a date that no calendar has is but a number. */
static baton_code give_number(struct reader *reader, double value) {
    const struct format_section *section = format_choose(reader->format, value);
    size_t size = 0;
    if (section->kind == FORMAT_DATE &&
        format_date(value, reader->inside->is_1904, section->shows, reader->shown, &size))
        return give(reader, CELL_DATE, reader->shown, size, value);
    size = format_number(value, section, reader->shown);
    return give(reader, CELL_NUMBER, reader->shown, size, value);
}

static baton_code give_date(struct reader *reader) {
    const struct rich_text *rich = &reader->rich;
    double serial;
    unsigned shows;
    size_t size = 0;
    if (!format_iso_date(rich->text, rich->size, reader->inside->is_1904, &serial, &shows))
        return bad_value(reader);
    const struct format_section *section = format_choose(reader->format, serial);
    if (section->kind == FORMAT_DATE)
        shows = section->shows;
    if (!format_date(serial, reader->inside->is_1904, shows, reader->shown, &size))
        return bad_value(reader);
    return give(reader, CELL_DATE, reader->shown, size, serial);
}

static baton_code give_text(struct reader *reader, const char *text, size_t size) {
    return size > 0 ? give(reader, CELL_TEXT, text, size, 0) : BATON_OK;
}

static baton_code give_shared(struct reader *reader) {
    struct workbook_inside *inside = reader->inside;
    uint64_t index;
    if (!xml_whole(reader->rich.text, UINT32_MAX, &index))
        return bad_value(reader);
    if (!inside->has_strings)
        TRY(strings_read(inside, reader->found));
    if (index >= inside->string_count)
        return fail(reader, BATON_WORKBOOK_INDEX_UNKNOWN, number(reader, index),
                    number(reader, inside->string_count));
    return give_text(reader, inside->string[index].text, inside->string[index].size);
}

static baton_code end_cell(struct reader *reader) {
    const struct rich_text *rich = &reader->rich;
    double value;
    bool truth;
    if (reader->type == TYPE_TEXT || reader->type == TYPE_INLINE) {
        if (!rich_fits(rich))
            return too_long(reader);
        return give_text(reader, rich->text, rich->size);
    }
    if (rich->size == 0)
        return reader->is_formula ? give(reader, CELL_NO_VALUE, "", 0, 0) : BATON_OK;
    switch (reader->type) {
    case TYPE_SHARED:
        return give_shared(reader);
    case TYPE_TRUTH:
        if (!xml_truth(rich->text, &truth))
            return bad_value(reader);
        return give(reader, CELL_TRUTH, truth ? "true" : "false", truth ? 4 : 5, truth);
    case TYPE_ERROR:
        return rich_fits(rich) ? give(reader, CELL_ERROR, rich->text, rich->size, 0)
                               : too_long(reader);
    case TYPE_DATE:
        return give_date(reader);
    default:
        if (number_parse(rich->text, rich->size, &value, NULL) != BATON_NUMBER_OK)
            return bad_value(reader);
        return give_number(reader, value);
    }
}

static baton_code end(struct xml *xml, unsigned id) {
    struct reader *reader = xml_context(xml);
    switch (id) {
    case VALUE:
        if (reader->type != TYPE_INLINE)
            rich_end_run(&reader->rich, reader->type == TYPE_TEXT && xml_keeps_blanks(xml));
        return BATON_OK;
    case TEXT:
    case RUN_TEXT:
        if (reader->type == TYPE_INLINE)
            rich_end_run(&reader->rich, xml_keeps_blanks(xml));
        return BATON_OK;
    case CELL:
        return end_cell(reader);
    default:
        return BATON_OK;
    }
}

baton_code workbook_read(struct workbook *workbook, uint32_t sheet,
                         baton_code (*take)(void *context, const struct workbook_cell *cell),
                         void *context, const struct workbook_merge **merges, uint32_t *merge_count,
                         struct baton_findings *found) {
    static const struct xml_how how = {
        .space = XML_SPACE_SHEET,
        .rule = rules,
        .rule_count = LENGTH(rules),
        .wrong_root = BATON_WORKBOOK_PART_WRONG,
        .size_most = LIMIT_WORKSHEET_SIZE,
        .begin = begin,
        .text = text_piece,
        .end = end,
    };
    struct workbook_inside *inside = workbook->inside;
    struct reader *reader = arena_alloc(inside->arena, 1, sizeof *reader);
    *reader = (struct reader){
        .inside = inside,
        .path = workbook->path,
        .sheet = workbook->sheet[sheet].name,
        .take = take,
        .context = context,
        .found = found,
    };
    TRY(xml_read(inside->arena, inside->archive, inside->member[sheet], &how, reader, found));
    if (merges != NULL)
        *merges = reader->merge;
    if (merge_count != NULL)
        *merge_count = (uint32_t)reader->merge_count;
    return BATON_OK;
}
