/* UTF-8 by the table of well-formed sequences of the Unicode standard (3.9, table 3-7); distances
 * by the optimal string alignment of Damerau and Levenshtein, of which only a band around the
 * diagonal is worked out, as only small distances are of interest. */
#include "base/text.h"
#include "base/limits.h"
#include "base/macros.h"
#include <string.h>

size_t text_decode(const char *text, size_t size, uint32_t *point) {
    const unsigned char *const at = (const unsigned char *)text;
    if (size == 0)
        return 0;
    const uint32_t first = at[0];
    if (first < 0x80) {
        *point = first;
        return 1;
    }
    size_t more;
    unsigned low = 0x80, high = 0xbf; // what the second byte may be
    uint32_t value;
    if (first >= 0xc2 && first <= 0xdf) {
        more = 1;
        value = first & 0x1f;
    } else if (first >= 0xe0 && first <= 0xef) {
        more = 2;
        value = first & 0x0f;
        if (first == 0xe0)
            low = 0xa0;
        else if (first == 0xed)
            high = 0x9f;
    } else if (first >= 0xf0 && first <= 0xf4) {
        more = 3;
        value = first & 0x07;
        if (first == 0xf0)
            low = 0x90;
        else if (first == 0xf4)
            high = 0x8f;
    } else {
        return 0;
    }
    if (size <= more || at[1] < low || at[1] > high)
        return 0;
    value = value << 6 | (at[1] & 0x3f);
    for (size_t i = 2; i <= more; i++) {
        if ((at[i] & 0xc0) != 0x80)
            return 0;
        value = value << 6 | (at[i] & 0x3f);
    }
    *point = value;
    return more + 1;
}

size_t text_encode(uint32_t point, char out[4]) {
    if (point < 0x80) {
        out[0] = (char)point;
        return 1;
    }
    const size_t size = point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    for (size_t i = size; --i > 0; point >>= 6)
        out[i] = (char)(0x80 | (point & 0x3f));
    out[0] = (char)((0xf00 >> size & 0xff) | point);
    return size;
}

size_t text_valid_size(const char *text, size_t size) {
    size_t at = 0;
    while (at < size) {
        uint64_t block[2];
        while (size - at >= sizeof block) {
            memcpy(block, text + at, sizeof block);
            if (((block[0] | block[1]) & 0x8080808080808080u) != 0)
                break;
            at += sizeof block;
        }
        const size_t stop = size - at < sizeof block ? size : at + sizeof block;
        while (at < stop) {
            uint32_t point;
            const size_t taken = text_decode(text + at, size - at, &point);
            if (taken == 0)
                return at;
            at += taken;
        }
    }
    return size;
}

size_t text_length(const char *text, size_t size) {
    size_t length = 0;
    for (size_t at = 0; at < size; length++) {
        uint32_t point;
        const size_t taken = text_decode(text + at, size - at, &point);
        at += taken > 0 ? taken : 1;
    }
    return length;
}

bool text_is_han(uint32_t point) {
    return (point >= 0x4e00 && point <= 0x9fff) || (point >= 0x3400 && point <= 0x4dbf) ||
           point == 0x3005 || point == 0x3007 || // 々 〇
           (point >= 0xf900 && point <= 0xfaff) || (point >= 0x20000 && point <= 0x3fffd);
}

bool text_is_space(uint32_t point) {
    return point == ' ' || point == '\t' || point == 0xa0 || point == 0x3000;
}

/* Size of the space that ends at `size`, 0 = none. */
static size_t space_before(const char *text, size_t size) {
    if (size >= 1 && (text[size - 1] == ' ' || text[size - 1] == '\t'))
        return 1;
    if (size >= 2 && memcmp(text + size - 2, "\xc2\xa0", 2) == 0)
        return 2;
    if (size >= 3 && memcmp(text + size - 3, "\xe3\x80\x80", 3) == 0)
        return 3;
    return 0;
}

void text_trim(const char **text, size_t *size) {
    uint32_t point;
    size_t taken;
    while ((taken = text_decode(*text, *size, &point)) > 0 && text_is_space(point)) {
        *text += taken;
        *size -= taken;
    }
    while ((taken = space_before(*text, *size)) > 0)
        *size -= taken;
}

bool text_is_blank(const char *text, size_t size) {
    uint32_t point;
    for (size_t taken; size > 0; text += taken, size -= taken) {
        taken = text_decode(text, size, &point);
        if (taken == 0)
            return false;
        if (!text_is_space(point) && !(point >= '\n' && point <= '\r') && point != 0x85 &&
            point != 0xad && point != 0x1680 && !(point >= 0x2000 && point <= 0x200f) &&
            !(point >= 0x2028 && point <= 0x202f) && !(point >= 0x205f && point <= 0x206f) &&
            point != 0x2800 && point != 0x3164 && point != 0xfeff)
            return false;
    }
    return true;
}

