/* The rows of one chunk of observations.csv.
 *
 * A row is read the fast way as long as it is plain: no quotation marks, spaces, states or codes.
 * Its unit is not looked up but guessed, as the one of the row before or the one that followed that
 * last time, and the guess is compared with the text; likewise its element and period together, the
 * series. So a file that is sorted in any way is read without looking anything up, and no delimiter
 * is searched for: a name ends where the guess ends, a number where its digits end. Whatever is not
 * plain, or wrong, is read again by csv_next, which knows all of CSV, and reported. */
#include "base/text.h"
#include "package/observations_internal.h"
#include "package/scan_number.h"
#include <assert.h>
#include <math.h>
#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#define ALWAYS_INLINE __attribute__((always_inline))

/* Bytes that must lie behind a place from which a row is read the fast way: two identifiers, a
 * period and a number with what follows each, looked at in blocks of 16. Behind a field that is
 * searched for its end they must lie again. */
enum { FAST_ROOM = 2 * (LIMIT_ID_SIZE + 1) + 17 + SCAN_NUMBER_ROOM + 16 };

// clang-format off
#define TOP(n) ((n) <= 0 ? 0 : (n) >= 8 ? ~UINT64_C(0) : ~UINT64_C(0) << ((64 - 8 * (n)) & 63))
#define BOTTOM(n) ((n) <= 0 ? 0 : (n) >= 8 ? ~UINT64_C(0) : ~UINT64_C(0) >> ((64 - 8 * (n)) & 63))
#define EACH(M) {M(0), M(1), M(2), M(3), M(4), M(5), M(6), M(7), M(8), M(9), M(10), M(11), M(12), \
                 M(13), M(14), M(15), M(16)}
#define LAST(n) {TOP((n) - 8), TOP(n)}
#define BEHIND(b) {(b) == 16 ? ~UINT64_C(0) : TOP((b) - 8), (b) == 16 ? ~UINT64_C(0) : TOP(b)}
#define BEFORE(b) {(b) == 16 ? 0 : BOTTOM(15 - (b)), (b) == 16 ? 0 : BOTTOM(7 - (b))}
#if defined(__SSE2__) && defined(__x86_64__) && !defined(SCAN_NUMBER_PLAIN)
const struct scan_masks scan_masks = {EACH(LAST), EACH(BEHIND), EACH(BEFORE)};
#endif
// clang-format on

/* Behind the name and its comma, where the text begins with them; else NULL. `whole` is the name
 * again, ended by a NUL. 16 bytes can be read, and as many as a long name has. */
static inline ALWAYS_INLINE const char *behind_name(const char *at, const struct name *name,
                                                    const char *whole) {
    const unsigned size = name->byte[15];
    if (UNLIKELY(size == NAME_LONG)) {
        const size_t long_size = strlen(whole);
        return memcmp(at, whole, long_size) == 0 && at[long_size] == ',' ? at + long_size + 1
                                                                         : NULL;
    }
#if defined(__SSE2__)
    const __m128i same = _mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(const void *)at),
                                        _mm_loadu_si128((const __m128i *)(const void *)name));
    const unsigned wanted = (2u << size) - 1;
    return LIKELY(((unsigned)_mm_movemask_epi8(same) & wanted) == wanted) ? at + size + 1 : NULL;
#else
    return LIKELY(memcmp(at, name, size + 1) == 0) ? at + size + 1 : NULL;
#endif
}

static inline ALWAYS_INLINE const char *behind_unit(const struct parsing *parsing, const char *at,
                                                    uint32_t slot) {
    const struct unit_slot *const is = &parsing->slot[slot];
    return behind_name(at, &is->name,
                       is->name.byte[15] == NAME_LONG ? parsing->reader->scheme->unit[is->unit].id
                                                      : "");
}

static const char *behind_element(const struct worker *worker, const char *at, uint32_t series) {
    return behind_name(at, &worker->rest[series].element,
                       worker->known[series].series->element->id);
}

/* Behind the element, the period and their commas, where both stand side by side. */
static NOINLINE const char *behind_long_series(const struct worker *worker, const char *at,
                                               uint32_t series) {
    if (!worker->known[series].is_plain || (at = behind_element(worker, at, series)) == NULL)
        return NULL;
    return behind_name(at, &worker->rest[series].period, "");
}

