/* Numbers of notices only rise, and one process makes them (outbox.h): whatever is above the last that was seen is new, also where another process made it. */
#include "server/news.h"
#include "server/api.h"
#include "server/gate.h"
#include <string.h>

enum { AT_ONCE = 1000 }; /* what is more comes with the next look, a second later */

struct news {
    struct api *api;
    int64_t last;
    /* Of the last look. */
    struct baton_arena *arena;
    struct outbox_row *row;
    size_t count;
    struct addressees *addressees;
};

bool news_is_for(const struct sight *sight, struct addressees *addressees,
                 const struct outbox_notice *notice) {
    enum role role;
    if (notice->assessment[0] != '\0' && !sight_over(sight, notice->assessment))
        return false;
    if (notice->person[0] == '\0' &&
        (!role_of_word(notice->role, strlen(notice->role), &role) || !sight->roles))
        return false;
    return addressees_has(addressees, notice, sight->who->person);
}

/* What is read stays in the arena of the news; the reader goes back at once, with another. The run on the first stands inside of that on the second, so that this one is closed also where memory is out. */
struct look {
    struct news *news;
    struct baton_arena *arena;
    baton_code (*read)(struct news *news, struct ledger_reader *reader);
    struct ledger_reader *reader;
};

static baton_code read_inner(void *context) {
    struct look *const look = context;
    return look->read(look->news, look->reader);
}

static baton_code read_outer(void *context) {
    struct look *const look = context;
    struct baton_findings found = {.arena = look->arena};
    TRY(readers_take(look->news->api->readers, look->arena, &look->reader, &found));
    const baton_code code = arena_run(look->news->arena, read_inner, look);
    if (code != BATON_OK)
        readers_spoil(look->news->api->readers, look->reader);
    return code;
}

static baton_code read_by(struct news *news,
                          baton_code (*read)(struct news *news, struct ledger_reader *reader)) {
    struct look look = {news, arena_open(), read, NULL};
    const baton_code code = arena_run(look.arena, read_outer, &look);
    arena_close(look.arena);
    return code;
}

static baton_code read_last(struct news *news, struct ledger_reader *reader) {
    return reader_outbox_last(reader, &news->last);
}

static baton_code read_new(struct news *news, struct ledger_reader *reader) {
    return reader_outbox_after(reader, news->arena, news->last, AT_ONCE, &news->row, &news->count);
}

static baton_code look_body(void *context) {
    struct news *const news = context;
    struct baton_findings found = {.arena = news->arena};
    const struct people_now *people;
    TRY(read_by(news, read_new));
    if (news->count == 0)
        return BATON_OK;
    TRY(people_now(news->api->people, news->arena, &people, &found));
    news->addressees =
        addressees_open(news->arena, people->standing, people_time_utc_ms(news->api->people));
    return BATON_OK;
}

bool news_look(void *api) {
    struct news *const news = ((struct api *)api)->news;
    arena_close(news->arena);
    news->arena = arena_open();
    news->count = 0;
    /* What fails is looked for again a second later; the store's failures show in /readyz. */
    if (arena_run(news->arena, look_body, news) != BATON_OK)
        news->count = 0;
    if (news->count > 0)
        news->last = news->row[news->count - 1].id;
    return news->count > 0;
}

struct asked {
    const struct news *news;
    struct baton_arena *arena;
    const struct signed_in *who;
    int64_t newest;
};

static baton_code newest_body(void *context) {
    struct asked *const asked = context;
    const struct news *const news = asked->news;
    struct baton_findings found = {.arena = asked->arena};
    struct sight *sight;
    TRY(sight_make(news->api, asked->arena, asked->who, true, &sight, &found));
    /* Where posts have just changed and are not in memory yet, the list is asked for once too often rather than too seldom. */
    for (size_t i = news->count; i-- > 0 && asked->newest == 0;)
        if (sight == NULL || news_is_for(sight, news->addressees, &news->row[i].notice))
            asked->newest = news->row[i].id;
    return BATON_OK;
}

int64_t news_newest(void *api, const struct signed_in *who) {
    struct asked asked = {.news = ((struct api *)api)->news, .arena = arena_open(), .who = who};
    const baton_code code = arena_run(asked.arena, newest_body, &asked);
    arena_close(asked.arena);
    return code == BATON_OK ? asked.newest : 0;
}

static void close_news(void *context) {
    struct news *const news = context;
    arena_close(news->arena);
}

baton_code news_open(struct baton_arena *arena, struct api *api, struct news **out) {
    struct news *const news = arena_alloc(arena, 1, sizeof *news);
    news->api = api;
    news->arena = arena_open();
    arena_on_close(arena, close_news, news);
    *out = news;
    return read_by(news, read_last);
}
