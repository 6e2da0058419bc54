/* Arenas: a list of blocks, each twice the size of the one before up to a limit, filled from the front; what
 * would take up much of a block gets a mapping of its own. Closing walks both lists.
 *
 * The words at the front of a block and of a mapping are the arena's. Under AddressSanitizer all that is not
 * handed out is poisoned, and a gap stays behind each allocation. */
#include "base/arena.h"
#include <assert.h>
#include <setjmp.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#if defined(__SANITIZE_ADDRESS__)
#define WITH_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WITH_ASAN 1
#endif
#endif
#ifdef WITH_ASAN
#include <sanitizer/asan_interface.h>
#define POISON(at, size) ASAN_POISON_MEMORY_REGION((at), (size))
#define UNPOISON(at, size) ASAN_UNPOISON_MEMORY_REGION((at), (size))
enum { GAP = 16 };
#else
#define POISON(at, size) ((void)(at), (void)(size))
#define UNPOISON(at, size) ((void)(at), (void)(size))
enum { GAP = 0 };
#endif

enum {
    ALIGN = 16,
    ALIGN_WIDE = 64,        /* a line of the cache: a column starts on one */
    WIDE_FROM = 256,        /* bytes from which an allocation is aligned so */
    BLOCK_FIRST = 16 << 10, /* bytes of the first block */
    BLOCK_LAST = 1 << 20,   /* and of those after the last doubling */
    BIG_FROM = 128 << 10,   /* bytes from which an allocation is mapped on its own */
    PAGE = 4096,
    PAGE_HUGE = 2 << 20,
    COLOURS = 32 /* see big_alloc */
};

struct arena_block {
    struct arena_block *before;
    size_t size; /* bytes, with this head */
    size_t used; /* bytes, with this head; a multiple of ALIGN */
    size_t unused;
};

struct arena_big {
    struct arena_big *before;
    void *start; /* of the mapping */
    size_t size; /* bytes of the mapping */
    size_t unused;
};

struct arena_cleanup {
    struct arena_cleanup *before;
    void (*close)(void *context);
    void *context;
};

struct baton_arena {
    struct arena_block *block;     /* the one in use; those before it are full */
    struct arena_block *spare;     /* one that a reset left over, or NULL */
    struct arena_big *big;         /* the newest */
    struct arena_cleanup *cleanup; /* the last registered */
    jmp_buf *leave;                /* of the innermost arena_run, NULL outside */
    size_t size, size_peak;        /* bytes held, with this struct */
    unsigned colour;               /* counts the big allocations */
};

static_assert(sizeof(struct arena_block) % ALIGN == 0, "the room behind a head is aligned");
static_assert(sizeof(struct arena_big) <= ALIGN_WIDE, "a head takes one line");

/* 0: none fails. 1: each fails. Else the number of allocations up to the first that fails, plus 1. */
static _Atomic uint64_t fail_countdown;

uint64_t arena_fail_at(uint64_t n) {
    const uint64_t left = atomic_exchange(&fail_countdown, n == 0 ? 0 : n + 1);
    return left > 0 ? left - 1 : 0;
}

static bool fails_now(void) {
    uint64_t left = atomic_load_explicit(&fail_countdown, memory_order_relaxed);
    while (left > 1)
        if (atomic_compare_exchange_weak(&fail_countdown, &left, left - 1))
            return left == 2;
    return left == 1;
}

void arena_out_of_memory(struct baton_arena *arena) {
    if (arena->leave == NULL) { /* nobody can answer for it */
        fputs("baton: out of memory outside of arena_run\n", stderr);
        abort();
    }
    longjmp(*arena->leave, 1);
}

static void hold(struct baton_arena *arena, size_t size) {
    arena->size += size;
    if (arena->size > arena->size_peak)
        arena->size_peak = arena->size;
}

struct baton_arena *arena_open(void) {
    if (UNLIKELY(fails_now()))
        return NULL;
    struct baton_arena *arena = calloc(1, sizeof *arena);
    if (arena != NULL)
        hold(arena, sizeof *arena);
    return arena;
}

baton_code arena_run(struct baton_arena *arena, baton_code (*body)(void *context), void *context) {
    if (arena == NULL)
        return BATON_NO_MEMORY;
    jmp_buf here;
    jmp_buf *const outer = arena->leave; /* not changed after setjmp: intact after longjmp */
    if (setjmp(here) != 0) {
        arena->leave = outer;
        return BATON_NO_MEMORY;
    }
    arena->leave = &here;
    const baton_code code = body(context);
    arena->leave = outer;
    return code;
}

