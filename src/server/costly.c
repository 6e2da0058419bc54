/* A turn is the call's from costly_begin until call_run is done with it, not until the answer has been sent, which a slow client can take long over. */
#include "server/costly.h"

static void close_costly(void *costly) {
    turns_close(&((struct costly *)costly)->turns);
}

struct costly *costly_open(struct baton_arena *arena, unsigned most, unsigned waiting_most) {
    struct costly *costly = arena_alloc(arena, 1, sizeof *costly);
    turns_open(&costly->turns, most, waiting_most);
    arena_on_close(arena, close_costly, costly);
    return costly;
}

static void end(void *call) {
    costly_end(call);
}

baton_code costly_begin(struct call *call) {
    if (call->has_turn)
        return BATON_OK;
    arena_on_close(call->arena, end, call); /* before it is taken: there may be no memory for it */
    if (!turns_take(&call->api->costly->turns))
        return call_refuse(call, BATON_SERVER_BUSY, NULL, NULL, NULL, NULL);
    call->has_turn = true;
    return BATON_OK;
}

void costly_end(struct call *call) {
    if (call->has_turn)
        turns_give(&call->api->costly->turns);
    call->has_turn = false;
}
