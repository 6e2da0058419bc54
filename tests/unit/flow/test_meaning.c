/* Files of a scheme that are written in two ways. */
#include "flow/import_parts.h"
#include "unit/test.h"
#include <string.h>

static const struct {
    const char *what, *name, *a, *b;
    bool same;
} cases[] = {
    {"the same bytes", "scheme.yaml", "a: [1, 2]\n", "a: [1, 2]\n", true},
    {"a comment, another style", "scheme.yaml", "a: [1, 2] # why\n", "a:\n- 1\n- '2'\n", true},
    {"another value", "scheme.yaml", "a: 1\n", "a: 1.0\n", false},
    {"another key", "scheme.yaml", "a: 1\n", "b: 1\n", false},
    {"one more", "scheme.yaml", "a: 1\n", "a: 1\nb: 2\n", false},
    {"another order of a list", "scheme.yaml", "a: [1, 2]\n", "a: [2, 1]\n", false},
    {"nothing, and an empty text", "scheme.yaml", "a:\n", "a: ''\n", false},
    {"no YAML", "scheme.yaml", "a: 1\n", "a: [\n", false},
    {"columns in another order", "indicators.csv", "id,name\na,b\n", "name,id\r\nb,\"a\"\r\n",
     true},
    {"a column without a value", "indicators.csv", "id,name\na,b\n", "id,x_c,name\na,,b\n", true},
    {"a column with a value", "indicators.csv", "id,name\na,b\n", "id,x_c,name\na,1,b\n", false},
    {"rows in another order", "indicators.csv", "id\na\nb\n", "id\nb\na\n", false},
    {"one row less", "indicators.csv", "id\na\nb\n", "id\na\n", false},
    {"no rows", "weights.csv", "for,weight\n", "weight,for\n", true},
    {"line ends", "documents/r.md", "# a\nb\n", "# a\r\nb\r\n\r\n", true},
    {"an empty line", "documents/r.md", "# a\nb\n", "# a\n\nb\n", false},
    {"another letter", "documents/r.md", "# a\n", "# b\n", false},
    {"a beginning", "documents/r.md", "# a\n", "# ab\n", false},
};

static struct file file_of(struct import *import, const char *name, const char *text) {
    return (struct file){.name = name,
                         .there = true,
                         .text = arena_text(import->arena, text, strlen(text)),
                         .size = strlen(text)};
}

TEST(import_compares_what_files_mean) {
    struct import import = {.arena = arena_open()};
    for (size_t i = 0; i < LENGTH(cases); i++) {
        for (int swapped = 0; swapped < 2; swapped++) {
            bool same = !cases[i].same;
            CASE("%s, %d", cases[i].what, swapped);
            const char *a = swapped ? cases[i].b : cases[i].a,
                       *b = swapped ? cases[i].a : cases[i].b;
            CHECK_INT(import_means_same(&import, file_of(&import, cases[i].name, a),
                                        file_of(&import, cases[i].name, b), &same),
                      BATON_OK);
            CHECK_INT(same, cases[i].same);
        }
    }
    arena_close(import.arena);
}
