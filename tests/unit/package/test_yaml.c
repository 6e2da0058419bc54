/* The strict YAML reader: what it takes, and each thing that it refuses with its place. */
#include "base/limits.h"
#include "package/yaml.h"
#include "unit/test.h"
#include <string.h>

static struct baton_arena *arena;
static struct baton_findings found;

static baton_code read_text(const char *text, size_t size, struct yaml_value **root) {
    arena = arena_open();
    found = (struct baton_findings){.arena = arena};
    *root = NULL;
    return yaml_read(arena, "scheme.yaml", text, size, root, &found);
}

TEST(yaml_tree) {
    static const char text[] = "\xEF\xBB\xBF# a scheme\n"
                               "baton: 1\n"
                               "title: {zh: 示例市, en: \"Example: city\"}\n"
                               "empty:\n"
                               "quoted: ''\n"
                               "list:\n"
                               "  - a\n"
                               "  - [1, [2]]\n"
                               "  - {when: 'score >= 90'}\n"
                               "block: |\n"
                               "  one\n"
                               "  two\n"
                               "no: no\n";
    struct yaml_value *root;
    CHECK_INT(read_text(text, strlen(text), &root), BATON_OK);
    CHECK_INT(found.count, 0);
    if (!CHECK(root != NULL && root->kind == YAML_MAP))
        return;
    CHECK_INT(root->count, 7);
    const struct yaml_value *baton = yaml_get(root, "baton");
    CHECK_TEXT(baton->text, "1");
    CHECK(!baton->quoted);
    CHECK_INT(baton->row, 2);
    CHECK_INT(baton->column, 8);
    CHECK_INT(baton->key_row, 2);
    CHECK_INT(baton->key_column, 1);
    const struct yaml_value *en = yaml_get(yaml_get(root, "title"), "en");
    CHECK_TEXT(en->text, "Example: city");
    CHECK(en->quoted);
    CHECK_INT(en->row, 3);
    CHECK_INT(en->column, 23); /* characters, and inside the quotes */
    CHECK(yaml_is_null(yaml_get(root, "empty")));
    CHECK(!yaml_is_null(yaml_get(root, "quoted")));
    CHECK(!yaml_is_null(root));
    const struct yaml_value *list = yaml_get(root, "list");
    CHECK_INT(list->kind, YAML_LIST);
    CHECK_INT(list->count, 3);
    CHECK_TEXT(yaml_path(arena, list->first->next->last->first), "list[1][1][0]");
    CHECK_TEXT(yaml_path(arena, list->last->first), "list[2].when");
    CHECK_TEXT(yaml_path(arena, root), "");
    const struct yaml_value *block = yaml_get(root, "block");
    CHECK_TEXT(block->text, "one\ntwo\n");
    CHECK_INT(block->row, 11);
    CHECK_INT(block->column, 3);
    CHECK_TEXT(yaml_get(root, "no")->text, "no");
    CHECK(yaml_get(root, "none") == NULL);
    CHECK(yaml_get(list, "a") == NULL);
    CHECK(yaml_get(NULL, "a") == NULL);
    arena_close(arena);
}

/* Each with the findings that it must give, in order. */
static const struct {
    const char *text;
    baton_code answer; /* BATON_OK: there is a tree all the same */
    struct {
        baton_code code;
        uint32_t row, column;
    } want[4];
} refused[] = {
    {"a: &x 1\n", BATON_OK, {{BATON_YAML_ANCHOR, 1, 4}}},
    {"a: 1\nb: {c: *x}\n", BATON_OK, {{BATON_YAML_ALIAS, 2, 8}}},
    {"a: !!str 1\nb: !x {}\nc: ! []\n",
     BATON_OK,
     {{BATON_YAML_TAG, 1, 4}, {BATON_YAML_TAG, 2, 4}, {BATON_YAML_TAG, 3, 4}}},
    {"a:\n  <<: {b: 1}\n  c: 2\n", BATON_OK, {{BATON_YAML_MERGE, 2, 3}}},
    {"a: 1\nb: {c: 1, d: 2, c: 3}\na: 2\n",
     BATON_OK,
     {{BATON_YAML_KEY_TWICE, 2, 17}, {BATON_YAML_KEY_TWICE, 3, 1}}},
    {"{a: 1}: 2\n? [b]\n: 3\n",
     BATON_OK,
     {{BATON_YAML_KEY_COMPLEX, 1, 1}, {BATON_YAML_KEY_COMPLEX, 2, 3}}},
    {"a: 1\n---\nb: 2\n", BATON_OK, {{BATON_YAML_DOCUMENTS, 2, 1}}},
    {"%TAG ! tag:x,2000:\n---\na: 1\n", BATON_OK, {{BATON_YAML_TAG, 1, 1}}},
    {"a: \"\\0\"\nb: \"\\u2028\"\n",
     BATON_OK,
     {{BATON_YAML_HIDDEN, 1, 4}, {BATON_YAML_HIDDEN, 2, 4}}},
    {"a: 1\nb: 好\xFFx\xC3\n",
     BATON_YAML_ENCODING,
     {{BATON_YAML_ENCODING, 2, 5}, {BATON_YAML_ENCODING, 2, 7}}},
    {"a: 1\r\nb: \x01\n", BATON_YAML_HIDDEN, {{BATON_YAML_HIDDEN, 2, 4}}},
    {"", BATON_YAML_EMPTY, {{BATON_YAML_EMPTY, 0, 0}}},
    {"# nothing\n", BATON_YAML_EMPTY, {{BATON_YAML_EMPTY, 0, 0}}},
    {"a: [1, 2\nb: 3\n", BATON_YAML_SYNTAX, {{BATON_YAML_SYNTAX, 2, 2}}},
    {"a: 1\nb: \"open\nc: 2\n", BATON_YAML_SYNTAX, {{BATON_YAML_SYNTAX, 2, 4}}},
    {"a: 1\n\tb: 2\n", BATON_YAML_SYNTAX, {{BATON_YAML_SYNTAX, 2, 1}}},
    {"a: 1\ntitle：示例\nc: 3\n", BATON_YAML_SYNTAX, {{BATON_YAML_SYNTAX, 2, 1}}},
    {"a: b: c\n", BATON_YAML_SYNTAX, {{BATON_YAML_SYNTAX, 1, 5}}},
};

