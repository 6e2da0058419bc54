/* CSV: the form of records, headers and fields, valid and not. */
#include "package/csv.h"
#include "unit/package/fixture.h"
#include "unit/test.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

/* The records of a text as `a|b|c/d|e`, each with its problem. */
static const char *records_of(struct baton_arena *arena, const char *bytes, size_t size) {
    char *copy = arena_text(arena, bytes, size);
    struct csv_scan scan = {copy, copy + size, 1};
    struct csv_record *record = arena_alloc(arena, 1, sizeof *record);
    const char *text = "";
    while (csv_next(&scan, record, arena)) {
        text = arena_printf(arena, "%s%s%u:", text, text[0] != '\0' ? "/" : "",
                            (unsigned)record->line);
        for (uint32_t i = 0; i < record->count && i < LIMIT_COLUMNS; i++)
            text = arena_printf(arena, "%s%s%.*s", text, i > 0 ? "|" : "",
                                (int)record->field[i].size, record->field[i].text);
        if (record->problem != BATON_OK) {
            uint64_t line;
            uint32_t column;
            csv_problem_place(record, &line, &column);
            text = arena_printf(arena, "%s!%s@%u,%u", text, baton_code_info(record->problem)->name,
                                (unsigned)line, column);
        }
    }
    return text;
}

static const struct {
    const char *name, *text, *want;
} record_cases[] = {
    {"plain", "a,b\nc,d\n", "1:a|b/2:c|d"},
    {"no line end at the end", "a,b\nc,d", "1:a|b/2:c|d"},
    {"CRLF", "a,b\r\nc,d\r\n", "1:a|b/2:c|d"},
    {"a carriage return at the very end", "a,b\r", "1:a|b"},
    {"empty fields", "a,,c\n,b,\n", "1:a||c/2:|b|"},
    {"blank lines", "\n\na\n  \n\r\n\nb\n\n", "3:a/7:b"},
    {"rows of empty fields", "a,b\n,\n , \nc,d\n", "1:a|b/4:c|d"},
    {"spaces around", " a ,\tb\t, c d \n", "1:a|b|c d"},
    {"full-width and no-break spaces around",
     "\xe3\x80\x80"
     "a\xe3\x80\x80,\xc2\xa0"
     "b\xc2\xa0\n",
     "1:a|b"},
    {"quotes", "\"a,b\",\"c\"\n", "1:a,b|c"},
    {"doubled quotes", "\"a \"\"b\"\" c\",\"\"\"\"\n", "1:a \"b\" c|\""},
    {"an empty quoted field", "\"\",x\n", "1:|x"},
    {"spaces inside of quotes", "\" a \",b\n", "1:a|b"},
    {"spaces around quotes", "  \"a\"  ,b\n", "1:a|b"},
    {"line ends inside of quotes", "\"a\nb\",c\nd,e\n", "1:a\nb|c/3:d|e"},
    {"CRLF inside of quotes", "\"a\r\nb\",c\r\n", "1:a\r\nb|c"},
    {"a quote never closed", "a,b\nc,\"d\ne,f\n", "1:a|b/2:c|d\ne,f\n!CSV_QUOTE_OPEN@2,3"},
    {"a quote in the middle", "a,b\"c\nd,e\n", "1:a|b\"c!CSV_QUOTE_STRAY@1,4/2:d|e"},
    {"text behind a quote", "\"a\"b,c\nd,e\n", "1:a|c!CSV_QUOTE_STRAY@1,4/2:d|e"},
    {"text behind a quote over lines", "\"a\n\"b,c\n", "1:a\n|c!CSV_QUOTE_STRAY@2,2"},
    {"a carriage return in the middle", "a\rb,c\n", "1:a\rb|c!CSV_CARRIAGE_RETURN@1,2"},
    {"Chinese characters count as one", "无锡,\"市\"x\n", "1:无锡|市!CSV_QUOTE_STRAY@1,7"},
    {"nothing", "", ""},
    {"blanks alone", " \n\n", ""},
};

TEST(csv_records) {
    struct baton_arena *arena = arena_open();
    for (size_t i = 0; i < LENGTH(record_cases); i++) {
        CASE("%s", record_cases[i].name);
        CHECK_TEXT(records_of(arena, record_cases[i].text, strlen(record_cases[i].text)),
                   record_cases[i].want);
    }
    arena_close(arena);
}

TEST(csv_zero_bytes) {
    struct baton_arena *arena = arena_open();
    CHECK_TEXT(records_of(arena, "a,b\nc\0,d\n", 9), "1:a|b/2:c|d!CSV_NUL@2,2");
    char *text = arena_text(arena, "a\0b,c\n\"d\0\",e\n", 13);
    struct csv_scan scan = {text, text + 13, 1};
    struct csv_record *record = arena_alloc(arena, 1, sizeof *record);
    for (int i = 0; i < 2; i++) {
        CHECK(csv_next(&scan, record, arena));
        CHECK_INT(record->problem, BATON_CSV_NUL);
        CHECK_INT(record->count, 2);
    }
    arena_close(arena);
}

