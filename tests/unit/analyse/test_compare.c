/* Comparison: what counts as the same expression, and the names that one has. */
#include "analyse/compare.h"
#include "unit/test.h"
#include <stdio.h>
#include <string.h>

TEST(compare_same_expression) {
    static const struct {
        const char *name, *a, *b;
        bool same;
    } cases[] = {
        {"nothing is nothing", NULL, NULL, true},
        {"something is not nothing", "x", NULL, false},
        {"spaces do not count", "gdp / people", "gdp/people", true},
        {"nor do they at the ends", " gdp ", "gdp", true},
        {"nor how many there are", "not  x and y", "not x and y", true},
        {"but they part names", "not x", "notx", false},
        {"in quotes they count", "grade == 'a b'", "grade == 'ab'", false},
        {"in backquotes too", "`a b`", "`ab`", false},
        {"around quotes they do not", "grade=='a'", "grade == 'a'", true},
        {"Chinese names", "产值 / 人口", "产值/人口", true},
        {"Chinese names apart", "not 产值", "not产值", false},
        {"one goes on", "x + 1", "x + 12", false},
        {"another number", "x*1.5", "x*1.50", false},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        CASE("%s", cases[i].name);
        CHECK_INT(compare_same_expression(cases[i].a, cases[i].b), cases[i].same);
        CHECK_INT(compare_same_expression(cases[i].b, cases[i].a), cases[i].same);
    }
}

struct told {
    char text[256];
};

static void tell(void *context, enum compare_name what, const char *name, size_t size) {
    static const char kinds[] = {[NAME_ELEMENT] = 'e', [NAME_NODE] = 'n', [NAME_ITEM] = 'i'};
    struct told *told = context;
    const size_t used = strlen(told->text);
    snprintf(told->text + used, sizeof(told->text) - used, "%s%c:%.*s", used > 0 ? " " : "",
             kinds[what], (int)size, name);
}

TEST(compare_names) {
    static const struct {
        const char *name, *expression, *want;
    } cases[] = {
        {"none", NULL, ""},
        {"numbers are no names", "1.5e3 + .5 * 2", ""},
        {"elements", "100*gdp/people", "e:gdp e:people"},
        {"functions are no names", "max(yoy(gdp), 0)", "e:gdp"},
        {"a node", "node(economy) >= 60", "n:economy"},
        {"a node of a period", "prev(node( economy ), n)", "n:economy e:n"},
        {"an item", "event(accident) > 0 and score", "i:accident e:and e:score"},
        {"in backquotes", "`gdp-2020` + node(`a-b`)", "e:gdp-2020 n:a-b"},
        {"texts are no names", "grade == 'poor'", "e:grade"},
        {"Chinese", "产值/人口", "e:产值 e:人口"},
        {"a dot inside", "a.b + c", "e:a.b e:c"},
        {"a quote that is not closed", "x + 'abc", "e:x"},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct told told = {""};
        CASE("%s", cases[i].name);
        compare_names(cases[i].expression, &told, tell);
        CHECK_TEXT(told.text, cases[i].want);
    }
}
