/* Bodies by tables: what a struct gets, and everything that is wrong with a body, each with its place. */
#include "base/arena.h"
#include "server/body.h"
#include "unit/test.h"
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct fact {
    const char *kind, *unit, *period, *day, *value, *reason;
    uint64_t corrects;
    bool withdrawn;
    struct body_map fields;
    struct body_texts evidence;
};
struct source {
    const char *name;
};
struct submission {
    const char *assessment;
    struct body_list facts;
    const struct source *source;
};

static const struct body_field fact_fields[] = {
    {.name = "kind",
     .type = BODY_WORD,
     .needed = true,
     .offset = offsetof(struct fact, kind),
     .words = "observation target adjustment"},
    {.name = "unit",
     .type = BODY_TEXT,
     .needed = true,
     .offset = offsetof(struct fact, unit),
     .form = &body_identifier},
    {.name = "period",
     .type = BODY_TEXT,
     .offset = offsetof(struct fact, period),
     .form = &body_period},
    {.name = "day", .type = BODY_TEXT, .offset = offsetof(struct fact, day), .form = &body_day},
    {.name = "value", .type = BODY_FIGURE, .offset = offsetof(struct fact, value)},
    {.name = "reason",
     .type = BODY_TEXT,
     .offset = offsetof(struct fact, reason),
     .length = 10,
     .lines = true},
    {.name = "corrects",
     .type = BODY_COUNT,
     .offset = offsetof(struct fact, corrects),
     .least = 1,
     .most = 1000,
     .initial = 7},
    {.name = "withdrawn", .type = BODY_FLAG, .offset = offsetof(struct fact, withdrawn)},
    {.name = "fields",
     .type = BODY_MAP,
     .lines = true,
     .offset = offsetof(struct fact, fields),
     .most = 3,
     .length = 5},
    {.name = "evidence",
     .type = BODY_TEXTS,
     .offset = offsetof(struct fact, evidence),
     .most = 2,
     .length = 4},
};
static const struct body_shape fact_shape = {
    .name = "Fact", BODY_FIELDS(fact_fields), .size = sizeof(struct fact)};
static const struct body_field source_fields[] = {
    {.name = "name", .type = BODY_TEXT, .needed = true, .offset = offsetof(struct source, name)},
};
static const struct body_shape source_shape = {
    .name = "Source", BODY_FIELDS(source_fields), .size = sizeof(struct source)};
static const struct body_field submission_fields[] = {
    {.name = "assessment", .type = BODY_TEXT, .offset = offsetof(struct submission, assessment)},
    {.name = "facts",
     .type = BODY_OBJECTS,
     .needed = true,
     .offset = offsetof(struct submission, facts),
     .inner = &fact_shape},
    {.name = "source",
     .type = BODY_OBJECT,
     .offset = offsetof(struct submission, source),
     .inner = &source_shape},
};
static const struct body_shape submission_shape = {
    .name = "Submission", BODY_FIELDS(submission_fields), .size = sizeof(struct submission)};

struct trial {
    struct baton_arena *arena;
    struct baton_findings found;
    const char *text;
    size_t size;
    const void *out;
};

static baton_code read_it(void *context) {
    struct trial *trial = context;
    return body_shape_read(trial->arena, &submission_shape, trial->text, trial->size, &trial->out,
                           &trial->found);
}

static baton_code trial_read(struct trial *trial, const char *text) {
    *trial = (struct trial){.arena = arena_open(), .text = text, .size = strlen(text)};
    trial->found.arena = trial->arena;
    return arena_run(trial->arena, read_it, trial);
}

