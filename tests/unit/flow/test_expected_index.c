/* What is expected, asked by figure, by unit and by who reports; one unit in the middle is asked for nothing. */
#include "flow/expected_index.h"
#include "unit/test.h"

static struct baton_unit unit[] = {{.id = "a"}, {.id = "b"}, {.id = "c"}};
static const struct baton_scheme scheme = {.unit = unit, .unit_count = LENGTH(unit)};
static const struct expectation ax = {
    .unit = "a", .element = "x", .reporter = "a", .unit_index = 0, .reporter_index = 0};
static const struct expectation ay = {
    .unit = "a", .element = "y", .reporter = "c", .unit_index = 0, .reporter_index = 2};
static const struct expectation cx = {
    .unit = "c", .element = "x", .reporter = "c", .unit_index = 2, .reporter_index = 2};
static const struct expectation *const items[] = {&ax, &ay, &cx};
static const struct expected all = {&scheme, LENGTH(items), items, NULL};

TEST(expected_index_finds_figures) {
    struct baton_arena *const arena = arena_open();
    struct expected_index index;
    expected_index_make(arena, &all, &index);
    CHECK_INT(expected_index_find(&index, "a", "x"), 0);
    CHECK_INT(expected_index_find(&index, "a", "y"), 1);
    CHECK_INT(expected_index_find(&index, "c", "x"), 2);
    CHECK(expected_index_find(&index, "c", "y") == SIZE_MAX);
    CHECK(expected_index_find(&index, "b", "x") == SIZE_MAX);
    char longer[2 * 128 + 2] = {0};
    for (size_t i = 0; i + 1 < sizeof longer; i++)
        longer[i] = 'a';
    CHECK(expected_index_find(&index, longer, "x") == SIZE_MAX);
    arena_close(arena);
}

TEST(expected_index_has_the_part_of_a_unit_and_of_who_reports) {
    struct baton_arena *const arena = arena_open();
    struct expected_index index;
    expected_index_make(arena, &all, &index);
    const struct expected of_a = expected_index_of_unit(&index, "a"),
                          by_c = expected_index_of_reporter(&index, "c");
    CHECK_INT(of_a.count, 2);
    CHECK(of_a.count == 2 && of_a.item[0] == &ax && of_a.item[1] == &ay);
    CHECK_INT(expected_index_of_unit(&index, "b").count, 0);
    CHECK_INT(expected_index_of_unit(&index, "c").count, 1);
    CHECK_INT(expected_index_of_unit(&index, "d").count, 0);
    CHECK_INT(by_c.count, 2);
    CHECK(by_c.count == 2 && by_c.item[0] == &ay && by_c.item[1] == &cx);
    CHECK_INT(expected_index_of_reporter(&index, "a").count, 1);
    CHECK_INT(expected_index_of_reporter(&index, "b").count, 0);
    arena_close(arena);
}
