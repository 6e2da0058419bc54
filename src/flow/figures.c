/* Columns of figures, one for each element and period, found by halving. A column that an edition shows is never written to: the next figure that comes for it goes into a copy. So an
 * edition is a list of pointers, and what changes from one to the next is a column. All columns are of one size; those that nobody shows any more are used
 * again.
 *
 * Whether there is a row at all is kept beside each figure: a row without a value and no row look the same to a scoring, but a column without
 * any row is not there, and neither is an element without any column. */
#include "flow/figures.h"
#include "base/limits.h"
#include <assert.h>
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

struct column {
    _Atomic uint32_t holders; /* editions, and the figures themselves */
    struct column *spare;     /* the next of those that nobody holds */
    double *value;            /* [units] */
    uint8_t *state;           /* [units] */
    uint8_t *row;             /* [units] 1 = there is one */
    uint32_t rows;            /* how many */
    uint32_t states;          /* how many are no figure */
};

/* A column in its place. */
struct placed {
    uint32_t element, period_key;
    struct baton_period period;
    struct column *column;
};

/* An edition and its list. */
struct shown {
    struct edition edition;
    _Atomic uint32_t
        holders; /* whoever asked for it, and the figures as long as it is theirs of now */
    struct figures *figures;
    struct shown *spare;
    struct placed *placed;
    uint32_t count, capacity;
    uint32_t *first;                                   /* [elements + 1] of `placed` */
    struct baton_period *element_first, *element_last; /* [elements] */
};

struct figures {
    struct baton_arena *arena;
    const struct baton_package *package;
    uint32_t units, elements;
    struct placed *placed; /* by element, then period */
    size_t count, capacity;
    struct shown *now;    /* NULL = a figure was put since */
    pthread_mutex_t lock; /* of the spare ones */
    struct column *spare;
    struct shown *spare_shown;
};

static void destroy_lock(void *context) {
    pthread_mutex_destroy(context);
}

/* Columns */

static struct column *new_column(struct figures *f) {
    pthread_mutex_lock(&f->lock);
    struct column *column = f->spare;
    if (column != NULL)
        f->spare = column->spare;
    pthread_mutex_unlock(&f->lock);
    if (column == NULL) {
        column = arena_alloc(f->arena, 1, sizeof *column);
        column->value = arena_alloc_raw(f->arena, f->units, sizeof(double));
        column->state = arena_alloc_raw(f->arena, f->units, 1);
        column->row = arena_alloc_raw(f->arena, f->units, 1);
    }
    atomic_store(&column->holders, 1);
    return column;
}

static void release_column(struct figures *f, struct column *column) {
    if (atomic_fetch_sub(&column->holders, 1) > 1)
        return;
    pthread_mutex_lock(&f->lock);
    column->spare = f->spare;
    f->spare = column;
    pthread_mutex_unlock(&f->lock);
}

static struct column *empty_column(struct figures *f) {
    struct column *column = new_column(f);
    for (uint32_t u = 0; u < f->units; u++)
        column->value[u] = NAN;
    memset(column->state, BATON_FIGURE, f->units);
    memset(column->row, 0, f->units);
    column->rows = column->states = 0;
    return column;
}

static struct column *copied_column(struct figures *f, const struct column *from) {
    struct column *column = new_column(f);
    memcpy(column->value, from->value, f->units * sizeof(double));
    memcpy(column->state, from->state, f->units);
    memcpy(column->row, from->row, f->units);
    column->rows = from->rows;
    column->states = from->states;
    return column;
}

static void put_cell(struct column *column, uint32_t unit, bool row, double value, uint8_t state) {
    column->rows += row;
    column->rows -= column->row[unit];
    column->states += state != BATON_FIGURE;
    column->states -= column->state[unit] != BATON_FIGURE;
    column->row[unit] = row;
    column->value[unit] = value;
    column->state[unit] = state;
}

