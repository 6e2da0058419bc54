/* Folders that appear when they are whole. What was made is remembered, so that exactly that is removed again. */
#include "files/folder_out.h"
#include "base/macros.h"
#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct made {
    const char *path;
    bool is_folder;
};

struct folder_out {
    struct baton_arena *arena;
    const char *path;  /* the name that it will have */
    const char *aside; /* where it stands until then */
    bool is_there;     /* a folder has that name, and is not empty */
    struct made *made; /* in the order in which they were made, `aside` first */
    size_t count, capacity;
    int error; /* errno of what went wrong first */
};

static void abandon(void *context) {
    struct folder_out *out = context;
    for (; out->count > 0; out->count--) {
        const struct made *made = &out->made[out->count - 1];
        if (made->is_folder)
            rmdir(made->path);
        else
            unlink(made->path);
    }
}

static void fail(struct folder_out *out, int error) {
    if (out->error == 0)
        out->error = error;
}

/* Notes down what is about to be made, so that memory that is out leaves nothing behind. */
static struct made *note(struct folder_out *out, const char *path, bool is_folder) {
    struct made *made = ARRAY_PUSH(out->arena, out->made, out->count, out->capacity);
    *made = (struct made){path, is_folder};
    return made;
}

/* 0 where it was made, EEXIST where it is there already, else errno. */
static int make_folder(struct folder_out *out, const char *path) {
    note(out, path, true);
    if (mkdir(path, 0777) == 0)
        return 0;
    const int error = errno;
    out->count--;
    return error;
}

static bool is_empty(const char *path) {
    DIR *folder = opendir(path);
    bool is_empty = true;
    if (folder == NULL)
        return false;
    for (const struct dirent *entry; is_empty && (entry = readdir(folder)) != NULL;)
        is_empty = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
    closedir(folder);
    return is_empty;
}

static void make_aside(struct folder_out *out) {
    int error = EEXIST;
    for (unsigned attempt = 0; attempt < 100 && error == EEXIST; attempt++) {
        out->aside = arena_printf(out->arena, "%s.%ld-%u.part", out->path, (long)getpid(), attempt);
        error = make_folder(out, out->aside);
    }
    if (error != 0)
        fail(out, error);
}

struct folder_out *folder_out_open(struct baton_arena *arena, const char *path, bool replace) {
    struct folder_out *out = arena_alloc(arena, 1, sizeof(*out));
    out->arena = arena;
    arena_on_close(arena, abandon, out);
    char *meant = realpath(path, NULL);
    const char *given = meant != NULL ? meant : path;
    size_t size = strlen(given);
    while (size > 1 && given[size - 1] == '/')
        size--;
    out->path = arena_text(arena, given, size);
    free(meant);
    struct stat about;
    const bool is_there = stat(out->path, &about) == 0;
    if (is_there && !S_ISDIR(about.st_mode))
        fail(out, ENOTDIR);
    out->is_there = is_there && !is_empty(out->path);
    if (out->is_there && !replace)
        fail(out, ENOTEMPTY);
    if (out->error != 0)
        return out;
    make_aside(out);
    if (out->error == 0 && is_there && chmod(out->aside, about.st_mode & 07777) != 0)
        fail(out, errno);
    return out;
}

/* Whether every part of it is a name. */
static bool stays_inside(const char *name) {
    for (const char *part = name;; part++) {
        const size_t size = strcspn(part, "/");
        if (size == 0 || (size <= 2 && strspn(part, ".") >= size))
            return false;
        part += size;
        if (*part == '\0')
            return true;
    }
}

static int write_file(const char *path, const char *bytes, size_t size) {
    const int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (file < 0)
        return errno;
    int error = 0;
    while (size > 0 && error == 0) {
        const ssize_t written = write(file, bytes, size);
        if (written < 0 && errno != EINTR)
            error = errno;
        if (written > 0) {
            bytes += written;
            size -= (size_t)written;
        }
    }
    if (error == 0 && fsync(file) != 0)
        error = errno;
    return close(file) != 0 && error == 0 ? errno : error;
}

void folder_out_add(struct folder_out *out, const char *name, const void *bytes, size_t size) {
    assert(stays_inside(name));
    for (const char *slash = strchr(name, '/'); slash != NULL && out->error == 0;
         slash = strchr(slash + 1, '/')) {
        const int error = make_folder(
            out, arena_printf(out->arena, "%s/%.*s", out->aside, (int)(slash - name), name));
        if (error != 0 && error != EEXIST)
            fail(out, error);
    }
    if (out->error != 0)
        return;
    const char *path = arena_printf(out->arena, "%s/%s", out->aside, name);
    note(out, path, false);
    const int error = write_file(path, bytes, size);
    if (error != 0)
        fail(out, error);
    if (error == EEXIST) /* added twice: it is the first one's */
        out->count--;
}

static int sync_folder(const char *path) {
    const int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        return errno;
    const int error = fsync(folder) != 0 && errno != EINVAL ? errno : 0;
    close(folder);
    return error;
}

/* The next name beside it that is free, and moves it there. NULL where that cannot be done. */
static const char *move_away(struct folder_out *out) {
    struct stat about;
    for (unsigned i = 1; i <= 1000; i++) {
        const char *to = i == 1 ? arena_printf(out->arena, "%s.old", out->path)
                                : arena_printf(out->arena, "%s.old-%u", out->path, i);
        if (lstat(to, &about) == 0)
            continue;
        if (rename(out->path, to) == 0)
            return to;
        break;
    }
    fail(out, errno != 0 ? errno : EEXIST);
    return NULL;
}

static void give_name(struct folder_out *out, const char **kept) {
    if (out->is_there) {
        *kept = move_away(out);
        if (*kept == NULL)
            return;
    }
    if (rename(out->aside, out->path) == 0) {
        out->count = 0;
        return;
    }
    fail(out, errno);
    if (*kept != NULL && rename(*kept, out->path) == 0)
        *kept = NULL;
}

int folder_out_close(struct folder_out *out, const char **kept) {
    *kept = NULL;
    for (size_t i = 0; i < out->count && out->error == 0; i++)
        if (out->made[i].is_folder)
            out->error = sync_folder(out->made[i].path);
    if (out->error == 0)
        give_name(out, kept);
    abandon(out);
    return out->error;
}
