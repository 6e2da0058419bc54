/* The totals of the result compared with: of the period before, of the package that this one succeeds, through successions.
 * Here because it takes both a package and its scoring. */
#include "base/arena.h"
#include "baton/package.h"
#include "unit/test.h"
#include <math.h>
#include <string.h>

static void write_text(const char *name, const char *text) {
    test_file(name, text, strlen(text));
}

#define SCHEME(id, period, more) \
    "baton: 1\nid: " id "\ntitle: {zh: 方案}\nperiod: " period \
    "\nfrequency: quarter\ngroups: [{id: g}]\n" more

static void write_package(struct baton_arena *arena, const char *folder, const char *scheme,
                          const char *units, const char *successions, const char *observations) {
    write_text(arena_printf(arena, "%s/scheme.yaml", folder), scheme);
    write_text(arena_printf(arena, "%s/units.csv", folder), units);
    write_text(arena_printf(arena, "%s/indicators.csv", folder),
               "id,name,weight,method\nx,指标,1,direct\n");
    write_text(arena_printf(arena, "%s/observations.csv", folder), observations);
    if (successions != NULL)
        write_text(arena_printf(arena, "%s/successions.csv", folder), successions);
}

static struct baton_session *score(struct baton_arena *arena, const char *folder,
                                   const char *period) {
    struct baton_findings found = {.arena = arena};
    const struct baton_options options = {.as_of_day = INT32_MAX, .threads = 1, .full = true};
    struct baton_package *package;
    const struct baton_links *links;
    struct baton_session *session;
    const struct baton_result *result;
    struct baton_period p;
    if (!CHECK(baton_period_parse(period, strlen(period), &p)) ||
        !CHECK_INT(baton_package_load(arena, arena_printf(arena, "%s/%s", test_folder(), folder),
                                      &(struct baton_package_options){.threads = 1}, &package,
                                      &found),
                   BATON_OK) ||
        !CHECK_INT(baton_package_link(package, &options, &links, &found), BATON_OK) ||
        !CHECK_INT(baton_session_open(arena, baton_package_scheme(package),
                                      baton_package_facts(package), links, &options, &session,
                                      &found),
                   BATON_OK) ||
        !CHECK_INT(baton_score(session, p, &result, &found), BATON_OK))
        return NULL;
    return session;
}

TEST(earlier_score) {
    struct baton_arena *arena = arena_open();
    struct baton_period compared;
    write_package(arena, "2020", SCHEME("old", "2020", "scoring: {decimals: 1}\n"),
                  "id,name,group\na,甲,g\nb,乙,g\n", NULL,
                  "unit,element,period,value\na,x,2020-Q4,70.26\nb,x,2020-Q4,90\n");
    write_package(
        arena, "2021", SCHEME("new", "2021", "succeeds: ../2020\ncompare_across_years: true\n"),
        "id,name,group,joined,left\na,甲,g,,\nb,乙,g,,2021-Q1\nc,丙,g,2021-Q2,\nd,丁,g,2021-Q2,\n",
        "from,to,date\nb,c,2021-04-01\n",
        "unit,element,period,value\na,x,2021-Q1,80.125\nb,x,2021-Q1,88\na,x,2021-Q2,81\n"
        "c,x,2021-Q2,85\nd,x,2021-Q2,60\na,x,2021-Q3,82\nc,x,2021-Q3,\nd,x,2021-Q3,61\n");
    struct baton_session *session = score(arena, "2021", "2021-Q1");
    if (session != NULL) { /* as it was published there: one decimal */
        CHECK(baton_result_compared(session, &compared));
        CHECK_INT(compared.year, 2020);
        CHECK_DOUBLE(baton_result_earlier_score(session, 0), 70.3);
        CHECK_DOUBLE(baton_result_earlier_score(session, 1), 90);
        CHECK_DOUBLE(baton_result_earlier_score(session, 3), NAN);
    }
    session = score(arena, "2021", "2021-Q2");
    if (session != NULL) {
        CHECK_DOUBLE(baton_result_earlier_score(session, 0), 80.13);
        CHECK_DOUBLE(baton_result_earlier_score(session, 2), 88); /* c came from b */
        CHECK_DOUBLE(baton_result_earlier_score(session, 3), NAN);
    }
    session = score(arena, "2021", "2021-Q3");
    if (session != NULL) {
        CHECK_DOUBLE(baton_result_earlier_score(session, 0), 81);
        CHECK_DOUBLE(baton_result_earlier_score(session, 2), 85);
        CHECK_DOUBLE(baton_result_earlier_score(session, 3), 60);
    }
    session = score(arena, "2020", "2020-Q4");
    if (session != NULL) { /* nothing before the first figures */
        CHECK(!baton_result_compared(session, &compared));
        CHECK_DOUBLE(baton_result_earlier_score(session, 0), NAN);
    }
    arena_close(arena);
}
