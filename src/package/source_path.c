/* Where packages are: paths of folders and files, paths that go on inside of an archive ("city.zip/2020"), and how a package names another. An
 * archive or a workbook stands for the folder that it holds, so paths from it are taken by their words: `..` leaves it. */
#include "package/source.h"
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

bool source_split(struct baton_arena *arena, const char *path, const char **file,
                  const char **inside) {
    struct stat status;
    char *copy = arena_text(arena, path, strlen(path));
    size_t size = strlen(copy);
    while (size > 1 && copy[size - 1] == '/')
        copy[--size] = '\0';
    for (;;) {
        if (stat(copy, &status) == 0) {
            const char *rest = path + size + strspn(path + size, "/");
            size_t rest_size = strlen(rest);
            while (rest_size > 0 && rest[rest_size - 1] == '/')
                rest_size--;
            *file = copy;
            *inside = arena_text(arena, rest, rest_size);
            return S_ISREG(status.st_mode);
        }
        char *slash = strrchr(copy, '/');
        if (slash == NULL || slash == copy)
            return false;
        *slash = '\0';
        size = (size_t)(slash - copy);
    }
}

const char *source_real(struct baton_arena *arena, const char *path) {
    char *real = arena_alloc(arena, PATH_MAX, 1);
    const char *file, *inside;
    if (realpath(path, real) != NULL)
        return real;
    if (!source_split(arena, path, &file, &inside) || realpath(file, real) == NULL)
        return NULL;
    return arena_printf(arena, "%s/%s", real, inside);
}

const char *source_name(const struct source *source) {
    return source->form->real != NULL ? source->form->real(source)
                                      : source_real(source->arena, source->path);
}

/* The folder in which the last name of a path stands. */
static const char *above(struct baton_arena *arena, const char *path) {
    size_t size = strlen(path);
    while (size > 1 && path[size - 1] == '/')
        size--;
    size_t name = size;
    while (name > 0 && path[name - 1] != '/')
        name--;
    if (size - name == 2 && memcmp(path + name, "..", 2) == 0)
        return arena_printf(arena, "%.*s/..", (int)size, path);
    if (size - name == 1 && path[name] == '.')
        return arena_printf(arena, "%.*s.", (int)size, path);
    if (name == 0)
        return ".";
    while (name > 1 && path[name - 1] == '/')
        name--;
    return arena_text(arena, path, name);
}

static bool is_in_file(struct baton_arena *arena, const char *path) {
    const char *file, *inside;
    return source_split(arena, path, &file, &inside);
}

/* A folder that only holds other things, such as the packages that one in a file beside it reads. */
static bool is_no_package(struct baton_arena *arena, const char *path) {
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode) &&
           stat(arena_printf(arena, "%s/scheme.yaml", path), &status) != 0;
}

/* What is at a path: itself, or an archive or workbook of that name. NULL = nothing. */
static const char *at_path(struct source *source, const char *base, const char *path) {
    static const char *const endings[] = {"", ".zip", ".xlsx"};
    struct stat status;
    size_t size = strlen(path);
    const char *folder = NULL;
    while (size > 1 && path[size - 1] == '/')
        size--;
    for (size_t i = 0; i < LENGTH(endings); i++) {
        const char *other =
            arena_printf(source->arena, "%s/%.*s%s", base, (int)size, path, endings[i]);
        if (i == 0 && is_no_package(source->arena, other))
            folder = other;
        else if (stat(other, &status) == 0)
            return other;
    }
    return folder;
}

/* "x/city.zip" as the folder "x/city". */
static const char *without_ending(struct baton_arena *arena, const char *path) {
    const char *slash = strrchr(path, '/'), *dot = strrchr(path, '.');
    const size_t size = dot != NULL && dot > path && (slash == NULL || dot > slash + 1)
                            ? (size_t)(dot - path)
                            : strlen(path);
    return arena_text(arena, path, size);
}

/* A package that one in a file names. */
static const char *other_of_file(struct source *source, const char *path) {
    struct baton_arena *arena = source->arena;
    const char *base = source->base;
    for (; is_in_file(arena, base);) {
        if (strncmp(path, "./", 2) == 0) {
            path += 2;
        } else if (strncmp(path, "../", 3) == 0) {
            path += 3;
            base = above(arena, base);
        } else {
            break;
        }
        path += strspn(path, "/");
    }
    if (strcmp(path, "..") == 0 && is_in_file(arena, base)) {
        path = "";
        base = above(arena, base);
    }
    if (path[0] == '\0' || strcmp(path, ".") == 0)
        return base;
    const char *file, *inside;
    if (!source_split(arena, base, &file, &inside)) {
        const char *other = at_path(source, base, path);
        return other != NULL ? other : arena_printf(arena, "%s/%s", base, path);
    }
    size_t size = strlen(path);
    while (size > 1 && path[size - 1] == '/')
        size--;
    const char *name =
        arena_printf(arena, "%s%s%.*s", inside, inside[0] != '\0' ? "/" : "", (int)size, path);
    if (source->form->has_folder != NULL && source->form->has_folder(source, name))
        return arena_printf(arena, "%s/%s", file, name);
    const char *stands_for = without_ending(arena, file);
    const char *other = at_path(source, stands_for, name);
    return other != NULL ? other : arena_printf(arena, "%s/%s", stands_for, name);
}

const char *source_other(struct source *source, const char *path) {
    if (source->form->is_in_file)
        return other_of_file(source, path);
    const char *other = at_path(source, source->base, path);
    return other != NULL ? other : arena_printf(source->arena, "%s/%s", source->base, path);
}
