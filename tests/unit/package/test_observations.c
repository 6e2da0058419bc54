/* Observations: what comes out of any order of rows, any form of fields and any number of threads;
 * what is refused, with its row. */
#include "package/observations_internal.h"
#include "package/tables.h"
#include "unit/package/fixture.h"
#include "unit/test.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct observations *observations;

static baton_code read_observations(struct package_reader *reader) {
    return observations_read(reader, &observations);
}

/* Units a, b, 无锡市 and one with a long id; leaves pct (%), share (1), money, level (codes A, B). */
static void write_units(void) {
    fixture_file(
        "units.csv",
        "id,name,group\nb,B,g\na,A,g\n无锡市,W,g\n91320200MA1XXXXX0Y-long-id,L,h\ncity,C,\n");
    fixture_file("indicators.csv", "id,name,weight,method,measure\npct,P,1,low,%\nshare,S,1,low,"
                                   "1\nmoney,M,1,low,亿元\nlevel,L,1,grade,\n");
}

static void open_written(struct fixture *f) {
    fixture_open(f);
    observations = NULL;
    fixture_read(f, units_read);
    fixture_read(f, indicators_read);
    CHECK_TEXT(fixture_found(f), "");
}

static void read_text(struct fixture *f, const char *text) {
    fixture_file("observations.csv", text);
    fixture_read(f, read_observations);
}

static void open_units(struct fixture *f) {
    write_units();
    open_written(f);
}

/* The value of a figure and what stands there. */
static double value_of(struct fixture *f, const char *unit, const char *element, const char *period,
                       int *state) {
    const struct baton_facts facts = observations_facts(observations);
    struct baton_column column;
    struct baton_period when = {0};
    const uint32_t u = hash_find(&f->reader.unit, unit, strlen(unit)),
                   e = hash_find(&f->reader.element_index, element, strlen(element));
    baton_period_parse(period, strlen(period), &when);
    *state = -1;
    if (u == HASH_NONE || e == HASH_NONE || !facts.column(facts.context, e, when, &column))
        return NAN;
    *state = column.state == NULL ? BATON_FIGURE : column.state[u];
    return column.value[u];
}

static void check_figure(struct fixture *f, const char *unit, const char *element,
                         const char *period, double value, int state) {
    int got;
    CASE("%s %s %s", unit, element, period);
    CHECK_DOUBLE(value_of(f, unit, element, period, &got), value);
    CHECK_INT(got, state);
}

TEST(observations_plain) {
    struct fixture f;
    open_units(&f);
    read_text(&f, "unit,element,period,value\n"
                  "a,money,2021-03,1.5\n"
                  "b,money,2021-03,-2\n"
                  "无锡市,money,2021-04,0\n"
                  "91320200MA1XXXXX0Y-long-id,money,2021-04,-0\n"
                  "city,other,2020,1e3\n"
                  "a,a_long_element_of_many_letters,2021-W35,7\n"
                  "a,pct,2021-Q1,\n");
    CHECK_INT(f.code, BATON_OK);
    CHECK_TEXT(fixture_found(&f), "");
    check_figure(&f, "a", "money", "2021-03", 1.5, BATON_FIGURE);
    check_figure(&f, "b", "money", "2021-03", -2, BATON_FIGURE);
    check_figure(&f, "无锡市", "money", "2021-03", NAN, BATON_FIGURE);
    check_figure(&f, "无锡市", "money", "2021-04", 0, BATON_FIGURE);
    check_figure(&f, "91320200MA1XXXXX0Y-long-id", "money", "2021-04", 0, BATON_FIGURE);
    check_figure(&f, "city", "other", "2020", 1000, BATON_FIGURE);
    check_figure(&f, "a", "a_long_element_of_many_letters", "2021-W35", 7, BATON_FIGURE);
    check_figure(&f, "a", "pct", "2021-Q1", NAN, BATON_FIGURE);
    check_figure(&f, "a", "pct", "2021-Q2", NAN, -1);
    check_figure(&f, "a", "share", "2021", NAN, -1);
    /* Leaves first, then what only the file names, by id. */
    CHECK_INT(f.scheme.element_count, 6);
    CHECK_TEXT(f.scheme.element[4].id, "a_long_element_of_many_letters");
    CHECK_TEXT(f.scheme.element[5].id, "other");
    CHECK_INT(f.scheme.element[0].frequency, BATON_QUARTER);
    CHECK_INT(f.scheme.element[1].frequency, BATON_PERIOD_NONE);
    CHECK_INT(f.scheme.element[2].frequency, BATON_MONTH);
    const struct baton_facts facts = observations_facts(observations);
    char name[BATON_PERIOD_NAME_SIZE];
    baton_period_format(facts.first, name);
    CHECK_TEXT(name, "2020");
    baton_period_format(facts.last, name);
    CHECK_TEXT(name, "2021-W35");
    baton_period_format(facts.element_first[2], name);
    CHECK_TEXT(name, "2021-03");
    baton_period_format(facts.element_last[2], name);
    CHECK_TEXT(name, "2021-04");
    CHECK_INT(facts.element_first[1].kind, BATON_PERIOD_NONE);
    fixture_close(&f);
}

