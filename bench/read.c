/* How fast the figures of a package are read: writes units.csv and observations.csv to a temporary
 * folder, reads them with one thread and with several, and prints time, MB/s, MB/s for each second
 * of a core, and the most memory resident (the mapped file counts).
 *
 *   bench-read [UNITS [ELEMENTS [THREADS]]]     650000 units, 56 elements and 2 threads unless given
 *
 * Figures have 1 to 6 decimals. The rows come by unit, by element, and shuffled (of which there are
 * fewer, as each is a miss of every cache). With --json one line of JSON for each run instead of
 * the table. The folder is made where TMPDIR says. */
#include "package/observations.h"
#include "package/tables.h"
#include <assert.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum order { BY_UNIT, BY_ELEMENT, SHUFFLED, ORDERS };
static const char *const order_names[ORDERS] = {"by unit", "by element", "shuffled"};

struct size {
    uint32_t units, elements;
};

static double seconds_of(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static double seconds(void) {
    return seconds_of(CLOCK_MONOTONIC);
}

/* Pseudo-random bits of a number: splitmix64. */
static uint64_t bits_of(uint64_t x) {
    x += 0x9e3779b97f4a7c15u;
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
    x = (x ^ x >> 27) * 0x94d049bb133111ebu;
    return x ^ x >> 31;
}

static void fail(const char *what) {
    perror(what);
    exit(3);
}

static FILE *create(const char *folder, const char *name, char path[4096]) {
    snprintf(path, 4096, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    if (file == NULL)
        fail(path);
    return file;
}

static char *put_digits(char *to, uint64_t value, int least) {
    char digits[20];
    int count = 0;
    do {
        digits[count++] = (char)('0' + value % 10);
        value /= 10;
    } while (value > 0 || count < least);
    while (count > 0)
        *to++ = digits[--count];
    return to;
}

static char *put_row(char *to, uint32_t unit, uint32_t element) {
    const uint64_t bits = bits_of((uint64_t)unit << 32 | element);
    const int decimals = 1 + (int)(bits % 6);
    uint64_t scale = 1;
    for (int i = 0; i < decimals; i++)
        scale *= 10;
    const uint64_t value = (bits >> 8) % (100 * scale);
    to = put_digits(to, 100000 + (uint64_t)unit, 6);
    *to++ = ',';
    *to++ = 'e';
    to = put_digits(to, element, 2);
    *to++ = ',';
    to = put_digits(to, 2021, 4);
    *to++ = ',';
    to = put_digits(to, value / scale, 1);
    *to++ = '.';
    to = put_digits(to, value % scale, decimals);
    *to++ = '\n';
    return to;
}

static uint64_t greatest_divisor(uint64_t a, uint64_t b) {
    return b == 0 ? a : greatest_divisor(b, a % b);
}

/* Writes the files; answers the size of observations.csv in bytes. */
static uint64_t write_files(const char *folder, struct size size, enum order order) {
    char path[4096];
    FILE *file = create(folder, "units.csv", path);
    fputs("id,name,group\n", file);
    for (uint32_t unit = 0; unit < size.units; unit++)
        fprintf(file, "%u,unit %u,g\n", 100000 + unit, unit);
    if (fclose(file) != 0)
        fail(path);
    file = create(folder, "observations.csv", path);
    fputs("unit,element,period,value\n", file);
    const uint64_t rows = (uint64_t)size.units * size.elements;
    uint64_t step = rows * 5 / 8 + 1; // with no divisor in common, so that every row comes once
    while (greatest_divisor(step, rows) != 1)
        step++;
    uint64_t at = 0;
    static char buffer[1 << 16];
    char *to = buffer;
    for (uint64_t row = 0; row < rows; row++) {
        at = (at + step) % rows;
        const uint64_t n = order == SHUFFLED ? at : row;
        if (order == BY_ELEMENT)
            to = put_row(to, (uint32_t)(n % size.units), (uint32_t)(n / size.units));
        else
            to = put_row(to, (uint32_t)(n / size.elements), (uint32_t)(n % size.elements));
        if (to - buffer > (ptrdiff_t)sizeof buffer - 64) {
            fwrite(buffer, 1, (size_t)(to - buffer), file);
            to = buffer;
        }
    }
    fwrite(buffer, 1, (size_t)(to - buffer), file);
    if (fclose(file) != 0)
        fail(path);
    struct stat status;
    if (stat(path, &status) != 0)
        fail(path);
    return (uint64_t)status.st_size;
}

struct run {
    const char *folder;
    struct size size;
    unsigned threads;
    struct baton_arena *arena;
    double units_seconds, seconds, cpu_seconds; /* cpu: of all threads together */
    uint64_t figures;                           /* that came out */
};

static baton_code read_files(void *context) {
    struct run *run = context;
    struct baton_findings found = {.arena = run->arena};
    struct baton_scheme scheme;
    struct baton_group group = {.id = "g"};
    struct package_reader reader;
    struct observations *observations;
    struct source *source;
    TRY(source_open(run->arena, run->folder, &source, &found));
    package_reader_open(&reader, run->arena, &scheme, source, &found);
    scheme.group = &group;
    scheme.group_count = 1;
    hash_add(run->arena, &reader.group, "g", 1, 0);
    double start = seconds();
    TRY(units_read(&reader));
    run->units_seconds = seconds() - start;
    start = seconds();
    const double cpu = seconds_of(CLOCK_PROCESS_CPUTIME_ID);
    reader.parallel = parallel_open(run->threads);
    const baton_code code = observations_read(&reader, &observations);
    run->seconds = seconds() - start;
    run->cpu_seconds = seconds_of(CLOCK_PROCESS_CPUTIME_ID) - cpu;
    parallel_close(reader.parallel);
    if (code != BATON_OK || found.errors > 0)
        return code != BATON_OK ? code : baton_findings_worst(&found);
    const struct baton_facts facts = observations_facts(observations);
    const struct baton_period period = {2021, 1, BATON_YEAR};
    for (uint32_t element = 0; element < scheme.element_count; element++) {
        struct baton_column column;
        if (!facts.column(facts.context, element, period, &column))
            continue;
        for (uint32_t unit = 0; unit < scheme.unit_count; unit++)
            run->figures += !isnan(column.value[unit]);
    }
    return BATON_OK;
}

/* The best of three readings. */
static void measure(const char *folder, struct size size, enum order order, unsigned threads,
                    uint64_t bytes, bool json) {
    struct run best = {0};
    size_t held = 0;
    for (int i = 0; i < 3; i++) {
        struct run run = {
            .folder = folder, .size = size, .threads = threads, .arena = arena_open()};
        const baton_code code = arena_run(run.arena, read_files, &run);
        if (code != BATON_OK) {
            fprintf(stderr, "bench-read: %s\n", baton_code_info(code)->name);
            exit(3);
        }
        assert(run.figures == (uint64_t)size.units * size.elements);
        held = arena_size_peak(run.arena);
        arena_close(run.arena);
        if (i == 0 || run.seconds < best.seconds)
            best = run;
    }
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    const double megabytes = (double)bytes / 1e6;
    const double a_core = megabytes / best.cpu_seconds;
    if (json)
        printf("{\"order\": \"%s\", \"units\": %u, \"elements\": %u, \"threads\": %u, "
               "\"megabytes\": %.1f, \"seconds\": "
               "%.4f, \"megabytes_per_second\": %.0f, \"megabytes_per_core_second\": %.0f, "
               "\"units_seconds\": %.4f, "
               "\"held_megabytes\": %.0f, \"resident_megabytes\": %.0f}\n",
               order_names[order], size.units, size.elements, threads, megabytes, best.seconds,
               megabytes / best.seconds, a_core, best.units_seconds, (double)held / 1e6,
               (double)usage.ru_maxrss * 1024 / 1e6);
    else
        printf("%-12s %8.1f MB %3u threads %8.3f s %7.0f MB/s %7.0f MB/s a core   units.csv %.3f s "
               "  resident %.0f MB\n",
               order_names[order], megabytes, threads, best.seconds, megabytes / best.seconds,
               a_core, best.units_seconds, (double)usage.ru_maxrss * 1024 / 1e6);
    fflush(stdout);
}

static void remove_files(const char *folder) {
    char path[4096];
    snprintf(path, sizeof path, "%s/units.csv", folder);
    unlink(path);
    snprintf(path, sizeof path, "%s/observations.csv", folder);
    unlink(path);
    rmdir(folder);
}

int main(int count, char **argument) {
    struct size size = {650000, 56};
    unsigned threads = 2;
    bool json = false;
    if (count > 1 && strcmp(argument[1], "--json") == 0) {
        json = true;
        argument++;
        count--;
    }
    if (count > 1)
        size.units = (uint32_t)strtoul(argument[1], NULL, 10);
    if (count > 2)
        size.elements = (uint32_t)strtoul(argument[2], NULL, 10);
    if (count > 3)
        threads = (unsigned)strtoul(argument[3], NULL, 10);
    if (size.units == 0 || size.elements == 0 || threads == 0) {
        fputs("bench-read [--json] [UNITS [ELEMENTS [THREADS]]]\n", stderr);
        return 2;
    }
    const char *base = getenv("TMPDIR");
    char folder[4000];
    snprintf(folder, sizeof folder, "%s/bench-read-XXXXXX", base != NULL ? base : "/tmp");
    if (mkdtemp(folder) == NULL)
        fail(folder);
    for (int order = 0; order < ORDERS; order++) {
        struct size of_order = size;
        if (order == SHUFFLED && of_order.elements > 8)
            of_order.elements = 8;
        const uint64_t bytes = write_files(folder, of_order, (enum order)order);
        measure(folder, of_order, (enum order)order, 1, bytes, json);
        if (threads > 1)
            measure(folder, of_order, (enum order)order, threads, bytes, json);
    }
    remove_files(folder);
    return 0;
}
