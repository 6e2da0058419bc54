/* The version of a scheme that a package holds: its files, and the assessments that its paths lead to. */
#include "base/limits.h"
#include "flow/import_parts.h"
#include <stdlib.h>
#include <string.h>

/* The files of a package that are content, sorted by name. */
struct scheme_files {
    struct file *file;
    size_t count, capacity;
};

static baton_code add_file(struct import *import, struct source *source, const char *name,
                           struct scheme_files *files) {
    struct file *file = ARRAY_PUSH(import->arena, files->file, files->count, files->capacity);
    TRY(source_map(source, name, LIMIT_OBSERVATIONS_SIZE, file, import->found));
    file->name = name; /* a sheet calls itself otherwise */
    if (!file->there)
        files->count--;
    return BATON_OK;
}

static baton_code add_folder(struct import *import, struct source *source, const char *folder,
                             const char *ending, struct scheme_files *files) {
    struct source_names names;
    TRY(source_list(source, folder, ending, &names, import->found));
    for (size_t i = 0; i < names.count; i++)
        TRY(add_file(import, source, arena_printf(import->arena, "%s/%s", folder, names.name[i]),
                     files));
    return BATON_OK;
}

static int by_name(const void *left, const void *right) {
    return strcmp(((const struct file *)left)->name, ((const struct file *)right)->name);
}

static baton_code read_files(struct import *import, struct source *source,
                             struct scheme_files *files) {
    static const char *const alone[] = {"scheme.yaml", "indicators.csv", "weights.csv"};
    *files = (struct scheme_files){0};
    for (size_t i = 0; i < LENGTH(alone); i++)
        TRY(add_file(import, source, alone[i], files));
    TRY(add_folder(import, source, "documents", ".md", files));
    TRY(add_folder(import, source, "mappings", ".yaml", files));
    qsort(files->file, files->count, sizeof *files->file, by_name);
    return BATON_OK;
}

static bool is_same_file(const struct file *a, const struct file *b) {
    return a->there == b->there && a->size == b->size &&
           (a->size == 0 || memcmp(a->text, b->text, a->size) == 0);
}

baton_code import_same(struct import *import, struct baton_package *a, struct baton_package *b,
                       bool *same) {
    struct scheme_files of_a, of_b;
    TRY(read_files(import, a->source, &of_a));
    TRY(read_files(import, b->source, &of_b));
    *same = of_a.count == of_b.count;
    for (size_t i = 0; i < of_a.count && *same; i++)
        *same = strcmp(of_a.file[i].name, of_b.file[i].name) == 0 &&
                is_same_file(&of_a.file[i], &of_b.file[i]);
    for (size_t i = 0; i < FLOW_TABLES && *same; i++) {
        struct file left, right;
        TRY(source_map(a->source, flow_tables[i].file, LIMIT_OBSERVATIONS_SIZE, &left,
                       import->found));
        TRY(source_map(b->source, flow_tables[i].file, LIMIT_OBSERVATIONS_SIZE, &right,
                       import->found));
        *same = is_same_file(&left, &right);
    }
    return BATON_OK;
}

/* The fact. Fields of no size would be left out of an entry, but not contents. */
static void put_fields(const struct import *import, const struct importing *of,
                       const struct scheme_files *files, struct field *field) {
    for (size_t i = 0; i < files->count; i++)
        *field++ = (struct field){arena_printf(import->arena, FLOW_FILE "%s", files->file[i].name),
                                  files->file[i].text, files->file[i].size, 'C'};
    for (size_t i = 0; i < of->package->link_count; i++) {
        const struct package_link *link = &of->package->link[i];
        const char *id = link->package->scheme.id;
        *field++ = text_field(arena_printf(import->arena, FLOW_LINK "%s", link->path), id);
    }
    if (import->wish->in_force != NULL)
        *field = text_field("in_force", import->wish->in_force);
}

static size_t field_count(const struct import *import, const struct importing *of,
                          const struct scheme_files *files) {
    return files->count + of->package->link_count + (import->wish->in_force != NULL ? 1 : 0);
}

