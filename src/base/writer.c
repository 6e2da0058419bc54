/* Output through a buffer: to a descriptor, to memory, or to a file that appears when it is whole. */
#include "base/writer.h"
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static struct writer *writer_new(struct baton_arena *arena, int file, size_t capacity) {
    struct writer *writer = arena_alloc(arena, 1, sizeof *writer);
    *writer = (struct writer){.buffer = arena_alloc_raw(arena, capacity, 1),
                              .file = file,
                              .arena = arena,
                              .capacity = capacity};
    return writer;
}

struct writer *writer_descriptor(struct baton_arena *arena, int file) {
    return writer_new(arena, file, WRITER_SIZE);
}

struct writer *writer_memory(struct baton_arena *arena) {
    return writer_new(arena, -1, 2 * (size_t)WRITER_ROOM);
}

/* Whatever ends the work before writer_close: nothing is left behind. */
static void abandon(void *context) {
    struct writer *writer = context;
    if (writer->file >= 0)
        close(writer->file);
    writer->file = -1;
}

struct writer *writer_file(struct baton_arena *arena, const char *path) {
    struct writer *writer = writer_new(arena, -1, WRITER_SIZE);
    struct stat about;
    writer->path = arena_text(arena, path, strlen(path));
    if (stat(path, &about) == 0 && !S_ISREG(about.st_mode)) { /* a device is written as it is */
        writer->file = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
        writer->error = writer->file < 0 ? errno : 0;
    } else {
        writer->error = whole_file_open(arena, path, &writer->whole);
        if (writer->error == 0) {
            writer->file = open(writer->whole->aside, O_WRONLY | O_CLOEXEC);
            writer->error = writer->file < 0 ? errno : 0;
        }
    }
    arena_on_close(arena, abandon, writer);
    return writer;
}

static void write_all(struct writer *writer, const char *bytes, size_t size) {
    while (size > 0 && writer->error == 0) {
        const ssize_t written = write(writer->file, bytes, size);
        if (written < 0 && errno != EINTR)
            writer->error = errno;
        if (written > 0) {
            bytes += written;
            size -= (size_t)written;
        }
    }
}

void writer_flush(struct writer *writer) {
    if (writer->file >= 0)
        write_all(writer, writer->buffer, writer->used);
    if (writer->file >= 0 || writer->error != 0)
        writer->used = 0;
}

static bool is_memory(const struct writer *writer) {
    return writer->file < 0 && writer->path == NULL && writer->error == 0;
}

void writer_put_slow(struct writer *writer, const char *bytes, size_t size) {
    if (is_memory(writer)) {
        writer->buffer = arena_grow(writer->arena, writer->buffer, writer->used, &writer->capacity,
                                    1, writer->used + size + WRITER_ROOM);
        if (size > 0)
            memcpy(writer->buffer + writer->used, bytes, size);
        writer->used += size;
        return;
    }
    writer_flush(writer);
    if (size <= writer->capacity) {
        if (size > 0)
            memcpy(writer->buffer, bytes, size);
        writer->used = size;
    } else {
        write_all(writer, bytes, size);
    }
}

int writer_close(struct writer *writer) {
    writer_flush(writer);
    if (writer->path == NULL || writer->file < 0)
        return writer->error;
    if (close(writer->file) != 0 && writer->error == 0)
        writer->error = errno;
    writer->file = -1;
    if (writer->whole != NULL && writer->error == 0)
        writer->error = whole_file_keep(writer->whole);
    else if (writer->whole != NULL)
        whole_file_abandon(writer->whole);
    return writer->error;
}

const char *writer_text_of(struct writer *writer) {
    *writer_room(writer) = '\0';
    return writer->buffer;
}

void writer_repeat(struct writer *writer, const char *text, size_t times) {
    const size_t size = strlen(text);
    for (size_t i = 0; i < times; i++)
        writer_put(writer, text, size);
}

void writer_number(struct writer *writer, double number) {
    writer->used += baton_number_shortest(number, writer_room(writer));
}

void writer_fixed(struct writer *writer, double number, int decimals) {
    writer->used += baton_number_fixed(number, decimals, writer_room(writer));
}

void writer_count(struct writer *writer, uint64_t count) {
    char digits[20];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + count % 10);
        count /= 10;
    } while (count > 0);
    writer_put(writer, digits + at, sizeof digits - at);
}

void writer_printf(struct writer *writer, const char *format, ...) {
    va_list values, again;
    va_start(values, format);
    va_copy(again, values);
    char *room = writer_room(writer);
    const int size = vsnprintf(room, WRITER_ROOM, format, values);
    if (size >= 0 && size < WRITER_ROOM)
        writer->used += (size_t)size;
    else
        writer_text(writer, arena_vprintf(writer->arena, format, again));
    va_end(again);
    va_end(values);
}
