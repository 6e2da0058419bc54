/* Workbooks that are refused: for each thing that Excel could not have written, a code, with the workbook and where in it. */
#include "base/limits.h"
#include "files/workbook.h"
#include "unit/test.h"
#include "workbook_fixture.h"
#include <stdio.h>
#include <string.h>

#define ROW(cells) "<sheetData><row r='1'>" cells "</row></sheetData>"
#define LINKS(text) "<Relationships xmlns='" SPACE_LINK "'>" text "</Relationships>"
#define BOOK(text) \
    "<workbook xmlns='" SPACE_SHEET "' xmlns:r='" SPACE_OFFICE "'>" text "</workbook>"
#define LINK(id, type, target) \
    "<Relationship Id='" id "' Type='" SPACE_OFFICE "/" type "' Target='" target "'/>"
#define STRINGS(text) "<sst xmlns='" SPACE_SHEET "'>" text "</sst>"
#define STYLES(text) "<styleSheet xmlns='" SPACE_SHEET "'>" text "</styleSheet>"

static const char sheet_part[] = "xl/worksheets/sheet1.xml", book_part[] = "xl/workbook.xml",
                  links_part[] = "xl/_rels/workbook.xml.rels",
                  strings_part[] = "xl/sharedStrings.xml", styles_part[] = "xl/styles.xml";

struct refused {
    const char *name;
    struct workbook_fixture fixture;
    baton_code code;
    const char *field; /* of the finding; NULL = none */
    uint32_t row;
    const char *says; /* in the message */
};

/* The one finding must be as expected, with words and advice in both languages. */
static void check(const struct refused *want, baton_code code, const struct baton_findings *found) {
    CHECK_INT(code, want->code);
    if (!CHECK_INT(found->count, 1))
        return;
    const struct baton_finding *finding = &found->item[0];
    CHECK_INT(finding->code, want->code);
    CHECK(finding->where.file != NULL && strstr(finding->where.file, "book.xlsx") != NULL);
    CHECK_TEXT(finding->where.field, want->field);
    CHECK_INT(finding->where.row, want->row);
    const char *message = baton_finding_message(found->arena, finding, BATON_EN);
    if (!CHECK(strstr(message, want->says) != NULL))
        CHECK_TEXT(message, want->says);
    for (int language = 0; language < 2; language++) {
        const char *words[] = {
            baton_finding_message(found->arena, finding, (enum baton_language)language),
            baton_finding_advice(found->arena, finding, (enum baton_language)language)};
        for (size_t i = 0; i < LENGTH(words); i++)
            CHECK(words[i][0] != '\0' && strchr(words[i], '%') == NULL &&
                  strchr(words[i], '{') == NULL);
    }
}

static void check_all(const struct refused *cases, size_t count) {
    for (size_t i = 0; i < count; i++) {
        struct baton_arena *arena = arena_open();
        struct baton_findings found = {.arena = arena};
        baton_code code;
        CASE("%s", cases[i].name);
        CHECK_TEXT(workbook_fixture_read(&cases[i].fixture, &code, &found), "");
        check(&cases[i], code, &found);
        arena_close(arena);
    }
}

