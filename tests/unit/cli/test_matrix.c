/* The matrix of small packages, worked by hand. Here because it takes both a package and its scoring; tests/matrix works whole
 * packages out again. */
#include "base/arena.h"
#include "baton/matrix.h"
#include "baton/package.h"
#include "unit/test.h"
#include <math.h>
#include <string.h>

static struct baton_arena *arena;
static struct baton_session *session;
static const struct baton_scheme *scheme;

static void write_text(const char *name, const char *text) {
    test_file(name, text, strlen(text));
}

#define BEGINNING "baton: 1\nid: p\ntitle: {zh: 方案}\nperiod: 2021\nfrequency: year\n"

/* Scores 2021 of a package of these tables; adjustments NULL = none. */
static bool score(const char *folder, const char *scheme_yaml, const char *units,
                  const char *indicators, const char *observations, const char *adjustments) {
    struct baton_findings found = {.arena = arena};
    const struct baton_options options = {.as_of_day = INT32_MAX, .threads = 1, .full = true};
    const struct baton_links *links;
    const struct baton_result *result;
    struct baton_package *package;
    write_text(arena_printf(arena, "%s/scheme.yaml", folder), scheme_yaml);
    write_text(arena_printf(arena, "%s/units.csv", folder), units);
    write_text(arena_printf(arena, "%s/indicators.csv", folder), indicators);
    write_text(arena_printf(arena, "%s/observations.csv", folder), observations);
    if (adjustments != NULL)
        write_text(arena_printf(arena, "%s/adjustments.csv", folder), adjustments);
    if (!CHECK_INT(baton_package_load(arena, arena_printf(arena, "%s/%s", test_folder(), folder),
                                      &(struct baton_package_options){.threads = 1}, &package,
                                      &found),
                   BATON_OK) ||
        !CHECK_INT(baton_package_link(package, &options, &links, &found), BATON_OK) ||
        !CHECK_INT(baton_session_open(arena, baton_package_scheme(package),
                                      baton_package_facts(package), links, &options, &session,
                                      &found),
                   BATON_OK) ||
        !CHECK_INT(
            baton_score(session, (struct baton_period){2021, 1, BATON_YEAR}, &result, &found),
            BATON_OK))
        return false;
    scheme = baton_package_scheme(package);
    return true;
}

static uint32_t node_of(const char *id) {
    for (uint32_t n = 0; n < scheme->node_count; n++)
        if (strcmp(scheme->node[n].id, id) == 0)
            return n;
    FAIL("no node %s", id);
    return 0;
}

/* A unit of the group, by its id. */
static struct baton_matrix_unit unit_of(const struct baton_matrix_group *group, const char *id,
                                        uint32_t top) {
    static const struct baton_matrix_cell nothing[16];
    struct baton_matrix_unit unit = {.cell = nothing};
    for (uint32_t i = 0; i < group->unit_count; i++)
        if (strcmp(scheme->unit[group->unit[i]].id, id) == 0) {
            CHECK_INT(baton_matrix_unit(arena, session, group, i, top, &unit), BATON_OK);
            return unit;
        }
    FAIL("no unit %s", id);
    return unit;
}

/* Ids of units, or nodes, with blanks between. */
static const char *units_text(const uint32_t *unit, uint32_t count) {
    const char *text = "";
    for (uint32_t i = 0; i < count; i++)
        text = arena_printf(arena, "%s%s%s", text, i > 0 ? " " : "", scheme->unit[unit[i]].id);
    return text;
}
static const char *nodes_text(struct baton_matrix_some some) {
    const char *text = "";
    for (uint32_t i = 0; i < some.count; i++)
        text = arena_printf(arena, "%s%s%s", text, i > 0 ? " " : "", scheme->node[some.item[i]].id);
    return text;
}

/* Five units, two blocks of 60 and 40:
 *
 *            x 30   y 30   z 40 (an individual one, a and b only)
 *     a       90     80     100         27 + 24 + 40 = 91, first
 *     b       90     70     50          27 + 21 + 20 = 68
 *     c       60     80      ·          block of 60 counts all: 30 + 40 = 70
 *     d       30   missing   ·          x alone counts all: 30, last
 *     e       na   pending   ·          no total
 *
 * so a 91, c 70, b 68, d 30, e without. */
