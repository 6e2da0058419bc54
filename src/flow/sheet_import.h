/* The figures of an office's own sheet brought into a ledger: each becomes an observation with the cell that it came from, all of them or none.
 *
 * What a row in force says already, equal in value and state, is left alone. Another value is refused with its cell, or corrected where that is wished. */
#ifndef FLOW_SHEET_IMPORT_H
#define FLOW_SHEET_IMPORT_H

#include "ledger/ledger.h"
#include "ledger/reader.h"
#include "package/sheet_figures.h"

struct sheet_wish {
    const char *assessment, *actor;
    const char *reason;  /* of corrections and proposals; NULL = not said */
    const char *path;    /* of the workbook or CSV */
    const char *mapping; /* mappings/NAME.yaml of the assessment; NULL = `sent` */
    const struct mapping *sent;
    struct baton_period period; /* kind NONE = that of the sheet */
    bool correct;               /* what differs is corrected, what was withdrawn said again */
    bool propose;               /* all of it is only proposed */
    bool trial;                 /* nothing is compared or stored: only read */
    const struct request *request;
    /* whether the actor may say (or propose) these facts, beyond what the ledger judges; NULL = they may */
    baton_code (*may)(void *context, bool proposes, const struct fact_body *fact, size_t count);
    void *may_context;
};

struct sheet_imported {
    struct sheet_figures figures;
    uint64_t added, corrected, same; /* rows */
    uint64_t first, facts;           /* positions of what was appended; facts 0 = nothing was */
    bool is_proposal;                /* it was one proposal of all */
    bool
        is_repeat; /* the request was stored before: there are no figures, and first and facts are of what it stored */
};

/* Reads the sheet by the assessment's units, elements and history as they stand, looks for slips of magnitude, compares, appends. `reader` is of the same ledger and not within reader_begin. What is odd is told, too.
 * Other codes than BATON_OK: `found` says why, with sheet, row and cell, and nothing was appended. MAPPING_UNKNOWN, SCHEME_NONE, what the mapping and the sheet have wrong; IMPORT_DIFFERS, IMPORT_WITHDRAWN; REASON_NEEDED; what
 * ledger_append answers. */
MUST_USE baton_code sheet_import(struct baton_arena *arena, struct ledger *ledger,
                                 struct ledger_reader *reader, const struct sheet_wish *wish,
                                 struct sheet_imported *out, struct baton_findings *found);

#endif
