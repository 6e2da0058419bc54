/* An export: the packages and their places are found first, and everything is read, so that little can go wrong once something is written.
 *
 * A package in a file stands for the folder of the file's name without its ending. Of an archive, whatever a path leads to below that folder is a folder in the archive; a workbook holds
 * no others. */
#include "flow/package_export.h"
#include "base/limits.h"
#include "files/archive_out.h"
#include "files/folder_out.h"
#include "package/package_files.h"
#include "package/workbook_package.h"
#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PACKAGES_MAX = 64, PATH_PARTS_MAX = 256 };

enum form { FORM_FOLDER, FORM_ARCHIVE, FORM_WORKBOOK };
static const char *const endings[] = {"", ".zip", ".xlsx"};

/* A package and where it goes. */
struct placed {
    const char *assessment;
    const char *place; /* the folder that it is, or stands for */
    struct source *source;
    struct placed *holder; /* of which it is a folder; NULL = it is written itself */
    struct package_files files;
    struct file *file; /* [files.part.count] */
};

struct export {
    struct baton_arena *arena;
    const struct export_wish *wish;
    struct baton_findings *found;
    enum form form;
    struct placed *package[PACKAGES_MAX];
    size_t count;
};

static bool ends_with(const char *name, const char *ending) {
    const size_t size = strlen(name), end = strlen(ending);
    return size > end && strcasecmp(name + size - end, ending) == 0;
}

static baton_code refuse(const struct export *export, baton_code code, const char *arg1,
                         const char *arg2, const char *arg3) {
    baton_findings_add(export->found, code, (struct baton_where){0}, arg1, arg2, arg3, NULL);
    return code;
}

/* ---- Places. */

/* "a/b/../c" as "a/c"; `..` at the beginning stays. */
static const char *normal(struct baton_arena *arena, const char *path) {
    const char *part[PATH_PARTS_MAX];
    size_t size[PATH_PARTS_MAX], count = 0;
    for (const char *at = path; *at != '\0';) {
        const size_t length = strcspn(at, "/");
        const bool up = length == 2 && memcmp(at, "..", 2) == 0;
        if (up && count > 0 && !(size[count - 1] == 2 && memcmp(part[count - 1], "..", 2) == 0)) {
            count--;
        } else if (length > 0 && !(length == 1 && at[0] == '.') && count < PATH_PARTS_MAX) {
            part[count] = at;
            size[count++] = length;
        }
        at += length;
        at += *at == '/';
    }
    const char *whole = path[0] == '/' ? "/" : "";
    for (size_t i = 0; i < count; i++)
        whole = arena_printf(arena, "%s%s%.*s", whole, i > 0 ? "/" : "", (int)size[i], part[i]);
    return whole[0] == '\0' ? "." : whole;
}

/* The outermost package of which a place is a folder; NULL = none, as always of workbooks. */
static struct placed *holder_of(const struct export *export, const char *place) {
    struct placed *holder = NULL;
    for (size_t i = 0; i < export->count && export->form != FORM_WORKBOOK; i++) {
        struct placed *other = export->package[i];
        const size_t size = strlen(other->place);
        if (strncmp(place, other->place, size) == 0 && place[size] == '/' &&
            (holder == NULL || size < strlen(holder->place)))
            holder = other;
    }
    return holder;
}

static baton_code place_package(struct export *export, struct source *source,
                                const char *assessment, const char *place);

/* What a package names, placed where its paths lead. */
static baton_code place_links(struct export *export, const struct placed *from) {
    size_t count;
    const struct ledger_link *link = ledger_source_links(from->source, &count);
    for (size_t i = 0; i < count; i++) {
        struct source *other;
        TRY(from->source->form->other(from->source, link[i].path, &other, export->found));
        TRY(place_package(export, other, link[i].assessment,
                          normal(export->arena,
                                 arena_printf(export->arena, "%s/%s", from->place, link[i].path))));
    }
    return BATON_OK;
}

static baton_code place_package(struct export *export, struct source *source,
                                const char *assessment, const char *place) {
    for (size_t i = 0; i < export->count; i++) {
        const struct placed *other = export->package[i];
        if (strcmp(other->place, place) != 0)
            continue;
        return strcmp(other->assessment, assessment) == 0
                   ? BATON_OK
                   : refuse(export, BATON_EXPORT_PLACES, other->assessment, assessment, place);
    }
    if (export->count == PACKAGES_MAX)
        return refuse(export, BATON_LINKS_TOO_MANY, arena_printf(export->arena, "%d", PACKAGES_MAX),
                      NULL, NULL);
    if (export->wish->may != NULL)
        TRY(export->wish->may(export->wish->may_context, assessment));
    struct placed *placed = arena_alloc(export->arena, 1, sizeof *placed);
    *placed = (struct placed){.assessment = assessment, .place = place, .source = source};
    export->package[export->count++] = placed;
    return place_links(export, placed);
}

