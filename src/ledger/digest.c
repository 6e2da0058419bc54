/* Digests by OpenSSL's EVP.
 *
 * An algorithm is looked up once for the process, and each thread keeps one context for each: with these a digest of 65 bytes costs what its
 * rounds cost, as measured against the functions that OpenSSL no longer wants to be used. */
#include "ledger/digest.h"
#include <assert.h>
#include <openssl/evp.h>
#include <pthread.h>
#include <string.h>

enum { KINDS = 2 };
static const struct {
    const char *word, *algorithm;
} kinds[KINDS] = {{"sha256", "SHA256"}, {"sm3", "SM3"}};

static EVP_MD *method[KINDS];
static pthread_key_t of_thread; // for its destructor only
static pthread_once_t is_ready = PTHREAD_ONCE_INIT;
static _Thread_local EVP_MD_CTX *context[KINDS];

static void forget(void *contexts) {
    EVP_MD_CTX **const of_this_thread = contexts;
    for (size_t i = 0; i < KINDS; i++) {
        EVP_MD_CTX_free(of_this_thread[i]);
        of_this_thread[i] = NULL;
    }
}

static void make_ready(void) {
    for (size_t i = 0; i < KINDS; i++)
        method[i] = EVP_MD_fetch(NULL, kinds[i].algorithm, NULL);
    const int failed = pthread_key_create(&of_thread, forget);
    assert(failed == 0);
}

/* The algorithm; it is an assertion that there is one. */
static const EVP_MD *method_of(enum digest_kind kind) {
    pthread_once(&is_ready, make_ready);
    assert((unsigned)kind < KINDS && method[kind] != NULL);
    return method[kind];
}

/* This thread's context, begun. */
static EVP_MD_CTX *begun(enum digest_kind kind) {
    const EVP_MD *const how = method_of(kind);
    if (UNLIKELY(context[kind] == NULL)) {
        context[kind] = EVP_MD_CTX_new();
        pthread_setspecific(of_thread, context);
        assert(context[kind] != NULL);
    }
    const int done = EVP_DigestInit_ex2(context[kind], how, NULL);
    assert(done == 1);
    return context[kind];
}

static void add(EVP_MD_CTX *to, const void *bytes, size_t size) {
    const int done = EVP_DigestUpdate(to, bytes, size);
    assert(done == 1);
}

static struct digest finish(EVP_MD_CTX *from) {
    struct digest out;
    const int done = EVP_DigestFinal_ex(from, out.byte, NULL);
    assert(done == 1);
    return out;
}

const char *digest_word(enum digest_kind kind) {
    assert((unsigned)kind < KINDS);
    return kinds[kind].word;
}

bool digest_of_word(const char *word, enum digest_kind *out) {
    for (unsigned i = 0; i < KINDS; i++) {
        if (strcmp(word, kinds[i].word) == 0) {
            *out = (enum digest_kind)i;
            return true;
        }
    }
    return false;
}

struct digest digest_bytes(enum digest_kind kind, const void *bytes, size_t size) {
    EVP_MD_CTX *const to = begun(kind);
    add(to, bytes, size);
    return finish(to);
}

struct digest digest_two(enum digest_kind kind, const void *first, size_t first_size,
                         const void *second, size_t second_size) {
    EVP_MD_CTX *const to = begun(kind);
    add(to, first, first_size);
    add(to, second, second_size);
    return finish(to);
}

enum { CONTENT_PREFIX = 1 + DIGEST_SIZE };

struct digest_stream {
    EVP_MD_CTX *context;
    enum digest_kind kind;
    uint8_t prefix[CONTENT_PREFIX]; // of content: 0x02 and the salt
    size_t prefix_size;             // 0 = not of content
};

static void stream_close(void *stream) {
    EVP_MD_CTX_free(((struct digest_stream *)stream)->context);
}