static inline ALWAYS_INLINE const char *behind_series(const struct worker *worker, const char *at,
                                                      uint32_t series) {
    const struct known *const known = &worker->known[series];
    if (UNLIKELY(known->wanted == 0))
        return behind_long_series(worker, at, series);
#if defined(__SSE2__)
    const __m128i *const text = (const __m128i *)(const void *)at,
                         *const want = (const __m128i *)(const void *)known;
    const __m128i first = _mm_cmpeq_epi8(_mm_loadu_si128(text), _mm_loadu_si128(want));
    const __m128i second = _mm_cmpeq_epi8(_mm_loadu_si128(text + 1), _mm_loadu_si128(want + 1));
    const uint32_t differs =
        ~((uint32_t)_mm_movemask_epi8(first) | (uint32_t)_mm_movemask_epi8(second) << 16);
    return LIKELY((differs & known->wanted) == 0) ? at + known->size : NULL;
#else
    return LIKELY(memcmp(at, known->text, known->size) == 0) ? at + known->size : NULL;
#endif
}

static inline uint32_t next_slot(const struct parsing *parsing, uint32_t slot) {
    return __atomic_load_n(&parsing->slot[slot].next, __ATOMIC_RELAXED);
}

/* Puts a figure into its cell. False where there was one already and that is to be reported. */
static inline ALWAYS_INLINE bool put(const struct parsing *parsing, struct worker *worker,
                                     cell_bits *cell, uint32_t unit, double value) {
    cell_bits *const at = &cell[unit];
    cell_bits bits = CELL_ZERO;
    if (LIKELY(value != 0)) // and where it is NaN
        memcpy(&bits, &value, sizeof value);
    if (UNLIKELY(__atomic_load_n(at, __ATOMIC_RELAXED) != CELL_NONE)) {
        if (parsing->report_doubled)
            return false;
        worker->doubled++;
    }
    __atomic_store_n(at, bits, __ATOMIC_RELAXED);
    return true;
}

static inline void put_origin(const struct parsing *parsing, struct worker *worker,
                              struct series *series, uint32_t unit) {
    if (series->origin != NULL)
        series->origin[unit] = file_row(&parsing->file, worker->chunk->first_line + worker->line);
}

/* Takes the value and the byte behind it; *value stays NaN where it is empty. NULL where it is not
 * plain. */
static inline ALWAYS_INLINE const char *behind_value(const struct parsing *parsing, const char *at,
                                                     double *value) {
    const char *const behind = scan_number(at, value);
    if (LIKELY(behind != NULL))
        return behind + 1;
    return !parsing->keep_empty && (*at == ',' || *at == '\n' || *at == '\r') ? at + 1 : NULL;
}

/* The start of the next line where `at` is behind a line end, or in the middle of one; else
 * NULL. */
static inline ALWAYS_INLINE const char *behind_line(const char *at) {
    if (LIKELY(at[-1] == '\n'))
        return at;
    return at[-1] == '\r' && at[0] == '\n' ? at + 1 : NULL;
}

/* Rows of the common columns, as long as each is as it is thought to be from the one before.
 * Returns where it stopped: at `stop`, or at a row that is not. */
static NOINLINE const char *follow_canonical(struct parsing *parsing, struct worker *worker,
                                             const char *at, const char *stop) {
    uint32_t slot = worker->slot, series = worker->series;
    uint64_t rows = 0;
    for (; at < stop; rows++) {
        const uint32_t next = worker->known[series].next;
        const struct known *const known = &worker->known[next];
        const uint32_t next_unit = known->is_new_unit ? next_slot(parsing, slot) : slot;
        double value = NAN;
        const char *to = behind_unit(parsing, at, next_unit);
        if (UNLIKELY(to == NULL))
            break;
        to = behind_series(worker, to, next);
        if (UNLIKELY(to == NULL))
            break;
        to = behind_value(parsing, to, &value);
        if (UNLIKELY(to == NULL))
            break;
        to = behind_line(to);
        if (UNLIKELY(to == NULL))
            break;
        if (UNLIKELY(!put(parsing, worker, known->cell, parsing->slot[next_unit].unit, value)))
            break;
        at = to;
        slot = next_unit;
        series = next;
    }
    worker->slot = slot;
    worker->series = series;
    worker->stored += rows;
    worker->line += rows;
    return at;
}

/* Takes a field of any column and the comma or line end behind it, one byte of it. NULL where it is
 * not plain, or not as it was thought to be. */
