/* The words of findings: arguments put in, and parts that stand only with or only without one. */
#include "base/arena.h"
#include "baton/findings.h"
#include "unit/test.h"

static const char *words(struct baton_arena *arena, baton_code code, const char *arg1,
                         const char *arg2, const char *arg3, bool advice) {
    const struct baton_finding finding = {.code = code, .arg = {arg1, arg2, arg3, NULL}};
    return advice ? baton_finding_advice(arena, &finding, BATON_EN)
                  : baton_finding_message(arena, &finding, BATON_EN);
}

TEST(finding_words) {
    struct baton_arena *arena = arena_open();
    CHECK_TEXT(words(arena, BATON_UNIT_UNKNOWN, "a", NULL, NULL, false), "there is no unit 'a'");
    CHECK_TEXT(words(arena, BATON_UNIT_UNKNOWN, "a", NULL, NULL, true),
               "add it to units.csv, or correct the identifier");
    CHECK_TEXT(words(arena, BATON_GROUP_UNKNOWN, "a", "b", NULL, true),
               "did you mean 'b'? the groups stand in scheme.yaml under groups");
    CHECK_TEXT(words(arena, BATON_GROUP_UNKNOWN, "a", NULL, NULL, true),
               "the groups stand in scheme.yaml under groups");
    CHECK_TEXT(words(arena, BATON_NUMERAL_PERCENT, "5%", "km", NULL, false),
               "'5%' is a percentage, which has no meaning here (measure: km)");
    CHECK_TEXT(words(arena, BATON_NUMERAL_PERCENT, "5%", NULL, NULL, false),
               "'5%' is a percentage, which has no meaning here");
    /* Braces in an argument are its own. */
    CHECK_TEXT(words(arena, BATON_UNIT_UNKNOWN, "{?2x}", NULL, NULL, false),
               "there is no unit '{?2x}'");
    arena_close(arena);
}

/* No part is left open, and every text has words, in both languages, whichever arguments there are. */
TEST(finding_words_of_every_code) {
    struct baton_arena *arena = arena_open();
    unsigned count;
    const struct baton_code_info *list = baton_code_list(&count);
    for (unsigned i = 0; i < count; i++) {
        for (unsigned with = 0; with < 16; with++) {
            struct baton_finding finding = {.code = (baton_code)list[i].number};
            for (unsigned arg = 0; arg < 4; arg++)
                finding.arg[arg] = (with >> arg & 1) != 0 ? "x" : NULL;
            for (int language = 0; language < 2; language++) {
                CASE("%s, arguments %x, language %d", list[i].name, with, language);
                const char *message =
                    baton_finding_message(arena, &finding, (enum baton_language)language);
                const char *advice =
                    baton_finding_advice(arena, &finding, (enum baton_language)language);
                CHECK(with != 15 || message[0] != '\0');
                for (const char *at = message; *at != '\0'; at++)
                    CHECK(at[0] != '{' || (at[1] != '?' && at[1] != '!'));
                for (const char *at = advice; *at != '\0'; at++)
                    CHECK(at[0] != '{' || (at[1] != '?' && at[1] != '!'));
            }
        }
    }
    arena_close(arena);
}
