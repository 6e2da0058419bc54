/* Archives: any bytes as one. What opens has sound names, each member once; every member is inflated as a whole and piece by piece, and both give the same
 * or refuse; what is refused has a finding. */
#include "base/limits.h"
#include "base/text.h"
#include "files/archive.h"
#include <stdlib.h>
#include <string.h>

enum { MOST = 1 << 20 };

static void require(bool holds) {
    if (!holds)
        abort();
}

struct input {
    struct baton_arena *arena;
    const uint8_t *bytes;
    size_t size;
};

static void check_name(const struct archive *archive, uint32_t index) {
    const char *name = archive->member[index].name;
    const size_t size = strlen(name);
    require(size > 0 && name[0] != '/' && text_valid_size(name, size) == size);
    require(strchr(name, '\\') == NULL && strstr(name, "//") == NULL && name[size - 1] != '/');
    for (const char *part = name; part != NULL;) {
        const char *end = strchr(part, '/');
        const size_t length = end == NULL ? strlen(part) : (size_t)(end - part);
        require(!(length == 2 && memcmp(part, "..", 2) == 0));
        part = end == NULL ? NULL : end + 1;
    }
    require(archive_find(archive, name) == index);
}

static baton_code read_stream(struct archive *archive, uint32_t index, const char *text,
                              size_t size, bool good, struct baton_findings *found) {
    struct archive_stream *stream;
    char piece[97];
    size_t have = 0;
    baton_code code = archive_stream_open(archive, index, MOST, &stream, found);
    for (size_t got = 1; code == BATON_OK && got > 0;) {
        code = archive_stream_read(stream, piece, sizeof piece, &got, found);
        if (code != BATON_OK)
            break;
        require(got <= sizeof piece);
        if (good)
            require(have + got <= size && memcmp(text + have, piece, got) == 0);
        have += got;
        require(have <= MOST);
    }
    if (good)
        require(code == BATON_OK && have == size);
    return code;
}

static baton_code read_input(void *context) {
    const struct input *input = context;
    struct baton_findings found = {.arena = input->arena};
    struct archive *archive = NULL;
    const baton_code code =
        archive_open_bytes(input->arena, "a.zip", input->bytes, input->size, &archive, &found);
    require(code == BATON_OK || code == BATON_NO_MEMORY || found.errors > 0);
    if (code != BATON_OK)
        return code;
    for (uint32_t i = 0; i < archive->count && i < 64; i++) {
        char *text = NULL;
        size_t size = 0;
        const size_t before = found.errors;
        check_name(archive, i);
        const baton_code whole = archive_read(archive, i, MOST, &text, &size, &found);
        require(whole == BATON_OK ? size <= MOST && text[size] == '\0'
                                  : whole == BATON_NO_MEMORY || found.errors > before);
        const baton_code pieces = read_stream(archive, i, text, size, whole == BATON_OK, &found);
        require((whole == BATON_OK) == (pieces == BATON_OK));
    }
    return BATON_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    struct input input = {arena_open(), bytes, size};
    (void)arena_run(input.arena, read_input, &input);
    arena_close(input.arena);
    return 0;
}