/* ---- Reading, and whether the names are free. */

static baton_code read_files(struct export *export, struct placed *placed) {
    TRY(package_files_list(placed->source, &placed->files, export->found));
    const struct source_names *part = &placed->files.part;
    placed->file = arena_alloc(export->arena, part->count, sizeof *placed->file);
    for (size_t i = 0; i < part->count; i++)
        TRY(source_map(placed->source, part->name[i], LIMIT_OBSERVATIONS_SIZE, &placed->file[i],
                       export->found));
    return BATON_OK;
}

static const char *name_of(const struct export *export, const struct placed *placed) {
    return placed == export->package[0]
               ? export->wish->output
               : arena_printf(export->arena, "%s%s", placed->place, endings[export->form]);
}

static bool is_empty_folder(const char *path) {
    DIR *folder = opendir(path);
    if (folder == NULL)
        return false;
    bool empty = true;
    for (const struct dirent *entry; empty && (entry = readdir(folder)) != NULL;)
        empty = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
    closedir(folder);
    return empty;
}

/* Whether a package stands in the folder in which the one that was asked for stands. */
static bool is_beside(const struct export *export, const char *place) {
    const char *first = export->package[0]->place, *slash = strrchr(first, '/');
    if (slash == NULL)
        return place[0] != '/' && place[0] != '.';
    const size_t size = (size_t)(slash - first) + 1;
    return strncmp(place, first, size) == 0 && place[size] != '\0';
}

/* Whether what is there may be put aside for a package: what was asked for, what is beside it, else only another package. Where paths lead is said by the ledger, and may be any
 * folder, even one that holds this one. */
static bool may_replace(const struct export *export, const struct placed *placed,
                        const char *name) {
    return export->wish->replace &&
           (placed == export->package[0] || is_beside(export, placed->place) ||
            access(arena_printf(export->arena, "%s/scheme.yaml", name), F_OK) == 0);
}

/* What was asked for takes its name as -o does everywhere; packages beside it take none that is there. */
static baton_code look_at_name(const struct export *export, const struct placed *placed) {
    struct stat status;
    const char *name = name_of(export, placed);
    if (placed->holder != NULL || stat(name, &status) != 0 || may_replace(export, placed, name))
        return BATON_OK;
    if (export->form == FORM_FOLDER)
        return S_ISDIR(status.st_mode) && is_empty_folder(name)
                   ? BATON_OK
                   : refuse(export, BATON_FOLDER_NOT_EMPTY, name, NULL, NULL);
    return placed == export->package[0] ? BATON_OK
                                        : refuse(export, BATON_FILE_THERE, name, NULL, NULL);
}

/* ---- Writing. */

static baton_code could_not(const struct export *export, const char *name, int error) {
    if (error == 0)
        return BATON_OK;
    if (error == ENOTEMPTY || error == EEXIST)
        return refuse(export, BATON_FOLDER_NOT_EMPTY, name, NULL, NULL);
    return refuse(export, BATON_FILE_WRITE, name,
                  arena_printf(export->arena, "%s", strerror(error)), NULL);
}

/* The files of a package and of those that are folders of it, by their names in it: each is given to one of the two. */
static size_t add_members(const struct export *export, const struct placed *holder,
                          struct folder_out *folder, struct archive_out *archive) {
    size_t count = 0;
    for (size_t p = 0; p < export->count; p++) {
        const struct placed *placed = export->package[p];
        if (placed != holder && placed->holder != holder)
            continue;
        const char *inside = placed == holder ? "" : placed->place + strlen(holder->place) + 1;
        for (size_t i = 0; i < placed->files.part.count; i++, count++) {
            const struct file *file = &placed->file[i];
            const char *name =
                arena_printf(export->arena, "%s%s%s", inside, inside[0] != '\0' ? "/" : "",
                             placed->files.part.name[i]);
            if (folder != NULL)
                folder_out_add(folder, name, file->text, file->size);
            else
                archive_out_add(archive, name, file->text, file->size);
        }
    }
    return count;
}

static baton_code write_folder(struct export *export, const struct placed *placed, const char *name,
                               struct exported *out) {
    struct folder_out *folder = folder_out_open(export->arena, name, export->wish->replace);
    out->files = add_members(export, placed, folder, NULL);
    return could_not(export, name, folder_out_close(folder, &out->kept));
}

static baton_code write_archive(struct export *export, const struct placed *placed,
                                const char *name, struct exported *out) {
    struct archive_out *archive = archive_out_open(export->arena, name);
    out->files = add_members(export, placed, NULL, archive);
    return could_not(export, name, archive_out_close(archive));
}