static void stream_begin(struct digest_stream *stream) {
    const int done = EVP_DigestInit_ex2(stream->context, method_of(stream->kind), NULL);
    assert(done == 1);
    add(stream->context, stream->prefix, stream->prefix_size);
}

static struct digest_stream *stream_new(struct baton_arena *arena, enum digest_kind kind) {
    struct digest_stream *const stream = arena_alloc(arena, 1, sizeof *stream);
    stream->kind = kind;
    stream->context = EVP_MD_CTX_new();
    if (stream->context == NULL)
        arena_out_of_memory(arena);
    arena_on_close(arena, stream_close, stream);
    return stream;
}

struct digest_stream *digest_begin(struct baton_arena *arena, enum digest_kind kind) {
    struct digest_stream *const stream = stream_new(arena, kind);
    stream_begin(stream);
    return stream;
}

void digest_add(struct digest_stream *stream, const void *bytes, size_t size) {
    add(stream->context, bytes, size);
}

struct digest digest_end(struct digest_stream *stream) {
    const struct digest out = finish(stream->context);
    stream_begin(stream);
    return out;
}

static void content_prefix(const uint8_t salt[DIGEST_SIZE], uint8_t out[CONTENT_PREFIX]) {
    out[0] = 0x02;
    memcpy(out + 1, salt, DIGEST_SIZE);
}

struct digest_stream *digest_content_begin(struct baton_arena *arena, enum digest_kind kind,
                                           const uint8_t salt[DIGEST_SIZE]) {
    struct digest_stream *const stream = stream_new(arena, kind);
    content_prefix(salt, stream->prefix);
    stream->prefix_size = CONTENT_PREFIX;
    stream_begin(stream);
    return stream;
}

struct digest digest_content(enum digest_kind kind, const uint8_t salt[DIGEST_SIZE],
                             const void *bytes, size_t size) {
    uint8_t prefix[CONTENT_PREFIX];
    content_prefix(salt, prefix);
    return digest_two(kind, prefix, sizeof prefix, bytes, size);
}

bool digest_equal(const struct digest *a, const struct digest *b) {
    return memcmp(a->byte, b->byte, DIGEST_SIZE) == 0;
}

void bytes_hex(const void *bytes, size_t size, char *out) {
    static const char digit[] = "0123456789abcdef";
    const uint8_t *const from = bytes;
    for (size_t i = 0; i < size; i++) {
        out[2 * i] = digit[from[i] >> 4];
        out[2 * i + 1] = digit[from[i] & 15];
    }
    out[2 * size] = '\0';
}

/* 0..15, or 16 where it is no digit. */
static unsigned digit_value(char digit) {
    if (digit >= '0' && digit <= '9')
        return (unsigned)(digit - '0');
    return digit >= 'a' && digit <= 'f' ? (unsigned)(digit - 'a') + 10 : 16;
}

bool bytes_of_hex(const char *text, size_t size, uint8_t *out) {
    if (size % 2 != 0)
        return false;
    for (size_t i = 0; i < size; i += 2) {
        const unsigned high = digit_value(text[i]), low = digit_value(text[i + 1]);
        if (high > 15 || low > 15)
            return false;
        out[i / 2] = (uint8_t)(high << 4 | low);
    }
    return true;
}

void digest_hex(const struct digest *digest, char out[DIGEST_HEX_SIZE]) {
    bytes_hex(digest->byte, DIGEST_SIZE, out);
}

const char *digest_shown(struct baton_arena *arena, const struct digest *digest) {
    enum { DIGITS_SHOWN = 8 };
    char hex[DIGEST_HEX_SIZE];
    digest_hex(digest, hex);
    return arena_text(arena, hex, DIGITS_SHOWN);
}

bool digest_of_hex(const char *text, size_t size, struct digest *out) {
    struct digest read;
    if (size != 2 * (size_t)DIGEST_SIZE || !bytes_of_hex(text, size, read.byte))
        return false;
    *out = read;
    return true;
}
