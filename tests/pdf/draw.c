/* pdf-draw FILE: draws each character of its input (UTF-8, one line) in a cell of its own, 105 in a row of an A3 page, 4 mm wide and high, 3 mm
 * large: for tests/pdf/run, which looks whether each cell has ink. Line ends are passed over. */
#include "base/text.h"
#include "files/page.h"
#include <stdio.h>
#include <string.h>

enum { INPUT_SIZE = 1 << 16, CELLS = 105, CELL = 4 };

static baton_code draw(struct baton_arena *arena, const char *path, const char *text, size_t size,
                       struct baton_findings *found) {
    const struct page_setup setup = {.title = "characters", .language = "zh-CN", .day = 18900};
    const struct page_style style = {.size = 3, .leading = 1};
    struct page_out *out;
    TRY(page_out_open(arena, path, &setup, found, &out));
    page_add(out, 420, 297);
    unsigned cell = 0;
    for (size_t at = 0, step; at < size; at += step) {
        uint32_t point;
        char character[5] = {0};
        step = text_decode(text + at, size - at, &point);
        if (step == 0)
            return BATON_USAGE;
        if (point == '\n')
            continue;
        memcpy(character, text + at, step);
        const unsigned column = cell % CELLS, row = cell / CELLS;
        page_line(out, &style, column * CELL + 0.5, row * CELL + 0.5, character);
        cell++;
    }
    return page_out_close(out);
}

int main(int count, char **arguments) {
    static char text[INPUT_SIZE];
    const size_t size = fread(text, 1, sizeof text, stdin);
    struct baton_arena *arena = arena_open();
    struct baton_findings found = {.arena = arena};
    if (count != 2 || arena == NULL)
        return 2;
    const baton_code code = draw(arena, arguments[1], text, size, &found);
    for (size_t i = 0; i < found.count; i++)
        fprintf(stderr, "%s\n", baton_finding_message(arena, &found.item[i], BATON_EN));
    arena_close(arena);
    return code == BATON_OK ? 0 : 1;
}
