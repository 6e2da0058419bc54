/* What a client accepts. */
#ifndef HTTP_HTTP_ACCEPT_H
#define HTTP_HTTP_ACCEPT_H

#include "baton/code.h"
#include <stdbool.h>
#include <stddef.h>

/* In the order in which they are preferred where the client does not mind. */
enum http_coding { HTTP_BROTLI, HTTP_GZIP, HTTP_IDENTITY, HTTP_CODINGS };
const char *http_coding_word(enum http_coding coding); /* "br", "gzip", "identity" */

/* The coding that the header Accept-Encoding weighs most; NULL = identity, as with anything that cannot be read. RFC 9110, 12.5.3. */
enum http_coding http_accept_coding(const char *header);

/* The first of Accept-Language that is Chinese or English and not refused (q=0); else `usual`. */
enum baton_language http_accept_language(const char *header, enum baton_language usual);

/* Whether a Content-Type is `media`, with no parameter but charset=utf-8; media "" = any. NULL is none. */
bool http_is_media(const char *header, const char *media);

/* Whether bytes of that media type are text, which is worth compressing; whether it is told as charset=utf-8 (JSON is that by itself). */
bool http_media_is_text(const char *media);
bool http_media_has_charset(const char *media);

/* Whether a list of entity tags (If-Match, If-None-Match) has `tag`, or is `*`. A tag with the suffix of a coding (+br, +gzip) is the tag of the same state. Weak ones count where
 * is_weak_fine. *which (may be NULL) is the member that fits, in quotes, and its size. */
struct http_tag_found {
    const char *text;
    size_t size;
};
bool http_tags_have(const char *list, const char *tag, bool is_weak_fine,
                    struct http_tag_found *which);

#endif
