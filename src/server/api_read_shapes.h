/* The parameters of what is read: see api_results.h and api_journal.h. */
#ifndef SERVER_API_READ_SHAPES_H
#define SERVER_API_READ_SHAPES_H

#include "server/body.h"

extern const struct body_shape result_query_shape, matrix_query_shape, explanation_query_shape,
    entries_query_shape, proposals_query_shape, facts_query_shape, history_query_shape,
    consistency_query_shape;

#endif
