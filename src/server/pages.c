/* Pages: each file is a blob, found by its path. */
#include "server/pages.h"
#include "base/arena.h"
#include "base/macros.h"
#include <stdlib.h>
#include <string.h>

struct pages {
    struct http_blob **blob; /* the n-th is of the n-th of pages_built */
};

static void release_all(void *context) {
    struct pages *const pages = context;
    for (size_t i = 0; i < pages_built_count; i++)
        http_blob_release(pages->blob[i]);
}

baton_code pages_open(struct baton_arena *arena, struct pages **out) {
    struct pages *const pages = arena_alloc(arena, 1, sizeof *pages);
    pages->blob = arena_alloc(arena, pages_built_count + 1, sizeof(struct http_blob *));
    arena_on_close(arena, release_all, pages);
    for (size_t i = 0; i < pages_built_count; i++) {
        const struct page_file *const file = &pages_built[i];
        pages->blob[i] = http_blob_of(file->media, file->tag, file->form);
        if (pages->blob[i] == NULL)
            return BATON_NO_MEMORY;
    }
    *out = pages;
    return BATON_OK;
}

static int compare(const void *path, const void *file) {
    return strcmp(path, ((const struct page_file *)file)->path);
}

const struct page_file *pages_find(const struct pages *pages, const char *path,
                                   struct http_blob **blob) {
    const struct page_file *const file =
        bsearch(path, pages_built, pages_built_count, sizeof *pages_built, compare);
    if (file != NULL)
        *blob = pages->blob[file - pages_built];
    return file;
}
