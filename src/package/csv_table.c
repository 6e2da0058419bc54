/* Small tables as a whole. The text of the file is kept in the arena and is its own store of
 * fields: each gets a NUL behind it, where a comma, a line end, a space or a quotation mark stood,
 * once its record has been read. */
#include "base/text.h"
#include "package/csv.h"
#include "package/package_internal.h"
#include <assert.h>
#include <string.h>

static const struct csv_field *field_of(const struct csv_record *record, const int16_t column_of[],
                                        uint32_t column) {
    for (uint32_t i = 0; i < record->count; i++)
        if (column_of[i] == (int)column)
            return &record->field[i];
    return NULL;
}

struct rows {
    struct csv_cell *cell;
    size_t cell_count, cell_capacity;
    uint32_t *line;
    size_t line_count, line_capacity;
};

/* Keeps the fields of the known columns, in the order of `slot`. */
static void keep_record(struct csv_table *table, struct rows *rows, const struct csv_record *record,
                        const int16_t slot_of[]) {
    ARRAY_RESERVE(table->arena, rows->cell, rows->cell_count, rows->cell_capacity,
                  rows->cell_count + table->stride + 1);
    struct csv_cell *cell = rows->cell + rows->cell_count;
    for (uint32_t i = 0; i < record->count; i++) {
        if (slot_of[i] == CSV_NO_COLUMN)
            continue;
        const struct csv_field *field = &record->field[i];
        cell[slot_of[i]] = (struct csv_cell){(uint32_t)(field->text - table->text), field->size};
        csv_writable(field->text)[field->size] = '\0';
    }
    rows->cell_count += table->stride;
    *ARRAY_PUSH(table->arena, rows->line, rows->line_count, rows->line_capacity) =
        csv_row(record->line);
}

/* Makes room for the rows that are likely to come: one a line, and each of a byte a field at least. */
static void reserve_rows(struct csv_table *table, struct rows *rows, const struct csv_scan *scan,
                         uint32_t expected) {
    assert(expected > 0); /* a header names a column */
    size_t lines = 1;
    for (const char *at = scan->at; (at = memchr(at, '\n', (size_t)(scan->end - at))) != NULL; at++)
        lines++;
    const size_t most = (size_t)(scan->end - scan->at) / expected + 1;
    const size_t count = lines < most ? lines : most;
    rows->line_capacity = count;
    rows->line = arena_alloc_raw(table->arena, count, sizeof *rows->line);
    rows->cell_capacity = count * table->stride + 1;
    rows->cell = arena_alloc_raw(table->arena, rows->cell_capacity, sizeof *rows->cell);
}

/* Reads the rows below the header. */
static void read_rows(struct csv_table *table, const struct file *file, struct csv_scan *scan,
                      struct csv_record *record, uint32_t expected, const int16_t column_of[]) {
    int16_t slot_of[LIMIT_COLUMNS];
    for (uint32_t i = 0; i < expected; i++)
        slot_of[i] =
            column_of[i] == CSV_NO_COLUMN ? (int16_t)CSV_NO_COLUMN : table->slot[column_of[i]];
    struct rows rows = {0};
    reserve_rows(table, &rows, scan, expected);
    while (csv_next(scan, record, NULL)) {
        record->line = file_row(file, record->line);
        if (record->problem != BATON_OK)
            csv_report_problem(table->found, table->file, record);
        else if (record->count != expected)
            csv_report_ragged(table->found, table->file, record->line, record->count, expected);
        else
            keep_record(table, &rows, record, slot_of);
    }
    table->cell = rows.cell;
    table->line = rows.line;
    table->row_count = (uint32_t)rows.line_count;
}

static void report_empty(const struct csv_table *table) {
    const char *names = "";
    for (uint32_t i = 0; i < table->column_count; i++)
        if (table->column[i].needed)
            names = arena_printf(table->arena, "%s%s%s", names, names[0] != '\0' ? "," : "",
                                 table->column[i].name);
    baton_findings_add(table->found, BATON_CSV_EMPTY, (struct baton_where){.file = table->file},
                       names, NULL, NULL, NULL);
}

