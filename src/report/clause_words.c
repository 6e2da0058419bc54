/* Markdown read for its words: enough of it for regulations, which are paragraphs, lists and now and then a table. What is
 * not understood is left as it is written. */
#include "report/clause_words.h"
#include "base/text.h"
#include "base/writer.h"
#include "report/document.h"
#include <string.h>

struct line {
    const char *text;
    size_t size;
    size_t indent;
};

static bool is_at_end(const struct clause_reader *reader) {
    return reader->next >= reader->end;
}

/* The line that comes next, without blanks at its ends and marks of quotation; `after` is where the one after it begins. */
static struct line peek(const struct clause_reader *reader, const char **after) {
    const char *const begin = reader->next;
    const char *end = memchr(begin, '\n', (size_t)(reader->end - begin));
    *after = end == NULL ? reader->end : end + 1;
    end = end == NULL ? reader->end : end;
    while (end > begin && (end[-1] == ' ' || end[-1] == '\r' || end[-1] == '\t'))
        end--;
    struct line line = {begin, (size_t)(end - begin), 0};
    while (line.size > 0 && (*line.text == ' ' || *line.text == '\t' || *line.text == '>')) {
        line.indent++;
        line.text++;
        line.size--;
    }
    return line;
}

static bool begins(const struct line *line, const char *with) {
    return line->size >= strlen(with) && memcmp(line->text, with, strlen(with)) == 0;
}

/* The bytes of a mark that opens an item of a list: 2, or that of a heading, a number, a table's bar: 0. */
static size_t item_mark(const struct line *line) {
    return begins(line, "- ") || begins(line, "* ") || begins(line, "+ ") ? 2 : 0;
}

static bool opens_number(const struct line *line) {
    size_t at = 0;
    while (at < line->size && line->text[at] >= '0' && line->text[at] <= '9')
        at++;
    return at > 0 && at + 1 < line->size && (line->text[at] == '.' || line->text[at] == ')') &&
           line->text[at + 1] == ' ';
}

static bool is_row(const struct line *line) {
    return begins(line, "|");
}

/* A line of a table that only says how columns stand, or a rule. */
static bool is_rule(const struct line *line) {
    size_t dashes = 0;
    for (size_t i = 0; i < line->size; i++) {
        if (strchr("-*_|: ", line->text[i]) == NULL)
            return false;
        dashes += line->text[i] != ' ' && line->text[i] != '|' && line->text[i] != ':';
    }
    return dashes >= 3;
}

/* Whether a line stands for itself, whatever is before it. */
static bool is_apart(const struct line *line) {
    return line->size == 0 || item_mark(line) > 0 || opens_number(line) || is_row(line) ||
           begins(line, "#") || is_rule(line);
}

/* ---- Inside of a line. */

static bool is_wide(const char *text, size_t size) {
    uint32_t point;
    return text_decode(text, size, &point) > 0 && text_point_width(point) == 2;
}

/* Whether the text that was put ends with a character as wide as Chinese ones. */
static bool ends_wide(const struct writer *out) {
    size_t at = out->used;
    while (at > 0 && ((unsigned char)out->buffer[at - 1] & 0xc0) == 0x80)
        at--;
    return at > 0 && is_wide(out->buffer + at - 1, out->used - at + 1);
}

/* The size of the code between backquotes at text[0], marks too; 0 where it is not closed. */
static size_t code_size(const char *text, size_t size, size_t *ticks) {
    size_t open = 0;
    while (open < size && text[open] == '`')
        open++;
    *ticks = open;
    for (size_t at = open; at < size;) {
        size_t close = 0;
        while (at + close < size && text[at + close] == '`')
            close++;
        if (close == open)
            return at + close;
        at += close > 0 ? close : 1;
    }
    return 0;
}

/* The size of [words](address) at text[0], and that of the words; 0 where it is no link. */
static size_t link_size(const char *text, size_t size, size_t *words) {
    const char *const close = memchr(text, ']', size);
    if (close == NULL || close + 1 >= text + size || close[1] != '(')
        return 0;
    const char *const end = memchr(close, ')', (size_t)(text + size - close));
    if (end == NULL)
        return 0;
    *words = (size_t)(close - text - 1);
    return (size_t)(end - text + 1);
}

/* Where the emphasis that the stars or lines at text[0] open is closed by as many, *run of them; 0 where it is not. */
static size_t emphasis_end(const char *text, size_t size, size_t *run) {
    *run = 0;
    while (*run < size && text[*run] == *text)
        ++*run;
    if (*run == size || text[*run] == ' ')
        return 0;
    for (size_t at = *run; at + *run <= size; at++) {
        size_t close = 0;
        if (text[at] == '\\') {
            at++;
            continue;
        }
        while (at + close < size && text[at + close] == *text)
            close++;
        if (close == *run && text[at - 1] != ' ')
            return at;
        at += close > 0 ? close - 1 : 0;
    }
    return 0;
}

static void put_words(struct writer *out, const char *text, size_t size);

