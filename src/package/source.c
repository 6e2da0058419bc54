/* A package in a folder, and what all forms of packages have in common. */
#include "package/source.h"
#include "package/source_archive.h"
#include "package/source_workbook.h"
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

/* The folder */

static int64_t folder_size(struct source *source, const char *name) {
    struct stat status;
    const char *path = arena_printf(source->arena, "%s/%s", source->path, name);
    return stat(path, &status) == 0 ? (int64_t)status.st_size : -1;
}

static baton_code folder_read(struct source *source, const char *name, uint64_t size_most, bool map,
                              struct file *out, struct baton_findings *found) {
    return map ? file_map(source->arena, source->path, name, size_most, out, found)
               : file_read(source->arena, source->path, name, size_most, out, found);
}

static void close_folder(void *context) {
    DIR **folder = context;
    if (*folder != NULL)
        closedir(*folder);
    *folder = NULL;
}

bool source_is_listed(const char *folder, const char *ending, const char *name, size_t size) {
    const size_t end = strlen(ending);
    if (size == 0 || name[0] == '.' || (end > 0 && size <= end))
        return false;
    const char *last = name + size - end;
    return folder[0] == '\0' ? strncasecmp(last, ending, end) == 0 : memcmp(last, ending, end) == 0;
}

static baton_code folder_list(struct source *source, const char *folder, const char *ending,
                              struct source_names *out, struct baton_findings *found) {
    struct baton_arena *arena = source->arena;
    DIR **opened = arena_alloc(arena, 1, sizeof *opened);
    arena_on_close(arena, close_folder, opened);
    *opened = opendir(arena_printf(arena, "%s/%s", source->path, folder));
    out->there = *opened != NULL;
    if (!out->there) {
        if (errno == ENOENT || errno == ENOTDIR)
            return BATON_OK;
        char text[128];
        const char *shown = folder[0] != '\0' ? folder : source->path;
        baton_findings_add(found, BATON_FILE_READ, (struct baton_where){.file = shown}, shown,
                           strerror_r(errno, text, sizeof text), NULL, NULL);
        return BATON_FILE_READ;
    }
    for (const struct dirent *entry; (entry = readdir(*opened)) != NULL;)
        if (source_is_listed(folder, ending, entry->d_name, strlen(entry->d_name)))
            *ARRAY_PUSH(arena, out->name, out->count, out->capacity) =
                arena_text(arena, entry->d_name, strlen(entry->d_name));
    close_folder(opened);
    return BATON_OK;
}

static const struct source_form folder_form = {
    .size = folder_size, .read = folder_read, .list = folder_list};

/* All forms */

static baton_code open_file(struct source *source, const char *file, const char *inside,
                            struct baton_findings *found) {
    struct archive *archive;
    TRY(archive_open(source->arena, file, &archive, found));
    if (workbook_is(archive) && inside[0] == '\0')
        return source_use_workbook(source, archive, found);
    return source_use_archive(source, archive, inside, found);
}

baton_code source_open(struct baton_arena *arena, const char *path, struct source **out,
                       struct baton_findings *found) {
    struct stat status;
    const char *file, *inside;
    struct source *source = arena_alloc(arena, 1, sizeof *source);
    *source = (struct source){.arena = arena, .path = arena_text(arena, path, strlen(path))};
    source->base = source->path;
    if (stat(path, &status) == 0 && S_ISDIR(status.st_mode)) {
        source->form = &folder_form;
    } else if (source_split(arena, path, &file, &inside)) {
        TRY(open_file(source, file, inside, found));
    } else {
        baton_findings_add(found, BATON_NO_PACKAGE, (struct baton_where){0}, path, NULL, NULL,
                           NULL);
        return BATON_NO_PACKAGE;
    }
    *out = source;
    return BATON_OK;
}

int64_t source_size(struct source *source, const char *name) {
    return source->form->size(source, name);
}

baton_code source_read(struct source *source, const char *name, uint64_t size_most,
                       struct file *out, struct baton_findings *found) {
    return source->form->read(source, name, size_most, false, out, found);
}

baton_code source_map(struct source *source, const char *name, uint64_t size_most, struct file *out,
                      struct baton_findings *found) {
    return source->form->read(source, name, size_most, true, out, found);
}

static int by_text(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

baton_code source_list(struct source *source, const char *folder, const char *ending,
                       struct source_names *out, struct baton_findings *found) {
    *out = (struct source_names){0};
    TRY(source->form->list(source, folder, ending, out, found));
    if (out->count > 1) /* they come in any order */
        qsort(out->name, out->count, sizeof *out->name, by_text);
    return BATON_OK;
}
