/* The server: a ledger open for appending, its results kept current, accounts, and HTTP in front of them. */
#ifndef SERVER_SERVER_H
#define SERVER_SERVER_H

#include "http/http.h"
#include "ledger/account.h"
#include "ledger/place.h"
#include "server/api_evidence.h"
#include "server/audit.h"
#include "server/chaser.h"
#include "server/limits.h"
#include "server/log.h"

struct server;

struct server_settings {
    struct ledger_place place;
    struct http_settings http; /* workers: beyond those in which sign-ins wait */
    struct accounts_settings accounts;
    /* requests that score, read or write whole assessments (costly.h): so many at a time, so many wait; 0 = by the processors, 8 */
    unsigned costly_max, costly_waiting_max;
    struct evidence_taken evidence; /* all 0 = EVIDENCE_USUAL, every kind */
    struct limits_settings limits;  /* all 0 = without limits */
    struct log_settings log;        /* all 0 = none */
    const char *
        operation_address; /* where /healthz, /readyz and /metrics are answered to anybody; NULL = nowhere */
    uint16_t operation_port;
    uint32_t hsts_days; /* Strict-Transport-Security of what comes by TLS; 0 = without */
    const char *
        syslog; /* the facility that audited events are told to as well: "auth", "local0"; NULL = none */
    /* Called, from a thread of the server's, when it should be closed and opened again: the lease was lost, and nobody has it any more. It must not wait. NULL = it goes on without. */
    void (*again)(void *context);
    void *again_context;
    struct audit_settings audit;
    struct chaser_settings chaser; /* all 0 = off: look_seconds 0 */
    enum baton_language language;  /* where a client asks for none */
};

/* Opens all of it, and serves from then on. world is borrowed. What ledger_open, accounts_open, live_open and http_start answer, with findings. */
MUST_USE baton_code server_open(struct baton_arena *arena, const struct ledger_world *world,
                                const struct server_settings *settings, struct server **out,
                                struct baton_findings *found);
uint16_t server_port(const struct server *server);
uint16_t server_operation_port(const struct server *server); /* 0 = it has no address of its own */
/* Its accounts, for whoever runs beside it. */
struct accounts *server_accounts(struct server *server);

/* It answers still, but /readyz says that it ends: so that whoever sends requests here can send them elsewhere. */
void server_leave(struct server *server);
/* What it logs is written to a file of that name anew, see log_reopen; and one may be told by whoever runs it. */
struct server_log *server_log(struct server *server);
/* Whether its threads are alive: those that look after accounts and readiness have done so within the last seconds. */
bool server_lives(struct server *server);

/* Lets what is under way end, for at most so long, then closes all. Also done when the arena is closed. */
void server_close(struct server *server, unsigned wait_ms);

#endif
