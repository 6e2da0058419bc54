/* A package in a workbook. Tables become CSV when they are asked for, so that whatever is checked in a table is checked in
 * one place; sheets of keys become trees, and the text of scheme.yaml where that is asked for; policy texts are put together from their rows. */
#include "package/source_workbook.h"
#include "base/limits.h"
#include "base/text.h"
#include "base/writer.h"
#include "package/csv.h"
#include "package/package_internal.h"
#include "package/scheme_sheet.h"
#include "package/workbook_table.h"
#include "package/yaml_comments.h"
#include "package/yaml_out.h"
#include <string.h>
#include <strings.h>

enum { SCHEME, DOCUMENTS, MAPPINGS, TABLES, SHEETS = TABLES + 7 };

static const char *const names[SHEETS] = {
    "scheme",       "documents", "mappings", "units",       "indicators",
    "observations", "targets",   "weights",  "adjustments", "successions",
};

/* A policy text. */
struct document {
    const char *name;
    struct writer *text; /* memory */
    struct file_rows *piece;
    size_t piece_count, piece_capacity;
    uint64_t lines;
};

struct inside {
    struct workbook *workbook;
    uint64_t size;          /* of the file, in bytes */
    uint32_t sheet[SHEETS]; /* UINT32_MAX = there is none */
    bool has_documents;     /* they have been read */
    struct document *document;
    size_t document_count, document_capacity;
    bool has_mappings;
    struct csv_table mappings;
};

static struct inside *inside_of(const struct source *source) {
    return source->inside;
}

/* Names */

/* Which of the sheets a name (of `size` bytes) is; SHEETS = none. */
static unsigned sheet_of(const char *name, size_t size) {
    for (unsigned i = 0; i < SHEETS; i++)
        if (strlen(names[i]) == size && strncasecmp(names[i], name, size) == 0)
            return i;
    return SHEETS;
}

/* The same for a name with or without the ending of its file. */
static unsigned sheet_of_name(const char *name) {
    static const char *const endings[] = {".csv", ".yaml"};
    size_t size = strlen(name);
    for (size_t i = 0; i < LENGTH(endings); i++) {
        const size_t end = strlen(endings[i]);
        if (size > end && strcasecmp(name + size - end, endings[i]) == 0)
            size -= end;
    }
    return sheet_of(name, size);
}

/* The part of "documents/rules.md" between folder and ending; NULL where it has none such. */
static const char *stem_of(struct baton_arena *arena, const char *name, const char *folder,
                           const char *ending) {
    const size_t before = strlen(folder), behind = strlen(ending), size = strlen(name);
    if (size <= before + behind || strncmp(name, folder, before) != 0 ||
        strcmp(name + size - behind, ending) != 0)
        return NULL;
    return arena_text(arena, name + before, size - before - behind);
}

/* Policy texts */

struct taking {
    struct source *source;
    struct baton_findings *found;
    uint32_t column_document, column_text; /* UINT32_MAX = the sheet has none */
    uint32_t row;
    uint32_t document; /* index, of the row; UINT32_MAX = none yet */
    const char *name;  /* of a row; NULL = as in the row before */
    const char *text;
    size_t size;
};

static void take_columns(void *context, uint32_t row, const char *const *name, uint32_t count) {
    static const struct csv_column columns[] = {{"document", true}, {"text", true}};
    struct taking *t = context;
    struct csv_record *record = arena_alloc(t->source->arena, 1, sizeof *record);
    int16_t column_of[LIMIT_COLUMNS];
    record->line = row;
    record->count = count;
    for (uint32_t i = 0; i < count; i++)
        record->field[i] = (struct csv_field){name[i], (uint32_t)strlen(name[i])};
    csv_header(t->found, names[DOCUMENTS], record, columns, LENGTH(columns), column_of);
    for (uint32_t i = 0; i < count; i++) {
        if (column_of[i] == 0)
            t->column_document = i;
        else if (column_of[i] == 1)
            t->column_text = i;
    }
}

