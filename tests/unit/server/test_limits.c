/* Buckets: how much goes through at once, and then a minute; that the table has an end, and whom that hurts. */
#include "server/limits.h"
#include "server/route.h"
#include "unit/test.h"
#include <stdio.h>
#include <string.h>

enum { SECOND = 1000000000 };

static const struct limits_settings some = {.account = {{60, 5}, {60, 1}, {0, 1}},
                                            .address = {{120, 3}, {60, 1}, {60, 1}}};

TEST(a_burst_then_the_rate) {
    struct baton_arena *arena = arena_open();
    struct limits *limits = limits_open(arena, &some);
    int64_t now = INT64_C(7) * SECOND;
    for (int i = 0; i < 5; i++)
        CHECK_INT(limits_take(limits, true, "li.wei", LIMIT_READS, now), 0);
    const uint32_t wait = limits_take(limits, true, "li.wei", LIMIT_READS, now);
    CHECK(wait > 0 && wait <= 1001);
    CHECK_INT(limits_take(limits, true, "li.wei", LIMIT_WRITES, now), 0); /* each kind by itself */
    CHECK_INT(limits_take(limits, true, "wang.min", LIMIT_READS, now), 0);
    CHECK(limits_take(limits, true, "li.wei", LIMIT_READS, now + SECOND / 2) > 0);
    CHECK_INT(limits_take(limits, true, "li.wei", LIMIT_READS, now + SECOND), 0);
    CHECK(limits_take(limits, true, "li.wei", LIMIT_READS, now + SECOND) > 0);
    now += INT64_C(100) * SECOND; /* a pause fills it, to its burst and no further */
    int passed = 0;
    for (int i = 0; i < 20; i++)
        passed += limits_take(limits, true, "li.wei", LIMIT_READS, now) == 0;
    CHECK_INT(passed, 5);
    CHECK_INT(limits_refused(limits, true, LIMIT_READS), 18);
    CHECK_INT(limits_refused(limits, false, LIMIT_READS), 0);
    arena_close(arena);
}

TEST(over_an_hour_the_rate_holds) {
    struct baton_arena *arena = arena_open();
    struct limits *limits = limits_open(arena, &some);
    int passed = 0;
    for (int64_t ms = 0; ms < 3600000; ms += 100)
        passed += limits_take(limits, true, "a", LIMIT_READS, ms * 1000000) == 0;
    CHECK(passed >= 3600 && passed <= 3600 + 5);
    arena_close(arena);
}

TEST(nothing_is_limited_without_a_rate) {
    struct baton_arena *arena = arena_open();
    struct limits *limits = limits_open(arena, &some);
    for (int i = 0; i < 10000; i++)
        CHECK_INT(limits_take(limits, true, "li.wei", LIMIT_COSTLY, 0), 0);
    arena_close(arena);
}

TEST(a_network_of_ipv6_is_one) {
    struct baton_arena *arena = arena_open();
    struct limits *limits = limits_open(arena, &some);
    int passed = 0;
    for (int i = 0; i < 50; i++)
        passed += limits_take(limits, false, arena_printf(arena, "2001:db8:0:7::%x", i + 1),
                              LIMIT_READS, 0) == 0;
    CHECK_INT(passed, 3);
    CHECK_INT(limits_take(limits, false, "2001:db8:0:8::1", LIMIT_READS, 0), 0);
    CHECK_INT(limits_take(limits, false, "192.0.2.1", LIMIT_READS, 0), 0);
    arena_close(arena);
}

/* A million addresses change neither the memory nor what accounts may; each of them, and whoever they push out, is let in. */
TEST(the_table_has_an_end) {
    struct baton_arena *arena = arena_open();
    struct limits *limits = limits_open(arena, &some);
    char address[32];
    for (int i = 0; i < 5; i++)
        CHECK_INT(limits_take(limits, true, "li.wei", LIMIT_READS, 0), 0);
    const size_t size = arena_size(arena);
    for (unsigned i = 0; i < 1000000; i++) {
        snprintf(address, sizeof address, "10.%u.%u.%u", i >> 16 & 255, i >> 8 & 255, i & 255);
        CHECK_INT(limits_take(limits, false, address, LIMIT_READS, 0), 0);
    }
    CHECK_INT(arena_size(arena), size);
    CHECK(limits_take(limits, true, "li.wei", LIMIT_READS, 0) > 0);
    arena_close(arena);
}

TEST(costly_routes_are_routes) {
    size_t count;
    const struct route *const table = routes(&count);
    for (size_t i = 0; limits_costly[i] != NULL; i++) {
        bool is_there = false;
        for (size_t r = 0; r < count; r++)
            is_there |= strcmp(table[r].name, limits_costly[i]) == 0;
        if (!is_there)
            printf("no route %s\n", limits_costly[i]);
        CHECK(is_there);
    }
}
