/* `baton serve`: a ledger over HTTP, until the process is asked to end. */
#include "base/text.h"
#include "cli/open_ledger.h"
#include "cli/world.h"
#include "server/server.h"
#include <pthread.h>
#include <signal.h>
#include <string.h>

enum { CLOSING_MS = 10000, PORT_USUAL = 8080, PORT_MOST = 65535 };

/* "127.0.0.1:8080", "[::1]:8080", ":8080", "8080". */
static baton_code take_address(struct invocation *invocation, struct http_settings *http) {
    const char *const asked = invocation->settings.listen;
    uint64_t port = PORT_USUAL;
    if (asked == NULL)
        return BATON_OK;
    const char *const colon = strrchr(asked, ':'), *digits = colon != NULL ? colon + 1 : asked;
    size_t size = colon != NULL ? (size_t)(colon - asked) : 0;
    const bool in_brackets = size > 2 && asked[0] == '[' && asked[size - 1] == ']';
    if (!fact_position(digits, &port) || port > PORT_MOST)
        return refuse(invocation, BATON_LISTEN_BAD, asked, NULL, NULL, NULL);
    if (size > 0)
        http->address =
            arena_text(invocation->arena, asked + in_brackets, size - 2 * (size_t)in_brackets);
    http->port = (uint16_t)port;
    return BATON_OK;
}

/* The signals that end it are taken by this thread alone, so they are held back before there are others. */
static sigset_t hold_signals(void) {
    sigset_t ending;
    sigemptyset(&ending);
    sigaddset(&ending, SIGINT);
    sigaddset(&ending, SIGTERM);
    sigaddset(&ending, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &ending, NULL);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* a limit on the size of files is a full store, which is answered */
    return ending;
}

static void tell_address(struct invocation *invocation, const struct http_settings *http,
                         uint16_t port) {
    const bool is_six = strchr(http->address, ':') != NULL;
    writer_printf(invocation->out, "http://%s%s%s:%u\n", is_six ? "[" : "", http->address,
                  is_six ? "]" : "", port);
    writer_printf(invocation->err,
                  in_language(invocation, "Serving %s; Ctrl-C ends it.\n",
                              "正在提供服务：%s；按 Ctrl-C 结束。\n"),
                  invocation->operand[0]);
    writer_flush(invocation->out);
    writer_flush(invocation->err);
}

baton_code cmd_serve(struct invocation *invocation) {
    struct baton_findings found = {.arena = invocation->arena};
    struct server_settings settings = {.place = ledger_place_of(invocation, invocation->operand[0]),
                                       .http = http_settings_usual,
                                       .language = invocation->language};
    const sigset_t ending = hold_signals();
    struct server *server;
    int which;
    settings.http.port = PORT_USUAL;
    TRY(take_address(invocation, &settings.http));
    const baton_code code =
        server_open(invocation->arena, world_of_system(), &settings, &server, &found);
    if (code != BATON_OK)
        return found.errors > 0 ? refuse_all(invocation, &found) : code;
    tell_address(invocation, &settings.http, server_port(server));
    sigwait(&ending, &which);
    server_close(server, CLOSING_MS);
    return BATON_OK;
}
