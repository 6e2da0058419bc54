/* Bodies of requests and answers as tables: which members an object has, of which type, how long, what they mean. From one table come the check of a body, the C struct that a handler
 * gets, the JSON Schema in the OpenAPI document, and the test that holds the answers to it.
 *
 * A member that is not known is refused, not passed over; null is no value: what is not known is left out. Everything that is wrong is told, each with a JSON
 * pointer (RFC 6901) as its field, "/facts/3/unit" (none where it is the body as a whole), and line and column. */
#ifndef SERVER_BODY_H
#define SERVER_BODY_H

#include "server/json_in.h"

/* Type of a member: in JSON, and of the member of the struct. */
enum body_type {
    BODY_TEXT,  /* string, not empty; const char *, NULL = not given */
    BODY_WORD,  /* string, one of `words`; const char *, NULL = not given */
    BODY_COUNT, /* number, whole, from `least` to `most`; uint64_t, `initial` = not given */
    BODY_FIGURE, /* string or number, decimal; const char *, the text that was sent, NULL = not given */
    BODY_NUMBER,  /* number; of answers only */
    BODY_FLAG,    /* boolean; bool, false = not given */
    BODY_OBJECT,  /* object of the shape `inner`; const void * to its struct, NULL = not given */
    BODY_OBJECTS, /* array of such; struct body_list */
    BODY_TEXTS,   /* array of strings; struct body_texts */
    BODY_MAP, /* object with any names, its values strings (or numbers, taken as the text that was sent); struct body_map */
    BODY_ANY  /* whatever it is; of answers only */
};

struct body_list {
    const void *item; /* `count` structs of the inner shape */
    size_t count;
};
struct body_texts {
    const char *const *text;
    size_t count;
};
struct body_pair {
    const char *name, *value;
};
struct body_map {
    const struct body_pair *pair; /* in the order in which they came */
    size_t count;
};

/* What a text must be beyond being one. */
struct body_form {
    const char *word; /* "identifier": what JSON Schema has as `format` */
    bool (*holds)(const char *text, size_t size);
    const char *is[2]; /* "a date such as 2021-08-27", by enum baton_language */
    const char *example;
};
extern const struct body_form body_identifier, body_period, body_day;

struct body_shape;
struct body_field {
    const char *name;
    enum body_type type;
    bool needed;   /* of lists and maps in bodies: also that they are not empty */
    bool nullable; /* of answers: null may stand there */
    bool lines;    /* of TEXT, TEXTS, MAP: line ends and tabs may be in it */
    bool blank;    /* of TEXT, TEXTS, MAP in answers: it may be empty */
    size_t offset; /* of the member in the struct */
    /* Most characters of a TEXT and of each text of TEXTS and MAP; 0 = BODY_TEXT_MOST. */
    size_t length;
    /* Of COUNT the range; of lists and maps the most entries; 0 = as many as JSON may have. */
    uint64_t least, most, initial;
    const struct body_form *form; /* of TEXT and TEXTS; NULL = any */
    const char *words;            /* of WORD, separated by spaces */
    const struct body_shape *inner;
    const char *is[2]; /* what it means, by enum baton_language */
};
enum { BODY_TEXT_MOST = 2000, BODY_NAME_SIZE = 128 };

struct body_shape {
    const char *name; /* "Fact": of the schema in the OpenAPI document, once among all */
    const struct body_field *field;
    size_t count;
    size_t size;         /* of the struct; 0 = of answers only, there is none */
    const char *example; /* JSON that has the shape */
    const char *is[2];
};
/* .field and .count of an array. */
#define BODY_FIELDS(array) .field = (array), .count = LENGTH(array)

/* Reads a body. On BATON_OK *out is the struct of the shape, in `arena` with all that it points to; else *out is untouched and `found` has up to 100 findings: those of json_in_read, or
 * MEMBER_UNKNOWN, _NEEDED, _TYPE, _LONG, _EMPTY, _FORM, _COUNT, _FIGURE, _WORD. `text` is borrowed for the call. The code is that of the first finding. */
MUST_USE baton_code body_shape_read(struct baton_arena *arena, const struct body_shape *shape,
                                    const char *text, size_t size, const void **out,
                                    struct baton_findings *found);

/* Only whether a value has the shape; also of shapes that have no struct. */
MUST_USE baton_code body_shape_check(struct baton_arena *arena, const struct body_shape *shape,
                                     const struct json_value *value, struct baton_findings *found);

/* The n-th of a list of words separated by spaces, from 0; NULL and *size 0 behind the last. */
const char *body_word_at(const char *words, size_t n, size_t *size);

#endif
