/* Files that appear when they are whole. A device cannot be given another content by its name, so what is meant for one stands in the folder for
 * passing files meanwhile and is copied. */
#include "base/whole_file.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void abandon(void *context) {
    whole_file_abandon(context);
}

void whole_file_abandon(struct whole_file *file) {
    if (file->aside != NULL)
        unlink(file->aside);
    file->aside = NULL;
}

/* A new file of its own, with the permissions of the one that is there. */
static int make_aside(struct baton_arena *arena, struct whole_file *file,
                      const struct stat *there) {
    const char *folder = getenv("TMPDIR");
    if (folder == NULL || folder[0] == '\0')
        folder = "/tmp";
    for (unsigned attempt = 0; attempt < 100; attempt++) {
        const char *aside =
            file->is_device
                ? arena_printf(arena, "%s/baton.%ld-%u.part", folder, (long)getpid(), attempt)
                : arena_printf(arena, "%s.%ld-%u.part", file->path, (long)getpid(), attempt);
        const int opened =
            open(aside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, file->is_device ? 0600 : 0666);
        if (opened < 0 && errno == EEXIST)
            continue;
        if (opened < 0)
            return errno;
        file->aside = aside;
        int error = 0;
        if (there != NULL && !file->is_device && fchmod(opened, there->st_mode & 07777) != 0)
            error = errno;
        close(opened);
        return error;
    }
    return EEXIST;
}

int whole_file_open(struct baton_arena *arena, const char *path, struct whole_file **out) {
    struct whole_file *file = arena_alloc(arena, 1, sizeof *file);
    arena_on_close(arena, abandon, file);
    *out = file;
    /* Through a link the file that it names is written, not the link. */
    char *meant = realpath(path, NULL);
    file->path =
        arena_text(arena, meant != NULL ? meant : path, strlen(meant != NULL ? meant : path));
    const bool is_named = meant != NULL;
    free(meant);
    struct stat about, link;
    const bool is_there = stat(path, &about) == 0;
    const bool is_link = lstat(path, &link) == 0 && S_ISLNK(link.st_mode);
    if (is_there && S_ISDIR(about.st_mode))
        return EISDIR;
    /* A link whose end has no name (a pipe, a file that was removed while it is open) is written through, never replaced; one that
     * leads nowhere is not followed. What is open already, as the output of a command is, stays what it is. */
    if (is_link && !is_there)
        return ENOENT;
    file->is_device = is_there && (!S_ISREG(about.st_mode) || (is_link && !is_named) ||
                                   strcmp(path, "/dev/stdout") == 0);
    if (file->is_device)
        file->path = arena_text(arena, path, strlen(path));
    return make_aside(arena, file, is_there ? &about : NULL);
}

/* A name is on the disk when its folder is. */
static int keep_name(const char *path) {
    const char *slash = strrchr(path, '/');
    char folder[4096] = ".";
    if (slash != NULL) {
        const size_t size = slash == path ? 1 : (size_t)(slash - path);
        if (size >= sizeof folder)
            return ENAMETOOLONG;
        memcpy(folder, path, size);
        folder[size] = '\0';
    }
    const int opened = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (opened < 0)
        return 0; /* a folder that may be written to but not read: the name is there, and will be kept in time */
    const int error = fsync(opened) != 0 && errno != EINVAL ? errno : 0;
    close(opened);
    return error;
}

static int sync_aside(const char *aside) {
    const int opened = open(aside, O_WRONLY | O_CLOEXEC);
    if (opened < 0)
        return errno;
    const int error = fsync(opened) != 0 ? errno : 0;
    return close(opened) != 0 && error == 0 ? errno : error;
}

/* Writes all of it; 0 or errno. */
static int write_all(int to, const char *bytes, size_t size) {
    while (size > 0) {
        const ssize_t written = write(to, bytes, size);
        if (written < 0 && errno != EINTR)
            return errno;
        if (written > 0) {
            bytes += written;
            size -= (size_t)written;
        }
    }
    return 0;
}

/* The output of this process is written where it stands; anything else is opened by its name. */
static int open_device(const char *path) {
    return strcmp(path, "/dev/stdout") == 0 ? fcntl(1, F_DUPFD_CLOEXEC, 0)
                                            : open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
}

static int copy_to_device(const char *from_path, const char *to_path) {
    char block[1 << 14];
    const int from = open(from_path, O_RDONLY | O_CLOEXEC);
    const int to = open_device(to_path);
    int error = from < 0 || to < 0 ? errno : 0;
    while (error == 0) {
        const ssize_t got = read(from, block, sizeof block);
        if (got == 0)
            break;
        if (got > 0)
            error = write_all(to, block, (size_t)got);
        else if (errno != EINTR)
            error = errno;
    }
    if (from >= 0)
        close(from);
    if (to >= 0 && close(to) != 0 && error == 0)
        error = errno;
    return error;
}

int whole_file_keep(struct whole_file *file) {
    int error = 0;
    if (file->aside == NULL)
        return EINVAL;
    if (file->is_device) {
        error = copy_to_device(file->aside, file->path);
    } else {
        error = sync_aside(file->aside);
        if (error == 0 && rename(file->aside, file->path) != 0)
            error = errno;
        if (error == 0) {
            file->aside = NULL;
            error = keep_name(file->path);
        }
    }
    whole_file_abandon(file);
    return error;
}
