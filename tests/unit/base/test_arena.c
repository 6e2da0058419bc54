#include "base/arena.h"
#include "unit/test.h"
#include <stdlib.h>
#include <string.h>

static bool zero(const unsigned char *bytes, size_t size) {
    for (size_t i = 0; i < size; i++)
        if (bytes[i] != 0)
            return false;
    return true;
}

TEST(arena_alloc_is_aligned_zeroed_and_apart) {
    static const size_t sizes[] = {0,    1,     15,     16,     17,      255, 256,
                                   4000, 20000, 131071, 131072, 3 << 20, 5,   0};
    struct baton_arena *arena = arena_open();
    unsigned char *start[LENGTH(sizes)];
    for (size_t i = 0; i < LENGTH(sizes); i++) {
        CASE("%zu bytes", sizes[i]);
        start[i] = arena_alloc(arena, sizes[i], 1);
        CHECK_INT((uintptr_t)start[i] % (sizes[i] >= 256 ? 64 : 16), 0);
        CHECK(zero(start[i], sizes[i]));
        memset(start[i], (int)i + 1, sizes[i]);
    }
    for (size_t i = 0; i < LENGTH(sizes); i++) {
        CASE("%zu bytes later", sizes[i]);
        bool intact = true;
        for (size_t k = 0; k < sizes[i]; k++)
            intact = intact && start[i][k] == i + 1;
        CHECK(intact);
        for (size_t k = 0; k < i; k++)
            CHECK(start[i] != start[k]);
    }
    CHECK(arena_size(arena) >= (3 << 20) + 131072 + 131071);
    CHECK(arena_size(arena) < (3 << 20) + (2 << 20));
    arena_close(arena);
}

TEST(arena_memory_used_again_is_zero_again) {
    struct baton_arena *arena = arena_open();
    arena_alloc(arena, 10, 1);
    const struct arena_mark mark = arena_mark(arena);
    size_t held = 0;
    for (int round = 0; round < 3; round++) {
        CASE("round %d", round);
        for (size_t size = 1; size < 300000; size = size * 3 + 1) {
            unsigned char *bytes = arena_alloc(arena, size, 1);
            CHECK(zero(bytes, size));
            memset(bytes, 0xff, size);
        }
        arena_reset_to(arena, mark);
        if (round == 0)
            held = arena_size(arena);
        CHECK_INT(arena_size(arena), held); /* what a reset leaves does not add up */
    }
    CHECK(arena_size_peak(arena) > held);
    arena_close(arena);
}

TEST(arena_texts) {
    struct baton_arena *arena = arena_open();
    CHECK_TEXT(arena_text(arena, "指挥棒 baton", 9), "指挥棒");
    CHECK_TEXT(arena_text(arena, NULL, 0), "");
    CHECK_TEXT(arena_printf(arena, "%d-%s", 12, "x"), "12-x");
    const char *longer = arena_printf(arena, "%0*d|%s", 1000, 7, "end");
    CHECK_INT(strlen(longer), 1004);
    CHECK_TEXT(longer + 999, "7|end");
    for (int size = 250; size < 260; size++) /* around the size that is printed at once */
        CHECK_INT(strlen(arena_printf(arena, "%0*d", size, 1)), size);
    arena_close(arena);
}

TEST(arena_lists_grow) {
    struct baton_arena *arena = arena_open();
    struct item {
        int number, square;
    } *item = NULL;
    size_t count = 0, capacity = 0;
    for (int i = 0; i < 1000; i++) {
        struct item *added = ARRAY_PUSH(arena, item, count, capacity);
        if (!CHECK(added->number == 0 && added->square == 0))
            break;
        *added = (struct item){i, i * i};
    }
    CHECK_INT(count, 1000);
    CHECK(capacity >= count);
    bool intact = true;
    for (int i = 0; i < 1000; i++)
        intact = intact && item[i].number == i && item[i].square == i * i;
    CHECK(intact);
    ARRAY_RESERVE(arena, item, count, capacity, 5000);
    CHECK(capacity >= 5000);
    CHECK_INT(count, 1000);
    CHECK_INT(item[999].square, 998001);
    const struct item *before = item;
    ARRAY_RESERVE(arena, item, count, capacity, 5000);
    CHECK(item == before);
    arena_close(arena);
}

