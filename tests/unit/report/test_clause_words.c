/* The words of clauses: what Markdown marks, and what it leaves alone. */
#include "report/clause_words.h"
#include "report/document.h"
#include "unit/test.h"
#include <string.h>

/* The pieces of a text, one a line: `p ` or `i` with its depth in front. */
static const char *pieces_of(struct baton_arena *arena, const char *text) {
    struct clause_reader reader = {text, text + strlen(text)};
    struct clause_piece piece;
    struct writer *out = writer_memory(arena);
    while (clause_next(arena, &reader, &piece)) {
        if (piece.kind == CLAUSE_ITEM)
            writer_printf(out, "i%u %s\n", piece.depth, piece.text);
        else
            writer_printf(out, "p %s\n", piece.text);
    }
    return writer_text_of(out);
}

TEST(clause_pieces) {
    static const struct {
        const char *name, *text, *want;
    } cases[] = {
        {"nothing", "", ""},
        {"empty lines only", "\n \n\r\n", ""},
        {"a paragraph", "\nOne line.\n\n", "p One line.\n"},
        {"two lines are one paragraph", "one\ntwo\n", "p one two\n"},
        {"Chinese lines are joined without a blank", "得分相同的，\n名次并列。\n",
         "p 得分相同的，名次并列。\n"},
        {"an empty line parts", "甲。\n\n乙。", "p 甲。\np 乙。\n"},
        {"lines of another system", "甲。\r\n\r\n乙。\r\n", "p 甲。\np 乙。\n"},
        {"a list", "- one\n- two\n  - inner\n* three", "i0 one\ni0 two\ni1 inner\ni0 three\n"},
        {"an item of two lines", "- one\n  more\n- two", "i0 one more\ni0 two\n"},
        {"numbers stay", "1. one\n2. two", "p 1. one\np 2. two\n"},
        {"a heading", "### 第一款 {#p-1}\n内容", "p 第一款\np 内容\n"},
        {"a table", "| a | b |\n|---|--:|\n| 1 | 2 |\n", "p a | b\np 1 | 2\n"},
        {"a rule", "a\n\n---\n\nb", "p a\np b\n"},
        {"a quotation", "> said\n> more", "p said more\n"},
        {"broken on purpose", "one\\\ntwo<br>three", "p one\ntwo\nthree\n"},
        {"bold and cursive", "**得分**为*零*，_不计_", "p 得分为零，不计\n"},
        {"a product is none", "60 * 40 和 a_b_c", "p 60 * 40 和 a_b_c\n"},
        {"one star alone", "附注*见后", "p 附注*见后\n"},
        {"escaped", "\\*a\\* 1\\. \\|", "p *a* 1. |\n"},
        {"code", "`a*b` and ``c`d``",
         "p " DOCUMENT_CODE "a*b" DOCUMENT_END " and " DOCUMENT_CODE "c`d" DOCUMENT_END "\n"},
        {"code that is not closed", "`a", "p `a\n"},
        {"a link", "see [第三条](#art-3) and ![map](m.png)", "p see 第三条 and map\n"},
        {"brackets", "[98, 100) counts", "p [98, 100) counts\n"},
        {"a comment", "a <!-- not said -->b", "p a b\n"},
    };
    struct baton_arena *arena = arena_open();
    for (size_t i = 0; i < LENGTH(cases); i++) {
        CASE("%s", cases[i].name);
        CHECK_TEXT(pieces_of(arena, cases[i].text), cases[i].want);
    }
    arena_close(arena);
}

TEST(clause_trimmed) {
    static const struct {
        const char *text, *want;
    } cases[] = {
        {"", ""}, {"\n", ""}, {"\n\na\n\nb\n\n", "a\n\nb"}, {"  \n  a\r\n", "  a"}, {"a", "a"},
    };
    struct baton_arena *arena = arena_open();
    for (size_t i = 0; i < LENGTH(cases); i++) {
        CASE("%zu", i);
        CHECK_TEXT(clause_trimmed(arena, cases[i].text, strlen(cases[i].text)), cases[i].want);
    }
    arena_close(arena);
}
