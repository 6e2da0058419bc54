/* JSON (RFC 8259) written as it comes: the writer knows where a comma or a line belongs, the caller what is said.
 *
 * UTF-8 stands as it is; only quotes, backslashes and control characters are escaped, and what is no UTF-8 becomes
 * U+FFFD. A container is wide (each member on a line of its own, indented) or tight (all on one line); everything in a
 * tight one is tight. */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/writer.h"

enum { JSON_DEPTH_MAX = 256 };

struct json {
    struct writer *writer;
    /* containers open; the depth from which on they are tight, 0 = none is */
    unsigned depth, tight;
    bool is_first; /* nothing stands in the innermost container yet */
    char closes[JSON_DEPTH_MAX];
};

struct json json_to(struct writer *writer);

/* `name` is the member's name in an object and NULL in an array. */
void json_object(struct json *json, const char *name);
void json_array(struct json *json, const char *name);
void json_object_tight(struct json *json, const char *name);
void json_array_tight(struct json *json, const char *name);
/* Ends the innermost container; behind the outermost one a line ends. */
void json_end(struct json *json);

/* JSON that was written tight before, up to its line end: it is not looked at. */
void json_raw(struct json *json, const char *name, const char *text);
void json_text(struct json *json, const char *name, const char *text); /* NULL = null */
void json_number(struct json *json, const char *name, double number);  /* shortest; NaN = null */
void json_count(struct json *json, const char *name, uint64_t count);
void json_flag(struct json *json, const char *name, bool flag);
void json_null(struct json *json, const char *name);
/* A number at so many decimals, zeros included: 90.00. NaN = null. */
void json_fixed(struct json *json, const char *name, double number, int decimals);

/* Only where the text is not NULL. */
void json_text_if(struct json *json, const char *name, const char *text);

#endif
