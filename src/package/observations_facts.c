/* The figures as the engine asks for them, and the rows as explain shows them.
 *
 * Columns stand by element and, inside one, by period, so that a column is found by halves among
 * the periods of its element; there are a few dozen at most. */
#include "package/observations_internal.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

static int compare_elements(const void *left, const void *right) {
    return strcmp((*(const struct figure_element *const *)left)->id,
                  (*(const struct figure_element *const *)right)->id);
}

/* Gives the elements that the scheme does not know their place, in the order of their ids. */
static void add_elements(struct package_reader *reader, const struct registry *registry) {
    const struct figure_element **list =
        arena_alloc(reader->arena, registry->element_count, sizeof *list);
    size_t count = 0;
    for (size_t i = 0; i < registry->element_count; i++)
        if (hash_find(&reader->element_index, registry->element[i]->id,
                      registry->element[i]->size) == HASH_NONE)
            list[count++] = registry->element[i];
    if (count > 1)
        qsort(list, count, sizeof *list, compare_elements);
    for (size_t i = 0; i < count; i++)
        package_element(reader, list[i]->id, list[i]->size);
}

struct arranged {
    uint32_t element;
    struct series *series;
};

static int compare_arranged(const void *left, const void *right) {
    const struct arranged *a = left, *b = right;
    if (a->element != b->element)
        return a->element < b->element ? -1 : 1;
    const uint32_t a_key = baton_period_key(a->series->period),
                   b_key = baton_period_key(b->series->period);
    return a_key < b_key ? -1 : a_key > b_key;
}

static void note_period(struct observations *o, struct baton_period period) {
    if (o->first_period.kind == BATON_PERIOD_NONE ||
        baton_period_compare(period, o->first_period) < 0)
        o->first_period = period;
    if (o->last_period.kind == BATON_PERIOD_NONE ||
        baton_period_compare(period, o->last_period) > 0)
        o->last_period = period;
}

void observations_arrange(struct observations *o, struct registry *registry) {
    struct package_reader *reader = o->reader;
    const size_t count = registry == NULL ? 0 : registry->series_count;
    if (registry != NULL)
        add_elements(reader, registry);
    struct arranged *list = arena_alloc(reader->arena, count, sizeof *list);
    for (size_t i = 0; i < count; i++) {
        struct series *series = registry->series[i];
        list[i] = (struct arranged){
            hash_find(&reader->element_index, series->element->id, series->element->size), series};
        note_period(o, series->period);
    }
    if (count > 1)
        qsort(list, count, sizeof *list, compare_arranged);
    o->element_count = reader->scheme->element_count;
    o->first = arena_alloc(reader->arena, (size_t)o->element_count + 1, sizeof *o->first);
    o->observed = arena_alloc(reader->arena, count, sizeof *o->observed);
    for (size_t i = 0; i < count; i++) {
        struct series *series = list[i].series;
        reader->scheme->element[list[i].element].frequency =
            (enum baton_period_kind)series->period.kind;
        o->first[list[i].element + 1]++;
        o->observed[i] = (struct observed){
            .period_key = baton_period_key(series->period),
            .period = series->period,
            .column = {(const double *)(const void *)series->cell,
                       atomic_load_explicit(&series->state, memory_order_acquire), series->origin},
        };
    }
    for (uint32_t i = 0; i < o->element_count; i++)
        o->first[i + 1] += o->first[i];
}

static bool find_column(void *context, uint32_t element, struct baton_period period,
                        struct baton_column *out) {
    const struct observations *o = context;
    if (element >= o->element_count)
        return false;
    const uint32_t key = baton_period_key(period);
    uint32_t low = o->first[element], high = o->first[element + 1];
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (o->observed[middle].period_key < key)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == o->first[element + 1] || o->observed[low].period_key != key)
        return false;
    *out = o->observed[low].column;
    return true;
}

/* ---- Where figures stand. */

/* The figures that are looked for, by the ids of their units. */
struct wanted {
    struct hash units; /* to the first figure of the unit */
    uint32_t *next;    /* of the same unit; HASH_NONE = none */
    struct baton_figure_row *figure;
};

static struct csv_field field_of(const struct observations *o, const struct csv_record *record,
                                 int16_t column) {
    for (uint32_t i = 0; i < record->count && i < o->columns; i++)
        if (o->column_of[i] == column)
            return record->field[i];
    return (struct csv_field){.text = ""};
}

static bool is_text(struct csv_field field, const char *text) {
    return strlen(text) == field.size && memcmp(text, field.text, field.size) == 0;
}

static void look_at_row(const struct observations *o, const struct wanted *wanted,
                        const struct csv_record *record) {
    const struct csv_field unit = field_of(o, record, COLUMN_UNIT);
    uint32_t i = unit.size == 0 ? HASH_NONE : hash_find(&wanted->units, unit.text, unit.size);
    for (; i != HASH_NONE; i = wanted->next[i]) {
        struct baton_figure_row *figure = &wanted->figure[i];
        char name[BATON_PERIOD_NAME_SIZE];
        baton_period_format(figure->period, name);
        if (figure->row == 0 && is_text(field_of(o, record, COLUMN_PERIOD), name) &&
            is_text(field_of(o, record, COLUMN_ELEMENT),
                    o->reader->scheme->element[figure->element].id))
            figure->row = file_row(&o->file, record->line);
    }
}

