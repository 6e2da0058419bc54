/* A package in a folder, and what all forms of packages have in common. */
#include "package/source.h"
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

static bool ends_with(const char *name, const char *ending, bool any_case) {
    const size_t size = strlen(name), end = strlen(ending);
    if (size <= end)
        return false;
    return (any_case ? strcasecmp : strcmp)(name + size - end, ending) == 0;
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
        if (entry->d_name[0] != '.' && ends_with(entry->d_name, ending, folder[0] == '\0'))
            *ARRAY_PUSH(arena, out->name, out->count, out->capacity) =
                arena_text(arena, entry->d_name, strlen(entry->d_name));
    close_folder(opened);
    return BATON_OK;
}

static const struct source_form folder_form = {folder_size, folder_read, folder_list};

/* All forms */

baton_code source_open(struct baton_arena *arena, const char *path, struct source **out,
                       struct baton_findings *found) {
    struct stat status;
    if (stat(path, &status) != 0 || !S_ISDIR(status.st_mode)) {
        baton_findings_add(found, BATON_NO_PACKAGE, (struct baton_where){0}, path, NULL, NULL,
                           NULL);
        return BATON_NO_PACKAGE;
    }
    *out = arena_alloc(arena, 1, sizeof **out);
    **out = (struct source){.arena = arena, .path = arena_text(arena, path, strlen(path))};
    (*out)->base = (*out)->path;
    (*out)->form = &folder_form;
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

const char *source_other(const struct source *source, const char *path) {
    static const char *const endings[] = {"", ".zip", ".xlsx"};
    struct stat status;
    size_t size = strlen(path);
    while (size > 1 && path[size - 1] == '/')
        size--;
    for (size_t i = 0; i < LENGTH(endings); i++) {
        const char *other =
            arena_printf(source->arena, "%s/%.*s%s", source->base, (int)size, path, endings[i]);
        if (stat(other, &status) == 0)
            return other;
    }
    return arena_printf(source->arena, "%s/%s", source->base, path);
}
