/* The rows of one chunk of observations.csv.
 *
 * A row is read the fast way as long as it is plain: no quotation marks, spaces, states or codes. Its unit is not looked
 * up but guessed, as the one of the row before or the one that followed that last time, and the guess is compared with
 * the text; likewise its element and period together, the series. So a file that is sorted in any way is read without
 * looking anything up, and no delimiter is searched for: a name ends where the guess ends, a number where its digits
 * end. Whatever is not plain, or wrong, is read again by csv_next, which knows all of CSV, and reported. */
#include "base/text.h"
#include "package/observations_internal.h"
#include "package/scan_number.h"
#include <assert.h>
#include <math.h>
#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/* Bytes that must lie behind a place from which a row is read the fast way: two identifiers, a period and a number with
 * what follows each, looked at in blocks of 16. Behind a field that is searched for its end they must lie again. */
enum { FAST_ROOM = 2 * (LIMIT_ID_SIZE + 1) + 17 + SCAN_NUMBER_ROOM + 16 };

/* Rows for which the other guess must have been right before it is thought to be right for the next. */
enum { CHANGE_AFTER = 2 };

// clang-format off
#define TOP(n) ((n) <= 0 ? 0 : (n) >= 8 ? ~UINT64_C(0) : ~UINT64_C(0) << ((64 - 8 * (n)) & 63))
#define BOTTOM(n) ((n) <= 0 ? 0 : (n) >= 8 ? ~UINT64_C(0) : ~UINT64_C(0) >> ((64 - 8 * (n)) & 63))
#define EACH(M) {M(0), M(1), M(2), M(3), M(4), M(5), M(6), M(7), M(8), M(9), M(10), M(11), M(12), M(13), M(14), M(15), M(16)}
#define BEHIND(b) {(b) == 16 ? ~UINT64_C(0) : TOP((b) - 8), (b) == 16 ? ~UINT64_C(0) : TOP(b)}
#define BEFORE(b) {(b) == 16 ? 0 : BOTTOM(15 - (b)), (b) == 16 ? 0 : BOTTOM(7 - (b))}
#if defined(__SSE2__) && defined(__x86_64__) && !defined(SCAN_NUMBER_PLAIN)
const struct scan_masks scan_masks = {EACH(BEHIND), EACH(BEFORE)};
#endif

/* The first n bytes of 16. */
#define FIRST(n) {BOTTOM(n), BOTTOM((n) - 8)}
static const uint64_t first_bytes[17][2] = EACH(FIRST);
// clang-format on

static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "the masks have the first byte lowest");

/* Whether the bytes at `at`, of which 16 can be read, begin with the name; *size gets its size. */
static inline bool begins_with(const char *at, const struct name *name, size_t *size) {
    const uint8_t short_size = name->byte[15];
    if (UNLIKELY(short_size == NAME_LONG))
        return false;
    uint64_t text[2], want[2];
    memcpy(text, at, sizeof text);
    memcpy(want, name, sizeof want);
    *size = short_size;
    return (((text[0] ^ want[0]) & first_bytes[short_size][0]) | ((text[1] ^ want[1]) & first_bytes[short_size][1])) ==
           0;
}

static inline bool begins_with_long(const char *at, const char *name, size_t *size) {
    *size = strlen(name);
    return memcmp(at, name, *size) == 0;
}

static inline bool begins_with_unit(const struct parsing *parsing, const char *at, uint32_t slot, size_t *size) {
    const struct unit_slot *const is = &parsing->slot[slot];
    if (UNLIKELY(is->name.byte[15] == NAME_LONG))
        return begins_with_long(at, parsing->reader->scheme->unit[is->unit].id, size);
    return begins_with(at, &is->name, size);
}

static inline bool begins_with_element(const char *at, const struct known *known, size_t *size) {
    if (UNLIKELY(known->element.byte[15] == NAME_LONG))
        return begins_with_long(at, known->series->element->id, size);
    return begins_with(at, &known->element, size);
}

