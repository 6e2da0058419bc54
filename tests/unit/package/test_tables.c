/* The small tables: what is read, in which order, and what is refused. */
#include "package/tables.h"
#include "unit/package/fixture.h"
#include "unit/test.h"
#include <math.h>
#include <string.h>

static void read_units(struct fixture *f, const char *text) {
    fixture_file("units.csv", text);
    fixture_read(f, units_read);
}

/* The ids of units from a to b. */
static const char *unit_ids(struct fixture *f) {
    const char *text = "";
    for (uint32_t i = 0; i < f->scheme.unit_count; i++)
        text = arena_printf(f->arena, "%s%s%s", text, i > 0 ? " " : "", f->scheme.unit[i].id);
    return text;
}

/* By group, order (none last), id; without a group last, by id. */
TEST(units_in_order) {
    struct fixture f;
    fixture_open(&f);
    read_units(&f, "id,name,name_en,group,parent,kind,order,joined,left\n"
                   "z,Z,,,,city,1,,\n"
                   "h1,H1,,h,z,,,,\n"
                   "g3,G3,,g,z,,,2021-04,2021-06\n"
                   "g2,G2,,g,z,,10,,\n"
                   "g1,G1,First,g,z,,9.5,,\n"
                   "g0,G0,,g,h1,,,,\n"
                   "y,Y,,,,,2,,\n");
    CHECK_TEXT(fixture_found(&f), "");
    CHECK_TEXT(unit_ids(&f), "g1 g2 g0 g3 h1 y z");
    CHECK_INT(f.scheme.ranked_count, 5);
    CHECK_INT(f.scheme.group[0].first_unit, 0);
    CHECK_INT(f.scheme.group[0].unit_count, 4);
    CHECK_INT(f.scheme.group[1].first_unit, 4);
    CHECK_INT(f.scheme.group[1].unit_count, 1);
    CHECK_INT(f.scheme.unit[0].parent, 6);
    CHECK_INT(f.scheme.unit[2].parent, 4);
    CHECK_INT(f.scheme.unit[6].parent, BATON_NONE);
    CHECK_TEXT(f.scheme.unit[0].name.zh, "G1");
    CHECK_TEXT(f.scheme.unit[0].name.en, "First");
    CHECK_TEXT(f.scheme.unit[6].kind, "city");
    CHECK_DOUBLE(f.scheme.unit[0].order, 9.5);
    CHECK_DOUBLE(f.scheme.unit[2].order, NAN);
    CHECK_INT(f.scheme.unit[3].joined.index, 4);
    CHECK_INT(f.scheme.unit[3].left.index, 6);
    CHECK_INT(f.scheme.unit[3].at.row, 4);
    for (uint32_t i = 0; i < f.scheme.unit_count; i++)
        CHECK_INT(hash_find(&f.reader.unit, f.scheme.unit[i].id, strlen(f.scheme.unit[i].id)), i);
    fixture_close(&f);
}

static const struct {
    const char *name, *rows, *found, *units;
} unit_cases[] = {
    {"bad ids", ",a,g,,\na b,a,g,,\ntotal,a,g,,\nbase,a,g,,\nok,a,g,,\n",
     "FIELD_EMPTY units.csv:2 id; ID_BAD units.csv:3 id; ID_TAKEN units.csv:4 id; ID_TAKEN "
     "units.csv:5 id",
     "ok"},
    {"doubled", "a,A,g,,\nb,B,g,,\na,C,h,,\n", "ID_DOUBLED units.csv:4 id", "a b"},
    {"no name", "a,,g,,\n", "FIELD_EMPTY units.csv:2 name", "a"},
    {"unknown group", "a,A,G,,\n", "GROUP_UNKNOWN units.csv:2 group", "a"},
    {"unknown parent", "a,A,g,cty,\ncity,A,,,\n", "UNIT_UNKNOWN units.csv:2 parent", "a city"},
    {"its own parent", "a,A,g,a,\n", "PARENT_CYCLE units.csv:2 parent", "a"},
    {"a circle", "a,A,g,b,\nb,A,g,c,\nc,A,g,a,\nd,A,g,a,\n", "PARENT_CYCLE units.csv:2 parent",
     "a b c d"},
    {"no rows", "", "TABLE_WITHOUT_ROWS units.csv:0", ""},
};

