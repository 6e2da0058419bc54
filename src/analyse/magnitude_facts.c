/* Orders of magnitude of the figures of a scheme: the columns of each element in the order of time, new figures laid over
 * copies of those that they change. */
#include "analyse/magnitude.h"
#include "analyse/magnitude_parts.h"
#include "baton/number.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The columns of one element while they are gathered. */
struct columns {
    struct baton_arena *arena;
    uint32_t unit_count;
    const double **value;
    const bool **is_new;
    struct baton_period *period;
    size_t value_count, new_count, period_count, value_capacity, new_capacity, period_capacity;
};

static void add_column(struct columns *columns, struct baton_period period, const double *value,
                       const bool *is_new) {
    *ARRAY_PUSH(columns->arena, columns->value, columns->value_count, columns->value_capacity) =
        value;
    *ARRAY_PUSH(columns->arena, columns->is_new, columns->new_count, columns->new_capacity) =
        is_new;
    *ARRAY_PUSH(columns->arena, columns->period, columns->period_count, columns->period_capacity) =
        period;
}

/* A copy of the column with the new figures of its period, fresh[0..count) being of one element by period; *used of them are
 * of this period or before it. */
static void add_with_new(struct columns *columns, struct baton_period period, const double *value,
                         const struct magnitude_new *fresh, size_t count, size_t *used) {
    double *copy = NULL;
    bool *is_new = NULL;
    for (; *used < count && baton_period_equal(fresh[*used].period, period); ++*used) {
        if (copy == NULL) {
            copy = arena_alloc(columns->arena, columns->unit_count, sizeof(*copy));
            is_new = arena_alloc(columns->arena, columns->unit_count, sizeof(*is_new));
            for (uint32_t u = 0; u < columns->unit_count; u++)
                copy[u] = value == NULL ? (double)NAN : value[u];
        }
        copy[fresh[*used].unit] = fresh[*used].value;
        is_new[fresh[*used].unit] = true;
    }
    if (copy != NULL || value != NULL)
        add_column(columns, period, copy != NULL ? copy : value, is_new);
}

static int compare_days(struct baton_period a, struct baton_period b) {
    const int32_t x = baton_period_ordinal(a), y = baton_period_ordinal(b);
    return x < y ? -1 : x > y;
}

/* From the first to the last period of the element, the new figures' included. Facts know nothing of elements that have no figures
 * (those that only an expression names came after them). */
static void gather(struct columns *columns, const struct baton_facts *facts, uint32_t element,
                   enum baton_period_kind kind, bool has_facts, const struct magnitude_new *fresh,
                   size_t count) {
    struct baton_period first = {0}, last = {0};
    if (has_facts) {
        first = facts->element_first != NULL
                    ? facts->element_first[element]
                    : baton_period_of_day(kind, baton_period_first_day(facts->first));
        last = facts->element_last != NULL
                   ? facts->element_last[element]
                   : baton_period_of_day(kind, baton_period_last_day(facts->last));
    }
    if (first.kind != kind || last.kind != kind) { // none yet
        if (count == 0)
            return;
        first = fresh[0].period;
        last = fresh[count - 1].period;
    }
    if (count > 0 && compare_days(fresh[0].period, first) < 0)
        first = fresh[0].period;
    if (count > 0 && compare_days(fresh[count - 1].period, last) > 0)
        last = fresh[count - 1].period;
    size_t used = 0;
    for (struct baton_period at = first;
         at.kind != BATON_PERIOD_NONE && compare_days(at, last) <= 0;
         at = baton_period_shift(at, 1)) {
        struct baton_column column;
        const bool has = has_facts && facts->column(facts->context, element, at, &column);
        add_with_new(columns, at, has ? column.value : NULL, fresh, count, &used);
    }
}

/* Looking at one element, with memory that is given back before the next. */
struct looking {
    struct baton_arena *arena, *scratch;
    const struct baton_scheme *scheme;
    const struct baton_facts *facts;
    struct magnitude_list *out;
    /* of the element at hand */
    uint32_t element;
    const struct magnitude_new *fresh;
    size_t count;
    struct columns columns;
    struct magnitude_slips slips;
};

static baton_code look_with_scratch(void *context) {
    struct looking *looking = context;
    const struct baton_element *as = &looking->scheme->element[looking->element];
    const enum baton_period_kind kind =
        looking->count > 0 ? (enum baton_period_kind)looking->fresh[0].period.kind : as->frequency;
    looking->slips = (struct magnitude_slips){0};
    looking->columns =
        (struct columns){.arena = looking->scratch, .unit_count = looking->scheme->unit_count};
    if (kind == BATON_PERIOD_NONE || as->is_code)
        return BATON_OK;
    struct columns *columns = &looking->columns;
    gather(columns, looking->facts, looking->element, kind, as->frequency != BATON_PERIOD_NONE,
           looking->fresh, looking->count);
    const struct magnitude_figures figures = {
        .measure = as->measure,
        .unit_count = columns->unit_count,
        .period_count = (uint32_t)columns->period_count,
        .period = columns->period,
        .value = columns->value,
        .is_new = looking->count > 0 ? columns->is_new : NULL,
    };
    magnitude_look(looking->scratch, &figures, &looking->slips);
    return BATON_OK;
}

static void look_at_element(struct looking *looking, uint32_t element,
                            const struct magnitude_new *fresh, size_t count) {
    const struct arena_mark mark = arena_mark(looking->scratch);
    struct magnitude_list *out = looking->out;
    looking->element = element;
    looking->fresh = fresh;
    looking->count = count;
    if (arena_run(looking->scratch, look_with_scratch, looking) != BATON_OK)
        arena_out_of_memory(looking->arena);
    const struct magnitude_slip *slip = looking->slips.item;
    const struct baton_period *period = looking->columns.period;
    for (size_t i = 0; i < looking->slips.count; i++)
        *ARRAY_PUSH(looking->arena, out->item, out->count, out->capacity) =
            (struct magnitude_found){slip[i], element, period[slip[i].first], period[slip[i].last]};
    arena_reset_to(looking->scratch, mark);
}

