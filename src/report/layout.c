/* Laying out text of mixed width. */
#include "report/layout.h"
#include "base/text.h"

enum { PHRASE_MOST = 26 }; /* columns of what is rather not broken */

size_t layout_width(const char *text) {
    return text_width(text, strlen(text));
}

void layout_pad(struct writer *writer, const char *text, size_t width, enum layout_align align) {
    const size_t own = layout_width(text), blanks = own < width ? width - own : 0;
    const size_t before = align == ALIGN_LEFT ? 0 : align == ALIGN_RIGHT ? blanks : blanks / 2;
    writer_repeat(writer, " ", before);
    writer_text(writer, text);
    writer_repeat(writer, " ", blanks - before);
}

const char *layout_shorten(struct baton_arena *arena, const char *text, size_t width) {
    if (layout_width(text) <= width)
        return text;
    size_t size = text_fit(text, strlen(text), width > 0 ? width - 1 : 0);
    while (size > 0 && text[size - 1] == ' ')
        size--;
    return arena_printf(arena, "%.*s…", (int)size, text);
}

/* Where to break a heading into two lines so that the wider one is as narrow as can be: at a space, else between two
 * Chinese characters; 0 = nowhere. */
static size_t break_of(const char *text) {
    const size_t size = strlen(text), whole = text_width(text, size);
    size_t best = 0, best_width = whole;
    bool at_space = false, was_wide = false;
    for (size_t i = 0; i < size;) {
        uint32_t point;
        const size_t length = text_decode(text + i, size - i, &point);
        const bool is_wide = length > 0 && text_is_han(point);
        const bool is_space = text[i] == ' ';
        if (i > 0 && (is_space || (is_wide && was_wide && !at_space))) {
            const size_t first = text_width(text, i);
            const size_t second = whole - first - (is_space ? 1 : 0);
            const size_t wider = first > second ? first : second;
            if (wider < best_width || (is_space && !at_space)) {
                best = i;
                best_width = wider;
                at_space = is_space;
            }
        }
        was_wide = is_wide;
        i += length > 0 ? length : 1;
    }
    return best;
}

struct layout_head layout_head(struct baton_arena *arena, const char *text, size_t width) {
    const size_t at = layout_width(text) <= width ? 0 : break_of(text);
    struct layout_head head = {{text, ""}, 0};
    if (at > 0) {
        const char *first = arena_text(arena, text, at);
        const char *second = text + at + (text[at] == ' ');
        head.line[0] = layout_shorten(arena, first, width);
        head.line[1] = layout_shorten(arena, second, width);
    } else {
        head.line[0] = layout_shorten(arena, text, width);
    }
    const size_t first = layout_width(head.line[0]), second = layout_width(head.line[1]);
    head.width = first > second ? first : second;
    return head;
}

/* Punctuation that stands at no line's beginning. */
static bool closes(uint32_t point) {
    static const uint32_t closing[] = {0x3015, 0x3001, 0x3002, 0xff0c, 0xff1b, 0xff1a,
                                       0xff09, 0x300b, 0x300d, 0x201d, 0x2019, 0xff01,
                                       0xff1f, 0xff05, 0x2026, 0x3011};
    for (size_t i = 0; i < LENGTH(closing); i++)
        if (closing[i] == point)
            return true;
    return point == ',' || point == '.' || point == ';' || point == ')' || point == '%';
}

/* Punctuation that stands at no line's end. */
static bool opens(uint32_t point) {
    return point == 0xff08 || point == 0x3014 || point == 0x300a || point == 0x300c ||
           point == 0x201c || point == 0x2018 || point == '(';
}

/* The size of the piece from text[0] on that may not be broken: a word, or a Chinese character with the punctuation
 * that belongs to it. */
static size_t piece_size(const char *text, size_t size) {
    uint32_t point, next;
    size_t at = text_decode(text, size, &point);
    if (at == 0)
        return 1;
    for (;;) {
        const size_t length = text_decode(text + at, size - at, &next);
        if (length == 0)
            return at < size ? at + 1 : at;
        const bool together = closes(next) || opens(point) ||
                              (text_point_width(point) < 2 && text_point_width(next) < 2);
        if (next == ' ' || !together)
            return at;
        point = next;
        at += length;
    }
}

/* The size of the phrase from text[0] on: everything up to a space or behind the next punctuation that closes, such as
 * a name in a list. */
static size_t phrase_size(const char *text, size_t size) {
    size_t at = 0;
    while (at < size && text[at] != ' ') {
        uint32_t point;
        at += piece_size(text + at, size - at);
        if (at >= 3 && text_decode(text + at - 3, 3, &point) == 3 &&
            closes(point)) /* those of Chinese are 3 bytes */
            return at;
    }
    return at;
}

void layout_wrap(struct writer *writer, const char *text, size_t at, size_t indent, size_t width) {
    const char *const end = text + strlen(text);
    const char *phrase_end = text; /* up to here a phrase that is too long is broken anywhere */
    bool line_is_empty = at <= indent;
    while (text < end) {
        size_t blanks = 0;
        while (text < end && *text == ' ') {
            text++;
            blanks++;
        }
        size_t size = phrase_size(text, (size_t)(end - text));
        if (size == 0)
            break;
        const bool is_long =
            text_width(text, size) > PHRASE_MOST || indent + text_width(text, size) > width;
        if (is_long && text >= phrase_end)
            phrase_end = text + size;
        if (text < phrase_end)
            size = piece_size(text, size);
        const size_t columns = text_width(text, size);
        if (!line_is_empty && at + blanks + columns > width) {
            writer_text(writer, "\n");
            writer_repeat(writer, " ", indent);
            at = indent;
            blanks = 0;
        }
        writer_repeat(writer, " ", blanks);
        writer_put(writer, text, size);
        at += blanks + columns;
        text += size;
        line_is_empty = false;
    }
    writer_text(writer, "\n");
}

void layout_rule(struct writer *writer, const char *character, size_t width) {
    writer_repeat(writer, character, width);
    writer_text(writer, "\n");
}
