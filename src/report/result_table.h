/* A result as tables for people: `baton score`. */
#ifndef REPORT_RESULT_TABLE_H
#define REPORT_RESULT_TABLE_H

#include "base/writer.h"
#include "report/result_view.h"

struct table_style {
    enum baton_language language;
    bool colour;
    uint32_t width;   /* columns; lines are not longer as long as it is 60 or more */
    bool only_awards; /* the awards without the league tables */
};

/* A heading, a league table of each group (rank and its change, unit, total, grade, the score of each block, how many
 * leaves are in each rating), under it what is worth knowing; then the awards; last what was scored and by what. Blocks
 * for which there is no room are named in a line instead. Numbers are as published. */
void result_table(struct baton_arena *arena, const struct result_view *view, struct writer *writer,
                  const struct table_style *style);

#endif
