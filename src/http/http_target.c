/* Path and query of a target. Each piece between the separators is decoded by itself, so that an escaped separator never separates. */
#include "http/http_target.h"
#include <string.h>

static int hex_digit(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Decodes size bytes; NULL where an escape is broken or gives what may not stand there. */
static const char *decoded(struct baton_arena *arena, const char *text, size_t size,
                           bool is_query) {
    char *const out = arena_alloc(arena, size + 1, 1);
    size_t length = 0;
    for (size_t i = 0; i < size; i++) {
        char c = text[i];
        if (c == '+' && is_query)
            c = ' ';
        if (c == '%') {
            const int high = size - i > 2 ? hex_digit(text[i + 1]) : -1;
            const int low = size - i > 2 ? hex_digit(text[i + 2]) : -1;
            if (high < 0 || low < 0)
                return NULL;
            c = (char)(16 * high + low);
            if (!is_query && (c == '/' || c == '\\'))
                return NULL;
            i += 2;
        }
        out[length++] = c;
    }
    return http_is_text(out, length) ? out : NULL;
}

static bool is_dots(const char *segment) {
    return strcmp(segment, ".") == 0 || strcmp(segment, "..") == 0;
}

static enum http_flaw read_path(struct baton_arena *arena, const char *sent, size_t size,
                                struct http_target *target) {
    size_t capacity = 0;
    const char **segments = NULL;
    char *const path = arena_alloc(arena, size + 1, 1);
    size_t length = 0;
    for (size_t at = 0; at < size;) { /* at a slash */
        const char *const from = sent + at + 1;
        const char *const slash = memchr(from, '/', size - at - 1);
        const size_t bytes = slash == NULL ? size - at - 1 : (size_t)(slash - from);
        if (bytes == 0 && slash != NULL)
            return HTTP_FLAW_TARGET_SEGMENT;
        const char *const segment = decoded(arena, from, bytes, false);
        if (segment == NULL)
            return HTTP_FLAW_TARGET_ESCAPE;
        if (is_dots(segment))
            return HTTP_FLAW_TARGET_SEGMENT;
        *ARRAY_PUSH(arena, segments, target->segment_count, capacity) = segment;
        path[length++] = '/';
        memcpy(path + length, segment, strlen(segment));
        length += strlen(segment);
        at += 1 + bytes;
    }
    target->path = path;
    target->segment = segments;
    return HTTP_SOUND;
}

static enum http_flaw read_query(struct baton_arena *arena, const char *sent,
                                 struct http_target *target) {
    size_t capacity = 0;
    struct http_pair *pairs = NULL;
    while (*sent != '\0') {
        const size_t size = strcspn(sent, "&");
        const char *const equals = memchr(sent, '=', size);
        const size_t name_size = equals == NULL ? size : (size_t)(equals - sent);
        if (size > 0) {
            const char *const name = decoded(arena, sent, name_size, true);
            const char *const value =
                equals == NULL ? "" : decoded(arena, equals + 1, size - name_size - 1, true);
            if (name == NULL || value == NULL)
                return HTTP_FLAW_TARGET_ESCAPE;
            *ARRAY_PUSH(arena, pairs, target->query_count, capacity) =
                (struct http_pair){name, value};
        }
        sent += size + (sent[size] == '&');
    }
    target->query = pairs;
    return HTTP_SOUND;
}

enum http_flaw http_target_read(struct baton_arena *arena, const char *sent,
                                struct http_target *target) {
    *target = (struct http_target){0};
    const size_t size = strlen(sent);
    if (sent[0] != '/')
        return HTTP_FLAW_TARGET_FORM;
    if (!http_is_text(sent, size) || strpbrk(sent, "\\# ") != NULL)
        return HTTP_FLAW_TARGET_BYTES;
    const size_t path_size = strcspn(sent, "?");
    const enum http_flaw flaw = read_path(arena, sent, path_size, target);
    if (flaw != HTTP_SOUND)
        return flaw;
    return path_size < size ? read_query(arena, sent + path_size + 1, target) : HTTP_SOUND;
}
