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

/* What was read of the files, in an arena of its own. */
struct certificate {
    struct baton_arena *arena; /* NULL = there is none */
    struct serve_tls tls;
    const char *wrong; /* with it, in the language of the log; NULL = nothing, or no memory */
};

/* From the beginning of the process to its end. */
struct serving {
    struct invocation *invocation;
    struct serve_config config;
    struct server_settings settings;
    struct certificate used, next; /* next: for when it is opened again */
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
                  serving->used.arena != NULL ? "https" : "http", is_six ? "[" : "", address,
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

/* Reading a certificate, as the body of an arena_run. */
struct reading {
    const struct serving *serving;
    struct certificate *out;
    struct baton_findings *found;
};

static baton_code read_body(void *context) {
    const struct reading *const reading = context;
    const struct serving *const serving = reading->serving;
    struct certificate *const out = reading->out;
    const baton_code code = serve_tls_read(out->arena, serving->config.certificate,
                                           serving->config.key, &out->tls, reading->found);
    if (code != BATON_OK)
        out->wrong = baton_finding_message(out->arena, &reading->found->item[0],
                                           serving->settings.log.language);
    return code;
}

/* Findings are in the arena of *out, which is the caller's to close, whatever is answered. */
static baton_code read_certificate(const struct serving *serving, struct certificate *out,
                                   struct baton_findings *found) {
    *out = (struct certificate){.arena = arena_open()};
    *found = (struct baton_findings){.arena = out->arena};
    return arena_run(out->arena, read_body, &(struct reading){serving, out, found});
}

static bool is_same(const struct serve_tls *one, const struct serve_tls *other) {
    return strcmp(one->certificate, other->certificate) == 0 && strcmp(one->key, other->key) == 0;
}

/* Whether the certificate in use is not the one in its file any more, which is sound; it is the next one then. What is wrong with it is logged, and the old one stays. */
static bool has_new_certificate(struct serving *serving, struct server *server) {
    struct baton_findings found;
    struct certificate now;
    if (serving->used.arena == NULL)
        return false;
    const baton_code code = read_certificate(serving, &now, &found);
    if (code == BATON_OK && !is_same(&now.tls, &serving->used.tls)) {
        serving->next = now;
        return true;
    }
    if (code != BATON_OK)
        log_event(server_log(server), LEVEL_ERRORS, EVENT_CERTIFICATE, "%s",
                  now.wrong != NULL ? now.wrong : baton_code_info(code)->name);
    arena_close(now.arena);
    return false;
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

static void use_certificate(struct serving *serving, const struct certificate *certificate) {
    arena_close(serving->used.arena);
    serving->used = *certificate;
    serving->settings.http.certificate = certificate->tls.certificate;
    serving->settings.http.key = certificate->tls.key;
}

/* One server, from its opening to its end, in an arena of its own. */
static baton_code serve_once(void *context) {
    struct serving *serving = context;
    struct invocation *const invocation = serving->invocation;
    struct baton_findings found = {.arena = invocation->arena};
    struct server *server;
    serving->again = false;
    const baton_code code =
        server_open(serving->arena, world_of_system(), &serving->settings, &server, &found);
    if (code != BATON_OK)
        return found.errors > 0 ? refuse_all(invocation, &found) : code;
    log_event(server_log(server), LEVEL_SECURITY, EVENT_STARTED, "%s:%u",
              serving->settings.http.address, server_port(server));
    tell_address(serving, server_port(server), server_operation_port(server));
    serving->settings.http.port = server_port(server); /* the same ones when it is opened again */
    serving->settings.operation_port = server_operation_port(server);
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

static baton_code begin_certificate(struct serving *serving) {
    struct baton_findings found;
    struct certificate first;
    if (serving->config.certificate == NULL)
        return BATON_OK;
    const baton_code code = read_certificate(serving, &first, &found);
    use_certificate(serving, &first); /* also what is none: its findings are there */
    return found.errors > 0 ? refuse_all(serving->invocation, &found) : code;
}

/* Once, or once more for as long as it asks for that. */
static baton_code serve_on(struct serving *serving) {
    baton_code code;
    do {
        serving->arena = arena_open();
        code = arena_run(serving->arena, serve_once, serving);
        arena_close(serving->arena);
        if (serving->next.arena != NULL)
            use_certificate(serving, &serving->next);
        serving->next = (struct certificate){0};
    } while (code == BATON_OK && serving->again);
    return code;
}

static void close_serving(void *context) {
    struct serving *const serving = context;
    arena_close(serving->used.arena);
}

baton_code cmd_serve(struct invocation *invocation) {
    struct serving *serving = arena_alloc(invocation->arena, 1, sizeof *serving);
    arena_on_close(invocation->arena, close_serving, serving);
    serving->invocation = invocation;
    serving->has_terminal = isatty(STDIN_FILENO) == 1;
    serving->watchdog_ms = serve_watchdog_ms();
    TRY(take_settings(serving));
    TRY(begin_certificate(serving));
    serving->signals = hold_signals();
    return serve_on(serving);
}
