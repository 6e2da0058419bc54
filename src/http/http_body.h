/* Bodies as they come: in memory as long as they are small and there is room for all of them, else in a file without a name, which is mapped when it is whole. What all of them may hold is
 * limited, in memory and in files, so that any number of senders takes no more of the machine than that. */
#ifndef HTTP_HTTP_BODY_H
#define HTTP_HTTP_BODY_H

#include "base/macros.h"
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { HTTP_BODY_MEMORY = 256 << 10 /* bytes of one body that are held in memory */ };

/* Of a server. */
struct http_bodies {
    const char *folder; /* of the files; borrowed. NULL = TMPDIR, else /tmp */
    uint64_t memory_most, file_most;
    _Atomic uint64_t memory_now, file_now; /* bytes */
};

/* One body; all zero but for `file` before the first bytes come. */
struct http_body {
    char *bytes; /* malloc'd, or mapped where there is a file; NULL = none */
    size_t capacity;
    size_t size;
    size_t mapped; /* bytes; 0 = it is not */
    int file;      /* -1 = it is in memory */
};

enum http_body_code {
    HTTP_BODY_OK,
    HTTP_BODY_BUSY,  /* all bodies together have as much as they may */
    HTTP_BODY_FULL,  /* the disk is full */
    HTTP_BODY_FAILED /* no memory, no file */
};

/* Whether there would be room for a body of so many bytes now. Nothing is held for it yet: who says that a large one comes takes nothing from others until it does. */
bool http_bodies_have_room(const struct http_bodies *bodies, uint64_t size);

/* Adds what came. `expected` = size of the whole as its sender says, 0 = not known. */
MUST_USE enum http_body_code http_body_add(struct http_bodies *bodies, struct http_body *body,
                                           const char *bytes, size_t size, uint64_t expected);
/* All has come: *out has `size` bytes and a NUL behind them, until http_body_close. */
MUST_USE enum http_body_code http_body_whole(struct http_body *body, const char **out);
/* Up to `size` bytes from `offset` on; answers how many: less only at the end. SIZE_MAX = the file cannot be read. */
size_t http_body_take(const struct http_body *body, uint64_t offset, void *to, size_t size);
void http_body_close(struct http_bodies *bodies, struct http_body *body);

#endif
