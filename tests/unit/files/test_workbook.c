/* Workbooks read: cells as Excel, WPS and LibreOffice write them, and what stands around them. */
#include "files/workbook.h"
#include "unit/test.h"
#include "workbook_fixture.h"
#include <string.h>

#define ROW(cells) "<sheetData><row r='1'>" cells "</row></sheetData>"

TEST(workbook_cells) {
    static const struct {
        const char *name, *sheet, *want;
    } cases[] = {
        /* clang-format off */
        {"no cells", "<sheetData/>", ""},
        {"shared strings", ROW("<c r='A1' t='s'><v>1</v></c><c r='B1' t='s'><v> 0 </v></c>"), "A1 T 一|B1 T zero"},
        {"a string in the cell", ROW("<c r='A1' t='inlineStr'><is><t>云湖</t></is></c>"), "A1 T 云湖"},
        {"runs are joined, phonetic ones left out",
         ROW("<c r='A1' t='inlineStr'><is><r><rPr><b/></rPr><t>云</t></r><r><t>湖</t></r><rPh sb='0' eb='1'><t>yun</t></rPh>"
             "<phoneticPr fontId='1'/></is></c>"), "A1 T 云湖"},
        {"blanks around go unless they are kept", ROW("<c r='A1' t='inlineStr'><is><t> a </t></is></c>"), "A1 T a"},
        {"kept ones stay", ROW("<c r='A1' t='inlineStr'><is><t xml:space='preserve'> a </t></is></c>"), "A1 T  a "},
        {"kept further up", "<sheetData xml:space='preserve'><row><c t='inlineStr'><is><t> a </t></is></c></row></sheetData>", "A1 T  a "},
        {"kept no more", "<sheetData xml:space='preserve'><row xml:space='default'><c t='inlineStr'><is><t> a </t></is></c></row></sheetData>", "A1 T a"},
        {"blanks inside of runs", ROW("<c r='A1' t='inlineStr'><is><r><t xml:space='preserve'>a </t></r><r><t>b</t></r></is></c>"), "A1 T a b"},
        {"what XML cannot hold", ROW("<c r='A1' t='inlineStr'><is><t>a_x000D_b_x0009_c</t></is></c>"), "A1 T a\rb\tc"},
        {"an underscore that is one", ROW("<c r='A1' t='inlineStr'><is><t>_x005F_x000D_</t></is></c>"), "A1 T _x000D_"},
        {"a pair of units", ROW("<c r='A1' t='inlineStr'><is><t>_xD842__xDFB7_</t></is></c>"), "A1 T 𠮷"},
        {"half a pair, a zero, no escape", ROW("<c r='A1' t='inlineStr'><is><t>_xD842_ _x0000_ _x00g0_ _x000D</t></is></c>"), "A1 T _xD842_ _x0000_ _x00g0_ _x000D"},
        {"entities of XML", ROW("<c r='A1' t='inlineStr'><is><t>&lt;&amp;&#x4e91;<![CDATA[<b>]]></t></is></c>"), "A1 T <&云<b>"},
        {"an empty text is no value", ROW("<c r='A1' t='inlineStr'><is><t/></is></c><c r='B1' t='str'><f>\"\"</f><v></v></c>"), ""},
        {"the text of a formula", ROW("<c r='A1' t='str'><f>A2</f><v>云</v></c>"), "A1 T= 云"},
        {"a text with no formula", ROW("<c r='A1' t='str'><v>云_x000D_</v></c>"), "A1 T 云\r"},
        {"numbers", ROW("<c r='A1'><v>98.5</v></c><c r='B1' t='n'><v>0.28999999999999998</v></c><c r='C1'><v> 1.5E3 </v></c><c r='D1'><v>-0</v></c>"),
         "A1 N 98.5|B1 N 0.29|C1 N 1500|D1 N 0"},
        {"formats", ROW("<c r='A1' s='3'><v>98.5</v></c><c r='B1' s='4'><v>0.985</v></c><c r='C1' s='1'><v>44435</v></c>"
                        "<c r='D1' s='2'><v>44435</v></c><c r='E1' s='5'><v>44435.545138888891</v></c><c r='F1' s='6'><v>0.75</v></c><c r='G1' s='7'><v>1.5</v></c>"),
         "A1 N 98.50|B1 N 98.50%|C1 D 2021-08-27|D1 D 2021-08|E1 D 2021-08-27 13:05:00|F1 D 18:00:00|G1 D 36:00:00"},
        {"no day of the calendar", ROW("<c r='A1' s='1'><v>60</v></c><c r='B1' s='1'><v>-1</v></c><c r='C1' s='1'><v>0</v></c>"), "A1 N 60|B1 N -1|C1 N 0"},
        {"a date as ISO has it", ROW("<c r='A1' t='d'><v>2021-08-27</v></c><c r='B1' t='d' s='2'><v>2021-08-27T00:00:00</v></c><c r='C1' t='d'><v>13:05:00</v></c>"),
         "A1 D 2021-08-27|B1 D 2021-08|C1 D 13:05:00"},
        {"truths", ROW("<c r='A1' t='b'><v>1</v></c><c r='B1' t='b'><v>0</v></c><c r='C1' t='b'><f>TRUE()</f><v>1</v></c>"), "A1 B true|B1 B false|C1 B= true"},
        {"errors", ROW("<c r='A1' t='e'><v>#N/A</v></c><c r='B1' t='e'><f>1/0</f><v>#DIV/0!</v></c>"), "A1 E #N/A|B1 E= #DIV/0!"},
        {"formulas", ROW("<c r='A1'><f>B1*2</f><v>3</v></c><c r='B1' s='3'><f t='shared' ref='B1:B2' si='0'>C1</f><v>2</v></c><c r='C1'><f t='shared' si='0'/><v>1</v></c>"),
         "A1 N= 3|B1 N= 2.00|C1 N= 1"},
        {"a formula that was never calculated", ROW("<c r='A1'><f>1+1</f></c><c r='B1'><f>1+1</f><v/></c>"), "A1 -= |B1 -= "},
        {"empty cells", ROW("<c r='A1' s='3'/><c r='XFD1' s='1'/>"), ""},
        {"cells and rows that do not say where", "<sheetData><row><c><v>1</v></c><c/><c><v>2</v></c></row><row/><row><c r='B3'><v>3</v></c><c><v>4</v></c></row></sheetData>",
         "A1 N 1|C1 N 2|B3 N 3|C3 N 4"},
        {"only cells say where", "<sheetData><row><c r='A5'><v>1</v></c><c r='B5'><v>2</v></c></row><row><c><v>3</v></c></row></sheetData>", "A5 N 1|B5 N 2|A6 N 3"},
        {"merged cells", ROW("<c r='A1'><v>1</v></c>") "<mergeCells count='2'><mergeCell ref='A1:C2'/><mergeCell ref='$B$3:B9'/><mergeCell ref='D1'/></mergeCells>",
         "A1 N 1|merged 1 1 2 3|merged 3 2 9 2"},
        {"what else stands in a sheet", "<sheetPr><tabColor rgb='FF'/></sheetPr><dimension ref='A1'/><sheetViews><sheetView><selection/></sheetView></sheetViews><cols><col min='1' max='1' hidden='1'/></cols>"
         "<sheetData><row r='1' hidden='1' spans='1:1'><c r='A1' cm='1' vm='2' ph='1'><v>1</v><extLst><ext><v>9</v></ext></extLst></c></row></sheetData><extLst><ext uri='x'><c xmlns='urn:x'><v>2</v></c></ext></extLst>", "A1 N 1"},
        {"elements of other namespaces", ROW("<c r='A1'><x:v xmlns:x='urn:x'>7</x:v><v>1</v></c><x:c xmlns:x='urn:x' r='B1'><v>2</v></x:c>"), "A1 N 1"},
        {"attributes of other namespaces", ROW("<c r='A1' x:s='9' xmlns:x='urn:x'><v>1</v></c>"), "A1 N 1"},
        {"alternatives", "<mc:AlternateContent xmlns:mc='" SPACE_COMPATIBLE "'><mc:Choice Requires='x14'><sheetData><row><c><v>1</v></c></row></sheetData></mc:Choice>"
         "<mc:Fallback><sheetData><row><c><v>2</v></c></row></sheetData></mc:Fallback></mc:AlternateContent>", "A1 N 2"},
        {"a comment in a value", ROW("<c r='A1'><v>1<!-- x -->2</v></c>"), "A1 N 12"},
        /* clang-format on */
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct baton_arena *arena = arena_open();
        struct baton_findings found = {.arena = arena};
        const struct workbook_fixture fixture = {.sheet = cases[i].sheet};
        baton_code code;
        CASE("%s", cases[i].name);
        CHECK_TEXT(workbook_fixture_read(&fixture, &code, &found), cases[i].want);
        CHECK_INT(code, BATON_OK);
        CHECK_INT(found.count, 0);
        arena_close(arena);
    }
}

