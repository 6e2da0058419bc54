/* The web interface as it stands in the program: the files that web/ was built to, from memory. */
#ifndef SERVER_PAGES_H
#define SERVER_PAGES_H

#include "http/http_blob.h"

/* A file, or the address of a page, which is that of web/index.html. Made by tools/embed_pages; the order is that of the bytes of their paths. */
struct page_file {
    const char *path; /* "/", "/table", "/assets/index-5f1c.js" */
    const char *media, *tag;
    bool is_lasting; /* its name has the digest of its content: it never changes */
    struct http_bytes form[HTTP_CODINGS];
};
extern const struct page_file pages_built[];
extern const size_t pages_built_count; /* 0 = the program has none */

struct pages;

/* Blobs of all of them, closed with the arena. NO_MEMORY. */
MUST_USE baton_code pages_open(struct baton_arena *arena, struct pages **out);

/* The one of that path; NULL = none. *blob is the arena's, and may be answered as long as that is there. */
const struct page_file *pages_find(const struct pages *pages, const char *path,
                                   struct http_blob **blob);

#endif
