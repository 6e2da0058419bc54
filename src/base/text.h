/* Text in UTF-8: characters, their width on a terminal, identifiers, and what a misspelt name was
 * meant to be.
 *
 * Texts are given by address and size in bytes and need no NUL. Nothing here depends on the
 * locale. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Decodes the character at text[0..size). Returns its size, 1..4, and *point; 0 where no
 * well-formed character begins there (broken or overlong sequences, surrogates, beyond U+10FFFF,
 * size 0). */
size_t text_decode(const char *text, size_t size, uint32_t *point);

/* Writes a code point as UTF-8; returns its size. */
size_t text_encode(uint32_t point, char out[4]);

/* How many bytes from the start on are well-formed UTF-8: `size` where all are. Some GB/s where
 * most is ASCII. */
size_t text_valid_size(const char *text, size_t size);

/* Number of characters; a byte that is no part of one counts as one. */
size_t text_length(const char *text, size_t size);

/* Columns that a character, a text, takes on a terminal: 2 for full-width ones (Chinese characters
 * and punctuation, full-width letters), 0 for combining and control characters, else 1. A byte that
 * is no part of a character takes 1. */
unsigned text_point_width(uint32_t point);
size_t text_width(const char *text, size_t size);

/* The longest part from the start on that takes at most `width` columns; returns its bytes. */
size_t text_fit(const char *text, size_t size, size_t width);

/* Copies what is to be shown and kept: as many whole characters as there is room for, with a NUL behind them; control characters become `?`. NULL = "". */
void text_keep(char *to, size_t room, const char *text);

/* The text; NULL where it is "". */
const char *text_or_null(const char *text);

/* A Chinese character (汉字; not punctuation). */
bool text_is_han(uint32_t point);

/* A space that is dropped around a field: space, tab, no-break space, full-width space. */
bool text_is_space(uint32_t point);

/* Drops the spaces on both sides: moves *text and *size. */
void text_trim(const char **text, size_t *size);

/* Whether there is nothing in it to be read: only spaces of any kind, line ends, characters without a width. */
bool text_is_blank(const char *text, size_t size);

/* Whether it is an identifier (标识): letters a-z A-Z, digits, `_`, `.`, `-` and Chinese characters,
 * one of them at least other than `.` and `-`; at most LIMIT_ID_SIZE bytes. Words that are taken
 * (`total`, `base`) are identifiers too. */
bool text_is_identifier(const char *text, size_t size);

/* The best guess at what a text that names nothing was meant to be. Begin with {.text, .size} and
 * all else 0, offer every name that there is in a fixed order, then take `best` (NULL = nothing is
 * near enough): the first of the nearest. Near is: differing in case only, or by few changes (a
 * character more, less, other, or two neighbours swapped), at most 1 in names of 3 to 5 characters,
 * 2 up to 11, else 3. */
struct text_guess {
    const char *text;
    size_t size;
    const char *best; /* borrowed from text_guess_offer */
    size_t best_size, best_distance;
};
void text_guess_offer(struct text_guess *guess, const char *name, size_t size);

/* Changes that turn a into b as above, in characters; more than `most`: most + 1. At most 64
 * characters of each are compared. O(most * length). */
size_t text_distance(const char *a, size_t a_size, const char *b, size_t b_size, size_t most);

/* Whether it is one of the words of a list, which are separated by single spaces. */
bool text_is_word_of(const char *list, const char *text, size_t size);

#endif
