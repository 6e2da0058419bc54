/* The inside of an import: shared by what walks the packages, their rows and their schemes. */
#ifndef FLOW_IMPORT_PARTS_H
#define FLOW_IMPORT_PARTS_H

#include "base/hash.h"
#include "flow/package_import.h"
#include "package/package.h"

/* One package on its way into the ledger. */
struct importing {
    struct baton_package *package;
    const char *id;
    const char *prefix; /* of its files in findings: "../city/"; "" of the one that was named */
    bool is_known;      /* the ledger has a version of its scheme */
    struct entry version;
    /* where it differs from the version: the new one, to be proposed */
    struct fact_body proposed;
    struct imported *told;
    size_t fact_from, fact_count; /* of the facts of the import */
};

struct import {
    struct baton_arena *arena;
    struct ledger_reader *reader;
    const struct import_wish *wish;
    struct baton_findings *found;
    uint64_t known; /* entries of the ledger when it was compared */
    struct importing *package;
    size_t package_count, package_capacity;
    struct fact_body *fact;
    size_t fact_count, fact_capacity;
    size_t writes; /* to the ledger that are left */
};

/* Adds a finding about a file of a package; answers its code. */
baton_code import_refuse(struct import *import, const struct importing *from, baton_code code,
                         struct baton_where where, const char *arg1, const char *arg2,
                         const char *arg3, const char *arg4);

/* Adds what the reader answered to the findings, and answers it. */
baton_code import_tell(struct import *import, baton_code code);

/* A fact to be appended: room for `fields` fields, which the caller fills in. */
struct field *import_add(struct import *import, const char *kind, const char *assessment,
                         size_t fields);

/* The same with fields that are there, in any order; borrowed until it is appended. */
void import_take(struct import *import, const char *kind, const char *assessment,
                 const struct field *field, size_t count);

/* The version of its scheme: a fact to be appended where it is the first, or `proposed`. */
MUST_USE baton_code import_scheme(struct import *import, struct importing *of);

/* The rows of one of its tables. */
MUST_USE baton_code import_rows(struct import *import, struct importing *of,
                                const struct flow_table *table);

/* Rows that were withdrawn, and are not in force again: found by their keys, of kinds without key by all that they said. Their values are positions of the withdrawals. */
struct import_withdrawn {
    struct hash keys; /* to an index of position */
    uint64_t *position;
    size_t count, capacity;
};
MUST_USE baton_code import_read_withdrawn(struct import *import, const struct importing *of,
                                          enum fact_kind kind, struct import_withdrawn *out);

/* The canonical bytes of a row without the ledger's own fields; fields in the order of their names. */
void import_bytes(struct baton_arena *arena, const struct fact_body *body, const uint8_t **bytes,
                  size_t *size);

/* Whether two files of a scheme (scheme.yaml, indicators.csv, documents/NAME.md ...) of one name mean the same, however they are written. */
MUST_USE baton_code import_means_same(struct import *import, struct file a, struct file b,
                                      bool *same);

/* Whether two packages are the same to the byte. */
MUST_USE baton_code import_same(struct import *import, struct baton_package *a,
                                struct baton_package *b, bool *same);

#endif
