/* Small packages of which is asked what is expected. */
#include "expected_fixture.h"
#include "flow/package_session.h"
#include "unit/test.h"
#include <string.h>

static const char head[] = "baton: 1\nid: p\ntitle: {zh: 考核, en: P}\nperiod: 2021\n"
                           "frequency: month\ndefaults: {method: direct}\n";
static const char groups[] = "groups:\n  - {id: town, title: {zh: 乡镇, en: Towns}}\n"
                             "  - {id: office, title: {zh: 部门, en: Offices}}\n";
static const char units[] =
    "id,name,group,parent\ncounty,县,,\na,甲镇,town,county\nb,乙镇,town,county\na1,甲一村,,a\n"
    "a2,甲二村,,a\nb1,乙一村,,b\no,统计局,office,county\np,财政局,office,county\n";

static void write_file(const char *name, const char *text, const char *otherwise) {
    const char *const content = text != NULL ? text : otherwise;
    if (CHECK(content != NULL))
        test_file(name, content, strlen(content));
}

bool expected_begin_path(struct expected_test *test, const char *path) {
    const struct baton_options options = {.as_of_day = INT32_MAX, .threads = 1};
    struct baton_package *package;
    *test = (struct expected_test){.arena = arena_open()};
    test->found.arena = test->arena;
    if (CHECK_INT(baton_package_load(test->arena, path,
                                     &(struct baton_package_options){.threads = 1}, &package,
                                     &test->found),
                  BATON_OK) &&
        CHECK_INT(
            package_session(test->arena, package, &options, NULL, &test->session, &test->found),
            BATON_OK)) {
        expected_all(test->arena, test->session, &test->all);
        return true;
    }
    for (size_t i = 0; i < test->found.count; i++)
        FAIL("%s:%u %s", test->found.item[i].where.file, test->found.item[i].where.row,
             baton_finding_message(test->arena, &test->found.item[i], BATON_EN));
    expected_end(test);
    return false;
}

bool expected_begin(struct expected_test *test, const struct expected_package *package) {
    struct baton_arena *const arena = arena_open();
    const char *const scheme = package->scheme != NULL ? package->scheme : "";
    const bool has_groups = strstr(scheme, "groups:\n") != NULL;
    write_file("p/scheme.yaml",
               arena_printf(arena, "%s%s%s", head, scheme, has_groups ? "" : groups), NULL);
    write_file("p/units.csv", package->units, units);
    write_file("p/indicators.csv", package->indicators, NULL);
    write_file("p/weights.csv", package->weights, "for,indicator,weight\n");
    write_file("p/successions.csv", package->successions, "from,to,date,share\n");
    write_file("p/observations.csv", package->observations, "unit,element,period,value\n");
    write_file("p/targets.csv", "unit,indicator,period,target\n", NULL);
    const bool begun = expected_begin_path(test, arena_printf(arena, "%s/p", test_folder()));
    arena_close(arena);
    return begun;
}

void expected_end(struct expected_test *test) {
    arena_close(test->arena);
}

const char *expected_text(struct expected_test *test, const struct expected *of) {
    const char *text = "", *unit = "";
    for (size_t i = 0; i < of->count; i++) {
        const struct expectation *const item = of->item[i];
        if (strcmp(unit, item->unit) != 0)
            text = arena_printf(test->arena, "%s%s%s:", text, i > 0 ? "; " : "", item->unit);
        unit = item->unit;
        text = arena_printf(test->arena, "%s %s", text, item->element);
    }
    return text;
}

const char *expected_text_in(struct expected_test *test, const char *period) {
    struct baton_period of;
    struct expected in;
    if (!CHECK(baton_period_parse(period, strlen(period), &of)))
        return "";
    expected_in(test->arena, &test->all, of, &in);
    return expected_text(test, &in);
}

const struct expectation *expected_find(const struct expected_test *test, const char *unit,
                                        const char *element) {
    for (size_t i = 0; i < test->all.count; i++)
        if (strcmp(test->all.item[i]->unit, unit) == 0 &&
            strcmp(test->all.item[i]->element, element) == 0)
            return test->all.item[i];
    return NULL;
}
