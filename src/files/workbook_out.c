/* Workbooks through libxlsxwriter. It writes rows to files of its own without a name as they come, and the archive at the end, by the name
 * of the file that stands aside. */
#include "files/workbook_out.h"
#include "base/text.h"
#include "base/whole_file.h"
#include <assert.h>
#include <errno.h>
#include <string.h>
#include <strings.h>

struct workbook_out_inside {
    struct whole_file *file;
    int error; /* errno of what went wrong when it was opened */
};

static void abandon(void *context) {
    struct workbook_out *out = context;
    if (out->workbook != NULL)
        lxw_workbook_free(out->workbook);
    out->workbook = NULL;
}

struct workbook_out *workbook_out_open(struct baton_arena *arena, const char *path,
                                       const char *title, int32_t day) {
    struct workbook_out *out = arena_alloc(arena, 1, sizeof *out);
    out->inside = arena_alloc(arena, 1, sizeof *out->inside);
    out->inside->error = whole_file_open(arena, path, &out->inside->file);
    arena_on_close(arena, abandon, out);
    lxw_workbook_options options = {.constant_memory = LXW_TRUE, .use_zip64 = LXW_FALSE};
    const char *name = out->inside->file->aside;
    out->workbook = workbook_new_opt(name != NULL ? name : "", &options);
    if (out->workbook == NULL)
        arena_out_of_memory(arena);
    lxw_doc_properties properties = {
        .title = (char *)(title != NULL ? workbook_out_sound(arena, title) : ""),
        .company = (char *)"",
        .created = (time_t)day * 86400,
    };
    if (workbook_set_properties(out->workbook, &properties) != LXW_NO_ERROR)
        arena_out_of_memory(arena);
    return out;
}

static bool is_taken(const char *name, const char *const *taken, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (strcasecmp(name, taken[i]) == 0)
            return true;
    return false;
}

/* libxlsxwriter cuts a defined name at LXW_DEFINED_NAME_LENGTH bytes with the 0 at its end, wherever that is. The longest of ours is
 * 'name'!$A:$ZZ,'name'!$1:$99 (rows and columns that every page repeats), in which every ' of the name stands doubled. */
enum {
    NAME_UNITS = 31,
    NAME_BYTES = (LXW_DEFINED_NAME_LENGTH - (int)sizeof "''!$A:$ZZ,''!$1:$99") / 2,
};
static_assert(NAME_BYTES >= 16, "no room for a sheet's name in a defined name");

/* As many bytes from the beginning of a text as a sheet's name has room for, when `less` characters will stand behind them. A character
 * is not parted from the accents on it. */
static size_t fitting(const char *text, size_t size, size_t less) {
    size_t units = less, room = less, at = 0, whole = 0;
    for (size_t bytes; at < size; at += bytes) {
        uint32_t point = 0;
        bytes = text_decode(text + at, size - at, &point);
        if (bytes == 0)
            return at;
        if (text_point_width(point) > 0)
            whole = at;
        units += point > 0xffff ? 2 : 1;
        room += point == '\'' ? 2 : bytes;
        if (units > NAME_UNITS || room > NAME_BYTES)
            return whole > 0 ? whole : at;
    }
    return at;
}

const char *workbook_out_sheet_name(struct baton_arena *arena, const char *name,
                                    const char *const *taken, size_t count) {
    const char *sound = workbook_out_sound(arena, name);
    char *text = arena_text(arena, sound, fitting(sound, strlen(sound), 0));
    size_t size = strlen(text);
    for (size_t i = 0; i < size; i++)
        if (strchr("[]:*?/\\", text[i]) != NULL || (unsigned char)text[i] < ' ' ||
            (text[i] == '\'' && (i == 0 || i + 1 == size)))
            text[i] = '_';
    const char *allowed = size == 0 ? "_" : text;
    for (unsigned n = 2; is_taken(allowed, taken, count); n++) {
        const char *mark = arena_printf(arena, " (%u)", n);
        allowed = arena_printf(arena, "%.*s%s", (int)fitting(text, size, strlen(mark)), text, mark);
    }
    return allowed;
}

/* U+FFFE and U+FFFF, which XML cannot have, are EF BF BE and EF BF BF. */
static bool is_no_character(const char *text) {
    return text[0] == '\xef' && text[1] == '\xbf' && (text[2] == '\xbe' || text[2] == '\xbf');
}

const char *workbook_out_unsound(const char *text) {
    for (const char *at = text; (at = strchr(at, '\xef')) != NULL; at++)
        if (is_no_character(at))
            return at;
    return NULL;
}

const char *workbook_out_sound(struct baton_arena *arena, const char *text) {
    if (workbook_out_unsound(text) == NULL)
        return text;
    char *out = arena_text(arena, text, strlen(text));
    for (char *at = out; *at != '\0'; at++)
        if (is_no_character(at))
            at[2] = '\xbd'; /* U+FFFD */
    return out;
}

/* Whether what stands there would be read as a character: _x0009_. */
static bool is_escape(const char *text) {
    return text[0] == '_' && text[1] == 'x' && strspn(text + 2, "0123456789abcdefABCDEF") >= 4 &&
           text[6] == '_';
}

const char *workbook_out_text(struct baton_arena *arena, const char *text) {
    static const char underscore[] = "_x005F";
    size_t count = 0;
    text = workbook_out_sound(arena, text);
    for (const char *at = text; (at = strstr(at, "_x")) != NULL; at++)
        count += is_escape(at);
    if (count == 0)
        return text;
    char *out = arena_alloc_raw(arena, strlen(text) + count * (sizeof underscore - 1) + 1, 1);
    char *to = out;
    for (const char *at = text; *at != '\0'; at++) {
        if (is_escape(at)) {
            memcpy(to, underscore, sizeof underscore - 1);
            to += sizeof underscore - 1;
        }
        *to++ = *at;
    }
    *to = '\0';
    return out;
}

/* What the library calls an error, as errno. */
static int errno_of(lxw_error error) {
    switch (error) {
    case LXW_NO_ERROR:
        return 0;
    case LXW_ERROR_MEMORY_MALLOC_FAILED:
        return ENOMEM;
    default:
        return errno != 0 ? errno : EIO;
    }
}

int workbook_out_close(struct workbook_out *out) {
    struct workbook_out_inside *inside = out->inside;
    errno = 0;
    if (inside->error == 0) {
        inside->error = errno_of(workbook_close(out->workbook)); /* frees it too */
        out->workbook = NULL;
    }
    abandon(out);
    if (inside->error == 0)
        inside->error = whole_file_keep(inside->file);
    else
        whole_file_abandon(inside->file);
    return inside->error;
}