/* Puts what a mark at text[0] stands for; returns its bytes, 0 where it is no mark. */
static size_t put_marked(struct writer *out, const char *text, size_t size, bool at_word) {
    size_t inner;
    if (*text == '\\' && size > 1 && strchr("\\`*_{}[]()#+-.!|<>~&$:=", text[1]) != NULL) {
        writer_put(out, text + 1, 1);
        return 2;
    }
    if (*text == '`') {
        const size_t whole = code_size(text, size, &inner);
        if (whole > 0) {
            writer_text(out, DOCUMENT_CODE);
            writer_put(out, text + inner, whole - 2 * inner);
            writer_text(out, DOCUMENT_END);
        }
        return whole;
    }
    if (*text == '[' || (*text == '!' && size > 1 && text[1] == '[')) {
        const size_t before = *text == '!';
        const size_t whole = link_size(text + before, size - before, &inner);
        if (whole > 0)
            put_words(out, text + before + 1, inner);
        return whole > 0 ? before + whole : 0;
    }
    if (*text == '*' || (*text == '_' && !at_word)) {
        const size_t end = emphasis_end(text, size, &inner);
        if (end > 0)
            put_words(out, text + inner, end - inner);
        return end > 0 ? end + inner : 0;
    }
    if (size >= 4 && memcmp(text, "<!--", 4) == 0) {
        for (size_t at = 4; at + 3 <= size; at++)
            if (memcmp(text + at, "-->", 3) == 0)
                return at + 3;
        return size;
    }
    if (size >= 4 && (memcmp(text, "<br>", 4) == 0)) {
        writer_text(out, "\n");
        return 4;
    }
    return 0;
}

static bool is_word_byte(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static void put_words(struct writer *out, const char *text, size_t size) {
    for (size_t at = 0; at < size;) {
        const bool at_word =
            at > 0 && at + 1 < size && is_word_byte(text[at - 1]) && is_word_byte(text[at + 1]);
        const size_t marked = put_marked(out, text + at, size - at, at_word);
        if (marked == 0)
            writer_char(out, text[at]);
        at += marked > 0 ? marked : 1;
    }
}

/* ---- Pieces. */

/* A row of a table: its cells with a bar between them. */
static void put_row(struct writer *out, const struct line *line) {
    size_t from = 1, size = line->size;
    size -= size > 1 && line->text[size - 1] == '|';
    for (size_t at = 1; at <= size; at++) {
        if (at < size && (line->text[at] != '|' || line->text[at - 1] == '\\'))
            continue;
        const char *cell = line->text + from;
        size_t length = at - from;
        text_trim(&cell, &length);
        writer_text(out, from > 1 ? " | " : "");
        put_words(out, cell, length);
        from = at + 1;
    }
}

/* A heading without its marks and its id. */
static void put_heading(struct writer *out, const struct line *line) {
    const char *text = line->text;
    size_t size = line->size;
    while (size > 0 && *text == '#') {
        text++;
        size--;
    }
    const char *const id = size > 0 ? memchr(text, '{', size) : NULL;
    if (id != NULL && id + 1 < text + size && id[1] == '#')
        size = (size_t)(id - text);
    text_trim(&text, &size);
    put_words(out, text, size);
}

bool clause_next(struct baton_arena *arena, struct clause_reader *reader,
                 struct clause_piece *out) {
    struct writer *words = writer_memory(arena);
    const char *after;
    *out = (struct clause_piece){0};
    while (words->used == 0 && !is_at_end(reader)) {
        struct line line = peek(reader, &after);
        reader->next = after;
        const size_t mark = item_mark(&line);
        if (line.size == 0 || is_rule(&line))
            continue;
        if (begins(&line, "#")) {
            put_heading(words, &line);
            break;
        }
        if (is_row(&line)) {
            put_row(words, &line);
            break;
        }
        out->kind = mark > 0 ? CLAUSE_ITEM : CLAUSE_PARAGRAPH;
        out->depth = (unsigned)(line.indent / 2);
        line.text += mark;
        line.size -= mark;
        /* Lines that follow belong to it until one stands for itself. */
        struct writer *joined = writer_memory(arena);
        for (;;) {
            const bool broken = line.size > 0 && line.text[line.size - 1] == '\\';
            if (joined->used > 0 && joined->buffer[joined->used - 1] != '>' &&
                !(ends_wide(joined) || is_wide(line.text, line.size)))
                writer_text(joined, " ");
            writer_put(joined, line.text, line.size - broken);
            writer_text(joined, broken ? "<br>" : "");
            if (is_at_end(reader))
                break;
            line = peek(reader, &after);
            if (is_apart(&line))
                break;
            reader->next = after;
        }
        put_words(words, writer_text_of(joined), joined->used);
    }
    out->text = writer_text_of(words);
    return words->used > 0;
}

const char *clause_trimmed(struct baton_arena *arena, const char *text, size_t size) {
    const char *const end = text + size;
    size_t trimmed = size;
    while (trimmed > 0 && memchr(" \t\r\n", text[trimmed - 1], 4) != NULL)
        trimmed--;
    const char *const stop = text + trimmed;
    for (const char *line = text; line < stop;) {
        const char *const next = memchr(line, '\n', (size_t)(end - line));
        if (next == NULL || strspn(line, " \t\r") < (size_t)(next - line))
            break;
        line = text = next + 1;
    }
    return text < stop ? arena_text(arena, text, (size_t)(stop - text)) : "";
}
