/* The pages that stand in the program, whichever those are: none where it was built without. */
#include "base/arena.h"
#include "server/pages.h"
#include "unit/test.h"
#include <string.h>

static bool begins(const char *text, const char *with) {
    return strncmp(text, with, strlen(with)) == 0;
}

TEST(pages_hold) {
    struct baton_arena *const arena = arena_open();
    struct pages *pages;
    if (!CHECK_INT(pages_open(arena, &pages), BATON_OK))
        return;
    for (size_t i = 0; i < pages_built_count; i++) {
        const struct page_file *const file = &pages_built[i];
        struct http_blob *blob = NULL;
        CASE("%s", file->path);
        CHECK(file->path[0] == '/' && strlen(file->tag) == 16);
        CHECK(i == 0 || strcmp(pages_built[i - 1].path, file->path) < 0);
        CHECK(file->form[HTTP_IDENTITY].size > 0);
        CHECK_INT(file->is_lasting, begins(file->path, "/assets/"));
        for (size_t form = 0; form < HTTP_IDENTITY; form++)
            CHECK(file->form[form].bytes == NULL ||
                  file->form[form].size < file->form[HTTP_IDENTITY].size);
        CHECK(pages_find(pages, file->path, &blob) == file);
        if (CHECK(blob != NULL))
            CHECK_TEXT(http_blob_tag(blob), file->tag);
    }
    arena_close(arena);
}

TEST(pages_of_other_paths) {
    static const char *const paths[] = {"",       "/nothing", "/assets/", "/assets/nothing.js",
                                        "/TABLE", "/table/"};
    struct baton_arena *const arena = arena_open();
    struct pages *pages;
    if (!CHECK_INT(pages_open(arena, &pages), BATON_OK))
        return;
    for (size_t i = 0; i < LENGTH(paths); i++) {
        struct http_blob *blob;
        CASE("%s", paths[i]);
        CHECK(pages_find(pages, paths[i], &blob) == NULL);
    }
    CASE("the first page, where there is any");
    struct http_blob *blob = NULL;
    const struct page_file *const first = pages_find(pages, "/", &blob);
    CHECK_INT(first != NULL, pages_built_count > 0);
    if (first != NULL)
        CHECK_TEXT(first->media, "text/html");
    arena_close(arena);
}
