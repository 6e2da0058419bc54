/* What the files that print the matrix share. */
#ifndef REPORT_MATRIX_PARTS_H
#define REPORT_MATRIX_PARTS_H

#include "report/grid.h"
#include "report/heading.h"
#include "report/layout.h"
#include "report/matrix_report.h"
#include "report/paint.h"

/* One printing. */
struct matrix {
    struct baton_arena *arena;
    const struct matrix_view *view;
    const struct baton_session *session;
    const struct baton_scheme *scheme;
    const struct baton_result *result;
    struct writer *writer;
    bool zh;
};
struct matrix matrix_begin(struct baton_arena *arena, const struct matrix_view *view,
                           struct writer *writer);

/* en or zh, whichever it is printed in. */
__attribute__((format_arg(2), format_arg(3))) static inline const char *matrix_words(
    const struct matrix *matrix, const char *en, const char *zh) {
    return matrix->zh ? zh : en;
}
const char *matrix_unit_name(const struct matrix *matrix, uint32_t unit);
const char *matrix_node_name(const struct matrix *matrix, uint32_t node);
const char *matrix_group_name(const struct matrix *matrix, uint32_t group);
const char *matrix_rating_name(const struct matrix *matrix, uint32_t group, uint32_t rating);

/* Whether a node is among those at which the tree is cut off: a leaf, or an inner node of the view's level. They are apart, and
 * whatever is below the total is below one of them. */
bool matrix_is_end(const struct matrix *matrix, uint32_t node);
/* Whether it is one of these or above them; the total is. */
bool matrix_is_shown(const struct matrix *matrix, uint32_t node);

/* Whether a unit of the group is shown. */
bool matrix_has_unit(const struct matrix *matrix, uint32_t unit);

/* The number of a node of a unit that is asked for; NaN = none. Of points lost the total's are those before adjustments.
 * Of ratings none. */
double matrix_number(const struct matrix *matrix, const struct baton_matrix_unit *unit,
                     uint32_t node);

/* Whether what adjustments and the way of aggregating add stands beside the indicators. */
bool matrix_has_parts(const struct matrix *matrix);

/* The ids of all ratings of the groups shown, each once, in the order in which they come up; rating ids are compared as
 * texts. */
struct matrix_rating_ids {
    const char **id;
    const struct baton_rating **rating; /* the first of that id */
    uint32_t count;
};
struct matrix_rating_ids matrix_rating_ids(const struct matrix *matrix);

/* Tables, one file each. */
MUST_USE baton_code matrix_table_cells(const struct matrix *matrix);
MUST_USE baton_code matrix_table_units(const struct matrix *matrix);
MUST_USE baton_code matrix_table_indicators(const struct matrix *matrix);
MUST_USE baton_code matrix_table_lists(const struct matrix *matrix);

/* The line of a node in a table of nodes: its name, indented by its level, blocks standing out. */
struct grid_line matrix_line(const struct matrix *matrix, uint32_t node);

/* Does `each` for every group that is asked for; the first code that is not BATON_OK ends it. */
baton_code matrix_each_group(const struct matrix *matrix,
                             baton_code (*each)(const struct matrix *matrix, uint32_t group));

/* The title, as wide as the page or the tables, and a line that says what follows. */
void matrix_title(const struct matrix *matrix, const char *en, const char *zh);
/* The heading of a group of so many units; of the one that is asked for, that it takes no part, if so. */
void matrix_group_heading(const struct matrix *matrix, const struct baton_matrix_group *group);

/* Half of a number, as ranks are kept: "3", "2.5"; "—" of 0. In the arena. */
const char *matrix_half(const struct matrix *matrix, uint32_t doubled);
/* A number as the scheme rounds, with a sign where `sign`. In the arena. */
const char *matrix_fixed(const struct matrix *matrix, double number, int decimals, bool sign);
/* Decimals of points of a node: those of the node where points are rounded there, else not less than the total's. */
int matrix_points_decimals(const struct matrix *matrix, uint32_t node, uint32_t group);
/* "▲2", "▼1", "—", 新 of an earlier rank, and how it is painted. */
const char *matrix_change(const struct matrix *matrix, uint32_t unit, enum paint *paint);

#endif
