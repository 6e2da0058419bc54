/* What the columns of a package's tables hold, for who fills them in: words to choose from, ids of other tables, help. */
#ifndef PACKAGE_WORKBOOK_COLUMNS_H
#define PACKAGE_WORKBOOK_COLUMNS_H

#include <stdbool.h>
#include <stdint.h>

enum workbook_content {
    CONTENT_TEXT, /* ids, periods, dates, expressions: never taken for a number */
    CONTENT_NUMBER,
    CONTENT_WORD, /* one of `words` */
    CONTENT_ID    /* of the sheet or list `of`; often, but not always, one of these */
};

struct workbook_column {
    const char *table, *name; /* "units", "id" */
    enum workbook_content content;
    const char *const *words; /* NULL = none */
    uint32_t word_count;
    bool only_words; /* nothing else may stand there */
    /* the sheet whose ids these are, or "groups", "methods", "items", which stand in the scheme; NULL = none */
    const char *of;
    const char *zh, *en; /* what it is, in a line */
};

/* Columns of their own, of the format's later versions, of no table: texts or numbers, without help. */
struct workbook_column workbook_column(const char *table, const char *name);

#endif
