/* The target of a request: path and query, decoded once, here. */
#ifndef HTTP_HTTP_TARGET_H
#define HTTP_HTTP_TARGET_H

#include "base/arena.h"
#include "http/http.h"
#include "http/http_strict.h"

struct http_target {
    const char *path; /* decoded, "/" at least */
    const char *const
        *segment; /* of the path, decoded; "/a/b" has two, "/" and "/a/" an empty last one */
    size_t segment_count;
    const struct http_pair
        *query; /* in the order of the query; + is a space; without = the value is "" */
    size_t query_count;
};

/* Reads the target as it was sent. Refused: what does not begin with /; control characters, backslashes, #, spaces, bytes that are no UTF-8; escapes that are broken or give a slash, a
 * backslash, control characters or no UTF-8 in the path; empty segments but the last; `.` and `..`. In the query an escape may give line ends and tabs no more than in the path. */
MUST_USE enum http_flaw http_target_read(struct baton_arena *arena, const char *sent,
                                         struct http_target *target);

#endif
