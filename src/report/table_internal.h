/* What the parts of the table for people share: table_columns.c chooses columns and prints rows, table_notes.c prints what is
 * worth knowing, result_table.c puts them together. */
#ifndef REPORT_TABLE_INTERNAL_H
#define REPORT_TABLE_INTERNAL_H

#include "report/layout.h"
#include "report/paint.h"
#include "report/result_notes.h"
#include "report/result_table.h"

/* A group's league table. */
struct table_group {
    uint32_t group;
    uint32_t *units; /* in order */
    uint32_t count;  /* how many of them are shown */
    uint32_t size;   /* how many take part */
    /* of how many there is something to say below the table: the first ones of `units` */
    uint32_t counted;
    struct columns *columns;
    size_t width, name_width;
};

struct table {
    struct baton_arena *arena;
    const struct result_view *view;
    const struct baton_scheme *scheme;
    struct writer *writer;
    const struct table_style *style;
    bool zh;
    size_t width; /* of the widest league table */
};

/* en or zh, whichever the table is in. */
__attribute__((format_arg(2), format_arg(3))) static inline const char *table_words(
    const struct table *table, const char *en, const char *zh) {
    return table->zh ? zh : en;
}

const char *table_unit_name(const struct table *table, uint32_t unit);
const char *table_node_name(const struct table *table, uint32_t node);

/* Chooses and measures the columns of a group whose units are known. */
void table_choose(struct table *table, struct table_group *group);

/* Makes the names as wide as those of other groups, where there is room. */
void table_widen_names(const struct table *table, struct table_group *group, size_t name_width);

/* The head and the rows of a group; then, where there was no room, which blocks are left out. */
void table_rows(const struct table *table, const struct table_group *group);
void table_rule(const struct table *table);

/* Which ratings occur in its rows, a bit each; 0 where they are not shown. */
uint32_t table_ratings_used(const struct table_group *group);

/* What is worth knowing of a group's units, under its table; adds to the counts. */
void table_notes(const struct table *table, const struct table_group *group,
                 struct result_counts *counts);

void table_awards(const struct table *table);

/* What was scored, what was missing, and by what time. */
void table_closing(const struct table *table, const struct result_counts *counts);

#endif