TEST(body_reads) {
    char text[] = "{\"facts\": [{\"kind\": \"observation\", \"unit\": \"云山区\", \"period\": "
                  "\"2021-08\", \"value\": 14210.50,\n"
                  "  \"fields\": {\"source\": \"局\", \"x_n\": 1.50, \"a/b\": \"l1\\nl2\"}, "
                  "\"evidence\": [\"ab\", \"cd\"]},\n"
                  " {\"unit\": \"u2\", \"kind\": \"target\", \"day\": \"2021-08-27\", \"value\": "
                  "\"-0.10\", \"corrects\": 1000, \"withdrawn\": true,\n"
                  "  \"reason\": \"一二三四五六七八九十\", \"fields\": {}, \"evidence\": []}],\n"
                  " \"source\": {\"name\": \"统计局\"}}";
    struct trial trial;
    if (!CHECK_INT(trial_read(&trial, text), BATON_OK)) {
        arena_close(trial.arena);
        return;
    }
    memset(text, 'x', sizeof(text) - 1); /* nothing points into the body */
    const struct submission *body = trial.out;
    CHECK_TEXT(body->assessment, NULL);
    CHECK_TEXT(body->source->name, "统计局");
    if (CHECK_INT(body->facts.count, 2)) {
        const struct fact *fact = body->facts.item;
        CHECK_TEXT(fact->kind, "observation");
        CHECK_TEXT(fact->unit, "云山区");
        CHECK_TEXT(fact->period, "2021-08");
        CHECK_TEXT(fact->day, NULL);
        CHECK_TEXT(fact->value, "14210.50"); /* as it was sent */
        CHECK_INT(fact->corrects, 7);
        CHECK(!fact->withdrawn);
        if (CHECK_INT(fact->fields.count, 3)) {
            CHECK_TEXT(fact->fields.pair[0].name, "source");
            CHECK_TEXT(fact->fields.pair[0].value, "局");
            CHECK_TEXT(fact->fields.pair[1].value, "1.50");
            CHECK_TEXT(fact->fields.pair[2].name, "a/b");
            CHECK_TEXT(fact->fields.pair[2].value, "l1\nl2");
        }
        if (CHECK_INT(fact->evidence.count, 2))
            CHECK_TEXT(fact->evidence.text[1], "cd");
        fact++;
        CHECK_TEXT(fact->kind, "target");
        CHECK_TEXT(fact->value, "-0.10");
        CHECK_INT(fact->corrects, 1000);
        CHECK(fact->withdrawn);
        CHECK_TEXT(fact->reason, "一二三四五六七八九十");
        CHECK_INT(fact->fields.count, 0);
        CHECK_INT(fact->evidence.count, 0);
    }
    arena_close(trial.arena);
}

