/* The directory of a ZIP is at its end. Only names are looked at, nothing is inflated; what does not fit together is broken, and whoever takes the file will not be the one who opens it. */
#include "files/media_container.h"
#include <string.h>

enum {
    END_SIZE = 22,
    COMMENT_MAX = 65535,
    ENTRY_SIZE = 46,
    DIRECTORY_MAX = 8 << 20, /* bytes; in a larger one only the beginning is looked at */
    TYPE_MAX = 80,
    TYPE_AT = 30 /* of the first member's name, behind its header */
};

static uint32_t number(const uint8_t *at, size_t bytes) {
    uint32_t value = 0;
    for (size_t i = bytes; i > 0; i--)
        value = value << 8 | at[i - 1];
    return value;
}

/* What the names of a directory tell. */
struct names {
    bool ofd, types, word, sheet, slides, macros, program;
};

static bool is_name(const char *name, size_t size, const char *wanted) {
    return size == strlen(wanted) && memcmp(name, wanted, size) == 0;
}

static bool begins(const char *name, size_t size, const char *wanted) {
    return size >= strlen(wanted) && memcmp(name, wanted, strlen(wanted)) == 0;
}

static bool ends(const char *name, size_t size, const char *wanted) {
    const size_t length = strlen(wanted);
    return size >= length && memcmp(name + size - length, wanted, length) == 0;
}

static void note(struct names *names, const char *name, size_t size) {
    names->ofd |= is_name(name, size, "OFD.xml");
    names->types |= is_name(name, size, "[Content_Types].xml");
    names->word |= begins(name, size, "word/");
    names->sheet |= begins(name, size, "xl/");
    names->slides |= begins(name, size, "ppt/");
    names->macros |= ends(name, size, "vbaProject.bin");
    names->program |= is_name(name, size, "META-INF/MANIFEST.MF") ||
                      is_name(name, size, "AndroidManifest.xml") ||
                      is_name(name, size, "classes.dex");
}

/* Where the last record of a directory's end begins in the bytes; SIZE_MAX = nowhere. */
static size_t find_end(const uint8_t *bytes, size_t size) {
    for (size_t at = size >= END_SIZE ? size - END_SIZE + 1 : 0; at > 0; at--)
        if (memcmp(bytes + at - 1, "PK\5\6", 4) == 0 &&
            number(bytes + at - 1 + 20, 2) == size - (at - 1) - END_SIZE)
            return at - 1;
    return SIZE_MAX;
}

/* False: it is broken. */
static bool read_names(const uint8_t *bytes, size_t size, bool is_whole, uint32_t count,
                       struct names *out) {
    size_t at = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (size - at < ENTRY_SIZE)
            return !is_whole;
        const size_t name = number(bytes + at + 28, 2);
        const size_t whole =
            ENTRY_SIZE + name + number(bytes + at + 30, 2) + (size_t)number(bytes + at + 32, 2);
        if (memcmp(bytes + at, "PK\1\2", 4) != 0 || name == 0)
            return false;
        if (size - at < whole)
            return !is_whole;
        note(out, (const char *)bytes + at + ENTRY_SIZE, name);
        at += whole;
    }
    return true;
}

/* Office documents of the OpenDocument kind say what they are at the beginning, packed by nothing. */
static const char *open_document(const struct media_file *file) {
    static const char before[] = "mimetypeapplication/vnd.oasis.opendocument.";
    static const struct {
        const char *what, *is;
    } kinds[] = {{"text", "zip:odt"}, {"spreadsheet", "zip:ods"}, {"presentation", "zip:odp"}};
    char text[TYPE_MAX];
    if (file->read(file->context, TYPE_AT, text, sizeof text) != sizeof text ||
        memcmp(text, before, sizeof before - 1) != 0)
        return NULL;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (begins(text + sizeof before - 1, sizeof text - sizeof before + 1, kinds[i].what))
            return kinds[i].is;
    return NULL;
}

static const char *kind_of(const struct media_file *file, const struct names *names) {
    const char *const odf = open_document(file);
    const bool is_office = names->types && (names->word || names->sheet || names->slides);
    if (names->program)
        return "zip:program";
    if (is_office && names->macros)
        return "zip:macros";
    if (names->ofd)
        return "zip:ofd";
    if (odf != NULL || !is_office)
        return odf != NULL ? odf : "zip:any";
    return names->word ? "zip:docx" : names->sheet ? "zip:xlsx" : "zip:pptx";
}

const char *media_zip(struct baton_arena *arena, const struct media_file *file) {
    const size_t room =
        file->size < END_SIZE + COMMENT_MAX ? (size_t)file->size : (size_t)END_SIZE + COMMENT_MAX;
    uint8_t *const tail = arena_alloc_raw(arena, room + 1, 1);
    struct names names = {0};
    if (file->read(file->context, file->size - room, tail, room) != room)
        return NULL;
    const size_t end = find_end(tail, room);
    if (end == SIZE_MAX)
        return "zip:broken";
    const uint64_t size = number(tail + end + 12, 4), from = number(tail + end + 16, 4);
    const uint64_t end_at = file->size - room + end;
    if (size == UINT32_MAX || from == UINT32_MAX)
        return "zip:any"; /* of the large kind (ZIP64), which no office document is */
    if (from > end_at || size > end_at - from)
        return "zip:broken";
    const size_t looked = size < DIRECTORY_MAX ? (size_t)size : DIRECTORY_MAX;
    uint8_t *const directory = arena_alloc_raw(arena, looked + 1, 1);
    if (file->read(file->context, from, directory, looked) != looked)
        return NULL;
    return read_names(directory, looked, looked == size, number(tail + end + 10, 2), &names)
               ? kind_of(file, &names)
               : "zip:broken";
}
