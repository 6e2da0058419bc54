/* What the parts of the reader of observations share: observations.c cuts the file and puts
 * together what was read, observations_rows.c parses chunks, observations_series.c keeps elements
 * and columns, observations_report.c words the errors, observations_facts.c answers for the
 * columns. */
#ifndef PACKAGE_OBSERVATIONS_INTERNAL_H
#define PACKAGE_OBSERVATIONS_INTERNAL_H

#include "package/csv.h"
#include "package/observations.h"
#include <pthread.h>
#include <stdatomic.h>

/* Names */

/* A name ready to be compared with the text at some place: its bytes, the comma that follows it
 * there, zeros; the last byte is its size, or NAME_LONG where it has more than 14 and is kept
 * elsewhere. */
struct name {
    uint8_t byte[16];
};
enum { NAME_LONG = 255, NAME_SHORT_MOST = 14 };

struct name name_of(const char *text, size_t size);

/* Cells */

/* A figure while the file is being read: the bits of a double, with CELL_NONE where no row has come
 * yet and CELL_ZERO for 0, so that the zero pages that the system gives are columns without rows.
 * When all is read, no row becomes NaN. */
typedef uint64_t __attribute__((may_alias)) cell_bits;
#define CELL_NONE UINT64_C(0)
#define CELL_ZERO UINT64_C(0x8000000000000000)
#define CELL_MISSING UINT64_C(0x7ff8000000000000)

/* Elements and columns, shared by the threads */

struct figure_element {
    const char *id;
    uint32_t size, index; /* index: in registry->element */
    const char *measure;
    enum numeral_percent percent;
    bool is_code, is_named;
    const uint32_t *code; /* the permitted ones, ascending */
    uint32_t code_count;
};

/* An element in a period. */
struct series {
    struct figure_element *element;
    struct baton_period period;
    cell_bits *cell;        /* [unit_count] */
    uint8_t *_Atomic state; /* [unit_count]; NULL until a row needs it */
    uint32_t *origin;       /* [unit_count]; NULL = not wanted */
    /* Of the first row: its chunk and line in it, from 0; when all is read, its line in the file. */
    uint64_t first_chunk, first_line;
};

struct registry {
    struct package_reader *reader; /* only read while the threads run */
    struct baton_arena *arena;
    pthread_mutex_t lock;
    struct hash elements, pairs;
    struct figure_element **element;
    size_t element_count, element_capacity;
    struct series **series;
    size_t series_count, series_capacity;
    bool want_origins;
    struct baton_arena **holder; /* of `arena`, for closing it once */
};

/* Opens with an arena of its own, which closes with the reader's. */
MUST_USE baton_code registry_open(struct package_reader *reader, bool want_origins,
                                  struct registry **out);
void registry_close(struct registry *registry); /* gives the columns back */

/* The element of that id, which must be an identifier; the column of a pair. From any thread.
 * Answers NO_MEMORY or FIGURES_TOO_MANY. */
MUST_USE baton_code registry_element(struct registry *registry, const char *id, size_t size,
                                     struct figure_element **out);
MUST_USE baton_code registry_series(struct registry *registry, struct figure_element *element,
                                    struct baton_period period, struct series **out);
/* Makes room for states. */
MUST_USE baton_code registry_states(struct registry *registry, struct series *series);

/* Reading */

enum role { ROLE_SKIP, ROLE_UNIT, ROLE_ELEMENT, ROLE_PERIOD, ROLE_VALUE, ROLE_STATE, ROLES };

/* Something wrong with a row, to be worded when all lines are known. */
struct row_error {
    baton_code code;
    enum role role;   /* whose field; ROLE_SKIP = the row as a whole */
    uint64_t line;    /* in its chunk, from 0; then in the file, from 1 */
    uint32_t column;  /* character of the line; 0 = none */
    uint32_t count;   /* fields of a ragged row */
    const char *text; /* the field */
    size_t size;
    const struct figure_element *element;
    struct baton_period period;
    uint64_t other; /* the earlier line of a doubled row */
};

struct chunk {
    const char *start, *end; /* whole lines */
    /* Of the file, from 1; known when the chunks before it have been read or counted. */
    uint64_t first_line;
    uint64_t lines;
    struct row_error *error; /* the first BATON_FINDINGS_PER_FILE */
    size_t error_count, error_capacity;
    size_t errors; /* all */
};

/* A unit as the file may name it. Stands in the order of units.csv. */
struct unit_slot {
    struct name name;
    uint32_t unit; /* of the scheme */
    /* The slot that followed it last. Threads write and read it at will: it is only a guess. */
    uint32_t next;
};

/* A series as one thread knows it: what is needed for every row, a line of the cache ... */
struct known {
    uint8_t text[32]; /* `element,period,`, as most files have it */
    /* A bit for each byte of the text; 0 where it is longer than that, or figures are not plain. */
    uint32_t wanted;
    uint32_t next; /* the one that followed it last */
    cell_bits *cell;
    struct series *series;
    uint8_t size;     /* of the text */
    bool is_new_unit; /* whether the row of it had another unit than the row before, last time */
    bool is_plain;    /* figures are numbers */
};