TEST(units_refused) {
    for (size_t i = 0; i < LENGTH(unit_cases); i++) {
        struct fixture f;
        CASE("%s", unit_cases[i].name);
        fixture_open(&f);
        read_units(&f, arena_printf(f.arena, "id,name,group,parent,left\n%s", unit_cases[i].rows));
        CHECK_TEXT(fixture_found(&f), unit_cases[i].found);
        CHECK_TEXT(unit_ids(&f), unit_cases[i].units);
        for (size_t n = 0; n < f.found.count; n++)
            CHECK(fixture_advice(&f, n)[0] != '\0');
        fixture_close(&f);
    }
}

TEST(units_words) {
    struct fixture f;
    fixture_open(&f);
    read_units(&f, "id,name,group,parent,joined,left,order\n"
                   "a,甲区,g,b,2021-05,2021-04,abc\n"
                   "b,乙区,g,c,2021,2021-01,1\n"
                   "c,丙区,g,a,2021-13,,2\n"
                   "d,丁区,g,乙区,,,\n");
    CHECK_TEXT(fixture_found(&f), "LEFT_BEFORE_JOINED units.csv:2 left; NUMERAL_BAD units.csv:2 "
                                  "order; PARENT_CYCLE units.csv:3 parent; "
                                  "PERIOD_BAD units.csv:4 joined; UNIT_UNKNOWN units.csv:5 parent");
    CHECK_TEXT(fixture_message(&f, 2), "the parents go round in a circle: b -> c -> a -> b");
    CHECK_TEXT(fixture_advice(&f, 4), "did you mean 'b' (乙区)? ");
    fixture_close(&f);
}

TEST(units_deep) {
    struct fixture f;
    fixture_open(&f);
    const char *text = "id,name,group,parent\nu0,n,g,\n";
    for (int i = 1; i < 70; i++)
        text = arena_printf(f.arena, "%su%d,n,g,u%d\n", text, i, i - 1);
    read_units(&f, text);
    CHECK_INT(f.found.count, 1);
    CHECK_TEXT(baton_code_info(f.found.item[0].code)->name, "TREE_TOO_DEEP");
    fixture_close(&f);
}

/* Indicators */

static void read_indicators(struct fixture *f, const char *text) {
    fixture_file("indicators.csv", text);
    fixture_read(f, indicators_read);
}

/* The tree as `id(id id(...))`. */
static const char *tree_of(struct fixture *f, uint32_t node) {
    const struct baton_node *n = &f->scheme.node[node];
    const char *text = n->id;
    for (uint32_t i = 0; i < n->child_count; i++)
        text = arena_printf(f->arena, "%s%s%s", text, i == 0 ? "(" : " ", tree_of(f, n->child[i]));
    return n->child_count > 0 ? arena_printf(f->arena, "%s)", text) : text;
}

static const struct baton_node *node_of(struct fixture *f, const char *id) {
    const uint32_t node = hash_find(&f->reader.node, id, strlen(id));
    return node == HASH_NONE ? NULL : &f->scheme.node[node];
}

TEST(indicators_tree) {
    struct fixture f;
    fixture_open(&f);
    read_indicators(&f, "id,name,parent,weight,method,order\n"
                        "leaf2,L2,b,1,low,\n"
                        "b,B,,2,,2\n"
                        "a,A,,1,,1\n"
                        "leaf1,L1,a,1,range,\n"
                        "z,Z,,3,low,\n"
                        "leaf0,L0,b,1,low,5\n"
                        "sub,S,a,1,,\n"
                        "deep,D,sub,1,low,\n");
    CHECK_TEXT(fixture_found(&f), "");
    CHECK_TEXT(tree_of(&f, 0), "total(a(leaf1 sub(deep)) b(leaf0 leaf2) z)");
    CHECK_INT(f.scheme.node_count, 9);
    for (uint32_t i = 1; i < f.scheme.node_count; i++) {
        const struct baton_node *node = &f.scheme.node[i];
        CHECK(node->parent < i); // before its children
        CHECK_INT(node->level, f.scheme.node[node->parent].level + 1);
        CHECK_INT(hash_find(&f.reader.node, node->id, strlen(node->id)), i);
        CHECK((node->child_count == 0) == (node->element != BATON_NONE));
    }
    const struct baton_node *b = node_of(&f, "b");
    CHECK_TEXT(f.scheme.node[b->child_by_id[0]].id, "leaf0");
    CHECK_TEXT(f.scheme.node[b->child_by_id[1]].id, "leaf2");
    CHECK_INT(f.scheme.element_count, 5);
    CHECK_TEXT(f.scheme.element[0].id, "leaf1"); // in the order of the tree
    CHECK_TEXT(f.scheme.method[node_of(&f, "leaf1")->method].id, "range");
    CHECK_TEXT(f.scheme.method[node_of(&f, "z")->method].id, "low");
    fixture_close(&f);
}

