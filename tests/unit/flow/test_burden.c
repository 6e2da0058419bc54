/* The burden: forms, figures and files counted by hand, added up in every way. */
#include "expected_fixture.h"
#include "flow/burden.h"
#include "flow/ledger_score.h"
#include "flow/package_session.h"
#include "flow_fixture.h"
#include "unit/test.h"
#include <string.h>

/* Towns a and b report jobs every month to office o, roads every quarter to the office itself; o reports the output of both, every year, to p. */
static const char units[] = "id,name,name_en,group,kind\na,甲镇,A,town,镇\nb,乙镇,B,town,镇\n"
                            "o,统计局,Bureau O,,局\np,财政局,Bureau P,,局\n";
static const char indicators[] =
    "id,name,name_en,weight,frequency,source,verifier,evidence\njobs,就业,Jobs,40,month,,o,\n"
    "roads,道路,Roads,30,quarter,,,needed\noutput,产值,Output,30,year,o,p,\n";

struct burden_test {
    struct expected_test side;
    struct register_source source;
    struct sharings sharings;
    struct figure_register of;
    struct calendar calendar;
    struct burden_cells cells;
};

static bool begin(struct burden_test *t) {
    *t = (struct burden_test){.calendar = {.assessment = "p"}};
    if (!expected_begin(&t->side,
                        &(struct expected_package){.units = units, .indicators = indicators}))
        return false;
    t->source = (struct register_source){.assessment = "p", .session = t->side.session};
    return true;
}

static void count(struct burden_test *t, int year) {
    register_make(t->side.arena, &t->source, 1, &t->sharings, &t->of);
    burden_count(t->side.arena, &t->of, &t->calendar, year, &t->cells);
}

/* "key name: figures forms files, saved figures forms; ..." */
static const char *told(struct burden_test *t, const struct burden_cells *before,
                        const struct register_filter *filter, enum burden_by by) {
    struct baton_arena *const arena = t->side.arena;
    const struct register_filter none = {0};
    struct burden_table table;
    const char *text = "";
    uint64_t figures = 0;
    burden_rows(arena, &t->cells, before, filter == NULL ? &none : filter, by, 2021, BATON_EN,
                &table);
    for (size_t i = 0; i < table.count; i++) {
        const struct burden_row *const row = &table.row[i];
        const struct burden_sum *const s = &row->now;
        text = arena_printf(arena, "%s%s%s%s%s: %d %d %d", text, i > 0 ? "; " : "", row->key,
                            row->name == NULL ? "" : " ", row->name == NULL ? "" : row->name,
                            (int)s->figures, (int)s->forms, (int)s->files);
        if (s->saved_figures > 0)
            text = arena_printf(arena, "%s, saved %d %d", text, (int)s->saved_figures,
                                (int)s->saved_forms);
        if (row->before.figures > 0)
            text = arena_printf(arena, "%s, before %d", text, (int)row->before.figures);
        figures += s->figures;
    }
    CHECK_INT(figures, table.now.figures);
    return text;
}

