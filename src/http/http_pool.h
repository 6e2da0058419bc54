/* Threads that do work one piece at a time, from a queue with an end. */
#ifndef HTTP_HTTP_POOL_H
#define HTTP_HTTP_POOL_H

#include "base/macros.h"
#include <stdbool.h>
#include <stddef.h>

struct http_pool;

/* A piece of work: part of what it works on. */
struct http_work {
    void (*run)(struct http_work *work);
    struct http_work *next;
};

/* NULL where memory is out or the system gives no thread. */
struct http_pool *http_pool_open(unsigned workers, unsigned queue_max);

/* Takes a place in the queue, which http_pool_add uses or http_pool_give_back returns; false where it is full: queue_max pieces wait (or have a place) although all workers have one. */
MUST_USE bool http_pool_take(struct http_pool *pool);
void http_pool_give_back(struct http_pool *pool);
void http_pool_add(struct http_pool *pool, struct http_work *work);

/* How many wait, how many are at work. */
void http_pool_counts(struct http_pool *pool, size_t *waiting, size_t *working);

/* Gives out no more places, lets all that has one be added and done, and ends the threads. The pool is there still, and full. NULL is fine. */
void http_pool_end(struct http_pool *pool);

/* The same, and frees it. NULL is fine. */
void http_pool_close(struct http_pool *pool);

#endif
