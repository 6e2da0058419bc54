/* `baton serve`: a ledger over HTTP, until the process is asked to end.
 *
 * One thread, this one, takes the signals. SIGTERM and SIGINT end it; SIGHUP opens the log anew and looks whether the certificate is another one. For another certificate, and when the
 * lease was lost and is free again, the server is closed and opened once more in the same process: nothing of what was open stays. */
#include "base/text.h"
#include "cli/open_ledger.h"
#include "cli/serve_config.h"
#include "cli/serve_notify.h"
#include "cli/serve_tls.h"
#include "cli/world.h"
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { AGAIN_SIGNAL = SIGUSR1 };

/* From the beginning of the process to its end. */
struct serving {
    struct invocation *invocation;
    struct serve_config config;
    struct server_settings settings;
    struct serve_tls tls; /* as it is used; all NULL = without */
    sigset_t signals;
    uint32_t watchdog_ms;
    bool has_terminal;         /* which says by SIGHUP that it has gone */
    bool is_told;              /* where it listens */
    bool again;                /* out: the server is to be opened once more */
    struct baton_arena *arena; /* of this time */
};

/* The signals are taken by this thread alone, so they are held back before there are others. */
static sigset_t hold_signals(void) {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGHUP);
    sigaddset(&signals, AGAIN_SIGNAL);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* a limit on the size of files is a full store, which is answered */
    return signals;
}

static void ask_again(void *context) {
    (void)context;
    kill(getpid(), AGAIN_SIGNAL);
}

static void tell_address(struct serving *serving, uint16_t port, uint16_t operation_port) {
    struct invocation *const invocation = serving->invocation;
    const char *const address = serving->settings.http.address;
    const bool is_six = strchr(address, ':') != NULL;
    if (serving->is_told)
        return;
    serving->is_told = true;
    writer_printf(invocation->out, "%s://%s%s%s:%u\n",
                  serving->tls.certificate != NULL ? "https" : "http", is_six ? "[" : "", address,
                  is_six ? "]" : "", port);
    if (operation_port != 0)
        writer_printf(invocation->err,
                      in_language(invocation, "Figures: port %u.\n", "运行指标端口：%u。\n"),
                      operation_port);
    writer_printf(invocation->err,
                  in_language(invocation, "Serving %s; Ctrl-C ends it.\n",
                              "正在提供服务：%s；按 Ctrl-C 结束。\n"),
                  invocation->operand[0]);
    writer_flush(invocation->out);
    writer_flush(invocation->err);
}

/* Whether the certificate in use is not the one in its file any more, which is sound. What is wrong with it is logged, and the old one stays. */
static bool has_new_certificate(struct serving *serving, struct server *server) {
    const struct serve_config *const config = &serving->config;
    struct baton_findings found = {.arena = serving->arena};
    struct serve_tls now;
    if (config->certificate == NULL)
        return false;
    if (serve_tls_read(serving->arena, config->certificate, config->key, &now, &found) !=
        BATON_OK) {
        const char *const words =
            baton_finding_message(serving->arena, &found.item[0], serving->settings.log.language);
        log_event(server_log(server), LEVEL_ERRORS, EVENT_CERTIFICATE, "%s", words);
        return false;
    }
    return strcmp(now.certificate, serving->tls.certificate) != 0 ||
           strcmp(now.key, serving->tls.key) != 0;
}

/* The next signal; 0 = the watchdog's time has come first. */
static int next_signal(const struct serving *serving) {
    const struct timespec wait = {serving->watchdog_ms / 1000,
                                  (long)(serving->watchdog_ms % 1000) * 1000000};
    const int which =
        sigtimedwait(&serving->signals, NULL, serving->watchdog_ms > 0 ? &wait : NULL);
    return which < 0 ? 0 : which;
}