/* Columns in any order, fields in any form. */
TEST(observations_forms) {
    struct fixture f;
    open_units(&f);
    read_text(&f, "\xef\xbb\xbf"
                  "x_note,state,value,\"period\",unit,source,element\r\n"
                  "\"a, b\",,1.25,2021,a,s,money\r\n"
                  "\r\n"
                  "\"two\nlines\",, +2 ,\" 2021 \",\xe3\x80\x80"
                  "b,,\"mo\"\"ney\"\r\n"
                  ",,98.5%,2021,a,,pct\r\n"
                  ",,98.5%,2021,a,,share\r\n"
                  ",,33.3%,2021,b,,share\r\n"
                  ",,B,2021,a,,level\r\n"
                  ",,A,2021,b,,level\r\n"
                  ",na,,2021,无锡市,,level\r\n"
                  ",pending,what,2021,city,,level\r\n"
                  ",na,-,2022,a,,money");
    CHECK_TEXT(fixture_found(&f), "ID_BAD observations.csv:4 element");
    check_figure(&f, "a", "money", "2021", 1.25, BATON_FIGURE);
    check_figure(&f, "a", "money", "2022", NAN, BATON_NA);
    check_figure(&f, "b", "money", "2022", NAN, BATON_FIGURE);
    check_figure(&f, "a", "pct", "2021", 98.5, BATON_FIGURE);
    check_figure(&f, "a", "share", "2021", 0.985, BATON_FIGURE);
    check_figure(&f, "b", "share", "2021", 0.333, BATON_FIGURE);
    check_figure(&f, "a", "level", "2021", hash_find(&f.reader.code, "B", 1), BATON_FIGURE);
    check_figure(&f, "b", "level", "2021", hash_find(&f.reader.code, "A", 1), BATON_FIGURE);
    check_figure(&f, "无锡市", "level", "2021", NAN, BATON_NA);
    check_figure(&f, "city", "level", "2021", NAN, BATON_PENDING);
    fixture_close(&f);
}

/* An empty value is kept apart from no row where a succession could fill it. */
TEST(observations_empty_values) {
    struct fixture f;
    open_units(&f);
    static struct baton_succession succession;
    f.scheme.succession = &succession;
    f.scheme.succession_count = 1;
    read_text(&f, "unit,element,period,value\na,money,2021,\nb,money,2021,1\n");
    CHECK_TEXT(fixture_found(&f), "");
    check_figure(&f, "a", "money", "2021", NAN, BATON_EMPTY);
    check_figure(&f, "b", "money", "2021", 1, BATON_FIGURE);
    check_figure(&f, "city", "money", "2021", NAN, BATON_FIGURE);
    fixture_close(&f);
}