static void find_rows(void *context, size_t count, struct baton_figure_row *figure) {
    const struct observations *o = context;
    struct baton_arena *arena = o->reader->arena;
    const struct arena_mark mark = arena_mark(arena);
    struct wanted wanted = {.next = arena_alloc(arena, count, sizeof *wanted.next),
                            .figure = figure};
    for (uint32_t i = 0; i < count; i++) {
        const char *unit = o->reader->scheme->unit[figure[i].unit].id;
        const uint32_t first = hash_find(&wanted.units, unit, strlen(unit));
        wanted.next[i] = HASH_NONE;
        if (first == HASH_NONE) {
            hash_add(arena, &wanted.units, unit, strlen(unit), i);
            continue;
        }
        wanted.next[i] = wanted.next[first];
        wanted.next[first] = i;
    }
    struct csv_record *record = arena_alloc(arena, 1, sizeof *record);
    if (o->chunk_count > 0) {
        struct csv_scan scan = {o->chunk[0].start, o->file.text + o->file.size,
                                o->chunk[0].first_line};
        while (csv_next(&scan, record, arena))
            if (record->problem == BATON_OK)
                look_at_row(o, &wanted, record);
    }
    arena_reset_to(arena, mark);
}

struct baton_facts observations_facts(struct observations *o) {
    struct baton_arena *arena = o->reader->arena;
    const uint32_t count = o->reader->scheme->element_count;
    struct baton_period *first = arena_alloc(arena, count, sizeof *first);
    struct baton_period *last = arena_alloc(arena, count, sizeof *last);
    for (uint32_t i = 0; i < o->element_count; i++) {
        if (o->first[i] == o->first[i + 1])
            continue;
        first[i] = o->observed[o->first[i]].period; // keys rise with time inside of a kind
        last[i] = o->observed[o->first[i + 1] - 1].period;
    }
    return (struct baton_facts){
        .context = o,
        .column = find_column,
        .first = o->first_period,
        .last = o->last_period,
        .element_first = first,
        .element_last = last,
        .rows = find_rows,
    };
}

/* Figures that come one by one */

bool observations_has_column(const struct observations *o, const char *name) {
    for (uint32_t i = 0; i < o->columns; i++)
        if (strcmp(o->column_name[i], name) == 0)
            return true;
    return false;
}

static struct csv_field field_with(const char *text) {
    return (struct csv_field){text, (uint32_t)strlen(text)};
}

bool observations_figure(const struct observations *o, uint32_t element, const char *value_text,
                         const char *state_text, double *value, uint8_t *state) {
    const struct figure_element of = figure_element_of(o->reader, element);
    const bool keep_empty = o->reader->scheme->succession_count > 0;
    const struct csv_field value_field = field_with(value_text),
                           state_field = field_with(state_text);
    return !of.is_named && figure_read(o->reader, &of, keep_empty, &value_field, &state_field,
                                       value, state) == BATON_OK;
}

/* Rows again */

static const char *copied(struct baton_arena *arena, const struct csv_field *field) {
    return field->size == 0 ? NULL : arena_text(arena, field->text, field->size);
}

static void take_text(const struct observations *o, struct baton_arena *arena,
                      const struct csv_record *record, struct observation_text *out) {
    const char **const of_column[COLUMN_COUNT] = {
        [COLUMN_UNIT] = &out->unit,         [COLUMN_ELEMENT] = &out->element,
        [COLUMN_PERIOD] = &out->period,     [COLUMN_VALUE] = &out->value,
        [COLUMN_STATE] = &out->state,       [COLUMN_SOURCE] = &out->source,
        [COLUMN_DOCUMENT] = &out->document,
    };
    *out = (struct observation_text){
        .also_name = arena_alloc(arena, o->columns, sizeof *out->also_name),
        .also_text = arena_alloc(arena, o->columns, sizeof *out->also_text)};
    for (uint32_t i = 0; i < record->count && i < o->columns; i++) {
        const char *text = copied(arena, &record->field[i]);
        if (o->column_of[i] != CSV_NO_COLUMN) {
            *of_column[o->column_of[i]] = text;
        } else if (text != NULL) {
            out->also_name[out->also_count] = o->column_name[i];
            out->also_text[out->also_count++] = text;
        }
    }
}

bool observations_row_text(const struct observations *o, struct baton_arena *arena, uint32_t row,
                           struct observation_text *out) {
    const uint64_t line = file_line(&o->file, row);
    size_t low = 0, high = o->chunk_count; // the last chunk that begins in or before that line
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (o->chunk[middle].first_line <= line)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0)
        return false;
    struct csv_record *record = arena_alloc(arena, 1, sizeof *record);
    struct csv_scan scan = {o->chunk[low - 1].start, o->file.text + o->file.size,
                            o->chunk[low - 1].first_line};
    while (scan.line <= line && csv_next(&scan, record, arena)) {
        if (record->line != line)
            continue;
        if (record->problem != BATON_OK)
            return false;
        take_text(o, arena, record, out);
        return true;
    }
    return false;
}
