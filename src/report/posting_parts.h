/* What the files of the posting share: posting_pdf.c has the pages, posting_table.c the table of a group, posting_notes.c the words below. */
#ifndef REPORT_POSTING_PARTS_H
#define REPORT_POSTING_PARTS_H

#include "files/page_table.h"
#include "report/paper.h"
#include "report/posting_pdf.h"

struct posting {
    struct baton_arena *arena;
    const struct result_view *view;
    const struct baton_scheme *scheme;
    const struct posting_style *style;
    struct page_out *out;
    bool zh;
    double unit; /* mm: 1 on A3, less on smaller paper; all sizes are multiples of it */
    double width, height;
};

/* en or zh, whichever it is written in. */
__attribute__((format_arg(2), format_arg(3))) static inline const char *posting_in(
    const struct posting *posting, const char *en, const char *zh) {
    return posting->zh ? zh : en;
}
const char *posting_unit_name(const struct posting *posting, uint32_t unit);
const char *posting_node_name(const struct posting *posting, uint32_t node);

/* A group to be posted. */
struct posting_group {
    uint32_t group;
    const uint32_t *unit; /* [count], in order */
    uint32_t count, size; /* shown; taking part */
    struct page_table table;
    bool has_changes;
    const char *left_out; /* names of blocks; "" = none */
    const char *notes;    /* what stands below the table */
    uint32_t *first;      /* [pages + 1] rows at which pages begin */
    uint32_t pages;
};

/* Makes the table of a group whose units are known, `width` mm wide in a type of at most `most` mm; in one of less than `least` only where even
 * a table without blocks would need it. */
void posting_table(const struct posting *posting, struct posting_group *group, double width,
                   double least, double most);

/* What is said below a group's table. */
const char *posting_notes(const struct posting *posting, const struct posting_group *group);

#endif
