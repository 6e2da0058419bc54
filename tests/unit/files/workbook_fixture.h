/* Workbooks for tests: a small sound one, of which each part can be another or left out. */
#ifndef WORKBOOK_FIXTURE_H
#define WORKBOOK_FIXTURE_H

#include "files/workbook.h"

#define SPACE_SHEET "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define SPACE_OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define SPACE_LINK "http://schemas.openxmlformats.org/package/2006/relationships"
#define SPACE_COMPATIBLE "http://schemas.openxmlformats.org/markup-compatibility/2006"

/* A part that takes the place of the one of that name, or is added; a text of NULL leaves it out. */
struct workbook_part {
    const char *name, *text;
    size_t size; /* of text; 0 = up to its NUL */
};

/* The parts there are without changes. The sheet `one` has the relation of sheet1.xml, styles are by STYLE_*. */
enum { FIXTURE_CHANGES = 4 };
struct workbook_fixture {
    const char *sheet; /* what stands in <worksheet> of sheet1.xml; NULL = one empty row */
    struct workbook_part change[FIXTURE_CHANGES];
};

/* The styles of the fixture: the number in s="...". */
enum {
    STYLE_GENERAL,
    STYLE_DATE,
    STYLE_MONTH,
    STYLE_DECIMALS,
    STYLE_PERCENT,
    STYLE_MOMENT,
    STYLE_TIME,
    STYLE_ELAPSED
};

/* Writes the archive to a file of the test's folder and opens it as a workbook. Everything is in found->arena. */
baton_code workbook_fixture_open(const struct workbook_fixture *fixture, struct workbook **out,
                                 struct baton_findings *found);

/* All cells of a sheet as a text, "A1 T text|B1 N= 1": kinds are T N D B E and - for no value, = is a formula; merged ranges behind as
 * "merged 1 1 2 2". "" where it could not be read; *code gets the code. */
const char *workbook_fixture_cells(struct workbook *workbook, uint32_t sheet, baton_code *code,
                                   struct baton_findings *found);

/* Opening and the first sheet, in one. */
const char *workbook_fixture_read(const struct workbook_fixture *fixture, baton_code *code,
                                  struct baton_findings *found);

#endif