TEST(workbook_refused_parts) {
    static const struct refused cases[] = {
        /* clang-format off */
        {"no content types", {.change = {{"[Content_Types].xml", NULL, 0}}}, BATON_WORKBOOK_NOT, NULL, 0, "no workbook"},
        {"an OpenDocument sheet", {.change = {{"[Content_Types].xml", NULL, 0}, {"mimetype", "application/vnd.oasis.opendocument.spreadsheet", 0}, {"META-INF/manifest.xml", "<x/>", 0}}},
         BATON_WORKBOOK_OTHER_FORM, NULL, 0, ".ods"},
        {"an OpenDocument text", {.change = {{"[Content_Types].xml", NULL, 0}, {"mimetype", "application/vnd.oasis.opendocument.text", 0}, {"META-INF/manifest.xml", "<x/>", 0}}},
         BATON_WORKBOOK_NOT, NULL, 0, "no workbook"},
        {"binary", {.change = {{"_rels/.rels", LINKS(LINK("r", "officeDocument", "xl/workbook.bin")), 0}, {"xl/workbook.bin", "x", 0}}},
         BATON_WORKBOOK_OTHER_FORM, NULL, 0, ".xlsb"},
        {"a document", {.change = {{"_rels/.rels", LINKS(LINK("r", "officeDocument", "word/document.xml")), 0}, {"word/document.xml", "<document xmlns='urn:w'/>", 0}, {"word/_rels/document.xml.rels", LINKS(""), 0}}},
         BATON_WORKBOOK_NOT, "word/document.xml", 0, "no workbook"},
        {"relations to nothing", {.change = {{"_rels/.rels", LINKS(""), 0}}}, BATON_WORKBOOK_NOT, NULL, 0, "no workbook"},
        {"no relations of the archive", {.change = {{"_rels/.rels", NULL, 0}}}, BATON_WORKBOOK_PART_MISSING, NULL, 0, "_rels/.rels"},
        {"no relations of the workbook", {.change = {{links_part, NULL, 0}}}, BATON_WORKBOOK_PART_MISSING, NULL, 0, links_part},
        {"no workbook", {.change = {{book_part, NULL, 0}}}, BATON_WORKBOOK_PART_MISSING, NULL, 0, book_part},
        {"no sheet", {.change = {{sheet_part, NULL, 0}}}, BATON_WORKBOOK_PART_MISSING, NULL, 0, sheet_part},
        {"no styles", {.change = {{styles_part, NULL, 0}}}, BATON_WORKBOOK_PART_MISSING, NULL, 0, styles_part},
        {"no strings", {.change = {{strings_part, NULL, 0}}}, BATON_WORKBOOK_PART_MISSING, NULL, 0, strings_part},
        {"up and out", {.change = {{links_part, LINKS(LINK("a", "worksheet", "../../etc/passwd")), 0}}}, BATON_WORKBOOK_LINK_OUTSIDE, NULL, 0, "../../etc/passwd"},
        {"from the top and out", {.change = {{links_part, LINKS(LINK("a", "worksheet", "/../etc/passwd")), 0}}}, BATON_WORKBOOK_LINK_OUTSIDE, NULL, 0, "/../etc/passwd"},
        {"of the network", {.change = {{links_part, LINKS("<Relationship Id='a' Type='" SPACE_OFFICE "/worksheet' Target='http://example.org/a.xml' TargetMode='External'/>"), 0}}},
         BATON_WORKBOOK_LINK_OUTSIDE, NULL, 0, "http://example.org/a.xml"},
        {"of the network, not marked", {.change = {{links_part, LINKS(LINK("a", "worksheet", "http://example.org/a.xml")), 0}}}, BATON_WORKBOOK_LINK_OUTSIDE, NULL, 0, "http://example.org/a.xml"},
        {"a file of the machine", {.change = {{links_part, LINKS(LINK("a", "worksheet", "file:///etc/passwd")), 0}}}, BATON_WORKBOOK_LINK_OUTSIDE, NULL, 0, "file:///etc/passwd"},
        {"no target", {.change = {{links_part, LINKS(LINK("a", "worksheet", "")), 0}}}, BATON_WORKBOOK_LINK_OUTSIDE, NULL, 0, "''"},
        {"a sheet without a relation", {.change = {{book_part, BOOK("<sheets><sheet name='one' sheetId='1'/></sheets>"), 0}}}, BATON_WORKBOOK_SHEET_LOST, NULL, 0, "'one'"},
        {"a relation that is not there", {.change = {{book_part, BOOK("<sheets><sheet name='one' sheetId='1' r:id='x'/></sheets>"), 0}}}, BATON_WORKBOOK_SHEET_LOST, NULL, 0, "'one'"},
        {"a sheet that is the styles", {.change = {{book_part, BOOK("<sheets><sheet name='one' sheetId='1' r:id='t'/></sheets>"), 0}}}, BATON_WORKBOOK_SHEET_LOST, NULL, 0, "'one'"},
        {"a sheet that is the workbook", {.change = {{links_part, LINKS(LINK("a", "worksheet", "workbook.xml")), 0}}}, BATON_WORKBOOK_PART_WRONG, book_part, 0, book_part},
        {"two names", {.change = {{book_part, BOOK("<sheets><sheet name='one' r:id='a'/><sheet name='ONE' r:id='a'/></sheets>"), 0}}}, BATON_WORKBOOK_SHEET_DOUBLED, NULL, 0, "two sheets named 'ONE'"},
        {"one content", {.change = {{book_part, BOOK("<sheets><sheet name='one' r:id='a'/><sheet name='two' r:id='a'/></sheets>"), 0}}}, BATON_WORKBOOK_SHEET_DOUBLED, NULL, 0, "'one' and 'two'"},
        {"no sheets", {.change = {{book_part, BOOK("<sheets/>"), 0}}}, BATON_WORKBOOK_NO_SHEETS, NULL, 0, "no sheet"},
        {"only a chart", {.change = {{links_part, LINKS(LINK("a", "chartsheet", "x.xml")), 0}}}, BATON_WORKBOOK_NO_SHEETS, NULL, 0, "no sheet"},
        {"no name", {.change = {{book_part, BOOK("<sheets><sheet r:id='a'/></sheets>"), 0}}}, BATON_WORKBOOK_SHEET_NAME, NULL, 0, "no. 1"},
        {"neither from 1900 nor 1904", {.change = {{book_part, BOOK("<workbookPr date1904='maybe'/><sheets><sheet name='one' r:id='a'/></sheets>"), 0}}}, BATON_WORKBOOK_VALUE_BAD, NULL, 0, "'maybe'"},
        {"other strings", {.sheet = ROW("<c t='s'><v>0</v></c>"), .change = {{strings_part, "<styleSheet xmlns='" SPACE_SHEET "'/>", 0}}}, BATON_WORKBOOK_PART_WRONG, strings_part, 0, strings_part},
        {"other styles", {.change = {{styles_part, "<sst xmlns='" SPACE_SHEET "'/>", 0}}}, BATON_WORKBOOK_PART_WRONG, styles_part, 0, styles_part},
        {"a sheet of no namespace", {.change = {{sheet_part, "<worksheet><sheetData/></worksheet>", 0}}}, BATON_WORKBOOK_PART_WRONG, sheet_part, 0, sheet_part},
        {"a format of no number", {.change = {{styles_part, STYLES("<cellXfs><xf numFmtId='-1'/></cellXfs>"), 0}}}, BATON_WORKBOOK_VALUE_BAD, styles_part, 0, "'-1'"},
        /* clang-format on */
    };
    check_all(cases, LENGTH(cases));
}