/* ... and the rest. */
struct known_rest {
    struct name element, period;
    uint64_t chunk, line; /* of its first row */
};

struct worker {
    struct baton_arena *arena;
    struct hash elements; /* from id to local_element */
    struct figure_element **element;
    size_t element_count, element_capacity;
    struct hash pairs; /* from element and period to known */
    struct hash texts; /* the same, by the text of both */
    struct known *known;
    struct known_rest *rest; /* by known */
    size_t known_count, known_capacity, rest_capacity;
    uint32_t slot, series; /* of the last row; HASH_NONE = none yet */
    uint64_t stored;       /* figures put */
    uint64_t doubled;      /* of these, where one was */
    uint64_t line;         /* of the row at hand, in the chunk, from 0 */
    struct chunk *chunk;
    uint64_t chunk_index;
    struct csv_record *record;
};

/* Why the file must be read once more. */
enum again {
    AGAIN_NO,
    AGAIN_QUOTES,   /* a quoted field runs over the end of a chunk: cut with care */
    AGAIN_ENCODING, /* it is not UTF-8 */
    AGAIN_DOUBLED   /* rows are doubled: one thread, lines kept */
};

struct parsing {
    struct package_reader *reader;
    struct file file;
    struct registry *registry;
    struct unit_slot *slot;
    uint32_t slot_count;
    uint32_t *slot_of; /* by unit */
    enum role role[LIMIT_COLUMNS];
    uint32_t columns;
    bool is_canonical; /* the columns are unit, element, period, value, and no origins are wanted */
    bool keep_empty;   /* as a state */
    bool report_doubled; /* one thread reads, in order, with origins */
    struct chunk *chunk;
    size_t chunk_count;
    struct worker *worker;
    unsigned worker_count;
    _Atomic int again;  /* enum again */
    _Atomic int failed; /* NO_MEMORY or FIGURES_TOO_MANY */
};

/* Bytes of a chunk, a little more or less. Only tests change it; no result depends on it. */
extern size_t observations_chunk_size;

/* Parses a chunk: allocates in the worker's arena, inside an arena_run on it. */
MUST_USE baton_code chunk_parse(struct parsing *parsing, struct worker *worker, size_t index);

/* The series of an element and a period that stand in text, quietly: BATON_OK and HASH_NONE where
 * one of them is wrong. */
MUST_USE baton_code worker_series(struct parsing *parsing, struct worker *worker,
                                  const char *element, size_t element_size, const char *period,
                                  size_t period_size, uint32_t *out);
MUST_USE baton_code worker_element(struct parsing *parsing, struct worker *worker, const char *id,
                                   size_t size, struct figure_element **out);
MUST_USE baton_code worker_known(struct parsing *parsing, struct worker *worker,
                                 struct figure_element *element, struct baton_period period,
                                 const char *text, size_t size, uint32_t *out);

/* The index of a code among those that an element may have; BATON_NONE. */
uint32_t figure_code(const struct package_reader *reader, const struct figure_element *element,
                     const char *text, size_t size);

/* An element of the scheme as rows of it are read; its id and index are left out. */
struct figure_element figure_element_of(const struct package_reader *reader, uint32_t element);

/* What a row of an element (NULL = a wrong one) says: its figure, NaN without one, and its state. The code of what is wrong: FIGURE_STATE with the
 * state, any other with the value. */
MUST_USE baton_code figure_read(const struct package_reader *reader,
                                const struct figure_element *element, bool keep_empty,
                                const struct csv_field *value_text,
                                const struct csv_field *state_text, double *value, uint8_t *state);

/* Words the errors of all chunks, and those of series as a whole. */
void observations_report(struct parsing *parsing);

/* Facts */

struct observed {
    uint32_t period_key;
    struct baton_period period;
    struct baton_column column;
};

struct observations {
    struct package_reader *reader;
    struct file file;
    int16_t column_of[LIMIT_COLUMNS];
    const char **column_name; /* of the header */
    uint32_t columns;
    const struct chunk *chunk;
    size_t chunk_count;
    struct observed *observed; /* by element, then period key */
    uint32_t *first;           /* [element_count + 1] of `observed` */
    uint32_t element_count;
    struct baton_period first_period, last_period;
};

enum {
    COLUMN_UNIT,
    COLUMN_ELEMENT,
    COLUMN_PERIOD,
    COLUMN_VALUE,
    COLUMN_STATE,
    COLUMN_SOURCE,
    COLUMN_DOCUMENT,
    COLUMN_COUNT
};

/* Puts the finished columns of the registry (NULL = none) where the facts find them, and gives the
 * scheme the elements that it does not have yet. */
void observations_arrange(struct observations *observations, struct registry *registry);

#endif
