/* What the schemes of the examples ask for in 2021, against the figures that they have: every figure is asked for and every one that is asked for is there, but for those that are named here. The
 * tests run in the project's folder. */
#include "engine/session.h"
#include "expected_fixture.h"
#include "unit/test.h"
#include <math.h>
#include <string.h>

enum { YEAR = 2021, MOST = 12 /* periods of a kind in a year */ };

/* Lines "what unit element 1 2 3": there are rows of these periods, which nothing asks for (more); they are asked for, and there are none (none); or one without a figure (na, pending, empty). */
enum line { MORE_LINE, NONE_LINE, NA_LINE, PENDING_LINE, EMPTY_LINE, LINES };
static const char *const line_names[LINES] = {"more", "none", "na", "pending", "empty"};

/* clang-format off */
static const struct {
    const char *path, *differences;
    uint32_t asked, there;
} examples[] = {
    {"examples/city",
     "pending songyan investment 2\n"
     "empty songyan business_satisfaction 2\n"
     /* Retail sales weigh nothing for zones, but for the resort; for the resort neither industry nor trade does: nothing is made of these figures. */
     "more zone_tech retail 1 2 3 4 5 6 7 8 9 10 11 12\n"
     "more zone_hitech retail 1 2 3 4 5 6 7 8 9 10 11 12\n"
     "more zone_bonded retail 1 2 3 4 5 6 7 8 9 10 11 12\n"
     "more zone_resort hightech_output 1 2 3 4 5 6 7 8 9 10 11 12\n"
     "more zone_resort industry_output 1 2 3 4 5 6 7 8 9 10 11 12\n"
     "more zone_resort industry_va 1 2 3 4 5 6 7 8 9 10 11 12\n"
     "more zone_resort trade 1 2 3 4 5 6 7 8 9 10 11 12\n"
     "more zone_qingcen retail 1 2 3 4 5 6 7 8 9 10 11 12\n"
     /* Rows for the ids of leaves that are derived from others: they say `na` of the leaf (there is no growth in the first year), and are no figures. */
     "more zone_lanwan gdp_growth 1 2 3 4\n"
     "more zone_lanwan industry_growth 4 5 6 7 8 9 10 11 12\n"
     "more zone_lanwan budget_growth 4 5 6 7 8 9 10 11 12\n"
     "more zone_lanwan trade_growth 4 5 6 7 8 9 10 11 12\n"
     "more zone_lanwan energy_cut 1 2 3 4\n"
     "more zone_lanwan retail 4 5 6 7 8 9 10 11 12\n"
     "na meteorology line_rating 1\n"
     /* Of the city only its output is compared with (above_city, contribution). */
     "more city budget_revenue 1 2 3 4 5 6 7 8 9 10 11 12\n"
     "more city industry_va 1 2 3 4 5 6 7 8 9 10 11 12\n"
     "more city retail 1 2 3 4 5 6 7 8 9 10 11 12\n"
     "more city trade 1 2 3 4 5 6 7 8 9 10 11 12\n", 11579, 11767},
    /* All of them rows that say of a leaf that it is not yet due or not applicable, while its value is the city's result. */
    {"examples/district",
     "more organisation city_party_building 1 2 3 4 5 7 8 9 10 11\n"
     "more publicity_department city_publicity 1 2\n"
     "more development_reform city_gdp_growth 1 2\n"
     "more development_reform city_credit 1 2\n"
     "more industry_it city_energy_cut 1 2\n"
     "more science_technology city_rd_intensity 1 2 3 4 5\n"
     "more finance city_finance_share 1 2\n"
     "more human_resources city_income_growth 1 2\n"
     "more statistics city_satisfaction 1 2 4 5 7 8 10 11\n"
     "more civil_affairs city_elderly 1 2 3 4 5\n"
     "more administrative_approval city_business_env 1 2 3 4 5 7 8 9 10 11\n"
     "more street_xilin city_elderly 1 2 3 4 5\n"
     "more park_finance city_finance_share 1 2\n", 3622, 3679},
    {"examples/safety", "", 556, 556},
};
/* clang-format on */

struct example {
    struct expected_test test;
    bool *asked;      /* [elements][units][MOST] */
    const char *text; /* a line a difference */
    uint32_t asked_count, there_count;
};

