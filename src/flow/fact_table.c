/* Rows in force as CSV. The ledger gives them in no particular order and only for a moment: their fields are put into one buffer, each row a record of column numbers, sizes and
 * bytes; then the records are sorted, and written with the columns that turned out to have values. */
#include "flow/fact_table.h"
#include "base/csv_field.h"
#include "base/hash.h"
#include "base/limits.h"
#include <stdlib.h>
#include <string.h>

/* A row in the buffer. */
struct record {
    uint64_t first, position;
    size_t at; /* of its fields */
    uint32_t count;
};

/* A field in the buffer; its bytes follow. */
struct piece {
    uint32_t column, size;
};

struct gathering {
    struct baton_arena *arena;
    const struct flow_table *table;
    struct baton_findings *found;
    struct hash names; /* of columns, to their numbers */
    const char **column;
    bool *used;
    size_t column_count, column_capacity, used_capacity;
    size_t own_from; /* the first column of the office's own */
    struct record *record;
    size_t record_count, record_capacity;
    struct writer *pieces;
};

static uint32_t add_column(struct gathering *g, const char *name, bool used) {
    const uint32_t index = (uint32_t)g->column_count;
    size_t used_count = g->column_count;
    *ARRAY_PUSH(g->arena, g->used, used_count, g->used_capacity) = used;
    *ARRAY_PUSH(g->arena, g->column, g->column_count, g->column_capacity) = name;
    hash_add(g->arena, &g->names, name, strlen(name), index);
    return index;
}

static baton_code refuse_columns(struct gathering *g) {
    baton_findings_add(g->found, BATON_TOO_MANY_COLUMNS,
                       (struct baton_where){.file = g->table->file},
                       arena_printf(g->arena, "%d", LIMIT_COLUMNS), NULL, NULL, NULL);
    return BATON_TOO_MANY_COLUMNS;
}

/* A row, with all its fields. */
static baton_code put_row(struct gathering *g, uint64_t first, uint64_t position,
                          const struct fact_body *body) {
    struct record *record = ARRAY_PUSH(g->arena, g->record, g->record_count, g->record_capacity);
    *record = (struct record){first, position, g->pieces->used, 0};
    for (size_t i = 0; i < body->field_count; i++) {
        const struct field *field = &body->field[i];
        if (field->type != 't' || field->name[0] == '@')
            continue;
        const size_t size = strlen(field->name);
        uint32_t column = hash_find(&g->names, field->name, size);
        if (column == HASH_NONE) {
            if (g->column_count == LIMIT_COLUMNS)
                return refuse_columns(g);
            column = add_column(g, arena_text(g->arena, field->name, size), true);
        }
        g->used[column] = true;
        writer_put(g->pieces, (const char *)&(struct piece){column, (uint32_t)field->size},
                   sizeof(struct piece));
        writer_put(g->pieces, field->value, field->size);
        record->count++;
    }
    return BATON_OK;
}

static baton_code take_row(void *context, const struct fact_row *row) {
    return put_row(context, row->first, row->position, &row->entry.body);
}

/* A fact that is not said yet. What it corrects goes. */
static baton_code take_also(struct gathering *g, const char *assessment,
                            const struct fact_body *body) {
    uint64_t first = UINT64_MAX, corrects;
    enum fact_kind kind;
    if (!fact_kind_of(body->kind, &kind) || kind != g->table->kind ||
        strcmp(body->assessment, assessment) != 0)
        return BATON_OK;
    if (fact_position(body_text(body, "@corrects"), &corrects))
        for (size_t r = 0; r < g->record_count; r++)
            if (g->record[r].position == corrects) {
                first = g->record[r].first;
                g->record[r] = g->record[--g->record_count];
                break;
            }
    return body_field(body, "@withdrawn") != NULL ? BATON_OK : put_row(g, first, UINT64_MAX, body);
}

static int by_first(const void *left, const void *right) {
    const struct record *a = left, *b = right;
    if (a->first != b->first)
        return a->first < b->first ? -1 : 1;
    return a->position < b->position ? -1 : a->position > b->position;
}

static int by_name(const void *left, const void *right) {
    return strcmp(**(const char *const *const *)left, **(const char *const *const *)right);
}