/* The unit's slot, guessed and compared, else looked up. Moves *at behind it; HASH_NONE where it is unknown. */
static inline uint32_t take_unit(struct parsing *parsing, struct worker *worker, const char **at, const char *end) {
    const uint32_t last = worker->slot;
    size_t size;
    if (LIKELY(last != HASH_NONE)) {
        const uint32_t next = __atomic_load_n(&parsing->slot[last].next, __ATOMIC_RELAXED);
        const uint32_t guess = worker->same_unit ? last : next;
        if (LIKELY(begins_with_unit(parsing, *at, guess, &size) && (*at)[size] == ',')) {
            *at += size;
            worker->unit_wrong = 0;
            return guess;
        }
        const uint32_t other = worker->same_unit ? next : last;
        if (begins_with_unit(parsing, *at, other, &size) && (*at)[size] == ',') {
            if (++worker->unit_wrong >= CHANGE_AFTER)
                worker->same_unit = !worker->same_unit;
            *at += size;
            return other;
        }
    }
    const char *const stop = csv_special(*at, end);
    const uint32_t unit = hash_find(&parsing->reader->unit, *at, (size_t)(stop - *at));
    if (unit == HASH_NONE)
        return HASH_NONE;
    const uint32_t slot = parsing->slot_of[unit];
    if (last != HASH_NONE)
        __atomic_store_n(&parsing->slot[last].next, slot, __ATOMIC_RELAXED);
    *at = stop;
    return slot;
}

/* A field as it stands. */
struct span {
    const char *text;
    size_t size;
};

static inline bool is_series(const struct known *known, struct span element, struct span period) {
    size_t size;
    return begins_with_element(element.text, known, &size) && size == element.size &&
           begins_with(period.text, &known->period, &size) && size == period.size;
}

/* The series of a row whose guess was wrong: the other guess, else looked up. HASH_NONE where something is wrong with it. */
static NOINLINE baton_code find_series(struct parsing *parsing, struct worker *worker, struct span element,
                                       struct span period, uint32_t *out) {
    const uint32_t last = worker->series;
    if (last != HASH_NONE) {
        const uint32_t other = worker->same_series ? worker->known[last].next : last;
        if (is_series(&worker->known[other], element, period)) {
            if (++worker->series_wrong >= CHANGE_AFTER)
                worker->same_series = !worker->same_series;
            *out = other;
            return BATON_OK;
        }
    }
    TRY(worker_series(parsing, worker, element.text, element.size, period.text, period.size, out));
    if (last != HASH_NONE && *out != HASH_NONE)
        worker->known[last].next = *out;
    return BATON_OK;
}

/* Puts a figure into its cell. False where there was one already and that is to be reported. */
static inline bool put(const struct parsing *parsing, struct worker *worker, struct known *known, uint32_t unit,
                       double value) {
    cell_bits bits = CELL_ZERO;
    if (LIKELY(value != 0)) // and where it is NaN
        memcpy(&bits, &value, sizeof value);
    if (UNLIKELY(__atomic_load_n(&known->cell[unit], __ATOMIC_RELAXED) != CELL_NONE)) {
        worker->doubled++;
        if (parsing->report_doubled)
            return false;
    } else {
        worker->stored++;
    }
    __atomic_store_n(&known->cell[unit], bits, __ATOMIC_RELAXED);
    if (known->origin != NULL)
        __atomic_store_n(&known->origin[unit], csv_row(worker->chunk->first_line + worker->line), __ATOMIC_RELAXED);
    return true;
}

/* Passes over a field that is not read. NULL where it is not plain. */
static inline const char *skip_field(const char *at, const char *end) {
    const char *const stop = csv_special(at, end);
    return (size_t)(stop - at) <= LIMIT_FIELD_SIZE ? stop : NULL;
}

/* Reads a row the fast way. Returns the start of the next, or NULL where the row is not plain or something is wrong with
 * it (then nothing was stored). `role` and `columns` are constants in the common case. */