TEST(workbook_refused_xml) {
    static const struct refused cases[] = {
        /* clang-format off */
        {"cut off", {.sheet = "<sheetData>"}, BATON_WORKBOOK_XML, sheet_part, 0, "line 1"},
        {"an empty part", {.change = {{sheet_part, "", 0}}}, BATON_WORKBOOK_XML, sheet_part, 0, "XML"},
        {"no XML", {.change = {{styles_part, "PK", 0}}}, BATON_WORKBOOK_XML, styles_part, 0, "XML"},
        {"bad UTF-8", {.sheet = ROW("<c t='inlineStr'><is><t>\xe4\xba</t></is></c>")}, BATON_WORKBOOK_XML, sheet_part, 0, "XML"},
        {"a zero byte", {.change = {{sheet_part, "<worksheet xmlns='" SPACE_SHEET "'>\0</worksheet>", sizeof("<worksheet xmlns='" SPACE_SHEET "'>\0</worksheet>") - 1}}}, BATON_WORKBOOK_XML, sheet_part, 0, "XML"},
        {"an encoding that nobody has", {.change = {{sheet_part, "<?xml version='1.0' encoding='EBCDIC-X'?><worksheet/>", 0}}}, BATON_WORKBOOK_XML, sheet_part, 0, "XML"},
        {"a prefix of no namespace", {.change = {{sheet_part, "<x:worksheet/>", 0}}}, BATON_WORKBOOK_XML, sheet_part, 0, "XML"},
        {"an entity that is not declared", {.sheet = ROW("<c><v>&x;</v></c>")}, BATON_WORKBOOK_XML, sheet_part, 0, "XML"},
        {"a second root", {.change = {{sheet_part, "<worksheet xmlns='" SPACE_SHEET "'/><a/>", 0}}}, BATON_WORKBOOK_XML, sheet_part, 0, "XML"},
        {"a document type", {.change = {{sheet_part, "<!DOCTYPE worksheet><worksheet xmlns='" SPACE_SHEET "'/>", 0}}}, BATON_WORKBOOK_DOCTYPE, sheet_part, 0, "entities"},
        {"laughs", {.change = {{book_part, "<!DOCTYPE w [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]><w>&b;</w>", 0}}}, BATON_WORKBOOK_DOCTYPE, book_part, 0, "entities"},
        {"an entity from a file", {.change = {{strings_part, "<!DOCTYPE sst [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><sst>&a;</sst>", 0}}, .sheet = ROW("<c t='s'><v>0</v></c>")}, BATON_WORKBOOK_DOCTYPE, strings_part, 0, "entities"},
        {"in relations", {.change = {{"_rels/.rels", "<!DOCTYPE x SYSTEM 'http://example.org/x'><x/>", 0}}}, BATON_WORKBOOK_DOCTYPE, "_rels/.rels", 0, "entities"},
        /* clang-format on */
    };
    check_all(cases, LENGTH(cases));
}