static void block_free(struct baton_arena *arena, struct arena_block *block) {
    arena->size -= block->size;
    UNPOISON(block, block->size);
    free(block);
}

/* Puts a block with room for `needed` bytes in front; false when memory is out. */
static bool block_open(struct baton_arena *arena, size_t needed) {
    struct arena_block *block = arena->spare;
    if (block != NULL && block->size - sizeof *block >= needed) {
        arena->spare = NULL;
    } else {
        size_t size = arena->block == NULL ? BLOCK_FIRST : 2 * arena->block->size;
        if (size > BLOCK_LAST)
            size = BLOCK_LAST;
        while (size - sizeof *block < needed) /* ends: less than BIG_FROM is asked for */
            size *= 2;
        block = aligned_alloc(ALIGN_WIDE, size);
        if (block == NULL)
            return false;
        block->size = size;
        hold(arena, size);
    }
    block->before = arena->block;
    block->used = sizeof *block;
    POISON(block + 1, block->size - sizeof *block);
    arena->block = block;
    return true;
}

static size_t round_up(size_t size, size_t to) {
    return (size + to - 1) & ~(to - 1);
}

static void *small_alloc(struct baton_arena *arena, size_t size) {
    const size_t align = size >= WIDE_FROM ? ALIGN_WIDE : ALIGN;
    const size_t taken = round_up(size > 0 ? size : 1, ALIGN) + GAP;
    struct arena_block *block = arena->block;
    if (block == NULL || round_up(block->used, align) + taken > block->size) {
        if (!block_open(arena, taken + ALIGN_WIDE))
            arena_out_of_memory(arena);
        block = arena->block;
    }
    const size_t at = round_up(block->used, align);
    block->used = at + taken;
    char *start = (char *)block + at;
    UNPOISON(start, size);
    return start;
}

/* A mapping of its own, from 2 MiB on at such a boundary and in huge pages where the system has them. The
 * system's pages are zero and come when they are first touched. Mappings all start at the same place of a
 * page, so columns that are read side by side would fall on the same few lines of the cache: each starts
 * some lines later than the one before (its colour). */
