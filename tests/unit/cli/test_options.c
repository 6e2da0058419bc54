/* Parsing of options, and the table of commands. */
#include "cli/command.h"
#include "unit/test.h"
#include <stdlib.h>
#include <string.h>

struct parsed {
    struct settings settings;
    const char *operand[8];
    size_t operands;
    struct baton_findings found;
};

static struct parsed parse(struct baton_arena *arena, const char *const *words) {
    struct parsed out = {.settings = settings_initial(), .found = {.arena = arena}};
    char *arguments[8];
    size_t count = 0;
    for (; words[count] != NULL; count++)
        arguments[count] = arena_text(arena, words[count], strlen(words[count]));
    options_parse(arena, command_find("score")->option, "score", arguments, count, &out.settings,
                  out.operand, &out.operands, &out.found);
    return out;
}

TEST(options_are_parsed) {
    struct baton_arena *arena = arena_open();
    struct parsed p = parse(arena, (const char *const[]){"--format=csv", "pkg", "--top", "3",
                                                         "-oout", "--period", "2021-Q3", NULL});
    CHECK_INT(p.found.count, 0);
    CHECK_INT(p.settings.format, 1);
    CHECK_INT(p.settings.top, 3);
    CHECK_TEXT(p.settings.output, "out");
    CHECK_INT(p.settings.period.kind, BATON_QUARTER);
    CHECK_INT(p.operands, 1);
    CHECK_TEXT(p.operand[0], "pkg");
    p = parse(arena, (const char *const[]){"--top", "3", "--top=4", "--as-of", "1970-01-02", "--",
                                           "--awards", "-", NULL});
    CHECK_INT(p.found.count, 0);
    CHECK_INT(p.settings.top, 4);
    CHECK_INT(p.settings.as_of, 1);
    CHECK(!p.settings.awards);
    CHECK_INT(p.operands, 2);
    CHECK_TEXT(p.operand[0], "--awards");
    arena_close(arena);
}

TEST(options_that_are_wrong) {
    static const struct {
        const char *words[3];
        baton_code code;
        const char *arg2;
    } cases[] = {
        {{"--foramt=csv"}, BATON_OPTION_UNKNOWN, "--format"},
        {{"-x"}, BATON_OPTION_UNKNOWN, NULL},
        {{"--awardsy"}, BATON_OPTION_UNKNOWN, "--awards"},
        {{"--awards=yes"}, BATON_OPTION_IDLE, "yes"},
        {{"--top"}, BATON_OPTION_EMPTY, "N"},
        {{"--format"}, BATON_OPTION_EMPTY, "table, csv, json, html, xlsx, pdf"},
        {{"--output="}, BATON_OPTION_EMPTY, "FILE"},
        {{"--format", "cvs"}, BATON_OPTION_WORD, "cvs"},
        {{"--format", "table csv"}, BATON_OPTION_WORD, "table csv"},
        {{"--top", "0"}, BATON_OPTION_COUNT, "0"},
        {{"--top", "99999999999999999999"}, BATON_OPTION_COUNT, "99999999999999999999"},
        {{"--top", "-1"}, BATON_OPTION_COUNT, "-1"},
        {{"--top", "1e3"}, BATON_OPTION_COUNT, "1e3"},
        {{"--width", "20"}, BATON_OPTION_COUNT, "20"},
        {{"--period", "2021-13"}, BATON_OPTION_PERIOD, "2021-13"},
        {{"--as-of", "2021-02-29"}, BATON_OPTION_DATE, "2021-02-29"},
    };
    struct baton_arena *arena = arena_open();
    for (size_t i = 0; i < LENGTH(cases); i++) {
        CASE("%s", cases[i].words[0]);
        const struct parsed p = parse(arena, cases[i].words);
        if (!CHECK_INT(p.found.count, 1))
            continue;
        CHECK_INT(p.found.item[0].code, cases[i].code);
        CHECK_TEXT(p.found.item[0].arg[1], cases[i].arg2);
    }
    arena_close(arena);
}

