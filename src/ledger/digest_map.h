/* From digests to things that come and go: what the server keeps at hand of sessions and tokens. Memory of its own, not an arena's, for it outlives every request. */
#ifndef LEDGER_DIGEST_MAP_H
#define LEDGER_DIGEST_MAP_H

#include "ledger/digest.h"
#include <stddef.h>

/* All members 0 = empty. Things begin with their digest and were made by malloc; those in the map are its own. For one thread at a time. */
struct digest_map {
    struct digest *
        *slot; /* [capacity], NULL = free: for who walks through it and changes nothing */
    size_t count, capacity;
};

/* Makes room for so many more; false where there is no memory, and nothing has changed. */
bool digest_map_reserve(struct digest_map *map, size_t more);
/* Puts it in; there has to be room, and none of that digest. */
void digest_map_put(struct digest_map *map, void *thing);
/* NULL = there is none. */
void *digest_map_find(const struct digest_map *map, const struct digest *digest);
/* Takes it out and frees it; false where there is none. */
bool digest_map_drop(struct digest_map *map, const struct digest *digest);
/* Drops every thing for which goes(context, thing) is true. */
void digest_map_drop_all(struct digest_map *map, bool (*goes)(void *context, const void *thing),
                         void *context);
void digest_map_close(struct digest_map *map);

#endif
