/* Lists of grades made at random, against plain counting: every score from 0 to 100 with every rank is given its grade by the
 * order of the list, and what the lint says must be what is then seen, neither more nor less. */
#include "analyse/lint_reach.h"
#include "test.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { UNITS = 9, GRADES_MAX = 4, CLAUSES_MAX = 3, ROUNDS = 1500, TEXT_SIZE = 200 };

static uint64_t state;

static uint32_t below(uint32_t n) {
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)((state >> 33) % n);
}

/* ---- Conditions, to be written and to be counted. In hundredths of a point. */

struct clause {
    bool of_rank;
    int operator; /* index of operators */
    int constant;
};
static const char *const operators[] = {">=", ">", "<=", "<", "==", "!="};

struct condition {
    struct clause clause[CLAUSES_MAX];
    uint32_t count;
    bool any; /* one of them is enough */
    char text[TEXT_SIZE];
};

static struct condition make_condition(bool ranks) {
    static const int scores[] = {6000, 6001, 7999, 8000, 8900, 8999, 9000, 9500, 10000, 0};
    static const int common[] = {0, 0, 0, 1, 2, 3, 3, 4, 5};
    struct condition out = {.count = 1 + below(CLAUSES_MAX), .any = below(3) == 0};
    size_t size = 0;
    for (uint32_t i = 0; i < out.count; i++) {
        struct clause *clause = &out.clause[i];
        *clause = (struct clause){ranks && below(3) == 0, common[below(LENGTH(common))], 0};
        clause->constant =
            clause->of_rank ? 100 * (int)(1 + below(UNITS)) : scores[below(LENGTH(scores))];
        size += (size_t)snprintf(out.text + size, TEXT_SIZE - size, "%s%s %s %d.%02d",
                                 i == 0 ? "" : out.any ? " or " : " and ",
                                 clause->of_rank ? "rank" : "score", operators[clause->operator],
                                 clause->constant / 100, clause->constant % 100);
    }
    return out;
}

static bool clause_holds(const struct clause *clause, int score, int rank) {
    const int value = clause->of_rank ? rank : score, constant = clause->constant;
    const bool holds[] = {value >= constant, value > constant,  value <= constant,
                          value < constant,  value == constant, value != constant};
    return holds[clause->operator];
}

static bool condition_holds(const struct condition *condition, int score, int rank) {
    for (uint32_t i = 0; i < condition->count; i++)
        if (clause_holds(&condition->clause[i], score, rank) == condition->any)
            return condition->any;
    return !condition->any;
}

/* ---- A scheme of one indicator that is scored directly, and its grades. */

struct trial {
    struct baton_arena *arena;
    struct baton_scheme scheme;
    struct baton_facts facts;
    struct baton_findings found;
    struct condition condition[GRADES_MAX];
    uint32_t grades;
};

static bool no_column(void *context, uint32_t element, struct baton_period period,
                      struct baton_column *out) {
    (void)context, (void)element, (void)period, (void)out;
    return false;
}

static void fill_nodes(struct trial *trial) {
    static const uint32_t child = 1;
    struct baton_node *node = arena_alloc(trial->arena, 2, sizeof(*node));
    for (uint32_t n = 0; n < 2; n++)
        node[n] = (struct baton_node){.id = n == 0 ? "total" : "leaf",
                                      .parent = n == 0 ? BATON_NONE : 0,
                                      .level = n,
                                      .child = &child,
                                      .child_by_id = &child,
                                      .child_count = n == 0,
                                      .weight = 1,
                                      .method = n == 0 ? BATON_NONE : 0,
                                      .due_days = -1,
                                      .lo = NAN,
                                      .hi = NAN,
                                      .decimals = -1,
                                      .order = NAN,
                                      .gate_at_least = NAN,
                                      .gate_effect = BATON_NONE};
    trial->scheme.node = node;
    trial->scheme.node_count = 2;
    trial->scheme.element = arena_alloc(trial->arena, 1, sizeof(*trial->scheme.element));
    trial->scheme.element[0] = (struct baton_element){.id = "leaf", .frequency = BATON_YEAR};
    trial->scheme.element_count = 1;
    trial->scheme.method = arena_alloc(trial->arena, 1, sizeof(*trial->scheme.method));
    trial->scheme.method[0] = (struct baton_method){
        .id = "direct", .kind = BATON_METHOD_DIRECT, .floor = NAN, .cap = NAN};
    trial->scheme.method_count = 1;
}

