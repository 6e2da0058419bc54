/* Cuts observations.csv into chunks of whole lines, has the threads parse them, and puts together
 * what they found.
 *
 * The cuts depend on the file alone, so errors and results are the same for any number of threads.
 * A cut is made at a line end that is taken to be outside of quotation marks; that is right for the
 * first chunk, and for each next one as long as no field runs over the end of the one before, which
 * is noticed: then the file is cut again, with care. That rows are doubled is noticed too when the
 * figures are counted, whoever wrote last; then the file is read again by one thread, which keeps
 * the line of each figure and can name both rows. */
#include "base/text.h"
#include "package/observations_internal.h"
#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

size_t observations_chunk_size = 1 << 20;

enum { ATTEMPTS_MAX = 8, BLOCK = 4096 /* cells that are finished at a time */ };

static const struct csv_column columns[COLUMN_COUNT] = {
    [COLUMN_UNIT] = {"unit", true},          [COLUMN_ELEMENT] = {"element", true},
    [COLUMN_PERIOD] = {"period", true},      [COLUMN_VALUE] = {"value", true},
    [COLUMN_STATE] = {"state", false},       [COLUMN_SOURCE] = {"source", false},
    [COLUMN_DOCUMENT] = {"document", false},
};
static const enum role roles[COLUMN_COUNT] = {
    [COLUMN_UNIT] = ROLE_UNIT,     [COLUMN_ELEMENT] = ROLE_ELEMENT, [COLUMN_PERIOD] = ROLE_PERIOD,
    [COLUMN_VALUE] = ROLE_VALUE,   [COLUMN_STATE] = ROLE_STATE,     [COLUMN_SOURCE] = ROLE_SKIP,
    [COLUMN_DOCUMENT] = ROLE_SKIP,
};

/* Cutting */

/* The first line that begins at or after a place of the text. */
static const char *line_from(const char *start, const char *at, const char *end) {
    if (at <= start)
        return start;
    if (at >= end)
        return end;
    const char *const line_end = memchr(at - 1, '\n', (size_t)(end - (at - 1)));
    return line_end != NULL ? line_end + 1 : end;
}

static void cut(struct parsing *p, const char *start) {
    const char *const end = p->file.text + p->file.size;
    const size_t size = observations_chunk_size;
    p->chunk_count = (size_t)(end - start) / size + 1;
    p->chunk = arena_alloc(p->reader->arena, p->chunk_count, sizeof *p->chunk);
    const char *from = start;
    for (size_t i = 0; i < p->chunk_count; i++) {
        const char *const to =
            i + 1 < p->chunk_count ? line_from(start, start + (i + 1) * size, end) : end;
        p->chunk[i] = (struct chunk){.start = from, .end = to};
        from = to;
    }
}

/* The same where fields hold line ends: every record is read, so that none is cut. */
static void cut_with_care(struct parsing *p, const char *start) {
    cut(p, start);
    const char *const end = p->file.text + p->file.size;
    struct csv_scan scan = {start, end, 1};
    struct csv_record *record = arena_alloc_raw(p->reader->arena, 1, sizeof *record);
    for (size_t i = 0; i < p->chunk_count; i++) {
        p->chunk[i].start = scan.at;
        while (scan.at < end && (size_t)(scan.at - start) < (i + 1) * observations_chunk_size) {
            const struct arena_mark mark = arena_mark(p->reader->arena);
            csv_next(&scan, record, p->reader->arena);
            arena_reset_to(p->reader->arena, mark);
        }
        p->chunk[i].end = scan.at;
    }
}

static void count_lines(void *context, size_t index, unsigned worker) {
    struct parsing *p = context;
    struct chunk *chunk = &p->chunk[index];
    (void)worker;
    chunk->lines = 0;
    for (const char *at = chunk->start, *end;
         (end = memchr(at, '\n', (size_t)(chunk->end - at))) != NULL; at = end + 1)
        chunk->lines++;
}

