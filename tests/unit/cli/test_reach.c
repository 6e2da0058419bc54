/* How far scores can reach, against scores: packages made at random are scored, and no score may lie where none was said to
 * be. Here because it takes both a package and its scoring. */
#include "analyse/reach.h"
#include "baton/package.h"
#include "unit/test.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { UNITS = 7, LEAVES = 6, ROUNDS = 250 };

static uint64_t state;

static uint32_t below(uint32_t n) {
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)((state >> 33) % n);
}

static const char *const methods[] = {
    "{kind: range, low: 60, high: 100}",
    "{kind: range, low: 40, high: 100, cap: 90}",
    "{kind: rank, low: 50}",
    "{kind: race, step: 7, floor: 70}",
    "{kind: race, table: [100, 90, 70]}",
    "{kind: race, step: 3, among: \"x >= 50\", else: 20}",
    "{kind: percentile, floor: 30}",
    "{kind: target, cap: 120}",
    "{kind: target, start_at: 60%, cap: 110, floor: 10}",
    "{kind: target, cap: 100, down: mirror, floor: 20}",
    "{kind: bands, table: [[90, 100], [60, 80], [30, 70]], below: 40}",
    "{kind: bands, table: [[90, 100], [60, 80], [30, 70]], below: 65, linear: true}",
    "{kind: deduct, per: 2, floor: 40}",
    "{kind: deduct, per: 0.5, above: 98}",
    "{kind: pass}",
    "{kind: direct}",
    "{kind: best}",
    "{kind: best, of: mean, cap: 130}",
    "{kind: zscore, mean: 75, sd: 10, floor: 55, cap: 95}",
    "{kind: rule, score: \"clamp(60 + 40*span(x), 50, 90)\"}",
    "{kind: rule, where: {p: \"100*x/target\"}, score: \"clamp(p, 20, 140) - if(x < 30, 5, 0)\"}",
    "{kind: rule, score: \"bands(x, 80, 100, 50, 70, 10)\"}",
    "{kind: rule, score: \"max_of(min(x, 95)) - abs(round(min(max(x, 10), 20)))\"}",
};

struct text {
    char bytes[8192];
    size_t size;
};

PRINTF_LIKE(2, 3) static void put(struct text *text, const char *format, ...) {
    va_list values;
    va_start(values, format);
    text->size += (size_t)vsnprintf(text->bytes + text->size, sizeof text->bytes - text->size,
                                    format, values);
    va_end(values);
}

/* Over the file of the round before. */
static void write_text(const char *name, const struct text *text) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", test_folder(), name);
    FILE *file = fopen(path, "wb");
    if (CHECK(file != NULL)) {
        CHECK_INT(fwrite(text->bytes, 1, text->size, file), text->size);
        CHECK_INT(fclose(file), 0);
    }
}

static void write_scheme(void) {
    struct text out = {0};
    put(&out, "baton: 1\nid: p\ntitle: {en: P}\nperiod: 2021\nfrequency: year\n");
    put(&out, "scoring: {rank_on: %s, decimals: %u%s}\n", below(2) == 0 ? "rounded" : "exact",
        below(4), below(3) == 0 ? ", bounds: [20, 103]" : "");
    put(&out, "methods:\n");
    for (uint32_t m = 0; m < LENGTH(methods); m++)
        put(&out, "  m%u: %s\n", m, methods[m]);
    put(&out, "groups:\n  - {id: g}\n  - {id: h, total: 150}\nadjustments:\n  items:\n");
    put(&out, "    - {id: honour, kind: bonus, levels: {a: 3, b: 1}%s}\n",
        below(2) == 0 ? ", count: highest" : ", cap: 4");
    put(&out, "    - {id: slip, kind: deduction, points: 2%s}\n", below(2) == 0 ? ", cap: 5" : "");
    put(&out, "    - {id: level, kind: bonus, points: \"min(score, 90)/10 - 5\"}\n");
    put(&out, "    - {id: zero, kind: veto, effect: {node_zero: %s}}\n",
        below(2) == 0 ? "block" : "l3");
    if (below(2) == 0)
        put(&out, "  cap: {bonus: 5}\n");
    write_text("p/scheme.yaml", &out);
}

/* l0 to l2 below a block, the others below the root. */
static void write_indicators(void) {
    static const char *const aggregates[] = {"arithmetic", "arithmetic", "min", "sum"};
    static const char *const missing[] = {"redistribute", "zero", "floor", "factor(0.8)", "full"};
    struct text out = {0};
    put(&out, "id,name,parent,weight,direction,method,missing,treat,aggregate\n");
    put(&out, "block,block,,30,,,,,%s\n", aggregates[below(LENGTH(aggregates))]);
    for (uint32_t l = 0; l < LEAVES; l++) {
        const uint32_t m = below(LENGTH(methods));
        const bool up = strncmp(methods[m], "{kind: bands", 12) == 0 || below(2) == 0;
        put(&out, "l%u,l%u,%s,%u,%s,m%u,%s,%s,\n", l, l, l < 3 ? "block" : "", 1 + below(30),
            up ? "up" : "down", m, missing[below(LENGTH(missing))],
            below(4) == 0 ? "\"clip(20,85)\"" : "");
    }
    write_text("p/indicators.csv", &out);
}

