/* Texts of sheets and of mappings compared. */
#ifndef PACKAGE_MAPPING_TEXT_H
#define PACKAGE_MAPPING_TEXT_H

#include "base/arena.h"
#include "base/hash.h"
#include "baton/period.h"
#include <stdbool.h>

/* A text as it is compared: without spaces at its ends, and with one space for every run of spaces and line ends inside. Loose: without
 * any space, and with half-width characters for full-width ones. In the arena, or the text itself. */
const char *mapping_normal(struct baton_arena *arena, const char *text, bool loose);

/* Whether a text is what the pattern says, in which `*` stands for any characters, none included. O(sizes multiplied). */
bool mapping_matches(const char *pattern, const char *text);

/* Names and what they mean. Those with `*` are tried when no other fits, in their order. */
struct mapping_index {
    struct baton_arena *arena;
    bool loose;
    struct hash exact;
    struct mapping_pattern {
        const char *text;
        uint32_t value;
    } * pattern;
    size_t pattern_count, pattern_capacity;
};

/* Adds a name, which is made normal; with `plain` a `*` is a character like any other. Returns the value that the name has then, which is
 * another one where it was there already. */
uint32_t mapping_index_add(struct mapping_index *index, const char *text, bool plain,
                           uint32_t value);

/* The value of a text that is normal already; HASH_NONE. */
uint32_t mapping_index_find(const struct mapping_index *index, const char *text);

/* The same where values rise in the order in which names were added: the first name that fits, with `*` or without. */
uint32_t mapping_index_first(const struct mapping_index *index, const char *text);

/* How many names may be compared with misspelt ones in an import: a hundred texts with 10,000 names each, some tenths of a second. */
enum { MAPPING_GUESSES = 1000000 };

/* Whether a text of `size` bytes may be compared with so many names; then they are taken off what is left. */
bool mapping_guess_allowed(size_t *left, size_t size, size_t names);

/* The nearest name to a text that has no value; NULL where none is near, or no more may be compared. */
const char *mapping_index_guess(struct mapping_index *index, size_t *left, const char *text);

/* Periods. A pattern has fields {year} {month} {quarter} {half} {week} {day} and `*`; digits are half-width, full-width or Chinese (八, 十一, 二〇二一),
 * a half is 1, 2, 上 or 下. What it means is the name of a period in which some of these fields may stand. */

/* Whether the text has the form; then *out is what it means. `year` stands for {year} where the pattern has none (0 = there is none). False too
 * where the calendar has no such period. */
bool mapping_period_matches(const char *pattern, const char *means, int year, const char *text,
                            struct baton_period *out);

/* The first field that the pattern has and no field is called so, or that `means` has and the pattern has not ({year} apart); *is_sound is whether
 * `means` can be a period at all. NULL where there is none. Fields are given with their braces, in the arena. */
const char *mapping_period_field_unknown(struct baton_arena *arena, const char *pattern,
                                         const char *means, bool *is_sound);

/* Whether a text has the field {year}. */
bool mapping_has_year(const char *text);

#endif