TEST(yaml_refuses) {
    for (size_t i = 0; i < LENGTH(refused); i++) {
        CASE("%s", refused[i].text);
        struct yaml_value *root;
        CHECK_INT(read_text(refused[i].text, strlen(refused[i].text), &root), refused[i].answer);
        CHECK((root != NULL) == (refused[i].answer == BATON_OK));
        size_t count = 0;
        while (count < LENGTH(refused[i].want) && refused[i].want[count].code != BATON_OK)
            count++;
        CHECK_INT(found.count, count);
        for (size_t j = 0; j < count && j < found.count; j++) {
            const struct baton_finding *finding = &found.item[j];
            CHECK_INT(finding->code, refused[i].want[j].code);
            CHECK_INT(finding->where.row, refused[i].want[j].row);
            CHECK_INT(finding->where.column, refused[i].want[j].column);
            CHECK_TEXT(finding->where.file, "scheme.yaml");
            for (enum baton_language language = BATON_EN; language <= BATON_ZH; language++) {
                CHECK(baton_finding_message(arena, finding, language)[0] != '\0');
                CHECK(baton_finding_advice(arena, finding, language)[0] != '\0');
            }
        }
        arena_close(arena);
    }
}

TEST(yaml_says_where_and_how) {
    struct yaml_value *root;
    static const char text[] = "groups:\n  - {id: a, id: b}\n";
    CHECK_INT(read_text(text, strlen(text), &root), BATON_OK);
    if (CHECK_INT(found.count, 1)) {
        CHECK_TEXT(found.item[0].where.field, "groups[0]");
        CHECK_TEXT(baton_finding_message(arena, &found.item[0], BATON_EN),
                   "the key 'id' stands in this map already, in line 2");
    }
    CHECK_TEXT(yaml_get(yaml_get(root, "groups")->first, "id")->text, "a"); /* the first stays */
    arena_close(arena);
    static const char full_width[] = "id：x\nbaton: 1\n";
    CHECK_INT(read_text(full_width, strlen(full_width), &root), BATON_YAML_SYNTAX);
    if (CHECK_INT(found.count, 1))
        CHECK(strstr(baton_finding_advice(arena, &found.item[0], BATON_ZH), "半角") != NULL);
    arena_close(arena);
}

TEST(yaml_limits) {
    struct yaml_value *root;
    char deep[2 * LIMIT_YAML_DEPTH + 8];
    memset(deep, '[', LIMIT_YAML_DEPTH);
    memset(deep + LIMIT_YAML_DEPTH, ']', LIMIT_YAML_DEPTH);
    CHECK_INT(read_text(deep, 2 * LIMIT_YAML_DEPTH, &root), BATON_OK);
    arena_close(arena);
    memset(deep, '[', LIMIT_YAML_DEPTH + 1);
    memset(deep + LIMIT_YAML_DEPTH + 1, ']', LIMIT_YAML_DEPTH + 1);
    CHECK_INT(read_text(deep, 2 * LIMIT_YAML_DEPTH + 2, &root), BATON_YAML_DEPTH);
    CHECK(root == NULL);
    arena_close(arena);

    struct baton_arena *memory = arena_open();
    char *many = arena_alloc(memory, 2, LIMIT_YAML_PARTS + 2);
    many[0] = '[';
    for (size_t i = 0; i <= LIMIT_YAML_PARTS; i++)
        memcpy(many + 1 + 2 * i, "a,", 2);
    many[2 * LIMIT_YAML_PARTS + 2] = ']';
    CHECK_INT(read_text(many, 2 * LIMIT_YAML_PARTS + 3, &root), BATON_OK);
    CHECK_INT(found.count, 1);
    CHECK_INT(found.item[0].code, BATON_YAML_TOO_MANY);
    CHECK_INT(root->count, LIMIT_YAML_PARTS);
    arena_close(arena);
    char *large = arena_alloc(memory, 1, LIMIT_YAML_SIZE + 1);
    memset(large, '#', LIMIT_YAML_SIZE + 1);
    CHECK_INT(read_text(large, LIMIT_YAML_SIZE + 1, &root), BATON_FILE_TOO_LARGE);
    CHECK_INT(found.count, 1);
    arena_close(arena);
    arena_close(memory);
}