TEST(csv_limits) {
    struct baton_arena *arena = arena_open();
    char *text = arena_alloc(arena, 3 * LIMIT_FIELD_SIZE, 1);
    memset(text, 'x', LIMIT_FIELD_SIZE + 1);
    struct csv_record *record = arena_alloc(arena, 1, sizeof *record);
    struct csv_scan scan = {text, text + LIMIT_FIELD_SIZE, 1};
    CHECK(csv_next(&scan, record, arena));
    CHECK_INT(record->problem, BATON_OK);
    CHECK_INT(record->field[0].size, LIMIT_FIELD_SIZE);
    scan = (struct csv_scan){text, text + LIMIT_FIELD_SIZE + 1, 1};
    CHECK(csv_next(&scan, record, arena));
    CHECK_INT(record->problem, BATON_FIELD_TOO_LONG);
    memset(text, ',', LIMIT_COLUMNS);
    text[LIMIT_COLUMNS / 2] = 'x';
    scan = (struct csv_scan){text, text + LIMIT_COLUMNS, 1};
    CHECK(csv_next(&scan, record, arena));
    CHECK_INT(record->problem, BATON_OK);
    CHECK_INT(record->count, LIMIT_COLUMNS);
    memset(text, ',', LIMIT_COLUMNS + 100);
    text[LIMIT_COLUMNS + 100] = '\n';
    scan = (struct csv_scan){text, text + LIMIT_COLUMNS + 101, 1};
    CHECK(csv_next(&scan, record, arena));
    CHECK_INT(record->problem, BATON_TOO_MANY_COLUMNS);
    CHECK(!csv_next(&scan, record, arena));
    arena_close(arena);
}

/* The first byte that means something, at every distance and of every kind. */
TEST(csv_special_bytes) {
    static const char special[] = {',', '"', '\r', '\n', '\0'};
    char text[80];
    for (size_t from = 0; from < 20; from++) {
        for (size_t at = from; at < 60; at++) {
            memset(text, 'x', sizeof text);
            text[at] = special[at % sizeof special];
            CHECK(csv_special(text + from, text + 60) == text + at);
            CHECK(csv_special(text + from, text + at) == text + at);
        }
    }
    memset(text, (char)0xe5, sizeof text);
    CHECK(csv_special(text, text + 80) == text + 80);
}

enum { ID, NAME, SIZE, WHEN, KIND, COLUMNS };
static const struct csv_column columns[COLUMNS] = {
    [ID] = {"id", true},      [NAME] = {"name", true},  [SIZE] = {"size", false},
    [WHEN] = {"when", false}, [KIND] = {"kind", false},
};

static struct csv_table table;

static baton_code read_table(struct package_reader *reader) {
    return csv_table_read(reader->source, "t.csv", true, LIMIT_TABLE_SIZE, columns, COLUMNS, &table,
                          reader->found);
}

static void open_table(struct fixture *f, const char *text) {
    fixture_open(f);
    fixture_file("t.csv", text);
    fixture_read(f, read_table);
}

TEST(csv_table_fields) {
    struct fixture f;
    open_table(&f, "\xef\xbb\xbf"
                   "size,x_own,name,id\n1.5,?,\"a \"\"b\"\"\",p\n\n,,c,q\n");
    CHECK_INT(f.code, BATON_OK);
    CHECK_TEXT(fixture_found(&f), "");
    CHECK_INT(table.row_count, 2);
    CHECK_TEXT(csv_text(&table, 0, ID), "p");
    CHECK_TEXT(csv_text(&table, 0, NAME), "a \"b\"");
    CHECK_TEXT(csv_text(&table, 0, SIZE), "1.5");
    CHECK_TEXT(csv_text(&table, 0, WHEN), "");
    CHECK_TEXT(csv_text(&table, 1, SIZE), "");
    CHECK_TEXT(csv_optional(&table, 1, SIZE), NULL);
    CHECK_INT(table.line[1], 4);
    CHECK(csv_has(&table, SIZE));
    CHECK(!csv_has(&table, WHEN));
    fixture_close(&f);
}

