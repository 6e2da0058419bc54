/* Documents: every part in every form, and what their texts may hold. */
#include "base/text.h"
#include "report/document.h"
#include "unit/test.h"
#include <string.h>

static const char *written(struct document *document, struct baton_arena *arena,
                           enum document_format format, uint32_t width) {
    const struct document_how how = {.format = format, .width = width};
    struct writer *writer = writer_memory(arena);
    document_write(document, &how, writer);
    return writer_text_of(writer);
}

static struct document *whole(struct baton_arena *arena, enum baton_language language) {
    static const struct document_column columns[] = {{.title = "node", .tree = true},
                                                     {.title = "points", .align = ALIGN_RIGHT},
                                                     {.title = "how", .align = ALIGN_LEFT}};
    struct document *document = document_open(arena, language);
    document_title(document, "Annex", "A & B", "2021");
    document_heading(document, 1, "First");
    document_paragraph(document, "One *star* and " DOCUMENT_CODE "a|b" DOCUMENT_END ".");
    document_heading(document, 2, "Inner");
    document_item(document, 0, "item");
    document_item(document, 1, "below\nit");
    document_quote(document, "said");
    struct document_table *table = document_table(document, columns, LENGTH(columns));
    document_row(table, ROW_STRONG, 0, (const char *const[]){"all", "100", ""});
    document_row(table, ROW_PLAIN, 1, (const char *const[]){"a|b", "7.5", NULL});
    document_note(document, "small");
    document_heading(document, 1, "Second");
    return document;
}

TEST(document_text) {
    struct baton_arena *arena = arena_open();
    CHECK_TEXT(written(whole(arena, BATON_EN), arena, DOCUMENT_TEXT, 40),
               "Annex\n"
               "                 A & B\n"
               "                  2021\n"
               "════════════════════════════════════════\n"
               "\n"
               "1  First\n"
               "One *star* and a|b.\n"
               "\n"
               "1.1  Inner\n"
               "\n"
               "- item\n"
               "  - below\n"
               "    it\n"
               "\n"
               "  │ said\n"
               "\n"
               "──────────────────\n"
               "node   points  how\n"
               "──────────────────\n"
               "all       100\n"
               "  a|b     7.5\n"
               "──────────────────\n"
               "small\n"
               "\n"
               "2  Second\n");
    arena_close(arena);
}

TEST(document_markdown) {
    struct baton_arena *arena = arena_open();
    CHECK_TEXT(written(whole(arena, BATON_ZH), arena, DOCUMENT_MARKDOWN, 0),
               "Annex\n"
               "\n"
               "# A \\& B\n"
               "\n"
               "2021\n"
               "\n"
               "## 一、First\n"
               "\n"
               "One \\*star\\* and `a|b`.\n"
               "\n"
               "### （一）Inner\n"
               "\n"
               "- item\n"
               "  - below\\\n"
               "    it\n"
               "\n"
               "> said\n"
               "\n"
               "| node | points | how |\n"
               "|---|--:|---|\n"
               "| **all** | **100** |  |\n"
               "| 　a\\|b | 7.5 |  |\n"
               "\n"
               "small\n"
               "\n"
               "## 二、Second\n");
    arena_close(arena);
}

TEST(document_html) {
    struct baton_arena *arena = arena_open();
    const char *html = written(whole(arena, BATON_ZH), arena, DOCUMENT_HTML, 0);
    CHECK(strstr(html, "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n") == html);
    CHECK(strstr(html, "<title>A &amp; B</title>") != NULL);
    const char *body = strstr(html, "<body>");
    if (CHECK(body != NULL))
        CHECK_TEXT(body,
                   "<body>\n<main>\n"
                   "<p class=\"above\">Annex</p>\n"
                   "<h1>A &amp; B</h1>\n"
                   "<p class=\"below\">2021</p>\n"
                   "<h2>一、First</h2>\n"
                   "<p>One *star* and <code>a|b</code>.</p>\n"
                   "<h3>（一）Inner</h3>\n"
                   "<ul>\n<li>item<ul>\n<li>below<br>\nit</li>\n</ul>\n</li>\n</ul>\n"
                   "<blockquote>\n<p>said</p>\n</blockquote>\n"
                   "<div class=\"wide\">\n<table>\n"
                   "<thead><tr><th scope=\"col\">node</th><th scope=\"col\">points</th>"
                   "<th scope=\"col\">how</th></tr></thead>\n<tbody>\n"
                   "<tr class=\"strong\"><td>all</td><td class=\"right\">100</td><td></td></tr>\n"
                   "<tr><td style=\"padding-left: 1.5em\">a|b</td><td class=\"right\">7.5</td>"
                   "<td></td></tr>\n"
                   "</tbody>\n</table>\n</div>\n"
                   "<p class=\"note\">small</p>\n"
                   "<h2>二、Second</h2>\n"
                   "</main>\n</body>\n</html>\n");
    arena_close(arena);
}