static bool score_five(void) {
    return score("five",
                 BEGINNING
                 "groups: [{id: g}]\n"
                 "ratings: [{id: top, at_least: 90}, {id: mid, at_least: 60}, {id: low}]\n",
                 "id,name,group\na,甲,g\nb,乙,g\nc,丙,g\nd,丁,g\ne,戊,g\n",
                 "id,name,parent,weight,method,kind,class\np,块,,60,,,\nx,甲项,p,1,direct,,\n"
                 "y,乙项,p,1,direct,,competitive\nz,丙项,,40,direct,individual,\n",
                 "unit,element,period,value,state\n"
                 "a,x,2021,90,\nb,x,2021,90,\nc,x,2021,60,\nd,x,2021,30,\ne,x,2021,,na\n"
                 "a,y,2021,80,\nb,y,2021,70,\nc,y,2021,80,\nd,y,2021,,\ne,y,2021,,pending\n"
                 "a,z,2021,100,\nb,z,2021,50,\n",
                 NULL);
}

static void write_weights(void) {
    write_text("five/weights.csv", "for,indicator,weight\na,z,40\nb,z,40\n");
}

TEST(matrix_of_a_group) {
    arena = arena_open();
    struct baton_matrix_group group;
    write_weights();
    if (score_five() && CHECK_INT(baton_matrix_group(arena, session, 0, &group), BATON_OK)) {
        CHECK_TEXT(units_text(group.unit, group.unit_count), "a c b d e");
        const struct baton_matrix_node *x = &group.node[node_of("x")];
        CHECK_INT(x->rows, 5);
        CHECK_INT(x->scored, 4);
        CHECK_INT(x->na, 1);
        CHECK_DOUBLE(x->missing_share, 0);
        CHECK_DOUBLE(x->mean, 67.5);
        CHECK_DOUBLE(x->median, 75);
        CHECK_NEAR(x->sd, 28.722813232690143, 1e-15); /* (2*22.5^2 + 7.5^2 + 37.5^2) / 3 = 825 */
        CHECK_DOUBLE(x->lowest, 30);
        CHECK_DOUBLE(x->highest, 90);
        CHECK_TEXT(units_text(x->first, x->first_count), "a b");
        CHECK_TEXT(units_text(x->last, x->last_count), "d");
        CHECK_INT(x->rated[0], 2);
        CHECK_INT(x->rated[1], 1);
        CHECK_INT(x->rated[2], 1);
        const struct baton_matrix_node *y = &group.node[node_of("y")];
        CHECK_INT(y->missing, 1);
        CHECK_INT(y->pending, 1);
        CHECK_DOUBLE(y->missing_share, 0.25);
        CHECK_TEXT(units_text(y->first, y->first_count), "a c");
        CHECK_TEXT(units_text(y->last, y->last_count), "b");
        const struct baton_matrix_node *z = &group.node[node_of("z")];
        CHECK_INT(z->rows, 2);
        CHECK_DOUBLE(z->sd, sqrt(1250));
        CHECK_INT(group.node[0].scored, 4);
    }
    arena_close(arena);
}

