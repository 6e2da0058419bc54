/* JSON (RFC 8259) as it comes from outside, as a tree.
 *
 * Read strictly: UTF-8 without a byte order mark, no member twice in an object, nothing behind the value, no NUL in a text (neither as a byte nor as \u0000), no half of a
 * surrogate pair, no number that a double cannot be (1e400). Each value knows where it stands, so that whoever finds it wrong can say so.
 *
 * A number is its text, exactly as it was sent: a figure such as 14210.50 passes through no double. The tree is that of jansson, which gives numbers as doubles only; their texts are taken
 * from the body, over which a second, much simpler reader goes beside the tree. Where the two should see different things, the body is refused as broken. */
#ifndef SERVER_JSON_IN_H
#define SERVER_JSON_IN_H

#include "base/macros.h"
#include "baton/findings.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The most that is read: containers in each other; values in all, the outermost among them; bytes. The largest body is the figures of a month of a city, some 40,000
 * values in 1 MB; what is larger comes as a file. */
enum { JSON_IN_DEPTH = 32, JSON_IN_VALUES = 100000, JSON_IN_SIZE = 16 << 20 };

enum json_kind {
    JSON_IN_NULL,
    JSON_IN_FLAG,
    JSON_IN_NUMBER,
    JSON_IN_TEXT,
    JSON_IN_LIST,
    JSON_IN_OBJECT
};

struct json_value {
    enum json_kind kind;
    bool flag;             /* of a FLAG */
    uint32_t line, column; /* where it begins, both from 1; the column in characters */
    const char *name;      /* of a member of an object; NULL of all others */
    const char
        *text; /* of a TEXT decoded, of a NUMBER as it was sent, with a NUL behind it; else NULL */
    size_t size;                   /* bytes of it */
    const struct json_value *part; /* of LIST and OBJECT, in the order of the text */
    size_t count;
};

/* Reads text[0..size). On BATON_OK *out stands in `arena` (the text is borrowed for the call); else *out is untouched and `found` has the finding, with line and column: JSON_SYNTAX,
 * JSON_ENDS, JSON_TRAILING, JSON_UTF8, JSON_NUL, JSON_NUMBER, NAME_TWICE, JSON_DEPTH, JSON_LARGE. O(size). Any thread; each call with its own arena. */
MUST_USE baton_code json_in_read(struct baton_arena *arena, const char *text, size_t size,
                                 const struct json_value **out, struct baton_findings *found);

/* "string", "number" ...: what JSON calls it. */
const char *json_kind_word(enum json_kind kind);

/* The member of an object; NULL = it has none of that name. */
const struct json_value *json_member(const struct json_value *object, const char *name);

#endif
