/* The strict part of YAML that a package may use: maps, lists and texts, nothing else.
 *
 * A file becomes a tree in an arena. Every scalar is a text until its key says what it is (`2021`, `no`). Refused,
 * each with a finding of its own: anchors, aliases, tags, merge keys, doubled keys, keys that are not texts, a
 * second document, bytes that are not UTF-8, characters that cannot be seen, whatever is not YAML, and more of it than LIMIT_YAML_SIZE, LIMIT_YAML_DEPTH and LIMIT_YAML_PARTS allow. */
#ifndef PACKAGE_YAML_H
#define PACKAGE_YAML_H

#include "base/arena.h"
#include "baton/findings.h"
#include <stdbool.h>

enum yaml_kind {
    YAML_TEXT, /* a scalar; an empty one that is not quoted is null */
    YAML_MAP,
    YAML_LIST,
    YAML_REFUSED /* stands where something was found that is refused; whoever meets it says no more about it */
};

/* A value. Rows are lines and columns are characters of the file, both from 1. */
struct yaml_value {
    enum yaml_kind kind;
    bool quoted;          /* a text in quotes or a block (| >) */
    uint32_t row, column; /* where it begins: of a text its first character, inside the quotes */
    const char *text;     /* of a text; no NUL is in it, one is behind it */
    size_t size;          /* of the text, in bytes */
    const char *key;      /* under which it stands in a map; NULL elsewhere */
    uint32_t key_row, key_column;
    /* what is said about it: the lines of its comments without their marks; NULL = nothing, or not asked for (yaml_comments.h) */
    const char *comment;
    uint32_t index;                  /* in its map or list, from 0 */
    uint32_t count;                  /* of a map or list: values in it */
    const struct yaml_value *parent; /* NULL = the root */
    struct yaml_value *first, *last; /* of a map or list; NULL where it is empty */
    struct yaml_value *next;         /* in the same map or list */
};

/* Reads `bytes` of `size` (borrowed for the call), which findings call `file`.
 *
 * BATON_OK: *out is the root, never NULL; findings may have been added for parts that are YAML_REFUSED or left out
 * (of doubled keys the first stays). Otherwise *out is untouched and the answer is the code of the finding that
 * made a tree impossible, or BATON_NO_MEMORY (then without a finding). */
MUST_USE baton_code yaml_read(struct baton_arena *arena, const char *file, const char *bytes,
                              size_t size, struct yaml_value **out, struct baton_findings *found);

/* The value under `key` of a map; NULL where there is none, or where `map` is NULL or no map. O(keys). */
const struct yaml_value *yaml_get(const struct yaml_value *map, const char *key);

/* Whether a text has a character that cannot be seen, or that ends a line for some programs and not for others; *point is the first. */
bool yaml_has_hidden(const char *text, size_t size, uint32_t *point);

/* An empty scalar without quotes: `key:` and nothing behind it. */
bool yaml_is_null(const struct yaml_value *value);

/* Where it stands: `methods.race.step`, `adjustments.items[2].when` (lists count from 0); "" for the root. */
const char *yaml_path(struct baton_arena *arena, const struct yaml_value *value);

#endif
