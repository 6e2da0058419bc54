/* GET /api/v1/doctor */
#ifndef SERVER_API_DOCTOR_H
#define SERVER_API_DOCTOR_H

#include "http/http.h"
#include "server/body.h"

extern const struct body_shape doctor_shape;

http_handler api_doctor;

#endif
