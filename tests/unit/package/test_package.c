/* Loading whole folders: what is read, what is found, and packages that hang on others. */
#include "base/arena.h"
#include "baton/package.h"
#include "unit/test.h"
#include <math.h>
#include <string.h>

static struct baton_arena *arena;
static struct baton_findings found;

static void write_text(const char *name, const char *text) {
    test_file(name, text, strlen(text));
}

#define SCHEME(id, more) \
    "baton: 1\nid: " id \
    "\ntitle: {zh: 方案}\nperiod: 2021\nfrequency: year\nmethods: {d: {kind: direct}}\n" \
    "groups: [{id: g}]\n" more

/* A small package in a folder of the test's. */
static void write_package(const char *folder, const char *scheme) {
    write_text(arena_printf(arena, "%s/scheme.yaml", folder), scheme);
    write_text(arena_printf(arena, "%s/units.csv", folder),
               "id,name,group\na,甲,g\nb,乙,g\nc,丙,\n");
    write_text(arena_printf(arena, "%s/indicators.csv", folder),
               "id,name,parent,weight,method,basis\nx,指标一,,60,d,rules#art-1\ny,指标二,,40,d,\n");
    write_text(
        arena_printf(arena, "%s/observations.csv", folder),
        "unit,element,period,value,state,source,x_note\na,x,2021,80,,统计局,更正\nb,x,2021,90,,,\n"
        "a,y,2021,50,,,\nb,y,2021,,na,,\nc,z,2021,1,,,\n");
    write_text(arena_printf(arena, "%s/documents/rules.md", folder),
               "# 办法\n\n## 第一条 {#art-1}\n\n按核算数计。\n");
}

static void begin(void) {
    arena = arena_open();
    found = (struct baton_findings){.arena = arena};
}

static baton_code load(const char *folder, struct baton_package **out) {
    const struct baton_package_options options = {.threads = 1, .want_origins = true};
    return baton_package_load(arena, arena_printf(arena, "%s/%s", test_folder(), folder), &options,
                              out, &found);
}

static bool has(baton_code code, const char *file, uint32_t row) {
    for (size_t i = 0; i < found.count; i++) {
        const struct baton_finding *finding = &found.item[i];
        const char *name = finding->where.file == NULL ? "" : finding->where.file;
        if (finding->code == code && strcmp(name, file) == 0 && finding->where.row == row)
            return true;
    }
    return false;
}

TEST(package_is_read) {
    begin();
    write_package("p", SCHEME("p", ""));
    struct baton_package *package = NULL;
    CHECK_INT(load("p", &package), BATON_OK);
    CHECK_INT(found.count, 0);
    if (!CHECK(package != NULL))
        return;
    const struct baton_scheme *scheme = baton_package_scheme(package);
    CHECK_TEXT(scheme->id, "p");
    CHECK_INT(scheme->unit_count, 3);
    CHECK_INT(scheme->ranked_count, 2);
    CHECK_INT(scheme->node_count, 3);
    CHECK(strstr(baton_package_folder(package), "/p") != NULL);
    const struct baton_facts *facts = baton_package_facts(package);
    struct baton_column column;
    const struct baton_period year = {.year = 2021, .index = 1, .kind = BATON_YEAR};
    if (CHECK(facts->column(facts->context, scheme->node[1].element, year, &column))) {
        CHECK_DOUBLE(column.value[0], 80);
        CHECK_DOUBLE(column.value[1], 90);
        struct baton_observation row;
        if (CHECK(column.origin != NULL) &&
            CHECK(baton_package_observation(package, arena, column.origin[0], &row))) {
            CHECK_TEXT(row.source, "统计局");
            CHECK_TEXT(row.document, NULL);
            CHECK_INT(row.also_count, 1);
            CHECK_TEXT(row.also_text[0], "更正");
        }
        CHECK(!baton_package_observation(package, arena, 99, &row));
    }
    struct baton_clause clause;
    if (CHECK(baton_package_clause(package, "rules#art-1", &clause))) {
        CHECK_TEXT(clause.title, "第一条");
        CHECK_TEXT(clause.file, "documents/rules.md");
        CHECK_INT(clause.row, 3);
    }
    CHECK(!baton_package_clause(package, "rules#art-2", &clause));
    arena_close(arena);
}

TEST(package_that_is_none) {
    begin();
    struct baton_package *package = NULL;
    CHECK_INT(load("nowhere", &package), BATON_NO_PACKAGE);
    CHECK(package == NULL);
    arena_close(arena);

    begin();
    write_text("empty/target.csv", "");
    write_text("empty/readme.txt", "");
    CHECK_INT(load("empty", &package), BATON_FILE_MISSING);
    CHECK(package == NULL);
    CHECK(has(BATON_FILE_UNKNOWN, "target.csv", 0));
    CHECK(has(BATON_FILE_MISSING, "scheme.yaml", 0));
    CHECK(has(BATON_FILE_MISSING, "units.csv", 0));
    CHECK(has(BATON_FILE_MISSING, "indicators.csv", 0));
    CHECK(has(BATON_FILE_MISSING, "observations.csv", 0));
    CHECK_INT(found.count, 5);
    arena_close(arena);

    begin();
    write_package("broken", "baton: [\n");
    CHECK_INT(load("broken", &package), BATON_YAML_SYNTAX);
    CHECK(package == NULL);
    CHECK_INT(found.count, 1);
    arena_close(arena);
}

