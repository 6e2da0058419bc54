/* Explanations in words: sentences of explain.def are sound, and numbers are shortened without touching names. */
#include "report/explain_report.h"
#include "test.h"
#include <math.h>
#include <string.h>

/* Whether `name` is a member that a sentence may have; of numbers only those that the kind has. */
static bool is_member(const char *name, size_t size, const char *numbers) {
    static const char *const names[] = {"value",    "formula", "arithmetic", "name",     "id",
                                        "unit",     "period",  "word",       "measure",  "reason",
                                        "document", "package", "whose",      "indicator"};
    if (size == 1 && name[0] >= '1' && name[0] <= '4') {
        int count = numbers[0] != '\0';
        for (const char *at = numbers; *at != '\0'; at++)
            count += *at == ' ';
        return name[0] - '0' <= count;
    }
    for (size_t i = 0; i < LENGTH(names); i++)
        if (strlen(names[i]) == size && memcmp(names[i], name, size) == 0)
            return true;
    return false;
}

/* A bit for each member that the sentence has, by the sum of its bytes. */
static uint64_t members(const char *sentence, const char *numbers) {
    uint64_t seen = 0;
    bool in_part = false;
    for (const char *at = sentence; *at != '\0'; at++) {
        if (*at == '[' || *at == ']') {
            CHECK(in_part == (*at == ']'));
            in_part = *at == '[';
        }
        CHECK(*at != '}');
        if (*at != '{')
            continue;
        const char *const close = strchr(at, '}');
        if (!CHECK(close != NULL) || close == NULL ||
            !CHECK(is_member(at + 1, (size_t)(close - at - 1), numbers)))
            return 0;
        unsigned sum = 0;
        for (const char *c = at + 1; c < close; c++)
            sum += (unsigned char)*c;
        seen |= (uint64_t)1 << sum % 61;
        at = close;
    }
    CHECK(!in_part);
    return seen;
}

TEST(explain_sentences_are_sound_and_say_the_same_in_both_languages) {
    for (int kind = 0; kind < EXPLAIN_KINDS; kind++) {
        const struct explain_entry *entry = explain_entry((enum explain_kind)kind);
        CASE("%s", entry->name);
        CHECK(entry->name[0] != '\0');
        CHECK((entry->label[BATON_EN][0] == '\0') == (entry->label[BATON_ZH][0] == '\0'));
        CHECK(members(entry->words[BATON_EN], entry->numbers) ==
              members(entry->words[BATON_ZH], entry->numbers));
        for (int other = 0; other < kind; other++)
            CHECK(strcmp(explain_entry((enum explain_kind)other)->name, entry->name) != 0);
    }
}

TEST(explain_words_are_those_of_the_language) {
    CHECK_TEXT(explain_word("missing", BATON_EN), "due, but no figure");
    CHECK_TEXT(explain_word("missing", BATON_ZH), "应报未报");
    CHECK_TEXT(explain_word("winsorise", BATON_ZH), "winsorise");
}

static const struct {
    const char *exact, *want;
} calculations[] = {
    {"60 + (100 - 60) × (7.912345678901234 - 5.1) / (8.6 - 5.1)",
     "60 + (100 - 60) × (7.9123456789 - 5.1) / (8.6 - 5.1)"},
    {"0.1", "0.1"},
    {"0.30000000000000004", "0.3"},
    {"99.99999999999999 × 2", "100 × 2"},
    {"(-3.000000000014) ^ 2", "(-3.00000000001) ^ 2"},
    {"1e-9 + 1.2345678901234567e-9", "1e-9 + 1.23456789012e-9"},
    {"30% × 7", "30% × 7"},
    {"max(0, 0.1234567890123456)", "max(0, 0.123456789012)"},
    {"e1.23456789012345678 + 地2.34567890123456789",
     "e1.23456789012345678 + 地2.34567890123456789"},
    {"'A1.23456789012345678' == 'B'", "'A1.23456789012345678' == 'B'"},
    {"1.2.3", "1.2.3"},
    {"—", "—"},
    {"", ""},
};

TEST(explain_shortens_numbers_and_nothing_else) {
    struct baton_arena *arena = arena_open();
    for (size_t i = 0; i < LENGTH(calculations); i++) {
        CASE("%s", calculations[i].exact);
        struct writer *out = writer_memory(arena);
        explain_put_short(out, calculations[i].exact);
        CHECK_TEXT(writer_text_of(out), calculations[i].want);
    }
    arena_close(arena);
}

static struct explain_line line_of(enum explain_kind kind) {
    return (struct explain_line){
        .kind = kind, .unit = BATON_NONE, .value = NAN, .number = {NAN, NAN, NAN, NAN}};
}

static const char *said(struct baton_arena *arena, const struct explain_line *line,
                        enum baton_language language) {
    const struct explain_view view = {.language = language};
    struct writer *out = writer_memory(arena);
    explain_put_words(&view, line, out);
    return writer_text_of(out);
}

TEST(explain_says_what_is_there_and_leaves_the_rest_out) {
    struct baton_arena *arena = arena_open();
    struct explain_line value = line_of(EXPLAIN_VALUE);
    value.value = 7.5;
    CHECK_TEXT(said(arena, &value, BATON_EN), "7.5");
    value.measure = "%";
    value.formula[BATON_EN] = value.formula[BATON_ZH] = "100*yoy(gdp)";
    value.arithmetic = "100*yoy(0.075)";
    value.period = (struct baton_period){.year = 2021, .index = 4, .kind = BATON_QUARTER};
    CHECK_TEXT(said(arena, &value, BATON_EN), "2021-Q4: 100*yoy(gdp) = 100*yoy(0.075) = 7.5 %");
    CHECK_TEXT(said(arena, &value, BATON_ZH), "2021-Q4：100*yoy(gdp) = 100*yoy(0.075) = 7.5 %");
    value.value = NAN;
    value.arithmetic = NULL;
    value.word = "pending";
    CHECK_TEXT(said(arena, &value, BATON_EN), "2021-Q4: 100*yoy(gdp) = — (not yet due)");
    value.code = "A";
    value.word = NULL;
    CHECK_TEXT(said(arena, &value, BATON_ZH), "2021-Q4：100*yoy(gdp) = A");
    arena_close(arena);
}

TEST(explain_puts_a_dash_for_a_number_that_a_sentence_needs) {
    struct baton_arena *arena = arena_open();
    const struct baton_text name = {.zh = "经济", .en = NULL};
    struct explain_line cap = line_of(EXPLAIN_CAP);
    cap.number[0] = 130;
    cap.value = 120;
    CHECK_TEXT(said(arena, &cap, BATON_EN), "130 is above —: 120");
    struct explain_line rating = line_of(EXPLAIN_RATING);
    rating.id = "poor";
    CHECK_TEXT(said(arena, &rating, BATON_EN), "poor");
    rating.name = &name;
    rating.number[0] = 60;
    CHECK_TEXT(said(arena, &rating, BATON_EN), "经济: at least 60");
    CHECK_TEXT(said(arena, &rating, BATON_ZH), "经济（不低于 60）");
    arena_close(arena);
}