TEST(matrix_of_a_unit) {
    arena = arena_open();
    struct baton_matrix_group group;
    write_weights();
    if (score_five() && CHECK_INT(baton_matrix_group(arena, session, 0, &group), BATON_OK)) {
        const struct baton_matrix_unit a = unit_of(&group, "a", 5);
        const struct baton_matrix_cell *x = &a.cell[node_of("x")], *z = &a.cell[node_of("z")];
        CHECK_DOUBLE(x->weight, 30);
        CHECK_DOUBLE(x->points, 27);
        CHECK_DOUBLE(x->lost, 3);
        CHECK_DOUBLE(x->share, 27.0 / 91);
        CHECK_DOUBLE(x->from_mean, 22.5);
        CHECK_DOUBLE(x->from_best, 0);
        CHECK_DOUBLE(x->standing, 1 - 0.5 / 3); /* b is level */
        CHECK_INT(x->level, 1);
        CHECK(x->first && !x->last);
        CHECK_DOUBLE(z->lost, 0);
        CHECK_DOUBLE(a.base, 91);
        CHECK_DOUBLE(a.lost, 9);
        CHECK_DOUBLE(a.adjust, 0);
        CHECK_DOUBLE(a.rest, 0);
        CHECK_TEXT(nodes_text(a.first), "x y z");
        CHECK_TEXT(nodes_text(a.last), "");
        CHECK_TEXT(nodes_text(a.strengths), "z x y"); /* 1; x and y 5/6 and 3/4 */
        CHECK_TEXT(nodes_text(a.most_lost), "y x");
        CHECK_INT(a.all.leaves, 3);
        CHECK_INT(a.all.upper, 3); /* top or mid: the first two of three */
        CHECK_INT(a.kind[BATON_COMMON].rated, 2);
        CHECK_INT(a.kind[BATON_INDIVIDUAL].by[0], 1);
        CHECK_INT(a.class[BATON_COMPETITIVE].by[1], 1);
        CHECK_TEXT(nodes_text(unit_of(&group, "a", 1).strengths), "z");
        CHECK_TEXT(nodes_text(unit_of(&group, "b", 5).weaknesses),
                   "z y"); /* both last: 20 and 9 lost */

        const struct baton_matrix_unit d = unit_of(&group, "d", 5);
        CHECK_DOUBLE(d.cell[node_of("x")].weight, 100);
        CHECK_DOUBLE(d.cell[node_of("x")].lost, 70);
        CHECK_DOUBLE(d.cell[node_of("y")].lost, NAN); /* its weight counts elsewhere */
        CHECK_DOUBLE(d.cell[node_of("y")].standing, NAN);
        CHECK(!d.cell[node_of("z")].has_row);
        CHECK_INT(d.all.leaves, 2);
        CHECK_INT(d.all.rated, 1);
        CHECK_INT(d.all.upper, 0);
        CHECK_TEXT(nodes_text(d.last), "x");

        const struct baton_matrix_unit e = unit_of(&group, "e", 5);
        CHECK_DOUBLE(e.cell[0].share, NAN);
        CHECK_DOUBLE(e.lost, NAN);
        CHECK_DOUBLE(e.adjust, NAN);
        CHECK_INT(e.cell[0].rank, 0);
        CHECK_INT(e.all.leaves, 2);
        CHECK_TEXT(nodes_text(e.first), "");
    }
    arena_close(arena);
}

/* Where all are equal, or one is alone, nobody is first or last; without ratings nothing is counted as rated. */
TEST(matrix_without_distinction) {
    arena = arena_open();
    struct baton_matrix_group group, alone;
    if (score("equal", BEGINNING "groups: [{id: g}, {id: h}]\n",
              "id,name,group\na,甲,g\nb,乙,g\nc,丙,h\n",
              "id,name,parent,weight,method\nx,甲项,,1,direct\ny,乙项,,1,direct\n",
              "unit,element,period,value\na,x,2021,80\nb,x,2021,80\nc,x,2021,70\n"
              "a,y,2021,90\nb,y,2021,50\nc,y,2021,70\n",
              NULL) &&
        CHECK_INT(baton_matrix_group(arena, session, 0, &group), BATON_OK) &&
        CHECK_INT(baton_matrix_group(arena, session, 1, &alone), BATON_OK)) {
        CHECK_INT(group.node[node_of("x")].first_count, 0);
        CHECK_INT(group.node[node_of("x")].last_count, 0);
        CHECK_INT(group.node[node_of("y")].first_count, 1);
        const struct baton_matrix_unit a = unit_of(&group, "a", 5);
        CHECK_TEXT(nodes_text(a.first), "y");
        CHECK_DOUBLE(a.cell[node_of("x")].standing, 0.5);
        CHECK_TEXT(nodes_text(a.strengths), "y");
        CHECK_TEXT(nodes_text(a.weaknesses), "");
        CHECK_INT(a.all.leaves, 2);
        CHECK_INT(a.all.rated, 0);
        CHECK_INT(a.all.upper, 0);
        CHECK_INT(alone.node[node_of("x")].first_count, 0);
        CHECK_DOUBLE(unit_of(&alone, "c", 5).cell[node_of("x")].standing, NAN);
    }
    arena_close(arena);
}

