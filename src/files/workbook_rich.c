/* Texts of cells. What XML cannot hold is written _xHHHH_ in workbooks, a unit of UTF-16 each, and an underscore that would look like it
 * _x005F_. */
#include "base/limits.h"
#include "base/text.h"
#include "files/workbook_inside.h"
#include <string.h>

/* Of the most that a text of a cell can have, each unit may be written with seven bytes. */
enum { RAW_MOST = 8 * LIMIT_CELL_TEXT };

void rich_begin(struct rich_text *rich) {
    rich->size = rich->run = 0;
}

void rich_begin_run(struct rich_text *rich) {
    rich->run = rich->size;
}

bool rich_add(struct baton_arena *arena, struct rich_text *rich, const char *text, size_t size) {
    if (size > RAW_MOST || rich->size + size > RAW_MOST)
        return false;
    ARRAY_RESERVE(arena, rich->text, rich->size, rich->capacity, rich->size + size + 1);
    memcpy(rich->text + rich->size, text, size);
    rich->size += size;
    rich->text[rich->size] = '\0';
    return true;
}

static bool is_blank(char byte) {
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

static int hex_digit(char digit) {
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    const char letter = (char)(digit | ' ');
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

/* The unit that is written at text as _xHHHH_; -1 where none is. */
static int32_t unit_at(const char *text, size_t size) {
    enum { SIZE = 7 };
    if (size < SIZE || text[0] != '_' || text[1] != 'x' || text[6] != '_')
        return -1;
    int32_t unit = 0;
    for (int i = 2; i < 6; i++) {
        const int digit = hex_digit(text[i]);
        if (digit < 0)
            return -1;
        unit = unit * 16 + digit;
    }
    return unit;
}

/* The character that is written at text, *used getting its bytes; 0 where none is, or one that no text has: NUL, half of a pair. */
static uint32_t escaped_at(const char *text, size_t size, size_t *used) {
    const int32_t unit = unit_at(text, size);
    *used = 7;
    if (unit <= 0 || (unit >= 0xdc00 && unit <= 0xdfff))
        return 0;
    if (unit < 0xd800 || unit > 0xdfff)
        return (uint32_t)unit;
    const int32_t low = unit_at(text + 7, size - 7);
    if (low < 0xdc00 || low > 0xdfff)
        return 0;
    *used = 14;
    return 0x10000 + ((uint32_t)(unit - 0xd800) << 10) + (uint32_t)(low - 0xdc00);
}

void rich_end_run(struct rich_text *rich, bool keeps_blanks) {
    size_t from = rich->run, end = rich->size, to = rich->run;
    char *text = rich->text;
    while (!keeps_blanks && from < end && is_blank(text[from]))
        from++;
    while (!keeps_blanks && end > from && is_blank(text[end - 1]))
        end--;
    while (from < end) {
        size_t used = 1;
        const uint32_t point = text[from] == '_' ? escaped_at(text + from, end - from, &used) : 0;
        if (point != 0) {
            to += text_encode(point, text + to);
            from += used;
        } else {
            text[to++] = text[from++];
        }
    }
    rich->size = to;
    if (text != NULL)
        text[to] = '\0';
}

bool rich_fits(const struct rich_text *rich) {
    if (rich->size <= LIMIT_CELL_TEXT)
        return true;
    size_t units = 0;
    for (size_t i = 0; i < rich->size;
         i++) { /* one for a leading byte, another where four bytes follow from it */
        const unsigned char byte = (unsigned char)rich->text[i];
        units += (byte & 0xc0) != 0x80;
        units += byte >= 0xf0;
    }
    return units <= LIMIT_CELL_TEXT;
}