#define STRICT_SHEET "http://purl.oclc.org/ooxml/spreadsheetml/main"
#define STRICT_OFFICE "http://purl.oclc.org/ooxml/officeDocument/relationships"

TEST(workbook_in_other_ways) {
    static const struct {
        const char *name;
        struct workbook_fixture fixture;
        const char *want;
    } cases[] = {
        /* clang-format off */
        {"a strict workbook",
         {.change = {{"_rels/.rels", "<Relationships xmlns='" SPACE_LINK "'><Relationship Id='r1' Type='" STRICT_OFFICE "/officeDocument' Target='xl/workbook.xml'/></Relationships>", 0},
                     {"xl/workbook.xml", "<workbook xmlns='" STRICT_SHEET "' xmlns:r='" STRICT_OFFICE "' conformance='strict'><workbookPr dateCompatibility='0'/><sheets><sheet name='one' sheetId='1' r:id='a'/></sheets></workbook>", 0},
                     {"xl/_rels/workbook.xml.rels", "<Relationships xmlns='" SPACE_LINK "'><Relationship Id='a' Type='" STRICT_OFFICE "/worksheet' Target='worksheets/sheet1.xml'/></Relationships>", 0},
                     {"xl/worksheets/sheet1.xml", "<worksheet xmlns='" STRICT_SHEET "'><sheetData><row r='1'><c r='A1' t='d'><v>2021-08-27</v></c></row></sheetData></worksheet>", 0}}},
         "A1 D 2021-08-27"},
        {"a prefix for all elements",
         {.change = {{"xl/worksheets/sheet1.xml", "<ss:worksheet xmlns:ss='" SPACE_SHEET "'><ss:sheetData><ss:row><ss:c t='s'><ss:v>1</ss:v></ss:c></ss:row></ss:sheetData></ss:worksheet>", 0}}},
         "A1 T 一"},
        {"UTF-16",
         {.change = {{"xl/worksheets/sheet1.xml", NULL, 0}}}, ""},
        {"dates from 1904",
         {.sheet = ROW("<c r='A1' s='1'><v>0</v></c><c r='B1' s='1'><v>42973</v></c><c r='C1' t='d'><v>2021-08-27</v></c>"),
          .change = {{"xl/workbook.xml", "<workbook xmlns='" SPACE_SHEET "' xmlns:r='" SPACE_OFFICE "'><workbookPr date1904='true'/><sheets><sheet name='one' sheetId='1' r:id='a'/></sheets></workbook>", 0}}},
         "A1 D 1904-01-01|B1 D 2021-08-27|C1 D 2021-08-27"},
        {"targets from the top, and of other case",
         {.sheet = ROW("<c r='A1' t='s'><v>1</v></c>"),
          .change = {{"xl/_rels/workbook.xml.rels", "<Relationships xmlns='" SPACE_LINK "'><Relationship Id='a' Type='" SPACE_OFFICE "/worksheet' Target='/xl/worksheets/../worksheets/./sheet1.xml'/>"
                      "<Relationship Id='s' Type='" SPACE_OFFICE "/sharedStrings' Target='SharedStrings.xml'/><Relationship Id='h' Type='" SPACE_OFFICE "/hyperlink' Target='http://example.org/' TargetMode='External'/></Relationships>", 0}}},
         "A1 T 一"},
        {"no styles, no strings",
         {.sheet = ROW("<c r='A1' s='0'><v>1</v></c>"),
          .change = {{"xl/styles.xml", NULL, 0}, {"xl/sharedStrings.xml", NULL, 0},
                     {"xl/_rels/workbook.xml.rels", "<Relationships xmlns='" SPACE_LINK "'><Relationship Id='a' Type='" SPACE_OFFICE "/worksheet' Target='worksheets/sheet1.xml'/></Relationships>", 0}}},
         "A1 N 1"},
        {"built-in formats given another way, and formats behind the styles",
         {.sheet = ROW("<c r='A1' s='0'><v>5</v></c><c r='B1' s='1'><v>5</v></c>"),
          .change = {{"xl/styles.xml", "<styleSheet xmlns='" SPACE_SHEET "'><cellXfs><xf numFmtId='43'/><xf numFmtId='200'/></cellXfs><numFmts><numFmt numFmtId='43' formatCode='0.0'/><numFmt numFmtId='200' formatCode='0.000'/></numFmts></styleSheet>", 0}}},
         "A1 N 5.0|B1 N 5.000"},
        {"shared strings with runs",
         {.sheet = ROW("<c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c><c r='C1' t='s'><v>2</v></c>"),
          .change = {{"xl/sharedStrings.xml", "<sst xmlns='" SPACE_SHEET "' count='9' uniqueCount='4000000'><si><r><t>云</t></r><r><rPr/><t xml:space='preserve'> 湖</t></r><rPh><t>x</t></rPh></si><si/><si><t>a_x000A_b</t></si></sst>", 0}}},
         "A1 T 云 湖|C1 T a\nb"},
        /* clang-format on */
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct baton_arena *arena = arena_open();
        struct baton_findings found = {.arena = arena};
        struct workbook_fixture fixture = cases[i].fixture;
        const char *want = cases[i].want;
        static char wide[1024]; /* UTF-16, little end first */
        CASE("%s", cases[i].name);
        if (strcmp(cases[i].name, "UTF-16") == 0) {
            static const char text[] =
                "\xff<?xml version='1.0' encoding='UTF-16'?><worksheet xmlns='" SPACE_SHEET
                "'><sheetData><row><c><v>7</v></c></row></sheetData></worksheet>";
            for (size_t k = 0; k + 1 < sizeof text; k++)
                wide[2 * k] = text[k];
            wide[1] = '\xfe';
            fixture.change[0].text = wide;
            fixture.change[0].size = 2 * (sizeof text - 1);
            want = "A1 N 7";
        }
        baton_code code;
        CHECK_TEXT(workbook_fixture_read(&fixture, &code, &found), want);
        CHECK_INT(code, BATON_OK);
        arena_close(arena);
    }
}

