/* Bytes that are answered many times: a cached table, a page. Made once, with their tag; a compressed form is made when it is first sent; held by whoever uses them; gone when nobody does. */
#ifndef HTTP_HTTP_BLOB_H
#define HTTP_HTTP_BLOB_H

#include "http/http.h"
#include "http/http_compress.h"

/* Copies the bytes. Those of a text from HTTP_COMPRESS_FROM bytes on are sent compressed (gzip, br) to whoever takes that, where it makes them smaller. tag NULL = one is made of the bytes. NULL when memory is out. Held once. */
MUST_USE struct http_blob *http_blob_make(const char *media, const void *bytes, size_t size,
                                          const char *tag, enum http_effort effort);
/* The same of bytes that are there for ever, such as the program's own, in forms that were made before: form[HTTP_IDENTITY], and of the others those whose bytes are not NULL. Nothing is copied but the texts. */
struct http_bytes {
    const void *bytes;
    size_t size;
};
MUST_USE struct http_blob *http_blob_of(const char *media, const char *tag,
                                        const struct http_bytes form[HTTP_CODINGS]);

struct http_blob *http_blob_hold(struct http_blob *blob);
void http_blob_release(struct http_blob *blob); /* NULL is fine */

const char *http_blob_tag(const struct http_blob *blob);

/* Whether it can be sent in that coding at once: nothing has to be compressed first. From any thread. */
bool http_blob_is_ready(const struct http_blob *blob, enum http_coding accepted);

#endif
