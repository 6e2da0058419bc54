/* Trees as YAML and as rows of a sheet: what is written reads back the same, and each thing that a sheet can have wrong. */
#include "package/scheme_sheet.h"
#include "package/yaml_comments.h"
#include "package/yaml_out.h"
#include "unit/test.h"
#include <string.h>

static struct baton_arena *arena;
static struct baton_findings found;

static void open_all(void) {
    arena = arena_open();
    found = (struct baton_findings){.arena = arena};
}

static struct yaml_value *tree_of(const char *text) {
    struct yaml_value *root = NULL;
    if (yaml_read(arena, "scheme.yaml", text, strlen(text), &root, &found) != BATON_OK ||
        yaml_comments(arena, text, strlen(text), root) != BATON_OK)
        return NULL;
    return root;
}

static const char *yaml_of(const struct yaml_value *root) {
    struct writer *writer = writer_memory(arena);
    yaml_out(writer, root);
    return writer_text_of(writer);
}

/* The tree of the rows of a tree. */
static struct yaml_value *through_sheet(const struct yaml_value *root) {
    size_t count;
    struct scheme_row *rows = scheme_sheet_rows(arena, root, &count);
    struct yaml_value *again = NULL;
    for (size_t i = 0; i < count; i++)
        rows[i].row = (uint32_t)i + 2;
    if (scheme_sheet_tree(arena, "scheme", rows, count, &again, &found) != BATON_OK)
        return NULL;
    return again;
}

static bool is_same(const struct yaml_value *a, const struct yaml_value *b) {
    if (a->kind != b->kind || a->count != b->count || (a->key == NULL) != (b->key == NULL) ||
        (a->key != NULL && strcmp(a->key, b->key) != 0) || yaml_is_null(a) != yaml_is_null(b) ||
        a->index != b->index)
        return false;
    if (a->kind == YAML_TEXT)
        return a->size == b->size && memcmp(a->text, b->text, a->size) == 0;
    const struct yaml_value *left = a->first, *right = b->first;
    for (; left != NULL && right != NULL; left = left->next, right = right->next)
        if (left->parent != a || right->parent != b || !is_same(left, right))
            return false;
    return left == right;
}

/* Random trees: few keys and texts, but every one that is hard. */
static uint64_t state;

static uint32_t random_below(uint32_t n) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(state >> 33) % n;
}

static const char *random_text(void) {
    static const char *const parts[] = {
        "a",  "优秀", "1", "2021", ".", "-",   ",",    ":",   ": ",      "#",   " #", "'",
        "\"", "\\",   "[", "]",    "{", "}",   "?",    "!",   "&",       "*",   "|",  ">",
        "%",  "@",    "`", "\n",   " ", "\t",  "\r",   "　",  "<<",      "...", "-0", "~",
        "=",  "x ",   "b", "c",    "d", "- e", "--- ", "\\n", "_x000D_",
    };
    const char *text = "";
    const uint32_t count = random_below(6);
    for (uint32_t i = 0; i < count; i++)
        text = arena_printf(arena, "%s%s", text, parts[random_below(LENGTH(parts))]);
    if (random_below(200) == 0)
        for (int i = 0; i < 11; i++)
            text = arena_printf(arena, "%s%s%s%s", text, text, i == 0 ? "long " : "",
                                i < 3 ? "k" : "");
    return text;
}

static struct yaml_value *random_value(struct yaml_value *parent, unsigned depth) {
    struct yaml_value *value = arena_alloc(arena, 1, sizeof *value);
    const uint32_t kind = depth == 0 ? 0 : depth > 5 ? 9 : random_below(10);
    value->parent = parent;
    value->kind = kind < 2 ? YAML_MAP : kind < 5 ? YAML_LIST : YAML_TEXT;
    if (kind >= 2 && kind < 4 && depth < 3)
        value->kind = YAML_MAP;
    if (value->kind == YAML_TEXT) {
        value->text = random_text();
        value->size = strlen(value->text);
        value->quoted = value->size > 0 || random_below(2) == 0;
        return value;
    }
    const uint32_t count = depth == 0 ? 1 + random_below(5) : random_below(5);
    for (uint32_t i = 0; i < count; i++) {
        const char *key = NULL;
        if (value->kind == YAML_MAP) {
            key = random_below(2) == 0 ? arena_printf(arena, "%u", (unsigned)random_below(30))
                                       : random_text();
            if (yaml_get(value, key) != NULL)
                continue;
        }
        struct yaml_value *part = random_value(value, depth + 1);
        part->key = key;
        part->index = value->count++;
        if (value->last == NULL)
            value->first = part;
        else
            value->last->next = part;
        value->last = part;
    }
    return value;
}

