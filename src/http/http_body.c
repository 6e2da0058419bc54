/* A body moves from memory to a file when it becomes too large for memory, or memory is full of others; never back. Room is taken as bytes come, in memory for what was allocated. */
#include "http/http_body.h"
#include "base/arena.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { FIRST = 16 << 10, PATH_ROOM = 4096 };

static bool take(_Atomic uint64_t *now, uint64_t most, uint64_t size) {
    const uint64_t before = atomic_fetch_add(now, size);
    if (before + size <= most)
        return true;
    atomic_fetch_sub(now, size);
    return false;
}

bool http_bodies_have_room(const struct http_bodies *bodies, uint64_t size) {
    return (size < HTTP_BODY_MEMORY &&
            atomic_load(&bodies->memory_now) + size + 1 <= bodies->memory_most) ||
           atomic_load(&bodies->file_now) + size <= bodies->file_most;
}

/* Where there are no files without a name, one is made and its name taken away at once. */
static int open_file(const char *folder) {
    char path[PATH_ROOM];
    const char *const usual = getenv("TMPDIR");
    if (folder == NULL)
        folder = usual != NULL && *usual != '\0' ? usual : "/tmp";
    const int file = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (file >= 0 || snprintf(path, sizeof path, "%s/baton-XXXXXX", folder) >= (int)sizeof path)
        return file;
    const int named = mkostemp(path, O_CLOEXEC);
    if (named >= 0)
        unlink(path);
    return named;
}

static enum http_body_code failed(void) {
    return errno == ENOSPC || errno == EDQUOT || errno == EFBIG ? HTTP_BODY_FULL : HTTP_BODY_FAILED;
}

static enum http_body_code put(struct http_body *body, const char *bytes, size_t size) {
    for (size_t at = 0; at < size;) {
        const ssize_t done = write(body->file, bytes + at, size - at);
        if (done < 0 && errno != EINTR)
            return failed();
        at += done < 0 ? 0 : (size_t)done;
    }
    return HTTP_BODY_OK;
}

static enum http_body_code put_file(struct http_bodies *bodies, struct http_body *body,
                                    const char *bytes, size_t size) {
    if (!take(&bodies->file_now, bodies->file_most, size))
        return HTTP_BODY_BUSY;
    const enum http_body_code code = put(body, bytes, size);
    if (code == HTTP_BODY_OK)
        body->size += size;
    else
        atomic_fetch_sub(&bodies->file_now, size);
    return code;
}

static void give_memory(struct http_bodies *bodies, struct http_body *body) {
    free(body->bytes);
    atomic_fetch_sub(&bodies->memory_now, body->capacity);
    body->bytes = NULL;
    body->capacity = 0;
}

/* What is in memory goes into a file. */
static enum http_body_code move(struct http_bodies *bodies, struct http_body *body) {
    const size_t size = body->size;
    body->file = open_file(bodies->folder);
    if (body->file < 0)
        return failed();
    body->size = 0;
    const enum http_body_code code = put_file(bodies, body, body->bytes, size);
    give_memory(bodies, body);
    return code;
}

/* Room in memory for so many bytes and a NUL; false where the body has to go into a file. */
static bool make_room(struct http_bodies *bodies, struct http_body *body, size_t needed,
                      uint64_t expected) {
    size_t capacity = body->capacity == 0 ? FIRST : 2 * body->capacity;
    if (needed <= body->capacity)
        return true;
    if (needed > HTTP_BODY_MEMORY || expected >= HTTP_BODY_MEMORY)
        return false;
    if (expected > 0 && capacity > expected + 1)
        capacity = (size_t)expected + 1;
    if (capacity < needed)
        capacity = needed;
    if (!take(&bodies->memory_now, bodies->memory_most, capacity - body->capacity))
        return false;
    char *const larger = realloc(body->bytes, capacity);
    if (larger == NULL) {
        atomic_fetch_sub(&bodies->memory_now, capacity - body->capacity);
        return false;
    }
    body->bytes = larger;
    body->capacity = capacity;
    return true;
}

enum http_body_code http_body_add(struct http_bodies *bodies, struct http_body *body,
                                  const char *bytes, size_t size, uint64_t expected) {
    if (body->file < 0 && make_room(bodies, body, body->size + size + 1, expected)) {
        memcpy(body->bytes + body->size, bytes, size);
        body->size += size;
        body->bytes[body->size] = '\0';
        return HTTP_BODY_OK;
    }
    if (body->file < 0) {
        const enum http_body_code code = move(bodies, body);
        if (code != HTTP_BODY_OK)
            return code;
    }
    return put_file(bodies, body, bytes, size);
}

enum http_body_code http_body_whole(struct http_body *body, const char **out) {
    *out = body->bytes != NULL ? body->bytes : "";
    if (body->file < 0)
        return HTTP_BODY_OK;
    /* The NUL is written, not left as a hole: a hole that finds no room when it is read would end the process. */
    if (pwrite(body->file, "", 1, (off_t)body->size) != 1)
        return failed();
    void *const mapped = mmap(NULL, body->size + 1, PROT_READ, MAP_PRIVATE, body->file, 0);
    if (mapped == MAP_FAILED)
        return HTTP_BODY_FAILED;
    body->bytes = mapped;
    body->mapped = body->size + 1;
    *out = body->bytes;
    return HTTP_BODY_OK;
}

size_t http_body_take(const struct http_body *body, uint64_t offset, void *to, size_t size) {
    const uint64_t left = offset < body->size ? body->size - offset : 0;
    const size_t wanted = size < left ? size : (size_t)left;
    if (wanted > 0 && body->file < 0)
        memcpy(to, body->bytes + offset, wanted);
    for (size_t at = 0; body->file >= 0 && at < wanted;) {
        const ssize_t done = pread(body->file, (char *)to + at, wanted - at, (off_t)(offset + at));
        if (done == 0 || (done < 0 && errno != EINTR))
            return SIZE_MAX;
        at += done < 0 ? 0 : (size_t)done;
    }
    return wanted;
}

void http_body_close(struct http_bodies *bodies, struct http_body *body) {
    if (body->file < 0) {
        give_memory(bodies, body);
    } else {
        if (body->mapped > 0)
            munmap(body->bytes, body->mapped);
        close(body->file);
        atomic_fetch_sub(&bodies->file_now, body->size);
    }
    *body = (struct http_body){.file = -1};
}
