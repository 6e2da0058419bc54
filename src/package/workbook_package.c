/* A package as a workbook, sheet by sheet in the order in which one reads it. Tables go through record by record, so that they
 * are never in memory as cells; only the small parts, scheme, mappings and policy texts, are. */
#include "package/workbook_package.h"
#include "base/limits.h"
#include "base/text.h"
#include "engine/methods.h"
#include "package/csv.h"
#include "package/package_files.h"
#include "package/scheme_sheet.h"
#include "package/source_workbook.h"
#include "package/workbook_sheet.h"
#include <assert.h>
#include <string.h>

enum {
    DAY = 3652 /* 1980-01-01, as in archives: a date of creation would make other bytes each time */
};

struct package_out {
    struct baton_arena *arena;
    struct baton_findings *found;
    struct source *source;
    const struct yaml_value *scheme;
    struct workbook_writing writing;
};

static const char *const key_columns[] = {"mapping", "key", "value", "x_comment"};

/* Sheets of keys */

static baton_code put(struct workbook_sheet_out *sheet, uint32_t column, const char *text,
                      uint32_t size, uint32_t row) {
    return workbook_sheet_put(sheet, column, text, size, sheet->name, row);
}

/* The rows of a tree; `mapping` NULL = the sheet has no such column. */
static baton_code put_tree(const struct package_out *p, struct workbook_sheet_out *sheet,
                           const char *mapping, const struct yaml_value *root) {
    const uint32_t first = mapping != NULL;
    size_t count;
    const struct scheme_row *rows = scheme_sheet_rows(p->arena, root, &count);
    for (size_t i = 0; i < count; i++) {
        const struct scheme_row *row = &rows[i];
        const uint32_t at = sheet->row + 1;
        if (mapping != NULL)
            TRY(put(sheet, 0, mapping, (uint32_t)strlen(mapping), at));
        TRY(put(sheet, first, row->key, row->key_size, at));
        TRY(put(sheet, first + 1, row->value, row->value_size, at));
        TRY(put(sheet, first + 2, row->comment, row->comment_size, at));
        TRY(workbook_sheet_next(sheet));
    }
    return BATON_OK;
}

/* A tree that is a map without errors; else the findings have said why there is none. */
static baton_code read_tree(const struct package_out *p, const char *name,
                            struct source_tree *tree) {
    const size_t errors = p->found->errors;
    const size_t before = p->found->count;
    TRY(source_tree(p->source, name, LIMIT_YAML_SIZE, true, tree, p->found));
    if (!tree->there) {
        baton_findings_add(p->found, BATON_FILE_MISSING, (struct baton_where){.file = name}, name,
                           NULL, NULL, NULL);
        return BATON_FILE_MISSING;
    }
    if (p->found->errors > errors)
        return before < p->found->count ? p->found->item[before].code : BATON_YAML_SYNTAX;
    if (tree->root->kind == YAML_MAP)
        return BATON_OK;
    baton_findings_add(p->found, BATON_VALUE_NOT_MAP,
                       (struct baton_where){.file = tree->file, .row = tree->root->row}, name, NULL,
                       NULL, NULL);
    return BATON_VALUE_NOT_MAP;
}

static baton_code write_scheme(struct package_out *p) {
    struct workbook_sheet_out sheet;
    workbook_sheet_open(&p->writing, "scheme", key_columns + 1, LENGTH(key_columns) - 1, true,
                        &sheet);
    TRY(put_tree(p, &sheet, NULL, p->scheme));
    workbook_sheet_close(&sheet);
    return BATON_OK;
}

/* "rules.md" without its ending. */
static const char *stem_of(const struct package_out *p, const char *name, const char *ending) {
    return arena_text(p->arena, name, strlen(name) - strlen(ending));
}

static baton_code write_mappings(struct package_out *p) {
    struct source_names names;
    struct workbook_sheet_out sheet;
    TRY(source_list(p->source, "mappings", ".yaml", &names, p->found));
    if (names.count == 0)
        return BATON_OK;
    workbook_sheet_open(&p->writing, "mappings", key_columns, LENGTH(key_columns), true, &sheet);
    for (size_t i = 0; i < names.count; i++) {
        struct source_tree tree;
        TRY(read_tree(p, arena_printf(p->arena, "mappings/%s", names.name[i]), &tree));
        TRY(put_tree(p, &sheet, stem_of(p, names.name[i], ".yaml"), tree.root));
    }
    workbook_sheet_close(&sheet);
    return BATON_OK;
}

/* Policy texts */