bool text_is_identifier(const char *text, size_t size) {
    if (size == 0 || size > LIMIT_ID_SIZE)
        return false;
    bool named = false; // something other than `.` and `-`
    for (size_t at = 0; at < size;) {
        uint32_t point;
        const size_t taken = text_decode(text + at, size - at, &point);
        if (taken == 0)
            return false;
        const uint32_t lower = point | 0x20;
        if (point == '_' || (point >= '0' && point <= '9') || (lower >= 'a' && lower <= 'z') ||
            text_is_han(point))
            named = true;
        else if (point != '.' && point != '-')
            return false;
        at += taken;
    }
    return named;
}

enum { DISTANCE_LENGTH = 64 };

/* The characters of a text, at most DISTANCE_LENGTH. */
static size_t points_of(const char *text, size_t size, uint32_t out[DISTANCE_LENGTH]) {
    size_t count = 0;
    for (size_t at = 0; at < size && count < DISTANCE_LENGTH; count++) {
        size_t taken = text_decode(text + at, size - at, &out[count]);
        if (taken == 0) {
            out[count] = 0x110000 + (unsigned char)text[at]; // equal to the same byte only
            taken = 1;
        }
        at += taken;
    }
    return count;
}

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

static size_t points_distance(const uint32_t *a, size_t a_length, const uint32_t *b,
                              size_t b_length, size_t most) {
    const size_t apart = a_length > b_length ? a_length - b_length : b_length - a_length;
    if (apart > most)
        return most + 1;
    size_t rows[3][DISTANCE_LENGTH + 1];
    size_t *before = rows[0], *last = rows[1], *now = rows[2];
    for (size_t j = 0; j <= b_length; j++)
        last[j] = j;
    for (size_t i = 1; i <= a_length; i++) {
        const size_t from = i > most ? i - most : 1, to = least(b_length, i + most);
        now[0] = i;
        if (from > 1)
            now[from - 1] = most + 1;
        size_t nearest = now[from - 1];
        for (size_t j = from; j <= to; j++) {
            size_t d = last[j - 1] + (a[i - 1] != b[j - 1]);
            d = least(d, now[j - 1] + 1);
            if (j < i + most) // else outside of the band
                d = least(d, last[j] + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                d = least(d, before[j - 2] + 1);
            now[j] = d;
            nearest = least(nearest, d);
        }
        if (nearest > most)
            return most + 1;
        size_t *const oldest = before;
        before = last;
        last = now;
        now = oldest;
    }
    return least(last[b_length], most + 1);
}

size_t text_distance(const char *a, size_t a_size, const char *b, size_t b_size, size_t most) {
    uint32_t a_point[DISTANCE_LENGTH], b_point[DISTANCE_LENGTH];
    const size_t a_length = points_of(a, a_size, a_point), b_length = points_of(b, b_size, b_point);
    return points_distance(a_point, a_length, b_point, b_length, least(most, DISTANCE_LENGTH));
}

static bool same_but_case(const char *a, const char *b, size_t size) {
    for (size_t i = 0; i < size; i++) {
        const char c = a[i], d = b[i];
        if (c != d && ((c ^ d) != 0x20 || (c | 0x20) < 'a' || (c | 0x20) > 'z'))
            return false;
    }
    return true;
}

void text_guess_offer(struct text_guess *guess, const char *name, size_t size) {
    if (guess->best != NULL && guess->best_distance == 0)
        return;
    size_t distance;
    if (size == guess->size && same_but_case(name, guess->text, size)) {
        distance = 0;
    } else {
        const size_t length = text_length(guess->text, guess->size);
        const bool ascii = length == guess->size;
        if (length < (ascii ? 3 : 2))
            return;
        size_t most = length < 6 ? 1 : length < 12 ? 2 : 3;
        if (guess->best != NULL && guess->best_distance <= most)
            most = guess->best_distance - 1; // only a nearer one is of interest
        if (most == 0 || size > guess->size + 4 * most || guess->size > size + 4 * most)
            return;
        distance = text_distance(guess->text, guess->size, name, size, most);
        if (distance > most)
            return;
    }
    guess->best = name;
    guess->best_size = size;
    guess->best_distance = distance;
}

void text_keep(char *to, size_t room, const char *text) {
    size_t size = text == NULL ? 0 : strnlen(text, room);
    if (size > 0)
        memcpy(to, text, size < room ? size : room - 1);
    size = text_valid_size(to, size < room ? size : room - 1);
    to[size] = '\0';
    for (; *to != '\0'; to++)
        if ((unsigned char)*to < 0x20 || *to == 0x7f)
            *to = '?';
}

const char *text_or_null(const char *text) {
    return text[0] != '\0' ? text : NULL;
}

bool text_is_word_of(const char *list, const char *text, size_t size) {
    while (*list != '\0') {
        const size_t length = strcspn(list, " ");
        if (length == size && memcmp(list, text, size) == 0)
            return true;
        list += length;
        list += *list == ' ';
    }
    return false;
}
