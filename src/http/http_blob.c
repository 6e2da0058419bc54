/* Blobs: one piece of memory with a count of who holds it; the forms stand behind the head. */
#include "http/http_blob.h"
#include "http/http_compress.h"
#include "http/http_inside.h"
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

struct http_blob {
    atomic_size_t held;
    char *media, *tag;
    struct {
        void *bytes; /* NULL = there is no such form */
        size_t size;
    } form[HTTP_CODINGS];
};

/* What the bytes are, for caches: not for who would forge them. */
static char *made_tag(const void *bytes, size_t size) {
    uint64_t hash = 0xcbf29ce484222325;
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ ((const unsigned char *)bytes)[i]) * 0x100000001b3;
    char *text = NULL;
    return asprintf(&text, "%016" PRIx64 "%08lx", hash, crc32_z(0, bytes, size)) < 0 ? NULL : text;
}

static void add_form(struct http_blob *blob, enum http_coding coding, const void *bytes,
                     size_t size) {
    void *const room = malloc(size);
    const size_t used =
        room == NULL ? 0 : http_compress(coding, HTTP_EFFORT_MUCH, bytes, size, room, size - 1);
    void *const fitted = used == 0 ? NULL : realloc(room, used);
    if (fitted == NULL) {
        free(room);
        return;
    }
    blob->form[coding].bytes = fitted;
    blob->form[coding].size = used;
}

struct http_blob *http_blob_make(const char *media, const void *bytes, size_t size,
                                 const char *tag) {
    struct http_blob *const blob = calloc(1, sizeof *blob);
    if (blob == NULL)
        return NULL;
    atomic_store(&blob->held, 1);
    blob->media = strdup(media);
    blob->tag = tag != NULL ? strdup(tag) : made_tag(bytes, size);
    void *const copy = malloc(size > 0 ? size : 1);
    blob->form[HTTP_IDENTITY].bytes = copy;
    blob->form[HTTP_IDENTITY].size = size;
    if (blob->media == NULL || blob->tag == NULL || copy == NULL) {
        http_blob_release(blob);
        return NULL;
    }
    if (size > 0)
        memcpy(copy, bytes, size);
    if (size >= HTTP_COMPRESS_FROM && http_media_is_text(media)) {
        add_form(blob, HTTP_GZIP, bytes, size);
        add_form(blob, HTTP_BROTLI, bytes, size);
    }
    return blob;
}

struct http_blob *http_blob_hold(struct http_blob *blob) {
    const size_t before = atomic_fetch_add(&blob->held, 1);
    assert(before > 0);
    (void)before;
    return blob;
}

void http_blob_release(struct http_blob *blob) {
    if (blob == NULL || atomic_fetch_sub(&blob->held, 1) > 1)
        return;
    for (size_t i = 0; i < HTTP_CODINGS; i++)
        free(blob->form[i].bytes);
    free(blob->media);
    free(blob->tag);
    free(blob);
}

const char *http_blob_tag(const struct http_blob *blob) {
    return blob->tag;
}

const char *http_blob_media(const struct http_blob *blob) {
    return blob->media;
}

bool http_blob_varies(const struct http_blob *blob) {
    return blob->form[HTTP_GZIP].bytes != NULL || blob->form[HTTP_BROTLI].bytes != NULL;
}

struct http_form http_blob_form(const struct http_blob *blob, enum http_coding accepted) {
    if (blob->form[accepted].bytes == NULL)
        accepted = HTTP_IDENTITY;
    return (struct http_form){blob->form[accepted].bytes, blob->form[accepted].size, accepted};
}