TEST(document_numbers) {
    static const struct {
        enum baton_language language;
        const char *want_first, *want;
    } cases[] = {
        {BATON_ZH, "（十）h",
         "（十）h\n\n1. h\n\n（1）h\n\n（2）h\n\n（十一）h\n\n1. h\n\n二十、h\n\n二十一、h\n"},
        {BATON_EN, "19.10  h",
         "19.10  h\n\n19.10.1  h\n\n(1) h\n\n(2) h\n\n19.11  h\n\n19.11.1  h\n\n20  h\n\n21  h\n"},
    };
    static const unsigned levels[] = {1, 2, 3, 4, 4, 2, 3, 1, 1};
    struct baton_arena *arena = arena_open();
    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct document *document = document_open(arena, cases[i].language);
        for (unsigned n = 0; n < 18; n++)
            document_heading(document, 1, "before");
        document_heading(document, 1, "h");
        for (unsigned n = 0; n < 9; n++)
            document_heading(document, 2, "before");
        for (size_t n = 1; n < LENGTH(levels); n++)
            document_heading(document, levels[n], "h");
        const char *from = strstr(written(document, arena, DOCUMENT_TEXT, 60), cases[i].want_first);
        if (CHECK(from != NULL))
            CHECK_TEXT(from, cases[i].want);
    }
    arena_close(arena);
}

/* What a text may hold, and how it is put where it means something. */
TEST(document_escapes) {
    static const struct {
        const char *text, *markdown, *html;
    } cases[] = {
        {"a_b _c_ *d*", "a_b \\_c\\_ \\*d\\*", "a_b _c_ *d*"},
        {"<b>&\"`", "\\<b\\>\\&\"\\`", "&lt;b&gt;&amp;&quot;`"},
        {"# no heading", "\\# no heading", "# no heading"},
        {"- no item", "\\- no item", "- no item"},
        {"12. no number", "12\\. no number", "12. no number"},
        {"12 months", "12 months", "12 months"},
        {"one\n+ two", "one\\\n\\+ two", "one<br>\n+ two"},
        {DOCUMENT_CODE "a`b*" DOCUMENT_END, "``a`b*``", "<code>a`b*</code>"},
        {DOCUMENT_CODE "`a" DOCUMENT_END, "`` `a ``", "<code>`a</code>"},
        {DOCUMENT_CODE "open", "`open`", "<code>open</code>"},
        {"bell\a\tand" DOCUMENT_END " end", "belland end", "belland end"},
        {"云湖|区", "云湖\\|区", "云湖|区"},
        {"[a](b) ~c~ $d$", "\\[a\\](b) \\~c\\~ \\$d\\$", "[a](b) ~c~ $d$"},
    };
    struct baton_arena *arena = arena_open();
    for (size_t i = 0; i < LENGTH(cases); i++) {
        CASE("%s", cases[i].text);
        struct document *document = document_open(arena, BATON_EN);
        document_paragraph(document, cases[i].text);
        CHECK_TEXT(written(document, arena, DOCUMENT_MARKDOWN, 0),
                   arena_printf(arena, "%s\n", cases[i].markdown));
        const char *html = written(document, arena, DOCUMENT_HTML, 0);
        CHECK(strstr(html, arena_printf(arena, "<main>\n<p>%s</p>\n", cases[i].html)) != NULL);
    }
    arena_close(arena);
}

/* No line is wider than asked, whatever stands in the table; every character of every cell is there. */
TEST(document_paragraph_width) {
    struct baton_arena *arena = arena_open();
    struct document *document = document_open(arena, BATON_ZH);
    document_paragraph(document, "考核对象的数据、目标值和加减分由考核办重新计分后公布。");
    /* The first line is indented by two characters, and counts them. */
    CHECK_TEXT(written(document, arena, DOCUMENT_TEXT, 40),
               "    考核对象的数据、目标值和加减分由考核\n"
               "办重新计分后公布。\n");
    arena_close(arena);
}

