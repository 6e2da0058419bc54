/* Bytes that are answered many times: a cached table, a page. Made once, with their tag and compressed forms; held by whoever uses them; gone when nobody does. */
#ifndef HTTP_HTTP_BLOB_H
#define HTTP_HTTP_BLOB_H

#include "http/http.h"

/* Copies the bytes; compresses those of a text from HTTP_COMPRESS_FROM bytes on (gzip, br), where that makes them smaller. tag NULL = one is made of the bytes. NULL when memory is out. Held once. */
MUST_USE struct http_blob *http_blob_make(const char *media, const void *bytes, size_t size,
                                          const char *tag);
struct http_blob *http_blob_hold(struct http_blob *blob);
void http_blob_release(struct http_blob *blob); /* NULL is fine */

const char *http_blob_tag(const struct http_blob *blob);

#endif