static inline __attribute__((always_inline)) const char *
fast_row(struct parsing *parsing, struct worker *worker, const char *at, const char *end, const enum role *role,
         uint32_t columns, baton_code *code) {
    uint32_t slot = HASH_NONE;
    const uint32_t last = worker->series;
    const uint32_t guess = last == HASH_NONE || worker->same_series ? last : worker->known[last].next;
    const struct known *const thought = guess == HASH_NONE ? NULL : &worker->known[guess];
    bool as_thought = thought != NULL;
    struct span element = {at, 0}, period = {at, 0};
    double value = NAN;
    for (uint32_t i = 0; i < columns; i++) {
        const char *const start = at;
        size_t size;
        switch (role[i]) {
        case ROLE_UNIT:
            slot = take_unit(parsing, worker, &at, end);
            if (UNLIKELY(slot == HASH_NONE))
                return NULL;
            break;
        case ROLE_ELEMENT:
            if (LIKELY(thought != NULL && begins_with_element(at, thought, &size) && at[size] == ',')) {
                at += size;
            } else {
                as_thought = false;
                at = csv_special(at, end);
                if (UNLIKELY(end - at < FAST_ROOM))
                    return NULL;
            }
            element = (struct span){start, (size_t)(at - start)};
            break;
        case ROLE_PERIOD:
            if (LIKELY(thought != NULL && begins_with(at, &thought->period, &size) && at[size] == ',')) {
                at += size;
            } else {
                as_thought = false;
                at = csv_special(at, end);
                if (UNLIKELY(end - at < FAST_ROOM))
                    return NULL;
            }
            period = (struct span){start, (size_t)(at - start)};
            break;
        case ROLE_VALUE:
            at = scan_number(at, &value);
            if (UNLIKELY(at == NULL)) { // empty, or not common
                if (parsing->keep_empty || (*start != ',' && *start != '\n' && *start != '\r'))
                    return NULL;
                at = start;
            }
            break;
        case ROLE_STATE:
            break; // empty, or not plain
        case ROLE_SKIP:
        case ROLES:
            at = skip_field(at, end);
            if (UNLIKELY(at == NULL || end - at < FAST_ROOM))
                return NULL;
            break;
        }
        if (i + 1 < columns) {
            if (UNLIKELY(*at != ','))
                return NULL;
            at++;
        }
    }
    if (UNLIKELY(*at != '\n')) {
        if (at[0] != '\r' || at[1] != '\n')
            return NULL;
        at++;
    }
    uint32_t series = guess;
    if (UNLIKELY(!as_thought)) {
        *code = find_series(parsing, worker, element, period, &series);
        if (*code != BATON_OK || series == HASH_NONE)
            return NULL;
    } else {
        worker->series_wrong = 0;
    }
    struct known *const known = &worker->known[series];
    if (UNLIKELY(!known->is_plain))
        return NULL;
    if (UNLIKELY(!put(parsing, worker, known, parsing->slot[slot].unit, value)))
        return NULL;
    worker->slot = slot;
    worker->series = series;
    return at + 1;
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

static void field_error(struct worker *worker, baton_code code, enum role role, const struct csv_field *field,
                        const struct figure_element *element) {
    add_error(worker, (struct row_error){.code = code,
                                         .role = role,
                                         .line = worker->line,
                                         .text = field->text,
                                         .size = field->size,
                                         .element = element});
}

static uint32_t read_unit(struct parsing *parsing, struct worker *worker, const struct csv_field *field) {
    const uint32_t unit = hash_find(&parsing->reader->unit, field->text, field->size);
    if (unit == HASH_NONE)
        field_error(worker, field->size == 0 ? BATON_FIELD_EMPTY : BATON_UNIT_UNKNOWN, ROLE_UNIT, field, NULL);
    return unit;
}

static baton_code read_element(struct parsing *parsing, struct worker *worker, const struct csv_field *field,
                               struct figure_element **out) {
    *out = NULL;
    const baton_code code = field->size == 0                                   ? BATON_FIELD_EMPTY
                            : !text_is_identifier(field->text, field->size)    ? BATON_ID_BAD
                            : package_id_is_taken(field->text, field->size)    ? BATON_ID_TAKEN
                                                                               : BATON_OK;
    if (code == BATON_OK)
        return worker_element(parsing, worker, field->text, field->size, out);
    field_error(worker, code, ROLE_ELEMENT, field, NULL);
    return BATON_OK;
}

static bool field_is(const struct csv_field *field, const char *text) {
    return field->size == strlen(text) && memcmp(field->text, text, field->size) == 0;
}

/* What stands where the figure could: its value, and its state. False where it is wrong. */
static bool read_value(struct parsing *parsing, struct worker *worker, const struct csv_field field[ROLES],
                       const struct figure_element *element, double *value, uint8_t *state) {
    *value = NAN;
    *state = BATON_FIGURE;
    if (field[ROLE_STATE].size > 0) {
        if (field_is(&field[ROLE_STATE], "na"))
            *state = BATON_NA;
        else if (field_is(&field[ROLE_STATE], "pending"))
            *state = BATON_PENDING;
        else
            field_error(worker, BATON_FIGURE_STATE, ROLE_STATE, &field[ROLE_STATE], NULL);
        return *state != BATON_FIGURE;
    }
    const struct csv_field *const text = &field[ROLE_VALUE];
    if (text->size == 0) {
        if (parsing->keep_empty)
            *state = BATON_EMPTY;
        return true;
    }
    if (element == NULL)
        return true; // whatever it means, the row is wrong already
    if (element->is_code) {
        const uint32_t code = figure_code(parsing->reader, element, text->text, text->size);
        *value = code;
        if (code == BATON_NONE)
            field_error(worker, BATON_CODE_UNKNOWN, ROLE_VALUE, text, element);
        return code != BATON_NONE;
    }
    const enum baton_number_error error = numeral_parse(text->text, text->size, element->percent, value);
    if (error != BATON_NUMBER_OK)
        field_error(worker, numeral_code(error), ROLE_VALUE, text, element);
    return error == BATON_NUMBER_OK;
}

static baton_code put_state(struct parsing *parsing, const struct known *known, uint32_t unit, uint8_t state) {
    TRY(registry_states(parsing->registry, known->series));
    __atomic_store_n(&atomic_load(&known->series->state)[unit], state, __ATOMIC_RELAXED);
    return BATON_OK;
}

static void doubled_error(struct worker *worker, const struct known *known, uint32_t unit, const char *id) {
    add_error(worker, (struct row_error){.code = BATON_FIGURE_DOUBLED,
                                         .line = worker->line,
                                         .text = id,
                                         .size = strlen(id),
                                         .element = known->series->element,
                                         .period = known->series->period,
                                         .other = known->origin[unit]});
}

/* A record that has the right form. */
static baton_code read_fields(struct parsing *parsing, struct worker *worker, const struct csv_record *record) {
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
        field_error(worker, when->size == 0 ? BATON_FIELD_EMPTY : BATON_PERIOD_BAD, ROLE_PERIOD, when, NULL);
    const bool sound = read_value(parsing, worker, field, element, &value, &state);
    if (element == NULL || period.kind == BATON_PERIOD_NONE)
        return BATON_OK;
    uint32_t series; // also where the figure is wrong, as all periods of an element are compared
    TRY(worker_known(parsing, worker, element, period, when->text, when->size, &series));
    if (unit == HASH_NONE || !sound)
        return BATON_OK;
    struct known *const known = &worker->known[series];
    if (!put(parsing, worker, known, unit, value)) {
        doubled_error(worker, known, unit, parsing->reader->scheme->unit[unit].id);
        return BATON_OK;
    }
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
        if (record->problem == BATON_CSV_QUOTE_OPEN && worker->chunk->end < parsing->file.text + parsing->file.size) {
            atomic_store(&parsing->again, AGAIN_QUOTES);
        } else if (record->problem != BATON_OK) {
            struct row_error error = {.code = record->problem};
            csv_problem_place(record, &error.line, &error.column);
            add_error(worker, error);
        } else if (record->count != parsing->columns) {
            add_error(worker, (struct row_error){.code = BATON_CSV_RAGGED, .line = record->line, .count = record->count});
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

static const enum role canonical[] = {ROLE_UNIT, ROLE_ELEMENT, ROLE_PERIOD, ROLE_VALUE};

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
    /* The fast way does not look for zero bytes in fields that it passes over. */
    const char *const fast_end = has_nul ? chunk->start : end - at > FAST_ROOM ? end - FAST_ROOM : at;
    while (at < chunk->end) {
        baton_code code = BATON_OK;
        const char *next = NULL;
        if (LIKELY(at < fast_end))
            next = parsing->is_canonical
                       ? fast_row(parsing, worker, at, end, canonical, LENGTH(canonical), &code)
                       : fast_row(parsing, worker, at, end, parsing->role, parsing->columns, &code);
        if (LIKELY(next != NULL)) {
            at = next;
            worker->line++;
            continue;
        }
        if (code == BATON_OK)
            code = slow_row(parsing, worker, &at);
        if (UNLIKELY(code != BATON_OK || atomic_load_explicit(&parsing->again, memory_order_relaxed) != AGAIN_NO))
            return code;
    }
    chunk->lines = worker->line;
    return BATON_OK;
}