static const struct {
    const char *name, *text, *found;
    uint32_t rows;
} table_cases[] = {
    {"empty", "", "CSV_EMPTY t.csv:0", 0},
    {"blank", "\n \n", "CSV_EMPTY t.csv:0", 0},
    {"header alone", "id,name\n", "", 0},
    {"unknown column", "id,name,sise\na,b,c\n", "COLUMN_UNKNOWN t.csv:1 sise", 1},
    {"a column without a name", "id,name,\na,b,\n", "COLUMN_UNKNOWN t.csv:1 ", 1},
    {"names are case-sensitive", "ID,name\na,b\n",
     "COLUMN_UNKNOWN t.csv:1 ID; COLUMN_MISSING t.csv:1 id", 0},
    {"doubled column", "id,name,id\na,b,c\n", "COLUMN_DOUBLED t.csv:1 id", 1},
    {"missing columns", "size\n1\n", "COLUMN_MISSING t.csv:1 id; COLUMN_MISSING t.csv:1 name", 0},
    {"ragged rows", "id,name\na\nb,c\nd,e,f\n", "CSV_RAGGED t.csv:2; CSV_RAGGED t.csv:4", 1},
    {"wrong quotes", "id,name\na,b\"c\nd,e\nf,\"g\n",
     "CSV_QUOTE_STRAY t.csv:2; CSV_QUOTE_OPEN t.csv:4", 1},
    {"a wrong header", "id,na\"me\na,b\n", "CSV_QUOTE_STRAY t.csv:1", 0},
    {"a carriage return", "id,name\na\rb,c\n", "CSV_CARRIAGE_RETURN t.csv:2", 0},
};

TEST(csv_table_forms) {
    for (size_t i = 0; i < LENGTH(table_cases); i++) {
        struct fixture f;
        CASE("%s", table_cases[i].name);
        open_table(&f, table_cases[i].text);
        CHECK_INT(f.code, BATON_OK);
        CHECK_TEXT(fixture_found(&f), table_cases[i].found);
        CHECK_INT(table.row_count, table_cases[i].rows);
        for (size_t n = 0; n < f.found.count; n++)
            CHECK(fixture_advice(&f, n)[0] != '\0');
        fixture_close(&f);
    }
}

TEST(csv_table_missing_file) {
    struct fixture f;
    fixture_open(&f);
    fixture_read(&f, read_table);
    CHECK_INT(f.code, BATON_OK);
    CHECK_TEXT(fixture_found(&f), "FILE_MISSING t.csv:0");
    CHECK(!table.there);
    fixture_close(&f);
}

TEST(csv_table_folder_for_a_file) {
    struct fixture f;
    fixture_open(&f);
    fixture_file("t.csv/x", "");
    fixture_read(&f, read_table);
    CHECK_INT(f.code, BATON_FILE_READ);
    CHECK_TEXT(fixture_found(&f), "FILE_READ t.csv:0");
    fixture_close(&f);
}

/* 无锡 and 名 in GB18030. */
TEST(csv_table_gb18030) {
    struct fixture f;
    open_table(&f, "id,name\na,\xce\xde\xce\xfd\nb,\xc3\xfb\n");
    if (!fixture_knows_gb18030()) {
        CHECK_TEXT(fixture_found(&f), "ENCODING_BAD t.csv:2");
        fixture_close(&f);
        return;
    }
    CHECK_INT(f.code, BATON_OK);
    CHECK_TEXT(fixture_found(&f), "ENCODING_CONVERTED t.csv:0");
    CHECK_INT(f.found.errors, 0);
    CHECK_TEXT(csv_text(&table, 0, NAME), "无锡");
    CHECK_TEXT(csv_text(&table, 1, NAME), "名");
    fixture_close(&f);
}

TEST(csv_table_no_encoding) {
    struct fixture f;
    open_table(&f, "id,name\na,名\nb,名\xff\n");
    CHECK_INT(f.code, BATON_ENCODING_BAD);
    CHECK_TEXT(fixture_found(&f), "ENCODING_BAD t.csv:3");
    CHECK_INT(f.found.item[0].where.column, 4);
    fixture_close(&f);
}

TEST(csv_table_zero_bytes) {
    struct fixture f;
    fixture_open(&f);
    test_file("t.csv", "id,name\na,b\0c\nd,e\n", 18);
    fixture_read(&f, read_table);
    CHECK_TEXT(fixture_found(&f), "CSV_NUL t.csv:2");
    CHECK_INT(table.row_count, 1);
    fixture_close(&f);
}

static const char *const kinds[] = {"common", "individual"};

