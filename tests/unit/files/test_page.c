/* Pages: fonts that are not there, characters that they lack, lines and tables, the same bytes twice, nothing left behind. */
#include "files/page_table.h"
#include "unit/test.h"
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const struct page_setup usual = {.title = "示例市", .language = "zh-CN", .day = 18900};

struct world {
    struct baton_arena *arena;
    struct baton_findings found;
    struct page_out *out;
    const char *path;
};

static baton_code begin(struct world *world, const char *families) {
    struct page_setup setup = usual;
    setup.families = families;
    world->arena = arena_open();
    world->found = (struct baton_findings){.arena = world->arena};
    world->path = test_file("old.pdf", "old", 3);
    return page_out_open(world->arena, world->path, &setup, &world->found, &world->out);
}

/* What stands in the file, with a NUL behind it. */
static size_t content(const char *path, char *bytes, size_t room) {
    FILE *file = fopen(path, "rb");
    const size_t size = file != NULL ? fread(bytes, 1, room - 1, file) : 0;
    if (file != NULL)
        fclose(file);
    bytes[size] = '\0';
    return size;
}

static size_t write_one(char *bytes, size_t room) {
    static const struct page_style style = {.size = 5, .colour = 0x102030};
    struct world world;
    size_t size = 0;
    if (CHECK_INT(begin(&world, NULL), BATON_OK)) {
        page_add(world.out, 210, 297);
        page_text(world.out, &style, 20, 20, 100, "云湖区 98.50 ▲1 如");
        page_bar(world.out, 20, 40, 50, 2, 0.5, 0x303030, 0xe0e0e0);
        const struct page_point line[] = {{20, 60}, {30, 50}, {40, NAN}, {50, 55}, {60, 52}};
        page_polyline(world.out, line, LENGTH(line), 0.4, 0);
        page_add(world.out, 420, 297);
        page_frame(world.out, 10, 10, 20, 20, 0.3, 0);
        page_disc(world.out, 20, 20, 3, 0xff0000);
        CHECK_INT(page_out_close(world.out), BATON_OK);
        size = content(world.path, bytes, room);
    }
    arena_close(world.arena);
    return size;
}

TEST(page_same_bytes) {
    static char one[1 << 17], two[1 << 17];
    const size_t size = write_one(one, sizeof one);
    CHECK(size > 2000 && memcmp(one, "%PDF-1.", 7) == 0);
    CHECK_INT(write_one(two, sizeof two), size);
    CHECK(memcmp(one, two, size) == 0);
}

TEST(page_font_missing) {
    static const struct {
        const char *families, *missing; /* NULL = all are there */
    } cases[] = {
        {"WenQuanYi Micro Hei", NULL},
        {" wenquanyi micro hei ,", NULL},
        {"文泉驿微米黑", NULL},
        {"No Such Font", "No Such Font"},
        {"WenQuanYi Micro Hei, No Such Font", "No Such Font"},
        {"Sans", "Sans"}, /* no family, but whatever the machine has for it */
        {" , ", " , "},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct world world;
        CASE("%s", cases[i].families);
        const baton_code code = begin(&world, cases[i].families);
        CHECK_INT(code, cases[i].missing == NULL ? BATON_OK : BATON_FONT_MISSING);
        if (cases[i].missing != NULL && CHECK_INT(world.found.count, 1))
            CHECK_TEXT(world.found.item[0].arg[0], cases[i].missing);
        arena_close(world.arena);
    }
}

TEST(page_character_missing) {
    static const struct page_style style = {.size = 5};
    struct world world;
    char bytes[16];
    if (CHECK_INT(begin(&world, NULL), BATON_OK)) {
        page_add(world.out, 210, 297);
        page_line(world.out, &style, 20, 20, "如意");
        page_line(world.out, &style, 20, 30, "𪛖山县");
        page_line(world.out, &style, 20, 40, "又见𪛖与🦄");
        CHECK_INT(page_out_close(world.out), BATON_FONT_LACKS);
        if (CHECK_INT(world.found.count, 2)) {
            CHECK_TEXT(world.found.item[0].arg[0], "𪛖");
            CHECK_TEXT(world.found.item[0].arg[1], "U+2A6D6");
            CHECK_TEXT(world.found.item[0].arg[2], "𪛖山县");
            CHECK_TEXT(world.found.item[1].arg[1], "U+1F984");
        }
        content(world.path, bytes, sizeof bytes);
        CHECK_TEXT(bytes, "old");
    }
    arena_close(world.arena);
}

TEST(page_control_characters_are_blanks) {
    struct world world;
    if (CHECK_INT(begin(&world, NULL), BATON_OK)) {
        const double plain = page_text_width(world.out, 10, "a b");
        CHECK_DOUBLE(page_text_width(world.out, 10, "a\nb"), plain);
        CHECK_DOUBLE(page_text_width(world.out, 10, "a\tb"), plain);
        CHECK_DOUBLE(page_text_width(world.out, 10,
                                     "a\x7f"
                                     "b"),
                     plain);
        CHECK_INT(page_text_extent(world.out, 10, 100, "a\r\nb").lines, 1);
        CHECK_INT(world.found.count, 0);
    }
    arena_close(world.arena);
}

