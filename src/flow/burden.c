/* Forms are found period by period: what is expected in it, by who reports it and who verifies it. */
#include "flow/burden.h"
#include "base/hash.h"
#include "baton/number.h"
#include <stdlib.h>
#include <string.h>

const struct burden_effort burden_effort_usual = {.figure = 6, .form = 20, .file = 10};

/* ---- Minutes. */

static baton_code take_effort(void *context, const struct fact_row *row) {
    struct burden_effort *const effort = context;
    const struct fact_body *const body = &row->entry.body;
    const char *const what = body_text(body, "what"), *const text = body_text(body, "minutes");
    double minutes;
    if (baton_number_parse(text, strlen(text), &minutes, NULL) != BATON_NUMBER_OK)
        return BATON_OK;
    if (strcmp(what, "figure") == 0)
        effort->figure = minutes;
    else if (strcmp(what, "form") == 0)
        effort->form = minutes;
    else
        effort->file = minutes;
    return BATON_OK;
}

baton_code burden_effort_read(struct ledger_reader *reader, uint64_t known,
                              struct burden_effort *out) {
    *out = burden_effort_usual;
    return reader_rows(reader, "", FACT_EFFORT, known, take_effort, out);
}

double burden_hours(const struct burden_sum *sum, const struct burden_effort *effort) {
    return ((double)sum->figures * effort->figure + (double)sum->forms * effort->form +
            (double)sum->files * effort->file) /
           60;
}

double burden_hours_saved(const struct burden_sum *sum, const struct burden_effort *effort) {
    return ((double)sum->saved_figures * effort->figure + (double)sum->saved_forms * effort->form) /
           60;
}

/* ---- Forms. */

struct counting {
    struct baton_arena *arena;
    const struct figure_register *of;
    const struct calendar *calendar;
    struct burden_cells *out;
};

static bool is_opened(const struct calendar *calendar, struct baton_period period) {
    struct deadlines deadlines;
    return calendar_window_of(calendar, period, "", "*", &deadlines);
}

/* Whether the assessment counts in a period. */
static bool counts(const struct counting *c, uint32_t source, struct baton_period period) {
    const struct baton_scheme *const scheme = c->of->expected[source].scheme;
    return scheme->period.year == period.year || is_opened(&c->calendar[source], period);
}

static struct burden_cell *form_of(struct counting *c, struct hash *forms, uint32_t source,
                                   const struct register_figure *figure,
                                   struct baton_period period) {
    const struct expectation *const one = figure->as;
    const struct arena_mark mark = arena_mark(c->arena);
    const char *const key = arena_printf(c->arena, "%s\x1f%s", one->reporter, one->verifier);
    const uint32_t there = hash_find(forms, key, strlen(key));
    if (there != HASH_NONE) {
        arena_reset_to(c->arena, mark);
        return &c->out->cell[there];
    }
    const uint32_t at = (uint32_t)c->out->count;
    hash_add(c->arena, forms, key, strlen(key), at);
    *ARRAY_PUSH(c->arena, c->out->cell, c->out->count, c->out->capacity) =
        (struct burden_cell){.source = source,
                             .unit = one->reporter,
                             .level = register_level(c->of, figure),
                             .department = one->verifier,
                             .period = period};
    return &c->out->cell[at];
}

/* The figure of the register that an expectation is. */
static const struct register_figure *figure_of(const struct figure_register *of, size_t *at,
                                               const struct expectation *one) {
    while (of->figure[*at].as != one)
        (*at)++; /* what is expected in a period stands in the order of the register */
    return &of->figure[*at];
}

/* Whether it comes from elsewhere in a period. */
static bool is_saved(const struct register_figure *figure, struct baton_period period) {
    return figure->shared != NULL && baton_period_last_day(period) >= figure->shared->since;
}

static void count_period(struct counting *c, uint32_t source, struct baton_period period) {
    struct expected expected;
    struct hash forms = {0};
    size_t at = c->of->first[source];
    expected_in(c->arena, &c->of->expected[source], period, &expected);
    for (size_t i = 0; i < expected.count; i++) {
        const struct register_figure *const figure = figure_of(c->of, &at, expected.item[i]);
        struct burden_cell *const form = form_of(c, &forms, source, figure, period);
        const bool saved = is_saved(figure, period);
        form->figures += !saved;
        form->saved += saved;
        form->awaited += !saved && figure->as->needs_evidence;
    }
}

