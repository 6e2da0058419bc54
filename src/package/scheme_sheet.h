/* A tree of values (scheme.yaml, a mapping) as rows of a sheet with the columns key and value, and back.
 *
 *     key              value                 x_comment
 *     title.zh         示例市综合考核
 *     groups.1.id      district              the first of a list
 *     methods.steps.table   [[95, 100], [90, 85]]
 *     methods."1".kind range                 a key of digits alone is in quotation marks
 *
 * Keys: segments with points between them. A segment of digits alone is the number of an item of a list, from 1 (from
 * 0 where the first is 0); any other is a key of a map. In double quotation marks, where \" and \\ are a quotation
 * mark and a backslash, stands what else would be taken for something else: digits alone, a point, a quotation mark, a space.
 *
 * Values: empty is null, or says nothing where rows below it have what is in it. What begins with [ or { is YAML in a
 * line, so that a short list, a table of bands can stand in one cell. What is from its first to its last character one text in double
 * quotation marks is that text with the escapes of YAML ("" is the empty text). Everything else is the text itself.
 *
 * A third column, x_comment, has what the file says behind `#` about a key; a row with nothing else belongs to the next
 * key, or to the end. The order of rows is that of the keys in their maps. */
#ifndef PACKAGE_SCHEME_SHEET_H
#define PACKAGE_SCHEME_SHEET_H

#include "package/yaml.h"

/* A row. Texts without NUL behind them; outer spaces have been dropped. */
struct scheme_row {
    uint32_t row; /* of the sheet */
    const char *key, *value, *comment;
    uint32_t key_size, value_size, comment_size;
};

/* Makes the tree. Its texts live in `arena`; values have the row of the sheet, and characters of the cell as columns. Findings name `file`.
 *
 * BATON_OK: *out is the root, a map or a list; findings may have been added for rows that were left out, which then are
 * YAML_REFUSED or not in it. YAML_EMPTY with a finding where there is no key at all. */
MUST_USE baton_code scheme_sheet_tree(struct baton_arena *arena, const char *file,
                                      const struct scheme_row *rows, size_t count,
                                      struct yaml_value **out, struct baton_findings *found);

/* The rows of a tree, without numbers; its root is a map or list, and nothing in it YAML_REFUSED. Texts end with a NUL. Short lists of texts
 * or of such lists, and maps from numbers to texts, stand in one cell. A cell may come out longer than a workbook allows. */
struct scheme_row *scheme_sheet_rows(struct baton_arena *arena, const struct yaml_value *root,
                                     size_t *count);

/* Where a value stands, as its key in the sheet: methods."1".kind, groups.1.id; "" for the root. */
const char *scheme_sheet_key(struct baton_arena *arena, const struct yaml_value *value);

#endif