/* Fills in the first lines from the numbers of lines. */
static void number_chunks(struct parsing *p, uint64_t first_line) {
    for (size_t i = 0; i < p->chunk_count; i++) {
        p->chunk[i].first_line = first_line;
        first_line += p->chunk[i].lines;
    }
}

/* Parsing */

struct task {
    struct parsing *parsing;
    struct worker *worker;
    size_t index;
};

static baton_code run_task(void *context) {
    struct task *task = context;
    return chunk_parse(task->parsing, task->worker, task->index);
}

static void parse_chunk(void *context, size_t index, unsigned number) {
    struct parsing *p = context;
    struct worker *worker = &p->worker[number];
    if (atomic_load(&p->failed) != BATON_OK || atomic_load(&p->again) != AGAIN_NO)
        return;
    if (worker->arena == NULL)
        worker->arena = arena_open();
    struct task task = {p, worker, index};
    const baton_code code = arena_run(worker->arena, run_task, &task);
    if (code != BATON_OK)
        atomic_store(&p->failed, code);
}

static void close_workers(void *context) {
    struct parsing *p = context;
    for (unsigned i = 0; i < p->worker_count; i++)
        arena_close(p->worker[i].arena);
    p->worker_count = 0;
}

static void open_workers(struct parsing *p, unsigned count) {
    p->worker = arena_alloc(p->reader->arena, count, sizeof *p->worker);
    p->worker_count = count;
    for (unsigned i = 0; i < count; i++)
        p->worker[i].slot = p->worker[i].series = HASH_NONE;
}

static int compare_slots(const void *left, const void *right) {
    const uint32_t a = ((const uint32_t *)left)[0], b = ((const uint32_t *)right)[0];
    return a < b ? -1 : a > b;
}

/* Lays the units out in the order of their file, in which they are likely to be named. */
static void make_slots(struct parsing *p) {
    const struct baton_scheme *scheme = p->reader->scheme;
    struct baton_arena *arena = p->reader->arena;
    const uint32_t count = p->slot_count = scheme->unit_count;
    uint32_t(*by_row)[2] = arena_alloc_raw(arena, count, sizeof *by_row);
    bool sorted = true;
    for (uint32_t i = 0; i < count; i++) {
        by_row[i][0] = scheme->unit[i].at.row;
        by_row[i][1] = i;
        sorted = sorted && (i == 0 || by_row[i - 1][0] < by_row[i][0]);
    }
    if (!sorted)
        qsort(by_row, count, sizeof *by_row, compare_slots);
    p->slot = arena_alloc_raw(arena, count, sizeof *p->slot);
    p->slot_of = arena_alloc_raw(arena, count, sizeof *p->slot_of);
    for (uint32_t i = 0; i < count; i++) {
        const uint32_t unit = by_row[i][1];
        const char *const id = scheme->unit[unit].id;
        p->slot[i] = (struct unit_slot){name_of(id, strlen(id)), unit, i + 1 < count ? i + 1 : 0};
        p->slot_of[unit] = i;
    }
}

/* What follows the parsing: every column finished, and how many figures it has. */
struct finishing {
    struct registry *registry;
    uint32_t units;
    uint64_t *present; /* by series */
};

static void finish_series(void *context, size_t index, unsigned worker) {
    struct finishing *f = context;
    cell_bits *const cell = f->registry->series[index]->cell;
    uint64_t present = 0;
    (void)worker;
    for (uint32_t from = 0; from < f->units; from += BLOCK) {
        const uint32_t to = f->units - from < BLOCK ? f->units : from + BLOCK;
        uint64_t odd = 0; // cells that are to be changed; most blocks have none
        for (uint32_t u = from; u < to; u++)
            odd += (cell[u] << 1) == 0;
        present += to - from;
        if (odd == 0)
            continue;
        for (uint32_t u = from; u < to; u++) {
            present -= cell[u] == CELL_NONE;
            cell[u] = cell[u] == CELL_NONE ? CELL_MISSING : cell[u] == CELL_ZERO ? 0 : cell[u];
        }
    }
    f->present[index] = present;
}

