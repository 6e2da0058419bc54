/* Tables that go on below: one where there is room, alike ones where there is not, names and heads shortened in between. */
#include "report/grid.h"
#include "unit/test.h"
#include <stdio.h>

static struct baton_arena *arena;

/* A grid with two lines and so many columns "head N", whose cells are N and 1. */
static const char *drawn(size_t width, uint32_t columns, bool together, const char *head) {
    static const struct grid_line line[] = {{"first of all", 0, PAINT_PLAIN},
                                            {"second", 2, PAINT_PLAIN}};
    struct writer *writer = writer_memory(arena);
    struct grid_column *column = arena_alloc(arena, columns, sizeof *column);
    for (uint32_t c = 0; c < columns; c++) {
        struct grid_cell *cell = arena_alloc(arena, 2, sizeof *cell);
        cell[0].text = arena_printf(arena, "%u", c);
        cell[1].text = c == 1 ? NULL : "1";
        column[c] = (struct grid_column){.title = arena_printf(arena, "%s %u", head, c),
                                         .align = ALIGN_RIGHT,
                                         .cell = cell,
                                         .head_most = 8,
                                         .head_least = 4};
    }
    struct grid grid = {.arena = arena,
                        .writer = writer,
                        .width = width,
                        .line_title = "line",
                        .line_count = 2,
                        .line = line,
                        .name_most = 12,
                        .name_least = 8};
    grid_begin(&grid);
    for (uint32_t c = 0; c < columns && !together; c++) {
        const struct arena_mark mark = arena_mark(arena);
        grid_add(&grid, &column[c]);
        memset(arena_alloc(arena, 256, 1), 'x', 256); /* what was given need not stay */
        arena_reset_to(arena, mark);
    }
    if (together)
        grid_add_all(&grid, column, columns);
    grid_end(&grid);
    return writer_text_of(writer);
}

TEST(grid_fits) {
    arena = arena_open();
    static const char want[] = "line          head 0  head 1\n"
                               "────────────────────────────\n"
                               "first of all       0       1\n"
                               "  second           1\n"
                               "────────────────────────────\n";
    CHECK_TEXT(drawn(40, 2, true, "head"), want);
    CHECK_TEXT(drawn(40, 2, false, "head"), want);
    CHECK_TEXT(drawn(28, 2, false, "head"), want);
    arena_close(arena);
}

TEST(grid_shortens_before_it_splits) {
    arena = arena_open();
    CHECK_TEXT(drawn(27, 2, true, "head"), "              head  head\n"
                                           "line             0     1\n"
                                           "────────────────────────\n"
                                           "first of all     0     1\n"
                                           "  second         1\n"
                                           "────────────────────────\n");
    CHECK_TEXT(drawn(21, 2, true, "head"), "           head  head\n"
                                           "line          0     1\n"
                                           "─────────────────────\n"
                                           "first of…     0     1\n"
                                           "  second      1\n"
                                           "─────────────────────\n");
    arena_close(arena);
}

TEST(grid_goes_on_below_alike) {
    arena = arena_open();
    static const char three_and_two[] = "line          head 0  head 1  head 2\n"
                                        "────────────────────────────────────\n"
                                        "first of all       0       1       2\n"
                                        "  second           1               1\n"
                                        "────────────────────────────────────\n"
                                        "\n"
                                        "line          head 3  head 4\n"
                                        "────────────────────────────\n"
                                        "first of all       3       4\n"
                                        "  second           1       1\n"
                                        "────────────────────────────\n";
    CHECK_TEXT(drawn(36, 5, false, "head"), three_and_two);
    /* narrower heads would not be enough, so they stay */
    CHECK_TEXT(drawn(36, 5, true, "head"), three_and_two);
    /* four would fit, four more, and one be left over: so they are three each */
    const char *at = drawn(52, 9, true, "header");
    for (int table = 0; table < 3; table++) {
        const char *end = strstr(at, "\nfirst");
        if (!CHECK(end != NULL))
            break;
        int heads = 0;
        for (const char *head = at; head != NULL && head < end; head = strstr(head + 1, "header"))
            heads += memcmp(head, "header", 6) == 0;
        CHECK_INT(heads, 3);
        at = end + 1;
    }
    CHECK(strstr(at, "header") == NULL);
    arena_close(arena);
}

TEST(grid_gives_long_heads_what_room_there_is) {
    arena = arena_open();
    CHECK(strstr(drawn(60, 2, true, "a-head-that-is-long"), "a-head-that-is-long 1\n") != NULL ||
          strstr(drawn(60, 2, true, "a-head-that-is-long"), "a-head-that-is-long  ") != NULL);
    CHECK(strstr(drawn(36, 2, true, "a-head-that-is-long"), "…") != NULL);
    arena_close(arena);
}

TEST(grid_copies_whole_characters) {
    arena = arena_open();
    char text[3 * GRID_TEXT + 1];
    for (int i = 0; i < GRID_TEXT; i++)
        memcpy(text + (size_t)3 * i, "字", 3);
    text[3 * GRID_TEXT] = '\0';
    static const struct grid_line line[] = {{"x", 0, PAINT_PLAIN}};
    struct writer *writer = writer_memory(arena);
    const struct grid_cell cell = {text, PAINT_PLAIN};
    struct grid grid = {.arena = arena,
                        .writer = writer,
                        .width = 200,
                        .line_title = "",
                        .line_count = 1,
                        .line = line,
                        .name_most = 4};
    grid_begin(&grid);
    grid_add(&grid, &(struct grid_column){.title = "t", .cell = &cell, .head_most = 4});
    grid_end(&grid);
    const char *row = strstr(writer_text_of(writer), "\nx");
    if (CHECK(row != NULL)) {
        CHECK_BYTES(row + 1, "x  字", 6);
        size_t characters = 0;
        for (const char *at = row + 4; *at != '\n'; at += 3)
            characters += memcmp(at, "字", 3) == 0;
        CHECK_INT(characters, (GRID_TEXT - 1) / 3);
    }
    arena_close(arena);
}
