/* A small table with open hashing by the key's text; each entry in memory of its own, in a list from the one used last to the one used longest ago. */
#include "server/blobs.h"
#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { BUCKETS = 2048 };

struct kept {
    struct kept *next;          /* of the bucket */
    struct kept *newer, *older; /* of the list */
    uint64_t hash, stamp;
    struct http_blob *blob;
    size_t size;
    char key[];
};

struct blobs {
    pthread_mutex_t lock;
    struct kept *bucket[BUCKETS];
    struct kept *newest, *oldest;
    size_t count, size;
};

/* FNV-1a. */
static uint64_t hash_of(const char *key) {
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (; *key != '\0'; key++)
        hash = (hash ^ (unsigned char)*key) * UINT64_C(0x100000001b3);
    return hash;
}

static struct kept **place_of(struct blobs *blobs, const char *key, uint64_t hash) {
    struct kept **at = &blobs->bucket[hash % BUCKETS];
    while (*at != NULL && ((*at)->hash != hash || strcmp((*at)->key, key) != 0))
        at = &(*at)->next;
    return at;
}

static void out_of_list(struct blobs *blobs, const struct kept *kept) {
    *(kept->newer != NULL ? &kept->newer->older : &blobs->newest) = kept->older;
    *(kept->older != NULL ? &kept->older->newer : &blobs->oldest) = kept->newer;
}

static void into_list(struct blobs *blobs, struct kept *kept) {
    kept->newer = NULL;
    kept->older = blobs->newest;
    *(blobs->newest != NULL ? &blobs->newest->newer : &blobs->oldest) = kept;
    blobs->newest = kept;
}

static void give_up(struct blobs *blobs, struct kept **at) {
    struct kept *kept = *at;
    assert(kept != NULL);
    *at = kept->next;
    out_of_list(blobs, kept);
    blobs->count--;
    blobs->size -= kept->size;
    http_blob_release(kept->blob);
    free(kept);
}

static void close_blobs(void *context) {
    struct blobs *blobs = context;
    for (size_t i = 0; i < BUCKETS; i++)
        while (blobs->bucket[i] != NULL)
            give_up(blobs, &blobs->bucket[i]);
    pthread_mutex_destroy(&blobs->lock);
}

struct blobs *blobs_open(struct baton_arena *arena) {
    struct blobs *blobs = arena_alloc(arena, 1, sizeof *blobs);
    pthread_mutex_init(&blobs->lock, NULL);
    arena_on_close(arena, close_blobs, blobs);
    return blobs;
}

struct http_blob *blobs_find(struct blobs *blobs, const char *key, uint64_t stamp) {
    struct http_blob *found = NULL;
    pthread_mutex_lock(&blobs->lock);
    struct kept *kept = *place_of(blobs, key, hash_of(key));
    if (kept != NULL && kept->stamp == stamp) {
        found = http_blob_hold(kept->blob);
        out_of_list(blobs, kept);
        into_list(blobs, kept);
    }
    pthread_mutex_unlock(&blobs->lock);
    return found;
}

void blobs_keep(struct blobs *blobs, const char *key, uint64_t stamp, struct http_blob *blob,
                size_t size) {
    const size_t length = strlen(key);
    struct kept *kept = malloc(sizeof *kept + length + 1);
    if (kept == NULL)
        return;
    *kept = (struct kept){.hash = hash_of(key), .stamp = stamp, .size = size + length};
    memcpy(kept->key, key, length + 1);
    kept->blob = http_blob_hold(blob);
    pthread_mutex_lock(&blobs->lock);
    struct kept **at = place_of(blobs, key, kept->hash);
    if (*at != NULL)
        give_up(blobs, at);
    kept->next = blobs->bucket[kept->hash % BUCKETS];
    blobs->bucket[kept->hash % BUCKETS] = kept;
    into_list(blobs, kept);
    blobs->count++;
    blobs->size += kept->size;
    while (blobs->oldest != kept && (blobs->count > BLOBS_MOST || blobs->size > BLOBS_SIZE))
        give_up(blobs, place_of(blobs, blobs->oldest->key, blobs->oldest->hash));
    pthread_mutex_unlock(&blobs->lock);
}