static const struct {
    const char *name, *text, *found;
} refused[] = {
    {"no file at all", NULL, "FILE_MISSING observations.csv:0"},
    {"empty", "", "CSV_EMPTY observations.csv:0"},
    {"no rows", "unit,element,period,value\n", ""},
    {"columns", "unit,elements,period,value\na,b,2021,1\n",
     "COLUMN_MISSING observations.csv:1 element; COLUMN_UNKNOWN observations.csv:1 elements"},
    {"units", "unit,element,period,value\naa,e,2021,1\n,e,2021,1\nA,e,2021,1\n",
     "UNIT_UNKNOWN observations.csv:2 unit; FIELD_EMPTY observations.csv:3 unit; UNIT_UNKNOWN "
     "observations.csv:4 unit"},
    {"elements", "unit,element,period,value\na,,2021,1\na,x y,2021,1\na,total,2021,1\n",
     "FIELD_EMPTY observations.csv:2 element; ID_BAD observations.csv:3 element; ID_TAKEN "
     "observations.csv:4 element"},
    {"periods", "unit,element,period,value\na,e,,1\na,e,2021-13,1\na,e,2021年,1\n",
     "FIELD_EMPTY observations.csv:2 period; PERIOD_BAD observations.csv:3 period; PERIOD_BAD "
     "observations.csv:4 "
     "period"},
    {"numbers",
     "unit,element,period,value\na,e,2021,\"1,234\"\nb,e,2021,１２\ncity,e,2021,0x10\na,f,2021,"
     "inf\na,g,2021,-\na,h,2021,N/A\n"
     "a,i,2021,12亿元\na,j,2021,1e200\na,k,2021,about\na,pct,2021,98 "
     "%\na,l,2021,98%\na,money,2021,98%\n",
     "NUMERAL_GROUPED observations.csv:2 value; NUMERAL_FULLWIDTH observations.csv:3 value; "
     "NUMERAL_HEX "
     "observations.csv:4 value; NUMERAL_INFINITE observations.csv:5 value; NUMERAL_DASH "
     "observations.csv:6 value; "
     "NUMERAL_DASH observations.csv:7 value; NUMERAL_TRAILING observations.csv:8 value; "
     "NUMERAL_TOO_LARGE "
     "observations.csv:9 value; NUMERAL_BAD observations.csv:10 value; NUMERAL_SPACED "
     "observations.csv:11 value; "
     "NUMERAL_PERCENT observations.csv:12 value; NUMERAL_PERCENT observations.csv:13 value"},
    {"states", "unit,element,period,value,state\na,e,2021,1,NA\nb,e,2021,,no\n",
     "FIGURE_STATE observations.csv:2 state; FIGURE_STATE observations.csv:3 state"},
    {"codes", "unit,element,period,value\na,level,2021,C\nb,level,2021,1\n",
     "CODE_UNKNOWN observations.csv:2 value; CODE_UNKNOWN observations.csv:3 value"},
    {"kinds of periods",
     "unit,element,period,value\na,e,2021-03,1\nb,e,2021,1\na,e,2021-Q1,1\nb,e,2020,1\n",
     "FIGURE_KINDS observations.csv:3 period; FIGURE_KINDS observations.csv:4 period"},
    {"form", "unit,element,period,value\na,e,2021\na,e,2021,1,2\na,e,\"2021\"x,1\na,e,2021,\"1\n",
     "CSV_RAGGED observations.csv:2; CSV_RAGGED observations.csv:3; CSV_QUOTE_STRAY "
     "observations.csv:4; CSV_QUOTE_OPEN "
     "observations.csv:5"},
    {"several in a row", "unit,element,period,value\nz,x y,21,1\n",
     "ID_BAD observations.csv:2 element; PERIOD_BAD observations.csv:2 period; UNIT_UNKNOWN "
     "observations.csv:2 unit"},
    {"doubled", "unit,element,period,value\na,e,2021,1\nb,e,2021,1\na,e,2021,1\na,e,2021,\n",
     "FIGURE_DOUBLED observations.csv:4; FIGURE_DOUBLED observations.csv:5"},
    {"doubled beside a state", "unit,element,period,value,state\na,e,2021,,na\na,e,2021,0,\n",
     "FIGURE_DOUBLED observations.csv:3"},
    {"doubled and wrong otherwise",
     "unit,element,period,value\na,e,2021,0\nzz,e,2021,1\na,e,2021,0\n",
     "UNIT_UNKNOWN observations.csv:3 unit; FIGURE_DOUBLED observations.csv:4"},
    {"an own column unknown", "unit,element,period,value,remark\na,e,2021,1,\n",
     "COLUMN_UNKNOWN observations.csv:1 remark"},
    {"an own column unknown, and rows doubled",
     "unit,element,period,value,remark\na,e,2021,1,\na,e,2021,1,\n",
     "COLUMN_UNKNOWN observations.csv:1 remark; FIGURE_DOUBLED observations.csv:3"},
};

