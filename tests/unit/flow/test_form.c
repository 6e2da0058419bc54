/* Forms without a ledger: what is written is read again, and what was lost on the way shows. */
#include "expected_fixture.h"
#include "flow/form_read.h"
#include "flow_fixture.h"
#include "unit/test.h"
#include <stdio.h>
#include <string.h>

static const char *const texts[][FORM_COLUMNS] = {
    {[FORM_UNIT] = "a",
     [FORM_UNIT_NAME] = "东湖镇",
     [FORM_ELEMENT] = "growth",
     [FORM_VALUE] = "-7.50",
     [FORM_SOURCE] = "=月报",
     [FORM_NOTE] = "two\nlines, and \"quotes\""},
    {[FORM_UNIT] = "b",
     [FORM_UNIT_NAME] = "@西山",
     [FORM_ELEMENT] = "growth",
     [FORM_STATE] = "na",
     [FORM_SOURCE] = "'=quoted",
     [FORM_NOTE] = "''twice",
     [FORM_AT] = "812"},
    {[FORM_UNIT] = "c", [FORM_UNIT_NAME] = "南湾", [FORM_ELEMENT] = "growth"},
};

static struct form_sheet make(struct baton_arena *arena, enum baton_language language) {
    struct form_row *const row = arena_alloc(arena, LENGTH(texts), sizeof *row);
    for (size_t i = 0; i < LENGTH(texts); i++)
        for (int c = 0; c < FORM_COLUMNS; c++)
            row[i].text[c] = texts[i][c] == NULL ? "" : texts[i][c];
    return (struct form_sheet){
        .head = {"city", "towns", "2024", "a", language, "2024-01-02T03:04:05.006Z", LENGTH(texts)},
        .title = "a form",
        .row = row,
        .count = LENGTH(texts)};
}

static const char *written(struct baton_arena *arena, const struct form_sheet *form) {
    const char *const path = arena_printf(arena, "%s/form.csv", test_folder());
    struct writer *const writer = writer_file(arena, path);
    form_csv(arena, form, writer);
    CHECK_INT(writer_close(writer), 0);
    return path;
}

TEST(form_csv_reads_back_the_same) {
    for (int language = 0; language < 2; language++) {
        struct baton_arena *const arena = arena_open();
        struct baton_findings found = {.arena = arena};
        struct form_read read;
        const struct form_sheet form = make(arena, (enum baton_language)language);
        CASE("language %d", language);
        if (CHECK_INT(form_read(arena, written(arena, &form), &read, &found), BATON_OK) &&
            CHECK_INT(read.count, LENGTH(texts))) {
            CHECK_INT(read.filled, 2);
            CHECK_TEXT(form_head_text(arena, &read.head), form_head_text(arena, &form.head));
            for (size_t i = 0; i < LENGTH(texts); i++)
                for (int c = 0; c < FORM_THERE; c++)
                    CHECK_TEXT(read.line[i].text[c] == NULL ? "" : read.line[i].text[c],
                               form.row[i].text[c]);
        }
        arena_close(arena);
    }
}

TEST(form_rows_that_are_missing_are_told) {
    struct baton_arena *const arena = arena_open();
    struct baton_findings found = {.arena = arena};
    struct form_read read;
    struct form_sheet form = make(arena, BATON_EN);
    form.head.rows = 4;
    CHECK_INT(form_read(arena, written(arena, &form), &read, &found), BATON_FORM_ROWS_DIFFER);
    if (CHECK_INT(found.count, 1))
        CHECK_TEXT(found.item[0].where.field, "A2");
    arena_close(arena);
}

TEST(form_heads_are_read_whole_or_not_at_all) {
    static const struct {
        const char *name, *text;
        bool is, reads;
    } cases[] = {
        {"whole",
         "baton-form 1; ledger=a; assessment=b; period=2024; reporter=c; language=zh; made=x; "
         "rows=7",
         true, true},
        {"of another version",
         "baton-form 2; ledger=a; assessment=b; period=2024; reporter=c; language=zh; made=x; "
         "rows=7",
         true, false},
        {"of a version that begins with 1",
         "baton-form 10; ledger=a; assessment=b; period=2024; reporter=c; language=zh; made=x; "
         "rows=7",
         true, false},
        {"without its period",
         "baton-form 1; ledger=a; assessment=b; reporter=c; language=zh; made=x; rows=7", true,
         false},
        {"with rows that are no number",
         "baton-form 1; ledger=a; assessment=b; period=2024; reporter=c; language=zh; made=x; "
         "rows=-1",
         true, false},
        {"another text", "form 1; ledger=a", false, false},
    };
    struct baton_arena *const arena = arena_open();
    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct form_head head;
        CASE("%s", cases[i].name);
        CHECK_INT(form_head_is(cases[i].text), cases[i].is);
        CHECK_INT(form_head_read(arena, cases[i].text, &head), cases[i].reads);
    }
    arena_close(arena);
}