TEST(package_tells_everything_at_once) {
    begin();
    write_package(
        "p", SCHEME("p", "awards: [{id: a, by: \"score +\", top: 1}]\nscoring: {decimals: 10}\n"));
    write_text("p/weights.csv", "for,indicator,weight\na,z,1\n");
    write_text("p/targets.csv", "unit,indicator,period,target\nd,x,2021,1\n");
    write_text("p/adjustments.csv", "unit,period,item,reason\na,2021,praise,好\n");
    struct baton_package *package = NULL;
    CHECK(load("p", &package) != BATON_OK);
    CHECK(package != NULL); /* as far as it could be read */
    CHECK(has(BATON_NUMBER_OUTSIDE, "scheme.yaml", 9));
    CHECK(has(BATON_RULE_ENDS_EARLY, "scheme.yaml", 8));
    CHECK(has(BATON_INDICATOR_UNKNOWN, "weights.csv", 2));
    CHECK(has(BATON_UNIT_UNKNOWN, "targets.csv", 2));
    CHECK(has(BATON_ITEM_UNKNOWN, "adjustments.csv", 2));
    CHECK_INT(found.count, 5);
    arena_close(arena);
}

/* Scores a package with those that it names. */
static const struct baton_result *score(struct baton_package *package,
                                        struct baton_session **session) {
    const struct baton_options options = {.as_of_day = INT32_MAX, .threads = 1, .full = true};
    const struct baton_links *links = NULL;
    const struct baton_result *result = NULL;
    *session = NULL;
    if (!CHECK_INT(baton_package_link(package, &options, &links, &found), BATON_OK))
        return NULL;
    struct baton_scheme *scheme = baton_package_scheme(package);
    if (CHECK_INT(baton_session_open(arena, scheme, baton_package_facts(package), links, &options,
                                     session, &found),
                  BATON_OK))
        CHECK_INT(baton_score(*session, scheme->period, &result, &found), BATON_OK);
    return result;
}

TEST(package_hangs_on_others) {
    begin();
    write_package(
        "p", SCHEME("p", "imports: {city: ../city, again: ../city/../city}\nsucceeds: ../old\n"));
    write_package("city", SCHEME("city", "succeeds: ../old\n"));
    write_package("old", SCHEME("old", ""));
    write_text("p/indicators.csv",
               "id,name,parent,weight,method,value\n"
               "x,指标一,,1,d,\"result(city, a, total)\"\n"
               "y,指标二,,1,d,\"result(again, a, y)\"\n"
               "z,指标三,,1,d,\"coalesce(result(city, b, y), result(city, q, total), 7)\"\n");
    write_text("p/observations.csv",
               "unit,element,period,value\na,people,2021,1\nb,people,2021,2\n");
    struct baton_package *package = NULL;
    CHECK_INT(load("p", &package), BATON_OK);
    struct baton_session *session = NULL;
    const struct baton_result *result = package == NULL ? NULL : score(package, &session);
    if (CHECK(result != NULL)) {
        CHECK_DOUBLE(result->score[1 * result->stride], 68); /* 0.6 x 80 + 0.4 x 50 */
        CHECK_DOUBLE(result->score[2 * result->stride], 50);
        CHECK_DOUBLE(result->score[3 * result->stride], 7); /* not applicable; no such unit */
    }
    CHECK_INT(found.errors, 0);
    baton_session_close(session);
    arena_close(arena);
}

TEST(package_circle) {
    begin();
    write_package("p", SCHEME("p", "imports: {city: ../city}\n"));
    write_package("city", SCHEME("city", "succeeds: ../old\n"));
    write_package("old", SCHEME("old", "imports: {new: ../city/../p}\n"));
    struct baton_package *package = NULL;
    const struct baton_options options = {.as_of_day = INT32_MAX, .threads = 1};
    const struct baton_links *links = NULL;
    CHECK_INT(load("p", &package), BATON_OK);
    CHECK_INT(baton_package_link(package, &options, &links, &found), BATON_LINK_CIRCLE);
    CHECK(links == NULL);
    if (CHECK_INT(found.count, 1)) {
        CHECK_TEXT(found.item[0].arg[0], "p -> city -> old -> p");
        CHECK_TEXT(found.item[0].where.file, "../old/scheme.yaml");
        CHECK_INT(found.item[0].where.row, 8);
        CHECK_TEXT(found.item[0].where.field, "imports.new");
    }
    arena_close(arena);
}

TEST(package_unsound_link) {
    begin();
    write_package("p", SCHEME("p", "imports: {one: ../one, two: ../two, none: ../none}\n"));
    write_package("one", SCHEME("one", ""));
    write_package("two", SCHEME("two", ""));
    write_text("one/weights.csv", "for,indicator,weight\na,x,-1\n");
    write_text("two/weights.csv", "for,indicator,weight\na,x,-2\n");
    struct baton_package *package = NULL;
    const struct baton_options options = {.as_of_day = INT32_MAX, .threads = 1};
    const struct baton_links *links = NULL;
    CHECK_INT(load("p", &package), BATON_OK);
    CHECK_INT(baton_package_link(package, &options, &links, &found), BATON_WEIGHT_NEGATIVE);
    CHECK(has(BATON_WEIGHT_NEGATIVE, "../one/weights.csv", 2));
    CHECK(has(BATON_WEIGHT_NEGATIVE, "../two/weights.csv", 2));
    CHECK(has(BATON_NO_PACKAGE, "scheme.yaml", 8));
    CHECK_INT(found.count, 3);
    arena_close(arena);
}
