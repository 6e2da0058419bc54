/* JSON from outside: what is read, what is refused and where, and that numbers are the texts that were sent. */
#include "base/arena.h"
#include "server/json_in.h"
#include "unit/test.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct trial {
    struct baton_arena *arena;
    struct baton_findings found;
    const struct json_value *value;
    const char *text;
    size_t size;
};

static baton_code read_it(void *context) {
    struct trial *trial = context;
    return json_in_read(trial->arena, trial->text, trial->size, &trial->value, &trial->found);
}

static baton_code trial_read(struct trial *trial, const char *text, size_t size) {
    *trial = (struct trial){.arena = arena_open(), .text = text, .size = size};
    trial->found.arena = trial->arena;
    /* a copy of that very size, so that a byte too many that is read is seen */
    char *copy = malloc(size == 0 ? 1 : size);
    if (!CHECK(copy != NULL))
        return BATON_NO_MEMORY;
    memcpy(copy, text, size);
    trial->text = copy;
    const baton_code code = arena_run(trial->arena, read_it, trial);
    free(copy);
    return code;
}

static const struct {
    const char *text;
    size_t size; /* 0 = strlen */
    baton_code code;
    uint32_t line, column;
    const char *argument;
} refused[] = {
    {"", 0, BATON_JSON_ENDS, 1, 1, NULL},
    {" \n", 0, BATON_JSON_ENDS, 2, 1, NULL},
    {"[1, 2", 0, BATON_JSON_ENDS, 1, 6, NULL},
    {"{\"a\": \"b", 0, BATON_JSON_ENDS, 1, 9, NULL},
    {"[1]\n x", 0, BATON_JSON_TRAILING, 2, 2, NULL},
    {"{} {}", 0, BATON_JSON_TRAILING, 1, 4, NULL},
    {"{\"名称\": 甲}", 0, BATON_JSON_SYNTAX, 1, 9, "{\"名称\": 甲"},
    {"{\"a\" 1}", 0, BATON_JSON_SYNTAX, 1, 7, "{\"a\" 1"},
    {"[1,]", 0, BATON_JSON_SYNTAX, 1, 5, "[1,]"},
    {"[01]", 0, BATON_JSON_SYNTAX, 1, 3, "[0"},
    {"[1.]", 0, BATON_JSON_SYNTAX, 1, 4, "[1."},
    {"[.5]", 0, BATON_JSON_SYNTAX, 1, 3, "[."},
    {"[+1]", 0, BATON_JSON_SYNTAX, 1, 3, "[+"},
    {"[-]", 0, BATON_JSON_SYNTAX, 1, 3, "[-"},
    {"[NaN]", 0, BATON_JSON_SYNTAX, 1, 5, "[NaN"},
    {"[Infinity]", 0, BATON_JSON_SYNTAX, 1, 10, "[Infinity"},
    {"[0x10]", 0, BATON_JSON_SYNTAX, 1, 4, "[0x"},
    {"[tru]", 0, BATON_JSON_SYNTAX, 1, 5, "[tru"},
    {"['a']", 0, BATON_JSON_SYNTAX, 1, 3, "['"},
    {"[1}", 0, BATON_JSON_SYNTAX, 1, 4, "[1}"},
    {"]", 0, BATON_JSON_SYNTAX, 1, 2, "]"},
    {"[1] // one", 0, BATON_JSON_TRAILING, 1, 5, NULL},
    {"[\"a\nb\"]", 0, BATON_JSON_SYNTAX, 1, 4, "[\"a"},
    {"[\"a\tb\"]", 0, BATON_JSON_SYNTAX, 1, 4, "[\"a"},
    {"[\"\\x\"]", 0, BATON_JSON_SYNTAX, 1, 5, "[\"\\x"},
    {"[\"\\ud800\"]", 0, BATON_JSON_SYNTAX, 1, 10, "[\"\\ud800\""},
    {"[\"\\udc00\\ud800\"]", 0, BATON_JSON_SYNTAX, 1, 16, "[\"\\udc00\\ud800\""},
    {"[\"\\ud8。\"]", 0, BATON_JSON_SYNTAX, 1, 8, "[\"\\ud8。"},
    {"\xef\xbb\xbf[]", 0, BATON_JSON_SYNTAX, 1, 2, "\xef\xbb\xbf"},
    {"[\"\xff\"]", 0, BATON_JSON_UTF8, 1, 3, NULL},
    {"[\"\xc0\xaf\"]", 0, BATON_JSON_UTF8, 1, 3, NULL},     /* overlong */
    {"[\"\xed\xa0\x80\"]", 0, BATON_JSON_UTF8, 1, 3, NULL}, /* a surrogate */
    {"[1\xe4\xba]", 0, BATON_JSON_UTF8, 1, 3, NULL},
    {"[\"\\u0000\"]", 0, BATON_JSON_NUL, 1, 10, "[\"\\u0000\""},
    {"{\"a\\u0000\": 1}", 0, BATON_JSON_NUL, 1, 11, "{\"a\\u0000\""},
    {"[\"a\0b\"]", 7, BATON_JSON_NUL, 1, 4, NULL},
    {"[1\0]", 4, BATON_JSON_NUL, 1, 3, NULL}, /* which the library skips */
    {"[1]\0", 4, BATON_JSON_NUL, 1, 4, NULL},
    {"[1e400]", 0, BATON_JSON_NUMBER, 1, 7, "[1e400"},
    {"[-1e99999]", 0, BATON_JSON_NUMBER, 1, 10, "[-1e99999"},
    {"{\"a\":1,\n\"b\":2,\"a\":3}", 0, BATON_NAME_TWICE, 2, 10, "a"},
    {"{\"a\": {\"乙\": 1, \"乙\": 2}}", 0, BATON_NAME_TWICE, 1, 19, "乙"},
    {"{\"a\": 1, \"\\u0061\": 2}", 0, BATON_NAME_TWICE, 1, 18, "\\u0061"},
};