TEST(indicators_columns) {
    struct fixture f;
    fixture_open(&f);
    f.reader.defaults.method = "low";
    f.reader.defaults.missing = BATON_MISSING_ZERO;
    f.reader.defaults.aggregate = BATON_GEOMETRIC;
    f.reader.defaults.root_aggregate = BATON_AGGREGATE_SUM;
    read_indicators(
        &f, "id,name,name_en,parent,weight,kind,class,direction,method,value,accumulate,due,when,"
            "lo,hi,missing,"
            "treat,aggregate,decimals,frequency,source,verifier,measure,basis\n"
            "in,I,In,,,individual,competitive,,,,,,,,,,,harmonic,1,,,,,\n"
            "x,X,,in,30,,bonus,down,grade,,sum,10d,1 < 2,,,factor(60%),,,,quarter,s,v,万元,\n"
            "y,Y,,in,1.5,,,,,\"x + 1\",,,,10%,50.5%,,\"clip( 0 , 1.5 )\",,3,day,,,%,\n"
            "w,W,,in,2,,gate,up,range,,mean,,,,,error,winsorise(2),,,,,,1,\n"
            "v,V,,,,,,,,,,,,,,last,log,,,week,,,,\n");
    CHECK_TEXT(fixture_found(&f), "");
    CHECK_INT(f.scheme.node[0].aggregate, BATON_AGGREGATE_SUM);
    const struct baton_node *in = node_of(&f, "in"), *x = node_of(&f, "x"), *y = node_of(&f, "y"),
                            *w = node_of(&f, "w"), *v = node_of(&f, "v");
    CHECK_INT(in->aggregate, BATON_HARMONIC);
    CHECK_INT(in->kind, BATON_INDIVIDUAL);
    CHECK_INT(in->class, BATON_COMPETITIVE);
    CHECK_DOUBLE(in->weight, 0);
    CHECK_INT(in->decimals, 1);
    CHECK_INT(in->method, BATON_NONE);
    CHECK_TEXT(in->name.en, "In");
    CHECK_INT(x->class, BATON_CLASS_BONUS);
    CHECK_INT(x->direction, BATON_DOWN);
    CHECK_INT(x->accumulate, BATON_SUM);
    CHECK_INT(x->due_days, 10);
    CHECK_TEXT(x->when.text, "1 < 2");
    CHECK_INT(x->when.at.row, 3);
    CHECK_TEXT(x->when.at.field, "when");
    CHECK_INT(x->missing, BATON_MISSING_FACTOR);
    CHECK_DOUBLE(x->missing_factor, 0.6);
    CHECK_INT(x->frequency, BATON_QUARTER);
    CHECK_TEXT(x->source, "s");
    CHECK_TEXT(x->verifier, "v");
    CHECK_TEXT(x->measure, "万元");
    CHECK_INT(x->aggregate, BATON_GEOMETRIC);
    CHECK_DOUBLE(y->weight, 1.5);
    CHECK_TEXT(y->value.text, "x + 1");
    CHECK_DOUBLE(y->lo, 10);
    CHECK_DOUBLE(y->hi, 50.5);
    CHECK_INT(y->treat, BATON_TREAT_CLIP);
    CHECK_DOUBLE(y->treat_a, 0);
    CHECK_DOUBLE(y->treat_b, 1.5);
    CHECK_INT(y->missing, BATON_MISSING_ZERO);
    CHECK_INT(y->frequency, BATON_DAY);
    CHECK_INT(y->due_days, -1);
    CHECK_INT(w->class, BATON_GATE);
    CHECK_INT(w->gate_effect, BATON_NONE);
    CHECK_INT(w->missing, BATON_MISSING_REFUSE);
    CHECK_INT(w->treat, BATON_TREAT_WINSORISE);
    CHECK_DOUBLE(w->treat_a, 2);
    CHECK_INT(v->missing, BATON_MISSING_LAST);
    CHECK_INT(v->treat, BATON_TREAT_LOG);
    CHECK_INT(v->accumulate, BATON_LAST);
    CHECK_DOUBLE(v->weight, NAN);
    CHECK_TEXT(f.scheme.element[y->element].measure, "%");
    CHECK(f.scheme.element[x->element].is_code);
    CHECK(!f.scheme.element[y->element].is_code);
    CHECK_INT(f.reader.element[x->element].code_count, 2);
    fixture_close(&f);
}

