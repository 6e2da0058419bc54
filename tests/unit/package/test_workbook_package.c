/* Packages in workbooks from the inside: lines and rows, every column, and cells that come back as they were written. */
#include "package/source_workbook.h"
#include "package/workbook_package.h"
#include "package/workbook_sheet.h"
#include "unit/test.h"
#include <string.h>
#include <unistd.h>

TEST(rows_of_lines) {
    static const struct file_rows rows[] = {{5, 3}, {9, 6}};
    static const struct {
        uint64_t line;
        uint32_t row;
    } cases[] = {{1, 1}, {2, 2}, {5, 3}, {6, 4}, {9, 6}, {100, 97}};
    const struct file sheet = {.rows = rows, .rows_count = LENGTH(rows)}, plain = {0};
    for (size_t i = 0; i < LENGTH(cases); i++) {
        CASE("line %u", (unsigned)cases[i].line);
        CHECK_INT(file_row(&sheet, cases[i].line), cases[i].row);
        CHECK_INT(file_line(&sheet, cases[i].row), cases[i].line);
        CHECK_INT(file_row(&plain, cases[i].line), cases[i].line);
        CHECK_INT(file_line(&plain, cases[i].row), cases[i].row);
    }
    CHECK_INT(file_row(&plain, (uint64_t)1 << 40), UINT32_MAX);
}

TEST(columns_have_their_words) {
    static const char *const known[][2] = {
        {"units", "id"},           {"units", "left"},       {"indicators", "kind"},
        {"indicators", "missing"}, {"indicators", "basis"}, {"observations", "state"},
        {"targets", "baseline"},   {"weights", "for"},      {"adjustments", "honour"},
        {"successions", "share"},  {"scheme", "value"},     {"documents", "text"},
        {"mappings", "mapping"},
    };
    for (size_t i = 0; i < LENGTH(known); i++) {
        CASE("%s.%s", known[i][0], known[i][1]);
        const struct workbook_column column = workbook_column(known[i][0], known[i][1]);
        CHECK(column.zh != NULL && column.en != NULL);
        CHECK((column.words != NULL) == (column.content == CONTENT_WORD));
        CHECK((column.of != NULL) == (column.content == CONTENT_ID));
    }
    const struct workbook_column kind = workbook_column("indicators", "kind");
    CHECK_INT(kind.word_count, 2);
    CHECK_TEXT(kind.words[1], "individual");
    CHECK(kind.only_words);
    CHECK(!workbook_column("indicators", "missing").only_words); /* factor(0.8) */
    CHECK_TEXT(workbook_column("observations", "state").words[0], "na");
    const struct workbook_column own = workbook_column("units", "x_phone");
    CHECK(own.zh == NULL && own.words == NULL && own.content == CONTENT_NUMBER);
}

static const char *text_of(struct source *source, const char *name, struct baton_findings *found) {
    struct file file;
    if (source_read(source, name, 1 << 20, &file, found) != BATON_OK || !file.there)
        return "?";
    return arena_text(source->arena, file.text, file.size);
}

/* A folder written as a workbook, and that opened. */
static struct source *through_workbook(struct baton_arena *arena, struct baton_findings *found) {
    struct source *folder, *book;
    const char *path = arena_printf(arena, "%s/book.xlsx", test_folder());
    if (source_open(arena, test_folder(), &folder, found) != BATON_OK ||
        workbook_package_write(arena, folder, path, found) != BATON_OK ||
        source_open(arena, path, &book, found) != BATON_OK)
        return NULL;
    return book;
}

static void put_file(const char *name, const char *text) {
    test_file(name, text, strlen(text));
}