/* Until it is to end, or to be opened again. */
static void wait_for_end(struct serving *serving, struct server *server) {
    for (;;) {
        const int which = next_signal(serving);
        if (which == 0) {
            if (serving->watchdog_ms > 0 && server_lives(server))
                serve_notify("WATCHDOG=1");
            continue;
        }
        serving->again = which == AGAIN_SIGNAL;
        if (which == SIGHUP && !serving->has_terminal) {
            log_reopen(server_log(server));
            serving->again = has_new_certificate(serving, server);
            if (!serving->again)
                continue;
        }
        return;
    }
}

static void leave(const struct serving *serving, struct server *server) {
    const struct timespec drain = {serving->config.drain_seconds, 0};
    serve_notify(serving->again ? "RELOADING=1" : "STOPPING=1");
    server_leave(server);
    if (!serving->again)
        nanosleep(&drain, NULL);
    server_close(server, serving->config.stop_seconds * 1000);
}

/* The certificate as it is now. */
static baton_code take_certificate(struct serving *serving, struct baton_findings *found) {
    const struct serve_config *const config = &serving->config;
    if (config->certificate == NULL)
        return BATON_OK;
    TRY(serve_tls_read(serving->arena, config->certificate, config->key, &serving->tls, found));
    serving->settings.http.certificate = serving->tls.certificate;
    serving->settings.http.key = serving->tls.key;
    return BATON_OK;
}

/* One server, from its opening to its end, in an arena of its own. */
static baton_code serve_once(void *context) {
    struct serving *serving = context;
    struct invocation *const invocation = serving->invocation;
    struct baton_findings found = {.arena = invocation->arena};
    struct server *server;
    serving->again = false;
    baton_code code = take_certificate(serving, &found);
    if (code == BATON_OK)
        code = server_open(serving->arena, world_of_system(), &serving->settings, &server, &found);
    if (code != BATON_OK)
        return found.errors > 0 ? refuse_all(invocation, &found) : code;
    log_event(server_log(server), LEVEL_SECURITY, EVENT_STARTED, "%s:%u",
              serving->settings.http.address, server_port(server));
    tell_address(serving, server_port(server), server_operation_port(server));
    serving->settings.http.port = server_port(server); /* the same one when it is opened again */
    serve_notify("READY=1");
    wait_for_end(serving, server);
    leave(serving, server);
    return BATON_OK;
}

/* The configuration, then what the command line says. */
static baton_code take_settings(struct serving *serving) {
    struct invocation *const invocation = serving->invocation;
    const struct settings *const given = &invocation->settings;
    struct baton_findings found = {.arena = invocation->arena};
    serving->config = serve_config_usual(invocation->arena);
    baton_code code = BATON_OK;
    if (given->config != NULL)
        code = serve_config_read(invocation->arena, given->config, &serving->config, &found);
    if (code == BATON_OK && given->listen != NULL &&
        !serve_address_read(invocation->arena, given->listen, &serving->config.listen))
        return refuse(invocation, BATON_LISTEN_BAD, given->listen, NULL, NULL, NULL);
    if (code == BATON_OK)
        code = serve_config_check(&serving->config, &found);
    if (code != BATON_OK)
        return found.errors > 0 ? refuse_all(invocation, &found) : code;
    if (given->language != LANGUAGE_AUTO)
        serving->config.language = SERVE_LANGUAGE_AUTO;
    serving->settings = serve_config_settings(&serving->config, invocation->language);
    serving->settings.place = ledger_place_of(invocation, invocation->operand[0]);
    serving->settings.again = ask_again;
    return BATON_OK;
}

baton_code cmd_serve(struct invocation *invocation) {
    struct serving *serving = arena_alloc(invocation->arena, 1, sizeof *serving);
    baton_code code;
    serving->invocation = invocation;
    serving->has_terminal = isatty(STDIN_FILENO) == 1;
    serving->watchdog_ms = serve_watchdog_ms();
    TRY(take_settings(serving));
    serving->signals = hold_signals();
    do {
        serving->arena = arena_open();
        code = arena_run(serving->arena, serve_once, serving);
        arena_close(serving->arena);
    } while (code == BATON_OK && serving->again);
    return code;
}