static uint32_t kinds_of(const struct expected *expected) {
    uint32_t kinds = 0;
    for (size_t i = 0; i < expected->count; i++)
        kinds |= UINT32_C(1) << expected->item[i]->frequency;
    return kinds;
}

void burden_count(struct baton_arena *arena, const struct figure_register *of,
                  const struct calendar *calendar, int year, struct burden_cells *out) {
    struct counting c = {arena, of, calendar, out};
    *out = (struct burden_cells){.of = of};
    for (uint32_t s = 0; s < of->source_count; s++) {
        const uint32_t kinds = kinds_of(&of->expected[s]);
        for (int kind = BATON_DAY; kind <= BATON_YEAR; kind++) {
            size_t count = 0;
            const struct baton_period *const period =
                (kinds >> kind & 1) == 0
                    ? NULL
                    : calendar_periods(arena, (enum baton_period_kind)kind, year, &count);
            for (size_t i = 0; i < count; i++)
                if (counts(&c, s, period[i]))
                    count_period(&c, s, period[i]);
        }
    }
}

/* ---- Files. */

struct filing {
    struct baton_arena *arena;
    struct burden_cells *cells;
    uint32_t source;
    struct hash form; /* of the source: reporter, department, period to its cell */
    struct hash file; /* cell and digest that were counted */
    struct hash come; /* cell and figure that were awaited, and name a file or need none */
};

static const char *form_key(struct baton_arena *arena, const char *unit, const char *department,
                            struct baton_period period) {
    char name[BATON_PERIOD_NAME_SIZE];
    baton_period_format(period, name);
    return arena_printf(arena, "%s\x1f%s\x1f%s", unit, department, name);
}

/* Whether a text of a cell is new to a hash. */
static bool is_new(struct filing *f, struct hash *hash, uint32_t cell, const char *text,
                   size_t size) {
    const char *const key = arena_printf(f->arena, "%u\x1f%.*s", cell, (int)size, text);
    const uint32_t next = (uint32_t)hash->count;
    return hash_add(f->arena, hash, key, strlen(key), next) == next;
}

static void count_files(struct filing *f, uint32_t cell, const char *digests) {
    while (*digests != '\0') {
        const size_t size = strcspn(digests, " ");
        f->cells->cell[cell].files += is_new(f, &f->file, cell, digests, size);
        digests += size;
        digests += *digests == ' ';
    }
}

/* Where there is no figure, it needs no file. */
static baton_code take_files(void *context, const struct fact_row *row) {
    struct filing *const f = context;
    const struct fact_body *const body = &row->entry.body;
    const struct figure_register *const of = f->cells->of;
    const char *const digests = body_text(body, "@evidence");
    const char *const name = body_text(body, "period");
    const bool needs_none = *body_text(body, "state") != '\0';
    struct baton_period period;
    if ((*digests == '\0' && !needs_none) || !baton_period_parse(name, strlen(name), &period))
        return BATON_OK;
    const char *const asked =
        arena_printf(f->arena, "%s\x1f%s", body_text(body, "unit"), body_text(body, "element"));
    const uint32_t at = hash_find(&of->asked[f->source], asked, strlen(asked));
    if (at == HASH_NONE)
        return BATON_OK;
    const struct register_figure *const figure = &of->figure[of->first[f->source] + at];
    const char *const key = form_key(f->arena, figure->as->reporter, figure->as->verifier, period);
    const uint32_t cell = hash_find(&f->form, key, strlen(key));
    if (cell == HASH_NONE)
        return BATON_OK;
    count_files(f, cell, digests);
    if (figure->as->needs_evidence && !is_saved(figure, period) &&
        is_new(f, &f->come, cell, asked, strlen(asked)))
        f->cells->cell[cell].awaited--;
    return BATON_OK;
}

baton_code burden_files(struct baton_arena *arena, struct ledger_reader *reader, uint64_t known,
                        struct burden_cells *cells) {
    for (uint32_t s = 0; s < cells->of->source_count; s++) {
        struct filing f = {.arena = arena, .cells = cells, .source = s};
        for (size_t i = 0; i < cells->count; i++) {
            const struct burden_cell *const cell = &cells->cell[i];
            if (cell->source != s)
                continue;
            const char *const key = form_key(arena, cell->unit, cell->department, cell->period);
            hash_add(arena, &f.form, key, strlen(key), (uint32_t)i);
        }
        const char *const assessment = cells->of->source[s].assessment;
        TRY(reader_rows(reader, assessment, FACT_REPORT, known, take_files, &f));
        TRY(reader_rows(reader, assessment, FACT_OBSERVATION, known, take_files, &f));
    }
    return BATON_OK;
}