static void fill_units(struct trial *trial) {
    struct baton_unit *unit = arena_alloc(trial->arena, UNITS, sizeof(*unit));
    for (uint32_t u = 0; u < UNITS; u++)
        unit[u] = (struct baton_unit){
            .id = arena_printf(trial->arena, "u%u", u), .parent = BATON_NONE, .order = NAN};
    trial->scheme.unit = unit;
    trial->scheme.unit_count = trial->scheme.ranked_count = UNITS;
    trial->scheme.group = arena_alloc(trial->arena, 1, sizeof(*trial->scheme.group));
    trial->scheme.group[0] = (struct baton_group){.id = "g",
                                                  .total = 100,
                                                  .decimals = 2,
                                                  .bound_lo = NAN,
                                                  .bound_hi = NAN,
                                                  .unit_count = UNITS};
    trial->scheme.group_count = 1;
}

static void fill_grades(struct trial *trial) {
    struct baton_grade *grade = arena_alloc(trial->arena, trial->grades, sizeof(*grade));
    trial->scheme.code = arena_alloc(trial->arena, trial->grades, sizeof(*trial->scheme.code));
    for (uint32_t i = 0; i < trial->grades; i++) {
        grade[i] = (struct baton_grade){
            .id = arena_printf(trial->arena, "%u", i),
            .code = i,
            .when = {trial->condition[i].text,
                     {.file = "scheme.yaml", .row = i, .column = 1, .field = "when"}},
            .quota = NAN};
        trial->scheme.code[i] = grade[i].id;
    }
    trial->scheme.code_count = trial->grades;
    trial->scheme.grades = arena_alloc(trial->arena, 1, sizeof(*trial->scheme.grades));
    trial->scheme.grades[0] = (struct baton_grades){"s", grade, trial->grades};
    trial->scheme.grades_count = 1;
}

static void trial_open(struct trial *trial) {
    trial->arena = arena_open();
    trial->scheme = (struct baton_scheme){.id = "s",
                                          .period = {.year = 2021, .index = 1, .kind = BATON_YEAR},
                                          .frequency = BATON_YEAR,
                                          .decimals = 2,
                                          .present = NAN,
                                          .total = 100,
                                          .cap_bonus = NAN,
                                          .cap_deduction = NAN};
    trial->found.arena = trial->arena;
    trial->facts.column = no_column;
    fill_nodes(trial);
    fill_units(trial);
    fill_grades(trial);
}

static void trial_open_random(struct trial *trial, bool ranks) {
    *trial = (struct trial){.grades = 1 + below(GRADES_MAX)};
    for (uint32_t i = 0; i < trial->grades; i++)
        trial->condition[i] = make_condition(ranks);
    trial_open(trial);
}

static bool trial_lint(struct trial *trial) {
    const struct baton_options options = {.as_of_day = INT32_MAX, .threads = 1};
    struct baton_session *session;
    if (!CHECK_INT(baton_session_open(trial->arena, &trial->scheme, &trial->facts,
                                      &(struct baton_links){0}, &options, &session, &trial->found),
                   BATON_OK))
        return false;
    struct lint lint = {.arena = trial->arena,
                        .scheme = &trial->scheme,
                        .session = session,
                        .found = &trial->found};
    lint_grades(&lint, reach_open(trial->arena, session));
    baton_session_close(session);
    return true;
}

/* The finding of that code at a grade (GRADES_MAX = anywhere), with or without a fourth argument; NULL = none. */
static const struct baton_finding *finding(const struct trial *trial, baton_code code,
                                           uint32_t grade, bool fourth) {
    for (size_t i = 0; i < trial->found.count; i++) {
        const struct baton_finding *one = &trial->found.item[i];
        if (one->code == code && (grade == GRADES_MAX || one->where.row == grade) &&
            (one->arg[3] != NULL) == fourth)
            return one;
    }
    return NULL;
}

/* ---- Counting. */

static uint32_t given(const struct trial *trial, int score, int rank) {
    uint32_t i = 0;
    while (i < trial->grades && !condition_holds(&trial->condition[i], score, rank))
        i++;
    return i;
}

struct counted {
    bool got[GRADES_MAX + 1]; /* the last: no grade */
    bool any;
};

static struct counted count(const struct trial *trial, int ranks) {
    struct counted out = {0};
    for (int score = 0; score <= 10000; score++)
        for (int rank = 1; rank <= ranks; rank++) {
            const uint32_t grade = given(trial, score, 100 * rank);
            out.got[grade == trial->grades ? GRADES_MAX : grade] = true;
            out.any |= grade < trial->grades;
        }
    return out;
}