TEST(trees_read_back) {
    enum { TREES = 3000 };
    size_t values = 0;
    for (uint32_t seed = 1; seed <= TREES; seed++) {
        open_all();
        state = seed;
        const struct yaml_value *root = random_value(NULL, 0);
        const char *text = yaml_of(root);
        CASE("seed %u:\n%s", (unsigned)seed, text);
        const struct yaml_value *again = tree_of(text);
        const bool is_yaml = again != NULL && found.count == 0 && is_same(root, again);
        const struct yaml_value *sheet = through_sheet(root);
        const bool is_sheet = sheet != NULL && found.count == 0 && is_same(root, sheet);
        if (!is_yaml || !is_sheet) {
            FAIL("%s: %s", is_yaml ? "sheet" : "yaml",
                 found.count > 0 ? baton_finding_message(arena, &found.item[0], BATON_EN) : "");
            arena_close(arena);
            return;
        }
        values += root->count;
        arena_close(arena);
    }
    CHECK(values > TREES);
}

TEST(yaml_as_by_hand) {
    static const char text[] = "# head\n"
                               "baton: 1 # version\n"
                               "defaults: {method: a, direction: up}\n"
                               "list: [none, \"[x]\"]\n"
                               "empty:\n"
                               "nothing: \"\"\n"
                               "text: |\n"
                               "  one # not a comment\n"
                               "  two\n"
                               "\n"
                               "# all\n"
                               "#   methods\n"
                               "methods:\n"
                               "  # best\n"
                               "  steps: {kind: bands, table: [[95, 100], [90, 85]]}\n"
                               "  rule: {kind: rule, score: \"x >= 'a'\"}\n"
                               "\n"
                               "groups:\n"
                               "  # the first\n"
                               "  - {id: a, title: {zh: 甲}}\n"
                               "  - id: b\n"
                               "    # of b\n"
                               "    title: {zh: 乙}\n"
                               "# the end\n";
    open_all();
    const struct yaml_value *root = tree_of(text);
    if (CHECK(root != NULL)) {
        CHECK_TEXT(root->first->comment, "head\nversion");
        CHECK_TEXT(yaml_get(root, "methods")->comment, "all\n  methods");
        CHECK_TEXT(root->comment, "the end");
        const char *once = yaml_of(root);
        /* what stood beside a key stands above it now, and blank lines keep sections apart; else it is as it was */
        CHECK_TEXT(once, "# head\n"
                         "# version\n"
                         "baton: 1\n"
                         "defaults: {method: a, direction: up}\n"
                         "list: [none, \"[x]\"]\n"
                         "empty:\n"
                         "nothing: \"\"\n"
                         "text: |\n"
                         "  one # not a comment\n"
                         "  two\n"
                         "\n"
                         "# all\n"
                         "#   methods\n"
                         "methods:\n"
                         "  # best\n"
                         "  steps: {kind: bands, table: [[95, 100], [90, 85]]}\n"
                         "  rule: {kind: rule, score: \"x >= 'a'\"}\n"
                         "\n"
                         "groups:\n"
                         "  # the first\n"
                         "  - {id: a, title: {zh: 甲}}\n"
                         "  - id: b\n"
                         "    # of b\n"
                         "    title: {zh: 乙}\n"
                         "# the end\n");
        CHECK_TEXT(yaml_of(through_sheet(root)), once);
        CHECK_INT(found.count, 0);
    }
    arena_close(arena);
}

/* The comment that the value at a key of the root has. */
static const char *comment_at(const char *text, const char *key) {
    open_all();
    const struct yaml_value *root = tree_of(text);
    return root == NULL ? "?" : key == NULL ? root->comment : yaml_get(root, key)->comment;
}