/* 12 months of jobs, 4 quarters of roads with a file each: 16 figures in 16 forms a town. Of o one form for both towns. */
TEST(burden_of_a_year_by_hand) {
    struct burden_test t;
    if (!begin(&t))
        return;
    count(&t, 2021);
    CHECK_INT(t.cells.count, 2 * 16 + 1);
    CHECK_TEXT(told(&t, NULL, NULL, BURDEN_UNIT), "a A: 16 16 4; b B: 16 16 4; o Bureau O: 2 1 0");
    CHECK_TEXT(told(&t, NULL, NULL, BURDEN_LEVEL), "镇: 32 32 8; 局: 2 1 0");
    CHECK_TEXT(told(&t, NULL, NULL, BURDEN_DEPARTMENT),
               "o Bureau O: 24 24 0; : 8 8 8; p Bureau P: 2 1 0");
    CHECK_TEXT(told(&t, NULL, NULL, BURDEN_ASSESSMENT), "p P: 34 33 8");
    /* A quarter, and the year, belong to the month in which they end. */
    CHECK_TEXT(told(&t, NULL, NULL, BURDEN_MONTH),
               "2021-01: 2 2 0; 2021-02: 2 2 0; 2021-03: 4 4 2; 2021-04: 2 2 0; 2021-05: 2 2 0; "
               "2021-06: 4 4 2; 2021-07: 2 2 0; 2021-08: 2 2 0; 2021-09: 4 4 2; 2021-10: 2 2 0; "
               "2021-11: 2 2 0; 2021-12: 6 5 2");
    CHECK_TEXT(told(&t, NULL, &(struct register_filter){.level = "局"}, BURDEN_UNIT),
               "o Bureau O: 2 1 0");
    CHECK_TEXT(told(&t, NULL, &(struct register_filter){.department = ""}, BURDEN_UNIT),
               "a A: 4 4 4; b B: 4 4 4");
    CHECK_TEXT(told(&t, NULL, &(struct register_filter){.reporter = "nobody"}, BURDEN_UNIT), "");
    CHECK_TEXT(told(&t, NULL, &(struct register_filter){.assessment = "other"}, BURDEN_UNIT), "");
    CHECK_TEXT(told(&t, &t.cells, NULL, BURDEN_LEVEL),
               "镇: 32 32 8, before 32; 局: 2 1 0, before 2");
    expected_end(&t.side);
}

/* In another year than that of its scheme only what is opened counts. */
TEST(burden_of_another_year_is_what_was_opened) {
    struct burden_test t;
    if (!begin(&t))
        return;
    const struct field field[] = {text_field("due", "2022-05-20"),
                                  text_field("opens", "2022-05-01"),
                                  text_field("period", "2022-04")};
    const struct fact_body april = {"period", "p", field, LENGTH(field)};
    deadline_list_add(t.side.arena, &t.calendar.opened, FACT_PERIOD, &april);
    count(&t, 2022);
    CHECK_TEXT(told(&t, NULL, NULL, BURDEN_UNIT), "a A: 1 1 0; b B: 1 1 0");
    CHECK_TEXT(told(&t, NULL, NULL, BURDEN_MONTH),
               "2021-04: 2 2 0"); /* told under the year asked for */
    count(&t, 2023);
    CHECK_TEXT(told(&t, NULL, NULL, BURDEN_UNIT), "");
    expected_end(&t.side);
}

/* Minutes: as usual, and as the office says; hours by hand. */
TEST(burden_in_hours) {
    const struct burden_sum sum = {34, 33, 8, 10, 5};
    struct burden_effort effort = burden_effort_usual;
    struct flow_test t;
    uint64_t known;
    CHECK_DOUBLE(burden_hours(&sum, &effort), (34 * 6 + 33 * 20 + 8 * 10) / 60.0);
    CHECK_DOUBLE(burden_hours_saved(&sum, &effort), (10 * 6 + 5 * 20) / 60.0);
    if (!flow_begin(&t))
        return;
    CHECK_INT(reader_size(t.reader, &known), BATON_OK);
    CHECK_INT(burden_effort_read(t.reader, known, &effort), BATON_OK);
    CHECK_DOUBLE(effort.form, 20);
    static const char *const says[][2] = {{"figure", "3"}, {"form", "45"}, {"file", "0.5"}};
    for (size_t i = 0; i < LENGTH(says); i++)
        CHECK_INT(
            flow_say(&t, "li",
                     flow_fact(&t, "effort", "", "what", says[i][0], "minutes", says[i][1], NULL),
                     NULL),
            BATON_OK);
    const uint64_t before = known;
    CHECK_INT(reader_size(t.reader, &known), BATON_OK);
    CHECK_INT(burden_effort_read(t.reader, known, &effort), BATON_OK);
    CHECK_DOUBLE(burden_hours(&sum, &effort), (34 * 3 + 33 * 45 + 8 * 0.5) / 60);
    CHECK_INT(burden_effort_read(t.reader, before, &effort), BATON_OK); /* as it was known then */
    CHECK_DOUBLE(effort.figure, 6);
    flow_end(&t);
}