static const char *behind_field(const struct parsing *parsing, const struct worker *worker,
                                enum role role, const char *at, const char *end, uint32_t slot,
                                uint32_t series, double *value) {
    const char *const start = at;
    switch (role) {
    case ROLE_UNIT:
        return behind_unit(parsing, at, slot);
    case ROLE_ELEMENT:
        return behind_element(worker, at, series);
    case ROLE_PERIOD:
        return behind_name(at, &worker->rest[series].period, "");
    case ROLE_VALUE:
        return behind_value(parsing, at, value);
    case ROLE_STATE:
        return at + 1; // empty, or what stands there is no comma or line end
    case ROLE_SKIP:
    case ROLES:
        break;
    }
    at = csv_special(at, end);
    return at - start <= LIMIT_FIELD_SIZE && end - at >= FAST_ROOM ? at + 1 : NULL;
}

/* Reads a row of any columns that is of that unit and series. Returns the start of the next, or
 * NULL where it is not, or not plain, or wrong (then nothing was stored). */
static const char *read_row(const struct parsing *parsing, struct worker *worker, const char *at,
                            uint32_t slot, uint32_t series) {
    const char *const end = parsing->file.text + parsing->file.size;
    const struct known *const known = &worker->known[series];
    double value = NAN;
    if (!known->is_plain)
        return NULL;
    for (uint32_t i = 0; i < parsing->columns; i++) {
        if (i > 0 && at[-1] != ',')
            return NULL;
        at = behind_field(parsing, worker, parsing->role[i], at, end, slot, series, &value);
        if (at == NULL)
            return NULL;
    }
    at = behind_line(at);
    const uint32_t unit = parsing->slot[slot].unit;
    if (at == NULL || !put(parsing, worker, known->cell, unit, value))
        return NULL;
    put_origin(parsing, worker, known->series, unit);
    worker->slot = slot;
    worker->series = series;
    worker->stored++;
    worker->line++;
    return at;
}

/* follow_canonical for any columns. */
static const char *follow_any(struct parsing *parsing, struct worker *worker, const char *at,
                              const char *stop) {
    while (at < stop) {
        const uint32_t series = worker->known[worker->series].next;
        const uint32_t slot =
            worker->known[series].is_new_unit ? next_slot(parsing, worker->slot) : worker->slot;
        const char *const next = read_row(parsing, worker, at, slot, series);
        if (next == NULL)
            break;
        at = next;
    }
    return at;
}

/* A row that was not as it was thought to be */

struct span {
    const char *text;
    size_t size;
};

/* Splits a plain row at its commas. False where it is none: nothing may be made of a row that has
 * not the right form. */
static bool split(const struct parsing *parsing, const char *at, struct span field[ROLES]) {
    const char *const end = parsing->file.text + parsing->file.size;
    for (uint32_t i = 0; i < parsing->columns; i++) {
        const char *const stop = csv_special(at, end);
        field[parsing->role[i]] = (struct span){at, (size_t)(stop - at)};
        if (end - stop < FAST_ROOM || stop - at > LIMIT_FIELD_SIZE ||
            (*stop != ',' && i + 1 < parsing->columns))
            return false;
        at = stop + 1;
    }
    return behind_line(at) != NULL;
}

static uint32_t find_slot(const struct parsing *parsing, uint32_t last, struct span unit) {
    if (last != HASH_NONE) {
        const uint32_t likely[2] = {last, next_slot(parsing, last)};
        for (int i = 0; i < 2; i++)
            if (behind_unit(parsing, unit.text, likely[i]) == unit.text + unit.size + 1)
                return likely[i];
    }
    const uint32_t found = hash_find(&parsing->reader->unit, unit.text, unit.size);
    return found == HASH_NONE ? HASH_NONE : parsing->slot_of[found];
}

/* The series of a row; where element and period stand side by side, by the text of both, looked up
 * once. */
static baton_code find_series(struct parsing *parsing, struct worker *worker, struct span element,
                              struct span period, uint32_t *out) {
    const bool is_side_by_side = period.text == element.text + element.size + 1;
    const size_t size = element.size + 1 + period.size;
    if (is_side_by_side && (*out = hash_find(&worker->texts, element.text, size)) != HASH_NONE)
        return BATON_OK;
    TRY(worker_series(parsing, worker, element.text, element.size, period.text, period.size, out));
    if (is_side_by_side && *out != HASH_NONE)
        hash_add(worker->arena, &worker->texts, arena_text(worker->arena, element.text, size), size,
                 *out);
    return BATON_OK;
}

