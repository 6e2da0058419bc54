/* An office's own sheet brought into the ledger. */
#ifndef SERVER_API_SHEET_H
#define SERVER_API_SHEET_H

#include "http/http.h"
#include "server/body.h"

/* POST assessments/{assessment}/import-sheet ?mapping= ?name= ?period= ?correct=1 ?propose=1 ?reason= ?trial=1: what `baton import-sheet` reads, as facts. */
http_handler api_import_sheet;

extern const struct body_shape sheet_query_shape, sheet_shape;

#endif