static uint32_t find_document(const struct inside *in, const char *name) {
    for (uint32_t i = 0; i < in->document_count; i++)
        if (strcmp(in->document[i].name, name) == 0)
            return i;
    return UINT32_MAX;
}

/* A document is a file of that name in a folder. */
static bool is_document_name(const char *name) {
    uint32_t point;
    return name[0] != '\0' && name[0] != '.' && strpbrk(name, "/\\\n\r\t") == NULL &&
           !yaml_has_hidden(name, strlen(name), &point) && strlen(name) <= LIMIT_ID_SIZE;
}

static bool name_document(struct taking *t) {
    struct inside *in = inside_of(t->source);
    size_t size = strlen(t->name);
    if (size > 3 && strcasecmp(t->name + size - 3, ".md") == 0)
        t->name = arena_text(t->source->arena, t->name, size - 3);
    if (!is_document_name(t->name)) {
        baton_findings_add(
            t->found, BATON_DOCUMENT_NAME_BAD,
            (struct baton_where){.file = names[DOCUMENTS], .row = t->row, .field = "document"},
            package_excerpt(t->source->arena, t->name, strlen(t->name)), NULL, NULL, NULL);
        return false;
    }
    t->document = find_document(in, t->name);
    if (t->document == UINT32_MAX) {
        t->document = (uint32_t)in->document_count;
        *ARRAY_PUSH(t->source->arena, in->document, in->document_count, in->document_capacity) =
            (struct document){.name = t->name, .text = writer_memory(t->source->arena)};
    }
    return true;
}

/* Puts the row that has been taken into its document. */
static void end_row(struct taking *t) {
    if (t->row == 0)
        return;
    const bool sound = t->name == NULL || name_document(t);
    if (t->document == UINT32_MAX && t->name == NULL && t->size > 0)
        baton_findings_add(
            t->found, BATON_FIELD_EMPTY,
            (struct baton_where){.file = names[DOCUMENTS], .row = t->row, .field = "document"},
            "document", NULL, NULL, NULL);
    if (sound && t->document != UINT32_MAX) {
        struct document *d = &inside_of(t->source)->document[t->document];
        *ARRAY_PUSH(t->source->arena, d->piece, d->piece_count, d->piece_capacity) =
            (struct file_rows){++d->lines, t->row};
        for (size_t i = 0; i < t->size; i++)
            d->lines += t->text[i] == '\n';
        writer_put(d->text, t->text, t->size);
        writer_char(d->text, '\n');
    }
}

static void take_row(void *context, uint32_t row) {
    struct taking *t = context;
    end_row(t);
    t->row = row;
    t->name = NULL;
    t->text = "";
    t->size = 0;
}

static void take_field(void *context, uint32_t column, const char *text, uint32_t size) {
    struct taking *t = context;
    if (column == t->column_text) {
        t->text = arena_text(t->source->arena, text, size);
        t->size = size;
    } else if (column == t->column_document) {
        size_t left = size;
        text_trim(&text, &left);
        t->name = arena_text(t->source->arena, text, left);
    }
}

static baton_code read_documents(struct source *source, struct baton_findings *found) {
    struct inside *in = inside_of(source);
    if (in->has_documents || in->sheet[DOCUMENTS] == UINT32_MAX)
        return BATON_OK;
    in->has_documents = true;
    struct taking t = {.source = source,
                       .found = found,
                       .column_document = UINT32_MAX,
                       .column_text = UINT32_MAX,
                       .document = UINT32_MAX};
    const struct workbook_rows rows = {take_columns, take_row, take_field, &t};
    TRY(workbook_rows_read(source->arena, in->workbook, in->sheet[DOCUMENTS], names[DOCUMENTS],
                           &rows, found));
    end_row(&t);
    return BATON_OK;
}

static void give_document(const struct document *document, struct file *out) {
    *out = (struct file){.name = names[DOCUMENTS],
                         .there = true,
                         .rows = document->piece,
                         .rows_count = document->piece_count,
                         .size = document->text->used};
    writer_text_of(document->text);
    out->text = document->text->buffer;
}