/* What is no leaf's: bonus and deduction, other means, a node made 0, points rounded at their nodes. */
TEST(matrix_parts_of_the_total) {
    arena = arena_open();
    struct baton_matrix_group group;
    if (score("parts",
              BEGINNING "groups: [{id: g}]\nadjustments:\n  items:\n"
                        "    - {id: prize, kind: bonus, points: 3}\n"
                        "    - {id: fault, kind: veto, effect: {node_zero: p}}\n",
              "id,name,group\na,甲,g\nb,乙,g\n",
              "id,name,parent,weight,method,aggregate\np,块,,50,,\nx,甲项,p,1,direct,\nq,块,,50,,"
              "geometric\n"
              "y,乙项,q,1,direct,\nz,丙项,q,1,direct,\n",
              "unit,element,period,value\na,x,2021,80\nb,x,2021,80\na,y,2021,40\nb,y,2021,50\n"
              "a,z,2021,90\nb,z,2021,50\n",
              "unit,period,item,reason\na,2021,prize,嘉奖\nb,2021,fault,事故\n") &&
        CHECK_INT(baton_matrix_group(arena, session, 0, &group), BATON_OK)) {
        /* a: 40 + 50 * sqrt(40*90)/100 = 40 + 30 = 70, and 3; the leaves have 40 + 10 + 22.5 */
        const struct baton_matrix_unit a = unit_of(&group, "a", 5);
        CHECK_NEAR(a.base, 70, 1e-15);
        CHECK_NEAR(a.adjust, 3, 1e-13);
        CHECK_NEAR(a.rest, -2.5, 1e-13);
        CHECK_NEAR(a.lost, 30, 1e-13);
        double share = a.adjust_share + a.rest_share;
        for (uint32_t n = 1; n < scheme->node_count; n++)
            share += scheme->node[n].child_count == 0 ? a.cell[n].share : 0;
        CHECK_NEAR(share, 1, 1e-14);
        /* b: p is made 0, x keeps its 40 points; 25 are left */
        const struct baton_matrix_unit b = unit_of(&group, "b", 5);
        CHECK_NEAR(b.base, 25, 1e-15);
        CHECK_NEAR(b.rest, -40, 1e-13);
        CHECK_DOUBLE(b.cell[node_of("x")].points, 40);
        CHECK_DOUBLE(b.cell[node_of("p")].lost, 50);
        CHECK_DOUBLE(b.adjust, 0);
    }
    if (score("rounded", BEGINNING "scoring: {decimals: 0, round_at: node}\ngroups: [{id: g}]\n",
              "id,name,group\na,甲,g\n",
              "id,name,parent,weight,method,decimals\np,块,,100,,\nx,甲项,p,1,direct,1\ny,乙项,p,1,"
              "direct,1\n",
              "unit,element,period,value\na,x,2021,80.6\na,y,2021,70.4\n", NULL) &&
        CHECK_INT(baton_matrix_group(arena, session, 0, &group), BATON_OK)) {
        /* 40.3 + 35.2 = 75.5, rounded to 76 at p */
        const struct baton_matrix_unit a = unit_of(&group, "a", 5);
        CHECK_DOUBLE(a.base, 76);
        CHECK_DOUBLE(a.cell[node_of("x")].points, 40.3);
        CHECK_NEAR(a.rest, 0.5, 1e-12);
        CHECK_DOUBLE(a.lost, 24);
    }
    /* 50 and 70 of a sum on a scale of 200, held at 100 by bounds: what bounds take is an adjustment */
    if (score("bounds",
              BEGINNING
              "defaults: {root_aggregate: sum}\nscoring: {total: 200, bounds: [none, 100]}\n"
              "groups: [{id: g}]\n",
              "id,name,group\na,甲,g\n",
              "id,name,parent,weight,method\nx,甲项,,,direct\ny,乙项,,,direct\n",
              "unit,element,period,value\na,x,2021,50\na,y,2021,70\n", NULL) &&
        CHECK_INT(baton_matrix_group(arena, session, 0, &group), BATON_OK)) {
        const struct baton_matrix_unit a = unit_of(&group, "a", 5);
        CHECK_DOUBLE(a.cell[0].score, 100);
        CHECK_DOUBLE(a.base, 240);
        CHECK_DOUBLE(a.adjust, -140);
        CHECK_DOUBLE(a.rest, 0);
        CHECK_DOUBLE(a.lost, -40);
    }
    arena_close(arena);
}

