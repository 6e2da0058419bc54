/* Texts in GB18030 become UTF-8, in blocks, so that the size that comes out need not be known before. */
#include "base/gb18030.h"
#include <errno.h>
#include <iconv.h>

struct conversion {
    iconv_t iconv;
    bool is_open;
};

static void close_conversion(void *context) {
    struct conversion *conversion = context;
    if (conversion->is_open)
        iconv_close(conversion->iconv);
    conversion->is_open = false;
}

char *gb18030_to_utf8(struct baton_arena *arena, const char *bytes, size_t size, size_t *out_size) {
    struct conversion *conversion = arena_alloc(arena, 1, sizeof *conversion);
    arena_on_close(arena, close_conversion, conversion);
    conversion->iconv = iconv_open("UTF-8", "GB18030");
    conversion->is_open = (intptr_t)conversion->iconv != -1;
    if (!conversion->is_open)
        return NULL;
    size_t have = 0, room = 0, left = size;
    char *text = NULL, *from = (char *)bytes;
    bool is_sound = true;
    while (is_sound && left > 0) {
        ARRAY_RESERVE(arena, text, have, room,
                      have + left + left / 2 + 16); /* two bytes mostly become three */
        char *to = text + have;
        size_t to_left = room - have;
        const size_t result = iconv(conversion->iconv, &from, &left, &to, &to_left);
        have = room - to_left;
        is_sound = result != (size_t)-1 || errno == E2BIG;
    }
    close_conversion(conversion);
    if (!is_sound)
        return NULL;
    ARRAY_RESERVE(arena, text, have, room, have + 1);
    text[have] = '\0';
    *out_size = have;
    return text;
}