/* The folders above a package that is written beside the one that was asked for. */
static baton_code make_folders(const struct export *export, const char *name) {
    for (const char *slash = strchr(name + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        const char *folder = arena_text(export->arena, name, (size_t)(slash - name));
        if (mkdir(folder, 0777) != 0 && errno != EEXIST)
            return could_not(export, folder, errno);
    }
    return BATON_OK;
}

static baton_code write_package(struct export *export, const struct placed *placed,
                                struct export_result *result) {
    if (placed->holder != NULL)
        return BATON_OK;
    struct exported *out = &result->package[result->count];
    const char *name = name_of(export, placed);
    *out = (struct exported){.assessment = placed->assessment, .path = name};
    if (placed != export->package[0])
        TRY(make_folders(export, name));
    TRY(export->form == FORM_WORKBOOK
            ? workbook_package_write(export->arena, placed->source, name, export->found)
        : export->form == FORM_ARCHIVE ? write_archive(export, placed, name, out)
                                       : write_folder(export, placed, name, out));
    result->count++;
    return BATON_OK;
}

/* ---- All in one file. */

/* Paths may lead up from the package as far as they like, and still to somewhere below the root. */
static const char *deep_place(const struct export *export) {
    const char *place = "";
    for (int i = 0; i < PATH_PARTS_MAX / 2; i++)
        place = arena_printf(export->arena, "%s/d", place);
    return arena_printf(export->arena, "%s/%s", place, export->wish->view.assessment);
}

/* The folder in which all packages stand. */
static const char *common_folder(const struct export *export) {
    const char *first = export->package[0]->place;
    size_t size = (size_t)(strrchr(first, '/') - first);
    for (size_t i = 1; i < export->count; i++) {
        const char *place = export->package[i]->place;
        while (size > 0 && (strncmp(place, first, size) != 0 || place[size] != '/'))
            do
                size--;
            while (size > 0 && first[size] != '/');
    }
    return arena_text(export->arena, first, size);
}

static baton_code write_together(struct export *export, struct export_result *result) {
    const char *const name = export->wish->output;
    struct placed all = {0}, *holder = export->package[0];
    size_t outermost = 0;
    for (size_t i = 0; i < export->count; i++)
        outermost += export->package[i]->holder == NULL;
    if (export->form != FORM_ARCHIVE && export->count > 1)
        return refuse(export, BATON_EXPORT_SEVERAL, export->package[0]->assessment,
                      arena_printf(export->arena, "%zu", export->count), NULL);
    struct exported *out = &result->package[result->count++];
    *out = (struct exported){.assessment = export->package[0]->assessment, .path = name};
    if (export->form != FORM_ARCHIVE)
        return workbook_package_write(export->arena, export->package[0]->source, name,
                                      export->found);
    if (outermost > 1) {
        all.place = common_folder(export);
        holder = &all;
        for (size_t i = 0; i < export->count; i++)
            export->package[i]->holder = holder;
    }
    return write_archive(export, holder, name, out);
}

static baton_code find_packages(struct export *export) {
    const char *output = export->wish->output;
    struct source *source;
    export->form = ends_with(output, ".zip")    ? FORM_ARCHIVE
                   : ends_with(output, ".xlsx") ? FORM_WORKBOOK
                                                : FORM_FOLDER;
    TRY(ledger_source_open(export->arena, &export->wish->view, &source, export->found));
    const char *place =
        export->wish->together
            ? deep_place(export)
            : arena_text(export->arena, output, strlen(output) - strlen(endings[export->form]));
    TRY(place_package(export, source, source->path, normal(export->arena, place)));
    for (size_t i = 0; i < export->count; i++)
        export->package[i]->holder = holder_of(export, export->package[i]->place);
    return BATON_OK;
}

baton_code package_export(struct baton_arena *arena, const struct export_wish *wish,
                          struct export_result *out, struct baton_findings *found) {
    struct export *export = arena_alloc(arena, 1, sizeof *export);
    *export = (struct export){.arena = arena, .wish = wish, .found = found};
    *out = (struct export_result){0};
    TRY(find_packages(export));
    for (size_t i = 0; i < export->count; i++)
        TRY(read_files(export, export->package[i]));
    out->package = arena_alloc(arena, export->count, sizeof *out->package);
    if (wish->together)
        return write_together(export, out);
    for (size_t i = 0; i < export->count; i++)
        TRY(look_at_name(export, export->package[i]));
    for (size_t i = 0; i < export->count; i++)
        TRY(write_package(export, export->package[i], out));
    return BATON_OK;
}