/* Learns what follows the row before. */
static void learn(struct parsing *parsing, struct worker *worker, uint32_t slot, uint32_t series) {
    worker->known[worker->series].next = series;
    worker->known[series].is_new_unit = slot != worker->slot;
    if (slot != worker->slot)
        __atomic_store_n(&parsing->slot[worker->slot].next, slot, __ATOMIC_RELAXED);
}

/* Looks up what a row is and reads it. *at moves to the next, or stays where the row is not plain,
 * or wrong. */
static baton_code look_up_row(struct parsing *parsing, struct worker *worker, const char **at) {
    struct span field[ROLES] = {{0}};
    if (!split(parsing, *at, field))
        return BATON_OK;
    const uint32_t slot = find_slot(parsing, worker->slot, field[ROLE_UNIT]);
    if (slot == HASH_NONE)
        return BATON_OK;
    uint32_t series;
    TRY(find_series(parsing, worker, field[ROLE_ELEMENT], field[ROLE_PERIOD], &series));
    if (series == HASH_NONE)
        return BATON_OK;
    if (worker->series != HASH_NONE)
        learn(parsing, worker, slot, series);
    const char *const next = read_row(parsing, worker, *at, slot, series);
    if (next != NULL)
        *at = next;
    return BATON_OK;
}

/* As many rows as can be read without csv_next. Returns where it stopped: at `stop`, or at a row
 * that is not plain, or wrong. */
static const char *fast_rows(struct parsing *parsing, struct worker *worker, const char *at,
                             const char *stop, baton_code *code) {
    for (;;) {
        if (worker->series != HASH_NONE)
            at = parsing->is_canonical ? follow_canonical(parsing, worker, at, stop)
                                       : follow_any(parsing, worker, at, stop);
        if (at >= stop)
            return at;
        const char *const row = at;
        *code = look_up_row(parsing, worker, &at);
        if (at == row)
            return at;
    }
}

/* Rows that are not plain, or wrong */

static void add_error(struct worker *worker, struct row_error error) {
    struct chunk *chunk = worker->chunk;
    chunk->errors++;
    if (chunk->error_count >= BATON_FINDINGS_PER_FILE)
        return;
    if (error.text != NULL)
        error.text = arena_text(worker->arena, error.text, error.size);
    *ARRAY_PUSH(worker->arena, chunk->error, chunk->error_count, chunk->error_capacity) = error;
}

/* The fields of a record by role; empty ones where there is no such column. */
static void fields_by_role(const struct parsing *parsing, const struct csv_record *record,
                           struct csv_field field[ROLES]) {
    for (int i = 0; i < ROLES; i++)
        field[i] = (struct csv_field){"", 0};
    for (uint32_t i = 0; i < parsing->columns; i++)
        field[parsing->role[i]] = record->field[i];
}

static void field_error(struct worker *worker, baton_code code, enum role role,
                        const struct csv_field *field, const struct figure_element *element) {
    add_error(worker, (struct row_error){.code = code,
                                         .role = role,
                                         .line = worker->line,
                                         .text = field->text,
                                         .size = field->size,
                                         .element = element});
}

static uint32_t read_unit(struct parsing *parsing, struct worker *worker,
                          const struct csv_field *field) {
    const uint32_t unit = hash_find(&parsing->reader->unit, field->text, field->size);
    if (unit == HASH_NONE)
        field_error(worker, field->size == 0 ? BATON_FIELD_EMPTY : BATON_UNIT_UNKNOWN, ROLE_UNIT,
                    field, NULL);
    return unit;
}

static baton_code read_element(struct parsing *parsing, struct worker *worker,
                               const struct csv_field *field, struct figure_element **out) {
    *out = NULL;
    const baton_code code = field->size == 0                                ? BATON_FIELD_EMPTY
                            : !text_is_identifier(field->text, field->size) ? BATON_ID_BAD
                            : package_id_is_taken(field->text, field->size) ? BATON_ID_TAKEN
                                                                            : BATON_OK;
    if (code == BATON_OK)
        return worker_element(parsing, worker, field->text, field->size, out);
    field_error(worker, code, ROLE_ELEMENT, field, NULL);
    return BATON_OK;
}

