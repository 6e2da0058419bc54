/* A package in another form. Between folders and archives the files are copied byte for byte, so that nothing can be lost, and a package with
 * errors is converted as well as a sound one. Into a workbook and out of it goes what the files mean, so they must be tables and YAML by their form, whatever
 * is wrong with what they say. */
#include "flow/package_convert.h"
#include "base/limits.h"
#include "files/archive_out.h"
#include "files/folder_out.h"
#include "package/package_files.h"
#include "package/source_workbook.h"
#include "package/workbook_package.h"
#include <errno.h>
#include <string.h>
#include <strings.h>

/* One run. */
struct conversion {
    struct baton_arena *arena;
    const struct convert_wish *wish;
    struct source *source;
    struct package_files files;
    struct file *part; /* [files.part.count] their bytes */
    struct baton_findings *found;
};

static bool ends_with(const char *name, const char *ending) {
    const size_t size = strlen(name), end = strlen(ending);
    return size > end && strcasecmp(name + size - end, ending) == 0;
}

static baton_code read_parts(struct conversion *c, uint64_t most) {
    struct baton_arena *arena = c->arena;
    c->part = arena_alloc(arena, c->files.part.count, sizeof(*c->part));
    for (size_t i = 0; i < c->files.part.count; i++)
        TRY(source_map(c->source, c->files.part.name[i], most, &c->part[i], c->found));
    return baton_findings_worst(c->found); /* of a workbook: a cell that a table cannot have */
}

static baton_code could_not(struct conversion *c, int error) {
    if (error == 0)
        return BATON_OK;
    struct baton_arena *arena = c->arena;
    const bool is_full = error == ENOTEMPTY || error == EEXIST;
    const baton_code code = is_full ? BATON_FOLDER_NOT_EMPTY : BATON_FILE_WRITE;
    baton_findings_add(c->found, code, (struct baton_where){0}, c->wish->output,
                       is_full ? NULL : arena_printf(arena, "%s", strerror(error)), NULL, NULL);
    return code;
}

static baton_code write_archive(struct conversion *c) {
    TRY(read_parts(c, LIMIT_MEMBER_SIZE)); /* so that it can be read again */
    struct archive_out *out = archive_out_open(c->arena, c->wish->output);
    for (size_t i = 0; i < c->files.part.count; i++)
        archive_out_add(out, c->files.part.name[i], c->part[i].text, c->part[i].size);
    return could_not(c, archive_out_close(out));
}

static baton_code write_folder(struct conversion *c) {
    TRY(read_parts(c, LIMIT_OBSERVATIONS_SIZE));
    struct folder_out *out = folder_out_open(c->arena, c->wish->output, c->wish->replace);
    for (size_t i = 0; i < c->files.part.count; i++)
        folder_out_add(out, c->files.part.name[i], c->part[i].text, c->part[i].size);
    const char *kept;
    TRY(could_not(c, folder_out_close(out, &kept)));
    if (kept != NULL)
        baton_findings_add(c->found, BATON_FOLDER_KEPT, (struct baton_where){0}, kept, NULL, NULL,
                           NULL);
    return BATON_OK;
}

/* Packages that this one names in its own folder or archive stay there. */
static baton_code write_workbook(struct conversion *c) {
    struct baton_arena *arena = c->arena;
    TRY(workbook_package_write(arena, c->source, c->wish->output, c->found));
    struct source_names *elsewhere = &c->files.elsewhere;
    for (size_t i = 0; i < c->files.part.count; i++) {
        const char *name = c->files.part.name[i], *end = strstr(name, "/scheme.yaml");
        if (end != NULL && strcmp(end, "/scheme.yaml") == 0)
            *ARRAY_PUSH(arena, elsewhere->name, elsewhere->count, elsewhere->capacity) =
                arena_text(arena, name, (size_t)(end - name));
    }
    return BATON_OK;
}

/* What was not taken along. */
static void tell_rest(struct conversion *c) {
    enum { NAMED = 8 };
    struct baton_arena *arena = c->arena;
    const struct source_names *left = &c->files.left;
    const char *names = "";
    struct source_names own = {0};
    if (source_is_workbook(c->source))
        source_workbook_own(c->source, &own);
    for (size_t i = 0; i < own.count; i++)
        baton_findings_add(c->found, BATON_SHEET_NOT_KEPT, (struct baton_where){0}, own.name[i],
                           NULL, NULL, NULL);
    for (size_t i = 0; i < left->count && i < NAMED; i++)
        names = arena_printf(arena, "%s%s%s", names,
                             i == 0                          ? ""
                             : c->wish->language == BATON_ZH ? "、"
                                                             : ", ",
                             left->name[i]);
    if (left->count > 0)
        baton_findings_add(c->found, BATON_FILES_LEFT, (struct baton_where){0}, names,
                           left->count > NAMED ? arena_printf(arena, "%zu", left->count - NAMED)
                                               : NULL,
                           NULL, NULL);
    for (size_t i = 0; i < c->files.elsewhere.count; i++)
        baton_findings_add(c->found, BATON_PACKAGES_ELSEWHERE,
                           (struct baton_where){.file = "scheme.yaml"}, c->files.elsewhere.name[i],
                           NULL, NULL, NULL);
}

baton_code package_convert(struct baton_arena *arena, const struct convert_wish *wish,
                           struct converted *out, struct baton_findings *found) {
    struct conversion conversion = {.arena = arena, .wish = wish, .found = found}, *c = &conversion;
    TRY(source_open(arena, wish->path, &c->source, found));
    TRY(package_files_list(c->source, &c->files, found));
    out->is_workbook = ends_with(wish->output, ".xlsx");
    out->files = c->files.part.count;
    TRY(out->is_workbook                  ? write_workbook(c)
        : ends_with(wish->output, ".zip") ? write_archive(c)
                                          : write_folder(c));
    tell_rest(c);
    return BATON_OK;
}
