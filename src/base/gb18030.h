/* GB18030, the encoding of Chinese texts that are not UTF-8, through the system's iconv. */
#ifndef BASE_GB18030_H
#define BASE_GB18030_H

#include "base/arena.h"
#include <stdbool.h>

/* `bytes` of `size` as UTF-8: a new text in the arena with a NUL behind it, its size in *out_size. NULL where they are not GB18030 throughout (or the
 * system does not know it). O(size). */
char *gb18030_to_utf8(struct baton_arena *arena, const char *bytes, size_t size, size_t *out_size);

#endif