TEST(package_through_workbook) {
    static const char scheme[] = "# 说明\nbaton: 1\nid: s\nratings: [a, \"\", \"[b]\"]\n# end\n";
    static const char units[] = "id,name,group,order,x_own\n"
                                "320200,\"两\n行\",g,1,007\n"
                                "b,\" \"\"b\"\"\",,-0.30,98.50%\n";
    static const char targets[] =
        "unit,target\n*,1e6\na,0.000\nb,123456789012345\nc,1234567890123456\n";
    struct baton_arena *arena = arena_open();
    struct baton_findings found = {.arena = arena};
    put_file("scheme.yaml", scheme);
    put_file("units.csv", units);
    put_file("targets.csv", targets);
    put_file("documents/rules.md", "# 一\n\n  - two  \n\ttab\n");
    put_file("mappings/m.yaml", "a: {b: [1, 2]}\n");
    struct source *book = through_workbook(arena, &found);
    CHECK_INT(found.count, 0);
    if (CHECK(book != NULL)) {
        CHECK(source_is_workbook(book));
        CHECK_TEXT(text_of(book, "scheme.yaml", &found), scheme);
        CHECK_TEXT(text_of(book, "units.csv", &found), "id,name,group,order,x_own\n"
                                                       "320200,\"两\n行\",g,1,007\n"
                                                       "b,\"\"\"b\"\"\",,-0.30,98.50%\n");
        CHECK_TEXT(text_of(book, "targets.csv", &found), targets);
        CHECK_TEXT(text_of(book, "documents/rules.md", &found), "# 一\n\n  - two  \n\ttab\n");
        CHECK_TEXT(text_of(book, "mappings/m.yaml", &found), "a:\n  b: [1, 2]\n");
        CHECK_TEXT(text_of(book, "weights.csv", &found), "?");
        CHECK_TEXT(text_of(book, "documents/other.md", &found), "?");
        CHECK(source_size(book, "units.csv") >= 0);
        CHECK_INT(source_size(book, "weights.csv"), -1);
        struct source_names names;
        CHECK_INT(source_list(book, "", ".csv", &names, &found), BATON_OK);
        CHECK_INT(names.count, 2);
        CHECK_INT(source_list(book, "documents", ".md", &names, &found), BATON_OK);
        CHECK_INT(names.count, 1);
        source_workbook_own(book, &names);
        CHECK_INT(names.count, 0); /* the lists to choose from are no sheet of the office */
        struct source_tree tree;
        CHECK_INT(source_tree(book, "scheme.yaml", 1 << 20, true, &tree, &found), BATON_OK);
        CHECK(tree.there && tree.is_sheet);
        CHECK_TEXT(tree.file, "scheme");
        CHECK_INT(yaml_get(tree.root, "id")->row, 3);
    }
    CHECK_INT(found.count, 0);
    arena_close(arena);
}

TEST(package_not_written) {
    static const struct {
        const char *name, *file, *text;
        baton_code code;
    } cases[] = {
        {"no scheme", "x.yaml", "", BATON_FILE_MISSING},
        {"no YAML", "scheme.yaml", "a: [\n", BATON_YAML_SYNTAX},
        {"an anchor", "scheme.yaml", "a: &b 1\n", BATON_YAML_ANCHOR},
        {"no map", "scheme.yaml", "- a\n", BATON_VALUE_NOT_MAP},
        {"a ragged row", "units.csv", "id\na,b\n", BATON_CSV_RAGGED},
        {"an open quotation mark", "units.csv", "id\n\"a\n", BATON_CSV_QUOTE_OPEN},
        {"neither encoding", "units.csv", "id\n\xff\xff\n", BATON_ENCODING_BAD},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        CASE("%s", cases[i].name);
        struct baton_arena *arena = arena_open();
        struct baton_findings found = {.arena = arena};
        if (i > 0)
            put_file("scheme.yaml", "baton: 1\n");
        put_file("units.csv", "id\n");
        put_file(cases[i].file, cases[i].text);
        struct source *folder;
        const char *path = arena_printf(arena, "%s/book.xlsx", test_folder());
        if (CHECK_INT(source_open(arena, test_folder(), &folder, &found), BATON_OK))
            CHECK_INT(workbook_package_write(arena, folder, path, &found), cases[i].code);
        CHECK_INT(found.errors, 1);
        CHECK(access(path, F_OK) != 0); /* nothing stands there */
        arena_close(arena);
    }
}