/* Where the column of an element and a period is, or would be. */
static size_t find_place(const struct placed *placed, size_t low, size_t high, uint32_t element,
                         uint32_t key) {
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const struct placed *at = &placed[middle];
        if (at->element < element || (at->element == element && at->period_key < key))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool is_at(const struct figures *f, size_t place, uint32_t element, uint32_t key) {
    return place < f->count && f->placed[place].element == element &&
           f->placed[place].period_key == key;
}

/* Makes room for a column at its place. */
static void insert(struct figures *f, size_t place, struct placed placed) {
    ARRAY_RESERVE(f->arena, f->placed, f->count, f->capacity, f->count + 1);
    memmove(&f->placed[place + 1], &f->placed[place], (f->count - place) * sizeof *f->placed);
    f->placed[place] = placed;
    f->count++;
}

static void take_out(struct figures *f, size_t place) {
    release_column(f, f->placed[place].column);
    f->count--;
    memmove(&f->placed[place], &f->placed[place + 1], (f->count - place) * sizeof *f->placed);
}

/* Out of the package */

static void take_column(struct figures *f, uint32_t element, struct baton_period period,
                        const struct baton_column *from) {
    struct column *column = empty_column(f);
    assert(from->origin != NULL);
    for (uint32_t u = 0; u < f->units; u++)
        if (from->origin[u] != 0)
            put_cell(column, u, true, from->value[u],
                     from->state == NULL ? BATON_FIGURE : from->state[u]);
    const uint32_t key = baton_period_key(period);
    insert(f, find_place(f->placed, 0, f->count, element, key),
           (struct placed){element, key, period, column});
}

static void take_element(struct figures *f, uint32_t element) {
    const struct baton_facts *facts = &f->package->facts;
    const struct baton_period last = facts->element_last[element];
    struct baton_column column;
    if (last.kind == BATON_PERIOD_NONE)
        return;
    for (struct baton_period at = facts->element_first[element];
         at.kind != BATON_PERIOD_NONE && baton_period_compare(at, last) <= 0;
         at = baton_period_shift(at, 1))
        if (facts->column(facts->context, element, at, &column))
            take_column(f, element, at, &column);
}

struct figures *figures_of(struct baton_arena *arena, const struct baton_package *package) {
    struct figures *f = arena_alloc(arena, 1, sizeof *f);
    f->arena = arena;
    f->package = package;
    f->units = package->scheme.unit_count;
    f->elements = package->scheme.element_count;
    pthread_mutex_init(&f->lock, NULL);
    arena_on_close(arena, destroy_lock, &f->lock);
    for (uint32_t e = 0; e < f->elements; e++)
        take_element(f, e);
    return f;
}

/* Putting */

/* What an observation says, as far as it fits what is there. */
struct said {
    uint32_t unit, element;
    struct baton_period period;
    bool withdrawn;
    double value;
    uint8_t state;
};

static uint32_t find_id(const struct hash *names, const char *id) {
    return hash_find(names, id, strlen(id));
}

static bool knows_fields(const struct figures *f, const struct fact_body *body) {
    for (size_t i = 0; i < body->field_count; i++)
        if (strncmp(body->field[i].name, "x_", 2) == 0 &&
            !observations_has_column(f->package->observations, body->field[i].name))
            return false;
    return true;
}

static bool read_fact(const struct figures *f, const struct fact_body *body, struct said *out) {
    const struct package_reader *reader = &f->package->reader;
    const char *period = body_text(body, "period");
    out->unit = find_id(&reader->unit, body_text(body, "unit"));
    out->element = find_id(&reader->element_index, body_text(body, "element"));
    out->withdrawn = body_field(body, "@withdrawn") != NULL;
    out->value = NAN;
    out->state = BATON_FIGURE;
    if (out->unit == HASH_NONE || out->element >= f->elements || !knows_fields(f, body) ||
        !baton_period_parse(period, strlen(period), &out->period))
        return false;
    /* Its first figure gives an element its frequency. */
    if (f->package->scheme.element[out->element].frequency != out->period.kind)
        return false;
    return out->withdrawn ||
           observations_figure(f->package->observations, out->element, body_text(body, "value"),
                               body_text(body, "state"), &out->value, &out->state);
}

/* Whether the element has a column besides the one at the place. */
static bool has_other(const struct figures *f, size_t place) {
    const uint32_t element = f->placed[place].element;
    return (place > 0 && f->placed[place - 1].element == element) ||
           (place + 1 < f->count && f->placed[place + 1].element == element);
}

static void forget_now(struct figures *f) {
    struct shown *now = f->now;
    f->now = NULL;
    if (now != NULL)
        figures_release(&now->edition);
}

/* The column at a place, for writing. */
static struct column *writable(struct figures *f, size_t place) {
    struct column *column = f->placed[place].column;
    if (atomic_load(&column->holders) == 1)
        return column;
    f->placed[place].column = copied_column(f, column);
    release_column(f, column);
    return f->placed[place].column;
}

static bool put_new(struct figures *f, size_t place, const struct said *said) {
    if (said->withdrawn)
        return true; /* it is gone already */
    if (f->count + 1 > LIMIT_SERIES || (f->count + 1) * (uint64_t)f->units > LIMIT_CELLS)
        return false;
    forget_now(f);
    struct column *column = empty_column(f);
    put_cell(column, said->unit, true, said->value, said->state);
    insert(f, place,
           (struct placed){said->element, baton_period_key(said->period), said->period, column});
    return true;
}

bool figures_put(struct figures *f, const struct fact_body *observation,
                 struct baton_period *period) {
    struct said said;
    if (!read_fact(f, observation, &said))
        return false;
    *period = said.period;
    const uint32_t key = baton_period_key(said.period);
    const size_t place = find_place(f->placed, 0, f->count, said.element, key);
    if (!is_at(f, place, said.element, key))
        return put_new(f, place, &said);
    const struct column *is = f->placed[place].column;
    const bool is_last = said.withdrawn && is->rows == 1 && is->row[said.unit] == 1;
    if (is_last && !has_other(f, place))
        return false;
    forget_now(f);
    if (is_last)
        take_out(f, place);
    else
        put_cell(writable(f, place), said.unit, !said.withdrawn, said.value, said.state);
    return true;
}

/* Editions */

static bool show_column(void *context, uint32_t element, struct baton_period period,
                        struct baton_column *out) {
    const struct shown *shown = context;
    const uint32_t key = baton_period_key(period);
    if (element >= shown->figures->elements)
        return false;
    const size_t end = shown->first[element + 1],
                 place = find_place(shown->placed, shown->first[element], end, element, key);
    if (place == end || shown->placed[place].period_key != key)
        return false;
    const struct column *column = shown->placed[place].column;
    *out = (struct baton_column){column->value, column->states > 0 ? column->state : NULL, NULL};
    return true;
}

static struct shown *new_shown(struct figures *f) {
    pthread_mutex_lock(&f->lock);
    struct shown *shown = f->spare_shown;
    if (shown != NULL)
        f->spare_shown = shown->spare;
    pthread_mutex_unlock(&f->lock);
    if (shown == NULL) {
        shown = arena_alloc(f->arena, 1, sizeof *shown);
        shown->figures = f;
        shown->first = arena_alloc(f->arena, f->elements + (size_t)1, sizeof *shown->first);
        shown->element_first = arena_alloc(f->arena, f->elements, sizeof *shown->element_first);
        shown->element_last = arena_alloc(f->arena, f->elements, sizeof *shown->element_last);
    }
    if (shown->capacity < f->count) {
        shown->capacity = (uint32_t)(f->count + f->count / 2);
        shown->placed = arena_alloc_raw(f->arena, shown->capacity, sizeof *shown->placed);
    }
    return shown;
}

static void note_period(struct baton_facts *facts, struct baton_period period) {
    if (facts->first.kind == BATON_PERIOD_NONE || baton_period_compare(period, facts->first) < 0)
        facts->first = period;
    if (facts->last.kind == BATON_PERIOD_NONE || baton_period_compare(period, facts->last) > 0)
        facts->last = period;
}

/* Fills in what follows from the columns. */
static void show_columns(struct shown *shown) {
    const struct figures *f = shown->figures;
    struct baton_facts *facts = &shown->edition.facts;
    *facts = (struct baton_facts){.context = shown,
                                  .column = show_column,
                                  .element_first = shown->element_first,
                                  .element_last = shown->element_last};
    shown->count = (uint32_t)f->count;
    memset(shown->first, 0, (f->elements + (size_t)1) * sizeof *shown->first);
    memset(shown->element_first, 0, f->elements * sizeof *shown->element_first);
    memset(shown->element_last, 0, f->elements * sizeof *shown->element_last);
    for (size_t i = 0; i < f->count; i++) {
        const struct placed *placed = &f->placed[i];
        shown->placed[i] = *placed;
        atomic_fetch_add(&placed->column->holders, 1);
        shown->first[placed->element + 1]++;
        if (shown->element_first[placed->element].kind == BATON_PERIOD_NONE)
            shown->element_first[placed->element] = placed->period;
        shown->element_last[placed->element] = placed->period;
        note_period(facts, placed->period);
    }
    for (uint32_t e = 0; e < f->elements; e++)
        shown->first[e + 1] += shown->first[e];
}

const struct edition *figures_edition(struct figures *f) {
    if (f->now == NULL) {
        struct shown *shown = new_shown(f);
        show_columns(shown);
        atomic_store(&shown->holders, 1);
        f->now = shown;
    }
    atomic_fetch_add(&f->now->holders, 1);
    return &f->now->edition;
}

void figures_release(const struct edition *edition) {
    struct shown *shown = (struct shown *)(uintptr_t)edition;
    struct figures *f = shown->figures;
    if (atomic_fetch_sub(&shown->holders, 1) > 1)
        return;
    for (uint32_t i = 0; i < shown->count; i++)
        release_column(f, shown->placed[i].column);
    pthread_mutex_lock(&f->lock);
    shown->spare = f->spare_shown;
    f->spare_shown = shown;
    pthread_mutex_unlock(&f->lock);
}