TEST(observations_refused) {
    for (size_t i = 0; i < LENGTH(refused); i++) {
        struct fixture f;
        open_units(&f);
        CASE("%s", refused[i].name);
        if (refused[i].text != NULL)
            fixture_file("observations.csv", refused[i].text);
        fixture_read(&f, read_observations);
        CHECK_INT(f.code, BATON_OK);
        CHECK_TEXT(fixture_found(&f), refused[i].found);
        for (size_t n = 0; n < f.found.count; n++)
            CHECK(fixture_advice(&f, n)[0] != '\0');
        fixture_close(&f);
        char path[512];
        snprintf(path, sizeof path, "%s/observations.csv", test_folder());
        remove(path);
    }
}

TEST(observations_words) {
    struct fixture f;
    open_units(&f);
    read_text(&f, "unit,element,period,value\na,e,2021,1\na,e,2021,2\nCITY,e,2021,1\nW,e,2021,1\na,"
                  "level,2021,a\n"
                  "a,x,2021-03,1\nb,x,2021,1\n");
    fixture_found(&f);
    CHECK_TEXT(fixture_message(&f, 0), "'e' of 'a' in 2021 is in row 2 already");
    CHECK_TEXT(fixture_advice(&f, 1), "did you mean 'city' (C)? ");
    CHECK_TEXT(fixture_advice(&f, 2), "did you mean '无锡市' (W)? ");
    CHECK_TEXT(fixture_message(&f, 3), "'a' is not a code of 'level'");
    CHECK_TEXT(fixture_advice(&f, 3), "did you mean 'A'? the codes are A, B");
    CHECK_TEXT(fixture_message(&f, 4), "'x' has a figure for 2021 here, but for 2021-03 in row 7");
    fixture_close(&f);
}

TEST(observations_of_a_named_element) {
    struct fixture f;
    open_units(&f);
    const uint32_t named = package_element(&f.reader, "per_head", 8);
    f.scheme.element[named].value.text = "gdp / people";
    read_text(&f,
              "unit,element,period,value\na,gdp,2021,1\na,per_head,2021,1\nb,per_head,2020,1\n");
    CHECK_TEXT(fixture_found(&f), "FIGURE_OF_NAMED observations.csv:3 element");
    fixture_close(&f);
}

TEST(observations_too_many_elements) {
    struct fixture f;
    open_units(&f);
    const size_t room = 65600 * 24;
    char *text = malloc(room);
    size_t size = (size_t)snprintf(text, room, "unit,element,period,value\n");
    for (int i = 0; i < 65537; i++)
        size += (size_t)snprintf(text + size, room - size, "a,e%d,2021,1\n", i);
    test_file("observations.csv", text, size);
    free(text);
    fixture_read(&f, read_observations);
    CHECK_INT(f.code, BATON_FIGURES_TOO_MANY);
    CHECK_TEXT(fixture_found(&f), "FIGURES_TOO_MANY observations.csv:0");
    fixture_close(&f);
}