struct work {
    struct baton_arena *arena;
    size_t count, size;
    struct work *inner;
    baton_code inner_code;
    bool came_back;
};

static baton_code allocate(void *context) {
    struct work *work = context;
    if (work->inner != NULL)
        work->inner_code = arena_run(work->arena, allocate, work->inner);
    arena_alloc(work->arena, work->count, work->size);
    work->came_back = true;
    return BATON_OK;
}

TEST(arena_run_is_left_when_an_allocation_fails) {
    static const struct {
        const char *name;
        size_t count, size;
    } cases[] = {
        {"product overflows", SIZE_MAX / 2, 3},
        {"largest number", SIZE_MAX, 1},
        {"just over half of the address space", (size_t)PTRDIFF_MAX + 1, 1},
        {"more than the machine has", (size_t)1 << 46, 1},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        CASE("%s", cases[i].name);
        struct baton_arena *arena = arena_open();
        struct work bad = {.arena = arena, .count = cases[i].count, .size = cases[i].size};
        CHECK_INT(arena_run(arena, allocate, &bad), BATON_NO_MEMORY);
        CHECK(!bad.came_back);
        struct work outer = {.arena = arena, .count = 1, .size = 1, .inner = &bad};
        /* The inner run is left, not this one. */
        CHECK_INT(arena_run(arena, allocate, &outer), BATON_OK);
        CHECK_INT(outer.inner_code, BATON_NO_MEMORY);
        CHECK(outer.came_back);
        arena_close(arena);
    }
    CASE("no arena");
    CHECK_INT(arena_run(NULL, allocate, NULL), BATON_NO_MEMORY);
    arena_close(NULL);
}

static char closed[16];
static size_t closed_count;

static void note_closed(void *context) {
    closed[closed_count++] = *(const char *)context;
    closed[closed_count] = '\0';
}

static baton_code register_three(void *context) {
    static char names[] = "abc";
    for (size_t i = 0; i < 3; i++)
        arena_on_close(context, note_closed, &names[i]);
    return BATON_OK;
}

TEST(arena_closes_the_last_registered_first) {
    closed_count = 0;
    struct baton_arena *arena = arena_open();
    static char first = '1', scratch = '2';
    arena_on_close(arena, note_closed, &first);
    const struct arena_mark mark = arena_mark(arena);
    arena_on_close(arena, note_closed, &scratch);
    arena_reset_to(arena, mark);
    CHECK_TEXT(closed, "2");
    CHECK_INT(arena_run(arena, register_three, arena), BATON_OK);
    arena_close(arena);
    CHECK_TEXT(closed, "2cba1");
}

TEST(arena_closes_at_once_what_it_cannot_remember) {
    for (uint64_t n = 1; n <= 4; n++) {
        CASE("allocation %d fails", (int)n);
        closed_count = 0;
        closed[0] = '\0';
        struct baton_arena *arena = arena_open();
        arena_fail_at(n);
        const baton_code code = arena_run(arena, register_three, arena);
        CHECK_INT(arena_fail_at(0), n == 4 ? 1 : 0);
        CHECK_INT(code, n == 4 ? BATON_OK : BATON_NO_MEMORY);
        CHECK_TEXT(closed, n == 1 ? "a" : n == 2 ? "b" : n == 3 ? "c" : "");
        arena_close(arena);
        CHECK_TEXT(closed, n == 1 ? "a" : n == 2 ? "ba" : "cba");
    }
}

TEST(arena_open_can_fail) {
    arena_fail_at(1);
    struct baton_arena *arena = baton_arena_open();
    CHECK_INT(arena_fail_at(0), 0);
    CHECK(arena == NULL);
    baton_arena_close(arena);
    CHECK_INT(arena_fail_at(5), 0);
    CHECK_INT(arena_fail_at(0), 5);
}