/* Sheets of keys */

enum { COLUMN_KEY, COLUMN_VALUE, COLUMN_COMMENT, COLUMN_MAPPING, KEY_COLUMNS };

static const struct csv_column key_columns[KEY_COLUMNS] = {
    [COLUMN_KEY] = {"key", true},
    [COLUMN_VALUE] = {"value", true},
    [COLUMN_COMMENT] = {"x_comment", false},
    [COLUMN_MAPPING] = {"mapping", true},
};

static baton_code read_table(struct source *source, unsigned sheet, uint64_t size_most,
                             struct file *out, struct baton_findings *found) {
    const struct inside *in = inside_of(source);
    *out = (struct file){.name = names[sheet], .text = arena_text(source->arena, "", 0)};
    if (in->sheet[sheet] == UINT32_MAX)
        return BATON_OK;
    return workbook_table_read(source->arena, in->workbook, in->sheet[sheet], names[sheet],
                               size_most, out, found);
}

/* The rows of a sheet of keys, or those of one mapping of it. */
static struct scheme_row *rows_of(const struct csv_table *table, const char *mapping,
                                  size_t *count) {
    struct scheme_row *rows = arena_alloc(table->arena, table->row_count, sizeof *rows);
    const char *current = "";
    *count = 0;
    for (uint32_t i = 0; i < table->row_count; i++) {
        if (mapping != NULL && csv_size(table, i, COLUMN_MAPPING) > 0)
            current = csv_text(table, i, COLUMN_MAPPING);
        if (mapping != NULL && strcmp(current, mapping) != 0)
            continue;
        rows[(*count)++] = (struct scheme_row){
            .row = table->line[i],
            .key = csv_text(table, i, COLUMN_KEY),
            .key_size = csv_size(table, i, COLUMN_KEY),
            .value = csv_text(table, i, COLUMN_VALUE),
            .value_size = csv_size(table, i, COLUMN_VALUE),
            .comment = csv_text(table, i, COLUMN_COMMENT),
            .comment_size = csv_size(table, i, COLUMN_COMMENT),
        };
    }
    return rows;
}

static baton_code read_mappings(struct source *source, uint64_t size_most,
                                struct baton_findings *found) {
    struct inside *in = inside_of(source);
    struct file file;
    if (in->has_mappings)
        return BATON_OK;
    TRY(read_table(source, MAPPINGS, size_most, &file, found));
    TRY(csv_table_read_file(source->arena, &file, key_columns, KEY_COLUMNS, &in->mappings, found));
    in->has_mappings = true;
    return BATON_OK;
}

static baton_code sheet_tree(struct source *source, const char *name, uint64_t size_most,
                             struct source_tree *out, struct baton_findings *found) {
    const bool is_scheme = strcmp(name, "scheme.yaml") == 0;
    const unsigned sheet = is_scheme ? SCHEME : MAPPINGS;
    const char *mapping = is_scheme ? NULL : stem_of(source->arena, name, "mappings/", ".yaml");
    struct csv_table table;
    *out = (struct source_tree){.file = names[sheet], .is_sheet = true};
    if (is_scheme) {
        struct file file;
        TRY(read_table(source, SCHEME, size_most, &file, found));
        TRY(csv_table_read_file(source->arena, &file, key_columns, COLUMN_MAPPING, &table, found));
    } else {
        TRY(read_mappings(source, size_most, found));
        table = inside_of(source)->mappings;
    }
    size_t count;
    const struct scheme_row *rows = rows_of(&table, mapping, &count);
    out->there = table.there && (is_scheme || (mapping != NULL && count > 0));
    if (!out->there)
        return BATON_OK;
    return scheme_sheet_tree(source->arena, names[sheet], rows, count, &out->root, found);
}

