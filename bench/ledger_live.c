/* Times how long a fact takes to the changed table: from the call of ledger_append to the live result that has it.
 *
 *     bench-ledger-live [--units N] [--leaves N] [--cohort N] [--months N] [--facts N] [--any] [--seed N] [--address ADDRESS]
 *
 * A ledger is made of a package of that size, all months of which are watched; then figures are corrected one at a time, of the newest month or, with --any, of any, and so
 * of all the months behind it. Without --address the ledger is in a file of SQLite in a temporary folder. Prints one JSON object in a line. Exit status: 0 done, 1 something
 * was refused, 2 bad usage, 3 no folder. */
#include "base/arena.h"
#include "base/writer.h"
#include "flow/live.h"
#include "flow/package_import.h"
#include <assert.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { FACTS_MOST = 100000, WAIT_MS = 60000, MONTH_SIZE = 16 };

struct bench {
    uint32_t units, leaves, cohort, months, facts;
    bool any;
    uint64_t seed;
    const char *address, *folder;
    struct baton_arena *arena;
    struct baton_findings found;
    struct ledger_world world;
    struct ledger_place place;
    struct ledger *ledger;
    struct ledger_reader *reader;
    struct live *live;
    uint64_t *position; /* [month][leaf][unit] of the figure in force */
    double import_s, open_s;
    double *append, *table; /* [facts] milliseconds */
};

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static int64_t now_utc_ms(void *context) {
    struct timespec now;
    (void)context;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void secret(void *context, void *out, size_t size) {
    (void)context;
    if (getrandom(out, size, 0) != (ssize_t)size)
        abort();
}

static uint32_t below(struct bench *b, uint32_t n) {
    uint64_t z = b->seed += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return (uint32_t)((z ^ z >> 31) % n);
}

/* The package */

static struct writer *file(struct bench *b, const char *name) {
    return writer_file(b->arena, arena_printf(b->arena, "%s/package/%s", b->folder, name));
}

static bool done(struct writer *writer) {
    return writer_close(writer) == 0;
}

/* The month of an index, which ends with 2021-12. */
static void month_name(const struct bench *b, uint32_t index, char out[MONTH_SIZE]) {
    const uint32_t month = 2021 * 12 + 12 - b->months + index;
    snprintf(out, MONTH_SIZE, "%04u-%02u", month / 12, month % 12 + 1);
}

static bool write_scheme(struct bench *b) {
    struct writer *yaml = file(b, "scheme.yaml"), *units = file(b, "units.csv"),
                  *indicators = file(b, "indicators.csv");
    const uint32_t groups = (b->units + b->cohort - 1) / b->cohort;
    writer_printf(yaml, "baton: 1\nid: bench\ntitle: {en: Bench, zh: 测速}\nperiod: 2021-12\n"
                        "frequency: month\nmethods:\n"
                        "  efficacy: {kind: range, over: group, low: 60, high: 100}\ngroups:\n");
    for (uint32_t g = 0; g < groups; g++)
        writer_printf(yaml, "  - {id: g%u, title: {en: G%u, zh: 第%u组}}\n", g, g, g);
    writer_text(units, "id,name,group\n");
    for (uint32_t u = 0; u < b->units; u++)
        writer_printf(units, "u%u,对象%u,g%u\n", u, u, u / b->cohort);
    writer_text(indicators, "id,name,weight,method,direction\n");
    for (uint32_t l = 0; l < b->leaves; l++)
        writer_printf(indicators, "i%u,指标%u,%u,efficacy,%s\n", l, l, l % 5 + 1,
                      l % 4 == 3 ? "down" : "up");
    return done(yaml) && done(units) && done(indicators);
}

static bool write_figures(struct bench *b) {
    struct writer *rows = file(b, "observations.csv");
    char month[MONTH_SIZE];
    writer_text(rows, "unit,element,period,value\n");
    for (uint32_t m = 0; m < b->months; m++) {
        month_name(b, m, month);
        for (uint32_t u = 0; u < b->units; u++)
            for (uint32_t l = 0; l < b->leaves; l++)
                writer_printf(rows, "u%u,i%u,%s,%u.%02u\n", u, l, month, below(b, 100),
                              below(b, 100));
    }
    return done(rows);
}

/* The ledger */

static uint64_t *position_of(struct bench *b, uint32_t month, uint32_t leaf, uint32_t unit) {
    return &b->position[((size_t)month * b->leaves + leaf) * b->units + unit];
}

static baton_code note_position(void *context, const struct fact_row *row) {
    struct bench *b = context;
    const struct fact_body *body = &row->entry.body;
    const char *const period = body_text(body, "period");
    const uint32_t month =
        (uint32_t)(strtoul(period, NULL, 10) * 12 + strtoul(period + 5, NULL, 10) - 1 + b->months) -
        (2021 * 12 + 12);
    *position_of(b, month, (uint32_t)strtoul(body_text(body, "element") + 1, NULL, 10),
                 (uint32_t)strtoul(body_text(body, "unit") + 1, NULL, 10)) = row->position;
    return BATON_OK;
}

static baton_code begin(void *context) {
    static const struct ledger_founder founder = {"li", "李强"};
    struct bench *b = context;
    const struct live_options options = {INT32_MAX, 0};
    const struct import_wish wish = {.path = arena_printf(b->arena, "%s/package", b->folder),
                                     .actor = "li"};
    struct import_result imported;
    b->append = arena_alloc(b->arena, b->facts, sizeof(double));
    b->table = arena_alloc(b->arena, b->facts, sizeof(double));
    b->position =
        arena_alloc(b->arena, (size_t)b->months * b->leaves * b->units, sizeof *b->position);
    TRY(ledger_create(b->arena, &b->world, &b->place, DIGEST_SHA256, SIGNATURE_ED25519, &founder,
                      &b->found));
    TRY(ledger_open(b->arena, &b->world, &b->place, &b->ledger, &b->found));
    TRY(reader_open(b->arena, &b->place, &b->reader, &b->found));
    double from = seconds();
    TRY(package_import(b->arena, b->ledger, b->reader, &wish, &imported, &b->found));
    b->import_s = seconds() - from;
    TRY(reader_rows(b->reader, "bench", FACT_OBSERVATION, INT64_MAX, note_position, b));
    from = seconds();
    TRY(live_open(b->arena, &b->place, &options, &b->live, &b->found));
    ledger_listen(b->ledger, live_heard, b->live);
    TRY(live_watch(b->live, "bench", (struct baton_period){0}));
    b->open_s = seconds() - from;
    return BATON_OK;
}

/* One fact */

struct turn {
    struct bench *b;
    struct baton_arena *arena;
    uint32_t index;
};

static baton_code correct(void *context) {
    struct turn *turn = context;
    struct bench *b = turn->b;
    struct baton_arena *arena = turn->arena;
    struct baton_findings found = {.arena = arena};
    const uint32_t month = b->any ? below(b, b->months) : b->months - 1, leaf = below(b, b->leaves),
                   unit = below(b, b->units);
    uint64_t *position = position_of(b, month, leaf, unit);
    char name[MONTH_SIZE];
    month_name(b, month, name);
    const char *const text[][2] = {
        {"unit", arena_printf(arena, "u%u", unit)},
        {"element", arena_printf(arena, "i%u", leaf)},
        {"period", name},
        {"value", arena_printf(arena, "%u.%06u", below(b, 100), turn->index)},
        {"@corrects", arena_printf(arena, "%llu", (unsigned long long)*position)},
        {"@reason", "更正"}};
    struct field field[LENGTH(text)];
    for (size_t i = 0; i < LENGTH(text); i++)
        field[i] = (struct field){text[i][0], text[i][1], strlen(text[i][1]), 't'};
    struct fact_body body = {"observation", "bench", field, LENGTH(field)};
    struct submission submission = {.actor = "li", .fact = &body, .count = 1};
    struct live_result result;
    const double from = seconds();
    TRY(ledger_append(b->ledger, arena, &submission, &found));
    const double appended = seconds();
    if (!live_wait(b->live, submission.first + 1, WAIT_MS) ||
        !live_result(b->live, "bench", (struct baton_period){2021, 12, BATON_MONTH}, &result))
        return BATON_STORE_BUSY;
    const double there = seconds();
    const bool is_new = result.code == BATON_OK && result.scored_at == submission.first + 1;
    live_release(&result);
    *position = submission.first;
    b->append[turn->index] = 1e3 * (appended - from);
    b->table[turn->index] = 1e3 * (there - from);
    return is_new ? BATON_OK : BATON_STORE_FAILED;
}

static baton_code correct_all(struct bench *b) {
    struct turn turn = {b, arena_open(), 0};
    baton_code code = BATON_OK;
    for (; turn.index < b->facts && code == BATON_OK; turn.index++) {
        const struct arena_mark mark = arena_mark(turn.arena);
        code = arena_run(turn.arena, correct, &turn);
        arena_reset_to(turn.arena, mark);
    }
    arena_close(turn.arena);
    return code;
}

/* What comes of it */

static int compare(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double quantile(const struct bench *b, const double *sorted, double share) {
    const uint32_t at = (uint32_t)(share * b->facts);
    return sorted[at < b->facts ? at : b->facts - 1];
}

static void print(struct bench *b) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    assert(b->append != NULL && b->table != NULL);
    qsort(b->append, b->facts, sizeof(double), compare);
    qsort(b->table, b->facts, sizeof(double), compare);
    printf("{\"store\": \"%s\", \"units\": %u, \"leaves\": %u, \"cohort\": %u, \"months\": %u, "
           "\"facts\": %u, \"month\": \"%s\", \"import_s\": %.3f, \"open_s\": %.3f, "
           "\"append_p50_ms\": %.3f, \"append_p99_ms\": %.3f, \"table_p50_ms\": %.3f, "
           "\"table_p99_ms\": %.3f, \"table_max_ms\": %.3f, \"peak_mb\": %.0f}\n",
           strncmp(b->place.address, "postgres", 8) == 0 ? "postgresql" : "sqlite", b->units,
           b->leaves, b->cohort, b->months, b->facts, b->any ? "any" : "newest", b->import_s,
           b->open_s, quantile(b, b->append, 0.5), quantile(b, b->append, 0.99),
           quantile(b, b->table, 0.5), quantile(b, b->table, 0.99), b->table[b->facts - 1],
           (double)usage.ru_maxrss / 1024);
}

static int tell(const struct bench *b, baton_code code) {
    fprintf(stderr, "bench-ledger-live: %s\n", baton_code_info(code)->name);
    for (size_t i = 0; i < b->found.count; i++)
        fprintf(stderr, "  %s\n", baton_finding_message(b->arena, &b->found.item[i], BATON_EN));
    return 1;
}

static int run(struct bench *b) {
    b->arena = arena_open();
    b->found.arena = b->arena;
    b->world = (struct ledger_world){NULL, now_utc_ms, secret};
    b->place = (struct ledger_place){
        .address =
            b->address != NULL ? b->address : arena_printf(b->arena, "%s/ledger.db", b->folder),
        .ledger =
            arena_printf(b->arena, "bench-%u-%u-%u-%d", b->units, b->months, b->cohort, b->any),
        .key = arena_printf(b->arena, "%s/key.pem", b->folder),
        .holder = "bench-ledger-live"};
    if (!write_scheme(b) || !write_figures(b))
        return 3;
    baton_code code = arena_run(b->arena, begin, b);
    if (code == BATON_OK)
        code = correct_all(b);
    if (code != BATON_OK)
        return tell(b, code);
    print(b);
    ledger_listen(b->ledger, NULL, NULL);
    live_close(b->live);
    reader_close(b->reader);
    ledger_close(b->ledger);
    arena_close(b->arena);
    return 0;
}

static bool number(const char *text, uint32_t most, uint32_t *out) {
    char *end;
    const unsigned long value = strtoul(text, &end, 10);
    *out = (uint32_t)value;
    return *end == '\0' && value >= 1 && value <= most;
}

static bool read_options(struct bench *b, int count, char **argument) {
    static const struct option options[] = {
        {"units", 1, NULL, 'u'},  {"leaves", 1, NULL, 'l'},  {"cohort", 1, NULL, 'c'},
        {"months", 1, NULL, 'm'}, {"facts", 1, NULL, 'f'},   {"any", 0, NULL, 'a'},
        {"seed", 1, NULL, 's'},   {"address", 1, NULL, 'p'}, {NULL, 0, NULL, 0}};
    uint32_t seed = 1;
    bool good = true;
    for (int one; good && (one = getopt_long(count, argument, "", options, NULL)) != -1;)
        good = one == 'u'   ? number(optarg, 1000000, &b->units)
               : one == 'l' ? number(optarg, 1000, &b->leaves)
               : one == 'c' ? number(optarg, 1000000, &b->cohort)
               : one == 'm' ? number(optarg, 120, &b->months)
               : one == 'f' ? number(optarg, FACTS_MOST, &b->facts)
               : one == 's' ? number(optarg, UINT32_MAX, &seed)
               : one == 'a' ? (b->any = true)
               : one == 'p' ? (b->address = optarg) != NULL
                            : false;
    b->seed = seed;
    return good && optind == count;
}

/* Removes what was written; files that are not there are no matter. */
static void clean(const char *folder) {
    static const char *const names[] = {"package/scheme.yaml",
                                        "package/units.csv",
                                        "package/indicators.csv",
                                        "package/observations.csv",
                                        "package",
                                        "ledger.db",
                                        "ledger.db-wal",
                                        "ledger.db-shm",
                                        "key.pem",
                                        ""};
    char path[4096];
    for (size_t i = 0; i < LENGTH(names); i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        (void)remove(path);
    }
}

int main(int count, char **argument) {
    static struct bench bench = {
        .units = 100, .leaves = 56, .cohort = 20, .months = 24, .facts = 1000};
    static char folder[4000]; /* which `bench` names */
    const char *base = getenv("TMPDIR");
    char package[4096];
    if (!read_options(&bench, count, argument)) {
        fprintf(stderr, "bench-ledger-live: see bench/ledger_live.c for its options\n");
        return 2;
    }
    snprintf(folder, sizeof folder, "%s/bench-live-XXXXXX", base != NULL ? base : "/tmp");
    if (mkdtemp(folder) == NULL)
        return 3;
    snprintf(package, sizeof package, "%s/package", folder);
    bench.folder = folder;
    const int status = mkdir(package, 0700) == 0 ? run(&bench) : 3;
    clean(folder);
    return status;
}
