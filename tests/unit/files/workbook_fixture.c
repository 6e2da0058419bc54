/* The parts of a sound workbook, put together and read. */
#include "workbook_fixture.h"
#include "files/archive_out.h"
#include "unit/test.h"
#include <string.h>

static const char links[] =
    "<Relationships xmlns='" SPACE_LINK "'><Relationship Id='r1' Type='" SPACE_OFFICE
    "/officeDocument' Target='xl/workbook.xml'/></Relationships>";
static const char book[] = "<workbook xmlns='" SPACE_SHEET "' xmlns:r='" SPACE_OFFICE
                           "'><sheets><sheet name='one' sheetId='1' r:id='a'/></sheets></workbook>";
static const char book_links[] =
    "<Relationships xmlns='" SPACE_LINK "'><Relationship Id='a' Type='" SPACE_OFFICE
    "/worksheet' Target='worksheets/sheet1.xml'/><Relationship Id='s' Type='" SPACE_OFFICE
    "/sharedStrings' Target='sharedStrings.xml'/><Relationship Id='t' Type='" SPACE_OFFICE
    "/styles' Target='styles.xml'/></Relationships>";
static const char strings[] =
    "<sst xmlns='" SPACE_SHEET "'><si><t>zero</t></si><si><t>一</t></si></sst>";
static const char styles[] =
    "<styleSheet xmlns='" SPACE_SHEET "'><numFmts><numFmt numFmtId='176' "
    "formatCode='yyyy&quot;年&quot;m&quot;月&quot;;@'/><numFmt numFmtId='177' formatCode='0.00_ '/>"
    "</numFmts><cellStyleXfs><xf numFmtId='14'/></cellStyleXfs><cellXfs>"
    "<xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='176'/><xf numFmtId='177'/><xf "
    "numFmtId='10'/>"
    "<xf numFmtId='22'/><xf numFmtId='20'/><xf numFmtId='46'/></cellXfs></styleSheet>";

static const struct workbook_part sound[] = {
    {"[Content_Types].xml",
     "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>", 0},
    {"_rels/.rels", links, 0},
    {"xl/workbook.xml", book, 0},
    {"xl/_rels/workbook.xml.rels", book_links, 0},
    {"xl/sharedStrings.xml", strings, 0},
    {"xl/styles.xml", styles, 0},
};

static void add(struct archive_out *out, const struct workbook_part *part) {
    if (part->text != NULL)
        archive_out_add(out, part->name, part->text,
                        part->size > 0 ? part->size : strlen(part->text));
}

static const struct workbook_part *change_of(const struct workbook_fixture *fixture,
                                             const char *name) {
    for (size_t i = 0; i < FIXTURE_CHANGES; i++)
        if (fixture->change[i].name != NULL && strcmp(fixture->change[i].name, name) == 0)
            return &fixture->change[i];
    return NULL;
}

static bool is_sound_part(const char *name) {
    for (size_t i = 0; i < LENGTH(sound); i++)
        if (strcmp(sound[i].name, name) == 0)
            return true;
    return false;
}

baton_code workbook_fixture_open(const struct workbook_fixture *fixture, struct workbook **out,
                                 struct baton_findings *found) {
    struct baton_arena *arena = found->arena;
    const char *path = test_file("book.xlsx", "", 0);
    struct archive_out *archive_out = archive_out_open(arena, path);
    for (size_t i = 0; i < LENGTH(sound); i++) {
        const struct workbook_part *change = change_of(fixture, sound[i].name);
        add(archive_out, change != NULL ? change : &sound[i]);
    }
    for (size_t i = 0; i < FIXTURE_CHANGES; i++)
        if (fixture->change[i].name != NULL && !is_sound_part(fixture->change[i].name))
            add(archive_out, &fixture->change[i]);
    const char *sheet = fixture->sheet != NULL ? fixture->sheet : "<sheetData><row/></sheetData>";
    const char *text =
        arena_printf(arena, "<worksheet xmlns='" SPACE_SHEET "'>%s</worksheet>", sheet);
    if (change_of(fixture, "xl/worksheets/sheet1.xml") == NULL)
        archive_out_add(archive_out, "xl/worksheets/sheet1.xml", text, strlen(text));
    if (!CHECK_INT(archive_out_close(archive_out), 0))
        return BATON_FILE_WRITE;
    struct archive *archive;
    TRY(archive_open(arena, path, &archive, found));
    return workbook_open(arena, archive, out, found);
}

struct listing {
    struct baton_arena *arena;
    char *text;
    size_t size, capacity;
};

static void put(struct listing *listing, const char *text, size_t size) {
    ARRAY_RESERVE(listing->arena, listing->text, listing->size, listing->capacity,
                  listing->size + size + 1);
    memcpy(listing->text + listing->size, text, size);
    listing->size += size;
    listing->text[listing->size] = '\0';
}

static baton_code take(void *context, const struct workbook_cell *cell) {
    static const char kinds[] = {[CELL_TEXT] = 'T',  [CELL_NUMBER] = 'N', [CELL_DATE] = 'D',
                                 [CELL_TRUTH] = 'B', [CELL_ERROR] = 'E',  [CELL_NO_VALUE] = '-'};
    struct listing *listing = context;
    char name[WORKBOOK_NAME_SIZE];
    CHECK_INT(strlen(cell->text), cell->size);
    const char *text = arena_printf(listing->arena, "%s%s %c%s %s", listing->size > 0 ? "|" : "",
                                    workbook_cell_name(cell->row, cell->column, name),
                                    kinds[cell->kind], cell->is_formula ? "=" : "", cell->text);
    put(listing, text, strlen(text));
    return BATON_OK;
}

const char *workbook_fixture_cells(struct workbook *workbook, uint32_t sheet, baton_code *code,
                                   struct baton_findings *found) {
    struct listing listing = {.arena = found->arena};
    const struct workbook_merge *merge = NULL;
    uint32_t count = 0;
    put(&listing, "", 0);
    *code = workbook_read(workbook, sheet, take, &listing, &merge, &count, found);
    if (*code != BATON_OK)
        return "";
    for (uint32_t i = 0; i < count; i++) {
        const char *text = arena_printf(
            found->arena, "%smerged %u %u %u %u", listing.size > 0 ? "|" : "", merge[i].first_row,
            merge[i].first_column, merge[i].last_row, merge[i].last_column);
        put(&listing, text, strlen(text));
    }
    return listing.text;
}

const char *workbook_fixture_read(const struct workbook_fixture *fixture, baton_code *code,
                                  struct baton_findings *found) {
    struct workbook *workbook = NULL;
    *code = workbook_fixture_open(fixture, &workbook, found);
    return *code == BATON_OK ? workbook_fixture_cells(workbook, 0, code, found) : "";
}
