/* Fields of CSV by RFC 4180. */
#include "base/csv_field.h"
#include "unit/test.h"

TEST(csv_field) {
    static const struct {
        const char *text, *want;
    } cases[] = {
        {"", ""},           {"云湖区", "云湖区"},   {"a b", "a b"},
        {"a,b", "\"a,b\""}, {"a\"b", "\"a\"\"b\""}, {"a\nb", "\"a\nb\""},
        {" a", "\" a\""},   {"a ", "\"a \""},       {"a\rb", "\"a\rb\""},
    };
    struct baton_arena *arena = arena_open();
    for (size_t i = 0; i < LENGTH(cases); i++) {
        CASE("%s", cases[i].text);
        struct writer *writer = writer_memory(arena);
        csv_field(writer, cases[i].text);
        CHECK_TEXT(writer_text_of(writer), cases[i].want);
    }
    arena_close(arena);
}

TEST(csv_cell_is_no_formula) {
    static const struct {
        const char *text, *want;
    } cases[] = {
        {"", ""},
        {"云湖区", "云湖区"},
        {"=1+1", "'=1+1"},
        {"+A1", "'+A1"},
        {"-A1", "'-A1"},
        {"@SUM(A1)", "'@SUM(A1)"},
        {"\t=1", "'\t=1"},
        {"\r=1", "\"'\r=1\""},
        {"=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\""},
        {"-12.5", "-12.5"},
        {"+", "+"},
        {"-", "-"},
        {"a=1", "a=1"},
    };
    struct baton_arena *arena = arena_open();
    for (size_t i = 0; i < LENGTH(cases); i++) {
        CASE("%s", cases[i].text);
        struct writer *writer = writer_memory(arena);
        csv_cell(writer, cases[i].text);
        CHECK_TEXT(writer_text_of(writer), cases[i].want);
    }
    arena_close(arena);
}