TEST(workbook_refused_cells) {
    static const struct refused cases[] = {
        /* clang-format off */
        {"a column too far", {.sheet = ROW("<c r='XFE1'><v>1</v></c>")}, BATON_WORKBOOK_CELL_BEYOND, "one", 1, "'XFE1'"},
        {"a row too far", {.sheet = "<sheetData><row r='1048577'/></sheetData>"}, BATON_WORKBOOK_CELL_BEYOND, "one", 0, "'1048577'"},
        {"a cell of a row too far", {.sheet = "<sheetData><row><c r='A1048577'/></row></sheetData>"}, BATON_WORKBOOK_CELL_BEYOND, "one", 1, "'A1048577'"},
        {"a row behind the last", {.sheet = "<sheetData><row r='1048576'/><row/></sheetData>"}, BATON_WORKBOOK_CELL_BEYOND, "one", 1048576, "'1048577'"},
        {"a cell behind the last", {.sheet = ROW("<c r='XFD1'/><c/>")}, BATON_WORKBOOK_CELL_BEYOND, "one!XFD1", 1, "'16385'"},
        {"row 0", {.sheet = "<sheetData><row r='0'/></sheetData>"}, BATON_WORKBOOK_CELL_BEYOND, "one", 0, "'0'"},
        {"a cell of row 0", {.sheet = ROW("<c r='A0'/>")}, BATON_WORKBOOK_CELL_BEYOND, "one", 1, "'A0'"},
        {"no cell at all", {.sheet = ROW("<c r='12'/>")}, BATON_WORKBOOK_CELL_BEYOND, "one", 1, "'12'"},
        {"a row of letters", {.sheet = "<sheetData><row r='x'/></sheetData>"}, BATON_WORKBOOK_CELL_BEYOND, "one", 0, "'x'"},
        {"cells out of order", {.sheet = ROW("<c r='B1'/><c r='A1'/>")}, BATON_WORKBOOK_CELL_ORDER, "one!B1", 1, "A1 stands behind B1"},
        {"a cell twice", {.sheet = ROW("<c r='B1'><v>1</v></c><c r='B1'><v>2</v></c>")}, BATON_WORKBOOK_CELL_ORDER, "one!B1", 1, "B1 stands behind B1"},
        {"a cell of another row", {.sheet = ROW("<c r='A2'/>")}, BATON_WORKBOOK_CELL_ORDER, "one", 1, "A2 stands behind 1"},
        {"a cell of an earlier row", {.sheet = "<sheetData><row r='5'/><row><c r='A2'/></row></sheetData>"}, BATON_WORKBOOK_CELL_ORDER, "one", 6, "A2 stands behind 6"},
        {"rows out of order", {.sheet = "<sheetData><row r='2'/><row r='1'/></sheetData>"}, BATON_WORKBOOK_CELL_ORDER, "one", 2, "1 stands behind 2"},
        {"a row twice", {.sheet = "<sheetData><row r='2'/><row r='2'/></sheetData>"}, BATON_WORKBOOK_CELL_ORDER, "one", 2, "2 stands behind 2"},
        {"rows twice in two tables", {.sheet = "<sheetData><row r='2'/></sheetData><sheetData><row r='2'/></sheetData>"}, BATON_WORKBOOK_CELL_ORDER, "one", 2, "2 stands behind 2"},
        {"a value too far to the right", {.sheet = ROW("<c r='CAT1'><v>1</v></c>")}, BATON_WORKBOOK_COLUMN_BEYOND, "one!CAT1", 1, "2048"},
        {"a text that is not there", {.sheet = ROW("<c r='A1' t='s'><v>2</v></c>")}, BATON_WORKBOOK_INDEX_UNKNOWN, "one!A1", 1, "the text no. 2"},
        {"a text of a workbook without", {.sheet = ROW("<c r='A1' t='s'><v>0</v></c>"), .change = {{links_part, LINKS(LINK("a", "worksheet", "worksheets/sheet1.xml")), 0}}}, BATON_WORKBOOK_INDEX_UNKNOWN, "one!A1", 1, "the text no. 0"},
        {"a text below the first", {.sheet = ROW("<c r='A1' t='s'><v>-1</v></c>")}, BATON_WORKBOOK_VALUE_BAD, "one!A1", 1, "'-1' is no value of 's'"},
        {"a text beyond all numbers", {.sheet = ROW("<c r='A1' t='s'><v>99999999999999999999999</v></c>")}, BATON_WORKBOOK_VALUE_BAD, "one!A1", 1, "is no value of 's'"},
        {"a style that is not there", {.sheet = ROW("<c r='A1' s='8'><v>1</v></c>")}, BATON_WORKBOOK_INDEX_UNKNOWN, "one!A1", 1, "the format no. 8"},
        {"a style that is no number", {.sheet = ROW("<c r='A1' s='a'/>")}, BATON_WORKBOOK_INDEX_UNKNOWN, "one!A1", 1, "the format no. a"},
        {"an unknown type", {.sheet = ROW("<c r='A1' t='x'><v>1</v></c>")}, BATON_WORKBOOK_VALUE_BAD, "one!A1", 1, "'x' is no value of 't'"},
        {"no number", {.sheet = ROW("<c r='A1'><v>1,5</v></c>")}, BATON_WORKBOOK_VALUE_BAD, "one!A1", 1, "'1,5' is no value of 'n'"},
        {"no number, but more", {.sheet = ROW("<c r='A1'><v>INF</v></c>")}, BATON_WORKBOOK_VALUE_BAD, "one!A1", 1, "'INF' is no value of 'n'"},
        {"a number too large", {.sheet = ROW("<c r='A1'><v>1e200</v></c>")}, BATON_WORKBOOK_VALUE_BAD, "one!A1", 1, "'1e200' is no value of 'n'"},
        {"a long one is cut short", {.sheet = ROW("<c r='A1'><v>xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx</v></c>")}, BATON_WORKBOOK_VALUE_BAD, "one!A1", 1, "xxxxx…'"},
        {"no truth", {.sheet = ROW("<c r='A1' t='b'><v>2</v></c>")}, BATON_WORKBOOK_VALUE_BAD, "one!A1", 1, "'2' is no value of 'b'"},
        {"no date", {.sheet = ROW("<c r='A1' t='d'><v>2021-02-29</v></c>")}, BATON_WORKBOOK_VALUE_BAD, "one!A1", 1, "'2021-02-29' is no value of 'd'"},
        {"a date before all", {.sheet = ROW("<c r='A1' t='d'><v>1899-12-31</v></c>")}, BATON_WORKBOOK_VALUE_BAD, "one!A1", 1, "'1899-12-31' is no value of 'd'"},
        {"merged backwards", {.sheet = "<mergeCells><mergeCell ref='B2:A1'/></mergeCells>"}, BATON_WORKBOOK_VALUE_BAD, "one", 0, "'B2:A1'"},
        {"merged with nothing", {.sheet = "<mergeCells><mergeCell/></mergeCells>"}, BATON_WORKBOOK_VALUE_BAD, "one", 0, "''"},
        {"merged beyond", {.sheet = "<mergeCells><mergeCell ref='A1:XFE2'/></mergeCells>"}, BATON_WORKBOOK_VALUE_BAD, "one", 0, "'A1:XFE2'"},
        {"merged columns", {.sheet = "<mergeCells><mergeCell ref='A:B'/></mergeCells>"}, BATON_WORKBOOK_VALUE_BAD, "one", 0, "'A:B'"},
        /* clang-format on */
    };
    check_all(cases, LENGTH(cases));
}

