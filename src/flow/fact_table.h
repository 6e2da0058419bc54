/* The rows of a table that were in force, as the text of a CSV file of a package.
 *
 * Rows stand in the order in which they were first said, columns in that of the format, those of the office's own (x_...) behind them by their names. A column that
 * no row has a value in is left out unless the format needs it. Each row keeps the position of its fact. */
#ifndef FLOW_FACT_TABLE_H
#define FLOW_FACT_TABLE_H

#include "flow/tables.h"
#include "ledger/reader.h"

struct fact_table {
    const char *text; /* with a NUL behind it */
    size_t size;
    size_t row_count;
    const uint64_t *position; /* [row_count] of the fact in force */
    const uint64_t *line;     /* [row_count] on which it begins, rising; the header is line 1 */
};

/* Reads them as known when there were `known` entries. No rows: text "" unless the table is needed; then it is the header. Columns beyond LIMIT_COLUMNS are
 * TOO_MANY_COLUMNS with a finding; else what the reader answers, told too. */
MUST_USE baton_code fact_table_read(struct baton_arena *arena, struct ledger_reader *reader,
                                    const char *assessment, const struct flow_table *table,
                                    uint64_t known, struct fact_table *out,
                                    struct baton_findings *found);

/* The same with facts that nobody has said yet, as far as they are rows of this table: corrections in the place of what they correct, others at the end. Their position is UINT64_MAX. */
MUST_USE baton_code fact_table_read_with(struct baton_arena *arena, struct ledger_reader *reader,
                                         const char *assessment, const struct flow_table *table,
                                         uint64_t known, const struct fact_body *also,
                                         size_t also_count, struct fact_table *out,
                                         struct baton_findings *found);

/* The position of the fact of the row that begins on a line; false where none does. */
bool fact_table_position(const struct fact_table *table, uint64_t line, uint64_t *out);

#endif