static baton_code put_document(const struct package_out *p, struct workbook_sheet_out *sheet,
                               const char *name) {
    const char *stem = stem_of(p, name, ".md");
    const char *path = arena_printf(p->arena, "documents/%s", name);
    struct file file;
    TRY(source_read(p->source, path, LIMIT_DOCUMENT_SIZE, &file, p->found));
    TRY(file_decode(p->arena, &file, p->found));
    assert(file.text != NULL); /* also where there is none */
    const char *const stop = file.text + file.size;
    uint32_t row = 1;
    for (const char *line = file.text; line < stop || row == 1; row++) {
        const char *end = line < stop ? memchr(line, '\n', (size_t)(stop - line)) : stop;
        end = end != NULL ? end : stop;
        size_t size = (size_t)(end - line);
        size -= size > 0 && line[size - 1] == '\r';
        TRY(workbook_sheet_put(sheet, 0, stem, (uint32_t)strlen(stem), path, row));
        TRY(workbook_sheet_put(sheet, 1, line, (uint32_t)size, path, row));
        TRY(workbook_sheet_next(sheet));
        line = end < stop ? end + 1 : stop;
    }
    return BATON_OK;
}

static baton_code write_documents(struct package_out *p) {
    static const char *const columns[] = {"document", "text"};
    struct source_names names;
    struct workbook_sheet_out sheet;
    TRY(source_list(p->source, "documents", ".md", &names, p->found));
    if (names.count == 0)
        return BATON_OK;
    workbook_sheet_open(&p->writing, "documents", columns, LENGTH(columns), false, &sheet);
    for (size_t i = 0; i < names.count; i++)
        TRY(put_document(p, &sheet, names.name[i]));
    workbook_sheet_close(&sheet);
    return BATON_OK;
}

/* Tables */

/* A record that has as many fields as the header, and no fault of its form. */
static baton_code look_at_record(const struct package_out *p, const struct file *file,
                                 struct csv_record *record, uint32_t fields) {
    record->line = file_row(file, record->line);
    if (record->problem != BATON_OK) {
        csv_report_problem(p->found, file->name, record);
        return record->problem;
    }
    if (record->count == fields)
        return BATON_OK;
    csv_report_ragged(p->found, file->name, record->line, record->count, fields);
    return BATON_CSV_RAGGED;
}

static baton_code open_table(struct package_out *p, const struct file *file, const char *name,
                             const struct csv_record *header, struct workbook_sheet_out *sheet) {
    const char **names = arena_alloc(p->arena, header->count, sizeof *names);
    for (uint32_t i = 0; i < header->count; i++) {
        names[i] = arena_text(p->arena, header->field[i].text, header->field[i].size);
        TRY(workbook_text_check(&p->writing, names[i], file->name, 1, NULL));
        if (strcmp(names[i], "id") == 0)
            workbook_writing_list(&p->writing, name, name, i);
    }
    workbook_sheet_open(&p->writing, name, names, header->count, false, sheet);
    return BATON_OK;
}

static baton_code put_records(struct package_out *p, const struct file *file, struct csv_scan *scan,
                              struct csv_record *record, struct workbook_sheet_out *sheet) {
    const struct arena_mark mark = arena_mark(p->arena);
    while (csv_next(scan, record, p->arena)) {
        TRY(look_at_record(p, file, record, sheet->count));
        for (uint32_t i = 0; i < record->count; i++)
            TRY(workbook_sheet_put(sheet, i, record->field[i].text, record->field[i].size,
                                   file->name, (uint32_t)record->line));
        TRY(workbook_sheet_next(sheet));
        arena_reset_to(p->arena, mark);
    }
    return BATON_OK;
}

static baton_code write_table(struct package_out *p, const char *name) {
    struct file file;
    TRY(source_map(p->source, name, LIMIT_OBSERVATIONS_SIZE, &file, p->found));
    if (!file.there)
        return BATON_OK;
    TRY(file_decode(p->arena, &file, p->found));
    struct csv_scan scan = {file.text, file.text + file.size, 1};
    struct csv_record *record = arena_alloc(p->arena, 1, sizeof *record);
    struct workbook_sheet_out sheet;
    if (!csv_next(&scan, record, p->arena)) {
        record->count = 0; /* a file without a header is a sheet without one */
    } else {
        TRY(look_at_record(p, &file, record, record->count));
    }
    TRY(open_table(p, &file, stem_of(p, name, ".csv"), record, &sheet));
    TRY(put_records(p, &file, &scan, record, &sheet));
    workbook_sheet_close(&sheet);
    return BATON_OK;
}