TEST(observations_origins_and_rows) {
    struct fixture f;
    open_units(&f);
    f.reader.want_origins = true;
    read_text(&f, "unit,element,period,value,source,document,x_by,x_at\n"
                  "a,money,2021,1,\"bureau, of\nstatistics\",doc 3,,noon\n"
                  "b,money,2021,2,,,,\n");
    CHECK_TEXT(fixture_found(&f), "");
    const struct baton_facts facts = observations_facts(observations);
    struct baton_column column;
    const struct baton_period period = {2021, 1, BATON_YEAR};
    if (!CHECK(facts.column(facts.context, hash_find(&f.reader.element_index, "money", 5), period,
                            &column)))
        return;
    CHECK_INT(column.origin[hash_find(&f.reader.unit, "a", 1)], 2);
    CHECK_INT(column.origin[hash_find(&f.reader.unit, "b", 1)], 4);
    CHECK_INT(column.origin[hash_find(&f.reader.unit, "city", 4)], 0);
    struct observation_text text;
    if (!CHECK(observations_row_text(observations, f.arena, 2, &text)))
        return;
    CHECK_TEXT(text.unit, "a");
    CHECK_TEXT(text.value, "1");
    CHECK_TEXT(text.state, NULL);
    CHECK_TEXT(text.source, "bureau, of\nstatistics");
    CHECK_TEXT(text.document, "doc 3");
    CHECK_INT(text.also_count, 1);
    CHECK_TEXT(text.also_name[0], "x_at");
    CHECK_TEXT(text.also_text[0], "noon");
    CHECK(observations_row_text(observations, f.arena, 4, &text));
    CHECK_TEXT(text.unit, "b");
    CHECK(!observations_row_text(observations, f.arena, 3, &text)); // in the middle of a row
    CHECK(!observations_row_text(observations, f.arena, 1, &text));
    CHECK(!observations_row_text(observations, f.arena, 5, &text));
    CHECK(!observations_row_text(observations, f.arena, 0, &text));
    fixture_close(&f);
}

/* Large files: several chunks, several threads, rows of all forms, compared with what was
 * written. */

enum { UNITS = 1400, ELEMENTS = 9, PERIODS = 12 };

static uint64_t random_state;

static uint32_t random_below(uint32_t limit) {
    random_state = random_state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((random_state >> 33) % limit);
}

struct large {
    char *text;
    size_t size, room;
    double want[UNITS][ELEMENTS][PERIODS];
    uint32_t line[UNITS][ELEMENTS][PERIODS]; /* 0 = no row */
    uint32_t lines;
};

static struct large large;

static void append(const char *text) {
    const size_t size = strlen(text);
    if (large.size + size > large.room) {
        large.room = 2 * (large.size + size);
        large.text = realloc(large.text, large.room);
    }
    memcpy(large.text + large.size, text, size);
    large.size += size;
}

static void unit_name(uint32_t unit, char out[64]) {
    snprintf(out, 64,
             unit % 5 == 1   ? "单位%u"
             : unit % 5 == 2 ? "a-rather-long-identifier-%u"
                             : "u%u",
             unit);
}

static void element_name(uint32_t element, char out[64]) {
    snprintf(out, 64, element % 4 == 3 ? "an_element_with_a_name_of_many_letters_%u" : "e%u",
             element);
}

/* A number written in one of seven ways; the last two only where rows may be odd. */
static void write_number(char out[64], uint32_t form, uint32_t a, uint32_t b) {
    switch (form) {
    case 0:
        snprintf(out, 64, "%u.%u", a, b);
        return;
    case 1:
        snprintf(out, 64, "-%u.%03u", a, b);
        return;
    case 2:
        snprintf(out, 64, "%u%u", a, b);
        return;
    case 3:
        snprintf(out, 64, "%u.%06u", a, b);
        return;
    case 4:
        snprintf(out, 64, ".%u%u", a, b);
        return;
    case 5:
        snprintf(out, 64, "%u.%ue2", a, b);
        return;
    default:
        snprintf(out, 64, "+%u.%u", a, b);
        return;
    }
}

