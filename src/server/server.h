/* The server: a ledger open for appending, its results kept current, accounts, and HTTP in front of them. */
#ifndef SERVER_SERVER_H
#define SERVER_SERVER_H

#include "http/http.h"
#include "ledger/account.h"
#include "ledger/place.h"

struct server;

struct server_settings {
    struct ledger_place place;
    struct http_settings http; /* workers: beyond those in which sign-ins wait */
    struct accounts_settings accounts;
    enum baton_language language; /* where a client asks for none */
};

/* Opens all of it, and serves from then on. world is borrowed. What ledger_open, accounts_open, live_open and http_start answer, with findings. */
MUST_USE baton_code server_open(struct baton_arena *arena, const struct ledger_world *world,
                                const struct server_settings *settings, struct server **out,
                                struct baton_findings *found);
uint16_t server_port(const struct server *server);
/* Its accounts, for whoever runs beside it. */
struct accounts *server_accounts(struct server *server);

/* Lets what is under way end, for at most so long, then closes all. Also done when the arena is closed. */
void server_close(struct server *server, unsigned wait_ms);

#endif