/* Ids that stand in the scheme, as lists of their own: the last sheet, which is not read again. */

struct ids {
    const char *of;
    const char **id;
    size_t count, capacity;
};

static void add_id(const struct package_out *p, struct ids *ids, const struct yaml_value *map) {
    const struct yaml_value *id = yaml_get(map, "id");
    if (id != NULL && id->kind == YAML_TEXT)
        *ARRAY_PUSH(p->arena, ids->id, ids->count, ids->capacity) = id->text;
}

static void find_ids(const struct package_out *p, struct ids ids[3]) {
    const struct yaml_value *groups = yaml_get(p->scheme, "groups"),
                            *items = yaml_get(yaml_get(p->scheme, "adjustments"), "items"),
                            *methods = yaml_get(p->scheme, "methods");
    for (const struct yaml_value *v = groups != NULL ? groups->first : NULL; v != NULL; v = v->next)
        add_id(p, &ids[0], v);
    for (const struct yaml_value *v = methods != NULL ? methods->first : NULL; v != NULL;
         v = v->next)
        if (v->key != NULL)
            *ARRAY_PUSH(p->arena, ids[1].id, ids[1].count, ids[1].capacity) = v->key;
    for (unsigned kind = 0; kind < BATON_METHOD_KINDS; kind++)
        *ARRAY_PUSH(p->arena, ids[1].id, ids[1].count, ids[1].capacity) =
            method_kind((enum baton_method_kind)kind)->name;
    for (const struct yaml_value *v = items != NULL ? items->first : NULL; v != NULL; v = v->next)
        add_id(p, &ids[2], v);
}

static void name_lists(struct package_out *p, const struct ids ids[3]) {
    for (uint32_t i = 0; i < 3; i++)
        if (ids[i].count > 0)
            workbook_writing_list(&p->writing, ids[i].of, SOURCE_WORKBOOK_LISTS, i);
}

static baton_code write_lists(struct package_out *p, const struct ids ids[3]) {
    const char *const columns[] = {ids[0].of, ids[1].of, ids[2].of};
    struct workbook_sheet_out sheet;
    workbook_sheet_open(&p->writing, SOURCE_WORKBOOK_LISTS, columns, LENGTH(columns), false,
                        &sheet);
    for (size_t row = 0; row < ids[0].count || row < ids[1].count || row < ids[2].count; row++) {
        for (uint32_t i = 0; i < LENGTH(columns); i++)
            if (row < ids[i].count)
                TRY(put(&sheet, i, ids[i].id[row], (uint32_t)strlen(ids[i].id[row]), sheet.row));
        TRY(workbook_sheet_next(&sheet));
    }
    workbook_sheet_close(&sheet);
    return BATON_OK;
}

/* The whole */

static const char *title_of(const struct yaml_value *scheme) {
    const struct yaml_value *title = yaml_get(scheme, "title"), *zh = yaml_get(title, "zh");
    const struct yaml_value *text = zh != NULL ? zh : yaml_get(title, "en");
    return text != NULL && text->kind == YAML_TEXT ? text->text : NULL;
}

static baton_code write_sheets(struct package_out *p) {
    struct ids ids[3] = {{.of = "groups"}, {.of = "methods"}, {.of = "items"}};
    size_t count;
    const char *const *tables = package_tables(&count);
    find_ids(p, ids);
    name_lists(p, ids);
    TRY(write_scheme(p));
    for (size_t i = 0; i < count; i++)
        TRY(write_table(p, tables[i]));
    TRY(write_documents(p));
    TRY(write_mappings(p));
    return write_lists(p, ids);
}

baton_code workbook_package_write(struct baton_arena *arena, struct source *source,
                                  const char *path, struct baton_findings *found) {
    struct package_out p = {.arena = arena, .found = found, .source = source};
    const size_t errors = found->errors;
    struct source_tree tree;
    TRY(read_tree(&p, "scheme.yaml", &tree));
    p.scheme = tree.root;
    struct workbook_out *out = workbook_out_open(arena, path, title_of(p.scheme), DAY);
    workbook_writing_open(&p.writing, arena, out, found);
    TRY(write_sheets(&p));
    if (found->errors > errors) /* a cell of the old workbook that no table can have */
        return baton_findings_worst(found);
    const int error = workbook_out_close(out);
    if (error == 0)
        return BATON_OK;
    char text[128];
    baton_findings_add(found, BATON_FILE_WRITE, (struct baton_where){0}, path,
                       strerror_r(error, text, sizeof text), NULL, NULL);
    return BATON_FILE_WRITE;
}
