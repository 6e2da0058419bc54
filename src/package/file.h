/* Files of a package's folder: read or mapped as a whole, and their encoding. */
#ifndef PACKAGE_FILE_H
#define PACKAGE_FILE_H

#include "base/arena.h"
#include "baton/findings.h"
#include <stdbool.h>

/* From this line of a text on, lines are rows of a sheet: `line` is `row`, the next one the next row. */
struct file_rows {
    uint64_t line;
    uint32_t row;
};

struct file {
    const char *name; /* in the folder, or of the sheet, as findings call it */
    bool there;       /* false = there is no such file; then the rest is empty */
    bool is_mapped;   /* `text` may not be written to, and nothing stands behind it */
    char *text;       /* else it may, and a NUL stands behind it */
    size_t size;
    /* of a sheet where lines and rows differ, as cells may hold several lines; ascending, none = line n is row n */
    const struct file_rows *rows;
    size_t rows_count;
};

/* The row that begins on a line, and the line on which a row begins; of files the line itself. Rows beyond 2^32 - 1 are that one. */
uint32_t file_row(const struct file *file, uint64_t line);
uint64_t file_line(const struct file *file, uint32_t row);

/* Reads the file `name` of `folder` into the arena. A file that is not there is no error; one that
 * is longer than `size_most` is FILE_TOO_LARGE, one that cannot be read (or is no plain file)
 * FILE_READ, both with a finding. */
MUST_USE baton_code file_read(struct baton_arena *arena, const char *folder, const char *name,
                              uint64_t size_most, struct file *out, struct baton_findings *found);

/* The same for large files: maps them until the arena is closed. A file must not be cut short in
 * that time. */
MUST_USE baton_code file_map(struct baton_arena *arena, const char *folder, const char *name,
                             uint64_t size_most, struct file *out, struct baton_findings *found);

/* Makes the text UTF-8: drops a byte-order mark; what is not UTF-8 but GB18030 throughout is
 * converted, with a note. ENCODING_BAD with row and column where it is neither. file_decode looks
 * at every byte; file_convert is for who has seen already that the bytes are not UTF-8 from `bad`
 * on, and always converts or refuses. */
MUST_USE baton_code file_decode(struct baton_arena *arena, struct file *file,
                                struct baton_findings *found);
MUST_USE baton_code file_convert(struct baton_arena *arena, struct file *file, size_t bad,
                                 struct baton_findings *found);
void file_drop_mark(struct file *file);

/* The same for YAML, whose reader tells of every byte that is wrong: what is neither UTF-8 nor GB18030 is left as it is, without a finding. */
void file_decode_yaml(struct baton_arena *arena, struct file *file, struct baton_findings *found);

/* Line and character of a byte, both from 1; lines beyond 2^32 - 1 are that one. */
struct baton_where file_where(const struct file *file, size_t at);

#endif