/* A leaf of levels makes the element that it names one of codes, and several add up. */
TEST(indicators_codes) {
    struct fixture f;
    fixture_open(&f);
    struct baton_method method = f.scheme.method[hash_find(&f.reader.method, "grade", 5)];
    struct baton_band bands[2] = {{package_code(&f.reader, "C", 1), 1},
                                  {package_code(&f.reader, "A", 1), 1}};
    method.id = "other";
    method.bands = bands;
    package_method_add(&f.reader, &method);
    read_indicators(&f, "id,name,weight,method,value\na,A,1,grade,`my-code`\nb,B,1,other, my-code "
                        "\nc,C,1,grade,2*x\n");
    CHECK_TEXT(fixture_found(&f), "");
    const uint32_t element = hash_find(&f.reader.element_index, "my-code", 7);
    if (!CHECK(element != HASH_NONE))
        return;
    CHECK(f.scheme.element[element].is_code);
    CHECK_INT(f.reader.element[element].code_count, 3);
    CHECK_INT(f.reader.element[element].code_at.row, 2);
    CHECK_INT(hash_find(&f.reader.element_index, "x", 1), HASH_NONE);
    fixture_close(&f);
}

static const struct {
    const char *name, *header, *rows, *found;
} indicator_cases[] = {
    {"ids", "id,name,weight,method", "total,a,1,low\n,a,1,low\na,b,1,low\na,c,1,low\n１,a,1,low\n",
     "ID_TAKEN indicators.csv:2 id; FIELD_EMPTY indicators.csv:3 id; ID_DOUBLED indicators.csv:5 "
     "id; ID_BAD "
     "indicators.csv:6 id"},
    {"weights", "id,name,weight,method", "a,a,-1,low\nb,b,,low\nc,c,abc,low\nd,d,50%,low\n",
     "WEIGHT_NEGATIVE indicators.csv:2 weight; WEIGHT_EMPTY indicators.csv:3 weight; NUMERAL_BAD "
     "indicators.csv:4 "
     "weight; NUMERAL_PERCENT indicators.csv:5 weight"},
    {"weights under sum and min", "id,name,parent,weight,method,aggregate",
     "s,s,,1,,sum\na,a,s,,low,\nm,m,,1,,min\nb,b,m,,low,\n", ""},
    {"methods", "id,name,weight,method",
     "a,a,1,lwo\nb,b,1,zscore\nc,c,1,\nd,d,1,race\ne,e,1,bands\n",
     "METHOD_UNKNOWN indicators.csv:2 method; METHOD_NEEDS indicators.csv:3 method; METHOD_MISSING "
     "indicators.csv:4 "
     "method; METHOD_NEEDS indicators.csv:5 method; METHOD_NEEDS indicators.csv:6 method"},
    {"parents", "id,name,parent,weight,method", "a,a,b,1,\nb,b,a,1,\nc,c,zz,1,low\nd,d,d,1,low\n",
     "PARENT_CYCLE indicators.csv:2 parent; METHOD_MISSING indicators.csv:3 method; "
     "INDICATOR_UNKNOWN indicators.csv:4 parent; PARENT_CYCLE indicators.csv:5 "
     "parent"},
    {"words", "id,name,weight,method,kind,class,direction,missing,treat,accumulate,frequency,due",
     "a,a,1,low,comon,x,UP,none,logs,total,monthly,10\n",
     "WORD_UNKNOWN indicators.csv:2 accumulate; WORD_UNKNOWN indicators.csv:2 class; WORD_UNKNOWN "
     "indicators.csv:2 "
     "direction; DAYS_BAD indicators.csv:2 due; WORD_UNKNOWN indicators.csv:2 frequency; "
     "WORD_UNKNOWN "
     "indicators.csv:2 kind; WORD_UNKNOWN indicators.csv:2 missing; WORD_UNKNOWN indicators.csv:2 "
     "treat"},
    {"calls", "id,name,weight,method,missing,treat",
     "a,a,1,low,factor,winsorise\nb,b,1,low,factor(x),winsorise(0)\nc,c,1,low,factor(2),\"clip(2,1)"
     "\"\n"
     "d,d,1,low,factor(-1),\"clip(1)\"\ne,e,1,low,\"factor(.5,1)\",winsorise(1.5)\n",
     "ARGUMENT_BAD indicators.csv:2 missing; ARGUMENT_BAD indicators.csv:2 treat; ARGUMENT_BAD "
     "indicators.csv:3 "
     "missing; ARGUMENT_BAD indicators.csv:3 treat; ARGUMENT_BAD indicators.csv:4 missing; "
     "ARGUMENT_BAD "
     "indicators.csv:4 treat; ARGUMENT_BAD indicators.csv:5 missing; ARGUMENT_BAD indicators.csv:5 "
     "treat; "
     "ARGUMENT_BAD indicators.csv:6 missing; ARGUMENT_BAD indicators.csv:6 treat"},
    {"what is for leaves", "id,name,parent,weight,method,value,class,direction,missing,aggregate",
     "a,a,,1,low,x,gate,up,zero,\nb,b,a,1,low,,,,,sum\nc,c,,1,,,,,redistribute,\nd,d,c,1,low,,,,,"
     "\n",
     "COLUMN_OF_LEAF indicators.csv:2 class; COLUMN_IDLE indicators.csv:2 direction; "
     "COLUMN_OF_LEAF indicators.csv:2 "
     "method; COLUMN_OF_LEAF indicators.csv:2 missing; COLUMN_OF_LEAF indicators.csv:2 value; "
     "COLUMN_IDLE "
     "indicators.csv:3 aggregate"},
    {"numbers", "id,name,weight,method,lo,hi,decimals,order,measure",
     "a,a,1,low,5%,abc,10,abc,亿元\n",
     "NUMBER_OUTSIDE indicators.csv:2 decimals; NUMERAL_BAD indicators.csv:2 hi; NUMERAL_PERCENT "
     "indicators.csv:2 lo; "
     "NUMERAL_BAD indicators.csv:2 order"},
    {"no rows", "id,name,weight", "", "TABLE_WITHOUT_ROWS indicators.csv:0"},
    {"no name", "id,name,weight,method", "a,,1,low\n", "FIELD_EMPTY indicators.csv:2 name"},
};

