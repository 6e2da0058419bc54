/* What is an expression and what is not: precedence, and every error with the character that it
 * points at. */
#include "rule_world.h"
#include "test.h"
#include <stdio.h>

/* The value of an expression for unit a; NaN where it does not compile too, with a failed check. */
static double value_of(struct world *world, enum rule_place place, const char *text) {
    const struct rule *rule;
    double out[WORLD_UNITS];
    if (!CHECK_INT(world_compile(world, place, text, &rule), BATON_OK))
        return NAN;
    const struct rule_moment at = world_year(2021);
    rule_run(rule, &world->env, &at, out, NULL);
    return out[0];
}

/* clang-format off */
static const struct {
    const char *text;
    double want;
} sound[] = {
    {"1", 1},
    {"-2^2", -4},
    {"(-2)^2", 4},
    {"2^3^2", 512},
    {"2^-1", 0.5},
    {"2^-1^2", 0.5},
    {"-2^-2", -0.25},
    {"- -3", 3},
    {"+3 - +2", 1},
    {"2 - 3 - 4", -5},
    {"24 / 4 / 3", 2},
    {"2 + 3 * 4", 14},
    {"(2 + 3) * 4", 20},
    {"2 * -3", -6},
    {"6 / -3 * 2", -4},
    {"1 < 2", 1},
    {"2 <= 1", 0},
    {"1 + 1 == 2", 1},
    {"1 != 1", 0},
    {"not 1 < 2", 0},
    {"not not 1 < 2", 1},
    {"not 1 == 2 and 1 == 2", 0},   /* (not ..) and .. */
    {"not (1 == 2 and 1 == 2)", 1},
    {"1 == 1 or 1 == 1 and 1 == 2", 1}, /* .. or (.. and ..) */
    {"(1 == 1 or 1 == 1) and 1 == 2", 0},
    {"1 < 2 and 2 < 3", 1},
    {"(-1 < 0) == (1 < 2)", 1},
    {"30%", 0.3},
    {"12.3%", 0.123},
    {"1e2%", 1},
    {".5 + 5.", 5.5},
    {"1e3", 1000},
    {"1E-2", 0.01},
    {"1e+2", 100},
    {"2-1", 1},
    {"2 -1", 1},
    {" 1\t+\n2\r\n", 3},
    {"if(1 < 2, 3, 4)", 3},
    {"if (1 < 2, 3, 4)", 3},
    {"min(3, 1, 2) + max(3, 1, 2)", 4},
    {"`a-b` * 2", 10},
    {"`gdp`", 200},
    {"gdp.x", NAN}, /* an element without figures */
    {"count(gdp) + count (gdp)", 8},
    {"count", NAN}, /* no bracket: an element of that name */
};
/* clang-format on */

TEST(rule_precedence) {
    for (size_t i = 0; i < LENGTH(sound); i++) {
        CASE("%s", sound[i].text);
        struct world world;
        world_open(&world);
        CHECK_DOUBLE(value_of(&world, RULE_VALUE, sound[i].text), sound[i].want);
        CHECK_INT(world.found.errors, 0);
        world_close(&world);
    }
}

