/* Reading, mapping and decoding whole files. */
#include "package/file.h"
#include "base/gb18030.h"
#include "base/limits.h"
#include "base/text.h"
#include "package/package_internal.h"
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* The message of an error of the system. */
static const char *error_text(struct baton_arena *arena, int number) {
    char text[128];
    return arena_printf(arena, "%s", strerror_r(number, text, sizeof text));
}

static baton_code refuse(struct baton_arena *arena, const struct file *file, int number,
                         struct baton_findings *found) {
    baton_findings_add(found, BATON_FILE_READ, (struct baton_where){.file = file->name}, file->name,
                       error_text(arena, number), NULL, NULL);
    return BATON_FILE_READ;
}

/* Opens the file and finds out its size. *fd is -1 where it is not there, or on an error. */
static baton_code open_file(struct baton_arena *arena, const char *folder, uint64_t size_most,
                            struct file *file, int *fd, struct baton_findings *found) {
    const char *path = arena_printf(arena, "%s/%s", folder, file->name);
    *fd = open(path,
               O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* so that a pipe of that name does not block */
    if (*fd < 0)
        return errno == ENOENT ? BATON_OK : refuse(arena, file, errno, found);
    struct stat status;
    int number = fstat(*fd, &status) != 0 ? errno : 0;
    if (number == 0 && !S_ISREG(status.st_mode))
        number = S_ISDIR(status.st_mode) ? EISDIR : EINVAL;
    baton_code code = BATON_OK;
    if (number != 0) {
        code = refuse(arena, file, number, found);
    } else if ((uint64_t)status.st_size > size_most) {
        code = BATON_FILE_TOO_LARGE;
        baton_findings_add(found, code, (struct baton_where){.file = file->name},
                           package_count(arena, (uint64_t)status.st_size),
                           package_count(arena, size_most), NULL, NULL);
    }
    if (code != BATON_OK) {
        close(*fd);
        *fd = -1;
        return code;
    }
    file->size = (size_t)status.st_size;
    file->there = true;
    return BATON_OK;
}

static void close_file(void *context) {
    int *fd = context;
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

baton_code file_read(struct baton_arena *arena, const char *folder, const char *name,
                     uint64_t size_most, struct file *out, struct baton_findings *found) {
    *out = (struct file){.name = name, .text = arena_text(arena, "", 0)};
    int *fd = arena_alloc(arena, 1, sizeof *fd);
    *fd = -1;
    arena_on_close(arena, close_file, fd);
    TRY(open_file(arena, folder, size_most, out, fd, found));
    if (!out->there)
        return BATON_OK;
    char *text = arena_alloc_raw(arena, out->size + 1, 1);
    size_t have = 0;
    while (have < out->size) { /* a file that grows meanwhile is read as long as it was */
        const ssize_t got = read(*fd, text + have, out->size - have);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            const int number = errno;
            close_file(fd);
            return refuse(arena, out, number, found);
        }
        if (got == 0)
            break;
        have += (size_t)got;
    }
    close_file(fd);
    text[have] = '\0';
    out->text = text;
    out->size = have;
    return BATON_OK;
}

struct mapping {
    void *start;
    size_t size;
};

static void unmap(void *context) {
    const struct mapping *mapping = context;
    if (mapping->start != MAP_FAILED)
        munmap(mapping->start, mapping->size);
}

baton_code file_map(struct baton_arena *arena, const char *folder, const char *name,
                    uint64_t size_most, struct file *out, struct baton_findings *found) {
    *out = (struct file){.name = name, .text = arena_text(arena, "", 0)};
    struct mapping *mapping = arena_alloc(arena, 1, sizeof *mapping);
    mapping->start = MAP_FAILED;
    arena_on_close(arena, unmap, mapping);
    int fd;
    TRY(open_file(arena, folder, size_most, out, &fd, found));
    if (!out->there || out->size == 0) { /* nothing cannot be mapped */
        if (fd >= 0)
            close(fd);
        return BATON_OK;
    }
    mapping->size = out->size;
    mapping->start = mmap(NULL, out->size, PROT_READ, MAP_PRIVATE, fd, 0);
    const int number = errno;
    close(fd);
    if (mapping->start == MAP_FAILED)
        return number == ENOMEM ? BATON_NO_MEMORY : refuse(arena, out, number, found);
    madvise(mapping->start, mapping->size, MADV_WILLNEED); /* only advice */
    out->text = mapping->start;
    out->is_mapped = true;
    return BATON_OK;
}

/* The last of the pieces that begins at or before a line, or a row where that is not 0; rows_count where none does. */
static size_t piece_of(const struct file *file, uint64_t line, uint32_t row) {
    size_t low = 0, high = file->rows_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const struct file_rows *piece = &file->rows[middle];
        if (row != 0 ? piece->row <= row : piece->line <= line)
            low = middle + 1;
        else
            high = middle;
    }
    return low == 0 ? file->rows_count : low - 1;
}

