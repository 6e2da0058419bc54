/* A text becomes an archive through libzip, in memory. */
#include "bundle.h"
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

struct member {
    const char *name, *text;
    size_t name_size, size;
};

/* The next member from *at on; false at the end. */
static bool next_member(const char **at, const char *end, struct member *out) {
    static const char mark[] = "=== ";
    const size_t mark_size = sizeof mark - 1;
    const char *line = *at;
    while (line < end && ((size_t)(end - line) < mark_size || memcmp(line, mark, mark_size) != 0)) {
        const char *line_end = memchr(line, '\n', (size_t)(end - line));
        line = line_end == NULL ? end : line_end + 1;
    }
    if (line >= end)
        return false;
    const char *line_end = memchr(line, '\n', (size_t)(end - line));
    const char *text = line_end == NULL ? end : line_end + 1;
    *out = (struct member){.name = line + mark_size,
                           .name_size =
                               (size_t)((line_end == NULL ? end : line_end) - line) - mark_size,
                           .text = text};
    const char *next = text;
    while (next < end && ((size_t)(end - next) < mark_size || memcmp(next, mark, mark_size) != 0)) {
        line_end = memchr(next, '\n', (size_t)(end - next));
        next = line_end == NULL ? end : line_end + 1;
    }
    out->size = (size_t)(next - text);
    *at = next;
    return true;
}

const char *bundle_member(const uint8_t *text, size_t size, const char *name, size_t *member_size) {
    const char *at = (const char *)text, *const end = at + size;
    for (struct member member; next_member(&at, end, &member);)
        if (member.name_size == strlen(name) && memcmp(member.name, name, member.name_size) == 0) {
            *member_size = member.size;
            return member.text;
        }
    return NULL;
}

static bool add_member(zip_t *archive, const struct member *member) {
    char name[256];
    if (member->name_size >= sizeof name)
        return false;
    memcpy(name, member->name, member->name_size);
    name[member->name_size] = '\0';
    zip_source_t *source = zip_source_buffer(archive, member->text, member->size, 0);
    const zip_int64_t index =
        source == NULL ? -1 : zip_file_add(archive, name, source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
        zip_source_free(source);
        return false;
    }
    return zip_set_file_compression(archive, (zip_uint64_t)index, ZIP_CM_STORE, 0) == 0;
}

/* What an archive was written to, as one piece of memory. */
static void *content_of(zip_source_t *source, size_t *size) {
    zip_stat_t about;
    if (zip_source_stat(source, &about) != 0 || zip_source_open(source) != 0)
        return NULL;
    char *bytes = malloc((size_t)about.size + 1);
    const zip_int64_t got = bytes == NULL ? -1 : zip_source_read(source, bytes, about.size);
    zip_source_close(source);
    if (got < 0 || (zip_uint64_t)got != about.size) {
        free(bytes);
        return NULL;
    }
    *size = (size_t)got;
    return bytes;
}

void *bundle_archive(const uint8_t *text, size_t size, size_t *archive_size) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *into = zip_source_buffer_create(NULL, 0, 0, &error);
    zip_t *archive =
        into == NULL ? NULL : zip_open_from_source(into, ZIP_TRUNCATE | ZIP_CREATE, &error);
    if (archive == NULL) {
        zip_source_free(into);
        return NULL;
    }
    zip_source_keep(into); /* closing the archive gives its own hold back */
    const char *at = (const char *)text, *const end = at + size;
    bool good = true;
    size_t count = 0;
    for (struct member member; good && next_member(&at, end, &member); count++)
        good = add_member(archive, &member);
    void *bytes = NULL;
    if (!good || count == 0 || zip_close(archive) != 0)
        zip_discard(archive);
    else
        bytes = content_of(into, archive_size);
    zip_source_free(into);
    return bytes;
}
