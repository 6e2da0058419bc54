/* One's own second factor. */
#ifndef SERVER_API_FACTOR_H
#define SERVER_API_FACTOR_H

#include "server/route.h"

/* GET session/factor: whether it is on. POST: begins; POST session/factor/confirm: a first code turns it on; POST session/factor/off: turns it off. */
http_handler api_factor, api_factor_begin, api_factor_confirm, api_factor_off;

extern const struct body_shape factor_shape, factor_begun_shape, factor_confirm_shape,
    factor_on_shape;

#endif