/* `count` times `text`, with what stands before and behind. */
static const char *many(struct baton_arena *arena, const char *before, const char *text,
                        size_t count, const char *behind) {
    const size_t sizes[] = {strlen(before), strlen(text), strlen(behind)};
    char *out = arena_alloc(arena, sizes[0] + sizes[1] * count + sizes[2] + 1, 1), *at = out;
    memcpy(at, before, sizes[0]);
    at += sizes[0];
    for (size_t i = 0; i < count; i++, at += sizes[1])
        memcpy(at, text, sizes[1]);
    memcpy(at, behind, sizes[2]);
    return out;
}

/* What is one more than the limit; the same with the limit itself must do. */
static void check_limit(struct refused want, const char *part, const char *before, const char *text,
                        size_t most, const char *behind) {
    for (size_t more = 0; more < 2; more++) {
        struct baton_arena *arena = arena_open();
        struct baton_findings found = {.arena = arena};
        const char *made = many(arena, before, text, most + more, behind);
        struct workbook_fixture fixture = want.fixture;
        baton_code code;
        if (part == NULL)
            fixture.sheet = made;
        else
            fixture.change[0] = (struct workbook_part){part, made, 0};
        CASE("%s, %zu", want.name, most + more);
        workbook_fixture_read(&fixture, &code, &found);
        if (more == 0)
            CHECK_INT(code, BATON_OK);
        else
            check(&want, code, &found);
        arena_close(arena);
    }
}