baton_code csv_table_read_file(struct baton_arena *arena, struct file *file,
                               const struct csv_column *columns, uint32_t column_count,
                               struct csv_table *out, struct baton_findings *found) {
    assert(column_count <= LIMIT_COLUMNS && file->size < UINT32_MAX);
    *out = (struct csv_table){.file = file->name,
                              .there = file->there,
                              .column = columns,
                              .column_count = column_count,
                              .arena = arena,
                              .found = found};
    for (uint32_t i = 0; i < column_count; i++)
        out->slot[i] = CSV_NO_COLUMN;
    if (!file->there)
        return BATON_OK;
    TRY(file_decode(arena, file, found));
    out->text = file->text;
    struct csv_scan scan = {file->text, file->text + file->size, 1};
    struct csv_record *record = arena_alloc(arena, 1, sizeof *record);
    if (!csv_next(&scan, record, NULL)) {
        report_empty(out);
        return BATON_OK;
    }
    record->line = file_row(file, record->line);
    if (record->problem != BATON_OK) {
        csv_report_problem(found, file->name, record);
        return BATON_OK; // without a header nothing else can be said
    }
    int16_t column_of[LIMIT_COLUMNS];
    const bool complete = csv_header(found, file->name, record, columns, column_count, column_of);
    for (uint32_t i = 0; i < column_count; i++)
        if (field_of(record, column_of, i) != NULL)
            out->slot[i] = (int16_t)out->stride++;
    read_rows(out, file, &scan, record, record->count, column_of);
    if (!complete)
        out->row_count = 0;
    return BATON_OK;
}

baton_code csv_table_read(struct source *source, const char *name, bool needed, uint64_t size_most,
                          const struct csv_column *columns, uint32_t column_count,
                          struct csv_table *out, struct baton_findings *found) {
    struct file file;
    TRY(source_read(source, name, size_most, &file, found));
    if (!file.there && needed)
        baton_findings_add(found, BATON_FILE_MISSING, (struct baton_where){.file = name}, name,
                           NULL, NULL, NULL);
    return csv_table_read_file(source->arena, &file, columns, column_count, out, found);
}

bool csv_has(const struct csv_table *table, uint32_t column) {
    return table->slot[column] != CSV_NO_COLUMN;
}

static struct csv_cell cell_of(const struct csv_table *table, uint32_t row, uint32_t column) {
    assert(row < table->row_count && column < table->column_count);
    if (table->slot[column] == CSV_NO_COLUMN)
        return (struct csv_cell){0, 0};
    return table->cell[(size_t)row * table->stride + (size_t)table->slot[column]];
}

const char *csv_text(const struct csv_table *table, uint32_t row, uint32_t column) {
    const struct csv_cell cell = cell_of(table, row, column);
    return cell.size == 0 ? "" : table->text + cell.at;
}

uint32_t csv_size(const struct csv_table *table, uint32_t row, uint32_t column) {
    return cell_of(table, row, column).size;
}

const char *csv_optional(const struct csv_table *table, uint32_t row, uint32_t column) {
    return csv_size(table, row, column) == 0 ? NULL : csv_text(table, row, column);
}

struct baton_where csv_where_row(const struct csv_table *table, uint32_t row) {
    return (struct baton_where){.file = table->file, .row = table->line[row]};
}

struct baton_where csv_where(const struct csv_table *table, uint32_t row, uint32_t column) {
    return (struct baton_where){.file = table->file,
                                .row = table->line[row],
                                .column = 1,
                                .field = table->column[column].name};
}

void csv_report(const struct csv_table *table, baton_code code, uint32_t row, uint32_t column,
                const char *arg1, const char *arg2, const char *arg3, const char *arg4) {
    baton_findings_add(table->found, code, csv_where(table, row, column), arg1, arg2, arg3, arg4);
}

/* As a message quotes it. */
static const char *shown(const struct csv_table *table, uint32_t row, uint32_t column) {
    return package_excerpt(table->arena, csv_text(table, row, column),
                           csv_size(table, row, column));
}

