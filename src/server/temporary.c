/* A folder of its own for each file, in TMPDIR, so that writers which write beside a name first leave nothing either. */
#include "server/temporary.h"
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *where) {
    (void)about;
    (void)kind;
    (void)where;
    (void)remove(path); /* what cannot be removed is the system's to sweep */
    return 0;
}

static void remove_folder(void *folder) {
    enum { FILES_OPEN = 8 };
    (void)nftw(folder, remove_one, FILES_OPEN, FTW_DEPTH | FTW_PHYS);
}

static baton_code make_folder(struct call *call, const char **out) {
    const char *base = getenv("TMPDIR");
    char *folder =
        arena_printf(call->arena, "%s/baton-XXXXXX", base != NULL && *base != '\0' ? base : "/tmp");
    if (mkdtemp(folder) == NULL)
        return call_refuse(call, BATON_FILE_WRITE, folder, strerror(errno), NULL, NULL);
    arena_on_close(call->arena, remove_folder, folder);
    *out = folder;
    return BATON_OK;
}

static void close_file(void *file) {
    close(*(int *)file);
}

static baton_code open_file(struct call *call, const char *path, int flags, int *out) {
    int *file = arena_alloc(call->arena, 1, sizeof *file);
    *file = open(path, flags | O_CLOEXEC, 0600);
    if (*file < 0)
        return call_refuse(call, (flags & O_CREAT) != 0 ? BATON_FILE_WRITE : BATON_FILE_READ, path,
                           strerror(errno), NULL, NULL);
    arena_on_close(call->arena, close_file, file);
    *out = *file;
    return BATON_OK;
}

static baton_code read_whole(struct call *call, const char *path, const char **bytes,
                             size_t *size) {
    struct stat about;
    int file = -1;
    TRY(open_file(call, path, O_RDONLY, &file));
    if (fstat(file, &about) != 0)
        return call_refuse(call, BATON_FILE_READ, path, strerror(errno), NULL, NULL);
    char *buffer = arena_alloc_raw(call->arena, (size_t)about.st_size + 1, 1);
    for (*size = 0; *size < (size_t)about.st_size;) {
        const ssize_t got = read(file, buffer + *size, (size_t)about.st_size - *size);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return call_refuse(call, BATON_FILE_READ, path, strerror(got < 0 ? errno : EIO), NULL,
                               NULL);
        *size += (size_t)got;
    }
    buffer[*size] = '\0';
    *bytes = buffer;
    return BATON_OK;
}

baton_code temporary_path(struct call *call, const char *name, const char **out) {
    const char *folder = NULL;
    TRY(make_folder(call, &folder));
    *out = arena_printf(call->arena, "%s/%s", folder, name);
    return BATON_OK;
}

baton_code temporary_write(struct call *call, const char *path, const void *bytes, size_t size) {
    int file = -1;
    TRY(open_file(call, path, O_WRONLY | O_CREAT | O_EXCL, &file));
    for (size_t at = 0; at < size;) {
        const ssize_t put = write(file, (const char *)bytes + at, size - at);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return call_refuse(call, BATON_FILE_WRITE, path, strerror(errno), NULL, NULL);
        at += (size_t)put;
    }
    return BATON_OK;
}

baton_code temporary_answer(struct call *call, const char *path, const char *media,
                            const char *name) {
    const int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return call_refuse(call, BATON_FILE_READ, path, strerror(errno), NULL, NULL);
    http_answer_file(call->request, 200, media, file);
    http_add_header(call->request, "Content-Disposition",
                    arena_printf(call->arena, "attachment; filename=\"%s\"", name));
    return BATON_OK;
}

baton_code temporary_file(struct call *call, const char *ending,
                          baton_code (*make)(void *context, const char *path, int *error),
                          void *context, const char **bytes, size_t *size) {
    const char *path = NULL;
    int error = 0;
    TRY(temporary_path(call, arena_printf(call->arena, "file%s", ending), &path));
    TRY(make(context, path, &error));
    if (error != 0)
        return call_refuse(call, BATON_FILE_WRITE, path, strerror(error), NULL, NULL);
    return read_whole(call, path, bytes, size);
}