static void *big_alloc(struct baton_arena *arena, size_t size) {
    const size_t offset = ALIGN_WIDE * (1 + arena->colour++ * 5 % COLOURS);
    const size_t size_mapped = round_up(offset + size, PAGE);
    const size_t extra = size >= PAGE_HUGE ? PAGE_HUGE : 0;
    char *map =
        mmap(NULL, size_mapped + extra, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (map == MAP_FAILED)
        arena_out_of_memory(arena);
    if (extra > 0) {
        const size_t front = (size_t)(-(uintptr_t)map & (PAGE_HUGE - 1));
        if (front > 0)
            munmap(map, front);
        munmap(map + front + size_mapped, extra - front);
        map += front;
        madvise(map, size_mapped, MADV_HUGEPAGE); /* without it all is slower, not wrong */
    }
    struct arena_big *big = (struct arena_big *)(void *)(map + offset - ALIGN_WIDE);
    *big = (struct arena_big){arena->big, map, size_mapped, 0};
    arena->big = big;
    hold(arena, size_mapped);
    POISON(map + offset + size, size_mapped - offset - size);
    return map + offset;
}

/* Room for count * size bytes; *zeroed says whether they are known to be zero. */
static void *take(struct baton_arena *arena, size_t count, size_t size, size_t *bytes,
                  bool *zeroed) {
    assert(arena != NULL);
    if (UNLIKELY(__builtin_mul_overflow(count, size, bytes) ||
                 *bytes > PTRDIFF_MAX - 2 * PAGE_HUGE || fails_now()))
        arena_out_of_memory(arena);
    *zeroed = *bytes >= BIG_FROM;
    return *zeroed ? big_alloc(arena, *bytes) : small_alloc(arena, *bytes);
}

void *arena_alloc(struct baton_arena *arena, size_t count, size_t size) {
    size_t bytes;
    bool zeroed;
    void *start = take(arena, count, size, &bytes, &zeroed);
    return zeroed ? start : memset(start, 0, bytes);
}

void *arena_alloc_raw(struct baton_arena *arena, size_t count, size_t size) {
    size_t bytes;
    bool zeroed;
    return take(arena, count, size, &bytes, &zeroed);
}

char *arena_text(struct baton_arena *arena, const char *text, size_t size) {
    if (UNLIKELY(size == SIZE_MAX))
        arena_out_of_memory(arena);
    char *copy = arena_alloc_raw(arena, size + 1, 1);
    if (size > 0)
        memcpy(copy, text, size);
    copy[size] = '\0';
    return copy;
}

char *arena_vprintf(struct baton_arena *arena, const char *format, va_list values) {
    char first[256];
    va_list again;
    va_copy(again, values);
    const int size = vsnprintf(first, sizeof first, format, values);
    assert(size >= 0); /* a format of ours that cannot be printed is a bug */
    char *text;
    if ((size_t)size < sizeof first) {
        text = arena_text(arena, first, (size_t)size);
    } else {
        text = arena_alloc_raw(arena, (size_t)size + 1, 1);
        vsnprintf(text, (size_t)size + 1, format, again);
    }
    va_end(again);
    return text;
}

char *arena_printf(struct baton_arena *arena, const char *format, ...) {
    va_list values;
    va_start(values, format);
    char *text = arena_vprintf(arena, format, values);
    va_end(values);
    return text;
}

void *arena_grow(struct baton_arena *arena, const void *items, size_t count, size_t *capacity,
                 size_t size, size_t needed) {
    assert(count <= *capacity && count <= needed);
    size_t wanted = *capacity <= SIZE_MAX / 2 ? 2 * *capacity : SIZE_MAX;
    if (wanted < needed)
        wanted = needed;
    if (wanted < 8)
        wanted = 8;
    char *grown = arena_alloc_raw(arena, wanted, size);
    if (count > 0)
        memcpy(grown, items, count * size);
    memset(grown + count * size, 0, (wanted - count) * size);
    *capacity = wanted;
    return grown;
}

struct registration {
    struct baton_arena *arena;
    void (*close)(void *context);
    void *context;
};

static baton_code add_cleanup(void *context) {
    const struct registration *wanted = context;
    struct baton_arena *arena = wanted->arena;
    struct arena_cleanup *cleanup = arena_alloc_raw(arena, 1, sizeof *cleanup);
    *cleanup = (struct arena_cleanup){arena->cleanup, wanted->close, wanted->context};
    arena->cleanup = cleanup;
    return BATON_OK;
}

void arena_on_close(struct baton_arena *arena, void (*close)(void *context), void *context) {
    struct registration wanted = {arena, close, context};
    if (arena_run(arena, add_cleanup, &wanted) != BATON_OK) {
        close(context);
        arena_out_of_memory(arena);
    }
}

struct arena_mark arena_mark(const struct baton_arena *arena) {
    const size_t used = arena->block != NULL ? arena->block->used : 0;
    return (struct arena_mark){arena->block, used, arena->big, arena->cleanup};
}

void arena_reset_to(struct baton_arena *arena, struct arena_mark mark) {
    while (arena->cleanup != mark.cleanup) {
        const struct arena_cleanup cleanup = *arena->cleanup;
        arena->cleanup = cleanup.before; /* first, so that nothing is closed twice */
        cleanup.close(cleanup.context);
    }
    while (arena->big != mark.big) {
        const struct arena_big big = *arena->big;
        arena->big = big.before;
        arena->size -= big.size;
        UNPOISON(big.start, big.size);
        munmap(big.start, big.size);
    }
    while (arena->block != mark.block) {
        struct arena_block *block = arena->block;
        arena->block = block->before;
        if (arena->spare == NULL || arena->spare->size < block->size) {
            struct arena_block *smaller = arena->spare;
            arena->spare = block; /* the largest stays, for the next time around */
            block = smaller;
        }
        if (block != NULL)
            block_free(arena, block);
    }
    if (arena->block != NULL) {
        assert(mark.used <= arena->block->used);
        arena->block->used = mark.used;
        POISON((char *)arena->block + mark.used, arena->block->size - mark.used);
    }
}

void arena_close(struct baton_arena *arena) {
    if (arena == NULL)
        return;
    arena_reset_to(arena, (struct arena_mark){0});
    if (arena->spare != NULL)
        block_free(arena, arena->spare);
    free(arena);
}

size_t arena_size(const struct baton_arena *arena) {
    return arena->size;
}

size_t arena_size_peak(const struct baton_arena *arena) {
    return arena->size_peak;
}

struct baton_arena *baton_arena_open(void) {
    return arena_open();
}

void baton_arena_close(struct baton_arena *arena) {
    arena_close(arena);
}

size_t baton_arena_size(const struct baton_arena *arena) {
    return arena_size(arena);
}