TEST(options_tell_all_that_is_wrong) {
    struct baton_arena *arena = arena_open();
    const struct parsed p =
        parse(arena, (const char *const[]){"--top", "x", "--period", "y", "--nothing", NULL});
    CHECK_INT(p.found.count, 3);
    arena_close(arena);
}

TEST(options_language) {
    static const struct {
        const char *lc_all, *lc_messages, *lang, *argument;
        enum baton_language want;
    } cases[] = {
        {NULL, NULL, NULL, NULL, BATON_EN},       {NULL, NULL, "zh_CN.UTF-8", NULL, BATON_ZH},
        {NULL, "zh_CN", "en_US", NULL, BATON_ZH}, {"C.UTF-8", "zh_CN", "zh_CN", NULL, BATON_EN},
        {"", "zh_CN", "en", NULL, BATON_ZH},      {"zh_CN", NULL, NULL, "--lang=en", BATON_EN},
        {"C", NULL, NULL, "--lang=zh", BATON_ZH},
    };
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    char *before[3];
    for (size_t i = 0; i < 3; i++) {
        const char *value = getenv(names[i]);
        before[i] = value == NULL ? NULL : strdup(value);
    }
    for (size_t i = 0; i < LENGTH(cases); i++) {
        const char *const values[] = {cases[i].lc_all, cases[i].lc_messages, cases[i].lang};
        for (size_t v = 0; v < 3; v++) {
            if (values[v] == NULL)
                unsetenv(names[v]);
            else
                setenv(names[v], values[v], 1);
        }
        char argument[16] = "";
        char *arguments[] = {argument};
        if (cases[i].argument != NULL)
            memcpy(argument, cases[i].argument, strlen(cases[i].argument) + 1);
        CASE("%zu", i);
        CHECK_INT(options_language(arguments, cases[i].argument != NULL), cases[i].want);
    }
    for (size_t i = 0; i < 3; i++) {
        if (before[i] == NULL)
            unsetenv(names[i]);
        else
            setenv(names[i], before[i], 1);
        free(before[i]);
    }
}

/* Each word of an option stands in what is said about the command. */
static void check_words_are_told(const struct command *command, const struct option *option) {
    struct baton_arena *arena = arena_open();
    const char *word;
    size_t size;
    for (size_t n = 0; (word = option_word(option->words, n, &size)) != NULL; n++) {
        CASE("%s --%s %.*s", command->name, option->name, (int)size, word);
        for (unsigned language = BATON_EN; language <= BATON_ZH; language++)
            CHECK(strstr(command->about[language], arena_text(arena, word, size)) != NULL);
    }
    arena_close(arena);
}

/* Help, man pages and completion are made from the table: it is sorted and says everything in both languages. */
TEST(commands_are_complete) {
    size_t count;
    const struct command *list = command_list(&count);
    CHECK(count >= 5);
    for (size_t i = 0; i < count; i++) {
        CASE("%s", list[i].name);
        CHECK(i == 0 || strcmp(list[i - 1].name, list[i].name) < 0);
        CHECK(list[i].run != NULL && list[i].least <= list[i].most);
        bool has_help = false;
        for (const struct option *option = list[i].option; option->name != NULL; option++) {
            CASE("%s --%s", list[i].name, option->name);
            CHECK(option == list[i].option || strcmp(option[-1].name, option->name) < 0);
            CHECK(*option->help[BATON_EN] != '\0' && *option->help[BATON_ZH] != '\0');
            CHECK((option->type == OPTION_WORD) == (option->words != NULL));
            if (option->type != OPTION_WORD)
                CHECK((option->type == OPTION_FLAG) == (option->value == NULL));
            else if (option->value != NULL) /* its words are told about instead */
                check_words_are_told(&list[i], option);
            has_help = has_help || strcmp(option->name, "help") == 0;
        }
        CHECK(has_help);
        for (unsigned language = BATON_EN; language <= BATON_ZH; language++)
            CHECK(*list[i].summary[language] != '\0' && *list[i].about[language] != '\0');
    }
}