/* clang-format off */
static const struct {
    enum rule_place place;
    const char *text;
    baton_code code;
    uint32_t column; /* character, from 1 */
    const char *arg; /* %1; NULL = none */
} broken[] = {
    {RULE_VALUE, "", BATON_RULE_EMPTY, 1, NULL},
    {RULE_VALUE, " \n ", BATON_RULE_EMPTY, 1, NULL},
    /* characters */
    {RULE_VALUE, "gdp ? 1", BATON_RULE_CHARACTER, 5, "?"},
    {RULE_VALUE, "gdp + \x01", BATON_RULE_CHARACTER, 7, "0x01"},
    {RULE_VALUE, "gdp + \xff", BATON_RULE_CHARACTER, 7, "0xFF"},
    {RULE_VALUE, "生产总值 ☃ 1", BATON_RULE_CHARACTER, 6, "☃"},
    {RULE_VALUE, "生产总值（1）", BATON_RULE_WRITTEN_OTHERWISE, 5, "（"},
    {RULE_VALUE, "min(1，2)", BATON_RULE_WRITTEN_OTHERWISE, 6, "，"},
    {RULE_VALUE, "gdp ≥ 1", BATON_RULE_WRITTEN_OTHERWISE, 5, "≥"},
    {RULE_VALUE, "gdp × 2", BATON_RULE_WRITTEN_OTHERWISE, 5, "×"},
    {RULE_VALUE, "gdp = 2", BATON_RULE_WRITTEN_OTHERWISE, 5, "="},
    {RULE_VALUE, "gdp <> 2", BATON_RULE_WRITTEN_OTHERWISE, 5, "<>"},
    {RULE_VALUE, "gdp ** 2", BATON_RULE_WRITTEN_OTHERWISE, 5, "**"},
    {RULE_VALUE, "gdp > 1 && gdp < 2", BATON_RULE_WRITTEN_OTHERWISE, 9, "&&"},
    {RULE_VALUE, "gdp > 1 AND gdp < 2", BATON_RULE_WRITTEN_OTHERWISE, 9, "AND"},
    {RULE_VALUE, "!gdp", BATON_RULE_WRITTEN_OTHERWISE, 1, "!"},
    {RULE_VALUE, "１ + 2", BATON_RULE_WRITTEN_OTHERWISE, 1, "１"},
    {RULE_VALUE, "gdp\xe3\x80\x80+ 2", BATON_RULE_WRITTEN_OTHERWISE, 4, "U+3000"},
    {RULE_AWARD, "grade == \"good\"", BATON_RULE_WRITTEN_OTHERWISE, 10, "\""},
    /* numbers, quotes, identifiers */
    {RULE_VALUE, "1.2.3 + 1", BATON_RULE_NUMBER_MALFORMED, 1, "1.2.3"},
    {RULE_VALUE, "2 * 12亿元", BATON_RULE_NUMBER_MALFORMED, 5, "12亿元"},
    {RULE_VALUE, "0x10", BATON_RULE_NUMBER_MALFORMED, 1, "0x10"},
    {RULE_VALUE, "1e", BATON_RULE_NUMBER_MALFORMED, 1, "1e"},
    {RULE_VALUE, "1e999", BATON_RULE_NUMBER_MALFORMED, 1, "1e999"},
    {RULE_VALUE, "30%%", BATON_RULE_CHARACTER, 4, "%"},
    {RULE_VALUE, "gdp + `a-b", BATON_RULE_QUOTE_OPEN, 7, "`"},
    {RULE_AWARD, "grade == 'good", BATON_RULE_QUOTE_OPEN, 10, "'"},
    {RULE_VALUE, "`` + 1", BATON_RULE_IDENTIFIER_BAD, 1, ""},
    {RULE_VALUE, "`a b`", BATON_RULE_IDENTIFIER_BAD, 1, "a b"},
    /* shape */
    {RULE_VALUE, "gdp +", BATON_RULE_ENDS_EARLY, 6, NULL},
    {RULE_VALUE, "-", BATON_RULE_ENDS_EARLY, 2, NULL},
    {RULE_VALUE, "min(1,", BATON_RULE_ENDS_EARLY, 7, NULL},
    {RULE_VALUE, "* 2", BATON_RULE_VALUE_EXPECTED, 1, "*"},
    {RULE_VALUE, "gdp + / 2", BATON_RULE_VALUE_EXPECTED, 7, "/"},
    {RULE_VALUE, "min(1,)", BATON_RULE_VALUE_EXPECTED, 7, ")"},
    {RULE_VALUE, "()", BATON_RULE_VALUE_EXPECTED, 2, ")"},
    {RULE_VALUE, "1 + not 1", BATON_RULE_VALUE_EXPECTED, 5, "not"},
    {RULE_VALUE, "1 and", BATON_RULE_ENDS_EARLY, 6, NULL},
    {RULE_VALUE, "gdp people", BATON_RULE_OPERATOR_EXPECTED, 5, "people"},
    {RULE_VALUE, "2 gdp", BATON_RULE_OPERATOR_EXPECTED, 3, "gdp"},
    {RULE_VALUE, "gdp, people", BATON_RULE_OPERATOR_EXPECTED, 4, ","},
    {RULE_VALUE, "(gdp people)", BATON_RULE_OPERATOR_EXPECTED, 6, "people"},
    {RULE_VALUE, "gdp not 1", BATON_RULE_OPERATOR_EXPECTED, 5, "not"},
    {RULE_VALUE, "(gdp + 1", BATON_RULE_BRACKET_OPEN, 1, NULL},
    {RULE_VALUE, "2 * min(gdp, 1", BATON_RULE_BRACKET_OPEN, 8, NULL},
    {RULE_VALUE, "gdp + 1)", BATON_RULE_BRACKET_CLOSE, 8, NULL},
    {RULE_VALUE, "1 < gdp < 2", BATON_RULE_CHAINED, 9, NULL},
    {RULE_VALUE, "1 == gdp != 2", BATON_RULE_CHAINED, 10, NULL},
    {RULE_VALUE, "not 1 < gdp < 2", BATON_RULE_CHAINED, 13, NULL},
    {RULE_VALUE, "1 < 2 and 1 < gdp < 2", BATON_RULE_CHAINED, 19, NULL},
    /* functions */
    {RULE_VALUE, "1 + maen(gdp)", BATON_RULE_FUNCTION_UNKNOWN, 5, "maen"},
    {RULE_VALUE, "生产(gdp)", BATON_RULE_FUNCTION_UNKNOWN, 1, "生产"},
    {RULE_VALUE, "node(economy)", BATON_RULE_FUNCTION_ELSEWHERE, 1, "node(id), node(id, n)"},
    {RULE_VALUE, "prev_rank(1)", BATON_RULE_FUNCTION_ELSEWHERE, 1, "prev_rank(n)"},
    {RULE_ADJUST, "prev_score(2)", BATON_RULE_FUNCTION_ELSEWHERE, 1, "prev_score(n)"},
    {RULE_ELEMENT, "event(accident)", BATON_RULE_FUNCTION_ELSEWHERE, 1, "event(item)"},
    {RULE_VALUE, "if(gdp > 1, 2)", BATON_RULE_ARGUMENTS, 1, "if"},
    {RULE_VALUE, "min(1)", BATON_RULE_ARGUMENTS, 1, "min"},
    {RULE_VALUE, "abs()", BATON_RULE_ARGUMENTS, 1, "abs"},
    {RULE_VALUE, "bands(gdp, 1, 2, 3, 4)", BATON_RULE_ARGUMENTS, 1, "bands"},
    {RULE_VALUE, "mean(gdp, where: gdp > 1)", BATON_RULE_WHERE_MISPLACED, 11, NULL},
    {RULE_VALUE, "rank(where: gdp > 1)", BATON_RULE_WHERE_MISPLACED, 6, NULL},
    {RULE_VALUE, "rank(gdp, where: gdp > 1, where: gdp < 1)", BATON_RULE_WHERE_MISPLACED, 27, NULL},
    {RULE_VALUE, "rank(gdp, where: gdp > 1, 2)", BATON_RULE_WHERE_MISPLACED, 18, NULL},
    {RULE_VALUE, "where: 1", BATON_RULE_OPERATOR_EXPECTED, 6, ":"},
    {RULE_VALUE, "prev(gdp, people)", BATON_RULE_CONSTANT_EXPECTED, 11, "1"},
    {RULE_VALUE, "prev(gdp, 0)", BATON_RULE_CONSTANT_EXPECTED, 11, "1"},
    {RULE_VALUE, "prev(gdp, -1)", BATON_RULE_CONSTANT_EXPECTED, 11, "1"},
    {RULE_VALUE, "mean_of(gdp, 1.5)", BATON_RULE_CONSTANT_EXPECTED, 14, "1"},
    {RULE_VALUE, "mean_of(gdp, 10000)", BATON_RULE_CONSTANT_EXPECTED, 14, "1"},
    {RULE_VALUE, "mean_of(gdp, 1 + 1)", BATON_RULE_CONSTANT_EXPECTED, 14, "1"},
    {RULE_VALUE, "round(gdp, 10)", BATON_RULE_CONSTANT_EXPECTED, 12, "-3"},
    {RULE_VALUE, "round(gdp, people)", BATON_RULE_CONSTANT_EXPECTED, 12, "-3"},
    {RULE_VALUE, "trimmed_mean(gdp, 0.5)", BATON_RULE_SHARE_EXPECTED, 19, NULL},
    {RULE_VALUE, "trimmed_mean(gdp, -10%)", BATON_RULE_SHARE_EXPECTED, 19, NULL},
    {RULE_VALUE, "trimmed_mean(gdp, people)", BATON_RULE_SHARE_EXPECTED, 19, NULL},
    /* identifiers of units, indicators, items, imports */
    {RULE_VALUE, "of(gdp, 320200)", BATON_RULE_IDENTIFIER_EXPECTED, 9, "unit"},
    {RULE_VALUE, "of(gdp, a-1)", BATON_RULE_IDENTIFIER_EXPECTED, 9, "unit"},
    {RULE_VALUE, "of(gdp, `32020`)", BATON_RULE_UNIT_UNKNOWN, 9, "32020"},
    {RULE_ADJUST, "node(econmy) > 1", BATON_RULE_NODE_UNKNOWN, 6, "econmy"},
    {RULE_ADJUST, "node('economy') > 1", BATON_RULE_IDENTIFIER_EXPECTED, 6, "indicator"},
    {RULE_ADJUST, "event(acident)", BATON_RULE_ITEM_UNKNOWN, 7, "acident"},
    {RULE_VALUE, "result(provnce, a, total)", BATON_RULE_IMPORT_UNKNOWN, 8, "provnce"},
    {RULE_VALUE, "result(province, 1, total)", BATON_RULE_IDENTIFIER_EXPECTED, 18,
     "unit or indicator of the other package"},
    /* types */
    {RULE_VALUE, "'good' + 1", BATON_RULE_NUMBER_EXPECTED, 1, NULL},
    {RULE_VALUE, "1 + level", BATON_RULE_NUMBER_EXPECTED, 5, NULL},
    {RULE_VALUE, "mean(level)", BATON_RULE_NUMBER_EXPECTED, 6, NULL},
    {RULE_VALUE, "-level", BATON_RULE_NUMBER_EXPECTED, 2, NULL},
    {RULE_VALUE, "if(gdp, 1, 2)", BATON_RULE_CONDITION_EXPECTED, 4, NULL},
    {RULE_VALUE, "if(level, 1, 2)", BATON_RULE_CONDITION_EXPECTED, 4, ""},
    {RULE_VALUE, "not gdp", BATON_RULE_CONDITION_EXPECTED, 5, NULL},
    {RULE_VALUE, "gdp > 1 and 2", BATON_RULE_CONDITION_EXPECTED, 13, NULL},
    {RULE_VALUE, "streak(gdp)", BATON_RULE_CONDITION_EXPECTED, 8, NULL},
    {RULE_VALUE, "rank(gdp, where: people)", BATON_RULE_CONDITION_EXPECTED, 18, NULL},
    {RULE_VALUE, "level == 1", BATON_RULE_TEXT_COMPARED, 7, NULL},
    {RULE_VALUE, "gdp != 'A'", BATON_RULE_TEXT_COMPARED, 5, NULL},
    {RULE_VALUE, "if(gdp > 1, level, 2) == 'A'", BATON_RULE_TEXT_COMPARED, 20, NULL},
    {RULE_VALUE, "level < 'B'", BATON_RULE_TEXT_ORDER, 7, "<"},
    {RULE_AWARD, "grade >= 'good'", BATON_RULE_TEXT_ORDER, 7, ">="},
    /* when */
    {RULE_WHEN, "gdp > 1", BATON_RULE_FIGURE_OUTSIDE_COHORT, 1, "gdp"},
    {RULE_WHEN, "max_of(gdp) > people", BATON_RULE_FIGURE_OUTSIDE_COHORT, 15, "people"},
    {RULE_WHEN, "max_of(x) > target", BATON_RULE_FIGURE_OUTSIDE_COHORT, 13, "target"},
    {RULE_WHEN, "present(event(accident))", BATON_RULE_FIGURE_OUTSIDE_COHORT, 9, "event"},
    {RULE_WHEN, "max_of(gdp)", BATON_RULE_CONDITION_EXPECTED, 1, NULL},
};
/* clang-format on */

