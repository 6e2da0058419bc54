/* What stands above tables of a result. */
#ifndef REPORT_HEADING_H
#define REPORT_HEADING_H

#include "base/writer.h"
#include "report/result_view.h"

struct heading_style {
    enum baton_language language;
    bool colour;
    size_t page;  /* columns that there are */
    size_t table; /* columns of the tables below: where the heading's line ends */
};

/* The title on the left, package and period (and the day as of which) on the right, a line below. On two lines where they
 * do not fit side by side. */
void heading_title(struct baton_arena *arena, const struct result_view *view, struct writer *writer,
                   const struct heading_style *style);

/* An empty line, then the group's title and what else is said of it, such as how many units it has. */
void heading_group(struct baton_arena *arena, const struct result_view *view, struct writer *writer,
                   const struct heading_style *style, uint32_t group, const char *more);

#endif
