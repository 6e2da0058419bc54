/* The small tables of a package: each reader fills its part of reader->scheme.
 *
 * All answer BATON_OK where there is something to go on with, though findings may have been added;
 * rows that are wrong are left out. Any other code (FILE_READ, FILE_TOO_LARGE, ENCODING_BAD: with a
 * finding; NO_MEMORY) means that the table could not be read at all. */
#ifndef PACKAGE_TABLES_H
#define PACKAGE_TABLES_H

#include "package/package_internal.h"

/* units.csv: scheme->unit in its order (see baton/scheme.h), first_unit and unit_count of the
 * groups, reader->unit. Needs the groups. */
MUST_USE baton_code units_read(struct package_reader *reader);

/* indicators.csv: scheme->node, the elements with the leaves' ids, the methods that are kinds by
 * name, the codes of elements that are codes; reader->node. Needs methods and defaults.
 * gate_at_least and gate_effect stay empty. */
MUST_USE baton_code indicators_read(struct package_reader *reader);

/* targets.csv, weights.csv, adjustments.csv, successions.csv, each in the order of the file. Need
 * units and indicators; adjustments need the items. A table that is not there is empty. */
MUST_USE baton_code targets_read(struct package_reader *reader);
MUST_USE baton_code weights_read(struct package_reader *reader);
MUST_USE baton_code adjustments_read(struct package_reader *reader);
MUST_USE baton_code successions_read(struct package_reader *reader);

/* documents: every *.md of the folder `documents`; then the `basis` of every indicator is looked up
 * in them. Needs the indicators. */
MUST_USE baton_code documents_read(struct package_reader *reader);

/* A clause (条款) of the policy texts: a heading with an id and what stands below it, up to the next
 * heading of its own level or above. */
struct package_clause {
    const char *basis; /* "rules#art-9" */
    const char *file;  /* "documents/rules.md" */
    uint32_t row;      /* line of the heading */
    const char *title; /* the heading without its marks and id */
    const char *text;  /* behind the heading's line; not ended by a NUL */
    size_t size;
};

struct package_documents {
    struct hash index; /* from basis to clause */
    struct package_clause *clause;
    size_t clause_count, clause_capacity;
    struct hash names; /* "rules": which documents there are */
};

/* The clause that a basis names; NULL where there is none. `documents` may be NULL. */
const struct package_clause *documents_clause(const struct package_documents *documents,
                                              const char *basis);

#endif
