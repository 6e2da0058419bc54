/* Text of mixed width: padding, shortening, heads in two lines, paragraphs. */
#include "report/layout.h"
#include "unit/test.h"

TEST(layout_pad_counts_columns) {
    struct baton_arena *arena = arena_open();
    struct writer *writer = writer_memory(arena);
    layout_pad(writer, "云湖区", 8, ALIGN_LEFT);
    layout_pad(writer, "ab", 5, ALIGN_RIGHT);
    layout_pad(writer, "中", 5, ALIGN_CENTRE);
    layout_pad(writer, "longer", 3, ALIGN_RIGHT);
    CHECK_TEXT(writer_text_of(writer), "云湖区     ab 中  longer");
    arena_close(arena);
}

TEST(layout_shorten) {
    static const struct {
        const char *name, *text;
        size_t width;
        const char *want;
    } cases[] = {
        {"what fits stays", "云湖区", 6, "云湖区"},
        {"a wide character is not halved", "云湖区", 5, "云湖…"},
        {"room for the mark", "云湖区", 4, "云…"},
        {"no blank before the mark", "East Lake", 6, "East…"},
        {"nothing fits", "云", 1, "…"},
    };
    struct baton_arena *arena = arena_open();
    for (size_t i = 0; i < LENGTH(cases); i++) {
        CASE("%s", cases[i].name);
        const char *got = layout_shorten(arena, cases[i].text, cases[i].width);
        CHECK_TEXT(got, cases[i].want);
        CHECK(layout_width(got) <= cases[i].width);
    }
    arena_close(arena);
}

TEST(layout_head) {
    static const struct {
        const char *name, *text;
        size_t width;
        const char *first, *second;
    } cases[] = {
        {"one line where it fits", "经济发展", 8, "经济发展", ""},
        {"lines alike", "经济发展", 6, "经济", "发展"},
        {"an odd number", "群众满意度", 6, "群众", "满意度"},
        {"cut at last", "生态环境保护工作", 6, "生态…", "保护…"},
        {"between words", "Party building", 8, "Party", "building"},
        {"the break that is narrowest", "Satisfaction of the people", 14, "Satisfaction",
         "of the people"},
        {"a word is not broken", "Environment", 8, "Environ…", ""},
    };
    struct baton_arena *arena = arena_open();
    for (size_t i = 0; i < LENGTH(cases); i++) {
        CASE("%s", cases[i].name);
        const struct layout_head head = layout_head(arena, cases[i].text, cases[i].width);
        CHECK_TEXT(head.line[0], cases[i].first);
        CHECK_TEXT(head.line[1], cases[i].second);
        CHECK(head.width <= cases[i].width);
    }
    arena_close(arena);
}

static const char *wrapped(struct baton_arena *arena, const char *text, size_t at, size_t indent,
                           size_t width) {
    struct writer *writer = writer_memory(arena);
    layout_wrap(writer, text, at, indent, width);
    return writer_text_of(writer);
}

TEST(layout_wrap) {
    struct baton_arena *arena = arena_open();
    CHECK_TEXT(wrapped(arena, "one two three", 0, 2, 8), "one two\n  three\n");
    CHECK_TEXT(wrapped(arena, "two three", 4, 2, 8), "two\n  three\n");
    CHECK_TEXT(wrapped(arena, "云湖区、锦汀区、望澜区。", 0, 2, 18),
               "云湖区、锦汀区、\n  望澜区。\n");
    CHECK_TEXT(wrapped(arena, "这一句话没有标点所以只能从中间断开了再断开", 0, 0, 20),
               "这一句话没有标点所以\n只能从中间断开了再断\n开\n");
    CHECK_TEXT(wrapped(arena, "", 0, 0, 20), "\n");
    /* A word longer than the line stands in one of its own. */
    CHECK_TEXT(wrapped(arena, "a incomprehensibly b", 0, 0, 6), "a\nincomprehensibly\nb\n");
    arena_close(arena);
}