TEST(rule_errors_point_at_the_character) {
    for (size_t i = 0; i < LENGTH(broken); i++) {
        CASE("%s", broken[i].text);
        struct world world;
        world_open(&world);
        const struct rule *rule;
        CHECK_INT(world_compile(&world, broken[i].place, broken[i].text, &rule), broken[i].code);
        CHECK(rule == NULL);
        if (CHECK(world.found.count >= 1)) {
            const struct baton_finding *finding = &world.found.item[0];
            CHECK_INT(finding->code, broken[i].code);
            CHECK_INT(finding->where.column, broken[i].column);
            CHECK_TEXT(finding->arg[0], broken[i].arg);
            CHECK_TEXT(finding->where.file, "indicators.csv");
            CHECK_INT(finding->where.row, 2);
            CHECK_TEXT(finding->where.field, "value");
            for (int language = BATON_EN; language <= BATON_ZH; language++) {
                const char *message =
                    baton_finding_message(world.arena, finding, (enum baton_language)language);
                const char *advice =
                    baton_finding_advice(world.arena, finding, (enum baton_language)language);
                CHECK(message[0] != '\0' && advice[0] != '\0');
                CHECK(strstr(message, "%") == NULL || strstr(broken[i].text, "%") != NULL);
                CHECK(strstr(message, "{") == NULL && strstr(advice, "{") == NULL);
            }
        }
        world_close(&world);
    }
}

