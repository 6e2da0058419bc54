/* Output: a buffer before a file, so that a result of any size is printed without ever being in memory.
 *
 * Nothing that is put into it fails: the first error of the system is kept, everything after it is dropped, and
 * writer_close tells. A file (not standard output) is written beside its name and takes it only when it is whole
 * and on the disk, so that nobody ever sees half a file. */
#ifndef BASE_WRITER_H
#define BASE_WRITER_H

#include "base/whole_file.h"
#include "baton/number.h"
#include <stdbool.h>
#include <string.h>

enum {
    WRITER_SIZE = 1 << 18,
    WRITER_ROOM = 4096 /* the most that writer_room gives at once */
};

struct writer {
    char *buffer; /* WRITER_SIZE bytes */
    size_t used;
    int file;         /* descriptor; -1 = into memory only: `buffer` grows, see writer_memory */
    int error;        /* errno of the first write that failed; 0 = none */
    const char *path; /* NULL = an open descriptor that is not ours to close */
    struct whole_file *whole; /* NULL = no file that has to be whole before it appears */
    struct baton_arena *arena;
    size_t capacity;
};

/* A writer to an open descriptor, such as 1; to memory; to the file `path` (copied). They live in `arena`. */
struct writer *writer_descriptor(struct baton_arena *arena, int file);
struct writer *writer_memory(struct baton_arena *arena);
struct writer *writer_file(struct baton_arena *arena, const char *path);

/* Writes what is still in the buffer; of a file makes sure that it is on the disk and gives it its name. Returns 0, or
 * errno of what went wrong first; then a file of that name stays as it was. EPIPE, a reader that has read enough, counts
 * as an error here. */
MUST_USE int writer_close(struct writer *writer);

/* What a writer to memory has got, with a NUL behind it. */
const char *writer_text_of(struct writer *writer);

void writer_flush(struct writer *writer);
/* For sizes that do not fit the buffer, and when it is full. */
void writer_put_slow(struct writer *writer, const char *bytes, size_t size);

static inline void writer_put(struct writer *writer, const char *bytes, size_t size) {
    if (UNLIKELY(size > writer->capacity - writer->used)) {
        writer_put_slow(writer, bytes, size);
        return;
    }
    memcpy(writer->buffer + writer->used, bytes, size);
    writer->used += size;
}

static inline void writer_text(struct writer *writer, const char *text) {
    writer_put(writer, text, strlen(text));
}

static inline void writer_char(struct writer *writer, char one) {
    writer_put(writer, &one, 1);
}

/* Room for at least WRITER_ROOM bytes at writer->buffer + writer->used, for who puts together small pieces: write there
 * and add what was written to `used`. */
static inline char *writer_room(struct writer *writer) {
    if (UNLIKELY(writer->capacity - writer->used < WRITER_ROOM))
        writer_put_slow(writer, NULL, 0);
    return writer->buffer + writer->used;
}

/* The same character several times; a number as baton_number_shortest, or with decimals; a count; printf. */
void writer_repeat(struct writer *writer, const char *text, size_t times);
void writer_number(struct writer *writer, double number);
void writer_fixed(struct writer *writer, double number, int decimals);
void writer_count(struct writer *writer, uint64_t count);
PRINTF_LIKE(2, 3) void writer_printf(struct writer *writer, const char *format, ...);

#endif