TEST(indicators_refused) {
    for (size_t i = 0; i < LENGTH(indicator_cases); i++) {
        struct fixture f;
        CASE("%s", indicator_cases[i].name);
        fixture_open(&f);
        read_indicators(&f, arena_printf(f.arena, "%s\n%s", indicator_cases[i].header,
                                         indicator_cases[i].rows));
        CHECK_INT(f.code, BATON_OK);
        CHECK_TEXT(fixture_found(&f), indicator_cases[i].found);
        for (size_t n = 0; n < f.found.count; n++)
            CHECK(fixture_advice(&f, n)[0] != '\0');
        fixture_close(&f);
    }
}

TEST(indicators_deep) {
    struct fixture f;
    fixture_open(&f);
    const char *text = "id,name,parent,weight,method\nn0,n,,1,\n";
    for (int i = 1; i < 40; i++)
        text = arena_printf(f.arena, "%sn%d,n,n%d,1,%s\n", text, i, i - 1, i == 39 ? "low" : "");
    read_indicators(&f, text);
    bool deep = false;
    for (size_t i = 0; i < f.found.count; i++)
        deep = deep || f.found.item[i].code == BATON_TREE_TOO_DEEP;
    CHECK(deep);
    CHECK(node_of(&f, "n39") == NULL);
    fixture_close(&f);
}

/* An unknown default method is said once, where it stands. */
TEST(indicators_default_method) {
    struct fixture f;
    fixture_open(&f);
    f.reader.defaults.method = "lwo";
    f.reader.defaults.method_at = (struct baton_where){"scheme.yaml", 5, 3, "defaults.method"};
    read_indicators(&f, "id,name,weight\na,a,1\nb,b,1\n");
    CHECK_TEXT(fixture_found(&f), "METHOD_UNKNOWN scheme.yaml:5 defaults.method");
    fixture_close(&f);
}

/* The other tables */

