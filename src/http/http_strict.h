/* The head of a request, held to the rules of RFC 9112 where the library is lenient, and to limits of our own. Whatever two readers could take for two different requests is refused:
 * that is what smuggling lives on. docs/adr/0014 has the reasons. */
#ifndef HTTP_HTTP_STRICT_H
#define HTTP_HTTP_STRICT_H

#include "base/macros.h"
#include "baton/code.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    HTTP_TARGET_MAX = 8 << 10, /* bytes of the target, as it was sent */
    HTTP_HEAD_MAX =
        16 << 10, /* bytes of the head, with the line of the request and the empty one */
    HTTP_FIELDS_MAX = 100
};

/* A line of the head; without the spaces around the value. Each is followed by a NUL in the head that it stands in. */
struct http_field {
    const char *name, *value;
    size_t name_size, value_size;
};

struct http_head {
    const char *method, *target, *version; /* with a NUL behind them; the target as it was sent */
    const struct http_field *field;
    size_t field_count;
    size_t size; /* bytes of the whole */
};

enum http_flaw {
    HTTP_SOUND,
    HTTP_FLAW_LINES,
    HTTP_FLAW_METHOD,
    HTTP_FLAW_VERSION,
    HTTP_FLAW_FIELD_NAME,
    HTTP_FLAW_FIELD_VALUE,
    HTTP_FLAW_FIELD_TWICE,
    HTTP_FLAW_HOST_MISSING,
    HTTP_FLAW_HOST,
    HTTP_FLAW_LENGTH,
    HTTP_FLAW_LENGTH_AND_CODING,
    HTTP_FLAW_TRANSFER_CODING,
    HTTP_FLAW_CONTENT_CODING,
    HTTP_FLAW_BODY,
    HTTP_FLAW_CHUNKS,
    HTTP_FLAW_TRAILERS,
    HTTP_FLAW_TARGET_FORM,
    HTTP_FLAW_TARGET_BYTES,
    HTTP_FLAW_TARGET_ESCAPE,
    HTTP_FLAW_TARGET_SEGMENT,
    HTTP_FLAW_TARGET_SIZE,
    HTTP_FLAW_HEAD_SIZE,
    HTTP_FLAWS
};

/* What is answered, and the words for what is wrong; "" where the code says it all. */
baton_code http_flaw_code(enum http_flaw flaw);
const char *http_flaw_words(enum http_flaw flaw, enum baton_language language);

/* What is said of the body that follows. */
struct http_framing {
    bool has_body;   /* one that is not empty, or may be */
    bool is_chunked; /* then its size is not known */
    uint64_t size;
};

/* The first flaw of the head, its target aside but for its size (http_target.h); *framing is set where it is sound. Pure. O(size). */
MUST_USE enum http_flaw http_strict(const struct http_head *head, struct http_framing *framing);

/* Whether the bytes are UTF-8 without control characters (and without NUL). */
bool http_is_text(const char *bytes, size_t size);

/* The same of a token of RFC 9110: a name, a method. */
bool http_is_token(const char *bytes, size_t size);

/* The head as the library has left it in its buffer, each line ended by the NULs it put in place of CR and LF. A line that was folded, that ended with LF alone or that held a NUL
 * has pieces that do not stand where they must: HTTP_FLAW_LINES.
 *
 *   method, target, version, field   pointers into the buffer; of the target only the place is looked at, for it was decoded there
 *   target_size                      bytes it had as it was sent
 *   values                           as they stand there, with the spaces behind them
 *   size                             what the library counted */
MUST_USE enum http_flaw http_strict_lines(const struct http_head *head, size_t target_size);

/* The same of chunks, as far as it can be seen: `data` is where bytes of a body stand in the library's buffer. Where the line with the size of their chunk stands before them, it must be
 * hexadecimal digits and CR LF, and begin the buffer (behind a NUL) or follow the CR LF of the chunk before. What came in an earlier piece is not there any more. */
MUST_USE enum http_flaw http_strict_chunk(const char *data);

#endif