static bool field_is(const struct csv_field *field, const char *text) {
    return field->size == strlen(text) && memcmp(field->text, text, field->size) == 0;
}

static const char *const states[] = {"na", "pending"};

const char *const *observation_states(uint32_t *count) {
    *count = LENGTH(states);
    return states;
}

baton_code figure_read(const struct package_reader *reader, const struct figure_element *element,
                       bool keep_empty, const struct csv_field *value_text,
                       const struct csv_field *state_text, double *value, uint8_t *state) {
    *value = NAN;
    *state = BATON_FIGURE;
    if (state_text->size > 0) {
        if (field_is(state_text, states[0]))
            *state = BATON_NA;
        else if (field_is(state_text, states[1]))
            *state = BATON_PENDING;
        return *state != BATON_FIGURE ? BATON_OK : BATON_FIGURE_STATE;
    }
    if (value_text->size == 0) {
        if (keep_empty)
            *state = BATON_EMPTY;
        return BATON_OK;
    }
    if (element == NULL)
        return BATON_OK; // whatever it means, the row is wrong already
    if (element->is_code) {
        const uint32_t code = figure_code(reader, element, value_text->text, value_text->size);
        *value = code;
        return code != BATON_NONE ? BATON_OK : BATON_CODE_UNKNOWN;
    }
    const enum baton_number_error error =
        numeral_parse(value_text->text, value_text->size, element->percent, value);
    return error == BATON_NUMBER_OK ? BATON_OK : numeral_code(error);
}

/* What stands where the figure could: its value, and its state. False where it is wrong. */
static bool read_value(struct parsing *parsing, struct worker *worker,
                       const struct csv_field field[ROLES], const struct figure_element *element,
                       double *value, uint8_t *state) {
    const baton_code code = figure_read(parsing->reader, element, parsing->keep_empty,
                                        &field[ROLE_VALUE], &field[ROLE_STATE], value, state);
    if (code == BATON_OK)
        return true;
    const enum role role = code == BATON_FIGURE_STATE ? ROLE_STATE : ROLE_VALUE;
    field_error(worker, code, role, &field[role], role == ROLE_VALUE ? element : NULL);
    return false;
}

static baton_code put_state(struct parsing *parsing, const struct known *known, uint32_t unit,
                            uint8_t state) {
    TRY(registry_states(parsing->registry, known->series));
    __atomic_store_n(&atomic_load(&known->series->state)[unit], state, __ATOMIC_RELAXED);
    return BATON_OK;
}

static void doubled_error(struct worker *worker, const struct series *series, uint32_t unit,
                          const char *id) {
    add_error(worker, (struct row_error){.code = BATON_FIGURE_DOUBLED,
                                         .line = worker->line,
                                         .text = id,
                                         .size = strlen(id),
                                         .element = series->element,
                                         .period = series->period,
                                         .other = series->origin[unit]});
}

/* A record that has the right form. */
static baton_code read_fields(struct parsing *parsing, struct worker *worker,
                              const struct csv_record *record) {
    struct csv_field field[ROLES];
    struct figure_element *element;
    struct baton_period period = {0};
    double value;
    uint8_t state;
    fields_by_role(parsing, record, field);
    const uint32_t unit = read_unit(parsing, worker, &field[ROLE_UNIT]);
    TRY(read_element(parsing, worker, &field[ROLE_ELEMENT], &element));
    const struct csv_field *const when = &field[ROLE_PERIOD];
    if (!baton_period_parse(when->text, when->size, &period))
        field_error(worker, when->size == 0 ? BATON_FIELD_EMPTY : BATON_PERIOD_BAD, ROLE_PERIOD,
                    when, NULL);
    const bool sound = read_value(parsing, worker, field, element, &value, &state);
    if (element == NULL || period.kind == BATON_PERIOD_NONE)
        return BATON_OK;
    uint32_t series; // also where the figure is wrong, as all periods of an element are compared
    TRY(worker_known(parsing, worker, element, period, when->text, when->size, &series));
    if (unit == HASH_NONE || !sound)
        return BATON_OK;
    const struct known *const known = &worker->known[series];
    if (!put(parsing, worker, known->cell, unit, value)) {
        doubled_error(worker, known->series, unit, parsing->reader->scheme->unit[unit].id);
        return BATON_OK;
    }
    put_origin(parsing, worker, known->series, unit);
    worker->stored++;
    worker->slot = parsing->slot_of[unit];
    worker->series = series;
    return state == BATON_FIGURE ? BATON_OK : put_state(parsing, known, unit, state);
}

