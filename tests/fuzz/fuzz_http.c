/* Heads, targets and lists of the HTTP layer: any bytes as a head of lines, cut as the library cuts one. What passes must be what the rules promise, and a target that is written again
 * from what was read of it must be read as the same. */
#include "base/arena.h"
#include "http/http_accept.h"
#include "http/http_strict.h"
#include "http/http_target.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static void require(bool holds) {
    if (!holds)
        abort();
}

struct trial {
    struct baton_arena *arena;
    char *text; /* size bytes and a NUL, ours to cut */
    size_t size;
    struct http_field field[HTTP_FIELDS_MAX + 2];
    size_t field_count;
};

/* The bytes up to `end`, or all; the NUL is put where it was, and *at moves behind it. */
static char *cut(char **at, char end) {
    char *const from = *at, *const stop = strchr(from, end);
    *at = stop == NULL ? from + strlen(from) : stop + 1;
    if (stop != NULL)
        *stop = '\0';
    return from;
}

static void cut_fields(struct trial *trial, char *at) {
    while (*at != '\0' && trial->field_count < LENGTH(trial->field)) {
        char *line = cut(&at, '\n');
        if (strchr(line, ':') == NULL)
            continue;
        char *const name = cut(&line, ':');
        while (*line == ' ' || *line == '\t')
            line++;
        trial->field[trial->field_count++] =
            (struct http_field){name, line, strlen(name), strlen(line)};
    }
}

static size_t count(const struct http_head *head, const char *name) {
    size_t found = 0;
    for (size_t i = 0; i < head->field_count; i++)
        found += strcasecmp(head->field[i].name, name) == 0;
    return found;
}

static void check_head(const struct http_head *head) {
    struct http_framing framing;
    if (http_strict(head, &framing) != HTTP_SOUND)
        return;
    const size_t lengths = count(head, "Content-Length"),
                 codings = count(head, "Transfer-Encoding");
    require(lengths + codings <= 1 && count(head, "Host") <= 1);
    require(framing.is_chunked == (codings == 1));
    require(count(head, "Host") == 1 || strcmp(head->version, "HTTP/1.0") == 0);
    require(!framing.has_body ||
            (strcmp(head->method, "GET") != 0 && strcmp(head->method, "HEAD") != 0));
    require(head->field_count <= HTTP_FIELDS_MAX && strlen(head->target) <= HTTP_TARGET_MAX);
    for (size_t i = 0; i < head->field_count; i++) {
        require(http_is_token(head->field[i].name, head->field[i].name_size));
        require(strpbrk(head->field[i].value, "\r\n\t\x7f") == NULL);
    }
}

/* Every byte as an escape: what was one segment, name or value must be the same one again. */
static char *escaped(char *to, const char *text) {
    static const char hex[] = "0123456789ABCDEF";
    for (; *text != '\0'; text++) {
        const unsigned char byte = (unsigned char)*text;
        *to++ = '%';
        *to++ = hex[byte >> 4];
        *to++ = hex[byte & 15];
    }
    return to;
}

static void check_target(struct baton_arena *arena, const char *sent) {
    struct http_target read, again;
    if (http_target_read(arena, sent, &read) != HTTP_SOUND)
        return;
    char *const written = arena_alloc(arena, 3 * strlen(sent) + 16, 1), *to = written;
    require(read.path[0] == '/' && read.segment_count > 0);
    for (size_t i = 0; i < read.segment_count; i++) {
        const char *const segment = read.segment[i];
        require(strpbrk(segment, "/\\") == NULL && http_is_text(segment, strlen(segment)));
        require(strcmp(segment, ".") != 0 && strcmp(segment, "..") != 0);
        require(segment[0] != '\0' || i + 1 == read.segment_count);
        *to++ = '/';
        to = escaped(to, segment);
    }
    for (size_t i = 0; i < read.query_count; i++) {
        require(http_is_text(read.query[i].name, strlen(read.query[i].name)));
        require(http_is_text(read.query[i].value, strlen(read.query[i].value)));
        *to++ = i == 0 ? '?' : '&';
        to = escaped(to, read.query[i].name);
        *to++ = '=';
        to = escaped(to, read.query[i].value);
    }
    *to = '\0';
    require(http_target_read(arena, written, &again) == HTTP_SOUND);
    require(strcmp(again.path, read.path) == 0 && again.segment_count == read.segment_count &&
            again.query_count == read.query_count);
    for (size_t i = 0; i < read.query_count; i++)
        require(strcmp(again.query[i].name, read.query[i].name) == 0 &&
                strcmp(again.query[i].value, read.query[i].value) == 0);
}

static void check_lists(const struct trial *trial) {
    for (size_t i = 0; i < trial->field_count; i++) {
        const char *const value = trial->field[i].value;
        struct http_tag_found found = {NULL, 0};
        require(http_accept_coding(value) < HTTP_CODINGS);
        require(http_accept_language(value, BATON_EN) <= BATON_ZH);
        require(!http_is_media(value, "application/json") ||
                strncasecmp(value, "application/json", 16) == 0);
        if (http_tags_have(value, "v1", false, &found) && found.text != NULL)
            require(found.text[0] == '"' && found.text[found.size - 1] == '"');
        http_media_is_text(value);
        http_media_has_charset(value);
    }
}

static baton_code run(void *context) {
    struct trial *const trial = context;
    char *at = trial->text;
    char *first = cut(&at, '\n');
    const char *const method = cut(&first, ' '), *const target = cut(&first, ' ');
    cut_fields(trial, at);
    const struct http_head head = {method,     target, first, trial->field, trial->field_count,
                                   trial->size};
    check_head(&head);
    check_target(trial->arena, target);
    check_lists(trial);
    return BATON_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct trial trial = {.arena = arena_open(), .size = size};
    trial.text = malloc(size + 1);
    if (trial.text == NULL)
        abort();
    if (size > 0)
        memcpy(trial.text, data, size);
    trial.text[size] = '\0';
    require(arena_run(trial.arena, run, &trial) == BATON_OK);
    arena_close(trial.arena);
    free(trial.text);
    return 0;
}