TEST(matrix_lists) {
    arena = arena_open();
    struct baton_matrix_lists lists;
    /* g on a scale of 100, h on 50: 80 is above 39 (78), and level with 40 */
    if (score("lists",
              BEGINNING
              "compare_across_years: true\n"
              "groups: [{id: g}, {id: h, total: 50, ties_by: [x]}]\n"
              "adjustments: {items: [{id: fraud, kind: veto, effect: {unranked: true}}]}\n",
              "id,name,group,joined\na,甲,g,\nb,乙,g,\nf,己,g,\nc,丙,h,\nd,丁,h,\ne,戊,h,2021\n",
              "id,name,weight,method\nx,甲项,1,direct\ny,乙项,1,direct\n",
              "unit,element,period,value\n"
              "a,x,2020,70\nb,x,2020,60\nc,x,2020,90\nd,x,2020,50\nf,x,2020,1\n"
              "a,y,2020,70\nb,y,2020,60\nc,y,2020,90\nd,y,2020,50\nf,y,2020,1\n"
              "a,x,2021,80\nb,x,2021,72\nc,x,2021,78\nd,x,2021,90\ne,x,2021,70\nf,x,2021,99\n"
              "a,y,2021,80\nb,y,2021,72\nc,y,2021,78\nd,y,2021,70\ne,y,2021,90\nf,y,2021,99\n",
              "unit,period,item,reason\nf,2021,fraud,造假\n") &&
        CHECK_INT(baton_matrix_lists(arena, session, &lists), BATON_OK)) {
        CHECK_INT(lists.count, 6);
        CHECK_INT(lists.group_first[1], 3);
        CHECK_INT(lists.group_first[2], 6);
        static const struct {
            const char *unit;
            uint32_t place, of;
            double figure;
        } level[] = {{"a", 2, 5, 80}, {"b", 10, 5, 72}, {"f", 0, 5, NAN},
                     {"d", 2, 5, 80}, {"e", 2, 5, 80},  {"c", 8, 5, 78}},
          class[] = {{"a", 2, 2, 80}, {"b", 4, 2, 72}, {"f", 0, 2, NAN},
                     {"d", 2, 3, 40}, {"e", 4, 3, 40}, {"c", 6, 3, 39}},
          progress[] = {{"b", 2, 2, 12}, {"a", 4, 2, 10}, {"f", 0, 2, NAN},
                        {"d", 2, 2, 15}, {"c", 4, 2, -6}, {"e", 0, 2, NAN}};
        for (size_t i = 0; i < LENGTH(level); i++) {
            CASE("entry %zu", i);
            CHECK_TEXT(scheme->unit[lists.level[i].unit].id, level[i].unit);
            CHECK_INT(lists.level[i].place, level[i].place);
            CHECK_INT(lists.level[i].of, level[i].of);
            CHECK_DOUBLE(lists.level[i].figure, level[i].figure);
            CHECK_TEXT(scheme->unit[lists.class[i].unit].id, class[i].unit);
            CHECK_INT(lists.class[i].place, class[i].place);
            CHECK_INT(lists.class[i].of, class[i].of);
            CHECK_DOUBLE(lists.class[i].figure, class[i].figure);
            CHECK_TEXT(scheme->unit[lists.progress[i].unit].id, progress[i].unit);
            CHECK_INT(lists.progress[i].place, progress[i].place);
            CHECK_INT(lists.progress[i].of, progress[i].of);
            CHECK_DOUBLE(lists.progress[i].figure, progress[i].figure);
        }
    }
    arena_close(arena);
}

TEST(matrix_upper) {
    static const uint32_t want[] = {0, 1, 1, 2, 2, 2};
    for (uint32_t i = 0; i < LENGTH(want); i++)
        CHECK_INT(baton_matrix_upper(i), want[i]);
}
