/* `baton convert`: a package in another form. Between folders and archives the files are copied byte for byte, so that nothing can be lost, and a package with
 * errors is converted as well as a sound one. Into a workbook and out of it goes what the files mean, so they must be tables and YAML by their form, whatever
 * is wrong with what they say. The form is that of the ending of the output's name. */
#include "base/limits.h"
#include "cli/command.h"
#include "cli/print_findings.h"
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
    struct invocation *invocation;
    const char *output;
    struct source *source;
    struct package_files files;
    struct file *part; /* [files.part.count] their bytes */
    struct baton_findings found;
    bool is_workbook; /* the output */
};

static bool ends_with(const char *name, const char *ending) {
    const size_t size = strlen(name), end = strlen(ending);
    return size > end && strcasecmp(name + size - end, ending) == 0;
}

static baton_code read_parts(struct conversion *c, uint64_t most) {
    struct baton_arena *arena = c->invocation->arena;
    c->part = arena_alloc(arena, c->files.part.count, sizeof(*c->part));
    for (size_t i = 0; i < c->files.part.count; i++)
        TRY(source_map(c->source, c->files.part.name[i], most, &c->part[i], &c->found));
    return baton_findings_worst(&c->found); /* of a workbook: a cell that a table cannot have */
}

static baton_code could_not(struct conversion *c, int error) {
    if (error == 0)
        return BATON_OK;
    struct baton_arena *arena = c->invocation->arena;
    const bool is_full = error == ENOTEMPTY || error == EEXIST;
    const baton_code code = is_full ? BATON_FOLDER_NOT_EMPTY : BATON_FILE_WRITE;
    baton_findings_add(&c->found, code, (struct baton_where){0}, c->output,
                       is_full ? NULL : arena_printf(arena, "%s", strerror(error)), NULL, NULL);
    return code;
}

static baton_code write_archive(struct conversion *c) {
    TRY(read_parts(c, LIMIT_MEMBER_SIZE)); /* so that it can be read again */
    struct archive_out *out = archive_out_open(c->invocation->arena, c->output);
    for (size_t i = 0; i < c->files.part.count; i++)
        archive_out_add(out, c->files.part.name[i], c->part[i].text, c->part[i].size);
    return could_not(c, archive_out_close(out));
}

static baton_code write_folder(struct conversion *c) {
    TRY(read_parts(c, LIMIT_OBSERVATIONS_SIZE));
    struct folder_out *out =
        folder_out_open(c->invocation->arena, c->output, c->invocation->settings.replace);
    for (size_t i = 0; i < c->files.part.count; i++)
        folder_out_add(out, c->files.part.name[i], c->part[i].text, c->part[i].size);
    const char *kept;
    TRY(could_not(c, folder_out_close(out, &kept)));
    if (kept != NULL)
        baton_findings_add(&c->found, BATON_FOLDER_KEPT, (struct baton_where){0}, kept, NULL, NULL,
                           NULL);
    return BATON_OK;
}

/* Packages that this one names in its own folder or archive stay there. */
static baton_code write_workbook(struct conversion *c) {
    struct baton_arena *arena = c->invocation->arena;
    TRY(workbook_package_write(arena, c->source, c->output, &c->found));
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
    struct baton_arena *arena = c->invocation->arena;
    const struct source_names *left = &c->files.left;
    const char *names = "";
    struct source_names own = {0};
    if (source_is_workbook(c->source))
        source_workbook_own(c->source, &own);
    for (size_t i = 0; i < own.count; i++)
        baton_findings_add(&c->found, BATON_SHEET_NOT_KEPT, (struct baton_where){0}, own.name[i],
                           NULL, NULL, NULL);
    for (size_t i = 0; i < left->count && i < NAMED; i++)
        names = arena_printf(arena, "%s%s%s", names,
                             i == 0 ? "" : in_language(c->invocation, ", ", "、"), left->name[i]);
    if (left->count > 0)
        baton_findings_add(&c->found, BATON_FILES_LEFT, (struct baton_where){0}, names,
                           left->count > NAMED ? arena_printf(arena, "%zu", left->count - NAMED)
                                               : NULL,
                           NULL, NULL);
    for (size_t i = 0; i < c->files.elsewhere.count; i++)
        baton_findings_add(&c->found, BATON_PACKAGES_ELSEWHERE,
                           (struct baton_where){.file = "scheme.yaml"}, c->files.elsewhere.name[i],
                           NULL, NULL, NULL);
}

static baton_code convert(struct conversion *c) {
    struct baton_arena *arena = c->invocation->arena;
    TRY(source_open(arena, c->invocation->operand[0], &c->source, &c->found));
    TRY(package_files_list(c->source, &c->files, &c->found));
    c->is_workbook = ends_with(c->output, ".xlsx");
    TRY(c->is_workbook                 ? write_workbook(c)
        : ends_with(c->output, ".zip") ? write_archive(c)
                                       : write_folder(c));
    tell_rest(c);
    return BATON_OK;
}

baton_code cmd_convert(struct invocation *invocation) {
    const struct settings *settings = &invocation->settings;
    struct conversion c = {.invocation = invocation,
                           .output = settings->output,
                           .found = {.arena = invocation->arena}};
    if (settings->output == NULL)
        return refuse(invocation, BATON_OPTION_NEEDED, "convert", "-o", NULL, NULL);
    const baton_code code = convert(&c);
    if (code == BATON_NO_MEMORY)
        return code;
    print_findings(
        invocation->arena, invocation->err, &c.found,
        (struct findings_style){invocation->language, invocation->colour_err, BATON_NOTE});
    if (code == BATON_OK && c.is_workbook)
        writer_printf(invocation->out,
                      in_language(invocation, "%s: a workbook.\n", "%s：工作簿。\n"),
                      settings->output);
    else if (code == BATON_OK)
        writer_printf(invocation->out,
                      in_language(invocation, "%s: %zu files.\n", "%s：%zu 个文件。\n"),
                      settings->output, c.files.part.count);
    return code;
}