/* The members of one fact that are wrong, and what is found. */
static const struct {
    const char *members; /* behind kind and unit */
    baton_code code;
    const char *field, *a, *b, *c;
} wrong[] = {
    {"\"units\": 1", BATON_MEMBER_UNKNOWN, "/facts/0/units", "units", "unit",
     "kind unit period day value reason corrects withdrawn fields evidence"},
    {"\"~/x\": 1", BATON_MEMBER_UNKNOWN, "/facts/0/~0~1x", "~/x", NULL,
     "kind unit period day value reason corrects withdrawn fields evidence"},
    {"\"\": 1", BATON_MEMBER_UNKNOWN, "/facts/0/", "", NULL,
     "kind unit period day value reason corrects withdrawn fields evidence"},
    {"\"period\": null", BATON_MEMBER_TYPE, "/facts/0/period", "null", "string", NULL},
    {"\"period\": 2021", BATON_MEMBER_TYPE, "/facts/0/period", "number", "string", NULL},
    {"\"period\": \"\"", BATON_MEMBER_EMPTY, "/facts/0/period", NULL, NULL, NULL},
    {"\"period\": \"2021-13\"", BATON_MEMBER_FORM, "/facts/0/period", "2021-13",
     "a period: 2021, 2021-H1, 2021-Q3, 2021-08, 2021-W35 or 2021-08-27",
     "考核周期（写作 2021、2021-H1、2021-Q3、2021-08、2021-W35 或 2021-08-27）"},
    {"\"day\": \"2021-02-29\"", BATON_MEMBER_FORM, "/facts/0/day", "2021-02-29",
     "a date such as 2021-08-27", "日期（写作 2021-08-27）"},
    {"\"day\": \"2021-08\\n27\"", BATON_MEMBER_FORM, "/facts/0/day", "2021-08\n27",
     "a text on one line", "不换行的文本"},
    {"\"value\": \"12亿元\"", BATON_MEMBER_FIGURE, "/facts/0/value", "12亿元", NULL, NULL},
    {"\"value\": \"1,234\"", BATON_MEMBER_FIGURE, "/facts/0/value", "1,234", NULL, NULL},
    {"\"value\": \"\"", BATON_MEMBER_FIGURE, "/facts/0/value", "", NULL, NULL},
    {"\"value\": \"98%\"", BATON_MEMBER_FIGURE, "/facts/0/value", "98%", NULL, NULL},
    {"\"value\": 1e200", BATON_MEMBER_FIGURE, "/facts/0/value", "1e200", NULL, NULL},
    {"\"value\": true", BATON_MEMBER_TYPE, "/facts/0/value", "boolean", "string", NULL},
    {"\"value\": [1]", BATON_MEMBER_TYPE, "/facts/0/value", "array", "string", NULL},
    {"\"reason\": \"一二三四五六七八九十一\"", BATON_MEMBER_LONG, "/facts/0/reason", "10", "",
     NULL},
    {"\"reason\": \"a\\u0001b\"", BATON_MEMBER_FORM, "/facts/0/reason",
     "a\x01"
     "b",
     "a text without control characters", "不含控制字符的文本"},
    {"\"reason\": \"\\u007f\"", BATON_MEMBER_FORM, "/facts/0/reason", "\x7f",
     "a text without control characters", "不含控制字符的文本"},
    {"\"corrects\": 0", BATON_MEMBER_COUNT, "/facts/0/corrects", "0", "1", "1000"},
    {"\"corrects\": 1001", BATON_MEMBER_COUNT, "/facts/0/corrects", "1001", "1", "1000"},
    {"\"corrects\": -1", BATON_MEMBER_COUNT, "/facts/0/corrects", "-1", "1", "1000"},
    {"\"corrects\": 1.0", BATON_MEMBER_COUNT, "/facts/0/corrects", "1.0", "1", "1000"},
    {"\"corrects\": 1e2", BATON_MEMBER_COUNT, "/facts/0/corrects", "1e2", "1", "1000"},
    {"\"corrects\": 18446744073709551617", BATON_MEMBER_COUNT, "/facts/0/corrects",
     "18446744073709551617", "1", "1000"},
    {"\"corrects\": \"1\"", BATON_MEMBER_TYPE, "/facts/0/corrects", "string", "number", NULL},
    {"\"withdrawn\": 1", BATON_MEMBER_TYPE, "/facts/0/withdrawn", "number", "boolean", NULL},
    {"\"fields\": []", BATON_MEMBER_TYPE, "/facts/0/fields", "array", "object", NULL},
    {"\"fields\": {\"a\": {}}", BATON_MEMBER_TYPE, "/facts/0/fields/a", "object", "string", NULL},
    {"\"fields\": {\"a\": \"\"}", BATON_MEMBER_EMPTY, "/facts/0/fields/a", NULL, NULL, NULL},
    {"\"fields\": {\"\": \"a\"}", BATON_MEMBER_EMPTY, "/facts/0/fields/", NULL, NULL, NULL},
    {"\"fields\": {\"a\\nb\": \"a\"}", BATON_MEMBER_FORM, "/facts/0/fields", "a\nb",
     "a name of at most 128 bytes on one line", "不超过 128 字节且不换行的名称"},
    {"\"fields\": {\"a\": \"123456\"}", BATON_MEMBER_LONG, "/facts/0/fields/a", "5", "", NULL},
    {"\"fields\": {\"a\": 1, \"b\": 2, \"c\": 3, \"d\": 4}", BATON_MEMBER_LONG, "/facts/0/fields",
     "3", NULL, NULL},
    {"\"evidence\": {}", BATON_MEMBER_TYPE, "/facts/0/evidence", "object", "array", NULL},
    {"\"evidence\": [\"a\", 1]", BATON_MEMBER_TYPE, "/facts/0/evidence/1", "number", "string",
     NULL},
    {"\"evidence\": [\"a\", \"\"]", BATON_MEMBER_EMPTY, "/facts/0/evidence/1", NULL, NULL, NULL},
    {"\"evidence\": [\"a\", \"b\", \"c\"]", BATON_MEMBER_LONG, "/facts/0/evidence", "2", NULL,
     NULL},
};

TEST(body_refuses) {
    for (size_t i = 0; i < LENGTH(wrong); i++) {
        CASE("%s", wrong[i].members);
        char text[400];
        snprintf(text, sizeof(text), "{\"facts\": [{\"kind\": \"target\", \"unit\": \"u\", %s}]}",
                 wrong[i].members);
        struct trial trial;
        CHECK_INT(trial_read(&trial, text), wrong[i].code);
        CHECK(trial.out == NULL);
        if (CHECK_INT(trial.found.count, 1)) {
            const struct baton_finding *finding = &trial.found.item[0];
            CHECK_INT(finding->code, wrong[i].code);
            CHECK_TEXT(finding->where.field, wrong[i].field);
            CHECK_TEXT(finding->arg[0], wrong[i].a);
            CHECK_TEXT(finding->arg[1], wrong[i].b);
            CHECK_TEXT(finding->arg[2], wrong[i].c);
        }
        arena_close(trial.arena);
    }
}

