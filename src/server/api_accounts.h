/* Accounts, for the security administrator; tokens, for whoever lets a program act for them. */
#ifndef SERVER_API_ACCOUNTS_H
#define SERVER_API_ACCOUNTS_H

#include "server/route.h"

/* GET accounts; POST accounts: makes one; POST accounts/{person}/reset; DELETE accounts/{person}. */
http_handler api_accounts, api_account_make, api_account_reset, api_account_close;
/* GET tokens: one's own; POST tokens: makes one; DELETE tokens/{token}. */
http_handler api_tokens, api_token_make, api_token_revoke;

extern const struct body_shape account_make_shape, account_list_shape, first_password_shape,
    token_make_shape, token_made_shape, token_list_shape;

#endif