/* Whether the version has a file that means the same. */
static baton_code has_file(struct import *import, const struct fact_body *version,
                           const struct file *file, bool *has) {
    struct reader_content about;
    struct digest digest;
    const char *text;
    size_t size;
    *has = false;
    const char *name = arena_printf(import->arena, FLOW_FILE "%s", file->name);
    for (size_t i = 0; i < version->field_count; i++) {
        const struct field *field = &version->field[i];
        if (strcmp(field->name, name) != 0 || field->type != 'c' || field->size != DIGEST_SIZE)
            continue;
        memcpy(digest.byte, field->value, DIGEST_SIZE);
        TRY(import_tell(import, reader_content(import->reader, &digest, &about)));
        if (about.erased)
            return BATON_OK;
        TRY(import_tell(import,
                        reader_content_text(import->reader, import->arena, &digest, &text, &size)));
        TRY(import_means_same(
            import,
            (struct file){.name = file->name, .there = true, .text = (char *)text, .size = size},
            *file, has));
    }
    return BATON_OK;
}

static const char *add_name(const struct import *import, const char *list, const char *name) {
    return list == NULL ? name : arena_printf(import->arena, "%s, %s", list, name);
}

static bool has_name(const struct scheme_files *files, const char *name) {
    for (size_t i = 0; i < files->count; i++)
        if (strcmp(files->file[i].name, name) == 0)
            return true;
    return false;
}

static const char *linked_id(const struct importing *of, const char *path) {
    for (size_t i = 0; i < of->package->link_count; i++)
        if (strcmp(of->package->link[i].path, path) == 0)
            return of->package->link[i].package->scheme.id;
    return NULL;
}

/* The files of which the package and the version differ, and paths that lead elsewhere; NULL = none. */
static baton_code compare(struct import *import, const struct importing *of,
                          const struct scheme_files *files, const char **out) {
    const struct fact_body *version = &of->version.body;
    const size_t file_size = strlen(FLOW_FILE), link_size = strlen(FLOW_LINK);
    size_t links = 0;
    const char *list = NULL;
    bool differs = false;
    for (size_t i = 0; i < files->count; i++) {
        bool has;
        TRY(has_file(import, version, &files->file[i], &has));
        list = has ? list : add_name(import, list, files->file[i].name);
    }
    for (size_t i = 0; i < version->field_count; i++) {
        const struct field *field = &version->field[i];
        if (strncmp(field->name, FLOW_FILE, file_size) == 0 &&
            !has_name(files, field->name + file_size))
            list = add_name(import, list, field->name + file_size);
        if (strncmp(field->name, FLOW_LINK, link_size) != 0)
            continue;
        const char *id = linked_id(of, field->name + link_size);
        links++;
        differs = differs || id == NULL || strcmp(id, field->value) != 0;
    }
    if (differs || links != of->package->link_count)
        list = add_name(import, list, "imports, succeeds");
    *out = list;
    return BATON_OK;
}

static baton_code propose(struct import *import, struct importing *of,
                          const struct scheme_files *files, const char *differ) {
    const struct import_wish *wish = import->wish;
    if (wish->reason == NULL || wish->in_force == NULL)
        return import_refuse(
            import, of, BATON_IMPORT_SCHEME_DIFFERS, (struct baton_where){.file = "scheme.yaml"},
            arena_printf(import->arena, "%llu", (unsigned long long)of->version.position), differ,
            NULL, NULL);
    const size_t count = field_count(import, of, files);
    struct field *field = arena_alloc(import->arena, count, sizeof *field);
    put_fields(import, of, files, field);
    of->proposed = (struct fact_body){"scheme", of->id, field, count};
    of->told->scheme = IMPORT_SCHEME_PROPOSED;
    of->told->scheme_files = differ;
    return BATON_OK;
}

baton_code import_scheme(struct import *import, struct importing *of) {
    struct scheme_files files;
    const char *differ;
    TRY(read_files(import, of->package->source, &files));
    if (!of->is_known) {
        of->told->scheme = IMPORT_SCHEME_NEW;
        put_fields(import, of, &files,
                   import_add(import, "scheme", of->id, field_count(import, of, &files)));
        return BATON_OK;
    }
    TRY(compare(import, of, &files, &differ));
    return differ == NULL ? BATON_OK : propose(import, of, &files, differ);
}