static const struct {
    const char *text;
    baton_code code;
    const char *field, *a;
} whole[] = {
    {"[]", BATON_MEMBER_TYPE, NULL, "array"},
    {"null", BATON_MEMBER_TYPE, NULL, "null"},
    {"{}", BATON_MEMBER_NEEDED, "/facts", "facts"},
    {"{\"facts\": []}", BATON_MEMBER_EMPTY, "/facts", NULL},
    {"{\"facts\": {}}", BATON_MEMBER_TYPE, "/facts", "object"},
    {"{\"facts\": [[]]}", BATON_MEMBER_TYPE, "/facts/0", "array"},
    {"{\"facts\": [{\"unit\": \"u\", \"kind\": \"Target\"}]}", BATON_MEMBER_WORD, "/facts/0/kind",
     "Target"},
    {"{\"facts\": [{\"unit\": \"u\", \"kind\": \"targe\"}]}", BATON_MEMBER_WORD, "/facts/0/kind",
     "targe"},
    {"{\"facts\": [{\"unit\": \"u\", \"kind\": \"observation target\"}]}", BATON_MEMBER_WORD,
     "/facts/0/kind", "observation target"},
    {"{\"facts\": [{\"unit\": \"u v\", \"kind\": \"target\"}]}", BATON_MEMBER_FORM, "/facts/0/unit",
     "u v"},
    {"{\"facts\": [{\"kind\": \"target\", \"unit\": \"u\"}], \"source\": {}}", BATON_MEMBER_NEEDED,
     "/source/name", "name"},
    {"{\"facts\": [{\"kind\": \"target\", \"unit\": \"u\"}], \"source\": null}", BATON_MEMBER_TYPE,
     "/source", "null"},
    {"{\"facts\": [{\"kind\": \"target\", \"unit\": \"u\", \"unit\": \"v\"}]}", BATON_NAME_TWICE,
     NULL, "unit"},
};

TEST(body_refuses_whole) {
    for (size_t i = 0; i < LENGTH(whole); i++) {
        CASE("%s", whole[i].text);
        struct trial trial;
        CHECK_INT(trial_read(&trial, whole[i].text), whole[i].code);
        CHECK(trial.out == NULL);
        if (CHECK_INT(trial.found.count, 1)) {
            CHECK_TEXT(trial.found.item[0].where.field, whole[i].field);
            CHECK_TEXT(trial.found.item[0].arg[0], whole[i].a);
        }
        arena_close(trial.arena);
    }
}

/* All that is wrong, in the order of the text, with places; a guess at what a word was meant to be. */
TEST(body_tells_everything) {
    static const char text[] = "{\"fact\": [],\n"
                               " \"facts\": [{\"kind\": \"targat\"},\n"
                               "  {\"kind\": \"target\", \"unit\": 5, \"value\": \"x\"}]}";
    static const struct {
        baton_code code;
        const char *field;
        uint32_t row, column;
    } want[] = {
        {BATON_MEMBER_UNKNOWN, "/fact", 1, 10},         {BATON_MEMBER_WORD, "/facts/0/kind", 2, 21},
        {BATON_MEMBER_NEEDED, "/facts/0/unit", 2, 12},  {BATON_MEMBER_TYPE, "/facts/1/unit", 3, 30},
        {BATON_MEMBER_FIGURE, "/facts/1/value", 3, 42},
    };
    struct trial trial;
    CHECK_INT(trial_read(&trial, text), BATON_MEMBER_UNKNOWN);
    if (CHECK_INT(trial.found.count, LENGTH(want)))
        for (size_t i = 0; i < LENGTH(want); i++) {
            const struct baton_finding *finding = &trial.found.item[i];
            CHECK_INT(finding->code, want[i].code);
            CHECK_TEXT(finding->where.field, want[i].field);
            CHECK_INT(finding->where.row, want[i].row);
            CHECK_INT(finding->where.column, want[i].column);
        }
    CHECK_TEXT(trial.found.item[0].arg[1], "facts");
    CHECK_TEXT(trial.found.item[1].arg[2], "target");
    arena_close(trial.arena);
}