static bool *asked_at(const struct example *example, uint32_t element, uint32_t unit) {
    return &example->asked[((size_t)element * example->test.session->units + unit) * MOST];
}

static void ask(struct example *example) {
    const struct baton_scheme *const scheme = example->test.session->scheme;
    example->asked =
        arena_alloc(example->test.arena, (size_t)scheme->element_count * scheme->unit_count,
                    MOST * sizeof *example->asked);
    for (size_t i = 0; i < example->test.all.count; i++)
        CHECK(example->test.all.item[i]->frequency >= BATON_MONTH);
    for (enum baton_period_kind kind = BATON_MONTH; kind <= BATON_YEAR; kind++)
        for (int i = 1; i <= baton_period_count_in_year(kind, YEAR); i++) {
            struct expected in;
            expected_in(example->test.arena, &example->test.all,
                        (struct baton_period){YEAR, (int16_t)i, (uint8_t)kind}, &in);
            for (size_t k = 0; k < in.count; k++)
                asked_at(example, in.item[k]->element_index, in.item[k]->unit_index)[i - 1] = true;
        }
}

/* What observations.csv says: a figure, a state, a row without either; NONE where it has no row. */
enum row { FIGURE, PENDING, NOT_APPLICABLE, EMPTY, NONE };

static enum row row_of(const struct example *example, uint32_t element, uint32_t unit,
                       struct baton_period period) {
    const struct baton_facts *const facts = example->test.session->facts;
    struct baton_column column;
    if (element >= example->test.session->reported ||
        !facts->column(facts->context, element, period, &column))
        return NONE;
    if (!isnan(column.value[unit]))
        return FIGURE;
    switch (column.state == NULL ? BATON_FIGURE : column.state[unit]) {
    case BATON_PENDING:
        return PENDING;
    case BATON_NA:
        return NOT_APPLICABLE;
    case BATON_EMPTY:
        return EMPTY;
    default:
        return NONE;
    }
}

static enum line line_of(bool is_asked, enum row row) {
    if (!is_asked)
        return row == NONE ? LINES : MORE_LINE;
    switch (row) {
    case NONE:
        return NONE_LINE;
    case NOT_APPLICABLE:
        return NA_LINE;
    case PENDING:
        return PENDING_LINE;
    case EMPTY:
        return EMPTY_LINE;
    default:
        return LINES;
    }
}

static void compare(struct example *example, uint32_t element, uint32_t unit) {
    const struct baton_scheme *const scheme = example->test.session->scheme;
    const enum baton_period_kind frequency = scheme->element[element].frequency;
    const uint8_t kind = (uint8_t)(frequency == BATON_PERIOD_NONE ? BATON_MONTH : frequency);
    const char *list[LINES + 1] = {"", "", "", "", "", ""};
    for (int i = 1; i <= baton_period_count_in_year(kind, YEAR); i++) {
        const struct baton_period period = {YEAR, (int16_t)i, kind};
        const enum row row = row_of(example, element, unit, period);
        const bool is_asked = asked_at(example, element, unit)[i - 1];
        const enum line line = line_of(is_asked, row);
        example->asked_count += is_asked;
        example->there_count += row != NONE;
        list[line] = arena_printf(example->test.arena, "%s %d", list[line], i);
    }
    for (int line = 0; line < LINES; line++)
        if (list[line][0] != '\0')
            example->text =
                arena_printf(example->test.arena, "%s%s %s %s%s\n", example->text, line_names[line],
                             scheme->unit[unit].id, scheme->element[element].id, list[line]);
}

TEST(expected_of_the_examples) {
    for (size_t i = 0; i < LENGTH(examples); i++) {
        struct example example = {.text = ""};
        CASE("%s", examples[i].path);
        if (!expected_begin_path(&example.test, examples[i].path))
            continue;
        ask(&example);
        for (uint32_t u = 0; u < example.test.session->units; u++)
            for (uint32_t e = 0; e < example.test.session->scheme->element_count; e++)
                compare(&example, e, u);
        CHECK_TEXT(example.text, examples[i].differences);
        CHECK_INT(example.asked_count, examples[i].asked);
        CHECK_INT(example.there_count, examples[i].there);
        expected_end(&example.test);
    }
}