/* Whether some score gets a grade worse than what both a lower and a higher one get. */
static bool has_valley(const struct trial *trial) {
    static uint32_t grade[10001], behind[10002];
    behind[10001] = GRADES_MAX;
    for (int score = 10000; score >= 0; score--) {
        grade[score] = given(trial, score, 100);
        behind[score] = grade[score] < behind[score + 1] ? grade[score] : behind[score + 1];
    }
    uint32_t before = GRADES_MAX;
    for (int score = 0; score <= 10000; score++) {
        if (grade[score] < trial->grades && before < grade[score] &&
            behind[score + 1] < grade[score])
            return true;
        before = grade[score] < before ? grade[score] : before;
    }
    return false;
}

/* Whether the grade says on both sides where the score must be, and a better one holds somewhere in between. */
static bool overlaps(const struct trial *trial, uint32_t grade) {
    bool before = false, can = false, behind = false, both = false;
    for (int score = 0; score <= 10000; score++) {
        const bool here = condition_holds(&trial->condition[grade], score, 100);
        before |= !here && !can;
        behind |= !here && can;
        can |= here;
        both |= here && given(trial, score, 100) < grade;
    }
    return before && can && behind && both;
}

TEST(grades_by_score_are_what_counting_says) {
    for (uint64_t seed = 0; seed < ROUNDS; seed++) {
        struct trial trial;
        state = seed;
        trial_open_random(&trial, false);
        CASE("%s | %s | %s | %s", trial.condition[0].text, trial.condition[1].text,
             trial.condition[2].text, trial.condition[3].text);
        if (trial_lint(&trial)) {
            const struct counted counted = count(&trial, 1);
            for (uint32_t i = 0; i < trial.grades; i++) {
                const bool never = finding(&trial, BATON_LINT_GRADE_NEVER, i, false) != NULL;
                CHECK_INT(never, !counted.got[i]);
                CHECK_INT(finding(&trial, BATON_LINT_GRADE_OVERLAP, i, false) != NULL,
                          !never && overlaps(&trial, i));
            }
            CHECK_INT(finding(&trial, BATON_LINT_GRADE_GAP, GRADES_MAX, false) != NULL,
                      counted.any && counted.got[GRADES_MAX]);
            CHECK_INT(finding(&trial, BATON_LINT_GRADE_GAP, GRADES_MAX, true) != NULL,
                      has_valley(&trial));
        }
        arena_close(trial.arena);
    }
}

/* Of scores and ranks together: the example of a gap has no grade. */
static bool has_grade(const struct trial *trial, const char *example) {
    double score = 50, rank = 1;
    const char *at = strstr(example, "score = "), *rank_at = strstr(example, "rank = ");
    if (at != NULL)
        CHECK_INT(sscanf(at, "score = %lf", &score), 1);
    if (rank_at != NULL)
        CHECK_INT(sscanf(rank_at, "rank = %lf", &rank), 1);
    return given(trial, (int)round(100 * score), (int)round(100 * rank)) < trial->grades;
}

TEST(grades_by_score_and_rank_are_what_counting_says) {
    for (uint64_t seed = 0; seed < ROUNDS; seed++) {
        struct trial trial;
        state = seed + ROUNDS;
        trial_open_random(&trial, true);
        CASE("%s | %s | %s | %s", trial.condition[0].text, trial.condition[1].text,
             trial.condition[2].text, trial.condition[3].text);
        if (trial_lint(&trial)) {
            const struct counted counted = count(&trial, UNITS);
            for (uint32_t i = 0; i < trial.grades; i++)
                CHECK_INT(finding(&trial, BATON_LINT_GRADE_NEVER, i, false) != NULL,
                          !counted.got[i]);
            const struct baton_finding *gap =
                finding(&trial, BATON_LINT_GRADE_GAP, GRADES_MAX, false);
            CHECK_INT(gap != NULL, counted.any && counted.got[GRADES_MAX]);
            if (gap != NULL)
                CHECK(!has_grade(&trial, gap->arg[1]));
        }
        arena_close(trial.arena);
    }
}

