/* Notices that have come: who of those that watch is told that there is a new one for them. What it says they read in their list. */
#ifndef SERVER_NEWS_H
#define SERVER_NEWS_H

#include "flow/addressees.h"
#include "server/sight.h"

struct news;

/* Knows the newest notice there is; those after it are new. Closed with the arena. `api` is borrowed; it has its readers and people by now. What the reader answers. */
MUST_USE baton_code news_open(struct baton_arena *arena, struct api *api, struct news **out);

/* For events.h, of an api. The first looks for what is new since the last look, and may ask the store; the second says from memory which of it is the newest for somebody, 0 = none. Both by one thread. */
bool news_look(void *api);
int64_t news_newest(void *api, const struct signed_in *who);

/* Whether a notice stands in somebody's list: it is for them, or for a post that they hold, of an assessment that they see. */
bool news_is_for(const struct sight *sight, struct addressees *addressees,
                 const struct outbox_notice *notice);

#endif