TEST(workbook_limits) {
    /* clang-format off */
    check_limit((struct refused){"characters of a text", {0}, BATON_WORKBOOK_TEXT_TOO_LONG, "one!A1", 1, "32767"}, NULL,
                "<sheetData><row><c t='inlineStr'><is><t>", "云", LIMIT_CELL_TEXT, "</t></is></c></row></sheetData>");
    check_limit((struct refused){"characters of two units", {0}, BATON_WORKBOOK_TEXT_TOO_LONG, "one!A1", 1, "32767"}, NULL,
                "<sheetData><row><c t='str'><v>", "𠮷", LIMIT_CELL_TEXT / 2, "</v></c></row></sheetData>");
    check_limit((struct refused){"characters of a shared text", {.sheet = ROW("<c t='s'><v>1</v></c>")}, BATON_WORKBOOK_TEXT_TOO_LONG, strings_part, 0, "no. 1"}, strings_part,
                "<sst xmlns='" SPACE_SHEET "'><si><t>a</t></si><si><t>", "_x0041_", LIMIT_CELL_TEXT, "</t></si></sst>");
    check_limit((struct refused){"sheets", {0}, BATON_WORKBOOK_SHEET_DOUBLED, NULL, 0, "'one'"}, book_part,
                "<workbook xmlns='" SPACE_SHEET "' xmlns:r='" SPACE_OFFICE "'><sheets>", "<sheet name='one' r:id='a'/>", 1, "</sheets></workbook>");
    check_limit((struct refused){"styles", {0}, BATON_WORKBOOK_TOO_MANY, styles_part, 0, "65536 elements <xf>"}, styles_part,
                "<styleSheet xmlns='" SPACE_SHEET "'><cellXfs>", "<xf/>", LIMIT_STYLES, "</cellXfs></styleSheet>");
    check_limit((struct refused){"merged ranges", {0}, BATON_WORKBOOK_TOO_MANY, "one", 0, "65536 elements <mergeCell>"}, NULL,
                "<mergeCells>", "<mergeCell ref='A1:B2'/>", LIMIT_MERGES, "</mergeCells>");
    check_limit((struct refused){"the name of a sheet", {0}, BATON_WORKBOOK_SHEET_NAME, NULL, 0, "512 bytes"}, book_part,
                "<workbook xmlns='" SPACE_SHEET "' xmlns:r='" SPACE_OFFICE "'><sheets><sheet r:id='a' name='", "a", LIMIT_SHEET_NAME_SIZE, "'/></sheets></workbook>");
    /* clang-format on */
}

