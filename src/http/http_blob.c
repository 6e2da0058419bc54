/* Blobs: bytes with a count of who holds them. A compressed form is made by whoever is first to want it, with the lock of the forms, so that it is made once and others wait. */
#include "http/http_blob.h"
#include "http/http_compress.h"
#include "http/http_inside.h"
#include <assert.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum state { NOT_MADE, MADE, NOT_SMALLER };

struct http_blob {
    atomic_size_t held;
    enum http_effort effort;
    bool is_compressed; /* it may be sent so */
    bool is_borrowed;   /* its bytes are somebody else's */
    char *media, *tag;
    pthread_mutex_t making;
    struct {
        _Atomic enum state state; /* set last */
        void *bytes;
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

/* With the lock. Without memory it is sent as it is. */
static void make_form(struct http_blob *blob, enum http_coding coding) {
    const void *const bytes = blob->form[HTTP_IDENTITY].bytes;
    const size_t size = blob->form[HTTP_IDENTITY].size;
    void *const room = malloc(size);
    const size_t used =
        room == NULL ? 0 : http_compress(coding, blob->effort, bytes, size, room, size - 1);
    void *const fitted = used == 0 ? NULL : realloc(room, used);
    if (fitted == NULL)
        free(room);
    blob->form[coding].bytes = fitted;
    blob->form[coding].size = used;
    atomic_store(&blob->form[coding].state, fitted != NULL ? MADE : NOT_SMALLER);
}

struct http_blob *http_blob_make(const char *media, const void *bytes, size_t size, const char *tag,
                                 enum http_effort effort) {
    struct http_blob *const blob = calloc(1, sizeof *blob);
    if (blob == NULL)
        return NULL;
    atomic_init(&blob->held, 1);
    pthread_mutex_init(&blob->making, NULL);
    blob->effort = effort;
    blob->is_compressed = size >= HTTP_COMPRESS_FROM && http_media_is_text(media);
    blob->media = strdup(media);
    blob->tag = tag != NULL ? strdup(tag) : made_tag(bytes, size);
    void *const copy = malloc(size > 0 ? size : 1);
    blob->form[HTTP_IDENTITY].bytes = copy;
    blob->form[HTTP_IDENTITY].size = size;
    atomic_init(&blob->form[HTTP_IDENTITY].state, MADE);
    if (blob->media == NULL || blob->tag == NULL || copy == NULL) {
        http_blob_release(blob);
        return NULL;
    }
    if (size > 0)
        memcpy(copy, bytes, size);
    return blob;
}

struct http_blob *http_blob_of(const char *media, const char *tag,
                               const struct http_bytes form[HTTP_CODINGS]) {
    struct http_blob *const blob = calloc(1, sizeof *blob);
    if (blob == NULL)
        return NULL;
    atomic_init(&blob->held, 1);
    pthread_mutex_init(&blob->making, NULL);
    blob->is_borrowed = true;
    blob->media = strdup(media);
    blob->tag = strdup(tag);
    for (size_t i = 0; i < HTTP_CODINGS; i++) {
        const bool is_there = i == HTTP_IDENTITY || form[i].bytes != NULL;
        blob->form[i].bytes = (void *)(uintptr_t)form[i].bytes; /* they are only read */
        blob->form[i].size = form[i].size;
        atomic_init(&blob->form[i].state, is_there ? MADE : NOT_SMALLER);
        blob->is_compressed |= i != HTTP_IDENTITY && is_there;
    }
    if (blob->media == NULL || blob->tag == NULL) {
        http_blob_release(blob);
        return NULL;
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
    for (size_t i = 0; i < HTTP_CODINGS && !blob->is_borrowed; i++)
        free(blob->form[i].bytes);
    pthread_mutex_destroy(&blob->making);
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
    return blob->is_compressed;
}

bool http_blob_is_ready(const struct http_blob *blob, enum http_coding accepted) {
    return !blob->is_compressed || atomic_load(&blob->form[accepted].state) != NOT_MADE;
}

struct http_form http_blob_form(struct http_blob *blob, enum http_coding accepted) {
    if (!http_blob_is_ready(blob, accepted)) {
        pthread_mutex_lock(&blob->making);
        if (atomic_load(&blob->form[accepted].state) == NOT_MADE)
            make_form(blob, accepted);
        pthread_mutex_unlock(&blob->making);
    }
    if (atomic_load(&blob->form[accepted].state) != MADE)
        accepted = HTTP_IDENTITY;
    return (struct http_form){blob->form[accepted].bytes, blob->form[accepted].size, accepted};
}