static void write_figures(bool complete) {
    struct text out = {0}, targets = {0}, rows = {0};
    put(&out, "unit,element,period,value\n");
    put(&targets, "unit,indicator,period,target\n");
    put(&rows, "unit,period,item,level,count,reason\n");
    for (uint32_t u = 0; u < UNITS; u++) {
        for (uint32_t l = 0; l < LEAVES; l++) {
            if (complete || below(5) > 0)
                put(&out, "u%u,l%u,2021,%u\n", u, l, 5 * below(25));
            put(&targets, "u%u,l%u,2021,%u\n", u, l, 40 + below(60));
        }
        for (uint32_t i = below(3); i > 0; i--)
            put(&rows, "u%u,2021,honour,%s,%u,r\n", u, below(2) == 0 ? "a" : "b", 1 + below(2));
        if (below(3) == 0)
            put(&rows, "u%u,2021,slip,,%u,r\n", u, 1 + below(3));
        if (below(5) == 0)
            put(&rows, "u%u,2021,zero,,,r\n", u);
    }
    write_text("p/observations.csv", &out);
    write_text("p/targets.csv", &targets);
    write_text("p/adjustments.csv", &rows);
}

static void write_units(void) {
    struct text out = {0};
    put(&out, "id,name,group\n");
    for (uint32_t u = 0; u < UNITS; u++)
        put(&out, "u%u,u%u,%s\n", u, u, u < 4 ? "g" : "h");
    write_text("p/units.csv", &out);
}

static bool within(struct span span, double score) {
    return isnan(score) || (baton_number_compare12(span.lo, score) <= 0 &&
                            baton_number_compare12(score, span.hi) <= 0);
}

/* With figures missing, weight is redistributed, and a mean may come nearer to its best child than by its weights. */
static void check_scores(const struct baton_session *session, struct reach *reach, bool complete) {
    const struct baton_scheme *scheme = baton_session_scheme(session);
    for (uint32_t u = 0; u < scheme->ranked_count; u++) {
        const uint32_t group = scheme->unit[u].group;
        for (uint32_t n = 1; n < scheme->node_count; n++) {
            const double score = baton_result_as_ranked(session, n, u);
            const struct span span = reach->node[n * scheme->group_count + group];
            if ((scheme->node[n].child_count == 0 || complete) && !CHECK(within(span, score)))
                FAIL("%s of %s: %g is not within %g and %g", scheme->node[n].id, scheme->unit[u].id,
                     score, span.lo, span.hi);
        }
        if (!complete)
            continue;
        CHECK(within(reach->node[group], baton_result_as_ranked(session, BATON_NONE, u)));
        CHECK(within(reach->total[group], baton_result_as_ranked(session, 0, u)));
    }
}

TEST(no_score_lies_out_of_reach) {
    static const char *const files[] = {"p/scheme.yaml", "p/units.csv",        "p/indicators.csv",
                                        "p/targets.csv", "p/observations.csv", "p/adjustments.csv"};
    for (uint32_t i = 0; i < LENGTH(files); i++)
        test_file(files[i], "", 0); /* which removes them in the end */
    for (uint64_t seed = 0; seed < ROUNDS; seed++) {
        state = seed;
        CASE("seed %u", (unsigned)seed);
        const bool complete = below(2) == 0;
        struct baton_arena *arena = arena_open();
        struct baton_findings found = {.arena = arena};
        const struct baton_options options = {.as_of_day = INT32_MAX, .threads = 1, .full = true};
        const struct baton_links *links;
        const struct baton_result *result;
        struct baton_package *package;
        struct baton_session *session;
        write_units();
        write_scheme();
        write_indicators();
        write_figures(complete);
        if (CHECK_INT(baton_package_load(arena, arena_printf(arena, "%s/p", test_folder()),
                                         &(struct baton_package_options){.threads = 1}, &package,
                                         &found),
                      BATON_OK) &&
            CHECK_INT(baton_package_link(package, &options, &links, &found), BATON_OK) &&
            CHECK_INT(baton_session_open(arena, baton_package_scheme(package),
                                         baton_package_facts(package), links, &options, &session,
                                         &found),
                      BATON_OK) &&
            CHECK_INT(
                baton_score(session, (struct baton_period){2021, 1, BATON_YEAR}, &result, &found),
                BATON_OK))
            check_scores(session, reach_open(arena, session), complete);
        for (size_t i = 0; i < found.count && found.errors > 0; i++)
            FAIL("%s %s", found.item[i].where.file,
                 baton_finding_message(arena, &found.item[i], BATON_EN));
        arena_close(arena);
    }
}