uint32_t file_row(const struct file *file, uint64_t line) {
    const size_t piece = piece_of(file, line, 0);
    if (piece < file->rows_count)
        line = line - file->rows[piece].line + file->rows[piece].row;
    return line < UINT32_MAX ? (uint32_t)line : UINT32_MAX;
}

uint64_t file_line(const struct file *file, uint32_t row) {
    const size_t piece = piece_of(file, 0, row);
    return piece < file->rows_count ? file->rows[piece].line + (row - file->rows[piece].row) : row;
}

struct baton_where file_where(const struct file *file, size_t at) {
    assert(at <= file->size);
    uint64_t row = 1;
    const char *line = file->text, *const stop = file->text + at;
    for (const char *end; (end = memchr(line, '\n', (size_t)(stop - line))) != NULL; line = end + 1)
        row++;
    return (struct baton_where){
        .file = file->name,
        .row = row < UINT32_MAX ? (uint32_t)row : UINT32_MAX,
        .column = (uint32_t)text_length(line, (size_t)(stop - line)) + 1,
    };
}

void file_drop_mark(struct file *file) {
    if (file->size >= 3 && memcmp(file->text, "\xef\xbb\xbf", 3) == 0) {
        file->text += 3;
        file->size -= 3;
    }
}

/* Converts what is GB18030 throughout, with a note; else false. */
static bool convert_with_note(struct baton_arena *arena, struct file *file,
                              struct baton_findings *found) {
    if (file->size > LIMIT_CONVERTED_SIZE || memchr(file->text, '\0', file->size) != NULL)
        return false;
    size_t size;
    char *text = gb18030_to_utf8(arena, file->text, file->size, &size);
    if (text == NULL)
        return false;
    baton_findings_add(found, BATON_ENCODING_CONVERTED, (struct baton_where){.file = file->name},
                       NULL, NULL, NULL, NULL);
    file->text = text;
    file->size = size;
    file->is_mapped = false;
    return true;
}

baton_code file_convert(struct baton_arena *arena, struct file *file, size_t bad,
                        struct baton_findings *found) {
    if (convert_with_note(arena, file, found))
        return BATON_OK;
    baton_findings_add(found, BATON_ENCODING_BAD, file_where(file, bad), NULL, NULL, NULL, NULL);
    return BATON_ENCODING_BAD;
}

void file_decode_yaml(struct baton_arena *arena, struct file *file, struct baton_findings *found) {
    if (text_valid_size(file->text, file->size) < file->size)
        (void)convert_with_note(arena, file, found);
}

baton_code file_decode(struct baton_arena *arena, struct file *file, struct baton_findings *found) {
    file_drop_mark(file);
    const size_t sound = text_valid_size(file->text, file->size);
    return sound == file->size ? BATON_OK : file_convert(arena, file, sound, found);
}