TEST(rule_guesses_what_was_meant) {
    static const struct {
        enum rule_place place;
        const char *text, *guess;
    } cases[] = {
        {RULE_VALUE, "maen(gdp)", "mean"},
        {RULE_VALUE, "coalesc(gdp, 1)", "coalesce"},
        {RULE_VALUE, "xyzzy(gdp)", NULL},
        {RULE_VALUE, "of(gdp, `32020`)", "320200"},
        {RULE_ADJUST, "node(econmy)", "economy"},
        {RULE_ADJUST, "event(acident)", "accident"},
        {RULE_VALUE, "result(provnce, a, total)", "province"},
        {RULE_AWARD, "grade == 'goood'", "good"}, /* a warning */
        {RULE_VALUE, "gdp ≥ 1", ">="},
        {RULE_VALUE, "gdp ＋ 1", "+"},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        CASE("%s", cases[i].text);
        struct world world;
        world_open(&world);
        const struct rule *rule;
        world_compile(&world, cases[i].place, cases[i].text, &rule);
        if (CHECK_INT(world.found.count, 1))
            CHECK_TEXT(world.found.item[0].arg[1], cases[i].guess);
        world_close(&world);
    }
}

/* All errors of names and types of an expression come together, where its text begins in the file.
 */
TEST(rule_errors_come_together) {
    struct world world;
    world_open(&world);
    const struct rule *rule;
    const struct baton_expression source = {"of(gdp, zz) + maen(1) + 'A'",
                                            {.file = "scheme.yaml", .row = 7, .column = 20}};
    CHECK_INT(rule_compile(world.arena, &world.scope, source, &rule, &world.found),
              BATON_RULE_UNIT_UNKNOWN);
    if (CHECK_INT(world.found.count, 3)) {
        CHECK_INT(world.found.item[0].where.column, 28);
        CHECK_INT(world.found.item[1].code, BATON_RULE_FUNCTION_UNKNOWN);
        CHECK_INT(world.found.item[1].where.column, 34);
        CHECK_INT(world.found.item[2].code, BATON_RULE_NUMBER_EXPECTED);
        CHECK_INT(world.found.item[2].where.column, 44);
    }
    world_close(&world);
}