/* Lists that an office could write, with what must be said of them: "" = nothing. */
static const struct {
    const char *name;
    const char *when[GRADES_MAX]; /* "" = always; NULL = no more */
    int32_t decimals;
    enum baton_rank_on rank_on;
    const char *codes;
} lists[] = {
    {"the ordinary cascade",
     {"score >= 90", "score >= 80", "score >= 60", ""},
     2,
     BATON_RANK_ROUNDED,
     ""},
    {"ranges that meet",
     {"score >= 90", "score >= 80 and score < 90", "score < 80"},
     2,
     BATON_RANK_EXACT,
     ""},
    {"whole scores have nothing between 89 and 90",
     {"score >= 90", "score >= 60 and score <= 89", "score <= 59"},
     0,
     BATON_RANK_ROUNDED,
     "LINT_GRADE_GAP_NARROW LINT_GRADE_GAP_NARROW"},
    {"one decimal has",
     {"score >= 90", "score >= 60 and score <= 89", "score < 60"},
     1,
     BATON_RANK_ROUNDED,
     "LINT_GRADE_GAP"},
    {"ranks have nothing between 3 and 4",
     {"rank <= 3", "rank >= 4 and rank <= 6", "rank >= 7"},
     2,
     BATON_RANK_EXACT,
     ""},
    {"a rank is forgotten", {"rank <= 3", "rank >= 5"}, 2, BATON_RANK_ROUNDED, "LINT_GRADE_GAP"},
    {"ranks above the last unit are nobody's",
     {"rank <= 5", "rank <= 9"},
     2,
     BATON_RANK_ROUNDED,
     ""},
    {"the best need a rank too, and all others are caught",
     {"score >= 90 and rank <= 3", "score >= 80", "score >= 60", ""},
     2,
     BATON_RANK_ROUNDED,
     ""},
    {"a warning first, for a few of the worst",
     {"score < 60 and prev_score < 60", "score >= 90", "score >= 60", ""},
     2,
     BATON_RANK_ROUNDED,
     ""},
    {"either of two ways up",
     {"score >= 90 or (score >= 85 and rank == 1)", "score >= 60", ""},
     2,
     BATON_RANK_ROUNDED,
     ""},
    {"progress counted from the last time",
     {"score - prev_score >= 5", "score >= prev_score", "score < prev_score"},
     2,
     BATON_RANK_ROUNDED,
     ""},
    {"progress with a step that nobody looks at",
     {"score - prev_score >= 5", "score - prev_score >= 0 and score - prev_score <= 4", ""},
     2,
     BATON_RANK_ROUNDED,
     "LINT_GRADE_GAP"},
    {"written the other way round",
     {"90 <= score", "not (score < 60)", "60 > score"},
     2,
     BATON_RANK_ROUNDED,
     ""},
    {"all scores are 0 to 100",
     {"score >= 90 and score <= 100", "score >= 0 and score < 90"},
     2,
     BATON_RANK_ROUNDED,
     ""},
    {"words of the rule language",
     {"bands(score, 90, 1, 0) == 1", "min(score, 90) < 90"},
     2,
     BATON_RANK_ROUNDED,
     ""},
    {"exactly ranked, 89.995 comes up",
     {"score >= 90", "score <= 89.99"},
     2,
     BATON_RANK_EXACT,
     "LINT_GRADE_GAP"},
    {"both are 90",
     {"score >= 90", "score >= 60 and score <= 90", ""},
     2,
     BATON_RANK_ROUNDED,
     "LINT_GRADE_OVERLAP"},
    {"beyond what a mean of 100s can be",
     {"score > 100", "score >= 60", ""},
     2,
     BATON_RANK_ROUNDED,
     "LINT_GRADE_NEVER"},
};

TEST(grades_that_offices_write) {
    for (size_t i = 0; i < LENGTH(lists); i++) {
        struct trial trial = {.grades = 0};
        CASE("%s", lists[i].name);
        for (; trial.grades < GRADES_MAX && lists[i].when[trial.grades] != NULL; trial.grades++)
            snprintf(trial.condition[trial.grades].text, TEXT_SIZE, "%s",
                     lists[i].when[trial.grades]);
        trial_open(&trial);
        trial.scheme.decimals = trial.scheme.group[0].decimals = lists[i].decimals;
        trial.scheme.rank_on = lists[i].rank_on;
        for (uint32_t g = 0; g < trial.grades; g++)
            if (lists[i].when[g][0] == '\0')
                ((struct baton_grade *)trial.scheme.grades[0].item)[g].when.text = NULL;
        if (trial_lint(&trial)) {
            const char *codes = "";
            for (size_t f = 0; f < trial.found.count; f++)
                codes = arena_printf(trial.arena, "%s%s%s", codes, f == 0 ? "" : " ",
                                     baton_code_info(trial.found.item[f].code)->name);
            CHECK_TEXT(codes, lists[i].codes);
        }
        arena_close(trial.arena);
    }
}