static void open_with_units(struct fixture *f) {
    fixture_open(f);
    read_units(f, "id,name,group\na,A,g\nb,B,g\nc,C,h\ncity,City,\n");
    read_indicators(
        f, "id,name,parent,weight,method,measure\nin,I,,1,,\nx,X,in,1,low,%\ny,Y,in,1,low,1\n");
    CHECK_TEXT(fixture_found(f), "");
}

TEST(targets) {
    struct fixture f;
    open_with_units(&f);
    fixture_file("targets.csv", "unit,indicator,period,target,baseline\n"
                                "*,x,2021,98%,\n"
                                "group:h,y,2021-Q1,50%,0.25\n"
                                "a,x,2021-03,,7\n");
    fixture_read(&f, targets_read);
    CHECK_TEXT(fixture_found(&f), "");
    if (!CHECK_INT(f.scheme.target_count, 3))
        return;
    const struct baton_target *t = f.scheme.target;
    CHECK_INT(t[0].unit, BATON_NONE);
    CHECK_INT(t[0].group, BATON_NONE);
    CHECK_DOUBLE(t[0].target, 98);
    CHECK_DOUBLE(t[0].baseline, NAN);
    CHECK_INT(t[1].group, 1);
    CHECK_INT(t[1].period.kind, BATON_QUARTER);
    CHECK_DOUBLE(t[1].target, 0.5);
    CHECK_DOUBLE(t[1].baseline, 0.25);
    CHECK_INT(t[2].unit, 0);
    CHECK_DOUBLE(t[2].target, NAN);
    CHECK_DOUBLE(t[2].baseline, 7);
    CHECK_INT(t[2].at.row, 4);
    fixture_close(&f);
}

TEST(targets_refused) {
    struct fixture f;
    open_with_units(&f);
    fixture_file("targets.csv", "unit,indicator,period,target,baseline\n"
                                "aa,x,2021,1,\n"
                                "group:k,xx,2021,1,\n"
                                "a,in,2021,1,\n"
                                "a,x,,1,\n"
                                "a,x,21,1,\n"
                                "a,x,2021,,\n"
                                "a,y,2021,1 000,\n"
                                "*,y,2021,1,\n"
                                "*,y,2021,1,\n"
                                ",,2021,1,\n");
    fixture_read(&f, targets_read);
    CHECK_TEXT(fixture_found(&f), "UNIT_UNKNOWN targets.csv:2 unit; INDICATOR_UNKNOWN "
                                  "targets.csv:3 indicator; GROUP_UNKNOWN targets.csv:3 "
                                  "unit; TARGET_OF_INNER targets.csv:4 indicator; FIELD_EMPTY "
                                  "targets.csv:5 period; PERIOD_BAD "
                                  "targets.csv:6 period; FIELD_EMPTY targets.csv:7 target; "
                                  "NUMERAL_GROUPED targets.csv:8 target; "
                                  "ROW_DOUBLED targets.csv:10; FIELD_EMPTY targets.csv:11 "
                                  "indicator; FIELD_EMPTY targets.csv:11 unit");
    CHECK_INT(f.scheme.target_count, 1);
    fixture_close(&f);
}

TEST(weights) {
    struct fixture f;
    open_with_units(&f);
    fixture_file("weights.csv", "for,indicator,weight\na,x,0\ngroup:g,in,12.5\ncity,x,1\n");
    fixture_read(&f, weights_read);
    CHECK_TEXT(fixture_found(&f), "RANKED_ONLY weights.csv:4 for");
    CHECK_INT(f.scheme.weight_count, 3);
    CHECK_INT(f.scheme.weight[0].unit, 0);
    CHECK_DOUBLE(f.scheme.weight[0].weight, 0);
    CHECK_INT(f.scheme.weight[1].unit, BATON_NONE);
    CHECK_INT(f.scheme.weight[1].group, 0);
    CHECK_DOUBLE(f.scheme.weight[1].weight, 12.5);
    fixture_close(&f);
}

TEST(weights_refused) {
    struct fixture f;
    open_with_units(&f);
    fixture_file(
        "weights.csv",
        "for,indicator,weight\n*,x,1\na,z,1\na,x,-1\na,x,\na,x,50%\nb,x,1\nb,x,1\ngroup:x,x,1\n");
    fixture_read(&f, weights_read);
    CHECK_TEXT(fixture_found(&f), "UNIT_UNKNOWN weights.csv:2 for; INDICATOR_UNKNOWN weights.csv:3 "
                                  "indicator; WEIGHT_NEGATIVE "
                                  "weights.csv:4 weight; FIELD_EMPTY weights.csv:5 weight; "
                                  "NUMERAL_PERCENT weights.csv:6 weight; "
                                  "ROW_DOUBLED weights.csv:8; GROUP_UNKNOWN weights.csv:9 for");
    CHECK_INT(f.scheme.weight_count, 1);
    fixture_close(&f);
}

