/* Packages into the ledger and out of it, and the ledger as one file. */
#ifndef SERVER_API_PACKAGE_H
#define SERVER_API_PACKAGE_H

#include "http/http.h"
#include "server/body.h"

/* POST assessments/{assessment}/import ?reason= ?in_force= ?correct=1 ?propose=1 ?withdraw=1 ?folder=: as `baton import`, of an archive or a workbook. */
http_handler api_import;
/* GET assessments/{assessment}/export ?format=zip|xlsx ?period= ?known=: as `baton export`. */
http_handler api_export;
/* GET journal: what `baton backup` writes. */
http_handler api_journal_file;

extern const struct body_shape import_query_shape, import_shape, export_query_shape;

#endif
