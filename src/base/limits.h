/* The most that is read. Each limit keeps broken or hostile input from taking all memory; reaching
 * one is a finding, never a crash. All are far beyond what an assessment has. */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

#include <stdint.h>

/* Names: 42 Chinese characters; names of any length have a column of their own. */
#define LIMIT_ID_SIZE 128 /* bytes of an identifier */

/* Tables. Those with a row a unit are 40 MB for all 650,000 villages of the country, others some 100 KB; 36 million figures are 0.6 GB, and
 * mapped rather than read. A quotation mark that is never closed would make a field of the whole file. */
#define LIMIT_UNITS_SIZE ((uint64_t)1 << 30) /* bytes of units.csv, targets.csv, weights.csv */
#define LIMIT_TABLE_SIZE ((uint64_t)1 << 26) /* bytes of any other table but observations.csv */
#define LIMIT_OBSERVATIONS_SIZE ((uint64_t)1 << 36) /* bytes of observations.csv */
#define LIMIT_CONVERTED_SIZE \
    ((uint64_t)1 << 32)        /* bytes of a file that is not UTF-8 and is converted */
#define LIMIT_COLUMNS 256      /* of a table; the widest has 25 and the package's own */
#define LIMIT_FIELD_SIZE 65536 /* bytes of a field */

/* scheme.yaml: that of a city has 10 to 50 KB and six maps and lists in each other. The tree is in memory, and read by functions that call
 * themselves. */
#define LIMIT_YAML_SIZE ((uint64_t)1 << 22) /* bytes */
#define LIMIT_YAML_DEPTH 32                 /* maps and lists in each other */
#define LIMIT_YAML_PARTS 10000              /* of a map or list */
#define LIMIT_DAYS 3660                     /* until something is due: ten years */

/* A package: offices use three to five levels of indicators, a village has five units above it. Each figure takes eight bytes. */
#define LIMIT_NODE_LEVEL 32             /* levels of the indicator tree below the root */
#define LIMIT_UNIT_LEVEL 64             /* units above a unit */
#define LIMIT_ELEMENTS 65536            /* elements, reported and named */
#define LIMIT_SERIES 1048576            /* pairs of an element and a period that have figures */
#define LIMIT_CELLS ((uint64_t)1 << 36) /* figures: units times such pairs */
#define LIMIT_DOCUMENT_SIZE ((uint64_t)1 << 24) /* bytes of one file of documents/ */

/* Archives. A package of the largest city is some 100 MB; what is made to fill memory says so by its directory. */
/* Bytes of an archive: what zip holds without its extension for large files. It is mapped, not read into memory. */
#define LIMIT_ARCHIVE_SIZE ((uint64_t)1 << 32)
/* Files and folders of an archive: a package has some ten, a workbook a few for each sheet; their list is in memory. */
#define LIMIT_MEMBERS 10000
/* Bytes of a name with its folders: what Linux and Windows take as a path is no more than four times that, and no office writes a quarter of it. */
#define LIMIT_MEMBER_NAME 1024
/* Bytes of a member, unpacked: it is in memory as a whole, and four thousand million bytes are 200 million rows of figures. */
#define LIMIT_MEMBER_SIZE ((uint64_t)1 << 32)
/* Bytes of all members, unpacked: twice the largest. */
#define LIMIT_INFLATED ((uint64_t)1 << 33)
/* How many times its packed size a member may have, and all of them: tables and sheets reach 5 to 50, deflate at most 1032, which only what is made for it has. */
#define LIMIT_RATIO 200
/* Bytes, unpacked, from which the ratio is judged: less does no harm, and a short text of one character packs as well as a bomb. */
#define LIMIT_RATIO_FROM ((uint64_t)1 << 24)
/* Seconds that go into unpacking an archive: the largest that is allowed takes some 20 to 40. */
#define LIMIT_INFLATE_SECONDS 180

/* Sheets of offices. A city's largest monthly workbook has some 50,000 cells. */
#define LIMIT_SHEET_SIZE ((uint64_t)1 << 28) /* bytes of a file, which is in memory as a whole */
#define LIMIT_SHEET_ROWS 1048576             /* rows: as many as Excel has */
#define LIMIT_SHEET_CELLS 4194304            /* cells with a text, which are in memory */
#define LIMIT_SHEET_MERGES 65536             /* merged ranges, which are looked through */
#define LIMIT_MAPPING_ROWS 16                /* rows of a header */

/* Workbooks. The first three are Excel's own: what Excel cannot have made is broken or made for harm. */
#define LIMIT_EXCEL_ROWS 1048576
#define LIMIT_EXCEL_COLUMNS 16384
/* Units of UTF-16 in the text of a cell. */
#define LIMIT_CELL_TEXT 32767
/* Formats of cells, and number formats: Excel has 65,490; each is an index that stays in memory. */
#define LIMIT_STYLES 65536
/* Bytes of a sheet's name: 31 characters in Excel, but other programs write longer ones. */
#define LIMIT_SHEET_NAME_SIZE 512
/* Sheets: a workbook for each unit of a province would be some hundreds; Excel becomes unusable before a thousand. */
#define LIMIT_SHEETS 1024
/* The column of the last value of a row: 56 indicators of 12 months are 672. Empty cells may be anywhere: whole rows get a colour. */
#define LIMIT_WORKSHEET_COLUMNS 2048
/* Cells of a sheet, empty ones too: as many rows as Excel has, with eight columns each; about two seconds. */
#define LIMIT_WORKSHEET_CELLS 8388608
/* Texts that cells have in common: half of the cells. */
#define LIMIT_SHARED_STRINGS 4194304
/* Merged ranges: a sheet of 10,000 rows with a few in each. They stay in memory. */
#define LIMIT_MERGES 65536
/* Bytes of a sheet as XML: 60 for each of its cells. It is never in memory as a whole. */
#define LIMIT_WORKSHEET_SIZE ((uint64_t)1 << 29)
/* Bytes of the texts that cells have in common, as XML: they stay in memory. */
#define LIMIT_STRINGS_SIZE ((uint64_t)1 << 27)
/* Bytes of the styles as XML: workbooks that were pasted together for years have reached 20 MB. */
#define LIMIT_STYLES_SIZE ((uint64_t)1 << 26)
/* Bytes of the list of sheets with the names of ranges, of a list of relations. */
#define LIMIT_WORKBOOK_SIZE ((uint64_t)1 << 24)
#define LIMIT_RELATIONS_SIZE ((uint64_t)1 << 22)
/* XML of a workbook: elements in each other (cells are at 5), elements in all (three for each cell, one for each row), bytes of a tag: the longest that
 * Excel writes has a name or a formula of 8,192 characters; a tag is in memory as a whole. */
#define LIMIT_XML_DEPTH 64
#define LIMIT_XML_ELEMENTS 26214400
#define LIMIT_XML_TAG_SIZE ((uint64_t)1 << 20)
/* Bytes that taking XML apart needs at one time: a few tags, and each name of an element, attribute or prefix once. Workbooks have some hundred names. */
#define LIMIT_XML_MEMORY ((uint64_t)1 << 26)

#endif
