/* An arena: the memory of one command, request or scoring, released as a whole.
 *
 * Whatever the library's functions make lives in the arena that they are given, until it is closed. An
 * arena is for one thread at a time; threads that work side by side each have their own. */
#ifndef BATON_ARENA_H
#define BATON_ARENA_H

#include "code.h"
#include <stddef.h>

struct baton_arena;

/* A new arena, or NULL when memory is out. */
BATON_API struct baton_arena *baton_arena_open(void);

/* Releases everything in it, and whatever was to be closed with it. NULL is fine. */
BATON_API void baton_arena_close(struct baton_arena *arena);

/* Bytes that it holds from the system, used or not. */
BATON_API size_t baton_arena_size(const struct baton_arena *arena);

#endif
