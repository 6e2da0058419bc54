/* What figures were, and what each revision changed. */
#ifndef SERVER_API_VINTAGES_H
#define SERVER_API_VINTAGES_H

#include "http/http.h"
#include "server/body.h"

/* GET assessments/{assessment}/vintages/{kind} ?known= ?limit= ?before= ?format=json|csv: every row that was revised, first, revised and final side by side. */
http_handler api_vintages;
/* GET assessments/{assessment}/results/{period}/revisions ?kind= ?key= ?known= ?limit= ?format=json|csv: as `baton log LEDGER KEY` tells it of one row. */
http_handler api_revisions;

extern const struct body_shape vintages_query_shape, revisions_query_shape;
extern const struct body_shape vintage_list_shape, effect_list_shape;

#endif