/* How odd the rows are made: 0 = all plain. */
static void append_row(uint32_t unit, uint32_t element, uint32_t period, uint32_t odd) {
    char name[64], element_id[64], value[64], row[512], note[64] = "";
    unit_name(unit, name);
    element_name(element, element_id);
    const uint32_t form = random_below(odd > 0 ? 7 : 5);
    write_number(value, form, random_below(1000), random_below(999) + 1);
    if (random_below(20) == 0)
        snprintf(value, sizeof value, "0");
    if (random_below(50) == 0)
        value[0] = '\0';
    if (value[0] == '\0')
        large.want[unit][element][period] = NAN;
    else
        baton_number_parse(value, strlen(value), &large.want[unit][element][period], NULL);
    large.line[unit][element][period] = large.lines + 1;
    const uint32_t way = odd > 0 ? random_below(odd) : 99;
    if (odd > 0)
        snprintf(note, sizeof note, way == 5 ? ",\"a\n\"\"b\"\"\n\"" : ",n%u", way);
    snprintf(row, sizeof row,
             way == 0   ? "\"%s\",%s,2021-%02u,%s%s\n"
             : way == 1 ? " %s , %s, 2021-%02u ,%s%s\r\n"
             : way == 2 ? "%s,%s,\"2021-%02u\",\"%s\"%s\n"
             : way == 3 ? "\n%s,%s,2021-%02u,%s%s\n"
                        : "%s,%s,2021-%02u,%s%s\n",
             name, element_id, period + 1, value, note);
    if (way == 3)
        large.line[unit][element][period]++;
    append(row);
    for (const char *at = row; (at = strchr(at, '\n')) != NULL; at++)
        large.lines++;
}

/* Rows by unit, by element or shuffled; one in `gap` left out (0 = none). */
static void make_large(int order, uint32_t odd, uint32_t gap) {
    random_state = (uint64_t)order * 1000 + odd * 10 + gap;
    large.size = 0;
    large.lines = 1;
    memset(large.line, 0, sizeof large.line);
    append(odd > 0 ? "unit,element,period,value,x_note\n" : "unit,element,period,value\n");
    const uint32_t count = UNITS * ELEMENTS * PERIODS;
    for (uint32_t i = 0; i < count; i++) {
        const uint32_t n = order == 2 ? (uint32_t)((uint64_t)i * 48611 % count) : i;
        const uint32_t unit = order == 1 ? n % UNITS : n / (ELEMENTS * PERIODS);
        const uint32_t element = order == 1 ? n / UNITS % ELEMENTS : n % ELEMENTS;
        const uint32_t period = order == 1 ? n / (UNITS * ELEMENTS) : n / ELEMENTS % PERIODS;
        if (gap > 0 && random_below(gap) == 0)
            continue;
        append_row(unit, element, period, odd);
    }
}

static void open_large(struct fixture *f, unsigned threads) {
    fixture_open(f);
    f->reader.parallel = parallel_open(threads);
    char *text = arena_alloc(f->arena, UNITS + 1, 64);
    size_t size = (size_t)snprintf(text, 64, "id,name,group\n");
    for (uint32_t i = 0; i < UNITS; i++) {
        char name[64];
        unit_name((i * 37) % UNITS, name); // another order than that of the ids
        size += (size_t)snprintf(text + size, 64, "%s,n,g\n", name);
    }
    test_file("units.csv", text, size);
    fixture_read(f, units_read);
    CHECK_TEXT(fixture_found(f), "");
}

/* How many figures are not as they were written. */
static size_t count_wrong(struct fixture *f) {
    const struct baton_facts facts = observations_facts(observations);
    size_t wrong = 0;
    uint32_t unit_of[UNITS];
    char name[64];
    for (uint32_t u = 0; u < UNITS; u++) {
        unit_name(u, name);
        unit_of[u] = hash_find(&f->reader.unit, name, strlen(name));
    }
    for (uint32_t e = 0; e < ELEMENTS; e++) {
        element_name(e, name);
        const uint32_t element = hash_find(&f->reader.element_index, name, strlen(name));
        for (uint32_t p = 0; p < PERIODS; p++) {
            const struct baton_period period = {2021, (int16_t)(p + 1), BATON_MONTH};
            struct baton_column column;
            const bool there = facts.column(facts.context, element, period, &column);
            for (uint32_t u = 0; u < UNITS; u++) {
                const uint32_t unit = unit_of[u];
                const double want = large.line[u][e][p] > 0 ? large.want[u][e][p] : NAN;
                wrong += !baton_number_equal_bits(there ? column.value[unit] : NAN, want);
                if (f->reader.want_origins && there)
                    wrong += column.origin[unit] != large.line[u][e][p];
            }
        }
    }
    return wrong;
}