TEST(json_in_refuses) {
    for (size_t i = 0; i < LENGTH(refused); i++) {
        CASE("%s", refused[i].text);
        struct trial trial;
        const baton_code code =
            trial_read(&trial, refused[i].text,
                       refused[i].size == 0 ? strlen(refused[i].text) : refused[i].size);
        CHECK_INT(code, refused[i].code);
        CHECK(trial.value == NULL);
        if (CHECK_INT(trial.found.count, 1) && CHECK(trial.found.item != NULL)) {
            const struct baton_finding *finding = &trial.found.item[0];
            CHECK_INT(finding->code, refused[i].code);
            CHECK_INT(finding->where.row, refused[i].line);
            CHECK_INT(finding->where.column, refused[i].column);
            CHECK_TEXT(finding->arg[0], refused[i].argument);
        }
        arena_close(trial.arena);
    }
}

TEST(json_in_reads) {
    static const char text[] =
        "{\"figures\": [14210.50, -0, 1E5, 12345678901234567890123, 1e-400],\n"
        " \"文\": \"a\\\"\\\\\\/\\b\\f\\n\\r\\t\\u4e91\\ud83d\\ude00云\",\n"
        " \"none\": null, \"yes\":true ,\"no\" : false, \"empty\": {}, \"\": []}";
    struct trial trial;
    if (CHECK_INT(trial_read(&trial, text, strlen(text)), BATON_OK) && CHECK(trial.value != NULL)) {
        const struct json_value *value = trial.value;
        CHECK_INT(value->kind, JSON_IN_OBJECT);
        CHECK_INT(value->count, 7);
        const struct json_value *figures = json_member(value, "figures");
        static const char *const want[] = {"14210.50", "-0", "1E5", "12345678901234567890123",
                                           "1e-400"};
        if (CHECK(figures != NULL) && CHECK_INT(figures->count, LENGTH(want)))
            for (size_t i = 0; i < LENGTH(want); i++) {
                CHECK_INT(figures->part[i].kind, JSON_IN_NUMBER);
                CHECK_TEXT(figures->part[i].text, want[i]);
                CHECK_INT(figures->part[i].size, strlen(want[i]));
            }
        CHECK_TEXT(value->part[1].name, "文");
        CHECK_TEXT(value->part[1].text, "a\"\\/\b\f\n\r\t云\xf0\x9f\x98\x80云");
        CHECK_INT(value->part[1].line, 2);
        CHECK_INT(value->part[1].column, 7);
        CHECK_INT(value->part[2].kind, JSON_IN_NULL);
        CHECK(value->part[3].kind == JSON_IN_FLAG && value->part[3].flag);
        CHECK_INT(value->part[3].column, 22);
        CHECK(value->part[4].kind == JSON_IN_FLAG && !value->part[4].flag);
        CHECK(value->part[5].kind == JSON_IN_OBJECT && value->part[5].count == 0);
        CHECK(value->part[6].kind == JSON_IN_LIST && value->part[6].count == 0);
        CHECK(json_member(value, "nothing") == NULL);
    }
    arena_close(trial.arena);
    static const char *const alone[] = {"null", " true", "\"x\" ", "-1.5e+3", "\t[ ]\r\n"};
    for (size_t i = 0; i < LENGTH(alone); i++) {
        CASE("%s", alone[i]);
        CHECK_INT(trial_read(&trial, alone[i], strlen(alone[i])), BATON_OK);
        arena_close(trial.arena);
    }
}