TEST(workbook_sheets) {
    static const struct workbook_fixture fixture = {
        .sheet = ROW("<c r='A1'><v>1</v></c>"),
        .change =
            {{"xl/workbook.xml",
              "<workbook xmlns='" SPACE_SHEET "' xmlns:r='" SPACE_OFFICE "'><sheets>"
              "<sheet name='区县' sheetId='7' r:id='b'/><sheet name='Chart' sheetId='8' r:id='c'/>"
              "<sheet name='Old &amp; kept_x0021_' sheetId='1' state='hidden' r:id='a'/>"
              "<sheet name='deep' sheetId='3' state='veryHidden' r:id='d'/></sheets></workbook>",
              0},
             {"xl/_rels/workbook.xml.rels",
              "<Relationships xmlns='" SPACE_LINK "'><Relationship Id='a' Type='" SPACE_OFFICE
              "/worksheet' Target='worksheets/sheet1.xml'/><Relationship Id='b' Type='" SPACE_OFFICE
              "/worksheet' Target='/two.xml'/><Relationship Id='c' Type='" SPACE_OFFICE
              "/chartsheet' Target='chartsheets/none.xml'/><Relationship Id='d' Type='" SPACE_OFFICE
              "/worksheet' Target='../three.xml'/></Relationships>",
              0},
             {"two.xml",
              "<worksheet xmlns='" SPACE_SHEET "'>" ROW("<c><v>2</v></c>") "</worksheet>", 0},
             {"three.xml",
              "<worksheet xmlns='" SPACE_SHEET "'>" ROW("<c><v>3</v></c>") "</worksheet>", 0}},
    };
    struct baton_arena *arena = arena_open();
    struct baton_findings found = {.arena = arena};
    struct workbook *workbook = NULL;
    baton_code code;
    if (!CHECK_INT(workbook_fixture_open(&fixture, &workbook, &found), BATON_OK))
        return;
    CHECK_INT(workbook->sheet_count, 3);
    CHECK_TEXT(workbook->sheet[0].name, "区县");
    CHECK(!workbook->sheet[0].is_hidden);
    CHECK_TEXT(workbook->sheet[1].name, "Old & kept!");
    CHECK(workbook->sheet[1].is_hidden);
    CHECK(workbook->sheet[2].is_hidden);
    CHECK_INT(workbook_find(workbook, "OLD & KEPT!"), 1);
    CHECK_INT(workbook_find(workbook, "区县"), 0);
    CHECK_INT(workbook_find(workbook, "Chart"), UINT32_MAX);
    CHECK_TEXT(workbook_fixture_cells(workbook, 2, &code, &found), "A1 N 3");
    CHECK_TEXT(workbook_fixture_cells(workbook, 0, &code, &found), "A1 N 2");
    CHECK_TEXT(workbook_fixture_cells(workbook, 1, &code, &found), "A1 N 1");
    CHECK_TEXT(workbook_fixture_cells(workbook, 1, &code, &found), "A1 N 1"); /* once more */
    arena_close(arena);
}