/* A body made of mistakes: a hundred are told, the rest counted, in time. */
TEST(body_of_mistakes) {
    enum { COUNT = 90000 };
    char *text = malloc(COUNT * 20 + 100), *at = text;
    if (!CHECK(text != NULL))
        return;
    at += snprintf(at, 2, "{");
    for (int i = 0; i < COUNT; i++)
        at += snprintf(at, 20, "%s\"fakts%d\":%d", i == 0 ? "" : ",", i, i);
    snprintf(at, 2, "}");
    struct trial trial;
    CHECK_INT(trial_read(&trial, text), BATON_MEMBER_UNKNOWN);
    CHECK_INT(trial.found.count, BATON_FINDINGS_PER_FILE);
    CHECK_INT(trial.found.errors, COUNT + 1); /* and `facts` is missing */
    arena_close(trial.arena);
    free(text);
}

/* A name or text of any size is shown in part. */
TEST(body_shows_parts) {
    char *text = malloc(400000);
    if (!CHECK(text != NULL))
        return;
    char *at = text + snprintf(text, 20, "{\"");
    for (int i = 0; i < 100000; i++)
        at += snprintf(at, 4, "云");
    snprintf(at, 10, "\": 1}");
    struct trial trial;
    CHECK_INT(trial_read(&trial, text), BATON_MEMBER_UNKNOWN);
    if (CHECK(trial.found.count > 0)) {
        CHECK_INT(strlen(trial.found.item[0].arg[0]), 64 * strlen("云") + 3);
        CHECK_TEXT(trial.found.item[0].where.field, NULL); /* the object that has it */
    }
    arena_close(trial.arena);
    free(text);
}

TEST(body_memory_runs_out) {
    static const char text[] =
        "{\"facts\": [{\"kind\": \"target\", \"unit\": 5, \"fields\": {\"a\": 1}, \"evidence\": "
        "[\"x\"]}], \"source\": {\"name\": \"n\"}}";
    for (uint64_t n = 1; n < 1000; n++) {
        struct trial trial = {.arena = arena_open(), .text = text, .size = strlen(text)};
        trial.found.arena = trial.arena;
        arena_fail_at(n);
        const baton_code code = arena_run(trial.arena, read_it, &trial);
        const bool came = arena_fail_at(0) == 0;
        arena_close(trial.arena);
        if (!came) {
            CHECK_INT(code, BATON_MEMBER_TYPE);
            return;
        }
        CHECK_INT(code, BATON_NO_MEMORY);
    }
    FAIL("it never succeeded");
}

/* Answers: shapes without a struct, null where it may stand, numbers, anything. */
static const struct body_field score_fields[] = {
    {.name = "unit", .type = BODY_TEXT, .needed = true},
    {.name = "score", .type = BODY_NUMBER, .needed = true, .nullable = true},
    {.name = "notes", .type = BODY_ANY},
};
static const struct body_shape score_shape = {.name = "Score", BODY_FIELDS(score_fields)};
static const struct body_field table_fields[] = {
    {.name = "rows", .type = BODY_OBJECTS, .needed = true, .inner = &score_shape},
};
static const struct body_shape table_shape = {.name = "Table", BODY_FIELDS(table_fields)};

TEST(body_checks_answers) {
    static const struct {
        const char *text;
        baton_code code;
    } answers[] = {
        {"{\"rows\": [{\"unit\": \"u\", \"score\": 98.5, \"notes\": [{}]}, {\"unit\": \"v\", "
         "\"score\": null}]}",
         BATON_OK},
        {"{\"rows\": [{\"unit\": null, \"score\": 98.5}]}", BATON_MEMBER_TYPE},
        {"{\"rows\": [{\"unit\": \"u\", \"score\": \"98.5\"}]}", BATON_MEMBER_TYPE},
        {"{\"rows\": [{\"unit\": \"u\"}]}", BATON_MEMBER_NEEDED},
        {"{\"rows\": [{\"unit\": \"u\", \"score\": 1, \"rank\": 2}]}", BATON_MEMBER_UNKNOWN},
    };
    for (size_t i = 0; i < LENGTH(answers); i++) {
        CASE("%s", answers[i].text);
        struct baton_arena *arena = arena_open();
        struct baton_findings found = {.arena = arena};
        const struct json_value *value = NULL;
        if (CHECK_INT(json_in_read(arena, answers[i].text, strlen(answers[i].text), &value, &found),
                      BATON_OK))
            CHECK_INT(body_shape_check(arena, &table_shape, value, &found), answers[i].code);
        arena_close(arena);
    }
}

TEST(body_words) {
    size_t size;
    CHECK(body_word_at("", 0, &size) == NULL);
    CHECK(body_word_at("a bc", 2, &size) == NULL);
    const char *word = body_word_at("a  bc ", 1, &size);
    CHECK(word != NULL && size == 2 && memcmp(word, "bc", 2) == 0);
}