/* `count` times a text, between a beginning and an end. */
static const char *repeated(struct world *world, const char *begin, const char *part,
                            unsigned count, const char *middle, const char *close,
                            const char *end) {
    const size_t size =
        strlen(begin) + count * (strlen(part) + strlen(close)) + strlen(middle) + strlen(end);
    char *text = arena_alloc(world->arena, size + 1, 1), *to = text;
    to = stpcpy(to, begin);
    for (unsigned i = 0; i < count; i++)
        to = stpcpy(to, part);
    to = stpcpy(to, middle);
    for (unsigned i = 0; i < count; i++)
        to = stpcpy(to, close);
    stpcpy(to, end);
    return text;
}

/* clang-format off */
static const struct {
    const char *name, *begin, *part;
    unsigned most; /* times that the part may stand */
    const char *middle, *close, *end;
    baton_code code; /* of one time more */
} limits[] = {
    {"brackets", "", "(", 100, "1", ")", "", BATON_RULE_TOO_DEEP},
    {"functions", "", "abs(", 100, "gdp", ")", "", BATON_RULE_TOO_DEEP},
    {"signs", "", "-", 100, "1", "", "", BATON_RULE_TOO_DEEP},
    {"not", "", "not ", 100, "1 < 2", "", "", BATON_RULE_TOO_DEEP},
    {"powers", "", "1^", 100, "1", "", "", BATON_RULE_TOO_DEEP},
    {"parts", "1", "+1", 999, "", "", "", BATON_RULE_TOO_MANY_PARTS}, /* 1000 numbers and 999 sums */
    {"bytes", "1", "          ", 409, "     ", "", "", BATON_RULE_TOO_LONG},
    {"moves", "", "prev(", 10, "gdp", ")", "", BATON_RULE_TOO_MANY_MOVES},
    {"moves of last", "last(", "prev(", 8, "gdp", ")", ")", BATON_RULE_TOO_MANY_MOVES},
    {"work of last", "", "last(", 4, "gdp", ")", "", BATON_RULE_TOO_MUCH_WORK},
    {"work", "mean_of(mean_of(", "mean_of(", 1, "gdp", ", 100)", ", 100), 10)", BATON_RULE_TOO_MUCH_WORK},
    {"parents", "", "parent(", 99, "gdp", ")", "", BATON_RULE_TOO_DEEP},
};
/* clang-format on */

TEST(rule_limits) {
    for (size_t i = 0; i < LENGTH(limits); i++) {
        for (unsigned more = 0; more <= 1; more++) {
            CASE("%s + %u", limits[i].name, more);
            struct world world;
            world_open(&world);
            const struct rule *rule;
            const char *text =
                repeated(&world, limits[i].begin, limits[i].part, limits[i].most + more,
                         limits[i].middle, limits[i].close, limits[i].end);
            CHECK_INT(world_compile(&world, RULE_VALUE, text, &rule),
                      more == 0 ? BATON_OK : limits[i].code);
            CHECK_INT(world.found.errors, more);
            if (rule != NULL) {
                const struct rule_moment at = world_year(2021);
                double out[WORLD_UNITS];
                uint8_t zero[WORLD_UNITS] = {0};
                if (limits[i].code != BATON_RULE_TOO_MUCH_WORK)
                    rule_run(rule, &world.env, &at, out, zero);
            }
            world_close(&world);
        }
    }
}
