/* Every method, function and name is told of in every form and language. */
#include "report/methods_report.h"
#include "unit/test.h"
#include <stdlib.h>

static const char *told(struct baton_arena *arena,
                        void (*form)(const struct methods_report *report),
                        enum baton_language language, const char *const *name, size_t count) {
    const struct methods_report report = {.arena = arena,
                                          .writer = writer_memory(arena),
                                          .language = language,
                                          .width = 100,
                                          .name = name,
                                          .count = count};
    form(&report);
    return writer_text_of(report.writer);
}

TEST(methods_report_is_complete) {
    static void (*const forms[])(const struct methods_report *) = {methods_text, methods_json,
                                                                   methods_markdown};
    struct baton_arena *arena = arena_open();
    for (size_t f = 0; f < LENGTH(forms); f++)
        for (unsigned language = BATON_EN; language <= BATON_ZH; language++) {
            const char *text = told(arena, forms[f], (enum baton_language)language, NULL, 0);
            uint32_t count;
            const struct rule_function *function = rule_functions(&count);
            CASE("form %zu, language %u", f, language);
            for (unsigned k = 0; k < BATON_METHOD_KINDS; k++)
                CHECK(strstr(text, method_kind((enum baton_method_kind)k)->name) != NULL);
            for (uint32_t i = 0; i < count; i++)
                CHECK(strstr(text, function[i].usage) != NULL);
            for (unsigned i = 0; i < RULE_NAMES; i++)
                CHECK(strstr(text, rule_names()[i].name) != NULL);
        }
    arena_close(arena);
}

TEST(methods_report_tells_what_was_asked_for) {
    static const char *const rank[] = {"rank"};
    struct baton_arena *arena = arena_open();
    const char *text =
        told(arena, methods_text, BATON_EN, rank, 1); /* a method, a function and a name */
    CHECK(strstr(text, "rank (method)") != NULL);
    CHECK(strstr(text, "rank(x), rank(x, where: c) (function)") != NULL);
    CHECK(strstr(text, "rank (name)") != NULL);
    CHECK(strstr(text, "range") == NULL);
    arena_close(arena);
}

TEST(methods_has_guesses) {
    const char *guess;
    CHECK(methods_has("yoy", &guess));
    CHECK(!methods_has("medain", &guess));
    CHECK_TEXT(guess, "median");
    CHECK(!methods_has("incomprehensible", &guess));
    CHECK_TEXT(guess, NULL);
}