TEST(page_text_measures) {
    struct world world;
    if (CHECK_INT(begin(&world, NULL), BATON_OK)) {
        CHECK_NEAR(page_text_width(world.out, 10, "云湖区"), 30, 0.001);
        CHECK_NEAR(page_text_width(world.out, 20, "98.50"),
                   2 * page_text_width(world.out, 10, "98.50"), 0.001);
        CHECK_NEAR(page_text_width(world.out, 10, "11"), page_text_width(world.out, 10, "80"),
                   0.001);
        struct page_extent extent = page_text_extent(world.out, 10, 45, "云澜高新技术");
        CHECK_INT(extent.lines, 2);
        CHECK_NEAR(extent.width, 40, 0.001);
        CHECK_INT(page_text_extent(world.out, 10, 41, "云澜高新，技术").lines, 2);
        CHECK_NEAR(page_text_extent(world.out, 10, 41, "云澜高新，技术").width, 40, 0.01);
        CHECK_NEAR(page_word_width(world.out, 10, "云澜高新"), 10, 0.001);
        CHECK_NEAR(page_word_width(world.out, 10, "a Development Zone"),
                   page_text_width(world.out, 10, "Development"), 0.001);
        CHECK(page_text_extent(world.out, 10, 20, "Development").width <= 20);
    }
    arena_close(world.arena);
}

TEST(page_file_cannot_be_made) {
    struct world world;
    struct page_setup setup = usual;
    world.arena = arena_open();
    world.found = (struct baton_findings){.arena = world.arena};
    if (CHECK_INT(
            page_out_open(world.arena, "/nowhere/at/all.pdf", &setup, &world.found, &world.out),
            BATON_OK)) {
        page_add(world.out, 100, 100);
        CHECK_INT(page_out_close(world.out), BATON_FILE_WRITE);
        CHECK_INT(world.found.count, 1);
    }
    arena_close(world.arena);
}

TEST(page_abandoned) {
    struct world world;
    char bytes[16];
    char path[4096];
    if (CHECK_INT(begin(&world, NULL), BATON_OK))
        page_add(world.out, 100, 100);
    snprintf(path, sizeof path, "%s", world.path);
    arena_close(world.arena);
    content(path, bytes, sizeof bytes);
    CHECK_TEXT(bytes, "old");
    snprintf(path, sizeof path, "%s/old.pdf.%ld-0.part", test_folder(), (long)getpid());
    CHECK(access(path, F_OK) != 0);
}

enum { ROWS = 60, COLUMNS = 3 };

static struct page_table table_of(struct world *world, struct page_column *column,
                                  struct page_cell *cell, double *height) {
    static const char *const heads[COLUMNS] = {"位次", "单位", "经济发展得分"};
    for (unsigned c = 0; c < COLUMNS; c++)
        column[c] = (struct page_column){.head = heads[c], .scale = 1, .wraps = c == 1};
    for (unsigned i = 0; i < ROWS * COLUMNS; i++)
        cell[i] = (struct page_cell){i % COLUMNS == 1 ? "云澜高新技术产业开发区" : "98.50", 0,
                                     i % COLUMNS == 2 ? 0.5 : NAN};
    return (struct page_table){.out = world->out,
                               .column = column,
                               .column_count = COLUMNS,
                               .cell = cell,
                               .row_count = ROWS,
                               .padding = 0.3,
                               .height = height};
}

TEST(page_table_fits_and_breaks) {
    static struct page_cell cell[ROWS * COLUMNS];
    struct page_column column[COLUMNS];
    double height[ROWS];
    uint32_t first[ROWS + 2];
    struct world world;
    if (CHECK_INT(begin(&world, NULL), BATON_OK)) {
        struct page_table table = table_of(&world, column, cell, height);
        CHECK(page_table_fit(&table, 180, 3, 6));
        CHECK_DOUBLE(table.size, 6);
        CHECK(!page_table_fit(&table, 30, 4, 6)); /* too narrow for that */
        CHECK_DOUBLE(table.size, 4);
        CHECK(table.width > 30);
        CHECK(page_table_fit(&table, 60, 3, 6)); /* names are parted */
        CHECK(table.size < 6 && height[0] > 1.5 * table.size * 1.2);
        double used = table.gap * (COLUMNS - 1);
        for (unsigned c = 0; c < COLUMNS; c++)
            used += column[c].width;
        CHECK_NEAR(used, 60, 1e-9);
        const uint32_t pages = page_table_break(&table, 200, first);
        CHECK(pages > 1);
        CHECK_INT(first[0], 0);
        CHECK_INT(first[pages], ROWS);
        for (uint32_t p = 0; p < pages; p++) {
            CHECK(first[p] < first[p + 1]);
            CHECK(page_table_height(&table, first[p], first[p + 1]) <= 200);
            CHECK(first[p + 1] - first[p] + 1 >= ROWS / pages); /* evenly */
        }
        CHECK_INT(page_table_break(&table, 1, first), ROWS); /* a row a page at least */
    }
    arena_close(world.arena);
}