/* Which columns are written, in their order; returns how many. */
static size_t order_columns(const struct gathering *g, uint32_t *order) {
    const char ***own = arena_alloc(g->arena, g->column_count, sizeof *own);
    size_t count = 0, own_count = 0;
    for (size_t i = 0; i < g->own_from; i++)
        if (g->used[i])
            order[count++] = (uint32_t)i;
    for (size_t i = g->own_from; i < g->column_count; i++)
        own[own_count++] = &g->column[i];
    if (own_count > 1)
        qsort(own, own_count, sizeof *own, by_name);
    for (size_t i = 0; i < own_count; i++)
        order[count++] = (uint32_t)(own[i] - g->column);
    return count;
}

/* A text of the buffer, by its column. */
struct cell {
    const char *text;
    uint32_t size;
    uint32_t row; /* it is of that row; of another one it is empty */
};

static uint64_t lines_in(const char *text, size_t size) {
    uint64_t lines = 0;
    for (const char *at = text, *end = text + size;
         (at = memchr(at, '\n', (size_t)(end - at))) != NULL; at++)
        lines++;
    return lines;
}

static void write_rows(const struct gathering *g, const uint32_t *order, size_t count,
                       struct writer *out, uint64_t *position, uint64_t *line) {
    struct cell *cell = arena_alloc(g->arena, g->column_count, sizeof *cell);
    uint64_t at_line = 2;
    for (size_t r = 0; r < g->record_count; r++) {
        const struct record *record = &g->record[r];
        const char *at = g->pieces->buffer + record->at;
        position[r] = record->position;
        line[r] = at_line++;
        for (uint32_t i = 0; i < record->count; i++) {
            struct piece piece;
            memcpy(&piece, at, sizeof piece);
            at += sizeof piece;
            cell[piece.column] = (struct cell){at, piece.size, (uint32_t)r + 1};
            at_line += lines_in(at, piece.size);
            at += piece.size;
        }
        for (size_t i = 0; i < count; i++) {
            const struct cell *one = &cell[order[i]];
            if (i > 0)
                writer_char(out, ',');
            if (one->row == r + 1)
                csv_field_of(out, one->text, one->size);
        }
        writer_char(out, '\n');
    }
}

static void write_table(struct gathering *g, struct fact_table *out) {
    uint32_t *order = arena_alloc(g->arena, g->column_count, sizeof *order);
    uint64_t *position = arena_alloc_raw(g->arena, g->record_count, sizeof *position);
    uint64_t *line = arena_alloc_raw(g->arena, g->record_count, sizeof *line);
    struct writer *text = writer_memory(g->arena);
    if (g->record_count > 1)
        qsort(g->record, g->record_count, sizeof *g->record, by_first);
    const size_t count = order_columns(g, order);
    for (size_t i = 0; i < count && (g->record_count > 0 || g->table->needed); i++) {
        writer_text(text, i > 0 ? "," : "");
        csv_field(text, g->column[order[i]]);
    }
    if (g->record_count > 0 || g->table->needed)
        writer_char(text, '\n');
    write_rows(g, order, count, text, position, line);
    *out = (struct fact_table){writer_text_of(text), text->used, g->record_count, position, line};
}

baton_code fact_table_read_with(struct baton_arena *arena, struct ledger_reader *reader,
                                const char *assessment, const struct flow_table *table,
                                uint64_t known, const struct fact_body *also, size_t also_count,
                                struct fact_table *out, struct baton_findings *found) {
    struct gathering g = {
        .arena = arena, .table = table, .found = found, .pieces = writer_memory(arena)};
    for (const struct flow_column *column = table->column; column->name != NULL; column++)
        add_column(&g, column->name, column->needed);
    g.own_from = g.column_count;
    baton_code code = reader_rows(reader, assessment, table->kind, known, take_row, &g);
    if (code != BATON_OK && code != BATON_TOO_MANY_COLUMNS && code != BATON_NO_MEMORY)
        reader_report(reader, code, found);
    for (size_t i = 0; i < also_count && code == BATON_OK; i++)
        code = take_also(&g, assessment, &also[i]);
    if (code == BATON_OK)
        write_table(&g, out);
    return code;
}

baton_code fact_table_read(struct baton_arena *arena, struct ledger_reader *reader,
                           const char *assessment, const struct flow_table *table, uint64_t known,
                           struct fact_table *out, struct baton_findings *found) {
    return fact_table_read_with(arena, reader, assessment, table, known, NULL, 0, out, found);
}

bool fact_table_position(const struct fact_table *table, uint64_t line, uint64_t *out) {
    size_t low = 0, high = table->row_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (table->line[middle] < line)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == table->row_count || table->line[low] != line)
        return false;
    *out = table->position[low];
    return true;
}