bool csv_number(const struct csv_table *table, uint32_t row, uint32_t column, const char *measure,
                double *out) {
    const uint32_t size = csv_size(table, row, column);
    if (size == 0)
        return true;
    const enum baton_number_error error =
        numeral_parse(csv_text(table, row, column), size, numeral_percent_of(measure), out);
    if (error == BATON_NUMBER_OK)
        return true;
    csv_report(table, numeral_code(error), row, column, shown(table, row, column), measure, NULL,
               NULL);
    return false;
}

bool csv_number_in(const struct csv_table *table, uint32_t row, uint32_t column, double lowest,
                   double highest, double *out) {
    double value = 0;
    if (csv_size(table, row, column) == 0)
        return true;
    if (!csv_number(table, row, column, NULL, &value))
        return false;
    if (value >= lowest && value <= highest) {
        *out = value;
        return true;
    }
    char low[BATON_NUMBER_SHORTEST_SIZE], high[BATON_NUMBER_SHORTEST_SIZE];
    baton_number_shortest(lowest, low);
    baton_number_shortest(highest, high);
    csv_report(table, BATON_NUMBER_OUTSIDE, row, column, shown(table, row, column), low, high,
               NULL);
    return false;
}

bool csv_whole(const struct csv_table *table, uint32_t row, uint32_t column, int32_t lowest,
               int32_t highest, int32_t *out) {
    double value = 0;
    if (csv_size(table, row, column) == 0)
        return true;
    if (!csv_number_in(table, row, column, lowest, highest, &value))
        return false;
    if (value != (double)(int32_t)value) {
        csv_report(table, BATON_NUMBER_WHOLE, row, column, shown(table, row, column), NULL, NULL,
                   NULL);
        return false;
    }
    *out = (int32_t)value;
    return true;
}

bool csv_period(const struct csv_table *table, uint32_t row, uint32_t column,
                struct baton_period *out) {
    const uint32_t size = csv_size(table, row, column);
    if (size == 0 || baton_period_parse(csv_text(table, row, column), size, out))
        return true;
    csv_report(table, BATON_PERIOD_BAD, row, column, shown(table, row, column), NULL, NULL, NULL);
    return false;
}

bool csv_date(const struct csv_table *table, uint32_t row, uint32_t column, int32_t *out) {
    const uint32_t size = csv_size(table, row, column);
    if (size == 0 || baton_day_parse(csv_text(table, row, column), size, out))
        return true;
    csv_report(table, BATON_DATE_BAD, row, column, shown(table, row, column), NULL, NULL, NULL);
    return false;
}

bool csv_days(const struct csv_table *table, uint32_t row, uint32_t column, int32_t *out) {
    const uint32_t size = csv_size(table, row, column);
    if (size == 0)
        return true;
    const char *text = csv_text(table, row, column);
    int32_t days = 0;
    uint32_t at = 0;
    while (at < size && at < 5 && text[at] >= '0' && text[at] <= '9')
        days = days * 10 + (text[at++] - '0');
    if (at > 0 && at + 1 == size && text[at] == 'd' && days <= LIMIT_DAYS) {
        *out = days;
        return true;
    }
    csv_report(table, BATON_DAYS_BAD, row, column, shown(table, row, column), NULL, NULL, NULL);
    return false;
}

struct words {
    const char *const *word;
};

static const char *word_at(const void *context, size_t index) {
    return ((const struct words *)context)->word[index];
}

bool csv_word(const struct csv_table *table, uint32_t row, uint32_t column,
              const char *const words[], uint32_t count, uint32_t *out) {
    const uint32_t size = csv_size(table, row, column);
    if (size == 0)
        return true;
    const char *text = csv_text(table, row, column);
    for (uint32_t i = 0; i < count; i++) {
        if (strcmp(words[i], text) == 0) {
            *out = i;
            return true;
        }
    }
    const struct words list = {words};
    csv_report(table, BATON_WORD_UNKNOWN, row, column, shown(table, row, column),
               package_list(table->arena, count, word_at, &list),
               package_guess_word(words, count, text, size), NULL);
    return false;
}
