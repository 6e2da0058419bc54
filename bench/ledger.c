/* How fast a ledger takes facts in, beside what the disk and bare databases do with the same bytes in the same batches (bare_store.h), in turn.
 *
 *     bench-ledger [--json] [--rounds N] [--ms N] [--writers N] ADDRESS     how fast facts are appended
 *     bench-ledger [--json] --many N ADDRESS                                N facts in one submission, and verifying them
 *
 * ADDRESS is a path where no file is yet, or an empty database of a PostgreSQL server; KEY, files for the disk's rate and bare databases stand beside a path, or in TMPDIR. Everything that was
 * made in files is removed. A round: one writer for so many ms, its batches on the bare disk (behind a file's end and over what is there) and the bare
 * database, then all writers, and their batches on the bare disk and the bare database. Each writer appends one figure at a time and wants its receipt. Figures are medians of the rounds,
 * latencies of all rounds together. Exit status: 0 done, 2 bad usage, 3 something failed. */
#include "ledger/ledger.h"
#include "bare_store.h"
#include "ledger/verify.h"
#include <assert.h>
#include <getopt.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

enum { WRITERS_MOST = 256, ROUNDS_MOST = 999, BATCHES_MOST = 1 << 22, TIMES_MOST = 1 << 20 };

struct options {
    unsigned rounds, ms, writers;
    uint64_t many;
    bool json;
    const char *address;
};

struct bench {
    struct options options;
    struct baton_arena *arena; // of the ledger
    struct ledger_place place;
    struct ledger *ledger;
    struct bare_store *bare;
    const char *file; // of the bare disk
    uint32_t *batch;  // facts of each batch since batch_count was last 0
    size_t batch_count;
    uint64_t size; // of the journal
};

/* -- The world -- */