baton_code source_tree(struct source *source, const char *name, uint64_t size_most,
                       bool want_comments, struct source_tree *out, struct baton_findings *found) {
    if (source_is_workbook(source))
        return sheet_tree(source, name, size_most, out, found);
    struct file file;
    TRY(source_read(source, name, size_most, &file, found));
    *out = (struct source_tree){.there = file.there, .file = file.name};
    if (!file.there)
        return BATON_OK;
    file_decode_yaml(source->arena, &file, found);
    TRY(yaml_read(source->arena, file.name, file.text, file.size, &out->root, found));
    return want_comments ? yaml_comments(source->arena, file.text, file.size, out->root) : BATON_OK;
}

/* A tree as the text of its file. */
static baton_code give_yaml(struct source *source, const char *name, uint64_t size_most,
                            struct file *out, struct baton_findings *found) {
    struct source_tree tree;
    const size_t errors = found->errors, before = found->count;
    TRY(sheet_tree(source, name, size_most, &tree, found));
    for (size_t i = before; found->errors > errors && i < found->count; i++)
        if (baton_code_info(found->item[i].code)->severity == BATON_ERROR)
            return found->item[i].code; /* a text would have less than the sheet */
    *out = (struct file){
        .name = tree.file, .there = tree.there, .text = arena_text(source->arena, "", 0)};
    if (!tree.there)
        return BATON_OK;
    struct writer *writer = writer_memory(source->arena);
    yaml_out(writer, tree.root);
    out->size = writer->used;
    writer_text_of(writer);
    out->text = writer->buffer;
    return BATON_OK;
}

/* The form */

static bool is_yaml(const char *name) {
    const size_t size = strlen(name);
    return size > 5 && strcmp(name + size - 5, ".yaml") == 0;
}

static baton_code workbook_form_read(struct source *source, const char *name, uint64_t size_most,
                                     bool map, struct file *out, struct baton_findings *found) {
    (void)map; /* it is in memory in any case */
    if (is_yaml(name))
        return give_yaml(source, name, size_most, out, found);
    const char *document = stem_of(source->arena, name, "documents/", ".md");
    const size_t size = strlen(name);
    *out = (struct file){.name = name, .text = arena_text(source->arena, "", 0)};
    if (document != NULL) {
        TRY(read_documents(source, found));
        const uint32_t index = find_document(inside_of(source), document);
        if (index != UINT32_MAX)
            give_document(&inside_of(source)->document[index], out);
        return BATON_OK;
    }
    const unsigned sheet = size > 4 && strcmp(name + size - 4, ".csv") == 0
                               ? sheet_of(name, size - 4)
                               : (unsigned)SHEETS;
    return sheet >= TABLES && sheet < SHEETS ? read_table(source, sheet, size_most, out, found)
                                             : BATON_OK;
}

/* Of a table the size of the workbook, about what its text has: nobody needs to know it exactly before it is read. */
static int64_t workbook_form_size(struct source *source, const char *name) {
    const struct inside *in = inside_of(source);
    const unsigned sheet = strchr(name, '/') == NULL ? sheet_of_name(name) : (unsigned)SHEETS;
    return sheet < SHEETS && in->sheet[sheet] != UINT32_MAX ? (int64_t)in->size : -1;
}

static void add_name(struct source *source, struct source_names *out, const char *name,
                     const char *ending) {
    *ARRAY_PUSH(source->arena, out->name, out->count, out->capacity) =
        arena_printf(source->arena, "%s%s", name, ending);
}

static baton_code list_mappings(struct source *source, struct source_names *out,
                                struct baton_findings *found) {
    struct inside *in = inside_of(source);
    TRY(read_mappings(source, LIMIT_TABLE_SIZE, found));
    struct hash seen = {0};
    for (uint32_t i = 0; i < in->mappings.row_count; i++) {
        const char *name = csv_text(&in->mappings, i, COLUMN_MAPPING);
        const uint32_t size = csv_size(&in->mappings, i, COLUMN_MAPPING);
        if (size == 0 || hash_add(source->arena, &seen, name, size, i) != i)
            continue;
        if (is_document_name(name))
            add_name(source, out, name, ".yaml");
        else
            csv_report(&in->mappings, BATON_DOCUMENT_NAME_BAD, i, COLUMN_MAPPING,
                       package_excerpt(source->arena, name, size), NULL, NULL, NULL);
    }
    return BATON_OK;
}

