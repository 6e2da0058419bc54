/* Which file is a workbook, and which is one that cannot be read: by what it begins with and what is in it, never by its name. */
#include "files/workbook_inside.h"
#include <string.h>

/* The compound files of old: .xls is one, and an .xlsx that was locked is put into one as a whole. */
static const unsigned char compound_begins[8] = {0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1};

/* The name of the stream that holds what was locked, as its directory has it (UTF-16). */
static const char locked_name[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";

baton_code workbook_refuse_old(const char *path, const void *bytes, size_t size,
                               struct baton_findings *found) {
    enum { LOOKED_AT = 1 << 28 }; /* bytes; the directory of any real one stands before */
    if (size < sizeof compound_begins ||
        memcmp(bytes, compound_begins, sizeof compound_begins) != 0)
        return BATON_OK;
    const bool is_locked =
        memmem(bytes, size < LOOKED_AT ? size : LOOKED_AT, locked_name, sizeof locked_name) != NULL;
    const baton_code code = is_locked ? BATON_WORKBOOK_LOCKED : BATON_WORKBOOK_OLD_FORM;
    baton_findings_add(found, code, (struct baton_where){.file = path}, NULL, NULL, NULL, NULL);
    return code;
}

static bool is_open_document(const struct archive *archive) {
    return archive_find(archive, "mimetype") != UINT32_MAX &&
           archive_find(archive, "META-INF/manifest.xml") != UINT32_MAX;
}

bool workbook_is(const struct archive *archive) {
    return archive_find(archive, "[Content_Types].xml") != UINT32_MAX || is_open_document(archive);
}

baton_code workbook_refuse_other(struct archive *archive, struct baton_findings *found) {
    static const char sheets[] = "application/vnd.oasis.opendocument.spreadsheet";
    const struct baton_where where = {.file = archive->path};
    const char *form = NULL;
    if (archive_find(archive, "[Content_Types].xml") != UINT32_MAX)
        return BATON_OK;
    if (is_open_document(archive)) {
        enum { TYPE_MOST = 1024 }; /* bytes of a type */
        char *type;
        size_t size;
        TRY(archive_read(archive, archive_find(archive, "mimetype"), TYPE_MOST, &type, &size,
                         found));
        form = strncmp(type, sheets, sizeof sheets - 1) == 0 ? ".ods" : NULL;
    }
    const baton_code code = form != NULL ? BATON_WORKBOOK_OTHER_FORM : BATON_WORKBOOK_NOT;
    baton_findings_add(found, code, where, form, NULL, NULL, NULL);
    return code;
}
