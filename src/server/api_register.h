/* What is asked of whom, over all assessments of the ledger: figures, those that are asked twice, registered assessments. */
#ifndef SERVER_API_REGISTER_H
#define SERVER_API_REGISTER_H

#include "http/http.h"
#include "server/body.h"

http_handler api_register, api_register_twice, api_register_assessments;

extern const struct body_shape register_query_shape, register_shape, twice_query_shape, twice_shape,
    registered_query_shape, registered_shape;

#endif