TEST(comments_go_with_their_keys) {
    static const struct {
        const char *name, *text, *key, *want;
    } cases[] = {
        {"above", "a: 1\n# b's\nb: 2\n", "b", "b's"},
        {"behind", "a: 1 # a's\nb: 2\n", "a", "a's"},
        {"both", "# one\na: 1 # two\n", "a", "one\ntwo"},
        {"behind the end of a list", "a: [1,\n 2] # a's\nb: 2\n", "b", NULL},
        {"a mark in a plain text", "a: 1#2\nb: x#\n", "a", NULL},
        {"a mark in quotation marks", "a: '# x'\nb: \"# y\"\n", "a", NULL},
        {"a mark in a block", "a: >\n  # text\nb: 2\n", "a", NULL},
        {"behind the mark of a block", "a: | # a's\n  text\nb: 2\n", "a", "a's"},
        {"below a block", "a: |\n  text\n# b's\nb: 2\n", "b", "b's"},
        {"at the end", "a: 1\n# end\n", NULL, "end"},
        {"an empty one", "#\n# x\na: 1\n", "a", "\nx"},
        {"carriage returns", "a: 1\r\n# b's\r\nb: 2\r\n", "b", "b's"},
        {"characters of several bytes", "a: 甲乙丙丁戊 # 说明\nb: 己\n", "a", "说明"},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        CASE("%s", cases[i].name);
        CHECK_TEXT(comment_at(cases[i].text, cases[i].key), cases[i].want);
        CHECK_INT(found.count, 0);
        arena_close(arena);
    }
}

/* Rows written `key=value=comment`, each on a line. */
static struct yaml_value *tree_of_rows(const char *text) {
    struct scheme_row rows[16];
    size_t count = 0;
    open_all();
    for (const char *line = text; *line != '\0'; count++) {
        struct scheme_row *row = &rows[count];
        *row = (struct scheme_row){.row = (uint32_t)count + 2, .key = line};
        row->key_size = (uint32_t)strcspn(line, "=\n");
        line += row->key_size;
        row->value = line += *line == '=';
        row->value_size = (uint32_t)strcspn(line, "=\n");
        line += row->value_size;
        row->comment = line += *line == '=';
        row->comment_size = (uint32_t)strcspn(line, "\n");
        line += row->comment_size;
        line += *line == '\n';
    }
    struct yaml_value *root = NULL;
    return scheme_sheet_tree(arena, "scheme", rows, count, &root, &found) == BATON_OK ? root : NULL;
}

TEST(sheets_mean) {
    static const struct {
        const char *name, *rows, *yaml;
    } cases[] = {
        {"dotted keys", "a.b=1\na.c=2\nd=", "a: {b: 1, c: 2}\nd:\n"},
        {"lists from 1", "a.1=x\na.2=y", "a: [x, y]\n"},
        {"lists from 0", "a.0=x\na.1=y", "a: [x, y]\n"},
        {"items in any order", "a.2=y\na.1=x", "a: [x, y]\n"},
        {"rows of an item apart", "a.1.x=1\nb=2\na.1.y=3", "\na:\n  - {x: 1, y: 3}\nb: 2\n"},
        {"digits as a name", "a.\"1\"=x\na.\"b.c\"=y\na.\"d\\\"\"=z",
         "a: {1: x, b.c: y, \"d\\\"\": z}\n"},
        {"a table in a cell", "a=[[95, 100], [90, 85]]\nb={1: 100, 2: 95}",
         "a: [[95, 100], [90, 85]]\nb: {1: 100, 2: 95}\n"},
        {"a heading", "a=\na.b=1", "a: {b: 1}\n"},
        {"null and empty", "a=\nb=\"\"\nc={}\nd=[]", "a:\nb: \"\"\nc: {}\nd: []\n"},
        {"a text that looks like a table", "a=\"[1]\"", "a: \"[1]\"\n"},
        {"a text with quotation marks", "a=\"x\" or \"y\"", "a: \"\\\"x\\\" or \\\"y\\\"\"\n"},
        {"comments", "a=1=one\n==two\nb=2=three\n==end",
         "# one\na: 1\n# two\n# three\nb: 2\n# end\n"},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        CASE("%s", cases[i].name);
        const struct yaml_value *root = tree_of_rows(cases[i].rows);
        CHECK_INT(found.count, 0);
        const char *want = cases[i].yaml + (cases[i].yaml[0] == '\n');
        if (CHECK(root != NULL))
            CHECK_TEXT(yaml_of(root), want);
        arena_close(arena);
    }
}