/* Each name stands for one column only, in whatever language. */
TEST(form_columns_have_names_of_their_own) {
    for (int c = 0; c < FORM_COLUMNS; c++) {
        const struct form_column_info *const info = form_column_info((enum form_column)c);
        const char *const name[] = {info->word, info->name[0], info->name[1]};
        for (size_t i = 0; i < LENGTH(name); i++) {
            enum form_column column = FORM_COLUMNS;
            CASE("%s", name[i]);
            CHECK(form_column_of(name[i], &column));
            CHECK_INT(column, c);
        }
    }
}

/* The first finding that has the code, as `field`; NULL = none has. */
static const char *field_of(const struct baton_findings *found, baton_code code) {
    for (size_t i = 0; i < found->count; i++)
        if (found->item[i].code == code)
            return found->item[i].where.field == NULL ? "" : found->item[i].where.field;
    return NULL;
}

#define HEAD \
    "a form\nbaton-form 1; ledger=city; assessment=towns; period=2021; reporter=a; language=en; " \
    "made=x; rows=1\n"
#define NAMES "unit,indicator,element,value,state,note,at\n"

/* What is wrong with the sheet itself. */
static const struct {
    const char *name, *text;
    baton_code code;
    const char *field;
} unread[] = {
    {"no form", "unit,element\na,jobs\n", BATON_FORM_NONE, ""},
    {"another version", "baton-form 7; ledger=city\n", BATON_FORM_NONE, "A1"},
    {"an unknown column", HEAD "check,rows,1\nunit,element,value,state,at,remarks\na,jobs,1\n",
     BATON_FORM_COLUMN_UNKNOWN, "F4"},
    {"a column twice", HEAD "check,rows,1\nunit,element,value,state,at,value\na,jobs,1\n",
     BATON_FORM_COLUMN_TWICE, "F4"},
    {"no column of values", HEAD "check,rows,1\nunit,element,state,at\na,jobs,na\n",
     BATON_FORM_COLUMN_MISSING, ""},
    {"no names at all", HEAD "check,rows,1\na,jobs,na\n", BATON_FORM_COLUMN_MISSING, ""},
    {"no check row", HEAD NAMES "a,,jobs,1,,,\n", BATON_FORM_CHECK_MISSING, ""},
    {"a check row that says otherwise", HEAD "check,rows,1,filled in,2\n" NAMES "a,,jobs,1,,,\n",
     BATON_FORM_CHECK_DIFFERS, "E3"},
    {"a check row without a number", HEAD "check,rows,one\n" NAMES "a,,jobs,1,,,\n",
     BATON_FORM_CHECK_DIFFERS, "C3"},
};

/* Before they are kept. */
TEST(form_sheets_that_go_on_for_long_are_refused) {
    struct baton_arena *const arena = arena_open();
    struct baton_findings found = {.arena = arena};
    struct form_read read;
    const size_t size = 2 * (size_t)(FORM_ROWS_MOST + 1);
    char *const text = arena_alloc_raw(arena, size, 1);
    for (size_t i = 0; i < size; i++)
        text[i] = i % 2 == 0 ? 'a' : '\n';
    CHECK_INT(form_read(arena, test_file("form.csv", text, size), &read, &found),
              BATON_FORM_ROWS_MANY);
    CHECK_TEXT(field_of(&found, BATON_FORM_ROWS_MANY), "A200001");
    found = (struct baton_findings){.arena = arena};
    CHECK_INT(form_read(arena, test_file("form.csv", text, size - 2), &read, &found),
              BATON_FORM_NONE);
    arena_close(arena);
}

TEST(form_sheets_that_are_none_are_refused_at_their_cell) {
    for (size_t i = 0; i < LENGTH(unread); i++) {
        struct baton_arena *const arena = arena_open();
        struct baton_findings found = {.arena = arena};
        struct form_read read;
        CASE("%s", unread[i].name);
        CHECK_INT(form_read(arena, test_file("form.csv", unread[i].text, strlen(unread[i].text)),
                            &read, &found),
                  unread[i].code);
        CHECK_TEXT(field_of(&found, unread[i].code), unread[i].field);
        arena_close(arena);
    }
}

