/* Workbooks (.xlsx), written: libxlsxwriter with what every workbook of ours has in common.
 *
 * The caller works with <xlsxwriter.h> on the workbook that it gets. Rows are written in ascending order and each only once (constant
 * memory), so that a sheet of any length takes none. The same calls give the same bytes: the date of creation is the one given. The file is
 * written beside its name and takes it only when it is whole and on the disk; an archive that was abandoned leaves nothing behind. */
#ifndef FILES_WORKBOOK_OUT_H
#define FILES_WORKBOOK_OUT_H

#include "base/arena.h"
#include <stdbool.h>
#include <xlsxwriter.h>

struct workbook_out {
    lxw_workbook *workbook;
    struct workbook_out_inside *inside;
};

/* A workbook that will be the file `path` (copied). `title` is its title (NULL = none), `day` its date, since 1970. BATON_NO_MEMORY
 * is left by the arena's way. Lives in `arena`. */
struct workbook_out *workbook_out_open(struct baton_arena *arena, const char *path,
                                       const char *title, int32_t day);

/* How the name of a sheet must be: at most 31 characters, none of []:*?/\ and no ' at an end, not empty, not one of `taken` (count names; without
 * regard to case); and at most 54 bytes (18 Chinese characters), ' counted twice, because libxlsxwriter has no room for longer ones where pages
 * repeat rows (up to 99) and columns (up to ZZ). Returns the name itself or the nearest that is allowed, in the arena. */
const char *workbook_out_sheet_name(struct baton_arena *arena, const char *name,
                                    const char *const *taken, size_t count);

/* Where in a text U+FFFE or U+FFFF first stands, which are no characters and no XML may have; NULL = nowhere. */
const char *workbook_out_unsound(const char *text);

/* A text with U+FFFD in the place of those. The text itself, or a copy in the arena. */
const char *workbook_out_sound(struct baton_arena *arena, const char *text);

/* A text as it must be given to libxlsxwriter, so that it is read back as it is: that library writes a control character as _x0009_, but not an
 * underscore which would look like the beginning of one as _x005F_; and sound. The text itself, or a copy in the arena. */
const char *workbook_out_text(struct baton_arena *arena, const char *text);

/* Returns 0, or the errno of what went wrong first; then a file of that name stays as it was. */
MUST_USE int workbook_out_close(struct workbook_out *out);

#endif
