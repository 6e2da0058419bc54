/* A small table with open hashing by the key's text; each entry in memory of its own, in a list from the one used last to the one used longest ago. What is being made stands in a list of its own, for as long as that takes. */
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

/* In the arena of whoever makes it. */
struct making {
    struct blobs *blobs;
    struct making *next;
    const char *key;
    uint64_t stamp;
};

struct blobs {
    pthread_mutex_t lock;
    pthread_cond_t ended; /* something that was being made */
    struct making *making;
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
    pthread_cond_destroy(&blobs->ended);
    pthread_mutex_destroy(&blobs->lock);
}

struct blobs *blobs_open(struct baton_arena *arena) {
    struct blobs *blobs = arena_alloc(arena, 1, sizeof *blobs);
    pthread_mutex_init(&blobs->lock, NULL);
    pthread_cond_init(&blobs->ended, NULL);
    arena_on_close(arena, close_blobs, blobs);
    return blobs;
}

/* With the lock. */
static struct http_blob *find(struct blobs *blobs, const char *key, uint64_t stamp) {
    struct kept *const kept = *place_of(blobs, key, hash_of(key));
    if (kept == NULL || kept->stamp != stamp)
        return NULL;
    out_of_list(blobs, kept);
    into_list(blobs, kept);
    return http_blob_hold(kept->blob);
}

struct http_blob *blobs_find(struct blobs *blobs, const char *key, uint64_t stamp) {
    pthread_mutex_lock(&blobs->lock);
    struct http_blob *const found = find(blobs, key, stamp);
    pthread_mutex_unlock(&blobs->lock);
    return found;
}

/* ---- What is being made; with the lock. */

static struct making **making_of(struct blobs *blobs, const char *key, uint64_t stamp) {
    struct making **at = &blobs->making;
    while (*at != NULL && ((*at)->stamp != stamp || strcmp((*at)->key, key) != 0))
        at = &(*at)->next;
    return at;
}

static void end_making(struct blobs *blobs, struct making **at) {
    if (*at == NULL)
        return;
    *at = (*at)->next;
    pthread_cond_broadcast(&blobs->ended);
}

/* Whoever was to make it is gone, with or without having made it. */
static void forget_making(void *context) {
    const struct making *const making = context;
    struct blobs *const blobs = making->blobs;
    pthread_mutex_lock(&blobs->lock);
    struct making **at = &blobs->making;
    while (*at != NULL && *at != making)
        at = &(*at)->next;
    end_making(blobs, at);
    pthread_mutex_unlock(&blobs->lock);
}

struct http_blob *blobs_await(struct blobs *blobs, struct baton_arena *arena, const char *key,
                              uint64_t stamp) {
    struct making *const making = arena_alloc(arena, 1, sizeof *making);
    *making = (struct making){.blobs = blobs, .key = key, .stamp = stamp};
    arena_on_close(arena, forget_making, making);
    pthread_mutex_lock(&blobs->lock);
    struct http_blob *found = find(blobs, key, stamp);
    while (found == NULL && *making_of(blobs, key, stamp) != NULL) {
        pthread_cond_wait(&blobs->ended, &blobs->lock);
        found = find(blobs, key, stamp);
    }
    if (found == NULL) {
        making->next = blobs->making;
        blobs->making = making;
    }
    pthread_mutex_unlock(&blobs->lock);
    return found;
}

/* With the lock. One of an older state than what is there came too late. */
static void take_in(struct blobs *blobs, struct kept *kept) {
    struct kept **const at = place_of(blobs, kept->key, kept->hash);
    if (*at != NULL && (*at)->stamp > kept->stamp) {
        http_blob_release(kept->blob);
        free(kept);
        return;
    }
    if (*at != NULL)
        give_up(blobs, at);
    kept->next = blobs->bucket[kept->hash % BUCKETS];
    blobs->bucket[kept->hash % BUCKETS] = kept;
    into_list(blobs, kept);
    blobs->count++;
    blobs->size += kept->size;
    while (blobs->oldest != kept && (blobs->count > BLOBS_MOST || blobs->size > BLOBS_SIZE))
        give_up(blobs, place_of(blobs, blobs->oldest->key, blobs->oldest->hash));
}

void blobs_keep(struct blobs *blobs, const char *key, uint64_t stamp, struct http_blob *blob,
                size_t size) {
    const size_t length = strlen(key);
    struct kept *const kept = malloc(sizeof *kept + length + 1);
    if (kept != NULL) {
        *kept = (struct kept){.hash = hash_of(key), .stamp = stamp, .size = size + length};
        memcpy(kept->key, key, length + 1);
        kept->blob = http_blob_hold(blob);
    }
    pthread_mutex_lock(&blobs->lock);
    if (kept != NULL)
        take_in(blobs, kept);
    end_making(blobs, making_of(blobs, key, stamp));
    pthread_mutex_unlock(&blobs->lock);
}
