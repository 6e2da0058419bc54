/* Signing in and out, and who one is. */
#ifndef SERVER_API_SESSION_H
#define SERVER_API_SESSION_H

#include "server/route.h"

/* GET session: who is signed in, with which roles, and what a page has to send along. POST: signs in. DELETE: signs out. */
http_handler api_session, api_sign_in, api_sign_out;
/* POST session/password: a new password, proved by the old one. */
http_handler api_password;

extern const struct body_shape session_shape, sign_in_shape, password_shape;

#endif
