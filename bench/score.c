/* Times a scoring by the engine against plain loops that do the same work (bare.h), in one process, in turn.
 *
 *     bench-score [--units N] [--leaves N] [--blocks N] [--cohort N] [--months N] [--missing SHARE] [--seed N]
 *                 [--full] [--threads N] [--pairs N]
 *
 * Before anything is timed, the two results are compared, bit for bit. Prints one JSON object in a line; bench/run calls
 * this program and makes a table of what it prints. Exit status: 0 done, 1 the results differ, 2 bad usage, 3 no memory. */
#include "baton/score.h"
#include "bare.h"
#include "generate.h"
#include <getopt.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { PAIRS_MOST = 1001 };

struct options {
    struct bench_size size;
    bool full;
    unsigned threads, pairs;
};

struct bench {
    struct options options;
    struct baton_arena *arena;         // figures, scheme, and what the plain loops need
    struct baton_arena *session_arena; // the engine's
    struct bench_data data;
    struct baton_scheme scheme;
    struct baton_facts facts;
    struct baton_session *session;
    const struct baton_result *result;
    struct baton_findings found;
    struct bare_team *team;
    struct bare_work bare;
    double open, first, one_month, months; // seconds
    double bare_times[PAIRS_MOST], engine_times[PAIRS_MOST], ratios[PAIRS_MOST];
    size_t session_size, session_size_months;
};

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static int compare(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(size_t n, double *value) {
    qsort(value, n, sizeof *value, compare);
    return n % 2 == 1 ? value[n / 2] : (value[n / 2 - 1] + value[n / 2]) / 2;
}

static double time_engine(struct bench *bench, uint32_t month) {
    const double begin = seconds();
    const baton_code code =
        baton_score(bench->session, bench_period(month), &bench->result, &bench->found);
    const double took = seconds() - begin;
    if (code != BATON_OK) {
        fprintf(stderr, "bench-score: the engine answers %s\n", baton_code_info(code)->name);
        exit(code == BATON_NO_MEMORY ? 3 : 1);
    }
    return took;
}

static double time_bare(struct bench *bench) {
    const double begin = seconds();
    bare_score(bench->team, &bench->bare);
    return seconds() - begin;
}

static bool same_bits(const double *a, const double *b, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (!baton_number_equal_bits(a[i], b[i]))
            return false;
    return true;
}

/* Whether the engine's result is the plain loops', node by node; says where not. */
static bool check(const struct bench *bench) {
    const struct baton_result *const result = bench->result;
    const size_t units = bench->data.size.units;
    for (uint32_t n = 0; n < bench->data.nodes; n++) {
        const size_t ours = n * result->stride, bare = n * bench->data.stride;
        const char *what = NULL;
        if (!same_bits(result->score + ours, bench->bare.score + bare, units))
            what = "scores";
        else if ((n == 0 || bench->bare.full) &&
                 memcmp(result->rank + ours, bench->bare.rank + bare, units * sizeof(uint32_t)) !=
                     0)
            what = "ranks";
        else if (bench->bare.full && memcmp(result->note + ours, bench->bare.note + bare,
                                            units * sizeof(uint16_t)) != 0)
            what = "notes";
        if (what != NULL) {
            fprintf(stderr, "bench-score: the %s of node %s differ from those of the plain loops\n",
                    what, bench->scheme.node[n].id);
            return false;
        }
    }
    return true;
}

static baton_code set_up(void *context) {
    struct bench *const bench = context;
    const struct options *const options = &bench->options;
    bench->found.arena = bench->arena;
    bench_open(bench->arena, options->size, &bench->data);
    bench_generate(&bench->data, 1);
    bench_scheme(bench->arena, &bench->data, &bench->scheme);
    bench->facts = bench_facts(&bench->data);
    const size_t cells = bench->data.nodes * bench->data.stride;
    bench->bare = (struct bare_work){
        .data = &bench->data,
        .full = options->full,
        .score = arena_alloc_raw(bench->arena, cells, sizeof(double)),
        .rank = arena_alloc_raw(bench->arena, options->full ? cells : bench->data.stride,
                                sizeof(uint32_t)),
        .note = options->full ? arena_alloc_raw(bench->arena, cells, sizeof(uint16_t)) : NULL,
    };
    const bool is_small = (uint64_t)options->size.units * options->size.leaves < 200000;
    bench->team = bare_open(bench->arena, is_small || options->threads == 1 ? 1 : 2);
    const struct baton_options how = {
        .as_of_day = INT32_MAX, .threads = options->threads, .full = options->full};
    const double begin = seconds();
    const baton_code code = baton_session_open(bench->session_arena, &bench->scheme, &bench->facts,
                                               NULL, &how, &bench->session, &bench->found);
    bench->open = seconds() - begin;
    return code;
}

/* Memory may run out in either arena. */
static baton_code set_up_session(void *context) {
    struct bench *const bench = context;
    return arena_run(bench->session_arena, set_up, bench);
}

/* All months, one after the other, in one session, their figures in the same place; and what the first of them takes
 * alone when its figures are as new. */
static bool measure_months(struct bench *bench) {
    enum { TIMES = 5 };
    double one[TIMES];
    bool same = true;
    if (bench->options.size.months == 1)
        return true;
    for (int i = 0; i < TIMES; i++) {
        bench_generate(&bench->data, 1);
        one[i] = time_engine(bench, 1);
    }
    bench->one_month = median(TIMES, one);
    for (uint32_t month = 1; month <= bench->options.size.months && same; month++) {
        bench_generate(&bench->data, month);
        bench->months += time_engine(bench, month);
        time_bare(bench);
        same = check(bench);
    }
    bench->session_size_months = baton_session_size(bench->session);
    return same;
}

static bool measure(struct bench *bench) {
    bench->first = time_engine(bench, 1);
    time_bare(bench);
    bool same = check(bench);
    bench->session_size = baton_session_size(bench->session);
    for (unsigned i = 0; i < bench->options.pairs && same; i++) {
        // who is first changes, as the first finds the caches as the other left them
        double bare = i % 2 == 0 ? time_bare(bench) : 0;
        const double engine = time_engine(bench, 1);
        if (i % 2 == 1)
            bare = time_bare(bench);
        bench->bare_times[i] = bare;
        bench->engine_times[i] = engine;
        bench->ratios[i] = engine / bare;
    }
    return same && measure_months(bench);
}

static void print(struct bench *bench) {
    const struct options *const options = &bench->options;
    const struct bench_size *const size = &options->size;
    const size_t n = options->pairs;
    const double figures = 8.0 * size->units * size->leaves;
    const double bare = median(n, bench->bare_times), engine = median(n, bench->engine_times);
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("{\"units\": %u, \"leaves\": %u, \"blocks\": %u, \"cohort\": %u, \"months\": %u, "
           "\"missing\": %g, "
           "\"seed\": %" PRIu64 ", \"full\": %s, \"threads\": %u, \"pairs\": %zu",
           (unsigned)size->units, (unsigned)size->leaves, (unsigned)size->blocks,
           (unsigned)size->cohort, (unsigned)size->months, size->missing, size->seed,
           options->full ? "true" : "false", options->threads, n);
    printf(", \"bare_ms\": %.6f, \"bare_best_ms\": %.6f, \"engine_ms\": %.6f, \"engine_best_ms\": "
           "%.6f, "
           "\"ratio\": %.4f, \"open_ms\": %.6f, \"first_ms\": %.6f",
           1e3 * bare, 1e3 * bench->bare_times[0], 1e3 * engine, 1e3 * bench->engine_times[0],
           median(n, bench->ratios), 1e3 * bench->open, 1e3 * bench->first);
    if (size->months > 1)
        printf(", \"one_month_ms\": %.6f, \"months_ms\": %.6f, \"months_ratio\": %.4f, "
               "\"months_memory_ratio\": %.4f",
               1e3 * bench->one_month, 1e3 * bench->months, bench->months / bench->one_month,
               (double)bench->session_size_months / (double)bench->session_size);
    printf(", \"figures_mb\": %.3f, \"session_mb\": %.3f, \"memory_ratio\": %.4f, \"peak_mb\": "
           "%.3f}\n",
           figures / 1e6, (double)bench->session_size / 1e6, (double)bench->session_size / figures,
           (double)usage.ru_maxrss * 1024 / 1e6);
}

static bool read_number(const char *text, double lowest, double highest, double *out) {
    return baton_number_parse(text, strlen(text), out, NULL) == BATON_NUMBER_OK && *out >= lowest &&
           *out <= highest;
}

static bool read_options(int argc, char **argv, struct options *options) {
    static const struct option names[] = {
        {"units", required_argument, NULL, 'u'},
        {"leaves", required_argument, NULL, 'l'},
        {"blocks", required_argument, NULL, 'b'},
        {"cohort", required_argument, NULL, 'c'},
        {"months", required_argument, NULL, 'm'},
        {"missing", required_argument, NULL, 'x'},
        {"seed", required_argument, NULL, 's'},
        {"full", no_argument, NULL, 'f'},
        {"threads", required_argument, NULL, 't'},
        {"pairs", required_argument, NULL, 'p'},
        {NULL, 0, NULL, 0},
    };
    *options = (struct options){
        .size =
            {.units = 20000, .leaves = 56, .cohort = 20, .months = 1, .missing = 0.02, .seed = 1},
        .pairs = 21};
    for (int name; (name = getopt_long(argc, argv, "", names, NULL)) != -1;) {
        double number = 0;
        if (name == '?' || (name != 'f' && !read_number(optarg, 0, 4e9, &number)))
            return false;
        switch (name) {
        case 'u':
            options->size.units = (uint32_t)number;
            break;
        case 'l':
            options->size.leaves = (uint32_t)number;
            break;
        case 'b':
            options->size.blocks = (uint32_t)number;
            break;
        case 'c':
            options->size.cohort = (uint32_t)number;
            break;
        case 'm':
            options->size.months = (uint32_t)number;
            break;
        case 'x':
            options->size.missing = number;
            break;
        case 's':
            options->size.seed = (uint64_t)number;
            break;
        case 'f':
            options->full = true;
            break;
        case 't':
            options->threads = (unsigned)number;
            break;
        case 'p':
            options->pairs = (unsigned)number;
            break;
        default:
            return false;
        }
    }
    const struct bench_size *const size = &options->size;
    return optind == argc && size->units > 0 && size->leaves > 0 && size->leaves < 1000 &&
           size->blocks <= size->leaves && size->months >= 1 && size->months <= 12 &&
           size->missing <= 1 && options->pairs > 0 && options->pairs <= PAIRS_MOST;
}

int main(int argc, char **argv) {
    static struct bench bench;
    if (!read_options(argc, argv, &bench.options)) {
        fputs("usage: bench-score [--units N] [--leaves N] [--blocks N] [--cohort N] [--months N] "
              "[--missing SHARE]\n"
              "                   [--seed N] [--full] [--threads N] [--pairs N]\n",
              stderr);
        return 2;
    }
    bench.arena = arena_open();
    bench.session_arena = arena_open();
    const baton_code code = arena_run(bench.arena, set_up_session, &bench);
    if (code != BATON_OK) {
        fprintf(stderr, "bench-score: %s\n", baton_code_info(code)->message[BATON_EN]);
        return 3;
    }
    const bool same = measure(&bench);
    if (same)
        print(&bench);
    bare_close(bench.team);
    baton_session_close(bench.session);
    arena_close(bench.session_arena);
    arena_close(bench.arena);
    return same ? 0 : 1;
}