/* Numbers, each with the code for its own way of being wrong. */
static const struct {
    const char *text, *measure;
    double want; /* NaN = wrong */
    baton_code code;
} number_cases[] = {
    {"1234.5", NULL, 1234.5, BATON_OK},
    {"+12", NULL, 12, BATON_OK},
    {".5", NULL, .5, BATON_OK},
    {"1e6", NULL, 1e6, BATON_OK},
    {"98.5%", "%", 98.5, BATON_OK},
    {"98.5%", "1", 0.985, BATON_OK},
    {"33.3%", "1", 0.333, BATON_OK},
    {"1e2%", "1", 1, BATON_OK},
    {"98.5%", "亿元", NAN, BATON_NUMERAL_PERCENT},
    {"98.5%", NULL, NAN, BATON_NUMERAL_PERCENT},
    {"\"1,234\"", NULL, NAN, BATON_NUMERAL_GROUPED},
    {"１２", NULL, NAN, BATON_NUMERAL_FULLWIDTH},
    {"98％", "%", NAN, BATON_NUMERAL_FULLWIDTH},
    {"0x10", NULL, NAN, BATON_NUMERAL_HEX},
    {"inf", NULL, NAN, BATON_NUMERAL_INFINITE},
    {"-", NULL, NAN, BATON_NUMERAL_DASH},
    {"N/A", NULL, NAN, BATON_NUMERAL_DASH},
    {"12亿元", NULL, NAN, BATON_NUMERAL_TRAILING},
    {"98 %", "%", NAN, BATON_NUMERAL_SPACED},
    {"1e200", NULL, NAN, BATON_NUMERAL_TOO_LARGE},
    {"about", NULL, NAN, BATON_NUMERAL_BAD},
};

TEST(csv_numbers) {
    for (size_t i = 0; i < LENGTH(number_cases); i++) {
        struct fixture f;
        char text[64];
        CASE("%s (%s)", number_cases[i].text,
             number_cases[i].measure == NULL ? "" : number_cases[i].measure);
        snprintf(text, sizeof text, "id,name,size\na,b,%s\n", number_cases[i].text);
        open_table(&f, text);
        double got = NAN;
        CHECK_INT(csv_number(&table, 0, SIZE, number_cases[i].measure, &got),
                  number_cases[i].code == BATON_OK);
        CHECK_DOUBLE(got, number_cases[i].want);
        CHECK_INT(baton_findings_worst(&f.found), number_cases[i].code);
        CHECK(f.found.count == 0 || fixture_advice(&f, 0)[0] != '\0');
        fixture_close(&f);
    }
}

TEST(csv_types) {
    struct fixture f;
    open_table(&f, "id,name,size,when,kind\n"
                   "a,b,3,2021-08-27,individual\n"
                   "a,b,3.5,2021-02-29,indvidual\n"
                   "a,b,12,2021-Q5,x\n"
                   "a,b,,,\n"
                   "a,b,10d,10d,\n"
                   "a,b,9999d,d,\n");
    int32_t whole = -1, day = -1, days = -1;
    struct baton_period period = {0};
    uint32_t word = 9;
    CHECK(csv_whole(&table, 0, SIZE, 0, 9, &whole) && whole == 3);
    CHECK(csv_date(&table, 0, WHEN, &day) && day == 18866);
    CHECK(csv_period(&table, 0, WHEN, &period) && period.kind == BATON_DAY);
    CHECK(csv_word(&table, 0, KIND, kinds, 2, &word) && word == 1);
    CHECK(!csv_whole(&table, 1, SIZE, 0, 9, &whole));
    CHECK(!csv_date(&table, 1, WHEN, &day));
    CHECK(!csv_word(&table, 1, KIND, kinds, 2, &word));
    CHECK(!csv_whole(&table, 2, SIZE, 0, 9, &whole));
    CHECK(!csv_period(&table, 2, WHEN, &period));
    CHECK(!csv_word(&table, 2, KIND, kinds, 2, &word));
    CHECK(csv_whole(&table, 3, SIZE, 0, 9, &whole) && csv_date(&table, 3, WHEN, &day));
    CHECK(csv_period(&table, 3, WHEN, &period) && csv_word(&table, 3, KIND, kinds, 2, &word));
    CHECK(csv_days(&table, 4, SIZE, &days) && days == 10);
    CHECK(!csv_days(&table, 5, SIZE, &days) && !csv_days(&table, 5, WHEN, &days));
    CHECK_INT(whole, 3); // untouched by what was wrong or empty
    CHECK_INT(day, 18866);
    CHECK_INT(word, 1);
    CHECK_TEXT(fixture_found(&f),
               "WORD_UNKNOWN t.csv:3 kind; NUMBER_WHOLE t.csv:3 size; DATE_BAD t.csv:3 when; "
               "WORD_UNKNOWN t.csv:4 kind; NUMBER_OUTSIDE t.csv:4 size; PERIOD_BAD t.csv:4 when; "
               "DAYS_BAD t.csv:7 size; DAYS_BAD t.csv:7 when");
    CHECK_TEXT(fixture_advice(&f, 0), "did you mean 'individual'? one of: common, individual");
    CHECK_TEXT(fixture_advice(&f, 3), "one of: common, individual");
    fixture_close(&f);
}