/* Finishes the columns. Answers whether more figures were stored than there are now: then some are
 * doubled. */
static bool finish(struct parsing *p) {
    struct finishing f = {p->registry, p->reader->scheme->unit_count, NULL};
    f.present = arena_alloc(p->reader->arena, p->registry->series_count, sizeof *f.present);
    parallel_run(p->reader->parallel, p->registry->series_count, finish_series, &f);
    uint64_t stored = 0, doubled = 0, present = 0;
    for (unsigned i = 0; i < p->worker_count; i++) {
        stored += p->worker[i].stored;
        doubled += p->worker[i].doubled;
    }
    for (size_t i = 0; i < p->registry->series_count; i++)
        present += f.present[i];
    assert(present <= stored - doubled);
    return doubled > 0 || present != stored;
}

/* The first row of every series, over all threads. */
static void find_first_rows(struct parsing *p) {
    struct registry *registry = p->registry;
    for (size_t i = 0; i < registry->series_count; i++)
        registry->series[i]->first_chunk = UINT64_MAX;
    for (unsigned w = 0; w < p->worker_count; w++) {
        for (size_t i = 0; i < p->worker[w].known_count; i++) {
            const struct known_rest *first = &p->worker[w].rest[i];
            struct series *series = p->worker[w].known[i].series;
            if (first->chunk > series->first_chunk ||
                (first->chunk == series->first_chunk && first->line >= series->first_line))
                continue;
            series->first_chunk = first->chunk;
            series->first_line = first->line;
        }
    }
    for (size_t i = 0; i < registry->series_count; i++)
        registry->series[i]->first_line += p->chunk[registry->series[i]->first_chunk].first_line;
}

/* One reading of the whole file, from `start` on, which is in line `first_line`. */
static baton_code attempt(struct parsing *p, const char *start, uint64_t first_line,
                          bool with_care) {
    struct package_reader *reader = p->reader;
    TRY(registry_open(reader, reader->want_origins || p->report_doubled, &p->registry));
    if (with_care)
        cut_with_care(p, start);
    else
        cut(p, start);
    if (p->registry->want_origins) {
        parallel_run(reader->parallel, p->chunk_count, count_lines, p);
        number_chunks(p, first_line);
    }
    make_slots(p);
    struct parallel *const pool = p->report_doubled ? NULL : reader->parallel;
    open_workers(p, parallel_threads(pool));
    atomic_store(&p->again, AGAIN_NO);
    parallel_run(pool, p->chunk_count, parse_chunk, p);
    const baton_code failed = (baton_code)atomic_load(&p->failed);
    if (failed == BATON_FIGURES_TOO_MANY)
        baton_findings_add(reader->found, failed, (struct baton_where){.file = p->file.name},
                           package_count(reader->arena, LIMIT_ELEMENTS),
                           package_count(reader->arena, LIMIT_SERIES),
                           package_count(reader->arena, LIMIT_CELLS), NULL);
    if (failed != BATON_OK || atomic_load(&p->again) != AGAIN_NO)
        return failed;
    number_chunks(p, first_line);
    find_first_rows(p);
    if (finish(p) && !p->report_doubled)
        atomic_store(&p->again, AGAIN_DOUBLED);
    return BATON_OK;
}