static void check_large(int order, uint32_t odd, uint32_t gap, unsigned threads, bool origins) {
    struct fixture f;
    CASE("order %d, odd %u, gap %u, %u threads, origins %d", order, odd, gap, threads, origins);
    open_large(&f, threads);
    f.reader.want_origins = origins;
    test_file("observations.csv", large.text, large.size);
    fixture_read(&f, read_observations);
    CHECK_INT(f.code, BATON_OK);
    CHECK_TEXT(fixture_found(&f), "");
    if (observations != NULL)
        CHECK_INT(count_wrong(&f), 0);
    fixture_close(&f);
}

TEST(observations_large) {
    for (int order = 0; order < 3; order++) {
        make_large(order, 0, order == 1 ? 7 : 0);
        CHECK(large.size > 3 << 20); // several chunks
        for (unsigned threads = 1; threads <= 4; threads += 1 + (threads == 2))
            check_large(order, 0, 0, threads, threads == 2);
    }
}

/* Quotes, spaces, blank lines, carriage returns; with fields of several lines across the ends of
 * chunks. */
TEST(observations_large_and_odd) {
    for (int order = 0; order < 3; order++) {
        make_large(order, order == 0 ? 5 : 8, 11);
        check_large(order, 8, 11, 1, order == 1);
        check_large(order, 8, 11, 3, order == 2);
    }
}

/* Chunks that are shorter than a row. */
TEST(observations_small_chunks) {
    const size_t size = observations_chunk_size;
    make_large(0, 8, 11);
    for (size_t i = 0; i < 3; i++) {
        observations_chunk_size = (const size_t[]){40, 333, 5000}[i];
        check_large(0, 8, 11, 2, i == 1);
    }
    make_large(2, 0, 0);
    observations_chunk_size = 777;
    check_large(2, 0, 0, 2, false);
    observations_chunk_size = size;
}

/* A field of several chunks. */
TEST(observations_long_quotes) {
    make_large(0, 5, 0);
    append("u0,e0,2022-01,5,\"");
    for (int i = 0; i < 40; i++) {
        char line[1024];
        memset(line, i % 2 == 0 ? ',' : 'x', sizeof line);
        line[1022] = '\n';
        line[1023] = '\0';
        append(line);
    }
    append("\"\n");
    check_large(0, 5, 0, 2, false);
}

TEST(observations_large_in_gb18030) {
    make_large(0, 0, 3);
    size_t to = 0;
    for (size_t at = 0; at < large.size; at++, to++) {
        /* 单位 */
        if (large.size - at >= 6 && memcmp(large.text + at, "单位", 6) == 0) {
            memcpy(large.text + to, "\xb5\xa5\xce\xbb", 4);
            at += 5;
            to += 3;
        } else {
            large.text[to] = large.text[at];
        }
    }
    large.size = to;
    struct fixture f;
    open_large(&f, 2);
    test_file("observations.csv", large.text, large.size);
    fixture_read(&f, read_observations);
    if (!fixture_knows_gb18030()) {
        CHECK_INT(f.code, BATON_ENCODING_BAD);
        fixture_close(&f);
        return;
    }
    CHECK_TEXT(fixture_found(&f), "ENCODING_CONVERTED observations.csv:0");
    CHECK_INT(count_wrong(&f), 0);
    fixture_close(&f);
}

TEST(observations_large_and_broken) {
    make_large(1, 0, 0);
    struct fixture f;
    open_large(&f, 2);
    const size_t at = large.size / 2;
    large.text[at] = (char)0xff;
    test_file("observations.csv", large.text, large.size);
    fixture_read(&f, read_observations);
    CHECK_INT(f.code, BATON_ENCODING_BAD);
    CHECK_INT(f.found.count, 1);
    uint32_t line = 1;
    for (size_t i = 0; i < at; i++)
        line += large.text[i] == '\n';
    CHECK_INT(f.found.item[0].where.row, line);
    fixture_close(&f);
}