static bool is_same_mark(struct arena_mark a, struct arena_mark b) {
    return a.block == b.block && a.used == b.used && a.big == b.big && a.cleanup == b.cleanup;
}

/* Reads the next record of the chunk, whatever it is; *at moves behind it. */
static baton_code slow_row(struct parsing *parsing, struct worker *worker, const char **at) {
    struct csv_scan scan = {*at, worker->chunk->end, worker->line};
    struct csv_record *const record = worker->record;
    const struct arena_mark before = arena_mark(worker->arena);
    const bool has_record = csv_next(&scan, record, worker->arena);
    const struct arena_mark read = arena_mark(worker->arena);
    baton_code code = BATON_OK;
    *at = scan.at;
    if (has_record) {
        worker->line = record->line;
        if (record->is_open && worker->chunk->end < parsing->file.text + parsing->file.size) {
            atomic_store(&parsing->again, AGAIN_QUOTES);
        } else if (record->problem != BATON_OK) {
            struct row_error error = {.code = record->problem};
            csv_problem_place(record, &error.line, &error.column);
            add_error(worker, error);
        } else if (record->count != parsing->columns) {
            add_error(worker, (struct row_error){.code = BATON_CSV_RAGGED,
                                                 .line = record->line,
                                                 .count = record->count});
        } else {
            code = read_fields(parsing, worker, record);
        }
    }
    worker->line = scan.line;
    if (is_same_mark(read, arena_mark(worker->arena)))
        arena_reset_to(worker->arena, before); // nothing that stays was made of the record
    return code;
}

/* Whole chunks */

/* Looks at every byte: whether there are zero bytes, and whether all are ASCII. */
static void look_at(const char *at, const char *end, bool *has_nul, bool *is_ascii) {
    uint64_t high = 0;
    bool nul = false;
#if defined(__SSE2__)
    __m128i any = _mm_setzero_si128(), zero = _mm_setzero_si128();
    for (; end - at >= 16; at += 16) {
        const __m128i block = _mm_loadu_si128((const __m128i *)(const void *)at);
        any = _mm_or_si128(any, block);
        zero = _mm_or_si128(zero, _mm_cmpeq_epi8(block, _mm_setzero_si128()));
    }
    high = (uint64_t)_mm_movemask_epi8(any);
    nul = _mm_movemask_epi8(zero) != 0;
#endif
    for (; at < end; at++) {
        high |= (uint64_t)((unsigned char)*at & 0x80);
        nul |= *at == '\0';
    }
    *has_nul = nul;
    *is_ascii = high == 0;
}

baton_code chunk_parse(struct parsing *parsing, struct worker *worker, size_t index) {
    struct chunk *const chunk = &parsing->chunk[index];
    const char *at = chunk->start, *const end = parsing->file.text + parsing->file.size;
    bool has_nul, is_ascii;
    look_at(at, chunk->end, &has_nul, &is_ascii);
    if (!is_ascii && text_valid_size(at, (size_t)(chunk->end - at)) != (size_t)(chunk->end - at)) {
        atomic_store(&parsing->again, AGAIN_ENCODING);
        return BATON_OK;
    }
    worker->chunk = chunk;
    worker->chunk_index = index;
    worker->line = 0;
    if (worker->record == NULL)
        worker->record = arena_alloc_raw(worker->arena, 1, sizeof *worker->record);
    const char *fast_end = end - at > FAST_ROOM ? end - FAST_ROOM : at;
    if (has_nul) // the fast way does not look for them in fields that it passes over
        fast_end = at;
    else if (fast_end > chunk->end)
        fast_end = chunk->end;
    while (at < chunk->end) {
        baton_code code = BATON_OK;
        if (at < fast_end)
            at = fast_rows(parsing, worker, at, fast_end, &code);
        if (code == BATON_OK && at < chunk->end)
            code = slow_row(parsing, worker, &at);
        if (UNLIKELY(code != BATON_OK ||
                     atomic_load_explicit(&parsing->again, memory_order_relaxed) != AGAIN_NO))
            return code;
    }
    chunk->lines = worker->line;
    return BATON_OK;
}