/* Many parts, the last first: items end in their order, keys stay in that of the rows, and each is there once. */
TEST(many_parts_are_found) {
    enum { PARTS = 100 };
    open_all();
    struct scheme_row rows[4 * PARTS] = {0};
    for (uint32_t i = 0; i < 4 * PARTS; i++) {
        const uint32_t part = PARTS - i / 2 % PARTS;
        const char *key =
            i < 2 * PARTS
                ? arena_printf(arena, "list.%u.%s", (unsigned)part, i % 2 == 0 ? "a" : "b")
                : arena_printf(arena, "map.k%u.%s", (unsigned)part, i % 2 == 0 ? "a" : "b");
        rows[i] = (struct scheme_row){.row = i + 2,
                                      .key = key,
                                      .key_size = (uint32_t)strlen(key),
                                      .value = "1",
                                      .value_size = 1,
                                      .comment = ""};
    }
    struct yaml_value *root = NULL;
    const baton_code code =
        scheme_sheet_tree(arena, "scheme", rows, (size_t)4 * PARTS, &root, &found);
    CHECK_INT(code, BATON_OK);
    if (code != BATON_OK) {
        arena_close(arena);
        return;
    }
    CHECK_INT(found.count, 0);
    const struct yaml_value *list = yaml_get(root, "list"), *map = yaml_get(root, "map");
    CHECK_INT(list->count, PARTS);
    CHECK_INT(map->count, PARTS);
    uint32_t row = 2 * PARTS;
    for (const struct yaml_value *item = list->first; item != NULL; item = item->next, row -= 2) {
        CHECK_INT(item->key_row, row);
        CHECK_INT(item->count, 2);
    }
    CHECK_INT(row, 0);
    CHECK_TEXT(map->first->key, "k100");
    CHECK_TEXT(map->last->key, "k1");
    CHECK_INT(map->last->count, 2);
    arena_close(arena);
}

TEST(sheets_refuse) {
    static const struct {
        const char *rows;
        baton_code code;
        uint32_t row, column;
        const char *field;
    } cases[] = {
        {"a..b=1\nc=2", BATON_SHEET_KEY_BAD, 2, 0, "key"},
        {"a.=1\nc=2", BATON_SHEET_KEY_BAD, 2, 0, "key"},
        {"a.\"b=1\nc=2", BATON_SHEET_KEY_BAD, 2, 0, "key"},
        {"a.b\"=1\nc=2", BATON_SHEET_KEY_BAD, 2, 0, "key"},
        {"a.1234567890=1\nc=2", BATON_SHEET_KEY_BAD, 2, 0, "key"},
        {"c=2\n=1", BATON_SHEET_KEY_NONE, 3, 0, "key"},
        {"a=1\na.b=2", BATON_SHEET_KEY_INSIDE, 3, 0, "key"},
        {"a={}\na.b=2", BATON_SHEET_KEY_INSIDE, 3, 0, "key"},
        {"a.b=1\na=2", BATON_SHEET_VALUE_OVER, 3, 0, "key"},
        {"a.b=1\na.1=2", BATON_SHEET_LIST_IN_MAP, 3, 0, "key"},
        {"a.1=1\na.b=2", BATON_SHEET_KEY_IN_LIST, 3, 0, "key"},
        {"a.1=1\na.3=2", BATON_SHEET_LIST_GAP, 3, 0, "key"},
        {"a.2=1", BATON_SHEET_LIST_GAP, 2, 0, "key"},
        {"a=1\na=2", BATON_YAML_KEY_TWICE, 3, 0, "key"},
        {"a=1\nb.c=[1, 2", BATON_YAML_SYNTAX, 3, 1, "b.c"},
        {"a=[&x 1]", BATON_YAML_ANCHOR, 2, 2, "a"},
        {"a={b: 1, b: 2}", BATON_YAML_KEY_TWICE, 2, 8, "a"},
        {"a=x\x01", BATON_YAML_HIDDEN, 2, 0, "a"},
        {"a=\"\\0\"", BATON_YAML_HIDDEN, 2, 1, "a"},
        {"a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r.s.t.u.v.w.x.y.z.a.b.c.d.e.f.g=1\nb=2",
         BATON_YAML_DEPTH, 2, 0, "key"},
        {"=", BATON_YAML_EMPTY, 0, 0, NULL},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        CASE("%s", cases[i].rows);
        tree_of_rows(cases[i].rows);
        if (CHECK_INT(found.count, 1)) {
            const struct baton_finding *finding = &found.item[0];
            CHECK_INT(finding->code, cases[i].code);
            CHECK_TEXT(finding->where.file, "scheme");
            CHECK_INT(finding->where.row, cases[i].row);
            CHECK_INT(finding->where.column, cases[i].column);
            CHECK_TEXT(finding->where.field, cases[i].field);
        }
        arena_close(arena);
    }
}

TEST(sheet_keys) {
    open_all();
    const struct yaml_value *root = tree_of("a: [{\"1\": x, \"b c\": y}]\n");
    const struct yaml_value *item = root->first->first;
    CHECK_TEXT(scheme_sheet_key(arena, item->first), "a.1.\"1\"");
    CHECK_TEXT(scheme_sheet_key(arena, item->last), "a.1.\"b c\"");
    CHECK_TEXT(scheme_sheet_key(arena, root), "");
    arena_close(arena);
}
