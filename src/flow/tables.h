/* The tables of a package that are facts in a ledger, a fact a row; what else a package has is content of its scheme's versions. */
#ifndef FLOW_TABLES_H
#define FLOW_TABLES_H

#include "ledger/fact.h"

enum { FLOW_TABLES = 5, FLOW_COLUMNS_MAX = 10 };

struct flow_column {
    const char *name; /* NULL behind the last */
    bool needed;      /* it is written although no row has a value there */
};

struct flow_table {
    const char *file; /* "observations.csv" */
    enum fact_kind kind;
    bool needed;                                     /* written although there are no rows */
    struct flow_column column[FLOW_COLUMNS_MAX + 1]; /* in the order of the format */
};

/* In the order in which they are imported: who is assessed comes before what is said of them. */
extern const struct flow_table flow_tables[FLOW_TABLES];

/* The table of a file of a package, of a kind of fact; NULL = none is. */
const struct flow_table *flow_table_of_file(const char *name);
const struct flow_table *flow_table_of_kind(enum fact_kind kind);

/* Whether a file of a package is content of a version of its scheme: scheme.yaml, indicators.csv, weights.csv, documents/NAME.md, mappings/NAME.yaml. */
bool flow_is_scheme_file(const char *name);

/* The names of the fields of a version of a scheme: "file:" and "link:" stand before the file's name, before the path. */
#define FLOW_FILE "file:"
#define FLOW_LINK "link:"

#endif