static baton_code refuse_second(void *context, const struct workbook_cell *cell) {
    uint32_t *count = context;
    ++*count;
    return cell->column == 2 ? BATON_NOT_SOUND : BATON_OK;
}

TEST(workbook_read_ends_with_what_takes) {
    static const struct workbook_fixture fixture = {
        .sheet = ROW("<c><v>1</v></c><c><v>2</v></c><c><v>3</v></c>")};
    struct baton_arena *arena = arena_open();
    struct baton_findings found = {.arena = arena};
    struct workbook *workbook = NULL;
    uint32_t count = 0;
    if (!CHECK_INT(workbook_fixture_open(&fixture, &workbook, &found), BATON_OK))
        return;
    CHECK_INT(workbook_read(workbook, 0, refuse_second, &count, NULL, NULL, &found),
              BATON_NOT_SOUND);
    CHECK_INT(count, 2);
    CHECK_INT(found.count, 0);
    arena_close(arena);
}

TEST(workbook_cell_names) {
    static const struct {
        const char *text;
        bool is_cell;
        uint32_t row, column;
    } cases[] = {
        {"A1", true, 1, 1},
        {"Z1", true, 1, 26},
        {"AA1", true, 1, 27},
        {"AZ10", true, 10, 52},
        {"ZZ1", true, 1, 702},
        {"AAA1", true, 1, 703},
        {"XFD1048576", true, 1048576, 16384},
        {"$B$7", true, 7, 2},
        {"B$7", true, 7, 2},
        {"ab12", true, 12, 28},
        {"XFE1", false, 0, 0},
        {"A1048577", false, 0, 0},
        {"A0", false, 0, 0},
        {"A01", false, 0, 0},
        {"", false, 0, 0},
        {"A", false, 0, 0},
        {"1", false, 0, 0},
        {"$", false, 0, 0},
        {"A1B", false, 0, 0},
        {"A-1", false, 0, 0},
        {" A1", false, 0, 0},
        {"A1 ", false, 0, 0},
        {"A$", false, 0, 0},
        {"AAAAAAAAAAAAAAAA1", false, 0, 0},
        {"A99999999999999999999", false, 0, 0},
        {"一1", false, 0, 0},
    };
    char name[WORKBOOK_NAME_SIZE];
    for (size_t i = 0; i < LENGTH(cases); i++) {
        uint32_t row = 0, column = 0;
        CASE("%s", cases[i].text);
        CHECK_INT(workbook_cell_parse(cases[i].text, strlen(cases[i].text), &row, &column),
                  cases[i].is_cell);
        CHECK_INT(row, cases[i].row);
        CHECK_INT(column, cases[i].column);
    }
    for (uint32_t column = 1; column <= 16384; column++) {
        uint32_t row = 0, back = 0;
        workbook_cell_name(1048576, column, name);
        CASE("%s", name);
        CHECK(workbook_cell_parse(name, strlen(name), &row, &back));
        CHECK_INT(back, column);
        CHECK_INT(row, 1048576);
    }
}

