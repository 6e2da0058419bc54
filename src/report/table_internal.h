/* What the parts of the table for people share: table_columns.c chooses columns and prints rows, table_notes.c says what is
 * worth knowing, result_table.c puts them together. */
#ifndef REPORT_TABLE_INTERNAL_H
#define REPORT_TABLE_INTERNAL_H

#include "report/layout.h"
#include "report/paint.h"
#include "report/result_table.h"

struct table {
    struct baton_arena *arena;
    const struct result_view *view;
    const struct baton_scheme *scheme;
    struct writer *writer;
    const struct table_style *style;
    bool zh;
    uint32_t *units; /* of the group at hand, in order */
    uint32_t count;  /* how many of them are shown */
    uint32_t taking_part; /* how many there are */
};

/* en or zh, whichever the table is in. */
__attribute__((format_arg(2), format_arg(3))) static inline const char *table_words(const struct table *table, const char *en, const char *zh) {
    return table->zh ? zh : en;
}

const char *table_unit_name(const struct table *table, uint32_t unit);
const char *table_node_name(const struct table *table, uint32_t node);

/* The head and the rows of a group; then, where there was no room, which blocks are left out. */
void table_rows(struct table *table, uint32_t group);

/* Counts of what was scored; see table_notes.c. */
struct table_counts {
    uint32_t units, without_total;
    uint64_t leaves, missing, imputed, pending, na;
};

/* What is worth knowing of a group's units, under its table; adds to the counts. */
void table_notes(struct table *table, uint32_t group, struct table_counts *counts);

void table_awards(struct table *table);

/* What was scored, what was missing, and by what time. */
void table_closing(struct table *table, const struct table_counts *counts);

/* The period that changes of rank compare with, where some unit has one; kind NONE = there is no earlier result. */
struct baton_period table_compared(const struct table *table);

#endif