/* A text of `count` times `part` between the two others. */
static char *repeated(const char *before, const char *part, size_t count, const char *after,
                      size_t *size) {
    *size = strlen(before) + count * strlen(part) + strlen(after);
    char *text = malloc(*size + 1), *at = text;
    if (!CHECK(text != NULL))
        return NULL;
    memcpy(at, before, strlen(before));
    at += strlen(before);
    for (size_t i = 0; i < count; i++, at += strlen(part))
        memcpy(at, part, strlen(part));
    memcpy(at, after, strlen(after) + 1);
    return text;
}

static void check_repeated(const char *before, const char *part, size_t count, const char *after,
                           baton_code want) {
    CASE("%s %zu times %.20s %s", before, count, part, after);
    size_t size;
    char *text = repeated(before, part, count, after, &size);
    if (text == NULL)
        return;
    struct trial trial;
    CHECK_INT(trial_read(&trial, text, size), want);
    CHECK_INT(trial.found.count, want != BATON_OK);
    arena_close(trial.arena);
    free(text);
}

TEST(json_in_limits) {
    check_repeated("", "[", JSON_IN_DEPTH, "1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]", BATON_OK);
    check_repeated("", "[", JSON_IN_DEPTH + 1, "", BATON_JSON_DEPTH);
    check_repeated("", "[", 1000000, "", BATON_JSON_DEPTH);
    check_repeated("", "{\"a\":", 1000000, "", BATON_JSON_DEPTH);
    check_repeated("[", "\"[\",", 1000, "1]", BATON_OK); /* not those of texts */
    check_repeated("[", "[],", JSON_IN_VALUES - 2, "1]", BATON_OK);
    check_repeated("[", "[],", JSON_IN_VALUES, "1]", BATON_JSON_LARGE);
    check_repeated("[", "1,", 5000000, "1]", BATON_JSON_LARGE);
    check_repeated("[{\"a\":1", ",\"b\":1", JSON_IN_VALUES, "}]", BATON_JSON_LARGE);
    /* colons where none belong take no value off */
    check_repeated("[1", ":", 1000000, "]", BATON_JSON_SYNTAX);
    check_repeated("", " ", JSON_IN_SIZE - 1, "1", BATON_OK);
    check_repeated("", " ", JSON_IN_SIZE, "1", BATON_JSON_LARGE);
    check_repeated("\"", "云", 5000000, "\"", BATON_OK);
    check_repeated("\"", "\\\\", 8000000, "", BATON_JSON_ENDS);
    check_repeated("", "9", 200, "", BATON_OK);
    check_repeated("", "9", 400, "", BATON_JSON_NUMBER);
    check_repeated("0.", "1", 1000000, "", BATON_OK);
}

/* Names that are made to collide, and many of them, cost no more than others. */
TEST(json_in_many_members) {
    char *text = malloc(2000000), *at = text;
    if (!CHECK(text != NULL))
        return;
    *at++ = '{';
    for (int i = 0; i < 90000; i++)
        at += snprintf(at, 20, "%s\"m%d\":%d", i == 0 ? "" : ",", i, i);
    *at++ = '}';
    struct trial trial;
    if (CHECK_INT(trial_read(&trial, text, (size_t)(at - text)), BATON_OK)) {
        CHECK_INT(trial.value->count, 90000);
        CHECK_TEXT(trial.value->part[89999].name, "m89999");
        CHECK_TEXT(trial.value->part[89999].text, "89999");
    }
    arena_close(trial.arena);
    free(text);
}

/* Wherever memory runs out, the reading ends with that, and nothing is lost. */
TEST(json_in_memory_runs_out) {
    static const char text[] = "{\"a\": [1, \"two\", {\"b\": null}], \"c\": true}";
    for (uint64_t n = 1; n < 1000; n++) {
        struct trial trial = {.arena = arena_open(), .text = text, .size = strlen(text)};
        trial.found.arena = trial.arena;
        arena_fail_at(n);
        const baton_code code = arena_run(trial.arena, read_it, &trial);
        const bool came = arena_fail_at(0) == 0;
        arena_close(trial.arena);
        if (!came) {
            CHECK_INT(code, BATON_OK);
            return;
        }
        CHECK_INT(code, BATON_NO_MEMORY);
    }
    FAIL("it never succeeded");
}
