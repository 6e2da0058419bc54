/* How fast workbooks are read: writes a sheet with libxlsxwriter to a temporary folder, reads it, and prints the time and the most memory
 * resident. Writing and each reading are processes of their own, so that memory is their own.
 *
 *   bench-workbook [--json] [ROWS [COLUMNS]]     100000 rows of 10 columns unless given
 *   bench-workbook --write KIND FILE ROWS COLUMNS     only writes one, for tests/workbook/run-all
 *
 * Three kinds of a sheet: `figures` (numbers of 0 to 6 decimals, a name in the first column), `texts` (half of the cells are texts that Excel
 * shares, a third of those differ from all others), `inline` (the same with the texts in the cells). The folder is made where TMPDIR says. */
#include "files/workbook.h"
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum kind { FIGURES, TEXTS, INLINE, KINDS };
static const char *const kind_names[KINDS] = {"figures", "texts", "inline"};

struct size {
    uint32_t rows, columns;
};

static void fail(const char *what) {
    perror(what);
    exit(3);
}

/* Pseudo-random bits of a number: splitmix64. */
static uint64_t bits_of(uint64_t x) {
    x += 0x9e3779b97f4a7c15u;
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
    x = (x ^ x >> 27) * 0x94d049bb133111ebu;
    return x ^ x >> 31;
}

static void write_cell(lxw_worksheet *sheet, enum kind kind, uint32_t row, uint32_t column) {
    static const double scale[] = {1, 10, 100, 1000, 10000, 100000, 1000000};
    const uint64_t bits = bits_of((uint64_t)row << 16 | column);
    const bool is_text = kind == FIGURES ? column == 0 : column % 2 == 0;
    char text[64];
    if (!is_text) {
        const double tens = scale[bits % LENGTH(scale)];
        worksheet_write_number(sheet, row, (lxw_col_t)column, (double)(bits % 100000000) / tens,
                               NULL);
        return;
    }
    if (column % 3 == 0 && kind != FIGURES)
        snprintf(text, sizeof text, "第 %u 行的说明 %llx", row, (unsigned long long)bits >> 32);
    else
        snprintf(text, sizeof text, "云湖区第 %u 街道办事处", (unsigned)(bits % 5000));
    worksheet_write_string(sheet, row, (lxw_col_t)column, text, NULL);
}

static int write_file(const char *path, enum kind kind, struct size size) {
    lxw_workbook_options options = {.constant_memory = kind == INLINE};
    lxw_workbook *book = workbook_new_opt(path, &options);
    lxw_worksheet *sheet = workbook_add_worksheet(book, NULL);
    for (uint32_t row = 0; row < size.rows; row++)
        for (uint32_t column = 0; column < size.columns; column++)
            write_cell(sheet, kind, row, column);
    return workbook_close(book) == LXW_NO_ERROR ? 0 : 3;
}

/* Counts, so that nothing of a cell is left out unseen. */
struct counted {
    uint64_t cells, bytes;
};

static baton_code take(void *context, const struct workbook_cell *cell) {
    struct counted *counted = context;
    counted->cells++;
    counted->bytes += cell->size;
    return BATON_OK;
}

struct run {
    struct baton_arena *arena;
    const char *path;
    struct counted counted;
};

static baton_code read_all(void *context) {
    struct run *run = context;
    struct baton_findings found = {.arena = run->arena};
    struct archive *archive;
    struct workbook *book;
    TRY(archive_open(run->arena, run->path, &archive, &found));
    TRY(workbook_open(run->arena, archive, &book, &found));
    return workbook_read(book, 0, take, &run->counted, NULL, NULL, &found);
}

