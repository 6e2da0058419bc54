/* Forms: the figures that a unit still has to report for a period, as a table to be filled in, a workbook or CSV.
 *
 *     form_use  u = {reader, ledger, assessment, ...}         what it is made of
 *     form_make(arena, &u, &pick, &form)                      its rows
 *     form_csv(&form, writer), form_workbook(arena, &form, ...)
 *
 * The first three rows say what it is for people, then for the program (form_head), then how much is in it (the check row); the fourth has the names of the columns. form_read.h reads it again. docs/adr/0021 has the reasons. */
#ifndef FLOW_FORM_H
#define FLOW_FORM_H

#include "base/writer.h"
#include "flow/calendar.h"
#include "flow/expected.h"
#include "flow/report_entries.h"

enum form_column {
#define X(NAME, ...) FORM_##NAME,
#include "flow/form_columns.def"
#undef X
    FORM_COLUMNS
};

struct form_column_info {
    const char *word, *name[2]; /* by enum baton_language */
    bool is_open, is_needed;
    unsigned width;
    const char *is[2];
};
const struct form_column_info *form_column_info(enum form_column column);
/* The column that a header names, by its word or a name in either language; false = none. */
bool form_column_of(const char *text, enum form_column *out);

/* What is written into cells of the check row, before the number that they announce. */
enum form_count { FORM_COUNT_ROWS, FORM_COUNT_FILLED, FORM_COUNT_SUM, FORM_COUNTS };
const char *form_count_name(enum form_count count, enum baton_language language);

/* What a form is: "baton-form 1; ledger=city; assessment=...; ...", in one cell. */
struct form_head {
    const char *ledger, *assessment, *period, *reporter;
    enum baton_language language;
    const char *made; /* when, ISO 8601 */
    uint64_t rows;
};
const char *form_head_text(struct baton_arena *arena, const struct form_head *head);
/* Whether a text is meant as one at all; false of form_head_read: of another version, or something of it is missing. */
bool form_head_is(const char *text);
bool form_head_read(struct baton_arena *arena, const char *text, struct form_head *out);

/* What forms are made of, and read against. */
struct form_use {
    struct ledger_reader *reader;
    const char *ledger, *assessment, *period_name;
    struct baton_period period;
    const struct baton_session *session;
    const struct expected *all; /* of the assessment (expected_all) */
    const struct calendar *calendar;
    int64_t now_utc_ms;
    enum baton_language language;
    /* Whether `actor`, who asks, may read a report, and is told of a figure: others are neither given out nor compared with what comes in. NULL = all of them. */
    bool (*may_read)(void *context, const struct entry *report);
    bool (*may_tell)(void *context, const char *period, const struct expectation *of);
    bool (*may_draft)(void *context, const struct expectation *one); /* of collect_wish */
    const char *actor;
    void *context;

    struct expected expected; /* by form_prepare: of the period */
    struct hash figure;       /* unit and element to their place in `expected` */
    struct report_entries reports;
};
/* Finds out the last three, once. What the reader answers. */
MUST_USE baton_code form_prepare(struct baton_arena *arena, struct form_use *use);
bool form_tells(const struct form_use *use, const struct expectation *of);
/* NULL = the figure is not expected in the period. */
const struct expectation *form_expectation(const struct form_use *use, const char *unit,
                                           const char *element);

struct form_row {
    const struct expectation *of;
    const char *text[FORM_COLUMNS]; /* never NULL */
    bool is_open;                   /* may be filled in */
};

struct form_sheet {
    struct form_head head;
    const struct baton_scheme *scheme;
    const char *title; /* for people */
    struct form_row *row;
    size_t count;
    bool has_there; /* with the column of that name */
};

/* Which rows. Members may be NULL; without `all`, those that are still in the hands of whoever reports them. */
struct form_pick {
    const char *reporter; /* never NULL */
    const char *unit, *element, *stage;
    bool all;
};

void form_make(struct baton_arena *arena, const struct form_use *use, const struct form_pick *pick,
               struct form_sheet *out);
/* The head and the title of a form of a reporter, without rows. */
struct form_sheet form_begin(struct baton_arena *arena, const struct form_use *use,
                             const char *reporter);
/* A row as the ledger has it; `report` NULL = there is none. */
struct form_row form_row_of(struct baton_arena *arena, const struct form_use *use,
                            const struct expectation *of, const struct entry *report);

/* The figure itself as a text; "" = there is none. */
const char *form_figure(struct baton_arena *arena, const struct form_use *use,
                        const struct expectation *of, struct baton_period period);
/* Their names, in a language; of a figure whose indicator nobody named, its id. */
const char *form_unit_name(const struct form_use *use, const struct expectation *of,
                           enum baton_language language);
const char *form_indicator_name(const struct form_use *use, const struct expectation *of,
                                enum baton_language language);
/* Whether a report is still with whoever reports it; NULL = there is none yet. */
bool form_in_hands(const struct entry *report);
/* What it says for people: its value, else its state. */
const char *form_says(const struct entry *report, enum baton_language language);
/* A state as a cell has it: its word, or its name in either language; NULL = none of them. */
const char *form_state_word(const char *text);
/* That word as a form in a language has it. */
const char *form_state_name(const char *word, enum baton_language language);
/* The codes of a figure that is one; false = it is a number. */
bool form_codes(struct baton_arena *arena, const struct baton_scheme *scheme,
                const struct expectation *of, const char ***out, size_t *count);

/* UTF-8 with a byte-order mark; what a spreadsheet would take for a formula gets an apostrophe, as form_read.h knows. */
void form_csv(struct baton_arena *arena, const struct form_sheet *form, struct writer *writer);
/* Writes a workbook to the file `path`; *error is an errno, 0 = it is there. CELL_TEXT_LONG, CELL_TEXT_UNSOUND. */
MUST_USE baton_code form_workbook(struct baton_arena *arena, const struct form_sheet *form,
                                  const char *path, int *error, struct baton_findings *found);

#endif
