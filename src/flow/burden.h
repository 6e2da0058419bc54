/* The burden meter: how many figures, forms and files are asked of units, and how long that takes them.
 *
 *     burden_count(arena, &register, calendars, files, year, &cells)      every form of a year
 *     burden_rows(arena, &cells, &before, by, &rows)                      added up, beside the year before
 *
 * A figure counts once in each period in which it is expected. A form is what one unit reports to one department for one period of one assessment. What comes from elsewhere (sharing) is no burden, and told as saved.
 * An assessment counts in a year with the periods of it that are opened; in the year of its scheme with all of its periods. A period belongs to the month of its last day. */
#ifndef FLOW_BURDEN_H
#define FLOW_BURDEN_H

#include "flow/calendar.h"
#include "flow/register.h"

/* Minutes of work: for a figure (to find it and to type it), for a form (to open, check, sign and send it), for a file (to get it and to bring it in). The office says others by facts of kind effort. */
struct burden_effort {
    double figure, form, file;
};
extern const struct burden_effort burden_effort_usual;
/* As the ledger has it, the usual where nothing is said. What the reader answers. */
MUST_USE baton_code burden_effort_read(struct ledger_reader *reader, uint64_t known,
                                       struct burden_effort *out);

/* A form. */
struct burden_cell {
    uint32_t source; /* assessment */
    const char *unit, *level,
        *department; /* who reports; level "" = none; department "" = the office */
    struct baton_period period;
    uint32_t figures; /* that are asked */
    uint32_t saved;   /* that come from elsewhere; figures 0: the whole form is saved */
    uint32_t files;   /* that were brought in: different ones that its figures or reports name */
    uint32_t
        awaited; /* figures asked for with evidence that neither name a file yet nor say why there is none: a file each */
};
struct burden_cells {
    const struct figure_register *of;
    struct burden_cell *cell;
    size_t count, capacity;
};

/* A year's. `calendar` is [sources]. In the arena. */
void burden_count(struct baton_arena *arena, const struct figure_register *of,
                  const struct calendar *calendar, int year, struct burden_cells *out);
/* Counts the files that figures and reports of the ledger name, which are awaited no more. What the reader answers. */
MUST_USE baton_code burden_files(struct baton_arena *arena, struct ledger_reader *reader,
                                 uint64_t known, struct burden_cells *cells);

/* Added up. */
enum burden_by {
    BURDEN_UNIT,
    BURDEN_LEVEL,
    BURDEN_DEPARTMENT,
    BURDEN_MONTH,
    BURDEN_ASSESSMENT,
    BURDEN_BYS
};
struct burden_sum {
    uint64_t figures, forms, files, saved_figures, saved_forms; /* files: also those awaited */
};
struct burden_row {
    const char *key,
        *name; /* of a department "" = the office; of a month "2021-08"; name NULL = none */
    struct burden_sum now, before;
};
struct burden_table {
    const struct burden_row *row;
    size_t count;
    struct burden_sum now, before; /* all of them */
};
/* Rows in the order of the register, months in that of time. `before` may be NULL. Months of both years are told under those of `year`. Which cells count, `filter` says (unit and element of it count for nothing). */
void burden_rows(struct baton_arena *arena, const struct burden_cells *now,
                 const struct burden_cells *before, const struct register_filter *filter,
                 enum burden_by by, int year, enum baton_language language,
                 struct burden_table *out);

double burden_hours(const struct burden_sum *sum, const struct burden_effort *effort);
double burden_hours_saved(const struct burden_sum *sum, const struct burden_effort *effort);

#endif