/* What is wrong with a row. */
static const struct {
    const char *name, *row;
    baton_code code;
    const char *field;
} rows[] = {
    {"another name", "a,水果,jobs,1,,,", BATON_FORM_CELL_CHANGED, "B5"},
    {"no element", "a,,,1,,,", BATON_FORM_ROW_NAMELESS, "C5"},
    {"no reason that is one", "a,,jobs,,holiday,,", BATON_FORM_STATE_BAD, "E5"},
    {"a step that is none", "a,,jobs,1,,,x", BATON_FORM_STEP_BAD, "G5"},
    {"figure and reason", "a,,jobs,1,na,why,", BATON_FORM_VALUE_AND_STATE, "E5"},
    {"no number", "a,,jobs,much,,,", BATON_FIGURE_BAD, "D5"},
    {"a percentage of people", "a,,jobs,5%,,,", BATON_FIGURE_BAD, "D5"},
    {"not applicable, and not why", "a,,jobs,,不适用,,", BATON_REASON_NEEDED, "F5"},
    {"a figure of another unit", "b,,jobs,1,,,", BATON_REPORTER_OTHER, "A5"},
    {"a figure that nobody asks for", "a,,fruit,1,,,", BATON_FIGURE_UNEXPECTED, "C5"},
    {"a period that nobody opened", "a,,jobs,1,,,", BATON_PERIOD_UNOPENED, "A5"},
};

static const char *long_row(struct baton_arena *arena) {
    char *const note = arena_alloc(arena, 2002, 1);
    memset(note, 'n', 2001);
    return arena_printf(arena, "a,,jobs,1,,%s,", note);
}

static void check_row(struct form_use *use, struct baton_arena *arena, const char *row,
                      baton_code code, const char *field) {
    struct baton_findings found = {.arena = arena};
    struct form_read read;
    struct form_items items;
    const char *const text = arena_printf(arena, "%scheck,rows,1\n%s%s\n", HEAD, NAMES, row);
    const char *const path = test_file("form.csv", text, strlen(text));
    if (!CHECK_INT(form_read(arena, path, &read, &found), BATON_OK) ||
        !CHECK_INT(form_belongs(&read, use, &found), BATON_OK))
        return;
    CHECK(form_items(arena, use, &read, false, &items, &found) != BATON_OK);
    CHECK_TEXT(field_of(&found, code), field);
}

TEST(form_rows_are_refused_at_their_cell) {
    struct flow_test t;
    struct expected_test e;
    const struct calendar calendar = {.assessment = "towns"};
    if (!flow_begin(&t) ||
        !expected_begin_path(
            &e, flow_package(&t, "towns", "observations.csv",
                             "unit,element,period,value\na,growth,2020,8\na,jobs,2020,7\n")))
        return;
    struct form_use use = {.reader = t.reader,
                           .ledger = "city",
                           .assessment = "towns",
                           .period_name = "2021",
                           .session = e.session,
                           .all = &e.all,
                           .calendar = &calendar,
                           .now_utc_ms = t.now_utc_ms};
    struct form_read read;
    struct form_sheet form;
    CHECK(baton_period_parse("2021", 4, &use.period));
    CHECK_INT(form_prepare(t.arena, &use), BATON_OK);
    for (size_t i = 0; i < LENGTH(rows); i++) {
        CASE("%s", rows[i].name);
        check_row(&use, t.arena, rows[i].row, rows[i].code, rows[i].field);
    }
    CASE("a note that is too long");
    check_row(&use, t.arena, long_row(t.arena), BATON_FORM_TEXT_LONG, "F5");
    CASE("the form of another period");
    form_make(t.arena, &use, &(struct form_pick){.reporter = "a"}, &form);
    CHECK_INT(form.count, 2);
    CHECK_TEXT(form.row[0].text[FORM_LAST], "8");
    use.period_name = "2020";
    CHECK_INT(form_read(t.arena, written(t.arena, &form), &read, &t.found), BATON_OK);
    CHECK_INT(form_belongs(&read, &use, &t.found), BATON_FORM_OTHER);
    CHECK_TEXT(field_of(&t.found, BATON_FORM_OTHER), "A2");
    expected_end(&e);
    flow_end(&t);
}
