/* Whether somebody may watch is said from memory alone: the store is asked by nobody who holds the lock of the streams. Run by tests/server/run. */
#include "server/api.h"
#include "server/sight.h"
#include "unit/ledger/ledger_fixture.h"
#include "unit/test.h"

static bool is_in_memory(const struct api *api) {
    struct baton_arena *const arena = arena_open();
    const bool is_it = people_at_once(api->people, arena) != NULL;
    arena_close(arena);
    return is_it;
}

TEST(who_may_watch_is_said_from_memory) {
    struct ledger_test test;
    struct api api = {0};
    const struct people_now *now;
    const struct signed_in office = {.person = "li.wei", .roles = UINT32_MAX};
    const struct signed_in nobody = {.person = "no.one", .roles = UINT32_MAX};
    if (!ledger_test_make(&test, store_fixture_new(STORE_SQLITE), DIGEST_SHA256, SIGNATURE_ED25519))
        return;
    api.world = &test.world;
    CHECK_DONE(&test, readers_open(test.arena, &test.place, &api.readers, &test.found));
    api.people = people_open(test.arena, &test.world, api.readers);
    CHECK(sight_may_watch(&api, &nobody, "city")); /* nobody knows: asked again a second later */
    CHECK(!is_in_memory(&api));
    struct baton_arena *const arena = arena_open();
    CHECK_DONE(&test, people_now(api.people, arena, &now, &test.found));
    arena_close(arena);
    CHECK(sight_may_watch(&api, &office, "city"));
    CHECK(!sight_may_watch(&api, &nobody, "city"));
    ledger_test_close(&test);
}
