/* Tables that were answered before, ready to be answered again: by a key that says which table in which form, and a stamp that says of which state; a newer state has a larger one. */
#ifndef SERVER_BLOBS_H
#define SERVER_BLOBS_H

#include "http/http_blob.h"

struct blobs;

/* Keeps at most BLOBS_MOST, and BLOBS_SIZE bytes of them; those that were used longest ago go first. Closed with the arena. */
enum { BLOBS_MOST = 1024, BLOBS_SIZE = 256 << 20 };
struct blobs *blobs_open(struct baton_arena *arena);

/* The one of that key and stamp, held for the caller; NULL = there is none. From any thread, quick. */
struct http_blob *blobs_find(struct blobs *blobs, const char *key, uint64_t stamp);
/* The same, but waits where somebody else makes it. NULL = the caller is to make it and to give it to blobs_keep: others wait for it until then, or until the arena, which has `key` too, is closed. */
struct http_blob *blobs_await(struct blobs *blobs, struct baton_arena *arena, const char *key,
                              uint64_t stamp);
/* Takes one in, and holds it; one of the same key is given up, but for one of a newer state, which stays. Without memory it is not kept. */
void blobs_keep(struct blobs *blobs, const char *key, uint64_t stamp, struct http_blob *blob,
                size_t size);

#endif
