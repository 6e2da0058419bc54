/* The table of methods: complete, in both languages, and readable as the package format says. */
#include "engine/methods.h"
#include "test.h"
#include <math.h>
#include <string.h>

TEST(methods_table_is_complete) {
    for (enum baton_method_kind kind = 0; kind < BATON_METHOD_KINDS; kind++) {
        const struct method_kind *entry = method_kind(kind);
        CASE("%s", entry->name);
        CHECK_INT(method_kind_find(entry->name), kind);
        for (int language = BATON_EN; language <= BATON_ZH; language++) {
            CHECK(entry->formula[language][0] != '\0');
            CHECK(entry->notes[language][0] != '\0');
            CHECK(entry->source[language][0] != '\0');
            CHECK((entry->down[language][0] == '\0') == (entry->down[BATON_EN][0] == '\0'));
        }
        uint32_t count;
        const struct method_parameter *parameter = method_parameters(kind, &count);
        for (uint32_t i = 0; i < count; i++) {
            CASE("%s.%s", entry->name, parameter[i].name);
            CHECK(method_parameter_find(kind, parameter[i].name) == &parameter[i]);
            CHECK(parameter[i].doc[BATON_EN][0] != '\0' && parameter[i].doc[BATON_ZH][0] != '\0');
            CHECK(parameter[i].offset + parameter[i].size <= sizeof(struct baton_method));
            CHECK(parameter[i].lowest <= parameter[i].highest);
        }
    }
    CHECK_INT(method_kind_find("ranges"), BATON_METHOD_KINDS);
    CHECK_INT(method_kind_find(""), BATON_METHOD_KINDS);
}

TEST(methods_have_the_parameters_of_the_format) {
    static const struct {
        enum baton_method_kind kind;
        const char *name;
        const char *initial; /* NULL = needed */
    } cases[] = {
        {BATON_METHOD_RANGE, "low", "0"},        {BATON_METHOD_RANGE, "high", "100"},
        {BATON_METHOD_RANK, "low", "0"},         {BATON_METHOD_RANK, "high", "100"},
        {BATON_METHOD_ZSCORE, "mean", NULL},     {BATON_METHOD_ZSCORE, "sd", NULL},
        {BATON_METHOD_RACE, "first", "100"},     {BATON_METHOD_RACE, "step", ""},
        {BATON_METHOD_RACE, "table", ""},        {BATON_METHOD_RACE, "among", ""},
        {BATON_METHOD_RACE, "else", "0"},        {BATON_METHOD_TARGET, "down", "ratio"},
        {BATON_METHOD_TARGET, "start_at", ""},   {BATON_METHOD_TARGET, "from", ""},
        {BATON_METHOD_BANDS, "table", NULL},     {BATON_METHOD_BANDS, "below", "0"},
        {BATON_METHOD_BANDS, "linear", "false"}, {BATON_METHOD_LEVELS, "table", NULL},
        {BATON_METHOD_DEDUCT, "per", NULL},      {BATON_METHOD_DEDUCT, "above", ""},
        {BATON_METHOD_PASS, "op", ""},           {BATON_METHOD_BEST, "of", ""},
        {BATON_METHOD_RULE, "score", NULL},      {BATON_METHOD_RULE, "where", ""},
    };
    uint32_t total = 0;
    for (enum baton_method_kind kind = 0; kind < BATON_METHOD_KINDS; kind++) {
        uint32_t count;
        method_parameters(kind, &count);
        total += count;
        static const char *const every[] = {"over", "ties", "floor", "cap"};
        for (size_t i = 0; i < LENGTH(every); i++)
            CHECK(method_parameter_find(kind, every[i]) != NULL);
    }
    CHECK_INT(total, LENGTH(cases));
    for (size_t i = 0; i < LENGTH(cases); i++) {
        CASE("%s.%s", method_kind(cases[i].kind)->name, cases[i].name);
        const struct method_parameter *parameter =
            method_parameter_find(cases[i].kind, cases[i].name);
        if (CHECK(parameter != NULL))
            CHECK_TEXT(parameter->initial, cases[i].initial);
    }
    CHECK(method_parameter_find(BATON_METHOD_RANGE, "step") == NULL);
}

TEST(methods_defaults) {
    struct baton_method method;
    method_initial(BATON_METHOD_RANGE, &method);
    CHECK_INT(method.kind, BATON_METHOD_RANGE);
    CHECK_DOUBLE(method.low, 0);
    CHECK_DOUBLE(method.high, 100);
    CHECK_DOUBLE(method.floor, NAN);
    CHECK_DOUBLE(method.cap, NAN);
    CHECK_DOUBLE(method.step, NAN);
    CHECK_INT(method.over, BATON_OVER_GROUP);
    CHECK_INT(method.of_unit, BATON_NONE);
    method_initial(BATON_METHOD_RACE, &method);
    CHECK_DOUBLE(method.first, 100);
    CHECK_DOUBLE(method.otherwise, 0);
    CHECK_DOUBLE(method.floor, 0);
    CHECK(method.table == NULL && method.among.text == NULL);
    method_initial(BATON_METHOD_TARGET, &method);
    CHECK_DOUBLE(method.floor, 0);
    CHECK_DOUBLE(method.start_at, NAN);
    CHECK(!method.mirror && !method.from_baseline);
    method_initial(BATON_METHOD_DEDUCT, &method);
    CHECK_DOUBLE(method.floor, 0);
    CHECK_DOUBLE(method.per, NAN);
    CHECK_DOUBLE(method.above, NAN);
    method_initial(BATON_METHOD_BANDS, &method);
    CHECK_DOUBLE(method.floor, NAN);
    CHECK_DOUBLE(method.below, 0);
    CHECK(!method.linear);
}

TEST(methods_words) {
    CHECK_INT(method_word("group all panel fixed", "group"), 0);
    CHECK_INT(method_word("group all panel fixed", "fixed"), 3);
    CHECK_INT(method_word("group all panel fixed", "fix"), -1);
    CHECK_INT(method_word("group all panel fixed", "groups"), -1);
    CHECK_INT(method_word("group all", ""), -1);
    CHECK_INT(method_word("group all", "group all"), -1);
    const char *op = method_parameter_find(BATON_METHOD_PASS, "op")->words;
    CHECK_INT(method_word(op, ">="), BATON_OP_GE);
    CHECK_INT(method_word(op, ">"), BATON_OP_GT);
    CHECK_INT(method_word(op, "<="), BATON_OP_LE);
    CHECK_INT(method_word(op, "<"), BATON_OP_LT);
    CHECK_INT(method_word(op, "=="), BATON_OP_EQ);
    CHECK_INT(method_word(op, ""), -1);
    CHECK_INT(method_word(method_parameter_find(BATON_METHOD_RACE, "ties")->words, "average"),
              BATON_TIES_AVERAGE);
}