TEST(adjustments) {
    struct fixture f;
    open_with_units(&f);
    fixture_file("adjustments.csv",
                 "unit,period,item,level,points,count,honour,issued,reason,document\n"
                 "a,2021,praise,,,,,,done well,doc 3\n"
                 "b,2021-03,honour,provincial,,2,h1,2021-03-05,r,\n"
                 "city,2021,fault,,1.5,,,,r,\n"
                 "c,2021,accident,,,,,,r,\n");
    fixture_read(&f, adjustments_read);
    CHECK_TEXT(fixture_found(&f), "");
    if (!CHECK_INT(f.scheme.adjustment_count, 4))
        return;
    const struct baton_adjustment *a = f.scheme.adjustment;
    CHECK_INT(a[0].item, 0);
    CHECK_INT(a[0].level, BATON_NONE);
    CHECK_DOUBLE(a[0].points, NAN);
    CHECK_DOUBLE(a[0].count, 1);
    CHECK_INT(a[0].issued_day, INT32_MIN);
    CHECK_TEXT(a[0].reason, "done well");
    CHECK_TEXT(a[0].document, "doc 3");
    CHECK_INT(a[1].level, 1);
    CHECK_DOUBLE(a[1].count, 2);
    CHECK_TEXT(a[1].honour, "h1");
    CHECK_INT(a[1].issued_day, 18691);
    CHECK_DOUBLE(a[2].points, 1.5);
    fixture_close(&f);
}

TEST(adjustments_refused) {
    struct fixture f;
    open_with_units(&f);
    fixture_file("adjustments.csv", "unit,period,item,level,points,count,issued,reason\n"
                                    "z,2021,prais,,,,,r\n"
                                    "a,2021,honour,nationl,,,,r\n"
                                    "a,2021,praise,big,,,,r\n"
                                    "a,2021,honour,,,,,r\n"
                                    "a,2021,fault,,,,,r\n"
                                    "a,2021,praise,,abc,-1,,r\n"
                                    "a,,,,,,yesterday,\n");
    fixture_read(&f, adjustments_read);
    CHECK_TEXT(
        fixture_found(&f),
        "ITEM_UNKNOWN adjustments.csv:2 item; UNIT_UNKNOWN adjustments.csv:2 unit; LEVEL_UNKNOWN "
        "adjustments.csv:3 level; LEVEL_UNKNOWN adjustments.csv:4 level; POINTS_MISSING "
        "adjustments.csv:5 "
        "points; POINTS_MISSING adjustments.csv:6 points; COUNT_BAD adjustments.csv:7 count; "
        "NUMERAL_BAD "
        "adjustments.csv:7 points; DATE_BAD adjustments.csv:8 issued; FIELD_EMPTY "
        "adjustments.csv:8 item; "
        "FIELD_EMPTY adjustments.csv:8 period; FIELD_EMPTY adjustments.csv:8 reason");
    CHECK_TEXT(fixture_advice(&f, 2),
               "did you mean 'national'? its levels are national, provincial");
    CHECK_TEXT(fixture_advice(&f, 3), "leave the field empty: the item has no levels");
    CHECK_INT(f.scheme.adjustment_count, 0);
    fixture_close(&f);
}

TEST(successions) {
    struct fixture f;
    open_with_units(&f);
    fixture_file("successions.csv",
                 "from,to,date,share\na,c,2021-01-01,\nb,c,2021-01-01,60%\nb,a,2021-01-01,0.4\n");
    fixture_read(&f, successions_read);
    CHECK_TEXT(fixture_found(&f), "");
    CHECK_INT(f.scheme.succession_count, 3);
    CHECK_DOUBLE(f.scheme.succession[0].share, 1);
    CHECK_DOUBLE(f.scheme.succession[1].share, 0.6);
    CHECK_INT(f.scheme.succession[0].date, 18628);
    fixture_close(&f);
}