/* Reading with the n-th allocation failing, for each n: it must end with NO_MEMORY (and, built with a sanitizer, without a leak) until it succeeds. */
struct failing {
    struct baton_arena *arena;
    const char *path;
};

static baton_code ignore(void *context, const struct workbook_cell *cell) {
    (void)context, (void)cell;
    return BATON_OK;
}

static baton_code read_again(void *context) {
    const struct failing *failing = context;
    struct baton_findings found = {.arena = failing->arena};
    struct archive *archive;
    struct workbook *book;
    TRY(archive_open(failing->arena, failing->path, &archive, &found));
    TRY(workbook_open(failing->arena, archive, &book, &found));
    return workbook_read(book, 0, ignore, NULL, NULL, NULL, &found);
}

TEST(workbook_without_memory) {
    static const struct workbook_fixture fixture = {.sheet =
                                                        ROW("<c t='s'><v>1</v></c><c "
                                                            "t='inlineStr'><is><t>云湖</t></is></"
                                                            "c>") "<mergeCells><mergeCell "
                                                                  "ref='A1:B2'/></mergeCells>"};
    struct baton_arena *arena = arena_open();
    struct baton_findings found = {.arena = arena};
    struct workbook *workbook;
    if (!CHECK_INT(workbook_fixture_open(&fixture, &workbook, &found), BATON_OK))
        return;
    uint64_t failed = 0;
    baton_code code = BATON_NO_MEMORY;
    for (uint64_t n = 1; code == BATON_NO_MEMORY && n < 10000; n++, failed++) {
        struct failing failing = {.arena = arena_open(), .path = workbook->path};
        arena_fail_at(n);
        code = arena_run(failing.arena, read_again, &failing);
        arena_fail_at(0);
        arena_close(failing.arena);
    }
    CHECK_INT(code, BATON_OK);
    CHECK(failed > 2);
    arena_close(arena);
}