static void close_scratch(void *context) {
    arena_close(context);
}

static struct looking begin(struct baton_arena *arena, const struct baton_scheme *scheme,
                            const struct baton_facts *facts, struct magnitude_list *out) {
    struct baton_arena *scratch = arena_open();
    if (scratch == NULL)
        arena_out_of_memory(arena);
    arena_on_close(arena, close_scratch, scratch);
    return (struct looking){
        .arena = arena, .scratch = scratch, .scheme = scheme, .facts = facts, .out = out};
}

void magnitude_of_facts(struct baton_arena *arena, const struct baton_scheme *scheme,
                        const struct baton_facts *facts, struct magnitude_list *out) {
    struct looking looking = begin(arena, scheme, facts, out);
    for (uint32_t e = 0; e < scheme->element_count; e++)
        if (scheme->element[e].value.text == NULL)
            look_at_element(&looking, e, NULL, 0);
}

static int compare_new(const void *left, const void *right) {
    const struct magnitude_new *a = left, *b = right;
    if (a->element != b->element)
        return a->element < b->element ? -1 : 1;
    const uint32_t x = baton_period_key(a->period), y = baton_period_key(b->period);
    if (x != y)
        return x < y ? -1 : 1;
    return a->unit < b->unit ? -1 : a->unit > b->unit;
}

void magnitude_of_new(struct baton_arena *arena, const struct baton_scheme *scheme,
                      const struct baton_facts *facts, struct magnitude_new *fresh, size_t count,
                      struct magnitude_list *out) {
    struct looking looking = begin(arena, scheme, facts, out);
    if (count > 1)
        qsort(fresh, count, sizeof(*fresh), compare_new);
    for (size_t i = 0; i < count;) {
        size_t end = i + 1;
        while (end < count && fresh[end].element == fresh[i].element &&
               fresh[end].period.kind == fresh[i].period.kind)
            end++;
        look_at_element(&looking, fresh[i].element, fresh + i, end - i);
        i = end;
    }
}

/* ---- A sheet as a whole. */

/* The median of the other figures of a unit, of the same name in other years where there are some; NaN. As a logarithm. */
static double usual_of(const struct columns *columns, uint32_t unit, struct baton_period period,
                       double *room) {
    for (int by_name = 1; by_name >= 0; by_name--) {
        uint32_t count = 0;
        for (size_t t = 0; t < columns->period_count; t++) {
            const double x = columns->value[t][unit];
            if (baton_period_equal(columns->period[t], period) || isnan(x) || x == 0 ||
                (by_name && columns->period[t].index != period.index))
                continue;
            room[count++] = magnitude_log(x);
        }
        if (count > 0)
            return median_of(room, count, 1);
    }
    return NAN;
}

bool magnitude_of_sheet(struct baton_arena *arena, const struct baton_scheme *scheme,
                        const struct baton_facts *facts, const struct magnitude_sheet *sheet,
                        int *power) {
    const struct baton_element *as = &scheme->element[sheet->element];
    struct columns columns = {.arena = arena, .unit_count = scheme->unit_count};
    uint32_t count = 0, near = 0;
    if (as->is_code || as->frequency != (enum baton_period_kind)sheet->period.kind)
        return false;
    gather(&columns, facts, sheet->element, as->frequency, true, NULL, 0);
    double *room = arena_alloc(arena, columns.period_count, sizeof(*room));
    double *away = arena_alloc(arena, sheet->count, sizeof(*away));
    for (size_t i = 0; i < sheet->count; i++) {
        const double usual = usual_of(&columns, sheet->unit[i], sheet->period, room);
        if (!isnan(usual) && !isnan(sheet->value[i]) && sheet->value[i] != 0)
            away[count++] = magnitude_log(sheet->value[i]) - usual;
    }
    const double middle = median_of(away, count, 3), nearest = floor(middle + 0.5);
    for (uint32_t i = 0; i < count; i++)
        near += fabs(away[i] - middle) <= 0.3;
    if (!(fabs(middle - nearest) <= 0.3) || 10 * near < 7 * count || fabs(nearest) > MAGNITUDE_MOST)
        return false;
    *power = (int)nearest;
    return *power == 0 || (magnitude_powers(as->measure) >> (MAGNITUDE_MOST + *power) & 1) != 0;
}

/* ---- What is shown of them. */

const char *magnitude_formula(struct baton_arena *arena, const struct magnitude_slip *slip) {
    static const char *const factor[MAGNITUDE_MOST + 1] = {"1", "10", "100", "1000", "10000"};
    char figure[BATON_NUMBER_SHORTEST_SIZE], usual[BATON_NUMBER_SHORTEST_SIZE];
    baton_number_shortest(slip->figure, figure);
    baton_number_shortest(slip->usual, usual);
    return arena_printf(arena, "%s ≈ %s %s %s", figure, usual, slip->power > 0 ? "×" : "÷",
                        factor[abs(slip->power)]);
}

const char *magnitude_span(struct baton_arena *arena, const struct magnitude_found *found) {
    char first[BATON_PERIOD_NAME_SIZE], last[BATON_PERIOD_NAME_SIZE];
    baton_period_format(found->first, first);
    baton_period_format(found->last, last);
    return found->slip.first == found->slip.last ? arena_text(arena, first, strlen(first))
                                                 : arena_printf(arena, "%s..%s", first, last);
}