static baton_code workbook_form_list(struct source *source, const char *folder, const char *ending,
                                     struct source_names *out, struct baton_findings *found) {
    const struct inside *in = inside_of(source);
    if (strcmp(folder, "documents") == 0) {
        out->there = in->sheet[DOCUMENTS] != UINT32_MAX;
        TRY(read_documents(source, found));
        for (size_t i = 0; i < in->document_count; i++)
            add_name(source, out, in->document[i].name, ".md");
    } else if (strcmp(folder, "mappings") == 0) {
        out->there = in->sheet[MAPPINGS] != UINT32_MAX;
        return out->there ? list_mappings(source, out, found) : BATON_OK;
    } else if (folder[0] == '\0') {
        out->there = true;
        if (ending[0] == '\0' && in->sheet[SCHEME] != UINT32_MAX)
            add_name(source, out, "scheme", ".yaml");
        for (unsigned i = TABLES; i < SHEETS; i++)
            if (in->sheet[i] != UINT32_MAX)
                add_name(source, out, names[i], ".csv");
    }
    return BATON_OK;
}

static const struct source_form workbook_form = {
    .size = workbook_form_size,
    .read = workbook_form_read,
    .list = workbook_form_list,
    .is_in_file = true,
};

bool source_is_workbook(const struct source *source) {
    return source->form == &workbook_form;
}

static bool is_own(const char *name) {
    return strncasecmp(name, "x_", 2) == 0;
}

void source_workbook_own(const struct source *source, struct source_names *out) {
    const struct workbook *workbook = inside_of(source)->workbook;
    *out = (struct source_names){.there = true};
    for (uint32_t i = 0; i < workbook->sheet_count; i++)
        if (is_own(workbook->sheet[i].name) &&
            strcasecmp(workbook->sheet[i].name, SOURCE_WORKBOOK_LISTS) != 0)
            *ARRAY_PUSH(source->arena, out->name, out->count, out->capacity) =
                workbook->sheet[i].name;
}

/* Finds out which table a sheet is. */
static void look_at_sheet(struct source *source, uint32_t index, struct baton_findings *found) {
    struct inside *in = inside_of(source);
    const struct workbook_sheet *sheet = &in->workbook->sheet[index];
    const unsigned which = sheet_of_name(sheet->name);
    const struct baton_where at = {.file = which < SHEETS ? names[which] : sheet->name};
    if (which == SHEETS) {
        if (!is_own(sheet->name))
            baton_findings_add(found, BATON_TABLE_SHEET_UNKNOWN, at, sheet->name,
                               package_guess_word(names, SHEETS, sheet->name, strlen(sheet->name)),
                               NULL, NULL);
        return;
    }
    if (in->sheet[which] != UINT32_MAX) {
        baton_findings_add(found, BATON_TABLE_SHEET_TWICE, at,
                           in->workbook->sheet[in->sheet[which]].name, sheet->name, names[which],
                           NULL);
        return;
    }
    in->sheet[which] = index;
    if (sheet->is_hidden)
        baton_findings_add(found, BATON_TABLE_SHEET_HIDDEN, at, sheet->name, NULL, NULL, NULL);
}

baton_code source_use_workbook(struct source *source, struct archive *archive,
                               struct baton_findings *found) {
    struct inside *in = arena_alloc(source->arena, 1, sizeof *in);
    TRY(workbook_open(source->arena, archive, &in->workbook, found));
    for (uint32_t i = 0; i < archive->count; i++)
        in->size += archive->member[i].size / 8; /* of XML about so much is text */
    for (unsigned i = 0; i < SHEETS; i++)
        in->sheet[i] = UINT32_MAX;
    source->form = &workbook_form;
    source->inside = in;
    for (uint32_t i = 0; i < in->workbook->sheet_count; i++)
        look_at_sheet(source, i, found);
    return BATON_OK;
}