static int read_file(const char *path, struct size size, int out) {
    struct timespec from, to;
    struct run run = {.arena = arena_open(), .path = path};
    clock_gettime(CLOCK_MONOTONIC, &from);
    const baton_code code = arena_run(run.arena, read_all, &run);
    arena_close(run.arena);
    clock_gettime(CLOCK_MONOTONIC, &to);
    if (code != BATON_OK) {
        fprintf(stderr, "bench-workbook: %s\n", baton_code_info(code)->name);
        return 3;
    }
    assert(run.counted.cells == (uint64_t)size.rows * size.columns);
    const double seconds =
        (double)(to.tv_sec - from.tv_sec) + 1e-9 * (double)(to.tv_nsec - from.tv_nsec);
    return write(out, &seconds, sizeof seconds) == sizeof seconds ? 0 : 3;
}

/* Runs one of the two above in a process of its own; gives its peak of memory, and what it wrote to `out`. */
static double in_process(const char *path, enum kind kind, struct size size, bool reads,
                         double *seconds) {
    int ends[2], status;
    struct rusage usage;
    fflush(stdout);
    if (pipe(ends) != 0)
        fail("pipe");
    const pid_t child = fork();
    if (child < 0)
        fail("fork");
    if (child == 0)
        _exit(reads ? read_file(path, size, ends[1]) : write_file(path, kind, size));
    close(ends[1]);
    if (reads && read(ends[0], seconds, sizeof *seconds) != sizeof *seconds)
        *seconds = -1;
    close(ends[0]);
    if (wait4(child, &status, 0, &usage) != child || status != 0)
        fail(kind_names[kind]);
    return (double)usage.ru_maxrss * 1024 / 1e6;
}

/* The best of three readings. */
static void measure(const char *path, enum kind kind, struct size size, bool json) {
    double best = 0, peak = 0, unused;
    in_process(path, kind, size, false, &unused);
    for (int i = 0; i < 3; i++) {
        double seconds;
        const double megabytes = in_process(path, kind, size, true, &seconds);
        best = i == 0 || seconds < best ? seconds : best;
        peak = megabytes > peak ? megabytes : peak;
    }
    const double cells = (double)size.rows * size.columns;
    if (json)
        printf("{\"kind\": \"%s\", \"cells\": %.0f, \"seconds\": %.4f, \"peak_megabytes\": %.1f}\n",
               kind_names[kind], cells, best, peak);
    else
        printf("%-8s %9.0f cells %8.3f s %6.0f ns a cell %8.0f MB\n", kind_names[kind], cells, best,
               1e9 * best / cells, peak);
}

static int write_only(char **argument) {
    const struct size size = {(uint32_t)strtoul(argument[2], NULL, 10),
                              (uint32_t)strtoul(argument[3], NULL, 10)};
    for (int kind = 0; kind < KINDS; kind++)
        if (strcmp(argument[0], kind_names[kind]) == 0)
            return write_file(argument[1], (enum kind)kind, size);
    return 2;
}

int main(int count, char **argument) {
    if (count == 6 && strcmp(argument[1], "--write") == 0)
        return write_only(argument + 2);
    struct size size = {100000, 10};
    bool json = false;
    if (count > 1 && strcmp(argument[1], "--json") == 0) {
        json = true;
        argument++;
        count--;
    }
    if (count > 1)
        size.rows = (uint32_t)strtoul(argument[1], NULL, 10);
    if (count > 2)
        size.columns = (uint32_t)strtoul(argument[2], NULL, 10);
    if (size.rows == 0 || size.columns == 0) {
        fputs("bench-workbook [--json] [ROWS [COLUMNS]]\n", stderr);
        return 2;
    }
    const char *base = getenv("TMPDIR");
    char folder[4000], path[4096];
    snprintf(folder, sizeof folder, "%s/bench-workbook-XXXXXX", base != NULL ? base : "/tmp");
    if (mkdtemp(folder) == NULL)
        fail(folder);
    snprintf(path, sizeof path, "%s/sheet.xlsx", folder);
    for (int kind = 0; kind < KINDS; kind++) {
        measure(path, (enum kind)kind, size, json);
        unlink(path);
    }
    rmdir(folder);
    return 0;
}
