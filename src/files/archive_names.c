/* What members may be called: only what names a place inside of the archive, in one way, once. */
#include "base/gb18030.h"
#include "base/limits.h"
#include "base/text.h"
#include "files/archive_inside.h"
#include <stdlib.h>
#include <string.h>

enum { SHOWN_SIZE = 120 }; /* bytes of a name in a message */

static bool is_control(uint32_t point) {
    return point < 0x20 || (point >= 0x7f && point < 0xa0);
}

const char *archive_shown(const struct archive_inside *in, const struct archive_entry *entry) {
    const char *from = entry->name != NULL ? entry->name : entry->raw;
    const size_t size = entry->name != NULL ? strlen(entry->name) : entry->raw_size;
    char *shown = arena_alloc(in->arena, SHOWN_SIZE + 8, 1), *to = shown;
    for (size_t at = 0; at < size;) {
        uint32_t point;
        const size_t bytes = text_decode(from + at, size - at, &point);
        const size_t wide = bytes == 0 || is_control(point) ? 1 : bytes;
        if (to - shown + 4 > SHOWN_SIZE) {
            memcpy(to, "...", 3);
            break;
        }
        if (bytes == 0 || is_control(point)) {
            static const char digit[] = "0123456789abcdef";
            const unsigned char byte = (unsigned char)from[at];
            const char escaped[] = {'\\', 'x', digit[byte >> 4], digit[byte & 15]};
            memcpy(to, escaped, sizeof escaped);
            to += sizeof escaped;
        } else {
            memcpy(to, from + at, bytes);
            to += bytes;
        }
        at += wide;
    }
    return shown;
}

static bool has_control(const char *name) {
    const size_t size = strlen(name);
    for (size_t at = 0, bytes; at < size; at += bytes) {
        uint32_t point;
        bytes = text_decode(name + at, size - at, &point);
        if (bytes == 0 || is_control(point))
            return true;
    }
    return false;
}

/* Whether every part of the path is a name, so that it stays below where it begins. */
static bool is_inside(const char *name) {
    if (strchr(name, '\\') != NULL)
        return false;
    const bool has_letter =
        (name[0] >= 'a' && name[0] <= 'z') || (name[0] >= 'A' && name[0] <= 'Z');
    if (has_letter && name[1] == ':')
        return false;
    for (const char *part = name; *part != '\0';) {
        const size_t size = strcspn(part, "/");
        if (size == 0 || (size == 1 && part[0] == '.') ||
            (size == 2 && part[0] == '.' && part[1] == '.'))
            return false;
        part += size;
        part += *part == '/';
    }
    return true;
}

static baton_code check_name(const struct archive_inside *in, struct archive_entry *entry,
                             bool *is_converted, struct baton_findings *found) {
    if (entry->raw_size > LIMIT_MEMBER_NAME)
        return archive_tell(in, found, BATON_MEMBER_NAME_LONG, archive_shown(in, entry),
                            archive_count(in, entry->raw_size),
                            archive_count(in, LIMIT_MEMBER_NAME));
    const char *name = NULL;
    size_t size = 0;
    if (text_valid_size(entry->raw, entry->raw_size) == entry->raw_size) {
        name = arena_text(in->arena, entry->raw, entry->raw_size);
    } else if (!entry->is_utf8) {
        name = gb18030_to_utf8(in->arena, entry->raw, entry->raw_size, &size);
        *is_converted = *is_converted || name != NULL;
    }
    if (name == NULL)
        return archive_tell(in, found, BATON_MEMBER_NAME_CODED, archive_shown(in, entry), NULL,
                            NULL);
    if (entry->raw_size == 0 || memchr(entry->raw, '\0', entry->raw_size) != NULL ||
        has_control(name))
        return archive_tell(in, found, BATON_MEMBER_NAME_BAD, archive_shown(in, entry), NULL, NULL);
    entry->name = name;
    return is_inside(name)
               ? BATON_OK
               : archive_tell(in, found, BATON_MEMBER_PATH, archive_shown(in, entry), NULL, NULL);
}

static int by_name(const void *a, const void *b) {
    return strcmp((*(const struct archive_entry *const *)a)->name,
                  (*(const struct archive_entry *const *)b)->name);
}

struct part {
    const char *text;
    size_t size;
};

static int part_to_name(const void *a, const void *b) {
    const struct part *part = a;
    const char *name = (*(const struct archive_entry *const *)b)->name;
    const int order = strncmp(part->text, name, part->size);
    return order != 0 ? order : -(name[part->size] != '\0');
}

/* Sorted by name, equal ones are neighbours, and a file that is a folder too is found by the folder's name. */
static baton_code check_doubles(const struct archive_inside *in, struct baton_findings *found) {
    const struct archive_entry **sorted = arena_alloc(in->arena, in->entry_count, sizeof(*sorted));
    for (uint32_t i = 0; i < in->entry_count; i++)
        sorted[i] = &in->entry[i];
    if (in->entry_count > 1)
        qsort(sorted, in->entry_count, sizeof(*sorted), by_name);
    baton_code code = BATON_OK;
    for (uint32_t i = 1; i < in->entry_count; i++)
        if (strcmp(sorted[i - 1]->name, sorted[i]->name) == 0)
            code = archive_tell(in, found, BATON_MEMBER_TWICE, archive_shown(in, sorted[i]), NULL,
                                NULL);
    for (uint32_t i = 0; i < in->entry_count; i++) {
        const char *name = in->entry[i].name;
        for (const char *slash = strchr(name, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
            const struct part folder = {name, (size_t)(slash - name)};
            const struct archive_entry *const *file =
                bsearch(&folder, sorted, in->entry_count, sizeof(*sorted), part_to_name);
            if (file != NULL)
                code =
                    archive_tell(in, found, BATON_MEMBER_FILE_AND_FOLDER, archive_shown(in, *file),
                                 archive_shown(in, &in->entry[i]), NULL);
        }
    }
    return code;
}

baton_code archive_check_names(struct archive_inside *in, struct baton_findings *found) {
    bool is_converted = false;
    baton_code worst = BATON_OK;
    for (uint32_t i = 0; i < in->entry_count; i++) {
        const baton_code code = check_name(in, &in->entry[i], &is_converted, found);
        worst = worst == BATON_OK ? code : worst;
    }
    if (is_converted)
        archive_tell(in, found, BATON_MEMBER_NAMES_CONVERTED, NULL, NULL, NULL);
    return worst != BATON_OK ? worst : check_doubles(in, found);
}