/* ---- Adding up. */

struct adding {
    struct baton_arena *arena;
    const struct register_filter *filter;
    enum burden_by by;
    enum baton_language language;
    struct hash key;
    struct burden_row *row;
    size_t count, capacity;
    struct burden_table *out;
};

static bool is_of(const char *asked, const char *is) {
    return asked == NULL || strcmp(asked, is) == 0;
}

static bool is_counted(const struct adding *a, const struct burden_cells *cells,
                       const struct burden_cell *cell) {
    return is_of(a->filter->assessment, cells->of->source[cell->source].assessment) &&
           is_of(a->filter->reporter, cell->unit) && is_of(a->filter->level, cell->level) &&
           is_of(a->filter->department, cell->department);
}

/* A week that ends in the next year is of its first month. */
static const char *month_of(struct baton_arena *arena, struct baton_period period, int year) {
    const struct baton_period month =
        baton_period_of_day(BATON_MONTH, baton_period_last_day(period));
    return arena_printf(arena, "%04d-%02d", year + month.year - period.year, (int)month.index);
}

/* The name of a unit of the assessment; NULL = it has none of that id. */
static const char *name_of(const struct adding *a, const struct burden_cells *cells,
                           uint32_t source, const char *id) {
    const struct baton_scheme *const scheme = cells->of->expected[source].scheme;
    for (uint32_t u = 0; u < scheme->unit_count; u++)
        if (strcmp(scheme->unit[u].id, id) == 0)
            return baton_text_in(&scheme->unit[u].name, a->language, NULL);
    return NULL;
}

static const char *key_of(const struct adding *a, const struct burden_cells *cells,
                          const struct burden_cell *cell, int year) {
    switch (a->by) {
    case BURDEN_LEVEL:
        return cell->level;
    case BURDEN_DEPARTMENT:
        return cell->department;
    case BURDEN_MONTH:
        return month_of(a->arena, cell->period, year);
    case BURDEN_ASSESSMENT:
        return cells->of->source[cell->source].assessment;
    default:
        return cell->unit;
    }
}

static struct burden_row *row_of(struct adding *a, const struct burden_cells *cells,
                                 const struct burden_cell *cell, int year) {
    const char *const key = key_of(a, cells, cell, year);
    const uint32_t at = hash_add(a->arena, &a->key, key, strlen(key), (uint32_t)a->count);
    if (at == a->count) {
        struct burden_row *const row = ARRAY_PUSH(a->arena, a->row, a->count, a->capacity);
        *row = (struct burden_row){.key = key};
        if (a->by == BURDEN_UNIT || a->by == BURDEN_DEPARTMENT)
            row->name = name_of(a, cells, cell->source, key);
        else if (a->by == BURDEN_ASSESSMENT)
            row->name =
                baton_text_in(&cells->of->expected[cell->source].scheme->title, a->language, NULL);
    }
    return &a->row[at];
}

static void add_cell(const struct burden_cell *cell, struct burden_sum *to) {
    to->figures += cell->figures;
    to->forms += cell->figures > 0;
    to->files += cell->files + cell->awaited;
    to->saved_figures += cell->saved;
    to->saved_forms += cell->figures == 0;
}

static void add_cells(struct adding *a, const struct burden_cells *cells, int year, bool before) {
    for (size_t i = 0; i < cells->count; i++) {
        const struct burden_cell *const cell = &cells->cell[i];
        if (!is_counted(a, cells, cell))
            continue;
        struct burden_row *const row = row_of(a, cells, cell, year);
        add_cell(cell, before ? &row->before : &row->now);
        add_cell(cell, before ? &a->out->before : &a->out->now);
    }
}

static int compare_keys(const void *left, const void *right) {
    return strcmp(((const struct burden_row *)left)->key, ((const struct burden_row *)right)->key);
}

void burden_rows(struct baton_arena *arena, const struct burden_cells *now,
                 const struct burden_cells *before, const struct register_filter *filter,
                 enum burden_by by, int year, enum baton_language language,
                 struct burden_table *out) {
    struct adding a = {
        .arena = arena, .filter = filter, .by = by, .language = language, .out = out};
    *out = (struct burden_table){0};
    add_cells(&a, now, year, false);
    if (before != NULL)
        add_cells(&a, before, year, true);
    if (by == BURDEN_MONTH && a.count > 0)
        qsort(a.row, a.count, sizeof *a.row, compare_keys);
    out->row = a.row;
    out->count = a.count;
}