TEST(successions_refused) {
    struct fixture f;
    open_with_units(&f);
    fixture_file("successions.csv", "from,to,date,share\n"
                                    "a,z,2021-01-01,\n"
                                    "a,b,,\n"
                                    "a,b,2021,\n"
                                    "a,b,2021-01-01,0\n"
                                    "a,b,2021-01-01,abc\n"
                                    "a,b,2021-01-01,\n"
                                    "a,b,2021-06-01,\n"
                                    "b,c,2021-01-01,\n"
                                    "c,a,2022-01-01,\n"
                                    "city,city,2021-01-01,\n");
    fixture_read(&f, successions_read);
    CHECK_TEXT(fixture_found(&f),
               "UNIT_UNKNOWN successions.csv:2 to; FIELD_EMPTY successions.csv:3 date; DATE_BAD "
               "successions.csv:4 date; "
               "SHARE_BAD successions.csv:5 share; NUMERAL_BAD successions.csv:6 share; "
               "ROW_DOUBLED successions.csv:8; "
               "SUCCESSION_CYCLE successions.csv:10; SUCCESSION_CYCLE successions.csv:11");
    CHECK_TEXT(fixture_message(&f, 6), "the successions go round in a circle: a -> b -> c -> a");
    CHECK_TEXT(fixture_message(&f, 7), "the successions go round in a circle: city -> city");
    fixture_close(&f);
}

/* Documents */

TEST(documents) {
    struct fixture f;
    fixture_open(&f);
    fixture_file(
        "documents/rules.md",
        "# 办法 {#all}\nintro\n\n## 第一条 {#art-1}\ntext one\n\n### (1) {#art-1.1}\ndetail\n"
        "## 第二条 {#art-2} \ntext two\n```\n## not {#art-9}\n```\n## no id\nrest\n");
    fixture_file("documents/总则.md", "## A {#a}\r\nx\r\n");
    fixture_file("documents/note.txt", "## A {#a}\n");
    read_indicators(
        &f,
        "id,name,weight,method,basis\na,A,1,low,rules#art-2\nb,B,1,low,总则#a\nc,C,1,low,rules\n"
        "d,D,1,low,rules#art-3\ne,E,1,low,\n");
    fixture_read(&f, documents_read);
    CHECK_INT(f.code, BATON_OK);
    CHECK_TEXT(fixture_found(&f), "CLAUSE_UNKNOWN indicators.csv:5 basis");
    const struct package_clause *clause = documents_clause(f.reader.documents, "rules#art-1");
    if (!CHECK(clause != NULL))
        return;
    CHECK_TEXT(clause->title, "第一条");
    CHECK_TEXT(clause->file, "documents/rules.md");
    CHECK_INT(clause->row, 4);
    CHECK_TEXT(arena_text(f.arena, clause->text, clause->size),
               "text one\n\n### (1) {#art-1.1}\ndetail\n");
    clause = documents_clause(f.reader.documents, "rules#art-2");
    CHECK_TEXT(arena_text(f.arena, clause->text, clause->size),
               "text two\n```\n## not {#art-9}\n```\n");
    clause = documents_clause(f.reader.documents, "rules#all");
    CHECK_INT(clause->row, 1);
    CHECK(documents_clause(f.reader.documents, "rules#art-9") == NULL);
    CHECK(documents_clause(NULL, "rules#all") == NULL);
    fixture_close(&f);
}

TEST(documents_refused) {
    struct fixture f;
    fixture_open(&f);
    fixture_file("documents/a.md", "## A {#x}\n## B {#x}\n## C {#a b}\n");
    fixture_file("documents/b.md", "## A \xff\n");
    fixture_read(&f, documents_read);
    CHECK_INT(f.code, BATON_ENCODING_BAD);
    CHECK_TEXT(
        fixture_found(&f),
        "CLAUSE_DOUBLED documents/a.md:2; ID_BAD documents/a.md:3; ENCODING_BAD documents/b.md:1");
    fixture_close(&f);
}

/* Without the folder a basis is odd, and that is said once. */
TEST(documents_missing) {
    struct fixture f;
    fixture_open(&f);
    read_indicators(&f, "id,name,weight,method,basis\na,A,1,low,rules#a\nb,B,1,low,rules#b\n");
    fixture_read(&f, documents_read);
    CHECK_INT(f.code, BATON_OK);
    CHECK_TEXT(fixture_found(&f), "DOCUMENTS_MISSING indicators.csv:2 basis");
    CHECK_INT(f.found.errors, 0);
    fixture_close(&f);
}