TEST(document_table_width) {
    static const struct document_column columns[] = {
        {.title = "指标名称", .tree = true},
        {.title = "分值", .align = ALIGN_RIGHT, .whole = true},
        {.title = "计分方法"},
        {.title = "a long heading of words"}};
    static const char *const cells[][4] = {
        {"一般公共预算收入增速", "12.5",
         "功效系数法：60+40×(实际值−本类最低值)÷(本类最高值−本类最低值)",
         "words that go on and on"},
        {"averyveryverylongwordthatcannotbebrokenanywhereatall", "100", "", "短"},
    };
    struct baton_arena *arena = arena_open();
    for (uint32_t width = 40; width <= 160; width += 5) {
        CASE("%u columns", width);
        struct document *document = document_open(arena, BATON_ZH);
        struct document_table *table = document_table(document, columns, LENGTH(columns));
        for (size_t r = 0; r < LENGTH(cells); r++)
            document_row(table, ROW_PLAIN, (unsigned)r, cells[r]);
        const char *text = written(document, arena, DOCUMENT_TEXT, width);
        size_t found = 0;
        for (const char *line = text; *line != '\0'; line += strcspn(line, "\n") + 1) {
            const size_t size = strcspn(line, "\n");
            /* Too narrow for columns, a row is a block, in which a word may be longer. */
            const bool is_word =
                strchr(line, ' ') >= line + size || memchr(line, 'v', size) != NULL;
            CHECK(text_width(line, size) <= width || (width < 55 && is_word));
            for (size_t i = 0; i < size; i++)
                found += line[i] == 'v' || strncmp(line + i, "最", 3) == 0;
        }
        CHECK_INT(found, 3 + 3);
    }
    arena_close(arena);
}

TEST(document_table_empty) {
    static const struct document_column column[] = {{.title = "none"}};
    struct baton_arena *arena = arena_open();
    struct document *document = document_open(arena, BATON_EN);
    document_paragraph(document, "before");
    struct document_table *table = document_table(document, column, 1);
    document_paragraph(document, "behind");
    CHECK_INT(document_rows(table), 0);
    CHECK_TEXT(written(document, arena, DOCUMENT_MARKDOWN, 0), "before\n\nbehind\n");
    CHECK(strstr(written(document, arena, DOCUMENT_HTML, 0), "<table>") == NULL);
    CHECK(strstr(written(document, arena, DOCUMENT_TEXT, 60), "none") == NULL);
    arena_close(arena);
}

/* Too narrow for its columns, a table is a block of lines for each row. */
TEST(document_table_blocks) {
    static const struct document_column columns[] = {{.title = "indicator", .tree = true},
                                                     {.title = "unit of measurement"},
                                                     {.title = "who answers for it"},
                                                     {.title = "clause of the rules"},
                                                     {.title = "method"}};
    struct baton_arena *arena = arena_open();
    struct document *document = document_open(arena, BATON_EN);
    struct document_table *table = document_table(document, columns, LENGTH(columns));
    document_row(table, ROW_STRONG, 0,
                 (const char *const[]){"economy", NULL, NULL, "article four", NULL});
    document_row(table, ROW_PLAIN, 1,
                 (const char *const[]){"growth", "per cent", "statistics\naudit", "article four",
                                       "between lowest and highest"});
    CHECK_TEXT(written(document, arena, DOCUMENT_TEXT, 40),
               "────────────────────────────────────────\n"
               "economy\n"
               "  clause of the rules: article four\n"
               "  growth\n"
               "    unit of measurement: per cent\n"
               "    who answers for it: statistics;\n"
               "      audit\n"
               "    clause of the rules: article four\n"
               "    method: between lowest and highest\n"
               "────────────────────────────────────────\n");
    arena_close(arena);
}

TEST(document_drop_empty) {
    static const struct document_column columns[] = {
        {.title = "a"}, {.title = "b"}, {.title = "c", .align = ALIGN_RIGHT}};
    struct baton_arena *arena = arena_open();
    struct document *document = document_open(arena, BATON_EN);
    struct document_table *table = document_table(document, columns, LENGTH(columns));
    document_row(table, ROW_PLAIN, 0, (const char *const[]){NULL, NULL, "1"});
    document_row(table, ROW_PLAIN, 0, (const char *const[]){"", "", "2"});
    document_drop_empty(table);
    CHECK_TEXT(written(document, arena, DOCUMENT_MARKDOWN, 0),
               "| a | c |\n|---|--:|\n|  | 1 |\n|  | 2 |\n");
    arena_close(arena);
}

TEST(document_numbered) {
    struct baton_arena *arena = arena_open();
    struct document *document = document_open(arena, BATON_ZH);
    document_heading(document, 1, "甲");
    document_numbered(document, "一条");
    document_numbered(document, "又一条");
    document_heading(document, 1, "乙");
    document_numbered(document, "另一条");
    CHECK_TEXT(written(document, arena, DOCUMENT_TEXT, 60),
               "一、甲\n1. 一条\n2. 又一条\n\n二、乙\n1. 另一条\n");
    CHECK_TEXT(written(document, arena, DOCUMENT_MARKDOWN, 0),
               "## 一、甲\n\n1. 一条\n2. 又一条\n\n## 二、乙\n\n1. 另一条\n");
    CHECK_TEXT(document_reference(document, 4, 21), "四（二十一）");
    CHECK_TEXT(document_reference(document_open(arena, BATON_EN), 4, 21), "4.21");
    arena_close(arena);
}
