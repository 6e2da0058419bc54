/* Comments, found as libyaml sees the text: a `#` outside of every scalar begins one, up to the end of its line. libyaml's
 * scanner tells where the scalars are; the file is gone through beside it, character by character. */
#include "package/yaml_comments.h"
#include "base/text.h"
#include <assert.h>
#include <string.h>
#include <yaml.h>

struct comment {
    uint32_t row;
    bool alone; /* nothing else stands on its line before it */
    const char *text;
    size_t size;
};

struct looking {
    struct baton_arena *arena;
    yaml_parser_t parser;
    yaml_token_t token;
    bool parser_open, token_open;

    const char *at, *end;
    size_t index; /* of the character at `at` */
    uint32_t row;
    bool line_is_empty; /* so far */
    struct comment *comment;
    size_t count, capacity;
};

static void close_token(struct looking *l) {
    if (l->token_open)
        yaml_token_delete(&l->token);
    l->token_open = false;
}

static void close_looking(void *context) {
    struct looking *l = context;
    close_token(l);
    if (l->parser_open)
        yaml_parser_delete(&l->parser);
    l->parser_open = false;
}

static void take_comment(struct looking *l) {
    const char *from = l->at + 1, *to = from;
    while (to < l->end && *to != '\n' && *to != '\r')
        to++;
    l->index += text_length(l->at, (size_t)(to - l->at));
    l->at = to;
    if (from < to && *from == ' ')
        from++;
    while (to > from && (to[-1] == ' ' || to[-1] == '\t'))
        to--;
    *ARRAY_PUSH(l->arena, l->comment, l->count, l->capacity) =
        (struct comment){l->row, l->line_is_empty, from, (size_t)(to - from)};
}

/* Goes on to the character `index`, and with `looks` takes the comments on the way. */
static void go_to(struct looking *l, size_t index, bool looks) {
    while (l->at < l->end && l->index < index) {
        if (looks && *l->at == '#') {
            take_comment(l);
            continue;
        }
        uint32_t point;
        const size_t length = text_decode(l->at, (size_t)(l->end - l->at), &point);
        const bool cr_before_lf = *l->at == '\r' && l->at + 1 < l->end && l->at[1] == '\n';
        if (point == '\n' || (point == '\r' && !cr_before_lf)) {
            l->row++;
            l->line_is_empty = true;
        } else if (point != ' ' && point != '\t' && point != '\r') {
            l->line_is_empty = false;
        }
        l->at += length > 0 ? length : 1;
        l->index++;
    }
}

/* The header of a block (| or >) may have a comment behind it. */
static void look_at_header(struct looking *l) {
    const char *end = l->at;
    while (end < l->end && *end != '\n' && *end != '\r')
        end++;
    go_to(l, l->index + text_length(l->at, (size_t)(end - l->at)), true);
}

static baton_code look(struct looking *l) {
    for (bool ended = false; !ended;) {
        if (!yaml_parser_scan(&l->parser, &l->token))
            return l->parser.error == YAML_MEMORY_ERROR ? BATON_NO_MEMORY : BATON_YAML_SYNTAX;
        l->token_open = true;
        ended = l->token.type == YAML_STREAM_END_TOKEN;
        if (l->token.type == YAML_SCALAR_TOKEN) {
            const yaml_scalar_style_t style = l->token.data.scalar.style;
            go_to(l, l->token.start_mark.index, true);
            if (style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE)
                look_at_header(l);
            go_to(l, l->token.end_mark.index, false);
        }
        close_token(l);
    }
    go_to(l, SIZE_MAX, true);
    return BATON_OK;
}

static uint32_t row_of(const struct yaml_value *value) {
    return value->key != NULL ? value->key_row : value->row;
}

/* The value behind this one in the order of the text. */
static struct yaml_value *following(struct yaml_value *value) {
    if (value->first != NULL)
        return value->first;
    const struct yaml_value *up = value;
    while (up->next == NULL && up->parent != NULL)
        up = up->parent;
    return up->next;
}

static void attach(struct baton_arena *arena, struct yaml_value *value,
                   const struct comment *comment) {
    if (value->comment == NULL)
        value->comment = arena_text(arena, comment->text, comment->size);
    else
        value->comment =
            arena_printf(arena, "%s\n%.*s", value->comment, (int)comment->size, comment->text);
}

/* Comments and values are both in the order of the text. */
static void attach_all(struct looking *l, struct yaml_value *root) {
    assert(root != NULL);
    struct yaml_value *before = root, *next = following(root);
    for (size_t i = 0; i < l->count; i++) {
        const struct comment *comment = &l->comment[i];
        while (next != NULL && row_of(next) < comment->row) {
            before = next;
            next = following(next);
        }
        struct yaml_value *first = next; /* on the line of the comment, or below it */
        if (!comment->alone && (first == NULL || row_of(first) > comment->row))
            first = before; /* the line is the end of something */
        attach(l->arena, first != NULL ? first : root, comment);
    }
}

baton_code yaml_comments(struct baton_arena *arena, const char *bytes, size_t size,
                         struct yaml_value *root) {
    if (size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) { /* byte-order mark */
        bytes += 3;
        size -= 3;
    }
    if (memchr(bytes, '#', size) == NULL)
        return BATON_OK;
    struct looking *l = arena_alloc(arena, 1, sizeof *l);
    *l = (struct looking){
        .arena = arena, .at = bytes, .end = bytes + size, .row = 1, .line_is_empty = true};
    arena_on_close(arena, close_looking, l);
    if (!yaml_parser_initialize(&l->parser))
        return BATON_NO_MEMORY;
    l->parser_open = true;
    yaml_parser_set_encoding(&l->parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&l->parser, (const unsigned char *)bytes, size);
    const baton_code code = look(l);
    close_looking(l);
    if (code == BATON_OK)
        attach_all(l, root);
    return code;
}