static int64_t now_utc_ms(void *context) {
    struct timespec now;
    (void)context;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void chance(void *context, void *out, size_t size) {
    (void)context;
    if (getrandom(out, size, 0) != (ssize_t)size)
        abort();
}

static const struct ledger_world world = {NULL, now_utc_ms, chance};

/* Ends the process unless it is BATON_OK. */
static void must(baton_code code, const char *what, const struct baton_findings *found) {
    if (code == BATON_OK)
        return;
    fprintf(stderr, "bench-ledger: %s: %s\n", what, baton_code_info(code)->name);
    for (size_t i = 0; i < found->count; i++)
        fprintf(stderr, "  %s\n", baton_finding_message(found->arena, &found->item[i], BATON_EN));
    exit(3);
}

/* -- Figures -- */

enum { FIELDS = 5, ELEMENTS = 56, TEXT_SIZE = 32 };

struct figure {
    struct field field[FIELDS];
    char unit[TEXT_SIZE], period[TEXT_SIZE], element[TEXT_SIZE], value[TEXT_SIZE];
    struct fact_body fact;
};

static struct field field_of(const char *name, const char *text) {
    return (struct field){name, text, strlen(text), 't'};
}

/* The figure number `count` of a writer: all elements of a unit, month after month; after 100 years it goes on with another unit. None comes twice. */
static void make_figure(struct figure *out, unsigned writer, uint64_t count) {
    const uint64_t month = count / ELEMENTS;
    snprintf(out->unit, TEXT_SIZE, "u%03u-%u", writer, (unsigned)(month / 1200));
    snprintf(out->period, TEXT_SIZE, "%04u-%02u", (unsigned)(2000 + month / 12 % 100),
             (unsigned)(month % 12 + 1));
    snprintf(out->element, TEXT_SIZE, "e%02u", (unsigned)(count % ELEMENTS));
    snprintf(out->value, TEXT_SIZE, "%u.%02u", (unsigned)(count * 2654435761u % 100000),
             (unsigned)(count % 100));
    out->field[0] = field_of("element", out->element);
    out->field[1] = field_of("period", out->period);
    out->field[2] = field_of("source", "统计局");
    out->field[3] = field_of("unit", out->unit);
    out->field[4] = field_of("value", out->value);
    out->fact = (struct fact_body){"observation", "city", out->field, FIELDS};
}

/* -- Writers -- */

struct writer {
    struct bench *bench;
    unsigned number;
    uint64_t count; // figures so far
    double until;
    double *time; // seconds of each ledger_append
    size_t time_count;
    struct baton_arena *arena;
    pthread_t thread;
};

static baton_code write_one(void *context) {
    struct writer *writer = context;
    struct baton_findings found = {.arena = writer->arena};
    struct figure figure;
    make_figure(&figure, writer->number, writer->count);
    struct submission submission = {
        .actor = "founder", .fact = &figure.fact, .count = 1, .want_receipts = true};
    const double from = bare_seconds();
    must(ledger_append(writer->bench->ledger, writer->arena, &submission, &found), "append",
         &found);
    if (writer->time_count < TIMES_MOST)
        writer->time[writer->time_count++] = bare_seconds() - from;
    assert(submission.receipt != NULL);
    writer->count++;
    return BATON_OK;
}

static void *write_on(void *context) {
    struct writer *writer = context;
    const struct arena_mark mark = arena_mark(writer->arena);
    while (bare_seconds() < writer->until) {
        const struct baton_findings none = {0};
        must(arena_run(writer->arena, write_one, writer), "append", &none);
        arena_reset_to(writer->arena, mark);
    }
    return NULL;
}

static void heard(void *context, const struct entry *entry, size_t count, uint64_t size) {
    struct bench *bench = context;
    (void)entry;
    bench->size = size;
    if (bench->batch_count < BATCHES_MOST)
        bench->batch[bench->batch_count++] = (uint32_t)count;
}

/* What one of the ways of appending did. */
struct way {
    unsigned writers;
    struct writer writer[WRITERS_MOST];
    double facts[ROUNDS_MOST], batches[ROUNDS_MOST];                    // a second
    double disk[ROUNDS_MOST], disk_end[ROUNDS_MOST], bare[ROUNDS_MOST]; // batches a second
    double to_disk[ROUNDS_MOST], to_disk_end[ROUNDS_MOST], to_bare[ROUNDS_MOST];
    double mean_batch[ROUNDS_MOST];
};

static void open_way(struct bench *bench, struct way *way, unsigned writers, unsigned first) {
    *way = (struct way){.writers = writers};
    for (unsigned i = 0; i < writers; i++) {
        struct writer *writer = &way->writer[i];
        writer->bench = bench;
        writer->number = first + i;
        writer->arena = arena_open();
        writer->time = malloc(TIMES_MOST * sizeof *writer->time);
        assert(writer->arena != NULL && writer->time != NULL);
    }
}

static void close_way(struct way *way) {
    for (unsigned i = 0; i < way->writers; i++) {
        arena_close(way->writer[i].arena);
        free(way->writer[i].time);
    }
}

/* Seconds that all writers of the way were at it. */
static double write_for(struct way *way, double seconds) {
    const double from = bare_seconds();
    for (unsigned i = 0; i < way->writers; i++) {
        struct writer *writer = &way->writer[i];
        writer->until = from + seconds;
        if (pthread_create(&writer->thread, NULL, write_on, writer) != 0)
            exit(3);
    }
    for (unsigned i = 0; i < way->writers; i++)
        pthread_join(way->writer[i].thread, NULL);
    return bare_seconds() - from;
}

/* -- What was appended, read again -- */

struct reading {
    struct bench *bench;
    struct baton_arena *arena;
    uint64_t from;
    struct bare_batches *out;
};

static baton_code take_entry(void *context, const struct fact_row *row) {
    struct reading *reading = context;
    const uint8_t *bytes;
    struct bare_row *to = &reading->out->row[reading->out->row_count++];
    entry_write(reading->arena, &row->entry, &bytes, &to->size);
    to->bytes = bytes;
    return BATON_OK;
}

static baton_code read_again(void *context) {
    struct reading *reading = context;
    struct baton_findings found = {.arena = reading->arena};
    struct ledger_reader *reader;
    must(reader_open(reading->arena, &reading->bench->place, &reader, &found), "read", &found);
    const baton_code code =
        reader_entries(reader, reading->from, reading->bench->size, take_entry, reading);
    reader_close(reader);
    return code;
}

/* The batches since `from` entries, in the arena. */
static struct bare_batches batches_since(struct bench *bench, struct baton_arena *arena,
                                         uint64_t from) {
    struct bare_batches batches = {.count = bench->batch_count, .rows = bench->batch};
    struct reading reading = {bench, arena, from, &batches};
    const struct baton_findings none = {0};
    batches.row = arena_alloc_raw(arena, (size_t)(bench->size - from) + 1, sizeof *batches.row);
    must(arena_run(arena, read_again, &reading), "read", &none);
    size_t rows = 0;
    for (size_t i = 0; i < batches.count; i++)
        rows += batches.rows[i];
    assert(rows == batches.row_count);
    return batches;
}

/* -- Rounds -- */

static void run_round(struct bench *bench, struct way *way, unsigned round) {
    struct baton_arena *arena = arena_open();
    const uint64_t from = bench->size;
    assert(arena != NULL);
    bench->batch_count = 0;
    const double took = write_for(way, bench->options.ms / 1000.0);
    const struct bare_batches batches = batches_since(bench, arena, from);
    const double count = (double)batches.count, facts = (double)batches.row_count;
    way->facts[round] = facts / took;
    way->batches[round] = count / took;
    way->mean_batch[round] = facts / count;
    way->disk_end[round] = count / bare_file_run(bench->file, &batches, false);
    way->disk[round] = count / bare_file_run(bench->file, &batches, true);
    way->bare[round] = count / bare_store_run(bench->bare, &batches);
    way->to_disk[round] = way->batches[round] / way->disk[round];
    way->to_disk_end[round] = way->batches[round] / way->disk_end[round];
    way->to_bare[round] = way->batches[round] / way->bare[round];
    arena_close(arena);
}

static int compare(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(const double *value, size_t count) {
    double *sorted = malloc((count + 1) * sizeof *sorted);
    assert(sorted != NULL && count > 0);
    memcpy(sorted, value, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, compare);
    const double middle = (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
    free(sorted);
    return middle;
}

/* Milliseconds within which this share of all calls answered. */
static void latencies(const struct way *way, double *p50, double *p99) {
    size_t count = 0;
    for (unsigned i = 0; i < way->writers; i++)
        count += way->writer[i].time_count;
    double *all = malloc((count + 1) * sizeof *all);
    assert(all != NULL && count > 0);
    count = 0;
    for (unsigned i = 0; i < way->writers; i++) {
        const struct writer *writer = &way->writer[i];
        memcpy(all + count, writer->time, writer->time_count * sizeof *all);
        count += writer->time_count;
    }
    qsort(all, count, sizeof *all, compare);
    *p50 = 1e3 * all[count / 2];
    *p99 = 1e3 * all[count * 99 / 100];
    free(all);
}

static void print_way(const struct way *way, size_t rounds, bool json) {
    double p50, p99;
    latencies(way, &p50, &p99);
    const double batch = median(way->mean_batch, rounds);
    const char *format =
        json ? "{\"writers\": %u, \"facts_per_second\": %.0f, \"batches_per_second\": %.0f, "
               "\"facts_per_batch\": %.1f, \"p50_ms\": %.3f, \"p99_ms\": %.3f, "
               "\"disk_over\": %.0f, \"disk_behind\": %.0f, \"bare\": %.0f, "
               "\"to_disk_over\": %.2f, \"to_disk_behind\": %.2f, \"to_bare\": %.2f}"
             : "%3u writers: %7.0f facts/s, %6.0f batches/s of %5.1f, append p50 %.2f ms, p99 %.2f "
               "ms\n"
               "             batches/s on the bare disk %.0f (over), %.0f (behind), in the bare "
               "store %.0f\n"
               "             the ledger to these: %.2f, %.2f, %.2f\n";
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    printf(format, way->writers, median(way->facts, rounds), median(way->batches, rounds), batch,
           p50, p99, median(way->disk, rounds), median(way->disk_end, rounds),
           median(way->bare, rounds), median(way->to_disk, rounds),
           median(way->to_disk_end, rounds), median(way->to_bare, rounds));
#pragma GCC diagnostic pop
}

static void compare_ways(struct bench *bench) {
    static struct way one, many;
    const unsigned rounds = bench->options.rounds;
    double gain[ROUNDS_MOST];
    open_way(bench, &one, 1, 0);
    open_way(bench, &many, bench->options.writers, 1);
    for (unsigned round = 0; round < rounds; round++) {
        run_round(bench, &one, round);
        run_round(bench, &many, round);
        gain[round] = many.facts[round] / one.facts[round];
    }
    const double times = median(gain, rounds);
    if (bench->options.json)
        printf("{\"ways\": [");
    print_way(&one, rounds, bench->options.json);
    if (bench->options.json)
        printf(", ");
    print_way(&many, rounds, bench->options.json);
    printf(bench->options.json ? "], \"many_to_one\": %.2f}\n" : "%.2f times the facts of one\n",
           times);
    close_way(&one);
    close_way(&many);
}

/* -- One submission of many -- */

static void append_many(struct bench *bench) {
    struct baton_arena *arena = arena_open();
    struct baton_findings found = {.arena = arena};
    const size_t count = (size_t)bench->options.many;
    struct figure *figure = malloc(count * sizeof *figure);
    struct fact_body *fact = malloc(count * sizeof *fact);
    assert(arena != NULL && figure != NULL && fact != NULL);
    for (size_t i = 0; i < count; i++) {
        make_figure(&figure[i], (unsigned)(i % 500), i / 500);
        fact[i] = figure[i].fact;
    }
    struct submission submission = {.actor = "founder", .fact = fact, .count = count};
    const double from = bare_seconds();
    must(ledger_append(bench->ledger, arena, &submission, &found), "append", &found);
    const double appended = bare_seconds();
    ledger_close(bench->ledger);
    struct verify_report report;
    const double closed = bare_seconds();
    must(ledger_verify(arena, &bench->place, NULL, NULL, NULL, NULL, &report, &found), "verify",
         &found);
    const double verified = bare_seconds();
    assert(report.facts >= count);
    printf(bench->options.json
               ? "{\"facts\": %zu, \"append_seconds\": %.3f, \"verify_seconds\": %.3f}\n"
               : "%zu facts: appended in %.2f s, verified in %.2f s\n",
           count, appended - from, verified - closed);
    free(figure);
    free(fact);
    arena_close(arena);
}

/* -- Beginning and end -- */

static void remove_files(const char *database) {
    static const char *const end[] = {"", "-wal", "-shm"};
    char path[4200];
    for (size_t i = 0; i < LENGTH(end); i++) {
        snprintf(path, sizeof path, "%s%s", database, end[i]);
        unlink(path);
    }
}

static baton_code begin(void *context) {
    struct bench *bench = context;
    struct baton_findings found = {.arena = bench->arena};
    const struct ledger_founder founder = {"founder", "李伟"};
    const char *base = getenv("TMPDIR");
    char *key = arena_printf(bench->arena, "%s/bench-ledger-%ld.key", base != NULL ? base : "/tmp",
                             (long)getpid());
    bench->place = (struct ledger_place){
        .address = bench->options.address, .ledger = "bench", .key = key, .holder = "bench-ledger"};
    must(ledger_create(bench->arena, &world, &bench->place, DIGEST_SHA256, SIGNATURE_ED25519,
                       &founder, &found),
         "create", &found);
    must(ledger_open(bench->arena, &world, &bench->place, &bench->ledger, &found), "open", &found);
    ledger_listen(bench->ledger, heard, bench);
    struct ledger_reader *reader;
    must(reader_open(bench->arena, &bench->place, &reader, &found), "read", &found);
    must(reader_size(reader, &bench->size), "read", &found);
    reader_close(reader);
    return BATON_OK;
}

static void run(struct bench *bench) {
    const bool is_server = strstr(bench->options.address, "://") != NULL;
    const char *beside = is_server ? bench->place.key : bench->options.address;
    const char *bare =
        is_server ? beside : arena_printf(bench->arena, "%s-bare", bench->options.address);
    bench->file = arena_printf(bench->arena, "%s-disk", beside);
    if (bench->options.many > 0) {
        append_many(bench);
    } else {
        bench->bare = bare_store_open(bench->arena, is_server ? bench->options.address : bare);
        compare_ways(bench);
        bare_store_close(bench->bare);
        ledger_close(bench->ledger);
    }
    unlink(bench->place.key);
    if (is_server)
        return;
    remove_files(bench->options.address);
    remove_files(bare);
}

static int usage(void) {
    fputs("bench-ledger [--json] [--rounds N] [--ms N] [--writers N] | --many N  ADDRESS\n",
          stderr);
    return 2;
}

static bool read_options(int count, char **argument, struct options *out) {
    static const struct option known[] = {
        {"json", no_argument, NULL, 'j'},       {"rounds", required_argument, NULL, 'r'},
        {"ms", required_argument, NULL, 'm'},   {"writers", required_argument, NULL, 'w'},
        {"many", required_argument, NULL, 'n'}, {NULL, 0, NULL, 0},
    };
    *out = (struct options){.rounds = 9, .ms = 500, .writers = 32};
    int letter;
    while ((letter = getopt_long(count, argument, "", known, NULL)) != -1) {
        const uint64_t number = optarg != NULL ? strtoull(optarg, NULL, 10) : 1;
        if (letter == '?' || number == 0)
            return false;
        if (letter == 'j')
            out->json = true;
        else if (letter == 'n')
            out->many = number;
        else
            *(letter == 'r'   ? &out->rounds
              : letter == 'm' ? &out->ms
                              : &out->writers) = (unsigned)number;
    }
    if (optind + 1 != count || out->rounds > ROUNDS_MOST || out->writers > WRITERS_MOST)
        return false;
    out->address = argument[optind];
    return true;
}

int main(int count, char **argument) {
    struct bench bench = {.arena = arena_open()};
    const struct baton_findings none = {0};
    if (!read_options(count, argument, &bench.options))
        return usage();
    bench.batch = malloc(BATCHES_MOST * sizeof *bench.batch);
    assert(bench.arena != NULL && bench.batch != NULL);
    must(arena_run(bench.arena, begin, &bench), "begin", &none);
    run(&bench);
    free(bench.batch);
    arena_close(bench.arena);
    return 0;
}