/* Rows doubled anywhere, read by several threads, are found, each with both rows. */
TEST(observations_large_and_doubled) {
    make_large(0, 0, 0);
    char row[128];
    static const uint32_t twice[] = {0, 5, 700, 1399};
    for (size_t i = 0; i < LENGTH(twice); i++) {
        char name[64];
        unit_name(twice[i], name);
        snprintf(row, sizeof row, "%s,e0,2021-%02u,1\n", name, (unsigned)i + 1);
        append(row);
    }
    for (unsigned threads = 1; threads <= 4; threads++) {
        struct fixture f;
        CASE("%u threads", threads);
        open_large(&f, threads);
        test_file("observations.csv", large.text, large.size);
        fixture_read(&f, read_observations);
        CHECK_INT(f.code, BATON_OK);
        CHECK_INT(f.found.count, LENGTH(twice));
        for (size_t i = 0; i < f.found.count && i < LENGTH(twice); i++) {
            CHECK_INT(f.found.item[i].code, BATON_FIGURE_DOUBLED);
            CHECK_INT(f.found.item[i].where.row, large.lines + 1 + i);
            CHECK_INT(strtol(f.found.item[i].arg[3], NULL, 10), large.line[twice[i]][0][i]);
        }
        fixture_close(&f);
    }
}

/* More errors than are told, in several chunks: the first hundred, in the order of the file, and
 * all counted. */
TEST(observations_large_and_wrong) {
    large.size = 0;
    append("unit,element,period,value\n");
    for (int i = 0; i < 150000; i++) {
        char row[64];
        snprintf(row, sizeof row, i % 1000 == 0 ? "u%d,e,2021-03-01,x\n" : "u%d,e%d,2021,1\n",
                 i % 1000, i / 1000);
        append(row);
    }
    for (unsigned threads = 1; threads <= 3; threads++) {
        struct fixture f;
        open_large(&f, threads);
        test_file("observations.csv", large.text, large.size);
        fixture_read(&f, read_observations);
        const size_t unknown =
            150 * 400 - 1; /* of the names u0 .. u999 two in five are not units; u0 is one */
        CHECK(f.found.errors > unknown);
        CHECK_INT(f.found.count, BATON_FINDINGS_PER_FILE);
        CHECK_INT(f.found.errors, f.found.count + f.found.left_out);
        CHECK_INT(f.found.item[0].where.row, 2);
        CHECK_INT(f.found.item[0].code, BATON_NUMERAL_DASH);
        CHECK_INT(f.found.item[1].where.row, 3);
        CHECK_INT(f.found.item[1].code, BATON_UNIT_UNKNOWN);
        fixture_close(&f);
    }
}

/* Every allocation failed in turn: no leak, no crash, and NO_MEMORY every time. */
TEST(observations_without_memory) {
    size_t refusals = 0;
    write_units();
    fixture_file(
        "observations.csv",
        "unit,element,period,value,state\na,e,2021,1,\nb,f,2021,,na\n\"a\",f,2021,\"\"\"\",\n"
        "a,e,2021,1,\n");
    for (uint64_t n = 1; n < 4000; n++) {
        struct fixture f;
        open_written(&f);
        f.reader.parallel = parallel_open(2);
        arena_fail_at(n);
        fixture_read(&f, read_observations);
        const bool failed = arena_fail_at(0) == 0;
        if (failed) {
            refusals++;
            CHECK_INT(f.code, BATON_NO_MEMORY);
        } else {
            CHECK_INT(f.code, BATON_OK);
            CHECK_TEXT(fixture_found(&f),
                       "NUMERAL_BAD observations.csv:4 value; FIGURE_DOUBLED observations.csv:5");
        }
        fixture_close(&f);
        if (!failed)
            break;
    }
    CHECK(refusals > 50);
    free(large.text);
    large.text = NULL;
    large.room = 0;
}
