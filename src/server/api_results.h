/* Results of assessments: current ones from memory, those as known earlier scored anew. */
#ifndef SERVER_API_RESULTS_H
#define SERVER_API_RESULTS_H

#include "http/http.h"
#include "server/body.h"

/* GET assessments: those that have facts, with the periods that have results. */
http_handler api_assessments;
/* GET assessments/{assessment}: title, periods, groups, units, what is wrong with it. */
http_handler api_assessment;
/* GET assessments/{assessment}/results[/{period}] ?group= ?unit= ?rounded=1 ?known= ?format=json|csv|xlsx: as `baton score --ledger`. */
http_handler api_result;
/* GET assessments/{assessment}/results/{period}/matrix ?what= (CSV) ?group= ?unit= ?known= ?format=json|csv|xlsx: as `baton matrix --ledger`. */
http_handler api_matrix;
/* GET assessments/{assessment}/results/{period}/units/{unit} ?node= ?depth= ?all=1 ?clauses=1 ?known= ?format=json|text: as `baton explain --ledger`. */
http_handler api_explanation;

/* The answers, for the document and the tests. */
extern const struct body_shape assessment_list_shape, assessment_shape, result_shape, matrix_shape,
    explanation_shape;
extern const struct body_shape texts_shape; /* a title or name, in one language or both */

#endif