/* The header: which column is what. False where there is none to go on with. */
static bool read_header(struct parsing *p, struct observations *o, struct csv_scan *scan) {
    struct package_reader *reader = p->reader;
    struct csv_record *record = arena_alloc(reader->arena, 1, sizeof *record);
    *scan = (struct csv_scan){p->file.text, p->file.text + p->file.size, 1};
    if (!csv_next(scan, record, reader->arena)) {
        baton_findings_add(reader->found, BATON_CSV_EMPTY,
                           (struct baton_where){.file = p->file.name}, "unit,element,period,value",
                           NULL, NULL, NULL);
        return false;
    }
    record->line = file_row(&p->file, record->line);
    if (record->problem != BATON_OK) {
        csv_report_problem(reader->found, p->file.name, record);
        return false;
    }
    p->columns = o->columns = record->count;
    o->column_name = arena_alloc(reader->arena, record->count, sizeof *o->column_name);
    const bool complete =
        csv_header(reader->found, p->file.name, record, columns, COLUMN_COUNT, o->column_of);
    for (uint32_t i = 0; i < record->count; i++) {
        p->role[i] = o->column_of[i] == CSV_NO_COLUMN ? ROLE_SKIP : roles[o->column_of[i]];
        o->column_name[i] = arena_text(reader->arena, record->field[i].text, record->field[i].size);
    }
    p->is_canonical = !reader->want_origins && !p->report_doubled && p->columns == 4 &&
                      p->role[0] == ROLE_UNIT && p->role[1] == ROLE_ELEMENT &&
                      p->role[2] == ROLE_PERIOD && p->role[3] == ROLE_VALUE;
    return complete;
}

/* Reads the file as often as is needed. */
static baton_code read_all(struct parsing *p, struct observations *o) {
    struct baton_findings *const found = p->reader->found;
    bool with_care = false;
    for (int n = 0;; n++) {
        assert(n < ATTEMPTS_MAX); // each reason to begin again comes once
        const struct baton_findings before = *found;
        struct csv_scan scan;
        if (!read_header(p, o, &scan))
            return BATON_OK;
        const size_t header_size = (size_t)(scan.at - p->file.text);
        if (text_valid_size(p->file.text, header_size) == header_size)
            TRY(attempt(p, scan.at, scan.line, with_care));
        else
            atomic_store(&p->again, AGAIN_ENCODING);
        const enum again again = (enum again)atomic_load(&p->again);
        if (again == AGAIN_NO)
            return BATON_OK;
        if (p->registry != NULL)
            registry_close(p->registry);
        p->registry = NULL;
        close_workers(p);
        found->count = before.count; // the findings of the header come again
        found->errors = before.errors;
        found->warnings = before.warnings;
        found->left_out = before.left_out;
        with_care = with_care || again == AGAIN_QUOTES;
        p->report_doubled = p->report_doubled || again == AGAIN_DOUBLED;
        if (again == AGAIN_ENCODING) {
            const size_t valid = text_valid_size(p->file.text, p->file.size);
            assert(valid < p->file.size);
            TRY(file_convert(p->reader->arena, &p->file, valid, found));
        }
    }
}

baton_code observations_read_file(struct package_reader *reader, const struct file *file,
                                  struct observations **out) {
    struct observations *o = arena_alloc(reader->arena, 1, sizeof *o);
    struct parsing *p = arena_alloc(reader->arena, 1, sizeof *p);
    o->reader = reader;
    p->reader = reader;
    p->file = *file;
    p->keep_empty = reader->scheme->succession_count > 0;
    arena_on_close(reader->arena, close_workers, p);
    file_drop_mark(&p->file);
    TRY(read_all(p, o));
    if (p->registry != NULL)
        observations_report(p);
    o->file = p->file;
    o->chunk = p->chunk;
    o->chunk_count = p->chunk_count;
    observations_arrange(o, p->registry);
    close_workers(p);
    *out = o;
    return BATON_OK;
}

baton_code observations_read(struct package_reader *reader, struct observations **out) {
    struct file file;
    TRY(source_map(reader->source, "observations.csv", LIMIT_OBSERVATIONS_SIZE, &file,
                   reader->found));
    if (file.there)
        return observations_read_file(reader, &file, out);
    baton_findings_add(reader->found, BATON_FILE_MISSING, (struct baton_where){.file = file.name},
                       file.name, NULL, NULL, NULL);
    *out = arena_alloc(reader->arena, 1, sizeof **out);
    (*out)->reader = reader;
    observations_arrange(*out, NULL);
    return BATON_OK;
}