TEST(workbook_too_deep) {
    for (size_t more = 0; more < 2; more++) {
        struct baton_arena *arena = arena_open();
        struct baton_findings found = {.arena = arena};
        const struct refused want = {"", {0}, BATON_WORKBOOK_TOO_DEEP, sheet_part, 0, "64"};
        const size_t deep = LIMIT_XML_DEPTH - 1 + more; /* the root is one too */
        const struct workbook_fixture fixture = {
            .sheet = many(arena, many(arena, "", "<a>", deep, ""), "</a>", deep, "")};
        baton_code code;
        CASE("%zu", deep);
        workbook_fixture_read(&fixture, &code, &found);
        if (more == 0)
            CHECK_INT(code, BATON_OK);
        else
            check(&want, code, &found);
        arena_close(arena);
    }
}

TEST(workbook_too_long) {
    static const struct {
        const char *name, *before, *behind;
    } cases[] = {
        {"an attribute", "<sheetData><row r='", "'/></sheetData>"},
        {"a name", "<a", "/>"},
        {"a comment", "<!--", "-->"},
        {"an instruction", "<?a ", "?>"},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct baton_arena *arena = arena_open();
        struct baton_findings found = {.arena = arena};
        const struct refused want = {"",         {0}, BATON_WORKBOOK_TAG_TOO_LONG,
                                     sheet_part, 0,   "1048576"};
        const struct workbook_fixture fixture = {
            .sheet =
                many(arena, cases[i].before, "1", LIMIT_XML_TAG_SIZE + (1 << 18), cases[i].behind)};
        baton_code code;
        CASE("%s", cases[i].name);
        workbook_fixture_read(&fixture, &code, &found);
        check(&want, code, &found);
        arena_close(arena);
    }
}

/* Ever new names, each of which stays in memory. */
TEST(workbook_names) {
    static const struct {
        const char *before, *behind;
    } forms[] = {{"<a", "/>"}, {"<a a", "=''/>"}, {"<a xmlns:a", "='b'/>"}};
    for (size_t i = 0; i < LENGTH(forms); i++) {
        struct baton_arena *arena = arena_open();
        struct baton_findings found = {.arena = arena};
        const struct refused want = {"", {0}, BATON_WORKBOOK_NAMES, sheet_part, 0, "64"};
        enum { COUNT = 1200000, MOST = 40 };
        char *const sheet = arena_alloc(arena, (size_t)COUNT * MOST, 1);
        size_t size = 0;
        for (unsigned k = 0; k < COUNT; k++)
            size +=
                (size_t)snprintf(sheet + size, MOST, "%s%u%s", forms[i].before, k, forms[i].behind);
        const struct workbook_fixture fixture = {.sheet = sheet};
        baton_code code;
        CASE("%s", forms[i].before);
        workbook_fixture_read(&fixture, &code, &found);
        check(&want, code, &found);
        arena_close(arena);
    }
}

static void put_name(char *to, const char *name) {
    for (; *name != '\0'; name++, to += 2)
        *to = *name;
}

TEST(workbook_refused_old_forms) {
    static char bytes[2048] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
    struct baton_arena *arena = arena_open();
    struct baton_findings found = {.arena = arena};
    struct archive *archive = NULL;
    put_name(bytes + 1024, "Workbook");
    const char *path = test_file("old.xls", bytes, sizeof bytes);
    CHECK_INT(archive_open(arena, path, &archive, &found), BATON_WORKBOOK_OLD_FORM);
    put_name(bytes + 1024, "EncryptedPackage");
    path = test_file("locked.xlsx", bytes, sizeof bytes);
    CHECK_INT(archive_open(arena, path, &archive, &found), BATON_WORKBOOK_LOCKED);
    CHECK_INT(found.count, 2);
    CHECK_INT(workbook_refuse_old("x", bytes, 8, &found), BATON_WORKBOOK_OLD_FORM);
    CHECK_INT(workbook_refuse_old("x", bytes, 7, &found), BATON_OK);
    CHECK_INT(workbook_refuse_old("x", "PK\3\4xxxxxxxx", 12, &found), BATON_OK);
    arena_close(arena);
}
