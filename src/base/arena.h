/* Memory. Everything that a command, request or scoring allocates stands in its arena and is released
 * with it: nobody frees parts, and no allocation is checked.
 *
 * When memory is out (or a size would overflow), an allocation does not return: it leaves the innermost
 * `arena_run` that runs on this arena, which then answers BATON_NO_MEMORY. What stands in the arena stays
 * until it is closed or reset. What else must be closed or unmapped on that way is registered with
 * `arena_on_close`. docs/adr/0001 has the reasons.
 *
 * An arena is for one thread at a time; threads that work side by side each open their own and run their
 * work inside an `arena_run` on it. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/macros.h"
#include "baton/arena.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

/* A new arena; NULL when memory is out, which arena_run and arena_close take. */
struct baton_arena *arena_open(void);

/* Calls what was registered with arena_on_close, the last first, and gives all memory back. NULL is fine. */
void arena_close(struct baton_arena *arena);

/* Calls body(context) and returns its code; BATON_NO_MEMORY as soon as an allocation from `arena` inside it
 * fails, or at once when `arena` is NULL. Local variables of `body` and of what it calls are lost then: a
 * lock, thread or file held there must be one that arena_on_close knows. Runs may be nested: the innermost
 * is left. */
MUST_USE baton_code arena_run(struct baton_arena *arena, baton_code (*body)(void *context),
                              void *context);

/* Room for `count` things of `size` bytes. The memory is aligned to 16 bytes, from 256 bytes on to 64.
 * Never NULL; room for nothing is an address of its own too. Outside of arena_run a failure ends the
 * process (a bug). O(size); big ones come straight from the system and are touched by nobody yet. */
NEVER_NULL __attribute__((malloc, alloc_size(2, 3))) void *arena_alloc(
    struct baton_arena *arena, size_t count, size_t size); /* all bytes 0 */
NEVER_NULL __attribute__((malloc, alloc_size(2, 3))) void *arena_alloc_raw(
    struct baton_arena *arena, size_t count, size_t size); /* bytes as they happen to be */

/* A copy of the `size` bytes at `text` with a NUL behind them. `text` may be NULL when size is 0. */
NEVER_NULL char *arena_text(struct baton_arena *arena, const char *text, size_t size);

/* What printf would print, as a text. */
NEVER_NULL PRINTF_LIKE(2, 3) char *arena_printf(struct baton_arena *arena, const char *format, ...);
NEVER_NULL PRINTF_LIKE(2, 0) char *arena_vprintf(struct baton_arena *arena, const char *format,
                                                 va_list values);

/* A list that grows: `items` points to a type, `count` and `capacity` are size_t; all start as 0. Makes room
 * for one more item (all bytes 0), counts it and is a pointer to it:
 *     *ARRAY_PUSH(arena, list->item, list->count, list->capacity) = (struct item){...};
 * The items move when the list grows, so keep no pointer to one. Arguments are evaluated more than once. */
#define ARRAY_PUSH(arena, items, count, capacity) \
    ((items) = (count) < (capacity) ? (items) \
                                    : arena_grow((arena), (items), (count), &(capacity), \
                                                 sizeof(*(items)), (count) + 1), \
     &(items)[(count)++])

/* Makes sure that `items` has room for `needed` items in all. */
#define ARRAY_RESERVE(arena, items, count, capacity, needed) \
    ((items) = (needed) <= (capacity) ? (items) \
                                      : arena_grow((arena), (items), (count), &(capacity), \
                                                   sizeof(*(items)), (needed)))

/* The `count` items of `size` bytes at `items` in room for at least `needed` of them (twice the old capacity
 * where that is more), zero bytes behind them; *capacity gets how many fit. For the macros above. */
NEVER_NULL void *arena_grow(struct baton_arena *arena, const void *items, size_t count,
                            size_t *capacity, size_t size, size_t needed);

/* Scratch memory: what was allocated (and registered) after the mark goes when the arena is reset to it, and
 * the memory is used again. A mark is valid until the arena is reset to an earlier one. */
struct arena_mark {
    struct arena_block *block; /* the one in use */
    size_t used;               /* bytes of it */
    struct arena_big *big;     /* the newest big allocation */
    struct arena_cleanup *cleanup;
};
struct arena_mark arena_mark(const struct baton_arena *arena);
void arena_reset_to(struct baton_arena *arena, struct arena_mark mark);

/* Has close(context) called when the arena is closed or reset to before now. If the registration itself
 * finds no memory, close(context) is called at once, before the run is left. */
void arena_on_close(struct baton_arena *arena, void (*close)(void *context), void *context);

/* For who finds that memory is out elsewhere (in a library): leaves the innermost run as a failed allocation does. */
NORETURN void arena_out_of_memory(struct baton_arena *arena);

/* Bytes held from the system, used or not; the most that were ever held at once. */
size_t arena_size(const struct baton_arena *arena);
size_t arena_size_peak(const struct baton_arena *arena);

/* For tests: the n-th allocation from now on, in any arena and thread, fails, and every one after it; 0 lets
 * all succeed again. Returns how many were to come up to the one that an earlier call chose: 0 if it came (or
 * none was chosen). */
uint64_t arena_fail_at(uint64_t n);

#endif
